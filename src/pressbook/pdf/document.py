"""The document around the plates: objects, boxes, outline, labels; the same plates give the same bytes."""

from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise
from math import cos, radians, sin
from time import gmtime, strftime
from typing import Any, Literal, TypeAlias
from zlib import compress

from reportlab.pdfbase import pdfdoc

from pressbook import __version__
from pressbook.model import Edition, Entry, Flat, Page, Place
from pressbook.pdf.fonts import Fount, cmap, glyph_map
from pressbook.pdf.paint import Plates, number

Thing: TypeAlias = Any
"""An object of a PDF, or a reference to one; reportlab ships no types."""

VERSION = (1, 6)
FOLD = "q 0 G 0.25 w [3 3] 0 d\n"
"""A fold is a thin broken line in the one black ink."""


def pages_pdf(plates: Plates, moment: int | None = None) -> bytes:
    """Write the book in reading order, one page a page.

    `moment` is in seconds since 1970 and dates the file; None leaves the date out, so that nothing changed is no byte changed.
    """
    edition = plates.edition
    volume = _Volume(plates)
    sheet = (edition.width + 2 * edition.bleed, edition.height + 2 * edition.bleed)
    boxes = {
        "MediaBox": _box(0, 0, *sheet),
        "BleedBox": _box(0, 0, *sheet),
        "TrimBox": _box(edition.bleed, edition.bleed, edition.width + edition.bleed, edition.height + edition.bleed),
    }
    for stream in plates.streams:
        volume.add_page(boxes | {"Resources": volume.resources, "Contents": volume.stream({}, stream)})
    return volume.close(
        {
            "PageLayout": "/TwoPageRight",
            "ViewerPreferences": _dictionary(DisplayDocTitle="true"),
            "PageLabels": _labels(edition.pages),
            "Outlines": _outline(volume, edition),
        },
        moment,
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
    volume = _Volume(plates)
    forms = _forms(volume, plates, {place.page for flat in flats for place in flat.places})
    for flat in flats:
        box = _box(0, 0, flat.width, flat.height)
        used = {f"P{place.page}": forms[place.page] for place in flat.places}
        resources = _written({"XObject": _written(used)}) if used else _written({})
        painted = compress(_impose(flat).encode("ascii"), 6)
        boxes = {"MediaBox": box, "BleedBox": box, "TrimBox": box}
        volume.add_page(boxes | {"Resources": resources, "Contents": volume.stream({}, painted)})
    turn = {"short-edge": "/DuplexFlipShortEdge", "long-edge": "/DuplexFlipLongEdge"}
    hints = {"Duplex": turn[duplex]} if duplex else {}
    return volume.close(
        {"PageLayout": "/SinglePage", "ViewerPreferences": _dictionary(DisplayDocTitle="true", PrintScaling="/None", **hints)},
        moment,
    )


def _forms(volume: "_Volume", plates: Plates, wanted: set[int]) -> dict[int, str]:
    edition = plates.edition
    bleed = edition.bleed
    shape = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": _box(bleed, bleed, bleed + edition.width, bleed + edition.height),
        "Matrix": f"[1 0 0 1 {number(-bleed)} {number(-bleed)}]",
        "Resources": volume.resources,
    }
    numbered = {page.number: stream for page, stream in zip(edition.pages, plates.streams, strict=True)}
    if strange := sorted(wanted - numbered.keys()):
        raise ValueError(f"pages {strange} are placed, but the book has none such")
    return {page: volume.stream(shape, numbered[page]) for page in sorted(wanted)}


def _impose(flat: Flat) -> str:
    folds = "".join(f"{number(x)} {number(y)} m {number(to_x)} {number(to_y)} l S\n" for x, y, to_x, to_y in flat.folds)
    return "".join(map(_lay, flat.places)) + (f"{FOLD}{folds}Q\n" if folds else "")


def _lay(place: Place) -> str:
    along, across = round(cos(radians(place.turn))), round(sin(radians(place.turn)))
    return f"q {along} {across} {-across} {along} {number(place.x)} {number(place.y)} cm /P{place.page} Do Q\n"


