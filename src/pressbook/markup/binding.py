"""The binding: items with their runs become chapters, and what the rules noted becomes decisions with a place."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pressbook.markup.footnotes import MARK
from pressbook.markup.headings import counted, read_heading
from pressbook.markup.links import leading, without_links, without_notes
from pressbook.markup.table import Item, Note, Outline, Styled
from pressbook.model.story import (
    PICTURE,
    Book,
    Chapter,
    ChapterKind,
    Decision,
    Footnote,
    Illustration,
    Manuscript,
    Paragraph,
    ParagraphKind,
    Pause,
    Picture,
    Run,
    SceneBreak,
    Stand,
)
from pressbook.values import replace


def plain(runs: tuple[Run, ...]) -> str:
    """Return the words of runs, whatever their style."""
    return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


class _Binder:
    """Gathers items into chapters, and their notes into decisions with a place."""

    def __init__(self, footnotes: Sequence[Footnote] = ()) -> None:
        self.footnotes = footnotes
        """All of the book's."""
        self.cited: list[int] = []
        """Which of them this chapter refers to, in order."""
        self.owed: list[int] = []
        """Those that a heading refers to, which the next paragraph does in its stead."""
        self.bound: set[int] = set()
        """Those that any chapter refers to."""
        self.chapters: list[Chapter] = []
        self.decisions: list[Decision] = []
        self.blocks: list[Paragraph | SceneBreak | Pause | Illustration] = []
        self.title = ""
        self.kind: ChapterKind = "chapter"
        self.line = 0
        self.open = False
        self.waiting: Item | None = None
        self.body = 0

    def close(self) -> None:
        self.drop_break()
        if self.open:
            number, name = counted(self.title) if self.kind == "chapter" else ("", self.title)
            notes = tuple([self.footnotes[note] for note in self.cited])
            self.chapters.append(Chapter(self.title, tuple(self.blocks), self.kind, self.line, number, name, notes))
        self.bound.update(self.cited)
        self.blocks, self.open, self.cited = [], False, []

    def finish(self) -> None:
        """End the book; a note that nothing refers to any more is no note: its words stand at the end of the text."""
        if self.owed and self.open and self.blocks and isinstance(last := self.blocks[-1], Paragraph):
            runs, _ = self.figures(last.runs, (), "body", ())
            self.blocks[-1] = replace(last, runs=runs)
        lost = [note for k, note in enumerate(self.footnotes) if k not in self.bound and k not in self.cited]
        if lost and not self.open:
            self.begin("", "chapter", lost[0].line)
        self.blocks += [paragraph for note in lost for paragraph in note.paragraphs]
        self.close()

    def begin(self, title: str, kind: ChapterKind, line: int) -> None:
        self.close()
        self.title, self.kind, self.line, self.open = title, kind, line, True

    def illustration(self, illustration: Illustration) -> None:
        self.end_scene(illustration.line)
        self.blocks.append(illustration)

    def paragraph(
        self, runs: tuple[Run, ...], notes: tuple[Note, ...], line: int, kind: ParagraphKind, refs: tuple[int, ...] = ()
    ) -> None:
        self.end_scene(line)
        if refs or self.owed:
            runs, notes = self.figures(runs, notes, kind, refs)
        self.blocks.append(Paragraph(runs, line, kind))
        if notes:
            words = plain(runs)
            for note in notes:
                self.decide(note, words, line)
        if kind == "body":
            self.body += 1

    def end_scene(self, line: int) -> None:
        """Put the break or pause that is waiting before what begins on a line; at a chapter's head it vanishes."""
        if self.waiting is None or not self.blocks:
            self.drop_break()
            return
        item, self.waiting = self.waiting, None
        self.blocks.append(SceneBreak(item.line, item.text) if item.kind == "break" else Pause(item.line))
        if item.note:
            self.decide(item.note, item.text, line)

    def drop_break(self) -> None:
        """Part nothing at a chapter's edge; where letters stood for the break, its decision keeps them."""
        item, self.waiting = self.waiting, None
        if item is not None and item.note and any(sign.isalnum() for sign in item.text):
            self.decide(item.note, item.text, item.line)

    def figures(
        self, runs: tuple[Run, ...], notes: tuple[Note, ...], kind: ParagraphKind, refs: tuple[int, ...]
    ) -> tuple[tuple[Run, ...], tuple[Note, ...]]:
        """Put figures in the place of the marks that refer to notes: (runs, what was decided about them)."""
        if kind == "section":
            self.owed += refs
            return _without_marks(runs), notes
        numbers = [self.number(ref) for ref in (*refs, *self.owed)]
        if self.owed:
            runs, self.owed = (*runs, Run(MARK * len(self.owed))), []
        marks = [at for at, sign in enumerate(plain(runs)) if sign == MARK]
        wider = [(at, len(str(number)) - 1) for at, number in zip(marks, numbers, strict=False)]
        return _with_figures(runs, numbers), tuple([_widened(note, wider) for note in notes])

    def number(self, ref: int) -> int:
        """Count a note of the book in its chapter, from 1."""
        if ref not in self.cited:
            self.cited.append(ref)
        return self.cited.index(ref) + 1

    def decide(self, note: Note, text: str, line: int) -> None:
        start, end = (note.start, note.end) if note.start >= 0 else (0, len(text))
        kind, rule, confidence, evidence = note[:4]
        place = (self.body, start, end, line, text[start:end])
        self.decisions.append(Decision(kind, rule, confidence, note.applied, *place, evidence))


