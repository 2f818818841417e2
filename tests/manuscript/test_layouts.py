"""Where paragraphs begin, in each way of typing them."""

import textwrap

from pressbook.manuscript.layout import lay_out
from pressbook.model.story import LINE_END

ONE = (
    "The harbour had been empty since the spring, and nobody in the town could say why the boats stayed away so long, though "
    "every evening somebody climbed the well-known hill behind the chapel and looked out over the grey water for a sail."
)
TWO = (
    "Mara was the last to climb it. She carried the lamp that her father had left, and she set it down among the stones as she "
    "had done on all the other evenings, and lit it, and waited, and nothing came."
)


def lay(text: str) -> tuple[str, list[str]]:
    """Lay out a text: the layout's name, the blocks' words with wrapped lines joined by a space."""
    blocks, layout, says = lay_out(text)
    assert bool(says) == bool(blocks)
    return layout, [block.text.replace("-\n", "-").replace("\n", " ") for block in blocks]


def wrapped(text: str, width: int = 66, indent: str = "") -> str:
    """Wrap a paragraph at a width."""
    return textwrap.fill(text, width, initial_indent=indent)


def test_blank_lines():
    """Paragraphs between blank lines."""
    assert lay(f"{ONE}\n\n{TWO}\n\nShort.") == ("blank lines", [ONE, TWO, "Short."])


def test_one_paragraph_a_line():
    """Paragraphs without blank lines between them."""
    assert lay(f"{ONE}\n{TWO}\nShort.\n{ONE}") == ("one paragraph a line", [ONE, TWO, "Short.", ONE])


def test_hard_wrapped():
    """Lines wrapped at any usual width are joined again, words with a hyphen without a space."""
    for width in range(60, 81, 4):
        text = "\n\n".join(wrapped(part, width) for part in (ONE, TWO, ONE))
        assert lay(text) == ("hard-wrapped", [ONE, TWO, ONE])


def test_hard_wrapped_with_markers_and_headings():
    """Markers, headings and verse keep their lines in a wrapped text."""
    text = "\n".join([wrapped(ONE), "* * *", wrapped(TWO), "", "CHAPTER IV", wrapped(ONE), "", "O lamp,", "O sea,", "O me."])
    assert lay(text) == ("hard-wrapped", [ONE, "* * *", TWO, "CHAPTER IV", ONE, "O lamp,\u2028O sea,\u2028O me."])


def test_wrapped_quotations():
    """Wrapped lines that `>` marks are one quotation, ended by an empty one."""
    text = (
        f"{wrapped(ONE)}\n\n> Dear Mara, come home while the lamp is burning, for the\n> tide is late.\n>\n> Ada\n\n{wrapped(TWO)}"
    )
    assert [block.text.count("\n") for block in lay_out(text)[0][1:4]] == [1, 0, 0]


def test_wrapped_hyphen_early_in_a_line():
    """A short line that ends in a hyphen goes on."""
    assert lay(f"{wrapped(ONE)}\n\n{wrapped(TWO)}\nIt was a well-\nknown\nhill.")[1][-1].endswith("It was a well-known hill.")


def test_indented_and_wrapped():
    """An indent begins a paragraph where no blank line does."""
    text = "\n".join(wrapped(part, 70, "    ") for part in (ONE, TWO, ONE, TWO))
    assert lay(text) == ("indented", [ONE, TWO, ONE, TWO])


def test_indented_one_a_line():
    """Indented paragraphs on one line each."""
    layout, blocks = lay("\n".join(f"\t{part}" for part in (ONE, "Short.", TWO)))
    assert (layout, blocks) == ("indented", [ONE, "Short.", TWO])


def test_short_lines_are_not_wrapped():
    """A dialogue of short lines is not taken for wrapped text."""
    lines = ["Come here.", "I will not.", "You will.", "Never in my life.", "Then stay."]
    assert lay("\n".join(lines)) == ("one paragraph a line", lines)


def test_nothing():
    """No lines, no blocks."""
    assert lay_out(" \n\t\n\f") == ((), "", "")


def test_labels_in_wrapped_text():
    """Labelled lines, one below another, each begin a paragraph, however long the one above."""
    labels = [
        "SUMMARY: Two keepers, one lighthouse, no way back to the mainland.",
        "DISCLAIMER: They are borrowed, all of them,\nand go back.",
    ]
    head = "\n".join(labels)
    blocks = lay(f"{wrapped(ONE)}\n\n{head}\n\n{wrapped(TWO)}")[1]
    assert blocks[1:3] == [label.replace("\n", " ") for label in labels]


def test_the_head_of_a_mail_keeps_its_lines():
    """Who wrote to whom, and of what, stands line by line."""
    blocks = lay(f"{ONE}\n\nFrom: Sam Orr\nTo: Ada Pell\nSubject: The dog\n\n{TWO}")[1]
    assert blocks[1] == LINE_END.join(["From: Sam Orr", "To: Ada Pell", "Subject: The dog"])


def test_a_song_between_signs_keeps_its_lines():
    """Lines that each stand between the same signs are lines."""
    for sign in "~*_":
        lines = [f"{sign}Light the lamp and leave it burning{sign}", f"{sign}I'll be home before the tide.{sign}"]
        assert lay("\n\n".join([ONE, "\n".join(lines), TWO]))[1][1] == LINE_END.join(lines)


def test_a_stanza_wraps_no_book():
    """Lines of one length in a song are no hard-wrapped text where the paragraphs around them run on."""
    song = "\n".join(["\tDown in the reeds where the heron goes,"] * 4)
    name, paragraphs = lay("\n\n".join([ONE, TWO, song, ONE, TWO, ONE, TWO]))
    assert name == "blank lines"
    assert paragraphs[2].count("\u2028") == 3
