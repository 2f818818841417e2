"""Projects: which manuscript, config and fonts a command means, and where its results go."""

import os
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from errno import EISDIR
from pathlib import Path

from pressbook.config import Config, load
from pressbook.errors import ConfigError, ManuscriptError, OutputError

CONFIG_NAME = "pressbook.toml"
TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".docx", ".odt", ".rtf")
"""What a manuscript's name ends in."""


@dataclass(frozen=True, slots=True)
class Project:
    """One story with all that belongs to it."""

    source: Path
    """The manuscript."""
    folder: Path
    """The project's folder, or the one in which a lone manuscript lies."""
    config: Config
    out: Path
    """Where results go."""

    @property
    def fonts(self) -> Path:
        """The project's own faces."""
        return self.folder / "fonts"


def find_project(source: Path | None, overrides: tuple[str, ...], out: Path | None, beneath: tuple[str, ...] = ()) -> Project:
    """Find what a command's SOURCE means: a project folder, a manuscript, or nothing for the current folder.

    `overrides` go above what the project's config says, `beneath` where it says nothing.

    ManuscriptError if there is no manuscript, ConfigError if there are several and none is named.
    """
    place = source or Path()
    if not place.exists():
        raise _missing(place)
    if place.is_dir():
        own = place / CONFIG_NAME
        config = load(own if own.is_file() else None, overrides, beneath)
        story = _story_in(place, config)
        if own.is_file() or not _project_of(story):
            return Project(story, place, config, out or place / "dist")
        place = story
    folder = _project_of(place)
    config = load(folder / CONFIG_NAME if folder else None, overrides, beneath)
    return Project(place, folder or place.parent, config, out or (folder or Path()) / "dist")


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
    if near := get_close_matches(place.name, names, n=1, cutoff=0.75):
        return ManuscriptError(f"{place} does not exist", f"did you mean {str(folder / near[0])!r}?")
    return ManuscriptError(f"{place} does not exist", "name a manuscript, as in `pressbook build story.txt`, or a project folder")


def _project_of(manuscript: Path) -> Path | None:
    """Find the project that a manuscript belongs to: its folder or the one above, if the config there names it."""
    above = manuscript.absolute().parent.parent
    for folder in (manuscript.parent, above if manuscript.is_absolute() else Path(os.path.relpath(above))):
        config = folder / CONFIG_NAME
        if config.is_file() and any(path.samefile(manuscript) for path in _stories(folder, load(config).book.stories)):
            return folder
    return None


def _story_in(folder: Path, config: Config) -> Path:
    patterns = config.book.stories
    stories = _stories(folder, patterns)
    name = folder.resolve().name
    gone = [pattern for pattern in patterns if not set("*?[") & set(pattern) and not (folder / pattern).exists()]
    if gone:
        raise ManuscriptError(f"book.stories: {gone[0]} does not exist", f"it is looked for in {name}/")
    if not stories:
        usual = patterns == Config().book.stories
        raise ManuscriptError(
            f"no story in {name}/: "
            + ("neither it nor its text/ holds a manuscript" if usual else f"nothing matches {', '.join(patterns)}"),
            "put the story into text/ as .txt, .md, .html, .epub, .docx, .odt or .rtf, or name it: `pressbook build story.txt`",
        )
    if len(stories) > 1:
        names = ", ".join(str(path.relative_to(folder)) for path in stories[:4])
        raise ConfigError(
            f"{len(stories)} manuscripts found: {names}{' …' if len(stories) > 4 else ''}",
            f"name the one to set: `pressbook build {stories[0]}`",
        )
    return stories[0]


def _stories(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    """List the files that the patterns name, in order; a pattern may not lead out of the project.

    Where the usual pattern finds nothing in text/, the folder itself is looked through.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        parts = Path(pattern).parts
        if not parts or Path(pattern).is_absolute() or ".." in parts:
            raise ConfigError(
                f"book.stories: {pattern!r} leads out of the project", "copy the story into the project's text/ folder"
            )
        if (folder / pattern).is_file():
            found[folder / pattern] = None
            continue
        try:
            matches = sorted(folder.glob(pattern))
        except ValueError:
            raise ConfigError(f"book.stories: {pattern!r} is not a pattern", 'write it like "text/*" or "text/story.txt"') from None
        found.update(dict.fromkeys(path for path in matches if _is_text(path)))
    if not found and patterns == Config().book.stories:
        return [path for path in sorted(folder.iterdir()) if _is_text(path)]
    return list(found)


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in TEXT_SUFFIXES and not path.name.lower().startswith((".", "readme")) and path.is_file()
