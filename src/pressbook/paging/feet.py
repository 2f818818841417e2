"""Feet: where the pages of a chapter with footnotes end.

The same programme as for pages without notes, exact in the same freedom and in two more. A note begins on the page that
cites it, so what is known of the page being filled is also how many lines of notes it owes: each line of text that cites
one makes the page full earlier. The last of its notes may run on at the foot of the next page, at a price; and where text
and notes do not fill the page together, the white above the notes may be deeper, at a price.
"""

from collections.abc import Iterable, Iterator
from math import ceil, inf
from typing import NamedTuple, TypeAlias

from pressbook.model import Line, Side
from pressbook.paging.rows import Rows, Variant
from pressbook.paging.spreads import (
    LEAST_END,
    LONGER_OR_SHORTER,
    PAGE_TURN,
    RECTO,
    SHORT_END,
    SUNK,
    TORN,
    UNEVEN,
    End,
    Freedom,
    Makeup,
    Sink,
    States,
    Trace,
    harm,
    merge,
    steps_of,
)

SPLIT = 250.0
"""Price of a note that runs on to the next page."""
DEEPER = 40.0
"""Price of a row of white more above the notes; two rows cost four times as much."""
MOST_DEEPER = 3
LEAST_PART = 2
"""Lines of a note that is parted, on either page."""
ALONE = 3_000.0
"""Price of a page that holds nothing but the rest of a note."""
WITHIN = SPLIT + DEEPER * MOST_DEEPER**2
"""A way that costs so much more than another, as much as the worst foot alone, is given up: hardly ever is it made up for."""
WHITE = 0.9
"""Above the notes, with the rule in its midst, in rows."""


class Foot(NamedTuple):
    """How a page's notes end."""

    carry: int
    """Lines that run on to the next page."""
    deeper: int
    """Rows of white more than the notes need above them."""
    torn: bool = False
    """Whether a note is parted where none should be."""

    alone: int = 0
    """Pages that hold nothing but the rest of a note, behind the chapter's last."""

    def faults(self) -> Iterator[tuple[str, float]]:
        """Name what the foot is that it should not be, with its price."""
        if self.carry:
            yield "parted note", SPLIT + TORN * self.torn
        if self.deeper:
            yield "white above notes", DEEPER * self.deeper**2
        if self.alone:
            yield "page of notes", ALONE * self.alone

    @property
    def price(self) -> float:
        """Of the foot alone, the sum of its faults'."""
        return SPLIT * bool(self.carry) + TORN * self.torn + DEEPER * self.deeper**2 + ALONE * self.alone


class Filling(NamedTuple):
    """A page being filled, whatever its side and depth."""

    full: int
    """The row at which it would be full without notes."""
    owed: int = 0
    """Lines of notes for its foot."""
    last: int = 0
    """Those of the last note, or of one that runs on here: the only ones of which some may run on further."""


class Feet:
    """What a chapter's notes take, and what they may do."""

    def __init__(self, notes: tuple[int, ...], step: float, torn: bool = False) -> None:
        self.notes = notes
        """The lines of each note."""
        self.step = step
        """A line of notes, in rows."""
        self.torn = torn
        """Whether notes may be parted anywhere, and even begin on a later page."""
        self._feet: dict[tuple[int, int, int], Foot | None] = {}
        """How pages end, by the rows left for their notes, the lines owed, and those of the last note."""
        self._rows = [0, *(ceil(lines * step + WHITE - 1e-9) for lines in range(1, sum(notes) + 1))]

    def rows(self, lines: int) -> int:
        """Return the rows that so many lines of notes take, the white above them included."""
        return self._rows[lines]

    def room(self, rows: int) -> int:
        """Return the lines of notes that so many rows hold."""
        return max(0, int((rows - WHITE + 1e-9) / self.step))

    def carry(self, page: Filling, rows: int) -> tuple[int, bool] | None:
        """Return the fewest lines that run on where a page's notes have so many rows, and whether that tears a note.

        None if the notes cannot be made to fit.
        """
        if rows < 0:
            return None
        over = page.owed - self.room(rows)
        if over <= 0:
            return 0, False
        if max(LEAST_PART, over) <= page.last - LEAST_PART:
            return max(LEAST_PART, over), False
        return (over, True) if self.torn else None

    def span(self, page: Filling) -> tuple[int, int]:
        """Return the first and the last row at which a page may end."""
        full, owed, last = page
        if not owed:
            return full, full
        rest = 0 if self.torn else owed - last + LEAST_PART if last >= 2 * LEAST_PART else owed
        return full - self._rows[owed] - MOST_DEEPER, full - self._rows[rest]

    def end(self, page: Filling, row: int) -> Foot | None:
        """Return the foot of a page that ends before a row; None if it cannot end there."""
        full, owed, last = page
        asked = (full - row, owed, last)
        if asked in self._feet:
            return self._feet[asked]
        foot = self._feet[asked] = self._end(page, full - row)
        return foot

    def _end(self, page: Filling, left: int) -> Foot | None:
        found = self.carry(page, left)
        if not found:
            return None
        carry, torn = found
        deeper = left - self.rows(page.owed - carry)
        return Foot(carry, deeper, torn) if deeper <= (MOST_DEEPER if page.owed > carry else 0) else None

    def early(self, page: Filling, row: int) -> Foot | None:
        """Return the foot of a page that ends before it is full; None if it has not even room for its notes."""
        return Foot(0, 0, False) if self.carry(page, page.full - row) == (0, False) else None

    def citing(self, page: Filling, cited: Iterable[int]) -> Filling:
        """Return a page that a row is added to which cites these notes."""
        lines = [self.notes[number - 1] for number in cited]
        return Filling(page.full, page.owed + sum(lines), lines[-1])


