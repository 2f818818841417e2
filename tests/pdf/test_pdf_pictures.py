"""Pictures in print: greys, each once, placed and cut off where the page says, the same bytes every time."""

import io

import pytest
from PIL import Image
from printed import ink
from typecase import edition, line, page

from pressbook.config import PressKeys
from pressbook.model import Inset, Picture
from pressbook.pdf import engrave, flats_pdf, pages_pdf
from pressbook.pdf.halftones import halftone
from pressbook.press import impose
from readback import opened

SIZE = (80, 60)


def saved(image, kind="png", **how):
    """Save an image as a picture of the manuscript."""
    file = io.BytesIO()
    image.save(file, "JPEG" if kind == "jpeg" else "PNG", **how)
    return Picture(f"a.{kind}", kind, *image.size, file.getvalue(), line_art=image.mode == "1")


def slope(mode="L"):
    """Return a slope of greys, light at the foot."""
    return Image.linear_gradient("L").resize(SIZE).convert(mode)


def decoded(picture):
    """Return a picture's greys as print has them."""
    about, data = halftone(picture)
    if about["Filter"] == "/DCTDecode":
        return Image.open(io.BytesIO(data))
    from zlib import decompress

    mode = "1" if about["BitsPerComponent"] == 1 else "L"
    return Image.frombytes(mode, (about["Width"], about["Height"]), decompress(data)).convert("L")


def images_in(data):
    """List the image objects of a PDF, each once."""
    with opened(data) as pdf:
        return [
            {name: str(each[name]) for name in ("/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter")}
            for each in pdf.objects
            if getattr(each, "get", None) and each.get("/Subtype") == "/Image"
        ]


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "LA", "I;16"])
def test_any_picture_becomes_greys(mode):
    """Colours, palettes, alpha and sixteen bits become the eight bits of one ink, as light as they were."""
    picture = saved(slope().convert("I").point(lambda v: v * 257).convert("I;16") if mode == "I;16" else slope(mode))
    about, _ = halftone(picture)
    assert (about["ColorSpace"], about["BitsPerComponent"], about["Filter"]) == ("/DeviceGray", 8, "/FlateDecode")
    want, got = slope().tobytes(), decoded(picture).tobytes()
    assert max(abs(a - b) for a, b in zip(want, got, strict=True)) <= 6


def test_what_is_clear_is_paper():
    """Where a picture lets the paper through it prints nothing."""
    clear = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 40, 60))
    greys = decoded(saved(clear))
    assert (greys.getpixel((10, 10)), greys.getpixel((70, 10))) == (0, 255)


def test_two_colours_are_single_bits():
    """Line art in black and white takes one bit a pixel."""
    art = Image.new("1", SIZE, 1)
    art.paste(0, (0, 0, 40, 60))
    about, _ = halftone(saved(art))
    assert about["BitsPerComponent"] == 1
    assert decoded(saved(art)).tobytes() == art.convert("L").tobytes()


def test_a_grey_jpeg_stays_one():
    """It is not compressed anew, and loses its profile, its maker's notes and its comment; a coloured one becomes greys."""
    picture = saved(
        slope(), "jpeg", icc_profile=b"profile" * 99, comment=b"taken at home", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
    )
    about, data = halftone(picture)
    assert about["Filter"] == "/DCTDecode"
    assert len(data) < len(picture.data) - 690
    assert b"profile" not in data
    assert b"at home" not in data
    assert Image.open(io.BytesIO(data)).tobytes() == Image.open(io.BytesIO(picture.data)).tobytes()
    assert halftone(saved(slope("RGB"), "jpeg"))[0]["Filter"] == "/FlateDecode"


@pytest.mark.parametrize("standard", ["none", "PDF/X-1a", "PDF/X-3", "PDF/X-4"])
def test_four_inks_print_colours(standard):
    """Where four inks are promised, pictures print in these, on pages and sheets, greys in black; never in a screen's colours."""
    mixed = Image.merge("RGB", (slope(), slope().rotate(180), Image.new("L", SIZE, 60)))
    clear = mixed.convert("RGBA")
    clear.putalpha(slope())
    shown = [
        saved(mixed),
        saved(clear),
        saved(mixed, "jpeg"),
        saved(mixed.convert("CMYK"), "jpeg"),
        saved(slope()),
        saved(slope("1")),
    ]
    insets = tuple(Inset(each, 40, 10 + 90 * at, 80, 60) for at, each in enumerate(shown))
    plates = engrave(edition(page(1, line("Words"), insets=insets)), PressKeys(standard=standard, ink="cmyk"))
    for data in (pages_pdf(plates), flats_pdf(plates, impose(1, 396, 612).flats)):
        spaces = sorted(image["/ColorSpace"] for image in images_in(data))
        assert spaces == ["/DeviceCMYK"] * 4 + ["/DeviceGray"] * 2
        assert b"DeviceRGB" not in data and b"CalRGB" not in data
    black = engrave(edition(page(1, line("Words"), insets=insets)), PressKeys(standard=standard))
    assert {image["/ColorSpace"] for image in images_in(pages_pdf(black))} == {"/DeviceGray"}


def test_a_camera_s_turn_is_heeded():
    """A picture taken with the camera on its side stands upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    slope().save(file, "JPEG", exif=exif, quality=95)
    picture = Picture("a.jpg", "jpeg", SIZE[1], SIZE[0], file.getvalue())
    about, _ = halftone(picture)
    assert (about["Width"], about["Height"], about["Filter"]) == (60, 80, "/FlateDecode")
    greys = decoded(picture)
    assert greys.getpixel((55, 40)) < 30 < 220 < greys.getpixel((4, 40))


def test_the_same_picture_twice_is_one_object():
    """However often it stands, its data lies in the file once, in the booklet too, and the files are the same each time."""
    one, other = saved(slope()), saved(slope("RGB").rotate(180))
    insets = (Inset(one, 40, 300, 160, 120), Inset(one, 40, 100, 80, 60))
    book = edition(page(1, line("Words"), insets=insets), page(2, insets=(Inset(other, 0, 0, 396, 612),)))
    data = pages_pdf(engrave(book))
    assert len(images_in(data)) == 2
    assert pages_pdf(engrave(book)) == data
    plates = engrave(book)
    flats = impose(2, 396, 612).flats
    assert len(images_in(flats_pdf(plates, flats))) == 2


def test_a_picture_fills_its_window_and_no_more():
    """One of another shape is cut off alike on two sides; nothing is painted outside the window."""
    black = saved(Image.new("L", (200, 100), 0))
    book = edition(page(1, insets=(Inset(black, 100, 200, 100, 100),)))
    _, height, rows = ink(pages_pdf(engrave(book)))
    dark = [(x, height - y) for y, row in enumerate(rows) for x, level in enumerate(row) if level < 60]
    assert (min(x for x, _ in dark), max(x for x, _ in dark)) == (100, 199)
    assert (min(y for _, y in dark), max(y for _, y in dark)) == (201, 300)
