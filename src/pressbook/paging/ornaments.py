"""Ornaments of our own, drawn with a few curves each and sized to the line.

A drawing lives in the complex plane: a point is `x + y·1j`, a turn is a multiplication, a mirror a conjugate. Each
piece is a closed path apart from the others, since the even-odd rule would hollow out what overlaps; a path that
lies wholly inside another is a counter. No stroke is thinner than .045 of the height, save where it runs to a point.
"""

from cmath import exp, phase, pi
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from math import cos, pow, sin, sqrt

from pressbook.model import Ornament

_Step = tuple[str, tuple[complex, ...]]
_Path = tuple[_Step, ...]
_Curve = Callable[[float], complex]
_Width = Callable[[float], float]

_ROUND = 0.5523
"""How far a circle's handles reach, in radii."""


def find_ornament(name: str) -> Ornament | None:
    """Return the ornament of that name, in capitals or small letters, or None."""
    wanted = name.strip().lower()
    return _draw(wanted) if wanted in _DRAWINGS else None


@cache
def _draw(name: str) -> Ornament:
    width, drawing, _ = _DRAWINGS[name]
    return _boxed(name, width, drawing())


# --- tools ------------------------------------------------------------------------------------------------------------


def _turn(degrees: float) -> complex:
    return exp(1j * pi * degrees / 180)


def _moved(path: _Path, by: complex, turned: complex = 1) -> _Path:
    """Turn a path about the origin, then shift it."""
    return tuple((step, tuple(point * turned + by for point in points)) for step, points in path)


def _mirrored(path: _Path) -> _Path:
    """Swap left and right."""
    return tuple((step, tuple(-point.conjugate() for point in points)) for step, points in path)


def _twice(paths: Iterable[_Path]) -> tuple[_Path, ...]:
    """Add to the right half its mirror image."""
    half = tuple(paths)
    return half + tuple(_mirrored(path) for path in half)


def _ring(path: _Path, count: int, centre: complex = 0j, first: float = 90) -> tuple[_Path, ...]:
    """Set a path that points right `count` times around a centre, the first of them upright."""
    return tuple(_moved(path, centre, _turn(first + 360 * index / count)) for index in range(count))


def _folded(*upper: complex) -> _Path:
    """Close curves that run above the axis, three points each after the first, with their image below it."""
    lower = [point.conjugate() for point in reversed(upper[:-1])]
    points = [*upper[1:], *lower]
    return (("M", (upper[0],)), *(("C", tuple(points[at : at + 3])) for at in range(0, len(points), 3)), ("Z", ()))


def _corners(*points: complex) -> _Path:
    return (("M", points[:1]), *(("L", (point,)) for point in points[1:]), ("Z", ()))


def _half_turn(radius: float) -> tuple[complex, ...]:
    """Give the points of the upper half of a circle, from right to left."""
    bow, top = _ROUND * radius * 1j, radius * 1j
    return (complex(radius), radius + bow, top + bow / 1j, top, top - bow / 1j, -radius + bow, complex(-radius))


def _spot(radius: float) -> _Path:
    return _folded(*_half_turn(radius))


def _arch(centre: complex, outer: float, inner: float) -> _Path:
    """Draw half a ring, standing on its ends."""
    out, back = _half_turn(outer), tuple(reversed(_half_turn(inner)))
    steps = (("M", out[:1]), ("C", out[1:4]), ("C", out[4:]), ("L", back[:1]), ("C", back[1:4]), ("C", back[4:]), ("Z", ()))
    return _moved(steps, centre)


def _arc(centre: float, radius: float, start: complex, end: complex) -> list[complex]:
    """Give points from start to end around a centre, counter-clockwise."""
    angle = phase((end - centre) / (start - centre)) % (2 * pi)
    return [centre + radius * (start - centre) / abs(start - centre) * exp(1j * angle * index / 10) for index in range(11)]


def _lozenge(half: float) -> _Path:
    """Draw a square on its point, the sides drawn in a little."""
    return _folded(
        complex(-half),
        (-0.55 + 0.25j) * half,
        (-0.25 + 0.55j) * half,
        1j * half,
        (0.25 + 0.55j) * half,
        (0.55 + 0.25j) * half,
        complex(half),
    )


def _asterisk(centre: complex, radius: float) -> tuple[_Path, ...]:
    ray = _moved(_drop(radius * 0.94, radius * 0.37), complex(radius * 0.06))
    return _ring(ray, 6, centre)


def _lens(length: float, width: float) -> _Path:
    """Draw a willow leaf: two arcs from the origin to a point on the right."""
    bow = 2j / 3 * width
    return _folded(0j, 0.3 * length + bow, 0.7 * length + bow, complex(length))


