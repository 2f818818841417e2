"""The same story in every format is the same book."""

import pytest
from formats import docx, epub, html, odt, w, write

from pressbook.cli import main
from pressbook.config.schema import House
from pressbook.manuscript import front_matter, read
from pressbook.markup import mark_up, marked
from pressbook.model.story import Book, Found, Paragraph, Run, SceneBreak

TEXT = """The Salt Road

by Ada Quill

# Chapter 1: Out

"You're *late*," said the man - he said it to everyone.

***

Rain fell on **nine** boats.

# Chapter 2: Home

> Dear Tom, come home.

She had 2 \\* 3 of them... and no more.
"""
STORY = """<h2>Chapter 1: Out</h2><p>"You're <em>late</em>," said the man - he said it to everyone.</p><hr/>
<p>Rain fell on <b>nine</b> boats.</p><h2>Chapter 2: Home</h2><blockquote><p>Dear Tom, come home.</p></blockquote>
<p>She had 2 * 3 of them... and no more.</p>"""
FIRST, SECOND = STORY.split("<h2>Chapter 2: Home</h2>")
HEADS = ("Chapter 1: Out", "Chapter 2: Home")
COMMON = """---
title: The Salt Road
author: "Ada Quill"
---

Chapter 1: Out
==============

"You're *late*," said the man - he said
it to everyone. <!-- is he? -->

- - -

Rain fell on [__nine__ boats](boats.html).

# Chapter 2: Home #

> Dear Tom,
> come home.

She had 2 \\* 3 of them\\... and no more.
"""
WORD = (
    w("The Salt Road", style="Title")
    + w("by Ada Quill")
    + w("Chapter 1: Out", style="H1")
    + w("\"You're ", ("late", "<w:i/>"), '," said the man - he said it to everyone.')
    + w("xxx")
    + w("Rain fell on ", ("nine", "<w:b/>"), " boats.")
    + w("Chapter 2: Home", style="H1")
    + w("Dear Tom, come home.", style="Quote")
    + w("She had 2 * 3 of them... and no more.")
)
OPEN = (
    '<text:p text:style-name="Title">The Salt Road</text:p><text:p>by Ada Quill</text:p>'
    '<text:h text:outline-level="1">Chapter 1: Out</text:h>'
    '<text:p>"You\'re <text:span text:style-name="I">late</text:span>," said the<text:s/>man - he said it to everyone.</text:p>'
    "<text:p/><text:p>Rain fell on nine boats.</text:p>"
    '<text:h text:outline-level="1">Chapter 2: Home</text:h><text:p text:style-name="Quotations">Dear Tom, come home.</text:p>'
    "<text:p>She had 2 * 3 of them... and no more.</text:p>"
)
RICH = r"""{\rtf1\ansi{\fonttbl{\f0 Times;}}{\info{\title The Salt Road}{\author Ada Quill}}
\pard\qc The Salt Road\par \pard by Ada Quill\par
\pard\outlinelevel0 Chapter 1: Out\par
\pard "You're {\i late}," said the man \endash  he said it to everyone.\par
\pard\qc ***\par
\pard Rain fell on \b nine\b0  boats.\par
\pard\outlinelevel0 Chapter 2: Home\par
\pard Dear Tom, come home.\par
She had 2 * 3 of them... and no more.\par}"""
FILES = {
    "a.txt": TEXT,
    "a.md": TEXT,
    "b.md": COMMON,
    "a.html": html(f"<h1>The Salt Road</h1><p>by Ada Quill</p>{STORY}"),
    "a.docx": docx(WORD),
    "a.epub": epub({"one": FIRST, "two": f"<h1>Chapter 2: Home</h1>{SECOND}"}, "The Salt Road", "Ada Quill"),
    "b.epub": epub({"one": FIRST[FIRST.index("<p>") :], "two": SECOND}, "The Salt Road", "Ada Quill", HEADS),
    "a.odt": odt(OPEN.replace(">Rain fell on nine", ">Rain fell on nine")),
    "a.rtf": RICH,
}  # fmt: skip


def book_of(path) -> Book:
    """Read and understand a file."""
    return mark_up(read(path), House())


