"""What other programs say of our files: PDFBox, qpdf, Ghostscript, poppler, MuPDF. Each test skips where its program is missing."""

import io
import re
import shutil
import subprocess
from contextlib import redirect_stderr
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pressbook.cli import main
from readback import pages_of, words

JARS = Path("/usr/share/java")
"""Where Debian's libpdfbox2-java puts PDFBox."""
STANDARDS = ("none", "PDF/X-4", "PDF/X-3", "PDF/X-1a")
PDF_A_ALONE = (
    r"1\.4 : Trailer Syntax error, /XRef cross reference streams are not allowed",
    r"2\.1\.3 : .* The S entry of the OutputIntent isn't GTS_PDFA1",
    r"2\.4\.3 : .* (without Color Profile|DestOutputProfile is missing)",
    r"3\.1\.11 : .* The CIDSet entry is missing",
    r"7\.1\.1 : .* No type defined for .*Trapped",
)
"""What PDFBox asks of PDF/A-1b, and no standard of ours asks: its own output intent, PDF 1.4, a list that PDF 2.0 gave up."""

TEXT = """The Office

by Ada Quill

AVATAR Towards Wave offices; affluent fjords afflict the efficient staff. "Yes," Tolstoy said, "the fifth waffle."

An extraordinarily long compound word like counterrevolutionary incomprehensibilities, internationalization, misunderstandings, \
characteristically straightforward, and disproportionately unsympathetic, well-known and first-class.

* * *

Once more: fluffy muffins and naive facades, extraordinarily counterrevolutionary internationalization straightforwardly \
misunderstood by disproportionately unsympathetic characteristically long-winded incomprehensibilities of efficient officers.
"""
"""Kerned capitals, ligatures, small capitals at the head of the story, and more long words than lines."""


def java(jars, program, *arguments):
    """Run a program of PDFBox's, or skip."""
    paths = [JARS / f"{jar}.jar" for jar in jars]
    if not shutil.which("java") or not all(path.exists() for path in paths):
        pytest.skip("needs PDFBox 2")
    # What runs for a second is not worth translating twice.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", ":".join(map(str, paths)), program, *arguments]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")


