"""Furniture: pages in their places, with folios, running heads, title page, imprint and colophon."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from math import ceil

from pressbook.config import Design
from pressbook.errors import ConfigError
from pressbook.model import (
    Book,
    Compromise,
    Edition,
    Entry,
    Figure,
    Fit,
    Galley,
    Line,
    Opener,
    Ornament,
    Page,
    PageKind,
    Side,
    Slug,
    Spread,
    White,
)
from pressbook.paging import matter
from pressbook.paging.looseness import loosen
from pressbook.paging.ornaments import NOTES, find_ornament
from pressbook.paging.rows import Row, Rows, is_blank, opener_rows, write_out
from pressbook.paging.spreads import REMEDIES, Makeup, make_up
from pressbook.paging.stick import Draft, SetLines, Stick, side_of, size_of
from pressbook.units import Pt

X_HEIGHT = 0.4
"""Height of small letters in em: an ornament on a line is centred on half of it."""

NUMERAL = re.compile(r"[0-9IVXLC]+\.?")
"""A chapter's title that only counts: as a head, above a folio, it would look like another folio."""

DINKUS = "* * *"
"""What a blank scene break becomes at a page's foot, where it would not be seen."""


def paginate(galleys: Iterable[Galley], book: Book, design: Design, set_lines: SetLines, menu: tuple[Fit, ...] = ()) -> Edition:
    """Make up the book: cut the galleys into pages, add the parts around them, then the furniture.

    `menu` holds the settings that copyfitting chose from; the edition carries it along.
    """
    maker = _Maker(book, design, set_lines)
    galleys = tuple(loosen(galley, design.looseness) for galley in galleys)
    if design.opening == "heading":
        galleys = _run_in(galleys, book.title)
    maker.begin()
    for galley in galleys:
        if galley.kind == "front":
            maker.chapter(galley)
    maker.display_pages()
    for galley in galleys:
        if galley.kind in ("chapter", "part"):
            maker.chapter(galley)
    for galley in galleys:
        if galley.kind == "back":
            maker.chapter(galley)
    maker.colophon()
    pages = maker.furnished()
    return Edition(
        title=book.title,
        author=book.author,
        language=design.config.book.language,
        width=design.trim.width,
        height=design.trim.height,
        bleed=design.bleed,
        spreads=_spreads(pages),
        outline=tuple(maker.outline),
        findings=(*book.findings, *(finding for galley in galleys for finding in galley.findings)),
        subject=design.config.book.subtitle,
        words=book.words,
        decisions=book.decisions,
        compromises=tuple(maker.compromises),
        menu=menu,
    )


def ornament_for(text: str) -> Ornament | str | None:
    """Return what `story.scene-break` names: an ornament, a text, or None for a blank; ConfigError if it looks misspelt."""
    if is_blank(text):
        return None
    if ornament := find_ornament(text):
        return ornament
    near = get_close_matches(text.lower(), list(NOTES), n=1, cutoff=0.7)
    if near:
        raise ConfigError(
            f"story.scene-break = {text!r} is no ornament", f"did you mean {near[0]!r}? `pressbook list ornaments` names all"
        )
    return text.strip()


