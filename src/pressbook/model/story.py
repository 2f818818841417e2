"""The words: as typed (`Manuscript`) and as understood (`Book`)."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Literal, TypeAlias

from pressbook.model.finding import Finding
from pressbook.values import Value

LINE_END = "\u2028"
"""A line end kept on purpose, in typed text: Unicode's line separator. In a `Run` it is a newline."""

PICTURE = (
    r"!\[(?P<caption>[^\n\u2028]*)\]\((?P<name>[^\n\u2028]+?)(?: \"(?P<alt>[^\"\n\u2028]*)\")?\)(?: ?\{(?P<place>full|bleed)\})?"
)
"""A picture in the notation, alone in its block: its caption, the name of its file, what those hear of it who do not see it
if that is not the caption, and where it stands if not in the text."""


LINK = (
    r"(?<![\\!])\[(?P<words>(?:[^\[\]]|\[[^\[\]]{0,1000}\]){1,1000})\]"
    r"\((?P<address>(?:https?://|mailto:)[^\s()<>]{1,1000})\)"
)
"""A link in the notation, amid words: what it says and where it leads; any other address is none."""


def emphasised(stretches: Iterable[tuple[str, bool, bool]]) -> str:
    """Write (letters, italic, strong) in the notation: `*…*`, `**…**`, and `_` in their place where two of them touch."""
    parts: list[str] = []
    touching = ""
    for letters, italic, strong in stretches:
        size = italic + 2 * strong
        touching = "" if not size else "_" if touching == "*" else "*"
        parts.append(touching * size + letters + touching * size)
    return "".join(parts)


def picture_line(caption: str, name: str, alt: str = "", place: str = "") -> str:
    """Write a picture in the notation; a straight quote in `alt`, which would end it, becomes an apostrophe."""
    told = " ".join(alt.replace('"', "'").split())
    return f"![{caption}]({name}" + (f' "{told}")' if told else ")") + (f"{{{place}}}" if place else "")


def shown(address: str) -> str:
    """Write an address as print shows it: without what nobody types, and a letter's without its heading."""
    bare = re.sub(r"^https?://", "", address)
    return bare.removeprefix("mailto:").partition("?")[0] if bare.startswith("mailto:") else bare.rstrip("/")


class Block(Value):
    """One stretch of typed text between paragraph ends, before any opinion on what it is."""

    text: str
    """The words as typed, outer white space gone; a line end inside a hard-wrapped paragraph stays as a newline, one that
    is kept (a verse's, a chat's) is a `LINE_END`."""
    line: int
    """The line of the source on which the block begins, from 1."""
    gap: int = 0
    """How many blank lines stand above it."""
    indent: int = 0
    """Columns of white space before its first word; a tab reaches the next multiple of 8."""


DecisionKind: TypeAlias = Literal[
    "thought", "italic", "scene-break", "pause", "chapter", "title", "quote", "dash", "ellipsis", "space", "front", "footnote"
]

Verdict: TypeAlias = Literal["accept", "reject"]


class Overrule(Value):
    """What the author decided about one place in the story, whatever a rule would say."""

    kind: DecisionKind
    text: str
    """The letters concerned; for a break, the beginning of the paragraph below it."""
    within: str
    """The sentence in which they stand, with as much of its neighbours as it takes to find it; it may cross paragraphs."""
    verdict: Verdict
    reads: str = ""
    """How the same letters should be set, where the author said so mark by mark."""


class Overrules(Value):
    """All that the author decided about a story."""

    name: str = ""
    """The file that says so, for findings."""
    decisions: tuple[Overrule, ...] = ()
    rules: tuple[tuple[str, Verdict], ...] = ()
    """Rules, by the ids that decisions and the table name, that always or never apply."""


class Found(Value):
    """What a file tells of its story beside the words; empty where it tells nothing."""

    title: str = ""
    author: str = ""
    language: str = ""
    """As the file names it, such as `en` or `en-GB`."""
    address: str = ""
    """Where it was published, as an address on the web."""
    series: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    """Kind and words of each, such as `Fandom` and its name."""
    subtitle: str = ""


class Picture(Value):
    """A picture as its file holds it, looked through once and known to be whole."""

    name: str
    """By which the manuscript calls it."""
    kind: Literal["png", "jpeg"]
    width: int
    """In pixels, as it should be seen: a camera's turn is heeded."""
    height: int
    data: bytes
    """The file."""
    dpi: float = 0.0
    """Pixels to the inch, as the file says; 0 where it says nothing of use."""
    line_art: bool = False
    """Whether it has but two colours, so that its edges show each pixel."""


class Manuscript(Value):
    """The story as its author typed it."""

    blocks: tuple[Block, ...]
    """The typed blocks in order."""
    name: str
    """The file's name without folder and suffix; the last resort for a title."""
    layout: str
    """How paragraphs are typed: `blank lines`, `one paragraph a line`, `hard-wrapped` or `indented`."""
    encoding: str
    """How the bytes were read, such as `utf-8` or `windows-1252`."""
    findings: tuple[Finding, ...] = ()
    """What the reader noticed."""
    found: Found = Found()
    """What the file tells beside the words."""
    pictures: tuple[Picture, ...] = ()
    """Those that its blocks name."""
    overrules: Overrules = Overrules()
    """What its author decided against, or ahead of, the rules."""
    file: str = ""
    """Where it lies, as an absolute path; empty if in no file."""


