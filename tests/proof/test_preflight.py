"""Preflight: sound files pass, spoiled ones are caught by the right rule, hostile ones are refused in words."""

import io
import json
import time
from contextlib import suppress

import pikepdf
import pressmen
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from pressbook.config import PressKeys
from pressbook.errors import PressbookError
from pressbook.model import Finding
from pressbook.press.printers import PRINTERS, find_printer
from pressbook.proof.preflight import Box, Dossier, Leaf, examine, finding_words, judge, judge_cover
from pressbook.proof.preflight.dossier import Face
from pressbook.values import replace

SPOILED = [
    ("red", "ingramspark", "ink-rgb", 4),
    ("spot", "ingramspark", "ink-spot", 4),
    ("heavy", "ingramspark", "coverage", 4),
    ("unembed", "kdp", "font-missing", 3),
    ("retrim", "kdp", "trim", 1),
    ("one_larger", "kdp", "page-size", 10),
    ("drop_many", "kdp", "page-count", None),
    ("drop_one", "kdp", "parity", None),
    ("into_gutter", "kdp", "gutter", 5),
    ("over_the_edge", "kdp", "safety", 5),
    ("pale", "kdp", "transparency", 7),
    ("blend", "ingramspark", "transparency", 7),
    ("hair", "kdp", "hairline", 8),
    ("coarse", "kdp", "resolution", 9),
    ("script", "kdp", "javascript", None),
    ("form", "lulu", "form", None),
    ("note", "kdp", "annotation", 3),
    ("layered", "kdp", "layers", None),
    ("attach", "ingramspark", "attachment", None),
    ("unnest", "trade", "boxes", 2),
    ("short_ground", "kdp", "bleed", 6),
    ("mark_crops", "kdp", "marks", 1),
    ("mark_in_one", "kdp", "marks", 1),
    ("lie", "kdp", "standard-broken", None),
    ("red_inline", "ingramspark", "ink-rgb", 4),
    ("red_glyphs", "ingramspark", "ink-rgb", 4),
    ("heavy_image", "kdp", "coverage", 4),
    ("heavy_blend", "kdp", "coverage", 4),
    ("white_over", "trade", "overprint", 5),
    ("turn_aside", "kdp", "page-size", 5),
    ("untrim_one", "kdp", "boxes", 5),
    ("fill_program", "kdp", "font-missing", 1),
    ("launch", "trade", "javascript", None),
    ("chain", "trade", "javascript", None),
    ("clip_on", "ingramspark", "attachment", None),
    ("red_inline_by_name", "ingramspark", "ink-rgb", 4),
    ("red_wavelets", "ingramspark", "ink-rgb", 4),
    ("heavy_jpeg", "kdp", "coverage", 4),
    ("heavy_jpeg_turned", "kdp", "coverage", 4),
    ("heavy_index", "kdp", "coverage", 4),
    ("heavy_deep", "kdp", "coverage", 4),
    ("heavy_names", "kdp", "coverage", 4),
    ("registered_words", "trade", "registration", 5),
    ("hair_outlines", "kdp", "hairline", 8),
    ("unembed_by_state", "kdp", "font-missing", 3),
    ("cut_program", "kdp", "font-missing", 1),
    ("miss_glyphs", "kdp", "glyph-missing", 5),
    ("first_larger", "kdp", "page-size", 1),
    ("narrow_bleed_box", "trade", "bleed", 5),
    ("clip_at_the_trim", "kdp", "bleed", 6),
]
WARNED = [
    ("white_words", "kdp", "invisible", 5),
    ("unpainted_words", "kdp", "invisible", 5),
    ("far_words", "kdp", "invisible", 5),
    ("rich_words", "trade", "rich-black", 5),
    ("rich_by_space", "trade", "rich-black", 5),
    ("rich_outlines", "trade", "rich-black", 5),
    ("buried_words", "kdp", "invisible", 5),
    ("name_idly", "kdp", "font-idle", 3),
    ("whiten_by_ground", "kdp", "blank-pages", 12),
    ("inky", "ingramspark", "coverage", 4),
    ("line_art", "kdp", "resolution", 9),
    ("idle", "kdp", "resolution-idle", 9),
    ("turn_over", "trade", "turned", 5),
]
BROKEN = [
    ("PDF/X-4", "retitle", "its title is 'Another' in one place and 'A Story' in the other"),
    ("PDF/X-1a", "redate", "its day of change"),
    ("PDF/X-4", "rename_author", "its author is 'Another'"),
    ("PDF/X-4", "claim_otherwise", "its XMP metadata says PDF/X-3"),
    ("PDF/X-4", "intend_for_screens", "its output intents have different profiles"),
    ("PDF/X-4", "unname_condition", "names no printing condition"),
    ("PDF/X-4", "miscount", "its output profile is of GRAY, and it says 3 channels"),
    ("PDF/X-4", "unintend", "no output intent"),
    ("PDF/X-4", "intend_twice", "2 output intents"),
    ("PDF/X-3", "group_form", "page 5 has transparency"),
    ("PDF/X-4", "red_beside_profile", "RGB colour without a profile"),
    ("PDF/X-3", "new_packing", "packed by JPX"),
    ("PDF/X-1a", "transfer", "a transfer curve"),
    ("PDF/X-1a", "alternate", "alternate images"),
    ("PDF/X-1a", "heavy", ""),
    ("PDF/X-4", "heavy", "CMYK colour, and its output intent has one ink"),
]


