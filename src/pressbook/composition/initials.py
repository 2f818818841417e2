"""Initials: a chapter's first letter, two to four lines deep, and how near the lines beside it may come.

The letter's capital height reaches from the top of the first line's capitals to the baseline of the last line beside
it. How far each line must stand off is read from the letter's outline at that line's height, so that the lines follow
an A or an L; under a tail, such as a Q's, one more line stands off.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import ceil, inf
from typing import NamedTuple, TypeAlias

import uharfbuzz as hb

from pressbook.composition.faces import open_face
from pressbook.composition.paragraphs import Copy
from pressbook.composition.shaping import shape, shape_broken, split_by_face
from pressbook.composition.sorts import ITALIC, LEAD_IN, ROMAN, STRONG_ITALIC, TypeCase
from pressbook.config import Design
from pressbook.model import Font, Piece, Setting, Style, Word
from pressbook.units import Pt
from pressbook.values import replace

GAP = 0.26
"""White between the letter and the lines beside it, in em of the text: a word space, as a line may begin a word there."""
WORD_GAP = 0.45
"""The same beside a letter that is a word."""
STEP = 0.6
"""In em: a line follows the outline only where standing flush with the others would leave it a wider hole than this."""
BELOW, SMALL_CAPS, ASCENDERS = 0.1, 0.48, 0.72
"""How far a line's letters reach, in em: below, where a few do; above, in small capitals and in others."""
WIDEST = 0.35
"""Of the measure: an initial that takes more leaves lines too short to set well."""
MARK_GAP = 0.06
"""White between a hung quotation mark and the letter, in em of the text."""
MARK_STEP = 1.0
"""In em: only a letter that begins so far from its left edge at a mark's height draws the mark in."""
OVERHANG, MOST_OVERHANG = 0.12, 0.04
"""How much of the mean white at its left a letter hangs out to look flush, an A more than an H; at most so much of its height."""

_OPENING = re.compile(r"([“‘„‚«‹’¿¡(\[]*)([^\W\d_][\u0300-\u036f]*)")
QUOTES = "“‘„‚«‹"
"""Marks that may be left out before an initial; an apostrophe or a bracket may not."""

_Point: TypeAlias = tuple[float, float]
_Segment: TypeAlias = tuple[float, float, float, float]
"""A straight stretch of an outline, from (x, y) to (x, y)."""


class Opening(NamedTuple):
    """What an initial takes of a paragraph's first word, and the paragraph without it."""

    marks: str
    """Quotation marks before the letter."""
    letter: str
    """A capital, with its accents."""
    italic: bool
    alone: bool
    """Whether the letter is a word, so that a word space follows."""
    rest: Copy


class Initial(NamedTuple):
    """A letter cast for its place."""

    pieces: tuple[Piece, ...]
    """The hung marks, if any, and the letter, let down to its baseline."""
    pens: tuple[Pt, ...]
    """Where the pen stands for each, right of the measure's left edge."""
    notch: tuple[Pt, ...]
    """Where each line beside it begins, right of the measure's left edge."""
    alone: bool
    """Whether the letter is a word."""


def find_opening(copy: Copy) -> Opening | None:
    """Take the initial off a paragraph; None if it does not open with a capital, or has nothing but its initial."""
    key = copy.keys[0] if copy.keys else ""
    parts = ((ROMAN, key),) if isinstance(key, str) else key
    letters = "".join(text for _, text in parts)
    match = _OPENING.match(letters)
    if not match or not match[2][0].isupper():
        return None
    styles = [style for style, text in parts for _ in text]
    rest = tuple((style, text) for style, text in _after(parts, match.end()) if text)
    bound = copy.bound
    if not rest:
        bound = frozenset(word - 1 for word in bound if word)
    keys = [rest[0][1] if len(rest) == 1 and rest[0][0] == ROMAN else rest, *copy.keys[1:]] if rest else copy.keys[1:]
    if not keys:
        return None
    italic = styles[match.start(2)] in (ITALIC, STRONG_ITALIC)
    return Opening(match[1], match[2], italic, not rest, Copy(keys, bound))


