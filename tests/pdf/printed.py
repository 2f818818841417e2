"""What other programs see in a finished PDF."""

import ctypes
import io

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


def opened(data):
    """Open with qpdf's library."""
    return pikepdf.open(io.BytesIO(data))


def said(data, page=0):
    """Extract a page's text with pdfium, lines by newline, the spaces before it left out.

    pdfium writes U+FFFE for any hyphen at a line's end.
    """
    text = pypdfium2.PdfDocument(data)[page].get_textpage().get_text_range().replace("\r\n", "\n")
    return "\n".join(row.rstrip(" ") for row in text.split("\n"))


def origins(data, page=0):
    """List (letters, x, y) of every glyph of a page with pdfium, white and line ends left out."""
    text = pypdfium2.PdfDocument(data)[page].get_textpage()
    x, y, found = ctypes.c_double(), ctypes.c_double(), []
    for at in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        if not letter.isspace():
            found.append((letter, x.value, y.value))
    return found


def ink(data, page=0, scale=1.0):
    """Render a page; return (width, height, grey levels from the top as rows of bytes)."""
    bitmap = pypdfium2.PdfDocument(data)[page].render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return bitmap.width, bitmap.height, [rows[start : start + bitmap.width] for start in starts]


def streams(data):
    """Yield every page's and form's decoded content."""
    with opened(data) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            yield page.Contents.read_bytes()
            for drawn in page.get("/Resources", {}).get("/XObject", {}).values():
                if drawn.get("/Subtype") == "/Form":
                    yield drawn.read_bytes()
