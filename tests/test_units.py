"""Lengths and sizes, read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressbook.units import INCH, MM, inch, mm, parse, parse_size, say

LENGTHS = """
72pt      72
1in       72
.75in     54
5.5in     396
0.5 in    36
12 mm     34.0157
2.54cm    72
25.4mm    72
1pc       12
1"        72
11PT      11
  9 pt    9
0mm       0
"""
NO_LENGTHS = ["", "5", "in", "5 inches", "-1in", "1.in", "1,5in", "5.5.5in", "1e3pt", "5in 3", "½in", "5 x 8in", "nan pt", "infpt"]
SIZES = """
5.5x8.5in          396      612
5.5 x 8.5 in       396      612
5.5in x 8.5in      396      612
5.5"x8.5"          396      612
148 x 210 mm       419.5276 595.2756
148×210mm          419.5276 595.2756
148mm*210mm        419.5276 595.2756
14.8 cm by 210 mm  419.5276 595.2756
300x400pt          300      400
10 X 20 PC         120      240
"""
NO_SIZES = ["", "5.5x8.5", "A5", "5.5in", "5.5 8.5in", "x8in", "5xin", "-5x8in", "5x8x9in", "5in x 8", "5.5x8.5 in in"]


def rows(table, columns):
    """Read a table whose last columns are numbers and whose first is a text."""
    return [(line.rsplit(maxsplit=columns)[0], *map(float, line.split()[-columns:])) for line in table.strip("\n").splitlines()]


@pytest.mark.parametrize(("text", "points"), rows(LENGTHS, 1))
def test_a_length_is_read_in_points(text, points):
    """Each way to write a length gives its points, seventy-two to the inch."""
    assert parse(text) == pytest.approx(points, abs=1e-4)


@pytest.mark.parametrize("text", NO_LENGTHS)
def test_what_is_no_length_is_refused(text):
    """A text without number or unit, or with a sign, is no length, and the error quotes it."""
    with pytest.raises(ValueError, match="is not a length") as caught:
        parse(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(("text", "width", "height"), rows(SIZES, 2))
def test_a_size_is_read_as_width_and_height(text, width, height):
    """Each way to write a size gives width and height, the last unit counting for both if there is but one."""
    assert parse_size(text) == pytest.approx((width, height), abs=1e-4)


@pytest.mark.parametrize("text", NO_SIZES)
def test_what_is_no_size_is_refused(text):
    """A text that lacks a side or the unit is no size, and the error quotes it."""
    with pytest.raises(ValueError, match="is not a size") as caught:
        parse_size(text)
    assert repr(text) in str(caught.value)


@given(st.decimals(0, 2000, places=3), st.sampled_from(["pt", "in", "mm", "cm", "pc", '"']))
def test_units_agree_with_each_other(value, unit):
    """A number of any unit is that many times one of the unit."""
    assert parse(f"{value}{unit}") == pytest.approx(float(value) * parse(f"1{unit}"))
    assert parse_size(f"{value}x1{unit}") == pytest.approx((parse(f"{value}{unit}"), parse(f"1{unit}")))


def test_an_inch_is_twenty_five_point_four_millimetres():
    """Inches and millimetres meet where they should."""
    assert inch(1) == INCH == 72
    assert mm(25.4) == pytest.approx(inch(1))
    assert mm(1) == MM


def test_a_length_is_said_as_people_read_it():
    """A length is said in millimetres without idle zeros, and in inches."""
    assert say(inch(5.5)) == "139.7 mm (5.50 in)"
    assert say(mm(148)) == "148 mm (5.83 in)"
    assert say(0) == "0 mm (0.00 in)"