def told(book: Book, *, plain: bool = False) -> object:
    """All of a book that its reader sees; `plain` leaves out what ODT and RTF were not given here."""

    def seen(block):
        if isinstance(block, Paragraph):
            runs = tuple(run.text for run in block.runs) if plain else block.runs
            return "".join(runs) if plain else (block.kind, runs)
        return "break" if isinstance(block, SceneBreak) else "pause"

    return book.title, book.author, [(c.title, c.kind, [seen(block) for block in c.blocks]) for c in book.chapters]


@pytest.mark.parametrize("name", [name for name in FILES if name not in ("a.odt", "a.rtf")])
def test_the_same_story_is_the_same_book(tmp_path, name):
    """Title, author, chapters, breaks, quotations, emphasis and words are alike in every format."""
    expected = book_of(write(tmp_path, "story.txt", TEXT))
    assert [chapter.title for chapter in expected.chapters] == ["Chapter 1: Out", "Chapter 2: Home"]
    assert Run("late", italic=True) in expected.chapters[0].blocks[0].runs
    assert told(book_of(write(tmp_path, name, FILES[name]))) == told(expected)


@pytest.mark.parametrize("name", ["a.odt", "a.rtf"])
def test_lesser_formats_say_the_same_words(tmp_path, name):
    """ODT and RTF give the same title, chapters, breaks and words, and the italics."""
    book = book_of(write(tmp_path, name, FILES[name]))
    assert told(book, plain=True) == told(book_of(write(tmp_path, "story.txt", TEXT)), plain=True)
    assert Run("late", italic=True) in book.chapters[0].blocks[0].runs


@pytest.mark.parametrize("name", list(FILES))
def test_what_mark_writes_of_any_format_reads_back(tmp_path, name):
    """The marked manuscript of a file of any format, with its front matter, is the same book."""
    manuscript = read(write(tmp_path, name, FILES[name]))
    book = mark_up(manuscript, House())
    again = write(tmp_path, "marked.md", front_matter(manuscript.found) + marked(book))
    assert told(book_of(again)) == told(book)
    assert read(again).found == manuscript.found


@pytest.mark.parametrize("name", list(FILES))
def test_new_from_any_format_builds(tmp_path, name, capsys, monkeypatch):
    """`new --from` lays out a project with title, author and marked manuscript, and it builds as it stands."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, name, FILES[name])
    assert main(["new", "zine", "--from", name]) == 0
    config = (tmp_path / "zine" / "pressbook.toml").read_text(encoding="utf-8")
    assert 'title = "The Salt Road"\nauthor = "Ada Quill"\n' in config
    assert f'language = "{"en-GB" if name.endswith("epub") else "en-US"}"' in config
    assert (tmp_path / "zine" / "text" / f"{name[0]}.md").exists()
    assert main(["build", "zine", "--quiet"]) == 0
    assert (tmp_path / "zine" / "dist" / f"{name[0]}.pdf").stat().st_size > 1000


def test_plain_text_waits_for_no_library(tmp_path, shell):
    """Building a text file imports no parser of other formats."""
    write(tmp_path, "a.txt", TEXT)
    code = "import sys; from pressbook.cli import main; main(['build', 'a.txt', '--quiet']);"
    code += (
        "print([name for name in ('lxml', 'markdown_it', 'html.entities', 'pressbook.manuscript.faircopy') if name in sys.modules])"
    )
    assert shell("-c", code).stdout.strip() == "[]"


def test_front_matter_reads_back():
    """Whatever a file tells is written and read alike, quotation marks and colons too."""
    from pressbook.manuscript.frontmatter import split_front_matter

    found = Found('A "Fine": Day', "o'ada_\\", "en", "http://a.example/works/1", "Part 1 of: X", (("Fandom", "A: B"), ("", "c d")))
    assert split_front_matter(front_matter(found) + "Text")[0] == found
    assert front_matter(Found()) == ""


def test_hyphens_on_top_are_no_front_matter(tmp_path):
    """A story that opens with a break keeps its words."""
    text = "---\nIt was late: very late.\nShe went.\n\n---\n\nHe came.\n"
    assert "It was late" in marked(book_of(write(tmp_path, "a.md", text)))


def test_words_emphasised_in_part(tmp_path):
    """Emphasis inside a word takes the whole word, and a notice counts such words."""
    manuscript = read(write(tmp_path, "a.html", html("<p>Un<em>believ</em>able, <i>any</i>one and <i>so</i>.</p>")))
    assert manuscript.blocks[0].text == "*Unbelievable*, *anyone* and *so*."
    assert any(finding.message.startswith("2 words were") for finding in manuscript.findings)


def test_literal_marks_stay_letters(tmp_path):
    """Stars and slashes in a file with italics of its own are letters; a file without any may mean them as marks."""
    own = book_of(write(tmp_path, "a.html", html("<p>A *star* and /slash/ and <i>this</i>.</p>")))
    assert "A *star* and /slash/ and " in [run.text for run in own.chapters[0].blocks[0].runs]
    none = book_of(write(tmp_path, "b.html", html("<p>A *star* here.</p>")))
    assert Run("star", italic=True) in none.chapters[0].blocks[0].runs


def test_word_styles_toggle(tmp_path):
    """Emphasis by style is read, is roman in an italic paragraph, and struck-out words are gone."""
    body = (
        w("All ", ("not", '<w:rStyle w:val="Em"/>'), " so.", style="Thought")
        + "<w:p><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del><w:ins><w:r><w:t>Come.</w:t></w:r></w:ins></w:p>"
        + '<w:p><w:r><w:t>Noted</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    )
    notes = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    notes += '<w:footnote w:id="7"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    manuscript = read(write(tmp_path, "a.docx", docx(body, **{"word/footnotes.xml": notes})))
    assert [block.text for block in manuscript.blocks] == ["*All* not *so.*", "Come.", "Noted[^1]", "[^1]: A note."]


def test_notes_of_an_epub_stand_below(tmp_path):
    """A footnote's number stays in the text, the note comes after it; pages outside the story are left out and named."""
    pages = {
        "cover": "<p>The Salt Road</p><p>Ada Quill</p>",
        "one": '<h1>One</h1><p>Salt<a epub:type="noteref" href="#n1">1</a>.</p>'
        '<aside epub:type="footnote" id="n1"><p>White.</p></aside>',
    }
    manuscript = read(write(tmp_path, "a.epub", epub(pages, "The Salt Road", "Ada Quill")))
    assert [block.text for block in manuscript.blocks] == ["# One", "Salt[^1].", "[^1]: White."]
    assert any("cover.xhtml" in finding.message for finding in manuscript.findings)


