"""Bleed and printers' marks: boxes, what stands where, and on which plates."""

import re

import pikepdf
import pytest
from prepress import faults
from printed import ink, said
from typecase import edition, line, page, slugs

from pressbook.config import PressKeys
from pressbook.model import Figure, Ornament
from pressbook.pdf import engrave, pages_pdf
from readback import opened

BLOCK = Ornament("block", 1.0, ((("M", (0, 0)), ("L", (1, 0)), ("L", (1, 1)), ("L", (0, 1)), ("Z", ())),))
MARKED = ("none", "all", "crop", "registration", "slug", ("crop", "slug"))


def book(press=None, **parts):
    """Print a recto and a verso, each with a slug line."""
    told = slugs(line("A Story, page 1"), x=6, y=-14)
    pages = [page(number, line("Some text."), slug_line=told) for number in (1, 2)]
    return pages_pdf(engrave(edition(*pages, **({"bleed": 9.0} | parts)), press or PressKeys()))


def boxes(data, number=0):
    """Return a page's sheet, bleed and trim."""
    with opened(data) as pdf:
        return [[float(at) for at in pdf.pages[number][name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")]


def marks_of(data, number=0):
    """List where the path operators of a page's marks end, measured from the trim's corner."""
    with opened(data) as pdf:
        content = pdf.pages[number].Contents[0].read_bytes().decode("latin-1")
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+) [mlc]\b", content)]


@pytest.mark.parametrize("marks", MARKED)
@pytest.mark.parametrize("bleed", [0.0, 9.0, 30.0])
def test_marks_stand_clear_of_the_bleed(marks, bleed):
    """Whatever the bleed, no mark reaches into it, nor nearer than 3 mm to the trim, nor over the paper's edge."""
    data = book(PressKeys(marks=marks), bleed=bleed)
    sheet, _, trim = boxes(data)
    assert [at - trim[index % 2] for index, at in enumerate(trim)] == pytest.approx([0, 0, 396, 612], abs=0.01)
    if marks == "none":
        assert trim[0] - sheet[0] == bleed
        return
    clear = max(bleed, 8.5)
    for x, y in marks_of(data):
        assert not (-clear < x < 396 + clear and -clear < y < 612 + clear)
        assert sheet[0] <= x + trim[0] <= sheet[2] and sheet[1] <= y + trim[1] <= sheet[3]


def test_crop_marks_point_at_the_trim():
    """Two strokes at each corner lie on the lines of the edges that meet there."""
    ends = marks_of(book(PressKeys(marks="crop")))
    assert len(ends) == 16
    strokes = list(zip(ends[::2], ends[1::2], strict=True))
    across = [y for (x, y), (to_x, to_y) in strokes if y == to_y and x != to_x]
    upright = [x for (x, y), (to_x, to_y) in strokes if x == to_x and y != to_y]
    assert sorted(across) == [0, 0, 612, 612]
    assert sorted(upright) == [0, 0, 396, 396]


def test_marks_are_on_every_plate():
    """Marks are drawn in the colour of all plates, also in a book of one ink, and keep the standards."""
    for ink_name, space in (("black", "/DeviceGray"), ("cmyk", "/DeviceCMYK")):
        press = PressKeys(standard="PDF/X-4", ink=ink_name, marks="all")
        data = book(press)
        assert faults(data, "PDF/X-4") == []
        with opened(data) as pdf:
            colour = pdf.pages[0].Resources.ColorSpace.Registration
            assert (colour[0], colour[1], colour[2]) == ("/Separation", "/All", space)
            painted = [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])]
            assert painted.index("CS") < painted.index("S") < painted.index("g" if ink_name == "black" else "k")
    assert faults(book(PressKeys(standard="PDF/X-1a", marks="all")), "PDF/X-1a:2003") == []


def test_nothing_but_marks_outside_the_bleed():
    """What reaches over the bleed is cut off there, so that it meets no mark; at the spine too, where there is none."""
    whole = page(1, line("Some text."), figures=(Figure(BLOCK, -40, -40, 700),))
    data = pages_pdf(engrave(edition(whole, bleed=9.0, bleeds_at_spine=False), PressKeys(marks="slug")))
    (_, _, width, height), (left, foot, right, head), _ = boxes(data)
    _, _, rows = ink(data)
    row = rows[round(height / 2)]
    assert min(row[: round(left) - 1] + row[round(right) + 1 :]) == 255
    assert max(row[round(left) + 1 : round(right) - 1]) < 30
    column = bytes(each[round(width / 2)] for each in rows)
    assert min(column[: round(height - head) - 1] + column[round(height - foot) + 1 :]) == 255


def test_no_marks_no_colour():
    """A page without marks knows no other colour than its black."""
    with opened(book()) as pdf:
        assert "/ColorSpace" not in pdf.pages[0].Resources


def test_the_slug_line_stands_outside():
    """The slug line is on the paper below the trim, and only where the paper reaches so far."""
    data = book(PressKeys(marks="slug"))
    _, _, trim = boxes(data)
    _, height, rows = ink(data, scale=2)
    below = rows[height - round(2 * (trim[1] - 10)) :]
    assert min(map(min, below)) < 160
    assert said(data).split("\n")[0] == "A Story, page 1"


def test_marks_pass_our_own_check(run, sample):
    """A book with all marks is no worse for the check: what stands outside the bleed is not the page's text."""
    told = run("build", sample, "--set", "press.marks=all", "--set", "page.bleed=3mm", "--set", "press.standard=PDF/X-4")
    assert (told.status, told.err) == (0, "")
    assert "error:" not in told.out


def test_a_bleed_on_the_outer_sides():
    """At the spine there is no bleed: on the left of a recto, on the right of a verso; what bleeds elsewhere reaches the edge."""
    assert boxes(book(bleeds_at_spine=False)) == [[0, 0, 405, 630], [0, 0, 405, 630], [0, 9, 396, 621]]
    assert boxes(book(bleeds_at_spine=False), 1) == [[0, 0, 405, 630], [0, 0, 405, 630], [9, 9, 405, 621]]
    for number in (0, 1):
        sheet, bleed, trim = boxes(book(PressKeys(marks="crop"), bleeds_at_spine=False), number)
        inner, outer = (0, 2) if number == 0 else (2, 0)
        assert bleed[inner] == trim[inner]
        assert abs(bleed[outer] - trim[outer]) == pytest.approx(9, abs=0.01)
        assert sheet == boxes(book(PressKeys(marks="crop")))[0]


def test_what_bleeds_reaches_the_edge():
    """A figure larger than the page is printed up to the edge of the bleed, and the text stands as without one."""
    whole = page(1, line("Some text."), figures=(Figure(BLOCK, -20, -20, 700),))
    _, _, rows = ink(pages_pdf(engrave(edition(whole, bleed=9.0))))
    assert max(map(max, rows)) < 30
