"""Chapters: headings as people type them, by their words, their numbers, their capitals, and what is usual in the book."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from pressbook.markup.apart import says_the_end
from pressbook.markup.headings import Heading, Numbered, is_title, is_title_case, read_heading, read_number
from pressbook.markup.lexicon import SPANS
from pressbook.markup.table import Item, Note, Outline

_LOUD = frozenset(".,;:!\"'”’…-—")
_MARKS = frozenset("\"“'‘")
FAR = 300
"""Words that stand below a line in capitals, on an average, where it is a heading without a wide gap above it."""


def find_chapters(outline: Outline) -> Outline:
    """Find chapters' headings by their word and number, by numbers alone, and titles in capitals; take names from the next line."""
    items = list(outline.items)
    for k, item in enumerate(items):
        if item.kind == "text" and len(item.text) <= 140 and (heading := read_heading(item.text)):
            items[k] = heading_of(item, heading.words, "chapter-word", 0.97, heading.evidence)
    _underlined(items)
    _behind_a_title(items)
    _counted(items)
    _capitals(items, outline.gap)
    _number(items)
    _name(items)
    return Outline(tuple(items), outline.gap)


def heading_of(item: Item, words: str, rule: str, confidence: float, evidence: str) -> Item:
    """Take an item for a chapter's heading."""
    return item._replace(kind="heading", text=words, note=Note("chapter", rule, confidence, evidence))


def section_of(item: Item, words: str, rule: str, confidence: float, evidence: str) -> Item:
    """Take an item for a heading inside a chapter."""
    return item._replace(kind="section", text=words, note=Note("chapter", rule, confidence, evidence))


def _underlined(items: list[Item]) -> None:
    """Find titles with a row of one sign right below them, as long as they are."""
    for k, (item, below) in enumerate(pairwise(items)):
        if item.kind != "text" or below.kind != "break" or below.gap or (k and not item.gap):
            continue
        rule = below.text
        drawn = len(rule) > 3 and rule[0] in "=-_~*" and len(set(rule)) == 1 and abs(len(rule) - len(item.text)) <= 2
        if drawn and is_title(item.text):
            items[k] = heading_of(item, item.text, "chapter-underlined", 0.9, "a line underlined with a row of signs")


_BEHIND_A_TITLE = (
    r"(?P<title>[^\W_].{1,59}?)\s*(?:[:|~,]|[-–—]+)\s*(?P<head>(?:[Cc]hapter|CHAPTER|[Cc]h|[Pp]art|PART|[Ee]pisode)\b.*)"
)


def _behind_a_title(items: list[Item]) -> None:
    """Find `The Salt Road: Chapter 2` where the same title, or ever another, stands before the chapters of different numbers."""
    found: list[tuple[int, str, Heading]] = []
    for k, item in enumerate(items):
        if item.kind == "text" and len(item.text) <= 140 and item.text[-1].isalnum() and item.text[0] not in _MARKS:
            match = re.fullmatch(_BEHIND_A_TITLE, item.text)
            if match and is_title_case(match["title"]) and (heading := read_heading(match["head"])):
                found.append((k, match["title"], heading))
    numbers = {heading.number.casefold() for _, _, heading in found}
    one_title = len({title for _, title, _ in found}) == 1
    if len(found) > 1 and len(numbers) == len(found) and (one_title or not any(heading.name for _, _, heading in found)):
        for k, _, heading in found:
            items[k] = heading_of(items[k], items[k].text, "chapter-word", 0.9, heading.evidence + ", behind a title")


_COUNTED_BY = r"[^\W\d_a-z][^\W\d_]{2,14} (?=\S)"
"""A word that may count something, before its number."""


