"""From the trim to the page: size, leading, measure and margins by rule, unless the config says otherwise."""

from math import ceil, floor, lcm, sqrt
from typing import Literal, NamedTuple, TypeAlias

from pressbook.config.lengths import length_within
from pressbook.config.schema import Config, MarginKeys, Scheme
from pressbook.config.surround import Surround, surround
from pressbook.config.trims import Trim, find_trim
from pressbook.errors import ConfigError, LayoutError
from pressbook.units import Pt, inch
from pressbook.values import Value

SET_WIDTH = 0.38
"""Mean advance of a letter or space of English in EB Garamond, in em, counted over a novel; other text faces set wider."""
CAP_HEIGHT = 0.65
"""Height of a capital in em: where the eye sees a page of type begin."""

GUTTERS: tuple[tuple[int, Pt], ...] = (
    (150, inch(0.375)),
    (300, inch(0.5)),
    (500, inch(0.625)),
    (700, inch(0.75)),
    (100_000, inch(0.875)),
)
"""(up to so many pages, least inner margin): KDP's table for paperbacks, the strictest of the printers'."""
FLAT_UP_TO = 60
"""A stapled booklet of so many pages opens flat; a thicker, glued one hides part of the inner margin."""
CURVE: Pt = inch(0.125)
"""What a glued book hides beyond the printer's least gutter before a line is easy to read."""
FOOT = 3.2
"""White below the last line at the least, in leadings: the folio stands clear of a page that is set a line longer."""
LEAST_JUSTIFIED = 42
"""A line of fewer letters is set ragged: justified, more than one in twenty would have word spaces half as wide again
as the others, and one in eight would end in a hyphen."""
LEAST_LETTERS = 40
"""A gutter that would leave a line fewer letters is cut back: no printer glues so thick a book of so small a page."""

HEAD_RISE, FOLIO_DROP = 1.9, 2.3
"""Leadings from the first line's baseline up to the running head's, and from the last one down to the folio's."""
ASCENT, DESCENT = 0.06, 0.26
"""How far a running head reaches above the height of the text's capitals, and a folio below its baseline, in em of the text."""
HANG = 0.35
"""How far a hyphen or stop may hang out into the outer margin, in em."""
BEARING: Pt = 4.5
"""What hangs into the inner margin: a quotation mark, or the swash of an italic."""
HEADED: Pt = inch(6)
"""Pages less high have no running head, unless they are asked for one."""
HEAD_ROOM = 2.4
"""White above the first line, in leadings, in which a running head may stand."""
NOTE_SCALE = 0.82
"""Of the text's size: notes at the foot, no smaller than LEAST_NOTE unless the text is."""
LEAST_NOTE: Pt = 7.0
NOTE_LEADING = 1.22
"""Of the notes' size."""
OUTER = "outer "
"""What stands before a bleed that the side at the spine does without."""

Opening: TypeAlias = Literal["heading", "title page", "half-title"]
"""How a book begins: with its title over the text of page 1; with a title page; or with a half-title and an ornament before it."""


class Counts(NamedTuple):
    """Which numbers of pages the finished book may have."""

    step: int
    """Any multiple of it,"""
    only: int | None = None
    """or no more and no fewer than this."""

    def admit(self, pages: int) -> bool:
        """Tell whether a book of so many pages is one of those."""
        return pages == self.only if self.only else pages % self.step == 0


class Spec(NamedTuple):
    """What copyfitting puts in the place of the rules: type, page and front matter as a compositor would write them down."""

    size: Pt
    leading: Pt
    measure: Pt
    lines: int
    """Grid lines on a full page."""
    opening: Opening
    looseness: int = 0
    """Lines that each chapter is set longer, or shorter if below zero, where its paragraphs can give them."""


class Margins(Value):
    """White around the type page."""

    inner: Pt
    outer: Pt
    head: Pt
    """From the page's top to the top of the first line's capitals."""
    foot: Pt
    """From the last baseline to the page's bottom."""


