"""Rich text (RTF): paragraphs, emphasis, headings, alignment and footnotes; everything else in it is passed over.

No library that is kept reads emphasis from RTF, and the part of the format that a story needs is small: groups in braces, and
control words that hold until their group ends.
"""

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path

from pressbook.errors import ManuscriptError
from pressbook.manuscript.addresses import address_of
from pressbook.manuscript.faircopy import (
    QUOTES,
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
    unpictured,
    words,
)
from pressbook.manuscript.pictures import Gallery
from pressbook.manuscript.text import accept, named_otherwise, read_bytes, stem_of
from pressbook.model.finding import Finding
from pressbook.model.story import Found, Manuscript
from pressbook.values import Value, replace

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_PASSED_OVER = words(
    "fonttbl colortbl filetbl listtable listoverridetable revtbl rsidtbl generator object header headerl headerr"
    " headerf footer footerl footerr footerf xmlnstbl themedata colorschememapping latentstyles datastore pntext"
    " bkmkstart bkmkend ftnsep ftnsepc aftnsep aftnsepc annotation atnid atnauthor nonshppict operator creatim revtim printim"
    " comment company subject keywords doccomm category manager shprslt shpgrp picprop"
)
_BORDERS = words(
    "brdrs brdrth brdrdb brdrdot brdrdash brdrhair brdrdashsm brdrdashd brdrdashdd brdrtriple brdrwavy brdrinset brdroutset"
)
_CONTENTS = r"(?:toc|contents) (?:\d|heading)|index heading"
"""How programs name the style of what stands in a list of contents that they made."""
_LETTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {"\\": "\\", "{": "{", "}": "}", "~": "\xa0", "_": "-", "-": "\u00ad"}
_RAW = re.compile(rb"(?<!\\)((?:\\\\)*)\\bin([0-9]{1,9}) ?")
"""What says that so many bytes of a picture follow as they are."""
_PARAGRAPH = "\f"
"""A paragraph's end inside a note."""
_DEEPEST = 500
"""The most groups that may stand one inside another."""


class _State(Value):
    """What holds until the group ends."""

    italic: bool = False
    strong: bool = False
    hidden: bool = False
    into: str = ""
    """Where the letters go: the story (empty), `title`, `author`, a `footnote`, a `box` of text, a list's `sign`, a `picture`,
    the `styles`, the `info`, a field's `instruction`, or nowhere: `*` where only a word that is known says more, `-` for good."""
    link: str = ""
    """The address to which they lead."""
    align: str = ""
    level: int = 0
    skip: int = 1
    """How many letters stand in for one Unicode character where a reader knows none."""
    style: int = 0
    """The paragraph's style, by number."""
    side: str = ""
    """The side of the paragraph whose border is described."""
    ruled: str = ""
    """The sides on which a line is drawn: `t`, `b`, `l`, `r`."""


@dataclass(slots=True)
class _Reading:
    """What is gathered on the way."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    note: list[Piece] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    instruction: str = ""
    """What the last field does."""
    codepage: str = "cp1252"
    gap: int = 0
    pictures: int = 0
    """How many are left out, as they are neither PNG nor JPEG."""
    picture: list[str] = field(default_factory=list)
    """The digits of the picture that is read, behind what kind it is."""
    hung: list[Draft] = field(default_factory=list)
    """The pictures of the paragraph that is open."""
    files: dict[str, bytes] = field(default_factory=dict)
    gallery: Gallery = field(default_factory=lambda: Gallery("", lambda *_: ""))
    styles: dict[int, str] = field(default_factory=dict)
    """The names of styles, in small letters."""
    named: tuple[int, str] = (0, "")
    """The style that is read, and its name so far."""
    box: list[Piece] = field(default_factory=list)
    """What stands in a box beside the paragraph that is open."""
    sign: str = ""
    """What a list's item begins with."""
    struck: bool = False
    """Whether words of the open paragraph were struck out or are hidden."""
    cells: list[list[Piece]] = field(default_factory=list)
    """Those of the table's row that is open."""
    since: int = 0
    """How many paragraphs stood there when the cell began."""
    tables: int = 0
    row_end: int = -1
    """How many paragraphs stood there when the last row ended."""
    noted: int = 0
    """How many notes the text has cited."""
    standing_in: int = 0
    """Letters to pass over, which stand in for a character that was read already."""


