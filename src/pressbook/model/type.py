"""Type not yet paged: words shaped once, lines broken, galleys of them."""

from pathlib import Path
from typing import Literal, TypeAlias

from pressbook.model.finding import Finding
from pressbook.model.story import UNTOLD, Picture, Stand, Story
from pressbook.units import Pt
from pressbook.values import Value

Role: TypeAlias = Literal[
    "title",
    "half-title",
    "subtitle",
    "author",
    "part",
    "chapter",
    "number",
    "break",
    "folio",
    "head",
    "small",
    "entry",
    "caption",
    "digits",
]
"""What a line of display type is for; the compositor knows its style."""

Tail: TypeAlias = Literal["space", "joined", "last"]
"""What parts a line from the next of its paragraph: a word space; nothing, where a word goes on; or there is no next."""

HYPHENS = ("-", "\u2010")


class Font(Value):
    """A face that lies in a file and may be embedded."""

    family: str
    """Such as `EB Garamond`."""
    style: str
    """Such as `Regular`, `Italic`, `SemiBold`."""
    weight: int
    """100 to 900; 400 is regular."""
    italic: bool
    path: Path
    licence: int = 0
    """OS/2 fsType: the embedding bits."""


class Style(Value):
    """A face at a size, with the OpenType features that are on; compare by value."""

    font: Font
    size: Pt
    features: tuple[str, ...] = ("kern", "liga")
    """Feature tags that are on, sorted; a leading minus turns one off."""
    tracking: Pt = 0.0
    """White added after each glyph."""


class Piece(Value, eq=False):
    """Glyphs of one style, shaped together. Each distinct piece is made once: compare by identity."""

    style: Style
    text: str
    """The letters as they should be extracted; a hyphen made by hyphenation is U+00AD."""
    glyphs: tuple[int, ...]
    """Glyph ids in the font's own numbering."""
    clusters: tuple[str, ...]
    """The letters that each glyph stands for; empty for the later glyphs of a group."""
    advances: tuple[int, ...]
    """How far the pen moves after each glyph, in font units, kerning and tracking included."""
    offsets: tuple[tuple[int, int], ...]
    """Each glyph's (x, y) offset from the pen, in font units; empty if all are (0, 0)."""
    width: Pt


class Word(Value, eq=False):
    """What stands between two word spaces, or the part of it that fits a line."""

    text: str
    pieces: tuple[Piece, ...]
    """One, unless the style changes inside the word."""
    width: Pt
    hang_left: Pt = 0.0
    """How far its first glyph stands out into the left margin when it opens a line."""
    hang_right: Pt = 0.0
    """How far its last glyph stands out into the right margin when it closes a line."""
    seams: int = 0
    """How many places between its glyphs a line's tracking can widen."""
    anchor: tuple[Piece, Piece] | None = None
    """For a word whose initial stands on a lower line, what is not seen and marks the line for who reads the file: the initial
    once more in the size of the text, and a soft hyphen."""


class Line(Value, eq=False):
    """A line of type."""

    words: tuple[Word, ...]
    space: Pt
    """The word space as set."""
    indent: Pt
    """Where the first glyph stands, right of the measure's left edge (negative where it hangs)."""
    ratio: float = 0.0
    """The adjustment ratio: -1 all shrink used, 0 natural, +1 all stretch used (Knuth and Plass 1981, p. 1125)."""
    hyphenated: bool = False
    """True if it ends in a hyphen that hyphenation made."""
    scale: float = 1.0
    """Of the glyphs' width."""
    tracking: Pt = 0.0
    """White added between the letters of a word, on top of the style's own."""
    tail: Tail = "space"
    role: Role | None = None
    """Of display type."""

    @property
    def breaks_word(self) -> bool:
        """Whether it ends in the midst of a word, at a hyphen made or typed."""
        return self.hyphenated or (bool(self.words) and self.words[-1].text[-1:] in HYPHENS)


class Setting(Value, eq=False):
    """One way to set a paragraph."""

    lines: tuple[Line, ...]
    demerits: float = 0.0
    looseness: int = 0
    """Lines more or fewer than the optimum."""
    cites: tuple[tuple[int, ...], ...] = ()
    """For each line the notes that it is the first of its chapter to cite, from 1; empty if none of the lines does."""


class Passage(Value, eq=False):
    """A paragraph in type, in all the settings the page maker may choose from, best first."""

    settings: tuple[Setting, ...]
    line: int
    """The source line on which the paragraph begins."""
    keep: bool = False
    """True if its lines stay together and with what follows (a heading)."""
    above: int = 0
    """White grid lines wanted above, where it does not open a page."""
    below: int = 0
    """White grid lines wanted below."""
    held: tuple[int, ...] = ()
    """Lines, from 0, that no page may begin with, widows apart: a signature's first, a turned-over part of verse."""
    whole: int = 0
    """So many lines from its first on stand on one page, beside its initial; those of the next passage, if it has fewer."""


class White(Value):
    """White between passages: a scene break with its ornament, or a pause."""

    ornament: bool
    """True for a scene break."""
    line: int
    """The source line it stands for."""


class Cut(Value):
    """A picture with its caption in type."""

    picture: Picture
    caption: tuple[Line, ...]
    """Each line centred already on the measure."""
    leading: Pt
    """From baseline to baseline of the caption."""
    line: int
    """The source line that names it."""
    stand: Stand = "text"
    alt: str = ""
    """What those hear of it who do not see it; empty where its caption tells them."""


class Opener(Value):
    """What stands at a chapter's head: its title, set and broken by sense."""

    lines: tuple[Line, ...]
    """The title's lines, each centred already, a number's first; empty for a story without chapters."""
    leading: Pt
    """From baseline to baseline."""
    number: int = 0
    """How many of the lines are the chapter's number, set small above its name."""
    parting: Pt = 0.0
    """From the number's last baseline to the name's first."""
    byline: int = 0
    """How many of the lines, the last, are the author's name, set small below the title."""
    drop: Pt = 0.0
    """From the title's last baseline to the author's first."""

    @property
    def rises(self) -> tuple[Pt, ...]:
        """How far each line stands above the last."""
        steps = [self.leading] * (len(self.lines) - 1)
        if self.number:
            steps[self.number - 1] = self.parting
        if self.byline:
            steps[-self.byline] = self.drop
        return tuple(sum(steps[row:]) for row in range(len(self.lines)))


class Galley(Value):
    """A chapter in type, not yet paged."""

    opener: Opener
    blocks: tuple[Passage | White | Cut, ...]
    title: str
    kind: str
    """The chapter's kind: `chapter`, `part`, `front` or `back`."""
    findings: tuple[Finding, ...] = ()
    byline: str = ""
    """The author's name, where it stands under the title."""
    story: Story = UNTOLD
    """The story that it is of."""
    notes: tuple[tuple[Line, ...], ...] = ()
    """The lines of each note that stands at a page's foot, in small type on a grid of its own."""
