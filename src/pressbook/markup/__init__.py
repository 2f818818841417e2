"""Marking up: an ordered table of small rules that turn a `Manuscript` into a `Book`."""

from pressbook.markup.book import RULES, mark_up
from pressbook.markup.marked import marked
from pressbook.markup.review import Keys, Seen, review_list, see, uncertain

__all__ = ["RULES", "Keys", "Seen", "mark_up", "marked", "review_list", "see", "uncertain"]