class _Volume:
    """A document being bound: takes objects and gives bytes."""

    def __init__(self, plates: Plates) -> None:
        self.plates = plates
        self.book = pdfdoc.PDFDocument(invariant=1, pdfVersion=VERSION)
        self.pages: list[str] = []
        self.tree = _dictionary(Type="/Pages")
        self.parent = self.add(self.tree)
        # The one font dictionary that reportlab makes for every document serves all pages.
        fonts = self.book.idToObject[pdfdoc.BasicFonts]
        fonts.dict.update({fount.resource: self.add(self._font(fount)) for fount in plates.founts})
        self.resources = self.add(_dictionary(Font=pdfdoc.PDFObjectReference(pdfdoc.BasicFonts), **self._pictures()))

    def add(self, thing: Thing) -> str:
        """Register an object, or its bytes; return a reference to it as written."""
        self.book.Reference(thing, f"object{self.book.objectcounter}")
        return f"{self.book.objectcounter} 0 R"

    def stream(self, about: Mapping[str, str | int], deflated: bytes) -> str:
        """Register a stream deflated already; return a reference to it as written."""
        head = _written({**about, "Length": len(deflated), "Filter": "/FlateDecode"}).encode("ascii")
        # reportlab's own stream has no line end before `endstream`, which preflight calls a fault.
        return self.add(head + b"\nstream\n" + deflated + b"\nendstream\n")

    def _pictures(self) -> dict[str, str]:
        """Register each picture once; return the entry that names them on the pages, if there are any."""
        if not self.plates.pictures:
            return {}
        from pressbook.pdf.halftones import halftone

        shown: dict[str, str] = {}
        for name, picture in self.plates.pictures.items():
            about, data = halftone(picture)
            head = _written({"Type": "/XObject", "Subtype": "/Image", "Length": len(data), **about}).encode("ascii")
            shown[name] = self.add(head + b"\nstream\n" + data + b"\nendstream\n")
        return {"XObject": _written(shown)}

    def add_page(self, entries: dict[str, str]) -> None:
        """Add a page in order."""
        self.pages.append(self.add(_written({"Type": "/Page", "Parent": self.parent, **entries}).encode("ascii")))

    def close(self, catalog: dict[str, Thing], moment: int | None) -> bytes:
        """Write the whole file."""
        edition = self.plates.edition
        self.tree["Kids"], self.tree["Count"] = pdfdoc.PDFArray(self.pages), len(self.pages)
        entries = {key: value for key, value in catalog.items() if value is not None}
        self.book.Catalog = _dictionary(Type="/Catalog", Pages=self.parent, Lang=pdfdoc.PDFString(edition.language), **entries)
        self.book.info = _info(edition, moment)
        blank = b"0" * 32
        self.book._ID = b"[<" + blank + b"> <" + blank + b">]"  # reportlab would take it from the clock
        data = bytes(self.book.format())
        trailer = data.rindex(b"trailer")
        name = sha256(data).hexdigest()[:32].upper().encode("ascii")
        return data[:trailer] + data[trailer:].replace(blank, name)

    def _font(self, fount: Fount) -> Thing:
        """Describe a fount: a composite font whose codes are glyph ids."""
        truetype = fount.outlines == "TrueType"
        kind = {"Length1": fount.length} if truetype else {"Subtype": "/CIDFontType0C"}
        program = {"FontFile2" if truetype else "FontFile3": self.stream(kind, fount.program)}
        descriptor = _dictionary(
            Type="/FontDescriptor",
            FontName=f"/{fount.name}",
            Flags=4 + (64 if fount.slant else 0),
            FontBBox=_box(*fount.box),
            ItalicAngle=number(fount.slant),
            Ascent=fount.ascent,
            Descent=fount.descent,
            CapHeight=fount.cap_height,
            StemV=fount.stem,
            **program,
        )
        twins = glyph_map(fount)
        widths = " ".join(f"{first} [{' '.join(map(number, run))}]" for first, run in fount.widths())
        descendant = _dictionary(
            Type="/Font",
            Subtype="/CIDFontType2" if truetype else "/CIDFontType0",
            BaseFont=f"/{fount.name}",
            CIDSystemInfo="<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            FontDescriptor=self.add(descriptor),
            DW=0,
            W=f"[{widths}]",
            **({"CIDToGIDMap": self.stream({}, compress(twins)) if twins else "/Identity"} if truetype else {}),
        )
        return _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=f"/{fount.name}" + ("" if truetype else "-Identity-H"),
            Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([self.add(descendant)]),
            ToUnicode=self.stream({}, compress(cmap(fount))),
        )


def _info(edition: Edition, moment: int | None) -> Thing:
    told = {"Title": edition.title, "Author": edition.author, "Subject": edition.subject}
    made = {"Creator": "pressbook", "Producer": f"pressbook {__version__}"}
    date = {} if moment is None else dict.fromkeys(("CreationDate", "ModDate"), strftime("D:%Y%m%d%H%M%SZ", gmtime(moment)))
    entries = {key: pdfdoc.PDFString(text) for key, text in (told | made | date).items() if text}
    return _dictionary(**entries, Trapped="/False")


def _outline(volume: _Volume, edition: Edition) -> Thing:
    """Link the outline's entries into the list that viewers show; None if there are none."""
    if not edition.outline:
        return None
    places = {page.number: at for at, page in enumerate(edition.pages)}
    root = _dictionary(Type="/Outlines", Count=len(edition.outline))
    parent = volume.add(root)
    items = [_item(entry, volume.pages[places[entry.page]], parent) for entry in edition.outline]
    links = [volume.add(item) for item in items]
    for (item, link), (after, after_link) in pairwise(zip(items, links, strict=True)):
        item["Next"], after["Prev"] = after_link, link
    root["First"], root["Last"] = links[0], links[-1]
    return parent


def _item(entry: Entry, page: Thing, parent: Thing) -> Thing:
    return _dictionary(Title=pdfdoc.PDFString(entry.title), Parent=parent, Dest=pdfdoc.PDFArray([page, "/Fit"]))


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
    return _dictionary(Nums=pdfdoc.PDFArray(runs))


def _label(style: str, count: int, words: str) -> Thing:
    if style:
        return _dictionary(S=f"/{style}", St=count)
    return _dictionary(P=pdfdoc.PDFString(words)) if words else _dictionary()


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


def _dictionary(**entries: Thing) -> Thing:
    return pdfdoc.PDFDictionary(entries)


def _written(entries: Mapping[str, str | int]) -> str:
    """Write a dictionary of plain names and values as reportlab would, which needs ten times as long.

    So are written those of which a book has hundreds: pages, forms, streams. Six entries stand on a line.
    """
    rows = [f"/{name} {value}" for name, value in sorted(entries.items())]
    return "<<\n" + " \n  ".join([" ".join(rows[at : at + 6]) for at in range(0, len(rows), 6)]) + "\n>>"


def _box(*corners: float) -> str:
    return f"[{' '.join(map(number, corners))}]"
