"""Reading text files: encodings, line ends, debris, and what is refused."""

import pytest

from pressbook.errors import ManuscriptError
from pressbook.manuscript import read

STORY = "Mara said “no” and went.\n\nThe café was shut.\n"


def of(tmp_path, data: bytes, name: str = "story.txt"):
    """Read these bytes as a file."""
    path = tmp_path / name
    path.write_bytes(data)
    return read(path)


def words(manuscript) -> list[str]:
    """List the text of each block."""
    return [block.text for block in manuscript.blocks]


@pytest.mark.parametrize(
    ("encoding", "bom", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "windows-1252"),
    ],
)
def test_encodings(tmp_path, encoding, bom, name):
    """Each encoding is recognised, and the words are the same."""
    manuscript = of(tmp_path, bom + STORY.encode(encoding))
    assert words(manuscript) == ["Mara said “no” and went.", "The café was shut."]
    assert manuscript.encoding == name
    assert any(finding.rule == "encoding" for finding in manuscript.findings) == (name == "windows-1252")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_line_ends(tmp_path, end):
    """Every kind of line end is one."""
    assert words(of(tmp_path, f"One.{end}{end}Two.".encode())) == ["One.", "Two."]


def test_debris_is_dropped_and_counted(tmp_path):
    """Invisible characters go, with a notice that counts them; soft hyphens, and joiners inside emoji, stay."""
    manuscript = of(tmp_path, "A\u200bb\x01c\ufeff d\u00ade\u2060 \U0001f469\u200d\U0001f680 f\u200d .".encode())
    assert words(manuscript) == ["Abc d\u00ade \U0001f469\u200d\U0001f680 f ."]
    notice = next(finding for finding in manuscript.findings if finding.rule == "control-characters")
    assert notice.message.startswith("5 ")


def test_accents_are_composed(tmp_path):
    """A letter and its combining accent become one."""
    assert words(of(tmp_path, "cafe\u0301".encode())) == ["café"]


def test_form_feed_is_a_blank_line(tmp_path):
    """A form feed widens the gap."""
    manuscript = of(tmp_path, b"One.\n\n\x0c\nTwo.\n\n\x0cThree.")
    assert [block.gap for block in manuscript.blocks] == [0, 3, 2]


def test_places(tmp_path):
    """Each block knows its line, the blank lines above it, and its indent."""
    manuscript = of(tmp_path, b"\n\nOne.\n\n\n\t Two.\xc2\xa0\n")
    assert [(block.line, block.gap, block.indent) for block in manuscript.blocks] == [(3, 0, 0), (6, 2, 9)]
    assert manuscript.name == "story"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n", "PNG"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x00\x01\x02\x00\x05\x00\x00\x09" * 40, "not a text file"),
        (bytes(range(1, 32)) * 9, "not a text file"),
    ],
)
def test_what_is_no_story_is_refused(tmp_path, data, says):
    """An empty or binary file is refused by name, with a hint."""
    with pytest.raises(ManuscriptError, match=says) as error:
        of(tmp_path, data)
    assert "story.txt" in error.value.message
    assert error.value.hint


def test_folders_and_missing_files(tmp_path):
    """A folder, a missing file and an unknown kind of file are refused with a hint."""
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(ManuscriptError) as error:
            read(path)
        assert error.value.hint
    with pytest.raises(ManuscriptError, match=r"story\.xyz") as error:
        of(tmp_path, b"text", "story.xyz")
    assert ".txt" in error.value.hint


def test_too_large(tmp_path):
    """A file beyond the limit is refused before it is read, naming the limit."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(ManuscriptError, match="64 MB"):
        read(path)


def test_a_line_end_of_two_signs_ends_one_line(tmp_path, monkeypatch):
    """A file from Windows may have as many lines as any other."""
    monkeypatch.setattr("pressbook.manuscript.text.MOST_LINES", 4)
    assert words(of(tmp_path, b"She went.\r\n\r\nHe stayed.\r\n")) == ["She went.", "He stayed."]
    with pytest.raises(ManuscriptError, match="5 lines"):
        of(tmp_path, b"a\r\n" * 5)
