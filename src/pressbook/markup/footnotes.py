"""Footnotes: a reference in the text, the note to it in a paragraph of its own, and how the two find each other."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pressbook.markup.table import Item, Note, Outline

MARK = "\ue0f1"
"""Stands for a reference while rules read the words: a sign that is no letter, as a raised figure would be."""

# Kept as text, compiled by `re` at first use: most stories have no notes.
_MARKED = r"\[\^([^\]\s]{1,60})\]"
_DEFINES = _MARKED + r":\s*"
_BEHIND = r"(?<=[^\s\\])[ \xa0]*"  # something that it is about
_REFERS = _BEHIND + _MARKED
_TYPED = r"(\[\d{1,3}\]|\(\d{1,3}\)|[⁰¹²³⁴-⁹]{1,3}|[†‡]|\*{1,3}(?!\*))[ \t]*(?=\S)(?=.*[^\W_])"
_MAY_REFER = (
    r"(?<=[^\s\\])[ \xa0]?(\[\d{1,3}\])(?![(\[:])"
    r"|(?<=[^\s(\\])((?<![⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]+|\(\d{1,3}\)|[†‡]|\*{1,3})(?![\w*])"
)
"""A typed sign, behind something that it is about."""
_SIGNS = frozenset("[(†‡*⁰¹²³⁴⁵⁶⁷⁸⁹")
_HEAD = r"(?i)[\W_]*(?:(?:foot|end)?notes?|references)[\W_]*"
_PARTS = frozenset(("heading", "front", "back", "title"))


class _Reference(NamedTuple):
    """Where the text refers to a note."""

    item: int
    start: int
    end: int


# ── rules ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def find_marked(outline: Outline) -> Outline:
    """Take `[^1]: words` for a note, and what is indented below it, where the text refers to it."""
    if not any(item.text.startswith("[^") for item in outline.items):
        return outline
    typed = [part for item in outline.items for part in _parted(item, _DEFINES)]
    defined = {k for k, item in enumerate(typed) if item.text.startswith("[^") and item.kind in ("text", "verse")}
    cited = {
        match[1]
        for k, item in enumerate(typed)
        if "[^" in item.text
        for match in re.finditer(_REFERS, item.text)
        if k not in defined or (match.start() and not item.text.startswith(match[0].strip() + ":"))  # no note cites itself
    }
    base = _usual_indent(typed)
    items: list[Item] = []
    for item in typed:
        match = re.match(_DEFINES, item.text) if item.kind in ("text", "verse") else None
        if match and match[1] in cited and (words := item.text[match.end() :]):
            note = Note("footnote", "footnote-marked", 1.0, f"the text refers to it by {match[0].rstrip()[:-1]}")
            items.append(item._replace(kind="footnote", text=words, label=f"[^{match[1]}]", note=note))
        elif items and items[-1].kind == "footnote" and item.kind in ("text", "verse") and 2 <= item.indent - base <= 12:
            items.append(item._replace(kind="footnote", label=""))
        else:
            items.append(item)
    return outline._replace(items=tuple(items))


def find_typed(outline: Outline) -> Outline:
    """Take `[1] words` for a note where its chapter refers to it once before; `(1)`, `*` and `†` only at the chapter's end."""
    if not any(item.text[:1] in _SIGNS for item in outline.items):
        return outline
    items = [part for item in outline.items for part in _parted(item, _TYPED)]
    references = _References(tuple(items))
    tail = True
    for k in range(len(items) - 1, -1, -1):
        item = items[k]
        if item.kind in _PARTS:
            tail = True
            continue
        match = re.match(_TYPED, item.text) if item.kind in ("text", "verse") and item.text[:1] in _SIGNS else None
        sure = match is not None and match[1][0] not in "(*†‡"
        starred = match is not None and match[1][0] == "*" and "*" in item.text[match.end() :]
        if match and (sure or tail) and not starred and references.only(match[1], k):
            said = f"its chapter refers to it once, by {match[1]}"
            note = Note("footnote", "footnote-typed", 0.9 if sure else 0.8, said)
            items[k] = item._replace(kind="footnote", text=item.text[match.end() :], label=match[1], note=note)
        elif item.kind not in ("break", "pause", "footnote"):
            tail = False
    return outline._replace(items=tuple(items))


def _parted(item: Item, opens: str) -> list[Item]:
    """Part notes that follow each other line by line, without a blank line between them."""
    if "\n" not in item.text or not re.match(opens, item.text):
        return [item]
    parts = re.split(rf"\n(?={opens})", item.text)[:: re.compile(opens).groups + 1]
    lines = [item.line + sum(part.count("\n") + 1 for part in parts[:k]) for k in range(len(parts))]
    return [
        item._replace(text=text, line=line, gap=item.gap if k == 0 else 0)
        for k, (text, line) in enumerate(zip(parts, lines, strict=True))
    ]


