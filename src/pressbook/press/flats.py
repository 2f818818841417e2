"""Flats: the formes in points, laid on the sheet of paper that will be printed."""

from collections.abc import Iterable
from itertools import pairwise

from pressbook.config import Duplex, Trim
from pressbook.model import Flat, Forme, Place, Placement, Rule, Signature
from pressbook.press.folding import MINI
from pressbook.press.paper import SHAVING, orient
from pressbook.press.schemes import Arrangement
from pressbook.units import Pt, inch, mm
from pressbook.values import Value, replace

_TICK: Pt = 10.0
"""How long a tick is."""
_AIR: Pt = 2.0
"""White between a tick and what lies next to it."""
_CLEAR: Pt = 6.0
"""White between a trimmed corner and its ticks, so that no stroke is left on the page if the knife slips."""
_STITCH: Pt = 5.0
"""How long a sewing station's stroke is, across the fold."""
_STEP_WIDTH: Pt = 6.0
_STEP: Pt = 14.0
"""How wide and how high a collation mark is on the spine."""


class Bench(Value):
    """The sheet as it lies, ruled into panels, each of which takes a page."""

    across: Pt
    up: Pt
    columns: int
    rows: int
    width: Pt
    """Of a page after trimming."""
    height: Pt
    bound: bool
    """Whether pages hug the fold that is their spine; else they stand in the middle of their panels."""

    @property
    def panel(self) -> tuple[Pt, Pt]:
        """Width and height of a panel."""
        return self.across / self.columns, self.up / self.rows

    def window(self, cell: Placement) -> tuple[Pt, Pt, Pt, Pt]:
        """Return a cell's panel: left, foot, right, head."""
        wide, high = self.panel
        return cell.column * wide, self.up - (cell.row + 1) * high, (cell.column + 1) * wide, self.up - cell.row * high

    def spine_left(self, cell: Placement) -> bool:
        """Tell whether a page's spine is on the left of its panel: that of an upright recto is."""
        return (cell.page % 2 == 1) != cell.turned

    def corner(self, cell: Placement) -> tuple[Pt, Pt]:
        """Return where the lower left corner of what a page covers stands."""
        left, foot, right, _ = self.window(cell)
        wide, high = self.panel
        y = foot + (high - self.height) / 2
        if not self.bound:
            return left + (wide - self.width) / 2, y
        return left if self.spine_left(cell) else right - self.width, y

    def place(self, cell: Placement, shift: Pt, *, windowed: bool) -> Place:
        """Place a page, shifted towards its spine."""
        x, y = self.corner(cell)
        x += -shift if self.spine_left(cell) else shift
        window = self.window(cell) if windowed else None
        if cell.turned:
            return Place(cell.page, x + self.width, y + self.height, 180, window)
        return Place(cell.page, x, y, 0, window)

    def spine(self, cell: Placement, below: Pt) -> tuple[Pt, Pt]:
        """Return the point of a page's spine that is so far below its head."""
        left, _, right, _ = self.window(cell)
        _, foot = self.corner(cell)
        return left if self.spine_left(cell) else right, foot + below if cell.turned else foot + self.height - below


def bench(arrangement: Arrangement, width: Pt, height: Pt, sheet: Trim) -> Bench:
    """Lay the sheet so that it takes the pages; LayoutError if it does not."""
    across, up = orient(width, height, sheet, arrangement.columns, arrangement.rows)
    return Bench(across, up, arrangement.columns, arrangement.rows, width, height, arrangement.bound)


def lay(
    arrangement: Arrangement,
    on: Bench,
    last: int,
    duplex: Duplex,
    creep: Pt = 0.0,
    *,
    bleed: bool = False,
    marks: bool = True,
    back_offset: tuple[Pt, Pt, float] = (0.0, 0.0, 0.0),
) -> tuple[Flat, ...]:
    """Lay a book of `last` pages out: front and back of each sheet, in the order of printing; by hand, all fronts first.

    Each leaf is shifted towards its spine by `creep` for every leaf around it. Where the printer turns the paper about
    an edge that does not run along the spine, the back stands head down on its flat and so comes out head up on the paper.
    """
    turned = turns_over_the_head((on.across, on.up), duplex)
    bindery = _bindery(arrangement, on) if marks else {}
    fronts: list[Flat] = []
    backs: list[Flat] = []
    for number, sheet in enumerate(arrangement.sheets, 1):
        for side, forme, flats in (("front", sheet.front, fronts), ("back", sheet.back, backs)):
            if forme is None:
                continue
            flat = _flat(arrangement, on, forme, last, creep, bleed, f"sheet {number} {side}")
            stitches, bars = bindery.get((number, side), ((), ()))
            flat = replace(flat, cuts=flat.cuts + stitches, bars=bars) if marks else replace(flat, folds=(), cuts=())
            if side == "back":
                flat = replace(_over_the_head(flat) if turned else flat, register=back_offset)
            flats.append(flat)
    if duplex == "by-hand":
        return (*fronts, *backs)
    return tuple(flat for pair in zip(fronts, backs, strict=True) for flat in pair) if backs else tuple(fronts)


