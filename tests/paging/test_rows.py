"""Rows: a chapter on the grid, and where its pages may not end."""

from math import inf

import pytest
from hypothesis import given, settings
from pagemaker import chapters, design, faults, galley, line, rows_of, tags

from pressbook.model import Galley, Line, Opener, Passage, Setting
from pressbook.paging.rows import DEMERITS, HYPHEN_AT_FOOT, VARIANT, opener_rows
from pressbook.values import replace

BREAKS = """
1 1 1          0|1|2|3          between paragraphs of a line, anywhere
3 3            0|3|6            three lines stay together: one more would be a widow, one less an orphan
2 2            0|2|4
4              0|2|4
7              0|2|3|4|5|7
5 * 5          0|2|3|10|11|13   two lines above an ornament and two below; a gap is never at a page's edge
5 ~ 5          0|2|3|8|9|11
1 * 1          0|5
3 ~ 4          0|6|8
2 # 2          0|2|6            a heading stays with its text; the white above it neither ends a page nor begins one
4 # 5          0|2|4|8|9|11     and its paragraph's first line is no orphan
2 "3 2         0|2|6|9          nor does the white about a quotation
"2 "2 2        0|2|6|9
# 3            0|4
# # 2          0|5
"2             0|2              nothing follows, so no white does
2 * "4         0|7|9
"2 * 2         0|8
"2 "1 1 * 2    0|2|12           a white that vanishes leaves no line alone with a gap either
"""
"""Chapters in shorthand, and before which rows a page may begin (nought and the end among them)."""


def table():
    """Read the table."""
    found = []
    for row in BREAKS.strip("\n").splitlines():
        places = next(part for part in row.split() if "|" in part)
        found.append((row[: row.index(places)].strip(), [int(place) for place in places.split("|")]))
    return found


@pytest.mark.parametrize(("shorthand", "places"), table())
def test_a_page_ends_only_where_it_may(shorthand, places):
    """The breaks of each chapter of the table are those given and no others."""
    rows = rows_of(galley(shorthand), 30)
    assert len(rows.rows) == places[-1]
    assert [row for row in range(1, places[-1]) if rows.price[row] < inf] == places[1:-1]


@settings(max_examples=100, deadline=None)
@given(chapters(tame=False))
def test_a_legal_break_makes_no_fault(shorthand):
    """Wherever a break is legal, it leaves no widow, orphan, gap at an edge, lone line beside a gap or lost heading."""
    made = galley(shorthand)
    rows = rows_of(made, 30)
    for end, price in enumerate(rows.price[1:-1], 1):
        if price < inf:
            assert not faults(made, [tags(made)[:end], tags(made)[end + rows.dropped.get(end, 0) :]])


@settings(max_examples=100, deadline=None)
@given(chapters(tame=False))
def test_every_line_has_its_row(shorthand):
    """All lines stand in order, each once, with the whites that their blocks ask for, and one ornament a scene break."""
    made = galley(shorthand)
    rows = rows_of(made, 30)
    assert [row for row in rows.rows if isinstance(row, Line)] == [
        line for block in made.blocks if hasattr(block, "settings") for line in block.settings[0].lines
    ]
    assert [isinstance(row, Line) for row in rows.rows] == [isinstance(tag, tuple) for tag in tags(made)]
    assert rows.rows.count("ornament") == shorthand.split().count("*")
    assert len(rows.price) == len(rows.rows) + 1


def test_lines_beside_an_initial_stay_on_its_page():
    """No page ends between the lines that stand beside an initial, be they of one paragraph or more, in any of their settings."""

    def made(shorthand, block, whole):
        """Bind so many lines together from a block's first on."""
        bare = galley(shorthand)
        blocks = [replace(row, whole=whole) if at == block else row for at, row in enumerate(bare.blocks)]
        return replace(bare, blocks=tuple(blocks))

    prices = rows_of(made("3 9 2", 1, 4), 30).price
    assert [row for row in range(len(prices)) if prices[row] < inf] == [0, 3, 7, 8, 9, 10, 12, 14]
    rows = rows_of(made("1 2 9+", 0, 5), 30)
    assert [row for row in range(len(rows.price)) if rows.price[row] < inf] == [0, 5, 6, 7, 8, 9, 10, 12]
    assert [row for row, price in enumerate(rows.variants[0].breaks) if price < inf] == [0, 2, 3, 4, 5, 6, 7, 8, 10]


