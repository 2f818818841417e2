"""Display type: titles broken by sense, never by syllable, and fitted to their measure."""

from itertools import combinations, pairwise

import pytest
from compositor import FONTS, design, read_line
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.composition import DisplayCase
from pressbook.composition.display import LOOKS, SMALL_WORDS, break_by_sense

TITLES = """
The Sign of the Four
A Study in Scarlet
The Hound of the Baskervilles
Twenty Thousand Leagues Under the Sea
The Strange Case of Dr Jekyll and Mr Hyde
Distinguishing Features
The Girl Who Waited for the Rain to Stop
All the Lights on the Quay
In Which a Door Is Opened, and Nobody Comes In
Chapter One: The Water and the Rising of It
The Lamplighter’s Daughter
A Room with a View of the Sea
The Unbearable Lightness of Being
Of Mice and Men
The Curious Incident of the Dog in the Night-Time
""".strip().splitlines()
MEASURES = range(90, 330, 20)
each_title = pytest.mark.parametrize("title", TITLES)


@pytest.fixture(scope="module")
def case():
    """Open a case of display type."""
    return DisplayCase(design(), FONTS)


def width(line):
    """Measure a line, its indent left out."""
    return sum(word.width for word in line.words) + line.space * (len(line.words) - 1)


def small_ends(texts):
    """Count the lines, the last left out, that end in a word that leans on the next."""
    return sum(text.split()[-1].lower() in SMALL_WORDS for text in texts[:-1])


def ways(words, space, count, measure):
    """List all ways to set words in so many lines."""
    for cut in combinations(range(1, len(words)), count - 1):
        parts = [words[start:stop] for start, stop in pairwise((0, *cut, len(words)))]
        if all(sum(word.width for word in part) + space * (len(part) - 1) <= measure + 1e-6 for part in parts):
            yield [" ".join(word.text for word in part) for part in parts]


@each_title
def test_a_title_keeps_its_words_whole_and_in_order(case, title):
    """A title's lines hold its words in order, none of them hyphenated, at any measure."""
    for measure in MEASURES:
        lines = case.lines(title, "title", measure)
        assert " ".join(read_line(line) for line in lines) == title
        assert not [line for line in lines if line.hyphenated]


@each_title
def test_a_title_is_broken_by_sense_in_the_fewest_lines(case, title):
    """A title takes no more lines than it needs; of all ways to set so few, none has fewer lines ending in a, the or of."""
    for measure in MEASURES:
        lines = case.lines(title, "title", measure)
        words = [word for line in lines for word in line.words]
        assert not len(lines) > 1 or not list(ways(words, lines[0].space, len(lines) - 1, measure))
        least = min(map(small_ends, ways(words, lines[0].space, len(lines), measure)))
        assert small_ends([read_line(line) for line in lines]) == least


@pytest.mark.parametrize(
    "shown", ["Low Water: / A Tale of the Quay", "Stay! / The Harbour Is Burning", "Rain, / and the Ferryman Again"]
)
def test_a_title_in_two_parts_breaks_between_them(case, shown):
    """A title with a stop in it that needs two lines breaks at the stop, though other breaks would make it more even."""
    lines = case.lines(shown.replace(" /", ""), "title", 250)
    assert " / ".join(read_line(line) for line in lines) == shown


@pytest.mark.parametrize(
    ("shown", "measure"),
    [
        ("The Case / of Dr. Jekyll", 170),
        ("The Letters / of H. G. Marlowe", 180),
        ("The House / on My Street", 150),
        ("Twelve Letters / to Mrs. Marlowe", 210),
        ("The Lamplighter / Goes Home Again", 215),
    ],
)
def test_nothing_that_leans_is_stranded(case, shown, measure):
    """No line ends in a name's title, an initial or a small word where another break takes as many lines; nor is a word alone."""
    lines = case.lines(shown.replace(" /", ""), "title", measure)
    assert " / ".join(read_line(line) for line in lines) == shown


def test_a_role_may_be_scaled(case):
    """The same text in a smaller scale has smaller type, and takes no more lines."""
    full, small = (case.lines(TITLES[-1], "title", 200, scale=scale) for scale in (1.0, 0.6))
    sizes = [lines[0].words[0].pieces[0].style.size for lines in (full, small)]
    assert sizes[1] == pytest.approx(0.6 * sizes[0], abs=0.01)
    assert len(small) < len(full)


@each_title
def test_every_line_fits_and_is_centred(case, title):
    """Each line of a title is within the measure, with the same white on either side."""
    for measure in MEASURES:
        for line in case.lines(title, "title", measure):
            assert width(line) <= measure + 1e-6
            assert line.indent == pytest.approx((measure - width(line)) / 2)


