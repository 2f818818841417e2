"""Feet: pages whose notes stand at their foot, each note beginning on the page that cites it."""

from functools import cache
from itertools import product
from math import ceil, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import chapters, check_settings, design, display, faults, galley, rows_of, tagged_pages

from pressbook.model import Book, Line
from pressbook.paging import paginate
from pressbook.paging.feet import (
    ALONE,
    DEEPER,
    LEAST_PART,
    MOST_DEEPER,
    SPLIT,
    WHITE,
    Feet,
    Filling,
    cheapest_with_notes,
)
from pressbook.paging.spreads import LEAST_END, LEVEL, LONGER_OR_SHORTER, PAGE_TURN, SHORT_END, Freedom, make_up

SIDES = st.sampled_from(("recto", "verso"))


def noted(paragraphs, places):
    """Write notes to some paragraphs of a chapter in shorthand: (which, the line that cites it, the lines of the note)."""
    signs = paragraphs.split()
    for which, row, length in sorted(places, key=lambda place: (place[0], place[1])):
        at = which % len(signs)
        if signs[at] not in ("*", "~", "#"):
            signs[at] += f"@{row}={length}"
    return " ".join(signs)


def with_notes(most, longest, **drawn):
    """Draw chapters some of whose paragraphs cite notes."""
    places = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6), st.integers(1, longest)), min_size=1, max_size=most // 2)
    return st.builds(noted, chapters(most=most, **drawn), places)


def cited_on(rows, page):
    """List the notes that the rows of a page cite."""
    cited = dict(zip(rows.rows, rows.cites, strict=True))
    for variant in rows.variants:
        cited.update(zip(variant.rows, variant.cites, strict=False))
    return [number for row, _ in page if isinstance(row, Line) for number in cited[row]]


@settings(max_examples=50, deadline=None)
@given(with_notes(40, 12, tame=False), st.integers(8, 40), SIDES)
def test_each_note_begins_with_its_reference(shorthand, lines, first):
    """Every line stands once and in order, and so does every line of a note; a note begins on the page that cites it.

    Only where a page had to be torn, and the bill says so, may it begin later.
    """
    made = galley(shorthand)
    rows = rows_of(made, lines)
    found = make_up(rows, lines, first)
    check_settings(made, [row for page in found.pages for row, _ in page if isinstance(row, Line)])
    if not made.notes:
        return
    cited = [number for page in found.pages for number in cited_on(rows, page)]
    assert [place for foot in found.feet for place in foot] == [
        (number, row) for number in cited for row in range(len(made.notes[number - 1]))
    ]
    assert sorted(cited) == list(range(1, len(made.notes) + 1))
    torn = any(paid.price >= SPLIT + 1_000 for paid in found.paid if paid.fault == "parted note")
    for page, foot in zip(found.pages, found.feet, strict=True):
        begun = [number for number, row in foot if row == 0]
        assert torn or begun == cited_on(rows, page)


@settings(max_examples=50, deadline=None)
@given(with_notes(60, 8), st.integers(20, 38), SIDES)
def test_text_and_notes_fill_the_page(shorthand, lines, first):
    """Text, notes and the white between them take no more rows than the page has, and all but a chapter's last are full."""
    made = galley(shorthand)
    rows = rows_of(made, lines)
    found = make_up(rows, lines, first)
    if not made.notes:
        return
    feet = Feet(rows.notes, rows.step)
    for number, (page, foot, depth) in enumerate(zip(found.pages, found.feet, found.depths, strict=True)):
        used = len(page) + feet.rows(len(foot)) + found.head * (number == 0)
        white = lines + depth - used
        assert white >= 0
        if found.pages[number + 1 :] and found.pages[number + 1]:
            assert white <= (MOST_DEEPER if foot else 0)
    assert sum(paid.price for paid in found.paid) == pytest.approx(found.price)


