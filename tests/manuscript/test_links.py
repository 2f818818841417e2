"""Links come out of every format as `[words](address)`, and only those that lead somewhere a reader may go."""

import pytest
from formats import W, docx, epub, html, odt, w, write
from PIL import Image

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.manuscript.addresses import address_of
from pressbook.markup import mark_up, marked
from pressbook.model import Illustration, Paragraph, Run

ADDRESS = "https://boats.example/a_b/?x=1&y=2"
TEXT = f"""# One

Rain fell on [nine *boats*]({ADDRESS}), said "[the man](mailto:tom@boats.example)."

See [here](https://boats.example/) and there.
"""
BODY = (
    f'<h1>One</h1><p>Rain fell on <a href="{ADDRESS.replace("&", "&amp;")}">nine <i>boats</i></a>, said '
    '"<a href="mailto:tom@boats.example">the man</a>."</p>'
    '<p>See <a href="https://boats.example/">here</a> and <a href="javascript:go()">there</a>.</p>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = (
    w("One", style="H1")
    + w("Rain fell on ", "@1", "nine ", ("boats", "<w:i/>"), "@/", ', said "', "@2", "the man", "@/", '."')
    + w("See ", "@3", "here", "@/", " and ", "@4", "there", "@/", ".")
)
for mark, tag in [("@/", "</w:hyperlink>"), *[(f"@{k}", f'<w:hyperlink r:id="r{k}" xmlns:r="r">') for k in range(1, 5)]]:
    WORD = WORD.replace(f'<w:r><w:rPr></w:rPr><w:t xml:space="preserve">{mark}</w:t></w:r>', tag)
