"""Printers' marks, in the colour of all plates: where to cut and fold, and whether the plates lie on one another."""

from collections.abc import Iterator, Sequence

from pressbook.config import Surround
from pressbook.config.surround import LENGTH, widest
from pressbook.pdf.numbers import number
from pressbook.units import Pt

HAIR = 0.25
"""How thick a mark is, in points."""
ARC = 0.5523
"""How far a quarter circle's handles reach, of its radius."""
DASHED = "[2 2] 0 d"
"""The operator for a broken line, which is where paper is folded."""
REGISTRATION = "Registration"
"""The name of the colour space that prints on every plate."""


def registration_space(components: int) -> str:
    """Write the colour of all plates; what stands for it on a screen is black of so many inks."""
    space, white, black = ("/DeviceGray", "1", "0") if components == 1 else ("/DeviceCMYK", "0 0 0 0", "1 1 1 1")
    return f"[/Separation /All {space} <</FunctionType 2 /Domain [0 1] /C0 [{white}] /C1 [{black}] /N 1>>]"


def draw_marks(width: Pt, height: Pt, around: Surround, slug_line: str = "", folds: Sequence[Pt] = ()) -> str:
    """Write the marks of a page `width` by `height`, its lower left corner the origin.

    `slug_line` is a text object; `folds` are measured from the left.
    """
    strokes: list[str] = []
    if "crop" in around.marks:
        strokes += _crops(width, height, around.clear)
    if "registration" in around.marks:
        far, middle = around.clear + LENGTH / 2, sum(widest(width, folds)) / 2
        for x, y in ((middle, -far), (middle, height + far), (-far, height / 2), (width + far, height / 2)):
            strokes += _target(x, y)
    if "fold" in around.marks and folds:
        strokes += [DASHED, *_folds(height, folds, around.clear)]
    if not strokes and not slug_line:
        return ""
    drawn = f"{HAIR} w\n" + "".join(f"{stroke}\n" for stroke in strokes)
    return f"/Artifact BMC\nq /{REGISTRATION} CS 1 SCN /{REGISTRATION} cs 1 scn {drawn}{slug_line}Q\nEMC\n"


def _crops(width: Pt, height: Pt, clear: Pt) -> Iterator[str]:
    """Draw two strokes at each corner, in line with the edges that meet there."""
    far = clear + LENGTH
    for x, outward in ((0.0, -1), (width, 1)):
        for y, upward in ((0.0, -1), (height, 1)):
            yield _stroke(x + outward * clear, y, x + outward * far, y)
            yield _stroke(x, y + upward * clear, x, y + upward * far)


def _folds(height: Pt, folds: Sequence[Pt], clear: Pt) -> Iterator[str]:
    """Draw a stroke at either end of each fold."""
    for x in folds:
        yield _stroke(x, -clear, x, -clear - LENGTH)
        yield _stroke(x, height + clear, x, height + clear + LENGTH)


def _target(x: Pt, y: Pt) -> Iterator[str]:
    """Draw a cross in a circle."""
    arm, radius = LENGTH / 2, 0.3 * LENGTH
    yield _stroke(x - arm, y, x + arm, y)
    yield _stroke(x, y - arm, x, y + arm)
    quarters = []
    for (along, up), (left, above) in (((1, 0), (0, 1)), ((0, 1), (-1, 0)), ((-1, 0), (0, -1)), ((0, -1), (1, 0))):
        handles = ((along + ARC * left, up + ARC * above), (left + ARC * along, above + ARC * up), (left, above))
        quarters.append(" ".join(f"{number(x + radius * right)} {number(y + radius * rise)}" for right, rise in handles) + " c")
    yield f"{number(x + radius)} {number(y)} m {' '.join(quarters)} S"


def _stroke(x: Pt, y: Pt, to_x: Pt, to_y: Pt) -> str:
    return f"{number(x)} {number(y)} m {number(to_x)} {number(to_y)} l S"
