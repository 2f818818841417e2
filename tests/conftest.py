"""Running pressbook as a person does, inside this process."""

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NamedTuple

import pytest
from hypothesis import settings

import pressbook
from pressbook.cli import main

# The suite passes or fails by what the code does, not by chance: properties are tried on the same examples each time.
# EXPLORE=1 tries others, to find what nobody thought of.
settings.register_profile("same", derandomize=True)
if not os.environ.get("EXPLORE"):
    settings.load_profile("same")


def pytest_collection_modifyitems(items):
    """Load the whole program before a property is tried.

    Hypothesis tries numbers and words that it finds in the modules loaded so far, and these must not depend on what a
    worker ran before.
    """
    if any(getattr(item.obj, "is_hypothesis_test", False) for item in items):
        for module in walk_packages(pressbook.__path__, "pressbook."):
            import_module(module.name)


ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "text" / "distinguishing-features.txt"

SHORT = """The Lamp

by Ada Quill


"You're late," said the keeper - he said it to everyone - and held out the lamp.

'It won't hold,' she thought, and *ran*.

***

By morning the boats were in. All of them... every one.
"""
"""A story that sets in a moment, with a little of everything."""


class Outcome(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs pressbook in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("PRESSBOOK_DEBUG", raising=False)

    def call(*arguments):
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = stop.code
        return Outcome(status, *capsys.readouterr())

    return call


@pytest.fixture
def story(tmp_path):
    """Write the short story into the empty folder and return its path."""
    path = tmp_path / "lamp.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def sample(tmp_path):
    """Copy the repository's story, without its config, into the empty folder and return its path."""
    return Path(shutil.copy(SAMPLE, tmp_path))


@pytest.fixture
def project(tmp_path):
    """Make a project of the short story below the empty folder and return its path."""
    folder = tmp_path / "zine"
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "lamp.txt").write_text(SHORT, encoding="utf-8")
    (folder / "pressbook.toml").write_text('[page]\ntrim = "A6"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def zine(tmp_path_factory):
    """Build the repository's own project once; return (pages, booklet) as bytes."""
    folder = tmp_path_factory.mktemp("zine")
    assert main(["build", str(ROOT), "--out", str(folder), "--quiet"]) == 0
    return tuple((folder / f"{SAMPLE.stem}{part}.pdf").read_bytes() for part in ("", "-booklet"))


@pytest.fixture
def shell(tmp_path):
    """Return a function that runs Python, and so pressbook, in a process of its own."""

    def call(*arguments, cwd=tmp_path, text=True, **environment):
        kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "PRESSBOOK_DEBUG")}
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=cwd,
            env=kept | {"PYTHONPATH": str(ROOT / "src")} | environment,
            capture_output=True,
            text=text,
            encoding="utf-8" if text else None,
            check=False,
        )

    return call
