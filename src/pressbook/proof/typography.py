"""The typographic report: how even the lines are and how level the pages, measured on the edition itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean, median, pstdev

from pressbook.model import Compromise, Edition, Line, Page, Slug
from pressbook.units import Pt
from pressbook.values import Value

LOOSE, TIGHT = 1.5, 0.75
"""A line is called so if its word space is that many times the median."""
RUNT = 1.8
"""A last line narrower than so many ems is a runt."""
RIVER = 3
"""So many lines running make a river, if a word space of each overlaps one of the line above."""
OVERLAP = 0.6
"""Of the narrower of two word spaces, for them to run on."""
QUOTED = 5
"""How many of the worst lines are quoted."""
NOTICED = 0.1
"""A line is quoted only if its word space is farther than this from the median, over the median."""


class WorstLine(Value):
    """A line whose word space is far from the book's."""

    page: int
    line: int
    """From the top of the page, from 1."""
    times: float
    """Its word space, as a multiple of the median."""
    text: str


class Typography(Value):
    """What a careful reader would count."""

    lines: int
    """Of text."""
    justified: int
    """Lines that fill the measure."""
    space_sd: float
    """Standard deviation of the justified lines' word space, over the median."""
    space_p99: float
    """The 99th percentile of the same ratio."""
    space_max: float
    loose: int
    """Lines above LOOSE."""
    tight: int
    """Lines below TIGHT."""
    hyphens: int
    """Lines that end in a hyphen made by hyphenation."""
    ladders: int
    """Runs of three lines or more that end in a hyphen, made or typed."""
    hyphens_at_foot: int
    """Pages that end in the midst of a word, at a hyphen made or typed."""
    stacks: int
    """Neighbouring lines that begin, or end, with the same word."""
    rivers: int
    runts: int
    widows: int
    orphans: int
    spreads: int
    """Facing pages that are both full."""
    uneven: int
    """Those that do not end level."""
    scale_least: float
    scale_most: float
    """Of the glyphs' width."""
    scale_contrast: float
    """Mean difference between neighbouring lines of a paragraph."""
    tracking_most: float
    """In em, either way."""
    worst: tuple[WorstLine, ...]
    compromises: tuple[Compromise, ...]
    """What the page maker paid, dearest first."""


def survey(edition: Edition) -> Typography:
    """Measure an edition: every line of a text paragraph, and every page of text."""
    pages = [page for page in edition.pages if page.kind in ("text", "opener")]
    paragraphs = list(_paragraphs(pages))
    full = [(page, row, slug.line) for paragraph in paragraphs for page, row, slug in paragraph[:-1] if len(slug.line.words) > 1]
    spaces = [line.space for _, _, line in full]
    middle = median(spaces) if spaces else 1.0
    ratios = sorted(space / middle for space in spaces) or [1.0]
    pairs = [(upper[2].line, lower[2].line) for paragraph in paragraphs for upper, lower in pairwise(paragraph)]
    inner = [(upper[2].line, lower[2].line) for paragraph in paragraphs for upper, lower in pairwise(paragraph[:-1])]
    lines = [slug.line for paragraph in paragraphs for _, _, slug in paragraph]
    far = [place for place in full if abs(place[2].space / middle - 1) > NOTICED]
    worst = sorted(far, key=lambda place: -abs(place[2].space / middle - 1))[:QUOTED]
    return Typography(
        lines=len(lines),
        justified=len(full),
        space_sd=round(pstdev(ratios), 3),
        space_p99=round(ratios[int(0.99 * len(ratios))], 2),
        space_max=round(ratios[-1], 2),
        loose=sum(ratio > LOOSE for ratio in ratios),
        tight=sum(ratio < TIGHT for ratio in ratios),
        hyphens=sum(line.hyphenated for line in lines),
        ladders=sum(_runs([slug.line.breaks_word for _, _, slug in paragraph], 3) for paragraph in paragraphs),
        hyphens_at_foot=sum(bool(page.slugs) and page.slugs[-1].line.breaks_word for page in pages),
        stacks=sum(_stacked(upper, lower) for upper, lower in pairs),
        rivers=sum(_rivers([slug.line for _, _, slug in paragraph]) for paragraph in paragraphs),
        runts=sum(
            len(paragraph) > 1 and _width(paragraph[-1][2].line) < RUNT * _em(paragraph[-1][2].line) for paragraph in paragraphs
        ),
        widows=sum(len(paragraph) > 1 and paragraph[-2][0] != paragraph[-1][0] for paragraph in paragraphs),
        orphans=sum(len(paragraph) > 1 and paragraph[0][0] != paragraph[1][0] for paragraph in paragraphs),
        **_levels(edition),
        scale_least=round(min((line.scale for line in lines), default=1.0), 4),
        scale_most=round(max((line.scale for line in lines), default=1.0), 4),
        scale_contrast=round(mean([abs(upper.scale - lower.scale) for upper, lower in inner] or [0.0]), 4),
        tracking_most=round(max((abs(line.tracking) / _em(line) for line in lines), default=0.0), 4),
        worst=tuple(WorstLine(page, row, round(line.space / middle, 2), _text(line)) for page, row, line in worst),
        compromises=tuple(sorted(edition.compromises, key=lambda paid: (-paid.price, paid.page))),
    )


