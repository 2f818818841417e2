"""Kept lines: verse, chats, signs, letter heads and signatures end their lines where the author did."""

from itertools import accumulate, pairwise
from statistics import median

import pytest
from compositor import (
    SOFT_HYPHEN,
    check_glyphs,
    check_words,
    compose_blocks,
    design,
    lines_of,
    paragraph,
    read_line,
    right_edge,
    spacing,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.model import Passage, Pause, SceneBreak

FERRY = """
The ferry goes over, the ferry comes back,
  With one lamp to windward and one lamp to lee;
The *river is narrow,
  the river* is black,
And nobody, nobody ferries for me.
""".strip("\n")

LONG = FERRY + "\nAnd turned up his collar, and shouldered his oars, and went down to the water as though it were his"

TURNED = """
half-letter | Who counted the lanterns that swung on the bank, and who counted the stars, and forgot
Who counted the lanterns that swung on the bank,
> and who counted the stars, and forgot

half-letter | The old man of the lower river, whom nobody but the heron and the harbourmaster ever called by his name
The old man of the lower river, whom nobody but the heron
> and the harbourmaster ever called by his name

mini | With one lamp to windward and one lamp upon the lee
With one lamp to windward and one lamp
> upon the lee

mini | Nothing you have, nothing you own, nothing that you could ever spare
Nothing you have, nothing you own,
> nothing that you could ever spare
"""
"""Trim and a long line as typed, then the line as it is turned over."""

WHITES = """
body verse body              | 0 1 0        | 0 1 0
body verse verse body        | 0 1 1 0      | 0 0 1 0
verse verse                  | 0 1          | 0 0
body quote quote body        | 0 1 0 0      | 0 0 1 0
body head quote body         | 0 1 1 0      | 0 0 1 0
body quote signature body    | 0 1 0 0      | 0 0 1 0
verse signature verse        | 0 0 1        | 0 0 0
quote signature quote        | 0 0 1        | 0 0 0
body signature               | 0 0          | 0 0
body centred centred body    | 0 1 0 0      | 0 0 1 0
quote verse quote            | 0 1 1        | 0 0 0
section verse section        | 1 0 1        | 0 0 0
body verse pause body        | 0 1 - 0      | 0 0 - 0
body break verse             | 0 - 0        | 0 - 0
"""
"""Blocks | grid lines of white above each | below each."""

KINDS = st.sampled_from(("verse", "quote", "centred", "signature"))
ODD_WORDS = "the river nobody “No” half-past lamps, O *black* https://example.org/a/long/one?and=on wait…what"
WORD = st.one_of(st.sampled_from(ODD_WORDS.split(" ")), st.text("abcdefghilmnorstuvwAEIT", min_size=1, max_size=40))


@st.composite
def typed_lines(draw):
    """Draw lines as typed, each with some white before it."""
    count = draw(st.integers(2, 6))
    return [
        " " * draw(st.integers(0, 9)) + " ".join(draw(st.lists(WORD, min_size=1, max_size=14))).replace("* *", " ")
        for _ in range(count)
    ]


def block(sign):
    """Make a block of a kind."""
    made = {"break": SceneBreak(1), "pause": Pause(1), "head": paragraph("12 Mill Lane\nThird of March", kind="quote")}
    return made.get(sign) or paragraph("A few words of it.", kind=sign)


def poem(text, *options, **parts):
    """Set a text as one stanza alone, and return its lines."""
    (lines,) = lines_of(compose_blocks(paragraph(text, **({"kind": "verse"} | parts)), settings=options))
    return lines


def left(line):
    """Find a line's left edge, what hangs out left aside."""
    return line.indent + line.words[0].hang_left


def width(line):
    """Measure a line by its letters."""
    return sum(word.width for word in line.words) + line.space * (len(line.words) - 1)


@settings(max_examples=100, deadline=None)
@given(typed_lines(), KINDS, st.sampled_from(("half-letter", "mini", "2x2in", "A5-landscape")))
def test_kept_lines_keep_their_words_and_their_ends(lines, kind, trim):
    """Whatever is typed, each line begins anew, holds its words in order, and stays inside the measure with natural spaces."""
    option = f"page.trim={trim}"
    page = design(option)
    made = poem("\n".join(lines), option, kind=kind)
    check_glyphs(made)
    check_words(made, "\n".join(lines).replace("*", ""))
    letters = [len("".join(read_line(line).split()).replace("-", "")) for line in made]
    ends = set(accumulate(len("".join(line.replace("*", "").split()).replace("-", "")) for line in lines))
    assert ends <= set(accumulate(letters)), "a line goes on where the author ended it"
    for line in made:
        assert line.space == spacing(option).natural and (line.scale, line.tracking) == (1.0, 0.0)
        assert left(line) > -1e-6
        # A word broken by force is measured whole: where it is parted, a kern is lost.
        assert right_edge(line) < page.measure + 0.1 * page.size


@pytest.mark.parametrize("case", TURNED.strip("\n").split("\n\n"), ids=lambda case: case.splitlines()[0][:40])
def test_a_long_line_is_turned_over_by_sense(case):
    """A line too long for its column ends late and at a pause; what is turned over stands deeper and is no stub."""
    head, *wanted = case.splitlines()
    trim, _, typed = head.partition(" | ")
    both = poem(f"{typed}\n{typed}", f"page.trim={trim}")
    lines = both[: len(both) // 2]
    assert [">" * (row > 0) + " " * (row > 0) + read_line(line) for row, line in enumerate(lines)] == wanted
    assert all(left(line) >= left(lines[0]) + design(f"page.trim={trim}").indent for line in lines[1:])


def test_turned_over_parts_stand_deeper_than_every_line():
    """No turned-over part can be taken for one of the lines that the author indented."""
    lines = poem(LONG)
    assert len(lines) == 7
    assert left(lines[-1]) > max(left(line) for line in lines[:-1]) + 1


def test_a_page_does_not_begin_with_a_turned_over_part():
    """The second and the last part of a long line are held to the line before them; whole lines are free."""
    made = compose_blocks(paragraph(LONG + "\nand rowed", kind="verse"))
    assert [block.held for block in made.blocks] == [(6,)]
    made = compose_blocks(paragraph("One.\n" + "on and on it went and went " * 12, kind="verse"))
    (passage,) = made.blocks
    assert sorted(passage.held) == [2, len(passage.settings[0].lines) - 1]


def test_a_short_stanza_is_kept_together():
    """No page begins within a stanza of four lines; one of five may be parted."""
    four = "The moon is late" + "\nand the sea is flat" * 3
    stanzas = [paragraph(each, kind="verse") for each in (four, f"{four}\nand we wait")]
    assert [block.held for block in compose_blocks(*stanzas).blocks] == [(1, 2, 3), ()]


def test_a_poem_stands_in_the_middle_by_its_common_line():
    """The line of middling length is centred; the poem's left edge is the same for all lines and all stanzas."""
    short = "The ferry goes over,\nthe ferry\ncomes back,\nwith one lamp to windward\nand one lamp to lee."
    first, second = lines_of(compose_blocks(paragraph(short, kind="verse"), paragraph("O river,\nO wide", kind="verse")))
    lines = (*first, *second)
    assert len({round(left(line), 6) for line in lines}) == 1
    common = median(width(line) for line in lines)
    assert left(lines[0]) == pytest.approx((design().measure - common) / 2)


def test_a_long_line_draws_a_poem_left_only_as_far_as_it_must():
    """One long line that fits moves the poem until it just fits; one that cannot fit leaves it where one turn is enough."""
    short = "The ferry\ngoes over,\nthe ferry\ncomes back,\nO wide"
    fits = poem(f"{short}\nwith one lamp to windward and one lamp to lee and a third")
    assert len(fits) == 6
    assert left(fits[0]) + width(fits[-1]) == pytest.approx(design().measure, abs=0.01)
    turned = poem(f"{short}\nwith one lamp to windward and one lamp to lee and a third in the hand of the ferryman himself")
    assert len(turned) == 7
    assert left(turned[0]) > 1.5 * design().indent


def test_a_poem_of_long_lines_begins_an_indent_from_the_margin():
    """However long its lines, a poem stands at least an indent from the margin, so that it is seen to be one."""
    lines = poem("\n".join(["and on and on it went, past every lamp and every bridge and out of every song we knew"] * 4))
    assert min(map(left, lines)) == pytest.approx(design().indent)


def test_white_typed_before_a_line_indents_it():
    """Columns of white before a line count by half an em, less what all lines have; a tab is four."""
    lines = poem("    O river,\n      O river,\n\t  O wide")
    em = design().size
    assert [round((left(line) - left(lines[0])) / em, 6) for line in lines] == [0, 1, 1]


def test_italic_goes_on_over_a_kept_line_end():
    """Letters in italic before and after a line end are italic in both lines."""
    lines = poem(FERRY)
    styles = [[word.pieces[0].style.font.style for word in line.words] for line in lines]
    assert styles[2] == ["Regular", *["Italic"] * 3]
    assert styles[3] == ["Italic", "Italic", "Regular", "Regular"]


def test_words_that_hold_together_are_not_parted():
    """A line is not turned over at a space that holds: before a spaced dash or an ellipsis."""
    for count in range(6, 12):
        lines = poem(f"{'and on ' * count}– and …\nO", "page.trim=mini", "story.dashes=en")
        assert not any(read_line(line)[0] in "–…" for line in lines)


def test_verse_is_hyphenated_only_where_nothing_else_fits():
    """A line of ordinary words is never hyphenated, however long; a word wider than the column is."""
    long = "the responsibility of the municipality, the characteristic unreliability of the instruments, the stubbornness of rivers"
    assert not any(line.hyphenated for line in poem(f"{long}\nO", "page.trim=mini"))
    lines = poem(f"the {'responsibility' * 4} of rivers\nO", "page.trim=mini")
    assert any(line.hyphenated for line in lines)


def test_an_address_is_broken_at_its_own_signs():
    """An address wider than the column ends its lines after a slash, a dot or the like, and gets no hyphen."""
    lines = poem("**Tom:** https://example.org/a/very/long/address/that/goes/on?and=on&and=on#forever\nok", "page.trim=mini")
    assert len(lines) > 2
    for line in lines[:-2]:
        assert line.words[-1].text[-1] in "/?&=#.:" and SOFT_HYPHEN not in line.words[-1].text


def test_signs_are_centred_and_kept_together():
    """Each line of a sign stands in the middle of the measure, long ones broken evenly; no page begins inside it."""
    typed = "NO CROSSING\n*after dark*\nBy order of the Harbourmaster and of the Commissioners for the Lower River"
    made = compose_blocks(paragraph("One."), paragraph(typed, kind="centred"))
    lines = lines_of(made)[1]
    assert len(lines) == 4
    for line in lines:
        assert line.indent + width(line) / 2 == pytest.approx(design().measure / 2)
    assert made.blocks[1].held == (1, 2, 3)
    assert min(map(width, lines[2:])) > 0.6 * max(map(width, lines[2:]))


def test_a_signature_hangs_to_the_right():
    """Every line of a signature ends an indent short of the measure, what hangs out left aside; no page begins with it."""
    typed = "Your affectionate aunt,\nWilhelmina of the lower river, of Mill Lane and of the bridge that is longer than the ferry"
    made = compose_blocks(paragraph("One.", kind="quote"), paragraph(typed, kind="signature"))
    lines = lines_of(made)[1]
    assert len(lines) == 3
    for line in lines:
        assert right_edge(line) == pytest.approx(design().measure - design().indent)
    assert made.blocks[1].held[0] == 0


@pytest.mark.parametrize("row", WHITES.strip().splitlines(), ids=lambda row: row.split("|")[0].strip())
def test_what_stands_apart_has_white_around(row):
    """Between verse, letters, signs and prose there is one white line; stanzas too are parted; a signature stands close."""
    kinds, above, below = (cell.split() for cell in row.split("|"))
    made = compose_blocks(*map(block, kinds)).blocks
    found = [(str(each.above), str(each.below)) if isinstance(each, Passage) else ("-", "-") for each in made]
    assert found == list(zip(above, below, strict=True))
    for upper, lower in pairwise(made):
        if isinstance(upper, Passage) and isinstance(lower, Passage):
            assert upper.below + lower.above <= 1


@pytest.mark.parametrize(
    ("typed", "flush"),
    [("and that was all.", True), ("— and that was all.", True), ("“and that,” he said.", True), ("That was all.", False)],
)
def test_prose_goes_on_flush_left_after_a_poem_only_in_mid_sentence(typed, flush):
    """Under a poem, prose that goes on in lower case is no new paragraph and stands flush; any other is indented."""
    made = compose_blocks(paragraph("He sang:"), paragraph(FERRY, kind="verse"), paragraph(typed))
    assert left(lines_of(made)[-1][0]) == pytest.approx(0.0 if flush else design().indent, abs=0.01)


def test_a_story_that_opens_with_verse_begins_flush():
    """The first prose of a story or a scene stands flush, whatever verse or epigraph stands above it."""
    made = compose_blocks(paragraph(FERRY, kind="verse"), paragraph("The rain had stopped."))
    assert left(lines_of(made)[-1][0]) == pytest.approx(0.0, abs=0.01)
    made = compose_blocks(paragraph("One."), SceneBreak(2), paragraph(FERRY, kind="verse"), paragraph("It rained."))
    assert left(lines_of(made)[-1][0]) == pytest.approx(0.0, abs=0.01)


def test_a_letter_head_keeps_its_lines():
    """A quotation with kept lines begins each at the quotation's own left edge."""
    lines = poem("12 Mill Lane\nThird of March", kind="quote")
    assert [read_line(line) for line in lines] == ["12 Mill Lane", "Third of March"]
    assert [left(line) for line in lines] == [pytest.approx(design().indent)] * 2
