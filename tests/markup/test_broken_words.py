"""Words that a line's end broke: joined where the book tells so, else left, and said."""

from itertools import product

from markup_support import marks

from pressbook.config.schema import House
from pressbook.markup import mark_up, marked
from pressbook.model.story import Block, Manuscript

SHED = """She sat in the dark of the shed, breath-
ing slowly. There were twenty-
four of them, as there had been twenty-four before, and she had no ques-
tion. "Th-
then who does?" asked the old man, and his mother-in-
law laughed."""

TABLE = """Nobody spoke of it, and Jean-
Paul put the bread down with-
out a word. It was without salt. By the door stood the ever-
green that nobody had planted."""


def wrapped(*paragraphs):
    """Take paragraphs of wrapped lines for a book."""
    return mark_up(Manuscript(tuple(Block(text, 1, 1) for text in paragraphs), "shed", "hard-wrapped", "utf-8"), House())


def test_words_broken_at_lines_ends():
    """A word that is whole elsewhere, or ends in what is no word, is joined; a compound, a name's half and a stutter stay."""
    told = marked(wrapped(SHED, TABLE)).rstrip("\n")
    for joined in ("breathing", " question.", " without a word"):
        assert joined in told
    for kept in ("twenty-four of", "“Th-then", "mother-in-law", "Jean-Paul", "ever-green"):
        assert kept in told
    assert marks(told) == told


def test_a_hyphen_that_may_be_either_is_a_notice():
    """A hyphen that stays though nothing in the book says that it belongs there is named."""
    (found,) = [finding for finding in wrapped(SHED, TABLE).findings if finding.rule == "hyphens"]
    assert found.level == "notice"
    assert "stayed" in found.message
    assert "ever-green" in found.message
    assert "twenty-four" not in found.message


def test_in_a_book_of_many_words_a_piece_is_no_word():
    """Where a book that is rich in words breaks one after the other, one whose half stands nowhere else was broken too."""
    many = " ".join("".join(letters) for letters in product("abcdefghijklmnop", repeat=3))
    meal = "They ate like chil-\ndren in the gar-\nden. All the children of the garden slept. The moon hung over the har-\nbour."
    assert "over the harbour." in marked(wrapped(many, SHED, TABLE, meal))
    assert "over the har-bour." in marked(wrapped(SHED, TABLE, meal))
