"""Cuts: how large a picture is set, and on which page it stands.

A picture in the text takes whole grid lines, from the height of capitals to a baseline, so that the lines below it are in
register. Where it does not fit below the words that name it, it moves on to the head of the next page, as a compositor would
have it, and the text closes up: the page maker is asked what each of the few places costs, and the cheapest is taken.
"""

from itertools import chain
from math import ceil, floor, inf
from typing import NamedTuple

from pressbook.config import CAP_HEIGHT, Design
from pressbook.errors import LayoutError
from pressbook.model import Cut, Finding, Inset, Picture, Side, Slug
from pressbook.paging.rows import Anchor, Row, Rows, Variant
from pressbook.paging.spreads import Makeup, make_up, seek, untorn
from pressbook.units import INCH, Pt
from pressbook.values import replace

LEAST_PIXELS = 200
"""To the inch, in print: below, a picture's edges soften."""
LEAST_OF_LINE_ART = 600
"""The same where a picture has but two colours: below, its edges show steps."""
MEANT_FOR_PRINT = 150
"""Dots to the inch from which on a file's own word is taken for the size it is meant to have; screens say less."""
TALLEST = 0.6
"""Of the page: a picture that takes more gets a page of its own."""
NARROWEST = 0.5
"""Of the measure: a picture too coarse for the whole is not made smaller than so much."""
SHRUNK = 0.9
"""Of its height: a picture is made smaller than it might be only by so much to fill whole grid lines."""
MOVED = 8.0
"""Price of each line of text between a picture and where it was named, in the page maker's currency."""
CHEAP = 300.0
"""A picture that costs no more than this where it was named stays there."""
SHALLOWER = 3
"""A picture's own page counts so many rows less than a page has, so that it may face one of any depth."""
DEAR = 3_000.0
"""Where all places cost so much, the page before the picture may be short."""
NEAR = 4
"""Lines around a page's end that are tried for the beginning of the next."""


class Room(NamedTuple):
    """What a picture takes."""

    rows: int
    """Grid lines, its caption's among them."""
    width: Pt
    height: Pt
    alone: bool
    """Whether it has a page to itself."""


def room_of(cut: Cut, design: Design) -> Room:
    """Size a picture: in the text as wide as the measure, unless it is too coarse or says that it is smaller.

    LayoutError if its caption would leave it less than half a page.
    """
    caption = caption_rows(cut, design)
    if caption > design.lines / 2:
        raise LayoutError(
            f"the caption of {cut.picture.name} takes more than half a page",
            "let it follow the picture as a paragraph, and leave the brackets empty",
        )
    if cut.stand == "text":
        shape = cut.picture.height / cut.picture.width
        width = width_of(cut.picture, design)
        rows = max(1, floor((width * shape - CAP_HEIGHT * design.size) / design.leading + 1e-6) + 1)
        if depth_of(rows, design) < SHRUNK * width * shape:
            # A low one would lose too much: it keeps its size, and the white of the last line.
            rows += 1
        height = min(depth_of(rows, design), width * shape)
        if rows + caption <= TALLEST * design.lines:
            return Room(rows + caption, height / shape, height, alone=False)
    fitted = _fitted(cut.picture, design.measure, depth_of(design.lines - caption, design))
    return Room(max(1, design.lines - SHALLOWER), *fitted, alone=True)


def width_of(picture: Picture, design: Design) -> Pt:
    """Say how wide a picture would stand in the text."""
    wide = design.measure
    if picture.dpi >= MEANT_FOR_PRINT:
        wide = min(wide, picture.width / picture.dpi * INCH)
    sharp = picture.width / LEAST_PIXELS * INCH
    return min(wide, max(sharp, NARROWEST * design.measure))


def depth_of(rows: int, design: Design) -> Pt:
    """Measure so many rows from the height of the first one's capitals to the last one's baseline."""
    return (rows - 1) * design.leading + CAP_HEIGHT * design.size


def caption_rows(cut: Cut, design: Design) -> int:
    """Count the grid lines of a caption: its first baseline lies on the grid."""
    lines = len(cut.caption)
    return 1 + ceil((lines - 1) * cut.leading / design.leading) if lines else 0


