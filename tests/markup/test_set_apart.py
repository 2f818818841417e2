"""Verse, letters, notes, signs, end lines, typed contents: what stands apart, and how the marked manuscript writes it."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import marks, shape, understood

from pressbook.markup import marked
from pressbook.model.story import Paragraph, SceneBreak

LONG = "The harbour had been empty since the spring, and nobody in the town could say why the boats stayed away so long."
STORY = "\n\n".join([LONG] * 4)
VERSE = """\
The tide came in, the tide went out,
The lamp burned low and clear,
And no one on the harbour wall
Was glad that we were here."""


def kinds(text: str) -> list[str]:
    """Name the blocks of the first chapter by their kinds."""
    return [block.kind if isinstance(block, Paragraph) else type(block).__name__ for block in understood(text).chapters[0].blocks]


def words(block: object) -> str:
    """Join a paragraph's runs."""
    assert isinstance(block, Paragraph)
    return "".join(run.text for run in block.runs)


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("Line one\\\nline two", "verse", "Line one\nline two"),
        ("> Line one\\\n> line two", "quote", "Line one\nline two"),
        ("> KEEP OUT <", "centred", "KEEP OUT"),
        ("> KEEP\\\n> OUT <", "centred", "KEEP\nOUT"),
        (">> Yours, Tom", "signature", "Yours, Tom"),
        (">> Yours,\\\n>> Tom", "signature", "Yours,\nTom"),
        ("> an arrow \\<", "quote", "an arrow <"),
        ("\\>> no signature", "body", ">> no signature"),
        ("a backslash ends it \\\\\nno more", "body", "a backslash ends it \\"),
        ("\\ Chapter One", "body", "Chapter One"),
        ("\\ THE END\\\nYours, Tom", "verse", "THE END\nYours, Tom"),
        ("\\\\ Tom", "body", "\\ Tom"),
        ("\\o/ she typed", "body", "\\o/ she typed"),
    ],
)
def test_notation(typed, kind, text):
    """Each mark of the marked manuscript reads to its kind of paragraph, and writes back as it was."""
    book = understood(f"{LONG}\n\n{typed}\n\n{LONG}")
    block = book.chapters[0].blocks[1]
    assert (block.kind, words(block)) == (kind, text)
    again = marked(book)
    assert shape(understood(again)) == shape(book)
    assert marked(understood(again)) == again


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (f"Mara\n\nI\n\nMara\n\n\n\nFor Anna\n\n{LONG}\n\nI\n\n{LONG}", "Mara"),
        (f'A.\n\nPart Two\n\n~\n\nA/N: hi\n\n{LONG}\n\n"No," he said.\n\n{LONG}\n\n{LONG}', "A/N: hi"),
    ],
)
def test_what_looks_like_something_else_says_that_it_is_a_paragraph(typed, line):
    """A line that would be read for a heading, a name or a note among the marked ones bears a backslash, and stays a line."""
    once = marks(typed)
    assert f"\n\\ {line}\n" in f"{once}\n"
    assert marks(once) == once


def test_a_postscript_belongs_to_its_letter():
    """What follows a signature with `P.S.` is the letter's, not the story's."""
    letter = "Dear Sam,\n\nThe boat is gone.\n\nYours,\nAda\n\nP.S. Do you want the dog?"
    assert kinds(f"{LONG}\n\n{letter}\n\n{LONG}")[1:5] == ["quote", "quote", "signature", "quote"]


@pytest.mark.parametrize("end", ["[End 3/?]", "End of Part 3 of 5", "TBC"])
def test_the_end_of_a_part(end):
    """A posting says at its end which part ends."""
    assert kinds(f"{STORY}\n\n{end}")[-1] == "centred"


