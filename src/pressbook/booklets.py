"""Booklets: the sheets to print of a book that is set, and what goes with them."""

from dataclasses import dataclass

from pressbook.config import Config
from pressbook.pdf import Plates, flats_pdf
from pressbook.press import Imposition, impose


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that a booklet consists of."""

    suffix: str
    """What its name ends in after the story's, such as `-booklet`."""
    kind: str
    pages: int
    content: bytes


def bind(plates: Plates, config: Config, moment: int | None = None) -> tuple[Imposition, tuple[Printed, ...]]:
    """Impose an engraved book by `[booklet]`; return it with its files.

    ConfigError and LayoutError as `impose` raises them.
    """
    edition, keys = plates.edition, config.booklet
    imposed = impose(len(edition.pages), edition.width, edition.height, keys, edition.bleed)
    if not imposed.by_hand:
        flats = imposed.flats
        return imposed, (Printed("-booklet", "booklet", len(flats), flats_pdf(plates, flats, moment)),)
    half = len(imposed.flats) // 2
    sides = (("-fronts", imposed.flats[:half]), ("-backs", imposed.flats[half:]))
    return imposed, tuple(
        Printed(f"-booklet{suffix}", "booklet", len(flats), flats_pdf(plates, flats, moment)) for suffix, flats in sides
    )
