"""`check`: preflight a PDF, and lay it beside its manuscript."""

import argparse

from pressbook.cli.common import DONE, SPOILED, progress, say_json, understand
from pressbook.errors import ConfigError
from pressbook.model import Book
from pressbook.project import find_project
from pressbook.values import asdict


def check(options: argparse.Namespace) -> int:
    """Preflight a PDF for a printer; lay it beside its manuscript, if one is given."""
    from pressbook.config import find_trim, says
    from pressbook.press.printers import TRADE, find_printer
    from pressbook.proof.preflight import Copy, against, examine, finding_words, judge, judge_cover, summary

    printer = find_printer(options.printer or TRADE)
    if options.trim:
        size = find_trim(options.trim)
        narrow = printer.for_trim(size.width, size.height)
        if narrow is printer:
            raise ConfigError(f"{printer.title} does not offer {options.trim}", "leave --trim out to see which sizes it has")
        printer = narrow
    with progress(f"checking {options.file.name}", quiet=options.json):
        dossier = examine(options.file)
        findings = judge(dossier, printer) if options.cover is None else judge_cover(dossier, printer, options.cover)
        if options.against:
            project = find_project(options.against, tuple(options.set), None)
            stories = understand(project)
            where = project.config.book.notes
            copies = [
                Copy(
                    story.manuscript.blocks,
                    story.book.decisions,
                    story.file,
                    _asides_of(story.book) if where != "chapter" else (),
                )
                for story in stories
            ]
            heads = [head for story in stories for head in _heads_of(story.book)]
            house = project.config.story
            above = {"chapter": says(stories[0].book.language).notes, "off": None}.get(house.footnotes, "")
            book = project.config.book
            own = (book.subtitle, book.series, book.copyright, book.dedication, book.epigraph)
            findings += against(options.file, copies, heads, house.links, above, own=own, without_asides=where == "off")
    if options.json:
        report = {
            "file": str(options.file),
            "printer": printer.name,
            "verified": printer.verified,
            "pages": len(dossier.leaves),
            "standard": dossier.claims or "none",
            "findings": [asdict(finding) for finding in findings],
        }
        say_json(report)
    else:
        print(summary(dossier, printer, findings))
        for line in finding_words(findings):
            print(line)
        if options.against and not any(finding.rule.startswith("words-") for finding in findings):
            print(f"every word of {options.against} is there, in order, once")
    return SPOILED if any(finding.level == "error" for finding in findings) else DONE


def _asides_of(book: Book) -> list[tuple[int, str, str]]:
    """List the paragraphs of the author's notes with their lines and their chapters' titles."""
    from pressbook.markup import notes_of

    return [
        (paragraph.line, "".join([run.text for run in paragraph.runs]), chapter.title)
        for chapter in book.chapters
        for paragraph in notes_of([chapter])
    ]


def _heads_of(book: Book) -> list[str]:
    """List what may stand as a running head."""
    return [book.title, book.author, *(words for each in book.chapters for words in (each.title, each.name, each.number))]
