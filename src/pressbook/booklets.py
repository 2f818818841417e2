"""Booklets: the sheets to print of a book that is set, or of any PDF, and what goes with them."""

from dataclasses import dataclass

from pressbook.config import BookletKeys, on_sheet
from pressbook.model import Edition, Finding, Flat, Page, Spread
from pressbook.pdf import Plates, engrave, flats_pdf
from pressbook.press import Foreign, Imposition, impose, make_room
from pressbook.units import Pt


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that a booklet consists of."""

    suffix: str
    """What its name ends in after the book's own, such as `-fronts`; empty for the sheets themselves."""
    pages: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Booklet:
    """A book imposed, in files."""

    imposed: Imposition
    files: tuple[Printed, ...]
    findings: tuple[Finding, ...] = ()


def bind(plates: Plates, keys: BookletKeys, moment: int | None = None) -> Booklet:
    """Impose an engraved book by `[booklet]`; ConfigError and LayoutError as `impose` raises them."""
    edition = plates.edition
    imposed = impose(len(edition.pages), edition.width, edition.height, keys, edition.bleed)
    files = tuple(Printed(suffix, len(flats), flats_pdf(plates, flats, moment)) for suffix, flats in _files(imposed))
    return Booklet(imposed, files)


def rebind(foreign: Foreign, keys: BookletKeys, moment: int | None = None) -> Booklet:
    """Impose a PDF of another program by `[booklet]`: scaled down where its pages are too large for the sheet that is named.

    Without a sheet named, one is taken that needs no scaling, if there is such.
    ConfigError and LayoutError as `impose` raises them, DocumentError for a page that cannot be read.
    """
    count, bleed = len(foreign.pages), foreign.bleed
    room = make_room(count, *foreign.size, keys)
    # Pages that were scaled to a panel fill it, so that nothing is left to trim; what is beyond them is not bleed.
    keys, bleed = on_sheet(keys, room.sheet), bleed if room.scale == 1 else 0.0
    imposed = impose(count, room.width, room.height, keys, bleed)
    blank = engrave(_blank_book(foreign.title or foreign.name, count, room.width, room.height, bleed))
    files = tuple(
        Printed(suffix, len(flats), foreign.fill(flats_pdf(blank, flats, moment), room.width, room.height, room.scale))
        for suffix, flats in _files(imposed)
    )
    return Booklet(imposed, files, foreign.findings(room.scale))


def _files(imposed: Imposition) -> list[tuple[str, tuple[Flat, ...]]]:
    """Part the flats into files: fronts and backs, if paper is fed by hand."""
    if not imposed.by_hand:
        return [("", imposed.flats)]
    half = len(imposed.flats) // 2
    return [("-fronts", imposed.flats[:half]), ("-backs", imposed.flats[half:])]


def _blank_book(title: str, pages: int, width: Pt, height: Pt, bleed: Pt) -> Edition:
    """Make a book of blank pages, to be filled later."""
    blanks = [Page(number, "recto" if number % 2 else "verso", "blank") for number in range(1, pages + 1)]
    spreads = tuple(Spread(page, None) if page.side == "verso" else Spread(None, page) for page in blanks)
    return Edition(title=title, author="", language="en", width=width, height=height, bleed=bleed, spreads=spreads)
