"""The errors a person can cause, each with a hint on how to mend it."""

from collections.abc import Iterable


class PressbookError(Exception):
    """Stop the run with a message and a hint; the command exits with 1."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        """What is wrong, naming the file, line or value."""
        self.hint = hint
        """What to do about it, one sentence."""


class ManuscriptError(PressbookError):
    """The manuscript is missing, empty, or not text."""


class ConfigError(PressbookError):
    """A key or value of `pressbook.toml`, or of `--set`, cannot be used."""


class FontError(PressbookError):
    """A face is missing, unreadable, forbids embedding, or lacks a character."""


class LayoutError(PressbookError):
    """The page is too small for the type that should stand on it."""


class OutputError(PressbookError):
    """A result could not be written."""


class DocumentError(PressbookError):
    """A PDF that was given cannot be read."""


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known name that a misspelt one was most probably meant for, capitals or not; empty if none is like it.

    `cutoff` is how alike they must be at least, from 0 to 1.
    """
    from difflib import get_close_matches  # hardly any run has a name misspelt

    folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), list(folded), n=1, cutoff=cutoff)
    return folded[near[0]] if near else ""