def _drop(length: float, width: float) -> _Path:
    """Draw a drop: a point at the origin, round on the right."""
    half = width / 2 * 1j
    return _folded(
        0j,
        0.3 * length + 0.1 * half,
        length - 1.05 * width + half,
        length - width / 2 + half,
        length - 0.2 * width + half,
        length + 0.56 * half,
        complex(length),
    )


def _through(points: list[complex]) -> tuple[_Step, ...]:
    """Curve from the first point through all the others (Catmull and Rom 1974)."""
    ends = [points[0], *points, points[-1]]
    return tuple(
        ("C", (b + (c - a) / 6, c - (d - b) / 6, c)) for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    )


def _normal(curve: _Curve, at: float) -> complex:
    way = curve(at + 1e-4) - curve(at - 1e-4)
    return 1j * way / abs(way)


def _stroke(curve: _Curve, width: _Width, steps: int = 8) -> _Path:
    """Draw along a curve with a pen as wide as told at each place, from 0 to 1."""
    stops = [index / steps for index in range(steps + 1)]
    pens = [(curve(stop), _normal(curve, stop) * width(stop) / 2) for stop in stops]
    left = [point + half for point, half in pens]
    right = [point - half for point, half in reversed(pens)]
    return (("M", (left[0],)), *_through(left), ("L", (right[0],)), *_through(right), ("Z", ()))


def _cubic(a: complex, b: complex, c: complex, d: complex) -> _Curve:
    return lambda t: a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t**3


def _vane(rib: _Curve, reach: _Width, cuts: tuple[float, ...], slant: float, gaps: tuple[float, float]) -> tuple[_Path, ...]:
    """Cut one side of a leaf or feather into barbs that lean forward; a negative reach gives the other side."""
    beside, between = gaps

    def edge(at: float) -> complex:
        at = min(at, 1)
        return rib(at) + _normal(rib, at) * reach(at)

    def root(at: float) -> complex:
        return rib(at) + _normal(rib, at) * (beside if reach(0.5) > 0 else -beside) * min(1, (1 - at) / 0.15)

    paths = []
    for start, end in pairwise(cuts):
        last = end == cuts[-1]
        a, b = start + between / 2, end if last else end - between / 2
        rim = [edge(a + slant + (b - a) * index / 3) for index in range(4)]
        foot = [root(b + (a - b) * index / 3) for index in range(4)]
        lean = 0.35 * slant * (rib(a + 0.05) - rib(a)) / 0.05
        rise: _Step = ("C", (foot[-1] + lean, rim[0] - lean, rim[0]))
        fall: _Step = ("L", (foot[0],)) if last else ("C", (rim[-1] - lean, foot[0] + lean, foot[0]))
        paths.append((("M", (foot[-1],)), rise, *_through(rim), fall, *_through(foot), ("Z", ())))
    return tuple(paths)


def _boxed(name: str, width: float, paths: Iterable[_Path]) -> Ornament:
    """Put a drawing that is centred on the origin into a box one unit high."""
    middle = complex(width / 2, 0.5)
    return Ornament(name, width, tuple(tuple(_flat(step, points, middle) for step, points in path) for path in paths))


def _flat(step: str, points: tuple[complex, ...], by: complex) -> tuple[str, tuple[float, ...]]:
    moved = [point + by for point in points]
    return step, tuple(round(part, 4) for point in moved for part in (point.real, point.imag))


# --- drawings ---------------------------------------------------------------------------------------------------------


def _blossom() -> Iterable[_Path]:
    """Draw a cherry blossom: five notched petals, each with a stamen let into it."""
    side = (0.19 + 0.07j, 0.21 + 0.185j, 0.335 + 0.195j, 0.42 + 0.2j, 0.485 + 0.15j, 0.502 + 0.065j)
    petal = _folded(0.15 + 0j, *side, 0.475 + 0.045j, 0.45 + 0.025j, 0.425 + 0j)
    stamen = _moved(_drop(0.165, 0.058), 0.205 + 0j)
    for path in (petal, stamen, _moved(_lens(0.1, 0.055), 0.028 + 0j)):
        yield from _ring(path, 5, -0.034j)


