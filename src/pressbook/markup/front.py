"""What stands before and after the story: title and author lines, labelled openings, notes at the end."""

import re

from pressbook.markup.chapters import heading_evidence
from pressbook.markup.lexicon import words
from pressbook.markup.table import Item, Note, Outline

# Kept as text, compiled by `re` at first use: start-up is quick.
_LABEL = (
    r"(?i)(?P<lead>[*_/]{0,3})(?P<label>(?:fore?wards?|forewords?|preface|introduction|dedication|acknowledge?ments?|a/?n|an"
    r"|author['’]?s?['’]? ?notes?|notes?(?: from the author)?|disclaimers?|claimer|summary|warnings?|content warnings?"
    r"|trigger warnings?|[tc]w|rat(?:ed|ing)|pairings?|genres?|fandoms?|characters?|spoilers?|beta|category|status"
    r"|words?(?: count)?|archive|feedback|timeline|setting|tags?|additional tags|relationships?|copyright|epigraph"
    r"|inspired by|song)[ ]?(?:#?\d+)?)(?P<mid>[*_/]{0,3})\s*:\s*(?P<tail>[*_/]{0,3})"
)
_NOTE_AT_END = r"(?i)(?:a/?n|author['’]?s?['’]? ?notes?|afterword|end ?notes?|disclaimers?|acknowledge?ments?|credits)\b"
_BYLINE = r"(?i)(?:written by|a (?:short )?(?:story|novel|tale|fanfic(?:tion)?) by|story by|by)[\s:]+([^\W_].{0,60})"
_ADDRESS = r"\b(?:I|I['’]\w+|my|me|you|your|review|reviews|chapter|story|fic|read|reading|enjoy|thanks)\b"
_SMALL_WORDS = words("a an and as at but by for from in into of on or the to with nor vs de la")
_PARTICLES = words("de la von van der and")
_SPEECH = frozenset('"“”″')
_NEVER_FIRST = frozenset("\"“'‘’>-–—#~")
_NEVER_LAST = frozenset(".,;:!?\"”'’…-—–*_″")
_MOST_NOTES = 6


def find_title(outline: Outline) -> Outline:
    """Take a short title line at the very top, with the author's line under it if there is one."""
    items = outline.items
    first = next((k for k, item in enumerate(items) if item.kind not in ("break", "pause")), -1)
    under = next((k for k in range(first + 1, len(items)) if items[k].kind not in ("break", "pause")), -1)
    if first < 0 or under < 0 or items[first].kind not in ("text", "heading"):
        return outline
    title, after = items[first], items[under]
    byline = re.fullmatch(_BYLINE, after.text) if after.kind == "text" and len(after.text) <= 80 and under == first + 1 else None
    if byline and (byline[1].rstrip(".").count(" ") > 5 or byline[1][-1] in ',;:!?"”' or not _named(after.text, byline[1])):
        byline = None
    if title.kind == "heading" and (not byline or title.note is None or heading_evidence(title.text)):
        return outline
    evidence = _why_title(title.text, bool(byline), after.gap > outline.gap)
    if not evidence:
        return outline
    taken = list(items)
    taken[first] = title._replace(kind="title", note=Note("title", "title", 0.95 if byline else 0.8, evidence))
    if byline:
        note = Note("title", "author", 0.97, "a line that begins with “by” under the title")
        taken[under] = after._replace(kind="author", text=byline[1].strip(), note=note)
    return Outline(tuple(taken), outline.gap)


def _named(line: str, author: str) -> bool:
    """Tell a name from the rest of a sentence: its words begin with capitals, or it is one word, or “by” begins with none."""
    names = re.findall(r"[^\W_]+", author)
    return (
        len(names) == 1
        or (line[0].islower() and author[0].isupper())
        or all(name[:1].isupper() or not name[:1].isalpha() or name in _PARTICLES for name in names)
    )


