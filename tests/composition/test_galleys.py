"""Galleys: a book's chapters in type, with what was noticed on the way."""

import os

import pytest
from compositor import (
    FONTS,
    PROSE,
    check_fit,
    check_glyphs,
    check_words,
    compose_blocks,
    design,
    galley,
    lines_of,
    paragraph,
    read_line,
    spacing,
)

from pressbook.composition import compose
from pressbook.composition import galleys as galleys_room
from pressbook.hands import SecondHand, second_hand
from pressbook.model import Book, Chapter, Pause, SceneBreak, White

STORY = f"""
The rain had stopped by the time the ferry came. “W-What,” said the boy, “is *that*?”

{PROSE}

“Go,” she said.
""".strip()


@pytest.mark.parametrize("trim", ["mini", "A6", "half-letter", "A4", "A5-landscape"])
def test_a_story_keeps_its_words_at_every_trim(trim):
    """Every paragraph of a story holds its words in order and fills its lines, from the smallest page to the largest."""
    made = galley(STORY, f"page.trim={trim}")
    page = design(f"page.trim={trim}")
    natural = spacing(f"page.trim={trim}").natural
    for row, (lines, text) in enumerate(zip(lines_of(made), STORY.replace("*", "").split("\n\n"), strict=True)):
        check_words(lines, text)
        check_glyphs(lines)
        check_fit(lines, page.measure, natural, page.indent * (row > 0))


def test_first_lines_are_indented_save_after_a_gap():
    """A paragraph is indented, but flush at the chapter's start, after a scene break, a pause and a heading."""
    texts = [paragraph(f"Number {word} says a little.") for word in ("one", "two", "three", "four", "five", "six")]
    heading = paragraph("A heading", kind="section")
    made = compose_blocks(*texts[:2], SceneBreak(1), *texts[2:4], Pause(1), texts[4], heading, texts[5])
    indents = [round(lines[0].indent + lines[0].words[0].hang_left, 6) for lines in lines_of(made)]
    indent = design().indent
    assert indents[:5] == [0, indent, 0, indent, 0]
    assert indents[6] == 0


def test_scene_breaks_and_pauses_are_white():
    """A scene break takes three rows with an ornament in the middle, a pause one row with none; both keep their line."""
    made = compose_blocks(paragraph("One."), SceneBreak(4), paragraph("Two."), Pause(7), paragraph("Three."))
    assert [block for block in made.blocks if isinstance(block, White)] == [White(True, 4), White(False, 7)]


def test_only_a_chapters_first_paragraph_leads_in():
    """The first body paragraph of a chapter opens in small capitals; no other does, and a foreword's does not."""

    def leads(made):
        return ["smcp" in lines[0].words[0].pieces[0].style.features for lines in lines_of(made)]

    quote = paragraph("An epigraph.", kind="quote")
    texts = [paragraph("The rain had stopped."), paragraph("Then it came back.")]
    assert leads(compose_blocks(*texts)) == [True, False]
    assert leads(compose_blocks(quote, *texts)) == [False, True, False]
    assert leads(compose_blocks(*texts, kind="front")) == [False, False]


def test_quotes_are_set_narrower_with_white_around():
    """A letter inside the story is indented on both sides, white above and below; its second paragraph has a first-line indent."""
    quote = paragraph(PROSE, kind="quote")
    made = compose_blocks(paragraph("One."), quote, quote, paragraph("Two."))
    assert [(block.above, block.below) for block in made.blocks] == [(0, 0), (1, 0), (0, 1), (0, 0)]
    page = design()
    for lines, indent in zip(lines_of(made)[1:3], (0.0, page.indent), strict=True):
        check_fit(lines, page.measure - 2 * page.indent, spacing().natural, indent, page.indent)


def test_a_heading_keeps_with_what_follows():
    """A heading inside a chapter is kept with the next paragraph, white above it."""
    made = compose_blocks(paragraph("One."), paragraph("A heading", kind="section"), paragraph("Two."))
    assert [(block.keep, block.above) for block in made.blocks] == [(False, 0), (True, 1), (False, 0)]


