"""Galleys: a book's chapters in type, not yet paged."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, count, takewhile, zip_longest
from math import inf
from typing import NamedTuple

from pressbook.composition.ahead import Ahead
from pressbook.composition.breaking import Give
from pressbook.composition.display import Align, DisplayCase
from pressbook.composition.faces import open_face
from pressbook.composition.footnotes import SmallType, is_cited, set_notes, with_cites, without_notes
from pressbook.composition.initials import WIDEST, cast_initial, find_opening, put_initial
from pressbook.composition.paragraphs import HOPELESS, Copy, Measure, break_paragraph, copy_of, read_settings, written_settings
from pressbook.composition.shaping import MissingCharacterError
from pressbook.composition.sorts import TypeCase
from pressbook.composition.spacing import Spacing, spacing_of
from pressbook.composition.verse import KeptLine, Place, is_kept, kept_lines, place_poem, set_kept
from pressbook.config import Design, says
from pressbook.errors import FontError
from pressbook.hands import second_hand
from pressbook.model import (
    Book,
    Chapter,
    Cut,
    Finding,
    Font,
    Galley,
    Illustration,
    Line,
    Opener,
    Paragraph,
    ParagraphKind,
    Passage,
    Pause,
    Role,
    SceneBreak,
    Setting,
    White,
)
from pressbook.values import replace

TITLE_MEASURE = 0.9
"""Of the measure: a chapter's title keeps within it."""
TITLE_SCALES = (1.0, 0.9, 0.8, 0.72)
"""Sizes that a title may shrink to; the last is the text's own."""
CAPTION_LEADING = 1.22
"""From baseline to baseline of a caption, in ems."""
MOST_TITLE_LINES = 4
"""A title of more lines shrinks, as far as that helps."""
LOOSE = 3.0
"""An adjustment ratio that the eye notices: word spaces two and a half times their natural width."""
_LISTS = frozenset("•0123456789")
"""What a list's item may begin with."""
MANY_WORDS = 15_000
"""From so many words on, a second process earns more than it costs to begin."""
TURNED = 2 / 3
"""Of the measure: the least room of the turned-over part of a kept line."""


class _Draft(NamedTuple):
    """A chapter whose words are cast, not yet broken."""

    chapter: Chapter
    opening: int | None
    """The paragraph that it opens with."""
    copies: dict[int, Copy]
    """The running paragraphs by number."""
    kept: dict[int, tuple[KeptLine, ...]]
    """The paragraphs whose lines are kept, by number."""
    measures: dict[int, Measure]
    """Of the running paragraphs, by number."""
    findings: tuple[Finding, ...]
    """What casting noticed."""


def compose(book: Book, design: Design, fonts: tuple[Font, ...], ahead: Ahead | None = None) -> tuple[Galley, ...]:
    """Set a book in type, as far as it is not set ahead; FontError names the character, word and line that no face can set."""
    kept = any(isinstance(block, Paragraph) and is_kept(block) for chapter in book.chapters for block in chapter.blocks)
    # The shortest lines are those of quotes, the turned-over parts of kept lines, or those beside an initial.
    shortest = [design.measure - 2 * design.indent, *[TURNED * design.measure] * kept]
    case = TypeCase(design, fonts, min([*shortest, *[(1 - WIDEST) * design.measure] * bool(design.initial)]))
    display = DisplayCase(design, fonts)
    spacing = spacing_of(design, fonts)
    place = design.config.story.footnotes
    bare = without_notes(book) if place == "off" else book
    small = _small_type(design, fonts, case.narrowest) if any(chapter.notes for chapter in bare.chapters) else None
    ready = ahead.stock(case, spacing.running) if ahead else {}
    drafts = [_draft(chapter, design, case, ready) for chapter in bare.chapters]
    settings = _set_running(drafts, case, spacing.running)
    galleys = [_set(draft, made, design, case, display, spacing, small) for draft, made in zip(drafts, settings, strict=True)]
    if small and place == "end":
        galleys.append(_notes_of_book(bare, design, display, small))
    if galleys and bare is not book and (count := sum(len(chapter.notes) for chapter in book.chapters)):
        galleys[0] = replace(galleys[0], findings=(_left_out(count), *galleys[0].findings))
    if galleys and design.config.type.justify == "auto" and not design.justified:
        galleys[0] = replace(galleys[0], findings=(_set_ragged(design), *galleys[0].findings))
    return tuple(galleys)


