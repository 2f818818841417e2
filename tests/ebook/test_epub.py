"""The e-book is whole, well-formed, the same words as in print, and reads back to the same book."""

import io
import re
from pathlib import PurePosixPath
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from pressbook.config import load
from pressbook.ebook import epub
from pressbook.manuscript import read
from pressbook.manuscript.pictures import picture_for
from pressbook.markup import mark_up, marked
from pressbook.model import Book, Paragraph, SceneBreak, Story
from pressbook.paging import ornament_for
from pressbook.values import replace

STORY = """The Salt Road

by Ada Quill

> A/N: For everybody who waits.
>
> And again.

> For Anna

# Part One

# Chapter 1: The Well

> Nothing is *quite* lost.

>> — Old saying

"You are *late*," said the man & his <dog>.

~

*I can't stay,* she thought. **Never**.

* * *

She read *The Salt Road* aloud.

The red sail goes out,\\
the *red sail*\\
comes home.

And they\\
come again.

> Dear Tom,
>
> come home.

>> Yours,\\
>> Anna

* * *

> THE END <

# Prologue

## A day

Words here.

> A/N: Thank you.
"""
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def book_of(path, text) -> Book:
    """Write a manuscript down and understand it."""
    path.write_text(text, encoding="utf-8")
    return mark_up(read(path), load(None).story)


def bound(book, *keys, moment=None) -> bytes:
    """Make an EPUB under a config."""
    config = load(None, keys)
    return epub(book, config, ornament_for(config.story.scene_break), moment)


def parts_of(data) -> dict[str, bytes]:
    """Unpack an EPUB: name to content."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def pages_of(data):
    """Parse the pages in the order of the spine: (name, root)."""
    parts = parts_of(data)
    record = etree.fromstring(parts["EPUB/package.opf"])
    links = {item.get("id"): item.get("href") for item in record.iter(OPF + "item")}
    names = [links[item.get("idref")] for item in record.iter(OPF + "itemref")]
    return [(name, etree.fromstring(parts[f"EPUB/{name}"])) for name in names]


def told(book: Book):
    """All of a book that its reader sees."""
    return [
        (c.title, c.kind, [(b.kind, b.runs) if isinstance(b, Paragraph) else isinstance(b, SceneBreak) for b in c.blocks])
        for c in book.chapters
    ]


def words_of(book: Book) -> list[str]:
    """List a book's words as print has them: title, author, chapters."""
    said = [book.title, book.author]
    for chapter in book.chapters:
        # A number that stands over its name has no stop between.
        said.append(f"{chapter.number} {chapter.name}" if chapter.number and chapter.name else chapter.title)
        said += ["".join(run.text for run in block.runs) for block in chapter.blocks if isinstance(block, Paragraph)]
    return " ".join(said).split()


def write_text(path, text):
    """Write a text down."""
    path.write_text(text, encoding="utf-8")
    return path


def words(element) -> str:
    """Return what an element says."""
    return "".join(element.itertext()).strip()


@pytest.fixture
def book(tmp_path):
    """Return the story above, understood."""
    return book_of(tmp_path / "road.md", STORY)


def test_the_archive_says_first_what_it_is(book):
    """The first part, stored as it is and without extras, is the media type; the container leads to the package."""
    data = bound(book)
    with ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    container = etree.fromstring(parts_of(data)["META-INF/container.xml"])
    assert [element.get("full-path") for element in container.iter("{*}rootfile")] == ["EPUB/package.opf"]


