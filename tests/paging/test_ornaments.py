"""The ornaments: sound drawings in their boxes, each with a name and a note."""

from collections.abc import Iterator

import pytest

from pressbook.model import Ornament
from pressbook.paging.ornaments import NOTES, ORNAMENTS, find_ornament

each = pytest.mark.parametrize("ornament", ORNAMENTS, ids=lambda ornament: ornament.name)


@each
def test_every_path_is_drawn_and_closed(ornament: Ornament):
    """Each path begins with one M, ends with one Z, and every step has the points it needs."""
    assert ornament.paths
    for path in ornament.paths:
        steps = "".join(step for step, _ in path)
        assert steps[0] == "M" and steps[-1] == "Z" and set(steps[1:-1]) <= {"L", "C"} and steps[1:-1]
        assert all(len(points) == {"M": 2, "L": 2, "C": 6, "Z": 0}[step] for step, points in path)


@each
def test_drawing_fills_its_box_and_stays_inside(ornament: Ornament):
    """Each drawing stays within its box, is centred in its width, and takes at least nine tenths of it."""
    points = [point for path in ornament.paths for point in outline(path)]
    left, right = min(point.real for point in points), max(point.real for point in points)
    foot, head = min(point.imag for point in points), max(point.imag for point in points)
    assert left >= 0 and right <= ornament.width and foot >= 0 and head <= 1
    assert abs(left + right - ornament.width) < 0.08
    assert right - left >= 0.9 * ornament.width
    assert abs(foot + head - 1) < 0.1


@each
def test_every_path_holds_ink(ornament: Ornament):
    """Each path encloses some area, and together they make a mark that neither vanishes nor blots."""
    areas = [abs(area(path)) for path in ornament.paths]
    assert min(areas) > 0.001
    assert 0.05 < sum(areas) / ornament.width < 0.7


@each
def test_no_path_crosses_another(ornament: Ornament):
    """The paths lie apart or wholly within one another, so that the even-odd rule cannot tear a hole in an overlap."""
    outlines = [list(outline(path)) for path in ornament.paths]
    for one in outlines:
        for other in outlines:
            if one is not other:
                inside = [holds(other, point) for point in one]
                assert all(inside) or not any(inside)


def test_names_are_unique_and_noted():
    """There are at least ten ornaments, each under a name and a note of its own, the default among them."""
    names = [ornament.name for ornament in ORNAMENTS]
    assert len(names) >= 10
    assert len(set(names)) == len(names)
    assert names == list(NOTES)
    assert all(NOTES.values()) and len(set(NOTES.values())) == len(names)
    assert "blossom" in names


def test_an_ornament_is_found_by_name():
    """A name finds its ornament whatever the capitals; an unknown one finds None."""
    assert all(find_ornament(f" {ornament.name.upper()} ") is ornament for ornament in ORNAMENTS)
    assert find_ornament("hamster") is None


def outline(path) -> Iterator[complex]:
    """Walk along a path in small steps."""
    here = 0j
    for step, parts in path:
        points = [complex(*parts[at : at + 2]) for at in range(0, len(parts), 2)]
        if step == "C":
            a, b, c = points
            for t in (n / 16 for n in range(1, 17)):
                yield here * (1 - t) ** 3 + 3 * a * t * (1 - t) ** 2 + 3 * b * t * t * (1 - t) + c * t**3
        elif step == "L":
            yield from (here + (points[0] - here) * n / 16 for n in range(1, 17))
        here = points[-1] if points else here


def area(path) -> float:
    """Measure what a path encloses (the shoelace formula)."""
    points = list(outline(path))
    return sum(a.real * b.imag - b.real * a.imag for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2


def holds(polygon: list[complex], point: complex) -> bool:
    """Tell whether a point lies inside a polygon: a ray to the right crosses its outline an odd number of times."""
    crossings = 0
    for a, b in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (a.imag > point.imag) != (b.imag > point.imag):
            crossings += point.real < a.real + (point.imag - a.imag) * (b.real - a.real) / (b.imag - a.imag)
    return crossings % 2 == 1
