"""Downloads of the Archive of Our Own, in their several shapes: what belongs to the story, and what only stands beside it."""

import pytest
from formats import epub, html, write

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.markup import mark_up
from pressbook.model.story import Book, Paragraph, Pause, Run, SceneBreak

PREFACE = """<div id="preface"><h2 class="toc-heading">Preface</h2>
<p class="message"><b>The Lamp</b><br/>
Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at
<a href="http://archiveofourown.org/works/42">http://archiveofourown.org/works/42</a>.</p>
<div class="meta"><dl class="tags">
<dt>Rating:</dt><dd><a>General Audiences</a></dd><dt>Fandom:</dt><dd><a>Boats &amp; Lamps</a></dd>
<dt>Language:</dt><dd>English</dd><dt>Series:</dt><dd>Part 1 of <a>Lamps</a></dd><dt>Stats:</dt><dd>Words: 7</dd></dl>
<h1>The Lamp</h1><div class="byline">by <a rel="author" href="#">ada_quill</a>, <a rel="author" href="#">Tom</a></div>
<p>Summary</p><blockquote class="userstuff"><p>A boat is late.</p></blockquote>
<p>Notes</p><blockquote class="userstuff"><p>For Sam.</p><p>And <em>Ann</em>.</p></blockquote>
<div class="endnote-link">See the end of the work for <a href="#endnotes">more notes</a></div></div></div>"""
AFTER = """<div id="afterword"><h2 class="toc-heading">Afterword</h2><div class="meta"><div id="endnotes"><p>End Notes</p>
<blockquote class="userstuff"><p>Thanks for reading.</p></blockquote></div></div>
<p class="message">Please <a>drop by the Archive and comment</a> to let the creator know!</p></div>"""


def chapter(title: str, content: str, notes: str = "", ends: str = "") -> str:
    """Lay out a chapter as the archive does."""
    before = f'<p>Chapter Summary</p><blockquote class="userstuff"><p>{notes}</p></blockquote>' if notes else ""
    after = (
        f'<div class="meta" id="endnotes1"><p>Chapter End Notes</p><blockquote class="userstuff"><p>{ends}</p></blockquote></div>'
    )
    return (
        f'<div class="meta group"><h2 class="heading">{title}</h2>{before}</div>\n<!--chapter content-->'
        f'<div class="userstuff">{content}</div><!--/chapter content-->{after if ends else ""}'
    )


def work(chapters: str) -> bytes:
    """Lay out a work."""
    return html(
        f'{PREFACE}<div id="chapters" class="userstuff">{chapters}</div>{AFTER}', "<style>.toc-heading{display:none}</style>"
    )


def understood(tmp_path, data: bytes, name: str = "a.html") -> Book:
    """Read and understand a download."""
    return mark_up(read(write(tmp_path, name, data)), House())


def seen(book: Book) -> list[tuple[str, str, list[str]]]:
    """Each chapter's kind, title and blocks: a quotation behind `>`, a break as stars."""
    rows = []
    for part in book.chapters:
        blocks = []
        for block in part.blocks:
            if isinstance(block, Paragraph):
                blocks.append(("> " if block.kind == "quote" else "") + "".join(run.text for run in block.runs))
            else:
                blocks.append("***" if isinstance(block, SceneBreak) else "~")
        rows.append((part.kind, part.title, blocks))
    return rows


CLEAN = "<p>“Late,” he <em>said</em> - late.</p>\n<p>&nbsp;</p>\n<p>Then it was.</p><p>And so on.</p>"
STRAIGHT = '<p>"Late," he <i>said</i> - late.</p><p>xxx</p><p>Then it was.</p><p>And so on.</p>'
EMPTY = "&nbsp;<br />\n"
LINES = f"<p>“Late,” he <i>said</i> -&nbsp;late.<br />\n{EMPTY * 7}Then it was.<br />\n{EMPTY}And so on.</p>"
FRONT = [("front", "Summary", ["A boat is late."]), ("front", "Notes", ["For Sam.", "And Ann."])]
BACK = ("back", "Notes", ["Thanks for reading."])
SAID = ["“Late,” he said—late.", "***", "Then it was.", "And so on."]


@pytest.mark.parametrize("content", [CLEAN, STRAIGHT, LINES], ids=["empty paragraphs", "signs", "line ends"])
def test_one_chapter(tmp_path, content):
    """Each way to mark a scene break is one; the archive's notes stand apart, its own words are gone."""
    book = understood(tmp_path, work(f'<h2 class="toc-heading">The Lamp</h2><div class="userstuff">{content}</div>'))
    assert (book.title, book.author) == ("The Lamp", "ada_quill, Tom")
    assert seen(book) == [*FRONT, ("chapter", "", SAID), BACK]
    assert Run("said", italic=True) in next(c for c in book.chapters if c.kind == "chapter").blocks[0].runs


