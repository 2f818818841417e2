"""Set a story as a book: typed text in, print-ready PDF out."""