class Design(Value):
    """The page that the type must fill, and all that the user chose besides."""

    config: Config
    trim: Trim
    bleed: Pt
    margins: Margins
    size: Pt
    """Of the text type."""
    leading: Pt
    """From baseline to baseline: the grid's step."""
    measure: Pt
    """The width of a line of text."""
    lines: int
    """Grid lines on a full page."""
    indent: Pt
    """First-line indent of a paragraph."""
    sink: int
    """Grid lines left white at the head of a chapter, before its title."""
    heads: bool
    """Whether the page is large enough for a running head."""
    counts: Counts
    """How many pages the book may have."""
    least: Margins
    """Narrower margins the printer does not take; nought where none is named."""
    opening: Opening = "title page"
    looseness: int = 0
    """Lines that each chapter is set longer than is best for its paragraphs alone."""
    language: str = "en-US"
    """BCP 47: the book's."""

    @property
    def bleeds_at_spine(self) -> bool:
        """Whether the bleed is on all sides, or on the three outer ones only."""
        return not self.config.page.bleed.startswith(OUTER)

    @property
    def surround(self) -> Surround:
        """The paper around the page."""
        return surround(self.config.press, self.bleed)

    @property
    def bound(self) -> bool:
        """Whether the inner margin is the gutter of a book too thick to open flat."""
        return self.margins.inner > 0.421 * (self.trim.width - self.measure)

    @property
    def spec(self) -> Spec:
        """What of all this copyfitting may change."""
        return Spec(self.size, self.leading, self.measure, self.lines, self.opening, self.looseness)

    @property
    def letters(self) -> float:
        """How many letters a line takes, more or less."""
        return self.measure / (SET_WIDTH * self.size)

    @property
    def justified(self) -> bool:
        """Whether lines of running text are brought to one length: as the config says, or where the measure can bear it."""
        choice = self.config.type.justify
        return self.letters >= LEAST_JUSTIFIED if choice == "auto" else choice

    @property
    def initial(self) -> int:
        """How many lines deep a chapter's first letter is; 0 if it is set as all others."""
        depth = self.config.type.drop_cap
        return 0 if depth == "none" else int(depth)

    @property
    def note_size(self) -> Pt:
        """Of the type that notes are set in."""
        return min(self.size, max(LEAST_NOTE, _quarter(NOTE_SCALE * self.size)))

    @property
    def note_leading(self) -> Pt:
        """From baseline to baseline of notes."""
        return min(self.leading, _quarter(NOTE_LEADING * self.note_size))

    @property
    def title_depth(self) -> Pt:
        """How far a chapter's title may reach from its first baseline to its last, so that four lines of text stand below it."""
        return max(0, self.lines - 8) * self.leading

    def baseline(self, row: int) -> Pt:
        """Return the height of grid line `row` (from 0, at the top) above the page's bottom."""
        return self.trim.height - self.margins.head - CAP_HEIGHT * self.size - row * self.leading


def plan(config: Config, letters: int, language: str = "") -> Design:
    """Design the page for a story of so many letters, in a language, which the config overrules.

    Size grows with the square root of the page's area, measure is some 70 letters (45-75 is what eyes read easily:
    Bringhurst 2.1.2), the type page has the proportion of the page where it can, and the white around it is shared
    out as the canons do: more outside than inside, more below than above.
    LayoutError if no readable page is left.
    """
    trim = find_trim(config.page.trim)
    bleed = length_within(config.page.bleed.removeprefix(OUTER), "page.bleed", 0, inch(1))
    size = _size(config, trim)
    leading = (
        _quarter(1.27 * size)
        if config.type.leading == "auto"
        else length_within(config.type.leading, "type.leading", size, 3 * size)
    )
    thickest = _thickest(config)
    margins, measure = (
        _given_margins(config.page.margins, trim)
        if isinstance(config.page.margins, MarginKeys)
        else _margins(trim, size, leading, letters, thickest, _least(config, trim, size, leading))
    )
    lines = _lines(trim, margins, size, leading)
    if measure < 12 * size or lines < 6:
        raise LayoutError(
            f"{trim.name}: type of {size:g}/{leading:g} pt leaves {measure:.0f} pt of measure and {lines} lines, too few to read",
            "choose a larger trim, smaller type or narrower margins",
        )
    said = config.book.language
    spoken = (language or "en-US") if said == "auto" else said
    spec = Spec(size, leading, measure, lines, openings_of(config)[0])
    return _design(config, trim, bleed, margins, spec, counts_of(config), spoken)


