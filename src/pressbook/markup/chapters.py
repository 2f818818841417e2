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
    items = [
        _heading(item, "chapter-capitals", 0.8, "a line in capitals after a wide gap, as elsewhere in the book")
        if k in heads
        else _heading(item, "chapter-word", 0.97, evidence)
        if item.kind == "text" and len(item.text) <= 100 and (evidence := heading_evidence(item.text))
        else item
        for k, item in enumerate(outline.items)
    ]
    return Outline(tuple(items), outline.gap)


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
