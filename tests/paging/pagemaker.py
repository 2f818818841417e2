"""A page maker for the tests: chapters written in shorthand, pages read back."""

from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from pressbook.composition import DisplayCase, bundled, find_fonts
from pressbook.config import load, plan
from pressbook.model import Book, Galley, Line, Opener, Passage, Setting, White
from pressbook.paging import paginate
from pressbook.paging.rows import write_out

FONTS = find_fonts((bundled(),))


@cache
def design(*settings, lines=None, sink=None):
    """Plan a page with the settings given as `section.key=value`, and so many grid lines if that is asked."""
    made = plan(load(None, settings), 10_000)
    return replace(made, lines=lines or made.lines, sink=sink if sink is not None else made.sink)


@cache
def display(made):
    """Open one case of display type a design."""
    return DisplayCase(made, FONTS)


def line(hyphenated=False):
    """Make a line with no words, known by its identity."""
    return Line((), 1.0, 0.0, 0.0, hyphenated)


def galley(shorthand, title_lines=0, title="", kind="chapter"):
    """Read a chapter: a number is a paragraph of so many lines, with `-3` its third ends in a hyphen; `*` a scene break,
    `~` a pause, `#` a heading of a line, `"4` a quotation of four lines with white around it.
    """  # noqa: D205
    blocks = []
    for number, sign in enumerate(shorthand.split(), 1):
        if sign in "*~":
            blocks.append(White(3, True, number) if sign == "*" else White(1, False, number))
        elif sign == "#":
            blocks.append(Passage((Setting((line(),)),), number, keep=True, above=1))
        else:
            count, _, hyphens = sign.lstrip('"').partition("-")
            broken = {int(each) for each in hyphens.split("-") if each}
            lines = tuple(line(row in broken) for row in range(1, int(count) + 1))
            quote = int(sign.startswith('"'))
            blocks.append(Passage((Setting(lines),), number, above=quote, below=quote))
    opener = Opener(tuple(line() for _ in range(title_lines)), 18.0)
    return Galley(opener, tuple(blocks), title, kind)


def tags(made):
    """Write a chapter out by hand: a row is (block, line) of a paragraph, or what kind of white it is."""
    found = []
    for number, block in enumerate(made.blocks):
        if isinstance(block, White):
            found += ["gap"] * block.rows
            continue
        if number and isinstance(made.blocks[number - 1], Passage):
            found += ["white"] * block.above
        found += [(number, row) for row in range(len(block.settings[0].lines))]
        if number + 1 < len(made.blocks):
            found += ["white"] * block.below
    return found


def faults(made, ends):
    """List what is wrong with page breaks: widows, orphans, gaps at a page's edge or with one line for company, lost headings."""
    rows = tags(made)
    found = []
    for end in ends[:-1]:
        above, below = rows[end - 1], rows[end]
        if below in ("gap", "white"):
            found.append((end, "a page begins with white"))
        if above == "gap":
            found.append((end, "a page ends with a gap"))
        if isinstance(below, tuple) and isinstance(above, tuple) and above[0] == below[0]:
            count = len(made.blocks[below[0]].settings[0].lines)
            if below[1] == 1:
                found.append((end, "an orphan"))
            if below[1] == count - 1:
                found.append((end, "a widow"))
        last = next(row for row in reversed(rows[:end]) if row != "white")
        if isinstance(last, tuple) and made.blocks[last[0]].keep:
            found.append((end, "a heading without its text"))
        if "gap" in rows[end + 1 : end + 2] or "gap" in rows[max(0, end - 2) : end - 1]:
            found.append((end, "a single line beside a gap"))
    return found


def chapters(most=40, tame=True):
    """Draw chapters in shorthand; a tame one has no short paragraph beside a gap, so that no page must be torn."""
    longer = st.integers(4, 14)
    plain = st.sampled_from(("1", "1", "2", "2", "3", "4-2", "5", "6-2-3", "9", '"3', '"5'))
    group = st.one_of(
        plain,
        plain,
        plain,
        st.tuples(st.just("#"), st.integers(2, 9)).map(lambda pair: f"{pair[0]} {pair[1]}"),
        st.tuples(longer, st.sampled_from("*~"), longer).map(lambda parts: " ".join(map(str, parts))),
    )
    if not tame:
        group = st.one_of(group, st.sampled_from(("1 *", "2 ~ 1", "1 ~ 1", "3 * 3 *", "# #", "~ #", '"1 "1')))
    return st.lists(group, min_size=1, max_size=most).map(" ".join)


def rows_of(made, lines, sink=4):
    """Write a chapter out on pages of so many lines."""
    return write_out(made, design(lines=lines, sink=sink))


def make_up(*galleys, settings=(), title="The Lamp", author="Ada Quill"):
    """Make chapters up into an edition."""
    made = design(*settings)
    return paginate(galleys, Book(title, author, ()), made, display(made).lines)
