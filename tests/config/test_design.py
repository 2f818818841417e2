"""Design: a readable page follows from every trim, and what the config says is done."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.composition import bundled, find_fonts
from pressbook.composition.faces import choose, open_face
from pressbook.config import TRIMS, Counts, load, plan, respecify
from pressbook.config.design import CAP_HEIGHT, CURVE, FOOT, GUTTERS, LEAST_JUSTIFIED, SET_WIDTH
from pressbook.errors import ConfigError, LayoutError
from pressbook.units import inch

STORIES = [1_000, 30_000, 300_000, 1_000_000]
each_trim = pytest.mark.parametrize("trim", TRIMS, ids=lambda trim: trim.name)
each_story = pytest.mark.parametrize("letters", STORIES)


def page(*options, letters=30_000):
    """Plan a page from settings."""
    return plan(load(None, options), letters)


def letters_a_line(design):
    """Estimate the letters on a full line."""
    return design.measure / (SET_WIDTH * design.size)


@each_trim
@each_story
def test_every_trim_makes_a_readable_page(trim, letters):
    """Every named trim plans a page for stories from 1 kB to 1 MB: 45 to 75 letters a line, 40 at the least in a thick book."""
    design = page(f"page.trim={trim.name}", letters=letters)
    assert design.trim == trim
    assert (45 if letters <= 30_000 else 40 - 1e-9) <= letters_a_line(design) <= 75
    assert design.lines >= 18
    assert 8 <= design.size <= 12.5
    assert 1.2 <= design.leading / design.size <= 1.35


@each_trim
@each_story
def test_margins_and_type_page_make_up_the_trim(trim, letters):
    """Inner margin, measure and outer margin add up to the width; head, lines and foot to the height; no margin is slight."""
    design = page(f"page.trim={trim.name}", letters=letters)
    margins = design.margins
    assert margins.inner + design.measure + margins.outer == pytest.approx(trim.width)
    depth = CAP_HEIGHT * design.size + (design.lines - 1) * design.leading
    assert margins.head + depth + margins.foot == pytest.approx(trim.height)
    assert min(margins.inner, margins.outer, margins.head, margins.foot) >= inch(0.2)


@each_trim
def test_margins_follow_the_canon(trim):
    """In a booklet that opens flat there is more white outside than inside, and more below than above."""
    margins = page(f"page.trim={trim.name}", letters=5_000).margins
    assert margins.outer > margins.inner
    assert margins.foot > margins.head


@pytest.mark.parametrize("trim", ["half-letter", "A5", "us-trade", "digest"])
def test_a_thick_book_has_the_printers_gutter(trim):
    """A glued book's inner margin is the printer's least for its pages, and what the curve of the paper hides."""
    margins = [page(f"page.trim={trim}", letters=letters).margins.inner for letters in (5_000, 300_000, 700_000, 1_500_000)]
    assert margins == sorted(margins)
    assert margins[1] >= GUTTERS[0][1] + CURVE
    assert margins[3] >= GUTTERS[2][1] + CURVE


def test_the_design_knows_its_face():
    """The mean width by which letters a line are counted is that of the bundled roman in English prose, within a fiftieth."""
    text = (
        "She had counted the lanterns twice, and twice the number had come out differently. That is not possible, said the "
        "harbourmaster, who disliked sums; but the water was rising, and nobody on the quay could any longer tell why."
    )
    face = open_face(choose(find_fonts((bundled(),)), "EB Garamond"))
    assert sum(map(face.advance, text)) / len(text) == pytest.approx(SET_WIDTH, rel=0.02)


@settings(max_examples=200, deadline=None)
@given(st.floats(2, 17), st.floats(2, 17), st.sampled_from(STORIES))
def test_any_size_in_range_makes_a_page(width, height, letters):
    """Any size that is not refused plans a page of 28 letters a line at the least and 75 at the most, with all its margins."""
    if max(width, height) > 2.99 * min(width, height):
        return
    design = page(f"page.trim={width:.2f} x {height:.2f} in", letters=letters)
    assert 28 <= letters_a_line(design) <= 75
    margins = design.margins
    assert min(margins.inner, margins.outer, margins.head, margins.foot) > 0
    assert margins.inner + design.measure + margins.outer == pytest.approx(design.trim.width)
    assert design.sink < design.lines - 3


@settings(max_examples=100, deadline=None)
@given(st.floats(2, 17), st.floats(2, 17))
def test_the_folio_has_room_on_any_page(width, height):
    """Below the last line there is always white for a folio, even under a page that is set a line longer."""
    if max(width, height) > 2.99 * min(width, height):
        return
    design = page(f"page.trim={width:.2f} x {height:.2f} in")
    assert design.margins.foot >= FOOT * design.leading - 1e-9
    assert design.lines >= 8


def test_a_measure_is_justified_if_it_can_bear_it():
    """Every named trim justifies a zine, a two-inch page does not; the config may decide otherwise."""
    assert all(page(f"page.trim={trim.name}", letters=20_000).justified for trim in TRIMS)
    narrow = page("page.trim=2x3in")
    assert narrow.letters < LEAST_JUSTIFIED and not narrow.justified
    assert page("page.trim=2x3in", "type.justify=true").justified
    assert not page("type.justify=false").justified


def test_a_page_larger_than_a4_has_larger_type():
    """Type grows on beyond A4, but slowly."""
    sizes = [page(f"page.trim={trim}").size for trim in ("A4", "11x17in", "17x17in")]
    assert sizes == sorted(sizes) and 12.5 < sizes[1] < sizes[2] <= 16


def test_baselines_step_down_by_the_leading():
    """Grid lines lie a leading apart, the first a capital's height below the head margin, the last on the foot margin."""
    design = page("page.trim=A5")
    assert design.baseline(0) == pytest.approx(design.trim.height - design.margins.head - CAP_HEIGHT * design.size)
    assert design.baseline(3) - design.baseline(4) == pytest.approx(design.leading)
    assert design.baseline(design.lines - 1) == pytest.approx(design.margins.foot)


