"""Furniture: pages in their places, with folios, running heads, title page, imprint and colophon."""

from collections.abc import Iterable
from difflib import get_close_matches
from math import ceil
from typing import Literal, NamedTuple, Protocol

from pressbook.config import Design
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import (
    Book,
    Edition,
    Entry,
    Figure,
    Galley,
    Line,
    Ornament,
    Page,
    PageKind,
    Role,
    Side,
    Slug,
    Spread,
)
from pressbook.paging.ornaments import NOTES, find_ornament
from pressbook.paging.rows import Rows, write_out
from pressbook.paging.spreads import PageEnd, cut_into_pages, page_rows
from pressbook.units import Pt

X_HEIGHT = 0.4
"""Height of small letters in em: an ornament on a line is centred on half of it."""


class SetLines(Protocol):
    """Sets display type: what the compositor lends to the page maker."""

    def __call__(
        self, text: str, role: Role, measure: Pt, align: Literal["left", "centre", "right"] = "centre"
    ) -> tuple[Line, ...]:
        """Return the text as lines, ragged, at most `measure` wide."""


class _Draft(NamedTuple):
    """A page before it knows its neighbours."""

    kind: PageKind
    slugs: tuple[Slug, ...] = ()
    figures: tuple[Figure, ...] = ()
    title: str = ""
    """What a running head on it would say."""


def paginate(galleys: Iterable[Galley], book: Book, design: Design, set_lines: SetLines) -> Edition:
    """Make up the book: cut the galleys into pages, add the parts around them, then the furniture."""
    maker = _Maker(book, design, set_lines)
    galleys = tuple(galleys)
    maker.title_page()
    maker.imprint()
    for galley in galleys:
        if galley.kind == "front":
            maker.chapter(galley)
    maker.display_page(design.config.book.dedication)
    maker.display_page(design.config.book.epigraph)
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
    )


