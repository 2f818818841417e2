"""Where type, images and lines stand on a page, as a painter finds them."""

import ctypes
from dataclasses import dataclass, field
from math import hypot
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from pressbook.proof.preflight.dossier import Box, Picture, Type
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
    thinnest: Pt | None = None

    def shown(self, turn: int, unit: float) -> "Placed":
        """Return it as a page shows it that is turned, and has units of so many points."""
        if not turn and unit == 1:
            return self
        return Placed(
            [Type(run.box.scaled(unit).turned(turn), unit * run.size, run.unseen) for run in self.type],
            [Picture(each.box.scaled(unit).turned(turn), each.resolution / unit, each.bits) for each in self.pictures],
            [box.scaled(unit).turned(turn) for box in self.drawn],
            [],
            self.thinnest and unit * self.thinnest,
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
            inner = _times(_matrix(thing), outer)
            for at in range(min(pdfium.FPDFFormObj_CountObjects(thing), MOST_OBJECTS)):
                _place(page, pdfium.FPDFFormObj_GetObject(thing, at), inner, found, patience, depth + 1)
        return
    box = _box(thing, outer)
    if box is None:
        return
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        if box.width > 0:
            size, unseen = _size(thing, outer), _unseen(thing, box, found)
            # A letter or two may serve those who hear or search the text: what an initial says stands on its line.
            if not unseen or box.width > SERVING * size:
                found.type.append(Type(box, size, unseen))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.pictures.append(_picture(page, thing, box, _times(_matrix(thing), outer)))
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
    found.drawn.append(box)
    if fill.value and not _white(path):
        found.grounds.append(box)
    if stroke.value:
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(path, width)
        _thin(found, width.value * _scale(_times(_matrix(path), outer)))
    elif min(box.width, box.height) > 0 and max(box.width, box.height) > 4:
        # A rule may be drawn as a filled bar: what is long and thin prints as a line.
        _thin(found, min(box.width, box.height))


def _thin(found: Placed, width: Pt) -> None:
    found.thinnest = width if found.thinnest is None else min(found.thinnest, width)


def _picture(page: Any, image: Any, box: Box, matrix: Matrix) -> Picture:  # noqa: ANN401
    told = pdfium.FPDF_IMAGEOBJ_METADATA()
    # Without the page it does not tell the bits.
    pdfium.FPDFImageObj_GetImageMetadata(image, page, told)
    a, b, c, d, _, _ = matrix
    across, up = hypot(a, b) / INCH, hypot(c, d) / INCH
    resolutions = [pixels / length for pixels, length in ((told.width, across), (told.height, up)) if length > 1e-6]
    return Picture(box, min(resolutions, default=0.0), int(told.bits_per_pixel))


def _size(text: Any, outer: Matrix) -> Pt:  # noqa: ANN401
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text, size)
    _, _, c, d, _, _ = _times(_matrix(text), outer)
    return abs(size.value) * hypot(c, d)


def _box(thing: Any, outer: Matrix) -> Box | None:  # noqa: ANN401
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    if outer == IDENTITY:
        return Box(left.value, bottom.value, right.value, top.value)
    a, b, c, d, e, f = outer
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return Box(min(across), min(up), max(across), max(up))


def _matrix(thing: Any) -> Matrix:  # noqa: ANN401
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
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
