"""Volumes: parted where it harms least, and each a book of its own."""

from itertools import combinations
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import design, display, galley

from pressbook.config import load, plan
from pressbook.errors import ConfigError
from pressbook.model import Book, Chapter, Story
from pressbook.paging import paginate
from pressbook.paging.volumes import divide, ends_near
from pressbook.values import replace


def miss(lengths, wanted, stops, ends):
    """Price volumes that end so."""
    bounds = [0, *ends]
    return sum(
        (sum(lengths[start:end]) - wanted) ** 2 + (stops[end - 1] * wanted) ** 2 for start, end in zip(bounds, ends, strict=False)
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), st.sampled_from((0.0, 0.3, inf))), min_size=1, max_size=9), st.integers(20, 200))
def test_no_other_ends_come_nearer(chapters, wanted):
    """Of all ways to part the chapters, the one found misses the length wanted by the least squares, stops included."""
    lengths, stops = [length for length, _ in chapters], [stop for _, stop in chapters[:-1]] + [0.0]
    inner = range(1, len(lengths))
    ways = [[*cuts, len(lengths)] for size in range(len(lengths)) for cuts in combinations(inner, size)]
    found = ends_near(lengths, wanted, stops)
    assert found[-1] == len(lengths)
    assert miss(lengths, wanted, stops, found) == pytest.approx(min(miss(lengths, wanted, stops, way) for way in ways))


def bound(galleys, *options):
    """Make galleys up, in volumes if the options ask for them."""
    made = design(*options)
    story = Story("The Lamp", "Ada Quill")
    chapters = tuple(Chapter(each.title, (), each.kind, name=each.title, story=story) for each in galleys)
    galleys = [replace(each, story=story) for each in galleys]
    return paginate(galleys, Book("The Lamp", "Ada Quill", chapters, stories=(story,)), made, display(made).lines)


def says(page):
    """Read all type of a page."""
    return [" ".join(word.text for word in slug.line.words) for slug in page.slugs if slug.line.words]


NIGHTS = [galley("9 9 9 9 " * 20, 1, f"Night {n}") for n in range(1, 13)]


@pytest.mark.parametrize("trim", ["half-letter", "A6", "mini"])
def test_each_volume_is_a_book(trim):
    """Each volume has its title page with its number, its own contents and folios, begins and ends with whole chapters."""
    options = ("book.volume-pages=80", "book.contents=true", f"page.trim={trim}")
    edition = bound([galley("3", 1, "Note", "front"), *NIGHTS, galley("3", 1, "Thanks", "back")], *options)
    assert len(edition.volumes) > 2
    assert [volume.title for volume in edition.volumes[:2]] == ["The Lamp, Volume One", "The Lamp, Volume Two"]
    entries = [entry.title for volume in edition.volumes for entry in volume.outline]
    assert entries == ["Note", *(f"Night {n}" for n in range(1, 13)), "Thanks"]
    for number, volume in enumerate(edition.volumes, 1):
        assert says(volume.pages[0])[:2] == ["The Lamp", f"Volume {('One', 'Two', 'Three', 'Four', 'Five', 'Six')[number - 1]}"]
        assert [page.number for page in volume.pages] == list(range(1, len(volume.pages) + 1))
        assert 50 <= len(volume.pages) <= 110
        contents = next(page for page in volume.pages if "Contents" in says(page))
        pages = [entry.page for entry in volume.outline if entry.title != "Note"]
        told = [text for text in says(contents) if text.isdigit()]
        assert [str(page) for page in pages] == [text for text in told if int(text) > contents.number]
    lines = [slug.line for volume in edition.volumes for page in volume.pages for slug in page.slugs if slug.paragraph >= 0]
    assert lines == [slug.line for page in edition.pages for slug in page.slugs if slug.paragraph >= 0]


def test_a_book_short_enough_is_one_volume():
    """A book of fewer pages than asked for has no volumes, and its title page no number."""
    edition = bound(NIGHTS[:2], "book.volume-pages=400")
    assert edition.volumes == ()
    assert edition.title == "The Lamp"
    assert says(edition.pages[0]) == ["The Lamp", "Ada Quill"]


def test_a_volume_ends_before_a_part_if_it_can():
    """A volume ends at a part's end where one is near, and never between a part's title and its first chapter."""
    made = design("book.volume-pages=60")
    chapters = [galley("9 9 9 9 " * 6, 1, str(n)) for n in range(12)]
    story = [galley("", 1, "Part One", "part"), *chapters[:5], galley("", 1, "Part Two", "part"), *chapters[5:]]
    volumes = [[each.title for each in volume] for volume in divide(story, made)]
    assert len(volumes) == 2
    assert volumes[1][0] == "Part Two"


@pytest.mark.parametrize(
    ("option", "message"),
    [("page.pages=400", "ask for two lengths at once"), ("page.pages=multiple of 16", "ask for two lengths at once")],
)
def test_two_lengths_are_refused(option, message):
    """A book cannot have so many pages in all and volumes of so many."""
    with pytest.raises(ConfigError, match=message):
        plan(load(None, ("book.volume-pages=300", option)), 100_000)


def test_a_volumes_gutter_is_its_own():
    """The gutter is that of one volume, not of all together."""
    letters = 4_000_000
    assert design("book.volume-pages=200", letters=letters).margins.inner < design(letters=letters).margins.inner
