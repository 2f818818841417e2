"""Word documents (DOCX): paragraphs and their styles, emphasis, headings, footnotes; read from the XML inside.

The formats of runs are read by way of their styles: a paragraph in an italic style is italic, and emphasis in it is roman.
"""

import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

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
    unpictured,
)
from pressbook.manuscript.packed import Package, open_package, require
from pressbook.manuscript.pictures import Gallery, alternative
from pressbook.manuscript.text import accept, stem_of
from pressbook.manuscript.trees import Element, local, parse_xml
from pressbook.model.story import Found, Manuscript
from pressbook.values import Value, replace

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(("del", "movefrom", "fallback", "instrtext", "deltext", "rpr", "ppr", "annotationref", "txbxcontent"))
_LISTING = "TOC"
"""What stands for the address of a field that lists contents."""
_NEVER = frozenset(("0", "false", "off", "none"))
_CAPTIONS = frozenset(("caption", "image caption", "table caption"))
_COUNTS = {
    "decimal": "1", "decimalzero": "1", "lowerletter": "a", "upperletter": "A", "lowerroman": "i", "upperroman": "I",
    "bullet": "•", "none": "",
}  # fmt: skip


class _Style(Value):
    """What a style says, its ancestors heeded; emphasis is None where nobody says anything."""

    name: str = ""
    italic: bool | None = None
    strong: bool | None = None
    align: str = ""
    level: int = 0
    """A heading's, from 1; 0 if it is none."""
    listed: tuple[str, str] | None = None
    """The list to which it belongs, and the level there."""


@dataclass(slots=True)
class _Reading:
    """What is needed while a document is read."""

    styles: dict[str, _Style]
    notes: dict[tuple[str, str], Element]
    """Footnotes and endnotes by kind and id."""
    gallery: Gallery
    links: dict[str, dict[str, str]]
    """Where links and pictures lead, by the parts in which they stand (`document`, `footnotes`) and the ids there."""
    part: str = "document"
    """Where the text is read from."""
    fields: list[str] = field(default_factory=list)
    """What the fields do in which the text stands: an instruction, and once that is read, the address to which it leads."""
    cited: list[tuple[str, str]] = field(default_factory=list)
    inside: list[Draft] = field(default_factory=list)
    """The pictures of the paragraph that is being read."""
    tables: int = 0
    numbering: dict[str, dict[str, str]] = field(default_factory=dict)
    """How the lists count, by their ids and levels: `bullet`, `decimal` …"""
    counted: dict[tuple[str, str], int] = field(default_factory=dict)
    """How far they have."""
    rule: bool = False
    listing: bool = False
    """Whether a table of contents that the program made has begun."""
    cite: bool = True


def read_docx(source: Path) -> Manuscript:
    """Read a Word document; ManuscriptError if it is damaged, locked, past the limits, or none."""
    package = open_package(source, ".docx")
    require(package, _BODY, "Word document")
    root = parse_xml(package.read(_BODY), source.name)
    reading = _Reading(_styles(package), _notes(package), Gallery(source.name, package.fetch), _links(package))
    reading.numbering = _numbering(package)
    drafts: list[Draft] = []
    gap = 0
    contents = {part for shelf in root.iter(_W + "sdt") if _holds_contents(shelf) for part in shelf.iter()}
    inside: set[Element] = set()
    """The paragraphs that were read as a row."""
    for element in root.iter(_W + "p", _W + "tbl", _W + "tr"):
        if element in contents or _is_gone(element):
            continue
        if local(element.tag) == "tbl":
            reading.tables += 1
            continue
        if local(element.tag) == "tr":
            if cells := _cells(element):
                inside.update(part for cell in cells for part in cell.iter(_W + "p"))
                drafts += _row(cells, reading)
            continue
        if element in inside:
            continue
        more, gap = _paragraph(element, reading, gap)
        if reading.listing and drafts and re.fullmatch(r"(?i)(?:table of )?contents", drafts[-1].words):
            drafts.pop()  # the line above a list of contents goes with it
        reading.listing = False
        # Quotations that follow one another are one.
        quoted = bool(drafts) and drafts[-1].kind == "quote"
        drafts += [replace(draft, follows=quoted and draft.kind == "quote" and not draft.gap) for draft in more]
    told = _told(package)
    drafts, found = find_title(drafts, told)
    copy = fair_copy([*drafts, *_cited(reading)], numbered=True)
    findings = (*reading.gallery.findings(), *left_out(source.name, 0, reading.tables), *copy.findings)
    pictures = reading.gallery.pictures
    return accept(source, Manuscript(copy.blocks, stem_of(source), "blank lines", "utf-8", findings, found, pictures))


