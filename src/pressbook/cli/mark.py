"""`mark`: show a manuscript as understood, and ask about what is uncertain."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressbook.cli.common import DONE, OVERRULING, Marked, decision_report, finding_words, overrides_of, say_json, understand
from pressbook.errors import OutputError
from pressbook.model import Book, Decision, Illustration, Overrules, Paragraph
from pressbook.project import find_project, write_all
from pressbook.values import replace

if TYPE_CHECKING:
    from pressbook.markup import Seen


def mark(options: argparse.Namespace) -> int:
    """Print the manuscript as understood, as light Markdown, or its decisions; or ask about those that are uncertain.

    Each story of several is understood by itself, and written to a file of its own.
    """
    from pressbook.markup import review_list

    project = find_project(options.source, overrides_of(options), None)
    stories = understand(project)
    if options.review:
        answers = 0
        for story in stories:
            given, quits = _review(story)
            answers += given
            if quits:
                break
        if answers and options.output:
            stories = understand(project)
    if options.output:
        _write_marked(stories, options.output)
    if options.json:
        say_json(_marked_report(stories))
    elif options.list:
        _print_each(stories, [review_list(story.book) or "nothing was decided" for story in stories])
    elif options.output:
        for story, path in zip(stories, _outputs_of(stories, options.output), strict=True):
            _say_marked(story.book, path)
            _say_marks_belong(story.source, path, story.manuscript.overrules)
    elif not options.review:
        _print_each(stories, [story.text.rstrip("\n") for story in stories])
    for story in stories:
        for finding in story.book.findings:
            if finding.level != "notice" or finding.rule in OVERRULING:
                print(f"{finding.level}: {finding_words(replace(finding, file=story.file))}", file=sys.stderr)
    return DONE


def _print_each(stories: list[Marked], texts: list[str]) -> None:
    """Print what is said of each story; of several, each below its file's name, which a reader of Markdown passes over."""
    named = zip(stories, texts, strict=True)
    print("\n\n".join([f"<!-- {story.file} -->\n\n{text}" if story.file else text for story, text in named]))


def _outputs_of(stories: list[Marked], output: Path) -> list[Path]:
    """Say where each marked story goes: to the file named, or, of several, to one each in the folder named."""
    if len(stories) == 1:
        return [output]
    if output.suffix or (output.exists() and not output.is_dir()):
        raise OutputError(
            f"{output} is one file, and there are {len(stories)} stories", f"name a folder for them, as in -o {output.stem}"
        )
    return [output / Path(story.file).with_suffix(".md") for story in stories]


def _write_marked(stories: list[Marked], output: Path) -> None:
    paths = _outputs_of(stories, output)
    for path in paths:
        if path.suffix.lower() not in ("", ".md", ".markdown", ".txt"):
            raise OutputError(f"{path} would hold light Markdown, whatever it is called", f"name it {path.with_suffix('.md').name}")
        if path.exists() and any(path.samefile(story.source) for story in stories):
            raise OutputError(f"{path} is the manuscript itself", "choose another name: pressbook never changes a manuscript")
    results = {path: story.text.encode() for path, story in zip(paths, stories, strict=True)}
    for path, story in zip(paths, stories, strict=True):
        results |= _pictures(story.book, path.parent, results)
    write_all(results)


def _marked_report(stories: list[Marked]) -> dict[str, Any]:
    """Report the text and every decision; of several stories, each decision names its file."""
    decisions = [decision_report(replace(decision, file=story.file)) for story in stories for decision in story.book.decisions]
    report = {"text": "\n".join([story.text for story in stories]), "decisions": decisions}
    if len(stories) == 1:
        return report
    told = [{"file": each.file, "title": each.book.title, "author": each.book.author, "text": each.text} for each in stories]
    return report | {"stories": told}


