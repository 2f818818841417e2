"""The command line: one function a command; errors become `error:` and `hint:`."""

import argparse
import gc
import io
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pressbook import __version__
from pressbook.config import Config, PressKeys, dated, load, moment_of
from pressbook.errors import ConfigError, DocumentError, LayoutError, OutputError, PressbookError
from pressbook.model import Book, Decision, Edition, Finding, Fit, Illustration, Manuscript, Overrules, Paragraph, Printer
from pressbook.project import CONFIG_NAME, Project, find_project, read_bytes, write_all
from pressbook.values import asdict, replace, to_builtins

if TYPE_CHECKING:
    from pressbook.booklets import Booklet
    from pressbook.markup import Seen
    from pressbook.press import White

LISTS = ("trims", "fonts", "ornaments", "schemes", "printers", "languages")
OVERRULING = ("stale-rule", "stale-decision", "idle-decision", "repeated-decision")
"""Findings about a story's decisions, which every command that reads it tells."""
PROOF_TRIM = "also show the pages as they come out of folding and trimming, and what is left of their margins"
DONE, AT_FAULT, USAGE, SPOILED = 0, 1, 2, 3


_LAST: list[object] = []
"""What was built last, held to the process's end: to free a novel's values one by one takes as long as to read it."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 the input is at fault, 2 usage, 3 done but a finding is an error."""
    if arguments is None:
        _settle_in()
    parser = _parser()
    if not (sys.argv[1:] if arguments is None else arguments):
        parser.print_help(sys.stderr)
        return USAGE
    options = parser.parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        status = command(options)
        sys.stdout.flush()
        return status
    except PressbookError as error:
        _complain(error.message, error.hint)
    except BrokenPipeError:
        # Whoever read our words has seen enough, as `head` does; nobody is at fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        _complain("stopped", "")
    except OSError as error:
        _complain(f"{error.filename or 'a file'}: {error.strerror or error}", "look at the path and its permissions")
    except Exception as error:
        if os.environ.get("PRESSBOOK_DEBUG"):
            raise
        _complain(f"pressbook itself failed: {type(error).__name__}: {error}", "this is a bug; PRESSBOOK_DEBUG=1 shows where")
    return AT_FAULT


# --- commands ---------------------------------------------------------------------------------------------------------


def build(options: argparse.Namespace) -> int:
    """Set a story: pages, and the booklet to fold; once for each printer, if any is named."""
    return _build(options, find_project(options.source, _overrides(options), options.out))


def cover(options: argparse.Namespace) -> int:
    """Set a story to count its pages, and make the cover that fits them; nothing else is written."""
    options.set = [*options.set, "outputs.cover=true", "cover.place=apart"]
    return _build(options, find_project(options.source, _overrides(options), options.out), cover_only=True)


def _build(options: argparse.Namespace, project: Project, *, cover_only: bool = False) -> int:
    """Set, make, write and check; of the files all that are asked for, or only the cover."""
    started = time.perf_counter()
    wanted = project.config.outputs
    if not (wanted.pages or wanted.booklet or wanted.cover or wanted.epub):
        raise ConfigError("[outputs] switches everything off", "set outputs.pages, outputs.booklet or outputs.epub to true")
    with _progress(_doing(project), quiet=options.quiet or options.json):
        named = _printers_of(project)
        books = [_set_for(options, printer, several=len(named) > 1, cover_only=cover_only) for printer in named] or [
            _make(options, project, _typeset(project), cover_only=cover_only)
        ]
        write_all({path: content for book in books for path, (_, _, content) in book.results.items()})
        books = [_checked(book) for book in books]
    _LAST[:] = books
    findings = [finding for book in books for finding in book.edition.findings]
    trimmed = getattr(options, "proof_trim", False)
    if options.json:
        report = {
            "outputs": [
                {"kind": kind, "path": str(path), "pages": pages}
                for book in books
                for path, (kind, pages, _) in book.results.items()
            ],
            "words": books[0].edition.words,
            "pages": _pages_of(books[0].edition),
            "sheets": sum(booklet.imposed.sheets for booklet in books[0].booklets),
            "trim": project.config.page.trim,
            "seconds": round(time.perf_counter() - started, 3),
            "findings": [_finding(finding) for finding in findings],
            "fits": [_fit(fit) for fit in books[0].edition.menu],
            **(
                {"margins": [_margin(white) for book in books for each in book.booklets for white in each.margins]}
                if trimmed
                else {}
            ),
        }
        print(json.dumps(report, ensure_ascii=False))
    elif not options.quiet:
        for book in books:
            _say_built(book)
    return SPOILED if any(finding.level == "error" for finding in findings) else DONE


def mark(options: argparse.Namespace) -> int:
    """Print the manuscript as understood, as light Markdown, or its decisions; or ask about those that are uncertain.

    Each story of several is understood by itself, and written to a file of its own.
    """
    from pressbook.markup import review_list

    project = find_project(options.source, _overrides(options), None)
    stories = _understand(project)
    if options.review:
        answers = 0
        for story in stories:
            given, quits = _review(story)
            answers += given
            if quits:
                break
        if answers and options.output:
            stories = _understand(project)
    if options.output:
        _write_marked(stories, options.output)
    if options.json:
        print(json.dumps(_marked_report(stories), ensure_ascii=False))
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
                print(f"{finding.level}: {_words(replace(finding, file=story.file))}", file=sys.stderr)
    return DONE


