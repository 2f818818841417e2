"""Marking up: an ordered table of small rules that turn a `Manuscript` into a `Book`."""

from pressbook.markup.book import RULES, letters, mark_up
from pressbook.markup.marked import marked

__all__ = ["RULES", "letters", "mark_up", "marked"]
