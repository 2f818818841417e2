"""The table of rules, and the press that runs a manuscript through it."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate, chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pressbook.hands import second_hand
from pressbook.markup.apart import find_apart, keep_lines
from pressbook.markup.binding import bind, caption_of, plain
from pressbook.markup.breaks import find_breaks, find_recurring, tell_pauses, without_idle
from pressbook.markup.chapters import find_chapters
from pressbook.markup.contents import find_contents
from pressbook.markup.dashes import set_dashes
from pressbook.markup.ellipses import set_ellipses
from pressbook.markup.footnotes import closed_up, find_marked, find_typed, set_aside, strays
from pressbook.markup.front import find_back, find_front, find_notes, find_title
from pressbook.markup.habits import Counts, count_telling, profile, typed_habits
from pressbook.markup.italics import Emphasis, as_letters, is_bare, read_emphasis, write_runs
from pressbook.markup.languages import language_of
from pressbook.markup.links import canonical, mark_links, settled, without_links, writable
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
from pressbook.markup.speech import Memory
from pressbook.markup.table import Edited, Habits, Item, Note, Outline, Rule, Styled, count, shift
from pressbook.markup.thoughts import class_italics, set_thoughts
from pressbook.model.finding import Finding
from pressbook.model.story import LINE_END, Book, Manuscript, Run
from pressbook.values import replace

if TYPE_CHECKING:
    from pressbook.config.schema import House

OutlineRule: TypeAlias = Rule[Callable[[Outline], Outline]]
TextRule: TypeAlias = Rule[Callable[[str, Habits], Edited]]
SpeechRule: TypeAlias = Rule[Callable[[Sequence[str], Habits, Memory], list[Spoken]]]
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
    chapters = _scenes(outline.items) if language_of(language).english else []
    docket = summon(manuscript.overrules, outline.items)
    copy = _Copy(outline.items, typed.links, chapters, house, language, docket, Memory(), cache(_reader(docket)))
    habits, spoken, styled = _read_and_read_again(copy)
    book = bind(outline._replace(links=typed.links), styled, manuscript, title, author)
    noticed = (*_notice(copy.items, spoken, habits), *report(first, manuscript, RULES, book.decisions))
    return replace(book, findings=(*book.findings, *noticed)) if noticed else book


def set_words(text: str, house: "House", language: str) -> str:
    """Set a text that stands alone, such as a title, as the story's words are set; its line ends stay."""
    habits = typed_habits([text], house, language)
    for row in (ELLIPSES, DASHES):
        text, _ = row.act(text, habits)
    (said,) = SPEECH.act([text], habits, Memory())
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
    story = [_settled(item) if item.kind == "plain" else item for item in without_idle(outline.items)]
    return outline._replace(items=(*story, *notes))


def _settled(item: Item) -> Item:
    return item._replace(kind="verse" if LINE_END in item.text else "text")


def take_apart(manuscript: Manuscript) -> Outline:
    """Tell what each block of a manuscript is, nothing overruled, no word touched."""
    return _take_apart(mark_links(outline_of(manuscript)), OUTLINE, Docket())


class _Copy(NamedTuple):
    """What the words of a book are read from."""

    items: Sequence[Item]
    links: Sequence[str]
    chapters: Sequence[Sequence[list[int]]]
    """The numbers of the text's items, by chapters and scenes; none in a language whose thoughts nobody looks for."""
    house: "House"
    language: str
    docket: Docket
    memory: Memory
    read: Callable[[str], Emphasis]
    """How marks of emphasis are read: each text once, however often it comes again."""


class _Reading(NamedTuple):
    """The words of a book, item by item, as one reading understands them."""

    habits: Habits
    lines: dict[str, Edited]
    """What the text rules made of each text."""
    spoken: list[Spoken]
    drafts: list[Styled]
    """With the author's own emphasis, before any rule for style."""
    counts: dict[int, Counts]
    """What tells how each scene is told, by its first item."""
    told: dict[int, Habits]
    styled: list[Styled]
    written: list[Styled]
    """With quotation marks as the house wants them."""


_MOST_READINGS = 8
"""So often at most what was written is read once more."""


def _read_and_read_again(copy: _Copy) -> tuple[Habits, list[Spoken], list[Styled]]:
    """Read the words as typed, then as written, until they come out as they did before.

    Return the habits and the speech of the words as typed, and all words as they come out.

    So what `mark` writes it reads as the same again. Where readings take turns, the first that comes again stands: read by
    itself, it comes again first as well.
    """
    as_mark_has_it = lru_cache(maxsize=256)(partial(canonical, read=copy.read, links=copy.links))

    def written(item: Item, draft: Styled) -> str:
        bare = not copy.links and len(draft.runs) == 1 and is_bare(draft.runs[0])
        return draft.runs[0].text.strip() if bare else as_mark_has_it(_written(item, draft, copy.links))  # nearly all are

    texts = [as_mark_has_it(_typed_words(item)) for item in copy.items]
    reading = _read(copy, texts)
    habits, spoken, styled = reading.habits, reading.spoken, reading.written
    seen = [texts]
    texts = [written(item, draft) for item, draft in zip(copy.items, styled, strict=True)]
    for _ in range(_MOST_READINGS):
        if texts in seen:
            break
        seen.append(texts)
        reading = _read(copy, texts, reading)
        drafts, styled = styled, [_followed(*each) for each in zip(copy.items, styled, reading.written, strict=True)]
        # What stands as it did is written as it was.
        each = zip(copy.items, texts, drafts, styled, strict=True)
        texts = [text if now is was else written(item, now) for item, text, was, now in each]
    return habits, spoken, styled


