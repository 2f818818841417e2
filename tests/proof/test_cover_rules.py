"""Covers in the preflight: the spine against the formula, type against knife and folds, and what the page count says."""

import io

import pikepdf
import pytest
from pressmen import paint

from pressbook.press.printers import find_printer
from pressbook.proof.preflight import Dossier, Leaf, examine, judge_cover
from pressbook.proof.preflight.dossier import Box, Type
from pressbook.units import INCH
from pressbook.values import replace


def rules(findings):
    """List (level, rule) of findings."""
    return [(finding.level, finding.rule) for finding in findings]


def cover(width, height, *type_boxes, bleed=9.0, trimmed=True, drawn=()):
    """Describe a cover's one page; the boxes of its type are measured from the trim's corner."""
    media = Box(0, 0, width + 2 * bleed, height + 2 * bleed)
    trim = Box(bleed, bleed, bleed + width, bleed + height) if trimmed else media
    given = frozenset(("MediaBox", "TrimBox") if trimmed else ("MediaBox",))
    moved = tuple(
        Type(Box(left + bleed, foot + bleed, right + bleed, head + bleed), 11.0) for left, foot, right, head in type_boxes
    )
    return Dossier("cover.pdf", "1.6", (Leaf(1, media, media, media, trim, given, type=moved, drawn=drawn),))


@pytest.mark.parametrize(
    ("printer", "pages", "spine"),
    [
        ("kdp", 24, 24 * 0.0025),
        ("kdp", 828, 828 * 0.002252),
        ("kdp", 828, 828 * 0.002347),
        ("ingramspark", 300, 300 / 444),
        ("ingramspark", 1200, 1200 / 512),
        ("lulu", 32, 32 / 444 + 0.06),
        ("lulu", 800, 800 / 444 + 0.06),
        ("mixam", 48, 0.0),
        ("home", 40, 0.0),
        ("home", 200, 200 * 0.05 / 25.4),
        ("trade", 40, 0.0),
        ("trade", 500, 500 * 0.05 / 25.4),
        ("trade", 500, 500 * 0.1 / 25.4),
    ],
)
@pytest.mark.parametrize("trimmed", [True, False], ids=["trim box", "no trim box"])
def test_a_spine_is_held_against_the_printers_formula(printer, pages, spine, trimmed):
    """A spine of any of its papers passes, a sixteenth of an inch off as well; one an eighth off does not."""
    table = find_printer(printer).for_trim(5.5 * INCH, 8.5 * INCH)

    def found(width):
        sheet = cover(11 * INCH + width, 8.5 * INCH, bleed=table.wrap.bleed, trimmed=trimmed)
        return {finding.rule for finding in judge_cover(sheet, table, pages)}

    assert "spine" not in found(spine * INCH)
    assert "spine" not in found(spine * INCH + 4.4)
    thickest = max(stock.spine(pages)[1] for stock in table.stocks) if table.wrap.text_from else 0
    assert "spine" in found(thickest + table.wrap.allowance + 9)


@pytest.mark.parametrize(
    ("printer", "pages", "trim", "wrong"),
    [
        ("trade", 500, None, ["spine"]),
        ("trade", 40, None, []),
        ("home", 500, None, ["spine"]),
        ("mixam", 8, None, []),
        ("mixam", 80, None, ["page-count"]),
        ("mixam", 10, None, ["parity"]),
        ("kdp", 12, None, ["page-count"]),
        ("kdp", 25, None, ["parity"]),
        ("kdp", 60, None, ["spine"]),
        ("lulu", 200, None, ["spine"]),
        ("trade", 500, (5.1, 8.5), []),
        ("trade", 500, (5.5, 8.5), ["spine"]),
        ("trade", 500, (5.5, 9), ["spine"]),
    ],
)
def test_a_cover_is_for_so_many_pages(printer, pages, trim, wrong):
    """Eleven inches of cover wrap a stapled zine of half-letter, and no thick book; the count itself is held against the table."""
    table = find_printer(printer)
    if trim:
        table = table.for_trim(trim[0] * INCH, trim[1] * INCH)
    sheet = cover(11 * INCH, 8.5 * INCH)
    found = judge_cover(replace(sheet, claims="PDF/X-1a:2003"), table, pages)
    assert sorted(finding.rule for finding in found if finding.rule != "standard-broken") == sorted(wrong)
    assert all(finding.limit and finding.source and finding.remedy for finding in found)


def test_flaps_make_a_cover_wider():
    """Where flaps are made, a cover as wide as two of them more is right; where they are not, it is wrong."""
    sheet = cover(15 * INCH, 8.5 * INCH)
    assert judge_cover(sheet, find_printer("trade").for_trim(396, 612), 40) == ()
    assert ("error", "spine") in rules(judge_cover(sheet, find_printer("kdp").for_trim(396, 612), 40))
    assert ("warning", "spine") in rules(judge_cover(sheet, find_printer("kdp"), 40))


