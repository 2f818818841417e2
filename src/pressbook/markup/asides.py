"""An author's notes and an archive's tags: whether they stand with the chapter, before the story, behind it, or nowhere."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from pressbook.markup.binding import plain
from pressbook.markup.front import label_of
from pressbook.model.story import Chapter, ChapterKind, Footnote, Found, Illustration, Paragraph, Pause, Run, SceneBreak
from pressbook.values import replace

Policy: TypeAlias = Literal["chapter", "front", "back", "off"]
_Block: TypeAlias = Paragraph | SceneBreak | Pause | Illustration

PARTS_OF_A_BOOK = frozenset(
    (*("foreword", "preface", "introduction", "dedication", "epigraph", "copyright"), *("afterword", "acknowledgements", ""))
)
"""What stands apart under one of these names, or under none, is a part of the book, and no note of its author's."""
NOT_TOLD = frozenset(("stats", "collections", "language", "series"))
"""An archive's own figures, and what has another place in a book."""


class Parted(NamedTuple):
    """A chapter, and the notes at its edges."""

    before: tuple[Paragraph, ...]
    chapter: Chapter
    after: tuple[Paragraph, ...]


def settle(chapters: Sequence[Chapter], policy: Policy) -> tuple[list[Chapter], int]:
    """Stand the notes of a story where the policy wants them: (chapters, how many notes are left out)."""
    if policy == "chapter":
        return list(chapters), 0
    kept: list[Chapter] = []
    notes: list[Chapter] = []
    for chapter in chapters:
        if chapter.kind in ("front", "back"):
            (notes if _is_note(chapter) else kept).append(chapter)
            continue
        before, bare, after = part(chapter)
        notes += [_noted(chapter, blocks) for blocks in (before, after) if blocks]
        kept.append(bare)
    if policy == "off":
        return kept, len(notes)
    kind: ChapterKind = policy
    moved = [replace(note, kind=kind) for note in notes]
    return ([*moved, *kept] if policy == "front" else [*kept, *moved]), 0


def notes_of(chapters: Iterable[Chapter]) -> Iterator[Paragraph]:
    """Find the paragraphs of the author's notes, which a policy may move."""
    for chapter in chapters:
        if chapter.kind not in ("front", "back"):
            before, _, after = part(chapter)
            yield from (*before, *after)
        elif _is_note(chapter):
            yield from (block for block in chapter.blocks if isinstance(block, Paragraph))


def part(chapter: Chapter) -> Parted:
    """Take the author's notes at a chapter's edges off it: quotations that a label opens, with what belongs to them."""
    blocks = chapter.blocks
    start = 0
    if blocks and _opens_note(blocks[0]):
        while start < len(blocks) and _is_quote(blocks[start]):
            start += 1
    end = next((k for k in range(_last_quotes(blocks, start), len(blocks)) if _opens_note(blocks[k])), len(blocks))
    before, after = (tuple(block for block in some if isinstance(block, Paragraph)) for some in (blocks[:start], blocks[end:]))
    return Parted(before, replace(chapter, blocks=_trimmed(blocks[start:end])), after)


def lowered(front: Iterable[Chapter], chapter: Chapter, back: Iterable[Chapter]) -> Chapter:
    """Stand front and back matter at the edges of a chapter, as quotations that their labels open; footnotes count on."""
    blocks: list[_Block] = []
    notes: list[Footnote] = []
    for each in (*front, chapter, *back):
        some = each.blocks if each is chapter else _quoted(each)
        blocks += [_counting_on(block, len(notes)) for block in some]
        notes += each.notes
    return replace(chapter, blocks=tuple(blocks), notes=tuple(notes))


def _counting_on(block: _Block, notes: int) -> _Block:
    """Count on from so many footnotes in a paragraph that refers to some."""
    if not notes or not isinstance(block, Paragraph) or not any(run.note for run in block.runs):
        return block
    runs = [replace(run, text=str(run.note + notes), note=run.note + notes) if run.note else run for run in block.runs]
    return replace(block, runs=tuple(runs))


def tag_list(found: Found, kind: ChapterKind, title: str = "") -> Chapter | None:
    """List an archive's tags as matter before or behind the story, under a title by choice; None if there are none."""
    tags = told(found)
    if not tags:
        return None
    runs: list[Run] = [Run(title, strong=True)] if title else []
    for name, words in tags:
        end = "\n" if runs else ""
        runs += [Run(f"{end}{name}:", italic=True), Run(f" {words}")] if name else [Run(f"{end}{words}")]
    return Chapter("", (Paragraph(tuple(runs), 1, "verse"),), kind)


def told(found: Found) -> list[tuple[str, str]]:
    """Return the tags that tell of the story itself."""
    return [(name, words) for name, words in found.tags if name.lower() not in NOT_TOLD]


def _noted(chapter: Chapter, paragraphs: tuple[Paragraph, ...]) -> Chapter:
    """Make a chapter's notes matter of their own, under the chapter's title."""
    blocks = tuple(replace(paragraph, kind="body" if paragraph.kind == "quote" else paragraph.kind) for paragraph in paragraphs)
    return Chapter(chapter.title, blocks, "front", paragraphs[0].line, story=chapter.story)


def _quoted(note: Chapter) -> list[Paragraph]:
    paragraphs = [replace(block, kind="quote") for block in note.blocks if isinstance(block, Paragraph)]
    if note.title and paragraphs:
        first = paragraphs[0]
        paragraphs[0] = replace(first, runs=(Run(f"{note.title}: "), *first.runs))
    elif note.title:
        paragraphs = [Paragraph((Run(note.title),), note.line, "quote")]
    return paragraphs


def _is_note(chapter: Chapter) -> bool:
    return chapter.title.casefold().rstrip("s") not in {name.rstrip("s") for name in PARTS_OF_A_BOOK}


def _is_quote(block: _Block) -> bool:
    """Tell a quotation; one with a footnote stays where that is counted."""
    return isinstance(block, Paragraph) and block.kind == "quote" and not any(run.note for run in block.runs)


def _opens_note(block: _Block) -> bool:
    return isinstance(block, Paragraph) and _is_quote(block) and label_of(plain(block.runs)) is not None


def _last_quotes(blocks: tuple[_Block, ...], least: int) -> int:
    """Find where the quotations begin that a chapter ends with."""
    at = len(blocks)
    while at > least and _is_quote(blocks[at - 1]):
        at -= 1
    return at


def _trimmed(blocks: tuple[_Block, ...]) -> tuple[_Block, ...]:
    """Leave out breaks that have come to stand at an edge."""
    start, end = 0, len(blocks)
    while start < end and not isinstance(blocks[start], Paragraph):
        start += 1
    while end > start and not isinstance(blocks[end - 1], Paragraph):
        end -= 1
    return blocks[start:end]
