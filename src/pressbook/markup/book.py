"""The table of rules, and the press that runs a manuscript through it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from pressbook.hands import second_hand
from pressbook.markup.apart import find_apart, keep_lines
from pressbook.markup.binding import bind, caption_of, plain
from pressbook.markup.breaks import find_breaks, find_recurring, tell_pauses
from pressbook.markup.chapters import find_chapters
from pressbook.markup.contents import find_contents
from pressbook.markup.dashes import set_dashes
from pressbook.markup.ellipses import set_ellipses
from pressbook.markup.footnotes import find_marked, find_typed, set_aside, strays
from pressbook.markup.front import find_back, find_front, find_notes, find_title
from pressbook.markup.habits import profile, typed_habits
from pressbook.markup.italics import Emphasis, as_letters, read_emphasis, write_runs
from pressbook.markup.languages import language_of
from pressbook.markup.links import canonical, mark_links, writable
from pressbook.markup.outline import is_structural, outline_of
from pressbook.markup.overrule import (
    Docket,
    hold,
    moved,
    report,
    set_as_said,
    settle_marks,
    settle_signs,
    settle_style,
    spell_out,
    summon,
)
from pressbook.markup.quotes import Spoken, curl_quotes, house_quotes
from pressbook.markup.sections import find_sections
from pressbook.markup.spaces import even_spaces
from pressbook.markup.table import UNTOUCHED, Edited, Habits, Item, Note, Outline, Rule, Styled, count, shift
from pressbook.markup.thoughts import class_italics, set_thoughts
from pressbook.model.finding import Finding
from pressbook.model.story import LINE_END, Book, Manuscript, Run
from pressbook.values import replace

if TYPE_CHECKING:
    from pressbook.config.schema import House

OutlineRule: TypeAlias = Rule[Callable[[Outline], Outline]]
TextRule: TypeAlias = Rule[Callable[[str, Habits], Edited]]
SpeechRule: TypeAlias = Rule[Callable[[Sequence[str], Habits], list[Spoken]]]
StyleRule: TypeAlias = Rule[Callable[[Sequence[tuple[Run, ...]], Habits], list[Styled]]]
"""A style rule sees a scene at a time: what one paragraph holds tells how the next is meant."""

OUTLINE: tuple[OutlineRule, ...] = (
    Rule("footnotes", "outline", find_marked, "`[^1]: …` is the note that `[^1]` in the text refers to"),
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
    Rule(
        "typed-footnotes",
        "outline",
        find_typed,
        "`[1] …` in a chapter that refers to it once is a note; so is `(1)` or `*` at its end",
    ),
    Rule("front", "outline", find_front, "`Foreword: …`, `A/N: …`, a dedication, an epigraph before the story stand apart"),
    Rule("notes", "outline", find_notes, "`A/N: …` at a chapter's edge stands apart"),
    Rule("back", "outline", find_back, "`A/N: …` after the story stands apart"),
    Rule("apart", "outline", find_apart, "epigraphs, letters, signs, sign-offs and `THE END` stand apart"),
    Rule("breaks", "outline", find_breaks, "a typed marker, or a gap wider than the book's habit, is a scene break"),
    Rule("pauses", "outline", tell_pauses, "a gap that closes on another after a few words is a pause"),
)
ELLIPSES: TextRule = Rule("ellipses", "text", set_ellipses, "three points become an ellipsis")
DASHES: TextRule = Rule("dashes", "text", set_dashes, "dashes follow the house style")
TEXT: tuple[TextRule, ...] = (
    Rule("spaces", "text", even_spaces, "runs of white space become one space"),
    Rule("lines", "text", keep_lines, "line ends that are kept become newlines"),
    ELLIPSES,
    DASHES,
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

MANY_LETTERS = 100_000
"""From so many letters on, a second process earns more than it costs to begin."""
_PARTS_OF_RUN = attrgetter(*Run.__struct_fields__)

RULES: tuple[Rule[Any], ...] = (*OUTLINE, *TEXT, SPEECH, EMPHASIS, *STYLE, HOUSE)
"""Everything that decides, in the order in which it does."""


def mark_up(manuscript: Manuscript, house: "House", title: str = "", author: str = "", language: str = "en-US") -> Book:
    """Understand a manuscript as a book; `title` and `author`, where given, win over what the text says.

    What its author overruled is heeded after each row: what a row did is undone, what it only offered is done.
    """
    typed = mark_links(outline_of(manuscript))
    first = summon(manuscript.overrules, typed.items)
    # Where the file itself says how the story is called, its first line is the story's.
    rows = [row for row in OUTLINE if row.name != "title" or not manuscript.found.title]
    outline = _take_apart(typed, rows, first)
    items, docket = outline.items, summon(manuscript.overrules, outline.items)
    habits = typed_habits([item.text for item in items], house, language)
    spoken = _set_words(items, typed.links, habits, docket)
    drafts = _read_marks(spoken, docket)
    styled = _write_marks(items, _style(items, drafts, typed.links, habits, docket), typed.links, habits, docket)
    book = bind(outline._replace(links=typed.links), styled, manuscript, title, author)
    noticed = (*_notice(items, spoken, habits), *report(first, manuscript, RULES, book.decisions))
    return replace(book, findings=(*book.findings, *noticed)) if noticed else book


def set_words(text: str, house: "House", language: str) -> str:
    """Set a text that stands alone, such as a title, as the story's words are set; its line ends stay."""
    habits = typed_habits([text], house, language)
    for row in (ELLIPSES, DASHES):
        text, _ = row.act(text, habits)
    (said,) = SPEECH.act([text], habits)
    return said.text


