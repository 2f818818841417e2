"""Words that a line's end broke: which hyphens were made there, and which belong to their words, as the book itself tells."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pressbook.markup.lexicon import words

AT_LINE_END = re.compile(r"(?<![\w-])(?P<left>[^\W\d_]+)-[ \t]*\n\s*(?P<right>[^\W\d_]+)(?![^\W_])")
_BROKEN = re.compile(r"-[ \t]*\n")
_WHOLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PRACTISED = 3
"""So many words that are whole elsewhere in the book, and broken here, are a habit: typesetters and scanners have it."""
_RICH = 3000
"""So many different words hold all of which a compound is made: what is not among them is a piece of a word."""
_ENDINGS = words("ing ings tion tions sion sions ment ments ness ly lessly fully ity ous ture tured cious tious ble bly ence ance")
"""What ends a word and is none, in English."""


class Broken(NamedTuple):
    """The words broken at lines' ends, in small letters, with a hyphen where the line ended."""

    joined: frozenset[str] = frozenset()
    """Those that a line's end broke."""
    doubtful: frozenset[str] = frozenset()
    """Those that may be either: their hyphens stay."""


def find_broken(texts: Sequence[str], *, english: bool) -> Broken:
    """Tell the words broken at lines' ends from those with a hyphen of their own, by how the book spells them elsewhere."""
    wrapped = [text for text in texts if "-" in text and "\n" in text and _BROKEN.search(text)]
    if not wrapped:
        return Broken()
    asked = {(match["left"].casefold(), match["right"]) for text in wrapped for match in AT_LINE_END.finditer(text)}
    # A capital begins a name's other half, and a stutter says its word anew.
    asked = {(left, right) for left, right in asked if right.islower() and not right.startswith(left)}
    seen = {word.casefold() for text in texts for word in _WHOLE.findall(AT_LINE_END.sub(" ", text))}
    whole = {(left, right) for left, right in asked if left + right in seen and f"{left}-{right}" not in seen}
    rest = {(left, right) for left, right in asked - whole if f"{left}-{right}" not in seen}
    halves = {(left, right) for left, right in rest if not (_is_seen(left, seen) and _is_seen(right, seen))}
    # What is dining or boarding stands before a room or a school, though the book dines nowhere else.
    halves = {(left, right) for left, right in halves if not (left.endswith("ing") and right in seen)}
    if len(whole) >= _PRACTISED and len(seen) >= _RICH:
        whole |= halves
    elif english:
        whole |= {(left, right) for left, right in halves if right in _ENDINGS}
    return Broken(_typed(whole), _typed(halves - whole))


def _is_seen(word: str, seen: set[str]) -> bool:
    """Tell a word that the book has elsewhere, in this form or another (`natured` where there is `nature`)."""
    forms = (f"{word}s", word[:-1], word[:-2], word[:-3], f"{word[:-3]}e")
    return word in seen or (len(word) > 5 and not seen.isdisjoint(forms))


def _typed(words: set[tuple[str, str]]) -> frozenset[str]:
    return frozenset([f"{left}-{right}" for left, right in words])
