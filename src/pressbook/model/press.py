"""Imposition as numbers: which page stands where on which sheet, and how it is turned."""

from dataclasses import dataclass

from pressbook.units import Pt


@dataclass(frozen=True, slots=True)
class Placement:
    """A page in its place on a forme."""

    page: int | None
    """The page number, from 1; None is a blank added to fill the sheet."""
    column: int
    """From the left, from 0."""
    row: int
    """From the top, from 0."""
    turned: bool = False
    """True if the page stands head down."""


@dataclass(frozen=True, slots=True)
class Forme:
    """One side of a sheet."""

    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, printed on both sides; the back is given as the eye sees it when turned for the duplex chosen."""

    front: Forme
    back: Forme


@dataclass(frozen=True, slots=True)
class Signature:
    """Sheets folded together, outermost first."""

    sheets: tuple[Sheet, ...]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lands on a flat."""

    page: int
    """The physical page, from 1."""
    x: Pt
    """Where the trimmed page's own lower left corner lands."""
    y: Pt
    turn: int = 0
    """Degrees counter-clockwise about that corner: 0, 90, 180 or 270."""


@dataclass(frozen=True, slots=True)
class Flat:
    """One side of a sheet with every page in its place, ready to print."""

    width: Pt
    height: Pt
    places: tuple[Place, ...]
    folds: tuple[tuple[Pt, Pt, Pt, Pt], ...] = ()
    """Short strokes (x1, y1, x2, y2) that show where to fold."""
    label: str = ""
    """Such as `sheet 1 front`."""
