"""Register: a printer's miss, read off the target, is what moves its backs right."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressbook.press.calibration import crosses, miss, target
from pressbook.units import mm

SHEET = (792.0, 612.0)


def spoiled(x, y, across, up, turn):
    """Print a point with a printer that shifts and turns the back."""
    dx, dy, angle = x - SHEET[0] / 2, y - SHEET[1] / 2, radians(turn)
    return SHEET[0] / 2 + dx * cos(angle) - dy * sin(angle) + across, SHEET[1] / 2 + dx * sin(angle) + dy * cos(angle) + up


@given(across=st.floats(-8, 8), up=st.floats(-8, 8), turn=st.floats(-0.8, 0.8))
def test_what_is_read_makes_it_good(across, up, turn):
    """A back that a printer shifts and turns, moved first by what its target tells, lands on its front within 0.1 mm."""
    readings = []
    for x, y in crosses(*SHEET):
        # Where the front's cross lies on the back's scale, which has been shifted and turned with the back.
        at_x, at_y = spoiled(x, y, across, up, turn)
        away_x, away_y, angle = x - at_x, y - at_y, radians(-turn)
        readings += [away_x * cos(angle) - away_y * sin(angle), away_x * sin(angle) + away_y * cos(angle)]
    found = miss(" ".join(f"{reading / mm(1):.4f}" for reading in readings), *SHEET)
    for x, y in (*crosses(*SHEET), (100, 100), (700, 500)):
        dx, dy, angle = x - SHEET[0] / 2, y - SHEET[1] / 2, radians(found.turn)
        moved = (
            SHEET[0] / 2 + dx * cos(angle) - dy * sin(angle) + found.x,
            SHEET[1] / 2 + dx * sin(angle) + dy * cos(angle) + found.y,
        )
        assert spoiled(*moved, across, up, turn) == pytest.approx((x, y), abs=mm(0.1))


@pytest.mark.parametrize(
    "turned", [lambda x, y: (SHEET[0] - x, y), lambda x, y: (x, SHEET[1] - y)], ids=["like a leaf", "over the head"]
)
def test_either_turn_lays_the_crosses_on_each_other(turned):
    """Whichever edge the printer turns the sheet about, a mark of the back lies on a mark of the front."""
    assert {turned(*spot) for spot in crosses(*SHEET)} == set(crosses(*SHEET))


def test_the_target_has_a_front_and_a_back():
    """The front has two crosses, the back two pairs of scales with a tick each half millimetre."""
    front, back = target(*SHEET)
    assert len(front.cuts) == 4
    assert len(back.cuts) == 2 * (2 + 2 * 41)
    for flat in (front, back):
        assert all(min(rule) > 0 and max(rule[0], rule[2]) < SHEET[0] and max(rule[1], rule[3]) < SHEET[1] for rule in flat.cuts)