def test_a_chapters_title_is_set_in_its_middle():
    """A chapter's title is centred on the measure, in as many lines as it needs; a story without one has none."""
    made = galley("Text.", title="The Lamplighter’s Daughter and the Unpardonable Delay of the Ferry")
    assert len(made.opener.lines) > 1
    assert " ".join(read_line(line) for line in made.opener.lines) == made.title
    for line in made.opener.lines:
        width = sum(word.width for word in line.words) + line.space * (len(line.words) - 1)
        assert line.indent + width / 2 == pytest.approx(design().measure / 2)
    assert galley("Text.").opener.lines == ()


def test_a_word_wider_than_the_measure_is_reported():
    """A word broken by force is set, and a notice names it."""
    made = galley(f"He said {'Aa' * 60} and left.", "page.trim=mini")
    assert len(lines_of(made)[0]) > 3
    (finding,) = [finding for finding in made.findings if finding.rule == "forced-break"]
    assert finding.level == "notice" and "'AaAaAa" in finding.message and finding.remedy


def test_a_loose_line_is_reported_with_its_place():
    """A line that only the last resort could set is noticed, with the manuscript's line and the words at its ends."""
    made = galley("Text.\n\nWONDERFULLYEXTRAORDINARY INCOMPREHENSIBLENESSES UNCHARACTERISTICALLYLONG", "page.trim=mini")
    found = [finding for finding in made.findings if finding.rule == "loose-line"]
    assert found and all(finding.message.startswith("line 3:") for finding in found)
    assert "WONDERFULLYEXTRAORDINARY" in found[0].message


def test_good_prose_gives_no_findings():
    """Plain prose at the default trim is set without a notice."""
    assert galley(STORY).findings == ()


def test_chapters_keep_their_names_and_order():
    """Each chapter becomes one galley, with its title and kind."""
    chapters = tuple(
        Chapter(name, (paragraph("Text."),), kind) for name, kind in (("", "front"), ("One", "chapter"), ("Note", "back"))
    )
    made = compose(Book("A Story", "", chapters), design(), FONTS)
    assert [(each.title, each.kind) for each in made] == [("", "front"), ("One", "chapter"), ("Note", "back")]


NARROW = ("page.trim=2x3in", "page.trim=2x2in", "page.trim=2x6in")


@pytest.mark.parametrize("trim", NARROW)
def test_a_narrow_page_is_set_ragged_and_says_so(trim):
    """Where a line takes too few letters to be justified without gaps, the book is ragged, and one notice tells how to insist."""
    made = galley(STORY, trim)
    (finding,) = [finding for finding in made.findings if finding.rule == "ragged"]
    assert "37 letters" in finding.message and "type.justify = true" in finding.remedy
    assert {line.space for lines in lines_of(made) for line in lines} == {spacing(trim).natural}


@pytest.mark.parametrize("trim", [*NARROW, "page.trim=mini"])
def test_a_config_that_decides_is_obeyed_without_a_word(trim):
    """With `type.justify` true lines are full on the narrowest page; with false they are ragged on any; neither is remarked on."""
    for decided, ragged in (("true", False), ("false", True)):
        made = galley(STORY, trim, f"type.justify={decided}")
        assert not [finding for finding in made.findings if finding.rule == "ragged"]
        assert ({line.space for lines in lines_of(made) for line in lines} == {spacing(trim).natural}) == ragged


def test_a_book_of_common_size_is_justified():
    """From the one-sheet zine up, a story is justified unless the config says otherwise."""
    for trim in ("page.trim=mini", "page.trim=A6", "page.trim=half-letter", "page.trim=A4"):
        lines = lines_of(galley(STORY, trim))[1]
        check_fit(lines, design(trim).measure, spacing(trim).natural, design(trim).indent)


# --- titles -----------------------------------------------------------------------------------------------------------

