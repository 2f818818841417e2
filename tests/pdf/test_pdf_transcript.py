"""The painter in words."""

from typecase import MEASURE, SLOPED, edition, line, page, piece, slugs, word

from pressbook.model import Figure, Ornament
from pressbook.pdf import transcript

DOT = Ornament("dot", 1.0, ())


def test_a_page_in_words():
    """The transcript tells page, lines, hang, styles, ornaments and furniture, each on a line of its own."""
    text = line("Ada said “no” to the of\u00ad", measure=MEASURE)
    inked = line(word(piece("fice", SLOPED)), "twice.", indent=-1.234)
    told = transcript(
        edition(
            page(1, label="i"),
            page(2, text, inked, figures=(Figure(DOT, 190, 400, 12),), furniture=slugs(line("2"), x=195, y=36), label="ii"),
        )
    )
    assert told == (
        "page 1 recto text label i\n"
        "\n"
        "page 2 verso text label ii\n"
        f'  500.00 54.00 "Ada said “no” to the of¬" space={text.space:.2f} [EB Garamond Regular 11]\n'
        '  486.00 52.77 "fice twice." space=2.75 [EB Garamond Italic 11] [EB Garamond Regular 11]\n'
        "  400.00 190.00 ornament dot height=12.00\n"
        '  furniture 36.00 195.00 "2" space=2.75 [EB Garamond Regular 11]\n'
    )
