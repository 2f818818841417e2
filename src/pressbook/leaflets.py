"""Leaflets for the workshop: how a booklet is made, with drawings; and the target that shows how a printer misses."""

from typing import Literal

from pressbook.composition import DisplayCase
from pressbook.config import Trim, load, plan
from pressbook.model import Edition, Flat, Font, Line, Page, Place, Role, Rule, Slug, Spread
from pressbook.pdf import engrave, flats_pdf
from pressbook.press import REACH, Drawing, Imposition, Numeral, crosses, home_sheet, sheets, target, turns
from pressbook.units import Pt, mm
from pressbook.values import replace

_SIZE: Pt = 11.0
_LEADING: Pt = 15.0
_MARGIN: Pt = 54.0
_HANG: Pt = 20.0
"""From a step's number to its words."""
_GAP: Pt = 18.0
"""Between drawings."""
_CAPTION: Pt = 14.0
"""From a drawing down to its caption's first line."""
_SMALL_LEADING: Pt = 11.0
_ROLE_SCALE: dict[Role, float] = {"title": 0.85, "folio": 1 / 0.92, "small": 1.0, "chapter": 1.4}
"""What makes titles, text, captions and numerals of the roles that a book has."""


_FRONT = (
    "This is the front. Print the file as you print booklets: on both sides, at 100 % (“actual size”), with the same paper tray."
)
_BACK = (
    "This is the back. With this side towards you, hold the sheet against a lamp, or push a pin through the middle of each cross"
    " of the front, and read where those crosses meet these scales, in millimetres: to the right and upwards is plus, to the left"
    " and downwards minus."
)
_COMMAND = (
    "Four numbers: right and up at the left mark, then right and up at the right one. Type yours in that order, as in"
    ' pressbook impose --calibrate "0.5 -0.3 0.6 0". If all are less than half a millimetre, nothing need be done.'
)


class _Desk:
    """Sets the lines of a leaflet, and binds its pages."""

    def __init__(self, paper: Trim, fonts: tuple[Font, ...], *, lengthwise: bool = False) -> None:
        self.width, self.height = (paper.height, paper.width) if lengthwise else (paper.width, paper.height)
        config = load(None, ('page.trim="letter"', f'type.size="{_SIZE}pt"'))
        self._case = DisplayCase(plan(config, 1), fonts)

    def lines(self, text: str, role: Role, measure: Pt, *, centred: bool = False) -> tuple[Line, ...]:
        """Set a text in as many lines as it needs."""
        return self._case.lines(text, role, measure, "centre" if centred else "left", _ROLE_SCALE[role])

    def bind(self, title: str, faces: list[tuple[list[Slug], Flat]], moment: int | None) -> bytes:
        """Print pages of slugs, each with a flat's drawing on it.

        A flat places page numbers, not pages: each becomes a card with that numeral in its middle, which can be turned.
        """
        numbers = sorted({place.page for _, flat in faces for place in flat.places})
        cards = {number: len(faces) + at for at, number in enumerate(numbers, 1)}
        pages = [_page(at, tuple(slugs)) for at, (slugs, _) in enumerate(faces, 1)]
        pages += [_page(at, (self._numeral(number),)) for number, at in cards.items()]
        spreads = tuple(Spread(page, None) if page.side == "verso" else Spread(None, page) for page in pages)
        edition = Edition(title, "", "en", self.width, self.height, 0.0, spreads)
        flats = tuple(
            replace(flat, places=(Place(at, 0.0, 0.0), *(replace(place, page=cards[place.page]) for place in flat.places)))
            for at, (_, flat) in enumerate(faces, 1)
        )
        return flats_pdf(engrave(edition), flats, moment)

    def _numeral(self, number: int) -> Slug:
        (line,) = self.lines(str(number), "chapter", self.width, centred=True)
        return Slug(line, 0.0, self.height / 2 - 7.0)


def howto(imposed: Imposition, name: str, fonts: tuple[Font, ...], moment: int | None = None) -> tuple[int, bytes]:
    """Print how a booklet is printed, cut, folded and bound, in words and drawings; return the number of pages and the PDF."""
    desk = _Desk(home_sheet(imposed.bench.width, imposed.bench.height), fonts)
    measure = desk.width - 2 * _MARGIN
    slugs, y = _words(desk, imposed, name, measure)
    rows = [row for row in (sheets(imposed, (measure - _GAP) / 2, 190.0), turns(imposed, (measure - 3 * _GAP) / 4, 100.0)) if row]
    faces: list[tuple[list[Slug], Flat]] = []
    if y - sum(_depth(row) for row in rows) < _MARGIN:
        faces.append((slugs, Flat(desk.width, desk.height, ())))
        slugs, y = [], desk.height - _MARGIN
    laid: list[tuple[Drawing, Pt, Pt]] = []
    for row, most in zip(rows, (2, 4), strict=False):
        foot = y - _GAP - max(drawing.height for drawing in row)
        step = (measure + _GAP) / max(len(row), most)
        laid += [(drawing, _MARGIN + at * step, foot) for at, drawing in enumerate(row)]
        for at, drawing in enumerate(row):
            for turn, line in enumerate(desk.lines(drawing.caption, "small", max(step - _GAP, drawing.width))):
                slugs.append(Slug(line, _MARGIN + at * step, foot - _CAPTION - turn * _SMALL_LEADING))
        y -= _depth(row)
    faces.append((slugs, _drawn(desk, laid)))
    return len(faces), desk.bind(f"How to make {name}", faces, moment)


