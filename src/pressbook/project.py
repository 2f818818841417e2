"""Projects: which manuscript, config and fonts a command means, and where its results go."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

from pressbook.config import Config, load
from pressbook.errors import ConfigError, DocumentError, ManuscriptError, OutputError, nearest
from pressbook.strangers import way_in
from pressbook.values import Value

CONFIG_NAME = "pressbook.toml"
TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".docx", ".odt", ".rtf")
"""What a manuscript's name ends in."""

LETTERS = 10**18
"""Where letters stand among numbers: behind every one that a file's name has room for in earnest."""
_FIRST = r"(?:prolog(?:ue)?|foreword|preface|introduction|intro)\b"
_LAST = r"(?:epilog(?:ue)?|afterword|acknowledge?ments?)\b"


class Project(Value):
    """A book's manuscripts with all that belongs to them."""

    sources: tuple[Path, ...]
    """The manuscripts in their order; most books have one."""
    folder: Path
    """The project's folder, or the one in which a lone manuscript lies."""
    config: Config
    out: Path
    """Where results go."""

    @property
    def name(self) -> str:
        """What the results are called: as the only manuscript is, or as the folder."""
        only = self.sources[0].stem if len(self.sources) == 1 else self.folder.resolve().name
        return only or "story"

    @property
    def fonts(self) -> Path:
        """The project's own faces."""
        return self.folder / "fonts"


def find_project(source: Path | None, overrides: tuple[str, ...], out: Path | None, beneath: tuple[str, ...] = ()) -> Project:
    """Find what a command's SOURCE means: a project folder, a manuscript, or nothing for the current folder.

    `overrides` go above what the project's config says, `beneath` where it says nothing.
    A folder without a config is a book if it holds one manuscript, or several that are numbered alike, as chapters are.
    ManuscriptError if there is no manuscript, ConfigError if there are several that nobody asked to be bound.
    """
    place = source or Path()
    if not place.exists():
        raise _missing(place)
    if place.is_dir():
        own = place / CONFIG_NAME
        if not own.is_file() and (around := _project_around(place)):
            return find_project(around, overrides, out)
        config = load(own if own.is_file() else None, overrides, beneath)
        stories = _stories_in(place, config)
        if own.is_file() or len(stories) > 1 or not _project_of(stories[0]):
            return Project(stories, place, config, out or place / "dist")
        place = stories[0]
    folder = _project_of(place)
    config = load(folder / CONFIG_NAME if folder else None, overrides, beneath)
    return Project((place,), folder or place.parent, config, out or (folder or Path()) / "dist")


def read_bytes(path: Path) -> bytes:
    """Read a PDF that a command names; DocumentError if it is not there."""
    if not path.exists():
        missing = _missing(path)
        raise DocumentError(missing.message, missing.hint if "did you mean" in missing.hint else "name a PDF")
    if path.is_dir():
        raise DocumentError(f"{path} is a folder", "name a PDF in it")
    return path.read_bytes()


def write_all(results: dict[Path, bytes]) -> None:
    """Write results beside their places, then move all of them in.

    OutputError if a folder or the disk refuses; then, or when interrupted, nothing new is left behind.
    """
    folders: list[Path] = []
    moves: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for number, (path, content) in enumerate(results.items()):
            folders += reversed([folder for folder in path.parents if not folder.exists()])
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
            # A link keeps leading where it led, and a device such as /dev/stdout must not be replaced by a file.
            if path.is_symlink() or (path.exists() and not path.is_file()):
                path.write_bytes(content)
                continue
            part = path.with_name(f".pressbook-{os.getpid()}-{number}")
            moves.append((part, path))
            part.write_bytes(content)
        for part, path in moves:
            part.replace(path)
    except BaseException as error:
        for part, _ in moves:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        if not isinstance(error, OSError):
            raise
        if isinstance(error, FileExistsError | NotADirectoryError):
            raise OutputError(f"{path.parent} is not a folder that {path.name} can be put into", "choose another folder") from None
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}",
            "choose another folder, or look at this one's permissions and at the room on the disk",
        ) from None


