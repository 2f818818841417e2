"""The trims and sheets that have names, and the sizes that can work at all."""

from pressbook.errors import ConfigError, nearest
from pressbook.units import Pt, inch, mm, parse_size, say
from pressbook.values import Value


class Trim(Value):
    """A page size after cutting."""

    name: str
    width: Pt
    height: Pt
    note: str = ""


def _inches(name: str, width: float, height: float, note: str = "") -> Trim:
    return Trim(name, inch(width), inch(height), note)


def _metric(name: str, width: float, height: float, note: str = "") -> Trim:
    return Trim(name, mm(width), mm(height), note)


TRIMS: tuple[Trim, ...] = (
    _inches("mini", 2.75, 4.25, "one-sheet zine, an eighth of a letter sheet"),
    _inches("quarter-letter", 4.25, 5.5, "zine, letter folded twice"),
    _inches("half-letter", 5.5, 8.5, "zine, letter folded once"),
    _inches("half-legal", 7, 8.5, "zine, legal folded once"),
    _inches("letter", 8.5, 11),
    _metric("A7", 74, 105, "pocket zine"),
    _metric("A6", 105, 148, "Japanese paperback, quarter-A4 zine"),
    _metric("A5", 148, 210, "zine, A4 folded once"),
    _metric("A4", 210, 297),
    _metric("B7", 88, 125),
    _metric("B6", 128, 182, "Japanese trade (JIS)"),
    _metric("B5", 182, 257, "doujinshi (JIS)"),
    _inches("pocket", 4.25, 6.87, "Lulu and Ingram pocket"),
    _inches("mass-market", 4.12, 6.75, "US rack paperback"),
    _metric("a-format", 110, 178, "UK rack paperback"),
    _metric("b-format", 129, 198, "UK paperback"),
    _metric("demy", 138, 216, "UK trade"),
    _metric("royal", 156, 234, "UK hardback"),
    _metric("crown-quarto", 189, 246),
    _inches("novella", 5, 8),
    _inches("digest", 5.5, 8.5, "US digest"),
    _inches("us-trade-small", 5.25, 8),
    _inches("us-trade", 6, 9),
    _inches("us-royal", 6.14, 9.21),
    _inches("executive", 7, 10),
    _inches("square-small", 5, 5, "square zine"),
    _inches("square", 7, 7),
    _inches("square-large", 8.5, 8.5),
    _inches("half-letter-landscape", 8.5, 5.5),
    _inches("quarter-letter-landscape", 5.5, 4.25),
    _metric("A5-landscape", 210, 148),
    _metric("A6-landscape", 148, 105),
    _inches("letter-landscape", 11, 8.5),
    _metric("A4-landscape", 297, 210),
)

SHEETS: tuple[Trim, ...] = (
    _inches("letter", 8.5, 11),
    _inches("legal", 8.5, 14),
    _inches("tabloid", 11, 17),
    _metric("A5", 148, 210),
    _metric("A4", 210, 297),
    _metric("A3", 297, 420),
    _metric("B4", 257, 364),
)

SHORTEST: Pt = inch(2)
"""The shortest side that still takes five or six words of 8 pt type a line."""
LONGEST: Pt = inch(17)
"""The longest side of a sheet that a copy shop's printer takes."""


LEAST_SHEET: Pt = inch(2)
LARGEST_SHEET: Pt = inch(60)
"""The sides of paper that anybody prints on: from a card to a press sheet of the largest format."""


def find_trim(text: str) -> Trim:
    """Return the trim of that name or size; ConfigError names the nearest trim or the range that works."""
    if trim := _named(text, TRIMS):
        return trim
    try:
        width, height = parse_size(text)
    except ValueError:
        raise ConfigError(f"trim {text!r} is neither a known trim nor a size", _nearest(text, TRIMS, "list trims")) from None
    if min(width, height) < SHORTEST or max(width, height) > LONGEST:
        raise ConfigError(
            f"trim {text!r} is {say(width)} by {say(height)}, which cannot be set",
            f"each side must be from {say(SHORTEST)} to {say(LONGEST)}",
        )
    if max(width, height) > 3 * min(width, height):
        raise ConfigError(
            f"trim {text!r} is more than three times as long as wide", "choose sides closer to each other, 1:3 at the most"
        )
    return Trim(text.strip(), width, height)


def find_sheet(text: str) -> Trim:
    """Return the paper sheet of that name or size, upright; ConfigError names the nearest, or the sizes that work."""
    if sheet := _named(text, SHEETS):
        return sheet
    try:
        width, height = parse_size(text)
    except ValueError:
        raise ConfigError(f"sheet {text!r} is neither a known sheet nor a size", _nearest(text, SHEETS, "")) from None
    if min(width, height) < LEAST_SHEET or max(width, height) > LARGEST_SHEET:
        raise ConfigError(
            f"sheet {text!r} is no paper to print on", f"each side must be from {say(LEAST_SHEET)} to {say(LARGEST_SHEET)}"
        )
    return Trim(text.strip(), min(width, height), max(width, height))


def _named(text: str, table: tuple[Trim, ...]) -> Trim | None:
    wanted = text.strip().lower().replace(" ", "-").replace("_", "-")
    return next((trim for trim in table if trim.name.lower() == wanted), None)


def _nearest(text: str, table: tuple[Trim, ...], listing: str) -> str:
    names = [trim.name for trim in table]
    near = nearest(text, names)
    known = f"`pressbook {listing}` names all" if listing else "known sheets: " + ", ".join(names)
    return (f"did you mean {near!r}? " if near else "") + known + '; or give a size, as "148 x 210 mm" or "5.5x8.5in"'
