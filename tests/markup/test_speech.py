"""Speech as state: the cheapest reading, speech that goes on, speech that never closes, and how sure a reading is."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import marks, understood

from pressbook.markup.languages import language_of
from pressbook.markup.speech import Asked, WordStock, _cheapest, _step

ROLES = ("open", "close", "apostrophe")
asked = st.lists(
    st.builds(
        lambda family, prices: Asked(0, 1, family, tuple(zip(ROLES, prices, strict=True))),
        st.sampled_from("DS"),
        st.tuples(*[st.integers(0, 8).map(float)] * 3),
    ),
    max_size=6,
)


def price(parts, marks, stack, single):
    """Add up what a reading costs."""
    total = 0.0
    for mark, role in zip(marks, parts, strict=True):
        stack, extra = _step(stack, mark.family, role, single)
        total += extra + dict(mark.choices)[role]
    return total + 3.5 * len(stack)


@settings(max_examples=100, deadline=None)
@given(asked, st.booleans())
def test_the_cheapest_reading_is_found(marks, single):
    """No other parts for a paragraph's marks cost less than those found, tried one by one."""
    start, found = _cheapest(marks, {"": 0.0, "D": 2.0}, lambda stack: 3.5 * len(stack), single)
    cost = price([role for role, _ in found], marks, start, single) + (2.0 if start else 0.0)
    best = min(
        price(parts, marks, begun, single) + extra
        for parts in product(ROLES, repeat=len(marks))
        for begun, extra in (("", 0.0), ("D", 2.0))
    )
    assert cost == pytest.approx(best)


def speech(book):
    """List the findings on speech."""
    return [finding.message for finding in book.findings if finding.rule == "speech"]


def test_continued_speech():
    """Speech that goes on opens in each paragraph, closes in the last, and is no finding."""
    text = '"It was late.\n\n"Nobody came.\n\n"And then \'Ada\' came."\n\nHe stopped.'
    book = understood(text)
    assert marks(text) == "“It was late.\n\n“Nobody came.\n\n“And then ‘Ada’ came.”\n\nHe stopped."
    assert speech(book) == []


def test_continued_speech_in_single_marks():
    """Dialect in speech that goes on closes nothing."""
    text = "'I were on th' moor.\n\n'An' it were late, an' I saw th' boys' lamp.\n\n'That's all.'\n\n'Is it?' she said."
    assert (
        marks(text) == "‘I were on th’ moor.\n\n‘An’ it were late, an’ I saw th’ boys’ lamp.\n\n‘That’s all.’\n\n‘Is it?’ she said."
    )


def test_a_letter_that_speech_reads_line_by_line():
    """An inner quotation that a paragraph opens with stays open with the outer one."""
    typed = '"Read it," said Tobin.\n\n"\'Your own true\n\nMartha.\'"\n\nShe nodded.'
    assert marks(typed) == "“Read it,” said Tobin.\n\n“‘Your own true\n\nMartha.’”\n\nShe nodded."


def test_the_date_of_a_letter_in_single_marks():
    """A mark before a day's number opens the letter, where each of its lines has one."""
    lines = ("24 May.", "My dear Tom,", "The lamp is out, and I've no oil.", "Mara.")
    typed = "\n\n".join(["'Read it,' he said.", *[f"'{line}" for line in lines[:-1]], f"'{lines[-1]}'"])
    assert "‘24 May.\n\n‘My dear Tom," in marks(typed)


def test_a_song_inside_speech():
    """Speech may stay open through lines without a mark."""
    assert speech(understood('He sang: "Row the boat,\n\nrow it far,\n\nrow it home."\n\nThey went.')) == []


def test_speech_that_never_closes():
    """Speech that never closes is a notice with its line and its words; nothing else is."""
    book = understood('She stood.\n\n"I was late, he said.\n\nThey left.\n\n"So?" he said.')
    assert speech(book) == ['line 3: speech opens and never closes: "I was late, he said.']
    assert [finding.level for finding in book.findings if finding.rule == "speech"] == ["notice"]


def test_marks_out_of_order():
    """A mark that closes nothing, or opens what is open, is a notice."""
    (closes,) = speech(understood('She stood. I was late," he said.'))
    (opens,) = speech(understood('"I was late, he said. "So what?"'))
    assert closes.startswith("line 1: a quotation mark closes and nothing is open")
    assert opens.startswith("line 1: a quotation mark opens while speech is open")


def test_many_troubles_are_counted():
    """A book full of troubled speech names a dozen places and counts the rest."""
    book = understood("\n\n".join(['He said so" and left.'] * 30))
    assert len(speech(book)) == 13
    assert "18 more paragraphs" in speech(book)[-1]


def test_how_sure_a_reading_is():
    """A word that is never quoted is surer than one that may be, and each says why."""
    decisions = understood("\"Tell 'em,\" he said. \"He's in the 'ouse, an' she likes 'tunnies best.\"").decisions
    by_text = {d.start: d for d in decisions if d.rule == "leading-apostrophes" or d.rule == "single-quotes"}
    sure, doubtful, unknown = (by_text[place] for place in sorted(by_text))
    assert sure.confidence > doubtful.confidence
    assert sure.confidence > unknown.confidence
    assert "“em” is a word without its head" in sure.evidence
    assert all(0.5 <= d.confidence < 1 for d in by_text.values())


def test_an_apostrophe_inside_a_word_ends_no_clause():
    """A mark before an unknown word opens nothing where the only mark after it stands inside a word."""
    english = language_of("en")
    assert WordStock(["It was a 'skrit and didn't bite."], english).beheaded("skrit", here=False)
    assert not WordStock(["It was a 'skrit' and didn't bite."], english).beheaded("skrit", here=False)
