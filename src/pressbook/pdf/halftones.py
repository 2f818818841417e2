"""Pictures for one black ink, or for four: no profile, no alpha; the same picture gives the same bytes."""

from io import BytesIO
from typing import TYPE_CHECKING
from zlib import compress

from pressbook.model import Picture
from pressbook.pdf.intent import FOGRA39

if TYPE_CHECKING:
    from PIL.Image import Image

LEVEL = 6
"""Of deflating a picture's greys."""


def halftone(picture: Picture) -> tuple[dict[str, str | int], bytes]:
    """Make a picture ready to print: (the entries that say how to read it, its data).

    A JPEG that is grey already stays as it is, less what a camera wrote about it; all others become greys, two-coloured ones
    single bits.
    """
    import warnings

    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(BytesIO(picture.data), formats=("PNG", "JPEG"))
    about: dict[str, str | int] = {"Width": picture.width, "Height": picture.height, "ColorSpace": "/DeviceGray"}
    upright = image.getexif().get(0x0112, 1) == 1
    if picture.kind == "jpeg" and image.mode == "L" and upright:
        return about | {"BitsPerComponent": 8, "Filter": "/DCTDecode"}, _bare(picture.data)
    greys = _greys(image)
    if not upright:
        from PIL.ImageOps import exif_transpose

        # Greys keep the camera's word on how it was held.
        greys = exif_transpose(greys)
    bits = 8
    if picture.line_art and _levels(greys) <= {0, 255}:
        greys, bits = greys.convert("1", dither=Image.Dither.NONE), 1
    return about | {"BitsPerComponent": bits, "Filter": "/FlateDecode"}, compress(greys.tobytes(), LEVEL)


def in_colours(picture: Picture) -> tuple[dict[str, str | int], bytes]:
    """Make a picture ready for four inks, as `halftone` does for one; one that has no colour stays grey.

    Colours are taken for sRGB, what is clear for paper, and parted into the inks of FOGRA39.
    """
    import warnings

    from PIL import Image, ImageCms
    from PIL.ImageOps import exif_transpose

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(BytesIO(picture.data), formats=("PNG", "JPEG"))
    if image.mode[0] in "1IL":
        return halftone(picture)
    seen = exif_transpose(image)
    if seen.mode != "CMYK":
        shown = seen.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(shown.convert("RGB"), mask=shown.getchannel("A"))
        condition = ImageCms.getOpenProfile(str(FOGRA39))
        separated = ImageCms.profileToProfile(paper, ImageCms.createProfile("sRGB"), condition, outputMode="CMYK")
        seen = separated or seen
    about: dict[str, str | int] = {"Width": picture.width, "Height": picture.height, "ColorSpace": "/DeviceCMYK"}
    return about | {"BitsPerComponent": 8, "Filter": "/FlateDecode"}, compress(seen.tobytes(), LEVEL)


def _greys(image: "Image") -> "Image":
    """Turn any picture into greys, on white where it lets the paper through."""
    from PIL import Image

    if image.format == "JPEG":
        image.draft("L", image.size)
    if image.mode.startswith("I;16") or image.mode == "I":
        # Sixteen bits a pixel: the upper eight are what print can show.
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("L", seen.size, 255)
        paper.paste(seen.convert("L"), mask=seen.getchannel("A"))
        paper.info.update(image.info)
        return paper
    return image.convert("L")


def _levels(image: "Image") -> set[int]:
    """Return the greys that occur."""
    return {level for level, count in enumerate(image.histogram()) if count}


def _bare(data: bytes) -> bytes:
    """Leave out of a JPEG what is no picture: its profile, a camera's notes, where it was taken, comments."""
    kept = bytearray(data[:2])
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xDA:  # the scan, and all that follows
            break
        if mark == 0xFF:  # a filling byte
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not (0xE1 <= mark <= 0xED or mark in (0xEF, 0xFE)):
            kept += data[at:end]
        at = end
    return bytes(kept) + data[at:]
