"""Thoughts in single quotation marks, in a book whose speech has double ones."""

import re
from collections.abc import Iterator

from pressbook.markup.table import Note
from pressbook.markup.thoughts.italic import Span
from pressbook.markup.thoughts.tags import Stretch, Tag

_FURTHEST = 600
"""How far from its tag a quoted thought may reach, in characters."""
_CLOSING = re.compile(r"[.!?…—–]’(?=\s|$)")
_CLOSED = re.compile(r"[,.!?…—–]’")
"""Where a quotation closed already, whatever letter stands behind it."""
_ANOTHER = re.compile(r"(?<!\S)‘[^‘“”]{1,600}?[.!?…—–]’(?=\s|$)")


def quoted_thoughts(text: str, tags: list[Tag], stretches: list[Stretch], *, practised: bool) -> list[Span]:
    """Find the single quotations beside tags, and the others of a paragraph that holds one; or offer a whole paragraph.

    In a book that sets its thoughts so, single marks around whole sentences outside speech need no tag.
    """
    if "‘" not in text:
        return []
    spans: list[Span] = []
    reached = 0
    for tag in tags:
        span = _before(text, tag) or _after(text, tag)
        if span and span.start >= reached and _within(span.start, span.end, stretches):
            spans.append(span)
            reached = span.end
    if spans or practised:
        why = "in a paragraph where others hold a tagged thought" if spans else "in a book whose thoughts stand in them"
        return sorted([*spans, *_others(text, spans, stretches, f"single quotation marks, {why}")])
    return _alone(text)


def _before(text: str, tag: Tag) -> Span | None:
    """Take the single quotation that ends at a tag (`‘Not again,’ she thought`)."""
    end = text.rfind("’", max(0, tag.start - 4), tag.start)
    start = text.rfind("‘", max(0, end - _FURTHEST), end)
    if (
        start < 0
        or end - start < 2
        or text[end - 1] not in ",.!?…—–"
        or text[end + 1 : tag.start].strip()
        or "“" in text[start:end]
        or _CLOSED.search(text, start, end)
    ):
        return None
    return _quoted(start, end)


def _after(text: str, tag: Tag) -> Span | None:
    """Take the single quotation that begins at a tag (`She thought, ‘Not again.’`)."""
    start = tag.end + 2
    if text[tag.end : start] not in (", ", ": ") or text[start : start + 1] != "‘":
        return None
    closing = _CLOSING.search(text, start, start + _FURTHEST)
    return _quoted(start, closing.start() + 1) if closing else None


def _quoted(start: int, end: int) -> Span:
    why = "single quotation marks and a verb of thinking beside them"
    return Span(start + 1, end, Note("thought", "thought-quoted", 0.97, why, start + 1, end), (start, end))


def _others(text: str, found: list[Span], stretches: list[Stretch], why: str) -> Iterator[Span]:
    """Take the other single quotations beside a tagged thought (`‘No,’ she thought. ‘Not him.’`), or those of whole sentences."""
    taken = {span.start for span in found}
    for match in _ANOTHER.finditer(text):
        start, end = match.start(), match.end() - 1
        whole = bool(found) or (text[start + 1].isupper() and (" " in text[start:end] or text[end - 1] in "!?…"))
        if start + 1 not in taken and whole and _within(start, end, stretches):
            yield Span(start + 1, end, Note("thought", "thought-quoted", 0.9, why, start + 1, end), (start, end))


def _within(start: int, end: int, stretches: list[Stretch]) -> bool:
    return any(a <= start and end <= b for a, b in stretches)


def _alone(text: str) -> list[Span]:
    """Offer a whole paragraph in single quotation marks."""
    if text[0] != "‘" or text[-1] != "’" or len(text) < 4 or text[-2] not in ".!?…—–," or "‘" in text[1:] or "“" in text:
        return []
    why = "a paragraph in single quotation marks, in a book whose speech has double ones"
    return [Span(1, len(text) - 1, Note("thought", "thought-quoted-alone", 0.6, why, 1, len(text) - 1, applied=False))]
