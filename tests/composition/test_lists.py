"""Lists: bullets and numbers hang before their items."""

import pytest
from compositor import galley

from pressbook.model import Passage

WORDS = "salt and the old lamp that nobody had lit since the harbour closed for the winter of that year and of the next"


def indents(text):
    """List how far the words behind the sign, and the first word of each later line, stand from the margin, by paragraph."""
    found = []
    for block in galley(text).blocks:
        if isinstance(block, Passage):
            first, *others = block.settings[0].lines
            sign = first.words[0]
            found.append([first.indent + sign.width * first.scale + sign.seams * first.tracking + first.space])
            found[-1] += [line.indent + line.words[0].hang_left for line in others]
    return found


@pytest.mark.parametrize("signs", ["••", "1.2.", "9.10.", "1)2)"])
def test_all_lines_of_an_item_stand_behind_its_sign(signs):
    """Whatever the sign, the lines below the first begin where its words do, less what its spaces give."""
    half = len(signs) // 2 if signs != "9.10." else 2
    text = f"It began.\n\n{signs[:half]} {WORDS}\n\n{signs[half:]} {WORDS}"
    for item in indents(text)[1:]:
        assert len(item) > 1
        assert item == pytest.approx([item[1]] * len(item), abs=1.2)


def test_a_number_alone_is_no_list():
    """A paragraph that begins with a number, its like not beside it, is set like any other."""
    text = f"It began.\n\n12) {WORDS}\n\n{WORDS.capitalize()}"
    assert [item[1] for item in indents(text)[1:]] == pytest.approx([0.0, 0.0], abs=0.01)
