"""Helpers: text in, Book or marked manuscript out, and tables of cases in plain text."""

from pathlib import Path

from pressbook.config.schema import House
from pressbook.manuscript.decode import clean
from pressbook.manuscript.layout import lay_out
from pressbook.markup import mark_up, marked
from pressbook.model.story import Book, Manuscript, Paragraph, SceneBreak

TABLES = Path(__file__).parent / "tables"
PASSAGES = Path(__file__).parent / "passages"


def typed(text: str, name: str = "the-story") -> Manuscript:
    """Take text for a manuscript, as the reader would."""
    blocks, layout, _ = lay_out(clean(text)[0])
    return Manuscript(blocks, name, layout or "blank lines", "utf-8")


def understood(text: str, language: str = "en-US", **house: str) -> Book:
    """Mark up a text."""
    return mark_up(typed(text), House(**house), language=language)


def marks(text: str, language: str = "en-US", **house: str) -> str:
    """Mark up a text and write it back, without the last line end."""
    return marked(understood(text, language, **house)).rstrip("\n")


def shape(book: Book) -> object:
    """All of a book but its decisions, its findings, and where things stood in the source."""
    return (
        book.title,
        book.author,
        [
            (c.title, c.kind, [(b.kind, b.runs) if isinstance(b, Paragraph) else isinstance(b, SceneBreak) for b in c.blocks])
            for c in book.chapters
        ],
    )


def table(name: str) -> list[tuple[str, str, str]]:
    """Read rows of (sentence proved, typed, marked): a line with `# `, a line as typed, a line with `=> `."""
    rows = []
    says = before = ""
    for line in (TABLES / f"{name}.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            says = line[2:]
        elif line.startswith("=> "):
            rows.append((says, before, line[3:]))
        elif line.strip():
            before = line
    return rows