class _Maker:
    """Collects the pages of one book in order."""

    def __init__(self, book: Book, design: Design, set_lines: SetLines) -> None:
        self._book = book
        self._design = design
        self._stick = Stick(design, set_lines, ornament_for(design.config.story.scene_break))
        self._pages: list[Draft] = []
        self._opened = False
        self._parted = False
        """Whether the last pages are a part's, whose back stays blank."""
        self._paragraphs = 0
        """How many blocks the chapters paged so far have."""
        self._heading: tuple[list[Slug], int] | None = None
        """The book's title where it stands over the text, until that is set, with the grid lines it takes."""
        self._room = 0
        """Grid lines that a short note may still fill above the imprint."""
        self.outline: list[Entry] = []
        self.compromises: list[Compromise] = []

    # --- the parts, in order ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the book as the design says: with a title over the text, or with a title page and what goes around it."""
        stick, opening = self._stick, self._design.opening
        if opening == "heading":
            self._heading = matter.heading(stick, self._book)
            return
        if opening == "half-title":
            self._pages += matter.half_title(stick, self._book)
        self._pages.append(matter.title_page(stick, self._book))
        if imprint := matter.imprint(stick, self._next):
            self._pages.append(imprint)
            foot = self._design.margins.foot
            self._room = self._design.lines - ceil((imprint.slugs[0].y - foot) / self._design.leading) - 3

    def display_pages(self) -> None:
        """Give dedication and epigraph a recto each, unless they stand over the text of page 1."""
        keys = self._design.config.book
        for text in (keys.dedication, keys.epigraph):
            if text and self._design.opening != "heading":
                self._to_side("recto")
                self._pages.append(matter.display_page(self._stick, text))

    def chapter(self, galley: Galley) -> None:
        """Cut a galley into pages; the story opens on a recto, and so does each part and what follows it."""
        design = self._design
        opens = galley.kind in ("chapter", "part") and not self._opened
        if (opens and design.opening != "heading") or galley.kind == "part" or self._parted:
            self._to_side("recto")
        self._opened = self._opened or opens
        self._parted = galley.kind == "part"
        rows = write_out(galley, design)
        if self._heading:
            # The heading takes the place of the sink; a chapter's own title follows below.
            own = rows.head - opener_rows(replace(galley, opener=Opener((), 0.0)), design)
            rows = replace(rows, head=min(self._heading[1] + own, design.lines - 4))
        shared = self._pages.pop() if galley.kind == "front" and rows.head + len(rows.rows) <= self._room else None
        self._room = 0
        first = self._next
        title = galley.title or self._book.title
        if galley.title or galley.kind == "chapter":
            self.outline.append(Entry(title, len(self._pages) + 1))
        if not rows.rows:
            # A title with nothing under it, such as a part's above its chapters, has a page to itself.
            slugs, figures = self._opener(galley, rows, self._stick.left(first), first)
            self._heading = None
            self._pages.append(Draft("opener", tuple(slugs), tuple(figures), title))
        made = make_up(rows, design.lines, first)
        if self._heading:
            # The page maker may sink an opener more or less: the heading keeps its white.
            sunk = (made.head - rows.head) * design.leading
            self._heading = [Slug(slug.line, slug.x, slug.y - sunk) for slug in self._heading[0]], made.head
        rows = replace(rows, head=made.head)
        self.compromises += _compromises(made, galley, len(self._pages) + 1)
        for number, content in enumerate(made.pages):
            self._pages.append(self._text_page(galley, rows, content, number == 0, title))
        self._paragraphs += len(galley.blocks)
        if shared:
            self._pages[-1] = self._pages[-1]._replace(slugs=(*self._pages[-1].slugs, *shared.slugs))

    def colophon(self) -> None:
        """Say on the last page what the book is set in; fill up to whole sheets, but never add a sheet for it.

        A book without a title page has no page for its imprint either: the notice stands here, and is never dropped.
        """
        design = self._design
        face = design.config.type.font
        text = f"Set in {face}, {design.size:g} on {design.leading:g} points, by pressbook."
        notice = (design.config.book.copyright,) if design.opening == "heading" and design.config.book.copyright else ()
        counts, count = design.counts, len(self._pages)
        shares = counts.admit(count) and not counts.admit(count + 1)
        if shares and (self._share((*notice, text)) or not notice or self._share(notice)):
            return
        self._pages.extend([Draft("blank")] * (-(count + 1) % counts.step))
        self._pages.append(Draft("colophon", tuple(self._stick.at_foot((*notice, text), self._next))))

    def _share(self, texts: Sequence[str]) -> bool:
        """Stand small type at the foot of the last page, if that leaves it enough white."""
        last = self._pages[-1]
        slugs = self._stick.at_foot(texts, side_of(len(self._pages)))
        lowest = min((slug.y for slug in last.slugs), default=0.0)
        if lowest <= slugs[0].y + 3 * self._design.leading + 1.25 * size_of(slugs[0].line):
            return False
        self._pages[-1] = last._replace(slugs=(*last.slugs, *slugs))
        return True

    # --- pages --------------------------------------------------------------------------------------------------------

    def _text_page(self, galley: Galley, rows: Rows, content: Iterable[tuple[Row, int]], opens: bool, title: str) -> Draft:
        """Stand a page's rows on the grid, below the chapter's opener if it `opens`."""
        design, stick, side = self._design, self._stick, self._next
        left = stick.left(side)
        slugs: list[Slug] = []
        figures: list[Figure] = []
        if opens:
            slugs, figures = self._opener(galley, rows, left, side)
            self._heading = None
        highest, leading = design.baseline(rows.head if opens else 0), design.leading
        for number, (row, owner) in enumerate(content):
            y = highest - number * leading
            if isinstance(row, Line):
                slugs.append(Slug(row, left, y, self._paragraphs + owner))
            elif row != "white":
                if row == "low ornament":
                    y -= 0.5 * leading
                if isinstance(self._stick.ornament, Ornament):
                    figures.append(
                        self._stick.figure(self._stick.ornament, y + 0.5 * X_HEIGHT * design.size, 1.15 * design.size, side)
                    )
                else:
                    slugs.extend(
                        Slug(line, left, y)
                        for line in self._stick.set_lines(self._stick.ornament or DINKUS, "folio", design.measure)
                    )
        kind: PageKind = "text"
        if opens:
            kind = "opener" if galley.kind in ("chapter", "part") else "front"
        return Draft(kind, tuple(slugs), tuple(figures), title)

    def _opener(self, galley: Galley, rows: Rows, left: Pt, side: Side) -> tuple[list[Slug], list[Figure]]:
        """Set the chapter's title in its sink; a story without one gets an ornament there."""
        design = self._design
        opener = galley.opener
        if opener.lines:
            lowest = design.baseline(rows.head - 3)
            title = [Slug(line, left, lowest + rise) for line, rise in zip(opener.lines, opener.rises, strict=True)]
            return [*(self._heading[0] if self._heading else ()), *title], []
        if self._heading:
            return self._heading[0], []
        if isinstance(self._stick.ornament, Ornament) and galley.kind == "chapter":
            y = design.baseline(rows.head - 3) + 0.5 * X_HEIGHT * design.size
            return [], [self._stick.figure(self._stick.ornament, y, 1.8 * design.size, side)]
        return [], []

    @property
    def _next(self) -> Side:
        """The side of the page that comes next."""
        return side_of(len(self._pages) + 1)

    def _to_side(self, side: Side) -> None:
        if self._next != side:
            self._pages.append(Draft("blank"))

    # --- furniture ----------------------------------------------------------------------------------------------------

    def furnished(self) -> tuple[Page, ...]:
        """Return the pages numbered, with folios and heads on text pages; display pages and blanks have none."""
        return tuple(
            Page(number, side_of(number), draft.kind, draft.slugs, draft.figures, self._furniture(draft, number), str(number))
            for number, draft in enumerate(self._pages, 1)
        )

    def _furniture(self, draft: Draft, number: int) -> tuple[Slug, ...]:
        if draft.kind != "text":
            return ()
        design = self._design
        side = side_of(number)
        left = self._stick.left(side)
        foot = design.margins.foot
        folio = foot - min(2.3 * design.leading, 0.62 * foot)
        slugs = [Slug(line, left, folio) for line in self._stick.set_lines(str(number), "folio", design.measure)]
        if design.heads:
            head = design.baseline(0) + 1.9 * design.leading
            settings = (self._stick.set_lines(words, "head", design.measure) for words in self._heads(draft.title, side))
            line = next((lines[0] for lines in settings if len(lines) == 1), None)
            if line:
                slugs.append(Slug(line, left, head))
        return tuple(slugs)

    def _heads(self, title: str, side: Side) -> Iterator[str]:
        """List what a running head may say, the best first: the next is for where the last is too long for its line."""
        book = self._book
        if side == "verso" and book.author:
            yield book.author
        if side == "recto" and not NUMERAL.fullmatch(title):
            yield title
            # A chapter of a long title is known by its name, or else by its number.
            for chapter in book.chapters:
                if chapter.title == title:
                    yield from (words for words in (chapter.name, chapter.number) if not NUMERAL.fullmatch(words))
        yield book.title