def test_larger_pages_have_larger_type():
    """From A7 to A4 type never grows smaller, and it does grow."""
    sizes = [page(f"page.trim={name}").size for name in ("A7", "A6", "A5", "B5", "A4")]
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0] + 2


# --- what the config says ---------------------------------------------------------------------------------------------


def test_size_and_leading_are_honoured():
    """A size and a leading of the user's stand as written, and the page is planned around them."""
    design = page("type.size=10pt", "type.leading=13.5pt")
    assert (design.size, design.leading) == (10, 13.5)
    assert 45 <= letters_a_line(design) <= 75
    assert page("type.size=10pt").leading == pytest.approx(12.75)
    assert page("type.size=3.5mm").size == pytest.approx(9.92, abs=0.01)


def test_margins_are_honoured():
    """Four margins of the user's stand as written, and the type fills what is left."""
    design = page("page.trim=A5", 'page.margins={inner = "20mm", outer = "15mm", head = "0.7in", foot = "60pt"}')
    margins = design.margins
    assert (margins.inner, margins.outer, margins.head, margins.foot) == pytest.approx((56.693, 42.520, 50.4, 60), abs=0.001)
    assert design.measure == pytest.approx(design.trim.width - margins.inner - margins.outer)
    assert 0 <= design.baseline(design.lines - 1) - margins.foot < design.leading


def test_bleed_is_honoured():
    """A bleed of the user's stands as written."""
    assert page("page.bleed=0.125in").bleed == 9
    assert page().bleed == 0
    assert page().bleeds_at_spine
    outer = page("page.bleed=outer 0.125in")
    assert (outer.bleed, outer.bleeds_at_spine) == (9, False)


@pytest.mark.parametrize(("marks", "width"), [("none", 9), ("crop", 9 + 17.01), ("all", 9 + 17.01)])
def test_marks_take_paper(marks, width):
    """Around a page with marks there is paper for them, outside the bleed."""
    assert page("page.bleed=0.125in", f"press.marks={marks}").surround.width == pytest.approx(width, abs=0.01)


@pytest.mark.parametrize(
    ("setting", "least", "most"),
    [
        ("type.size=4pt", "5", "24"),
        ("type.size=25pt", "5", "24"),
        ("page.bleed=2in", "0", "72"),
        ("type.leading=4pt", "10.75", "32.25"),
        ("type.leading=40pt", "10.75", "32.25"),
    ],
)
def test_a_length_out_of_range_is_refused_with_the_range(setting, least, most):
    """A size, leading or bleed that cannot work is refused by key and value, with the range that does."""
    key, value = setting.split("=")
    with pytest.raises(ConfigError) as caught:
        page(setting)
    assert caught.value.message == f"{key} = {value!r} is out of range"
    assert caught.value.hint == f"from {least} to {most} pt works here"


