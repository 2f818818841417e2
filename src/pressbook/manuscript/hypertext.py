"""HTML: its paragraphs, emphasis and breaks; and, for a download of the Archive of Our Own, its notes and chapters."""

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pressbook.manuscript.addresses import address_of
from pressbook.manuscript.archive import archive_copy, is_archive
from pressbook.manuscript.citations import Citations, find_citations, leads_back, types_of, without_number
from pressbook.manuscript.downloads import take_record, with_record
from pressbook.manuscript.faircopy import (
    TITLES,
    Draft,
    DraftKind,
    Piece,
    fair_copy,
    find_title,
    left_out,
    paragraphs_in,
    row_of,
    sign_of,
    tidy,
    words,
)
from pressbook.manuscript.pictures import Gallery, alternative, beside
from pressbook.manuscript.text import accept, read_bytes, stem_of
from pressbook.manuscript.trees import Element, decode_markup, local, parse_html
from pressbook.model.finding import Finding
from pressbook.model.story import Found, Manuscript
from pressbook.values import replace

_SKIPPED = words(
    "head script style template noscript svg math object audio video iframe canvas button select textarea input nav datalist"
    " title meta link map"
)
_BLOCKS = words(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header html legend li main ol p pre section summary table tbody tfoot thead tr caption ul"
)
_ITALIC = frozenset(("i", "em", "cite", "var", "dfn"))
_STRONG = frozenset(("b", "strong"))
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COUNTS = {
    "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "none": "", "disc": "•", "circle": "•", "square": "•",
}  # fmt: skip
_MOST_IN_A_CELL = 60
"""So many elements of a table's cell are looked through; one that holds more is no line."""
_NOTE_TYPES = words("footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote doc-endnotes")


class Looks(NamedTuple):
    """What a style says of letters and paragraphs; None where it says nothing."""

    italic: bool | None = None
    strong: bool | None = None
    align: str | None = None
    hidden: bool | None = None
    ruled: bool | None = None
    """Whether a line is drawn below it or above it, and not all around."""
    counts: str | None = None
    """How a list counts, in CSS's words: `lower-alpha`, `none` …"""


class Walked(NamedTuple):
    """What an element holds."""

    drafts: list[Draft]
    notes: list[Draft]
    """Footnotes, which stand below the text."""
    tables: int


class _Here(NamedTuple):
    """What holds at one place in the tree."""

    italic: bool = False
    strong: bool = False
    kind: DraftKind = "text"
    level: int = 0
    align: str = ""
    typed: bool = False
    """Whether white space is kept, as in `pre`."""
    note: bool = False
    label: str = ""
    """Of the note that the text cites and that this is."""
    link: str = ""
    """The address to which the words lead."""
    counts: str = ""
    """How the list counts that is open."""


def read_html(source: Path) -> Manuscript:
    """Read an HTML file; ManuscriptError if it is damaged, in a wrong encoding, or holds no words."""
    text, encoding = decode_markup(read_bytes(source), source.name)
    root = parse_html(text, source.name)
    findings: list[Finding] = []
    if encoding == "windows-1252" and not re.search(
        r"(?i)charset\s*=\s*[\"']?\s*(?:windows-1252|cp1252|iso-8859-1|latin)", text[:4096]
    ):
        message = f"{source.name} is not UTF-8; it was read as Windows-1252"
        findings.append(Finding("notice", "encoding", message, remedy="look for wrong accents, or save it as UTF-8"))
    looks = looks_in("".join([words_in(element) for element in root.iter("{*}style")]))
    gallery = Gallery(source.name, beside(source))
    cited = find_citations([("", root)])
    if is_archive(root):
        drafts, found, walked = archive_copy([root], Found(), lambda element: walk(element, looks, gallery.hang, cited))
    else:
        record = take_record([root], _told(root), source.name)
        main = _main_of(root) if record.main is None else record.main
        findings += [_AROUND] if main is not root else []
        walked = walk(main, looks, gallery.hang, cited)
        drafts, found = find_title([*walked.drafts, *walked.notes], record.found, sure=bool(record.maker))
        drafts, more = with_record(record, drafts, lambda element: walk(element, looks, gallery.hang, cited), source.name)
        findings += more
    findings += [*gallery.findings(), *left_out(source.name, 0, walked.tables)]
    copy = fair_copy(drafts)
    findings += copy.findings
    manuscript = Manuscript(copy.blocks, stem_of(source), "blank lines", encoding, tuple(findings), found, gallery.pictures)
    return accept(source, manuscript)