def respecify(design: Design, spec: Spec, pages: int) -> Design:
    """Change a planned design to a specification, for a book of about so many pages; margins the user gave stay.

    The white is shared out as `plan` does, with the gutter that a book of so many pages needs.
    """
    trim, margins = design.trim, design.margins
    if not isinstance(design.config.page.margins, MarginKeys):
        white = trim.width - spec.measure
        gutter = margins.inner if design.bound else min(_gutter(pages), white / 2) if pages > FLAT_UP_TO else 0.0
        inner = min(max(0.42 * white, gutter, design.least.inner), white - design.least.outer)
        margins = Margins(inner, white - inner, *_head_and_foot(trim, spec.lines, spec.size, spec.leading))
    return _design(design.config, trim, design.bleed, margins, spec, design.counts, design.language)


def _design(config: Config, trim: Trim, bleed: Pt, margins: Margins, spec: Spec, counts: Counts, language: str) -> Design:
    size, leading, measure, lines, opening, looseness = spec
    return Design(
        config=config,
        trim=trim,
        bleed=bleed,
        margins=margins,
        size=size,
        leading=leading,
        measure=measure,
        lines=lines,
        indent=leading if measure > 22 * size else size,
        sink=max(2, round(lines * 0.22)),
        heads=_headed(config, trim) and margins.head >= HEAD_ROOM * leading,
        counts=counts,
        least=_least(config, trim, size, leading),
        opening=opening,
        looseness=looseness,
        language=language,
    )


def openings_of(config: Config) -> tuple[Opening, ...]:
    """List how the book may begin, what is usual first; ConfigError if `book.opening` has no page for the contents."""
    keys = config.book
    if keys.opening == "auto":
        return ("title page", "half-title") if keys.contents is True else ("title page", "heading", "half-title")
    if keys.opening == "heading" and keys.contents is True:
        raise ConfigError(
            "book.contents = true: contents have no place where the title stands over the text",
            'write book.opening = "title page", or leave out one of the two',
        )
    return (keys.opening,)


WHOLE: dict[Scheme, int] = {
    "saddle": 4,
    "signatures": 4,
    "quarto": 8,
    "octavo": 16,
    "sextodecimo": 32,
    "mini-8": 8,
    "french": 4,
    "cut-and-stack": 2,
}
"""Pages that a sheet's leaves have, by the scheme of the booklet; any other scheme takes what comes."""


def whole_sheet(config: Config) -> int:
    """Return how many pages the book must be a multiple of: the booklet's sheets are full, and the printer has what it wants."""
    return lcm(WHOLE.get(config.booklet.scheme, 1) if config.outputs.booklet else 1, int(config.press.multiple))


def counts_of(config: Config) -> Counts:
    """Read `page.pages`, and add what a folded booklet asks: whole sheets; ConfigError for a count that no sheets make."""
    asked, sheet = str(config.page.pages), whole_sheet(config)
    if asked == "any":
        return Counts(sheet)
    number = int(asked.removeprefix("multiple of "))
    if asked != str(number):
        return Counts(lcm(number, sheet))
    if number % sheet:
        below, above = number - number % sheet, number - number % sheet + sheet
        if int(config.press.multiple) > 1:
            raise ConfigError(
                f"page.pages = {number} is no multiple of {sheet}, which the printer asks for",
                f"write {f'{below} or ' if below else ''}{above}",
            )
        raise ConfigError(
            f"page.pages = {number} makes no booklet: {'a cut' if sheet == 2 else 'a folded'} {'leaf' if sheet == 2 else 'sheet'}"
            f" has {sheet} pages",
            f"write {f'{below} or ' if below else ''}{above}; or set outputs.booklet = false",
        )
    return Counts(sheet, number)


def ideal_depth(trim: Trim, measure: Pt) -> Pt:
    """Return how deep a type page of that measure should be: in the proportion of the page, where it can."""
    return trim.height * min(0.80, max(0.72, measure / trim.width + 0.03))


def _lines(trim: Trim, margins: Margins, size: Pt, leading: Pt) -> int:
    """Count the grid lines between head and foot margin."""
    height = trim.height - margins.head - margins.foot
    return floor((height - CAP_HEIGHT * size) / leading + 1e-6) + 1


def _gutter(pages: int) -> Pt:
    """Return the least inner margin of a glued book."""
    return next(gutter for upto, gutter in GUTTERS if pages <= upto) + CURVE


