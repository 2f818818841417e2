"""Rows: a galley written out line by line on the baseline grid, with the price of a page break before each."""

from collections.abc import Mapping
from itertools import repeat
from math import ceil, inf
from typing import Literal, NamedTuple, TypeAlias

from pressbook.config import Design
from pressbook.model import Cut, Galley, Line, Passage, Setting, White
from pressbook.values import Value, field, replace

Row: TypeAlias = Line | Literal["white", "ornament", "low ornament"] | Cut
"""What stands on a grid line; a low ornament stands half a line lower, in the middle of an even number of rows; a cut begins
here, and goes on over the white rows below it."""

BREAK: tuple[Row, ...] = ("white", "ornament", "white")
OPEN_BREAK: tuple[Row, ...] = ("white", "low ornament", "white", "white")
"""A scene break with a line more of white."""
BLANK: tuple[Row, ...] = ("white",)
OPEN_BLANK: tuple[Row, ...] = ("white", "white")
"""The same without an ornament; a pause is never opened."""
PROMOTED: tuple[Row, ...] = ("white", "ornament")
"""A blank break at a page's foot, where white alone would not be seen."""

HYPHEN_AT_FOOT = 1_500.0
"""Price of a page that ends in a hyphen; at a recto's foot, where the leaf must be turned, it is paid twice."""
FULL = 0.6
"""In em: a line that ends nearer to the measure's edge looks full."""
FULL_AT_FOOT = 400.0
"""Price of a page that ends in a paragraph of one full line, which who reads on takes for an orphan. That both pages of a
spread are a line shorter is seen by nobody."""
LOST_WHITE = 60.0
"""Price of a page's end where the white about a letter or a poem vanishes, so that only its indent sets it apart."""
OPENED = 80.0
"""Price of a scene break with a line more of white."""
PROMOTION = 100.0
"""Price of a blank scene break at a page's foot."""
VARIANT = 15.0
"""Price of setting a paragraph a line longer or shorter than its best, to which what it costs the lines is added."""
HYPHEN = 40.0
"""Price of each hyphen that such a setting has more than the best."""
DEMERITS = 100.0
"""So many demerits of a paragraph, over the square root of its lines, weigh as much as 1 of a page's price."""
PART_SINK = 0.3
"""Of the page's lines: a part's title, alone on its page, stands lower than a chapter's."""


class Variant(NamedTuple):
    """Other rows in the place of some: a paragraph set a line longer or shorter, a break that needs an ornament."""

    start: int
    """The first row that it replaces."""
    stop: int
    """One past the last."""
    rows: tuple[Row, ...]
    breaks: tuple[float, ...]
    """Price of a page break before each of its rows, and of one after the last."""
    price: float
    fault: str
    """What the report calls it."""
    ends_page: bool = False
    """Whether it can only stand at a page's foot."""
    cites: tuple[tuple[int, ...], ...] = ()
    """For each of its rows the notes that it cites; empty if none does."""

    @property
    def gain(self) -> int:
        """How many rows it adds."""
        return len(self.rows) - (self.stop - self.start)


class Anchor(NamedTuple):
    """A picture, and where it was named."""

    cut: Cut
    row: int
    """It belongs before this row of the text, or after the last."""
    owner: int
    """Which of the chapter's blocks it is."""


class Rows(Value):
    """A chapter on the grid."""

    rows: tuple[Row, ...]
    """One a grid line."""
    price: tuple[float, ...]
    """Of a page break before each row; infinite where none may be. The last is the chapter's end."""
    head: int
    """Grid lines that the opener takes on the first page, its white included."""
    variants: tuple[Variant, ...] = ()
    """In the order of their rows."""
    owners: tuple[int, ...] = ()
    """For each row, which of the chapter's blocks it is of."""
    dropped: Mapping[int, int] = field(default_factory=dict)
    """Rows of white from a row on that vanish if a page begins there."""
    cites: tuple[tuple[int, ...], ...] = ()
    """For each row the notes that it is the first to cite, from 1; empty if the chapter has none at its pages' feet."""
    notes: tuple[int, ...] = ()
    """How many lines each of the notes has."""
    step: float = 1.0
    """From one line of notes to the next, in rows."""
    cuts: tuple[Anchor, ...] = ()
    """The pictures that have no rows yet."""
    forced: Mapping[int, bool] = field(default_factory=dict)
    """Rows with which a page must begin, and whether the page before may be short."""


