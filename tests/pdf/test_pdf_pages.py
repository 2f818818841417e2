"""The page PDF: boxes, ink, outline, labels, information, and the same bytes every time."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from printed import ink, streams
from typecase import MEASURE, SLOPED, edition, line, page, piece, slugs, word

from pressbook.model import Entry, Figure, Ornament
from pressbook.pdf import engrave, pages_pdf
from readback import opened

RING = Ornament(
    "ring",
    1.0,
    (
        (("M", (0, 0)), ("L", (1, 0)), ("L", (1, 1)), ("L", (0, 1)), ("Z", ())),
        (("M", (0.25, 0.25)), ("L", (0.75, 0.25)), ("C", (0.75, 0.5, 0.75, 0.6, 0.75, 0.75)), ("L", (0.25, 0.75)), ("Z", ())),
    ),
)


def zine(**parts):
    """Bind a small book: a title page, text with an ornament and a folio, a blank."""
    text = (line("“Office,” said Ada, and", word(piece("waited", SLOPED)), "a while.", measure=MEASURE), line("Then rain."))
    return edition(
        page(1, line("A Story"), label="i"),
        page(2, label="ii"),
        page(3, *text, figures=(Figure(RING, 190, 400, 12),), furniture=slugs(line("1"), x=195, y=36), label="1"),
        **parts,
    )


def test_boxes_nest():
    """Every page has a media, bleed and trim box; the trim lies inside by the bleed."""
    with opened(pages_pdf(engrave(zine(bleed=9.0)))) as pdf:
        assert len(pdf.pages) == 3
        for each in pdf.pages:
            assert [float(at) for at in each.MediaBox] == [0, 0, 414, 630]
            assert [float(at) for at in each.BleedBox] == [0, 0, 414, 630]
            assert [float(at) for at in each.TrimBox] == [9, 9, 405, 621]
            assert not {"/ArtBox", "/CropBox", "/Trans", "/Group"} & set(each.keys())


def test_bleed_shifts_the_page():
    """With a bleed the type stands as far from the trim as without."""
    plain, shifted = ink(pages_pdf(engrave(zine())), 2), ink(pages_pdf(engrave(zine(bleed=9.0))), 2)
    cut_out = [row[9 : 9 + plain[0]] for row in shifted[2][9 : 9 + plain[1]]]
    assert cut_out == plain[2]
    assert min(map(min, plain[2])) < 120


def test_one_ink():
    """Nothing is painted but in DeviceGray black."""
    for content in streams(pages_pdf(engrave(zine()))):
        colours = re.findall(
            rb"[\d.]+ (?:g|G|rg|RG|k|K|cs|CS|sc|SC|scn|SCN|sh|gs)\b", re.sub(rb"\((?:\\.|[^\\)])*\)", b"", content)
        )
        assert set(colours) <= {b"0 g"}


def test_ornament_is_filled_by_the_even_odd_rule():
    """A path inside a path is a hole."""
    _, height, rows = ink(pages_pdf(engrave(zine())), 2, scale=4)
    row = rows[height - 4 * 406]
    assert max(row[4 * 190 + 2 : 4 * 192]) < 40
    assert min(row[4 * 194 : 4 * 198]) > 215


def test_furniture_and_figures_are_artifacts():
    """Folio and ornament are marked as no part of the text."""
    (content,) = (content for content in streams(pages_pdf(engrave(zine()))) if b"/Artifact" in content)
    before, artifact = content.split(b"/Artifact BMC")
    assert artifact.count(b"/O1 Do") == 1
    assert artifact.count(b"BT") == 1
    assert artifact.rstrip().endswith(b"EMC")
    assert b" Do" not in before


def test_an_ornament_is_drawn_once():
    """However often an ornament stands in a book, its drawing is in the file once."""
    figures = [(Figure(RING, 190, 400 - 12 * place, 12),) for place in range(5)]
    book = edition(*(page(number, figures=each) for number, each in enumerate(figures, 1)))
    with opened(pages_pdf(engrave(book))) as pdf:
        drawings = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and b"f*" in thing.read_bytes()]
        assert len(drawings) == 1


def test_outline_and_labels():
    """Viewers show the book's own contents and page numbers."""
    data = pages_pdf(engrave(zine(outline=(Entry("One — “Rain” 雨", 1), Entry("Two", 3)))))
    pdf = pypdfium2.PdfDocument(data)
    contents = list(pdf.get_toc())
    assert [item.get_title() for item in contents] == ["One — “Rain” 雨", "Two"]
    assert [item.get_dest().get_index() for item in contents] == [0, 2]
    assert [pdf.get_page_label(at) for at in range(3)] == ["i", "ii", "1"]


