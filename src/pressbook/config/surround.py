"""What stands around the trim: bleed, then the printers' marks, and the paper that they take."""

from typing import NamedTuple

from pressbook.config.schema import Mark, PressKeys
from pressbook.units import Pt, mm

ALL_MARKS: tuple[Mark, ...] = ("crop", "registration", "slug")
NEAREST: Pt = mm(3)
"""The least distance from the trim to a mark: a knife that is a little off must not leave it on the page."""
LENGTH: Pt = mm(5)
"""How long a mark is."""
AIR: Pt = mm(1)
"""White between the marks and the edge of the paper."""


class Surround(NamedTuple):
    """The paper around a page, the same on all sides."""

    bleed: Pt
    marks: tuple[Mark, ...]

    @property
    def clear(self) -> Pt:
        """From the trim to the near end of a mark: outside the bleed."""
        return max(self.bleed, NEAREST)

    @property
    def width(self) -> Pt:
        """How far the paper reaches past the trim."""
        return self.clear + LENGTH + AIR if self.marks else self.bleed


def surround(press: PressKeys, bleed: Pt) -> Surround:
    """Return what stands around a page of that bleed."""
    wanted = ALL_MARKS if press.marks == "all" else () if press.marks == "none" else press.marks
    return Surround(bleed, (wanted,) if isinstance(wanted, str) else wanted)
