"""Drawings of what the words tell: a sheet with its numbers, and one picture for each turn of the hand."""

from pressbook.model import Forme, Rule
from pressbook.press.folding import Fold
from pressbook.press.imposition import Imposition
from pressbook.units import Pt
from pressbook.values import Value

_HEAD: Pt = 5.0
"""How long the barbs of an arrow are."""
_THICK: Pt = 1.4
"""How thick a cut is drawn."""


class Numeral(Value):
    """A page number in a drawing."""

    page: int
    x: Pt
    """Its middle."""
    y: Pt
    height: Pt
    """Of the panel it stands in."""
    turned: bool


class Drawing(Value):
    """A small picture; the origin is its lower left corner."""

    width: Pt
    height: Pt
    caption: str
    lines: tuple[Rule, ...]
    dashes: tuple[Rule, ...] = ()
    """Folds."""
    cuts: tuple[Rule, ...] = ()
    """Thick strokes, from their lower left corner to the upper right."""
    numerals: tuple[Numeral, ...] = ()


def sheets(imposed: Imposition, width: Pt, height: Pt) -> tuple[Drawing, ...]:
    """Draw the first sheet's sides with their numbers, each at most so large, the back as it looks when turned like a leaf."""
    first = imposed.arrangement.sheets[0]
    sides = [("sheet 1, front", first.front)] + ([("its back, turned like a leaf", first.back)] if first.back else [])
    return tuple(_sheet(imposed, caption, forme, width, height) for caption, forme in sides)


def turns(imposed: Imposition, width: Pt, height: Pt) -> tuple[Drawing, ...]:
    """Draw what the hands do with the printed sheet, step by step, each picture at most so large."""
    arrangement, on = imposed.arrangement, imposed.bench
    if arrangement.scheme == "mini-8":
        return _mini(on.across, on.up, width, height)
    across, up = on.across, on.up / 2 if arrangement.halved else on.up
    scale = min(width / across, height / up)
    across, up = scale * across, scale * up
    found = []
    for fold in arrangement.folds:
        found.append(_folding(across, up, fold, behind=arrangement.scheme == "french"))
        across, up = (across / 2, up) if fold == "upright" else (across, up / 2)
    if arrangement.bound:
        holes = imposed.job.holes or (on.height / 4, 3 * on.height / 4) * (len(arrangement.gatherings[0].sheets) > 1)
        stitches = tuple((-2.5, up * (1 - hole / on.height), 2.5, up * (1 - hole / on.height)) for hole in holes)
        if stitches:
            caption = "pierce and sew the fold" if imposed.job.holes else "staple the fold"
            found.append(Drawing(across, up, caption, (*_frame(across, up), *stitches), numerals=(_number(1, across, up),)))
    return tuple(found)


def _sheet(imposed: Imposition, caption: str, forme: Forme, width: Pt, height: Pt) -> Drawing:
    arrangement, on = imposed.arrangement, imposed.bench
    scale = min(width / on.across, height / on.up)
    across, up = scale * on.across, scale * on.up
    wide, high = across / on.columns, up / on.rows
    lines = [(column * wide, 0.0, column * wide, up) for column in range(1, on.columns)]
    levels = [(0.0, row * high, across, row * high) for row in range(1, on.rows)]
    folded = bool(arrangement.folds) or arrangement.scheme == "mini-8"
    cuts: tuple[Rule, ...] = ()
    if arrangement.scheme == "mini-8":
        cuts = ((wide, up / 2 - _THICK / 2, 3 * wide, up / 2 + _THICK / 2),)
        levels = [(0.0, up / 2, wide, up / 2), (3 * wide, up / 2, across, up / 2)]
    elif arrangement.halved or arrangement.scheme == "cut-and-stack":
        cuts = tuple((x, y - _THICK / 2, to_x, y + _THICK / 2) for x, y, to_x, _ in levels)
        levels = []
        if arrangement.scheme == "cut-and-stack":
            cuts += tuple((x - _THICK / 2, y, x + _THICK / 2, to_y) for x, y, _, to_y in lines)
            lines = []
    numerals = tuple(
        Numeral(cell.page, (cell.column + 0.5) * wide, up - (cell.row + 0.5) * high, high, cell.turned)
        for cell in forme.placements
        if cell.page <= imposed.job.pages
    )
    thin, dashes = ((), (*lines, *levels)) if folded else ((*lines, *levels), ())
    return Drawing(across, up, caption, (*_frame(across, up), *thin), dashes, cuts, numerals)