def _counted(items: list[Item]) -> None:
    """Find headings by a word that only this book counts with: `ADVENTURE I`, `Fit 2`; one word throughout, and in turn."""
    found: dict[str, list[_Count]] = {}
    for k, item in enumerate(items):
        read = _read_counted(item.text) if item.kind == "text" and len(item.text) <= 90 and item.text[:1].isupper() else None
        if read and _has_text_below(items, k):
            found.setdefault(item.text.split(None, 1)[0], []).append(_Count(k, read))
    for word, counts in found.items():
        chain = _in_turn(items, counts)
        if len(chain) > 1 and len(chain) == len(counts) and far_apart(items, [count.at for count in counts], FAR):
            for at, _ in counts:
                evidence = f"a line with “{word}” and a number, in its turn"
                items[at] = heading_of(items[at], items[at].text, "chapter-counted", 0.85, evidence)


def _read_counted(text: str) -> Numbered | None:
    """Read the number, and the name behind it, of a line that another word opens than those of days and the like."""
    match = re.match(_COUNTED_BY, text)
    return read_number(text[match.end() :]) if match and match[0].strip().casefold() not in SPANS else None


# ── numbers ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Count(NamedTuple):
    at: int
    read: Numbered


def _number(items: list[Item]) -> None:
    """Find numbers that count up from one (or from two where the first chapter has none), each with text below it."""
    styles: dict[tuple[str, bool], list[_Count]] = {}
    for k, item in enumerate(items):
        if item.kind == "text" and len(item.text) <= 90 and (read := read_number(item.text)) and _has_text_below(items, k):
            styles.setdefault((read.style.casefold(), bool(read.name)), []).append(_Count(k, read))
    for counts in styles.values():
        chain = _in_turn(items, counts)
        if not chain and len(far := _in_turn(items, counts, anywhere=True)) > 2:
            chain = far  # a file may hold the eleventh to the thirteenth chapter
        if len(chain) < 2 or 5 * len(chain) < 4 * len(counts):
            continue
        inside = _stands_in_a_chapter(items, chain[0].at)
        for at, read in chain:
            become = section_of if inside else heading_of
            items[at] = become(items[at], read.words, "chapter-number", 0.9, "a number alone, in its turn")


def _in_turn(items: list[Item], counts: list[_Count], *, anywhere: bool = False) -> list[_Count]:
    """Take the numbers that follow one another, from one or two on, or `anywhere`; below a new heading they may begin again."""
    chain: list[_Count] = []
    for count in counts:
        expected = chain[-1].read.value + 1 if chain else 0
        first = not chain and (anywhere or count.read.value in (1, 2))
        again = bool(chain) and count.read.value == 1 and any(item.kind == "heading" for item in items[chain[-1].at + 1 : count.at])
        if first or again or count.read.value == expected:
            chain.append(count)
    return chain


def _has_text_below(items: list[Item], k: int) -> bool:
    """Tell whether anything but another number follows, a name's line perhaps between."""
    below = next((item for item in items[k + 1 : k + 4] if item.kind not in ("break", "pause")), None)
    return below is not None and (below.kind != "text" or read_number(below.text) is None)


def _stands_in_a_chapter(items: list[Item], k: int) -> bool:
    """Tell whether a chapter's heading, no part's and no prologue's, stands somewhere above."""
    headings = [read_heading(item.text) for item in items[:k] if item.kind == "heading"]
    return any(heading is None or not (heading.part or heading.sole) for heading in headings)


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _name(items: list[Item]) -> None:
    """Join a heading that only counts with the name on the line below it."""
    nameless = [k for k, item in enumerate(items) if item.kind == "heading" and item.note and _is_nameless(item)]
    below = {k: items[k + 1] for k in nameless if k + 2 < len(items) and _may_name_it(*items[k : k + 3])}
    plain = [k for k, name in below.items() if not is_title_case(name.text) or name.text[0] in _MARKS]
    if 2 * len(below) < len(nameless) or len(below) < 2:
        # Where few headings have a line below that may be a name, a sentence without its stop is none, nor is speech.
        for k in plain:
            del below[k]
    for k, name in reversed(list(below.items())):
        number = items[k].text
        stop = " " if number[-1] in ".:" else ": " if number[:1].isalpha() and len(number) > 5 else ". "
        note = items[k].note
        items[k] = items[k]._replace(
            text=number + stop + name.text, note=note and note._replace(evidence=note.evidence + ", its name on the next line")
        )
        items[k + 1] = items[k + 1]._replace(kind="text", text="")
    items[:] = [item for item in items if item.text or item.kind != "text"]


