"""The proof that no word was lost: true of what we print, and false as soon as a paragraph is taken out or doubled."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pressbook.manuscript import read
from pressbook.model import Block
from pressbook.proof.preflight.against import compare, differences, manuscript_text, printed_text, set_aside
from pressbook.values import replace
from readback import pages_of


def rules(findings):
    """Name the rules that found something."""
    return [finding.rule for finding in findings]


def typed(*paragraphs):
    """Type paragraphs, one on every other line."""
    return manuscript_text([Block(text, 1 + 2 * at) for at, text in enumerate(paragraphs)])


def proof(paragraphs, pages=None):
    """Lay typed paragraphs beside printed pages."""
    return compare(typed(*paragraphs), printed_text(PAGES if pages is None else pages), heads=["The Lamp"])


STORY = (
    "The lamp had been burning in the window since the boats went out, and nobody knew who filled it.",
    "When she came down to the water she found the well-known ferry gone and the rope cut through.",
    "She sat down upon the office steps, opened the letter, and read it twice before the rain began.",
    "By morning all of them were in, every one, and the keeper put out the lamp with his own two fingers.",
)
PAGES = (
    "The Lamp\nAda Quill",
    "The lamp had been burning in the window since the boats went out,\nand nobody knew who filled it.\n"
    "When she came down to the water she found the well\ufffeknown ferry gone\n3",
    "The Lamp\nand the rope cut through.\nShe sat down upon the of\u00ad\nfice steps, opened the letter, and read it twice before\n"
    "the rain began.\n4",
    "By morning all of them were in, every one, and the keeper put out the\nlamp with his own two fingers.\n5\nThe Lamp",
    "Set in EB Garamond and printed at home.",
)


def test_furniture_and_front_matter_are_no_words_of_the_story():
    """Folios, running heads, title page, colophon, line-end hyphens and ligatures change nothing."""
    assert proof(STORY) == ()


@pytest.mark.parametrize("at", range(4))
def test_a_paragraph_that_the_pdf_lacks_is_missing(at):
    """A paragraph that only the manuscript has is named with its line."""
    more = "Nobody had ever seen this sentence on any page before today."
    paragraphs = [*STORY[:at], more, *STORY[at:]]
    (finding,) = proof(paragraphs)
    assert (finding.rule, finding.level) == ("words-missing", "error")
    assert f"line {1 + 2 * at} " in finding.message
    assert "nobody had ever seen" in finding.message


@pytest.mark.parametrize("at", range(1, 4))
def test_a_paragraph_printed_twice_is_doubled(at):
    """A paragraph that stands twice is named with its line and the page of the second."""
    pages = list(PAGES)
    pages[3] = STORY[at - 1] + "\n" + pages[3]
    assert "words-doubled" in rules(proof(STORY, pages))


def test_words_that_begin_alike_lose_no_space():
    """Where the book's title begins with the letters of the story's, no space is missed between the words that follow."""
    pages = ["Three Tides\nAda Quill", "Contents\nThe Salt Road 5\nBoats 7", "The Salt Road\n" + PAGES[1], *PAGES[2:]]
    assert "words-joined" not in rules(compare(typed("The Salt Road", "by Ada Quill", *STORY), printed_text(pages)))


def test_what_the_book_says_of_itself_is_not_added():
    """The notice on the back of the title page is the config's, not a stranger's."""
    notice = "MIT license: copy, fold and give away."
    first = "Before the lamp was lit there was a note from its author, who wanted it to be read aloud by two."
    story, pages = typed(first, *STORY), printed_text([first, notice, *PAGES[1:]])
    assert rules(compare(story, pages, heads=["The Lamp"])) == ["words-added"]
    assert rules(compare(story, pages, heads=["The Lamp"], own=[notice])) == []


@pytest.mark.parametrize(
    ("at", "said", "again", "quoted"),
    [
        (3, "the keeper", "the keeper keeper", "keeper"),
        (2, "fice steps, opened the letter", "fice steps, opened the opened the letter", "opened the"),
        (3, "two fingers.", "two fingers.\nwith his own two fingers.", "with his own two fingers"),
    ],
)
def test_a_word_that_stands_twice_running_is_doubled(at, said, again, quoted):
    """One word that is said at once again is an error, and so are the last words, where the story has ended."""
    pages = list(PAGES)
    pages[at] = pages[at].replace(said, again)
    (finding,) = proof(STORY, pages)
    assert (finding.rule, finding.level, finding.value, finding.page) == ("words-doubled", "error", quoted, at + 1)


def test_paragraphs_in_the_wrong_order_are_moved():
    """A paragraph that stands after its successor is moved, not lost."""
    first, second, third, last = STORY
    found = proof((first, third, second, last))
    assert rules(found) == ["words-moved"]


def test_one_word_is_enough():
    """A single word missing, or one too many in the midst of the page, is found."""
    first, second, third, last = STORY
    assert rules(proof((first, second.replace("rope", "old rope"), third, last))) == ["words-missing"]
    assert rules(proof((first, second, third.replace("twice ", ""), last))) == ["words-added"]


def test_a_word_broken_at_a_line_end_may_be_whole_in_print():
    """Where the manuscript's line ends in a hyphen amid a word, no space is missed."""
    first, second, third, last = STORY
    assert proof((first, second, third.replace("opened", "ope-\nned"), last)) == ()
    assert rules(proof((first, second, third.replace("opened", "ope\nned"), last))) == ["words-joined"]


