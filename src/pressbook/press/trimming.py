"""A booklet before it is cut: its pages as they will come out, and what the knife leaves of their margins."""

from collections.abc import Mapping
from typing import TypeAlias

from pressbook.model import Finding, Flat, Line, Page, Place
from pressbook.press.imposition import Imposition
from pressbook.units import MM, Pt
from pressbook.values import Value

Box: TypeAlias = tuple[Pt, Pt, Pt, Pt]
"""Left, foot, right, head."""

ASCENT = 0.73
DESCENT = 0.27
"""How far letters reach above and below their baseline, in em."""


HAIR: Pt = 0.05
"""What nobody sees: margins are sums, and off by less."""


class White(Value):
    """The least white around the type of leaves that lie equally deep in their gatherings, once they are trimmed."""

    depth: int
    """How many leaves lie around them."""
    pages: tuple[int, ...]
    shift: Pt
    """How far their pages were moved towards the spine."""
    lost: Pt
    """How much the knife takes from their fore-edge beyond the trim, as they stand out so far."""
    inner: Pt
    outer: Pt
    head: Pt
    foot: Pt


def trimmed(imposed: Imposition) -> tuple[Flat, ...]:
    """Show each page as it comes out after folding and trimming, in the order of reading, blanks included.

    An inner leaf is narrower than the trim by as much as it creeps, and its page stands nearer to the spine.
    """
    depths = imposed.depths
    return tuple(_cut(imposed, page, depths.get(page, 0)) for page in range(1, imposed.job.pages + imposed.job.blanks + 1))


def _cut(imposed: Imposition, page: int, depth: int) -> Flat:
    on = imposed.bench
    width = on.width - imposed.creep * depth
    shift = imposed.shift * depth
    x = -shift if page % 2 else width - on.width + shift
    places = (Place(page, x, 0.0, 0, (0.0, 0.0, width, on.height)),) if page <= imposed.job.pages else ()
    return Flat(width, on.height, places, label=f"page {page}")


def whites(imposed: Imposition, types: Mapping[int, Box]) -> tuple[White, ...]:
    """Measure what is left of the margins, leaf by leaf from the outermost; `types` says what of each page its type covers.

    Pages without type are left out.
    """
    rows: dict[int, list[int]] = {}
    for page, depth in imposed.depths.items():
        if page in types:
            rows.setdefault(depth, []).append(page)
    return tuple(_white(imposed, depth, sorted(pages), types) for depth, pages in sorted(rows.items()))


def _white(imposed: Imposition, depth: int, pages: list[int], types: Mapping[int, Box]) -> White:
    width, height = imposed.bench.width, imposed.bench.height
    shift, lost = imposed.shift * depth, imposed.creep * depth
    sides = []
    for page in pages:
        left, foot, right, head = types[page]
        inner, outer = (left, width - right) if page % 2 else (width - right, left)
        sides.append((inner - shift, outer - lost + shift, height - head, foot))
    return White(depth, tuple(pages), shift, lost, *(min(side) for side in zip(*sides, strict=True)))


def intrusions(imposed: Imposition, types: Mapping[int, Box], safety: Pt, *, foreign: bool = False) -> tuple[Finding, ...]:
    """Name the pages of which a letter would come within `safety` of the knife, or over the fold: of each leaf the worst.

    Of a `foreign` file the margins cannot be set here.
    """
    wider = "export the file with wider margins" if foreign else "widen page.margins"
    inner = "export the file with a wider inner margin" if foreign else "widen the inner margin"
    found = []
    for white in whites(imposed, types):
        sides = {"fore-edge": white.outer, "head": white.head, "foot": white.foot}
        side, least = min(sides.items(), key=lambda item: item[1])
        if least < safety - HAIR:
            page = next(page for page in white.pages if min(_sides(imposed, page, types[page])[1:]) < least + 0.01)
            found.append(
                Finding(
                    "error",
                    "safety",
                    f"page {page}: type would stand {least / MM:.1f} mm from the {side} once it is trimmed,"
                    f" within the {safety / MM:.1f} mm that a knife needs",
                    page=page,
                    remedy=f"{wider}, use thinner paper or thinner signatures, or lower booklet.safety",
                )
            )
        if white.inner < -HAIR:
            page = next(page for page in white.pages if _sides(imposed, page, types[page])[0] < -HAIR)
            found.append(
                Finding(
                    "error",
                    "fold",
                    f"page {page}: type would run {-white.inner / MM:.1f} mm over the fold",
                    page=page,
                    remedy=f"{inner}, or set booklet.creep lower",
                )
            )
    return tuple(found)


def _sides(imposed: Imposition, page: int, box: Box) -> tuple[Pt, Pt, Pt, Pt]:
    """Return inner, outer, upper and lower white of one page."""
    white = _white(imposed, imposed.depths[page], [page], {page: box})
    return white.inner, white.outer, white.head, white.foot


def table(rows: tuple[White, ...]) -> str:
    """Write the margins that are left as a table, in millimetres."""
    lines = ["leaf  pages                   shift  inner  outer   head   foot   (least white in mm, once trimmed)"]
    for row in rows:
        some = ", ".join(map(str, row.pages[:4])) + (" …" if len(row.pages) > 4 else "")
        figures = "".join(f"{side / MM:>7.1f}" for side in (row.shift, row.inner, row.outer, row.head, row.foot))
        lines.append(f"{row.depth + 1:<6}{some:<22}{figures}")
    return "\n".join(lines)


def type_of(page: Page) -> Box | None:
    """Return what the letters of a page of ours cover, furniture included; None for a page without any."""
    boxes = [(slug.x + slug.line.indent, slug.y, slug.line) for slug in (*page.slugs, *page.furniture) if slug.line.words]
    if not boxes:
        return None
    return (
        min(x for x, _, _ in boxes),
        min(y - DESCENT * _size(line) for _, y, line in boxes),
        max(x + _width(line) for x, _, line in boxes),
        max(y + ASCENT * _size(line) for _, y, line in boxes),
    )


def _width(line: Line) -> Pt:
    return sum(word.width * line.scale + word.seams * line.tracking for word in line.words) + line.space * (len(line.words) - 1)


def _size(line: Line) -> Pt:
    return max(piece.style.size for word in line.words for piece in word.pieces)
