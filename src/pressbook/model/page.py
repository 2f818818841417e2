"""Pages: slugs at baselines, on spreads, in an edition. The origin is the trimmed page's lower left corner."""

from typing import Literal, TypeAlias

from pressbook.model.finding import Finding
from pressbook.model.fit import Fit
from pressbook.model.story import Book, Decision, Picture
from pressbook.model.type import Line
from pressbook.units import Pt
from pressbook.values import Value

NO_BOOK = Book("", "", ())
"""What pages are of that were made by hand."""

Side: TypeAlias = Literal["recto", "verso"]
PageKind: TypeAlias = Literal["text", "opener", "title", "front", "blank", "colophon", "plate"]
"""A `plate` is a page that a picture has to itself."""


class Ornament(Value, eq=False):
    """A drawing of our own: filled paths in a box one unit high. Each is made once: compare by identity."""

    name: str
    width: float
    """The box's width; its height is 1."""
    paths: tuple[tuple[tuple[str, tuple[float, ...]], ...], ...]
    """Closed paths of steps ("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)), ("Z", ()); y upward from 0 to 1.

    Filled by the even-odd rule."""


class Slug(Value, eq=False):
    """A line of type where it stands. Not frozen, for the same reason as the line."""

    line: Line
    x: Pt
    """The measure's left edge; the line's own indent comes on top."""
    y: Pt
    """The baseline."""
    paragraph: int = -1
    """Which paragraph of the book it is of, counted from 0; -1 for display type and notes."""
    note: int = 0
    """Which of its chapter's notes it is of, from 1; 0 if of none."""


class Figure(Value):
    """An ornament where it stands."""

    ornament: Ornament
    x: Pt
    """Left edge."""
    y: Pt
    """Lower edge."""
    height: Pt


class Inset(Value):
    """A picture where it stands: the window that it fills, cut off on two sides alike where their shapes differ."""

    picture: Picture
    x: Pt
    """Left edge."""
    y: Pt
    """Lower edge."""
    width: Pt
    height: Pt
    caption: str = ""
    """What those hear of it who do not see it; empty tells them the picture's name."""
    spared: tuple[Pt, Pt, Pt, Pt] | None = None
    """A label cut out of it, in which type stands: left, bottom, right, top."""


class Code(Value):
    """A text as a square code that a camera reads, where it stands."""

    text: str
    x: Pt
    """Left edge of the white around it."""
    y: Pt
    """Lower edge of the white."""
    size: Pt
    """Side of the square, the white included."""


class Page(Value):
    """One page, complete."""

    number: int
    """The physical page, from 1; odd pages are rectos."""
    side: Side
    kind: PageKind
    slugs: tuple[Slug, ...] = ()
    """The text, in reading order."""
    figures: tuple[Figure, ...] = ()
    """Ornaments."""
    furniture: tuple[Slug, ...] = ()
    """Folio and running head."""
    label: str = ""
    """The page's number in words of the book (`iv`, `12`), whether printed or not."""
    slug_line: tuple[Slug, ...] = ()
    """On the paper around the page: what the printer is told."""
    insets: tuple[Inset, ...] = ()
    """Pictures."""
    codes: tuple[Code, ...] = ()


class Spread(Value):
    """Facing pages; the first recto and a last verso stand alone."""

    verso: Page | None
    recto: Page | None


class Compromise(Value):
    """What the page maker had to do that a page should not have, and what it paid for it."""

    page: int
    """The physical page, from 1."""
    fault: str
    """Its name, such as `looser paragraph`."""
    price: float
    """In the page maker's own currency: a spread a line short costs 120, a paragraph set a line longer some 20 to 500."""
    remedy: str
    """One word for what an author could do about it."""
    line: int
    """The source line of the paragraph or break concerned; 0 if none is."""
    file: str = ""
    """The manuscript, where the book has several."""


class Entry(Value):
    """A line of the outline."""

    title: str
    page: int
    """The physical page, from 1."""
    byline: str = ""
    """Whose it is, of a story among others."""
    depth: int = 0
    """0 stands alone or over others; 1 is a chapter under a part or a story."""


class Edition(Value):
    """The finished book."""

    title: str
    author: str
    language: str
    """BCP 47, such as `en-US`."""
    width: Pt
    """Trimmed page width."""
    height: Pt
    """Trimmed page height."""
    bleed: Pt
    """How far what is printed may reach past the trim."""
    spreads: tuple[Spread, ...]
    outline: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    subject: str = ""
    decisions: tuple[Decision, ...] = ()
    """What the mark-up decided."""
    compromises: tuple[Compromise, ...] = ()
    """What the pages cost, in the order of the pages."""
    book: Book = NO_BOOK
    """The story that it sets, for outputs that have no pages."""
    menu: tuple[Fit, ...] = ()
    """The settings that copyfitting weighed, in the order of their pages; empty if no number of pages was asked for."""
    volumes: tuple["Edition", ...] = ()
    """The same book parted into volumes, each an edition with pages of its own; empty if one binding holds it."""
    volume: str = ""
    """Which volume it is, such as `Volume Two`, as its title says; empty if it is none."""
    bleeds_at_spine: bool = True
    """False if the bleed is on the three outer sides only."""

    @property
    def words(self) -> int:
        """How many words the story has, titles and furniture left out; counted when asked for."""
        return self.book.words

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages in reading order."""
        return tuple(page for spread in self.spreads for page in (spread.verso, spread.recto) if page is not None)
