"""The cast-off: how many pages a story would take, by its letters and by what was set of it so far."""

from math import ceil
from typing import NamedTuple

from pressbook.config import Design, Opening, Spec
from pressbook.model import Book, Chapter, Cut, Illustration, Paragraph, SceneBreak
from pressbook.paging.cuts import room_of


class Reach(NamedTuple):
    """How far a book reaches: its pages without a colophon's, and the part of the last one that is filled."""

    pages: int
    fill: float


class CastOff:
    """The copy, counted once; what a setting teaches goes into the next guess."""

    def __init__(self, book: Book, design: Design) -> None:
        self._chapters = [(chapter, *_count(chapter, design)) for chapter in book.chapters]
        keys = design.config.book
        self._displays = [text for text in (keys.dedication, keys.epigraph) if text]
        self._imprint = bool(keys.copyright)
        # A note before a story without a title of its own runs in on the story's first page, where there is no title page.
        self._runs_in = [chapter.kind for chapter in book.chapters[:2]] == ["front", "chapter"] and not book.chapters[1].title
        self._lines: dict[float, list[int]] = {}
        self._yields: dict[float, float] = {}
        """Lines as set over lines as counted, by letters a line."""
        self._errors: dict[Opening, float] = {}
        """Lines that the last guess for a book with this opening fell short."""
        self._rows: dict[float, list[float]] = {}
        """The rows of each chapter, by letters a line; forgotten with the guesses when a setting teaches something."""
        self._guesses: dict[tuple[float, int, Opening], Reach] = {}
        """The search asks for thousands of guesses twice."""

    def guess(self, letters: float, spec: Spec) -> Reach:
        """Guess how far a book reaches in a specification that holds so many letters a line."""
        key = (letters, spec.lines, spec.opening)
        if key not in self._guesses:
            rows, short = self._rows_of(letters), self._errors.get(spec.opening, 0.0)
            self._guesses[key] = self._walk([*rows[:-1], *(lines + short for lines in rows[-1:])], spec)
        return self._guesses[key]

    def learn(self, letters: float, spec: Spec, reach: Reach, lines: int) -> None:
        """Correct the count by a setting: its lines of text, and how far it reached."""
        if counted := sum(self._counted(letters)):
            self._yields[letters] = lines / counted
        self._errors.pop(spec.opening, None)
        self._rows.clear()
        guess = self._walk(self._rows_of(letters), spec)
        self._errors[spec.opening] = (reach.pages - guess.pages + reach.fill - guess.fill) * spec.lines
        self._guesses.clear()

    def _rows_of(self, letters: float) -> list[float]:
        """Return the rows that each chapter takes, its lines as the nearest setting so far would yield them."""
        if letters not in self._rows:
            near = min(self._yields, key=lambda known: abs(known - letters), default=0.0)
            factor = self._yields.get(near, 1.0)
            counted = zip(self._counted(letters), self._chapters, strict=True)
            self._rows[letters] = [factor * lines + white for lines, (_, _, white) in counted]
        return self._rows[letters]

    def _counted(self, letters: float) -> list[int]:
        if letters not in self._lines:
            self._lines[letters] = [sum(ceil(length / letters) for length in lengths) for _, lengths, _ in self._chapters]
        return self._lines[letters]

    def _walk(self, rows: list[float], spec: Spec) -> Reach:
        """Go through the book's parts as the page maker does, each chapter so many rows long."""
        heading = spec.opening == "heading"
        sink = max(2, round(0.22 * spec.lines))
        pages = {"heading": 0, "title page": 1, "half-title": 3}[spec.opening] + (self._imprint and not heading)
        head = sink // 2 + 6.0 + 3 * len(self._displays) if heading else 0.0
        fill, opened = 1.0, False
        for number, ((chapter, _, _), taken) in enumerate(zip(self._chapters, rows, strict=True)):
            if chapter.kind not in ("front", "back") and not opened:
                opened = True
                if not heading:
                    for _ in self._displays:
                        pages += 1 + pages % 2
                    pages += pages % 2
            head += (sink if not head or chapter.title else 0) + (4 if chapter.title else 0)
            if heading and self._runs_in and number == 0:
                head += taken + 3
                continue
            depth = max(1 / spec.lines, (head + taken) / spec.lines)
            # The page maker gives a page a line more before it begins another.
            whole = max(1, ceil(depth - 1 / spec.lines))
            pages, fill, head = pages + whole, min(1.0, depth - whole + 1), 0.0
        return Reach(pages, fill)


def _count(chapter: Chapter, design: Design) -> tuple[list[int], int]:
    """Return the letters of each paragraph, its indent among them, and the lines of white and pictures between."""
    lengths = [sum(len(run.text) for run in block.runs) + 3 for block in chapter.blocks if isinstance(block, Paragraph)]
    whites = [3 if isinstance(block, SceneBreak) else 1 for block in chapter.blocks if not isinstance(block, Paragraph)]
    cuts = [Cut(block.picture, (), 0.0, 0, block.stand) for block in chapter.blocks if isinstance(block, Illustration)]
    return lengths, sum(whites) + sum(room_of(cut, design).rows + 1 for cut in cuts)
