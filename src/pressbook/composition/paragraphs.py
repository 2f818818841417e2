"""Paragraphs: from runs of marked-up letters to lines of type."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import inf, sqrt
from operator import sub
from typing import Any, NamedTuple

from pressbook.composition.breaking import HYPHEN_PENALTY, STUB, Break, Columns, Cut, Give, Way, Weights, break_lines
from pressbook.composition.rivers import LONG, rivers
from pressbook.composition.sorts import (
    FORCED_PENALTY,
    ITALIC,
    LEAD_IN,
    NAME_PENALTY,
    NOTE,
    ROMAN,
    STRONG,
    STRONG_ITALIC,
    Key,
    TypeCase,
)
from pressbook.model import Line, Paragraph, Run, Setting, Tail, Word
from pressbook.units import Pt
from pressbook.values import replace

NBSP = "\u00a0"
_GLUED = re.compile(" (?=[–—](?:[ ”’,.;:?!]|$))| (?=…)")
"""Spaces where no line may break: before a spaced dash, and before an ellipsis that follows a word."""
HELD = (NBSP, "–", " —", " …")
"""What may hold a line's end back, so that a paragraph must be looked at closely."""
_FIT = ("space", "indent", "ratio", "hyphenated", "scale", "tracking", "tail")
"""What a `Line` has besides its words, in order."""
_LEAD_END = re.compile(r"[,.;:!?—…”’]")


class Measure(NamedTuple):
    """The lines that a paragraph must fill."""

    width: Pt
    offset: Pt = 0.0
    """From the left edge of the type page."""
    indent: Pt = 0.0
    """Of the first line."""
    notch: tuple[Pt, ...] = ()
    """What an initial takes of the first lines at their left."""
    opens: bool = False
    """Whether the initial is this paragraph's own, which goes on without it."""


NO_MEASURE = Measure(0.0)
"""Of a paragraph that is not set ahead."""


class Copy(NamedTuple):
    """A paragraph's words as keys of the type case, ready to cast."""

    keys: list[Key]
    bound: frozenset[int]
    """Words after which no line may break though a space follows."""
    measure: Measure = NO_MEASURE
    """The lines that it is set on ahead, if it is."""
    settings: tuple[Setting, ...] = ()
    """What it is set as on them; empty if it is not."""


class Pass(NamedTuple):
    """One attempt at a paragraph, a step more lenient than the one before."""

    tolerance: float
    """The largest adjustment ratio of a line."""
    worst: float
    """The largest penalty of a break inside a word; 0 forbids hyphenation."""
    content: float = 1e9
    """The largest ratio with which the attempt is content; a looser best, or a very tight one, is tried again with hyphens."""
    desperate: bool = False
    unbound: bool = False
    """Whether a line may end at a space that should hold."""


PASSES = (
    Pass(0.5, worst=0, content=0.5),
    Pass(1.2, worst=HYPHEN_PENALTY),
    Pass(3.0, worst=NAME_PENALTY),
    Pass(1e4, worst=FORCED_PENALTY, desperate=True),
    Pass(1e4, worst=FORCED_PENALTY, desperate=True, unbound=True),
)
"""TeX's pretolerance, tolerance and emergency; the last one admits any loose line, but never an overfull one."""

RAG_ZONE = 1.4
"""The shortest that a ragged line may fall without need, as a multiple of the rag."""
RAG_PASSES = (
    Pass(RAG_ZONE, worst=0, content=RAG_ZONE),
    Pass(RAG_ZONE, worst=HYPHEN_PENALTY),
    Pass(2.0, worst=NAME_PENALTY),
    *PASSES[-2:],
)
"""The same for ragged setting, where a line's ratio is how far it falls short: hyphens only where it would be too far."""
RAGGED = Weights(power=3.0, final_hyphen=40_000.0, contrast=-1_000.0, nearly_full=0.0)
"""What faults cost in ragged setting: neighbours of one length look like bad justification, so unlike ones gain a little."""