_AROUND = Finding("notice", "around", "what stands around the page's main part is left out, as its title bar and its menus")


def _main_of(root: Element) -> Element:
    """Find the part of a web page that says that it is the main one, if there is one; or else all of it."""
    mains = [element for element in root.iter() if local(element.tag) == "main" or element.get("role") == "main"]
    return mains[0] if len(mains) == 1 and words_in(mains[0]).strip() else root


def _told(root: Element) -> Found:
    """Read what the head says of the story."""
    told: dict[str, str] = {}
    for element in root.iter("{*}meta", "meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        told.setdefault(name, " ".join((element.get("content") or "").split()))
    title = next((" ".join(words_in(element).split()) for element in root.iter("{*}title", "title")), "")
    title = re.sub(r"\s+\|\s+[^|]+$", "", title)  # behind the bar stands the name of the site
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    address = next((element.get("href") or "" for element in root.iter("{*}link", "link") if element.get("rel") == "canonical"), "")
    author = told.get("author") or told.get("dc.creator") or ""
    return Found(told.get("dc.title") or title, author, language, address or told.get("og:url", ""))


def words_in(element: Element) -> str:
    """Return all text in an element."""
    return "".join([text for text in element.itertext() if isinstance(text, str)])


# --- styles -----------------------------------------------------------------------------------------------------------


def looks_in(sheet: str) -> dict[str, Looks]:
    """Read from a style sheet what its classes say of italics, weight, alignment and what is hidden."""
    looks: dict[str, Looks] = {}
    for match in _RULE.finditer(re.sub(r"(?s)/\*.*?\*/", " ", sheet)):
        said = look_of(match[2])
        if said == Looks():
            continue
        for selector in match[1].split(","):
            if named := re.fullmatch(r"\s*(?:span|p|div|i|em|b|strong|a|h[1-6])?\.([\w-]+)\s*", selector):
                looks[named[1]] = _over(looks.get(named[1], Looks()), said)
    return looks


def look_of(style: str) -> Looks:
    """Read the declarations of one style."""
    said = {}
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        said[name.strip()] = value.replace("!important", "").strip()
    slant, weight, align = said.get("font-style", ""), said.get("font-weight", ""), said.get("text-align", "")
    return Looks(
        (slant in ("italic", "oblique")) if slant in ("italic", "oblique", "normal") else None,
        (weight in ("bold", "bolder", "600", "700", "800", "900"))
        if weight in ("bold", "bolder", "normal") or weight.isdigit()
        else None,
        {"center": "centred", "right": "right", "end": "right", "left": "", "start": "", "justify": ""}.get(align),
        True if said.get("display") == "none" or said.get("visibility") == "hidden" else None,
        _is_ruled(said) if any(name.startswith("border") for name in said) else None,
        next((word for word in said.get("list-style-type", said.get("list-style", "")).split() if word in _COUNTS), None),
    )


def _is_ruled(said: dict[str, str]) -> bool:
    """Tell a line drawn below or above, as word processors make a rule of an empty paragraph, from a frame."""
    drawn = {
        side
        for side in ("top", "bottom", "left", "right")
        if re.search(r"solid|double|dashed|dotted|groove|ridge", said.get(f"border-{side}", said.get(f"border-{side}-style", "")))
    }
    return bool(drawn) and not {"left", "right"} & drawn


def _over(under: Looks, over: Looks) -> Looks:
    return Looks(
        under.italic if over.italic is None else over.italic,
        under.strong if over.strong is None else over.strong,
        under.align if over.align is None else over.align,
        under.hidden if over.hidden is None else over.hidden,
        under.ruled if over.ruled is None else over.ruled,
        under.counts if over.counts is None else over.counts,
    )


# --- the walk ---------------------------------------------------------------------------------------------------------


Hang: TypeAlias = Callable[[str], str]
"""Takes in the picture that a link leads to; returns its name, or nothing if it is left out."""


def walk(root: Element, looks: dict[str, Looks], hang: Hang, cited: Citations | None = None) -> Walked:
    """Go through an element in reading order and gather its paragraphs and pictures; `cited` are the notes known."""
    walker = _Walker(looks, hang, cited or Citations())
    walker.element(root, _Here())
    walker.flush(_Here())
    return Walked(walker.drafts, walker.notes, walker.tables)


class _Walker:
    """Gathers drafts on the way through a tree, whose depth the parser limits."""

    def __init__(self, looks: dict[str, Looks], hang: Hang, cited: Citations) -> None:
        self.looks = looks
        self.hang = hang
        self.cited = cited
        self.drafts: list[Draft] = []
        self.notes: list[Draft] = []
        self.pieces: list[Piece] = []
        self.line = 0
        self.gap = 0
        self.quoted = False
        """Whether the draft before stands in the quotation that is still open."""
        self.begun = ""
        """The label of the last note that has a paragraph."""
        self.inside: list[Draft] = []
        """The pictures inside the paragraph that is open, which stand below it."""
        self.tables = 0
        self.hung = False
        """Whether the paragraph that is open has a picture."""
        self.sign = ""
        """What stands before the next words, as a list's item begins with them."""
        self.counted: dict[Element, int] = {}
        """How far each list has counted."""

    def element(self, element: Element, here: _Here) -> None:
        tag = local(element.tag)
        if not tag:
            return
        look = self._look(element)
        if tag in _SKIPPED or look.hidden or element.get("hidden") is not None or self._leads_back(element, here):
            return
        if label := self.cited.signs.get(element):
            self.text(f"[^{label}]", here, element.sourceline)
            return
        if element.get("role") == "separator" and tag != "hr":
            self.flush(here)
            self.drafts.append(Draft((), element.sourceline or 1, "break"))
            return
        if _is_remark(tag, element) or _is_furniture(tag, element):
            return
        if tag == "tr" and (cells := _cells(element)):
            self.row(element, cells, here)
            return
        if "mso-list:ignore" in (element.get("style") or "").lower().replace(" ", ""):
            # The sign of a list's item, with the white space that Word puts behind it.
            sign = words_in(element).strip()
            self.pieces.append(Piece(f"{sign if sign and sign[0].isalnum() else '•'} "))
            return
        if look.ruled and tag in ("p", "div") and not words_in(element).strip() and element.find(".//{*}img") is None:
            self.flush(here)
            self.drafts.append(Draft((), element.sourceline or 1, "break"))
            return
        inside = _inside(tag, element, look, here)
        if label := self.cited.notes.get(element):
            inside = inside._replace(note=True, label=label)
        block = tag in _BLOCKS
        if block:
            self.flush(here)
            if tag == "blockquote" and here.kind != "quote":
                self.quoted = False
        self._opens(tag, element, inside)
        self.text(element.text, inside, element.sourceline)
        for child in element:
            self.element(child, inside)
            self.text(child.tail, inside, child.sourceline)
        if block:
            self.flush(inside, paragraph=tag in ("p", "div", "center"))
            if tag == "li":
                self.sign = ""
        elif tag == "q":
            self.pieces.append(Piece('"', inside.italic, inside.strong))

    def _opens(self, tag: str, element: Element, inside: _Here) -> None:
        """Do what a tag asks for before its text."""
        if tag == "br":
            self.pieces.append(Piece("\n"))
        elif tag == "hr":
            self.flush(inside)
            # So does our own EPUB tell a pause from a scene break.
            pause = (Piece("~"),) if "pause" in (element.get("class") or "").split() else ()
            self.drafts.append(Draft(pause, element.sourceline or 1, "break"))
        elif tag == "img":
            self.picture(element)
        elif tag == "table":
            self.tables += 1
        elif tag == "li" and not inside.label:
            self.sign = self.bullet(element, inside.counts)
        elif tag == "q":
            self.pieces.append(Piece('"', inside.italic, inside.strong))

    def bullet(self, element: Element, counts: str) -> str:
        """Return what stands before a list's item, and count on."""
        parent = element.getparent()
        if parent is None or local(parent.tag) != "ol":
            return "• " if counts else ""
        typed = element.get("value") or ("" if parent in self.counted else parent.get("start") or "1")
        number = int(typed) if re.fullmatch("[0-9]{1,6}", typed) else self.counted.get(parent, 0) + 1
        self.counted[parent] = number
        sign = sign_of(number, counts)
        return f"{sign} " if sign else ""

    def row(self, element: Element, cells: list[Element], here: _Here) -> None:
        """Write a table's row as one line."""
        self.flush(here)
        line = element.sourceline or 1
        gathered: list[list[Piece]] = []
        for cell in cells:
            # What stands in a cell is walked as if the cell were a page, and its pictures hang below the row.
            inner = _Walker(self.looks, self.hang, self.cited)
            inner.element(cell, here)
            inner.flush(here)
            gathered.append([piece for draft in inner.drafts for piece in draft.pieces])
            self.inside += [draft for draft in inner.drafts if draft.kind == "picture"]
            self.notes += inner.notes
        self.line = line
        self.pieces = list(row_of(gathered))
        self.flush(here)
        self.drafts += self.inside
        self.inside = []

    def picture(self, element: Element) -> None:
        """Hang a picture: where it stands alone, here; amid words, below their paragraph."""
        self.hung = True
        link = (element.get("src") or "").strip()
        if not link or not (name := self.hang(link)):
            return
        figure = element.getparent()
        said = "" if figure is None else figure.get("class") or ""
        stand = f"{{{said}}}" if said in ("full", "bleed") else ""
        draft = Draft((), element.sourceline or 1, "picture", picture=name + stand, alt=alternative(element.get("alt") or ""))
        if tidy(self.pieces):
            self.inside.append(draft)
        else:
            self.drafts.append(replace(draft, gap=self.gap))
            self.gap = 0

    def text(self, text: str | None, here: _Here, line: int | None) -> None:
        if not text:
            return
        if not self.line and text.strip():
            self.line = line or 1
        if not here.typed:
            text = text.replace("\n", " ")
        self.pieces.append(Piece(text, here.italic, here.strong, here.link))

    def flush(self, here: _Here, *, paragraph: bool = False) -> None:
        """End the paragraph that is open."""
        pieces, line, hung = self.pieces, self.line, self.hung
        self.pieces, self.line, self.hung = [], 0, False
        if not tidy(pieces):
            # An empty paragraph is seen only if something in it holds it open.
            if self.sign or hung:
                return
            if paragraph and (
                lines := sum(piece.text.count("\n") for piece in pieces) or any("\xa0" in piece.text for piece in pieces)
            ):
                self.gap += int(lines)
            return
        if here.label:
            self._note(pieces, here.label, line)
            return
        if self.sign:
            pieces, self.sign = [Piece(self.sign), *pieces], ""
        kind = here.kind
        if kind == "text" and here.align:
            kind = "centred" if here.align == "centred" else "signature"
        if kind in ("centred", "signature") and len("".join([piece.text for piece in pieces])) > 240:
            kind = "text"
        if kind == "heading":
            pieces = [piece._replace(text=piece.text.replace("\n", " ")) for piece in pieces]
        into = self.notes if here.note else self.drafts
        draft = Draft((), line or 1, "quote" if here.note else kind, here.level, 0 if here.note else self.gap)
        drafts, left = paragraphs_in(pieces, draft)
        for number, more in enumerate(drafts):
            goes_on = more.kind == "quote" and not here.note and (self.quoted or number > 0)
            into.append(replace(more, follows=goes_on))
        self.quoted = kind == "quote"
        self.gap = 0 if here.note else left
        self.drafts += self.inside
        self.inside = []

    def _note(self, pieces: list[Piece], label: str, line: int) -> None:
        """Write a paragraph of a note that the text cites, less the number typed before its first."""
        begins, self.begun = self.begun != label, label
        if begins:
            pieces = list(tidy(pieces))
            first = without_number(pieces[0].text.lstrip(".):] "))
            # The number may be all there is, and the words follow in the next paragraph.
            self.begun = label if first or pieces[1:] else ""
            pieces[0] = pieces[0]._replace(text=first)
        if tidy(pieces):
            self.notes.append(Draft(tuple(pieces), line or 1, "note", label=f"[^{label}]" if begins else ""))

    def _leads_back(self, element: Element, here: _Here) -> bool:
        """Tell a note's link back to its place, or the number set beside it, which mean nothing on paper."""
        return leads_back(element) or (here.label != "" and (element in self.cited.gone or local(element.tag) == "dt"))

    def _look(self, element: Element) -> Looks:
        look = Looks()
        for name in (element.get("class") or "").split():
            if name in self.looks:
                look = _over(look, self.looks[name])
        style = element.get("style")
        return _over(look, look_of(style)) if style else look


def _inside(tag: str, element: Element, look: Looks, here: _Here) -> _Here:
    """Say what holds inside an element."""
    italic = here.italic or tag in _ITALIC
    strong = here.strong or tag in _STRONG
    kind, level = here.kind, here.level
    if re.fullmatch("h[1-6]", tag):
        kind, level = "heading", int(tag[1])
    elif tag == "blockquote":
        kind = "quote"
    elif tag == "figcaption" or (tag in _BLOCKS and "caption" in (element.get("class") or "").lower().split()):
        kind = "caption"
    elif tag == "p" and (named := [name for name in (element.get("class") or "").split() if name in TITLES and name != "title"]):
        kind = TITLES[named[0]]
    counts = here.counts
    if tag in ("ol", "ul"):
        typed = element.get("type") or ""
        counts = "•" if tag == "ul" else typed if typed in ("a", "A", "i", "I") else "1"
    if look.counts is not None and tag in ("ol", "ul", "li"):
        counts = _COUNTS[look.counts]
    align = here.align
    if tag in _BLOCKS:
        typed = (element.get("align") or ("center" if tag == "center" else "")).lower()
        align = {"center": "centred", "right": "right", "left": "", "justify": ""}.get(typed, align)
    return _Here(
        italic if look.italic is None else look.italic,
        strong if look.strong is None else look.strong,
        kind,
        level,
        align if look.align is None else look.align,
        here.typed or tag in ("pre", "listing"),
        here.note or bool(types_of(element) & _NOTE_TYPES),
        here.label,
        address_of(element.get("href") or "") if tag == "a" else here.link,
        counts,
    )


def _is_remark(tag: str, element: Element) -> bool:
    """Tell a remark of a reader of the manuscript, as Google's writer keeps them, and the sign that leads to it."""
    if tag == "a":
        return (element.get("href") or "").startswith("#cmnt")
    return tag == "div" and any((inner.get("id") or "").startswith("cmnt") for inner in element.iter("a"))


def _is_furniture(tag: str, element: Element) -> bool:
    """Tell what a word processor adds to each page it saves: head and foot, and the list of contents that it made."""
    if tag == "div":
        return element.get("title") in ("header", "footer") or bool(re.match(r"Table of Contents\d*$", element.get("id") or ""))
    return tag == "p" and (element.get("class") or "").startswith("MsoToc")


def _cells(row: Element) -> list[Element]:
    """Find a row's cells; none if it holds but one, or more than a line in any: such a table only frames a text."""
    cells = [cell for cell in row if local(cell.tag) in ("td", "th")]
    return cells if len(cells) > 1 and all(map(_is_line, cells)) else []


def _is_line(cell: Element) -> bool:
    """Tell a cell that holds one line at most."""
    inside = list(islice(cell.iter(), _MOST_IN_A_CELL))
    ends = sum(local(inner.tag) in ("p", "div", "li", "h1", "h2", "h3", "tr", "hr", "br") for inner in inside)
    return ends < 2 and len(inside) < _MOST_IN_A_CELL
