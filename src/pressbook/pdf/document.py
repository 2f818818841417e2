"""The documents: pages in reading order and imposed sheets, with their boxes, outline and labels."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, radians, sin
from typing import Literal, TypeAlias
from zlib import compress

from reportlab.pdfbase import pdfdoc

from pressbook.config import Surround, surround
from pressbook.model import Edition, Entry, Flat, Page, Place
from pressbook.pdf.marks import draw_marks
from pressbook.pdf.numbers import decimal, number
from pressbook.pdf.paint import Plates
from pressbook.pdf.standards import line_of
from pressbook.pdf.volume import Thing, Volume, box, corners, dictionary, written

_Corners: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""

FOLD = "0.25 w [3 3] 0 d"
"""A fold is a thin broken line."""
CUT = "0.25 w"
"""A cut is a thin whole one."""


def pages_pdf(plates: Plates, moment: int | None = None) -> bytes:
    """Write the book in reading order, one page a page.

    `moment` is in seconds since 1970 and dates the file; None leaves the date out, so that nothing changed is no byte changed.
    """
    edition = plates.edition
    volume = Volume(plates, moment)
    around = surround(plates.press, edition.bleed)
    befores: dict[str, str] = {}
    origins: list[tuple[float, float]] = []
    tagged = volume.standard.tagged
    for at, (page, stream, slug_line) in enumerate(zip(edition.pages, plates.streams, plates.slug_lines, strict=True)):
        sheet, bleed, trim = _nest(edition, page, around)
        origins.append(trim[:2])
        before = _move_to(trim) + draw_marks(edition.width, edition.height, around, slug_line)
        if around.marks:
            # Nothing but marks stands outside the bleed, whatever a picture reaches for.
            left, foot, right, head = bleed
            before += f"{corners((left - trim[0], foot - trim[1], right - trim[0], head - trim[1]))} re W n\n"
        if before and before not in befores:
            befores[before] = volume.stream({}, compress(before.encode("latin-1"))) + " "
        content = volume.stream({}, stream)
        contents = f"[{befores[before]}{content}]" if before else content
        boxes = {"MediaBox": box(*sheet), "BleedBox": box(*bleed), "TrimBox": box(*trim)}
        tags: dict[str, str] = {"StructParents": str(at), "Tabs": "/S"} if tagged else {}
        volume.add_page(boxes | tags | {"Resources": volume.resources, "Contents": contents})
    return volume.close(
        {
            # The layout that begins with a recto alone came with PDF 1.5.
            "PageLayout": "/TwoPageRight" if volume.standard.version >= (1, 5) else "/TwoColumnRight",
            "ViewerPreferences": dictionary(DisplayDocTitle="true"),
            "PageLabels": _labels(edition.pages),
            "Outlines": _outline(volume, edition),
        },
        (plates.marked, origins) if tagged else None,
    )


def flats_pdf(
    plates: Plates,
    flats: tuple[Flat, ...],
    moment: int | None = None,
    duplex: Literal["short-edge", "long-edge"] | None = None,
) -> bytes:
    """Write the book imposed: each page once as a form, placed on flats and cut off at its trim.

    `moment` as in `pages_pdf`; `duplex` tells the printer how to turn the sheet. ValueError if a place asks for a page
    that the book does not have.
    """
    volume = Volume(plates, moment)
    forms = _forms(volume, plates, {place.page for flat in flats for place in flat.places})
    for flat in flats:
        sheet = box(0, 0, flat.width, flat.height)
        used = {f"P{place.page}": forms[place.page] for place in flat.places}
        resources = written({"XObject": written(used)}) if used else written({})
        # So little does not deflate.
        painted = volume.plain_stream({}, _impose(flat, plates).encode("ascii"))
        boxes = {"MediaBox": sheet, "BleedBox": sheet, "TrimBox": sheet}
        volume.add_page(boxes | {"Resources": resources, "Contents": painted})
    turn = {"short-edge": "/DuplexFlipShortEdge", "long-edge": "/DuplexFlipLongEdge"}
    hints = {"Duplex": turn[duplex]} if duplex else {}
    return volume.close(
        {"PageLayout": "/SinglePage", "ViewerPreferences": dictionary(DisplayDocTitle="true", PrintScaling="/None", **hints)}
    )


def _forms(volume: Volume, plates: Plates, wanted: set[int]) -> dict[int, str]:
    edition = plates.edition
    bleed = edition.bleed
    shape = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": box(-bleed, -bleed, edition.width + bleed, edition.height + bleed),
        "Resources": volume.resources,
    }
    numbered = {page.number: stream for page, stream in zip(edition.pages, plates.streams, strict=True)}
    if strange := sorted(wanted - numbered.keys()):
        raise ValueError(f"pages {strange} are placed, but the book has none such")
    return {page: volume.stream(shape, numbered[page]) for page in sorted(wanted)}


def _impose(flat: Flat, plates: Plates) -> str:
    line = line_of(plates.press)
    black = line.lower()  # the operator of the same ink for areas
    places = "".join(_lay(place, plates.edition) for place in flat.places)
    folds, cuts = (
        "".join(f"{number(x)} {number(y)} m {number(to_x)} {number(to_y)} l S\n" for x, y, to_x, to_y in rules)
        for rules in (flat.folds, flat.cuts)
    )
    bars = "".join(f"{corners(bar)} re f\n" for bar in flat.bars)
    marks = ((f"{line} {FOLD}", folds), (f"{line} {CUT}", cuts), (black, bars))
    return _move(flat) + places + "".join(f"q {chosen}\n{drawn}Q\n" for chosen, drawn in marks if drawn)


def _move(flat: Flat) -> str:
    """Move all that follows on a flat into register."""
    across, up, degrees = flat.register
    if flat.register == (0, 0, 0):
        return ""
    cosine, sine = cos(radians(degrees)), sin(radians(degrees))
    x, y = flat.width / 2, flat.height / 2
    shift = (across + x - x * cosine + y * sine, up + y - x * sine - y * cosine)
    # A skew of a tenth of a degree is 0.0017, which three decimals would spoil.
    return f"{cosine:.7f} {sine:.7f} {-sine:.7f} {cosine:.7f} {number(shift[0])} {number(shift[1])} cm\n"


def _lay(place: Place, edition: Edition) -> str:
    """Lay a page: what its window shows, or else its trim."""
    along, across = round(cos(radians(place.turn))) * place.scale, round(sin(radians(place.turn))) * place.scale
    matrix = (
        f"{decimal(along, 4)} {decimal(across, 4)} {decimal(-across, 4)} {decimal(along, 4)} {number(place.x)} {number(place.y)} cm"
    )
    if place.window:
        return f"q {corners(place.window)} re W n {matrix} /P{place.page} Do Q\n"
    trim = f"0 0 {number(edition.width)} {number(edition.height)} re W n " if edition.bleed else ""
    return f"q {matrix} {trim}/P{place.page} Do Q\n"


def _nest(edition: Edition, page: Page, around: Surround) -> tuple[_Corners, _Corners, _Corners]:
    """Return the boxes of sheet, bleed and trim; the bleed may end at the spine, and so may a sheet without marks."""
    width, height, bleed = edition.width, edition.height, edition.bleed
    left, right = (bleed, bleed) if edition.bleeds_at_spine else (0.0, bleed) if page.side == "recto" else (bleed, 0.0)
    before, after = (around.width, around.width) if around.marks else (left, right)
    below = around.width
    sheet = (0.0, 0.0, before + width + after, below + height + below)
    within = (before - left, below - bleed, before + width + right, below + height + bleed)
    return sheet, within, (before, below, before + width, below + height)


def _move_to(trim: _Corners) -> str:
    """Move the origin from the sheet's corner to the trim's."""
    return f"1 0 0 1 {number(trim[0])} {number(trim[1])} cm\n" if trim[0] or trim[1] else ""


def _outline(volume: Volume, edition: Edition) -> Thing:
    """Link the outline's entries into the list that viewers show, chapters under their part or story; None if there are none."""
    if not edition.outline:
        return None
    places = {page.number: volume.pages[at] for at, page in enumerate(edition.pages)}
    tops: list[tuple[Entry, list[Entry]]] = []
    for entry in edition.outline:
        if entry.depth and tops:
            tops[-1][1].append(entry)
        else:
            tops.append((entry, []))
    root = dictionary(Type="/Outlines")
    parent = volume.add(root)
    hung = _hang(volume, root, parent, [top for top, _ in tops], places)
    for (item, link), (_, under) in zip(hung, tops, strict=True):
        if under:
            _hang(volume, item, link, under, places)
    root["Count"] = len(edition.outline)
    return parent


