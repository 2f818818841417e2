"""Proofs: what a careful reader would find in the finished pages."""

from pressbook.proof.typography import Typography, WorstLine, in_words, survey

__all__ = ["Typography", "WorstLine", "in_words", "survey"]