@settings(max_examples=50, deadline=None)
@given(with_notes(60, 3), st.integers(24, 38), SIDES)
def test_pages_with_notes_end_without_a_fault(shorthand, lines, first):
    """No page ends or begins with a widow, an orphan, a gap or a heading without text, but where the bill says that it is torn."""
    made = galley(shorthand)
    found = make_up(rows_of(made, lines), lines, first)
    torn = any(paid.fault == "torn page" for paid in found.paid)
    assert torn or not faults(made, tagged_pages(made, [page for page in found.pages if page]))


def written(rows, chosen):
    """Write a chapter out with some paragraphs set otherwise.

    Return the price of a page break before each row, what each row cites, the white that vanishes at a page's head, and
    the rows where a page must end.
    """
    prices, cites, dropped, ends, read = [], [], {}, set(), 0
    for other in sorted(chosen, key=lambda other: other.start):
        dropped |= {len(prices) + row - read: rows.dropped[row] for row in rows.dropped if read <= row <= other.start}
        prices += [*rows.price[read : other.start + 1], *other.breaks[1 : len(other.rows)]]
        cites += [*rows.cites[read : other.start], *(other.cites or [()] * len(other.rows))]
        ends |= {len(cites)} if other.ends_page else set()
        read = other.stop
    dropped |= {len(prices) + row - read: rows.dropped[row] for row in rows.dropped if read <= row}
    return [*prices, *rows.price[read:]], [*cites, *rows.cites[read:]], dropped, ends


def by_trying_everything(rows, lines, first):
    """Find the least price by trying every setting of every paragraph, every depth of every spread and every end of a page."""

    def takes(count):
        return ceil(count * rows.step + WHITE - 1e-9) if count else 0

    per_page = max(count for count in range(200) if takes(count) <= lines)
    others = {}
    for other in rows.variants:
        others.setdefault(other.start, [None]).append(other)
    best = inf
    for choice in product(*others.values()):
        chosen = [other for other in choice if other is not None]
        prices, cites, dropped, ends = written(rows, chosen)
        end = len(cites)

        @cache
        def least(begin, side, facing, carried, end=end, prices=prices, cites=cites, dropped=dropped, ends=frozenset(ends)):
            """Price the pages from a row to the chapter's end, so many lines of a note to go on with."""
            found = inf
            furthest = min((place for place in ends if place > begin), default=end)
            for depth in LEVEL if facing is None else (facing,):
                for foot in range(begin + 1, furthest + 1):
                    here = [rows.notes[number - 1] for row in cites[begin:foot] for number in row]
                    owed, last = carried + sum(here), here[-1] if here else carried
                    left = lines + depth - (rows.head if begin == 0 else 0) - (foot - begin)
                    for carry in (0, *range(LEAST_PART, last - LEAST_PART + 1)):
                        white = left - takes(owed - carry)
                        if white < 0:
                            continue
                        price = LONGER_OR_SHORTER * abs(depth) + SPLIT * bool(carry)
                        if foot == end and foot not in ends:
                            price += SHORT_END * (lines + depth - white < LEAST_END) + ALONE * ceil(carry / per_page)
                            found = min(found, price)
                        elif foot < end and white <= MOST_DEEPER * (owed > carry):
                            turned = PAGE_TURN if side == "recto" else 1.0
                            price += turned * (0.0 if foot in ends else prices[foot]) + DEEPER * white**2
                            after = ("verso", None) if side == "recto" else ("recto", depth)
                            found = min(found, price + least(foot + dropped.get(foot, 0), *after, carry))
                        break
            return found

        best = min(best, sum(other.price for other in chosen) + least(0, first, None, 0))
    return best


@settings(max_examples=25, deadline=None)
@given(with_notes(6, 9, tame=False), st.integers(7, 12), SIDES)
def test_no_other_pages_are_cheaper(shorthand, lines, first):
    """Of all ways to set every paragraph, to end every page and to part every note, the one chosen costs least."""
    rows = rows_of(galley(shorthand), lines, sink=1)
    if not rows.notes:
        return
    price, _ = cheapest_with_notes(rows, lines, first, Freedom(), inf)
    assert price == pytest.approx(by_trying_everything(rows, lines, first))


