"""A second pair of hands: half of a long piece of work, done by a second process on a second core."""

import marshal
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any


def second_hand(work: Callable[[], Any]) -> Callable[[], Any | None]:
    """Begin a piece of work beside this one; return what waits for its result, made of plain tuples, numbers and text.

    The result is None wherever there is no second hand: on a system that cannot fork safely, on a single core, or if the
    second process fails. Whoever asked then does the work alone, and meets the error, if it is one, at home.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return lambda: None
    outlet, inlet = os.pipe()
    try:
        with warnings.catch_warnings():
            # The thread that shows progress takes no lock that the second process needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
    except OSError:
        os.close(outlet)
        os.close(inlet)
        return lambda: None
    if not child:
        _work_and_leave(work, inlet)
    os.close(inlet)

    def wait() -> Any | None:  # noqa: ANN401 - whatever the work makes
        with open(outlet, "rb") as pipe:  # noqa: PTH123 - a descriptor, not a path
            data = pipe.read()
        _, status = os.waitpid(child, 0)
        return None if status else marshal.loads(data)  # noqa: S302 - our own process wrote it

    return wait


def _work_and_leave(work: Callable[[], Any], inlet: int) -> None:
    """Work, write the result, and leave without any of the farewells that belong to the first process."""
    status = 1
    try:
        with open(inlet, "wb") as pipe:
            pipe.write(marshal.dumps(work()))
        status = 0
    except Exception:  # noqa: S110 - the first process does the work again, and meets whatever it was
        pass
    finally:
        os._exit(status)
