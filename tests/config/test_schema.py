"""The config file: every key optional, every mistake named with what may stand there."""

import pytest

from pressbook.config import Config, load
from pressbook.config.schema import MarginKeys
from pressbook.errors import ConfigError

FILE = """
[book]
title = "The Lamp"
language = "en-GB"
stories = ["one.txt", "two.txt"]
[page]
trim = "A5"
margins = { inner = "20mm", outer = "15mm", head = "18mm", foot = "20mm" }
[type]
figures = "lining"
hyphenate = false
exceptions = ["pres-ent", "Konoha"]
[story]
scene-break = "wave"
[outputs]
booklet = false
"""

MISTAKES = """
[page] tirm = "A5"              | unknown key 'page.tirm'            | did you mean 'trim'?
[pag] trim = "A5"               | unknown key 'pag'                  | did you mean 'page'?
[story] scene_break = "wave"    | unknown key 'story.scene_break'    | did you mean 'scene-break'?
[type] colour = "red"           | unknown key 'type.colour'          | known here: font, fallback, size
[type] figures = "roman"        | type.figures = 'roman'             | 'old-style' or 'lining'
[type] justify = "maybe"        | type.justify = 'maybe'             | 'auto' or true or false
[story] thoughts = "maybe"      | story.thoughts = 'maybe'           | 'auto' or 'tagged' or 'marked' or 'off'
[type] hyphenate = "yes"        | type.hyphenate = 'yes'             | true or false
[page] trim = 5                 | page.trim = 5                      | text in quotes
[book] stories = "one.txt"      | book.stories = 'one.txt'           | a list
[book] stories = ["a", 3]       | book.stories = 3                   | text in quotes
[book] language = "English!"    | book.language = 'English!'         | "en-US"
[type] exceptions = ["ab1c"]    | type.exceptions = 'ab1c'           | "pres-ent"
[page] margins = "none"         | page.margins = 'none'              | "auto"
[page] margins = 20             | page.margins = 20                  | "auto"
[page.margins] inner = "1in"    | page.margins                       | it lacks `outer`
[page] pages = 0                | page.pages = 0                     | "multiple of 4"
[page] pages = "eight"          | page.pages = 'eight'               | "any", a number
[page] pages = "multiple of 0"  | page.pages = 'multiple of 0'       | "multiple of 4"
[page] pages = 4.5              | page.pages = 4.5                   | "any", a number
[page] pages = true             | page.pages = true                  | "any", a number
[press] standard = "PDF/X"      | press.standard = 'PDF/X'           | 'none' or 'PDF/X-4' or 'PDF/X-3' or 'PDF/X-1a'
[press] date = "tomorrow"       | press.date = 'tomorrow'            | "2026-11-24"
[press] date = "2026-02-30"     | press.date = '2026-02-30' is no day | "2026-11-24"
[press] multiple = 0            | press.multiple = 0                 | from 1 to 256
[press] multiple = "300"        | press.multiple = '300'             | from 1 to 256
[booklet] signature = "300"     | booklet.signature = '300'          | 4 to 256
[press] marks = "corners"       | press.marks = 'corners'            | ["crop", "registration", "fold", "slug"]
[press] marks = ["crop", "cut"] | press.marks = 'cut'                | ["crop", "registration", "fold", "slug"]
[press] overprint = true        | no other ink to print over         | press.ink = "cmyk"
[page.margins] iner = "1in"     | unknown key 'page.margins.iner'    | did you mean 'inner'?
"""
"""Section and key | what the message says | what the hint says."""

OVERRIDES = """
page.trim=A5                     | page.trim       | A5
page.trim="A5"                   | page.trim       | A5
page.trim = A5                   | page.trim       | A5
page.trim=5.5x8.5in              | page.trim       | 5.5x8.5in
page.trim=148 x 210 mm           | page.trim       | 148 x 210 mm
page.pages=8                     | page.pages      | 8
page.pages=multiple of 16        | page.pages      | multiple of 16
book.title=1984                  | book.title      | 1984
book.title=Yes, no = maybe       | book.title      | Yes, no = maybe
book.title='quoted'              | book.title      | quoted
book.title=2024-01-02            | book.title      | 2024-01-02
outputs.booklet=false            | outputs.booklet | False
type.hyphenate=true              | type.hyphenate  | True
type.justify=false               | type.justify    | False
type.justify=auto                | type.justify    | auto
story.scene-break=***            | story.scene_break | ***
book.stories=["a.txt", "b.txt"]  | book.stories    | ('a.txt', 'b.txt')
type.exceptions=["pres-ent"]     | type.exceptions | ('pres-ent',)
"""


