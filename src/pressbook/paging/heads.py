"""Folios and running heads: what stands around a page of text."""

import re
from collections.abc import Iterator
from typing import Literal

from pressbook.config.surround import LENGTH, SLUG_INDENT, SLUG_SCALE
from pressbook.model import Book, Side, Slug
from pressbook.paging.stick import Draft, Stick, side_of, size_of
from pressbook.units import Pt

NUMERAL = re.compile(r"[0-9IVXLC]+\.?")
"""A chapter's title that only counts: as a head, above a folio, it would look like another folio."""
BESIDE = 2.0
"""White between a head and a folio on the same line, in em."""


class Heads:
    """Sets folios and heads for the pages of one book."""

    def __init__(self, stick: Stick, book: Book) -> None:
        self._stick = stick
        self._book = book
        self._signed = len({story.author for story in book.stories}) > 1
        """Whether the book holds stories of several authors."""
        keys = stick.design.config.page
        self._heads = keys.heads if keys.heads != "auto" else "story" if len(book.stories) > 1 else "chapter"
        self._folios = "outer" if keys.folios == "head" and not stick.design.heads else keys.folios

    def on(self, draft: Draft, number: int) -> tuple[Slug, ...]:
        """Return what stands around a page's text: the folio, then the head."""
        design, side = self._stick.design, side_of(number)
        slugs = self._folio(number, side)
        if design.heads:
            beside = 2 * (self._width(str(number)) + BESIDE * design.size) if self._folios == "head" else 0.0
            settings = (self._stick.set_lines(words, "head", design.measure - beside) for words in self._says(draft, side))
            line = next((lines[0] for lines in settings if len(lines) == 1), None)
            if line:
                slugs.append(Slug(line, self._stick.left(side) + beside / 2, self._head))
        return tuple(slugs)

    def slug_line(self, number: int, pages: int) -> tuple[Slug, ...]:
        """Tell the printer, below the page's left corner, what the page is of; without the title if that is too long."""
        design = self._stick.design
        around = design.surround
        if "slug" not in around.marks:
            return ()
        page, day = f"page {number} of {pages}", design.config.press.date
        measure = design.trim.width / 2 - LENGTH - SLUG_INDENT  # up to the mark in the middle
        for told in ((self._book.title, page, day), (page, day)):
            lines = self._stick.set_lines(", ".join(filter(None, told)), "small", measure, "left", SLUG_SCALE)
            step = 1.1 * size_of(lines[0])
            if len(lines) * step <= LENGTH:
                break
        first = -around.clear - 0.75 * size_of(lines[0])
        return tuple(Slug(line, SLUG_INDENT, first - row * step) for row, line in enumerate(lines))

    @property
    def _head(self) -> Pt:
        """The height of the running head."""
        return self._stick.design.baseline(0) + 1.9 * self._stick.design.leading

    def _folio(self, number: int, side: Side) -> list[Slug]:
        """Set a page's number: in the middle of its foot, or outside at its foot or head."""
        if self._folios == "none":
            return []
        design, foot = self._stick.design, self._stick.design.margins.foot
        outside: Literal["left", "right"] = "right" if side == "recto" else "left"
        y = self._head if self._folios == "head" else foot - min(2.3 * design.leading, 0.62 * foot)
        lines = self._stick.set_lines(str(number), "folio", design.measure, "centre" if self._folios == "foot" else outside)
        return [Slug(line, self._stick.left(side), y) for line in lines]

    def _width(self, text: str) -> Pt:
        (line,) = self._stick.set_lines(text, "folio", self._stick.design.measure)
        return line.words[0].width

    def _says(self, draft: Draft, side: Side) -> Iterator[str]:
        """List what a running head may say, the best first: the next is for where the last is too long for its line."""
        book, title = self._book, draft.title
        if self._heads == "none":
            return
        if self._heads == "story" and (self._signed if side == "verso" else draft.story.title):
            yield draft.story.author if side == "verso" else draft.story.title
        elif side == "verso" and book.author and self._heads != "story":
            yield book.author
        elif side == "recto" and self._heads == "chapter" and not NUMERAL.fullmatch(title):
            yield title
            # A chapter of a long title is known by its name, or else by its number.
            for chapter in book.chapters:
                if chapter.title == title:
                    yield from (words for words in (chapter.name, chapter.number) if not NUMERAL.fullmatch(words))
        yield book.title
