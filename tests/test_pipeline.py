"""The way through the house: who reads the story, and when, makes no difference to the book."""

import os

import pytest

from pressbook import pipeline
from pressbook.config import load
from pressbook.errors import PressbookError
from pressbook.hands import SecondHand, second_hand
from pressbook.pdf import engrave

STORY = """The Lamp

by Ada Quill

Chapter 1

"It's dark," said Tam -- and it was. 'Tis always dark, he thought, when the lamp is out.

***

The harbourmaster, who disliked sums, counted the lanterns twice; and twice the number had come out differently, for the
water was rising, slowly, as a cat rises from a chair, and nobody on the quay could tell any longer which were burning.
"""
HANDS = {
    "nobody": lambda _: SecondHand(),
    "two": second_hand,
    "failing": lambda _: second_hand(lambda: os._exit(1)),
    "silent": lambda _: second_hand(lambda: b""),
}
KEYS = [(), ("page.trim=A6", """book.title='"Dark" -- the lamp'"""), ("type.justify=false", "story.thoughts=off")]


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """Return a function that sets a story with the help of somebody, and gives what is painted and told."""
    path = tmp_path / "lamp.txt"

    def paint(text, hands, *keys):
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(pipeline, "second_hand", HANDS[hands])
        monkeypatch.setattr(pipeline, "MANY_LETTERS", 0)
        edition = pipeline.typeset((path,), load(None, keys), ())
        return engrave(edition).streams, edition.decisions, edition.findings, edition.title, edition.book

    return paint


@pytest.mark.parametrize("hands", HANDS)
@pytest.mark.parametrize("keys", KEYS)
def test_a_story_understood_by_a_second_hand_is_the_story(hands, keys, pages):
    """Pages, decisions, findings and words are the same whoever understands the story, and whether he succeeds."""
    assert pages(STORY, hands, *keys) == pages(STORY, "nobody", *keys)


@pytest.mark.parametrize("hands", HANDS)
def test_what_is_wrong_is_told_by_the_first_hand(hands, pages):
    """An error that a second hand meets is told as if there were none."""
    with pytest.raises(PressbookError, match="is empty"):
        pages("\n", hands)
    with pytest.raises(PressbookError, match="Nothing"):
        pages(STORY, hands, "type.font=Nothing")
