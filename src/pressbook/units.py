"""Lengths: everything inside is in points (1/72 inch); this is the way in."""

import re
from typing import TypeAlias

Pt: TypeAlias = float
"""A length in PostScript points, 72 to the inch."""

INCH: Pt = 72.0
MM: Pt = 72.0 / 25.4

_UNITS: dict[str, Pt] = {"pt": 1.0, "in": INCH, '"': INCH, "mm": MM, "cm": 10 * MM, "pc": 12.0}
_NUMBER = r"(\d+(?:\.\d+)?|\.\d+)"
_UNIT = r'(pt|in|"|mm|cm|pc)'
_LENGTH = re.compile(rf"{_NUMBER}\s*{_UNIT}")
_SIZE = re.compile(rf"{_NUMBER}\s*{_UNIT}?\s*[x×by*]+\s*{_NUMBER}\s*{_UNIT}")


def mm(value: float) -> Pt:
    """Return millimetres as points."""
    return value * MM


def inch(value: float) -> Pt:
    """Return inches as points."""
    return value * INCH


def parse(text: str) -> Pt:
    """Read a length such as `5.5in`, `12 mm`, `.75in` or `11pt`; ValueError if it is none."""
    if not (match := _LENGTH.fullmatch(text.strip().lower())):
        raise ValueError(f"{text!r} is not a length")
    return float(match[1]) * _UNITS[match[2]]


def parse_size(text: str) -> tuple[Pt, Pt]:
    """Read a size such as `5.5x8.5in` or `148 x 210 mm` as (width, height); ValueError if it is none."""
    if not (match := _SIZE.fullmatch(text.strip().lower())):
        raise ValueError(f"{text!r} is not a size")
    width, unit, height, last = match.groups()
    return float(width) * _UNITS[unit or last], float(height) * _UNITS[last]


def say(length: Pt) -> str:
    """Name a length as people read it: millimetres and inches, without idle zeros."""
    return f"{length / MM:.1f}".rstrip("0").rstrip(".") + f" mm ({length / INCH:.2f} in)"
