"""The order of the rooms: the only file that knows it."""

from pathlib import Path

from pressbook.composition import DisplayCase, compose
from pressbook.config import Config, plan
from pressbook.manuscript import read
from pressbook.markup import mark_up
from pressbook.model import Edition, Font
from pressbook.paging import paginate


def typeset(source: Path, config: Config, fonts: tuple[Font, ...]) -> Edition:
    """Set a manuscript as a book: words as typed, words as meant, the page for them, lines, pages."""
    manuscript = read(source)
    book = mark_up(manuscript, config.story, config.book.title, config.book.author, config.book.language)
    design = plan(config, book.letters)
    galleys = compose(book, design, fonts)
    return paginate(galleys, book, design, DisplayCase(design, fonts).lines)
