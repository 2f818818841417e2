"""Flats: printed, turned, cut and folded, they read in order."""

from itertools import pairwise

import folding
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.config import TRIMS, BookletKeys, OffsetKeys, Trim, find_sheet, find_trim
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import Place
from pressbook.press import impose
from pressbook.press.paper import choose_sheet, fills
from pressbook.press.schemes import FOLDS
from pressbook.units import inch, mm

patient = settings(max_examples=60, deadline=None)

DUPLEX = ("short-edge", "long-edge", "by-hand")
BOUND = ("saddle", "signatures", "quarto", "octavo", "sextodecimo")
TALL = Trim("tall", inch(4), inch(10.5))
"""Two of these side by side fit letter only upright."""
BOOKLETS = [trim for trim in (*TRIMS, TALL) if trim.name not in ("letter-landscape", "A4-landscape")]
POSTER = "60 x 60 in"
"""Paper that takes sixteen of nearly any page."""


def keys(**given):
    """Make a `[booklet]`."""
    return BookletKeys(**given)


def leafed_through(booklet, width, height):
    """Print, cut, fold, nest and stack a bound booklet, and leaf through it."""
    arrangement = booklet.arrangement
    sheets = folding.printed(booklet.flats, booklet.job.duplex)
    patches = folding.cut(sheets, 1, 2) if arrangement.halved else [folding.whole(sheet) for sheet in sheets]
    leaves, at = [], 0
    for gathering in arrangement.gatherings:
        count = len(gathering.sheets)
        leaves += folding.nest([folding.folded(patch, FOLDS[arrangement.scheme]) for patch in patches[at : at + count]])
        at += count
    return folding.bind(leaves, width, height)


def in_order(seen, pages):
    """Tell whether pages come from first to last, then blanks, all of them upright and level."""
    assert [side.page for side in seen[:pages]] == list(range(1, pages + 1))
    assert all(side.page is None for side in seen[pages:])
    assert all(side.upright for side in seen)
    printed = seen[:pages]
    assert all(side.rows == pytest.approx(printed[0].rows) for side in printed)
    return printed


