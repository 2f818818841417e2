"""The book gathered: manuscripts, understood one by one, are bound as its story, its chapters, or its stories."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from pressbook.markup.asides import lowered, settle, tag_list, told
from pressbook.markup.binding import named_by_file
from pressbook.markup.book import mark_up, set_words
from pressbook.markup.headings import counted
from pressbook.markup.languages import language_of, spoken
from pressbook.markup.links import set_links
from pressbook.markup.table import count
from pressbook.model.finding import Finding
from pressbook.model.story import Book, Chapter, Manuscript, Story
from pressbook.values import replace

if TYPE_CHECKING:
    from pressbook.config.schema import BookKeys, House

_SOLE = "prologue|prolog|epilogue|epilog|interlude|intermission|afterword|foreword|preface|introduction|coda"
_COUNTED = (
    r"(?i)(?:(?P<word>chapter|chap|ch|c|part|pt|episode|ep|kapitel|kap|chapitre|chap[ií]tulo|cap[ií]tulo|cap|capitolo|hoofdstuk"
    r"|rozdzia[lł])[\W_]*)?(?P<number>\d{1,4})(?:[\W_]+(?P<name>\S.*))?"
)
_ROOMS = frozenset(("text", "texts", "chapters", "stories", "story", "manuscript", "manuscripts"))
"""Folders named for what lies in them; the book is named by the folder above."""
MOST_NAMED = 4
"""A title page names so many authors at the most."""


class _Part(NamedTuple):
    """A manuscript among others, understood."""

    manuscript: Manuscript
    book: Book
    file: str
    """Its name within the project."""
    folded: bool = False
    """Whether it stands for all the files of a folder, which are one story's chapters."""

    @property
    def stem(self) -> str:
        return PurePath(self.file).stem

    @property
    def title(self) -> str:
        """The title that it bears itself; empty if it has only its file's name."""
        typed = any(decision.kind == "title" and decision.rule == "title" for decision in self.book.decisions)
        return self.book.title if typed or self.folded or self.manuscript.found.title else ""


def understand(manuscripts: Sequence[Manuscript], keys: "BookKeys", house: "House") -> Book:
    """Understand a book's manuscripts and bind them: one story, the chapters of one, or a collection of stories."""
    language = language_in(manuscripts, keys)
    books = [set_links(book, house.links) for book in mark_each(manuscripts, keys, house)]
    if len(books) == 1:
        return _one_story(manuscripts[0], books[0], keys, language)
    return _named_as_set(_bound(manuscripts, books, keys, language), house, language)


def _bound(manuscripts: Sequence[Manuscript], books: Sequence[Book], keys: "BookKeys", language: str) -> Book:
    """Bind several manuscripts, understood each by itself, in one book."""
    parts = [_Part(*three) for three in zip(manuscripts, books, files_of(manuscripts), strict=True)]
    book = _as_chapters(parts, keys) if are_chapters(parts, keys) else _as_stories(_folded(parts, keys), keys)
    findings = (*_gathered_findings(parts), *book.findings)
    decisions = tuple(replace(decision, file=part.file) for part in parts for decision in part.book.decisions)
    return replace(book, findings=findings, decisions=decisions, language=language)


def mark_each(manuscripts: Sequence[Manuscript], keys: "BookKeys", house: "House") -> list[Book]:
    """Understand each manuscript by itself; what the config says of title and author holds for a single one."""
    title, author = (keys.title, keys.author) if len(manuscripts) == 1 else ("", "")
    languages = [language_in((one, *manuscripts), keys) for one in manuscripts]
    books = [mark_up(one, house, title, author, language) for one, language in zip(manuscripts, languages, strict=True)]
    return [_named_as_set(book, house, language) for book, language in zip(books, languages, strict=True)]


def _named_as_set(book: Book, house: "House", language: str) -> Book:
    """Set a book's title and author: what a file says it is called was typed as carelessly as the rest."""
    title, author = (set_words(text, house, language) for text in (book.title, book.author))
    return replace(book, title=title, author=author, language=language)


def language_in(manuscripts: Sequence[Manuscript], keys: "BookKeys") -> str:
    """Return the language that the config gives, or the first that a manuscript names."""
    if keys.language != "auto":
        return keys.language
    return spoken(next((one.found.language for one in manuscripts if one.found.language), ""))


def files_of(manuscripts: Sequence[Manuscript]) -> list[str]:
    """Name each manuscript by its path from the folder that holds them all; a single one needs no name."""
    if len(manuscripts) == 1:
        return [""]
    paths = [PurePath(one.file) for one in manuscripts]
    above = _common(paths)
    return [path.relative_to(above).as_posix() for path in paths]


def _common(paths: Sequence[PurePath]) -> PurePath:
    """Return the innermost folder that holds all files."""
    return next(folder for folder in paths[0].parents if all(folder in path.parents for path in paths))


