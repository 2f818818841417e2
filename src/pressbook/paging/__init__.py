"""Paging: lines become pages on spreads, with their furniture."""

from pressbook.paging.furniture import paginate
from pressbook.paging.ornaments import find_ornament

__all__ = ["find_ornament", "paginate"]