def _read(copy: _Copy, texts: list[str], before: _Reading | None = None) -> _Reading:
    """Read the words of a book once; what stands as in the reading before is not thought about again."""
    habits = typed_habits(texts, copy.house, copy.language)
    known = before.lines if before and before.habits == habits else {}
    lines = _set_text(copy, texts, habits, known)
    spoken = _curl(copy, lines, habits)
    drafts = _read_marks(copy, spoken)
    standing = _standing(copy, drafts, before) if before else {}
    counts = _count(copy, drafts, habits, standing)
    told = _tell(copy, counts, habits)
    styled = _style(copy, drafts, told, standing)
    return _Reading(habits, known, spoken, drafts, counts, told, styled, _write_marks(copy, styled, habits))


def _written(item: Item, draft: Styled, links: Sequence[str]) -> str:
    """Write an item's words as they will be read again."""
    runs = (_lined(draft),) if item.kind in _ONE_STYLE else settled(draft.runs, links) if links else draft.runs
    text = closed_up(write_runs(runs))
    return LINE_END.join([line.strip() for line in text.strip().split("\n")])


_ONE_STYLE = frozenset({"heading", "title", "author"})
"""What is written without emphasis or links, whatever was typed."""


def _lined(draft: Styled) -> Run:
    """Join the words of a title, which has one style only."""
    return Run(without_links(plain(draft.runs)))


def _followed(item: Item, was: Styled, now: Styled) -> Styled:
    """Keep what was decided about a paragraph before it was read once more."""
    if now.runs == was.runs or (item.kind in _ONE_STYLE and _lined(now) == _lined(was)):
        return was
    before = moved(was.notes, plain(was.runs), plain(now.runs))
    known = {(note.rule, note.start) for note in before}
    return replace(now, notes=(*before, *[note for note in now.notes if (note.rule, note.start) not in known]))


def _typed_words(item: Item) -> str:
    """Return the words of an item, a backslash gone that keeps them from being taken for a mark."""
    text = item.text
    if item.kind in _WORDLESS:
        return caption_of(text) if item.kind == "picture" else ""
    bare = item.kind in ("text", "verse") and text[:1] == "\\" and len(text) > 1 and is_structural(text[1:])
    return text[1:] if bare else text


_WORDLESS = frozenset({"break", "pause", "dropped", "picture"})
"""What holds no words of the story, or none but a caption."""


def _set_text(copy: _Copy, texts: Sequence[str], habits: Habits, known: dict[str, Edited]) -> list[Edited]:
    """Run each item's words through the text rules that nobody rejected.

    What is typed again is set alike, and is the same value, kept in `known`; but what is overruled, is so in one place.
    """
    rows = [(row.name, row.act) for row in TEXT if not copy.docket.skips(row)]
    lines: list[Edited] = []
    for item, text in zip(copy.items, texts, strict=True):
        if (line := known.get(text)) is None:
            line = _edited(rows, copy.docket, item, text, habits)
            if not copy.docket.name:
                known[text] = line
        lines.append(line)
    return lines


def _edited(
    rows: Sequence[tuple[str, Callable[[str, Habits], Edited]]], docket: Docket, item: Item, text: str, habits: Habits
) -> Edited:
    """Run one item's words through text rules."""
    notes: tuple[Note, ...] = ()
    for name, act in rows if text else ():
        edited = act(text, habits)
        text, more = settle_signs(docket, name, item, text, edited) if edited[1] else edited
        notes += more
    return text, notes


def _reader(docket: Docket) -> Callable[[str], Emphasis]:
    """Choose how marks of emphasis are read: as such, or as letters if their author wants that."""
    return as_letters if docket.skips(EMPHASIS) else read_emphasis


def _curl(copy: _Copy, lines: Sequence[Edited], habits: Habits) -> list[Spoken]:
    """Curl the marks of the whole book; where its author spelt them out, they stand so."""
    docket = copy.docket
    texts = [text for text, _ in lines]
    spoken = [Spoken(text) for text in texts] if docket.skips(SPEECH) else SPEECH.act(texts, habits, copy.memory)
    if not docket.name:
        return [replace(said, notes=notes + said.notes) if notes else said for (_, notes), said in zip(lines, spoken, strict=True)]
    curled: list[Spoken] = []
    for item, (text, notes), said in zip(copy.items, lines, spoken, strict=True):
        words, more = settle_signs(docket, SPEECH.name, item, text, (said.text, said.notes))
        curled.append(Spoken(spell_out(docket, item, words), notes + more, said.trouble))
    return curled


