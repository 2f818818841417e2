"""`pressbook.toml`, key by key: what may stand in it, and clear words where something else stands."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from pressbook.errors import ConfigError, nearest

UP_TO_256 = r"([1-9]\d?|1\d\d|2[0-4]\d|25[0-6])"
Text: TypeAlias = Annotated[str, Meta(max_length=4000)]


class BookKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[book]`: what the book is called and whose it is."""

    title: Text = ""
    author: Text = ""
    language: Annotated[str, Meta(pattern=r"^(auto|[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*)$")] = "auto"
    subtitle: Text = ""
    series: Text = ""
    opening: Literal["auto", "heading", "title page", "half-title"] = "auto"
    copyright: Text = ""
    source: Text = "auto"
    """Where the story was published: `auto` takes the address that its file names, `none` prints none."""
    source_code: bool = False
    not_for_sale: Literal["auto"] | bool = "auto"
    dedication: Text = ""
    epigraph: Text = ""
    isbn: Text = ""
    contents: Literal["auto"] | bool = "auto"
    notes: Literal["chapter", "front", "back", "off"] = "chapter"
    tags: Literal["off", "front", "back"] = "off"
    colophon: Text = "auto"
    stories: tuple[str, ...] = ("text/*",)
    stories_are: Literal["auto", "chapters", "stories"] = "auto"
    volume_pages: Annotated[int, Meta(ge=32, le=9999)] | Annotated[str, Meta(pattern=r"^(off|3[2-9]|[4-9]\d|[1-9]\d{2,3})$")] = (
        "off"
    )


class MarginKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`page.margins`: four lengths."""

    inner: str
    outer: str
    head: str
    foot: str


class PageKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[page]`: the trimmed page."""

    trim: str = "half-letter"
    bleed: str = "0in"
    margins: Literal["auto"] | MarginKeys = "auto"
    gutter: str = "auto"
    safety: str = "auto"
    pages: Annotated[int, Meta(ge=1, le=9999)] | Annotated[str, Meta(pattern=r"^(any|[1-9]\d{0,3}|multiple of [1-9]\d{0,2})$")] = (
        "any"
    )
    heads: Literal["auto", "chapter", "story", "book", "none"] = "auto"
    folios: Literal["foot", "outer", "head", "none"] = "foot"


class TypeKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[type]`: face and size."""

    font: str = "EB Garamond"
    fallback: tuple[str, ...] = ()
    """Faces for characters that the font lacks, the first that has one first."""
    size: str = "auto"
    leading: str = "auto"
    justify: Literal["auto"] | bool = "auto"
    figures: Literal["old-style", "lining"] = "old-style"
    protrusion: bool = True
    expansion: bool = True
    hyphenate: bool = True
    exceptions: tuple[Annotated[str, Meta(pattern=r"^[^\W\d_]+(-[^\W\d_]+)*$")], ...] = ()
    """Words with their only break points, as `pres-ent` or, never to be broken, `Konoha`."""
    drop_cap: Literal["none", 2, 3, 4, "2", "3", "4"] = "none"
    """Lines that a chapter's first letter is deep; `--set` gives the number as text."""
    initial_quote: Literal["hang", "omit"] = "hang"
    lead_in: Literal["chapters", "scenes", "none"] = "chapters"


class House(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[story]`: the house style that the manuscript is marked up in."""

    scene_break: str = "blossom"
    thoughts: Literal["auto", "tagged", "marked", "off"] = "auto"
    quotes: Literal["auto", "us", "uk", "guillemets", "dash", "keep"] = "auto"
    dashes: Literal["auto", "em", "en"] = "auto"
    footnotes: Literal["foot", "chapter", "end", "off"] = "foot"
    links: Literal["text", "notes"] = "text"


Mark: TypeAlias = Literal["crop", "registration", "fold", "slug"]


class PressKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[press]`: what the printer wants."""

    printer: str | tuple[str, ...] = ""
    multiple: Annotated[int, Meta(ge=1, le=256)] | Annotated[str, Meta(pattern=rf"^{UP_TO_256}$")] = 1
    standard: Literal["none", "PDF/X-4", "PDF/X-3", "PDF/X-1a"] = "none"
    ink: Literal["black", "cmyk"] = "black"
    overprint: bool = False
    marks: Literal["none", "all"] | Mark | tuple[Mark, ...] = "none"
    date: Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""


Scheme: TypeAlias = Literal[
    "saddle",
    "signatures",
    "quarto",
    "octavo",
    "sextodecimo",
    "mini-8",
    "french",
    "cut-and-stack",
    "2-up",
    "4-up",
    "6-up",
    "8-up",
    "9-up",
    "16-up",
]
Duplex: TypeAlias = Literal["short-edge", "long-edge", "by-hand"]


class OffsetKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`booklet.back-offset`: how far the printer misses on the back, as its calibration target shows."""

    x: str = "0mm"
    y: str = "0mm"
    turn: Annotated[float, Meta(ge=-5, le=5)] | Annotated[str, Meta(pattern=r"^-?([0-4](\.\d+)?|\.\d+|5)$")] = 0.0
    """Degrees counter-clockwise; a printer that misses by more has its paper askew."""


class BookletKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[booklet]`: how the pages are laid on sheets."""

    scheme: Scheme = "saddle"
    sheet: str = "auto"
    signature: Annotated[int, Meta(ge=4, le=256)] | Annotated[str, Meta(pattern=rf"^(auto|(?![123]$){UP_TO_256})$")] = "auto"
    """Pages in a gathering at the most; `--set` gives the number as text."""
    caliper: str = "auto"
    creep: str = "auto"
    duplex: Duplex = "short-edge"
    back_offset: Literal["none"] | OffsetKeys = "none"
    cut_first: bool = False
    marks: bool = True
    safety: str = "3mm"


def on_sheet(keys: BookletKeys, sheet: str) -> BookletKeys:
    """Choose the paper in the user's place."""
    return msgspec.structs.replace(keys, sheet=sheet)


class CoverKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[cover]`: what stands on the cover, and how thick the book is."""

    place: Literal["apart", "around"] = "apart"
    image: Text = ""
    title: Literal["above", "below"] | bool = "above"
    front: Text = ""
    blurb: Text = ""
    spine_text: Text = "auto"
    ornament: str = "auto"
    ground: str = "none"
    ink: str = "auto"
    paper: str = "auto"
    spine: str = "auto"
    bleed: str = "auto"
    flap: str = "0in"
    flap_front: Text = ""
    flap_back: Text = ""


class OutputKeys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[outputs]`: which files are made."""

    pages: bool = True
    booklet: bool = True
    cover: bool = False
    howto: bool = False
    epub: bool = False


class Config(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """All that `pressbook.toml` may say, as typed; every key has a default."""

    book: BookKeys = BookKeys()
    page: PageKeys = PageKeys()
    type: TypeKeys = TypeKeys()
    story: House = House()
    press: PressKeys = PressKeys()
    booklet: BookletKeys = BookletKeys()
    cover: CoverKeys = CoverKeys()
    outputs: OutputKeys = OutputKeys()


def load(path: Path | None, overrides: tuple[str, ...] = (), beneath: tuple[str, ...] = ()) -> Config:
    """Read a config file, if there is one, lay `key=value` overrides on top, and others where neither says anything.

    ConfigError names key and value.
    """
    table: dict[str, Any] = {}
    if path is not None:
        import tomllib

        try:
            table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ConfigError(f"{path.name} is not valid TOML: {error}", 'text stands in quotes, as in trim = "A5"') from None
    for item in overrides:
        override(table, item)
    for item in beneath:
        if not _says(table, item):
            override(table, item)
    return _convert(table, path.name if path else "--set")


def in_four_inks(press: PressKeys) -> PressKeys:
    """Return what the printer wants, for a sheet in colour."""
    return msgspec.structs.replace(press, ink="cmyk")


def _says(table: dict[str, Any], item: str) -> bool:
    """Tell whether a table says something of the key that an override is about."""
    section, _, name = item.partition("=")[0].strip().partition(".")
    return isinstance(keys := table.get(section), dict) and name in keys


def override(table: dict[str, Any], item: str) -> None:
    """Set `section.key=value` in a table read from TOML; the value is TOML, or plain text."""
    key, equals, value = item.partition("=")
    section, dot, name = key.strip().partition(".")
    if not equals or not section or not dot or not name:
        raise ConfigError(f"--set {item!r} is not understood", "write section.key=value, as in --set page.trim=A5")
    target = table.setdefault(section, {})
    *path, last = name.split(".")
    for step in path:
        inner = target.setdefault(step, {}) if isinstance(target, dict) else None
        target = inner
    if not isinstance(target, dict):
        raise ConfigError(f"--set {item!r}: {key.strip()} is not a table of keys", "write section.key=value")
    target[last] = _value(value.strip())


def _value(text: str) -> object:
    """Read an override's value: true, 12, "text", { … } as TOML; anything else is text."""
    import tomllib

    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
    return value if isinstance(value, str | bool | list | dict) else text


def _convert(table: dict[str, Any], where: str) -> Config:
    for keys in table.values():
        if isinstance(keys, dict):
            keys.update({key: text.strip() for key, text in keys.items() if isinstance(text, str)})
    try:
        config = msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        raise _explain(str(error), table, where) from None
    _check_press(config.press, where)
    return config


def _check_press(press: PressKeys, where: str) -> None:
    """Refuse what no file can be: a date that no calendar has, or ink printed over other inks where there is one."""
    try:
        moment_of(press)
    except ValueError:
        raise ConfigError(f"{where}: press.date = {press.date!r} is no day", 'write a day as "2026-11-24"') from None
    if press.overprint and press.ink == "black":
        raise ConfigError(f"{where}: press.overprint = true has no other ink to print over", 'set press.ink = "cmyk" as well')


def dated(config: Config, moment: int | None) -> Config:
    """Return the config with the day of a moment, in seconds since 1970, where it names none of its own."""
    if config.press.date or moment is None:
        return config
    day = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
    return msgspec.structs.replace(config, press=msgspec.structs.replace(config.press, date=day))


