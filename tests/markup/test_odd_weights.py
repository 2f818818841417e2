"""No text costs much more than its length: what nobody would type takes at most ten times as long per character as prose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from markup_support import typed

from pressbook.config.schema import House
from pressbook.markup import mark_up, marked
from stopwatch import times_as_long

SAMPLE = Path(__file__).parents[2] / "text" / "distinguishing-features.txt"
SIZE = 40_000
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
    "initials": "HP\n\n",
    "labels": "a: b\n",
    "speech left open": '"a\n',
    "single marks left open": "'a\n\n",
    "line separators": "ab c\u2028",
    "low marks": "‚a ",
    "notes that nothing refers to": "[1] a\n",
    "headings": "# a\n",
    "numbers and words": "1. a\n",
    "questions": "a?\n",
    "emphasis alone": "*a*\n\n",
    "pauses": "a\n\n~\n\n",
    "hands": "- a\n",
}


def marking(text: str) -> Callable[[], str]:
    """Return what marks a text and writes it back."""
    return lambda: marked(mark_up(typed(text), House()))


STORY = SAMPLE.read_text(encoding="utf-8")
PROSE = marking((STORY * (SIZE // len(STORY) + 1))[:SIZE])


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_text_is_ten_times_as_dear_as_prose(odd):
    """A text of one thing over and over takes at most ten times as long as a story of its length."""
    assert times_as_long(marking(f"a{odd * (SIZE // len(odd))}b"), PROSE, 10) < 10


@pytest.mark.parametrize("odd", ['"a" ', "*a* ", "'a ", "a - b "])
def test_the_price_of_a_line_does_not_grow_with_it(odd):
    """A line eight times as long takes about eight times as long, and not sixty-four."""
    short, long = (marking(odd * (size // len(odd))) for size in (SIZE // 4, 2 * SIZE))
    assert times_as_long(long, short, 32) < 32


def test_the_price_of_a_note_does_not_grow_with_the_book():
    """Four times as many notes with one label take about four times as long, and not sixteen."""
    short, long = (marking("a word[1].\n\n[1] b\n\n" * notes) for notes in (200, 800))
    assert times_as_long(long, short, 12) < 12
