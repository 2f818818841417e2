"""`proof`: report on a setting; nothing is written."""

import argparse

from pressbook.cli.common import (
    DONE,
    OVERRULING,
    SPOILED,
    decision_report,
    finding_report,
    finding_words,
    overrides_of,
    place_of,
    progress,
    say_json,
)
from pressbook.project import find_project
from pressbook.values import to_builtins


def proof(options: argparse.Namespace) -> int:
    """Set a story and report on it: what was decided, how even the lines are, how level the pages."""
    from pressbook.pipeline import typeset
    from pressbook.proof import in_words, survey

    project = find_project(options.source, overrides_of(options), None)
    keys = project.config
    with progress(f"proofing {project.name}", quiet=options.json):
        edition = typeset(project.sources, keys, (project.fonts,))
        found = survey(edition)
    if options.json:
        report = {
            "decisions": [decision_report(decision) for decision in edition.decisions],
            "typography": to_builtins(found),
            "findings": [finding_report(finding) for finding in edition.findings],
        }
        say_json(report)
    else:
        print(f"{edition.title}: {edition.words:,} words on {len(edition.pages)} pages, {keys.page.trim}")
        print(in_words(found))
        offered = [decision for decision in edition.decisions if not decision.applied and decision.confidence < 1]
        if offered:
            print("offered, not done:")
        for decision in offered:
            print(f"  {place_of(decision)}, {decision.kind}: {decision.text[:60]!r} ({decision.evidence})")
        for finding in edition.findings:
            if finding.rule in OVERRULING:
                print(f"{finding.level}: {finding_words(finding)}")
    return SPOILED if any(finding.level == "error" for finding in edition.findings) else DONE
