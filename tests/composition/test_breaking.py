"""Line breaking: the cheapest setting there is, by an oracle that tries all of them."""

import random
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.composition.breaking import (
    GLYPH_SHARE,
    HYPHEN_PENALTY,
    LADDER,
    MOST_HYPHENS,
    STUB,
    TEX,
    Columns,
    Cut,
    Give,
    Weights,
    break_lines,
)
from stopwatch import soon, times_as_long

TIGHT, DECENT, LOOSE, VERY_LOOSE = range(4)
OURS = Weights()


@dataclass(frozen=True)
class Copy:
    """A paragraph of wooden type: words whose widths are whole numbers."""

    widths: tuple[int, ...]
    left: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    cuts: tuple[tuple[Cut, ...], ...] = ()
    bound: frozenset[int] = frozenset()
    dashed: frozenset[int] = frozenset()
    measure: int = 40
    natural: int = 4
    stretch: int = 2
    shrink: int = 1
    expansion: float = 0.0
    tracking: float = 0.0
    names: tuple[str, ...] = ()
    weights: Weights = OURS
    tolerance: float = 2.0
    indent: int = 0
    notch: tuple[int, ...] = ()
    runt: int = 0
    worst: float = HYPHEN_PENALTY
    desperate: bool = False

    def hang(self, side, word):
        """Return how far a word hangs out on a side."""
        return side[word] if side else 0

    def inside(self, word):
        """Return the breaks inside a word."""
        return self.cuts[word] if self.cuts else ()

    @property
    def places(self):
        """All places where a line may end, in order: (word, cut), where no cut is the word's end."""
        last = len(self.widths) - 1
        made = []
        for word in range(last + 1):
            made += [(word, cut) for cut in self.inside(word) if cut.penalty <= self.worst]
            if word == last or word not in self.bound:
                made.append((word, None))
        return made


LETTERS = 3
"""How many letters each wooden word has, for tracking."""


def ways(copy):
    """Break a copy with the module under test."""
    ends = list(accumulate(copy.widths))
    count = len(ends)
    columns = Columns(
        ends=ends,
        closes=[end - copy.hang(copy.right, word) for word, end in enumerate(ends)],
        left=[copy.hang(copy.left, word) for word in range(count)],
        letters=[LETTERS * (word + 1) for word in range(count)],
        cuts=copy.inside,
        bound=copy.bound,
        dashed=copy.dashed,
        names=copy.names,
    )
    return break_lines(
        columns,
        copy.measure,
        Give(copy.natural, copy.stretch, copy.shrink, copy.expansion, copy.tracking),
        copy.tolerance,
        indent=copy.indent,
        notch=copy.notch,
        runt=copy.runt,
        worst=copy.worst,
        weights=copy.weights,
        desperate=copy.desperate,
    )


def as_ends(way):
    """Write a way as the places where its lines end: (word, letters)."""
    return tuple((end.word, end.cut and end.cut.at) for end in way.breaks)


def broken(copy):
    """Break a copy in the best way; its ends, and the demerits."""
    found = ways(copy)
    return (as_ends(found[0]), found[0].demerits) if found else None


# --- the oracle -------------------------------------------------------------------------------------------------------


def line_between(copy, start, end):
    """Measure a line from a place to a place: its spaces, what it lacks of the measure, its width without spaces, its letters."""
    word, cut = end
    if start is None:
        first, begin, letters = 0, copy.hang(copy.left, 0) - copy.indent, 0
    elif start[1] is None:
        first = start[0] + 1
        begin = sum(copy.widths[:first]) + copy.hang(copy.left, first)
        letters = LETTERS * first
    else:
        first = start[0]
        begin = sum(copy.widths[:first]) + start[1].after
        letters = LETTERS * first + start[1].at
    stop = sum(copy.widths[: word + 1]) - copy.hang(copy.right, word) if cut is None else sum(copy.widths[:word]) + cut.before
    signs = (LETTERS * (word + 1) if cut is None else LETTERS * word + cut.at) - letters
    gaps = word - first
    return gaps, copy.measure - (stop - begin) - gaps * copy.natural, stop - begin, signs


def beside_initial(copy, row):
    """Return how much narrower a line is, counted from 0, for the initial."""
    return copy.notch[row] if row < len(copy.notch) else 0


