"""The press room: which page stands where on which sheet, and what to do with the sheets."""

from pressbook.press.foreign import Foreign
from pressbook.press.imposition import Imposition, Room, impose, make_room
from pressbook.press.paper import safety
from pressbook.press.schemes import SCHEMES
from pressbook.press.trimmed import Box, White, intrusions, table, trimmed, type_of, whites

__all__ = [
    "SCHEMES",
    "Box",
    "Foreign",
    "Imposition",
    "Room",
    "White",
    "impose",
    "intrusions",
    "make_room",
    "safety",
    "table",
    "trimmed",
    "type_of",
    "whites",
]