def _hang(
    volume: Volume, above: Thing, parent: str, entries: Sequence[Entry], places: Mapping[int, str]
) -> list[tuple[Thing, str]]:
    """Hang entries one after the other under what stands above them; return each with a reference to it."""
    items = [_item(entry, places[entry.page], parent) for entry in entries]
    links = [volume.add(item) for item in items]
    for (item, link), (after, after_link) in pairwise(zip(items, links, strict=True)):
        item["Next"], after["Prev"] = after_link, link
    above["First"], above["Last"], above["Count"] = links[0], links[-1], len(links)
    return list(zip(items, links, strict=True))


def _item(entry: Entry, page: Thing, parent: Thing) -> Thing:
    return dictionary(Title=pdfdoc.PDFString(entry.title), Parent=parent, Dest=pdfdoc.PDFArray([page, "/Fit"]))


def _labels(pages: tuple[Page, ...]) -> Thing:
    """Write page labels as runs of counting; None if no page has a label."""
    if not any(page.label for page in pages):
        return None
    runs: list[Thing] = []
    due: tuple[str, int, str] | None = None
    for at, page in enumerate(pages):
        style, count, words = _numeral(page.label)
        if (style, count, words) != due:
            runs += [at, _label(style, count, words)]
        due = (style, count + 1, "") if style else ("", 0, words)
    return dictionary(Nums=pdfdoc.PDFArray(runs))


def _label(style: str, count: int, words: str) -> Thing:
    if style:
        return dictionary(S=f"/{style}", St=count)
    return dictionary(P=pdfdoc.PDFString(words)) if words else dictionary()


def _numeral(label: str) -> tuple[str, int, str]:
    """Read a label as (style, number, words): `D` decimal, `r` or `R` roman, or no style and only words."""
    if label.isascii() and label.isdigit() and not label.startswith("0"):
        return "D", int(label), ""
    count = _from_roman(label.lower())
    if count and label in (_roman(count), _roman(count).upper()):
        return ("r" if label.islower() else "R"), count, ""
    return "", 0, label


_ROMAN = {
    "m": 1000,
    "cm": 900,
    "d": 500,
    "cd": 400,
    "c": 100,
    "xc": 90,
    "l": 50,
    "xl": 40,
    "x": 10,
    "ix": 9,
    "v": 5,
    "iv": 4,
    "i": 1,
}


def _roman(count: int) -> str:
    out = ""
    for letters, worth in _ROMAN.items():
        times, count = divmod(count, worth)
        out += letters * times
    return out


def _from_roman(label: str) -> int:
    worths = [_ROMAN.get(letter, 0) for letter in label]
    return 0 if 0 in worths else sum(-worth if worth < after else worth for worth, after in pairwise([*worths, 0]))
