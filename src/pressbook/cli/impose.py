"""`impose`: lay the pages of any PDF on sheets."""

import argparse
from pathlib import Path

from pressbook.cli.common import (
    DONE,
    SPOILED,
    count,
    finding_report,
    finding_words,
    margin_report,
    moment_for,
    progress,
    quoted,
    say_booklet,
    say_json,
)
from pressbook.config import Config, load
from pressbook.errors import DocumentError
from pressbook.project import CONFIG_NAME, read_bytes, write_all


def impose(options: argparse.Namespace) -> int:
    """Lay the pages of any PDF on sheets."""
    from pressbook.booklets import explain, rebind
    from pressbook.composition import bundled, find_fonts
    from pressbook.press import Foreign

    overrides = [*options.set]
    overrides += [f"booklet.{key}={quoted(given)}" for key in ("scheme", "sheet") if (given := getattr(options, key))]
    own = Path(CONFIG_NAME)
    config = load(own if own.is_file() else None, tuple(overrides))
    keys = config.booklet
    if options.calibrate is not None:
        return _calibrate(options, config)
    if options.file is None:
        raise DocumentError("no PDF is named", "as in `pressbook impose story.pdf`; or --calibrate, to print a target")
    with progress(f"imposing {options.file.name}", quiet=options.quiet or options.json):
        foreign = Foreign(read_bytes(options.file), options.file.name)
        booklet = rebind(foreign, keys, moment_for(config.press), proof_trim=options.proof_trim)
        if options.howto or config.outputs.howto:
            booklet = explain(booklet, foreign.title or options.file.stem, find_fonts((bundled(),)), moment_for(config.press))
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
            "margins": [margin_report(white) for white in booklet.margins],
            "findings": [finding_report(finding) for finding in booklet.findings],
        }
        say_json(report)
    elif not options.quiet:
        print(f"{foreign.name}: {count(len(foreign.pages), 'page')} on {count(imposed.sheets, 'sheet')} of {imposed.sheet.name}")
        for path, file in results.items():
            print(f"  {path}  ({count(file.pages, 'side' if file.kind == 'booklet' else 'page')})")
        for finding in booklet.findings:
            print(f"{finding.level}: {finding_words(finding)}")
        say_booklet(booklet)
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
    write_all({path: calibration(sheet, find_fonts((bundled(),)), moment_for(config.press), lengthwise=lengthwise)})
    if not options.quiet:
        turned = "as you print sheets by hand" if keys.duplex == "by-hand" else f"flipped on the {keys.duplex.replace('-', ' ')}"
        print(f"{path}: print both sides, {turned}, at 100 %; the back says how to read it")
    return DONE
