"""Plain text and light Markdown: bytes in, blocks out."""

import re
from pathlib import Path

from pressbook.errors import ManuscriptError
from pressbook.manuscript.decode import clean, decode, is_foreign, looks_binary, named_by_magic
from pressbook.manuscript.layout import lay_out
from pressbook.model.finding import Finding
from pressbook.model.story import PICTURE, Block, Manuscript, Picture

LIMIT = 64 * 1024 * 1024
"""The largest file that is taken for a story, in bytes."""

MOST_LETTERS = 12_000_000
"""The longest story, in characters: four times War and Peace."""
MOST_LINES = 500_000
"""The most lines of a text file."""

LONGEST_WORD = 2_000
"""The most characters that may stand without a space among them: breaking lines inside a word takes the square of that."""

_SAVE_AS_TEXT = "save the story as plain text (.txt, UTF-8)"


def read_text(source: Path) -> Manuscript:
    """Read a text file into blocks; ManuscriptError if it is missing, empty, too large, or no text that can be set."""
    text, encoding, findings = read_words(source)
    blocks, layout, says = lay_out(text)
    blocks, pictures, missing = pictures_in(blocks, source)
    notice = Finding("notice", "layout", f"{source.name}: {says}")
    return accept(source, Manuscript(blocks, stem_of(source), layout, encoding, (*findings, notice, *missing), pictures=pictures))


def pictures_in(blocks: tuple[Block, ...], source: Path) -> tuple[tuple[Block, ...], tuple[Picture, ...], list[Finding]]:
    """Find the pictures that blocks name: (blocks without those left out, pictures, findings); most stories have none."""
    if not any(block.text.startswith("![") for block in blocks):
        return blocks, (), []
    from pressbook.manuscript.pictures import named_pictures

    return named_pictures(blocks, source)


def accept(source: Path, manuscript: Manuscript) -> Manuscript:
    """Return a manuscript that can be set; ManuscriptError if it is empty, or holds no words, or one that no page can hold."""
    blocks = manuscript.blocks
    if not blocks:
        raise ManuscriptError(f"{source.name} is empty", "write the story into it, or name another file")
    words = (block.text for block in blocks if not (block.text.startswith("![") and re.fullmatch(PICTURE, block.text)))
    if not any(char.isalnum() for text in words for char in text):
        raise ManuscriptError(f"{source.name} holds no words, only marks", "write the story into it, or name another file")
    _refuse_too_long(source, sum(len(block.text) for block in blocks), "letters", MOST_LETTERS)
    for block in blocks:
        if len(block.text) > LONGEST_WORD and len(word := max(block.text.split(), key=len)) > LONGEST_WORD:
            raise ManuscriptError(
                f"{source.name}, line {block.line}: {word[:24]} … goes on for {len(word):,} characters without a space",
                "no page can hold such a word: part it, or check that this is the story",
            )
    return manuscript


def _refuse_too_long(source: Path, count: int, what: str, most: int) -> None:
    if count > most:
        raise ManuscriptError(f"{source.name} has {count:,} {what}; {most:,} are the limit", "split it into several stories")


def stem_of(source: Path) -> str:
    """Return a file's name without folder and suffix, as text that can be encoded."""
    return source.stem.encode("utf-8", "replace").decode()


def named_otherwise(data: bytes) -> str:
    """Say what kind of file these bytes are, if they do not look like a ZIP archive; nothing if nobody knows."""
    if kind := named_by_magic(data):
        return kind
    text, encoding = decode(data[:4096])
    if not encoding or looks_binary(text):
        return ""
    return "an HTML file" if text.lstrip()[:1] == "<" and "<html" in text.lower() else "a text file"


def read_words(source: Path) -> tuple[str, str, tuple[Finding, ...]]:
    """Read, decode and clean: (text, encoding, findings)."""
    data = read_bytes(source)
    if kind := named_by_magic(data):
        raise ManuscriptError(f"{source.name} is {kind}, not a text file", _SAVE_AS_TEXT)
    text, encoding = decode(data)
    if data and (not encoding or looks_binary(text)):
        raise ManuscriptError(f"{source.name} is not a text file", _SAVE_AS_TEXT)
    if text.strip():
        _refuse_too_long(source, len(text), "letters", MOST_LETTERS)
        _refuse_too_long(source, text.count("\n") + text.count("\r") - text.count("\r\n"), "lines", MOST_LINES)
    if encoding == "windows-1252" and is_foreign(data):
        raise ManuscriptError(
            f"{source.name} is neither UTF-8 nor Western text: it is in an older encoding, such as Cyrillic or Chinese",
            "open it in the program that wrote it, and save it as UTF-8",
        )
    text, findings = clean(text)
    if encoding == "windows-1252":
        message = f"{source.name} is not UTF-8; it was read as Windows-1252"
        findings = (Finding("notice", "encoding", message, remedy="look for wrong accents, or save it as UTF-8"), *findings)
    return text, encoding, findings


def read_bytes(source: Path) -> bytes:
    """Return a file's bytes; ManuscriptError if it is too large or cannot be read."""
    try:
        size = source.stat().st_size
        if size > LIMIT:
            raise ManuscriptError(
                f"{source.name} has {size / 1048576:.0f} MB; a manuscript may have {LIMIT // 1048576} MB",
                "split it into several stories",
            )
        return source.read_bytes()
    except FileNotFoundError:
        raise ManuscriptError(f"{source} does not exist", "check the file's name and folder") from None
    except IsADirectoryError:
        raise ManuscriptError(f"{source} is a folder, not a manuscript", "name the story's file, such as story.txt") from None
    except OSError as error:
        raise ManuscriptError(f"{source} cannot be read: {error.strerror or error}", "check its permissions") from None
