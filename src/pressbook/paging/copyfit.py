"""Copyfitting: the least ugly setting of a story on exactly the pages asked for.

As a compositor does it: count the letters, cast off how many pages each size, leading, measure and depth would take,
begin with the handsomest that promises to fit, and set it. Casting off only says what to try next; a fit is a book set
in full that has the pages, and no blank one behind the story. What a setting teaches goes into the next cast-off.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from math import inf
from typing import NamedTuple, TypeAlias

from pressbook.config import Counts, Design, Opening, respecify, whole_sheet
from pressbook.errors import LayoutError
from pressbook.model import Book, Edition, Fit
from pressbook.paging.castoff import CastOff, Reach
from pressbook.paging.prices import NO_COLOPHON, foreseen, lines_of, price_of_fill, price_of_opening, reach_of, weigh
from pressbook.paging.specification import Candidate, letters_in, specifications
from pressbook.values import replace

SetIn: TypeAlias = Callable[[Design], Edition]
"""Sets the book in full; LayoutError where a page has no room for its display type."""

TRIES = 12
"""Settings in full, for a count that was asked for."""
GLANCES = 2
"""The same for a neighbour that only goes into the menu."""
LONG = 250_000
"""A story of so many letters takes long to set: it is tried half as often, and its neighbours are glanced at once."""
STRETCHES = 3
"""Settings of what comes nearest, where the cast-off sees no way at all: it may be wrong."""
GAIN = 0.3
"""A setting must promise to be handsomer by so much than the best so far to be worth its while."""
CLOSE = 0.4
"""Part of a page by which it may be wrong again and again."""
NUDGE = 5
"""Most lines by which each chapter's length is changed to lose or gain a page."""


class _Trial(NamedTuple):
    """A specification set in full."""

    design: Design
    fit: Fit
    reach: Reach
    lines: int
    """Of text."""
    body: int
    """Pages before the colophon and what fills the sheet."""

    def holds_for(self, counts: Counts) -> bool:
        """Tell whether it would come out alike if other counts were asked for: they only say where the colophon stands."""
        own = self.design.counts
        return own.step == counts.step and all(own.admit(count) == counts.admit(count) for count in (self.body, self.body + 1))


def fit_copy(design: Design, book: Book, set_in: SetIn) -> tuple[Design, tuple[Fit, ...]]:
    """Return the design on which a book has the pages that `design.counts` asks for, and the menu it was chosen from.

    Size, leading, measure, depth, front matter and looseness are free within the limits of `specification`, unless the
    config gives them. LayoutError names the nearest counts that can be had.
    """
    desk = _Desk(design, book, set_in, specifications(design))
    chosen = desk.search(design.counts, desk.patience)
    if chosen is None:
        raise _refusal(desk)
    glances = GLANCES if book.letters < LONG else 1
    menu = _menu(desk, chosen, glances)
    while (best := desk.fitting(design.counts)[0]) is not chosen:
        # Of several counts that will do, a neighbour proved handsomer than the search foresaw.
        chosen, menu = best, _menu(desk, best, glances)
    return chosen.design, menu


def _menu(desk: "_Desk", chosen: _Trial, glances: int) -> tuple[Fit, ...]:
    """List the chosen setting, the rule's own, the next best of as many pages, and the best with a step more or less."""
    pages, step = chosen.fit.pages, max(4, desk.plan.counts.step)
    near = [desk.search(Counts(1, count), glances) for count in (pages - step, pages + step) if count > 0]
    others = [trial for trial in desk.fitting(Counts(1, pages)) if trial.fit != chosen.fit]
    shown = (desk.trials[0] if desk.trials[0].design is desk.plan else None, next(iter(others), None), *near)
    fits = dict.fromkeys(trial.fit for trial in shown if trial and trial.fit != chosen.fit)
    return tuple(sorted((*fits, replace(chosen.fit, chosen=True)), key=lambda fit: (fit.pages, fit.price)))


