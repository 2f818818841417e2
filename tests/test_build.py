"""From a typed story to finished PDFs: what is made, where it goes, and what other programs see in it."""

import json
import os
import re
import shutil
import subprocess

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, SAMPLE, SHORT
from pressbook import pipeline
from pressbook.config import Config, find_trim
from pressbook.model import Finding
from pressbook.values import replace
from readback import boxes_of, drawn_on, letters, opened, operators_of, pages_of, story_of, words

BUILD_KEYS = {"outputs", "words", "pages", "sheets", "trim", "seconds", "findings", "fits"}
IMPRINT = "MIT license: copy, fold and give away."


def made(folder):
    """List the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


# --- what is made, and where ------------------------------------------------------------------------------------------


def test_a_lone_manuscript_goes_to_dist_here(run, story, tmp_path):
    """A lone manuscript needs no config and leaves two PDFs in ./dist/, and nothing else."""
    outcome = run("build", "lamp.txt")
    assert outcome.status == 0
    assert outcome.err == ""
    assert made(tmp_path) == ["dist", "lamp.txt"]
    assert made(tmp_path / "dist") == ["lamp-booklet.pdf", "lamp.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in (tmp_path / "dist").iterdir())


def test_a_lone_manuscript_elsewhere_goes_to_dist_here(run, tmp_path):
    """The PDFs of a lone manuscript in another folder go to ./dist/ too, not beside the manuscript."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "lamp.txt").write_text(SHORT)
    assert run("build", "drafts/lamp.txt").status == 0
    assert made(tmp_path / "drafts") == ["lamp.txt"]
    assert made(tmp_path / "dist") == ["lamp-booklet.pdf", "lamp.pdf"]


def test_an_ebook_is_made_by_choice(run, story, tmp_path):
    """`outputs.epub` adds an EPUB, alone or beside the PDFs; it has no pages, and the same story gives the same bytes."""
    report = json.loads(run("build", "lamp.txt", "--set", "outputs.epub=true", "--json").out)
    assert report["outputs"][2] == {"kind": "epub", "path": "dist/lamp.epub", "pages": None}
    first = (tmp_path / "dist" / "lamp.epub").read_bytes()
    alone = ("outputs.epub=true", "outputs.pages=false", "outputs.booklet=false")
    outcome = run("build", "lamp.txt", "--out", "alone", *[part for key in alone for part in ("--set", key)])
    assert (outcome.status, made(tmp_path / "alone")) == (0, ["lamp.epub"])
    assert "  alone/lamp.epub  (for reading on a screen)\n" in outcome.out
    assert (tmp_path / "alone" / "lamp.epub").read_bytes() == first


def test_the_outcome_is_told_to_a_newcomer(run, story):
    """Build names the title, the counts and the files, what it noticed, and how to print, fold and staple."""
    out = run("build", "lamp.txt").out
    assert out.startswith("The Lamp: 33 words on 4 pages, half-letter\n")
    assert "  dist/lamp.pdf  (4 pages)\n  dist/lamp-booklet.pdf  (2 sides)\n" in out
    assert "notice: lamp.txt: paragraphs stand between blank lines\n" in out
    assert "\n\n1. Print on one sheet of letter paper, both sides" in out


@pytest.mark.parametrize(
    ("folder", "source"),
    [(".", "zine"), ("zine", None), ("zine", "."), (".", "zine/text/lamp.txt"), ("zine/text", "lamp.txt"), ("zine/text", None)],
)
def test_a_project_goes_to_its_own_dist(run, project, tmp_path, monkeypatch, folder, source):
    """A project's config is heeded and its own dist/ is written, whether the project or its story is named, from any folder."""
    monkeypatch.chdir(tmp_path / folder)
    report = json.loads(run("build", *([source] if source else []), "--json").out)
    assert report["trim"] == "A6"
    assert made(project) == ["dist", "pressbook.toml", "text"]
    assert made(project / "dist") == ["lamp-booklet.pdf", "lamp.pdf"]
    assert made(tmp_path) == ["zine"]


