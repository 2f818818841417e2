"""The composing stick: display type set and stood on a page that does not know its neighbours yet."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from pressbook.config import Design
from pressbook.errors import LayoutError
from pressbook.model import UNTOLD, Code, Figure, Inset, Line, Ornament, PageKind, Role, Side, Slug, Story
from pressbook.units import Pt
from pressbook.values import Value

DISPLAY_MEASURE = 0.86
"""Of the measure: titles and small type keep within it."""
SOLID = 1.18
"""From baseline to baseline of a title's lines, times their size."""


class SetLines(Protocol):
    """Sets display type: what the compositor lends to the page maker."""

    def __call__(
        self, text: str, role: Role, measure: Pt, align: Literal["left", "centre", "right"] = "centre", scale: float = 1.0
    ) -> tuple[Line, ...]:
        """Return the text as lines, ragged, at most `measure` wide, in the role's size or `scale` times it."""


class Draft(NamedTuple):
    """A page before it knows its neighbours."""

    kind: PageKind
    slugs: tuple[Slug, ...] = ()
    figures: tuple[Figure, ...] = ()
    title: str = ""
    """The chapter's title, which a running head on it may say."""
    story: Story = UNTOLD
    """The story that it is of."""
    codes: tuple[Code, ...] = ()
    insets: tuple[Inset, ...] = ()
    """Pictures."""


class Words(NamedTuple):
    """A stretch of display type."""

    text: str
    role: Role
    above: float = 0.0
    """White above it, in leadings, from the last baseline of what stands there."""


class Stick(Value):
    """Sets display type for the pages of one design."""

    design: Design
    set_lines: SetLines
    ornament: Ornament | str | None
    """What parts scenes: an ornament, a text, or None for white alone."""

    @property
    def display_measure(self) -> Pt:
        """How wide titles and small type may be."""
        return DISPLAY_MEASURE * self.design.measure

    def left(self, side: Side) -> Pt:
        """Return where the type page begins on a page of that side."""
        return self.design.margins.inner if side == "recto" else self.design.margins.outer

    def centred(self, line: Line, y: Pt, measure: Pt, side: Side) -> Slug:
        """Centre a line set to a narrower measure on the type page."""
        return Slug(line, self.left(side) + (self.design.measure - measure) / 2, y)

    def stack(self, blocks: Sequence[Words], y: Pt, side: Side, scale: float = 1.0) -> list[Slug]:
        """Centre blocks of display type one below the other, the first line at a height; all of it smaller by choice."""
        measure = self.display_measure
        slugs: list[Slug] = []
        for block in blocks:
            lines = self.set_lines(block.text, block.role, measure, scale=scale)
            if not lines:
                continue
            if slugs:
                y -= block.above * self.design.leading
            step = SOLID * size_of(lines[0])
            for number, line in enumerate(lines):
                y -= step * (number > 0)
                slugs.append(self.centred(line, y, measure, side))
        return slugs

    def figure(self, ornament: Ornament, middle: Pt, height: Pt, side: Side) -> Figure:
        """Centre an ornament on the measure, its middle at a height."""
        # A wide ornament, such as a rule, is kept to two thirds of the measure.
        height = min(height, 0.66 * self.design.measure / ornament.width)
        x = self.left(side) + (self.design.measure - ornament.width * height) / 2
        return Figure(ornament, x, middle - height / 2, height)

    def check_room(self, slugs: Sequence[Slug], what: str, hint: str) -> None:
        """Refuse display type that would run off its page; LayoutError names it."""
        if not self.has_room(slugs):
            raise LayoutError(f"{what} does not fit its page of {self.design.trim.name}", hint)

    def has_room(self, slugs: Sequence[Slug]) -> bool:
        """Tell whether display type keeps to the page, half its margins left white at the least."""
        design = self.design
        top, bottom = design.trim.height - 0.5 * design.margins.head, 0.5 * design.margins.foot
        return all(bottom <= slug.y <= top for slug in slugs)


def side_of(number: int) -> Side:
    """Tell on which side of its leaf a page stands."""
    return "recto" if number % 2 else "verso"


def size_of(line: Line) -> Pt:
    """Return the size of a line's first letters."""
    return line.words[0].pieces[0].style.size