def table(text):
    """Read a table of columns parted by bars."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]


def key_of(config, path):
    """Look up a key of a config by its path."""
    for name in path.split("."):
        config = getattr(config, name)
    return config


@pytest.fixture
def write(tmp_path):
    """Write a config file."""

    def written(text, encoding="utf-8"):
        path = tmp_path / "pressbook.toml"
        path.write_bytes(text.encode(encoding))
        return path

    return written


def test_nothing_need_be_said(write):
    """No file and an empty file both give every default."""
    assert load(None) == load(write("")) == Config()
    assert Config().page.trim == "half-letter" and Config().type.font == "EB Garamond"


def test_what_is_said_is_taken(write):
    """Every key of a file is read, and those left out keep their defaults."""
    config = load(write(FILE))
    assert (config.book.title, config.book.language, config.book.stories) == ("The Lamp", "en-GB", ("one.txt", "two.txt"))
    assert config.page.margins == MarginKeys("20mm", "15mm", "18mm", "20mm")
    assert (config.type.figures, config.type.hyphenate, config.type.exceptions) == ("lining", False, ("pres-ent", "Konoha"))
    assert (config.story.scene_break, config.outputs.booklet, config.outputs.pages) == ("wave", False, True)
    assert config.booklet == Config().booklet


def test_a_byte_order_mark_is_no_fault(write):
    """A file saved by an editor that puts a mark before it is read like any other."""
    assert load(write(FILE, "utf-8-sig")) == load(write(FILE))


@pytest.mark.parametrize(("typed", "message", "hint"), table(MISTAKES))
def test_a_mistake_is_named_with_its_remedy(write, typed, message, hint):
    """A wrong key or value is an error that names file, key and value, and hints at what may stand there."""
    section, _, rest = typed.partition("] ")
    with pytest.raises(ConfigError) as caught:
        load(write(f"{section}]\n{rest}\n"))
    assert caught.value.message.startswith("pressbook.toml: ")
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "place"),
    [("[page]\ntrim = A5\n", "line 2"), ("[page\n", "line 1"), ('[book]\n\ntitle = "a\n', "line 3"), ("a = 1\na = 2\n", "line 2")],
)
def test_a_file_that_is_no_toml_is_named_with_the_line(write, text, place):
    """A slip in the file's own grammar is an error that names the file and the line, with a line to copy."""
    with pytest.raises(ConfigError, match=r"pressbook\.toml is not valid TOML") as caught:
        load(write(text))
    assert place in caught.value.message
    assert 'trim = "A5"' in caught.value.hint


def test_a_file_that_is_no_text_is_named(write, tmp_path):
    """A config file in no encoding that TOML knows is an error, not a crash."""
    with pytest.raises(ConfigError, match=r"pressbook\.toml is not valid TOML"):
        load(write('title = "Café"', "latin-1"))


@pytest.mark.parametrize(("item", "path", "value"), table(OVERRIDES))
def test_an_override_sets_its_key(item, path, value):
    """Each form of `--set` sets its key to text, a switch or a list, with quotes or without."""
    assert str(key_of(load(None, (item,)), path)) == value


def test_an_override_may_be_a_table():
    """`--set` takes four margins in one table, or as four keys."""
    whole = load(None, ('page.margins={inner="1in", outer="2in", head="3in", foot="4in"}',))
    single = load(None, ("page.margins.inner=1in", "page.margins.outer=2in", "page.margins.head=3in", "page.margins.foot=4in"))
    assert whole == single
    assert whole.page.margins == MarginKeys("1in", "2in", "3in", "4in")


def test_overrides_lie_on_top_of_the_file(write):
    """An override wins over the file, the last over those before, and leaves the file's other keys alone."""
    config = load(write(FILE), ("page.trim=A6", "page.trim=A4", "page.margins.inner=25mm"))
    assert config.page.trim == "A4"
    assert config.page.margins == MarginKeys("25mm", "15mm", "18mm", "20mm")
    assert config.book.title == "The Lamp"


@pytest.mark.parametrize("item", ["page.trim", "trim=A5", "page.=A5", ".trim=A5", "=", "", "page=A5"])
def test_an_override_that_names_no_key_is_refused(item):
    """An override without section, key or value is refused with one to copy."""
    with pytest.raises(ConfigError, match="--set") as caught:
        load(None, (item,))
    assert "--set page.trim=A5" in caught.value.hint


@pytest.mark.parametrize(
    ("item", "message"),
    [("page.tirm=A5", "page.tirm"), ("outputs.pages=no", "outputs.pages = 'no'"), ("page.trim.width=5in", "page.trim")],
)
def test_an_override_is_checked_like_the_file(item, message):
    """A wrong key or value in an override is named, and `--set` is named as its place."""
    with pytest.raises(ConfigError) as caught:
        load(None, (item,))
    assert caught.value.message.startswith("--set: ") and message in caught.value.message