def _missing(place: Path) -> ManuscriptError:
    """Say that a place is not there, and what stands near it."""
    if place.is_symlink():
        return ManuscriptError(f"{place} is a link that leads nowhere", "name the file itself")
    folder = place.parent
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    if near := nearest(place.name, names, 0.75):
        return ManuscriptError(f"{place} does not exist", f"did you mean {str(folder / near)!r}?")
    return ManuscriptError(f"{place} does not exist", "name a manuscript, as in `pressbook build story.txt`, or a project folder")


def _project_of(manuscript: Path) -> Path | None:
    """Find the project that a manuscript belongs to: its folder or the one above, if the config there names it."""
    above = manuscript.absolute().parent.parent
    for folder in (manuscript.parent, above if manuscript.is_absolute() else Path(os.path.relpath(above))):
        config = folder / CONFIG_NAME
        if config.is_file() and any(path.samefile(manuscript) for path in _stories(folder, load(config).book.stories)):
            return folder
    return None


def _project_around(folder: Path) -> Path | None:
    """Find the project above a folder in which some of its several manuscripts lie."""
    above = Path(os.path.relpath(folder.absolute().parent)) if not folder.is_absolute() else folder.parent
    config = above / CONFIG_NAME
    stories = _stories(above, load(config).book.stories) if config.is_file() else []
    return above if len(stories) > 1 and any(path.parent.samefile(folder) for path in stories) else None


def _stories_in(folder: Path, config: Config) -> tuple[Path, ...]:
    """List the manuscripts of a book; ManuscriptError if there is none, ConfigError if they cannot be meant as one book."""
    patterns = config.book.stories
    if not patterns:
        raise ConfigError("book.stories names no story", 'write it like ["text/*"], or leave it out')
    usual = patterns == Config().book.stories
    stories = _stories(folder, patterns)
    name = folder.resolve().name
    gone = [pattern for pattern in patterns if not set("*?[") & set(pattern) and not (folder / pattern).exists()]
    if gone:
        raise ManuscriptError(f"book.stories: {gone[0]} does not exist", f"it is looked for in {name}/")
    empty = [pattern for pattern in patterns if not _matches(folder, pattern)]
    if not stories or (empty and not usual):
        says = "neither it nor its text/ holds a manuscript" if usual else f"nothing matches {', '.join(empty)}"
        strange = _stranger(folder, name) if usual else ("", "")
        raise ManuscriptError(
            f"no story in {name}/: {says}" + strange[0],
            strange[1]
            or "put the story into text/ as .txt, .md, .html, .epub, .docx, .odt or .rtf, or name it: `pressbook build story.txt`",
        )
    _refuse_outside(folder, stories)
    _refuse_twice(folder, patterns, stories)
    if len(stories) > 1 and not (folder / CONFIG_NAME).is_file() and usual and not _numbered_alike(stories):
        names = ", ".join(path.relative_to(folder).as_posix() for path in stories[:4])
        place = stories[0].relative_to(folder).with_name("*").as_posix()
        raise ConfigError(
            f"{len(stories)} manuscripts found: {names}{' …' if len(stories) > 4 else ''}",
            f"name the one to set: `pressbook build {stories[0]}`; or bind all as one book: put a {CONFIG_NAME} into the folder, "
            f'with stories = ["{place}"] under [book]',
        )
    return tuple(stories)


def _stranger(folder: Path, name: str) -> tuple[str, str]:
    """Find what may be the story in a format that is not read: (how to go on about it, what to do); empty if there is none."""
    if way := way_in(name):  # some programs keep a story in a folder
        return "", way
    files = [path.name for place in (folder / "text", folder) if place.is_dir() for path in sorted(place.iterdir())]
    found = next((file for file in files if way_in(file) and file not in ("dist", "fonts")), "")
    return (f", and {found} cannot be read", way_in(found)) if found else ("", "")