HOPELESS = 4.0
"""An adjustment ratio at which gaps of more than half an em look worse than a line left short."""
RIVER = 20_000.0
"""Demerits of a river: where one runs through the best setting, another that costs no more than that besides is taken."""
MOST_TIGHT = 0.95
"""The smallest ratio, below nought, with which the first attempt is content."""
MOST_GIVEN = 0.65
"""How much of all that a paragraph could give its lines may need: some lines always fall badly."""
LEAST_LAST = 0.15
"""The least that must stand on the last line of a paragraph made longer, over the measure."""
VARIANT_RATIO = 0.8
"""The loosest line that a setting one line longer or shorter than the best may have."""
VARIANT_DEMERITS = 100_000.0
"""The most demerits, above the best setting's and over the square root of the lines, that such a setting may cost."""
VARIANT_PASS = Pass(VARIANT_RATIO, worst=0)
"""How such settings are looked for where the best one needed no hyphen: with one, a paragraph would pay for its page."""


def copy_of(paragraph: Paragraph, lead_in: bool, ahead: Mapping[str, Copy] = {}) -> Copy:
    """Cut a paragraph into words, if that is not done ahead; the first few in small capitals if it opens a story."""
    runs = paragraph.runs
    if len(runs) == 1 and not lead_in:
        run = runs[0]
        if not (run.italic or run.strong or run.note):
            return ahead.get(run.text) or plain_copy(run.text)
    styled = [(_style_of(run), run.text) for run in runs]
    if lead_in and styled and styled[0][0] == ROMAN:
        end = _lead_in_length(styled[0][1])
        styled[:1] = [(LEAD_IN, styled[0][1][:end]), (ROMAN, styled[0][1][end:])]
    return _cut_into_words(styled)


def plain_copy(text: str, measure: Measure = NO_MEASURE) -> Copy:
    """Cut a paragraph that is all in roman into words, to be set ahead on a measure if one is given."""
    if any(mark in text for mark in HELD):
        return _cut_into_words([(ROMAN, text)])._replace(measure=measure)
    return Copy(list(filter(None, text.split(" "))), frozenset(), measure)


def _style_of(run: Run) -> int:
    if run.note:
        return NOTE
    return STRONG_ITALIC if run.strong and run.italic else STRONG if run.strong else ITALIC if run.italic else ROMAN


