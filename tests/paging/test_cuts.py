"""Cuts: whole grid lines, the best page near the words that name them, nothing stranded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import chapters, check_settings, design, galley, line, make_up

from pressbook.config import CAP_HEIGHT
from pressbook.errors import LayoutError
from pressbook.model import Cut, Line, Picture
from pressbook.paging.cuts import caption_rows, depth_of, make_up_with_cuts, room_of
from pressbook.paging.rows import write_out
from pressbook.pdf import transcript
from pressbook.units import INCH
from pressbook.values import replace

PAGE = design("story.scene-break=star", lines=34, sink=7)


def picture(width=1200, height=800, name="sea.png", dpi=0.0, line_art=False):
    """Make a picture that nobody opens."""
    return Picture(name, "png", width, height, b"", dpi, line_art)


def cut(width=1200, height=800, caption=0, stand="text", **parts):
    """Make a cut with so many lines of caption."""
    return Cut(picture(width, height, **parts), tuple(line() for _ in range(caption)), 11.0, 1, stand)


def illustrated(shorthand, *cuts):
    """Write a chapter from shorthand with cuts before blocks: (number of the block, cut), in order."""
    made = galley(shorthand)
    blocks = list(made.blocks)
    for number, each in reversed(cuts):
        blocks.insert(min(number, len(blocks)), each)
    return replace(made, blocks=tuple(blocks))


def pages_of(made, first="recto", page=PAGE):
    """Make a chapter with cuts up: (its rows, the rows of each page)."""
    rows, found = make_up_with_cuts(write_out(made, page), page, first)
    return rows, [[row for row, _ in content] for content in found.pages]


# --- how large --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(1500, 1000), (1500, 1201), (1500, 700)])
def test_a_picture_takes_whole_grid_lines(shape):
    """From the height of capitals to a baseline, as wide as the measure or little less, and never out of proportion."""
    room = room_of(cut(*shape), PAGE)
    assert room.height == pytest.approx(depth_of(room.rows, PAGE))
    assert room.height == pytest.approx((room.rows - 1) * PAGE.leading + CAP_HEIGHT * PAGE.size)
    assert 0.9 * PAGE.measure <= room.width <= PAGE.measure
    assert room.width / room.height == pytest.approx(shape[0] / shape[1])


def test_a_low_picture_keeps_its_height():
    """A frieze of a line and a half is not shrunk to one line: it keeps its size, and the white below it."""
    room = room_of(cut(3000, 200), PAGE)
    assert room.width == pytest.approx(PAGE.measure)
    assert depth_of(room.rows - 1, PAGE) < room.height <= depth_of(room.rows, PAGE)


def test_how_wide_a_picture_is():
    """As the measure; as its file says if that is for print; as 200 pixels to the inch allow, but half the measure at the least."""
    assert room_of(cut(1500, 1000, dpi=72), PAGE).width > 0.9 * PAGE.measure
    assert 0.9 * 2 * INCH <= room_of(cut(600, 300, dpi=300), PAGE).width <= 2 * INCH
    assert 0.85 * 500 / 200 * INCH <= room_of(cut(500, 330), PAGE).width <= 500 / 200 * INCH
    assert 0.85 * PAGE.measure / 2 <= room_of(cut(100, 66), PAGE).width <= PAGE.measure / 2


def test_a_tall_picture_has_a_page_to_itself():
    """More than six tenths of the page, its caption counted, and it stands alone, as large as the type page allows."""
    assert not room_of(cut(1500, 1300), PAGE).alone
    assert room_of(cut(1500, 1300, caption=9), PAGE).alone
    room = room_of(cut(1500, 2600), PAGE)
    assert room.alone
    assert room.height == pytest.approx(depth_of(PAGE.lines, PAGE)) or room.width == pytest.approx(PAGE.measure)
    assert room_of(cut(1500, 500, stand="full"), PAGE).alone
    assert room_of(cut(1500, 500, stand="bleed"), PAGE).alone


def test_a_caption_takes_lines_of_its_own():
    """None for no caption; the first line's baseline lies on the grid, the others follow as close as small type does."""
    assert [caption_rows(cut(caption=lines), PAGE) for lines in (0, 1, 2, 3)] == [0, 1, 2, 3]
    assert room_of(cut(caption=2), PAGE).rows == room_of(cut(), PAGE).rows + 2


def test_a_caption_of_half_a_page_is_refused():
    """A caption that would leave its picture less than half a page is text, and the error says so."""
    with pytest.raises(LayoutError, match=r"the caption of sea\.png takes more than half a page"):
        room_of(cut(caption=30), PAGE)


# --- where ------------------------------------------------------------------------------------------------------------


def test_where_it_fits_it_stands_where_it_was_named():
    """On a page with room it stands between its paragraphs, a white line above and below."""
    each = cut()
    _, (page,) = pages_of(illustrated("4 4", (1, each)))
    count = room_of(each, PAGE).rows
    assert [type(row) is Line for row in page[:4]] == [True] * 4
    assert page[4:7] == ["white", each, "white"]
    assert page[5 + count] == "white"
    assert len(page) == 8 + count + 2


def test_where_it_does_not_fit_the_text_closes_up():
    """Named near a page's foot it heads the next page, and the text that follows it fills the page that is left."""
    each = cut()
    _, pages = pages_of(illustrated("12 12 12 12 12", (2, each)))
    assert each not in pages[0]
    assert pages[1][0] is each
    assert len(pages[0]) == PAGE.lines - PAGE.sink
    assert pages[1][room_of(each, PAGE).rows] == "white"


def test_at_a_chapter_s_end_it_stands_below_the_text():
    """A picture after the last words stands below them, or on the page after if there is no room."""
    each = cut()
    assert pages_of(illustrated("8", (9, each)))[1][0][8:10] == ["white", each]
    _, pages = pages_of(illustrated("12 10", (9, each)))
    assert pages[1][0] is each


