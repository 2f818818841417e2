"""Display type: titles, heads and folios, set ragged, broken by sense; a word is parted only where nothing else is legible."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple, TypeAlias

from pressbook.composition.faces import choose, open_face, prefer
from pressbook.composition.hyphenation import Hyphenator
from pressbook.composition.shaping import KANA, SOFT_HYPHEN, shape, shape_broken, signs_of, split_by_face
from pressbook.config import Design
from pressbook.model import Font, Line, Piece, Role, Style, Tail, Word
from pressbook.units import Pt

Align: TypeAlias = Literal["left", "centre", "right"]

SMALL_WORDS = frozenset(
    (
        *("a", "an", "the", "and", "or", "nor", "but", "if", "than", "that", "who", "as", "is", "no", "not"),
        *("of", "in", "on", "at", "to", "for", "from", "by", "with", "into", "upon", "over", "under"),
        *("i", "my", "your", "his", "her", "its", "our", "their", "this", "mr", "mrs", "ms", "dr", "st"),
    )
)
"""Words that lean on what follows: a title's line should not end with one, nor with a name's initial."""
STOPS = ",.;:!?—–…"
STUB = 0.75
"""A turned-over part that leaves more of its room white looks left over."""
LEANING = 1.0
"""Price of a line that ends in a word that leans, beside the square of its white over the measure: no evenness outweighs it."""
WORD_ALONE = 0.15
"""Price of a last line of one word."""
LEAST = 0.8
"""Times the text's size: no word makes display type smaller than that; one still too wide is parted."""
NEAR = 2 / 3
"""Of the letters that have room: a good place to part a word is looked for no further back."""
_PARTS = "/?&=#._-\u2010\u2013\u2014"
"""Signs behind which a word is parted without a hyphen."""


class Look(NamedTuple):
    """How a role is set."""

    italic: bool
    weight: int
    scale: float
    """Times the text size."""
    features: tuple[str, ...]
    tracking: float = 0.0
    """In em."""


_TEXT_FIGURES = ("kern", "liga", "onum", "pnum")
_LINING = ("kern", "liga", "lnum", "pnum")
LOOKS: dict[Role, Look] = {
    "title": Look(False, 600, 2.1, _LINING),
    "subtitle": Look(True, 400, 1.25, _LINING),
    "author": Look(False, 400, 1.1, (*_TEXT_FIGURES, "smcp"), 0.06),
    "half-title": Look(False, 600, 1.4, _LINING),
    "part": Look(False, 600, 1.8, _LINING),
    "chapter": Look(False, 600, 1.4, _LINING),
    "number": Look(False, 400, 1.05, (*_TEXT_FIGURES, "c2sc", "smcp"), 0.1),
    "break": Look(False, 400, 0.92, _TEXT_FIGURES),
    "folio": Look(False, 400, 0.92, _TEXT_FIGURES),
    "head": Look(True, 400, 0.88, _TEXT_FIGURES),
    "small": Look(False, 400, 0.84, _TEXT_FIGURES),
    "caption": Look(True, 400, 0.88, _TEXT_FIGURES),
    "digits": Look(False, 400, 0.75, _LINING),
    "entry": Look(False, 400, 1.0, _TEXT_FIGURES),
}


