"""The marked manuscript: a book written back as light Markdown, which reads to the same book again."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Literal, NamedTuple, TypeAlias

from pressbook.markup.book import take_apart
from pressbook.markup.footnotes import MARK
from pressbook.markup.italics import join_runs, write_runs
from pressbook.markup.links import with_marks, written
from pressbook.markup.outline import PLAIN, is_structural
from pressbook.model.story import (
    LINE_END,
    Block,
    Book,
    Chapter,
    Illustration,
    Manuscript,
    Paragraph,
    ParagraphKind,
    Picture,
    Run,
    SceneBreak,
    picture_line,
)
from pressbook.values import replace

_MOST_READINGS = 6
"""So often what is written is read once more; each time fewer paragraphs bear no mark."""
_CONTINUED = "    "
"""Stands before a note's later paragraphs."""


class Part(NamedTuple):
    """A part of the marked manuscript that blank lines set off."""

    text: str
    kind: Literal["title", "words", "other"] = "other"
    """`words` is a paragraph that bears no mark of what it is."""


def marked(book: Book) -> str:
    """Write the book as light Markdown; reading it back gives the same book.

    A paragraph without a mark may look like a heading, a note, a title to whoever reads it amid the others. So what is written
    is read once more, and what was taken for something else is written again, behind a backslash that says what it is.
    """
    before = [0, *accumulate(len(chapter.notes) for chapter in book.chapters)]
    known: _Known = {}
    chapters = (part for chapter, first in zip(book.chapters, before, strict=False) for part in _chapter(chapter, first, known))
    parts = [*_top(book), *chapters]
    blocks = (block for chapter in book.chapters for block in chapter.blocks)
    pictures = tuple(dict.fromkeys(block.picture for block in blocks if isinstance(block, Illustration)))
    for _ in range(_MOST_READINGS):
        mistaken = _mistaken(parts, pictures)
        if not mistaken:
            break
        for k in mistaken:
            parts[k] = Part(PLAIN + parts[k].text.removeprefix("\\"), "other")
    return "\n\n".join([part.text for part in parts]) + "\n"


def _mistaken(parts: list[Part], pictures: tuple[Picture, ...]) -> list[int]:
    """Name the paragraphs that are read for something else, and those that keep the title from being read for one."""
    again = Manuscript(tuple(_blocks_of(parts)), "", "blank lines", "utf-8", pictures=pictures)
    kinds = {item.line: item.kind for item in take_apart(again).items}
    mistaken = [k for k, part in enumerate(parts) if part.kind == "words" and kinds.get(k) not in ("text", "verse")]
    titles = [part.text.strip() for k, part in enumerate(parts) if part.kind == "title" and kinds.get(k) != "title"]
    if titles and not mistaken:
        mistaken = [k for k, part in enumerate(parts) if part.kind == "words" and part.text in titles]
    return mistaken


def _blocks_of(parts: list[Part]) -> Iterator[Block]:
    """Take the parts for blocks, as the reader of the file will; a block's line is the number of its part."""
    wide = False
    for k, part in enumerate(parts):
        text, gap = part.text, 1 + wide if k else 0
        wide = text[-1:] == "\n"
        if part.kind == "words":
            yield Block(text.replace("\\\n", LINE_END) if "\n" in text else text, k, gap)
            continue
        first, *others = text.strip("\n").split("\n>\n")
        yield Block(first.strip().replace("\\\n", LINE_END), k, gap, len(first) - len(first.lstrip()))
        for other in others:
            yield Block(">", k)
            yield Block(other, k)


def _top(book: Book) -> Iterator[Part]:
    """Write the title's and author's lines if the manuscript had them."""
    found = {decision.rule: decision.text for decision in book.decisions if decision.kind == "title"}
    if "title" in found:
        # Without an author below it, a wide gap tells the line from a paragraph.
        yield Part(_line(found["title"]) + ("" if "author" in found or "author-alone" in found else "\n"), "title")
    if "author" in found:
        yield Part(_line(found["author"]))
    elif "author-alone" in found:
        # So it is with a name that no “by” introduces.
        yield Part(_line(found["author-alone"]) + "\n")


