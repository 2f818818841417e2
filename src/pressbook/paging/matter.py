"""The parts of a book around its story: half-title, title page, imprint, dedication, epigraph."""

from math import ceil

from pressbook.errors import LayoutError
from pressbook.model import Book, Figure, Ornament, Side, Slug
from pressbook.paging.stick import Draft, Stick, Words

TITLE_HEIGHT = 0.70
"""Of the page: where the title's first line stands on its page."""
TITLE_PAGE_SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Sizes that a title page too full may shrink to; in the last its title is a quarter larger than the text."""


def heading(stick: Stick, book: Book) -> tuple[list[Slug], int]:
    """Set title, author, dedication and epigraph above the text of page 1; LayoutError if they leave it too little.

    Returns the type and the grid lines that it takes.
    """
    design, keys = stick.design, stick.design.config.book
    words = [*_title_words(stick, book, 0.9), Words(keys.dedication, "subtitle", 2.0), Words(keys.epigraph, "subtitle", 2.0)]
    slugs = stick.stack(words, design.baseline(max(2, design.sink // 2)), "recto")
    rows = ceil((design.baseline(0) - min(slug.y for slug in slugs)) / design.leading) + 3
    if rows > 0.6 * design.lines:
        raise LayoutError("the title leaves the text too little of page 1", "shorten it, or choose a larger trim")
    return slugs, rows


def half_title(stick: Stick, book: Book) -> list[Draft]:
    """Set the title alone, small, on the first recto, and the ornament large on its back, facing the title page."""
    design = stick.design
    title = stick.stack([Words(book.title, "chapter")], TITLE_HEIGHT * design.trim.height, "recto")
    back = Draft("blank")
    if isinstance(stick.ornament, Ornament):
        middle = design.baseline(0) - 0.4 * (design.lines - 1) * design.leading
        back = Draft("front", figures=(stick.figure(stick.ornament, middle, 5 * design.size, "verso"),))
    return [Draft("front", tuple(title)), back]


def title_page(stick: Stick, book: Book) -> Draft:
    """Set the title in the upper half of a recto, the author under it, an ornament below; smaller where it must be."""
    design = stick.design
    for scale in TITLE_PAGE_SCALES:
        slugs = stick.stack(_title_words(stick, book, 1.0), TITLE_HEIGHT * design.trim.height, "recto", scale)
        if stick.has_room(slugs):
            break
    stick.check_room(slugs, "the title page", "shorten the title, or choose a larger trim")
    figures: tuple[Figure, ...] = ()
    y = slugs[-1].y if slugs else TITLE_HEIGHT * design.trim.height
    if isinstance(stick.ornament, Ornament) and y > design.margins.foot + 5 * design.leading:
        figures = (stick.figure(stick.ornament, y - 4.2 * design.leading, 2.2 * design.size, "recto"),)
    return Draft("title", tuple(slugs), figures)


def imprint(stick: Stick, side: Side) -> Draft | None:
    """Set the copyright notice at the foot of the title's back; nothing if there is none."""
    notice = stick.design.config.book.copyright
    if not notice:
        return None
    slugs = stick.at_foot((notice,), side)
    stick.check_room(slugs, "book.copyright", "shorten it, or choose a larger trim")
    return Draft("front", tuple(slugs))


def display_page(stick: Stick, text: str) -> Draft:
    """Set a dedication or epigraph for a recto of its own."""
    design = stick.design
    measure = 0.75 * design.measure
    y = 0.66 * design.trim.height
    slugs = [
        stick.centred(line, y - number * 1.2 * design.leading, measure, "recto")
        for number, line in enumerate(stick.set_lines(text, "subtitle", measure))
    ]
    stick.check_room(slugs, f"the text {' '.join(text.split()[:4])!r} …", "shorten it, or choose a larger trim")
    return Draft("front", tuple(slugs))


def _title_words(stick: Stick, book: Book, air: float) -> list[Words]:
    """List what a title says."""
    keys = stick.design.config.book
    return [
        Words(book.title, "title", 2.5 * air),
        Words(keys.subtitle, "subtitle", 1.7 * air),
        Words(book.author, "author", 2.2 * air),
        Words(keys.series, "small", 2.0 * air),
    ]