class DisplayCase:
    """Sets lines of display type for one design."""

    def __init__(self, design: Design, fonts: tuple[Font, ...]) -> None:
        self._design = design
        self._fonts = prefer(fonts, design.config.type.fallback)
        self._set: dict[tuple[str, Role, Pt, Align, float], tuple[Line, ...]] = {}
        self._styles: dict[tuple[Role, float], Style] = {}
        self.forced: list[str] = []
        """Words that had to be parted."""

    def style(self, role: Role, scale: float = 1.0) -> Style:
        """Return the style of a role, scaled."""
        if (role, scale) not in self._styles:
            self._styles[role, scale] = self._new_style(role, scale)
        return self._styles[role, scale]

    def _new_style(self, role: Role, scale: float) -> Style:
        look = LOOKS[role]
        size = round(look.scale * scale * self._design.size, 2)
        font = choose(self._fonts, self._design.config.type.font, italic=look.italic, weight=look.weight)
        return Style(font, size, tuple(sorted(look.features)), look.tracking * size)

    def lines(self, text: str, role: Role, measure: Pt, align: Align = "centre", scale: float = 1.0) -> tuple[Line, ...]:
        """Set a text of one role, scaled, in as few lines as it needs, evenly ragged, broken by sense.

        A word wider than the measure is set smaller, with all the others; one that would be too small to read is parted.
        """
        key = (text, role, measure, align, scale)
        if key not in self._set:
            self._set[key] = tuple(self._lines(text.split(), role, measure, align, scale))
        return self._set[key]

    def _lines(self, texts: list[str], role: Role, measure: Pt, align: Align, scale: float) -> Iterator[Line]:
        if not texts:
            return
        style = self.style(role, scale)
        words = [self._word(style, letters) for letters in texts]
        widest = max(word.width for word in words)
        if widest > measure:
            fits, least = 0.98 * measure / widest, min(1.0, LEAST * self._design.size / style.size)
            style = self.style(role, scale * max(fits, least))
            words = [self._word(style, letters) for letters in texts]
        space = open_face(style.font).advance(" ") * style.size + style.tracking
        stretches = self._stretches(style, words, measure)
        for number, stretch in enumerate(stretches, 1):
            after: Tail = "last" if number == len(stretches) else "joined"
            ends = break_by_sense([word.width for word in stretch], [word.text for word in stretch], space, measure)
            for start, end in pairwise((0, *ends)):
                yield _ragged(stretch[start:end], space, measure, align, after if end == len(stretch) else "space", role)

    def _stretches(self, style: Style, words: Sequence[Word], measure: Pt) -> list[list[Word]]:
        """Part the words that are too wide: a stretch ends where a word goes on in the next."""
        stretches: list[list[Word]] = [[]]
        for word in words:
            first, *rest = self._parts(style, word.text, measure) if word.width > measure else [word]
            stretches[-1].append(first)
            stretches += [[part] for part in rest]
        return stretches

    def _parts(self, style: Style, text: str, measure: Pt) -> Iterator[Word]:
        """Part a word: behind a sign, where it may be hyphenated, or where it must."""
        self.forced.append(text)
        hyphenator = Hyphenator(self._design.language, self._design.config.type.exceptions)
        runs = re.finditer(r"[^\W\d_]+", text)
        syllables = {run.start() + point for run in runs for point in hyphenator.points(run.group())}
        behind_signs = {place for place in range(1, len(text)) if text[place - 1] in _PARTS}
        signs = signs_of(text)
        widths = {sign: self._word(style, sign).width for sign in set(signs)}
        ends = list(accumulate(map(len, signs)))
        reach = list(accumulate(widths[sign] for sign in signs))
        first = 0
        """The first sign of the part."""
        while first < len(signs):
            begin, before = (ends[first - 1], reach[first - 1]) if first else (0, 0.0)
            last = max(first + 1, bisect_right(reach, before + measure))
            while (part := self._part(style, text, begin, ends[last - 1])).width > measure and last > first + 1:
                last -= 1
            if last < len(signs):
                near = first + int(NEAR * (last - first))
                good = (at for places in (behind_signs, syllables) for at in range(last, near, -1) if ends[at - 1] in places)
                last = next(good, last)
                part = self._part(style, text, begin, ends[last - 1])
            yield part
            first = last

    def _part(self, style: Style, text: str, start: int, end: int) -> Word:
        """Return a word's letters from `start` to `end`, with a hyphen where letters go on that take one."""
        letters = text[start:end]
        if end < len(text) and letters[-1].isalpha() and text[end].isalpha() and text[end] < KANA:
            return self._word(style, letters, hyphen=True)
        return self._word(style, letters)

    def _word(self, style: Style, letters: str, *, hyphen: bool = False) -> Word:
        shaped: list[Piece] = []
        for part, run in split_by_face(style, letters, self._fonts):
            shaped.extend(piece for piece in shape(part, [run]) if piece)
        if hyphen and shaped and (broken := shape_broken(shaped[-1].style, shaped[-1].text)):
            shaped[-1] = broken
            letters += SOFT_HYPHEN
        return Word(letters, tuple(shaped), sum(piece.width for piece in shaped))


def _ragged(words: Sequence[Word], space: Pt, measure: Pt, align: Align, tail: Tail, role: Role) -> Line:
    width = sum(word.width for word in words) + space * (len(words) - 1)
    indent = {"left": 0.0, "centre": (measure - width) / 2, "right": measure - width}[align]
    broken = words[-1].text.endswith(SOFT_HYPHEN)
    return Line(tuple(words), space, indent, hyphenated=broken, tail=tail, role=role)


def break_by_sense(widths: Sequence[Pt], texts: Sequence[str], space: Pt, measure: Pt, hung: Pt = 0.0) -> list[int]:
    """Return where lines end (as counts of words): fewest lines, then most even, then the best places to pause.

    Where a long line is turned over, `hung` is the room of its later parts: then the last part may be short, so that
    the first ends late, but not a stub.
    """
    count = len(widths)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        ways: list[tuple[float, int]] = []
        width = -space
        for start in range(end - 1, -1, -1):
            width += widths[start] + space
            room = hung if hung and start else measure
            if width > room and start < end - 1:
                # A part that is too long for the later lines may fit the first.
                if width > measure:
                    break
                continue
            slack = (room - width) / room
            if hung and end == count:
                slack = max(0.0, 4 * (slack - STUB))
            cost = best[start][0] + 10.0 + slack * slack
            if end < count:
                last = texts[end - 1]
                cost += LEANING if _leans(last) else -0.25 * (last[-1] in STOPS)
            elif start and start == end - 1:
                cost += WORD_ALONE
            ways.append((cost, start))
        best.append(min(ways))
    ends = [count]
    while best[ends[-1]][1]:
        ends.append(best[ends[-1]][1])
    return ends[::-1]


def _leans(word: str) -> bool:
    """Tell whether a word leans on the next: a small word, a title before a name, a name's initial."""
    bare = word.lower().strip("“‘(.")
    return (bare in SMALL_WORDS and word[-1] not in STOPS.replace(".", "")) or (len(bare) == 1 and word.endswith("."))
