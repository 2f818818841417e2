"""The author's own marks of emphasis: `*…*`, `_…_`, `/…/` italic, `**…**`, `__…__` strong; and how runs are written back."""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import TypeAlias

from pressbook.markup.footnotes import MARK
from pressbook.model.story import Run, emphasised

_NAMES = r"\^(?=[A-Za-z\d-]{3,}[ \t]*(?:\n|$))"
"""What Obsidian would read as a paragraph's name, at its end."""
_TOKEN = re.compile(rf"\\(?:[\\*_/#>~\[<&%=]|{_NAMES})|\*+|_+|/")
_ALNUM = re.compile(r"[^\W_]")
# What Markdown of any school would read as a link, a note, a tag, an entity, a remark, a highlight or as struck out stays too.
_COMMON = (
    r"\[(?=[\^\[]|[^\]\n]{0,999}\][(\[:{])|<(?=[!/A-Za-z])|&(?=#?\w+;)"
    r"|(?<!%)%(?=%)|(?<![=\w])=(?==(?!\s))|(?<!~)~(?=~(?![\s~]))"
    rf"|(?<!\S){_NAMES}"
)
_LITERAL = re.compile(rf"[\\*]|(?<![^\W_])_|_(?![^\W_])|{_COMMON}")
_LITERAL_SLASH = re.compile(rf"[\\*/]|(?<![^\W_])_|_(?![^\W_])|{_COMMON}")


Emphasis: TypeAlias = tuple[tuple[Run, ...], Sequence[int]]
"""A paragraph's runs, and where in the text the marks stood that are gone."""


def read_emphasis(text: str) -> Emphasis:
    """Turn the author's marks into runs; marks that do not pair, or stand inside words, stay letters."""
    if not holds_marks(text):
        return (Run(text),), ()
    runs, removed = _parse(text)
    if (len(runs) > 1 or runs[0].italic or runs[0].strong) and not survives(runs):
        # Marks so entangled that they could not be written back: take them as letters.
        runs, removed = as_letters(text)
    return runs, removed


def survives(runs: tuple[Run, ...]) -> bool:
    """Tell whether the runs, written as light Markdown, read back alike."""
    parsed = _joined(run for run, _ in _parts(write_runs(runs)))
    return all(again == run for again, run in zip_longest(parsed, runs))


def as_letters(text: str) -> Emphasis:
    """Take the author's marks for letters: (runs, where the backslashes stood that are gone)."""
    removed = [match.start() for match in _TOKEN.finditer(text) if match[0][0] == "\\"]
    return (Run(_TOKEN.sub(_unescaped, text)),), removed


def _unescaped(token: re.Match[str]) -> str:
    return token[0].removeprefix("\\")


def _parse(text: str) -> Emphasis:
    parts: list[Run] = []
    removed: list[int] = []
    for run, gone in _parts(text):
        parts.append(run)
        removed += gone
    return join_runs(parts), removed


