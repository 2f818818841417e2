"""Lines kept as typed: verse, songs, chats, addresses, sign-offs, told from prose by how their lines end.

Prose never becomes verse for being short. What tells verse is a line that stops before its sentence does (at a comma, or at no
stop at all) though the next word had room, in a book whose paragraphs do not end so.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pressbook.manuscript.lines import Typed
from pressbook.model.story import LINE_END

LONGEST = 60
"""A verse's line has at most so many characters."""

_LONGEST_CHAT = 240
_ENDS = frozenset(".!?…:;—–-")
_QUOTES = "\"”’'»*_)]"
_OPENING = frozenset('"“«')
# Lines that stand alone in any layout: a picture, no letters or digits, a row of x or o, words in brackets, Markdown's marks, a
# chapter's head.
_ALONE = (
    r"(?i)!\[.*\]\(.+\)(?: ?\{\w+\})?"
    r"|[\W_]+|[\W_]*[xo0](?:[\W_]*[xo0])+[\W_]*|(?P<frame>[*~=_+<>-]+) ?[xo0] ?(?P=frame)|(?:<3 ?)+"
    r"|[*~=_+-]* ?(?:line|scene|page|time)[ _-]?(?:break|change|skip|shift)\.? ?[*~=_+-]*"
    r"|[\W_]*[\[({<][\w ]{1,40}[\])}>][\W_]*"
    r"|#{1,6}\s.*|>.*"
    r"|(?:chapter|part|book)\s+(?:\d+|[ivxlc]+|(?:the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|first|second|third|fourth|fifth|last)|\w+teen|twenty(?:[- ]\w+)?)\s*(?:[:.—–-].*)?|(?:prologue|epilogue|interlude)\W*"
)
_ALONE_BEGINS = frozenset("xXoO0cCpPbBeEiIlLsStT")
# Heads, labels, entries of a list of contents, the author's line: open at their ends, but no verse.
_HEAD = (
    r"(?i)(?:chapter|part|book|volume|by|written|contents|table of contents)\b.*|[\W_]*\d{1,3}[.):]?(?:\s.*)?|[ivxl]+[.):](?:\s.*)?"
    r"|.*(?:\.{3,}|\t)\s*\d{1,4}|[^\W_][\w /'’-]{0,24}:(?:\s.*)?"
)
_CHAT = (
    r"(?P<clock>[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?[\])]?,?\s+(?:[-–]\s+)?)?"
    r"[<\[(*_]{0,2}(?P<name>[^\W_][\w.'’-]{0,19}(?: [\w.'’-]{1,15})?)[>\])*_]{0,2}(?:\s\(\d{1,2}[:.]\d\d[^)]{0,6}\))?"
    r":[*_]{0,2}\s+\S.*"
)


_MAIL = r"(?i)(?:from|to|cc|bcc|date|sent|subject|newsgroups|reply-to|organi[sz]ation|message-id)\s?:\s.+"
_FRAMED = r"([*_~/♪♫]{1,2}) ?[^\W_][^*_~♪♫]*\1"


def stands_alone(line: Typed) -> bool:
    """Tell a line that no layout joins to its neighbours: a marker, a heading, a mark of Markdown."""
    first = line.text[0]
    # Hardly any line begins as these do, and only few of them go on so.
    return (not first.isalnum() or first in _ALONE_BEGINS) and re.fullmatch(_ALONE, line.text) is not None


def kept_runs(group: Sequence[Typed], usual: bool) -> Iterator[tuple[int, int]]:
    """Find the runs of lines whose ends are kept: (first, one past the last), in order.

    `group` is lines that no blank line parts; `usual` says that each line is otherwise a paragraph, so that only lines that
    cannot end one tell, and nothing is taken along with them.
    """
    start = 0
    while start < len(group):
        end = start
        while end < len(group) and _may_be_kept(group[end]):
            end += 1
        if end - start > 1:
            yield from _within(group, start, end, usual)
        start = max(end, start + 1)


def is_kept(lines: Sequence[Typed]) -> bool:
    """Tell whether all of these lines keep their ends together."""
    return [(0, len(lines))] == list(kept_runs(lines, False))


def joined(lines: Sequence[Typed]) -> str:
    """Join lines at ends that are kept."""
    return LINE_END.join([line.text for line in lines])


def ends_open(text: str) -> bool:
    """Tell a line that stops before its sentence does."""
    bare = text.rstrip(_QUOTES)
    return bool(bare) and bare[-1] not in _ENDS and len(text) - len(bare) < 2


def _may_be_kept(line: Typed) -> bool:
    if len(line.text) > _LONGEST_CHAT or line.text[0] in ">#":
        return False
    return not stands_alone(line) and (len(line.text) <= LONGEST or line.held or bool(re.fullmatch(_CHAT, line.text)))


