"""Composition: faces, shaping, hyphenation and the breaking of lines."""
