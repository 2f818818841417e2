"""What an author should look at: the uncertain decisions, where each stands, and how an answer is keyed to its sentence."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, groupby
from typing import NamedTuple

from pressbook.markup.overrule import OVERRULED
from pressbook.markup.places import BREAKS, LINES, find, gather, key_of, place_of, stretch
from pressbook.model.story import Book, Chapter, Decision, Manuscript, Overrule, Paragraph, Verdict

CERTAIN = 0.85
"""A decision at least so sure is not asked about."""

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.!?…\n\u2028]")
_MOST_LISTED = 20
_SENTENCE = 12
"""How many words of its sentence stand beside what is meant, on either side."""
_REACHES = (3, 6, 9, 12, 18, 27, 40, 60)
"""How many words stand there where the sentence is not the only one of its kind."""


class Seen(NamedTuple):
    """A decision in its context."""

    decision: Decision
    before: str
    """What stands before the letters concerned, in their sentence."""
    letters: str
    after: str
    plain: str
    """The whole paragraph."""


def uncertain(book: Book) -> list[Decision]:
    """List the decisions that a rule only offers or is not sure of, in the story's order."""
    return [decision for decision in book.decisions if _is_uncertain(decision)]


def _is_uncertain(decision: Decision) -> bool:
    return decision.rule != OVERRULED and decision.confidence < (1.0 if not decision.applied else CERTAIN)


def see(decisions: list[Decision], book: Book) -> Iterator[Seen]:
    """Show each decision in its sentence; a break before the paragraph below it."""
    texts = {line: text for chapter in book.chapters for line, text in _texts(chapter)}
    for decision in decisions:
        text = texts.get(decision.source_line, decision.text)
        if decision.kind in BREAKS:
            yield Seen(decision, "", "", _beginning(text, 100), text)
        elif text[decision.start : decision.end] != decision.text:
            yield Seen(decision, "", decision.text, "", text)
        else:
            before = text[max(0, decision.start - 160) : decision.start]
            after = text[decision.end : decision.end + 160]
            start = max((match.end() for match in re.finditer(r"[.!?…][”’)]*\s", before)), default=0)
            stop = re.search(r"[.!?…][”’)]*(?=\s|$)", after) if not _STOP.search(decision.text[-2:]) else re.match(r"[”’)]*", after)
            yield Seen(decision, before[start:], decision.text, after[: stop.end()] if stop else after, text)


def _texts(chapter: Chapter) -> Iterator[tuple[int, str]]:
    for block in chapter.blocks:
        if isinstance(block, Paragraph):
            yield block.line, "".join([run.text for run in block.runs])


def review_list(book: Book) -> str:
    """Write the decisions for a person: those to look at by kind, the least certain first; the rest in figures."""
    kinds: dict[str, list[Decision]] = {}
    for decision in book.decisions:
        kinds.setdefault(decision.kind, []).append(decision)
    asked = {kind: sorted(filter(_is_uncertain, found), key=_reason) for kind, found in kinds.items()}
    order = sorted(kinds, key=lambda kind: (not asked[kind], asked[kind][0].confidence if asked[kind] else 0, kind))
    return "\n".join([line for kind in order for line in _listed(kind, kinds[kind], asked[kind], book)])


def _reason(decision: Decision) -> tuple[float, str, bool, str]:
    return decision.confidence, decision.rule, decision.applied, decision.evidence


def _listed(kind: str, decisions: list[Decision], asked: list[Decision], book: Book) -> Iterator[str]:
    done = sum(decision.applied for decision in decisions)
    rules = Counter(decision.rule for decision in decisions)
    figures = ", ".join(f"{rule} {times}" for rule, times in rules.most_common())
    looked = f"; {len(asked)} to look at" if asked else ""
    yield f"{kind}: {done} done" + (f", {len(decisions) - done} not" if done < len(decisions) else "") + f" ({figures}){looked}"
    for reason, alike in groupby(see(asked[:_MOST_LISTED], book), key=lambda seen: _reason(seen.decision)):
        confidence, rule, applied, evidence = reason
        yield f"  {'done' if applied else 'offered'}, {confidence:.2f} sure, by {rule}: {evidence}"
        yield from (f"    line {seen.decision.source_line}: {_quoted(seen)}" for seen in alike)
    if len(asked) > _MOST_LISTED:
        yield f"  … and {len(asked) - _MOST_LISTED} more: --review walks through them, --json names all"


