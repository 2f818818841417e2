"""The standards a file can promise to keep, and what each asks of it."""

from typing import Literal, TypeAlias

from pressbook.config import PressKeys
from pressbook.pdf.intent import BLACK, COATED, Intent
from pressbook.values import Value

Ink: TypeAlias = Literal["black", "cmyk"]


class Standard(Value):
    """What a standard asks of a file beyond what all our files keep: fonts embedded, no RGB, no transparency, boxes nested."""

    name: str
    """As the file names it; empty for none."""
    version: tuple[int, int]
    """Of PDF."""
    intents: dict[Ink, Intent]
    """The printing condition for each choice of inks; none without a standard."""
    tagged: bool = True
    """Whether its files tell those who hear the book what is heading and paragraph: as PDF/UA-1, which is younger than PDF 1.4."""
    embeds: tuple[Intent, ...] = ()
    """The conditions whose profile must be in the file; of the others the registered name is enough."""


STANDARDS: dict[str, Standard] = {
    "none": Standard("", (1, 6), {}),
    "PDF/X-4": Standard("PDF/X-4", (1, 6), {"black": BLACK, "cmyk": COATED}, embeds=(BLACK, COATED)),
    "PDF/X-3": Standard("PDF/X-3:2003", (1, 4), {"black": BLACK, "cmyk": COATED}, tagged=False, embeds=(BLACK,)),
    # X-1a is "complete exchange using CMYK data": its condition has four inks, of which black type uses one.
    "PDF/X-1a": Standard("PDF/X-1a:2003", (1, 4), {"black": COATED, "cmyk": COATED}, tagged=False),
}

UNDATED = 946_684_800
"""The first moment of 2000: PDF/X asks for a date, and a date from the clock would change a file in which nothing changed."""

AT_HOME = PressKeys()
"""What a printer at home wants: nothing in particular."""
OVERPRINT = "Over"
"""The name of the graphics state in which black prints over what lies under it."""


def black_of(press: PressKeys) -> str:
    """Return the operators that choose black for type and ornaments: one ink, whichever way it is said.

    Grey cannot print over other inks: it takes them away (ISO 32000-1, table 149). Black of four inks can.
    """
    if press.ink == "black":
        return "0 g"
    return f"0 0 0 1 k /{OVERPRINT} gs" if press.overprint else "0 0 0 1 k"


def line_of(press: PressKeys) -> str:
    """Return the operator that chooses black for lines."""
    return "0 G" if press.ink == "black" else "0 0 0 1 K"


def standard_of(press: PressKeys) -> Standard:
    """Return the standard that a config asks for."""
    return STANDARDS[press.standard]
