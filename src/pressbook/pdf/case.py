"""The type case: every distinct piece encoded once, and the operators that set lines from it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, groupby, pairwise
from operator import attrgetter
from typing import TypeAlias

from pressbook.model import Font, Line, Piece, Slug, Style, Word
from pressbook.pdf.fonts import SHY, Fount, Tally, cut, utf16
from pressbook.pdf.numbers import number
from pressbook.values import Value

NATURAL = "100 Tz 0 Tc "
"""The operators for a line whose glyphs do not give; a page begins so."""
CLOSED = ")]TJ EMC[("
"""Ends what is said in other letters than its codes', in the midst of an array."""
ESCAPED = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\", "\r": "\\r"})
"""Letters that a literal string cannot hold as they are."""
EMPTY = re.compile(r"(?<!\\)\(\)")
"""A string left empty: what opens it is no letter of the string before."""


class Drawer(Value, eq=False):
    """A style as the page needs it: how to choose it, its word space, and its pieces ready to write."""

    choose: str
    """The operator that chooses face and size."""
    per_point: float
    """Thousandths of an em in a point."""
    space: str
    """The space glyph as written."""
    space_width: float
    """Its advance in thousandths of an em."""
    pieces: dict[Piece, str]
    """The inside of a TJ array, between an opening `(` and a closing `)`."""
    words: dict[Word, str]
    """The same of the words that are one piece."""

    def gap(self, line: Line) -> str:
        """Write a line's word space between two pieces; its tracking comes before and after it."""
        space = (line.space - 2 * line.tracking) / line.scale
        move = f"{self.space_width - space * self.per_point:.2f}"
        return f"{self.space}){move}(" if move not in ("0.00", "-0.00") else self.space


Case: TypeAlias = dict[int, Drawer]
"""Where the compositor reaches, by the identity of the style: to hash its value would cost more than all the painting."""


State: TypeAlias = tuple[str, str]
"""The operators that chose the last style and fit."""
BEGUN: State = ("", NATURAL)
"""As a page begins."""


def fill_case(slugs: Iterable[Slug]) -> tuple[tuple[Fount, ...], Case]:
    """Cut the founts that slugs need, and write all that they set; FontError if a face cannot be embedded."""
    # Words are told apart by identity, so this is quick, and a book repeats all but a sixth of them.
    words = dict.fromkeys(chain.from_iterable([slug.line.words for slug in slugs]))
    alike, style_of = _by_style(words)
    used: dict[Font, list[Piece]] = {}
    for style, pieces in alike.items():
        used.setdefault(style.font, []).extend(pieces)
    ready = {font: _encode(font, pieces, f"F{place}") for place, (font, pieces) in enumerate(used.items(), 1)}
    drawers = {style: _fill(style, *ready[style.font]) for style in alike}
    case = {key: drawers[style] for key, style in style_of.items()}
    for word in words:
        first = word.pieces[0]
        if len(word.pieces) == 1:
            drawer = case[id(first.style)]
            drawer.words[word] = drawer.pieces[first]
    return tuple([fount for fount, _ in ready.values()]), case


def _by_style(words: Iterable[Word]) -> tuple[dict[Style, list[Piece]], dict[int, Style]]:
    """Sort out the distinct pieces by style, in the order of first use; tell each style by its identity as well."""
    alike: dict[Style, list[Piece]] = {}
    style_of: dict[int, Style] = {}
    cast = [(*word.pieces, *word.anchor) if word.anchor else word.pieces for word in words]
    for key, run in groupby(dict.fromkeys(chain.from_iterable(cast)), lambda piece: id(piece.style)):
        pieces = list(run)
        if key not in style_of:
            style_of[key] = pieces[0].style
        alike.setdefault(style_of[key], []).extend(pieces)  # styles that are equal share a shelf
    return alike, style_of


def _fill(style: Style, fount: Fount, pieces: dict[Piece, str]) -> Drawer:
    code, width = (_write(fount, fount.space, " "), fount.advances[fount.space]) if fount.space else ("", 0)
    return Drawer(
        choose=f"/{fount.resource} {number(style.size)} Tf",
        per_point=1000 / style.size,
        space=code,
        space_width=width * 1000 / fount.upem,
        pieces=pieces,
        words={},
    )


class _Sorts(dict[tuple[int, str, int], int]):
    """(glyph id, letters, advance) and the number of each in the order of first use: a book has a few hundred."""

    def __missing__(self, sort: tuple[int, str, int]) -> int:
        place = self[sort] = len(self)
        return place


