"""Covers: one sheet around the book, with grounds, type and bars in their places. The origin is the trim's lower left corner."""

from typing import TypeAlias

from pressbook.model.page import Figure, Inset, Slug
from pressbook.units import Pt
from pressbook.values import Value

Colour: TypeAlias = tuple[float, ...]
"""Amounts of ink from 0 to 1: of black alone, or of cyan, magenta, yellow and black."""


class Ground(Value):
    """An area of one colour."""

    left: Pt
    bottom: Pt
    right: Pt
    top: Pt
    colour: Colour


class Lettering(Value):
    """Lines of type in one colour, all turned together."""

    slugs: tuple[Slug, ...]
    colour: Colour
    x: Pt = 0.0
    """Where the slugs' own origin lands."""
    y: Pt = 0.0
    turned: bool = False
    """True if they run downwards, a quarter turn clockwise about that origin."""


class Cover(Value):
    """A wrap: flap, back, spine, front, flap, from left to right, as seen from outside."""

    width: Pt
    """From trim to trim."""
    height: Pt
    bleed: Pt
    spine: Pt
    """The spine's width; 0 where the sheets are folded."""
    folds: tuple[Pt, ...]
    """Where the sheet is folded, from the left."""
    grounds: tuple[Ground, ...]
    """In the order of painting."""
    figures: tuple[tuple[Figure, Colour], ...]
    letterings: tuple[Lettering, ...]
    insets: tuple[Inset, ...] = ()
    """The picture on the front, which the grounds lie under."""
    slug_line: tuple[Slug, ...] = ()
    """What stands below the bleed, for the printer's eyes."""