def _read_marks(copy: _Copy, spoken: Sequence[Spoken]) -> list[Styled]:
    """Read the author's marks of emphasis once the quotation marks are curled."""
    drafts: list[Styled] = []
    for said in spoken:
        runs, removed = copy.read(said.text)
        drafts.append(Styled(runs, shift(said.notes, removed)))
    return drafts


def _standing(copy: _Copy, drafts: Sequence[Styled], before: _Reading) -> dict[int, _Reading]:
    """Find the scenes that hold the same letters and emphasis as in the reading before: that reading, by their first items."""
    scenes = chain(*copy.chapters)
    return {scene[0]: before for scene in scenes if all(drafts[k].runs == before.drafts[k].runs for k in scene)}


def _count(copy: _Copy, drafts: Sequence[Styled], habits: Habits, standing: Mapping[int, _Reading]) -> dict[int, Counts]:
    """Count in each scene who does what when; one that stands, and whose speech has the same marks, was counted before."""
    counts: dict[int, Counts] = {}
    for scene in chain(*copy.chapters):
        before = standing.get(scene[0])
        counts[scene[0]] = (
            before.counts[scene[0]]
            if before and before.habits.speech == habits.speech
            else count_telling([plain(drafts[k].runs) for k in scene], habits.speech)
        )
    return counts


def _tell(copy: _Copy, counts: Mapping[int, Counts], habits: Habits) -> dict[int, Habits]:
    """Tell in which person and tense each scene is told, by its first item."""
    told = profile([[counts[scene[0]] for scene in scenes] for scenes in copy.chapters], habits)
    return {scene[0]: how for scene, how in zip(chain(*copy.chapters), chain(*told), strict=True)}


def _style(copy: _Copy, drafts: list[Styled], told: Mapping[int, Habits], standing: Mapping[int, _Reading]) -> list[Styled]:
    """Run the words through the style rules, a scene at a time; then set in italic or roman what the author says.

    A scene that stands, and is told as before, was styled before.
    """
    items, docket = copy.items, copy.docket
    rows = [row for row in STYLE if not docket.skips(row)]
    scenes: list[tuple[list[int], Habits]] = []
    known: dict[int, Styled] = {}
    for scene in chain(*copy.chapters):
        before = standing.get(scene[0])
        if before and before.told[scene[0]] == told[scene[0]]:
            known |= {k: before.styled[k] for k in scene}
        else:
            scenes.append((scene, told[scene[0]]))
    through = list(accumulate(sum(len(items[k].text) for k in scene) for scene, _ in scenes))

    def restyled(part: Sequence[tuple[list[int], Habits]]) -> dict[int, Styled]:
        """Return the paragraphs in which a rule found something, by number."""
        styled: dict[int, Styled] = {}
        for scene, habits in part:
            for row in rows:
                before = [styled.get(k, drafts[k]) for k in scene]
                after = row.act([draft.runs for draft in before], habits)
                for k, was, now in zip(scene, before, after, strict=True):
                    done = settle_style(docket, row.name, items[k], was.runs, now) if docket.name else now
                    if done.notes:
                        styled[k] = Styled(done.runs, shift(was.notes, done.removed) + done.notes)
        return styled

    # A scene is not divided; of a long book a second hand, if there is one, takes the later ones.
    middle = bisect_left(through, through[-1] // 2) + 1 if through and through[-1] >= MANY_LETTERS else len(scenes)
    later = scenes[middle:]
    helper = second_hand(lambda: [_plainly(k, made) for k, made in restyled(later).items()]) if later else None
    styled = restyled(scenes[:middle])
    found = helper.result() if helper else None
    styled |= restyled(later) if found is None else dict(map(_from_plain, found))
    whole = [styled.get(k, draft) for k, draft in enumerate(drafts)]
    if copy.links:
        whole = [writable(was, now, copy.links) for was, now in zip(drafts, whole, strict=True)]
    if docket.name:
        whole = [set_as_said(docket, item, draft) for item, draft in zip(items, whole, strict=True)]
    return [known.get(k, draft) for k, draft in enumerate(whole)] if known else whole


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


def _write_marks(copy: _Copy, drafts: list[Styled], habits: Habits) -> list[Styled]:
    """Write quotation marks as the house wants them, last of all: every rule before reads English marks."""
    if copy.docket.skips(HOUSE):
        return drafts
    written = HOUSE.act(drafts, habits)
    if written is drafts or not copy.docket.name:
        return written
    return [settle_marks(copy.docket, item, was, now) for item, was, now in zip(copy.items, drafts, written, strict=True)]


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