def turns_over_the_head(paper: tuple[Pt, Pt], duplex: Duplex) -> bool:
    """Tell whether the printer turns the paper about its head or foot; those edges are the long ones on a landscape sheet.

    By hand it is always turned like a leaf of a book.
    """
    across, up = paper
    return duplex == ("long-edge" if across >= up else "short-edge")


def stations(height: Pt) -> tuple[Pt, ...]:
    """Return how far below the head a gathering is pierced: a kettle stitch at either end, pairs of holes for tapes between.

    One tape up to A6, two up to some 10 inches, three above.
    """
    kettle, tapes = min(mm(15), height / 8), 1 if height < inch(6.5) else 2 if height <= inch(10.5) else 3
    holes = 2 + 2 * tapes
    return tuple(kettle + at * (height - 2 * kettle) / (holes - 1) for at in range(holes))


# --- one side ---------------------------------------------------------------------------------------------------------


def _flat(arrangement: Arrangement, on: Bench, forme: Forme, last: int, creep: Pt, bleed: bool, label: str) -> Flat:
    cells = [cell for cell in forme.placements if cell.page <= last]
    places = tuple(on.place(cell, creep * cell.depth, windowed=bleed or creep * cell.depth > 0) for cell in cells)
    uprights = [column * on.panel[0] for column in range(1, on.columns)]
    levels = [row * on.panel[1] for row in range(1, on.rows)]
    margins = _margins(on, forme)
    folds: list[Rule] = []
    cuts: list[Rule] = []
    if arrangement.folds or arrangement.scheme == "mini-8":
        folds += _ticks(on, uprights, [], margins)
        if arrangement.halved:
            cuts += _ticks(on, [], levels, margins)
        else:
            folds += _ticks(on, [], levels, margins)
    if arrangement.scheme == "mini-8":
        panel = on.across / MINI[0]
        cuts.append((panel, on.up / 2, 3 * panel, on.up / 2))
    if arrangement.bound or arrangement.scheme == "cut-and-stack":
        cuts += _crops(on, forme, margins)
    if arrangement.scheme == "cut-and-stack":
        wide, high = on.panel
        cuts += _ticks(on, uprights if wide - on.width <= SHAVING else [], levels if high - on.height <= SHAVING else [], margins)
    return Flat(on.across, on.up, places, tuple(folds), label, tuple(cuts))


def _margins(on: Bench, forme: Forme) -> tuple[Pt, Pt, Pt, Pt]:
    """Return the white between the sheet's edges and the trimmed pages: left, foot, right, head."""
    corners = [on.corner(cell) for cell in forme.placements] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), on.across - max(xs) - on.width, on.up - max(ys) - on.height


def _ticks(on: Bench, uprights: Iterable[Pt], levels: Iterable[Pt], margins: tuple[Pt, Pt, Pt, Pt]) -> list[Rule]:
    """Draw a tick at either end of each line: clear of the trimmed pages where the margin has room, else at the sheet's edge."""
    left, foot, right, head = margins
    rules: list[Rule] = []
    for x in uprights:
        for margin, edge, way in ((foot, 0.0, 1), (head, on.up, -1)):
            outer, inner = _tick(margin)
            rules.append((x, edge + way * outer, x, edge + way * inner))
    for y in levels:
        for margin, edge, way in ((left, 0.0, 1), (right, on.across, -1)):
            outer, inner = _tick(margin)
            rules.append((edge + way * outer, y, edge + way * inner, y))
    return rules


def _tick(margin: Pt) -> tuple[Pt, Pt]:
    """Return how far from the sheet's edge a tick begins and ends."""
    return (margin - _AIR - _TICK, margin - _AIR) if margin >= _TICK + 2 * _AIR else (0.0, _TICK)


