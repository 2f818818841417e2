"""The output intent: the printing condition a PDF/X file is made for, and the ICC profiles that describe it."""

from pathlib import Path
from struct import pack
from typing import NamedTuple

SOLID = 0.025
"""How much light solid black on uncoated paper gives back, of what the paper does: a density of 1.6."""
GAIN = 0.20
"""How much larger a half tone prints, as a part of the area, than it is drawn."""
STEPS = 64
"""Points of the tone curve less one."""
FOGRA39 = Path(__file__).parent / "profiles" / "FOGRA39L_coated.icc"


class Intent(NamedTuple):
    """A printing condition as an output intent names it."""

    identifier: str
    """Its name in the registry, or `Custom`."""
    info: str
    """The same in words of a person."""
    registry: str
    """Where its name is registered; empty if nowhere."""
    components: int
    """How many inks it has."""


BLACK = Intent("Custom", "Black ink alone on uncoated paper", "", 1)
COATED = Intent("FOGRA39", "Coated FOGRA39 (ISO 12647-2:2004)", "http://www.color.org", 4)


def profile_of(intent: Intent) -> bytes:
    """Return the ICC profile of a condition: class `prtr`, version 2, which every PDF/X may hold."""
    return grey_profile() if intent.components == 1 else FOGRA39.read_bytes()


def grey_profile() -> bytes:
    """Make a profile of black ink on uncoated paper (ICC.1:2001-04, 6.3.4.1: what a monochrome output profile must have).

    A grey is as light as the paper between its dots and the ink on them; dots print larger than they are drawn.
    """
    curve = [round(65535 * _lightness(1 - step / STEPS)) for step in range(STEPS + 1)]
    tags = {
        b"desc": _description("pressbook black on uncoated paper"),
        b"cprt": b"text\0\0\0\0No copyright: free for any use\0",
        b"wtpt": b"XYZ \0\0\0\0" + _d50(),
        b"kTRC": b"curv\0\0\0\0" + pack(f">I{len(curve)}H", len(curve), *curve),
    }
    at = 128 + 4 + 12 * len(tags)
    table, body = pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + pack(">II", at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return _head(at + len(body)) + table + body


def _lightness(ink: float) -> float:
    """Return the light given back where a part of the area is to be inked (Murray and Davies 1936), dot gain included."""
    return 1 - (ink + 4 * GAIN * ink * (1 - ink)) * (1 - SOLID)


def _head(size: int) -> bytes:
    made = pack(">6H", 2000, 1, 1, 0, 0, 0)  # the date of a profile that never changes
    head = pack(">I4sI", size, b"\0\0\0\0", 0x02100000) + b"prtrGRAYXYZ " + made + b"acsp" + b"\0" * 28 + _d50()
    return head.ljust(128, b"\0")


def _d50() -> bytes:
    return pack(">3i", 0xF6D6, 0x10000, 0xD32D)


def _description(text: str) -> bytes:
    """Write an ICC v2 description: in ASCII, with the Unicode and Macintosh parts left empty."""
    letters = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + pack(">I", len(letters)) + letters + b"\0" * (4 + 4 + 2 + 1 + 67)
