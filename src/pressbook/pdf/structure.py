"""The structure tree: what of the pages is heading and paragraph, in order, for those who hear the book (ISO 14289-1)."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TypeAlias

from pressbook.model import Edition, Inset, Page
from pressbook.pdf import numbers
from pressbook.pdf.fonts import utf16
from pressbook.units import Pt
from pressbook.values import Value

Mark: TypeAlias = tuple[int, str]
"""Of a stretch of marked content: the paragraph that it is of, below 0 for display type, and the role of display type; of
a note its number, and `note`; of a picture its place among the page's, and `figure`."""

RANKS = {"part": 1, "chapter": 2, "section": 3}
"""Headings that open a division: one closes all divisions of its own and higher ranks."""
DIVISIONS = {1: "Part", 2: "Sect", 3: "Sect"}
DEEPEST = 6
"""PDF knows headings down to H6."""


class _Element(Value, eq=False):
    reference: str
    """What its parent and its pages call it."""
    tag: str
    parent: str
    """A reference to it."""
    page: str
    """A reference to the page on which it begins; empty for what only holds other elements."""
    kids: list[str]


def structure(
    edition: Edition, marked: Sequence[Sequence[Mark]], pages: Sequence[str], corners: Sequence[tuple[Pt, Pt]], first: int
) -> list[str]:
    """Write the objects of the tree, numbered from `first`, its root.

    `pages` are references to the pages, `corners` where their trims' lower left corners stand on them.

    Paragraphs that go on over a page's end are one element; what a chapter's number and name say is one heading.
    """
    tree = _Tree(pages, corners, first)
    for at, (page, marks) in enumerate(zip(edition.pages, marked, strict=True)):
        tree.take(at, page, marks)
    return tree.written()