def _small_type(design: Design, fonts: tuple[Font, ...], narrowest: float) -> SmallType:
    """Open a case of the notes' size; notes are justified where the text is."""
    smaller = replace(design, size=design.note_size, indent=design.indent * design.note_size / design.size)
    running, ragged = spacing_of(smaller, fonts)
    return SmallType(TypeCase(smaller, fonts, narrowest), running if design.justified else ragged, ragged)


def _left_out(count: int) -> Finding:
    things = "a footnote is" if count == 1 else f"{count} footnotes are"
    return Finding(
        "notice", "footnotes", f"{things} left out, as story.footnotes says", remedy='story.footnotes = "foot" sets them'
    )


def _set_ragged(design: Design) -> Finding:
    return Finding(
        "notice",
        "ragged",
        f"a line takes {design.letters:.0f} letters, too few to justify without gaps: set ragged right",
        remedy="type.justify = true justifies all the same",
    )


def _with_notes(galley: Galley, chapter: Chapter, design: Design, display: DisplayCase, small: SmallType) -> Galley:
    """Set a chapter's notes, for the feet of its pages or for its end."""
    place = design.config.story.footnotes
    if place == "end":
        return galley
    with _lines_named(chapter):
        notes = set_notes(chapter, small)
    findings = (*galley.findings, *[replace(finding, file=chapter.story.file) for finding in _forced(small.case)])
    if place == "foot":
        return replace(galley, notes=notes, findings=findings)
    blocks = (*galley.blocks, _heading(says(design.language).notes, chapter.line, design, display), *_as_passages(chapter, notes))
    return replace(galley, blocks=blocks, findings=findings)


def _notes_of_book(book: Book, design: Design, display: DisplayCase, small: SmallType) -> Galley:
    """Set the notes of all chapters as one more, each chapter's below its title, and below its story's where there are several."""
    blocks: list[Passage | White] = []
    several = len(book.stories) > 1
    for chapter in book.chapters:
        if chapter.notes:
            names = dict.fromkeys((chapter.story.title if several else "", chapter.title))
            title = ": ".join(filter(None, names))
            blocks += [_heading(title, chapter.line, design, display)] if title else []
            with _lines_named(chapter):
                blocks += _as_passages(chapter, set_notes(chapter, small))
    line = next(chapter.notes[0].line for chapter in book.chapters if chapter.notes)
    heads = says(design.language).notes
    opener = _opener(Chapter(heads, (), "back", line, name=heads), design, display)
    return Galley(opener, tuple(blocks), heads, "back", tuple(_forced(small.case)))


def _as_passages(chapter: Chapter, notes: Sequence[tuple[Line, ...]]) -> list[Passage]:
    return [Passage((Setting(lines),), note.line) for lines, note in zip(notes, chapter.notes, strict=True)]


def _heading(words: str, line: int, design: Design, display: DisplayCase) -> Passage:
    """Set a heading inside a chapter, which stays with what follows."""
    return Passage((Setting(display.lines(words, "subtitle", design.measure)),), line, keep=True, above=1)


def _draft(chapter: Chapter, design: Design, case: TypeCase, ready: Mapping[str, Copy]) -> _Draft:
    """Cut a chapter's text into words and cast them, as far as that is not done ahead."""
    opening = _opening(chapter)
    copies = _copies(chapter, opening, design.config.type.lead_in, ready)
    kept = {
        number: kept_lines(block) for number, block in enumerate(chapter.blocks) if isinstance(block, Paragraph) and is_kept(block)
    }
    with _lines_named(chapter):
        case.cast(chain.from_iterable([copy.keys for copy in copies.values()]))
        case.cast(chain.from_iterable(line.copy.keys for lines in kept.values() for line in lines))
    return _Draft(chapter, opening, copies, kept, _measures(chapter, copies, design, case), tuple(_forced(case)))


