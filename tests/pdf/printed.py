"""What other programs see in a finished PDF."""

import pypdfium2

from readback import opened


def said(data, page=0):
    """Extract a page's text with pdfium, lines by newline, the spaces before it left out.

    pdfium writes U+FFFE for any hyphen at a line's end.
    """
    text = pypdfium2.PdfDocument(data)[page].get_textpage().get_text_range().replace("\r\n", "\n")
    return "\n".join(row.rstrip(" ") for row in text.split("\n"))


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