class _Stick:
    """A paragraph in the composing stick: its sorts in columns, ready to break for a measure."""

    __slots__ = (
        "case", "closes", "copy", "dashed", "ends", "give", "keys", "left", "letters", "made", "measure", "runt", "seams", "words",
    )  # fmt: skip

    def __init__(self, case: TypeCase, copy: Copy, measure: Measure, give: Give) -> None:
        self.case, self.copy, self.measure, self.give = case, copy, measure, give
        self.words: tuple[Word, ...]
        self.seams: tuple[tuple[Cut, ...], ...]
        self.keys: tuple[Key, ...]
        self.keys, self.words, widths, left, right, joints, self.seams = case.columns(copy.keys)
        self.ends: list[Pt] = list(accumulate(widths))
        self.closes: list[Pt] = list(map(sub, self.ends, right))
        self.letters: list[float] = list(accumulate(joints))
        # What follows an initial neither hangs into it nor is hyphenated without it.
        self.left: tuple[Pt, ...] = (0.0, *left[1:]) if measure.opens else left
        dashed = case.dashed
        some = not dashed.isdisjoint(self.keys)
        self.dashed = frozenset([number for number, key in enumerate(self.keys) if key in dashed] if some else ())
        self.runt = 2.5 * case.design.size
        """The width below which a last line is too short to look meant."""
        self.made: tuple[Way | None, tuple[Line, ...]] = None, ()
        """The lines made last, and of which way: what was looked at for rivers is set as a rule."""

    @property
    def is_one_line(self) -> bool:
        """Whether nothing is to break. A third of a story's paragraphs are a line of dialogue."""
        measure = self.measure
        width = self.closes[-1] + (len(self.words) - 1) * self.give.natural
        return not (measure.opens or measure.notch) and width <= measure.width - measure.indent + self.left[0]

    def typed(self, number: int) -> Sequence[Cut]:
        """Return the breaks that the author typed into a word."""
        return self.seams[number]

    def hyphenated(self, number: int) -> Sequence[Cut]:
        """Return all breaks of a word."""
        return self.case.breaks(self.case.sort(self.keys[number])) if number or not self.measure.opens else self.seams[0]

    def attempt(self, made: Pass, limit: float = inf, held: frozenset[int] = frozenset()) -> tuple[Way, ...]:
        """Break the paragraph as a pass allows; a line may not end after the words `held`."""
        bound = held if made.unbound else self.copy.bound | held
        cuts = self.hyphenated if made.worst else self.typed if any(self.seams) else None
        return break_lines(
            Columns(self.ends, self.closes, self.left, self.letters, cuts, bound, self.dashed, self.keys),
            self.measure.width,
            self.give,
            made.tolerance,
            indent=self.measure.indent,
            notch=self.measure.notch,
            runt=self.runt,
            worst=max(HYPHEN_PENALTY, made.worst),
            weights=RAGGED if self.give.rag else None,
            desperate=made.desperate,
            limit=limit,
        )

    def ways(self, passes: Sequence[Pass] = ()) -> tuple[Way, ...]:
        """Return the best way to break the paragraph, found in the fewest passes, then any good ones a line longer or shorter."""
        give = self.give
        ways: tuple[Way, ...] = ()
        for made in passes or (RAG_PASSES if give.rag else PASSES):
            again = self.attempt(made, _limit(ways[0]) if ways else inf)
            if not ways or (again and again[0].demerits < ways[0].demerits):
                ways = again
            if ways and (made.desperate or _is_content(ways[0], made, self.ends, self.runt)):
                break
        if not ways:
            raise AssertionError("the last pass admits every paragraph")
        return self._varied(ways, made)

    def easy_ways(self) -> tuple[Way, ...]:
        """Return the same ways if the first pass is content; none if the paragraph needs another."""
        ways = self.attempt(PASSES[0])
        is_easy = ways and not self.give.rag and _is_content(ways[0], PASSES[0], self.ends, self.runt)
        return self._varied(ways, PASSES[0]) if is_easy else ()

    def _varied(self, ways: tuple[Way, ...], made: Pass) -> tuple[Way, ...]:
        """Return the best way that a pass found, without a river if possible, then any good ones a line longer or shorter."""
        give = self.give
        if not (made.worst or give.rag) and self._may_vary(len(ways[0].breaks)):
            ways = _with_others(ways[0], self.attempt(VARIANT_PASS, _limit(ways[0])))
        best, *others = ways
        if len(best.breaks) > LONG and not give.rag and (found := rivers(self.lines(best))):
            best = self._drained(best, found, made)
        loosest = RAG_ZONE if give.rag else VARIANT_RATIO
        return best, *(way for way in others if _is_variant(way, best, loosest) and not _is_runt(way.breaks, self.ends, self.runt))

    def settings(self, ways: Sequence[Way]) -> list[Setting]:
        """Make the settings that ways to break the paragraph give, the best way first."""
        return [Setting(self.lines(way), way.demerits, len(way.breaks) - len(ways[0].breaks)) for way in ways]

    def lines(self, way: Way) -> tuple[Line, ...]:
        """Make the lines of a way."""
        if self.made[0] is not way:
            self.made = way, _evened(list(_lines(self, way.breaks)))
        return self.made[1]

    def only_line(self) -> Line:
        """Make the one line that needs no breaking."""
        return Line(self.words, self.give.natural, self.measure.offset + self.measure.indent - self.left[0], tail="last")

    def _drained(self, best: Way, found: Sequence[int], made: Pass) -> Way:
        """Look for a way without the river whose last row is the first found, by giving up the ends of the lines within it.

        Return the cheaper way: the one that was the best, or another, each river at its price.
        """
        choice = (best.demerits + RIVER * len(found), best)
        for row in (found[0] - 2, found[0] - 1):
            ended = best.breaks[row]
            if ended.cut is None:
                for way in self.attempt(made, best.demerits + RIVER, frozenset((ended.word,)))[:1]:
                    price = way.demerits + RIVER * len(rivers(self.lines(way)))
                    if price < choice[0]:
                        choice = (price, way)
        return choice[1]

    def _may_vary(self, lines: int) -> bool:
        """Tell whether the paragraph may take a line more or fewer if its glyphs and spaces give a good part of what they can."""
        measure, give, width, gaps = self.measure, self.give, self.ends[-1], len(self.words) - 1
        glyphs = width * give.expansion + self.letters[-1] * give.tracking
        natural = measure.indent + sum(measure.notch) + width + gaps * give.natural
        longest = natural + MOST_GIVEN * (glyphs + gaps * VARIANT_RATIO * give.stretch)
        shortest = natural - MOST_GIVEN * (glyphs + gaps * give.shrink)
        return longest > (lines + LEAST_LAST) * measure.width or shortest < (lines - 1) * measure.width


