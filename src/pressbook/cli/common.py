"""What several commands need: exit statuses, what is said of findings and decisions, a story understood, progress."""

import argparse
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pressbook.config import PressKeys, moment_of
from pressbook.errors import ConfigError
from pressbook.model import Book, Decision, Finding, Manuscript
from pressbook.project import Project
from pressbook.values import asdict

if TYPE_CHECKING:
    from pressbook.booklets import Booklet
    from pressbook.press import White

OVERRULING = ("stale-rule", "stale-decision", "idle-decision", "repeated-decision")
"""Findings about a story's decisions, which every command that reads it tells."""

DONE, AT_FAULT, USAGE, SPOILED = 0, 1, 2, 3


def count(number: int, what: str) -> str:
    """Say how many there are of something, `1 page`, `2 pages`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def say_booklet(booklet: "Booklet", volume: str = "") -> None:
    """Print what is left of the margins, if somebody asked, and what to do with the sheets; of a volume below its title."""
    from pressbook.press import table

    if booklet.margins:
        print(f"\n{table(booklet.margins)}")
    heading = f"{volume}:\n" if volume else ""
    print(f"\n{heading}{booklet.imposed.instructions}")


def margin_report(white: "White") -> dict[str, Any]:
    """Report what is left of a leaf's margins, in millimetres."""
    from pressbook.units import MM

    sides = {side: round(getattr(white, side) / MM, 2) for side in ("shift", "inner", "outer", "head", "foot")}
    return {"leaf": white.depth + 1, "pages": white.pages, **sides}


def finding_report(finding: Finding) -> dict[str, Any]:
    """Report a finding to a program."""
    told = {"level": finding.level, "rule": finding.rule, "page": finding.page, "message": finding_words(finding)}
    return told | ({"file": finding.file} if finding.file else {})


def finding_words(finding: Finding) -> str:
    """Say what was found: in which file of several, and what to do about it."""
    file = f"{finding.file}{', ' if finding.message.startswith('line ') else ': '}" if finding.file else ""
    return file + finding.message + (f" ({finding.remedy})" if finding.remedy else "")


def place_of(decision: Decision) -> str:
    """Say where a decision stands: its line, and its file among several."""
    return f"{decision.file}, line {decision.source_line}" if decision.file else f"line {decision.source_line}"


def moment_for(press: PressKeys) -> int | None:
    """Return the moment that dates the files, in seconds since 1970, if `press.date` or SOURCE_DATE_EPOCH names one."""
    if press.date:
        return moment_of(press)
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if text and not re.fullmatch(r"[0-9]{1,11}", text):
        raise ConfigError(
            f"SOURCE_DATE_EPOCH = {text!r} is not a moment", "give seconds since 1970, as `date +%s` prints them, or unset it"
        )
    return int(text) if text else None


class Marked(NamedTuple):
    """A manuscript understood by itself."""

    source: Path
    file: str
    """Its name among others; empty if there are none."""
    manuscript: Manuscript
    book: Book

    @property
    def text(self) -> str:
        """The marked manuscript."""
        from pressbook.manuscript import front_matter
        from pressbook.markup import marked

        return front_matter(self.manuscript.found) + marked(self.book)


def understand(project: Project) -> list[Marked]:
    """Read and understand a project's stories, each by itself."""
    from pressbook.manuscript import read
    from pressbook.markup import files_of, mark_each

    manuscripts = [read(source) for source in project.sources]
    books = mark_each(manuscripts, project.config.book, project.config.story)
    return [Marked(*each) for each in zip(project.sources, files_of(manuscripts), manuscripts, books, strict=True)]


def decision_report(decision: Decision) -> dict[str, Any]:
    """Report a decision to a program."""
    return {name: told for name, told in asdict(decision).items() if name != "file" or told}


def complain(message: str, hint: str) -> None:
    """Print an error and what to do about it."""
    print(f"error: {message}", file=sys.stderr)
    if hint:
        print(f"hint: {hint}", file=sys.stderr)


def overrides_of(options: argparse.Namespace) -> tuple[str, ...]:
    """List the keys that the command line overrules, `--trim` among them."""
    trim = getattr(options, "trim", None)
    return tuple(options.set) if trim is None else (*options.set, f"page.trim={quoted(trim)}")


def quoted(text: str) -> str:
    """Write a text as the value of a key."""
    import json

    return json.dumps(text)


def say_json(report: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print a report for programs."""
    import json

    print(json.dumps(report, ensure_ascii=False))


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[None]:
    """Show on a terminal that long work goes on; short work shows nothing."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()

    def tick() -> None:
        waited = 0.4
        while not done.wait(0.4 if waited > 0.4 else waited):
            print(f"\r{what} … {waited:.0f} s", end="", file=sys.stderr, flush=True)
            waited += 0.4
        if waited > 0.4:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