@pytest.fixture(scope="module")
def sound():
    """Print a small sound book."""
    return pressmen.book()


def found(run, tmp_path, data, printer, name="book.pdf"):
    """Check a file with the command; return its status and findings."""
    path = tmp_path / name
    path.write_bytes(data)
    outcome = run("check", path, "--printer", printer, "--json")
    assert outcome.status in (0, 3), outcome.err
    return outcome.status, json.loads(outcome.out)["findings"]


@pytest.mark.parametrize(("spoil", "printer", "rule", "page"), SPOILED, ids=[row[0] for row in SPOILED])
def test_a_spoiled_file_is_caught_by_its_rule(run, tmp_path, sound, spoil, printer, rule, page):
    """Each way to spoil a file is an error of one rule, on the right page, with value, limit, source and remedy; exit status 3."""
    _, before = found(run, tmp_path, sound, printer)
    assert rule not in {finding["rule"] for finding in before if finding["level"] == "error"}
    status, after = found(run, tmp_path, pressmen.spoiled(sound, getattr(pressmen, spoil)), printer)
    errors = [finding for finding in after if finding["level"] == "error" and finding["rule"] == rule]
    assert status == 3
    assert errors[0]["page"] == page
    assert all(errors[0][key] for key in ("message", "remedy", "value", "limit", "source"))


@pytest.mark.parametrize(("spoil", "printer", "rule", "page"), WARNED, ids=[row[0] for row in WARNED])
def test_what_is_doubtful_is_warned_of(run, tmp_path, sound, spoil, printer, rule, page):
    """What prints, but hardly as it was meant, is a warning of one rule on the right page."""
    assert rule not in {finding["rule"] for finding in found(run, tmp_path, sound, printer)[1]}
    _, after = found(run, tmp_path, pressmen.spoiled(sound, getattr(pressmen, spoil)), printer)
    (warning,) = [finding for finding in after if finding["rule"] == rule]
    assert (warning["level"], warning["page"]) == ("warning", page)
    assert all(warning[key] for key in ("message", "remedy", "value", "limit", "source"))


HARMLESS = (
    "white_on_dark",
    "black_over",
    "light_jpeg",
    "light_jpeg_turned",
    "registered_marks",
    "framed_words",
    "hair_marks",
    "clip_well_inside",
    "white_ground",
)


