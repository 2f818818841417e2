"""Links: `[words](address)` in the text, out of the way while rules read the words, and the note that says where one leads."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from pressbook.markup.italics import Emphasis, as_letters, holds_marks, join_runs, survives, write_runs
from pressbook.markup.table import Outline, Styled, count, shift
from pressbook.model.finding import Finding
from pressbook.model.story import LINK, Book, Chapter, Decision, Footnote, Illustration, Paragraph, Run, shown
from pressbook.values import replace

_OPEN = "\ue0f4"
"""Stands where a link's words begin while rules read them: no letter, as the mark of a note is none."""
_FIRST, _LAST = 0xF0000, 0xFFFFD
"""The first and last of the signs at the words' ends, each of which tells of one address: a paragraph may be parted or moved."""
_CLOSE = rf"[{chr(_FIRST)}-{chr(_LAST)}]"
_BETWEEN = rf"{_OPEN}([^{_OPEN}]*?)({_CLOSE})"
_BEHIND = r"[.,;:!?…”’»)\]]+(?![^\W_])"
"""What a figure stands behind: the stops and closing marks after the words."""


# ── as the rules see them ──────────────────────────────────────────────────────────────────────────────────────────────


def mark_links(outline: Outline) -> Outline:
    """Put marks in the place of each link's notation, the address in a list beside; most stories have none."""
    if not any("](" in item.text for item in outline.items):
        return outline
    known: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        number = known.setdefault(match["address"], len(known))
        return f"{_OPEN}{match['words']}{chr(_FIRST + number)}" if number <= _LAST - _FIRST else match["words"]

    items = tuple([
        item._replace(text=re.sub(LINK, mark, item.text)) if "](" in item.text else item
        for item in outline.items
    ])  # fmt: skip
    return outline._replace(items=items, links=tuple(known))


def leading(draft: Styled, links: Sequence[str]) -> Styled:
    """Take the marks out of a paragraph once its emphasis is settled, and let the words between them lead somewhere."""
    read = read_links(draft, links)
    return read if read is draft else replace(read, runs=read_links(Styled(settled(draft.runs, links)), links).runs)


def read_links(draft: Styled, links: Sequence[str]) -> Styled:
    """Take the marks out of a paragraph, and let the runs between them lead to their addresses; notes move up."""
    text = "".join([run.text for run in draft.runs])
    leads = {match.start(): links[ord(match[2]) - _FIRST] for match in re.finditer(_BETWEEN, text) if _known(match[2], links)}
    runs: list[Run] = []
    removed: list[int] = []
    at, address = 0, ""
    for run in draft.runs:
        for part in re.split(rf"({_OPEN}|{_CLOSE})", run.text):
            if part == _OPEN or _known(part, links):
                address = leads.get(at, "")
                removed.append(at)
            elif part:
                runs.append(replace(run, text=part, link=address))
            at += len(part)
    return Styled(tuple(_alike(runs)) or (Run(""),), shift(draft.notes, removed), draft.removed) if removed else draft


def _known(sign: str, links: Sequence[str]) -> bool:
    return len(sign) == 1 and 0 <= ord(sign) - _FIRST < len(links)


def without_links(text: str) -> str:
    """Take the marks of links out of a label, which has letters only."""
    return re.sub(rf"{_OPEN}|{_CLOSE}", "", text)


# ── as they are written ────────────────────────────────────────────────────────────────────────────────────────────────


def canonical(text: str, read: Callable[[str], Emphasis], links: Sequence[str]) -> str:
    """Write a text's emphasis and links as `mark` does, so that rules read now what they would read again."""
    if not holds_marks(text):
        return text
    runs, _ = read(text)
    if not links or _OPEN not in text:
        return write_runs(runs)
    runs = settled(runs, links)
    return write_runs(runs if survives(runs) else as_letters(text)[0])


def settled(runs: tuple[Run, ...], links: Sequence[str]) -> tuple[Run, ...]:
    """Settle how the emphasis in and around links stands; the marks of the links are in the runs, and stay."""
    marked, addresses = with_marks(_without_pictures(read_links(Styled(runs), links).runs))
    numbers = {chr(_FIRST + k): chr(_FIRST + links.index(address)) for k, address in enumerate(addresses)}
    return tuple([replace(run, text=re.sub(_CLOSE, lambda sign: numbers[sign[0]], run.text)) for run in marked])


def writable(before: Styled, after: Styled, links: Sequence[str]) -> Styled:
    """Return what the rules made of a paragraph with links, or what it was if that could not be written."""
    return after if after is before or survives(settled(after.runs, links)) else before


