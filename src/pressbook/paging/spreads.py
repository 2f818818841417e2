"""Where the pages end: the cheapest way to make a chapter's rows up into spreads.

Dynamic programming, exact in the freedom it has: facing pages hold the same number of rows, the design's own or one
more or fewer; and every paragraph may be set in any of its settings, a line longer or shorter than is best for it
alone. Breaks that no page should have (widows, orphans, a scene break's edges) are out of the question. Only where
nothing of all this can be had may facing pages be uneven, at a price; and only where even that does not help is a
page torn.

The rows are read once, in the paragraphs' best settings. What is known of the page being filled is where in these rows
it will be full: that does not change from row to row, so that a row where no page is full, and no paragraph can give
a line, costs nothing. A paragraph set a line longer lets its page be full a row earlier.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from pressbook.model import Line, Side
from pressbook.paging.rows import LOST_WHITE, Row, Rows, Variant

if TYPE_CHECKING:
    from pressbook.paging.feet import Foot

LONGER_OR_SHORTER = 60.0
"""Price of a page that holds a row more or fewer than the design; two rows cost four times as much."""
UNEVEN = 2_000.0
"""Price of the first row by which facing pages differ; two rows cost four times as much."""
SUNK = 400.0
"""Price of an opener that sinks a row more or less than the others."""
SHORT_END = 1_500.0
"""Price of a chapter's last page with fewer than LEAST_END rows."""
LEAST_END = 5
PAGE_TURN = 2.0
"""How many times dearer a hyphen is at a recto's foot, where the leaf must be turned to read on."""
TORN = 50_000.0
"""Price of a break that is never allowed, taken only where a page could not be ended at all."""
LEVEL = (0, -1, 1)
"""By how many rows the pages of a spread may differ from the design, both alike."""


REMEDIES = {
    "looser paragraph": "lengthen",
    "tighter paragraph": "shorten",
    "shorter page": "reword",
    "longer page": "reword",
    "uneven spread": "reword",
    "hyphen at foot": "reword",
    "full line at foot": "reword",
    "lost white": "reword",
    "short end": "shorten",
    "other sink": "reword",
    "opened break": "reword",
    "ornament at foot": "reword",
    "torn page": "join",
    "parted note": "shorten",
    "white above notes": "reword",
    "page of notes": "shorten",
}
"""For each fault, one word for what the author could do to the paragraphs nearby."""


SEEN = frozenset(("hyphen at foot", "short end"))
"""Faults that are worth a look at what pages a little less like the design would be without."""


class Paid(NamedTuple):
    """One thing that the page maker had to do, and its price."""

    page: int
    """Of the chapter, from 0."""
    fault: str
    """Its name, a key of `REMEDIES`."""
    price: float
    owner: int = -1
    """The block of the galley that it concerns; -1 if none."""


class Makeup(NamedTuple):
    """A chapter made up into pages."""

    pages: tuple[tuple[tuple[Row, int], ...], ...]
    """The rows of each page, each with the block that it is of."""
    paid: tuple[Paid, ...]
    price: float
    head: int
    """Grid lines that the opener takes."""
    feet: tuple[tuple[tuple[int, int], ...], ...] = ()
    """For each page the lines of notes at its foot, each as (note from 1, its line from 0); empty if the chapter has none."""
    depths: tuple[int, ...] = ()
    """Rows more or fewer than the design that each page holds, its notes included; empty if the chapter has no notes."""
    ends: tuple[int, ...] = ()
    """The row, in the best settings, before which each page ends."""


class Freedom(NamedTuple):
    """How far the pages may depart from the design before a chapter counts as impossible."""

    depths: tuple[int, ...] = LEVEL
    """Rows more or fewer than the design that a page may hold."""
    sinks: tuple[int, ...] = (0,)
    """Rows more or fewer that the opener may take."""
    uneven: bool = False
    """Whether the recto may differ from the verso."""
    torn: bool = False
    """Whether a page may end where none should."""


