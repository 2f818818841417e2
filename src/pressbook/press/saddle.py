"""Saddle stitch: sheets folded once, one inside the other, stapled through the fold."""

from dataclasses import replace

from pressbook.model import Forme, Sheet, Signature
from pressbook.press.folding import FOLIO, quire


def saddle(pages: int) -> Signature:
    """Impose pages 1 to `pages` two-up, the outermost sheet first; blanks at the end fill them up to a multiple of four."""
    signature = quire(-(-max(1, pages) // 4), FOLIO)
    return replace(signature, sheets=tuple(blanked(sheet, pages) for sheet in signature.sheets))


def blanked(sheet: Sheet, last: int) -> Sheet:
    """Leave white what comes behind the last page."""
    return Sheet(_blank(sheet.front, last), sheet.back and _blank(sheet.back, last))


def _blank(forme: Forme, last: int) -> Forme:
    return Forme(tuple(cell if cell.page and cell.page <= last else replace(cell, page=None) for cell in forme.placements))
