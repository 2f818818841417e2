"""The printers: one dated, sourced table file each, read into a `Printer`."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pressbook.config import Config
from pressbook.errors import ConfigError
from pressbook.model import Edition, Finding, Printer, Source, Stock, Wrap
from pressbook.units import INCH, Pt, parse, parse_size

PRINTERS = ("kdp", "ingramspark", "lulu", "mixam", "home", "trade")
HOME = "home"
"""The only one that folds our booklet."""
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

    return _read(tomllib.loads((Path(__file__).parent / f"{wanted}.toml").read_text(encoding="utf-8")))


def wishes(printer: Printer, pages: int) -> tuple[str, ...]:
    """List what a printer wants of a book of so many pages, as `key=value` of the config."""
    folded = printer.name == HOME
    return (
        f"page.gutter={_inches(printer.gutter(pages))}",
        f"page.safety={_inches(printer.safety)}",
        *([f"page.bleed={_inches(printer.bleed)}"] if printer.bleed_always else []),
        f"press.standard={printer.standard}",
        f"press.multiple={printer.multiple}",
        *([] if folded else ["outputs.booklet=false"]),
    )


def settle(printer: Printer, set_for: Callable[[tuple[str, ...]], Edition]) -> tuple[Edition, tuple[str, ...]]:
    """Set a book until it has the gutter that its own number of pages asks for; return it with the wishes it was set by.

    A wider gutter makes more pages, so the row of the printer's table only climbs, and the climb ends.
    """
    pages = printer.least
    while True:
        wanted = wishes(printer, pages)
        edition = set_for(wanted)
        made = max(len(volume.pages) for volume in edition.volumes or (edition,))
        if printer.gutter(made) <= printer.gutter(pages):
            return edition, wanted
        pages = made


def settled(printer: Printer, wanted: tuple[str, ...], config: Config) -> Finding:
    """Say what was set for a printer, and what was left as the user wrote it."""
    done: list[str] = []
    kept: list[str] = []
    for wish in wanted:
        key, _, value = wish.partition("=")
        section, _, name = key.partition(".")
        written = getattr(getattr(config, section), name.replace("-", "_"))
        said = str(written).lower() if isinstance(written, bool) else str(written)
        (done if said == value else kept).append(f"{key} = {value if said == value else said}")
    message = f"for {printer.title}: " + ("set " + ", ".join(done) if done else "nothing to set")
    return Finding("notice", "printer", message + (f"; kept as you wrote it: {', '.join(kept)}" if kept else ""))


def _inches(length: Pt) -> str:
    return f"{length / INCH:.4g}in"


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
