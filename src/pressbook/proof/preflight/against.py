"""The proof that no word was lost: a finished PDF read back and laid beside its manuscript, letter by letter.

Letters are compared, not words, so that hyphens, ligatures, line ends and spaces make no difference; what stands on a
page without being of the manuscript (folios, heads, title page, colophon) is told from it by its place.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from pressbook.errors import DocumentError
from pressbook.model import Block, Decision, Finding
from pressbook.model.story import LINK, PICTURE, shown
from pressbook.values import replace

if TYPE_CHECKING:
    import pypdfium2

ANCHOR = 24
"""So many letters alike mean that both texts go on together; the trade's commonest phrases are shorter."""
HORIZON = 30_000
"""Letters, some fifteen pages, within which they are looked for first."""
HOPS = 400
"""Words that are tried as the next place where both go on together."""
STRETCH = 60
"""So many letters alike are the story itself, no title that comes before it."""
EDGE = 2
"""Lines from a page's first or last in which furniture stands."""
SLID = 60
"""Letters by which a stretch may be moved back."""
CLOSELY = 4000
"""Words that are worth a look one by one."""
COPIED = 48
"""So many letters of the manuscript, found once more, are no coincidence."""
STUTTERED = 60
"""Words at the most that are sought right beside themselves."""
TOLD = 5
"""Findings of a kind that are told one by one."""
QUOTED = 90
"""Letters of a quotation in a finding."""

BY = 3
"""Letters of a word such as `by`, which leads up to an author's name and is left out."""
NEAR = 12
"""Lines above a paragraph in which the marker of the break before it stands."""
CONTINUED = (2, 12)
"""Columns by which a note's further paragraphs are indented."""
_LABEL = r"^\s*(?:\[\^[^\]\s]+\]:?|[*†‡§]+|\[?\d{1,3}[\].)]?)\s*"
_DEFINED = r"\s*\[\^[^\]\s]+\]:"
_REFERENCE = r"\[\^[^\]\s]+\]"
DROPPED = ("scene-break", "pause", "title", "front")
"""What mark-up may take out: a marker between scenes, the `by` before an author, a typed list of contents."""


class Word(NamedTuple):
    """A word in its place."""

    text: str
    start: int
    """Its first letter in the whole text's letters."""
    place: int
    """The manuscript's line, or the page."""
    line: int
    """The line it stands in, counted through the whole text."""
    edge: bool = False
    """Whether that is one of a page's first or last."""


class Text(NamedTuple):
    """A text as letters, and where its words are."""

    letters: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    """Where each word starts, ascending."""
    begins: frozenset[int]
    """The same, to be asked."""
    gaps: frozenset[int]
    """Where white stands before a letter."""
    files: tuple[tuple[int, str], ...] = ((0, ""),)
    """Of several manuscripts laid end to end: how many lines stand before each, and what it is called."""

    def source(self, place: int) -> tuple[str, int]:
        """Return which manuscript a line is of, and which of its own lines it is."""
        before, name = next(each for each in reversed(self.files) if each[0] < place or each is self.files[0])
        return name, place - before

    def told(self, place: int) -> str:
        """Name a line of a manuscript, and the file if there are several."""
        name, line = self.source(place)
        return f"line {line} of {name}" if name else f"the manuscript's line {line}"

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """List the words that share a letter with a stretch."""
        if start >= end:
            return ()
        return self.words[max(0, bisect_right(self.starts, start) - 1) : bisect_right(self.starts, end - 1)]


class Note(NamedTuple):
    """A footnote, a caption or an author's note, which may stand elsewhere than in its place in the manuscript."""

    letters: str
    line: int
    """The manuscript's line on which it begins."""
    again: bool = False
    """Whether it may stand more than once: an address, in each chapter that leads to it."""
    what: str = "note"
    label: str = ""
    """What stands before it, where it is an author's and goes along with its label."""
    above: str = ""
    """The title of its chapter, which may stand above it there."""


class Change(NamedTuple):
    """A stretch in which both texts differ."""

    start: int
    end: int
    """In the manuscript's letters."""
    other: int
    other_end: int
    """In the PDF's."""


class Copy(NamedTuple):
    """A manuscript that a PDF is held against."""

    blocks: Sequence[Block]
    decisions: Sequence[Decision] = ()
    """Those of the mark-up, which says what it left out on purpose."""
    name: str = ""
    """What findings call it; empty if it is the only one."""
    asides: Sequence[tuple[int, str, str]] = ()
    """The paragraphs of its author's notes, each with its line and its chapter's title, where these stand elsewhere in the book."""


