"""Files that are ZIP archives inside: opened with limits, read part by part, never unpacked to disk."""

import io
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pressbook.errors import ManuscriptError
from pressbook.manuscript.pictures import Fetched
from pressbook.manuscript.text import named_otherwise, read_bytes

if TYPE_CHECKING:
    from zipfile import ZipFile

MOST_PARTS = 10_000
"""The most files that an archive may hold."""
LARGEST_PART = 24 * 1024 * 1024
"""The largest part that is read, in bytes once unpacked."""
LARGEST_WHOLE = 64 * 1024 * 1024
"""The most text that is read from one archive, in bytes once unpacked."""
LARGEST_PICTURES = 128 * 1024 * 1024
"""The same of its pictures together."""
RATIO = 200
"""How many bytes one packed byte may become."""
_SMALL = 1024 * 1024
"""A part as small as this, in bytes, may have any ratio."""
_AGAIN = "save it again from the program it came from, or fetch it anew"


class Package:
    """One opened archive; each part is read once asked for, within the limits."""

    def __init__(self, source: Path, archive: "ZipFile") -> None:
        self.name = source.name
        self._archive = archive
        self._read = {LARGEST_WHOLE: 0, LARGEST_PICTURES: 0}
        self.names = frozenset(archive.namelist())

    def fetch(self, link: str, part: str) -> Fetched:
        """Read the picture that a link in a part leads to, or say that it is not there."""
        name = self.near(part, link)
        return self.read(name, LARGEST_PICTURES) if name in self.names else "not in the file, though its text names it"

    def read(self, part: str, most: int = LARGEST_WHOLE) -> bytes:
        """Return a part's bytes; ManuscriptError if it is missing, damaged, locked or too large.

        `most` is the limit of all parts read so far that are of its kind: text or pictures.
        """
        from zipfile import BadZipFile

        try:
            info = self._archive.getinfo(part)
        except KeyError:
            raise ManuscriptError(f"{self.name} lacks its part {part}", _AGAIN) from None
        if info.flag_bits & 1:
            raise ManuscriptError(f"{self.name} is protected by a password", "open it where it came from and save it without one")
        self._read[most] += info.file_size
        if info.file_size > LARGEST_PART:
            raise _too_large(f"{self.name}: its part {part}", info.file_size, LARGEST_PART)
        if self._read[most] > most:
            kind = "text" if most == LARGEST_WHOLE else "pictures"
            raise _too_large(f"{self.name}: its {kind}", self._read[most], most)
        if info.file_size > _SMALL and info.file_size > RATIO * max(1, info.compress_size):
            raise ManuscriptError(
                f"{self.name}: its part {part} grows more than {RATIO}-fold when unpacked, which text does not", _AGAIN
            )
        try:
            return self._archive.read(info)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise ManuscriptError(f"{self.name} is damaged in its part {part}: {error}", _AGAIN) from None

    def near(self, part: str, link: str) -> str:
        """Resolve a link in a part to a name inside the archive; it cannot lead out, since names are only looked up."""
        steps: list[str] = []
        for step in (PurePosixPath(part).parent / unquote(link.partition("#")[0])).parts:
            if step == "..":
                steps = steps[:-1]
            elif step not in (".", "/"):
                steps.append(step)
        return "/".join(steps)


def open_package(source: Path, kind: str) -> Package:
    """Open an archive that should be a `kind`, such as an EPUB; ManuscriptError if it is none, damaged, or past the limits."""
    from zipfile import BadZipFile, ZipFile

    data = read_bytes(source)
    if not data:
        raise ManuscriptError(f"{source.name} is empty", "name another file")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ManuscriptError(
            f"{source.name} is an old Word document, or protected by a password",
            f"open it and save it as {kind} without a password",
        )
    if not data.startswith(b"PK"):
        other = named_otherwise(data)
        readable = other.endswith((" file", " picture")) or not other
        hint = (
            "give it the suffix that it should have"
            if readable
            else "open it where it came from, and save the story as .docx or .txt"
        )
        raise ManuscriptError(f"{source.name} is {other or f'no {kind}'}, whatever its name says", hint)
    try:
        archive = ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (BadZipFile, ValueError, OverflowError, NotImplementedError, OSError, UnicodeError, EOFError) as error:
        raise ManuscriptError(f"{source.name} is damaged or cut short: {error}", _AGAIN) from None
    if not parts:
        raise ManuscriptError(f"{source.name} is an empty archive", "name another file")
    if len(parts) > MOST_PARTS:
        raise ManuscriptError(f"{source.name} holds {len(parts):,} files; {MOST_PARTS:,} are the limit", _AGAIN)
    return Package(source, archive)


def require(package: Package, part: str, kind: str) -> None:
    """Check that an archive holds the part that makes it a `kind`; ManuscriptError says what it is instead."""
    if part in package.names:
        return
    what = _what_it_is(package)
    hint = f"give it the suffix {what[1]}" if what else "look what the file is, or save the story as plain text (.txt)"
    raise ManuscriptError(f"{package.name} is {what[0] if what else 'a ZIP archive'}, no {kind}", hint)


def _what_it_is(package: Package) -> tuple[str, str] | None:
    """Name an archive by its parts: (what it is, its suffix)."""
    for part, name, suffix in (
        ("META-INF/container.xml", "an EPUB", ".epub"),
        ("word/document.xml", "a Word document", ".docx"),
        ("content.xml", "an OpenDocument text", ".odt"),
    ):
        if part in package.names:
            return name, suffix
    return ("a workbook", ".xlsx") if "xl/workbook.xml" in package.names else None


def _too_large(what: str, size: int, limit: int) -> ManuscriptError:
    return ManuscriptError(
        f"{what} unpacks to {size / 1048576:,.0f} MB; {limit // 1048576} MB are the limit", "split it into several stories"
    )
