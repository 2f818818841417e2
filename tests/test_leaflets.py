"""Leaflets: how a booklet is made, in words and drawings, and the target that calibrates a printer."""

import pytest

from pressbook.composition import bundled, find_fonts
from pressbook.config import BookletKeys, find_trim
from pressbook.leaflets import howto
from pressbook.press import SCHEMES, impose
from readback import letters_at, pages_of, words

FONTS = find_fonts((bundled(),))


def leaflet(scheme, trim="A7", pages=8, **keys):
    """Make a leaflet; return the imposition, its number of pages and its bytes."""
    size = find_trim(trim)
    imposed = impose(min(pages, 4) if scheme == "french" else pages, size.width, size.height, BookletKeys(scheme=scheme, **keys))
    return imposed, *howto(imposed, "The Kettle", FONTS)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_leaflet_says_every_step(scheme):
    """For every scheme, the leaflet holds each word of the steps and remarks, and stands on one or two pages."""
    imposed, pages, data = leaflet(scheme, sheet="A3")
    said = [word for text, _ in pages_of(data) for word in words(text)]
    for step in (*imposed.steps, *imposed.remarks):
        for word in words(step):
            assert word in said, step
    assert pages in (1, 2)


def test_a_long_leaflet_goes_on_overleaf():
    """Where the words leave no room for the drawings, those stand on a second page."""
    imposed, _, _ = leaflet("signatures", sheet="A3")
    pages, data = howto(imposed, "The Kettle That Would Not Sing " * 20, FONTS)
    assert pages == len(pages_of(data)) == 2
    assert "sheet 1, front" in pages_of(data)[1][0]


def test_the_drawing_has_the_numbers_of_the_first_sheet():
    """A mini zine's drawing shows 1 to 8 where they stand on the sheet, those of the upper row on their heads."""
    imposed, _, data = leaflet("mini-8")
    digits = {}
    for letter, x, y in letters_at(data):
        if letter in "2345678":
            digits.setdefault(letter, []).append((x, y))
    # The numerals of the drawing come last, after those of the words.
    spots = {letter: found[-1] for letter, found in digits.items()}
    across = [spots[letter][0] for letter in "5432"]
    assert across == sorted(across)
    assert [spots[letter][0] for letter in "678"] == sorted(spots[letter][0] for letter in "678")
    assert min(spots[letter][1] for letter in "2345") > max(spots[letter][1] for letter in "678")
    assert {place.page: place.turn for place in imposed.flats[0].places} == dict.fromkeys((2, 3, 4, 5), 180) | dict.fromkeys(
        (1, 6, 7, 8), 0
    )


def test_a_leaflet_is_a_file_of_its_own(run, story, tmp_path):
    """`outputs.howto` and `--howto` write a leaflet beside the sheets, whose sides stay as many as they were."""
    assert "dist/lamp-booklet-howto.pdf  (1 page)" in run("build", "lamp.txt", "--set", "outputs.howto=true").out
    assert len(pages_of((tmp_path / "dist" / "lamp-booklet.pdf").read_bytes())) == 2
    assert "dist/lamp-saddle-howto.pdf  (1 page)" in run("impose", "dist/lamp.pdf", "--howto").out


def test_a_target_is_printed_and_read(run, tmp_path):
    """`impose --calibrate` prints a target of two sides; given four readings, it says what to write, and a booklet takes it."""
    status, out, _ = run("impose", "--calibrate")
    assert status == 0
    assert out.startswith("dist/calibration-letter.pdf: print both sides, flipped on the short edge")
    front, back = pages_of((tmp_path / "dist" / "calibration-letter.pdf").read_bytes())
    assert "This is the front" in front[0]
    assert 'pressbook impose --calibrate "0.5 -0.3 0.6 0"' in " ".join(back[0].split())
    status, line, _ = run("impose", "--calibrate", "0.5 -0.3 0.6 0", "--quiet")
    assert line == 'back-offset = { x = "0.55mm", y = "-0.15mm", turn = 0.080 }\n'
    (tmp_path / "pressbook.toml").write_text(f"[booklet]\n{line}")
    (tmp_path / "lamp.txt").write_text("One.\n\nTwo.\n")
    assert run("build", "--quiet").status == 0


@pytest.mark.parametrize("readings", ["0.5", "a b c d", "1 2 3", "1 2 3 4 5", "99 0 0 0", "nan 0 0 0"])
def test_readings_that_make_no_sense_are_refused(run, readings):
    """Readings that are not four small numbers are refused with an example."""
    status, out, err = run("impose", "--calibrate", readings)
    assert (status, out) == (1, "")
    assert "--calibrate" in err
    assert "hint:" in err


def test_an_imposition_needs_a_file(run):
    """`impose` without a file says so."""
    status, _, err = run("impose")
    assert status == 1
    assert "no PDF is named" in err
