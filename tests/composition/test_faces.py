"""Faces: fonts found, described, chosen by style, and refused by name."""

import pytest
from compositor import FONTS, design, galley
from fontshop import ROMAN, cut_font, table

from pressbook.composition import bundled, find_fonts, forbidden, licence_words
from pressbook.composition.faces import choose, open_face
from pressbook.errors import FontError

INSTALLABLE, RESTRICTED, PREVIEW, EDITABLE, NO_SUBSETTING, BITMAPS_ONLY = 0x0, 0x2, 0x4, 0x8, 0x100, 0x200


def test_the_bundled_faces_are_found():
    """A roman, an italic and a bolder weight of EB Garamond travel with pressbook, and all may be embedded."""
    assert {font.family for font in FONTS} == {"EB Garamond"}
    assert {("Regular", 400, False), ("Italic", 400, True), ("SemiBold", 600, False)} <= {
        (font.style, font.weight, font.italic) for font in FONTS
    }
    assert not [font for font in FONTS if forbidden(font)]


def test_a_projects_own_fonts_are_found_first(tmp_path):
    """A face in the project's own folder, however deep, stands before the bundled one of the same name."""
    own = cut_font(tmp_path / "fonts" / "deep" / "garamond.TTF", "abc ")
    fonts = find_fonts((tmp_path / "fonts", bundled()))
    assert choose(fonts, "EB Garamond").path == own
    assert choose(fonts, "EB Garamond", italic=True).path.parent == bundled()
    assert len(fonts) == len(FONTS)


def test_other_files_in_a_font_folder_are_left_alone(tmp_path):
    """Licences, notes and a missing folder are no fonts and no fault."""
    (tmp_path / "OFL.txt").write_text("a licence")
    (tmp_path / "webfont.woff2").write_bytes(b"wOF2")
    (tmp_path / "folder.ttf").mkdir()
    assert find_fonts((tmp_path, tmp_path / "nowhere")) == ()


@pytest.mark.parametrize(
    ("italic", "weight", "style"),
    [(False, 400, "Regular"), (True, 400, "Italic"), (False, 600, "SemiBold"), (False, 900, "SemiBold"), (True, 700, "Italic")],
)
def test_the_nearest_face_of_a_family_is_chosen(italic, weight, style):
    """Slope decides, then the nearest weight; the family's capitals do not matter."""
    assert choose(FONTS, "eb GARAMOND", italic=italic, weight=weight).style == style


def test_an_unknown_family_is_refused_with_the_known_ones():
    """A family that is not there is an error that names it, and its hint names those that are."""
    with pytest.raises(FontError, match="'Comic Sans'") as caught:
        choose(FONTS, "Comic Sans")
    assert "EB Garamond" in caught.value.hint


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (INSTALLABLE, "installable"),
        (PREVIEW, "embeddable"),
        (EDITABLE, "embeddable"),
        (NO_SUBSETTING, "installable"),
        (RESTRICTED, "embedding forbidden"),
        (BITMAPS_ONLY, "embedding forbidden"),
        (EDITABLE | BITMAPS_ONLY, "embedding forbidden"),
    ],
)
def test_licence_bits_are_read_and_heeded(tmp_path, bits, words):
    """The embedding bits of a font's OS/2 table are read and said in words; a font that forbids embedding is refused by name."""
    cut_font(tmp_path / "guarded.ttf", "abc ", licence=bits)
    (font,) = find_fonts((tmp_path,))
    assert (font.licence, licence_words(font)) == (bits, words)
    if forbidden(font):
        with pytest.raises(
            FontError, match=rf"EB Garamond Regular \(guarded\.ttf\) forbids embedding: fsType {bits:#06x}"
        ) as caught:
            choose((font,), "EB Garamond")
        assert "licence" in caught.value.hint
    else:
        assert choose((font,), "EB Garamond") == font


def test_a_forbidden_face_stops_the_compositor(tmp_path):
    """A story whose face forbids embedding is not composed."""
    cut_font(tmp_path / "guarded.ttf", family="ZZ Guardian", licence=RESTRICTED)
    with pytest.raises(FontError, match="forbids embedding"):
        galley("A story.", 'type.font="ZZ Guardian"', fonts=find_fonts((tmp_path, bundled())))


@pytest.mark.parametrize("share", [0.0, 0.00003, 0.001, 0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_font_cut_short_is_refused_by_name(tmp_path, share):
    """A font whose download broke off, wherever, is refused by the file's name, with the advice to replace it."""
    whole = ROMAN.read_bytes()
    (tmp_path / "broken.ttf").write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(FontError, match=r"broken\.ttf is") as caught:
        find_fonts((tmp_path,))
    assert "broken.ttf" in caught.value.hint


@pytest.mark.parametrize(
    "content", [b"not a font at all " * 100, b"wOF2" + bytes(2000), bytes(5000)], ids=["text", "woff2", "zeros"]
)
def test_what_is_no_font_is_refused_by_name(tmp_path, content):
    """A file that only calls itself a font is refused by its name."""
    (tmp_path / "fake.otf").write_bytes(content)
    with pytest.raises(FontError, match=r"fake\.otf is not a font"):
        find_fonts((tmp_path,))


@pytest.mark.parametrize("tag", ["cmap", "glyf", "hmtx", "OS/2"])
def test_a_font_without_a_table_it_needs_is_refused(tmp_path, tag):
    """A font without letters, outlines, widths or licence is refused by name."""
    data = ROMAN.read_bytes()
    at = data.index(tag.encode(), 12, 12 + 16 * 20)
    (tmp_path / "holed.ttf").write_bytes(data[:at] + b"zzzz" + data[at + 4 :])
    with pytest.raises(FontError, match=r"holed\.ttf"):
        find_fonts((tmp_path,))


def test_advances_are_in_em():
    """A character's advance is in em, and nought if the face lacks it."""
    face = open_face(choose(FONTS, "EB Garamond"))
    assert 0.15 < face.advance(" ") < 0.3 < face.advance("n") < face.advance("m") < 1
    assert face.advance("☃") == 0
    assert table(ROMAN.read_bytes(), "head")[1] == 54 and face.upem == 1000


def test_the_config_names_the_face(tmp_path):
    """`type.font` sets the story in a face of the project's own."""
    cut_font(tmp_path / "other.ttf", family="ZZ Fallback")
    made = galley("A story.", 'type.font="ZZ Fallback"', fonts=find_fonts((tmp_path, bundled())))
    (line,) = made.blocks[0].settings[0].lines
    assert {piece.style.font.family for word in line.words for piece in word.pieces} == {"ZZ Fallback"}
    assert design('type.font="ZZ Fallback"').config.type.font == "ZZ Fallback"
