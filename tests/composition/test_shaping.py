"""Shaping: glyphs with kerning, ligatures and figures, and letters that can always be read back."""

import pytest
from compositor import FONTS, SOFT_HYPHEN, design, galley
from fontshop import cut_font
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.composition import bundled, compose, find_fonts
from pressbook.composition.faces import choose
from pressbook.composition.shaping import MissingCharacterError, shape, shape_broken, split_by_face
from pressbook.errors import FontError
from pressbook.model import Book, Chapter, Paragraph, Run, Style

REGULAR = choose(FONTS, "EB Garamond")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def one(text, *features, size=11.0, tracking=0.0):
    """Shape one word with the features given."""
    (piece,) = shape(Style(REGULAR, size, features, tracking), [text])
    return piece


def test_pairs_are_kerned():
    """AVATAR is narrower with kerning than without, by more than a twentieth."""
    assert one("AVATAR", "kern").width < 0.95 * one("AVATAR", "-kern").width


def test_ligatures_stand_for_their_letters():
    """The ffi of `office` is one glyph whose cluster is its three letters; without ligatures it is three."""
    joined, apart = one("office", "kern", "liga"), one("office", "kern", "-liga")
    assert joined.clusters == ("o", "ffi", "c", "e")
    assert len(joined.glyphs) == 4
    assert apart.clusters == tuple("office")


def test_figures_are_old_style_or_lining():
    """The figures of a year have other glyphs in the text's old style than lining, and read the same."""
    old, lining = one("1984", "onum", "pnum"), one("1984", "lnum", "pnum")
    assert not set(old.glyphs) & set(lining.glyphs)
    assert old.clusters == lining.clusters == tuple("1984")


def test_text_has_old_style_figures_unless_told():
    """A galley's figures are old-style by default and lining with `type.figures`; its title's are lining."""

    def figures(*options):
        made = galley("The year 1984 it was.", *options, title="1984")
        word = next(word for word in made.blocks[0].settings[0].lines[0].words if word.text == "1984")
        return word.pieces[0].style.features, made.opener.lines[0].words[0].pieces[0].style.features

    # The lead-in ends before the year, or small capitals would be among the features.
    assert "onum" in figures()[0] and "lnum" not in figures()[0]
    assert "lnum" in figures('type.figures="lining"')[0]
    assert "lnum" in figures()[1]


def test_small_capitals_read_as_typed():
    """Small capitals are other glyphs than small letters, each with the letter typed as its cluster."""
    small, plain = one("river", "smcp"), one("river")
    assert small.clusters == plain.clusters == tuple("river")
    assert not set(small.glyphs) & set(plain.glyphs)


def test_tracking_widens_every_glyph():
    """Tracking adds its white after each glyph."""
    assert one("river", tracking=0.5).width == pytest.approx(one("river").width + 5 * 0.5, abs=0.03)


def test_size_scales_the_width_and_nothing_else():
    """A word at twice the size is twice as wide, of the same glyphs."""
    small, large = one("quayside", size=8), one("quayside", size=16)
    assert large.width == pytest.approx(2 * small.width)
    assert large.glyphs == small.glyphs and large.advances == small.advances


def test_a_hyphen_made_at_a_line_end_reads_as_a_soft_hyphen():
    """The first part of a broken word is shaped as if a hyphen were typed after it, which reads as U+00AD."""
    soft, hard = shape_broken(Style(REGULAR, 11.0), "offi"), one("offi-", "kern", "liga")
    assert (soft.width, soft.advances, soft.glyphs[:-1]) == (hard.width, hard.advances, hard.glyphs[:-1])
    assert soft.clusters == ("o", "ffi", SOFT_HYPHEN)
    assert soft.text == "offi" + SOFT_HYPHEN


def test_composed_letters_are_one_cluster():
    """A letter and its combining accent stay together when read back."""
    piece = one("cafe\u0301")
    assert "".join(piece.clusters) == "cafe\u0301"
    assert "e\u0301" in "".join(piece.clusters[-2:])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abcfilstAVTW,.“”’-—19éßﬁ\u0301", max_size=9), max_size=12))
def test_a_batch_shapes_each_word_as_if_alone(words):
    """Words shaped in a batch neither kern nor join across their borders: each comes out as it does alone."""
    style = Style(REGULAR, 11.0, ("kern", "liga", "onum"))
    for word, together in zip(words, shape(style, words), strict=True):
        (alone,) = shape(style, [word])
        assert together.text == "".join(together.clusters) == word
        assert (together.glyphs, together.advances, together.offsets, together.width) == (
            alone.glyphs,
            alone.advances,
            alone.offsets,
            alone.width,
        )