def _refusal(desk: "_Desk") -> LayoutError:
    """Say that a count cannot be had, and which can: the nearest three below and above, each of them set to be sure."""
    plan, config = desk.plan, desk.plan.config
    said = f"page.pages = {config.page.pages}"
    can = [str(count) for counts in desk.other_counts() for count in sorted(islice(filter(desk.can_have, counts), 3))]
    if not can:
        return desk.trouble or LayoutError(f"{said}: no number of pages suits this story", "choose another page.trim")
    keys = {"type.size": config.type.size, "type.leading": config.type.leading, "page.margins": config.page.margins}
    given = _listed([key for key, value in keys.items() if value != "auto"], "and")
    return LayoutError(
        f"{said}: the story cannot be set on so many pages of {plan.trim.name} within the limits of good type",
        f"{_listed(can, 'or')} can be had; or " + (f"leave {given} to the search" if given else "choose another page.trim"),
    )


def _listed(names: list[str], last: str) -> str:
    """Write names as a list in words."""
    return f" {last} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


_Settings: TypeAlias = dict[Design, list[_Trial]]
"""What was set, by designs that ask for no count."""


class _Desk:
    """What the search knows: the specifications within the limits, and what setting some of them has taught."""

    def __init__(
        self, plan: Design, book: Book, set_in: SetIn, candidates: list[Candidate], settings: _Settings | None = None
    ) -> None:
        self.plan = plan
        self.patience = TRIES if book.letters < LONG else TRIES // 2
        """Settings in full, for a count that was asked for."""
        self.trials: list[_Trial] = []
        self.trouble: LayoutError | None = None
        """Why the last design that could not be set could not."""
        self._book = book
        self._set_in = set_in
        self._candidates = candidates
        self._settings: _Settings = {} if settings is None else settings
        self._tried: set[tuple[float, int, Opening, Counts]] = set()
        self._copy = CastOff(book, plan)
        self.try_out(plan)

    def search(self, counts: Counts, tries: int, gain: float = GAIN) -> _Trial | None:
        """Return the least ugly setting of the pages asked for; None if there is none.

        A setting is tried if it promises to be handsomer by `gain`, should what cannot be foreseen come out as well as
        it ever did; with an infinite gain the first fit will do.
        """
        stretches = 0
        for _ in range(tries):
            best = next(iter(self.fitting(counts)), None)
            candidate, pages = self._promising(counts)
            if candidate is None and best is None:
                stretches += 1
                gap, pages, candidate = self._nearest(counts)
                if stretches > STRETCHES and gap > CLOSE:
                    break
            if candidate is None or (best and candidate.price + self._luck() > best.fit.price - gain):
                break
            spec = candidate.spec
            trial = self.try_out(replace(respecify(self.plan, spec, pages), counts=counts))
            if trial and not (trial.fit.blanks == 0 and counts.admit(trial.fit.pages)):
                self._nudge(trial, pages)
        return next(iter(self.fitting(counts)), None)

    def fitting(self, counts: Counts) -> list[_Trial]:
        """List what was set so far on the pages asked for without a blank behind the story, handsomest first."""
        fits = [trial for trial in self.trials if trial.fit.blanks == 0 and counts.admit(trial.fit.pages)]
        return sorted(fits, key=lambda trial: trial.fit.price)

    def try_out(self, design: Design) -> _Trial | None:
        """Set the book in full and learn from it; None if the design leaves its display type no room."""
        spec = design.spec
        letters = letters_in(spec)
        self._tried.add((letters, spec.lines, spec.opening, design.counts))
        try:
            trial = self._set(design)
        except LayoutError as error:
            self.trouble = error
            return None
        self.trials.append(trial)
        if not spec.looseness:
            self._copy.learn(letters, spec, trial.reach, trial.lines)
        return trial

    def _set(self, design: Design) -> _Trial:
        """Set the book in full, unless it was set so before for a count that makes no difference."""
        known = self._settings.setdefault(replace(design, counts=Counts(1)), [])
        trial = next((each for each in known if each.holds_for(design.counts)), None)
        if trial is None:
            edition = self._set_in(design)
            fit, reach = weigh(design, self.plan, edition), reach_of(design, edition)
            trial = _Trial(design, fit, reach, lines_of(edition), _body_of(edition))
            known.append(trial)
        return trial._replace(design=design)

    def can_have(self, pages: int) -> bool:
        """Tell whether a count would be found if it were asked for: by a desk that has learnt nothing yet, as then."""
        counts = Counts(self._sheet, pages)
        plan = replace(self.plan, counts=counts)
        desk = _Desk(plan, self._book, self._set_in, self._candidates, self._settings)
        return desk.search(counts, desk.patience, inf) is not None

    def other_counts(self) -> tuple[range, range]:
        """List the counts, nearest first, below and above the one that was asked for; all that the cast-off holds possible."""
        sheet, counts = self._sheet, self.plan.counts
        reaches = [self._copy.guess(candidate.letters, candidate.spec).pages for candidate in self._candidates]
        least, most = min(reaches, default=1) // sheet * sheet, max(reaches, default=0) // sheet * sheet + sheet
        asked = counts.only or counts.step
        return (
            range(min(asked - sheet, most), max(0, least - sheet), -sheet),
            range(max(asked + sheet, least), most + 1, sheet),
        )

    @property
    def _sheet(self) -> int:
        return whole_sheet(self.plan.config)

    def _luck(self) -> float:
        """Return the least that what cannot be foreseen has cost so far."""
        return min((trial.fit.price - foreseen(trial.fit) for trial in self.trials), default=0.0)

    def _untried(self, counts: Counts) -> Iterator[tuple[Candidate, Reach]]:
        """List the specifications not tried for this count, handsomest first, each with how far the book should reach."""
        for candidate in self._candidates:
            letters, spec = candidate.letters, candidate.spec
            if (letters, spec.lines, spec.opening, counts) not in self._tried:
                yield candidate, self._copy.guess(letters, spec)

    def _promising(self, counts: Counts) -> tuple[Candidate | None, int]:
        """Return the untried specification that promises to fit at the lowest price, and its pages."""
        best: tuple[Candidate | None, int] = (None, 0)
        lowest = inf
        for candidate, reach in self._untried(counts):
            if candidate.price >= lowest:
                break
            for pages, dropped in ((reach.pages + 1, 0.0), (reach.pages, NO_COLOPHON)):
                if counts.admit(pages):
                    opening = price_of_opening(candidate.spec.opening, pages)
                    price = candidate.price + dropped + opening + price_of_fill(reach.fill)
                    if price < lowest:
                        lowest, best = price, (candidate._replace(price=price), pages)
        return best

    def _nearest(self, counts: Counts) -> tuple[float, int, Candidate | None]:
        """Return the specification that comes nearest to a count out of reach, with how many pages it lacks, and its pages."""
        ways = [(*_gap(counts, reach), candidate) for candidate, reach in self._untried(counts)]
        return min(ways, key=lambda way: way[0], default=(0.0, 0, None))

    def _nudge(self, trial: _Trial, pages: int) -> None:
        """Where a page is missed by a few lines, set the chapters that much longer or shorter."""
        design, (reached, fill) = trial.design, trial.reach
        filled = round(fill * design.lines)
        for wanted, lines in ((reached - 1, -filled), (reached + 1, design.lines - filled + 5)):
            if abs(lines) <= NUDGE and wanted in (pages, pages - 1):
                self.try_out(replace(design, looseness=lines))


def _body_of(edition: Edition) -> int:
    """Count the pages before the colophon's own, and before the blank ones that fill the sheet."""
    kinds = [page.kind for page in edition.pages]
    if kinds[-1] == "colophon":
        kinds.pop()
    while kinds and kinds[-1] == "blank":
        kinds.pop()
    return len(kinds)


def _gap(counts: Counts, reach: Reach) -> tuple[float, int]:
    """Return how many pages a book is too short or too long for the nearest count that is admitted, and that count."""
    far = reach.pages - 1 + reach.fill
    below = reach.pages // counts.step * counts.step
    near = (counts.only,) if counts.only else (max(below, counts.step), below + counts.step)
    return min((max(0.0, count - 2 - far, far - count), count) for count in near)
