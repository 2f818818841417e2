"""The file of decisions: what may stand in it, clear words where something else stands, and how a line is added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressbook.errors import ConfigError
from pressbook.manuscript import add_decision, marks_beside, read
from pressbook.manuscript.marks import KINDS, SETTABLE, parse_marks, read_marks, write_decision
from pressbook.model import Overrule

NAME = "lamp.marks.toml"
FILE = """\
[rules]
inner-voice = "reject"     # never in this story
pauses = "accept"

[[decision]]
kind = "thought"
text = "Not again."
in = "Not again. She turned"
verdict = "accept"

[[decision]]
kind = "quote"
text = "'uz"
in = "give 'uz a hand"
set = "’uz"
"""
SENTENCE = '[[decision]]\nkind = "dash"\nin = "a lamp"\n'
MISTAKES = [
    ("[rule]\n", "unknown key 'rule'", "did you mean 'rules'?"),
    ("rules = 3\n", "rules = 3 cannot be used", "write [rules]"),
    ('[rules]\ndashes = "rejekt"\n', "rules.dashes = 'rejekt' cannot be used", "did you mean 'reject'?"),
    ("[rules]\ndashes = false\n", "rules.dashes = False cannot be used", "'accept' or 'reject'"),
    ("[decision]\n", "decision cannot be used so", "[[decision]]"),
    (SENTENCE + 'verdikt = "reject"\n', "decision 1: unknown key 'verdikt'", "did you mean 'verdict'?"),
    (SENTENCE + 'colour = "red"\n', "decision 1: unknown key 'colour'", "known here: kind, text, in, verdict, set"),
    (SENTENCE, "decision 1: verdict is missing", "'accept' or 'reject'"),
    (SENTENCE + 'verdict = "no"\n', "decision 1: verdict = 'no' cannot be used", "'accept' or 'reject'"),
    (SENTENCE + "verdict = 1\n", "decision 1: verdict = 1 cannot be used", "text in quotes"),
    ('[[decision]]\nkind = "thoughts"\nin = "a"\n', "decision 1: kind = 'thoughts' cannot be used", "did you mean 'thought'?"),
    ('[[decision]]\nin = "a"\nverdict = "reject"\n', "decision 1: kind is missing", "'thought'"),
    ('[[decision]]\nkind = "dash"\nverdict = "reject"\n', "decision 1: in is missing", "quote the sentence"),
    ('[[decision]]\nkind = "dash"\ntext = "-"\nverdict = "reject"\n', "decision 1: in is missing", "quote the sentence"),
    (SENTENCE + 'set = "the lamp"\n', "reads otherwise than text = 'a lamp'", "no word is changed here"),
    (SENTENCE + 'set = "a–lamp"\nverdict = "reject"\n', "contradict each other", "leave one of them out"),
    (
        '[[decision]]\nkind = "thought"\nin = "a"\nset = "*a*"\n',
        "set cannot be used with kind = 'thought'",
        "write verdict instead",
    ),
    (SENTENCE + 'verdict = "reject"\n' + SENTENCE, "decision 2: verdict is missing", ""),
    ("[rules\n", "is not valid TOML", "line 1"),
]


def test_what_is_said_is_read():
    """Rules and decisions are read as written; a decision that spells its signs out needs no verdict."""
    overrules = parse_marks(FILE, NAME)
    assert overrules.name == NAME
    assert overrules.rules == (("inner-voice", "reject"), ("pauses", "accept"))
    assert overrules.decisions == (
        Overrule("thought", "Not again.", "Not again. She turned", "accept"),
        Overrule("quote", "'uz", "give 'uz a hand", "accept", "’uz"),
    )


@pytest.mark.parametrize(("text", "message", "hint"), MISTAKES, ids=[message for _, message, _ in MISTAKES])
def test_a_mistake_is_named_with_its_remedy(text, message, hint):
    """A wrong key or value is an error that names the file, the decision, the key and the value, and says what may stand there."""
    with pytest.raises(ConfigError) as caught:
        parse_marks(text, NAME)
    assert NAME in caught.value.message
    assert message in caught.value.message
    assert hint in f"{caught.value.message} {caught.value.hint}"


def test_the_file_lies_beside_the_manuscript(tmp_path):
    """The decisions about `a.b.txt` are those in `a.b.marks.toml` in its folder, and every reader brings them along."""
    story = tmp_path / "a.b.txt"
    story.write_text("One.\n\nTwo.\n")
    assert marks_beside(story) == tmp_path / "a.b.marks.toml"
    assert not read(story).overrules.name
    marks_beside(story).write_bytes(b"\xef\xbb\xbf" + FILE.encode())
    assert read(story).overrules == parse_marks(FILE, "a.b.marks.toml")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    """A folder of that name, or bytes that are no UTF-8, are refused by name."""
    (tmp_path / "a.marks.toml").mkdir()
    (tmp_path / "b.marks.toml").write_bytes(b"# \xff\n")
    for name in ("a.marks.toml", "b.marks.toml"):
        with pytest.raises(ConfigError, match=name):
            read_marks(tmp_path / name)


def test_a_decision_is_added_below_what_stands_there(tmp_path):
    """Adding a decision keeps the file's text, comments and all, and reads as one decision more."""
    path = tmp_path / NAME
    path.write_text(FILE.rstrip())
    overrule = Overrule("scene-break", "On the bank", "On the bank", "reject")
    added = add_decision(path, overrule, 7).decode()
    assert added.startswith(FILE)
    assert parse_marks(added, NAME).decisions == (*parse_marks(FILE, NAME).decisions, overrule)


def test_a_decision_that_cannot_be_added_is_an_error(tmp_path):
    """A file whose decisions stand in one line is left alone."""
    path = tmp_path / NAME
    path.write_text("decision = []\n")
    with pytest.raises(ConfigError, match=NAME):
        add_decision(path, Overrule("dash", "a", "a", "reject"), 1)


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(KINDS), st.sampled_from(["accept", "reject"]))
def test_what_is_written_is_read_back(text, around, kind, verdict):
    """Whatever letters a sentence has, its decision reads back as it was written."""
    written = Overrule(kind, "a" + text, around + " a" + text, verdict)
    assert parse_marks(write_decision(written, 1), NAME).decisions == (written,)


def test_only_signs_are_spelt_out():
    """`set` is for the signs between letters; everything else has a verdict."""
    assert set(SETTABLE) < set(KINDS)
    assert not {"thought", "italic", "chapter", "scene-break", "pause"} & set(SETTABLE)
