"""PDFs of other programs: their boxes, turns and units are heeded, and what cannot be imposed is refused in words."""

import io
import shutil
import subprocess
from decimal import Decimal
from itertools import product

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from pressbook.booklets import rebind
from pressbook.config import BookletKeys
from pressbook.errors import DocumentError
from pressbook.press import Foreign
from readback import letters_at

TRIM = (300, 400)
"""Width and height of the crafted pages, as they are shown."""


def crafted(*pages, encryption=None, **root):
    """Write a PDF: each page is a dictionary of its entries; its content says X at the points `at` of its own space."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for entries in pages:
        marks = "".join(f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm (X) Tj ET\n" for x, y in entries.get("at", ()))
        page = pdf.make_indirect(
            Dictionary(Type=Name.Page, Contents=pdf.make_stream(marks.encode()), Resources=Dictionary(Font=Dictionary(F1=font)))
        )
        for key, value in (entries | {"at": None}).items():
            if value is not None:
                page[f"/{key}"] = Array(value) if isinstance(value, list | tuple) else value
        pdf.pages.append(pikepdf.Page(page))
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    out = io.BytesIO()
    pdf.save(out, encryption=encryption or False)
    return out.getvalue()


def imposed(data, **keys):
    """Impose 2-up on paper that needs no scaling, unless keys say otherwise; return (booklet, bytes)."""
    booklet = rebind(Foreign(data, "crafted.pdf"), BookletKeys(**({"scheme": "2-up", "sheet": "A3"} | keys)))
    return booklet, booklet.files[0].content


def corner(box, turn):
    """Return the point of a page's own space that is shown at its lower left corner."""
    left, foot, right, head = box
    return {0: (left, foot), 90: (right, foot), 180: (right, head), 270: (left, head)}[turn]


BOXES = {
    "media alone": {"MediaBox": (0, 0, 300, 400)},
    "origin elsewhere": {"MediaBox": (-50, 120, 250, 520)},
    "from the other corner": {"MediaBox": (300, 400, 0, 0)},
    "cropped": {"MediaBox": (0, 0, 500, 500), "CropBox": (60, 40, 360, 440)},
    "trimmed": {"MediaBox": (0, 0, 500, 600), "CropBox": (10, 10, 450, 500), "TrimBox": (60, 40, 360, 440)},
    "crop beyond the medium": {"MediaBox": (0, 0, 300, 400), "CropBox": (-100, -100, 900, 900)},
    "nonsense in the crop": {"MediaBox": (0, 0, 300, 400), "CropBox": (1, 2, 3)},
    "trim without a size": {"MediaBox": (0, 0, 300, 400), "TrimBox": (0, 0, 0, 0)},
    "trim outside the medium": {"MediaBox": (0, 0, 300, 400), "TrimBox": (900, 900, 1200, 1300)},
}
SHOWN = {
    "origin elsewhere": (-50, 120, 250, 520),
    "cropped": (60, 40, 360, 440),
    "trimmed": (60, 40, 360, 440),
}


def sideways(box, turn):
    """Swap a box's sides about its corner if the page is shown on its side."""
    if turn % 180 == 0 or len(box) < 4:
        return box
    x, y, to_x, to_y = box
    if to_x < x:
        return (to_x + y - to_y, to_y + x - to_x, to_x, to_y)
    return (x, y, x + to_y - y, y + to_x - x)


@pytest.mark.parametrize(("name", "turn"), list(product(BOXES, (0, 90, 180, 270))))
def test_boxes_and_turns_are_heeded(name, turn):
    """Whatever its boxes and its turn, a page's shown lower left corner lands where the sheet has room for it, upright."""
    boxes = {key: sideways(box, turn) for key, box in BOXES[name].items()}
    box = sideways(SHOWN.get(name, (0, 0, 300, 400)), turn)
    if len(boxes["MediaBox"]) == 4 and name == "cropped" and turn % 180:
        boxes["MediaBox"] = (0, 0, 600, 600)
    spot = corner(box, turn)
    inward = {0: (1, 1), 90: (-1, 1), 180: (-1, -1), 270: (1, -1)}[turn]
    point = (spot[0] + 20 * inward[0], spot[1] + 20 * inward[1])
    entries = {**boxes, "Rotate": turn, "at": [point]}
    booklet, data = imposed(crafted(entries, entries))
    assert (booklet.imposed.bench.width, booklet.imposed.bench.height) == TRIM
    assert booklet.findings == ()
    for place, (letter, x, y) in zip(booklet.imposed.flats[0].places, letters_at(data), strict=True):
        assert letter == "X"
        assert (x, y) == pytest.approx((place.x + 20, place.y + 20), abs=0.1)


