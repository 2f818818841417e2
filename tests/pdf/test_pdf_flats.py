"""Imposed PDFs: the same pages, placed, turned and cut."""

import shutil
import subprocess
from math import cos, radians, sin

import pytest
from printed import ink, said, streams
from typecase import edition, line, page

from pressbook.model import Figure, Flat, Ornament, Place
from pressbook.pdf import engrave, flats_pdf, pages_pdf
from pressbook.values import replace
from readback import letters_at, opened

BLOCK = Ornament("block", 1.0, ((("M", (0, 0)), ("L", (1, 0)), ("L", (1, 1)), ("L", (0, 1)), ("Z", ())),))
FOLD = (396.0, 0.0, 396.0, 60.0)


def plates(bleed=0.0):
    """Engrave four pages; a block on the first reaches into the bleed and the neighbour."""
    corner = (Figure(BLOCK, 376, 20, 40),)
    pages = (page(at, line(f"This is page {at}."), figures=corner if at == 1 else ()) for at in range(1, 5))
    return engrave(edition(*pages, bleed=bleed))


FRONT = Flat(792, 612, (Place(4, 0, 0), Place(1, 396, 0)), (FOLD,), "sheet 1 front")
BACK = Flat(792, 612, (Place(2, 396, 612, 180), Place(3, 792, 612, 180)))


def test_each_page_is_engraved_once():
    """A flat reuses the very stream of the page, as one form, however often it is placed."""
    plate = plates()
    with opened(flats_pdf(plate, (FRONT, BACK, FRONT))) as pdf:
        assert [[float(at) for at in each.MediaBox] for each in pdf.pages] == [[0, 0, 792, 612]] * 3
        forms = {form.objgen: form for each in pdf.pages for form in each.Resources.XObject.values()}
        assert len(forms) == 4
        assert {form.read_raw_bytes() for form in forms.values()} == set(plate.streams)
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert "/Duplex" not in pdf.Root.ViewerPreferences


def test_places_are_right():
    """A page on a flat looks as in the book, also when the book has a bleed."""
    for bleed in (0.0, 9.0):
        plate = plates(bleed)
        flat = ink(flats_pdf(plate, (Flat(792, 612, FRONT.places),)))
        single = ink(pages_pdf(plates()), 3)
        assert [row[:396] for row in flat[2]] == single[2]


def test_the_trim_cuts():
    """What reaches past the trim does not reach the neighbour."""
    flat = Flat(792, 612, (Place(1, 0, 0),))
    for bleed in (0.0, 9.0):
        _, height, rows = ink(flats_pdf(plates(bleed), (flat,)))
        assert rows[height - 40][390] < 40
        assert min(rows[height - 40][397:]) == 255


def differ(one, other):
    """Measure how much two pictures differ, against the ink of the second: turned glyphs are smoothed a little differently."""
    assert [len(row) for row in one] == [len(row) for row in other]
    apart = sum(abs(a - b) for row, wanted in zip(one, other, strict=True) for a, b in zip(row, wanted, strict=True))
    return apart / sum(255 - level for row in other for level in row)


def test_a_turned_page_stands_on_its_head():
    """A page turned by 180 degrees is the page upside down; by 90, on its side."""
    straight = ink(pages_pdf(plates()), 1)[2]
    turned = ink(flats_pdf(plates(), (BACK,)))[2]
    assert differ([row[:396][::-1] for row in turned[::-1]], straight) < 0.3
    for turn, corner in ((90, (612, 0)), (270, (0, 396))):
        _, _, aside = ink(flats_pdf(plates(), (Flat(612, 396, (Place(2, *corner, turn),)),)))
        columns = [bytes(column) for column in zip(*aside, strict=True)]
        upright = [row[::-1] for row in columns] if turn == 90 else columns[::-1]
        assert differ(upright, straight) < 0.3


def test_folds_are_broken_black_hairlines():
    """A fold is drawn in the one black ink, thin and broken."""
    content = next(streams(flats_pdf(plates(), (FRONT,))))
    assert b"0 G 0.25 w [3 3] 0 d\n396 0 m 396 60 l S" in content
    assert b"RG" not in content