def in_words(found: Typography) -> str:
    """Say the report in plain words, a line for each matter."""
    share = 100 * found.hyphens / max(1, found.justified)
    rows = [
        f"{found.lines:,} lines, {found.justified:,} of them full",
        f"word spaces: deviation {found.space_sd:.3f} of the median, "
        f"99 in 100 below {found.space_p99:.2f}, widest {found.space_max:.2f}",
        f"loose lines {found.loose}, tight lines {found.tight}",
        f"hyphens {found.hyphens} ({share:.1f} % of full lines), ladders {found.ladders}, at a page's foot {found.hyphens_at_foot}",
        f"runts {found.runts}, stacks {found.stacks}, rivers {found.rivers}",
        f"widows {found.widows}, orphans {found.orphans}, uneven spreads {found.uneven} of {found.spreads}",
        f"letters: scale {found.scale_least:.3f} to {found.scale_most:.3f}, from line to line {100 * found.scale_contrast:.1f} %, "
        f"tracking up to {100 * found.tracking_most:.1f} % of an em",
    ]
    if found.worst:
        rows.append("farthest from even:")
        rows += [f"  page {line.page}, line {line.line}, {line.times:.2f}: {line.text}" for line in found.worst]
    return "\n".join([*rows, *_bill(found.compromises)])


def _bill(compromises: Sequence[Compromise]) -> list[str]:
    """Say what the pages paid: each kind of compromise, then the dearest one by one."""
    if not compromises:
        return ["no compromise: every page is as designed"]
    kinds = Counter(paid.fault for paid in compromises)
    rows = ["compromises of the pages: " + ", ".join(_count(times, fault) for fault, times in kinds.most_common())]
    for paid in compromises[:QUOTED]:
        place = f"page {paid.page}" + (f", line {paid.line} of {paid.file or 'the manuscript'}" if paid.line else "")
        rows.append(f"  {place}: {paid.fault} (price {paid.price:.0f}); to avoid it, {paid.remedy}")
    return rows


def _count(times: int, fault: str) -> str:
    """Say `1 short end` or `3 short ends`."""
    if times == 1:
        return f"1 {fault}"
    name, *rest = fault.split(" at ")
    return " at ".join([f"{times} {name}s", *rest])


_Placed = tuple[int, int, Slug]
"""A slug with its page and its line on it, from 1."""


def _paragraphs(pages: Iterable[Page]) -> Iterator[list[_Placed]]:
    """Gather the lines of each paragraph, across pages."""
    placed = [(page.number, row, slug) for page in pages for row, slug in enumerate(page.slugs, 1) if slug.paragraph >= 0]
    for _, lines in groupby(placed, key=lambda place: place[2].paragraph):
        yield list(lines)


def _levels(edition: Edition) -> dict[str, int]:
    """Count facing pages of text on which text goes on, and those that do not end level."""
    spreads = uneven = 0
    pages = edition.pages
    for spread in edition.spreads:
        verso, recto = spread.verso, spread.recto
        if verso is None or recto is None or recto.kind != "text" or verso.kind not in ("text", "opener"):
            continue
        following = pages[recto.number] if recto.number < len(pages) else None
        if following is None or following.kind != "text":
            continue  # the chapter ends on the recto, as short as it likes
        spreads += 1
        feet = [_foot(page) for page in (verso, recto)]
        uneven += abs(feet[0] - feet[1]) > 0.5
    return {"spreads": spreads, "uneven": uneven}


def _foot(page: Page) -> Pt:
    """Return the height of a page's last line, or of a picture below it."""
    return min([*(slug.y for slug in page.slugs), *(inset.y for inset in page.insets)], default=0.0)


def _runs(flags: Sequence[bool], length: int) -> int:
    """Count runs of so many or more."""
    return sum(flag and sum(1 for _ in run) >= length for flag, run in groupby(flags))


def _stacked(upper: Line, lower: Line) -> bool:
    """Tell whether two lines begin or end with the same whole word of three letters or more."""
    ends = [(upper.words[0], lower.words[0]), (upper.words[-1], lower.words[-1])]
    return any(len(a.text) > 2 and a.text == b.text for a, b in ends)


def _rivers(lines: Sequence[Line]) -> int:
    """Count chains of word spaces that lie under each other through RIVER lines or more."""
    rivers = 0
    running: list[tuple[Pt, Pt, int]] = []
    for line in lines:
        gaps = _gaps(line)
        now: list[tuple[Pt, Pt, int]] = []
        for left, right in gaps:
            above = [
                length
                for start, end, length in running
                if min(right, end) - max(left, start) >= OVERLAP * min(right - left, end - start)
            ]
            length = max(above, default=0) + 1
            rivers += length == RIVER
            now.append((left, right, length))
        running = now
    return rivers


def _gaps(line: Line) -> list[tuple[Pt, Pt]]:
    """List where the word spaces lie, from the measure's left edge."""
    gaps: list[tuple[Pt, Pt]] = []
    x = line.indent
    for word in line.words[:-1]:
        x += word.width * line.scale + word.seams * line.tracking
        gaps.append((x, x + line.space))
        x += line.space
    return gaps


def _width(line: Line) -> Pt:
    words = sum(word.width * line.scale + word.seams * line.tracking for word in line.words)
    return words + line.space * (len(line.words) - 1)


def _em(line: Line) -> Pt:
    return line.words[0].pieces[0].style.size


def _text(line: Line) -> str:
    return " ".join(word.text for word in line.words).replace("\u00ad", "-")