def proof(options: argparse.Namespace) -> int:
    """Set a story and report on it: what was decided, how even the lines are, how level the pages."""
    from pressbook.composition import bundled, find_fonts
    from pressbook.pipeline import typeset
    from pressbook.proof import in_words, survey

    project = find_project(options.source, _overrides(options), None)
    keys = project.config
    with _progress(f"proofing {project.name}", quiet=options.json):
        edition = typeset(project.sources, keys, find_fonts((project.fonts, bundled())))
        found = survey(edition)
    if options.json:
        report = {
            "decisions": [_decision(decision) for decision in edition.decisions],
            "typography": to_builtins(found),
            "findings": [_finding(finding) for finding in edition.findings],
        }
        print(json.dumps(report, ensure_ascii=False))
    else:
        print(f"{edition.title}: {edition.words:,} words on {len(edition.pages)} pages, {keys.page.trim}")
        print(in_words(found))
        offered = [decision for decision in edition.decisions if not decision.applied and decision.confidence < 1]
        if offered:
            print("offered, not done:")
        for decision in offered:
            print(f"  {_place(decision)}, {decision.kind}: {decision.text[:60]!r} ({decision.evidence})")
        for finding in edition.findings:
            if finding.rule in OVERRULING:
                print(f"{finding.level}: {_words(finding)}")
    return SPOILED if any(finding.level == "error" for finding in edition.findings) else DONE


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
    with _progress(f"checking {options.file.name}", quiet=options.json):
        dossier = examine(options.file)
        findings = judge(dossier, printer) if options.cover is None else judge_cover(dossier, printer, options.cover)
        if options.against:
            project = find_project(options.against, tuple(options.set), None)
            stories = _understand(project)
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
        print(json.dumps(report, ensure_ascii=False))
    else:
        print(summary(dossier, printer, findings))
        for line in finding_words(findings):
            print(line)
        if options.against and not any(finding.rule.startswith("words-") for finding in findings):
            print(f"every word of {options.against} is there, in order, once")
    return SPOILED if any(finding.level == "error" for finding in findings) else DONE


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


def impose(options: argparse.Namespace) -> int:
    """Lay the pages of any PDF on sheets."""
    from pressbook.booklets import explain, rebind
    from pressbook.composition import bundled, find_fonts
    from pressbook.press import Foreign

    overrides = [*options.set]
    overrides += [f"booklet.{key}={json.dumps(given)}" for key in ("scheme", "sheet") if (given := getattr(options, key))]
    own = Path(CONFIG_NAME)
    config = load(own if own.is_file() else None, tuple(overrides))
    keys = config.booklet
    if options.calibrate is not None:
        return _calibrate(options, config)
    if options.file is None:
        raise DocumentError("no PDF is named", "as in `pressbook impose story.pdf`; or --calibrate, to print a target")
    with _progress(f"imposing {options.file.name}", quiet=options.quiet or options.json):
        foreign = Foreign(read_bytes(options.file), options.file.name)
        booklet = rebind(foreign, keys, _moment(config.press), proof_trim=options.proof_trim)
        if options.howto or config.outputs.howto:
            booklet = explain(booklet, foreign.title or options.file.stem, find_fonts((bundled(),)), _moment(config.press))
        stem = (options.out or Path("dist")) / f"{options.file.stem}-{keys.scheme}"
        results = {stem.with_name(f"{stem.name}{file.suffix}.pdf"): file for file in booklet.files}
        write_all({path: file.content for path, file in results.items()})
    imposed = booklet.imposed
    if options.json:
        report = {
            "outputs": [{"kind": file.kind, "path": str(path), "pages": file.pages} for path, file in results.items()],
            "scheme": keys.scheme,
            "sheet": imposed.sheet.name,
            "pages": len(foreign.pages),
            "blanks": imposed.blanks,
            "sheets": imposed.sheets,
            "instructions": imposed.instructions,
            "margins": [_margin(white) for white in booklet.margins],
            "findings": [_finding(finding) for finding in booklet.findings],
        }
        print(json.dumps(report, ensure_ascii=False))
    elif not options.quiet:
        print(f"{foreign.name}: {_count(len(foreign.pages), 'page')} on {_count(imposed.sheets, 'sheet')} of {imposed.sheet.name}")
        for path, file in results.items():
            print(f"  {path}  ({_count(file.pages, 'side' if file.kind == 'booklet' else 'page')})")
        for finding in booklet.findings:
            print(f"{finding.level}: {_words(finding)}")
        _say_booklet(booklet)
    return SPOILED if any(finding.level == "error" for finding in booklet.findings) else DONE


