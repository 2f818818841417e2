"""A document being bound: takes objects and gives bytes; the same objects give the same bytes."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias
from zlib import compress

from reportlab.pdfbase import pdfdoc

from pressbook.model import Ornament, Picture
from pressbook.pdf.fonts import Fount, cmap, glyph_map
from pressbook.pdf.intent import profile_of
from pressbook.pdf.marks import REGISTRATION, registration_space
from pressbook.pdf.metadata import IDENTITY, Facts, information, packet
from pressbook.pdf.numbers import number
from pressbook.pdf.packing import pack_objects
from pressbook.pdf.paint import Plates, trace
from pressbook.pdf.standards import OVERPRINT, UNDATED, standard_of
from pressbook.pdf.structure import Mark, structure

Thing: TypeAlias = Any
"""An object of a PDF, or a reference to one; reportlab ships no types."""
_Told: TypeAlias = tuple[Sequence[Sequence[Mark]], Sequence[tuple[float, float]]]
"""Of each page, what its marked content is of, and where its trim's lower left corner stands."""
STATE = "<</Type /ExtGState /OP true /op true /OPM 1>>"
"""The graphics state in which ink prints over other ink."""


class Volume:
    """A document being bound."""

    def __init__(self, plates: Plates, moment: int | None) -> None:
        self.edition = plates.edition
        self.colours = plates.press.ink == "cmyk"
        self.standard = standard_of(plates.press)
        self.intent = self.standard.intents.get(plates.press.ink)
        self.moment = UNDATED if moment is None and self.standard.name else moment
        self.book = pdfdoc.PDFDocument(invariant=1, pdfVersion=self.standard.version)
        self.pages: list[str] = []
        self.tree = dictionary(Type="/Pages")
        self.parent = self.add(self.tree)
        # The one font dictionary that reportlab makes for every document serves all pages.
        fonts = self.book.idToObject[pdfdoc.BasicFonts]
        fonts.dict.update({fount.resource: self.add(self._font(fount)) for fount in plates.founts})
        components = self.intent.components if self.intent else {"black": 1, "cmyk": 4}[plates.press.ink]
        self.resources = self.add(
            dictionary(
                Font=pdfdoc.PDFObjectReference(pdfdoc.BasicFonts),
                **self._shown(plates),
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
        head = written({**about, "Length": len(content)}).encode("ascii")
        # reportlab's own stream has no line end before `endstream`, which preflight calls a fault.
        return self.add(head + b"\nstream\n" + content + b"\nendstream\n")

    def _shown(self, plates: Plates) -> dict[str, str]:
        """Register each picture and ornament once; return the entry that names them on the pages, if there are any."""
        ornaments = {name: self._ornament(ornament) for name, ornament in plates.ornaments.items()}
        shown = {**self._pictures(plates.pictures), **ornaments}
        return {"XObject": written(shown)} if shown else {}

    def _ornament(self, ornament: Ornament) -> str:
        # Wider than the drawing, so that nothing is cut off at its very edge.
        shape = box(-0.1, -0.1, ornament.width + 0.1, 1.1)
        about = {"Type": "/XObject", "Subtype": "/Form", "BBox": shape, "Resources": "<<>>"}
        return self.stream(about, compress(trace(ornament).encode("ascii")))

    def _pictures(self, pictures: Mapping[str, Picture]) -> dict[str, str]:
        if not pictures:
            return {}
        from pressbook.pdf.halftones import halftone, in_colours

        kind: dict[str, str | int] = {"Type": "/XObject", "Subtype": "/Image"}
        printed = in_colours if self.colours else halftone
        shown = {name: (kind | about, data) for name, (about, data) in ((name, printed(each)) for name, each in pictures.items())}
        return {name: self.plain_stream(*image) for name, image in shown.items()}

    def add_page(self, entries: dict[str, str]) -> None:
        """Add a page in order."""
        self.pages.append(self.add(written({"Type": "/Page", "Parent": self.parent, **entries}).encode("ascii")))

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
        self.book.Catalog = dictionary(
            Type="/Catalog", Pages=self.parent, **{key: value for key, value in entries.items() if value is not None}
        )
        words = {key: pdfdoc.PDFString(text) for key, text in information(facts).items()}
        self.book.info = dictionary(**words, Trapped="/False")
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
        return pdfdoc.PDFArray([dictionary(Type="/OutputIntent", S="/GTS_PDFX", **entries)])

    def _font(self, fount: Fount) -> Thing:
        """Describe a fount: a composite font whose codes are glyph ids."""
        truetype = fount.outlines == "TrueType"
        kind = {"Length1": fount.length} if truetype else {"Subtype": "/CIDFontType0C"}
        program = {"FontFile2" if truetype else "FontFile3": self.stream(kind, fount.program)}
        descriptor = dictionary(
            Type="/FontDescriptor",
            FontName=f"/{fount.name}",
            Flags=4 + (64 if fount.slant else 0),
            FontBBox=box(*fount.box),
            ItalicAngle=number(fount.slant),
            Ascent=fount.ascent,
            Descent=fount.descent,
            CapHeight=fount.cap_height,
            StemV=fount.stem,
            **program,
        )
        twins = glyph_map(fount)
        widths = " ".join(f"{first} [{' '.join(map(number, run))}]" for first, run in fount.widths())
        descendant = dictionary(
            Type="/Font",
            Subtype="/CIDFontType2" if truetype else "/CIDFontType0",
            BaseFont=f"/{fount.name}",
            CIDSystemInfo="<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            FontDescriptor=self.add(descriptor),
            DW=0,
            W=f"[{widths}]",
            **({"CIDToGIDMap": self.stream({}, compress(twins)) if twins else "/Identity"} if truetype else {}),
        )
        return dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=f"/{fount.name}" + ("" if truetype else "-Identity-H"),
            Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([self.add(descendant)]),
            ToUnicode=self.stream({}, compress(cmap(fount))),
        )


def dictionary(**entries: Thing) -> Thing:
    """Make a dictionary."""
    return pdfdoc.PDFDictionary(entries)


def written(entries: Mapping[str, str | int]) -> str:
    """Write a dictionary of plain names and values as reportlab would, which needs ten times as long.

    So are written those of which a book has hundreds: pages, forms, streams. Six entries stand on a line.
    """
    rows = [f"/{name} {value}" for name, value in sorted(entries.items())]
    return "<<\n" + " \n  ".join([" ".join(rows[at : at + 6]) for at in range(0, len(rows), 6)]) + "\n>>"


def box(*corners: float) -> str:
    """Write a rectangle."""
    return f"[{' '.join(map(number, corners))}]"


def corners(rectangle: tuple[float, float, float, float]) -> str:
    """Write left, foot, right and head as a path wants them: corner, width and height."""
    left, foot, right, head = rectangle
    return " ".join(map(number, (left, foot, right - left, head - foot)))
