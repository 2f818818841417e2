"""Kept lines: verse, letter heads, signs and signatures, whose lines end where the author ended them.

A kept line is never justified. One that is too long for its column is turned over as late as sense allows, its later
parts indented deeper; words are broken only where nothing else fits.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pressbook.composition.breaking import Give
from pressbook.composition.display import Align, break_by_sense
from pressbook.composition.paragraphs import NBSP, PASSES, Copy, Measure, Pass, break_paragraph, copy_of
from pressbook.composition.shaping import SOFT_HYPHEN
from pressbook.composition.sorts import TypeCase
from pressbook.model import Line, Paragraph, Run, Word
from pressbook.units import Pt
from pressbook.values import replace

COLUMN = 0.5
"""What a column of white typed before a line indents it, in em."""
ROOM = 1.1
"""Times a line's width: what its two parts need together if it is to be turned over by sense."""
SIGN, QUATRAIN = 6, 4
"""A sign of so many lines at the most, or a stanza of so many, is kept on one page: there is no good place within."""
_TAB = "    "
KEPT_PASSES = (Pass(1e4, worst=0, desperate=True), *PASSES[-2:])
"""Kept lines with a word too wide for them: broken as typed signs and the word itself allow, hyphenated at the very last."""


class KeptLine(NamedTuple):
    """A line as the author ended it, ready to cast."""

    copy: Copy
    columns: int
    """Of white before it, less what all lines of the paragraph have."""


class Place(NamedTuple):
    """Where kept lines stand."""

    left: Pt
    """Of the lines, from the left edge of the type page."""
    width: Pt
    turn: Pt = 0.0
    """How far the later parts of a long line are indented."""
    align: Align = "left"


def is_kept(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph's lines end where the author ended them."""
    if paragraph.kind == "quote":
        return any("\n" in run.text for run in paragraph.runs)
    return paragraph.kind in ("verse", "centred", "signature")


def kept_lines(paragraph: Paragraph) -> tuple[KeptLine, ...]:
    """Cut a paragraph at its line ends; lines without a word are left out."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *others = run.text.replace("\t", _TAB).split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=other)] for other in others)
    cut = [(copy_of(replace(paragraph, runs=tuple(line)), False), _columns(line)) for line in lines]
    filled = [(copy, columns) for copy, columns in cut if copy.keys]
    common = min((columns for _, columns in filled), default=0)
    return tuple(KeptLine(copy, columns - common) for copy, columns in filled)


def place_poem(case: TypeCase, lines: Sequence[KeptLine], give: Give, measure: Pt) -> Place:
    """Decide where a poem's lines stand: its common line in the middle of the measure, at least an indent from the margin.

    A few long lines draw the poem to the left only so far that they need not be turned over or, where they must be, so
    far that one turn is enough and the turned-over part has room.
    """
    from statistics import median  # which brings fractions and decimals along; few books have verse

    indent = case.design.indent
    widths = [_own_indent(line, case) + _width(_words(case, line.copy), give.natural) for line in lines]
    fitting = [width for width in widths if width <= measure - indent]
    left = min((measure - median(widths or [0.0])) / 2, measure - max(fitting, default=0.0))
    turn = indent + max((_own_indent(line, case) for line in lines), default=0.0)
    if len(fitting) < len(widths):
        left = min(left, measure - turn / 2 - ROOM * max(widths) / 2, measure - case.narrowest - turn)
    left = max(indent, left)
    return Place(left, measure - left, turn)


def set_kept(case: TypeCase, lines: Sequence[KeptLine], place: Place, give: Give) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Set kept lines in their place, each turned over if it is too long; `give` is the ragged setting's.

    Also say which of them no page may begin with: a turned-over part that would stand alone at a page's foot or head,
    and all of a sign or a short stanza but its first line.
    """
    made: list[Line] = []
    held: list[int] = []
    for line in lines:
        indents, parts = _turned_over(case, line, place, give)
        held.extend({len(made) + 1, len(made) + len(parts) - 1} if len(parts) > 1 else ())
        for row, words in enumerate(parts):
            spare = place.width - _width(words, give.natural)
            indent = {
                "left": indents[row > 0] - words[0].hang_left,
                "centre": spare / 2,
                "right": spare + words[-1].hang_right,
            }[place.align]
            broken = words[-1].text.endswith(SOFT_HYPHEN)
            made.append(Line(words, give.natural, place.left + indent, hyphenated=broken, tail="joined" if broken else "space"))
    if (place.align == "centre" or len(lines) <= QUATRAIN) and len(made) <= SIGN:
        held = list(range(1, len(made)))
    return tuple(made), tuple(held)


def _turned_over(case: TypeCase, line: KeptLine, place: Place, give: Give) -> tuple[tuple[Pt, Pt], list[tuple[Word, ...]]]:
    """Share a line's words out over as many lines as they need, by sense, or where nothing else fits, inside a word.

    Also return how far the first part is indented, and the later ones.
    """
    words = _words(case, line.copy)
    own = _own_indent(line, case) if place.align == "left" else 0.0
    if own + _width(words, give.natural) - words[0].hang_left - words[-1].hang_right <= place.width:
        return (own, own), [words]
    deepest = max(0.0, place.width - case.narrowest)
    own, turn = min(own, deepest), min(place.turn, deepest)
    first, rest = place.width - own, place.width - turn
    groups = _held_together(words, line.copy.bound)
    widths = [_width(group, give.natural) for group in groups]
    if max(widths) > min(first, rest):
        broken = break_paragraph(case, line.copy, Measure(rest, 0.0, rest - first), give, KEPT_PASSES)[0].lines
        return (own, turn), [part.words for part in broken]
    ends = break_by_sense(widths, [group[-1].text for group in groups], give.natural, first, rest if place.turn else 0.0)
    starts = [0, *ends[:-1]]
    return (own, turn), [
        tuple(word for group in groups[start:end] for word in group) for start, end in zip(starts, ends, strict=True)
    ]


def _held_together(words: Sequence[Word], bound: frozenset[int]) -> list[tuple[Word, ...]]:
    """Group the words between which no line may end."""
    groups: list[tuple[Word, ...]] = []
    for number, word in enumerate(words):
        if number and number - 1 in bound:
            groups[-1] = (*groups[-1], word)
        else:
            groups.append((word,))
    return groups


def _words(case: TypeCase, copy: Copy) -> tuple[Word, ...]:
    return tuple([sort.word for sort in case.sorts(copy.keys)])


def _width(words: Sequence[Word], space: Pt) -> Pt:
    return sum(word.width for word in words) + space * (len(words) - 1)


def _own_indent(line: KeptLine, case: TypeCase) -> Pt:
    return line.columns * COLUMN * case.design.size


def _columns(line: Sequence[Run]) -> int:
    text = "".join(run.text for run in line)
    return len(text) - len(text.lstrip(" " + NBSP))
