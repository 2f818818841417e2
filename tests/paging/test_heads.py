"""Running heads and folios by choice."""

import pytest
from pagemaker import design, display, galley

from pressbook.config import TRIMS
from pressbook.model import Book, Story
from pressbook.paging import paginate
from pressbook.values import replace

TEXT = "9+ 4 1 2 6 * 8 5! 7 3 1 1 9+! ~ 6 12 4 " * 6
LAMP, SALT = Story("Low Lamp", "Ada Quill"), Story("Salt", "Ben Ford")


def edition_of(*options, stories=(LAMP,), author="Ada Quill"):
    """Set a chapter of each story."""
    made = design("outputs.booklet=false", *options)
    galleys = [replace(galley(TEXT, 1, "Chapter 1"), story=story) for story in stories]
    return paginate(galleys, Book("Tides", author, (), stories=stories), made, display(made).lines)


def heads(edition):
    """Collect what the heads say: (side, words)."""
    found = {}
    for page in edition.pages:
        for slug in page.furniture:
            words = " ".join(word.text for word in slug.line.words)
            if page.kind == "text" and words != str(page.number):
                found.setdefault(page.side, []).append(words)
    return {side: list(dict.fromkeys(words)) for side, words in found.items()}


@pytest.mark.parametrize(
    ("option", "stories", "verso", "recto"),
    [
        ("auto", (LAMP,), ["Ada Quill"], ["Chapter 1"]),
        ("chapter", (LAMP,), ["Ada Quill"], ["Chapter 1"]),
        ("story", (LAMP,), ["Tides"], ["Low Lamp"]),
        ("book", (LAMP,), ["Ada Quill"], ["Tides"]),
        ("auto", (LAMP, SALT), ["Ada Quill", "Ben Ford"], ["Low Lamp", "Salt"]),
        ("chapter", (LAMP, SALT), ["Ada Quill"], ["Chapter 1"]),
        ("auto", (LAMP, Story("Rain", "Ada Quill")), ["Tides"], ["Low Lamp", "Rain"]),
        ("auto", (LAMP, Story("Rain")), ["Ada Quill", "Tides"], ["Low Lamp", "Rain"]),
    ],
)
def test_what_the_heads_name(option, stories, verso, recto):
    """Heads name author and chapter, author and story, or author and book; in a collection of one author's, book and story."""
    assert heads(edition_of(f"page.heads={option}", stories=stories)) == {"verso": verso, "recto": recto}


def test_heads_may_be_left_out():
    """Without heads, a page of text has its folio only."""
    assert {len(page.furniture) for page in edition_of("page.heads=none").pages if page.kind == "text"} == {1}


@pytest.mark.parametrize("trim", [trim.name for trim in TRIMS])
@pytest.mark.parametrize("key", ["page.heads=chapter", "page.folios=head"])
def test_small_pages_have_heads_if_asked(trim, key):
    """Whatever the trim, there is room for a head or a folio above the text if one is asked for."""
    made = design(f"page.trim={trim}", key)
    assert made.heads and made.margins.head >= 2.4 * made.leading
    assert not design(f"page.trim={trim}").heads or made.lines == design(f"page.trim={trim}").lines


def test_heads_without_room_are_told():
    """Where margins of one's own leave a head no room, there is none, and a warning says so; nobody is told who asked for none."""
    narrow = 'page.margins={inner="12mm", outer="12mm", head="6mm", foot="15mm"}'
    edition = edition_of(narrow, "page.heads=book")
    assert {len(page.furniture) for page in edition.pages if page.kind == "text"} == {1}
    assert [finding.rule for finding in edition.findings] == ["no-heads"]
    assert not edition_of(narrow).findings
    assert not edition_of("page.heads=book").findings


@pytest.mark.parametrize("trim", ["half-letter", "mini"])
@pytest.mark.parametrize("option", ["foot", "outer", "head", "none"])
def test_where_folios_stand(option, trim):
    """Folios stand in the middle of the foot, or outside, at the foot or beside the head; without heads, at the foot."""
    keys = (f"page.folios={option}", f"page.trim={trim}", "page.heads=book")
    made = design(*keys)
    for page in edition_of(*keys).pages:
        folios = [slug for slug in page.furniture if slug.line.words[0].text == str(page.number)]
        if page.kind != "text" or option == "none":
            assert folios == []
            continue
        (folio,) = folios
        at_head = folio.y > made.baseline(0)
        assert at_head == (option == "head")
        left = folio.line.indent
        right = made.measure - left - folio.line.words[0].width
        if option == "foot":
            assert left == pytest.approx(right)
        else:
            assert (right if page.side == "recto" else left) == pytest.approx(0)
        beside = [slug for slug in page.furniture if slug is not folio and slug.y == folio.y]
        for slug in beside:
            width = sum(word.width for word in slug.line.words) + slug.line.space * (len(slug.line.words) - 1)
            start = slug.x + slug.line.indent
            assert start + width / 2 == pytest.approx(folio.x + made.measure / 2)
            assert start > folio.x + left + folio.line.words[0].width or start + width < folio.x + left
