"""Initials: a chapter's first letter on its lines' capitals and baseline, the lines beside it close to its shape."""

from itertools import pairwise

import pytest
from compositor import FONTS, PROSE, check_glyphs, check_words, design, galley, paragraph, read_line, right_edge

from pressbook.composition import compose
from pressbook.composition.faces import choose, open_face
from pressbook.composition.initials import GAP, STEP, WORD_GAP, capital_height, find_opening
from pressbook.composition.paragraphs import copy_of
from pressbook.errors import ConfigError
from pressbook.model import Book, Chapter, SceneBreak

OPENINGS = """
Once there was a ferry    |   | O | with the rest of its word
“Once,” he said           | “ | O |
‘Once,’ he said           | ‘ | O |
“‘Once,’ he said          | “‘| O |
’Tis the season           | ’ | T |
(Once, that is, and       | ( | O |
A boat came loose         |   | A | alone
I was there               |   | I | alone
“A boat?” he said         | “ | A | alone
I’m late                  |   | I |
Élan was what he had      |   | É |
E\u0301lan, decomposed         |   | E\u0301 |
*Once* he had said it     |   | O |
“*Once*,” he said         | “ | O |
Once*—*upon a time        |   | O |
1916 was a cold year      | none
4 March, evening          | none
—and then he went         | none
…and then he went         | none
§ 12, on lanterns         | none
once there was a ferry    | none
“…” he said               | none
iPhones everywhere        | none
A                         | none
"""
"""A paragraph's beginning | the marks and the letter that the initial takes | whether the letter is a word; or none."""

DEPTHS = (2, 3, 4)
TRIMS = ("half-letter", "A6", "A4")
SENTENCE = "nd the river rose, and the lanterns burned, and nobody on the quay said a word about it. "


def table():
    """Read the table of openings."""
    for row in OPENINGS.strip("\n").splitlines():
        text, *parts = (part.strip() for part in row.split("|"))
        yield text, None if parts == ["none"] else (parts[0], parts[1], parts[2] == "alone")


def opened(text, depth=3, *settings):
    """Set a chapter's first paragraph with an initial; return its lines, and its page."""
    chosen = (f"type.drop-cap={depth}", *settings)
    made = galley(text, *chosen)
    return made.blocks[0].settings[0].lines, design(*chosen)


def letter_of(line):
    """Find the piece of a line that is larger than the text, and where its pen stands."""
    word = line.words[0]
    size = max(piece.style.size for piece in word.pieces)
    x = line.indent
    for piece in word.pieces:
        if piece.style.size == size:
            return piece, x
        x += piece.width * line.scale + len(piece.glyphs) * line.tracking
    raise AssertionError


def begins(lines):
    """List where the text of each line begins: after the initial, in the first."""
    first = lines[0]
    piece, x = letter_of(first)
    return [
        x + piece.width * first.scale + first.tracking,
        *(line.indent + line.words[0].hang_left * line.scale for line in lines[1:]),
    ]


def ink_of(line, char):
    """Return (left, right) of an initial's ink by the face's own extents."""
    piece, x = letter_of(line)
    face = open_face(piece.style.font)
    extents = face.hb_font.get_glyph_extents(piece.glyphs[0])
    scale = piece.style.size / face.upem
    assert piece.text.endswith(char)
    return x + extents.x_bearing * scale, x + (extents.x_bearing + extents.width) * scale


# --- what an initial takes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "taken"), list(table()))
def test_an_initial_is_a_capital_with_its_marks(text, taken):
    """A paragraph's initial is its first capital, accent included, after any opening marks; a word of one letter is it whole."""
    opening = find_opening(copy_of(paragraph(text), lead_in=False))
    assert (opening and (opening.marks, opening.letter, opening.alone)) == taken


def test_the_rest_of_the_paragraph_keeps_its_styles_and_its_bonds():
    """What follows the initial is the paragraph without it, in its styles; spaces that hold still hold."""
    opening = find_opening(copy_of(paragraph("A *boat* … and then"), lead_in=False))
    assert opening.rest.keys[0] == ((1, "boat"),)
    assert opening.rest.bound == frozenset((0,))


