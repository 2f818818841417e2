"""Register: how far a printer misses on the back, read off a target once, and made good ever after."""

from math import atan2, degrees
from typing import NamedTuple

from pressbook.errors import ConfigError
from pressbook.model import Flat, Rule
from pressbook.units import Pt, inch, mm

FAR: Pt = inch(1.25)
"""From the sheet's edge to a mark."""
REACH = 10
"""Millimetres that a scale reaches on either side of its zero."""
WILD: Pt = mm(15)
"""A miss beyond it is a paper tray that is not set, or a sign mistyped."""


class Miss(NamedTuple):
    """How a back must be moved to lie on its front: as `booklet.back-offset` holds it."""

    x: Pt
    y: Pt
    turn: float
    """Degrees counter-clockwise about the middle of the sheet."""


def crosses(width: Pt, height: Pt) -> tuple[tuple[Pt, Pt], tuple[Pt, Pt]]:
    """Return where the target's two crosses are: at half the height, so that either turn of the sheet lays them on each other."""
    return (FAR, height / 2), (width - FAR, height / 2)


def target(width: Pt, height: Pt) -> tuple[Flat, Flat]:
    """Draw the target: crosses on the front, scales in millimetres on the back."""
    front = [rule for x, y in crosses(width, height) for rule in ((x - mm(12), y, x + mm(12), y), (x, y - mm(12), x, y + mm(12)))]
    back = [rule for x, y in crosses(width, height) for rule in _scale(x, y)]
    return Flat(width, height, (), (), "front", tuple(front)), Flat(width, height, (), (), "back", tuple(back))


def _scale(x: Pt, y: Pt) -> list[Rule]:
    """Rule two scales that cross at their zeros, a tick each half millimetre, longer at whole ones and at five."""
    rules: list[Rule] = [(x - mm(REACH), y, x + mm(REACH), y), (x, y - mm(REACH), x, y + mm(REACH))]
    for half in range(-2 * REACH, 2 * REACH + 1):
        at, long = mm(half / 2), mm(3.0 if half % 10 == 0 else 1.8 if half % 2 == 0 else 0.9)
        rules += [(x + at, y, x + at, y - long), (x, y + at, x - long, y + at)]
    return rules


def miss(readings: str, width: Pt, height: Pt) -> Miss:
    """Work out how backs must be moved from four readings in millimetres: right and up at the left mark, then at the right one.

    ConfigError for anything but four numbers, or for a miss that no printer has.
    """
    try:
        left_x, left_y, right_x, right_y = (mm(float(each)) for each in readings.replace(",", " ").split())
    except ValueError:
        raise ConfigError(
            f"--calibrate {readings!r} is not four numbers",
            "give what was read in millimetres, right and up at the left mark, then at the right,"
            ' as in --calibrate "0.5 -0.3 0.6 -0.1"',
        ) from None
    # Not that each is larger: nothing is larger than what is no number at all.
    if not all(abs(each) <= WILD for each in (left_x, left_y, right_x, right_y)):
        raise ConfigError(f"--calibrate {readings!r}: no printer misses by so much", "look at the signs, and at the paper's guides")
    (from_x, _), (to_x, _) = crosses(width, height)
    across = to_x - from_x + right_x - left_x
    return Miss((left_x + right_x) / 2, (left_y + right_y) / 2, degrees(atan2(right_y - left_y, across)))