@dataclass(frozen=True)
class Before:
    """What a line must know of the one before it."""

    fit: float = 0.0
    fitness: int = DECENT
    ladder: int = 0
    place: tuple = ()
    """Its last word and cut; empty before the first line."""
    opened: int | None = None
    """The word that opens it; None if it is the rest of one."""
    row: int = 0
    """How many lines there are so far, as far as an initial reaches."""


def price_line(copy, start, end, before):
    """Price one line by the weights: (demerits, what the next must know), or None if it cannot stand."""
    gaps, lack, width, signs = line_between(copy, start, end)
    lack -= beside_initial(copy, before.row)
    weigh = copy.weights
    word, cut = end
    is_last = cut is None and word == len(copy.widths) - 1
    capacity = width * copy.expansion + signs * copy.tracking
    rest = lack - max(-capacity, min(capacity, lack))
    given = max(-1, min(1, lack / capacity)) if capacity else 0
    if is_last and lack >= 0:
        rest = given = 0
    if rest < -gaps * copy.shrink - 1e-9:
        return None
    if gaps == 0:
        ratio = 0
        if rest > 1e-9:
            if not copy.desperate:
                return None
            ratio = 20 if rest >= 0.01 else 0
    else:
        ratio = rest / (gaps * (copy.stretch if rest > 0 else copy.shrink))
        if ratio > copy.tolerance + 1e-12 and not copy.desperate:
            return None
    fit = ratio + GLYPH_SHARE * given
    demerits = (weigh.line + 100 * abs(fit) ** weigh.power) ** 2
    now = TIGHT if ratio < -0.5 else DECENT if ratio <= 0.5 else LOOSE if ratio < 1 else VERY_LOOSE
    if abs(now - before.fitness) > 1:
        demerits += weigh.adjacent
    if is_last:
        if before.ladder and before.place[1]:
            demerits += weigh.final_hyphen + weigh.runt * (gaps == 0)
        if start is not None and width < copy.runt:
            demerits += weigh.runt * (1.25 - width / copy.runt) + weigh.stub * (width < STUB * copy.runt)
        elif start is not None and 0 <= lack < copy.runt / 2:
            demerits += weigh.nearly_full
        return demerits, Before()
    if cut:
        demerits += cut.penalty**2
    opened = 0 if start is None else start[0] + 1 if start[1] is None else None
    if before.place:
        demerits += weigh.contrast * abs(fit - before.fit)
        if copy.names:
            last, last_cut = before.place
            demerits += weigh.stack * (cut is None and last_cut is None and copy.names[word] == copy.names[last])
            both = opened is not None and before.opened is not None
            demerits += weigh.stack * (both and copy.names[opened] == copy.names[before.opened])
    ladder = before.ladder + 1 if (cut.flagged if cut else word in copy.dashed) else 0
    if ladder >= 2:
        demerits += weigh.double_hyphen
    if ladder > MOST_HYPHENS:
        if not copy.desperate:
            return None
        demerits += LADDER
    return demerits, Before(fit, now, ladder, end, opened, min(before.row + 1, len(copy.notch)))


def all_settings(copy):
    """Try every set of breaks: yield those that can stand, with their demerits."""
    places = copy.places

    def go_on(begun, ends, demerits, before):
        if begun == len(places):
            yield tuple((word, cut and cut.at) for word, cut in ends), demerits
            return
        for stop in range(begun, len(places)):
            priced = price_line(copy, places[begun - 1] if begun else None, places[stop], before)
            if priced:
                yield from go_on(stop + 1, (*ends, places[stop]), demerits + priced[0], priced[1])

    return go_on(0, (), 0.0, Before())


def cheapest(copy):
    """Find the least demerits of a long paragraph, place by place, with no bisection and no pruning."""
    places = copy.places

    @cache
    def rest(begun, before):
        if begun == len(places):
            return 0.0
        least = None
        for stop in range(begun, len(places)):
            priced = price_line(copy, places[begun - 1] if begun else None, places[stop], before)
            after = priced and rest(stop + 1, replace(priced[1], ladder=min(priced[1].ladder, MOST_HYPHENS)))
            if after is not None and (least is None or priced[0] + after < least):
                least = priced[0] + after
        return least

    return rest(0, Before())


# --- paragraphs to try ------------------------------------------------------------------------------------------------


