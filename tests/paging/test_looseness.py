"""Looseness: lines are given and taken where it costs least, and nowhere else."""

import pytest
from pagemaker import check_settings, galley

from pressbook.model import Galley, Opener, Passage, Setting
from pressbook.paging.looseness import loosen


def lines(made):
    """List the lines of a chapter as it would be set."""
    return [line for block in made.blocks if isinstance(block, Passage) for line in block.settings[0].lines]


@pytest.mark.parametrize(("asked", "given"), [(0, 0), (1, 1), (2, 2), (3, 3), (9, 3), (-1, -1), (-2, -2), (-9, -2)])
def test_a_chapter_gives_the_lines_asked_for(asked, given):
    """A chapter is set so many lines longer or shorter, or as many as its paragraphs have settings for; no line is lost."""
    made = galley("5+ 7! 4 * 9+ 3 12+! ~ 2")
    other = loosen(made, asked)
    assert len(lines(other)) - len(lines(made)) == given
    check_settings(made, lines(other))


def test_the_cheapest_paragraphs_give_first():
    """The paragraphs that lose least by it are set longer, and may not be set back; the others keep their choices."""
    line = lines(galley("1"))[0]

    def passage(cost):
        return Passage((Setting((line, line), 50.0), Setting((line, line, line), 50.0 + cost, 1)), 1)

    made = Galley(Opener((), 18.0), (passage(900), passage(100), passage(400)), "", "chapter")
    blocks = loosen(made, 2).blocks
    assert [len(block.settings[0].lines) for block in blocks] == [2, 3, 3]
    assert [len(block.settings) for block in blocks] == [2, 1, 1]
