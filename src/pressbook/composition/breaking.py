"""Breaking a paragraph into lines: Knuth and Plass (1981), on columns of numbers.

The outline of `break_lines`:

1. make ready: for every word, how far it ends from the paragraph's start with all spaces at their widest and narrowest;
2. from each place that a line can start, in order, find by bisection the words at or in which a line may end within
   the tolerance; only those are asked for the breaks inside them, so that most words are never hyphenated;
3. for each such place keep the best way to get there, one for every fitness class and ladder length;
4. walk back from the end.

Demerits are TeX's (The TeXbook, p. 98; tex.web sections 851-859), with badness kept as a real number.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pressbook.units import Pt

LINE_PENALTY = 10.0
HYPHEN_PENALTY = 50.0
DOUBLE_HYPHEN = 10_000.0
FINAL_HYPHEN = 5_000.0
ADJACENT = 10_000.0
RUNT = 20_000.0
"""Demerits of a last line that has next to nothing on it; a longer one pays less (not in TeX)."""
LADDER = 1e8
"""Demerits of a third hyphen running; only the last resort pays them."""
MOST_HYPHENS = 2


class Cut(NamedTuple):
    """A place inside a word where a line may break."""

    at: int
    """Letters before it."""
    before: Pt
    """Width of the word up to it, with the hyphen, less what of it hangs out."""
    after: Pt
    """Width of the word up to where the rest begins."""
    penalty: float
    flagged: bool
    """Whether a line that breaks here ends in a hyphen, typed or made."""
    makes_hyphen: bool


class Break(NamedTuple):
    """Where a line ends."""

    word: int
    """The word at or in which it ends."""
    cut: Cut | None
    """The place inside the word; None at its end."""
    ratio: float
    """The line's adjustment ratio."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A paragraph's words, as parallel columns."""

    ends: Sequence[Pt]
    """Width of all words up to and with each, word spaces left out."""
    closes: Sequence[Pt]
    """The same, less what hangs out when the word closes a line."""
    left: Sequence[Pt]
    """How far each word hangs out when it opens a line."""
    cuts: Callable[[int], Sequence[Cut]]
    """The breaks inside a word, in order."""
    bound: frozenset[int] = frozenset()
    """Words after which no line may end."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """A word space and how far it may go."""

    natural: Pt
    stretch: Pt
    shrink: Pt


class _Node(NamedTuple):
    """One way to end a line at a place: private to this module, made and forgotten in one call."""

    demerits: float
    fitness: int
    ladder: int
    ended: Break | None
    previous: "_Node | None"


_Ways = dict[int, _Node]
"""The best node for each fitness class and ladder length."""


def break_lines(
    columns: Columns,
    measure: Pt,
    spacing: Spacing,
    tolerance: float,
    *,
    indent: Pt = 0.0,
    runt: Pt = 0.0,
    worst: float = HYPHEN_PENALTY,
    desperate: bool = False,
) -> tuple[list[Break], float] | None:
    """Return the best line ends, the paragraph's own last, and their demerits; None if the tolerance admits none.

    `tolerance` is the largest adjustment ratio of a line, `runt` the width below which a last line is called short,
    `worst` the largest penalty of a cut that may be used; `desperate` lets any loose line stand, a word by itself and
    a ladder of three rather than fail.
    """
    natural, stretch, shrink = spacing.natural, spacing.stretch, spacing.shrink
    ends, closes, left, bound = columns.ends, columns.closes, columns.left, columns.bound
    widest, narrowest = natural + tolerance * stretch, natural - shrink
    count = len(ends)
    last = count - 1
    loose = [close + gaps * widest for gaps, close in enumerate(closes)]
    tight = [close + gaps * narrowest for gaps, close in enumerate(closes)]
    at_end: list[_Ways | None] = [None] * count
    inside: dict[int, dict[int, tuple[Cut, _Ways]]] = {}
    best: _Node | None = None

    def reach(nodes: list[_Node], begin: Pt, gaps_begun: int, word: int, past: int) -> None:
        """Find every good end of a line that begins `begin` from the start, `past` letters into `word`."""
        nonlocal best
        low = word if desperate else bisect_left(loose, measure + begin + gaps_begun * widest, word)
        high = bisect_right(tight, measure + begin + gaps_begun * narrowest + 1e-9, word)
        for stop in range(low, high if high < last else last):
            if stop not in bound:
                ways = at_end[stop]
                if ways is None:
                    ways = at_end[stop] = {}
                gaps = stop - gaps_begun
                lack = measure - (closes[stop] - begin) - gaps * natural
                end_line(nodes, ways, stop, None, gaps, lack)
        for stop in range(low, high + 1 if high < last else count):
            cuts = columns.cuts(stop)
            if cuts:
                gaps = stop - gaps_begun
                room = measure - ((ends[stop - 1] if stop else 0.0) - begin) - gaps * natural
                for cut in cuts:
                    lack = room - cut.before
                    if (
                        cut.penalty <= worst
                        and -gaps * shrink - 1e-9 <= lack <= max(gaps * tolerance * stretch, desperate and measure)
                        and (stop > word or cut.at > past)
                    ):
                        there = inside.setdefault(stop, {})
                        if cut.at not in there:
                            there[cut.at] = (cut, {})
                        end_line(nodes, there[cut.at][1], stop, cut, gaps, lack)
        if high == count:
            best = _close(best, nodes, Break(last, None, 0.0), last - gaps_begun, closes[last] - begin, measure, spacing, runt)

    def end_line(nodes: list[_Node], ways: _Ways, stop: int, cut: Cut | None, gaps: int, lack: Pt) -> None:
        """Keep the best way to end a line here."""
        if lack >= 0.0:
            ratio = lack / (gaps * stretch) if gaps else (0.0 if lack < 0.01 else 20.0)
            badness = 100.0 * ratio * ratio * ratio
        else:
            ratio = lack / (gaps * shrink) if gaps else -1.0
            badness = -100.0 * ratio * ratio * ratio
        fitness = (3 if ratio > 1.0 else 2) if ratio > 0.5 else (1 if ratio >= -0.5 else 0)
        cost = (LINE_PENALTY + badness) ** 2
        hyphen = False
        if cut is not None:
            cost += cut.penalty * cut.penalty
            hyphen = cut.flagged
        for node in nodes:
            demerits = node.demerits + cost
            ladder = 0
            if hyphen:
                ladder = node.ladder + 1
                if ladder > 1:
                    demerits += DOUBLE_HYPHEN
                    if ladder > MOST_HYPHENS:
                        if not desperate:
                            continue
                        demerits += LADDER
                        ladder = MOST_HYPHENS
            change = fitness - node.fitness
            if change > 1 or change < -1:
                demerits += ADJACENT
            key = fitness * 4 + ladder
            rival = ways.get(key)
            if rival is None or demerits < rival.demerits:
                ways[key] = _Node(demerits, fitness, ladder, Break(stop, cut, ratio), node)

    reach([_Node(0.0, 1, 0, None, None)], left[0] - indent, 0, 0, 0)
    for word in range(last + 1):
        cut_here = inside.get(word)
        while cut_here:
            # A cut may be reached from an earlier cut of the same word, so take them in order, one by one.
            at = min(cut_here)
            cut, ways = cut_here.pop(at)
            if ways:
                reach(list(ways.values()), (ends[word - 1] if word else 0.0) + cut.after, word, word, at)
        ended = at_end[word]
        if ended:
            reach(list(ended.values()), ends[word] + left[word + 1], word + 1, word + 1, 0)
    return (_walk_back(best), best.demerits) if best else None


def _close(
    best: _Node | None, nodes: list[_Node], ended: Break, gaps: int, width: Pt, measure: Pt, spacing: Spacing, runt: Pt
) -> _Node | None:
    """Try the last line, which need not be filled, after each of the nodes."""
    lack = measure - width - gaps * spacing.natural
    ratio = 0.0 if lack >= 0.0 else (lack / (gaps * spacing.shrink) if gaps else -1.0)
    cost = (LINE_PENALTY - 100.0 * ratio**3) ** 2
    for node in nodes:
        demerits = node.demerits + cost
        if node.ended is not None:
            if width < runt:
                demerits += RUNT * (1.25 - width / runt)
            if node.ladder:
                # Half a word alone on the last line is a runt whatever its width.
                demerits += FINAL_HYPHEN if gaps else FINAL_HYPHEN + RUNT
        if node.fitness == 3 or (ratio < -0.5 and node.fitness == 2):
            demerits += ADJACENT
        if best is None or demerits < best.demerits:
            best = _Node(demerits, 1, 0, ended._replace(ratio=ratio), node)
    return best


def _walk_back(last: _Node) -> list[Break]:
    breaks: list[Break] = []
    node: _Node | None = last
    while node is not None and node.ended is not None:
        breaks.append(node.ended)
        node = node.previous
    breaks.reverse()
    return breaks
