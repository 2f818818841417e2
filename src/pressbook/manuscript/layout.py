"""How paragraphs were typed, and so where each begins: blank lines, one a line, hard-wrapped, or indented."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeAlias

from pressbook.manuscript.kept import ends_open, is_kept, joined, kept_runs, set_apart_by_indent, stands_alone
from pressbook.manuscript.lines import Typed, gathered, typed_lines
from pressbook.model.story import LINE_END, Block


def lay_out(text: str) -> tuple[tuple[Block, ...], str, str]:
    """Find the paragraphs: (blocks, name of the layout, a sentence that says what was seen)."""
    lines = typed_lines(text)
    if not lines:
        return (), "", ""
    groups = gathered(lines)
    width = _wrapped_at(groups)
    indented = _first_lines_indented(lines, groups, width)
    if width and indented:
        return _blocks(_split_wrapped(groups, width, True)), "indented", f"paragraphs are indented, lines wrapped at {width}"
    if width:
        says = f"paragraphs stand between blank lines, lines are hard-wrapped at {width} columns"
        return _blocks(_split_wrapped(groups, width, False)), "hard-wrapped", says
    if indented:
        return _blocks(_one_a_line(groups, True)), "indented", "paragraphs are indented, one a line"
    if _mostly_single(groups) or _in_stanzas(groups):
        return _blocks(_one_a_line(groups, False)), "blank lines", "paragraphs stand between blank lines"
    return _blocks(_one_a_line(groups, True)), "one paragraph a line", "every line is a paragraph"


def _wrapped_at(groups: list[list[Typed]]) -> int:
    """Return the column at which lines were wrapped, or 0 if they were not.

    A line was wrapped if the first word of the next would not have fitted on it.
    """
    base = min((line.indent for group in groups for line in group), default=0)
    pairs = [
        (len(line.text) + line.indent, len(after.text.split(None, 1)[0]))
        for group in groups
        if len(group) > 1
        for line, after in pairwise(group)
        if line.text[0] != ">" and after.text[0] != ">" and LINE_END not in line.text
        if after.indent < base + 2 or line.indent == after.indent  # what is indented further begins a paragraph
    ]
    if not pairs:
        return 0
    lengths = sorted(length for length, _ in pairs)
    width = lengths[int(0.97 * (len(lengths) - 1))]
    if not 40 <= width <= 100:
        return 0
    if sum(line.indent + len(line.text) > 1.2 * width for group in groups for line in group) >= len(pairs):
        return 0  # more lines run on past the column than break at it: those that do are a stanza's
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
    sizes = [len([line for line in group if line.text[0] != ">"]) for group in groups]
    return 2 * sum(1 for size in sizes if size) >= sum(sizes) and (len(groups) > 1 or sum(sizes) != 1)


def _in_stanzas(groups: list[list[Typed]]) -> bool:
    """Tell a book of verse: most of its groups are stanzas."""
    stanzas = sum(1 for group in groups if len(group) > 1 and is_kept(group))
    return stanzas > 1 and 2 * stanzas > len(groups)


Part: TypeAlias = tuple[list[Typed], bool]
"""The lines of a paragraph, and whether their ends are kept."""


def _one_a_line(groups: list[list[Typed]], usual: bool) -> Iterator[Part]:
    """Take each line for a paragraph but where line ends are kept; `usual` says that no blank line parts paragraphs."""
    if usual and _often_open(groups):
        yield from (([line], False) for group in groups for line in group)
        return
    for number, group in enumerate(groups):
        if len(group) == 1:
            yield group, False
        else:
            # What stands on top is a title and a name, not verse.
            yield from _kept_apart(group, kept_runs(group, usual) if number or usual else ())


def _often_open(groups: list[list[Typed]]) -> bool:
    """Tell a book whose paragraphs end without a stop by habit, so that an open end tells nothing."""
    ends = [ends_open(line.text) for group in groups for line in group]
    return 5 * sum(ends) > len(ends)


def _kept_apart(group: list[Typed], runs: Iterable[tuple[int, int]]) -> Iterator[Part]:
    """Part a group into its lines, but leave the runs together whose ends are kept."""
    at = 0
    for start, end in runs:
        yield from (([line], False) for line in group[at:start])
        yield group[start:end], True
        at = end
    yield from (([line], False) for line in group[at:])


def _split_wrapped(groups: list[list[Typed]], width: int, indented: bool) -> Iterator[Part]:
    """Part hard-wrapped lines into paragraphs; lines that stand alone, and lines broken early, are kept."""
    base = min(line.indent for group in groups for line in group)
    for number, group in enumerate(groups):
        if len(group) > 1 and number and _is_stanza(group, base, width, indented):
            yield group, True
        else:
            yield from _rejoined(list(_wrapped_paragraphs(group, width, indented)), number > 0, indented)


def _is_stanza(group: list[Typed], base: int, width: int, indented: bool) -> bool:
    """Tell a group that is nothing but lines kept as typed."""
    deeper = base + 8 if indented else base
    if set_apart_by_indent(group, deeper, width) and not _centred(group):
        return True
    return is_kept(group) and not any(_fills(line, after, width) for line, after in pairwise(group))


def _rejoined(paragraphs: list[list[Typed]], may_be_kept: bool, indented: bool) -> Iterator[Part]:
    """Join again the single lines of a group that were broken early because their ends are kept."""
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and len(paragraphs[end]) == 1:
            end += 1
        if may_be_kept and end - at > 1:
            singles = [lines[0] for lines in paragraphs[at:end]]
            yield from _kept_apart(singles, kept_runs(singles, indented))
        else:
            yield from ((lines, False) for lines in paragraphs[at:end])
        if end < len(paragraphs):
            yield paragraphs[end], False
        at = end + 1


def _wrapped_paragraphs(group: list[Typed], width: int, indented: bool) -> Iterator[list[Typed]]:
    base = min(line.indent for line in group)
    paragraph: list[Typed] = []
    for line in group:
        alone = len(line.text) <= width and (stands_alone(line) or (indented and _in_capitals(line, paragraph)))
        begins = indented and line.indent - base > 1
        centred = not indented and line.indent - base >= 8
        quoted = line.text[0] == ">"
        if paragraph and quoted and paragraph[-1].text[0] == ">" and len(line.text) > 1 < len(paragraph[-1].text):
            paragraph.append(line)
            continue
        unquoted = bool(paragraph) and paragraph[-1].text[0] == ">"
        labels = bool(paragraph) and _is_labelled(line) and _is_labelled(paragraph[0])
        if paragraph and (alone or begins or centred or unquoted or labels or _broken_early(paragraph[-1], line, width)):
            yield paragraph
            paragraph = []
        paragraph.append(line)
        if alone and not quoted:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _is_labelled(line: Typed) -> bool:
    """Tell `SUMMARY: …`, `Subject: …`: where one follows another, each begins a paragraph."""
    return re.match(r"[A-Z][A-Za-z/'-]{1,15}(?: [A-Z][A-Za-z]{1,12})?: +\S", line.text) is not None


_BYLINE = r"(?:written |a \w+ )?by [A-Z]"
"""The author's line, which begins small and yet goes on with no line above it."""


