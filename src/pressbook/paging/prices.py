"""Prices: how ugly a book that was set is, and why; 1 is what a compositor would just notice."""

from itertools import pairwise

from pressbook.config import Design, Opening
from pressbook.model import Edition, Fit, Page
from pressbook.paging.castoff import Reach
from pressbook.paging.specification import letters_in, taste

NO_COLOPHON = 0.4
BLANK = 0.6
"""A blank page that convention asks for, such as a title's back."""
UNLEVEL = 1.0
"""Facing pages that do not end level; in a thick book, once in twenty spreads."""
UNLIKE = 1.0
"""All pages a line longer or shorter than the design."""
LOOSENESS = 0.15
"""A line by which each chapter is set longer or shorter."""
FORESEEN = frozenset(("size", "leading", "measure", "margins", "opening", "last page", "no colophon"))
"""The reasons that are known, or guessed well, before a line is set."""


def weigh(design: Design, plan: Design, edition: Edition) -> Fit:
    """Price a book that was set to a design, against the one that the rules had planned."""
    pages = edition.pages
    reach = reach_of(design, edition)
    idle = len(pages) - reach.pages - (pages[-1].kind == "colophon")
    blanks = sum(page.kind == "blank" for page in pages) - idle
    reasons = (
        *taste(design.spec, plan),
        ("opening", price_of_opening(design.opening, len(pages))),
        ("last page", price_of_fill(reach.fill)),
        ("blank pages", BLANK * blanks),
        ("no colophon", NO_COLOPHON * (not _has_colophon(pages[-1]))),
        ("spreads", _price_of_spreads(pages, design)),
        ("lines", _price_of_lines(pages)),
        ("looseness", LOOSENESS * abs(design.looseness)),
    )
    told = [(name, round(price, 3)) for name, price in reasons if price >= 0.0005]
    return Fit(
        size=design.size,
        leading=design.leading,
        letters=round(letters_in(design.spec), 1),
        lines=design.lines,
        opening=design.opening,
        looseness=design.looseness,
        pages=len(pages),
        blanks=idle,
        fill=round(reach.fill, 3),
        reasons=tuple(sorted(told, key=lambda reason: -reason[1])),
    )


def reach_of(design: Design, edition: Edition) -> Reach:
    """See how far a book reaches: to its last page with text, or, where it has none, to the last that is not blank."""
    pages = edition.pages
    text = [page for page in pages if _is_text(page)]
    if text:
        return Reach(text[-1].number, min(1.0, _rows(text[-1], design) / design.lines))
    return Reach(max((page.number for page in pages if page.kind not in ("blank", "colophon")), default=0), 1.0)


def lines_of(edition: Edition) -> int:
    """Count the lines of text."""
    return sum(slug.paragraph >= 0 for page in edition.pages for slug in page.slugs)


def foreseen(fit: Fit) -> float:
    """Return the part of a setting's price that was known before it was set."""
    return sum(price for reason, price in fit.reasons if reason in FORESEEN)


def price_of_opening(opening: Opening, pages: int) -> float:
    """Price how a book of so many pages begins.

    A leaflet of one sheet has no page to spare for a title; from two sheets on a title page is what a reader expects,
    and from three a half-title is no waste.
    """
    if opening == "heading":
        return 0.5 * max(0, pages - 4)
    if opening == "title page":
        return 0.75 * max(0, 8 - pages)
    return 1.0 + 1.5 * max(0, 12 - pages)


def price_of_fill(fill: float) -> float:
    """Price the story's last page: nearly empty, its lines are stranded; quite full, the story seems cut off."""
    return (max(0.0, 0.35 - fill) / 0.1) ** 2 + (max(0.0, fill - 0.94) / 0.04) ** 2


def _price_of_lines(pages: tuple[Page, ...]) -> float:
    """Price the lines: one in ten hyphenated, or spaces changed by half of what they can give, would be noticed."""
    lines = [slug.line for page in pages for slug in page.slugs if slug.paragraph >= 0]
    if not lines:
        return 0.0
    hyphens = sum(line.hyphenated for line in lines) / len(lines)
    uneven = sum(min(4.0, line.ratio**2) for line in lines) / len(lines)
    return (hyphens / 0.1) ** 2 + uneven / 0.25


def _price_of_spreads(pages: tuple[Page, ...], design: Design) -> float:
    """Price pages that leave the design's depth, and facing ones that differ; a chapter's last page may end anywhere."""
    full = {
        page.number: round(_rows(page, design))
        for page, after in pairwise(pages)
        if _is_text(page) and page.kind in ("opener", "text") and after.kind == "text"
    }
    unlevel = sum(full[number] != full[number + 1] for number in full if number % 2 == 0 and number + 1 in full)
    unlike = sum(rows != design.lines for rows in full.values())
    return UNLEVEL * unlevel * min(1.0, 40 / len(pages)) + UNLIKE * unlike / max(1, len(full))


def _is_text(page: Page) -> bool:
    return any(slug.paragraph >= 0 for slug in page.slugs)


def _has_colophon(page: Page) -> bool:
    """Tell whether a last page has display type below its text."""
    return bool(page.slugs) and page.slugs[-1].paragraph < 0 and not page.slugs[-1].note


def _rows(page: Page, design: Design) -> float:
    """Count the grid lines of a page down to the last line of its text and notes, or a picture below it."""
    text = (slug.y for slug in page.slugs if slug.paragraph >= 0 or slug.note)
    lowest = min([*text, *(inset.y for inset in page.insets)])
    return (design.baseline(0) - lowest) / design.leading + 1
