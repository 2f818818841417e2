"""Where a sentence stands, however its quotes and dashes are typed: counted in letters and digits, which no rule changes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from pressbook.errors import ConfigError
from pressbook.model.story import DecisionKind, Overrule

BREAKS: tuple[DecisionKind, ...] = ("scene-break", "pause")
"""What stands between two paragraphs; the lower one names it."""
LINES: tuple[DecisionKind, ...] = ("chapter", "title", "front", "footnote")
"""What a whole paragraph is taken for."""

# Patterns are kept as text, compiled by `re` at first use: most stories have no overrules.
_WORD = r"[^\W_]+"
_SIGNS = str.maketrans({**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚‹›′`", "'"), **dict.fromkeys("–—―", "-")})


class Words(NamedTuple):
    """The words of a row of texts, in one line to be searched."""

    line: str
    """Folded, a space before and after each."""
    ends: list[int]
    """How many words stand in all texts up to and with each."""


class Place(NamedTuple):
    """A stretch of one text."""

    first: int
    """Letters and digits before it."""
    last: int
    """Letters and digits up to its end; as many as before it if it is only a sign."""
    lead: str = ""
    """Signs before its first letter that belong to it."""
    tail: str = ""
    """Signs after its last letter that belong to it."""


class Key(NamedTuple):
    """What to look for: a sentence, and which of its words are meant."""

    phrase: str
    """Folded."""
    first: int
    """Words of the sentence before those meant."""
    last: int
    """Words up to the end of those meant."""
    lead: str
    tail: str


def fold(text: str) -> str:
    """Reduce a text to its words, one space between two, all in small letters."""
    return " ".join(re.findall(_WORD, text)).casefold()


def gather(texts: list[str]) -> Words:
    """Put the words of all texts into one line."""
    folded = [fold(text) for text in texts]
    counts = [words.count(" ") + 1 if words else 0 for words in folded]
    return Words(f" {' '.join([words for words in folded if words])} ", list(accumulate(counts)))


def key_of(overrule: Overrule, where: str) -> Key:
    """Read an overrule's key; ConfigError if the sentence that it quotes does not hold the letters that it means."""
    phrase, meant = fold(overrule.within), fold(overrule.text)
    if meant:
        at = f" {phrase} ".find(f" {meant} ")
        first = phrase.count(" ", 0, max(at, 0))
        last = first + meant.count(" ") + 1
        lead, tail = re.split(_WORD, overrule.text, maxsplit=1)[0], re.split(_WORD, overrule.text)[-1]
    else:
        at = plain_signs(overrule.within).find(plain_signs(overrule.text.strip()))
        first = last = len(re.findall(_WORD, plain_signs(overrule.within)[: max(at, 0)]))
        lead, tail = overrule.text, ""
    if at < 0:
        hint = f"in = {overrule.within!r} must hold it, word for word"
        raise ConfigError(f"{where}: text = {overrule.text!r} does not stand in its sentence", hint)
    return Key(phrase, first, last, lead.strip(), tail.strip())


def find(key: Key, kind: DecisionKind, words: Words, texts: list[str]) -> list[list[tuple[int, Place]]]:
    """Find each stretch that a key means: (which text, the place in it), several where the stretch crosses paragraphs.

    Words that are a whole line somewhere mean no chapter but that line, and words that begin a paragraph no other break.
    """
    found: list[list[tuple[int, Place]]] = []
    needle = f" {key.phrase} "
    at = words.line.find(needle)
    while at >= 0:
        start = words.line.count(" ", 0, at)
        if places := list(_places(key, start + key.first, start + key.last, words.ends, texts)):
            # Of two paragraphs, the lower one names the break between them.
            found.append(places[-1:] if kind in BREAKS else places)
        at = words.line.find(needle, at + 1)
    if kind in BREAKS:
        return [places for places in found if not places[0][1].first] or found
    if kind in LINES:
        return [places for places in found if _whole(*places[0], texts)] or found
    return found