def test_a_config_beside_the_story_is_enough(run, project, tmp_path):
    """A pressbook.toml beside the story needs no text/ folder."""
    (project / "text" / "lamp.txt").rename(project / "lamp.txt")
    (project / "text").rmdir()
    for source in ("zine", "zine/lamp.txt"):
        assert json.loads(run("build", source, "--json").out)["trim"] == "A6"
    assert made(project / "dist") == ["lamp-booklet.pdf", "lamp.pdf"]


def test_a_story_that_the_config_does_not_name_is_a_lone_one(run, project, tmp_path):
    """A config speaks only for the stories that it names, even where what it names is gone."""
    (project / "pressbook.toml").write_text('[book]\nstories = ["text/gone.txt"]\n[page]\ntrim = "A6"\n')
    report = json.loads(run("build", "zine/text/lamp.txt", "--json").out)
    assert report["trim"] == "half-letter"
    assert made(tmp_path / "dist") == ["lamp-booklet.pdf", "lamp.pdf"]


def test_a_name_with_the_signs_of_a_pattern(run, project):
    """`stories` may name a file whose own name has the signs of a pattern in it."""
    (project / "text" / "lamp.txt").rename(project / "text" / "lamp [final*].txt")
    (project / "pressbook.toml").write_text('[book]\nstories = ["text/lamp [final*].txt"]\n')
    assert run("build", project).status == 0
    assert (project / "dist" / "lamp [final*].pdf").is_file()


def test_out_says_where(run, project, tmp_path):
    """`--out` makes the folder that it names, with all above it, for a project as for a manuscript."""
    assert run("build", project, "--out", "a/b").status == 0
    assert made(tmp_path / "a" / "b") == ["lamp-booklet.pdf", "lamp.pdf"]
    assert made(project) == ["pressbook.toml", "text"]


def test_trim_sets_the_book_anew(run, story):
    """`--trim` takes a name or a size, and the page has it."""
    for trim, size in (("A6", (297.6, 419.5)), ("120 x 170 mm", (340.2, 481.9)), ('5.5"x8.5"', (396.0, 612.0))):
        report = json.loads(run("build", "lamp.txt", "--trim", trim, "--json").out)
        assert report["trim"] == trim
        with opened((story.parent / "dist" / "lamp.pdf").read_bytes()) as pdf:
            assert [float(at) for at in pdf.pages[0].TrimBox] == pytest.approx([0, 0, *size], abs=0.1)


def test_trim_wins_over_set_and_set_over_the_file(run, project):
    """`--trim` overrules `--set`, and `--set` overrules pressbook.toml."""
    assert json.loads(run("build", project, "--set", "page.trim=A5", "--json").out)["trim"] == "A5"
    assert json.loads(run("build", project, "--trim", "A7", "--set", "page.trim=A5", "--json").out)["trim"] == "A7"


