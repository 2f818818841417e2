"""Everything that can be wrong with what a person gives us: each is told in words, with a way out, and nothing is written."""

import os
import random
import re
import struct
import sys
import zlib
from typing import NamedTuple

import pytest

from conftest import ROOT, SHORT
from readback import pages_of, words
from stopwatch import soon

REGULAR = (ROOT / "fonts" / "EBGaramond-Regular.ttf").read_bytes()
NOT_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need leave there")


def with_licence(font, bits):
    """Change the embedding bits of a font file."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[12 + 16 * at :][:4]: struct.unpack_from(">II", font, 20 + 16 * at) for at in range(count)}
    start = tables[b"OS/2"][0]
    return font[: start + 8] + struct.pack(">H", bits) + font[start + 10 :]


def noise(length):
    """Make bytes that are no text."""
    return random.Random(7).randbytes(length)  # noqa: S311 - noise, not a secret


class Bad(NamedTuple):
    """A row of the table: what lies in the folder, what is typed, and what the message must say."""

    name: str
    arguments: list[str]
    says: str
    """A pattern that the message and its hint match."""
    files: dict[str, bytes | str] = {"a.txt": SHORT}  # noqa: RUF012 - never changed


def config(text):
    """Return a project with that config."""
    return {"pressbook.toml": text, "text/a.txt": SHORT}


def setting(*keys):
    """Return the arguments that build the story under some keys."""
    return ["build", "a.txt", *(part for key in keys for part in ("--set", key))]


TABLE = [
    # the manuscript
    Bad("missing file", ["build", "gone.txt"], r"gone\.txt does not exist\n.*`pressbook build story\.txt`"),
    Bad("misspelt file", ["build", "strory.txt"], r"strory\.txt does not exist\n.*did you mean 'story\.txt'", {"story.txt": SHORT}),
    Bad("missing folder", ["build", "gone/a.txt"], r"does not exist"),
    Bad("a file taken for a folder", ["build", "a.txt/b.txt"], r"does not exist"),
    Bad("nothing named, nothing here", ["build"], r"no story in .+\n.*text/ as \.txt, \.md, \.html", {}),
    Bad("empty file", ["build", "a.txt"], r"a\.txt is empty", {"a.txt": ""}),
    Bad("white space only", ["build", "a.txt"], r"a\.txt is empty", {"a.txt": " \t\r\n\f\n \u00a0\u3000\n"}),
    Bad("a byte order mark only", ["build", "a.txt"], r"a\.txt is empty", {"a.txt": b"\xef\xbb\xbf"}),
    Bad("PNG", ["build", "a.txt"], r"a\.txt is a PNG picture.*\n.*plain text", {"a.txt": b"\x89PNG\r\n\x1a\n" + noise(99)}),
    Bad("ZIP", ["build", "a.txt"], r"a\.txt is a ZIP archive", {"a.txt": b"PK\x03\x04" + noise(99)}),
    Bad("PDF", ["build", "a.txt"], r"a\.txt is a PDF", {"a.txt": b"%PDF-1.6\n1 0 obj\n<<>>\nendobj\n"}),
    Bad("gzip", ["build", "a.txt"], r"a\.txt is a gzip archive", {"a.txt": b"\x1f\x8b\x08" + noise(99)}),
    Bad("ELF", ["build", "story"], r"story is a program", {"story": b"\x7fELF\x02" + noise(99)}),
    Bad("RTF", ["build", "a.txt"], r"rich text", {"a.txt": rb"{\rtf1\ansi Hello.}"}),
    Bad("old Word", ["build", "a.txt"], r"old Word document", {"a.txt": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(99)}),
    Bad("noise", ["build", "a.txt"], r"a\.txt is not a text file", {"a.txt": noise(5000)}),
    Bad("deflated noise", ["build", "a.txt"], r"a\.txt is not a text file", {"a.txt": zlib.compress(noise(5000))}),
    Bad("a NUL byte", ["build", "a.txt"], r"a\.txt is not a text file", {"a.txt": b"Hello\x00 there, this is a story.\n"}),
    Bad(".docx", ["build", "a.docx"], r"a\.docx is damaged or cut short", {"a.docx": b"PK\x03\x04"}),
    Bad("only punctuation", ["build", "a.txt"], r"a\.txt holds no words", {"a.txt": "... --- !!! ???\n"}),
    Bad("only a scene break", ["build", "a.txt"], r"a\.txt holds no words", {"a.txt": "* * *\n"}),
    Bad("a folder without text", ["build", "d"], r"no story in d/", {"d/picture.png": b"\x89PNG", "d/.hidden.txt": SHORT}),
    Bad("only a readme", ["build", "d"], r"no story in d/", {"d/README.md": "Read me."}),
    Bad("a Kindle book", ["build", "my story.azw3"],
        r"a \.azw3 file cannot be read\nhint: Calibre .*`ebook-convert \"my story.azw3\" \"my ", {"my story.azw3": "BOOKMOBI"}),
    Bad("an old Word file", ["build", "a.doc"], r"a \.doc file cannot be read\nhint: .*LibreOffice, .* as \.docx", {"a.doc": "x"}),
    Bad("a folder of another program", ["build", "a.scriv"], r"no story in a\.scriv/.*\nhint: in Scrivener, choose File > Compile",
        {"a.scriv/Files/x.rtf": "x"}),
    Bad("only a strange file", ["build", "d"], r"no story in d/: .*, and a\.fb2 cannot be read\nhint: Calibre",
        {"d/text/a.fb2": "x"}),
    Bad("two stories", ["build", "."], r"2 manuscripts found: text/a\.txt, text/b\.md\n.*`pressbook build text/a\.txt`",
        {"text/a.txt": SHORT, "text/b.md": SHORT}),
    Bad("a character no face has", ["build", "a.txt"], r"line 3: .*'桜' \(U\+685C\) in '“桜の花”'; tried EB Garamond",
        {"a.txt": "One line here.\n\nShe said “桜の花” aloud."}),
    Bad("a private character", ["build", "a.txt"], r"line 5: .*U\+F8D0",
        {"a.txt": "One.\n\nTwo.\n\nqapla \uf8d0\uf8d1 said he.\n"}),
    Bad("such a character in a heading", ["build", "a.md"], r"line 3: .*'桜'", {"a.md": "It was so.\n\n# 桜\n\nIt was not.\n"}),
    Bad("such a character in the title", setting("book.title=桜"), r"'桜' \(U\+685C\)"),
    Bad("one word of 5 MB", ["build", "a.txt"], r"a\.txt, line 1: a{24} … goes on for 5,000,000 char", {"a.txt": "a" * 5_000_000}),
    Bad("stars and lines nested without end", ["build", "a.txt"], r"goes on for 80,001 characters",
        {"a.txt": "_*" * 20_000 + "a" + "*_" * 20_000}),
    Bad("5 MB of spaces", ["build", "a.txt"], r"a\.txt is empty", {"a.txt": " " * 5_000_000}),
    Bad("mark: missing", ["mark", "gone.txt"], r"gone\.txt does not exist"),
    Bad("mark: nowhere to write", ["mark", "a.txt", "-o", "a.txt/b.md"], r"a\.txt is not a folder that b\.md can be put into"),
    Bad("mark: a file of another kind", ["mark", "a.txt", "-o", "a.docx"], r"a\.docx would hold light Markdown"),
    Bad("mark: a folder to write to", ["mark", "a.txt", "-o", "."], r"cannot be written"),
    # the config
    Bad("not TOML", ["build"], r"pressbook\.toml is not valid TOML: .*line 2", config("[page]\ntrim = A5\n")),
    Bad("not text", ["build"], r"pressbook\.toml is not valid TOML", config(b"\xff\xfe\x00")),
    Bad("TOML nested without end", ["build"], r"pressbook\.toml is not valid TOML", config("x = " + "[" * 100_000)),
    Bad("unknown key", ["build"], r"pressbook\.toml: unknown key 'page\.trm'\nhint: did you mean 'trim'",
        config('[page]\ntrm = "A5"\n')),
    Bad("unknown section", ["build"], r"unknown key 'pages'\nhint: did you mean 'page'", config("[pages]\n")),
    Bad("a key outside its section", ["build"], r"unknown key 'trim'", config('trim = "A5"\n')),
    Bad("a section that is no table", ["build"], r"page = 'A5' cannot be used\nhint: .*table", config('page = "A5"\n')),
    Bad("wrong type", ["build"], r"page\.trim = 5 cannot be used\nhint: expected text in quotes", config("[page]\ntrim = 5\n")),
    Bad("wrong truth", ["build"], r"outputs\.pages = 'yes' .*\nhint: expected true or false", config('[outputs]\npages = "yes"\n')),
    Bad("wrong choice", ["build"], r"thoughts = 'loud' .*\nhint: it may be 'auto' or 'tagged'",
        config('[story]\nthoughts = "loud"\n')),
    Bad("wrong language", setting("book.language=klingon tongue"), r"book\.language = .*\nhint: .*\"en-US\""),
    Bad("half the margins", ["build"], r"page\.margins = .*\nhint: it lacks `outer`",
        config('[page]\nmargins = {inner = "1in"}\n')),
    Bad("unknown margin", setting('page.margins={inner="1in", outr="1in"}'), r"unknown key 'page\.margins\.outr'\nhint: .*'outer'"),
    Bad("nothing to make", setting("outputs.pages=false", "outputs.booklet=false"), r"switches everything off"),
    Bad("misspelt ornament", setting("story.scene-break=blosom"), r"'blosom' is no ornament\nhint: did you mean 'blossom'"),
    Bad("pattern that leads out", ["build"], r"'\.\./\*' leads out of the project", config('[book]\nstories = ["../*"]\n')),
    Bad("pattern that leads out later", ["build"], r"leads out", config('[book]\nstories = ["text/../../a.txt"]\n')),
    Bad("absolute pattern", ["build"], r"'/etc/\*' leads out of the project", config('[book]\nstories = ["/etc/*"]\n')),
    Bad("a pattern that is none", ["build"], r"'\*\*a' is not a pattern|nothing matches", config('[book]\nstories = ["**a"]\n')),
    Bad("an empty pattern", ["build"], r"stories: '' leads out", config('[book]\nstories = [""]\n')),
    Bad("no pattern", ["build"], r"book.stories names no story", config("[book]\nstories = []\n")),
    Bad("a story that is gone", ["build"], r"text/b\.txt does not exist",
        config('[book]\nstories = ["text/a.txt", "text/b.txt"]\n')),
    Bad("set: no key", setting("A5"), r"--set 'A5' is not understood\nhint: .*--set page\.trim=A5"),
    Bad("set: no section", setting("trim=A5"), r"--set 'trim=A5' is not understood"),
    Bad("set: empty", setting(""), r"is not understood"),
    Bad("set: empty section", setting(".trim=A5"), r"is not understood"),
    Bad("set: unknown", setting("page.trm=A5"), r"unknown key 'page\.trm'\nhint: did you mean 'trim'"),
    Bad("set: too deep", setting("page.trim.width=A5"), r"page\.trim = .* cannot be used"),
    Bad("set: below text", ["build", ".", "--set", "page.trim.width=A5"], r"is not a table", config('[page]\ntrim="A5"\n')),
    # sizes
    Bad("trim 0x0", ["build", "a.txt", "--trim", "0x0in"], r"cannot be set\nhint: each side must be from 50\.8 mm \(2\.00 in\) to"),
    Bad("trim without a unit", ["build", "a.txt", "--trim", "5x8"], r"'5x8' is neither a known trim nor a size\nhint: `press"),
    Bad("trim 1x1in", ["build", "a.txt", "--trim", "1x1in"], r"each side must be from"),
    Bad("trim 900x900in", ["build", "a.txt", "--trim", "900x900in"], r"each side must be from"),
    Bad("trim without end", ["build", "a.txt", "--trim", "9" * 400 + "x8in"], r"cannot be set|neither"),
    Bad("trim in letters", ["build", "a.txt", "--trim", "halfletter"], r"neither .*\nhint: did you mean 'half-letter'"),
    Bad("trim negative", ["build", "a.txt", "--trim=-5x8in"], r"neither a known trim nor a size"),
    Bad("trim empty", ["build", "a.txt", "--trim", ""], r"neither a known trim nor a size"),
    Bad("trim like a ribbon", ["build", "a.txt", "--trim", "2x17in"], r"more than three times as long as wide"),
    Bad("no measure left", setting('page.margins={inner="2in", outer="3in", head="1in", foot="1in"}'),
        r"36 pt of measure .* too few"),
    Bad("no lines left", setting('page.margins={inner="1in", outer="1in", head="4in", foot="4in"}'), r"lines, too few to read"),
    Bad("margins past each other", setting('page.margins={inner="5in", outer="5in", head="1in", foot="1in"}'), r"too few to read"),
    Bad("margins that are none", setting('page.margins={inner="a", outer="1in", head="1in", foot="1in"}'),
        r"page\.margins\.inner = 'a'"),
    Bad("size too large", setting("type.size=99pt"), r"type\.size = '99pt' is out of range\nhint: from 5 to 24 pt"),
    Bad("size too large for the trim", setting("type.size=24pt", "page.trim=mini"), r"mini: type of 24/.* too few to read"),
    Bad("size without a unit", setting("type.size=11"), r"type\.size = '11' is not a length\nhint: .*\"11pt\""),
    Bad("leading smaller than the type", setting("type.size=11pt", "type.leading=9pt"), r"type\.leading = '9pt' is out of range"),
    Bad("bleed too large", setting("page.bleed=2in"), r"page\.bleed = '2in' is out of range"),
    Bad("sheet too small", setting("booklet.sheet=A5"), r"do not fit side by side on A5 .*\nhint: booklet\.sheet = \"letter\""),
    Bad("unknown sheet", setting("booklet.sheet=foolscap"), r"'foolscap' is neither .*\nhint: .*known sheets: letter"),
    Bad("nonsense sheet", setting("booklet.sheet=0x0in"), r"no paper to print on"),
    # faces
    Bad("unknown face", setting("type.font=Comic Sans"), r"'Comic Sans' was found\nhint: .*fonts/.*EB Garamond"),
    Bad("forbidden face", ["build"], r"EB Garamond Regular \(mine\.ttf\) forbids embedding",
        config("") | {"fonts/mine.ttf": with_licence(REGULAR, 2)}),
    Bad("broken face", ["build"], r"mine\.ttf", config("") | {"fonts/mine.ttf": REGULAR[:9000]}),
    Bad("a face that is none", ["build"], r"mine\.otf is not a font", config("") | {"fonts/mine.otf": "Hello."}),
    Bad("an empty face", ["build"], r"mine\.otf is not a font", config("") | {"fonts/mine.otf": b""}),
    Bad("list: broken face", ["list", "fonts"], r"mine\.otf is not a font", {"fonts/mine.otf": noise(500)}),
    # places
    Bad("out is a file", ["build", "a.txt", "--out", "a.txt"], r"a\.txt is not a folder that a\.pdf can be put into"),
    Bad("out is below a file", ["build", "a.txt", "--out", "a.txt/b/c"], r"is not a folder that a\.pdf can be put into"),
    Bad("dist is a file", ["build", "a.txt"], r"dist is not a folder", {"a.txt": SHORT, "dist": "Hello."}),
    Bad("a folder where a PDF should be", ["build", "a.txt"], r"dist/a-booklet\.pdf cannot be written: Is a directory",
        {"a.txt": SHORT, "dist/a-booklet.pdf/x": ""}),
    Bad("a name too long for its PDF", ["build", "a" * 248 + ".txt"], r"cannot be written: File name too long",
        {"a" * 248 + ".txt": SHORT}),
    Bad("a name too long", ["build", "a" * 300 + ".txt"], r"too long|does not exist"),
    Bad("new: a file", ["new", "a.txt"], r"a\.txt is a file"),
    Bad("new: below a file", ["new", "a.txt/b"], r"is not a folder"),
    Bad("new: from nothing", ["new", "b", "--from", "gone.txt"], r"gone\.txt does not exist"),
    Bad("new: from a folder", ["new", "b", "--from", "."], r"is a folder, not a manuscript"),
]  # fmt: skip


def lay_out(files, folder):
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def inventory(folder):
    """List what lies below a folder, with its bytes."""
    return {path: path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def is_told(outcome, says):
    """Check that a refusal is an error and a hint, one line each, with nothing on stdout, and says what it must."""
    assert outcome.status == 1
    assert outcome.out == ""
    assert re.fullmatch(r"error: [^\n]+\nhint: [^\n]+\n", outcome.err), outcome.err
    assert "itself failed" not in outcome.err
    assert re.search(says, outcome.err), outcome.err


@pytest.mark.parametrize("row", TABLE, ids=[row.name for row in TABLE])
def test_bad_input_is_told_and_nothing_is_written(run, tmp_path, row):
    """Bad input ends with status 1, a line that names the fault, a hint that helps, no traceback, and nothing written."""
    lay_out(row.files, tmp_path)
    before = inventory(tmp_path)
    assert soon(lambda: is_told(run(*row.arguments), row.says), 20)
    assert inventory(tmp_path) == before


def test_json_keeps_errors_off_stdout(run, tmp_path):
    """With `--json` and with `--quiet` an error is still told on stderr, and stdout stays empty."""
    for flag in ("--json", "--quiet"):
        is_told(run("build", "gone.txt", flag), "does not exist")


def test_a_moment_that_is_none(run, story, monkeypatch):
    """A SOURCE_DATE_EPOCH that is no number of seconds is refused by name."""
    for moment in ("yesterday", "-1", "²", "1" * 30, "1e9"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        is_told(run("build", "lamp.txt"), "SOURCE_DATE_EPOCH = ")


@NOT_ROOT
def test_what_may_not_be_read(run, story):
    """An unreadable manuscript is named."""
    story.chmod(0)
    is_told(run("build", "lamp.txt"), "lamp.txt cannot be read: Permission denied")


@NOT_ROOT
def test_what_may_not_be_written(run, story, tmp_path):
    """A folder that may not be written to is named, and nothing is left in it."""
    (tmp_path / "locked").mkdir(0o500)
    is_told(run("build", "lamp.txt", "--out", "locked"), r"locked/lamp\.pdf cannot be written: Permission denied")
    is_told(run("build", "lamp.txt", "--out", "locked/more"), "cannot be written: Permission denied")


@pytest.mark.skipif(sys.platform == "win32", reason="no devices there")
@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_no_manuscript(run, device):
    """A device is refused, even one that never ends."""
    is_told(run("build", device), f"{device} is a device")
    is_told(run("mark", device), f"{device} is a device")
    is_told(run("new", "zine", "--from", device), f"{device} is a device")


@LINKS
def test_links_that_lead_nowhere_or_round(run, tmp_path):
    """A dangling link and a link to itself are named as such when asked for, and passed over when not."""
    for name, target in (("gone.txt", "nowhere.txt"), ("self.txt", "self.txt"), ("loop", "."), ("deep", "deep")):
        (tmp_path / name).symlink_to(target)
    is_told(run("build", "gone.txt"), r"gone\.txt is a link that leads nowhere")
    is_told(run("build", "self.txt"), r"self\.txt is a link that leads nowhere")
    is_told(run("build", "."), "no story in")
    (tmp_path / "a.txt").write_text(SHORT)
    assert run("build", ".", "--quiet") == (0, "", "")


@LINKS
def test_a_project_with_loops(run, project):
    """Links that lead round inside a project, in text/ and in fonts/, do not hang the build."""
    (project / "fonts").mkdir()
    for place in ("text/up", "fonts/up", "round"):
        (project / place).symlink_to(project, target_is_directory=True)
    (project / "text" / "gone.txt").symlink_to("nowhere.txt")
    (project / "fonts" / "gone.ttf").symlink_to("nowhere.ttf")
    assert run("build", project, "--quiet") == (0, "", "")
    assert run("build", project, "--set", 'book.stories=["**/lamp.txt"]', "--quiet") == (0, "", "")


@pytest.mark.parametrize(
    "name",
    ['it\'s "50%" $(off) & [more]*.txt', "-lamp.txt", "a\nb.txt", "  .txt", "ünï.TXT", "a.b.c.txt", ".txt", "lamp", "nul.txt"],
)
def test_a_manuscript_under_any_name(run, tmp_path, name):
    """A manuscript under any name is set, and its PDFs are called after it."""
    try:
        (tmp_path / name).write_text(SHORT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert run("build", tmp_path / name, "--quiet") == (0, "", "")
    assert run("build", "--quiet", "--out", "again", "--", name) == (0, "", "")
    stem = (tmp_path / name).stem
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == sorted([f"{stem}-booklet.pdf", f"{stem}.pdf"])


ODD = {
    "a single word": ("Word", ["Word"]),
    "a single letter": ("I", ["I"]),
    "a number": ("42", ["42"]),
    "only a heading": ("# Only a heading\n", ["Only", "a", "heading"]),
    "only front matter": ("Foreword: This is all.\n", ["Foreword", "This", "is", "all"]),
    "only a quotation": ("> Be still.\n", ["Be", "still"]),
    "only a section": ("## Two\n", ["Two"]),
    "breaks around a word": ("***\n\n~\n\nWord\n\n~\n\n***\n", ["Word"]),
    "a lone surrogate": (b"One \xed\xa0\x80 two.\n", ["One", "í", "two"]),
    "invalid UTF-8": (b"One \xff\xfe two.\n", ["One", "ÿþ", "two"]),
    "UTF-16": ("One two.\n".encode("utf-16"), ["One", "two"]),
    "invisible characters": ("One\u200b \u202etwo\ufeff.\n", ["One", "two"]),
    "a word of a line and more": ("x" * 400, ["x" * 400]),
    "marks without an end": ("One *two **three _four\n", ["One", "two", "three", "four"]),
    "marks nested": ("*a _b **c* d_ e** f " * 300, ["a", "b", "c", "d", "e", "f"] * 300),
    "quotes without an end": ("\"One 'two (three\n", ["One", "two", "three"]),
    "carriage returns": ("One.\r\rTwo.\r\n\r\nThree.", ["One", "Two", "Three"]),
    "no blank between two lines": ("One.\nTwo.\n", ["One", "Two"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_but_valid(run, tmp_path, name):
    """An odd manuscript that has words is set, without a finding above notice, and every word is there."""
    content, expected = ODD[name]
    lay_out({"Zzz.md": content}, tmp_path)
    outcome = run("build", "Zzz.md", "--set", "story.thoughts=marked")
    assert (outcome.status, outcome.err) == (0, "")
    assert not re.search("^(warning|error):", outcome.out, re.MULTILINE)
    pages = pages_of((tmp_path / "dist" / "Zzz.pdf").read_bytes())
    lines = [line for text, label in pages[1:] for line in text.split("\n") if line not in ("", label, "Zzz")]
    found = words("\n".join(lines))
    assert found[: len(expected)] == expected
    assert found[len(expected)] == "Set"


def test_much_of_nothing_takes_little_time(run, tmp_path):
    """A few megabytes of short paragraphs, gaps and stars are set or refused in bounded time."""
    lay_out({"a.txt": "a\n\n\n" * 20_000, "b.txt": "* " * 1_000_000, "c.txt": "\n" * 3_000_000}, tmp_path)

    def building():
        assert run("build", "a.txt", "--quiet") == (0, "", "")
        is_told(run("build", "b.txt"), "holds no words")
        is_told(run("build", "c.txt"), "is empty")

    assert soon(building, 15)


def test_a_word_of_marks_takes_little_time(run, tmp_path):
    """A word of nothing but quotation marks, many lines long, is set in bounded time."""
    lay_out({"a.txt": '"' * 500 + " a"}, tmp_path)

    def building():
        assert run("build", "a.txt", "--quiet") == (0, "", "")

    assert soon(building, 3)