def bind(outline: Outline, styled: list[Styled], manuscript: Manuscript, title: str, author: str) -> Book:
    """Bind items into chapters; breaks at a chapter's edges vanish."""
    if outline.links:
        styled = [leading(draft, outline.links) for draft in styled]
    footnotes, decided = _footnotes(outline, styled)
    binder = _Binder(footnotes)
    found = {"title": "", "author": ""}
    pictures = {picture.name: picture for picture in manuscript.pictures}
    for item, draft in zip(outline.items, styled, strict=True):
        kind, runs, notes = item.kind, draft.runs, draft.notes
        if kind in ("text", "quote", "section", "verse", "centred", "signature"):
            if not binder.open or (binder.kind == "front"):
                binder.begin("", "chapter", item.line)
            own = (item.note, *notes) if item.note else notes
            binder.paragraph(runs, own, item.line, "body" if kind == "text" else kind, item.refs)
        elif kind == "break" or kind == "pause":
            binder.waiting = item
        elif kind == "picture":
            if not binder.open or binder.kind != "chapter":
                binder.begin("", "chapter", item.line)
            binder.illustration(_illustration(item, runs, pictures))
        elif kind == "more":
            front = binder.open and binder.kind != "chapter"
            if item.text:
                if not binder.open:
                    binder.begin("", "chapter", item.line)
                binder.paragraph(runs, notes, item.line, _kind_of_note(runs) if front else "quote", item.refs)
        elif kind == "dropped":
            if item.note:
                binder.decide(item.note, item.text, item.line)
        elif kind == "footnote":
            continue
        elif kind == "title" or kind == "author":
            binder.owed += item.refs
            found[kind] = plain(_without_marks(runs))
            if item.note:
                binder.decide(item.note, f"{item.label} {found[kind]}".strip(), item.line)
        else:
            _open_chapter(binder, item, runs, notes)
    binder.finish()
    for note, text, line in decided:
        binder.decide(note, text, line)
    name = title or manuscript.found.title or found["title"] or named_by_file(manuscript.name)
    # What is typed below the title wins over the file's record, which may name whoever set up the machine.
    writer = author or found["author"] or manuscript.found.author
    titles = (draft.runs for item, draft in zip(outline.items, styled, strict=True) if item.kind in ("heading", "title", "author"))
    findings = (*manuscript.findings, *without_notes(titles, "title"))
    return Book(name, writer, tuple(_told_apart(binder.chapters)), tuple(binder.decisions), findings)


def caption_of(text: str) -> str:
    """Return the caption in a picture's line, as typed."""
    match = re.fullmatch(PICTURE, text)
    return match["caption"].strip() if match else ""


