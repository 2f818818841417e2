"""The founts: cut down, mapped, embedded; TrueType and CFF; licences kept."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
import uharfbuzz as hb
from printed import ink, said, streams
from typecase import REGULAR, SLOPED, edition, line, page, piece, word

from pressbook.errors import FontError
from pressbook.model import Font, Style
from pressbook.pdf import engrave, pages_pdf
from pressbook.values import replace
from readback import letters_at, opened


def printed(*lines):
    """Print one page of lines."""
    return pages_pdf(engrave(edition(page(1, *lines))))


def fonts_of(pdf):
    """List the font dictionaries of the first page."""
    return list(pdf.pages[0].Resources.Font.values())


def test_subset_embedded_and_mapped():
    """Each face is a tagged subset, embedded once, by glyph id, with its map to letters."""
    pdf = opened(printed(line("Office", word(piece("fjord", SLOPED)))))
    faces = fonts_of(pdf)
    assert len(faces) == 2
    for face in faces:
        descendant = face.DescendantFonts[0]
        tag, name = str(face.BaseFont).split("+")
        assert len(tag) == 7
        assert name.startswith("EBGaramond-")
        assert face.Encoding == "/Identity-H"
        assert "/ToUnicode" in face
        program = descendant.FontDescriptor.FontFile2.read_bytes()
        assert len(program) < 12_000
        tables = set(hb.Face(hb.Blob(program)).table_tags)
        assert not tables & {"GSUB", "GPOS", "GDEF", "fpgm", "prep", "cvt "}
    assert len({str(face.BaseFont) for face in faces}) == 2


def test_widths_are_the_faces_own():
    """The widths in the PDF are the advances of the embedded program."""
    pdf = opened(printed(line("Office-of\u00ad")))
    face = fonts_of(pdf)[0].DescendantFonts[0]
    first, widths = face.W
    program = hb.Font(hb.Face(hb.Blob(face.FontDescriptor.FontFile2.read_bytes())))
    glyphs = face.CIDToGIDMap.read_bytes()
    for code, width in enumerate(widths, int(first)):
        glyph = int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
        assert float(width) == pytest.approx(program.get_glyph_h_advance(glyph), abs=0.01)


def test_no_subset_where_the_licence_forbids_it():
    """A face that may not be cut down is embedded whole, under its own name."""
    whole = replace(REGULAR, licence=0x0100)
    data = printed(line(word(piece("Whole", Style(whole, 11)))))
    pdf = opened(data)
    face = fonts_of(pdf)[0]
    assert face.BaseFont == "/EBGaramond-Regular"
    assert face.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes() == REGULAR.path.read_bytes()
    assert said(data) == "Whole"


@pytest.mark.parametrize(("name", "content"), [("face.ttc", b"ttcf"), ("face.ttf", b"no font at all"), ("gone.otf", None)])
def test_what_cannot_be_embedded_is_refused_by_name(tmp_path, name, content):
    """A collection, rubbish and a missing file are errors that name the file."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    shaped = replace(piece("a"), style=Style(Font("X", "Regular", 400, False, tmp_path / name), 11))
    with pytest.raises(FontError, match=name):
        engrave(edition(page(1, line(word(shaped)))))


@pytest.fixture(scope="module")
def postscript(tmp_path_factory):
    """Build a small face with PostScript outlines."""
    builder = pytest.importorskip("fontTools.fontBuilder").FontBuilder(1000, isTTF=False)
    pen_kind = pytest.importorskip("fontTools.pens.t2CharStringPen").T2CharStringPen
    letters = {".notdef": 0, "space": 0x20, "hyphen": 0x2D, "parenleft": 0x28, "a": 0x61, "b": 0x62, "c": 0x63, "unused": 0x7A}

    def draw(width):
        pen = pen_kind(width, None)
        pen.moveTo((50, 0))
        for corner in ((width - 50, 0), (width - 50, 500), (50, 500)):
            pen.lineTo(corner)
        pen.closePath()
        return pen.getCharString()

    widths = {name: 300 + 100 * at for at, name in enumerate(letters)}
    builder.setupGlyphOrder(list(letters))
    builder.setupCharacterMap({code: name for name, code in letters.items() if code})
    builder.setupCFF("Blocks-Regular", {}, {name: draw(width) for name, width in widths.items()}, {})
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Blocks", "styleName": "Regular", "psName": "Blocks-Regular"})
    builder.setupOS2(sTypoAscender=800, sCapHeight=500)
    builder.setupPost(italicAngle=-8)
    file = io.BytesIO()
    builder.font.save(file)
    path = Path(tmp_path_factory.mktemp("fonts")) / "Blocks.otf"
    path.write_bytes(file.getvalue())
    return Style(Font("Blocks", "Regular", 400, False, path), 10)


def test_postscript_outlines_are_embedded_bare(postscript):
    """A CFF face goes in as its bare table, and reads and shows like any other."""
    data = printed(line(word(piece("ab-c", postscript)), word(piece("a(b", postscript)), space=6.0))
    pdf = opened(data)
    face = fonts_of(pdf)[0]
    descriptor = face.DescendantFonts[0].FontDescriptor
    assert face.DescendantFonts[0].Subtype == "/CIDFontType0"
    assert descriptor.FontFile3.Subtype == "/CIDFontType0C"
    assert descriptor.FontFile3.read_bytes()[:2] == b"\x01\x00"
    assert descriptor.CapHeight == 500
    assert float(descriptor.ItalicAngle) == -8
    assert "/CIDToGIDMap" not in face.DescendantFonts[0]
    assert said(data) == "ab-c a(b"
    starts = [round(x - 54, 2) for _, x, _ in letters_at(data)]
    assert starts == [0, 7, 15, 20, 35, 42, 48]
    _, height, rows = ink(data, scale=2)
    assert rows[height - 2 * 502][2 * 58] < 60


def test_postscript_line_end_hyphen_is_said(postscript):
    """A CFF face has one code a glyph: a hyphen that hyphenation made is said in ActualText."""
    data = printed(line(word(piece("ab-c", postscript)), word(piece("a\u00ad", postscript))), line(word(piece("bc", postscript))))
    assert b"/Span<</ActualText<FEFF00AD>>>BDC" in next(streams(data))
    assert b"[()]" not in next(streams(data))


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler is not installed")
def test_poppler_sees_every_face_embedded(tmp_path, postscript):
    """Poppler shows every font embedded, subset and mapped."""
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(line("Office", word(piece("fjord", SLOPED)), word(piece("abc", postscript)))))
    rows = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(rows) == 3
    assert all("Identity-H       yes yes yes" in row for row in rows)
    assert sorted(row[37:54].strip() for row in rows) == ["CID TrueType", "CID TrueType", "CID Type 0C"]
