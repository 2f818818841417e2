"""What a room noticed and the user should know."""

from typing import Literal, TypeAlias

from pressbook.values import Value

Level: TypeAlias = Literal["notice", "warning", "error"]


class Finding(Value):
    """One thing noticed: a notice informs, a warning shows on the page, an error spoils the file."""

    level: Level
    rule: str
    """The rule's id, such as `encoding` or `loose-line`."""
    message: str
    """What was found, naming place and value."""
    page: int | None = None
    """The physical page, from 1, if it stands on one."""
    remedy: str = ""
    """What the user can do about it."""
    file: str = ""
    """The manuscript concerned, where the book has several."""
    value: str = ""
    """What was measured, where something was."""
    limit: str = ""
    """What it is held against."""
    source: str = ""
    """Who says so, and when it was read."""
