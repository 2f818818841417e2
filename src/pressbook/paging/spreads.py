"""Where the pages end: the cheapest way to cut a chapter's rows into spreads.

Dynamic programming over the rows at which a spread can begin, exact in the freedom it has: facing pages hold the same
number of rows, the design's own or one more or fewer; and each page may set one of its whole paragraphs a line longer
or shorter than is best for the paragraph alone. Breaks that no page should have (widows, orphans, a scene break's
edges) are out of the question. Only where nothing of all this can be had may a spread be uneven, at a price.
"""

from collections import deque
from math import inf
from typing import NamedTuple

from pressbook.model import Side
from pressbook.paging.rows import Row, Rows, Variant

LONGER_OR_SHORTER = 60.0
"""Price of a page that holds a row more or fewer than the design; two rows cost four times as much."""
UNEVEN = 2_000.0
"""Price of the first row by which facing pages differ; two rows cost four times as much."""
SHORT_END = 1_500.0
"""Price of a chapter's last page with fewer than LEAST_END rows."""
LEAST_END = 5
PAGE_TURN = 2.0
"""How many times dearer a hyphen is at a recto's foot, where the leaf must be turned to read on."""
TORN = 50_000.0
"""Price of a break that is never allowed, taken only where a page could not be ended at all."""


class PageEnd(NamedTuple):
    """Where a page ends, and which paragraph on it is set longer or shorter."""

    row: int
    variant: Variant | None = None


class _Way(NamedTuple):
    """The cheapest way to begin a spread at a row."""

    price: float
    previous: int
    """The row at which the spread before it began."""
    pages: tuple[PageEnd, ...]
    """The pages of that spread."""


_Spread = tuple[float, tuple[PageEnd, ...]]
_Choices = list[tuple[int, float, Variant | None]]
"""What a page may do with its paragraphs: (rows gained, price, the variant); the first is nothing."""


def cut_into_pages(chapter: Rows, lines: int, first: Side) -> tuple[PageEnd, ...]:
    """Return where each page ends; `lines` is a full page's depth, `first` the side of the chapter's first page."""
    end = len(chapter.rows)
    if not end:
        return ()
    choices = _choices(chapter, lines)
    ways: list[_Way | None] = [None] * (end + 1)
    ways[0] = _Way(0.0, -1, ())
    for begin in range(end):
        way = ways[begin]
        if way is None:
            continue
        used = chapter.head if begin == 0 else 0
        single = begin == 0 and first == "recto"
        spreads = _level(chapter, begin, lines, used, single, choices) or _uneven(chapter, begin, lines, used, single)
        for price, pages in spreads:
            stop = pages[-1].row
            rival = ways[stop]
            if rival is None or way.price + price < rival.price:
                ways[stop] = _Way(way.price + price, begin, pages)
    return _walk_back(ways, end)


def page_rows(chapter: Rows, begin: int, end: PageEnd) -> list[tuple[Row, int]]:
    """Return the rows of a page, each with the block it is of; the paragraph that is set longer or shorter in its place."""

    def natural(first: int, stop: int) -> list[tuple[Row, int]]:
        return list(zip(chapter.rows[first:stop], chapter.owners[first:stop], strict=True))

    other = end.variant
    if other is None:
        return natural(begin, end.row)
    owner = chapter.owners[other.start]
    return [*natural(begin, other.start), *((line, owner) for line in other.lines), *natural(other.stop, end.row)]


def _choices(chapter: Rows, lines: int) -> list[_Choices]:
    """For every row at which a page can begin, list what it may do with one of the paragraphs that lie wholly on it.

    A page that begins with an opener is shorter; it does nothing. So does a page near the chapter's end.
    """
    end = len(chapter.rows)
    choices: list[_Choices] = [[(0, 0.0, None)] for _ in range(end + 1)]
    window = lines - 2
    for gain in (1, -1):
        waiting = deque(variant for variant in chapter.variants if variant.gain == gain)
        inside: deque[Variant] = deque()
        for row in range(0 if not chapter.head else 1, end - window):
            while waiting and waiting[0].stop <= row + window:
                new = waiting.popleft()
                while inside and inside[-1].price >= new.price:
                    inside.pop()
                inside.append(new)
            while inside and inside[0].start < row:
                inside.popleft()
            if inside:
                choices[row].append((gain, inside[0].price, inside[0]))
    return choices