def read_rtf(source: Path) -> Manuscript:
    """Read an RTF file; ManuscriptError if it is none, or cut short."""
    data = read_bytes(source)
    if not data.startswith(b"{\\rtf"):
        other = named_otherwise(data) if data else "empty"
        raise ManuscriptError(
            f"{source.name} is {other or 'no RTF file'}, whatever its name says", "give it the suffix that it should have"
        )
    reading = _Reading()
    reading.gallery = Gallery(source.name, lambda link, _: reading.files.get(link, ""))
    state, open_groups = _State(), [_State()]
    for match in _TOKEN.finditer(_without_pictures(data).decode("latin-1")):
        word, number, code, sign, brace, plain = match.groups()
        if brace == "{":
            open_groups.append(state)
            if len(open_groups) > _DEEPEST:
                raise ManuscriptError(
                    f"{source.name} nests its groups deeper than {_DEEPEST} levels", "save it again, or as .docx or .txt"
                )
        elif brace:
            after = open_groups.pop() if len(open_groups) > 1 else state
            if state.into == "footnote" and after.into != "footnote":
                _end_note(reading)
            elif state.into in ("sign", "picture") and after.into != state.into:
                _end_group(state.into, after, reading)
            state = after
        elif word:
            state = _control(word, number, state, reading)
        elif sign and sign in "\r\n":
            # A backslash before the file's own line end is a paragraph's end, as the Mac writes it.
            state = _control("par", None, state, reading)
        elif sign == "*":
            state = state if state.into == "-" else replace(state, into="*")
        else:
            _say(_meant(code, sign, plain, reading), state, reading)
    if len(open_groups) > 1 and not data.rstrip(b"\x00\r\n ").endswith(b"}"):
        raise ManuscriptError(
            f"{source.name} is cut short: {len(open_groups) - 1} of its groups never end", "fetch it anew, or save it again"
        )
    _end_paragraph(state, reading)
    drafts, found = find_title(reading.drafts, Found(reading.told.get("title", "").strip(), reading.told.get("author", "").strip()))
    copy = fair_copy([*drafts, *reading.notes], numbered=True)
    findings: tuple[Finding, ...] = (
        *reading.gallery.findings(),
        *left_out(source.name, reading.pictures, reading.tables),
        *copy.findings,
    )
    pictures = reading.gallery.pictures
    return accept(source, Manuscript(copy.blocks, stem_of(source), "blank lines", reading.codepage, findings, found, pictures))


def _without_pictures(data: bytes) -> bytes:
    """Leave out the stretches of raw bytes, which may look like anything."""
    parts: list[bytes] = []
    at = 0
    while match := _RAW.search(data, at):
        parts.append(data[at : match.end(1)])
        at = match.end() + int(match[2])
    return b"".join([*parts, data[at:]])


def _meant(code: str | None, sign: str | None, plain: str | None, reading: _Reading) -> str:
    """Return the letters that a token means."""
    if code:
        if reading.codepage == "cp1252" or int(code, 16) < 128:
            return bytes((int(code, 16),)).decode("cp1252", "replace")
        return bytes((int(code, 16),)).decode(reading.codepage, "replace")
    return _SIGNS.get(sign, "") if sign else plain or ""


def _say(text: str, state: _State, reading: _Reading) -> None:
    """Put letters where they go."""
    gone = min(len(text), reading.standing_in)
    reading.standing_in -= gone
    text = text[gone:]
    if state.hidden and text.strip():
        reading.struck = True
    if not text or state.hidden or state.into in ("-", "*", "info"):
        return
    if state.into == "styles":
        _name_style(text, reading)
    elif state.into == "picture":
        reading.picture.append(text)
    elif state.into == "sign":
        reading.sign += text
    elif state.into in ("title", "author"):
        reading.told[state.into] = reading.told.get(state.into, "") + text
    elif state.into == "instruction":
        reading.instruction += text
    else:
        into = {"footnote": reading.note, "box": reading.box}.get(state.into, reading.pieces)
        into.append(Piece(text, state.italic, state.strong, state.link))