def _calibrate(options: argparse.Namespace, config: Config) -> int:
    """Print the target for backs that miss their fronts, or, from what was read off it, the line that makes it good."""
    from pressbook.composition import bundled, find_fonts
    from pressbook.config import find_sheet
    from pressbook.leaflets import calibration
    from pressbook.press import lies_lengthwise, miss
    from pressbook.units import MM

    keys = config.booklet
    sheet = find_sheet("letter" if keys.sheet == "auto" else keys.sheet)
    lengthwise = lies_lengthwise(keys.scheme)
    if options.calibrate:
        across, up = (sheet.height, sheet.width) if lengthwise else (sheet.width, sheet.height)
        x, y, turn = miss(options.calibrate, across, up)
        line = f'back-offset = {{ x = "{x / MM:.2f}mm", y = "{y / MM:.2f}mm", turn = {turn:.3f} }}'
        print(f"write into {CONFIG_NAME}, below [booklet]:\n  {line}" if not options.quiet else line)
        return DONE
    path = (options.out or Path("dist")) / f"calibration-{sheet.name.replace(' ', '')}.pdf"
    write_all({path: calibration(sheet, find_fonts((bundled(),)), _moment(config.press), lengthwise=lengthwise)})
    if not options.quiet:
        turned = "as you print sheets by hand" if keys.duplex == "by-hand" else f"flipped on the {keys.duplex.replace('-', ' ')}"
        print(f"{path}: print both sides, {turned}, at 100 %; the back says how to read it")
    return DONE


def listing(options: argparse.Namespace) -> int:
    """Print one of the lists."""
    lists: dict[str, Callable[[], list[tuple[str, ...]]]] = {
        "trims": _trims,
        "fonts": _fonts,
        "ornaments": _ornaments,
        "schemes": _schemes,
        "printers": _printers,
        "languages": _languages,
    }
    rows = lists[options.what]()
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return DONE


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


# --- build ------------------------------------------------------------------------------------------------------------

_Results = dict[Path, tuple[str, int | None, bytes]]


class _Built(NamedTuple):
    """A book as it was made, for one printer or for none."""

    project: Project
    edition: Edition
    results: _Results
    booklets: "tuple[Booklet, ...]" = ()
    printer: Printer | None = None


def _printers_of(project: Project) -> tuple[Printer, ...]:
    """Find the printers that `press.printer` names: one, a list, or several with commas between."""
    named = project.config.press.printer
    names = dict.fromkeys(name.strip() for name in (named.split(",") if isinstance(named, str) else named) if name.strip())
    if not names:
        return ()
    from pressbook.press.printers import find_printer

    found = {name: find_printer(name, project.folder) for name in names}
    called = [printer.name for printer in found.values()]
    if twice := next((name for name in called if called.count(name) > 1), None):
        both = [file for file, printer in found.items() if printer.name == twice]
        raise ConfigError(f"{' and '.join(both)} are both called {twice!r}", "give one of the tables another name")
    return tuple(found.values())


def _typeset(project: Project) -> Edition:
    from pressbook.composition import bundled, find_fonts
    from pressbook.pipeline import typeset

    keys = dated(project.config, _moment(project.config.press))
    fonts = find_fonts((project.fonts, bundled()))
    edition = typeset(project.sources, keys, fonts)
    if keys.outputs.cover and keys.cover.place == "around":
        from pressbook.wraps import around

        if edition.volumes:
            return replace(edition, volumes=tuple(around(volume, keys, fonts, project.folder) for volume in edition.volumes))
        return around(edition, keys, fonts, project.folder)
    return edition


def _make(
    options: argparse.Namespace, project: Project, edition: Edition, printer: Printer | None = None, *, cover_only: bool = False
) -> _Built:
    """Make the files that a project asks for, or only the cover, as its printer wants it."""
    from pressbook.booklets import bind, explain
    from pressbook.composition import bundled, find_fonts
    from pressbook.pdf import engrave, pages_pdf

    moment = _moment(project.config.press)
    keys = dated(project.config, moment)
    fonts = find_fonts((project.fonts, bundled()))
    single, folded = (wanted and not cover_only for wanted in (keys.outputs.pages, keys.outputs.booklet))
    results: _Results = {}
    booklets: list[Booklet] = []
    for number, volume in enumerate(edition.volumes or (edition,), 1):
        stem = f"{project.name}-{number}" if edition.volumes else project.name
        plates = engrave(volume, keys.press) if single or folded else None
        if plates and single:
            results[project.out / f"{stem}.pdf"] = ("pages", len(volume.pages), pages_pdf(plates, moment))
        if keys.outputs.cover and keys.cover.place == "apart":
            content, told = _cover_for(project, volume, printer, moment)
            results[project.out / f"{stem}-cover.pdf"] = ("cover", 1, content)
            edition = replace(edition, findings=(*edition.findings, *told))
        if not (plates and folded):
            continue
        try:
            booklet = bind(plates, keys.booklet, moment, proof_trim=getattr(options, "proof_trim", False))
            if keys.outputs.howto:
                booklet = explain(booklet, volume.title, fonts, moment)
        except LayoutError as error:
            if keys.booklet.sheet != "auto" or keys.booklet.scheme != "saddle":
                raise
            # Nobody asked for this paper: the pages are worth having without a booklet.
            finding = Finding("notice", "no-booklet", error.message, remedy=error.hint)
            if finding not in edition.findings:
                edition = replace(edition, findings=(*edition.findings, finding))
            continue
        booklets.append(booklet)
        edition = replace(edition, findings=(*edition.findings, *booklet.findings))
        for file in booklet.files:
            results[project.out / f"{stem}-booklet{file.suffix}.pdf"] = (file.kind, file.pages, file.content)
    if keys.outputs.epub and not cover_only:
        from pressbook.ebook import epub
        from pressbook.paging import ornament_for
        from pressbook.wraps import cover_picture

        ornament, picture = ornament_for(keys.story.scene_break), cover_picture(keys, project.folder)
        results[project.out / f"{project.name}.epub"] = ("epub", None, epub(edition.book, keys, ornament, moment, picture))
    if keys.press.standard != "none" and moment is None:
        finding = Finding(
            "notice",
            "undated",
            f"{keys.press.standard} asks for a date, and there is none: the file says 1 January 2000",
            remedy='set press.date = "2026-11-24", or SOURCE_DATE_EPOCH',
        )
        edition = replace(edition, findings=(*edition.findings, finding))
    return _Built(project, edition, results, tuple(booklets), printer)