def _level(chapter: Rows, begin: int, lines: int, used: int, single: bool, choices: list[_Choices]) -> list[_Spread]:
    """List the spreads from a row whose pages are level, at most one row longer or shorter than the design."""
    end, prices = len(chapter.rows), chapter.price
    found = _ending(chapter, begin, lines, used)
    for change in (0, -1, 1):
        depth = lines + change
        price = LONGER_OR_SHORTER * abs(change)
        for gain, cost, variant in choices[begin]:
            foot = begin + depth - used - gain
            if foot <= begin or foot >= end or prices[foot] == inf:
                continue
            first = PageEnd(foot, variant)
            if single:
                found.append((price + cost + PAGE_TURN * prices[foot], (first,)))
                continue
            paid = 2 * price + cost + prices[foot]
            if foot + depth >= end:
                found.append((paid + SHORT_END * (end - foot < LEAST_END), (first, PageEnd(end))))
                continue
            for more, extra, other in choices[foot]:
                last = foot + depth - more
                if prices[last] != inf:
                    found.append((paid + extra + PAGE_TURN * prices[last], (first, PageEnd(last, other))))
    return found


def _ending(chapter: Rows, begin: int, lines: int, used: int) -> list[_Spread]:
    """List the chapter's last page, if a spread from here needs no more than one."""
    end = len(chapter.rows)
    if end - begin > lines + 1 - used:
        return []
    price = LONGER_OR_SHORTER * (end - begin > lines - used) + SHORT_END * (end - begin < LEAST_END - used)
    return [(price, (PageEnd(end),))]


def _uneven(chapter: Rows, begin: int, lines: int, used: int, single: bool) -> list[_Spread]:
    """List spreads whose pages differ or are short, a few rows at first, down to half a page if nothing else is legal."""
    end, prices = len(chapter.rows), chapter.price
    for shortest in (lines - 2, lines - 5, lines // 2):
        found: list[_Spread] = []
        depths = range(lines + 1, max(1, shortest) - 1, -1)
        for left in depths:
            foot = begin + left - used
            if foot <= begin or foot >= end or prices[foot] == inf:
                continue
            price = LONGER_OR_SHORTER * (lines - left) ** 2
            if single:
                found.append((price + PAGE_TURN * prices[foot], (PageEnd(foot),)))
                continue
            for right in depths:
                last = min(foot + right, end)
                if prices[last] != inf or last == end:
                    turn = SHORT_END * (end - foot < LEAST_END) if last == end else PAGE_TURN * prices[last]
                    unlike = UNEVEN * (left - right) ** 2 * (last < end) + LONGER_OR_SHORTER * (lines - right) ** 2
                    found.append((price + prices[foot] + turn + unlike, (PageEnd(foot), PageEnd(last))))
        if found:
            return found
    foot = _tear(chapter, begin, lines - used)
    return [(TORN, (PageEnd(foot),) if single or foot == end else (PageEnd(foot), PageEnd(_tear(chapter, foot, lines))))]


def _tear(chapter: Rows, begin: int, depth: int) -> int:
    """Choose where to end a page that has no legal break: where it harms least, then where the page is fullest."""
    feet = range(begin + max(1, depth), begin + max(1, depth // 2) - 1, -1)
    return len(chapter.rows) if feet[0] >= len(chapter.rows) else min(feet, key=lambda foot: _harm(chapter, foot))


def _harm(chapter: Rows, foot: int) -> int:
    """Rank a forbidden break: between lines, after a pause, before one, beside an ornament."""
    if "ornament" in chapter.rows[max(0, foot - 2) : foot + 2]:
        return 3
    return 2 * (chapter.rows[foot] == "white") or int(chapter.rows[foot - 1] == "white")


def _walk_back(ways: list[_Way | None], end: int) -> tuple[PageEnd, ...]:
    ends: list[PageEnd] = []
    row = end
    while row > 0:
        way = ways[row]
        assert way is not None, "a spread that cannot be ended is torn, so every chapter comes to its end"  # noqa: S101
        ends[:0] = way.pages
        row = way.previous
    return tuple(ends)
