"""Where type, images and lines stand on a page, as a painter finds them."""

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from pressbook.proof.preflight.dossier import Box, Picture, Rule, Type
from pressbook.proof.preflight.patience import Patience
from pressbook.units import INCH, Pt

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
INVISIBLE = 3
"""The render mode of type that is not shown."""
FILLED = 0
"""The render mode of most type."""
SERVING = 2.0
"""Ems of type that may go unseen."""
MOST_GROUNDS = 2000
THIN: Pt = 1.0
"""What is no thicker is a line."""
LONG: Pt = 4.0
"""What is longer than this, and thin, is a line though it be filled."""
STROKED = (1, 2, 5, 6)
"""The render modes of type whose outlines are drawn."""
OUT_OF_PROPORTION = 2.5
"""Ems that no line of type is high."""
MOST_STRANDS = 400
"""Points of a path or a clip that are followed."""
DEEPEST = 12
MOST_OBJECTS = 500_000


@dataclass(slots=True)
class Placed:
    """What stands on a page."""

    type: list[Type] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    drawn: list[Box] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    """Around each path that is filled with a colour."""
    thin: list[Rule] = field(default_factory=list)
    """The lines of at most a point."""

    covers: list[Box] = field(default_factory=list)
    """Around each plain rectangle that hides what lies under it."""

    def cover(self, box: Box) -> None:
        """Lay a rectangle on what stands there: type under it is no longer seen."""
        self.covers.append(box)
        self.type = [
            Type(run.box, run.size, "under something that hides it") if not run.unseen and run.box.within(box) else run
            for run in self.type
        ]

    def shown(self, turn: int, unit: float) -> "Placed":
        """Return it as a page shows it that is turned, and has units of so many points."""
        if not turn and unit == 1:
            return self
        return Placed(
            [Type(run.box.scaled(unit).turned(turn), unit * run.size, run.unseen) for run in self.type],
            [Picture(each.box.scaled(unit).turned(turn), each.resolution / unit, each.bits) for each in self.pictures],
            [box.scaled(unit).turned(turn) for box in self.drawn],
            [],
            [Rule(line.box.scaled(unit).turned(turn), unit * line.width) for line in self.thin],
        )


def placed_on(page: Any, patience: Patience) -> Placed:  # noqa: ANN401 - pdfium's handle
    """List what stands on a page that pdfium has loaded, what lies in forms as well."""
    found = Placed()
    count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    for at in range(count):
        _place(page, pdfium.FPDFPage_GetObject(page, at), IDENTITY, found, patience, 0)
    return found


def _place(page: Any, thing: Any, outer: Matrix, found: Placed, patience: Patience, depth: int) -> None:  # noqa: ANN401
    patience.check()
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        if depth < DEEPEST:
            inner = times(_matrix(thing), outer)
            for at in range(min(pdfium.FPDFFormObj_CountObjects(thing), MOST_OBJECTS)):
                _place(page, pdfium.FPDFFormObj_GetObject(thing, at), inner, found, patience, depth + 1)
        return
    box = _box(thing, outer)
    if box is None or (kind != pdfium.FPDF_PAGEOBJ_TEXT and (box := _clipped(thing, box, outer)) is None):
        return
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        if box.width > 0:
            size, unseen = _size(thing, box, outer), _unseen(thing, box, found)
            # A letter or two may serve those who hear or search the text: what an initial says stands on its line.
            if not unseen or box.width > SERVING * size:
                found.type.append(Type(box, size, unseen))
            if pdfium.FPDFTextObj_GetTextRenderMode(thing) in STROKED:
                _thin(found, box, _stroke(thing, outer))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.pictures.append(_picture(page, thing, box, times(_matrix(thing), outer)))
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _draw(thing, box, outer, found)
    else:
        found.drawn.append(box)
        found.grounds.append(box)