def _cover_for(
    project: Project, edition: Edition, printer: Printer | None, moment: int | None
) -> tuple[bytes, tuple[Finding, ...]]:
    from pressbook.composition import bundled, find_fonts
    from pressbook.press.printers import HOME, TRADE, find_printer
    from pressbook.wraps import cover_of

    fonts = find_fonts((project.fonts, bundled()))
    # Who promises a standard has it printed elsewhere, though it is not said where.
    unnamed = find_printer(HOME if project.config.press.standard == "none" else TRADE)
    return cover_of(edition, project.config, printer or unnamed, fonts, project.folder, moment)


def _set_for(options: argparse.Namespace, printer: Printer, *, several: bool, cover_only: bool) -> _Built:
    """Set a story as a printer wants it; into a folder of its own, if there are several."""
    from pressbook.press.printers import settle, settled

    def project_with(wishes: tuple[str, ...]) -> Project:
        return find_project(options.source, _overrides(options), options.out, wishes)

    edition, wishes = settle(printer, lambda wishes: _typeset(project_with(wishes)))
    project = project_with(wishes)
    if several:
        project = replace(project, out=project.out / f"{project.name}-{printer.name}")
    told = settled(printer, wishes, project.config)
    if "outline" in dict(printer.refuses):
        edition = replace(edition, outline=(), volumes=tuple(replace(volume, outline=()) for volume in edition.volumes))
    edition = replace(edition, findings=(told, *edition.findings))
    return _make(options, project, edition, printer, cover_only=cover_only)


def _checked(book: _Built) -> _Built:
    """Preflight the files that were written, if a printer or a standard was named: at home there is nothing to refuse them."""
    if not (book.printer or book.project.config.press.standard != "none"):
        return book
    from pressbook.press.covers import spine_width
    from pressbook.press.printers import TRADE, find_printer
    from pressbook.proof.preflight import examine, judge, judge_cover

    printer = book.printer or find_printer(TRADE)
    volumes = book.edition.volumes or (book.edition,)
    covers = [path for path, (kind, _, _) in book.results.items() if kind == "cover"]
    wrapped = dict(zip(covers, volumes, strict=False))
    found: tuple[Finding, ...] = ()
    for path, (kind, _, _) in book.results.items():
        if kind == "pages" and path.is_file():
            found += judge(examine(path), printer)
        elif kind == "cover" and path.is_file():
            volume, keys = wrapped[path], book.project.config
            # Where nobody knows the paper, yours is as good as any.
            own = printer.stocks[0].thickest > 0
            spine = spine_width(len(volume.pages), keys.cover, printer, keys) if own else None
            wrong = judge_cover(examine(path), printer.for_trim(volume.width, volume.height), len(volume.pages), spine)
            # The pages have told already if there are too few of them.
            found += tuple(finding for finding in wrong if finding not in found)
    return book._replace(edition=replace(book.edition, findings=(*book.edition.findings, *found)))


def _say_built(book: _Built) -> None:
    edition = book.edition
    volumes = f" in {len(edition.volumes)} volumes" if edition.volumes else ""
    trim = book.project.config.page.trim
    print(f"{edition.title}: {edition.words:,} words on {_pages_of(edition)} pages{volumes}, {trim}")
    for path, (kind, pages, _) in book.results.items():
        extent = _count(pages, "side" if kind == "booklet" else "page") if pages else "for reading on a screen"
        print(f"  {path}  ({extent})")
    if edition.menu:
        _say_fits(edition.menu)
    for finding in edition.findings[:20]:
        print(f"{finding.level}: {f'page {finding.page}: ' if finding.page and finding.source else ''}{_words(finding)}")
    if len(edition.findings) > 20:
        print(f"… and {len(edition.findings) - 20} more; --json names all")
    for number, booklet in enumerate(book.booklets):
        _say_booklet(booklet, edition.volumes[number].title if edition.volumes else "")


def _say_booklet(booklet: "Booklet", volume: str = "") -> None:
    """Print what is left of the margins, if somebody asked, and what to do with the sheets; of a volume below its title."""
    from pressbook.press import table

    if booklet.margins:
        print(f"\n{table(booklet.margins)}")
    heading = f"{volume}:\n" if volume else ""
    print(f"\n{heading}{booklet.imposed.instructions}")


def _margin(white: "White") -> dict[str, Any]:
    from pressbook.units import MM

    sides = {side: round(getattr(white, side) / MM, 2) for side in ("shift", "inner", "outer", "head", "foot")}
    return {"leaf": white.depth + 1, "pages": white.pages, **sides}


