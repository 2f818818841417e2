"""A project laid out from a file of any program builds, says the words of the file, and is proved against it."""

import pytest
from formats import ODF, W, docx, epub, html, odt, w, write
from test_archive import AFTER, CLEAN, PREFACE, STRAIGHT, chapter
from test_downloads import FANFICFARE

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.markup import mark_up, marked

ARCHIVE = [PREFACE, chapter("Chapter 1: Out", CLEAN, notes="He is late.", ends="More soon."), chapter("Chapter 2", STRAIGHT), AFTER]


def typed(style: str, words: str) -> str:
    """Write a paragraph as LibreOffice does."""
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def headed(words: str) -> str:
    """Write a heading as LibreOffice does."""
    return f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{words}</text:h>'


NOTE = (
    '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
)
META = (
    f'<office:document-meta {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:creator>Ada Quill</dc:creator>'
    "</office:meta></office:document-meta>"
)
LIBREOFFICE = odt(
    typed("Title", "The Salt Road")
    + headed("Chapter One")
    + typed("P1", f'"You are <text:span text:style-name="I">late</text:span>," said<text:s/> he.{NOTE}')
    + typed("P1", "* * *")
    + typed("P1", "It rained.<text:line-break/>All day.")
    + headed("Chapter Two")
    + "<text:list><text:list-item><text:p>bread</text:p></text:list-item></text:list>"
    + typed("P1", "It was over."),
    **{"meta.xml": META},
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.title().replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Author", "Date", "heading 1", "First Paragraph", "Body Text", "Block Text", "footnote text")
)
NOTES = (
    f'<w:footnotes {W}><w:footnote w:id="20"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
CITED = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="20"/></w:r></w:p>'
RULE = '<w:p><w:r><w:pict><v:rect xmlns:v="v" xmlns:o="o" style="width:0;height:1.5pt" o:hr="t"/></w:pict></w:r></w:p>'
PANDOC = docx(
    w("The Salt Road", style="Title")
    + w("Ada Quill", style="Author")
    + w("Ben Ford", style="Author")
    + w("May 2026", style="Date")
    + w("One", style="Heading1")
    + w("“You are ", ("late", "<w:i/><w:iCs/>"), ",” said he.", style="FirstParagraph").removesuffix("</w:p>")
    + CITED
    + w("It rained.", style="BodyText")
    + RULE
    + w("Dear Tom, come home.", style="BlockText")
    + w("Two", style="Heading1")
    + w("Nobody came.", style="FirstParagraph"),
    **{"word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>", "word/footnotes.xml": NOTES},
)
FILES = {
    **{f"fanficfare-{name}": data for name, data in FANFICFARE.items() if name in ("list.epub", "table.html")},
    "archive.epub": epub({name: text.replace("&nbsp;", "\xa0") for name, text in zip("abcd", ARCHIVE, strict=True)}, "The Lamp"),
    "libreoffice.odt": LIBREOFFICE,
    "pandoc.docx": PANDOC,
}


@pytest.mark.parametrize("name", list(FILES))
def test_a_project_from_a_file(run, tmp_path, name):
    """`new --from` lays out what the file says, the project builds, and `check --against` proves it against the file."""
    path = write(tmp_path, name, FILES[name])
    assert run("new", tmp_path / "book", "--from", path, "--quiet").status == 0
    (text,) = (tmp_path / "book" / "text").glob("*.md")
    assert marked(mark_up(read(text), House())) == marked(mark_up(read(path), House()))
    assert run("build", tmp_path / "book", "--quiet", "--set", "outputs.booklet=false").status == 0
    (pdf,) = (tmp_path / "book" / "dist").glob("*.pdf")
    for manuscript in (path, text):
        proved = run("check", pdf, "--against", manuscript)
        assert f"every word of {manuscript} is there, in order, once" in proved.out, proved.out


BLOCK = (
    '<header><h1 class="title">The Salt Road</h1><p class="author">{}</p><p class="date">May 2026</p></header>'
    "<h2>One</h2><p>He ran.</p>"
)


@pytest.mark.parametrize(
    ("name", "data", "author"),
    [("a.docx", PANDOC, "Ada Quill, Ben Ford"), ("a.html", html(BLOCK.format("by Ada Quill")), "Ada Quill")],
)
def test_names_below_a_title(tmp_path, name, data, author):
    """Authors and a date in pandoc's styles below a title are told, and do not open the story."""
    manuscript = read(write(tmp_path, name, data))
    assert (manuscript.found.title, manuscript.found.author) == ("The Salt Road", author)
    assert ("Date", "May 2026") in manuscript.found.tags
    assert manuscript.blocks[0].text == "# One"


def test_dates_and_names_inside_a_story_are_its_words(tmp_path):
    """A date alone below a title may open a diary; it stays, as does what has such a style elsewhere."""
    body = w("One", style="Heading1") + w("May 2026", style="Date") + w("He ran.") + w("Ada Quill", style="Author")
    manuscript = read(write(tmp_path, "a.docx", docx(body, **{"word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>"})))
    assert [block.text for block in manuscript.blocks] == ["May 2026", "He ran.", "Ada Quill"]
