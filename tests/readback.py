"""Reading a set book back: its pages' words, with the furniture taken off."""

import ctypes
import io
import re
import unicodedata

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


def pages_of(data):
    """Return (text, label) of each page as pdfium reads them, a newline between lines in the place of the space there."""
    document = pypdfium2.PdfDocument(data)
    texts = [re.sub(" *\r\n", "\n", page.get_textpage().get_text_range()) for page in document]
    return [(text, document.get_page_label(number)) for number, text in enumerate(texts)]


def story_of(pages, heads):
    """Join the pages after the title page, without folios and running heads: lines at a page's edges that are known to be such."""
    kept = []
    for text, label in pages[1:]:
        # pdfium runs what follows a line-end hyphen on, be it the folio.
        lines = text.replace("\ufffe", "\ufffe\n").strip("\f\n").split("\n")
        for edge in (0, -1):
            while lines and lines[edge].strip() in ("", label, *heads):
                lines.pop(edge)
        kept += lines
    return "\n".join(kept)


def words(text):
    """List the words, letters and digits only; what a hyphen parts, typed or made at a line's end, is one."""
    joined = re.sub("(?<=[^\\W_])[-\u00ad\u2010\u2011\ufffe](?:\\s*\n)?(?=[^\\W_])", "", unicodedata.normalize("NFC", text))
    return re.findall(r"[^\W_]+", joined)


def letters(text):
    """Return the letters and digits alone."""
    return "".join(words(text))


def boxes_of(data, page):
    """List (left, bottom, right, top) of each glyph of a page."""
    text = pypdfium2.PdfDocument(data)[page].get_textpage()
    visible = [at for at in range(text.count_chars()) if not chr(pdfium.FPDFText_GetUnicode(text, at)).isspace()]
    return [text.get_charbox(at) for at in visible]


def opened(data):
    """Open with qpdf's library."""
    return pikepdf.open(io.BytesIO(data))


def operators_of(pdf):
    """Yield (operator, operands) of all that the pages and the forms on them paint."""
    for page in pdf.pages:
        for painted in (page, *page.get("/Resources", {}).get("/XObject", {}).values()):
            for operands, operator in pikepdf.parse_content_stream(painted):
                yield str(operator), operands


def drawn_on(data, page):
    """List (left, bottom, right, top) of each thing drawn on a page, ornaments among them."""
    found = []
    for thing in pypdfium2.PdfDocument(data)[page].get_objects(max_depth=1):
        edges = [ctypes.c_float() for _ in range(4)]
        assert pdfium.FPDFPageObj_GetBounds(thing.raw, *edges)
        found.append(tuple(edge.value for edge in edges))
    return found


def letters_at(data, page=0):
    """List (letter, x, y) of every glyph of a page with pdfium, white left out."""
    text = pypdfium2.PdfDocument(data)[page].get_textpage()
    x, y, found = ctypes.c_double(), ctypes.c_double(), []
    for at in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        if not letter.isspace():
            found.append((letter, x.value, y.value))
    return found