def _control(word: str, number: str | None, state: _State, reading: _Reading) -> _State:
    """Heed one control word; those that a story does not need change nothing."""
    on = number != "0"
    if word in _LETTERS:
        _say(_LETTERS[word], state, reading)
    elif word == "u" and number:
        _unicode(int(number), state, reading)
    elif word in ("par", "sect", "page") and state.into == "footnote":
        reading.note.append(Piece(_PARAGRAPH))
    elif word in ("par", "sect", "page", "cell", "row", "trowd", "nestcell", "nestrow"):
        _end_line(word, state, reading)
    elif word == "ansicpg":
        if number and _known(f"cp{number}"):
            reading.codepage = f"cp{number}"
    elif word in _PASSED_OVER or state.into == "-":
        return replace(state, into="-")
    elif word == "info" and not number:
        return replace(state, into="info")
    elif word in ("stylesheet", "shppict", "shptxt", "dptxbxtext", "listtext", "pict", "pngblip", "jpegblip"):
        return _into(word, state, reading)
    elif word == "s" and state.into == "styles":
        reading.named = (int(number or 0), "")
    elif word == "fldinst":
        reading.instruction = ""
        return replace(state, into="instruction")
    elif word == "fldrslt":
        if re.match(r"\s*TOC\b", reading.instruction):
            return replace(state, into="-")
        leads = re.match(r'\s*HYPERLINK\s+"([^"]*)"', reading.instruction)
        return replace(state, link=address_of(leads[1]) if leads else "")
    elif word in ("title", "author") and state.into == "info":
        return replace(state, into=word)
    elif word == "footnote":
        reading.noted += 1
        reading.pieces.append(Piece(f"[^{reading.noted}]"))
        return replace(state, into="footnote", italic=False, strong=False, link="")
    else:
        return _styled(word, number, on, state)
    return state


def _styled(word: str, number: str | None, on: bool, state: _State) -> _State:
    if word == "i":
        return replace(state, italic=on)
    if word == "b":
        return replace(state, strong=on)
    if word in ("v", "deleted"):
        return replace(state, hidden=on)
    if word == "s" and number and number.isdigit():
        return replace(state, style=int(number))
    if word in ("brdrt", "brdrb", "brdrl", "brdrr"):
        return replace(state, side=word[-1])
    if word in _BORDERS:
        return replace(state, ruled=state.ruled + state.side)
    if word == "plain":
        return replace(state, italic=False, strong=False, hidden=False)
    if word == "pard":
        return replace(state, align="", level=0, style=0, side="", ruled="")
    if word in ("qc", "qr", "ql", "qj"):
        return replace(state, align={"qc": "centred", "qr": "signature"}.get(word, ""))
    if word == "outlinelevel" and number and 0 <= int(number) < 9:
        return replace(state, level=int(number) + 1)
    if word == "uc" and number:
        return replace(state, skip=min(max(0, int(number)), 8))
    return state


def _unicode(number: int, state: _State, reading: _Reading) -> None:
    """Say one UTF-16 unit; the second of a pair joins the first."""
    reading.standing_in = 0
    unit = chr(number if 0xFFFF < number < 0x110000 else number & 0xFFFF)
    into = reading.note if state.into == "footnote" else reading.pieces
    if "\udc00" <= unit <= "\udfff" and into and "\ud800" <= into[-1].text[-1:] <= "\udbff":
        whole = (into[-1].text[-1] + unit).encode("utf-16", "surrogatepass").decode("utf-16")
        into[-1] = into[-1]._replace(text=into[-1].text[:-1] + whole)
    else:
        _say(unit, state, reading)
    reading.standing_in = state.skip


def _into(word: str, state: _State, reading: _Reading) -> _State:
    """Enter a group whose letters are no words of the paragraph: styles, boxes of text, signs of lists, pictures."""
    if word == "shppict":
        return replace(state, into="" if state.into == "*" else state.into)
    if word == "pict":
        reading.picture = []
        return replace(state, into="picture" if state.into in ("", "footnote") else "-")
    if word in ("pngblip", "jpegblip"):
        reading.picture = [word]
        return state
    if word == "listtext":
        reading.sign = ""
    return replace(state, into={"stylesheet": "styles", "listtext": "sign"}.get(word, "box"))


def _name_style(text: str, reading: _Reading) -> None:
    """Read on in a style's name, which a semicolon ends."""
    number, name = reading.named
    name, ended, _ = (name + text).partition(";")
    reading.named = (0, "") if ended else (number, name)
    if ended:
        reading.styles[number] = name.strip().lower()


def _end_group(into: str, after: _State, reading: _Reading) -> None:
    """End a list's sign, or a picture."""
    if into == "sign":
        sign, reading.sign = unpictured(reading.sign).strip(), ""
        # The program's second bullet is a letter of a typewriter's face.
        if sign and after.into == "":
            reading.pieces.append(Piece(f"{sign if sign[0].isalnum() and sign != 'o' else '•'} "))
        return
    kind, digits = reading.picture[:1], "".join(reading.picture[1:])
    reading.picture = []
    if kind not in (["pngblip"], ["jpegblip"]) or not re.fullmatch("(?:[0-9A-Fa-f]{2})+", digits := re.sub(r"\s+", "", digits)):
        reading.pictures += 1
        return
    link = f"picture-{len(reading.files) + 1}"
    reading.files[link] = bytes.fromhex(digits)
    if name := reading.gallery.hang(link):
        reading.hung.append(Draft((), 1, "picture", picture=name))