def _is_part(item: Item) -> bool:
    heading = read_heading(item.text)
    return heading is not None and heading.part


def _is_nameless(item: Item) -> bool:
    if item.note is None or item.note.rule not in ("chapter-word", "chapter-number", "chapter-counted"):
        return False
    if item.note.rule == "chapter-counted":
        return (read := _read_counted(item.text)) is not None and not read.name
    if heading := read_heading(item.text):
        return not heading.name and not heading.sole
    return (read := read_number(item.text)) is not None and not read.name


def _may_name_it(number: Item, name: Item, after: Item) -> bool:
    capitals = name.note is not None and name.note.rule == "chapter-capitals"
    if not (name.kind == "text" or capitals) or len(name.text) > 70:
        return False
    counted = number.note is not None and number.note.rule == "chapter-counted" and after.kind == "section"
    if after.kind not in ("text", "quote", "verse") and not (
        counted or (after.kind == "heading" and _is_part(number) and not _is_part(after))
    ):
        return False
    loud = name.text[-1] == "." and name.text.isupper()
    return (is_title(name.text) or loud) and after.gap >= name.gap and not read_number(name.text)


# ── capitals ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _capitals(items: list[Item], gap: int) -> None:
    """Find titles in capitals: after a wide gap where the book has several, or, rarer than signs and shouts, without one."""
    wide = [k for k, item in enumerate(items) if item.kind == "text" and item.gap > gap and _in_capitals(item)]
    if len(wide) > 1:
        louder = [k for k, item in enumerate(items) if item.kind == "text" and item.gap > gap and _in_loud_capitals(item)]
        for k in {*wide, *louder}:
            evidence = "a line in capitals after a wide gap, as elsewhere in the book"
            items[k] = heading_of(items[k], items[k].text, "chapter-capitals", 0.8, evidence)
        return
    if any(item.kind == "heading" for item in items):
        return
    alone = [k for k, item in enumerate(items) if item.kind == "text" and item.gap >= gap and _in_capitals(item)]
    if len(alone) > 2 and len({items[k].text for k in alone}) == len(alone) and far_apart(items, alone, FAR):
        for k in alone:
            items[k] = heading_of(items[k], items[k].text, "chapter-capitals", 0.7, "a line in capitals, far from the others")


def far_apart(items: list[Item], places: list[int], words: int) -> bool:
    """Tell whether so many words stand below each of these places on an average, and a tenth of that below every one."""
    lengths = list(words_below(items, places))
    return bool(lengths) and sum(lengths) >= words * len(lengths) and min(lengths) * 10 >= words


def words_below(items: list[Item], places: list[int]) -> Iterable[int]:
    """Count the words from each place to the next, and to the end."""
    for start, end in zip(places, [*places[1:], len(items)], strict=True):
        yield sum(item.text.count(" ") + 1 for item in items[start + 1 : end] if item.kind in ("text", "quote", "verse"))


def _in_capitals(item: Item) -> bool:
    text = item.text
    if not (2 < len(text) <= 60 and text.isupper() and text[-1] not in _LOUD and _is_quiet(text)):
        return False
    return read_number(text) is None and not says_the_end(text)


def _is_quiet(text: str) -> bool:
    return not any(mark in text for mark in '"“”\n*_') and sum(letter.isalpha() for letter in text) >= 3


def _in_loud_capitals(item: Item) -> bool:
    """Accept a title that speaks or shouts, where others show what titles look like: three words at least."""
    text = item.text
    return 8 < len(text) <= 80 and text.isupper() and text[-1] not in ",;:" and text.count(" ") > 1 and "\n" not in text
