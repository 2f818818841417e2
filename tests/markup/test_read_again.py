"""What `mark` wrote, `mark` reads again to the same book, whatever stands side by side."""

from copy import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import shape, typed, understood

from pressbook.config.schema import House
from pressbook.markup import mark_up, marked
from pressbook.markup.binding import plain
from pressbook.markup.quotes import curl_quotes
from pressbook.markup.speech import Memory
from pressbook.markup.table import Habits

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


LANGUAGES = ["en-US", "en-GB", "fr", "de", "es", "it", "pt", "nl", "pl", "sv"]


@settings(max_examples=200, deadline=None)
@given(
    side_by_side(WORDS.split(), TAGS, [*SPACED, *["‚", "‘‘", "´", "‹", "›", "\n", "\n\n"]], EMPHASIS, SPOKEN),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["auto", "us", "uk", "guillemets", "dash", "keep"]),
    st.sampled_from(["auto", "em", "en"]),
)
def test_every_house_style_in_every_language(text, language, quotes, dashes):
    """Signs in any order are marked once and for all, whatever the house writes and whatever the language has."""
    is_read_again(text, language, quotes=quotes, dashes=dashes)


@pytest.mark.parametrize(
    ("text", "language", "quotes"),
    [
        ("’yes’ I \\*–", "en-US", "auto"),
        ('"Ett skepp," sade han, "\'tis late."', "sv", "uk"),
        ("«Vai „Non”, disse.", "it", "auto"),
        ('``So\'\' said "Mara.', "en-US", "us"),
        ("yes’»go", "fr", "auto"),
        ("« » yes", "fr", "guillemets"),
        ("“« -W-what\n\n« late-", "fr", "dash"),
        ("I ---Mara\n\nMara--- I", "fr", "guillemets"),
        ("# ‘\n\nIt rained.", "nl", "guillemets"),
        ("# \\ ’twas it", "en-US", "auto"),
        ('"I go on\n\n* * *\n\n# Two\n\nShe left." He', "en-US", "auto"),
        ("lamp:\\\n-- sea", "de", "uk"),
        ("a.b» ‘*„Tak”, he. an'* 6'2\" * \n o' ", "de", "guillemets"),
        ("I ---[^1]\n\n[^1]: “No!”", "fr", "uk"),
    ],
)  # fmt: skip
def test_marks_that_only_a_second_reading_settles(text, language, quotes):
    """Marks that are taken for others once those beside them are written come to rest before they are printed."""
    is_read_again(text, language, quotes=quotes)


def test_marks_that_take_turns():
    """Where each reading undoes what the last one did, one of them stands, and stands in every reading."""
    is_read_again("» so. 'Not again,' she thought.,\n\n\\*\n\n» so. 'Not again,' she thought.,\n\n\\*", "es", quotes="guillemets")


def test_what_was_decided_is_told_once():
    """A story read twice has each decision and finding once, and each stands at its letters."""
    book = understood("\"I was-\" he said. \"No.\n\n'Not again,' she thought. He'd gone -- at 6'2\".\n\n'Not again,' I \\*–")
    told = [(one.kind, one.rule, one.paragraph, one.start) for one in book.decisions]
    assert len(set(told)) == len(told)
    paragraphs = [plain(block.runs) for chapter in book.chapters for block in chapter.blocks]
    assert all(paragraphs[one.paragraph][one.start : one.end] == one.text for one in book.decisions)
    assert len({finding.message for finding in book.findings}) == len(book.findings)


@settings(max_examples=100, deadline=None)
@given(st.lists(side_by_side(WORDS.split(), SPACED, SPOKEN), min_size=1, max_size=6), st.sampled_from(["en-US", "sv"]))
def test_what_is_remembered_is_read_no_otherwise(texts, language):
    """A reading that remembers the one before comes to what it would have come to alone."""
    habits = Habits(House(), language)
    memory = Memory()
    curled = [said.text for said in curl_quotes(texts, habits, memory)]
    for again in (curled, [f"{text} 'Tis" for text in curled], [curled[0], *texts[1:]]):
        assert curl_quotes(again, habits, copy(memory)) == curl_quotes(again, habits)
