"""ISBN and EAN-13: the number checked, its bars as numbers (ISO/IEC 15420)."""

import re
from typing import NamedTuple

from pressbook.errors import ConfigError
from pressbook.units import Pt, mm

MODULE: Pt = mm(0.33)
"""The narrowest bar at full size."""
HEIGHT: Pt = mm(22.85)
"""Of the bars at full size; the guards reach five modules lower."""
QUIET = (11, 7)
"""Modules that stay white before and after the bars."""
MODULES = 95
LEAST_SIZE = 0.8
"""Of full size: smaller bars are read badly."""
GUARD_DROP = 5
"""Modules that the guard bars reach below the others."""

_ODD = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
"""Which of the six left digits are drawn in the odd set and which in the even one, by the first digit."""


class Bar(NamedTuple):
    """A black bar, in modules from the first guard's left edge."""

    start: int
    width: int
    guard: bool
    """Whether it is one of the guards, which reach lower."""


def read_isbn(text: str) -> str:
    """Return an ISBN as thirteen digits; one of ten is converted.

    ConfigError tells which digit the last one should be, or what is wrong with the form.
    """
    digits = re.sub(r"[\s\u2010-\u2015-]", "", text.upper().removeprefix("ISBN").lstrip(": "))
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        _check(text, digits, _last_of_ten(digits))
        return f"978{digits[:9]}{_last_of_thirteen(f'978{digits[:9]}')}"
    if strange := re.search(r"[^0-9X]|X(?!$)", digits):
        raise ConfigError(
            f"book.isbn = {text!r} is no ISBN: {strange[0].lower()!r} is no digit of it",
            "an ISBN has 13 digits, or 10, the last of which may be X",
        )
    if not re.fullmatch(r"[0-9]{13}", digits):
        count = sum(each.isdigit() for each in digits)
        raise ConfigError(
            f"book.isbn = {text!r} is no ISBN: it has {count} digit{'' if count == 1 else 's'}",
            "an ISBN has 13 digits, or 10, the last of which may be X",
        )
    if digits[:3] not in ("978", "979"):
        raise ConfigError(f"book.isbn = {text!r} is no book's number", "an ISBN of 13 digits begins with 978 or 979")
    _check(text, digits, _last_of_thirteen(digits))
    return digits


def bars_of(digits: str) -> tuple[Bar, ...]:
    """Draw thirteen digits: black bars in modules, from left to right."""
    first, left, right = int(digits[0]), digits[1:7], digits[7:]
    half = "".join(_pattern(int(digit), parity) for digit, parity in zip(left, _PARITY[first], strict=True))
    other = "".join(_pattern(int(digit), "R") for digit in right)
    row = f"101{half}01010{other}101"
    guards = {*range(3), *range(45, 50), *range(92, 95)}
    return tuple(Bar(run.start(), run.end() - run.start(), run.start() in guards) for run in re.finditer("1+", row))


def _pattern(digit: int, parity: str) -> str:
    odd = _ODD[digit]
    turned = odd.translate({ord("0"): "1", ord("1"): "0"})
    return {"L": odd, "R": turned, "G": turned[::-1]}[parity]


def _check(text: str, digits: str, last: str) -> None:
    if digits[-1] != last:
        raise ConfigError(
            f"book.isbn = {text!r} is mistyped: its last digit is {digits[-1]}, and the others ask for {last}",
            "compare it with the number that you were given, digit by digit",
        )


def _last_of_thirteen(digits: str) -> str:
    return str(-sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits[:12])) % 10)


def _last_of_ten(digits: str) -> str:
    last = -sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return "X" if last == 10 else str(last)