class Run(Value):
    """Letters in one style."""

    text: str
    """In a paragraph whose lines are kept, a newline ends a line."""
    italic: bool = False
    strong: bool = False
    note: int = 0
    """Of a footnote's number: which of its chapter's notes it refers to, from 1. Its text is that figure."""
    link: str = ""
    """The address to which it leads, on the web or of mail; empty if nowhere."""


ParagraphKind: TypeAlias = Literal["body", "quote", "section", "verse", "centred", "signature"]
"""`body` text; `quote`: an epigraph, letter or note set apart; `section`: a heading inside a chapter; `verse`: lines
kept as typed, a poem's, a song's, a chat's; `centred`: a sign, an inscription; `signature`: hung to the right."""


class Paragraph(Value):
    """One paragraph, marked up: quotes curled, dashes set, thoughts in italic."""

    runs: tuple[Run, ...]
    line: int
    """The source line on which it begins, from 1."""
    kind: ParagraphKind = "body"


class Footnote(Value):
    """A note to the text, which stands at the foot of the page that refers to it, or at the end."""

    paragraphs: tuple[Paragraph, ...]
    line: int
    """The source line on which it begins, from 1."""


class SceneBreak(Value):
    """The story jumps: an ornament between white lines."""

    line: int
    """The source line of the marker, or of the block after the gap."""
    typed: str = ""
    """The marker as typed; empty for a gap of blank lines."""


class Pause(Value):
    """The story holds its breath: one white line, no ornament."""

    line: int
    """The source line of the block after the pause."""


Stand: TypeAlias = Literal["text", "full", "bleed"]
"""Where a picture stands: between paragraphs, on a page of its own, or over the whole of one, past its edges."""


class Illustration(Value):
    """A picture between two paragraphs."""

    picture: Picture
    caption: tuple[Run, ...]
    """Empty runs if it has none."""
    line: int
    """The source line that names it."""
    stand: Stand = "text"
    alt: str = ""
    """What those hear of it who do not see it; empty where its caption tells them."""


class Story(Value):
    """One of the stories that a book holds."""

    title: str = ""
    author: str = ""
    file: str = ""
    """Its manuscript as the project names it; empty where the book has only one."""
    found: Found = Found()
    """What its file tells beside the words."""


UNTOLD = Story()
"""The story of a chapter that is not bound yet."""

ChapterKind: TypeAlias = Literal["chapter", "part", "front", "back"]
"""A `part` stands above chapters; `front` and `back` hold what stands apart: a foreword, an author's note."""


class Chapter(Value):
    """A stretch of story under one title."""

    title: str
    """The whole heading as it should be read, its number included: `Chapter 4: The Well`; empty for a story without chapters."""
    blocks: tuple[Paragraph | SceneBreak | Pause | Illustration, ...]
    kind: ChapterKind = "chapter"
    line: int = 1
    """The source line of the title or of the first block."""
    number: str = ""
    """The part of the title that only counts, such as `Chapter 4`, `IV` or `Part One`; empty if it has none."""
    name: str = ""
    """The rest of the title, such as `The Well`."""
    notes: tuple[Footnote, ...] = ()
    """In the order in which the text first refers to them."""
    byline: str = ""
    """The author's name, to stand under the title of a story among others."""
    story: Story = UNTOLD
    """The story that it is of."""


class Decision(Value):
    """One thing the mark-up decided, with its reason, so that it can be seen and overruled."""

    kind: DecisionKind
    rule: str
    """The id of the rule in the table that decided."""
    confidence: float
    """0 to 1."""
    applied: bool
    """False where the rule only offers."""
    paragraph: int
    """The body paragraph it concerns, from 0; for a break, the paragraph after it."""
    start: int
    """First character in the marked paragraph's plain text."""
    end: int
    """One past the last character."""
    source_line: int
    """The manuscript's line on which the paragraph begins, from 1."""
    text: str
    """The letters concerned, as marked."""
    evidence: str
    """Why, in words a person understands."""
    file: str = ""
    """The manuscript, as the project names it; empty where the book has only one."""


class Book(Value):
    """The story understood."""

    title: str
    author: str
    chapters: tuple[Chapter, ...]
    decisions: tuple[Decision, ...] = ()
    findings: tuple[Finding, ...] = ()
    stories: tuple[Story, ...] = ()
    """The stories that are bound in it, in order; empty before they are."""
    language: str = "en-US"
    """BCP 47: what the config says, or else the manuscript."""

    @property
    def series(self) -> str:
        """The series that the file of its only story names."""
        return self.stories[0].found.series if len(self.stories) == 1 else ""

    @property
    def subtitle(self) -> str:
        """The subtitle that the file of its only story names."""
        return self.stories[0].found.subtitle if len(self.stories) == 1 else ""

    @property
    def published(self) -> list[tuple[str, str]]:
        """The titles of its stories, and the addresses at which they were published, as far as their files tell."""
        return [(story.title, story.found.address) for story in self.stories if story.found.address]

    @property
    def words(self) -> int:
        """How many words the text has, titles left out."""
        paragraphs = (block for chapter in self.chapters for block in chapter.blocks if isinstance(block, Paragraph))
        return sum(len("".join([run.text for run in paragraph.runs]).replace("—", " ").split()) for paragraph in paragraphs)

    @property
    def letters(self) -> int:
        """The length of the text in characters, by which the page is designed."""
        notes = [paragraph for chapter in self.chapters for note in chapter.notes for paragraph in note.paragraphs]
        blocks = chain(*[chapter.blocks for chapter in self.chapters], notes)
        return sum([len(run.text) for block in blocks if isinstance(block, Paragraph) for run in block.runs])
