"""Painting a cover: grounds first, then the picture, figures and type, each in its own colour, and the marks around it."""

from itertools import chain
from zlib import compress

from pressbook.config import PressKeys, surround
from pressbook.model import Colour, Cover, Edition, Figure, Ground, Lettering
from pressbook.pdf.case import Case, fill_case, text_object
from pressbook.pdf.marks import draw_marks
from pressbook.pdf.numbers import number
from pressbook.pdf.paint import Plates, draw, show
from pressbook.pdf.standards import OVERPRINT
from pressbook.pdf.volume import Volume, box, corners, dictionary


def cover_pdf(cover: Cover, edition: Edition, press: PressKeys, moment: int | None = None) -> bytes:
    """Write a cover as one page, with boxes for its trim and bleed; `moment` as in `pages_pdf`."""
    slugs = chain(cover.slug_line, chain.from_iterable(pen.slugs for pen in cover.letterings))
    founts, case = fill_case(slugs)
    pictures = {f"I{place}": inset.picture for place, inset in enumerate(cover.insets, 1)}
    painted = chain(
        (_fill_ground(ground, press) for ground in cover.grounds),
        map(show, cover.insets, pictures),
        (_draw_figure(figure, colour, press) for figure, colour in cover.figures),
        (_write_lines(pen, case, press) for pen in cover.letterings),
    )
    volume = Volume(Plates(edition, founts, (), (), (), press, pictures), moment)
    around = surround(press, cover.bleed, folded=True)
    edge, width, height, bleed = around.width, cover.width, cover.height, cover.bleed
    marks = draw_marks(width, height, around, text_object(cover.slug_line, case), cover.folds)
    if marks:
        # Nothing but marks stands outside the bleed, whatever a picture reaches for.
        marks += f"{corners((-bleed, -bleed, width + bleed, height + bleed))} re W n\n"
    content = f"1 0 0 1 {number(edge)} {number(edge)} cm\n{marks}" + "".join(painted)
    boxes = {
        "MediaBox": box(0.0, 0.0, width + 2 * edge, height + 2 * edge),
        "BleedBox": box(edge - bleed, edge - bleed, edge + width + bleed, edge + height + bleed),
        "TrimBox": box(edge, edge, edge + width, edge + height),
    }
    stream = volume.stream({}, compress(content.encode("latin-1")))
    volume.add_page(boxes | {"Resources": volume.resources, "Contents": stream})
    return volume.close({"PageLayout": "/SinglePage", "ViewerPreferences": dictionary(DisplayDocTitle="true")})


def _ink(colour: Colour, press: PressKeys) -> str:
    """Return the operator that chooses a colour: gray where the book has one ink, else four."""
    if len(colour) == 4:
        return f"{' '.join(number(part) for part in colour)} k"
    return f"{number(1 - colour[0])} g" if press.ink == "black" else f"0 0 0 {number(colour[0])} k"


def _fill_ground(ground: Ground, press: PressKeys) -> str:
    return f"{_ink(ground.colour, press)} {corners((ground.left, ground.bottom, ground.right, ground.top))} re f\n"


def _draw_figure(figure: Figure, colour: Colour, press: PressKeys) -> str:
    return f"{_ink(colour, press)}\n{draw(figure)}"


def _write_lines(pen: Lettering, case: Case, press: PressKeys) -> str:
    text = text_object(pen.slugs, case)
    turn = "0 -1 1 0" if pen.turned else "1 0 0 1"
    # White cannot print over anything: where it overprints, it is gone.
    over = f" /{OVERPRINT} gs" if press.overprint and pen.colour == (1.0,) else ""
    return f"q {turn} {number(pen.x)} {number(pen.y)} cm {_ink(pen.colour, press)}{over}\n{text}Q\n" if text else ""
