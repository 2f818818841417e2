"""Spreads: the cheapest way to end pages, facing pages level, nothing torn that need not be."""

from functools import cache
from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import chapters, check_settings, design, faults, galley, rows_of, tagged_pages

from pressbook.model import Line, Passage, Setting, Word
from pressbook.paging.spreads import (
    LEAST_END,
    LONGER_OR_SHORTER,
    PAGE_TURN,
    SHORT_END,
    SUNK,
    TORN,
    UNEVEN,
    Freedom,
    cheapest,
    make_up,
    seek,
    untorn,
)
from pressbook.values import replace
from stopwatch import soon

SIDES = st.sampled_from(("recto", "verso"))


def cut(shorthand, lines, first="recto", **parts):
    """Make a chapter up into pages and return its galley, rows and pages."""
    made = galley(shorthand, **parts)
    rows = rows_of(made, lines)
    return made, rows, make_up(rows, lines, first)


def depths(found):
    """List how many grid lines each page takes, the opener's among them."""
    return [len(page) + found.head * (number == 0) for number, page in enumerate(found.pages)]


def facing(found, first):
    """Pair the pages of a chapter as they face, by their numbers."""
    numbers = list(range(len(found.pages)))
    spreads = [numbers[:1]] if first == "recto" else []
    rest = numbers[len(spreads) :]
    return spreads + [rest[place : place + 2] for place in range(0, len(rest), 2)]


@settings(max_examples=100, deadline=None)
@given(chapters(tame=False), st.integers(6, 40), SIDES, st.integers(0, 3))
def test_pages_hold_every_line_once(shorthand, lines, first, title_lines):
    """Whatever the chapter, its lines stand on its pages once, in order, each paragraph whole; no page is empty or overfull."""
    made, _, found = cut(shorthand, lines, first, title_lines=title_lines)
    check_settings(made, [row for page in found.pages for row, _ in page if isinstance(row, Line)])
    assert all(found.pages)
    assert max(depths(found)) <= lines + 1
    ornaments = [row for page in found.pages for row, _ in page if row in ("ornament", "low ornament")]
    assert len(ornaments) == shorthand.split().count("*")


@settings(max_examples=100, deadline=None)
@given(chapters(most=80), st.integers(20, 38), SIDES, st.integers(0, 2))
def test_pages_end_without_a_fault(shorthand, lines, first, title_lines):
    """No page of a chapter ends or begins with a widow, an orphan, a gap, a lone line beside a gap or a heading without text."""
    made, _, found = cut(shorthand, lines, first, title_lines=title_lines)
    assert not faults(made, tagged_pages(made, found.pages))


@settings(max_examples=100, deadline=None)
@given(chapters(most=80), st.integers(20, 38), SIDES)
def test_facing_pages_are_level(shorthand, lines, first):
    """Facing pages that text follows hold equally many rows, at most one more or fewer than the design, or the bill says so."""
    _, _, found = cut(shorthand, lines, first)
    deep = depths(found)
    uneven = {paid.page for paid in found.paid if paid.fault == "uneven spread"}
    far = {paid.page for paid in found.paid if paid.fault == "shorter page" and paid.price > LONGER_OR_SHORTER}
    for pages in facing(found, first):
        if pages[-1] == len(deep) - 1:
            continue
        if len({deep[page] for page in pages}) > 1:
            assert pages[1] in uneven or any(paid.fault == "torn page" and paid.page in pages for paid in found.paid)
        elif abs(deep[pages[0]] - lines) > 1:
            assert pages[0] in far


def substituted(rows, chosen):
    """Write a chapter out with some of its paragraphs and gaps set otherwise.

    Return the price of a page break before each row, the rows where one must be, and the whites that vanish at one.
    """
    prices, ends, dropped, read, grown = [], set(), {}, 0, 0
    for other in sorted(chosen, key=lambda other: other.start):
        dropped |= {row + grown: white for row, white in rows.dropped.items() if read <= row <= other.start}
        prices += rows.price[read : other.start]
        before = rows.price[other.start]
        prices += [before, *other.breaks[1 : len(other.rows)]]
        if other.ends_page:
            ends.add(len(prices))
        read = other.stop
        grown += other.gain
    dropped |= {row + grown: white for row, white in rows.dropped.items() if read <= row}
    prices += rows.price[read:]
    return prices, ends, dropped


