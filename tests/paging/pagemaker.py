"""A page maker for the tests: chapters written in shorthand, pages read back."""

from collections import Counter
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st

from pressbook.composition import DisplayCase, bundled, find_fonts
from pressbook.config import load, plan
from pressbook.model import Book, Galley, Line, Opener, Passage, Setting, White
from pressbook.paging import paginate
from pressbook.paging.rows import write_out
from pressbook.values import replace

FONTS = find_fonts((bundled(),))


@cache
def design(*settings, lines=None, sink=None, letters=10_000):
    """Plan a page with the settings given as `section.key=value`, and so many grid lines if that is asked."""
    made = plan(load(None, settings), letters)
    return replace(made, lines=lines or made.lines, sink=sink if sink is not None else made.sink)


@cache
def display(made):
    """Open one case of display type a design."""
    return DisplayCase(made, FONTS)


def line(hyphenated=False):
    """Make a line with no words, known by its identity."""
    return Line((), 1.0, 0.0, 0.0, hyphenated)


def galley(shorthand, title_lines=0, title="", kind="chapter"):
    """Read a chapter from shorthand.

    A number is a paragraph of so many lines: `8-3` its third ends in a hyphen, `8+` it can be set a line longer, `8!`
    a line shorter, `"8` it is a quotation with white around it. `8@3=2` its third line, or the last if it has fewer, cites
    a note of two lines. `*` is a scene break, `~` a pause, `#` a heading.
    """
    blocks = []
    notes = []
    for number, typed in enumerate(shorthand.split(), 1):
        sign, *cites = typed.split("@")
        if sign in "*~":
            blocks.append(White(sign == "*", number))
        elif sign == "#":
            blocks.append(Passage((Setting((line(),)),), number, keep=True, above=1))
        else:
            count, _, hyphens = sign.strip('"+!').partition("-")
            broken = {int(each) for each in hyphens.split("-") if each}
            best = Setting(tuple(line(row in broken) for row in range(1, int(count) + 1)))
            more = [gain for mark, gain in (("+", 1), ("!", -1)) if mark in sign]
            others = (Setting(tuple(line() for _ in range(int(count) + gain)), 200.0, gain) for gain in more)
            quote = int(sign.startswith('"'))
            settings = (best, *others)
            if cites:
                places = [(int(row), len(notes) + place) for place, (row, _) in enumerate((each.split("=") for each in cites), 1)]
                notes += [tuple(line() for _ in range(int(each.partition("=")[2]))) for each in cites]
                settings = tuple(citing(setting, places) for setting in settings)
            blocks.append(Passage(settings, number, above=quote, below=quote))
    opener = Opener(tuple(line() for _ in range(title_lines)), 18.0)
    return Galley(opener, tuple(blocks), title, kind, notes=tuple(notes))


def citing(setting, places):
    """Let the lines of a setting, from 1, cite notes."""
    last = len(setting.lines)
    cites = (tuple(note for at, note in places if min(at, last) == row) for row in range(1, last + 1))
    return replace(setting, cites=tuple(cites))


def tags(made):
    """Write a chapter out by hand: a row is (block, line) of a paragraph, or what kind of white it is."""
    found = []
    for number, block in enumerate(made.blocks):
        if isinstance(block, White):
            found += ["gap"] * (3 if block.ornament else 1)
            continue
        if number and isinstance(made.blocks[number - 1], Passage):
            found += ["white"] * block.above
        found += [(number, row) for row in range(len(block.settings[0].lines))]
        if number + 1 < len(made.blocks):
            found += ["white"] * block.below
    return found


def tagged_pages(made, pages):
    """Write the pages of a chapter out by hand: a row is (block, line) of a paragraph as it was set, or what white it is."""
    set_so_far = Counter()
    found = []
    for page in pages:
        found.append([])
        for row, number in page:
            if isinstance(row, Line):
                found[-1].append((number, set_so_far[number]))
                set_so_far[number] += 1
            else:
                found[-1].append("gap" if isinstance(made.blocks[number], White) else "white")
    return found


def faults(made, pages):
    """List what is wrong with page breaks: widows, orphans, gaps at a page's edge or with one line for company, lost headings."""
    found = []
    counts = Counter(row[0] for page in pages for row in page if isinstance(row, tuple))
    for page, after in pairwise(pages):
        above, below = page[-1], after[0]
        if below in ("gap", "white"):
            found.append((page, "a page begins with white"))
        if above in ("gap", "white"):
            found.append((page, "a page ends with white"))
        if above[0] == below[0] and isinstance(above, tuple):
            count = counts[below[0]]
            if below[1] == 1:
                found.append((page, "an orphan"))
            if below[1] == count - 1:
                found.append((page, "a widow"))
        last = next(row for row in reversed(page) if row != "white")
        if isinstance(last, tuple) and made.blocks[last[0]].keep:
            found.append((page, "a heading without its text"))
        if after[1:2] == ["gap"] or page[-2:-1] == ["gap"]:
            found.append((page, "a single line beside a gap"))
    return found


def check_settings(made, lines):
    """Prove that lines are those of a chapter's paragraphs, each whole and in one of its settings, in order."""
    lines = list(lines)
    for block in made.blocks:
        if isinstance(block, Passage):
            setting = next(each for each in block.settings if each.lines[0] is lines[0])
            assert lines[: len(setting.lines)] == list(setting.lines)
            del lines[: len(setting.lines)]
    assert not lines


def chapters(most=40, tame=True):
    """Draw chapters in shorthand; a tame one has no short paragraph beside a gap, so that no page must be torn."""
    longer = st.integers(4, 14)
    plain = st.sampled_from(("1", "1", "2", "2", "3", "4-2", "5+", "6-2-3", "9!", "12+!", '"3', '"5'))
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


def rows_of(made, lines, sink=4, blank=False):
    """Write a chapter out on pages of so many lines, its scenes parted by ornaments or by white alone."""
    return write_out(made, design("story.scene-break=blank" if blank else "story.scene-break=star", lines=lines, sink=sink))


def make_up(*galleys, settings=(), title="The Lamp", author="Ada Quill", **changes):
    """Make chapters up into an edition; `changes` are what copyfitting would change of the design."""
    made = replace(design(*settings), **changes)
    return paginate(galleys, Book(title, author, ()), made, display(made).lines)
