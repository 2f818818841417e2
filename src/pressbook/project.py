"""Projects: which manuscript, config and fonts a command means, and where its results go."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pressbook.config import Config, load
from pressbook.errors import ConfigError, ManuscriptError, OutputError

CONFIG_NAME = "pressbook.toml"
TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")


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


def find_project(source: Path | None, overrides: tuple[str, ...], out: Path | None) -> Project:
    """Find what a command's SOURCE means: a project folder, a manuscript, or nothing for the current folder.

    ManuscriptError if there is no manuscript, ConfigError if there are several and none is named.
    """
    place = source or Path()
    if not place.exists():
        raise ManuscriptError(
            f"{place} does not exist", "name a manuscript, as in `pressbook build story.txt`, or a project folder"
        )
    if place.is_dir():
        config_file = place / CONFIG_NAME
        config = load(config_file if config_file.is_file() else None, overrides)
        return Project(_story_in(place, config, config_file.is_file()), place, config, out or place / "dist")
    folder = next((folder for folder in (place.parent, place.parent.parent) if _owns(folder, place)), None)
    config = load(folder / CONFIG_NAME if folder else None, overrides)
    default = folder / "dist" if folder else Path("dist")
    return Project(place, folder or place.parent, config, out or default)


def write_all(results: dict[Path, bytes]) -> None:
    """Write results under temporary names, then move all of them into place; OutputError if a folder or disk refuses."""
    moves: list[tuple[str, Path]] = []
    try:
        for path, content in results.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            moves.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
        for name, path in moves:
            Path(name).replace(path)
    except OSError as error:
        for name, _ in moves:
            Path(name).unlink(missing_ok=True)
        raise OutputError(
            f"{error.filename or 'a result'} cannot be written: {error.strerror}", "choose another folder with --out"
        ) from None


def _owns(folder: Path, manuscript: Path) -> bool:
    """Tell whether a folder is a project that the manuscript belongs to."""
    if not (folder / CONFIG_NAME).is_file():
        return False
    return manuscript.resolve() in {path.resolve() for path in _stories(folder, load(folder / CONFIG_NAME).book.stories)}


def _story_in(folder: Path, config: Config, is_project: bool) -> Path:
    stories = _stories(folder, config.book.stories)
    if not stories and not is_project:
        stories = [path for path in sorted(folder.iterdir()) if _is_text(path)]
    if not stories:
        raise ManuscriptError(
            f"no manuscript in {folder.resolve().name}/: nothing matches {', '.join(config.book.stories)}",
            "put the story into text/ as a .txt or .md file, or name it: `pressbook build story.txt`",
        )
    if len(stories) > 1:
        names = ", ".join(str(path.relative_to(folder)) for path in stories[:4])
        raise ConfigError(
            f"{len(stories)} manuscripts found: {names}{' …' if len(stories) > 4 else ''}",
            f'name the one to set: `pressbook build {stories[0].relative_to(folder)}`, or [book] stories = ["…"]',
        )
    return stories[0]


def _stories(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    """List the files that the patterns name, in order; a pattern may not lead out of the project."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        parts = Path(pattern).parts
        if not parts or Path(pattern).is_absolute() or ".." in parts:
            raise ConfigError(
                f"book.stories: {pattern!r} leads out of the project", "copy the story into the project's text/ folder"
            )
        matches = [path for path in sorted(folder.glob(pattern)) if path.is_file() and not path.name.startswith(".")]
        exact = "*" not in pattern and "?" not in pattern
        if exact and not matches:
            raise ManuscriptError(f"book.stories: {pattern} does not exist", f"it is looked for in {folder.resolve().name}/")
        found.update(dict.fromkeys(path for path in matches if exact or _is_text(path)))
    return list(found)


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in TEXT_SUFFIXES and not path.name.lower().startswith((".", "readme"))