def _leaf() -> Iterable[_Path]:
    """Draw a leaf with its midrib and veins left white."""
    rib = _cubic(-0.62 - 0.16j, -0.2 + 0.1j, 0.3 - 0.1j, 0.9 + 0.32j)
    cuts = (0.0, 0.2, 0.38, 0.55, 0.72, 1.0)

    def reach(t: float) -> float:
        return 0.95 * pow(max(0.0, t), 0.62) * pow(max(0.0, 1 - t), 0.95)

    yield from _vane(rib, reach, cuts, 0.12, (0.026, 0.05))
    yield from _vane(rib, lambda t: -reach(t), cuts, 0.12, (0.026, 0.05))
    yield _stroke(_cubic(-0.9 - 0.3j, -0.8 - 0.29j, -0.72 - 0.25j, -0.645 - 0.175j), lambda t: 0.085 - 0.03 * t, 4)


def _sprig() -> Iterable[_Path]:
    """Draw two sprigs that grow apart from a berry."""
    half = [_moved(_lens(0.4, 0.13), 1.4 + 0j), _stroke(lambda t: 0.13 + 1.23 * t + 0j, lambda t: 0.055, 1)]
    for at, length, lean in ((0.3, 0.5, 38), (0.68, 0.48, 36), (1.05, 0.43, 33)):
        half += [_moved(_lens(length, 0.34 * length), at + way * 0.05j, _turn(way * lean)) for way in (1, -1)]
    return (*_twice(half), _spot(0.085))


def _vine() -> Iterable[_Path]:
    """Draw a stem that winds to the right, with a leaf at every bend and between."""

    def stem(t: float) -> complex:
        return complex(4 * t - 2, -0.14 * sin(3 * pi * (2 * t - 1) / 2 * 1.12))

    yield _stroke(stem, lambda t: 0.03 + 0.055 * sqrt(sin(pi * min(1, max(0, t)))), 20)
    for at, way, lean in ((0.08, 1, 52), (0.235, -1, 40), (0.4, 1, 40), (0.555, -1, 46), (0.715, 1, 46), (0.87, -1, 34)):
        yield _moved(_lens(0.42, 0.17), stem(at) + way * 0.08 * _normal(stem, at), _turn(way * lean))


def _fleuron() -> Iterable[_Path]:
    """Draw two tendrils that leave a bud, roll up and put out leaves."""
    eye, reach = 1.1 + 0j, 0.27
    arm = _cubic(0.13 + 0.04j, 0.32 + 0.62j, eye + reach + 0.52j, eye + reach)

    def tendril(t: float) -> complex:
        if t < 0.5:
            return arm(2 * t)
        rolled = 2 * t - 1
        return eye + (reach - 0.19 * rolled) * exp(-2.5j * pi * rolled)

    def pen(t: float) -> float:
        swollen = 0.052 + 0.035 * sin(pi * min(1, 2 * t)) if t < 0.5 else 0.052 + 0.06 * (2 * t - 1) ** 3
        return swollen * sqrt(1 - max(0.0, (t - 0.86) / 0.14) ** 2)

    half = [
        _stroke(tendril, pen, 28),
        _moved(_lens(0.52, 0.2), 0.17 - 0.07j, _turn(-30)),
        _moved(_lens(0.5, 0.17), 1.43 - 0.07j, _turn(-12)),
    ]
    bud = _folded(-0.11 + 0j, -0.075 + 0.08j, -0.03 + 0.22j, 0.48j, 0.03 + 0.22j, 0.075 + 0.08j, 0.11 + 0j)
    return (*_twice(half), bud)


def _feather() -> Iterable[_Path]:
    """Draw a feather: a bare quill, and vanes that have split here and there."""
    rib = _cubic(-1.28 - 0.44j, -0.7 - 0.33j, 0.2 - 0.2j, 1.2 + 0.4j)

    def reach(t: float) -> float:
        t = min(1, max(0.24, t))
        return 0.05 + 0.205 * min(1, pow((t - 0.24) / 0.2, 0.7)) * pow(max(0.0, 1 - t**5), 0.7) - 0.05 * t**8

    yield from _vane(rib, reach, (0.26, 0.36, 0.62, 1.0), 0.1, (0.062, 0.022))
    yield from _vane(rib, lambda t: -0.9 * reach(t), (0.2, 0.29, 0.46, 0.74, 1.0), 0.1, (0.062, 0.022))
    yield _stroke(lambda t: rib(0.84 * t), lambda t: 0.06 * sqrt(1 - t**6), 10)


def _wave() -> Iterable[_Path]:
    """Draw two swells, the nearer shorter, that run out at both ends."""

    def swell(level: float, half: float, turns: int) -> _Path:
        line = lambda t: complex((2 * t - 1) * half, level + 0.13 * cos(turns * pi * (2 * t - 1)))  # noqa: E731
        return _stroke(line, lambda t: 0.105 * pow(sin(pi * t), 0.6) if 0 < t < 1 else 0.0, 8 * turns)

    return swell(0.16, 1.71, 3), swell(-0.16, 1.14, 2)