def test_lines_may_stand_left_or_right(case):
    """Display type flush left begins at the edge, flush right ends at it."""
    (left,), (right,) = case.lines("River", "head", 200, "left"), case.lines("River", "head", 200, "right")
    assert left.indent == 0
    assert right.indent + width(right) == pytest.approx(200)


def test_a_word_too_wide_shrinks_to_fit(case):
    """A word wider than the measure is set smaller, with all its title, just inside the measure and unbroken."""
    lines = case.lines("The Unputdownableness of It", "title", 100)
    widest = max(lines, key=width)
    assert read_line(widest) == "Unputdownableness"
    assert 95 < width(widest) < 100
    sizes = {piece.style.size for line in lines for word in line.words for piece in word.pieces}
    assert len(sizes) == 1 and sizes < {size / 100 for size in range(round(100 * 2.1 * design().size))}


def _read(lines):
    """Read display type back as words, those parted at lines' ends made whole."""
    text = ""
    for line in lines:
        text += " ".join([word.text for word in line.words]).removesuffix("\u00ad") + (" " if line.tail == "space" else "")
    return text.split()


@pytest.mark.parametrize("word", ["A" * 300, "ab-cd/" * 60, "Untergrundbahnhofsvorsteher" * 9, "e\u0301" * 200, "1234567890" * 30])
@pytest.mark.parametrize("role", ["title", "chapter", "head", "small"])
def test_a_word_too_long_to_be_read_small_is_parted(case, word, role):
    """However long a word is, its letters stay legible and whole, and lines end within it; it is told which word that was."""
    case.forced = []
    lines = case.lines(f"The {word} of it", role, 150)
    assert _read(lines) == ["The", word, "of", "it"]
    assert all(width(line) <= 150 + 1e-6 for line in lines)
    least = min(0.8 * design().size, LOOKS[role].scale * design().size)
    assert {piece.style.size for line in lines for each in line.words for piece in each.pieces} == {round(least, 2)}
    assert word in case.forced
    assert not any(each.text.startswith("\u0301") for line in lines for each in line.words)


def test_a_word_is_parted_where_it_may_be(case):
    """A word is parted behind a sign of an address without a hyphen, and by its syllables with one."""
    address, *_ = case.lines("archive.example/works/" + "unreadable-" * 20, "chapter", 150)
    assert address.words[-1].text.endswith("-") and not address.hyphenated
    broken = case.lines("incomprehensibilities" * 8, "chapter", 150)[0]
    assert broken.hyphenated and broken.tail == "joined"
    assert broken.words[-1].text.endswith("\u00ad")


def test_a_title_that_fits_keeps_its_size(case):
    """A title that fits has its role's size, whatever the measure."""
    for measure in (200, 300):
        (line, *_) = case.lines("Rain on the Quay", "title", measure)
        assert line.words[0].pieces[0].style.size == pytest.approx(2.1 * design().size, abs=0.01)


def test_nothing_is_set_as_nothing(case):
    """An empty text has no lines."""
    assert case.lines("", "title", 200) == case.lines("  ", "title", 200) == ()


def test_roles_differ_as_they_should(case):
    """A title is larger than a chapter's, that than the text; heads are italic; folios have old-style figures, titles lining."""
    size = {role: case.style(role).size for role in LOOKS}
    assert size["title"] > size["chapter"] > design().size > size["folio"] > size["small"]
    assert case.style("head").font.italic and not case.style("title").font.italic
    assert case.style("title").font.weight == 600
    assert "onum" in case.style("folio").features and "lnum" in case.style("title").features
    assert "smcp" in case.style("author").features


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("aebdgilnorst,.:—’QWM", min_size=1, max_size=16), min_size=1, max_size=14), st.sampled_from((60, 110, 200)))
def test_any_title_fits_its_measure(case, words, measure):
    """Whatever the words, each line is within the measure and no letter is lost."""
    lines = case.lines(" ".join(words), "chapter", measure)
    assert _read(lines) == words
    assert all(width(line) <= measure + 1e-6 for line in lines)


def test_what_is_turned_over_may_be_short_but_is_no_stub():
    """A long line ends late; only if no more than a stub would be turned over does it end a little earlier."""
    assert break_by_sense([10.0] * 11, ["aaaa"] * 11, 0.0, 100.0, 80.0) == [9, 11]
    assert break_by_sense([10.0] * 13, ["aaaa"] * 13, 0.0, 100.0, 80.0) == [10, 13]
    assert break_by_sense([10.0] * 12, ["aaaa"] * 12, 0.0, 100.0) == [6, 12]


def test_the_later_parts_of_a_long_line_keep_to_their_room():
    """Turned over again and again, no later part is wider than its room, though the first has more."""
    ends = break_by_sense([10.0] * 30, ["aaaa"] * 30, 0.0, 100.0, 60.0)
    assert [stop - start for start, stop in pairwise((0, *ends))] == [10, 6, 6, 6, 2]