def _parts(text: str) -> Iterator[tuple[Run, range]]:
    """Part a text at its marks: each part with the places behind it where marks stood that are gone."""
    partner = _pair(text)
    at = italic = strong = 0
    for k, token in enumerate(_TOKEN.finditer(text)):
        typed = token[0]
        start, end = token.span()
        if typed[0] == "\\":
            yield Run(text[at:start] + typed[1], italic % 2 == 1, strong > 0), range(start, start + 1)
            at = end
        elif partner[k] >= 0:
            yield Run(text[at:start], italic % 2 == 1, strong > 0), range(start, end)
            at = end
            step = 1 if partner[k] > k else -1
            italic += step * (len(typed) % 2)
            strong += step * (len(typed) // 2)
    yield Run(text[at:], italic % 2 == 1, strong > 0), range(0)


def _pair(text: str) -> Sequence[int]:
    """Match openers with closers: for each token its partner's index, or -1. Each opener is dropped at most once: linear."""
    partner = array("l")
    stack: list[tuple[int, str]] = []
    waiting: dict[str, int] = {}
    last_word = -1
    end = 0
    for k, token in enumerate(_TOKEN.finditer(text)):
        partner.append(-1)
        start = token.start()
        if _ALNUM.search(text, end, start):
            last_word = k
        end = token.end()
        typed = token[0]
        if typed[0] == "\\" or len(typed) > 3:
            continue
        before = text[start - 1] if start else ""
        after = text[end] if end < len(text) else ""
        if waiting.get(typed) and before and not before.isspace() and not (after and (after.isalnum() or after == typed[0])):
            while stack:
                opener, mark = stack.pop()
                waiting[mark] -= 1
                if mark == typed:
                    break
            if last_word > opener:
                partner[opener], partner[k] = k, opener
                continue
        may_open = _may_open_slash if typed == "/" else _may_open
        if after and not after.isspace() and not before.isalnum() and may_open(before, after):
            stack.append((k, typed))
            waiting[typed] = waiting.get(typed, 0) + 1
    return partner


def _may_open(before: str, after: str) -> bool:
    """Tell a mark from the mouth of a face (`^_^`, `>_<`), which has a sign on either side."""
    return not before or before.isspace() or before in "“‘«„\"'([—–*_/\\" or after.isalnum() or after in "“‘«„\"'([…—–*_/\\¿¡"


def _may_open_slash(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in "“‘\"'(—*_") and (after.isalnum() or after in "“‘\"'…*_")


def join_runs(parts: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours of one style, and leave the white space at the edges of emphasis outside it."""
    return tuple(_joined(parts))


def _joined(parts: Iterable[Run]) -> Iterator[Run]:
    """Join as `join_runs` does, one run after another."""
    italic = strong = False
    texts: list[str] = []
    for run in _split(parts):
        if not run.text:
            continue
        if texts and (run.italic != italic or run.strong != strong):
            yield Run("".join(texts), italic, strong)
            texts = []
        italic, strong = run.italic, run.strong
        texts.append(run.text)
    yield Run("".join(texts), italic, strong)


def _split(parts: Iterable[Run]) -> Iterator[Run]:
    """Part the white space at the edges of emphasis from it."""
    for run in parts:
        core = run.text.strip() if run.italic or run.strong else run.text
        if core == run.text:
            yield run
        elif not core:
            yield Run(run.text)
        else:
            lead = run.text.index(core)
            yield Run(run.text[:lead])
            yield Run(core, run.italic, run.strong)
            yield Run(run.text[lead + len(core) :])


def write_runs(runs: tuple[Run, ...]) -> str:
    """Write runs as light Markdown, with a backslash before each literal mark."""
    if len(runs) == 1 and not (runs[0].italic or runs[0].strong or holds_marks(runs[0].text)):
        return runs[0].text
    text = _write(runs, _LITERAL)
    if "/" in text and _parse(text)[0] != runs:
        return _write(runs, _LITERAL_SLASH)
    return text


def _write(runs: tuple[Run, ...], literal: re.Pattern[str]) -> str:
    texts = [literal.sub(r"\\\g<0>", run.text) if holds_marks(run.text) else run.text for run in runs]
    if len(runs) > 1 and any("[" in text for text in texts):
        texts = _brackets_kept(texts)
    return emphasised((text, run.italic, run.strong) for text, run in zip(texts, runs, strict=True))


def _brackets_kept(texts: list[str]) -> list[str]:
    """Keep the letters also of a bracket that would be read as a link's whose end stands in another run."""
    whole = "".join(texts)
    places = [match.start() for match in re.finditer(rf"(?<!\\){_COMMON}", whole) if match[0] == "["]
    at = 0
    kept: list[str] = []
    for text in texts:
        end = at + len(text)
        edges = [0, *[place - at for place in places if at <= place < end], len(text)]
        kept.append("\\".join([text[a:b] for a, b in pairwise(edges)]))
        at = end
    return kept


def is_bare(run: Run) -> bool:
    """Tell a run of one line that is written as it reads."""
    return not (run.italic or run.strong or "\n" in run.text or MARK in run.text or holds_marks(run.text))


def holds_marks(text: str) -> bool:
    """Tell whether a text holds a sign that may be a mark, so that it is written otherwise than it reads."""
    return (
        "*" in text
        or "_" in text
        or "/" in text
        or "\\" in text
        or "[" in text
        or "<" in text
        or "&" in text
        or "^" in text
        or ("%" in text and "%%" in text)
        or ("=" in text and "==" in text)
        or ("~" in text and "~~" in text)
    )
