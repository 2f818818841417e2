"""Reading manuscripts: one reader a format, all to `Manuscript`; no opinion on typography."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from pressbook.errors import ManuscriptError
from pressbook.manuscript.frontmatter import front_matter
from pressbook.manuscript.marks import add_decision, marks_beside, read_marks
from pressbook.manuscript.text import read_text
from pressbook.model.story import Manuscript
from pressbook.strangers import way_in
from pressbook.values import replace

__all__ = ["add_decision", "front_matter", "marks_beside", "read"]

Reader: TypeAlias = Callable[[Path], Manuscript]

_SAVE = "open it where it came from and save it as .docx, .odt, .html or plain text (.txt)"


def read(source: Path) -> Manuscript:
    """Read a manuscript of any format known, with the decisions that lie beside it.

    ManuscriptError says why it cannot be read and what can be done, ConfigError what is wrong with the decisions.
    """
    if source.is_dir():
        raise ManuscriptError(f"{source} is a folder, not a manuscript", "name the story's file, such as story.txt")
    if not source.exists():
        raise ManuscriptError(f"{source} does not exist", "check the file's name and folder")
    if not source.is_file():
        raise ManuscriptError(f"{source} is a device or a pipe, not a manuscript", "name a file, such as story.txt")
    manuscript = _reader(source)(source)
    return replace(manuscript, overrules=read_marks(marks_beside(source)), file=source.absolute().as_posix())


def _reader(source: Path) -> Reader:
    """Choose the reader by the file's suffix. Each brings its library along, so that plain text never waits for one."""
    suffix = source.suffix.lower()
    if suffix in ("", ".txt", ".text"):
        return read_text
    if suffix in (".md", ".markdown"):
        from pressbook.manuscript.markdown import read_markdown

        return read_markdown
    if suffix in (".html", ".htm", ".xhtml"):
        from pressbook.manuscript.hypertext import read_html

        return read_html
    if suffix == ".epub":
        from pressbook.manuscript.epub import read_epub

        return read_epub
    if suffix == ".docx":
        from pressbook.manuscript.word import read_docx

        return read_docx
    if suffix == ".odt":
        from pressbook.manuscript.opendocument import read_odt

        return read_odt
    if suffix == ".rtf":
        from pressbook.manuscript.richtext import read_rtf

        return read_rtf
    raise ManuscriptError(f"{source.name}: a {source.suffix} file cannot be read", way_in(source.name) or _SAVE)
