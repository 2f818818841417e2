"""The typed lines: their words, their indents, the blank lines above them, and line ends that the author marked as kept."""

from pressbook.model.story import LINE_END
from pressbook.values import Value, replace

_EDGE = " \t\xa0\u3000\u2002\u2003\u2007\u202f\ufeff"


class Typed(Value):
    """One typed line that is not blank; or several, where a backslash at the end of each keeps them together."""

    number: int
    """From 1."""
    indent: int
    text: str
    """Without white space at its edges; kept line ends are `LINE_END`."""
    gap: int
    """Blank lines above it."""
    held: bool = False
    """Whether two spaces end it, Markdown's way of keeping a line end."""


def typed_lines(text: str) -> list[Typed]:
    """Take the lines that are not blank; a form feed counts as one blank line more."""
    lines: list[Typed] = []
    gap = 0
    open_end: list[str] = []
    """The lines so far of one whose end a backslash keeps; empty if none does."""
    has_feeds = "\f" in text
    for number, line in enumerate(text.split("\n"), 1):
        if has_feeds and "\f" in line:
            gap += line.count("\f")
            line = line.replace("\f", " ")  # noqa: PLW2901 - the same line, without its page break
            if not line.strip(_EDGE):
                gap += 1
                continue
        words = line.strip(_EDGE)
        if not words:
            gap += 1
            continue
        if open_end:
            if not gap and (more := _unquoted(words, open_end[0])):
                open_end.append(more)
                if not _ends_open(words):
                    lines[-1] = _closed(lines[-1], open_end)
                    open_end = []
                continue
            lines[-1] = _closed(lines[-1], open_end)
            open_end = []
        indent = 0 if line[0] == words[0] else _columns(line[: line.index(words[0])])
        lines.append(Typed(number, indent, words, gap if lines else 0, line.endswith("  ")))
        gap = 0
        if words[-1] == "\\" and _ends_open(words):
            open_end = [words]
    if open_end:
        lines[-1] = _closed(lines[-1], open_end)
    return lines


def _ends_open(words: str) -> bool:
    """Tell whether a backslash, itself not escaped, ends a line that has words before it."""
    if words[-1] != "\\":
        return False
    bare = words.rstrip("\\")
    return bool(bare.strip(" \t>")) and (len(words) - len(bare)) % 2 == 1


def _unquoted(words: str, first: str) -> str:
    """Take a further line's words without the mark of quotation that its first line has too; nothing if they do not go on."""
    if first[0] != ">":
        return "" if words[0] == ">" else words
    return words.lstrip(">").strip(_EDGE)


def _closed(line: Typed, ends: list[str]) -> Typed:
    """Join lines at their kept ends; the last keeps its backslash if it has one."""
    parts = [part[:-1].rstrip(_EDGE) for part in ends[:-1]]
    return replace(line, text=LINE_END.join([*parts, ends[-1]]), held=False)


def gathered(lines: list[Typed]) -> list[list[Typed]]:
    """Gather lines that no blank line parts."""
    groups: list[list[Typed]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _columns(white: str) -> int:
    return len(white.expandtabs(8))
