"""Marking up: an ordered table of small rules that turn a `Manuscript` into a `Book`."""