def _why_title(text: str, byline: bool, wide_gap: bool) -> str:
    """Say why the first line is a title; nothing if it may be a paragraph."""
    line = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)
    if len(text) > 80 or len(line) > 12 or "\n" in text or re.match(_LABEL, text) or heading_evidence(text):
        return ""
    if byline:
        return "the first line, with the author's name under it"
    first = text.lstrip("\\*_/ ")[:1]
    if text[-1] in _NEVER_LAST or not first or first in _NEVER_FIRST or not any(letter.isalpha() for letter in text):
        return ""
    if text.isupper():
        return "the first line, in capitals"
    if all(word[:1].isupper() or word in _SMALL_WORDS or not word[:1].isalpha() for word in line) and text[0].isupper():
        return "the first line, in title case and without a full stop"
    return "the first line, without a full stop and with a gap below" if wide_gap and len(line) <= 8 else ""


def find_front(outline: Outline) -> Outline:
    """Set labelled openings before the story apart as front matter."""
    items = list(outline.items)
    k = 0
    while k < len(items):
        item = items[k]
        if item.kind in ("title", "author", "break", "pause"):
            k += 1
            continue
        if not (opened := _open(item, "front")):
            break
        items[k] = opened
        if item.kind == "quote":
            k += 1
            while k < len(items) and items[k].kind == "more":
                k += 1
            continue
        end = _end_of_note(items, k, outline.gap)
        for at in range(k + 1, end):
            items[at] = items[at]._replace(kind="more")
        k = end
    return Outline(tuple(items), outline.gap)


def find_back(outline: Outline) -> Outline:
    """Set the author's notes after the story apart as back matter."""
    items = list(outline.items)
    start = len(items)
    for k in range(len(items) - 1, max(-1, len(items) - 1 - 4 * _MOST_NOTES), -1):
        item = items[k]
        if item.kind in ("title", "author", "front", "heading", "section"):
            break
        if item.kind == "more" or item.kind in ("break", "pause"):
            continue
        if item.kind == "quote" and not _label(item.text):
            break
        label = _label(item.text)
        if label and (item.kind == "quote" or (re.match(_NOTE_AT_END, label["label"]) and start - k <= _MOST_NOTES)):
            start = k
        elif item.kind == "quote" or start - k > _MOST_NOTES or not _SPEECH.isdisjoint(item.text):
            break
    if start == len(items) or not any(item.kind == "text" for item in items[:start]):
        return outline
    tail = [_back(item) for item in items[start:] if item.kind not in ("break", "pause")]
    return Outline((*items[:start], *tail), outline.gap)


def _back(item: Item) -> Item:
    return _open(item, "back") or item._replace(kind="more")


def _label(text: str) -> re.Match[str] | None:
    return re.match(_LABEL, text) if ":" in text[:40] else None


def _open(item: Item, kind: str) -> Item | None:
    """Open front or back matter with a labelled paragraph; None if it has no label."""
    if item.kind not in ("text", "quote") or not (match := _label(item.text)):
        return None
    rest = item.text[match.end() :]
    closed = match["mid"] or match["tail"]
    if match["lead"] and not closed:
        rest = match["lead"] + rest
    elif not match["lead"] and closed:
        rest = match["tail"] + rest if match["tail"] else rest
    note = Note("front", "label", 0.95, f"opens with “{match['label']}:”")
    return item._replace(kind="front" if kind == "front" else "back", text=rest, label=match["label"].strip(), note=note)


def _end_of_note(items: list[Item], k: int, gap: int) -> int:
    """Find where a typed note ends: after one paragraph, or at the next gap if all before it speaks to the reader."""
    alone = not items[k].text.strip()
    for end in range(k + 1, min(len(items), k + 2 + _MOST_NOTES)):
        item = items[end]
        if item.kind != "text" or item.gap > gap or _label(item.text):
            return end
        if alone and end == k + 1:
            continue
        if not _SPEECH.isdisjoint(item.text) or not re.search(_ADDRESS, item.text):
            break
    return min(len(items), k + 2) if alone else k + 1