def _illustration(item: Item, caption: tuple[Run, ...], pictures: dict[str, Picture]) -> Illustration:
    match = re.fullmatch(PICTURE, item.text)
    assert match, "an outline's pictures are lines of the notation"  # noqa: S101 - for the type checker
    stands: dict[str | None, Stand] = {"full": "full", "bleed": "bleed"}
    return Illustration(pictures[match["name"]], caption, item.line, stands.get(match["place"], "text"), match["alt"] or "")


def _open_chapter(binder: _Binder, item: Item, runs: tuple[Run, ...], notes: tuple[Note, ...]) -> None:
    """Begin a chapter, or the front or back matter that a label opens."""
    heading = item.kind == "heading"
    name = plain(_without_marks(runs)) if heading else without_links(item.label.replace("'", "’").replace(MARK, ""))
    kind: ChapterKind = "front" if item.kind == "front" else "back" if item.kind == "back" else "chapter"
    binder.begin(name, kind, item.line)
    if item.note:
        binder.decide(item.note, name, item.line)
    if heading:
        binder.owed += item.refs
    elif item.text.strip():
        binder.paragraph(runs, notes, item.line, _kind_of_note(runs), item.refs)


def _footnotes(outline: Outline, styled: list[Styled]) -> tuple[tuple[Footnote, ...], list[tuple[Note, str, int]]]:
    """Gather the book's notes, and what was decided about each, with its words and line."""
    notes: list[list[Paragraph]] = []
    decided: list[tuple[Note, str, int]] = []
    for item, draft in zip(outline.items, styled, strict=True):
        if item.kind != "footnote":
            continue
        runs, more = draft.runs, draft.notes
        paragraph = Paragraph(_without_marks(runs), item.line, _kind_of_note(runs))
        if item.label:
            notes.append([paragraph])
        else:
            notes[-1].append(paragraph)
        decided += [(note, plain(paragraph.runs), item.line) for note in ((item.note, *more) if item.note else more)]
    return tuple([Footnote(tuple(paragraphs), paragraphs[0].line) for paragraphs in notes]), decided


def _with_figures(runs: tuple[Run, ...], numbers: list[int]) -> tuple[Run, ...]:
    """Put a run that refers to a note in the place of each mark; marks without a note are gone."""
    left = iter(numbers)
    parts: list[Run] = []
    for run in runs:
        first, *others = run.text.split(MARK)
        parts += [replace(run, text=first)] if first else []
        for text in others:
            if number := next(left, 0):
                parts.append(replace(run, text=str(number), note=number))
            parts += [replace(run, text=text)] if text else []
    return tuple(parts) or (Run(""),)


def _without_marks(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return _with_figures(runs, []) if MARK in plain(runs) else runs


def _widened(note: Note, wider: list[tuple[int, int]]) -> Note:
    """Move a note by what figures are wider than their marks."""
    if note.start < 0:
        return note
    start = note.start + sum(more for at, more in wider if at < note.start)
    return note._replace(start=start, end=note.end + sum(more for at, more in wider if at < note.end))


def _kind_of_note(runs: tuple[Run, ...]) -> ParagraphKind:
    """Tell a note's verse, whose lines are kept, from its prose."""
    return "verse" if any("\n" in run.text for run in runs) else "body"


def _told_apart(chapters: list[Chapter]) -> Iterator[Chapter]:
    """Make parts of the chapters whose headings say so, where they hold no story themselves and a chapter follows."""
    for chapter, after in zip_longest(chapters, chapters[1:]):
        heading = read_heading(chapter.title) if chapter.kind == "chapter" else None
        follows = after is not None and after.kind == "chapter" and bool(after.title)
        part = heading is not None and heading.part and follows and not _holds_story(chapter)
        yield replace(chapter, kind="part") if part else chapter


def _holds_story(chapter: Chapter) -> bool:
    return any(isinstance(block, Paragraph) and block.kind in ("body", "verse") for block in chapter.blocks)


def named_by_file(name: str) -> str:
    """Read a title off a file's or folder's name."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] if words.islower() else words
