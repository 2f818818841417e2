"""Galleys: a book's chapters in type, not yet paged."""

from itertools import chain

from pressbook.composition.breaking import Give
from pressbook.composition.display import DisplayCase
from pressbook.composition.faces import choose, open_face
from pressbook.composition.initials import WIDEST, cast_initial, find_opening, put_initial
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
    beside = (1 - WIDEST) * design.measure if design.initial else design.measure
    case = TypeCase(design, fonts, min(design.measure - 2 * design.indent, beside))
    display = DisplayCase(design, fonts)
    return tuple(_galley(chapter, design, case, display, give) for chapter in book.chapters)


def _galley(chapter: Chapter, design: Design, case: TypeCase, display: DisplayCase, give: Give) -> Galley:
    try:
        return _set(chapter, design, case, display, give)
    except MissingCharacterError as error:
        raise _with_line(error, chapter) from None


def _set(chapter: Chapter, design: Design, case: TypeCase, display: DisplayCase, give: Give) -> Galley:
    opening = _opening(chapter)
    copies = _copies(chapter, opening, design.config.type.lead_in)
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
            depth = design.initial if number == opening else 0
            settings, whole = _set_paragraph(case, copies[number], _measure(block, design, flush), give, depth)
            findings.extend(_loose(settings[0].lines, block))
            quote = block.kind == "quote" and chapter.kind == "chapter"
            first = quote and number > 0 and not _is_quote(chapter, number - 1)
            last = quote and not _is_quote(chapter, number + 1)
            blocks.append(Passage(settings, block.line, above=int(first), below=int(last), whole=whole))
            flush = quote
    findings.extend(_forced(case))
    opener = Opener(display.lines(chapter.title, "chapter", 0.9 * design.measure), 1.3 * 1.4 * design.size)
    opener = _moved(opener, 0.05 * design.measure)
    return Galley(opener, tuple(blocks), chapter.title, chapter.kind, tuple(findings))


def _opening(chapter: Chapter) -> int | None:
    """Find the paragraph that a chapter of the story opens with."""
    bodies = (number for number, block in enumerate(chapter.blocks) if isinstance(block, Paragraph) and block.kind == "body")
    return next(bodies, None) if chapter.kind == "chapter" else None


def _copies(chapter: Chapter, opening: int | None, lead_in: str) -> dict[int, Copy]:
    """Cut the chapter's paragraphs into words; the first ones of chapters and scenes lead in with small capitals, by choice."""
    copies: dict[int, Copy] = {}
    after: Paragraph | SceneBreak | Pause | None = None
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, Paragraph) and block.kind != "section":
            opens = number == opening and lead_in != "none"
            resumes = isinstance(after, SceneBreak) and block.kind == "body" and lead_in == "scenes"
            copies[number] = copy_of(block, opens or resumes)
        after = block
    return copies


def _set_paragraph(case: TypeCase, copy: Copy, measure: Measure, give: Give, depth: int) -> tuple[tuple[Setting, ...], int]:
    """Set a paragraph, with an initial if it is to have one; return its settings and how many lines stand beside the initial.

    A paragraph too short for the initial has a smaller one, or none.
    """
    opening = find_opening(copy) if depth else None
    if opening:
        case.cast(opening.rest.keys)
        for lines in range(depth, 1, -1):
            initial = cast_initial(case, opening, lines)
            if initial is None:
                continue
            beside = len(initial.notch)
            settings = break_paragraph(case, opening.rest, Measure(measure.width, measure.offset, notch=initial.notch), give)
            if len(settings[0].lines) >= beside:
                enough = [setting for setting in settings if len(setting.lines) >= beside]
                return tuple(put_initial(setting, initial, measure.offset) for setting in enough), beside
    return break_paragraph(case, copy, measure, give), 0


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
