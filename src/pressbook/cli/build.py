"""`build` and `cover`: set a story, and write its files."""

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pressbook.cli.common import (
    DONE,
    SPOILED,
    count,
    finding_report,
    finding_words,
    margin_report,
    moment_for,
    overrides_of,
    progress,
    say_booklet,
    say_json,
)
from pressbook.config import dated
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import Edition, Finding, Fit, Font, Printer
from pressbook.project import Project, find_project, write_all
from pressbook.values import asdict, replace

if TYPE_CHECKING:
    from pressbook.booklets import Booklet


def build(options: argparse.Namespace) -> int:
    """Set a story: pages, and the booklet to fold; once for each printer, if any is named."""
    return _build(options, find_project(options.source, overrides_of(options), options.out))


def cover(options: argparse.Namespace) -> int:
    """Set a story to count its pages, and make the cover that fits them; nothing else is written."""
    options.set = [*options.set, "outputs.cover=true", "cover.place=apart"]
    return _build(options, find_project(options.source, overrides_of(options), options.out), cover_only=True)


def _build(options: argparse.Namespace, project: Project, *, cover_only: bool = False) -> int:
    """Set, make, write and check; of the files all that are asked for, or only the cover."""
    started = time.perf_counter()
    wanted = project.config.outputs
    if not (wanted.pages or wanted.booklet or wanted.cover or wanted.epub):
        raise ConfigError("[outputs] switches everything off", "set outputs.pages, outputs.booklet or outputs.epub to true")
    with progress(_doing(project), quiet=options.quiet or options.json):
        named = _printers_of(project)
        books = [_set_for(options, printer, several=len(named) > 1, cover_only=cover_only) for printer in named] or [
            _make(options, project, _typeset(project), cover_only=cover_only)
        ]
        write_all({path: content for book in books for path, (_, _, content) in book.results.items()})
        books = [_checked(book) for book in books]
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
            "findings": [finding_report(finding) for finding in findings],
            "fits": [_fit(fit) for fit in books[0].edition.menu],
            **(
                {"margins": [margin_report(white) for book in books for each in book.booklets for white in each.margins]}
                if trimmed
                else {}
            ),
        }
        say_json(report)
    elif not options.quiet:
        for book in books:
            _say_built(book)
    return SPOILED if any(finding.level == "error" for finding in findings) else DONE


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
    from pressbook.pipeline import typeset

    keys = dated(project.config, moment_for(project.config.press))
    edition = typeset(project.sources, keys, (project.fonts,))
    if keys.outputs.cover and keys.cover.place == "around":
        from pressbook.wraps import around

        fonts = _fonts_of(project)
        if edition.volumes:
            return replace(edition, volumes=tuple(around(volume, keys, fonts, project.folder) for volume in edition.volumes))
        return around(edition, keys, fonts, project.folder)
    return edition


def _fonts_of(project: Project) -> tuple[Font, ...]:
    from pressbook.composition import bundled, find_fonts

    return find_fonts((project.fonts, bundled()))


def _make(
    options: argparse.Namespace, project: Project, edition: Edition, printer: Printer | None = None, *, cover_only: bool = False
) -> _Built:
    """Make the files that a project asks for, or only the cover, as its printer wants it."""
    from pressbook.booklets import bind, explain
    from pressbook.pdf import engrave, pages_pdf

    moment = moment_for(project.config.press)
    keys = dated(project.config, moment)
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
                booklet = explain(booklet, volume.title, _fonts_of(project), moment)
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
    from pressbook.press.printers import HOME, TRADE, find_printer
    from pressbook.wraps import cover_of

    fonts = _fonts_of(project)
    # Who promises a standard has it printed elsewhere, though it is not said where.
    unnamed = find_printer(HOME if project.config.press.standard == "none" else TRADE)
    return cover_of(edition, project.config, printer or unnamed, fonts, project.folder, moment)


def _set_for(options: argparse.Namespace, printer: Printer, *, several: bool, cover_only: bool) -> _Built:
    """Set a story as a printer wants it; into a folder of its own, if there are several."""
    from pressbook.press.printers import settle, settled

    def project_with(wishes: tuple[str, ...]) -> Project:
        return find_project(options.source, overrides_of(options), options.out, wishes)

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
        extent = count(pages, "side" if kind == "booklet" else "page") if pages else "for reading on a screen"
        print(f"  {path}  ({extent})")
    if edition.menu:
        _say_fits(edition.menu)
    for finding in edition.findings[:20]:
        print(f"{finding.level}: {f'page {finding.page}: ' if finding.page and finding.source else ''}{finding_words(finding)}")
    if len(edition.findings) > 20:
        print(f"… and {len(edition.findings) - 20} more; --json names all")
    for number, booklet in enumerate(book.booklets):
        say_booklet(booklet, edition.volumes[number].title if edition.volumes else "")


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
