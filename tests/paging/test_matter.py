"""The parts of a book: each is there when asked for, on the side where a reader looks for it."""

import pytest
from pagemaker import FONTS, design, display, galley

from pressbook.composition import DisplayCase
from pressbook.config import load, plan
from pressbook.errors import ConfigError
from pressbook.model import Book, Found, Story
from pressbook.paging import paginate
from pressbook.paging.matter import CODES, code, notice
from pressbook.paging.stick import Stick

TRIMS = ("half-letter", "A6", "mini")
ADDRESS = "https://boats.example/works/424242"
TOLD = Found(address=ADDRESS, series="Part 1 of Lamps")
EVERYTHING = (
    "book.opening=half-title",
    "book.source-code=true",
    "book.contents=true",
    "book.dedication=For Anna",
    "book.epigraph=All flows.\n-- Ada Quill",
    "outputs.booklet=false",
)


def book_of(*stories, title="The Lamp"):
    """Bind stories that are known only by name."""
    return Book(title, "Ada Quill", (), stories=stories or (Story(title, "Ada Quill", "", TOLD),))


def made_up(*galleys, book=None, options=()):
    """Make a book up on a page."""
    made = design(*options)
    return paginate(galleys, book or book_of(), made, display(made).lines)


def says(page):
    """Read all the display type of a page."""
    return " ".join(word.text for slug in page.slugs for word in slug.line.words)


def part_of(page):
    """Name the part of the book that a page is of."""
    text = says(page)
    marks = {
        "All flows": "epigraph",
        "For Anna": "dedication",
        "Contents": "contents",
        "First published": "imprint",
        "Set in": "colophon",
    }
    named = next((part for mark, part in marks.items() if mark in text), page.kind)
    if page.kind == "front" and text == "The Lamp":
        return "half-title"
    return "ornament" if page.kind == "front" and not text and page.figures else named


PARTS = [
    (
        EVERYTHING,
        ["half-title", "ornament", "title", "imprint", "dedication", "blank", "epigraph", "blank", "contents", "blank", "opener"],
    ),
    (("book.source=none", "outputs.booklet=false"), ["title", "blank", "opener", "colophon"]),
    (("outputs.booklet=false",), ["title", "imprint", "opener", "colophon"]),
    (("book.opening=heading", "outputs.booklet=false", "book.source=none"), ["opener", "colophon"]),
    (
        ("book.contents=true", "book.source=none", "outputs.booklet=false"),
        ["title", "blank", "contents", "blank", "opener", "colophon"],
    ),
    (("book.colophon=none", "book.source=none", "outputs.booklet=false"), ["title", "blank", "opener"]),
    (("book.colophon=none", "book.source=none"), ["title", "blank", "opener", "blank"]),
]
RECTOS = {"half-title", "title", "dedication", "epigraph", "contents", "opener"}


@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize(("options", "parts"), PARTS)
def test_each_part_has_its_side(options, parts, trim):
    """Each part stands in its order, what opens something on a recto, the imprint on the title's back."""
    pages = made_up(galley("5", 1, "One"), options=(*options, f"page.trim={trim}")).pages
    assert [part_of(page) for page in pages][: len(parts)] == parts
    for page in pages:
        if part_of(page) in RECTOS:
            assert page.side == "recto"
        if part_of(page) == "imprint":
            assert page.side == "verso"
        assert not page.furniture or page.kind == "text"


