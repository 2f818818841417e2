"""Breaking a paragraph into lines: Knuth and Plass (1981), on columns of numbers.

A line that does not fit the measure by nature is made to fit in two steps. Its glyphs give first, by a scale and a
tracking too small to be seen; only what they cannot take is left to the word spaces. So nearly all lines of a book
have the same word space, where TeX, which shares the difference out in proportion, changes it in every line.

The outline of `break_lines`:

1. make ready: for every word, how far it ends from the paragraph's start when everything gives most;
2. from each place that a line can start, in order, find the words at or in which a line may end within
   the tolerance; only those are asked for the breaks inside them, so that most words are never hyphenated;
3. for each such place and each line that ends there keep the best way to get to it. What a line costs depends on its
   own fit and on its neighbour's, so a way is known by its last line, the hyphens running, and the lines so far;
4. walk back from the end, once for every number of lines that the paragraph can be set in.

Demerits grow from TeX's (The TeXbook, p. 98; tex.web sections 851-859), with badness kept as a real number.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from itertools import count as counted
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from pressbook.units import Pt
from pressbook.values import Value

HYPHEN_PENALTY = 165.0
MOST_HYPHENS = 2
LADDER = 1e8
"""Demerits of a third hyphen running; only the last resort pays them."""
STUB = 0.75
"""Of the width below which a last line is a runt."""
GLYPH_SHARE = 0.6
"""What the glyphs' own giving counts beside an adjustment ratio: little, as it is not seen, but not nothing."""


MANY_WORDS = 3_000
"""From so many words on, a paragraph is looked at in one way for all numbers of lines."""


class Weights(Value):
    """What faults cost, in demerits."""

    line: float = 10.0
    """Added to every line's badness before it is squared (TeX's \\linepenalty)."""
    power: float = 4.0
    """Of the ratio in a line's badness. TeX's 3 spends hyphens on lines that nobody would have found loose."""
    double_hyphen: float = 10_000.0
    """Two hyphens running."""
    final_hyphen: float = 5_000.0
    """A hyphen before the last line."""
    adjacent: float = 0.0
    """Neighbours whose fitness classes are not next to each other (TeX's \\adjdemerits)."""
    contrast: float = 6_000.0
    """Neighbours whose ratios differ by one; in proportion for less."""
    stack: float = 4_000.0
    """The same word at the beginning or end of neighbouring lines."""
    stub: float = 20_000_000.0
    """A last line so short that the indent below it reaches past its end: it looks like a gap in the page, which is worse
    than a line whose spaces are doubled."""
    runt: float = 120_000.0
    """A last line that has next to nothing on it; a longer one pays less."""
    nearly_full: float = 1_500.0
    """A last line that all but fills the measure, so that the paragraph's end is not seen."""


TEX = Weights(power=3.0, adjacent=10_000.0, contrast=0.0, stack=0.0, stub=0.0, runt=0.0, nearly_full=0.0)
"""Plain TeX's demerits: with a `Give` that has only spaces, TeX's own breaks."""


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
    """How far the word spaces give: -1 all their shrink, +1 all their stretch; 0 where the glyphs take it all."""
    give: float
    """How far the glyphs give, as a part of what they may: -1 to +1."""


class Columns(Value, eq=False):
    """A paragraph's words, as parallel columns."""

    ends: Sequence[Pt]
    """Width of all words up to and with each, word spaces left out."""
    closes: Sequence[Pt]
    """The same, less what hangs out when the word closes a line."""
    left: Sequence[Pt]
    """How far each word hangs out when it opens a line."""
    letters: Sequence[float]
    """How many places for tracking there are between the letters of the words up to and with each."""
    cuts: Callable[[int], Sequence[Cut]] | None
    """The breaks inside a word, in order; None if no word has any."""
    bound: frozenset[int] = frozenset()
    """Words after which no line may end."""
    dashed: frozenset[int] = frozenset()
    """Words that end in a hyphen themselves, such as the first of `pre- and post-war`: after one, a line ends in a hyphen."""
    names: Sequence[object] = ()
    """What tells one word from another, to find stacks; empty if that is not asked."""


class Give(Value):
    """A word space, and how far it and the glyphs may give."""

    natural: Pt
    stretch: Pt
    shrink: Pt
    expansion: float = 0.0
    """Of the glyphs' width, either way."""
    tracking: Pt = 0.0
    """Between letters, either way."""
    rag: Pt = 0.0
    """Stretch of the white at a line's end, for ragged setting (TeX's \\rightskip)."""


class Way(NamedTuple):
    """A paragraph broken in the best way for its number of lines."""

    demerits: float
    breaks: tuple[Break, ...]


_End: TypeAlias = tuple[int, Cut | None, float, float]
"""A `Break` in the making; most are never taken, so it is made only of those that are."""

_Node: TypeAlias = tuple[float, float, int, int, int, int, _End | None, Any]
"""One way to end a line at a place: demerits; the line's ratio with the glyphs' share, which its neighbour is compared
with; its fitness class; the hyphens running; the lines so far; the word that opens the line (-1 if it is the rest of
one); where it ends; the node before it. Private to this module, made by the ten thousand and forgotten in one call,
so a plain tuple."""