def break_paragraph(case: TypeCase, copy: Copy, measure: Measure, give: Give, passes: Sequence[Pass] = ()) -> tuple[Setting, ...]:
    """Return the best setting of a paragraph, then any good ones a line longer or shorter.

    The passes are those of justified or ragged setting unless others are given.
    """
    if not copy.keys:
        return (Setting(()),)
    stick = _Stick(case, copy, measure, give)
    if stick.is_one_line:
        return (Setting((stick.only_line(),)),)
    return tuple(stick.settings(stick.ways(passes)))


def set_easily(case: TypeCase, copy: Copy, give: Give) -> Copy:
    """Set a paragraph on its measure as `break_paragraph` does, if it needs no hyphenation; leave it if it may."""
    stick = _Stick(case, copy, copy.measure, give)
    settings = (Setting((stick.only_line(),)),) if stick.is_one_line else tuple(stick.settings(stick.easy_ways()))
    return Copy(copy.keys, copy.bound, copy.measure, settings)


def written_settings(case: TypeCase, copy: Copy, measure: Measure, give: Give) -> list[tuple[Any, ...]]:
    """Break a paragraph, and write its settings as plain tuples, which another process can read; none of a single line."""
    stick = _Stick(case, copy, measure, give) if copy.keys else None
    if stick is None or stick.is_one_line:
        return []
    ways = stick.ways()
    return [
        (
            setting.demerits,
            setting.looseness,
            [
                (ended.word, ended.cut and tuple(ended.cut), *(getattr(line, name) for name in _FIT))
                for ended, line in zip(way.breaks, setting.lines, strict=True)
            ],
        )
        for way, setting in zip(ways, stick.settings(ways), strict=True)
    ]


def read_settings(
    case: TypeCase, copy: Copy, measure: Measure, give: Give, plain: Sequence[tuple[Any, ...]]
) -> tuple[Setting, ...]:
    """Read the settings that `written_settings` wrote of a paragraph, or make them if it wrote none."""
    if not plain:
        return break_paragraph(case, copy, measure, give)
    whole = case.words(copy.keys)
    return tuple(
        [Setting(tuple(_read_lines(case, copy.keys, whole, lines)), demerits, looseness) for demerits, looseness, lines in plain]
    )


