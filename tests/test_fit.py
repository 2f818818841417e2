"""`page.pages`: real stories on the pages asked for, by composition and page making in full."""

import json
from functools import cache

import pytest

from conftest import SAMPLE
from pressbook.config import load
from pressbook.errors import LayoutError
from pressbook.pipeline import typeset

SENTENCES = (
    "The lamp on the quay had gone out again, and nobody went to look for oil. ",
    "“You said that last winter,” said the keeper. ",
    "Rain came in over the bar, first as a grey line and then as a noise, and the boats that had been out since four turned "
    "for home one after another, each with its small light. ",
    "She counted them. One was missing. ",
    "He did not ask which. ",
)
"""Of uneven length, as a story has them."""


@cache
def story(paragraphs, chapters=1):
    """Write a story of so many paragraphs, in chapters."""
    parts = ["The Lamp\n\nby Ada Quill"]
    for number in range(1, chapters + 1):
        parts += [f"Chapter {number}"] if chapters > 1 else []
        for place in range(paragraphs // chapters):
            count = 1 + (place * 7 + number) % 5
            parts.append("".join(SENTENCES[(place + step) % 5] for step in range(count)).strip())
            parts += ["***"] if place % 11 == 10 and place < paragraphs // chapters - 3 else []
    return "\n\n".join(parts) + "\n"


@pytest.fixture
def fitted(tmp_path):
    """Return a function that sets a story with some keys."""

    def fit(text, *keys):
        path = tmp_path / "lamp.txt"
        path.write_text(text, encoding="utf-8")
        return typeset((path,), load(None, keys), ())

    return fit


def words(edition):
    """Read the story's words, in order, hyphenation undone."""
    lines = [slug.line for page in edition.pages for slug in page.slugs if slug.paragraph >= 0]
    texts = [" ".join(word.text for word in line.words) for line in lines]
    joined = "".join(text if line.hyphenated else f"{text} " for text, line in zip(texts, lines, strict=True))
    return joined.replace("\u00ad", "").split()


@pytest.mark.parametrize(
    ("paragraphs", "chapters", "trim", "pages"),
    [
        (25, 1, "half-letter", 4),
        (25, 1, "half-letter", 8),
        (60, 1, "half-letter", 12),
        (60, 1, "A5", 8),
        (25, 1, "A6", 8),
        (60, 1, "mini", 24),
        (60, 3, "half-letter", 12),
        (90, 3, "us-trade", 16),
        (90, 1, "A5-landscape", 16),
        (60, 1, "square", 8),
        (250, 5, "half-letter", "multiple of 16"),
    ],
)
def test_the_book_has_the_pages_asked_for(fitted, paragraphs, chapters, trim, pages):
    """The finished book has exactly the pages asked for; none is blank but those before the story; no word is lost."""
    text = story(paragraphs, chapters)
    edition = fitted(text, f"page.trim={trim}", f"page.pages={pages}")
    count = len(edition.pages)
    assert count % 16 == 0 if isinstance(pages, str) else count == pages
    opener = min(page.number for page in edition.pages if page.kind == "opener")
    assert all(page.slugs for page in edition.pages[opener - 1 :])
    (chosen,) = [fit for fit in edition.menu if fit.chosen]
    assert (chosen.pages, chosen.blanks) == (count, 0)
    assert words(edition) == words(fitted(text, f"page.trim={trim}"))


@pytest.mark.parametrize(
    ("keys", "pages"),
    [
        (("type.size=11pt",), 8),
        (("type.leading=13.2pt",), 8),
        (('page.margins={inner="18mm", outer="14mm", head="16mm", foot="20mm"}',), 8),
        (("outputs.booklet=false",), 7),
    ],
)
def test_keys_that_are_given_stay(fitted, keys, pages):
    """What the config gives stands in the fitted book as it would without a count."""
    text = story(40)
    edition, plain = fitted(text, *keys, f"page.pages={pages}"), fitted(text, *keys)
    assert len(edition.pages) == pages
    for fit in edition.menu:
        if "type.size" in keys[0]:
            assert fit.size == 11
        if "type.leading" in keys[0]:
            assert fit.leading == 13.2
    if "margins" in keys[0]:
        left = {slug.x for page in plain.pages for slug in page.slugs if slug.paragraph >= 0}
        assert {slug.x for page in edition.pages for slug in page.slugs if slug.paragraph >= 0} <= left


@pytest.mark.parametrize(("paragraphs", "pages"), [(25, 40), (60, 4)])
def test_a_count_that_cannot_be_had_names_those_that_can(fitted, paragraphs, pages):
    """A count out of reach is an error that names counts; each of them, asked for, is what the book then has."""
    text = story(paragraphs)
    with pytest.raises(LayoutError, match=f"page.pages = {pages}: the story cannot be set") as caught:
        fitted(text, f"page.pages={pages}")
    named = [int(part) for part in caught.value.hint.partition(" can be had")[0].replace(" or ", ", ").split(", ")]
    assert named
    for count in named:
        assert len(fitted(text, f"page.pages={count}").pages) == count


def test_the_same_story_is_fitted_the_same_way(fitted):
    """Two runs choose the same setting from the same menu."""
    assert fitted(story(25), "page.pages=8").menu == fitted(story(25), "page.pages=8").menu


def test_without_a_count_nothing_is_searched(fitted):
    """With `any`, the book is the rule's own, and there is no menu."""
    assert fitted(story(25)).menu == ()


# --- the command ------------------------------------------------------------------------------------------------------


def test_build_tells_the_menu(run, tmp_path):
    """Build prints the settings it chose from, one a line, with size, pages and the last page's fill, the chosen one marked."""
    (tmp_path / "lamp.txt").write_text(story(25), encoding="utf-8")
    out = run("build", "lamp.txt", "--set", "page.pages=8").out
    menu = out.partition("chosen (*) from:\n")[2].partition("notice:")[0].splitlines()
    assert 2 <= len(menu) <= 5
    assert all("pt, " in line and " pages" in line and line.endswith("% full") for line in menu)
    (chosen,) = [line for line in menu if line.startswith("  * ")]
    assert "→ 8 pages, last page" in chosen


def test_build_json_holds_the_menu(run, tmp_path):
    """`build --json` gives each setting with its pages, its price and the reasons; without a count the list is empty."""
    (tmp_path / "lamp.txt").write_text(story(25), encoding="utf-8")
    fits = json.loads(run("build", "lamp.txt", "--set", "page.pages=8", "--json").out)["fits"]
    (chosen,) = [fit for fit in fits if fit["chosen"]]
    assert chosen["pages"] == 8
    assert chosen["price"] == pytest.approx(sum(chosen["reasons"].values()), abs=0.01)
    assert json.loads(run("build", "lamp.txt", "--json").out)["fits"] == []


def test_build_quiet_prints_no_menu(run, tmp_path):
    """`--quiet` prints nothing of it."""
    (tmp_path / "lamp.txt").write_text(story(25), encoding="utf-8")
    outcome = run("build", "lamp.txt", "--set", "page.pages=8", "--quiet")
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")


def test_a_count_out_of_reach_ends_with_a_hint(run, tmp_path):
    """A count that cannot be had ends the run with status 1, an error and a hint, and nothing is written."""
    (tmp_path / "lamp.txt").write_text(story(25), encoding="utf-8")
    outcome = run("build", "lamp.txt", "--set", "page.pages=64")
    assert outcome.status == 1
    assert outcome.err.startswith("error: page.pages = 64: the story cannot be set")
    assert "hint: " in outcome.err
    assert not (tmp_path / "dist").exists()


def test_the_sample_is_fitted_to_eight_and_sixteen(run, sample):
    """The project's own story goes on eight pages with its title over the text, and on sixteen with a half-title."""
    for pages, opening in ((8, "heading"), (16, "half-title")):
        report = json.loads(run("build", SAMPLE.name, "--set", f"page.pages={pages}", "--json").out)
        assert report["pages"] == pages
        assert [fit["opening"] for fit in report["fits"] if fit["chosen"]] == [opening]