def _folding(across: Pt, up: Pt, fold: Fold, *, behind: bool) -> Drawing:
    """Draw a sheet that lies face down and is folded towards the eye; or face up, and folded away from it."""
    if fold == "upright":
        crease = (across / 2, 0.0, across / 2, up)
        start, end = (0.2, 0.8) if behind else (0.8, 0.2)
        arrow = _arrow(start * across, up / 2, end * across, up / 2)
        words = "left half behind the right" if behind else "right half over the left"
    else:
        crease = (0.0, up / 2, across, up / 2)
        arrow = _arrow(across / 2, 0.8 * up, across / 2, 0.2 * up)
        words = "upper half behind the lower" if behind else "upper half over the lower"
    return Drawing(across, up, words, (*_frame(across, up), *arrow), (crease,))


def _mini(across: Pt, up: Pt, width: Pt, height: Pt) -> tuple[Drawing, ...]:
    scale = min(width / across, height / up)
    across, up = scale * across, scale * up
    quarter = across / 4
    creased = Drawing(
        across,
        up,
        "crease, and open",
        _frame(across, up),
        (*((column * quarter, 0.0, column * quarter, up) for column in (1, 2, 3)), (0.0, up / 2, across, up / 2)),
    )
    half = across / 2
    slit = Drawing(
        half,
        up,
        "fold across, cut from the fold",
        _frame(half, up),
        ((quarter, 0.0, quarter, up),),
        ((0.0, up / 2 - _THICK / 2, quarter, up / 2 + _THICK / 2),),
    )
    # Seen from above: four leaves, each of two panels back to back, round a common spine.
    arm, gap = up / 2, 2.5
    leaves = tuple(
        rule
        for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1))
        for side in (-gap, gap)
        for rule in [
            (arm + x * gap + y * side, arm + y * gap + x * side, arm + x * arm + y * side, arm + y * arm + x * side),
        ]
    )
    ends = tuple(
        (arm + x * arm - y * gap, arm + y * arm - x * gap, arm + x * arm + y * gap, arm + y * arm + x * gap)
        for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1))
    )
    star = Drawing(up, up, "push into a star, from above", (*leaves, *ends))
    book = Drawing(quarter, up / 2, "lay round, page 1 in front", _frame(quarter, up / 2), numerals=(_number(1, quarter, up / 2),))
    return (creased, slit, star, book)


def _number(page: int, across: Pt, up: Pt) -> Numeral:
    return Numeral(page, across / 2, up / 2, up, turned=False)


def _frame(across: Pt, up: Pt) -> tuple[Rule, ...]:
    return ((0.0, 0.0, across, 0.0), (across, 0.0, across, up), (across, up, 0.0, up), (0.0, up, 0.0, 0.0))


def _arrow(x: Pt, y: Pt, to_x: Pt, to_y: Pt) -> tuple[Rule, ...]:
    """Draw a straight arrow along one of the axes."""
    if y == to_y:
        back = -_HEAD if to_x > x else _HEAD
        return ((x, y, to_x, to_y), (to_x, to_y, to_x + back, to_y + _HEAD / 2), (to_x, to_y, to_x + back, to_y - _HEAD / 2))
    back = -_HEAD if to_y > y else _HEAD
    return ((x, y, to_x, to_y), (to_x, to_y, to_x + _HEAD / 2, to_y + back), (to_x, to_y, to_x - _HEAD / 2, to_y + back))
