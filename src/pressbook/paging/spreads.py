"""Where the pages end: the cheapest way to cut a chapter's rows into spreads.

Dynamic programming over the rows at which a spread can begin. Facing pages hold the same number of rows, the design's
own or one more or fewer; where no such pair of legal breaks is to be had, a spread may be uneven, at a price.
Paragraphs stand in their one best setting; to choose among several is the next step, and the door for it is
`Passage.settings`.
"""

from math import inf
from typing import NamedTuple

from pressbook.model import Side
from pressbook.paging.rows import Rows

LONGER_OR_SHORTER = 60.0
"""Price of a page that holds a row more or fewer than the design; two rows cost four times as much."""
UNEVEN = 400.0
"""Price of the first row by which facing pages differ; two rows cost four times as much."""
SHORT_END = 400.0
"""Price of a chapter's last page with fewer than LEAST_END rows."""
LEAST_END = 4
PAGE_TURN = 5.0
"""How many times dearer a hyphen is at a recto's foot, where the leaf must be turned to read on."""
TORN = 50_000.0
"""Price of a break that is never allowed, taken only where a page could not be ended at all."""


class _Way(NamedTuple):
    """The cheapest way to begin a spread at a row."""

    price: float
    previous: int
    """The row at which the spread before it began."""
    middle: int
    """Where that spread's first page ends; -1 if it has one page only."""


def cut_into_pages(chapter: Rows, lines: int, first: Side) -> tuple[int, ...]:
    """Return the row at which each page ends; `lines` is a full page's depth, `first` the side of the chapter's first page."""
    end = len(chapter.rows)
    if not end:
        return ()
    ways: list[_Way | None] = [None] * (end + 1)
    ways[0] = _Way(0.0, -1, -1)
    for begin in range(end):
        way = ways[begin]
        if way is None:
            continue
        used = chapter.head if begin == 0 else 0
        single = begin == 0 and first == "recto"
        spreads = _level(chapter, begin, lines, used, single) or _uneven(chapter, begin, lines, used, single)
        for price, middle, stop in spreads:
            rival = ways[stop]
            if rival is None or way.price + price < rival.price:
                ways[stop] = _Way(way.price + price, begin, middle)
    return _walk_back(ways, end)


_Spread = tuple[float, int, int]
"""A spread's price, where its first page ends (-1 if it has one page only), and where it ends."""


def _level(chapter: Rows, begin: int, lines: int, used: int, single: bool) -> list[_Spread]:
    """List the spreads from a row whose pages are level, at most one row longer or shorter than the design."""
    found = _ending(chapter, begin, lines, used)
    for change in (0, -1, 1):
        depth = lines + change
        spread = _pair(chapter, begin, depth - used, depth, single)
        if spread:
            pages = 1 if single else 2
            found.append((spread[0] + pages * LONGER_OR_SHORTER * abs(change), spread[1], spread[2]))
    return found


def _ending(chapter: Rows, begin: int, lines: int, used: int) -> list[_Spread]:
    """List the chapter's last page, if a spread from here needs no more than one."""
    end = len(chapter.rows)
    if end - begin > lines + 1 - used:
        return []
    price = LONGER_OR_SHORTER * (end - begin > lines - used) + SHORT_END * (end - begin < LEAST_END - used)
    return [(price, -1, end)]


def _pair(chapter: Rows, begin: int, depth: int, facing: int, single: bool) -> _Spread | None:
    """Return the spread whose pages hold `depth` and `facing` rows, if its breaks are legal."""
    end = len(chapter.rows)
    foot = begin + depth
    if depth < 1 or foot >= end or (cost := chapter.price[foot]) == inf:
        return None
    if single:
        return PAGE_TURN * cost, -1, foot
    last = foot + facing
    if last >= end:
        return cost + SHORT_END * (end - foot < LEAST_END), foot, end
    if (turn := chapter.price[last]) == inf:
        return None
    return cost + PAGE_TURN * turn, foot, last


def _uneven(chapter: Rows, begin: int, lines: int, used: int, single: bool) -> list[_Spread]:
    """List spreads whose pages differ or are short, a few rows at first, down to half a page if nothing else is legal."""
    for shortest in (lines - 2, lines - 5, lines // 2):
        found: list[_Spread] = []
        depths = range(lines + 1, max(1, shortest) - 1, -1)
        for left in depths:
            for right in (left,) if single else depths:
                spread = _pair(chapter, begin, left - used, right, single)
                if spread:
                    price = UNEVEN * (left - right) ** 2 + LONGER_OR_SHORTER * ((lines - left) ** 2 + (lines - right) ** 2)
                    found.append((spread[0] + price, spread[1], spread[2]))
        if found:
            return found
    foot = _tear(chapter, begin, lines - used)
    return [(TORN, -1, foot)] if single or foot == len(chapter.rows) else [(TORN, foot, _tear(chapter, foot, lines))]


def _tear(chapter: Rows, begin: int, depth: int) -> int:
    """Choose where to end a page that has no legal break: where it harms least, then where the page is fullest."""
    feet = range(begin + max(1, depth), begin + max(1, depth // 2) - 1, -1)
    return len(chapter.rows) if feet[0] >= len(chapter.rows) else min(feet, key=lambda foot: _harm(chapter, foot))


def _harm(chapter: Rows, foot: int) -> int:
    """Rank a forbidden break: between lines, after a pause, before one, beside an ornament."""
    if "ornament" in chapter.rows[max(0, foot - 2) : foot + 2]:
        return 3
    return 2 * (chapter.rows[foot] == "white") or int(chapter.rows[foot - 1] == "white")


def _walk_back(ways: list[_Way | None], end: int) -> tuple[int, ...]:
    ends: list[int] = []
    row = end
    while row > 0:
        way = ways[row]
        assert way is not None, "a spread that cannot be ended is torn, so every chapter comes to its end"  # noqa: S101
        ends.append(row)
        if way.middle >= 0:
            ends.append(way.middle)
        row = way.previous
    return tuple(reversed(ends))
