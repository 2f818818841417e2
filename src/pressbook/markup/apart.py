"""What stands apart inside the story: epigraphs, letters, signs, sign-offs, and the line that says that this is the end."""

import re
from collections import Counter

from pressbook.markup.footnotes import MARK
from pressbook.markup.headings import is_title_case
from pressbook.markup.table import UNTOUCHED, Edited, Habits, Item, Note, Outline
from pressbook.model.story import LINE_END

# Kept as text, compiled by `re` at first use: start-up is quick.
_THE_END = (
    r"(?i)[\W_]*(?:the end(?: of (?:[^\W_]+ ){0,4}[^\W_]+)?|end|fin|fim|finis|ende|einde|fine|koniec|slut|owari|tbc|t\.b\.c"
    r"|end (?:(?:of )?(?:part|chapter) )?\d{1,3} ?(?:/|of) ?(?:\d{1,3}|\?+)"
    r"|to be (?:continued|concluded)(?: in [\w ]{1,30})?|end of (?:the )?(?:chapter|part|book|act|volume)[\w ]{0,20})[\W_]*"
)
_DEAR = r"(?i)[*_]{0,2}(?:(?:my |our )?(?:own )?(?:very )?dear(?:est)?|to)\b[\w .'’&-]{0,45}[,:—–-]{1,2}[*_]{0,2}"
_TO_WHOM = r"(?i)to (?:whom (?:it|this) may concern|whoever finds this|my [\w ]{2,20}|the [\w ]{2,30})"
_ADVERBS = "sincerely|truly|faithfully|respectfully|affectionately|obediently|cordially"
_SIGN_OFF = (
    rf"(?i)[\"“'‘*_]{{0,3}}(?:(?:(?:very |most )?(?:{_ADVERBS}) )?yours?\b[\w ]{{0,30}}|(?:very |most )?(?:{_ADVERBS})"
    r"|(?:(?:with|all|lots of|much|forever) ?){0,3}(?:my |our )?love(?: always| and kisses| from)?|all the best|best"
    r"|(?:with )?(?:(?:best|kind|warm|warmest|kindest) )?(?:regards|wishes)|(?:hugs|kisses|cheers|xoxo)(?: and kisses)?"
    r"|(?:i am|i remain),?[\w ,]{0,40})(?:,|—|–|--|-)?[*_]{0,2}"
)
_POSTSCRIPT = r"(?i)p\.? ?(?:p\.? ?)?s\.?[:.,]? (?=\S)"
_NAME = r"[\W_]*(?:(?:[A-Z][\w.'’-]*|and|de|von|van|der|la|&|the|of|your|Your),?\s*){1,7}[\W_]*"
_SIGNED = r"[-–—~]{0,2} ?[A-Z][a-zß-ÿ'’-]{1,14}(?: [A-Z][a-zß-ÿ'’.-]{0,14})?"
"""A name that signs a letter by itself, without a stop."""
_CREDIT = r"(?:-{1,3}|—|–|―|~)\s*(?:by\s+)?[*_\"“]{0,2}[A-Z][^.!?]{1,70}(?:\b[A-Z]\.[^.!?]{0,40})*\.?[*_\"”]{0,2}"
_GREETS = frozenset(",:—–-*_")
"""What ends a greeting."""
FAR = 12
"""Columns of white space, beyond the book's own, that centre a line."""
_LONGEST_LETTER = 40
_LONGEST_EPIGRAPH = 6


def find_apart(outline: Outline) -> Outline:
    """Set epigraphs, letters, signs and end lines apart."""
    items = list(outline.items)
    _epigraphs(items)
    _letters(items)
    _signs(items)
    _ends(items)
    return Outline(tuple(items), outline.gap)


def says_the_end(text: str) -> bool:
    """Tell `THE END`, `Fin`, `To be continued`."""
    return len(text) <= 60 and bool(re.fullmatch(_THE_END, text))


def keep_lines(text: str, habits: Habits) -> Edited:
    """Write the line ends that are kept as newlines; all others are spaces by now."""
    return (text.replace(LINE_END, "\n"), UNTOUCHED) if LINE_END in text else (text, UNTOUCHED)


# ── epigraphs ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _epigraphs(items: list[Item]) -> None:
    """Find a few lines and a dash with a name, between a heading and the text."""
    k = 0
    while k < len(items):
        if items[k].kind == "heading" and (end := epigraph_at(items, k + 1)):
            set_epigraph(items, k + 1, end)
            k = end
        k += 1
    bare = [k for k in range(len(items) - 3) if items[k].kind == "heading" and _is_bare_epigraph(items[k + 1 : k + 4])]
    for k in bare if len(bare) > 1 else ():
        set_epigraph(items, k + 1, k + 3)


def _is_bare_epigraph(below: list[Item]) -> bool:
    """Tell lines of verse and a name without its dash below a heading; one chapter alone that begins so proves nothing."""
    verse, credit, story = below
    named = len(credit.text) <= 60 and LINE_END not in credit.text and credit.text[0].isalnum() and is_title_case(credit.text)
    return named and verse.kind == "verse" and credit.kind == story.kind == "text"


def epigraph_at(items: list[Item], start: int) -> int:
    """Find the end of the epigraph that begins at an item: one past its credit; 0 if there is none."""
    words = 0
    for k in range(start, min(start + _LONGEST_EPIGRAPH, len(items) - 1)):
        item = items[k]
        if item.kind not in ("text", "verse"):
            return 0
        *above, last = item.text.split(LINE_END)
        if (k > start or above) and is_credit(last):
            return k + 1
        words += item.text.count(" ") + 1
        if words > 150:
            return 0
    return 0