def _paragraph(element: Element, reading: _Reading, gap: int) -> tuple[list[Draft], int]:
    """Read one paragraph: (its drafts, empty paragraphs since the last words)."""
    properties = element.find(_W + "pPr")
    style = reading.styles.get(_said(properties, "pStyle") or "", reading.styles.get("", _Style()))
    if re.fullmatch(r"toc [1-9]|toc heading", style.name):
        return [], gap
    reading.rule = False
    pieces = tuple(_runs(element, style, reading))
    ruled = reading.rule or (properties is not None and properties.find(_W + "pBdr") is not None and _has_rule(properties))
    pictures, reading.inside = reading.inside, []
    if not tidy(pieces):
        if pictures:
            return [replace(pictures[0], gap=gap), *pictures[1:]], 0
        if ruled:
            return [Draft((), 1, "break")], 0
        if next(element.iter(_W + "del", _W + "moveFrom"), None) is not None:
            return [], gap  # its words were struck out, and the paragraph with them
        return [], gap + 1 + any("\n" in piece.text for piece in pieces)
    align = {"center": "centred", "right": "right", "end": "right", "both": "", "left": "", "start": ""}.get(
        _said(properties, "jc") or "", style.align
    )
    outline = _said(properties, "outlineLvl") or ""
    level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else style.level
    kind = _kind(style.name, level, align)
    if kind == "text" and (sign := _sign(_listed(properties) or style.listed, reading)):
        pieces = (Piece(f"{sign} "), *pieces)
    drafts, left = paragraphs_in(pieces, Draft((), 1, kind, level, gap))
    if ruled:
        drafts.append(Draft((), 1, "break"))
    return [*drafts, *pictures], left


def _listed(properties: Element | None) -> tuple[str, str] | None:
    """Return the list to which a paragraph belongs, and its level there; None if it belongs to none."""
    listed = None if properties is None else properties.find(_W + "numPr")
    named = None if listed is None else _said(listed, "numId")
    return (named, _said(listed, "ilvl") or "0") if named else None


def _sign(listed: tuple[str, str] | None, reading: _Reading) -> str:
    """Count a list's item on; nothing if the paragraph is none, as where a list ends by its id 0."""
    if listed is None or listed[0] == "0":
        return ""
    counts = _COUNTS.get(reading.numbering.get(listed[0], {}).get(listed[1], "bullet").lower(), "1")
    if counts in ("•", ""):
        return counts
    number = reading.counted[listed] = reading.counted.get(listed, 0) + 1
    for other in [other for other in reading.counted if other[0] == listed[0] and other[1] > listed[1]]:
        del reading.counted[other]
    return sign_of(number, counts)


def _cells(row: Element) -> list[Element]:
    """Find a row's cells; none if it holds but one, or more than a paragraph in any: such a table only frames a text."""
    cells = row.findall(_W + "tc")
    return cells if len(cells) > 1 and all(sum(1 for _ in islice(cell.iter(_W + "p"), 2)) < 2 for cell in cells) else []


def _row(cells: list[Element], reading: _Reading) -> list[Draft]:
    """Write a table's row as one line."""
    pieces = row_of([piece for part in cell.iter(_W + "p") for piece in _runs(part, _Style(), reading)] for cell in cells)
    return [Draft(pieces, 1)] if pieces else []


def _kind(name: str, level: int, align: str) -> DraftKind:
    if name in TITLES:
        return TITLES[name]
    if name in _CAPTIONS:
        return "caption"
    if level:
        return "heading"
    if name in QUOTES:
        return "quote"
    return "centred" if align == "centred" else "signature" if align == "right" else "text"


def _runs(element: Element, style: _Style, reading: _Reading) -> list[Piece]:
    """Gather a paragraph's runs, also those inside links and insertions."""
    pieces: list[Piece] = []
    for child in element:
        tag = local(child.tag)
        if tag in _GONE:
            continue
        if tag == "r":
            pieces += _run(child, style, reading)
        elif tag == "hyperlink":
            mark = next((str(value) for key, value in child.attrib.items() if local(key) == "id"), "")
            address = address_of(reading.links[reading.part].get(mark, ""))
            pieces += [piece._replace(link=address) for piece in _runs(child, style, reading)]
        elif tag in ("ins", "moveto", "smarttag", "sdt", "sdtcontent", "fldsimple", "customxml", "dir", "bdo"):
            pieces += _runs(child, style, reading)
    return pieces