def write_out(galley: Galley, design: Design) -> Rows:
    """Write a galley out in rows, and price the page breaks.

    No break leaves a paragraph's first or last line alone, stands at a scene break or pause or leaves it a single
    line for company, or parts a heading from its text.
    """
    rows: list[Row] = []
    price: dict[int, float] = {}
    variants: list[Variant] = []
    owners: list[int] = []
    cuts: list[Anchor] = []
    blank, justified = is_blank(design.config.story.scene_break), design.justified
    dropped: dict[int, int] = {}
    beside = 0

    def above(row: int) -> int:
        """Return where the white that ends at a row begins; the row itself if none does."""
        last = next(reversed(dropped), row)
        return last if last + dropped.get(last, 0) == row else row

    def part(white: int, foot: float) -> None:
        """Add the white between two neighbours on a page; where it would end the page, at a price, or begin one, it vanishes."""
        start = above(len(rows))
        dropped[start] = dropped.get(start, 0) + white
        price.update(dict.fromkeys(range(start + 1, len(rows) + white + 1), inf))
        price[start] = max(price.get(start, 0.0), foot)
        rows.extend(["white"] * white)

    for number, block in enumerate(galley.blocks):
        start = len(rows)
        if isinstance(block, Passage):
            previous = galley.blocks[number - 1] if number else None
            if block.above and isinstance(previous, Passage):
                part(block.above, inf if previous.keep else 0.0 if block.keep else LOST_WHITE)
                start = len(rows)
            lines = block.settings[0].lines
            rows.extend(lines)
            # What a short paragraph leaves of the lines beside its initial, the next has.
            beside = max(beside, block.whole)
            price.update([(start + row, cost) for row, cost in enumerate(_breaks(lines, block.keep, beside)) if cost])
            if block.held:
                price.update(dict.fromkeys([start + row for row in block.held], inf))
            if len(lines) == 1 and justified and _fills(lines[0], design) and not block.keep:
                price.setdefault(len(rows), FULL_AT_FOOT)
            if len(block.settings) > 1:
                variants += _variants(block, start, beside)
            beside -= len(lines)
            if block.below and number + 1 < len(galley.blocks) and not isinstance(galley.blocks[number + 1], Cut):
                part(block.below, inf if block.keep else LOST_WHITE)
        elif isinstance(block, Cut):
            cuts.append(Anchor(block, start, number))
        else:
            gap, *others = _gaps(block, blank)
            rows.extend(gap)
            variants += [_other_gap(other, start, len(rows)) for other in others]
            price.update(dict.fromkeys(range(above(start - 1), len(rows) + 2), inf))
        owners.extend([number] * (len(rows) - len(owners)))
    prices = tuple(map(price.get, range(len(rows) + 1), repeat(0.0)))
    made = Rows(tuple(rows), prices, opener_rows(galley, design), tuple(variants), tuple(owners), dropped, cuts=tuple(cuts))
    return _with_notes(made, galley, design) if galley.notes else made


def _with_notes(made: Rows, galley: Galley, design: Design) -> Rows:
    """Say of each row which notes it cites, and what the notes take."""
    cited: dict[Line, tuple[int, ...]] = {}
    for block in galley.blocks:
        for setting in block.settings if isinstance(block, Passage) else ():
            cited.update(zip(setting.lines, setting.cites, strict=False))

    def cites(rows: tuple[Row, ...]) -> tuple[tuple[int, ...], ...]:
        return tuple([cited.get(row, ()) if isinstance(row, Line) else () for row in rows])

    return replace(
        made,
        variants=tuple([variant._replace(cites=cites(variant.rows)) for variant in made.variants]),
        cites=cites(made.rows),
        notes=tuple(map(len, galley.notes)),
        step=design.note_leading / design.leading,
    )


def is_blank(scene_break: str) -> bool:
    """Tell whether scenes are parted by white alone."""
    return scene_break.strip().lower() in ("", "blank")


def _gaps(gap: White, blank: bool) -> tuple[tuple[Row, ...], ...]:
    """Return the rows that a gap may be, the best first."""
    if not gap.ornament:
        return (BLANK,)
    return (BLANK, OPEN_BLANK, PROMOTED) if blank else (BREAK, OPEN_BREAK)


def _other_gap(gap: tuple[Row, ...], start: int, stop: int) -> Variant:
    """Price other rows for a scene break; no page ends in the midst of them."""
    breaks = (0.0, *[inf] * (len(gap) - 1), 0.0)
    if gap == PROMOTED:
        return Variant(start, stop, gap, breaks, PROMOTION, "ornament at foot", ends_page=True)
    return Variant(start, stop, gap, breaks, OPENED, "opened break")


def opener_rows(galley: Galley, design: Design) -> int:
    """Return the grid lines that stand above a chapter's first line of text."""
    sink = {"chapter": design.sink, "part": round(PART_SINK * design.lines)}.get(galley.kind, max(1, design.sink // 2))
    if not galley.opener.lines:
        return sink
    return min(sink + ceil(galley.opener.rises[0] / design.leading) + 3, design.lines - 4)


def _breaks(lines: tuple[Line, ...], keep: bool, beside: int) -> tuple[float, ...]:
    """Price a page break before each line of a paragraph, and after the last; `beside` are the lines beside an initial."""
    count = len(lines)
    after = inf if keep or beside > count else 0.0
    if keep or count < 4:
        return (0.0, *[inf] * (count - 1), after)
    # An orphan and a widow, and between them what lies beside an initial.
    within = [HYPHEN_AT_FOOT if line.breaks_word else 0.0 for line in lines[1 : count - 2]]
    within[: max(0, beside - 2)] = [inf] * min(len(within), max(0, beside - 2))
    return (0.0, inf, *within, inf, after)


def _fills(line: Line, design: Design) -> bool:
    """Tell whether an indented line ends so near the measure's edge that its paragraph's end is not seen."""
    end = line.indent + sum([word.width for word in line.words]) + line.space * (len(line.words) - 1)
    return line.indent > 0.0 and end > design.measure - FULL * design.size


def _variants(block: Passage, start: int, beside: int) -> list[Variant]:
    best, *others = block.settings
    root, hyphens = len(best.lines) ** 0.5, _hyphens(best)
    return [
        Variant(
            start,
            start + len(best.lines),
            other.lines,
            _breaks(other.lines, block.keep, beside),
            VARIANT + (other.demerits - best.demerits) / root / DEMERITS + HYPHEN * max(0, _hyphens(other) - hyphens),
            "looser paragraph" if other.looseness > 0 else "tighter paragraph",
        )
        for other in others
    ]


def _hyphens(setting: Setting) -> int:
    return sum([line.hyphenated for line in setting.lines])
