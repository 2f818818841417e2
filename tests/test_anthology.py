"""Anthologies, serials and volumes, from files of several formats to finished PDFs."""

import io
import json
import re
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT
from readback import opened, pages_of

sys.path.insert(0, str(ROOT / "tests" / "manuscript"))
from formats import epub, html, write

PROSE = (
    "The lamp stood on the sill where her mother had left it, and nobody had lit it since the boats went out.",
    '"Wait," said the keeper - he said it to everyone - and nobody did.',
    "She trimmed the wick and sat down again, and below the window the harbour lay as flat as a plate.",
)
LAMP = "The Lamp\n\nby Ada Quill\n\nA/N: For Sam.\n\n\n" + "\n\n".join(PROSE * 9)
PAGES = {
    "one": "<h1>Chapter 1: Out</h1>" + "".join(f"<p>{text}</p>" for text in PROSE * 7),
    "two": "<h1>Chapter 2: Home</h1>" + "".join(f"<p>{text}</p>" for text in PROSE * 7),
}
PREFACE = """<div id="preface"><p class="message"><b>Nine Boats</b><br/>Posted originally on the
<a href="http://archive.example/">Archive of Our Own</a> at <a href="http://archive.example/works/42">here</a>.</p>
<div class="meta">
<dl class="tags"><dt>Fandom:</dt><dd>Boats &amp; Lamps</dd><dt>Language:</dt><dd>English</dd></dl><h1>Nine Boats</h1>
<div class="byline">by <a rel="author" href="#">cy_dane</a></div>
<p>Summary</p><blockquote class="userstuff"><p>A boat is late.</p></blockquote></div></div>"""
BOATS = PREFACE + '<div id="chapters" class="userstuff"><h2 class="toc-heading">x</h2><div class="userstuff">{}</div></div>'.format(
    "".join(f"<p>{text}</p>" for text in PROSE * 8)
)


@pytest.fixture
def tides(tmp_path):
    """Lay out an anthology of a text, an EPUB and a download of an archive."""
    folder = tmp_path / "tides"
    (folder / "text").mkdir(parents=True)
    write(folder / "text", "lamp.txt", LAMP)
    write(folder / "text", "salt.epub", epub(PAGES, "The Salt Road", "Ben Ford"))
    write(folder / "text", "boats.html", html(BOATS))
    stories = '["text/lamp.txt", "text/salt.epub", "text/boats.html"]'
    (folder / "pressbook.toml").write_text(f'[book]\ntitle = "Three Tides"\nstories = {stories}\n', encoding="utf-8")
    return folder


def lines_of(folder, name):
    """Read a finished PDF: the lines of each page."""
    return [text.split("\n") if text else [] for text, _ in pages_of((folder / "dist" / name).read_bytes())]


@pytest.mark.parametrize("trim", ["half-letter", "A6", "mini"])
def test_three_formats_become_one_book(run, tides, trim):
    """A text, an EPUB and an archive's download are one PDF: contents, each story with title, author and notes, heads, imprint."""
    report = json.loads(run("build", tides, "--trim", trim, "--json").out)
    assert [Path(output["path"]).name for output in report["outputs"]] == ["tides.pdf", "tides-booklet.pdf"]
    assert [finding["rule"] for finding in report["findings"] if finding["level"] != "notice"] == []
    pages = lines_of(tides, "tides.pdf")
    assert " ".join(" ".join(pages[0]).split()) == "Three Tides Ada Quill, Ben Ford and cy_dane"
    assert pages[1] == ["Nine Boats", "archive.example/works/42", "Made for its readers, and not for sale."]
    contents = " ".join(pages[2]).replace(". ", "")
    starts = {
        title: next(n for n, page in enumerate(pages, 1) if n > 3 and title in page[:2]) for title in ("The Lamp", "Nine Boats")
    }
    assert f"The Lamp {starts['The Lamp']} Ada Quill" in " ".join(contents.split())
    assert f"Nine Boats {starts['Nine Boats']} cy_dane" in " ".join(contents.split())
    assert pages[starts["The Lamp"] - 1][:3] == ["The Lamp", "Ada Quill", "A/N: For Sam."]
    assert pages[starts["Nine Boats"] - 1][:3] == ["Nine Boats", "cy_dane", "Summary: A boat is late."]
    leaf = pages.index(["The Salt Road", "Ben Ford"]) + 1
    assert leaf % 2 == 1 and pages[leaf] == []
    assert pages[leaf + 1][1] == "Out"


def test_every_word_of_every_story_is_there_once(run, tides):
    """No word of any story is lost or printed twice."""
    assert run("build", tides, "--set", "book.contents=false", "--set", "page.heads=none", "--quiet").status == 0
    text = " ".join(" ".join(page) for page in lines_of(tides, "tides.pdf"))
    times = 9 + 7 + 7 + 8
    assert text.count("trimmed") == times
    assert text.count("keeper—he") == times