def reworded(config: Config, set_words: Callable[[str], str]) -> Config:
    """Return the config with the texts of `[book]` that are printed set by a function."""
    keys = config.book
    printed = ("title", "author", "subtitle", "series", "copyright", "dedication", "epigraph", "colophon")
    return msgspec.structs.replace(
        config, book=msgspec.structs.replace(keys, **{key: set_words(text) for key in printed if (text := getattr(keys, key))})
    )


def moment_of(press: PressKeys) -> int | None:
    """Return the first moment of `press.date`, UTC, in seconds since 1970; None if it is empty, ValueError if it is no day."""
    if not press.date:
        return None
    year, month, day = map(int, press.date.split("-"))
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def _explain(message: str, table: dict[str, Any], where: str) -> ConfigError:
    """Turn the validator's words into the key, the value, and what may stand there."""
    text, _, place = message.partition(" - at ")
    path: list[str] = re.findall(r"[\w-]+", place.partition("[")[0])
    name = ".".join(path)
    if match := re.search(UNKNOWN, text):
        return unknown_key(where, path, match[1], _fields(path))
    value: Any = table
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, list) and (item := re.search(r"\[(\d+)\]", place)):
        value = value[int(item[1])]
    choices = _choices(path)
    hint = "it may be " + " or ".join(choices) if choices else _plainly(text, name)
    if isinstance(value, str) and (near := nearest(value, [choice.strip("'") for choice in choices])):
        hint = f"did you mean {near!r}? {hint}"
    said = str(value).lower() if isinstance(value, bool) else repr(value)
    return ConfigError(f"{where}: {name or 'the file'} = {said} cannot be used", hint)


UNKNOWN = r"unknown field `(.+?)`"
"""How the validator tells of a key that nobody knows."""


def unknown_key(where: str, path: list[str], key: str, known: list[str]) -> ConfigError:
    """Tell of a key that is not among the known ones of its table, and name the nearest, or all."""
    near = nearest(key, known, 0.5)
    hint = f"did you mean {near!r}?" if near else "known here: " + ", ".join(known)
    return ConfigError(f"{where}: unknown key {'.'.join([*path, key])!r}", hint)


PLAIN = {
    "`str`": "text in quotes",
    "`bool`": "true or false",
    "`array`": 'a list, as in ["one", "two"]',
    "`object`": "a table of keys",
    "Object missing required field": "it lacks",
}


def _plainly(text: str, name: str) -> str:
    """Say in plain words what the validator expected."""
    if name == "book.volume-pages":
        return 'it may be "off", or a number from 32 to 9999'
    if name == "page.pages":
        return 'it may be "any", a number from 1 to 9999, or a multiple such as "multiple of 4"'
    if name == "booklet.signature":
        return 'it may be "auto", or the pages of a signature: 4 to 256, a multiple of 4'
    if name == "booklet.back-offset.turn":
        return "write degrees, from -5 to 5, as 0.1: a sheet that is more askew lies wrong in its tray"
    if name == "press.multiple":
        return "write a number from 1 to 256"
    if name == "booklet.back-offset":
        return 'it may be "none", or what `pressbook impose --calibrate` prints: { x = "0.5mm", y = "-0.3mm", turn = 0.1 }'
    if name == "press.date":
        return 'write a day as "2026-11-24"'
    if "matching regex" in text:
        words = 'words with the points where they may break, as in ["pres-ent", "Konoha"]'
        return words if name.startswith("type.exceptions") else 'write a code such as "en-US", "en-GB" or "de-DE"'
    if name == "page.margins" and "missing" not in text:
        return 'it may be "auto", or four lengths: { inner = "0.75in", outer = "1in", head = "0.75in", foot = "1in" }'
    for term, words in PLAIN.items():
        text = text.replace(term, words)
    return text[:1].lower() + text[1:]


_TABLES: dict[str, Any] = {
    str(Literal["auto"] | MarginKeys): MarginKeys,
    str(Literal["none"] | OffsetKeys): OffsetKeys,
}
"""Keys at which a table may stand in the place of a word."""


def _struct_at(path: list[str]) -> Any:  # noqa: ANN401 - a type, a union or a literal
    struct: Any = Config
    for step in path:
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
        struct = fields.get(step)
        struct = _TABLES.get(str(struct), struct)
    return struct


def _fields(path: list[str]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(_struct_at(path))]


def _choices(path: list[str]) -> tuple[str, ...]:
    """List what may stand at a key that has a choice, as it is written in TOML; of a number, not also its name in quotes."""
    kind = _struct_at(path)
    if not path or "Literal" not in str(kind):
        return ()
    if path == ["press", "marks"]:
        return '"none"', '"all"', 'a list, as in ["crop", "registration", "fold", "slug"]'
    said: list[str] = []
    for choice in kind.__args__:
        if choice is bool:
            said += ["true", "false"]
        else:
            words = getattr(choice, "__args__", (choice,))
            said += [repr(word) for word in words if isinstance(word, int) or not word.isdigit()]
    return tuple(said)