def test_labels_of_a_posting():
    """The labels on top of a posting stand apart, its part among them; the part's own heading is one."""
    book = understood(f"Title: Cold Harbour\nAuthor: Ada\nPart: 3/?\nRating: G\n\nPart 3/?\n\n{STORY}")
    assert [(c.title, c.kind, c.number) for c in book.chapters] == [
        ("Part", "front", ""),
        ("Rating", "front", ""),
        ("Part 3/?", "chapter", "Part 3/?"),
    ]


def test_many_labels_are_of_one_piece():
    """Four labels or more with a few words each are one piece of front matter; a note below them is its own."""
    labels = "Summary: a boat\n\nRating: G\n\nPairing: none\n\nSpoilers: none"
    book = understood(f"The Salt Road\n\nby Ada Quill\n\n{labels}\n\nA/N: Hello!\n\n\n{STORY}")
    assert [(c.title, len(c.blocks)) for c in book.chapters if c.kind == "front"] == [("", 4), ("A/N", 1)]
    assert shape(understood(marked(book))) == shape(book)


def test_names_joined_head_a_section_too():
    """Among names that head stretches, two names joined by a sign do as well."""
    text = "\n\n\n".join(f"{name}\n\n{STORY}" for name in ("Tobin", "Mara", "Tobin", "Mara", "Tobin & Mara"))
    assert "## Tobin & Mara" in marks(f"The Boat\n\n{STORY}\n\n\n{text}")


def test_a_face_is_no_stop():
    """The space before a face typed with signs stays."""
    assert "vote :) please" in marks(f"{LONG} Do vote :) please.")


@pytest.mark.parametrize(
    "line",
    [
        "(A/N: I know, I know, but bear with me)",
        "P.S. Do you want the dog?",
        "Write to me at ada@quay.example, please!",
        "~I'll be home before the tide~",
        "(Don't look at me.)",
    ],
)
def test_what_a_hand_wrote_is_no_thought(line):
    """Notes, postscripts, addresses, a song's lines and asides in brackets are never set in italics."""
    assert "*" not in marks(f"{STORY}\n\n{line}\n\n{STORY}")


def test_a_kept_line_end_survives_every_rule():
    """Text rules work across kept line ends and leave each in its place."""
    typed = '"The tide - they said,\\\ncame in...\\\nand \'twas late"'
    assert (
        words(understood(f"{LONG}\n\n{typed}\n\n{LONG}").chapters[0].blocks[1]) == "“The tide—they said,\ncame in…\nand ’twas late”"
    )


@pytest.mark.parametrize("story", [STORY, "\n\n".join([textwrap.fill(LONG, 66)] * 4)])
def test_verse_between_paragraphs(story):
    """Lines that stop before their sentence does are verse, between blank lines and in wrapped text."""
    assert kinds(f"{story}\n\n{VERSE}\n\n{story}")[4] == "verse"


def test_verse_where_each_line_is_a_paragraph():
    """In a book of one paragraph a line, only lines that cannot end a paragraph are verse."""
    prose = "\n".join([LONG, "He nodded.", '"No," she said.', LONG, "Rain fell.", LONG] * 3)
    assert kinds(f"{prose}\n{VERSE}\n{prose}").count("verse") == 1


@pytest.mark.parametrize(
    "lines",
    [
        '"Come here."\n"I will not."\n"You will."',
        "He waited.\nNobody came.\nHe went home.",
        'She said,\n"Come here, and bring the lamp."',
        "The Salt Road\nby Ada Quill",
        "1. The Quay\n2. The Lamp\n3. The Tide",
        "Rating: all ages\nPairing: none\nStatus: complete",
        "The lamp was lit and stood among the stones of the wall\nand nobody in the town had asked who lit it there again",
    ],
)
def test_prose_is_no_verse(lines):
    """Short paragraphs, speech, headings, lists and wrapped lines never become verse."""
    assert "verse" not in kinds(f"{STORY}\n\n{lines}\n\n{STORY}")