def _words(desk: _Desk, imposed: Imposition, name: str, measure: Pt) -> tuple[list[Slug], Pt]:
    """Set title, steps and remarks; return them with the height that they leave free."""
    slugs, y = [], desk.height - _MARGIN - 16
    for line in desk.lines(f"How to make {name}", "title", measure):
        slugs.append(Slug(line, _MARGIN, y))
        y -= 24
    y -= 8
    for number, step in enumerate(imposed.steps, 1):
        slugs.append(Slug(desk.lines(f"{number}.", "folio", _HANG)[0], _MARGIN, y))
        for line in desk.lines(step, "folio", measure - _HANG):
            slugs.append(Slug(line, _MARGIN + _HANG, y))
            y -= _LEADING
        y -= 4
    for remark in imposed.remarks:
        for line in desk.lines(remark, "folio", measure):
            slugs.append(Slug(line, _MARGIN, y))
            y -= _LEADING
    return slugs, y


def _depth(row: tuple[Drawing, ...]) -> Pt:
    """Return how much height a row of drawings takes, white and captions included."""
    return _GAP + max(drawing.height for drawing in row) + _CAPTION + _SMALL_LEADING


def _drawn(desk: _Desk, laid: list[tuple[Drawing, Pt, Pt]]) -> Flat:
    """Lay drawings by their lower left corners."""

    def moved(kind: Literal["lines", "dashes", "cuts"]) -> tuple[Rule, ...]:
        return tuple((x + x1, y + y1, x + x2, y + y2) for drawing, x, y in laid for x1, y1, x2, y2 in getattr(drawing, kind))

    places = tuple(_laid(desk, numeral, x, y) for drawing, x, y in laid for numeral in drawing.numerals)
    return Flat(desk.width, desk.height, places, moved("dashes"), "", moved("lines"), moved("cuts"))


def _laid(desk: _Desk, numeral: Numeral, left: Pt, foot: Pt) -> Place:
    """Lay a numeral's card so that its middle is where the numeral goes."""
    scale = min(1.0, numeral.height / 34)
    x, y = left + numeral.x, foot + numeral.y
    across, up = scale * desk.width / 2, scale * desk.height / 2
    if numeral.turned:
        return Place(numeral.page, x + across, y + up, 180, scale=scale)
    return Place(numeral.page, x - across, y - up, scale=scale)


def _page(number: int, slugs: tuple[Slug, ...]) -> Page:
    return Page(number, "recto" if number % 2 else "verso", "text", slugs)


def calibration(paper: Trim, fonts: tuple[Font, ...], moment: int | None = None, *, lengthwise: bool) -> bytes:
    """Print the target that shows how far a printer misses on the back."""
    desk = _Desk(paper, fonts, lengthwise=lengthwise)
    measure = min(desk.width - 2 * _MARGIN, 430.0)
    faces = []
    for flat, texts in zip(target(desk.width, desk.height), ((_FRONT,), (_BACK, _COMMAND)), strict=True):
        slugs, y = [], desk.height - _MARGIN - 20
        for text in texts:
            for line in desk.lines(text, "folio", measure):
                slugs.append(Slug(line, (desk.width - measure) / 2, y))
                y -= _LEADING
            y -= 6
        if flat.label == "back":
            slugs += [slug for x, y in crosses(desk.width, desk.height) for slug in _figures(desk, x, y)]
        faces.append((slugs, flat))
    return desk.bind("Calibration", faces, moment)


def _figures(desk: _Desk, x: Pt, y: Pt) -> list[Slug]:
    """Write the figures at the ends of a mark's scales."""
    ends = {(-1, 0): "−10", (1, 0): "10", (0, 1): "10", (0, -1): "−10"}
    slugs = []
    for (across, up), figure in ends.items():
        (line,) = desk.lines(figure, "small", 20.0, centred=True)
        slugs.append(Slug(line, x + across * (mm(REACH) + 11.0) - 10.0, y + up * (mm(REACH) + 8.0) - 3.0))
    return slugs
