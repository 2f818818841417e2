"""The rules: each looks at the facts of a file and at what a printer takes, and says what is wrong."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from pressbook.model import Finding, Ink, Level, Printer
from pressbook.model.printer import SLACK
from pressbook.proof.preflight.dossier import Box, Dossier, Leaf
from pressbook.proof.preflight.standards import broken_promises
from pressbook.units import INCH, Pt, say

Rule: TypeAlias = Callable[[Dossier, Printer], Iterator[Finding]]

NEAR: Pt = 0.36
"""How far type may reach into a margin: half a hundredth of an inch, so that findings never tell two lengths alike."""
MARK: Pt = 1.5
"""What is no wider is a line or a mark: it need not bleed where it ends."""
LINE_ART = 600
"""Pixels an inch that an image in black and white should have."""
NEWEST_PDF = (1, 7)
ENDED: Pt = 1.0
"""What stops so near to the trim was meant to bleed."""


def judge(dossier: Dossier, printer: Printer) -> tuple[Finding, ...]:
    """Hold a file against a printer's table, rule by rule; errors first, then by page."""
    return ordered(finding for rule in RULES for finding in rule(dossier, printer))


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put errors first, then what stands on earlier pages."""
    order: dict[Level, int] = {"error": 0, "warning": 1, "notice": 2}
    return tuple(sorted(findings, key=lambda finding: (order[finding.level], finding.page or 0)))


def trimmed(leaf: Leaf, printer: Printer) -> Box:
    """Return the page as it will be cut: its trim box; without one, what is left when the printer's bleed is cut off."""
    if "TrimBox" in leaf.given or "ArtBox" in leaf.given:
        return leaf.trim
    crop, bleed = leaf.crop, printer.bleed
    left = bleed if printer.inner_bleed or not _is_recto(leaf) else 0.0
    right = bleed if printer.inner_bleed or _is_recto(leaf) else 0.0
    inside = Box(crop.left + left, crop.bottom + bleed, crop.right - right, crop.top - bleed)
    return inside if printer.lists(inside.width, inside.height) and not printer.lists(crop.width, crop.height) else crop


# --- the book as a whole ----------------------------------------------------------------------------------------------