def _set_running(drafts: Sequence[_Draft], case: TypeCase, give: Give) -> list[dict[int, tuple[Setting, ...]]]:
    """Set the running paragraphs of all chapters; return for each chapter their settings by number.

    Of a long work a second hand, if there is one, does every other: so the dear ones, which need hyphens, fall to both.
    """
    jobs = [(draft.copies[number], measure) for draft in drafts for number, measure in draft.measures.items()]
    settings = [copy.settings if copy.measure == measure else () for copy, measure in jobs]
    open_jobs = [job for job, made in zip(jobs, settings, strict=True) if not made]
    own, others = open_jobs[::2], open_jobs[1::2]
    shared = sum([len(copy.keys) for copy, _ in open_jobs]) >= MANY_WORDS
    helper = second_hand(lambda: [written_settings(case, *job, give) for job in others]) if shared else None
    made = [break_paragraph(case, *job, give) for job in own]
    found = (helper.result() if helper else None) or [()] * len(others)
    read = [read_settings(case, *job, give, plain) for job, plain in zip(others, found, strict=True)]
    rest = chain.from_iterable(zip_longest(made, read))
    whole = iter([known or next(rest) for known in settings])
    return [{number: next(whole) for number in draft.measures} for draft in drafts]


def _set(
    draft: _Draft,
    settings: dict[int, tuple[Setting, ...]],
    design: Design,
    case: TypeCase,
    display: DisplayCase,
    spacing: Spacing,
    small: SmallType | None,
) -> Galley:
    chapter, opening, copies, kept, _, forced = draft
    places = _places(chapter, kept, design, case, spacing.ragged)
    ready, beside = _set_opening(case, chapter, opening, copies, design, spacing.running)
    findings: list[Finding] = []
    blocks: list[Passage | White | Cut] = []
    cited: set[int] = set()
    """Which of its notes the chapter has cited so far."""
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, SceneBreak | Pause):
            blocks.append(White(isinstance(block, SceneBreak), block.line))
        elif isinstance(block, Illustration):
            with _lines_named(chapter):
                blocks.append(_cut(block, design, display))
        elif block.kind == "section":
            with _lines_named(chapter):
                blocks.append(_heading("".join(run.text for run in block.runs), block.line, design, display))
        else:
            held: tuple[int, ...] = ()
            whole = 0
            if number in kept:
                lines, held = set_kept(case, kept[number], places[number], spacing.ragged)
                held = (0, *held) if block.kind == "signature" else held
                chosen: tuple[Setting, ...] = (Setting(lines),)
            else:
                chosen = ready.get(number) or settings[number]
                findings.extend(_loose(chosen[0].lines, block, design))
                whole = beside if number == opening else 0
            if chapter.notes and is_cited(block):
                chosen = with_cites(chosen, case, cited)
            above, below = (0, 0) if block.kind == "body" else _white(chapter, number)
            blocks.append(Passage(chosen, block.line, above=above, below=below, held=held, whole=whole))
    with _lines_named(chapter):
        opener = _opener(chapter, design, display)
    findings.extend([*forced, *_forced(case), *_parted(display)])
    if chapter.title and not opener.lines:
        blocks.insert(0, _title_as_text(chapter, design, display))
    # What is found in a chapter is found in its file.
    named = tuple(replace(finding, file=chapter.story.file) for finding in findings)
    galley = Galley(opener, tuple(blocks), chapter.title, chapter.kind, named, chapter.byline, chapter.story)
    return _with_notes(galley, chapter, design, display, small) if small and chapter.notes else galley


