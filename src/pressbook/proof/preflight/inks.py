"""Which inks a page asks for, how heavily, and what on it is transparent: read from its operators, not painted."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pikepdf

from pressbook.model import Ink
from pressbook.proof.preflight.dossier import Box
from pressbook.proof.preflight.objects import Thing, colorants, filters, get, holds_program, inherited, key_of, values
from pressbook.proof.preflight.patience import Patience
from pressbook.proof.preflight.pens import PAINTING, is_rich, painted
from pressbook.proof.preflight.pixels import heaviest, packed_space

OPERATORS = "g G rg RG k K cs CS sc SC scn SCN sh gs Do BI ID EI"
NO_GLYPH_WRITTEN = (b"0000", b"\0\0", rb"\000\000")
"""How the code of a glyph that is not there may be written; most often it is something else, and a closer look tells."""
DEEPEST = 12
"""Forms inside forms are followed so far; no honest file goes half as deep."""
MOST_OBJECTS = 20_000
"""Forms, images, patterns and colour spaces looked into on one page."""
PROCESS = frozenset(("Cyan", "Magenta", "Yellow", "Black", "None"))


@dataclass(slots=True)
class Palette:
    """What a page was seen to use."""

    inks: set[Ink] = field(default_factory=set)
    coverage: float = 0.0
    transparent: set[str] = field(default_factory=set)
    fonts: dict[tuple[int, int] | int, Thing] = field(default_factory=dict)
    filters: set[str] = field(default_factory=set)
    device: set[Ink] = field(default_factory=set)
    group: bool = False
    rich: str = ""
    vanishing: bool = False
    registered: list[Box] = field(default_factory=list)
    """Around what the page itself, not a form on it, paints in the colour that prints on every plate."""
    used: set[tuple[int, int] | int] = field(default_factory=set)
    """Of the fonts, those that set type; told only of contents that name one without its program."""
    lacking: str = ""
    oddities: set[str] = field(default_factory=set)
    unreadable: str = ""


def inks_of(page: pikepdf.Page, patience: Patience) -> Palette:
    """Read a page's colours, fonts and transparency, those of the forms on it as well."""
    return _Reader(patience).read(page)