def _unseen(text: Any, box: Box, found: Placed) -> str:  # noqa: ANN401
    """Say why nobody sees a run of type: it is not painted, or white with nothing painted before it that it could stand on."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    if mode == INVISIBLE:
        return "not painted"
    if mode != FILLED or not _white(text):
        return ""
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    under = [*found.grounds[-MOST_GROUNDS:], *(picture.box for picture in found.pictures)]
    return "" if any(each.left <= x <= each.right and each.bottom <= y <= each.top for each in under) else "white on white"


def _white(thing: Any) -> bool:  # noqa: ANN401
    """Tell whether an object is filled with white."""
    parts = [ctypes.c_uint() for _ in range(4)]
    return bool(pdfium.FPDFPageObj_GetFillColor(thing, *parts)) and all(part.value >= 254 for part in parts[:3])


def _draw(path: Any, box: Box, outer: Matrix, found: Placed) -> None:  # noqa: ANN401
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value):
        return
    if fill.value and len(found.covers) < MOST_GROUNDS and box.height > THIN and _hides(path):
        found.cover(box)
    if stroke.value and not fill.value and pdfium.FPDFPath_CountSegments(path) <= MOST_STRANDS:
        found.drawn += [strand.common(box) for strand in _strands(path, outer) if strand.touches(box)]
    elif stroke.value or not _white(path):
        found.drawn.append(box)
    if fill.value and not _white(path):
        found.grounds.append(box)
    if stroke.value:
        _thin(found, box, _stroke(path, outer))
    elif min(box.width, box.height) > 0 and max(box.width, box.height) > LONG:
        # A rule may be drawn as a filled bar: what is long and thin prints as a line.
        _thin(found, box, min(box.width, box.height))


def _strands(path: Any, outer: Matrix) -> list[Box]:  # noqa: ANN401
    """Return a box around each strand of a path: the marks at all corners of a page may be one path."""
    matrix = times(_matrix(path), outer)
    strands: list[list[tuple[float, float]]] = []
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        if not strands or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            strands.append([])
        strands[-1].append(_point(segment))
    return [_around(strand, matrix) for strand in strands]


def _around(points: list[tuple[float, float]], matrix: Matrix) -> Box:
    """Return the box around points, moved by a matrix."""
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    return Box(min(across), min(up), max(across), max(up))


def _stroke(thing: Any, outer: Matrix) -> Pt:  # noqa: ANN401
    """Return how wide a line is drawn."""
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
    return width.value * _scale(times(_matrix(thing), outer))


def _thin(found: Placed, box: Box, width: Pt) -> None:
    if width <= THIN:
        found.thin.append(Rule(box, width))


def _hides(path: Any) -> bool:  # noqa: ANN401
    """Tell whether a filled path is a plain rectangle that nothing shows through."""
    alpha = ctypes.c_uint()
    pdfium.FPDFPageObj_GetFillColor(path, ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), alpha)
    if alpha.value < 255 or pdfium.FPDFPageObj_HasTransparency(path):
        return False
    corners = [_point(pdfium.FPDFPath_GetPathSegment(path, at)) for at in range(min(6, pdfium.FPDFPath_CountSegments(path)))]
    return len(corners) in (4, 5) and all((x == over) != (y == up) for (x, y), (over, up) in pairwise(corners[:4]))


def _point(segment: Any) -> tuple[float, float]:  # noqa: ANN401
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _clipped(thing: Any, box: Box, outer: Matrix) -> Box | None:  # noqa: ANN401
    """Return what a clip leaves of a box; None if that is nothing."""
    clip = pdfium.FPDFPageObj_GetClipPath(thing)
    for at in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        strands = min(MOST_STRANDS, pdfium.FPDFClipPath_CountPathSegments(clip, at))
        points = [_point(pdfium.FPDFClipPath_GetPathSegment(clip, at, strand)) for strand in range(strands)]
        if not points or strands == MOST_STRANDS:
            continue
        inside = _around(points, outer)
        if not box.touches(inside):
            return None
        box = box.common(inside)
    return box


def _picture(page: Any, image: Any, box: Box, matrix: Matrix) -> Picture:  # noqa: ANN401
    told = pdfium.FPDF_IMAGEOBJ_METADATA()
    # Without the page it does not tell the bits.
    pdfium.FPDFImageObj_GetImageMetadata(image, page, told)
    a, b, c, d, _, _ = matrix
    across, up = hypot(a, b) / INCH, hypot(c, d) / INCH
    resolutions = [pixels / length for pixels, length in ((told.width, across), (told.height, up)) if length > 1e-6]
    return Picture(box, min(resolutions, default=0.0), int(told.bits_per_pixel))


def _size(text: Any, box: Box, outer: Matrix) -> Pt:  # noqa: ANN401
    """Return the size of type; where a font's own em is no em, and its glyphs stand out of all proportion, how large they are."""
    told = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text, told)
    _, _, c, d, _, _ = times(_matrix(text), outer)
    size, shown = abs(told.value) * hypot(c, d), min(box.width, box.height)
    return shown if shown > OUT_OF_PROPORTION * size else size


def _box(thing: Any, outer: Matrix) -> Box | None:  # noqa: ANN401
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    if outer == IDENTITY:
        return Box(left.value, bottom.value, right.value, top.value)
    return _around([(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)], outer)


def _matrix(thing: Any) -> Matrix:  # noqa: ANN401
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does the one, then the other."""
    if then == IDENTITY:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _scale(matrix: Matrix) -> float:
    """Return how much a matrix widens a line at the least."""
    a, b, c, d, _, _ = matrix
    return min(hypot(a, b), hypot(c, d))