def _take_apart(outline: Outline, rows: Sequence[OutlineRule], docket: Docket) -> Outline:
    """Run the whole manuscript through the outline rules."""
    outline = hold(docket, "", Outline((), outline.gap), outline)
    notes: tuple[Item, ...] = ()
    for row in rows:
        if not docket.skips(row):
            outline = hold(docket, row.name, outline, row.act(outline))
        if row.act in (find_marked, find_typed):
            # Where the text refers to it, a mark remains; all other rules see the story without its notes.
            items, more = set_aside(outline.items, sum(bool(note.label) for note in notes))
            outline, notes = outline._replace(items=items), (*notes, *more)
    return outline._replace(items=(*[_settled(item) if item.kind == "plain" else item for item in outline.items], *notes))


def _settled(item: Item) -> Item:
    return item._replace(kind="verse" if LINE_END in item.text else "text")


def take_apart(manuscript: Manuscript) -> Outline:
    """Tell what each block of a manuscript is, nothing overruled, no word touched."""
    return _take_apart(mark_links(outline_of(manuscript)), OUTLINE, Docket())


def _set_words(items: Sequence[Item], links: Sequence[str], habits: Habits, docket: Docket) -> list[Spoken]:
    """Run each item's words through the text rules and curl their marks, until the rules find nothing in what curling made."""
    edited = _editor(links, habits, docket)
    lines = _set_text(items, [_typed_words(item) for item in items], edited, docket)
    spoken = _curl(items, lines, habits, docket)
    for _ in range(_MOST_READINGS):
        turned = _turned(items, spoken, edited, docket)
        if not turned:
            break
        lines = [turned.get(k, (said.text, UNTOUCHED)) for k, said in enumerate(spoken)]
        again = _curl(items, lines, habits, docket)
        spoken = [was if was.text == now.text else _followed(was, now) for was, now in zip(spoken, again, strict=True)]
    return spoken


_MOST_READINGS = 4
"""So often at most what curling made is read once more."""
_MAY_TURN = re.compile("""[\"'“”„‟‘’‚‛«»‹›*_\\\\][ \u00a0\u202f]?[—–… -]|[—–-] ?[\"'“”„‟‘’‚‛«»‹›*_\\\\<\\[]| [,.;:!?…]""")
"""What a rule for spaces, dashes or points may read otherwise once the quotation mark beside it is curled."""


def _turned(
    items: Sequence[Item], spoken: Sequence[Spoken], edited: Callable[[str, Item], Edited], docket: Docket
) -> dict[int, Edited]:
    """Find the paragraphs in which the text rules find more to do, by number."""
    turned: dict[int, Edited] = {}
    for k, (item, said) in enumerate(zip(items, spoken, strict=True)):
        if not _MAY_TURN.search(said.text) or any(ruling.overrule.reads for ruling in docket.on(item)):
            continue
        text = said.text.replace("\n", LINE_END)
        if (again := edited(text, item))[0] != said.text:
            turned[k] = again
    return turned


def _followed(was: Spoken, now: Spoken) -> Spoken:
    """Keep what was decided about a paragraph before it was read once more."""
    before = moved(was.notes, was.text, now.text)
    known = {(note.rule, note.start) for note in before}
    return now._replace(notes=(*before, *[note for note in now.notes if (note.rule, note.start) not in known]))


def _typed_words(item: Item) -> str:
    """Return the words of an item, a backslash gone that keeps them from being taken for a mark."""
    text = item.text
    if item.kind in _WORDLESS:
        return caption_of(text) if item.kind == "picture" else ""
    return text[1:] if text[:1] == "\\" and len(text) > 1 and is_structural(text[1:]) else text


_WORDLESS = frozenset({"break", "pause", "dropped", "picture"})
"""What holds no words of the story, or none but a caption."""