# --- where it stands --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("word", ["Hence", "Once", "Éclairs", "Quite", "A boat", "“Then”"])
def test_an_initial_reaches_from_capital_height_to_baseline(word, depth, trim):
    """An initial stands on the baseline of its last line and is as high as the capitals of the first."""
    lines, page = opened(f"{word} a{SENTENCE * 6}", depth, f"page.trim={trim}")
    piece, _ = letter_of(lines[0])
    face = open_face(piece.style.font)
    scale = piece.style.size / face.upem
    assert -piece.offsets[0][1] * scale == pytest.approx((depth - 1) * page.leading, abs=0.04)
    height = face.hb_font.get_glyph_extents(face.hb_font.get_nominal_glyph(ord("H"))).y_bearing
    text_height = height / face.upem * page.size
    assert height * scale + piece.offsets[0][1] * scale == pytest.approx(text_height, abs=0.05)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_the_words_stay_and_fill_their_lines(letter, depth):
    """Beside any initial all words stand in order and in whole, each full line ends at the measure, and none below is moved."""
    text = f"{letter}{SENTENCE * 5}{PROSE}"
    # Each letter in each depth, and on each trim: the trims take turns.
    lines, page = opened(text, depth, f"page.trim={TRIMS[(ord(letter) + depth) % 3]}")
    check_words(lines, text)
    check_glyphs(lines)
    for line in lines[:-1]:
        assert right_edge(line) == pytest.approx(page.measure, abs=0.05)
    starts = begins(lines)
    deep = depth + 1 if starts[depth] > 0.01 else depth
    assert min(starts[:deep]) > 0
    assert starts[deep:] == pytest.approx([0.0] * len(starts[deep:]), abs=1e-6)


@pytest.mark.parametrize("letter", "HEMOIDG")
def test_lines_stand_off_by_a_word_space(letter):
    """Beside a letter whose right side is upright all lines begin at one place, clear of its ink by a word space."""
    lines, page = opened(f"{letter}{SENTENCE * 6}")
    starts = begins(lines)[:3]
    _, right = ink_of(lines[0], letter)
    assert starts == pytest.approx([starts[1]] * 3, abs=0.05)
    assert starts[1] - right == pytest.approx(GAP * page.size, abs=0.6)


@pytest.mark.parametrize(("letter", "near"), [("A", 2), ("L", 2), ("R", 1)])
def test_lines_follow_the_letters_shape(letter, near):
    """Beside an A the lines follow its slope, beside an L they come to its stem, beside an R the first to its bowl."""
    lines, page = opened(f"{letter}{SENTENCE * 6}")
    starts = begins(lines)[:3]
    assert all(lower > upper - 0.05 for upper, lower in pairwise(starts)), starts
    assert all(starts[2] - start > STEP * page.size for start in starts[:near])
    if letter == "A":
        assert starts[0] < starts[1] - 3


@pytest.mark.parametrize("letter", "TVWPFY")
def test_no_line_creeps_under_an_overhang(letter):
    """Beside a letter that is wide at its top no line begins left of the first."""
    starts = begins(opened(f"{letter}{SENTENCE * 6}", 4)[0])[:4]
    assert starts == pytest.approx([starts[0]] * 4, abs=0.05)


def test_a_line_more_stands_clear_of_a_tail():
    """Under a Q, whose tail reaches below its baseline, one more line stands off, beyond the tail's end."""
    lines, _ = opened(f"Q{SENTENCE * 6}")
    _, right = ink_of(lines[0], "Q")
    assert begins(lines)[3] > right
    assert begins(lines)[4] == pytest.approx(0, abs=1e-6)


def test_a_letter_that_is_a_word_keeps_a_space():
    """After an initial that is a word the next word stands off farther, and is read after a space."""
    alone, page = opened(f"A la{SENTENCE * 6}")
    joined, _ = opened(f"Ala{SENTENCE * 6}")
    assert alone[0].words[0].text == "A land"
    assert [piece.text for piece in alone[0].words[0].pieces] == ["A", " ", "land"]
    width = alone[0].words[0].pieces[1].width * alone[0].scale + alone[0].tracking
    assert begins(alone)[0] + width - begins(joined)[0] == pytest.approx((WORD_GAP - GAP) * page.size, abs=0.05)


