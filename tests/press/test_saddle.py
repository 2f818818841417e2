"""Saddle stitch as numbers."""

from hypothesis import given
from hypothesis import strategies as st

from pressbook.config import BookletKeys
from pressbook.press.schemes import arrange


def sheets_of(pages):
    """List each sheet as front left, front right, back left, back right."""
    found = arrange(pages, 300, 400, BookletKeys()).sheets
    return [tuple(cell.page for forme in (sheet.front, sheet.back) for cell in forme.placements) for sheet in found]


def test_four_pages_take_one_sheet():
    """Four pages lie on one sheet: 4 and 1 outside, 2 and 3 inside."""
    assert sheets_of(4) == [(4, 1, 2, 3)]


def test_eight_pages_take_two_sheets():
    """Eight pages lie on two sheets, the outer with 8 1 2 7, the inner with 6 3 4 5."""
    assert sheets_of(8) == [(8, 1, 2, 7), (6, 3, 4, 5)]


@given(st.integers(1, 400))
def test_pages_follow_the_binders_formula(pages):
    """For any number of pages, sheet s of N pages has N-2s+2, 2s-1 in front and 2s, N-2s+1 behind, and no sheet is idle."""
    found = sheets_of(pages)
    total = 4 * len(found)
    assert total - 4 < pages <= total
    assert found == [(total - 2 * s + 2, 2 * s - 1, 2 * s, total - 2 * s + 1) for s in range(1, len(found) + 1)]


@given(st.integers(1, 200))
def test_every_cell_is_filled_head_up(pages):
    """Every forme has its two cells, side by side in one row, and no page head down."""
    found = arrange(pages, 300, 400, BookletKeys())
    assert (found.columns, found.rows) == (2, 1)
    for sheet in found.sheets:
        for forme in (sheet.front, sheet.back):
            assert [(cell.column, cell.row, cell.turned) for cell in forme.placements] == [(0, 0, False), (1, 0, False)]
