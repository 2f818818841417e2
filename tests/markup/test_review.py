"""What an author is asked about, and that an answer is found again at the very place it was given for."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from markup_support import shape, typed, understood
from test_fixed_point import stories

from pressbook.config.schema import House
from pressbook.manuscript.marks import parse_marks, write_decision
from pressbook.markup import Keys, mark_up, marked, review_list, see, uncertain
from pressbook.model import Book, Chapter, Decision, Manuscript, Overrules, Paragraph, Run
from pressbook.values import replace

NAME = "the-story.marks.toml"
SAMPLE = Path(__file__).parents[2] / "text" / "distinguishing-features.txt"
STORY = """The road was long.

'Over there.'

"Give 'uz a hand," he said. "It was Thomas' lamp, and it was Thomas' idea."

The lamp - it burnt.
"""
PLAIN = [
    "The road was long.",
    "‘Over there.’",
    "“Give ’uz a hand,” he said. “It was Thomas’ lamp, and it was Thomas’ idea.”",
    "The lamp—it burnt.",
]


def noted(kind: str, rule: str, confidence: float, paragraph: int, text: str, nth: int = 0, *, applied: bool = True) -> Decision:
    """Note a decision on the nth stretch of a paragraph that reads so."""
    start = [match.start() for match in re.finditer(re.escape(text), PLAIN[paragraph])][nth]
    return Decision(
        kind, rule, confidence, applied, paragraph, start, start + len(text), 2 * paragraph + 1, text, f"so says {rule}"
    )


DECISIONS = (
    noted("thought", "voice", 0.6, 1, "Over there.", applied=False),
    noted("quote", "double", 0.98, 2, PLAIN[2]),
    noted("quote", "head", 0.7, 2, "’"),
    noted("quote", "tail", 0.8, 2, "’", 1),
    noted("quote", "tail", 0.8, 2, "’", 2),
    noted("dash", "dashes", 0.95, 3, PLAIN[3]),
    Decision("scene-break", "gap", 0.9, True, 3, 0, 0, 7, "", "so says gap"),
    noted("thought", "overruled", 1.0, 3, "it burnt", applied=False),
)
BOOK = Book("", "", (Chapter("", tuple(Paragraph((Run(plain),), 2 * k + 1) for k, plain in enumerate(PLAIN))),), DECISIONS)
"""A story and what was decided about it, whatever the rules of today would say."""


def answered(manuscript: Manuscript, book: Book, verdict: str, *, everything: bool = False) -> Overrules:
    """Answer every question, or every decision, and read the answers back."""
    keys = Keys(manuscript)
    asked = list(book.decisions) if everything else uncertain(book)
    return parse_marks("".join(write_decision(keys.answer(seen, verdict), 1) for seen in see(asked, book)), NAME)


def test_only_the_uncertain_is_asked():
    """What a rule offers, or is not sure of, is asked about; what is certain or overruled is not."""
    assert uncertain(BOOK) == [DECISIONS[0], *DECISIONS[2:5]]


def test_the_list_has_the_least_certain_first_and_the_rest_in_figures():
    """Kinds with something to look at come first, each with its rule, reason, line and words; the others take a line each."""
    assert review_list(BOOK).splitlines() == [
        "thought: 0 done, 2 not (voice 1, overruled 1); 1 to look at",
        "  offered, 0.60 sure, by voice: so says voice",
        "    line 3: “Over there.”",
        "quote: 4 done (tail 2, double 1, head 1); 3 to look at",
        "  done, 0.70 sure, by head: so says head",
        "    line 5: …“Give [’]uz a hand,” he said.…",
        "  done, 0.80 sure, by tail: so says tail",
        "    line 5: …“It was Thomas[’] lamp, and it was Thomas…",
        "    line 5: … lamp, and it was Thomas[’] idea.”…",
        "dash: 1 done (dashes 1)",
        "scene-break: 1 done (gap 1)",
    ]


def test_a_long_list_is_cut_short():
    """Of many alike, twenty are listed and the rest counted."""
    listed = review_list(replace(BOOK, decisions=DECISIONS[:1] * 30))
    assert listed.count("    line ") == 20
    assert "… and 10 more" in listed


def test_a_decision_is_shown_in_its_sentence():
    """A question shows the words concerned between what stands before and after them in their sentence; a break what follows."""
    shown = [(seen.before, seen.letters, seen.after) for seen in see(list(DECISIONS), BOOK)]
    assert shown[0] == ("‘", "Over there.", "’")
    assert shown[4] == ("“It was Thomas’ lamp, and it was Thomas", "’", " idea.”")
    assert shown[6] == ("", "", "The lamp—it burnt.")


def test_an_answer_names_its_place_in_the_manuscript_s_own_words():
    """A mark goes with the word it touches, in the sentence as typed; of two words alike, the right one is meant."""
    manuscript = typed(STORY)
    keys = Keys(manuscript)
    voice, _, head, first, second, *_ = [keys.answer(seen, "reject") for seen in see(list(DECISIONS), BOOK)]
    assert (voice.text, voice.within) == ("Over there.", "Over there.")
    assert (head.text, head.within) == ("'uz", "Give 'uz a hand,\" he said")
    assert first.text == second.text == "Thomas'"
    only = mark_up(replace(manuscript, overrules=Overrules(NAME, (second,))), House())
    assert "It was Thomas’ lamp, and it was Thomas' idea." in marked(only)


@pytest.mark.parametrize(
    "text", [STORY, f"{STORY}\n\n{STORY}", SAMPLE.read_text(encoding="utf-8")], ids=["short", "twice", "our own"]
)
def test_to_say_yes_to_what_was_done_changes_nothing(text):
    """A book whose every decision is confirmed, if it was done, is the book as it was."""
    manuscript, book = typed(text), understood(text)
    done = replace(book, decisions=tuple(one for one in book.decisions if one.applied))
    overrules = answered(manuscript, done, "accept", everything=True)
    again = mark_up(replace(manuscript, overrules=overrules), House())
    assert shape(again) == shape(book)
    assert not [finding for finding in again.findings if finding.level != "notice"]


@settings(max_examples=40, deadline=None)
@given(stories)
def test_an_answer_is_never_stale(text):
    """Whatever is answered, in any story, the answer's sentence is found in it."""
    manuscript, book = typed(text), understood(text)
    overrules = answered(manuscript, book, "reject", everything=True)
    again = mark_up(replace(manuscript, overrules=overrules), House())
    assert not [finding for finding in again.findings if finding.rule == "stale-decision"]


@settings(max_examples=40, deadline=None)
@given(stories)
def test_what_is_rejected_is_not_done(text):
    """Once every thought and break has been rejected, none that a rule found is left."""
    manuscript, book = typed(text), understood(text)
    kinds = ("thought", "scene-break", "pause")
    asked = replace(book, decisions=tuple(one for one in book.decisions if one.kind in kinds))
    for _ in range(3):  # a rejected pause is a break again, which is asked about in its turn
        overrules = answered(manuscript, asked, "reject", everything=True)
        again = mark_up(replace(manuscript, overrules=overrules), House())
        left = tuple(one for one in again.decisions if one.kind in kinds and one.applied)
        asked = replace(asked, decisions=(*asked.decisions, *left))
    assert not left
