"""The press room: which page stands where on which sheet."""

from dataclasses import dataclass

from pressbook.config import BookletKeys, Trim
from pressbook.model import Flat
from pressbook.press.flats import Bench, bench, lay, stations
from pressbook.press.paper import SHAVING, back_offset, choose_sheet, creep, size
from pressbook.press.schemes import SCHEMES, Arrangement, arrange
from pressbook.press.words import Job, instructions
from pressbook.units import Pt

__all__ = ["SCHEMES", "Imposition", "impose"]


@dataclass(frozen=True, slots=True)
class Imposition:
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
    def by_hand(self) -> bool:
        """Whether fronts and backs go through the printer one after the other."""
        return self.job.duplex == "by-hand" and self.arrangement.two_sided

    @property
    def instructions(self) -> str:
        """How to print, cut, fold and bind, one step a line."""
        return instructions(self.job)


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
