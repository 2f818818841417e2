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
from pressbook.manuscript.faircopy import Draft, DraftKind, Piece, as_note, fair_copy, find_title, left_out, paragraphs_in, tidy
from pressbook.manuscript.hypertext import words
from pressbook.manuscript.text import accept, named_otherwise, read_bytes, stem_of
from pressbook.model.finding import Finding
from pressbook.model.story import Found, Manuscript
from pressbook.values import Value, replace

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_PASSED_OVER = words(
    "fonttbl colortbl stylesheet filetbl listtable listoverridetable revtbl rsidtbl generator pict object header headerl headerr"
    " headerf footer footerl footerr footerf xmlnstbl themedata colorschememapping latentstyles datastore pntext"
    " bkmkstart bkmkend ftnsep ftnsepc aftnsep aftnsepc annotation atnid atnauthor nonshppict operator creatim revtim printim"
    " comment company subject keywords doccomm category manager"
)
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
    """Where the letters go: the story (empty), `title`, `author`, a `footnote`, a field's `instruction`, or nowhere (`-`)."""
    link: str = ""
    """The address to which they lead."""
    align: str = ""
    level: int = 0
    skip: int = 1
    """How many letters stand in for one Unicode character where a reader knows none."""


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
            state = after
        elif word:
            state = _control(word, number, state, reading)
        elif sign and sign in "\r\n":
            # A backslash before the file's own line end is a paragraph's end, as the Mac writes it.
            state = _control("par", None, state, reading)
        elif sign == "*":
            state = replace(state, into="-")
        else:
            _say(_meant(code, sign, plain, reading), state, reading)
    if len(open_groups) > 1 and not data.rstrip(b"\x00\r\n ").endswith(b"}"):
        raise ManuscriptError(
            f"{source.name} is cut short: {len(open_groups) - 1} of its groups never end", "fetch it anew, or save it again"
        )
    _end_paragraph(state, reading)
    drafts, found = find_title(reading.drafts, Found(reading.told.get("title", "").strip(), reading.told.get("author", "").strip()))
    copy = fair_copy([*drafts, *reading.notes], numbered=True)
    findings: tuple[Finding, ...] = (*left_out(source.name, reading.pictures), *copy.findings)
    return accept(source, Manuscript(copy.blocks, stem_of(source), "blank lines", reading.codepage, findings, found))


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
    if not text or state.hidden or state.into == "-":
        return
    if state.into in ("title", "author"):
        reading.told[state.into] = reading.told.get(state.into, "") + text
    elif state.into == "instruction":
        reading.instruction += text
    else:
        into = reading.note if state.into == "footnote" else reading.pieces
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
    elif word in ("par", "sect", "page", "row"):
        _end_paragraph(state, reading)
        reading.gap += word in ("sect", "page")
    elif word == "ansicpg":
        if number and _known(f"cp{number}"):
            reading.codepage = f"cp{number}"
    elif word in _PASSED_OVER or (word == "info" and not number):
        reading.pictures += word == "pict" and state.into != "-"
        return replace(state, into="-")
    elif word == "fldinst":
        reading.instruction = ""
        return replace(state, into="instruction")
    elif word == "fldrslt":
        leads = re.match(r'\s*HYPERLINK\s+"([^"]*)"', reading.instruction)
        return replace(state, link=address_of(leads[1]) if leads else "")
    elif word in ("title", "author") and state.into == "-":
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
    if word == "v":
        return replace(state, hidden=on)
    if word == "plain":
        return replace(state, italic=False, strong=False, hidden=False)
    if word == "pard":
        return replace(state, align="", level=0)
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
    unit = chr(number & 0xFFFF)
    into = reading.note if state.into == "footnote" else reading.pieces
    if "\udc00" <= unit <= "\udfff" and into and "\ud800" <= into[-1].text[-1:] <= "\udbff":
        whole = (into[-1].text[-1] + unit).encode("utf-16", "surrogatepass").decode("utf-16")
        into[-1] = into[-1]._replace(text=into[-1].text[:-1] + whole)
    else:
        _say(unit, state, reading)
    reading.standing_in = state.skip


def _end_paragraph(state: _State, reading: _Reading) -> None:
    pieces = [piece._replace(text=_whole(piece.text)) for piece in reading.pieces]
    reading.pieces = []
    if not tidy(pieces):
        reading.gap += 1
        return
    kind: DraftKind = (
        "heading" if state.level else "centred" if state.align == "centred" else "signature" if state.align else "text"
    )
    drafts, reading.gap = paragraphs_in(pieces, Draft((), 1, kind, state.level, reading.gap))
    reading.drafts += drafts


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
