"""Links: out of the rules' way, written back, and set as text or with a note."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import typed

from pressbook.config.schema import BookKeys, House
from pressbook.markup import mark_up, marked, understand
from pressbook.model import Book, Paragraph
from pressbook.model.story import shown


def noted(text: str, links: str = "notes") -> Book:
    """Understand a story whose links have notes."""
    return understand([typed(text)], BookKeys(), House(links=links))


def words(book: Book) -> list[str]:
    """List the paragraphs of a book, figures in brackets."""
    paragraphs = [block for chapter in book.chapters for block in chapter.blocks if isinstance(block, Paragraph)]
    return ["".join(f"[{run.text}]" if run.note else run.text for run in paragraph.runs) for paragraph in paragraphs]


def notes(book: Book) -> list[list[str]]:
    """List the words of each chapter's notes."""
    return [["".join(run.text for p in note.paragraphs for run in p.runs) for note in each.notes] for each in book.chapters]


@pytest.mark.parametrize(
    ("text", "says", "below"),
    [
        ("See [the sea](https://a.example/) there.", "See the sea[1] there.", ["a.example"]),
        ("See [the sea](https://a.example/b).", "See the sea.[1]", ["a.example/b"]),
        ('"See [the sea](https://a.example)," he said.', "“See the sea,”[1] he said.", ["a.example"]),
        ("[Tom](https://a.example)'s boat and *[Ann](https://b.example)* too.", "Tom[1]’s boat and Ann[2] too.",
         ["a.example", "b.example"]),
        ("[One](https://a.example), [two](https://b.example), [one](https://a.example).", "One,[1] two,[2] one.[1]",
         ["a.example", "b.example"]),
        ("Write to [Tom](mailto:tom@a.example?subject=x).", "Write to Tom.[1]", ["tom@a.example"]),
        ("See [a.example/b](https://a.example/b/) there.", "See a.example/b there.", []),
        ("It rained.[^1] See [it](https://a.example) now.[^2]\n\n[^2]: Two.\n\n[^1]: One, as [he](https://b.example) said.",
         "It rained.[1] See it[2] now.[3]", ["One, as he (b.example) said.", "a.example", "Two."]),
        ("No [link](chapter 2) nor \\[this](https://a.example).", "No [link](chapter 2) nor [this](https://a.example).", []),
    ],
)  # fmt: skip
def test_notes(text, says, below):
    """A figure stands behind the words and their stops, counted with the other notes; an address once in a chapter, and bare."""
    book = noted("# One\n\n" + text)
    assert words(book) == [says]
    assert notes(book) == [below]


def test_text_drops_addresses_and_says_so():
    """By default the words stay, and a notice counts the links that lost their addresses, bare addresses not among them."""
    book = noted("A [b](https://a.example) c [d](http://d.example/e). See [a.example](https://a.example).", "text")
    assert words(book) == ["A b c d. See a.example."]
    assert notes(book) == [[]]
    assert [each.message for each in book.findings if each.rule == "links"] == ["2 links are set as text, without the address"]


def test_each_chapter_has_its_own():
    """An address has a note in each chapter that leads to it."""
    book = noted("# One\n\nA [b](https://a.example) c.\n\n# Two\n\nA [b](https://a.example) c.")
    assert notes(book) == [["a.example"], ["a.example"]]


def test_decisions_keep_their_letters():
    """What was decided behind a link still names its letters once a figure stands before them."""
    book = noted("[Salt](https://a.example) is dear. *I want some,* she thought.")
    (text,) = ["".join(run.text for run in block.runs) for block in book.chapters[0].blocks]
    thoughts = [each for each in book.decisions if each.text == "I want some,"]
    assert thoughts
    assert all(text[each.start : each.end] == each.text for each in thoughts)


PIECE = st.sampled_from(
    ["salt", '"', "'", "*", " ", ", ", ". ", "(", ")", "[", "]", "—", "I think", "!", "[^1]", "_", "\\", "\n\n"]
) | st.builds("[{}]({})".format, st.sampled_from(["sea", "*sea*", 'the "sea"', "[sea]", "sea's"]), st.just("https://a.example/_b"))
PIECES = st.lists(st.tuples(PIECE, st.sampled_from(["", " "])).map("".join), min_size=1, max_size=12).map("".join)


@given(PIECES)
@settings(max_examples=100, deadline=None)
def test_marked_links_read_back(pieces):
    """Whatever stands around links, with or without a space between, what mark writes once it writes again."""
    text = "It rained.\n\n" + pieces
    book = mark_up(typed(text), House())
    once = marked(book)
    assert marked(mark_up(typed(once), House())) == once


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://a.example/", "a.example"),
        ("http://www.a.example/b/c", "www.a.example/b/c"),
        ("mailto:a@b.example?x", "a@b.example"),
    ],
)
def test_shown(address, bare):
    """An address is shown without its scheme and its last slash."""
    assert shown(address) == bare