def _usual_indent(items: Sequence[Item]) -> int:
    """Return the indent of most paragraphs: only what stands deeper goes on with a note."""
    indents = sorted(item.indent for item in items if item.kind == "text")
    return indents[len(indents) // 2] if indents else 0


class _References:
    """Where a story may refer to notes by typed signs, looked through once however many notes ask."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._heads = [k for k, item in enumerate(items) if item.kind in _PARTS]

    @cached_property
    def _signed(self) -> list[tuple[int, str]]:
        """The texts that hold a typed sign, with their places."""
        return [
            (k, item.text)
            for k, item in enumerate(self._items)
            if not (item.kind in ("footnote", "break", "pause") or _SIGNS.isdisjoint(item.text))
        ]

    @cached_property
    def _found(self) -> dict[str, list[_Reference]]:
        """The references by sign, in order."""
        found: dict[str, list[_Reference]] = {}
        for k, text in self._signed:
            for match in re.finditer(_MAY_REFER, text):
                found.setdefault(match[1] or match[2], []).append(_Reference(k, *match.span()))
        return found

    @cached_property
    def _emphatic(self) -> dict[str, list[int]]:
        """The places, by sign, of stars that may well be marks of emphasis."""
        starred = [(k, text, text.count("*")) for k, text in self._signed if "*" in text]
        signs = ("*", "**", "***")
        return {sign: [k for k, text, stars in starred if stars != len(sign) and sign in text] for sign in signs}

    def only(self, sign: str, k: int, above: int = -1) -> _Reference | None:
        """Find the one place in a chapter, below the item `above` and above the one at `k`, that refers by a sign."""
        head = bisect_left(self._heads, k)
        first = max(above, self._heads[head - 1] if head else -1) + 1
        starred = self._emphatic.get(sign, []) if sign[0] == "*" else []
        if (at := bisect_left(starred, first)) < len(starred) and starred[at] < k:
            return None
        found = self._found.get(sign, [])
        at = bisect_left(found, (first,))
        within = [reference for reference in found[at : at + 2] if reference.item < k]
        return within[0] if len(within) == 1 else None


# ── binding ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def set_aside(items: tuple[Item, ...], known: int = 0) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Part the notes from all other items, and put a mark into the text where it refers to one: (the others, the notes).

    Notes are counted on from those known already. A white gap parts them, so that speech in one is not taken to go on in
    the next.
    """
    places = [k for k, item in enumerate(items) if item.kind == "footnote"]
    if not places:
        return items, ()
    numbers = {k: known + number for number, k in enumerate(k for k in places if items[k].label)}
    referring: dict[int, list[tuple[_Reference, int]]] = {}
    for reference, place in _bound(items, places):
        referring.setdefault(reference.item, []).append((reference, numbers[place]))
    story = [_cited(item, referring.get(k, [])) for k, item in enumerate(items)]
    notes: list[Item] = []
    for k in places:
        notes += [Item("break", "", items[k].line), items[k]]
    return tuple(item for item in _without_heads(story) if item.kind != "footnote"), tuple(notes)


def strays(items: Sequence[Item]) -> Iterator[tuple[int, str, str]]:
    """List, once all notes are set aside, what refers to none and what none refers to: (line, what is wrong, what to do)."""
    referred = {note for item in items for note in item.refs}
    number = 0
    for item in items:
        if item.kind == "footnote":
            if item.label and number not in referred:
                yield (
                    item.line,
                    f"a second note by the name {item.label} stands in the text: nothing refers to it",
                    "give it another name",
                )
            number += bool(item.label)
        elif item.kind not in ("break", "pause", "dropped") and "[^" in item.text:
            if match := re.match(_DEFINES, item.text):
                mark = match[0].rstrip()[:-1]
                yield item.line, f"the note {mark} stands in the text: nothing refers to it", f"put {mark} where it belongs"
            for match in re.finditer(_REFERS, item.text):
                mark = match[0].strip()
                yield item.line, f"{mark} refers to a note that is not there", f"write the note: {mark}: and its words"


def _bound(items: tuple[Item, ...], places: list[int]) -> Iterator[tuple[_Reference, int]]:
    """Find for each reference where its note stands: of several by one label the next below, or else the last above."""
    labelled: dict[str, list[int]] = {}
    above: dict[str, int] = {}
    references = _References(items)
    for place in places:
        label = items[place].label
        if label.startswith("[^"):
            labelled.setdefault(label[2:-1], []).append(place)
        elif label:
            if reference := references.only(label, place, above.get(label, -1)):
                yield reference, place
            above[label] = place
    for k, item in enumerate(items):
        if item.kind not in ("footnote", "break", "pause") and "[^" in item.text:
            for match in re.finditer(_REFERS, item.text):
                if known := labelled.get(match[1]):
                    yield _Reference(k, *match.span()), known[min(bisect_left(known, k), len(known) - 1)]


def _cited(item: Item, referring: list[tuple[_Reference, int]]) -> Item:
    """Put a mark in the place of each reference of an item."""
    if not referring:
        return item
    text, refs = item.text, list(item.refs)
    for (_, start, end), note in sorted(referring, reverse=True):
        refs.insert(text.count(MARK, 0, start), note)
        text = text[:start] + MARK + text[end:]
    return item._replace(text=text, refs=tuple(refs))


def _without_heads(items: list[Item]) -> Iterator[Item]:
    """Drop a line that says `Notes` and stands above nothing but notes."""
    for k, item in enumerate(items):
        heads = item.kind in ("text", "section", "heading", "centred") and len(item.text) <= 24 and re.fullmatch(_HEAD, item.text)
        if heads and _only_notes(items, k + 1):
            yield item._replace(kind="dropped", note=Note("footnote", "footnotes-heading", 0.9, "it heads nothing but notes"))
        else:
            yield item


def _only_notes(items: list[Item], start: int) -> bool:
    """Tell whether notes stand from here to the end of the chapter, and nothing else."""
    found = False
    for item in items[start:]:
        if item.kind in _PARTS:
            break
        if item.kind not in ("footnote", "break", "pause"):
            return False
        found = found or item.kind == "footnote"
    return found


def closed_up(text: str) -> str:
    """Close up each mark to the words that it stands behind, as it is read where a reference is typed."""
    return re.sub(_BEHIND + MARK, MARK, text) if MARK in text else text