def _whole(k: int, place: Place, texts: list[str]) -> bool:
    return not place.first and place.last == len(letters_at(texts[k]))


def _places(key: Key, first: int, last: int, ends: list[int], texts: list[str]) -> Iterator[tuple[int, Place]]:
    """Part a stretch of words, counted over all texts, into a place in each text that it touches."""
    if first == last:
        # A sign alone stands before its next word, or after the last one of its text.
        after = first > 0 and (first == ends[-1] or (key.first > 0 and first in ends))
        k = bisect_right(ends, first - after)
        spans = _letter_spans(texts[k])
        word = first - after - (ends[k - 1] if k else 0)
        letters = spans[word][1] if after else spans[word][0]
        yield k, Place(letters, letters, key.lead)
        return
    begin, end = bisect_right(ends, first), bisect_right(ends, last - 1)
    for k in range(begin, end + 1):
        spans = _letter_spans(texts[k])
        before = ends[k - 1] if k else 0
        start, stop = max(0, first - before), min(len(spans), last - before)
        if start < stop:
            edges = (key.lead if k == begin else "", key.tail if k == end else "")
            yield k, Place(spans[start][0], spans[stop - 1][1], *edges)


def _letter_spans(text: str) -> list[tuple[int, int]]:
    """Count, for each word, the letters before it and up to its end."""
    lengths = [len(word) for word in re.findall(_WORD, text)]
    return [(end - length, end) for end, length in zip(accumulate(lengths), lengths, strict=True)]


def plain_signs(text: str) -> str:
    """Write quotation marks straight, and dashes and points however long as one, so that habits of typing do not matter."""
    return re.sub(r"-+", "-", re.sub(r"\.\.+|…\.*", "…", text.translate(_SIGNS)))


def letters_at(text: str) -> list[int]:
    """Say where each letter or digit stands."""
    return [at for at, sign in enumerate(text) if sign.isalnum()]


def stretch(place: Place, text: str) -> tuple[int, int]:
    """Return (start, end) of a place in a text that has the same letters, its own signs included."""
    at = letters_at(text)
    if place.last > len(at):
        return len(text), len(text)
    before = at[place.first - 1] + 1 if place.first else 0
    if place.first == place.last:
        gap = text[before : at[place.first] if place.first < len(at) else len(text)]
        start, end = next(_alike(gap, place.lead), (0, len(gap)))
        return before + start, before + end
    start, end = at[place.first], at[place.last - 1] + 1
    after = at[place.last] if place.last < len(at) else len(text)
    if place.lead:
        signs = text[before:start]
        start -= next((end - begin for begin, end in _alike(signs, place.lead) if end == len(signs)), 0)
    if place.tail:
        signs = text[end:after]
        end += max((stop for begin, stop in _alike(signs, place.tail) if begin == 0), default=0)
    return start, end


def _alike(gap: str, signs: str) -> Iterator[tuple[int, int]]:
    """Find the stretches of a gap between two letters that are these signs, habits of typing apart."""
    wanted = plain_signs(signs)
    gap = gap[:80] if len(gap) > 80 else gap  # more signs than that between two letters are noise
    for start in range(len(gap)):
        for end in range(len(gap), start, -1):
            if plain_signs(gap[start:end]) == wanted:
                yield start, end


def place_of(text: str, start: int, end: int) -> Place:
    """Count a stretch of a text in letters; the signs at its edges belong to it."""
    at = letters_at(text)
    first, last = bisect_left(at, start), bisect_left(at, end)
    if first == last:
        return Place(first, last, text[start:end].strip())
    return Place(first, last, text[start : at[first]].strip(), text[at[last - 1] + 1 : end].strip())


def follow(position: int, before: list[int], after: list[int], length: int) -> int:
    """Say where a position stands once the signs between the letters have changed; `length` is the new text's."""
    k = bisect_left(before, position)
    offset = position - (before[k - 1] + 1 if k else 0)
    start = after[k - 1] + 1 if k else 0
    return min(start + offset, after[k] if k < len(after) else length)
