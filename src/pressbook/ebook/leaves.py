"""Leaves: the parts of a book, each as one page of XHTML."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from pressbook.config import Config, addresses, says, small_print
from pressbook.model import Book, Chapter, Decision, Illustration, Ornament, Paragraph, Pause, Run, SceneBreak

MATTERS = {
    "foreword": "foreword",
    "preface": "preface",
    "introduction": "introduction",
    "prologue": "prologue",
    "epilogue": "epilogue",
    "afterword": "afterword",
    "acknowledgment": "acknowledgments",
    "acknowledgement": "acknowledgments",
    "dedication": "dedication",
    "epigraph": "epigraph",
}
"""How a title that names its part begins, and what EPUB and ARIA call that part."""
_ITALICS = {"italic-stress": "em", "italic-title": "cite"}
"""Where a rule knows what italics are for; all others (a thought, a foreign word) are another voice, which `i` says."""
_UNIT = 100
"""An ornament's height in its drawing."""
_TALL = 1.15
"""Its height on the page, in em, as in print."""
_NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


class Leaf(NamedTuple):
    """One page of the e-book."""

    name: str
    """Its file's name, without the suffix."""
    title: str
    matter: str
    """`frontmatter`, `bodymatter` or `backmatter`."""
    kind: str
    """What EPUB calls it, such as `chapter` or `titlepage`; empty if it has no name for it."""
    body: str
    """The XHTML between its `body` tags."""
    listed: bool = False
    """Whether the contents name it."""
    opens: bool = False
    """Whether a story among others begins here, under no part of the one before."""


class _Voices:
    """Tells what a stretch of italics is for, by what the rules noted."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._tags = {
            (decision.file, decision.source_line, decision.start, decision.text): _ITALICS[decision.rule]
            for decision in decisions
            if decision.rule in _ITALICS
        }

    def tag(self, file: str, line: int, start: int, text: str) -> str:
        """Return the element for italics that begin at a character of the paragraph on a line of a file."""
        return self._tags.get((file, line, start, text), "i")


def leaves_of(book: Book, config: Config, ornament: Ornament | str | None, pictures: Mapping[bytes, str]) -> tuple[Leaf, ...]:
    """Write a book as pages in reading order: title, imprint, dedication and epigraph as configured, then its chapters.

    `ornament` parts scenes: a drawing, a text, or None for white; `pictures` names the files of those that it has.
    """
    counts: Counter[str] = Counter()
    voices = _Voices(book.decisions)
    chapters: list[Leaf] = []
    for chapter in book.chapters:
        counts[chapter.kind] += 1
        chapters.append(
            _chapter(
                chapter, book, _Writer(voices, ornament, pictures, chapter.story.file), f"{chapter.kind}-{counts[chapter.kind]}"
            )
        )
    first = next((at for at, chapter in enumerate(book.chapters) if chapter.kind != "front"), len(chapters))
    return (*_front(book, config), *chapters[:first], *_displays(config), *chapters[first:])


def _front(book: Book, config: Config) -> Iterator[Leaf]:
    """Write the title page and, if there is a notice, the imprint."""
    keys = config.book
    lines = (("subtitle", keys.subtitle or book.subtitle), ("author", book.author), ("series", keys.series or book.series))
    below = "".join(f'<p class="{name}">{_text(words)}</p>\n' for name, words in lines if words)
    yield Leaf("title", book.title, "frontmatter", "titlepage", f"<h1>{_text(book.title)}</h1>\n{below}")
    told = addresses(keys, book.title, book.published)
    if notice := small_print(keys, book.language, told, several=len(book.stories) > 1):
        inside = "".join([f'<p class="imprint">{_lines(words)}</p>\n' for words in notice])
        yield Leaf("copyright", says(book.language).imprint, "frontmatter", "copyright-page", inside)


def _displays(config: Config) -> Iterator[Leaf]:
    """Write the dedication and the epigraph of the config."""
    for name, words in (("dedication", config.book.dedication), ("epigraph", config.book.epigraph)):
        if words:
            yield Leaf(name, name.capitalize(), "frontmatter", name, f'<p class="display">{_lines(words)}</p>\n')


def _chapter(chapter: Chapter, book: Book, writer: "_Writer", name: str) -> Leaf:
    """Write a chapter, a part's title, or what stands apart before or after the story."""
    matter = {"front": "frontmatter", "back": "backmatter"}.get(chapter.kind, "bodymatter")
    named = next((kind for title, kind in MATTERS.items() if chapter.title.lower().startswith(title)), "")
    kind = named or ("" if matter != "bodymatter" else chapter.kind)
    body = _heading(chapter) + "".join([*writer.blocks(chapter), *writer.notes(chapter)])
    listed = bool(chapter.title) or matter == "bodymatter"
    opens = len(book.stories) > 1 and chapter.title == chapter.story.title
    return Leaf(name, chapter.title or book.title, matter, kind, body, listed, opens)


def _heading(chapter: Chapter) -> str:
    """Write a chapter's title, its number on a line of its own as in print."""
    if not chapter.title:
        return ""
    title = _text(chapter.title)
    if chapter.number and chapter.name:
        title = f'<span class="number">{_text(chapter.number)}</span> <span class="name">{_text(chapter.name)}</span>'
    byline = f'<p class="byline">{_text(chapter.byline)}</p>\n' if chapter.byline else ""
    return f"<h1>{title}</h1>\n{byline}"


