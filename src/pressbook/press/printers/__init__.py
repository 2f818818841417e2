"""The printers: one dated, sourced table file each, read into a `Printer`."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from pressbook.errors import ConfigError
from pressbook.model import Printer, Source, Stock, Wrap
from pressbook.units import parse, parse_size

PRINTERS = ("kdp", "ingramspark", "lulu", "mixam", "home", "trade")
TRADE = "trade"
"""The table for a file that goes to no printer in particular."""


@cache
def find_printer(name: str) -> Printer:
    """Return the printer of that name; ConfigError names the nearest."""
    wanted = name.strip().lower().replace(" ", "")
    if wanted not in PRINTERS:
        near = get_close_matches(wanted, PRINTERS, n=1)
        hint = (f"did you mean {near[0]!r}? " if near else "") + "`pressbook list printers` names all"
        raise ConfigError(f"printer {name!r} is not known", hint)
    import tomllib

    return _read(tomllib.loads((files(__name__) / f"{wanted}.toml").read_text(encoding="utf-8")))


def _read(table: dict[str, Any]) -> Printer:
    trims, pages, margins, bleed = table["trims"], table["pages"], table["margins"], table["bleed"]
    file, prints, cover = table["file"], table["print"], table["cover"]
    width, height = ([parse(length) for length in trims.get(side, ())] for side in ("width", "height"))
    topics = ("trims", "pages", "margins", "bleed", "file", "print", "cover")
    sources = {name: _source(found) for name, found in table["sources"].items()}
    return Printer(
        name=table["name"],
        title=table["title"],
        verified=str(table["verified"]),
        trims=tuple(parse_size(size) for size in trims.get("sizes", ())),
        range=(width[0], width[1], height[0], height[1]) if width else None,
        least=pages["least"],
        most=pages["most"],
        multiple=pages["multiple"],
        gutters=tuple((upto, parse(length)) for upto, length in margins["gutter"]),
        gutter_level=margins["level"],
        safety=parse(margins["safety"]),
        safety_bled=parse(margins.get("safety-bled", margins["safety"])),
        bleed=parse(bleed["width"]),
        inner_bleed=bleed["inner"],
        bleed_always=bleed["always"],
        standard=file["standard"],
        accepts=tuple(file["accepts"]),
        inks=tuple(file.get("inks", {}).items()),
        refuses=tuple(file["refuses"].items()),
        type_size=parse(prints["type"]),
        rule=parse(prints["rule"]),
        hairline=parse(prints["hairline"]),
        resolution=prints["resolution"],
        coarse=prints["coarse"],
        finest=prints["finest"],
        coverage=prints["coverage"],
        blanks=pages.get("blanks", 0),
        wrap=Wrap(
            bleed=parse(cover["bleed"]),
            safety=parse(cover["safety"]),
            allowance=parse(cover["allowance"]),
            text_from=cover["text-from"],
            clear=parse(cover["clear"]),
            barcode=parse_size(cover["barcode"]),
        ),
        stocks=tuple(Stock(stock["name"], parse(stock["caliper"]), stock["most"]) for stock in table["stock"]),
        sources=tuple((topic, sources[table[topic]["source"]]) for topic in topics),
    )


def _source(table: dict[str, Any]) -> Source:
    return Source(table["title"], table["address"], str(table["date"]), table.get("note", ""))
