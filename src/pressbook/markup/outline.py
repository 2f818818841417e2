"""From typed blocks to an outline: what each block is by its own first letters."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pressbook.markup.breaks import is_marker
from pressbook.markup.headings import read_heading, read_number
from pressbook.markup.lexicon import words
from pressbook.markup.table import Item, ItemKind, Note, Outline
from pressbook.model.story import LINE_END, PICTURE, Block, Manuscript
from pressbook.values import replace

LOW = 2.5
"""Times its height, a picture that parts scenes is wide."""
_SAYS_BREAK = tuple(words("break change skip shift divider separator jump rule line hr here cut ornament asterisks"))
"""How a marker of words ends; no other that begins with `#` ends in a letter."""
_HEADING = r"(?s)(#{1,6})[ \t]+(\S.{0,300})"
_MARKDOWN = "a heading marked with #"


PLAIN = "\\ "
"""Stands before a paragraph that is only a paragraph, whatever it looks like."""


def outline_of(manuscript: Manuscript) -> Outline:
    """Take each block for what its first letters say, before any rule looks at its neighbours."""
    items: list[Item] = []
    above = ""
    pictures = {picture.name for picture in manuscript.pictures}
    dividers = _dividers(manuscript) if pictures else frozenset()
    for block in _below_parts(manuscript.blocks):
        item = _picture(block, pictures, dividers) or _item(block, above) if pictures else _item(block, above)
        above = item.kind
        if item.text:
            items.append(item)
    return Outline(tuple(items), _usual_gap(manuscript))


def _below_parts(blocks: Sequence[Block]) -> Sequence[Block]:
    """Take headings a level up where they stand right below headings that say `Part`, whatever level these have.

    A part holds no story, so that what follows its heading is a chapter's, not a section's.
    """
    if not any(block.text[:3] == "## " for block in blocks):
        return blocks
    heads = [(k, match[1], match[2]) for k, block in enumerate(blocks) if (match := re.fullmatch(_HEADING, block.text))]
    below: list[bool] = []
    for (k, marks, says), (after, deeper, _) in pairwise(heads):
        if marks == "#" and (heading := read_heading(says)) and heading.part:
            below.append(deeper == "##" and all(block.text[0] == ">" for block in blocks[k + 1 : after]))
    if not below or 2 * sum(below) < len(below):
        return blocks
    return [replace(block, text=block.text[1:]) if block.text[:2] == "##" else block for block in blocks]


def _picture(block: Block, names: set[str], dividers: frozenset[str]) -> Item | None:
    match = re.fullmatch(PICTURE, block.text) if block.text[:2] == "![" else None
    if not match or match["name"] not in names:
        return None
    if match["name"] in dividers and not match["caption"] and not match["place"]:
        evidence = f"the same low picture, again and again: {match['name']}"
        return Item("break", block.text, block.line, block.gap, note=Note("scene-break", "divider", 0.9, evidence))
    return Item("picture", block.text, block.line, block.gap)


def _dividers(manuscript: Manuscript) -> frozenset[str]:
    """Find the pictures that part scenes: low ones without a caption that come back three times or more."""
    low = {picture.name for picture in manuscript.pictures if picture.width >= LOW * picture.height}
    lines = (re.fullmatch(PICTURE, block.text) for block in manuscript.blocks if low and block.text.startswith("![]("))
    times = Counter(match["name"] for match in lines if match and match["name"] in low and not match["place"])
    return frozenset(name for name, count in times.items() if count > 2)


def is_structural(text: str) -> bool:
    """Tell a line that would be read as a mark or a heading; a backslash before it makes it a paragraph."""
    if text[:1] in ("#", ">") and len(text.split(None, 1)) > 1:
        return True
    if text[:2] == PLAIN:
        return True
    if text in ("~", ">"):
        return True
    return len(text) <= 140 and (is_marker(text) or read_heading(text) is not None or _counts_alone(text))


def _counts_alone(text: str) -> bool:
    return len(text) < 24 and (read := read_number(text)) is not None and not read.name


def _item(block: Block, above: str) -> Item:
    text = block.text
    first = text[0]
    if text[:2] == PLAIN and (words := text[2:].lstrip()):
        return Item("plain", words, block.line, block.gap)
    if first == "#" and (item := _hashed(block)):
        return item
    if first == ">" and (item := _quoted(block, above)):
        return item
    if text == "~":
        note = Note("pause", "typed", 1.0, "a tilde alone")
        return Item("pause", text, block.line, block.gap, note=note)
    if len(text) <= 120 and is_marker(text):
        note = Note("scene-break", "marker", 0.98, f"a line of its own: {text}")
        return Item("break", text, block.line, block.gap, note=note)
    kind: ItemKind = "verse" if LINE_END in text else "text"
    return Item(kind, text, block.line, block.gap, indent=block.indent)


def _quoted(block: Block, above: str) -> Item | None:
    """Read `> words` as a quotation, `> words <` as a centred line, `>> words` as a signature."""
    text = block.text
    if text[:2] == ">>" and len(text) > 2 and text[2] in " \t":
        if words := text[2:].strip():
            return Item("signature", words, block.line, block.gap)
        return None
    if text != ">" and text[1] not in " \t\n":
        return None
    words = "\n".join(line.removeprefix(">").strip() for line in text.split("\n")).strip()
    belongs = not words or (not block.gap and above in ("quote", "more"))
    if words[-2:] in (" <", "\n<") and not belongs:
        return Item("centred", words[:-2].strip(), block.line, block.gap)
    if words.endswith("\\<") and (len(words) - len(words[:-1].rstrip("\\"))) % 2 == 0:
        words = words[:-2] + "<"
    return Item("more" if belongs else "quote", words, block.line, block.gap)


def _hashed(block: Block) -> Item | None:
    text = block.text
    words = text.replace(LINE_END, " ").lstrip("#")
    signs = not text[-1].isalnum() or text.lower().endswith(_SAYS_BREAK)
    if not words or words[0] not in " \t" or (signs and is_marker(text)) or not any(map(str.isalnum, words)):
        return None
    words = words.strip()
    if not words:
        return None
    if text.startswith("##"):
        return Item("section", words, block.line, block.gap)
    return Item("heading", words, block.line, block.gap, note=Note("chapter", "chapter-marked", 1.0, _MARKDOWN))


def _usual_gap(manuscript: Manuscript) -> int:
    """Count the blank lines that part most paragraphs; with few to go by, what the layout says."""
    gaps = Counter(block.gap for block in manuscript.blocks[1:])
    floor = 1 if manuscript.layout in ("blank lines", "hard-wrapped") else 0
    if gaps.total() < 3:
        return floor
    top = max(gaps.values())
    return max(floor, min(gap for gap, times in gaps.items() if times == top))