def _read_lines(case: TypeCase, keys: Sequence[Key], whole: Sequence[Word], plain: Sequence[tuple[Any, ...]]) -> Iterator[Line]:
    first, first_at = 0, 0
    for number, cut, *fit in plain:
        words = tuple(whole[first : number + 1])
        if cut or first_at:
            words = _with_parts(case, keys, words, first, first_at, cut and Cut(*cut))
        yield Line(words, *fit)
        first, first_at = (number, cut[0]) if cut else (number + 1, 0)


def _with_others(best: Way, others: tuple[Way, ...]) -> tuple[Way, ...]:
    """Return the best way and the good ones a line longer or shorter, best first."""
    good = (way for way in others if _is_variant(way, best))
    return tuple(sorted((best, *good), key=lambda way: way.demerits))


def _is_content(way: Way, attempt: Pass, ends: Sequence[Pt], runt: Pt) -> bool:
    """Tell whether an attempt needs no other: no line is too loose or very tight, and the last is not too short."""
    if attempt.worst:
        return not _is_runt(way.breaks, ends, STUB * runt)
    ratios = [ended.ratio for ended in way.breaks]
    return min(ratios) >= -MOST_TIGHT and max(ratios) <= attempt.content and not _is_runt(way.breaks, ends, runt)


def _loosest(way: Way) -> float:
    return max(ended.ratio for ended in way.breaks)


def _limit(best: Way) -> float:
    """Return the most demerits that another setting is worth looking at with."""
    return best.demerits + VARIANT_DEMERITS * sqrt(len(best.breaks))


def _is_variant(way: Way, best: Way, loosest: float = VARIANT_RATIO) -> bool:
    """Tell whether a setting is good enough to help the page maker by a line."""
    count = len(best.breaks)
    return abs(len(way.breaks) - count) == 1 and way.demerits <= _limit(best) and _loosest(way) <= loosest


def _is_runt(breaks: Sequence[Break], ends: Sequence[Pt], runt: Pt) -> bool:
    """Tell whether the last line is too short to look meant."""
    return len(breaks) > 1 and ends[-1] - ends[breaks[-2].word] < runt


def _lead_in_length(text: str) -> int:
    """Find how many letters lead in: up to the first stop, but from two to five words."""
    end = 0
    for count, match in enumerate(re.finditer(r"\S+", text), 1):
        end = match.end()
        if count >= 5 or (count >= 2 and (_LEAD_END.search(match.group()[-1]) or end >= 18)):
            break
    return end


def _cut_into_words(styled: Sequence[tuple[int, str]]) -> Copy:
    words: list[list[tuple[int, str]]] = []
    bound: set[int] = set()
    is_open = False
    glued = _GLUED.sub(NBSP, "".join([text for _, text in styled]))
    end = 0
    for style, text in styled:
        start, end = end, end + len(text)
        for number, fragment in enumerate(re.split(f"([ {NBSP}]+)", glued[start:end])):
            if number % 2:
                if is_open and NBSP in fragment:
                    bound.add(len(words) - 1)
                is_open = False
            elif fragment:
                if is_open:
                    words[-1].append((style, fragment))
                else:
                    words.append([(style, fragment)])
                is_open = True
    return Copy([parts[0][1] if len(parts) == 1 and parts[0][0] == ROMAN else tuple(parts) for parts in words], frozenset(bound))


