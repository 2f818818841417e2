"""Flats: folded back into a booklet, they read in order."""

import pytest
from folding import area, read_through
from hypothesis import given
from hypothesis import strategies as st

from pressbook.config import SHEETS, TRIMS, Trim, find_sheet, find_trim
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import Place
from pressbook.press.flats import choose_sheet, fills, lay
from pressbook.press.saddle import saddle
from pressbook.units import inch, mm

DUPLEX = ("short-edge", "long-edge")
TALL = Trim("tall", inch(4), inch(10.5))
"""Two of these side by side fit letter only upright."""
BOOKLETS = [trim for trim in (*TRIMS, TALL) if trim.name not in ("letter-landscape", "A4-landscape")]
LETTER = find_sheet("letter")


@given(pages=st.integers(1, 200), trim=st.sampled_from(BOOKLETS), duplex=st.sampled_from(DUPLEX))
def test_a_folded_booklet_reads_in_order(pages: int, trim: Trim, duplex: str):
    """Printed with the chosen flip, stacked, folded and leafed through, pages come in order, upright, odd ones on the right."""
    flats = lay(saddle(pages), trim.width, trim.height, choose_sheet(trim.width, trim.height, "auto"), duplex)
    seen = read_through(flats, trim.width, trim.height, duplex)
    assert [side.page for side in seen] == [*range(1, pages + 1), *[None] * (-pages % 4)]
    assert all(side.upright for side in seen)
    printed = [side for side in seen if side.page]
    assert all(side.spine == pytest.approx(0, abs=1e-6) for side in printed)
    assert all(side.rows == pytest.approx(printed[0].rows) for side in printed)


@given(pages=st.integers(1, 40), trim=st.sampled_from(BOOKLETS), duplex=st.sampled_from(DUPLEX))
def test_pages_lie_on_the_paper(pages: int, trim: Trim, duplex: str):
    """Every page lies within the sheet, to the rounding that is allowed, and the spread stands in its middle."""
    for flat in lay(saddle(pages), trim.width, trim.height, choose_sheet(trim.width, trim.height, "auto"), duplex):
        for place in flat.places:
            left, foot, right, head = area(place, trim.width, trim.height)
            assert left >= -0.6 and foot >= -0.6 and right <= flat.width + 0.6 and head <= flat.height + 0.6
            assert foot + head == pytest.approx(flat.height)
            assert flat.width / 2 in (pytest.approx(left), pytest.approx(right))


@given(trim=st.sampled_from(BOOKLETS), sheet=st.sampled_from(SHEETS), duplex=st.sampled_from(DUPLEX))
def test_fold_ticks_keep_off_the_type(trim: Trim, sheet: Trim, duplex: str):
    """Fold ticks stand on the spine line, at most 10 pt long, and outside the pages or within 10 pt of the sheet's edge."""
    try:
        flats = lay(saddle(8), trim.width, trim.height, sheet, duplex)
    except LayoutError:
        return
    for flat in flats:
        foot = (flat.height - trim.height) / 2
        assert len(flat.folds) == 2
        for x1, y1, x2, y2 in flat.folds:
            assert x1 == x2 == flat.width / 2
            assert 0 < abs(y2 - y1) <= 10
            reach = max(min(y1, flat.height - y1), min(y2, flat.height - y2))
            assert min(y1, y2) >= 0 and max(y1, y2) <= flat.height
            assert reach < foot or reach <= 10


def test_four_pages_of_half_letter_in_points():
    """Four half-letter pages cover one letter sheet to its edges, front and back alike for a flip on the short edge."""
    front, back = lay(saddle(4), inch(5.5), inch(8.5), LETTER, "short-edge")
    assert (front.width, front.height, front.label) == (792, 612, "sheet 1 front")
    assert front.places == (Place(4, 0, 0), Place(1, 396, 0))
    assert front.folds == ((396, 0, 396, 10), (396, 612, 396, 602))
    assert back.places == (Place(2, 0, 0), Place(3, 396, 0))
    assert back.label == "sheet 1 back"


