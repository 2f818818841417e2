"""A long book's later scenes are read by a second process, and nobody can tell from the book."""

import os
from pathlib import Path

import pytest
from markup_support import understood

from pressbook.hands import SecondHand, second_hand
from pressbook.markup import book as book_room

STORY = (Path(__file__).parents[2] / "text" / "distinguishing-features.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "hand",
    [second_hand, lambda _: SecondHand(), lambda _: second_hand(lambda: os._exit(1))],
    ids=["two", "one", "failing"],
)
def test_who_reads_the_later_scenes_makes_no_difference(hand, monkeypatch):
    """With a second process, without one, and with one that fails, the book is the same to the last decision."""
    story = STORY + "\n\n* * *\n\n" + STORY + "\n\n* * *\n\nShe stopped. *Never*, she thought. I will never go."
    alone = understood(story)
    monkeypatch.setattr(book_room, "MANY_LETTERS", 0)
    monkeypatch.setattr(book_room, "second_hand", hand)
    shared = understood(story)
    assert shared == alone
    assert any(decision.kind == "thought" for decision in alone.decisions)
