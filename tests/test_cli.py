"""The commands: what they say, what they write, and what they leave alone."""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLE, SHORT
from pressbook import cli, pipeline
from pressbook.cli.arguments import LISTS
from pressbook.config import Config, House
from pressbook.manuscript import read
from pressbook.markup import mark_up
from pressbook.model import Paragraph
from readback import pages_of, words

COMMANDS = ("build", "cover", "mark", "check", "impose", "new", "list")
DECISION_KEYS = ["kind", "rule", "confidence", "applied", "paragraph", "start", "end", "source_line", "text", "evidence"]
KINDS = {"thought", "scene-break", "pause", "chapter", "quote", "dash", "front", "italic", "title", "ellipsis", "space"}
"""What the contract names, and what the rules record besides."""


def made(folder):
    """List every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# --- help and usage ---------------------------------------------------------------------------------------------------


def test_help_teaches(run):
    """The program's help names every command, shows examples that can be typed, and tells the exit statuses."""
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    assert all(re.search(rf"^    {command} ", out, re.MULTILINE) for command in COMMANDS)
    assert "examples:\n  pressbook build story.txt" in out
    assert "exit status: 0 done" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_examples(run, command):
    """Each command's help has examples of that command, and fits into 80 columns."""
    status, out, err = run(command, "--help")
    assert (status, err) == (0, "")
    assert f"examples:\n  pressbook {command}" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_examples_of_the_help_work(run, story, tmp_path):
    """Every example in the helps can be typed as it stands; a printer may refuse so short a story."""
    (tmp_path / "shop.toml").touch()
    (tmp_path / "my-chapters").mkdir()
    for number in (1, 2):
        shutil.copy(story, tmp_path / "my-chapters" / f"ch{number}.txt")
    story.rename(tmp_path / "story.txt")
    helps = [run("--help").out, *(run(command, "--help").out for command in COMMANDS)]
    lines = [line for text in helps for line in re.findall(r"^  pressbook (.+?)(?:  .*)?$", text, re.MULTILINE)]
    assert len(lines) > 12
    for number, line in enumerate(lines):
        arguments = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', line)]
        arguments = [f"{part}-{number}" if part == "my-zine" else part for part in arguments]
        outcome = run(*arguments)
        assert (outcome.status in ((0, 3) if "printer" in line else (0,)), outcome.err) == (True, ""), line


