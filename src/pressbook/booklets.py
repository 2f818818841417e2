"""Booklets: the sheets to print of a book that is set, or of any PDF, and what goes with them."""

from typing import TYPE_CHECKING, Literal

from pressbook.config import BookletKeys, on_sheet
from pressbook.model import Edition, Finding, Flat, Font, Page, Spread
from pressbook.pdf import Plates, engrave, flats_pdf
from pressbook.press import Imposition, impose, make_room, safety
from pressbook.units import Pt
from pressbook.values import Value, replace

if TYPE_CHECKING:
    from pressbook.press import Box, Foreign, White


class Printed(Value):
    """A file that a booklet consists of."""

    kind: Literal["booklet", "proof", "howto"]
    suffix: str
    """What its name ends in after the book's own, such as `-fronts`; empty for the sheets themselves."""
    pages: int
    content: bytes


class Booklet(Value):
    """A book imposed, in files."""

    imposed: Imposition
    files: tuple[Printed, ...]
    findings: tuple[Finding, ...] = ()
    margins: "tuple[White, ...]" = ()
    """What the knife leaves of them; empty if nobody asked, or there is no type."""


def bind(plates: Plates, keys: BookletKeys, moment: int | None = None, *, proof_trim: bool = False) -> Booklet:
    """Impose an engraved book by `[booklet]`; with a proof of its pages as they come out of the trimmer, if asked.

    A letter that would come too near to the knife is an error among the findings.
    ConfigError and LayoutError as `impose` raises them.
    """
    edition = plates.edition
    imposed = impose(len(edition.pages), edition.width, edition.height, keys, edition.bleed)
    sheets = tuple(
        Printed("booklet", suffix, len(flats), _sheets(plates, imposed, flats, moment)) for suffix, flats in _files(imposed)
    )
    near = safety(keys)
    if not (proof_trim or imposed.creep or imposed.shift):
        # Nothing is cut off or shifted: margins are as they were designed, and measuring every line takes its time.
        return Booklet(imposed, sheets)
    from pressbook.press import intrusions, trimmed, type_of, whites

    types = {page.number: box for page in edition.pages if (box := type_of(page))}
    findings = intrusions(imposed, types, near)
    if not proof_trim:
        return Booklet(imposed, sheets, findings)
    cut = trimmed(imposed)
    proof = Printed("proof", "-trimmed", len(cut), flats_pdf(plates, cut, moment))
    return Booklet(imposed, (*sheets, proof), findings, whites(imposed, types))


def rebind(foreign: "Foreign", keys: BookletKeys, moment: int | None = None, *, proof_trim: bool = False) -> Booklet:
    """Impose a PDF of another program by `[booklet]`: scaled down where its pages are too large for the sheet that is named.

    Without a sheet named, one is taken that needs no scaling, if there is such. A proof of the trimmed pages, if asked
    for, also tells how near their letters come to the knife.
    ConfigError and LayoutError as `impose` raises them, DocumentError for a page that cannot be read.
    """
    count, bleed = len(foreign.pages), foreign.bleed
    room = make_room(count, *foreign.size, keys)
    # Pages that were scaled to a panel fill it, so that nothing is left to trim; what is beyond them is not bleed.
    keys, bleed = on_sheet(keys, room.sheet), bleed if room.scale == 1 else 0.0
    imposed = impose(count, room.width, room.height, keys, bleed)
    blank = engrave(_blank_book(foreign.title or foreign.name, count, room.width, room.height, bleed))

    def filled(sheets: bytes) -> bytes:
        return foreign.fill(sheets, room.width, room.height, room.scale)

    sheets = tuple(
        Printed("booklet", suffix, len(flats), filled(_sheets(blank, imposed, flats, moment))) for suffix, flats in _files(imposed)
    )
    findings = foreign.findings(room.scale)
    if not proof_trim:
        return Booklet(imposed, sheets, findings)
    from pressbook.press import intrusions, trimmed, whites

    cut = trimmed(imposed)
    proof = Printed("proof", "-trimmed", len(cut), filled(flats_pdf(blank, cut, moment)))
    types = _types_on(cut, proof.content)
    return Booklet(
        imposed, (*sheets, proof), (*findings, *intrusions(imposed, types, safety(keys), foreign=True)), whites(imposed, types)
    )


def explain(booklet: Booklet, name: str, fonts: tuple[Font, ...], moment: int | None = None) -> Booklet:
    """Add a leaflet that tells and draws how the booklet is made; a file of its own, so that it never gets among the sheets."""
    from pressbook.leaflets import howto

    pages, content = howto(booklet.imposed, name, fonts, moment)
    return replace(booklet, files=(*booklet.files, Printed("howto", "-howto", pages, content)))


def _types_on(cut: tuple[Flat, ...], proof: bytes) -> "dict[int, Box]":
    """Measure what letters cover on each page, from the proof of the trimmed ones; in the pages' own measure."""
    from pressbook.proof.letters import type_boxes

    types = {}
    for flat, box in zip(cut, type_boxes(proof), strict=True):
        if box and flat.places:
            left, foot, right, head = box
            (place,) = flat.places
            types[place.page] = (left - place.x, foot, right - place.x, head)
    return types


def _sheets(plates: Plates, imposed: Imposition, flats: tuple[Flat, ...], moment: int | None) -> bytes:
    """Print sheets, and tell the printer how to turn them."""
    duplex = imposed.job.duplex
    return flats_pdf(plates, flats, moment, duplex if duplex != "by-hand" and imposed.arrangement.two_sided else None)


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
