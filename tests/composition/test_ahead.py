"""Setting ahead: paragraphs set as they stand typed are taken where the book has them so, and change nothing."""

import pytest
from compositor import FONTS, PROSE, design
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.composition import compose, set_ahead
from pressbook.composition.ahead import Ahead
from pressbook.config import load
from pressbook.model import Book, Chapter, Paragraph, Run, SceneBreak

TYPED = PROSE.replace("“", '"').replace("”", '"').replace("’", "'")
ADDRESS = "http://example.org/" + "lanterns/" * 12


def book_of(texts):
    """Bind paragraphs in one chapter, their first words' marks as they stand."""
    return Book("A Story", "", (Chapter("", tuple(Paragraph((Run(text),), line) for line, text in enumerate(texts, 1))),))


def told(galleys):
    """Say all that a galley's paragraphs are made of."""
    return [
        [
            (way.demerits, way.looseness, [([word.text for word in line.words], line.space, line.indent, line.scale,
              line.tracking, line.ratio, line.tail, line.hyphenated) for line in way.lines])
            for way in block.settings
        ]
        for made in galleys for block in made.blocks
    ], [made.findings for made in galleys]  # fmt: skip


def ahead_of(texts, *settings, paragraphs=10_000):
    """Set texts ahead, at most so many paragraphs."""
    left = iter(range(paragraphs))
    return set_ahead(texts, load(None, settings), (), lambda: next(left, None) is not None)


def test_what_is_typed_as_it_is_meant_is_set_ahead():
    """Nearly all of a story's paragraphs are taken as they were set ahead, though their quotation marks were straight."""
    typed = [TYPED[at : at + 400].strip() for at in range(0, 600, 40)]
    meant = [PROSE[at : at + 400].strip() for at in range(0, 600, 40)]
    page = design()
    ahead = ahead_of(typed)
    (made,) = compose(book_of(meant), page, FONTS, ahead)
    taken = {id(copy.settings) for copy in ahead.copies.values() if copy.settings}
    assert sum(id(block.settings) in taken for block in made.blocks) > 0.5 * len(meant)


def test_what_follows_a_scene_break_is_set_ahead_flush():
    """A paragraph below a line without a word is taken as it was set ahead, without an indent."""
    ahead = ahead_of([TYPED[:400], "* * *", TYPED[400:800]])
    blocks = (Paragraph((Run(PROSE[:400].strip()),), 1), SceneBreak(2), Paragraph((Run(PROSE[400:800].strip()),), 3))
    (made,) = compose(Book("A Story", "", (Chapter("", blocks),)), design(), FONTS, ahead)
    assert made.blocks[2].settings is ahead.copies[PROSE[400:800].strip()].settings


WORDS = st.sampled_from([*TYPED.split(), "it's", "--", "...", "*so*", "a_b", "–", "No-one", "I", "“", "Herr", ADDRESS])
STORIES = st.lists(st.lists(WORDS, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(STORIES, STORIES, st.integers(0, 12), st.sampled_from(["A6", "half-letter", "4 x 9 in"]))
def test_nothing_shows_what_was_set_ahead(typed, others, paragraphs, trim):
    """A book is the same to the last figure, however much of it, or of another story, was set ahead."""
    book, page = book_of(typed), design(f'page.trim="{trim}"', letters=1_000)
    ahead = ahead_of([*others, *typed], f'page.trim="{trim}"', paragraphs=paragraphs)
    assert told(compose(book, page, FONTS, ahead)) == told(compose(book, page, FONTS))


@pytest.mark.parametrize("changed", ["type.size=10pt", "type.font=TeX Gyre Heros", "type.protrusion=false", "page.trim=A6"])
def test_what_was_set_for_another_page_is_not_taken(changed):
    """Paragraphs set ahead in another size, face or measure are set anew."""
    book, page = book_of([PROSE]), design(changed) if "Heros" not in changed else design("type.hyphenate=false")
    assert told(compose(book, page, FONTS, ahead_of([PROSE]))) == told(compose(book, page, FONTS))


@pytest.mark.parametrize("spoiled", ["type.font=Nothing", "page.trim=3 x 400 in", "type.size=900pt", "page.pages=8"])
def test_what_cannot_be_set_ahead_is_left(spoiled):
    """What is wrong with a config is not told by what is set ahead; and where copy is fitted, nothing is."""
    assert ahead_of([PROSE], spoiled) == Ahead(FONTS)


def test_letters_that_no_face_has_are_told_later():
    """A story with a letter that cannot be set is set ahead not at all."""
    assert ahead_of([PROSE, "a \U0001f9ff"]).case is None
