"""Hyphenation after Liang, with pyphen's dictionaries.

pyphen finds the dictionary; its patterns are matched here, because a novel's ten thousand distinct words would take
pyphen's own search a third of a second. The points are the same: a test compares them word by word.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pyphen

_DIGITS = b"0123456789"
_NOT_PATTERNS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUND", "NOHYPHEN", "NEXTLEVEL")


class Hyphenator:
    """Finds where the words of one language may be broken."""

    def __init__(self, language: str, exceptions: tuple[str, ...] = (), left: int = 2, right: int = 3) -> None:
        name = pyphen.language_fallback(language)
        self.known = name is not None
        """False if there are no patterns for the language; no word is broken then."""
        self._patterns: dict[str, str] = _read_patterns(pyphen.LANGUAGES[name]) if name else {}
        self._longest = max(map(len, self._patterns), default=0)
        self._levels: dict[str, tuple[tuple[int, int], ...]] = {}
        self._left, self._right = left, right
        self._points: dict[str, tuple[int, ...]] = dict(_exception(word) for word in exceptions)
        self._listed = _read_exceptions(name) if name else {}

    def points(self, word: str) -> tuple[int, ...]:
        """Return the places, in letters from the start, where a word of letters only may be broken."""
        lower = word.lower()
        points = self._points.get(lower)
        if points is None:
            listed = self._listed.get(lower)
            points = self._points[lower] = self._search(lower) if listed is None else self._within(_exception(listed)[1], lower)
        return points

    def _within(self, points: tuple[int, ...], word: str) -> tuple[int, ...]:
        """Leave out the points that would part too few letters from a word's beginning or end."""
        return tuple(point for point in points if self._left <= point <= len(word) - self._right)

    def _search(self, word: str) -> tuple[int, ...]:
        """Lay every pattern that fits over the word; odd levels are break points (Liang 1983, p. 37)."""
        if not self._patterns or len(word) < self._left + self._right:
            return ()
        # A book asks for some thousand words: too few for a tree of the patterns to be worth its building.
        patterns, read = self._patterns, self._levels
        dotted = f".{word}."
        size = len(dotted)
        levels = [0] * (size + 1)
        for start in range(size - 1):
            for end in range(start + 1, min(start + self._longest, size) + 1):
                letters = dotted[start:end]
                if letters in patterns:
                    if letters not in read:
                        read[letters] = _levels(patterns[letters])
                    for offset, level in read[letters]:
                        if level > levels[start + offset]:
                            levels[start + offset] = level
        return tuple(place - 1 for place in range(self._left + 1, size - self._right) if levels[place] % 2)


def _levels(pattern: str) -> tuple[tuple[int, int], ...]:
    """Read `hy3ph4en` as its levels, each with its offset in letters."""
    levels: list[tuple[int, int]] = []
    letters = 0
    for char in pattern:
        if char.isdigit():
            levels.append((letters, int(char)))
        else:
            letters += 1
    return tuple(levels)


def _exception(word: str) -> tuple[str, tuple[int, ...]]:
    """Read `ta-ble` as the word and its break points."""
    parts = word.lower().split("-")
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    return "".join(parts), tuple(end for _, end in pairwise(places))[:-1]


@cache
def _read_exceptions(name: str) -> dict[str, str]:
    """Read the words that a language's patterns break wrongly, as {`table`: `ta-ble`}; most languages have no such list."""
    path = Path(__file__).with_name(f"exceptions-{name.replace('_', '-')}.txt")
    if not path.is_file():
        return {}
    words = " ".join(line for line in path.read_text(encoding="utf-8").lower().split("\n") if line[:1] != "#")
    return dict(zip(words.replace("-", "").split(), words.split(), strict=True))


@cache
def _read_patterns(path: Path) -> dict[str, str]:
    """Read a dictionary as {letters: letters with levels}, once; patterns that change the spelling are left out."""
    raw = path.read_bytes()
    encoding = raw.split(b"\n", 1)[0].strip().decode("ascii").lower()
    text = raw.decode({"microsoft-cp1251": "cp1251"}.get(encoding, encoding))
    if "^^" in text:
        text = re.sub(r"\^\^([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)
    lines = [line for line in map(str.strip, text.split("\n")[1:]) if line and not line.startswith(_NOT_PATTERNS)]
    if "/" in text:
        lines = [line.split("/")[0] for line in lines if "=" not in line]
    letters = "\n".join(lines).encode().translate(None, _DIGITS).decode().split("\n")
    # What has no digit is no pattern, though it stands among them: a word left over from a comment.
    return {key: line for key, line in zip(letters, lines, strict=True) if len(key) < len(line)}


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that can be hyphenated."""
    return tuple(sorted({code.replace("_", "-") for code in pyphen.LANGUAGES}))
