"""Dashes, however typed, in the house's style or the language's."""

import re
from functools import partial
from typing import NamedTuple

from pressbook.markup.languages import Language, language_of
from pressbook.markup.table import UNTOUCHED, Edited, Habits, Note, count
from pressbook.markup.untouched import replace

# Kept as text, compiled by `re` at first use: start-up is quick.
_LONG = r"-{4,}"
_EM = (
    r" *(?<![—-])(?:--|---|—)(?![—-]) *| -(?= *$)| - (?=\S)(?!\d+ ?=)| – (?=\S)|^[-–] +(?=\S)| –(?= *$)|(?<=[\"'(OPENING])[-–] +"
    r"|(?:(?<=\s[\"“])|(?<=^[\"“]))-(?=[^\W\d_])"
)
_CUT_OFF = r"(?<=[^\W_])-(?=[*_]{0,3}(?:[?!]{0,3}[\"”»](?:\W|$)|['’](?:\s|$)|$))| [-–](?=[*_]{0,3}(?:[\"”]|['’](?:\s|$)))"
_TAGGED = r"(?<=\w) -(?=[,;:.](?:\s|$))"
_HUGGED = r" -(?=[^\W\d_])([^-\n]{1,160}[^\W_])- (?=\w)"
_RANGE = r"(?<![^\W_])(?<![.,/:+-])(?<![.,/:+-][*_])(\d{1,4})--?(\d{1,4})(?![^\W_]|[/-]|[.,:]\d)"
_RAYA = r"((?<!\.)\.)?( *)(?<![—–-])(?:---?|—|–|(?<= )-(?=[^\W\d_¡¿ ]|[¡¿ ])|(?<=[^\W\d_])-(?=[ .,;:!?]|$))(?![—–-])( *)"
_LEAD = re.compile(r"[*_]{0,3}(?:--?-?|—|–)[ \u00a0\u2009\u202f]*(?=[^\W\d_]|[¡¿\"'“‘«„»‚…*_\\])")
_QUOTES = "\"'“”‘’„‚«»›‹"
_SPACED = ("— ", " —", "– ", " –")
_HYPHENS = ("--", " -", "- ", '"-', "“-")
_ENDS = ('-"', "-'", "-”", "-’", "-»", "-*", "-_", "-?", "-!", " -", " –")
_DIGIT_HYPHEN = re.compile(r"\d--?\d")


class Practice(NamedTuple):
    """How dashes are set in a paragraph."""

    glyph: str
    spaced: bool
    hugs: bool = False
    """Whether two dashes hug what stands between them, white outside (` —so— `)."""
    stops: bool = False
    """Whether the stop of what they hug stands behind them, as behind a tag amid speech (` —so—. `)."""


def set_dashes(text: str, habits: Habits) -> Edited:
    """Set dashes as the house does; leave hyphens, stutters, addresses and code alone."""
    if "-" not in text and "–" not in text and "—" not in text:
        return text, UNTOUCHED
    language = language_of(habits.language)
    lead, body = _lead(text, language.dialogue or ("—" if habits.house.quotes == "dash" else ""))
    practice = _practice(habits, language, bool(lead))
    marked = _set(body, practice, language)
    for _ in range(3):  # what one change bares, the next look sees
        if marked == body or (again := _set(marked, practice, language)) == marked:
            break
        marked = again
    marked = lead + marked
    if marked == text:
        return text, UNTOUCHED
    number = marked.count("—") + marked.count("–") - (text.count("—") + text.count("–"))
    evidence = count(number, "dash").replace("dashs", "dashes") + " set" if number > 0 else "dashes spaced as the house does"
    return marked, (Note("dash", "dashes", 0.95, evidence),)


def _lead(text: str, dialogue: str) -> tuple[str, str]:
    """Part the dash that opens a paragraph of speech from the rest, in a language or house that has it."""
    if dialogue and (match := _LEAD.match(text)):
        emphasis = match[0][: len(match[0]) - len(match[0].lstrip("*_"))]
        return emphasis + dialogue, text[match.end() :]
    return "", text