def _cut(block: Illustration, design: Design, display: DisplayCase) -> Cut:
    """Set a picture's caption, broken by sense in lines that keep within the picture's usual width."""
    measure = TITLE_MEASURE * design.measure
    words = "".join(run.text for run in block.caption)
    caption = _shifted(display.lines(words, "caption", measure), (design.measure - measure) / 2)
    return Cut(block.picture, caption, CAPTION_LEADING * display.style("caption").size, block.line, block.stand, block.alt)


def _opener(chapter: Chapter, design: Design, display: DisplayCase) -> Opener:
    """Set a chapter's title, its number small above its name if it has both; nothing if no size makes it fit its page.

    A title of many lines is set smaller, down to the size of the text. What is too deep as a pair may fit as one. Under
    the title of a story among others stands its author's name.
    """
    measure = TITLE_MEASURE * design.measure
    role: Role = "part" if chapter.kind == "part" else "chapter"
    pairs = [("", chapter.title)]
    if chapter.number and chapter.name:
        pairs.insert(0, (chapter.number, chapter.name))
    fitting: Opener | None = None
    for number, name in pairs:
        for scale in TITLE_SCALES:
            above, title = display.lines(number, "number", measure), display.lines(name, role, measure, scale=scale)
            below = display.lines(chapter.byline, "author", measure) if title else ()
            size = display.style(role, scale).size
            drop = 1.5 * design.leading
            opener = Opener((*above, *title, *below), 1.3 * size, len(above), design.leading + 0.75 * size, len(below), drop)
            if not opener.lines or opener.rises[0] <= design.title_depth:
                fitting = opener
                if len(title) <= MOST_TITLE_LINES:
                    break
        if fitting:
            return _moved(fitting, (design.measure - measure) / 2)
    return Opener((), 0.0)


def _title_as_text(chapter: Chapter, design: Design, display: DisplayCase) -> Passage:
    """Set a title that no page has room for as text above the chapter, so that no word of it is lost."""
    lines = display.lines(chapter.title, "chapter", design.measure, scale=TITLE_SCALES[-1])
    return Passage((Setting(lines),), chapter.line, below=1)


def _opening(chapter: Chapter) -> int | None:
    """Find the paragraph that a chapter of the story opens with."""
    bodies = (number for number, block in enumerate(chapter.blocks) if isinstance(block, Paragraph) and block.kind == "body")
    return next(bodies, None) if chapter.kind == "chapter" else None


def _copies(chapter: Chapter, opening: int | None, lead_in: str, ready: Mapping[str, Copy]) -> dict[int, Copy]:
    """Cut the chapter's paragraphs into words; the first ones of chapters and scenes lead in with small capitals, by choice."""
    copies: dict[int, Copy] = {}
    after: Paragraph | SceneBreak | Pause | Illustration | None = None
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, Paragraph) and block.kind != "section" and not is_kept(block):
            opens = number == opening and lead_in != "none"
            resumes = isinstance(after, SceneBreak) and block.kind == "body" and lead_in == "scenes"
            copies[number] = copy_of(block, opens or resumes, ready)
        after = block
    return copies


def _set_opening(
    case: TypeCase, chapter: Chapter, opening: int | None, copies: dict[int, Copy], design: Design, give: Give
) -> tuple[dict[int, tuple[Setting, ...]], int]:
    """Set the paragraphs that stand beside a chapter's initial; return them by number, and how many lines that takes.

    A first paragraph shorter than its initial leaves the lines that remain to the next. Where the scene is over before,
    the initial is smaller, or there is none.
    """
    taken = find_opening(copies[opening]) if opening is not None and design.initial else None
    if taken is None or opening is None:
        return {}, 0
    case.cast(taken.rest.keys)
    for depth in range(design.initial, 1, -1):
        initial = cast_initial(case, taken, depth)
        notch = initial.notch if initial else ()
        ready: dict[int, tuple[Setting, ...]] = {}
        number = opening
        while notch and _is_kind(chapter, number, "body"):
            opens = number == opening
            measure = Measure(design.measure, indent=0.0 if opens else design.indent, notch=notch, opens=opens)
            settings = break_paragraph(case, taken.rest if opens else copies[number], measure, give)
            count = len(settings[0].lines)
            # Where a paragraph ends beside the initial, a setting longer or shorter would move the next one's notch.
            ready[number] = tuple(other for other in settings if min(count, len(other.lines)) >= len(notch)) or settings[:1]
            notch = notch[count:]
            number += 1
        if initial and len(notch) <= len(initial.notch) - depth:  # a tail may hang into the white below
            ready[opening] = tuple(put_initial(setting, initial) for setting in ready[opening])
            return ready, len(initial.notch) - len(notch)
    return {}, 0