NOTED = st.lists(st.sampled_from(("1", "3", "4+", "6!", "*", "2@1=2", "4+@2=5", "3@3=3")), min_size=3, max_size=7)


@settings(max_examples=40, deadline=None)
@given(NOTED, st.integers(7, 10), SIDES)
def test_no_other_pages_are_cheaper_with_blank_breaks(signs, lines, first):
    """The same where scenes are parted by white alone, which becomes an ornament at the foot of a page, above its notes."""
    rows = rows_of(galley(" ".join(["2", *signs, "2@1=1"]).replace("* *", "* 2 *")), lines, sink=1, blank=True)
    price, _ = cheapest_with_notes(rows, lines, first, Freedom(), inf)
    assert price == pytest.approx(by_trying_everything(rows, lines, first))


def test_a_note_longer_than_a_page_runs_on():
    """A note of three pages runs on from page to page, and what is left behind the text has pages of its own."""
    made = galley("4@3=90")
    found = make_up(rows_of(made, 20), 20, "recto")
    assert [len(page) for page in found.pages].count(0) > 1
    assert [row for foot in found.feet for _, row in foot] == list(range(90))
    assert any(paid.fault == "page of notes" for paid in found.paid)


def test_a_short_note_is_not_parted():
    """A note of three lines stands whole, though the page be filled with white instead."""
    feet = Feet((3,), 0.8)
    assert [feet.carry(Filling(20, owed=3, last=3), rows) for rows in (5, 4)] == [(0, False), (0, False)]
    assert feet.carry(Filling(20, owed=3, last=3), 3) is None
    assert [feet.carry(Filling(20, owed=5, last=5), rows) for rows in (5, 4, 3, 2)] == [(0, False), (2, False), (3, False), None]


def test_more_notes_in_a_line_than_a_page_holds():
    """Where one line cites more than its page can hold, the page is torn, the bill says so, and no line is lost."""
    made = galley("4" + "".join("@2=9" for _ in range(6)) + " 5")
    found = make_up(rows_of(made, 12), 12, "recto")
    assert sum(map(len, found.feet)) == 54
    assert any(paid.fault == "parted note" and paid.price > SPLIT for paid in found.paid)


def test_notes_stand_on_the_last_grid_line():
    """The last line of a page's notes stands on its last grid line, on a last page too, a rule above; the text keeps the grid."""
    made = galley("8@3=2 9 9 9@1=1", title="One")
    page_design = design("story.scene-break=star", lines=24)
    book = Book("The Lamp", "Ada Quill", ())
    edition = paginate((made,), book, page_design, display(page_design).lines)
    pages = [page for page in edition.pages if any(slug.note for slug in page.slugs)]
    assert len(pages) == 2
    for page in pages:
        notes = [slug for slug in page.slugs if slug.note]
        words = [slug for slug in page.slugs if slug.note or slug.paragraph >= 0]
        assert notes == words[-len(notes) :], "they are read after the text"
        assert notes[-1].y == pytest.approx(page_design.baseline(23))
        text = [slug.y for slug in page.slugs if slug.paragraph >= 0]
        grid = [(page_design.baseline(0) - y) / page_design.leading for y in text]
        assert grid == pytest.approx([round(row) for row in grid])
        (rule,) = [figure for figure in page.figures if figure.ornament.name == "rule"]
        assert notes[0].y < rule.y < min(text)


def test_a_book_without_notes_does_not_wait(shell):
    """Pages without notes are made up by a programme that knows nothing of notes."""
    code = "import sys; from pressbook.paging.spreads import make_up; print('pressbook.paging.feet' in sys.modules)"
    assert shell("-c", code).stdout.strip() == "False"
