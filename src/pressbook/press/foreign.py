"""PDFs of other programs: their pages measured as their boxes say, and put into the places of imposed sheets.

The sheets come from the `pdf` room with blank pages on them, marks and all; here the blanks are filled.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from pressbook.errors import DocumentError
from pressbook.model import Finding
from pressbook.press.paper import size
from pressbook.units import Pt
from pressbook.values import Value

if TYPE_CHECKING:
    import pikepdf

Box: TypeAlias = tuple[Pt, Pt, Pt, Pt]
"""Left, foot, right, head."""

ALIKE: Pt = 1.0
"""Pages whose sides differ by less are of one size: programs round."""
HUGE = 1e6
"""No page has a corner so far off, nor so large a unit."""
DEEP = 50
"""Levels of a page tree: more are a loop."""
_BROKEN = (ValueError, TypeError, RuntimeError)
"""What the library raises besides its own error where a file is not what it says."""


class Sheetlet(Value):
    """A page of a foreign file, measured."""

    trim: Box
    """TrimBox, else CropBox, else MediaBox, cut to the MediaBox; in the page's own units."""
    bleed: Box
    """What may show beyond the trim: the BleedBox, where there is one; else the trim."""
    turn: int
    """Degrees clockwise by which it is shown turned: 0, 90, 180 or 270."""
    unit: float
    """Points to one of its units."""
    annotations: int
    """How many comments and form fields lie on it; links are of no use on paper."""

    @property
    def width(self) -> Pt:
        """As it is shown."""
        return self.unit * _sides(self.trim)[self.turn % 180 != 0]

    @property
    def height(self) -> Pt:
        """As it is shown."""
        return self.unit * _sides(self.trim)[self.turn % 180 == 0]

    @property
    def spill(self) -> Pt:
        """How far its bleed reaches at the most."""
        return self.unit * max(abs(out - at) for out, at in zip(self.bleed, self.trim, strict=True))

    def matrix(self, width: Pt, height: Pt, scale: float) -> tuple[float, ...]:
        """Return the matrix from its own units into a page of that size: upright, in the middle, scaled or, if need be, smaller."""
        fit = min(scale, width / self.width, height / self.height)
        k = self.unit * fit
        left, foot, right, head = self.trim
        across, up = (width - fit * self.width) / 2, (height - fit * self.height) / 2
        return {
            0: (k, 0.0, 0.0, k, across - k * left, up - k * foot),
            90: (0.0, -k, k, 0.0, across - k * foot, up + k * right),
            180: (-k, 0.0, 0.0, -k, across + k * right, up + k * head),
            270: (0.0, k, -k, 0.0, across + k * head, up - k * left),
        }[self.turn]


