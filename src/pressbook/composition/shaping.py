"""Shaping: letters become glyphs, each distinct word once, in batches."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from unicodedata import bidirectional, name

import uharfbuzz as hb

from pressbook.composition.faces import Face, forbidden, open_face
from pressbook.errors import FontError
from pressbook.model import Font, Piece, Style
from pressbook.values import replace

SOFT_HYPHEN = "\u00ad"
KANA = "\u3041"
"""The first of the letters between which a line may break anywhere, without a hyphen."""
_WALL = "\ue000"
"""A private-use character between the words of a batch: no face kerns with it or joins it to a letter."""
_INVISIBLE = frozenset((*map(ord, "\u200b\u200c\u200d\u2060\ufe0e\ufe0f"), *range(0xE0020, 0xE0080)))
"""Characters that need no glyph."""
_CLUSTER = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|(?s:.))"
    "(?:[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|\u200d(?s:.))*"
)
"""A letter with its accents; a flag; an emoji with what varies it and what is joined to it."""
_UNSETTABLE = re.compile(
    "[\u0590-\u08ff\u0900-\u0e3e\u0e40-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Scripts from right to left, and those of India and its neighbours, Thailand to Mongolia, that need more than is done here."""


BATCH = 1_000
"""Words that are shaped together: enough that a call costs nothing, few enough that the next batch takes over their memory."""
_cluster_of = attrgetter("cluster")


class MissingCharacterError(FontError):
    """No face at hand has a glyph for a character."""

    def __init__(self, char: str, word: str, tried: Sequence[Font]) -> None:
        names = ", ".join(f"{font.family} {font.style}" for font in tried)
        super().__init__(
            f"no face has the character {char!r} (U+{ord(char):04X}) in {word!r}; tried {names}",
            "put a face that has it into the project's fonts/ folder and name it in type.fallback, or change the character",
        )
        self.char = char


class ScriptError(MissingCharacterError):
    """A word is in a script that cannot be set, whatever the face."""

    def __init__(self, char: str, word: str) -> None:
        script = name(char, "an unknown script").split()[0].capitalize()
        why = "is written from right to left" if bidirectional(char) in ("R", "AL") else "changes its letters by what stands beside"
        FontError.__init__(
            self, f"{word!r} is in {script}, which {why}: that cannot be set yet", "write it in Latin letters, or leave it out"
        )
        self.char = char


def shape(style: Style, texts: Sequence[str]) -> list[Piece | None]:
    """Shape words in one style; None stands for a word with a character that the face lacks."""
    batches = (texts[first : first + BATCH] for first in range(0, len(texts), BATCH))
    return [piece for batch in batches for piece in _shape_batch(style, batch)]


def _shape_batch(style: Style, texts: Sequence[str]) -> list[Piece | None]:
    face = open_face(style.font)
    if not any(texts):
        return [Piece(style, "", (), (), (), (), 0.0) for _ in texts]
    walled = _WALL.join(texts)
    if _UNSETTABLE.search(walled):
        _refuse_scripts(texts)
    buffer = hb.Buffer()
    # An accent at a word's beginning must not be counted with the wall before it.
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(walled)
    buffer.guess_segment_properties()
    hb.shape(face.hb_font, buffer, {tag.removeprefix("-"): not tag.startswith("-") for tag in style.features})
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    glyphs = tuple([info.codepoint for info in infos])
    tracking = round(style.tracking * face.upem / style.size)
    advances = tuple([position.x_advance + tracking for position in positions])
    across = [position.x_offset for position in positions]
    up = [position.y_offset for position in positions]
    moved = any(across) or any(up)
    lacking = 0 in glyphs
    scale = style.size / face.upem
    total, size = len(infos), len(walled)
    pieces: list[Piece | None] = []
    start = first = 0
    for text in texts:
        count = len(text)
        end = start + count
        last = first + count
        # Most words have a glyph a letter; after a ligature the wall must be looked for.
        plain = last <= total and (infos[last].cluster if last < total else size) == end
        if not plain:
            last = bisect_left(infos, end, first, key=_cluster_of)
        ids = glyphs[first:last]
        if lacking and 0 in ids and any(ord(char) not in face.letters and ord(char) not in _INVISIBLE for char in text):
            pieces.append(None)
        else:
            moves = advances[first:last]
            letters = tuple(text) if plain else _letters(text, [info.cluster - start for info in infos[first:last]])
            shifts = tuple(zip(across[first:last], up[first:last], strict=True)) if moved else ()
            if moved and not any(map(any, shifts)):
                shifts = ()
            pieces.append(Piece(style, text, ids, letters, moves, shifts, sum(moves) * scale))
        start = end + 1
        first = last + 1
    return pieces


def signs_of(text: str) -> list[str]:
    """Part a text into what must stay together: letters with their accents, flags, emoji with all that is joined to them."""
    return _CLUSTER.findall(text)


def shape_broken(style: Style, letters: str) -> Piece | None:
    """Shape the first part of a word broken at a line's end, its hyphen drawn and extracted as a soft hyphen."""
    (piece,) = shape(style, [letters + "-"])
    if piece is None or not piece.clusters:
        return piece
    soft = _soft_hyphen(open_face(style.font))
    glyphs = (*piece.glyphs[:-1], soft) if soft else piece.glyphs
    return replace(piece, text=letters + SOFT_HYPHEN, glyphs=glyphs, clusters=(*piece.clusters[:-1], SOFT_HYPHEN))


def split_by_face(style: Style, text: str, fallbacks: Sequence[Font]) -> list[tuple[Style, str]]:
    """Cut a word where the face must change for a character it lacks; MissingCharacterError if none has it.

    Letters with their accents, and signs joined into one, stay in one face if any has them all.
    """
    own = open_face(style.font).letters
    if all(ord(char) in own for char in text):
        return [(style, text)] if text else []
    fonts = [style.font, *_nearest(style.font, [font for font in fallbacks if font != style.font and not forbidden(font)])]
    parts: list[tuple[Font, str]] = []
    for cluster in _CLUSTER.findall(text):
        whole = _first_with(cluster, fonts)
        for letters in (cluster,) if whole else cluster:
            font = whole or _first_with(letters, fonts)
            if font is None:
                raise MissingCharacterError(letters, text, fonts)
            if parts and (parts[-1][0] == font or not _drawn(letters)):
                parts[-1] = (parts[-1][0], parts[-1][1] + letters)
            else:
                parts.append((font, letters))
    return [(replace(style, font=font), letters) for font, letters in parts]


def _drawn(letters: str) -> list[int]:
    """List the code points that need a glyph."""
    return [ord(char) for char in letters if ord(char) not in _INVISIBLE and char != SOFT_HYPHEN]


def _first_with(letters: str, fonts: Sequence[Font]) -> Font | None:
    """Return the first font that has all of these letters."""
    wanted = _drawn(letters)
    return next((font for font in fonts if all(code in open_face(font).letters for code in wanted)), None)


def _nearest(like: Font, fonts: Sequence[Font]) -> list[Font]:
    """Order fonts by their families as given, and within one by how near they come to a font in slope and weight."""
    families = list(dict.fromkeys(font.family for font in fonts))
    return sorted(fonts, key=lambda font: (families.index(font.family), font.italic != like.italic, abs(font.weight - like.weight)))


def _refuse_scripts(words: Sequence[str]) -> None:
    """Refuse the scripts whose letters would come out in a wrong order or shape."""
    for word in words:
        if found := _UNSETTABLE.search(word):
            raise ScriptError(found[0], word)


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