def _refuse_outside(folder: Path, stories: list[Path]) -> None:
    """Refuse links that lead out of the project, as a project from elsewhere may hold; ConfigError names the first."""
    root = folder.resolve()
    for path in stories:
        if not path.resolve().is_relative_to(root):
            raise ConfigError(
                f"{path.relative_to(folder).as_posix()} is a link that leads out of the project",
                "copy the story into the project's text/ folder, or name the file itself: `pressbook build STORY`",
            )


def _refuse_twice(folder: Path, patterns: tuple[str, ...], stories: list[Path]) -> None:
    """Refuse what would print a story twice; ConfigError names both."""
    named = [pattern for pattern in patterns if not set("*?[") & set(pattern)]
    if again := next((pattern for number, pattern in enumerate(named) if pattern in named[:number]), ""):
        raise ConfigError(f"book.stories names {again} twice", "leave out one of the two")
    known: dict[Path, Path] = {}
    stems: dict[Path, Path] = {}
    for path in stories:
        told = path.relative_to(folder).as_posix()
        if (other := known.setdefault(path.resolve(), path)) is not path:
            raise ConfigError(f"{told} is the same file as {other.relative_to(folder).as_posix()}", "leave out one of the two")
        if (other := stems.setdefault(path.with_suffix(""), path)) is not path and not {told, other.name} & set(named):
            raise ConfigError(
                f"{other.relative_to(folder).as_posix()} and {told} look like one story in two formats",
                "move one of them out of the folder, or name those to set in book.stories",
            )


def _numbered_alike(stories: list[Path]) -> bool:
    """Tell files that are named as chapters are, with a number in one place: `ch1`, `ch2`; or `01-rain`, `02-snow`."""
    stems = [path.stem.lower() for path in stories if not re.match(_FIRST + "|" + _LAST, path.stem.lower())]
    heads = {match[0] if (match := re.match(r"\D{0,24}(?=\d)", stem)) else None for stem in stems}
    return len(heads) == 1 and None not in heads


def _stories(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    """List the files that the patterns name, each where it is named first; a pattern may not lead out of the project.

    Where the usual pattern finds nothing in text/, the folder itself is looked through.
    """
    found = dict.fromkeys(path for pattern in patterns for path in _matches(folder, pattern))
    if not found and patterns == Config().book.stories:
        return _in_order(folder.iterdir())
    return list(found)


def _matches(folder: Path, pattern: str) -> list[Path]:
    """List the files that one pattern names: itself, all in a folder, or what matches, in natural order."""
    parts = Path(pattern).parts
    if not parts or Path(pattern).is_absolute() or ".." in parts:
        raise ConfigError(f"book.stories: {pattern!r} leads out of the project", "copy the story into the project's text/ folder")
    if (folder / pattern).is_file():
        return [folder / pattern]
    if (folder / pattern).is_dir():
        return _in_order((folder / pattern).iterdir())
    try:
        return _in_order(folder.glob(pattern))
    except ValueError:
        raise ConfigError(f"book.stories: {pattern!r} is not a pattern", 'write it like "text/*" or "text/story.txt"') from None


def _in_order(paths: Iterable[Path]) -> list[Path]:
    return sorted(filter(_is_text, paths), key=natural)


def natural(path: Path) -> tuple[tuple[tuple[int, tuple[tuple[int, str], ...]], ...], str]:
    """Return the key of natural order: `ch2` before `ch10`, a prologue before all, an epilogue behind."""
    return tuple((_rank(part), tuple(_runs(part))) for part in path.parts), path.name


def _rank(name: str) -> int:
    return -1 if re.match(_FIRST, name.lower()) else int(bool(re.match(_LAST, name.lower())))


def _runs(name: str) -> Iterator[tuple[int, str]]:
    """Part a name into its numbers and what is between; numbers come before letters."""
    for digits, letters in re.findall(r"([0-9]+)|([^0-9]+)", name.casefold()):
        yield (int(digits), "") if digits else (LETTERS, letters)


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in TEXT_SUFFIXES and not path.name.lower().startswith((".", "readme")) and path.is_file()