def _crops(on: Bench, forme: Forme, margins: tuple[Pt, Pt, Pt, Pt]) -> list[Rule]:
    """Draw where the knife goes, in the sheet's margins: at each edge of a page that is not a fold and leaves paper to fall."""
    corners = [on.corner(cell) for cell in forme.placements]
    wide, high = on.panel
    uprights = _edges(((x, x + on.width) for x, _ in corners), wide) if wide - on.width > SHAVING else []
    levels = _edges(((y, y + on.height) for _, y in corners), high) if high - on.height > SHAVING else []
    left, foot, right, head = (_crop(margin) for margin in margins)
    across, up = on.across, on.up
    return [
        *((x, start, x, end) for x in uprights for start, end in foot),
        *((x, up - start, x, up - end) for x in uprights for start, end in head),
        *((start, y, end, y) for y in levels for start, end in left),
        *((across - start, y, across - end, y) for y in levels for start, end in right),
    ]


def _crop(margin: Pt) -> tuple[tuple[Pt, Pt], ...]:
    """Return how far from the sheet's edge a crop mark begins and ends; nothing where a margin has no room for one."""
    inner = margin - _CLEAR
    return ((max(0.0, inner - _TICK), inner),) if inner >= _TICK / 2 else ()


def _edges(pairs: Iterable[tuple[Pt, Pt]], panel: Pt) -> list[Pt]:
    """List the distinct edges that do not lie on a panel's own, which are folds."""
    found = sorted({round(edge, 3) for pair in pairs for edge in pair})
    distinct = found[:1] + [after for before, after in pairwise(found) if after - before > 0.5]
    return [edge for edge in distinct if abs(edge / panel - round(edge / panel)) * panel > 0.5]


def _over_the_head(flat: Flat) -> Flat:
    """Turn a flat by half a turn."""
    across, up = flat.width, flat.height

    def ruled(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple((across - x, up - y, across - to_x, up - to_y) for x, y, to_x, to_y in rules)

    def turn(place: Place) -> Place:
        window = place.window and (
            across - place.window[2],
            up - place.window[3],
            across - place.window[0],
            up - place.window[1],
        )
        return replace(place, x=across - place.x, y=up - place.y, turn=(place.turn + 180) % 360, window=window)

    bars = tuple((across - right, up - head, across - left, up - foot) for left, foot, right, head in flat.bars)
    places = tuple(map(turn, flat.places))
    return replace(flat, places=places, folds=ruled(flat.folds), cuts=ruled(flat.cuts), bars=bars)


# --- for the binder ---------------------------------------------------------------------------------------------------

_Marks = tuple[tuple[Rule, ...], tuple[Rule, ...]]


def _bindery(arrangement: Arrangement, on: Bench) -> dict[tuple[int, str], _Marks]:
    """Draw where to pierce the gatherings to be sewn, and a step on the back of each: (sheet, side) → (strokes, bars).

    The steps run down the spine, so that a gathering out of its order breaks the staircase.
    """
    if arrangement.scheme == "saddle" or not arrangement.gatherings:
        return {}
    count = len(arrangement.gatherings)
    found: dict[tuple[int, str], _Marks] = {}
    first = 1
    for number, gathering in enumerate(arrangement.gatherings):
        pages = _pages_of(gathering)
        outside, middle = _find(arrangement, first), _find(arrangement, first + pages // 2)
        if count > 1:
            step = min(_STEP, (on.height - 2 * _STEP) / count)
            x, y = on.spine(outside[1], _STEP + number * step)
            _, to_y = on.spine(outside[1], _STEP + (number + 1) * step)
            _add(found, outside[0], (), ((x - _STEP_WIDTH / 2, min(y, to_y), x + _STEP_WIDTH / 2, max(y, to_y)),))
        strokes = []
        for below in stations(on.height):
            x, y = on.spine(middle[1], below)
            strokes.append((x - _STITCH / 2, y, x + _STITCH / 2, y))
        _add(found, middle[0], tuple(strokes), ())
        first += pages
    return found


def _add(found: dict[tuple[int, str], _Marks], side: tuple[int, str], strokes: tuple[Rule, ...], bars: tuple[Rule, ...]) -> None:
    before = found.get(side, ((), ()))
    found[side] = (before[0] + strokes, before[1] + bars)


def _pages_of(gathering: Signature) -> int:
    return sum(len(forme.placements) for sheet in gathering.sheets for forme in (sheet.front, sheet.back) if forme)


def _find(arrangement: Arrangement, page: int) -> tuple[tuple[int, str], Placement]:
    """Find the side of a sheet on which a page stands, and its place there."""
    return next(
        ((number, side), cell)
        for number, sheet in enumerate(arrangement.sheets, 1)
        for side, forme in (("front", sheet.front), ("back", sheet.back))
        if forme
        for cell in forme.placements
        if cell.page == page
    )