class _Writer:
    """Writes a chapter's blocks; an ornament is drawn where it first stands, and shown again from there."""

    def __init__(self, voices: _Voices, ornament: Ornament | str | None, pictures: Mapping[bytes, str], file: str) -> None:
        self._voices = voices
        self._ornament = ornament
        self._pictures = pictures
        self._file = file
        self._drawn = False
        self._referred: set[int] = set()

    def blocks(self, chapter: Chapter) -> Iterator[str]:
        """Write block after block; quotations that follow one another are one."""
        for quoted, group in groupby(chapter.blocks, key=lambda block: isinstance(block, Paragraph) and block.kind == "quote"):
            inside = "".join(map(self._block, group))
            yield f"<blockquote>\n{inside}</blockquote>\n" if quoted else inside

    def notes(self, chapter: Chapter) -> Iterator[str]:
        """Write a chapter's notes below it, where reading systems look for them to show them beside the text."""
        for number, note in enumerate(chapter.notes, 1):
            back = f'<a role="doc-backlink" href="#reference-{number}">{number}</a> '
            first, *rest = [self._block(paragraph) for paragraph in note.paragraphs]
            inside = "".join([first.replace(">", f">{back}", 1), *rest])
            yield f'<aside id="note-{number}" epub:type="footnote" role="doc-footnote">\n{inside}</aside>\n'

    def _reference(self, run: Run) -> str:
        """Write the figure that refers to a note; the note leads back to where it is first referred to."""
        place = "" if run.note in self._referred else f' id="reference-{run.note}"'
        self._referred.add(run.note)
        return f'<a{place} class="reference" epub:type="noteref" role="doc-noteref" href="#note-{run.note}">{_text(run.text)}</a>'

    def _block(self, block: Paragraph | SceneBreak | Pause | Illustration) -> str:
        if isinstance(block, Illustration):
            return self._figure(block)
        if isinstance(block, Pause):
            return '<hr class="pause"/>\n'
        if isinstance(block, SceneBreak):
            return self._scene_break()
        text = self._runs(block.runs, block.line)
        if block.kind == "section":
            return f"<h2>{text}</h2>\n"
        if block.kind in ("verse", "centred", "signature"):
            return f'<p class="{block.kind}">{text}</p>\n'
        return f"<p>{text}</p>\n"

    def _figure(self, block: Illustration) -> str:
        """Show a picture; its caption stands below it, and where nothing else is told of it says what is seen."""
        words = "".join(run.text for run in block.caption)
        shown = f'<img src="{quote(self._pictures[block.picture.data])}" alt="{escape(block.alt or words)}"/>'
        caption = f"\n<figcaption>{self._runs(block.caption, block.line)}</figcaption>" if words else ""
        stand = "" if block.stand == "text" else f' class="{block.stand}"'
        return f"<figure{stand}>\n{shown}{caption}\n</figure>\n"

    def _scene_break(self) -> str:
        if self._ornament is None:
            return '<hr class="blank"/>\n'
        if isinstance(self._ornament, str):
            return f'<p class="break" role="separator">{_text(self._ornament)}</p>\n'
        # The rule says to every reading system that the scene changes; the style sheet shows the drawing in its place.
        return f'<div class="break"><hr/>{self._drawing(self._ornament)}</div>\n'

    def _drawing(self, ornament: Ornament) -> str:
        """Draw an ornament in the colour of the text, whatever a reader has chosen."""
        shape = '<use xlink:href="#ornament"/>'
        if not self._drawn:
            self._drawn = True
            shape = f'<path id="ornament" fill-rule="evenodd" d="{_path(ornament)}"/>'
        box = f'viewBox="0 0 {_UNIT * ornament.width:g} {_UNIT}" width="{_TALL * ornament.width:.2f}em" height="{_TALL}em"'
        return f'<svg {_NAMES} {box} fill="currentColor" aria-hidden="true">{shape}</svg>'

    def _runs(self, runs: tuple[Run, ...], line: int) -> str:
        """Write a paragraph's runs, each in the element that says why it looks so; a kept line is turned over as one."""
        lines: list[list[str]] = [[]]
        at = 0
        for run in runs:
            if run.note:
                lines[-1].append(self._reference(run))
                at += len(run.text)
                continue
            tag = self._voices.tag(self._file, line, at, run.text) if run.italic else ""
            for number, text in enumerate(run.text.split("\n")):
                if number:
                    lines.append([])
                lines[-1].append(_leading(_styled(text, tag, strong=run.strong), run.link))
            at += len(run.text)
        if len(lines) == 1:
            return "".join(lines[0])
        return "<br/>\n".join([f'<span class="line">{"".join(line)}</span>' for line in lines])


def _styled(text: str, tag: str, *, strong: bool) -> str:
    """Write letters of one style; `tag` is the element of their italics, empty if they are roman."""
    written = _text(text)
    if tag and written:
        written = f"<{tag}>{written}</{tag}>"
    return f"<strong>{written}</strong>" if strong and written else written


def _leading(written: str, address: str) -> str:
    """Let what is written lead to an address on the web."""
    return f'<a href="{escape(address)}">{written}</a>' if written and address.startswith("http") else written


def _path(ornament: Ornament) -> str:
    """Write an ornament's paths as SVG does, whose y goes down."""
    written: list[str] = []
    for step, along in (step for path in ornament.paths for step in path):
        numbers = [1 - value if at % 2 else value for at, value in enumerate(along)]
        written.append(step + " ".join([f"{_UNIT * number:.1f}" for number in numbers]))
    return " ".join(written)


def _lines(text: str) -> str:
    return _text(text).replace("\n", "<br/>\n")


def _text(words: str) -> str:
    return escape(words, quote=False)
