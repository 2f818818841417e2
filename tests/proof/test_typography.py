"""The typographic report: its figures counted by hand on wooden type, and the sample zine held to the promises."""

from functools import cache
from pathlib import Path

import pytest

from pressbook.config import load
from pressbook.model import Edition, Font, Line, Page, Piece, Slug, Spread, Style, Word
from pressbook.pipeline import typeset
from pressbook.proof import in_words, survey

STYLE = Style(Font("Wood", "Regular", 400, False, Path("wood.ttf")), 10.0)
SAMPLE = Path(__file__).parents[2] / "text" / "distinguishing-features.txt"


def line(text, space=2.0, **parts):
    """Set a line of letters five points wide."""
    words = []
    for word in text.split():
        piece = Piece(STYLE, word, (), (), (), (), 5.0 * len(word))
        words.append(Word(word, (piece,), piece.width, seams=len(word) - 1))
    return Line(tuple(words), space, 0.0, **parts)


def book(*pages, chapter_ends=()):
    """Make an edition of pages, each a list of (paragraph, line); the first page stands alone on the right."""
    made = []
    for number, rows in enumerate(pages, 1):
        slugs = tuple(Slug(row, 0.0, 500.0 - 12 * place, paragraph) for place, (paragraph, row) in enumerate(rows))
        kind = "opener" if number - 1 in chapter_ends else "text"
        made.append(Page(number, "recto" if number % 2 else "verso", kind, slugs))
    spreads = [Spread(None, made[0])]
    spreads += [Spread(made[at], made[at + 1] if at + 1 < len(made) else None) for at in range(1, len(made), 2)]
    return Edition("T", "A", "en", 300.0, 600.0, 0.0, tuple(spreads))


def test_word_spaces_are_measured_on_full_lines_against_their_median():
    """Full lines of spaces 2, 2, 2 and 4 have a median of 2, a widest of twice that, one loose line; last lines do not count."""
    rows = [(0, line("aa bb", 2)), (0, line("cc dd", 2)), (0, line("ee ff", 2)), (0, line("gg hh", 4)), (0, line("ii jj", 9))]
    found = survey(book(rows))
    assert (found.lines, found.justified, found.space_max, found.loose, found.tight) == (5, 4, 2.0, 1, 0)
    assert found.space_sd == pytest.approx(0.433, abs=0.001)
    assert (found.worst[0].page, found.worst[0].line, found.worst[0].text) == (1, 4, "gg hh")


def test_widows_and_orphans_are_lines_parted_from_their_paragraph():
    """A paragraph's first line at a page's foot is an orphan, its last at a page's head a widow."""
    orphan = book([(0, line("aa bb")), (1, line("cc dd"))], [(1, line("ee ff")), (1, line("gg"))])
    widow = book([(0, line("aa bb")), (0, line("cc dd"))], [(0, line("ee ff"))])
    assert (survey(orphan).orphans, survey(orphan).widows) == (1, 0)
    assert (survey(widow).orphans, survey(widow).widows) == (0, 1)


def test_hyphens_ladders_and_feet_are_counted():
    """Four hyphens running are one ladder, one of them typed or not; the one that ends a page is counted as such."""
    rows = [(0, line("aa bb\u00ad", hyphenated=True)) for _ in range(4)]
    typed = survey(book([rows[0], (0, line("aa bb-")), rows[0], (0, line("cc dd"))]))
    assert (typed.hyphens, typed.ladders) == (2, 1)
    found = survey(book(rows, [(0, line("cc dd")), (0, line("ee ff"))]))
    assert (found.hyphens, found.ladders, found.hyphens_at_foot) == (4, 1, 1)


def test_stacks_and_runts_are_counted():
    """The same word at the end of two lines is a stack, short words aside; a last line one em wide is a runt."""
    rows = [(0, line("one over")), (0, line("two over")), (0, line("we go")), (0, line("we")), (1, line("long enough to last"))]
    found = survey(book(rows))
    assert (found.stacks, found.runts) == (1, 1)


def test_a_river_is_a_chain_of_spaces_under_each_other():
    """Three spaces in one place are a river, one only; spaces that step aside by more than their width are none."""
    river = [(0, line("aaaa bbbb", 6)) for _ in range(5)]
    none = [(0, line("a" * length + " bbbb", 4)) for length in (2, 4, 6, 4, 2)]
    assert survey(book(river)).rivers == 1
    assert survey(book(none)).rivers == 0


def test_a_spread_is_uneven_if_text_goes_on_and_its_pages_end_apart():
    """Facing pages of three lines and two are uneven where the text goes on; a chapter's end may be as short as it likes."""
    full, short = [(0, line("aa bb"))] * 3, [(0, line("aa bb"))] * 2
    assert (survey(book(full, full, short, full)).spreads, survey(book(full, full, short, full)).uneven) == (1, 1)
    assert survey(book(full, full, short, full, chapter_ends=(3,))).uneven == 0


@cache
def sample(trim):
    """Set the sample story for a trim and survey it."""
    return survey(typeset((SAMPLE,), load(None, (f'page.trim="{trim}"',)), ()))


@pytest.mark.parametrize("trim", ["mini", "A6", "half-letter", "us-trade", "A5-landscape"])
def test_the_sample_keeps_the_promises(trim):
    """On the sample, whatever the trim: no widow, orphan or ladder; scale within 2 %, tracking within 1 % of an em."""
    found = sample(trim)
    assert (found.widows, found.orphans, found.ladders) == (0, 0, 0)
    assert 0.98 <= found.scale_least <= found.scale_most <= 1.02
    assert found.tracking_most <= 0.01


def test_the_sample_zine_is_even():
    """As a half-letter zine the sample has level spreads, no hyphen at a foot, and word spaces within a tenth of each other."""
    found = sample("half-letter")
    assert (found.uneven, found.hyphens_at_foot) == (0, 0)
    assert found.space_sd < 0.1
    assert found.spreads > 1


def test_the_report_says_its_figures_in_words():
    """The words name every figure and quote the worst line with its page."""
    rows = [(0, line("aa bb", 2)), (0, line("cc dd", 4)), (0, line("ee ff", 2)), (0, line("gg", 2))]
    said = in_words(survey(book(rows)))
    assert "4 lines, 3 of them full" in said
    assert "page 1, line 2, 2.00: cc dd" in said