@pytest.mark.parametrize("trim", TRIMS)
def test_everything_stays_on_its_page(trim):
    """All display type and the code keep to their page, and no two lines of a page stand on each other."""
    for page in made_up(galley("5", 1, "One"), options=(*EVERYTHING, f"page.trim={trim}")).pages:
        made = design(f"page.trim={trim}")
        heights = [slug.y for slug in page.slugs]
        assert all(0.5 * made.margins.foot <= y <= made.trim.height for y in heights)
        for each in page.codes:
            assert each.x > 0 and each.x + each.size < made.trim.width
            assert max(heights) < each.y < each.y + each.size < made.trim.height


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ((), ["First published at", "boats.example/works/424242", "Made for its readers, and not for sale."]),
        (("book.copyright=Mine",), ["Mine", "First published at", "boats.example/works/424242"]),
        (("book.not-for-sale=false",), ["First published at", "boats.example/works/424242"]),
        (("book.source=none",), []),
        (("book.source=none", "book.not-for-sale=true"), ["Made for its readers, and not for sale."]),
        (("book.source=http://www.lamp.example/",), ["First published at", "lamp.example"]),
        (("book.language=de-DE",), ["Zuerst erschienen unter", "boats.example/works/424242", "Nicht für den Verkauf bestimmt."]),
    ],
)
def test_what_an_imprint_says(options, lines):
    """An imprint says whose the book is, where it was published, and that it is not for sale, as the config and the file tell."""
    made = design(*options)
    assert notice(Stick(made, display(made).lines, None), book_of()) == lines


def test_an_imprint_of_stories_names_each():
    """In a collection, each address stands below its story's title; a story without one is not named."""
    stories = Story("The Lamp", found=TOLD), Story("Salt"), Story("Rain", found=Found(address="https://rain.example/1"))
    made = design()
    assert notice(Stick(made, display(made).lines, None), book_of(*stories))[:4] == [
        "The Lamp", "boats.example/works/424242", "Rain", "rain.example/1",
    ]  # fmt: skip


def test_a_story_without_an_address_has_no_imprint():
    """A story typed at home gets no imprint, so that its pages stay as they are."""
    pages = made_up(galley("5", 1, "One"), book=book_of(Story("The Lamp"))).pages
    assert [page.kind for page in pages] == ["title", "blank", "opener", "colophon"]


def test_many_addresses_shrink_and_then_are_refused():
    """An imprint too full for its page is set smaller; one that would be too small to read is refused, and names the way out."""
    made = design("page.trim=mini")
    sizes = set()
    for count in (2, 14):
        stories = [Story(f"Story {n}", found=Found(address=f"https://boats.example/{n}")) for n in range(count)]
        page = made_up(galley("5"), book=book_of(*stories), options=("page.trim=mini",)).pages[1]
        sizes.add(page.slugs[0].line.words[0].pieces[0].style.size)
        assert all(slug.y <= made.trim.height - 0.5 * made.margins.head for slug in page.slugs)
    assert len(sizes) == 1 or min(sizes) >= 5.5


def test_a_long_address_is_parted_at_its_signs():
    """An address wider than its line is parted behind a sign, in the size of the other lines, and no letter is lost."""
    address = "https://boats.example/" + "the-long-road-to-the-harbour/" * 4 + "index.html?chapter=12"
    page = made_up(galley("5"), options=(f"book.source={address}", "page.trim=mini")).pages[1]
    lines = [" ".join(word.text for word in slug.line.words) for slug in page.slugs]
    assert "".join(lines[1:]) == address.removeprefix("https://")
    assert len({slug.line.words[0].pieces[0].style.size for slug in page.slugs}) == 1
    assert all(line[-1] in "/-=?." for line in lines[1:-1])


@pytest.mark.parametrize("letters", [20, 42, 43, 213])
def test_a_code_is_as_large_as_its_address_needs(letters):
    """A code's dots have one size, whatever it says; with its white it is centred on the measure."""
    made = design(f"book.source={'x' * letters}", "book.source-code=true")
    (one,) = code(Stick(made, display(made).lines, None), book_of(), "recto", 100.0)
    dots = 21 + 4 * next(version for version, most in enumerate(CODES) if letters <= most) + 8
    assert one.size / dots == pytest.approx(1.3)
    assert one.x + one.size / 2 == pytest.approx(made.margins.inner + made.measure / 2)
    assert (one.text, one.y) == ("x" * letters, 100.0)


