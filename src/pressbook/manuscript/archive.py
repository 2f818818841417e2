"""The layout of a download from the Archive of Our Own: preface, chapters with their notes, afterword."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from pressbook.manuscript.faircopy import Draft, Piece, same_words
from pressbook.manuscript.trees import Element, local
from pressbook.model.story import Found
from pressbook.values import replace

if TYPE_CHECKING:
    from pressbook.manuscript.hypertext import Walked

LANGUAGES = {
    "english": "en-US", "deutsch": "de", "français": "fr", "español": "es", "italiano": "it", "nederlands": "nl",
    "polski": "pl", "svenska": "sv", "dansk": "da", "suomi": "fi", "magyar": "hu", "čeština": "cs", "русский": "ru",
}  # fmt: skip
# The archive's own words, which are not the author's.
_POSTED = "posted originally on the archive of our own"
_LABELS = {"end notes": "Notes", "chapter end notes": "Notes", "chapter notes": "Notes", "chapter summary": "Summary"}


def is_archive(root: Element) -> bool:
    """Tell a download by the sentence that the archive puts on top, or by its preface above its chapters."""
    ids = {element.get("id") for element in root.iter() if element.get("id") in ("preface", "chapters")}
    if "preface" not in ids:
        return False
    return "chapters" in ids or any(_POSTED in _line(element).lower() for element in root.iter() if _is(element, "message"))


def archive_copy(
    bodies: Sequence[Element], found: Found, walk: Callable[[Element], "Walked"]
) -> tuple[list[Draft], Found, "Walked"]:
    """Take a download apart: (its story with notes set apart, what it tells of the work, all that was walked).

    A work in one file is one body; in an EPUB the same parts lie in several.
    """
    drafts: list[Draft] = []
    last: list[Draft] = []
    tables = 0
    for body in bodies:
        for part, element in _parts(body):
            if part == "preface":
                found = _told(element, found)
            if part == "heading":
                drafts.append(Draft((Piece(_line(element)),), element.sourceline or 1, "heading", 1))
            elif part == "content":
                walked = walk(element)
                drafts += [*walked.drafts, *walked.notes]
                tables += walked.tables
            else:
                notes = list(_notes(element, walk))
                if part == "afterword":
                    last += notes
                else:
                    drafts += notes
    # A work of one chapter may repeat its title above the text; many authors paste it there.
    first = next((k for k, draft in enumerate(drafts) if draft.kind not in ("quote", "break")), -1)
    if first >= 0 and same_words(drafts[first].words, found.title):
        del drafts[first]
    from pressbook.manuscript.hypertext import Walked

    return [*drafts, *last], found, Walked([], [], tables)


def _parts(body: Element) -> Iterator[tuple[str, Element]]:
    """Find the parts of a download in order: preface, heading, notes, content, afterword."""
    taken: set[Element] = set()
    for element in body.iter():
        if not isinstance(element.tag, str) or any(above in taken for above in element.iterancestors()):
            continue
        name = element.get("id") or ""
        if name in ("preface", "afterword"):
            taken.add(element)
            yield name, element
        elif _is(element, "meta"):
            taken.add(element)
            heading = next((inner for inner in element.iter() if re.fullmatch("h[1-6]", local(inner.tag))), None)
            if heading is not None:
                yield "heading", heading
            yield "notes", element
        elif name != "chapters" and local(element.tag) == "div" and _is(element, "userstuff"):
            taken.add(element)
            yield "content", element


def _notes(element: Element, walk: Callable[[Element], "Walked"]) -> Iterator[Draft]:
    """Find summaries and notes: a line that names each, and what is quoted below it."""
    label = ""
    for inner in element.iter():
        tag = local(inner.tag)
        if tag == "p" and not _is_quoted(inner, element):
            said = _line(inner).rstrip(":")
            label = _LABELS.get(said.lower(), said) if len(said) <= 40 else ""
        elif tag == "blockquote" and _is(inner, "userstuff") and not _is_quoted(inner, element):
            for number, draft in enumerate(walk(inner).drafts):
                if draft.kind == "break":
                    continue
                opens = number == 0
                yield replace(draft, kind="quote", label=(label or "Notes") if opens else "", follows=not opens, gap=0, level=0)


def _told(preface: Element, found: Found) -> Found:
    """Read the work's title, author, address and tags."""
    tags: list[tuple[str, str]] = []
    kind = ""
    for element in preface.iter():
        tag = local(element.tag)
        if tag == "dt":
            kind = _line(element).rstrip(": ")
        elif tag == "dd" and kind:
            tags.append((kind, _line(element)))
    title = next((_line(element) for element in preface.iter() if local(element.tag) == "h1"), "")
    if not title:
        title = next(
            (_line(inner) for element in preface.iter() if _is(element, "message") for inner in element if local(inner.tag) == "b"),
            "",
        )
    authors = [_line(element) for element in preface.iter() if local(element.tag) == "a" and element.get("rel") == "author"]
    byline = next((_line(element) for element in preface.iter() if _is(element, "byline")), "")
    author = ", ".join(dict.fromkeys(authors)) or re.sub(r"(?i)^by\s+", "", byline)
    links = [element.get("href") or "" for element in preface.iter() if local(element.tag) == "a"]
    address = next((link for link in links if re.search(r"/works/\d+", link)), "")
    told = {kind.lower(): words for kind, words in tags}
    language = LANGUAGES.get(told.get("language", "").split(" ")[0].lower(), "")
    return Found(
        title or found.title,
        author or found.author,
        language or found.language,
        address or found.address,
        told.get("series", found.series),
        tuple((kind, words) for kind, words in tags if kind.lower() not in ("language", "series")),
    )


def _is(element: Element, name: str) -> bool:
    """Tell an element's class; a converter may have put a number behind it."""
    return any(re.fullmatch(name + r"\d*", said) for said in (element.get("class") or "").split())


def _is_quoted(element: Element, top: Element) -> bool:
    for above in element.iterancestors():
        if above is top:
            return False
        if local(above.tag) == "blockquote":
            return True
    return False


def _line(element: Element) -> str:
    return " ".join("".join([text for text in element.itertext() if isinstance(text, str)]).split())
