"""Setting ahead: what is set of a story as it stands typed, while it is not yet known how it is meant.

Understanding a story changes little of most paragraphs: a quotation mark is turned, a dash is set. So they are set with the
marks that they will most probably get, as long as there is nothing better to do. When the book comes, a paragraph that
turns out to have these very words on these very lines is set already; whatever else was set is forgotten. A paragraph is
set the same ahead and later: only those are taken that need no hyphen, so that no other word of the book has a say.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from math import inf
from pathlib import Path
from typing import NamedTuple

from pressbook.composition.breaking import Give
from pressbook.composition.faces import bundled, find_fonts
from pressbook.composition.paragraphs import Copy, Measure, break_easily
from pressbook.composition.sorts import Key, TypeCase
from pressbook.composition.spacing import spacing_of
from pressbook.config import Config, plan
from pressbook.errors import PressbookError
from pressbook.model import Font, Setting

MOST_WORDS = 60_000
"""Of a story with more distinct words, marks and all, nothing is set ahead: they would take much room, and few of them prose."""
_OTHERWISE = re.compile(r"[*_/\\<>\[\]\u00a0–]| [—…]")
"""What may be a mark of something else, or keep a line from ending."""
_QUOTES = "\"'"


class Ahead(NamedTuple):
    """The faces at hand, and what was set in them before there was a book."""

    fonts: tuple[Font, ...]
    case: TypeCase | None = None
    """The words, in a case that fits lines of any length; None if nothing is set."""
    give: Give | None = None
    measure: Measure = Measure(0.0)
    settings: Mapping[tuple[Key, ...], tuple[Setting, ...]] = {}
    """Paragraphs on this measure, by their words."""

    def stock(self, case: TypeCase, give: Give) -> Callable[[Copy, Measure], tuple[Setting, ...] | None]:
        """Stock a case with the words that are cast; return what looks for a paragraph among those that are set."""
        if not (self.case and case.stock(self.case) and give == self.give):
            return lambda copy, measure: None
        found, ours = self.settings.get, self.measure
        return lambda copy, measure: found(tuple(copy.keys)) if measure == ours and not copy.bound else None


def set_ahead(texts: Sequence[str], config: Config, folders: tuple[Path, ...], is_time: Callable[[], bool]) -> Ahead:
    """Find the faces in the folders, the nearest first, and ours; and set paragraphs as long as there is time.

    Whatever is wrong with the config, a face or a word is told when the book is set, and nothing is set ahead.
    """
    fonts = find_fonts((*folders, bundled()))
    # To fit copy is to try many pages.
    if not is_time() or str(config.page.pages) != "any":
        return Ahead(fonts)
    copies: list[tuple[Key, ...]] = [tuple(_words(text)) for text in texts if not _OTHERWISE.search(text)]
    distinct = dict.fromkeys(chain.from_iterable(copies))
    if len(distinct) > MOST_WORDS:
        return Ahead(fonts)
    try:
        design = plan(config, sum(map(len, texts)))
        case = TypeCase(design, fonts, inf)
        case.cast(distinct)
    except PressbookError:
        return Ahead(fonts)
    give, measure = spacing_of(design, fonts).running, Measure(design.measure, indent=design.indent)
    settings: dict[tuple[Key, ...], tuple[Setting, ...]] = {}
    for words in copies if design.justified else ():
        if not is_time():
            break
        if words and (made := break_easily(case, Copy(list(words), frozenset()), measure, give)):
            settings[words] = made
    return Ahead(fonts, case, give, measure, settings)


def _words(text: str) -> list[str]:
    """Cut a text into words, with the marks that most of them get."""
    words = text.replace(" -- ", "—").replace("--", "—").replace("...", "…").split()
    if '"' in text or "'" in text:
        return [_curled(word) if '"' in word or "'" in word else word for word in words]
    return words


def _curled(word: str) -> str:
    bare = word.lstrip(_QUOTES)
    opening = word[: len(word) - len(bare)]
    return opening.replace('"', "“").replace("'", "‘") + bare.replace('"', "”").replace("'", "’")