def _measures(chapter: Chapter, running: dict[int, Copy], design: Design, case: TypeCase) -> dict[int, Measure]:
    """Return the measures of the running paragraphs by number: flush after white, a heading or an interruption."""
    measures: dict[int, Measure] = {}
    usual = {True: Measure(design.measure), False: Measure(design.measure, indent=design.indent)}
    """By whether the paragraph begins flush."""
    flush = True
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, Illustration):
            continue  # it may stand on another page
        if not isinstance(block, Paragraph) or block.kind == "section":
            flush = True
        else:
            if number in running:
                flush = flush or _goes_on(chapter, number)
                if block.kind == "quote":
                    measures[number] = _quoted(chapter, number, design)
                else:
                    measures[number] = _hanging(running[number], case) if _is_listed(chapter, number) else usual[flush]
            flush = flush and block.kind != "body"
    return measures


def _is_listed(chapter: Chapter, number: int) -> bool:
    """Tell a list's item by its bullet or its number, which counts only beside the one before or after it."""
    count = _counted(chapter, number)
    return count == 0 or (count > 0 and count in (_counted(chapter, number - 1) + 1, _counted(chapter, number + 1) - 1))


def _counted(chapter: Chapter, number: int) -> int:
    """Read the number that a paragraph begins with as a list's item would; 0 for a bullet, -1 for neither."""
    block = chapter.blocks[number] if 0 <= number < len(chapter.blocks) else None
    if not isinstance(block, Paragraph) or block.kind != "body" or block.runs[0].text[:1] not in _LISTS:
        return -1
    match = re.match(r"•(?= )|(\d{1,3})[.)](?= )", block.runs[0].text)
    return int(match[1] or 0) if match else -1


def _hanging(copy: Copy, case: TypeCase) -> Measure:
    """Return the lines of a list's item: its sign an indent from the margin, all lines behind it."""
    design = case.design
    space = open_face(case.styles[0].font).advance(" ") * design.size
    hang = min(design.indent, case.sort(copy.keys[0]).word.width + space)
    left = design.indent + hang
    return Measure(design.measure - left, left, -hang)


def _quoted(chapter: Chapter, number: int, design: Design) -> Measure:
    """Return the lines of a paragraph set apart; a letter's second one is indented as a story's is."""
    above = chapter.blocks[number - 1] if number else None
    follows = isinstance(above, Paragraph) and above.kind == "quote" and not is_kept(above)
    return Measure(design.measure - 2 * design.indent, design.indent, design.indent if follows else 0.0)


def _places(
    chapter: Chapter, kept: dict[int, tuple[KeptLine, ...]], design: Design, case: TypeCase, give: Give
) -> dict[int, Place]:
    """Decide where the kept lines of each paragraph stand; the stanzas of a poem share their left edge."""
    indent, narrow = design.indent, design.measure - 2 * design.indent
    places: dict[int, Place] = {}
    for number in kept:
        kind = _kind(chapter, number)
        if kind == "verse" and _kind(chapter, number - 1) == "verse":
            places[number] = places[number - 1]
        elif kind == "verse":
            stanzas = takewhile(lambda other: _kind(chapter, other) == "verse", count(number))
            poem = [line for stanza in stanzas for line in kept[stanza]]
            places[number] = place_poem(case, poem, give, design.measure)
        else:
            align: Align = "centre" if kind == "centred" else "right" if kind == "signature" else "left"
            places[number] = Place(indent, narrow, indent if align == "left" else 0.0, align)
    return places