def cast_copy(pick, most_words, most_cuts, **parts):
    """Draw a paragraph; `pick(least, most)` draws a whole number."""
    widths = tuple(pick(4, 16) for _ in range(pick(1, most_words)))
    right = tuple(pick(0, 2) for _ in widths)
    cuts = []
    for width, hang in zip(widths, right, strict=True):
        row = []
        after = 0
        for at in range(1, pick(0, most_cuts) + 1):
            after += pick(1, 6)
            before = after + pick(-1, 2)
            if after < width - hang and 3 <= before <= width - hang:
                row.append(Cut(at, before, after, (20, 50, 400)[pick(0, 2)], bool(pick(0, 3)), True))
        cuts.append(tuple(row))
    made = Copy(
        widths,
        left=tuple(pick(0, 2) for _ in widths),
        right=right,
        cuts=tuple(cuts),
        bound=frozenset(word for word in range(len(widths)) if not pick(0, 7)),
        dashed=frozenset(word for word in range(len(widths)) if not pick(0, 4)),
        measure=pick(18, 44),
        natural=pick(3, 5),
        stretch=pick(1, 4),
        shrink=pick(1, 2),
        tolerance=(0.5, 1.0, 2.0, 4.0)[pick(0, 3)],
        indent=pick(0, 1) * 6,
        runt=pick(0, 1) * 9,
        worst=(20, 50, 400)[pick(0, 2)],
        expansion=(0.0, 0.02, 0.1)[pick(0, 2)],
        tracking=(0.0, 0.1)[pick(0, 1)],
        weights=(OURS, OURS, TEX)[pick(0, 2)],
    )
    if pick(0, 1):
        made = replace(made, names=tuple("abc"[pick(0, 2)] for _ in widths))
    return replace(made, **parts)


@st.composite
def copies(draw, most_words=8, most_cuts=2, **parts):
    """Draw a paragraph by hypothesis."""
    return cast_copy(lambda least, most: draw(st.integers(least, most)), most_words, most_cuts, **parts)


def long_copies(count, **parts):
    """Draw long paragraphs, always the same."""
    chance = random.Random(1981)  # noqa: S311
    for _ in range(count):
        yield cast_copy(chance.randint, 60, 2, measure=chance.randint(40, 90), **parts)


def check_against(copy, rivals):
    """Prove that the breaks found can stand, cost what is said, and that no rival costs less."""
    found = ways(copy)
    assert bool(found) == bool(rivals)
    if not found:
        return
    assert found[0].demerits == pytest.approx(min(rivals.values()), rel=1e-9)
    cheapest_of = {}
    for ends, demerits in rivals.items():
        cheapest_of[len(ends)] = min(demerits, cheapest_of.get(len(ends), demerits))
    if not copy.desperate:
        assert {len(way.breaks): way.demerits for way in found} == pytest.approx(cheapest_of, rel=1e-9)
    for way in found:
        assert way.demerits == pytest.approx(rivals[as_ends(way)], rel=1e-9)


# --- tests ------------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(copies())
def test_no_setting_is_cheaper(copy):
    """For every number of lines the cheapest of all ways is found, the best first; none, only if none can stand."""
    check_against(copy, dict(all_settings(copy)))


NOTCHES = st.lists(st.integers(0, 12), min_size=1, max_size=4).map(tuple)


@settings(max_examples=150, deadline=None)
@given(copies(most_words=8, most_cuts=1), NOTCHES)
def test_no_setting_beside_an_initial_is_cheaper(copy, notch):
    """However an initial narrows each of the first lines, the cheapest of all ways is found for every number of lines."""
    copy = replace(copy, notch=notch)
    check_against(copy, dict(all_settings(copy)))


@settings(max_examples=100, deadline=None)
@given(copies(most_words=6, most_cuts=1, desperate=True, tolerance=1e4), NOTCHES)
def test_no_desperate_setting_beside_an_initial_is_cheaper(copy, notch):
    """Beside an initial, too, the last resort finds the cheapest way."""
    copy = replace(copy, notch=notch)
    check_against(copy, dict(all_settings(copy)))


@settings(max_examples=100, deadline=None)
@given(copies(most_words=6, most_cuts=1, desperate=True, tolerance=1e4))
def test_no_desperate_setting_is_cheaper(copy):
    """In the last resort, too, the cheapest of all ways is chosen."""
    check_against(copy, dict(all_settings(copy)))