def _run(run: Element, style: _Style, reading: _Reading) -> list[Piece]:
    properties = run.find(_W + "rPr")
    listing = _LISTING in reading.fields
    if _switch(properties, "vanish"):
        return []
    character = reading.styles.get(_said(properties, "rStyle") or "", _Style())
    # Emphasis toggles between a paragraph's style and a character's; what the run says itself wins.
    italic, strong = _switch(properties, "i"), _switch(properties, "b")
    italic = bool(style.italic) != bool(character.italic) if italic is None else italic
    strong = (bool(style.strong) != bool(character.strong)) if strong is None else strong
    strong = strong and not style.level
    pieces = []
    for child in run:
        text = _letters(child, reading)
        if text and not listing:
            pieces.append(Piece(text, italic, strong, address_of(reading.fields[-1]) if reading.fields else ""))
    return pieces


def _letters(child: Element, reading: _Reading) -> str:
    """Return what one part of a run says."""
    tag = local(child.tag)
    if tag == "t":
        return (child.text or "").replace("\n", " ")
    if tag in ("br", "cr"):
        if child.get(_W + "type") in ("page", "column"):
            # Empty lines, by which a paragraph is parted, and which make a gap.
            return "\n\n\n" if reading.cite else ""
        return "\n"
    if tag in ("tab", "ptab"):
        return "\t"
    if tag == "nobreakhyphen":
        return "-"
    if tag in ("fldchar", "instrtext"):
        _heed_field(child, reading)
    if tag == "sym":
        code = child.get(_W + "char") or ""
        shown = unpictured(chr(int(code, 16))) if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
        return "" if "\ud800" <= shown <= "\uf8ff" else shown
    if tag in ("drawing", "pict", "object", "alternatecontent"):
        if any(local(name) == "hr" for inner in child.iter() for name in inner.attrib):
            reading.rule = True
        elif reading.cite:
            _hang(child, reading)
    if tag in ("footnotereference", "endnotereference") and reading.cite:
        note = reading.notes.get((tag[:-9], child.get(_W + "id") or ""))
        if note is None or not any((text.text or "").strip() for text in note.iter(_W + "t")):
            return ""
        reading.cited.append((tag[:-9], child.get(_W + "id") or ""))
        return f"[^{len(reading.cited)}]"
    return ""


def _heed_field(child: Element, reading: _Reading) -> None:
    """Follow a field from its beginning to its end, and keep the address to which a link leads."""
    match child.get(_W + "fldCharType") or "instruction":
        case "begin":
            reading.fields.append("")
        case "instruction" if reading.fields:
            reading.fields[-1] += child.text or ""
        case "separate" if reading.fields:
            leads = re.match(r'\s*HYPERLINK\s+"([^"]*)"', reading.fields[-1])
            lists = re.match(r"\s*TOC\b", reading.fields[-1])
            reading.listing |= bool(lists)
            reading.fields[-1] = _LISTING if lists else leads[1] if leads else ""
        case "end" if reading.fields:
            reading.fields.pop()


def _hang(drawing: Element, reading: _Reading) -> None:
    """Hang the pictures of a drawing, each once though older programs are given a second copy."""
    told = next((words for inner in drawing.iter() if local(inner.tag) == "docpr" and (words := inner.get("descr"))), "")
    for inner in drawing.iter():
        if local(inner.tag) in ("blip", "imagedata") and not any(local(above.tag) == "fallback" for above in inner.iterancestors()):
            mark = next((str(value) for key, value in inner.attrib.items() if local(key) in ("embed", "link", "id")), "")
            if (link := reading.links["document"].get(mark)) and (name := reading.gallery.hang(link, _BODY)):
                reading.inside.append(Draft((), 1, "picture", picture=name, alt=alternative(told)))


def _links(package: Package) -> dict[str, dict[str, str]]:
    """Read where text and notes lead, by the ids that they use."""
    links: dict[str, dict[str, str]] = {}
    for part in ("document", "footnotes", "endnotes"):
        record = f"word/_rels/{part}.xml.rels"
        elements = parse_xml(package.read(record), package.name).iter() if record in package.names else ()
        links[part] = {element.get("Id") or "": element.get("Target") or "" for element in elements if element.get("Target")}
    return links


def _cited(reading: _Reading) -> list[Draft]:
    """Write the notes that the text cites, in order, below it."""
    drafts: list[Draft] = []
    reading.cite = False
    for number, key in enumerate(tuple(reading.cited), 1):
        note, reading.part, reading.fields = reading.notes.get(key), f"{key[0]}s", []
        inside = [] if note is None else [tuple(_runs(part, _Style(), reading)) for part in note.iter(_W + "p")]
        drafts += as_note(inside, str(number))
    return drafts