@pytest.mark.parametrize("harmless", HARMLESS)
def test_what_looks_alike_and_is_sound_passes(run, tmp_path, sound, harmless):
    """White words on a dark ground are seen, black may print over anything, marks may be thin, a picture may be clipped."""
    # KDP wants no marks at all, however thin.
    for printer in ("trade",) if "marks" in harmless else ("kdp", "trade"):
        before = {finding["rule"] for finding in found(run, tmp_path, sound, printer)[1]}
        _, after = found(run, tmp_path, pressmen.spoiled(sound, getattr(pressmen, harmless)), printer)
        assert {finding["rule"] for finding in after} == before


def test_drawn_fonts_are_told_once_and_measured_as_they_are_seen(run, tmp_path, sound):
    """Fonts without names of their own are one line with their pages; their size is that of their glyphs."""
    path = tmp_path / "unruly.pdf"
    path.write_bytes(pressmen.spoiled(sound, pressmen.unruly_glyphs))
    said = run("check", path, "--printer", "kdp").out
    assert "warning: page 4: unnamed is a Type 3 font, drawn and not hinted (and page 6)\n" in said
    assert said.count("unnamed") == 1
    assert "type-size" not in said


@pytest.mark.parametrize(("standard", "spoil", "said"), BROKEN, ids=[f"{row[0]} {row[1]}" for row in BROKEN])
def test_a_standard_that_is_broken_is_told(run, tmp_path, standard, spoil, said):
    """A file that claims a standard and breaks it is told which promise; as it left the press it keeps all of them."""
    data = pressmen.book(6, press=PressKeys(standard=standard))
    broken = "standard-broken"
    assert broken not in {finding["rule"] for finding in found(run, tmp_path, data, "trade")[1]}
    after = found(run, tmp_path, pressmen.spoiled(data, getattr(pressmen, spoil)), "trade")[1]
    told = [finding["message"] for finding in after if finding["rule"] == broken]
    assert any(said in message for message in told) if said else not told


def test_no_bleed_is_wanted_at_the_binding(run, tmp_path):
    """KDP's pages bleed on three sides: bleed on all four is an error that names the key, on the outer ones it is none."""
    for spine in (True, False):
        after = found(run, tmp_path, pressmen.book(bleed=9.0, bleeds_at_spine=spine), "kdp")[1]
        inner = [finding for finding in after if finding["rule"] == "bleed-inner"]
        assert len(inner) == (24 if spine else 0)
        assert all('page.bleed = "outer 0.125in"' in finding["remedy"] for finding in inner)


def test_pages_that_are_shown_turned_are_measured_as_they_are_shown(run, tmp_path, sound):
    """A book whose pages all lie on their side and are shown upright has its sizes, gutter and type as any other."""

    def lay_down(pdf):
        for leaf in pdf.pages:
            for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
                leaf[key] = Array([0, 0, 612, 396])
            leaf.contents_add(pdf.make_stream(b"q 0 1 -1 0 612 0 cm"), prepend=True)
            leaf.contents_add(pdf.make_stream(b"Q"))
            leaf.Rotate = 90

    laid = pressmen.spoiled(sound, lay_down)
    assert found(run, tmp_path, laid, "kdp")[1] == found(run, tmp_path, sound, "kdp")[1]
    pressed = pressmen.spoiled(pressmen.spoiled(sound, pressmen.into_gutter), lay_down)
    assert ("gutter", 5) in {(finding["rule"], finding["page"]) for finding in found(run, tmp_path, pressed, "kdp")[1]}


def test_units_are_points_to_everything(run, tmp_path, sound):
    """A page in units of two points is measured as it prints: its type, its lines and its images."""

    def halve(pdf):
        for leaf in pdf.pages:
            for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
                leaf[key] = Array([0, 0, 198, 306])
            leaf.contents_add(pdf.make_stream(b"q 0.5 0 0 0.5 0 0 cm"), prepend=True)
            leaf.contents_add(pdf.make_stream(b"Q"))
            leaf.UserUnit = 2

    for spoil in (None, pressmen.hair, pressmen.coarse, pressmen.over_the_edge):
        data = pressmen.spoiled(sound, spoil) if spoil else sound
        told, halved = (
            [(finding["rule"], finding["page"]) for finding in found(run, tmp_path, each, "kdp")[1]]
            for each in (data, pressmen.spoiled(data, halve))
        )
        assert halved == told


