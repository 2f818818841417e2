"""Footnotes come out of every format as `[^1]` in the text and `[^1]: …` below it."""

import pytest
from formats import W, docx, epub, html, odt, w, write

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.markup import mark_up, marked
from pressbook.model.story import Run

TEXT = """# One

Salt is *white*[^1] and dear.[^2]

Nobody knew why.

[^1]: So they say.

    Or grey.

[^2]: See *The Salt Road*.

# Two

It rained.[^3]

[^3]: On a Sunday.
"""
FOOT = '<h1>One</h1><p>Salt is <em>white</em><sup><a href="#note1" id="ref1">1</a></sup> and dear.<a href="#n2" id="r2">[2]</a></p>'
FOOT += "<p>Nobody knew why.</p>{notes}<h1>Two</h1><p>It rained.<sup><a href='#n3' id='r3'>*</a></sup></p>"
NOTES = (
    '<ol><li id="note1"><p>So they say. <a href="#ref1">back</a></p><p>Or grey.</p></li></ol>'
    '<p><a id="n2" href="#r2">[2]</a> See <i>The Salt Road</i>.</p>'
)
LAST = "<p id='n3'><a href='#r3'>*</a> On a Sunday.</p>"
CITED = '<w:r><w:{kind}Reference w:id="{id}"/></w:r>'
WORD = (
    w("One", style="H1")
    + w("Salt is ", ("white", "<w:i/>"), "@1", " and dear.", "@2")
    + w("Nobody knew why.")
    + w("Two", style="H1")
    + w("It rained.", "@3")
)
for number, kind in enumerate(("footnote", "footnote", "endnote"), 1):
    reference = f'<w:r><w:rPr></w:rPr><w:t xml:space="preserve">@{number}</w:t></w:r>'
    WORD = WORD.replace(reference, CITED.format(kind=kind, id=number))
