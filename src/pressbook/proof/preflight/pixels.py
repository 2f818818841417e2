"""How much ink the pixels of an image take, where they are of four inks."""

import pikepdf

from pressbook.proof.preflight.objects import Thing, filters
from pressbook.proof.preflight.patience import Patience

SAMPLES = 100_000
"""Pixels of an image that are looked at for their inks."""
LARGEST_IMAGE = 60_000_000
"""Bytes of an image, unpacked, that are looked through."""
PLAIN = frozenset(("FlateDecode", "LZWDecode", "RunLengthDecode"))
"""Packings that leave pixels as they are."""
JPEG = frozenset(("DCTDecode", "FlateDecode"))
SHRUNK = 600
"""Pixels a side to which a JPEG is brought before it is measured: a few stray ones are the packing's, not the picture's."""
NAMED_SPACES = {12: "/DeviceCMYK", 16: "/DeviceRGB", 17: "/DeviceGray", 18: "/DeviceRGB"}
"""Colour spaces as JPEG 2000 numbers them (ISO 15444-1, table I.10)."""


def heaviest(image: Thing, patience: Patience) -> float:
    """Return the most ink of any pixel of an image in four inks, in percent; 0 if it is packed in a way that hides its pixels."""
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and str(space[0]) in ("/Indexed", "/I"):
        return _most(bytes(space[3]) if isinstance(space[3], pikepdf.String) else space[3].read_bytes()[:1024], paper=0)
    wide, high, bits = (int(image.get(key, 0)) for key in ("/Width", "/Height", "/BitsPerComponent"))
    if not 0 < 4 * wide * high < LARGEST_IMAGE or bits not in (8, 16):
        return 0.0
    decode = image.get("/Decode")
    paper = 255 if isinstance(decode, pikepdf.Array) and len(decode) > 0 and float(decode[0]) == 1 else 0
    packed = filters(image)
    try:
        if "DCTDecode" in packed and packed <= JPEG:
            picture = pikepdf.PdfImage(image).as_pil_image()
            picture.thumbnail((SHRUNK, SHRUNK))
            # The library takes every JPEG of four inks for one of Photoshop's, and turns it: what was paper comes out as ink.
            return _most(picture.tobytes(), paper=255 - paper) if picture.mode == "CMYK" else 0.0
        if packed - PLAIN:
            return 0.0
        patience.spend_on(image)
        # Of a channel's two bytes the first is the coarse one.
        return _most(image.read_bytes()[:: bits // 8], paper=paper)
    except (pikepdf.PdfError, RuntimeError, OSError, ValueError, NotImplementedError):
        return 0.0


def _most(pixels: bytes, *, paper: int) -> float:
    """Return the most ink of pixels of four bytes, in percent; of many pixels some. `paper` is the byte that leaves it white."""
    step = 4 * max(1, len(pixels) // 4 // SAMPLES)
    sums: list[int] = [sum(pixel) for pixel in zip(*(pixels[ink::step] for ink in range(4)), strict=False)] or [4 * paper]
    return (4 * 255 - min(sums) if paper else max(sums)) / 2.55


def packed_space(image: Thing) -> Thing:
    """Return the colour space that a JPEG 2000 names inside itself; None for other images."""
    if filters(image) != {"JPXDecode"}:
        return None
    _, _, box = bytes(image.read_raw_bytes()[:4096]).partition(b"colr")
    if box[:1] == b"\1":
        return NAMED_SPACES.get(int.from_bytes(box[3:7], "big"))
    # Otherwise a profile stands there, whose 17th byte begins the name of its space.
    return {b"RGB ": "/DeviceRGB", b"CMYK": "/DeviceCMYK"}.get(box[19:23])