Pages: TypeAlias = dict[Filling, States]
"""The cheapest ways to pages being filled, by the page's side and depth."""


class _Live:
    """The pages being filled, by the row at which they may next end."""

    def __init__(self, feet: Feet, within: float = inf) -> None:
        self.feet = feet
        self.within = within
        self.at: dict[int, Pages] = {}

    def add(self, page: Filling, states: States, row: int) -> None:
        """Keep a page that may end at a row or later, if it can still end at all, with the cheapest ways to it that are known."""
        first, latest = self.feet.span(page)
        if latest >= row:
            merge(self.at.setdefault(max(row, first), {}), page, states)

    def all(self) -> Pages:
        """Gather all pages, but the ways to them that cost too much more than the cheapest of all."""
        pages = [item for pages in self.at.values() for item in pages.items()]
        most = inf
        if self.within < inf and pages:
            most = min([cost for _, states in pages for cost, _ in states.values()]) + self.within
        gathered: Pages = {}
        for page, states in pages:
            if kept := {key: state for key, state in states.items() if state[0] <= most}:
                merge(gathered, page, kept)
        return gathered

    def cite(self, cited: tuple[int, ...], row: int) -> None:
        """Add a row that cites notes to all pages, none of which may end before `row`, the next."""
        pages = self.all()
        self.at = {}
        for page, states in pages.items():
            self.add(self.feet.citing(page, cited), states, row)


def cheapest_with_notes(chapter: Rows, lines: int, first: Side, freedom: Freedom, within: float = WITHIN) -> tuple[float, Trace]:
    """Return the price of the cheapest pages within a freedom, and how they come about; infinite if there are none.

    As many more ways lead to a row as there are ways to end a page before it: those are given up that cost more than the
    cheapest by `within`. Only if none of the others comes to an end are all of them followed.
    """
    best = _programme(chapter, lines, first, freedom, within)
    return best if best[0] < inf or within == inf else _programme(chapter, lines, first, freedom, inf)


def _programme(chapter: Rows, lines: int, first: Side, freedom: Freedom, within: float) -> tuple[float, Trace]:
    feet = Feet(chapter.notes, chapter.step, freedom.torn)
    end = len(chapter.rows)
    live = _Live(feet, within)
    side = RECTO if first == "recto" else 0
    for sink in freedom.sinks if chapter.head > 1 else (0,):
        for depth in freedom.depths:
            if (room := lines + depth - chapter.head - sink) > 0:
                price = LONGER_OR_SHORTER * depth * depth + SUNK * abs(sink)
                live.add(Filling(room), {side + depth: (price, (None, Sink(sink), 0))}, 1)
    others: dict[int, list[Variant]] = {}
    for variant in chapter.variants:
        others.setdefault(variant.start, []).append(variant)
    arriving: dict[int, list[tuple[Filling, States, int]]] = {}
    """The pages with a paragraph set otherwise, by the row behind it: the rows between are none of theirs."""
    for row in range(end):
        for page, states, may_end in arriving.pop(row, ()):
            live.add(page, states, may_end)
        ready = live.at.pop(row, {})
        forced, short = row in chapter.forced, chapter.forced.get(row, False)
        if forced:
            # A page begins here with a picture: what cannot end is no way to it.
            for page, states in live.all().items() if short else ():
                merge(ready, page, states)
            live.at = {}
        price = chapter.price[row]
        if price == inf and freedom.torn:
            price = TORN * (1 + harm(chapter, row))
        if price < inf:
            # Some white vanishes where a page begins with it.
            _turn(live, ready, End(row, 0, price), lines, freedom, row, chapter.dropped.get(row, 0), short=short)
        for page, states in ready.items() if not forced else ():
            live.add(page, states, row + 1)
        pages = live.all() if row in others else {}
        for variant in others.get(row, ()):
            arriving.setdefault(variant.stop, []).extend(_set_otherwise(feet, pages, variant, lines, freedom))
        if chapter.cites[row]:
            live.cite(chapter.cites[row], row + 1)
    for page, states, may_end in arriving.pop(end, ()):
        live.add(page, states, may_end)
    return _last(live, end, lines)