def test_words_run_together_are_warned_of():
    """Letters that are all there, but without the space between two words, are a warning."""
    pages = [page.replace("burning in", "burningin") for page in PAGES]
    (finding,) = proof(STORY, pages)
    assert (finding.rule, finding.value) == ("words-joined", "burningin")


def test_a_pdf_without_text_is_an_error():
    """Pages that are only pictures prove nothing."""
    assert rules(proof(STORY, ["", ""])) == ["no-text"]


letters = st.text("abcdefgh", max_size=60)


@settings(max_examples=150, deadline=None)
@given(letters, letters)
def test_differences_turn_one_text_into_the_other(one, other):
    """Whatever two texts are, what lies between the differences is alike, and they cover all the rest."""
    at = there = 0
    for change in differences(one, other, tuple(range(0, len(one), 5))):
        assert one[at : change.start] == other[there : change.other]
        assert change.end > change.start or change.other_end > change.other
        at, there = change.end, change.other_end
    assert one[at:] == other[there:]


@pytest.fixture
def printed(run, sample):
    """Print the sample story; return its PDF and its manuscript."""
    assert run("build", sample, "--quiet", "--set", "outputs.booklet=false").status == 0
    return sample.parent / "dist" / f"{sample.stem}.pdf", sample


def test_the_sample_is_all_there(run, printed):
    """Every word of the sample stands in its PDF, in order, once; the command says so."""
    pdf, story = printed
    outcome = run("check", pdf, "--against", story)
    assert outcome.status == 0
    assert "every word of" in outcome.out


def test_any_paragraph_taken_out_or_typed_twice_is_caught(printed):
    """Whichever paragraph of the sample the manuscript has once more, or once less, the proof fails."""
    from pressbook.proof.preflight.against import _pages_of

    pdf, story = printed
    blocks = read(story).blocks
    text = printed_text(list(_pages_of(pdf)))
    worded = [at for at, block in enumerate(blocks) if at > 2 and sum(map(str.isalpha, block.text)) > 3]
    for at in worded[:-1:4]:
        assert compare(manuscript_text([*blocks[:at], *blocks[at + 1 :]]), text), blocks[at]
        twice = [*blocks[: at + 1], replace(blocks[at], line=blocks[at].line + 1), *blocks[at + 1 :]]
        assert compare(manuscript_text(twice), text), blocks[at]


NOTED = """# The Ferry

by Ada Quill

{0} The ferryman,[^1] who said it to everyone, held out his hand. {0}

{0} Tom found that he had nothing to look for.[^2] {0}

[^1]: A ferryman of that town, as it was before the war.
[^2]: In some editions he has a coin, and in one of them a dog.
"""


