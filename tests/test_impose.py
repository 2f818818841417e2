"""`impose`: any PDF in, sheets out."""

import io
import json

import pikepdf
import pytest

from conftest import SHORT
from readback import pages_of, words


@pytest.fixture
def pdf(run, story, tmp_path):
    """Build the short story's pages and return their path."""
    assert run("build", "lamp.txt", "--set", "outputs.booklet=false", "--quiet").status == 0
    return tmp_path / "dist" / "lamp.pdf"


def test_impose_writes_sheets_and_says_what_to_do(run, pdf, tmp_path):
    """`impose` writes sheets into dist/, named after file and scheme, and says how to print and fold them."""
    status, out, err = run("impose", pdf)
    assert (status, err) == (0, "")
    assert out.startswith("lamp.pdf: 4 pages on 1 sheet of letter\n  dist/lamp-saddle.pdf  (2 sides)\n")
    assert "\n1. Print on one sheet of letter paper" in out
    with pikepdf.open(tmp_path / "dist" / "lamp-saddle.pdf") as sheets:
        assert [[float(corner) for corner in page.MediaBox] for page in sheets.pages] == [[0, 0, 792, 612]] * 2


def test_no_word_is_lost(run, pdf, tmp_path):
    """The words on the sheets are those of the pages."""
    assert run("impose", pdf, "--scheme", "mini-8", "--sheet", "letter", "--quiet") == (0, "", "")
    wanted = [word for text, _ in pages_of(pdf.read_bytes()) for word in words(text)]
    found = [word for text, _ in pages_of((tmp_path / "dist" / "lamp-mini-8.pdf").read_bytes()) for word in words(text)]
    assert sorted(found) == sorted(wanted)
    assert len(found) > 40


def test_impose_tells_programs(run, pdf):
    """`--json` prints one object with files, sheets, instructions and findings."""
    status, out, err = run("impose", pdf, "--scheme", "quarto", "--sheet", "letter", "--out", "sheets", "--json")
    assert (status, err) == (0, "")
    report = json.loads(out)
    assert report["outputs"] == [{"kind": "booklet", "path": "sheets/lamp-quarto.pdf", "pages": 2}]
    assert (report["scheme"], report["sheet"], report["pages"], report["blanks"], report["sheets"]) == ("quarto", "letter", 4, 4, 1)
    assert [finding["rule"] for finding in report["findings"]] == ["scaled"]
    assert "Fold the upper half down" in report["instructions"]


def test_the_margins_are_told_to_programs(run, pdf):
    """With `--proof-trim`, `--json` gives for each leaf its pages, their shift and the margins left, in millimetres."""
    report = json.loads(run("impose", pdf, "--proof-trim", "--json").out)
    assert [output["kind"] for output in report["outputs"]] == ["booklet", "proof"]
    (leaf,) = report["margins"]
    assert list(leaf) == ["leaf", "pages", "shift", "inner", "outer", "head", "foot"]
    assert (leaf["leaf"], leaf["shift"]) == (1, 0)
    assert all(leaf[side] > 5 for side in ("inner", "outer", "head", "foot"))


def test_the_config_of_this_folder_is_heeded(run, pdf, tmp_path):
    """Keys of `[booklet]` in this folder's pressbook.toml hold, and the command line overrules them."""
    (tmp_path / "pressbook.toml").write_text('[booklet]\nscheme = "2-up"\nduplex = "by-hand"\n')
    assert "dist/lamp-2-up-fronts.pdf" in run("impose", pdf).out
    assert "dist/lamp-saddle-backs.pdf" in run("impose", pdf, "--scheme", "saddle").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gone.pdf"], r"gone.pdf does not exist"),
        (["dist"], r"dist is a folder"),
        (["lamp.txt"], r"lamp.txt is no PDF"),
        (["dist/lamp.pd"], r"did you mean 'dist/lamp.pdf'"),
        (["dist/lamp.pdf", "--scheme", "octvo"], r"did you mean 'octavo'"),
        (["dist/lamp.pdf", "--sheet", "leter"], r"did you mean 'letter'"),
        (["dist/lamp.pdf", "--set", "booklet.sig=4"], r"did you mean 'signature'"),
        (["dist/lamp.pdf", "--set", "booklet.caliper=heavy"], r"no thickness of paper"),
        (["dist/lamp.pdf", "--sheet", "0x0in"], r"no paper to print on"),
        (["dist/lamp.pdf", "--sheet", f"{'9' * 400}x8in"], r"no paper to print on"),
        (["dist/lamp.pdf", "--sheet", "3x3in", "--scheme", "16-up"], r"would be scaled to 8.8 %"),
        (["dist/lamp.pdf", "--set", "booklet.creep=5in"], r"booklet.creep = '5in' is out of range"),
        (["dist/lamp.pdf", "--set", "booklet.back-offset={turn=nan}"], r"from -5 to 5"),
        (["dist/lamp.pdf", "--set", "booklet.back-offset.turn=-"], r"from -5 to 5"),
        (["--calibrate", "0.1 nan 0 0"], r"no printer misses by so much"),
    ],
)
def test_what_is_wrong_is_told(run, pdf, tmp_path, arguments, words):
    """A file or key that cannot be used is told with what to do, and nothing is written."""
    before = sorted(tmp_path.rglob("*"))
    status, out, err = run("impose", *arguments)
    assert (status, out) == (1, "")
    assert words in err
    assert "\nhint: " in err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_zine_is_built_without_what_opens_pdfs(shell, story):
    """`build` never loads the library for PDFs of other programs."""
    script = "import sys\nfrom pressbook.cli import main\nmain(['build', 'lamp.txt', '--quiet'])\nprint('pikepdf' in sys.modules)"
    done = shell("-c", script)
    assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.parametrize("scheme", ["mini-8", "signatures", "octavo", "cut-and-stack", "2-up"])
def test_build_lays_the_booklet_by_its_scheme(run, tmp_path, scheme):
    """`build` uses the scheme of `[booklet]`, and the book has as many pages as its sheets."""
    (tmp_path / "lamp.txt").write_text(SHORT, encoding="utf-8")
    status, out, _ = run("build", "lamp.txt", "--trim", "mini", "--set", f"booklet.scheme={scheme}", "--json")
    assert status == 0
    report = json.loads(out)
    assert report["pages"] % {"mini-8": 8, "signatures": 4, "octavo": 16, "cut-and-stack": 2, "2-up": 1}[scheme] == 0
    assert report["sheets"] == 1
    with pikepdf.open(io.BytesIO((tmp_path / "dist" / "lamp-booklet.pdf").read_bytes())) as sheets:
        assert len(sheets.pages) == (1 if scheme == "mini-8" else 2)


@pytest.mark.parametrize(
    ("duplex", "told"), [("short-edge", "/DuplexFlipShortEdge"), ("long-edge", "/DuplexFlipLongEdge"), ("by-hand", None)]
)
def test_the_printer_is_told_how_to_turn_the_sheet(run, story, tmp_path, duplex, told):
    """A booklet carries the way in which its sheets must be turned; fronts and backs printed by hand carry none."""
    assert run("build", "lamp.txt", "--set", f"booklet.duplex={duplex}", "--quiet").status == 0
    paths = list((tmp_path / "dist").glob("lamp-booklet*.pdf"))
    assert len(paths) == (2 if duplex == "by-hand" else 1)
    for path in paths:
        with pikepdf.open(path) as sheets:
            assert sheets.Root.ViewerPreferences.get("/Duplex") == told