def test_styles_of_a_sheet_are_heeded(tmp_path):
    """Italics that a converter moved into a style sheet are italics; what is hidden is not read."""
    head = "<style>.calibre3 { font-style: italic } .x{display:none}</style>"
    manuscript = read(write(tmp_path, "a.html", html('<p>So <span class="calibre3">it</span> is.</p><p class="x">No.</p>', head)))
    assert [block.text for block in manuscript.blocks] == ["So *it* is."]


def test_every_suffix_is_found_in_text(tmp_path):
    """A project finds a manuscript of any format in its text folder."""
    from pressbook.project import TEXT_SUFFIXES, find_project

    for suffix in TEXT_SUFFIXES:
        folder = tmp_path / suffix[1:]
        (folder / "text").mkdir(parents=True)
        (folder / "text" / f"a{suffix}").write_bytes(b"x")
        assert find_project(folder, (), None).sources[0].suffix == suffix


@pytest.mark.parametrize(("creator", "author"), [("python-docx", ""), ("Microsoft Office User", ""), ("Ada Quill", "Ada Quill")])
def test_the_record_of_a_file_names_a_person_or_nobody(tmp_path, creator, author):
    """What programs write for an author who was not asked is on no title page."""
    core = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{creator}</dc:creator><dc:title>Document1</dc:title></p>'
    found = read(write(tmp_path, "a.docx", docx(w("Nine boats lay in the harbour."), **{"docProps/core.xml": core}))).found
    assert (found.author, found.title) == (author, "")


def test_the_author_typed_below_the_title_wins_over_the_record(tmp_path):
    """A name under the title is the author's, whoever's machine it was typed on."""
    core = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Tam Reed</dc:creator></p>'
    body = w("The Salt Road") + w("by Ada Quill") + w("Nine boats lay in the harbour.") + w("Nobody counted them.")
    book = mark_up(read(write(tmp_path, "a.docx", docx(body, **{"docProps/core.xml": core}))), House())
    assert (book.title, book.author) == ("The Salt Road", "Ada Quill")
