"""Preflight: a finished PDF, ours or not, read back and held against what a printer takes."""

from typing import TYPE_CHECKING

from pressbook.proof.preflight.against import Copy, against
from pressbook.proof.preflight.covers import judge_cover
from pressbook.proof.preflight.dossier import Box, Dossier, Leaf
from pressbook.proof.preflight.rules import judge
from pressbook.proof.preflight.words import finding_words, summary

if TYPE_CHECKING:
    from pressbook.proof.preflight.opened import examine

__all__ = ["Box", "Copy", "Dossier", "Leaf", "against", "examine", "finding_words", "judge", "judge_cover", "summary"]


def __getattr__(name: str) -> object:
    # Start-up counts: pikepdf and pdfium come in when the first file is examined, not with the room.
    if name != "examine":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pressbook.proof.preflight.opened import examine

    return examine
