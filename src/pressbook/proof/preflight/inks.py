"""Which inks a page asks for, how heavily, and what on it is transparent: read from its operators, not painted."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pikepdf

from pressbook.model import Ink
from pressbook.proof.preflight.patience import Patience

Thing: TypeAlias = Any
"""An object of the file."""

OPERATORS = "g G rg RG k K cs CS sc SC scn SCN sh gs Do BI ID EI"
PAINTING = "q Q g rg k cs sc scn gs f F f* B B* b b* Tj TJ ' \""
"""The operators that paint areas or type, and those that choose how."""
TYPE = frozenset(("Tj", "TJ", "'", '"'))
RICH = 0.9
"""So dark a colour is meant as black."""
TRACE = 0.02
"""Less of an ink is none."""
SAMPLES = 100_000
"""Pixels of an image that are looked at for their inks."""
LARGEST_IMAGE = 60_000_000
"""Bytes of an image, unpacked, that are looked through."""
PLAIN = frozenset(("FlateDecode", "LZWDecode", "RunLengthDecode"))
"""Packings that leave pixels as they are."""
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
        """Whether a content asks for a second look: at black of several inks, or at what is printed over."""

    def read(self, page: pikepdf.Page) -> Palette:
        resources = page.obj.get("/Resources", _inherited(page.obj, "/Resources"))
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
            self.found.filters |= _filters(stream)

    def _names(self, resources: Thing) -> None:
        """Take down the fonts that a page or form names, used or not: a reader may want them."""
        for font in _values(_get(resources, "/Font")):
            self.found.fonts[font.objgen if font.is_indirect else id(font)] = font
            if font.get("/Subtype") == pikepdf.Name.Type3 and self._new(font):
                drawn = font.get("/CharProcs")
                for glyph in (each for _, each in drawn.items()) if isinstance(drawn, pikepdf.Dictionary) else ():
                    if isinstance(glyph, pikepdf.Stream) and self._new(glyph):
                        self._form(glyph, font.get("/Resources", resources), DEEPEST - 2)
        for name in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if (space := _get(_get(resources, "/ColorSpace"), name)) is not None:
                self._space(space)

    def _content(self, painted: Thing, resources: Thing, depth: int) -> None:
        spaces: dict[str, Thing] = {"f": "/DeviceGray", "s": "/DeviceGray"}
        for step in self._steps(painted, OPERATORS):
            self._patience.check()
            try:
                operator, operands = str(step.operator), list(step.operands) if hasattr(step, "operands") else []
                self._step(operator, operands, resources, spaces, depth, step)
            except (KeyError, IndexError, TypeError, ValueError, AttributeError, pikepdf.PdfError):
                # A colour that cannot be understood is the painter's fault; the others still count.
                continue
        if self._again:
            self._again = False
            self._look_again(painted, resources)

    def _steps(self, painted: Thing, operators: str) -> list[Thing]:
        """Read a content's operators, those of a list; none, and why, if it cannot be read."""
        try:
            return list(pikepdf.parse_content_stream(painted, operators=operators))
        except (pikepdf.PdfError, IndexError, TypeError, ValueError, RuntimeError) as error:
            self.found.unreadable = (str(error).splitlines() or ["damaged"])[0][:120]
            return []

    def _look_again(self, painted: Thing, resources: Thing) -> None:
        """Follow which colour each area and each run of type is painted in, and whether it is printed over others."""
        fill: tuple[float, ...] | None = (0.0,)
        over = False
        stack: list[tuple[tuple[float, ...] | None, bool]] = []
        for step in self._steps(painted, PAINTING):
            self._patience.check()
            if not hasattr(step, "operands"):
                continue
            operator = str(step.operator)
            if operator == "q":
                stack.append((fill, over))
            elif operator == "Q":
                fill, over = stack.pop() if stack else (fill, over)
            elif operator in ("g", "rg", "k"):
                with suppress(TypeError, ValueError):
                    fill = tuple(float(part) for part in step.operands)
            elif operator in ("cs", "sc", "scn"):
                fill = None
            elif operator == "gs":
                state = _get(_get(resources, "/ExtGState"), str(step.operands[0]) if step.operands else "")
                given = next((value for key in ("/op", "/OP") if isinstance(value := _get(state, key), bool)), None)
                over = over if given is None else given
            elif fill is not None:
                self.found.vanishing |= over and fill in ((1.0,), (0.0, 0.0, 0.0, 0.0))
                if operator in TYPE and len(fill) == 4 and _is_rich(fill):
                    self.found.rich = " ".join(f"{100 * part:.0f}" for part in fill)

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
                self._again |= operator == "k" and _is_rich(tuple(map(float, operands)))
                spaces["f" if operator == "k" else "s"] = "/DeviceCMYK"
            case "cs" | "CS":
                name = str(operands[0])
                spaces["f" if operator == "cs" else "s"] = _get(_get(resources, "/ColorSpace"), name) or name
            case "sc" | "scn" | "SC" | "SCN":
                self._coloured(spaces["f" if operator.islower() else "s"], operands, resources, depth)
            case "sh":
                shading = _get(_get(resources, "/Shading"), str(operands[0]))
                self._shade(shading)
            case "gs":
                self._state(_get(_get(resources, "/ExtGState"), str(operands[0])), depth)
            case "Do":
                self._object(_get(_get(resources, "/XObject"), str(operands[0])), resources, depth)
            case "INLINE IMAGE" | "BI":
                image = getattr(step, "iimage", None)
                if image is not None and not image.image_mask:
                    self._space(image.obj.get("/ColorSpace", image.obj.get("/CS")))

    def _ink(self, ink: Ink, coverage: float = 0.0, *, device: bool = True) -> None:
        self.found.inks.add(ink)
        if device:
            self.found.device.add(ink)
        self.found.coverage = max(self.found.coverage, coverage)

    def _coloured(self, space: Thing, operands: list[Thing], resources: Thing, depth: int) -> None:
        if operands and isinstance(operands[-1], pikepdf.Name):
            self._pattern(_get(_get(resources, "/Pattern"), str(operands[-1])), resources, depth)
            operands = operands[:-1]
        family = self._space(space)
        if family == "cmyk" and len(operands) == 4:
            self._ink("cmyk", 100 * sum(map(float, operands)))

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
        self.found.filters |= _filters(thing)
        if kind == "/Image":
            if not bool(thing.get("/ImageMask", False)) and self._space(thing.get("/ColorSpace")) == "cmyk":
                self.found.coverage = max(self.found.coverage, _heaviest(thing, self._patience))
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
        if self._space(_get(shading, "/ColorSpace")) == "cmyk":
            ends = list(_ends(_get(shading, "/Function"), 0))
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
        self._names(own)
        self._stream(form)
        self._odd(form)
        if str(_get(form.get("/Group"), "/S")) == "/Transparency":
            self.found.group = True
            if bool(_get(form.get("/Group"), "/K") or False):
                self.found.transparent.add("a knockout group")
        self._inside.append(form.objgen)
        self._content(form, own, depth + 1)
        self._inside.pop()


