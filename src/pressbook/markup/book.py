"""The table of rules, and the press that runs a manuscript through it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from pressbook.markup.breaks import find_breaks, tell_pauses
from pressbook.markup.chapters import find_chapters
from pressbook.markup.dashes import set_dashes
from pressbook.markup.ellipses import set_ellipses
from pressbook.markup.front import find_back, find_front, find_title
from pressbook.markup.habits import profile, speech_marks
from pressbook.markup.italics import as_letters, read_emphasis
from pressbook.markup.outline import is_structural, outline_of
from pressbook.markup.overrule import Docket, hold, report, set_as_said, settle_signs, settle_style, spell_out, summon
from pressbook.markup.quotes import curl_quotes
from pressbook.markup.spaces import even_spaces
from pressbook.markup.table import Edited, Habits, Item, Note, Outline, Rule, Styled, shift
from pressbook.markup.thoughts import set_thoughts
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
StyleRule: TypeAlias = Rule[Callable[[tuple[Run, ...], Habits], Styled]]

OUTLINE: tuple[OutlineRule, ...] = (
    Rule("title", "outline", find_title, "a short line at the top, with “by …” under it, names title and author"),
    Rule("chapters", "outline", find_chapters, "`# …`, `Chapter IV`, `Prologue`, capitals after a wide gap open a chapter"),
    Rule("front", "outline", find_front, "`Foreword: …`, `A/N: …` before the story stand apart"),
    Rule("back", "outline", find_back, "`A/N: …` after the story stands apart"),
    Rule("breaks", "outline", find_breaks, "a typed marker, or a gap wider than the book's habit, is a scene break"),
    Rule("pauses", "outline", tell_pauses, "a gap that closes on another after a few words is a pause"),
)
TEXT: tuple[TextRule, ...] = (
    Rule("spaces", "text", even_spaces, "runs of white space become one space"),
    Rule("ellipses", "text", set_ellipses, "three points become an ellipsis"),
    Rule("dashes", "text", set_dashes, "dashes follow the house style"),
    Rule("quotes", "text", curl_quotes, "quotation marks and apostrophes are curled"),
)
STYLE: tuple[StyleRule, ...] = (Rule("thoughts", "style", set_thoughts, "thoughts are set in italic, their tags in roman"),)
EMPHASIS = Rule("emphasis", "text", read_emphasis, "`*…*`, `_…_`, `/…/` are italic, `**…**` strong")

RULES: tuple[Rule[Any], ...] = (*OUTLINE, *TEXT, EMPHASIS, *STYLE)
"""Everything that decides, in the order in which it does."""


def mark_up(manuscript: Manuscript, house: "House", title: str = "", author: str = "") -> Book:
    """Understand a manuscript as a book; `title` and `author`, where given, win over what the text says."""
    outline = outline_of(manuscript)
    first = docket = summon(manuscript.overrules, outline.items)
    outline = hold(docket, "", Outline((), outline.gap), outline)
    for row in OUTLINE:
        if not docket.skips(row):
            outline = hold(docket, row.name, outline, row.act(outline))
    docket = summon(manuscript.overrules, outline.items)
    habits = Habits(house, speech_marks([item.text for item in outline.items]))
    drafts = [_set_text(item, habits, docket) for item in outline.items]
    habits = profile([_plain(draft.runs) for draft in drafts], house, habits.speech)
    styled = [_style(item, draft, habits, docket) for item, draft in zip(outline.items, drafts, strict=True)]
    book = _bind(outline, styled, manuscript, title, author)
    overruled = report(first, manuscript, RULES, book.decisions)
    return replace(book, findings=(*book.findings, *overruled)) if overruled else book


def _set_text(item: Item, habits: Habits, docket: Docket) -> Styled:
    """Run one item's words through the text rules and read the author's marks."""
    if item.kind in ("break", "pause"):
        return Styled(())
    text = item.text
    if text[:1] == "\\" and len(text) > 1 and is_structural(text[1:]):
        text = text[1:]
    notes: tuple[Note, ...] = ()
    for row in TEXT:
        if docket.skips(row):
            continue
        edited = row.act(text, habits)
        text, more = settle_signs(docket, row.name, item, text, edited) if docket.name else edited
        if more:
            notes += more
    if docket.name:
        text = spell_out(docket, item, text)
        if docket.skips(EMPHASIS):
            runs, removed = as_letters(text)
            return Styled(runs, shift(notes, removed))
    runs, removed, more = read_emphasis(text)
    return Styled(runs, (*shift(notes, removed), *more) if more or removed else notes)


def _style(item: Item, draft: Styled, habits: Habits, docket: Docket) -> Styled:
    """Run one item's runs through the rules of style; what its author says comes last."""
    if item.kind == "text":
        for row in STYLE:
            if docket.skips(row):
                continue
            styled = row.act(draft.runs, habits)
            if docket.name:
                styled = settle_style(docket, row.name, item, draft.runs, styled)
            if styled.notes:
                notes = _carried(draft.notes, _plain(draft.runs), _plain(styled.runs))
                draft = Styled(styled.runs, (*notes, *styled.notes))
    return set_as_said(docket, item, draft) if docket.name else draft