def _within(group: Sequence[Typed], start: int, end: int, usual: bool) -> Iterator[tuple[int, int]]:
    """Look in one stretch of lines that may be kept for those that are."""
    lines = group[start:end]
    if _is_chat(lines, usual) or _is_mail(lines) or _is_framed(lines):
        yield start, end
        return
    if not usual and all(line.held for line in lines[:-1]):
        yield start, end
        return
    if _wrapped(lines):
        return
    opens = [_opens_verse(line) for line in lines]
    at = 0
    while at < len(lines) - 1:
        if not opens[at]:
            at += 1
            continue
        last = _to_closing_quote(lines, at, _last_of_verse(lines, opens, at))
        if _is_verse(lines[at : last + 1], opens[at:last]):
            rest = [*lines[:at], *lines[last + 1 :]]
            if usual or len(rest) > last + 1 - at or any(_is_speech(line.text) or line.text[-1] == ":" for line in rest):
                yield start + at, start + last + 1
            else:
                yield start, end
                return
        at = last + 1


def _last_of_verse(lines: Sequence[Typed], opens: Sequence[bool], first: int) -> int:
    """Go on while at most one line in a row ends its sentence."""
    last = first
    for k in range(first, len(lines) - 1):
        if k - last > 1 or _is_speech(lines[k + 1].text):
            break
        if opens[k]:
            last = k + 1
    return last


def _is_verse(lines: Sequence[Typed], opens: Sequence[bool]) -> bool:
    """Ask of two lines that the first stops at a comma, of more that at least half of them stop short."""
    if len(lines) == 2:
        return lines[0].text.rstrip(_QUOTES)[-1:] == "," and not _is_speech(lines[1].text)
    return len(lines) > 2 and 2 * sum(opens) >= len(lines) - 1


def _opens_verse(line: Typed) -> bool:
    return len(line.text) <= LONGEST and ends_open(line.text) and not re.fullmatch(_HEAD, line.text)


def _to_closing_quote(lines: Sequence[Typed], first: int, last: int) -> int:
    """Take along the lines up to the mark that closes what the first line opens."""
    if lines[first].text[0] not in _OPENING:
        return last
    marks = sum(_doubles(line.text) for line in lines[first : last + 1])
    for k in range(last, min(len(lines) - 1, last + 3)):
        if marks % 2 == 0:
            return k
        marks += _doubles(lines[k + 1].text)
    return last if marks % 2 else min(len(lines) - 1, last + 3)


def _doubles(text: str) -> int:
    return text.count('"') + text.count("“") + text.count("”")


def _is_speech(text: str) -> bool:
    """Tell a line that opens and closes speech: a paragraph by itself."""
    return text[0] in _OPENING and _doubles(text) > 1


def _wrapped(lines: Sequence[Typed]) -> bool:
    """Tell lines of which one ends where the widest of them makes it end: wrapped, not broken on purpose."""
    widest = max(len(line.text) for line in lines)
    return any(
        len(line.text) > 45 and after.text[0].islower() and len(line.text) + 1 + len(after.text.split(None, 1)[0]) > widest
        for line, after in pairwise(lines)
    )


def _is_chat(lines: Sequence[Typed], usual: bool) -> bool:
    """Tell messages: every line opens with a name and a colon, and names return or hours stand before them."""
    found: list[re.Match[str]] = []
    for line in lines:
        if not (match := re.fullmatch(_CHAT, line.text)):
            return False
        found.append(match)
    if len(found) < (3 if usual else 2):
        return False
    names = [match["name"].casefold() for match in found]
    clocks = all(match["clock"] for match in found)
    return clocks or len(set(names)) < len(names)


def _is_mail(lines: Sequence[Typed]) -> bool:
    """Tell the head of a letter sent by wire: who wrote to whom, when, of what."""
    return all(re.fullmatch(_MAIL, line.text) for line in lines)


def _is_framed(lines: Sequence[Typed]) -> bool:
    """Tell a song whose every line stands between signs of its own: who frames lines means them."""
    return all(len(line.text) <= LONGEST and re.fullmatch(_FRAMED, line.text) for line in lines)


def set_apart_by_indent(lines: Sequence[Typed], base: int, width: int) -> bool:
    """Tell a stanza: two lines or more, all indented deeper than the book's paragraphs, none of them full."""
    if len(lines) < 2 or any(line.indent < base + 2 or len(line.text) > LONGEST or stands_alone(line) for line in lines):
        return False
    room = width or LONGEST
    return all(len(line.text) + line.indent + 1 + len(after.text.split(None, 1)[0]) < room - 6 for line, after in pairwise(lines))
