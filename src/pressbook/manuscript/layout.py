"""How paragraphs were typed, and so where each begins: blank lines, one a line, hard-wrapped, or indented."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pressbook.model.story import Block

_EDGE = " \t\xa0\u3000\u2002\u2003\u2007\u202f\ufeff"
# Lines that stand alone in any layout: no letters or digits, a row of x or o, Markdown's marks, or a chapter's head.
_ALONE = (
    r"(?i)[\W_]+|[\W_]*[xo0](?:[\W_]*[xo0])+[\W_]*|#{1,6}\s.*|>.*"
    r"|(?:chapter|part|book)\s+(?:\d+|[ivxlc]+|(?:the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|first|second|third|fourth|fifth|last)|\w+teen|twenty(?:[- ]\w+)?)\s*(?:[:.—–-].*)?|(?:prologue|epilogue|interlude)\W*"
)


class Typed(NamedTuple):
    """One typed line that is not blank."""

    number: int
    """From 1."""
    indent: int
    text: str
    """Without white space at its edges."""
    gap: int
    """Blank lines above it."""


def lay_out(text: str) -> tuple[tuple[Block, ...], str, str]:
    """Find the paragraphs: (blocks, name of the layout, a sentence that says what was seen)."""
    lines = _typed_lines(text)
    if not lines:
        return (), "", ""
    groups = _groups(lines)
    width = _wrapped_at(groups)
    indented = _first_lines_indented(lines, groups, width)
    if width and indented:
        return _blocks(_split_wrapped(groups, width, True)), "indented", f"paragraphs are indented, lines wrapped at {width}"
    if width:
        says = f"paragraphs stand between blank lines, lines are hard-wrapped at {width} columns"
        return _blocks(_split_wrapped(groups, width, False)), "hard-wrapped", says
    blocks = tuple([Block(line.text, line.number, line.gap, line.indent) for line in lines])
    if indented:
        return blocks, "indented", "paragraphs are indented, one a line"
    if _mostly_single(groups):
        return blocks, "blank lines", "paragraphs stand between blank lines"
    return blocks, "one paragraph a line", "every line is a paragraph"


def _typed_lines(text: str) -> list[Typed]:
    """Take the lines that are not blank; a form feed counts as one blank line more."""
    lines: list[Typed] = []
    gap = 0
    for number, line in enumerate(text.split("\n"), 1):
        if "\f" in line:
            gap += line.count("\f")
            line = line.replace("\f", " ")  # noqa: PLW2901 - the same line, without its page break
            if not line.strip(_EDGE):
                gap += 1
                continue
        words = line.strip(_EDGE)
        if not words:
            gap += 1
            continue
        indent = 0 if line[0] == words[0] else _columns(line[: line.index(words[0])])
        lines.append(Typed(number, indent, words, gap if lines else 0))
        gap = 0
    return lines


def _columns(white: str) -> int:
    return len(white.expandtabs(8))


def _groups(lines: list[Typed]) -> list[list[Typed]]:
    """Gather lines that no blank line parts."""
    groups: list[list[Typed]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _wrapped_at(groups: list[list[Typed]]) -> int:
    """Return the column at which lines were wrapped, or 0 if they were not.

    A line was wrapped if the first word of the next would not have fitted on it.
    """
    pairs = [
        (len(line.text) + line.indent, len(after.text.split(None, 1)[0]))
        for group in groups
        if len(group) > 1
        for line, after in pairwise(group)
        if line.text[0] != ">" and after.text[0] != ">"
    ]
    if not pairs:
        return 0
    lengths = sorted(length for length, _ in pairs)
    width = lengths[int(0.97 * (len(lengths) - 1))]
    if not 40 <= width <= 100:
        return 0
    full = sum(1 for length, word in pairs if length + 1 + word > width - 2 or length > 0.85 * width)
    return width if full > 0.6 * len(pairs) else 0


def _first_lines_indented(lines: list[Typed], groups: list[list[Typed]], width: int) -> bool:
    """Tell whether an indent, and not a blank line, begins a paragraph."""
    if len(lines) < 2 or len(groups) * 2 > len(lines):
        return False
    base = min(line.indent for line in lines)
    if base and not width:
        return True
    inside = [line for group in groups for line in group[1:]]
    share = sum(1 for line in inside if 1 < line.indent - base <= 12) / max(1, len(inside))
    return 0.02 < share < 0.8 if width else share > 0.6


def _mostly_single(groups: list[list[Typed]]) -> bool:
    """Tell whether most paragraphs stand alone between blank lines; quotations marked with `>` do not count."""
    sizes = [sum(line.text[0] != ">" for line in group) for group in groups]
    return 2 * sum(1 for size in sizes if size) >= sum(sizes) and (len(groups) > 1 or sum(sizes) != 1)


def _split_wrapped(groups: list[list[Typed]], width: int, indented: bool) -> Iterator[list[Typed]]:
    """Part hard-wrapped lines into paragraphs; lines that stand alone, and lines broken early, are kept."""
    for group in groups:
        base = min(line.indent for line in group)
        paragraph: list[Typed] = []
        for line in group:
            alone = bool(len(line.text) <= width and re.fullmatch(_ALONE, line.text))
            begins = indented and line.indent - base > 1
            centred = not indented and line.indent - base >= 8
            quoted = line.text[0] == ">"
            if paragraph and quoted and paragraph[-1].text[0] == ">" and len(line.text) > 1 < len(paragraph[-1].text):
                paragraph.append(line)
                continue
            unquoted = bool(paragraph) and paragraph[-1].text[0] == ">"
            if paragraph and (alone or begins or centred or unquoted or _broken_early(paragraph[-1], line, width)):
                yield paragraph
                paragraph = []
            paragraph.append(line)
            if alone and not quoted:
                yield paragraph
                paragraph = []
        if paragraph:
            yield paragraph


def _broken_early(line: Typed, after: Typed, width: int) -> bool:
    """Tell a line ended on purpose (verse, a letter's head) from a wrapped one."""
    if after.text[0].islower() or line.text[-1] == "-":
        return False
    length = line.indent + len(line.text)
    return length < 0.6 * width and length + 1 + len(after.text.split(None, 1)[0]) < width - 8


def _blocks(paragraphs: Iterator[list[Typed]]) -> tuple[Block, ...]:
    return tuple(
        Block("\n".join([line.text for line in lines]), lines[0].number, lines[0].gap, lines[0].indent) for lines in paragraphs
    )
