"""Where the letters of a finished page stand."""

import ctypes

import pypdfium2
from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, foot, right, head, in points."""


def type_boxes(data: bytes) -> tuple[Box | None, ...]:
    """Return what the letters of each page of a PDF cover, from its lower left corner; None for a page without letters."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(_box(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _box(page: pypdfium2.PdfPage) -> Box | None:
    text = page.get_textpage()
    edges = [ctypes.c_double() for _ in range(4)]
    boxes = []
    for at in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if not letter.isspace() and raw.FPDFText_GetCharBox(text, at, *edges):
            left, right, foot, head = (edge.value for edge in edges)
            boxes.append((left, foot, right, head))
    if not boxes:
        return None
    lefts, feet, rights, heads = zip(*boxes, strict=True)
    return min(lefts), min(feet), max(rights), max(heads)
