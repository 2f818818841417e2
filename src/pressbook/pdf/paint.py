"""Painting pages: slugs, figures and furniture become operators of a content stream; nothing is decided here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, groupby, pairwise
from typing import TypeAlias
from zlib import compress

from pressbook.config import PressKeys
from pressbook.hands import second_hand
from pressbook.model import Code, Edition, Figure, Font, Inset, Line, Ornament, Page, Picture, Piece, Slug, Style, Word
from pressbook.pdf.fonts import Fount, Tally, cut, utf16
from pressbook.pdf.numbers import number
from pressbook.pdf.standards import AT_HOME, black_of
from pressbook.pdf.structure import Mark
from pressbook.values import Value, field

LEVEL = 4
"""Of deflating a page: 6 takes two thirds more time to save 4 % of the file."""

MANY_PAGES = 60
"""From so many pages on, a second process earns more than it costs to begin."""
NATURAL = "100 Tz 0 Tc "
"""The operators for a line whose glyphs do not give; a page begins so."""
QUIET = 4
"""White around a code, in its dots; the least that readers ask for."""
CLOSED = ")]TJ EMC[("
"""Ends what is said in other letters than its codes', in the midst of an array."""
GUARDED = {letter: chr(0xE000 + ord(letter)) for letter in "()\\\r"}
"""Letters that a literal string cannot hold as they are, and what stands for them until the page is whole."""


class Plates(Value, eq=False):
    """A book engraved: every page painted and deflated once, every face cut to the glyphs used."""

    edition: Edition
    founts: tuple[Fount, ...]
    streams: tuple[bytes, ...]
    """A deflated content stream for each page, in reading order; its origin is the trim's lower left corner."""
    marked: tuple[tuple[Mark, ...], ...]
    """What each page's stretches of marked content are of, in the order of their numbers."""
    slug_lines: tuple[str, ...]
    """A text object for each page, for the paper around it; empty where it has none."""
    press: PressKeys
    """What the printer wants."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """Each that is painted, once, by its name on the page, such as `I1`."""


def engrave(edition: Edition, press: PressKeys = AT_HOME) -> Plates:
    """Paint every page once; FontError if a face cannot be embedded."""
    pages = edition.pages
    # Words are told apart by identity, so this is quick, and a book repeats all but a sixth of them.
    slugs = chain.from_iterable(chain(page.slugs, page.furniture, page.slug_line) for page in pages)
    words = dict.fromkeys(chain.from_iterable(slug.line.words for slug in slugs))
    alike, style_of = _by_style(words)
    founts = _cut_founts(alike)
    drawers = {style: _fill(style, pieces, founts[style.font]) for style, pieces in alike.items()}
    case = {key: drawers[style] for key, style in style_of.items()}
    for word in words:
        if len(word.pieces) == 1:
            (piece,) = word.pieces
            drawer = case[id(piece.style)]
            drawer.words[word] = drawer.pieces[piece]
    hung = dict.fromkeys(inset.picture.data for page in pages for inset in page.insets)
    names = {data: f"I{place}" for place, data in enumerate(hung, 1)}
    pictures = {names[inset.picture.data]: inset.picture for page in pages for inset in page.insets}
    streams, marked = zip(*_paint_all(pages, case, black_of(press), names), strict=True) if pages else ((), ())
    slug_lines = tuple(_finish(_set(page.slug_line, case, ("", NATURAL))[0]) for page in pages)
    return Plates(edition, tuple(founts.values()), streams, marked, slug_lines, press, pictures)


# --- the type case: every distinct piece encoded once ---------------------------------------------------------------


class _Drawer(Value, eq=False):
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
        return f"{self.space}){self.space_width - space * self.per_point:.2f}("


_Painted: TypeAlias = tuple[bytes, tuple[Mark, ...]]
"""A page's content stream, and what its marked content is of."""

_Case: TypeAlias = dict[int, _Drawer]
"""Where the compositor reaches, by the identity of the style: to hash its value would cost more than all the painting."""


def _by_style(words: Iterable[Word]) -> tuple[dict[Style, list[Piece]], dict[int, Style]]:
    """Sort out the distinct pieces by style, in the order of first use; tell each style by its identity as well."""
    alike: dict[Style, list[Piece]] = {}
    style_of: dict[int, Style] = {}
    shelves: dict[int, list[Piece]] = {}
    cast = [(*word.pieces, word.anchor) if word.anchor else word.pieces for word in words]
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


