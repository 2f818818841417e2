"""Scene breaks, pauses, chapters, front and back matter."""

import textwrap

import pytest
from markup_support import marks, understood

from pressbook.model.story import Paragraph, Pause, SceneBreak

LONG = "The harbour had been empty since the spring, and nobody in the town could say why the boats stayed away so long."

MARKERS = """*** | * * * | ****** | --- | ----- | _____ | # | ### | # # # | ~~~ | ~*~ | -x- | xxx | xXx | x X x | oOo | o0o | -oOo-
<><> | +++ | === | -*- | *~*~* | // | • • • | . . . | . | ⁂ | 🌸🌸🌸 | ~ ~ ~ | \N{MEDIUM WHITE CIRCLE} | [scene break]
-- line break -- | \\\\ | {} | [ ] | ( ) | --- 8< --- | [scene] | ~ new scene ~ | <center>***</center>
-0- | ~0~ | ;;; | , , , | {{}} | /\\/\\/\\ | \\*\\*\\* | -SB- | *:・ﾟ✧*:・ﾟ✧ | ʚ♡ɞ | ~ღ~ | ღ | ★彡 | ⋆｡ﾟ✩ | ༺༻ | °❀⋆.ೃ࿔*:･"""

NOT_MARKERS = """... | … | ?! | " | ! | “…” | Ooo! | XX. | xoxo | 3 | 1914 | Oh | O_O | ^^; | ****! | @#$%&! | #1 | No. 1
0 | ;; | あ | あ！ | ๑. | ええ〜 | -10- | *SOS* | ღ! | ಠ_ಠ | (ಥ_ಥ) | ಠ_ಠ! | ሰላም | *က*"""


@pytest.mark.parametrize("marker", [cell.strip() for line in MARKERS.split("\n") for cell in line.split(" | ")])
def test_typed_markers_are_scene_breaks(marker):
    """A line without words, however typed, is a scene break."""
    blocks = understood(f"{LONG}\n\n{marker}\n\n{LONG}").chapters[0].blocks
    assert [type(block) for block in blocks] == [Paragraph, SceneBreak, Paragraph]


@pytest.mark.parametrize("line", [cell for line in NOT_MARKERS.split("\n") for cell in line.split(" | ")])
def test_lone_signs_that_speak_are_paragraphs(line):
    """A lone ellipsis, mark, interjection or number is no scene break."""
    assert len([b for c in understood(f"{LONG}\n\n{line}\n\n{LONG}").chapters for b in c.blocks if isinstance(b, Paragraph)]) == 3


def test_gap_wider_than_the_habit():
    """Two blank lines are a scene break where one is the habit."""
    assert marks(f"{LONG}\n\n{LONG}\n\n{LONG}\n\n\n{LONG}") == f"{LONG}\n\n{LONG}\n\n{LONG}\n\n* * *\n\n{LONG}"


def test_gap_that_is_the_habit():
    """Two blank lines part paragraphs where they always do, and three are the break."""
    text = "\n\n\n".join([LONG] * 5)
    assert "* * *" not in marks(text)
    assert marks(text + "\n\n\n\n" + LONG).count("* * *") == 1


def test_blank_line_between_lines():
    """One blank line is a scene break where every line is a paragraph."""
    assert marks("\n".join([LONG] * 4) + "\n\n" + LONG).count("* * *") == 1


def test_gap_marker_gap_is_one_break():
    """A gap, a marker and a gap are one scene break."""
    assert marks(f"{LONG}\n\n{LONG}\n\n{LONG}\n\n\n***\n\n\n{LONG}").count("* * *") == 1


def test_gap_that_closes_on_another_is_a_pause():
    """A gap that closes on another after a few words makes both pauses."""
    typed = f"{LONG}\n\n{LONG}\n\n{LONG}\n\n\nNobody answered.\n\n\nStill nobody.\n\n{LONG}"
    blocks = understood(typed).chapters[0].blocks
    assert [type(block) for block in blocks[2:7]] == [Paragraph, Pause, Paragraph, Pause, Paragraph]


def test_tilde_is_a_pause():
    """A tilde alone is a pause."""
    assert [type(b) for b in understood(f"{LONG}\n\n~\n\n{LONG}").chapters[0].blocks] == [Paragraph, Pause, Paragraph]


def test_breaks_at_edges_vanish():
    """A marker at the beginning or the end of a chapter goes."""
    assert marks(f"***\n\n{LONG}\n\n***\n\n# Two\n\n***\n\n{LONG}\n\n***") == f"{LONG}\n\n# Two\n\n{LONG}"


@pytest.mark.parametrize(
    "heading",
    [
        "CHAPTER IV",
        "Chapter One",
        "Chapter 4: The Quay",
        "Chapter 12. The Quay",
        "Prologue",
        "EPILOGUE",
        "Part Two",
        "Chapter Twenty-One",
    ],
)
def test_headings(heading):
    """A line with a chapter's word and number opens a chapter."""
    assert [chapter.title for chapter in understood(f"{LONG}\n\n{heading}\n\n{LONG}").chapters] == ["", heading]


