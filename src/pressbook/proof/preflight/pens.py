"""The second look at a content's operators: what each area, line and run of type is painted in, where, and over what."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import pikepdf

from pressbook.proof.preflight.dossier import Box
from pressbook.proof.preflight.objects import Thing, colorants, get, key_of
from pressbook.proof.preflight.patience import Patience
from pressbook.proof.preflight.placed import IDENTITY, Matrix, times

PAINTING = "q Q cm g rg k cs sc scn G RG K CS SC SCN gs re m l c v y n f F f* B B* b b* S s BT Tm Td TD Tf Tr Tj TJ ' \""
"""The operators that paint areas, lines or type, and those that choose how and where."""
TYPE = frozenset(("Tj", "TJ", "'", '"'))
FILLS = TYPE | {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKES = frozenset(("S", "s", "B", "B*", "b", "b*"))
STROKED_TYPE = (1, 2, 5, 6)
"""The render modes of type whose outlines are drawn."""
RICH = 0.9
"""So dark a colour is meant as black."""
NO_GLYPH = b"\0\0"
TRACE = 0.02
"""Less of an ink is none."""

Colour: TypeAlias = tuple[float, ...] | str | None
"""What something is painted in: its inks, `All` for every plate there is, or None where that is not known."""


@dataclass(slots=True)
class Painted:
    """What was seen at the second look."""

    rich: str = ""
    """The black of several inks that type is set in, in percent; empty if there is none."""
    vanishing: bool = False
    """Whether something white is printed over what lies under it."""
    registered: list[Box] = field(default_factory=list)
    """Around what is painted in the colour of all plates, in the content's own space."""
    used: set[tuple[int, int] | int] = field(default_factory=set)
    """The fonts that set type."""
    lacking: str = ""
    """A font that is asked for a glyph which it has not; empty if there is none."""


@dataclass(slots=True)
class _Pen:
    """How a content paints at one moment."""

    fill: Colour = (0.0,)
    stroke: Colour = (0.0,)
    spaces: tuple[Thing, Thing] = ("/DeviceGray", "/DeviceGray")
    """Of fills and of strokes."""
    over: bool = False
    """Whether fills print over what lies under them."""
    outlined: bool = False
    """Whether the outlines of type are drawn."""
    font: Thing = None
    matrix: Matrix = IDENTITY


def painted(steps: Iterable[Thing], resources: Thing, patience: Patience) -> Painted:
    """Follow a content's operators, those of PAINTING, with one pen; what cannot be understood is passed over."""
    found, pen, stack = Painted(), _Pen(), list[_Pen]()
    path: list[Box] = []
    line = IDENTITY
    for step in steps:
        patience.check()
        if not hasattr(step, "operands"):
            continue
        operator, operands = str(step.operator), list(step.operands)
        with suppress(KeyError, IndexError, TypeError, ValueError, AttributeError):
            match operator:
                case "q":
                    stack.append(replace(pen))
                case "Q":
                    pen = stack.pop() if stack else pen
                case "cm":
                    pen.matrix = times(_matrix(operands), pen.matrix)
                case "gs":
                    _set_state(pen, get(get(resources, "/ExtGState"), str(operands[0])))
                case "BT":
                    line = IDENTITY
                case "Tm":
                    line = _matrix(operands)
                case "Td" | "TD":
                    line = times((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), line)
                case "Tf":
                    pen.font = get(get(resources, "/Font"), str(operands[0]))
                case "Tr":
                    pen.outlined = int(operands[0]) in STROKED_TYPE
                case "re" | "m" | "l" | "c" | "v" | "y":
                    _trace(path, operator, [float(part) for part in operands], pen.matrix)
                case "n":
                    path.clear()
                case _ if operator in TYPE:
                    *_, x, y = times(line, pen.matrix)
                    _note(found, pen, operator, [Box(x, y, x, y)])
                    if _lacks(pen.font, operands):
                        found.lacking = str(pen.font.get("/BaseFont", "a font")).lstrip("/")
                case _ if operator in FILLS | STROKES:
                    _note(found, pen, operator, path)
                    path.clear()
                case _:
                    _dip(pen, operator, operands, resources)
    return found