def set_epigraph(items: list[Item], start: int, end: int) -> None:
    """Set an epigraph's lines as quotations and its credit to the right."""
    note = Note("front", "epigraph", 0.85, "a name closes a quotation above the text")
    for k in range(start, end):
        items[k] = items[k]._replace(kind="quote", note=note if k == start else None)
    *above, last = items[end - 1].text.split(LINE_END)
    if above:
        text, refs = LINE_END.join(above), items[end - 1].refs
        first = text.count(MARK)
        items[end - 1] = items[end - 1]._replace(text=text, refs=refs[:first])
        items.insert(end, Item("signature", last, items[end - 1].line, refs=refs[first:]))
    else:
        items[end - 1] = items[end - 1]._replace(kind="signature")


def is_credit(text: str) -> bool:
    """Tell `— Ada Quill, The Salt Road` from speech behind a dash: most of its words begin with a capital."""
    if len(text) > 90 or text[:1] not in "-—–―~" or text[-1] == text[0] or not re.fullmatch(_CREDIT, text):
        return False
    words = re.findall(r"[^\W\d_][\w'’]*", text)
    capitals = sum(1 for word in words if word[0].isupper())
    return 2 * capitals >= len(words)


# ── letters ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _letters(items: list[Item]) -> None:
    """Find letters, from `Dear …` to the name below `Yours,`; and sign-offs whose two lines were typed together."""
    k = 0
    while k < len(items):
        item = items[k]
        kind = item.kind
        if kind == "text":
            if item.text[-1:] in _GREETS and len(item.text) <= 60 and _greets(item.text) and (end := _end_of_letter(items, k)):
                _set_letter(items, k, end)
        elif kind == "verse" and is_sign_off(item.text):
            items[k] = item._replace(kind="signature", note=Note("front", "sign-off", 0.85, "a letter's last words and a name"))
        k += 1


def is_sign_off(text: str) -> bool:
    """Tell `Yours,` with a name on the next line."""
    lines = text.split(LINE_END)
    named = all(len(line) < 50 and bool(re.fullmatch(_NAME, line)) for line in lines[1:])
    return named and len(lines) in (2, 3) and _closes(lines[0])


def _greets(text: str) -> bool:
    if text[-1:] not in _GREETS:
        return False
    return bool(re.fullmatch(_DEAR, text)) and (text.lstrip("*_")[:2].casefold() != "to" or bool(re.match(_TO_WHOM, text)))


def _closes(text: str) -> bool:
    return len(text) <= 50 and bool(re.fullmatch(_SIGN_OFF, text))


def _end_of_letter(items: list[Item], start: int) -> int:
    """Find one past the last line of the letter that a greeting opens; 0 if nobody signs it."""
    for k in range(start + 1, min(start + _LONGEST_LETTER, len(items))):
        item = items[k]
        if item.kind == "verse" and is_sign_off(item.text):
            return k + 1
        if item.kind not in ("text", "verse") or (item.kind == "text" and _greets(item.text[:61])):
            return 0
        if item.kind == "text" and k > start + 1 and re.fullmatch(_SIGNED, item.text):
            return k + 1
        if item.kind == "text" and _closes(item.text) and k + 1 < len(items) and items[k + 1].kind == "text":
            name = items[k + 1].text
            return k + 2 if len(name) < 50 and re.fullmatch(_NAME, name) else 0
    return 0


def _set_letter(items: list[Item], start: int, end: int) -> None:
    """Set a letter as quotations, its sign-off to the right."""
    note = Note("front", "letter", 0.85, "a greeting opens it, a sign-off or a name alone closes it")
    if end < len(items) and items[end].kind == "text" and re.match(_POSTSCRIPT, items[end].text):
        items[end] = items[end]._replace(kind="quote")
    last = items[end - 1]
    if last.kind == "text" and _closes(items[end - 2].text):
        items[end - 2 : end] = [items[end - 2]._replace(kind="signature", text=items[end - 2].text + LINE_END + last.text)]
        end -= 1
    else:
        items[end - 1] = last._replace(kind="signature")
    for k in range(start, end - 1):
        items[k] = items[k]._replace(kind="quote", note=note if k == start else None)


# ── signs and ends ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _signs(items: list[Item]) -> None:
    """Find lines that spaces centre: signs, inscriptions."""
    indents = Counter([item.indent for item in items if item.kind == "text"])
    if not indents or max(indents) < (far := indents.most_common(1)[0][0] + FAR):
        return
    for k, item in enumerate(items):
        if item.kind == "text" and item.indent >= far and len(item.text) <= 50 and item.text[0] not in "\"“'‘-—":
            items[k] = item._replace(kind="centred", note=Note("front", "sign", 0.8, "a short line that spaces centre"))


def _ends(items: list[Item]) -> None:
    """Find the line that closes a chapter or the book: `THE END`, `Fin`, `To be continued`."""
    below = ""
    for k in range(len(items) - 1, 0, -1):
        item = items[k]
        if item.kind == "text" and below != "text" and _closes_story(items, k) and says_the_end(item.text):
            note = Note("front", "end", 0.9, "the last line, which says that this is the end")
            items[k] = item = item._replace(kind="centred", note=note)
        below = item.kind


def _closes_story(items: list[Item], k: int) -> bool:
    """Tell whether nothing of the story follows before the next heading: at most another such line."""
    for after in items[k + 1 : k + 4]:
        if after.kind not in ("break", "pause"):
            return after.kind in ("heading", "back") or (after.kind == "centred" and after.note is not None)
    return True