def _white(chapter: Chapter, number: int) -> tuple[int, int]:
    """Return the grid lines of white above and below a paragraph: between what stands apart and what does not.

    A poem's stanzas are parted as well, and a letter's head from the letter; a signature stands right under what it signs.
    """
    kind = _kind(chapter, number)
    if kind == "body":
        return 0, 0
    before, after = _kind(chapter, number - 1), _kind(chapter, number + 1)
    above = kind != "signature" and before not in ("", "section") and (kind != before or kind == "verse")
    return int(above), int(after == "body")


def _kind(chapter: Chapter, number: int) -> str:
    """Name the kind of a block, empty if it is no paragraph; the quotes of front and back matter do not stand apart."""
    block = chapter.blocks[number] if 0 <= number < len(chapter.blocks) else None
    if not isinstance(block, Paragraph):
        return ""
    if block.kind != "quote":
        return block.kind
    return "head" if is_kept(block) else block.kind if chapter.kind == "chapter" else "body"


def _goes_on(chapter: Chapter, number: int) -> bool:
    """Tell whether prose goes on with a sentence that a poem or a letter interrupted: then it is no new paragraph."""
    block = chapter.blocks[number]
    if not isinstance(block, Paragraph) or _kind(chapter, number - 1) in ("", "body", "section"):
        return False
    return "".join(run.text for run in block.runs).lstrip("“‘—–… ")[:1].islower()


def _is_kind(chapter: Chapter, number: int, kind: ParagraphKind) -> bool:
    block = chapter.blocks[number] if 0 <= number < len(chapter.blocks) else None
    return isinstance(block, Paragraph) and block.kind == kind


def _moved(opener: Opener, right: float) -> Opener:
    return replace(opener, lines=_shifted(opener.lines, right))


def _shifted(lines: tuple[Line, ...], right: float) -> tuple[Line, ...]:
    return tuple(replace(line, indent=line.indent + right) for line in lines)


def _loose(lines: tuple[Line, ...], block: Paragraph, design: Design) -> list[Finding]:
    """Report the lines that only the last resort could set."""
    hopeless = HOPELESS if design.config.type.justify == "auto" else inf
    return [
        Finding(
            "notice",
            "loose-line",
            f"line {block.line}: the words {_short(line.words[0].text)} … {_short(line.words[-1].text)} "
            + ("stand far apart in a line" if line.ratio <= hopeless else "do not fill their line, which is left short"),
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


def _parted(display: DisplayCase) -> list[Finding]:
    words, display.forced = dict.fromkeys(display.forced), []
    return [
        Finding(
            "warning", "parted-title", f"{_short(word)!r}, {len(word)} letters in a heading or a caption, is parted to be legible",
            remedy="shorten it, or put spaces into it",
        )
        for word in words
    ]  # fmt: skip


@contextmanager
def _lines_named(chapter: Chapter) -> Iterator[None]:
    """Let an error about a character that no face has name its line in the manuscript."""
    try:
        yield
    except MissingCharacterError as error:
        raise _with_line(error, chapter) from None


def _with_line(error: MissingCharacterError, chapter: Chapter) -> FontError:
    """Name the line of the manuscript where the missing character stands first, and of several the file."""
    file = f"{chapter.story.file}, " if chapter.story.file else ""
    if error.char in chapter.title:
        return FontError(f"{file}line {chapter.line}: {error.message}", error.hint)
    notes = (paragraph for note in chapter.notes for paragraph in note.paragraphs)
    for block in (*chapter.blocks, *notes):
        runs = block.runs if isinstance(block, Paragraph) else block.caption if isinstance(block, Illustration) else ()
        if any(error.char in run.text for run in runs):
            return FontError(f"{file}line {block.line}: {error.message}", error.hint)
    return error