def test_build_help_names_every_key(run):
    """The help of `build` names every section and key of the config that has a choice."""
    out = run("build", "--help").out
    for section, keys in (
        ("book", "book"),
        ("page", "page"),
        ("type", "type"),
        ("story", "story"),
        ("press", "press"),
        ("booklet", "booklet"),
        ("outputs", "outputs"),
    ):
        assert f"[{section}]" in out
        for key in getattr(Config(), keys).__struct_encode_fields__:
            assert re.search(rf"\b{key}\b", out), key


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["story.txt"],
        ["build", "a.txt", "b.txt"],
        ["build", "-story.txt"],
        ["build", "--trim"],
        ["build", "--tri", "A5"],
        ["build", "--json=yes"],
        ["build", "--set"],
        ["new"],
        ["list"],
        ["list", "everything"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_status_2(run, tmp_path, arguments):
    """A command line that cannot be read is status 2, told on stderr with a way to learn more, and does nothing."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "pressbook COMMAND --help" in err or re.match(r"error: .+\nhint: `pressbook.* --help` shows", err)
    assert made(tmp_path) == []


def test_version(run):
    """`--version` prints name and number."""
    assert re.fullmatch(r"pressbook \d+\.\d+\.\d+\n", run("--version").out)


HEAVY = ("reportlab", "uharfbuzz", "pyphen", "pypdfium2", "pikepdf", "fontTools")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["list", "trims"], ["list", "schemes"]], ids=" ".join)
def test_help_is_quick(shell, arguments):
    """Help and the lists that need no face import none of the heavy libraries."""
    script = (
        "import sys\nfrom pressbook.cli import main\n"
        "try:\n    main(sys.argv[2:])\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.argv[1].split() if name in sys.modules], file=sys.stderr)"
    )
    done = shell("-c", script, " ".join(HEAVY), *arguments)
    assert done.stdout
    assert done.stderr == "[]\n"


def test_python_m_pressbook(shell, story, tmp_path):
    """`python -m pressbook` is the program, with its exit status."""
    done = shell("-m", "pressbook", "build", "lamp.txt", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["pages"] == 4
    assert shell("-m", "pressbook", "build", "gone.txt").returncode == 1
    assert shell("-m", "pressbook", "bild").returncode == 2


# --- what leaves the program ------------------------------------------------------------------------------------------


def test_words_leave_as_utf8(shell, story):
    """What goes into a pipe is UTF-8, whatever the locale says."""
    done = shell("-m", "pressbook", "mark", "lamp.txt", text=False, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "“You’re late,” said the keeper—he said" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_a_name_that_is_not_text(shell, tmp_path):
    """A file whose name is not valid text is set, and its name is told without a fall."""
    source = os.path.join(os.fsencode(tmp_path), b"we\xffird.txt")  # noqa: PTH118 - pathlib holds no bytes
    try:
        with open(source, "wb") as file:  # noqa: PTH123
            file.write(SHORT.encode())
    except OSError:
        pytest.skip("this file system takes no such name")
    done = shell("-m", "pressbook", "build", os.fsdecode(source), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["pages"] == 4


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell's pipe")
def test_a_reader_that_has_seen_enough(story, tmp_path):
    """A pipe that is closed early is no error."""
    script = f'"{sys.executable}" -m pressbook mark lamp.txt | true; echo ${{PIPESTATUS[0]}}'
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_progress_is_shown_on_a_terminal_only(run, story, monkeypatch):
    """Long work on a terminal shows a line that is wiped away at the end; short work, a pipe and --quiet show none."""
    typeset = pipeline.typeset

    def slow(*arguments):
        time.sleep(0.5)
        return typeset(*arguments)

    assert run("build", "lamp.txt").err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run("build", "lamp.txt").err == ""
    monkeypatch.setattr(pipeline, "typeset", slow)
    err = run("build", "lamp.txt").err
    assert err.startswith("\rsetting lamp.txt … ")
    assert err.endswith("\r\033[K")
    assert run("build", "lamp.txt", "--json").err == ""
    assert run("build", "lamp.txt", "--quiet").err == ""


def test_a_fault_of_our_own_is_said_to_be_one(run, story, monkeypatch):
    """A fault of the program is told in one line without a traceback, unless PRESSBOOK_DEBUG asks for it."""

    def broken(*_):
        raise KeyError("lead")

    monkeypatch.setattr(pipeline, "typeset", broken)
    status, out, err = run("build", "lamp.txt")
    assert (status, out) == (1, "")
    assert err == "error: pressbook itself failed: KeyError: 'lead'\nhint: this is a bug; PRESSBOOK_DEBUG=1 shows where\n"
    monkeypatch.setenv("PRESSBOOK_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.main(["build", "lamp.txt"])


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failing", ["replace", "write_bytes", "mkdir"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk", "ctrl-c"])
@pytest.mark.parametrize("arguments", [("build", "lamp.txt"), ("mark", "lamp.txt", "-o", "a/b.md"), ("new", "zine")], ids=" ".join)
def test_what_is_broken_off_leaves_nothing(run, story, tmp_path, monkeypatch, failing, error, arguments):
    """When the disk refuses or someone breaks off, no file, no folder and no temporary name is left."""

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(Path, failing, fail)
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert err.startswith("error: ")
    assert "itself failed" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["lamp.txt"]


def test_what_is_broken_off_keeps_the_old(run, story, tmp_path, monkeypatch):
    """When writing fails, the PDFs of the last build stay as they were."""
    assert run("build", "lamp.txt").status == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()}
    story.write_text(SHORT + "\n\nAnd more.\n")
    write = Path.write_bytes
    counter = itertools.count()

    def fail_later(path, data):
        if next(counter):
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fail_later)
    status, _, err = run("build", "lamp.txt")
    assert status == 1
    assert err.startswith("error: dist/lamp-booklet.pdf cannot be written: No space left on device\nhint: ")
    assert {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="no devices there")
def test_a_device_is_written_to_and_not_replaced(run, story):
    """`-o /dev/null` leaves the device a device, and a link leads where it led."""
    assert run("mark", "lamp.txt", "-o", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()
    Path("link.md").symlink_to("there.md")
    assert run("mark", "lamp.txt", "-o", "link.md").status == 0
    assert Path("link.md").is_symlink()
    assert "“You’re late,”" in Path("there.md").read_text(encoding="utf-8")


# --- mark -------------------------------------------------------------------------------------------------------------


def test_mark_prints_the_story_as_understood(run, story):
    """`mark` prints light Markdown: quotes curled, dashes set, thoughts in italics without their quotes, scene breaks."""
    status, out, err = run("mark", "lamp.txt")
    assert (status, err) == (0, "")
    assert out == (
        "The Lamp\n\nby Ada Quill\n\n“You’re late,” said the keeper—he said it to everyone—and held out the lamp.\n\n"
        "*It won’t hold,* she thought, and *ran*.\n\n* * *\n\nBy morning the boats were in. All of them… every one.\n"
    )


ODD = """A * star, a _ line, a # hash and a \\ backslash.

# not *a* heading?

~

> quoted

1. a list - not

* * *

"'Tis so," he said. "Rock 'n' roll..."
"""


@pytest.mark.parametrize("text", [SAMPLE.read_text(encoding="utf-8"), SHORT, ODD], ids=["sample", "short", "odd"])
def test_what_was_marked_is_marked_again_without_a_change(run, tmp_path, text):
    """What `mark` writes, `mark` writes again, byte for byte."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert run("mark", "a.txt", "-o", "once.md").status == 0
    assert run("mark", "once.md", "-o", "twice.md").status == 0
    assert (tmp_path / "once.md").read_bytes() == (tmp_path / "twice.md").read_bytes()


def test_what_was_marked_builds_to_the_same_book(run, sample):
    """What `mark` writes, `build` sets as the same pages as the original."""
    assert run("mark", sample, "-o", f"{sample.stem}.md").status == 0
    books = []
    for source in (sample, f"{sample.stem}.md"):
        assert run("build", source, "--quiet").status == 0
        books.append((sample.parent / "dist" / f"{sample.stem}.pdf").read_bytes())
    assert books[0] == books[1]


def test_mark_writes_a_file(run, story, tmp_path):
    """`-o` writes the same words to a file and says what was decided."""
    printed = run("mark", "lamp.txt").out
    status, out, _ = run("mark", "lamp.txt", "-o", "made/lamp.md")
    assert status == 0
    assert out.startswith("made/lamp.md: 3 paragraphs\n  title: 2 decided\n")
    assert (tmp_path / "made" / "lamp.md").read_text(encoding="utf-8") == printed


def test_mark_takes_a_project_and_its_config(run, project):
    """`mark` marks a project's story in the house style of its config, and `--set` overrules that."""
    (project / "pressbook.toml").write_text('[story]\nthoughts = "off"\n')
    assert "‘It won’t hold,’ she thought" in run("mark", project).out
    assert "*It won’t hold,* she thought" in run("mark", project, "--set", "story.thoughts=auto").out


def test_mark_json_has_the_keys_of_the_contract(run, story):
    """`mark --json` prints one object: the marked text and the decisions, each with exactly the keys of the contract."""
    status, out, err = run("mark", "lamp.txt", "--json")
    assert (status, err, out.count("\n")) == (0, "", 1)
    report = json.loads(out)
    assert list(report) == ["text", "decisions"]
    assert report["text"] == run("mark", "lamp.txt").out
    for decision in report["decisions"]:
        assert list(decision) == DECISION_KEYS
        assert decision["kind"] in KINDS
        assert 0 <= decision["confidence"] <= 1
        assert decision["applied"] in (True, False)
        assert decision["rule"]
        assert decision["evidence"]
    assert {"thought", "scene-break", "quote", "dash"} <= {decision["kind"] for decision in report["decisions"]}


def test_offsets_find_the_letters(run):
    """A decision's start and end cut its text out of the marked paragraph, whose number counts body paragraphs from 0."""
    book = mark_up(read(SAMPLE), House())
    blocks = [block for chapter in book.chapters for block in chapter.blocks if isinstance(block, Paragraph)]
    body = ["".join(run.text for run in block.runs) for block in blocks if block.kind == "body"]
    decisions = json.loads(run("mark", SAMPLE, "--json").out)["decisions"]
    cut = [decision for decision in decisions if decision["kind"] in ("thought", "italic", "quote", "dash", "ellipsis")]
    assert len(cut) > 80
    for decision in cut:
        assert body[decision["paragraph"]][decision["start"] : decision["end"]] == decision["text"]
    thoughts = [decision["text"] for decision in cut if decision["kind"] == "thought"]
    assert "Who on earth would they send for me?" in thoughts


def test_source_lines_are_the_manuscripts(run):
    """A decision's source line is the manuscript's line, from 1, on which its paragraph begins."""
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    decisions = json.loads(run("mark", SAMPLE, "--json").out)["decisions"]
    for decision in decisions:
        assert lines[decision["source_line"] - 1].strip()
        if decision["kind"] == "thought":
            assert set(words(decision["text"])) <= set(words(lines[decision["source_line"] - 1].replace("'", "’")))
    breaks = [decision for decision in decisions if decision["kind"] == "scene-break"]
    assert [lines[decision["source_line"] - 1].split()[:3] for decision in breaks] == [
        ["It", "took", "them"],
        ["He", "took", "his"],
        ["At", "11:40", "the"],
    ]


def test_mark_never_overwrites_the_manuscript(run, story):
    """`mark -o` refuses to write over the manuscript itself, under whatever name."""
    before = story.read_bytes()
    status, out, err = run("mark", "lamp.txt", "-o", "../" + story.parent.name + "/lamp.txt")
    assert (status, out) == (1, "")
    assert "is the manuscript itself\nhint: " in err
    assert story.read_bytes() == before


# --- new --------------------------------------------------------------------------------------------------------------


def test_a_new_project_builds_at_once(run, tmp_path):
    """`new` makes a config, a story to overwrite and a fonts folder, says so, and the project builds at once."""
    status, out, err = run("new", "my-zine")
    assert (status, err) == (0, "")
    assert made(tmp_path / "my-zine") == ["fonts/README.md", "pressbook.toml", "text/story.txt"]
    assert all(name in out for name in made(tmp_path / "my-zine"))
    assert "then run: pressbook build my-zine" in out
    report = json.loads(run("build", "my-zine", "--json").out)
    assert {finding["level"] for finding in report["findings"]} <= {"notice"}
    pages = pages_of((tmp_path / "my-zine" / "dist" / "story.pdf").read_bytes())
    assert pages[0][0] == "My zine"
    assert "“Straight quotes will do,” said the printer—and so will single hyphens" in pages[2][0].replace("\n", " ")


def test_the_config_of_a_new_project_says_what_is_so_anyway(run, tmp_path):
    """Each key in a new project's config is known and has its default, so that leaving it out changes nothing."""
    run("new", "zine")
    table = tomllib.loads((tmp_path / "zine" / "pressbook.toml").read_text(encoding="utf-8"))
    assert table.pop("book")["language"] == Config().book.language
    for section, keys in table.items():
        for key, value in keys.items():
            assert getattr(getattr(Config(), section), key.replace("-", "_")) == value


def test_a_new_project_from_a_story(run, story, tmp_path):
    """`new --from` brings the story, marked up, with its title and author, and builds to the same words."""
    status, out, _ = run("new", "zine", "--from", "lamp.txt")
    assert status == 0
    assert "Look at zine/text/lamp.md, then run: pressbook build zine" in out
    assert made(tmp_path / "zine") == ["fonts/README.md", "pressbook.toml", "text/lamp.md"]
    book = tomllib.loads((tmp_path / "zine" / "pressbook.toml").read_text(encoding="utf-8"))["book"]
    assert (book["title"], book["author"], book["stories"]) == ("The Lamp", "Ada Quill", ["text/lamp.md"])
    run("build", "zine", "--quiet")
    run("build", "lamp.txt", "--quiet")
    copies = [pages_of(path.read_bytes()) for path in (tmp_path / "zine/dist/lamp.pdf", tmp_path / "dist/lamp.pdf")]
    assert copies[0] == copies[1]


@pytest.mark.parametrize("name", ['it\'s "50%" [off] {now}', "桜", "-", "#1 *best*", "a\\b", "x" * 200])
def test_a_new_project_under_any_name(run, tmp_path, name):
    """Whatever the folder is called, its config is valid and its story is found."""
    assert run("new", tmp_path / name).status == 0
    assert run("mark", tmp_path / name).status == 0
    assert run("build", tmp_path / name, "--set", "book.title=A", "--quiet").status == 0


@pytest.mark.parametrize("name", ["it's [a] *draft*?.txt", 'a "b" \\ c.txt', "ends with .txt.txt", "桜.txt"])
def test_a_new_project_from_a_story_under_any_name(run, tmp_path, name):
    """Whatever the manuscript is called, its project names it and builds."""
    (tmp_path / name).write_text(SHORT)
    assert run("new", "zine", "--from", name).status == 0
    assert run("build", "zine", "--quiet") == (0, "", "")


def test_new_here(run, tmp_path):
    """`new .` makes the current folder a project if it is empty but for hidden files."""
    (tmp_path / ".git").mkdir()
    assert run("new", ".").status == 0
    assert (tmp_path / "pressbook.toml").is_file()


def test_new_leaves_what_is_there_alone(run, story, tmp_path):
    """`new` refuses a folder that is not empty, and a file, and touches neither."""
    for place in (".", "lamp.txt"):
        status, out, err = run("new", place)
        assert (status, out) == (1, "")
        assert re.match(r"error: .+\nhint: .+\n", err)
    assert made(tmp_path) == ["lamp.txt"]


@pytest.mark.parametrize("content", [None, b"", b"\x89PNG\r\n"], ids=["missing", "empty", "picture"])
def test_new_from_what_cannot_be_read_makes_nothing(run, tmp_path, content):
    """`new --from` something that is no story makes no folder at all."""
    if content is not None:
        (tmp_path / "story.txt").write_bytes(content)
    status, out, err = run("new", "zine", "--from", "story.txt")
    assert (status, out) == (1, "")
    assert re.match(r"error: .+\nhint: .+\n", err)
    assert not (tmp_path / "zine").exists()


# --- list -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", LISTS)
def test_each_list_is_aligned(run, what):
    """Each list prints rows without trailing space whose columns begin at the same places, names first, each once."""
    status, out, err = run("list", what)
    assert (status, err) == (0, "")
    rows = out.splitlines()
    assert rows
    assert all(row == row.rstrip() and row for row in rows)
    names = [re.split(r"  +", row)[0] for row in rows]
    assert what == "fonts" or len(set(names)) == len(names)
    if what != "languages":
        starts = {min(match.end() for match in re.finditer(r"\S(  +)(?=\S)", row)) for row in rows}
        assert len(starts) == 1 or what == "trims"


def test_list_trims_names_25_and_each_can_be_set(run, story):
    """`list trims` names at least 25 pages with both their sizes, and each name is taken by `build`."""
    rows = run("list", "trims").out.splitlines()
    assert len(rows) >= 25
    assert all(re.match(r"\S+ +\d+\.\d\d x +\d+\.\d\d in +\d+\.\d x +\d+\.\d mm", row) for row in rows)
    assert len({row.index(" x ") for row in rows}) == 1
    for row in rows:
        assert json.loads(run("build", "lamp.txt", "--trim", row.split()[0], "--json").out)["trim"] == row.split()[0]


def test_list_ornaments_names_eight_and_each_can_be_set(run, story):
    """`list ornaments` names at least eight of our own, and each, a text or a glyph can stand at a scene break."""
    names = [row.split()[0] for row in run("list", "ornaments").out.splitlines() if not row.startswith("any")]
    assert len(names) >= 9
    books = set()
    for name in (*names, "* * *", "❦"):
        assert run("build", "lamp.txt", "--set", f"story.scene-break={name}", "--quiet").status == 0
        books.add((story.parent / "dist" / "lamp.pdf").read_bytes())
    assert len(books) == len(names) + 2


def test_list_fonts_looks_into_fonts_first(run, tmp_path):
    """`list fonts` shows family, style, weight and what the licence allows, for the project's faces and for ours."""
    rows = run("list", "fonts").out.splitlines()
    assert ["EB Garamond", "Italic", "400", "installable", "EBGaramond-Italic.ttf"] in [re.split(r"  +", row) for row in rows]
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "mine.ttf").write_bytes((ROOT / "fonts" / "EBGaramond-Italic.ttf").read_bytes())
    assert "mine.ttf" in run("list", "fonts").out


def test_list_languages_names_codes(run):
    """`list languages` names codes that `book.language` takes."""
    codes = run("list", "languages").out.split()
    assert {"en-US", "en-GB", "de-DE"} <= set(codes)