def test_flats_are_readable_and_stable():
    """The text of a flat is extractable, and the same plates give the same bytes."""
    data = flats_pdf(plates(), (FRONT, BACK))
    assert data == flats_pdf(plates(), (FRONT, BACK))
    assert data != flats_pdf(plates(), (BACK, FRONT))
    assert "This is page 4." in said(data)
    assert "This is page 1." in said(data)


@pytest.mark.parametrize(("duplex", "name"), [("short-edge", "/DuplexFlipShortEdge"), ("long-edge", "/DuplexFlipLongEdge")])
def test_the_printer_is_told_how_to_turn(duplex, name):
    """The turn of the sheet is a hint to the printer."""
    with opened(flats_pdf(plates(), (FRONT, BACK), duplex=duplex)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == name


def test_a_page_that_is_not_there():
    """A place for a page that the book lacks is a mistake, not a blank."""
    with pytest.raises(ValueError, match=r"\[9\]"):
        flats_pdf(plates(), (Flat(792, 612, (Place(9, 0, 0),)),))


def test_an_empty_flat():
    """A side without pages is a blank side."""
    assert min(map(min, ink(flats_pdf(plates(), (Flat(792, 612, ()),)))[2])) == 255


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_no_fault(tmp_path):
    """The file is sound: qpdf reads it without a warning."""
    path = tmp_path / "flats.pdf"
    path.write_bytes(flats_pdf(plates(9.0), (FRONT, BACK)))
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_a_window_shows_the_bleed_and_no_more():
    """A page with a window shows its bleed inside it, and nothing outside."""
    plate = plates(9.0)
    _, _, open_wide = ink(flats_pdf(plate, (Flat(792, 612, (Place(1, 0, 0, 0, (0, 0, 792, 612)),)),)))
    _, _, closed = ink(flats_pdf(plate, (Flat(792, 612, (Place(1, 0, 0, 0, (0, 0, 390, 612)),)),)))
    row = 612 - 40
    assert open_wide[row][402] < 40, "the block reaches 9 pt beyond the trim at 396"
    assert min(open_wide[row][407:]) == 255
    assert closed[row][385] < 40
    assert min(closed[row][391:]) == 255


def test_a_page_can_be_laid_in_miniature():
    """A scaled page stands on its corner, smaller."""
    page = next(streams(flats_pdf(plates(), (Flat(792, 612, (Place(1, 40, 50, 180, None, 0.25),)),))))
    assert b"-0.25 0 0 -0.25 40 50 cm" in page


def test_cuts_are_whole_lines_and_bars_are_black():
    """A cut is a thin whole line, a bar is filled in black ink."""
    flat = Flat(792, 612, (), (), "", ((100, 0, 100, 20),), ((50, 60, 56, 74),))
    content = next(streams(flats_pdf(plates(), (flat,))))
    assert b"0 G 0.25 w\n100 0 m 100 20 l S" in content
    assert b"0 g\n50 60 6 14 re f" in content


def test_a_back_is_moved_into_register():
    """A side out of register is moved as a whole: pages and marks by the same shift and the same turn about its middle."""
    flat = Flat(792, 612, (Place(2, 100, 100),))
    base = letters_at(flats_pdf(plates(), (flat,)))
    moved = letters_at(flats_pdf(plates(), (replace(flat, register=(5, -3, 0.0)),)))
    assert [(a, pytest.approx(x + 5, abs=0.01), pytest.approx(y - 3, abs=0.01)) for a, x, y in base] == moved
    turned = letters_at(flats_pdf(plates(), (replace(flat, register=(0, 0, 0.5)),)))
    angle = radians(0.5)
    for (_, x, y), (_, to_x, to_y) in zip(base, turned, strict=True):
        across, up = x - 396, y - 306
        assert to_x == pytest.approx(396 + across * cos(angle) - up * sin(angle), abs=0.01)
        assert to_y == pytest.approx(306 + across * sin(angle) + up * cos(angle), abs=0.01)
