"""Sorts: words cast once, with the places where a line may break inside them.

A key names what to cast: a plain string is a word in the text roman; a tuple of (style, letters) pairs is a word in
other styles, or one whose style changes inside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, filterfalse
from typing import Any, NamedTuple, TypeAlias

from pressbook.composition.breaking import HYPHEN_PENALTY, Cut
from pressbook.composition.faces import choose, open_face, prefer
from pressbook.composition.hyphenation import Hyphenator
from pressbook.composition.shaping import KANA, SOFT_HYPHEN, shape, shape_broken, split_by_face
from pressbook.config import Design
from pressbook.model import HYPHENS, Font, Piece, Style, Word
from pressbook.units import Pt
from pressbook.values import replace

Key: TypeAlias = str | tuple[tuple[int, str], ...]

ROMAN, ITALIC, STRONG, STRONG_ITALIC, LEAD_IN, NOTE = range(6)

HANG_RIGHT = {
    ".": 0.6, ",": 0.5, ":": 0.4, ";": 0.3, "!": 0.1, "?": 0.1, "-": 0.5, SOFT_HYPHEN: 0.5, "–": 0.3, "—": 0.2,
    "’": 0.4, "‘": 0.4, "”": 0.3, "“": 0.3, ")": 0.15, "…": 0.1, "»": 0.2, "›": 0.3,
}  # fmt: skip
"""How much of a glyph's width stands out to the right of the measure: microtype's table for EB Garamond, trimmed."""
HANG_LEFT = {
    "“": 0.3, "‘": 0.3, "”": 0.3, "’": 0.4, "—": 0.2, "–": 0.3, "(": 0.1, "«": 0.2, "‹": 0.3,
    "A": 0.05, "T": 0.07, "V": 0.05, "W": 0.05, "Y": 0.05,
}  # fmt: skip

NOTE_SCALE = 0.62
"""Of the text's size: a figure that refers to a note, in a face that has none drawn for it."""
NOTE_RISE = 0.34
"""How far such a figure is raised, in em of the text."""

NAME_PENALTY = 400.0
"""A break in a word that is only ever capitalised, so probably a name."""
FORCED_PENALTY = 3_000.0
"""A break where no rule allows one, in a word wider than the measure."""
LEAST_LETTERS = 6
"""Shorter words are not hyphenated: five letters and a hyphen save too little (Hamilton 1918, rule VIII)."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SEAMS = re.compile(
    r"""(?<=[^\W_]{2}[-\u2010])(?=[^\W_]{2})   # after a hyphen, but not after a one-letter stutter
      | (?<=[^\W_][—…])(?=[\w“‘])              # after a dash or an ellipsis inside a word
      | (?<=[”’!?.,][—…])(?=[\w“‘])            # the same after closing marks
      | (?<=[^\W\d_]/)(?=[^\W\d_])             # after a slash between letters
    """,
    re.VERBOSE,
)

_ADDRESS = re.compile(r"[/@_]|^www[.]")
"""Signs of an address or a file's name: a hyphen made in it would be read as part of it."""
_ADDRESS_SEAMS = re.compile(r"(?<=[/?&=#@._-])(?=\w)|(?<=//)")

_STOPS = ".,;:!?“”‘’"
"""What stands before and after many words; no line breaks at it, save in Chinese, Japanese or Korean."""
_MAY_SEAM = re.compile("[-\u2010—…/]").search
"""Quickly passes over the words, nearly all, that have no such sign."""


@lru_cache(maxsize=1)
def _eastern_seams() -> re.Pattern[str]:
    """Return what finds the places between kana, Chinese characters or hangul; wide ranges take long to compile."""
    letters = "\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7af"
    return re.compile(f"(?<=[{letters}、。])(?=[{letters}])")


class Sort(NamedTuple):
    """A word cast once. A paragraph's sorts, side by side, make its columns."""

    key: Key
    word: Word
    width: Pt
    hang_left: Pt
    hang_right: Pt
    joints: float
    """Places for tracking: a whole number, to be multiplied by widths, which takes a float a third of the work."""
    seams: tuple[Cut, ...]
    """Breaks that need no hyphenation."""