def _end_line(word: str, state: _State, reading: _Reading) -> None:
    """End a paragraph, or a table's cell or row."""
    if state.into == "box":
        reading.box.append(Piece("\n"))
    elif state.into:
        return
    elif word in ("par", "sect", "page"):
        _end_paragraph(state, reading)
        reading.gap += word in ("sect", "page")
    elif word == "trowd":
        reading.since = len(reading.drafts)
    elif word in ("cell", "nestcell"):
        # Some end the only paragraph of a cell before the cell.
        if not tidy(reading.pieces) and len(reading.drafts) == reading.since + 1 and reading.drafts[-1].kind == "text":
            reading.pieces = list(reading.drafts.pop().pieces)
        reading.cells.append([piece._replace(text=_whole(piece.text)) for piece in reading.pieces])
        reading.pieces = []
        reading.since = len(reading.drafts)
    else:
        pieces, reading.cells = row_of(reading.cells), []
        if pieces:
            reading.tables += len(reading.drafts) != reading.row_end
            reading.drafts.append(Draft(pieces, 1, gap=reading.gap))
            reading.gap = 0
        reading.since = reading.row_end = len(reading.drafts)


def _end_paragraph(state: _State, reading: _Reading) -> None:
    pieces = [piece._replace(text=_whole(piece.text)) for piece in reading.pieces]
    hung, struck = reading.hung, reading.struck
    reading.pieces, reading.hung, reading.struck = [], [], False
    style = reading.styles.get(state.style, "")
    if re.fullmatch(_CONTENTS, style):
        return
    if not tidy(pieces):
        if hung:
            reading.drafts += [replace(hung[0], gap=reading.gap), *hung[1:]]
            reading.gap = 0
        elif {"t", "b"} & set(state.ruled) and not {"l", "r"} & set(state.ruled):
            reading.drafts.append(Draft((), 1, "break"))
            reading.gap = 0
        else:
            reading.gap += not struck
    else:
        kind, level = _kind(style, state)
        if kind == "text" and re.match(r"[•–-]\t", words := "".join([piece.text for piece in pieces]).lstrip(" ")):
            # A sign with a tab behind it is a list's; a dash that speaks has none.
            pieces = [Piece("• "), *_without(pieces, words[:2])]
        drafts, reading.gap = paragraphs_in(pieces, Draft((), 1, kind, level, reading.gap))
        quoted = bool(reading.drafts) and reading.drafts[-1].kind == "quote"
        reading.drafts += [replace(draft, follows=quoted and kind == "quote" and not draft.gap) for draft in drafts]
        reading.drafts += hung
    if boxed := reading.box:
        reading.box = []
        reading.drafts += paragraphs_in([piece._replace(text=_whole(piece.text)) for piece in boxed], Draft((), 1))[0]


def _kind(style: str, state: _State) -> tuple[DraftKind, int]:
    """Tell what a paragraph is by its style and its place: (kind, a heading's level)."""
    heading = re.fullmatch(r"heading ([1-9])", style)
    level = state.level or (int(heading[1]) if heading else 0)
    if level:
        return "heading", level
    if style == "title":
        return "title", 0
    if style == "subtitle":
        return "subtitle", 0
    if style in ("caption", "image caption"):
        return "caption", 0
    if style in QUOTES:
        return "quote", 0
    return ("centred" if state.align == "centred" else "signature" if state.align else "text"), 0


def _without(pieces: list[Piece], sign: str) -> list[Piece]:
    """Take a sign off the beginning."""
    first = next(number for number, piece in enumerate(pieces) if piece.text.strip(" "))
    return [pieces[first]._replace(text=pieces[first].text.lstrip(" ").removeprefix(sign[0])), *pieces[first + 1 :]]


def _end_note(reading: _Reading) -> None:
    pieces = [piece._replace(text=_whole(piece.text)) for piece in reading.note]
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == _PARAGRAPH:
            paragraphs.append([])
        else:
            paragraphs[-1].append(piece)
    reading.notes += as_note(paragraphs, str(reading.noted))
    reading.note = []


def _whole(text: str) -> str:
    """Replace halves of characters that never met."""
    return text.encode("utf-8", "replace").decode()


def _known(codepage: str) -> bool:
    try:
        codecs.lookup(codepage)
    except LookupError:
        return False
    return True
