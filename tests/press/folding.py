"""A paper model: flats are printed on both sides of sheets, which are turned, cut, folded point by point, and read through.

It knows nothing of columns, rows or tables of pages: only where points of paper go.
"""

from dataclasses import dataclass

from pressbook.model import Flat, Place


@dataclass(frozen=True)
class Seen:
    """What a reader sees on one page of the folded book."""

    page: int | None
    upright: bool = True
    spine: float | None = None
    """How far the page's inner edge lies from the fold; positive is off the fold."""
    rows: tuple[float, float] | None = None
    """Where its foot and its head lie above the folded leaf's lower edge."""


@dataclass(frozen=True)
class Patch:
    """A part of a sheet that lies flat on the table."""

    sheet: "Printed"
    area: tuple[float, float, float, float]
    """Left, foot, right, head on the open sheet, seen from its front."""
    moved: tuple[float, float, float, float] = (1, 0, 1, 0)
    """Across: sign and shift; up: sign and shift; from the open sheet to the table."""
    front_up: bool = True

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Say where a point of the open sheet lies on the table."""
        sign_x, shift_x, sign_y, shift_y = self.moved
        return sign_x * x + shift_x, sign_y * y + shift_y

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Its left, foot, right and head on the table."""
        (x1, y1), (x2, y2) = self.at(*self.area[:2]), self.at(*self.area[2:])
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


@dataclass(frozen=True)
class Printed:
    """A sheet with ink on both sides; the back's ink is given as seen through the paper from the front."""

    width: float
    height: float
    front: tuple[Place, ...]
    back: tuple[Place, ...]
    over_the_head: bool
    """Whether the printer turned it about its head to reach the back, and not about an upright edge."""

    def through(self, x: float, y: float) -> tuple[float, float]:
        """Say where a point of the back's flat lies, seen from the front."""
        return (x, self.height - y) if self.over_the_head else (self.width - x, y)


def printed(flats: tuple[Flat, ...], duplex: str) -> list[Printed]:
    """Feed sheets through the printer; by hand, the backs come last and the pile is turned like a leaf."""
    half = len(flats) // 2
    pairs = zip(flats[:half], flats[half:], strict=True) if duplex == "by-hand" else zip(flats[::2], flats[1::2], strict=True)
    sheets = []
    for front, back in pairs:
        about_upright = duplex == "by-hand" or duplex == ("short-edge" if front.width >= front.height else "long-edge")
        sheets.append(Printed(front.width, front.height, front.places, back.places, not about_upright))
    return sheets


def whole(sheet: Printed) -> Patch:
    """Lay a sheet on the table, its front up."""
    return Patch(sheet, (0, 0, sheet.width, sheet.height))


def cut(sheets: list[Printed], columns: int, rows: int) -> list[Patch]:
    """Cut a pile of sheets, its first on top, into equal parts; lay the parts on one another, row by row from the upper left."""
    return [
        Patch(sheet, (c * w, sheet.height - (r + 1) * h, (c + 1) * w, sheet.height - r * h))
        for r in range(rows)
        for c in range(columns)
        for sheet in sheets
        for w, h in [(sheet.width / columns, sheet.height / rows)]
    ]


def folded(patch: Patch, folds: tuple[str, ...]) -> list[Patch]:
    """Fold a sheet: left behind right, top behind bottom; return its leaves from the uppermost down."""
    pile = [patch]
    for fold in folds:
        axis = 0 if fold == "upright" else 1
        ends = [patch.extent[axis::2] for patch in pile]
        line = (min(low for low, _ in ends) + max(high for _, high in ends)) / 2
        halves = [half for patch in pile for half in _split(patch, axis, line)]
        # Upright folds take the left half away, level ones the upper half.
        goes = {half: (sum(half.extent[axis::2]) / 2 < line) == (axis == 0) for half in halves}
        pile = [half for half in halves if not goes[half]] + [_flip(half, axis, line) for half in reversed(halves) if goes[half]]
    return pile


def _split(patch: Patch, axis: int, line: float) -> list[Patch]:
    sign, shift = patch.moved[2 * axis : 2 * axis + 2]
    low, high = patch.area[axis], patch.area[axis + 2]
    at = (line - shift) / sign
    if not low + 1e-6 < at < high - 1e-6:
        return [patch]
    first, second = list(patch.area), list(patch.area)
    first[axis + 2], second[axis] = at, at
    return [Patch(patch.sheet, tuple(part), patch.moved, patch.front_up) for part in (first, second)]


def _flip(patch: Patch, axis: int, line: float) -> Patch:
    moved = list(patch.moved)
    moved[2 * axis], moved[2 * axis + 1] = -moved[2 * axis], 2 * line - moved[2 * axis + 1]
    return Patch(patch.sheet, patch.area, tuple(moved), not patch.front_up)


def bind(leaves: list[Patch], width: float, height: float) -> list[Seen]:
    """Read leaves that lie with their spine on the left: each one's upper side, then its lower."""
    return [look(leaf, side, width, height) for leaf in leaves for side in ("recto", "verso")]


def nest(sheets: list[list[Patch]]) -> list[Patch]:
    """Put folded sheets into one another, the first outermost."""
    before = [leaf for sheet in sheets for leaf in sheet[: len(sheet) // 2]]
    return before + [leaf for sheet in reversed(sheets) for leaf in sheet[len(sheet) // 2 :]]


def look(leaf: Patch, side: str, width: float, height: float) -> Seen:
    """Look at one side of a leaf; its lower side after turning it like a leaf of a book."""
    sheet = leaf.sheet
    on_front = leaf.front_up == (side == "recto")
    left, foot, right, _ = leaf.extent
    found = []
    for place in sheet.front if on_front else sheet.back:
        points = []
        for u, v in ((0, 0), (width, 0), (0, height), (width / 2, height / 2)):
            x, y = spot(place, u, v)
            points.append((x, y) if on_front else sheet.through(x, y))
        if not _inside(points[3], leaf.area):
            continue
        seen = [leaf.at(x, y) for x, y in points]
        if side == "verso":
            seen = [(left + right - x, y) for x, y in seen]
        (x, y), along, up, _ = seen
        straight = close(along, (x + width, y)) and close(up, (x, y + height))
        found.append(Seen(place.page, straight, x - left if side == "recto" else right - x - width, (y - foot, y - foot + height)))
    assert len(found) <= 1, "two pages on one side of a leaf"
    return found[0] if found else Seen(None)


def spot(place: Place, u: float, v: float) -> tuple[float, float]:
    """Say where a point of a page lands on its flat."""
    dx, dy = {0: (u, v), 90: (-v, u), 180: (-u, -v), 270: (v, -u)}[place.turn]
    return place.x + dx, place.y + dy


def area(place: Place, width: float, height: float) -> tuple[float, float, float, float]:
    """Give the rectangle that a page covers: left, foot, right, head."""
    (x1, y1), (x2, y2) = spot(place, 0, 0), spot(place, width, height)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def close(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two points are one."""
    return all(abs(a - b) < 1e-6 for a, b in zip(one, other, strict=True))


def _inside(point: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]