class TypeCase:
    """The compositor's case: every sort that the book needs, cast when it is first wanted."""

    def __init__(self, design: Design, fonts: tuple[Font, ...], narrowest: Pt) -> None:
        self.design = design
        self.fonts = prefer(fonts, design.config.type.fallback)
        self.narrowest = narrowest
        """The shortest line anywhere; a wider word must be broken by force."""
        self.styles = text_styles(design, fonts)
        self.dashed: set[Key] = set()
        """Words that end in a hyphen themselves."""
        self.forced: list[str] = []
        """Words that had to be broken by force."""
        keys = design.config.type
        self.hyphenator = Hyphenator(design.language, keys.exceptions)
        self._hangs = keys.protrusion
        self._hyphenate = keys.hyphenate and self.hyphenator.known
        self._sorts: dict[Key, Sort] = {}
        self._wanted: set[Key] = set()
        """What the book asked for; more may be in the case."""
        self._points: dict[Key, tuple[Cut, ...]] = {}
        """All breaks of the sorts that were asked for them, hyphenation's among them."""
        self._parts: dict[tuple[Key, int, int, bool], Word] = {}
        self._scales: dict[int, float] = {}
        """Points in a font unit, by the identity of the style; every piece in the case keeps its style alive."""

    def stock(self, other: "TypeCase") -> bool:
        """Take over the sorts of another case; tell whether all could be taken.

        None can if that case is of other type; nor can those that are wider than this case's shortest line.
        """
        if other.styles != self.styles or other.design.config.type != self.design.config.type:
            return False
        # What was cast keeps its style, and styles are told apart by identity.
        self.styles = other.styles
        self._sorts = other._sorts.copy()
        too_wide = [key for key, sort in self._sorts.items() if sort.width > self.narrowest]
        for key in too_wide:
            del self._sorts[key]
        self.dashed = other.dashed & self._sorts.keys()
        return not too_wide

    def columns(self, keys: Sequence[Key]) -> Iterator[tuple[Any, ...]]:
        """Return the columns (`Sort`) that the sorts of these keys, which must have been cast, make side by side."""
        return zip(*map(self._sorts.__getitem__, keys), strict=True)

    def words(self, keys: Sequence[Key]) -> list[Word]:
        """Return the words of these keys, which must have been cast."""
        sorts = self._sorts
        return [sorts[key].word for key in keys]

    def sort(self, key: Key) -> Sort:
        """Return the sort of a key, which must have been cast."""
        return self._sorts[key]

    def sorts(self, keys: Sequence[Key]) -> list[Sort]:
        """Return the sorts of these keys, which must have been cast."""
        return list(map(self._sorts.__getitem__, keys))

    def cast(self, keys: Iterable[Key]) -> None:
        """Cast what is not in the case yet, all words of a style in one batch."""
        asked = dict.fromkeys(keys)
        self._wanted.update(asked)
        wanted = list(filterfalse(self._sorts.__contains__, asked))
        plain = iter(self._shape_all(ROMAN, [_bare(key) for key in wanted if isinstance(key, str)]))
        batches: dict[int, list[str]] = {}
        for style, text in chain.from_iterable([key for key in wanted if not isinstance(key, str)]):
            batches.setdefault(style, []).append(_bare(text))
        pieces = {style: iter(self._shape_all(style, texts)) for style, texts in batches.items()}
        for key in wanted:
            if isinstance(key, str):
                word = self._word(next(plain))
                # Bare words, nine in ten, have nothing in them that a line could break at.
                core = key.strip(_STOPS)
                is_bare = core.isalpha() and (core.isascii() or core == key)
                seams = () if is_bare and word.width <= self.narrowest else self._seams(key, word)
            else:
                word = self._word(tuple([piece for style, _ in key for piece in next(pieces[style])]))
                seams = self._seams(key, word)
            if word.text.endswith(HYPHENS):
                self.dashed.add(key)
            self._sorts[key] = Sort(key, word, word.width, word.hang_left, word.hang_right, float(word.seams), seams)

    def breaks(self, sort: Sort) -> tuple[Cut, ...]:
        """Return all places where a line may break inside the sort, hyphenation's among them."""
        points = self._points.get(sort.key)
        if points is None:
            points = sort.seams
            # A word that is hyphenated already, or whose author put soft hyphens in, breaks only there.
            if self._hyphenate and not points and not sort.word.text.isupper():
                points = self._hyphenation(sort)
            self._points[sort.key] = points
        return points

    def part(self, sort: Sort, start: int, stop: int, hyphen: bool) -> Word:
        """Return the letters from `start` to `stop` of a sort as a word of their own, with a hyphen if one is made."""
        name = (sort.key, start, stop, hyphen)
        word = self._parts.get(name)
        if word is None:
            pieces: list[Piece] = []
            place = 0
            whole = sort.word.pieces
            for number, piece in enumerate(whole):
                letters = piece.text[max(0, start - place) : max(0, stop - place)]
                place += len(piece.text)
                if letters and letters == piece.text and piece.style is self.styles[NOTE]:
                    pieces.append(piece)
                elif letters:
                    ends = hyphen and (place >= stop or number == len(whole) - 1)
                    shaped = shape_broken(piece.style, letters) if ends else None
                    # A face for signs may have no hyphen.
                    shaped = shaped or shape(piece.style, [letters])[0]
                    pieces.extend([shaped] if shaped else [])
            word = self._parts[name] = self._word(tuple(pieces))
        return word

    def _shape_all(self, style: int, texts: list[str]) -> list[tuple[Piece, ...]]:
        shaped = shape(self.styles[style], texts)
        if style == NOTE and self.styles[NOTE].size < self.styles[ROMAN].size:
            shaped = [piece and _raised(piece) for piece in shaped]
        return [(piece,) if piece else self._shape_mixed(style, text) for piece, text in zip(shaped, texts, strict=True)]

    def _shape_mixed(self, style: int, text: str) -> tuple[Piece, ...]:
        """Shape a word that needs more than one face."""
        parts = split_by_face(self.styles[style], text, self.fonts)
        return tuple(piece for part, letters in parts for piece in shape(part, [letters]) if piece)

    def _word(self, pieces: tuple[Piece, ...]) -> Word:
        if len(pieces) == 1:
            (piece,) = pieces
            text, width, seams = piece.text, piece.width, len(piece.glyphs) - 1
        else:
            text, width = "".join(piece.text for piece in pieces), sum(piece.width for piece in pieces)
            seams = sum(len(piece.glyphs) for piece in pieces) - 1
        left = right = 0.0
        if self._hangs and text:
            if text[0] in HANG_LEFT and (first := pieces[0]).advances:
                left = HANG_LEFT[text[0]] * first.advances[0] * self._scale(first.style)
            if text[-1] in HANG_RIGHT and (last := pieces[-1]).advances:
                right = HANG_RIGHT[text[-1]] * last.advances[-1] * self._scale(last.style)
        return Word(text, pieces, width, left, right, seams)

    def _scale(self, style: Style) -> float:
        # To hash a style by its value takes longer than all the rest of a word.
        scale = self._scales.get(id(style))
        if scale is None:
            scale = self._scales[id(style)] = _scale(style)
        return scale

    def _seams(self, key: Key, word: Word) -> tuple[Cut, ...]:
        """Find the breaks that the author typed: hyphens, dashes, soft hyphens; and force some into a word too wide."""
        text = word.text
        letters = key if isinstance(key, str) else "".join(part for _, part in key)
        if SOFT_HYPHEN in letters:
            places = [match.start() - count for count, match in enumerate(re.finditer(SOFT_HYPHEN, letters))]
            seams = tuple(self._cut(word, at, HYPHEN_PENALTY, True) for at in places if 0 < at < len(text))
        elif not (_MAY_SEAM(text) or (not text.isascii() and max(text) >= KANA)):
            seams = ()
        else:
            places = [match.start() for match in _SEAMS.finditer(text)]
            if max(text) >= KANA:
                places = sorted({*places, *(match.start() for match in _eastern_seams().finditer(text))})
            seams = tuple(self._cut(word, at, HYPHEN_PENALTY, False) for at in places)
        if word.width > self.narrowest:
            seams = self._force(word, seams)
        if not isinstance(key, str) and any(style == NOTE for style, _ in key):
            seams = _away_from_figures(key, seams)
        return seams

    def _force(self, word: Word, seams: tuple[Cut, ...]) -> tuple[Cut, ...]:
        text = word.text
        known = {cut.at: cut for cut in seams}
        is_address = bool(_ADDRESS.search(text))
        if is_address:
            for match in _ADDRESS_SEAMS.finditer(text):
                known.setdefault(match.start(), self._cut(word, match.start(), HYPHEN_PENALTY, False))
        else:
            for run in _LETTERS.finditer(text):
                for point in self.hyphenator.points(run.group()):
                    known.setdefault(run.start() + point, self._cut(word, run.start() + point, HYPHEN_PENALTY, True))
        for at in range(1, len(text)):
            makes_hyphen = not is_address and text[at - 1].isalpha() and text[at].isalpha()
            known.setdefault(at, self._cut(word, at, FORCED_PENALTY, makes_hyphen))
        self.forced.append(text)
        return tuple(known[at] for at in sorted(known))

    def _hyphenation(self, sort: Sort) -> tuple[Cut, ...]:
        """Hyphenate the letter runs of a word that has no hyphen, digit or sign of an address in it."""
        text = sort.word.text
        key = sort.key
        if not isinstance(key, str) and key[-1][0] == NOTE:
            text = text[: -len(key[-1][1])]
        if text.isalpha():
            runs = [(0, text)] if len(text) >= LEAST_LETTERS else []
        elif any(map(str.isdigit, text)) or _ADDRESS.search(text):
            return ()
        else:
            runs = [(m.start(), m.group()) for m in _LETTERS.finditer(text) if m.end() - m.start() >= LEAST_LETTERS]
        cuts: list[Cut] = []
        for start, run in runs:
            if run.isupper():
                continue
            penalty = HYPHEN_PENALTY
            if run[0].isupper() and run.lower() not in self._wanted:
                penalty = NAME_PENALTY
            cuts.extend(self._cut(sort.word, start + point, penalty, True) for point in self.hyphenator.points(run))
        return tuple(cuts)

    def _cut(self, word: Word, at: int, penalty: float, makes_hyphen: bool) -> Cut:
        """Measure a break from the whole word's own advances; the parts, shaped anew, differ by a kern at the most."""
        width = 0.0
        place = 0
        style = word.pieces[0].style
        for piece in word.pieces:
            style = piece.style
            if place + len(piece.text) <= at:
                width += piece.width
                place += len(piece.text)
                if place == at:
                    break
                continue
            width += _width_to(piece, at - place)
            break
        if makes_hyphen:
            hyphen = open_face(style.font).advance("-") * style.size
            before = width + hyphen * (1 - HANG_RIGHT["-"] * self._hangs)
            return Cut(at, before, width, penalty, True, True)
        last = word.text[at - 1]
        hang = HANG_RIGHT.get(last, 0.0) * self._hangs * open_face(style.font).advance(last) * style.size
        return Cut(at, width - hang, width, penalty, last in "-\u2010", False)