def test_a_full_page_follows_the_page_that_names_it():
    """A picture on a page of its own follows, and nothing else stands there; the page before is full."""
    each = cut(stand="full")
    _, pages = pages_of(illustrated("12 12 12 12 12", (1, each)))
    assert [page for page in pages if each in page] == [[each, *["white"] * (len(pages[1]) - 1)]]
    assert each in pages[1]
    assert len(pages[0]) == PAGE.lines - PAGE.sink


STANDS = st.sampled_from(("text", "text", "text", "full", "bleed"))
CUTS = st.lists(
    st.tuples(st.integers(0, 40), st.builds(cut, st.just(1200), st.integers(60, 2000), st.integers(0, 2), STANDS)), max_size=5
).map(lambda found: sorted(found, key=lambda pair: pair[0]))


@settings(max_examples=100, deadline=None)
@given(chapters(most=16, tame=False), CUTS, st.sampled_from(("recto", "verso")))
def test_any_chapter_takes_its_pictures(shorthand, cuts, first):
    """Whatever a chapter is, each picture stands once, in order, whole, not before its words; no line is lost or moved."""
    made = illustrated(shorthand, *cuts)
    rows, pages = pages_of(made, first)
    flat = [row for page in pages for row in page]
    assert [row for row in flat if isinstance(row, Cut)] == [block for block in made.blocks if isinstance(block, Cut)]
    text = replace(made, blocks=tuple(block for block in made.blocks if not isinstance(block, Cut)))
    check_settings(text, [row for row in flat if type(row) is Line])
    for page in pages:
        assert len(page) <= PAGE.lines + 1
        for at, row in enumerate(page):
            if isinstance(row, Cut):
                room = room_of(row, PAGE)
                assert page[at + 1 : at + room.rows] == ["white"] * (room.rows - 1)
                assert not room.alone or (at == 0 and len(page) == room.rows)
    before = 0
    for block in made.blocks:
        if isinstance(block, Cut):
            lines = [row for row in flat[: next(at for at, row in enumerate(flat) if row is block)] if type(row) is Line]
            assert len(lines) >= before - 8, "a picture stands before the words that name it"
        elif not hasattr(block, "ornament"):
            before += min(len(setting.lines) for setting in block.settings)
    assert set(rows.forced) <= set(range(len(rows.rows) + 1))


# --- on the page ------------------------------------------------------------------------------------------------------


def edition(*cuts, settings=(), shorthand="12 12 12 12 12"):
    """Make an edition of a chapter with cuts."""
    return make_up(illustrated(shorthand, *cuts), settings=settings)


def test_a_plate_has_neither_folio_nor_head():
    """A picture's own page carries nothing else; the pages around it are numbered on."""
    found = edition((1, cut(stand="full", name="p.png")))
    (page,) = [page for page in found.pages if page.insets]
    assert (page.kind, page.furniture, page.slugs) == ("plate", (), ())
    assert found.pages[page.number].furniture
    (inset,) = page.insets
    left = PAGE.margins.inner if page.side == "recto" else PAGE.margins.outer
    assert inset.x + inset.width / 2 == pytest.approx(left + PAGE.measure / 2)


@pytest.mark.parametrize("bleed", ["0in", "0.125in"])
def test_a_bled_picture_covers_the_page(bleed):
    """It reaches past the trim on all sides by the bleed; without one, a warning says what a knife does."""
    found = edition((1, cut(4000, 6000, stand="bleed")), settings=(f"page.bleed={bleed}",))
    (page,) = [page for page in found.pages if page.insets]
    inset, past = page.insets[0], found.bleed
    assert (inset.x, inset.y) == (-past, -past)
    assert (inset.width, inset.height) == (found.width + 2 * past, found.height + 2 * past)
    assert [finding.rule for finding in found.findings] == ["no-bleed"] * (not past)


def test_coarse_pictures_are_reported():
    """Below 200 pixels to the inch, or 600 for line art, a warning names page, picture, both figures and a remedy."""
    found = edition((0, cut(250, 150, name="a.png")), (1, cut(1000, 500, name="b.png", line_art=True)), (2, cut(1600, 800)))
    coarse, steps = found.findings
    assert (coarse.level, coarse.rule) == ("warning", "resolution")
    assert f"page {coarse.page}: a.png is printed at " in coarse.message
    assert "a picture should have 200" in coarse.message
    assert "b.png" in steps.message
    assert "line art should have 600" in steps.message
    assert "pixels wide or more" in steps.remedy


def test_pictures_before_the_first_chapter_are_plates():
    """A chapter of nothing but pictures and no title gives each a page to itself, before the story opens."""
    front = replace(galley("1"), blocks=(cut(name="front.png"),))
    text = transcript(make_up(front, galley("12 12", 1, "One")))
    plate, opener = text.index("plate"), text.index("opener")
    assert plate < text.index("front.png") < opener
    assert text.count("front.png") == 1


def test_a_chapter_of_pictures_alone():
    """Below a title that heads nothing but pictures, each has its page."""
    made = replace(galley("1", 1, "Art"), blocks=(cut(name="a.png"), cut(name="b.png", stand="bleed")))
    kinds = [(page.kind, len(page.insets)) for page in make_up(made).pages]
    assert kinds[2:5] == [("opener", 0), ("plate", 1), ("plate", 1)]


def test_without_pictures_nothing_is_asked():
    """A chapter without pictures has no cuts and no page that must begin anywhere."""
    rows = write_out(galley("8 * 8"), PAGE)
    assert (rows.cuts, dict(rows.forced)) == ((), {})
