"""Chapters: headings as people type them."""

import re

from pressbook.markup.table import Item, Note, Outline

# Patterns that few lines need are kept as text: `re` compiles and caches them at their first use, and start-up is quick.
_NUMBER = (
    r"(?:\d{1,4}|[ivxlc]{1,8}"
    r"|(?:the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last))"
)
_CHAPTER = (
    rf"(?i:(chapter|part|book|volume)\s+{_NUMBER}|(prologue|epilogue|interlude|intermission))"
    r"(?:\.?$|\s*(?::|\.|--?-?|–|—)\s*(\S.{0,80})|\s+([A-Z“\"'‘].{0,60}))?"
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = ("chap", "part", "book", "volu", "prol", "epil", "inte")


def heading_evidence(text: str) -> str:
    """Say why a line is a chapter's heading; nothing if it is none."""
    if len(text) > 100 or text[:4].lower() not in _WORDS or "\n" in text:
        return ""
    match = re.fullmatch(_CHAPTER, text)
    if not match:
        return ""
    title = match[3] or match[4] or ""
    if title[:1].islower() or (title.endswith((".", ",", ";")) and not title.endswith("...")):
        return ""
    return f"a line that begins with “{match[1] or match[2]}” and its number" if match[1] else f"“{match[2]}” on its own line"


def find_chapters(outline: Outline) -> Outline:
    """Find chapter headings by their word and number, and titles in capitals after a wide gap."""
    capitals = [k for k, item in enumerate(outline.items) if item.kind == "text" and _in_capitals(item, outline.gap)]
    heads = set(capitals) if len(capitals) > 1 else set()
    numbers = _numbers(outline)
    items: list[Item] = []
    for k, item in enumerate(outline.items):
        if item.kind != "text" or len(item.text) > 100:
            items.append(item)
        elif k in heads:
            items.append(_heading(item, "chapter-capitals", 0.8, "a line in capitals after a wide gap, as elsewhere in the book"))
        elif k in numbers:
            items.append(_heading(item, "chapter-number", 0.9, "a number alone, in its turn"))
        elif evidence := heading_evidence(item.text):
            items.append(_heading(item, "chapter-word", 0.97, evidence))
        else:
            items.append(item)
    return Outline(tuple(items), outline.gap)


def _numbers(outline: Outline) -> set[int]:
    """Find numbers that stand alone and count up from one, or from two where the first chapter has none."""
    alone = [(k, _value(item.text)) for k, item in enumerate(outline.items) if item.kind == "text" and len(item.text) < 9]
    counted = [(k, value) for k, value in alone if value]
    values = [value for _, value in counted]
    in_turn = len(values) > 1 and values[0] in (1, 2) and values == list(range(values[0], values[0] + len(values)))
    return {k for k, _ in counted} if in_turn else set()


def _value(text: str) -> int:
    """Read a number in digits or capital Roman numerals; 0 if it is none."""
    word = text.rstrip(".")
    if word.isascii() and word.isdigit() and len(word) < 4:
        return int(word)
    values = [_ROMAN.get(letter, 0) for letter in word]
    if not values or 0 in values:
        return 0
    return sum(-value if value < max(values[k:]) else value for k, value in enumerate(values))


def _heading(item: Item, rule: str, confidence: float, evidence: str) -> Item:
    return item._replace(kind="heading", note=Note("chapter", rule, confidence, evidence))


def _in_capitals(item: Item, gap: int) -> bool:
    text = item.text
    return (
        item.gap > gap
        and 2 < len(text) <= 60
        and text.isupper()
        and text[-1] not in ".,;:!\"'”’…-—"
        and not any(mark in text for mark in '"“”\n*_')
        and sum(letter.isalpha() for letter in text) >= 3
    )
