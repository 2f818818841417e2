"""A list of contents typed by hand: its entries are the chapters' own headings, so it can be made anew and is dropped."""

import re

from pressbook.markup.headings import counted
from pressbook.markup.table import Item, Note, Outline
from pressbook.model.story import LINE_END

_CONTENTS = r"(?i)[\W_]*(?:table of contents|contents|index|chapters|toc)[\W_]*"
_LEADER = r"(?:\s*\.{2,}\s*|\s*(?:\. ){2,}\s*|\s*…+\s*|\t+\s*|\s{2,}|\s+[-–—_]{2,}\s*|,?\s+p(?:age|\.)\s*)(?:\d{1,4}|[ivxlc]+)$"
_LONGEST = 120
_WITHIN = 60
"""A list of contents begins among so many of the first items."""


def find_contents(outline: Outline) -> Outline:
    """Drop a typed list of contents, every entry of which comes back below as a line of its own; its decision keeps the words."""
    items = outline.items
    for k, item in enumerate(items[:_WITHIN]):
        if item.kind in ("text", "heading", "section") and is_contents(item.text):
            end = _end_of_list(items, k + 1)
            if end:
                return Outline((*items[:k], _dropped(items, k, end), *items[end:]), outline.gap)
    return outline


def is_contents(text: str) -> bool:
    """Tell the line above a list of contents."""
    return len(text) < 40 and bool(re.fullmatch(_CONTENTS, text))


def _end_of_list(items: tuple[Item, ...], start: int) -> int:
    """Find where the list ends: before its first entry comes back; 0 if any entry does not come back in its turn."""
    end = start
    while end < len(items) and items[end].kind in ("text", "heading", "section", "verse") and _is_short(items[end]):
        end += 1
    entries: list[str] = []
    for stop in range(start, min(end + 1, len(items))):
        for listed in (entries, [entry.rstrip("0123456789") for entry in entries]):
            # A page's number may stand behind a single space; then the entries come back without it.
            if len(listed) > 1 and _same(listed[0], items, stop):
                return stop if _come_back(listed, items, stop) else 0
        entries += [_key(line) for line in items[stop].text.split(LINE_END)]
    return 0


def _is_short(item: Item) -> bool:
    return all(len(line) <= _LONGEST for line in item.text.split(LINE_END))


def _come_back(entries: list[str], items: tuple[Item, ...], start: int) -> bool:
    """Tell whether each entry is found in turn among the short lines below."""
    at = start
    for entry in entries:
        while at < len(items) and not _same(entry, items, at):
            at += 1
        if at == len(items):
            return False
        at += 1
    return True


def _same(entry: str, items: tuple[Item, ...], at: int) -> bool:
    """Compare an entry with a line, with its name alone, or with a number and the name on the line below."""
    item = items[at]
    if len(item.text) > _LONGEST or item.kind not in ("text", "heading", "section"):
        return False
    below = items[at + 1].text if at + 1 < len(items) and len(items[at + 1].text) <= _LONGEST else ""
    return entry in (_key(item.text), _key(counted(item.text)[1]), _key(item.text + " " + below) if below else "") and bool(entry)


def _key(line: str) -> str:
    """Reduce a line to its letters and digits, without the leader and page number at its end."""
    return "".join(letter for letter in re.sub(_LEADER, "", line).casefold() if letter.isalnum())


def _dropped(items: tuple[Item, ...], start: int, end: int) -> Item:
    # Blank lines stay between the entries, so that each keeps its line.
    lines: list[str] = []
    for item in items[start:end]:
        lines += [""] * (item.line - items[start].line - len(lines)) + item.text.split(LINE_END)
    entries = sum(map(bool, lines)) - 1
    evidence = f"a list of contents typed by hand, all {entries} entries of which are headings below"
    return items[start]._replace(kind="dropped", text="\n".join(lines), note=Note("front", "contents", 0.95, evidence))