def _pages_of(edition: Edition) -> int:
    """Count the pages to print, in all volumes."""
    return sum(len(volume.pages) for volume in edition.volumes or (edition,))


def _doing(project: Project) -> str:
    """Say for the progress line what goes on."""
    pages = str(project.config.page.pages)
    name = project.sources[0].name if len(project.sources) == 1 else project.name
    return f"setting {name}" if pages == "any" else f"fitting {name} to {pages}{' pages' if pages.isdigit() else ''}"


def _say_fits(menu: tuple[Fit, ...]) -> None:
    """Print the menu, the chosen setting marked."""
    print("chosen (*) from:")
    for fit in menu:
        opening = {"heading": "title over the text", "half-title": "half-title and title page"}.get(fit.opening, fit.opening)
        loose = f", {abs(fit.looseness)} lines {'looser' if fit.looseness > 0 else 'tighter'}" if fit.looseness else ""
        blanks = f", {fit.blanks} of them blank" if fit.blanks else ""
        print(
            f"  {'*' if fit.chosen else ' '} {fit.size:g}/{fit.leading:g} pt, {fit.letters:.0f} letters a line, {opening}{loose}"
            f" → {fit.pages} pages{blanks}, last page {100 * fit.fill:.0f} % full"
        )


def _fit(fit: Fit) -> dict[str, Any]:
    return asdict(fit) | {"reasons": dict(fit.reasons), "price": round(fit.price, 3)}


def _finding(finding: Finding) -> dict[str, Any]:
    told = {"level": finding.level, "rule": finding.rule, "page": finding.page, "message": _words(finding)}
    return told | ({"file": finding.file} if finding.file else {})


def _words(finding: Finding) -> str:
    """Say what was found: in which file of several, and what to do about it."""
    file = f"{finding.file}{', ' if finding.message.startswith('line ') else ': '}" if finding.file else ""
    return file + finding.message + (f" ({finding.remedy})" if finding.remedy else "")


def _place(decision: Decision) -> str:
    return f"{decision.file}, line {decision.source_line}" if decision.file else f"line {decision.source_line}"


def _moment(press: PressKeys) -> int | None:
    """Return the moment that dates the files, in seconds since 1970, if `press.date` or SOURCE_DATE_EPOCH names one."""
    if press.date:
        return moment_of(press)
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if text and not re.fullmatch(r"[0-9]{1,11}", text):
        raise ConfigError(
            f"SOURCE_DATE_EPOCH = {text!r} is not a moment", "give seconds since 1970, as `date +%s` prints them, or unset it"
        )
    return int(text) if text else None


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


# --- mark -------------------------------------------------------------------------------------------------------------


class _Marked(NamedTuple):
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


def _understand(project: Project) -> list[_Marked]:
    from pressbook.manuscript import read
    from pressbook.markup import files_of, mark_each

    manuscripts = [read(source) for source in project.sources]
    books = mark_each(manuscripts, project.config.book, project.config.story)
    return [_Marked(*each) for each in zip(project.sources, files_of(manuscripts), manuscripts, books, strict=True)]


def _print_each(stories: list[_Marked], texts: list[str]) -> None:
    """Print what is said of each story; of several, each below its file's name, which a reader of Markdown passes over."""
    named = zip(stories, texts, strict=True)
    print("\n\n".join([f"<!-- {story.file} -->\n\n{text}" if story.file else text for story, text in named]))


def _outputs_of(stories: list[_Marked], output: Path) -> list[Path]:
    """Say where each marked story goes: to the file named, or, of several, to one each in the folder named."""
    if len(stories) == 1:
        return [output]
    if output.suffix or (output.exists() and not output.is_dir()):
        raise OutputError(
            f"{output} is one file, and there are {len(stories)} stories", f"name a folder for them, as in -o {output.stem}"
        )
    return [output / Path(story.file).with_suffix(".md") for story in stories]


def _write_marked(stories: list[_Marked], output: Path) -> None:
    paths = _outputs_of(stories, output)
    for path in paths:
        if path.exists() and any(path.samefile(story.source) for story in stories):
            raise OutputError(f"{path} is the manuscript itself", "choose another name: pressbook never changes a manuscript")
    results = {path: story.text.encode() for path, story in zip(paths, stories, strict=True)}
    for path, story in zip(paths, stories, strict=True):
        results |= _pictures(story.book, path.parent, results)
    write_all(results)


def _marked_report(stories: list[_Marked]) -> dict[str, Any]:
    """Report the text and every decision; of several stories, each decision names its file."""
    decisions = [_decision(replace(decision, file=story.file)) for story in stories for decision in story.book.decisions]
    report = {"text": "\n".join([story.text for story in stories]), "decisions": decisions}
    if len(stories) == 1:
        return report
    told = [{"file": each.file, "title": each.book.title, "author": each.book.author, "text": each.text} for each in stories]
    return report | {"stories": told}


def _review(story: _Marked) -> tuple[int, bool]:
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


def _decision(decision: Decision) -> dict[str, Any]:
    return {name: told for name, told in asdict(decision).items() if name != "file" or told}


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


# --- lists ------------------------------------------------------------------------------------------------------------


