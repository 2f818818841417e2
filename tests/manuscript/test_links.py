"""Links come out of every format as `[words](address)`, and only those that lead somewhere a reader may go."""

import pytest
from formats import docx, epub, html, odt, w, write

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.manuscript.addresses import address_of
from pressbook.markup import mark_up, marked
from pressbook.model import Run

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
FILES = {
    "a.txt": TEXT,
    "a.md": TEXT,
    "b.md": TEXT.replace("there", "[there](data:text/plain,x)").replace("[here](https://boats.example/)", "[here][1]")
    + "\n[1]: https://boats.example/\n",
    "a.html": html(BODY),
    "a.epub": epub({"one": BODY}, "Salt"),
    "a.docx": docx(WORD, **{"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{PARTS}</Relationships>'}),
    "a.odt": odt(OPEN),
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
