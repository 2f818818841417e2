"""Quotation marks and apostrophes: curled as they are read, then written as the house or the language wants them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import exp
from typing import NamedTuple

from pressbook.markup.languages import ENGLISH, GUILLEMETS, Pair, language_of
from pressbook.markup.speech import PATIENCE, Mark, Memory, Reading, read_speech
from pressbook.markup.table import UNTOUCHED, Habits, Note, Styled, count, shift
from pressbook.model.story import Run
from pressbook.values import Value

_LONGEST_QUOTED = 60
"""So much of what is said is shown where it never closes, in characters."""
_STRAIGHT_PAIR = re.compile('["“]([^"”]*)["”]')
_TYPED: dict[str, Pair] = {"D": ("“", "”"), "S": ("‘", "’")}
_SWAPPED: dict[str, Pair] = {"D": ("‘", "’"), "S": ("“", "”")}


class Spoken(Value):
    """A paragraph with its marks curled."""

    text: str
    notes: tuple[Note, ...] = UNTOUCHED
    trouble: str = ""
    """What is wrong with its speech, in words; empty if nothing is."""


# ── curled ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def curl_quotes(texts: Sequence[str], habits: Habits, memory: Memory | None = None) -> list[Spoken]:
    """Curl the quotation marks and apostrophes of a book, in English shapes; trim the spaces typed just inside the marks."""
    if habits.house.quotes == "keep":
        return [Spoken(text) for text in texts]
    language = language_of(habits.language)
    by_level = bool(language.marks)
    readings = read_speech(texts, habits, memory)
    troubles = _troubles(readings)
    known: dict[tuple[int, str], Spoken] = {}
    """What reads alike, and is one value, is written once."""
    spoken: list[Spoken] = []
    for k, (text, reading) in enumerate(zip(texts, readings, strict=True)):
        trouble = troubles.get(k, "")
        if (said := known.get((id(reading), trouble))) is None:
            told = reading.speaks or reading.text != text
            known[id(reading), trouble] = said = _curled(reading, by_level, trouble) if told else Spoken(text)
        spoken.append(said)
    if memory:
        memory.sure = [said.text if _is_sure(reading, by_level) else "" for reading, said in zip(readings, spoken, strict=True)]
    return spoken


def _is_sure(reading: Reading, by_level: bool) -> bool:
    """Tell whether a paragraph, once curled, reads as it does now, whatever the rest of the book has."""
    if by_level:
        return False  # in a language of such marks, English ones may be weighed
    return reading.in_turn or not (reading.weighed or '"' in reading.text or "“" in reading.text)


def _curled(reading: Reading, by_level: bool, trouble: str) -> Spoken:
    """Write one paragraph's marks as they were read, and say what was decided."""
    text = reading.text
    notes: list[Note] = []
    doubles = primes = 0
    removed: list[int] = []
    if reading.in_turn:
        doubles = text.count('"')
        text = _STRAIGHT_PAIR.sub("“\\1”", text) if doubles else text
    elif reading.weighed:
        letters = list(text)
        for mark in reading.weighed:
            became = _shape(mark, by_level)
            was = reading.turned.get(mark.start) or text[mark.start : mark.end]
            letters[mark.start] = became
            if mark.end - mark.start == 2:
                letters[mark.end - 1] = ""
                removed.append(mark.end - 1)
            if mark.role == "prime":
                primes += 1
            elif mark.family == "S":
                if was != became or mark.margin < 2.0:
                    notes.append(_note(mark, was, became, leading=text[mark.end : mark.end + 1].isalnum()))
            elif was == '"' or was != became:
                doubles += 1
        text = "".join(letters)
    if doubles:
        notes.append(Note("quote", "double-quotes", 0.98, count(doubles, "double quotation mark") + " curled"))
    if reading.inside:
        notes.append(Note("quote", "apostrophes", 0.999, count(reading.inside, "apostrophe") + " inside words"))
    if reading.feet or primes:
        notes.append(Note("quote", "primes", 0.9, "feet, inches or minutes after digits"))
    if reading.trimmed:
        notes.append(Note("space", "spaces", 0.95, "spaces just inside quotation marks trimmed"))
    return Spoken(text, shift(tuple(notes), removed), trouble)


def _shape(mark: Mark, by_level: bool) -> str:
    """Give a mark the English shape of its part; a language with marks of its own counts levels instead of families."""
    if mark.role == "apostrophe":
        return "’"
    if mark.role == "prime":
        return "″" if mark.family == "D" else "′"
    single = mark.level % 2 == 0 if by_level and mark.level else mark.family in "SH"
    return ("‘" if single else "“") if mark.role == "open" else "’" if single else "”"


