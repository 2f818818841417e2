"""Volumes: a very long book parted at chapters' ends, each part near the length that was asked for."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, inf

from pressbook.config import Design
from pressbook.model import Galley
from pressbook.paging.rows import write_out

FRONT_AND_BACK = 6
"""Pages that a volume has besides its chapters: title, imprint, contents, colophon, blanks."""
IN_A_PART = 0.3
"""Of the length asked for: to end a volume in the midst of a part is worth missing it by so much."""


def divide(galleys: Sequence[Galley], design: Design) -> list[list[Galley]]:
    """Part a book into volumes; one of them, if nothing is asked or there is only enough for one.

    What stands before the story goes with the first, what stands behind it with the last.
    """
    wanted = design.config.book.volume_pages
    story = [galley for galley in galleys if galley.kind in ("chapter", "part")]
    if wanted == "off" or not story:
        return [list(galleys)]
    ends = ends_near([_pages(galley, design) for galley in story], int(wanted) - FRONT_AND_BACK, _stops(story))
    volumes = [story[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    volumes[0] = [*(galley for galley in galleys if galley.kind == "front"), *volumes[0]]
    volumes[-1] += [galley for galley in galleys if galley.kind == "back"]
    return volumes


def ends_near(lengths: Sequence[int], wanted: int, stops: Sequence[float]) -> list[int]:
    """Return where volumes end, as counts of chapters, so that their lengths miss the one wanted by the least squares.

    `stops` prices an end behind each chapter, as a part of the length wanted; it is infinite where none may be.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(lengths) + 1):
        ways: list[tuple[float, int]] = []
        length = 0
        for start in range(end - 1, -1, -1):
            length += lengths[start]
            ways.append((best[start][0] + (length - wanted) ** 2 + (stops[end - 1] * wanted) ** 2, start))
        best.append(min(ways))
    ends = [len(lengths)]
    while best[ends[-1]][1]:
        ends.append(best[ends[-1]][1])
    return ends[::-1]


def _stops(story: Sequence[Galley]) -> list[float]:
    """Price a volume's end behind each chapter: none behind a part's title, a dear one amid a part, the last for nothing."""
    first = next((number for number, galley in enumerate(story) if galley.kind == "part"), len(story))
    stops: list[float] = []
    for number, (galley, after) in enumerate(pairwise(story)):
        stops.append(inf if galley.kind == "part" else IN_A_PART * (number >= first and after.kind == "chapter"))
    return [*stops, 0.0]


def _pages(galley: Galley, design: Design) -> int:
    """Count the pages that a chapter takes, more or less; a part has a leaf."""
    rows = write_out(galley, design)
    return max(1, ceil((rows.head + len(rows.rows)) / design.lines)) + (galley.kind == "part")
