"""Footnotes: references and notes find each other, are counted by chapter, and are written back; nothing else is taken for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import marks, shape, typed, understood

from pressbook.config.schema import House
from pressbook.manuscript.marks import parse_marks
from pressbook.markup import mark_up, marked
from pressbook.model.story import Paragraph, Run

LONG = "The harbour had been empty since the spring, and nobody in the town could say why the boats stayed away so long."


def notes(text: str) -> list[list[str]]:
    """List the words of each chapter's notes."""
    return [
        ["|".join("".join(run.text for run in paragraph.runs) for paragraph in note.paragraphs) for note in chapter.notes]
        for chapter in understood(text).chapters
    ]


def cited(text: str) -> list[list[int]]:
    """List which notes each chapter refers to, in order."""
    return [
        [run.note for block in chapter.blocks if isinstance(block, Paragraph) for run in block.runs if run.note]
        for chapter in understood(text).chapters
    ]


def test_a_note_is_bound_to_its_chapter():
    """Labels of any kind, notes anywhere below or above, are counted by chapter in the order of their references."""
    text = f"# One\n\n[^b]: Of salt.\n\n{LONG}[^x] It *was*[^b] so.[^x]\n\n# Two\n\n{LONG}[^1]\n\n# Notes\n\n[^x]: A.\n[^1]: B."
    assert notes(text) == [["A.", "Of salt."], ["B."]]
    assert cited(text) == [[1, 2, 1], [1]]


def test_the_same_label_in_each_chapter():
    """Where each chapter counts its notes from 1, a reference means the next note below it."""
    text = f"# One\n\n{LONG}[^1]\n\n[^1]: A.\n\n# Two\n\n{LONG}[^1]\n\n[^1]: B."
    assert notes(text) == [["A."], ["B."]]


def test_the_words_of_notes_are_marked_up():
    """Quotation marks, dashes and stars in notes are set as in the text, and speech in one does not go on in the next."""
    text = f'{LONG}[^1] "Yes,"[^2] he said.\n\n[^1]: It\'s "salt -\n\n[^2]: A *rare* "yes" - once.'
    assert marks(text).endswith("[^1]: It’s “salt—\n\n[^2]: A *rare* “yes”—once.")
    assert "“Yes,”[^2] he said." in marks(text)


def test_what_is_indented_below_goes_on_with_the_note():
    """A note's later paragraphs are indented; the story's, where all are, are not."""
    text = f"{LONG}[^1]\n\n[^1]: One.\n\n    Two.\n\n{LONG}"
    assert notes(text) == [["One.|Two."]]
    indented = "\n".join(f"    {LONG}{end}" for end in ("", "[^1]", "")) + f"\n    [^1]: One.\n    {LONG}\n    {LONG}"
    assert notes(indented) == [["One."]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{LONG}[1]\n\n[1] Salt.", ["Salt."]),
        (f"{LONG} [1]\n\n{LONG}[2]\n\n[1] Salt.\n[2] Rain.", ["Salt.", "Rain."]),
        (f"{LONG}¹ {LONG}\n\n¹ Salt.\n\n{LONG}", ["Salt."]),
        (f"{LONG}(1)\n\n{LONG}\n\n(1) Salt.", ["Salt."]),
        (f"{LONG}*\n\n{LONG}\n\n* Salt.", ["Salt."]),
        (f"{LONG}†\n\n{LONG}\n\n† Salt.", ["Salt."]),
        (f"{LONG}[1] {LONG}[1]\n\n[1] Salt.", []),
        (f"{LONG}\n\n[1] Salt.", []),
        (f"{LONG} (1) he ran.\n\n(1) Salt.", []),
        (f"{LONG}(1)\n\n(1) Salt.\n\n{LONG}", []),
        (f"{LONG} *so* it* was.\n\n* Salt.", []),
        (f"# One\n\n{LONG}[1]\n\n# Two\n\n[1] Salt.", []),
        (f"{LONG}[^1]", []),
        (f"{LONG}\n\n[^1]: Salt.", []),
    ],
)
def test_typed_notes_are_taken_where_nothing_else_can_be_meant(text, found):
    """`[1]` needs one reference in its chapter; `(1)`, a star or a dagger must stand at the chapter's end besides."""
    assert [words for chapter in notes(text) for words in chapter] == found
    if not found:
        assert not any(run.note for c in understood(text).chapters for b in c.blocks if isinstance(b, Paragraph) for run in b.runs)


