# ruff: noqa: E501 - lines stand as the programs write them
"""A small story as LibreOffice, Calibre, pandoc and Word save it comes out the same, with nothing of the program's own."""

import io
import zipfile

import pytest
from formats import ODF, W, docx, epub, html, odt, w, write, zipped
from PIL import Image

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.markup import mark_up, marked

STORY = (
    "# Chapter One\n\n“You’re *late*,” said he.[^1]\n\n> My dear Mara, come.\n\nShe took:\n\n1. a rope\n\na. of hemp\n\n2. bread\n\n• salt"
    "\n\nBoat · Berth\n\n* * *\n\nIt was over.\n\n[^1]: A note.\n"
)


def png() -> bytes:
    """Draw a picture."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 90, 0)).save(file, "PNG")
    return file.getvalue()


# --- rich text --------------------------------------------------------------------------------------------------------

STYLES = r"{\stylesheet{\s0\snext0 Normal;}{\s1\sbasedon0 Heading 1;}{\*\cs15 Anchor;}{\s32\i Quote;}{\s34 Contents 1;}{\s36 Contents Heading;}}"
OFFICE_RTF = (
    r"{\rtf1\ansi\deff3{\fonttbl{\f0 Times;}}"
    + STYLES
    + r"""{\*\revtbl{Unknown;}{Ed Itor;}}{\header\pard\plain \s0{\loch Running head}\par }
{\footer\pard Page {\field{\*\fldinst PAGE }{\fldrslt 3}}\par }
\pard\plain \s36 {\loch Contents}
\par \pard\plain \s34{\field{\*\fldinst { TOC \\o "1-3" }}{\fldrslt {{{\field{\*\fldinst HYPERLINK "#_Toc0" }{\fldrslt {\loch Chapter One\tab 1}}}}
\par \pard\plain \s0\loch
}}}
\par \pard\plain \s1\b {\loch {\*\bkmkstart _Toc0}Chapter One{\*\bkmkend _Toc0}}
\par \pard\plain \s0 {\loch "You're }{\loch\i\loch late}{\loch ,"}{\revised\revauth1\revdttm1741752320  said}{\deleted\revauthdel1\revdttmdel1741752320  cried}
{\v  hidden} he.{{\super \chftn{\*\footnote \chftn\pard\plain {A note.}}}}
\par \pard\plain \s0{\deleted\revauthdel1\revdttmdel1741752320 A struck paragraph.}
\par \pard\plain \s32\i0 {\loch My dear Mara, come.}
\par \pard\plain \s0 She took:
\par \pard\plain {\listtext\pard\plain  1.\tab}\ilvl0\ls1 {a rope}
\par \pard\plain {\listtext\pard\plain  a.\tab}\ilvl1\ls1 {of hemp}
\par \pard\plain {\listtext\pard\plain  2.\tab}\ilvl0\ls1 {bread}
\par \pard\plain {\listtext\pard\plain  \u61623\'3f\tab}\ilvl0\ls2 {salt}
\par \trowd\cellx1892\cellx3891\pard\plain \intbl{\loch Boat}\cell\pard\plain \intbl Berth\cell\row\pard
\pard\plain \s0\brdrt\brdrnone\brdrl\brdrnone\brdrb\brdrs\brdrw15\brdrr\brdrnone
\par \pard\plain \s0 It was over.
\par }"""
)


def test_office_rtf(tmp_path):
    """LibreOffice's rich text loses its list of contents, its running heads and what was struck out, and keeps its styles."""
    assert as_marked(tmp_path, "a.rtf", OFFICE_RTF) == STORY


