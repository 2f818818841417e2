"""Thoughts found, set in italic: emphasis inside them turns roman, their single quotation marks go."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from pressbook.markup.italics import join_runs, survives
from pressbook.markup.table import Note, Styled, shift
from pressbook.model.story import Run


class Span(NamedTuple):
    """A stretch of a paragraph that may be thought."""

    start: int
    end: int
    note: Note
    drop: tuple[int, ...] = ()
    """Where single quotation marks stand that a thought in italic does without."""


def set_italic(runs: tuple[Run, ...], spans: list[Span]) -> Styled:
    """Set the spans in italic, emphasis inside them in roman, and take away their quotation marks."""
    cover = cover_of(runs)
    wanted = [span for span in sorted(spans) if not cover.marks(span.start, span.end)]
    done = [span for span in wanted if span.note.applied]
    notes = tuple(span.note for span in wanted)
    if not done:
        return Styled(runs, notes)
    dropped = sorted(at for span in done for at in span.drop)
    edges = sorted({edge for span in done for edge in (span.start, span.end, *span.drop, *(at + 1 for at in span.drop))})
    turned = join_runs(_turned(runs, done, edges, set(dropped)))
    if not survives(turned):
        return Styled(runs)
    return Styled(turned, shift(notes, dropped), tuple(dropped))


class Cover(NamedTuple):
    """Where a paragraph is italic, so that a stretch can be asked in logarithmic time."""

    starts: tuple[int, ...]
    """Where each run begins."""
    slanted: tuple[int, ...]
    """How many italic letters stand before it."""
    letters: Sequence[int]
    """How many letters stand before each place, to the end: counted once, as each sentence of a long paragraph asks."""
    runs: tuple[Run, ...]
    """Empty if none of them is italic."""

    def marks(self, start: int, end: int) -> bool:
        """Tell whether the author marked a good part of the stretch: what is set in italic now, its emphasis in roman, is more."""
        if not self.runs:
            return False
        (first, before), (last, until) = self._until(start), self._until(end)
        return until - before > 0.45 * (last - first)

    def _until(self, at: int) -> tuple[int, int]:
        """Count the letters before a place, and those of them that are italic."""
        k = bisect_right(self.starts, at) - 1
        letters = self.letters[at]
        return letters, self.slanted[k] + (letters - self.letters[self.starts[k]]) * self.runs[k].italic


def cover_of(runs: tuple[Run, ...]) -> Cover:
    """Measure where the runs are italic."""
    if not any(run.italic for run in runs):
        return _ROMAN
    letters = array("L", accumulate(map(str.isalnum, "".join([run.text for run in runs])), initial=0))
    starts = tuple(accumulate([len(run.text) for run in runs[:-1]], initial=0))
    slanted = accumulate(
        [(letters[end] - letters[start]) * run.italic for run, (start, end) in zip(runs, pairwise(starts), strict=False)], initial=0
    )
    return Cover(starts, tuple(slanted), letters, runs)


_ROMAN = Cover((), (), (), ())


def _turned(runs: tuple[Run, ...], done: list[Span], edges: list[int], dropped: set[int]) -> Iterator[Run]:
    """Cut the runs at the edges, and turn italic to roman and roman to italic inside the spans."""
    starts = [span.start for span in done]
    at = 0
    for run in runs:
        end = at + len(run.text)
        for a, b in pairwise([at, *edges[bisect_right(edges, at) : bisect_left(edges, end)], end]):
            if a not in dropped:
                k = bisect_right(starts, a) - 1
                inside = k >= 0 and a < done[k].end
                yield Run(run.text[a - at : b - at], run.italic != inside, run.strong)
        at = end
