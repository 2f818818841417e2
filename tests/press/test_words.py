"""The instructions, word for word."""

import pytest

from pressbook.config import BookletKeys
from pressbook.errors import LayoutError
from pressbook.press import SCHEMES, impose
from pressbook.units import inch


def said(pages, width=396, height=612, **keys):
    """Impose and return the instructions as lines."""
    return impose(pages, width, height, BookletKeys(**keys)).instructions.splitlines()


def test_a_zine_is_explained_in_four_steps():
    """A zine that fills its sheets is printed, stacked, folded and stapled, and its blank is mentioned."""
    assert said(23) == [
        "1. Print on 6 sheets of letter paper, both sides, flipped on the short edge, at 100 % (“actual size”).",
        "2. Stack them with page 1 face down at the bottom, and pages 12 and 13 face up on top.",
        "3. Fold the stack in half between pages 12 and 13, so that page 1 comes to the front.",
        "4. Staple twice through the fold, from the outside in.",
        "A blank page follows page 23, to fill the last sheet.",
    ]


def test_one_sheet_is_folded_and_done():
    """A single sheet is neither stacked nor stapled; a smaller trim is cut."""
    assert said(4, inch(4), inch(6), sheet="letter", duplex="long-edge") == [
        "1. Print on one sheet of letter paper, both sides, flipped on the long edge, at 100 % (“actual size”).",
        "2. Fold it in half with page 1 in front. A single sheet needs no staple.",
        "3. Trim the three open sides to 101.6 mm (4.00 in) by 152.4 mm (6.00 in); leave the fold alone.",
    ]


def test_several_blanks_and_a_thick_stack_are_mentioned():
    """Two or three blanks are counted in words, and a thick stack gets its advice."""
    assert "Two blank pages follow page 6, to fill the last sheet." in said(6)
    assert "Three blank pages follow page 77, to fill the last sheet." in said(77)
    assert any("20 sheets make a thick booklet" in line for line in said(77))
    assert any("84 sheets are more than a staple holds" in line for line in said(333))
    assert not any("thick" in line for line in said(40))
    assert not any("thick" in line for line in said(240, scheme="signatures"))


def test_signatures_are_sorted_stepped_and_sewn():
    """Signatures are sorted by sheet, their steps and stations explained, and creep is told."""
    lines = said(40, scheme="signatures", sheet="tabloid")
    assert lines[1] == (
        "2. Sort the sheets into 3 signatures: 1 to 4; 5 to 7; 8 to 10; the lowest number is outermost."
        " Fold each in half, its first page in front."
    )
    assert lines[2].startswith(
        "3. Stack the 3 signatures: the black marks on their backs run down like stairs. Pierce each through"
    )
    assert lines[3] == "4. Trim the three open sides to 139.7 mm (5.50 in) by 215.9 mm (8.50 in); leave the spine alone."
    assert lines[4] == "The innermost pages stand 0.4 mm nearer to the fold, as far as their leaves creep out."


def test_many_signatures_are_not_listed_one_by_one():
    """The signatures of a thick book are told by their number and thickness."""
    lines = said(1200 - 16, scheme="signatures", sheet="tabloid", signature=20)
    assert lines[1].startswith(
        "2. Sort the sheets into 60 signatures, the first 56 of 5 sheets, the others of 4, one inside the other."
    )
    assert "the first 9 of 4 sheets, one inside" in said(144, scheme="signatures", sheet="tabloid")[1]


def test_an_octavo_is_folded_three_times_and_cut_open():
    """An octavo's folds are told in their order, from its first page face down, and its folds are cut open."""
    lines = said(32, inch(2.75), inch(4.25), scheme="octavo", sheet="letter")
    assert lines[1] == (
        "2. Lay each sheet so that its lowest page number is face down at the lower left. Fold the right half over the left, then"
        " the upper half down over the lower, then the right half over the left. Crease every fold well."
    )
    assert lines[-1] == "4. Cut the folds at the head and the fore-edge open."


def test_by_hand_the_backs_are_fed_again():
    """For a printer that prints one side, fronts and backs are two steps, and the turn of the pile is told."""
    lines = said(8, duplex="by-hand")
    assert lines[0] == "1. Print the file of fronts on 2 sheets of letter paper, one side, at 100 % (“actual size”)."
    assert lines[1].startswith("2. Put the pile back into the tray, turned over as one turns a leaf of a book")


def test_one_sheet_is_no_pile():
    """By hand, a single sheet goes back into the tray, and none has to be first."""
    assert said(4, duplex="by-hand")[1].startswith("2. Put the sheet back into the tray")
    assert "first" not in said(4, duplex="by-hand")[1]


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (16, "into 4 piles."),
        (12, "the last is blank"),
        (10, "the last is blank"),
        (8, "into 4 piles."),
        (2, "the last three are blank"),
    ],
)
def test_piles_without_a_page_are_left_over(pages, words):
    """Of the piles that a sheet is cut into, those on which no page stands are told."""
    assert words in said(pages, inch(4.25), inch(5.5), scheme="cut-and-stack", sheet="letter")[1]


def test_half_sheets_are_cut_first():
    """Sheets with two spreads are cut before anything is folded."""
    lines = said(8, inch(4.25), inch(5.5), sheet="letter", cut_first=True)
    assert lines[1].startswith("2. Lay the sheet with page 1 on top, cut it in two across the middle")
    assert lines[2].startswith("3. Stack them")


def test_a_mini_zine_is_printed_on_one_side():
    """The mini zine's sheet is printed on one side, and its one cut is told."""
    lines = said(8, inch(2.75), inch(4.25), scheme="mini-8")
    assert lines[0] == "1. Print on one sheet of letter paper, one side, at 100 % (“actual size”)."
    assert any("cut along the printed line" in line for line in lines)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_says_how_it_is_printed(scheme):
    """Every scheme says how many sheets go into the printer, and ends its steps in full stops."""
    lines = said(4, 100, 150, scheme=scheme, sheet="tabloid")
    assert lines[0].startswith("1. Print on one sheet of tabloid paper")
    assert len(lines) > 1
    assert all(line.endswith(".") for line in lines)


def test_impose_gathers_flats_paper_and_words():
    """Twenty-two half-letter pages become twelve flats on six letter sheets with two blanks, and no trimming is asked for."""
    imposed = impose(22, inch(5.5), inch(8.5))
    assert (imposed.sheet.name, imposed.sheets, imposed.blanks, len(imposed.flats)) == ("letter", 6, 2, 12)
    assert "6 sheets of letter paper" in imposed.instructions
    assert "Trim" not in imposed.instructions


def test_impose_asks_for_the_knife_where_paper_is_left():
    """The same pages on A3 are to be trimmed to their size."""
    imposed = impose(22, inch(5.5), inch(8.5), BookletKeys(sheet="A3"))
    assert "Trim the three open sides to 139.7 mm (5.50 in) by 215.9 mm (8.50 in)" in imposed.instructions
    with pytest.raises(LayoutError):
        impose(22, inch(5.5), inch(8.5), BookletKeys(sheet="A5"))
