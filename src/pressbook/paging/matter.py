"""The parts of a book around its story: half-title, title page, imprint, dedication, epigraph, colophon."""

import re
from collections.abc import Sequence
from math import ceil

from pressbook.config import addresses, colophon, small_print
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import Book, Code, Figure, Line, Ornament, Side, Slug
from pressbook.paging.stick import Draft, Stick, Words, size_of
from pressbook.units import Pt

TITLE_HEIGHT = 0.70
"""Of the page: where the title's first line stands on its page."""
TITLE_PAGE_SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Sizes that a title page too full may shrink to; in the last its title is a quarter larger than the text."""
SMALLEST: Pt = 6.0
"""Small print too long for its page shrinks, but not below."""
MODULE: Pt = 1.3
"""A dot of a code: 0.46 mm, which a telephone reads off paper that drinks ink."""
QUIET = 4
"""White around a code, in dots."""
CODES = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
"""Letters that a code of each version holds, from the smallest, 21 dots wide; the next each 4 wider (ISO 18004, level M)."""


def heading(stick: Stick, book: Book, volume: str = "") -> tuple[list[Slug], int]:
    """Set title, author, dedication and epigraph above the text of page 1; LayoutError if they leave it too little.

    Returns the type and the grid lines that it takes.
    """
    design, keys = stick.design, stick.design.config.book
    words = [*title_words(stick, book, 0.9, volume), *_display(keys.dedication, 2.0), *_display(keys.epigraph, 2.0)]
    slugs = stick.stack(words, design.baseline(max(2, design.sink // 2)), "recto")
    rows = ceil((design.baseline(0) - min(slug.y for slug in slugs)) / design.leading) + 3
    if rows > 0.6 * design.lines:
        raise LayoutError("the title leaves the text too little of page 1", "shorten it, or choose a larger trim")
    return slugs, rows


def half_title(stick: Stick, book: Book, volume: str = "") -> list[Draft]:
    """Set the title alone, small, on the first recto, and the ornament large on its back, facing the title page."""
    design = stick.design
    title = stick.stack(
        [Words(book.title, "half-title"), Words(volume, "subtitle", 1.7)], TITLE_HEIGHT * design.trim.height, "recto"
    )
    back = Draft("blank")
    if isinstance(stick.ornament, Ornament):
        middle = design.baseline(0) - 0.4 * (design.lines - 1) * design.leading
        back = Draft("front", figures=(stick.figure(stick.ornament, middle, 5 * design.size, "verso"),))
    return [Draft("front", tuple(title)), back]


def title_page(stick: Stick, book: Book, volume: str = "") -> Draft:
    """Set the title in the upper half of a recto, the author under it, an ornament below; smaller where it must be."""
    design = stick.design
    for scale in TITLE_PAGE_SCALES:
        slugs = stick.stack(title_words(stick, book, 1.0, volume), TITLE_HEIGHT * design.trim.height, "recto", scale)
        if stick.has_room(slugs):
            break
    stick.check_room(slugs, "the title page", "shorten the title, or choose a larger trim")
    figures: tuple[Figure, ...] = ()
    y = slugs[-1].y if slugs else TITLE_HEIGHT * design.trim.height
    if isinstance(stick.ornament, Ornament) and y > design.margins.foot + 5 * design.leading:
        figures = (stick.figure(stick.ornament, y - 4.2 * design.leading, 2.2 * design.size, "recto"),)
    return Draft("title", tuple(slugs), figures)


def title_words(stick: Stick, book: Book, air: float, volume: str = "") -> list[Words]:
    """List what a title says; a manuscript's subtitle and series stand in for the config's."""
    keys = stick.design.config.book
    return [
        Words(book.title, "title", 2.5 * air),
        Words(keys.subtitle or book.subtitle, "subtitle", 1.7 * air),
        Words(volume, "subtitle", 1.7 * air),
        Words(book.author, "author", 2.2 * air),
        Words(keys.series or book.series, "small", 2.0 * air),
    ]


def display_page(stick: Stick, text: str) -> Draft:
    """Set a dedication or epigraph for a recto of its own, line by line; a last line that a dash opens says whose it is."""
    design = stick.design
    measure = 0.75 * design.measure
    y = 0.66 * design.trim.height
    slugs: list[Slug] = []
    for words in _display(text, 1.2):
        for number, line in enumerate(stick.set_lines(words.text, words.role, measure)):
            y -= (1.2 if number else words.above) * design.leading * bool(slugs)
            slugs.append(stick.centred(line, y, measure, "recto"))
    stick.check_room(slugs, f"the text {' '.join(text.split()[:4])!r} …", "shorten it, or choose a larger trim")
    return Draft("front", tuple(slugs))


def _display(text: str, above: float) -> list[Words]:
    """Take a dedication or epigraph line by line as it was typed."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = [Words(line, "subtitle", 1.2 if number else above) for number, line in enumerate(lines)]
    if len(words) > 1 and (credit := re.fullmatch(r"(?:--?-?|–|—|―)\s*(\S.*)", lines[-1])):
        words[-1] = Words(f"—{credit[1]}", "small", 1.6)
    return words


