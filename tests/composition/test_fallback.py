"""Fallback faces: characters that the main face lacks are set from the first face named that has them, or refused by name."""

import pytest
from fontshop import cut_font

from pressbook.cli import main
from pressbook.composition import find_fonts
from pressbook.composition.faces import bundled, choose, prefer
from pressbook.composition.shaping import MissingCharacterError, ScriptError, shape, split_by_face
from pressbook.errors import FontError
from pressbook.model import Style
from readback import pages_of

PLAIN = "EB Garamund"
OTHER = "EB Garamynd"
ASCII = "".join(map(chr, range(32, 127))) + "“”‘’—…"


@pytest.fixture
def fonts(tmp_path):
    """Lay out a main face of nothing but ASCII, one more with a few letters, and the bundled ones."""
    cut_font(tmp_path / "fonts" / "plain.ttf", ASCII, PLAIN)
    cut_font(tmp_path / "fonts" / "other.ttf", "aeéΩ\u0301→", OTHER)
    return find_fonts((tmp_path / "fonts", bundled()))


def split(fonts, text, *families, italic=False):
    """Cut a word by the faces that set it: (family, letters)."""
    own = choose(fonts, PLAIN, italic=italic)
    return [(style.font.family, letters) for style, letters in split_by_face(Style(own, 10.0), text, prefer(fonts, families))]


def test_the_first_face_named_sets_what_the_main_one_lacks(fonts):
    """The faces named come first and in their order, whatever else lies in the folders."""
    assert split(fonts, "aΩb", OTHER) == [(PLAIN, "a"), (OTHER, "Ω"), (PLAIN, "b")]
    assert split(fonts, "aΩb", "EB Garamond", OTHER) == [(PLAIN, "a"), ("EB Garamond", "Ω"), (PLAIN, "b")]
    assert split(fonts, "aωb", OTHER, "EB Garamond") == [(PLAIN, "a"), ("EB Garamond", "ω"), (PLAIN, "b")]
    assert split(fonts, "abc", OTHER) == [(PLAIN, "abc")]


def test_clusters_stay_whole(fonts):
    """A letter and its accent, or a sign and what varies it, come from one face though the main one has the letter."""
    assert split(fonts, "be\u0301a", OTHER) == [(PLAIN, "b"), (OTHER, "e\u0301"), (PLAIN, "a")]
    assert split(fonts, "a→\ufe0fb", OTHER) == [(PLAIN, "a"), (OTHER, "→\ufe0f"), (PLAIN, "b")]
    assert split(fonts, "→\u200d→", OTHER) == [(OTHER, "→\u200d→")]


def test_slope_and_weight_are_kept_where_they_can_be(fonts):
    """Of a family that is named, the font nearest in slope and weight is taken."""
    upright, italic = (choose(fonts, "EB Garamond", italic=slanted) for slanted in (False, True))
    bare = [font for font in fonts if font.family == "EB Garamond"]
    for own in (upright, italic):
        style = Style(own.__class__(PLAIN, "x", own.weight, own.italic, choose(fonts, PLAIN).path), 10.0)
        assert [part.font for part, _ in split_by_face(style, "Ω", bare)] == [own]


def test_a_face_named_must_be_there(fonts):
    """A fallback that no folder holds is an error that names it and those that are."""
    with pytest.raises(FontError, match="no face called 'Nowhere' was found"):
        prefer(fonts, ("Nowhere",))


@pytest.mark.parametrize(
    ("word", "script"),
    [("שלום", "Hebrew"), ("سلام", "Arabic"), ("नमस्ते", "Devanagari"), ("สวัสดี", "Thai"), ("မြန်မာ", "Myanmar")],
)
def test_scripts_that_need_more_are_refused_by_name(fonts, word, script):
    """Right-to-left scripts and those of joined or unparted letters are named, not set as garbage."""
    with pytest.raises(ScriptError) as caught:
        shape(Style(choose(fonts, PLAIN), 10.0), ["a", word])
    assert f"{word!r} is in {script}" in caught.value.message


def test_a_baht_is_no_thai(fonts):
    """A currency's sign among the letters of a script is a sign like others: at most no face has it."""
    with pytest.raises(MissingCharacterError) as caught:
        split(fonts, "5฿", OTHER)
    assert not isinstance(caught.value, ScriptError)


def test_a_book_with_fallbacks_is_read_back(tmp_path, fonts, monkeypatch, capsys):
    """A story with signs that only a fallback has is set, and its words are extracted as typed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("The Sign\n\nTom saw an Ω→ on the wall, and caféΩ again.\n", encoding="utf-8")
    options = ["build", "a.txt", "--quiet", "--set", f"type.font={PLAIN}", "--set", f'type.fallback=["{OTHER}"]']
    assert main(options) == 0
    text = " ".join(text for text, _ in pages_of((tmp_path / "dist" / "a.pdf").read_bytes()))
    assert "an Ω→ on the wall, and caféΩ again." in text.replace("\n", " ")
    (tmp_path / "a.txt").write_text("The Sign\n\nTom.\n\nHe said שלום to her.\n", encoding="utf-8")
    assert main(options) == 1
    said = capsys.readouterr().err
    assert "line 5: 'שלום' is in Hebrew, which is written from right to left" in said
