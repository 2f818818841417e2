"""The printers: one dated, sourced table file each, read into a `Printer`."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pressbook.config import Config
from pressbook.config.printers import TOPICS, PrinterTable, base_of, parse_table, read_table
from pressbook.config.printers import Level as TableLevel
from pressbook.errors import ConfigError, nearest
from pressbook.model import Edition, Finding, Level, Printer, Source, Stock, Wrap
from pressbook.units import INCH, Pt

T = TypeVar("T")
PRINTERS = ("kdp", "ingramspark", "lulu", "mixam", "home", "trade")
HOME = "home"
"""The only one that folds our booklet."""
TRADE = "trade"
"""The table for a file that goes to no printer in particular."""


def find_printer(name: str, folder: Path = Path()) -> Printer:
    """Return the printer of that name, or that a table of the user's describes, by its path from a folder.

    ConfigError names the nearest printer, or what is wrong in the table.
    """
    if name.strip().lower().endswith(".toml"):
        return _own(folder / name.strip())
    wanted = name.strip().lower().replace(" ", "")
    if wanted not in PRINTERS:
        near = nearest(wanted, PRINTERS)
        hint = (f"did you mean {near!r}? " if near else "") + "`pressbook list printers` names all"
        raise ConfigError(f"printer {name!r} is not known", f'{hint}; a table of your own is named by its file, as "shop.toml"')
    return _known(wanted)


@cache
def _known(name: str) -> Printer:
    return _printer(read_table(_table_of(name), f"{name}.toml"))


def _table_of(name: str) -> dict[str, Any]:
    return parse_table((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


def _own(path: Path) -> Printer:
    """Read a table of the user's, which says only what is not as with another printer."""
    if not path.is_file():
        raise ConfigError(f"printer {str(path)!r} is no file", "name a table by its path, or a printer of `list printers`")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is no text in UTF-8", "save it as such") from None
    table = parse_table(text, path.name)
    like = base_of(table, path.name)
    if like not in PRINTERS:
        raise ConfigError(f"{path.name}: like = {like!r} is no printer", f"it may be {', '.join(PRINTERS)}")
    return _printer(read_table(table, path.name, _table_of(like)))


def wishes(printer: Printer, pages: int) -> tuple[str, ...]:
    """List what a printer wants of a book of so many pages, as `key=value` of the config."""
    return (
        f"page.gutter={_inches(printer.gutter(pages))}",
        f"page.safety={_inches(printer.safety)}",
        *([f"page.bleed={'' if printer.inner_bleed else 'outer '}{_inches(printer.bleed)}"] if printer.bleed_always else []),
        f"press.standard={printer.standard}",
        f"press.multiple={printer.multiple}",
        *([] if printer.at_home else ["outputs.booklet=false"]),
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


def _printer(table: PrinterTable) -> Printer:
    trims, pages, margins, bleed = table.trims, table.pages, table.margins, table.bleed
    file, prints, cover = table.file, table.print, table.cover
    sources = {name: Source(found.title, found.address, found.date, found.note) for name, found in table.sources.items()}
    return Printer(
        name=table.name,
        title=table.title,
        verified=table.verified,
        trims=tuple((size.width, size.height) for size in trims.sizes),
        range=(*trims.width, *trims.height) if trims.width and trims.height else None,
        least=pages.least,
        most=pages.most,
        multiple=pages.multiple,
        gutters=margins.gutter,
        gutter_level=margins.level,
        safety=margins.safety,
        safety_bled=margins.safety if margins.safety_bled is None else margins.safety_bled,
        bleed=bleed.width,
        inner_bleed=bleed.inner,
        bleed_always=bleed.always,
        standard=file.standard,
        accepts=file.accepts,
        inks=_levels(file.inks),
        refuses=tuple((str(thing), level) for thing, level in _levels(file.refuses)),
        type_size=prints.type,
        rule=prints.rule,
        hairline=prints.hairline,
        resolution=prints.resolution,
        coarse=prints.coarse,
        finest=prints.finest,
        coverage=prints.coverage,
        heaviest=prints.heaviest or prints.coverage,
        blanks=pages.blanks,
        wrap=Wrap(
            bleed=cover.bleed,
            safety=cover.safety,
            allowance=cover.allowance,
            text_from=cover.text_from,
            clear=cover.clear,
            barcode=(cover.barcode.width, cover.barcode.height),
            flat_to=cover.flat_to,
            flaps=cover.flaps,
            inks=_levels(file.inks if cover.inks is None else cover.inks),
        ),
        stocks=tuple(
            Stock(stock.name, stock.thickness, stock.most, stock.thinnest or 0.0, stock.thickest or 0.0) for stock in table.stock
        ),
        at_home=table.at_home,
        sources=tuple((topic, sources[getattr(table, topic).source]) for topic in TOPICS),
    )


def _levels(said: Mapping[T, TableLevel]) -> tuple[tuple[T, Level], ...]:
    """List how much each thing is not wanted; what is `off` is none of them."""
    return tuple((name, level) for name, level in said.items() if level != "off")