def test_each_missing_face_is_named():
    """Of faces that are not embedded each is told by name, and a page that was told is not told again."""
    faces = tuple(Face(name, "Type1", embedded=False, subset=False, page=1) for name in ("Helvetica", "Times-Roman"))
    said = list(finding_words(judge(replace(dossier(24, 396.0, 612.0, 50.0), faces=faces), find_printer("kdp"))))
    assert [line for line in said if "embedded" in line] == [
        "error: page 1: Helvetica is not embedded",
        "error: page 1: Times-Roman is not embedded",
    ]


def test_what_is_told_alike_is_no_fault():
    """Type that reaches into a margin by less than findings can tell is left alone; by more, both lengths differ in words."""
    printer = find_printer("kdp")
    inside = dossier(24, 396.0, 612.0, printer.gutter(24) - 0.3)
    assert "gutter" not in [finding.rule for finding in judge(inside, printer)]
    (gutter, *_) = (each for each in judge(dossier(24, 396.0, 612.0, printer.gutter(24) - 0.4), printer) if each.rule == "gutter")
    assert gutter.value != gutter.limit


def test_a_finding_names_each_further_page_once():
    """Two findings of a rule on one page do not say that page twice."""
    found = [Finding("error", "safety", "type runs over the head", page=page) for page in (3, 3, 4, 6)]
    assert next(finding_words(found)) == "error: page 3: type runs over the head (and pages 4, 6)"


def test_blank_pages_in_a_row_are_warned_of(run, tmp_path, sound):
    """Four blank pages running are more than KDP likes."""
    _, after = found(run, tmp_path, pressmen.spoiled(sound, pressmen.whiten), "kdp")
    assert ("blank-pages", 12) in {(finding["rule"], finding["page"]) for finding in after}


def test_a_sound_file_passes(run, tmp_path, sound):
    """A file without faults has no error at KDP or in any print shop; exit status 0."""
    for printer in ("kdp", "trade"):
        assert found(run, tmp_path, sound, printer)[0] == 0


def dossier(pages, width, height, margin):
    """Describe a book that was never printed: each page one line of type."""
    from pressbook.proof.preflight.dossier import Type

    box = Box(0, 0, width, height)
    type_ = (Type(Box(margin, margin + 40, width - margin, height - margin - 40), 11.0),)
    given = frozenset(("MediaBox", "TrimBox", "BleedBox"))
    leaves = tuple(
        Leaf(number, box, box, box, box, given, type_, inks=frozenset(("gray",)), coverage=100.0) for number in range(1, pages + 1)
    )
    return Dossier("book.pdf", "1.4", leaves)