def _seigaiha() -> Iterable[_Path]:
    """Draw three waves of the blue-sea pattern."""
    for middle in (-1, 0, 1):
        centre = middle - 0.25j
        yield from (_arch(centre, 0.48, 0.4), _arch(centre, 0.32, 0.24), _arch(centre, 0.16, 0.0))


def _moon() -> Iterable[_Path]:
    """Draw a crescent with the evening star in its arms."""
    outer, inner, shift = 0.49, 0.41, 0.17
    across = (outer**2 - inner**2 + shift**2) / (2 * shift)
    horn = complex(across, sqrt(outer**2 - across**2))
    back, hollow = (_arc(centre, radius, horn, horn.conjugate()) for centre, radius in ((0, outer), (shift, inner)))
    crescent: _Path = (("M", (horn,)), *_through(back), *_through(hollow[::-1]), ("Z", ()))
    star = _corners(*(point * _turn(90 * turn) for turn in range(4) for point in (0.17 + 0j, 0.055 * _turn(45))))
    return _moved(crescent, 0.06 + 0j, _turn(-18)), _moved(star, 0.235 + 0.03j)


def _star() -> Iterable[_Path]:
    """Draw a star of four long points and four small, open at the heart."""
    point = _folded(0.06 + 0j, 0.08 + 0.05j, 0.1 + 0.07j, 0.115 + 0.075j, 0.2 + 0.06j, 0.34 + 0.025j, 0.5 + 0j)
    return (*_ring(point, 4), *_ring(_moved(_lens(0.2, 0.085), 0.15 + 0j), 4, first=45))


def _sun() -> Iterable[_Path]:
    """Draw a sun with twelve rays."""
    return (_spot(0.2), *_ring(_moved(_lens(0.235, 0.09), 0.26 + 0j), 12))


def _diamond() -> Iterable[_Path]:
    """Draw a lozenge within a frame, and a smaller one on either side."""
    return (_lozenge(0.5), _lozenge(0.3), _lozenge(0.13), *_twice([_moved(_lozenge(0.2), 0.83 + 0j)]))


def _rule() -> Iterable[_Path]:
    """Draw a rule that swells to either side of a lozenge."""
    return (*_twice([_moved(_lens(2.45, 0.12), 0.32 + 0j)]), _lozenge(0.2))


def _dinkus() -> Iterable[_Path]:
    """Draw three asterisks in a row."""
    return (path for middle in (-1.45, 0, 1.45) for path in _asterisk(complex(middle), 0.3))


def _asterism() -> Iterable[_Path]:
    """Draw three asterisks in a triangle."""
    return (path for middle in (0.24j, -0.33 - 0.24j, 0.33 - 0.24j) for path in _asterisk(middle, 0.25))


_DRAWINGS: dict[str, tuple[float, Callable[[], Iterable[_Path]], str]] = {
    "blossom": (1.0, _blossom, "a cherry blossom"),
    "leaf": (1.9, _leaf, "a leaf with its veins left white"),
    "sprig": (3.7, _sprig, "two sprigs that grow apart from a berry"),
    "vine": (4.1, _vine, "a winding stem with leaves"),
    "fleuron": (4.0, _fleuron, "two rolled tendrils and a bud"),
    "feather": (2.64, _feather, "a feather, a little worn"),
    "wave": (3.5, _wave, "two swells that run out at both ends"),
    "seigaiha": (3.0, _seigaiha, "three waves of the Japanese blue-sea pattern"),
    "moon": (0.96, _moon, "a crescent with the evening star"),
    "star": (1.0, _star, "a star of eight points, open at the heart"),
    "sun": (1.0, _sun, "a sun with twelve rays"),
    "diamond": (2.1, _diamond, "a framed lozenge between two small ones"),
    "rule": (5.6, _rule, "a rule that swells to either side of a lozenge"),
    "dinkus": (3.6, _dinkus, "three asterisks in a row"),
    "asterism": (1.2, _asterism, "three asterisks in a triangle"),
}
"""Name: width of the box, drawing, and what it shows."""

NOTES: dict[str, str] = {name: note for name, (_, _, note) in _DRAWINGS.items()}
"""What each ornament shows, in a line for `pressbook list ornaments`."""

ORNAMENTS: tuple[Ornament, ...]
"""All that `[story] scene-break` may name; drawn when first asked for, since a build needs one of them."""


def __getattr__(name: str) -> tuple[Ornament, ...]:
    if name != "ORNAMENTS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return tuple(_draw(name) for name in _DRAWINGS)
