"""A poem and a letter, from the story understood to the finished page."""

from pressbook.composition import DisplayCase, bundled, compose, find_fonts
from pressbook.config import load, plan
from pressbook.model import Book, Chapter, Paragraph, Run
from pressbook.paging import paginate
from pressbook.pdf import engrave, pages_pdf, transcript
from readback import pages_of

FONTS = find_fonts((bundled(),))

POEM = """The ferry goes over, the *ferry* comes back,
  One lamp to windward, one lamp to lee;
And never a ferryman under a lamp on the water has turned and come over for me."""
BLOCKS = (
    Paragraph((Run("She read the page aloud, and the dog lay down:"),), 1),
    Paragraph(tuple(Run(part, italic=bool(row % 2)) for row, part in enumerate(POEM.split("*"))), 3, "verse"),
    Paragraph((Run("O river,\nO wide"),), 7, "verse"),
    Paragraph((Run("and there the page was torn. A sign hung over the door."),), 10),
    Paragraph((Run("NO CROSSING\nafter dark"),), 12, "centred"),
    Paragraph((Run("A letter had been pushed under it."),), 15),
    Paragraph((Run("12 Mill Lane"),), 17, "quote"),
    Paragraph((Run("I have taken the bridge. Nobody counts me there."),), 19, "quote"),
    Paragraph((Run("Your aunt,\nWilhelmina"),), 21, "signature"),
    Paragraph((Run("He read it twice."),), 24),
)

GOLDEN = """
page 3 recto opener label 3
  440.85 54.00 "She read the page aloud, and the dog lay down:" space=2.20 hang=0.00/1.09 [Regular 11]
  412.85 111.29 "The ferry goes over, the ferry comes back," space=2.20 hang=0.52/1.26 [Regular 11] [Italic 11]
  398.85 122.81 "One lamp to windward, one lamp to lee;" space=2.20 hang=0.00/0.75 [Regular 11]
  384.85 111.43 "And never a ferryman under a lamp on the water has" space=2.20 hang=0.38/0.00 [Regular 11]
  370.85 136.81 "turned and come over for me." space=2.20 hang=0.00/1.52 [Regular 11]
  342.85 111.81 "O river," space=2.20 hang=0.00/1.26 [Regular 11]
  328.85 111.81 "O wide" space=2.20 [Regular 11]
  300.85 54.00 "and there the page was torn. A sign hung over the door." space=2.20 hang=0.00/1.52 [Regular 11]
  272.85 160.97 "NO CROSSING" space=2.20 [Regular 11]
  258.85 177.85 "after dark" space=2.20 [Regular 11]
  230.85 67.62 "A letter had been pushed under it." space=2.20 hang=0.38/1.52 [Regular 11]
  202.85 68.00 "12 Mill Lane" space=2.20 [Regular 11]
  188.85 82.00 "I have taken the bridge. Nobody counts me there." space=2.20 hang=0.00/1.52 [Regular 11]
  174.85 284.91 "Your aunt," space=2.20 hang=0.26/1.26 [Regular 11]
  160.85 278.76 "Wilhelmina" space=2.20 hang=0.49/0.00 [Regular 11]
  132.85 68.00 "He read it twice." space=2.20 hang=0.00/1.52 [Regular 11]
  475.15 188.10 ornament blossom height=19.80
"""


def edition():
    """Make up the blocks as a story on half-letter pages, with margins of their own so that no rule of theirs moves it."""
    margins = 'page.margins={inner="54pt", outer="54pt", head="66pt", foot="84pt"}'
    design = plan(load(None, (margins, "type.size=11pt", "type.leading=14pt")), 10_000)
    book = Book("A Story", "A. Author", (Chapter("", BLOCKS),))
    return paginate(compose(book, design, FONTS), book, design, DisplayCase(design, FONTS).lines)


def test_a_page_with_a_poem_a_sign_and_a_letter():
    """Poem, sign, letter and signature stand in their places on the grid, white between them, every line as typed."""
    (page,) = [page for page in transcript(edition()).split("\n\n") if "aloud" in page]
    assert page.strip("\n").replace("EB Garamond ", "") == GOLDEN.strip("\n")


def test_kept_lines_are_read_back_in_order():
    """Another program reads the page line by line as it was typed, turned-over parts after what they belong to."""
    (page,) = [text for text, _ in pages_of(pages_pdf(engrave(edition()))) if "aloud" in text]
    typed = "\n".join("".join(run.text for run in block.runs) for block in BLOCKS)
    ends = [line.strip() for line in typed.split("\n")]
    assert page.split() == typed.split()
    assert [line for line in page.split("\n") if line in ends] == [line for line in ends if "never a ferryman" not in line]