def _practice(habits: Habits, language: Language, spoken: bool) -> Practice:
    """Choose the dash and its spaces: the house's, else the language's; a tag amid speech keeps the dash that opened it."""
    house = habits.house.dashes
    if language.english:
        return Practice("–", spaced=True) if house == "en" else Practice("—", spaced=False)
    if language.dash == " —" and house != "en":
        return Practice("—", spaced=True, hugs=True, stops=spoken)
    tagged = spoken and bool(language.tag)
    return Practice("—" if house == "em" or (house == "auto" and tagged) else "–", spaced=True)


def _set(text: str, practice: Practice, language: Language) -> str:
    if "-" in text:
        if "----" in text:
            text = replace(_LONG, _two_em, text)
        if language.ranges and _DIGIT_HYPHEN.search(text):
            text = replace(_RANGE, _range, text)
    if practice.hugs:
        return _hug(text, practice.stops)
    if language.tag and " -" in text:
        text = replace(_TAGGED, " " + practice.glyph, text)
    if "-" in text or (" –" in text and not practice.spaced):
        if text[-1] == "-" or any(end in text for end in _ENDS):
            text = replace(_CUT_OFF, _close_up, text)
        if " -" in text and "- " in text:
            text = replace(_HUGGED, r" - \1 - ", text)
    become = partial(_spaced, practice.glyph, "([" + language.opening) if practice.spaced else _close_up
    signs = _SPACED + _HYPHENS if "-" in text else _SPACED
    if practice.spaced or any(sign in text for sign in signs):
        text = replace(_EM.replace("OPENING", language.opening), become, text)
    return text


def _two_em(match: re.Match[str]) -> str:
    return "——"


def _close_up(match: re.Match[str]) -> str:
    """Write an em dash without spaces, but keep the author's space before a new sentence (`I was— Never mind`)."""
    typed = match[0]
    after = match.string[match.end() : match.end() + 4].lstrip("*_\\")[:1]
    if typed in ("— ", "-- ") and after.isupper() and match.start():
        return "— "
    return "—"


def _spaced(dash: str, opening: str, match: re.Match[str]) -> str:
    """Write a dash between spaces; no space at a line's edge or after an opening mark."""
    text = match.string
    behind = text[max(0, match.start() - 8) : match.start()]
    before = behind.strip()[-1:]
    after = text[match.end() : match.end() + 1]
    if before and before in "—–-":
        return dash if not after or after in "—–-" else dash + " "
    bare = behind.rstrip("*_\\\"'")
    if not before or before in opening or (bare != behind and (not bare or bare[-1] in " (" + opening)):
        return dash  # a mark that opens stands before it
    beyond = text[match.end() : match.end() + 8].lstrip("*_\\" + _QUOTES)[:1]
    if after and after in "*_" + _QUOTES and (beyond.isalnum() or beyond == "…"):
        return f" {dash} "  # emphasis or speech begins here
    return " " + dash if not after or after in "\"'”’»,.;:!?)]*_\\—–-" else f" {dash} "


def _hug(text: str, stops: bool) -> str:
    """Set pairs of dashes close to what stands between them, and white outside (` —so— `), their stop perhaps behind them."""
    opened = False

    def become(match: re.Match[str]) -> str:
        nonlocal opened
        stop, left, right = match[1] or "", match[2], match[3]
        start = match.start() + len(stop)
        before = text[start - 1 : start] if start else ""
        after = text[match.end() : match.end() + 1]
        if before.isdigit() and after.isdigit() and not left and not right:
            return match[0]
        stopped = not after or after in ".,;:!?)]»”’\"'"
        if not before or before in "“‘«„([¡¿":
            opens = True
        elif stopped or bool(left) != bool(right):
            opens = bool(left) and not stopped
        else:
            opens = not opened
        if stop and stops and opened and (left or right) and not stopped:
            opened = False
            return "—. "
        opened = opens
        if opens:
            return stop + ("—" if not before or before in "“‘«„([¡¿" else " —")
        return stop + ("—" if stopped else "— ")

    return replace(_RAYA, become, text)


def _range(match: re.Match[str]) -> str:
    """Set a range of numbers (`1914-18`), but not a score, a subtraction, a code (`24-7`) or a telephone number."""
    first, last = match[1], match[2]
    if (len(first) == 3 and len(last) == 4) or first[0] == "0" or (len(last) < len(first) < 3):
        return match[0]
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return f"{first}–{last}" if int(full) > int(first) else match[0]