def test_an_ornament_stands_in_the_middle_of_its_white():
    """A scene break is white, ornament, white; a pause is white only."""
    rows = rows_of(galley("1 * 1 ~ 1"), 30).rows
    assert [row if isinstance(row, str) else "line" for row in rows] == [
        "line",
        "white",
        "ornament",
        "white",
        "line",
        "white",
        "line",
    ]


def test_a_hyphen_at_the_foot_has_its_price():
    """A break after a line that ends in a hyphen is legal but priced; one after a whole word is free."""
    rows = rows_of(galley("8-4"), 30)
    assert rows.price[3:6] == (0.0, HYPHEN_AT_FOOT, 0.0)


def test_a_held_line_begins_no_page():
    """No page begins with a line that is held to the one before it, be it a passage's first or a later one."""
    poem = Passage((Setting(tuple(line() for _ in range(6))),), 1, held=(3,))
    signature = Passage((Setting((line(),)),), 2, held=(0,))
    rows = rows_of(Galley(Opener((), 18.0), (poem, signature), "", "chapter"), 30)
    assert [row for row in range(1, 7) if rows.price[row] < inf] == [2, 4]


def test_other_settings_are_kept_with_their_price():
    """A paragraph that can be set a line longer or shorter is listed with its rows, its gain, and a price by its demerits."""
    rows = rows_of(galley("3 9+! 4!"), 30)
    assert [(other.start, other.stop, other.gain) for other in rows.variants] == [(3, 12, 1), (3, 12, -1), (12, 16, -1)]
    assert [len(other.rows) for other in rows.variants] == [10, 8, 3]
    assert [other.price for other in rows.variants] == pytest.approx([VARIANT + 200 / root / DEMERITS for root in (3, 3, 2)])


def test_breaks_in_another_setting_are_priced_as_in_the_best():
    """In a paragraph set longer no page ends after its first line or before its last."""
    (longer,) = rows_of(galley("6+"), 30).variants
    assert longer.breaks == (0.0, inf, 0.0, 0.0, 0.0, 0.0, inf, 0.0)


def test_a_scene_break_may_open_by_a_line():
    """Beside a break of three rows stands one of four, its ornament in the middle; no page ends inside or beside it."""
    (other,) = rows_of(galley("3 * 3"), 30).variants
    assert (other.start, other.stop, other.gain) == (3, 6, 1)
    assert other.rows == ("white", "low ornament", "white", "white")
    assert set(other.breaks[1:-1]) == {inf}


def test_a_blank_break_is_one_white_line():
    """Without an ornament a break is one white line, or two, or an ornament where a page ends."""
    rows = rows_of(galley("3 * 3"), 30, blank=True)
    assert rows.rows[3] == "white"
    assert isinstance(rows.rows[4], Line)
    assert [(other.rows, other.ends_page) for other in rows.variants] == [
        (("white", "white"), False),
        (("white", "ornament"), True),
    ]


def test_the_opener_takes_its_sink_and_its_title():
    """A chapter without a title begins below the sink; a title takes three lines more, a longer one what it needs."""
    page = design(lines=35, sink=8)
    heads = [opener_rows(galley("5", title_lines=count), page) for count in (0, 1, 2, 4)]
    assert heads[:2] == [8, 11]
    assert heads[1] < heads[2] < heads[3]


def test_a_number_above_the_name_moves_the_text_down_by_whole_lines():
    """A title with its number above takes as many whole lines as both need, so that the text stays on the grid."""
    page = design(lines=35, sink=8)
    made = galley("5", title_lines=2)
    pair = replace(made, opener=replace(made.opener, number=1, parting=1.5 * page.leading))
    assert opener_rows(pair, page) == 8 + 2 + 3


def test_a_part_sinks_deeper():
    """A part's title stands lower than a chapter's."""
    page = design(lines=35, sink=8)
    assert opener_rows(galley("", 1, kind="part"), page) > opener_rows(galley("", 1), page)


def test_front_matter_sinks_less():
    """A foreword begins higher than the story."""
    page = design(lines=35, sink=8)
    assert opener_rows(galley("5", kind="front"), page) == 4


def test_a_long_title_leaves_room_for_text():
    """However long a title, four lines of text stand under it."""
    page = design(lines=20, sink=5)
    assert opener_rows(galley("5", title_lines=12), page) == 16