def _trims() -> list[tuple[str, ...]]:
    from pressbook.config import TRIMS
    from pressbook.units import INCH, MM

    rows: list[tuple[str, ...]] = []
    for trim in TRIMS:
        inches = f"{trim.width / INCH:5.2f} x {trim.height / INCH:5.2f} in"
        metric = f"{trim.width / MM:5.1f} x {trim.height / MM:5.1f} mm"
        rows.append((trim.name, inches, metric, trim.note))
    return rows


def _fonts() -> list[tuple[str, ...]]:
    from pressbook.composition import bundled, find_fonts, licence_words

    fonts = find_fonts((Path("fonts"), bundled()))
    return [
        (font.family, font.style, str(font.weight), licence_words(font), font.path.name)
        for font in sorted(fonts, key=lambda font: (font.family, font.weight, font.italic))
    ]


def _ornaments() -> list[tuple[str, ...]]:
    from pressbook.paging.ornaments import NOTES

    return [*NOTES.items(), ("blank", "white lines only"), ("any text", 'such as "* * *", or a glyph of the face, such as "❦"')]


def _schemes() -> list[tuple[str, ...]]:
    from pressbook.press import SCHEMES

    return list(SCHEMES.items())


def _printers() -> list[tuple[str, ...]]:
    from pressbook.press.printers import PRINTERS, find_printer
    from pressbook.units import INCH

    rows: list[tuple[str, ...]] = []
    for printer in map(find_printer, PRINTERS):
        pages = f"{printer.least}-{printer.most} pages" + (f", by the {printer.multiple}" if printer.multiple > 1 else "")
        safety, bleed = f"safety {printer.safety / INCH:.4g} in", f"bleed {printer.bleed / INCH:.4g} in"
        rows.append((printer.name, printer.title, pages, safety, bleed, printer.dated))
    return rows


def _languages() -> list[tuple[str, ...]]:
    from pressbook.composition.hyphenation import languages

    return [(code,) for code in languages()]


# --- helpers ----------------------------------------------------------------------------------------------------------


def _settle_in() -> None:
    """Make the process ours: a run from the shell, not a call from Python."""
    # A run makes a few hundred thousand small values and ends; hunting for cycles among them costs a tenth of its time.
    gc.disable()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal knows its own encoding; files and programs are given UTF-8 wherever we run.
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _some_pages(text: str) -> int:
    """Read a number of pages."""
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of pages")
    return int(text)


def _complain(message: str, hint: str) -> None:
    print(f"error: {message}", file=sys.stderr)
    if hint:
        print(f"hint: {hint}", file=sys.stderr)


def _overrides(options: argparse.Namespace) -> tuple[str, ...]:
    trim = getattr(options, "trim", None)
    return tuple(options.set) if trim is None else (*options.set, f"page.trim={json.dumps(trim)}")


@contextmanager
def _progress(what: str, *, quiet: bool) -> Iterator[None]:
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


class _Parser(argparse.ArgumentParser):
    """Complains about a wrong command line as about everything else."""

    def error(self, message: str) -> NoReturn:
        _complain(message, f"`{self.prog} --help` shows how it is meant, with examples")
        sys.exit(USAGE)


_ABOUT = """\
pressbook takes a story as its author typed it and writes a print-ready PDF:
a zine to fold and staple tonight, or a book block that a printer accepts."""

_EXAMPLES = """\
examples:
  pressbook build story.txt               set a lone manuscript, into dist/
  pressbook build                         set the project in this folder
  pressbook build my-chapters             bind ch1.docx, ch2.docx ... as one book
  pressbook build story.txt --trim A6     set it anew for another page
  pressbook mark story.txt                see what was understood: italics,
                                          scene breaks, quotes
  pressbook check dist/story.pdf          will a printer take it?
  pressbook impose dist/story.pdf         lay any PDF on sheets to fold
  pressbook new my-zine --from story.txt  make it a project with a config
  pressbook list trims                    the pages that have names

`pressbook COMMAND --help` tells more about each.
exit status: 0 done; 1 the input is at fault, and nothing was written;
2 the command line is wrong; 3 done, but a finding is an error"""

_BUILD = f"""\
examples:
  pressbook build story.txt                     dist/story.pdf, to read, and
                                                dist/story-booklet.pdf, to print
  pressbook build story.txt --trim "120 x 170 mm" --out proofs
  pressbook build story.txt --trim A6 --proof-trim   see it cut before you cut
  pressbook build --trim A5 --set booklet.sheet=A4 --set type.size=11pt
  pressbook build --set outputs.booklet=false   the pages only
  pressbook build my-chapters --set book.volume-pages=400
                                                a long story in volumes
  pressbook build --trim mini --set booklet.scheme=mini-8

A story needs no config. With a {CONFIG_NAME} in its folder, or in the folder
above its text/, that is heeded, and PDFs go to the dist/ beside it.

keys of {CONFIG_NAME}, all optional, each also for --set:
  [book]    title author language subtitle series opening copyright source
            source-code not-for-sale dedication epigraph contents notes tags
            colophon isbn stories stories-are volume-pages
  [page]    trim bleed margins ("auto", or inner outer head foot) gutter
            safety pages heads folios
  [type]    font fallback size leading justify figures protrusion expansion
            hyphenate exceptions drop-cap initial-quote lead-in
  [story]   scene-break thoughts quotes dashes footnotes links
  [press]   printer (`list printers`) standard ink overprint marks multiple
            date
  [booklet] scheme (`list schemes`) sheet signature cut-first duplex caliper
            creep safety back-offset marks
  [cover]   see `pressbook cover --help`
  [outputs] pages booklet cover howto epub

A fonts/ folder beside the {CONFIG_NAME} is searched before the faces that
come with pressbook."""