def _encode(font: Font, pieces: Sequence[Piece], resource: str) -> tuple[Fount, dict[Piece, str]]:
    """Cut a face down to what pieces need, and write the codes and kerns of each."""
    sorts = _Sorts()
    # All in one go, as what is done for each of a hundred thousand glyphs must be little.
    columns = [chain.from_iterable(map(attrgetter(name), pieces)) for name in ("glyphs", "clusters", "advances")]
    places = list(map(sorts.__getitem__, zip(*columns, strict=True)))
    fount = cut(font, _tally(sorts, places), resource)
    shown = [_write_sort(fount, *sort) for sort in sorts]
    ends = accumulate([len(piece.glyphs) for piece in pieces], initial=0)
    written = {
        piece: "".join([shown[place] for place in places[start:end]])
        for piece, (start, end) in zip(pieces, pairwise(ends), strict=True)
    }
    shared = any(not letters for _, letters, _ in sorts)
    for piece in pieces:
        if piece.offsets or (shared and not all(piece.clusters)):
            written[piece] = _encode_with_care(piece, fount)
    return fount, written


def _tally(sorts: Mapping[tuple[int, str, int], int], places: Sequence[int]) -> Tally:
    """Tell what each glyph stands for; how often, only of the few that stand for several things."""
    tally = Counter({(glyph, letters): 0 for glyph, letters, _ in sorts})
    senses = Counter(glyph for glyph, letters in tally if letters not in ("", SHY))
    for (glyph, letters, _), place in sorts.items():
        if senses[glyph] > 1:
            tally[glyph, letters] += places.count(place)
    return tally


def _write_sort(fount: Fount, glyph: int, letters: str, advance: int) -> str:
    """Write a glyph, and its kern."""
    kern = fount.advances[glyph] - advance
    return _write(fount, glyph, letters) + (_move(kern * 1000 / fount.upem) if kern else "")


def _encode_with_care(piece: Piece, fount: Fount) -> str:
    """Write a piece whose glyphs are raised or shifted, or of which several stand for the same letters."""
    starts = [at for at, letters in enumerate(piece.clusters) if letters or not at]
    out = []
    for start, end in pairwise([*starts, len(piece.glyphs)]):
        letters = piece.clusters[start]
        if end - start == 1:
            out.append(_place(piece, start, fount, _write(fount, piece.glyphs[start], letters)))
        else:
            spare = (_place(piece, at, fount, _letters_of(fount.spare[piece.glyphs[at]])) for at in range(start, end))
            out.append(_say("".join(spare), letters))
    return "".join(out)


def _letters_of(code: int) -> str:
    """Write a code as two letters of a literal string, which deflates faster and smaller than hexadecimal digits."""
    return code.to_bytes(2, "big").decode("latin-1").translate(ESCAPED)


def _write(fount: Fount, glyph: int, letters: str) -> str:
    """Write the code of a glyph; where no code is extracted as its letters, say them."""
    code = fount.codes.get((glyph, " " if letters.isspace() else letters))
    return _letters_of(code) if code is not None else _say(_letters_of(fount.spare[glyph]), letters)


def _say(codes: str, letters: str) -> str:
    return f")]TJ {_speak(letters)}[({codes}{CLOSED}"


def _speak(letters: str) -> str:
    return f"/Span<</ActualText<FEFF{utf16(letters)}>>>BDC"


def _place(piece: Piece, at: int, fount: Fount, code: str) -> str:
    """Shift and raise a glyph, and move on by its advance."""
    across, up = piece.offsets[at] if piece.offsets else (0, 0)
    thousandths = 1000 / fount.upem
    if up:
        code = f")]TJ {number(up / fount.upem * piece.style.size)} Ts[({code})]TJ 0 Ts[("
    after = fount.advances[piece.glyphs[at]] + across - piece.advances[at]
    return (_move(-across * thousandths) if across else "") + code + (_move(after * thousandths) if after else "")


def _move(thousandths: float) -> str:
    return f"){round(thousandths, 2):g}("


# --- lines ----------------------------------------------------------------------------------------------------------


def text_object(slugs: tuple[Slug, ...], case: Case) -> str:
    """Write a text object of slugs that stands alone."""
    return set_slugs(slugs, case, BEGUN)[0]


def set_slugs(slugs: tuple[Slug, ...], case: Case, state: State) -> tuple[str, State]:
    """Write a text object of slugs; return it with the operators that chose its last style and fit."""
    lines, state = set_lines(slugs, case, state)
    text = "".join(lines)
    return (f"BT\n{text}ET\n" if text else ""), state


def set_lines(slugs: tuple[Slug, ...], case: Case, state: State) -> tuple[list[str], State]:
    """Write the operators for each slug; return them with those that chose the last style and fit."""
    chosen, fit = state
    out: list[str] = []
    for slug in slugs:
        line = slug.line
        if not line.words:
            out.append("")
            continue
        before, shown, chosen = _set_line(line, case, chosen)
        given = _fit(line.scale, line.tracking) if line.tracking or line.scale != 1.0 else NATURAL
        if given != fit:
            fit = given
            before += fit
        out.append(f"{before}1 0 0 1 {number(slug.x + line.indent)} {number(slug.y)} Tm{shown}\n")
    return out, (chosen, fit)