# ── one story ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _one_story(manuscript: Manuscript, book: Book, keys: "BookKeys", language: str) -> Book:
    story = Story(book.title, book.author, "", manuscript.found)
    chapters, dropped = settle(book.chapters, keys.notes)
    chapters = _with_tags(chapters, [story], keys)
    findings = (*book.findings, *_told_of(dropped, [story], keys))
    bound = tuple(replace(chapter, story=story) for chapter in chapters)
    return replace(book, chapters=bound, stories=(story,), language=language, findings=findings)


def _with_tags(chapters: list[Chapter], stories: Sequence[Story], keys: "BookKeys") -> list[Chapter]:
    if keys.tags == "off":
        return chapters
    # Among several stories nobody would know whose they are.
    titles = [story.title if len(stories) > 1 else "" for story in stories]
    lists = [tags for story, title in zip(stories, titles, strict=True) if (tags := tag_list(story.found, keys.tags, title))]
    return [*lists, *chapters] if keys.tags == "front" else [*chapters, *lists]


def _told_of(notes: int, stories: Sequence[Story], keys: "BookKeys") -> list[Finding]:
    """Say what a policy leaves out of the book, and what comes into it unasked."""
    findings: list[Finding] = []
    if notes:
        says = f"{count(notes, 'note')} of the author's {'is' if notes == 1 else 'are'} left out, as book.notes says"
        findings.append(Finding("notice", "notes", says))
    tags = sum(len(told(story.found)) for story in stories)
    if tags and keys.tags == "off":
        says = f"{count(tags, 'tag')} that came with the story {'is' if tags == 1 else 'are'} not printed"
        findings.append(Finding("notice", "tags", says, remedy='book.tags = "front" or "back" prints them'))
    if keys.source == "auto" and any(story.found.address for story in stories):
        says = "the imprint names the address that came with the story"
        findings.append(Finding("notice", "imprint", says, remedy='book.source = "none" leaves it out'))
    return findings


# ── chapters of one story ──────────────────────────────────────────────────────────────────────────────────────────────


def are_chapters(parts: Sequence[_Part], keys: "BookKeys") -> bool:
    """Tell the chapters of one story, a file each, from several stories.

    They bear one title, or none of them names its author anew and the files' names count, as `ch1`, `ch2`, `epilogue`.
    """
    if keys.stories_are != "auto":
        return keys.stories_are == "chapters"
    if len({part.book.author for part in parts if part.book.author}) > 1:
        return False
    titles = {part.title for part in parts}
    if len(titles) == 1 and "" not in titles:
        return True
    signed = sum(bool(part.book.author) for part in parts)
    return signed < 2 and all(re.fullmatch(rf"{_COUNTED}|(?i:{_SOLE})\b.*", part.stem) for part in parts)


def _as_chapters(parts: Sequence[_Part], keys: "BookKeys") -> Book:
    book = _chapters_of(parts, keys, keys.title, keys.author)
    chapters, dropped = settle(book.chapters, keys.notes)
    stories = (Story(book.title, book.author, "", parts[0].manuscript.found),)
    chapters = _with_tags(chapters, stories, keys)
    return replace(book, chapters=tuple(chapters), findings=tuple(_told_of(dropped, stories, keys)), stories=stories)


def _chapters_of(parts: Sequence[_Part], keys: "BookKeys", title: str = "", author: str = "") -> Book:
    """Gather the chapters of one story from their files."""
    # What most files are called is the book's name, and so is what stands above the author's.
    most, times = Counter(part.title for part in parts).most_common(1)[0]
    shared = most if 2 * times > len(parts) else ""
    own = next((part.title for part in parts if part.book.author), "")
    title = title or own or shared or _folder(parts)
    author = author or next((part.book.author for part in parts if part.book.author), "")
    chapters: list[Chapter] = []
    for part in parts:
        story = Story(title, author, part.file, part.manuscript.found)
        edged = _edged(_titled(part, {title, own, shared}), part is parts[0], part is parts[-1], keys)
        chapters += [replace(chapter, story=story) for chapter in edged]
    return Book(title, author, tuple(chapters))


def _titled(part: _Part, books: set[str]) -> list[Chapter]:
    """Give a file's chapter the title of its first line, or of the file's name; over several chapters that title is a part's."""
    chapters = list(part.book.chapters)
    told = [k for k, chapter in enumerate(chapters) if chapter.kind in ("chapter", "part")]
    own = part.title if part.title not in books else ""
    only = chapters[told[0]] if len(told) == 1 else None
    if only and not only.title:
        chapters[told[0]] = _called(only, own or _title_by_file(part.stem, part.book.language))
    elif only and own and not only.name:
        chapters[told[0]] = _called(only, f"{only.title.rstrip('.:')}: {own}")
    elif own and told:
        chapters.insert(told[0], Chapter(own, (), "part", chapters[told[0]].line, name=own))
    return chapters


def _called(chapter: Chapter, title: str) -> Chapter:
    number, name = counted(title)
    return replace(chapter, title=title, number=number, name=name)