_Ways: TypeAlias = dict[int, _Node]
"""The best node for each line's start, ladder and number of lines so far, packed in one number."""


_cheapest = itemgetter(0, 4)
"""Orders nodes by their demerits, and of those that cost the same by their lines."""


def break_lines(
    columns: Columns,
    measure: Pt,
    give: Give,
    tolerance: float,
    *,
    indent: Pt = 0.0,
    notch: Sequence[Pt] = (),
    runt: Pt = 0.0,
    worst: float = HYPHEN_PENALTY,
    weights: Weights | None = None,
    desperate: bool = False,
    limit: float = inf,
) -> tuple[Way, ...]:
    """Return the best way to break a paragraph for each number of lines it can take, the best of all first.

    Nothing is returned if the tolerance, the largest ratio of a line, admits no way. `runt` is the width below which
    a last line is called short, `worst` the largest penalty of a cut that may be used; `desperate` lets a ladder of
    three stand rather than fail; a way that costs more than `limit` need not be found. `notch` is what an initial takes
    of each of the first lines at their left.
    """
    weigh = weights or Weights()
    natural, stretch, shrink = give.natural, give.stretch, give.shrink
    wide, track, rag = give.expansion, give.tracking, give.rag
    ends, closes, left, letters = columns.ends, columns.closes, columns.left, columns.letters
    cuts, bound, dashed, names = columns.cuts, columns.bound, columns.dashed, columns.names
    widest, narrowest = natural + tolerance * stretch, natural - shrink
    most, least = 1.0 + wide, 1.0 - wide
    count = len(ends)
    last = count - 1
    # The width of all up to a word's end when everything gives most.
    loose = [closed * most + gaps * widest + chars * track for closed, chars, gaps in zip(closes, letters, counted(0.0, 1.0))]
    reached = bytearray(count)
    """1 for every word at or in which a line may end."""
    at_end: dict[int, _Ways] = {}
    inside: dict[int, dict[int, tuple[Cut, _Ways]]] = {}
    final: dict[int, _Node] = {}
    line_penalty, power, contrast, stack, adjacent = weigh.line, weigh.power, weigh.contrast, weigh.stack, weigh.adjacent
    double_hyphen = weigh.double_hyphen
    notched = len(notch)
    # One way for every number of lines takes the square of the time: the last resort looks for one only, past an initial,
    # and so does a paragraph of pages, which no line more or less can help.
    told = max(0, notched - 1) if desperate or count > MANY_WORDS else count

    def fill(nodes: Collection[_Node], begin: Pt, chars: float, gaps_begun: int, word: int, past: int, room: Pt = measure) -> None:
        """Find every good end of a line that begins `begin` from the start, `past` letters into `word`."""
        ragged = room - tolerance * rag
        low = word if desperate else bisect_left(loose, ragged + begin * most + gaps_begun * widest + chars * track, word)
        fullest = room + begin * least + gaps_begun * narrowest - chars * track + 1e-9
        high = low
        while high < count and closes[high] * least + high * narrowest - letters[high] * track <= fullest:
            high += 1
        place = (1024 * word + past) * (MOST_HYPHENS + 1) * (told + 1)
        start = -1 if past else word
        for stop in range(low, high if high < last else last):
            if stop not in bound:
                ways = at_end.get(stop)
                if ways is None:
                    ways = at_end[stop] = {}
                    reached[stop] = 1
                end_line(
                    nodes, ways, room, place, start, stop, None, stop - gaps_begun, closes[stop] - begin, letters[stop] - chars
                )
        if cuts is not None:
            for stop in range(low, high + 1 if high < last else count):
                for cut in cuts(stop):
                    if cut.penalty <= worst and (stop > word or cut.at > past):
                        gaps = stop - gaps_begun
                        width = (ends[stop - 1] if stop else 0.0) + cut.before - begin
                        signs = (letters[stop - 1] if stop else 0) + cut.at - chars
                        capacity = width * wide + signs * track
                        lack = room - width - gaps * natural
                        most_lack = inf if desperate else tolerance * (gaps * stretch + rag)
                        if -gaps * shrink - 1e-9 <= lack + capacity and lack - capacity <= most_lack:
                            there = inside.setdefault(stop, {})
                            reached[stop] = 1
                            if cut.at not in there:
                                there[cut.at] = (cut, {})
                            end_line(nodes, there[cut.at][1], room, place, start, stop, cut, gaps, width, signs)
        if high == count:
            close(nodes, room, last - gaps_begun, closes[last] - begin, letters[last] - chars)

    def beside(nodes: Collection[_Node], begin: Pt, chars: float, gaps_begun: int, word: int, past: int) -> None:
        """Fill lines of which the first stand beside an initial."""
        for row in {min(node[4], notched) for node in nodes}:
            alike = [node for node in nodes if min(node[4], notched) == row]
            fill(alike, begin, chars, gaps_begun, word, past, measure - (notch[row] if row < notched else 0.0))

    def end_line(
        nodes: Collection[_Node],
        ways: _Ways,
        room: Pt,
        place: int,
        start: int,
        stop: int,
        cut: Cut | None,
        gaps: int,
        width: Pt,
        signs: float,
    ) -> None:
        """Keep the best ways to end this line here."""
        lack = room - width - gaps * natural
        capacity = width * wide + signs * track
        ratio = 0.0
        if -capacity <= lack <= capacity:
            given = lack / capacity if capacity else 0.0
        elif lack > 0.0:
            given = 1.0 if capacity else 0.0
            stretched = gaps * stretch + rag
            ratio = (lack - capacity) / stretched if stretched else (0.0 if lack - capacity < 0.01 else 20.0)
        else:
            given = -1.0 if capacity else 0.0
            ratio = (lack + capacity) / (gaps * shrink) if gaps and shrink else -1.0
        fit = ratio + GLYPH_SHARE * given
        fitness = 0 if not adjacent else 3 if ratio >= 1.0 else 2 if ratio > 0.5 else 1 if ratio >= -0.5 else 0
        base = line_penalty + 100.0 * abs(fit) ** power
        cost = base * base
        hyphen = stop in dashed if dashed else False
        if cut is not None:
            cost += cut.penalty * cut.penalty
            hyphen = cut.flagged
        ended = (stop, cut, ratio, given)
        closing = names[stop] if names and cut is None else None
        opening = names[start] if names and start >= 0 else None
        for node in nodes:
            demerits, other_fit, other_fitness, ladder, lines, other_start, before, _ = node
            demerits += cost
            if demerits > limit:
                continue
            if not hyphen:
                ladder = 0
            else:
                ladder += 1
                if ladder > 1:
                    demerits += double_hyphen
                    if ladder > MOST_HYPHENS:
                        if not desperate:
                            continue
                        demerits += LADDER
                        ladder = MOST_HYPHENS
            if before is not None:
                demerits += contrast * (fit - other_fit if fit > other_fit else other_fit - fit)
                if closing is not None and before[1] is None and closing == names[before[0]]:
                    demerits += stack
                if opening is not None and other_start >= 0 and opening == names[other_start]:
                    demerits += stack
            if adjacent and abs(fitness - other_fitness) > 1:
                demerits += adjacent
            key = place + ladder * (told + 1) + (lines if lines < told else told)
            rival = ways.get(key)
            if rival is None or demerits < rival[0]:
                ways[key] = (demerits, fit, fitness, ladder, lines + 1, start, ended, node)

    def close(nodes: Collection[_Node], room: Pt, gaps: int, width: Pt, signs: float) -> None:
        """Try the last line, which need not be filled, after each of the nodes."""
        lack = room - width - gaps * natural
        capacity = width * wide + signs * track
        given = max(-1.0, lack / capacity) if lack < 0.0 and capacity else 0.0
        ratio = 0.0
        if lack + capacity < 0.0:
            ratio = (lack + capacity) / (gaps * shrink) if gaps and shrink else -1.0
        fit = ratio + GLYPH_SHARE * given
        cost = (line_penalty + 100.0 * abs(fit) ** power) ** 2
        for node in nodes:
            demerits, _, fitness, ladder, lines, _, before, _ = node
            demerits += cost
            if before is not None:
                if width < runt:
                    demerits += weigh.runt * (1.25 - width / runt) + weigh.stub * (width < STUB * runt)
                elif 0.0 <= lack < runt / 2:
                    demerits += weigh.nearly_full
                if ladder and before[1] is not None:
                    # Half a word alone on the last line is a runt whatever its width.
                    demerits += weigh.final_hyphen if gaps else weigh.final_hyphen + weigh.runt
            if adjacent and (fitness == 3 or (ratio < -0.5 and fitness == 2)):
                demerits += adjacent
            rival = final.get(lines)
            if rival is None or demerits < rival[0]:
                final[lines] = (demerits, fit, 1, 0, lines + 1, -1, (last, None, ratio, given), node)

    reach = beside if notch else fill
    reach([(0.0, 0.0, 1, 0, 0, -1, None, None)], left[0] - indent, 0, 0, 0, 0)
    word = -1
    while (word := reached.find(1, word + 1)) >= 0:
        if inside and (cut_here := inside.get(word)):
            before = ends[word - 1] if word else 0.0
            chars = letters[word - 1] if word else 0
            while cut_here:
                # A cut may be reached from an earlier cut of the same word, so take them in order, one by one.
                at = min(cut_here)
                cut, ways = cut_here.pop(at)
                if ways:
                    reach(ways.values(), before + cut.after, chars + at, word, word, at)
        # A cut of this very word may have reached its end.
        if ended := at_end.get(word):
            reach(ended.values(), ends[word] + left[word + 1], letters[word], word + 1, word + 1, 0)
    return tuple([Way(node[0], _walk_back(node)) for node in sorted(final.values(), key=_cheapest)])


def _walk_back(last: _Node) -> tuple[Break, ...]:
    breaks: list[Break] = []
    node: _Node | None = last
    while node is not None and node[6] is not None:
        breaks.append(Break(*node[6]))
        node = node[7]
    return tuple(reversed(breaks))
