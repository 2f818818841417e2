"""The schemes: ways to lay a book's pages on sheets, in numbers."""

from math import floor

from pressbook.config import BookletKeys, Scheme, Trim, find_sheet
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import Sheet, Signature
from pressbook.press.folding import (
    FOLIO,
    MINI,
    OCTAVO,
    QUARTO,
    SEXTODECIMO,
    Fold,
    french,
    grid,
    halve,
    mini,
    quire,
    sew,
    stack,
    step_up,
)
from pressbook.press.paper import SLACK, choose_sheet
from pressbook.units import Pt
from pressbook.values import Value

SCHEMES: dict[Scheme, str] = {
    "saddle": "sheets folded once, one inside the other, stapled through the fold",
    "signatures": "such booklets of 16 pages, or as many as `signature` says, sewn one behind the other",
    "quarto": "sheets folded twice, eight pages each; sewn, the folds at the head cut open",
    "octavo": "sheets folded three times, sixteen pages each; sewn, head and fore-edge cut open",
    "sextodecimo": "sheets folded four times, thirty-two pages each; sewn, three sides cut open",
    "mini-8": "one sheet printed on one side, folded and cut once: a zine of eight pages without a staple",
    "french": "one sheet printed on one side and folded twice: four pages, the blank side inside",
    "cut-and-stack": "sheets cut into piles that are laid on one another; the spine is glued",
    "2-up": "two pages a side, in the order of reading",
    "4-up": "four pages a side",
    "6-up": "six pages a side",
    "8-up": "eight pages a side",
    "9-up": "nine pages a side",
    "16-up": "sixteen pages a side",
}
"""Their names, and what each is."""
FOLDS: dict[Scheme, tuple[Fold, ...]] = {
    "saddle": FOLIO,
    "signatures": FOLIO,
    "quarto": QUARTO,
    "octavo": OCTAVO,
    "sextodecimo": SEXTODECIMO,
    "french": QUARTO,
}
"""How a sheet is folded, where it is folded into leaves."""
GRIDS: dict[Scheme, tuple[int, int]] = {
    "2-up": (2, 1),
    "4-up": (2, 2),
    "6-up": (3, 2),
    "8-up": (4, 2),
    "9-up": (3, 3),
    "16-up": (4, 4),
}
"""Columns and rows of upright pages on a sheet that is not folded."""
SIGNATURE = 16
"""Pages of a sewn signature of folios: four sheets fold well, and hold a thread."""


class Arrangement(Value):
    """A book on sheets, in numbers."""

    scheme: Scheme
    sheets: tuple[Sheet, ...]
    """As they are printed; pages behind the last one are blanks."""
    columns: int
    rows: int
    gatherings: tuple[Signature, ...] = ()
    """As they are folded and bound; none where sheets are not folded into one another."""
    halved: bool = False
    """Whether each sheet is cut in two before it is folded."""

    @property
    def folds(self) -> tuple[Fold, ...]:
        """How a sheet is folded into leaves."""
        return FOLDS.get(self.scheme, ())

    @property
    def two_sided(self) -> bool:
        """Whether anything is printed on the backs."""
        return self.sheets[0].back is not None

    @property
    def room(self) -> int:
        """How many pages it could hold."""
        return sum(len(forme.placements) for sheet in self.sheets for forme in (sheet.front, sheet.back) if forme)

    @property
    def bound(self) -> bool:
        """Whether leaves hang in a fold that is the spine, and are cut on the other sides."""
        return bool(self.gatherings)


def arrange(pages: int, width: Pt, height: Pt, keys: BookletKeys) -> Arrangement:
    """Lay a book of so many pages of that size out by the scheme chosen.

    LayoutError for a scheme that holds fewer pages; ConfigError for a signature that its sheets cannot make.
    """
    scheme = keys.scheme
    if keys.cut_first and scheme not in ("saddle", "signatures"):
        raise ConfigError(f"booklet.cut-first = true has no meaning for {scheme}", 'it is for "saddle" and "signatures"')
    if scheme in ("mini-8", "french"):
        signature = mini() if scheme == "mini-8" else french()
        holds = signature.columns * signature.rows
        if pages > holds:
            raise LayoutError(
                f"{scheme} holds {holds} pages, and there are {pages}",
                f"set page.pages = {holds} to have a short story fitted to them; or choose another scheme, such as saddle",
            )
        return Arrangement(scheme, signature.sheets, signature.columns, signature.rows)
    if scheme in GRIDS:
        columns, rows = _lie(GRIDS[scheme], width, height, keys.sheet)
        return Arrangement(scheme, step_up(pages, columns, rows), columns, rows)
    if scheme == "cut-and-stack":
        columns, rows = _piles(width, height, keys.sheet)
        return Arrangement(scheme, stack(pages, columns, rows), columns, rows)
    folds = FOLDS[scheme]
    sheets = -(-pages // sheet_pages(scheme))
    gatherings = (quire(sheets, folds),) if scheme == "saddle" else sew(sheets, folds, _sheets_in(scheme, keys.signature))
    if keys.cut_first:
        return Arrangement(scheme, halve(gatherings), 2, 2, gatherings, halved=True)
    return Arrangement(scheme, tuple(sheet for each in gatherings for sheet in each.sheets), *grid(folds), gatherings)


def sheet_pages(scheme: Scheme) -> int:
    """Return how many pages a folded sheet has, front and back."""
    return 2 << len(FOLDS[scheme])


def lies_lengthwise(scheme: Scheme) -> bool:
    """Tell how a sheet of upright pages mostly lies for a scheme: lengthwise, where it has more columns than rows."""
    columns, rows = MINI if scheme == "mini-8" else GRIDS.get(scheme) or grid(FOLDS.get(scheme, FOLIO))
    return columns > rows


def _sheets_in(scheme: Scheme, signature: str | int) -> int:
    """Return how many sheets a gathering has at the most."""
    each = sheet_pages(scheme)
    if signature == "auto":
        return max(1, SIGNATURE // each) if scheme == "signatures" else 1
    pages = int(signature)
    if pages % each:
        near = max(each, round(pages / each) * each)
        raise ConfigError(
            f"booklet.signature = {pages} is no whole number of sheets: one of {scheme} has {each} pages", f"write {near}"
        )
    return pages // each


def _lie(grid: tuple[int, int], width: Pt, height: Pt, sheet: str) -> tuple[int, int]:
    """Return columns and rows of a grid that may stand or lie: as it leaves the pages larger."""
    ways = (grid, grid[::-1])
    if sheet.strip().lower() == "auto":
        return ways[width > height]
    paper = find_sheet(sheet)
    return max(ways, key=lambda way: largest(width, height, paper, *way))


def _piles(width: Pt, height: Pt, sheet: str) -> tuple[int, int]:
    """Return into how many columns and rows a sheet can be cut; at least two piles."""
    paper = find_sheet(sheet) if sheet.strip().lower() != "auto" else choose_sheet(width, height, "auto")
    ways = [
        (floor((across + SLACK) / width), floor((up + SLACK) / height))
        for across, up in ((paper.height, paper.width), (paper.width, paper.height))
    ]
    columns, rows = max(ways, key=lambda way: way[0] * way[1])
    return (columns, rows) if columns * rows > 1 else _lie((2, 1), width, height, sheet)


def largest(width: Pt, height: Pt, sheet: Trim, columns: int, rows: int) -> float:
    """Return how many times its size a page may be for a grid of it to fit the sheet, upright or lengthwise."""
    return max(
        min(across / (columns * width), up / (rows * height))
        for across, up in ((sheet.width, sheet.height), (sheet.height, sheet.width))
    )