TARGETS = [ADDRESS.replace("&", "&amp;"), "mailto:tom@boats.example", "https://boats.example/", "file:///etc/hosts"]
PARTS = "".join(f'<Relationship Id="r{k}" Target="{target}"/>' for k, target in enumerate(TARGETS, 1))
OPEN = (
    BODY.replace("<h1>", '<text:h text:outline-level="1">').replace("</h1>", "</text:h>").replace("p>", "text:p>")
    .replace("<a href", '<text:a xmlns:xlink="x" xlink:href').replace("</a>", "</text:a>")
    .replace("<i>", '<text:span text:style-name="I">').replace("</i>", "</text:span>")
)  # fmt: skip
FIELD = r'{{\field{{\*\fldinst{{ HYPERLINK "{}" \\t "_blank" }}}}{{\fldrslt {{\ul\cf1 {}}}}}}}'
RICH = (
    r"{\rtf1\ansi {\outlinelevel0 One\par}\pard Rain fell on " + FIELD.format(ADDRESS, r"nine {\i boats}")
    + ', said "' + FIELD.format("mailto:tom@boats.example", "the man") + r'."\par See '
    + FIELD.format("https://boats.example/", "here") + " and " + FIELD.format("file:///etc/hosts", "there") + r".\par}"
)  # fmt: skip
FILES = {
    "a.txt": TEXT,
    "a.md": TEXT,
    "b.md": TEXT.replace("there", "[there](data:text/plain,x)").replace("[here](https://boats.example/)", "[here][1]")
    + "\n[1]: https://boats.example/\n",
    "a.html": html(BODY),
    "a.epub": epub({"one": BODY}, "Salt"),
    "a.docx": docx(WORD, **{"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{PARTS}</Relationships>'}),
    "a.odt": odt(OPEN),
    "a.rtf": RICH,
}  # fmt: skip


@pytest.mark.parametrize("name", list(FILES))
def test_links_of_every_format(tmp_path, name):
    """The words of a link lead to the same address in every format, emphasis inside, quotation marks around; mark keeps it."""
    book = mark_up(read(write(tmp_path, name, FILES[name])), House())
    (chapter,) = book.chapters
    first, second = [block.runs for block in chapter.blocks]
    assert first == (
        Run("Rain fell on "),
        Run("nine ", link=ADDRESS),
        Run("boats", italic=True, link=ADDRESS),
        Run(", said “"),
        Run("the man", link="mailto:tom@boats.example"),
        Run(".”"),
    )
    assert second == (Run("See "), Run("here", link="https://boats.example/"), Run(" and there."))
    assert marked(book).removeprefix("# One\n\n") == TEXT.removeprefix("# One\n\n").replace(' "', " “").replace('."', ".”")


WORD_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://boats.</w:instrText></w:r>'
    '<w:r><w:instrText>example/a" \\o "A tip" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>boats</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
NOTES = (
    f'<w:footnotes {W} xmlns:r="r"><w:footnote w:id="2"><w:p><w:r><w:t xml:space="preserve">See </w:t></w:r>'
    '<w:hyperlink r:id="r1"><w:r><w:t>the list</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def test_links_in_the_fields_and_notes_of_word(tmp_path):
    """A link that is a field leads where its instruction says; a note's link where the notes' own list says, not the story's."""
    body = w("Nine ", "@F", " and no more.") + '<w:p><w:r><w:t>Rain</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    body = body.replace('<w:r><w:rPr></w:rPr><w:t xml:space="preserve">@F</w:t></w:r>', WORD_FIELD)
    parts = {
        f"word/_rels/{part}.xml.rels": f'<R xmlns="{RELATIONS}"><Relationship Id="r1" Target="https://{part}.example/"/></R>'
        for part in ("document", "footnotes")
    }
    manuscript = read(write(tmp_path, "a.docx", docx(body, **{"word/footnotes.xml": NOTES, **parts})))
    assert [block.text for block in manuscript.blocks] == [
        "Nine [boats](https://boats.example/a) and no more.",
        "Rain[^1]",
        "[^1]: See [the list](https://footnotes.example/).",
    ]


@pytest.mark.parametrize("suffix", [".md", ".html", ".epub"])
def test_links_in_headings_and_captions(tmp_path, suffix):
    """A link in a heading or a caption is one as well, in every format, and `mark` writes it where a style of one kind allows."""
    Image.new("L", (60, 40), 90).save(tmp_path / "sea.png")
    body = (
        '<h1>Nought</h1><p>Fog.</p><h1>One</h1><p>Rain.</p><h2>A <a href="https://day.example/">day</a></h2><p>Salt.</p>'
        '<figure><img src="sea.png"><figcaption>By <a href="https://ada.example/">Ada</a> alone</figcaption></figure><p>End.</p>'
    )
    text = "# Nought\n\nFog.\n\n# One\n\nRain.\n\n## A [day](https://day.example/)\n\nSalt.\n\n"
    text += "![By [Ada](https://ada.example/) alone](sea.png)\n\nEnd.\n"
    data = {
        ".md": text,
        ".html": html(body),
        ".epub": epub({"a": body.replace('png">', 'png"/>')}, **{"OEBPS/sea.png": (tmp_path / "sea.png").read_bytes()}),
    }[suffix]
    book = mark_up(read(write(tmp_path, f"a{suffix}", data)), House())
    assert marked(book).replace("> End. <", "End.") == text
    (heading,) = [block for block in book.chapters[1].blocks if isinstance(block, Paragraph) and block.kind == "section"]
    assert heading.runs == (Run("A "), Run("day", link="https://day.example/"))
    (picture,) = [block for block in book.chapters[1].blocks if isinstance(block, Illustration)]
    assert picture.caption == (Run("By "), Run("Ada", link="https://ada.example/"), Run(" alone"))


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("HTTPS://Boats.example/a", "https://Boats.example/a"),
        ("//boats.example/", "https://boats.example/"),
        (" http://boats.example/a (1).html ", "http://boats.example/a%20%281%29.html"),
        ("mailto:tom@boats.example?subject=x", "mailto:tom@boats.example?subject=x"),
        ("javascript:alert(1)", ""),
        ("JavaScript://boats.example/%0Aalert(1)", ""),
        ("file:///etc/hosts", ""),
        ("data:text/html,x", ""),
        ("chapter-2.html#end", ""),
        ("#note", ""),
        ("https://", ""),
        ("http://boats.example/\nalert", ""),
        ("https://boats.example/" + "a" * 1000, ""),
        ("", ""),
    ],
)
def test_addresses(link, address):
    """Only the web and mail are addresses; what would end one in the notation is encoded."""
    assert address_of(link) == address


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<a href="https://boats.example/a/">https://boats.example/a</a>', "https://boats.example/a"),
        ('<a href="https://boats.example/"> boats.example </a>', "boats.example"),
        ('The<a href="https://boats.example/"> salt </a>road', "The [salt](https://boats.example/) road"),
        ('Oh!<a href="https://boats.example/">salt</a>', "Oh!salt"),
        ('<a href="https://boats.example/">salt ] sea</a>', "salt ] sea"),
        ('<a href="https://boats.example/">[salt]</a>', "[[salt]](https://boats.example/)"),
        ('<a href="https://boats.example/">→</a> Salt', "→ Salt"),
    ],
)
def test_links_at_the_edge(tmp_path, body, text):
    """An address that says itself is no link, white space stays outside, and no word is lost where none can be written."""
    (block,) = read(write(tmp_path, "a.html", html(f"<p>{body}</p>"))).blocks
    assert block.text == text


def test_a_markdown_link_elsewhere_is_noticed(tmp_path):
    """A link that runs a script is set as text, and the reader says so."""
    manuscript = read(write(tmp_path, "a.md", "She [ran](javascript:run()) off.\n"))
    assert [block.text for block in manuscript.blocks] == ["She ran off."]
    assert "a.md: a link is set as text, without the address" in [each.message for each in manuscript.findings]