def ornament_for(text: str) -> Ornament | str | None:
    """Return what `story.scene-break` names: an ornament, a text, or None for a blank; ConfigError if it looks misspelt."""
    if text.strip().lower() == "blank" or not text.strip():
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
        self._set = set_lines
        self._break = ornament_for(design.config.story.scene_break)
        self._pages: list[_Draft] = []
        self._opened = False
        self._paragraphs = 0
        """How many blocks the chapters paged so far have."""
        self._room = 0
        """Grid lines that a short note may still fill above the imprint."""
        self.outline: list[Entry] = []

    # --- the parts, in order ------------------------------------------------------------------------------------------

    def title_page(self) -> None:
        """Set the title in the upper half of the first recto, the author under it, an ornament below."""
        design, keys = self._design, self._design.config.book
        measure = 0.86 * design.measure
        slugs: list[Slug] = []
        y = 0.70 * design.trim.height
        blocks: list[tuple[str, Role, float]] = [
            (self._book.title, "title", 2.5),
            (keys.subtitle, "subtitle", 1.7),
            (self._book.author, "author", 2.2),
            (keys.series, "small", 2.0),
        ]
        for text, role, above in blocks:
            lines = self._set(text, role, measure)
            if not lines:
                continue
            if slugs:
                y -= above * design.leading
            step = 1.18 * _size(lines[0])
            for number, line in enumerate(lines):
                y -= step * (number > 0)
                slugs.append(self._centred(line, y, measure))
        _check_room(slugs, design, "the title page", "shorten the title, or choose a larger trim")
        figures: tuple[Figure, ...] = ()
        if isinstance(self._break, Ornament) and y > design.margins.foot + 5 * design.leading:
            height = 2.2 * design.size
            figures = (self._figure(self._break, y - 4.2 * design.leading, height, "recto"),)
        self._pages.append(_Draft("title", tuple(slugs), figures))

    def imprint(self) -> None:
        """Set the copyright notice at the foot of the title's back."""
        notice = self._design.config.book.copyright
        if not notice:
            return
        design = self._design
        slugs = self._at_foot(notice, len(self._pages) + 1)
        _check_room(slugs, design, "book.copyright", "shorten it, or choose a larger trim")
        self._pages.append(_Draft("front", tuple(slugs)))
        self._room = design.lines - ceil((slugs[0].y - design.margins.foot) / design.leading) - 3

    def display_page(self, text: str) -> None:
        """Set a dedication or epigraph on a recto of its own."""
        if not text:
            return
        self._to_side("recto")
        design = self._design
        measure = 0.75 * design.measure
        y = 0.66 * design.trim.height
        slugs = [
            self._centred(line, y - number * 1.2 * design.leading, measure)
            for number, line in enumerate(self._set(text, "subtitle", measure))
        ]
        _check_room(slugs, design, f"the text {' '.join(text.split()[:4])!r} …", "shorten it, or choose a larger trim")
        self._pages.append(_Draft("front", tuple(slugs)))

    def chapter(self, galley: Galley) -> None:
        """Cut a galley into pages; the story's first chapter opens on a recto."""
        design = self._design
        if galley.kind == "chapter" and not self._opened:
            self._to_side("recto")
            self._opened = True
        rows = write_out(galley, design)
        shared = self._pages.pop() if galley.kind == "front" and rows.head + len(rows.rows) <= self._room else None
        self._room = 0
        first = self._side(len(self._pages) + 1)
        title = galley.title or self._book.title
        if galley.title or galley.kind == "chapter":
            self.outline.append(Entry(title, len(self._pages) + 1))
        if not rows.rows:
            # A title with nothing under it, such as a part's above its chapters, has a page to itself.
            slugs, figures = self._opener(galley, rows, self._left(first), first)
            self._pages.append(_Draft("opener", tuple(slugs), tuple(figures), title))
        begin = 0
        for end in cut_into_pages(rows, design.lines, first):
            self._pages.append(self._text_page(galley, rows, begin, end, title))
            begin = end.row
        self._paragraphs += len(galley.blocks)
        if shared:
            self._pages[-1] = self._pages[-1]._replace(slugs=(*self._pages[-1].slugs, *shared.slugs))

    def colophon(self) -> None:
        """Say on the last page what the book is set in; fill up to whole sheets, but never add a sheet for it."""
        design = self._design
        face = design.config.type.font
        text = f"Set in {face}, {design.size:g} on {design.leading:g} points, by pressbook."
        count = len(self._pages)
        if not design.config.outputs.booklet:
            self._pages.append(_Draft("colophon", tuple(self._at_foot(text, count + 1))))
        elif count % 4:
            self._pages.extend([_Draft("blank")] * (3 - count % 4))
            self._pages.append(_Draft("colophon", tuple(self._at_foot(text, len(self._pages) + 1))))
        else:
            last = self._pages[-1]
            slugs = self._at_foot(text, count)
            lowest = min((slug.y for slug in last.slugs), default=0.0)
            if lowest > slugs[0].y + 3 * design.leading + 1.25 * _size(slugs[0].line):
                self._pages[-1] = last._replace(slugs=(*last.slugs, *slugs))

    # --- pages --------------------------------------------------------------------------------------------------------

    def _text_page(self, galley: Galley, rows: Rows, begin: int, end: PageEnd, title: str) -> _Draft:
        """Stand a stretch of rows on the grid."""
        design = self._design
        number = len(self._pages) + 1
        side = self._side(number)
        left = self._left(side)
        top = rows.head if begin == 0 else 0
        slugs: list[Slug] = []
        figures: list[Figure] = []
        if begin == 0:
            slugs, figures = self._opener(galley, rows, left, side)
        highest, leading = design.baseline(top), design.leading
        for row, (content, owner) in enumerate(page_rows(rows, begin, end)):
            if isinstance(content, Line):
                slugs.append(Slug(content, left, highest - row * leading, self._paragraphs + owner))
            elif content == "ornament":
                y = highest - row * leading
                if isinstance(self._break, Ornament):
                    figures.append(self._figure(self._break, y + 0.5 * X_HEIGHT * design.size, 1.15 * design.size, side))
                elif self._break:
                    slugs.extend(Slug(line, left, y) for line in self._set(self._break, "folio", design.measure))
        kind: PageKind = "text"
        if begin == 0:
            kind = "opener" if galley.kind == "chapter" else "front"
        return _Draft(kind, tuple(slugs), tuple(figures), title)

    def _opener(self, galley: Galley, rows: Rows, left: Pt, side: Side) -> tuple[list[Slug], list[Figure]]:
        """Set the chapter's title in its sink; a story without one gets an ornament there."""
        design = self._design
        lines = galley.opener.lines
        if lines:
            lowest = design.baseline(rows.head - 3)
            leading = galley.opener.leading
            count = len(lines)
            return [Slug(line, left, lowest + (count - 1 - number) * leading) for number, line in enumerate(lines)], []
        if isinstance(self._break, Ornament) and galley.kind == "chapter":
            y = design.baseline(rows.head - 3) + 0.5 * X_HEIGHT * design.size
            return [], [self._figure(self._break, y, 1.8 * design.size, side)]
        return [], []

    def _figure(self, ornament: Ornament, middle: Pt, height: Pt, side: Side) -> Figure:
        """Centre an ornament on the measure, its middle at a height."""
        # A wide ornament, such as a rule, is kept to two thirds of the measure.
        height = min(height, 0.66 * self._design.measure / ornament.width)
        x = self._left(side) + (self._design.measure - ornament.width * height) / 2
        return Figure(ornament, x, middle - height / 2, height)

    def _centred(self, line: Line, y: Pt, measure: Pt, number: int | None = None) -> Slug:
        """Centre a line set to a narrower measure on the type page of a page, the next one unless its number is given."""
        side = self._side(number or len(self._pages) + 1)
        return Slug(line, self._left(side) + (self._design.measure - measure) / 2, y)

    def _at_foot(self, text: str, number: int) -> list[Slug]:
        """Stand a text in small type at the foot of a page, its last line on the type page's last baseline."""
        measure = 0.86 * self._design.measure
        lines = self._set(text, "small", measure)
        step = 1.25 * _size(lines[0])
        last = len(lines) - 1
        foot = self._design.margins.foot
        return [self._centred(line, foot + step * (last - row), measure, number) for row, line in enumerate(lines)]

    def _left(self, side: Side) -> Pt:
        return self._design.margins.inner if side == "recto" else self._design.margins.outer

    def _side(self, number: int) -> Side:
        return "recto" if number % 2 else "verso"

    def _to_side(self, side: Side) -> None:
        if self._side(len(self._pages) + 1) != side:
            self._pages.append(_Draft("blank"))

    # --- furniture ----------------------------------------------------------------------------------------------------

    def furnished(self) -> tuple[Page, ...]:
        """Return the pages numbered, with folios and heads on text pages; display pages and blanks have none."""
        return tuple(
            Page(number, self._side(number), draft.kind, draft.slugs, draft.figures, self._furniture(draft, number), str(number))
            for number, draft in enumerate(self._pages, 1)
        )

    def _furniture(self, draft: _Draft, number: int) -> tuple[Slug, ...]:
        if draft.kind != "text":
            return ()
        design = self._design
        side = self._side(number)
        left = self._left(side)
        foot = design.margins.foot
        folio = foot - min(2.3 * design.leading, 0.62 * foot)
        slugs = [Slug(line, left, folio) for line in self._set(str(number), "folio", design.measure)]
        if design.heads:
            words = (self._book.author or self._book.title) if side == "verso" else draft.title
            head = design.baseline(0) + 1.9 * design.leading
            lines = self._set(words, "head", design.measure)
            if len(lines) == 1:
                slugs.append(Slug(lines[0], left, head))
        return tuple(slugs)


def _check_room(slugs: list[Slug], design: Design, what: str, hint: str) -> None:
    """Refuse display type that would run off its page; LayoutError names it."""
    top, bottom = design.trim.height - 0.5 * design.margins.head, 0.5 * design.margins.foot
    if any(not bottom <= slug.y <= top for slug in slugs):
        raise LayoutError(f"{what} does not fit its page of {design.trim.name}", hint)


def _size(line: Line) -> Pt:
    return line.words[0].pieces[0].style.size


def _spreads(pages: tuple[Page, ...]) -> tuple[Spread, ...]:
    """Pair the pages as they face each other."""
    spreads = [Spread(None, pages[0])]
    for place in range(1, len(pages), 2):
        spreads.append(Spread(pages[place], pages[place + 1] if place + 1 < len(pages) else None))
    return tuple(spreads)
