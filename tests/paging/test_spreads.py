"""Spreads: the cheapest way to end pages, facing pages level, nothing torn that need not be."""

import time
from functools import cache
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import chapters, check_settings, faults, galley, rows_of, tagged_pages

from pressbook.model import Line
from pressbook.paging.spreads import LEAST_END, PageEnd, _choices, _level, _uneven, cut_into_pages, page_rows

SIDES = st.sampled_from(("recto", "verso"))


def cut(shorthand, lines, first="recto", **parts):
    """Cut a chapter into pages and return its galley, rows and page ends."""
    made = galley(shorthand, **parts)
    rows = rows_of(made, lines)
    return made, rows, cut_into_pages(rows, lines, first)


def feet(ends):
    """List the rows at which pages end."""
    return [end.row for end in ends]


def depths(rows, ends):
    """List how many grid lines each page takes, the opener's among them."""
    begins = [0, *feet(ends)[:-1]]
    return [len(page_rows(rows, begin, end)) + rows.head * (begin == 0) for begin, end in zip(begins, ends, strict=True)]


def spreads_of(ends, first):
    """Pair the pages of a chapter as they face: (where the spread begins, its one or two page ends)."""
    ends = list(ends)
    found = [(0, (ends.pop(0),))] if first == "recto" else []
    while ends:
        begin = found[-1][1][-1].row if found else 0
        found.append((begin, tuple(ends[:2])))
        del ends[:2]
    return found


@settings(max_examples=150, deadline=None)
@given(chapters(tame=False), st.integers(6, 40), SIDES, st.integers(0, 3))
def test_pages_hold_every_row_once(shorthand, lines, first, title_lines):
    """Whatever the chapter, each of its rows stands on one page, in order, and no page is empty or overfull."""
    made, rows, ends = cut(shorthand, lines, first, title_lines=title_lines)
    pages = tagged_pages(made, ends)
    assert feet(ends)[-1] == len(rows.rows)
    assert all(pages) and max(depths(rows, ends)) <= lines + 1
    begin = 0
    for page, end in zip(pages, ends, strict=True):
        content = [row for row, _ in page_rows(rows, begin, end)]
        assert [isinstance(row, Line) for row in content] == [isinstance(tag, tuple) for tag in page]
        begin = end.row


@settings(max_examples=100, deadline=None)
@given(chapters(most=60), st.integers(20, 38), SIDES)
def test_each_paragraph_stands_in_one_of_its_settings(shorthand, lines, first):
    """The lines of each paragraph, gathered from its pages, are those of one of its settings, whole and in order."""
    made, rows, ends = cut(shorthand, lines, first)
    standing, begin = [], 0
    for end in ends:
        standing += [row for row, _ in page_rows(rows, begin, end) if isinstance(row, Line)]
        begin = end.row
    check_settings(made, standing)


@settings(max_examples=200, deadline=None)
@given(chapters(most=80), st.integers(20, 38), SIDES, st.integers(0, 2))
def test_pages_end_without_a_fault(shorthand, lines, first, title_lines):
    """No page of a chapter ends or begins with a widow, an orphan, a gap, a lone line beside a gap or a heading without text."""
    made, _, ends = cut(shorthand, lines, first, title_lines=title_lines)
    assert not faults(made, tagged_pages(made, ends))


def can_be_level(rows, begin, lines, used, single):
    """Tell whether a spread from here has legal breaks with both pages alike, each with one paragraph changed at the most."""

    def reached(start, depth):
        whole = [other for other in rows.variants if start <= other.start and other.stop <= start + lines - 2]
        gains = {0} | ({other.gain for other in whole} if start else set())
        return {start + depth - gain for gain in gains if rows.price[min(start + depth - gain, len(rows.rows))] < inf}

    return any(
        single or any(reached(foot, depth)) for depth in (lines - 1, lines, lines + 1) for foot in reached(begin, depth - used)
    )


@settings(max_examples=150, deadline=None)
@given(chapters(most=80), st.integers(20, 38), SIDES)
def test_facing_pages_are_level_where_they_can_be(shorthand, lines, first):
    """Facing pages hold equally many rows, at most one more or fewer than the design, wherever legal breaks allow it."""
    _, rows, ends = cut(shorthand, lines, first)
    deep = dict(zip(ends, depths(rows, ends), strict=True))
    for begin, pages in spreads_of(ends, first):
        if pages[-1].row == len(rows.rows):
            continue
        level = len({deep[page] for page in pages}) == 1 and abs(deep[pages[0]] - lines) <= 1
        assert level or not can_be_level(rows, begin, lines, rows.head * (begin == 0), len(pages) == 1)


