"""Notes in hypertext: which links cite a note, which element it is, and what only leads back."""

import re
from collections.abc import Callable, Iterable
from itertools import islice

from pressbook.manuscript.trees import Element, local

_NOTES = frozenset(["footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"])
_REFERS = frozenset(("noteref", "doc-noteref"))
_BACK = frozenset(("backlink", "doc-backlink"))
_CONTAINERS = frozenset(["p", "li", "div", "aside", "section", "dl", "dd", "td", "blockquote"])
_CLASSES = frozenset(("footnote-ref", "footnote-reference", "footnoteref", "noteref", "sdfootnoteanc", "sdendnoteanc"))
"""How programs call what cites a note where no rule of the web asks them to."""
_NEAR = 40
"""So many elements of a place that is linked to are looked through."""
_SIGN = r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5}|[a-z]|[¹²³⁰⁴-⁹]{1,3})[\])]?"


class Citations:
    """The notes of some pages: each link that cites one, each element that is one, by identity."""

    def __init__(self) -> None:
        self.signs: dict[Element, str] = {}
        """For each link that cites a note, the note's label."""
        self.notes: dict[Element, str] = {}
        """For each element that is a note, its label."""
        self.gone: set[Element] = set()
        """Links that only lead back, and the numbers typed before notes."""


def find_citations(pages: Iterable[tuple[str, Element]], near: Callable[[str, str], str] = lambda part, link: part) -> Citations:
    """Find the notes of pages, each given with its name; `near` says which page a link from another leads to.

    A link cites a note if it says so, or if it is a short sign, raised or in brackets, that leads to the beginning of a
    paragraph further down.
    """
    found = Citations()
    pages = tuple(pages)
    order = {element: at for at, element in enumerate(element for _, page in pages for element in page.iter())}
    named = {
        (part, name): element
        for part, page in pages
        for element in page.iter()
        if local(element.tag)
        for name in (element.get("id"), element.get("name") if local(element.tag) == "a" else None)
        if name
    }
    labels: dict[Element, str] = {}
    for part, page in pages:
        for link in page.iter("{*}a", "a"):
            target = _target(link, part, near, named)
            if target is None or not (_REFERS & types_of(link) or _is_sign(link)):
                continue
            note = _note_at(target)
            if note is None or order[note] <= order[link] or any(above is note for above in link.iterancestors()):
                continue
            found.signs[link] = labels.setdefault(note, str(len(labels) + 1))
    found.notes = labels
    for part, page in pages:
        for link in page.iter("{*}a", "a"):
            target = _target(link, part, near, named)
            inside = any(above in labels for above in link.iterancestors())
            if inside and target is not None and _cites_near(target, found.signs):
                found.gone.add(link)
    return found


def types_of(element: Element) -> set[str]:
    """Name what an element is for, in the words of EPUB and ARIA."""
    said = [element.get("role") or ""]
    # A list's or a button's own `type` is another thing.
    if local(element.tag) not in ("ol", "ul", "li", "input", "button", "link", "style", "script"):
        said += [value for name, value in element.attrib.items() if local(name) in ("type", "epub:type")]
    else:
        said += [value for name, value in element.attrib.items() if "ops}" in str(name) or str(name) == "epub:type"]
    return {word for text in said for word in str(text).lower().split()}


def leads_back(element: Element) -> bool:
    """Tell a link back from a note to its place by what it says."""
    return local(element.tag) == "a" and bool(_BACK & types_of(element) or _words(element) in ("↩", "↩︎", "↑", "^", "[back]"))


def without_number(words: str) -> str:
    """Take the number off that was typed before a note."""
    return re.sub(r"^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.):]?(?=\s)|[*†‡]+|[¹²³⁰⁴-⁹]+)[.):]?\s*", "", words)


def _target(link: Element, part: str, near: Callable[[str, str], str], named: dict[tuple[str, str], Element]) -> Element | None:
    path, hash_sign, name = (link.get("href") or "").partition("#")
    # What leads to a remark of Google's writer leads to no note.
    if not hash_sign or "://" in path or name.startswith("cmnt"):
        return None
    return named.get((near(part, path) if path else part, name))


def _is_sign(link: Element) -> bool:
    """Tell a raised or bracketed figure, star or dagger, or what its class names a note's."""
    words = _words(link)
    if not re.fullmatch(_SIGN, words):
        return False
    parent = link.getparent()
    if _CLASSES & set((link.get("class") or "").lower().split()):
        return True
    near = [inner for inner in link if local(inner.tag)] + ([parent] if parent is not None else [])
    return words[0] in "[(*†‡¹²³⁰⁴⁵⁶⁷⁸⁹" or any(local(element.tag) == "sup" for element in near)


def _note_at(target: Element) -> Element | None:
    """Return the element that a note's anchor stands for: itself, or the paragraph that it begins."""
    for above in (target, *target.iterancestors()):
        if _NOTES & types_of(above):
            return above
    while local(target.tag) not in _CONTAINERS:
        parent = target.getparent()
        if parent is None or (parent.text or "").strip() or parent[0] is not target:
            return None
        target = parent
    return target


def _cites_near(target: Element, signs: dict[Element, str]) -> bool:
    """Tell whether a place is a link that cites a note, or holds one or stands in one; not a whole paragraph."""
    if local(target.tag) in _CONTAINERS:
        return any(inner in signs for inner in islice(target.iter(), _NEAR))
    return any(near in signs for near in (*islice(target.iter(), _NEAR), *target.iterancestors())) or any(
        near in signs for near in (target.getnext(), target.getprevious()) if near is not None
    )


def _words(element: Element) -> str:
    return "".join([text for text in element.itertext() if isinstance(text, str)]).strip(" \xa0\n\t")
