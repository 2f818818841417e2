"""What the user chose (`Config`), and the page that follows from it (`Design`)."""

from pressbook.config.design import (
    CAP_HEIGHT,
    SET_WIDTH,
    Counts,
    Design,
    Margins,
    Opening,
    Spec,
    ideal_depth,
    openings_of,
    plan,
    respecify,
)
from pressbook.config.schema import BookKeys, Config, House, load, override
from pressbook.config.trims import SHEETS, TRIMS, Trim, find_sheet, find_trim

__all__ = [
    "CAP_HEIGHT",
    "SET_WIDTH",
    "SHEETS",
    "TRIMS",
    "BookKeys",
    "Config",
    "Counts",
    "Design",
    "House",
    "Margins",
    "Opening",
    "Spec",
    "Trim",
    "find_sheet",
    "find_trim",
    "ideal_depth",
    "load",
    "openings_of",
    "override",
    "plan",
    "respecify",
]