class Foreign:
    """A PDF of another program, opened and measured."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it; DocumentError if it is no PDF, is damaged or locked, or has no pages."""
        import pikepdf

        # What qpdf mends it also logs; we count its repairs and tell them in our own words.
        logging.getLogger("pikepdf").addHandler(logging.NullHandler())
        self.name = name
        try:
            self._pdf = pikepdf.open(BytesIO(data))
            pages = list(self._pdf.pages)
            repairs = len(self._pdf.get_warnings())
        except pikepdf.PasswordError:
            raise DocumentError(
                f"{name} is locked with a password", "save a copy without one, in the program that made it"
            ) from None
        except (pikepdf.PdfError, *_BROKEN) as error:
            if b"%PDF-" not in data[:1024]:
                raise DocumentError(f"{name} is no PDF", "name a PDF, as in `pressbook impose dist/story.pdf`") from None
            raise DocumentError(f"{name} is damaged and cannot be read ({_first(error)})", "export or download it again") from None
        if self._pdf.is_encrypted and not self._pdf.allow.modify_assembly:
            raise DocumentError(
                f"{name} is protected: its author does not allow its pages to be put together anew",
                "ask for a copy without that protection",
            )
        if not pages:
            raise DocumentError(f"{name} has no pages", "export it again")
        self.pages = tuple(_measure(page.obj, number, name) for number, page in enumerate(pages, 1))
        self._repairs = repairs

    @property
    def title(self) -> str:
        """What it calls itself."""
        with suppress(Exception):
            return str(self._pdf.docinfo.get("/Title", ""))
        return ""

    @property
    def size(self) -> tuple[Pt, Pt]:
        """Width and height of most of its pages."""
        rounded = Counter((round(page.width), round(page.height)) for page in self.pages)
        most = max(rounded.values())
        usual = next(page for page in self.pages if rounded[round(page.width), round(page.height)] == most)
        return usual.width, usual.height

    @property
    def bleed(self) -> Pt:
        """How far its pages' bleed reaches at the most."""
        return max(page.spill for page in self.pages)

    def findings(self, scale: float) -> tuple[Finding, ...]:
        """Tell what a person should know of its pages once they are scaled for the sheet, and what is left out."""
        found = []
        if self._repairs:
            found.append(
                Finding("warning", "damaged", f"{self.name} was damaged and has been repaired", remedy="look through the sheets")
            )
        width, height = self.size
        if scale < 1:
            found.append(
                Finding("notice", "scaled", f"pages of {size(width, height)} are scaled to {100 * scale:.0f} % to fit the sheet")
            )
        odd: dict[tuple[Pt, Pt], list[int]] = {}
        for number, page in enumerate(self.pages, 1):
            if abs(page.width - width) > ALIKE or abs(page.height - height) > ALIKE:
                odd.setdefault((round(page.width, 1), round(page.height, 1)), []).append(number)
        for (across, up), numbers in odd.items():
            fit = min(1.0, width / across, height / up)
            one = len(numbers) == 1
            what = (
                f"stand{'s' * one} in the middle of {'its' if one else 'their'} place{'s' * (not one)}"
                if fit == 1
                else f"{'is' if one else 'are'} scaled to {100 * fit:.0f} % to be no larger than the others"
            )
            found.append(Finding("notice", "mixed-sizes", f"{_listed(numbers)} of {size(across, up)} {what}", page=numbers[0]))
        noted = [number for number, page in enumerate(self.pages, 1) if page.annotations]
        if noted:
            count = sum(page.annotations for page in self.pages)
            what = "1 comment or form field is" if count == 1 else f"{count} comments and form fields are"
            found.append(
                Finding(
                    "notice",
                    "annotations",
                    f"{what} left out, on {_listed(noted)}",
                    page=noted[0],
                    remedy="flatten what must print",
                )
            )
        return tuple(found)

    def fill(self, sheets: bytes, width: Pt, height: Pt, scale: float) -> bytes:
        """Put the pages, scaled, into the places of sheets with blank pages of that size; fonts and pictures come once.

        DocumentError names a page that cannot be read.
        """
        import pikepdf

        book = pikepdf.open(BytesIO(sheets))
        blanks: dict[int, Any] = {}
        for sheet in book.pages:
            forms = sheet.obj.Resources.get("/XObject", pikepdf.Dictionary())
            blanks |= {int(name[2:]): form for name, form in forms.items()}
        for number, blank in blanks.items():
            measured = self.pages[number - 1]
            try:
                self._fill(book, blank, number, measured.matrix(width, height, scale))
            except (pikepdf.PdfError, *_BROKEN) as error:
                raise DocumentError(
                    f"{self.name}: page {number} cannot be read ({_first(error)})", "export the file again"
                ) from None
        for key in ("/OCProperties", "/OutputIntents"):
            # Layers that are switched off must stay off, and colours mean what they meant.
            with suppress(pikepdf.PdfError, *_BROKEN):
                if key in self._pdf.Root:
                    book.Root[key] = book.copy_foreign(self._pdf.make_indirect(self._pdf.Root[key]))
        if isinstance(self._pdf.Root.get("/Lang"), pikepdf.String):
            book.Root.Lang = str(self._pdf.Root.Lang)
        elif "/Lang" in book.Root:
            del book.Root.Lang
        out = BytesIO()
        book.save(out, min_version=self._pdf.pdf_version, deterministic_id=True)
        return out.getvalue()

    def _fill(self, book: "pikepdf.Pdf", blank: Any, number: int, matrix: tuple[float, ...]) -> None:  # noqa: ANN401 - a form
        import pikepdf

        measured, page = self.pages[number - 1], self._pdf.pages[number - 1].obj
        contents = page.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents] if contents is not None else []
        blank.write(b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream)))
        blank.BBox = pikepdf.Array([round(corner, 4) for corner in measured.bleed])
        blank.Matrix = pikepdf.Array([round(term, 6) for term in matrix])
        resources = _inherited(page, "/Resources")
        blank.Resources = book.copy_foreign(self._pdf.make_indirect(resources)) if resources is not None else pikepdf.Dictionary()
        if "/Group" in page:
            blank.Group = book.copy_foreign(self._pdf.make_indirect(page.Group))


