"""PDF/X: three standards kept by pages and sheets, in one ink or four."""

import re
import shutil
import subprocess
from io import BytesIO
from struct import unpack_from

import pikepdf
import pytest
from prepress import faults, xmp_of
from printed import streams
from typecase import edition, grey_picture, line, page, slugs

from pressbook.config import PressKeys
from pressbook.model import Flat, Inset, Place
from pressbook.pdf import engrave, flats_pdf, pages_pdf
from pressbook.pdf.intent import grey_profile
from readback import opened

STANDARDS = {"PDF/X-4": "PDF/X-4", "PDF/X-3": "PDF/X-3:2003", "PDF/X-1a": "PDF/X-1a:2003"}
FLAT = Flat(792, 612, (Place(2, 0, 0), Place(1, 396, 0)), ((396.0, 0.0, 396.0, 60.0),))


def book(press, **parts):
    """Engrave two pages, a picture on the second."""
    folio = slugs(line("2"), x=195, y=36)
    insets = (Inset(grey_picture(), 40, 100, 160, 120, "The ferry"),)
    pages = (page(1, line("“Office,” she said.")), page(2, line("Then rain."), furniture=folio, insets=insets, label="2"))
    return engrave(edition(*pages, **({"bleed": 9.0} | parts)), press)


@pytest.mark.parametrize("overprint", [False, True])
@pytest.mark.parametrize("ink", ["black", "cmyk"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_the_standard_is_kept(standard, ink, overprint):
    """Pages and sheets keep each standard, in black alone or for four inks."""
    plates = book(PressKeys(standard=standard, ink=ink, overprint=overprint and ink == "cmyk"))
    for data in (pages_pdf(plates), flats_pdf(plates, (FLAT,)), pages_pdf(plates, 1_700_000_000)):
        assert faults(data, STANDARDS[standard]) == []


def test_the_checker_sees():
    """A file without a promise lacks most of it, and a newer standard is not an older one."""
    plain = faults(pages_pdf(book(PressKeys())), "PDF/X-4")
    assert {"no CreationDate", "no GTS_PDFXVersion", "0 output intents", "says None"} <= set(plain)
    newer = faults(pages_pdf(book(PressKeys(standard="PDF/X-4"))), "PDF/X-1a:2003")
    assert {"version 1.6", "says PDF/X-4", "a profile of b'GRAY'"} <= set(newer)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda pdf: pdf.pages[0].contents_add(b"1 0 0 rg"), "page 1: rg"),
        (lambda pdf: pdf.pages[0].contents_add(b"0 0 0 1 k"), "page 1: k"),
        (lambda pdf: pdf.pages[1].update({"/MediaBox": [0, 0, 300, 300]}), "page 2: boxes do not nest"),
        (lambda pdf: pdf.docinfo.update({"/Title": "Other"}), "Title 'Other' is 'A Story' in XMP"),
        (lambda pdf: pdf.docinfo.update({"/Trapped": pikepdf.Name.Unknown}), "Trapped is open"),
        (lambda pdf: pdf.Root.update({"/OpenAction": pdf.make_indirect({})}), "/OpenAction is forbidden"),
        (
            lambda pdf: pdf.pages[0].Resources.update(
                {"/ExtGState": {"/G": pdf.make_indirect(pikepdf.Dictionary(CA=0.5, Type=pikepdf.Name.ExtGState))}}
            ),
            "transparency",
        ),
    ],
)
def test_the_checker_sees_a_spoiled_file(spoil, fault):
    """What breaks a standard is found and named."""
    with opened(pages_pdf(book(PressKeys(standard="PDF/X-3")))) as pdf:
        spoil(pdf)
        spoiled = BytesIO()
        pdf.save(spoiled, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.4")
    assert fault in faults(spoiled.getvalue(), "PDF/X-3:2003")


def test_what_is_told_agrees():
    """Title, author and subject in any script, and the dates, stand alike in the information and in XMP."""
    plates = book(PressKeys(standard="PDF/X-4"), title="Über “Rain” & <雨>", author="Zoë (née Q.)", subject="Fiction\x07")
    data = pages_pdf(plates, 1_700_000_000)
    assert faults(data, "PDF/X-4") == []
    with opened(data) as pdf:
        told = xmp_of(pdf)
        assert told["{http://purl.org/dc/elements/1.1/}title"] == "Über “Rain” & <雨>"
        assert told["{http://ns.adobe.com/xap/1.0/}CreateDate"] == "2023-11-14T22:13:20Z"
        assert told["{http://ns.adobe.com/xap/1.0/mm/}DocumentID"] == f"uuid:{bytes(pdf.trailer.ID[0]).hex().upper()}"


def test_a_title_without_a_letter_is_told_as_none():
    """A title of control characters, which no file can hold, is told like an empty one."""
    with opened(pages_pdf(book(PressKeys(), title="\0"))) as pdf:
        assert str(pdf.docinfo.Title) == "Untitled"


def test_a_standard_has_a_date_of_its_own():
    """PDF/X asks for a date: without one a file says the same moment for ever, so that its bytes do not change."""
    data = pages_pdf(book(PressKeys(standard="PDF/X-1a")))
    assert data == pages_pdf(book(PressKeys(standard="PDF/X-1a")))
    with opened(data) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20000101000000Z"


def test_black_type_is_one_ink():
    """Black is grey or the fourth ink, and prints over other inks only by choice."""
    chosen = [
        (PressKeys(), b"0 g\n"),
        (PressKeys(ink="cmyk"), b"0 0 0 1 k\n"),
        (PressKeys(ink="cmyk", overprint=True), b"0 0 0 1 k /Over gs\n"),
    ]
    for press, operators in chosen:
        data = pages_pdf(book(press, bleed=0.0))
        assert all(content.startswith(operators) for content in streams(data))
        with opened(data) as pdf:
            states = pdf.pages[0].Resources.get("/ExtGState", {})
            assert [(state.OP, state.op, state.OPM) for state in states.values()] == ([(True, True, 1)] if press.overprint else [])


def test_the_grey_profile_is_one():
    """Our own profile has the tags of a monochrome output profile, within its bounds, and a curve from ink to paper."""
    icc = grey_profile()
    (count,) = unpack_from(">I", icc, 128)
    tags = {name: icc[at : at + size] for name, at, size in (unpack_from(">4sII", icc, 132 + 12 * row) for row in range(count))}
    assert tags.keys() == {b"desc", b"cprt", b"wtpt", b"kTRC"}
    assert unpack_from(">I", icc)[0] == len(icc) < 600
    assert icc[12:24] == b"prtrGRAYXYZ "
    points = unpack_from(f">{unpack_from('>I', tags[b'kTRC'], 8)[0]}H", tags[b"kTRC"], 12)
    assert points[-1] == 65535
    assert points[0] == pytest.approx(0.025 * 65535, abs=1)
    assert list(points) == sorted(set(points))
    assert len(tags[b"desc"]) == 12 + unpack_from(">I", tags[b"desc"], 8)[0] + 4 + 4 + 2 + 1 + 67


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_built_zine_keeps_its_standard(run, sample, standard):
    """The sample zine, pages and booklet, keeps the standard that its config names, and the date that it gives."""
    told = run("build", sample, "--set", f"press.standard={standard}", "--set", "press.date=2026-11-24", "--set", "page.bleed=3mm")
    assert told.status == 0
    assert "asks for a date" not in told.out
    for path in (sample.parent / "dist").iterdir():
        assert faults(path.read_bytes(), STANDARDS[standard]) == []
        with opened(path.read_bytes()) as pdf:
            assert str(pdf.docinfo.CreationDate) == "D:20261124000000Z"


def test_a_standard_without_a_date_is_told(run, story):
    """Who asks for PDF/X and gives no date is told which date the file says."""
    told = run("build", story, "--set", "press.standard=PDF/X-3")
    assert "notice: PDF/X-3 asks for a date, and there is none: the file says 1 January 2000 (set press.date" in told.out


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")
@pytest.mark.parametrize(("standard", "ink"), [("PDF/X-1a", "cmyk"), ("PDF/X-3", "black"), ("PDF/X-4", "cmyk")])
def test_one_plate_has_ink(tmp_path, standard, ink):
    """Separated by Ghostscript, black type lies on the black plate alone."""
    (tmp_path / "a.pdf").write_bytes(pages_pdf(book(PressKeys(standard=standard, ink=ink))))
    told = subprocess.run(["gs", "-q", "-o", "-", "-sDEVICE=inkcov", "a.pdf"], cwd=tmp_path, capture_output=True, check=True)
    plates = re.findall(rb"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) +CMYK OK", told.stdout, re.M)
    assert len(plates) == 2
    for *colours, black in plates:
        assert [float(plate) for plate in colours] == [0, 0, 0]
        assert float(black) > 0
    separated = ["gs", "-q", "-o", "plate%d.tif", "-sDEVICE=tiffsep", "-r36", "-dFirstPage=1", "-dLastPage=1", "a.pdf"]
    subprocess.run(separated, cwd=tmp_path, capture_output=True, check=True)
    images = {path.name: path.read_bytes() for path in tmp_path.glob("plate1(*).tif")}
    blank = {image for name, image in images.items() if "Black" not in name}
    assert len(images) == 4
    assert len(blank) == 1
    assert images["plate1(Black).tif"] not in blank


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
@pytest.mark.parametrize("standard", STANDARDS)
def test_qpdf_finds_no_fault(tmp_path, standard):
    """A file that keeps a standard is sound: qpdf reads it without a warning."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pages_pdf(book(PressKeys(standard=standard, ink="cmyk"))))
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