def _carried(notes: tuple[Note, ...], before: str, after: str) -> tuple[Note, ...]:
    """Move notes to where their letters stand once a style rule has dropped some signs; a note on a dropped sign goes with it."""
    if before == after or not notes:
        return notes
    removed: list[int] = []
    at = 0
    for k, sign in enumerate(before):
        if after[at : at + 1] == sign:
            at += 1
        else:
            removed.append(k)
    gone = set(removed)
    return shift(tuple(note for note in notes if note.start < 0 or not gone.issuperset(range(note.start, note.end))), removed)


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
            self.chapters.append(Chapter(self.title, tuple(self.blocks), self.kind, self.line))
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
    for item, (runs, notes) in zip(outline.items, styled, strict=True):
        kind = item.kind
        if kind == "text" or kind == "quote" or kind == "section":
            if not binder.open or (binder.kind == "front"):
                binder.begin("", "chapter", item.line)
            own = (item.note,) if item.note and kind == "text" else ()
            binder.paragraph(runs, (*own, *notes), item.line, "body" if kind == "text" else kind)
        elif kind == "break" or kind == "pause":
            binder.waiting = item
        elif kind == "more":
            front = binder.open and binder.kind != "chapter"
            if item.text:
                if not binder.open:
                    binder.begin("", "chapter", item.line)
                binder.paragraph(runs, notes, item.line, "body" if front else "quote")
        elif kind == "title" or kind == "author":
            found[kind] = _plain(runs)
            if item.note:
                binder.decide(item.note, found[kind], item.line)
        else:
            _open_chapter(binder, item, runs, notes)
    binder.close()
    name = title or found["title"] or _named_by_file(manuscript.name)
    return Book(name, author or found["author"], tuple(binder.chapters), tuple(binder.decisions), manuscript.findings)


def _open_chapter(binder: _Binder, item: Item, runs: tuple[Run, ...], notes: tuple[Note, ...]) -> None:
    """Begin a chapter, or the front or back matter that a label opens."""
    heading = item.kind == "heading"
    name = _plain(runs) if heading else item.label.replace("'", "’")
    kind: ChapterKind = "front" if item.kind == "front" else "back" if item.kind == "back" else "chapter"
    binder.begin(name, kind, item.line)
    if item.note:
        binder.decide(item.note, name, item.line)
    if not heading and item.text.strip():
        binder.paragraph(runs, notes, item.line, "body")


def _named_by_file(name: str) -> str:
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] if words.islower() else words


def letters(book: Book) -> int:
    """Count the characters of the book's paragraphs, spaces included."""
    return sum(
        len(run.text) for chapter in book.chapters for block in chapter.blocks if isinstance(block, Paragraph) for run in block.runs
    )