@pytest.mark.parametrize("place", ["foot", "end"])
def test_notes_may_stand_at_the_foot_of_any_page(run, tmp_path, place):
    """Footnotes that leave their place in the manuscript are no error; one that is lost, or was changed, is."""
    story = tmp_path / "ferry.md"
    story.write_text(NOTED.format("It rained upon the river and upon the landing stage. " * 30), "utf-8")
    assert run("build", story, "--quiet", "--trim", "A6", "--set", f"story.footnotes={place}").status == 0
    pdf = tmp_path / "dist" / "ferry.pdf"
    assert "every word of" in run("check", pdf, "--against", story).out
    story.write_text(story.read_text("utf-8").replace("a dog", "a black dog"), "utf-8")
    outcome = run("check", pdf, "--against", story)
    assert outcome.status == 3
    assert "note of the manuscript's line 10" in outcome.out


@pytest.mark.parametrize("notes", ["chapter", "front", "back", "off"])
def test_an_authors_notes_may_stand_elsewhere(run, tmp_path, notes):
    """Notes that the config moves or leaves out are no error, nor is a caption that moved; what is lost of them is missed."""
    Image.new("L", (900, 900), 90).save(tmp_path / "sea.png", dpi=(300, 300))
    rain = "It rained upon the river and upon the landing stage, and nobody came. " * 9
    text = f"# One\n\n> A/N: For everybody who waits.\n>\n> And for Ann.\n\n{rain}\n\n![The sea at night](sea.png)\n\n{rain}\n\n"
    text += f"> A/N: More of it soon.\n\n# Two\n\n{rain}\n"
    story = tmp_path / "ferry.md"
    story.write_text(text, "utf-8")
    keys = ("--set", f"book.notes={notes}", "--set", "page.trim=A6")
    assert run("build", story, "--quiet", *keys).status == 0
    outcome = run("check", tmp_path / "dist" / "ferry.pdf", "--against", story, *keys[:2])
    assert outcome.status == 0, outcome.out
    assert "every word of" in outcome.out, outcome.out
    story.write_text(text.replace("soon", "very late").replace("at night", "at noon"), "utf-8")
    outcome = run("check", tmp_path / "dist" / "ferry.pdf", "--against", story, *keys[:2])
    assert outcome.status == 3
    assert "the caption of the manuscript's line 9 is not in the PDF" in outcome.out
    assert ("very late" in outcome.out or "the note of the manuscript's line 13" in outcome.out) == (notes != "off"), outcome.out


@pytest.mark.parametrize("notes", ["front", "back"])
def test_notes_that_say_the_same(run, tmp_path, notes):
    """Notes alike are each found, their chapters' titles above them are no words too many, and the contents list them once."""
    rain = "It rained upon the river and upon the landing stage, and nobody came. " * 60
    parts = [
        f"# Chapter {k}: {name}\n\n> A/N: Sorry for the wait!\n\n{rain} One.[^{k}]\n\n[^{k}]: A ferryman of that town, as before.\n"
        for k, name in enumerate(("Low Water", "Rock", "High Water"), 1)
    ]
    (tmp_path / "ferry.md").write_text("\n".join(parts), "utf-8")
    keys = ("--set", f"book.notes={notes}", "--set", "book.contents=true", "--set", "page.trim=A5")
    assert run("build", "ferry.md", "--quiet", *keys).status == 0
    outcome = run("check", tmp_path / "dist" / "ferry.pdf", "--against", "ferry.md", *keys[:2])
    assert "every word of" in outcome.out, outcome.out
    contents = next(page for page, _ in pages_of((tmp_path / "dist" / "ferry.pdf").read_bytes()) if "Contents" in page)
    # In front they are so short that they stand above the contents, which list what follows.
    assert [contents.count(words) for words in ("Notes", "Rock")] == [notes == "back", 1]


def test_several_stories_are_proved_together(run, tmp_path):
    """A folder of stories is laid beside the book that binds them, contents and all."""
    folder = tmp_path / "tides"
    folder.mkdir()
    for number, paragraph in enumerate(STORY):
        (folder / f"{number}.txt").write_text(f"Tide {number}\n\nby Ada Quill\n\n{paragraph}\n\n{paragraph[::-1]}\n", "utf-8")
    (folder / "pressbook.toml").write_text('[book]\ntitle = "Tides"\nstories = ["*.txt"]\n', "utf-8")
    assert run("build", folder, "--quiet").status == 0
    outcome = run("check", folder / "dist" / "tides.pdf", "--against", folder)
    assert "every word of" in outcome.out, outcome.out


