"""A code on the page: black squares that say its text, with white around it, and nothing that is read as words."""

import pytest
from printed import ink, said, streams

from pressbook.model import Code, Edition, Page, Spread
from pressbook.pdf import engrave, pages_pdf
from pressbook.pdf.paint import QUIET, qr_dots

ADDRESS = "https://boats.example/works/424242"
FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def printed(*codes):
    """Print a page of codes alone."""
    page = Page(1, "recto", "front", codes=codes)
    return pages_pdf(engrave(Edition("The Lamp", "Ada Quill", "en-US", 200.0, 300.0, 0.0, (Spread(None, page),))))


def read_back(data, code, dots):
    """See which dots of a code are black on the rendered page, the white around it as well."""
    scale = 8
    _, height, rows = ink(data, scale=scale)
    dot = code.size / (dots + 2 * QUIET)
    middles = [(at + 0.5) * dot for at in range(dots + 2 * QUIET)]
    return tuple(
        tuple(rows[round(height - (code.y + code.size - y) * scale)][round((code.x + x) * scale)] < 128 for x in middles)
        for y in middles
    )


@pytest.mark.parametrize("text", [ADDRESS, "x", "https://boats.example/" + "a" * 180, "https://boote.example/straße"])
def test_a_code_prints_its_dots(text):
    """Every dot of the code is printed where it belongs, black or white, and nothing on the four dots of white around it."""
    dots = qr_dots(text)
    code = Code(text, 40.0, 90.0, 100.0)
    seen = read_back(printed(code), code, len(dots))
    assert tuple(row[QUIET:-QUIET] for row in seen[QUIET:-QUIET]) == dots
    assert sum(map(sum, seen)) == sum(map(sum, dots))


def test_a_code_has_its_finders():
    """Three corners of a code bear the squares by which a reader finds it; its size follows from its letters."""
    dots = qr_dots(ADDRESS)
    assert len(dots) == 29 and {len(row) for row in dots} == {29}
    for rows, columns in ((slice(0, 7), slice(0, 7)), (slice(0, 7), slice(-7, None)), (slice(-7, None), slice(0, 7))):
        assert tuple("".join(str(int(dot)) for dot in row[columns]) for row in dots[rows]) == FINDER


def test_a_code_is_no_text():
    """A code is drawn as filled squares and marked as no part of the text: nothing of it is extracted, and there is no picture."""
    data = printed(Code(ADDRESS, 40.0, 90.0, 60.0))
    assert said(data).strip() == ""
    (stream,) = streams(data)
    assert b" re\n" in stream and b"/Artifact BMC" in stream and b"BI" not in stream.split()
    assert b"/Image" not in data