def _lines(stick: _Stick, breaks: Sequence[Break]) -> Iterator[Line]:
    """Make the lines that the breaks name; what glyphs and spaces give is computed from the words as they finally stand."""
    case, whole, ends, letters, measure, give = stick.case, stick.words, stick.ends, stick.letters, stick.measure, stick.give
    keys = stick.keys
    may_fall_short = case.design.config.type.justify == "auto"
    natural, rag, offset, notch = give.natural, give.rag, measure.offset, measure.notch
    first, first_at = 0, 0
    begin, signs = 0.0, 0.0
    final = len(breaks) - 1
    for row, (number, cut, ratio, _) in enumerate(breaks):
        words = whole[first : number + 1]
        if cut or first_at:
            words = _with_parts(case, keys, words, first, first_at, cut)
            width = sum([word.width for word in words])
            seams = float(sum([word.seams for word in words]))
        else:
            width = ends[number] - begin
            seams = letters[number] - signs
        indent = (0.0 if row else measure.indent) + (notch[row] if row < len(notch) else 0.0)
        left = words[0].hang_left if row or not measure.opens else 0.0
        width -= left + words[-1].hang_right
        gaps = number - first
        hyphenated = cut is not None and cut.makes_hyphen
        tail: Tail = "joined" if cut else "last" if row == final else "space"
        if rag or (may_fall_short and ratio > HOPELESS):
            yield Line(words, natural, offset + indent - left, 0.0 if rag else ratio, hyphenated, tail=tail)
        else:
            room = measure.width - indent
            lack = room - width - gaps * natural
            scale, tracking = (1.0, 0.0) if row == final and lack > 0.0 else _give_way(lack, width, seams, give)
            space = (room - width * scale - seams * tracking) / gaps if gaps else natural
            if row == final and space > natural:
                space = natural
            yield Line(words, space, offset + indent - left * scale, ratio, hyphenated, scale, tracking, tail)
        first, first_at = (number, cut.at) if cut else (number + 1, 0)
        begin, signs = (ends[first - 1], letters[first - 1]) if first else (0.0, 0.0)


def _with_parts(
    case: TypeCase, keys: Sequence[Key], words: tuple[Word, ...], first: int, first_at: int, cut: Cut | None
) -> tuple[Word, ...]:
    """Shorten the words of a line to what of them is on it: from `first_at` letters into the first, to a cut in the last."""
    last = first + len(words) - 1
    if cut:
        part = case.part(case.sort(keys[last]), first_at if last == first else 0, cut.at, cut.makes_hyphen)
        if last == first:
            return (part,)
        words = (*words[:-1], part)
    if first_at:
        words = (case.part(case.sort(keys[first]), first_at, len(words[0].text), False), *words[1:])
    return words


def _give_way(lack: Pt, width: Pt, seams: float, give: Give) -> tuple[float, Pt]:
    """Return the scale and tracking by which a line's glyphs take what they can of a difference: tracking first.

    A hundredth of an em between letters is seen less than two hundredths of their width, above all next to a line
    that has none.
    """
    tracking = _within(give.tracking, lack / seams) if seams else 0.0
    rest = (lack - seams * tracking) / width if width else 0.0
    return 1.0 + _within(give.expansion, rest), tracking


def _within(most: float, wanted: float) -> float:
    """Return what is wanted, either way, but not more than the most."""
    return most if wanted > most else wanted if wanted >= -most else -most


def _evened(lines: list[Line]) -> tuple[Line, ...]:
    """Bring the letters of a line that are wider than those of both its neighbours, or narrower, nearer to theirs.

    What they take more or less, its tracking gives, down to none.
    """
    final = len(lines) - 1
    if final < 2:
        return tuple(lines)
    scales = [line.scale for line in lines]
    for row in range(final):
        line = lines[row]
        # A last line that is not full stays as it is, and is no neighbour to be like.
        before = scales[row - 1 if row else 1]
        after = scales[row + 1] if row + 1 < final else before
        narrow, wide = (before, after) if before < after else (after, before)
        if not line.tracking or narrow <= line.scale <= wide:
            continue
        wanted = (narrow if line.scale < narrow else wide) - line.scale
        if (wanted > 0.0) != (line.tracking > 0.0):
            continue
        left = line.words[0].hang_left
        width = sum([word.width for word in line.words]) - left - line.words[-1].hang_right
        seams = sum([word.seams for word in line.words])
        most = abs(line.tracking) * seams / width
        change = _within(most, wanted)
        lines[row] = replace(
            line,
            scale=line.scale + change,
            tracking=line.tracking - change * width / seams,
            indent=line.indent - left * change,
        )
        scales[row] = line.scale + change
    return tuple(lines)
