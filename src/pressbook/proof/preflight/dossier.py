"""What a PDF is made of, as read from the file: plain facts, no opinion."""

from typing import NamedTuple

from pressbook.model import Ink
from pressbook.units import Pt
from pressbook.values import Value


class Box(NamedTuple):
    """A rectangle in points, in the page's own space."""

    left: Pt
    bottom: Pt
    right: Pt
    top: Pt

    @property
    def width(self) -> Pt:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> Pt:
        """From bottom to top."""
        return self.top - self.bottom

    def turned(self, turn: int) -> "Box":
        """Return it as it is shown by a page that is turned clockwise about the origin."""
        left, bottom, right, top = self
        return {
            90: Box(bottom, -right, top, -left),
            180: Box(-right, -top, -left, -bottom),
            270: Box(-top, left, -bottom, right),
        }.get(turn, self)

    def scaled(self, unit: float) -> "Box":
        """Return it in points, from units of so many."""
        return self if unit == 1 else Box(*(unit * side for side in self))

    def within(self, other: "Box", slack: Pt = 0.01) -> bool:
        """Tell whether it lies inside another box, or on its edge."""
        return (
            self.left >= other.left - slack
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )

    def touches(self, other: "Box") -> bool:
        """Tell whether it shares some area, line or point with another box."""
        return self.left <= other.right and other.left <= self.right and self.bottom <= other.top and other.bottom <= self.top

    def common(self, other: "Box") -> "Box":
        """Return what it shares with a box that it touches."""
        return Box(
            max(self.left, other.left), max(self.bottom, other.bottom), min(self.right, other.right), min(self.top, other.top)
        )

    def meets(self, other: "Box") -> bool:
        """Tell whether it shares some area with another box."""
        return self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top


class Type(NamedTuple):
    """A run of type."""

    box: Box
    """Around its glyphs."""
    size: Pt
    """As it stands on the page."""
    unseen: str = ""
    """Why nobody sees it, such as `white on white`; empty if it is seen."""


class Rule(NamedTuple):
    """A line, drawn or filled, that is thin."""

    box: Box
    width: Pt


class Picture(NamedTuple):
    """An image where it stands."""

    box: Box
    resolution: float
    """Pixels an inch, the lower of both directions."""
    bits: int
    """A pixel: 1 is line art."""


class Leaf(Value):
    """One page of the file."""

    number: int
    media: Box
    crop: Box
    bleed: Box
    trim: Box
    given: frozenset[str]
    """The boxes that the file names for this page, such as `TrimBox`; what it does not name follows from the others."""
    type: tuple[Type, ...] = ()
    pictures: tuple[Picture, ...] = ()
    drawn: tuple[Box, ...] = ()
    """Around each path."""
    thin: tuple[Rule, ...] = ()
    """The lines of at most a point."""
    inks: frozenset[Ink] = frozenset()
    coverage: float = 0.0
    """The heaviest colour, in percent of all plates together."""
    device: frozenset[Ink] = frozenset()
    """Of the inks, those that are not tied to a profile."""
    transparent: tuple[str, ...] = ()
    """What is transparent, in words."""
    group: bool = False
    """Whether it, or a form on it, declares a transparency group."""
    rich: str = ""
    """The black of several inks that type is set in; empty if there is none."""
    vanishing: bool = False
    """Whether something white is printed over what lies under it, and so is gone."""
    lacking: str = ""
    """The font that is asked for a glyph which it has not; empty if there is none."""
    oddities: tuple[str, ...] = ()
    """What no PDF/X may hold: transfer curves, PostScript, alternate images."""
    registered: tuple[Box, ...] = ()
    """Around what is painted in the colour that prints on every plate."""
    turn: int = 0
    """Degrees by which it is shown turned, clockwise; all boxes are as it is shown."""
    annotations: tuple[str, ...] = ()
    """Their kinds."""
    unreadable: str = ""
    """Why its content cannot be read to the end; empty if it can."""

    @property
    def text(self) -> tuple[Type, ...]:
        """The type of the page itself: what stands outside the bleed tells the printer which page it is."""
        return tuple(run for run in self.type if not run.unseen and run.box.meets(self.bleed))

    @property
    def thinnest(self) -> Pt | None:
        """The finest line of the page itself, and not of what is printed beside it; None if there is none."""
        return min((line.width for line in self.thin if line.box.touches(self.trim)), default=None)

    @property
    def unseen(self) -> tuple[str, ...]:
        """Why type on it is not seen, for each reason once."""
        beyond = ("beyond the paper",) if any(not run.box.meets(self.media) for run in self.type) else ()
        return (*dict.fromkeys(run.unseen for run in self.type if run.unseen), *beyond)

    @property
    def blank(self) -> bool:
        """Whether nothing at all is printed on it."""
        return not (self.type or self.pictures or self.drawn or self.unreadable)


class Face(NamedTuple):
    """A font of the file."""

    name: str
    kind: str
    """Such as `TrueType` or `Type3`."""
    embedded: bool
    """Whether its program is in the file, and is one."""
    subset: bool
    page: int
    """The first page that names it."""
    idle: bool = False
    """Whether it is known to set no type."""


class Intent(NamedTuple):
    """An output intent."""

    kind: str
    """Such as `GTS_PDFX`."""
    condition: str
    profile: str
    """The device class and colour space of its embedded profile, such as `prtr CMYK`; empty without one."""
    channels: int = 0
    """How many the file says that the profile has."""
    digest: str = ""
    """What tells the profile from another; empty without one."""


class Dossier(Value):
    """All that is known of one PDF."""

    name: str
    version: str
    leaves: tuple[Leaf, ...]
    faces: tuple[Face, ...] = ()
    encrypted: bool = False
    claims: str = ""
    """The standard that it says it keeps, such as `PDF/X-4`."""
    intents: tuple[Intent, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    """(rule, what it is): scripts, forms, attachments, layers, an outline."""
    title: str = ""
    trapped: str = ""
    dated: bool = False
    """Whether it tells both when it was made and when it was changed."""
    named: bool = False
    """Whether it has a file identifier."""
    mended: str = ""
    """What had to be mended before it could be read; empty if it is whole."""
    claimed_in_xmp: str = ""
    """The same, by its XMP metadata alone."""
    told: bool = False
    """Whether it has XMP metadata."""
    disagreements: tuple[str, ...] = ()
    """What its XMP metadata tells otherwise than its information dictionary."""
    filters: frozenset[str] = frozenset()
    """Of its streams."""
    ours: bool = False
    """Whether pressbook wrote it, so that a remedy may speak of its keys."""
