"""Galleys: a book's chapters in type, not yet paged."""

from itertools import chain

from pressbook.composition.breaking import Give
from pressbook.composition.display import DisplayCase
from pressbook.composition.faces import choose, open_face
from pressbook.composition.paragraphs import Copy, Measure, break_paragraph, copy_of
from pressbook.composition.shaping import MissingCharacterError
from pressbook.composition.sorts import TypeCase
from pressbook.config import Design
from pressbook.errors import FontError
from pressbook.model import (
    Book,
    Chapter,
    Finding,
    Font,
    Galley,
    Line,
    Opener,
    Paragraph,
    Passage,
    Pause,
    SceneBreak,
    Setting,
    White,
)

SCENE_ROWS = 3
"""Grid lines of a scene break: white, ornament, white."""
EXPANSION = 0.02
"""How far glyphs may be scaled, either way: pdfTeX's microtype gives as much, and it is not seen."""
TRACKING = 0.01
"""White between letters, either way, in em."""
LOOSE = 3.0
"""An adjustment ratio that the eye notices: word spaces two and a half times their natural width."""


def compose(book: Book, design: Design, fonts: tuple[Font, ...]) -> tuple[Galley, ...]:
    """Set a book in type; FontError names the character, word and line that no face can set."""
    face = open_face(choose(fonts, design.config.type.font))
    space = face.advance(" ") * design.size
    give = Give(space, space / 2, space / 3)
    if design.config.type.expansion:
        give = Give(space, space / 2, space / 3, EXPANSION, TRACKING * design.size)
    case = TypeCase(design, fonts, design.measure - 2 * design.indent)
    display = DisplayCase(design, fonts)
    return tuple(_galley(chapter, design, case, display, give) for chapter in book.chapters)


def _galley(chapter: Chapter, design: Design, case: TypeCase, display: DisplayCase, give: Give) -> Galley:
    try:
        return _set(chapter, design, case, display, give)
    except MissingCharacterError as error:
        raise _with_line(error, chapter) from None


def _set(chapter: Chapter, design: Design, case: TypeCase, display: DisplayCase, give: Give) -> Galley:
    copies = _copies(chapter)
    case.cast(chain.from_iterable(copy.keys for copy in copies.values()))
    findings: list[Finding] = []
    blocks: list[Passage | White] = []
    flush = True
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, SceneBreak):
            blocks.append(White(SCENE_ROWS, True, block.line))
            flush = True
        elif isinstance(block, Pause):
            blocks.append(White(1, False, block.line))
            flush = True
        elif block.kind == "section":
            text = "".join(run.text for run in block.runs)
            lines = display.lines(text, "subtitle", design.measure)
            blocks.append(Passage((Setting(lines),), block.line, keep=True, above=1, below=0))
            flush = True
        else:
            settings = break_paragraph(case, copies[number], _measure(block, design, flush), give)
            findings.extend(_loose(settings[0].lines, block))
            quote = block.kind == "quote" and chapter.kind == "chapter"
            first = quote and number > 0 and not _is_quote(chapter, number - 1)
            last = quote and not _is_quote(chapter, number + 1)
            blocks.append(Passage(settings, block.line, above=int(first), below=int(last)))
            flush = quote
    findings.extend(_forced(case))
    opener = Opener(display.lines(chapter.title, "chapter", 0.9 * design.measure), 1.3 * 1.4 * design.size)
    opener = _moved(opener, 0.05 * design.measure)
    return Galley(opener, tuple(blocks), chapter.title, chapter.kind, tuple(findings))


def _copies(chapter: Chapter) -> dict[int, Copy]:
    """Cut the chapter's paragraphs into words; the first paragraph of a story leads in with small capitals."""
    copies: dict[int, Copy] = {}
    lead_in = chapter.kind == "chapter"
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, Paragraph) and block.kind != "section":
            leads = lead_in and block.kind == "body"
            copies[number] = copy_of(block, leads)
            lead_in = lead_in and not leads
    return copies


def _measure(block: Paragraph, design: Design, flush: bool) -> Measure:
    if block.kind == "quote":
        return Measure(design.measure - 2 * design.indent, design.indent)
    return Measure(design.measure, 0.0, 0.0 if flush else design.indent)


def _is_quote(chapter: Chapter, number: int) -> bool:
    block = chapter.blocks[number] if 0 <= number < len(chapter.blocks) else None
    return isinstance(block, Paragraph) and block.kind == "quote"


def _moved(opener: Opener, right: float) -> Opener:
    lines = tuple(Line(line.words, line.space, line.indent + right) for line in opener.lines)
    return Opener(lines, opener.leading)


def _loose(lines: tuple[Line, ...], block: Paragraph) -> list[Finding]:
    """Report the lines that only the last resort could set."""
    return [
        Finding(
            "notice",
            "loose-line",
            f"line {block.line}: the words {_short(line.words[0].text)} … {_short(line.words[-1].text)} stand far apart in a line",
            remedy="reword, or put a soft hyphen into a long word nearby",
        )
        for line in lines[:-1]
        if line.ratio > LOOSE
    ]


def _short(word: str) -> str:
    return word if len(word) <= 24 else f"{word[:23]}…"


def _forced(case: TypeCase) -> list[Finding]:
    words, case.forced = case.forced, []
    return [
        Finding("notice", "forced-break", f"{word[:60]!r} is wider than the measure and may be broken where no rule allows it",
                remedy="put soft hyphens into it")
        for word in words
    ]  # fmt: skip


def _with_line(error: MissingCharacterError, chapter: Chapter) -> FontError:
    """Name the line of the manuscript where the missing character stands first."""
    if error.char in chapter.title:
        return FontError(f"line {chapter.line}: {error.message}", error.hint)
    for block in chapter.blocks:
        if isinstance(block, Paragraph) and any(error.char in run.text for run in block.runs):
            return FontError(f"line {block.line}: {error.message}", error.hint)
    return error
