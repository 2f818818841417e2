"""Rivers: word spaces that lie under one another through several lines.

Neighbouring lines are priced while a paragraph is broken; a river needs four, which a breaker that remembers one line
cannot see. So the best setting is looked at when it is made, and broken anew where a river runs through it.
"""

from collections.abc import Sequence
from math import inf

from pressbook.model import Line
from pressbook.units import Pt

LONG = 4
"""So many lines make a river that the eye follows."""
OVERLAP = 0.6
"""How much of the narrower of two word spaces must lie over the other for the white to run on."""

_NO_EDGE = (inf, 0)


def rivers(lines: Sequence[Line]) -> list[int]:
    """Return the last row of each river in a paragraph's lines."""
    found: list[int] = []
    running: dict[Pt, int] = {}
    above = 0.0
    for row, line in enumerate(lines):
        # Two spaces overlap enough if the one on the left reaches far enough under the other.
        space = line.space
        shared = OVERLAP * (space if space < above else above)
        before, after = above - shared, space - shared
        now: dict[Pt, int] = {}
        edges = iter(running.items())
        edge, length = next(edges, _NO_EDGE)
        x, scale, tracking = line.indent, line.scale, line.tracking
        for word in line.words[:-1]:
            x += word.width * scale + word.seams * tracking
            while edge < x - before:
                edge, length = next(edges, _NO_EDGE)
            if edge > x + after:
                now[x] = 1
            else:
                now[x] = length + 1
                if length + 1 == LONG:
                    found.append(row)
            x += space
        running, above = now, space
    return found
