"""Furniture: pages in their places, with folios, running heads, title page, imprint and colophon."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from math import ceil
from typing import Literal, NamedTuple, Protocol

from pressbook.config import Design
from pressbook.config.surround import LENGTH
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import (
    Book,
    Compromise,
    Cut,
    Edition,
    Entry,
    Figure,
    Finding,
    Fit,
    Galley,
    Inset,
    Line,
    Opener,
    Ornament,
    Page,
    PageKind,
    Role,
    Side,
    Slug,
    Spread,
    White,
)
from pressbook.paging.cuts import faults_of, make_up_with_cuts, room_of, stand
from pressbook.paging.looseness import loosen
from pressbook.paging.ornaments import NOTES, find_ornament
from pressbook.paging.rows import Row, Rows, is_blank, opener_rows, write_out
from pressbook.paging.spreads import REMEDIES, Makeup, make_up
from pressbook.units import Pt, mm

X_HEIGHT = 0.4
"""Height of small letters in em: an ornament on a line is centred on half of it."""

TITLE_HEIGHT = 0.70
"""Of the page: where the title's first line stands on its page."""
TITLE_PAGE_SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Sizes that a title page too full may shrink to; in the last its title is a quarter larger than the text."""

NUMERAL = re.compile(r"[0-9IVXLC]+\.?")
"""A chapter's title that only counts: as a head, above a folio, it would look like another folio."""

SLUG_SCALE = 0.7
"""The slug line's size, of small type's: two lines of it are as deep as a printers' mark is long."""
SLUG_INDENT: Pt = mm(2)
"""From the page's edge, in line with which a crop mark stands, to the slug line."""

DINKUS = "* * *"
"""What a blank scene break becomes at a page's foot, where it would not be seen."""


class SetLines(Protocol):
    """Sets display type: what the compositor lends to the page maker."""

    def __call__(
        self, text: str, role: Role, measure: Pt, align: Literal["left", "centre", "right"] = "centre", scale: float = 1.0
    ) -> tuple[Line, ...]:
        """Return the text as lines, ragged, at most `measure` wide, in the role's size or `scale` times it."""


class _Draft(NamedTuple):
    """A page before it knows its neighbours."""

    kind: PageKind
    slugs: tuple[Slug, ...] = ()
    figures: tuple[Figure, ...] = ()
    title: str = ""
    """What a running head on it would say."""
    insets: tuple[Inset, ...] = ()