def test_an_e_book_lists_the_stories_side_by_side(run, tides):
    """In the e-book's contents a story stands beside the one before, whose chapters alone stand under it."""
    assert run("build", tides, "--set", "outputs.epub=true", "--quiet").status == 0
    with zipfile.ZipFile(tides / "dist" / "tides.epub") as archive:
        toc = archive.read("EPUB/nav.xhtml").decode().split("</nav>")[0]
    bare = re.sub(r"<a [^>]*>(.*?)</a>", r"\1", toc[toc.index("<ol>") :]).replace("\n", "")
    chapters = "<ol><li>Chapter 1: Out</li><li>Chapter 2: Home</li></ol>"
    assert bare == f"<ol><li>The Lamp</li><li>The Salt Road{chapters}</li><li>Nine Boats</li></ol>"


def test_what_is_decided_names_its_file(run, tides):
    """`mark --json` tells each story by itself, and each decision with its file; `mark` prints one after another."""
    report = json.loads(run("mark", tides, "--json").out)
    assert [story["file"] for story in report["stories"]] == ["lamp.txt", "salt.epub", "boats.html"]
    assert [story["author"] for story in report["stories"]] == ["Ada Quill", "Ben Ford", "cy_dane"]
    assert {decision["file"] for decision in report["decisions"]} == {"lamp.txt", "salt.epub", "boats.html"}
    out = run("mark", tides).out
    assert [line for line in out.splitlines() if line.startswith("<!--")] == [
        "<!-- lamp.txt -->", "<!-- salt.epub -->", "<!-- boats.html -->",
    ]  # fmt: skip


def test_marked_stories_go_to_a_folder(run, tides, tmp_path):
    """`mark -o FOLDER` writes each story to a file of its own, which build to the same book; one file for all is refused."""
    assert run("mark", tides, "-o", "all.md").status == 1
    assert run("mark", tides, "-o", "marked/text").status == 0
    (tmp_path / "marked" / "pressbook.toml").write_text(
        '[book]\ntitle = "Three Tides"\nstories = ["text/lamp.md", "text/salt.md", "text/boats.md"]\n', encoding="utf-8"
    )
    for folder in (tides, tmp_path / "marked"):
        assert run("build", folder, "--quiet").status == 0
    assert lines_of(tides, "tides.pdf") == lines_of(tmp_path / "marked", "marked.pdf")


def test_decisions_lie_beside_each_story(run, tides):
    """What an author overrules in one story's marks file holds for that story alone; what is stale there names the file."""
    (tides / "text" / "lamp.marks.toml").write_text(
        '[rules]\ndashes = "reject"\n\n[[decision]]\nkind = "italic"\nin = "no such words"\nverdict = "accept"\n', encoding="utf-8"
    )
    outcome = run("build", tides)
    assert "warning: lamp.txt: lamp.marks.toml: decision 1: the story has no “no such words”" in outcome.out
    text = " ".join(" ".join(page) for page in lines_of(tides, "tides.pdf"))
    assert (text.count("keeper - he"), text.count("keeper—he")) == (9, 22)


OFFERING = """She had walked all day, and he was far behind her. The road was long, and it was dark, and she was tired.

"Come," she said. "Wait."

'Over there.'

"Now," he said.
"""


