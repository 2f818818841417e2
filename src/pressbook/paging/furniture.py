"""Furniture: pages in their places, with the parts of the book around the story, folios and running heads."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil

from pressbook.config import Design, heads_asked, says, volume_title
from pressbook.errors import ConfigError, nearest
from pressbook.model import (
    Book,
    Chapter,
    Code,
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
    Passage,
    Setting,
    Side,
    Slug,
    Spread,
    White,
)
from pressbook.paging import matter
from pressbook.paging.contents import contents, wants_contents
from pressbook.paging.cuts import faults_of, make_up_with_cuts, room_of, stand
from pressbook.paging.heads import Heads
from pressbook.paging.looseness import loosen
from pressbook.paging.ornaments import NOTES, find_ornament
from pressbook.paging.rows import Row, Rows, is_blank, opener_rows, write_out
from pressbook.paging.spreads import REMEDIES, Makeup, make_up
from pressbook.paging.stick import Draft, SetLines, Stick, side_of, size_of
from pressbook.paging.volumes import divide
from pressbook.units import Pt
from pressbook.values import replace

X_HEIGHT = 0.4
"""Height of small letters in em: an ornament on a line is centred on half of it."""

NOTE_RULE = 0.2
"""Of the measure: the rule above notes."""
RULE_WEIGHT: Pt = 0.4

DINKUS = "* * *"
"""What a blank scene break becomes at a page's foot, where it would not be seen."""


def paginate(galleys: Iterable[Galley], book: Book, design: Design, set_lines: SetLines, menu: tuple[Fit, ...] = ()) -> Edition:
    """Make up the book: cut the galleys into pages, add the parts around them, then the furniture.

    One so long that it is to have volumes is made up in these as well. `menu` holds the settings that copyfitting chose
    from; the edition carries it along.
    """
    galleys = tuple(loosen(galley, design.looseness) for galley in galleys)
    whole = replace(_made_up(galleys, book, design, set_lines), menu=menu)
    parts = divide(galleys, design)
    if len(parts) < 2:
        return whole
    chapter_of = {id(galley): chapter for galley, chapter in zip(galleys, book.chapters, strict=False)}
    volumes: list[Edition] = []
    for number, part in enumerate(parts, 1):
        held = _volume(book, [chapter_of[id(galley)] for galley in part if id(galley) in chapter_of])
        volumes.append(_made_up(part, held, design, set_lines, volume_title(design.language, number)))
    return replace(whole, volumes=tuple(volumes))


def _volume(book: Book, chapters: Sequence[Chapter]) -> Book:
    """Keep of a book what one of its volumes holds; what was decided and found is told of the whole."""
    held = {chapter.story.title for chapter in chapters}
    stories = book.stories if len(book.stories) < 2 else tuple(story for story in book.stories if story.title in held)
    return replace(book, chapters=tuple(chapters), stories=stories, decisions=(), findings=())


def _made_up(galleys: Sequence[Galley], book: Book, design: Design, set_lines: SetLines, volume: str = "") -> Edition:
    """Make up one volume, or a book that has no volumes."""
    if design.opening == "heading":
        galleys = _run_in(tuple(galleys), book.title)
    maker = _Maker(book, design, set_lines, _likely_contents(_Maker(book, design, set_lines, 0, volume), galleys), volume)
    while (needed := _make(maker, galleys).fill_contents()) > maker.reserved:
        maker = _Maker(book, design, set_lines, needed, volume)
    pages = maker.furnished()
    return Edition(
        title=f"{book.title}, {volume}" if volume else book.title,
        volume=volume,
        author=book.author,
        language=design.language,
        width=design.trim.width,
        height=design.trim.height,
        bleed=design.bleed,
        spreads=_spreads(pages),
        outline=tuple(maker.outline),
        findings=(
            *book.findings,
            *(finding for galley in galleys for finding in galley.findings),
            *maker.findings,
            *_without_heads(design),
        ),
        subject=design.config.book.subtitle,
        decisions=book.decisions,
        compromises=tuple(maker.compromises),
        book=book,
        bleeds_at_spine=design.bleeds_at_spine,
    )


def _without_heads(design: Design) -> Iterator[Finding]:
    """Say so where heads that were asked for have no room."""
    if heads_asked(design.config) and not design.heads:
        says = "the head margin has no room for a running head or a folio: the pages have none there"
        yield Finding("warning", "no-heads", says, remedy="make page.margins.head larger, or leave page.heads and page.folios out")


