"""Painting: an `Edition` becomes bytes; no decisions are taken here."""

from typing import TYPE_CHECKING

from pressbook.pdf.paint import Plates, engrave
from pressbook.pdf.transcript import transcript

if TYPE_CHECKING:
    from pressbook.pdf.covers import cover_pdf
    from pressbook.pdf.document import flats_pdf, pages_pdf

__all__ = ["Plates", "cover_pdf", "engrave", "flats_pdf", "pages_pdf", "transcript"]


def __getattr__(name: str) -> object:
    # Start-up counts: reportlab comes in when the first PDF is written, not with the room.
    if name == "cover_pdf":
        from pressbook.pdf import covers

        return covers.cover_pdf
    if name not in ("flats_pdf", "pages_pdf"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pressbook.pdf import document

    return getattr(document, name)