def _page_count(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    return counted(dossier, printer, len(dossier.leaves))


def _more_pages(pages: int, wanted: int, *, ours: bool) -> str:
    """Say how a book comes to the pages wanted: type and trim make two of one, hardly more."""
    if wanted > 2 * pages:
        return "so short a text needs company" + (": bind it with others by book.stories" if ours else "")
    return "a larger type or a smaller trim makes more pages" + (f"; or try page.pages = {wanted}" if ours else "")


def counted(dossier: Dossier, printer: Printer, pages: int) -> Iterator[Finding]:
    """Hold a number of pages against what a printer binds."""
    if not printer.least <= pages <= printer.most:
        few = pages < printer.least
        whole = -(-printer.least // printer.multiple) * printer.multiple
        yield Finding(
            "error",
            "page-count",
            f"{pages} pages, and {printer.title} takes {printer.least} to {printer.most}",
            remedy=_more_pages(pages, whole, ours=dossier.ours)
            if few
            else "a smaller type or a larger trim makes fewer pages; or divide the book into volumes",
            value=str(pages),
            limit=f"{printer.least} to {printer.most}",
            source=printer.source("pages"),
        )
    if pages % printer.multiple:
        short = printer.multiple - pages % printer.multiple
        yield Finding(
            "error",
            "parity",
            f"{pages} pages are no multiple of {printer.multiple}",
            remedy=f"add {short} blank page{'s' if short > 1 else ''} at the end",
            value=str(pages),
            limit=f"a multiple of {printer.multiple}",
            source=printer.source("pages"),
        )


def _blank_run(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    at = 0
    for blank, run in groupby(dossier.leaves, key=lambda leaf: leaf.blank):
        length = len(list(run))
        if blank and printer.blanks and length > printer.blanks:
            yield Finding(
                "warning",
                "blank-pages",
                f"{length} blank pages follow each other",
                page=at + 1,
                remedy="take some out, if they are not meant",
                value=str(length),
                limit=f"at most {printer.blanks}",
                source=printer.source("pages"),
            )
        at += length


def _usual(dossier: Dossier, printer: Printer) -> tuple[Leaf, Box]:
    """Return the first page of the size that most pages have, as it will be cut."""
    boxes = [(leaf, trimmed(leaf, printer)) for leaf in dossier.leaves]
    sizes = Counter((round(box.width), round(box.height)) for _, box in boxes)
    usual = sizes.most_common(1)[0][0]
    return next((leaf, box) for leaf, box in boxes if (round(box.width), round(box.height)) == usual)


def _trim(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    usual, first = _usual(dossier, printer)
    if not (printer.lists(first.width, first.height) or printer.takes(first.width, first.height)):
        sizes = sorted(printer.trims, key=lambda size: abs(size[0] - first.width) + abs(size[1] - first.height))[:3]
        near = " or ".join(f"{width / INCH:.4g} x {height / INCH:.4g} in" for width, height in sizes)
        yield Finding(
            "error",
            "trim",
            f"the trimmed page is {size_of(first)}, which {printer.title} does not offer",
            page=usual.number,
            remedy=f"the nearest it has are {near}" if near else by_key(dossier, "choose another size", "page.trim"),
            value=size_of(first),
            limit=near,
            source=printer.source("trims"),
        )
    usual_is = "the first is" if usual.number == 1 else "most are"
    for leaf in dossier.leaves:
        box = trimmed(leaf, printer)
        if abs(box.width - first.width) > SLACK or abs(box.height - first.height) > SLACK:
            yield Finding(
                "error",
                "page-size",
                f"the page is {size_of(box)}, and {usual_is} {size_of(first)}",
                page=leaf.number,
                remedy="bring all pages to one size",
                value=size_of(box),
                limit=size_of(first),
                source=printer.source("trims"),
            )


def _fonts(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for face in dossier.faces:
        if face.idle:
            yield Finding(
                "warning",
                "font-idle",
                f"{face.name} is named, not embedded, and sets no type",
                page=face.page,
                remedy="take its name out: some printers refuse the file for it",
                value="not embedded",
                limit="embedded, or not named",
                source=printer.source("file"),
            )
        elif not face.embedded:
            yield Finding(
                "error",
                "font-missing",
                f"{face.name} is not embedded",
                page=face.page,
                remedy="embed it: what the printer has instead looks different",
                value="not embedded",
                limit="embedded",
                source=printer.source("file"),
            )
        elif face.kind == "Type3":
            yield Finding(
                "warning",
                "font-type3",
                f"{face.name} is a Type 3 font, drawn and not hinted",
                page=face.page,
                remedy="use a TrueType or OpenType face",
                value="Type 3",
                limit="TrueType, OpenType or Type 1",
                source=printer.source("file"),
            )
        elif not face.subset:
            yield Finding(
                "notice",
                "font-whole",
                f"{face.name} is embedded whole",
                page=face.page,
                remedy="a subset would make a smaller file",
                value="whole",
                limit="subset",
                source=printer.source("file"),
            )


_REFUSED = {
    "javascript": ("{} have no place in a file for print", "save it without them"),
    "form": ("{} have no place in a file for print", "flatten them into the page"),
    "attachment": ("there are {}", "take them out"),
    "layers": ("the file has {}, and what is switched off may print", "flatten them"),
    "outline": ("the file has {}", "save it without them; most printers only ignore them"),
}


def _glyphs(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        if leaf.lacking:
            yield Finding(
                "error",
                "glyph-missing",
                f"{leaf.lacking} has no glyph for a letter of the page: a box or nothing is printed",
                page=leaf.number,
                remedy="set it in a face that has the letter",
                value="no glyph",
                limit="a glyph for each letter",
                source=printer.source("file"),
            )


def _extras(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    refused = dict(printer.refuses)
    if dossier.encrypted and "encryption" in refused:
        yield Finding(
            refused["encryption"],
            "encryption",
            "the file is encrypted",
            remedy="save it without a password and without restrictions",
            value="encrypted",
            limit="open",
            source=printer.source("file"),
        )
    for rule, what in dossier.extras:
        if rule in refused:
            said, remedy = _REFUSED[rule]
            limit = "none"
            yield Finding(
                refused[rule], rule, said.format(what), remedy=remedy, value=what, limit=limit, source=printer.source("file")
            )
    for leaf in dossier.leaves:
        if leaf.annotations and "annotation" in refused:
            kinds = ", ".join(sorted(set(leaf.annotations)))
            yield Finding(
                refused["annotation"],
                "annotation",
                f"annotations: {kinds}",
                page=leaf.number,
                remedy="remove them, links as well, or flatten them into the page",
                value=kinds,
                limit="none",
                source=printer.source("file"),
            )


def _standard(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    claimed = dossier.claims
    known = next((name for name in ("PDF/X-1a", "PDF/X-3", "PDF/X-4") if claimed.startswith(name)), "none")
    if claimed.startswith("PDF/X-1:"):
        known = "PDF/X-1a"
    if known not in printer.accepts:
        wanted = " or ".join(printer.accepts)
        yield Finding(
            "error",
            "standard",
            f"the file is {claimed or 'plain PDF'}, and {printer.title} wants {wanted}",
            remedy=by_key(dossier, f"export it as {printer.standard}", f'press.standard = "{printer.standard}"'),
            value=claimed or "none",
            limit=wanted,
            source=printer.source("file"),
        )
    if tuple(map(int, dossier.version.split("."))) > NEWEST_PDF:
        yield Finding(
            "warning",
            "version",
            f"the file is PDF {dossier.version}, which presses need not read",
            remedy="save it as PDF 1.7 or older",
            value=dossier.version,
            limit="1.7",
            source="ISO 15930-7, which rests on PDF 1.6",
        )
    for said in broken_promises(dossier, known):
        yield Finding(
            "error",
            "standard-broken",
            f"it says that it is {claimed}, but {said}",
            remedy="write it anew with a program that keeps the standard, or do not claim it",
            value=said,
            limit=claimed,
            source="ISO 15930",
        )


# --- page by page -----------------------------------------------------------------------------------------------------


def _boxes(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        outside = [
            f"the {inner} box lies outside the {outer} box"
            for inner, box, outer, around in (
                ("trim", leaf.trim, "bleed", leaf.bleed),
                ("bleed", leaf.bleed, "media", leaf.media),
                ("trim", leaf.trim, "crop", leaf.crop),
            )
            if not box.within(around)
        ]
        if leaf.trim.width <= 1 or leaf.trim.height <= 1:
            outside = ["the trim box is empty"]
        for said in outside:
            yield Finding(
                "error",
                "boxes",
                said,
                page=leaf.number,
                remedy="set the boxes anew: trim inside bleed inside media",
                value=size_of(leaf.trim),
                limit=size_of(leaf.media),
                source="ISO 32000-1, 14.11.2",
            )
        if max(leaf.media.width, leaf.media.height) > 14_400:
            yield Finding(
                "error",
                "boxes",
                f"the page is {size_of(leaf.media)}, larger than a PDF page can be",
                page=leaf.number,
                remedy="set the page's size anew",
                value=size_of(leaf.media),
                limit="200 in",
                source="ISO 32000-1, annex C",
            )


def _turned(dossier: Dossier, _: Printer) -> Iterator[Finding]:
    """Find pages that are turned otherwise than the others, and those that lack a trim box which the others have."""
    usual = Counter(leaf.turn for leaf in dossier.leaves).most_common(1)[0][0]
    trims = sum("TrimBox" in leaf.given for leaf in dossier.leaves)
    for leaf in dossier.leaves:
        if leaf.turn != usual:
            yield Finding(
                "warning",
                "turned",
                f"the page is shown turned by {leaf.turn}°, and most are {f'turned by {usual}°' if usual else 'not'}",
                page=leaf.number,
                remedy="turn the page itself, not its view",
                value=f"{leaf.turn}°",
                limit=f"{usual}°",
                source="ISO 32000-1, 7.7.3.3",
            )
        if "TrimBox" not in leaf.given and 2 * trims > len(dossier.leaves):
            yield Finding(
                "error",
                "boxes",
                "the page has no trim box, and others have",
                page=leaf.number,
                remedy="set it as on the other pages",
                value="none",
                limit=size_of(leaf.trim),
                source="ISO 32000-1, 14.11.2",
            )


def _unreadable(dossier: Dossier, _: Printer) -> Iterator[Finding]:
    if dossier.mended:
        yield Finding(
            "error",
            "damaged",
            f"the file is damaged: {dossier.mended}; some programs mend that, and others refuse it",
            remedy="write it anew from the program that made it",
            value=dossier.mended,
            limit="whole",
            source="ISO 32000-1, 7.5",
        )
    for leaf in dossier.leaves:
        if leaf.unreadable:
            yield Finding(
                "error",
                "damaged",
                f"the page cannot be read to its end: {leaf.unreadable}",
                page=leaf.number,
                remedy="write it anew from the program that made it",
                value=leaf.unreadable,
                limit="readable",
                source="ISO 32000-1, 7.8",
            )


def _margins(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    gutter = printer.gutter(len(dossier.leaves))
    bleeds = any(_reaches(leaf, printer) for leaf in dossier.leaves)
    safety = printer.safety_bled if bleeds else printer.safety
    for leaf in dossier.leaves:
        if not leaf.text:
            continue
        page = trimmed(leaf, printer)
        edges = Box(
            min(run.box.left for run in leaf.text) - page.left,
            min(run.box.bottom for run in leaf.text) - page.bottom,
            page.right - max(run.box.right for run in leaf.text),
            page.top - max(run.box.top for run in leaf.text),
        )
        inner, outer = (edges.left, edges.right) if _is_recto(leaf) else (edges.right, edges.left)
        if inner < gutter - NEAR:
            level: Level = "error" if inner < printer.safety - NEAR else printer.gutter_level
            yield Finding(
                level,
                "gutter",
                f"type stands {say(max(0.0, inner))} from the binding; a book of {len(dossier.leaves)} pages wants {say(gutter)}",
                page=leaf.number,
                remedy=by_key(dossier, "a wider inner margin", f'page.gutter = "{gutter / INCH:.4g}in"'),
                value=say(inner),
                limit=say(gutter),
                source=printer.source("margins"),
            )
        for side, room in (("outer edge", outer), ("head", edges.top), ("foot", edges.bottom)):
            if room < safety - NEAR:
                yield Finding(
                    "error",
                    "safety",
                    f"type stands {say(max(0.0, room))} from the {side}, and the knife may come within {say(safety)}"
                    if room > 0
                    else f"type runs over the {side}",
                    page=leaf.number,
                    remedy="wider margins, or take it off the page",
                    value=say(room),
                    limit=say(safety),
                    source=printer.source("margins"),
                )


def _bleed(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        page = trimmed(leaf, printer)
        wanted = _bled(page, printer.bleed, leaf, printer)
        room = leaf.media if "MediaBox" in leaf.given else leaf.crop
        areas = [*(box for box in leaf.drawn if min(box.width, box.height) > MARK), *(picture.box for picture in leaf.pictures)]
        for box in areas:
            short = _falls_short(box, page, wanted)
            if short and printer.bleed:
                yield Finding(
                    "error",
                    "bleed",
                    f"something ends at the {short} and does not reach {say(printer.bleed)} past it",
                    page=leaf.number,
                    remedy="let it run on past the trim, or end well inside",
                    value=say(0),
                    limit=say(printer.bleed),
                    source=printer.source("bleed"),
                )
                break
        bled = leaf.bleed if "BleedBox" in leaf.given else room
        runs_off = any(box.meets(page) and not box.within(_inside(page)) for box in areas)
        if "BleedBox" in leaf.given and runs_off and not wanted.within(leaf.bleed, SLACK):
            yield Finding(
                "error",
                "bleed",
                f"the bleed box is {size_of(leaf.bleed)}, and what runs off the page wants {size_of(wanted)}",
                page=leaf.number,
                remedy=by_key(dossier, "set the bleed box anew", f'page.bleed = "{printer.bleed / INCH:.4g}in"'),
                value=size_of(leaf.bleed),
                limit=size_of(wanted),
                source=printer.source("bleed"),
            )
        spine = page.left - bled.left if _is_recto(leaf) else bled.right - page.right
        if not printer.inner_bleed and spine > SLACK:
            yield Finding(
                "error",
                "bleed-inner",
                f"the page has {say(spine)} of bleed at the binding, and {printer.title} wants none there",
                page=leaf.number,
                remedy=by_key(dossier, "let it bleed on the three other sides only", f'page.bleed = "outer {spine / INCH:.4g}in"'),
                value=say(spine),
                limit="none",
                source=printer.source("bleed"),
            )
        if printer.bleed_always and not wanted.within(room, SLACK):
            yield Finding(
                "warning",
                "bleed-missing",
                f"the page has no bleed, and {printer.title} wants {say(printer.bleed)} around",
                page=leaf.number,
                remedy=by_key(dossier, "export it with bleed", f'page.bleed = "{printer.bleed / INCH:.4g}in"'),
                value=size_of(room),
                limit=size_of(wanted),
                source=printer.source("bleed"),
            )


def _marks(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    level = dict(printer.refuses).get("marks")
    if level is None:
        return
    for leaf in dossier.leaves:
        page = trimmed(leaf, printer)
        area = _bled(page, max(printer.bleed, 0.0) + SLACK, leaf, printer)
        beside = [box for box in (*leaf.drawn, *(run.box for run in leaf.type)) if not box.meets(area) and box.meets(leaf.media)]
        if beside:
            yield Finding(
                level,
                "marks",
                "something is printed beside the page: crop marks, or what was left there",
                page=leaf.number,
                remedy=by_key(dossier, "single pages, without marks", 'press.marks = "none"'),
                value=f"{len(beside)} objects",
                limit="none",
                source=printer.source("file"),
            )


_INK_WORDS = {
    "gray": "gray",
    "cmyk": "CMYK colour",
    "rgb": "RGB colour",
    "spot": "a spot ink",
    "calibrated": "colour with a profile",
}


def _inks(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    return inked(dossier, printer, printer.inks)


def inked(dossier: Dossier, printer: Printer, unwanted: Iterable[tuple[Ink, Level]]) -> Iterator[Finding]:
    """Find inks that a printer does not want, and more of them than dries."""
    for leaf in dossier.leaves:
        for ink, level in unwanted:
            if ink in leaf.inks:
                yield Finding(
                    level,
                    f"ink-{ink}",
                    f"the page uses {_INK_WORDS[ink]}",
                    page=leaf.number,
                    remedy="set black type in one black ink; turn images to gray, or to the colours that the printer takes",
                    value=_INK_WORDS[ink],
                    limit="none of it",
                    source=printer.source("file"),
                )
        if leaf.coverage > printer.coverage + 0.5:
            yield Finding(
                "error" if leaf.coverage > printer.heaviest + 0.5 else "warning",
                "coverage",
                f"a colour takes {leaf.coverage:.0f} % of ink, more than dries",
                page=leaf.number,
                remedy=f"mix it from at most {printer.coverage} %, all plates together",
                value=f"{leaf.coverage:.0f} %",
                limit=f"{printer.coverage} %",
                source=printer.source("print"),
            )


def _transparency(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    seen = ((leaf, leaf.transparent) for leaf in dossier.leaves)
    return _refused(printer, "transparency", seen, "something is transparent", "flatten it, or do without")


def _unseen(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    seen = ((leaf, leaf.unseen) for leaf in dossier.leaves)
    return _refused(printer, "invisible", seen, "there is type that nobody will see", "take it out, or let it be seen")


def _refused(printer: Printer, thing: str, seen: Iterable[tuple[Leaf, Sequence[str]]], told: str, remedy: str) -> Iterator[Finding]:
    """Find the pages on which something was seen that a printer refuses."""
    level = dict(printer.refuses).get(thing)
    for leaf, what in seen:
        if level and what:
            said = ", ".join(what)
            yield Finding(
                level,
                thing,
                f"{told}: {said}",
                page=leaf.number,
                remedy=remedy,
                value=said,
                limit="none",
                source=printer.source("file"),
            )


def _blacks(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        if leaf.rich:
            yield Finding(
                "warning",
                "rich-black",
                f"type is black of several inks, CMYK {leaf.rich}: its edges will be coloured where they miss each other",
                page=leaf.number,
                remedy="set it in black alone, CMYK 0 0 0 100",
                value=f"CMYK {leaf.rich}",
                limit="CMYK 0 0 0 100",
                source=printer.source("print"),
            )
        inside = _inside(leaf.trim)
        if any(box.touches(inside) for box in leaf.registered):
            yield Finding(
                "error",
                "registration",
                "something on the page is in registration colour, which prints on every plate",
                page=leaf.number,
                remedy="set it in black alone; that colour is for marks beside the page",
                value="All",
                limit="black",
                source="ISO 32000-1, 8.6.6.4",
            )
        if leaf.vanishing:
            yield Finding(
                "error",
                "overprint",
                "something white is printed over what lies under it, and will be gone",
                page=leaf.number,
                remedy="switch overprinting off for what is white",
                value="white overprints",
                limit="black at the most",
                source="ISO 32000-1, 8.6.7",
            )


def _lines(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        if leaf.thinnest is not None and leaf.thinnest < printer.rule - 0.001:
            lost = leaf.thinnest < printer.hairline - 0.001
            yield Finding(
                "error" if lost else "warning",
                "hairline",
                f"a line is {leaf.thinnest:.2f} pt thin{', and may not print' if lost else ''}",
                page=leaf.number,
                remedy=f"make it {printer.rule:g} pt or more",
                value=f"{leaf.thinnest:.2f} pt",
                limit=f"{printer.rule:g} pt",
                source=printer.source("print"),
            )


def _type_size(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        least = min((run.size for run in leaf.text), default=printer.type_size)
        if least < printer.type_size - 0.01:
            yield Finding(
                "warning",
                "type-size",
                f"type of {least:.1f} pt is hard to read",
                page=leaf.number,
                remedy=f"set it in {printer.type_size:g} pt or more",
                value=f"{least:.1f} pt",
                limit=f"{printer.type_size:g} pt",
                source=printer.source("print"),
            )


def _resolution(dossier: Dossier, printer: Printer) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        for picture in leaf.pictures:
            ppi = picture.resolution
            # Steps that greys hide are seen in black and white.
            kind, wanted = (
                ("line art", max(LINE_ART, printer.resolution)) if picture.bits == 1 else ("an image", printer.resolution)
            )
            if ppi < wanted - 1:
                yield Finding(
                    "error" if ppi < printer.coarse - 1 else "warning",
                    "resolution",
                    f"{kind} has {ppi:.0f} pixels an inch, and will look coarse",
                    page=leaf.number,
                    remedy=f"use a larger image, or place it smaller: {wanted} pixels an inch",
                    value=f"{ppi:.0f} ppi",
                    limit=f"{wanted} ppi",
                    source=printer.source("print"),
                )
            elif picture.bits > 1 and ppi > printer.finest + 1:
                yield Finding(
                    "warning",
                    "resolution-idle",
                    f"an image has {ppi:.0f} pixels an inch, more than the printer uses",
                    page=leaf.number,
                    remedy=f"bring it to {printer.resolution} pixels an inch",
                    value=f"{ppi:.0f} ppi",
                    limit=f"{printer.finest} ppi",
                    source=printer.source("print"),
                )


ANY_FILE: tuple[Rule, ...] = (
    _unreadable,
    _boxes,
    _fonts,
    _glyphs,
    _extras,
    _standard,
    _transparency,
    _unseen,
    _blacks,
    _lines,
    _resolution,
)
"""What is asked of a cover as well."""
RULES: tuple[Rule, ...] = (
    _unreadable,
    _page_count,
    _trim,
    _boxes,
    _turned,
    _fonts,
    _glyphs,
    _extras,
    _standard,
    _margins,
    _bleed,
    _marks,
    _inks,
    _transparency,
    _unseen,
    _blacks,
    _lines,
    _type_size,
    _resolution,
    _blank_run,
)
"""In the order of a preflight man's list: the file, the book, the page, what stands on it."""


# --- helpers ----------------------------------------------------------------------------------------------------------


def _is_recto(leaf: Leaf) -> bool:
    return leaf.number % 2 == 1


def _inside(page: Box) -> Box:
    """Return a page without a hair's breadth at its edges."""
    return Box(page.left + ENDED, page.bottom + ENDED, page.right - ENDED, page.top - ENDED)


def _bled(page: Box, bleed: Pt, leaf: Leaf, printer: Printer) -> Box:
    """Return the page with its bleed around it; none at the binding, if the printer wants none there."""
    left = bleed if printer.inner_bleed or not _is_recto(leaf) else 0.0
    right = bleed if printer.inner_bleed or _is_recto(leaf) else 0.0
    return Box(page.left - left, page.bottom - bleed, page.right + right, page.top + bleed)


def _reaches(leaf: Leaf, printer: Printer) -> bool:
    """Tell whether something runs off the page."""
    page = trimmed(leaf, printer)
    inside = _inside(page)
    return any(box.meets(page) and not box.within(inside) for box in (*leaf.drawn, *(picture.box for picture in leaf.pictures)))


def _falls_short(box: Box, page: Box, wanted: Box) -> str:
    """Name the edge at which a thing ends that should run past it; empty if there is none."""
    if not box.meets(page):
        return ""
    sides = (
        ("left edge", page.left - box.left, page.left - wanted.left),
        ("foot", page.bottom - box.bottom, page.bottom - wanted.bottom),
        ("right edge", box.right - page.right, wanted.right - page.right),
        ("head", box.top - page.top, wanted.top - page.top),
    )
    return next((name for name, past, needed in sides if needed > 0 and -ENDED < past < needed - SLACK), "")


def by_key(dossier: Dossier, remedy: str, key: str) -> str:
    """Say what to do, and by which key of the config, if the file is of our making."""
    return f"{remedy}: {key}" if dossier.ours else remedy


def size_of(box: Box) -> str:
    """Say how large a box is."""
    return f"{box.width / INCH:.4g} x {box.height / INCH:.4g} in"