def against(
    path: Path,
    copies: Sequence[Copy],
    heads: Iterable[str] = (),
    links: Literal["text", "notes"] = "text",
    heading: str | None = "",
    *,
    own: Iterable[str] = (),
    without_asides: bool = False,
) -> tuple[Finding, ...]:
    """Prove that every word of manuscripts stands in a PDF, in order, once; return what is missing, moved, doubled or added.

    `heads` are the titles that may stand as running heads; `links` says whether addresses have notes, `heading` what stands
    above notes at a chapter's end; None that there are none at all. `own` is what the book says of itself, such as its imprint's
    notice; `without_asides` says that the author's notes are left
    out. DocumentError if the PDF cannot be read.
    """
    blocks, decisions, files, asides = end_to_end(copies)
    story, notes = set_aside(blocks, decisions, links)
    if heading and notes:
        notes.append(Note(_letters(heading), notes[0].line, again=True))
    elif heading is None:
        notes = [note for note in notes if note.what != "note"]
    notes += [] if without_asides else asides
    return compare(manuscript_text(story, files), printed_text(_pages_of(path)), decisions, heads, notes, own)


def _aside_of(block: Block, asides: list[tuple[int, str, str]]) -> Note | None:
    """Return the author's note that a block is, and take it off the list; None if it is of the story."""
    letters = _letters(re.sub(LINK, r"\g<words>", block.text)) if asides else ""
    for each in asides:
        line, text, title = each
        if line == block.line and (found := _letters(text)) and letters.endswith(found):
            asides.remove(each)
            return Note(found, block.line, label=letters.removesuffix(found), above=_letters(title))
    return None


def end_to_end(copies: Sequence[Copy]) -> tuple[list[Block], list[Decision], tuple[tuple[int, str], ...], list[Note]]:
    """Count the lines of several manuscripts on from one to the next, so that no two are alike.

    (blocks of the stories, decisions, files as in a `Text`, the author's notes that stand elsewhere)
    """
    blocks: list[Block] = []
    asides: list[Note] = []
    decisions: list[Decision] = []
    files: list[tuple[int, str]] = []
    before = 0
    for copy in copies:
        files.append((before, copy.name))
        left = list(copy.asides)
        for block in copy.blocks:
            if aside := _aside_of(block, left):
                asides.append(aside._replace(line=block.line + before))
            else:
                blocks.append(replace(block, line=block.line + before))
        decisions += [replace(decision, source_line=decision.source_line + before) for decision in copy.decisions]
        # A break's decision looks some lines up: not into the manuscript before.
        before += max((block.line + block.text.count("\n") for block in copy.blocks), default=0) + NEAR
    return blocks, decisions, tuple(files), asides


