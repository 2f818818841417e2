"""Looseness: a chapter set some lines longer or shorter, by the paragraphs that can best give them."""

from pressbook.model import Galley, Passage, Setting
from pressbook.values import replace


def loosen(galley: Galley, lines: int) -> Galley:
    """Set a chapter so many lines longer, or shorter if below zero; as many as its paragraphs have good settings for.

    A paragraph so chosen keeps that one setting: the page maker may not take back what was asked for.
    """
    if not lines:
        return galley
    ways: list[tuple[float, int, Setting]] = []
    for number, block in enumerate(galley.blocks):
        if isinstance(block, Passage):
            best = block.settings[0]
            for way in block.settings[1:]:
                if way.looseness == (1 if lines > 0 else -1):
                    ways.append((way.demerits - best.demerits, number, way))
    blocks = list(galley.blocks)
    for _, number, way in sorted(ways, key=lambda each: each[:2])[: abs(lines)]:
        block = blocks[number]
        if isinstance(block, Passage):
            blocks[number] = Passage((way,), block.line, block.keep, block.above, block.below)
    return replace(galley, blocks=tuple(blocks))