def _fill(style: Style, pieces: list[Piece], fount: Fount) -> _Drawer:
    code, width = (_write(fount, fount.space, " "), fount.advances[fount.space]) if fount.space else ("", 0)
    return _Drawer(
        choose=f"/{fount.resource} {number(style.size)} Tf",
        per_point=1000 / style.size,
        space=code,
        space_width=width * 1000 / fount.upem,
        pieces=_encode(pieces, fount),
        words={},
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


def _encode(pieces: list[Piece], fount: Fount) -> dict[Piece, str]:
    """Write each piece's codes and kerns."""
    sort = _Sorts(fount).__getitem__
    encoded: dict[Piece, str] = {}
    for piece in pieces:
        if not piece.offsets:
            with suppress(KeyError):
                encoded[piece] = "".join(map(sort, zip(piece.glyphs, piece.clusters, piece.advances, strict=True)))
                continue
        encoded[piece] = _encode_with_care(piece, fount)
    return encoded


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


# --- pages ----------------------------------------------------------------------------------------------------------


def _paint_all(pages: Sequence[Page], case: _Case, black: str, pictures: Mapping[bytes, str]) -> tuple[_Painted, ...]:
    """Paint and deflate all pages; of many, a second hand, if there is one, paints the second half."""

    def painted(part: Sequence[Page]) -> list[_Painted]:
        drawn = (_paint(page, case, black, pictures) for page in part)
        return [(compress(content, LEVEL), marks) for content, marks in drawn]

    middle = len(pages) // 2
    if len(pages) < MANY_PAGES:
        return tuple(painted(pages))
    wait = second_hand(lambda: painted(pages[middle:]))
    first = painted(pages[:middle])
    return *first, *(wait() or painted(pages[middle:]))


def _paint(page: Page, case: _Case, black: str, pictures: Mapping[bytes, str]) -> _Painted:
    """Write a page's content stream: the text, paragraph by paragraph, then what is not the text, marked as such."""
    if not (page.slugs or page.figures or page.furniture or page.insets or page.codes):
        return b"", ()
    text, marks, state = _set_text(page.slugs, case)
    furniture, _ = _set(page.furniture, case, state)
    drawn = "".join(map(_draw, page.figures)) + "".join(map(_draw_code, page.codes))
    hung = "".join(
        f"/Figure<</MCID {number}>>BDC\n{_show(inset, pictures[inset.picture.data])}EMC\n"
        for number, inset in enumerate(page.insets, len(marks))
    )
    figures = tuple((number, "figure") for number in range(len(page.insets)))
    beside = f"/Artifact BMC\n{drawn}{furniture}EMC\n" if drawn or furniture else ""
    return _finish(f"{black}\n{text}{hung}{beside}").encode("latin-1"), marks + figures


def _finish(page: str) -> str:
    """Clear away strings and arrays left empty, at which pdfium loses the move before them; then escape what was guarded."""
    page = page.replace("[()]TJ", "").replace("()", " ")  # the blank parts two moves
    for letter, guard in GUARDED.items():
        page = page.replace(guard, "\\r" if letter == "\r" else f"\\{letter}")
    return page


def _set_text(slugs: tuple[Slug, ...], case: _Case) -> tuple[str, tuple[Mark, ...], tuple[str, str]]:
    """Write the text, each paragraph marked with a number; return it with what the marks are of, and the state it leaves."""
    lines, state = _set_lines(slugs, case, ("", NATURAL))
    out: list[str] = []
    marks: list[Mark] = []
    owner, ended = (-1, 0), True
    for slug, line in zip(slugs, lines, strict=True):
        if not line:
            continue
        if (slug.paragraph, slug.note) != owner or (owner == (-1, 0) and ended):
            owner, role = (slug.paragraph, slug.note), slug.line.role
            if out:
                out.append("EMC\n")
            if role == "break":
                out.append("/Artifact BMC\n")
            else:
                out.append(f"/P<</MCID {len(marks)}>>BDC\n")
                marks.append((slug.note, "note") if slug.note else (slug.paragraph, role or ""))
        ended = slug.line.tail == "last"
        out.append(line)
    return (f"BT\n{''.join(out)}EMC\nET\n" if out else ""), tuple(marks), state


def _set(slugs: tuple[Slug, ...], case: _Case, state: tuple[str, str]) -> tuple[str, tuple[str, str]]:
    """Write a text object of slugs; return it with the operators that chose its last style and fit."""
    lines, state = _set_lines(slugs, case, state)
    text = "".join(lines)
    return (f"BT\n{text}ET\n" if text else ""), state


def _set_lines(slugs: tuple[Slug, ...], case: _Case, state: tuple[str, str]) -> tuple[list[str], tuple[str, str]]:
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


def _set_line(line: Line, case: _Case, chosen: str) -> tuple[str, str, str]:
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


def _set_mixed(line: Line, case: _Case) -> tuple[str, str]:
    """Write a line of several styles; return the operator that chose the last as well."""
    out: list[str] = []
    last = case[id(line.words[0].pieces[0].style)]
    for at, word in enumerate(line.words):
        if at:
            out.append(last.gap(line))  # the space belongs to the word before it
        if word.anchor:
            out.append(_open_initial(word, word.anchor, line, case))
        for piece in word.pieces:
            drawer = case[id(piece.style)]
            if drawer.choose != last.choose:
                out.append(f")]TJ {drawer.choose}[(")
            lowered = word.anchor and piece.style.size != word.anchor.style.size
            out.append(_keep_shape(piece, line, drawer) if lowered else drawer.pieces[piece])
            last = drawer
        if word.anchor:
            out.append(CLOSED)
    if line.tail == "space":
        out.append(last.space)
    return "".join(out), last.choose


def _open_initial(word: Word, anchor: Piece, line: Line, case: _Case) -> str:
    """Begin a word that has an initial: say it as one, and stand it on its line.

    Readers look for what is said where its first glyph stands. As the initial's baseline is lines below, a glyph of the
    line goes before it, not shown, and is taken back; one with ink, as pdfium passes over a space.
    """
    hidden, first = case[id(anchor.style)], case[id(word.pieces[0].style)]
    back = (anchor.width + len(anchor.glyphs) * line.tracking / line.scale) * first.per_point
    shown = f"{hidden.choose} 3 Tr[({hidden.pieces[anchor]})]TJ 0 Tr {first.choose}[{back:.2f}("
    return f")]TJ {_speak(word.text)}{shown}"


def _keep_shape(piece: Piece, line: Line, drawer: _Drawer) -> str:
    """Write an initial as it is, while the letters beside it give; what follows stands where it would if it gave as well."""
    scale, tracking = line.scale, line.tracking
    excess = piece.width * (1 / scale - 1) - len(piece.glyphs) * tracking / scale
    return f")]TJ {NATURAL}[({drawer.pieces[piece]})]TJ {_fit(scale, tracking)}[{excess * drawer.per_point:.2f}("


def _show(inset: Inset, name: str) -> str:
    """Paint a picture in its window, which cuts off what the picture has more."""
    picture = inset.picture
    scale = max(inset.width / picture.width, inset.height / picture.height)
    width, height = scale * picture.width, scale * picture.height
    x, y = inset.x + (inset.width - width) / 2, inset.y + (inset.height - height) / 2
    window = ""
    if inset.spared or max(width - inset.width, height - inset.height) > 0.01:
        window = " ".join(map(number, (inset.x, inset.y, inset.width, inset.height))) + " re"
        if inset.spared:
            left, foot, right, head = inset.spared
            # By the even-odd rule the one is a hole in the other.
            window += "\n" + " ".join(map(number, (left, foot, right - left, head - foot))) + " re W* n\n"
        else:
            window += " W n\n"
    return f"q {window}{number(width)} 0 0 {number(height)} {number(x)} {number(y)} cm /{name} Do Q\n"


def _draw(figure: Figure) -> str:
    x, y, height = number(figure.x), number(figure.y), number(figure.height)
    return f"q {height} 0 0 {height} {x} {y} cm\n{_trace(figure.ornament)}f*\nQ\n"


def _draw_code(code: Code) -> str:
    """Draw a code in whole rows of dots, so that no hairline parts two that touch."""
    dots = qr_dots(code.text)
    dot = code.size / (len(dots) + 2 * QUIET)
    rows: list[str] = []
    for row, line in enumerate(dots):
        y = code.y + code.size - (QUIET + row + 1) * dot
        start = 0
        for dark, run in groupby(line):
            length = len(list(run))
            if dark:
                x = code.x + (QUIET + start) * dot
                rows.append(f"{number(x)} {number(y)} {number(length * dot)} {number(dot)} re\n")
            start += length
    return f"q\n{''.join(rows)}f\nQ\n"


def qr_dots(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the dots of a QR code that holds a text, row by row from the top, dark ones true; level M of error correction."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    encoder = QRCode(None, QRErrorCorrectLevel.M)
    encoder.addData(text)
    encoder.make()
    return tuple(tuple(map(bool, row)) for row in encoder.modules)


def _trace(ornament: Ornament) -> str:
    operators = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    # The drawing is one unit high: a fourth decimal keeps a poster's ornament smooth.
    steps = ((step, along) for path in ornament.paths for step, along in path)
    return "".join(" ".join([*(number(at, 4) for at in along), operators[step]]) + "\n" for step, along in steps)
