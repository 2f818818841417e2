"""Saddle stitch as numbers."""

from hypothesis import given
from hypothesis import strategies as st

from pressbook.model import Forme, Signature
from pressbook.press.saddle import saddle


def table(signature: Signature) -> list[tuple]:
    """List each sheet as front left, front right, back left, back right."""
    return [(*row(sheet.front), *row(sheet.back)) for sheet in signature.sheets]


def row(forme: Forme) -> tuple:
    """List the page numbers of a forme from left to right."""
    return tuple(cell.page for cell in sorted(forme.placements, key=lambda cell: cell.column))


def test_four_pages_take_one_sheet():
    """Four pages lie on one sheet: 4 and 1 outside, 2 and 3 inside."""
    assert table(saddle(4)) == [(4, 1, 2, 3)]


def test_eight_pages_take_two_sheets():
    """Eight pages lie on two sheets, the outer with 8 1 2 7, the inner with 6 3 4 5."""
    assert table(saddle(8)) == [(8, 1, 2, 7), (6, 3, 4, 5)]


def test_blanks_stand_at_the_end():
    """A book of five pages is filled up with three blanks behind the last."""
    assert table(saddle(5)) == [(None, 1, 2, None), (None, 3, 4, 5)]


def test_one_page_takes_one_sheet():
    """A single page stands on the right of the front, and all else is blank."""
    assert table(saddle(1)) == [(None, 1, None, None)]


@given(st.integers(1, 400))
def test_pages_follow_the_binders_formula(pages: int):
    """For any number of pages, sheet s of N pages has N-2s+2, 2s-1 in front and 2s, N-2s+1 behind, and no sheet is idle."""
    signature = saddle(pages)
    total = 4 * len(signature.sheets)
    assert total - 4 < pages <= total
    for s, numbers in enumerate(table(signature), 1):
        expected = (total - 2 * s + 2, 2 * s - 1, 2 * s, total - 2 * s + 1)
        assert numbers == tuple(page if page <= pages else None for page in expected)


@given(st.integers(1, 200))
def test_every_cell_is_filled_head_up(pages: int):
    """Every forme has its two cells, side by side in one row, and no page head down."""
    signature = saddle(pages)
    assert (signature.columns, signature.rows) == (2, 1)
    for sheet in signature.sheets:
        for forme in (sheet.front, sheet.back):
            assert [(cell.column, cell.row, cell.turned) for cell in forme.placements] == [(0, 0, False), (1, 0, False)]
