"""The press room: which page stands where on which sheet, and what to do with the sheets."""

from importlib import import_module
from typing import TYPE_CHECKING

from pressbook.press.imposition import Imposition, Room, impose, make_room
from pressbook.press.paper import home_sheet, safety
from pressbook.press.schemes import SCHEMES, lies_lengthwise

if TYPE_CHECKING:
    from pressbook.press.calibration import REACH, Miss, crosses, miss, target
    from pressbook.press.diagrams import Drawing, Numeral, sheets, turns
    from pressbook.press.foreign import Foreign
    from pressbook.press.trimming import Box, White, intrusions, table, trimmed, type_of, whites

__all__ = [
    "REACH",
    "SCHEMES",
    "Box",
    "Drawing",
    "Foreign",
    "Imposition",
    "Miss",
    "Numeral",
    "Room",
    "White",
    "crosses",
    "home_sheet",
    "impose",
    "intrusions",
    "lies_lengthwise",
    "make_room",
    "miss",
    "safety",
    "sheets",
    "table",
    "target",
    "trimmed",
    "turns",
    "type_of",
    "whites",
]

_LATER = {
    "calibration": ("REACH", "Miss", "crosses", "miss", "target"),
    "diagrams": ("Drawing", "Numeral", "sheets", "turns"),
    "foreign": ("Foreign",),
    "trimming": ("Box", "White", "intrusions", "table", "trimmed", "type_of", "whites"),
}


def __getattr__(name: str) -> object:
    # Start-up counts: what a plain booklet does not need comes in when it is asked for.
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"pressbook.press.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