def test_chapters_hang_under_their_part():
    """In the outline a part's or a story's chapters stand under it, all unfolded; what stands alone stands beside it."""
    entries = (Entry("Before", 1), Entry("Part One", 2), Entry("One", 2, depth=1), Entry("Two", 3, depth=1), Entry("After", 3))
    data = pages_pdf(engrave(zine(outline=entries)))
    told = [(item.level, item.get_title(), item.get_dest().get_index()) for item in pypdfium2.PdfDocument(data).get_toc()]
    assert told == [(entry.depth, entry.title, entry.page - 1) for entry in entries]
    with opened(data) as pdf:
        assert int(pdf.Root.Outlines.Count) == 5
        part = pdf.Root.Outlines.First.Next
        assert int(part.Count) == 2 and part.First.Title == "One" and part.Last.Prev.Title == "One"


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        (["i", "ii", "1", "2", "3"], [0, {"/S": "/r", "/St": 1}, 2, {"/S": "/D", "/St": 1}]),
        (["", "", "iv", "v"], [0, {}, 2, {"/S": "/r", "/St": 4}]),
        (["IX", "X", "12", "7"], [0, {"/S": "/R", "/St": 9}, 2, {"/S": "/D", "/St": 12}, 3, {"/S": "/D", "/St": 7}]),
        (["A", "B", "007", "iiii"], [0, {"/P": "A"}, 1, {"/P": "B"}, 2, {"/P": "007"}, 3, {"/P": "iiii"}]),
        (["mcmxc"], [0, {"/S": "/r", "/St": 1990}]),
    ],
)
def test_labels_are_told_in_runs(labels, runs):
    """A run of counting is one entry; what does not count is told in words."""
    book = edition(*(page(at, label=label) for at, label in enumerate(labels, 1)))
    with opened(pages_pdf(engrave(book))) as pdf:
        told = [dict(run) if hasattr(run, "keys") else run for run in pdf.Root.PageLabels.Nums]
        assert told == runs


def test_no_labels():
    """Where no page has a label, viewers count."""
    with opened(pages_pdf(engrave(edition(page(1), page(2))))) as pdf:
        assert "/PageLabels" not in pdf.Root
        assert "/Outlines" not in pdf.Root


def test_information():
    """Title, author and language are told, in letters of any script; a date only when asked."""
    book = zine(title="Über “Rain” 雨", author="Zoë (née Q.)", language="de-CH", subject="Fiction")
    with opened(pages_pdf(engrave(book))) as pdf:
        assert str(pdf.docinfo.Title) == "Über “Rain” 雨"
        assert str(pdf.docinfo.Author) == "Zoë (née Q.)"
        assert str(pdf.docinfo.Subject) == "Fiction"
        assert str(pdf.docinfo.Creator) == "pressbook"
        assert str(pdf.docinfo.Producer).startswith("pressbook ")
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
        assert str(pdf.Root.Lang) == "de-CH"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert pdf.Root.PageLayout == "/TwoPageRight"
        assert pdf.pdf_version == "1.6"
        assert pdf.trailer.ID[0] == pdf.trailer.ID[1]
    with opened(pages_pdf(engrave(book), 1_700_000_000)) as pdf:
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20231114221320Z"


def test_same_book_same_bytes():
    """The same edition gives the same bytes; another gives another identity."""
    first = pages_pdf(engrave(zine()))
    assert first == pages_pdf(engrave(zine()))
    with opened(first) as one, opened(pages_pdf(engrave(zine(title="Another")))) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_same_bytes_in_any_surroundings(tmp_path):
    """Hash seed, locale, time zone and folder leave no trace in the file."""
    here = Path(__file__).parent
    program = (
        f"import sys, hashlib; sys.path[:0] = [{str(here.parents[1] / 'src')!r}, {str(here.parent)!r}, {str(here)!r}]\n"
        "from test_pdf_pages import engrave, pages_pdf, zine\n"
        "print(hashlib.sha256(pages_pdf(engrave(zine()), 86400)).hexdigest())"
    )
    told = [
        subprocess.Popen([sys.executable, "-c", program], env=os.environ | extra, cwd=folder, stdout=subprocess.PIPE, text=True)
        for extra, folder in (
            ({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}, tmp_path),
            ({"PYTHONHASHSEED": "2", "TZ": "UTC", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "12345"}, here),
        )
    ]
    digests = [run.communicate()[0].strip() for run in told]
    assert len(digests[0]) == 64
    assert digests[0] == digests[1]


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_no_fault(tmp_path):
    """The file is sound: qpdf reads it without a warning."""
    path = tmp_path / "zine.pdf"
    path.write_bytes(pages_pdf(engrave(zine(bleed=9.0, outline=(Entry("One", 1),)))))
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
