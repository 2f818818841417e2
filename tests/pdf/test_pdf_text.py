"""The text on the page: where every glyph stands, and what is extracted."""

import shutil
import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import ink, said, streams
from typecase import MEASURE, REGULAR, ROMAN, SLOPED, SMALL_CAPS, edition, line, metrics, page, piece, slugs, word

from pressbook.model import Page, Piece, Style, Word
from pressbook.pdf import engrave, pages_pdf
from pressbook.values import replace
from readback import letters_at


def printed(*lines):
    """Print one page of lines."""
    return pages_pdf(engrave(edition(page(1, *lines))))


def pens(slug):
    """Follow the pen along a slug: (letters, x, y) of every glyph that stands for letters."""
    at = slug.x + slug.line.indent
    for each in slug.line.words:
        for part in each.pieces:
            em = part.style.size / metrics(part.style.font.path).face.upem
            offsets = part.offsets or ((0, 0),) * len(part.glyphs)
            for letters, advance, (across, up) in zip(part.clusters, part.advances, offsets, strict=True):
                yield letters, at + across * em, slug.y + up * em
                at += advance * em
        at += slug.line.space


def assert_stands(data, all_slugs, near=0.01):
    """Check that every glyph stands where the compositor put it."""
    wanted = [(letters[0], x, y) for slug in all_slugs for letters, x, y in pens(slug) if letters]
    found = {(round(x, 1), round(y, 1)): letters for letters, x, y in letters_at(data)}
    spots = [(x, y) for _, x, y in letters_at(data)]
    for letters, x, y in wanted:
        assert any(abs(x - at) < near and abs(y - up) < near for at, up in spots), (letters, x, y, found)


def test_kerning_and_ligatures_stand_right():
    """Kerned capitals, ligatures and an italic inside the line stand where HarfBuzz put them."""
    text = slugs(
        line(
            "AVATAR To Wave office", word(piece("fjord,", SLOPED)), word("(", piece("Wa", SLOPED), ")."), "Tolstoy", measure=MEASURE
        ),
        line("the end", indent=14.0),
    )
    assert_stands(pages_pdf(engrave(edition(Page(1, "recto", "text", text)))), text)


def test_a_justified_line_is_flush():
    """The last glyph of a justified line ends at the measure."""
    set_line = line("When she came", word(piece("down", SLOPED)), "to the water, the boats were gone.", measure=MEASURE)
    last = max(letters_at(printed(set_line)), key=lambda found: found[1])
    end = last[1] + piece(".").width
    assert end == pytest.approx(54 + MEASURE, abs=0.01)