def text_styles(design: Design, fonts: tuple[Font, ...]) -> tuple[Style, ...]:
    """Return the styles of running text, by the numbers ROMAN to LEAD_IN."""
    keys = design.config.type
    figures = ("lnum", "pnum") if keys.figures == "lining" else ("onum", "pnum")
    features = tuple(sorted(("kern", "liga", *figures)))
    roman = choose(fonts, keys.font)
    italic = choose(fonts, keys.font, italic=True)
    bold = choose(fonts, keys.font, weight=600)
    bold_italic = choose(fonts, keys.font, italic=True, weight=600)
    size = design.size
    return (
        Style(roman, size, features),
        Style(italic, size, features),
        Style(bold, size, features),
        Style(bold_italic, size, features),
        Style(roman, size, tuple(sorted((*features, "smcp"))), tracking=0.04 * size),
        _figures(roman, size, features),
    )


def _figures(roman: Font, size: Pt, features: tuple[str, ...]) -> Style:
    """Return the style of figures that refer to notes: the face's own, or small ones that are raised by hand."""
    own = Style(roman, size, tuple(sorted((*features, "sups"))))
    drawn, plain = (shape(style, ["0123456789"])[0] for style in (own, Style(roman, size, features)))
    if drawn and plain and not set(drawn.glyphs) & set(plain.glyphs):
        return own
    return Style(roman, NOTE_SCALE * size, tuple(sorted((*features, "lnum"))))


