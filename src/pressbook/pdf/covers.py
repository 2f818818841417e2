"""Painting a cover: grounds first, then the picture, figures and type, each in its own colour."""

from itertools import chain
from zlib import compress

from pressbook.config import PressKeys
from pressbook.model import Colour, Cover, Edition, Figure, Ground, Lettering
from pressbook.pdf.document import _box, _dictionary, _Volume
from pressbook.pdf.numbers import number
from pressbook.pdf.paint import NATURAL, Plates, _by_style, _Case, _cut_founts, _draw, _fill, _finish, _set, _show
from pressbook.units import Pt


def cover_pdf(cover: Cover, edition: Edition, press: PressKeys, moment: int | None = None) -> bytes:
    """Write a cover as one page, with boxes for its trim and bleed; `moment` as in `pages_pdf`."""
    words = dict.fromkeys(word for pen in cover.letterings for slug in pen.slugs for word in slug.line.words)
    alike, style_of = _by_style(words)
    founts = _cut_founts(alike)
    drawers = {style: _fill(style, pieces, founts[style.font]) for style, pieces in alike.items()}
    case = {key: drawers[style] for key, style in style_of.items()}
    pictures = {f"I{place}": inset.picture for place, inset in enumerate(cover.insets, 1)}
    painted = chain(
        (_fill_ground(ground, press) for ground in cover.grounds),
        map(_show, cover.insets, pictures),
        (_draw_figure(figure, colour, press) for figure, colour in cover.figures),
        (_write_lines(pen, case, press) for pen in cover.letterings),
    )
    volume = _Volume(Plates(edition, tuple(founts.values()), (), (), (), press, pictures), moment, colours=press.ink == "cmyk")
    bleed = cover.bleed
    content = f"1 0 0 1 {number(bleed)} {number(bleed)} cm\n" + "".join(painted)
    sheet = (0.0, 0.0, cover.width + 2 * bleed, cover.height + 2 * bleed)
    boxes = {
        "MediaBox": _box(*sheet),
        "BleedBox": _box(*sheet),
        "TrimBox": _box(bleed, bleed, bleed + cover.width, bleed + cover.height),
    }
    stream = volume.stream({}, compress(content.encode("latin-1")))
    volume.add_page(boxes | {"Resources": volume.resources, "Contents": stream})
    return volume.close({"PageLayout": "/SinglePage", "ViewerPreferences": _dictionary(DisplayDocTitle="true")})


def _ink(colour: Colour, press: PressKeys) -> str:
    """Return the operator that chooses a colour: gray where the book has one ink, else four."""
    if len(colour) == 4:
        return f"{' '.join(number(part) for part in colour)} k"
    return f"{number(1 - colour[0])} g" if press.ink == "black" else f"0 0 0 {number(colour[0])} k"


def _fill_ground(ground: Ground, press: PressKeys) -> str:
    corners: tuple[Pt, ...] = (ground.left, ground.bottom, ground.right - ground.left, ground.top - ground.bottom)
    return f"{_ink(ground.colour, press)} {' '.join(number(at) for at in corners)} re f\n"


def _draw_figure(figure: Figure, colour: Colour, press: PressKeys) -> str:
    return f"{_ink(colour, press)}\n{_draw(figure)}"


def _write_lines(pen: Lettering, case: _Case, press: PressKeys) -> str:
    text = _finish(_set(pen.slugs, case, ("", NATURAL))[0])
    turn = "0 -1 1 0" if pen.turned else "1 0 0 1"
    return f"q {turn} {number(pen.x)} {number(pen.y)} cm {_ink(pen.colour, press)}\n{text}Q\n" if text else ""
