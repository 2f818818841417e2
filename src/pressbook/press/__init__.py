"""The press room: which page stands where on which sheet, and what to do with the sheets."""

from pressbook.press.calibration import REACH, Miss, crosses, miss, target
from pressbook.press.diagrams import Drawing, Numeral, sheets, turns
from pressbook.press.foreign import Foreign
from pressbook.press.imposition import Imposition, Room, impose, make_room
from pressbook.press.paper import home_sheet, safety
from pressbook.press.schemes import SCHEMES, lies_lengthwise
from pressbook.press.trimmed import Box, White, intrusions, table, trimmed, type_of, whites

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
