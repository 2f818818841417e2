"""A second pair of hands: a long piece of work done by a second process, or many short ones by two threads in turns."""

import marshal
import os
import select
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import Any, Self, TypeVar

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")

_at_work: list[int] = []
"""The processes that began this one and go on beside it: each has a core of its own."""


class SecondHand:
    """A second process at work, or nobody. As a context, it is dismissed at the end if nobody asked for its result."""

    def __init__(self, process: int = 0, outlet: int | None = None) -> None:
        self._process = process
        self._pipe = None if outlet is None else open(outlet, "rb")  # noqa: PTH123, SIM115 - a descriptor, not a path

    @property
    def is_busy(self) -> bool:
        """Whether there is a second hand that has nothing to show yet."""
        if self._pipe is None or self._pipe.closed:
            return False
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        return not poll.poll(0)

    def result(self) -> Any | None:  # noqa: ANN401 - whatever the work makes
        """Wait for what the work made; None if there is no second hand, or if it failed. To be asked once."""
        if self._pipe is None or self._pipe.closed:
            return None
        with self._pipe as pipe:
            data = pipe.read()
        status = 0
        with suppress(ChildProcessError):  # whoever started us may have asked that nobody be waited for
            _, status = os.waitpid(self._process, 0)
        # What was cut short does not load.
        with suppress(EOFError, ValueError, TypeError):
            return None if status else marshal.loads(data)  # noqa: S302 - our own process wrote it
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pipe is not None and not self._pipe.closed:
            self._pipe.close()
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)


def second_hand(work: Callable[[], Any]) -> SecondHand:
    """Begin a piece of work beside this one, whose result is made of plain tuples, numbers, text and bytes.

    There is no second hand on a system that cannot fork safely, and where no core is left for one: on two cores a second
    hand itself has none. Whoever asked then does the work alone, as well as if the second process fails, and meets the
    error, if it is one, at home.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2 + len(_at_work):
        return SecondHand()
    outlet, inlet = os.pipe()
    try:
        with warnings.catch_warnings():
            # The thread that shows progress takes no lock that the second process needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
    except OSError:
        os.close(outlet)
        os.close(inlet)
        return SecondHand()
    if not child:
        _at_work.append(os.getppid())
        os.close(outlet)  # else nobody would tell it that the first process is gone
        _work_and_leave(work, inlet)
    os.close(inlet)
    return SecondHand(child, outlet)


def in_turns(work: Callable[[_Thing], _Made], things: Sequence[_Thing]) -> list[_Made]:
    """Do a work on each of many things; return what it made, in their order.

    Two threads take turns. Worth it where part of the work needs no interpreter, as deflating does: meanwhile the other
    is at the rest of it, and neither copies the first one's memory as a process would.
    """
    made: dict[int, _Made] = {}
    faults: list[BaseException] = []
    waiting = iter(enumerate(things))

    def take_turns() -> None:
        try:
            for at, thing in waiting:
                if faults:
                    break
                made[at] = work(thing)
        except BaseException as error:
            faults.append(error)

    helper = Thread(target=take_turns, daemon=True)
    with suppress(RuntimeError):  # a system may allow no more threads
        helper.start()
    take_turns()
    if helper.ident:
        helper.join()
    if faults:
        raise faults[0]
    return [made[at] for at in range(len(things))]


def _work_and_leave(work: Callable[[], Any], inlet: int) -> None:
    """Work, write the result, and leave without any of the farewells that belong to the first process."""
    status = 1
    try:
        _let_go()
        with open(inlet, "wb") as pipe:
            pipe.write(marshal.dumps(work()))
        status = 0
    except Exception:  # noqa: S110 - the first process does the work again, and meets whatever it was
        pass
    finally:
        os._exit(status)


def _let_go() -> None:
    """Let go of what the first process reads and writes, so that nobody waits for it when that one is gone."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
