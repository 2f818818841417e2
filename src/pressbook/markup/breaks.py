"""Scene breaks and pauses: typed markers, gaps of blank lines, and which of them only hold the breath."""

import re

from pressbook.markup.table import Item, Note, Outline, count

FEW_WORDS = 12
"""As many words between two gaps make the gaps pauses."""

_LETTERED = r"[\W_]*[xXoO0](?:[\W_]*[xXoO0])*[\W_]*"
_SAYS_BREAK = (
    r"(?i)[\W_]*(?:(?:line|scene|section|page|time)[ _-]*(?:break|change|skip)|horizontal line|divider)[\W_]*(?:here)?[\W_]*"
)
_DOTS = r"[.·•](?:\s+[.·•])*|(?=[.·•]*:)[.·•:]{3,}"
_PUNCTUATION = frozenset("\"'“”‘’«»„‚?!.…,;:()[]{}¿¡\u200c\u200d")
_NOT_MARKS = frozenset('"“”‘«»„\\')


def is_marker(text: str) -> bool:
    """Tell a typed scene break: a line without words, made of signs, or of the letters that serve as signs (`xXx`, `oOo`)."""
    if len(text) > 120:
        return False
    first = text[0]
    if first.isalpha() and first not in "xXoOlLsSpPtThHdD":
        return False
    if any(mark in text for mark in _NOT_MARKS):
        return False
    if not any(letter.isalnum() for letter in text):
        return bool(re.fullmatch(_DOTS, text)) or any(sign not in _PUNCTUATION and not sign.isspace() for sign in text)
    if re.fullmatch(_LETTERED, text):
        return _letters_serve_as_signs(text)
    return bool(re.fullmatch(_SAYS_BREAK, text))


def _letters_serve_as_signs(text: str) -> bool:
    """Accept `xxx`, `oOo`, `-x-`, `x`; refuse speech (`Ooo!`), kisses (`xoxo`) and chapter numbers (`XX`)."""
    if any(sign in "!?,.;:'’…" for sign in text):
        return False
    if text[0].isalnum() != text[-1].isalnum():
        return False
    letters = [letter for letter in text if letter.isalnum()]
    word = "".join(letters)
    if word != word[::-1] or word.isdigit() or word in ("X", "XX", "O", "o", "oo"):
        return len(letters) < len(text.replace(" ", "")) and not word.isdigit() and word == word[::-1]
    return True


def find_breaks(outline: Outline) -> Outline:
    """Turn typed markers and gaps wider than the book's habit into scene breaks; a gap, a marker and a gap are one break."""
    items: list[Item] = []
    pending: Item | None = None
    for item in outline.items:
        if item.kind == "break":
            pending = pending or item
        elif item.kind == "pause":
            if pending is None:
                items.append(item)
        else:
            if pending is not None:
                items.append(pending)
            elif item.gap > outline.gap and item.kind in ("text", "quote") and items:
                items.append(_gap(item, outline.gap))
            items.append(item)
            pending = None
    return Outline(tuple(items), outline.gap)


def _gap(item: Item, normal: int) -> Item:
    evidence = f"{count(item.gap, 'blank line')} where the book has {normal}"
    return Item("break", "", item.line, item.gap, note=Note("scene-break", "gap", 0.9, evidence))


def tell_pauses(outline: Outline) -> Outline:
    """Make gaps pauses where one closes on another after a few words, so that no ornament crowds a single line."""
    items = list(outline.items)
    last = -1
    words = 0
    for k, item in enumerate(outline.items):
        if item.kind == "break" and not item.text:
            if last >= 0 and k - last <= 3 and 0 < words <= FEW_WORDS:
                for at in (last, k):
                    note = Note("pause", "closing-gaps", 0.9, f"a gap that closes on another after {count(words, 'word')}")
                    items[at] = Item("pause", "", items[at].line, items[at].gap, note=note)
            last, words = k, 0
        elif item.kind == "text" and last >= 0:
            words += len(item.text.split()) if len(item.text) < 200 else 1000
        else:
            last = -1
    return Outline(tuple(items), outline.gap)
