"""The rules for covers: one sheet, its spine as thick as the book, type clear of knife and folds."""

from collections.abc import Iterator
from typing import NamedTuple

from pressbook.config import TRIMS
from pressbook.model import Finding, Printer
from pressbook.model.printer import SLACK
from pressbook.proof.preflight.dossier import Box, Dossier, Leaf
from pressbook.proof.preflight.rules import ANY_FILE, NEAR, by_key, counted, inked, ordered, size_of
from pressbook.units import INCH, Pt, say

SPINE_OFF: Pt = 4.5
"""How far a spine may be off: a sixteenth of an inch, as KDP and Ingram have it."""
LEAST_FLAP: Pt = INCH
"""Two flaps of so much make a cover too wide for any spine."""


class _Back(NamedTuple):
    """How thick a book may be."""

    least: Pt
    most: Pt
    paper: str


def judge_cover(dossier: Dossier, printer: Printer, pages: int, spine: Pt | None = None) -> tuple[Finding, ...]:
    """Hold the cover of a book of so many pages against a printer's table; `spine` is its thickness, if that is known."""
    leaf = dossier.leaves[0]
    cut = trimmed_cover(leaf, printer)
    found = [finding for rule in ANY_FILE for finding in rule(dossier, printer)]
    found += inked(dossier, printer, printer.wrap.inks)
    found += counted(dossier, printer, pages)
    found += _one(dossier, printer)
    thickness, wrong = _spine(dossier, cut, printer, pages, spine)
    found += wrong
    found += _type(dossier, cut, printer, pages, thickness)
    found += _edges(dossier, cut, printer)
    return ordered(found)


def trimmed_cover(leaf: Leaf, printer: Printer) -> Box:
    """Return the cover as it will be cut: its trim box, or what is left when the printer's bleed is cut off."""
    if "TrimBox" in leaf.given or "ArtBox" in leaf.given:
        return leaf.trim
    crop, bleed = leaf.crop, printer.wrap.bleed
    return Box(crop.left + bleed, crop.bottom + bleed, crop.right - bleed, crop.top - bleed)