def _review(story: Marked) -> tuple[int, bool]:
    """Ask about each uncertain decision, and write each answer down at once: (how many were given, whether somebody quits)."""
    from pressbook.manuscript import add_decision, marks_beside
    from pressbook.markup import Keys, see, uncertain

    manuscript, book = story.manuscript, story.book
    questions = list(see(uncertain(book), book))
    path = marks_beside(story.source)
    if story.file:
        print(f"\n{story.file}:")
    if not questions:
        print("nothing is uncertain; `pressbook mark --list` sums up what was decided")
        return 0, False
    keys = Keys(manuscript)
    answers = 0
    answer = ""
    for number, seen in enumerate(questions, 1):
        print(f"\n{number} of {len(questions)}, {_question(seen)}")
        answer = _answer(seen)
        if not answer:
            if not answers and number == 1:
                raise OutputError(
                    "nobody answers: the input is at its end", "run it in a terminal, or feed it y, n, s or q, one a line"
                )
            break
        if answer == "q":
            break
        if answer == "s":
            continue
        overrule = keys.answer(seen, "accept" if answer == "y" else "reject")
        write_all({path: add_decision(path, overrule, seen.decision.source_line)})
        answers += 1
    says = f"{answers} answer{'' if answers == 1 else 's'} written to {path}" if answers else "nothing was written"
    print(f"\n{says}; {len(questions) - answers} of {len(questions)} still open")
    return answers, answer in ("", "q")


def _question(seen: "Seen") -> str:
    """Show a decision in its sentence, what is asked about set off, with the reason."""
    decision = seen.decision
    on, off = ("\033[7m", "\033[0m") if sys.stdout.isatty() else ("[", "]")
    sentence = f"{seen.before}{on}{seen.letters or decision.kind}{off}{' ' if not seen.letters else ''}{seen.after}"
    what = f"{decision.kind}, {'done' if decision.applied else 'offered'}, {decision.confidence:.2f} sure"
    return f"line {decision.source_line}: {what}\n  {' '.join(sentence.split())}\n  {decision.rule}: {decision.evidence}"


def _answer(seen: "Seen") -> str:
    """Ask until somebody answers with y, n, s or q; empty if nobody will."""
    asked = "Is that right?" if seen.decision.applied else "Do it?"
    while True:
        print(f"{asked} y yes, n no, s skip, q quit: ", end="", flush=True)
        line = sys.stdin.readline() if sys.stdin else ""
        if not sys.stdin or not sys.stdin.isatty():
            print()
        answer = line.strip().lower()
        answer = {"yes": "y", "no": "n", "skip": "s", "quit": "q"}.get(answer, answer)
        if not line or answer in ("y", "n", "s", "q"):
            return answer


def _pictures(book: Book, folder: Path, results: dict[Path, bytes]) -> dict[Path, bytes]:
    """Return the pictures that a marked manuscript in a folder needs beside it and lacks; OutputError if others lie there."""
    blocks = (block for chapter in book.chapters for block in chapter.blocks if isinstance(block, Illustration))
    lacking: dict[Path, bytes] = {}
    for picture in (block.picture for block in blocks):
        path = folder / picture.name
        there = results.get(path) or (path.read_bytes() if path.is_file() else None)
        if ".." in path.relative_to(folder).parts or there == picture.data:
            continue
        if there is not None or path.exists():
            raise OutputError(f"{path} is there already, and another picture", "write the text into another folder")
        lacking[path] = picture.data
    return lacking


def _say_marks_belong(source: Path, output: Path, overrules: Overrules) -> None:
    """Say where the decisions must lie for what was written to read back to the same book."""
    from pressbook.manuscript import marks_beside

    wanted = marks_beside(output)
    if overrules.name and wanted.resolve() != marks_beside(source).resolve():
        print(f"copy {marks_beside(source)} to {wanted}: its decisions belong to this text too")


def _say_marked(book: Book, output: Path) -> None:
    paragraphs = sum(isinstance(block, Paragraph) for chapter in book.chapters for block in chapter.blocks)
    print(f"{output}: {paragraphs} paragraphs")
    kinds: dict[str, list[Decision]] = {}
    for decision in book.decisions:
        kinds.setdefault(decision.kind, []).append(decision)
    for kind, decisions in kinds.items():
        done = sum(decision.applied for decision in decisions)
        offered = sum(not decision.applied and decision.confidence < 1 for decision in decisions)
        rejected = len(decisions) - done - offered
        figures = f"{done} decided" + (f", {offered} offered" if offered else "") + (f", {rejected} rejected" if rejected else "")
        print(f"  {kind}: {figures}")
