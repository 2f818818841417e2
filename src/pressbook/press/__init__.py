"""The press room: which page stands where on which sheet."""

from dataclasses import dataclass

from pressbook.config import Trim
from pressbook.model import Flat
from pressbook.press.flats import Duplex, choose_sheet, fills, lay
from pressbook.press.printers import PRINTERS, TRADE, find_printer
from pressbook.press.saddle import saddle
from pressbook.press.words import instructions
from pressbook.units import Pt, say

__all__ = [
    "PRINTERS",
    "TRADE",
    "Duplex",
    "Imposition",
    "choose_sheet",
    "find_printer",
    "impose",
    "instructions",
    "lay",
    "saddle",
]


@dataclass(frozen=True, slots=True)
class Imposition:
    """A booklet ready to print: its flats, and what to do with them."""

    flats: tuple[Flat, ...]
    """Front and back of each sheet, outermost first."""
    sheet: Trim
    """The paper."""
    sheets: int
    """How many sheets of it one copy takes."""
    blanks: int
    """How many blank pages stand behind the last."""
    instructions: str
    """How to print, fold and staple, one step a line."""


def impose(pages: int, width: Pt, height: Pt, sheet: str = "auto", duplex: Duplex = "short-edge") -> Imposition:
    """Lay a book of so many pages, each `width` by `height` after trimming, out as a saddle-stitched booklet.

    ConfigError for a sheet that nobody knows, LayoutError for one that is too small.
    """
    paper = choose_sheet(width, height, sheet)
    signature = saddle(pages)
    sheets = len(signature.sheets)
    blanks = 4 * sheets - pages
    size = f"{say(width)} by {say(height)}"
    words = instructions(pages, blanks, sheets, paper.name, duplex, fills(width, height, paper), size)
    return Imposition(lay(signature, width, height, paper, duplex), paper, sheets, blanks, words)