WORD_NOTES = {
    "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="1">{w("So they say.")}{w("Or grey.")}</w:footnote>'
    f'<w:footnote w:id="2">{w("See ", ("The Salt Road", "<w:i/>"), ".")}</w:footnote></w:footnotes>',
    "word/endnotes.xml": f'<w:endnotes {W}><w:endnote w:id="3">{w("On a Sunday.")}</w:endnote></w:endnotes>',
}
OPEN_NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
OPEN = (
    '<text:h text:outline-level="1">One</text:h><text:p>Salt is <text:span text:style-name="I">white</text:span>'
    + OPEN_NOTE.format("<text:p>So they say.</text:p><text:p>Or grey.</text:p>")
    + " and dear."
    + OPEN_NOTE.format('<text:p>See <text:span text:style-name="I">The Salt Road</text:span>.</text:p>')
    + '</text:p><text:p>Nobody knew why.</text:p><text:h text:outline-level="1">Two</text:h><text:p>It rained.'
    + OPEN_NOTE.format("<text:p>On a Sunday.</text:p>")
    + "</text:p>"
)
RICH = r"""{\rtf1\ansi\pard\outlinelevel0 One\par
\pard Salt is {\i white}{{\footnote\plain\chftn So they say.\par Or grey.}} and dear.{\footnote See {\i The Salt Road}.}
\par Nobody knew why.\par
\pard\outlinelevel0 Two\par
\pard It rained.{\footnote On a Sunday.}\par}"""
ASIDE = (
    '<h1>One</h1><p>Salt is <em>white</em><a epub:type="noteref" href="notes.xhtml#a">1</a> and dear.'
    '<a epub:type="noteref" href="#b">2</a></p><p>Nobody knew why.</p>'
    '<aside epub:type="footnote" id="b"><p>2. See <i>The Salt Road</i>.</p></aside>'
)
APART = '<h1>Notes</h1><p id="a">1. So they say.</p><p id="c"><sup>1</sup> On a Sunday. <a href="two.xhtml#x">↩</a></p>'
AWAY = '<sup><a id="x" href="notes.xhtml#c">1</a></sup>'
FILES = {
    "a.md": TEXT,
    "a.txt": TEXT,
    "b.md": TEXT + "\nSee [here](http://a.example).\n",
    "a.html": html(FOOT.format(notes=NOTES) + LAST),
    "a.docx": docx(WORD, **WORD_NOTES),
    "a.odt": odt(OPEN),
    "a.rtf": RICH,
    "a.epub": epub({"one": FOOT.format(notes=NOTES).split("<h1>T")[0], "two": "<h1>T" + FOOT.split("<h1>T")[1] + LAST}, "Salt"),
    "b.epub": epub({"one": ASIDE, "two": f"<h1>Two</h1><p>It rained.{AWAY}</p>", "notes": APART}, "Salt"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(FILES))
def test_notes_of_every_format(tmp_path, name):
    """References and notes of a file of any format are those of the same story typed, numbers, links back and heads gone."""
    book = mark_up(read(write(tmp_path, name, FILES[name])), House())
    one, two = book.chapters
    runs = [run for run in one.blocks[0].runs if run.note]
    assert [(run.text, run.note) for run in runs] == [("1", 1), ("2", 2)]
    said = [[paragraph.runs for paragraph in note.paragraphs] for note in (*one.notes, *two.notes)]
    road = (Run("See "), Run("The Salt Road", italic=True), Run("."))
    grey = [] if name == "b.epub" else [(Run("Or grey."),)]
    assert said == [[(Run("So they say."),), *grey], [road], [(Run("On a Sunday."),)]]
    assert "".join(run.text for run in one.blocks[0].runs) == "Salt is white1 and dear.2"
    assert len(one.blocks) == 2 and len(two.blocks) == 1 + (name == "b.md")
    if grey and name != "b.md":
        assert marked(book) == TEXT


def test_other_links_are_no_notes(tmp_path):
    """A raised figure without a link, a link to a chapter, and a list of contents stay text."""
    body = '<p><a href="#one">1</a> <a href="#two">2</a></p><h1 id="one">One</h1><p>x<sup>2</sup> is.</p>'
    body += '<h1 id="two">Two</h1><p>y.</p>'
    text = "\n".join(block.text for block in read(write(tmp_path, "a.html", html(body))).blocks)
    assert "[^" not in text and "x2 is." in text


def test_a_note_that_is_not_there(tmp_path):
    """A reference to a note that the file lacks keeps its sign."""
    body = '<p>Salt<sup><a href="#gone">1</a></sup> is white.</p>'
    assert [block.text for block in read(write(tmp_path, "a.html", html(body))).blocks] == ["Salt1 is white."]


ROWS = "Name · Boat\u2028Ada · Tern\u2028Tom · Gull"
WORD_TABLE = "<w:tbl>{}</w:tbl>".format(
    "".join(
        "<w:tr>{}</w:tr>".format("".join(f"<w:tc>{w(cell)}</w:tc>" for cell in row.split(" · "))) for row in ROWS.split("\u2028")
    )
)


OPEN_TABLE = '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">{}</table:table>'.format(
    "".join(
        "<table:table-row>{}</table:table-row>".format(
            "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row.split(" · "))
        )
        for row in ROWS.split("\u2028")
    )
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", "It began.\n\n| Name | Boat |\n|------|:----:|\n| Ada  | Tern |\n| Tom  | Gull |\n\nIt ended.\n"),
        ("b.md", "It began.\n\nName | Boat\n---- | ----\nAda | Tern\nTom | Gull\n\nIt ended <!-- so -->.\n"),
        ("a.docx", docx(w("It began.") + WORD_TABLE + w("It ended."))),
        ("a.odt", odt(f"<text:p>It began.</text:p>{OPEN_TABLE}<text:p>It ended.</text:p>")),
        (
            "a.html",
            html(
                "<p>It began.</p><table><tr><th>Name</th><th>Boat</th></tr><tr><td>Ada</td><td>Tern</td></tr>"
                "<tr><td>Tom</td><td>Gull</td></tr></table><p>It ended.</p>"
            ),
        ),
    ],
)
def test_tables_become_lines(tmp_path, name, data):
    """A table's rows are lines, its cells parted by points, and a notice says so."""
    manuscript = read(write(tmp_path, name, data))
    said = "\u2028".join(block.text for block in manuscript.blocks)
    assert ROWS in said and "It ended" in said
    assert any("a table is set line by line" in finding.message for finding in manuscript.findings)
