"""The e-book: a `Book` becomes an EPUB 3, with the decisions that print has; nothing is decided here."""

from pressbook.ebook.package import epub

__all__ = ["epub"]
