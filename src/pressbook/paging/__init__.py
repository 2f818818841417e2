"""Paging: lines become pages on spreads, with their furniture; copy is fitted to a number of pages."""

from pressbook.paging.cuts import coarse
from pressbook.paging.furniture import ornament_for, paginate
from pressbook.paging.ornaments import find_ornament

__all__ = ["coarse", "find_ornament", "ornament_for", "paginate"]
