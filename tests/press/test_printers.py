"""Printers as data: what each wants is set, what the user wrote stays, and the gutter fits the pages it makes."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressbook.press.printers import PRINTERS, find_printer, settle, wishes
from pressbook.units import INCH

SMALLEST = [
    ("kdp", "half-letter", 24),
    ("ingramspark", "half-letter", 18),
    ("lulu", "5 x 8 in", 32),
    ("mixam", "half-letter", 8),
]


def build(run, story, *settings):
    """Build a story with keys set; return its status and report."""
    outcome = run(
        "build", story, "--json", "--set", "press.date=2026-11-24", *(part for key in settings for part in ("--set", key))
    )
    assert outcome.err == ""
    return outcome.status, json.loads(outcome.out)


def errors(report):
    """List the errors that a build found in its own file."""
    return [finding for finding in report["findings"] if finding["level"] == "error"]


@pytest.mark.parametrize(("name", "trim", "pages"), SMALLEST)
def test_a_book_of_the_fewest_pages_passes_its_printers_check(run, sample, name, trim, pages):
    """A story set to the smallest count that a printer takes has no error in its own preflight."""
    if pages > 24:
        sample.write_text(sample.read_text("utf-8") * 2, "utf-8")
    status, report = build(run, sample, f"press.printer={name}", f"page.pages={pages}", f"page.trim={trim}")
    assert (report["pages"], errors(report), status) == (pages, [], 0)


@pytest.mark.parametrize("name", PRINTERS)
def test_every_trim_of_a_printer_has_margins_that_pass(run, story, name):
    """On the printer's smallest and largest trims, type, head and folio keep clear of the knife and the spine."""
    trims = find_printer(name).trims or ((252.0, 252.0), (396.0, 612.0))
    for width, height in (min(trims), max(trims)):
        _, report = build(run, story, f"press.printer={name}", f"page.trim={width}x{height}pt")
        assert {finding["rule"] for finding in errors(report)} <= {"page-count"}, (width, height)


def test_a_book_too_short_for_its_printer_is_an_error(run, story):
    """Four pages are no paperback: the file is written, the finding says what to do, exit status 3."""
    status, report = build(run, story, "press.printer=kdp")
    assert status == 3
    (finding,) = errors(report)
    assert finding["rule"] == "page-count"
    assert "bind it with others" in finding["message"]


def test_the_build_says_what_it_set_and_what_it_left(run, story):
    """A notice lists the keys that the printer set, and those that the user's own values overrule."""
    _, report = build(run, story, "press.printer=ingramspark", "press.standard=none")
    notice = next(finding["message"] for finding in report["findings"] if finding["rule"] == "printer")
    assert "set page.gutter = 0.5in" in notice
    assert "kept as you wrote it: press.standard = none" in notice
    assert "standard" in {finding["rule"] for finding in errors(report)}


def test_several_printers_are_served_in_one_run(run, story, tmp_path):
    """Each printer's files lie in a folder of its own; what one wants does not touch another's."""
    _, report = build(run, story, 'press.printer=["kdp", "lulu", "home"]')
    places = {output["path"] for output in report["outputs"]}
    assert {f"dist/lamp-{name}/lamp.pdf" for name in ("kdp", "lulu", "home")} <= places
    assert "dist/lamp-home/lamp-booklet.pdf" in places
    assert all((tmp_path / place).is_file() for place in places)
    assert run("build", story, "--quiet", "--set", "press.printer=kdp, lulu", "--out", "other").status == 3
    assert (tmp_path / "other" / "lamp-kdp" / "lamp.pdf").is_file()


def test_a_printer_that_nobody_knows_is_an_error(run, story):
    """A misspelt printer is named, with the nearest."""
    outcome = run("build", story, "--set", "press.printer=lula")
    assert outcome.status == 1
    assert "did you mean 'lulu'?" in outcome.err


@given(st.sampled_from(PRINTERS), st.integers(1, 900), st.floats(0, 60))
def test_the_fixed_point_is_one(name, pages, growth):
    """However many pages a wider gutter adds, the book ends with the gutter that its own count asks for, or a wider one."""
    printer = find_printer(name)
    tried = []

    def set_for(wanted):
        gutter = float(
            next(wish for wish in wanted if wish.startswith("page.gutter=")).removeprefix("page.gutter=").removesuffix("in")
        )
        tried.append(gutter)
        return SimpleNamespace(pages=range(round(pages + growth * gutter)), volumes=())

    edition, wanted = settle(printer, set_for)
    assert f"page.gutter={tried[-1]:.4g}in" in wanted
    assert tried[-1] * INCH >= printer.gutter(len(edition.pages)) - 0.01
    assert tried == sorted(tried)
    assert len(tried) <= len(printer.gutters) + 1


def test_thick_books_get_the_wider_gutter():
    """KDP's rows: 0.375 in up to 150 pages, 0.5 in from 151."""
    kdp = find_printer("kdp")
    assert "page.gutter=0.375in" in wishes(kdp, 150)
    assert "page.gutter=0.5in" in wishes(kdp, 151)


def test_the_printers_are_listed(run):
    """`list printers` names each with its pages, safety, bleed and the table's date."""
    out = run("list", "printers").out
    assert [line.split()[0] for line in out.splitlines()] == list(PRINTERS)
    assert "24-828 pages" in out
    assert "table of 2026-" in out
