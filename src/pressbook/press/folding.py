"""Folding in the mind: paper is folded leaf by leaf, numbered as it is read, and opened again."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from pressbook.model import Forme, Placement, Sheet, Signature

Fold: TypeAlias = Literal["upright", "level"]
"""Along an upright line, the left half behind the right; or along a level one, the upper half behind the lower."""

FOLIO: tuple[Fold, ...] = ("upright",)
QUARTO: tuple[Fold, ...] = ("level", "upright")
OCTAVO: tuple[Fold, ...] = ("upright", "level", "upright")
SEXTODECIMO: tuple[Fold, ...] = ("level", "upright", "level", "upright")
"""Always across the longer side, and last along the spine."""


class Leaf(NamedTuple):
    """A panel of a folded sheet."""

    column: int
    """Where it stands on the open sheet's front, from the left, from 0."""
    row: int
    """From the top, from 0."""
    front_up: bool = True
    """Whether the sheet's front looks at the reader."""
    upright: bool = True
    """Whether the edge that is upper on the open sheet is upper still."""


def grid(folds: Sequence[Fold]) -> tuple[int, int]:
    """Return how many columns and rows of panels the folds make."""
    return 2 ** folds.count("upright"), 2 ** folds.count("level")


def fold(folds: Sequence[Fold]) -> list[Leaf]:
    """Fold a sheet that lies with its front up; return its leaves from the uppermost down, the last fold on their left."""
    columns, rows = grid(folds)
    piles = [[[Leaf(column, row)] for column in range(columns)] for row in range(rows)]
    for way in folds:
        if way == "upright":
            half = len(piles[0]) // 2
            piles = [[near + _behind(far) for near, far in zip(row[half:], row[half - 1 :: -1], strict=True)] for row in piles]
        else:
            half = len(piles) // 2
            piles = [
                [near + _behind(far, tipped=True) for near, far in zip(lower, upper, strict=True)]
                for lower, upper in zip(piles[half:], piles[half - 1 :: -1], strict=True)
            ]
    return piles[0][0]


def _behind(pile: list[Leaf], *, tipped: bool = False) -> list[Leaf]:
    """Turn a pile over; over its head, if tipped."""
    return [leaf._replace(front_up=not leaf.front_up, upright=leaf.upright != tipped) for leaf in reversed(pile)]


def quire(sheets: int, folds: Sequence[Fold], first: int = 1) -> Signature:
    """Fold so many sheets, each by itself, put them into one another and number the pages as they are read.

    Each back is given as the eye sees it once the sheet is turned about its upright middle: what was left is right,
    and head stays head.
    """
    leaves = fold(folds)
    columns, rows = grid(folds)
    half = len(leaves) // 2
    read = [(sheet, leaf) for sheet in range(sheets) for leaf in leaves[:half]]
    read += [(sheet, leaf) for sheet in reversed(range(sheets)) for leaf in leaves[half:]]
    formes: list[tuple[list[Placement], list[Placement]]] = [([], []) for _ in range(sheets)]
    for at, (sheet, leaf) in enumerate(read):
        recto, depth = first + 2 * at, min(at, len(read) - 1 - at)
        pages = (recto, recto + 1) if leaf.front_up else (recto + 1, recto)
        across = (leaf.column, columns - 1 - leaf.column)
        for forme, page, column in zip(formes[sheet], pages, across, strict=True):
            forme.append(Placement(page, column, leaf.row, not leaf.upright, depth))
    return Signature(tuple(Sheet(_forme(front), _forme(back)) for front, back in formes), columns, rows)


def _forme(placements: list[Placement]) -> Forme:
    return Forme(tuple(sorted(placements, key=lambda cell: (cell.row, cell.column))))


def gather(sheets: int, most: int) -> tuple[int, ...]:
    """Share sheets out among as few gatherings of at most `most` as there can be, as evenly as can be, thicker ones first."""
    count = -(-sheets // most)
    least, over = divmod(sheets, count)
    return (least + 1,) * over + (least,) * (count - over)


def sew(sheets: int, folds: Sequence[Fold], most: int) -> tuple[Signature, ...]:
    """Impose a book of so many sheets in gatherings of at most `most` sheets, to be sewn one behind the other."""
    signatures, first = [], 1
    for count in gather(sheets, most):
        signatures.append(quire(count, folds, first))
        first += count * 2 * 2 ** len(folds)
    return tuple(signatures)


def halve(signatures: Sequence[Signature]) -> tuple[Sheet, ...]:
    """Print folios two and two, one above the other, on sheets that are cut before they are folded.

    After the cut the upper pile goes on the lower one, and all sheets lie in order.
    """
    folios = [sheet for signature in signatures for sheet in signature.sheets]
    half = -(-len(folios) // 2)
    uppers, lowers = folios[:half], [*folios[half:], *[Sheet(Forme(()), Forme(()))] * (len(folios) % 2)]
    return tuple(
        Sheet(_above(upper.front, lower.front), _above(upper.back, lower.back)) for upper, lower in zip(uppers, lowers, strict=True)
    )


def _above(upper: Forme | None, lower: Forme | None) -> Forme:
    lowered = [Placement(cell.page, cell.column, 1, cell.turned, cell.depth) for cell in (lower.placements if lower else ())]
    return Forme((*(upper.placements if upper else ()), *lowered))


def french() -> Signature:
    """Impose the four pages of a sheet that is printed on one side and folded twice, its back inside."""
    cells = [Placement(page, leaf.column, leaf.row, not leaf.upright) for page, leaf in enumerate(fold(QUARTO), 1)]
    return Signature((Sheet(_forme(cells)),), *grid(QUARTO))


MINI = (4, 2)


def mini() -> Signature:
    """Impose the eight pages of a sheet that is printed on one side, folded along, cut in the middle and pushed into a star.

    The eight panels stay joined in a ring, round the cut. Pushed together, the ring falls into four leaves of two
    panels back to back; page 1 is the lower right panel, and the ring is read from there over the upper row.
    """
    columns, _ = MINI
    upper = [(column, 0) for column in reversed(range(columns))]
    lower = [(column, 1) for column in range(columns)]
    ring = [lower[-1], *upper, *lower[:-1]]
    return Signature((Sheet(_forme([Placement(page, *panel, panel[1] == 0) for page, panel in enumerate(ring, 1)])),), *MINI)


def stack(pages: int, columns: int, rows: int) -> tuple[Sheet, ...]:
    """Impose sheets that are cut into piles, panel by panel, and the piles laid on one another in the order of reading."""
    panels = [(column, row) for row in range(rows) for column in range(columns)]
    sheets = -(-pages // (2 * len(panels)))
    return tuple(
        Sheet(
            Forme(tuple(Placement(2 * (pile * sheets + at) + 1, *panel) for pile, panel in enumerate(panels))),
            _forme(
                [Placement(2 * (pile * sheets + at) + 2, columns - 1 - column, row) for pile, (column, row) in enumerate(panels)]
            ),
        )
        for at in range(sheets)
    )


def step_up(pages: int, columns: int, rows: int) -> tuple[Sheet, ...]:
    """Impose sheets on which pages stand in the order of reading, row by row, and go on behind."""
    panels = [(column, row) for row in range(rows) for column in range(columns)]
    sides = -(-pages // len(panels))

    def side(at: int) -> Forme:
        return Forme(tuple(Placement(at * len(panels) + place, *panel) for place, panel in enumerate(panels, 1)))

    return tuple(Sheet(side(at), side(at + 1)) for at in range(0, sides, 2))
