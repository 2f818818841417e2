"""A compositor for the tests: stories in, lines of type out, with the checks that hold for every paragraph."""

import re
from functools import cache

from pressbook.composition import bundled, compose, find_fonts
from pressbook.composition.breaking import Give
from pressbook.composition.faces import choose, open_face
from pressbook.composition.paragraphs import Measure, break_paragraph, copy_of
from pressbook.composition.sorts import TypeCase
from pressbook.composition.spacing import EXPANSION, TRACKING
from pressbook.config import load, plan
from pressbook.model import Book, Chapter, Paragraph, Passage, Run

FONTS = find_fonts((bundled(),))
SOFT_HYPHEN = "\u00ad"
NBSP = "\u00a0"

PROSE = """
She had counted the lanterns twice, and twice the number had come out differently. “That is not possible,” said the
harbourmaster, who disliked sums; “lanterns do not breed.” But the water was rising — slowly, as a cat rises from a
chair — and nobody on the quay could any longer tell which lights were burning and which were only remembered. The old
ferryman’s daughter sat on the steps with her boots in the river. She was, in her own opinion, extraordinarily patient;
she had been waiting since half-past four for somebody to ask her what she had seen. Nobody asked. They discussed the
responsibility of the municipality, the unreliability of the instruments, the characteristic stubbornness of rivers…
and when the first boat came loose it went past them so quietly that only the children turned their heads to watch it.
""".strip().replace("\n", " ")


@cache
def design(*settings, letters=10_000):
    """Plan a page with the settings given as `section.key=value`."""
    return plan(load(None, settings), letters)


def runs(text):
    """Read `*italic*` and `**strong**` letters as runs."""
    made = []
    for strong, italic, plain in re.findall(r"\*\*([^*]+)\*\*|\*([^*]+)\*|([^*]+)", text):
        made.append(Run(strong or italic or plain, bool(italic), bool(strong)))
    return tuple(made)


def paragraph(text, **parts):
    """Read a text as one paragraph."""
    return Paragraph(runs(text), **({"line": 1} | parts))


def galley(text, *settings, fonts=FONTS, title="", **chapter):
    """Compose a story typed with blank lines between its paragraphs, each numbered by its line."""
    blocks = tuple(paragraph(part, line=1 + 2 * row) for row, part in enumerate(text.split("\n\n")))
    book = Book("A Story", "A. Author", (Chapter(title, blocks, **chapter),))
    (made,) = compose(book, design(*settings), fonts)
    return made


def compose_blocks(*blocks, settings=(), kind="chapter", title=""):
    """Compose a chapter of blocks."""
    (made,) = compose(Book("A Story", "A. Author", (Chapter(title, blocks, kind),)), design(*settings), FONTS)
    return made


def lines_of(made):
    """List each passage's lines."""
    return [block.settings[0].lines for block in made.blocks if isinstance(block, Passage)]


@cache
def type_case(*settings, narrowest=60.0):
    """Open one type case for many paragraphs, none of whose lines is shorter than `narrowest`."""
    return TypeCase(design(*settings), FONTS, narrowest)


@cache
def spacing(*settings):
    """Return the word space that galleys are set with."""
    chosen = design(*settings)
    space = open_face(choose(FONTS, chosen.config.type.font)).advance(" ") * chosen.size
    return Give(space, space / 2, space / 3, EXPANSION, TRACKING * chosen.size)


def settings_of(text, measure, *settings, indent=0.0, offset=0.0, lead_in=False, case=None):
    """Set one paragraph on a measure, in the case that all tests share or the given one, in all its settings."""
    case = case or type_case(*settings)
    copy = copy_of(paragraph(text), lead_in)
    case.cast(copy.keys)
    return break_paragraph(case, copy, Measure(measure, offset, indent), spacing(*settings))


def set_paragraph(text, measure, *settings, **parts):
    """Set one paragraph in the best of its settings, and return its lines."""
    return settings_of(text, measure, *settings, **parts)[0].lines


def read_line(line):
    """Read a line as an eye would: words with spaces, a soft hyphen as a hyphen."""
    return " ".join(word.text for word in line.words).replace(SOFT_HYPHEN, "-")


def right_edge(line):
    """Find where a line's last glyph ends, less what of it hangs out."""
    width = sum(word.width * line.scale + word.seams * line.tracking for word in line.words)
    return line.indent + width + line.space * (len(line.words) - 1) - line.words[-1].hang_right * line.scale


def check_words(lines, text):
    """Prove that the lines hold the text's words in order, cut only at line ends, hyphens made only there."""
    wanted = text.replace(SOFT_HYPHEN, "").replace(NBSP, " ").split()
    rest = ""
    for line in lines:
        for place, word in enumerate(line.words):
            rest = rest or wanted.pop(0)
            ends_line = place == len(line.words) - 1
            made = word.text.endswith(SOFT_HYPHEN)
            letters = word.text.removesuffix(SOFT_HYPHEN)
            assert SOFT_HYPHEN not in letters
            assert made == (line.hyphenated and ends_line)
            assert letters and rest.startswith(letters)
            rest = rest[len(letters) :]
            assert not rest or ends_line, "a word goes on in the midst of a line"
            assert not made or rest, "a hyphen at a word's end"
    assert not wanted and not rest


def check_glyphs(lines):
    """Prove that each piece's clusters spell its text, and that widths are those of its glyphs."""
    for line in lines:
        for word in line.words:
            assert "".join(piece.text for piece in word.pieces) == word.text
            assert abs(sum(piece.width for piece in word.pieces) - word.width) < 1e-6
            for piece in word.pieces:
                upem = open_face(piece.style.font).upem
                assert "".join(piece.clusters) == piece.text
                assert len(piece.glyphs) == len(piece.clusters) == len(piece.advances)
                assert abs(sum(piece.advances) * piece.style.size / upem - piece.width) < 1e-6
                assert 0 not in piece.glyphs


def check_fit(lines, measure, natural, indent=0.0, offset=0.0):
    """Prove that every line but the last fills the measure exactly, what hangs out left aside; none is overfull."""
    for row, line in enumerate(lines):
        assert abs(line.indent + line.words[0].hang_left * line.scale - offset - indent * (row == 0)) < 1e-6
        if row == len(lines) - 1:
            assert right_edge(line) < offset + measure + 0.01
            assert line.space < natural + 1e-6
        elif len(line.words) > 1:
            assert abs(right_edge(line) - offset - measure) < 0.01
