"""The promises of the page, read back from the finished sample zine by other programs."""

import re

import pytest
from printed import streams

from readback import letters_at

LEADING = 13.75
"""Of the sample zine, in points."""
TEXT_PAGES = range(3, 9)
"""The sample's pages full of text, counted from 0: three spreads behind the opener."""


@pytest.fixture
def zine(run, sample):
    """Build the sample zine and return its pages' PDF."""
    assert run("build", sample, "--set", f"type.leading={LEADING}pt", "--quiet").status == 0
    return (sample.parent / "dist" / f"{sample.stem}.pdf").read_bytes()


def baselines(data, page):
    """List the heights at which a page's letters stand, the text's lowest first; folio and running head left out."""
    heights = sorted({round(y, 1) for _, _, y in letters_at(data, page)})
    return heights[1:-1]


def test_every_baseline_is_on_one_grid(zine):
    """Whatever page of text it is of, front or back, a line stands a whole number of leadings from every other."""
    lowest = baselines(zine, TEXT_PAGES[0])[0]
    for page in TEXT_PAGES:
        for height in baselines(zine, page):
            rows = (height - lowest) / LEADING
            assert abs(rows - round(rows)) < 0.02, (page + 1, height)


def test_facing_pages_are_level(zine):
    """The last lines of two facing pages of text stand at one height."""
    for verso in TEXT_PAGES[::2]:
        feet = [baselines(zine, page)[0] for page in (verso, verso + 1)]
        assert feet[0] == pytest.approx(feet[1], abs=0.1), verso + 1


def test_letters_give_way_by_little(zine):
    """No glyph is painted wider or narrower by more than 2 %, or moved by more than 1 % of an em."""
    size, scale = 0.0, 1.0
    moved = []
    for content in streams(zine):
        for value, operator in re.findall(rb"(-?[\d.]+) (Tf|Tz|Tc)\b", content):
            number = float(value)
            if operator == b"Tf":
                size = number
            elif operator == b"Tz":
                scale = number / 100
                assert 0.98 <= scale <= 1.02
            else:
                moved.append(number * scale / size)
    assert 0 < max(map(abs, moved)) <= 0.01 + 1e-4
