"""`new`: start a project."""

import argparse
from pathlib import Path

from pressbook.cli.common import DONE
from pressbook.errors import OutputError
from pressbook.project import write_all


def new(options: argparse.Namespace) -> int:
    """Start a project."""
    from pressbook.starter import starter_files

    folder: Path = options.folder
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file", "choose a new name for the project's folder")
    if folder.exists() and any(not path.name.startswith(".") for path in folder.iterdir()):
        raise OutputError(f"{folder} exists already and is not empty", "choose a new name, or empty the folder first")
    files = starter_files(folder.resolve().name, options.manuscript)
    write_all({folder / name: content for name, content in files.items()})
    if not options.quiet:
        print(f"{folder}/ is ready:")
        for name in files:
            print(f"  {name}")
        story = next(name for name in files if name.startswith("text/"))
        print(f"{'Look at' if options.manuscript else 'Write in'} {folder / story}, then run: pressbook build {folder}")
    return DONE
