"""The type case: every distinct piece encoded once, when it is first set, and the operators that set lines from it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, pairwise
from typing import TypeAlias

from pressbook.model import Font, Line, Piece, Slug, Style, Word
from pressbook.pdf.fonts import Fount, Tally, cut, utf16
from pressbook.pdf.numbers import number
from pressbook.values import Value

NATURAL = "100 Tz 0 Tc "
"""The operators for a line whose glyphs do not give; a page begins so."""
CLOSED = ")]TJ EMC[("
"""Ends what is said in other letters than its codes', in the midst of an array."""
GUARDED = {letter: chr(0xE000 + ord(letter)) for letter in "()\\\r"}
"""Letters that a literal string cannot hold as they are, and what stands for them until the page is whole."""


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
    pieces: "_Pieces"
    """The inside of a TJ array, between an opening `(` and a closing `)`."""
    words: "_Words"
    """The same of the words that are one piece."""

    def gap(self, line: Line) -> str:
        """Write a line's word space between two pieces; its tracking comes before and after it."""
        space = (line.space - 2 * line.tracking) / line.scale
        return f"{self.space}){self.space_width - space * self.per_point:.2f}("


Case: TypeAlias = dict[int, Drawer]
"""Where the compositor reaches, by the identity of the style: to hash its value would cost more than all the painting."""


State: TypeAlias = tuple[str, str]
"""The operators that chose the last style and fit."""
BEGUN: State = ("", NATURAL)
"""As a page begins."""


def fill_case(slugs: Iterable[Slug]) -> tuple[tuple[Fount, ...], Case]:
    """Cut the founts that slugs need; FontError if a face cannot be embedded."""
    # Words are told apart by identity, so this is quick, and a book repeats all but a sixth of them.
    words = dict.fromkeys(chain.from_iterable(slug.line.words for slug in slugs))
    alike, style_of = _by_style(words)
    founts = _cut_founts(alike)
    drawers = {style: _fill(style, founts[style.font]) for style in alike}
    return tuple(founts.values()), {key: drawers[style] for key, style in style_of.items()}


def _by_style(words: Iterable[Word]) -> tuple[dict[Style, list[Piece]], dict[int, Style]]:
    """Sort out the distinct pieces by style, in the order of first use; tell each style by its identity as well."""
    alike: dict[Style, list[Piece]] = {}
    style_of: dict[int, Style] = {}
    shelves: dict[int, list[Piece]] = {}
    cast = [(*word.pieces, *word.anchor) if word.anchor else word.pieces for word in words]
    for piece in dict.fromkeys(chain.from_iterable(cast)):
        key = id(piece.style)
        if key not in shelves:
            style_of[key] = piece.style
            shelves[key] = alike.setdefault(piece.style, [])  # styles that are equal share a shelf
        shelves[key].append(piece)
    return alike, style_of


def _cut_founts(alike: dict[Style, list[Piece]]) -> dict[Font, Fount]:
    tallies: dict[Font, Tally] = {}
    for style, pieces in alike.items():
        tally = tallies.setdefault(style.font, Counter())
        tally.update(chain.from_iterable(zip(piece.glyphs, piece.clusters, strict=True) for piece in pieces))
    return {font: cut(font, tally, f"F{place}") for place, (font, tally) in enumerate(tallies.items(), 1)}


def _fill(style: Style, fount: Fount) -> Drawer:
    code, width = (_write(fount, fount.space, " "), fount.advances[fount.space]) if fount.space else ("", 0)
    pieces = _Pieces(fount)
    return Drawer(
        choose=f"/{fount.resource} {number(style.size)} Tf",
        per_point=1000 / style.size,
        space=code,
        space_width=width * 1000 / fount.upem,
        pieces=pieces,
        words=_Words(style, pieces),
    )


class _Sorts(dict[tuple[int, str, int], str]):
    """(glyph id, letters, advance) as written, with its kern: made at first use, as a book has a few hundred and uses millions."""

    def __init__(self, fount: Fount) -> None:
        self.fount = fount

    def __missing__(self, key: tuple[int, str, int]) -> str:
        glyph, letters, advance = key
        if not letters:
            raise KeyError(key)  # one of several glyphs for the same letters
        fount = self.fount
        kern = fount.advances[glyph] - advance
        made = self[key] = _write(fount, glyph, letters) + (_move(kern * 1000 / fount.upem) if kern else "")
        return made


class _Pieces(dict[Piece, str]):
    """Each piece's codes and kerns, written when a page first needs it."""

    def __init__(self, fount: Fount) -> None:
        self.fount = fount
        self.sort = _Sorts(fount).__getitem__

    def __missing__(self, piece: Piece) -> str:
        made = ""
        if not piece.offsets:
            with suppress(KeyError):
                made = "".join(map(self.sort, zip(piece.glyphs, piece.clusters, piece.advances, strict=True)))
        self[piece] = made = made or _encode_with_care(piece, self.fount)
        return made


class _Words(dict[Word, str]):
    """The words of one style that are one piece; KeyError tells that a word is not of them."""

    def __init__(self, style: Style, pieces: _Pieces) -> None:
        self.style, self.pieces = style, pieces

    def __missing__(self, word: Word) -> str:
        first = word.pieces[0]
        if len(word.pieces) > 1 or not (first.style is self.style or first.style == self.style):
            raise KeyError(word)
        made = self[word] = self.pieces[first]
        return made


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
    return "".join(GUARDED.get(letter, letter) for letter in code.to_bytes(2, "big").decode("latin-1"))


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


def finish(page: str) -> str:
    """Clear away strings and arrays left empty, at which pdfium loses the move before them; then escape what was guarded."""
    page = page.replace("[()]TJ", "").replace("()", " ")  # the blank parts two moves
    for letter, guard in GUARDED.items():
        page = page.replace(guard, "\\r" if letter == "\r" else f"\\{letter}")
    return page


def text_object(slugs: tuple[Slug, ...], case: Case) -> str:
    """Write a text object of slugs that stands alone."""
    return finish(set_slugs(slugs, case, BEGUN)[0])


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
        else:
            before, inside, chosen = _set_line(line, case, chosen)
            given = _fit(line.scale, line.tracking)
            if given != fit:
                fit = given
                before += fit
            out.append(f"{before}1 0 0 1 {number(slug.x + line.indent)} {number(slug.y)} Tm[({inside})]TJ\n")
    return out, (chosen, fit)


@lru_cache(maxsize=4096)
def _fit(scale: float, tracking: float) -> str:
    """Write how far a line's glyphs give: their scale, and their tracking, which the scale would scale too."""
    if scale == 1.0 and not tracking:
        return NATURAL
    return f"{number(100 * scale)} Tz {number(tracking / scale, 4)} Tc "


def _set_line(line: Line, case: Case, chosen: str) -> tuple[str, str, str]:
    """Write a line: return the operator before it, the inside of its TJ array, and the operator that chose its last style."""
    words = line.words
    drawer = case[id(words[0].pieces[0].style)]
    before = f"{drawer.choose} " if drawer.choose != chosen else ""
    try:  # nearly every line is of words of one piece in one style
        inside = drawer.gap(line).join(map(drawer.words.__getitem__, words))
        # Who hears the book would take the words on either side of a line's end for one (ISO 32000-1, 14.8.2.5).
        return before, inside + drawer.space if line.tail == "space" else inside, drawer.choose
    except KeyError:
        inside, chosen = _set_mixed(line, case)
        return before, inside, chosen


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
