"""The table of rules, and the press that runs a manuscript through it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias

from pressbook.markup.apart import find_apart, keep_lines
from pressbook.markup.breaks import find_breaks, find_recurring, tell_pauses
from pressbook.markup.chapters import find_chapters
from pressbook.markup.contents import find_contents
from pressbook.markup.dashes import set_dashes
from pressbook.markup.ellipses import set_ellipses
from pressbook.markup.front import find_back, find_front, find_notes, find_title
from pressbook.markup.habits import profile, typed_habits
from pressbook.markup.headings import counted, read_heading
from pressbook.markup.italics import read_emphasis
from pressbook.markup.languages import language_of
from pressbook.markup.outline import is_structural, outline_of
from pressbook.markup.quotes import Spoken, curl_quotes, house_quotes
from pressbook.markup.sections import find_sections
from pressbook.markup.spaces import even_spaces
from pressbook.markup.table import Edited, Habits, Item, Note, Outline, Rule, Styled, count, shift
from pressbook.markup.thoughts import class_italics, set_thoughts
from pressbook.model.finding import Finding
from pressbook.model.story import (
    Book,
    Chapter,
    ChapterKind,
    Decision,
    Manuscript,
    Paragraph,
    ParagraphKind,
    Pause,
    Run,
    SceneBreak,
)

if TYPE_CHECKING:
    from pressbook.config.schema import House

OutlineRule: TypeAlias = Rule[Callable[[Outline], Outline]]
TextRule: TypeAlias = Rule[Callable[[str, Habits], Edited]]
SpeechRule: TypeAlias = Rule[Callable[[Sequence[str], Habits], list[Spoken]]]
StyleRule: TypeAlias = Rule[Callable[[Sequence[tuple[Run, ...]], Habits], list[Styled]]]
"""A style rule sees a scene at a time: what one paragraph holds tells how the next is meant."""

OUTLINE: tuple[OutlineRule, ...] = (
    Rule("title", "outline", find_title, "a short line at the top, with “by …” under it, names title and author"),
    Rule("contents", "outline", find_contents, "a typed list of contents is dropped if its entries are the headings below"),
    Rule(
        "chapters",
        "outline",
        find_chapters,
        "`# …`, `Chapter IV`, `Prologue`, numbers in turn, lone capitals open a chapter",
    ),
    Rule("signs", "outline", find_recurring, "a few letters alone on a line, all through the book, are a scene break"),
    Rule("sections", "outline", find_sections, "points of view, days, dates and bare titles that recur head chapters or sections"),
    Rule("front", "outline", find_front, "`Foreword: …`, `A/N: …`, a dedication, an epigraph before the story stand apart"),
    Rule("notes", "outline", find_notes, "`A/N: …` at a chapter's edge stands apart"),
    Rule("back", "outline", find_back, "`A/N: …` after the story stands apart"),
    Rule("apart", "outline", find_apart, "epigraphs, letters, signs, sign-offs and `THE END` stand apart"),
    Rule("breaks", "outline", find_breaks, "a typed marker, or a gap wider than the book's habit, is a scene break"),
    Rule("pauses", "outline", tell_pauses, "a gap that closes on another after a few words is a pause"),
)
TEXT: tuple[TextRule, ...] = (
    Rule("spaces", "text", even_spaces, "runs of white space become one space"),
    Rule("lines", "text", keep_lines, "line ends that are kept become newlines"),
    Rule("ellipses", "text", set_ellipses, "three points become an ellipsis"),
    Rule("dashes", "text", set_dashes, "dashes follow the house style"),
)
SPEECH: SpeechRule = Rule(
    "quotes", "text", curl_quotes, "quotation marks and apostrophes are curled, speech followed from one paragraph to the next"
)
STYLE: tuple[StyleRule, ...] = (
    Rule("italics", "style", class_italics, "the author's own italics are told apart: thought, stress, title, foreign"),
    Rule("thoughts", "style", set_thoughts, "thoughts are set in italic, their tags in roman"),
)
HOUSE = Rule("house-quotes", "style", house_quotes, "quotation marks follow the house style or the language")
EMPHASIS = Rule("emphasis", "text", read_emphasis, "`*…*`, `_…_`, `/…/` are italic, `**…**` strong")

RULES: tuple[Rule[Any], ...] = (*OUTLINE, *TEXT, SPEECH, EMPHASIS, *STYLE, HOUSE)
"""Everything that decides, in the order in which it does."""


def mark_up(manuscript: Manuscript, house: "House", title: str = "", author: str = "", language: str = "en-US") -> Book:
    """Understand a manuscript as a book; `title` and `author`, where given, win over what the text says."""
    outline = outline_of(manuscript)
    for row in OUTLINE:
        # Where the file itself says how the story is called, its first line is the story's.
        if row.name != "title" or not manuscript.found.title:
            outline = row.act(outline)
    habits = typed_habits([item.text for item in outline.items], house, language)
    lines = [_set_text(item, habits) for item in outline.items]
    spoken = SPEECH.act([text for text, _ in lines], habits)
    drafts = [_read_marks(line, said) for line, said in zip(lines, spoken, strict=True)]
    styled = HOUSE.act(_style(outline.items, drafts, habits), habits)
    book = _bind(outline, styled, manuscript, title, author)
    return replace(book, findings=(*book.findings, *_noticed(outline, spoken, habits)))


def _set_text(item: Item, habits: Habits) -> Edited:
    """Run one item's words through the text rules."""
    if item.kind in ("break", "pause", "dropped"):
        return "", ()
    text = item.text
    if text[:1] == "\\" and len(text) > 1 and is_structural(text[1:]):
        text = text[1:]
    notes: tuple[Note, ...] = ()
    for row in TEXT:
        text, more = row.act(text, habits)
        if more:
            notes += more
    return text, notes


