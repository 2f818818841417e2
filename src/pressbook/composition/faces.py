"""Faces: the font files at hand, their licence bits, and which of them sets which style."""

from functools import cache
from pathlib import Path
from struct import unpack_from

import uharfbuzz as hb

from pressbook.errors import FontError
from pressbook.model import Font
from pressbook.values import Value

SUFFIXES = (".ttf", ".otf")
RESTRICTED = 0x0002
"""OS/2 fsType: embedding needs the owner's leave (OpenType 1.9, OS/2)."""
BITMAPS_ONLY = 0x0200
"""OS/2 fsType: outlines may not be embedded."""


class Face(Value, eq=False):
    """A font opened for shaping."""

    font: Font
    hb_font: hb.Font
    upem: int
    letters: frozenset[int]
    """The code points it has glyphs for."""

    def advance(self, char: str) -> float:
        """Return the advance of one character in em; 0 if the face lacks it."""
        glyph = self.hb_font.get_nominal_glyph(ord(char))
        return self.hb_font.get_glyph_h_advance(glyph) / self.upem if glyph else 0.0


def bundled() -> Path:
    """Return the folder of the faces that travel with pressbook."""
    package = Path(__file__).parents[1]
    inside = package / "fonts"
    return inside if inside.is_dir() else package.parents[1] / "fonts"


def find_fonts(folders: tuple[Path, ...]) -> tuple[Font, ...]:
    """List the fonts in the folders, nearest folder first; of two alike the first found is kept."""
    found: dict[tuple[str, str], Font] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in SUFFIXES and path.is_file():
                font = _describe(path)
                found.setdefault((font.family.lower(), font.style.lower()), font)
    return tuple(found.values())


def licence_words(font: Font) -> str:
    """Say in words what the font's embedding bits allow."""
    if forbidden(font):
        return "embedding forbidden"
    return "installable" if not font.licence & 0xF else "embeddable"


def forbidden(font: Font) -> bool:
    """Tell whether the font's own bits forbid its outlines in a PDF."""
    return font.licence & 0xF == RESTRICTED or bool(font.licence & BITMAPS_ONLY)


def choose(fonts: tuple[Font, ...], family: str, *, italic: bool = False, weight: int = 400) -> Font:
    """Return the family's font nearest in slope, then in weight; FontError if there is no such family or it forbids embedding."""
    ours = [font for font in fonts if font.family.lower() == family.lower()]
    if not ours:
        known = sorted({font.family for font in fonts})
        raise FontError(f"no face called {family!r} was found", f"put its files into fonts/, or choose one of: {', '.join(known)}")
    font = min(ours, key=lambda font: (font.italic != italic, abs(font.weight - weight), font.path.name))
    if forbidden(font):
        raise FontError(
            f"{font.family} {font.style} ({font.path.name}) forbids embedding: fsType {font.licence:#06x}",
            "a printer needs the face inside the PDF; choose one whose licence allows it",
        )
    return font


def prefer(fonts: tuple[Font, ...], families: tuple[str, ...]) -> tuple[Font, ...]:
    """Put the families named before all others, in their order; FontError if one is not there or forbids embedding."""
    if not families:
        return fonts
    named = {choose(fonts, family).family: place for place, family in reversed(list(enumerate(families)))}
    return tuple(sorted(fonts, key=lambda font: named.get(font.family, len(families))))


@cache
def open_face(font: Font) -> Face:
    """Open a font for shaping, once."""
    face = hb.Face(hb.Blob.from_file_path(str(font.path)))
    return Face(font, hb.Font(face), face.upem, frozenset(face.unicodes))


def _describe(path: Path) -> Font:
    """Read a font file's names and OS/2 bits; FontError if it is damaged."""
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    tables = set(face.table_tags)
    os2 = face.reference_table("OS/2").data or b"" if "OS/2" in tables else b""
    if not ({"cmap", "hmtx"} <= tables and tables & {"glyf", "CFF "} and face.glyph_count and len(os2) >= 64):
        raise FontError(f"{path.name} is not a font that can be set: tables are missing", f"take {path} out, or replace it")
    if not _is_whole(path, len(tables)):
        raise FontError(
            f"{path.name} is a damaged font: the file ends before its last table does", f"take {path} out, or replace it"
        )
    weight, _, licence = unpack_from(">HHH", os2, 4)
    (selection,) = unpack_from(">H", os2, 62)
    family = face.get_name(16) or face.get_name(1) or path.stem
    style = face.get_name(17) or face.get_name(2) or "Regular"
    return Font(family, style, weight, bool(selection & 1), path, licence)


def _is_whole(path: Path, tables: int) -> bool:
    """Tell whether every table in a font's directory lies inside the file; a download that broke off has lost some."""
    with path.open("rb") as file:
        head = file.read(12 + 16 * tables)
    if head.startswith(b"ttcf"):
        return True
    return all(sum(unpack_from(">II", head, 20 + 16 * number)) <= path.stat().st_size for number in range(tables))
