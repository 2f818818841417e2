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
  448.26 46.22 "She read the page aloud, and the dog lay down:" space=2.15 hang=0.00/1.07 [Regular 10.75]
  420.76 104.46 "The ferry goes over, the ferry comes back," space=2.15 hang=0.50/1.24 [Regular 10.75] [Italic 10.75]
  407.01 115.71 "One lamp to windward, one lamp to lee;" space=2.15 hang=0.00/0.74 [Regular 10.75]
  393.26 104.59 "And never a ferryman under a lamp on the water has" space=2.15 hang=0.37/0.00 [Regular 10.75]
  379.51 129.46 "turned and come over for me." space=2.15 hang=0.00/1.48 [Regular 10.75]
  352.01 104.96 "O river," space=2.15 hang=0.00/1.24 [Regular 10.75]
  338.26 104.96 "O wide" space=2.15 [Regular 10.75]
  310.76 46.22 "and there the page was torn. A sign hung over the door." space=2.15 hang=0.00/1.48 [Regular 10.75]
  283.26 153.01 "NO CROSSING" space=2.15 [Regular 10.75]
  269.51 169.51 "after dark" space=2.15 [Regular 10.75]
  242.01 59.60 "A letter had been pushed under it." space=2.15 hang=0.37/1.48 [Regular 10.75]
  214.51 59.97 "12 Mill Lane" space=2.15 [Regular 10.75]
  200.76 73.72 "I have taken the bridge. Nobody counts me there." space=2.15 hang=0.00/1.48 [Regular 10.75]
  187.01 276.31 "Your aunt," space=2.15 hang=0.26/1.24 [Regular 10.75]
  173.26 270.30 "Wilhelmina" space=2.15 hang=0.48/0.00 [Regular 10.75]
  145.76 59.97 "He read it twice." space=2.15 hang=0.00/1.48 [Regular 10.75]
  481.98 179.52 ornament blossom height=19.35
"""


def edition():
    """Make up the blocks as a story on half-letter pages."""
    design = plan(load(None), 10_000)
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