def test_letters_look_flush_with_the_margin():
    """A letter's ink begins at the margin or a little outside it: an A, with white at its shoulder, more than an H."""
    left = {letter: ink_of(opened(f"{letter}{SENTENCE * 6}")[0][0], letter)[0] for letter in "HOAT"}
    assert all(-0.05 * design().leading * 3 < edge < 0 for edge in left.values())
    assert left["A"] < left["H"] and left["T"] < left["H"]


def test_an_opening_quote_hangs_or_is_left_out():
    """A quotation mark before the initial hangs small in the margin; by choice it is not shown, but still read."""
    text = f"“O{SENTENCE * 6}"
    hung, page = opened(text)
    first = hung[0].words[0].pieces[0]
    assert (first.text, first.style.size) == ("“", page.size) and not first.offsets
    assert hung[0].indent < -0.3 * page.size
    omitted, _ = opened(text, 3, "type.initial-quote=omit")
    check_words(omitted, text)
    face = open_face(first.style.font)
    assert face.hb_font.get_nominal_glyph(ord("“")) not in [glyph for piece in omitted[0].words[0].pieces for glyph in piece.glyphs]
    assert letter_of(omitted[0])[0].glyphs == letter_of(hung[0])[0].glyphs


def test_an_italic_opening_has_an_italic_initial():
    """A paragraph that opens in italics has its initial from the italic face."""
    lines, _ = opened(f"*O{SENTENCE * 6}*")
    assert letter_of(lines[0])[0].style.font.italic


# --- when there is none -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sentences", "depth"), [(5, 4), (2, 3), (1, 2), (0, None)])
def test_a_short_paragraph_has_a_smaller_initial(sentences, depth):
    """An initial is never deeper than its paragraph: it shrinks to it, down to two lines; one line has none."""
    lines, page = opened(f"Once a{SENTENCE * sentences or 'nd again.'}"[: 160 if sentences == 2 else None], 4)
    piece, _ = letter_of(lines[0])
    if depth is None:
        assert piece.style.size == page.size and not lines[0].words[0].anchor
    else:
        assert (depth - 1) * page.leading < 0.66 * piece.style.size < depth * page.leading
        assert len(lines) >= depth


def test_the_next_paragraphs_stand_beside_the_initial():
    """Where the first paragraph is shorter than its initial, the next stand beside it too, indented, until its lines are full."""
    texts = ["Quiet.", "Nobody spoke.", f"“A{SENTENCE * 4}", f"A{SENTENCE * 4}"]
    made = galley("\n\n".join(texts), "type.drop-cap=3")
    page = design("type.drop-cap=3")
    (first,), (second,), third, fourth = (block.settings[0].lines for block in made.blocks)
    for lines, text in zip(((first,), (second,), third, fourth), texts, strict=True):
        check_words(lines, text)
    (start,) = begins([first])
    assert second.indent == pytest.approx(start + page.indent, abs=0.05)
    opens = third[0].indent + third[0].words[0].hang_left * third[0].scale
    assert opens == pytest.approx(start + page.indent, abs=0.05)
    assert third[1].indent > start, "the tail of the Q"
    assert [round(line.indent, 2) for line in (third[2], fourth[1])] == [0, 0]
    assert [right_edge(line) for line in third[:-1]] == pytest.approx([page.measure] * (len(third) - 1), abs=0.05)
    assert [block.whole for block in made.blocks] == [4, 0, 0, 0]
    assert len(made.blocks[0].settings) == len(made.blocks[1].settings) == 1