def _measure(page: Any, number: int, name: str) -> Sheetlet:  # noqa: ANN401 - a page's dictionary
    media = _box(_inherited(page, "/MediaBox"))
    if media is None:
        raise DocumentError(f"{name}: page {number} does not say how large it is", "export the file again")
    crop = _within(_box(_inherited(page, "/CropBox")), media) or media
    trim = _within(_box(page.get("/TrimBox")), media)
    bleed = _within(_box(page.get("/BleedBox")), media)
    shown = trim or crop
    spill = _around(bleed, shown) if trim and bleed else shown
    turn = 0
    with suppress(TypeError, ValueError):
        turn = int(_inherited(page, "/Rotate") or 0) % 360
    unit = 1.0
    with suppress(TypeError, ValueError):
        unit = float(page.get("/UserUnit", 1))
    return Sheetlet(shown, spill, turn - turn % 90, unit if 0 < unit < HUGE else 1.0, _annotations(page))


def _annotations(page: Any) -> int:  # noqa: ANN401 - a page's dictionary
    """Count what is laid over a page and would be seen or printed."""
    import pikepdf

    with suppress(TypeError, ValueError):
        notes = [each for each in page.get("/Annots", ()) if isinstance(each, pikepdf.Dictionary)]
        return sum(str(each.get("/Subtype", "")) not in ("/Link", "/Popup") for each in notes)
    return 0


def _inherited(page: Any, key: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Look an attribute up in a page, or in the branches of the tree above it."""
    import pikepdf

    node = page
    for _ in range(DEEP):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _box(array: Any) -> Box | None:  # noqa: ANN401 - whatever stands there
    """Read a rectangle, from whichever corners it was drawn; None if it is none."""
    try:
        x1, y1, x2, y2 = (float(corner) for corner in array)
    except (TypeError, ValueError):
        return None
    box = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    if not all(abs(corner) < HUGE for corner in box):
        return None
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else None


def _within(box: Box | None, media: Box) -> Box | None:
    """Cut a box to the medium; None if nothing is left."""
    if box is None:
        return None
    return (
        _box((max(box[0], media[0]), max(box[1], media[1]), min(box[2], media[2]), min(box[3], media[3])))
        if (box[0] < media[2] and box[1] < media[3] and box[2] > media[0] and box[3] > media[1])
        else None
    )


def _around(outer: Box, inner: Box) -> Box:
    return min(outer[0], inner[0]), min(outer[1], inner[1]), max(outer[2], inner[2]), max(outer[3], inner[3])


def _sides(box: Box) -> tuple[Pt, Pt]:
    return box[2] - box[0], box[3] - box[1]


def _listed(numbers: Iterable[int]) -> str:
    """Name pages, the first few of many."""
    pages = list(numbers)
    said = ", ".join(map(str, pages[:6])) + (f" and {len(pages) - 6} more" if len(pages) > 6 else "")
    return f"page {said}" if len(pages) == 1 else f"pages {said}"


def _first(error: BaseException) -> str:
    """Return what an error says first, without the memory's name of the file."""
    return str(error).splitlines()[0].rsplit(": ", 1)[-1] if str(error) else type(error).__name__