CHANGES = {
    "book.title": "Other",
    "book.author": "Somebody",
    "book.language": "de-DE",
    "book.subtitle": "A drill",
    "book.series": "Drills",
    "book.copyright": "Nobody's",
    "book.dedication": "For you",
    "book.epigraph": "Be still.",
    "book.opening": "half-title",
    "book.notes": "back",
    "book.source": "https://boats.example/works/4",
    "book.not-for-sale": "true",
    "book.colophon": "Set by hand.",
    "page.folios": "none",
    "page.trim": "A6",
    "page.bleed": "3mm",
    "page.margins": '{inner = "12mm", outer = "10mm", head = "12mm", foot = "14mm"}',
    "type.size": "7.5pt",
    "type.leading": "12pt",
    "type.justify": "false",
    "type.figures": "lining",
    "type.protrusion": "false",
    "type.expansion": "false",
    "type.hyphenate": "false",
    "type.drop-cap": "3",
    "type.lead-in": "none",
    "story.scene-break": "* * *",
    "story.thoughts": "off",
    "story.quotes": "keep",
    "story.dashes": "en",
    "page.gutter": "0.6in",
    "page.safety": "0.4in",
    "press.printer": "trade",
    "press.multiple": "64",
    "press.standard": "PDF/X-4",
    "press.ink": "cmyk",
    "press.marks": "all",
    "press.date": "2026-11-24",
    "booklet.sheet": "letter",
    "booklet.duplex": "long-edge",
    "booklet.scheme": "octavo",
    "booklet.creep": "0.5mm",
    "booklet.back-offset": '{x = "1mm"}',
    "booklet.cut-first": "true",
    "booklet.marks": "false",
}
"""A value for each key that makes another book."""
ALONE = {
    "book.stories": '["text/*"]',
    "book.stories-are": "chapters",
    "book.contents": "true",
    "book.volume-pages": "400",
    "book.tags": "back",
    "book.source-code": "true",
    "page.heads": "none",
    "page.pages": "any",
    "type.font": "EB Garamond",
    "type.fallback": '["EB Garamond"]',
    "story.footnotes": "end",
    "story.links": "notes",
    "type.exceptions": '["pres-ent"]',
    "type.initial-quote": "omit",
    "press.overprint": "false",
    "booklet.signature": "16",
    "booklet.caliper": "auto",
    "booklet.safety": "3mm",
    "book.isbn": "978-0-306-40615-7",
    "cover.place": "around",
    "cover.image": "front.png",
    "cover.title": "below",
    "cover.front": "A novel",
    "cover.blurb": "Read it.",
    "cover.spine-text": "Other",
    "cover.ornament": "moon",
    "cover.ground": "k 80",
    "cover.ink": "black",
    "cover.paper": "cream",
    "cover.spine": "1in",
    "cover.bleed": "3mm",
    "cover.flap": "2in",
    "cover.flap-front": "He writes.",
    "cover.flap-back": "She reads.",
    "outputs.howto": "false",
    "outputs.pages": "true",
    "outputs.booklet": "true",
    "outputs.epub": "false",
    "outputs.cover": "false",
}
"""Keys that have no second value yet, or that other tests change."""


def test_the_tables_name_every_key():
    """The two tables above name every key of the config, so a new one cannot go untried."""
    keys = {
        f"{section.encode_name}.{key.encode_name}"
        for section in msgspec.structs.fields(Config)
        for key in msgspec.structs.fields(section.type)
    }
    assert keys == CHANGES.keys() | ALONE.keys()


def test_set_takes_any_key(run, sample):
    """Each key can be set on the command line, and those that have a second value make another book."""
    # The first pages have all that a key could change; the whole story would be set forty-five times for nothing.
    sample.write_text(sample.read_text(encoding="utf-8")[:5000].rpartition("\n\n")[0], encoding="utf-8")

    def book(*arguments):
        assert run("build", sample, "--set", "page.trim=A7", "--quiet", *arguments) == (0, "", "")
        return [(sample.parent / "dist" / f"{sample.stem}{part}.pdf").read_bytes() for part in ("", "-booklet")]

    plain = book()
    assert book(*(part for key, value in ALONE.items() for part in ("--set", f"{key}={value}"))) == plain
    for key, value in CHANGES.items():
        assert book("--set", f"{key}={value}") != plain, key


@pytest.mark.parametrize(("key", "file", "kind"), [("booklet", "lamp.pdf", "pages"), ("pages", "lamp-booklet.pdf", "booklet")])
def test_outputs_choose(run, story, key, file, kind):
    """`[outputs]` chooses what is made, and only that is named and written."""
    report = json.loads(run("build", "lamp.txt", "--set", f"outputs.{key}=false", "--json").out)
    assert [output["kind"] for output in report["outputs"]] == [kind]
    assert made(story.parent / "dist") == [file]
    assert report["sheets"] == (1 if kind == "booklet" else 0)


def test_a_page_too_large_for_any_sheet(run, story):
    """Where nobody chose a sheet and none is large enough, the pages are made and a notice says why there is no booklet."""
    report = json.loads(run("build", "lamp.txt", "--trim", "17x17in", "--json").out)
    assert [output["kind"] for output in report["outputs"]] == ["pages"]
    assert [(finding["level"], finding["rule"]) for finding in report["findings"]][-1] == ("notice", "no-booklet")
    assert report["sheets"] == 0


