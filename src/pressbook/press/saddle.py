"""Saddle stitch: sheets folded once, one inside the other, stapled through the fold."""

from typing import NamedTuple

from pressbook.model import Forme, Placement, Sheet, Signature


class _Leaf(NamedTuple):
    """Half a sheet, between fold and edge."""

    outside: int
    """The page on the sheet's front."""
    inside: int
    """The page on its back."""


def saddle(pages: int) -> Signature:
    """Impose pages 1 to `pages` two-up; blanks at the end fill them up to a multiple of four.

    The sheets lie outermost first. Each back is given as the eye sees it once the sheet is turned about the spine:
    what was left is right, and head stays head.
    """
    lefts, rights = _number(-(-max(1, pages) // 4))
    return Signature(tuple(_open(left, right, pages) for left, right in zip(lefts, rights, strict=True)), columns=2, rows=1)


def _number(sheets: int) -> tuple[list[_Leaf], list[_Leaf]]:
    """Fold blank sheets into one another and number the leaves as they are read; return left and right halves."""
    rights = [_Leaf(2 * leaf + 1, 2 * leaf + 2) for leaf in range(sheets)]
    lefts = [_Leaf(2 * leaf + 2, 2 * leaf + 1) for leaf in range(sheets, 2 * sheets)]
    return lefts[::-1], rights


def _open(left: _Leaf, right: _Leaf, pages: int) -> Sheet:
    """Spread a folded sheet out again."""

    def side(*numbers: int) -> Forme:
        return Forme(tuple(Placement(page if page <= pages else None, column, 0) for column, page in enumerate(numbers)))

    return Sheet(front=side(left.outside, right.outside), back=side(right.inside, left.inside))
