"""Decisions beside a manuscript, as a person meets them: every command heeds them, and `mark` lists and asks."""

import io
import json
import sys

import pytest

MARKS = """\
# mine
[[decision]]
kind = "thought"
in = "It won't hold, she thought"
text = "It won't hold,"
verdict = "reject"

[[decision]]
kind = "italic"
in = "All of them"
verdict = "accept"
"""
STALE = '\n[[decision]]\nkind = "dash"\nin = "nobody wrote this"\nverdict = "reject"\n'
OFFERING = """She had walked all day, and he was far behind her. The road was long, and it was dark, and she was tired.

"Come," she said. "Wait."

'Over there.'

"Now," he said.

'Not there.'
"""


@pytest.fixture
def marks(story):
    """Write decisions beside the short story and return their path."""
    path = story.with_name("lamp.marks.toml")
    path.write_text(MARKS, encoding="utf-8")
    return path


@pytest.fixture
def feed(monkeypatch):
    """Return a function that lays answers ready on standard input."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def rejected(run):
    """Return the kinds that `mark --json` shows as overruled and not applied."""
    decisions = json.loads(run("mark", "lamp.txt", "--json").out)["decisions"]
    return [one["kind"] for one in decisions if one["rule"] == "overruled" and not one["applied"]]


def test_every_command_heeds_the_decisions(run, marks):
    """mark, build, proof and new --from all read what lies beside the manuscript."""
    printed = run("mark", "lamp.txt").out
    assert "‘It won’t hold,’ she thought" in printed
    assert "*All of them*…" in printed
    assert rejected(run) == ["thought"]
    report = json.loads(run("proof", "lamp.txt", "--json").out)
    assert [one["kind"] for one in report["decisions"] if one["rule"] == "overruled"] == ["thought", "italic"]
    assert run("new", "zine", "--from", "lamp.txt").status == 0
    assert "‘It won’t hold,’ she thought" in run("mark", "zine").out


def test_a_new_project_keeps_the_decisions(run, marks, tmp_path):
    """`new --from` takes the decisions along, so that the project is marked as the manuscript was."""
    assert "text/lamp.marks.toml" in run("new", "zine", "--from", "lamp.txt").out
    assert (tmp_path / "zine/text/lamp.marks.toml").read_text(encoding="utf-8") == MARKS
    assert run("mark", "zine").out == run("mark", "lamp.txt").out


@pytest.mark.parametrize(
    "command", [("build", "--set", "outputs.booklet=false"), ("proof",), ("mark",), ("mark", "--list")], ids=" ".join
)
def test_a_stale_decision_is_told_by_every_command(run, marks, command):
    """A decision whose sentence is gone is a warning with its words, and the rest of the file still holds."""
    marks.write_text(MARKS + STALE, encoding="utf-8")
    name, *rest = command
    status, out, err = run(name, "lamp.txt", *rest)
    assert status == 0
    assert "warning: lamp.marks.toml: decision 3: the story has no “nobody wrote this”" in out + err
    assert rejected(run) == ["thought"]


def test_a_wrong_file_stops_every_command(run, marks, tmp_path):
    """A mistake in the file is an error with its place and a hint, and nothing is written."""
    marks.write_text(MARKS.replace("verdict", "verdikt", 1), encoding="utf-8")
    for command in ("build", "mark", "proof"):
        status, _, err = run(command, "lamp.txt")
        assert status == 1
        assert err == "error: lamp.marks.toml: decision 1: unknown key 'verdikt'\nhint: did you mean 'verdict'?\n"
    assert not (tmp_path / "dist").exists()


def test_the_marked_file_says_where_its_decisions_belong(run, marks):
    """Written under another name, the marked manuscript needs the decisions beside it; under its own it has them."""
    assert "copy lamp.marks.toml to other.marks.toml" in run("mark", "lamp.txt", "-o", "other.md").out
    assert "copy" not in run("mark", "lamp.txt", "-o", "lamp.md").out
    assert run("mark", "lamp.md").out == run("mark", "lamp.txt").out


def test_the_list_is_for_people(run, story):
    """`--list` sums the decisions up by kind and names what is uncertain with its line and reason."""
    story.write_text(OFFERING, encoding="utf-8")
    status, out, err = run("mark", "lamp.txt", "--list")
    assert (status, err) == (0, "")
    assert "quote: " in out
    assert "line 5: “Over there.”" in out
    assert len(out.splitlines()) < 20


def test_a_review_asks_and_writes(run, story, feed, tmp_path):
    """Yes and no are written down at once, skip is left open, quit ends; asked again, only what is open comes."""
    story.write_text(OFFERING, encoding="utf-8")
    path = tmp_path / "lamp.marks.toml"
    feed("q\n")
    asked = run("mark", "lamp.txt", "--review")
    total = int(asked.out.split(" of ")[1].split(",")[0])
    assert total >= 2
    assert "nothing was written" in asked.out
    assert not path.exists()
    feed("what?\nN\ns\nq\n")
    status, out, _ = run("mark", "lamp.txt", "--review")
    assert status == 0
    assert "1 answer written to lamp.marks.toml" in out
    assert 'in = "Over there."' in path.read_text(encoding="utf-8")
    feed("y\n" * total)
    again = run("mark", "lamp.txt", "--review").out
    assert f"1 of {total - 1}, " in again
    assert "0 of" in again
    assert "nothing is uncertain" in run("mark", "lamp.txt", "--review").out
    assert "‘Over there.’\n\n“Now,” he said.\n\n*Not there.*" in run("mark", "lamp.txt").out


def test_a_review_keeps_what_stood_in_the_file(run, story, feed, tmp_path):
    """Comments and decisions written by hand are still there after a review, before the answers."""
    story.write_text(OFFERING, encoding="utf-8")
    path = tmp_path / "lamp.marks.toml"
    path.write_text('# by hand\n[rules]\ndashes = "reject" # so', encoding="utf-8")
    feed("y\nq\n")
    assert run("mark", "lamp.txt", "--review").status == 0
    assert path.read_text(encoding="utf-8").startswith('# by hand\n[rules]\ndashes = "reject" # so\n\n[[decision]]')


def test_a_review_shows_what_it_asks_about(run, story, feed):
    """A question shows the line, the sentence with the letters concerned set off, the rule and its reason."""
    story.write_text(OFFERING, encoding="utf-8")
    feed("q\n")
    out = run("mark", "lamp.txt", "--review").out
    assert "line 5: thought, offered, 0.60 sure" in out
    assert "‘[Over there.]’" in out


def test_a_review_without_anybody_is_an_error(run, story, feed, monkeypatch):
    """Where nobody can answer, the review says so and writes nothing."""
    story.write_text(OFFERING, encoding="utf-8")
    feed("")
    status, _, err = run("mark", "lamp.txt", "--review")
    assert status == 1
    assert "error: nobody answers" in err
    assert "hint: run it in a terminal" in err
    monkeypatch.setattr(sys, "stdin", None)
    assert run("mark", "lamp.txt", "--review").status == 1


def test_one_way_of_telling_at_a_time(run, story):
    """--list, --review and --json exclude each other."""
    assert run("mark", "lamp.txt", "--list", "--json").status == 2