def compare(
    typed: Text,
    printed: Text,
    decisions: Sequence[Decision] = (),
    heads: Iterable[str] = (),
    notes: Sequence[Note] = (),
    own: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Compare two texts; the second may have furniture around its pages' lines, and the notes wherever they stand."""
    named = frozenset(map(_letters, heads))
    if typed.letters and not printed.letters:
        return (Finding("error", "no-text", "the PDF has no text that can be read back", remedy="embed faces with their letters"),)
    coarse = differences(typed.letters, printed.letters, typed.starts)
    changes = [_slide(change, typed, printed) for each in coarse for change in _refined(each, typed, printed)]
    lost = [change for change in changes if change.end > change.start and not _dropped(change, typed, printed, decisions)]
    mine = {_letters(text) for text in own if text}
    noted = frozenset(note.letters for note in notes)
    added = [
        change
        for change in changes
        if change.other_end > change.other
        and not _furniture(change, typed, printed, named, noted)
        and printed.letters[change.other : change.other_end] not in mine
    ]
    findings: list[Finding] = []
    if notes:
        added, findings = _take_notes(added, typed, printed, notes, named)
    moved: set[Change] = set()
    for change in lost:
        place = _page_near(change, printed)
        letters = typed.letters[change.start : change.end]
        twin = (
            next((each for each in added if each not in moved and _same(letters, printed, each)), None)
            if len(letters) > 3
            else None
        )
        if twin is None:
            findings.append(_missing(change, typed, place))
        else:
            moved.add(twin)
            findings.append(_moved(change, twin, typed, printed))
    first, last = _body(changes, printed)
    for change in added:
        if change not in moved and (finding := _judge_added(change, typed, printed, first, last)):
            findings.append(finding)
    findings += _run_together(changes, typed, printed)
    return tuple(_shortened(findings))


def set_aside(
    blocks: Sequence[Block], decisions: Sequence[Decision], links: Literal["text", "notes"] = "text"
) -> tuple[list[Block], list[Note]]:
    """Part a manuscript into its story and its footnotes, as the mark-up decided; references and links lose their marks."""
    lines = {each.source_line for each in decisions if each.kind == "footnote" and each.applied}
    story: list[Block] = []
    notes: list[Note] = []
    addresses: dict[str, int] = {}
    inside = False
    for block in _parted(blocks) if lines else blocks:
        is_note = block.line in lines or (lines and re.match(_DEFINED, block.text))
        goes_on = inside and CONTINUED[0] <= block.indent <= CONTINUED[1]
        if "](" in block.text:
            noted = links == "notes" and not block.text.startswith("#")
            spelt_out = noted and (is_note or goes_on or re.fullmatch(PICTURE, block.text))
            if noted and not spelt_out:
                for match in re.finditer(LINK, block.text):
                    if not _says(match):
                        addresses.setdefault(shown(match["address"]), block.line)
            block = replace(block, text=re.sub(LINK, _spelt_out if spelt_out else r"\g<words>", block.text))  # noqa: PLW2901
        if is_note:
            notes.append(Note(_letters(re.sub(_LABEL, "", block.text)), block.line))
            inside = True
        elif goes_on:
            notes[-1] = Note(notes[-1].letters + _letters(block.text), notes[-1].line)
        elif picture := re.fullmatch(PICTURE, block.text):
            # A picture goes where a page has room for it, and its caption along.
            notes += [Note(letters, block.line, what="caption")] if (letters := _letters(picture["caption"])) else []
        else:
            inside = False
            story.append(replace(block, text=re.sub(_REFERENCE, "", block.text) if lines else block.text))
    return story, [*notes, *[Note(_letters(address), line, again=True) for address, line in addresses.items()]]


def _says(link: re.Match[str]) -> bool:
    """Tell whether a link's words are its address, so that no note says it again."""
    return _letters(shown(link["words"])) == _letters(shown(link["address"]))


def _spelt_out(link: re.Match[str]) -> str:
    """Write the link of a note, which has its address behind it."""
    return link["words"] if _says(link) else f"{link['words']} ({shown(link['address'])})"


def _parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """Part blocks that hold several notes, one on each line."""
    for block in blocks:
        line = block.line
        for part in re.split(rf"\n(?={_DEFINED})", block.text):
            yield replace(block, text=part, line=line)
            line += part.count("\n") + 1


def _take_notes(
    added: Sequence[Change], typed: Text, printed: Text, notes: Sequence[Note], named: frozenset[str]
) -> tuple[list[Change], list[Finding]]:
    """Find each note among the words that are not of the story; return what is left of those, and what is wrong with the notes.

    Folios and heads between the two pages of a note that runs over are passed by.
    """
    words = [word for change in added for word in printed.between(change.other, change.other_end)]
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    words = [word for line in lines if not _is_head(line, named) for word in line]
    aside = "".join(word.text for word in words)
    starts = [0, *accumulate(len(word.text) for word in words)]
    taken: set[int] = set()
    findings: list[Finding] = []
    alike = Counter(note.letters for note in notes)
    for each in notes:
        labelled = each.label + each.letters
        fullest = next((whole for whole in (each.above + labelled, labelled) if whole in aside), each.letters)
        note = each._replace(letters=fullest)
        at = aside.find(note.letters)
        if at < 0:
            told = f"the {note.what} of {typed.told(note.line)} is not in the PDF as it was typed"
            remedy = "look for it at the foot of its page, or below its picture"
            file, _ = typed.source(note.line)
            findings.append(Finding("error", "words-missing", told, remedy=remedy, file=file, limit="every word"))
        elif not note.again and len(note.letters) > COPIED and aside.count(note.letters) > alike[each.letters]:
            told = f"the {note.what} of {typed.told(note.line)} stands more than once"
            remedy = "find out how it came there twice"
            file, _ = typed.source(note.line)
            findings.append(Finding("error", "words-doubled", told, remedy=remedy, file=file, limit="once"))
        while at >= 0:
            taken.update(word.start for start, word in zip(starts, words, strict=False) if at <= start < at + len(note.letters))
            # Two notes may say the same: what one has found is no other's.
            aside = aside[:at] + " " * len(note.letters) + aside[at + len(note.letters) :]
            at = aside.find(note.letters) if note.again else -1
    left: list[Change] = []
    for change in added:
        rest = [word for word in printed.between(change.other, change.other_end) if word.start not in taken]
        if re.fullmatch(r"\d{1,3}", printed.letters[change.other : change.other_end]):
            rest = []  # a raised number that is read on to the word before it
        lines = [list(line) for _, line in groupby(rest, key=lambda word: word.line)]
        # A head may hold a figure (`Chapter 5`); any other is a note's own.
        kept = [word for line in lines if not _is_head(line, named) for word in line if not re.fullmatch(r"\d{1,3}", word.text)]
        if kept:
            left.append(change._replace(other=kept[0].start, other_end=_end(kept[-1])))
    return left, findings


def _is_head(line: Sequence[Word], named: frozenset[str]) -> bool:
    letters = "".join(word.text for word in line)
    return line[0].edge and (letters in named or bool(re.fullmatch(r"\d+|[ivxlc]+", letters)))


def manuscript_text(blocks: Iterable[Block], files: tuple[tuple[int, str], ...] = ((0, ""),)) -> Text:
    """Take a manuscript's letters, each word with its line; of several, `files` as in a `Text`."""
    text = _text((line, block.line + row, False) for block in blocks for row, line in enumerate(re.split("[\n\u2028]", block.text)))
    return text._replace(files=files)


def printed_text(pages: Iterable[str]) -> Text:
    """Take a PDF's letters, page by page as they were extracted, each word with its page."""
    return _text(_lines_of(pages))


def _lines_of(pages: Iterable[str]) -> Iterator[tuple[str, int, bool]]:
    for number, page in enumerate(pages, 1):
        # pdfium writes U+FFFE for a hyphen at a line's end, and runs the next line on.
        lines = [line for line in re.split("[\r\n\ufffe\f]+", page.replace("\u00ad", "")) if line.strip()]
        for row, line in enumerate(lines):
            yield line, number, row < EDGE or row >= len(lines) - EDGE


def _text(lines: Iterable[tuple[str, int, bool]]) -> Text:
    words: list[Word] = []
    gaps: set[int] = set()
    at = 0
    broken = False
    for number, (line, place, edge) in enumerate(lines):
        folded = unicodedata.normalize("NFKC", line).casefold()
        end = 0
        for found in re.finditer(r"[^\W_]+", folded):
            if (end == 0 and not broken) or any(letter.isspace() for letter in folded[end : found.start()]):
                gaps.add(at)
            words.append(Word(found[0], at, place, number, edge))
            at += len(found[0])
            end = found.end()
        # A word may have been broken there, and be whole in the other text.
        broken = 0 < end < len(folded) and folded[end:].rstrip() == "-"
    starts = tuple(word.start for word in words)
    return Text("".join(word.text for word in words), tuple(words), starts, frozenset(starts), frozenset(gaps))


def _pages_of(path: Path) -> Iterator[str]:
    import pypdfium2

    from pressbook.proof.preflight.patience import MOST_PAGES, Patience

    patience = Patience(path.name)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(f"{path.name} cannot be read: {error}", "write it anew from the program that made it") from None
    try:
        for number in range(min(len(document), MOST_PAGES)):
            patience.check()
            page = document[number]
            _cut_off(page)
            text = page.get_textpage()
            yield text.get_text_range()
            text.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise DocumentError(f"{path.name} cannot be read: {error}", "write it anew from the program that made it") from None
    finally:
        document.close()


def _cut_off(page: "pypdfium2.PdfPage") -> None:
    """Take away, in memory, the type outside the bleed: a slug line is for the printer, and falls off with the marks."""
    import pypdfium2.raw as pdfium

    box = page.get_bleedbox(fallback_ok=False) or page.get_trimbox(fallback_ok=False)
    if box is None:
        return
    left, bottom, right, top = box
    for run in list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1)):
        run_left, run_bottom, run_right, run_top = run.get_bounds()
        if run_right <= left or run_left >= right or run_top <= bottom or run_bottom >= top:
            page.remove_obj(run)


