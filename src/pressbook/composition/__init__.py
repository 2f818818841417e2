"""Composition: faces, shaping, hyphenation and the breaking of lines."""

from pressbook.composition.ahead import Ahead, set_ahead
from pressbook.composition.display import DisplayCase
from pressbook.composition.faces import bundled, find_fonts, forbidden, licence_words
from pressbook.composition.galleys import compose

__all__ = ["Ahead", "DisplayCase", "bundled", "compose", "find_fonts", "forbidden", "licence_words", "set_ahead"]
