"""What the rules are made of: the values that pass between them, and the shape of a row in the table."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from pressbook.markup.broken import Broken
from pressbook.model.story import DecisionKind, Run
from pressbook.values import Value

if TYPE_CHECKING:
    from pressbook.config.schema import House

Act = TypeVar("Act")
Stage: TypeAlias = Literal["outline", "text", "style"]


class Rule(NamedTuple, Generic[Act]):
    """A row of the table: an id that decisions and overrides name, the verb, and what it does in a sentence."""

    name: str
    stage: Stage
    act: Act
    says: str


class Note(NamedTuple):
    """What a rule decided, before the paragraph has its place in the book."""

    kind: DecisionKind
    rule: str
    confidence: float
    evidence: str
    start: int = -1
    """First character in the text that the rule returned; -1 if the note concerns the whole paragraph."""
    end: int = -1
    applied: bool = True


ItemKind: TypeAlias = Literal[
    "text", "plain", "quote", "more", "verse", "centred", "signature", "section", "heading", "front", "back", "break", "pause",
    "title", "author", "dropped", "picture", "footnote",
]  # fmt: skip


class Item(NamedTuple):
    """A block of the manuscript with what it was taken for.

    `plain` is a paragraph that its author says is one, whatever it looks like, so that no rule takes it for anything else; it
    becomes `text` or `verse` once the outline stands. `more` is a quote that belongs to the one above; `dropped` is a typed
    list of contents, kept only in its decision; a `footnote` without a label goes on with the one above; a `picture`'s text is
    its line in the notation.
    """

    kind: ItemKind
    text: str
    """The words, without structural marks such as `#`; the marker as typed for a break."""
    line: int
    gap: int = 0
    """Blank lines above it."""
    label: str = ""
    """What opens front or back matter, such as `Foreword`; of a footnote, the sign by which the text refers to it."""
    note: Note | None = None
    indent: int = 0
    """Columns of white space before it."""
    refs: tuple[int, ...] = ()
    """For each mark in its text that refers to a footnote, which one of the book's, from 0."""


class Outline(NamedTuple):
    """The whole manuscript, item by item."""

    items: tuple[Item, ...]
    gap: int
    """Blank lines that normally part two paragraphs."""
    links: tuple[str, ...] = ()
    """The addresses to which its words lead, by the marks that stand for them."""


Told: TypeAlias = Literal["third past", "third present", "first past", "first present", "second past", "second present", "unknown"]


class Habits(NamedTuple):
    """How this book is typed and told; rules judge a paragraph against it."""

    house: "House"
    language: str = "en-US"
    """The book's language, by its code."""
    practice: int = 0
    """Which of its language's ways with quotation marks the book follows."""
    speech: Literal["double", "single"] = "double"
    """The marks around speech."""
    quotes_thoughts: bool = False
    """Whether single marks stand around thoughts, as verbs of thinking beside them say."""
    broken: Broken = Broken()
    """The words that lines' ends broke."""
    told: Told = "unknown"
    """The narration's person and tense, in this chapter."""
    certainty: float = 0.0
    """Of `told`, 0 to 1."""


class Styled(Value):
    """A paragraph's runs, with what was decided about them."""

    runs: tuple[Run, ...]
    notes: tuple[Note, ...] = ()
    removed: tuple[int, ...] = ()
    """Where letters stood that are gone, sorted; earlier notes move up by them."""


Edited: TypeAlias = tuple[str, tuple[Note, ...]]
"""What a text rule returns: the text, and what it decided."""

UNTOUCHED: tuple[Note, ...] = ()


def count(number: int, thing: str) -> str:
    """Say `1 thing` or `n things`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def shift(notes: tuple[Note, ...], removed: Sequence[int]) -> tuple[Note, ...]:
    """Move notes to where their letters stand once the characters at `removed` (sorted) are gone; a note on these goes too."""
    if not removed or not notes:
        return notes
    shifted: list[Note] = []
    for note in notes:
        start, end = note.start - bisect_left(removed, note.start), note.end - bisect_left(removed, note.end)
        if note.start < 0:
            shifted.append(note)
        elif start < end or note.start == note.end:
            shifted.append(note._replace(start=start, end=end))
    return tuple(shifted)