@settings(max_examples=150, deadline=None)
@given(chapters(most=9, tame=False), st.integers(6, 12), SIDES)
def test_no_other_pages_are_cheaper(shorthand, lines, first):
    """Of all sequences of the spreads that are considered, the one chosen costs least."""
    rows = rows_of(galley(shorthand), lines, sink=1)
    end = len(rows.rows)
    choices = _choices(rows, lines)

    def considered(begin):
        used = rows.head * (begin == 0)
        single = begin == 0 and first == "recto"
        return _level(rows, begin, lines, used, single, choices) or _uneven(rows, begin, lines, used, single)

    @cache
    def least(begin):
        return min((price + least(pages[-1].row) for price, pages in considered(begin)), default=inf) if begin < end else 0.0

    total = 0.0
    for begin, chosen in spreads_of(cut_into_pages(rows, lines, first), first):
        total += min(price for price, pages in considered(begin) if pages == chosen)
    assert total == pytest.approx(least(0))


def test_a_full_page_is_the_rule():
    """Where every break is free, each page but the last holds exactly the lines of the design."""
    for first in ("recto", "verso"):
        _, rows, ends = cut(" ".join(["1"] * 108), 20, first)
        assert depths(rows, ends) == [20, 20, 20, 20, 20, 12]


def test_both_pages_of_a_spread_run_short_together():
    """Where the left page cannot be full, both pages of its spread are a line short, the opener's sink counted."""
    # Sixteen rows would leave a line of three alone on the right, seventeen two.
    _, rows, ends = cut("1 " * 15 + "3 " + "1 " * 60, 20, "verso")
    assert rows.head == 4
    assert feet(ends)[:2] == [15, 34]


def test_a_paragraph_gives_a_line_to_keep_its_page_full():
    """Where a page cannot be full, a paragraph on it is set a line longer, and its neighbours stay as the design has them."""
    # The opener takes 16 of 20; the left page after it would end in the midst of three lines at its 20th row and 21st.
    chapter = "1 " * 20 + "5+ " + "1 " * 10 + "3 " + "1 " * 70
    made, rows, ends = cut(chapter, 20)
    (other,) = rows.variants
    assert (rows.head, feet(ends)[:3]) == (4, [16, 35, 55])
    assert [end.variant for end in ends[:3]] == [None, other, None]
    assert depths(rows, ends)[:3] == [20, 20, 20]
    plain = cut(chapter.replace("+", ""), 20)
    assert depths(*plain[1:])[:3] != [20, 20, 20]
    assert not faults(made, tagged_pages(made, ends))


def test_a_hyphen_is_kept_from_the_turn_of_the_leaf():
    """Hyphens at all the feet that a right page may have, where the leaf is turned, move its end elsewhere."""
    turned = cut("1 " * 53 + "8-2-3-4 " + "1 " * 60, 20, "recto")[2]
    assert turned[2].row in (53, 58)


def test_a_chapter_does_not_end_in_a_line_or_two():
    """A last page of fewer than five rows is avoided by pages a line shorter or longer."""
    # 16 + 20 + 20 leave 2 rows.
    _, rows, ends = cut(" ".join(["1"] * 58), 20)
    assert rows.head == 4
    assert depths(rows, ends)[-1] >= LEAST_END


def test_a_page_that_must_be_torn_is_torn_where_it_harms_least():
    """Lines with a pause or an ornament between each: a page ends nevertheless, and never begins or ends beside an ornament."""
    for sign in "*~":
        made, rows, ends = cut(f" {sign} ".join(["1", "2"] * 40), 20)
        assert len(ends) > 4
        assert max(depths(rows, ends)) <= 21
        for foot in feet(ends)[:-1]:
            assert rows.rows[foot] not in ("white", "ornament")
            assert "ornament" not in rows.rows[foot - 2 : foot + 2]
        assert faults(made, tagged_pages(made, ends)), "or it would not have had to be torn"


def test_an_empty_chapter_has_no_pages():
    """No rows make no pages."""
    assert cut("", 20)[2] == ()


def test_a_short_chapter_has_one_page():
    """A chapter that fits one page has one, also if it is a line too long for the design."""
    for count in (3, 16, 17):
        assert cut("1 " * count, 20)[2] == (PageEnd(count),)
    assert len(cut("1 " * 18, 20)[2]) == 2


def test_a_novel_is_cut_in_a_moment():
    """A chapter of twenty-five thousand rows, with thousands of paragraphs that can give a line, is cut in seconds."""
    made = galley("5+ 1 2 8-3 1 1 13-4!+ 3 * 6 4 1 ~ 9! " * 430)
    started = time.perf_counter()
    rows = rows_of(made, 35)
    ends = cut_into_pages(rows, 35, "recto")
    assert len(rows.rows) > 24_000 and len(ends) > 700
    assert time.perf_counter() - started < 5