LONG = "In Which the Ferryman, Having Lost His Hat and His Patience, Sets Out to Find the One and Comes Home with a Goat "


def opener_of(title, *settings, kind="chapter", **parts):
    """Compose a chapter of one paragraph under a title; return its opener."""
    return galley(PROSE, *settings, title=title, kind=kind, **parts).opener


def sizes(lines):
    """List the type size of each line."""
    return [line.words[0].pieces[0].style.size for line in lines]


def test_number_and_name_are_a_pair():
    """A chapter's number stands small and spaced above its name, which is large, at a wider step than the name's own lines."""
    opener = opener_of("IV: " + LONG, number="IV", name=LONG.strip())
    assert opener.number == 1
    assert read_line(opener.lines[0]) == "IV"
    assert " ".join(map(read_line, opener.lines[1:])) == LONG.strip()
    style = opener.lines[0].words[0].pieces[0].style
    assert style.tracking > 0 and {"smcp", "c2sc"} <= set(style.features)
    number, *name = sizes(opener.lines)
    assert number < min(name)
    assert opener.rises[0] - opener.rises[1] > opener.rises[1] - opener.rises[2] == pytest.approx(opener.leading)
    assert opener.rises[-1] == 0


@pytest.mark.parametrize("parts", [{}, {"number": "Chapter 4"}, {"name": "The Well"}])
def test_a_title_without_both_parts_is_whole(parts):
    """Where a title has no number, no name, or is not told apart, it is set whole."""
    opener = opener_of("Chapter 4: The Well", **parts)
    assert opener.number == 0
    assert " ".join(map(read_line, opener.lines)) == "Chapter 4: The Well"


@pytest.mark.parametrize("trim", ["mini", "half-letter", "A5-landscape"])
@pytest.mark.parametrize("times", [1, 2, 3, 5, 20])
def test_a_title_is_set_however_long(times, trim):
    """A title shrinks as it grows, down to the text's size; one too long for the head of a page is set as text: no word is lost."""
    page = design(f"page.trim={trim}")
    made = galley(PROSE, f"page.trim={trim}", title=(LONG * times).strip())
    opener = made.opener
    lines = opener.lines or made.blocks[0].settings[0].lines
    assert " ".join(map(read_line, lines)) == (LONG * times).strip()
    assert not any(line.hyphenated for line in lines)
    assert len(made.blocks) == 1 + (not opener.lines)
    assert 0.99 * page.size < min(sizes(lines)) <= max(sizes(lines)) < 1.41 * page.size
    if opener.lines:
        assert opener.rises[0] <= page.title_depth
        assert len(opener.lines) <= 4 or max(sizes(lines)) < 1.02 * page.size


@pytest.mark.parametrize("hands", ["two", "one", "failing"])
def test_a_book_set_by_two_hands_is_the_book_set_by_one(hands, monkeypatch):
    """Who breaks the later paragraphs, and whether he succeeds, makes no difference to any line of a book."""

    def told(made):
        return [
            [(setting.demerits, setting.looseness, [(read_line(line), line.space, line.indent) for line in setting.lines])
             for setting in block.settings]
            for block in made.blocks
        ]  # fmt: skip

    story = "\n\n".join(["Nobody asked.", PROSE, PROSE[90:], "“Not *possible*.”", f"**Lanterns!** {PROSE[:700]}"] * 3)
    alone = told(galley(story, "page.trim=A6"))
    others = {
        "two": second_hand,
        "one": lambda _: SecondHand(),
        "failing": lambda _: second_hand(lambda: os._exit(1)),
    }
    monkeypatch.setattr(galleys_room, "MANY_WORDS", 0)
    monkeypatch.setattr(galleys_room, "second_hand", others[hands])
    assert told(galley(story, "page.trim=A6")) == alone


def test_a_part_is_larger_than_a_chapter():
    """A part's title is set larger than a chapter's."""
    part, chapter = (opener_of("The River", kind=kind) for kind in ("part", "chapter"))
    assert sizes(part.lines) > sizes(chapter.lines)
