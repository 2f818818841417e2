"""Specifications: the sizes, leadings, measures and depths that a story may be set in, and the taste that ranks them."""

from collections.abc import Iterator
from itertools import product
from math import ceil, floor, inf, log
from typing import NamedTuple, TypeAlias

from pressbook.config import CAP_HEIGHT, SET_WIDTH, Design, Spec, ideal_depth, openings_of
from pressbook.units import Pt

Reasons: TypeAlias = tuple[tuple[str, float], ...]
"""What speaks against a setting, and how much; 1 is what a compositor would just notice."""

SIZES: tuple[Pt, Pt] = (8.0, 14.0)
"""Type that an adult reads without effort, and does not take for a child's book."""
SIZE_CHANGE = 1.25
"""The text type is at most so many times larger, or smaller, than the rule for the page would have it."""
LEADINGS = (1.18, 1.45)
"""Times the size: below, lines crowd; above, they come apart."""
LETTERS = (45.0, 78.0)
"""On a full line; Bringhurst (2.1.2) gives 45 to 75."""
LEAST_MARGIN: Pt = 18.0
"""What a desktop printer cannot reach, 0.25 in: no margin is cut to less,"""
SLIMMEST = 0.7
"""nor to less than so much of what the rule gives it."""
SHALLOWEST = 0.58
"""The least part of the page's height that the type page takes."""
STEP: Pt = 0.25
"""Sizes and leadings are quarters of a point."""


class Candidate(NamedTuple):
    """A specification not yet set."""

    spec: Spec
    letters: float
    """On a full line."""
    price: float
    """What can be foreseen of how ugly it is."""


def specifications(design: Design) -> list[Candidate]:
    """List the specifications within the limits, handsomest first; what the config gives is given.

    Two that hold as many letters a line and lines a page take the same pages: only the handsomer of them is listed.
    """
    best: dict[tuple[float, int], tuple[float, Spec]] = {}
    for (size, leading), measures in _types(design):
        depths = _depths(design, size, leading)
        for measure in measures:
            letters = _letters_in(measure, size)
            typed = sum(price for _, price in _taste_in_type(size, leading, letters, design))
            ideal = ideal_depth(design.trim, measure)
            for lines in depths:
                key = (letters, lines)
                rival = best[key][0] if key in best else inf
                # Most are beaten already, and tens of thousands are looked at.
                if typed < rival and (price := typed + _taste_in_depth(size, leading, lines, ideal, design)) < rival:
                    best[key] = (price, Spec(size, leading, measure, lines, "title page"))
    found = [
        Candidate(spec._replace(opening=opening), letters, price)
        for ((letters, _), (price, spec)), opening in product(best.items(), openings_of(design.config))
    ]
    return sorted(found, key=lambda candidate: candidate.price)


def taste(spec: Spec, plan: Design) -> Reasons:
    """Price how far a specification goes from the design that the rules would have, term by term.

    Each term is a square, so that several small liberties cost less than a great one. Long lines want more lead and
    short ones less; a type page should have the page's own proportion.
    """
    size, leading, measure, lines = spec[:4]
    return (
        *_taste_in_type(size, leading, letters_in(spec), plan),
        ("margins", _taste_in_depth(size, leading, lines, ideal_depth(plan.trim, measure), plan)),
    )


def _taste_in_type(size: Pt, leading: Pt, letters: float, plan: Design) -> Reasons:
    own = letters_in(plan.spec)
    lead = plan.leading / plan.size + 0.003 * (letters - own)
    return (
        ("size", (log(size / plan.size) / 0.08) ** 2),
        ("leading", ((leading / size - lead) / 0.07) ** 2),
        ("measure", ((letters - own) / (4 if letters > own else 7)) ** 2),
    )


def _taste_in_depth(size: Pt, leading: Pt, lines: int, ideal: Pt, plan: Design) -> float:
    depth = (lines - 1) * leading + CAP_HEIGHT * size
    return ((depth - ideal) / (0.05 * plan.trim.height)) ** 2


def letters_in(spec: Spec) -> float:
    """Count the letters that a full line holds on average, to a hundredth."""
    return _letters_in(spec.measure, spec.size)


def _letters_in(measure: Pt, size: Pt) -> float:
    return round(measure / (SET_WIDTH * size), 2)


def _types(design: Design) -> Iterator[tuple[tuple[Pt, Pt], list[Pt]]]:
    """List sizes and leadings, each with the measures for that size."""
    keys, own = design.config.type, design.size
    sizes = [own]
    if keys.size == "auto":
        sizes = _steps(max(min(own, SIZES[0]), own / SIZE_CHANGE), min(max(own, SIZES[1]), own * SIZE_CHANGE))
    for size in sizes:
        least, most = LEADINGS[0] * size, LEADINGS[1] * size
        leadings = _steps(least, most)
        if keys.leading != "auto":
            leadings = [design.leading] if size == own or least <= design.leading <= most else []
        yield from product(product((size,), leadings), [_measures(design, size)])


def _measures(design: Design, size: Pt) -> list[Pt]:
    """List the measures that the page has room for: letter by letter up and down from what the design's own line holds."""
    own = letters_in(design.spec)
    if design.config.page.margins != "auto":
        fits = LETTERS[0] <= _letters_in(design.measure, size) <= LETTERS[1]
        return [design.measure] if fits or size == design.size else []
    margins, width = design.margins, design.trim.width
    inner, outer = (max(_least(getattr(margins, side)), getattr(design.least, side)) for side in ("inner", "outer"))
    white = max(inner / 0.42, outer / 0.58) if not design.least.inner else inner + outer
    room = width - (margins.inner + outer if design.bound else white)
    most = min(max(own, LETTERS[1]), room / (SET_WIDTH * size))
    changes = range(ceil(min(own, LETTERS[0]) - own), floor(most - own) + 1)
    return [design.measure / design.size * size * (own + change) / own for change in changes]


def _depths(design: Design, size: Pt, leading: Pt) -> list[int]:
    """List the lines that a page may hold between its least head and foot."""
    height, margins = design.trim.height, design.margins
    if design.config.page.margins != "auto":
        return [_lines_in(height - margins.head - margins.foot, size, leading)]
    head, foot = (max(_least(getattr(margins, side)), getattr(design.least, side)) for side in ("head", "foot"))
    white = max(head / 0.4, foot / 0.6)
    return list(range(max(6, _lines_in(SHALLOWEST * height, size, leading)), _lines_in(height - white, size, leading) + 1))


def _lines_in(depth: Pt, size: Pt, leading: Pt) -> int:
    return floor((depth - CAP_HEIGHT * size) / leading + 1e-6) + 1


def _least(margin: Pt) -> Pt:
    return min(margin, max(LEAST_MARGIN, SLIMMEST * margin))


def _steps(least: Pt, most: Pt) -> list[Pt]:
    return [STEP * step for step in range(ceil(least / STEP), floor(most / STEP) + 1)]