@pytest.mark.parametrize(
    "line", ["Part of me knew.", "Chapter one of her life was over.", "Book two seats for us.", "Interlude music played on."]
)
def test_sentences_are_no_headings(line):
    """A sentence that begins like a heading is a paragraph."""
    assert len(understood(f"{LONG}\n\n{line}\n\n{LONG}").chapters) == 1


def test_titles_in_capitals():
    """Lines in capitals after wide gaps are chapters where the book has several."""
    text = f"THE QUAY\n\n{LONG}\n\n{LONG}\n\n\nTHE LAMP\n\n{LONG}\n\n{LONG}\n\n\nTHE TIDE\n\n{LONG}\n\n{LONG}"
    assert [chapter.title for chapter in understood(text).chapters] == ["", "THE LAMP", "THE TIDE"]


def test_title_and_author():
    """A short first line with `by` under it names title and author, and comes back so."""
    book = understood(f"The Salt Road\nby Ada Quill\n\n{LONG}\n\n{LONG}")
    assert (book.title, book.author, len(book.chapters[0].blocks)) == ("The Salt Road", "Ada Quill", 2)
    assert understood(f"Title: Ashes\nAuthor: salt_road\n\n{LONG}\n\n{LONG}").author == "salt_road"
    assert marks(f"The Salt Road\n\nby Ada Quill\n\n{LONG}") == f"The Salt Road\n\nby Ada Quill\n\n{LONG}"


@pytest.mark.parametrize("line", ["Nobody came.", '"Run!"', "It was late and Nobody Came", "He waited"])
def test_first_paragraphs_are_no_titles(line):
    """A normal first paragraph never becomes a title."""
    assert understood(f"{line}\n\n{LONG}\n\n{LONG}").title == "The story"


def test_given_title_wins():
    """A title given wins over the text's own, which is not lost."""
    from markup_support import typed

    from pressbook.config.schema import House
    from pressbook.markup import mark_up, marked

    book = mark_up(typed(f"The Salt Road\n\n{LONG}\n\n{LONG}"), House(), "Another Title", "Somebody")
    assert (book.title, book.author) == ("Another Title", "Somebody")
    assert marked(book).startswith("The Salt Road\n")


@pytest.mark.parametrize("label", ["Foreword", "Forwards", "A/N", "Author's note", "Disclaimer", "Summary", "Rating", "Warnings"])
def test_labelled_openings(label):
    """A labelled opening is front matter of one paragraph, under its label as typed."""
    book = understood(f"{label}: Nothing here is mine.\n\n{LONG}\n\n{LONG}")
    assert [(c.title, c.kind, len(c.blocks)) for c in book.chapters] == [(label.replace("'", "’"), "front", 1), ("", "chapter", 2)]


def test_several_labels():
    """Labels one under another each stand for themselves."""
    book = understood(f"Rating: all ages\n\nPairing: none\n\nSummary: A boat is lost.\n\n{LONG}")
    assert [chapter.title for chapter in book.chapters] == ["Rating", "Pairing", "Summary", ""]


def test_long_note():
    """A note that goes on speaking to the reader goes on to the gap."""
    note = "A/N: Hello again!\n\nThanks to all of you who left a review.\n\nI hope you enjoy this chapter."
    book = understood(f"{note}\n\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}")
    assert [(c.kind, len(c.blocks)) for c in book.chapters] == [("front", 3), ("chapter", 4)]


def test_note_at_the_end():
    """An author's note after the story is back matter."""
    book = understood(f"{LONG}\n\n{LONG}\n\nA/N: That was all.\n\nPlease tell me what you think.")
    assert [(c.title, c.kind, len(c.blocks)) for c in book.chapters] == [("", "chapter", 2), ("A/N", "back", 2)]
    assert marks(f"{LONG}\n\nA/N: That was all.") == f"{LONG}\n\n> A/N: That was all."


def test_a_label_amid_the_story_is_a_paragraph():
    """A label in the midst of the story is text."""
    assert marks(f"{LONG}\n\nNote: the lamp was out.\n\n{LONG}") == f"{LONG}\n\nNote: the lamp was out.\n\n{LONG}"


def test_quotes_and_sections():
    """`>` sets a letter apart and `##` heads a section."""
    blocks = understood(f"# One\n\n> Dear Ada, come home.\n\n## Later\n\n{LONG}").chapters[0].blocks
    assert [block.kind for block in blocks] == ["quote", "section", "body"]


def test_literal_paragraphs():
    """A backslash keeps a heading or marker a paragraph."""
    assert [c.title for c in understood(f"{LONG}\n\n\\Prologue\n\n\\~\n\n{LONG}").chapters] == [""]


def kinds(typed: str) -> list[str]:
    """List the chapters of a text by kind and title, with their sections behind a stroke."""
    book = understood(typed)
    return ["|".join([f"{chapter.kind}: {chapter.title}", *sections_of(chapter)]) for chapter in book.chapters]


