"""The contents: every title with its page, dots under dots, on as many pages as they take."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import design, display, galley, make_up

from pressbook.model import UNTOLD, Book, Chapter, Entry, Story
from pressbook.paging import paginate
from pressbook.paging.contents import contents, wants_contents
from pressbook.paging.stick import Stick

TRIMS = ("half-letter", "A6", "mini")
LONG = "In Which the Keeper Waits for Nine Boats, and Eight Come Home, and What He Told the Ninth One’s Captain’s Wife"
ASKED = ("book.contents=true",)
TITLES = st.lists(st.sampled_from(("Out", "Chapter 4: The Well", LONG, "A Lamp in the Window", "Rain, and then Rain")), min_size=1)


def rows_on(page):
    """Read a page's display type row by row: what stands on each height, left to right."""
    heights = sorted({round(slug.y, 3) for slug in page.slugs}, reverse=True)
    rows = [
        sorted((slug for slug in page.slugs if round(slug.y, 3) == y), key=lambda slug: slug.x + slug.line.indent) for y in heights
    ]
    return [[words_of(slug) for slug in row] for row in rows]


def words_of(slug):
    """Read a slug; a leader is one run of dots."""
    texts = [word.text for word in slug.line.words]
    return "…" if set(texts) == {"."} and len(texts) > 1 else " ".join(texts)


def pages_of_contents(edition):
    """Take the pages of the contents, from their heading to the story."""
    first = next(number for number, page in enumerate(edition.pages) if page.slugs and words_of(page.slugs[0]) == "Contents")
    rest = edition.pages[first:]
    return [page for page in rest[: next(number for number, page in enumerate(rest) if page.kind == "opener")] if page.slugs]


def set_contents(entries, *options):
    """Set contents of these entries for a page."""
    made = design(*options)
    return contents(Stick(made, display(made).lines, None), entries, "recto")


def test_contents_read_as_they_should():
    """Parts stand over their chapters, stories over their authors, long titles are turned over; each has its leader and page."""
    entries = [
        Entry("The Lamp", 5, "Ada Quill"),
        Entry("The Salt Road", 11, "Ben Ford"),
        Entry("Chapter 1: Out", 13, depth=1),
        Entry(LONG, 128, "Cy Dane"),
    ]
    (page,) = set_contents(entries)
    assert rows_on(page) == [
        ["Contents"],
        ["The Lamp", "…", "5"],
        ["Ada Quill"],
        ["The Salt Road", "…", "11"],
        ["Ben Ford"],
        ["Chapter 1: Out", "…", "13"],
        ["In Which the Keeper Waits for Nine Boats, and Eight Come"],
        ["Home, and What He Told the Ninth One’s Captain’s Wife", "128"],
        ["Cy Dane"],
    ]
    turned = [slug.x + slug.line.indent for slug in page.slugs if words_of(slug).startswith(("In Which", "Home, and"))]
    assert turned[0] < turned[1]


@pytest.mark.parametrize("trim", TRIMS)
def test_the_dots_stand_under_each_other(trim):
    """All leaders have their dots on the same places, end alike, and keep clear of the title and the page's number."""
    made = design(f"page.trim={trim}")
    entries = [Entry("x" * length, page) for length, page in zip(range(1, 26, 2), range(3, 400, 33), strict=True)]
    pitch = set()
    places = set()
    for page in set_contents(entries, f"page.trim={trim}"):
        for slug in page.slugs:
            if words_of(slug) == "…":
                width = slug.line.words[0].width
                step = slug.line.space + width
                pitch.add(round(step, 4))
                places.add(round(slug.x / step % 1, 3) % 1)
                last = slug.x + (len(slug.line.words) - 1) * step + width
                assert last < made.margins.inner + made.measure - 0.7 * made.size
    assert len(pitch) == 1
    assert len(places) == 1


@settings(max_examples=40, deadline=None)
@given(TITLES, st.sampled_from(TRIMS))
def test_each_title_is_there_once_with_its_page(titles, trim):
    """Whatever the titles and the page, each title is in the contents, in order, and its number is its page's."""
    setting = (*ASKED, f"page.trim={trim}", "outputs.booklet=false")
    edition = make_up(*(galley("9 5 9 9 5", 1, title) for title in titles), settings=setting)
    text = " ".join(words_of(slug) for page in pages_of_contents(edition) for slug in page.slugs)
    openers = [page.number for page in edition.pages if page.kind == "opener"]
    expected = " ".join(f"{title} … {page}" for title, page in zip(titles, openers, strict=True))
    assert text.replace(" …", "") == f"Contents {expected}".replace(" …", "")


