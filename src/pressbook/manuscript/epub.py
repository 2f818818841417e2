"""EPUB: the pages in the order of their spine, their titles from the navigation, footnotes at the end of each page."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pressbook.errors import ManuscriptError
from pressbook.manuscript.archive import archive_copy, is_archive
from pressbook.manuscript.citations import Citations, find_citations
from pressbook.manuscript.downloads import take_record, with_record
from pressbook.manuscript.faircopy import Draft, Piece, fair_copy, find_title, left_out, same_words
from pressbook.manuscript.hypertext import Looks, Walked, looks_in, walk, words_in
from pressbook.manuscript.packed import Package, open_package, require
from pressbook.manuscript.pictures import Gallery
from pressbook.manuscript.text import accept, stem_of
from pressbook.manuscript.trees import Element, local, parse_xhtml, parse_xml
from pressbook.model.finding import Finding
from pressbook.model.story import Found, Manuscript
from pressbook.values import replace

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_MOST_PAGES = 5_000
_NOT_STORY = (
    r"(?i)(?:cover|title ?-?page|half ?-?title ?-?page|toc|(?:table of )?contents|copyright(?: ?-?page)?|navigation|nav|landmarks)"
)


class _Book(NamedTuple):
    """What the package document says."""

    found: Found
    pages: tuple[str, ...]
    """The parts of the spine in reading order, each once."""
    sheets: tuple[str, ...]
    """The style sheets."""
    titles: dict[str, str]
    """Each part's title in the navigation."""
    aside: frozenset[str]
    """Parts that are no story: cover, title page, contents."""


def read_epub(source: Path) -> Manuscript:
    """Read an EPUB; ManuscriptError if it is damaged, locked, past the limits, or no EPUB."""
    package = open_package(source, "EPUB")
    require(package, _CONTAINER, "EPUB")
    book = _opened(package)
    looks = looks_in("\n".join([package.read(part).decode("utf-8", "replace") for part in book.sheets]))
    bodies = [(part, parse_xhtml(package.read(part), f"{source.name}: {part}")) for part in book.pages]
    own = [looks | looks_in("".join([words_in(style) for style in body.iter("{*}style", "style")])) for _, body in bodies]
    gallery = Gallery(source.name, package.fetch)
    told: list[Finding] = []
    cited = find_citations(bodies, package.near)
    if any(is_archive(body) for _, body in bodies):
        merged = looks.copy()
        for more in own:
            merged |= more
        hang = partial(gallery.hang, part=book.pages[0])
        drafts, found, walked = archive_copy(
            [body for _, body in bodies], book.found, lambda element: walk(element, merged, hang, cited)
        )
        skipped: list[str] = []
    else:
        record = take_record([body for _, body in bodies], book.found, source.name)
        drafts, found, walked, skipped = _story(book._replace(found=record.found), bodies, own, gallery, cited)
        drafts, told = with_record(record, drafts, lambda element: walk(element, looks, lambda _: "", cited), source.name)
    copy = fair_copy(drafts, numbered=True)
    findings = [*gallery.findings(), *told, *left_out(source.name, 0, walked.tables)]
    if skipped:
        findings.append(Finding("notice", "left-out", f"{source.name}: left out as no part of the story: {', '.join(skipped)}"))
    findings += copy.findings
    manuscript = Manuscript(copy.blocks, stem_of(source), "blank lines", "utf-8", tuple(findings), found, gallery.pictures)
    return accept(source, manuscript)


def _story(
    book: _Book, bodies: list[tuple[str, Element]], looks: list[dict[str, Looks]], gallery: Gallery, cited: Citations
) -> tuple[list[Draft], Found, Walked, list[str]]:
    """Walk the pages: (drafts, what is told, what was counted, parts left out)."""
    drafts: list[Draft] = []
    skipped: list[str] = []
    tables = 0
    for (part, body), own in zip(bodies, looks, strict=True):
        # What is no part of the story hangs no pictures either.
        walked = walk(body, own, (lambda _: "") if part in book.aside else partial(gallery.hang, part=part), cited)
        tables += walked.tables
        whole = [*walked.drafts, *walked.notes]
        page = _noted(whole) if _stands_apart(body) else _headed(whole, book.titles.get(part, ""), book.found)
        if not any(draft.words or draft.picture for draft in page):
            continue
        if part in book.aside or _only_title(page, book.found):
            skipped.append(part)
            drafts += [draft for draft in walked.notes if draft.kind == "note"]  # the text cites them
            continue
        if walked.notes and all(draft.kind == "heading" and "[^" not in draft.words for draft in walked.drafts):
            page = walked.notes  # a heading above nothing but notes has no office once they stand where they are cited
        drafts += page
    drafts, found = find_title(drafts, book.found, sure=True)
    return drafts, found, Walked([], [], tables), skipped


