"""Marking up: an ordered table of small rules that turn a `Manuscript` into a `Book`."""

from pressbook.markup.asides import notes_of
from pressbook.markup.book import RULES, mark_up, set_words
from pressbook.markup.gathering import files_of, mark_each, understand
from pressbook.markup.languages import spoken
from pressbook.markup.marked import marked
from pressbook.markup.review import Keys, Seen, review_list, see, uncertain

__all__ = [
    "RULES",
    "Keys",
    "Seen",
    "files_of",
    "mark_each",
    "mark_up",
    "marked",
    "notes_of",
    "review_list",
    "see",
    "set_words",
    "spoken",
    "uncertain",
    "understand",
]