def test_review_asks_story_by_story(run, tides, monkeypatch):
    """`mark --review` asks about one story after another, writes each answer beside its story, and ends when told to."""
    write(tides / "text", "lamp.txt", "The Lamp\n\nby Ada Quill\n\n\n" + OFFERING)
    write(tides / "text", "boats.html", "The Boats\n\nby Cy Dane\n\n\n" + OFFERING)
    (tides / "text" / "boats.html").rename(tides / "text" / "boats.txt")
    config = (tides / "pressbook.toml").read_text(encoding="utf-8").replace("boats.html", "boats.txt")
    (tides / "pressbook.toml").write_text(config, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    out = run("mark", tides, "--review").out
    assert "\nlamp.txt:" in out and "salt.epub:" not in out
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n" * 40))
    out = run("mark", tides, "--review").out
    assert [line for line in out.splitlines() if line in ("lamp.txt:", "salt.epub:", "boats.txt:")] == [
        "lamp.txt:", "salt.epub:", "boats.txt:",
    ]  # fmt: skip
    assert sorted(path.name for path in (tides / "text").glob("*.marks.toml")) == ["boats.marks.toml", "lamp.marks.toml"]


def test_a_folder_of_chapters_is_a_book(run, tmp_path):
    """`build FOLDER` sets a folder of numbered files as one story, in natural order, and says so as of any other."""
    folder = tmp_path / "the-long-tide"
    folder.mkdir()
    for number in (1, 2, 10):
        write(folder, f"ch{number}.txt", "\n\n".join(PROSE))
    outcome = run("build", "the-long-tide")
    assert outcome.status == 0
    assert outcome.out.startswith("The long tide: ")
    assert "notice: in 3 files: paragraphs stand between blank lines" in outcome.out
    titles = [page[0] for page in lines_of(folder, "the-long-tide.pdf") if page]
    assert titles[:4] == ["The long tide", "Chapter 1", "Chapter 2", "Chapter 10"]


def test_a_very_long_story_is_bound_in_volumes(run, tmp_path):
    """`volume-pages` parts a long story; each volume is a PDF and a booklet of its own, and the report counts them all."""
    folder = tmp_path / "tide"
    folder.mkdir()
    for number in range(1, 25):
        write(folder, f"ch{number}.txt", "\n\n".join(PROSE * 12))
    report = json.loads(run("build", folder, "--set", "book.volume-pages=40", "--json").out)
    names = [Path(output["path"]).name for output in report["outputs"] if output["kind"] == "pages"]
    assert names == [f"tide-{number}.pdf" for number in range(1, len(names) + 1)] and len(names) > 1
    assert report["pages"] == sum(output["pages"] for output in report["outputs"] if output["kind"] == "pages")
    seen = []
    for number, name in enumerate(names):
        pages = lines_of(folder, name)
        assert pages[0][:2] == ["Tide", f"Volume {('One', 'Two', 'Three', 'Four')[number]}"]
        seen += [page[0] for page in pages if page and page[0].startswith("Chapter") and page[0] not in seen]
    assert seen == [f"Chapter {number}" for number in range(1, 25)]
    assert "Tide, Volume Two:\n1. Print on" in run("build", folder, "--set", "book.volume-pages=40").out


def test_a_file_tells_the_books_language(run, tmp_path):
    """An EPUB in German is hyphenated, quoted and labelled as German, unless the config says otherwise."""
    text = '<p>"Warte", sagte der Leuchtturmwärter und verabschiedete sich von der Hafenverwaltungsangestellten.</p>' * 12
    data = epub({"one": f"<h1>Eins</h1>{text}"}, "Das Licht", "Ada Quill")
    write(tmp_path, "licht.epub", data)
    languages = {}
    for option in ("auto", "de-DE"):
        assert run("build", "licht.epub", "--set", f"book.language={option}", "--quiet").status == 0
        with opened((tmp_path / "dist" / "licht.pdf").read_bytes()) as pdf:
            languages[option] = str(pdf.Root.Lang)
    assert languages == {"auto": "en-GB", "de-DE": "de-DE"}
    assert any("„Warte“" in line for page in lines_of(tmp_path, "licht.pdf") for line in page)


def test_a_missing_character_names_its_file(run, tides):
    """A character that no face has is named with its file and line."""
    write(tides / "text", "lamp.txt", "The Lamp\n\nby Ada Quill\n\n\nIt rained.\n\nThe 桜 bloomed.\n")
    outcome = run("build", tides)
    assert outcome.status == 1
    assert outcome.err.startswith("error: lamp.txt, line 8: ")


@pytest.mark.parametrize("tags", ["front", "back"])
def test_notes_and_tags_say_whose_they_are(run, tmp_path, tags):
    """Among several stories, what is gathered at one place stands under its story's title."""
    (tmp_path / "text").mkdir()
    for name, tag in (("Salt", "Slow Tide"), ("Bread", "Warm Oven")):
        head = f"---\ntitle: {name}\nauthor: Ada Quill\ntags: [{tag}]\n---\n\n# One\n\n{PROSE[0]}[^1]\n\n# Two\n\n{PROSE[2]}\n\n"
        (tmp_path / "text" / f"{name}.md").write_text(f"{head}[^1]: Of {name}.")
    (tmp_path / "pressbook.toml").write_text(f'[book]\ntitle = "Both"\ntags = "{tags}"\n[story]\nfootnotes = "end"\n')
    assert run("build", tmp_path, "--quiet").status == 0
    (written,) = (path for path in (tmp_path / "dist").glob("*.pdf") if "booklet" not in path.name)
    pages = [text for text, _ in pages_of(written.read_bytes())]
    assert any(re.search(r"Bread: One\s+1\. Of Bread\.\s+Salt: One\s+1\. Of Salt\.", text) for text in pages)
    assert any(re.search(r"Bread\s+Warm Oven", text) for text in pages)
    assert any(re.search(r"Salt\s+Slow Tide", text) for text in pages)
