"""Where a thought begins and ends: the best stretches of a paragraph's sentences, by the sum of their signs."""

from math import exp
from typing import NamedTuple

from pressbook.markup.thoughts.sentences import Sentence

OPENING = 3.0
"""Odds against any sentence's being thought before it is read: about one in twenty, in log-odds."""
CERTAIN = 4.0
"""However many signs agree, they tell much the same, and no rule of grammar is surer than this."""


class Weighed(NamedTuple):
    """A sentence with its signs and their sum."""

    sentence: Sentence
    signs: list[str]
    weight: float


class Best(NamedTuple):
    """Sentences that belong together, with the sum of their weights."""

    first: int
    last: int
    """The sentence after the last one."""
    weight: float


def confidence(weight: float) -> float:
    """Turn log-odds into a share of right cases."""
    return 1 / (1 + exp(-max(-CERTAIN, min(CERTAIN, weight))))


def best_stretches(weights: list[float], opening: float = OPENING) -> list[Best]:
    """Choose the stretches whose weights, less the price of opening each, sum highest (Viterbi 1967, two states)."""
    inside: list[tuple[float, int]] = []  # the best sum that ends inside a stretch, and where that stretch began
    outside: list[tuple[float, int]] = [(0.0, -1)]  # the best sum so far, and the stretch that it closed with
    for k, weight in enumerate(weights):
        opened = (outside[k][0] - opening + weight, k)
        inside.append(max(opened, (inside[k - 1][0] + weight, inside[k - 1][1])) if k else opened)
        outside.append((inside[k][0], k) if inside[k][0] > outside[k][0] else (outside[k][0], -1))
        opening = OPENING
    found: list[Best] = []
    k = len(weights)
    while k > 0:
        closed = outside[k][1]
        if closed < 0:
            k -= 1
            continue
        first = inside[closed][1]
        found.append(Best(first, closed + 1, sum(weights[first : closed + 1])))
        k = first
    return found[::-1]