_PROOF = """\
examples:
  pressbook proof story.txt             widows, runts, hyphens, loose lines; the worst lines quoted
  pressbook proof --trim A6             the same for another page
  pressbook proof story.txt --json      all figures and decisions, for programs

Nothing is written. A word space is given as a multiple of the book's median.

what it counts:
  loose, tight    lines whose word spaces are far wider or narrower than others
  ladder          three lines running that end in a hyphen
  runt            a paragraph's last line that is hardly a word
  stack           the same word at the start or end of two lines running
  river           white that runs down through the lines
  widow, orphan   a paragraph's last line, or first, alone on its page
  uneven spread   facing pages that do not end on the same line"""

_MARK = """\
examples:
  pressbook mark story.txt                  print it
  pressbook mark story.txt -o story.md      write it down, to correct and build
  pressbook mark story.txt --set story.thoughts=off
  pressbook mark story.txt --list           what to look at, and why
  pressbook mark story.txt --review         asked about each: y, n, s or q
  pressbook mark story.txt --json           with each decision, its rule and why

in the marked manuscript:
  *italic*   **strong**   a backslash before a mark that is meant literally
  * * *      a scene break
  ~          a pause (a white line)
  # chapter or part   ## section
  > an epigraph, a letter or a note
  > THE END <         a centred line
  >> Yours, Tom       a signature, hung to the right
  ![Words below](map.png)         a picture, PNG or JPEG, alone in its block;
                      {full} behind it: a page of its own; {bleed}: off it
  a line that ends in a backslash keeps its end: verse, or a letter's lines

What is wrong is overruled in story.marks.toml, beside story.txt:

  [rules]
  thought-voice = "reject"        a rule that --list names: "accept", "reject"

  [[decision]]
  kind = "thought"              what it is: a kind that --list names
  text = "Not again."           the words meant
  in = "Not again. She turned"  their sentence, and as many neighbours as
                                it takes to find it
  verdict = "accept"            do it; "reject": leave it

  kind = "scene-break" or "pause" is about the gap above the words quoted,
  "chapter" about their line; "italic" sets them italic, or roman; for
  "quote", "dash", "ellipsis" and "space", "reject" leaves them as typed, and
  set = "’uz" spells the signs out. Quotes and dashes may be typed any way."""

_COVER = f"""\
examples:
  pressbook cover story.txt                   dist/story-cover.pdf
  pressbook cover story.txt --set press.printer=kdp
  pressbook cover story.txt --set "cover.ground=k 85" --set cover.ornament=moon
  pressbook cover story.txt --set book.isbn=978-0-306-40615-7

The story is set to count its pages; only the cover is written. Back, spine
and front stand on one sheet, the spine as thick as the printer's paper makes
it, with type on it where that is wide enough. `build` writes it as well, with
outputs.cover = true in {CONFIG_NAME}.

keys of [cover]: place image title front blurb spine-text ornament ground ink
  paper spine bleed flap flap-front flap-back; and of [book]: title subtitle
  author series isbn

Exit status 3 if the printer would refuse it."""

_CHECK = """\
examples:
  pressbook check dist/story.pdf                     for any print shop
  pressbook check dist/story.pdf --printer home      as that printer would
  pressbook check dist/story.pdf --against story.txt
                                                     is every word there?
  pressbook check dist/story-cover.pdf --cover 200 --printer kdp
                                                     does the spine fit?
  pressbook check dist/story.pdf --printer shop.toml  as your own table says
  pressbook check dist/story.pdf --json              for programs

Any PDF will do, whatever made it. Looked at: page count, trim and boxes,
fonts, inks and their coverage, gutter and safety of type, bleed, lines, size
of type, resolution, transparency, the PDF/X standard that it claims, and what
has no place in print: scripts, forms, annotations, layers, passwords.

Each finding says the page, what is wrong, what to do, and whose limit it is
and when that was read. Exit status 3 if any is an error."""

_IMPOSE = """\
examples:
  pressbook impose dist/story.pdf               a booklet, to fold and staple
  pressbook impose dist/story.pdf --scheme signatures --set booklet.signature=8
  pressbook impose dist/story.pdf --scheme mini-8 --sheet letter
  pressbook impose dist/story.pdf --set booklet.duplex=long-edge --out sheets
  pressbook impose --calibrate                  backs that miss their fronts:
  pressbook impose --calibrate "0.5 -0.3 0.6 0"   print a target, type readings

Any PDF will do. Its pages are as large as their TrimBox says, or else their
CropBox or MediaBox. Pages too large for a sheet that you name are scaled down,
never up; comments and form fields are left out. `list schemes` tells
the schemes, and all keys of [booklet] can be set as for build; those of a
pressbook.toml in this folder are heeded."""

_NEW = """\
examples:
  pressbook new my-zine                     with a page to overwrite
  pressbook new my-zine --from story.txt    with your story, marked up

--from takes .txt .md .html .epub .docx .odt .rtf; title, author and language
are filled in where the file tells them."""