class End(NamedTuple):
    """A page's end."""

    start: int
    """The row, in the best settings, before which the page ends; within another setting, where the paragraph begins."""
    within: int
    """How many rows into another setting; 0 for a break between rows."""
    price: float
    """Of the break alone."""
    foot: "Foot | None" = None
    """How the page's notes end; None where the chapter has none."""


class Sink(NamedTuple):
    """Where a chapter's opener stands."""

    rows: int
    """Lower than the design has it."""


Trace: TypeAlias = tuple[Any, End | Variant | Sink, int] | None
"""What was done, last first, each with its page's depth: a list linked by its heads, which ways share."""
States: TypeAlias = dict[int, tuple[float, Trace]]
"""The cheapest way to a page being filled, by its side and depth."""
_Live: TypeAlias = dict[int, States]
"""The pages being filled, by the row at which they will be full."""
_Page = TypeVar("_Page")
"""What a page being filled is known by."""
RECTO = 1_000
"""Added to the depth of a recto to make its key; a verso's is its depth alone."""


def make_up(chapter: Rows, lines: int, first: Side) -> Makeup:
    """Make a chapter up into pages; `lines` is a full page's depth, `first` the side of the chapter's first page."""
    made = seek(chapter, lines, first, _freedoms(lines))
    assert made, "a page may be torn anywhere, so every chapter can be made up"  # noqa: S101 - for the type checker
    return made


def seek(chapter: Rows, lines: int, first: Side, freedoms: Iterable[Freedom]) -> Makeup | None:
    """Make a chapter up within the first freedom that allows it, or one more that spares it a fault; None if none does."""
    if not chapter.rows:
        return Makeup((), (), 0.0, chapter.head)
    programme = cheapest
    if chapter.notes:
        from pressbook.paging.feet import cheapest_with_notes, with_feet  # a book without notes does not wait for it

        programme = cheapest_with_notes
    made: Makeup | None = None
    for freedom in freedoms:
        if made and freedom.uneven:
            break  # no fault at one page's foot is worth two pages that differ
        price, trace = programme(chapter, lines, first, freedom)
        if price < (made.price if made else inf):
            made = _written_out(chapter, first, price, trace)
            made = with_feet(made, chapter, lines, trace) if chapter.notes else made
        if made and not any(paid.fault in SEEN for paid in made.paid):
            break
    return made


def untorn(lines: int) -> Iterator[Freedom]:
    """Grant all but that a page ends where none should."""
    return (freedom for freedom in _freedoms(lines) if not freedom.torn)