@pytest.mark.parametrize(("word", "more", "depth"), [("Hush.", 1, 2), ("Hush.", 2, 3), ("Quiet.", 1, 2), ("Hush.", 0, 0)])
def test_an_initial_does_not_reach_past_its_scene(word, more, depth):
    """An initial is no deeper than the scene it opens, its tail at most in the white below; a scene of one line has none."""
    texts = (paragraph(word), *[paragraph("Nobody spoke.")] * more, SceneBreak(1), paragraph(PROSE))
    (made,) = compose(Book("", "", (Chapter("", texts),)), design("type.drop-cap=4"), FONTS)
    first = made.blocks[0].settings[0].lines[0]
    assert bool(first.words[0].anchor) == bool(depth)
    assert made.blocks[0].whole == depth


def test_only_a_chapters_first_paragraph_has_an_initial():
    """The story's first paragraph of body text has an initial, after an epigraph, too; no other and no foreword's has."""
    blocks = (paragraph(PROSE, kind="quote"), paragraph(PROSE), SceneBreak(1), paragraph(PROSE))
    for kind, wanted in (("chapter", [False, True, False]), ("front", [False] * 3)):
        (made,) = compose(Book("", "", (Chapter("", blocks, kind),)), design("type.drop-cap=3"), FONTS)
        passages = [block for block in made.blocks if hasattr(block, "settings")]
        assert [bool(block.settings[0].lines[0].words[0].anchor) for block in passages] == wanted
        assert [block.whole for block in passages] == [3 * each for each in wanted]


def test_without_the_key_there_is_no_initial():
    """A chapter begins without an initial unless the config asks for one."""
    assert not galley(PROSE).blocks[0].settings[0].lines[0].words[0].anchor


def test_an_initial_too_wide_for_its_line_is_smaller():
    """On a narrow measure an initial takes no more than a third of the line, or gets smaller."""
    margins = 'page.margins={inner="1.2in", outer="1.2in", head="0.5in", foot="0.5in"}'
    lines, page = opened(f"W{SENTENCE * 6}", 4, "page.trim=A6", margins, "type.size=10pt")
    assert max(begins(lines)[:4]) < 0.36 * page.measure
    check_words(lines, f"W{SENTENCE * 6}")


def test_what_follows_an_initial_is_not_hyphenated_without_it():
    """A first word that has lost its letter to the initial is not broken where the rest of it alone could be."""
    margins = 'page.margins={inner="1.35in", outer="1.3in", head="0.5in", foot="0.5in"}'
    lines, _ = opened(f"Responsibilities a{SENTENCE * 6}", 2, "page.trim=A6", margins, "type.size=8.5pt")
    assert read_line(lines[0]).startswith("Responsibilities")


# --- the lead-in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "wanted"), [("chapters", [1, 0, 0]), ("scenes", [1, 0, 1]), ("none", [0, 0, 0])])
@pytest.mark.parametrize("depth", ["none", 3])
def test_small_capitals_lead_in_by_choice(choice, wanted, depth):
    """Small capitals lead in where a chapter begins, by choice where a scene does as well, or nowhere; never other paragraphs."""
    blocks = (paragraph(PROSE), paragraph(PROSE), SceneBreak(1), paragraph(PROSE))
    page = design(f"type.lead-in={choice}", f"type.drop-cap={depth}")
    (made,) = compose(Book("", "", (Chapter("", blocks),)), page, FONTS)
    firsts = [block.settings[0].lines[0].words[1] for block in made.blocks if hasattr(block, "settings")]
    assert ["smcp" in word.pieces[0].style.features for word in firsts] == wanted


# --- faces and keys ---------------------------------------------------------------------------------------------------


def test_capital_height_is_the_faces_own():
    """The height of capitals is that of the face's H."""
    assert capital_height(choose(FONTS, "EB Garamond")) == pytest.approx(0.653)


@pytest.mark.parametrize("value", ["1", "5", "big", "true"])
def test_a_drop_cap_has_two_to_four_lines(value):
    """Any other depth is refused, and the right ones are named."""
    with pytest.raises(ConfigError, match=r"type\.drop-cap") as caught:
        design(f"type.drop-cap={value}")
    assert caught.value.hint == "it may be 'none' or 2 or 3 or 4"