def test_long_paragraphs_are_broken_at_their_cheapest():
    """In paragraphs of up to sixty words bisection and pruning lose nothing: a search of every place finds no cheaper way."""
    outcomes = {"set": 0, "hyphenated": 0, "not": 0}
    for copy in long_copies(150, runt=9, shrink=2, stretch=4):
        found = broken(copy)
        least = cheapest(copy)
        assert (found is None) == (least is None)
        if found:
            assert found[1] == pytest.approx(least, rel=1e-9)
        outcomes["not" if found is None else "hyphenated" if any(at for _, at in found[0]) else "set"] += 1
    assert min(outcomes.values()) > 5, "the sample tries every outcome"


def test_no_line_is_overfull():
    """Of all the lines of many long paragraphs none needs its spaces to shrink past their limit, desperate or not."""
    lines = 0
    for copy in [*long_copies(60), *long_copies(40, desperate=True, tolerance=1e4, bound=frozenset())]:
        found = broken(copy)
        start = None
        for word, at in found[0] if found else ():
            end = word, next((cut for cut in copy.inside(word) if cut.at == at), None)
            gaps, lack, width, signs = line_between(copy, start, end)
            assert lack >= -gaps * copy.shrink - width * copy.expansion - signs * copy.tracking - 1e-9
            start = end
            lines += 1
    assert lines > 500


def test_the_last_resort_always_finds_a_setting():
    """Whatever the words, if each fits the line, the desperate pass sets them, though words stand alone and far apart."""
    chance = random.Random(7)  # noqa: S311
    for _ in range(300):
        widths = tuple(chance.randint(1, 34) for _ in range(chance.randint(1, 30)))
        copy = Copy(widths, measure=40, indent=chance.choice((0, 6)), desperate=True, tolerance=1e4)
        ends, _ = broken(copy)
        assert [word for word, _ in ends][-1] == len(widths) - 1


def test_the_last_resort_takes_no_longer_than_the_words():
    """A paragraph of two thousand words is set in a second or two even where only the last resort can set it."""
    chance = random.Random(9)  # noqa: S311
    widths = (39, *(chance.randint(3, 12) for _ in range(2000)))
    copy = Copy(widths, measure=40, natural=1, desperate=True, tolerance=1e4)
    assert soon(lambda: broken(copy), 4)


def test_a_paragraph_of_many_pages_takes_no_longer_than_its_words():
    """Sixteen thousand words in one paragraph take four times as long as four thousand, and not sixteen times."""
    chance = random.Random(9)  # noqa: S311
    short, long = (tuple(chance.randint(3, 12) for _ in range(count)) for count in (4_000, 16_000))
    copies = [Copy(widths, measure=70, natural=2) for widths in (short, long)]
    assert times_as_long(lambda: broken(copies[1]), lambda: broken(copies[0]), 8) < 8


def test_two_words_too_wide_for_a_line_stand_one_above_the_other():
    """Two words that do not fit side by side, nor have a break inside, take a line each in the last resort only."""
    assert broken(Copy((30, 30))) is None
    assert broken(Copy((30, 30), desperate=True, tolerance=1e4))[0] == ((0, None), (1, None))


def four_lines_of_one_word():
    """Make a word of four times the measure that can only be cut, with hyphens, where each line is full."""
    cuts = tuple(Cut(at, 40 * at, 40 * at, HYPHEN_PENALTY, True, True) for at in (1, 2, 3))
    return Copy((160,), cuts=(cuts,))


def test_a_third_hyphen_running_needs_despair():
    """A paragraph that can stand only with three hyphens running is refused, and set in the last resort."""
    copy = four_lines_of_one_word()
    assert broken(copy) is None
    ends, demerits = broken(replace(copy, desperate=True))
    assert ends == ((0, 1), (0, 2), (0, 3), (0, None))
    assert demerits > LADDER


@settings(max_examples=150, deadline=None)
@given(copies(most_words=10, most_cuts=2, worst=50, tolerance=4.0, stretch=4))
def test_no_ladder_of_three(copy):
    """No three lines running end in hyphens, typed or made."""
    running = 0
    for word, at in (broken(copy) or ((),))[0]:
        flagged = any(cut.flagged for cut in copy.inside(word) if cut.at == at)
        running = running + 1 if flagged else 0
        assert running <= MOST_HYPHENS