def _stands_apart(body: Element) -> bool:
    """Tell what our own EPUBs set apart from the story: a note, a dedication."""
    section = next(body.iter("{*}section", "section"), None)
    return section is not None and section.get("class") == "note"


def _noted(drafts: list[Draft]) -> list[Draft]:
    """Quote a page that stands apart, its heading as the label."""
    label = drafts[0].words if drafts and drafts[0].kind == "heading" else ""
    rest = [draft for draft in drafts[bool(label) :] if draft.kind != "break"]
    return [
        draft
        if draft.kind == "note"
        else replace(draft, kind="quote", label="" if number else label, follows=number > 0, gap=0, level=0)
        for number, draft in enumerate(rest)
    ]


def _headed(drafts: list[Draft], title: str, found: Found) -> list[Draft]:
    """Make a page's first heading a chapter's; where it has none, its title in the navigation is one."""
    first = next((k for k, draft in enumerate(drafts) if draft.words), -1)
    if first < 0:
        return drafts
    if drafts[first].kind == "heading":
        top = drafts[first].level
        # A number over a name is one title in two lines.
        if (
            first + 1 < len(drafts)
            and drafts[first + 1].kind == "heading"
            and same_words(drafts[first].words + drafts[first + 1].words, title)
        ):
            drafts[first : first + 2] = [replace(drafts[first], pieces=(Piece(title),))]
        elif same_words(drafts[first].words, title):
            # What parts a number from a name is often only the page's design; the navigation spells it out.
            drafts[first] = replace(drafts[first], pieces=(Piece(title),))
        return [replace(draft, level=1 if draft.level <= top else 2) if draft.kind == "heading" else draft for draft in drafts]
    if not title or same_words(title, found.title) or re.search(r"(?i)\.x?html?$|^(?:start|text|untitled)$", title):
        return drafts
    if same_words(drafts[first].words, title):
        return [*drafts[:first], replace(drafts[first], kind="heading", level=1), *drafts[first + 1 :]]
    return [Draft((Piece(title),), 1, "heading", 1), *drafts]


def _only_title(drafts: list[Draft], found: Found) -> bool:
    """Tell a title page: nothing but the title and the author's name."""
    said = [draft.words for draft in drafts if draft.words]
    usual = (found.title, found.author, f"by {found.author}", f"{found.title} by {found.author}")
    return bool(found.title) and len(said) <= 3 and all(any(same_words(words, known) for known in usual) for words in said)


# --- the package ------------------------------------------------------------------------------------------------------