@pytest.mark.parametrize("turn", [0, 90])
def test_what_the_tree_says_is_inherited(turn):
    """Boxes, turn and resources that stand in the page tree, two levels up, hold for its pages."""
    wide, high = TRIM if turn == 0 else TRIM[::-1]
    pdf = pikepdf.open(io.BytesIO(crafted({"MediaBox": (0, 0, 9, 9), "at": [(20, 20) if turn == 0 else (380, 20)]})))
    top, page = pdf.Root.Pages, pdf.pages[0].obj
    branch = pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=top, Kids=Array([page]), Count=1, Rotate=turn))
    top.Kids, top.MediaBox, top.Resources, page.Parent = Array([branch]), Array([0, 0, wide, high]), page.Resources, branch
    del page.MediaBox, page.Resources
    out = io.BytesIO()
    pdf.save(out)
    booklet, data = imposed(out.getvalue())
    assert (booklet.imposed.bench.width, booklet.imposed.bench.height) == TRIM
    (place,) = booklet.imposed.flats[0].places
    assert [(x - place.x, y - place.y) for _, x, y in letters_at(data)] == [pytest.approx((20, 20), abs=0.1)]


def test_units_are_heeded():
    """A page in units of two points is twice as large."""
    booklet, data = imposed(crafted({"MediaBox": (0, 0, 150, 200), "UserUnit": 2, "at": [(10, 10)]}))
    assert (booklet.imposed.bench.width, booklet.imposed.bench.height) == TRIM
    (place,) = booklet.imposed.flats[0].places
    assert [(x - place.x, y - place.y) for _, x, y in letters_at(data)] == [pytest.approx((20, 20), abs=0.1)]


@pytest.mark.parametrize("unit", [0, -1, Decimal(10_000_000)])
def test_units_that_no_page_has_are_passed_by(unit):
    """A page whose unit is nothing, or beyond all measure, is taken in points."""
    booklet, _ = imposed(crafted({"MediaBox": (0, 0, 300, 400), "UserUnit": unit}))
    assert (booklet.imposed.bench.width, booklet.imposed.bench.height) == (300, 400)


def test_pages_too_large_for_the_sheet_are_scaled_down():
    """Pages that do not fit a sheet that is named are scaled to its panels and told; nothing is left to trim, nothing scaled up."""
    page = {"MediaBox": (0, 0, 612, 792), "at": [(0, 0)]}
    booklet, data = imposed(crafted(*[page] * 8), scheme="saddle", sheet="letter")
    assert [finding.rule for finding in booklet.findings] == ["scaled"]
    assert "65 %" in booklet.findings[0].message
    assert "Trim" not in booklet.imposed.instructions
    assert booklet.imposed.sheets == 2
    small, _ = imposed(crafted(*[{"MediaBox": (0, 0, 200, 300)}] * 8), scheme="saddle", sheet="letter")
    assert small.findings == ()
    assert (small.imposed.bench.width, small.imposed.bench.height) == (200, 300)
    # The corner of a page that fits by its width stands in the middle of the panel's height.
    assert {(round(x), round(y)) for _, x, y in letters_at(data)} == {(0, 50), (396, 50)}


