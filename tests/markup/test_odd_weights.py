"""No text costs much more than its length: what nobody would type takes at most ten times as long per character as prose."""

from pathlib import Path

import pytest
from markup_support import seconds, typed

from pressbook.config.schema import House
from pressbook.markup import mark_up, marked

SAMPLE = Path(__file__).parents[2] / "text" / "distinguishing-features.txt"
SIZE = 60_000
ODD = {
    "double quotes": '"',
    "single quotes": "'",
    "both quotes": "\"'",
    "stars": "*",
    "stars and words": "a *b* ",
    "stars that open": "*a ",
    "underscores": "_",
    "quotations in quotations": "> ",
    "lines of quotations": "> a\n",
    "newlines": "\n",
    "one long line": "the lamp was lit. ",
    "hyphens": "-",
    "dots": ". ",
    "slashes": "/a ",
    "backslashes": "\\",
    "sections": "## a\n",
    "markers": "***\n\n",
    "a word a paragraph": "a word.\n\n",
    "Roman numbers": "IV\n\n",
    "numbered lines": "1) a\n",
    "chapters": "Chapter 1\n\n",
    "thoughts": "‘a,’ he thought. ",
    "dialect": "th' an' o' ",
    "brackets": "[(",
    "pictures": "😀 ",
    "accents": "e\u0301\u0302",
    "capitals": "AND SO ON ",
    "figures": "12345 ",
    "addresses": "http://a.b/c?d=e ",
}


def seconds_a_letter(text: str, runs: int) -> float:
    """Mark a text, write it back, and return the processor's time by its length."""
    return seconds(lambda: marked(mark_up(typed(text), House())), runs) / len(text)


@pytest.fixture
def prose():
    """Measure our own story, repeated to the same length, in the same moment as what is compared with it."""
    story = SAMPLE.read_text(encoding="utf-8")
    text = (story * (SIZE // len(story) + 1))[:SIZE]
    return seconds_a_letter(text, 3)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_text_is_ten_times_as_dear_as_prose(odd, prose):
    """A text of one thing over and over takes at most ten times as long per character as a story."""
    text = f"a{odd * (SIZE // len(odd))}b"
    assert seconds_a_letter(text, 2) < 10 * prose


def test_the_price_of_a_line_does_not_grow_with_it():
    """A line eight times as long takes about eight times as long, and not sixty-four."""
    for odd in ('"a" ', "*a* ", "'a ", "a - b "):
        short, long = (seconds_a_letter(odd * (size // len(odd)), 2) for size in (SIZE // 4, 2 * SIZE))
        assert long < 4 * short


def test_the_price_of_a_note_does_not_grow_with_the_book():
    """Four times as many notes with one label take about four times as long, and not sixteen."""
    short, long = (seconds_a_letter("a word[1].\n\n[1] b\n\n" * notes, 2) for notes in (200, 800))
    assert long < 3 * short
