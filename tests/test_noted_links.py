"""Links all the way: on the page, in the e-book, and under the proof that no word was lost."""

import io
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image

STORY = """# The [Salt](https://salt.example/a) Road

Rain fell on the [old lamp](https://lamp.example/b), and on us.

## A [day](https://day.example/)

More [here](https://lamp.example/b) and a note[^1].

![A [map](https://map.example/m) of it](map.png)

Then it was over.

[^1]: A note with a [link](https://note.example/x).

# Two

See [two](mailto:two@lamp.example?subject=x), or lamp.example itself.
"""


@pytest.fixture
def story(tmp_path):
    """Write the story above down, with its picture."""
    Image.new("L", (900, 300), 90).save(tmp_path / "map.png", dpi=(300, 300))
    (tmp_path / "road.md").write_text(STORY, "utf-8")
    return tmp_path / "road.md"


def text_of(pdf):
    """Return the pages' words, one space between."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.mark.parametrize("place", ["foot", "chapter", "end", "off"])
def test_notes_of_links_are_printed_and_proved(run, story, place):
    """Addresses stand in notes where the footnotes do, those of notes and captions in brackets, and the proof finds all of them."""
    keys = ("--set", "story.links=notes", "--set", f"story.footnotes={place}", "--set", "outputs.booklet=false")
    outcome = run("build", story, *keys)
    assert outcome.status == 0
    assert "1 link in a title is set as text" in outcome.out and "1 link in a heading is set as text" in outcome.out
    pdf = story.parent / "dist" / "road.pdf"
    text = text_of(pdf)
    assert "A map (map.example/m) of it" in text
    if place == "off":
        assert "1. lamp.example/b" not in text
    else:
        assert "1. lamp.example/b 2. A note with a link (note.example/x)." in text
        assert "More here1 and a note2." in text and "1. two@lamp.example" in text
    assert "salt.example" not in text and "day.example" not in text
    outcome = run("check", pdf, "--against", story, *keys[:4])
    assert "every word of" in outcome.out, outcome.out


def test_the_proof_misses_an_address(run, story):
    """An address that changed since the book was built is missed, with the line that leads to it."""
    keys = ("--set", "story.links=notes")
    assert run("build", story, *keys, "--quiet").status == 0
    story.write_text(STORY.replace("two@lamp", "three@lamp"), "utf-8")
    outcome = run("check", story.parent / "dist" / "road.pdf", "--against", story, *keys)
    assert outcome.status == 3
    assert "the note of the manuscript's line 17 is not in the PDF" in outcome.out


@pytest.mark.parametrize("links", ["text", "notes"])
def test_links_lead_there_in_the_ebook(run, story, links):
    """In the e-book words lead to their address, in headings of sections, captions and notes too, with notes or without."""
    assert run("build", story, "--quiet", "--set", f"story.links={links}", "--set", "outputs.epub=true").status == 0
    with ZipFile(io.BytesIO((story.parent / "dist" / "road.epub").read_bytes())) as archive:
        page = archive.read("EPUB/chapter-1.xhtml").decode()
    for words, address in [
        ("old lamp", "lamp.example/b"),
        ("day", "day.example/"),
        ("map", "map.example/m"),
        ("link", "note.example/x"),
    ]:
        assert f'<a href="https://{address}">{words}</a>' in page
    assert ("lamp.example/b</p>" in page) == (links == "notes")
    assert 'alt="A map' in page


def test_what_mark_writes_keeps_links(run, story):
    """The marked manuscript has every link but a title's, and is built to the same words."""
    marked = run("mark", story).out
    for link in (
        "[old lamp](https://lamp.example/b)",
        "## A [day](https://day.example/)",
        "![A [map](https://map.example/m) of it](map.png)",
    ):
        assert link in marked
    (story.parent / "again.md").write_text(marked, "utf-8")
    assert run("mark", story.parent / "again.md").out == marked