@pytest.mark.parametrize("name", PRINTERS)
def test_each_printers_limits_of_pages_hold(name):
    """At its smallest and largest count a printer's rules about pages are silent; one multiple beyond, they speak."""
    printer = find_printer(name)
    width, height = printer.trims[0] if printer.trims else (360.0, 540.0)
    step = printer.multiple
    rules = ("page-count", "parity", "gutter", "safety", "trim", "page-size")
    for pages in (-(-printer.least // step) * step, printer.most // step * step):
        margin = printer.gutter(pages)
        findings = judge(dossier(pages, width, height, max(margin, printer.safety)), printer)
        assert not [finding for finding in findings if finding.rule in rules], pages
    for pages in (printer.least - step, printer.most + step):
        if pages > 0:
            findings = judge(dossier(pages, width, height, 100.0), printer)
            assert "page-count" in {finding.rule for finding in findings}, pages


@pytest.mark.parametrize(
    ("name", "upto", "gutter"),
    [(name, upto, gutter) for name in PRINTERS for upto, gutter in find_printer(name).gutters],
    ids=lambda value: f"{value:g}" if isinstance(value, float) else str(value),
)
def test_a_gutter_holds_to_the_last_page_of_its_row(name, upto, gutter):
    """With as many pages as a row of the table goes to, its gutter is enough; with a leaf more, the next row's is asked for."""
    printer = find_printer(name)
    width, height = printer.trims[0] if printer.trims else (360.0, 540.0)

    def found(pages, margin):
        return {finding.rule for finding in judge(dossier(pages, width, height, margin), printer)}

    last = upto // printer.multiple * printer.multiple
    assert "gutter" not in found(last, gutter)
    assert "gutter" in found(last, gutter - 0.5)
    assert ("gutter" in found(last + printer.multiple, gutter)) == (printer.gutter(last + printer.multiple) > gutter)
    assert [row for row, _ in printer.gutters][-1] >= printer.most


@pytest.mark.parametrize(
    ("name", "standard", "bleed"),
    [("kdp", "none", 0.0), ("ingramspark", "PDF/X-1a", 0.0), ("lulu", "none", 9.0), ("mixam", "PDF/X-4", 0.0)],
)
def test_a_file_of_the_most_pages_passes(run, tmp_path, name, standard, bleed):
    """A real file with as many pages as the printer binds passes its check; with a leaf more it does not."""
    printer = find_printer(name)
    press = PressKeys(standard=standard)
    for pages, wrong in ((printer.most, []), (printer.most + printer.multiple, ["page-count"])):
        gutter = printer.gutter(pages)
        data = pressmen.book(pages, inner=gutter + 1, outer=max(gutter, printer.safety) + 1, press=press, bleed=bleed)
        after = found(run, tmp_path, data, name)[1]
        assert [finding["rule"] for finding in after if finding["level"] == "error"] == wrong


@pytest.mark.parametrize("name", PRINTERS)
def test_every_figure_of_a_printer_has_a_source_and_a_date(name):
    """A table names, for each of its parts, where its figures were read and when."""
    printer = find_printer(name)
    assert len(printer.sources) == 7
    for topic, source in printer.sources:
        assert source.title, topic
        assert source.date >= "2026-01-01", topic
    assert printer.verified >= max(source.date for _, source in printer.sources)


def test_a_page_without_boxes_is_trimmed_as_the_printer_would():
    """KDP's page with bleed has none at the spine: the trim is what is left when the bleed is cut off."""
    from pressbook.proof.preflight.rules import trimmed

    media = Box(0, 0, 396 + 9, 612 + 18)
    for number, left in ((1, 0), (2, 9)):
        box = trimmed(Leaf(number, media, media, media, media, frozenset(("MediaBox",))), find_printer("kdp"))
        assert box == Box(left, 9, left + 396, 9 + 612)


# --- hostile files ----------------------------------------------------------------------------------------------------


def circle(pdf):
    """Let the list of pages contain itself."""
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def crowd(pdf):
    """Share branches so that few objects have a million pages."""
    leaf = pdf.Root.Pages.Kids[0]
    for _ in range(6):
        leaf = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([leaf] * 10), Count=10))
    pdf.Root.Pages.Kids = Array([leaf])
    pdf.Root.Pages.Count = 10**6


def endless(pdf):
    """Let a form paint itself."""
    form = pdf.make_indirect(pikepdf.Stream(pdf, b"/X1 Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])))
    form.Resources = Dictionary(XObject=Dictionary(X1=form))
    pressmen.paint(pdf, 0, "/X1 Do", XObject_X1=form)


def giant(pdf):
    """Make a page as large as a country."""
    pdf.pages[0].MediaBox = Array([0, 0, 10**8, 10**8])


def bomb(pdf):
    """Pack a hundred megabytes of spaces into a page."""
    pdf.pages[0].Contents = pdf.make_stream(b" " * 100_000_000)


def pageless(pdf):
    """Take the list of pages away."""
    del pdf.Root.Pages


@pytest.mark.parametrize("harm", [circle, crowd, endless, giant, bomb, pageless], ids=lambda harm: harm.__name__)
def test_a_hostile_file_ends_in_words(run, tmp_path, sound, harm):
    """A file made to do harm is refused, or checked to its end, in seconds and without a traceback."""
    path = tmp_path / "harm.pdf"
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        harm(pdf)
        pdf.save(path)
    started = time.monotonic()
    outcome = run("check", path)
    assert time.monotonic() - started < 20
    assert outcome.status in (1, 3)
    assert "itself failed" not in outcome.err
    assert outcome.out or outcome.err.startswith("error:")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"%PDF-1.4\n",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>",
    ],
    ids=range(5),
)
def test_what_is_no_pdf_is_refused(run, tmp_path, data):
    """A file that is empty, of another kind, or cut off is an error with a hint; exit status 1."""
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    outcome = run("check", path)
    assert outcome.status == 1
    assert outcome.err.startswith("error: ") and "hint: " in outcome.err
    assert "itself failed" not in outcome.err


