"""What the user chose (`Config`), and the page that follows from it (`Design`)."""

from pressbook.config.design import CAP_HEIGHT, SET_WIDTH, Counts, Design, Margins, Opening, Spec, ideal_depth, plan, respecify
from pressbook.config.schema import Config, House, Mark, PressKeys, dated, load, moment_of, override
from pressbook.config.surround import Surround, surround
from pressbook.config.trims import SHEETS, TRIMS, Trim, find_sheet, find_trim

__all__ = [
    "CAP_HEIGHT",
    "SET_WIDTH",
    "SHEETS",
    "TRIMS",
    "Config",
    "Counts",
    "Design",
    "House",
    "Margins",
    "Mark",
    "Opening",
    "PressKeys",
    "Spec",
    "Surround",
    "Trim",
    "dated",
    "find_sheet",
    "find_trim",
    "ideal_depth",
    "load",
    "moment_of",
    "override",
    "plan",
    "respecify",
    "surround",
]