def by_trying_everything(rows, lines, first, freedom=Freedom()):  # noqa: B008 - a value
    """Find the least price within a freedom by trying every sink and every setting of every paragraph with every depth."""
    return min(_by_trying_settings(rows, rows.head + sink, lines, first, freedom) + SUNK * abs(sink) for sink in freedom.sinks)


def _by_trying_settings(rows, head, lines, first, freedom):
    others = {}
    for other in rows.variants:
        others.setdefault(other.start, [None]).append(other)
    best = inf
    for choice in product(*others.values()):
        chosen = [other for other in choice if other is not None]
        prices, forced, dropped = substituted(rows, chosen)
        end = len(prices) - 1

        @cache
        def least(begin, side, facing, end=end, prices=prices, forced=frozenset(forced), dropped=dropped):
            """Price the pages from a row to the chapter's end."""
            found = inf
            for depth in freedom.depths if facing is None or freedom.uneven else (facing,):
                used = head if begin == 0 else 0
                foot = begin + lines + depth - used
                price = LONGER_OR_SHORTER * depth**2 + (UNEVEN * (depth - facing) ** 2 if facing is not None else 0)
                if foot >= end and not any(begin < place for place in forced):
                    short = used + end - begin < LEAST_END
                    found = min(found, price + SHORT_END * short)
                if begin < foot < end and not any(begin < place < foot for place in forced):
                    broken = 0.0 if foot in forced else prices[foot]
                    after = foot + dropped.get(foot, 0)
                    if side == "recto":
                        found = min(found, price + PAGE_TURN * broken + least(after, "verso", None))
                    else:
                        found = min(found, price + broken + least(after, "recto", depth))
            return found

        best = min(best, sum(other.price for other in chosen) + least(0, first, None))
    return best


@settings(max_examples=150, deadline=None)
@given(chapters(most=6, tame=False), st.integers(7, 12), SIDES)
def test_no_other_pages_are_cheaper(shorthand, lines, first):
    """Of all ways to set every paragraph and to end every page that leave facing pages level, the one chosen costs least."""
    rows = rows_of(galley(shorthand), lines, sink=1)
    price, _ = cheapest(rows, lines, first, Freedom())
    assert price == pytest.approx(by_trying_everything(rows, lines, first))


@pytest.mark.parametrize("freedom", list(untorn(12))[1:])
@settings(max_examples=40, deadline=None)
@given(chapters(most=6, tame=False), st.integers(8, 12), SIDES)
def test_no_other_pages_are_cheaper_in_more_freedom(freedom, shorthand, lines, first):
    """The same where the opener may sink more or less, pages be shorter, or facing pages differ at their price."""
    rows = rows_of(galley(shorthand), lines, sink=2)
    price, _ = cheapest(rows, lines, first, freedom)
    assert price == pytest.approx(by_trying_everything(rows, lines, first, freedom))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(("1", "2", "3", "4+", "5", "6!", "*")), min_size=3, max_size=9), st.integers(7, 10), SIDES)
def test_no_other_pages_are_cheaper_with_blank_breaks(signs, lines, first):
    """The same where scenes are parted by white alone, which becomes an ornament at a page's foot."""
    shorthand = " ".join(["2", *signs, "2"]).replace("* *", "* 2 *")
    rows = rows_of(galley(shorthand), lines, sink=1, blank=True)
    price, _ = cheapest(rows, lines, first, Freedom())
    assert price == pytest.approx(by_trying_everything(rows, lines, first))


@settings(max_examples=100, deadline=None)
@given(chapters(most=40, tame=False), st.integers(8, 36), SIDES)
def test_the_bill_is_whole(shorthand, lines, first):
    """What the pages cost is the sum of what is listed, and each item names a page that is there."""
    _, _, found = cut(shorthand, lines, first)
    assert sum(paid.price for paid in found.paid) == pytest.approx(found.price)
    assert all(0 <= paid.page < len(found.pages) and paid.price > 0 for paid in found.paid)


