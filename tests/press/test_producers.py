"""PDFs of pdfTeX, Typst and Chromium, their pages cropped, moved, turned and measured in other units, stand on the sheets alike.

Each test skips where its program is missing.
"""

import io
import shutil
import subprocess
from functools import cache

import pikepdf
import pytest
from pikepdf import Array

from pressbook.booklets import rebind
from pressbook.config import BookletKeys
from pressbook.press import Foreign
from readback import letters_at

WIDE, HIGH = 300, 400
BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
WORDS = "Efficient willows affirm the river. " * 6


def pdftex(folder):
    """Typeset with pdfTeX."""
    if not shutil.which("pdflatex"):
        pytest.skip("needs pdfTeX")
    (folder / "a.tex").write_text(
        rf"\documentclass{{article}}\usepackage[paperwidth={WIDE}bp,paperheight={HIGH}bp,margin=40bp]{{geometry}}"
        rf"\begin{{document}}{(WORDS + chr(92) + 'newpage ') * 4}\end{{document}}"
    )
    subprocess.run(["pdflatex", "-interaction=batchmode", "a.tex"], cwd=folder, check=True, capture_output=True)
    return (folder / "a.pdf").read_bytes()


def typst(folder):
    """Typeset with Typst."""
    program = pytest.importorskip("typst")
    (folder / "a.typ").write_text(
        f"#set page(width: {WIDE}pt, height: {HIGH}pt, margin: 40pt)\n" + "\n#pagebreak()\n".join([WORDS] * 4)
    )
    return program.compile(str(folder / "a.typ"))


def chromium(folder):
    """Print a web page with Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        pytest.skip("needs Chromium")
    page = f"<p style='page-break-after: always'>{WORDS}</p>"
    style = f"<style>@page {{ size: {WIDE}pt {HIGH}pt; margin: 40pt }}</style>"
    (folder / "a.html").write_text(f"<html><head>{style}</head><body>{page * 3}<p>{WORDS}</p></body></html>")
    quiet = [
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
    ]
    own = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'a.pdf'}", str(folder / "a.html")]
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", *quiet, *own]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "a.pdf").read_bytes()


@cache
def produced(producer, folder):
    """Produce a file once."""
    return producer(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder for the producers."""
    return tmp_path_factory.mktemp("produced")


def lay(pdf, page, boxes, matrix=None, **entries):
    """Give a page other boxes and entries, and move what stands on it."""
    for box in BOXES:
        if box in page:
            del page[box]
    for box, corners in boxes.items():
        page[f"/{box}"] = Array(corners)
    for key, value in entries.items():
        page[f"/{key}"] = value
    if matrix:
        page.contents_add(pdf.make_stream(f"q {' '.join(map(str, matrix))} cm\n".encode()), prepend=True)
        page.contents_add(pdf.make_stream(b"\nQ"))


ODD = {
    "cropped": ({"MediaBox": [-50, -40, WIDE + 100, HIGH + 70], "CropBox": [0, 0, WIDE, HIGH]}, None, {}),
    "trimmed": (
        {"MediaBox": [-9, -9, WIDE + 90, HIGH + 9], "CropBox": [-5, -5, 350, 404], "TrimBox": [0, 0, WIDE, HIGH]},
        None,
        {},
    ),
    "below nought": ({"MediaBox": [-WIDE, -HIGH, 0, 0]}, (1, 0, 0, 1, -WIDE, -HIGH), {}),
    "in units": ({"MediaBox": [0, 0, WIDE / 2, HIGH / 2]}, (0.5, 0, 0, 0.5, 0, 0), {"UserUnit": 2}),
    "turned 90": ({"MediaBox": [0, 0, HIGH, WIDE]}, (0, 1, -1, 0, HIGH, 0), {"Rotate": 90}),
    "turned 180": ({"MediaBox": [0, 0, WIDE, HIGH]}, (-1, 0, 0, -1, WIDE, HIGH), {"Rotate": 180}),
    "turned 270": ({"MediaBox": [0, 0, HIGH, WIDE]}, (0, -1, 1, 0, 0, WIDE), {"Rotate": 270}),
    "turned, cropped and moved": (
        {"MediaBox": [-99, -20, HIGH, WIDE + 9], "CropBox": [-70, 0, HIGH - 70, WIDE]},
        (0, 1, -1, 0, HIGH - 70, 0),
        {"Rotate": 90},
    ),
}
"""Boxes, where the content is moved to, and other entries: pages that all look as they did."""


def laid(data, name):
    """Spoil every page of a file in a way that does not show."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        boxes, matrix, entries = ODD[name]
        for page in pdf.pages:
            lay(pdf, page, boxes, matrix, **entries)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def stands(data, scheme):
    """Impose a file; say where each letter stands on each sheet."""
    booklet = rebind(Foreign(data, "a.pdf"), BookletKeys(scheme=scheme, sheet="A3"))
    assert booklet.findings == ()
    sheets = booklet.files[0].content
    return [[(letter, round(x), round(y)) for letter, x, y in letters_at(sheets, at)] for at in range(booklet.files[0].pages)]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("producer", [pdftex, typst, chromium], ids=lambda producer: producer.__name__)
def test_pages_that_look_alike_are_imposed_alike(folder, producer, name):
    """Whatever a page's boxes, turn and units say, each letter of it stands where that of a plain page stands."""
    data = produced(producer, folder)
    for scheme in ("saddle", "quarto"):
        plain, odd = stands(data, scheme), stands(laid(data, name), scheme)
        assert sum(map(len, plain)) > 400
        for before, after in zip(plain, odd, strict=True):
            # Rounding may differ by a point.
            near = {(letter, x + right, y + up) for letter, x, y in after for right in (-1, 0, 1) for up in (-1, 0, 1)}
            assert (len(after), [letter for letter in before if letter not in near]) == (len(before), [])
