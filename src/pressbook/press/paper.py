"""Paper: which sheet takes the pages, how thick it is, and how far a folded pile creeps."""

import re
from collections.abc import Iterable

from pressbook.config import SHEETS, TRIMS, BookletKeys, OffsetKeys, Trim, find_sheet, length_within
from pressbook.errors import ConfigError, LayoutError
from pressbook.units import INCH, Pt, inch, mm, parse, say

SLACK: Pt = 0.6
"""How much larger than its room a page may be and still fit: rounding, no more."""
SHAVING: Pt = 3.0
"""How much smaller than the sheet a spread may be and still fill it: two A5 pages leave 1 mm of A4, not worth a knife."""
BULK = 1.25
"""Cubic centimetres a gram: 80 g/m² of uncoated office paper is 0.1 mm thick."""
BOND = 3.76
"""Grams a square metre for each pound of bond: 500 sheets of 17 by 22 inches."""
OFFICE = "80 gsm"
"""What lies in most printers."""
ROUND_FOLD = 1.3
"""Calipers that each sheet creeps. A sharp fold gives 1 (so Kodak: pages / 4 times the caliper), a round one half of pi, as its
sheets run round quarter circles whose radii differ by a caliper (so ScenicSoft); binders reckon with 1.2 to 1.4."""
MOST_CREEP: Pt = mm(2)
"""Of each sheet: a millimetre of board, folded round, stands out by hardly more."""

_INCH_SHEETS = ("letter", "legal", "tabloid")
_METRIC_SHEETS = ("A4", "A3")


def choose_sheet(trim_width: Pt, trim_height: Pt, wanted: str, columns: int = 2, rows: int = 1) -> Trim:
    """Return the paper for pages of that trim in columns and rows: the one asked for by name or size, or by `auto`.

    `auto` takes letter for a trim in inches and A4 for any other, if the pages fit; else the sheet that they fill
    exactly, the smallest of its own family that takes them, or the smallest of all.
    ConfigError for a sheet that nobody knows; LayoutError if no known sheet is large enough.
    """
    if wanted.strip().lower() != "auto":
        return find_sheet(wanted)
    width, height = columns * trim_width, rows * trim_height
    family = _family(trim_width, trim_height)
    filled = [sheet for sheet in SHEETS if fills(width, height, sheet)]
    if sheet := _first_that_fits(width, height, [family[0], *filled, *_by_area(family), *_by_area(SHEETS)]):
        return sheet
    raise LayoutError(
        f"{_so_many(columns, rows)} of {size(trim_width, trim_height)} fit {_how(columns, rows)} on no sheet that is known here",
        f'{_trims_for(columns, rows)}; or name larger paper, as in booklet.sheet = "18 x 24 in"; or set outputs.booklet = false',
    )


def home_sheet(trim_width: Pt, trim_height: Pt) -> Trim:
    """Return the paper that lies in the printers of those who think of such a trim: letter or A4."""
    return _family(trim_width, trim_height)[0]


def _family(trim_width: Pt, trim_height: Pt) -> list[Trim]:
    names = _INCH_SHEETS if _in_inches(trim_width, trim_height) else _METRIC_SHEETS
    return [sheet for name in names for sheet in SHEETS if sheet.name == name]


def fills(width: Pt, height: Pt, sheet: Trim) -> bool:
    """Tell whether that much covers the sheet, so that nothing is left to trim."""
    spread, paper = sorted((width, height)), sorted((sheet.width, sheet.height))
    return all(-SLACK <= room - side <= SHAVING for side, room in zip(spread, paper, strict=True))


def orient(trim_width: Pt, trim_height: Pt, sheet: Trim, columns: int = 2, rows: int = 1) -> tuple[Pt, Pt]:
    """Return the sheet's sides as it must lie to take the pages; lengthwise if it can lie either way.

    LayoutError names both sizes and the smallest known sheet that would do.
    """
    width, height = columns * trim_width, rows * trim_height
    short, long = sorted((sheet.width, sheet.height))
    for across, up in ((long, short), (short, long)):
        if width <= across + SLACK and height <= up + SLACK:
            return across, up
    larger = _first_that_fits(width, height, _by_area(SHEETS))
    raise LayoutError(
        f"{_so_many(columns, rows)} of {size(trim_width, trim_height)} do not fit {_how(columns, rows)} on {sheet.name} paper,"
        f" {size(short, long)}",
        f'booklet.sheet = "{larger.name}" is the smallest that takes them; or choose a smaller page.trim'
        if larger
        else "no sheet that is known here takes them: choose a smaller page.trim, or set outputs.booklet = false",
    )