def test_a_full_page_is_the_rule():
    """Where every break is free, each page but the last holds exactly the lines of the design."""
    for first in ("recto", "verso"):
        _, _, found = cut(" ".join(["1"] * 108), 20, first)
        assert depths(found) == [20, 20, 20, 20, 20, 12]
        assert not found.paid


def test_both_pages_of_a_spread_run_short_together():
    """Where the left page cannot be full, both pages of its spread are a line short, the opener's sink counted."""
    # Sixteen rows would leave a line of three alone on the right, seventeen two.
    _, _, found = cut("1 " * 15 + "3 " + "1 " * 60, 20, "verso")
    assert depths(found)[:2] == [19, 19]
    assert [(paid.page, paid.fault) for paid in found.paid][:2] == [(0, "shorter page"), (1, "shorter page")]


def test_a_paragraph_gives_a_line_to_keep_its_page_full():
    """Where a page cannot be full, a paragraph on it is set a line longer, and its neighbours stay as the design has them."""
    # The opener takes 16 of 20; the left page after it would end in the midst of three lines at its 20th row and 21st.
    chapter = "1 " * 20 + "5+ " + "1 " * 10 + "3 " + "1 " * 70
    made, _, found = cut(chapter, 20)
    assert depths(found)[:3] == [20, 20, 20]
    assert [(paid.page, paid.fault, paid.owner) for paid in found.paid] == [(1, "looser paragraph", 20)]
    plain = cut(chapter.replace("+", ""), 20)[2]
    assert depths(plain)[:3] != [20, 20, 20]
    assert not faults(made, tagged_pages(made, found.pages))


def test_a_hyphen_is_kept_from_the_turn_of_the_leaf():
    """Hyphens at all the feet that a right page may have, where the leaf is turned, move its end elsewhere."""
    found = cut("1 " * 53 + "8-2-3-4 " + "1 " * 60, 20, "recto")[2]
    assert not any(isinstance(page[-1][0], Line) and page[-1][0].hyphenated for page in found.pages)


def test_a_page_does_not_end_in_what_looks_like_an_orphan():
    """A paragraph of one full line ends no page if pages a line shorter spare it that; else the bill tells.

    A line that ends an em before the others, or that is flush left, looks like what it is.
    """
    measure = design("story.scene-break=star", lines=20, sink=4).measure

    def faulty(fill, freedoms, indent=10.0):
        made = galley("1 " * 90)
        line = Line((Word("x", (), fill * measure - indent),), 1.0, indent)
        # The opener takes four lines of twenty, so that the left page after it ends behind the thirty-sixth.
        blocks = (*made.blocks[:35], Passage((Setting((line,)),), 35), *made.blocks[36:])
        found = seek(rows_of(replace(made, blocks=blocks), 20), 20, "recto", freedoms)
        return [paid.fault for paid in found.paid if paid.fault == "full line at foot"]

    bound = [Freedom((0,))]
    assert faulty(1.0, bound) == ["full line at foot"]
    assert faulty(0.9, bound) == faulty(1.0, bound, indent=0.0) == faulty(1.0, [Freedom()]) == []


def test_a_chapter_does_not_end_in_a_line_or_two():
    """A last page of fewer than five rows is avoided by pages a line shorter or longer."""
    # 16 + 20 + 20 leave 2 rows.
    _, rows, found = cut(" ".join(["1"] * 58), 20)
    assert rows.head == 4
    assert depths(found)[-1] >= LEAST_END


def test_an_opener_sinks_otherwise_before_facing_pages_differ():
    """Where nothing else keeps the first spread level, the opener stands a line higher or lower, and the bill says so."""
    chapter = "3 3 2 2 2 3 2 3 2 3 1 2 3 3 3 3 3 3 2 2 2 3 3 2 1 3 3 3 2 3"
    rows = rows_of(galley(chapter), 12, sink=3)
    assert cheapest(rows, 12, "verso", Freedom())[0] == inf
    found = make_up(rows, 12, "verso")
    assert [paid.fault for paid in found.paid] == ["other sink"]
    assert (rows.head, found.head) == (3, 2)
    assert depths(found)[:-1] == [12] * (len(found.pages) - 1)


