"""The imposition of a book: from its pages and `[booklet]` to flats and words."""

from contextlib import suppress
from typing import NamedTuple

from pressbook.config import BookletKeys, Trim
from pressbook.errors import LayoutError
from pressbook.model import Flat
from pressbook.press.flats import Bench, bench, lay, stations
from pressbook.press.paper import SHAVING, back_offset, choose_sheet, creep, home_sheet, orient, size
from pressbook.press.schemes import Arrangement, arrange, largest
from pressbook.press.words import Job, instructions, remarks, steps
from pressbook.units import Pt, say
from pressbook.values import Value


class Imposition(Value):
    """A book laid on sheets, ready to print, and what to do with them."""

    flats: tuple[Flat, ...]
    """Front and back of each sheet, in the order of printing; by hand, all fronts first."""
    sheet: Trim
    """The paper."""
    arrangement: Arrangement
    """The same in numbers."""
    bench: Bench
    """How a sheet lies and is ruled into panels."""
    job: Job
    creep: Pt
    """How far each leaf stands out beyond the one around it, before it is trimmed; 0 if it is not trimmed."""
    shift: Pt
    """How far each leaf's pages are shifted towards the spine beyond those of the one around it."""

    @property
    def sheets(self) -> int:
        """How many sheets of paper one copy takes."""
        return len(self.arrangement.sheets)

    @property
    def blanks(self) -> int:
        """How many blank pages stand behind the last."""
        return self.job.blanks

    @property
    def depths(self) -> dict[int, int]:
        """How many leaves lie around the leaf of each page, blanks included."""
        formes = [forme for sheet in self.arrangement.sheets for forme in (sheet.front, sheet.back) if forme]
        return {cell.page: cell.depth for forme in formes for cell in forme.placements}

    @property
    def by_hand(self) -> bool:
        """Whether fronts and backs go through the printer one after the other."""
        return self.job.duplex == "by-hand" and self.arrangement.two_sided

    @property
    def steps(self) -> tuple[str, ...]:
        """How to print, cut, fold and bind, one step after another."""
        return steps(self.job)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else a person may wonder about."""
        return remarks(self.job)

    @property
    def instructions(self) -> str:
        """Both, the steps numbered, a line each."""
        return instructions(self.job)


LEAST_SCALE = 0.15
"""Of pages that are scaled for a sheet: sixteen of A4 on one of A5 are as small, and headings are read still."""
MOST_SHIFT = 0.25
"""Of a page's width, how far pages may be shifted towards the spine: beyond it their own margin is used up."""


class Room(NamedTuple):
    """What a sheet has for each page of a book that may be scaled."""

    sheet: str
    width: Pt
    height: Pt
    scale: float
    """Of the pages in it, 1 at the most."""


def make_room(pages: int, width: Pt, height: Pt, keys: BookletKeys) -> Room:
    """Find room for pages of a book that may be scaled down, but not set anew: their own size, or else a panel of the sheet.

    Pages too large for the sheet that is named are scaled; without a name, only those that no known sheet takes.
    ConfigError and LayoutError as `impose` raises them.
    """
    arrangement = arrange(pages, width, height, keys)
    columns, rows = arrangement.columns, arrangement.rows
    try:
        paper = choose_sheet(width, height, keys.sheet, columns, rows)
    except LayoutError:
        paper = home_sheet(width, height)
    with suppress(LayoutError):
        orient(width, height, paper, columns, rows)
        return Room(paper.name, width, height, 1.0)
    scale = largest(width, height, paper, columns, rows)
    if scale < LEAST_SCALE:
        raise LayoutError(
            f"pages of {size(width, height)} would be scaled to {100 * scale:.1f} % to stand {columns} by {rows}"
            f" on {paper.name} paper",
            f"{100 * LEAST_SCALE:.0f} % is the least at which anything is seen:"
            " name a larger booklet.sheet, or a scheme of fewer pages a side",
        )
    across, up = orient(scale * width, scale * height, paper, columns, rows)
    return Room(paper.name, across / columns, up / rows, scale)


def impose(pages: int, width: Pt, height: Pt, keys: BookletKeys | None = None, bleed: Pt = 0.0) -> Imposition:
    """Lay a book of so many pages, each `width` by `height` after trimming, out by the scheme of `[booklet]`.

    ConfigError for a key that makes no sense with the scheme, LayoutError for a sheet that is too small or a book too long.
    """
    keys = keys or BookletKeys()
    arrangement = arrange(pages, width, height, keys)
    paper = choose_sheet(width, height, keys.sheet, arrangement.columns, arrangement.rows)
    on = bench(arrangement, width, height, paper)
    spare = max(on.panel[0] - width, on.panel[1] - height) > SHAVING
    # Where nothing is trimmed, nothing is lost: leaves stand out, but each keeps its margins.
    fore_edge = arrangement.bound and on.panel[0] - width > SHAVING
    thrust = creep(keys)
    given = keys.creep.strip().lower() not in ("auto", "off")
    shift = thrust if thrust is not None and arrangement.bound and (fore_edge or given) else 0.0
    flats = lay(arrangement, on, pages, keys.duplex, shift, bleed=bleed > 0, marks=keys.marks, back_offset=back_offset(keys))
    deepest = max((cell.depth for sheet in arrangement.sheets for cell in sheet.front.placements), default=0)
    if shift * deepest > MOST_SHIFT * width:
        raise LayoutError(
            f"the innermost pages would be shifted by {say(shift * deepest)} towards the fold, over a quarter of their width",
            'sew thinner gatherings, booklet.scheme = "signatures"; or set booklet.creep lower, or "off"',
        )
    job = Job(
        arrangement,
        pages,
        paper.name,
        keys.duplex,
        trim=size(width, height) if spare else "",
        holes=stations(height) if arrangement.bound and keys.scheme != "saddle" else (),
        creep=shift * deepest,
    )
    thickness = creep(BookletKeys(caliper=keys.caliper)) or 0.0
    return Imposition(flats, paper, arrangement, on, job, (shift or thickness) if fore_edge else 0.0, shift)
