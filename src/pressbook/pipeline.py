"""The order of the rooms: the only file that knows it."""

import pickle
import sys
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pressbook.config import Config, Design, plan, reworded
from pressbook.hands import SecondHand, second_hand
from pressbook.manuscript import read
from pressbook.model import Book, Edition, Fit, Galley, Manuscript
from pressbook.values import replace

if TYPE_CHECKING:
    from pressbook.composition import Ahead

MANY_LETTERS = 200_000
"""From so many letters on, a second process earns more than it costs to begin, even if no room is left to open meanwhile."""

_LAST: list[object] = []
"""The last book and what it was made of, held to the process's end: to free them value by value would only cost time."""


def typeset(sources: tuple[Path, ...], config: Config, folders: tuple[Path, ...]) -> Edition:
    """Set manuscripts as a book: words as typed, words as meant, the page for them, lines, pages.

    The faces are those in the folders, the nearest first, and ours.
    """
    manuscripts = tuple(read(source) for source in sources)
    book, keys, ahead = understood(manuscripts, config, folders)
    design, menu = fit(plan(keys, book.letters, book.language), book, ahead)
    galleys = composed(book, design, ahead)
    return paged(galleys, book, design, ahead, menu)


def understood(manuscripts: tuple[Manuscript, ...], config: Config, folders: tuple[Path, ...]) -> tuple[Book, Config, "Ahead"]:
    """Understand manuscripts as a book; return with it the config, its words set, and what of the story is set ahead.

    If a second hand does the understanding, this one opens the rooms behind and begins to set.
    """
    work = partial(_understand, manuscripts, config)
    texts = [block.text for manuscript in manuscripts for block in manuscript.blocks]
    is_worth = "pressbook.pdf.document" not in sys.modules or sum(map(len, texts)) > MANY_LETTERS
    # Values of our own travel as a pickle, from a process that is this one's own child.
    with second_hand(lambda: pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)) if is_worth else SecondHand() as helper:
        # Imported only here: the libraries of these rooms take a moment to come in.
        import pressbook.paging
        import pressbook.pdf.document
        import pressbook.press  # noqa: F401
        from pressbook.composition import set_ahead

        ahead = set_ahead(texts, config, folders, lambda: helper.is_busy)
        written = helper.result()
    book, keys = pickle.loads(written) if written else work()  # noqa: S301
    return book, keys, ahead


def _understand(manuscripts: tuple[Manuscript, ...], config: Config) -> tuple[Book, Config]:
    """Understand manuscripts as a book, and set the words of `[book]` as the story's own are set."""
    from pressbook.markup import understand

    keys = worded(config)
    return understand(manuscripts, keys.book, config.story), keys


def worded(config: Config) -> Config:
    """Set the words of `[book]`, a title or a dedication, as the story's own are set: quotation marks, dashes, ellipses."""
    from pressbook.markup import set_words

    language = "en-US" if config.book.language == "auto" else config.book.language
    return reworded(config, lambda text: set_words(text, config.story, language))


def composed(book: Book, design: Design, ahead: "Ahead") -> tuple[Galley, ...]:
    """Set a book in type."""
    from pressbook.composition import compose

    return compose(book, design, ahead.fonts, ahead)


def paged(galleys: tuple[Galley, ...], book: Book, design: Design, ahead: "Ahead", menu: tuple[Fit, ...] = ()) -> Edition:
    """Divide galleys into pages, and set what stands on them beside the text."""
    from pressbook.composition import DisplayCase
    from pressbook.paging import paginate

    edition = paginate(galleys, book, design, DisplayCase(design, ahead.fonts).lines, menu)
    _LAST[:] = galleys, ahead, edition
    return edition


def fit(design: Design, book: Book, ahead: "Ahead") -> tuple[Design, tuple[Fit, ...]]:
    """Change a design until its book has the pages that `page.pages` asks for; return it with the settings weighed.

    Each trial is set in full, lines and pages. LayoutError names the counts that can be had, if that one cannot.
    """
    if str(design.config.page.pages) == "any":
        return design, ()
    from pressbook.paging.copyfit import fit_copy

    @lru_cache(maxsize=1)
    def set_once(bare: Design) -> tuple[Galley, ...]:
        return composed(book, bare, ahead)

    def set_in(trial: Design) -> Edition:
        # The galleys hold every paragraph's longer and shorter settings, so looseness needs no composition of its own.
        return paged(set_once(replace(trial, looseness=0)), book, trial, ahead)

    return fit_copy(design, book, set_in)
