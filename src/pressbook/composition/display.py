"""Display type: titles, heads and folios, set ragged, broken by sense, never hyphenated."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from pressbook.composition.faces import choose, open_face, prefer
from pressbook.composition.shaping import shape, split_by_face
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

        A word wider than the measure is set smaller, with all the others.
        """
        key = (text, role, measure, align, scale)
        if key not in self._set:
            self._set[key] = self._lines(text.split(), role, measure, align, scale)
        return self._set[key]

    def _lines(self, texts: list[str], role: Role, measure: Pt, align: Align, scale: float) -> tuple[Line, ...]:
        if not texts:
            return ()
        style = self.style(role, scale)
        words = [self._word(style, letters) for letters in texts]
        widest = max(word.width for word in words)
        if widest > measure:
            style = self.style(role, 0.98 * scale * measure / widest)
            words = [self._word(style, letters) for letters in texts]
        space = open_face(style.font).advance(" ") * style.size + style.tracking
        ends = break_by_sense([word.width for word in words], texts, space, measure)
        starts = [0, *ends[:-1]]
        return tuple(
            _ragged(words[start:end], space, measure, align, "last" if end == len(words) else "space", role)
            for start, end in zip(starts, ends, strict=True)
        )

    def _word(self, style: Style, letters: str) -> Word:
        shaped: list[Piece] = []
        for part, run in split_by_face(style, letters, self._fonts):
            shaped.extend(piece for piece in shape(part, [run]) if piece)
        return Word(letters, tuple(shaped), sum(piece.width for piece in shaped))


def _ragged(words: Sequence[Word], space: Pt, measure: Pt, align: Align, tail: Tail, role: Role) -> Line:
    width = sum(word.width for word in words) + space * (len(words) - 1)
    indent = {"left": 0.0, "centre": (measure - width) / 2, "right": measure - width}[align]
    return Line(tuple(words), space, indent, tail=tail, role=role)


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