def caliper(text: str) -> Pt:
    """Read how thick a sheet is: a length, a weight such as `80 gsm` or `24 lb` (of bond), or `auto` for office paper."""
    wanted = OFFICE if text.strip().lower() == "auto" else text.strip().lower()
    if weight := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:(gsm|g/m2|g/m²|g)|lbs?|#)", wanted):
        thick = mm(float(weight[1]) * (1 if weight[2] else BOND) * BULK / 1000)
    else:
        try:
            thick = parse(wanted)
        except ValueError:
            raise ConfigError(
                f"booklet.caliper = {text!r} is no thickness of paper",
                'write a weight, as "80 gsm" or "24 lb", or a length, as "0.1 mm"',
            ) from None
    if not mm(0.02) <= thick <= mm(1):
        raise ConfigError(f"booklet.caliper = {text!r} is not paper", "from 0.02 to 1 mm works here, or from 16 to 800 gsm")
    return thick


def creep(keys: BookletKeys) -> Pt | None:
    """Read how far each sheet of a folded pile stands out beyond the one around it; None if pages are not to be shifted.

    With a sharp fold that is the paper's thickness, with a round one half of pi times as much.
    """
    wanted = keys.creep.strip().lower()
    if wanted == "off":
        return None
    if wanted == "auto":
        return ROUND_FOLD * caliper(keys.caliper)
    try:
        each = parse(wanted)
    except ValueError:
        raise ConfigError(
            f"booklet.creep = {keys.creep!r} is not a length", 'it may be "auto", "off", or what each sheet adds, as "0.13 mm"'
        ) from None
    if each > MOST_CREEP:
        raise ConfigError(
            f"booklet.creep = {keys.creep!r} is out of range",
            f"it is what each single sheet adds, {say(MOST_CREEP)} at the most; of office paper 0.13 mm",
        )
    return each


def back_offset(keys: BookletKeys) -> tuple[Pt, Pt, float]:
    """Read how the backs are to be moved: right, up, degrees; the contrary of how the printer misses is for the caller."""
    if not isinstance(keys.back_offset, OffsetKeys):
        return 0.0, 0.0, 0.0
    x, y = (_signed(getattr(keys.back_offset, axis), f"booklet.back-offset.{axis}") for axis in ("x", "y"))
    return x, y, float(keys.back_offset.turn or 0)


def safety(keys: BookletKeys) -> Pt:
    """Read how far type must keep off the knife."""
    return length_within(keys.safety, "booklet.safety", 0, inch(1))


def size(width: Pt, height: Pt) -> str:
    """Say a size in words."""
    return f"{say(width)} by {say(height)}"


def _signed(text: str, key: str) -> Pt:
    negative = text.strip().startswith("-")
    try:
        length = parse(text.strip().removeprefix("-").removeprefix("+"))
    except ValueError:
        raise ConfigError(f"{key} = {text!r} is not a length", 'write it as "0.5mm" or "-0.3mm"') from None
    if length > mm(25):
        raise ConfigError(f"{key} = {text!r} is out of range", "25 mm at the most: see to the paper tray first")
    return -length if negative else length


_COUNTS = {2: "two", 4: "four", 6: "six", 8: "eight", 9: "nine", 16: "sixteen"}


def _so_many(columns: int, rows: int) -> str:
    count = columns * rows
    return f"{_COUNTS.get(count, str(count))} pages"


def _how(columns: int, rows: int) -> str:
    return "side by side" if rows == 1 else f"{columns} by {rows}"


def _first_that_fits(width: Pt, height: Pt, sheets: Iterable[Trim]) -> Trim | None:
    spread = sorted((width, height))
    for sheet in sheets:
        if all(side <= room + SLACK for side, room in zip(spread, sorted((sheet.width, sheet.height)), strict=True)):
            return sheet
    return None


def _by_area(sheets: Iterable[Trim]) -> list[Trim]:
    return sorted(sheets, key=lambda sheet: sheet.width * sheet.height)


def _trims_for(columns: int, rows: int) -> str:
    """Name the largest trims that fill letter and A4 in so many columns and rows."""
    found = []
    for name in ("letter", "A4"):
        sheet = find_sheet(name)
        fitting = [trim for trim in TRIMS if _first_that_fits(columns * trim.width, rows * trim.height, [sheet])]
        if fitting:
            found.append(f'"{max(fitting, key=lambda trim: trim.width * trim.height).name}" for {name}')
    return f"choose a smaller page.trim, such as {' or '.join(found)}" if found else "choose a smaller page.trim"


def _in_inches(*sides: Pt) -> bool:
    """Tell a trim that was thought of in inches: its sides are whole hundredths of one."""
    hundredths = [side * 100 / INCH for side in sides]
    return all(abs(count - round(count)) < 0.02 for count in hundredths)