def test_chats():
    """Messages keep their lines, with hours before the names or without."""
    for chat in (
        "tom: hi\nsam: where are you\ntom: at the quay",
        "tom: hi\ntom: is this you",
        "[10:32] Sam: late again?\n[10:40] Tom: no",
    ):
        book = understood(f"{STORY}\n\n{chat}\n\n{STORY}")
        assert words(book.chapters[0].blocks[4]) == chat.replace("...", "…")


def test_letters():
    """A letter is set apart from its greeting to its sign-off, and signed to the right."""
    typed = f"{STORY}\n\nDear Sam,\n\nThe lamp is lit.\n\nYours,\n\nTom\n\n{STORY}"
    assert kinds(typed)[3:8] == ["body", "quote", "quote", "signature", "body"]
    assert ">> Yours,\\\n>> Tom" in marks(typed)
    assert "quote" not in kinds(f"{STORY}\n\nDear Sam,\n\nThe lamp is lit.\n\n{STORY}")


@pytest.mark.parametrize(
    "end", ["THE END", "Fin", "FIM", "Einde", "~ The End ~", "To be continued...", "END", "End of Chapter Two"]
)
def test_end_lines(end):
    """The line that says that this is the end stands in the middle; amid the story it is a paragraph."""
    assert kinds(f"{STORY}\n\n{end}")[-1] == "centred"
    assert "centred" not in kinds(f"{STORY}\n\n{end}\n\n{STORY}")


def test_signs_that_spaces_centre():
    """A short line far from the margin is centred."""
    assert kinds(f"{STORY}\n\n{' ' * 20}KEEP OUT\n\n{STORY}")[4] == "centred"


def test_epigraphs():
    """A dash and a name below a heading close an epigraph."""
    typed = f"Chapter One\n\nEvery lamp is a question.\n\n- Ada Quill, The Salt Road\n\n{STORY}"
    assert kinds(typed)[:3] == ["quote", "signature", "body"]
    assert kinds(f"Chapter One\n\nIt rained.\n\n- Come in, he said, and quickly.\n\n{STORY}")[0] == "body"


def test_verse_above_chapters():
    """Verse and a name without its dash, below the headings of several chapters, are their epigraphs."""
    chapter = f"{{}}\n\nThe lamp is low,\nThe tide is slow.\n\nSong of the Quay.\n\n{STORY}\n\n"
    typed = chapter.format("Chapter One") + chapter.format("Chapter Two")
    assert kinds(typed)[:3] == ["quote", "signature", "body"]
    assert kinds(chapter.format("Chapter One"))[:2] == ["verse", "body"]


def test_dedications():
    """A dedication above the first chapter stands apart; above a story without chapters it is a quotation."""
    book = understood(f"The Salt Road\n\nby Ada Quill\n\nFor Anna, who lit it\n\nChapter One\n\n{STORY}")
    assert [(c.title, c.kind) for c in book.chapters] == [("", "front"), ("Chapter One", "chapter")]
    assert kinds(f"The Salt Road\n\nby Ada Quill\n\nFor Anna, who lit it\n\n{STORY}")[:2] == ["quote", "body"]


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        ("For Anna", True),
        ("To my mother and her beloved ferry.", True),
        ("For everyone who waited", True),
        ("In memory of the old quay", True),
        ("This story is dedicated to Tom Merrow", True),
        ("For six years running, Ada had been the keeper.", False),
        ("For a while nobody spoke.", False),
        ("For the first time that winter it rained.", False),
        ("To reach the quay one crosses the bridge.", False),
        ("To Ada it was only a lamp.", False),
    ],
)
def test_a_first_sentence_is_no_dedication(line, apart):
    """A dedication says for whom; a first sentence in which something happens, or that names a span of time, is the story's."""
    assert (kinds(f"The Salt Road\n\nby Ada Quill\n\n{line}\n\n{STORY}")[0] == "quote") is apart