# --- where the texts differ -------------------------------------------------------------------------------------------


def differences(one: str, other: str, starts: Sequence[int]) -> Iterator[Change]:
    """List the stretches in which two texts differ, in order; `starts` are the places in the first that may be returned to."""
    at = there = 0
    while True:
        alike = _alike(one, at, other, there)
        at, there = at + alike, there + alike
        if at == len(one) and there == len(other):
            return
        skipped, passed = _rejoin(one, at, other, there, starts)
        yield Change(at, at + skipped, there, there + passed)
        at, there = at + skipped, there + passed


def _alike(one: str, at: int, other: str, there: int) -> int:
    """Count the letters that two texts have in common from here on."""
    most = min(len(one) - at, len(other) - there)
    low, step = 0, 64
    while low < most and one[at + low : at + low + step] == other[there + low : there + low + step]:
        low = min(most, low + step)
        step = min(2 * step, 65_536)
    high = min(most, low + step)
    while low < high:
        middle = (low + high + 1) // 2
        if one[at + low : at + middle] == other[there + low : there + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _rejoin(one: str, at: int, other: str, there: int, starts: Sequence[int]) -> tuple[int, int]:
    """Find how much of either text to leave out until both go on together: as little as can be."""
    rest, beyond = len(one) - at, len(other) - there
    if not rest or not beyond:
        return rest, beyond
    best = (rest, beyond)
    for horizon in (HORIZON, max(len(one), len(other))):
        added = other.find(one[at : at + ANCHOR], there, there + horizon)
        if added >= 0:
            best = min(best, (0, added - there), key=sum)
        missing = one.find(other[there : there + ANCHOR], at, at + horizon)
        if missing >= 0:
            best = min(best, (missing - at, 0), key=sum)
        first = bisect_right(starts, at)
        for start in starts[first : first + HOPS]:
            if start - at >= sum(best):
                break
            anchor = one[start : start + ANCHOR]
            found = other.find(anchor, there, there + min(horizon, sum(best)) + ANCHOR)
            if found >= 0:
                best = min(best, (start - at, found - there), key=sum)
        if best != (rest, beyond):
            break
    return best


def _refined(change: Change, typed: Text, printed: Text) -> Iterator[Change]:
    """Look once more, word by word, into a stretch that both texts have but do not share."""
    ours, theirs = typed.between(change.start, change.end), printed.between(change.other, change.other_end)
    if not ours or not theirs or len(ours) + len(theirs) > CLOSELY:
        yield change
        return
    matcher = SequenceMatcher(None, [word.text for word in ours], [word.text for word in theirs], autojunk=False)
    at, there = change.start, change.other
    if at - ours[0].start == there - theirs[0].start:
        # Two words that begin alike part in their midst; which is which shows from their beginning.
        at, there = ours[0].start, theirs[0].start
    for block in matcher.get_matching_blocks():
        end = max(at, ours[block.a].start) if block.a < len(ours) else change.end
        other_end = max(there, theirs[block.b].start) if block.b < len(theirs) else change.other_end
        if typed.letters[at:end] != printed.letters[there:other_end]:
            stretch = Change(at, end, there, other_end)
            yield from _figures(stretch, typed, printed) or [stretch]
        if block.size:
            at, there = (_end(words[first + block.size - 1]) for words, first in ((ours, block.a), (theirs, block.b)))


def _figures(change: Change, typed: Text, printed: Text) -> list[Change]:
    """Find the raised numbers that are read on to their words, if a stretch differs in nothing else but what follows it."""
    ours, theirs = typed.between(change.start, change.end), printed.between(change.other, change.other_end)
    changes: list[Change] = []
    if ours and theirs and ours[0].start == change.start and theirs[0].start < change.other:
        # Both have the word before, and the PDF the number that is read on to it.
        end = _end(theirs[0])
        if re.fullmatch(r"\d{1,3}", printed.letters[change.other : end]):
            changes.append(Change(change.start, change.start, change.other, end))
            theirs = theirs[1:]
    if not ours or len(ours) > len(theirs):
        return []
    for own, word in zip(ours, theirs, strict=False):
        figure = re.fullmatch(rf"{re.escape(own.text)}(\d{{0,3}})", word.text)
        if not figure:
            return []
        if figure[1]:
            changes.append(Change(_end(own), _end(own), _end(word) - len(figure[1]), _end(word)))
    more = theirs[len(ours) :]
    return [*changes, Change(change.end, change.end, more[0].start, change.other_end)] if more else changes


def _end(word: Word) -> int:
    return word.start + len(word.text)


def _slide(change: Change, typed: Text, printed: Text) -> Change:
    """Move a stretch that only one text has to where its words begin, if it may as well begin there."""
    if change.start < change.end and change.other < change.other_end:
        return change
    removed = change.end > change.start
    text = typed if removed else printed
    start, end = (change.start, change.end) if removed else (change.other, change.other_end)
    ways: list[int] = []
    for back in range(min(start + 1, SLID)):
        if back and text.letters[start - back] != text.letters[end - back]:
            break
        if start - back in text.begins:
            ways.append(back)
    back = next((back for back in ways if _opens_line(text, start - back)), ways[0] if ways else 0)
    return Change(change.start - back, change.end - back, change.other - back, change.other_end - back)


def _opens_line(text: Text, start: int) -> bool:
    at = bisect_right(text.starts, start) - 1
    return at == 0 or text.words[at - 1].line != text.words[at].line


# --- what a difference means ------------------------------------------------------------------------------------------


def _dropped(change: Change, typed: Text, printed: Text, decisions: Sequence[Decision]) -> bool:
    """Tell whether mark-up left each word of a stretch out on purpose, as one of its decisions says."""
    applied = [decision for decision in decisions if decision.applied and decision.kind in DROPPED]
    return all(any(_covers(each, word, printed) for each in applied) for word in typed.between(change.start, change.end))


def _covers(decision: Decision, word: Word, printed: Text) -> bool:
    """Tell whether a decision took a word out of its line; a title and its author may stand elsewhere, and only there."""
    first, last = decision.source_line, decision.source_line + decision.text.count("\n")
    if decision.kind in ("scene-break", "pause"):
        first -= NEAR  # a break is known by the paragraph below it
    if not first <= word.place <= last:
        return False
    if decision.kind == "title":
        return word.text in printed.letters or word.text not in _letters(decision.text) or len(word.text) <= BY
    return word.text in _letters(decision.text)


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def _furniture(change: Change, typed: Text, printed: Text, heads: frozenset[str], noted: frozenset[str]) -> bool:
    """Tell folios and running heads: in a page's first or last lines, numbers, titles, or words of the book's own said often.

    What notes and captions say, `noted`, may well stand there, and twice.
    """
    words = printed.between(change.other, change.other_end)
    if not all(word.edge for word in words):
        return False
    lines = ("".join(word.text for word in line) for _, line in groupby(words, key=lambda word: word.line))
    return all(
        re.fullmatch(r"\d+|[ivxlc]+", line)
        or line in heads
        or (
            line not in typed.letters
            and printed.letters.count(line) > 1
            and not any(line in each or each in line for each in noted)
        )
        for line in lines
    )


def _same(letters: str, printed: Text, change: Change) -> bool:
    return letters in printed.letters[change.other : change.other_end]


def _body(changes: Sequence[Change], printed: Text) -> tuple[int, int]:
    """Return the letters between which the manuscript stands; before and after it are the book's own parts."""
    ends = [0, *(change.other_end for change in changes)]
    stretches = list(zip(ends, [*(change.other for change in changes), len(printed.letters)], strict=True))
    first = next((start for start, end in stretches if end - start > STRETCH), 0)
    return first, max((end for start, end in stretches if end > start), default=0)


def _place(text: Text, at: int) -> int:
    return text.words[max(0, bisect_right(text.starts, at) - 1)].place


def _page_near(change: Change, printed: Text) -> int:
    return _place(printed, min(change.other, len(printed.letters) - 1))


def _judge_added(change: Change, typed: Text, printed: Text, first: int, last: int) -> Finding | None:
    """Say what an extra stretch is: words of the manuscript once more, or words that are not in it at all."""
    letters = printed.letters[change.other : change.other_end]
    words = printed.between(change.other, change.other_end)
    page, quoted = words[0].place, _quote(words)
    windows = [letters] if len(letters) <= COPIED else [letters[at : at + COPIED] for at in range(0, len(letters) - COPIED + 1, 12)]
    twice = next((typed.letters.find(window) for window in windows if window in typed.letters), -1)
    inside = first <= change.other and change.other_end <= last
    stutter = _stutter(words, change, printed)
    # Before the story, a half-title is said once more by right; behind its end a word may.
    if stutter and (inside or (change.other >= last and len(stutter) > 1)):
        quoted = _quote(stutter)
        return Finding(
            "error",
            "words-doubled",
            f"the same stands here twice running: “{quoted}”",
            page=stutter[0].place,
            remedy="find out how it came there twice",
            value=quoted,
            limit="once",
        )
    if twice >= 0 and (len(letters) > COPIED or (inside and len(words) > 1)):
        place = _place(typed, twice)
        return Finding(
            "error",
            "words-doubled",
            f"words of {typed.told(place)} stand once more: “{quoted}”",
            page=page,
            file=typed.source(place)[0],
            remedy="find out how they came there twice",
            value=quoted,
            limit="once",
        )
    if inside:
        return Finding(
            "warning",
            "words-added",
            f"words stand here that the manuscript does not have: “{quoted}”",
            page=page,
            remedy="make sure that they are meant: a caption, a list of contents, a note of the publisher",
            value=quoted,
            limit="words of the manuscript",
        )
    return None


def _stutter(words: Sequence[Word], change: Change, printed: Text) -> Sequence[Word]:
    """Return the words of an extra stretch that say once more what stands right before it, or right behind; none if none do."""
    for count in range(min(len(words), STUTTERED), 0, -1):
        first, last = words[:count], words[-count:]
        if printed.letters.endswith("".join(word.text for word in first), 0, change.other):
            return first
        if printed.letters.startswith("".join(word.text for word in last), change.other_end):
            return last
    return ()


def _missing(change: Change, typed: Text, page: int) -> Finding:
    words = typed.between(change.start, change.end)
    quoted = _quote(words)
    return Finding(
        "error",
        "words-missing",
        f"{len(words)} word{'s' if len(words) > 1 else ''} of {typed.told(words[0].place)} "
        f"{'are' if len(words) > 1 else 'is'} not in the PDF: “{quoted}”",
        page=page,
        file=typed.source(words[0].place)[0],
        remedy="they should stand on this page or the next",
        value=quoted,
        limit="every word",
    )


def _moved(change: Change, twin: Change, typed: Text, printed: Text) -> Finding:
    words = typed.between(change.start, change.end)
    page = _place(printed, twin.other)
    return Finding(
        "error",
        "words-moved",
        f"words of {typed.told(words[0].place)} stand out of their order: “{_quote(words)}”",
        page=page,
        file=typed.source(words[0].place)[0],
        remedy=f"they belong on page {_page_near(change, printed)}",
        value=_quote(words),
        limit="in order",
    )


def _run_together(changes: Sequence[Change], typed: Text, printed: Text) -> Iterator[Finding]:
    """Find words that lost the space between them on their way into the PDF."""
    gaps = sorted(typed.gaps)
    at = there = 0
    joined: list[int] = []
    for change in (*changes, Change(len(typed.letters), len(typed.letters), len(printed.letters), len(printed.letters))):
        inner = gaps[bisect_right(gaps, at) : bisect_right(gaps, change.start - 1)]
        joined += [gap for gap in inner if gap - at + there not in printed.begins]
        at, there = change.end, change.other_end
    for gap in joined:
        words = typed.between(gap - 1, gap + 1)
        yield Finding(
            "warning",
            "words-joined",
            f"no space is read between {' and '.join(f'“{word.text}”' for word in words)}, {typed.told(words[0].place)}",
            file=typed.source(words[0].place)[0],
            remedy="it can be seen, but not searched or copied: write real spaces into the PDF",
            value="".join(word.text for word in words),
            limit="a space",
        )


def _quote(words: Sequence[Word]) -> str:
    said = " ".join(word.text for word in words)
    return said if len(said) <= QUOTED else f"{said[: QUOTED // 2]} … {said[-QUOTED // 3 :]}"


def _shortened(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Tell the first few of each kind, and how many more there are."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
        if counts[finding.rule] <= TOLD:
            yield finding
    for rule, count in counts.items():
        if count > TOLD:
            level = next(finding.level for finding in findings if finding.rule == rule)
            yield Finding(level, rule, f"and so in {count - TOLD} more places", value=str(count - TOLD))