def cast_initial(case: TypeCase, opening: Opening, depth: int) -> Initial | None:
    """Cast a letter `depth` lines deep; None if no one face has it, or if it would take too much of the measure."""
    design = case.design
    text = case.styles[ITALIC if opening.italic else ROMAN]
    (own, _), *others = split_by_face(text, opening.letter, case.fonts)
    drop = (depth - 1) * design.leading
    size = round((drop + capital_height(text.font) * text.size) / capital_height(own.font), 2)
    (letter,) = shape(Style(own.font, size, text.features), [opening.letter])
    outline = _scaled(_outline(own.font, letter.glyphs[0]), size) if letter and letter.glyphs else []
    if others or letter is None or not outline:
        return None
    top = drop + capital_height(text.font) * text.size
    left = _left_edge(outline, top)
    hang = opening.marks if design.config.type.initial_quote == "hang" else opening.marks.strip(QUOTES)
    marks = [piece for part, run in split_by_face(text, hang, case.fonts) for piece in shape(part, [run]) if piece]
    notch = tuple(_notch(outline, left, design, depth, opening))
    if max(notch) > WIDEST * design.measure:
        return None
    # The marks hang in the margin, save beside an A, whose slope would leave a hole between.
    slope = _reach(outline, top - 0.3 * text.size, top, min) - left
    pens = [(slope if slope > MARK_STEP * text.size else 0.0) - MARK_GAP * text.size]
    for piece in reversed(marks):
        pens.insert(0, pens[0] - piece.width)
    silent = opening.marks.removesuffix(hang) if hang else opening.marks
    return Initial((*marks, _let_down(letter, drop, silent)), (*pens[:-1], -left), notch, opening.alone)


def put_initial(setting: Setting, initial: Initial) -> Setting:
    """Stand an initial at the head of a paragraph set beside it: it and the rest of its word become one word.

    The line's giving, which would move the word's rest away from the letter, is taken out of the letter's advance.
    """
    first, *others = setting.lines
    rest, *words = first.words
    space = [piece for piece in shape(rest.pieces[0].style, [" "]) if piece] if initial.alone else []
    begin = initial.notch[0] - sum(piece.width * first.scale + first.tracking for piece in space)
    pieces = [
        _advanced(piece, (following - pen - len(piece.glyphs) * first.tracking) / first.scale)
        for piece, pen, following in zip(initial.pieces, initial.pens, (*initial.pens[1:], begin), strict=True)
    ]
    pieces += [*space, *rest.pieces]
    text = "".join(piece.text for piece in pieces)
    seams = sum(len(piece.glyphs) for piece in pieces) - 1
    whole = Word(
        text,
        tuple(pieces),
        sum(piece.width for piece in pieces),
        0.0,
        rest.hang_right,
        seams,
        _anchored(initial, rest.pieces[0].style),
    )
    line = replace(first, words=(whole, *words), indent=initial.pens[0])
    return replace(setting, lines=(line, *others))


def _anchored(initial: Initial, beside: Style) -> tuple[Piece, Piece] | None:
    """Shape what an initial says as text beside it, and a soft hyphen; None if the face has no hyphen."""
    plain = replace(beside, font=initial.pieces[-1].style.font, features=())
    hyphen = shape_broken(plain, "")
    said = "".join(piece.text for piece in initial.pieces)
    (letters,) = shape(plain, [said])
    # A face may have the letter and not the marks before it.
    letters = letters or shape(plain, [said[-1:]])[0]
    return (letters, hyphen) if letters and hyphen else None


@cache
def capital_height(font: Font) -> float:
    """Return the height of a face's capitals, in em: of its H, or what the face says of itself where it has none."""
    face = open_face(font)
    glyph = face.hb_font.get_nominal_glyph(ord("H"))
    extents = face.hb_font.get_glyph_extents(glyph) if glyph else None
    height = extents.y_bearing if extents else face.hb_font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
    return float(height) / face.upem


def _after(parts: Sequence[tuple[int, str]], count: int) -> Iterator[tuple[int, str]]:
    """Leave out the first letters of a word in several styles."""
    for style, text in parts:
        yield style, text[count:]
        count = max(0, count - len(text))


def _leads(opening: Opening) -> bool:
    """Tell whether what follows the letter is all in small capitals."""
    key = opening.rest.keys[0]
    return not isinstance(key, str) and all(style == LEAD_IN and text == text.lower() for style, text in key)


def _let_down(letter: Piece, drop: Pt, silent: str) -> Piece:
    """Lower a letter to its baseline; let it stand for the marks that are left out before it, too."""
    down = round(drop / letter.style.size * open_face(letter.style.font).upem)
    offsets = letter.offsets or ((0, 0),) * len(letter.glyphs)
    return replace(
        letter,
        text=silent + letter.text,
        clusters=(silent + letter.clusters[0], *letter.clusters[1:]),
        offsets=tuple((x, y - down) for x, y in offsets),
    )