def test_a_blank_break_at_a_foot_becomes_an_ornament():
    """Where scenes are parted by white alone and the white meets a page's foot, an ornament stands on the last line."""
    made = galley("1 " * 14 + "* " + "1 " * 60)
    rows = rows_of(made, 20, blank=True)
    found = make_up(rows, 20, "verso")
    assert [row for row, _ in found.pages[0]][-2:] == ["white", "ornament"]
    assert isinstance(found.pages[1][0][0], Line)
    assert depths(found)[:2] == [20, 20]
    assert [paid.fault for paid in found.paid] == ["ornament at foot"]
    within = make_up(rows_of(galley("1 " * 8 + "* " + "1 " * 60), 20, blank=True), 20, "verso")
    assert "ornament" not in [row for page in within.pages for row, _ in page]


def test_a_page_that_must_be_torn_is_torn_where_it_harms_least():
    """Lines with a pause or an ornament between each: a page ends nevertheless, and never begins or ends beside an ornament."""
    for sign in "*~":
        made, _, found = cut(f" {sign} ".join(["1", "2"] * 40), 20)
        assert len(found.pages) > 4
        assert max(depths(found)) <= 21
        assert any(paid.fault == "torn page" and paid.price >= TORN for paid in found.paid)
        for page in found.pages[:-1]:
            assert page[-1][0] not in ("ornament", "low ornament")
        for page in found.pages[1:]:
            assert isinstance(page[0][0], Line)
        assert faults(made, tagged_pages(made, found.pages)), "or it would not have had to be torn"


def test_an_empty_chapter_has_no_pages():
    """No rows make no pages."""
    assert cut("", 20)[2].pages == ()


def test_a_short_chapter_has_one_page():
    """A chapter that fits one page has one, also if it is a line or two too long for the design."""
    for count in (3, 16, 17, 18):
        assert [len(page) for page in cut("1 " * count, 20)[2].pages] == [count]
    assert len(cut("1 " * 19, 20)[2].pages) == 2


def test_white_about_a_quotation_vanishes_at_a_foot():
    """Where the white above or below a quotation meets a page's foot, it is gone, and the page is as deep as the one it faces."""
    for chapter in ("1 " * 20 + '"9 ' + "1 " * 40, "1 " * 10 + '"9 ' + "1 " * 50):
        made, _, found = cut(chapter, 20, "verso", title_lines=0)
        assert not {paid.fault for paid in found.paid} - {"lost white"}
        assert depths(found)[:2] == [20, 20]
        assert not faults(made, tagged_pages(made, found.pages))


def test_the_white_about_a_quotation_is_kept_where_that_is_cheap():
    """A page rather gives a line than that the white about a quotation is lost at its foot; the bill tells where it is."""
    rest = '"9 ' + "1 " * 60
    assert [paid.fault for paid in cut("1 " * 16 + rest, 20, "verso")[2].paid] == ["lost white"]
    assert [paid.fault for paid in cut("5+ " + "1 " * 11 + rest, 20, "verso")[2].paid] == ["looser paragraph"]


def test_a_hyphen_leaves_a_foot_where_another_sink_helps():
    """A page does not end in a hyphen if a chapter's opener a line higher or lower would spare it that."""
    chapter = "1 " * 14 + "8-2-3-4 " + "1 " * 90
    rows = rows_of(galley(chapter), 20)
    price, _ = cheapest(rows, 20, "recto", Freedom())
    found = make_up(rows, 20, "recto")
    assert price > found.price
    assert not any(isinstance(page[-1][0], Line) and page[-1][0].hyphenated for page in found.pages)


def test_a_novel_is_made_up_in_a_moment():
    """A chapter of twenty-five thousand rows, with thousands of paragraphs that can give a line, takes seconds."""
    made = galley("5+ 1 2 8-3 1 1 13-4!+ 3 * 6 4 1 ~ 9! " * 430)
    rows = rows_of(made, 35)
    assert len(rows.rows) > 24_000
    assert len(make_up(rows, 35, "recto").pages) > 700
    assert soon(lambda: make_up(rows_of(made, 35), 35, "recto"), 5)


def test_a_paragraph_of_many_pages_is_made_up_in_a_moment():
    """A paragraph that fills forty pages, in each of its settings, takes no longer than as many short ones."""
    made = galley("3 1000- 2 1000+ 4")
    assert soon(lambda: make_up(rows_of(made, 25), 25, "recto"), 2)
