"""Quotation marks and apostrophes: straight to curly by context, with the speech that is open as state."""

import re
from typing import NamedTuple

from pressbook.markup.lexicon import DIALECT, ELISIONS, TRAILING
from pressbook.markup.table import UNTOUCHED, Edited, Habits, Note, count, shift

_RUN = re.compile("[\"'“”‘’*_\\\\]*[\"'“”][\"'“”‘’*_\\\\]*|[‘’][\"'“”‘’*_\\\\]*")
_INSIDE = re.compile(r"(?<=[^\W_])'(?=[^\W_])")
_FEET = re.compile(r"(?<![\w.])(\d{1,3})'(?= ?\d{1,2}(?:\"|''|”|\b))(?! ?\d{3})")
_DECADE = re.compile(r"\d0s\b|\d\d\b")
_WORD = re.compile(r"[^\W_]{1,16}")
_LAST_WORD = re.compile(r"[^\W_]{1,16}$")
_TRIM = re.compile(r"(?<=[“‘])[ \t]+(?=\S)|(?<=\S) +(?=”)")
_MISCURLED = re.compile(r"‘(?=(?:[Tt]is|[Tt]was|[Tt]were|[Tt]will|[Tt]would|em|til|n’|\d0s)\b)")

_OPENERS = frozenset(" \t\n\u00a0\u2002\u2003\u2009([{</\u202f¿¡")
_CLOSERS = frozenset(" \t\n\u00a0\u2002\u2003\u2009.,;:!?)]}>…/\u202f")
_DASHES = frozenset("—–-")
_STOPS = frozenset(".,!?…;:—–-”)*_")


class Place(NamedTuple):
    """A run of marks, with what stands before and after it."""

    start: int
    marks: str
    before: str
    """The character before the run; empty at the paragraph's start."""
    after: str
    """The character after the run; empty at the paragraph's end."""


def curl_quotes(text: str, habits: Habits) -> Edited:
    """Curl straight quotation marks and apostrophes; trim the spaces typed just inside quotation marks."""
    straight = "'" in text or '"' in text
    if habits.house.quotes == "keep" or not (straight or "“ " in text or " ”" in text or "‘" in text):
        return text, UNTOUCHED
    notes: tuple[Note, ...] = UNTOUCHED
    if straight:
        text, notes = _curl(text, habits)
    return _repair(text, notes)


def _curl(text: str, habits: Habits) -> Edited:
    inside = 0
    primes = 0
    if "'" in text:
        text, primes = _FEET.subn(r"\1′", text)
        text, inside = _INSIDE.subn("’", text)
    notes: list[Note] = []
    doubles = 0
    if '"' in text or "'" in text:
        letters = list(text)
        doubles = _resolve(text, letters, habits, notes)
        text = "".join(letters)
    if doubles:
        notes.append(Note("quote", "double-quotes", 0.98, count(doubles, "double quotation mark") + " curled"))
    if inside:
        notes.append(Note("quote", "apostrophes", 0.999, count(inside, "apostrophe") + " inside words"))
    if primes:
        notes.append(Note("quote", "primes", 0.9, "feet and inches after digits"))
    return text, tuple(notes)


def _resolve(text: str, letters: list[str], habits: Habits, notes: list[Note]) -> int:
    """Resolve every straight mark left, in place; return how many were double."""
    places = [
        Place(m.start(), m[0], text[m.start() - 1] if m.start() else "", text[m.end()] if m.end() < len(text) else "")
        for m in _RUN.finditer(text)
    ]
    ahead = _closers_ahead(text, places) if "'" in text else []
    doubles = 0
    depth = 0
    """How many double quotations are open."""
    singles = 0
    for k, place in enumerate(places):
        before = place.before
        for offset, mark in enumerate(place.marks):
            at = place.start + offset
            if mark == '"':
                became = _double(before, place.after, depth, text[at - 1 : at])
                depth = depth + 1 if became == "“" else max(0, depth - 1) if became == "”" else depth
                letters[at] = became
                doubles += 1
            elif mark == "'":
                became, note = _single(text, at, place, before, singles, ahead[k], habits)
                singles = singles + 1 if became == "‘" else singles
                if became == "’" and singles and not note:
                    singles -= 1
                    note = Note("quote", "single-quotes", 0.9, "closes a single quotation", at, at + 1)
                letters[at] = became
                if note:
                    notes.append(note)
            elif mark == "“":
                became, depth = mark, depth + 1
            elif mark == "”":
                became, depth = mark, max(0, depth - 1)
            elif mark == "‘":
                became, singles = mark, singles + 1
            elif mark == "’":
                became = mark
                if singles and not (before and before.isalnum() and place.after.isalnum()):
                    singles -= 1
            else:
                continue
            before = "(" if became in "“‘" else "." if became in "”" or not before.isalnum() else before
    return doubles


def _double(before: str, after: str, depth: int, typed_before: str) -> str:
    """Decide a straight double mark by its neighbours; where they do not tell, by whether speech is open."""
    opens = not before or before in _OPENERS
    closes = not after or after in _CLOSERS
    if opens and not closes:
        return "“"
    if opens and closes:
        # `" Well` opens and `said. "` closes: only the speech that is open tells.
        if not after:
            return "”"
        return "“" if not before or not depth or (after == "…" and typed_before in (" ", "")) else "”"
    if before.isdigit() and not depth:
        return "″"
    if closes:
        return "“" if before in _DASHES and not depth and after == "…" else "”"
    if before in _DASHES or after in _DASHES:
        return "”" if depth or before not in _DASHES else "“"
    return "”" if depth else "“"


