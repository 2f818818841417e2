"""What stands around the trim: bleed, then the printers' marks, and the paper that they take."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pressbook.config.schema import Mark, PressKeys
from pressbook.units import Pt, mm

ALL_MARKS: tuple[Mark, ...] = ("crop", "registration", "fold", "slug")
NEAREST: Pt = mm(3)
"""The least distance from the trim to a mark: a knife that is a little off must not leave it on the page."""
LENGTH: Pt = mm(5)
"""How long a mark is."""
AIR: Pt = mm(1)
"""White between the marks and the edge of the paper."""
SLUG_INDENT: Pt = mm(2)
"""From an edge, in line with which a mark stands, to the slug line."""
SLUG_SCALE = 0.7
"""The slug line's size, of small type's: two lines of it are as deep as a mark is long."""


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


def surround(press: PressKeys, bleed: Pt, *, folded: bool = False) -> Surround:
    """Return what stands around a page of that bleed; fold marks only if it is folded."""
    wanted = ALL_MARKS if press.marks == "all" else () if press.marks == "none" else press.marks
    marks = (wanted,) if isinstance(wanted, str) else wanted
    return Surround(bleed, tuple(mark for mark in marks if folded or mark != "fold"))


def widest(width: Pt, folds: Sequence[Pt] = ()) -> tuple[Pt, Pt]:
    """Return the left and right of the widest panel between folds, the first of equals: there marks have room."""
    edges = (0.0, *folds, width)
    # Panels that should be alike differ in the last decimal.
    return max(pairwise(edges), key=lambda panel: round(panel[1] - panel[0], 3))
