"""The marked manuscript: a book written back as light Markdown, which reads to the same book again."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from pressbook.markup.footnotes import MARK
from pressbook.markup.italics import join_runs, write_runs
from pressbook.markup.outline import is_structural
from pressbook.model.story import Book, Chapter, Illustration, Paragraph, Run, SceneBreak

_CONTINUED = "    "
"""Stands before a note's later paragraphs."""


def marked(book: Book) -> str:
    """Write the book as light Markdown; reading it back gives the same book."""
    before = [0, *accumulate(len(chapter.notes) for chapter in book.chapters)]
    chapters = (part for chapter, first in zip(book.chapters, before, strict=False) for part in _chapter(chapter, first))
    return "\n\n".join([*_top(book), *chapters]) + "\n"


def _top(book: Book) -> Iterator[str]:
    """Write the title's and author's lines if the manuscript had them."""
    found = {decision.rule: decision.text for decision in book.decisions if decision.kind == "title"}
    if "title" in found:
        # Without an author below it, a wide gap tells the line from a paragraph.
        yield _line(found["title"]) + ("" if "author" in found or "author-alone" in found else "\n")
    if "author" in found:
        yield _line(found["author"])
    elif "author-alone" in found:
        # So it is with a name that no “by” introduces.
        yield _line(found["author-alone"]) + "\n"


def _chapter(chapter: Chapter, before: int) -> Iterator[str]:
    """Write a chapter, its notes below it, counted on from those of the chapters before."""
    if not chapter.notes:
        yield from _blocks(chapter)
        return
    paragraphs = [block for block in chapter.blocks if isinstance(block, Paragraph)]
    numbers = iter([before + run.note for paragraph in paragraphs for run in paragraph.runs if run.note])
    blocks = tuple([_with_marks(block) if isinstance(block, Paragraph) else block for block in chapter.blocks])
    for part in _blocks(replace(chapter, blocks=blocks)):
        yield re.sub(MARK, lambda _: f"[^{next(numbers)}]", part)
    for number, note in enumerate(chapter.notes, before + 1):
        first, *others = note.paragraphs
        yield f"[^{number}]: {_with_ends(write_runs(first.runs), '')}"
        yield from (_CONTINUED + _paragraph(other) for other in others)


def _with_marks(paragraph: Paragraph) -> Paragraph:
    """Put a mark in the place of each figure that refers to a note."""
    runs = [Run(MARK, run.italic, run.strong) if run.note else run for run in paragraph.runs]
    return replace(paragraph, runs=join_runs(runs))


def _blocks(chapter: Chapter) -> Iterator[str]:
    if chapter.kind in ("front", "back"):
        yield _note(chapter)
        return
    if chapter.title:
        yield "# " + _line(chapter.title)
    for block in chapter.blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        elif isinstance(block, Illustration):
            yield _picture(block)
        else:
            yield "* * *" if isinstance(block, SceneBreak) else "~"


def _note(chapter: Chapter) -> str:
    """Write front or back matter as one quotation that its label opens."""
    first, *rest = [_quoted(block) for block in chapter.blocks if isinstance(block, Paragraph)] or [""]
    label = _line(chapter.title) + ":" if chapter.title else ""
    return "\n>\n".join([f"> {label} {first.removeprefix('> ')}".rstrip() if label else first, *rest])


def _line(words: str) -> str:
    """Write a title or label, which has one style only."""
    return write_runs((Run(words),)) if words else ""


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind == "quote":
        return _quoted(paragraph)
    text = write_runs(paragraph.runs)
    if paragraph.kind == "section":
        return "## " + text
    if paragraph.kind == "centred":
        return _with_ends(text, "> ") + " <"
    if paragraph.kind == "signature":
        return _with_ends(text, ">> ")
    return _with_ends("\\" + text if text and is_structural(text) else text, "")


def _picture(block: Illustration) -> str:
    stand = "" if block.stand == "text" else f"{{{block.stand}}}"
    return f"![{write_runs(block.caption)}]({block.picture.name}){stand}"


def _quoted(paragraph: Paragraph) -> str:
    text = write_runs(paragraph.runs)
    return _with_ends(text[:-1] + "\\<" if text.endswith("<") else text, "> ")


def _with_ends(text: str, mark: str) -> str:
    """Write a mark before each line, and a backslash at each line's end that is kept."""
    return mark + text.replace("\n", "\\\n" + mark)