def test_json_is_one_object_and_nothing_else(run, story):
    """`--json` prints exactly one object, on one line, with exactly the keys of the contract, and nothing on stderr."""
    story.write_bytes(SHORT.replace("boats", "b\u00f4ats").encode("cp1252"))
    status, out, err = run("build", "lamp.txt", "--json")
    assert (status, err, out.count("\n")) == (0, "", 1)
    report = json.loads(out)
    assert report.keys() == BUILD_KEYS
    assert all(output.keys() == {"kind", "path", "pages"} for output in report["outputs"])
    assert [(output["kind"], output["pages"]) for output in report["outputs"]] == [("pages", 4), ("booklet", 2)]
    assert all((story.parent / output["path"]).is_file() for output in report["outputs"])
    assert (report["words"], report["pages"], report["sheets"], report["trim"]) == (33, 4, 1, "half-letter")
    assert 0 < report["seconds"] < 60
    assert {finding["rule"] for finding in report["findings"]} == {"encoding", "layout"}
    assert all(finding.keys() == {"level", "rule", "page", "message"} for finding in report["findings"])


def test_quiet_says_nothing(run, story):
    """`--quiet` prints nothing when all went well."""
    assert run("build", "lamp.txt", "--quiet") == (0, "", "")


def test_an_error_among_the_findings_is_status_3(run, story, monkeypatch):
    """When a finding is an error, the files are written, the finding is told, and the status is 3."""
    typeset = pipeline.typeset

    def spoiled(*arguments):
        return replace(typeset(*arguments), findings=(Finding("error", "torn", "page 3 is torn", 3, "mend it"),))

    monkeypatch.setattr(pipeline, "typeset", spoiled)
    status, out, _ = run("build", "lamp.txt")
    assert status == 3
    assert "error: page 3 is torn (mend it)\n" in out
    assert made(story.parent / "dist") == ["lamp-booklet.pdf", "lamp.pdf"]


def test_the_manuscript_is_not_touched(run, story):
    """The manuscript keeps its bytes and its times."""
    os.utime(story, ns=(10**18, 10**18))
    before = (story.read_bytes(), story.stat().st_mtime_ns, story.stat().st_mode)
    assert run("build", "lamp.txt").status == 0
    assert run("mark", "lamp.txt", "-o", "lamp.md").status == 0
    assert run("new", "zine", "--from", "lamp.txt").status == 0
    assert (story.read_bytes(), story.stat().st_mtime_ns, story.stat().st_mode) == before


# --- the same bytes every time ----------------------------------------------------------------------------------------


def test_nothing_changed_is_no_byte_changed(run, zine, shell, tmp_path, monkeypatch):
    """The same project gives the same bytes again: in another process, with other hashes, copied elsewhere, from another folder."""
    copy = tmp_path / "elsewhere"
    (copy / "text").mkdir(parents=True)
    shutil.copy(SAMPLE, copy / "text")
    shutil.copy(ROOT / "pressbook.toml", copy)
    built = shell("-m", "pressbook", "build", "--quiet", cwd=copy, PYTHONHASHSEED="4711", TZ="Asia/Tokyo", LC_ALL="C")
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    assert tuple((copy / "dist" / f"{SAMPLE.stem}{part}.pdf").read_bytes() for part in ("", "-booklet")) == zine


def test_the_epoch_dates_the_file(run, story, monkeypatch):
    """SOURCE_DATE_EPOCH becomes the date in the file, the bytes are the same under it, and without it there is no date."""

    def book():
        assert run("build", "lamp.txt", "--quiet").status == 0
        return tuple((story.parent / "dist" / name).read_bytes() for name in ("lamp.pdf", "lamp-booklet.pdf"))

    undated = book()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    dated = book()
    assert dated == book()
    for data in dated:
        with opened(data) as pdf:
            assert str(pdf.docinfo["/CreationDate"]).startswith("D:20010909014640")
    for data in undated:
        with opened(data) as pdf:
            assert "/CreationDate" not in pdf.docinfo
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert book() == undated