def _raised(piece: Piece) -> Piece:
    """Raise a figure by what the text's size asks for, in units of its own smaller one."""
    rise = round(NOTE_RISE / NOTE_SCALE * open_face(piece.style.font).upem)
    return replace(piece, offsets=tuple([(0, rise)] * len(piece.glyphs)))


def _away_from_figures(key: Sequence[tuple[int, str]], cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Leave out the breaks before or inside a figure that refers to a note: it stays with its word."""
    ends = list(accumulate(len(text) for _, text in key))
    spans = [(end - len(text), end) for (style, text), end in zip(key, ends, strict=True) if style == NOTE]
    return tuple([cut for cut in cuts if not any(start <= cut.at < end for start, end in spans)])


def _bare(text: str) -> str:
    """Leave out the soft hyphens, which are no letters."""
    return text.replace(SOFT_HYPHEN, "")


def _scale(style: Style) -> float:
    return style.size / open_face(style.font).upem


def _width_to(piece: Piece, letters: int) -> Pt:
    """Return the width of a piece's first letters; a ligature is shared out evenly."""
    units = 0.0
    done = 0
    for cluster, advance in zip(piece.clusters, piece.advances, strict=True):
        if cluster and done + len(cluster) > letters:
            units += advance * (letters - done) / len(cluster)
            break
        if cluster and done == letters:
            break
        done += len(cluster)
        units += advance
    return units * _scale(piece.style)