@pytest.mark.parametrize("keys", [(), ("story.scene-break=blank",), ("story.scene-break=* * *", "book.copyright=Ours & yours")])
def test_the_package_names_every_part(book, keys):
    """The manifest is exactly the files, the spine names its pages once, every page is well-formed and its ids are unique."""
    data = bound(book, *keys)
    parts = parts_of(data)
    record = etree.fromstring(parts["EPUB/package.opf"])
    items = {f"EPUB/{item.get('href')}": item for item in record.iter(OPF + "item")}
    assert set(items) == set(parts) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    ids = [element.get("id") for element in record.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    spine = [item.get("idref") for item in record.iter(OPF + "itemref")]
    assert len(spine) == len(set(spine))
    assert {items[name].get("id") for name in items if name.endswith(".xhtml")} == set(spine)
    for name, page in pages_of(data):
        marks = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(marks) == len(set(marks)), name
        drawn = page.find(".//{http://www.w3.org/2000/svg}svg") is not None
        assert ("svg" in (items[f"EPUB/{name}"].get("properties") or "")) == drawn
        assert "".join(page.find(f".//{XHTML}title").itertext()).strip()


def test_the_navigation_leads_to_what_is_there(book):
    """Contents name every chapter by its whole title, a part's chapters below it; each link and landmark has its page."""
    data = bound(book)
    pages = dict(pages_of(data))
    nav = pages["nav.xhtml"]
    contents, landmarks = nav.iter(XHTML + "nav")
    assert (contents.get(TYPE), landmarks.get(TYPE)) == ("toc", "landmarks")
    links = [(link.get("href"), link.text) for link in contents.iter(XHTML + "a")]
    assert [text for _, text in links] == ["A/N", "Part One", "Chapter 1: The Well", "Prologue", "A/N"]
    below = contents.find(f".//{XHTML}ol/{XHTML}li/{XHTML}ol")
    assert [link.text for link in below.iter(XHTML + "a")] == ["Chapter 1: The Well", "Prologue"]
    for link, _ in links:
        assert link in pages
    assert {link.get(TYPE) for link in landmarks.iter(XHTML + "a")} == {"titlepage", "toc", "bodymatter"}
    assert all(PurePosixPath(link.get("href")).name.split("#")[0] in {*pages, ""} for link in landmarks.iter(XHTML + "a"))


def test_a_story_without_chapters_needs_no_page_of_contents(tmp_path):
    """One entry is no contents: the navigation is there for the reading system, not between title and story."""
    data = bound(book_of(tmp_path / "lamp.txt", "The Lamp\n\nby Ada Quill\n\n\nIt went out. Nobody came.\n\nThen one did."))
    assert [name for name, _ in pages_of(data)] == ["title.xhtml", "chapter-1.xhtml"]
    assert "EPUB/nav.xhtml" in parts_of(data)


def test_no_word_is_lost_or_moved(book):
    """The words of the pages, contents left out, are those of the book in its order."""
    pages = [page for name, page in pages_of(bound(book, "story.scene-break=blossom")) if name != "nav.xhtml"]
    said = " ".join(" ".join(page.find(XHTML + "body").itertext()) for page in pages)
    assert re.sub(r"\s+", "", said) == "".join(words_of(book))


def test_the_record_says_what_the_config_does(book):
    """Title, subtitle, author, language, rights, dedication and series stand in the record or on their pages."""
    keys = (
        "book.subtitle=Of Boats",
        "book.copyright=© Ada & Sons",
        "book.series=Roads",
        "book.dedication=To Tom",
    )
    data = bound(replace(book, language="en-GB"), *keys)
    record = etree.fromstring(parts_of(data)["EPUB/package.opf"])
    assert [element.text for element in record.iter(DC + "title")] == ["The Salt Road", "Of Boats"]
    assert [element.text for name in ("creator", "language", "rights") for element in record.iter(DC + name)] == [
        "Ada Quill", "en-GB", "© Ada & Sons",
    ]  # fmt: skip
    pages = dict(pages_of(data))
    assert "To Tom" in "".join(pages["dedication.xhtml"].itertext())
    assert [name for name, _ in pages_of(data)][:3] == ["title.xhtml", "copyright.xhtml", "nav.xhtml"]


def test_the_imprint_says_what_the_printed_one_does(tmp_path):
    """A series, an address and that the book is not for sale go into the e-book as into print, in the book's language."""
    text = "---\ntitle: Die Straße\nlanguage: de\nseries: Wege, 1\nsource: https://boats.example/works/42\n---\n\nSie ging.\n"
    source = read(write_text(tmp_path / "road.md", text))
    book = replace(
        mark_up(source, load(None).story, language="de"), stories=(Story("Die Straße", found=source.found),), language="de"
    )
    data = bound(book)
    pages = dict(pages_of(data))
    assert [words(each) for each in pages["copyright.xhtml"].iter(XHTML + "p")] == [
        "Zuerst erschienen unter", "boats.example/works/42", "Nicht für den Verkauf bestimmt.",
    ]  # fmt: skip
    assert "Wege, 1" in words(pages["title.xhtml"])
    record = etree.fromstring(parts_of(data)["EPUB/package.opf"])
    assert [element.text for element in record.iter(DC + "source")] == ["https://boats.example/works/42"]
    assert b">Inhalt</h1>" in parts_of(data)["EPUB/nav.xhtml"] and b">Impressum</a>" in parts_of(data)["EPUB/nav.xhtml"]
    (tmp_path / "again.epub").write_bytes(data)
    assert read(tmp_path / "again.epub").found.address == "https://boats.example/works/42"


@pytest.mark.parametrize(("kind", "name"), [("PNG", "cover.png"), ("JPEG", "cover.jpg")])
def test_a_cover_shows_it_on_a_shelf(tmp_path, book, kind, name):
    """A cover's picture lies in the archive as it is, and the record says that it is the cover, in both versions' words."""
    Image.new("RGB", (60, 90), "navy").save(tmp_path / name, kind)
    config = load(None)
    parts = parts_of(epub(book, config, None, cover=picture_for("cover.image", name, tmp_path)))
    assert parts[f"EPUB/{name}"] == (tmp_path / name).read_bytes()
    record = etree.fromstring(parts["EPUB/package.opf"])
    (item,) = [item for item in record.iter(OPF + "item") if item.get("properties") == "cover-image"]
    assert (item.get("href"), item.get("media-type")) == (name, f"image/{kind.lower()}")
    assert [each.get("content") for each in record.iter(OPF + "meta") if each.get("name") == "cover"] == [item.get("id")]
    assert b"cover" not in parts_of(bound(book))["EPUB/package.opf"]


def test_italics_say_what_they_are_for(book):
    """Where a rule knows it, stress is `em` and a title `cite`; a thought, and what nobody classed, is `i`; strong is `strong`."""
    page = dict(pages_of(bound(book)))["chapter-1.xhtml"]
    said = [
        (etree.QName(element).localname, element.text)
        for element in page.iter(*[XHTML + tag for tag in ("em", "i", "cite", "strong")])
    ]
    assert said == [
        ("i", "quite"), ("em", "late"), ("i", "I can’t stay,"), ("strong", "Never"), ("cite", "The Salt Road"), ("i", "red sail"),
    ]  # fmt: skip


def test_an_ornament_is_drawn_once_a_page(book):
    """Every break has its rule and its drawing, in the colour of the text; the second drawing shows the first."""
    page = dict(pages_of(bound(book)))["chapter-1.xhtml"]
    drawings = list(page.iter("{http://www.w3.org/2000/svg}svg"))
    assert len(drawings) == 2
    assert {drawing.get("fill") for drawing in drawings} == {"currentColor"}
    assert len(list(page.iter("{http://www.w3.org/2000/svg}path"))) == 1
    assert all(etree.QName(drawing.getprevious()).localname == "hr" for drawing in drawings)


def test_the_same_book_is_the_same_file(book):
    """Nothing changed is no byte changed; a date changes the date alone, another word the identity as well."""
    data = bound(book)
    assert bound(book) == data
    dated = parts_of(bound(book, moment=1_700_000_000))
    changed = {name for name, content in parts_of(data).items() if dated[name] != content}
    assert changed == {"EPUB/package.opf"}
    assert b"2023-11-14T22:13:20Z" in dated["EPUB/package.opf"]
    identity = re.compile(rb"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert identity.findall(dated["EPUB/package.opf"]) == identity.findall(parts_of(data)["EPUB/package.opf"])
    other = parts_of(bound(Book("The Salt Road", "Ada Quill", book.chapters[1:])))
    assert identity.findall(other["EPUB/package.opf"]) != identity.findall(dated["EPUB/package.opf"])


@pytest.mark.parametrize("keys", [(), ("story.scene-break=blank",), ("story.scene-break=Later that day",)])
def test_it_reads_back_to_the_same_book(tmp_path, book, keys):
    """Our own reader makes of it the book that it was written from: every kind of paragraph, break, pause, note and title."""
    assert {block.kind for c in book.chapters for block in c.blocks if isinstance(block, Paragraph)} == {
        "body", "quote", "section", "verse", "centred", "signature",
    }  # fmt: skip
    path = tmp_path / "road.epub"
    path.write_bytes(bound(book, *keys))
    again = mark_up(read(path), load(None).story)
    assert (again.title, again.author) == ("The Salt Road", "Ada Quill")
    assert told(again) == told(book)
    assert marked(again) == marked(book).removeprefix("The Salt Road\n\nby Ada Quill\n\n")


def test_notes_lie_below_their_chapter(tmp_path):
    """A figure leads to its note, the note back to its first figure; each is named for what it is."""
    text = "# One\n\nLate.[^a] *Always*.[^b] Again.[^a]\n\n[^a]: By an *hour*.\n\n[^b]: Nearly.\n\n    And more.\n"
    page = dict(pages_of(bound(book_of(tmp_path / "a.md", text))))["chapter-1.xhtml"]
    figures = [(link.get("href"), link.get("id"), link.text) for link in page.iter(XHTML + "a") if link.get(TYPE) == "noteref"]
    assert figures == [("#note-1", "reference-1", "1"), ("#note-2", "reference-2", "2"), ("#note-1", None, "1")]
    notes = list(page.iter(XHTML + "aside"))
    assert [(note.get("id"), note.get("role"), "".join(note.itertext()).split()) for note in notes] == [
        ("note-1", "doc-footnote", ["1", "By", "an", "hour."]),
        ("note-2", "doc-footnote", ["2", "Nearly.", "And", "more."]),
    ]
    assert [note.find(f".//{XHTML}a").get("href") for note in notes] == ["#reference-1", "#reference-2"]
    (tmp_path / "a.epub").write_bytes(bound(book_of(tmp_path / "a.md", text)))
    again = mark_up(read(tmp_path / "a.epub"), load(None).story)
    assert marked(again) == marked(book_of(tmp_path / "a.md", text))


def test_pictures_go_along(tmp_path):
    """Each picture lies in the archive once, as it came, with its caption below it, and is read back where it stood."""
    grey, tall = Image.new("L", (60, 40), 90), Image.new("RGB", (40, 60), "red")
    grey.save(tmp_path / "grey sea.png")
    tall.save(tmp_path / "tall.jpg")
    lines = ["![The *sea* & sky](grey sea.png)", "![](tall.jpg){full}", "![](grey sea.png){bleed}"]
    book = book_of(tmp_path / "a.md", "# One\n\nOut.\n\n" + "\n\nOn and on.\n\n".join(lines) + "\n\nIn.\n")
    data = bound(book)
    parts = parts_of(data)
    assert parts["EPUB/pictures/grey-sea.png"] == (tmp_path / "grey sea.png").read_bytes()
    assert parts["EPUB/pictures/tall.jpg"] == (tmp_path / "tall.jpg").read_bytes()
    record = etree.fromstring(parts["EPUB/package.opf"])
    kinds = {item.get("href"): item.get("media-type") for item in record.iter(OPF + "item")}
    assert (kinds["pictures/grey-sea.png"], kinds["pictures/tall.jpg"]) == ("image/png", "image/jpeg")
    page = dict(pages_of(data))["chapter-1.xhtml"]
    shown = [(each.get("src"), each.get("alt"), each.getparent().get("class")) for each in page.iter(XHTML + "img")]
    assert shown == [
        ("pictures/grey-sea.png", "The sea & sky", None),
        ("pictures/tall.jpg", "", "full"),
        ("pictures/grey-sea.png", "", "bleed"),
    ]
    (tmp_path / "b.epub").write_bytes(data)
    again = mark_up(read(tmp_path / "b.epub"), load(None).story)
    assert marked(again) == marked(book).replace("grey sea.png", "grey-sea.png")
    assert {picture.data for picture in read(tmp_path / "b.epub").pictures} == {
        (tmp_path / name).read_bytes() for name in ("grey sea.png", "tall.jpg")
    }


WORDS = [
    "the",
    "lamp",
    "Mara",
    "he",
    "she",
    "“Well,”",
    "“No!”",
    "and/or",
    "*never*",
    "**loud**",
    "a_b",
    "2*3",
    "&amp;",
    "I",
    "you",
    "it",
    "went",
    "Stop.",
    "said",
    "—",
    "…",
    "was",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=4, max_size=12).map(lambda said: f"So {' '.join(said)} end.")
BETWEEN = st.sampled_from(
    ["", "* * *", "~", "# Chapter 2: The Sea", "> Come home at once.", "A red sail,\\\na far sail,\\\nand no wind"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SENTENCES, BETWEEN), min_size=1, max_size=6), SENTENCES)
def test_any_story_reads_back(tmp_path_factory, parts, end):
    """Whatever a story is made of, its e-book gives it back."""
    folder = tmp_path_factory.mktemp("story")
    text = "\n\n".join(["# Chapter 1: Out", *(piece for part in parts for piece in part if piece), end])
    book = book_of(folder / "story.md", text)
    (folder / "story.epub").write_bytes(bound(book))
    assert told(mark_up(read(folder / "story.epub"), load(None).story)) == told(book)