def test_nothing_shapes_to_nothing():
    """An empty batch gives no pieces, an empty word one without glyphs."""
    assert shape(Style(REGULAR, 11.0), []) == []
    (piece,) = shape(Style(REGULAR, 11.0), [""])
    assert (piece.text, piece.glyphs, piece.width) == ("", (), 0.0)


# --- characters that are not there ------------------------------------------------------------------------------------


def test_a_word_with_a_foreign_character_is_left_to_other_faces():
    """A word with a character that the face lacks is not shaped; its neighbours are."""
    pieces = shape(Style(REGULAR, 11.0), ["snow", "☃man", "melts"])
    assert [piece and piece.text for piece in pieces] == ["snow", None, "melts"]


def test_an_invisible_character_needs_no_face():
    """A zero-width joiner or a variation selector is never called missing."""
    made = galley("The \u2060river\u200b and the sea\ufe0f.")
    text = " ".join(word.text for word in made.blocks[0].settings[0].lines[0].words)
    assert "river" in text and "sea" in text


def test_a_missing_character_is_named_with_its_word_line_and_faces():
    """A character that no face has is an error naming it, its code point, its word, its line and the faces tried."""
    with pytest.raises(FontError) as caught:
        galley("All is well.\n\nNothing is wrong here.\n\nThen a snow☃man came.")
    message = caught.value.message
    assert message.startswith("line 5: ")
    for part in ("'☃'", "U+2603", "'snow☃man'", "EB Garamond Regular", "EB Garamond Italic"):
        assert part in message
    assert "fonts/" in caught.value.hint


def test_a_missing_character_in_a_title_is_named_with_its_line():
    """A chapter's title that no face can set is an error that names the title's line."""
    with pytest.raises(FontError, match=r"^line 12: .*☃"):
        galley("All is well.", title="The ☃", line=12)


def test_a_missing_character_in_a_heading_is_named_with_its_line():
    """A heading inside a chapter that no face can set is an error that names its line."""
    heading = Paragraph((Run("A ☃"),), 9, "section")
    book = Book("A Story", "", (Chapter("", (Paragraph((Run("Text."),), 7), heading)),))
    with pytest.raises(FontError, match=r"^line 9: .*☃"):
        compose(book, design(), FONTS)


@pytest.fixture
def two_faces(tmp_path):
    """Cut a face with no letter but a to z, and another family with all letters."""
    cut_font(tmp_path / "poor.ttf", LETTERS + " -")
    cut_font(tmp_path / "rich.ttf", family="ZZ Fallback")
    return tmp_path


def test_another_face_lends_the_letters_that_are_missing(two_faces):
    """A word with letters that its face lacks is set in several pieces, those letters in the face that has them."""
    fonts = find_fonts((two_faces,))
    made = galley("it was a naïve façade of sorts", fonts=fonts)
    words = {word.text: word for word in made.blocks[0].settings[0].lines[0].words}
    faces = [(piece.text, piece.style.font.family) for piece in words["façade"].pieces]
    assert faces == [("fa", "EB Garamond"), ("ç", "ZZ Fallback"), ("ade", "EB Garamond")]
    assert [piece.style.font.family for piece in words["sorts"].pieces] == ["EB Garamond"]


def test_no_letter_is_lent_by_a_face_that_forbids_embedding(two_faces):
    """A fallback whose licence forbids embedding is passed over, as if it were not there."""
    cut_font(two_faces / "rich.ttf", family="ZZ Fallback", licence=0x2)
    with pytest.raises(FontError, match="'ï'") as caught:
        galley("it was a naïve façade of sorts", fonts=find_fonts((two_faces,)))
    assert "ZZ Fallback" not in caught.value.message


def test_fallbacks_keep_style_and_order():
    """The parts of a word cut by face are in order, whole, and of the style's size and features."""
    style = Style(REGULAR, 9.0, ("kern", "smcp"), 0.3)
    ((part, text),) = split_by_face(style, "river", FONTS)
    assert (part, text) == (style, "river")
    with pytest.raises(MissingCharacterError):
        split_by_face(style, "ri☃er", FONTS)


def test_the_bundled_faces_have_what_fiction_needs():
    """Roman and italic have the letters of western languages, curly quotes, dashes, ellipses and fleurons."""
    needed = LETTERS + LETTERS.upper() + "“”‘’«»‹›„‚–—…éèêëàâäáãåæçíìîïñóòôöõøœúùûüýÿßšžčěřćńśźłąęğışțșőű¿¡§†‡•°©❦☙"
    for font in find_fonts((bundled(),)):
        style = Style(font, 11.0)
        assert not [char for char, piece in zip(needed, shape(style, list(needed)), strict=True) if piece is None]
