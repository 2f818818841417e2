"""The press room: which page stands where on which sheet, and what to do with the sheets."""

from importlib import import_module
from typing import TYPE_CHECKING

from pressbook.press.imposition import Imposition, Room, impose, make_room
from pressbook.press.paper import home_sheet, safety
from pressbook.press.schemes import SCHEMES, lies_lengthwise

if TYPE_CHECKING:
    from pressbook.press.calibration import REACH, Miss, crosses, miss, target
    from pressbook.press.covers import panels, wrap
    from pressbook.press.diagrams import Drawing, Numeral, sheets, turns
    from pressbook.press.foreign import Foreign
    from pressbook.press.printers import HOME, PRINTERS, TRADE, find_printer, settle, settled
    from pressbook.press.trimming import Box, White, intrusions, table, trimmed, type_of, whites

__all__ = [
    "HOME",
    "PRINTERS",
    "REACH",
    "SCHEMES",
    "TRADE",
    "Box",
    "Drawing",
    "Foreign",
    "Imposition",
    "Miss",
    "Numeral",
    "Room",
    "White",
    "crosses",
    "find_printer",
    "home_sheet",
    "impose",
    "intrusions",
    "lies_lengthwise",
    "make_room",
    "miss",
    "panels",
    "safety",
    "settle",
    "settled",
    "sheets",
    "table",
    "target",
    "trimmed",
    "turns",
    "type_of",
    "whites",
    "wrap",
]

_LATER = {
    "calibration": ("REACH", "Miss", "crosses", "miss", "target"),
    "covers": ("panels", "wrap"),
    "diagrams": ("Drawing", "Numeral", "sheets", "turns"),
    "foreign": ("Foreign",),
    "printers": ("HOME", "PRINTERS", "TRADE", "find_printer", "settle", "settled"),
    "trimming": ("Box", "White", "intrusions", "table", "trimmed", "type_of", "whites"),
}


def __getattr__(name: str) -> object:
    # Start-up counts: what a plain booklet does not need comes in when it is asked for.
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"pressbook.press.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