def _make(maker: "_Maker", galleys: Sequence[Galley]) -> "_Maker":
    """Make up the parts of a book in their order."""
    maker.begin()
    front = _joined([galley for galley in galleys if galley.kind == "front"], maker.design)
    while front and maker.fits_on_back(front[0]):
        maker.chapter(front.pop(0))
    maker.display_pages()
    maker.reserve_contents()
    story = [galley for galley in galleys if galley.kind in ("chapter", "part")]
    back = _joined([galley for galley in galleys if galley.kind == "back"], maker.design)
    for galley in (*front, *story, *back):
        maker.chapter(galley)
    maker.colophon()
    return maker


def _likely_contents(scout: "_Maker", galleys: Sequence[Galley]) -> int:
    """Return how many pages the contents will take, before a page is made: the titles say it, and the numbers hardly matter."""
    for galley in galleys:
        if galley.title and galley.kind != "front":
            scout.enter(galley, galley.title)
    return scout.fill_contents()


def ornament_for(text: str) -> Ornament | str | None:
    """Return what `story.scene-break` names: an ornament, a text, or None for a blank; ConfigError if it looks misspelt."""
    if is_blank(text):
        return None
    if ornament := find_ornament(text):
        return ornament
    if near := nearest(text.lower(), NOTES, 0.7):
        raise ConfigError(
            f"story.scene-break = {text!r} is no ornament", f"did you mean {near!r}? `pressbook list ornaments` names all"
        )
    return text.strip()


