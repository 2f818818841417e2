"""Rows: a galley written out line by line on the baseline grid, with the price of a page break before each."""

from dataclasses import dataclass
from math import ceil, inf
from typing import Literal, NamedTuple, TypeAlias

from pressbook.config import Design
from pressbook.model import Galley, Line, Passage

Row: TypeAlias = Line | Literal["white", "ornament"]

HYPHEN_AT_FOOT = 600.0
"""Price of a page that ends in a hyphen; at a recto's foot, where the leaf must be turned, it is paid twice."""
VARIANT = 15.0
"""Price of setting a paragraph a line longer or shorter than its best, to which what it costs the lines is added."""
PART_SINK = 0.3
"""Of the page's lines: a part's title, alone on its page, stands lower than a chapter's."""
DEMERITS = 50.0
"""So many demerits of a paragraph, over the square root of its lines, weigh as much as 1 of a page's price."""


class Variant(NamedTuple):
    """Another setting of a paragraph, a line longer or shorter."""

    start: int
    """The row at which the paragraph begins in its best setting."""
    stop: int
    """One past its last row there."""
    lines: tuple[Line, ...]
    price: float

    @property
    def gain(self) -> int:
        """How many rows it adds."""
        return len(self.lines) - (self.stop - self.start)


@dataclass(frozen=True, slots=True)
class Rows:
    """A chapter on the grid."""

    rows: tuple[Row, ...]
    """One a grid line."""
    price: tuple[float, ...]
    """Of a page break before each row; infinite where none may be. The last is the chapter's end."""
    head: int
    """Grid lines that the opener takes on the first page, its white included."""
    variants: tuple[Variant, ...] = ()
    """In the order of their rows."""
    owners: tuple[int, ...] = ()
    """For each row, which of the chapter's blocks it is of."""


def write_out(galley: Galley, design: Design) -> Rows:
    """Write a galley out in rows, and price the page breaks.

    No break leaves a paragraph's first or last line alone, stands at a scene break or pause or leaves it a single
    line for company, or parts a heading from its text.
    """
    rows: list[Row] = []
    price: dict[int, float] = {}
    variants: list[Variant] = []
    owners: list[int] = []
    beside: list[int] = []
    for number, block in enumerate(galley.blocks):
        start = len(rows)
        if isinstance(block, Passage):
            previous = galley.blocks[number - 1] if number else None
            if block.above and isinstance(previous, Passage):
                # A page may end in this white, unless that parts a heading from its text, but not begin with it.
                price.update(dict.fromkeys(range(start, start + block.above + previous.keep), inf))
                rows.extend(["white"] * block.above)
                start += block.above
            lines = block.settings[0].lines
            rows.extend(lines)
            _price_lines(price, start, lines, block.keep)
            beside.extend(range(start + 1, start + block.whole))
            variants.extend(_variants(block, start))
            if number + 1 < len(galley.blocks):
                price.update(dict.fromkeys(range(len(rows), len(rows) + block.below), inf))
                rows.extend(["white"] * block.below)
        else:
            rows.extend(["white"] * block.rows)
            if block.ornament:
                rows[start + block.rows // 2] = "ornament"
            price.update(dict.fromkeys(range(start - 1, len(rows) + 2), inf))
        owners.extend([number] * (len(rows) - len(owners)))
    price.update(dict.fromkeys(beside, inf))
    prices = tuple(price.get(row, 0.0) for row in range(len(rows) + 1))
    return Rows(tuple(rows), prices, opener_rows(galley, design), tuple(variants), tuple(owners))


def opener_rows(galley: Galley, design: Design) -> int:
    """Return the grid lines that stand above a chapter's first line of text."""
    sink = {"chapter": design.sink, "part": round(PART_SINK * design.lines)}.get(galley.kind, max(1, design.sink // 2))
    if not galley.opener.lines:
        return sink
    return min(sink + ceil(galley.opener.rises[0] / design.leading) + 3, design.lines - 4)


def _price_lines(price: dict[int, float], start: int, lines: tuple[Line, ...], keep: bool) -> None:
    count = len(lines)
    for row in range(1, count):
        if keep or row == 1 or row == count - 1:
            price[start + row] = inf
        elif lines[row - 1].hyphenated:
            price[start + row] = HYPHEN_AT_FOOT
    if keep:
        price[start + count] = inf


def _variants(block: Passage, start: int) -> list[Variant]:
    best = block.settings[0]
    count = len(best.lines)
    return [
        Variant(start, start + count, other.lines, VARIANT + (other.demerits - best.demerits) / count**0.5 / DEMERITS)
        for other in block.settings[1:]
    ]