@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize("chapters", [1, 12, 30, 31, 60, 140])
def test_contents_that_take_pages_push_the_story_on(chapters, trim):
    """However many pages the contents take, they begin on a recto, the story follows on the next, and the numbers hold."""
    edition = make_up(*(galley("9", 1, f"Night {n}") for n in range(chapters)), settings=(*ASKED, f"page.trim={trim}"))
    made = pages_of_contents(edition)
    assert made[0].side == "recto"
    assert [page.number for page in made] == list(range(made[0].number, made[0].number + len(made)))
    opener = next(page for page in edition.pages if page.kind == "opener")
    assert opener.side == "recto" and opener.number - made[-1].number in (1, 2)
    told = [row[-1] for page in made for row in rows_on(page) if len(row) > 1]
    assert told == [str(page.number) for page in edition.pages if page.kind == "opener"]
    assert len(made) > 1 or chapters < 40


@pytest.mark.parametrize("number", range(24, 70))
def test_no_entry_is_left_alone_on_a_page(number):
    """However many entries there are, the last page of the contents holds three lines or more."""
    pages = [rows_on(page) for page in set_contents([Entry(f"Night {n}", n) for n in range(number)])]
    assert len(pages[-1]) >= 3
    assert [row[0] for page in pages for row in page if len(row) > 1] == [f"Night {n}" for n in range(number)]


def test_an_entry_is_not_parted():
    """No page of contents ends within an entry, nor right below a part, nor begins with white."""
    entries = []
    for number in range(40):
        entries.append(Entry(f"Part {number}", number, "Ada Quill"))
        entries += [Entry(LONG, number, depth=1)] * (number % 3)
    pages = [rows_on(page) for page in set_contents(entries, "page.trim=A6")]
    assert len(pages) > 3
    for page, after in pairwise(pages):
        assert page[-1][-1].isdigit() or page[-1] == ["Ada Quill"]
        assert after[0][0].startswith(("Part", "In Which"))
        if page[-1] == ["Ada Quill"]:
            assert after[0][0].startswith("Part")
    flat = [row for page in pages for row in page]
    assert [row[-1] for row in flat if row[-1].isdigit()] == [str(entry.page) for entry in entries]


@pytest.mark.parametrize(
    ("option", "stories", "named", "letters", "wanted"),
    [
        ("auto", 1, 3, 10_000, False),
        ("auto", 1, 2, 900_000, False),
        ("auto", 1, 3, 900_000, True),
        ("auto", 2, 0, 10, True),
        ("true", 1, 1, 10, True),
        ("false", 3, 9, 900_000, False),
    ],
)
def test_who_has_contents(option, stories, named, letters, wanted):
    """A collection has contents, and a long book of named chapters; a zine has none unless it asks."""

    class Long(Book):
        letters = 0

    Long.letters = letters
    chapters = tuple(Chapter(f"Chapter {n}: Rain", (), number=f"Chapter {n}", name="Rain") for n in range(named))
    book = Long("The Lamp", "", chapters, stories=tuple(Story(str(n)) for n in range(stories)))
    assert wants_contents(book, design(f"book.contents={option}")) == wanted


def test_a_collection_lists_no_bare_numbers():
    """In a collection, a chapter that is only counted is left to its story; one with a name is listed under it."""
    lamp, road = Story("The Lamp", "Ada"), Story("Salt", "Ben")
    chapters = (
        Chapter("Salt", (), "part", name="Salt", story=road),
        Chapter("Chapter 1", (), number="Chapter 1", story=road),
        Chapter("Chapter 2: Home", (), number="Chapter 2", name="Home", story=road),
        Chapter("The Lamp", (), name="The Lamp", story=lamp),
    )
    made = design()
    galleys = []
    for chapter in chapters:
        plain = galley("" if chapter.kind == "part" else "9", 1, chapter.title, chapter.kind)
        galleys.append(plain.__class__(plain.opener, plain.blocks, plain.title, plain.kind, story=chapter.story))
    edition = paginate(galleys, Book("Tides", "", chapters, stories=(road, lamp)), made, display(made).lines)
    (page,) = pages_of_contents(edition)
    assert [row[0] for row in rows_on(page)[1:]] == ["Salt", "Chapter 2: Home", "The Lamp"]
    assert [(entry.title, entry.depth) for entry in edition.outline] == [
        ("Salt", 0), ("Chapter 1", 1), ("Chapter 2: Home", 1), ("The Lamp", 0),
    ]  # fmt: skip
    assert UNTOLD not in (road, lamp)


@pytest.mark.parametrize(
    ("language", "heading"), [("en-GB", "Contents"), ("de-AT", "Inhalt"), ("pl", "Spis treści"), ("fi", "Contents")]
)
def test_contents_speak_the_books_language(language, heading):
    """The heading is in the book's language, or in English where none of its words are known."""
    edition = make_up(galley("9", 1, "Yksi"), settings=(*ASKED, f"book.language={language}"))
    assert heading in [words_of(page.slugs[0]) for page in edition.pages if page.slugs]
