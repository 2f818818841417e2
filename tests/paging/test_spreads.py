"""Spreads: the cheapest way to end pages, facing pages level, nothing torn that need not be."""

import time
from functools import cache
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import chapters, faults, galley, rows_of

from pressbook.paging.spreads import _level, _uneven, cut_into_pages

SIDES = st.sampled_from(("recto", "verso"))


def spreads_of(ends, first):
    """Pair the pages of a chapter as they face: (begin, the first page's end, the last page's end)."""
    begins = [0, *ends[:-1]]
    pages = list(zip(begins, ends, strict=True))
    found = [(*pages.pop(0), None)] if first == "recto" else []
    while pages:
        begin, middle = pages.pop(0)
        found.append((begin, middle, pages.pop(0)[1] if pages else None))
    return found


def cut(shorthand, lines, first="recto", **parts):
    """Cut a chapter into pages and return its galley, rows and ends."""
    made = galley(shorthand, **parts)
    rows = rows_of(made, lines)
    return made, rows, cut_into_pages(rows, lines, first)


@settings(max_examples=150, deadline=None)
@given(chapters(tame=False), st.integers(6, 40), SIDES, st.integers(0, 3))
def test_pages_hold_every_row_once(shorthand, lines, first, title_lines):
    """Whatever the chapter, its pages follow on one another, none is empty or overfull, and the last ends with the chapter."""
    _, rows, ends = cut(shorthand, lines, first, title_lines=title_lines)
    assert ends[-1] == len(rows.rows)
    begins = (0, *ends[:-1])
    assert all(begin < end for begin, end in zip(begins, ends, strict=True))
    assert all(end - begin + rows.head * (begin == 0) <= lines + 1 for begin, end in zip(begins, ends, strict=True))


@settings(max_examples=200, deadline=None)
@given(chapters(most=80), st.integers(20, 38), SIDES, st.integers(0, 2))
def test_pages_end_without_a_fault(shorthand, lines, first, title_lines):
    """No page of a chapter ends or begins with a widow, an orphan, a gap, a lone line beside a gap or a heading without text."""
    made, rows, ends = cut(shorthand, lines, first, title_lines=title_lines)
    assert not faults(made, ends)
    assert all(rows.price[end] < inf for end in ends)


@settings(max_examples=150, deadline=None)
@given(chapters(most=80), st.integers(20, 38), SIDES)
def test_facing_pages_are_level_where_they_can_be(shorthand, lines, first):
    """Facing pages hold equally many rows, at most one more or fewer than the design, wherever legal breaks allow it."""
    _, rows, ends = cut(shorthand, lines, first)
    size = len(rows.rows)
    for begin, middle, end in spreads_of(ends, first):
        used = rows.head * (begin == 0)
        single = begin == 0 and first == "recto"
        if size in (middle, end):
            continue
        depths = [depth for depth in (lines - 1, lines, lines + 1) if begin + depth - used < size]
        if single:
            possible = [depth for depth in depths if rows.price[begin + depth - used] < inf]
            level = middle - begin + used in possible
        else:
            pairs = [(begin + depth - used, min(size, begin + 2 * depth - used)) for depth in depths]
            possible = [feet for feet in pairs if rows.price[feet[0]] < inf and rows.price[feet[1]] < inf]
            level = middle - begin + used == end - middle
        assert level or not possible


@settings(max_examples=150, deadline=None)
@given(chapters(most=9, tame=False), st.integers(6, 12), SIDES)
def test_no_other_pages_are_cheaper(shorthand, lines, first):
    """Of all sequences of the spreads that are considered, the one chosen costs least."""
    rows = rows_of(galley(shorthand), lines, sink=1)
    end = len(rows.rows)

    def considered(begin):
        used = rows.head * (begin == 0)
        single = begin == 0 and first == "recto"
        return _level(rows, begin, lines, used, single) or _uneven(rows, begin, lines, used, single)

    @cache
    def least(begin):
        return min((price + least(stop) for price, _, stop in considered(begin)), default=inf) if begin < end else 0.0

    total = 0.0
    for begin, middle, last in spreads_of(cut_into_pages(rows, lines, first), first):
        two = (middle, last) if last is not None else (-1, middle)
        total += min(price for price, half, stop in considered(begin) if (half, stop) == two)
    assert total == pytest.approx(least(0))


def test_a_full_page_is_the_rule():
    """Where every break is free, each page but the last holds exactly the lines of the design."""
    for first in ("recto", "verso"):
        _, rows, ends = cut(" ".join(["1"] * 100), 20, first)
        depths = [end - begin for begin, end in zip((0, *ends), ends, strict=False)]
        assert depths == [20 - rows.head, 20, 20, 20, 20, rows.head]


def test_both_pages_of_a_spread_run_short_together():
    """Where the left page cannot be full, both pages of its spread are a line short, the opener's sink counted."""
    # Sixteen rows would leave a line of three alone on the right, seventeen two.
    _, rows, ends = cut("1 " * 15 + "3 " + "1 " * 60, 20, "verso")
    assert rows.head == 4
    assert ends[:2] == (15, 34)


def test_a_hyphen_is_kept_from_the_turn_of_the_leaf():
    """Hyphens at all the left page's feet change nothing; at the right page's, where the leaf is turned, they move it."""
    facing = cut("1 " * 13 + "8-2-3-4 " + "1 " * 60, 20, "verso")[2]
    turned = cut("1 " * 53 + "8-2-3-4 " + "1 " * 60, 20, "recto")[2]
    assert facing[:2] == (16, 36)
    assert turned[2] in (53, 58)


def test_a_chapter_does_not_end_in_a_line_or_two():
    """A last page of fewer than four rows is avoided by pages a line shorter or longer."""
    # 16 + 20 + 20 leave 2 rows.
    _, rows, ends = cut(" ".join(["1"] * 58), 20)
    assert rows.head == 4
    assert ends[-1] - ends[-2] >= 4


def test_a_page_that_must_be_torn_is_torn_where_it_harms_least():
    """Lines with a pause or an ornament between each: a page ends nevertheless, and never begins or ends beside an ornament."""
    for sign in "*~":
        made, rows, ends = cut(f" {sign} ".join(["1", "2"] * 40), 20)
        assert len(ends) > 4
        assert all(end - begin <= 21 for begin, end in zip((0, *ends), ends, strict=False))
        assert all(rows.rows[end] not in ("white", "ornament") for end in ends[:-1])
        assert not [end for end in ends[:-1] if "ornament" in rows.rows[end - 2 : end + 2]]
        assert faults(made, ends), "or it would not have had to be torn"


def test_an_empty_chapter_has_no_pages():
    """No rows make no pages."""
    assert cut("", 20)[2] == ()


def test_a_novel_is_cut_in_a_moment():
    """A chapter of thirty thousand rows is cut in a few seconds at most."""
    made = galley("5 1 2 8-3 1 1 13-4 3 * 6 4 1 ~ 9 " * 500)
    started = time.perf_counter()
    rows = rows_of(made, 35)
    ends = cut_into_pages(rows, 35, "recto")
    assert len(rows.rows) > 25_000 and len(ends) > 700
    assert time.perf_counter() - started < 5