def test_several_chapters(tmp_path):
    """Chapters have their titles, numbers alone too; notes at a chapter's ends are quotations in it."""
    book = understood(
        tmp_path, work(chapter("Chapter 1: Out", CLEAN, notes="He is late.", ends="More soon.") + chapter("Chapter 2", LINES))
    )
    first = ("chapter", "Chapter 1: Out", ["> Summary: He is late.", *SAID, "> Notes: More soon."])
    assert seen(book) == [*FRONT, first, ("chapter", "Chapter 2", SAID), BACK]


def test_what_the_work_says_of_itself(tmp_path):
    """Title, authors, language, address, series and tags are kept beside the words."""
    found = read(write(tmp_path, "a.html", work(chapter("Chapter 1", CLEAN)))).found
    assert (found.title, found.author, found.language) == ("The Lamp", "ada_quill, Tom", "en-US")
    assert (found.address, found.series) == ("http://archiveofourown.org/works/42", "Part 1 of Lamps")
    assert ("Fandom", "Boats & Lamps") in found.tags


def test_epub_of_the_archive(tmp_path):
    """The EPUB of a work, its parts in several pages and its classes numbered by a converter, is the same book as the HTML."""
    chapters = [chapter("Chapter 1: Out", CLEAN, notes="He is late.", ends="More soon."), chapter("Chapter 2", STRAIGHT)]
    pages = {
        "p0": PREFACE,
        **{f"p{k}": text.replace('"userstuff">', '"userstuff2 calibre1">', 1) for k, text in enumerate(chapters, 1)},
    }
    pages["p9"] = AFTER
    pages = {name: text.replace("&nbsp;", "\xa0") for name, text in pages.items()}
    pages["p1"] = pages["p1"].replace('<div class="userstuff">', '<div class="userstuff2">')
    bound = understood(tmp_path, epub(pages, "The Lamp", "ada_quill"), "a.epub")
    assert seen(bound) == seen(understood(tmp_path, work("".join(chapters))))
    assert bound.author == "ada_quill, Tom"


@pytest.mark.parametrize("suffix", [".html", ".epub"])
@pytest.mark.parametrize("notes", ["front", "chapter", "back", "off"])
def test_notes_never_mix_with_the_story(run, tmp_path, suffix, notes):
    """Wherever the notes of both ends go, of the work and of a chapter, the story's paragraphs stand as they were, and in order."""
    first = chapter("Chapter 1: Out", CLEAN, notes="He is late.", ends="More soon.")
    chapters = [first, chapter("Chapter 2", STRAIGHT, ends="Done.")]
    data = work("".join(chapters))
    if suffix == ".epub":
        parts = [text.replace("&nbsp;", "\xa0") for text in (PREFACE, *chapters, AFTER)]
        data = epub(dict(zip("abcd", parts, strict=True)), "The Lamp")
    keys = ("--set", f"book.notes={notes}", "--set", "outputs.epub=true", "--set", "outputs.booklet=false")
    assert run("build", write(tmp_path, f"lamp{suffix}", data), "--quiet", *keys).status == 0
    book = mark_up(read(tmp_path / "dist" / "lamp.epub"), House())
    story = [
        "".join(run.text for run in block.runs)
        for part in book.chapters
        if part.kind == "chapter" and part.title.startswith("Chapter")
        for block in part.blocks
        if isinstance(block, Paragraph) and block.kind == "body"
    ]
    said = [words for words in SAID if words != "***"]
    assert [words for words in story if words in said] == said * 2
    paragraphs = [block for part in book.chapters for block in part.blocks if isinstance(block, Paragraph)]
    every = " ".join("".join(run.text for run in block.runs) for block in paragraphs)
    for words in ("A boat is late.", "And Ann.", "He is late.", "More soon.", "Done.", "Thanks for reading."):
        assert every.count(words) == (notes != "off"), words


def test_first_lines_are_the_story_s(tmp_path):
    """A short first line is no title where the archive has told one, and no pause or word is lost."""
    book = understood(tmp_path, work('<div class="userstuff"><p>Three Days Later</p><p>It rained on the boat.</p></div>'))
    assert book.title == "The Lamp"
    assert [words for kind, _, blocks in seen(book) if kind == "chapter" for words in blocks] == [
        "Three Days Later",
        "It rained on the boat.",
    ]
    assert not any(isinstance(block, Pause) for part in book.chapters for block in part.blocks)
