"""The document around the plates: objects, boxes, outline, labels; the same plates give the same bytes."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from math import cos, radians, sin
from typing import Any, Literal, TypeAlias
from zlib import compress

from reportlab.pdfbase import pdfdoc

from pressbook.config import Surround, surround
from pressbook.model import Edition, Entry, Flat, Page, Picture, Place
from pressbook.pdf.fonts import Fount, cmap, glyph_map
from pressbook.pdf.intent import profile_of
from pressbook.pdf.marks import REGISTRATION, draw_marks, registration_space
from pressbook.pdf.metadata import IDENTITY, Facts, information, packet
from pressbook.pdf.numbers import number
from pressbook.pdf.packing import pack_objects
from pressbook.pdf.paint import Plates
from pressbook.pdf.standards import OVERPRINT, UNDATED, line_of, standard_of
from pressbook.pdf.structure import Mark, structure

Thing: TypeAlias = Any
"""An object of a PDF, or a reference to one; reportlab ships no types."""

_Corners: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_Told: TypeAlias = tuple[Sequence[Sequence[Mark]], Sequence[tuple[float, float]]]
"""Of each page, what its marked content is of, and where its trim's lower left corner stands."""

STATE = "<</Type /ExtGState /OP true /op true /OPM 1>>"
"""The graphics state in which ink prints over other ink."""
FOLD = "0.25 w [3 3] 0 d"
"""A fold is a thin broken line."""
CUT = "0.25 w"
"""A cut is a thin whole one."""


def pages_pdf(plates: Plates, moment: int | None = None) -> bytes:
    """Write the book in reading order, one page a page.

    `moment` is in seconds since 1970 and dates the file; None leaves the date out, so that nothing changed is no byte changed.
    """
    edition = plates.edition
    volume = _Volume(plates, moment)
    around = surround(plates.press, edition.bleed)
    befores: dict[str, str] = {}
    corners: list[tuple[float, float]] = []
    tagged = volume.standard.tagged
    for at, (page, stream, slug_line) in enumerate(zip(edition.pages, plates.streams, plates.slug_lines, strict=True)):
        sheet, bleed, trim = _nest(edition, page, around)
        corners.append(trim[:2])
        before = _move_to(trim) + draw_marks(edition.width, edition.height, around, slug_line)
        if around.marks:
            # Nothing but marks stands outside the bleed, whatever a picture reaches for.
            left, foot, right, head = bleed
            before += f"{_corners((left - trim[0], foot - trim[1], right - trim[0], head - trim[1]))} re W n\n"
        if before and before not in befores:
            befores[before] = volume.stream({}, compress(before.encode("latin-1"))) + " "
        content = volume.stream({}, stream)
        contents = f"[{befores[before]}{content}]" if before else content
        boxes = {"MediaBox": _box(*sheet), "BleedBox": _box(*bleed), "TrimBox": _box(*trim)}
        tags: dict[str, str] = {"StructParents": str(at), "Tabs": "/S"} if tagged else {}
        volume.add_page(boxes | tags | {"Resources": volume.resources, "Contents": contents})
    return volume.close(
        {
            # The layout that begins with a recto alone came with PDF 1.5.
            "PageLayout": "/TwoPageRight" if volume.standard.version >= (1, 5) else "/TwoColumnRight",
            "ViewerPreferences": _dictionary(DisplayDocTitle="true"),
            "PageLabels": _labels(edition.pages),
            "Outlines": _outline(volume, edition),
        },
        (plates.marked, corners) if tagged else None,
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
    volume = _Volume(plates, moment)
    forms = _forms(volume, plates, {place.page for flat in flats for place in flat.places})
    for flat in flats:
        box = _box(0, 0, flat.width, flat.height)
        used = {f"P{place.page}": forms[place.page] for place in flat.places}
        resources = _written({"XObject": _written(used)}) if used else _written({})
        painted = compress(_impose(flat, plates).encode("ascii"), 6)
        boxes = {"MediaBox": box, "BleedBox": box, "TrimBox": box}
        volume.add_page(boxes | {"Resources": resources, "Contents": volume.stream({}, painted)})
    turn = {"short-edge": "/DuplexFlipShortEdge", "long-edge": "/DuplexFlipLongEdge"}
    hints = {"Duplex": turn[duplex]} if duplex else {}
    return volume.close(
        {"PageLayout": "/SinglePage", "ViewerPreferences": _dictionary(DisplayDocTitle="true", PrintScaling="/None", **hints)}
    )


def _forms(volume: "_Volume", plates: Plates, wanted: set[int]) -> dict[int, str]:
    edition = plates.edition
    bleed = edition.bleed
    shape = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": _box(-bleed, -bleed, edition.width + bleed, edition.height + bleed),
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
    bars = "".join(f"{_corners(bar)} re f\n" for bar in flat.bars)
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
        f"{number(along, 4)} {number(across, 4)} {number(-across, 4)} {number(along, 4)} {number(place.x)} {number(place.y)} cm"
    )
    if place.window:
        return f"q {_corners(place.window)} re W n {matrix} /P{place.page} Do Q\n"
    trim = f"0 0 {number(edition.width)} {number(edition.height)} re W n " if edition.bleed else ""
    return f"q {matrix} {trim}/P{place.page} Do Q\n"