def _advanced(piece: Piece, width: Pt) -> Piece:
    """Give a piece another width by its last glyph's advance."""
    scale = piece.style.size / open_face(piece.style.font).upem
    units = round(width / scale)
    advances = (*piece.advances[:-1], units - sum(piece.advances[:-1]))
    return replace(piece, advances=advances, width=units * scale)


# --- the outline ------------------------------------------------------------------------------------------------------


def _notch(outline: Sequence[_Segment], left: Pt, design: Design, depth: int, opening: Opening) -> Iterator[Pt]:
    """Find where each line begins: clear of the letter at its own height, and never left of the line above it.

    A line under the letter stands clear of its tail, flush with the others if that is not far.
    """
    size, leading = design.size, design.leading
    top, gap = (SMALL_CAPS if _leads(opening) else ASCENDERS), (WORD_GAP if opening.alone else GAP)
    begins: list[Pt] = []
    for row in range(depth):
        baseline = (depth - 1 - row) * leading
        edge = _reach(outline, baseline - BELOW * size, baseline + top * size, max)
        begins.append(max(edge - left + gap * size, *begins[-1:], 0.0))
        top, gap = ASCENDERS, GAP
    flush = begins[-1]
    yield from (flush if flush - begin < STEP * size else begin for begin in begins)
    tail = -min(min(y, v) for _, y, _, v in outline)
    for row in range(1, ceil((tail + ASCENDERS * size) / leading)):
        edge = _reach(outline, -row * leading - BELOW * size, -row * leading + ASCENDERS * size, max)
        begin = max(0.0, edge - left + GAP * size)
        yield flush if 0.0 < flush - begin < 2 * STEP * size else begin


def _left_edge(outline: Sequence[_Segment], top: Pt) -> Pt:
    """Find the letter's left edge as the eye sees it, between baseline and capital height; a tail below hangs out."""
    ink = _reach(outline, 0.0, top, min)
    bands = [_reach(outline, top * row / 24, top * (row + 1) / 24, min) - ink for row in range(24)]
    whites = [white for white in bands if white < inf]
    return ink + min(OVERHANG * sum(whites) / len(whites), MOST_OVERHANG * top)


def _reach(outline: Iterable[_Segment], low: Pt, high: Pt, end: Callable[[Iterable[float]], float]) -> Pt:
    """Return how far left (`min`) or right (`max`) an outline comes between two heights; infinitely little if not there."""
    found: list[Pt] = [inf if end is min else -inf]
    for x, y, u, v in outline:
        if max(y, v) >= low and min(y, v) <= high:
            steep = (u - x) / (v - y) if v != y else 0.0
            found += [x + (min(max(at, low), high) - y) * steep for at in (y, v)] if v != y else [x, u]
    return end(found)


def _scaled(outline: Iterable[_Segment], size: Pt) -> list[_Segment]:
    return [(x * size, y * size, u * size, v * size) for x, y, u, v in outline]


@cache
def _outline(font: Font, glyph: int) -> tuple[_Segment, ...]:
    """Trace a glyph as straight stretches, its curves in eight each."""
    pen = _Tracer()
    face = open_face(font)
    face.hb_font.draw_glyph_with_pen(glyph, pen)
    return tuple((x / face.upem, y / face.upem, u / face.upem, v / face.upem) for x, y, u, v in pen.segments)


class _Tracer:
    """A pen, by fontTools' names for its strokes, that keeps what it draws as straight stretches."""

    def __init__(self) -> None:
        self.segments: list[_Segment] = []
        self._at = self._start = (0.0, 0.0)

    def moveTo(self, point: _Point) -> None:  # noqa: N802
        """Begin a contour."""
        self._at = self._start = point

    def lineTo(self, point: _Point) -> None:  # noqa: N802
        """Draw a straight stretch."""
        self.segments.append((*self._at, *point))
        self._at = point

    def qCurveTo(self, *points: _Point) -> None:  # noqa: N802
        """Draw a quadratic curve."""
        self._curve(points)

    def curveTo(self, *points: _Point) -> None:  # noqa: N802
        """Draw a cubic curve."""
        self._curve(points)

    def closePath(self) -> None:  # noqa: N802
        """Come back to where the contour began."""
        self.lineTo(self._start)

    def _curve(self, points: Sequence[_Point]) -> None:
        corners = [self._at, *points]
        for step in range(1, 9):
            self.lineTo(_along(corners, step / 8))


def _along(corners: Sequence[_Point], part: float) -> _Point:
    """Find a point on a Bézier curve (de Casteljau)."""
    while len(corners) > 1:
        corners = [(x + (u - x) * part, y + (v - y) * part) for (x, y), (u, v) in pairwise(corners)]
    return corners[0]