class _Reader:
    """Reads one page; remembers what it has seen, so that a form that paints itself ends."""

    def __init__(self, patience: Patience) -> None:
        self.found = Palette()
        self._patience = patience
        self._seen: set[tuple[int, int]] = set()
        self._inside: list[tuple[int, int]] = []
        self._looked = 0
        self._again = False
        """Whether the content at hand asks for a second look, which costs time and most need not."""

    def read(self, page: pikepdf.Page) -> Palette:
        resources = page.obj.get("/Resources", inherited(page.obj, "/Resources"))
        self._names(resources)
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        for stream in streams:
            self._stream(stream)
        self._content(page, resources, 0)
        return self.found

    def _new(self, thing: Thing) -> bool:
        """Tell whether an object was not looked into before, and there is patience left for it."""
        self._looked += 1
        if self._looked > MOST_OBJECTS:
            self.found.unreadable = "more objects than a page can need"
            return False
        if not getattr(thing, "is_indirect", False):
            return True
        if thing.objgen in self._seen:
            return False
        self._seen.add(thing.objgen)
        return True

    def _stream(self, stream: Thing) -> None:
        if isinstance(stream, pikepdf.Stream):
            self._patience.spend_on(stream)
            self.found.filters |= filters(stream)
            with suppress(pikepdf.PdfError, RuntimeError):
                content = stream.read_bytes()
                self._again |= any(code in content for code in NO_GLYPH_WRITTEN)

    def _names(self, resources: Thing) -> None:
        """Take down the fonts that a page or form names, used or not: a reader may want them."""
        for font in values(get(resources, "/Font")):
            self._font(font)
            if font.get("/Subtype") == pikepdf.Name.Type3 and self._new(font):
                drawn = font.get("/CharProcs")
                for glyph in (each for _, each in drawn.items()) if isinstance(drawn, pikepdf.Dictionary) else ():
                    if isinstance(glyph, pikepdf.Stream) and self._new(glyph):
                        self._form(glyph, font.get("/Resources", resources), DEEPEST - 2)
        for name in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if (space := get(get(resources, "/ColorSpace"), name)) is not None:
                self._space(space)

    def _font(self, font: Thing) -> None:
        self.found.fonts[key_of(font)] = font
        self._again |= not holds_program(font)

    def _content(self, content: Thing, resources: Thing, depth: int) -> None:
        spaces: dict[str, Thing] = {"f": "/DeviceGray", "s": "/DeviceGray"}
        for step in self._steps(content, OPERATORS):
            self._patience.check()
            try:
                operator, operands = str(step.operator), list(step.operands) if hasattr(step, "operands") else []
                self._step(operator, operands, resources, spaces, depth, step)
            except (KeyError, IndexError, TypeError, ValueError, AttributeError, pikepdf.PdfError):
                # A colour that cannot be understood is the painter's fault; the others still count.
                continue
        if self._again:
            self._look_again(content, resources, depth)

    def _steps(self, content: Thing, operators: str) -> list[Thing]:
        """Read a content's operators, those of a list; none, and why, if it cannot be read."""
        try:
            return list(pikepdf.parse_content_stream(content, operators=operators))
        except (pikepdf.PdfError, IndexError, TypeError, ValueError, RuntimeError) as error:
            self.found.unreadable = (str(error).splitlines() or ["damaged"])[0][:120]
            return []

    def _look_again(self, content: Thing, resources: Thing, depth: int) -> None:
        seen = painted(self._steps(content, PAINTING), resources, self._patience)
        self.found.rich = seen.rich or self.found.rich
        self.found.vanishing |= seen.vanishing
        self.found.used |= seen.used
        self.found.lacking = seen.lacking or self.found.lacking
        # Where a form stands is not known here; what marks a page is painted on the page.
        self.found.registered += seen.registered if depth == 0 else ()

    def _step(
        self, operator: str, operands: list[Thing], resources: Thing, spaces: dict[str, Thing], depth: int, step: Thing
    ) -> None:
        match operator:
            case "g" | "G":
                self._ink("gray", 100 * (1 - float(operands[0])))
                spaces["f" if operator == "g" else "s"] = "/DeviceGray"
            case "rg" | "RG":
                self._ink("rgb")
                spaces["f" if operator == "rg" else "s"] = "/DeviceRGB"
            case "k" | "K":
                self._ink("cmyk", 100 * sum(map(float, operands)))
                self._again |= is_rich(tuple(map(float, operands)))
                spaces["f" if operator == "k" else "s"] = "/DeviceCMYK"
            case "cs" | "CS":
                name = str(operands[0])
                spaces["f" if operator == "cs" else "s"] = get(get(resources, "/ColorSpace"), name) or name
            case "sc" | "scn" | "SC" | "SCN":
                self._coloured(spaces["f" if operator.islower() else "s"], operands, resources, depth)
            case "sh":
                shading = get(get(resources, "/Shading"), str(operands[0]))
                self._shade(shading)
            case "gs":
                self._state(get(get(resources, "/ExtGState"), str(operands[0])), depth)
            case "Do":
                self._object(get(get(resources, "/XObject"), str(operands[0])), resources, depth)
            case "INLINE IMAGE" | "BI":
                image = getattr(step, "iimage", None)
                if image is not None and not image.image_mask:
                    space = image.obj.get("/ColorSpace", image.obj.get("/CS"))
                    self._space(get(get(resources, "/ColorSpace"), str(space)) if isinstance(space, pikepdf.Name) else None)
                    self._space(space)

    def _ink(self, ink: Ink, coverage: float = 0.0, *, device: bool = True) -> None:
        self.found.inks.add(ink)
        if device:
            self.found.device.add(ink)
        self.found.coverage = max(self.found.coverage, coverage)

    def _coloured(self, space: Thing, operands: list[Thing], resources: Thing, depth: int) -> None:
        if operands and isinstance(operands[-1], pikepdf.Name):
            self._pattern(get(get(resources, "/Pattern"), str(operands[-1])), resources, depth)
            operands = operands[:-1]
        family = self._space(space)
        inks = tuple(map(float, operands))
        named = colorants(space)
        if family == "cmyk" and len(inks) == 4:
            self._ink("cmyk", 100 * sum(inks))
            self._again |= is_rich(inks)
        elif named and "All" not in named and len(inks) == len(named):
            self.found.coverage = max(self.found.coverage, 100 * sum(inks))
        self._again |= named == ["All"]

    def _space(self, space: Thing) -> Ink | None:
        """Note the inks of a colour space; return the process that it ends in."""
        name = str(space[0]) if isinstance(space, pikepdf.Array) and len(space) else str(space)
        plain: dict[str, Ink] = {
            "/DeviceGray": "gray",
            "/G": "gray",
            "/DeviceRGB": "rgb",
            "/RGB": "rgb",
            "/DeviceCMYK": "cmyk",
            "/CMYK": "cmyk",
        }
        if name in plain:
            self._ink(plain[name])
            return plain[name]
        match name:
            case "/ICCBased":
                self._ink("calibrated")
                by_number: dict[int, Ink] = {1: "gray", 3: "rgb", 4: "cmyk"}
                family = by_number.get(int(space[1].get("/N", 0)))
                if family:
                    self._ink(family, device=False)
                return family
            case "/CalGray" | "/CalRGB" | "/Lab":
                self._ink("calibrated")
                self._ink("gray" if name == "/CalGray" else "rgb", device=False)
            case "/Indexed" | "/I" | "/Pattern":
                return self._space(space[1]) if isinstance(space, pikepdf.Array) and len(space) > 1 else None
            case "/Separation":
                colorant = str(space[1]).lstrip("/")
                # All is the printer's own marks, on every plate; Black is no ink beside the four.
                if colorant not in ("All", "None"):
                    self._ink("gray" if colorant == "Black" else "cmyk" if colorant in PROCESS else "spot")
            case "/DeviceN":
                names = {str(each).lstrip("/") for each in space[1]}
                self._ink("cmyk" if names <= PROCESS else "spot")
        return None

    def _state(self, state: Thing, depth: int) -> None:
        if not isinstance(state, pikepdf.Dictionary):
            return
        for key, what in (("/ca", "fills"), ("/CA", "lines")):
            if key in state and float(state[key]) < 0.9999:
                self.found.transparent.add(f"{what} at {100 * float(state[key]):.0f} %")
        self._again |= any(bool(state.get(key, False)) for key in ("/op", "/OP"))
        face = state.get("/Font")
        if isinstance(face, pikepdf.Array) and len(face) and isinstance(face[0], pikepdf.Dictionary):
            self._font(face[0])
        if "/TR" in state or str(state.get("/TR2", "/Default")) != "/Default":
            self.found.oddities.add("a transfer curve")
        if "/HTP" in state:
            self.found.oddities.add("a halftone phase")
        mode = state.get("/BM")
        modes = {str(each) for each in mode} if isinstance(mode, pikepdf.Array) else {str(mode)} if mode is not None else set()
        if modes and not modes & {"/Normal", "/Compatible"}:
            self.found.transparent.add(f"blend mode {sorted(modes)[0].lstrip('/')}")
        mask = state.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            self.found.transparent.add("a soft mask")
            group = mask.get("/G")
            if isinstance(group, pikepdf.Stream):
                self._object(group, None, depth)

    def _object(self, thing: Thing, resources: Thing, depth: int) -> None:
        if not isinstance(thing, pikepdf.Stream):
            return
        if thing.objgen in self._inside:
            self.found.unreadable = "a form paints itself"
        if not self._new(thing):
            return
        kind = str(thing.get("/Subtype"))
        self.found.filters |= filters(thing)
        if kind == "/Image":
            if not bool(thing.get("/ImageMask", False)) and self._space(thing.get("/ColorSpace", packed_space(thing))) == "cmyk":
                self.found.coverage = max(self.found.coverage, heaviest(thing, self._patience))
            self._odd(thing)
            if "/SMask" in thing or int(thing.get("/SMaskInData", 0)):
                self.found.transparent.add("an image with a soft mask")
        elif kind == "/Form":
            self._form(thing, resources, depth)
        elif kind == "/PS":
            self.found.unreadable = "it holds PostScript"

    def _odd(self, thing: Thing) -> None:
        """Note what stands in for a form or an image elsewhere."""
        if "/OPI" in thing:
            self.found.oddities.add("a picture to be fetched (OPI)")
        if "/Alternates" in thing:
            self.found.oddities.add("alternate images")

    def _shade(self, shading: Thing) -> None:
        """Note the inks of a blend, and the heaviest of the colours that it runs between."""
        if self._space(get(shading, "/ColorSpace")) == "cmyk":
            ends = list(_ends(get(shading, "/Function"), 0))
            self.found.coverage = max([self.found.coverage, *(100 * sum(end) for end in ends if len(end) == 4)])

    def _pattern(self, pattern: Thing, resources: Thing, depth: int) -> None:
        if pattern is None or not self._new(pattern):
            return
        if int(pattern.get("/PatternType", 0)) == 2:
            self._shade(pattern.get("/Shading"))
        elif isinstance(pattern, pikepdf.Stream):
            self._form(pattern, resources, depth)

    def _form(self, form: Thing, resources: Thing, depth: int) -> None:
        if depth >= DEEPEST:
            self.found.unreadable = "forms lie inside forms without end"
            return
        own = form.get("/Resources", resources)
        before, self._again = self._again, False
        self._names(own)
        self._stream(form)
        self._odd(form)
        if str(get(form.get("/Group"), "/S")) == "/Transparency":
            self.found.group = True
            if bool(get(form.get("/Group"), "/K") or False):
                self.found.transparent.add("a knockout group")
        self._inside.append(form.objgen)
        self._content(form, own, depth + 1)
        self._inside.pop()
        self._again = before


def _ends(function: Thing, depth: int) -> Iterator[list[float]]:
    """List the colours at the ends of a function that runs between some."""
    kind = int(get(function, "/FunctionType") or 0)
    if kind == 2:
        for key, otherwise in (("/C0", [0.0]), ("/C1", [1.0])):
            end = function.get(key)
            yield [float(part) for part in end] if isinstance(end, pikepdf.Array) else otherwise
    elif kind == 3 and depth < DEEPEST:
        for inner in list(function.get("/Functions", ()))[:1000]:
            yield from _ends(inner, depth + 1)
