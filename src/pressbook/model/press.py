"""Imposition as numbers: which page stands where on which sheet, and how it is turned."""

from typing import TypeAlias

from pressbook.units import Pt
from pressbook.values import Value


class Placement(Value):
    """A page in its place on a forme."""

    page: int
    """The page number, from 1; one beyond the book's last is a blank that fills the sheet."""
    column: int
    """From the left, from 0."""
    row: int
    """From the top, from 0."""
    turned: bool = False
    """True if the page stands head down."""
    depth: int = 0
    """How many folded leaves lie around its own, once the gathering is closed: creep grows with it."""


class Forme(Value):
    """One side of a sheet."""

    placements: tuple[Placement, ...]


class Sheet(Value):
    """A sheet of paper; the back is given as the eye sees it once the sheet is turned about its upright middle."""

    front: Forme
    back: Forme | None = None
    """None for a sheet printed on one side."""


class Signature(Value):
    """Sheets folded together, outermost first."""

    sheets: tuple[Sheet, ...]
    columns: int
    rows: int


class Place(Value):
    """Where a page lands on a flat."""

    page: int
    """The physical page, from 1."""
    x: Pt
    """Where the trimmed page's own lower left corner lands."""
    y: Pt
    turn: int = 0
    """Degrees counter-clockwise about that corner: 0, 90, 180 or 270."""
    window: tuple[Pt, Pt, Pt, Pt] | None = None
    """Left, foot, right and head of the part of the flat that may show it, bleed and all; None if only its trim may show."""
    scale: float = 1.0


Rule: TypeAlias = tuple[Pt, Pt, Pt, Pt]
"""A straight line, from (x, y) to (x, y)."""


class Flat(Value):
    """One side of a sheet with every page in its place, ready to print."""

    width: Pt
    height: Pt
    places: tuple[Place, ...]
    folds: tuple[Rule, ...] = ()
    """Short strokes that show where to fold."""
    label: str = ""
    """Such as `sheet 1 front`."""
    cuts: tuple[Rule, ...] = ()
    """Strokes that show where to cut."""
    bars: tuple[Rule, ...] = ()
    """Black bars, from the lower left corner to the upper right."""
    register: tuple[Pt, Pt, float] = (0.0, 0.0, 0.0)
    """How all of it is moved so as to lie in register: right, up, and degrees counter-clockwise about the middle."""
