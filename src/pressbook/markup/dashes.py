"""Dashes, however typed, in the house's style."""

import re

from pressbook.markup.table import UNTOUCHED, Edited, Habits, Note, count

# What must not be touched: addresses, mail, code.
_PROTECTED = re.compile(r"(\S*(?:://|www\.|@)\S*|`[^`]*`)")
_LONG = re.compile(r"-{4,}")
_EM = re.compile(r" *(?<!-)(?:--|---|—)(?!-) *| -(?= *$)| - (?=\S)| – (?=\S)|^[-–] +(?=\S)| –(?= *$)|(?<=[\"“‘(])[-–] +")
_CUT_OFF = re.compile(r"(?<=[^\W_])-(?=[*_]{0,3}(?:[\"”](?:\W|$)|'(?:\s|$)|$))| [-–](?=[*_]{0,3}[\"”])")
_RANGE = re.compile(r"(?<![\w.,/:–—+-])(\d{1,4})-(\d{1,4})(?![\w/–—-]|[.,:]\d)")
_DIGIT_HYPHEN = re.compile(r"\d-\d")


def set_dashes(text: str, habits: Habits) -> Edited:
    """Set dashes as the house does; leave hyphens, stutters, addresses and code alone."""
    if "-" not in text and "–" not in text and "—" not in text:
        return text, UNTOUCHED
    if "://" in text or "www." in text or "@" in text or "`" in text:
        parts = _PROTECTED.split(text)
        marked = "".join(part if i % 2 else _set(part, habits) for i, part in enumerate(parts))
    else:
        marked = _set(text, habits)
    if marked == text:
        return text, UNTOUCHED
    number = marked.count("—") + marked.count("–") - (text.count("—") + text.count("–"))
    evidence = count(number, "dash").replace("dashs", "dashes") + " set" if number > 0 else "dashes spaced as the house does"
    return marked, (Note("dash", "dashes", 0.95, evidence),)


def _set(text: str, habits: Habits) -> str:
    en = habits.house.dashes == "en"
    if "-" in text:
        if "----" in text:
            text = _LONG.sub("——", text)
        if '-"' in text or "-'" in text or "-”" in text or "-*" in text or "-_" in text or text[-1] == "-" or ' -"' in text:
            text = _CUT_OFF.sub("—", text)
        if _DIGIT_HYPHEN.search(text):
            text = _RANGE.sub(_range, text)
    if " –" in text and ('–"' in text or "–”" in text or "–*" in text or "–_" in text) and not en:
        text = _CUT_OFF.sub("—", text)
    if en or "--" in text or " -" in text or "- " in text or "– " in text or " –" in text or "— " in text or " —" in text:
        text = _EM.sub(_en if en else _em, text)
    return text


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
    before = text[match.start() - 1 : match.start()]
    if not before or before in "“‘([—" or (before in "\"'*_" and text[max(0, match.start() - 2)] in " \"'*_“"):
        return "–"
    after = text[match.end() : match.end() + 1]
    if before == "–" or after == "—" or after == "–":
        return "–"
    return " –" if not after or after in "\"'”’.,;:!?)]*_" else " – "


def _range(match: re.Match[str]) -> str:
    """Set a range of numbers (`1914-18`), but not a score, a subtraction or a telephone number."""
    first, last = match[1], match[2]
    if len(first) == 3 and len(last) == 4:
        return match[0]
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return f"{first}–{last}" if int(full) > int(first) else match[0]
