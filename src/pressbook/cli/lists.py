"""`list`: what has a name."""

import argparse
from collections.abc import Callable
from pathlib import Path

from pressbook.cli.common import DONE


def listing(options: argparse.Namespace) -> int:
    """Print one of the lists."""
    lists: dict[str, Callable[[], list[tuple[str, ...]]]] = {
        "trims": _trims,
        "fonts": _fonts,
        "ornaments": _ornaments,
        "schemes": _schemes,
        "printers": _printers,
        "languages": _languages,
    }
    rows = lists[options.what]()
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return DONE


def _trims() -> list[tuple[str, ...]]:
    from pressbook.config import TRIMS
    from pressbook.units import INCH, MM

    rows: list[tuple[str, ...]] = []
    for trim in TRIMS:
        inches = f"{trim.width / INCH:5.2f} x {trim.height / INCH:5.2f} in"
        metric = f"{trim.width / MM:5.1f} x {trim.height / MM:5.1f} mm"
        rows.append((trim.name, inches, metric, trim.note))
    return rows


def _fonts() -> list[tuple[str, ...]]:
    from pressbook.composition import bundled, find_fonts, licence_words

    fonts = find_fonts((Path("fonts"), bundled()))
    return [
        (font.family, font.style, str(font.weight), licence_words(font), font.path.name)
        for font in sorted(fonts, key=lambda font: (font.family, font.weight, font.italic))
    ]


def _ornaments() -> list[tuple[str, ...]]:
    from pressbook.paging.ornaments import NOTES

    return [*NOTES.items(), ("blank", "white lines only"), ("any text", 'such as "* * *", or a glyph of the face, such as "❦"')]


def _schemes() -> list[tuple[str, ...]]:
    from pressbook.press import SCHEMES

    return list(SCHEMES.items())


def _printers() -> list[tuple[str, ...]]:
    from pressbook.press.printers import PRINTERS, find_printer
    from pressbook.units import INCH

    rows: list[tuple[str, ...]] = []
    for printer in map(find_printer, PRINTERS):
        pages = f"{printer.least}-{printer.most} pages" + (f", by the {printer.multiple}" if printer.multiple > 1 else "")
        safety, bleed = f"safety {printer.safety / INCH:.4g} in", f"bleed {printer.bleed / INCH:.4g} in"
        rows.append((printer.name, printer.title, pages, safety, bleed, printer.dated))
    return rows


def _languages() -> list[tuple[str, ...]]:
    from pressbook.composition.hyphenation import languages

    return [(code,) for code in languages()]