words = st.lists(
    st.tuples(
        st.text("aAvVTo.,fi()\\WyY—-", min_size=1, max_size=8), st.sampled_from([ROMAN, SLOPED, SMALL_CAPS, Style(REGULAR, 14.5)])
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(words, st.floats(1.5, 9))
def test_any_line_stands_right(typed, space):
    """Whatever the words, styles and word space, every glyph stands where the compositor put it."""
    text = slugs(line(*(word(piece(letters, style)) for letters, style in typed), space=space))
    wanted = list(pens(text[0]))
    data = pages_pdf(engrave(edition(Page(1, "recto", "text", text))))
    for content in streams(data):
        assert b"()" not in content.replace(b"\\(", b"").replace(b"\\)", b"")
    ends = [(letters, x) for letters, x, _ in letters_at(data)]
    assert ends[0][1] == pytest.approx(wanted[0][1], abs=0.01)
    assert min(abs(x - wanted[-1][1]) for _, x in ends) < 0.01


def test_offsets_move_glyphs():
    """A mark raised and shifted by the face is painted there, and the pen goes on undisturbed."""
    plain = piece("oxo")
    moved = replace(plain, offsets=((0, 0), (-60, 120), (0, 0)))
    assert isinstance(moved, Piece)
    text = slugs(line(Word("oxo", (moved,), moved.width), "after"))
    data = pages_pdf(engrave(edition(Page(1, "recto", "text", text))))
    assert_stands(data, text)


def test_spaces_ligatures_and_small_capitals_are_extracted_as_typed():
    """The reader gets the letters that were typed, and the lines in order."""
    text = said(
        printed(line("office waffle fjord", word(piece("Small", SMALL_CAPS))), line("caps and an ‘end’—"), line("Then more."))
    )
    assert text == "office waffle fjord Small\ncaps and an ‘end’—\nThen more."


BROKEN = (
    line("It was a long way from the station to the of\u00ad"),
    line("fice, well-known to all, where Sasuke-"),
    line("kun had been asleep."),
)


def test_a_hyphen_that_hyphenation_made_has_its_own_code():
    """One glyph, two meanings: the hyphen of `of-fice` is extracted as a soft hyphen, that of `well-known` as typed."""
    content = b"".join(streams(printed(*BROKEN)))
    assert b"ActualText" not in content
    assert said(printed(*BROKEN)).replace("\ufffe", "-") == (
        "It was a long way from the station to the of-fice, well-known to all, where Sasuke-kun had been asleep."
    )


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_soft_hyphens(tmp_path):
    """Poppler gives the soft hyphen as such and keeps the hard one."""
    (tmp_path / "a.pdf").write_bytes(printed(*BROKEN))
    text = subprocess.run(["pdftotext", "-raw", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert text.split("\n")[:3] == [" ".join(each.text for each in broken.words) for broken in BROKEN]


@pytest.mark.skipif(not shutil.which("mutool"), reason="MuPDF is not installed")
def test_mupdf_reads_soft_hyphens(tmp_path):
    """MuPDF, which overlooks ActualText, gives the soft hyphen too."""
    (tmp_path / "a.pdf").write_bytes(printed(*BROKEN))
    drawn = subprocess.run(["mutool", "draw", "-q", "-F", "txt", tmp_path / "a.pdf"], capture_output=True, check=True)
    text = drawn.stdout.decode("utf-8")
    assert "of\u00ad\nfice, well-known to all, where Sasuke-\nkun" in text


def test_letters_shared_by_glyphs_are_said():
    """Where two glyphs stand for one letter, the letter is said beside them."""
    parts = piece("xo")
    both = Piece(ROMAN, "é", parts.glyphs, ("é", ""), parts.advances, (), parts.width)
    data = printed(line(Word("é", (both,), both.width), "xo"))
    assert b"/Span<</ActualText<FEFF00E9>>>BDC" in next(streams(data))
    assert said(data) == "é xo"


def test_a_space_that_does_not_break_is_extracted_as_a_space():
    """The compositor's own no-break spaces do not reach the reader's clipboard."""
    assert said(printed(line(word("said\u00a0she"), "now"))) == "said she now"


def test_tracking_lies_between_glyphs():
    """Tracked capitals stand apart by their tracking."""
    loose = Style(REGULAR, 11, ("kern",), 1.1)
    text = slugs(line(word(piece("CHAPTER", loose)), word(piece("ONE", loose))))
    assert_stands(pages_pdf(engrave(edition(Page(1, "recto", "text", text)))), text)


@pytest.mark.parametrize(("scale", "tracking"), [(1.0, 0.0), (0.98, -0.1), (1.02, 0.1)])
def test_an_initial_keeps_its_shape(scale, tracking):
    """However its line gives, an initial keeps its width and stands below the line; the rest of its word stands where set."""
    large = Style(REGULAR, 40)
    down = replace(piece("H", large), offsets=((0, -600),))
    together = replace(word(down, "II"), anchor=(piece("H"), piece("\u00ad")))
    first = replace(line(together, "I"), scale=scale, tracking=tracking)
    data = printed(first)
    zoom = 10
    _, height, rows = ink(data, scale=zoom)
    strip = [row[54 * zoom : 130 * zoom] for row in rows]
    dark = [
        54 * zoom + at for at, column in enumerate(zip(*(row for row in strip if min(row) < 128), strict=True)) if min(column) < 128
    ]
    gaps = [(left, right) for left, right in pairwise(dark) if right > left + 1]
    extents = metrics(REGULAR.path).get_glyph_extents(down.glyphs[0])
    assert dark[0] / zoom == pytest.approx(54 + extents.x_bearing * 0.04, abs=0.15)
    assert gaps[0][0] / zoom == pytest.approx(54 + (extents.x_bearing + extents.width) * 0.04, abs=0.15)
    rest = metrics(REGULAR.path).get_glyph_extents(piece("I").glyphs[0]).x_bearing * 0.011
    assert gaps[0][1] / zoom == pytest.approx(54 + (down.width + rest) * scale + tracking, abs=0.15)
    bottom = max(at for at, row in enumerate(rows) if min(row[54 * zoom : 80 * zoom]) < 128)
    assert height / zoom - bottom / zoom == pytest.approx(500 - 24 + (extents.y_bearing + extents.height) * 0.04, abs=0.2)
    assert said(data) == "HII I"