def test_pictures_in_rtf(tmp_path):
    """A picture in rich text is hung once, though a copy for older programs stands beside it; one of another kind is told of."""
    data = (
        rb"{\rtf1 \pard One.\par {{\*\shppict{\pict{\*\picprop{\sp{\sn wzName}{\sv lamp}}}\picw40\pngblip " + png().hex().encode()
    )
    data += rb"}}{\nonshppict{\pict\wmetafile8 010009}}}\par Two.\par {\pict\wmetafile8 010009}\par}"
    manuscript = read(write(tmp_path, "a.rtf", data))
    assert [block.text for block in manuscript.blocks] == ["One.", "![](picture-1.png)", "Two."]
    assert [picture.data for picture in manuscript.pictures] == [png()]
    assert [finding.message for finding in manuscript.findings if finding.level == "warning"] == ["a.rtf: a picture is left out"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (r"a joke \u128512? x\par", "a joke 😀 x"),
        (r"a joke \uc0 \u55357\uc1 \u56832\'3f x\par", "a joke 😀 x"),
        (r"\endash\tab one\par \bullet \tx360\tab two\par", "• one|• two"),
        (r"\endash Wait, said he.\par", "–Wait, said he."),
        (
            r"He sat.{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt {NO LANDING}\par \pard}}{\shprslt{\*\do{\dptxbxtext NO LANDING\par}}}}\par It rained.\par",
            "He sat.|NO LANDING|It rained.",
        ),
        (r"\trowd\cellx1 {\intbl {\pard a\par}\cell}{\intbl {\pard b\par}\cell}\intbl\row\pard x\par", "a · b|x"),
        (r"\trowd\cellx1\intbl My dear,\par come.\par Tom\cell\row\pard x\par", "My dear,|come.|Tom|x"),
    ],
)
def test_small_things_in_rtf(tmp_path, typed, says):
    """Characters beyond the first plane, lists by tabs, boxes of text, and tables that frame a text are read as meant."""
    manuscript = read(write(tmp_path, "a.rtf", rf"{{\rtf1\ansi\pard {typed}}}"))
    assert [block.text for block in manuscript.blocks] == says.split("|")


# --- OpenDocument -----------------------------------------------------------------------------------------------------

TEXT = ODF + ' xmlns:table="urn:table" xmlns:draw="urn:draw"'
ODT_STYLES = (
    '<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Rule"><style:paragraph-properties fo:border-left="none" fo:border-right="none" fo:border-top="none"'
    ' fo:border-bottom="0.74pt solid #000000"/></style:style><style:style style:name="Quote"/><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-format="a"/></text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/></text:list-style>'
)
ODT_BODY = (
    "<text:table-of-content><text:index-body><text:p>Chapter One<text:tab/>1</text:p></text:index-body></text:table-of-content>"
    '<text:h text:outline-level="1">Chapter One</text:h>'
    '<text:p>"You\'re <text:span text:style-name="I">late</text:span>," said he.<text:note text:note-class="endnote">'
    "<text:note-citation>i</text:note-citation><text:note-body><text:p><text:s/>A note.</text:p></text:note-body></text:note>"
    '<text:span text:style-name="H"> Hidden.</text:span></text:p><text:p text:style-name="Quote">My dear Mara, come.</text:p>'
    '<text:p>She took:</text:p><text:list text:style-name="L1"><text:list-item><text:p>a rope</text:p><text:list><text:list-item>'
    "<text:p>of hemp</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>bread</text:p></text:list-item>"
    '</text:list><text:list text:style-name="L2"><text:list-item><text:p>salt</text:p></text:list-item></text:list>'
    "<table:table><table:table-row><table:table-cell><text:p>Boat</text:p></table:table-cell><table:table-cell><text:p>Berth</text:p>"
    '</table:table-cell></table:table-row></table:table><text:p text:style-name="Rule"/><text:p>It was over.</text:p>'
)


def office_odt(body: str) -> bytes:
    """Put a body into a text as LibreOffice does."""
    content = f"<office:document-content {TEXT}><office:automatic-styles>{ODT_STYLES}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return odt("", **{"content.xml": content})


def test_office_odt(tmp_path):
    """LibreOffice's own text counts its lists, hides what it hides, and draws rules below empty paragraphs."""
    assert as_marked(tmp_path, "a.odt", office_odt(ODT_BODY)) == STORY