@patient
@given(
    pages=st.integers(1, 200),
    trim=st.sampled_from(BOOKLETS),
    duplex=st.sampled_from(DUPLEX),
    scheme=st.sampled_from(BOUND),
    signature=st.sampled_from((1, 2, 3, 4, 8)),
)
def test_a_folded_book_reads_in_order(pages, trim, duplex, scheme, signature):
    """Whatever the scheme, printed, turned, folded, nested and stacked, pages come in order, upright, rectos on the right."""
    each = 2 << len(FOLDS[scheme])
    booklet = impose(
        pages, trim.width, trim.height, keys(scheme=scheme, sheet=POSTER, duplex=duplex, signature=each * signature, creep="off")
    )
    printed = in_order(leafed_through(booklet, trim.width, trim.height), pages)
    assert all(side.spine == pytest.approx(0, abs=1e-6) for side in printed)
    assert -(-pages // each) == booklet.sheets


@patient
@given(pages=st.integers(1, 200), trim=st.sampled_from(BOOKLETS), duplex=st.sampled_from(DUPLEX), scheme=st.sampled_from(BOUND[:2]))
def test_sheets_cut_before_they_are_folded_read_in_order(pages, trim, duplex, scheme):
    """Two spreads on a sheet, cut apart, the upper pile laid on the lower: every other sheet is saved, and the order stands."""
    booklet = impose(pages, trim.width, trim.height, keys(scheme=scheme, sheet=POSTER, duplex=duplex, cut_first=True))
    in_order(leafed_through(booklet, trim.width, trim.height), pages)
    folios = -(-pages // 4)
    assert booklet.sheets == (folios + 1) // 2


@patient
@given(pages=st.integers(1, 200), trim=st.sampled_from(BOOKLETS), duplex=st.sampled_from(DUPLEX))
def test_piles_that_are_cut_and_stacked_read_in_order(pages, trim, duplex):
    """Cut into piles and stacked, leaves come in order; a book of n leaves takes as many sheets as n leaves need."""
    booklet = impose(pages, trim.width, trim.height, keys(scheme="cut-and-stack", sheet="20 x 24 in", duplex=duplex))
    columns, rows = booklet.arrangement.columns, booklet.arrangement.rows
    leaves = folding.cut(folding.printed(booklet.flats, duplex), columns, rows)
    in_order(folding.bind(leaves, trim.width, trim.height), pages)
    assert columns * rows > 1
    assert booklet.sheets == -(-pages // (2 * columns * rows))


@patient
@given(
    pages=st.integers(1, 200),
    scheme=st.sampled_from(("2-up", "4-up", "6-up", "8-up", "9-up", "16-up")),
    duplex=st.sampled_from(DUPLEX),
)
def test_pages_side_by_side_are_read_row_by_row(pages, scheme, duplex):
    """So many pages a side, left to right and row by row, the back read after the front, its head where the front's is."""
    booklet = impose(pages, 200, 300, keys(scheme=scheme, sheet=POSTER, duplex=duplex))
    seen = []
    for sheet in folding.printed(booklet.flats, duplex):
        for side, places in (("recto", sheet.front), ("verso", sheet.back)):
            # Turned like a leaf, the back's points are mirrored as seen through the paper.
            spots = [folding.spot(place, 100, 150) for place in places]
            if side == "verso":
                spots = [(sheet.width - x, y) for x, y in (sheet.through(*spot) for spot in spots)]
            seen += [
                place.page
                for _, place in sorted(zip(spots, places, strict=True), key=lambda pair: (-round(pair[0][1]), pair[0][0]))
            ]
    assert seen == list(range(1, pages + 1))


def panels_of(flat, columns, rows, width, height):
    """Return (column, row from the top) → place for the pages of a flat."""
    found = {}
    for place in flat.places:
        x, y = folding.spot(place, width / 2, height / 2)
        found[int(x * columns / flat.width), rows - 1 - int(y * rows / flat.height)] = place
    return found


def test_a_mini_zine_pushed_into_a_star_reads_in_order():
    """Where paper holds together, what faces what in the star is next in order, and heads meet heads; only the slit parts panels.

    Walked round the slit, panels are joined edge to edge. Each leaf is two neighbours, back to back: page 1 with 2, 3
    with 4. Between leaves lies a spine, where a verso stands left of the next recto, both of them upright, or both on
    their heads, when the verso is on the right.
    """
    width, height = inch(2.75), inch(4.25)
    (flat,) = impose(8, width, height, keys(scheme="mini-8")).flats
    panels = panels_of(flat, 4, 2, width, height)
    slit = {frozenset({(column, 0), (column, 1)}) for column in (1, 2)}
    joined = {
        frozenset({one, other})
        for one in panels
        for other in panels
        if sum(abs(a - b) for a, b in zip(one, other, strict=True)) == 1 and frozenset({one, other}) not in slit
    }
    home = {place.page: panel for panel, place in panels.items()}
    assert len(joined) == 8
    assert all(frozenset({home[page], home[page % 8 + 1]}) in joined for page in range(1, 9))
    for verso in (2, 4, 6, 8):
        left, right = home[verso], home[verso % 8 + 1]
        assert left[1] == right[1], "a spine is upright"
        turn = panels[left].turn
        assert turn == panels[right].turn
        assert right[0] - left[0] == (1 if turn == 0 else -1)
    assert {panels[panel].turn for panel in panels if panel[1] == 0} == {180}
    assert {panels[panel].turn for panel in panels if panel[1] == 1} == {0}
    quarter, middle = flat.width / 4, flat.height / 2
    assert (quarter, middle, 3 * quarter, middle) in flat.cuts


def test_a_french_fold_shows_one_side():
    """Folded twice with the print outside, page 1 is in front, 2 and 3 are inside it, 4 is behind, all of them upright."""
    (flat,) = impose(4, inch(4.25), inch(5.5), keys(scheme="french")).flats
    sheet = folding.Printed(flat.width, flat.height, flat.places, (), over_the_head=False)
    seen = folding.bind(folding.folded(folding.whole(sheet), ("level", "upright")), inch(4.25), inch(5.5))
    assert [side.page for side in seen if side.page] == [1, 2, 3, 4]
    assert all(side.upright for side in seen)


@patient
@given(pages=st.integers(1, 120), trim=st.sampled_from(BOOKLETS), duplex=st.sampled_from(DUPLEX), scheme=st.sampled_from(BOUND))
def test_pages_lie_on_the_paper(pages, trim, duplex, scheme):
    """Every page lies within its sheet, and within its window where it has one."""
    for flat in impose(pages, trim.width, trim.height, keys(scheme=scheme, sheet=POSTER, duplex=duplex)).flats:
        for place in flat.places:
            left, foot, right, head = folding.area(place, trim.width, trim.height)
            assert left >= -0.6 - 20 * mm(0.13) and foot >= -0.6 and right <= flat.width + 9 and head <= flat.height + 0.6
            if place.window:
                assert 0 <= place.window[0] < place.window[2] <= flat.width + 1e-6
                assert place.window[1] - 0.6 <= foot and head <= place.window[3] + 0.6


@patient
@given(
    pages=st.integers(1, 200),
    scheme=st.sampled_from(BOUND),
    duplex=st.sampled_from(DUPLEX),
    creep=st.sampled_from(("0.1mm", "0.2mm")),
)
def test_inner_leaves_are_shifted_towards_their_spine(pages, scheme, duplex, creep):
    """Each leaf's pages stand one creep nearer to the spine than those of the leaf around it; the outermost stand at it."""
    booklet = impose(pages, 200, 300, keys(scheme=scheme, sheet=POSTER, duplex=duplex, creep=creep, signature=64))
    printed = in_order(leafed_through(booklet, 200, 300), pages)
    step = mm(float(creep[:3]))
    first = 0
    for gathering in booklet.arrangement.gatherings:
        count = sum(len(forme.placements) for sheet in gathering.sheets for forme in (sheet.front, sheet.back))
        for at, side in enumerate(printed[first : first + count]):
            leaf = at // 2
            assert side.spine == pytest.approx(-step * min(leaf, count // 2 - 1 - leaf))
        first += count


def test_a_window_keeps_a_shifted_page_off_its_neighbour():
    """A page shifted over the fold shows nothing there: its window ends at the fold, on fronts and on turned backs."""
    for duplex in DUPLEX:
        for flat in impose(16, 300, 400, keys(sheet="A3", creep="0.5mm", duplex=duplex)).flats:
            for place in flat.places:
                if place.page in (1, 2, 15, 16):
                    assert place.window is None, "the outermost leaves are not shifted"
                    continue
                left, _, right, _ = place.window
                assert flat.width / 2 in (pytest.approx(left), pytest.approx(right))
                assert right - left == pytest.approx(flat.width / 2)


@patient
@given(trim=st.sampled_from(BOOKLETS), duplex=st.sampled_from(DUPLEX), scheme=st.sampled_from(BOUND))
def test_marks_keep_off_the_type(trim, duplex, scheme):
    """Ticks, crops and steps are on the paper and off the pages, but for the ends of ticks at an edge and what lies on a spine."""
    booklet = impose(40, trim.width, trim.height, keys(scheme=scheme, sheet=POSTER, duplex=duplex))
    for flat in booklet.flats:
        areas = [folding.area(place, trim.width, trim.height) for place in flat.places]
        for x1, y1, x2, y2 in (*flat.folds, *flat.cuts):
            assert 0 < abs(x2 - x1) + abs(y2 - y1) <= 10 + 1e-6
            assert min(x1, x2, y1, y2) >= -1e-6 and max(x1, x2) <= flat.width + 1e-6 and max(y1, y2) <= flat.height + 1e-6
            near_edge = min(max(x1, x2), max(y1, y2), flat.width - min(x1, x2), flat.height - min(y1, y2)) <= 10 + 1e-6
            middle = ((x1 + x2) / 2, (y1 + y2) / 2)
            inside = [box for box in areas if box[0] + 3 < middle[0] < box[2] - 3 and box[1] < middle[1] < box[3]]
            assert near_edge or not inside


def test_four_pages_of_half_letter_in_points():
    """Four half-letter pages cover one letter sheet to its edges, front and back alike for a flip on the short edge."""
    front, back = impose(4, inch(5.5), inch(8.5)).flats
    assert (front.width, front.height, front.label) == (792, 612, "sheet 1 front")
    assert front.places == (Place(4, 0, 0), Place(1, 396, 0))
    assert front.folds == ((396, 0, 396, 10), (396, 612, 396, 602))
    assert (front.cuts, front.bars) == ((), ())
    assert back.places == (Place(2, 0, 0), Place(3, 396, 0))
    assert back.label == "sheet 1 back"


def test_a_flip_on_the_long_edge_turns_the_back():
    """For a flip on the long edge of a landscape sheet the back stands head down, turned about the middle of the sheet."""
    front, back = impose(4, inch(5.5), inch(8.5), keys(duplex="long-edge")).flats
    assert front.places == (Place(4, 0, 0), Place(1, 396, 0))
    assert back.places == (Place(2, 792, 612, 180), Place(3, 396, 612, 180))


def test_eight_small_pages_in_points():
    """Eight quarter-letter pages stand in the middle of two letter sheets, with ticks and crops clear of them."""
    flats = impose(8, inch(4.25), inch(5.5), keys(creep="off")).flats
    assert [[(place.page, place.x, place.y) for place in flat.places] for flat in flats] == [
        [(8, 90, 108), (1, 396, 108)],
        [(2, 90, 108), (7, 396, 108)],
        [(6, 90, 108), (3, 396, 108)],
        [(4, 90, 108), (5, 396, 108)],
    ]
    assert {flat.folds for flat in flats} == {((396, 96, 396, 106), (396, 516, 396, 506))}
    assert {tuple(sorted(flat.cuts)) for flat in flats} == {
        (
            *((74, 108, 84, 108), (74, 504, 84, 504)),
            *((90, 92, 90, 102), (90, 520, 90, 510)),
            *((702, 92, 702, 102), (702, 520, 702, 510)),
            *((718, 108, 708, 108), (718, 504, 708, 504)),
        )
    }


def test_marks_can_be_left_out():
    """Without marks there is nothing on a sheet but its pages."""
    for flat in impose(40, 200, 300, keys(scheme="signatures", sheet="A3", marks=False)).flats:
        assert (flat.folds, flat.cuts, flat.bars) == ((), (), ())
        assert flat.places


def test_piles_are_cut_at_ticks():
    """Where pages fill their panels, ticks show where the piles are cut; where they do not, the corners of each are marked."""
    front, _ = impose(4, 396, 612, keys(scheme="cut-and-stack", sheet="letter")).flats
    assert sorted(front.cuts) == [(396, 0, 396, 10), (396, 612, 396, 602)]
    loose, _ = impose(4, 300, 500, keys(scheme="cut-and-stack", sheet="letter")).flats
    assert {x for x, _, to_x, _ in loose.cuts if x == to_x} == {48, 348, 444, 744}


def test_tall_pages_stand_on_an_upright_sheet():
    """Two narrow, tall pages are laid on the sheet upright, where a flip on the long edge is the one that keeps the head up."""
    flats = impose(4, TALL.width, TALL.height, keys(duplex="long-edge")).flats
    assert {(flat.width, flat.height) for flat in flats} == {(612, 792)}
    assert {place.turn for flat in flats for place in flat.places} == {0}


def test_backs_are_moved_into_register():
    """What calibration found moves every back, and no front."""
    flats = impose(12, 200, 300, keys(back_offset=OffsetKeys(x="0.5mm", y="-0.25 mm", turn=0.1))).flats
    assert {flat.register for flat in flats[::2]} == {(0, 0, 0)}
    assert {flat.register for flat in flats[1::2]} == {(mm(0.5), -mm(0.25), 0.1)}


def spine_marks(booklet, attribute):
    """List the marks of one kind, by flat."""
    return [getattr(flat, attribute) for flat in booklet.flats]


def test_the_steps_on_the_backs_run_down_like_stairs():
    """Each signature has one black bar on its outer fold, where no other has one, each below the last."""
    booklet = impose(64, 300, 400, keys(scheme="signatures", sheet="A3"))
    bars = [bar for flat in booklet.flats for bar in flat.bars]
    assert [number for number, flat in enumerate(booklet.flats) if flat.bars] == [0, 8, 16, 24]
    assert all((left + right) / 2 == pytest.approx(booklet.bench.across / 2) for left, _, right, _ in bars)
    assert all(upper[1] == pytest.approx(lower[3]) for upper, lower in pairwise(bars))
    many = impose(64 * 40, 300, 400, keys(scheme="signatures", sheet="A3"))
    feet = [foot for flat in many.flats for _, foot, _, _ in flat.bars]
    assert len(feet) == 160
    assert min(feet) > (many.bench.up - 400) / 2


@pytest.mark.parametrize("scheme", BOUND[1:])
@pytest.mark.parametrize("duplex", DUPLEX)
def test_a_gathering_is_pierced_where_it_opens_in_the_middle(scheme, duplex):
    """The stations of a gathering lie on the fold between its middle pages, from one end to the other, and in no other place."""
    each = 2 << len(FOLDS[scheme])
    booklet = impose(2 * each, 200, 300, keys(scheme=scheme, sheet=POSTER, signature=each, duplex=duplex, creep="off"))
    holes = booklet.job.holes
    for first in (1, 1 + each):
        verso, recto = first + each // 2 - 1, first + each // 2
        (flat,) = [flat for flat in booklet.flats if {verso, recto} <= {place.page for place in flat.places}]
        at = {place.page: place for place in flat.places}
        wanted = {tuple(round(c, 3) for c in folding.spot(at[recto], 0, 300 - hole)) for hole in holes}
        strokes = {
            (round((x1 + x2) / 2, 3), round(y1, 3)) for x1, y1, x2, y2 in flat.cuts if y1 == y2 and abs(abs(x2 - x1) - 5) < 1e-6
        }
        assert wanted == strokes


def test_a_fold_that_eats_a_quarter_of_the_page_is_refused():
    """So many sheets in one another that the innermost pages would lose their margins are to be sewn in gatherings."""
    keys = {"sheet": "tabloid", "caliper": "0.2 mm"}
    assert impose(500, inch(5.5), inch(8.5), BookletKeys(**keys)).sheets == 125
    with pytest.raises(LayoutError, match="35") as caught:
        impose(550, inch(5.5), inch(8.5), BookletKeys(**keys))
    assert '"signatures"' in caught.value.hint
    assert impose(550, inch(5.5), inch(8.5), BookletKeys(scheme="signatures", **keys)).sheets == 138


def test_a_sheet_too_small_is_refused_with_a_way_out():
    """Two pages larger than the sheet are refused with both sizes and the smallest sheet that takes them."""
    with pytest.raises(LayoutError) as refusal:
        impose(4, inch(6), inch(9), keys(sheet="A4"))
    assert "two pages of 152.4 mm (6.00 in) by 228.6 mm (9.00 in) do not fit side by side" in refusal.value.message
    assert "A4 paper, 210 mm (8.27 in) by 297 mm (11.69 in)" in refusal.value.message
    assert 'booklet.sheet = "B4"' in refusal.value.hint
    with pytest.raises(LayoutError, match=r"eight pages of .* do not fit 4 by 2 on letter paper") as refusal:
        impose(8, inch(4.25), inch(5.5), keys(scheme="mini-8", sheet="letter"))
    assert 'booklet.sheet = "tabloid"' in refusal.value.hint


def test_a_page_too_large_for_any_sheet_is_refused():
    """Two letter pages on their sides fit no known sheet, whether one is named or not, and the hint says what to do."""
    for sheet in ("auto", "tabloid"):
        with pytest.raises(LayoutError) as refusal:
            impose(4, 792, 612, keys(sheet=sheet))
        assert "outputs.booklet = false" in refusal.value.hint
    with pytest.raises(LayoutError) as refusal:
        impose(8, 396, 612, keys(scheme="mini-8"))
    assert refusal.value.hint.startswith('choose a smaller page.trim, such as "mini" for letter or "A7" for A4;')


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
def test_auto_takes_the_paper_at_hand(trim, sheet):
    """Without a word on paper, inch trims go on letter and others on A4 where they fit, else on the next sheet of their kind."""
    page = find_trim(trim)
    if sheet is None:
        with pytest.raises(LayoutError):
            choose_sheet(page.width, page.height, "auto")
    else:
        assert choose_sheet(page.width, page.height, " Auto ").name == sheet


@pytest.mark.parametrize(
    ("scheme", "trim", "sheet"),
    [
        ("mini-8", "mini", "letter"),
        ("mini-8", "A7", "A4"),
        ("quarto", "quarter-letter", "letter"),
        ("quarto", "A6", "A4"),
        ("octavo", "mini", "letter"),
        ("octavo", "half-letter", None),
        ("french", "quarter-letter", "letter"),
        ("4-up", "A6", "A4"),
    ],
)
def test_auto_takes_paper_for_all_the_panels(scheme, trim, sheet):
    """Paper is chosen for as many pages as a scheme lays on it."""
    page = find_trim(trim)
    if sheet is None:
        with pytest.raises(LayoutError):
            impose(4, page.width, page.height, keys(scheme=scheme))
    else:
        assert impose(4, page.width, page.height, keys(scheme=scheme)).sheet.name == sheet


def test_a_named_sheet_is_taken_at_its_word():
    """A sheet asked for by name or size is taken; one that nobody knows is refused."""
    assert choose_sheet(396, 612, "tabloid").name == "tabloid"
    assert choose_sheet(396, 612, "20 x 30 cm").width == pytest.approx(mm(200))
    with pytest.raises(ConfigError):
        choose_sheet(396, 612, "napkin")


def test_what_fills_the_sheet_needs_no_knife():
    """Half-letter fills letter and A5 fills A4, but for a millimetre; A6 does not fill A4."""
    assert fills(inch(11), inch(8.5), find_sheet("letter"))
    assert fills(mm(296), mm(210), find_sheet("A4"))
    assert not fills(mm(210), mm(148), find_sheet("A4"))
