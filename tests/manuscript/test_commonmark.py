"""Markdown files: what CommonMark means is read as meant, and what `mark` writes is read back."""

import pytest
from formats import write
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.markup import mark_up, marked
from pressbook.model.story import LINE_END

LINK = "[Here](chapter.html) it is.\n\n"
"""What makes a file CommonMark for certain."""


def texts(tmp_path, text: str) -> list[str]:
    """Read a Markdown file's blocks."""
    return [block.text for block in read(write(tmp_path, "a.md", text)).blocks]


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        (LINK, ["Here it is."]),
        ("[Here][1] it is.\n\n[1]: http://a.example\n", ["[Here](http://a.example) it is."]),
        ("<http://a.example> it is.", ["http://a.example it is."]),
        ("The Well\n========\n\nText.", ["# The Well", "Text."]),
        ("The Well\n--------\n\nText.", ["## The Well", "Text."]),
        ("She left.\n---\nHe came. [a](b)", ["She left.", "* * *", "He came. a"]),
        (LINK + "***\n\nNext.", ["Here it is.", "* * *", "Next."]),
        (LINK + "~~~\n\nNext.\n\n~~~\n\nLast.", ["Here it is.", "* * *", "Next.", "* * *", "Last."]),
        (LINK + "one  \ntwo\\\nthree\nfour", ["Here it is.", f"one{LINE_END}two{LINE_END}three\nfour"]),
        (LINK + "A <!-- not this -->word.\n\n<!-- nor\n\nthis -->\n\nB.", ["Here it is.", "A word.", "B."]),
        (LINK + "A <i>soft</i> <b>loud</b><br>word.", ["Here it is.", f"A *soft* **loud**{LINE_END}word."]),
        (LINK + "Caf&eacute; &amp; <sam> hi.", ["Here it is.", "Café & <sam> hi."]),
        ("- salt\n- water\n", ["• salt", "• water"]),
        ("1. salt\n2. water\n", ["1. salt", "2. water"]),
        (LINK + "* salt\n* \n* water\n\nEnd.", ["Here it is.", "• salt", "• water", "End."]),
        (LINK + "1. salt\n2.\n3. water\n\n-\n\nEnd.", ["Here it is.", "1. salt", "3. water", "End."]),
        (LINK + "- No, he said.\n\n- Yes.\n", ["Here it is.", "- No, he said.", "- Yes."]),
        (LINK + "> One\n> line.\n>\n> Two.\n\n> Three.", ["Here it is.", "> One\nline.", "> Two.", "> Three."]),
        (LINK + "It\\'s \\*lit\\* 1986\\. End.", ["Here it is.", "It's \\*lit\\* 1986. End."]),
        (LINK + "    An indented paragraph.", ["Here it is.", "An indented paragraph."]),
        (LINK + '<div align="center">A *sign*</div>\n\nText.', ["Here it is.", "A *sign*", "Text."]),
        ("![a](b.png)\n\nText.", ["Text."]),
    ],
)  # fmt: skip
def test_commonmark(tmp_path, typed, blocks):
    """Links, headings of both kinds, breaks, kept line ends, comments, tags, lists, quotations and escapes."""
    assert texts(tmp_path, typed) == blocks


def test_front_matter_of_others(tmp_path):
    """Front matter as other programs write it: lists, quotes, words that are no story's."""
    told = "layout: post\ntitle: 'Ada''s Road'\nauthors:\n  - Ada Quill\n  - Tom\nsummary: A road.\ndraft: false"
    text = f"---\n{told}\n...\nText of it.\n"
    manuscript = read(write(tmp_path, "a.md", text))
    assert (manuscript.found.title, manuscript.found.author) == ("Ada's Road", "Ada Quill, Tom")
    assert [block.text for block in manuscript.blocks] == ["> Summary: A road.", "Text of it."]
    assert manuscript.blocks[1].line == 10


