"""A font shop for the tests: copies of the bundled roman with letters left out, another name, or other licence bits."""

from struct import pack_into, unpack_from

import uharfbuzz as hb

from pressbook.composition import bundled

ROMAN = bundled() / "EBGaramond-Regular.ttf"
NAME = "EB Garamond"


def cut_font(path, letters=None, family=NAME, licence=None):
    """Write a copy of the roman that has the given letters only, a family's name of the same length, and licence bits."""
    data = ROMAN.read_bytes()
    if letters is not None:
        wanted = hb.SubsetInput()
        wanted.unicode_set.set({ord(letter) for letter in letters})
        data = hb.subset(hb.Face(data), wanted).blob.data
    assert len(family) == len(NAME)
    data = bytearray(data.replace(NAME.encode("utf-16-be"), family.encode("utf-16-be")))
    if licence is not None:
        pack_into(">H", data, table(data, "OS/2")[0] + 8, licence)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def table(data, tag):
    """Find a table in a font: its offset and length."""
    (count,) = unpack_from(">H", data, 4)
    places = {data[at : at + 4].decode(): unpack_from(">II", data, at + 8) for at in range(12, 12 + 16 * count, 16)}
    return places[tag]