def test_notes_between_chapters():
    """An author's note at a chapter's beginning or end is a quotation in it."""
    text = f"Chapter One\n\nA/N: Hello again!\n\n{STORY}\n\nA/N: More soon.\n\nChapter Two\n\n{STORY}"
    assert kinds(text) == ["quote", "body", "body", "body", "body", "quote"]


def test_typed_contents_are_dropped():
    """A list of contents goes if its entries are the headings below; its decision keeps the words."""
    body = "".join(f"\n\n\nChapter {n}: {name}\n\n{STORY}" for n, name in ((1, "The Quay"), (2, "The Lamp")))
    book = understood("Contents\n\nChapter 1: The Quay ..... 3\nChapter 2: The Lamp ..... 9" + body)
    assert [c.title for c in book.chapters] == ["Chapter 1: The Quay", "Chapter 2: The Lamp"]
    decision = next(d for d in book.decisions if d.rule == "contents")
    assert decision.kind == "front"
    assert "Chapter 2: The Lamp ..... 9" in decision.text
    kept = understood("Contents\n\nChapter 1: The Quay\nChapter 2: The Well" + body)
    assert "contents" not in {d.rule for d in kept.decisions}


def test_gaps_around_what_stands_apart_are_no_breaks():
    """White lines around verse are its own; a gap elsewhere parts scenes."""
    blocks = understood(f"{STORY}\n\n\n{VERSE}\n\n\n{STORY}\n\n\n{STORY}").chapters[0].blocks
    assert sum(isinstance(block, SceneBreak) for block in blocks) == 1


LINES = st.sampled_from(["The lamp,", "the sea", "Amen.", "- x", "> y", "1.", "***", "*so*", "a\\", "Tom", "`z` <", "# w"])
PARTS = st.one_of(
    st.lists(LINES, min_size=1, max_size=4).map("\n".join),
    st.lists(LINES, min_size=2, max_size=4).map("\\\n".join),
    st.lists(LINES, min_size=1, max_size=3).map(lambda lines: "> " + "\\\n> ".join(lines)),
    st.lists(LINES, min_size=1, max_size=3).map(lambda lines: ">> " + "\\\n>> ".join(lines)),
    st.sampled_from(["> END <", "THE END", "Chapter One", "Part Two", "Day 1", "Day 2", "I", "II", "Yours,\nTom", "Dear Sam,"]),
    st.sampled_from(["Yours,", "~HP~", "For Anna", "A/N: hi", "Mara", "THE LAMP", "Mara's POV", "- Ada Quill", "Contents"]),
    st.just("tom: a\nsam: b\ntom: c"),
    st.sampled_from(["by Ada Quill", "The Salt Road", "Tom Merrow", "o", "12 March 1944", "1.", "2.", "Summary: a boat", "[Tom]"]),
    st.sampled_from(
        ["Chapter One\nThe Quay", "The Quay", "Foreword", "Title: The Sea", "Sam:", "\\o/ she typed", "\\ Tom", "~", "--"]
    ),
)
STORIES = st.lists(
    st.tuples(st.one_of(PARTS, st.just(LONG)), st.sampled_from(["\n\n", "\n\n", "\n\n\n", "\n"])), min_size=1, max_size=14
).map(lambda parts: "".join(part + gap for part, gap in parts))


@settings(max_examples=100, deadline=None)
@given(STORIES)
def test_marking_structure_is_a_fixed_point(text):
    """However headings, verse and notes stand together, marking their marked text changes nothing."""
    book = understood(text)
    again = understood(marked(book))
    assert shape(again) == shape(book)
    assert marked(again) == marked(book)


def test_our_own_texts_keep_their_letters():
    """The sample story and this project's own papers come out with every letter and digit, in order."""
    root = Path(__file__).parents[2]
    for path in (*sorted((root / "text").iterdir()), root / "CHANGELOG.md", root / "LICENSE"):
        text = path.read_text(encoding="utf-8")
        assert [c for c in marks(text) if c.isalnum()] == [c for c in text if c.isalnum()]
