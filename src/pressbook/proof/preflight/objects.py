"""Looking into a file's objects: each function takes whatever stands where a thing should, and says nothing of what it is not."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pikepdf

Thing: TypeAlias = Any
"""An object of the file."""


def get(table: Thing, key: str) -> Thing:
    """Look a name up in what should be a dictionary; None without it."""
    return table.get(key) if isinstance(table, pikepdf.Dictionary | pikepdf.Stream) else None


def values(table: Thing) -> Iterator[Thing]:
    """List the dictionaries in what should be a dictionary of them."""
    if isinstance(table, pikepdf.Dictionary):
        yield from (value for _, value in table.items() if isinstance(value, pikepdf.Dictionary))


def inherited(node: Thing, key: str) -> Thing:
    """Look a key up in the nodes above a page, a few dozen at the most; None without it."""
    for _ in range(40):
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
    return None


def filters(stream: Thing) -> set[str]:
    """Name the packings of a stream."""
    names = stream.get("/Filter")
    if names is None:
        return set()
    return {str(name).lstrip("/") for name in (names if isinstance(names, pikepdf.Array) else [names])}


def colorants(space: Thing) -> list[str]:
    """Name the inks of a colour space that names its inks; none of another."""
    if not isinstance(space, pikepdf.Array) or len(space) < 2 or str(space[0]) not in ("/Separation", "/DeviceN"):
        return []
    names = space[1]
    return [str(name).lstrip("/") for name in (names if isinstance(names, pikepdf.Array) else [names])]


def key_of(thing: Thing) -> tuple[int, int] | int:
    """Return what tells an object from all others."""
    return thing.objgen if thing.is_indirect else id(thing)


def descriptor_of(font: Thing) -> Thing:
    """Return the descriptor of a font, or of the font that one of many codes is made of; None without one."""
    descendants = font.get("/DescendantFonts")
    inner = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else font
    return get(inner, "/FontDescriptor")


def holds_program(font: Thing) -> bool:
    """Tell whether a font's glyphs are in the file, going by what it says of itself."""
    descriptor = descriptor_of(font)
    embedded = any(get(descriptor, key) is not None for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return embedded or font.get("/Subtype") == pikepdf.Name.Type3
