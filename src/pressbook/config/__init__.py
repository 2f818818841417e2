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
    plan,
    respecify,
    whole_sheet,
)
from pressbook.config.schema import BookletKeys, Config, Duplex, House, OffsetKeys, Scheme, load, override
from pressbook.config.trims import SHEETS, TRIMS, Trim, find_sheet, find_trim

__all__ = [
    "CAP_HEIGHT",
    "SET_WIDTH",
    "SHEETS",
    "TRIMS",
    "BookletKeys",
    "Config",
    "Counts",
    "Design",
    "Duplex",
    "House",
    "Margins",
    "OffsetKeys",
    "Opening",
    "Scheme",
    "Spec",
    "Trim",
    "find_sheet",
    "find_trim",
    "ideal_depth",
    "load",
    "override",
    "plan",
    "respecify",
    "whole_sheet",
]
