"""What `mark` wrote, `mark` reads again to the same book, whatever stands side by side."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import shape, typed, understood

from pressbook.config.schema import House
from pressbook.markup import mark_up, marked

WORDS = """
sea lamp Mara he I you is was Why No not so late Ada's 'tis goin' don't o' W-what 1914-18 6'2" a.b snake_case Mr. Stop
"""
TAGS = ["he thought", "thought Mara", "she told herself", "he said", "It is late", "Not again", "Why, he thought,", "I must go"]
SIGNS = """
" ' “ ” ‘ ’ ` `` „ * ** *** _ __ / — – - -- ... … . , ! ? : ; ( ) \\* \\ \\_ [ ] [^1] [1] † « » ~ < > &
"""
EMPHASIS = [
    *("*sea*", "_sea_", "**sea**", "***sea***", "*It is late*", "/now/", "*a _b_ c*", "(*so*)", "\\*sea\\*", "“*No*”"),
    *("*so*‘—", "“-wait-””", "*Not again,* he thought.", "'*No*,' she thought.", "_'No,'_ he thought.", "'Not here,'"),
]
LINKS = [
    *("[sea](https://a.b/c)", "[*sea*](https://a.b/c)", "*[sea](https://a.b/c)*", "**[*sea*](https://a.b/_c)**"),
    *('[the "sea"](http://d.e)', "*a [sea](https://a.b/c)*", "*[sea](https://a.b/c) is*", "[a *sea*](https://a.b/c)", "[sea](u)"),
]
GAPS = [
    *("\n\n", "\n\n", "\n\n\n", "\n\n* * *\n\n", "\n\n~\n\n", "\n\n# Two\n\n", "\n\n## Night\n\n", "\n\n> ", "\\\n", "  \n"),
    *("\n    ", "\n", "\n\n>> ", "\n\n[^1]: ", "\n\nChapter Three\n\n"),
]
ABOVE = ["", "", "It rained.\n\n", "She walked down to the harbour and was cold.\n\n", "I am cold. You know it.\n\n"]


SPACED = [*SIGNS.split(), " - ", ". . ."]


SPOKEN = [
    '"So home," said Mara. "It is - *was* - late--" "No!"',
    "'Home he -' left.",
    '"Go home," he thought, "now!"',
    "«So so...» é.",
]


def side_by_side(*kinds: list[str]) -> st.SearchStrategy[str]:
    """Make texts of pieces of these kinds, with spaces between some."""
    piece = st.one_of([st.sampled_from(kind) for kind in kinds])
    pieces = st.lists(st.tuples(piece, st.sampled_from(["", " "])).map("".join), min_size=1, max_size=12).map("".join)
    return st.tuples(st.sampled_from(ABOVE), pieces).map("".join)


def is_read_again(text: str, language: str = "en-US", **house: str) -> None:
    """Prove that a text once marked is marked again without a change, and is the same book."""
    book = mark_up(typed(text), House(**house), language=language)
    once = marked(book)
    again = mark_up(typed(once), House(**house), language=language)
    assert marked(again) == once
    assert shape(again) == shape(book)


@pytest.mark.parametrize(
    "text",
    [
        "“Yes”``",
        "’*so*‘—",
        "’I must go‘",
        "' *so*‘—",
        "he'Not here,' ‘",
        "“-wait-””- ”",
        "so .“",
        "„-Ellen",
        "Run !`",
        "/now/--",
        "6'2\"\"[",
        "Why, he thought,1914-18",
        "she thought.6'2\"Why, he thought,",
        "'No,' he thought.-- Ellen *is* late.",
        "\\[*sea*](https://a.b/c)",
        "!*[sea](https://a.b/c)*",
        "[sea](https://a.b/c)[a *sea*](https://a.b/c)",
        "*[sea](https://a.b/c)* Why, he thought,",
        "he thought:sea *[sea](https://a.b/c)*",
        "lamp'*No*,' she thought.[the \"sea\"](http://d.e)",
        "Run‘\n\n>> don't",
        "[the \"sea\"](http://d.e)\n\n\n[",
        "‘She went,’was ‘No,’ she thought.",
    ],
)  # fmt: skip
def test_signs_side_by_side(text):
    """A sign that is curled, a dash that is set, a thought, a link: what they make is read as it was meant."""
    is_read_again(text)


@settings(max_examples=150, deadline=None)
@given(side_by_side(WORDS.split(), TAGS, SPACED, EMPHASIS))
def test_words_and_signs(text):
    """Quotation marks, dashes, points, emphasis and thoughts in any order are marked once and for all."""
    is_read_again(text)


@settings(max_examples=150, deadline=None)
@given(side_by_side(WORDS.split(), TAGS, SPACED, EMPHASIS, LINKS))
def test_links(text):
    """So they are in and around links."""
    is_read_again(text)


@settings(max_examples=150, deadline=None)
@given(side_by_side(WORDS.split(), TAGS, SPACED, EMPHASIS, GAPS))
def test_paragraphs(text):
    """So they are where paragraphs, verses, headings, breaks, quotations and notes part them."""
    is_read_again(text)


def test_emphasis_and_links_have_one_form():
    """Emphasis of a link's own words stands in the link, and around it where it goes on beside it."""
    for text in ("*[sea](https://a.b)*", "_[sea](https://a.b)_", "[_sea_](https://a.b)"):
        assert marked(understood(f"The {text} is cold.")) == "The [*sea*](https://a.b) is cold.\n"
    assert marked(understood("The *old [sea](https://a.b)* is cold.")) == "The *old [sea](https://a.b)* is cold.\n"
    assert marked(understood("*[sea](https://a.b/c) is*")) == "*[sea](https://a.b/c) is*\n"


@pytest.mark.parametrize("quotes", ["us", "uk", "guillemets", "dash", "keep"])
@pytest.mark.parametrize("language", ["en-US", "fr", "de", "es", "it", "pt", "nl", "pl", "sv"])
def test_house_styles_and_languages(quotes, language):
    """What the house or the language made of marks and dashes is read as the same again."""
    for text in SPOKEN:
        is_read_again(text, language, quotes=quotes)
        is_read_again(f"She went.\n\n{text}\n\n{text}", language, quotes=quotes, dashes="en")