def test_pages_of_odd_sizes_are_centred_or_scaled():
    """Among pages of one size, a smaller one stands in the middle and a larger one is scaled down; both are told."""
    usual = {"MediaBox": (0, 0, 300, 400), "at": [(0, 0)]}
    small, large = {"MediaBox": (0, 0, 200, 200), "at": [(0, 0)]}, {"MediaBox": (0, 0, 600, 400), "at": [(0, 0)]}
    booklet, data = imposed(crafted(usual, small, large, usual), scheme="4-up")
    assert [(finding.rule, finding.page) for finding in booklet.findings] == [("mixed-sizes", 2), ("mixed-sizes", 3)]
    assert "50 %" in booklet.findings[1].message
    places = booklet.imposed.flats[0].places
    offsets = [(x - place.x, y - place.y) for place, (_, x, y) in zip(places, letters_at(data), strict=True)]
    assert offsets == [pytest.approx(spot, abs=0.1) for spot in ((0, 0), (50, 100), (0, 100), (0, 0))]


def test_a_font_comes_once():
    """Fonts and pictures that many pages share are in the imposed file once, and each page is one form."""
    page = {"MediaBox": (0, 0, 300, 400), "at": [(20, 20)]}
    _, data = imposed(crafted(*[page] * 12), scheme="saddle")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = list(pdf.objects)
        assert sum(isinstance(each, Dictionary) and each.get("/Type") == Name.Font for each in objects) == 1
        forms = [each for each in objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Form]
        assert len(forms) == 12


def test_what_lies_over_a_page_is_told():
    """Comments and form fields are left out with a notice that counts them; links are left out in silence."""
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    page = {"MediaBox": (0, 0, 300, 400)}
    booklet, data = imposed(crafted(page, page | {"Annots": Array([note, link, note])}, page | {"Annots": Array([link])}))
    (finding,) = booklet.findings
    assert (finding.level, finding.rule, finding.page) == ("notice", "annotations", 2)
    assert finding.message.startswith("2 comments and form fields are left out, on page 2")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not any("/Annots" in each for each in pdf.pages)


def test_what_is_no_annotation_is_passed_by():
    """Numbers and words among a page's annotations, or in their place, hinder nothing and are not counted."""
    page = {"MediaBox": (0, 0, 300, 400)}
    junk = (Array([1, Name.Text, pikepdf.String("note")]), Dictionary(A=1), pikepdf.String("note"), 7)
    booklet, _ = imposed(crafted(*(page | {"Annots": each} for each in junk)))
    assert "annotations" not in [finding.rule for finding in booklet.findings]


def test_layers_stay_as_they_were():
    """What says which layers are switched off comes along."""
    group = Dictionary(Type=Name.OCG, Name="notes")
    _, data = imposed(
        crafted({"MediaBox": (0, 0, 300, 400)}, OCProperties=Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group]))))
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.Root.OCProperties.D.OFF) == 1


def test_bleed_reaches_into_the_margin():
    """Where a TrimBox and a BleedBox are given, the bleed is shown beyond the trim, but not in the neighbour's panel."""
    booklet, _ = imposed(
        crafted(*[{"MediaBox": (0, 0, 320, 420), "TrimBox": (10, 10, 310, 410), "BleedBox": (1, 1, 319, 419)}] * 4), scheme="saddle"
    )
    assert booklet.imposed.bench.width == 300
    for flat in booklet.imposed.flats:
        for place in flat.places:
            assert place.window is not None
            assert flat.width / 2 in (place.window[0], place.window[2])


def test_by_hand_there_are_two_files():
    """For a printer that prints one side, fronts and backs are files of their own."""
    booklet, _ = imposed(crafted(*[{"MediaBox": (0, 0, 300, 400)}] * 8), scheme="saddle", duplex="by-hand")
    assert [(file.suffix, file.pages) for file in booklet.files] == [("-fronts", 2), ("-backs", 2)]


def test_the_same_file_is_imposed_to_the_same_bytes():
    """What is imposed again is the same, byte for byte."""
    data = crafted(*[{"MediaBox": (0, 0, 300, 400), "at": [(5, 5)]}] * 3)
    assert imposed(data)[1] == imposed(data)[1]