def _opened(package: Package) -> _Book:
    """Read the package document and the navigation."""
    container = parse_xml(package.read(_CONTAINER), package.name)
    root = next((element.get("full-path") or "" for element in container.iter() if local(element.tag) == "rootfile"), "")
    if root not in package.names:
        raise ManuscriptError(f"{package.name} does not say where its pages are", "fetch it anew, or make it again")
    opf = parse_xml(package.read(root), f"{package.name}: {root}")
    items = {element.get("id") or "": element for element in opf.iter() if local(element.tag) == "item"}
    parts = {name: package.near(root, element.get("href") or "") for name, element in items.items()}
    spine = [element for element in opf.iter() if local(element.tag) == "itemref"]
    order = [element.get("idref") or "" for element in spine if (element.get("linear") or "yes") != "no"]
    pages = tuple(dict.fromkeys(parts[name] for name in order if name in parts and _is_page(items[name])))
    if not pages:
        raise ManuscriptError(f"{package.name} has no pages in its spine", "fetch it anew, or make it again")
    if len(pages) > _MOST_PAGES:
        raise ManuscriptError(
            f"{package.name} has {len(pages):,} pages; {_MOST_PAGES:,} are the limit", "split it into several stories"
        )
    _refuse_locked(package, pages)
    sheets = tuple(
        dict.fromkeys(part for name, part in parts.items() if _type(items[name]) == "text/css" and part in package.names)
    )
    nav = {part for name, part in parts.items() if "nav" in (items[name].get("properties") or "").split()}
    contents = [*nav, *(part for name, part in parts.items() if _type(items[name]) == "application/x-dtbncx+xml")]
    titles: dict[str, str] = {}
    aside = set(nav)
    for part in contents:
        if part in package.names:
            _read_contents(package, part, titles, aside)
    if any("LibreOffice" in (element.get("content") or "") for element in opf.iter() if element.get("name") == "generator"):
        # So it calls what has no heading.
        titles = {part: title for part, title in titles.items() if not re.fullmatch(r"Section \d+", title)}
    guides = [element for element in opf.iter() if local(element.tag) == "reference"]
    aside |= {package.near(root, guide.get("href") or "") for guide in guides if re.fullmatch(_NOT_STORY, guide.get("type") or "")}
    return _Book(_told(opf), pages, sheets, titles, frozenset(aside))


def _read_contents(package: Package, part: str, titles: dict[str, str], aside: set[str]) -> None:
    """Read a table of contents, of either kind: each part's first title; parts that call themselves cover and the like."""
    try:
        root = parse_xhtml(package.read(part), package.name)
    except ManuscriptError:
        return
    for link, title, kind in _entries(root):
        target = package.near(part, link)
        if re.fullmatch(_NOT_STORY, kind) or (re.fullmatch(_NOT_STORY, title) and target not in titles):
            aside.add(target)
        elif title and not kind:
            titles.setdefault(target, title)


def _entries(root: Element) -> Iterator[tuple[str, str, str]]:
    """Find the entries of a table of contents: (link, title, what a landmark is for)."""
    for element in root.iter():
        tag = local(element.tag)
        if tag == "a" and element.get("href"):
            kind = next((str(value) for name, value in element.attrib.items() if local(name) in ("type", "epub:type")), "")
            yield element.get("href") or "", " ".join(words_in(element).split()), kind.split(":")[-1]
        elif tag == "navpoint":
            label = next((" ".join(words_in(inner).split()) for inner in element.iter() if local(inner.tag) == "navlabel"), "")
            link = next((inner.get("src") or "" for inner in element if local(inner.tag) == "content"), "")
            yield link, label, ""


def _refuse_locked(package: Package, pages: tuple[str, ...]) -> None:
    """Refuse a book whose pages are encrypted; fonts may be."""
    if _LOCKS not in package.names:
        return
    root = parse_xml(package.read(_LOCKS), package.name)
    locked = {element.get("URI") or "" for element in root.iter() if local(element.tag) == "cipherreference"}
    if locked & set(pages):
        raise ManuscriptError(f"{package.name} is protected against copying", "get the story in another format from where it came")


def _is_page(element: Element) -> bool:
    return "html" in _type(element) or bool(re.search(r"(?i)\.x?html?$", element.get("href") or ""))


def _type(element: Element) -> str:
    return (element.get("media-type") or "").lower()


def _told(opf: Element) -> Found:
    told: dict[str, list[str]] = {}
    for element in opf.iter():
        words = " ".join(words_in(element).split())
        if words and (element.prefix == "dc" or "purl.org/dc/" in str(element.tag)):
            told.setdefault(local(element.tag), []).append(words)
    series = next((element.get("content") or "" for element in opf.iter() if element.get("name") == "calibre:series"), "")
    address = next((words for words in (*told.get("source", ()), *told.get("identifier", ())) if words.startswith("http")), "")
    return Found(
        told.get("title", [""])[0],
        ", ".join(dict.fromkeys(told.get("creator", ()))),
        told.get("language", [""])[0],
        address,
        series,
        tuple(("", words) for words in told.get("subject", ())),
    )
