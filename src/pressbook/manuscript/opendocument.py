"""OpenDocument texts (ODT), as LibreOffice writes them: paragraphs and their styles, emphasis, headings, notes."""

from dataclasses import dataclass, field
from pathlib import Path

from pressbook.errors import ManuscriptError
from pressbook.manuscript.addresses import address_of
from pressbook.manuscript.faircopy import (
    Draft,
    DraftKind,
    Piece,
    as_note,
    fair_copy,
    find_title,
    left_out,
    paragraphs_in,
    row_of,
    tidy,
)
from pressbook.manuscript.packed import Package, open_package, require
from pressbook.manuscript.pictures import Gallery
from pressbook.manuscript.text import accept, stem_of
from pressbook.manuscript.trees import Element, local, parse_xml
from pressbook.model.story import Found, Manuscript
from pressbook.values import Value, replace

_BODY = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_GONE = frozenset(
    (
        "table-of-content",
        "alphabetical-index",
        "illustration-index",
        "annotation",
        "annotation-end",
        "tracked-changes",
        "sequence-decls",
        "ruby-text",
        "title",
        "desc",
    )
)
_QUOTES = frozenset(("quotations", "quotation", "block_20_quotation"))
_CAPTIONS = frozenset(("caption", "illustration", "figure", "drawing"))
_MOST_SPACES = 40


class _Style(Value):
    """What a style says, its ancestors heeded."""

    name: str = ""
    """Its own name or that of the named style it is based on."""
    italic: bool | None = None
    strong: bool | None = None
    align: str = ""
    breaks: bool = False
    """Whether a new page begins with it."""


@dataclass(slots=True)
class _Reading:
    """What is needed while a document is read."""

    styles: dict[str, _Style]
    gallery: Gallery
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    noted: int = 0
    """How many notes the text has cited."""
    gap: int = 0
    inside: list[Draft] = field(default_factory=list)
    """The pictures of the paragraph that is being read."""
    tables: int = 0


def read_odt(source: Path) -> Manuscript:
    """Read an OpenDocument text; ManuscriptError if it is damaged, locked, past the limits, or none."""
    package = open_package(source, ".odt")
    require(package, _BODY, "OpenDocument text")
    _refuse_locked(package)
    root = parse_xml(package.read(_BODY), source.name)
    trees = [parse_xml(package.read("styles.xml"), source.name)] if "styles.xml" in package.names else []
    reading = _Reading(_styles([*trees, root]), Gallery(source.name, package.fetch))
    body = next((element for element in root.iter() if local(element.tag) == "text" and element.prefix == "office"), None)
    if body is None:
        raise ManuscriptError(f"{source.name} is an OpenDocument file, but no text", "save the story as .odt or .docx")
    _walk(body, reading)
    drafts, found = find_title(reading.drafts, _told(package))
    copy = fair_copy([*drafts, *reading.notes], numbered=True)
    findings = (*reading.gallery.findings(), *left_out(source.name, 0, reading.tables), *copy.findings)
    pictures = reading.gallery.pictures
    return accept(source, Manuscript(copy.blocks, stem_of(source), "blank lines", "utf-8", findings, found, pictures))


def _walk(element: Element, reading: _Reading) -> None:
    """Read the paragraphs below an element, in order."""
    for child in element:
        tag = local(child.tag)
        if tag in _GONE:
            continue
        if tag in ("p", "h") and child.prefix == "text":
            _paragraph(child, reading)
        elif tag == "table-row":
            _row(child, reading)
        else:
            reading.tables += tag == "table"
            _walk(child, reading)


def _row(row: Element, reading: _Reading) -> None:
    """Write a table's row as one line; a table inside it is of the cell."""
    cells = (cell for cell in row if local(cell.tag) == "table-cell")
    pieces = row_of(
        [piece for part in cell.iter("{*}p", "{*}h") for piece in (*_pieces(part, _Style(), reading), Piece(" "))] for cell in cells
    )
    if pieces:
        reading.drafts.append(Draft(pieces, 1, gap=reading.gap))
        reading.gap = 0
    reading.drafts += [replace(picture, gap=0) for picture in reading.inside]
    reading.inside = []


def _paragraph(element: Element, reading: _Reading) -> None:
    style = reading.styles.get(_said(element, "style-name"), _Style())
    pieces = _pieces(element, style, reading)
    reading.gap += style.breaks and bool(reading.drafts)
    pictures, reading.inside = reading.inside, []
    if not tidy(pieces):
        if pictures:
            reading.drafts += [replace(pictures[0], gap=reading.gap), *pictures[1:]]
            reading.gap = 0
        elif style.name in ("horizontal_20_line", "horizontal line"):
            reading.drafts.append(Draft((), 1, "break"))
        else:
            reading.gap += 1
        return
    level = int(said) if (said := _said(element, "outline-level")).isdigit() and local(element.tag) == "h" else 0
    kind: DraftKind = "text"
    if style.name == "title":
        kind = "title"
    elif local(element.tag) == "h":
        kind, level = "heading", max(1, level)
    elif style.name in _QUOTES:
        kind = "quote"
    elif style.name in _CAPTIONS:
        kind = "caption"
    elif style.align:
        kind = "centred" if style.align == "centred" else "signature"
    parent = element.getparent()
    if kind == "text" and parent is not None and local(parent.tag) == "list-item":
        pieces = [Piece("• "), *pieces]
    drafts, reading.gap = paragraphs_in(pieces, Draft((), 1, kind, level, reading.gap))
    # A caption has its picture in its own paragraph.
    reading.drafts += [*pictures, *drafts] if kind == "caption" else [*drafts, *pictures]


