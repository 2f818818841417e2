"""What a printer wants of a file: limits, each with its source."""

from typing import Literal, TypeAlias

from pressbook.model.finding import Level
from pressbook.units import Pt
from pressbook.values import Value, replace

Ink: TypeAlias = Literal["gray", "cmyk", "rgb", "spot", "calibrated"]
"""`calibrated` is any colour tied to an ICC profile, or CIE-based."""

SLACK: Pt = 0.75
"""How far a box may be off: printers round to a hundredth of an inch."""


class Source(Value):
    """Where a printer's figures were read."""

    title: str
    address: str
    date: str
    """When it was read, as year-month-day."""
    note: str = ""
    """What is doubtful about it."""


class Stock(Value):
    """A paper that the printer offers."""

    name: str
    caliper: Pt
    """What a page, half a leaf, adds to the spine."""
    most: int
    """Pages that the printer binds of it."""
    thinnest: Pt = 0.0
    """The least that a page may add, where the paper is not known for certain; 0 if it is."""
    thickest: Pt = 0.0

    def spine(self, pages: int) -> tuple[Pt, Pt]:
        """Return how thick so many pages are, at the least and at the most."""
        return pages * (self.thinnest or self.caliper), pages * (self.thickest or self.caliper)


class Wrap(Value):
    """A cover's measures."""

    bleed: Pt
    safety: Pt
    """What type keeps clear of the trim."""
    allowance: Pt
    """What the cover itself adds to the spine."""
    text_from: int
    """Pages from which type may stand on the spine; 0 where there is no spine at all."""
    clear: Pt
    """What type on the spine keeps clear of either fold."""
    barcode: tuple[Pt, Pt]
    """Width and height of the white box that the bar code stands in."""
    flat_to: int = 0
    """Books of up to so many pages may be stapled through the fold, and then have no spine."""
    flaps: bool = False
    """Whether a cover may have flaps."""
    inks: tuple[tuple[Ink, Level], ...] = ()
    """Inks that are not wanted on a cover, and how much."""


class Printer(Value):
    """One printer, one binding: all that a file is checked against."""

    name: str
    """Such as `kdp`."""
    title: str
    """Such as `Amazon KDP, paperback`."""
    verified: str
    """When the table was last gone over, as year-month-day; empty if nobody says."""
    trims: tuple[tuple[Pt, Pt], ...]
    """Sizes that are offered; empty if every size within `range` is."""
    range: tuple[Pt, Pt, Pt, Pt] | None
    """Least and most width, least and most height of other sizes; None if there are no others."""
    least: int
    """Pages."""
    most: int
    multiple: int
    """The number of pages is a multiple of it."""
    gutters: tuple[tuple[int, Pt], ...]
    """(up to so many pages, least inner margin)"""
    gutter_level: Level
    safety: Pt
    """What type keeps clear of the trim."""
    safety_bled: Pt
    """The same where a page bleeds."""
    bleed: Pt
    inner_bleed: bool
    """Whether pages bleed into the gutter as well."""
    bleed_always: bool
    """Whether pages have bleed even if nothing runs off them."""
    standard: str
    """What `press.standard` should be."""
    accepts: tuple[str, ...]
    """Standards that the printer accepts; `none` is any PDF."""
    inks: tuple[tuple[Ink, Level], ...]
    """Inks that are not wanted, and how much."""
    refuses: tuple[tuple[str, Level], ...]
    """Things that are not wanted, by the names of the rules that find them, and how much."""
    type_size: Pt
    """Smaller type is warned of."""
    rule: Pt
    """A thinner line is warned of,"""
    hairline: Pt
    """and one thinner than this is an error."""
    resolution: int
    """Pixels an inch: an image of fewer is warned of,"""
    coarse: int
    """and one of fewer than this is an error."""
    finest: int
    """More than so many are idle."""
    coverage: int
    """Percent of ink, all plates together, that the paper takes: more is warned of,"""
    heaviest: int
    """and more than this is an error."""
    blanks: int
    """So many blank pages may follow each other; 0 for any number."""
    wrap: Wrap
    stocks: tuple[Stock, ...]
    """The usual one first."""
    sources: tuple[tuple[str, Source], ...]
    """Topic to source."""
    at_home: bool = False
    """Whether it prints our booklets, and its user folds them."""

    def lists(self, width: Pt, height: Pt) -> bool:
        """Tell whether a size is on its list."""
        return any(abs(width - across) < SLACK and abs(height - up) < SLACK for across, up in self.trims)

    def takes(self, width: Pt, height: Pt) -> bool:
        """Tell whether a size is one of those between its least and its most, if it has such."""
        if self.range is None:
            return False
        narrow, wide, low, high = self.range
        return narrow - SLACK < width < wide + SLACK and low - SLACK < height < high + SLACK

    def for_trim(self, width: Pt, height: Pt) -> "Printer":
        """Return its table for books of one trim; as it is, if it does not offer that."""
        offered = self.lists(width, height) or self.takes(width, height)
        return replace(self, trims=((width, height),), range=None) if offered else self

    @property
    def dated(self) -> str:
        """Say of when its table is."""
        return f"table of {self.verified}" if self.verified else "undated table"

    def source(self, topic: str) -> str:
        """Name the source of a topic's figures."""
        found = dict(self.sources).get(topic)
        return ", ".join(filter(None, (found.title, found.date, found.address))) if found else ""

    def gutter(self, pages: int) -> Pt:
        """Return the least inner margin of a book of so many pages."""
        return next((gutter for upto, gutter in self.gutters if pages <= upto), self.gutters[-1][1])