def test_a_tolerance_that_admits_nothing_finds_nothing():
    """The same words are set within a tolerance of 2 and refused within one of 1."""
    # 14 + 14 and one space of 4 lack 8 of 40; a space may take 4 for each unit of tolerance.
    copy = Copy((14, 14, 14, 14), stretch=4)
    assert broken(replace(copy, tolerance=2.0))[0] == ((1, None), (3, None))
    assert broken(replace(copy, tolerance=1.0)) is None


def test_demerits_worked_by_hand():
    """A loose line after a decent start costs (10 + 100·r³)² each, and a jump of two classes ten thousand more."""
    # Line one: three words and two spaces of 4 are 38; 2 lack, each space gives 1 of its 2: r = ½, badness 12½, decent.
    assert broken(Copy((10, 10, 10, 5), weights=TEX))[1] == pytest.approx(22.5**2 + 10**2)
    # Line one: two words and a space are 36; 4 lack, the one space gives 4 of its 2: r = 2, badness 800, very loose twice over.
    jumps = 2 * TEX.adjacent
    assert broken(Copy((16, 16, 30), weights=TEX))[1] == pytest.approx(810**2 + 10**2 + jumps)


TEX_TABLE = Path(__file__).with_name("tables") / "tex.txt"
TEX_BREAKS = [row for row in TEX_TABLE.read_text().splitlines() if not row.startswith("#")]


@pytest.mark.parametrize("row", TEX_BREAKS)
def test_tex_breaks_as_we_do(row):
    """Under TeX's parameters, each paragraph of a table that TeX itself broke is broken at the same places."""
    measure, widths, ends = (part.split() for part in row.split("|"))
    words = [tuple(map(int, word.split("+"))) for word in widths]
    copy = Copy(
        tuple(map(sum, words)),
        cuts=tuple((Cut(1, word[0] + 2, word[0], 50.0, True, True),) if len(word) == 2 else () for word in words),
        measure=int(*measure),
        weights=TEX,
        worst=50.0,
    )
    found, _ = broken(copy)
    assert [f"{word}-" if cut else str(word) for word, cut in found] == ends


def test_a_runt_is_avoided():
    """Of two settings of which the one that ends in a runt is a little cheaper otherwise, the other is chosen."""
    # Three words on line one: 41 natural, 1 over, r = -¼ · 2 shrink; two: r = ⅓. Last lines of 5, or of 5 + 6 and a space.
    copy = Copy((16, 16, 1, 5), natural=4, stretch=12, shrink=2)
    runts = replace(copy, runt=0)
    assert broken(runts)[0] == ((2, None), (3, None))
    assert broken(replace(copy, runt=8))[0] == ((1, None), (3, None))


def test_half_a_word_alone_is_a_runt():
    """A last line that is only the end of a hyphenated word is avoided, however wide, where whole words can stand there."""
    # Whole words: r = 1, 110² + 10². The half word: r = 0, 10² + 50² + 10², a final hyphen 5000, a runt 20,000.
    cut = Cut(4, 10, 8, 50.0, True, True)
    copy = Copy((12, 12, 20), cuts=((), (), (cut,)), natural=3, stretch=13)
    assert broken(copy) == (((1, None), (2, None)), pytest.approx(110**2 + 10**2))
    assert broken(replace(copy, widths=(12, 12, 20, 4), cuts=((), (), (cut,), ())))[0] == ((2, 4), (3, None))


def test_a_bound_word_ends_no_line():
    """A word bound to the next does not end a line though it would be the cheapest."""
    copy = Copy((8, 8, 8, 8, 8, 10), measure=44, stretch=10)
    assert broken(copy)[0] == ((3, None), (5, None))
    assert broken(replace(copy, bound=frozenset((3,))))[0] == ((2, None), (5, None))


def test_what_hangs_out_makes_room():
    """A line that is too long by the width of its last stop holds if the stop hangs out, and if its first quote does."""
    copy = Copy((20, 18, 10), natural=4, shrink=1, tolerance=0.5)
    assert broken(copy) is None
    assert broken(replace(copy, right=(0, 2, 0)))[0] == ((1, None), (2, None))
    assert broken(replace(copy, left=(2, 0, 0)))[0] == ((1, None), (2, None))
    assert broken(replace(copy, left=(2, 0, 0), indent=2)) is None