def _set_text(items: Sequence[Item], texts: Sequence[str], edited: Callable[[str, Item], Edited], docket: Docket) -> list[Edited]:
    """Run each item's words through the text rules."""
    known: dict[str, Edited] = {}
    """What is typed again is set alike, and is the same value; but what is overruled, is so in one place."""
    lines: list[Edited] = []
    for item, text in zip(items, texts, strict=True):
        if (line := known.get(text)) is None:
            line = edited(text, item)
            if not docket.name:
                known[text] = line
        lines.append(line)
    return lines


def _editor(links: Sequence[str], habits: Habits, docket: Docket) -> Callable[[str, Item], Edited]:
    """Return what runs one item's words through the text rules that nobody rejected."""
    rows = [(row.name, row.act) for row in TEXT if not docket.skips(row)]
    return partial(_edited, rows, partial(canonical, read=_reader(docket), links=links), habits, docket)


def _edited(
    rows: Sequence[tuple[str, Callable[[str, Habits], Edited]]],
    notation: Callable[[str], str],
    habits: Habits,
    docket: Docket,
    text: str,
    item: Item,
) -> Edited:
    """Run one item's words through the text rules, which see its emphasis as `mark` writes it."""
    text = notation(text)
    notes: tuple[Note, ...] = ()
    for name, act in rows if text else ():
        edited = act(text, habits)
        text, more = settle_signs(docket, name, item, text, edited) if edited[1] else edited
        notes += more
    return text, notes


def _reader(docket: Docket) -> Callable[[str], Emphasis]:
    """Choose how marks of emphasis are read: as such, or as letters if their author wants that."""
    return as_letters if docket.skips(EMPHASIS) else read_emphasis


def _curl(items: Sequence[Item], lines: Sequence[Edited], habits: Habits, docket: Docket) -> list[Spoken]:
    """Curl the marks of the whole book; where its author spelt them out, they stand so."""
    texts = [text for text, _ in lines]
    spoken = [Spoken(text) for text in texts] if docket.skips(SPEECH) else SPEECH.act(texts, habits)
    if not docket.name:
        return [said._replace(notes=notes + said.notes) if notes else said for (_, notes), said in zip(lines, spoken, strict=True)]
    curled: list[Spoken] = []
    for item, (text, notes), said in zip(items, lines, spoken, strict=True):
        words, more = settle_signs(docket, SPEECH.name, item, text, (said.text, said.notes))
        curled.append(Spoken(spell_out(docket, item, words), notes + more, said.trouble))
    return curled


def _read_marks(spoken: Sequence[Spoken], docket: Docket) -> list[Styled]:
    """Read the author's marks of emphasis once the quotation marks are curled."""
    read = _reader(docket)
    known: dict[int, Styled] = {}
    """What is said again in one value reads as one."""
    drafts: list[Styled] = []
    for said in spoken:
        if (draft := known.get(id(said))) is None:
            runs, removed = read(said.text)
            known[id(said)] = draft = Styled(runs, shift(said.notes, removed))
        drafts.append(draft)
    return drafts


