"""Set a story as a book: typed text in, print-ready PDF out."""

__version__ = "0.1.0"
