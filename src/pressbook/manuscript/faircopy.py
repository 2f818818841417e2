"""The fair copy: paragraphs of a format that has styles, written as blocks in the notation that mark-up reads.

What the format says (italic, heading, quotation) becomes marks; what only looks like a mark gets a backslash.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, TypeAlias

from pressbook.manuscript.addresses import linked
from pressbook.manuscript.decode import clean
from pressbook.manuscript.kept import kept_runs
from pressbook.manuscript.lines import Typed
from pressbook.model.finding import Finding
from pressbook.model.story import LINE_END, Block, Found, emphasised, picture_line
from pressbook.values import Value, replace

DraftKind: TypeAlias = Literal[
    "text", "title", "subtitle", "author", "date", "heading", "quote", "centred", "signature", "break", "note", "picture", "caption"
]
"""A `caption` is a picture's until it is found to stand alone, a `subtitle` goes with its title or is a centred line, an
`author` or a `date` goes with its title or is text."""
TITLES: dict[str, DraftKind] = {"title": "title", "subtitle": "subtitle", "author": "author", "date": "date"}
"""The kinds of the styles, by their names in small letters, that a title and what goes with it are set in."""

CONTINUED = 4
"""Columns of indent of a note's later paragraphs."""
CENTRED = 40
"""Columns of indent by which a centred line is told, as if it had been typed with spaces."""
QUOTES = frozenset(("quote", "intense quote", "block text", "quotations", "quotation", "block quotation"))
"""The names of styles, in small letters, by which word processors set a quotation apart."""
_SHORT = 75
"""The longest line, in characters, of verse or of a signature."""
BYLINE = r"(?i)(?:written )?by[:\s]+(\S.{0,80})"
COUNTS = r"(?i)(?:chapter|part|book|volume|prologue|epilogue|interlude|act)\b.*|[\W_]*\d.*|[ivxlc]+\W*"
_MARKS = re.compile(r"[\\*]|(?<![^\W_])_|_(?![^\W_])|(?<![^\s“‘\"'(—*_])/(?=[^\W_])")
# Word turns typed faces and arrows, and LibreOffice bullets, into signs of picture fonts that no other face has.
_PICTURED = {
    0xF04A: ":)", 0xF04B: ":|", 0xF04C: ":(", 0xF0E0: "→", 0xF0E8: "→", 0xF0DF: "←", 0xF0E7: "←", 0xF0F3: "↔",
    0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "✓",
}  # fmt: skip
_OWN_SENSE = re.compile(r"(?:#+|>+)[ \t]+\S")
# A space that must not break stays before French stops and between figures; anywhere else it is debris of a word processor.
_HARD_SPACE = re.compile("\xa0(?![!?;:»%€])(?<!«\xa0)(?<!\\d\xa0)")
_WHITE = re.compile(r"[ \t\r\f\v\u2002-\u2009\u200a\u3000]+")


class Piece(NamedTuple):
    """Letters in one style; a newline is a line end that is kept."""

    text: str
    italic: bool = False
    strong: bool = False
    link: str = ""
    """The address to which they lead."""


class Draft(Value):
    """One paragraph as its format has it."""

    pieces: tuple[Piece, ...]
    line: int
    """Where it stands in the source, from 1."""
    kind: DraftKind = "text"
    level: int = 0
    """A heading's, from 1."""
    gap: int = 0
    """Empty paragraphs above it."""
    label: str = ""
    """What opens a note, such as `Summary`, or `[^1]`, as the text cites it; none where a note goes on."""
    follows: bool = False
    """Whether a quotation goes on here."""
    picture: str = ""
    """The name of the picture whose caption this is; with `{full}` or `{bleed}` behind it where the format says so."""
    alt: str = ""
    """What the format tells of a picture to those who do not see it."""

    @property
    def words(self) -> str:
        """Its letters without their styles, on one line."""
        return " ".join("".join([piece.text for piece in self.pieces]).split())


