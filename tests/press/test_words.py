"""The instructions, word for word, and the facade that gathers them."""

import pytest

from pressbook.errors import LayoutError
from pressbook.press import impose
from pressbook.press.words import instructions
from pressbook.units import inch


def test_a_zine_is_explained_in_four_steps():
    """A zine that fills its sheets is printed, stacked, folded and stapled, and its blank is mentioned."""
    assert instructions(23, 1, 6, "letter", "short-edge", True).splitlines() == [
        "1. Print on 6 sheets of letter paper, both sides, flipped on the short edge, at 100 % (“actual size”).",
        "2. Stack them with page 1 face down at the bottom, and pages 12 and 13 face up on top.",
        "3. Fold the stack in half between pages 12 and 13, so that page 1 comes to the front.",
        "4. Staple twice through the fold, from the outside in.",
        "A blank page follows page 23, to fill the last sheet.",
    ]


def test_one_sheet_is_folded_and_done():
    """A single sheet is neither stacked nor stapled; a smaller trim is cut."""
    assert instructions(4, 0, 1, "A4", "long-edge", False, "105 mm by 148 mm").splitlines() == [
        "1. Print on one sheet of A4 paper, both sides, flipped on the long edge, at 100 % (“actual size”).",
        "2. Fold it in half with page 1 in front. A single sheet needs no staple.",
        "3. Trim the three open sides to 105 mm by 148 mm; leave the fold alone.",
    ]


def test_several_blanks_and_a_thick_stack_are_mentioned():
    """Two or three blanks are counted in words, and a thick stack gets its advice."""
    assert "Two blank pages follow page 6," in instructions(6, 2, 2, "A4", "short-edge", True)
    assert "Three blank pages follow page 77," in instructions(77, 3, 20, "A4", "short-edge", True)
    assert "20 sheets make a thick booklet" in instructions(77, 3, 20, "A4", "short-edge", True)
    assert "thick" not in instructions(40, 0, 10, "A4", "short-edge", True)


def test_impose_gathers_flats_paper_and_words():
    """Twenty-two half-letter pages become twelve flats on six letter sheets with two blanks, and no trimming is asked for."""
    imposed = impose(22, inch(5.5), inch(8.5))
    assert (imposed.sheet.name, imposed.sheets, imposed.blanks, len(imposed.flats)) == ("letter", 6, 2, 12)
    assert "6 sheets of letter paper" in imposed.instructions
    assert "Trim" not in imposed.instructions


def test_impose_asks_for_the_knife_where_paper_is_left():
    """The same pages on A3 are to be trimmed to their size."""
    imposed = impose(22, inch(5.5), inch(8.5), "A3", "long-edge")
    assert "Trim the three open sides to 139.7 mm (5.50 in) by 215.9 mm (8.50 in)" in imposed.instructions
    with pytest.raises(LayoutError):
        impose(22, inch(5.5), inch(8.5), "A5")