_LIST = """\
examples:
  pressbook list trims        for --trim and page.trim
  pressbook list fonts        for type.font: those in ./fonts, then our own
  pressbook list ornaments    for story.scene-break
  pressbook list schemes      for booklet.scheme
  pressbook list printers     for press.printer and check --printer
  pressbook list languages    for book.language: those that can be hyphenated"""


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = _Parser(prog="pressbook", description=_ABOUT, epilog=_EXAMPLES, formatter_class=raw, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"pressbook {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str, more: str) -> argparse.ArgumentParser:
        says = f"{about[0].upper()}{about[1:]}."
        sub = commands.add_parser(name, help=about, description=says, epilog=more, formatter_class=raw, allow_abbrev=False)
        sub.set_defaults(command=run)
        return sub

    def source(sub: argparse.ArgumentParser) -> None:
        kinds = ".txt .md .html .epub .docx .odt .rtf"
        where = f"a manuscript ({kinds}), or a folder with a story, its chapters or a {CONFIG_NAME}; default: this folder"
        sub.add_argument("source", metavar="SOURCE", nargs="?", type=Path, help=where)
        config = f"overrule a key of {CONFIG_NAME}; may be repeated"
        sub.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help=config)

    sub = command("build", build, "set a story: pages, and a booklet to fold", _BUILD)
    source(sub)
    sub.add_argument("--trim", metavar="T", help='the page after cutting: a name from `list trims`, or a size such as "5.5x8.5in"')
    sub.add_argument("--out", metavar="DIR", type=Path, help="where the PDFs go; default: dist/")
    sub.add_argument("--proof-trim", action="store_true", help=PROOF_TRIM)
    sub.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("cover", cover, "make the wrap cover of a story, its spine as thick as its pages", _COVER)
    source(sub)
    sub.add_argument("--trim", metavar="T", help="the page after cutting, as for build")
    sub.add_argument("--out", metavar="DIR", type=Path, help="where the PDF goes; default: dist/")
    sub.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("mark", mark, "print the manuscript as understood, as light Markdown", _MARK)
    source(sub)
    sub.add_argument("-o", "--output", metavar="FILE", type=Path, help="write it to a file instead")
    instead = sub.add_mutually_exclusive_group()
    instead.add_argument(
        "--list", action="store_true", help="print what was decided: the uncertain one by one, the rest in figures"
    )
    instead.add_argument("--review", action="store_true", help="ask about the uncertain one by one, and write the answers down")
    instead.add_argument("--json", action="store_true", help="print the text with every decision, as one JSON object")

    sub = command("proof", proof, "report on a story: how even its lines are, how level its pages", _PROOF)
    source(sub)
    sub.add_argument("--trim", metavar="T", help="the page after cutting, as for build")
    sub.add_argument("--json", action="store_true", help="print the report with every decision, as one JSON object")

    sub = command("check", check, "preflight any PDF for a printer; prove that no word was lost", _CHECK)
    sub.add_argument("file", metavar="FILE.pdf", type=Path, help="the PDF; it is read, not changed")
    sub.add_argument("--printer", metavar="P", help="a name of `list printers`, or your own table.toml; default: any print shop")
    of_pages = "it is the cover of a book of so many pages: are spine, bleed and type as they should be?"
    sub.add_argument("--cover", metavar="PAGES", type=_some_pages, help=of_pages)
    sub.add_argument("--trim", metavar="T", help="the page after cutting, where it could be several: only that is right")
    sub.add_argument("--against", metavar="MANUSCRIPT", type=Path, help="prove that each of its words is there, in order, once")
    built = f"with --against: a key of {CONFIG_NAME}, as the PDF was built; may be repeated"
    sub.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help=built)
    sub.add_argument("--json", action="store_true", help="print the findings as one JSON object")

    sub = command("impose", impose, "lay the pages of any PDF on sheets to fold", _IMPOSE)
    sub.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the PDF")
    sub.add_argument("--scheme", metavar="S", help="how: a name from `list schemes`; default: saddle")
    sub.add_argument("--sheet", metavar="SIZE", help='the paper: letter, A4 …, or a size such as "12x18in"')
    sub.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="set a key of [booklet]; may be repeated")
    sub.add_argument("--out", metavar="DIR", type=Path, help="where the sheets go; default: dist/")
    target = "print a target for backs that miss their fronts; with what was read off it, say what to write into the config"
    sub.add_argument("--calibrate", metavar="READINGS", nargs="?", const="", help=target)
    sub.add_argument("--howto", action="store_true", help="also write a leaflet with drawings: how to print, fold and bind")
    sub.add_argument("--proof-trim", action="store_true", help=PROOF_TRIM)
    sub.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("new", new, f"start a project: {CONFIG_NAME}, text/ and fonts/", _NEW)
    sub.add_argument("folder", metavar="DIR", type=Path, help="the folder to make")
    story = "a story to start from; it is read, not changed"
    sub.add_argument("--from", metavar="MANUSCRIPT", dest="manuscript", type=Path, help=story)
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("list", listing, "list what has a name: " + ", ".join(LISTS), _LIST)
    sub.add_argument("what", metavar="WHAT", choices=LISTS, help=", ".join(LISTS))
    return parser