HARMED = ("heavy_image", "heavy_blend", "red_glyphs", "white_over", "rich_words", "blend", "clip_on", "spot", "red_inline")
"""Ways to spoil a file that lead its reader into every corner."""


@pytest.fixture(scope="module")
def laid_open():
    """Spoil small books in many ways, and leave their streams unpacked, so that a hurt shows."""
    found = []
    for name in HARMED:
        with pikepdf.open(io.BytesIO(pressmen.spoiled(pressmen.book(8), getattr(pressmen, name)))) as pdf:
            out = io.BytesIO()
            pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
            found.append(out.getvalue())
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(HARMED) - 1),
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from([b"null", b"/X", b"<<>>", b"-1", b"9e9", b"1 0 R", b"\xff\xfe", b""])),
        max_size=8,
    ),
)
def test_a_hurt_file_is_refused_or_judged(tmp_path, laid_open, which, hurts):
    """Whatever stands where another thing should, a file is judged as a book and as a cover, or refused in words."""
    data = laid_open[which]
    for place, what in hurts:
        at = data.find(b" ", int(place * len(data))) + 1
        data = data[:at] + what + data[at + len(what) :]
    path = tmp_path / "hurt.pdf"
    path.write_bytes(data)
    with suppress(PressbookError):
        seen = examine(path)
        judge(seen, find_printer("kdp"))
        judge_cover(seen, find_printer("lulu"), 100)


def test_half_a_file_is_refused_or_judged(run, tmp_path, sound):
    """Wherever a file is cut off, the command ends in words."""
    path = tmp_path / "half.pdf"
    for share in (0.1, 0.5, 0.9, 0.99):
        path.write_bytes(sound[: int(len(sound) * share)])
        outcome = run("check", path)
        assert outcome.status in (1, 3)
        assert "itself failed" not in outcome.err


@pytest.mark.parametrize("mended", [b"startxref\n5\n%%EOF\n", b""], ids=["wrong", "none"])
def test_a_file_that_must_be_mended_is_told(run, tmp_path, sound, mended):
    """A file whose list of objects is not where it says can be read, and is an error all the same: not every press mends it."""
    _, before = found(run, tmp_path, sound, "trade")
    status, after = found(run, tmp_path, sound[: sound.rfind(b"startxref")] + mended, "trade")
    (damaged,) = [finding for finding in after if finding["rule"] == "damaged"]
    assert (status, damaged["level"]) == (3, "error")
    assert [finding for finding in after if finding["rule"] != "damaged"] == before


def test_the_newest_pdf_is_warned_of(run, tmp_path, sound):
    """PDF 2.0 is newer than what presses must read."""
    after = found(run, tmp_path, b"%PDF-2.0" + sound[8:], "trade")[1]
    assert [(finding["level"], finding["rule"]) for finding in after] == [("warning", "version")]


def test_a_locked_file_is_refused(run, tmp_path, sound):
    """A password is an error that says so; one that only restricts is a finding."""
    path = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="secret", owner="secret"))
        pdf.save(tmp_path / "restricted.pdf", encryption=pikepdf.Encryption(user="", owner="secret"))
    assert "password" in run("check", path).err
    assert "encryption" in run("check", tmp_path / "restricted.pdf").out
