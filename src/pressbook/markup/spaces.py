"""White space: line ends inside a paragraph, runs of spaces, and spaces before a stop."""

import re

from pressbook.markup.table import UNTOUCHED, Edited, Habits, Note, count

_WRAPPED_HYPHEN = re.compile(r"(?<=[^\W_]-)\s*\n\s*(?=[^\W_])")
_RUN = re.compile(r"[ \t\n\r\u2002-\u200a\u3000]{2,}|[\t\n\r\u3000]")
_BEFORE_STOP = re.compile(r"(?<=[^\W_]) +(?=[,;:!?.](?:[\s\"'”’)—–-]|$))")

_BEFORE_STOP_AND_SPEECH = re.compile(r"(?<=[^\W_]) +([,;:!?])(?=[\"“][^\W_])")


def even_spaces(text: str, habits: Habits) -> Edited:
    """Join wrapped lines, make every run of white space one space, and close up the space before a stop."""
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
    return " ," in text or " ." in text or " !" in text or " ?" in text or " ;" in text or " :" in text or "\u3000" in text
