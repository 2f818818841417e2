"""Points of ellipsis, however typed, as one character."""

import re

from pressbook.markup.languages import HARD, language_of
from pressbook.markup.table import UNTOUCHED, Edited, Habits, Note, count

_POINTS = re.compile(r"\.(?:[ \u00a0]?\.){2,}|…\.{2,}")
_TWO_POINTS = re.compile(r"\.[ \u00a0]?\.")
_SPACE_BEFORE = re.compile(r"(?<=[\w,'’])[ \u00a0]+(?=….?(?:[\s\"'”’!?,;:)*_—–-]|$))")


def set_ellipses(text: str, habits: Habits) -> Edited:
    """Turn three points into an ellipsis and four into an ellipsis with a full stop; close it up to the word before.

    Where a language says by a space that words are missing, the space stays, and no line ends there.
    """
    if not _TWO_POINTS.search(text) and ("…" not in text or " …" not in text):
        return text, UNTOUCHED
    marked, points = _POINTS.subn(_ellipsis, text)
    marked, spaces = _SPACE_BEFORE.subn(HARD if language_of(habits.language).omits else "", marked)
    if not points and not spaces:
        return text, UNTOUCHED
    return marked, (Note("ellipsis", "ellipses", 0.99, count(max(points, spaces), "ellipsis").replace("ellipsiss", "ellipses")),)


def _ellipsis(match: re.Match[str]) -> str:
    points = match[0].count(".") + 3 * match[0].count("…")
    return "…." if points == 4 else "…"
