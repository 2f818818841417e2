"""What no rule may touch: addresses, mail, paths of files, code."""

import re
from bisect import bisect_left
from collections.abc import Callable

_CODE = re.compile(r"(?<!`)`[^`]+`(?!`)")
_CLOSING_SINGLE = re.compile(r"[^\s`]'(?![^\W_])")
_ADDRESS = re.compile(
    r"://|\bwww\.|(?<=[^\W_])@(?=[^\W_])|(?<!\S)[.~]{0,2}/[\w.~-]+/|\b[A-Za-z]:\\|\\\\[A-Za-z]"
    r"|(?<=[^\W_])\.(?:com|org|net|edu|gov|io|html?|txt|md|pdf|docx?|epub|py|js|json|toml|exe|zip|jpe?g|png|gif)\b"
)
_HINTS = ("/", "@", "\\", "www.")
_SUFFIX = re.compile(r"\.[a-z]")
_WHITE = re.compile(r"\s")
_ENDS = ".,;:!?\"'“”‘’)]}>…*_—–"


def code_spans(text: str) -> list[tuple[int, int]]:
    """Find what stands between backticks, in order; but not where the backtick is a quotation mark (`` `so' ``)."""
    if text.count("`") < 2:
        return []
    return [match.span() for match in _CODE.finditer(text) if not _CLOSING_SINGLE.search(text, match.start(), match.end())]


def holds_address(text: str) -> bool:
    """Tell a text that may hold an address or mail: most hold neither, and a look for them is soon done."""
    return "@" in text or "://" in text or "www." in text


def untouched_spans(text: str) -> list[tuple[int, int]]:
    """Find addresses, mail, paths and code, in order: each from white space to white space."""
    found = code_spans(text)
    if not any(hint in text for hint in _HINTS) and not _SUFFIX.search(text):
        return found
    at = 0
    while match := _ADDRESS.search(text, at):
        start, end = match.span()
        # The word around it; never back over what was taken already.
        start = max(at, text.rfind(" ", at, start) + 1)
        white = _WHITE.search(text, end)
        at = white.start() if white else len(text)
        end = start + len(text[start:at].rstrip(_ENDS))
        if end > start:
            found.append((start, end))
    return sorted(found)


def replace(pattern: str, become: Callable[[re.Match[str]], str] | str, text: str) -> str:
    """Replace what the pattern finds, but nothing in addresses, mail, paths and code."""
    kept = untouched_spans(text)
    if not kept:
        return re.sub(pattern, become, text)
    starts = [start for start, _ in kept]

    def outside(match: re.Match[str]) -> str:
        k = bisect_left(starts, match.end()) - 1
        if k >= 0 and kept[k][1] > match.start():
            return match[0]
        return match.expand(become) if isinstance(become, str) else become(match)

    return re.sub(pattern, outside, text)