def _fitted(picture: Picture, width: Pt, height: Pt) -> tuple[Pt, Pt]:
    """Scale a picture to fit a box."""
    scale = min(width / picture.width, height / picture.height)
    return scale * picture.width, scale * picture.height


# --- places -----------------------------------------------------------------------------------------------------------


def make_up_with_cuts(text: Rows, design: Design, first: Side) -> tuple[Rows, Makeup]:
    """Make a chapter up into pages with its pictures, one after the other: (its rows with theirs, the pages)."""
    rows, least = replace(text, cuts=()), 0
    for number, anchor in enumerate(text.cuts):
        added = len(rows.rows) - len(text.rows)
        here = max(least, anchor.row + added) if number else anchor.row
        rows, least = _placed(rows, anchor._replace(row=here), design, first)
    return rows, make_up(rows, design.lines, first)


def _placed(rows: Rows, anchor: Anchor, design: Design, first: Side) -> tuple[Rows, int]:
    """Give a picture the best place on the pages: (the rows with it, the first row behind it)."""
    room = room_of(anchor.cut, design)
    bare = make_up(rows, design.lines, first)
    ways: list[tuple[float, Rows, int]] = []

    def weigh(way: tuple[Rows, int], moved: int) -> float:
        made = seek(way[0], design.lines, first, untorn(design.lines))
        price = (made.price if made else inf) + MOVED * moved
        ways.append((price, *way))
        return price

    if not room.alone and weigh(_set_in(rows, anchor, room), 0) <= bare.price + CHEAP:
        return ways[0][1:]
    for row in _heads(rows, anchor.row, bare.ends):
        weigh(_set_at_head(rows, anchor._replace(row=row), room), row - anchor.row)
    if min((price for price, *_ in ways), default=inf) > bare.price + DEAR:
        row = next(row for row in range(max(anchor.row, 1), len(rows.rows) + 1) if _may_end(rows, row))
        way = _set_at_head(rows, anchor._replace(row=row), room, short=True)
        ways.append((make_up(way[0], design.lines, first).price, *way))
    return min(ways, key=lambda way: way[0])[1:]


def _may_end(rows: Rows, row: int) -> bool:
    return row == len(rows.rows) or rows.price[row] < inf


def _heads(rows: Rows, start: int, ends: tuple[int, ...]) -> list[int]:
    """List the rows, from where a picture was named, at which the next page may begin with it, the text's own ends first."""
    end = next((end for end in ends if end >= start), len(rows.rows))
    near = sorted(range(end - NEAR, end + NEAR + 1), key=lambda row: abs(row - end))
    return [row for row in near if max(start, 1) <= row <= len(rows.rows) and _may_end(rows, row)]


def _set_in(rows: Rows, anchor: Anchor, room: Room) -> tuple[Rows, int]:
    """Set a picture where it was named, white above and below."""
    above = anchor.row > 0 and rows.rows[anchor.row - 1] != "white"
    return _insert(rows, anchor, room, above=above)


def _set_at_head(rows: Rows, anchor: Anchor, room: Room, *, short: bool = False) -> tuple[Rows, int]:
    """Set a picture at the head of a page, or on one of its own; behind the text the page before may be short."""
    end = anchor.row == len(rows.rows)
    filled, behind = _insert(rows, anchor, room, above=False)
    forced = {**filled.forced, anchor.row: short or end or filled.forced.get(anchor.row, False)}
    if room.alone:
        # Nothing follows on its page, not even what comes behind the text.
        forced[behind] = True
    return replace(filled, forced=forced), behind


def _insert(rows: Rows, anchor: Anchor, room: Room, *, above: bool) -> tuple[Rows, int]:
    """Write a picture's rows into those of the text; no page ends in the midst of them."""
    at, price = anchor.row, rows.price[anchor.row] if anchor.row < len(rows.rows) else 0.0
    below = not room.alone and at < len(rows.rows) and rows.rows[at] != "white"
    white: list[Row] = ["white"]
    taken = [*white * above, anchor.cut, *white * (room.rows - 1 + below)]
    count = len(taken)
    # A page may end before the picture and behind it; the white there vanishes.
    prices = [price, *[inf] * (count - 1)]
    dropped = {row + count * (row >= at): gone for row, gone in rows.dropped.items()}
    if above:
        dropped[at] = 1
    if below:
        prices[-1] = price
        dropped[at + count - 1] = 1
    after = list(rows.price[at:])
    after[:1] = [inf] * below or after[:1]
    return (
        replace(
            rows,
            rows=(*rows.rows[:at], *taken, *rows.rows[at:]),
            price=(*rows.price[:at], *prices, *after),
            owners=(*rows.owners[:at], *[anchor.owner] * count, *rows.owners[at:]),
            variants=tuple(chain.from_iterable(_moved(variant, at, count) for variant in rows.variants)),
            dropped=dropped,
            cites=(*rows.cites[:at], *[()] * count, *rows.cites[at:]) if rows.cites else (),
            forced={row + count * (row > at): short for row, short in rows.forced.items()},
        ),
        at + count,
    )


