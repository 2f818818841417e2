"""Flats: the formes in points, laid on the sheet of paper that will be printed."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from pressbook.config import SHEETS, Trim, find_sheet
from pressbook.errors import LayoutError
from pressbook.model import Flat, Forme, Place, Signature
from pressbook.units import INCH, Pt, say

Duplex: TypeAlias = Literal["short-edge", "long-edge"]
"""The edge about which the printer turns the paper to reach its back."""

_SLACK: Pt = 0.6
"""How much larger than the sheet a spread may be and still fit: rounding, no more."""
_SHAVING: Pt = 3.0
"""How much smaller than the sheet a spread may be and still fill it: two A5 pages leave 1 mm of A4, not worth a knife."""
_TICK: Pt = 10.0
"""How long a fold tick is."""
_AIR: Pt = 2.0
"""White between a fold tick and what lies next to it."""

_INCH_SHEETS = ("letter", "legal", "tabloid")
_METRIC_SHEETS = ("A4", "A3")


def choose_sheet(trim_width: Pt, trim_height: Pt, wanted: str) -> Trim:
    """Return the paper for two pages of that trim side by side: the one asked for by name or size, or by `auto`.

    `auto` takes letter for a trim in inches and A4 for any other, if the spread fits; else the sheet that the spread
    fills exactly, the smallest of its own family that it fits, or the smallest of all.
    ConfigError for a sheet that nobody knows; LayoutError if no known sheet is large enough.
    """
    if wanted.strip().lower() != "auto":
        return find_sheet(wanted)
    names = _INCH_SHEETS if _in_inches(trim_width, trim_height) else _METRIC_SHEETS
    family = [sheet for sheet in SHEETS if sheet.name in names]
    home = [sheet for sheet in family if sheet.name == names[0]]
    filled = [sheet for sheet in SHEETS if fills(trim_width, trim_height, sheet)]
    if sheet := _first_that_fits(trim_width, trim_height, [*home, *filled, *_by_area(family), *_by_area(SHEETS)]):
        return sheet
    raise LayoutError(
        f"two pages of {_size(trim_width, trim_height)} fit side by side on no sheet that is known here",
        'choose a smaller page.trim; or name larger paper, as in booklet.sheet = "18 x 24 in"; or set outputs.booklet = false',
    )


def fills(width: Pt, height: Pt, sheet: Trim) -> bool:
    """Tell whether two pages of that trim side by side cover the sheet, so that nothing is left to trim."""
    spread, paper = sorted((2 * width, height)), sorted((sheet.width, sheet.height))
    return all(-_SLACK <= room - side <= _SHAVING for side, room in zip(spread, paper, strict=True))


def lay(signature: Signature, width: Pt, height: Pt, sheet: Trim, duplex: Duplex) -> tuple[Flat, ...]:
    """Lay two-up formes of pages `width` by `height` on the sheet: front and back of each, in the order of printing.

    The spread is centred, its spine on the sheet's middle line. Where the printer turns the paper about an edge that
    does not run along the spine, the back stands head down on its flat and so comes out head up on the paper.
    LayoutError names both sizes and the smallest known sheet that would do.
    """
    paper = _orient(width, height, sheet)
    turned = _turns_over_the_head(paper, duplex)
    flats = []
    for number, leaf in enumerate(signature.sheets, 1):
        flats.append(_flat(leaf.front, (width, height), paper, False, f"sheet {number} front"))
        flats.append(_flat(leaf.back, (width, height), paper, turned, f"sheet {number} back"))
    return tuple(flats)


def _orient(width: Pt, height: Pt, sheet: Trim) -> tuple[Pt, Pt]:
    """Return the sheet's sides as it must lie to take the spread; lengthwise if it can lie either way."""
    short, long = sorted((sheet.width, sheet.height))
    for across, up in ((long, short), (short, long)):
        if 2 * width <= across + _SLACK and height <= up + _SLACK:
            return across, up
    larger = _first_that_fits(width, height, _by_area(SHEETS))
    raise LayoutError(
        f"two pages of {_size(width, height)} do not fit side by side on {sheet.name} paper, {_size(short, long)}",
        f'booklet.sheet = "{larger.name}" is the smallest that takes them; or choose a smaller page.trim'
        if larger
        else "no sheet that is known here takes them: choose a smaller page.trim, or set outputs.booklet = false",
    )


def _turns_over_the_head(paper: tuple[Pt, Pt], duplex: Duplex) -> bool:
    """Tell whether the printer turns the paper about its head or foot; those edges are the long ones on a landscape sheet."""
    across, up = paper
    return duplex == ("long-edge" if across >= up else "short-edge")


def _flat(forme: Forme, trim: tuple[Pt, Pt], paper: tuple[Pt, Pt], turned: bool, label: str) -> Flat:
    (width, height), (across, up) = trim, paper
    left, foot = across / 2 - width, (up - height) / 2
    places = [Place(cell.page, left + cell.column * width, foot) for cell in forme.placements if cell.page is not None]
    if turned:
        places = [Place(place.page, across - place.x, up - place.y, 180) for place in places]
    return Flat(across, up, tuple(places), _ticks(across / 2, foot, up), label)


def _ticks(spine: Pt, margin: Pt, up: Pt) -> tuple[tuple[Pt, Pt, Pt, Pt], ...]:
    """Draw a fold tick at foot and head: clear of the trimmed pages where the margin has room, else at the sheet's edge."""
    outer, inner = (margin - _AIR - _TICK, margin - _AIR) if margin >= _TICK + 2 * _AIR else (0.0, _TICK)
    return ((spine, outer, spine, inner), (spine, up - outer, spine, up - inner))


def _first_that_fits(width: Pt, height: Pt, sheets: Iterable[Trim]) -> Trim | None:
    spread = sorted((2 * width, height))
    for sheet in sheets:
        if all(side <= room + _SLACK for side, room in zip(spread, sorted((sheet.width, sheet.height)), strict=True)):
            return sheet
    return None


def _by_area(sheets: Iterable[Trim]) -> list[Trim]:
    return sorted(sheets, key=lambda sheet: sheet.width * sheet.height)


def _in_inches(*sides: Pt) -> bool:
    """Tell a trim that was thought of in inches: its sides are whole hundredths of one."""
    hundredths = [side * 100 / INCH for side in sides]
    return all(abs(count - round(count)) < 0.02 for count in hundredths)


def _size(width: Pt, height: Pt) -> str:
    return f"{say(width)} by {say(height)}"
