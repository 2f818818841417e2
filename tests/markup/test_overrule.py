"""The author has the last word: any decision can be undone or done, wherever its sentence stands, and no word is touched."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import typed
from test_fixed_point import WORDS, alnum, anything, sentences, stories

from pressbook.config.schema import House
from pressbook.errors import ConfigError
from pressbook.manuscript.marks import KINDS, SETTABLE, parse_marks
from pressbook.markup import RULES, mark_up, marked
from pressbook.markup.overrule import settle_style, summon
from pressbook.markup.table import Item, Note, Styled
from pressbook.model import Book, Overrules, Run
from pressbook.values import replace

NAME = "the-story.marks.toml"
SAMPLE = Path(__file__).parents[2] / "text" / "distinguishing-features.txt"


def overruled(text: str, marks: str, **house: str) -> Book:
    """Mark up a text with decisions beside it."""
    return mark_up(replace(typed(text), overrules=parse_marks(marks, NAME)), House(**house))


def says(**keys: str) -> str:
    """Write one decision; `within` stands for `in`."""
    return "[[decision]]\n" + "".join(
        f"{key.replace('within', 'in')} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in keys.items()
    )


def reads(text: str, marks: str, **house: str) -> str:
    """Mark up a text with decisions beside it and write it back, without the last line end."""
    return marked(overruled(text, marks, **house)).rstrip("\n")


TOLD = "She had walked all day, and he was far behind her. The road was long and she was tired."
CASES = [
    (
        "a rejected thought goes back to its quotation marks",
        "\"Come,\" he said.\n\n'Not again,' she thought.",
        says(kind="thought", within="Not again, she thought", text="Not again,", verdict="reject"),
        "“Come,” he said.\n\n‘Not again,’ she thought.",
    ),
    (
        "of two thoughts in a paragraph, the one that is named is rejected",
        "\"Come,\" he said.\n\n\"No.\"\n\n'Not again,' she thought. Rain fell. 'Not now.'",
        says(kind="thought", text="Not now", verdict="reject"),
        "“Come,” he said.\n\n“No.”\n\n*Not again,* she thought. Rain fell. ‘Not now.’",
    ),
    (
        "an author's own italics inside a rejected thought stay italic",
        "\"Come,\" he said.\n\n'Not *again*,' she thought.",
        says(kind="thought", within="Not again", verdict="reject"),
        "“Come,” he said.\n\n‘Not *again*,’ she thought.",
    ),
    (
        "any words can be set in italic",
        "He saw it. It was the lamp, and it burnt.",
        says(kind="italic", text="It was the lamp,", verdict="accept"),
        "He saw it. *It was the lamp,* and it burnt.",
    ),
    (
        "emphasis inside words set in italic turns roman",
        "It was *the* lamp.",
        says(kind="italic", within="It was the lamp.", verdict="accept"),
        "*It was* the *lamp.*",
    ),
    (
        "an accepted thought loses its single quotation marks",
        "Rain. 'Home, then.' She ran.",
        says(kind="thought", text="Home, then", verdict="accept"),
        "Rain. *Home, then.* She ran.",
    ),
    (
        "what is italic already stays as it is",
        "'Not again,' she thought.",
        says(kind="thought", text="Not again", verdict="accept"),
        "*Not again,* she thought.",
    ),
    (
        "an author's italics can be set in roman",
        "It *was* the *lamp*.",
        says(kind="italic", text="lamp", verdict="reject"),
        "It *was* the lamp.",
    ),
    (
        "a mark before a word can be an apostrophe",
        "Give 'arn a hand, then.' He ran.",
        says(kind="quote", text="'arn", set="’arn"),
        "Give ’arn a hand, then.’ He ran.",
    ),
    (
        "a mark alone is found by its neighbours",
        "It was 'uz that did it",
        says(kind="quote", text="'", within="was 'uz", set="‘"),
        "It was ‘uz that did it",
    ),
    (
        "a rejected mark stays as typed, and its neighbours are curled",
        '"Give \'em a hand," he said.',
        says(kind="quote", text="'em", verdict="reject"),
        "“Give 'em a hand,” he said.",
    ),
    (
        "a rejected dash stays as typed, and the next is set",
        "A lamp - a tree - a man",
        says(kind="dash", text="lamp - a tree", verdict="reject"),
        "A lamp - a tree—a man",
    ),
    (
        "dashes, dots and spaces can be spelt out, in the manuscript's own letters",
        "Well...he - SHE - ran.",
        says(kind="dash", text="well...he - she", set="Well … he–she"),
        "Well … he–SHE—ran.",
    ),
    (
        "points can stay points",
        "Well... and then... he ran.",
        says(kind="ellipsis", text="Well...", verdict="reject"),
        "Well... and then… he ran.",
    ),
    (
        "a typed break can be nothing",
        "A.\n\n***\n\nBut no.",
        says(kind="scene-break", within="But no", verdict="reject"),
        "A.\n\nBut no.",
    ),
    (
        "a wide gap can be nothing",
        "A.\n\nB.\n\nK.\n\n\n\nD.",
        says(kind="scene-break", within="D", verdict="reject"),
        "A.\n\nB.\n\nK.\n\nD.",
    ),
    (
        "a break can stand where nothing was typed",
        "A.\n\nB.",
        says(kind="scene-break", within="B", verdict="accept"),
        "A.\n\n* * *\n\nB.",
    ),
    ("a break can be a pause", "A.\n\n***\n\nB.", says(kind="pause", within="B", verdict="accept"), "A.\n\n~\n\nB."),
    ("a pause can be a break", "A.\n\n~\n\nB.", says(kind="scene-break", within="B", verdict="accept"), "A.\n\n* * *\n\nB."),
    ("a typed pause can be nothing", "A.\n\n~\n\nB.", says(kind="pause", within="B", verdict="reject"), "A.\n\nB."),
    (
        "a break is found by the words on both sides of it",
        "It rained.\n\nThe lamp.\n\nIt shone.\n\nThe lamp.",
        says(kind="scene-break", within="It shone. The lamp", verdict="accept"),
        "It rained.\n\nThe lamp.\n\nIt shone.\n\n* * *\n\nThe lamp.",
    ),
    (
        "a marker of letters that is no break is words",
        "A.\n\noOo\n\nB.",
        says(kind="scene-break", within="B", verdict="reject"),
        "A.\n\n\\oOo\n\nB.",
    ),
    (
        "a line can be a chapter",
        "A.\n\nThe well\n\nB.",
        says(kind="chapter", within="The well", verdict="accept"),
        "A.\n\n# The well\n\nB.",
    ),
    (
        "a heading's words elsewhere are no heading",
        "He saw the well.\n\nThe well\n\nB.",
        says(kind="chapter", within="The well", verdict="accept"),
        "He saw the well.\n\n# The well\n\nB.",
    ),
    (
        "a chapter can be a line",
        "A.\n\nChapter One\n\nB.",
        says(kind="chapter", within="Chapter One", verdict="reject"),
        "A.\n\n\\Chapter One\n\nB.",
    ),
    ("a marked heading can be a line", "A.\n\n# Ho\n\nB.", says(kind="chapter", within="Ho", verdict="reject"), "A.\n\nHo\n\nB."),
    (
        "a title can be a line",
        "The Lamp\n\nIt shone, and it shone.",
        says(kind="title", within="The Lamp", verdict="reject"),
        "\\ The Lamp\n\nIt shone, and it shone.",
    ),
    ("a rule can be rejected", "A - b... c", '[rules]\ndashes = "reject"', "A - b… c"),
    (
        "one rule of several in a row can be rejected",
        '"Give \'em a hand," he said.',
        '[rules]\nleading-apostrophes = "reject"',
        "“Give 'em a hand,” he said.",
    ),
    (
        "a rejected rule of breaks leaves typed ones",
        "A.\n\nB.\n\nK.\n\n\nD.\n\n*\n\nE.",
        '[rules]\ngap = "reject"',
        "A.\n\nB.\n\nK.\n\nD.\n\n* * *\n\nE.",
    ),
    (
        "what is said about a place weighs more than what is said about its rule",
        "A.\n\n*\n\nB.\n\n*\n\nK.",
        '[rules]\nmarker = "reject"\n' + says(kind="scene-break", within="K", verdict="accept"),
        "A.\n\nB.\n\n* * *\n\nK.",
    ),
    ("stars can be letters", "A *b* c", '[rules]\nemphasis = "reject"', "A \\*b\\* c"),
    (
        "what a rule only offers is done where the rule is accepted",
        f"{TOLD}\n\n\"Come,\" he said.\n\n'Over there.'",
        '[rules]\nthought-quoted-alone = "accept"',
        f"{TOLD}\n\n“Come,” he said.\n\n*Over there.*",
    ),
]


@pytest.mark.parametrize(("promise", "text", "marks", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_the_author_has_the_last_word(promise, text, marks, wanted):
    """Each promise in the table is kept, and what was marked is marked alike beside the same decisions."""
    once = reads(text, marks)
    assert once == wanted
    assert reads(once, marks) == once


KEYS = ["\"Well - he's 'ere,\" she said", "“Well—he’s ‘ere,” she said", "well -- HE'S ere she said", "Well he s ere... she said"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", KEYS[:2])
def test_a_sentence_is_found_however_it_is_typed(key, text):
    """Quotation marks, dashes and capitals may differ between the manuscript and the decision about it."""
    assert reads(f"He saw. {text}, and ran.", says(kind="italic", within=key, text="said", verdict="accept")).endswith(
        "*said*, and ran."
    )


@settings(max_examples=60, deadline=None)
@given(stories, stories)
def test_a_decision_survives_edits_elsewhere(before, after):
    """Whatever is written before and after a sentence, the decision about it holds."""
    marks = says(kind="italic", within="Quillon's lamp, Quillon's boat", text="Quillon's boat", verdict="accept")
    text = f"{before}\n\nIt was Quillon's lamp, Quillon's boat and nothing else.\n\n{after}"
    assert "Quillon’s lamp, *Quillon’s boat* and nothing else" in reads(text, marks)


def test_a_decision_that_finds_nothing_is_reported():
    """A sentence that is gone is a warning that names the decision, the sentence and the line that is most like it."""
    book = overruled("Rain.\n\nThe old lamp burnt low.", says(kind="italic", within="The lamp burnt low", verdict="accept"))
    (finding,) = book.findings
    assert (finding.level, finding.rule) == ("warning", "stale-decision")
    assert f"{NAME}: decision 1" in finding.message
    assert "“The lamp burnt low”" in finding.message
    assert "line 3" in finding.remedy
    assert "line" not in overruled("Rain.", says(kind="italic", within="The lamp", verdict="accept")).findings[0].remedy


def test_a_rule_that_decides_nothing_is_reported():
    """A misspelt rule is a warning with the nearest that decides in this story; a rule of the table never is."""
    book = overruled("A... b", '[rules]\nellipsis = "reject"\nthoughts = "reject"')
    (finding,) = book.findings
    assert (finding.level, finding.rule, finding.remedy) == ("warning", "stale-rule", "did you mean 'ellipses'?")
    (finding,) = overruled("A... b", '[rules]\nxyz = "reject"').findings
    assert (finding.level, finding.rule) == ("notice", "stale-rule")
    for rule in RULES:
        assert not overruled("A... b", f'[rules]\n{rule.name} = "reject"').findings


def test_a_rule_that_is_rejected_everywhere_is_no_stranger():
    """A rule is known by what it would have decided, though none of it stands."""
    for rule, text in (("gap", "A.\n\nB.\n\nK.\n\n\nD."), ("marker", "A.\n\n*\n\nB."), ("chapter-word", "A.\n\nChapter One\n\nB.")):
        assert not overruled(text, f'[rules]\n{rule} = "reject"').findings


def test_a_repeated_sentence_is_decided_each_time_and_said():
    """A key that stands at several places decides at each, with a notice; more of the sentence means one."""
    text = "The lamp shone.\n\nHe ran. The lamp shone."
    book = overruled(text, says(kind="italic", within="The lamp shone.", verdict="accept"))
    assert marked(book) == "*The lamp shone.*\n\nHe ran. *The lamp shone.*\n"
    assert [finding.rule for finding in book.findings] == ["repeated-decision"]
    only = overruled(text, says(kind="italic", within="ran. The lamp shone.", text="The lamp shone.", verdict="accept"))
    assert marked(only) == "The lamp shone.\n\nHe ran. *The lamp shone.*\n"
    assert not only.findings


@pytest.mark.parametrize("kind", ["scene-break", "pause", "title", "front"])
def test_what_cannot_be_done_is_reported(kind):
    """A break above the first paragraph, a title in the midst of the story: a warning says that it cannot stand there."""
    (finding,) = overruled("He ran and ran.\n\nB.", says(kind=kind, within="He ran", verdict="accept")).findings
    assert (finding.level, finding.rule) == ("warning", "idle-decision")


def test_letters_that_are_not_in_their_sentence_are_an_error():
    """`text` must stand in `in`."""
    for text in ("tree", "—"):
        with pytest.raises(ConfigError, match="decision 1: text = "):
            overruled("The lamp.", says(kind="dash", within="The lamp", text=text, verdict="reject"))


def test_each_verdict_is_a_decision():
    """What an author decides stands among the decisions: certain, in its place, naming the file."""
    marks = says(kind="thought", text="Not again,", verdict="reject") + says(kind="italic", text="ran", verdict="accept")
    book = overruled("'Not again,' she thought, and ran.", marks)
    own = [decision for decision in book.decisions if decision.rule == "overruled"]
    assert [(one.kind, one.text, one.applied, one.confidence) for one in own] == [
        ("thought", "Not again,", False, 1.0),
        ("italic", "ran", True, 1.0),
    ]
    assert all(NAME in one.evidence for one in own)
    assert [one.rule for one in book.decisions if one.kind == "thought"] == ["overruled"]


def test_nothing_said_changes_nothing():
    """A file without decisions gives the same book as no file."""
    text = SAMPLE.read_text(encoding="utf-8")
    empty = mark_up(replace(typed(text), overrules=Overrules(NAME)), House())
    assert empty == mark_up(typed(text), House())


words = st.lists(st.sampled_from([word for word in WORDS.split() if alnum(word)]), min_size=1, max_size=2)
verdicts = st.builds(
    lambda kind, key, verdict: says(kind=kind, within=" ".join(key), verdict=verdict),
    st.sampled_from(KINDS),
    words,
    st.sampled_from(["accept", "reject"]),
)
spelt = st.builds(
    lambda kind, word, signs: says(kind=kind, text=f"'{word}", set=f"{signs}{word}"),
    st.sampled_from(SETTABLE),
    st.sampled_from(["lamp", "Mara", "tis", "thought", "he"]),
    st.sampled_from(["’", "—", "… ", "*", '"', "\\"]),
)
rules = st.dictionaries(
    st.sampled_from(
        [
            *(rule.name for rule in RULES),
            "marker",
            "gap",
            "closing-gaps",
            "double-quotes",
            "thought-quoted",
            "chapter-word",
            "label",
        ]
    ),
    st.sampled_from(["accept", "reject"]),
    max_size=3,
).map(lambda found: "[rules]\n" + "".join(f'{rule} = "{verdict}"\n' for rule, verdict in found.items()))
marks_files = st.builds(lambda head, rest: head + "".join(rest), rules, st.lists(st.one_of(verdicts, spelt), max_size=4))


@settings(max_examples=100, deadline=None)
@given(stories, marks_files)
def test_no_word_is_changed_lost_or_moved_by_a_verdict(text, marks):
    """Whatever is overruled, the letters and digits of the manuscript, in order, are those of the marked one."""
    assert alnum(reads(text, marks)) == alnum(text)


@settings(max_examples=100, deadline=None)
@given(anything, sentences, marks_files)
def test_no_text_and_no_verdict_make_the_rules_fail(odd, text, marks):
    """However odd the text, a verdict beside it neither fails nor loses a letter outside typed markers."""
    left = alnum(re.sub(r"\[\^\d+\]", "", reads(f"{odd}\n\n{text}", marks)))  # a note's number is ours
    manuscript = typed(f"{odd}\n\n{text}")
    kept = alnum("".join(block.text for block in manuscript.blocks))
    letters = iter(kept)
    assert all(letter in letters for letter in left)
    assert len(kept) - len(left) <= sum(
        len(alnum(block.text)) for block in manuscript.blocks if set(alnum(block.text)) <= set("xXoO0")
    )


def test_no_word_of_our_own_story_is_touched():
    """Our own story keeps its letters with every decision rejected, and with every decision accepted."""
    text = SAMPLE.read_text(encoding="utf-8")
    book = mark_up(typed(text), House())
    kinds = {decision.rule for decision in book.decisions}
    assert len(kinds) > 5
    for verdict in ("reject", "accept"):
        marks = "[rules]\n" + "".join(f'{rule} = "{verdict}"\n' for rule in kinds)
        assert alnum(reads(text, marks)) == alnum(text)
    rejected = "[rules]\n" + "".join(f'{rule.name} = "reject"\n' for rule in RULES)
    plain = reads(text, rejected)
    assert alnum(plain) == alnum(text)
    assert not re.search("[“”‘’—]", plain)


def test_several_offers_of_an_accepted_rule_are_all_done():
    """What is done for one offer does not move the next: both thoughts lose their marks and turn italic."""
    text = "Rain. ‘Home.’ She ran. ‘No, back.’ It poured."
    offers = tuple(
        Note("thought", "voice", 0.5, "it may be", text.index(words), text.index(words) + len(words), applied=False)
        for words in ("Home.", "No, back.")
    )
    docket = summon(Overrules(NAME, (), (("voice", "accept"),)), ())
    said = settle_style(docket, "thoughts", Item("text", text, 1), (Run(text),), Styled((Run(text),), offers))
    assert [run.text for run in said.runs if run.italic] == ["Home.", "No, back."]
    assert "".join(run.text for run in said.runs) == "Rain. Home. She ran. No, back. It poured."
    assert [("".join(run.text for run in said.runs)[note.start : note.end], note.applied) for note in said.notes] == [
        ("Home.", True),
        ("No, back.", True),
    ]