def _in_capitals(line: Typed, paragraph: list[Typed]) -> bool:
    """Tell a title in capitals from a shout: it stands below a full stop, at the margin, and has none itself."""
    above = paragraph[-1].text if paragraph else "."
    return line.text.isupper() and line.text[-1] not in ".,;:—-" and above[-1] in ".!?\"”’'…" and not above.isupper()


def _broken_early(line: Typed, after: Typed, width: int) -> bool:
    """Tell a line ended on purpose (verse, a letter's head) from a wrapped one."""
    if LINE_END in line.text or LINE_END in after.text:
        return True
    if (after.text[0].islower() and not re.match(_BYLINE, after.text)) or line.text[-1] == "-":
        return False
    return line.indent + len(line.text) < 0.6 * width and not _fills(line, after, width)


def _fills(line: Typed, after: Typed, width: int) -> bool:
    """Tell a line that the first word of the next would have made too long, or nearly so."""
    return line.indent + len(line.text) + 1 + len(after.text.split(None, 1)[0]) >= width - 8


def _centred(group: list[Typed]) -> bool:
    """Tell lines of several lengths whose middles stand one under another."""
    middles = [line.indent + len(line.text) / 2 for line in group]
    return max(middles) - min(middles) <= 2 and len({line.indent for line in group}) > 1


def _blocks(paragraphs: Iterator[Part]) -> tuple[Block, ...]:
    return tuple([_block(lines, kept) for lines, kept in paragraphs])


def _block(lines: list[Typed], kept: bool) -> Block:
    first = lines[0]
    text = first.text
    if len(lines) > 1:
        text = joined(lines) if kept else "\n".join([line.text for line in lines])
    return Block(text, first.number, first.gap, first.indent)
