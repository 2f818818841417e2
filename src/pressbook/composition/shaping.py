"""Shaping: letters become glyphs, each distinct word once, in batches."""

from bisect import bisect_left
from collections.abc import Sequence

import uharfbuzz as hb

from pressbook.composition.faces import Face, open_face
from pressbook.errors import FontError
from pressbook.model import Font, Piece, Style

SOFT_HYPHEN = "\u00ad"
_WALL = "\ue000"
"""A private-use character between the words of a batch: no face kerns with it or joins it to a letter."""
_INVISIBLE = frozenset(map(ord, "\u200b\u200c\u200d\u2060\ufe0e\ufe0f"))
"""Characters that need no glyph."""


class MissingCharacterError(FontError):
    """No face at hand has a glyph for a character."""

    def __init__(self, char: str, word: str, tried: Sequence[Font]) -> None:
        names = ", ".join(f"{font.family} {font.style}" for font in tried)
        super().__init__(
            f"no face has the character {char!r} (U+{ord(char):04X}) in {word!r}; tried {names}",
            "put a face that has it into the project's fonts/ folder, or change the character",
        )
        self.char = char


def shape(style: Style, texts: Sequence[str]) -> list[Piece | None]:
    """Shape words in one style; None stands for a word with a character that the face lacks.

    A soft hyphen at a word's end is drawn as a hyphen; others must be gone before.
    """
    if not texts:
        return []
    face = open_face(style.font)
    walled = _WALL.join(texts).replace(SOFT_HYPHEN, "-")
    buffer = hb.Buffer()
    buffer.add_str(walled)
    buffer.guess_segment_properties()
    hb.shape(face.hb_font, buffer, {tag.removeprefix("-"): not tag.startswith("-") for tag in style.features})
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    glyphs = [info.codepoint for info in infos]
    clusters = [info.cluster for info in infos]
    advances = [position.x_advance for position in positions]
    offsets = [(position.x_offset, position.y_offset) for position in positions]
    moved = any(offset != (0, 0) for offset in offsets)
    tracking = round(style.tracking * face.upem / style.size)
    scale = style.size / face.upem
    soft = _soft_hyphen(face)
    pieces: list[Piece | None] = []
    start = first = 0
    for text in texts:
        end = start + len(text)
        last = bisect_left(clusters, end, first)
        ids = tuple(glyphs[first:last])
        if 0 in ids and any(ord(char) not in face.letters and ord(char) not in _INVISIBLE for char in text):
            pieces.append(None)
        else:
            moves = tuple(advances[first:last])
            if tracking:
                moves = tuple(move + tracking for move in moves)
            if text.endswith(SOFT_HYPHEN) and soft:
                ids = (*ids[:-1], soft)
            letters = tuple(text) if last - first == len(text) else _letters(text, [at - start for at in clusters[first:last]])
            shifts = tuple(offsets[first:last]) if moved and any(offset != (0, 0) for offset in offsets[first:last]) else ()
            pieces.append(Piece(style, text, ids, letters, moves, shifts, sum(moves) * scale))
        start = end + 1
        first = last + 1
    return pieces


def split_by_face(style: Style, text: str, fallbacks: Sequence[Font]) -> list[tuple[Style, str]]:
    """Cut a word where the face must change for a character it lacks; MissingCharacterError if none has it."""
    fonts = [style.font, *(font for font in fallbacks if font != style.font)]
    parts: list[tuple[Style, str]] = []
    for char in text:
        font = next((font for font in fonts if ord(char) in open_face(font).letters), None)
        if font is None and (ord(char) in _INVISIBLE or char == SOFT_HYPHEN):
            font = parts[-1][0].font if parts else style.font
        if font is None:
            raise MissingCharacterError(char, text, fonts)
        if parts and parts[-1][0].font == font:
            parts[-1] = (parts[-1][0], parts[-1][1] + char)
        else:
            parts.append((Style(font, style.size, style.features, style.tracking), char))
    return parts


def _letters(text: str, clusters: list[int]) -> tuple[str, ...]:
    """Share the letters out: each cluster's to its first glyph, nothing to the others."""
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen: set[int] = set()
    letters: list[str] = []
    for cluster in clusters:
        letters.append("" if cluster in seen else text[cluster : ends[cluster]])
        seen.add(cluster)
    return tuple(letters)


def _soft_hyphen(face: Face) -> int:
    """Return the face's own glyph for U+00AD if it looks like its hyphen: then a line-end hyphen needs no further mark."""
    soft, hard = (face.hb_font.get_nominal_glyph(ord(char)) for char in (SOFT_HYPHEN, "-"))
    if not soft or not hard or soft == hard:
        return 0
    same = face.hb_font.get_glyph_extents(soft) == face.hb_font.get_glyph_extents(hard)
    return soft if same and face.hb_font.get_glyph_h_advance(soft) == face.hb_font.get_glyph_h_advance(hard) else 0