def _quoted(seen: Seen) -> str:
    if seen.decision.kind in BREAKS:
        return f"before “{_beginning(seen.after, 60)}”"
    if any(sign.isalnum() for sign in seen.letters):
        return f"“{_beginning(seen.letters, 72)}”"
    # A sign alone says nothing: show it between the words around it.
    return f"…{seen.before[-24:]}[{seen.letters}]{seen.after[:24]}…"


def _beginning(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


class Keys:
    """The words of a manuscript as typed, from which answers are keyed so that they are found again."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.texts = [block.text for block in manuscript.blocks]
        self.text = "\n".join(self.texts)
        starts = accumulate((len(text) + 1 for text in self.texts), initial=0)
        self.blocks = {block.line: (start, block.text) for block, start in zip(manuscript.blocks, starts, strict=False)}
        self.words = [match.span() for match in _WORD.finditer(self.text)]
        self.starts = [start for start, _ in self.words]
        self.folded = gather(self.texts)

    def answer(self, seen: Seen, verdict: Verdict) -> Overrule:
        """Key a verdict to the letters concerned and to their sentence, with as many neighbours as make it unique."""
        kind = seen.decision.kind
        start, end = self._span(seen.decision, seen.plain)
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)
        if first < 0 or self.words[first][1] <= start:
            first += 1
        if first >= last:  # a sign alone goes with the word that it touches, the next rather than the last
            touches = first < len(self.words) and self.words[first][0] == end
            first, last = (first, first + 1) if touches or not first else (first - 1, first)
        start, end = min(start, self.words[first][0]), max(end, self.words[last - 1][1])
        text = self._quote(start, end)
        for lead, tail in self._neighbours(first, last, alone=kind in (*BREAKS, *LINES)):
            within = self._quote(min(self.words[lead][0], start), max(self.words[tail - 1][1], end))
            keyed = Overrule(kind, text, within, verdict)
            key = key_of(keyed, "")
            if key.first == first - lead and len(find(key, kind, self.folded, self.texts)) == 1:
                return keyed
        return Overrule(kind, text, text, verdict)  # a refrain among refrains: what is said of one is said of each

    def _neighbours(self, first: int, last: int, *, alone: bool) -> Iterator[tuple[int, int]]:
        """Reach out from some words: to their sentence, then further on either side and on both."""
        yield (first, last) if alone else self._sentence(first, last)
        for reach in _REACHES:
            lead, tail = max(0, first - reach), min(len(self.words), last + reach)
            yield from ((lead, last), (first, tail), (lead, tail))

    def _span(self, decision: Decision, plain: str) -> tuple[int, int]:
        """Find the typed letters that a decision concerns; for a break, the first words of the paragraph below."""
        at, typed = self.blocks.get(decision.source_line, (0, decision.text))
        if decision.kind in BREAKS or plain[decision.start : decision.end] != decision.text:
            words = [match.end() for match in _WORD.finditer(typed)][:8]
            return at, at + (words[-1] if words else len(typed))
        place = place_of(plain, decision.start, decision.end)
        # A label such as `A/N:` was typed, but is not in the paragraph.
        more = max(0, sum(map(str.isalnum, typed)) - sum(map(str.isalnum, plain)))
        place = place._replace(first=place.first + more, last=place.last + more)
        start, end = stretch(place, typed)
        return at + start, at + end

    def _sentence(self, first: int, last: int) -> tuple[int, int]:
        """Reach out to the sentence's ends, but not too far."""
        lead, tail = first, last
        while lead > 0 and first - lead < _SENTENCE and not _STOP.search(self.text, self.words[lead - 1][1], self.words[lead][0]):
            lead -= 1
        while tail < len(self.words) and tail - last < _SENTENCE:
            if _STOP.search(self.text, self.words[tail - 1][1], self.words[tail][0]):
                break
            tail += 1
        return lead, tail

    def _quote(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())
