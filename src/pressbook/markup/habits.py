"""What is usual in this book: the marks around its speech, and the person and tense it is told in."""

import re
from typing import TYPE_CHECKING, Literal

from pressbook.markup.table import Habits

if TYPE_CHECKING:
    from pressbook.config.schema import House

_SINGLE_SPEECH = re.compile(r"(?:^|[ \n])['‘’](?=[A-Z])")
_CURLY_SPEECH = re.compile(r"“[^”\n]*(?:”|$|\n)")
_SINGLE_CURLY_SPEECH = re.compile(r"(?:(?<=[\s—(])|^)‘[^\n‘]*?[,.!?…—]’|“[^”\n]*(?:”|$|\n)")
_SAMPLE = 200_000


def speech_marks(texts: list[str]) -> Literal["double", "single"]:
    """Tell which marks stand around speech."""
    text = "\n".join(texts)
    doubles = text.count('"') + text.count("“") + text.count("”") + text.count("″")
    singles = text.count(" '") + text.count(" ‘") + text.count("\n'") + text.count("\n‘") + text.count(" ’") + text.count("\n’")
    if singles * 2 < doubles:
        return "double"
    return "single" if 2 * len(_SINGLE_SPEECH.findall(text)) > doubles and singles > 3 else "double"


def profile(texts: list[str], house: "House", speech: Literal["double", "single"]) -> Habits:
    """Count the narration's persons and tenses, speech left out."""
    text = "\n".join(texts)[:_SAMPLE]
    speech_of = _SINGLE_CURLY_SPEECH if speech == "single" else _CURLY_SPEECH
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
        return Habits(house, speech)
    certainty = min(max(first, second, third) / persons, max(past, present) / tenses)
    if second > first and second > third:
        return Habits(house, speech, "second", certainty)
    if first > third * 0.5:
        return Habits(house, speech, "first", certainty)
    return Habits(house, speech, "third past" if past > 2 * present else "third present", certainty)


def _count(text: str, *words: str) -> int:
    return sum(text.count(word) for word in words)