def _moved(variant: Variant, at: int, count: int) -> tuple[Variant, ...]:
    """Move another setting along; one with a picture amid its lines cannot be had."""
    if variant.stop <= at:
        return (variant,)
    return (variant._replace(start=variant.start + count, stop=variant.stop + count),) if variant.start >= at else ()


# --- on the page ------------------------------------------------------------------------------------------------------


def stand(cut: Cut, design: Design, left: Pt, row: int) -> tuple[Inset, tuple[Slug, ...]]:
    """Stand a picture and its caption on a page, from a grid line down: centred, or over the whole page."""
    room = room_of(cut, design)
    if cut.stand == "bleed":
        return _bled(cut, design, left)
    rows = caption_rows(cut, design)
    top = design.baseline(row) + CAP_HEIGHT * design.size
    if room.alone:
        # A little above the middle, where the eye looks for it.
        top -= 0.45 * (depth_of(design.lines - rows, design) - room.height)
    x = left + (design.measure - room.width) / 2
    inset = Inset(cut.picture, x, top - room.height, room.width, room.height, _words(cut))
    return inset, _caption(cut, left, inset.y - design.leading)


def _bled(cut: Cut, design: Design, left: Pt) -> tuple[Inset, tuple[Slug, ...]]:
    """Let a picture run off the page on all sides; a caption leaves it three."""
    bleed, trim = design.bleed, design.trim
    foot = -bleed
    slugs: tuple[Slug, ...] = ()
    if cut.caption:
        lowest = 0.5 * design.margins.foot
        slugs = _caption(cut, left, lowest + (len(cut.caption) - 1) * cut.leading)
        foot = slugs[0].y + design.leading
    return Inset(cut.picture, -bleed, foot, trim.width + 2 * bleed, trim.height + bleed - foot, _words(cut)), slugs


def _words(cut: Cut) -> str:
    """Say what those hear who do not see the picture."""
    return cut.alt or " ".join([word.text for line in cut.caption for word in line.words])


def _caption(cut: Cut, left: Pt, first: Pt) -> tuple[Slug, ...]:
    return tuple(Slug(line, left, first - number * cut.leading) for number, line in enumerate(cut.caption))


def faults_of(cut: Cut, inset: Inset, design: Design, page: int) -> list[Finding]:
    """Report what a printer would say of a picture: its pixels will be seen, or it does not reach past the trim."""
    found = [coarse(inset, page)]
    if cut.stand == "bleed" and not design.bleed:
        says = f"page {page}: {cut.picture.name} runs to the edge of a page that has no bleed: a knife's error leaves white there"
        found.append(Finding("warning", "no-bleed", says, page, 'set page.bleed = "0.125in", or as your printer asks'))
    return [finding for finding in found if finding]


def coarse(inset: Inset, page: int | None) -> Finding | None:
    """Report a picture whose pixels will be seen, on a page or, without one, on the cover."""
    picture = inset.picture
    scale = max(inset.width / picture.width, inset.height / picture.height)
    pixels = INCH / scale
    least = LEAST_OF_LINE_ART if picture.line_art else LEAST_PIXELS
    if pixels >= least - 0.5:
        return None
    kind = "line art" if picture.line_art else "a picture"
    wanted = ceil(least * scale * picture.width / INCH)
    place = f"page {page}" if page else "cover"
    return Finding(
        "warning",
        "resolution",
        f"{place}: {picture.name} is printed at {pixels:.0f} pixels to the inch; {kind} should have {least}",
        page,
        f"use a file {wanted:,} pixels wide or more",
    )
