"""Footnotes in type: the notes of a chapter, broken into lines of their own, and which line of the text cites which note."""

from collections.abc import Sequence
from typing import NamedTuple

from pressbook.composition.breaking import Give
from pressbook.composition.paragraphs import Measure, break_paragraph, copy_of
from pressbook.composition.sorts import NOTE, TypeCase
from pressbook.composition.verse import Place, is_kept, kept_lines, set_kept
from pressbook.model import Book, Chapter, Footnote, Line, Paragraph, Run, Setting
from pressbook.values import replace


class SmallType(NamedTuple):
    """What notes are set from."""

    case: TypeCase
    """Of the notes' size."""
    running: Give
    ragged: Give


def set_notes(chapter: Chapter, small: SmallType) -> tuple[tuple[Line, ...], ...]:
    """Set a chapter's notes, each opened by its number."""
    return tuple([_set_note(note, number, small) for number, note in enumerate(chapter.notes, 1)])


def with_cites(settings: Sequence[Setting], case: TypeCase, seen: set[int]) -> tuple[Setting, ...]:
    """Say of each line which notes it cites for the first time; `seen` holds those cited before, and takes these up."""
    cited = [_cites(setting.lines, case, seen) for setting in settings]
    seen.update(number for numbers in cited[0] for number in numbers)
    return tuple([replace(setting, cites=cites) for setting, cites in zip(settings, cited, strict=True)])


def is_cited(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph refers to a note."""
    return any(run.note for run in paragraph.runs)


def without_notes(book: Book) -> Book:
    """Leave out the notes and all that refers to them."""
    return replace(book, chapters=tuple([_bare(chapter) for chapter in book.chapters]))


def _set_note(note: Footnote, number: int, small: SmallType) -> tuple[Line, ...]:
    design = small.case.design
    lines: list[Line] = []
    for place, paragraph in enumerate(note.paragraphs):
        opened = paragraph if place else replace(paragraph, runs=(Run(f"{number}. "), *paragraph.runs))
        if is_kept(paragraph):
            kept = kept_lines(opened)
            small.case.cast(key for line in kept for key in line.copy.keys)
            column = Place(design.indent, design.measure - design.indent, design.indent)
            lines += set_kept(small.case, kept, column, small.ragged)[0]
        else:
            copy = copy_of(opened, False)
            small.case.cast(copy.keys)
            lines += break_paragraph(small.case, copy, Measure(design.measure, indent=design.indent), small.running)[0].lines
    return tuple(lines)


def _cites(lines: Sequence[Line], case: TypeCase, seen: set[int]) -> tuple[tuple[int, ...], ...]:
    figures = case.styles[NOTE]
    known = set(seen)
    found: list[tuple[int, ...]] = []
    for line in lines:
        pieces = (piece for word in line.words for piece in word.pieces if piece.style is figures)
        numbers = [number for number in dict.fromkeys(int(piece.text) for piece in pieces) if number not in known]
        known.update(numbers)
        found.append(tuple(numbers))
    return tuple(found)


def _bare(chapter: Chapter) -> Chapter:
    if not chapter.notes:
        return chapter
    blocks = tuple(
        [
            replace(block, runs=tuple([run for run in block.runs if not run.note]) or (Run(""),))
            if isinstance(block, Paragraph)
            else block
            for block in chapter.blocks
        ]
    )
    return replace(chapter, blocks=blocks, notes=())