def _pieces(element: Element, style: _Style, reading: _Reading) -> list[Piece]:
    """Gather a paragraph's letters with their styles."""
    pieces: list[Piece] = []
    strong = bool(style.strong) and local(element.tag) != "h"

    def say(text: str | None) -> None:
        if text:
            pieces.append(Piece(text.replace("\n", " "), bool(style.italic), strong))

    say(element.text)
    for child in element:
        tag = local(child.tag)
        if tag == "s":
            count = _said(child, "c")
            say(" " * (min(int(count), _MOST_SPACES) if count.isdigit() else 1))
        elif tag == "tab":
            say("\t")
        elif tag == "line-break":
            pieces.append(Piece("\n"))
        elif tag == "note":
            if _note(child, reading):
                say(f"[^{reading.noted}]")
        elif tag == "span":
            own = reading.styles.get(_said(child, "style-name"), _Style())
            italic = style.italic if own.italic is None else own.italic
            heavy = style.strong if own.strong is None else own.strong
            pieces += _pieces(child, _Style(style.name, italic, heavy), reading)
        elif tag == "a":
            address = address_of(_said(child, "href"))
            pieces += [piece._replace(link=address) for piece in _pieces(child, style, reading)]
        elif tag in ("frame", "object", "image"):
            pieces += _frame(child, reading)
        elif tag not in _GONE and tag:
            pieces += _pieces(child, style, reading)
        say(child.tail)
    return pieces


def _frame(element: Element, reading: _Reading) -> list[Piece]:
    """Hang the picture of a frame, with the caption that stands in the frame; return the words of a frame without one."""
    boxes = [inner for inner in element.iter() if local(inner.tag) == "text-box"]
    parts = [part for box in boxes[:1] for part in box if local(part.tag) == "p"]
    pieces = [piece for part in parts for piece in (*_pieces(part, _Style(), _bare(reading)), Piece(" "))]
    links = [_said(inner, "href") for inner in element.iter() if local(inner.tag) == "image"]
    if name := next((name for link in links[:1] if (name := reading.gallery.hang(link, _BODY))), ""):
        reading.inside.append(Draft(tuple(pieces), 1, "picture", picture=name))
        return []
    return pieces


def _bare(reading: _Reading) -> _Reading:
    """Return a reading of the same document that hangs no pictures."""
    return _Reading(reading.styles, Gallery("", lambda *_: ""))


def _note(element: Element, reading: _Reading) -> bool:
    """Set a footnote or endnote aside, which may hold no other; tell whether it has words."""
    body = next((inner for inner in element if local(inner.tag) == "note-body"), None)
    inside = [] if body is None else [_pieces(part, _Style(), _bare(reading)) for part in body.iter() if local(part.tag) == "p"]
    drafts = as_note(inside, str(reading.noted + 1))
    reading.notes += drafts
    reading.noted += bool(drafts)
    return bool(drafts)


def _said(element: Element, name: str) -> str:
    """Return an attribute's value, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if local(key) == name), "")


def _styles(trees: list[Element]) -> dict[str, _Style]:
    elements = {
        _said(element, "name"): element
        for tree in trees
        for element in tree.iter()
        if local(element.tag) == "style" and _said(element, "name")
    }
    styles: dict[str, _Style] = {}
    for name, element in elements.items():
        chain = [element]
        while len(chain) < 20 and (above := elements.get(_said(chain[-1], "parent-style-name"))) is not None and above not in chain:
            chain.append(above)
        styles[name] = _inherited(chain)
    return styles


def _inherited(chain: list[Element]) -> _Style:
    """Merge a style with those that it is based on, nearest first."""
    said: dict[str, str] = {}
    for element in chain:
        for inner in element:
            for key, value in inner.attrib.items():
                said.setdefault(local(key), str(value))
    slant, weight = said.get("font-style", ""), said.get("font-weight", "")
    names = [_said(element, "name").lower() for element in chain]
    known = next((name for name in names if name in (*_QUOTES, *_CAPTIONS, "title", "horizontal_20_line")), names[0])
    return _Style(
        known,
        slant in ("italic", "oblique") if slant else None,
        weight in ("bold", "600", "700", "800", "900") if weight else None,
        {"center": "centred", "end": "right", "right": "right"}.get(said.get("text-align", ""), ""),
        # Only the paragraph's own style opens a page each time; a heading's does so by habit.
        any(_said(inner, "break-before") == "page" for inner in chain[0]),
    )


def _refuse_locked(package: Package) -> None:
    if _MANIFEST in package.names and b"encryption-data" in package.read(_MANIFEST):
        raise ManuscriptError(f"{package.name} is protected by a password", "open it where it came from and save it without one")


def _told(package: Package) -> Found:
    """Read the document's own record."""
    told: dict[str, str] = {}
    if "meta.xml" in package.names:
        for element in parse_xml(package.read("meta.xml"), package.name).iter():
            told.setdefault(local(element.tag), " ".join((element.text or "").split()))
    return Found(told.get("title", ""), told.get("creator", "") or told.get("initial-creator", ""), told.get("language", ""))