def _compromises(made: Makeup, galley: Galley, first: int) -> list[Compromise]:
    """Name what a chapter's pages paid, from its first page on; a block's own line where it concerns one."""
    return [
        Compromise(
            first + paid.page,
            paid.fault,
            round(paid.price, 1),
            REMEDIES[paid.fault],
            galley.blocks[paid.owner].line if paid.owner >= 0 else 0,
        )
        for paid in made.paid
    ]


def _run_in(galleys: tuple[Galley, ...], title: str) -> tuple[Galley, ...]:
    """Let a note before a story without chapters stand on the story's own first page, a scene break between.

    A note that is headed by the book's title again does without it, so near to the first.
    """
    if len(galleys) < 2 or (galleys[0].kind, galleys[1].kind) != ("front", "chapter"):
        return galleys
    note, story = galleys[:2]
    if story.opener.lines or not note.blocks or not story.blocks:
        return galleys
    opener = story.opener if note.title == title else note.opener
    blocks = (*note.blocks, White(True, story.blocks[0].line), *story.blocks)
    run_in = replace(story, opener=opener, blocks=blocks, findings=(*note.findings, *story.findings))
    return (run_in, *galleys[2:])


def _spreads(pages: tuple[Page, ...]) -> tuple[Spread, ...]:
    """Pair the pages as they face each other."""
    spreads = [Spread(None, pages[0])]
    for place in range(1, len(pages), 2):
        spreads.append(Spread(pages[place], pages[place + 1] if place + 1 < len(pages) else None))
    return tuple(spreads)