def test_a_flip_on_the_long_edge_turns_the_back():
    """For a flip on the long edge of a landscape sheet the back stands head down, turned about the middle of the sheet."""
    front, back = lay(saddle(4), inch(5.5), inch(8.5), LETTER, "long-edge")
    assert front.places == (Place(4, 0, 0), Place(1, 396, 0))
    assert back.places == (Place(2, 792, 612, 180), Place(3, 396, 612, 180))


def test_eight_small_pages_in_points():
    """Eight quarter-letter pages stand in the middle of two letter sheets, with ticks clear of the pages."""
    flats = lay(saddle(8), inch(4.25), inch(5.5), LETTER, "short-edge")
    assert [[(place.page, place.x, place.y) for place in flat.places] for flat in flats] == [
        [(8, 90, 108), (1, 396, 108)],
        [(2, 90, 108), (7, 396, 108)],
        [(6, 90, 108), (3, 396, 108)],
        [(4, 90, 108), (5, 396, 108)],
    ]
    assert {flat.folds for flat in flats} == {((396, 96, 396, 106), (396, 516, 396, 506))}


def test_tall_pages_stand_on_an_upright_sheet():
    """Two narrow, tall pages are laid on the sheet upright, where a flip on the long edge is the one that keeps the head up."""
    flats = lay(saddle(4), TALL.width, TALL.height, LETTER, "long-edge")
    assert {(flat.width, flat.height) for flat in flats} == {(612, 792)}
    assert {place.turn for flat in flats for place in flat.places} == {0}


def test_a_sheet_too_small_is_refused_with_a_way_out():
    """Two pages larger than the sheet are refused with both sizes and the smallest sheet that takes them."""
    with pytest.raises(LayoutError) as refusal:
        lay(saddle(4), inch(6), inch(9), find_sheet("A4"), "short-edge")
    assert "152.4 mm (6.00 in) by 228.6 mm (9.00 in)" in refusal.value.message
    assert "A4 paper, 210 mm (8.27 in) by 297 mm (11.69 in)" in refusal.value.message
    assert 'booklet.sheet = "B4"' in refusal.value.hint


def test_a_page_too_large_for_any_sheet_is_refused():
    """Two letter pages on their sides fit no known sheet, whether one is named or not, and the hint says what to do."""
    for sheet in ("auto", "tabloid"):
        with pytest.raises(LayoutError) as refusal:
            lay(saddle(4), 792, 612, choose_sheet(792, 612, sheet), "short-edge")
        assert "outputs.booklet = false" in refusal.value.hint


@pytest.mark.parametrize(
    ("trim", "sheet"),
    [
        ("half-letter", "letter"),
        ("quarter-letter", "letter"),
        ("mini", "letter"),
        ("mass-market", "letter"),
        ("half-legal", "legal"),
        ("us-trade", "tabloid"),
        ("letter", "tabloid"),
        ("A5", "A4"),
        ("A6", "A4"),
        ("A4", "A3"),
        ("B5", "B4"),
        ("royal", "A3"),
        ("4 x 10.5 in", "letter"),
        ("300 x 420 mm", None),
    ],
)
def test_auto_takes_the_paper_at_hand(trim: str, sheet: str | None):
    """Without a word on paper, inch trims go on letter and others on A4 where they fit, else on the next sheet of their kind."""
    page = find_trim(trim)
    if sheet is None:
        with pytest.raises(LayoutError):
            choose_sheet(page.width, page.height, "auto")
    else:
        assert choose_sheet(page.width, page.height, " Auto ").name == sheet


def test_a_named_sheet_is_taken_at_its_word():
    """A sheet asked for by name or size is taken; one that nobody knows is refused."""
    assert choose_sheet(396, 612, "tabloid").name == "tabloid"
    assert choose_sheet(396, 612, "20 x 30 cm").width == pytest.approx(mm(200))
    with pytest.raises(ConfigError):
        choose_sheet(396, 612, "napkin")


def test_what_fills_the_sheet_needs_no_knife():
    """Half-letter fills letter and A5 fills A4, but for a millimetre; A6 does not fill A4."""
    assert fills(inch(5.5), inch(8.5), LETTER)
    assert fills(mm(148), mm(210), find_sheet("A4"))
    assert not fills(mm(105), mm(148), find_sheet("A4"))
