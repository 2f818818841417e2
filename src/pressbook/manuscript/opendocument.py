"""OpenDocument texts (ODT), as LibreOffice writes them: paragraphs and their styles, emphasis, headings, notes."""

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pressbook.errors import ManuscriptError
from pressbook.manuscript.addresses import address_of
from pressbook.manuscript.faircopy import (
    QUOTES,
    TITLES,
    Draft,
    DraftKind,
    Piece,
    as_note,
    fair_copy,
    find_title,
    left_out,
    paragraphs_in,
    row_of,
    sign_of,
    tidy,
)
from pressbook.manuscript.packed import Package, open_package, require
from pressbook.manuscript.pictures import Gallery, alternative
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
_CAPTIONS = frozenset(("caption", "illustration", "figure", "drawing"))
_SHAPES = frozenset(("custom-shape", "rect", "ellipse", "caption"))
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
    hidden: bool = False
    ruled: bool = False
    """Whether a line is drawn below it or above it, and not all around."""


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
    counts: dict[tuple[str, int], str] = field(default_factory=dict)
    """How each list style counts at each level, from 1, as `sign_of` has it."""
    sign: str = ""
    """What stands before the next words, as a list's item begins with them."""


def read_odt(source: Path) -> Manuscript:
    """Read an OpenDocument text; ManuscriptError if it is damaged, locked, past the limits, or none."""
    package = open_package(source, ".odt")
    require(package, _BODY, "OpenDocument text")
    _refuse_locked(package)
    root = parse_xml(package.read(_BODY), source.name)
    trees = [parse_xml(package.read("styles.xml"), source.name)] if "styles.xml" in package.names else []
    reading = _Reading(_styles([*trees, root]), Gallery(source.name, package.fetch), counts=_counts([*trees, root]))
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
        if tag in _GONE or (tag == "section" and _said(child, "display") == "none"):
            continue
        if tag in ("p", "h") and child.prefix == "text":
            _paragraph(child, reading)
        elif tag == "table-row" and (cells := _cells(child)):
            _row(cells, reading)
        elif tag == "list":
            _list(child, reading, "", 0)
        else:
            reading.tables += tag == "table"
            _walk(child, reading)


def _list(element: Element, reading: _Reading, style: str, level: int) -> None:
    """Read a list: its items in turn, and what stands inside them."""
    style, level = _said(element, "style-name") or style, level + 1
    counts = reading.counts.get((style, level), "•")
    number = 0
    for item in element:
        # What heads a list is no item.
        if local(item.tag) == "list-item":
            typed = _said(item, "start-value")
            number = int(typed) if typed.isdigit() and len(typed) < 7 else number + 1
            sign = sign_of(number, counts)
            reading.sign = f"{sign} " if sign else ""
        for child in item:
            if local(child.tag) == "list":
                _list(child, reading, style, level)
            elif local(child.tag) in ("p", "h"):
                _paragraph(child, reading)
            elif local(child.tag) not in _GONE:
                _walk(child, reading)
        reading.sign = ""


def _counts(trees: list[Element]) -> dict[tuple[str, int], str]:
    """Read how each list style counts at each level; what begins above 1 only says so of itself, and few lists do."""
    return {
        (_said(style, "name"), int(level)): _said(kind, "num-format") if "number" in local(kind.tag) else "•"
        for tree in trees
        for style in tree.iter("{*}list-style")
        for kind in style
        if (level := _said(kind, "level")).isdigit()
    }


def _cells(row: Element) -> list[Element]:
    """Find a row's cells; none if it holds but one, or more than a paragraph in any: such a table only frames a text."""
    cells = [cell for cell in row if local(cell.tag) == "table-cell"]
    return cells if len(cells) > 1 and all(sum(1 for _ in islice(cell.iter("{*}p", "{*}h"), 2)) < 2 for cell in cells) else []


def _row(cells: list[Element], reading: _Reading) -> None:
    """Write a table's row as one line."""
    pieces = row_of([piece for part in cell.iter("{*}p", "{*}h") for piece in _pieces(part, _Style(), reading)] for cell in cells)
    if pieces:
        reading.drafts.append(Draft(pieces, 1, gap=reading.gap))
        reading.gap = 0
    reading.drafts += [replace(picture, gap=0) for picture in reading.inside]
    reading.inside = []


