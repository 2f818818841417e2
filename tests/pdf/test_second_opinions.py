"""What other programs say of our files: PDFBox, qpdf, Ghostscript, poppler, MuPDF. Each test skips where its program is missing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

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
    command = ["java", "-cp", ":".join(map(str, paths)), program, *arguments]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")


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


@pytest.fixture
def made(run, tmp_path):
    """Return a function that builds the text with keys set, and gives the folder of the files."""
    (tmp_path / "office.txt").write_text(TEXT, encoding="utf-8")

    def make(*settings):
        keys = ("press.date=2026-11-24", "outputs.cover=true", *settings)
        outcome = run("build", "office.txt", "--trim", "A6", "--quiet", *(part for key in keys for part in ("--set", key)))
        assert outcome.err == ""
        return tmp_path / "dist"

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
def test_an_initial_is_read_with_its_word(run, tmp_path, opening, reader, depth):
    """The letter that stands lines below, the quotation mark before it and the rest of its word are read as one, on their line."""
    (tmp_path / "office.txt").write_text(f"The Office\n\n{opening} that she used, and nobody knew why. " + "It rained on. " * 30)
    run("build", "office.txt", "--trim", "A6", "--quiet", "--set", f"type.drop-cap={depth}")
    path = tmp_path / "dist" / "office.pdf"
    text = " ".join(text for text, _ in pages_of(path.read_bytes())) if reader == "pdfium" else extracted(reader, path)
    assert f"{opening} that she used, and nobody" in " ".join(text.split())


@pytest.mark.parametrize("standard", STANDARDS)
def test_pdfbox_finds_no_fault_of_fonts_or_syntax(made, standard):
    """PDFBox's preflight complains of nothing but what PDF/A alone demands, in pages, sheets and cover."""
    jars = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "jaxb-api", "javax.activation")
    folder = made(f"press.standard={standard}", "press.marks=all", "page.bleed=3mm", "type.drop-cap=2")
    for path in sorted(folder.glob("*.pdf")):
        report = java(jars, "org.apache.pdfbox.preflight.Validator_A1b", str(path))
        faults = [line for line in report.splitlines() if re.match(r"\d", line)]
        assert faults, report
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