class Copy(NamedTuple):
    """The fair copy, and what its writing noticed."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]


def words(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


# --- paragraphs -------------------------------------------------------------------------------------------------------


def row_of(cells: Iterable[Iterable[Piece]]) -> tuple[Piece, ...]:
    """Write a table's row as one line, its cells parted by points; nothing if no cell holds anything."""
    pieces: list[Piece] = []
    for cell in cells:
        if words := tidy(cell):
            pieces += [Piece(" · "), *words] if pieces else words
    return tuple(pieces)


def sign_of(number: int, counts: str) -> str:
    """Write what stands before a list's item that counts by `1`, `a`, `A`, `i` or `I`; anything else stands there itself."""
    if counts not in ("1", "a", "A", "i", "I"):
        return counts
    words = str(number)
    if counts in "aA" and number <= 26:
        words = chr(96 + number)
    elif counts in "iI" and number < 50:
        words = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        words = words.replace("xxxx", "xl")
    return f"{words.upper() if counts in 'AI' else words}."


def tidy(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Even white space, join pieces of one style, and strip the edges of every line."""
    joined = [
        first._replace(text="".join([first.text, *[piece.text for piece in group]]))
        for first, group in ((next(group), group) for _, group in groupby(pieces, key=lambda piece: piece[1:]))
    ]
    tidied: list[Piece] = []
    open_end = True
    """Whether white space here stands at a line's edge or beside other white space."""
    for piece in joined:
        text = piece.text
        text = re.sub(r" *\n *", "\n", _WHITE.sub(" ", _HARD_SPACE.sub(" ", text)))
        if open_end:
            text = text.lstrip(" \xa0")
        if text.startswith("\n") and tidied:
            tidied[-1] = tidied[-1]._replace(text=tidied[-1].text.rstrip(" \xa0"))
        if text:
            tidied.append(piece._replace(text=text))
            open_end = text[-1] in " \n"
    while tidied and not (last := tidied[-1].text.rstrip(" \xa0\n")):
        tidied.pop()
    if tidied:
        tidied[-1] = tidied[-1]._replace(text=last)
    return tuple(piece for piece in tidied if piece.text)


def as_note(paragraphs: Iterable[Sequence[Piece]], label: str) -> list[Draft]:
    """Write the paragraphs of a note that the text cites by a label; those without words are left out."""
    filled = [tidied for pieces in paragraphs if (tidied := tidy(pieces))]
    return [Draft(pieces, 1, "note", label="" if number else f"[^{label}]") for number, pieces in enumerate(filled)]


def by_lines(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Part pieces at their line ends; an empty tuple is an empty line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        lines[-1].append(piece._replace(text=first))
        lines += [[piece._replace(text=text)] for text in rest]
    return [tidy(line) for line in lines]


def paragraphs_in(pieces: Sequence[Piece], draft: Draft) -> tuple[list[Draft], int]:
    """Part one element's text at its empty lines: (drafts like `draft`, empty lines left over at the end).

    Lines that no empty line parts keep their ends together if they are short; long ones are paragraphs typed with line ends.
    """
    lines = by_lines(pieces)
    drafts: list[Draft] = []
    blank = draft.gap
    at = 0
    while at < len(lines):
        if not lines[at]:
            blank += 1
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end]:
            end += 1
        # One empty line only parts paragraphs; what is beyond it is a gap.
        gap = max(0, blank - 1) if drafts else blank
        for number, part in enumerate(_kept_together(lines[at:end])):
            drafts.append(replace(draft, pieces=part, line=draft.line + at, gap=0 if number else gap))
        blank, at = 0, end
    return drafts, max(0, blank - 1)


def _kept_together(lines: Sequence[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    texts = ["".join([piece.text for piece in line]) for line in lines]
    if len(lines) == 1:
        return list(lines)
    if len(lines) <= 60 and max(map(len, texts)) <= _SHORT:
        return [_with_ends(lines)]
    typed = [Typed(number, 0, text, 0) for number, text in enumerate(texts)]
    parts: list[tuple[Piece, ...]] = []
    at = 0
    for start, end in kept_runs(typed, True):
        parts += [*lines[at:start], _with_ends(lines[start:end])]
        at = end
    return [*parts, *lines[at:]]


def _with_ends(lines: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        pieces += [Piece("\n"), *line] if number else line
    return tuple(pieces)


# --- titles -----------------------------------------------------------------------------------------------------------


def find_title(drafts: Sequence[Draft], found: Found, *, sure: bool = False) -> tuple[list[Draft], Found]:
    """Take title and author from above the story if they stand there, so that they are not said twice.

    A title is what its style says, what the file's own record says, or the one heading that stands over all others. `sure`
    says that the record is made for readers, as an EPUB's is, so that any other heading is a chapter's.
    """
    drafts = list(drafts)
    first = next((k for k, draft in enumerate(drafts) if draft.kind != "break"), -1)
    if first < 0:
        return drafts, found
    draft = drafts[first]
    found = found if sure else _without_defaults(found)
    deeper = [other for other in drafts[first + 1 :] if other.kind == "heading"]
    may_be = draft.kind == "heading" and not (sure and found.title)
    over_all = may_be and all(other.level > draft.level for other in deeper) and not re.fullmatch(COUNTS, draft.words)
    if draft.kind == "title" or over_all or (found.title and same_words(draft.words, found.title)):
        found = replace(found, title=draft.words)
        del drafts[first]
        if first < len(drafts) and drafts[first].kind == "subtitle":
            found = replace(found, subtitle=drafts[first].words)
            del drafts[first]
        found = _with_names(drafts, first, found)
        if first < len(drafts):
            byline = re.fullmatch(BYLINE, drafts[first].words)
            name = byline[1] if byline else drafts[first].words
            if (byline and not found.author and len(name.split()) <= 6) or (found.author and same_words(name, found.author)):
                found = replace(found, author=found.author or name)
                del drafts[first]
    elif (
        found.title
        and not sure
        and draft.kind in ("text", "centred")
        and len(draft.words) <= 80
        and draft.words[-1:] not in tuple(".,;:!?\"”’'…—-")
    ):
        # A short open line may be the title that the author typed, and the record a template's: let mark-up judge.
        found = replace(found, title="")
    return drafts, found


def _without_defaults(found: Found) -> Found:
    """Forget what a program wrote into the record of a file whose author said nothing."""
    nobody = found.author.casefold() in _NOBODY or found.author.casefold().endswith((" user", "-pc"))
    return replace(
        found,
        title="" if re.fullmatch(_UNTITLED, found.title) else found.title,
        author="" if nobody else found.author,
    )


_NOBODY = frozenset(
    [
        *("user", "owner", "admin", "administrator", "author", "the author", "your name", "unknown", "unknown author", "guest"),
        *("default", "pc", "hp", "dell", "lenovo", "acer", "asus", "toshiba", "samsung", "apple", "python-docx"),
        *("benutzer", "besitzer", "utilisateur", "usuario", "utente"),
    ]
)
"""Whom programs and machines name where nobody was asked."""
_UNTITLED = (
    r"(?i)microsoft word - .*|word document|(?:new |neues )?(?:document|dokument)\s?\d*|(?:untitled|unbenannt).*"
    r"|.*\.(?:docx?|odt|rtf)"
)


def _with_names(drafts: list[Draft], first: int, found: Found) -> Found:
    """Take the authors and the date from below a title, in pandoc's styles; a date alone may open a story."""
    end = first
    while end < len(drafts) and (drafts[end].kind == "author" or (end > first and drafts[end].kind == "date")):
        end += 1
    below = drafts[first:end]
    names = ", ".join([re.sub(r"(?i)^(?:written )?by[:\s]+", "", draft.words) for draft in below if draft.kind == "author"])
    dates = tuple([("Date", draft.words) for draft in below if draft.kind == "date"])
    del drafts[first:end]
    return replace(found, author=found.author or names, tags=(*found.tags, *dates))


def same_words(one: str, other: str) -> bool:
    """Compare two lines by their letters and digits."""
    return _bare(one) == _bare(other) != ""


def _bare(text: str) -> str:
    return "".join([letter for letter in text.casefold() if letter.isalnum()])


# --- writing ----------------------------------------------------------------------------------------------------------


def fair_copy(drafts: Sequence[Draft], *, numbered: bool = False) -> Copy:
    """Write drafts as blocks; `numbered` counts paragraphs where the format has no lines."""
    own_italics = any(piece.italic and _bare(piece.text) for draft in drafts for piece in draft.pieces)
    top = min((draft.level for draft in drafts if draft.kind == "heading"), default=1)
    blocks: list[Block] = []
    dropped = widened = 0
    gap = 0
    for draft in captioned(drafts):
        pieces, lost = _visible(draft.pieces)
        dropped += lost
        gap += draft.gap
        text, wide = _written(replace(draft, pieces=pieces), top, own_italics)
        widened += wide
        if not text:
            continue
        number = len(blocks) + 1 if numbered else draft.line
        above = 0 if not blocks or draft.follows else 1 + gap
        indent = CENTRED if draft.kind in ("centred", "subtitle") else CONTINUED if draft.kind == "note" and not draft.label else 0
        blocks.append(Block(text, number, above, indent))
        gap = 0
    findings: list[Finding] = []
    if dropped:
        things = "an invisible or control character was" if dropped == 1 else f"{dropped} invisible or control characters were"
        findings.append(Finding("notice", "control-characters", f"{things} dropped"))
    if widened:
        things = "a word was" if widened == 1 else f"{widened} words were"
        findings.append(Finding("notice", "half-italic", f"{things} emphasised only in part; the whole word is set so"))
    return Copy(tuple(blocks), tuple(findings))


def _visible(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], int]:
    """Drop what nobody sees: (the rest, how many characters are gone)."""
    kept: list[Piece] = []
    gone = 0
    for piece in pieces:
        text, findings = clean(unpictured(piece.text))
        gone += len(piece.text) - len(text) if findings else 0
        kept.append(piece._replace(text=text))
    return tuple(kept), gone


def unpictured(text: str) -> str:
    """Write the signs of picture fonts as what they show."""
    return text if text.isascii() else text.translate(_PICTURED)


def _written(draft: Draft, top: int, own_italics: bool) -> tuple[str, int]:
    """Write one paragraph: (its text in the notation, words that had to be emphasised wholly)."""
    if draft.kind == "break":
        return draft.words or "* * *", 0
    if draft.kind == "picture":
        pieces, widened = _whole_words(tidy([piece._replace(text=piece.text.replace("\n", " ")) for piece in draft.pieces]))
        name, _, place = draft.picture.partition("{")
        alt = "" if same_words(draft.alt, draft.words) else draft.alt
        return picture_line(_emphasised(pieces, own_italics), name, alt, place.rstrip("}")), widened
    pieces = tidy(draft.pieces)
    plain = "".join([piece.text for piece in pieces])
    if not _bare(plain):
        return plain.replace("\n", " ").strip(), 0
    if draft.kind == "heading":
        # A title has one style.
        bare = [Piece(piece.text.replace("\n", " "), link=piece.link) for piece in pieces]
        return "#" * min(3, max(1, draft.level - top + 1)) + " " + _emphasised(tidy(bare), own_italics), 0
    pieces, widened = _whole_words(pieces)
    text = _emphasised(pieces, own_italics)
    text = "\\" + text if _OWN_SENSE.match(text) else text
    if draft.label:
        text = f"{draft.label}: {text}"
    mark = ""
    if draft.kind == "quote":
        mark = "> "
        text = text[:-1] + "\\<" if text.endswith("<") else text
    elif draft.kind == "signature" and max(map(len, plain.split("\n"))) <= _SHORT:
        mark = ">> "
    return mark + text.replace("\n", LINE_END), widened


def _whole_words(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], int]:
    """Let emphasis begin and end with words, since no mark can stand inside one: (pieces, words changed)."""
    if not any(one.text[-1:].isalnum() and other.text[:1].isalnum() for one, other in pairwise(pieces)):
        return pieces, 0
    letters = [(letter, *piece[1:]) for piece in pieces for letter in piece.text]
    changed = 0
    at = 0
    while at < len(letters):
        if not letters[at][0].isalnum():
            at += 1
            continue
        end = at
        while end < len(letters) and letters[end][0].isalnum():
            end += 1
        styles = {letter[1:3] for letter in letters[at:end]}
        if len(styles) > 1:
            changed += 1
            style = (any(italic for italic, _ in styles), any(strong for _, strong in styles))
            letters[at:end] = [(letter[0], *style, letter[3]) for letter in letters[at:end]]
        at = end
    if not changed:
        return pieces, 0
    grouped = groupby(letters, key=lambda letter: letter[1:])
    return tuple(Piece("".join([letter[0] for letter in group]), *style) for style, group in grouped), changed


def _emphasised(pieces: tuple[Piece, ...], own_italics: bool) -> str:
    """Write pieces with marks around emphasis, and links as `[…](…)`."""
    parts: list[str] = []
    for address, group in groupby(pieces, key=lambda piece: piece.link):
        inside = _without_loose_edges(piece._replace(link="") for piece in group)
        words = emphasised((_escaped(piece.text, own_italics), piece.italic, piece.strong) for piece in inside)
        core = words.strip()
        # Behind an exclamation mark a link would be a picture.
        if address and core and not (parts and parts[-1].endswith("!")):
            words = words.replace(core, linked(core, address))
        parts.append(words)
    return "".join(parts)


def _without_loose_edges(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Leave white space outside emphasis, and emphasise nothing that has no letters."""
    split: list[Piece] = []
    for piece in pieces:
        core = piece.text.strip() if piece.italic or piece.strong else piece.text
        if core == piece.text and (not (piece.italic or piece.strong) or _bare(core)):
            split.append(piece)
        elif not _bare(core):
            split.append(Piece(piece.text))
        else:
            lead = piece.text.index(core)
            split += [Piece(piece.text[:lead]), piece._replace(text=core), Piece(piece.text[lead + len(core) :])]
    return tuple(
        Piece("".join([piece.text for piece in group]), *style)
        for style, group in groupby([piece for piece in split if piece.text], key=lambda piece: piece[1:])
    )


def _escaped(text: str, own_italics: bool) -> str:
    """Put a backslash before what looks like a mark; in a file without italics of its own, stars may well be meant as such."""
    return _MARKS.sub(r"\\\g<0>", text) if own_italics else text


def captioned(drafts: Sequence[Draft]) -> list[Draft]:
    """Give each caption to the picture that it stands next to, above or below; one that stands alone is a centred line."""
    given: list[Draft] = []
    waiting: Draft | None = None
    for draft in drafts:
        last = given[-1] if given else None
        if draft.kind == "caption" and last and last.kind == "picture" and not last.words:
            given[-1] = replace(last, pieces=draft.pieces)
            continue
        if waiting:
            bare = draft.kind == "picture" and not draft.words
            draft = replace(draft, pieces=waiting.pieces) if bare else draft  # noqa: PLW2901 - the same picture
            given += [] if bare else [replace(waiting, kind="centred")]
        waiting = draft if draft.kind == "caption" else None
        if not waiting:
            given.append(draft)
    return [*given, replace(waiting, kind="centred")] if waiting else given


def left_out(name: str, pictures: int, tables: int = 0) -> list[Finding]:
    """Say what a reader had to leave out or change."""
    found: list[Finding] = []
    if pictures:
        things = "a picture is" if pictures == 1 else f"{pictures} pictures are"
        found.append(Finding("warning", "pictures", f"{name}: {things} left out", remedy="save it as .docx, .odt or .html"))
    if tables:
        things = "a table is" if tables == 1 else f"{tables} tables are"
        found.append(Finding("notice", "tables", f"{name}: {things} set line by line"))
    return found
