"""Setting ahead: what is set of a story as it stands typed, while it is not yet known how it is meant.

Understanding a story changes little of most paragraphs: a quotation mark is turned, a dash is set. So they are set with the
marks that they will most probably get, as long as there is nothing better to do. When the book comes, a paragraph that
turns out to have these very words on these very lines is set already; whatever else was set is forgotten. A paragraph is
set the same ahead and later: only those are taken that need no hyphen, so that no other word of the book has a say.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from math import inf
from pathlib import Path
from typing import NamedTuple

from pressbook.composition.breaking import Give
from pressbook.composition.faces import bundled, find_fonts
from pressbook.composition.paragraphs import HELD, Copy, Measure, plain_copy, set_easily
from pressbook.composition.sorts import TypeCase
from pressbook.composition.spacing import spacing_of
from pressbook.config import Config, Design, plan
from pressbook.errors import PressbookError
from pressbook.model import Font

MOST_WORDS = 60_000
"""Of a story with more distinct words, marks and all, nothing is set ahead: they would take much room, and few of them prose."""
_OTHERWISE = (*"*_/\\<>[]", *HELD)
"""What may be a mark of something else, or keep a line from ending."""
_QUOTES = "\"'"


class Ahead(NamedTuple):
    """The faces at hand, and what was set in them before there was a book."""

    fonts: tuple[Font, ...]
    case: TypeCase | None = None
    """The words, in a case that fits lines of any length; None if nothing is set."""
    give: Give | None = None
    copies: Mapping[str, Copy] = {}
    """Paragraphs by their text as it will most probably be, in words that are cast; most of them are set."""

    def stock(self, case: TypeCase, give: Give) -> Mapping[str, Copy]:
        """Stock a case with the words that are cast; return the paragraphs by their text, if they are set in its type."""
        return self.copies if self.case and case.stock(self.case) and give == self.give else {}


def set_ahead(texts: Sequence[str], config: Config, folders: tuple[Path, ...], is_time: Callable[[], bool]) -> Ahead:
    """Find the faces in the folders, the nearest first, and ours; and set paragraphs as long as there is time.

    Whatever is wrong with the config, a face or a word is told when the book is set, and nothing is set ahead.
    """
    fonts = find_fonts((*folders, bundled()))
    # To fit copy is to try many pages.
    if not is_time() or str(config.page.pages) != "any":
        return Ahead(fonts)
    try:
        design = plan(config, sum(map(len, texts)))
        copies = _copies(texts, design)
        distinct = dict.fromkeys(chain.from_iterable([copy.keys for copy in copies.values()]))
        if len(distinct) > MOST_WORDS:
            return Ahead(fonts)
        case = TypeCase(design, fonts, inf)
        case.cast(distinct)
    except PressbookError:
        return Ahead(fonts)
    give = spacing_of(design, fonts).running
    for text, copy in copies.items() if design.justified else ():
        if not is_time():
            break
        copies[text] = set_easily(case, copy, give)
    return Ahead(fonts, case, give, copies)


def _copies(texts: Sequence[str], design: Design) -> dict[str, Copy]:
    """Cut paragraphs into words, each on its probable lines: flush if it follows a line without a word, such as `* * *`."""
    whole = "\n".join(texts)
    marks = [mark for mark in _OTHERWISE if mark in whole]
    flush, indented = Measure(design.measure), Measure(design.measure, indent=design.indent)
    copies: dict[str, Copy] = {}
    above = ""
    for text in texts:
        if not any(mark in text for mark in marks) and (meant := _meant(text)):
            copies[meant] = plain_copy(meant, indented if any(map(str.isalnum, above)) else flush)
        above = text
    return copies


def _meant(text: str) -> str:
    """Return a text with the marks that it most probably gets."""
    text = text.replace(" -- ", "—").replace("--", "—").replace("...", "…")
    words = text.split()
    if '"' in text or "'" in text:
        words = [_curled(word) if '"' in word or "'" in word else word for word in words]
    return " ".join(words)


def _curled(word: str) -> str:
    bare = word.lstrip(_QUOTES)
    opening = word[: len(word) - len(bare)]
    return opening.replace('"', "“").replace("'", "‘") + bare.replace('"', "”").replace("'", "’")