def sections_of(chapter):
    """List the headings inside a chapter."""
    blocks = [block for block in chapter.blocks if isinstance(block, Paragraph) and block.kind == "section"]
    return ["".join([run.text for run in block.runs]) for block in blocks]


def test_chapters_below_parts():
    """Headings right below a part's are chapters', and what is deeper sections'; below a chapter's heading they stay sections."""
    first = "# Part One: The Quay\n\n> A word before.\n\n## Low Water\n\nRain.\n\n### The list\n\nSalt.\n\n## Rock\n\nFog."
    assert kinds(first + "\n\n# Part Two\n\n## High Water\n\nSun.") == [
        "part: Part One: The Quay",
        "chapter: Low Water|The list",
        "chapter: Rock",
        "part: Part Two",
        "chapter: High Water",
    ]
    assert kinds("# Part One\n\nIt rained all day.\n\n## Mara\n\nFog.\n\n# Part Two\n\nIt did.\n\n## Tom\n\nSun.") == [
        "chapter: Part One|Mara",
        "chapter: Part Two|Tom",
    ]
    assert kinds("# Chapter One\n\n## Mara\n\nFog.\n\n# Chapter Two\n\n## Tom\n\nSun.") == [
        "chapter: Chapter One|Mara",
        "chapter: Chapter Two|Tom",
    ]


def _wrapped(line: str) -> str:
    return "\n".join(textwrap.wrap(" ".join([line] * 3), 72))


@pytest.mark.parametrize("marker", ["-x-", "~o~", "<3", "line break", "*time skip*", "---X---"])
def test_marker_amid_wrapped_lines(marker):
    """A marker with letters in it stands alone though no blank line parts it from lines wrapped by hand."""
    typed = f"{_wrapped(LONG)}\n\n{_wrapped(LONG)}\n{marker}\n{_wrapped(LONG)}\n"
    assert [type(block) for block in understood(typed).chapters[0].blocks] == [Paragraph, Paragraph, SceneBreak, Paragraph]


def test_author_below_the_title_of_a_wrapped_manuscript():
    """The author's line is not joined to the title above it where lines are wrapped by hand."""
    typed = "The Keeper of the Salt\nby Ada Quill\n\n" + "\n\n".join([_wrapped(LONG)] * 4)
    book = understood(typed)
    assert (book.title, book.author) == ("The Keeper of the Salt", "Ada Quill")


def test_long_title_with_its_author():
    """A title of more than eighty letters is one where the author's line stands below it."""
    title = "The True and Lamentable History of the Keeper of the Salt and of the Eleven Stairs That He Climbed in the Dark"
    book = understood(f"{title}\n\nby Ada Quill\n\n{LONG}\n\n{LONG}")
    assert (book.title, book.author) == (title, "Ada Quill")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("§ 1", "§ 2"),
        ("§1. The Well", "§2. The Door"),
        ("#1", "#2"),
        ("No. 1", "No. 2"),
        ("Chapter 1, The Well", "Chapter 2, The Door"),
        ("Chapter 1 (The Well)", "Chapter 2 (The Door)"),
        ("chapter one: the well", "chapter two: the door"),
        ("The Salt Road: Chapter 1", "The Salt Road: Chapter 2"),
        ("The Well - Chapter 1", "The Door - Chapter 2"),
        ("The Well\n========", "The Door\n========"),
    ],
)
def test_further_typings_of_a_chapter(first, second):
    """Chapters are found behind a section sign, a title, a comma, in small letters, and above a row of signs."""
    typed = f"The Keeper of the Salt\nby Ada Quill\n\n{first}\n\n{LONG}\n\n{LONG}\n\n{second}\n\n{LONG}\n\n{LONG}"
    book = understood(typed)
    assert [(c.title, len(c.blocks)) for c in book.chapters] == [(first.split("\n")[0], 2), (second.split("\n")[0], 2)] or [
        (c.title.replace("—", " - "), len(c.blocks)) for c in book.chapters
    ] == [(first, 2), (second, 2)]


def test_sentence_that_begins_like_a_chapter():
    """A sentence about a chapter is no heading."""
    for line in ("Chapter one, he said, was the dull one.", "Chapter 2: he had not read it.", "Part one (I hated it) was long."):
        assert not understood(f"{LONG}\n\n{line}\n\n{LONG}").chapters[0].title


def test_years_that_head_sections():
    """Years alone on their lines head sections; one of them is a paragraph."""
    typed = f"{LONG}\n\n1914\n\n{LONG}\n\n{LONG}\n\n1921\n\n{LONG}"
    assert marks(typed).count("## ") == 2


def test_letter_signed_with_a_name_alone():
    """A letter that nothing but a name closes stands apart as one with a sign-off does."""
    out = marks(f"{LONG}\n\nDear Mara,\n\n{LONG}\n\nCome soon.\n\nTom\n\n{LONG}")
    assert "> Dear Mara,\n\n" in out and "> Come soon.\n\n>> Tom\n\nThe harbour" in out