def _corners(corners: tuple[float, float, float, float]) -> str:
    """Write two corners as a rectangle's corner, width and height."""
    left, foot, right, head = corners
    return " ".join(map(number, (left, foot, right - left, head - foot)))


class _Volume:
    """A document being bound: takes objects and gives bytes."""

    def __init__(self, plates: Plates, moment: int | None, *, colours: bool = False) -> None:
        self.edition = plates.edition
        self.colours = colours
        self.standard = standard_of(plates.press)
        self.intent = self.standard.intents.get(plates.press.ink)
        self.moment = UNDATED if moment is None and self.standard.name else moment
        self.book = pdfdoc.PDFDocument(invariant=1, pdfVersion=self.standard.version)
        self.pages: list[str] = []
        self.tree = _dictionary(Type="/Pages")
        self.parent = self.add(self.tree)
        # The one font dictionary that reportlab makes for every document serves all pages.
        fonts = self.book.idToObject[pdfdoc.BasicFonts]
        fonts.dict.update({fount.resource: self.add(self._font(fount)) for fount in plates.founts})
        components = self.intent.components if self.intent else {"black": 1, "cmyk": 4}[plates.press.ink]
        self.resources = self.add(
            _dictionary(
                Font=pdfdoc.PDFObjectReference(pdfdoc.BasicFonts),
                **self._pictures(plates.pictures),
                **({"ExtGState": f"<</{OVERPRINT} {STATE}>>"} if plates.press.overprint else {}),
                **({"ColorSpace": f"<</{REGISTRATION} {registration_space(components)}>>"} if plates.press.marks != "none" else {}),
            )
        )

    def add(self, thing: Thing) -> str:
        """Register an object, or its bytes; return a reference to it as written."""
        self.book.Reference(thing, f"object{self.book.objectcounter}")
        return f"{self.book.objectcounter} 0 R"

    def stream(self, about: Mapping[str, str | int], deflated: bytes) -> str:
        """Register a stream deflated already; return a reference to it as written."""
        return self.plain_stream({**about, "Filter": "/FlateDecode"}, deflated)

    def plain_stream(self, about: Mapping[str, str | int], content: bytes) -> str:
        """Register a stream as it is; return a reference to it as written."""
        head = _written({**about, "Length": len(content)}).encode("ascii")
        # reportlab's own stream has no line end before `endstream`, which preflight calls a fault.
        return self.add(head + b"\nstream\n" + content + b"\nendstream\n")

    def _pictures(self, pictures: Mapping[str, Picture]) -> dict[str, str]:
        """Register each picture once; return the entry that names them on the pages, if there are any."""
        if not pictures:
            return {}
        from pressbook.pdf.halftones import halftone, in_colours

        kind: dict[str, str | int] = {"Type": "/XObject", "Subtype": "/Image"}
        printed = in_colours if self.colours else halftone
        shown = {name: (kind | about, data) for name, (about, data) in ((name, printed(each)) for name, each in pictures.items())}
        return {"XObject": _written({name: self.plain_stream(*image) for name, image in shown.items()})}

    def add_page(self, entries: dict[str, str]) -> None:
        """Add a page in order."""
        self.pages.append(self.add(_written({"Type": "/Page", "Parent": self.parent, **entries}).encode("ascii")))

    def close(self, catalog: dict[str, Thing], told: _Told | None = None) -> bytes:
        """Write the whole file; with the structure tree of its pages, if it is known what their marked content is of."""
        facts = Facts(self.edition, self.standard, self.moment, tagged=told is not None)
        self.tree["Kids"], self.tree["Count"] = pdfdoc.PDFArray(self.pages), len(self.pages)
        entries = {
            "Lang": pdfdoc.PDFString(self.edition.language),
            "Metadata": self.plain_stream({"Type": "/Metadata", "Subtype": "/XML"}, packet(facts)),
            "OutputIntents": self._intents(),
            **catalog,
        }
        self.book.Catalog = _dictionary(
            Type="/Catalog", Pages=self.parent, **{key: value for key, value in entries.items() if value is not None}
        )
        words = {key: pdfdoc.PDFString(text) for key, text in information(facts).items()}
        self.book.info = _dictionary(**words, Trapped="/False")
        # They come last, so that what is packed may be numbered after them.
        root, info = self.add(self.book.Catalog), self.add(self.book.info)
        packed: list[str] = []
        if told:
            first = self.book.objectcounter + 1
            packed = structure(self.edition, told[0], self.pages, told[1], first)
            self.book.Catalog["StructTreeRoot"] = f"{first} 0 R"
            self.book.Catalog["MarkInfo"] = "<</Marked true>>"
        blank = IDENTITY.encode("ascii")
        self.book._ID = b"[<" + blank + b"> <" + blank + b">]"  # reportlab would take it from the clock
        data = bytes(self.book.format())
        if packed:
            offsets = [self.book.idToOffset[self.book.numberToId[number]] for number in range(1, first)]
            data = pack_objects(data, offsets, packed, f"/Root {root}/Info {info}/ID {self.book._ID.decode('ascii')}")
        identity = sha256(data).hexdigest()[:32].upper().encode("ascii")
        return data.replace(blank, identity)

    def _intents(self) -> Thing:
        """Write the output intent; None without a standard."""
        intent = self.intent
        if intent is None:
            return None
        told = {"OutputConditionIdentifier": intent.identifier, "Info": intent.info, "RegistryName": intent.registry}
        entries = {key: pdfdoc.PDFString(text) for key, text in told.items() if text}
        if intent in self.standard.embeds:
            entries["DestOutputProfile"] = self.stream({"N": intent.components}, compress(profile_of(intent)))
        return pdfdoc.PDFArray([_dictionary(Type="/OutputIntent", S="/GTS_PDFX", **entries)])

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


def _outline(volume: _Volume, edition: Edition) -> Thing:
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
    root = _dictionary(Type="/Outlines")
    parent = volume.add(root)
    hung = _hang(volume, root, parent, [top for top, _ in tops], places)
    for (item, link), (_, under) in zip(hung, tops, strict=True):
        if under:
            _hang(volume, item, link, under, places)
    root["Count"] = len(edition.outline)
    return parent


def _hang(
    volume: _Volume, above: Thing, parent: str, entries: Sequence[Entry], places: Mapping[int, str]
) -> list[tuple[Thing, str]]:
    """Hang entries one after the other under what stands above them; return each with a reference to it."""
    items = [_item(entry, places[entry.page], parent) for entry in entries]
    links = [volume.add(item) for item in items]
    for (item, link), (after, after_link) in pairwise(zip(items, links, strict=True)):
        item["Next"], after["Prev"] = after_link, link
    above["First"], above["Last"], above["Count"] = links[0], links[-1], len(links)
    return list(zip(items, links, strict=True))


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
