"""Rivers: white that runs down a paragraph is found, and broken anew where that costs little."""

from compositor import PROSE, check_words, settings_of
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.composition import paragraphs
from pressbook.composition.rivers import LONG, OVERLAP, rivers
from pressbook.model import Line, Word


def line(widths, space=3.0):
    """Make a line of wooden words."""
    return Line(tuple(Word("x", (), float(width)) for width in widths), space, 0.0)


def gaps(made):
    """List where the word spaces of a line begin and end."""
    found, x = [], made.indent
    for word in made.words[:-1]:
        x += word.width
        found.append((x, x + made.space))
        x += made.space
    return found


def by_looking(lines):
    """Follow every word space down through the lines below it: the rows in which one has run through LONG lines."""
    found = []
    running = [[] for _ in lines]
    for row, made in enumerate(lines):
        for left, right in gaps(made):
            above = [
                length
                for start, stop, length in (running[row - 1] if row else [])
                if min(right, stop) - max(left, start) >= OVERLAP * min(right - left, stop - start) - 1e-9
            ]
            # Words are wider than a space, so that at most one space lies above another.
            running[row].append((left, right, (above[0] if above else 0) + 1))
        found += [row for _, _, length in running[row] if length == LONG]
    return found


WORDS = st.lists(st.integers(4, 9), min_size=2, max_size=6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from((2.0, 3.0, 4.0))), min_size=1, max_size=9))
def test_rivers_are_those_that_an_eye_would_follow(made):
    """Word spaces that overlap by three fifths through four lines are a river, and nothing else is."""
    lines = [line(widths, space) for widths, space in made]
    assert sorted(rivers(lines)) == sorted(by_looking(lines))


def test_a_straight_river_is_found_once():
    """One space under another through seven lines is one river; through three it is none."""
    straight = [line((10, 20 + 2 * row, 7)) for row in range(7)]
    assert rivers(straight) == [LONG - 1]
    assert rivers(straight[: LONG - 1]) == []


def test_few_rivers_are_left_in_prose(monkeypatch):
    """Set on many measures, prose has fewer rivers than if they cost nothing, and the same words."""
    text = " ".join([PROSE] * 2)
    measures = [float(measure) for measure in range(150, 320, 2)]
    counted = {}
    for price in (0.0, paragraphs.RIVER):
        monkeypatch.setattr(paragraphs, "RIVER", price)
        best = [settings_of(text, measure)[0].lines for measure in measures]
        counted[price] = sum(len(rivers(lines)) for lines in best)
        for lines in best:
            check_words(lines, text)
    assert counted[paragraphs.RIVER] < counted[0.0]
