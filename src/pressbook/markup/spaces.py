"""White space: line ends inside a paragraph, runs of spaces, and spaces before a stop."""

import re

from pressbook.markup.broken import AT_LINE_END, Broken
from pressbook.markup.languages import Language, language_of
from pressbook.markup.table import UNTOUCHED, Edited, Habits, Note, count
from pressbook.markup.untouched import replace

_WRAPPED_HYPHEN = re.compile(r"(?<=[^\W_]-)\s*\n\s*(?=[^\W_])")
_RUN = re.compile(r"[ \t\n\r\u2002-\u200a\u3000]{2,}|[\t\n\r\u3000]")
_SPACE_AND_STOP = re.compile(" [,.!?;:]")
_BEFORE_STOP = re.compile(r"(?<=[^\W_]) +(?![:;][-']?[()])(?=[,;:!?.](?:[\s\"'”’)—–-]|$))")
"""Not before a face, `:)`."""

_STOPS = r"(?<=[\w»”’)\]…\"'*])[ \u00a0\u2009\u202f]?(?=[;!?]+(?:[^\w;!?/=]|$))"
_COLON = r"(?<=[\w»”’)\]…\"'*])[ \u00a0\u2009\u202f]?(?=:(?:[\s«“‘\"'*]|$))"
_BEFORE_STOP_AND_SPEECH = re.compile(r"(?<=[^\W_]) +([,;:!?])(?=[\"“][^\W_])")


def even_spaces(text: str, habits: Habits) -> Edited:
    """Join wrapped lines, make every run of white space one space, and set the space before a stop as the language does."""
    language = language_of(habits.language)
    text, joined = _whole(text, habits.broken) if habits.broken.joined and "\n" in text else (text, UNTOUCHED)
    evened, notes = _even(text)
    notes = joined + notes
    return _spaced_stops(evened, notes, language) if language.colon else (evened, notes)


def _whole(text: str, broken: Broken) -> Edited:
    """Join the words that a line's end broke."""
    joined: list[str] = []

    def become(match: re.Match[str]) -> str:
        if f"{match['left'].casefold()}-{match['right']}" not in broken.joined:
            return match[0]
        joined.append(match["left"] + match["right"])
        return joined[-1]

    text = AT_LINE_END.sub(become, text)
    if not joined:
        return text, UNTOUCHED
    evidence = count(len(joined), "word") + f" joined that a line's end had broken: {', '.join(joined)}"
    return text, (Note("space", "spaces", 0.9, evidence),)


def _spaced_stops(text: str, notes: tuple[Note, ...], language: Language) -> Edited:
    """Put the spaces that French wants before high stops, where no line breaks."""
    spaced = replace(_COLON, language.colon, text) if ":" in text else text
    if ";" in text or "!" in text or "?" in text:
        spaced = replace(_STOPS, language.stops, spaced)
    if spaced == text:
        return text, notes
    return spaced, (*notes, Note("space", "spaces", 0.95, "spaces before high stops as the language has them"))


def _even(text: str) -> Edited:
    if "\n" in text:
        text = _WRAPPED_HYPHEN.sub("", text)
    elif "  " not in text and "\t" not in text and text.isprintable() and not _gap_before_stop(text):
        return text, UNTOUCHED
    text = _RUN.sub(" ", text)
    text, moved = _BEFORE_STOP_AND_SPEECH.subn(r"\1 ", text)
    text, stops = _BEFORE_STOP.subn("", text)
    stops += moved
    if not stops:
        return text, UNTOUCHED
    return text, (Note("space", "spaces", 0.95, count(stops, "space") + " before a stop closed up"),)


def _gap_before_stop(text: str) -> bool:
    return "\u3000" in text or _SPACE_AND_STOP.search(text) is not None
