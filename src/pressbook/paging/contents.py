"""The contents: titles to the left, page numbers to the right, leaders between whose dots stand under each other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor
from typing import NamedTuple

from pressbook.config import Design, says
from pressbook.model import Book, Entry, Line, Side, Slug
from pressbook.paging.stick import Draft, Stick
from pressbook.units import Pt

PITCH = 0.62
"""From dot to dot of a leader, in em."""
LEAST_DOTS = 3
"""A leader of fewer dots leads nowhere: then it is left out."""
AIR = 0.8
"""White at either end of a leader, in em."""
LONG_BOOK = 60
"""Pages from which on a book of named chapters has contents without being asked."""
LEAST_ROWS = 3
"""Fewer lines alone on the last page look lost there."""
NAMED = 3
"""So many chapters must have names."""


class _Row(NamedTuple):
    """What stands on one grid line: type, each with its distance from the measure's left edge."""

    lines: tuple[tuple[Line, Pt], ...] = ()
    binds: bool = False
    """Whether no page may end below it."""


def wants_contents(book: Book, design: Design) -> bool:
    """Tell whether a book has contents: as the config says, or if it holds several stories, or many named chapters."""
    choice = design.config.book.contents
    if choice != "auto" or design.opening == "heading":
        return choice is True
    named = sum(bool(chapter.name) for chapter in book.chapters if chapter.kind == "chapter")
    pages = book.letters / (design.letters * design.lines)
    return len(book.stories) > 1 or (named >= NAMED and pages > LONG_BOOK)


def contents(stick: Stick, entries: Sequence[Entry], first: Side) -> list[Draft]:
    """Set the contents on as many pages as they take, the first of them on side `first`, below its heading."""
    design = stick.design
    heading = stick.set_lines(says(design.language).contents, "chapter", design.measure)
    head = min(design.sink + 3, design.lines - 4)
    pages = list(_in_pages(list(_rows(stick, entries)), design.lines - head, design.lines))
    drafts: list[Draft] = []
    sides: tuple[Side, Side] = ("recto", "verso")
    for number, rows in enumerate(pages):
        side = sides[(number + sides.index(first)) % 2]
        left = stick.left(side)
        slugs = [] if number else [Slug(line, left, design.baseline(head - 3)) for line in heading]
        for row, content in enumerate(rows, 0 if number else head):
            slugs += [Slug(line, left + x, design.baseline(row)) for line, x in content.lines]
        drafts.append(Draft("front", tuple(slugs)))
    return drafts


def _in_pages(rows: list[_Row], first: int, others: int) -> Iterator[list[_Row]]:
    """Part the rows into pages; no entry is parted, and no white opens a page."""
    room = first
    while rows:
        while rows and not rows[0].lines:
            rows = rows[1:]
        end = min(room, len(rows))
        if end < len(rows) < end + LEAST_ROWS:
            end = max(1, len(rows) - LEAST_ROWS)
        while 0 < end < len(rows) and rows[end - 1].binds:
            end -= 1
        end = end or min(room, len(rows))  # an entry deeper than a page is parted all the same
        if rows:
            yield rows[:end]
        rows, room = rows[end:], others


def _rows(stick: Stick, entries: Sequence[Entry]) -> Iterator[_Row]:
    """Write entries out line by line: white above what stands over others, long titles turned over and hung."""
    size = stick.design.size
    over = {number for number, (entry, after) in enumerate(pairwise(entries)) if after.depth > entry.depth}
    widest = max((_width(stick.set_lines(str(entry.page), "entry", stick.design.measure)[0]) for entry in entries), default=0.0)
    for number, entry in enumerate(entries):
        if number and not entry.depth and (number in over or entries[number - 1].depth):
            yield _Row(binds=True)
        yield from _entry(stick, entry, widest, entry.depth * size, number in over)


def _entry(stick: Stick, entry: Entry, widest: Pt, indent: Pt, leads: bool) -> Iterator[_Row]:
    """Set one entry; `leads` says that others stand under it."""
    design = stick.design
    hang = indent + design.size
    room = design.measure - hang - widest - 2 * AIR * design.size
    lines = [(line, hang if turned else indent) for turned, line in enumerate(stick.set_lines(entry.title, "entry", room, "left"))]
    authors = [(line, hang) for line in stick.set_lines(entry.byline, "head", room, "left")]
    for line, x in lines[:-1]:
        yield _Row(((line, x),), binds=True)
    for line, x in lines[-1:]:
        # Who hears the book hears a title with its number, and no dots.
        title = Line(line.words, line.space, line.indent, tail="space", role=line.role)
        yield _Row(((title, x), *_led(stick, x + _width(line), str(entry.page), widest)), binds=bool(authors) or leads)
    for number, author in enumerate(authors, 1):
        yield _Row((author,), binds=number < len(authors) or leads)


def _led(stick: Stick, start: Pt, page: str, widest: Pt) -> Iterator[tuple[Line, Pt]]:
    """Lead from a title's end to its page's number; the dots of all entries stand on the same places."""
    design = stick.design
    pitch, air = PITCH * design.size, AIR * design.size
    end = design.measure - widest - air
    count = floor((end - start - air) / pitch)
    yield from ((line, 0.0) for line in stick.set_lines(page, "entry", design.measure, "right"))
    if count >= LEAST_DOTS:
        (dot,) = stick.set_lines(".", "entry", design.measure, "left")
        yield Line(dot.words * count, pitch - dot.words[0].width, 0.0, role="break"), end - count * pitch


def _width(line: Line) -> Pt:
    return sum(word.width for word in line.words) + line.space * (len(line.words) - 1)
