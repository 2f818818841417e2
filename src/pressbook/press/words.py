"""What to do with the sheets that leave the printer, in plain words."""

from collections.abc import Sequence

from pressbook.config import Duplex
from pressbook.press.folding import Fold
from pressbook.press.schemes import Arrangement
from pressbook.units import MM, Pt
from pressbook.values import Value

THICK = 15
"""More sheets than this, one inside the other, resist a bone folder and an office stapler."""
MOST_STAPLED = 30
"""More than this no stapler with a long arm goes through."""

_FEW = 8
"""So many signatures are listed one by one."""

_NUMBERS = ("No", "A", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


class Job(Value):
    """One copy of a book on its way from the printer to the shelf."""

    arrangement: Arrangement
    pages: int
    """Of the story."""
    sheet: str
    """The paper's name."""
    duplex: Duplex
    trim: str = ""
    """What to trim to, in words; empty if no paper is left over."""
    holes: tuple[Pt, ...] = ()
    """Where to pierce a gathering, below its head."""
    creep: Pt = 0.0
    """How far the innermost pages were shifted towards the spine."""

    @property
    def sheets(self) -> int:
        """How many go into the printer."""
        return len(self.arrangement.sheets)

    @property
    def blanks(self) -> int:
        """How many blank pages stand behind the last, so that the sheets are full."""
        return self.arrangement.room - self.pages


def steps(job: Job) -> tuple[str, ...]:
    """Say how to print, cut, fold and bind, one step after another."""
    scheme = job.arrangement.scheme
    finish = {
        "saddle": _saddle,
        "mini-8": _mini,
        "french": _french,
        "cut-and-stack": _stack,
    }.get(scheme, _sewn if job.arrangement.bound else _as_they_are)
    return (*_print(job), *_halve(job), *finish(job))


def remarks(job: Job) -> tuple[str, ...]:
    """Say what else a person may wonder about."""
    found = []
    if job.blanks and job.arrangement.bound:
        many = _NUMBERS[job.blanks] if job.blanks < len(_NUMBERS) else str(job.blanks)
        found.append(f"{many} blank page{' follows' if job.blanks == 1 else 's follow'} page {job.pages}, to fill the last sheet.")
    inside = max((len(gathering.sheets) for gathering in job.arrangement.gatherings), default=0)
    if inside > MOST_STAPLED and job.arrangement.scheme == "saddle":
        instead = 'set booklet.scheme = "signatures" and sew, or book.volume-pages'
        found.append(f"{inside} sheets are more than a staple holds: {instead}.")
    elif inside > THICK:
        found.append(f"{inside} sheets make a thick booklet: crease each before stacking, and use a long-reach stapler.")
    if job.creep:
        found.append(f"The innermost pages stand {job.creep / MM:.1f} mm nearer to the fold, as far as their leaves creep out.")
    return tuple(found)


def instructions(job: Job) -> str:
    """Say it all, the steps numbered, a line each, without a last line end."""
    return "\n".join([*(f"{number}. {step}" for number, step in enumerate(steps(job), 1)), *remarks(job)])


def _paper(job: Job) -> str:
    return f"one sheet of {job.sheet} paper" if job.sheets == 1 else f"{job.sheets} sheets of {job.sheet} paper"


def _print(job: Job) -> list[str]:
    actual = "at 100 % (“actual size”)"
    if not job.arrangement.two_sided:
        return [f"Print on {_paper(job)}, one side, {actual}."]
    if job.duplex != "by-hand":
        return [f"Print on {_paper(job)}, both sides, flipped on the {job.duplex.replace('-', ' ')}, {actual}."]
    pile, first = ("sheet", "") if job.sheets == 1 else ("pile", ", and sheet 1 goes in first")
    return [
        f"Print the file of fronts on {_paper(job)}, one side, {actual}.",
        f"Put the {pile} back into the tray, turned over as one turns a leaf of a book, so that the blank sides will be printed,"
        f" heads as before{first}; print the file of backs. Try it on a single sheet, a corner marked in pencil.",
    ]


def _halve(job: Job) -> list[str]:
    if not job.arrangement.halved:
        return []
    if job.sheets == 1 and job.arrangement.room == 4:
        return ["Cut the sheet in two across the middle; only the upper half is needed."]
    pile = "sheet" if job.sheets == 1 else "pile"
    return [
        f"Lay the {pile} with page 1 on top, cut it in two across the middle, at the ticks, and put the upper half on the lower."
    ]


def _trim(job: Job) -> list[str]:
    return [f"Trim the three open sides to {job.trim}; leave the spine alone."] if job.trim else []


def _saddle(job: Job) -> list[str]:
    folios = len(job.arrangement.gatherings[0].sheets)
    if folios == 1:
        fold = ["Fold it in half with page 1 in front. A single sheet needs no staple."]
    else:
        left, right = 2 * folios, 2 * folios + 1
        fold = [
            f"Stack them with page 1 face down at the bottom, and pages {left} and {right} face up on top.",
            f"Fold the stack in half between pages {left} and {right}, so that page 1 comes to the front.",
            "Staple twice through the fold, from the outside in.",
        ]
    return [*fold, *([f"Trim the three open sides to {job.trim}; leave the fold alone."] if job.trim else [])]


def _sewn(job: Job) -> list[str]:
    gatherings = job.arrangement.gatherings
    counts = [len(gathering.sheets) for gathering in gatherings]
    folds = job.arrangement.folds
    found = []
    if len(folds) == 1:
        once = "Fold it in half, page 1 in front."
        found.append(once if counts == [1] else f"{_sort(counts)} Fold each in half, its first page in front.")
    else:
        found.append(
            "Lay each sheet so that its lowest page number is face down at the lower left. "
            + _by_turns(folds)
            + " Crease every fold well."
        )
        if max(counts) > 1:
            found.append("Put the folded sheets into one another, sheet 1 outside." if len(counts) == 1 else _sort(counts))
    holes = ", ".join(f"{hole / MM:.0f}" for hole in job.holes)
    pierce = f"at the marks inside, {holes} mm below the head"
    if len(gatherings) == 1:
        found.append(f"Pierce it through the fold {pierce}, and sew.")
    else:
        found.append(
            f"Stack the {len(gatherings)} signatures: the black marks on their backs run down like stairs. Pierce each through the"
            f" fold {pierce}; sew one to the next, then glue the back."
        )
    if len(folds) > 1:
        open_sides = "at the head" if len(folds) == 2 else "at the head and the fore-edge" if len(folds) == 3 else "on all sides"
        found.append(
            f"Cut the folds {open_sides} open" + (f", and trim to {job.trim}; leave the spine alone." if job.trim else ".")
        )
    else:
        found += _trim(job)
    return found


def _sort(counts: Sequence[int]) -> str:
    """Say which sheets belong together."""
    if len(counts) == 1:
        return "All sheets belong into one another, sheet 1 outside."
    if max(counts) == 1:
        return "Each sheet is a signature of its own."
    if len(counts) > _FEW:
        thick = counts.count(max(counts))
        rest = f", the others of {min(counts)}" if thick < len(counts) else ""
        return (
            f"Sort the sheets into {len(counts)} signatures, the first {thick} of {max(counts)} sheets{rest}, one inside the other."
        )
    runs, first = [], 1
    for count in counts:
        last = first + count - 1
        runs.append(str(first) if count == 1 else f"{first} and {last}" if count == 2 else f"{first} to {last}")
        first += count
    return f"Sort the sheets into {len(counts)} signatures: {'; '.join(runs)}; the lowest number is outermost."


def _by_turns(folds: Sequence[Fold]) -> str:
    ways = {"upright": "the right half over the left", "level": "the upper half down over the lower"}
    return f"Fold {', then '.join(ways[way] for way in folds)}."


def _mini(_: Job) -> list[str]:
    return [
        "Fold it in half along the long middle, then across the middle, then across once more; crease well, and open it:"
        " eight panels.",
        "Fold it across the middle, short edge on short edge, and cut along the printed line: from the fold to the next crease,"
        " no further.",
        "Open it, fold it along the long middle with the print outside, and push the two ends together until the cut opens and four"
        " leaves stand like a star.",
        "Lay the leaves round each other so that page 1 comes to the front, and press the spine.",
    ]


def _french(_: Job) -> list[str]:
    return [
        "Fold the upper half behind the lower, with the print outside.",
        "Fold the left half behind the right: page 1 is in front, and the blank side is hidden.",
    ]


def _stack(job: Job) -> list[str]:
    piles = job.arrangement.columns * job.arrangement.rows
    glue = [
        "Knock the block up at the spine, clamp it, brush glue on the spine twice, and lay it in its cover.",
        *([f"Trim to {job.trim}."] if job.trim else []),
    ]
    if piles == 1:
        return glue
    return [
        f"Cut the {'sheet' if job.sheets == 1 else 'pile'} at the ticks into {piles} piles{_spare(job, piles)}.",
        "Lay them on one another, page 1 face up on top: the upper left pile first, then those to its right, then the next row.",
        *glue,
    ]


def _spare(job: Job, piles: int) -> str:
    """Say which piles have no page on them; empty if there are none."""
    over = piles - -(-job.pages // (2 * job.sheets))
    many = "the last is" if over == 1 else f"the last {_NUMBERS[over].lower() if over < len(_NUMBERS) else over} are"
    return f"; {many} blank, and left over" if over else ""


def _as_they_are(_: Job) -> list[str]:
    return ["The pages run from left to right and row by row, and go on on the back."]