def test_boxes_in_odt(tmp_path):
    """What is written on a shape, or in a table of one cell, stands apart from the line and keeps its paragraphs."""
    body = (
        "<text:p>He sat.<draw:custom-shape><text:p>NO LANDING</text:p></draw:custom-shape></text:p><text:p>It rained.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>My dear,</text:p><text:p>come.</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    blocks = read(write(tmp_path, "a.odt", office_odt(body))).blocks
    assert [(block.text, block.gap) for block in blocks] == [
        ("He sat.", 0),
        ("NO LANDING", 1),
        ("It rained.", 1),
        ("My dear,", 1),
        ("come.", 1),
    ]


# --- the web ----------------------------------------------------------------------------------------------------------

OFFICE_HTML = """<div title="header"><p>Running head</p></div>
<div id="Table of Contents1" dir="ltr"><h1>Contents</h1><p><a href="#_Toc0">Chapter One\t1</a></p></div>
<h1 class="western"><a name="_Toc0"></a>Chapter One</h1>
<p>&quot;You're <i>late</i>,&quot; <!-- a remark -->said he.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>
<blockquote><p>My dear Mara, come.</p></blockquote><p>She took:</p>
<ol><li><p>a rope</p><ol type="a"><li><p>of hemp</p></ol><li><p>bread</p></ol><ul><li><p>salt</p></ul>
<table><tr><td><p>
Boat</p></td><td><p>Berth</p></td></tr></table>
<p style="border-top: none; border-bottom: 1px solid #000000; border-left: none; border-right: none"><br/></p>
<p>It was over.</p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> A note.</p></div>
<div title="footer"><p>Page <span>3</span></p></div>"""


def test_office_html(tmp_path):
    """LibreOffice's page loses its head, its foot and its list of contents; an item's bullet stands before its paragraph."""
    assert as_marked(tmp_path, "a.html", html(OFFICE_HTML)) == STORY


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<ol start="3"><li>a</li><li value="7">b</li><li>c</li></ol>', "3. a|7. b|8. c"),
        ('<ol type="I"><li>a</li><li>b</li></ol>', "I. a|II. b"),
        ('<ol style="list-style-type: lower-roman"><li>a</li><li>b</li></ol>', "i. a|ii. b"),
        ('<ul style="list-style: none"><li>a</li></ul>', "a"),
        ("<ul><li><p>a</p><p>more</p></li><li></li><li>b</li></ul>", "• a|more|• b"),
        ("<table><tr><td><p>My dear,</p><p>come.</p></td><td></td></tr></table>", "My dear,|come."),
        ("<p>a</p><p class='subtitle'></p><p><img src='x.png'>&nbsp;</p><p>b</p>", "a|b"),
    ],
)
def test_lists_and_tables_of_the_web(tmp_path, body, says):
    """A list counts as its page says; a table's row is a line unless the table only frames a text."""
    manuscript = read(write(tmp_path, "a.html", html(body)))
    assert [block.text for block in manuscript.blocks] == says.split("|")
    assert {block.gap for block in manuscript.blocks[1:]} <= {1}


# --- e-books ----------------------------------------------------------------------------------------------------------

CALIBRE = {
    "titlepage": '<div><svg xmlns="http://www.w3.org/2000/svg"><image href="cover.jpg"/></svg></div>',
    "index_split_000": '<p class="block_">The Lamp</p><p class="block_3">Contents</p><p class="block_1"><a href="index_split_001.xhtml"'
    ' class="calibre1">Chapter One<span class="tab">\xa0\xa0\xa0 </span>1</a></p><p><a href="index_split_001.xhtml#x">Chapter Two 2</a></p>',
    "index_split_001": '<h2 class="block_4">Chapter One</h2><p class="block_1">"You\'re <i class="calibre3">late</i>," said he.'
    '<sup class="calibre5"><a id="back_note_1" href="index_split_003.xhtml#note_1" title="1" class="calibre1">1</a></sup></p>'
    '<blockquote><p class="block_1">My dear Mara, come.</p></blockquote><p>She took:</p><ol class="list_"><li class="block_10">a rope'
    '</li></ol><ol class="list_1"><li class="block_10">of hemp</li></ol><ol class="list_"><li value="2" class="block_10">bread</li></ol>'
    '<ul class="list_2"><li>salt</li></ul><table><tbody><tr><td><p>Boat</p></td><td><p>Berth</p></td></tr></tbody></table>'
    '<p class="block_13"></p><p>It was over.</p><div class="calibre2" id="calibre_pb_0"></div>',
    "index_split_002": "<h2>Chapter Two</h2><p>Rain.</p>",
    "index_split_003": '<h1 class="block_14">Notes</h1><dl id="note_1" class="footnote"><dt>[<a href="index_split_001.xhtml#back_note_1"'
    ' title="1">←1</a>]</dt><dd><p> A note.</p></dd></dl>',
}
SHEET = ".list_1 { list-style-type: lower-latin }\n.block_13 { border-bottom: currentColor solid 1pt; border-left: none;margin: 0 }"


def with_sheet(data: bytes, sheet: str, more: str = "") -> bytes:
    """Add a style sheet to an EPUB, and words to its metadata."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    item = '<item id="css" href="sheet.css" media-type="text/css"/></manifest>'
    opf = parts["OEBPS/book.opf"].decode().replace("</manifest>", item).replace("</metadata>", f"{more}</metadata>")
    return zipped({**parts, "OEBPS/book.opf": opf, "OEBPS/sheet.css": sheet})


def test_calibre_epub(tmp_path):
    """Calibre's e-book keeps its notes, lists and rules, and loses its cover, its contents and the heading of its notes."""
    data = with_sheet(epub(CALIBRE, "The Lamp", "Ines Harrow"), SHEET)
    assert as_marked(tmp_path, "a.epub", data) == STORY + "\n# Chapter Two\n\nRain.\n"