class _Tree:
    """Elements as they are found, page after page."""

    def __init__(self, pages: Sequence[str], corners: Sequence[tuple[Pt, Pt]], first: int) -> None:
        self.pages = pages
        self.corners = corners
        self.first = first
        self.elements: list[_Element] = []
        self.document = self.open("Document", None)
        self.divisions: list[tuple[int, _Element, bool]] = []
        """The divisions open: rank, element, and whether they have a heading."""
        self.titled = False
        self.paragraph = -1
        self.last = self.document
        """The paragraph, and the element, of the stretch of text taken last."""
        self.note = (0, self.document)
        """The number in its chapter, and the element, of the note taken last."""
        self.notes: dict[str, _Element] = {}
        """The name of each note, in order, and its element."""
        self.owners: list[list[str]] = []
        """Of each page, the elements that its stretches of marked content are of."""

    def open(self, tag: str, parent: _Element | None, page: str = "") -> _Element:
        """Add an element to its parent, or to the root; return it."""
        reference = f"{self.first + 2 + len(self.elements)} 0 R"  # after the root and the tree of parents
        element = _Element(reference, tag, parent.reference if parent else f"{self.first} 0 R", page, [])
        self.elements.append(element)
        if parent:
            parent.kids.append(reference)
        return element

    def take(self, at: int, page: Page, marks: Sequence[Mark]) -> None:
        """Add what a page holds."""
        # A chapter without a title begins on such a page all the same.
        untitled = page.kind in ("opener", "front") and not any(role in ("part", "chapter") for _, role in marks)
        self.owners.append([])
        before = ""
        if page.kind in ("opener", "front"):
            self.note = (0, self.document)
        for here, (paragraph, role) in enumerate(marks):
            if role == "note":
                self.hold(self.take_note(paragraph, self.pages[at]), at, here)
                continue
            if role == "caption":
                # The paragraph of the page before may go on behind it.
                self.hold(self.open("Caption", self.inmost, self.pages[at]), at, here)
                continue
            if role == "figure":
                figure = _figure(page.insets[paragraph], *self.corners[at])
                self.hold(self.open(figure, self.inmost, self.pages[at]), at, here)
                continue
            if before == "number" or (paragraph >= 0 and paragraph == self.paragraph):
                element = self.last
            else:
                if untitled and paragraph >= 0:
                    self.divide(RANKS["chapter"], headed=False)
                    untitled = False
                element = self.begin(_sense(marks, here) if role else "", self.pages[at])
            self.hold(element, at, here)
            self.paragraph, self.last, before = paragraph, element, role

    def hold(self, element: _Element, at: int, here: int) -> None:
        """Let an element hold a stretch of a page."""
        page = self.pages[at]
        element.kids.append(str(here) if element.page == page else f"<</Type/MCR/Pg {page}/MCID {here}>>")
        self.owners[at].append(element.reference)

    def take_note(self, number: int, page: str) -> _Element:
        """Return the element of a note, a new one unless it goes on from the page before."""
        if number != self.note[0]:
            # A note is known by a name of its own (ISO 14289-1, 7.9).
            name = f"(note{len(self.notes) + 1:05})"
            self.notes[name] = self.open(f"Note/ID{name}", self.inmost, page)
            self.note = (number, self.notes[name])
        return self.note[1]

    @property
    def inmost(self) -> _Element:
        """The division that is open, or the document."""
        return self.divisions[-1][1] if self.divisions else self.document

    def begin(self, sense: str, page: str) -> _Element:
        """Open a paragraph, or a heading and the division that it heads; the book's title heads the document itself."""
        tag = "P"
        if sense == "title":
            self.titled, tag = True, "H1"
        elif sense in RANKS:
            self.divide(RANKS[sense], headed=True)
            level = self.titled + sum(headed for _, _, headed in self.divisions)
            tag = f"H{min(level, DEEPEST)}"
        return self.open(tag, self.inmost, page)

    def divide(self, rank: int, headed: bool) -> None:
        """Close the divisions that one of such a rank ends, and open it."""
        while self.divisions and self.divisions[-1][0] >= rank:
            self.divisions.pop()
        self.divisions.append((rank, self.open(DIVISIONS[rank], self.inmost), headed))

    def written(self) -> list[str]:
        """Write the root, the tree of parents, and the elements."""
        names = " ".join(f"{name} {note.reference}" for name, note in self.notes.items())
        by_name = f"/IDTree<</Names[{names}]>>" if names else ""
        tree = f"/K {self.document.reference}/ParentTree {self.first + 1} 0 R/ParentTreeNextKey {len(self.pages)}{by_name}"
        root = f"<</Type/StructTreeRoot{tree}>>"
        parents = "".join([f"{at}[{' '.join(owners)}]" for at, owners in enumerate(self.owners)])
        return [root, f"<</Nums[{parents}]>>", *map(_element, self.elements)]


def _sense(marks: Sequence[Mark], here: int) -> str:
    """Say what a stretch is: a chapter's number is what the name is that follows, a subtitle in the text heads a section."""
    paragraph, role = marks[here]
    if role == "number" and here + 1 < len(marks):
        return marks[here + 1][1]
    return "section" if role == "subtitle" and paragraph >= 0 else role


def _figure(inset: Inset, x: Pt, y: Pt) -> str:
    """Write what a picture's element has beside its kids: words in its place, and where it is on its sheet."""
    # A file's name is poor words, but better without its dots and dashes than with them.
    said = utf16(inset.caption or " ".join(re.split(r"[-_\s]+", PurePath(inset.picture.name).stem)))
    box = (inset.x + x, inset.y + y, inset.x + inset.width + x, inset.y + inset.height + y)
    return f"Figure/Alt<FEFF{said}>/A<</O/Layout/Placement/Block/BBox[{' '.join(map(numbers.number, box))}]>>"


def _element(element: _Element) -> str:
    page = f"/Pg {element.page}" if element.page else ""
    kids = element.kids[0] if len(element.kids) == 1 else f"[{' '.join(element.kids)}]"
    return f"<</S/{element.tag}/P {element.parent}{page}/K {kids}>>"