class _Maker:
    """Collects the pages of one book in order."""

    def __init__(self, book: Book, design: Design, set_lines: SetLines, reserved: int, volume: str) -> None:
        self.reserved = reserved
        """Pages kept for the contents, which nobody knows before all is paged."""
        self._volume = volume
        """Such as `Volume Two`; empty if there is only one."""
        self._book = book
        self.design = design
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
        self._contents = 0
        """Where the contents begin: how many pages stand before them."""
        self._part: str | None = None
        """The title of the story whose last part has chapters under it now; None before any part."""
        self._entries: list[Entry] = []
        """The entries of the contents."""
        self._chapters = frozenset(chapter.title for chapter in book.chapters if chapter.kind == "chapter")
        self._noted: set[str] = set()
        """Where chapters' notes stand that have an entry: `front`, `back`."""
        self.outline: list[Entry] = []
        self.compromises: list[Compromise] = []
        self.findings: list[Finding] = []

    # --- the parts, in order ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the book as the design says: with a title over the text, or with a title page and what goes around it."""
        stick, opening = self._stick, self.design.opening
        if opening == "heading":
            self._heading = matter.heading(stick, self._book, self._volume)
            return
        if opening == "half-title":
            self._pages += matter.half_title(stick, self._book, self._volume)
        self._pages.append(matter.title_page(stick, self._book, self._volume))
        if imprint := matter.imprint(stick, self._book, self._next):
            self._pages.append(imprint)
            taken = max(imprint.slugs[0].y, *(code.y + code.size for code in imprint.codes), 0.0)
            self._room = self.design.lines - ceil((taken - self.design.margins.foot) / self.design.leading) - 3

    def fits_on_back(self, galley: Galley) -> bool:
        """Tell whether a note fits on the back of the title, so that it goes before a dedication and the contents."""
        rows = write_out(galley, self.design)
        room = self._room or self.design.lines
        return (self._next == "verso" or self._room > 0) and rows.head + len(rows.rows) <= room and not (galley.notes or rows.cuts)

    def display_pages(self) -> None:
        """Give dedication and epigraph a recto each, unless they stand over the text of page 1."""
        keys = self.design.config.book
        for text in (keys.dedication, keys.epigraph):
            if text and self.design.opening != "heading":
                self._to_side("recto")
                self._pages.append(matter.display_page(self._stick, text))

    def reserve_contents(self) -> None:
        """Keep the pages of the contents free, from a recto on."""
        if self.reserved:
            self._to_side("recto")
        self._contents = len(self._pages)
        self._pages += [Draft("blank")] * self.reserved

    def fill_contents(self) -> int:
        """Set the contents on the pages kept for them, once all is paged; return how many they need."""
        if not wants_contents(self._book, self.design):
            return 0
        # In a book of several stories, a chapter that is only counted is found by its story.
        counted = {chapter.title for chapter in self._book.chapters if not chapter.name} if len(self._book.stories) > 1 else set()
        listed = [entry for entry in self._entries if not (entry.depth and entry.title in counted)]
        entries = [entry for entry in listed if entry.page > self._contents]
        made = contents(self._stick, entries, side_of(self._contents + 1)) if entries else []
        if len(made) <= self.reserved:
            self._pages[self._contents : self._contents + len(made)] = made
        return len(made)

    def chapter(self, galley: Galley) -> None:
        """Cut a galley into pages; the story opens on a recto, and so does each part and what follows it."""
        design = self.design
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
        fits = rows.head + len(rows.rows) <= self._room and not (galley.notes or rows.cuts)
        shared = self._pages.pop() if galley.kind == "front" and fits else None
        self._room = 0
        first = self._next
        title = galley.title or self._book.title
        if galley.title or galley.kind == "chapter":
            self.enter(galley, title)
        if not rows.rows:
            # A title with nothing under it, such as a part's above its chapters, has a page to itself.
            slugs, figures = self._opener(galley, rows, self._stick.left(first), first)
            self._heading = None
            self._pages.append(Draft("opener", tuple(slugs), tuple(figures), title, galley.story))
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
            draft = self._text_page(galley, rows, content, number == 0, title)
            if made.feet and made.feet[number]:
                draft = self._with_notes(draft, galley, made.feet[number], made.depths[number])
            self._pages.append(draft)
        self._paragraphs += len(galley.blocks)
        if shared:
            self._pages[-1] = self._pages[-1]._replace(slugs=(*self._pages[-1].slugs, *shared.slugs), codes=shared.codes)

    def enter(self, galley: Galley, title: str) -> None:
        """Note where a part, a story or a chapter begins, for the outline and the contents.

        Notes that stand before or behind the story have the titles of their chapters, and one entry together.
        """
        if galley.kind in ("front", "back") and galley.title in self._chapters:
            if galley.kind in self._noted:
                return
            self._noted.add(galley.kind)
            title = says(self.design.language).notes
        under = galley.kind == "chapter" and self._part == galley.story.title and galley.title != galley.story.title
        entry = Entry(title, len(self._pages) + 1, galley.byline, int(under))
        if galley.kind == "part":
            self._part = galley.story.title
        self.outline.append(entry)
        if galley.title:
            self._entries.append(entry)

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
        stick, counts, count = self._stick, self.design.counts, len(self._pages)
        notice = matter.notice(stick, self._book) if self.design.opening == "heading" else []
        texts = [*notice, *filter(None, (matter.colophon_text(stick),))]
        shares = counts.admit(count) and not counts.admit(count + 1)
        if not texts or (shares and (self._share(texts) or not notice or self._share(notice))):
            self._pages.extend([Draft("blank")] * (-count % counts.step))
            return
        self._pages.extend([Draft("blank")] * (-(count + 1) % counts.step))
        foot = matter.at_foot(stick, texts, self._next)
        self._pages.append(Draft("colophon", tuple(foot), codes=self._code_above(foot, self._next)))

    def _share(self, texts: Sequence[str]) -> bool:
        """Stand small type at the foot of the last page, if that leaves it enough white."""
        last, side = self._pages[-1], side_of(len(self._pages))
        if last.kind == "plate":
            return False
        foot = matter.at_foot(self._stick, texts, side)
        codes = self._code_above(foot, side)
        lowest = min([*(slug.y for slug in last.slugs), *(inset.y for inset in last.insets)], default=0.0)
        highest = max(foot[0].y, *(code.y + code.size for code in codes), 0.0)
        if lowest <= highest + 3 * self.design.leading + 1.25 * size_of(foot[0].line):
            return False
        self._pages[-1] = last._replace(slugs=(*last.slugs, *foot), codes=codes)
        return True

    def _code_above(self, foot: Sequence[Slug], side: Side) -> tuple[Code, ...]:
        """Stand the address's code above the small type, where no imprint has it."""
        if self.design.opening != "heading":
            return ()
        return matter.code(self._stick, self._book, side, foot[0].y + 1.5 * self.design.leading)

    # --- pages --------------------------------------------------------------------------------------------------------

    def _text_page(self, galley: Galley, rows: Rows, content: Iterable[tuple[Row, int]], opens: bool, title: str) -> Draft:
        """Stand a page's rows on the grid, below the chapter's opener if it `opens`."""
        design, stick, side = self.design, self._stick, self._next
        left = stick.left(side)
        slugs: list[Slug] = []
        figures: list[Figure] = []
        insets: list[Inset] = []
        kind: PageKind = "text"
        if opens:
            slugs, figures = self._opener(galley, rows, left, side)
            self._heading = None
        highest, leading, before = design.baseline(rows.head if opens else 0), design.leading, self._paragraphs
        for number, (row, owner) in enumerate(content):
            y = highest - number * leading
            if isinstance(row, Line):
                slugs.append(Slug(row, left, y, before + owner))
            elif isinstance(row, Cut):
                inset, caption = stand(row, design, left, number + (rows.head if opens else 0))
                insets.append(inset)
                slugs += caption
                self.findings += faults_of(row, inset, design, len(self._pages) + 1)
                kind = "plate" if room_of(row, design).alone else kind
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
                        for line in self._stick.set_lines(self._stick.ornament or DINKUS, "break", design.measure)
                    )
        if opens:
            kind = "opener" if galley.kind in ("chapter", "part") else "front"
        return Draft(kind, tuple(slugs), tuple(figures), title, galley.story, insets=tuple(insets))

    def _with_notes(self, draft: Draft, galley: Galley, notes: Sequence[tuple[int, int]], depth: int) -> Draft:
        """Stand lines of notes at a page's foot, the last on its last grid line, a short rule above them."""
        design = self.design
        left = self._stick.left(self._next)
        last, step = design.baseline(design.lines - 1 + depth), design.note_leading
        slugs = [
            Slug(galley.notes[number - 1][line], left, last + step * (len(notes) - row), note=number)
            for row, (number, line) in enumerate(notes, 1)
        ]
        y = slugs[0].y + 0.75 * design.note_size + 0.4 * design.leading
        rule = Figure(_rule(NOTE_RULE * design.measure / RULE_WEIGHT), left, y, RULE_WEIGHT)
        return draft._replace(slugs=(*draft.slugs, *slugs), figures=(*draft.figures, rule))

    def _opener(self, galley: Galley, rows: Rows, left: Pt, side: Side) -> tuple[list[Slug], list[Figure]]:
        """Set the chapter's title in its sink; a story without one gets an ornament there."""
        design = self.design
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
        heads = Heads(self._stick, self._book)
        return tuple(
            Page(
                number,
                side_of(number),
                draft.kind,
                draft.slugs,
                draft.figures,
                heads.on(draft, number) if draft.kind == "text" else (),
                str(number),
                heads.slug_line(number, len(self._pages)),
                draft.insets,
                draft.codes,
            )
            for number, draft in enumerate(self._pages, 1)
        )


