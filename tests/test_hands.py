"""A second process does half of the work, or none of it, and nobody can tell from the result."""

import os
import sys
import time

import pytest

from pressbook import hands
from pressbook.hands import SecondHand, in_turns, second_hand

FORKS = sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def fail() -> None:
    """Fail as a piece of work may."""
    raise ValueError("no")


@pytest.mark.skipif(not FORKS, reason="needs Linux and two cores")
def test_the_second_hand_works_in_a_process_of_its_own() -> None:
    """What the second hand made comes back, larger than a pipe holds, from another process."""
    hand = second_hand(lambda: (os.getpid(), ["line"] * 100_000))
    process, made = hand.result()
    assert process != os.getpid()
    assert made == ["line"] * 100_000


@pytest.mark.parametrize("work", [fail, object, lambda: os._exit(7), lambda: os.kill(os.getpid(), 9)])
def test_work_that_fails_there_is_left_to_the_first(work) -> None:
    """An error, a result that cannot be written, an early end or a violent one: the first process is told to work alone."""
    assert not FORKS or second_hand(work).result() is None


def test_there_is_no_second_hand_without_a_second_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """On one core a second process would only be in the way."""
    monkeypatch.setattr(hands.os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert second_hand(lambda: 1).result() is None


@pytest.mark.skipif(not FORKS, reason="needs Linux and two cores")
@pytest.mark.parametrize("cores", [2, 3])
def test_a_second_hand_has_one_of_its_own_only_on_a_third_core(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    """Who began it works on beside it, so on two cores a third process would only be in the way of both."""
    monkeypatch.setattr(hands.os, "sched_getaffinity", lambda _: set(range(cores)))
    assert second_hand(lambda: second_hand(lambda: 1).result()).result() == (1 if cores > 2 else None)


@pytest.mark.skipif(not FORKS, reason="needs Linux and two cores")
def test_the_second_hand_is_busy_until_it_has_something_to_show() -> None:
    """Whoever waits can see whether there is time for something else; nobody is never busy."""
    begun, begin = os.pipe()
    hand = second_hand(lambda: os.read(begun, 1))
    assert hand.is_busy
    os.write(begin, b"!")
    while hand.is_busy:
        pass
    assert hand.result() == b"!"
    assert not SecondHand().is_busy


def is_alive(process: int) -> bool:
    """Tell whether a process of ours still runs, and give it three seconds to end."""
    for _ in range(300):
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.skipif(not FORKS, reason="needs Linux and two cores")
def test_a_second_hand_that_nobody_waits_for_ends() -> None:
    """Whoever gives up leaves no process behind that waits to be read, however much it has to say."""
    hand = second_hand(lambda: b"x" * 1_000_000)
    hand._pipe.close()
    assert not is_alive(hand._process)


@pytest.mark.skipif(not FORKS, reason="needs Linux and two cores")
def test_a_second_hand_is_dismissed_with_its_context() -> None:
    """An error between beginning and waiting stops the work."""
    with pytest.raises(ValueError, match="no"), second_hand(lambda: time.sleep(60)) as hand:
        fail()
    with pytest.raises(ChildProcessError):
        os.waitpid(hand._process, os.WNOHANG)
    assert hand.result() is None and not hand.is_busy


@pytest.mark.skipif(not FORKS, reason="needs Linux and two cores")
def test_the_work_is_read_where_nobody_is_waited_for(shell) -> None:
    """A program that was started with its children's ends ignored has a second hand all the same."""
    code = "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); from pressbook.hands import second_hand;"
    assert shell("-c", code + "print(second_hand(lambda: 7).result())").stdout.strip() == "7"


def test_two_hands_in_turns_keep_the_order() -> None:
    """What two threads make in turns comes in the order of the things, and nothing twice."""
    made = in_turns(lambda number: (time.sleep(0.002 if number % 2 else 0.0), number)[1], range(50))
    assert made == list(range(50))


def test_a_fault_in_either_thread_is_met_at_home() -> None:
    """A work that fails raises where it was asked for, whichever thread met it."""
    for at in range(6):
        with pytest.raises(ZeroDivisionError):
            in_turns(lambda number, at=at: (time.sleep(0.001), 1 / (number - at)), range(6))