def test_a_build_imports_no_heavy_library_that_it_does_not_need(shell, story):
    """A zine is built without pikepdf, pypdfium2, a web server, or any of the libraries that only tests use."""
    script = (
        "import sys; from pressbook.cli import main; status = main(['build', 'lamp.txt', '--quiet'])\n"
        "print(status, *(name for name in sys.argv[1:] if name in sys.modules))"
    )
    strangers = ("pikepdf", "pypdfium2", "http.server", "numpy", "hypothesis", "fontTools")
    done = shell("-c", script, *strangers)
    assert (done.stdout, done.stderr) == ("0\n", "")


# --- every word -------------------------------------------------------------------------------------------------------

HEADS = ("Distinguishing Features", "The pressbook authors")


def expected_words():
    """List the words of the sample as they should stand behind the title page: its note shares a page with the imprint."""
    note, story = SAMPLE.read_text(encoding="utf-8").split("\n", 3)[3].strip().split("\n\n", 1)
    return words(note) + words(IMPRINT) + words(story)


def without_colophon(found):
    """Take off the last line that the book adds itself, once it is seen to be there."""
    assert found[-12:-11] + found[-3:] == ["Set", "points", "by", "pressbook"], found[-12:]
    return found[:-12]


def test_every_word_is_there_in_order_once(zine):
    """Every word of the sample story stands in the PDF, in order, once, and none besides but the known furniture."""
    pages = pages_of(zine[0])
    assert pages[0][0] == "\n".join(HEADS)
    assert without_colophon(words(story_of(pages, HEADS))) == expected_words()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_the_same_words(zine, tmp_path):
    """Poppler's pdftotext finds the same words in the same order."""
    (tmp_path / "a.pdf").write_bytes(zine[0])
    read = subprocess.run(["pdftotext", "-enc", "UTF-8", "a.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    pages = read.stdout.decode("utf-8").split("\f")[:-1]
    labelled = [(text, label) for text, (_, label) in zip(pages, pages_of(zine[0]), strict=True)]
    assert without_colophon(words(story_of(labelled, HEADS))) == expected_words()


def test_the_booklet_holds_the_same_words(zine):
    """The booklet's sides hold the words of the pages, each once."""
    singles = sorted(word for text, _ in pages_of(zine[0]) for word in words(text))
    assert sorted(word for text, _ in pages_of(zine[1]) for word in words(text)) == singles


WORDS = [
    "lamp", "Ada's", "naïve", "Ça", "Kraków", "œuvre", "Þór", "Ho\u0302tel", "don't", '"Well,"', '"No!"', "(so)", "42", "1974,",
    "W-What", "Kenji-kun", "twenty-three", "donaudampfschifffahrtsgesellschaftskapitaen", "xyz" * 30, "https://example.org/a/b_c?d=e&f=1#g",
    "ada@example.org", "...", "-", "--", "—", "“Oh”", "‘ah’", "§", "£3.50", "½", "fjord", "office", "Baffling,", "why?!", "A", "I",
    "straw\u00adberries",
]  # fmt: skip
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)
manuscripts = st.lists(st.tuples(sentences, st.sampled_from(["\n\n", "\n\n\n", "\n\n* * *\n\n"])), min_size=1, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(manuscripts, st.sampled_from(["A7", "half-letter", "A5-landscape"]))
def test_no_letter_is_lost_whatever_is_typed(run, tmp_path, parts, trim):
    """Whatever is typed, every letter and digit stands in the PDF, in order, once."""
    text = "".join(sentence + gap for sentence, gap in parts) + "The end."
    (tmp_path / "any.txt").write_text(f"Zzz\n\nby Ada Zzz\n\n\n{text}", encoding="utf-8")
    arguments = ("--trim", trim, "--set", "story.scene-break=blank", "--quiet")
    assert run("build", "any.txt", *arguments) == (0, "", "")
    found = letters(story_of(pages_of((tmp_path / "dist" / "any.pdf").read_bytes()), ("Zzz", "Ada Zzz")))
    assert found[: found.rindex("SetinEBGaramond")] == letters(text.replace("\u00ad", ""))


# --- what other programs see ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bleed", ["0in", "0.125in"])
def test_every_page_has_its_boxes(run, story, bleed):
    """Each page has a MediaBox, TrimBox and BleedBox, nested; the trim keeps its size whatever the bleed."""
    assert run("build", "lamp.txt", "--trim", "A6", "--set", f"page.bleed={bleed}", "--quiet").status == 0
    by = float(bleed[:-2]) * 72
    trim = find_trim("A6")
    with opened((story.parent / "dist" / "lamp.pdf").read_bytes()) as pdf:
        assert len(pdf.pages) == 4
        for page in pdf.pages:
            boxes = {name: [float(at) for at in page[f"/{name}Box"]] for name in ("Media", "Bleed", "Trim")}
            assert boxes["Media"] == boxes["Bleed"] == pytest.approx([0, 0, trim.width + 2 * by, trim.height + 2 * by], abs=0.01)
            assert boxes["Trim"] == pytest.approx([by, by, by + trim.width, by + trim.height], abs=0.01)


def test_fonts_are_embedded_cut_down_and_mapped(zine):
    """Every font of pages and booklet is embedded, a subset, and has a map to letters."""
    for data in zine:
        with opened(data) as pdf:
            fonts = [thing for thing in pdf.objects if isinstance(thing, type(pdf.Root)) and thing.get("/Type") == "/Font"]
            composite = [font for font in fonts if font.get("/Subtype") == "/Type0"]
            assert len(composite) >= 2
            assert len(fonts) == 2 * len(composite), "a font that is not ours"
            for font in composite:
                assert re.match(r"/[A-Z]{6}\+EBGaramond-", str(font.BaseFont))
                assert b"beginbf" in font.ToUnicode.read_bytes()
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert 500 < len(descriptor.FontFile2.read_bytes()) < 60_000


COLOURS = {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "BI", "gs", "ri"}


def test_black_is_the_only_ink(zine):
    """Colour is set by `g` and `G` alone, and only to black."""
    for data in zine:
        with opened(data) as pdf:
            inks = {(operator, *map(float, operands)) for operator, operands in operators_of(pdf) if operator in ("g", "G")}
            others = {operator for operator, _ in operators_of(pdf)} & COLOURS
        assert ("g", 0.0) in inks
        assert inks <= {("g", 0.0), ("G", 0.0)}
        assert not others


def test_title_author_language_outline_and_labels(zine):
    """The file says its title, author and language, has an outline of the parts and a label for each page."""
    with opened(zine[0]) as pdf:
        assert str(pdf.docinfo["/Title"]) == HEADS[0]
        assert str(pdf.docinfo["/Author"]) == HEADS[1]
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        with pdf.open_outline() as outline:
            assert [str(item.title) for item in outline.root] == ["Author’s note", HEADS[0]]
        labels = [page.label for page in pdf.pages]
        assert labels == [str(number) for number in range(1, len(labels) + 1)]


def test_chapters_are_in_the_outline_even_empty_ones(run, tmp_path):
    """Each chapter's title stands on its page and in the outline, even when no text follows it."""
    (tmp_path / "parts.md").write_text("# Part One\n\n# The Lamp\n\nIt burned.\n\n# The End\n")
    assert run("build", "parts.md", "--quiet").status == 0
    data = (tmp_path / "dist" / "parts.pdf").read_bytes()
    with opened(data) as pdf, pdf.open_outline() as outline:
        (part,) = outline.root
        assert (str(part.title), [str(item.title) for item in part.children]) == ("Part One", ["The Lamp", "The End"])
    text = "\n".join(text for text, _ in pages_of(data))
    assert re.findall("Part One|The Lamp|It burned|The End", text) == ["Part One", "The Lamp", "It burned", "The End"]


@pytest.mark.parametrize(("sheet", "size"), [("letter", (792, 612)), ("A4", (841.9, 595.3)), ("tabloid", (1224, 792))])
def test_the_booklet_lies_on_the_sheet_that_was_asked_for(run, story, sheet, size):
    """The booklet's sides have the sheet's size, lengthwise, two for each sheet, and each sheet holds four pages."""
    report = json.loads(run("build", "lamp.txt", "--trim", "5.5x8in", "--set", f"booklet.sheet={sheet}", "--json").out)
    with opened((story.parent / "dist" / "lamp-booklet.pdf").read_bytes()) as pdf:
        assert len(pdf.pages) == 2 * report["sheets"] == -(-report["pages"] // 4) * 2
        for page in pdf.pages:
            assert [float(at) for at in page.MediaBox] == pytest.approx([0, 0, *size], abs=0.1)


def test_the_booklet_pads_to_whole_sheets(zine):
    """A booklet has four pages a sheet: the first side shows the last page left of the first."""
    pages, sides = pages_of(zine[0]), pages_of(zine[1])
    assert len(sides) == -(-len(pages) // 4) * 2
    assert sorted(words(sides[0][0])) == sorted(words(pages[-1][0]) + words(pages[0][0]))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_no_fault(zine, tmp_path):
    """`qpdf --check` is clean on pages and booklet."""
    for data in zine:
        (tmp_path / "a.pdf").write_bytes(data)
        checked = subprocess.run(["qpdf", "--check", "a.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr


# --- eleven trims -----------------------------------------------------------------------------------------------------

TRIMS = ["mini", "A7", "quarter-letter", "A6", "pocket", "B6", "A5-landscape", "half-letter", "us-trade", "square", "A4"]


@pytest.mark.parametrize("name", TRIMS)
def test_the_story_is_set_for_the_trim(run, sample, name):
    """From mini to A4, upright, square and wide, the story sets without a finding above notice, and inside the trim."""
    status, out, _ = run("build", sample, "--trim", name, "--json")
    report = json.loads(out)
    assert status == 0
    assert {finding["level"] for finding in report["findings"]} <= {"notice"}
    assert [output["kind"] for output in report["outputs"]] == ["pages", "booklet"]
    data = (sample.parent / "dist" / f"{sample.stem}.pdf").read_bytes()
    pages = pages_of(data)
    assert len(pages) == report["pages"]
    assert len(words(pages[2][0])) > 20
    trim = find_trim(name)
    for page in (0, 2, 5, len(pages) - 1):
        for left, bottom, right, top in boxes_of(data, page) + drawn_on(data, page):
            assert left > 0
            assert bottom > 0
            assert right < trim.width
            assert top < trim.height


INITIALS = ("A boat", "Lanterns", "When", "“Once,”", "“‘Tell,’", "Élodie", "Quite", "I")
"""How chapters begin; the first word, or two, whose letter stands lines below the rest."""


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_a_word_with_an_initial_is_read_as_one(run, tmp_path, depth):
    """Two readers, pdfium and pdftotext, read a chapter's first words whole, in their place, whatever the initial's depth."""
    rest = "and the old ferryman sat on the steps with his boots in the river until the lanterns were lit again. " * 4
    text = "The Lamp\n\n" + "\n\n".join(f"# Chapter {number}\n\n{first} {rest}" for number, first in enumerate(INITIALS, 1))
    (tmp_path / "lamp.md").write_text(text, encoding="utf-8")
    assert run("build", "lamp.md", "--set", f"type.drop-cap={depth}", "--quiet").status == 0
    path = tmp_path / "dist" / "lamp.pdf"
    texts = {"pdfium": "\n".join(text for text, _ in pages_of(path.read_bytes()))}
    if shutil.which("pdftotext"):
        texts["pdftotext"] = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    for reader, said in texts.items():
        lines = said.replace("\f", "").splitlines()
        for number, first in enumerate(INITIALS, 1):
            opening = next(line for line in lines[lines.index(f"Chapter {number}") + 1 :] if line)
            assert opening.startswith(f"{first} and the old"), reader


def test_the_words_of_the_config_are_set_like_the_storys(run, story, tmp_path):
    """A title and a dedication typed with straight marks and two hyphens have curled ones and a dash in the book."""
    keys = ("book.title=The Keeper's Lamp", 'book.dedication=For "Tom"--again...', "book.copyright='26 is ours")
    run("build", story, "--quiet", *(part for key in keys for part in ("--set", key)))
    told = " ".join(text for text, _ in pages_of((tmp_path / "dist" / "lamp.pdf").read_bytes()))
    assert all(words in told for words in ("The Keeper’s Lamp", "For “Tom”—again…", "’26 is ours"))