def _is_gone(element: Element) -> bool:
    """Tell a paragraph that was struck out, or a second copy of one for older programs."""
    return any(local(above.tag) in ("del", "movefrom", "fallback") for above in element.iterancestors())


def _has_rule(properties: Element) -> bool:
    borders = properties.find(_W + "pBdr")
    sides = {local(side.tag) for side in (() if borders is None else borders) if side.get(_W + "val") not in ("nil", "none")}
    return bool(sides) and not {"left", "right"} & sides


def _said(properties: Element | None, name: str) -> str | None:
    """Return the value of one property, or None."""
    found = None if properties is None else properties.find(_W + name)
    return None if found is None else found.get(_W + "val")


def _switch(properties: Element | None, name: str) -> bool | None:
    """Read a property that is on, off or not there."""
    found = None if properties is None else properties.find(_W + name)
    return None if found is None else (found.get(_W + "val") or "1") not in _NEVER


def _styles(package: Package) -> dict[str, _Style]:
    """Read the styles by id; the default paragraph's under the empty name."""
    if "word/styles.xml" not in package.names:
        return {}
    elements = {
        element.get(_W + "styleId") or "": element
        for element in parse_xml(package.read("word/styles.xml"), package.name).iter(_W + "style")
    }
    styles: dict[str, _Style] = {}
    for name, element in elements.items():
        chain = [element]
        while len(chain) < 20 and (above := elements.get(_said(chain[-1], "basedOn") or "")) is not None and above not in chain:
            chain.append(above)
        styles[name] = _inherited(chain)
        if element.get(_W + "default") and element.get(_W + "type") == "paragraph":
            styles[""] = styles[name]
    return styles


def _inherited(chain: list[Element]) -> _Style:
    """Merge a style with those that it is based on, nearest first."""
    runs = [element.find(_W + "rPr") for element in chain]
    paragraphs = [element.find(_W + "pPr") for element in chain]
    names = [(_said(element, "name") or "").lower() for element in chain]
    italic = next((on for part in runs if (on := _switch(part, "i")) is not None), None)
    strong = next((on for part in runs if (on := _switch(part, "b")) is not None), None)
    align = next((said for part in paragraphs if (said := _said(part, "jc"))), "")
    # A level of the style on which all others stand would make each paragraph a heading: a converter's slip.
    ranked = [part for part, element in zip(paragraphs, chain, strict=True) if not element.get(_W + "default")]
    outline = next((said for part in ranked if (said := _said(part, "outlineLvl"))), "")
    listed = next((found for part in paragraphs if (found := _listed(part))), None)
    heading = next((match for name in names if (match := re.fullmatch(r"heading ([1-9])", name))), None)
    level = int(heading[1]) if heading else int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
    return _Style(names[0], italic, strong, {"center": "centred", "right": "right", "end": "right"}.get(align, ""), level, listed)


def _numbering(package: Package) -> dict[str, dict[str, str]]:
    """Read how each list counts at each level."""
    if "word/numbering.xml" not in package.names:
        return {}
    root = parse_xml(package.read("word/numbering.xml"), package.name)
    kinds = {
        element.get(_W + "abstractNumId"): {
            level.get(_W + "ilvl") or "0": _said(level, "numFmt") or "decimal" for level in element.iter(_W + "lvl")
        }
        for element in root.iter(_W + "abstractNum")
    }
    return {element.get(_W + "numId") or "": kinds.get(_said(element, "abstractNumId"), {}) for element in root.iter(_W + "num")}


def _holds_contents(shelf: Element) -> bool:
    """Tell a table of contents that the program made."""
    return any((inner.get(_W + "val") or "").lower() == "table of contents" for inner in shelf.iter(_W + "docPartGallery"))


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    notes: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        part = f"word/{kind}s.xml"
        if part in package.names:
            for element in parse_xml(package.read(part), package.name).iter(_W + kind):
                notes[kind, element.get(_W + "id") or ""] = element
    return notes


def _told(package: Package) -> Found:
    """Read the document's own record."""
    told: dict[str, str] = {}
    if "docProps/core.xml" in package.names:
        for element in parse_xml(package.read("docProps/core.xml"), package.name).iter():
            told.setdefault(local(element.tag), " ".join((element.text or "").split()))
    return Found(told.get("title", ""), told.get("creator", ""), told.get("language", ""))
