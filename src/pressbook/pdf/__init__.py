"""Painting: an `Edition` becomes bytes; no decisions are taken here."""
