"""The marked manuscript: a book written back as light Markdown, which reads to the same book again."""

from collections.abc import Iterator

from pressbook.markup.italics import write_runs
from pressbook.markup.outline import is_structural
from pressbook.model.story import Book, Chapter, Paragraph, Run, SceneBreak


def marked(book: Book) -> str:
    """Write the book as light Markdown; reading it back gives the same book."""
    return "\n\n".join([*_top(book), *(part for chapter in book.chapters for part in _chapter(chapter))]) + "\n"


def _top(book: Book) -> Iterator[str]:
    """Write the title's and author's lines if the manuscript had them."""
    found = {decision.rule: decision.text for decision in book.decisions if decision.kind == "title"}
    if "title" in found:
        # Without an author below it, a wide gap tells the line from a paragraph.
        yield _line(found["title"]) + ("" if "author" in found else "\n")
    if "author" in found:
        yield "by " + _line(found["author"])


def _chapter(chapter: Chapter) -> Iterator[str]:
    if chapter.kind != "chapter":
        paragraphs = [_paragraph(block) for block in chapter.blocks if isinstance(block, Paragraph)]
        first, *rest = paragraphs or [""]
        yield "\n>\n".join([f"> {_line(chapter.title)}: {first}".rstrip(), *("> " + text for text in rest)])
        return
    if chapter.title:
        yield "# " + _line(chapter.title)
    for block in chapter.blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield "* * *" if isinstance(block, SceneBreak) else "~"


def _line(words: str) -> str:
    """Write a title or label, which has one style only."""
    return write_runs((Run(words),)) if words else ""


def _paragraph(paragraph: Paragraph) -> str:
    text = write_runs(paragraph.runs)
    if paragraph.kind == "quote":
        return "> " + text
    if paragraph.kind == "section":
        return "## " + text
    return "\\" + text if text and is_structural(text) else text
