"""Dashes, however typed, in the house's style."""

import re
from bisect import bisect_left
from collections.abc import Callable

from pressbook.markup.table import UNTOUCHED, Edited, Habits, Note, count

# Kept as text, compiled by `re` at first use: start-up is quick.
_PROTECTED = r"\S*(?:://|www\.|@)\S*|`[^`]*`"
_LONG = r"-{4,}"
_EM = r" *(?<![—-])(?:--|---|—)(?![—-]) *| -(?= *$)| - (?=\S)| – (?=\S)|^[-–] +(?=\S)| –(?= *$)|(?<=[\"'“‘(])[-–] +"
_CUT_OFF = r"(?<=[^\W_])-(?=[*_]{0,3}(?:[?!]{0,3}[\"”](?:\W|$)|'(?:\s|$)|$))| [-–](?=[*_]{0,3}[\"”])"
_RANGE = r"(?<![^\W_])(?<![.,/:+-])(\d{1,4})-(\d{1,4})(?![^\W_]|[/-]|[.,:]\d)"
_ENDS = ('-"', "-'", "-”", "-*", "-_", "-?", "-!")
_DIGIT_HYPHEN = re.compile(r"\d-\d")


def set_dashes(text: str, habits: Habits) -> Edited:
    """Set dashes as the house does; leave hyphens, stutters, addresses and code alone."""
    if "-" not in text and "–" not in text and "—" not in text:
        return text, UNTOUCHED
    marked = _set(text, habits)
    for _ in range(3):  # what one change bares, the next look sees
        if marked == text or (again := _set(marked, habits)) == marked:
            break
        marked = again
    if marked == text:
        return text, UNTOUCHED
    number = marked.count("—") + marked.count("–") - (text.count("—") + text.count("–"))
    evidence = count(number, "dash").replace("dashs", "dashes") + " set" if number > 0 else "dashes spaced as the house does"
    return marked, (Note("dash", "dashes", 0.95, evidence),)


def _set(text: str, habits: Habits) -> str:
    en = habits.house.dashes == "en"
    if "-" in text:
        if "----" in text:
            text = _replace(_LONG, _two_em, text)
        if text[-1] == "-" or any(end in text for end in _ENDS):
            text = _replace(_CUT_OFF, _em, text)
        if _DIGIT_HYPHEN.search(text):
            text = _replace(_RANGE, _range, text)
    if not en and " –" in text and ('–"' in text or "–”" in text or "–*" in text or "–_" in text):
        text = _replace(_CUT_OFF, _em, text)
    if en or "--" in text or " -" in text or "- " in text or "– " in text or " –" in text or "— " in text or " —" in text:
        text = _replace(_EM, _en if en else _em, text)
    return text


def _replace(pattern: str, become: Callable[[re.Match[str]], str], text: str) -> str:
    """Replace what the pattern finds, but nothing in addresses, mail and code."""
    if "://" in text or "www." in text or "@" in text or "`" in text:
        kept = [match.span() for match in re.finditer(_PROTECTED, text)]
        starts = [start for start, _ in kept]

        def outside(match: re.Match[str]) -> str:
            k = bisect_left(starts, match.end()) - 1
            return match[0] if k >= 0 and kept[k][1] > match.start() else become(match)

        return re.sub(pattern, outside, text)
    return re.sub(pattern, become, text)


def _two_em(match: re.Match[str]) -> str:
    return "——"


def _em(match: re.Match[str]) -> str:
    """Write an em dash without spaces, but keep the author's space before a new sentence (`I was— Never mind`)."""
    typed = match[0]
    after = match.string[match.end() : match.end() + 1]
    if typed in ("— ", "-- ") and after.isupper() and match.start():
        return "— "
    return "—"


def _en(match: re.Match[str]) -> str:
    """Write a spaced en dash; no space at a line's edge or after an opening mark."""
    text = match.string
    behind = text[max(0, match.start() - 2) : match.start()]
    before = behind.strip()[-1:]
    after = text[match.end() : match.end() + 1]
    if before and before in "—–-":
        return "–" if not after or after in "—–-" else "– "
    if not before or before in "“‘([" or (behind[-1] in "\"'*_" and (len(behind) == 1 or behind[0] in " “(*_")):
        return "–"
    beyond = text[match.end() : match.end() + 4].lstrip("*_")[:1]
    if after and after in "*_" and (beyond.isalnum() or beyond in "“‘"):
        return " – "  # emphasis begins here
    return " –" if not after or after in "\"'”’.,;:!?)]*_—–-" else " – "


def _range(match: re.Match[str]) -> str:
    """Set a range of numbers (`1914-18`), but not a score, a subtraction or a telephone number."""
    first, last = match[1], match[2]
    if len(first) == 3 and len(last) == 4:
        return match[0]
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return f"{first}–{last}" if int(full) > int(first) else match[0]
