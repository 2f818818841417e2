"""The booklet before it is cut: pages as they come out, and what is left of their margins."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.config import BookletKeys
from pressbook.press import impose, intrusions, table, trimmed, whites
from pressbook.units import mm
from readback import boxes_of

WIDTH, HEIGHT = mm(105), mm(148)
TYPE = {"recto": (mm(12), mm(15), mm(92), mm(135)), "verso": (mm(13), mm(15), mm(93), mm(135))}
"""Inner margin 12 mm, outer 13, head 13, foot 15."""


def booklet(pages=16, **keys):
    """Impose an A6 booklet on A4."""
    return impose(pages, WIDTH, HEIGHT, BookletKeys(**({"sheet": "A4"} | keys)))


def types(pages):
    """Say what type covers on each page."""
    return {page: TYPE["recto" if page % 2 else "verso"] for page in range(1, pages + 1)}


def in_mm(white):
    """Return inner, outer, head and foot in millimetres."""
    return tuple(round(side / mm(1), 3) for side in (white.inner, white.outer, white.head, white.foot))


def test_shifted_pages_keep_their_outer_margin():
    """Where pages are shifted as far as leaves creep, the outer margin stays and the inner one gives."""
    assert [in_mm(white) for white in whites(booklet(creep="0.5mm"), types(16))] == [
        (12, 13, 13, 15),
        (11.5, 13, 13, 15),
        (11, 13, 13, 15),
        (10.5, 13, 13, 15),
    ]


def test_pages_that_are_not_shifted_lose_their_outer_margin():
    """Without a shift the knife takes from the fore-edge what the leaves creep: 1.3 calipers each."""
    found = [in_mm(white) for white in whites(booklet(creep="off", caliper="0.5 mm"), types(16))]
    assert found == [(12, pytest.approx(13 - 0.65 * depth), 13, 15) for depth in range(4)]


@settings(deadline=None, max_examples=40)
@given(
    pages=st.integers(1, 64),
    scheme=st.sampled_from(("saddle", "signatures", "octavo")),
    creep=st.sampled_from(("off", "0.2mm", "0.7mm")),
    sheet=st.sampled_from(("A3", "30 x 50 in")),
)
def test_the_table_says_what_the_proof_shows(pages, scheme, creep, sheet):
    """What lies on the proof's pages has the margins that the table tells, page by page."""
    imposed = impose(pages, mm(60), mm(90), BookletKeys(scheme=scheme, sheet=sheet, creep=creep))
    box = (mm(10), mm(12), mm(48), mm(80))
    rows = {page: white for white in whites(imposed, dict.fromkeys(range(1, pages + 1), box)) for page in white.pages}
    flats = trimmed(imposed)
    assert len(flats) == pages + imposed.blanks
    for number, flat in enumerate(flats, 1):
        assert len(flat.places) == (number <= pages)
        for place in flat.places:
            left, right = place.x + box[0], flat.width - place.x - box[2]
            inner, outer = (left, right) if number % 2 else (right, left)
            assert inner >= rows[number].inner - 1e-6
            assert outer >= rows[number].outer - 1e-6


def test_a_letter_near_the_knife_is_an_error():
    """Type that the trimmed margin leaves less than the safety is an error for each leaf concerned, naming page and edge."""
    imposed = booklet(creep="off", caliper="1 mm")
    assert intrusions(imposed, types(16), mm(3)) == ()
    found = intrusions(imposed, types(16), mm(11))
    assert [(finding.level, finding.rule, finding.page) for finding in found] == [("error", "safety", 5), ("error", "safety", 7)]
    assert "page 7: type would stand 9.1 mm from the fore-edge" in found[1].message
    low = {3: (mm(12), mm(1), mm(90), mm(130))}
    assert "1.0 mm from the foot" in intrusions(booklet(), low, mm(3))[0].message


def test_a_letter_over_the_fold_is_an_error():
    """Type shifted beyond the fold is an error."""
    found = intrusions(booklet(32, creep="2mm"), types(32), mm(3))
    assert [(finding.rule, finding.page) for finding in found] == [("fold", 15)]
    assert "2.0 mm over the fold" in found[0].message


def test_of_a_foreign_file_no_margins_can_be_set():
    """The remedy for type too near to the knife speaks of the keys that its reader can set, and of no others."""
    for foreign in (False, True):
        low = {1: (mm(20), mm(2), mm(80), mm(130))}
        (finding,) = intrusions(booklet(), low, mm(3), foreign=foreign)
        assert ("page.margins" in finding.remedy) == (not foreign)


def test_the_table_is_in_millimetres():
    """The table has a line for each leaf of a gathering, outermost first."""
    lines = table(whites(booklet(8, creep="0.5mm"), types(8))).splitlines()
    assert lines[1].split() == ["1", "1,", "2,", "7,", "8", "0.0", "12.0", "13.0", "13.0", "15.0"]
    assert lines[2].split() == ["2", "3,", "4,", "5,", "6", "0.5", "11.5", "13.0", "13.0", "15.0"]


def test_a_build_shows_its_trimmed_pages(run, sample, tmp_path):
    """`build --proof-trim` writes the pages as they come out, narrower by their creep, and letters keep the margins told."""
    status, out, _ = run(
        "build", sample, "--trim", "A6", "--set", "booklet.creep=off", "--set", "booklet.caliper=0.5mm", "--proof-trim"
    )
    assert status == 0
    assert "leaf  pages" in out
    data = (tmp_path / "dist" / f"{sample.stem}-booklet-trimmed.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        widths = [round(float(page.MediaBox[2]) / mm(1), 2) for page in pdf.pages]
    half = [105 - 0.65 * (page // 2) for page in range(len(widths) // 2)]
    assert widths == pytest.approx([*half, *reversed(half)], abs=0.01)
    rows = [line.split() for line in out.splitlines() if line[:1].isdigit() and "." not in line[:2]]
    for number, width in enumerate(widths):
        boxes = boxes_of(data, number)
        if boxes:
            outer = width - max(box[2] for box in boxes) / mm(1) if number % 2 == 0 else min(box[0] for box in boxes) / mm(1)
            told = float(rows[min(number, len(widths) - 1 - number) // 2][-3])
            assert outer > told - 0.25


def test_a_build_whose_type_meets_the_knife_is_spoiled(run, sample):
    """A folio within the safety zone is an error and status 3; the files are written all the same."""
    outcome = run("build", sample, "--trim", "A6", "--set", "booklet.safety=9mm")
    assert outcome.status == 3
    assert "from the foot once it is trimmed, within the 9.0 mm" in outcome.out
    assert (sample.parent / "dist" / f"{sample.stem}-booklet.pdf").exists()


def test_imposed_files_are_measured_by_their_letters(run, sample):
    """`impose --proof-trim` measures the letters of any PDF, and tells those near the knife."""
    assert run("build", sample, "--trim", "A6", "--quiet").status == 0
    pages = f"dist/{sample.stem}.pdf"
    status, out, _ = run("impose", pages, "--proof-trim")
    assert status == 0
    assert "leaf  pages" in out
    assert run("impose", pages, "--proof-trim", "--set", "booklet.safety=15mm").status == 3
    assert run("impose", pages, "--set", "booklet.safety=15mm").status == 0