@pytest.mark.parametrize(
    ("box", "rule"),
    [
        ((100, 100, 300, 120), None),
        ((5, 100, 300, 120), "safety"),
        ((100, -3, 300, 20), "safety"),
        ((700, 100, 835, 120), "safety"),
        ((405, 100, 425, 400), None),
        ((398, 100, 425, 400), "spine-text"),
        ((380, 100, 425, 400), "spine-text"),
    ],
)
def test_type_keeps_clear_of_knife_and_folds(box, rule):
    """Type near an edge, near a fold of the spine or over it is an error; on the spine and clear of both it is none."""
    kdp = find_printer("kdp")
    spine = 200 * kdp.stocks[0].caliper + kdp.wrap.allowance
    found = judge_cover(cover(792 + spine, 612, box), kdp, 200)
    assert [finding.rule for finding in found] == ([rule] if rule else [])


def test_a_thin_spine_bears_no_type():
    """KDP takes type on the spine from 79 pages; the finding says so."""
    kdp = find_printer("kdp")
    spine = 60 * kdp.stocks[0].caliper + kdp.wrap.allowance
    (finding,) = judge_cover(cover(792 + spine, 612, (396 + 5, 100, 396 + spine - 5, 400)), kdp, 60)
    assert finding.rule == "spine-text"
    assert "from 79 pages" in finding.message


@pytest.mark.parametrize("count", ["0", "-1", "many", "1.5", "123456"])
def test_what_is_no_number_of_pages_is_refused(run, tmp_path, count):
    """`--cover` takes a number of pages, from one."""
    outcome = run("check", "cover.pdf", f"--cover={count}")
    assert outcome.status == 2
    assert "no number of pages" in outcome.err


def test_a_trim_makes_it_certain(run, story):
    """`--trim` says which page a cover or a book is of; one that the printer does not offer is an error."""
    assert run("cover", story, "--quiet").status == 0
    file = "dist/lamp-cover.pdf"
    assert run("check", file, "--cover", 4).status == 0
    assert run("check", file, "--cover", 4, "--trim", "half-letter").status == 0
    assert run("check", file, "--cover", 4, "--trim", "A5").status == 3
    outcome = run("check", file, "--cover", 24, "--printer", "lulu", "--trim", "A4-landscape")
    assert (outcome.status, "does not offer A4-landscape" in outcome.err) == (1, True)


def test_marks_are_told_to_who_wants_none(run, story, tmp_path):
    """Marks around a cover are an error for a printer that refuses them, and the bleed is measured without them."""
    outcome = run("cover", story, "--set", "press.printer=kdp", "--set", "press.marks=all", "--set", "cover.ground=k 50", "--json")
    assert '"rule": "marks"' in outcome.out
    assert '"rule": "bleed"' not in outcome.out
    data = (tmp_path / "dist" / "lamp-cover.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        page.BleedBox = page.TrimBox
        pdf.save(tmp_path / "unbled.pdf")
    assert "bleed" in {finding.rule for finding in judge_cover(examine(tmp_path / "unbled.pdf"), find_printer("kdp"), 24)}


def test_a_cover_may_have_colours_that_the_pages_may_not(run, story, tmp_path):
    """Lulu takes RGB on a cover, and warns of it inside a black book."""
    assert run("cover", story, "--quiet").status == 0
    with pikepdf.open(tmp_path / "dist" / "lamp-cover.pdf") as pdf:
        paint(pdf, 0, "q 1 0 0 rg 100 100 40 40 re f Q")
        pdf.save(tmp_path / "red.pdf")
    assert "ink-rgb" not in {finding.rule for finding in judge_cover(examine(tmp_path / "red.pdf"), find_printer("lulu"), 32)}
    assert "ink-rgb" in {finding.rule for finding in judge_cover(examine(tmp_path / "red.pdf"), find_printer("ingramspark"), 32)}


def test_a_remedy_speaks_of_keys_only_where_they_can_be_set(run, story, tmp_path):
    """Of a book that pressbook made the remedy names the key; of any other file it says what to do."""
    assert run("build", story, "--quiet").status == 0
    with pikepdf.open(tmp_path / "dist" / "lamp.pdf") as pdf:
        pdf.docinfo["/Producer"] = "Another program"
        pdf.save(tmp_path / "other.pdf")
    for file, keys in (("dist/lamp.pdf", True), ("other.pdf", False)):
        said = run("check", file, "--printer", "ingramspark").out
        assert ('press.standard = "PDF/X-1a"' in said, "by book.stories" in said) == (keys, keys)
        assert "export it as PDF/X-1a" in said
