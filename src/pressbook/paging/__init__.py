"""Paging: lines become pages on spreads, with their furniture."""
