"""What the user chose (`Config`), and the page that follows from it (`Design`)."""

from pressbook.config.design import Design, Margins, plan
from pressbook.config.schema import Config, House, load, override
from pressbook.config.trims import SHEETS, TRIMS, Trim, find_sheet, find_trim

__all__ = [
    "SHEETS",
    "TRIMS",
    "Config",
    "Design",
    "House",
    "Margins",
    "Trim",
    "find_sheet",
    "find_trim",
    "load",
    "override",
    "plan",
]