def paginate(galleys: Iterable[Galley], book: Book, design: Design, set_lines: SetLines, menu: tuple[Fit, ...] = ()) -> Edition:
    """Make up the book: cut the galleys into pages, add the parts around them, then the furniture.

    `menu` holds the settings that copyfitting chose from; the edition carries it along.
    """
    maker = _Maker(book, design, set_lines)
    galleys = tuple(loosen(galley, design.looseness) for galley in galleys)
    if design.opening == "heading":
        maker.heading()
        galleys = _run_in(galleys, book.title)
    else:
        if design.opening == "half-title":
            maker.half_title()
        maker.title_page()
        maker.imprint()
    for galley in galleys:
        if galley.kind == "front":
            maker.chapter(galley)
    if design.opening != "heading":
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
        findings=(*book.findings, *(finding for galley in galleys for finding in galley.findings), *maker.findings),
        subject=design.config.book.subtitle,
        words=book.words,
        decisions=book.decisions,
        compromises=tuple(maker.compromises),
        book=book,
        menu=menu,
        bleeds_at_spine=design.bleeds_at_spine,
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
        self._set = set_lines
        self._break = ornament_for(design.config.story.scene_break)
        self._pages: list[_Draft] = []
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
        self.findings: list[Finding] = []

    # --- the parts, in order ------------------------------------------------------------------------------------------

    def heading(self) -> None:
        """Set title, author, dedication and epigraph above the text of page 1; LayoutError if they leave it too little."""
        design, keys = self._design, self._design.config.book
        words = [*self._title_words(0.9), (keys.dedication, "subtitle", 2.0), (keys.epigraph, "subtitle", 2.0)]
        first = design.baseline(max(2, design.sink // 2))
        slugs = self._stack(words, first)
        rows = ceil((design.baseline(0) - min(slug.y for slug in slugs)) / design.leading) + 3
        if rows > 0.6 * design.lines:
            raise LayoutError("the title leaves the text too little of page 1", "shorten it, or choose a larger trim")
        self._heading = slugs, rows

    def half_title(self) -> None:
        """Set the title alone, small, on the first recto, and the ornament large on its back, facing the title page."""
        design = self._design
        title = self._stack([(self._book.title, "chapter", 0.0)], TITLE_HEIGHT * design.trim.height)
        self._pages.append(_Draft("front", tuple(title)))
        if isinstance(self._break, Ornament):
            middle = design.baseline(0) - 0.4 * (design.lines - 1) * design.leading
            self._pages.append(_Draft("front", figures=(self._figure(self._break, middle, 5 * design.size, "verso"),)))
        else:
            self._pages.append(_Draft("blank"))

    def title_page(self) -> None:
        """Set the title in the upper half of a recto, the author under it, an ornament below; smaller where it must be."""
        design = self._design
        for scale in TITLE_PAGE_SCALES:
            slugs = self._stack(self._title_words(1.0), TITLE_HEIGHT * design.trim.height, scale)
            if _has_room(slugs, design):
                break
        _check_room(slugs, design, "the title page", "shorten the title, or choose a larger trim")
        figures: tuple[Figure, ...] = ()
        y = slugs[-1].y if slugs else TITLE_HEIGHT * design.trim.height
        if isinstance(self._break, Ornament) and y > design.margins.foot + 5 * design.leading:
            height = 2.2 * design.size
            figures = (self._figure(self._break, y - 4.2 * design.leading, height, "recto"),)
        self._pages.append(_Draft("title", tuple(slugs), figures))

    def _title_words(self, air: float) -> list[tuple[str, Role, float]]:
        """List what a title says: text, role, and the leadings above it."""
        keys = self._design.config.book
        return [
            (self._book.title, "title", 2.5 * air),
            (keys.subtitle, "subtitle", 1.7 * air),
            (self._book.author, "author", 2.2 * air),
            (keys.series, "small", 2.0 * air),
        ]

    def _stack(self, blocks: list[tuple[str, Role, float]], y: Pt, scale: float = 1.0) -> list[Slug]:
        """Centre blocks of display type one below the other, the first line at a height; all of it smaller by choice."""
        measure = 0.86 * self._design.measure
        slugs: list[Slug] = []
        for text, role, above in blocks:
            lines = self._set(text, role, measure, scale=scale)
            if not lines:
                continue
            if slugs:
                y -= above * self._design.leading
            step = 1.18 * _size(lines[0])
            for number, line in enumerate(lines):
                y -= step * (number > 0)
                slugs.append(self._centred(line, y, measure))
        return slugs

    def imprint(self) -> None:
        """Set the copyright notice at the foot of the title's back."""
        notice = self._design.config.book.copyright
        if not notice:
            return
        design = self._design
        slugs = self._at_foot((notice,), len(self._pages) + 1)
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
        """Cut a galley into pages; the story opens on a recto, and so does each part and what follows it."""
        design = self._design
        if not self._opened and not galley.title and galley.blocks and all(isinstance(block, Cut) for block in galley.blocks):
            self._plates(galley)
            self._paragraphs += len(galley.blocks)
            return
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
        shares = galley.kind == "front" and not rows.cuts and rows.head + len(rows.rows) <= self._room
        shared = self._pages.pop() if shares else None
        self._room = 0
        first = self._side(len(self._pages) + 1)
        title = galley.title or self._book.title
        if galley.title or galley.kind == "chapter":
            self.outline.append(Entry(title, len(self._pages) + 1))
        if not rows.rows:
            # A title with nothing under it, such as a part's above its chapters, has a page to itself.
            slugs, figures = self._opener(galley, rows, self._left(first), first)
            self._heading = None
            self._pages.append(_Draft("opener", tuple(slugs), tuple(figures), title))
            self._plates(galley)
            rows = replace(rows, cuts=())
        rows, made = make_up_with_cuts(rows, design, first) if rows.cuts else (rows, make_up(rows, design.lines, first))
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

    def _plates(self, galley: Galley) -> None:
        """Give each picture of a galley that holds no text a page to itself."""
        for block in galley.blocks:
            if isinstance(block, Cut):
                cut = block if block.stand == "bleed" else replace(block, stand="full")
                self._pages.append(self._text_page(galley, Rows((), (), 0), [(cut, 0)], False, galley.title))

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
        self._pages.extend([_Draft("blank")] * (-(count + 1) % counts.step))
        self._pages.append(_Draft("colophon", tuple(self._at_foot((*notice, text), len(self._pages) + 1))))

    def _share(self, texts: Sequence[str]) -> bool:
        """Stand small type at the foot of the last page, if that leaves it enough white."""
        last = self._pages[-1]
        if last.kind == "plate":
            return False
        slugs = self._at_foot(texts, len(self._pages))
        lowest = min([*(slug.y for slug in last.slugs), *(inset.y for inset in last.insets)], default=0.0)
        if lowest <= slugs[0].y + 3 * self._design.leading + 1.25 * _size(slugs[0].line):
            return False
        self._pages[-1] = last._replace(slugs=(*last.slugs, *slugs))
        return True

    # --- pages --------------------------------------------------------------------------------------------------------

    def _text_page(self, galley: Galley, rows: Rows, content: Iterable[tuple[Row, int]], opens: bool, title: str) -> _Draft:
        """Stand a page's rows on the grid, below the chapter's opener if it `opens`."""
        design = self._design
        side = self._side(len(self._pages) + 1)
        left = self._left(side)
        slugs: list[Slug] = []
        figures: list[Figure] = []
        insets: list[Inset] = []
        kind: PageKind = "text"
        if opens:
            slugs, figures = self._opener(galley, rows, left, side)
            self._heading = None
        highest, leading = design.baseline(rows.head if opens else 0), design.leading
        for number, (row, owner) in enumerate(content):
            y = highest - number * leading
            if isinstance(row, Line):
                slugs.append(Slug(row, left, y, self._paragraphs + owner))
            elif isinstance(row, Cut):
                inset, caption = stand(row, design, left, number + (rows.head if opens else 0))
                insets.append(inset)
                slugs += caption
                self.findings += faults_of(row, inset, design, len(self._pages) + 1)
                kind = "plate" if room_of(row, design).alone else kind
            elif row != "white":
                if row == "low ornament":
                    y -= 0.5 * leading
                if isinstance(self._break, Ornament):
                    figures.append(self._figure(self._break, y + 0.5 * X_HEIGHT * design.size, 1.15 * design.size, side))
                else:
                    slugs.extend(Slug(line, left, y) for line in self._set(self._break or DINKUS, "folio", design.measure))
        if opens:
            kind = "opener" if galley.kind in ("chapter", "part") else "front"
        return _Draft(kind, tuple(slugs), tuple(figures), title, tuple(insets))

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

    def _at_foot(self, texts: Sequence[str], number: int) -> list[Slug]:
        """Stand texts in small type at the foot of a page, their last line on the type page's last baseline."""
        measure = 0.86 * self._design.measure
        lines = [line for text in texts for line in self._set(text, "small", measure)]
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
            Page(
                number,
                self._side(number),
                draft.kind,
                draft.slugs,
                draft.figures,
                self._furniture(draft, number),
                str(number),
                self._slug_line(number),
                draft.insets,
            )
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
            head = design.baseline(0) + 1.9 * design.leading
            settings = (self._set(words, "head", design.measure) for words in self._heads(draft.title, side))
            line = next((lines[0] for lines in settings if len(lines) == 1), None)
            if line:
                slugs.append(Slug(line, left, head))
        return tuple(slugs)

    def _slug_line(self, number: int) -> tuple[Slug, ...]:
        """Tell the printer, below the page's left corner, what the page is of; without the title if that is too long."""
        design = self._design
        around = design.surround
        if "slug" not in around.marks:
            return ()
        page, day = f"page {number} of {len(self._pages)}", design.config.press.date
        measure = design.trim.width / 2 - LENGTH - SLUG_INDENT  # up to the mark in the middle
        for told in ((self._book.title, page, day), (page, day)):
            lines = self._set(", ".join(filter(None, told)), "small", measure, "left", SLUG_SCALE)
            step = 1.1 * _size(lines[0])
            if len(lines) * step <= LENGTH:
                break
        first = -around.clear - 0.75 * _size(lines[0])
        return tuple(Slug(line, SLUG_INDENT, first - row * step) for row, line in enumerate(lines))

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


def _check_room(slugs: list[Slug], design: Design, what: str, hint: str) -> None:
    """Refuse display type that would run off its page; LayoutError names it."""
    if not _has_room(slugs, design):
        raise LayoutError(f"{what} does not fit its page of {design.trim.name}", hint)


def _has_room(slugs: list[Slug], design: Design) -> bool:
    top, bottom = design.trim.height - 0.5 * design.margins.head, 0.5 * design.margins.foot
    return all(bottom <= slug.y <= top for slug in slugs)


def _size(line: Line) -> Pt:
    return line.words[0].pieces[0].style.size


def _spreads(pages: tuple[Page, ...]) -> tuple[Spread, ...]:
    """Pair the pages as they face each other."""
    spreads = [Spread(None, pages[0])]
    for place in range(1, len(pages), 2):
        spreads.append(Spread(pages[place], pages[place + 1] if place + 1 < len(pages) else None))
    return tuple(spreads)
