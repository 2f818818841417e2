"""Trims and sheets: the sizes that have names, and those that can work at all."""

import pytest

from pressbook.config import SHEETS, TRIMS, find_sheet, find_trim
from pressbook.config.trims import LONGEST, SHORTEST
from pressbook.errors import ConfigError
from pressbook.units import inch, mm


def test_there_are_trims_enough():
    """At least twenty-five trims have names, no two alike in any capitals, the design's own examples among them."""
    names = [trim.name.lower() for trim in TRIMS]
    assert len(names) >= 25
    assert len(set(names)) == len(names)
    assert {"mini", "a7", "a6", "a5", "a4", "b6", "half-letter", "digest", "pocket", "mass-market", "us-trade", "royal", "square",
            "letter", "half-letter-landscape"} <= set(names)  # fmt: skip


def test_some_trims_are_landscape_and_some_square():
    """The table has portrait, square and landscape trims."""
    assert {(trim.width > trim.height) - (trim.width < trim.height) for trim in TRIMS} == {-1, 0, 1}


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [("half-letter", inch(5.5), inch(8.5)), ("A5", mm(148), mm(210)), ("mini", inch(2.75), inch(4.25)), ("B6", mm(128), mm(182))],
)
def test_a_trim_has_its_size(name, width, height):
    """The sizes of the commonest trims are what a printer takes them for."""
    assert (find_trim(name).width, find_trim(name).height) == (width, height)


def test_every_trim_lies_within_the_range_that_works():
    """No trim of the table is a size that would be refused if it were written as numbers."""
    for trim in TRIMS:
        size = f"{trim.width:.3f} x {trim.height:.3f} pt"
        assert (find_trim(size).width, find_trim(size).height) == pytest.approx((trim.width, trim.height), abs=0.001)


@pytest.mark.parametrize("text", ["half-letter", "Half Letter", "HALF_LETTER", " half-letter "])
def test_a_name_is_found_however_it_is_typed(text):
    """Capitals, spaces and underscores do not matter in a trim's name."""
    assert find_trim(text).name == "half-letter"


@pytest.mark.parametrize(("text", "near"), [("half-leter", "half-letter"), ("A55", "A5"), ("a55", "A5"), ("us trad", "us-trade")])
def test_a_misspelt_trim_names_the_nearest(text, near):
    """A trim that is not known is refused, and the hint names the one that was probably meant, and the list of all."""
    with pytest.raises(ConfigError, match=repr(text)) as caught:
        find_trim(text)
    assert f"did you mean {near!r}?" in caught.value.hint
    assert "list trims" in caught.value.hint


@pytest.mark.parametrize("text", ["1x1in", "1.99x3in", "3x1.99in", "0x0mm", "18x11in", "11 x 17.1in", "10x10mm", "50x99999cm"])
def test_a_size_that_cannot_work_is_refused_with_the_range(text):
    """A side shorter than two inches or longer than seventeen is refused, and the hint gives both ends."""
    with pytest.raises(ConfigError, match=repr(text)) as caught:
        find_trim(text)
    assert "50.8 mm (2.00 in)" in caught.value.hint and "431.8 mm (17.00 in)" in caught.value.hint


@pytest.mark.parametrize("text", ["2x6.1in", "16x5in"])
def test_a_size_too_long_for_its_width_is_refused(text):
    """A page more than three times as long as wide is refused, and told why."""
    with pytest.raises(ConfigError, match="three times") as caught:
        find_trim(text)
    assert "1:3" in caught.value.hint


@pytest.mark.parametrize("text", ["2x2in", "17x17in", "2x6in", "17 x 6 in"])
def test_the_ends_of_the_range_work(text):
    """The smallest, largest and longest pages that the hints promise are taken."""
    trim = find_trim(text)
    assert min(trim.width, trim.height) >= SHORTEST and max(trim.width, trim.height) <= LONGEST


def test_a_size_without_a_unit_shows_how_to_write_one():
    """A size whose unit is missing is refused with an example."""
    with pytest.raises(ConfigError) as caught:
        find_trim("5.5x8.5")
    assert '"5.5x8.5in"' in caught.value.hint


def test_sheets_are_found_upright():
    """A sheet is found by name or size, its shorter side across."""
    assert find_sheet("Letter").width == inch(8.5)
    assert {sheet.name for sheet in SHEETS} >= {"letter", "legal", "A4", "A3"}
    wide = find_sheet("17 x 11 in")
    assert (wide.width, wide.height) == (inch(11), inch(17))
    with pytest.raises(ConfigError, match="'leter'") as caught:
        find_sheet("leter")
    assert "did you mean 'letter'?" in caught.value.hint
