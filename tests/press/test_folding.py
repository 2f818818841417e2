"""Folding as numbers: the trade's tables, and gatherings of even thickness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressbook.config import BookletKeys
from pressbook.errors import ConfigError, LayoutError
from pressbook.press.folding import FOLIO, OCTAVO, QUARTO, gather, mini, quire
from pressbook.press.schemes import FOLDS, arrange

TABLES = {
    "folio": (FOLIO, "4 1", "2 3"),
    "quarto": (QUARTO, "r5 r4 / 8 1", "r3 r6 / 2 7"),
    "octavo": (OCTAVO, "r5 r12 r9 r8 / 4 13 16 1", "r7 r10 r11 r6 / 2 15 14 3"),
}
"""Folds, front, back turned like a leaf; r stands on its head."""


def table(forme, columns):
    """Write a forme as rows of page numbers."""
    cells = [f"{'r' if cell.turned else ''}{cell.page}" for cell in forme.placements]
    return " / ".join(" ".join(cells[at : at + columns]) for at in range(0, len(cells), columns))


@pytest.mark.parametrize("name", TABLES)
def test_a_folded_sheet_has_the_table_of_the_trade(name):
    """Folding a sheet once, twice or three times gives the binders' tables."""
    folds, front, back = TABLES[name]
    signature = quire(1, folds)
    (sheet,) = signature.sheets
    assert (table(sheet.front, signature.columns), table(sheet.back, signature.columns)) == (front, back)


def test_a_mini_zine_has_the_table_of_the_trade():
    """The upper row of a mini zine stands on its head, from 5 to 2; the lower has 6, 7, 8 and 1."""
    assert table(mini().sheets[0].front, 4) == "r5 r4 r3 r2 / 6 7 8 1"


@given(sheets=st.integers(1, 800), most=st.integers(1, 32))
def test_gatherings_are_as_even_as_can_be(sheets, most):
    """As few gatherings as there can be, none thicker than asked, no two more than a sheet apart, thicker ones first."""
    counts = gather(sheets, most)
    assert sum(counts) == sheets
    assert max(counts) <= most
    assert max(counts) - min(counts) <= 1
    assert sorted(counts, reverse=True) == list(counts)
    assert (len(counts) - 1) * most < sheets


def test_no_lone_sheet_is_left_over():
    """Thirty-six pages in signatures of 16 are not 16, 16 and 4, but three of twelve."""
    found = arrange(36, 300, 400, BookletKeys(scheme="signatures", signature=16))
    assert [4 * len(each.sheets) for each in found.gatherings] == [12, 12, 12]


@given(pages=st.integers(1, 400), scheme=st.sampled_from(sorted(FOLDS.keys() - {"french"})), sheets=st.integers(1, 6))
def test_each_page_is_printed_once(pages, scheme, sheets):
    """Every page number from 1 to as many as the sheets hold stands on them once, and no sheet is idle."""
    each = 2 << len(FOLDS[scheme])
    found = arrange(pages, 300, 400, BookletKeys(scheme=scheme, signature=each * sheets))
    numbers = [cell.page for sheet in found.sheets for forme in (sheet.front, sheet.back) for cell in forme.placements]
    assert sorted(numbers) == list(range(1, found.room + 1))
    assert found.room - each < pages <= found.room


@pytest.mark.parametrize(
    ("scheme", "signature", "hint"),
    [("signatures", 6, "write 8"), ("quarto", 12, "write 16"), ("octavo", 8, "write 16"), ("sextodecimo", 40, "write 32")],
)
def test_a_signature_of_broken_sheets_is_refused(scheme, signature, hint):
    """A signature that is no whole number of sheets is refused, and the nearest that is one is named."""
    with pytest.raises(ConfigError, match=r"no whole number of sheets") as refusal:
        arrange(64, 300, 400, BookletKeys(scheme=scheme, signature=signature))
    assert refusal.value.hint == hint


@pytest.mark.parametrize(("scheme", "holds"), [("mini-8", 8), ("french", 4)])
def test_a_scheme_of_one_sheet_holds_no_more(scheme, holds):
    """More pages than the one sheet holds are refused, and the hint says how a short story is fitted."""
    assert arrange(holds, 100, 150, BookletKeys(scheme=scheme)).room == holds
    with pytest.raises(LayoutError, match=f"holds {holds} pages, and there are {holds + 1}") as refusal:
        arrange(holds + 1, 100, 150, BookletKeys(scheme=scheme))
    assert f"page.pages = {holds}" in refusal.value.hint


def test_only_folios_are_cut_first():
    """Cutting sheets before they are folded is for folios."""
    with pytest.raises(ConfigError, match="no meaning for octavo"):
        arrange(64, 300, 400, BookletKeys(scheme="octavo", cut_first=True))