# --- small print ------------------------------------------------------------------------------------------------------


def notice(stick: Stick, book: Book) -> list[str]:
    """List what the imprint says."""
    design = stick.design
    return small_print(design.config.book, design.language, _addresses(stick, book), several=len(book.stories) > 1)


def _addresses(stick: Stick, book: Book) -> Sequence[tuple[str, str]]:
    return addresses(stick.design.config.book, book.title, book.published)


def imprint(stick: Stick, book: Book, side: Side) -> Draft | None:
    """Set the small print at the foot of the title's back, above it a code of the address by choice; nothing if it says nothing."""
    texts = notice(stick, book)
    if not texts:
        return None
    for scale in (1.0, 0.9, 0.8, 0.7):
        slugs = at_foot(stick, texts, side, scale)
        if stick.has_room(slugs) or scale * size_of(slugs[0].line) < SMALLEST:
            break
    stick.check_room(slugs, "book.copyright" if len(texts) == 1 else "the imprint", "shorten it, or choose a larger trim")
    return Draft("front", tuple(slugs), codes=code(stick, book, side, slugs[0].y + 1.5 * stick.design.leading))


def code(stick: Stick, book: Book, side: Side, y: Pt) -> tuple[Code, ...]:
    """Stand a code of the book's address on a height, in the middle of the measure; ConfigError if no code can hold it."""
    told = _addresses(stick, book)
    if not stick.design.config.book.source_code or len(told) != 1:
        return ()
    text = told[0][1]
    version = next((number for number, letters in enumerate(CODES) if len(text.encode()) <= letters), None)
    if version is None:
        raise ConfigError(
            f"book.source-code: an address of {len(text)} letters makes a code too fine to print",
            "give a shorter one as book.source",
        )
    size = MODULE * (21 + 4 * version + 2 * QUIET)
    return (Code(text, stick.left(side) + (stick.design.measure - size) / 2, y, size),)


def at_foot(stick: Stick, texts: Sequence[str], side: Side, scale: float = 1.0) -> list[Slug]:
    """Stand texts in small type at the foot of a page, their last line on the type page's last baseline.

    A long address is parted where its signs part it, and nothing is put between.
    """
    measure = stick.display_measure
    lines = [line for text in texts for line in _small_lines(stick, text, measure, scale)]
    step = 1.25 * max(size_of(line) for line in lines)
    last = len(lines) - 1
    foot = stick.design.margins.foot
    return [stick.centred(line, foot + step * (last - row), measure, side) for row, line in enumerate(lines)]


def _small_lines(stick: Stick, text: str, measure: Pt, scale: float) -> Sequence[Line]:
    lines = stick.set_lines(text, "small", measure, scale=scale)
    (full,) = stick.set_lines("x", "small", measure, scale=scale)
    if size_of(lines[0]) > 0.99 * size_of(full) or " " in text:
        return lines
    signs = [match.end() for match in re.finditer(r"[/?&=#._-]+", text[:-1])]
    at = min(signs, key=lambda end: abs(end - len(text) / 2), default=len(text) // 2)
    return [*_small_lines(stick, text[:at], measure, scale), *_small_lines(stick, text[at:], measure, scale)]


def colophon_text(stick: Stick) -> str:
    """Say what the book is set in, or what the config says instead; empty if it says nothing."""
    design = stick.design
    return colophon(design.config.book, design.language, design.config.type.font, design.size, design.leading)