_Known: TypeAlias = dict[tuple[int, ParagraphKind], Part]
"""Paragraphs written already, by the runs that they share and their kinds."""


def _chapter(chapter: Chapter, before: int, known: _Known) -> Iterator[Part]:
    """Write a chapter, its notes below it, counted on from those of the chapters before."""
    if not chapter.notes:
        yield from _blocks(chapter, known)
        return
    paragraphs = [block for block in chapter.blocks if isinstance(block, Paragraph)]
    numbers = iter([before + run.note for paragraph in paragraphs for run in paragraph.runs if run.note])
    blocks = tuple([_with_marks(block) if isinstance(block, Paragraph) else block for block in chapter.blocks])
    for part in _blocks(replace(chapter, blocks=blocks), {}):
        yield part._replace(text=re.sub(MARK, lambda _: f"[^{next(numbers)}]", part.text))
    for number, note in enumerate(chapter.notes, before + 1):
        first, *others = note.paragraphs
        yield Part(f"[^{number}]: {_with_ends(_words(first.runs), '')}")
        yield from (Part(_CONTINUED + _paragraph(other)) for other in others)


def _with_marks(paragraph: Paragraph) -> Paragraph:
    """Put a mark in the place of each figure that refers to a note."""
    runs = [replace(run, text=MARK, note=0) if run.note else run for run in paragraph.runs]
    return replace(paragraph, runs=join_runs(runs) if not any(run.link for run in runs) else tuple(runs))


def _blocks(chapter: Chapter, known: _Known) -> Iterator[Part]:
    if chapter.kind in ("front", "back"):
        yield Part(_note(chapter))
        return
    if chapter.title:
        yield Part("# " + _line(chapter.title))
    for block in chapter.blocks:
        if isinstance(block, Paragraph):
            asked = (id(block.runs), block.kind)
            if (part := known.get(asked)) is None:
                known[asked] = part = Part(_paragraph(block), "words" if block.kind in ("body", "verse") else "other")
            yield part
        elif isinstance(block, Illustration):
            yield Part(_picture(block))
        else:
            yield Part("* * *" if isinstance(block, SceneBreak) else "~")


def _note(chapter: Chapter) -> str:
    """Write front or back matter as one quotation that its label opens."""
    first, *rest = [_quoted(block) for block in chapter.blocks if isinstance(block, Paragraph)] or [""]
    label = _line(chapter.title) + ":" if chapter.title else ""
    return "\n>\n".join([f"> {label} {first.removeprefix('> ')}".rstrip() if label else first, *rest])


def _line(words: str) -> str:
    """Write a title or label, which has one style only."""
    return write_runs((Run(words),)) if words else ""


def _words(runs: tuple[Run, ...]) -> str:
    """Write runs, and around those that lead somewhere the notation of a link."""
    if not any(run.link for run in runs):
        return write_runs(runs)
    marked, links = with_marks(runs)
    return written(write_runs(marked), links)


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind == "quote":
        return _quoted(paragraph)
    text = _words(paragraph.runs)
    if paragraph.kind == "section":
        return "## " + text
    if paragraph.kind == "centred":
        return _with_ends(text, "> ") + " <"
    if paragraph.kind == "signature":
        return _with_ends(text, ">> ")
    return _with_ends("\\" + text if text and is_structural(text) else text, "")


def _picture(block: Illustration) -> str:
    return picture_line(_words(block.caption), block.picture.name, block.alt, "" if block.stand == "text" else block.stand)


def _quoted(paragraph: Paragraph) -> str:
    text = _words(paragraph.runs)
    return _with_ends(text[:-1] + "\\<" if text.endswith("<") else text, "> ")


def _with_ends(text: str, mark: str) -> str:
    """Write a mark before each line, and a backslash at each line's end that is kept."""
    return mark + text.replace("\n", "\\\n" + mark)
