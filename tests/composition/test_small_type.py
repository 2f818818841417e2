"""Footnotes in type: raised figures that stay with their words, and notes in small type of their own."""

from compositor import FONTS, design, type_case
from fontshop import cut_font

from pressbook.composition import compose, find_fonts
from pressbook.composition.sorts import text_styles
from pressbook.model import Book, Chapter, Footnote, Paragraph, Passage, Run

WORDS = "salt and the old lamp that nobody had lit since the harbour closed for the winter of that year and of the next"


def noted(count=1, said=WORDS, kind="body"):
    """Make a book of one chapter whose paragraph cites so many notes."""
    numbers = range(1, count + 1)
    runs = [(Run("word—"), Run(str(number), note=number), Run(f" {WORDS} ")) for number in numbers]
    notes = [Footnote((Paragraph((Run(f"{said} x{number}."),), 3, kind),), 3) for number in numbers]
    text = Paragraph(tuple(run for each in runs for run in each), 1)
    return Book("A", "B", (Chapter("One", (text,), notes=tuple(notes)),))


def words_of(lines):
    """Read lines as words, a hyphen made at a line's end taken out."""
    return " ".join(" ".join(word.text for word in line.words) for line in lines).replace("\u00ad ", "")


def test_figures_are_the_faces_own():
    """A reference is the face's superior figure, read back as the plain one, in one word with what it follows."""
    (made,) = compose(noted(), design(), FONTS)
    word = made.blocks[0].settings[0].lines[0].words[0]
    *_, figure = word.pieces
    assert (word.text, figure.text, "sups" in figure.style.features, figure.offsets) == ("word—1", "1", True, ())


def test_figures_are_raised_where_the_face_has_none(tmp_path):
    """A face without superior figures sets small ones, raised by hand."""
    cut_font(tmp_path / "a.ttf", "".join(map(chr, range(32, 127))) + "—“”’", "EB Garamund")
    fonts = find_fonts((tmp_path,))
    made_design = design("type.font=EB Garamund")
    styles = text_styles(made_design, fonts)
    if "sups" in styles[-1].features:
        return  # the subset kept them
    (made,) = compose(noted(), made_design, fonts)
    figure = made.blocks[0].settings[0].lines[0].words[0].pieces[-1]
    assert figure.style.size < made_design.size and all(up > 0 for _, up in figure.offsets)


def test_a_figure_never_begins_a_line():
    """No line breaks before a figure, though a dash stands before it; each line says which notes it is the first to cite."""
    for measure in range(150, 320, 10):
        book = noted(3)
        margins = f"{{inner='{364 - measure}pt', outer='36pt', head='40pt', foot='60pt'}}"
        narrow = design(f"page.margins={margins}", "page.trim=400pt x 600pt")
        (made,) = compose(book, narrow, FONTS)
        for setting in made.blocks[0].settings:
            assert not any(line.words[0].text[0].isdigit() for line in setting.lines)
            assert [number for cites in setting.cites for number in cites] == [1, 2, 3]


def test_notes_are_small_and_numbered():
    """A note opens with its number, in type smaller than the text's, and fills the same measure."""
    made_design = design()
    (made,) = compose(noted(2), made_design, FONTS)
    for number, lines in enumerate(made.notes, 1):
        assert words_of(lines) == f"{number}. {WORDS} x{number}."
        assert {piece.style.size for line in lines for word in line.words for piece in word.pieces} == {made_design.note_size}
    assert made_design.note_size < made_design.size and made_design.note_leading < made_design.leading


def test_notes_may_be_verse():
    """The lines of verse in a note end where they were ended."""
    (made,) = compose(noted(1, "The tide came in,\nthe tide went out", "verse"), design(), FONTS)
    assert [words_of([line]) for line in made.notes[0]] == ["1. The tide came in,", "the tide went out x1."]


def test_where_the_notes_go():
    """At the chapter's end or the book's they stand below a heading; off, they are gone with their figures, as a notice says."""
    (chapter,) = compose(noted(2), design("story.footnotes=chapter"), FONTS)
    assert not chapter.notes
    heads = [words_of(block.settings[0].lines) for block in chapter.blocks if isinstance(block, Passage)]
    assert heads[1] == "Notes" and heads[2].startswith("1. ") and heads[3].startswith("2. ")
    story, last = compose(noted(2), design("story.footnotes=end"), FONTS)
    assert len(story.blocks) == 1 and not story.notes
    assert (last.title, last.kind, len(last.blocks)) == ("Notes", "back", 3)
    (_, german) = compose(noted(2), design("story.footnotes=end", "book.language=de-DE"), FONTS)
    assert (german.title, words_of(german.opener.lines)) == ("Anmerkungen", "Anmerkungen")
    (bare,) = compose(noted(2), design("story.footnotes=off"), FONTS)
    assert "1" not in words_of(bare.blocks[0].settings[0].lines)
    assert [finding.message for finding in bare.findings] == ["2 footnotes are left out, as story.footnotes says"]


def test_words_with_a_figure_are_hyphenated():
    """A figure does not keep its word whole: the word is hyphenated as it would be without."""
    case = type_case(narrowest=300.0)
    plain, noted_word = "understanding", ((0, "understanding"), (5, "12"))
    case.cast([plain, noted_word])
    assert [cut.at for cut in case.breaks(case.sort(noted_word))] == [cut.at for cut in case.breaks(case.sort(plain))] != []
