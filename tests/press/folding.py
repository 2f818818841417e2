"""A paper model: print flats on both sides of sheets, fold them into one another, and read the booklet through."""

from dataclasses import dataclass

from pressbook.model import Flat, Place


@dataclass(frozen=True)
class Seen:
    """What a reader sees on one page of the folded booklet."""

    page: int | None
    upright: bool
    spine: float | None
    """How far the page's inner edge lies from the fold; positive is off the fold."""
    rows: tuple[float, float] | None
    """Where its foot and its head lie above the paper's lower edge."""


def read_through(flats: tuple[Flat, ...], width: float, height: float, duplex: str) -> list[Seen]:
    """Print, stack, fold and leaf through a booklet: recto, verso, recto, verso."""
    sheets = [(front, turned_over(back, duplex)) for front, back in zip(flats[::2], flats[1::2], strict=True)]
    leaves = [(look(front, "right", width, height), look(back, "left", width, height)) for front, back in sheets]
    leaves += [(look(back, "right", width, height), look(front, "left", width, height)) for front, back in reversed(sheets)]
    return [side for leaf in leaves for side in leaf]


def turned_over(back: Flat, duplex: str) -> Flat:
    """Show the back as the eye sees it when the printed sheet is turned about its upright middle, like a leaf of a book.

    A printer that flips the paper about its upright edges has done just that. One that flips it about head and foot
    delivers a back that stands on its head when the sheet is turned like a leaf.
    """
    upright_edges = "short-edge" if back.width >= back.height else "long-edge"
    if duplex == upright_edges:
        return back
    places = tuple(Place(p.page, back.width - p.x, back.height - p.y, (p.turn + 180) % 360) for p in back.places)
    return Flat(back.width, back.height, places, back.folds, back.label)


def look(flat: Flat, half: str, width: float, height: float) -> Seen:
    """Look at one half of an opened sheet; a right half is read as a recto, a left half as a verso."""
    fold = flat.width / 2
    found = []
    for place in flat.places:
        left, foot, right, head = area(place, width, height)
        if ((left + right) / 2 > fold) == (half == "right"):
            found.append(Seen(place.page, place.turn == 0, left - fold if half == "right" else fold - right, (foot, head)))
    assert len(found) <= 1, "two pages on one half of a sheet"
    return found[0] if found else Seen(None, True, None, None)


def area(place: Place, width: float, height: float) -> tuple[float, float, float, float]:
    """Give the rectangle that a page covers: left, foot, right, head."""
    dx, dy = {0: (width, height), 90: (-height, width), 180: (-width, -height), 270: (height, -width)}[place.turn]
    xs, ys = sorted((place.x, place.x + dx)), sorted((place.y, place.y + dy))
    return xs[0], ys[0], xs[1], ys[1]
