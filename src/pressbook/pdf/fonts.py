"""Glyph fonts: faces cut down to the glyphs that a book uses, each glyph addressed by its id."""

from collections import Counter
from hashlib import sha256
from itertools import count
from string import ascii_uppercase
from struct import unpack_from
from typing import TYPE_CHECKING, Literal, TypeAlias
from zlib import compress

from pressbook.errors import FontError
from pressbook.model import Font
from pressbook.values import Value

if TYPE_CHECKING:
    import uharfbuzz as hb

SHY = "\u00ad"
"""The letter that a hyphen made by hyphenation stands for."""
NO_SUBSET = 0x0100
"""The bit of OS/2 fsType that forbids cutting a face down."""
UNUSED = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "MATH", "DSIG", "FFTM", "gasp", "kern", "cmap")
"""Tables that only a shaper reads; the glyphs are chosen and placed already."""
Tally: TypeAlias = Counter[tuple[int, str]]
"""How often a glyph id stands for which letters."""


class Fount(Value, eq=False):
    """A face cut down to the glyphs used, ready to set and to embed."""

    resource: str
    """Its name on the page, such as `F1`."""
    name: str
    """The PostScript name, tagged with six letters if it is a subset."""
    upem: int
    codes: dict[tuple[int, str], int]
    """(the face's own glyph id, letters) to the code that shows the one and is extracted as the other."""
    spare: dict[int, int]
    """The face's own glyph id to a code that shows it, where what is extracted is said otherwise."""
    glyphs: dict[int, int]
    """Code to glyph id in the program; the same number but where a glyph has a second code for other letters."""
    advances: dict[int, int]
    """The face's own glyph id to its nominal advance, in font units."""
    space: int | None
    """The face's own glyph id of the word space."""
    outlines: Literal["TrueType", "CFF"]
    program: bytes
    """The font file, or its bare CFF table, deflated."""
    length: int
    """Of the program before deflating."""
    box: tuple[int, int, int, int]
    """Around all glyphs, in thousandths of an em, as the four numbers after it."""
    slant: float
    """Degrees counter-clockwise from the vertical."""
    ascent: int
    descent: int
    cap_height: int
    stem: int
    """The width of a stem, guessed from the weight as no table tells it."""

    def widths(self) -> list[tuple[int, list[float]]]:
        """List advances in thousandths of an em: runs of (first code, advances)."""
        shown = {code: glyph for (glyph, _), code in self.codes.items()} | {code: glyph for glyph, code in self.spare.items()}
        runs: list[tuple[int, list[float]]] = []
        for code, glyph in sorted(shown.items()):
            if not runs or runs[-1][0] + len(runs[-1][1]) != code:
                runs.append((code, []))
            runs[-1][1].append(self.advances[glyph] * 1000 / self.upem)
        return runs


def cut(font: Font, tally: Tally, resource: str) -> Fount:
    """Cut a face down to the glyphs tallied and the word space; FontError if it cannot be embedded."""
    import uharfbuzz as hb

    face = _open(font)
    metrics = hb.Font(face)
    space = metrics.get_nominal_glyph(0x20) or None
    used = {glyph for glyph, _ in tally} | ({space} if space else set())
    whole = bool(font.licence & NO_SUBSET)
    renumbered, data = ({glyph: glyph for glyph in used}, _bytes_of(face)) if whole else _subset(face, used)
    outlines: Literal["TrueType", "CFF"] = "CFF" if "CFF " in face.table_tags else "TrueType"
    program = data if outlines == "TrueType" else _table(hb.Face(hb.Blob(data)), "CFF ")
    name = _plain(face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or font.path.stem)
    codes = _codes(_letters(tally, space), renumbered, twins=outlines == "TrueType")
    extents = metrics.get_font_extents("ltr")
    thousandths = 1000 / face.upem
    return Fount(
        resource=resource,
        name=name if whole else f"{_tag(name, used)}+{name}",
        upem=face.upem,
        codes=codes,
        spare=renumbered,
        glyphs={code: code for code in renumbered.values()} | {code: renumbered[glyph] for (glyph, _), code in codes.items()},
        advances={glyph: metrics.get_glyph_h_advance(glyph) for glyph in renumbered},
        space=space,
        outlines=outlines,
        program=compress(program, 6),
        length=len(program),
        box=_box(face, thousandths),
        slant=_slant(face),
        ascent=round(extents.ascender * thousandths),
        descent=round(extents.descender * thousandths),
        cap_height=_cap_height(face, thousandths),
        stem=round(50 + (font.weight / 65) ** 2),
    )


def cmap(fount: Fount) -> bytes:
    """Write the ToUnicode CMap: each code's letters, so that the text can be searched, copied and read aloud."""
    rows = sorted(f"<{code:04X}> <{utf16(letters)}>" for (_, letters), code in fount.codes.items() if letters)
    blocks = (rows[at : at + 100] for at in range(0, len(rows), 100))  # a block holds 100 at most
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode("ascii")


