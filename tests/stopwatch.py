"""Measuring time on a machine that has other things to do: in turn, by minima, and again before anything is called slow."""

import gc
import os
from collections.abc import Callable
from time import process_time
from weakref import WeakKeyDictionary

TRIES = 5
"""So often a measurement is repeated before its result is believed: what is slow is slow each time, a busy machine is not."""
_latest: WeakKeyDictionary[Callable[[], object], float] = WeakKeyDictionary()
"""What yardsticks took last: one that many tests share is not run twice between them."""
_USUAL = 0.02
"""Seconds of the processor's time that `_work` takes on the machine for which limits in seconds were set."""


def seconds(act: Callable[[], object]) -> float:
    """Measure what an act takes once, in the processor's time: other programs do not count, nor does collecting garbage."""
    collects = gc.isenabled()
    gc.disable()
    try:
        start = _spent()
        act()
        return _spent() - start
    finally:
        if collects:
            gc.enable()


def times_as_long(act: Callable[[], object], yardstick: Callable[[], object], limit: float) -> float:
    """Say how many times as long an act takes as a yardstick, the lesser of one before and one after; above the limit, again."""
    found = float("inf")
    before = _latest.get(yardstick) or seconds(yardstick)
    for _ in range(2 * TRIES):
        took, after = seconds(act), seconds(yardstick)
        found = min(found, took / max(min(before, after), 1e-9))
        before = _latest[yardstick] = after
        if found < limit:
            break
    return found


def soon(act: Callable[[], object], limit: float) -> bool:
    """Tell whether an act takes less than so many seconds; a slower machine has as many more as it is slower."""
    for _ in range(TRIES):
        took = seconds(act)
        if took < limit or took < limit * seconds(_work) / _USUAL:
            return True
    return False


def _spent() -> float:
    here = os.times()
    return process_time() + here.children_user + here.children_system


def _work() -> None:
    """Do a little of everything that Python does."""
    words: dict[str, int] = {}
    for number in range(100_000):
        word = str(number % 1000)
        words[word] = words.get(word, 0) + len(word)