def _turn(
    live: _Live, ready: Pages, ended: End, lines: int, freedom: Freedom, row: int, dropped: int = 0, *, short: bool = False
) -> None:
    """End pages before a row, `short` or full, and begin the next ones there with what is left of the notes at their feet."""
    cheapest: dict[tuple[int, int], tuple[float, Trace, Foot, int]] = {}
    for page, states in ready.items():
        foot = live.feet.end(page, row) or (live.feet.early(page, row) if short else None)
        if not foot:
            continue
        carry, least = foot.carry, foot.price
        price, turned = least + ended.price, least + PAGE_TURN * ended.price
        for key, (cost, trace) in states.items():
            # Behind the turned leaf a new spread begins, whatever the last one was.
            alike, paid, depth = (RECTO, cost + turned, key - RECTO) if key > RECTO // 2 else (key, cost + price, key)
            rival = cheapest.get((alike, carry))
            if rival is None or paid < rival[0]:
                cheapest[alike, carry] = (paid, trace, foot, depth)
    for (side, carry), (cost, trace, foot, depth) in cheapest.items():
        step = (trace, End(ended.start, ended.within, ended.price, foot), depth)
        for after in freedom.depths if side == RECTO or freedom.uneven else (depth,):
            paid = cost + LONGER_OR_SHORTER * after * after
            if side != RECTO and after != depth:
                paid += UNEVEN * (after - depth) ** 2
            key = after if side == RECTO else RECTO + after
            live.add(Filling(row + dropped + lines + after, carry, carry), {key: (paid, step)}, row + 1)


def _set_otherwise(
    feet: Feet, pages: Pages, variant: Variant, lines: int, freedom: Freedom
) -> Iterator[tuple[Filling, States, int]]:
    """Set a paragraph or a gap otherwise on each page being filled: (the page, the ways to it, the row it may next end at)."""
    count = len(variant.rows)
    cites = variant.cites or ((),) * count
    passes = not (any(cites) or variant.ends_page)
    live = _Live(feet)
    for page, ways in pages.items():
        states: States = {key: (cost + variant.price, (trace, variant, 0)) for key, (cost, trace) in ways.items()}
        local = page._replace(full=page.full - variant.start)
        if passes and feet.span(local)[0] >= count:
            # No page ends here: nothing but its length counts.
            yield page._replace(full=page.full - variant.gain), states, variant.stop
        else:
            live.add(local, states, 1)
    for row in range(1, count + 1):
        if cites[row - 1]:
            # The row before this place has cited notes; only then is it known which pages may end here.
            live.cite(cites[row - 1], row)
        if row == count and not variant.ends_page:
            break
        price = variant.breaks[row]
        begun = _Live(feet)
        ready = live.at.pop(row, {})
        if price < inf:
            _turn(begun, ready, End(variant.start, row, price), lines, freedom, row)
        for page, states in ready.items():
            live.add(page, states, row + 1)
        if row == count:
            live = begun
        else:
            for page, states in begun.all().items():
                live.add(page, states, row + 1)
    for page, states in live.all().items():
        yield page._replace(full=page.full - count + variant.stop), states, variant.stop + variant.ends_page


def _last(live: _Live, end: int, lines: int) -> tuple[float, Trace]:
    """Choose the cheapest last page; its depth stands in the trace as a break at the chapter's end.

    Where its notes do not fit, the rest of the last one has pages of its own.
    """
    feet = live.feet
    best: tuple[float, Trace] = (inf, None)
    for page, states in live.all().items():
        if not (found := feet.carry(page, page.full - end)):
            continue
        carry, torn = found
        left = page.full - end - feet.rows(page.owed - carry)
        foot = Foot(carry, 0, torn, ceil(carry / feet.room(lines)))
        for key, (cost, trace) in states.items():
            depth = key - RECTO * (key > RECTO // 2)
            short = SHORT_END * (lines + depth - left < LEAST_END)
            if (paid := cost + short + foot.price) < best[0]:
                best = (paid, (trace, End(end, 0, short, foot), depth))
    return best


def with_feet(made: Makeup, chapter: Rows, lines: int, trace: Trace) -> Makeup:
    """Share the notes out over the feet of the pages that cite them, and add the pages that hold the rest of one alone."""
    ends = [(step.foot, depth) for step, depth in steps_of(trace) if isinstance(step, End)]
    cited = dict(zip(chapter.rows, chapter.cites, strict=True))
    for variant in chapter.variants:
        cited.update(zip(variant.rows, variant.cites, strict=False))
    waiting: list[tuple[int, int]] = []
    feet: list[tuple[tuple[int, int], ...]] = []
    for page, (foot, _) in zip(made.pages, ends, strict=True):
        numbers = [number for row, _ in page if isinstance(row, Line) for number in cited[row]]
        waiting += [(number, line) for number in numbers for line in range(chapter.notes[number - 1])]
        stays = len(waiting) - (foot.carry if foot else 0)
        feet.append(tuple(waiting[:stays]))
        waiting = waiting[stays:]
    room = Feet(chapter.notes, chapter.step).room(lines)
    rest = [tuple(waiting[at : at + room]) for at in range(0, len(waiting), room)]
    pages = (*made.pages, *[()] * len(rest))
    return made._replace(pages=pages, feet=(*feet, *rest), depths=(*(depth for _, depth in ends), *[0] * len(rest)))