def test_pandoc_epub(tmp_path):
    """A note that only its class names one is cited, and a caption is its picture's."""
    body = (
        '<h1>One</h1><p>It rained.<a href="#fn1" class="footnote-ref" id="fnref1">1</a></p><div class="figure"><img src="a.png"/>'
        '<p class="caption">A lamp</p></div><div class="footnotes"><hr/><ol><li id="fn1"><p>A note.<a href="#fnref1" class="footnote-back">'
        "↩︎</a></p></li></ol></div>"
    )
    blocks = read(write(tmp_path, "a.epub", epub({"ch001": body}, **{"OEBPS/a.png": png()}))).blocks
    assert [block.text for block in blocks] == ["It rained.[^1]", "![A lamp](a.png)", "* * *", "[^1]: A note."]


@pytest.mark.parametrize(("program", "heading"), [("LibreOffice/7.4 (libepubgen)", []), ("Sigil", ["# Section 1"])])
def test_what_has_no_heading(tmp_path, program, heading):
    """LibreOffice's name for a stretch without a heading is no chapter's title; anybody else's is."""
    data = epub({"a": "<p>It rained.</p>", "b": "<h1>Two</h1><p>It was over.</p>"}, titles=("Section 1", "Two"))
    data = with_sheet(data, "", f'<meta name="generator" content="{program}"/>')
    assert [block.text for block in read(write(tmp_path, "a.epub", data)).blocks] == [
        *heading,
        "It rained.",
        "# Two",
        "It was over.",
    ]


# --- Word -------------------------------------------------------------------------------------------------------------

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CALIBRE_DOCX = (
    '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Table of Contents</w:t></w:r></w:p>'
    f"<w:p>{FIELD.format('begin')}<w:r><w:instrText> TOC \\h </w:instrText></w:r>{FIELD.format('separate')}<w:hyperlink w:anchor='a'>"
    f"<w:r><w:t>One</w:t></w:r></w:hyperlink></w:p><w:p><w:hyperlink w:anchor='b'><w:r><w:t>Two</w:t></w:r></w:hyperlink>{FIELD.format('end')}</w:p>"
    + w("One", style="H1")
    + w("It rained.", style="Normal")
    + w("Two", style="H1")
    + w("It was over.", style="Normal")
)


def test_calibre_docx(tmp_path):
    """A level given to the style of all others makes no headings; a list of contents goes with the line above it."""
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    styles = (
        f'<w:styles {W}>{normal}<w:style w:styleId="H1"><w:name w:val="Heading 1"/><w:basedOn w:val="Normal"/></w:style></w:styles>'
    )
    data = docx(CALIBRE_DOCX, **{"word/styles.xml": styles})
    assert [block.text for block in read(write(tmp_path, "a.docx", data)).blocks] == [
        "# One",
        "It rained.",
        "# Two",
        "It was over.",
    ]


def test_frames_and_struck_paragraphs_in_docx(tmp_path):
    """A table of one cell keeps its paragraphs; a paragraph struck out leaves no gap; a sign of a picture font is what it shows."""
    struck = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>"
    cell = f"<w:tbl><w:tr><w:tc>{w('My dear,')}{w('come.')}</w:tc></w:tr></w:tbl>"
    sign = '<w:p><w:r><w:t>He grinned </w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r><w:r><w:t>\uf0e0.</w:t></w:r></w:p>'
    blocks = read(write(tmp_path, "a.docx", docx(w("One.") + struck + w("Two.") + cell + sign))).blocks
    assert [(block.text, block.gap) for block in blocks[1:]] == [("Two.", 1), ("My dear,", 1), ("come.", 1), ("He grinned :)→.", 1)]


SUBTITLED = '<w:style w:styleId="Sub"><w:name w:val="Subtitle"/></w:style><w:style w:styleId="T"><w:name w:val="Title"/></w:style>'


def test_subtitles(tmp_path):
    """What is styled a subtitle is the book's, and the author's name below it is found; without a title above it is a line."""
    styles = {"word/styles.xml": f"<w:styles {W}>{SUBTITLED}</w:styles>"}
    body = w("The Lamp", style="T") + w("A tale", style="Sub") + w("by Ines Harrow") + w("It rained.")
    found = read(write(tmp_path, "a.docx", docx(body, **styles))).found
    assert (found.title, found.subtitle, found.author) == ("The Lamp", "A tale", "Ines Harrow")
    alone = read(write(tmp_path, "b.docx", docx(w("A tale", style="Sub") + w("It rained."), **styles)))
    assert [block.text for block in alone.blocks] == ["A tale", "It rained."]


def as_marked(folder, name: str, data: bytes | str) -> str:
    """Read and mark up a file, and write it down."""
    return marked(mark_up(read(write(folder, name, data)), House()))