def test_a_typed_note_can_be_rejected():
    """What was taken for a note, and where the text refers to it, stays as typed if its author says so."""
    text = f"{LONG}[1] So.\n\n{LONG}\n\n[1] Salt is white."
    ruling = '[[decision]]\nkind = "footnote"\nin = "Salt is white"\nverdict = "reject"\n'
    for said in (ruling, '[rules]\nfootnote-typed = "reject"\n'):
        manuscript = typed(text)
        manuscript = manuscript.__class__(
            manuscript.blocks, "a", manuscript.layout, "utf-8", overrules=parse_marks(said, "a.marks.toml")
        )
        book = mark_up(manuscript, House())
        # Written down, it bears the mark of a plain paragraph: without the ruling beside it, it would be a note again.
        assert marked(book) == text.replace("[1] Salt", "\\ [1] Salt") + "\n"
        assert not book.chapters[0].notes


def test_a_heading_hands_its_note_on():
    """A reference in a title or heading stands at the end of the paragraph below, so that no title holds a figure."""
    book = understood(f"# One[^1]\n\n{LONG}\n\n## Night[^2]\n\n{LONG}\n\n[^1]: A.\n\n[^2]: B.")
    (chapter,) = book.chapters
    assert chapter.title == "One"
    assert [block.runs[-1] for block in chapter.blocks] == [Run("1", note=1), Run("Night"), Run("2", note=2)]


def test_signs_that_are_no_notes_read_back():
    """A sign without a note, or one with a backslash, is letters, and stays so."""
    text = f"{LONG}[^1] and \\[^2].\n\n[^2]: Salt."
    book = understood(text)
    assert "".join(run.text for run in book.chapters[0].blocks[0].runs) == f"{LONG}[^1] and [^2]."
    assert shape(understood(marked(book))) == shape(book)


PIECES = (
    "[^1]", "[^2]", "[^1]: A lamp.", "[^2]: *Rain* fell.", "[3]", "[3] Salt.", "(4)", "(4) Fog.", "*", "* Dew.", "\\[^1]",
    "    More.", "She went on,", '"Well," he said.', "*so*", "# Two", "# One", "***",
)  # fmt: skip
parts = st.lists(st.sampled_from(PIECES), min_size=2, max_size=14)
gaps = st.lists(st.sampled_from(["\n\n", " ", "", "\n\n\n"]), min_size=14, max_size=14)


@settings(max_examples=100, deadline=None)
@given(parts, gaps)
def test_marking_notes_is_a_fixed_point(parts, gaps):
    """However references and notes are typed, what is marked reads back to the same book, and no letter is lost."""
    text = f"{LONG}\n\n{LONG} " + "".join(part + gap for part, gap in zip(parts, gaps, strict=False)) + f" {LONG}"
    book = understood(text)
    again = understood(marked(book))
    assert marked(again) == marked(book)
    assert [chapter.notes and len(chapter.notes) for chapter in again.chapters] == [
        chapter.notes and len(chapter.notes) for chapter in book.chapters
    ]
    left = sorted(letter for letter in marked(book) if letter.isalpha())
    kept = sorted(letter for letter in "".join(block.text for block in typed(text).blocks) if letter.isalpha())
    assert left == kept or len(left) > len(kept)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{LONG}[^x]\n\n{LONG}", ["line 1: [^x] refers to a note that is not there"]),
        (f"{LONG}\n\n{LONG}\n\n[^1]: Salt.", ["line 5: the note [^1] stands in the text: nothing refers to it"]),
        (
            f"{LONG}[^1]\n\n{LONG}[^1]\n\n[^1]: Salt.\n\n[^1]: Bread.",
            ["line 7: a second note by the name [^1] stands in the text: nothing refers to it"],
        ),
        (f"{LONG}[^1] And more.[^1]\n\n[^1]: Salt.", []),
        (f"{LONG}\\[^x]", []),
    ],
)
def test_references_and_notes_that_do_not_meet_are_reported(text, says):
    """The warning names line and label of a note that nothing refers to, of a second by one name, and of a reference to none."""
    assert [found.message for found in understood(text).findings if found.rule == "footnotes"] == says
