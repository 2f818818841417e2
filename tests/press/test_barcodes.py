"""ISBN and EAN-13: numbers checked and converted, bars that read back to the number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressbook.errors import ConfigError
from pressbook.press.barcodes import MODULES, bars_of, read_isbn

# The bars of each digit as ISO/IEC 15420 tabulates them: widths of white, black, white, black in the odd set of the left half.
WIDTHS = {
    (3, 2, 1, 1): 0,
    (2, 2, 2, 1): 1,
    (2, 1, 2, 2): 2,
    (1, 4, 1, 1): 3,
    (1, 1, 3, 2): 4,
    (1, 2, 3, 1): 5,
    (1, 1, 1, 4): 6,
    (1, 3, 1, 2): 7,
    (1, 2, 1, 3): 8,
    (3, 1, 1, 2): 9,
}
FIRST = {
    "OOOOOO": 0,
    "OOEOEE": 1,
    "OOEEOE": 2,
    "OOEEEO": 3,
    "OEOOEE": 4,
    "OEEOOE": 5,
    "OEEEOO": 6,
    "OEOEOE": 7,
    "OEOEEO": 8,
    "OEEOEO": 9,
}


def scan(row):
    """Read a row of modules, true for black, as a scanner does: by the widths of bars and spaces."""
    widths, last = [], None
    for black in row:
        if black == last:
            widths[-1] += 1
        else:
            widths.append(1)
        last = black
    assert (widths[:3], widths[27:32], widths[56:]) == ([1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1])
    digits, sets = "", ""
    for group in range(6):
        four = tuple(widths[3 + 4 * group : 7 + 4 * group])
        sets += "O" if four in WIDTHS and sum(four[1::2]) % 2 else "E"
        digits += str(WIDTHS[four if sets[-1] == "O" else four[::-1]])
    for group in range(6):
        digits += str(WIDTHS[tuple(widths[32 + 4 * group : 36 + 4 * group])])
    return f"{FIRST[sets]}{digits}"


def checked(twelve):
    """Append the digit that makes a weighted sum of thirteen divisible by ten, found by trying."""
    for last in range(10):
        digits = f"{twelve}{last}"
        if sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits)) % 10 == 0:
            return digits
    raise AssertionError


numbers = st.builds(lambda head, tail: checked(f"{head}{tail:09d}"), st.sampled_from(["978", "979"]), st.integers(0, 10**9 - 1))


@given(numbers)
def test_the_bars_read_back_to_the_number(digits):
    """Whatever the number, a scanner that knows the standard's table reads it from the bars."""
    row = [False] * MODULES
    for bar in bars_of(digits):
        row[bar.start : bar.start + bar.width] = [True] * bar.width
    assert scan(row) == digits


@given(numbers, st.integers(0, 12), st.integers(1, 9))
def test_any_single_mistyped_digit_is_found(digits, at, off):
    """One wrong digit is an error; where it is the last, the message names the right one."""
    assert read_isbn(f"{digits[:3]}-{digits[3:]}") == digits
    wrong = f"{digits[:at]}{(int(digits[at]) + off) % 10}{digits[at + 1 :]}"
    with pytest.raises(ConfigError) as caught:
        read_isbn(wrong)
    if at == 12:
        assert f"ask for {digits[12]}" in caught.value.message


@pytest.mark.parametrize(("ten", "thirteen"), [("0-306-40615-2", "9780306406157"), ("0-8044-2957-X", "9780804429573")])
def test_ten_digits_become_thirteen(ten, thirteen):
    """An ISBN of ten digits is converted, its last digit checked and made anew."""
    assert read_isbn(ten) == thirteen
    assert read_isbn(f"ISBN {ten.replace('-', ' ')}") == thirteen


@pytest.mark.parametrize("text", ["1234", "978030640615", "0-306-40615-3", "9770306406157", "not a number"])
def test_what_is_no_isbn_is_refused(text):
    """Too few digits, a wrong last one, a number that is no book's: an error with a hint."""
    with pytest.raises(ConfigError) as caught:
        read_isbn(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "'a' is no digit"),
        ("978-0-306-4061X-7", "'x' is no digit"),
        ("9780306406157 (paperback)", "'(' is no digit"),
        ("\u06f9\u06f7\u06f8" + "0306406157", "is no digit"),
        ("1", "it has 1 digit"),
        ("97803064061577", "it has 14 digits"),
        ("", "it has 0 digits"),
    ],
)
def test_what_is_no_number_is_told_as_it_is(typed, said):
    """A letter is named; digits too few or too many are counted."""
    with pytest.raises(ConfigError, match=re.escape(said)):
        read_isbn(typed)
