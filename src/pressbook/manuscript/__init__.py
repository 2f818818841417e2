"""Reading manuscripts: one reader a format, all to `Manuscript`; no opinion on typography."""

from dataclasses import replace
from pathlib import Path

from pressbook.errors import ManuscriptError
from pressbook.manuscript.marks import add_decision, marks_beside, read_marks
from pressbook.manuscript.text import read_text
from pressbook.model.story import Manuscript

__all__ = ["READERS", "add_decision", "marks_beside", "read"]

READERS = {".txt": read_text, ".text": read_text, ".md": read_text, ".markdown": read_text, "": read_text}
"""Which reader takes which suffix."""


def read(source: Path) -> Manuscript:
    """Read a manuscript of any format known, with the decisions that lie beside it.

    ManuscriptError says why it cannot be read and what can be done, ConfigError what is wrong with the decisions.
    """
    if source.is_dir():
        raise ManuscriptError(f"{source} is a folder, not a manuscript", "name the story's file, such as story.txt")
    if not source.exists():
        raise ManuscriptError(f"{source} does not exist", "check the file's name and folder")
    if source.is_char_device() or source.is_block_device():
        raise ManuscriptError(f"{source} is a device, not a manuscript", "name a file, such as story.txt")
    reader = READERS.get(source.suffix.lower())
    if reader is None:
        raise ManuscriptError(
            f"{source.name}: a {source.suffix} file cannot be read yet", "save it as plain text (.txt) or Markdown (.md)"
        )
    manuscript = reader(source)
    overrules = read_marks(marks_beside(source))
    return replace(manuscript, overrules=overrules) if overrules.name else manuscript