def _paragraph(element: Element, reading: _Reading) -> None:
    style = reading.styles.get(_said(element, "style-name"), _Style())
    if style.hidden:
        return
    pieces = _pieces(element, style, reading)
    reading.gap += style.breaks and bool(reading.drafts)
    pictures, reading.inside = reading.inside, []
    if not tidy(pieces):
        if pictures:
            reading.drafts += [replace(pictures[0], gap=reading.gap), *pictures[1:]]
            reading.gap = 0
        elif style.name == "horizontal line" or style.ruled:
            reading.drafts.append(Draft((), 1, "break"))
        else:
            reading.gap += 1
        return
    level = int(said) if (said := _said(element, "outline-level")).isdigit() and local(element.tag) == "h" else 0
    kind: DraftKind = "text"
    if style.name in TITLES:
        kind = TITLES[style.name]
    elif local(element.tag) == "h":
        kind, level = "heading", max(1, level)
    elif style.name in QUOTES:
        kind = "quote"
    elif style.name in _CAPTIONS:
        kind = "caption"
    elif style.align:
        kind = "centred" if style.align == "centred" else "signature"
    if reading.sign and kind == "text":
        pieces, reading.sign = [Piece(reading.sign), *pieces], ""
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
            if own.hidden:
                say(child.tail)
                continue
            italic = style.italic if own.italic is None else own.italic
            heavy = style.strong if own.strong is None else own.strong
            pieces += _pieces(child, _Style(style.name, italic, heavy), reading)
        elif tag == "a":
            address = address_of(_said(child, "href"))
            pieces += [piece._replace(link=address) for piece in _pieces(child, style, reading)]
        elif tag in ("frame", "object", "image"):
            pieces += _apart(_frame(child, reading), child)
        elif tag in _SHAPES:
            lines = [[*_pieces(part, _Style(), _bare(reading)), Piece("\n")] for part in child if local(part.tag) == "p"]
            pieces += _apart([piece for line in lines for piece in line], child)
        elif tag not in _GONE and tag:
            pieces += _pieces(child, style, reading)
        say(child.tail)
    return pieces


def _apart(pieces: list[Piece], box: Element) -> list[Piece]:
    """Set what is written in a box apart from the line in which the box hangs."""
    pieces = list(tidy(pieces))
    more = box.getnext() is not None or (box.tail or "").strip()
    return [Piece("\n\n"), *pieces, Piece("\n\n" if more else "")] if pieces else []


def _frame(element: Element, reading: _Reading) -> list[Piece]:
    """Hang the picture of a frame, with the caption that stands in the frame; return the words of a frame without one."""
    boxes = [inner for inner in element.iter() if local(inner.tag) == "text-box"]
    parts = [part for box in boxes[:1] for part in box if local(part.tag) == "p"]
    pieces = [piece for part in parts for piece in (*_pieces(part, _Style(), _bare(reading)), Piece(" "))]
    links = [_said(inner, "href") for inner in element.iter() if local(inner.tag) == "image"]
    if name := next((name for link in links[:1] if (name := reading.gallery.hang(link, _BODY))), ""):
        told = next((words for inner in element if local(inner.tag) in ("desc", "title") and (words := inner.text)), "")
        reading.inside.append(Draft(tuple(pieces), 1, "picture", picture=name, alt=alternative(told)))
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
    names = [_said(element, "name").lower().replace("_20_", " ") for element in chain]
    known = next((name for name in names if name in (*QUOTES, *_CAPTIONS, *TITLES, "horizontal line")), names[0])
    return _Style(
        known,
        slant in ("italic", "oblique") if slant else None,
        weight in ("bold", "600", "700", "800", "900") if weight else None,
        {"center": "centred", "end": "right", "right": "right"}.get(said.get("text-align", ""), ""),
        # Only the paragraph's own style opens a page each time; a heading's does so by habit.
        any(_said(inner, "break-before") == "page" for inner in chain[0]),
        said.get("display") == "none",
        any(said.get(f"border-{side}", "none") != "none" for side in ("top", "bottom"))
        and said.get("border-left", "none") == said.get("border-right", "none") == "none",
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