def _read_marks(line: Edited, said: Spoken) -> Styled:
    """Read the author's marks of emphasis once the quotation marks are curled."""
    runs, removed = read_emphasis(said.text)
    return Styled(runs, shift((*line[1], *said.notes), removed))


def _style(items: tuple[Item, ...], drafts: list[Styled], habits: Habits) -> list[Styled]:
    """Run the words through the style rules, which know English only, scene by scene, each judged by how it is told."""
    if not language_of(habits.language).english:
        return drafts
    chapters = _scenes(items)
    told = profile([[[_plain(drafts[k].runs) for k in scene] for scene in scenes] for scenes in chapters], habits)
    styled = list(drafts)
    for scene, habits in zip(chain(*chapters), chain(*told), strict=True):
        for row in STYLE:
            for k, (runs, notes, removed) in zip(scene, row.act([styled[k].runs for k in scene], habits), strict=True):
                if notes:
                    styled[k] = Styled(runs, shift(styled[k].notes, list(removed)) + notes)
    return styled


def _scenes(items: tuple[Item, ...]) -> list[list[list[int]]]:
    """Part the numbers of the text's items into chapters, and these into scenes; whatever is no text parts scenes."""
    chapters: list[list[list[int]]] = [[[]]]
    for k, item in enumerate(items):
        if item.kind in ("heading", "front", "back"):
            chapters.append([[]])
        elif item.kind != "text":
            chapters[-1].append([])
        else:
            chapters[-1][-1].append(k)
    return chapters


MOST_TROUBLES = 12
"""More paragraphs with troubled speech are counted, not named."""


def _noticed(outline: Outline, spoken: list[Spoken], habits: Habits) -> list[Finding]:
    """Say where speech does not come out even, and what this language does without."""
    troubled = [(item.line, said.trouble) for item, said in zip(outline.items, spoken, strict=True) if said.trouble]
    remedy = "add or remove a quotation mark there"
    findings = [Finding("notice", "speech", f"line {line}: {trouble}", remedy=remedy) for line, trouble in troubled[:MOST_TROUBLES]]
    if (more := len(troubled) - MOST_TROUBLES) > 0:
        says = f"speech does not come out even in {count(more, 'more paragraph')}"
        findings.append(Finding("notice", "speech", says, remedy=remedy))
    if habits.house.thoughts in ("auto", "tagged") and not language_of(habits.language).english:
        says = f"thoughts are not looked for in the language {habits.language}: only the author's own marks make italics"
        findings.append(Finding("notice", "thoughts", says, remedy="mark thoughts with *stars*"))
    return findings


def _plain(runs: tuple[Run, ...]) -> str:
    return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