def glyph_map(fount: Fount) -> bytes:
    """Write the table from code to glyph id, two bytes each; empty if every code is its glyph id."""
    if all(code == glyph for code, glyph in fount.glyphs.items()):
        return b""
    return b"".join(fount.glyphs.get(code, 0).to_bytes(2, "big") for code in range(max(fount.glyphs) + 1))


def utf16(text: str) -> str:
    """Write text as big-endian UTF-16 in hexadecimal digits."""
    return text.encode("utf-16-be").hex().upper()


def _open(font: Font) -> "hb.Face":
    import uharfbuzz as hb

    if font.path.suffix.lower() in (".ttc", ".otc"):
        raise FontError(
            f"{font.path.name} is a collection of faces, not one", "take the face that you want out of it as .ttf or .otf"
        )
    try:
        face = hb.Face(hb.Blob.from_file_path(str(font.path)))
    except (OSError, hb.HarfBuzzError) as error:
        raise FontError(f"{font.path} cannot be read as a font", "put the font file back, or choose another face") from error
    if not {"glyf", "CFF "} & set(face.table_tags):
        raise FontError(f"{font.path} has no outlines that a PDF can hold", "choose a TrueType or OpenType (CFF) face")
    return face


def _subset(face: "hb.Face", used: set[int]) -> tuple[dict[int, int], bytes]:
    """Return (old glyph id to new, the smaller font file)."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.unicode_set.clear()
    wanted.glyph_set.update(used)
    flags = hb.SubsetFlags
    # A CFF face keyed by CID would keep its old CIDs as codes; newer HarfBuzz renumbers them like the rest.
    identity = getattr(flags, "CFF_IDENTITY_CHARSET", flags(0)) if "CFF " in face.table_tags else flags(0)
    wanted.flags = flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE | identity
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in UNUSED)
    if face.has_var_data:
        wanted.pin_all_axes_to_default(face)
    plan = hb.SubsetPlan(face, wanted)
    return dict(plan.old_to_new_glyph_mapping), bytes(plan.execute().blob.data)


def _letters(tally: Tally, space: int | None) -> dict[int, list[str]]:
    """List the letters each glyph stands for, the most frequent first, a hyphen made by hyphenation last; any white is a space."""
    ranked = sorted(tally.items(), key=lambda item: (item[0][1] in ("", SHY), -item[1], item[0]))
    letters: dict[int, list[str]] = {space: [" "]} if space else {}
    for (glyph, text), _ in ranked:
        known = letters.setdefault(glyph, [])
        if (said := " " if text.isspace() else text) not in known:
            known.append(said)
    return letters


def _codes(letters: dict[int, list[str]], renumbered: dict[int, int], twins: bool) -> dict[tuple[int, str], int]:
    """Give each glyph its new id as code, and a code of its own to each other thing it stands for, where twins can be.

    A bare CFF program has none: its codes are its glyphs.
    """
    codes = {(glyph, texts[0]): renumbered[glyph] for glyph, texts in letters.items()}
    others = sorted((glyph, text) for glyph, texts in letters.items() for text in texts[1:] if text)
    return codes | (dict(zip(others, count(max(renumbered.values()) + 1), strict=False)) if twins else {})


def _plain(name: str) -> str:
    """Keep of a PostScript name what needs no escape in a PDF."""
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_.")) or "Unnamed"


def _tag(name: str, used: set[int]) -> str:
    """Derive six capitals from the glyphs used: two different subsets of a face must not share a name."""
    number = int.from_bytes(sha256(f"{name} {sorted(used)}".encode()).digest()[:8], "big")
    return "".join(ascii_uppercase[number // 26**place % 26] for place in range(6))


def _table(face: "hb.Face", tag: str) -> bytes:
    return bytes(face.reference_table(tag).data or b"")


def _bytes_of(face: "hb.Face") -> bytes:
    return bytes(face.blob.data or b"")


def _box(face: "hb.Face", thousandths: float) -> tuple[int, int, int, int]:
    left, bottom, right, top = unpack_from(">4h", _table(face, "head"), 36)
    return round(left * thousandths), round(bottom * thousandths), round(right * thousandths), round(top * thousandths)


def _slant(face: "hb.Face") -> float:
    post = _table(face, "post")
    return round(unpack_from(">i", post, 4)[0] / 65536, 2) if len(post) >= 8 else 0.0


def _cap_height(face: "hb.Face", thousandths: float) -> int:
    os2 = _table(face, "OS/2")
    return round(unpack_from(">h", os2, 88)[0] * thousandths) if len(os2) >= 90 else 700