def _note(mark: Mark, was: str, became: str, *, leading: bool) -> Note:
    """Record one single mark: what it was taken for, why, and how sure that is."""
    confidence = round(0.995 - 0.495 * exp(-mark.margin / 1.5), 2)
    turned = "turned: " if was in "‘’" and was != became else ""
    if mark.role == "apostrophe":
        rule = "leading-apostrophes" if leading else "trailing-apostrophes"
        if mark.why.startswith("an apostrophe"):
            rule = "apostrophes"
        why = mark.why or "nothing is open that it could close"
    else:
        rule = "single-quotes"
        why = "opens a single quotation" if mark.role == "open" else "closes a single quotation"
        if mark.why and mark.margin < 2.0:
            why += f", though {mark.why}" if "whole" not in mark.why else ""
    return Note("quote", rule, confidence, turned + why, mark.start, mark.start + 1)


def _troubles(readings: list[Reading]) -> dict[int, str]:
    """Say, by paragraph, which speech never closes, continued speech followed to its end, and which mark closes nothing."""
    troubles: dict[int, str] = {}
    begun = last = -1
    for k, reading in enumerate(readings):
        if not reading.speaks:
            continue
        goes_on = reading.carried or (_opens(reading) and last == k - 1)
        last = k
        if begun >= 0 and not goes_on:
            troubles[begun] = _never_closes(readings[begun])
            begun = -1
        if reading.strays.closes >= 0:
            troubles[k] = f"a quotation mark closes and nothing is open: {_around(reading.text, reading.strays.closes)}"
        if reading.strays.opens >= 0:
            troubles[k] = f"a quotation mark opens while speech is open: {_around(reading.text, reading.strays.opens)}"
        begun = -1 if not reading.open else begun if begun >= 0 else k
    if begun >= 0:
        troubles[begun] = _never_closes(readings[begun])
    return troubles


def _opens(reading: Reading) -> bool:
    """Tell whether a paragraph opens with an opening mark."""
    if reading.in_turn:
        return reading.text[0] in '"“'
    marks = reading.weighed
    return bool(marks) and marks[0].role == "open" and not reading.text[: marks[0].start].strip("*_\\")


def _never_closes(reading: Reading) -> str:
    depth = [mark for mark in reading.marks if mark.role == "open" and mark.level == 1]
    at = depth[-1].start if depth else 0
    return f"speech opens and never closes: {_around(reading.text, at)}"


def _around(text: str, at: int) -> str:
    """Quote a paragraph near a place, cut at words."""
    start = at if at < len(text) - 12 else max(0, len(text) - _LONGEST_QUOTED)
    piece = text[start : start + _LONGEST_QUOTED]
    if start + _LONGEST_QUOTED < len(text):
        piece = piece.rpartition(" ")[0] + " …" if " " in piece else piece + "…"
    return piece


# ── as the house wants them ────────────────────────────────────────────────────────────────────────────────────────────


class Edit(NamedTuple):
    """Letters to put in place of others."""

    start: int
    end: int
    text: str


def house_quotes(drafts: list[Styled], habits: Habits) -> list[Styled]:
    """Write curled marks as the house or the book's language wants them."""
    house = habits.house.quotes
    if house == "keep" or (house == "auto" and not language_of(habits.language).marks):
        return drafts
    texts = ["".join([run.text for run in draft.runs]) for draft in drafts]
    readings = read_speech(texts, habits, curled=True)
    pairs = _pairs(habits, _single(readings))
    if not pairs and house != "dash":
        return drafts
    styled: list[Styled] = []
    for k, (draft, text, reading) in enumerate(zip(drafts, texts, readings, strict=True)):
        after = next((reading for reading in readings[k + 1 : k + 1 + PATIENCE] if reading.speaks), None) if reading.open else None
        goes_on = after is not None and (after.carried or _opens(after))
        marks = _partnered(reading.marks, goes_on)
        edits = _dialogue(text, marks, habits, pairs) if house == "dash" else _written(text, marks, pairs, habits)
        styled.append(_amended(draft, edits) if edits else draft)
    return styled


def _partnered(marks: tuple[Mark, ...], goes_on: bool) -> tuple[Mark, ...]:
    """Leave out the marks that want a partner; what is open at the end has one where the next paragraph goes on."""
    lonely: set[int] = set()
    open_: list[Mark] = []
    for mark in marks:
        if not mark.level:
            continue
        opens = mark.role == "open"
        while open_ and open_[-1].level >= mark.level + (not opens):
            lonely.add(open_.pop().start)
        if opens:
            open_.append(mark)
        elif open_:
            open_.pop()
    if not goes_on:
        lonely.update(mark.start for mark in open_)
    return tuple([mark for mark in marks if mark.level and mark.start not in lonely])


def _single(readings: Sequence[Reading]) -> bool:
    """Tell whether most speech stands in single marks; where as much stands in double ones, whether the first does."""
    outer = [mark.family for reading in readings for mark in reading.marks if mark.role == "open" and mark.level == 1]
    singles = outer.count("S")
    return singles > len(outer) - singles or (singles * 2 == len(outer) and outer[:1] == ["S"])