LOCKED = pikepdf.Encryption(owner="o", user="u")
PROTECTED = pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions(modify_assembly=False))
PAGE = {"MediaBox": (0, 0, 300, 400)}
REFUSED = {
    "nothing": (b"", "is no PDF"),
    "text": (b"Once upon a time.", "is no PDF"),
    "only a head": (b"%PDF-1.4\n", "is damaged"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "is damaged"),
    "locked": (crafted(PAGE, encryption=LOCKED), "locked with a password"),
    "protected": (crafted(PAGE, encryption=PROTECTED), "is protected"),
    "no pages": (crafted(), "has no pages"),
    "no box": (crafted({"MediaBox": (5, 5, 5, 5)}), "page 1 does not say how large it is"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_imposed_is_refused(name):
    """A file that is no PDF, damaged beyond repair, locked, protected or empty is refused in words, with a hint."""
    data, words = REFUSED[name]
    with pytest.raises(DocumentError, match=words) as refusal:
        rebind(Foreign(data, "a.pdf"), BookletKeys())
    assert refusal.value.message.startswith("a.pdf")
    assert refusal.value.hint


def test_a_page_whose_content_is_spoiled_is_named():
    """Content that cannot be unpacked is refused with its page."""
    pdf = pikepdf.open(io.BytesIO(crafted(PAGE, PAGE)))
    pdf.pages[1].obj.Contents = pikepdf.Stream(
        pdf, b"no flate at all", Filter=Name.LZWDecode, DecodeParms=Dictionary(EarlyChange=7)
    )
    out = io.BytesIO()
    pdf.save(out)
    with pytest.raises(DocumentError, match="page 2 cannot be read"):
        rebind(Foreign(out.getvalue(), "a.pdf"), BookletKeys())


def test_a_damaged_file_that_can_be_read_is_told():
    """A file whose table of objects is lost is repaired, with a warning."""
    data = crafted(PAGE, PAGE)
    booklet = rebind(Foreign(data.replace(b"startxref", b"startxxxx"), "a.pdf"), BookletKeys())
    assert ("warning", "damaged") in [(finding.level, finding.rule) for finding in booklet.findings]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 100_000), st.binary(max_size=6)), min_size=1, max_size=12))
def test_a_spoiled_file_is_imposed_or_refused(spots):
    """Whatever bytes of a file are overwritten, it is imposed, or refused in words that name it."""
    data = bytearray(SOUND)
    for at, noise in spots:
        data[at % len(data) : at % len(data) + len(noise)] = noise
    try:
        rebind(Foreign(bytes(data), "a.pdf"), BookletKeys())
    except DocumentError as refusal:
        assert refusal.message.startswith("a.pdf")


SOUND = crafted(*[{"MediaBox": (0, 0, 300, 400), "Rotate": 90, "at": [(20, 20)]}] * 3)


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdfTeX")
def test_pdftex(tmp_path):
    """A file of pdfTeX's, one of its pages turned, is imposed with its words."""
    (tmp_path / "a.tex").write_text(
        r"\documentclass{article}\usepackage[paperwidth=300bp,paperheight=400bp]{geometry}\begin{document}"
        r"Willow\newpage\pdfpageattr{/Rotate 90}Sparrow\end{document}"
    )
    subprocess.run(["pdflatex", "-interaction=batchmode", "a.tex"], cwd=tmp_path, check=True, capture_output=True)
    booklet, data = imposed((tmp_path / "a.pdf").read_bytes(), scheme="saddle")
    said = "".join(letter for page in (0, 1) for letter, _, _ in letters_at(data, page))
    assert "Willow" in said
    assert "Sparrow" in said
    assert [finding.rule for finding in booklet.findings] == ["mixed-sizes"]


def test_typst(tmp_path):
    """A file of Typst's with pages of two sizes is imposed with its words."""
    typst = pytest.importorskip("typst")
    (tmp_path / "a.typ").write_text(
        "#set page(width: 300pt, height: 400pt)\nWillow\n#page(width: 200pt, height: 200pt)[Sparrow]\n#page[Heron]"
    )
    booklet, data = imposed(typst.compile(str(tmp_path / "a.typ")), scheme="saddle")
    said = "".join(letter for page in (0, 1) for letter, _, _ in letters_at(data, page))
    assert all(bird in said for bird in ("Willow", "Sparrow", "Heron"))
    assert [(finding.rule, finding.page) for finding in booklet.findings] == [("mixed-sizes", 2)]