def _style(items: Sequence[Item], drafts: list[Styled], links: Sequence[str], habits: Habits, docket: Docket) -> list[Styled]:
    """Run the words through the style rules, which know English only; then set in italic or roman what the author says."""
    chapters = _scenes(items) if language_of(habits.language).english else []
    told = profile([[[plain(drafts[k].runs) for k in scene] for scene in scenes] for scenes in chapters], habits)
    rows = [row for row in STYLE if not docket.skips(row)]
    scenes = list(zip(chain(*chapters), chain(*told), strict=True))
    through = list(accumulate(sum(len(items[k].text) for k in scene) for scene, _ in scenes))

    def restyled(part: Sequence[tuple[list[int], Habits]]) -> dict[int, Styled]:
        """Return the paragraphs in which a rule found something, by number."""
        styled: dict[int, Styled] = {}
        for scene, habits in part:
            for row in rows:
                before = [styled.get(k, drafts[k]) for k in scene]
                after = row.act([draft.runs for draft in before], habits)
                for k, was, now in zip(scene, before, after, strict=True):
                    runs, notes, removed = settle_style(docket, row.name, items[k], was.runs, now) if docket.name else now
                    if notes:
                        styled[k] = Styled(runs, shift(was.notes, removed) + notes)
        return styled

    # A scene is not divided; of a long book a second hand, if there is one, takes the later ones.
    middle = bisect_left(through, through[-1] // 2) + 1 if through and through[-1] >= MANY_LETTERS else len(scenes)
    later = scenes[middle:]
    helper = second_hand(lambda: [_plainly(k, made) for k, made in restyled(later).items()]) if later else None
    styled = restyled(scenes[:middle])
    found = helper.result() if helper else None
    styled |= restyled(later) if found is None else dict(map(_from_plain, found))
    whole = [styled.get(k, draft) for k, draft in enumerate(drafts)]
    if links:
        whole = [writable(was, now, links) for was, now in zip(drafts, whole, strict=True)]
    return [set_as_said(docket, item, draft) for item, draft in zip(items, whole, strict=True)] if docket.name else whole


def _plainly(k: int, made: Styled) -> tuple[Any, ...]:
    """Write a paragraph as plain tuples, which another process can read."""
    return k, [_PARTS_OF_RUN(run) for run in made.runs], [tuple(note) for note in made.notes]


def _from_plain(written: tuple[Any, ...]) -> tuple[int, Styled]:
    """Read what `_plainly` wrote."""
    k, runs, notes = written
    return k, Styled(tuple([Run(*parts) for parts in runs]), tuple([Note(*parts) for parts in notes]))


def _scenes(items: Sequence[Item]) -> list[list[list[int]]]:
    """Part the numbers of the text's items into chapters, and these into scenes; whatever is no text parts scenes."""
    chapters: list[list[list[int]]] = []
    parted = begun = True
    for k, item in enumerate(items):
        if item.kind != "text":
            parted = True
            begun = begun or item.kind in _CHAPTER_HEADS
            continue
        if begun:
            chapters.append([])
        if parted:
            chapters[-1].append([])
        chapters[-1][-1].append(k)
        parted = begun = False
    return chapters


_CHAPTER_HEADS = frozenset({"heading", "front", "back"})


def _write_marks(items: Sequence[Item], drafts: list[Styled], links: Sequence[str], habits: Habits, docket: Docket) -> list[Styled]:
    """Write quotation marks as the house wants them, last of all: every rule before reads English marks."""
    if docket.skips(HOUSE):
        return drafts
    written = HOUSE.act(drafts, habits)
    if written is drafts:
        return drafts
    edited, read = _editor(links, habits, docket), _reader(docket)
    written = [
        now if now is was else _touched_up(now, item, edited, read) for item, was, now in zip(items, drafts, written, strict=True)
    ]
    if not docket.name:
        return written
    return [settle_marks(docket, item, was, now) for item, was, now in zip(items, drafts, written, strict=True)]


def _touched_up(draft: Styled, item: Item, edited: Callable[[str, Item], Edited], read: Callable[[str], Emphasis]) -> Styled:
    """Run a paragraph that bears the house's marks through the text rules, which may see other signs beside dashes now."""
    for _ in range(_MOST_READINGS):
        text = write_runs(draft.runs)
        again, notes = edited(text.replace("\n", LINE_END), item)
        runs, removed = read(again)
        if again == text or runs == draft.runs:
            break
        draft = Styled(runs, (*moved(draft.notes, plain(draft.runs), plain(runs)), *shift(notes, removed)), draft.removed)
    return draft


MOST_TROUBLES = 12
"""More paragraphs with troubled speech are counted, not named."""


def _notice(items: Sequence[Item], spoken: list[Spoken], habits: Habits) -> list[Finding]:
    """Say where speech does not come out even, and what this language does without."""
    troubled = [(item.line, said.trouble) for item, said in zip(items, spoken, strict=True) if said.trouble]
    remedy = "add or remove a quotation mark there"
    findings = [Finding("notice", "speech", f"line {line}: {trouble}", remedy=remedy) for line, trouble in troubled[:MOST_TROUBLES]]
    if (more := len(troubled) - MOST_TROUBLES) > 0:
        says = f"speech does not come out even in {count(more, 'more paragraph')}"
        findings.append(Finding("notice", "speech", says, remedy=remedy))
    if doubtful := sorted(habits.broken.doubtful):
        named = ", ".join(doubtful[:MOST_TROUBLES]) + (" …" if len(doubtful) > MOST_TROUBLES else "")
        says = f"{count(len(doubtful), 'hyphen')} at a line's end stayed, though the words may be whole: {named}"
        findings.append(Finding("notice", "hyphens", says, remedy="take the hyphen away where the word has none"))
    loose = list(strays(items))
    findings += [
        Finding("warning", "footnotes", f"line {line}: {trouble}", remedy=hint) for line, trouble, hint in loose[:MOST_TROUBLES]
    ]
    if (more := len(loose) - MOST_TROUBLES) > 0:
        findings.append(Finding("warning", "footnotes", f"{count(more, 'more footnote')} and references do not meet"))
    if habits.house.thoughts in ("auto", "tagged") and not language_of(habits.language).english:
        says = f"thoughts are not looked for in the language {habits.language}: only the author's own marks make italics"
        findings.append(Finding("notice", "thoughts", says, remedy="mark thoughts with *stars*"))
    return findings
