"""A preflight in words."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from pressbook.model import Finding, Printer
from pressbook.proof.preflight.dossier import Dossier
from pressbook.proof.preflight.rules import trimmed
from pressbook.units import INCH

ORDER = ("error", "warning", "notice")
LISTED = 12
"""Pages, or stretches of pages, that a finding names."""
EACH = ("words-", "font-")
"""Rules whose findings are told one by one: each is of another word or face."""


def summary(dossier: Dossier, printer: Printer, findings: Iterable[Finding]) -> str:
    """Say in one line what the file is and how it fared, such as `story.pdf: 48 pages of 5.5 x 8.5 in … no errors`."""
    page = trimmed(dossier.leaves[0], printer)
    levels = [finding.level for finding in findings]
    errors, warnings = levels.count("error"), levels.count("warning")
    fared = ", ".join((_count(errors, "error"), _count(warnings, "warning")))
    return (
        f"{dossier.name}: {_count(len(dossier.leaves), 'page')} of {page.width / INCH:.4g} x {page.height / INCH:.4g} in, "
        f"{dossier.claims or f'PDF {dossier.version}'}; for {printer.title} ({printer.dated}): {fared}"
    )


def finding_words(findings: Iterable[Finding]) -> Iterator[str]:
    """Say each kind of finding once: the first in full, then the pages of the others, the remedy, and whose limit it is."""
    ranked = sorted(findings, key=lambda finding: (ORDER.index(finding.level), finding.rule))
    for (level, rule), group in groupby(ranked, key=lambda finding: (finding.level, finding.rule)):
        alike = list(group)
        if rule.startswith(EACH):
            # A program may give all its faces one name, or none.
            said: dict[str, list[Finding]] = {}
            for finding in alike:
                said.setdefault(finding.message, []).append(finding)
            for message, (first, *more) in said.items():
                yield f"{level}: {_place(first)}{message}{_also(first, more)}"
        else:
            yield f"{level}: {_place(alike[0])}{alike[0].message}{_also(alike[0], alike[1:])}"
            yield from (f"{level}: {finding.message}" for finding in alike[1:] if not finding.page)
        first = alike[0]
        yield f"    {rule}: {first.remedy}"
        if first.source:
            yield f"    {first.source}"


def _also(first: Finding, more: Iterable[Finding]) -> str:
    """Name the pages of the findings that are like the first."""
    others = [finding.page for finding in more if finding.page and finding.page != first.page]
    return f" (and page{'s' if len(set(others)) > 1 else ''} {_ranges(others)})" if others else ""


def _place(finding: Finding) -> str:
    return f"page {finding.page}: " if finding.page else ""


def _ranges(pages: list[int]) -> str:
    """Write pages as ranges: `3, 5-9 and 40 more`."""
    pages = sorted(set(pages))
    breaks = [0, *(at for at, (page, after) in enumerate(pairwise(pages), 1) if after != page + 1), len(pages)]
    runs = [(pages[start], pages[end - 1]) for start, end in pairwise(breaks)]
    said = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:LISTED]]
    rest = sum(last - first + 1 for first, last in runs[LISTED:])
    return ", ".join(said) + (f" and {rest} more" if rest else "")


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
