"""Spacing: how far white and glyphs may give in a justified line, and in a ragged one."""

from typing import NamedTuple

from pressbook.composition.breaking import Give
from pressbook.composition.faces import choose, open_face
from pressbook.config import Design
from pressbook.model import Font

EXPANSION = 0.02
"""How far glyphs may be scaled, either way: pdfTeX's microtype gives as much, and it is not seen."""
TRACKING = 0.01
"""White between letters, either way, in em."""
RAG = 3.0
"""How far ragged lines may fall short, in em, before it costs much; on a narrow page, a fifth of the measure."""


class Spacing(NamedTuple):
    """How words are spaced."""

    running: Give
    """In running text."""
    ragged: Give
    """In lines that are not justified: word spaces and glyphs as they are by nature."""


def spacing_of(design: Design, fonts: tuple[Font, ...]) -> Spacing:
    """Space words as the design asks."""
    space = open_face(choose(fonts, design.config.type.font)).advance(" ") * design.size
    ragged = Give(space, 0.0, 0.0, rag=min(RAG * design.size, design.measure / 5))
    if not design.justified:
        return Spacing(ragged, ragged)
    if not design.config.type.expansion:
        return Spacing(Give(space, space / 2, space / 3), ragged)
    return Spacing(Give(space, space / 2, space / 3, EXPANSION, TRACKING * design.size), ragged)
