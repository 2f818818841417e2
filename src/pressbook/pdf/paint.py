"""Painting pages: slugs, figures and furniture become operators of a content stream; nothing is decided here."""

from collections.abc import Mapping, Sequence
from itertools import chain, groupby
from typing import TypeAlias
from zlib import compress

from pressbook.config import PressKeys
from pressbook.hands import in_turns
from pressbook.model import Code, Edition, Figure, Inset, Ornament, Page, Picture, Slug
from pressbook.pdf.case import BEGUN, Case, State, fill_case, set_lines, set_slugs, text_object
from pressbook.pdf.fonts import Fount
from pressbook.pdf.numbers import decimal, number
from pressbook.pdf.packing import LEVEL
from pressbook.pdf.standards import AT_HOME, black_of
from pressbook.pdf.structure import Mark
from pressbook.values import Value, field

QUIET = 4
"""White around a code, in its dots; the least that readers ask for."""


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
    ornaments: Mapping[str, Ornament] = field(default_factory=dict)
    """Each that is drawn, once, by its name on the page, such as `O1`."""


def engrave(edition: Edition, press: PressKeys = AT_HOME) -> Plates:
    """Paint every page once; FontError if a face cannot be embedded."""
    pages = edition.pages
    founts, case = fill_case(chain.from_iterable(chain(page.slugs, page.furniture, page.slug_line) for page in pages))
    hung = {inset.picture.data: inset.picture for page in pages for inset in page.insets}
    drawn = dict.fromkeys(figure.ornament for page in pages for figure in page.figures)
    names: _Names = {data: f"I{place}" for place, data in enumerate(hung, 1)}
    names |= {ornament: f"O{place}" for place, ornament in enumerate(drawn, 1)}
    streams, marked = zip(*_paint_all(pages, case, black_of(press), names), strict=True) if pages else ((), ())
    slug_lines = tuple(text_object(page.slug_line, case) for page in pages)
    return Plates(
        edition,
        founts,
        streams,
        marked,
        slug_lines,
        press,
        pictures={names[data]: picture for data, picture in hung.items()},
        ornaments={names[ornament]: ornament for ornament in drawn},
    )


_Painted: TypeAlias = tuple[bytes, tuple[Mark, ...]]
"""A page's content stream, and what its marked content is of."""
_Names: TypeAlias = dict[bytes | Ornament, str]
"""What a page calls pictures, by their data, and ornaments."""


# --- pages ----------------------------------------------------------------------------------------------------------


def _paint_all(pages: Sequence[Page], case: Case, black: str, names: _Names) -> tuple[_Painted, ...]:
    """Paint and deflate all pages."""

    def painted(page: Page) -> _Painted:
        content, marks = _paint(page, case, black, names)
        return compress(content, LEVEL), marks

    return tuple(in_turns(painted, pages))


def _paint(page: Page, case: Case, black: str, names: _Names) -> _Painted:
    """Write a page's content stream: the text, paragraph by paragraph, then what is not the text, marked as such."""
    if not (page.slugs or page.figures or page.furniture or page.insets or page.codes):
        return b"", ()
    text, marks, state = _set_text(page.slugs, case)
    furniture, _ = set_slugs(page.furniture, case, state)
    drawn = "".join([_print(figure, names[figure.ornament]) for figure in page.figures]) + "".join(map(_draw_code, page.codes))
    hung = "".join(
        f"/Figure<</MCID {number}>>BDC\n{show(inset, names[inset.picture.data])}EMC\n"
        for number, inset in enumerate(page.insets, len(marks))
    )
    figures = tuple((number, "figure") for number in range(len(page.insets)))
    beside = f"/Artifact BMC\n{drawn}{furniture}EMC\n" if drawn or furniture else ""
    return f"{black}\n{text}{hung}{beside}".encode("latin-1"), marks + figures


def _set_text(slugs: tuple[Slug, ...], case: Case) -> tuple[str, tuple[Mark, ...], State]:
    """Write the text, each paragraph marked with a number; return it with what the marks are of, and the state it leaves."""
    lines, state = set_lines(slugs, case, BEGUN)
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


def show(inset: Inset, name: str) -> str:
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


def _print(figure: Figure, name: str) -> str:
    """Print an ornament that the document holds, in the colour that is chosen."""
    return f"q {_stand(figure)} /{name} Do Q\n"


def draw(figure: Figure) -> str:
    """Draw an ornament that comes once, in the colour that is chosen."""
    return f"q {_stand(figure)}\n{trace(figure.ornament)}Q\n"


def _stand(figure: Figure) -> str:
    x, y, height = number(figure.x), number(figure.y), number(figure.height)
    return f"{height} 0 0 {height} {x} {y} cm"


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


def trace(ornament: Ornament) -> str:
    """Draw an ornament one unit high."""
    operators = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    # The drawing is one unit high: a fourth decimal keeps a poster's ornament smooth.
    steps = ((step, along) for path in ornament.paths for step, along in path)
    return "".join(" ".join([*(decimal(at, 4) for at in along), operators[step]]) + "\n" for step, along in steps) + "f*\n"