@cache
def _rule(width: float) -> Ornament:
    """Draw a rule so many times as wide as it is high."""
    corners = ((0.0, 0.0), (width, 0.0), (width, 1.0), (0.0, 1.0))
    return Ornament("rule", width, (tuple([("L" if at else "M", corner) for at, corner in enumerate(corners)] + [("Z", ())]),))


def _compromises(made: Makeup, galley: Galley, first: int) -> list[Compromise]:
    """Name what a chapter's pages paid, from its first page on; a block's own line where it concerns one."""
    return [
        Compromise(
            first + paid.page,
            paid.fault,
            round(paid.price, 1),
            REMEDIES[paid.fault],
            galley.blocks[paid.owner].line if paid.owner >= 0 else 0,
            galley.story.file,
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
    if story.opener.lines or not note.blocks or not story.blocks or note.notes:
        return galleys
    opener = story.opener if note.title == title else note.opener
    blocks = (*note.blocks, White(True, story.blocks[0].line), *story.blocks)
    run_in = replace(story, opener=opener, blocks=blocks, findings=(*note.findings, *story.findings))
    return (run_in, *galleys[2:])


def _joined(notes: Sequence[Galley], design: Design) -> list[Galley]:
    """Let short notes that follow each other share a page."""
    joined: list[Galley] = []
    for note in notes:
        together = _one_below(joined[-1], note) if joined else note
        rows = write_out(together, design)
        footed = bool(joined and (joined[-1].notes or note.notes))
        if joined and not footed and rows.head + len(rows.rows) <= design.lines:
            joined[-1] = together
        else:
            joined.append(note)
    return joined


def _one_below(note: Galley, after: Galley) -> Galley:
    """Stand one note below another, under its own title."""
    line = next((block.line for block in after.blocks), 0)
    title = Passage((Setting(after.opener.lines),), line, keep=True, above=2, below=1) if after.opener.lines else White(True, line)
    return replace(note, blocks=(*note.blocks, title, *after.blocks))


def _spreads(pages: tuple[Page, ...]) -> tuple[Spread, ...]:
    """Pair the pages as they face each other."""
    spreads = [Spread(None, pages[0])]
    for place in range(1, len(pages), 2):
        spreads.append(Spread(pages[place], pages[place + 1] if place + 1 < len(pages) else None))
    return tuple(spreads)
