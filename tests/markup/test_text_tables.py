"""What the text rules make of single paragraphs, row by row."""

import pytest
from markup_support import marks, table


@pytest.mark.parametrize(("says", "before", "after"), table("quotes"))
def test_quotes(says, before, after):
    """Quotation marks and apostrophes are curled as the row says."""
    assert marks(before) == after, says


BRITISH = "'Come in,' said Ada.\n\n'I will,' he said.\n\n'Sit down.'\n\n"


@pytest.mark.parametrize(("says", "before", "after"), table("british"))
def test_british_quotes(says, before, after):
    """In a book whose speech stands in single marks they are curled as the row says, and stay so."""
    marked = marks(BRITISH + before)
    assert marked.split("\n\n")[-1] == after, says
    assert marks(marked) == marked


@pytest.mark.parametrize(("says", "before", "after"), table("dashes"))
def test_dashes(says, before, after):
    """Dashes are set as the row says."""
    assert marks(before) == after, says


@pytest.mark.parametrize(("says", "before", "after"), table("ellipses"))
def test_ellipses(says, before, after):
    """Ellipses and spaces are set as the row says."""
    assert marks(before) == after, says


@pytest.mark.parametrize(("says", "before", "after"), table("emphasis"))
def test_emphasis(says, before, after):
    """The author's marks are read as the row says."""
    assert marks(before) == after, says


@pytest.mark.parametrize(
    "row", [row for name in ("quotes", "dashes", "ellipses", "emphasis") for row in table(name)], ids=lambda row: row[1]
)
def test_rows_are_fixed_points(row):
    """What has been marked is marked again without a change."""
    assert marks(row[2]) == row[2]


def test_quotes_kept():
    """A house that keeps quotes keeps every mark as typed."""
    assert marks("\"It's 'fine',\" he said.", quotes="keep") == "\"It's 'fine',\" he said."


def test_en_dashes():
    """A house that likes en dashes sets them with spaces, but none after an opening mark."""
    typed = 'The boat--a borrowed one - leaked. "--and sank," she said. "But I never-"'
    assert marks(typed, dashes="en") == "The boat – a borrowed one – leaked. “–and sank,” she said. “But I never –”"


def test_single_speech_is_left_single():
    """A book whose speech stands in single marks keeps them, with double ones inside."""
    typed = "'Come in,' said Ada. 'You said \"now\".'\n\n'I did,' he said.\n\n'So?'\n\n'So here I am,' he said."
    assert marks(typed).split("\n\n")[0] == "‘Come in,’ said Ada. ‘You said “now”.’"