def _set_state(pen: _Pen, state: Thing) -> None:
    given = next((value for key in ("/op", "/OP") if isinstance(value := get(state, key), bool)), None)
    pen.over = pen.over if given is None else given
    font = get(state, "/Font")
    pen.font = font[0] if isinstance(font, pikepdf.Array) and len(font) else pen.font


def _dip(pen: _Pen, operator: str, operands: list[Thing], resources: Thing) -> None:
    """Change the colour of fills or of strokes."""
    fills = operator.islower()
    colour: Colour = None
    if operator.lower() == "cs":
        name = str(operands[0])
        space = get(get(resources, "/ColorSpace"), name) or name
        pen.spaces = (space, pen.spaces[1]) if fills else (pen.spaces[0], space)
    elif operator.lower() in ("sc", "scn"):
        colour = _mixed(pen.spaces[0 if fills else 1], operands)
    else:
        colour = tuple(map(float, operands))
    if fills:
        pen.fill = colour
    else:
        pen.stroke = colour


def _mixed(space: Thing, operands: list[Thing]) -> Colour:
    """Read a colour of a space that was chosen by name."""
    parts = tuple(map(float, operands))
    if colorants(space) == ["All"]:
        return "All" if parts[0] > TRACE else None
    return parts if len(parts) == 4 and (str(space) == "/DeviceCMYK" or str(space[0]) == "/ICCBased") else None


def _note(found: Painted, pen: _Pen, operator: str, places: list[Box]) -> None:
    """Note what a pen paints, and where."""
    colours = [pen.fill] if operator in FILLS else []
    if operator in STROKES or (operator in TYPE and pen.outlined):
        colours.append(pen.stroke)
    if "All" in colours:
        found.registered += places
    if operator in FILLS and pen.over:
        found.vanishing |= pen.fill in ((1.0,), (0.0, 0.0, 0.0, 0.0))
    if operator in TYPE:
        if pen.font is not None:
            found.used.add(key_of(pen.font))
        for colour in colours:
            if isinstance(colour, tuple) and is_rich(colour):
                found.rich = " ".join(f"{100 * part:.0f}" for part in colour)


def _lacks(font: Thing, operands: list[Thing]) -> bool:
    """Tell whether type asks a font of two-byte codes for its first glyph, which stands for all that it has not."""
    if not str(get(font, "/Encoding")).startswith("/Identity"):
        return False
    said = operands[-1]
    strings = [bytes(each) for each in (said if isinstance(said, pikepdf.Array) else [said]) if isinstance(each, pikepdf.String)]
    return any(NO_GLYPH in (string[at : at + 2] for at in range(0, len(string), 2)) for string in strings if NO_GLYPH in string)


def is_rich(inks: tuple[float, ...]) -> bool:
    """Tell whether a colour is black of several inks."""
    if len(inks) != 4 or sum(part > TRACE for part in inks) < 2:
        return False
    return inks[3] + min(inks[:3]) >= RICH


def _matrix(operands: list[Thing]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _trace(path: list[Box], operator: str, parts: list[float], matrix: Matrix) -> None:
    """Let a path's boxes grow: one for each of its strands, as marks at all corners may be one path."""
    points = list(zip(parts[::2], parts[1::2], strict=True))
    if operator == "re":
        (x, y), (wide, high) = points
        points = [(x, y), (x + wide, y), (x, y + high), (x + wide, y + high)]
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    if operator not in ("re", "m") and path:
        last = path.pop()
        across += [last.left, last.right]
        up += [last.bottom, last.top]
    path.append(Box(min(across), min(up), max(across), max(up)))