def judged(folder):
    """Return what PDFBox's preflight complains of in a folder's PDFs, by their names."""
    jars = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "jaxb-api", "javax.activation")
    listed = folder / "listed.txt"
    listed.write_text("".join(f"{path}\n" for path in sorted(folder.glob("*.pdf"))))
    java(jars, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", str(listed))
    told = ElementTree.parse(f"{listed}.preflight.xml")  # noqa: S314 - of a program that we started
    return {
        file.get("name"): [f"{fault.findtext('code')} : {fault.findtext('details')}" for fault in file.iter("error")]
        for file in told.iter("preflight")
    }


def extracted(reader, path):
    """Return a file's text as another program reads it."""
    if reader == "PDFBox":
        jars = ("pdfbox2", "fontbox2", "pdfbox2-tools", "commons-logging")
        return java(jars, "org.apache.pdfbox.tools.ExtractText", "-console", "-encoding", "UTF-8", str(path))
    if reader == "MuPDF" and not shutil.which("mutool"):
        with pytest.importorskip("pymupdf").open(path) as pages:
            return "\f".join(page.get_text() for page in pages)
    command = {"poppler": ["pdftotext", path, "-"], "MuPDF": ["mutool", "draw", "-q", "-F", "txt", "-o", "-", path]}[reader]
    if not shutil.which(command[0]):
        pytest.skip(f"needs {command[0]}")
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a function that builds a text with keys set, once whoever asks for it, and gives the folder of the files."""

    @cache
    def make(*settings, text=TEXT):
        folder = tmp_path_factory.mktemp("office")
        (folder / "office.txt").write_text(text, encoding="utf-8")
        keys = ("page.trim=A6", "press.date=2026-11-24", "outputs.cover=true", *settings)
        chosen = [part for key in keys for part in ("--set", key)]
        with redirect_stderr(io.StringIO()) as said:
            assert main(["build", str(folder / "office.txt"), "--out", str(folder), "--quiet", *chosen]) == 0
        assert said.getvalue() == ""
        return folder

    return make


@pytest.mark.parametrize("standard", ["none", "PDF/X-1a"])
@pytest.mark.parametrize("reader", ["poppler", "MuPDF", "PDFBox"])
def test_every_reader_reads_the_same_words(made, reader, standard):
    """Kerned words, ligatures, small capitals and words broken at line ends come out whole, with tags and without."""
    folder = made(f"press.standard={standard}", "type.lead-in=scenes")
    text = extracted(reader, folder / "office.pdf")
    assert "\u00ad\n" in text.replace("\u00ad \n", "\u00ad\n"), "no line ended in a hyphen"
    said = words(text)
    wanted = words(TEXT.partition("Quill")[2].replace("* * *", ""))
    assert said[said.index("AVATAR") :][: len(wanted)] == wanted


@pytest.mark.parametrize("depth", [2, 3])
@pytest.mark.parametrize("reader", ["poppler", "MuPDF", "pdfium"])
@pytest.mark.parametrize("opening", ["Avatar was the word", "“Avatar,” said he, was the word", "I was the word"])
def test_an_initial_is_read_with_its_word(made, opening, reader, depth):
    """The letter that stands lines below, the quotation mark before it and the rest of its word are read as one, on their line."""
    text = f"The Office\n\n{opening} that she used, and nobody knew why. " + "It rained on. " * 30
    path = made(f"type.drop-cap={depth}", text=text) / "office.pdf"
    text = " ".join(text for text, _ in pages_of(path.read_bytes())) if reader == "pdfium" else extracted(reader, path)
    assert f"{opening} that she used, and nobody" in " ".join(text.split())


@pytest.mark.parametrize("standard", STANDARDS)
def test_pdfbox_finds_no_fault_of_fonts_or_syntax(made, standard):
    """PDFBox's preflight complains of nothing but what PDF/A alone demands, in pages, sheets and cover."""
    folder = made(f"press.standard={standard}", "press.marks=all", "page.bleed=3mm", "type.drop-cap=2")
    found = judged(folder)
    assert sorted(found) == ["office-booklet.pdf", "office-cover.pdf", "office.pdf"]
    for faults in found.values():
        assert faults
        assert [line for line in faults if not any(re.match(known, line) for known in PDF_A_ALONE)] == []


@pytest.mark.parametrize("standard", ["none", "PDF/X-4"])
def test_a_validator_finds_no_fault_of_tags(made, standard):
    """The validator `page-validation` finds each rule of PDF/UA-1 kept, with an initial, small capitals, bleed and marks."""
    page = pytest.importorskip("page")
    folder = made(f"press.standard={standard}", "press.marks=all", "page.bleed=3mm", "type.drop-cap=3", "type.lead-in=scenes")
    report = page.validate_pdf(str(folder / "office.pdf"), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


@pytest.mark.skipif(not shutil.which("qpdf"), reason="needs qpdf")
@pytest.mark.parametrize("standard", STANDARDS)
def test_qpdf_finds_no_fault(made, standard):
    """The checker of qpdf goes through pages, sheets and cover without a warning."""
    for path in sorted(made(f"press.standard={standard}", "press.marks=all", "outputs.howto=true").glob("*.pdf")):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert (done.returncode, "WARNING" in done.stdout + done.stderr) == (0, False), done.stderr


@pytest.mark.skipif(not shutil.which("gs"), reason="needs Ghostscript")
@pytest.mark.parametrize("ink", ["black", "cmyk"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_black_type_is_on_one_plate(made, standard, ink):
    """Ghostscript separates pages, sheets and cover into black alone; the other plates stay empty."""
    for path in sorted(made(f"press.standard={standard}", f"press.ink={ink}").glob("*.pdf")):
        command = ["gs", "-q", "-dSAFER", "-o", "-", "-sDEVICE=inkcov", str(path)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        plates = [tuple(map(float, row)) for row in re.findall(r"([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) CMYK", told)]
        assert sum(black for *_, black in plates) > 0
        assert all(colours == [0, 0, 0] for *colours, _ in plates)