def _freedoms(lines: int) -> Iterator[Freedom]:
    """Grant more and more, until a chapter can be made up."""
    # It is at a chapter's beginning that nothing may help, as few paragraphs stand there; nobody sees two openers at once.
    sinks = (0, -1, 1)
    yield Freedom()
    yield Freedom(sinks=sinks)
    yield Freedom((*LEVEL, -2), sinks)
    yield Freedom((*LEVEL, -2, -3), sinks, uneven=True)
    yield Freedom((*LEVEL, *range(-2, -max(2, lines // 2), -1)), sinks, uneven=True, torn=True)


def cheapest(chapter: Rows, lines: int, first: Side, freedom: Freedom) -> tuple[float, Trace]:
    """Return the price of the cheapest pages within a freedom, and how they come about; infinite if there are none."""
    end = len(chapter.rows)
    prices, dropped = chapter.price, chapter.dropped
    live: _Live = {}
    side = RECTO if first == "recto" else 0
    for sink in freedom.sinks if chapter.head > 1 else (0,):
        for depth in freedom.depths:
            if (room := lines + depth - chapter.head - sink) > 0:
                price = LONGER_OR_SHORTER * depth * depth + SUNK * abs(sink)
                merge(live, room, {side + depth: (price, (None, Sink(sink), 0))})
    others: dict[int, list[Variant]] = {}
    for variant in chapter.variants:
        others.setdefault(variant.start, []).append(variant)
    forced = chapter.forced
    for row in range(end):
        if row in forced:
            live = _only_ended(live, row, short=forced[row])
        if row in live:
            ready = live.pop(row)
            price = prices[row]
            if price == inf and freedom.torn:
                price = TORN * (1 + harm(chapter, row))
            if price < inf:
                _turn(live, ready, End(row, 0, price), row + dropped.get(row, 0) + lines, freedom)
            elif not live:
                break
        if row in others:
            _set_otherwise(live, others[row], lines, freedom)
    return _last(live, end, lines)


def _only_ended(live: _Live, row: int, *, short: bool) -> _Live:
    """Keep the pages that end at a row, where one must begin; and those not full there, if they may be short."""
    ended: _Live = {row: live[row]} if row in live else {}
    for states in live.values() if short else ():
        merge(ended, row, dict(states))
    return ended


def _turn(live: _Live, ready: States, ended: End, full: int, freedom: Freedom) -> None:
    """End pages here and begin the next ones, which a page of the design's depth would fill at `full`."""
    price, turned = ended.price, PAGE_TURN * ended.price
    best: tuple[float, Trace] = (inf, None)
    best_key = 0
    for key, state in ready.items():
        cost, trace = state
        if key > 500:
            if cost < best[0]:
                best, best_key = state, key
            continue
        # A recto follows its verso: as deep as it, or uneven at a price.
        step = (trace, ended, key)
        cost += price
        for depth in freedom.depths if freedom.uneven else (key,):
            paid = cost + LONGER_OR_SHORTER * depth * depth
            if depth != key:
                paid += UNEVEN * (depth - key) ** 2
            states = live.get(full + depth)
            if states is None:
                live[full + depth] = {RECTO + depth: (paid, step)}
            elif (rival := states.get(RECTO + depth)) is None or paid < rival[0]:
                states[RECTO + depth] = (paid, step)
    if best_key:
        # Behind the turned leaf a new spread begins, whatever the last one was.
        step = (best[1], ended, best_key - RECTO)
        cost = best[0] + turned
        for depth in freedom.depths:
            paid = cost + LONGER_OR_SHORTER * depth * depth
            states = live.get(full + depth)
            if states is None:
                live[full + depth] = {depth: (paid, step)}
            elif (rival := states.get(depth)) is None or paid < rival[0]:
                states[depth] = (paid, step)


def _set_otherwise(live: _Live, variants: Sequence[Variant], lines: int, freedom: Freedom) -> None:
    """Add what becomes of the pages if the paragraph that begins here is set in each of its other settings."""
    found: _Live = {}
    for variant in variants:
        start, gain, count, cost = variant.start, variant.gain, len(variant.rows), variant.price
        for full, states in live.items():
            room = full - start
            if room > count and variant.ends_page:
                continue
            taken: States = {key: (paid + cost, (trace, variant, 0)) for key, (paid, trace) in states.items()}
            if room < count or variant.ends_page:
                _break_within(found, taken, variant, room, lines, freedom)
            else:
                merge(found, full - gain, taken)
    for full, states in found.items():
        merge(live, full, states)


def _break_within(live: _Live, ready: States, variant: Variant, room: int, lines: int, freedom: Freedom) -> None:
    """End pages `room` rows into another setting, and again wherever the rest of it fills more than a page."""
    count = len(variant.rows)
    waiting: _Live = {room: ready}
    # Row by row, as ways that end a page at the same one become one there: each apart would double them page by page.
    while waiting:
        row = min(waiting)
        states = waiting.pop(row)
        price = variant.breaks[row]
        if price == inf:
            continue
        begun: _Live = {}
        _turn(begun, states, End(variant.start, row, price), variant.stop - (count - row) + lines, freedom)
        for full, states in begun.items():
            if full >= variant.stop:
                merge(live, full, states)
            else:
                merge(waiting, count - (variant.stop - full), states)


def merge(live: dict[_Page, States], page: _Page, states: States) -> None:
    """Keep the cheaper of two ways to the same page."""
    known = live.get(page)
    if known is None:
        live[page] = states
        return
    for key, state in states.items():
        rival = known.get(key)
        if rival is None or state[0] < rival[0]:
            known[key] = state


def _last(live: _Live, end: int, lines: int) -> tuple[float, Trace]:
    """Choose the cheapest last page; its depth stands in the trace as a break at the chapter's end."""
    best: tuple[float, Trace] = (inf, None)
    for full, states in live.items():
        for key, (cost, trace) in states.items():
            depth = key - RECTO if key > 500 else key
            short = lines + depth - (full - end) < LEAST_END
            if cost + SHORT_END * short < best[0]:
                best = (cost + SHORT_END * short, (trace, End(end, 0, SHORT_END * short), depth))
    return best


def harm(chapter: Rows, foot: int) -> int:
    """Rank a forbidden break: between lines, after a pause, before one, beside an ornament."""
    if {"ornament", "low ornament"} & set(chapter.rows[max(0, foot - 2) : foot + 2]):
        return 3
    return 2 * (chapter.rows[foot] == "white") or int(chapter.rows[foot - 1] == "white")


# --- from the cheapest way to the pages -------------------------------------------------------------------------------


def steps_of(trace: Trace) -> list[tuple[End | Variant | Sink, int]]:
    """List what was done from the chapter's beginning, each with its page's depth."""
    steps: list[tuple[End | Variant | Sink, int]] = []
    while trace is not None:
        trace, step, depth = trace
        steps.append((step, depth))
    return steps[::-1]


def _written_out(chapter: Rows, first: Side, price: float, trace: Trace) -> Makeup:
    """Follow what was done from the chapter's beginning, and write its pages out."""
    rows: list[tuple[Row, int]] = []
    ends = [0]
    paid: list[Paid] = []
    read = otherwise = 0
    facing: int | None = None
    head = chapter.head
    stops: list[int] = []
    for step, depth in steps_of(trace):
        if isinstance(step, Sink):
            head += step.rows
            if step.rows:
                paid.append(Paid(0, "other sink", SUNK * abs(step.rows)))
            continue
        rows += zip(chapter.rows[read : step.start], chapter.owners[read : step.start], strict=True)
        page = len(ends) - 1
        if isinstance(step, Variant):
            owner = chapter.owners[step.start]
            otherwise = len(rows)
            rows += [(row, owner) for row in step.rows]
            read = step.stop
            paid.append(Paid(page, step.fault, step.price, owner))
            continue
        read = max(read, step.start if step.within else step.start + chapter.dropped.get(step.start, 0))
        ends.append(otherwise + step.within if step.within else len(rows))
        stops.append(step.start)
        recto = (page % 2 == 0) == (first == "recto")
        foot, owner = rows[ends[-1] - 1]
        faults = _faults(step, depth, facing if recto else None, recto, step.start == len(chapter.rows), foot)
        paid += [Paid(page, fault, cost, owner) for fault, cost in faults]
        facing = depth
    return Makeup(tuple([tuple(rows[begin:end]) for begin, end in pairwise(ends)]), tuple(paid), price, head, ends=tuple(stops))


def _faults(ended: End, depth: int, facing: int | None, recto: bool, last: bool, foot: Row) -> Iterator[tuple[str, float]]:
    """Name what a page is that it should not be, with the price that was paid for it; `foot` is its last row."""
    if depth:
        yield "longer page" if depth > 0 else "shorter page", LONGER_OR_SHORTER * depth * depth
    if facing is not None and facing != depth:
        yield "uneven spread", UNEVEN * (depth - facing) ** 2
    if ended.price:
        yield _fault(ended.price, foot, last), ended.price * (PAGE_TURN if recto and not last else 1.0)
    if ended.foot:
        yield from ended.foot.faults()


def _fault(price: float, foot: Row, last: bool) -> str:
    """Name what a page's end was paid for."""
    if last or price >= TORN:
        return "short end" if last else "torn page"
    if isinstance(foot, Line) and foot.breaks_word:
        return "hyphen at foot"
    return "lost white" if price <= LOST_WHITE else "full line at foot"