def _is_rich(inks: tuple[float, ...]) -> bool:
    """Tell whether a colour is black of several inks."""
    if len(inks) != 4 or sum(part > TRACE for part in inks) < 2:
        return False
    return inks[3] + min(inks[:3]) >= RICH


def _ends(function: Thing, depth: int) -> Iterator[list[float]]:
    """List the colours at the ends of a function that runs between some."""
    kind = int(_get(function, "/FunctionType") or 0)
    if kind == 2:
        for key, otherwise in (("/C0", [0.0]), ("/C1", [1.0])):
            end = function.get(key)
            yield [float(part) for part in end] if isinstance(end, pikepdf.Array) else otherwise
    elif kind == 3 and depth < DEEPEST:
        for inner in list(function.get("/Functions", ()))[:1000]:
            yield from _ends(inner, depth + 1)


def _heaviest(image: Thing, patience: Patience) -> float:
    """Return the most ink of any pixel of an image in four inks, in percent; 0 if it is packed in a way that hides its pixels."""
    wide, high, bits = (int(image.get(key, 0)) for key in ("/Width", "/Height", "/BitsPerComponent"))
    space = image.get("/ColorSpace")
    plain = not isinstance(space, pikepdf.Array) or str(space[0]) in ("/DeviceCMYK", "/ICCBased")
    if bits != 8 or not plain or not 0 < 4 * wide * high < LARGEST_IMAGE or _filters(image) - PLAIN:
        return 0.0
    patience.spend_on(image)
    try:
        pixels = image.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return 0.0
    step = 4 * max(1, len(pixels) // 4 // SAMPLES)
    sums: list[int] = [sum(pixel) for pixel in zip(*(pixels[ink::step] for ink in range(4)), strict=False)] or [0]
    decode = image.get("/Decode")
    turned = isinstance(decode, pikepdf.Array) and len(decode) > 0 and float(decode[0]) == 1
    return (4 * 255 - min(sums) if turned else max(sums)) / 2.55


def _filters(stream: Thing) -> set[str]:
    names = stream.get("/Filter")
    if names is None:
        return set()
    return {str(name).lstrip("/") for name in (names if isinstance(names, pikepdf.Array) else [names])}


def _get(table: Thing, key: str) -> Thing:
    """Look a name up in what should be a dictionary."""
    return table.get(key) if isinstance(table, pikepdf.Dictionary | pikepdf.Stream) else None


def _values(table: Thing) -> Iterator[Thing]:
    if isinstance(table, pikepdf.Dictionary):
        yield from (value for _, value in table.items() if isinstance(value, pikepdf.Dictionary))


def _inherited(node: Thing, key: str) -> Thing:
    """Look a key up in the nodes above a page, a few dozen at the most."""
    for _ in range(40):
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
    return None