def _edged(chapters: Sequence[Chapter], first: bool, last: bool, keys: "BookKeys") -> list[Chapter]:
    """Keep the notes of a chapter's file with it; only the first file's stand before the book, and the last one's behind it."""
    if keys.notes != "chapter":
        return list(chapters)
    front = [] if first else [chapter for chapter in chapters if chapter.kind == "front"]
    back = [] if last else [chapter for chapter in chapters if chapter.kind == "back"]
    rest = [chapter for chapter in chapters if chapter not in front and chapter not in back]
    told = [k for k, chapter in enumerate(rest) if chapter.kind in ("chapter", "part")]
    if told:
        rest[told[0]] = lowered(front, rest[told[0]], ())
        rest[told[-1]] = lowered((), rest[told[-1]], back)
    return rest


def _title_by_file(stem: str, language: str) -> str:
    """Read a chapter's title off its file's name: `ch2`, `03_the-well`, `epilogue`."""
    match = re.fullmatch(_COUNTED, stem)
    if not match:
        return named_by_file(stem)
    name = named_by_file(match["name"] or "")
    number = str(int(match["number"]))
    if language_of(language).english:
        return f"Chapter {number}" + (f": {name}" if name else "")
    return number + (f". {name}" if name else "")


# ── stories of a collection ────────────────────────────────────────────────────────────────────────────────────────────


def _folded(parts: Sequence[_Part], keys: "BookKeys") -> list[_Part]:
    """Take the files of a folder that are one story's chapters for that story."""
    folded: list[_Part] = []
    for folder, files in groupby(parts, key=lambda part: PurePath(part.file).parent):
        group = list(files)
        if keys.stories_are == "auto" and len(group) > 1 and are_chapters(group, keys):
            folded.append(_Part(group[0].manuscript, _chapters_of(group, keys), folder.as_posix(), folded=True))
        else:
            folded += group
    return folded


def _as_stories(parts: Sequence[_Part], keys: "BookKeys") -> Book:
    title = keys.title or _folder(parts)
    authors = list(dict.fromkeys(part.book.author for part in parts if part.book.author))
    signed = len(authors) > 1
    chapters: list[Chapter] = []
    stories: list[Story] = []
    dropped = 0
    for part in parts:
        story = Story(part.title or _title_by_name(part.stem), part.book.author, part.file, part.manuscript.found)
        settled, left = settle(part.book.chapters, keys.notes)
        bound = _under_its_title(settled, story, signed)
        chapters += [replace(chapter, story=replace(story, file=chapter.story.file or part.file)) for chapter in bound]
        stories.append(story)
        dropped += left
    chapters = _with_tags(chapters, stories, keys)
    author = keys.author or (_listed(authors) if len(authors) <= MOST_NAMED else "")
    return Book(title, author, tuple(chapters), findings=tuple(_told_of(dropped, stories, keys)), stories=tuple(stories))


def _under_its_title(chapters: Sequence[Chapter], story: Story, signed: bool) -> list[Chapter]:
    """Stand a story under its title: over its text, or, where it has chapters of its own, on a leaf before them.

    What stood before and behind it as matter of a book are notes at its edges now.
    """
    front = [chapter for chapter in chapters if chapter.kind == "front"]
    back = [chapter for chapter in chapters if chapter.kind == "back"]
    told = [chapter for chapter in chapters if chapter.kind in ("chapter", "part")]
    byline = story.author if signed else ""
    if len(told) == 1 and told[0].title in ("", story.title):
        return [lowered(front, replace(_called(told[0], story.title), byline=byline), back)]
    leaf = Chapter(story.title, (), "part", told[0].line if told else 1, name=story.title, byline=byline)
    told[-1:] = [lowered((), last, back) for last in told[-1:]]
    return [lowered(front, leaf, () if told else back), *told]


def _title_by_name(stem: str) -> str:
    """Read a story's title off its file's name, a number that only orders it left out."""
    return named_by_file(re.sub(r"^\d+[\W_]+(?=\S)", "", stem))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


# ── what holds for all ─────────────────────────────────────────────────────────────────────────────────────────────────


def _folder(parts: Sequence[_Part]) -> str:
    """Name a book by its folder."""
    above = _common([PurePath(part.manuscript.file) for part in parts])
    named = next((folder.name for folder in (above, *above.parents) if folder.name.lower() not in _ROOMS), "")
    return named_by_file(named) or parts[0].book.title


def _gathered_findings(parts: Sequence[_Part]) -> list[Finding]:
    """Name the file of each finding; what is noticed of several files alike is said once."""
    findings: list[Finding] = []
    for part in parts:
        own = PurePath(part.file).name
        findings += [replace(each, message=each.message.removeprefix(f"{own}: "), file=part.file) for each in part.book.findings]
    alike = Counter((each.rule, each.message) for each in findings if each.level == "notice")
    said: dict[tuple[str, str], Finding] = {}
    for number, each in enumerate(findings):
        times = alike[each.rule, each.message]
        if times > 1:
            once = replace(each, message=f"in {times} files: {each.message}", file="")
            said.setdefault((each.rule, each.message), once)
        else:
            said[str(number), each.message] = each
    return list(said.values())
