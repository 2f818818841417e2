"""A printer's table, key by key: what may stand in it, and clear words where something else stands."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from pressbook.config.schema import PLAIN, UNKNOWN, Text, unknown_key
from pressbook.config.trims import TRIMS
from pressbook.errors import ConfigError
from pressbook.units import INCH, Pt, parse, parse_size

Level: TypeAlias = Literal["notice", "warning", "error", "off"]
"""`off` takes back what the table says on which this one is built."""
Standard: TypeAlias = Literal["none", "PDF/X-1a", "PDF/X-3", "PDF/X-4"]
Ink: TypeAlias = Literal["gray", "cmyk", "rgb", "spot", "calibrated"]
Refused: TypeAlias = Literal[
    "encryption", "javascript", "form", "annotation", "marks", "transparency", "layers", "attachment", "outline", "invisible"
]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=20_000)]
Some: TypeAlias = Annotated[int, Meta(ge=1, le=20_000)]
LONGEST: Pt = 100 * INCH
"""Of any length in a printer's table."""


class Length(float):
    """A length in points, read from text."""


class Size:
    """Width and height in points, read from text."""

    def __init__(self, width: Pt, height: Pt) -> None:
        self.width, self.height = width, height


class _Table(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    source: str
    """Which of `[sources]` its figures are from."""


class TrimsTable(_Table, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """`[trims]`: the sizes offered: a list, or whatever lies between a least and a most, or both."""

    sizes: tuple[Size, ...] = ()
    width: tuple[Length, Length] | None = None
    height: tuple[Length, Length] | None = None

    def __post_init__(self) -> None:
        """Refuse a table without a size, or half a range."""
        if (self.width is None) != (self.height is None):
            raise ValueError("it has a range of widths or of heights, and needs both")
        if not self.sizes and self.width is None:
            raise ValueError("it has neither sizes nor a range of width and height")
        for side in (self.width, self.height):
            if side and side[0] > side[1]:
                raise ValueError("the least of a range is larger than the most")


class PagesTable(_Table, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """`[pages]`: how many a book may have."""

    least: Some
    most: Some
    multiple: Annotated[int, Meta(ge=1, le=256)] = 1
    blanks: Count = 0

    def __post_init__(self) -> None:
        """Refuse a range that holds no number of pages."""
        if -(-self.least // self.multiple) * self.multiple > self.most:
            raise ValueError(f"there is no multiple of {self.multiple} from {self.least} to {self.most}")


class MarginsTable(_Table, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """`[margins]`: what type keeps clear of."""

    gutter: Annotated[tuple[tuple[Some, Length], ...], Meta(min_length=1)]
    level: Literal["notice", "warning", "error"] = "error"
    safety: Length
    safety_bled: Length | None = None

    def __post_init__(self) -> None:
        """Refuse rows that do not climb."""
        counts = [upto for upto, _ in self.gutter]
        if counts != sorted(set(counts)):
            raise ValueError("the rows of gutter do not climb: each is up to more pages than the one before")


class BleedTable(_Table, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """`[bleed]`."""

    width: Length
    inner: bool = True
    always: bool = False


class FileTable(_Table, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """`[file]`: what kind of PDF, and what must not be in it."""

    standard: Standard
    accepts: Annotated[tuple[Standard, ...], Meta(min_length=1)]
    inks: dict[Ink, Level] = {}
    refuses: dict[Refused, Level] = {}

    def __post_init__(self) -> None:
        """Refuse a standard that is set and then not accepted."""
        if self.standard not in self.accepts:
            raise ValueError(f"standard = {self.standard!r} is not among those that it accepts")


class PrintTable(_Table, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """`[print]`: what comes out clean on the press."""

    type: Length
    rule: Length
    hairline: Length
    resolution: Count
    coarse: Count
    finest: Count
    coverage: Annotated[int, Meta(ge=100, le=400)]
    heaviest: Annotated[int, Meta(ge=100, le=400)] | None = None

    def __post_init__(self) -> None:
        """Refuse limits that contradict each other."""
        if self.hairline > self.rule:
            raise ValueError("hairline, which is an error, is thicker than rule, which is warned of")
        if not self.coarse <= self.resolution <= self.finest:
            raise ValueError("coarse, resolution and finest do not climb")
        if self.heaviest is not None and self.heaviest < self.coverage:
            raise ValueError("heaviest, which is an error, is less than coverage, which is warned of")


class CoverTable(_Table, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """`[cover]`: a cover's measures."""

    bleed: Length
    safety: Length
    allowance: Length = Length(0)
    text_from: Count = 0
    clear: Length = Length(0)
    barcode: Size
    flat_to: Count = 0
    flaps: bool = False
    inks: dict[Ink, Level] | None = None


class StockTable(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[[stock]]`: a paper; how thick a page of it is, or how many pages of it make an inch."""

    name: str
    most: Some
    caliper: Length | None = None
    pages_per_inch: Annotated[float, Meta(ge=20, le=5000)] | None = None
    thinnest: Length | None = None
    thickest: Length | None = None

    def __post_init__(self) -> None:
        """Refuse a paper without a thickness, or with two."""
        if (self.caliper is None) == (self.pages_per_inch is None):
            raise ValueError("give either caliper, how thick a page is, or pages-per-inch")

    @property
    def thickness(self) -> Pt:
        """Of a page, half a leaf."""
        return self.caliper if self.caliper is not None else INCH / (self.pages_per_inch or 1)


class SourceTable(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[sources.NAME]`: where figures were read."""

    title: Text
    address: Text = ""
    date: Text = ""
    note: Text = ""


class PrinterTable(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A whole table, lengths in points."""

    name: Annotated[str, Meta(pattern=r"^[\w.-]+$")]
    title: Text
    trims: TrimsTable
    pages: PagesTable
    margins: MarginsTable
    bleed: BleedTable
    file: FileTable
    print: PrintTable
    cover: CoverTable
    stock: Annotated[tuple[StockTable, ...], Meta(min_length=1)]
    sources: dict[str, SourceTable]
    verified: Text = ""
    at_home: bool = False


TOPICS = ("trims", "pages", "margins", "bleed", "file", "print", "cover")
"""The tables whose figures have a source."""
_OWN = "this file"
"""The source of what a table of the user's says without naming one."""


def parse_table(text: str, where: str) -> dict[str, Any]:
    """Parse a printer's table, as yet unread; ConfigError if it is not TOML."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{where} is not valid TOML: {error}", 'text stands in quotes, as in title = "My printer"') from None


def read_table(parsed: dict[str, Any], where: str, beneath: dict[str, Any] | None = None) -> PrinterTable:
    """Read a printer's table; what it leaves out is as in the table `beneath`, if there is one.

    ConfigError names file and key, and says what may stand there.
    """
    table = {key: value for key, value in parsed.items() if key != "like"}
    whole = _laid_on(table, beneath, where) if beneath else table
    pages, margins = whole.get("pages"), whole.get("margins")
    if isinstance(margins, dict) and isinstance(margins.get("gutter"), str) and isinstance(pages, dict):
        whole = whole | {"margins": margins | {"gutter": [[pages.get("most"), margins["gutter"]]]}}
    try:
        read = msgspec.convert(_plain(whole), PrinterTable, dec_hook=_read_length)
    except msgspec.ValidationError as error:
        raise _explain(str(error), where) from None
    for topic in TOPICS:
        if getattr(read, topic).source not in read.sources:
            named = getattr(read, topic).source
            raise ConfigError(f"{where}: {topic}.source = {named!r} is not described", f"add [sources.{named}] with a title")
    return read


def base_of(parsed: dict[str, Any], where: str) -> str:
    """Name the printer whose table one of the user's is built on; `trade` if it names none."""
    like = parsed.get("like", "trade")
    if not isinstance(like, str):
        raise ConfigError(f"{where}: like = {like!r} is no name", 'name a printer of `list printers`, as in like = "kdp"')
    return like


def _laid_on(table: dict[str, Any], beneath: dict[str, Any], where: str) -> dict[str, Any]:
    """Lay a table of the user's on another: key upon key, but sizes and papers as a whole."""
    stem = re.sub(r"[^\w.-]+", "-", where.rpartition("/")[2].removesuffix(".toml")) or "own"
    own = {"title": where, "date": table.get("verified", "")}
    whole = {
        **beneath,
        "name": stem,
        "title": table.get("name", stem),
        "verified": "",
        **{key: value for key, value in table.items() if not isinstance(value, dict)},
        "sources": beneath["sources"] | {_OWN: own} | said if isinstance(said := table.get("sources", {}), dict) else said,
    }
    for key, value in table.items():
        if key in TOPICS and isinstance(value, dict):
            under = {} if key == "trims" else _loosened(beneath[key], value)
            whole[key] = under | {"source": _OWN} | value
            for mixed in ("inks", "refuses"):
                if mixed in value and mixed in under and isinstance(value[mixed], dict):
                    whole[key][mixed] = under[mixed] | value[mixed]
        elif isinstance(value, dict) and key != "sources":
            whole[key] = value
    return whole


def _loosened(under: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Take out of a table beneath what would contradict the one above: a limit that hangs on another goes with it."""
    out = dict(under)
    if "gutter" in said:
        out["level"] = "error"
    if "safety" in said:
        out.pop("safety-bled", None)
    if "coverage" in said:
        out.pop("heaviest", None)
    if said.get("standard", "none") != "none":
        out["accepts"] = [said["standard"]]
    if isinstance(accepted := said.get("accepts"), list) and accepted and out.get("standard") not in accepted:
        out["standard"] = accepted[0]
    if isinstance(resolution := said.get("resolution"), int):
        out |= {"coarse": min(out["coarse"], resolution), "finest": max(out["finest"], resolution)}
    return out


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Write days as text."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _read_length(kind: type, value: object) -> object:
    """Read what the validator does not know: lengths and sizes."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no {kind.__name__.lower()} in quotes")
    if kind is Size:
        named = next((trim for trim in TRIMS if trim.name.lower() == value.strip().lower()), None)
        width, height = (named.width, named.height) if named else parse_size(value)
        if not 0 <= max(width, height) <= LONGEST:
            raise ValueError(f"{value!r} is out of range")
        return Size(width, height)
    length = parse(value)
    if length > LONGEST:
        raise ValueError(f"{value!r} is out of range")
    return Length(length)


# --- words ------------------------------------------------------------------------------------------------------------

_EXAMPLES = {
    "Length": '"0.25 in", "6 mm" or "18 pt"',
    "Size": '"5.5 x 8.5 in", "148 x 210 mm" or "A5"',
    "margins.gutter": 'gutter = "0.5 in", or rows of pages and length: gutter = [[150, "0.375 in"], [300, "0.5 in"]]',
    "trims.width": 'width = ["4 in", "8.5 in"]',
    "trims.height": 'height = ["6 in", "11.69 in"]',
    "trims.sizes": 'sizes = ["5 x 8 in", "148 x 210 mm", "A5"]',
    "verified": "verified = 2026-11-24",
    "name": 'letters, digits, "-" and "_", as name = "corner-shop"',
}


def _explain(message: str, where: str) -> ConfigError:
    """Turn the validator's words into the key and what may stand there."""
    text, _, place = message.partition(" - at ")
    path = re.findall(r"[\w-]+", re.sub(r"\[[\d.]*\]", "", place.rpartition("`$")[2]))
    name = ".".join(path)
    if found := re.search(UNKNOWN, text):
        return unknown_key(where, path, found[1], _keys(path))
    if found := re.search(r"missing required field `(.+?)`", text):
        return ConfigError(f"{where}: {name or 'the table'} lacks {found[1]!r}", _hint([*path, found[1]]))
    for term, words in (PLAIN | {"`int`": "a whole number", "`float`": "a number"}).items():
        text = text.replace(term, words)
    said = text[:1].lower() + text[1:].replace("enum value", "word")
    return ConfigError(f"{where}: {name or 'the table'}: {said}", _hint(path))


def _hint(path: list[str]) -> str:
    """Say what may stand at a key."""
    name = ".".join(path)
    if name in _EXAMPLES:
        return f"write {_EXAMPLES[name]}"
    kind = _kind(path)
    if "dict[" in str(kind) and path[-1] in ("inks", "refuses"):
        names, levels = (
            _or(_words_in(each)) for each in next(get_args(each) for each in (kind, *_inside(kind)) if get_origin(each) is dict)
        )
        return f"write {path[-1]} = {{ NAME = LEVEL }}, each name {names}, each level {levels}"
    if words := list(_words_in(kind)):
        return f"it may be {_or(words)}"
    for custom in (Length, Size):
        if custom.__name__ in str(kind):
            return f"write {_EXAMPLES[custom.__name__]}, in quotes"
    if keys := _keys(path):
        return f"its keys are {', '.join(keys)}"
    plain = {"int": "a whole number, without quotes", "float": "a number, without quotes", "bool": "true or false"}
    return next((f"write {words}" for each, words in plain.items() if each in str(kind)), "write text in quotes")


def _or(words: Iterable[str]) -> str:
    return " or ".join(repr(word) for word in words)


def _kind(path: list[str]) -> Any:  # noqa: ANN401 - a type, a union or a literal
    """Return the type of a key; of a list of tables, of the table."""
    kind: Any = PrinterTable
    for step in path:
        kind = next((each for each in (kind, *_inside(kind)) if isinstance(each, type) and issubclass(each, Struct)), None)
        if kind is None:
            return None
        names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        kind = get_type_hints(kind).get(names.get(step, ""))
    return kind


def _keys(path: list[str]) -> list[str]:
    kind = next(
        (each for each in (_kind(path), *_inside(_kind(path))) if isinstance(each, type) and issubclass(each, Struct)), None
    )
    return [field.encode_name for field in msgspec.structs.fields(kind)] if kind else []


def _inside(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - a type, a union or a literal
    """Walk the types that a type is made of."""
    for each in get_args(kind):
        if isinstance(each, type) or get_origin(each) is not None or isinstance(each, UnionType):
            yield each
            yield from _inside(each)


def _words_in(kind: Any) -> Iterator[str]:  # noqa: ANN401 - a type, a union or a literal
    for each in (kind, *_inside(kind)):
        if get_origin(each) is Literal:
            yield from get_args(each)