def _one(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    if len(dossier.leaves) != 1:
        yield Finding(
            "error",
            "cover-pages",
            f"a cover is one page, and this file has {len(dossier.leaves)}",
            remedy="put back, spine and front on one sheet",
            value=str(len(dossier.leaves)),
            limit="1",
            source=printer.source("cover"),
        )


def _backs(printer: Printer, pages: int, spine: Pt | None) -> list[_Back]:
    """List how thick the book may be: on each paper, or folded without a back."""
    if spine is not None:
        return [_Back(spine, spine, "your")]
    flat = [_Back(0.0, 0.0, "folded")] if pages <= printer.wrap.flat_to or not printer.wrap.text_from else []
    if not printer.wrap.text_from:
        return flat
    # Of a book that no paper takes, the number of pages is the fault, and told as such.
    stocks = [stock for stock in printer.stocks if pages <= stock.most] or list(printer.stocks)
    spines = ((stock.spine(pages), stock.name) for stock in stocks)
    return [*(_Back(least + printer.wrap.allowance, most + printer.wrap.allowance, name) for (least, most), name in spines), *flat]


def _spine(dossier: Dossier, cut: Box, printer: Printer, pages: int, spine: Pt | None) -> tuple[Pt | None, list[Finding]]:
    """Find how wide the spine is: what two pages of a trim of that height leave; (None if that cannot be told, what is wrong)."""
    backs = _backs(printer, pages, spine)
    sizes = printer.trims or tuple((trim.width, trim.height) for trim in TRIMS if printer.takes(trim.width, trim.height))
    widths = [across for across, up in sizes if abs(up - cut.height) < 2 * SLACK]
    off, left, back = min(
        (
            (max(back.least - left, left - back.most, 0.0), left, back)
            for left in (cut.width - 2 * across for across in widths)
            for back in backs
        ),
        default=(0.0, 0.0, backs[0]),
    )
    if widths and off <= SPINE_OFF:
        return left, []
    if widths and printer.wrap.flaps and left - back.most >= 2 * LEAST_FLAP:
        return None, []
    # A trim without a name may have any width.
    if printer.range and not (widths and 0 <= left < INCH + back.most):
        across = (cut.width - back.most) / 2
        if printer.takes(across, cut.height):
            return None, _unlisted(cut, across, pages, printer) if widths else []
    said = "it is no two pages of a trim with a spine between"
    if widths and 0 <= left < INCH + back.most:
        made = f"{pages} pages on {back.paper} paper make {say(back.most)}"
        if back.paper == "folded":
            made = f"{pages} pages folded and stapled have none"
        elif back.most - back.least > 1:
            made = f"{pages} pages make {say(back.least)} to {say(back.most)} on whatever paper"
        said = f"its spine is {say(left)}, and {made}"
    wrong = Finding(
        "error",
        "spine",
        f"the cover is {size_of(cut)}: {said}",
        page=1,
        remedy=by_key(
            dossier, "name the page's size, --trim; or make the cover anew for this number of pages", "`pressbook cover`"
        ),
        value=say(max(0.0, left)) if widths else say(cut.height),
        limit=f"{say(back.least)} to {say(back.most)}" if widths else "a trim that is offered",
        source=printer.source("cover"),
    )
    return None, [wrong]


def _unlisted(cut: Box, across: Pt, pages: int, printer: Printer) -> list[Finding]:
    """Say that a cover fits no trim with a name, though it may fit another."""
    said = f"the cover is {size_of(cut)}: with the spine of {pages} pages, its pages are {across / INCH:.3g} in wide"
    return [
        Finding(
            "warning",
            "spine",
            f"{said}, which is no usual size",
            page=1,
            remedy="if they are so, say it with --trim; else make it anew for this number of pages",
            value=f"{across / INCH:.3g} in",
            limit="a size with a name",
            source=printer.source("cover"),
        )
    ]


def _type(dossier: Dossier, cut: Box, printer: Printer, pages: int, spine: Pt | None) -> Iterator[Finding]:
    """Hold type against the knife, and against the folds of a spine whose width is known."""
    wrap, source = printer.wrap, printer.source("cover")
    boxes = [run.box for run in dossier.leaves[0].text if run.box.meets(cut)]
    if not boxes:
        return
    rooms = {
        "left edge": min(box.left for box in boxes) - cut.left,
        "foot": min(box.bottom for box in boxes) - cut.bottom,
        "right edge": cut.right - max(box.right for box in boxes),
        "head": cut.top - max(box.top for box in boxes),
    }
    for side, room in rooms.items():
        if room < wrap.safety - NEAR:
            yield Finding(
                "error",
                "safety",
                f"type stands {say(room)} from the {side} of the cover, and the knife may come within {say(wrap.safety)}"
                if room > 0
                else f"type runs over the {side} of the cover",
                page=1,
                remedy="bring it further in",
                value=say(room),
                limit=say(wrap.safety),
                source=source,
            )
    if not spine or spine <= 0:
        return
    middle = (cut.left + cut.right) / 2
    left, right = middle - spine / 2, middle + spine / 2
    on = [box for box in boxes if box.right > left + NEAR and box.left < right - NEAR]
    if on and pages < wrap.text_from:
        yield Finding(
            "error",
            "spine-text",
            f"there is type on the spine, and {printer.title} takes it from {wrap.text_from} pages",
            page=1,
            remedy="leave the spine blank",
            value=f"{pages} pages",
            limit=f"{wrap.text_from} pages",
            source=source,
        )
    elif on:
        clear = min(min(box.left for box in on) - left, right - max(box.right for box in on))
        if clear < wrap.clear - NEAR:
            yield Finding(
                "error",
                "spine-text",
                f"type on the spine stands {say(max(0.0, clear))} from a fold, which may be off by {say(wrap.clear)}",
                page=1,
                remedy="set it smaller, or in the middle of the spine",
                value=say(clear),
                limit=say(wrap.clear),
                source=source,
            )


def _edges(dossier: Dossier, cut: Box, printer: Printer) -> Iterator[Finding]:
    """Hold grounds and pictures against the bleed, and what stands beyond it against what the printer wants there."""
    leaf, bleed = dossier.leaves[0], printer.wrap.bleed
    wanted = Box(cut.left - bleed, cut.bottom - bleed, cut.right + bleed, cut.top + bleed)
    bled = leaf.bleed if "BleedBox" in leaf.given else leaf.media
    if any(ground.width > 0.9 * cut.width for ground in leaf.drawn) and not wanted.within(bled, SLACK):
        yield Finding(
            "error",
            "bleed",
            f"the ground has no bleed, and {printer.title} wants {say(bleed)} around",
            page=1,
            remedy="let it run on past the trim",
            value=size_of(bled),
            limit=size_of(wanted),
            source=printer.source("cover"),
        )
    level = dict(printer.refuses).get("marks")
    around = Box(wanted.left - SLACK, wanted.bottom - SLACK, wanted.right + SLACK, wanted.top + SLACK)
    things = (*leaf.drawn, *(run.box for run in leaf.type))
    beside = [box for box in things if box.meets(leaf.media) and not box.meets(around)]
    if level and beside:
        yield Finding(
            level,
            "marks",
            "something is printed beside the cover: crop marks, or what was left there",
            page=1,
            remedy=by_key(dossier, "without marks", 'press.marks = "none"'),
            value=f"{len(beside)} objects",
            limit="none",
            source=printer.source("file"),
        )