def _closers_ahead(text: str, places: list[Place]) -> list[tuple[int, int]]:
    """For each run, where the next single mark stands that may close a quotation: (after a stop, after a word).

    What stands inside double marks is seen only from inside. Runs backwards once: linear.
    """
    ahead: list[tuple[int, int]] = [(0, 0)] * len(places)
    outside: list[tuple[int, int]] = []
    stop = word = 0
    for k in range(len(places) - 1, -1, -1):
        place = places[k]
        ahead[k] = (stop, word)
        trailing = bool(place.before) and place.before not in _OPENERS and (not place.after or not place.after.isalnum())
        if '"' in place.marks or "”" in place.marks or "“" in place.marks:
            if trailing:
                outside.append((stop, word))
                stop = word = 0
            elif outside:
                stop, word = outside.pop()
        if trailing and ("'" in place.marks or "’" in place.marks):
            if place.before in _STOPS:
                stop = place.start
            elif not _loses_its_tail(text, place.start):
                word = place.start
    return ahead


def _loses_its_tail(text: str, at: int) -> bool:
    """Tell whether the word before an apostrophe is one that dialect clips (`goin'`, `th'`)."""
    match = _LAST_WORD.search(text, max(0, at - 16), at)
    word = match[0].lower() if match else ""
    return word in TRAILING or (word.endswith("in") and len(word) > 3)


def _single(
    text: str, at: int, place: Place, before: str, open_singles: int, ahead: tuple[int, int], habits: Habits
) -> tuple[str, Note | None]:
    """Decide a straight single mark: (what it becomes, the note; none if it may close a quotation)."""
    opens = not before or before in _OPENERS or before in _DASHES
    after = place.after
    closes = not after or after in _CLOSERS or after in _DASHES
    last = place.marks.rfind("'") + place.start == at
    if before.isalnum() and after.isalnum():
        return "’", Note("quote", "apostrophes", 0.95, "an apostrophe beside a mark of emphasis", at, at + 1)
    if opens and not closes:
        return _leading(text, at, place, before, ahead, habits) if last else _opening(at)
    if opens and before not in _DASHES:
        if not open_singles and (ahead[0] or ahead[1]) and after:
            return _opening(at)
        return "’", None
    if not closes and before in _STOPS and not open_singles and ahead[0]:
        return _opening(at)
    if before.isdigit() and not open_singles and after == " " and not before.isalpha():
        return "’", Note("quote", "apostrophes", 0.6, "a mark after a digit", at, at + 1)
    if before.isalpha():
        clipped = _loses_its_tail(text, at)
        if not open_singles or (clipped and (ahead[0] or ahead[1] or not after)):
            why = "dialect clips this word" if clipped else "nothing is open that it could close"
            return "’", Note("quote", "trailing-apostrophes", 0.9 if clipped else 0.8, why, at, at + 1)
    return "’", None


def _opening(at: int) -> tuple[str, Note]:
    return "‘", Note("quote", "single-quotes", 0.9, "opens a single quotation that is closed further on", at, at + 1)


def _leading(text: str, at: int, place: Place, before: str, ahead: tuple[int, int], habits: Habits) -> tuple[str, Note | None]:
    """Tell an opening single quotation mark from the apostrophe of a word without its head."""
    start = place.start + len(place.marks)
    match = _WORD.match(text, start)
    word = match[0].lower() if match else ""
    if word in ELISIONS or _DECADE.match(text, start):
        return "’", Note("quote", "leading-apostrophes", 0.98, f"“{word}” is a word without its head", at, at + 1)
    closer = ahead[0] or ahead[1]
    if word in DIALECT and not _invites_quotation(text, at, before) and not (ahead[0] and _resumes(text, at)):
        confidence = 0.7 if closer else 0.93
        return "’", Note("quote", "leading-apostrophes", confidence, f"“{word}” may lack its head, amid a sentence", at, at + 1)
    if closer:
        return _opening(at)
    if habits.speech == "single" and not before:
        return "‘", Note("quote", "single-quotes", 0.7, "opens a paragraph of speech that goes on in the next", at, at + 1)
    if match and word not in DIALECT and word[:1].isupper() and habits.speech == "single":
        return _opening(at)
    return "’", Note("quote", "leading-apostrophes", 0.75, "nothing further on closes a quotation", at, at + 1)


def _invites_quotation(text: str, at: int, before: str) -> bool:
    """Tell whether a quotation may well begin here: at a start, after a stop, or before a capital."""
    if not before or before == "(":
        return True
    stop = text[max(0, at - 2) : at].strip()
    return bool(stop) and stop[-1:] in ".,:;!?…—–" and text[at + 1 : at + 2].isupper()


def _resumes(text: str, at: int) -> bool:
    """Tell whether a quotation may go on here after its tag: `'I know,' he thought, 'and …'`."""
    return text[0] in "'‘" and text[at - 2 : at] == ", "


def _repair(text: str, notes: tuple[Note, ...]) -> Edited:
    """Trim spaces just inside quotation marks; turn the mark before a headless word."""
    if "‘" in text and (match := _MISCURLED.search(text)):
        text = _MISCURLED.sub("’", text)
        notes = (*notes, Note("quote", "leading-apostrophes", 0.95, "a word without its head", match.start(), match.end()))
    if "“ " not in text and "‘ " not in text and " ”" not in text and "“\t" not in text and "‘\t" not in text:
        return text, notes
    removed = [at for match in _TRIM.finditer(text) for at in range(match.start(), match.end())]
    if not removed:
        return text, notes
    note = Note("space", "spaces", 0.95, "spaces just inside quotation marks trimmed")
    return _TRIM.sub("", text), (*shift(notes, removed), note)