SAID = "[Here](there) [a][b] [x]: <i>so</i> <br> <sam> hi &amp; &eacute; R&D; `code` it\\'s \\! <!-- no --> http://a.b/_c_"
WORDS = [*SAID.split(), *["-", "1.", "+", "*", "~", ">", "#", "said", "***wow***", "*a*", "Salt", '"road,"', "'tis"]]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=5))
def test_what_mark_writes_reads_back(tmp_path_factory, paragraphs):
    """Text that CommonMark would take for links, tags or entities comes back from the marked manuscript letter by letter."""
    folder = tmp_path_factory.getbasetemp()
    text = "It was late, and so on.\n\n" + "\n\n".join(paragraphs) + "\n\nThat was all of it.\n"
    book = mark_up(read(write(folder, "typed.txt", text)), House())
    again = mark_up(read(write(folder, "typed.md", marked(book))), House())
    assert marked(again) == marked(book)
    assert [[getattr(block, "runs", None) for block in part.blocks] for part in again.chapters] == [
        [getattr(block, "runs", None) for block in part.blocks] for part in book.chapters
    ]


@pytest.mark.parametrize(
    ("typed", "title", "blocks"),
    [
        ("# The Lamp\n\nby Ada Lee\n\n## Chapter 1\n\nRain.\n\n## Chapter 2\n\nSun.", "The Lamp/Ada Lee", "# Chapter 1|Rain.|# Chapter 2|Sun."),  # noqa: E501
        ("# The Lamp\n\n## Part 1\n\n### Dawn\n\nRain.\n\n## Part 2\n\nSun.", "The Lamp/", "# Part 1|## Dawn|Rain.|# Part 2|Sun."),
        ("# The *Lamp*\n\n" + "## Dawn\n\n" + "rain " * 400 + "\n\n## Dusk\n\n" + "sun " * 400, "The Lamp/", "# Dawn|…|# Dusk|…"),
        # A short story's sections, a chapter's, and titles of another rank stay what they are.
        ("# The Lamp\n\n## Dawn\n\nRain.\n\n## Dusk\n\nSun.", "/", "# The Lamp|## Dawn|Rain.|## Dusk|Sun."),
        ("# Chapter 1\n\n## Part One\n\nRain.\n\n## Part Two\n\nSun.", "/", "# Chapter 1|## Part One|Rain.|## Part Two|Sun."),
        ("Fog.\n\n# A\n\n## Chapter 1\n\nRain.\n\n## Chapter 2\n\nSun.", "/", "Fog.|# A|## Chapter 1|Rain.|## Chapter 2|Sun."),
        ("---\ntitle: Salt\n---\n# A\n\n## Chapter 1\n\nRain.\n\n## Chapter 2\n\nSun.", "Salt/", "# A|## Chapter 1|Rain.|## Chapter 2|Sun."),  # noqa: E501
    ],
)  # fmt: skip
def test_the_title_over_all_chapters(tmp_path, typed, title, blocks):
    """The one heading of the first level over chapters of the second is the book's title, as in a word processor's file."""
    manuscript = read(write(tmp_path, "a.md", typed))
    assert f"{manuscript.found.title}/{manuscript.found.author}" == title
    assert [block.text if len(block.text) < 60 else "…" for block in manuscript.blocks] == blocks.split("|")


@pytest.mark.parametrize(
    "words",
    [
        *("[[Level Up!]]", "[x]{.red} ink", "==Status==", "100%% and 20%% of it", "%%%"),
        *("~~gone~~", "*~~gone~~*", "a==b", "=== x ===", "\\%% it"),
    ],
)
def test_signs_of_other_schools_stay_letters(tmp_path, words):
    """What a text file has between brackets, strokes or per cents is read back from what `mark` writes, and none of it is gone."""
    book = mark_up(read(write(tmp_path, "a.txt", f"It said so.\n\nHe read {words} and more.\n\nThen he left.\n")), House())
    text = marked(book)
    again = mark_up(read(write(tmp_path, "b.md", text)), House())
    assert marked(again) == text
    assert [block.runs for block in again.chapters[0].blocks] == [block.runs for block in book.chapters[0].blocks]


def test_end_that_looks_like_a_paragraphs_name(tmp_path):
    """A paragraph of a text file that ends as Obsidian names paragraphs keeps its end when what `mark` writes is read back."""
    book = mark_up(read(write(tmp_path, "a.txt", "It said so.\n\nHe typed it ^abc1\n\nThen he left. ^the-end\n")), House())
    again = mark_up(read(write(tmp_path, "b.md", marked(book))), House())
    assert marked(again) == marked(book)
    assert [block.runs for block in again.chapters[0].blocks] == [block.runs for block in book.chapters[0].blocks]
