"""What is usual in this book: the marks around its speech, and the person and tense it is told in."""

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from pressbook.markup.languages import language_of
from pressbook.markup.table import Habits

if TYPE_CHECKING:
    from pressbook.config.schema import House

_SINGLE_OPENS = re.compile(r"(?:^|(?<=[ \n(—-]))(?:'(?=[A-Z])|‘(?=\w)(?!(?i:t(?:is|was|were)|em|til)\b))")
_DOUBLE_OPENS = re.compile(r"(?:^|(?<=[ \n(—-]))[\"“](?=\w)")
_CURLY_SPEECH = re.compile(r"“[^”\n]*(?:”|$|\n)")
_SINGLE_CURLY_SPEECH = re.compile(r"(?:(?<=[\s—(])|^)‘[^\n‘]*?[,.!?…—]’|“[^”\n]*(?:”|$|\n)")
_SAMPLE = 200_000


def typed_habits(texts: list[str], house: "House", language: str) -> Habits:
    """Tell how a book is typed: the marks around its speech, and which of its language's ways with them it follows."""
    return Habits(house, language, _practice(texts, language), speech_marks(texts))


def speech_marks(texts: list[str]) -> Literal["double", "single"]:
    """Tell which marks stand around speech: those that open paragraphs count most, then those that open speech amid them.

    Turning every quotation mark into the other kind turns the answer too.
    """
    heads = language_of("en").heads
    doubles = singles = 0
    within = Counter[str]()
    for text in texts:
        first = text[:4].lstrip("*_\\")[:1]
        if first and first in "\"“”'‘’`":
            word = re.match(r"[*_\\]*['‘’`]+([^\W_]*)", text)
            if first in '"“”':
                doubles += 4
            elif word and word[1].lower() not in heads:
                singles += 4
        if "'" in text or "‘" in text:
            within["single"] += len(_SINGLE_OPENS.findall(text))
        if '"' in text or "“" in text:
            within["double"] += len(_DOUBLE_OPENS.findall(text))
    # What opens inside speech of the other kind is its inner quotation: it counts where nothing opens a paragraph.
    if doubles != singles and max(doubles, singles) >= 8:
        return "single" if singles > doubles else "double"
    return "single" if singles + within["single"] > doubles + within["double"] else "double"


def _practice(texts: list[str], code: str) -> int:
    """Count the marks of each practice of a language; the usual one, unless the author types another."""
    ways = language_of(code).marks
    counts = [sum(text.count(way[0][0]) + text.count(way[0][1]) for text in texts) for way in ways]
    return counts.index(max(counts)) if counts else 0


def profile(texts: list[str], habits: Habits) -> Habits:
    """Count the narration's persons and tenses, speech left out."""
    text = "\n".join(texts)[:_SAMPLE]
    speech_of = _SINGLE_CURLY_SPEECH if habits.speech == "single" else _CURLY_SPEECH
    text = " " + speech_of.sub(" ", text).replace("\n", " \n ")
    low = text.lower()
    first = _count(text, " I ", " I’", " my ", " me ", " My ", " we ", " We ")
    second = _count(low, " you ", " your ", " you’")
    third = _count(low, " he ", " she ", " they ", " his ", " her ", " him ", " their ")
    past = _count(
        low,
        " was ",
        " were ",
        " had ",
        " did ",
        " said ",
        " could ",
        " didn’t ",
        " wasn’t ",
        "ed ",
        "ed.",
        " came ",
        " went ",
        " took ",
    )
    present = _count(
        low,
        " is ",
        " are ",
        " has ",
        " does ",
        " says ",
        " can ",
        " goes ",
        " doesn’t ",
        " isn’t ",
        " looks ",
        " turns ",
        " takes ",
        " comes ",
    )
    persons, tenses = first + second + third, past + present
    if persons < 3 or tenses < 3:
        return habits
    certainty = min(max(first, second, third) / persons, max(past, present) / tenses)
    if second > first and second > third:
        return habits._replace(told="second", certainty=certainty)
    if first > third * 0.5:
        return habits._replace(told="first", certainty=certainty)
    return habits._replace(told="third past" if past > 2 * present else "third present", certainty=certainty)


def _count(text: str, *words: str) -> int:
    return sum(text.count(word) for word in words)