@pytest.mark.parametrize("setting", ["type.size=11", "type.leading=wide", "page.bleed=3", "type.size="])
def test_what_is_no_length_is_refused_with_an_example(setting):
    """A length without a unit is refused by key and value, with a length to copy."""
    key, value = setting.split("=")
    with pytest.raises(ConfigError) as caught:
        page(setting)
    assert caught.value.message == f"{key} = {value!r} is not a length"
    assert '"11pt"' in caught.value.hint


@pytest.mark.parametrize("side", ["inner", "outer", "head", "foot"])
def test_a_margin_that_is_no_length_names_its_side(side):
    """A margin that cannot be read or is wider than the page is refused by its own key."""
    for value in ("1", "30in"):
        sides = dict.fromkeys(("inner", "outer", "head", "foot"), "20mm") | {side: value}
        table = ", ".join(f'{name} = "{length}"' for name, length in sides.items())
        with pytest.raises(ConfigError, match=rf"page\.margins\.{side}"):
            page(f"page.margins={{{table}}}")


@pytest.mark.parametrize(
    "options",
    [
        ("type.size=24pt", "page.trim=mini"),
        ("page.trim=A6", 'page.margins={inner="40mm", outer="40mm", head="10mm", foot="10mm"}'),
        ("page.trim=A6", 'page.margins={inner="10mm", outer="10mm", head="65mm", foot="65mm"}'),
        ("page.trim=A6", 'page.margins={inner="80mm", outer="80mm", head="10mm", foot="10mm"}'),
    ],
)
def test_a_page_with_no_room_is_refused(options):
    """Type too large or margins too wide for the page are refused, with what is left of it and three ways out."""
    with pytest.raises(LayoutError, match="too few to read") as caught:
        page(*options)
    assert "larger trim, smaller type or narrower margins" in caught.value.hint


# --- how many pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "booklet", "counts"),
    [
        ("any", True, Counts(4)),
        ("any", False, Counts(1)),
        ("8", True, Counts(4, 8)),
        ("7", False, Counts(1, 7)),
        ("multiple of 16", True, Counts(16)),
        ("multiple of 6", True, Counts(12)),
        ("multiple of 6", False, Counts(6)),
    ],
)
def test_the_pages_asked_for_make_whole_sheets(pages, booklet, counts):
    """The counts a book may have are those that the config asks for, of which a folded booklet takes multiples of four."""
    assert page(f"page.pages={pages}", f"outputs.booklet={str(booklet).lower()}").counts == counts


def test_counts_admit_their_multiples_or_one_number():
    """A step admits its multiples; a number admits only itself."""
    assert [pages for pages in range(1, 30) if Counts(8).admit(pages)] == [8, 16, 24]
    assert [pages for pages in range(1, 30) if Counts(4, 12).admit(pages)] == [12]


@pytest.mark.parametrize(("pages", "hint"), [("6", "write 4 or 8;"), ("2", "write 4;"), ("13", "write 12 or 16;")])
def test_a_count_that_no_sheets_make_is_refused(pages, hint):
    """A booklet of six pages is refused, with the counts on either side and another way out."""
    with pytest.raises(ConfigError, match=f"page.pages = {pages} makes no booklet") as caught:
        page(f"page.pages={pages}")
    assert caught.value.hint.startswith(hint)
    assert "outputs.booklet = false" in caught.value.hint


@each_trim
def test_a_design_respecified_as_itself_is_itself(trim):
    """A design changed to its own specification has the same page, to a hair."""
    made = page(f"page.trim={trim.name}")
    again = respecify(made, made.spec, 12)
    assert again.spec == made.spec
    assert (again.sink, again.indent, again.heads) == (made.sink, made.indent, made.heads)
    for side in ("inner", "outer", "head", "foot"):
        assert getattr(again.margins, side) == pytest.approx(getattr(made.margins, side))


def test_a_respecified_design_keeps_given_margins():
    """Margins of the user's are not shared out anew."""
    made = page('page.margins={inner = "20mm", outer = "15mm", head = "0.7in", foot = "60pt"}')
    assert respecify(made, made.spec._replace(size=12.0, leading=15.0), 12).margins == made.margins