def _fit(scale: float, tracking: float) -> str:
    """Write how far a line's glyphs give: their scale, and their tracking, which the scale would scale too."""
    return f"{number(100 * scale)} Tz {tracking / scale:.4f} Tc "


def _set_line(line: Line, case: Case, chosen: str) -> tuple[str, str, str]:
    """Write a line: return the operator before it, the array that shows it, and the operator that chose its last style."""
    words = line.words
    drawer = case[id(words[0].pieces[0].style)]
    before = f"{drawer.choose} " if drawer.choose != chosen else ""
    try:  # nearly every line is of words of one piece in one style
        inside = drawer.gap(line).join(map(drawer.words.__getitem__, words))
        # Who hears the book would take the words on either side of a line's end for one (ISO 32000-1, 14.8.2.5).
        shown, chosen = f"[({inside}{drawer.space if line.tail == 'space' else ''})]TJ", drawer.choose
    except KeyError:
        inside, chosen = _set_mixed(line, case)
        shown = f"[({inside})]TJ"
    return before, _without_empty(shown) if "()" in shown else shown, chosen


def _without_empty(shown: str) -> str:
    """Clear away strings and arrays left empty, at which pdfium loses the move before them."""
    return EMPTY.sub(" ", shown.replace("[()]TJ", ""))  # the blank parts two moves


def _set_mixed(line: Line, case: Case) -> tuple[str, str]:
    """Write a line of several styles; return the operator that chose the last as well."""
    out: list[str] = []
    last = case[id(line.words[0].pieces[0].style)]
    for at, word in enumerate(line.words):
        if at:
            out.append(last.gap(line))  # the space belongs to the word before it
        if word.anchor:
            shown, last = _set_with_initial(word, *word.anchor, line, case)
            out.append(shown)
            continue
        for piece in word.pieces:
            drawer = case[id(piece.style)]
            if drawer.choose != last.choose:
                out.append(f")]TJ {drawer.choose}[(")
            out.append(drawer.pieces[piece])
            last = drawer
    if line.tail == "space":
        out.append(last.space)
    return "".join(out), last.choose


def _set_with_initial(word: Word, letters: Piece, hyphen: Piece, line: Line, case: Case) -> tuple[str, Drawer]:
    """Write a word that has an initial: say it as one, and stand it on its line; return the drawer of its rest as well.

    Readers look for what is said where the first glyph stands, and measure it by the last; and some go through its letters
    with the glyphs, and put what does not agree on a line of its own. The initial's baseline is lines below. So its letters
    come first, close to the rest and not shown; then the rest; then the initial itself; and a hyphen behind, not shown.
    All have ink, as pdfium passes over a space.
    """
    large = max(at for at, piece in enumerate(word.pieces) if piece.style.size != hyphen.style.size)
    initial, rest = word.pieces[: large + 1], word.pieces[large + 1 :]

    def far(pieces: Sequence[Piece]) -> float:
        return sum(piece.width + len(piece.glyphs) * line.tracking / line.scale for piece in pieces)

    def move(points: float, drawer: Drawer) -> str:
        return f"){-points * drawer.per_point:.2f}("

    hidden = case[id(letters.style)]
    last = case[id((rest or (letters,))[-1].style)]
    out = [f")]TJ {_speak(word.text)}{hidden.choose}[(", move(far(initial) - far([letters]), hidden)]
    out.append(f")]TJ 3 Tr[({hidden.pieces[letters]})]TJ 0 Tr[(")
    for piece in rest:
        drawer = case[id(piece.style)]
        out.append(f")]TJ {drawer.choose}[({drawer.pieces[piece]}")
    out.append(move(-far(word.pieces), last))
    for piece in initial:
        drawer = case[id(piece.style)]
        lowered = piece.style.size != hyphen.style.size
        out.append(f")]TJ {drawer.choose}[(" + (_keep_shape(piece, line, drawer) if lowered else drawer.pieces[piece]))
    out.append(f")]TJ {hidden.choose}[(" + move(far(rest) - far([hyphen]), hidden))
    out.append(f")]TJ 3 Tr[({hidden.pieces[hyphen]})]TJ 0 Tr {last.choose}[({CLOSED}")
    return "".join(out), last


def _keep_shape(piece: Piece, line: Line, drawer: Drawer) -> str:
    """Write an initial as it is, while the letters beside it give; what follows stands where it would if it gave as well."""
    scale, tracking = line.scale, line.tracking
    excess = piece.width * (1 / scale - 1) - len(piece.glyphs) * tracking / scale
    return f")]TJ {NATURAL}[({drawer.pieces[piece]})]TJ {_fit(scale, tracking)}[{excess * drawer.per_point:.2f}("