def _head_and_foot(trim: Trim, lines: int, size: Pt, leading: Pt) -> tuple[Pt, Pt]:
    spare = trim.height - (lines - 1) * leading - CAP_HEIGHT * size
    return 0.4 * spare, 0.6 * spare


def _size(config: Config, trim: Trim) -> Pt:
    if config.type.size != "auto":
        return length_within(config.type.size, "type.size", 5, 24)
    size = 4.6 + 0.8 * sqrt(trim.width * trim.height) / 65
    # A page larger than A4 is looked at from farther off: type grows on, but less.
    return max(8.0, _quarter(size if size < 12.5 else max(12.5, 12.5 + 0.5 * (size - 13.5))))


def _least(config: Config, trim: Trim, size: Pt, leading: Pt) -> Margins:
    """Return the narrowest margins that the printer takes: the gutter, and type clear of the knife, head and folio as well."""
    page = config.page
    safety = 0.0 if page.safety == "auto" else length_within(page.safety, "page.safety", 0, trim.width / 3)
    gutter = 0.0 if page.gutter == "auto" else length_within(page.gutter, "page.gutter", 0, trim.width / 3) + BEARING
    room = HEAD_ROOM * leading if heads_asked(config) else 0.0
    if not safety:
        return Margins(gutter, 0.0, room, 0.0)
    head = HEAD_RISE * leading + ASCENT * size if _headed(config, trim) else 0.0
    return Margins(
        max(gutter, safety + BEARING),
        safety + HANG * size,
        max(room, safety + head),
        safety + FOLIO_DROP * leading + DESCENT * size,
    )


def heads_asked(config: Config) -> bool:
    """Tell whether the config asks for something above the text, be it the head or the folio."""
    return config.page.heads not in ("auto", "none") or config.page.folios == "head"


def _headed(config: Config, trim: Trim) -> bool:
    return trim.height >= HEADED or heads_asked(config)


def _thickest(config: Config) -> int:
    """Return the most pages that one volume should have; ConfigError if `page.pages` counts them as well."""
    if config.book.volume_pages == "off":
        return 100_000
    if str(config.page.pages) != "any":
        raise ConfigError(
            f"book.volume-pages = {config.book.volume_pages} and page.pages = {config.page.pages} ask for two lengths at once",
            "leave out one of them",
        )
    return int(config.book.volume_pages)


def _margins(trim: Trim, size: Pt, leading: Pt, letters: int, thickest: int, least: Margins) -> tuple[Margins, Pt]:
    """Share out the white: two fifths inside and above, three fifths outside and below; never less than the printer takes.

    `thickest` is in pages.
    """
    wide = 74 if trim.width > 1.15 * trim.height else min(74, 72 + 4 * max(0.0, size - 11))
    measure = min(wide * SET_WIDTH * size, 0.78 * trim.width)
    lines = round((ideal_depth(trim, measure) - CAP_HEIGHT * size) / leading) + 1
    above_and_below = max(FOOT * leading / 0.6, least.foot / 0.6, least.head / 0.4)
    most = floor((trim.height - above_and_below - CAP_HEIGHT * size) / leading) + 1
    lines = max(6, min(lines, most))
    pages = min(thickest, ceil(letters * SET_WIDTH * size / (measure * lines * 0.9)) + 4)
    white = trim.width - measure
    inner, outer = 0.42 * white, 0.58 * white
    if inner < least.inner or outer < least.outer:
        inner = max(inner, least.inner)
        outer = max(0.8 * outer, least.outer, white - inner)
        measure = trim.width - inner - outer
    if pages > FLAT_UP_TO:
        inner = max(inner, min(_gutter(pages), trim.width - 0.8 * outer - LEAST_LETTERS * SET_WIDTH * size))
        outer = max(0.8 * outer, least.outer, white - inner)
        measure = trim.width - inner - outer
    return Margins(inner, outer, *_head_and_foot(trim, lines, size, leading)), measure


def _given_margins(keys: MarginKeys, trim: Trim) -> tuple[Margins, Pt]:
    inner, outer = (length_within(getattr(keys, side), f"page.margins.{side}", 0, trim.width) for side in ("inner", "outer"))
    head, foot = (length_within(getattr(keys, side), f"page.margins.{side}", 0, trim.height) for side in ("head", "foot"))
    return Margins(inner, outer, head, foot), trim.width - inner - outer


def _quarter(length: Pt) -> Pt:
    return round(length * 4) / 4