def test_an_address_too_long_for_a_code_is_refused():
    """A code too fine to print is refused, and a shorter address asked for."""
    with pytest.raises(ConfigError, match="an address of 214 letters") as caught:
        made_up(galley("5"), options=(f"book.source={'x' * 214}", "book.source-code=true"))
    assert "book.source" in caught.value.hint


def test_a_heading_keeps_the_imprint_and_its_code():
    """Where the title stands over the text, imprint and code stand on the last page."""
    pages = made_up(galley("5"), options=("book.opening=heading", "book.source-code=true")).pages
    assert "First published at boats.example/works/424242" in says(pages[-1])
    assert [len(page.codes) for page in pages] == [0] * (len(pages) - 1) + [1]


def test_an_epigraph_keeps_its_lines_and_names_its_author():
    """An epigraph stands line by line as typed; a last line that a dash opens is small, and stands apart."""
    text = "All flows,\nand nothing stays.\n-- Ada Quill"
    page = next(page for page in made_up(galley("5"), options=(f"book.epigraph={text}",)).pages if "flows" in says(page))
    lines = [" ".join(word.text for word in slug.line.words) for slug in page.slugs]
    assert lines == ["All flows,", "and nothing stays.", "—Ada Quill"]
    sizes = [slug.line.words[0].pieces[0].style.size for slug in page.slugs]
    assert sizes[0] == sizes[1] > sizes[2]
    assert page.slugs[1].y - page.slugs[2].y > page.slugs[0].y - page.slugs[1].y


def test_a_manuscripts_series_stands_on_the_title_page():
    """The series that a file names stands below the author, unless the config names another."""
    assert says(made_up(galley("5")).pages[0]).endswith("Ada Quill Part 1 of Lamps")
    assert says(made_up(galley("5"), options=("book.series=Lamps, 1",)).pages[0]).endswith("Ada Quill Lamps, 1")


def test_a_colophon_says_what_it_is_told():
    """A colophon of the user's own words stands in the place of ours."""
    page = made_up(galley("5"), options=("book.colophon=Set by hand in a lighthouse.",)).pages[-1]
    assert says(page) == "Set by hand in a lighthouse."


def test_contents_and_a_heading_exclude_each_other():
    """A book whose title stands over its text has no page for contents: to ask for both is an error."""
    with pytest.raises(ConfigError, match=r"book\.contents = true") as caught:
        plan(load(None, ("book.contents=true", "book.opening=heading")), 1000)
    assert "title page" in caught.value.hint


def test_short_notes_share_a_page():
    """Notes that follow each other share a page as long as they fit, each under its own title; a long one begins the next."""
    made = design()
    notes = [galley("3", 1, f"Note {n}", "front") for n in range(3)]
    pages = paginate([*notes, galley("9", 1, "One")], Book("The Lamp", "", ()), made, DisplayCase(made, FONTS).lines).pages
    assert [page.kind for page in pages[:3]] == ["title", "front", "opener"]
    titles = [note.opener.lines[0] for note in notes]
    found = [slug.line for slug in pages[1].slugs]
    assert [line for line in found if line in titles] == titles
    assert len(found) == 12
    long = [galley("20", 1, "Long", "front"), galley("20", 1, "Longer", "front")]
    pages = paginate([*long, galley("9", 1, "One")], Book("The Lamp", "", ()), made, DisplayCase(made, FONTS).lines).pages
    assert [page.kind for page in pages[:5]] == ["title", "front", "front", "blank", "opener"]


def test_a_long_foreword_stands_behind_dedication_and_contents():
    """What fits the title's back stands there; a foreword too long for it follows the dedication and the contents."""
    options = ("book.dedication=For Anna", "book.contents=true", "outputs.booklet=false")
    note, foreword = galley("5", 1, "Note", "front"), galley("9 9 9 9 9", 1, "Foreword", "front")
    pages = made_up(note, foreword, galley("5", 1, "One"), book=book_of(Story("The Lamp")), options=options).pages
    assert [part_of(page) for page in pages[:8]] == ["title", "front", "dedication", "blank", "contents", "front", "text", "blank"]
    assert pages[8].kind == "opener"
