"""Copyfitting: a story's settings, each with its pages and its price."""

from pressbook.units import Pt
from pressbook.values import Value


class Fit(Value):
    """One setting of the whole book, as it came out."""

    size: Pt
    leading: Pt
    letters: float
    """On a full line."""
    lines: int
    """On a full page."""
    opening: str
    """How the book begins: `heading`, `title page` or `half-title`."""
    looseness: int
    """Lines by which each chapter was set longer, or shorter if below zero."""
    pages: int
    blanks: int
    """How many of them stay white behind the story only to fill the count."""
    fill: float
    """The part of the story's last page that is filled, 0 to 1."""
    reasons: tuple[tuple[str, float], ...]
    """What speaks against it and how much, dearest first; 1 is what a compositor would just notice."""
    chosen: bool = False

    @property
    def price(self) -> float:
        """How ugly it is."""
        return sum(price for _, price in self.reasons)
