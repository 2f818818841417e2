"""What is marked is marked again without a change, and nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import marks, shape, typed, understood

from pressbook.config.schema import House
from pressbook.markup import RULES, mark_up, marked
from pressbook.markup.breaks import is_marker
from pressbook.model.story import Block, Manuscript
from stopwatch import soon, times_as_long

WORDS = """
the lamp Mara he she thought Ada's 'tis goin' don't "Well," "No!" 'Not here,' 'yes' -- - and/or *never* _so_ **loud** ... W-What
I you was 1914-18 6'2" http://a.b/c--d snake_case Stop. Call him. it?" wait-" "And ("then") /now/ * _ Mr. — – … word.... said,
o' th'
"""
BETWEEN = [
    "\n\n",
    "\n\n\n",
    "\n\n***\n\n",
    "\n\n~\n\n",
    "\n\n# Two\n\n",
    "\n\n> ",
    "\n\nChapter Three\n\n",
    "\n\n\n\nA few.\n\n\n\n",
]
OPENINGS = [
    "",
    "The Salt Road\nby Ada Quill\n\n",
    "THE SALT ROAD\n\n",
    "A/N: Hello.\n\n",
    "Foreword: Hello.\n\nSummary: A boat.\n\n\n",
]

sentences = st.lists(st.sampled_from(WORDS.split()), min_size=3, max_size=12).map(" ".join)
stories = st.builds(
    lambda opening, parts, end: opening + "".join(text + gap for text, gap in parts) + end,
    st.sampled_from(OPENINGS),
    st.lists(st.tuples(sentences, st.sampled_from(BETWEEN)), min_size=1, max_size=8),
    sentences,
)
anything = st.text(
    st.one_of(st.sampled_from("\"'*_-~#>./\\ \n…—–“”‘’`:!?,()abcIT1"), st.characters(codec="utf-8")), min_size=1, max_size=200
)


def alnum(text: str) -> str:
    """Reduce a text to its letters and digits."""
    return "".join(letter for letter in text if letter.isalnum())


@settings(max_examples=100, deadline=None)
@given(stories, st.sampled_from(["auto", "em", "en"]))
def test_marking_is_a_fixed_point(text, dashes):
    """Marking a marked manuscript gives the same book and the same text."""
    book = understood(text, dashes=dashes)
    again = understood(marked(book), dashes=dashes)
    assert shape(again) == shape(book)
    assert marked(again) == marked(book)


@settings(max_examples=100, deadline=None)
@given(stories)
def test_no_word_is_lost(text):
    """The letters and digits of the manuscript, in order, are those of the marked one."""
    assert alnum(marks(text)) == alnum(text)


@settings(max_examples=300, deadline=None)
@given(anything, st.sampled_from(["auto", "us", "uk", "guillemets", "dash", "keep"]))
def test_any_text_is_marked(text, quotes):
    """No text, however odd, makes the rules fail or loses a letter outside typed markers."""
    manuscript = typed(text)
    book = mark_up(manuscript, House(quotes=quotes))
    kept = alnum("".join(block.text for block in manuscript.blocks))
    left = alnum(marked(book))
    letters = iter(kept)
    assert all(letter in letters for letter in left)
    lost = len(kept) - len(left)
    assert lost <= sum(len(alnum(block.text)) for block in manuscript.blocks if is_marker(block.text))


def test_decisions_stand_in_their_paragraph():
    """Every decision names its rule, says why, and quotes the letters at its place."""
    text = "\"'Tis late,\" said Ada - who'd know. 'Never!' she *cried*... ".strip()
    book = understood(f"{text}\n\n***\n\n{text}")
    for decision in book.decisions:
        assert decision.evidence
        assert 0 < decision.confidence <= 1
        if decision.kind not in ("scene-break", "pause"):
            block = [b for c in book.chapters for b in c.blocks if hasattr(b, "runs")][decision.paragraph]
            assert "".join(run.text for run in block.runs)[decision.start : decision.end] == decision.text


@pytest.mark.parametrize("text", ["`c", "`u was late.", "`)1", "It was `so' late.", "He said `no` twice."])
def test_a_backtick_is_read_as_what_it_is_written_as(text):
    """A backtick is weighed as the mark that it becomes, so that it is read as the same again."""
    once = marks(text)
    assert marks(once) == once


def test_the_table_is_ordered():
    """The table names every rule once: first the outline, then the text, then the style."""
    outline = "footnotes title contents chapters signs sections typed-footnotes front notes back apart breaks pauses"
    words = "spaces lines ellipses dashes quotes emphasis italics thoughts house-quotes"
    assert " ".join(rule.name for rule in RULES) == f"{outline} {words}"
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.says for rule in RULES)


def test_a_manuscript_of_nothing_is_a_book_of_nothing():
    """A manuscript without blocks gives a book without chapters."""
    assert mark_up(Manuscript((), "empty", "blank lines", "utf-8"), House()).chapters == ()


@pytest.mark.parametrize("mark", ['"', "*", "a *b", "‘a, he thought ", "\"'", ". "])
def test_long_lines_cost_no_more_than_their_length(mark):
    """A hundred thousand marks in one line are marked in a moment."""
    assert soon(lambda: marks(mark * (100_000 // len(mark))), 3)


@pytest.mark.parametrize("piece", ['" ', "' ", "'a ", "a' ", "`a' ", '*"', "-", " -a", "a--", "/a/", "a@b", "6'2\" ", "\\", ":// "])
def test_more_marks_cost_no_more_than_their_share(piece):
    """Ten times as many marks in one paragraph take hardly more than ten times as long: no rule looks back over what it passed."""

    def marking(times: int):
        manuscript = Manuscript((Block(f"A lamp {piece * times}@ a-b.", 1),), "long", "blank lines", "utf-8")
        return lambda: mark_up(manuscript, House())

    assert times_as_long(marking(8_000), marking(800), 40) < 40