def _pairs(habits: Habits, single: bool) -> dict[str, Pair]:
    """Choose the pair of marks for each family (`D`, `S`) or level (`1`, `2`, `3`); empty if they stay as curled."""
    language = language_of(habits.language)
    house = habits.house.quotes
    if not language.marks:
        if house == "guillemets":
            outer, inner = GUILLEMETS[:2]
            return {"S": outer, "D": inner} if single else {"D": outer, "S": inner}
        # Turning every pair into the other kind needs no levels: what the author told apart stays apart.
        return _SWAPPED if house in ("us", "uk") and single == (house == "us") else {}
    chosen = language.marks[min(habits.practice, len(language.marks) - 1)]
    if house == "us":
        chosen = ENGLISH
    elif house == "uk":
        chosen = (ENGLISH[1], ENGLISH[0], ENGLISH[1])
    elif house == "guillemets":
        chosen = next((way for way in language.marks if way[0][0] in "«»"), GUILLEMETS)
    return {str(level): pair for level, pair in enumerate(chosen, 1)}


def _written(text: str, marks: Sequence[Mark], pairs: dict[str, Pair], habits: Habits, up: int = 0) -> list[Edit]:
    """Write the quotation marks by pairs; `up` levels are gone from around them."""
    inside = language_of(habits.language).inside
    edits: list[Edit] = []
    for mark in marks:
        pair = pairs.get(mark.family) or pairs.get(str(mark.level - up)) or _TYPED[mark.family]
        glyph = pair[0] if mark.role == "open" else pair[1]
        space = inside if glyph in "«»‹›" else ""
        start, end = mark.start, mark.end
        # The language's space takes the place of one that stands there.
        while space and mark.role == "open" and text[end : end + 1] in _BLANK:
            end += 1
        while space and mark.role == "close" and text[start - 1 : start] in _BLANK and (not edits or edits[-1].end < start):
            start -= 1
        edits.append(Edit(start, end, glyph + space if mark.role == "open" else space + glyph))
    return edits


_BLANK = frozenset(" \u00a0\u2009\u202f")


def _dialogue(text: str, marks: tuple[Mark, ...], habits: Habits, pairs: dict[str, Pair]) -> list[Edit]:
    """Open a paragraph of speech with a dash instead of marks; a tag inside it stands between dashes where the language does so."""
    if not marks or marks[0].role != "open" or marks[0].level > 1 or text[: marks[0].start].strip("*_\\"):
        return _written(text, marks, pairs, habits)
    language = language_of(habits.language)
    lead = language.dialogue or "—"
    outer = [mark for mark in marks if mark.level == 1]
    edits = _written(text, [mark for mark in marks if mark.level != 1], pairs, habits, up=1)
    edits.append(Edit(outer[0].start, outer[0].end, lead))
    last = len(text.rstrip("*_"))
    for mark in outer[1:]:
        start, end = mark.start, mark.end
        if not language.tag:
            edits.append(Edit(start, end, ""))
        elif mark.role == "close":
            if end >= last:
                edits.append(Edit(start, end, ""))
                continue
            # `“Well,” she said` and `“Well”, she said` both lose their comma to the dash.
            start -= text[start - 1] == ","
            end += text[end : end + 1] == ","
            end += text[end : end + 1] == " "
            edits.append(Edit(start, end, language.tag[0]))
        else:
            start -= text[start - 1 : start] == " "
            stop = text[start - 1] if text[start - 1] in ".,;:" else ""
            edits.append(Edit(start - len(stop), end, language.tag[1].format(stop)))
    return sorted(edits)


def _amended(draft: Styled, edits: list[Edit]) -> Styled:
    """Make edits across a paragraph's runs, and move its notes with their letters."""
    runs: list[Run] = []
    at = place = k = 0
    for run in draft.runs:
        parts: list[str] = []
        end = at + len(run.text)
        while k < len(edits) and edits[k].start < end:
            edit = edits[k]
            parts += (run.text[place - at : max(place, edit.start) - at], edit.text)
            place = edit.end
            k += 1
        parts.append(run.text[place - at :])
        runs.append(Run("".join(parts), run.italic, run.strong))
        at = end
        place = max(place, at)
    notes = _moved(draft.notes, edits)
    note = Note("quote", "house-quotes", 0.97, count(len(edits), "mark") + " written as the house has them")
    return Styled(tuple(runs), (*notes, note))


def _moved(notes: tuple[Note, ...], edits: list[Edit]) -> tuple[Note, ...]:
    """Move notes to where their letters stand after the edits."""
    ends = [edit.end for edit in edits]
    grown = [0, *accumulate([len(edit.text) - (edit.end - edit.start) for edit in edits])]

    def moved(place: int) -> int:
        return place + grown[bisect_right(ends, place)]

    return tuple([note if note.start < 0 else note._replace(start=moved(note.start), end=moved(note.end)) for note in notes])