class _Binder:
    """Gathers items into chapters, and their notes into decisions with a place."""

    def __init__(self) -> None:
        self.chapters: list[Chapter] = []
        self.decisions: list[Decision] = []
        self.blocks: list[Paragraph | SceneBreak | Pause] = []
        self.title = ""
        self.kind: ChapterKind = "chapter"
        self.line = 0
        self.open = False
        self.waiting: Item | None = None
        self.body = 0

    def close(self) -> None:
        if self.open:
            number, name = counted(self.title) if self.kind == "chapter" else ("", self.title)
            self.chapters.append(Chapter(self.title, tuple(self.blocks), self.kind, self.line, number, name))
        self.blocks, self.open, self.waiting = [], False, None

    def begin(self, title: str, kind: ChapterKind, line: int) -> None:
        self.close()
        self.title, self.kind, self.line, self.open = title, kind, line, True

    def paragraph(self, runs: tuple[Run, ...], notes: tuple[Note, ...], line: int, kind: ParagraphKind) -> None:
        if self.waiting is not None and self.blocks:
            item = self.waiting
            self.blocks.append(SceneBreak(item.line, item.text) if item.kind == "break" else Pause(item.line))
            if item.note:
                self.decide(item.note, item.text, line)
        self.waiting = None
        self.blocks.append(Paragraph(runs, line, kind))
        if notes:
            plain = _plain(runs)
            for note in notes:
                self.decide(note, plain, line)
        if kind == "body":
            self.body += 1

    def decide(self, note: Note, text: str, line: int) -> None:
        start, end = (note.start, note.end) if note.start >= 0 else (0, len(text))
        kind, rule, confidence, evidence = note[:4]
        place = (self.body, start, end, line, text[start:end])
        self.decisions.append(Decision(kind, rule, confidence, note.applied, *place, evidence))


def _bind(outline: Outline, styled: list[Styled], manuscript: Manuscript, title: str, author: str) -> Book:
    """Bind items into chapters; breaks at a chapter's edges vanish."""
    binder = _Binder()
    found = {"title": "", "author": ""}
    for item, (runs, notes, _) in zip(outline.items, styled, strict=True):
        kind = item.kind
        if kind in ("text", "quote", "section", "verse", "centred", "signature"):
            if not binder.open or (binder.kind == "front"):
                binder.begin("", "chapter", item.line)
            own = (item.note, *notes) if item.note else notes
            binder.paragraph(runs, own, item.line, "body" if kind == "text" else kind)
        elif kind == "break" or kind == "pause":
            binder.waiting = item
        elif kind == "more":
            front = binder.open and binder.kind != "chapter"
            if item.text:
                if not binder.open:
                    binder.begin("", "chapter", item.line)
                binder.paragraph(runs, notes, item.line, _kind_of_note(runs) if front else "quote")
        elif kind == "dropped":
            if item.note:
                binder.decide(item.note, item.text, item.line)
        elif kind == "title" or kind == "author":
            found[kind] = _plain(runs)
            if item.note:
                binder.decide(item.note, f"{item.label} {found[kind]}".strip(), item.line)
        else:
            _open_chapter(binder, item, runs, notes)
    binder.close()
    name = title or manuscript.found.title or found["title"] or _named_by_file(manuscript.name)
    author = author or manuscript.found.author or found["author"]
    return Book(name, author, tuple(_told_apart(binder.chapters)), tuple(binder.decisions), manuscript.findings)


def _open_chapter(binder: _Binder, item: Item, runs: tuple[Run, ...], notes: tuple[Note, ...]) -> None:
    """Begin a chapter, or the front or back matter that a label opens."""
    heading = item.kind == "heading"
    name = _plain(runs) if heading else item.label.replace("'", "’")
    kind: ChapterKind = "front" if item.kind == "front" else "back" if item.kind == "back" else "chapter"
    binder.begin(name, kind, item.line)
    if item.note:
        binder.decide(item.note, name, item.line)
    if not heading and item.text.strip():
        binder.paragraph(runs, notes, item.line, _kind_of_note(runs))


def _kind_of_note(runs: tuple[Run, ...]) -> ParagraphKind:
    """Tell a note's verse, whose lines are kept, from its prose."""
    return "verse" if any("\n" in run.text for run in runs) else "body"


def _told_apart(chapters: list[Chapter]) -> Iterator[Chapter]:
    """Make parts of the chapters whose headings say so, where they hold no story themselves and a chapter follows."""
    for chapter, after in zip_longest(chapters, chapters[1:]):
        heading = read_heading(chapter.title) if chapter.kind == "chapter" else None
        holds_story = any(isinstance(block, Paragraph) and block.kind in ("body", "verse") for block in chapter.blocks)
        follows = after is not None and after.kind == "chapter" and bool(after.title)
        yield replace(chapter, kind="part") if heading and heading.part and follows and not holds_story else chapter


def _named_by_file(name: str) -> str:
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] if words.islower() else words


def letters(book: Book) -> int:
    """Count the characters of the book's paragraphs, spaces included."""
    return sum(
        len(run.text) for chapter in book.chapters for block in chapter.blocks if isinstance(block, Paragraph) for run in block.runs
    )
