"""The order of the rooms: the only file that knows it."""

from functools import lru_cache
from pathlib import Path

from pressbook.composition import DisplayCase, compose
from pressbook.config import Config, Design, plan, reworded
from pressbook.manuscript import read
from pressbook.markup import set_words, understand
from pressbook.model import Book, Edition, Fit, Font, Galley
from pressbook.paging import fit_copy, paginate
from pressbook.values import replace


def typeset(sources: tuple[Path, ...], config: Config, fonts: tuple[Font, ...]) -> Edition:
    """Set manuscripts as a book: words as typed, words as meant, the page for them, lines, pages."""
    manuscripts = tuple(read(source) for source in sources)
    book = understand(manuscripts, worded(config).book, config.story)
    design, menu = fit(plan(worded(config), book.letters, book.language), book, fonts)
    galleys = compose(book, design, fonts)
    return paginate(galleys, book, design, DisplayCase(design, fonts).lines, menu)


def worded(config: Config) -> Config:
    """Set the words of `[book]`, a title or a dedication, as the story's own are set: quotation marks, dashes, ellipses."""
    language = "en-US" if config.book.language == "auto" else config.book.language
    return reworded(config, lambda text: set_words(text, config.story, language))


def fit(design: Design, book: Book, fonts: tuple[Font, ...]) -> tuple[Design, tuple[Fit, ...]]:
    """Change a design until its book has the pages that `page.pages` asks for; return it with the settings weighed.

    Each trial is set in full, lines and pages. LayoutError names the counts that can be had, if that one cannot.
    """
    if str(design.config.page.pages) == "any":
        return design, ()

    @lru_cache(maxsize=1)
    def composed(bare: Design) -> tuple[Galley, ...]:
        return compose(book, bare, fonts)

    def set_in(trial: Design) -> Edition:
        # The galleys hold every paragraph's longer and shorter settings, so looseness needs no composition of its own.
        return paginate(composed(replace(trial, looseness=0)), book, trial, DisplayCase(trial, fonts).lines)

    return fit_copy(design, book, set_in)