def _without_pictures(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Let words behind an exclamation mark lead nowhere: as a link they would be a picture."""
    text = write_runs(with_marks(runs)[0])
    places = [match.start() for match in re.finditer(_OPEN, text)]
    pictures = {number for number, at in enumerate(places) if text[:at].endswith(("!", "\\"))}
    if not pictures:
        return runs
    parts = list(_parted(runs))
    leading = iter(range(len(parts)))
    kept: list[Run] = []
    for link, part in parts:
        bare = bool(link) and next(leading) in pictures
        kept += [replace(run, link="") for run in part] if bare else part
    return tuple(kept)


def with_marks(runs: Sequence[Run]) -> tuple[tuple[Run, ...], list[str]]:
    """Put marks around the words of links, as the rules saw them: (runs, addresses).

    Emphasis that holds all of a link and goes on beside it stands around the link; any other stands within.
    """
    parts = list(_parted(runs))
    around = _marked(parts, within=False)
    return around if survives(around) else _marked(parts, within=True), [link for link, _ in parts if link]


def _parted(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Part runs at the edges of links: (address, runs that lead there)."""
    part: list[Run] = []
    for run in runs:
        if part:
            last = part[-1]
            # Links that touch and lead to one address stay two where emphasis begins between letters.
            styled = run.italic or run.strong or last.italic or last.strong
            amid = run.link and styled and last.text[-1:].isalnum() and run.text[:1].isalnum()
            if last.link != run.link or amid:
                yield last.link, part
                part = []
        part.append(run)
    if part:
        yield part[-1].link, part


def _marked(parts: Sequence[tuple[str, list[Run]]], *, within: bool) -> tuple[Run, ...]:
    """Put marks around the parts that lead somewhere; with emphasis around a whole link by choice."""
    marked: list[Run] = []
    number = 0
    for k, (link, runs) in enumerate(parts):
        bare = [replace(run, link="") for run in runs]
        if not link:
            marked += bare
            continue
        beside = [*(parts[k - 1][1][-1:] if k else []), *(parts[k + 1][1][:1] if k + 1 < len(parts) else [])]
        style = _style(runs[0])
        shared = not within and all(_style(run) == style for run in runs) and any(_style(run) == style for run in beside)
        italic, strong = style if shared else (False, False)
        marked += [Run(_OPEN, italic, strong), *bare, Run(chr(_FIRST + number), italic, strong)]
        number += 1
    # What is of one style is one run again, or else the white space beside a link would lose it.
    joined = join_runs(_alike(marked))
    # Emphasis without a letter is none: it could not be written.
    return join_runs([run if any(map(str.isalnum, run.text)) else Run(run.text) for run in joined])


def _style(run: Run) -> tuple[bool, bool]:
    return run.italic, run.strong


def _alike(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours of one style that lead to one address."""
    for _, group in groupby(runs, key=lambda run: replace(run, text="")):
        first, *others = group
        yield replace(first, text="".join([first.text, *[run.text for run in others]])) if others else first


def written(text: str, links: Sequence[str]) -> str:
    """Write the notation in the place of the marks."""
    return re.sub(_BETWEEN, lambda match: f"[{match[1]}]({links[ord(match[2]) - _FIRST]})", text)


# ── as they are set ────────────────────────────────────────────────────────────────────────────────────────────────────


def set_links(book: Book, links: Literal["text", "notes"]) -> Book:
    """Set links as text, and say so, or give each address a note among the chapter's own."""
    leading = _count(runs for chapter in book.chapters for runs in _runs_in(chapter))
    if not leading:
        return book
    if links == "text":
        says = f"{count(leading, 'link')} {'is' if leading == 1 else 'are'} set as text, without the address"
        finding = Finding("notice", "links", says, remedy='story.links = "notes" gives each address a footnote')
        return replace(book, findings=(*book.findings, finding))
    blocks = (block for chapter in book.chapters for block in chapter.blocks)
    sections = (each.runs for each in blocks if isinstance(each, Paragraph) and each.kind == "section")
    book = replace(book, findings=(*book.findings, *without_notes(sections, "heading")))
    wider: dict[int, list[tuple[int, int]]] = {}
    chapters = tuple([_with_notes(chapter, wider) for chapter in book.chapters])
    return replace(book, chapters=chapters, decisions=tuple([_moved(each, wider) for each in book.decisions]))


def _says(words: str, address: str) -> bool:
    """Tell whether a link's words are the address itself."""
    return shown(words.strip()).casefold() == shown(address).casefold()


def without_notes(texts: Iterable[Sequence[Run]], what: str) -> Iterator[Finding]:
    """Say how many links of titles or headings are set as text whatever is chosen, since figures do not stand there."""
    if leading := _count(texts):
        says = f"{count(leading, 'link')} in {f'a {what} is' if leading == 1 else f'{what}s are'} set as text, without the address"
        yield Finding("notice", "links", says, remedy="let words of the text lead there")


def _count(texts: Iterable[Sequence[Run]]) -> int:
    return sum(bool(address) and not _says(words, address) for runs in texts for words, address in _links_of(runs))


def _runs_in(chapter: Chapter) -> Iterator[Sequence[Run]]:
    """Find all of a chapter that may lead somewhere: paragraphs, captions, notes."""
    for block in chapter.blocks:
        if isinstance(block, Paragraph):
            yield block.runs
        elif isinstance(block, Illustration):
            yield block.caption
    yield from (paragraph.runs for note in chapter.notes for paragraph in note.paragraphs)


def _links_of(runs: Sequence[Run]) -> Iterator[tuple[str, str]]:
    """Part a text by where its words lead: (words, address), the address empty if nowhere."""
    for address, group in groupby(runs, key=lambda run: run.link):
        yield "".join([run.text for run in group]), address


def _with_notes(chapter: Chapter, wider: dict[int, list[tuple[int, int]]]) -> Chapter:
    """Count the addresses of a chapter among its notes, the same one once; `wider` gathers where lines grow by figures."""
    order: dict[int | str, int] = {}
    lines: dict[str, int] = {}
    blocks = list(chapter.blocks)
    for k, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            grown = wider.setdefault(block.line, [])
            blocks[k] = replace(block, runs=tuple(_cited(block, order, grown)))
            for _, address in _links_of(block.runs):
                lines.setdefault(address, block.line)
        elif isinstance(block, Illustration):
            blocks[k] = replace(block, caption=_with_addresses(block.caption))
    notes = [
        _spelt_out(chapter.notes[key - 1]) if isinstance(key, int) else _note(key, lines[key])
        for key in order
    ]  # fmt: skip
    return replace(chapter, blocks=tuple(blocks), notes=tuple(notes))


def _cited(paragraph: Paragraph, order: dict[int | str, int], grown: list[tuple[int, int]]) -> Iterator[Run]:
    """Write a paragraph's runs with a figure behind each link, and all its figures counted anew."""
    runs = list(paragraph.runs)
    at = 0
    for k, run in enumerate(runs):
        ends = bool(run.link) and (k + 1 == len(runs) or runs[k + 1].link != run.link)
        if run.note:
            number = order.setdefault(run.note, len(order) + 1)
            grown.append((at, len(str(number)) - len(run.text)))
            yield replace(run, text=str(number), note=number)
        elif run.text:
            yield run
        at += len(run.text)
        # A heading has no figures, and what says its address itself needs none.
        if not ends or paragraph.kind == "section" or _says(_words_until(runs, k), run.link):
            continue
        if k + 1 < len(runs) and not runs[k + 1].link and (behind := re.match(_BEHIND, runs[k + 1].text)):
            yield replace(runs[k + 1], text=behind[0])
            runs[k + 1] = replace(runs[k + 1], text=runs[k + 1].text[behind.end() :])
            at += behind.end()
        number = order.setdefault(run.link, len(order) + 1)
        grown.append((at, len(str(number))))
        yield replace(run, text=str(number), note=number, link="")


def _words_until(runs: Sequence[Run], last: int) -> str:
    """Return the words of the link that ends with a run."""
    first = last
    while first and runs[first - 1].link == runs[last].link:
        first -= 1
    return "".join([run.text for run in runs[first : last + 1]])


def _note(address: str, line: int) -> Footnote:
    return Footnote((Paragraph((Run(shown(address)),), line),), line)


def _spelt_out(note: Footnote) -> Footnote:
    return replace(note, paragraphs=tuple([replace(each, runs=_with_addresses(each.runs)) for each in note.paragraphs]))


def _with_addresses(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Spell out in brackets where the links of a note or a caption lead: it can have no note itself."""
    spelt: list[Run] = []
    for address, group in groupby(runs, key=lambda run: run.link):
        inside = list(group)
        words = "".join([run.text for run in inside])
        spelt += inside
        spelt += [Run(f" ({shown(address)})")] if address and not _says(words, address) else []
    return tuple(spelt)


def _moved(decision: Decision, wider: dict[int, list[tuple[int, int]]]) -> Decision:
    """Move a decision by the figures that stand before its letters now."""
    grown = wider.get(decision.source_line, ())
    start = decision.start + sum(more for at, more in grown if at <= decision.start)
    end = decision.end + sum(more for at, more in grown if at < decision.end)
    return replace(decision, start=start, end=end) if (start, end) != (decision.start, decision.end) else decision