def test_of_several_manuscripts_the_file_is_named(run, tmp_path):
    """What one of several stories has and the book lacks is told with its file and its line there; notes are told file by file."""
    folder = tmp_path / "tides"
    folder.mkdir()
    story = "# Tide {0}\n\nby Ada Quill\n\n{1} The tide was out{2}.\n\n{3}\n"
    last = (f"[^1]: A note of the first.\n\n{STORY[2]}", STORY[3])
    for number, (mark, more) in enumerate(zip(("[^1]", ""), last, strict=True)):
        (folder / f"{number}.md").write_text(story.format("One" if number else "Two", STORY[number], mark, more), "utf-8")
    (folder / "pressbook.toml").write_text('[book]\ntitle = "Tides"\nstories = ["*.md"]\n', "utf-8")
    assert run("build", folder, "--quiet").status == 0
    pdf = folder / "dist" / "tides.pdf"
    outcome = run("check", pdf, "--against", folder)
    assert "every word of" in outcome.out, outcome.out
    (folder / "1.md").write_text(story.format("One", STORY[1], "", STORY[3].replace("keeper", "bell ringer")), "utf-8")
    outcome = run("check", pdf, "--against", folder)
    assert outcome.status == 3
    assert "of line 7 of 1.md are not in the PDF: “bell ringer”" in outcome.out, outcome.out
    (finding,) = [each for each in json.loads(run("check", pdf, "--against", folder, "--json").out)["findings"] if each["file"]]
    assert finding["file"] == "1.md"


def test_what_falls_off_with_the_marks_is_no_word_of_the_story(run, tmp_path):
    """The slug line outside the bleed is for the printer: the proof passes it by."""
    story = tmp_path / "ferry.txt"
    story.write_text(
        "The Ferry\n\nby Ada Quill\n\n" + "\n\n".join(f"{paragraph} {paragraph[::-1]}" for paragraph in STORY * 3), "utf-8"
    )
    printed = ("--trim", "A6", "--set", "press.marks=all", "--set", "page.bleed=3mm", "--set", "press.date=2026-11-24")
    assert run("build", story, "--quiet", *printed).status == 0
    outcome = run("check", tmp_path / "dist" / "ferry.pdf", "--against", story)
    assert "every word of" in outcome.out, outcome.out


def test_a_pictures_file_is_no_word_of_the_story():
    """Of a picture's line the caption is printed, and neither the file's name nor where it stands."""
    blocks = [Block("![The lamp, seen from the boats](lamp.png){bleed}", 1), Block("![](rope.jpg)", 3), Block("She left.", 5)]
    story, notes = set_aside(blocks, ())
    assert [block.text for block in story] == ["She left."]
    assert [(note.letters, note.line, note.what) for note in notes] == [("thelampseenfromtheboats", 1, "caption")]


@pytest.mark.parametrize(
    "text",
    [
        "The boats went out.\n\nxxx\n\nShe waited by the water.\n\nxxx\n",
        "The boats went out.\n\n***\n\noOo\n\nChapter 2\n\noOo\n\nShe waited by the water.\n\nA/N: thanks\n",
        "Contents\n\nChapter 1 ... 1\n\nChapter 2 ... 5\n\nChapter 1\n\nThe boats went out.\n\nChapter 2\n\nShe waited.\n",
        "# One\n\nThe boats[^1] went[^2] out.\n\n[^1]: Two of them.\n\n[^2]: By night.\n",
    ],
)
def test_letters_that_are_no_words_are_told_from_words(run, tmp_path, text):
    """Markers that part nothing, lists of contents and figures read on to words: what was left out by decision is not missing."""
    (tmp_path / "a.md").write_text(text)
    assert run("build", "a.md").status == 0
    assert run("check", "dist/a.pdf", "--against", "a.md").status == 0
