"""Where somebody may think: the sentences outside speech, and which of them a tag touches."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from pressbook.markup.lexicon import SAID
from pressbook.markup.table import Habits, Told
from pressbook.markup.thoughts.tags import Link, Stretch, Tag, words_of


class Sentence(NamedTuple):
    """A sentence outside speech, tags left out; in two parts where a tag parts it."""

    parts: tuple[Stretch, ...]
    link: Link = ""
    """How a tag stands to it; empty if none touches it."""
    lead: str = ""
    """What stands right before it, a tag left out, up to its stop: it may announce a thought, or speech."""
    own: bool = False
    """Whether that tag says that it is told to oneself: `told herself`, `begged silently`, `said a small voice`."""

    @property
    def start(self) -> int:
        """First character."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.parts[-1][1]


_ABOVE_NAMES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Col|Lt|Sgt|Gen|Mt|Jr|Sr|[A-Z])$")
_OPENERS = "Do Does Is Are Am Can Will What Why How Who Where If It It’s This That There You We They He She No Not Please Oh Don’t"
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]+[)’]?\s+(?=[^a-z\s])|—(?=‘?[A-Z])|: (?=‘?[A-Z])|(?<=thought)[—…]\s*|(?<=thinking)[—…]\s*|(?<=mind)—"
    rf"|, (?=‘?(?:{_OPENERS.replace(' ', '|')})\b)"
)
"""Where one sentence ends and the next begins; also where one begins inside another (`she prayed silently, Not him.`)."""
_TIME = re.compile(r"\b(?:time|hour|day|night|week|month|year|age|moment|summer|winter)s?, $")
_TAKEN_UP = re.compile(
    r", \w{2,}ing\b[^.,:;!?…—“”‘’]{1,100},(?= (?:he|she|it|they|there|one|[Ww]e|I|[Yy]ou)(?:’(?:s|d|ll|re|ve|m))? [^\W_]+)"
)
"""What a thinker does between the halves of his thought; a clause with its own subject follows."""
_ANY_ADDRESS = re.compile(r"\b(?:I|my|me|you|your)\b")
_ADDRESS = {"first": re.compile(r"\byour?\b"), "secon": re.compile(r"\b(?:I|my|me)\b")}
"""The persons that a story told so has not, by the head of `told`."""
_DOUBLE_SPEECH = re.compile(r"“[^”]*(?:”|$)")
_SINGLE_SPEECH = re.compile(r"(?:^|(?<=[\s—(]))‘[^‘]*?(?:[,.!?…—]’(?![^\W_])|$)|“[^”]*(?:”|$)")


def outside_speech(text: str, habits: Habits) -> list[Stretch]:
    """List the stretches outside speech."""
    single = habits.speech == "single"
    if "“" not in text and not (single and "‘" in text):
        return [(0, len(text))]
    speech = _SINGLE_SPEECH if single else _DOUBLE_SPEECH
    edges = [0, *chain.from_iterable([match.span() for match in speech.finditer(text)]), len(text)]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def cut(text: str, stretch: Stretch, tags: list[Tag], told: Told) -> Iterator[Sentence]:
    """Cut a stretch outside speech into sentences, and tell which a tag touches; the tags are in order."""
    at, end = stretch
    waiting: Sentence | None = None
    opened = Tag(at, at, "")
    spoken = text[at - 1 : at] == "”"
    first, last = (bisect_left(tags, place, key=lambda tag: tag.start) for place in stretch)
    for tag in [*tags[first:last], Tag(end, end, "")]:
        if tag.start < at:
            continue
        sentences = list(_sentences(text, at, tag.start, opened))
        if waiting and sentences:
            sentences[0] = Sentence((*waiting.parts, *sentences[0].parts), "between", own=waiting.own)
        elif waiting:
            sentences = [waiting]
        if spoken and len(sentences) > 1 and not SAID.isdisjoint(words_of(text[sentences[0].start : sentences[0].end])):
            sentences[1] = sentences[1]._replace(lead="")  # what tags speech announces nothing after it
        if tag.link in ("before", "colon") and sentences and text[sentences[-1].end - 1] not in ".!?…—”’)":
            sentences[-1] = sentences[-1]._replace(link="leading")
        waiting, spoken = None, False
        if tag.link in ("after", "between") and sentences:
            sentences[-1] = sentences[-1]._replace(link="after", own=tag.own)
            if tag.link == "between" and not _narrates_on(text, tag, told):
                waiting = sentences.pop()
        yield from sentences
        opened = tag if tag.link in ("before", "colon") else Tag(at, at, "")
        at = _past_tag(text, tag, end, told)


def _past_tag(text: str, tag: Tag, end: int, told: Told) -> int:
    """Go past a tag and its punctuation, and past what its subject does besides (`, turning away.`)."""
    at = tag.end
    if tag.link == "between" and (again := _taken_up(text, tag)):
        at = again
    elif tag.link == "between" and _narrates_on(text, tag, told):
        stop = _STOP.search(text, at, end)
        at = stop.start() if stop else end
    while at < end and text[at] in ".,:;!?…—":
        at += 1
    return at


def _narrates_on(text: str, tag: Tag, told: Told) -> bool:
    """Tell `…, she thought, turning away` from a thought that goes on after its tag."""
    if _taken_up(text, tag):
        return False
    clause = text[tag.end + 2 : tag.end + 62]
    first = clause.split(None, 1)[0].rstrip(",.;:!?…—") if clause.strip() else ""
    address = _ADDRESS.get(told[:5], _ANY_ADDRESS)
    if first in ("and", "but", "as", "when") and address.search(_STOP.split(clause, 1)[0]):
        return False
    if first == "when" and _TIME.search(text, max(0, tag.start - 12), tag.start):
        return False  # `There was a time, she thought, when …`
    return first.endswith("ing") or first in ("and", "as", "with", "his", "her", "their", "while", "then", "when", "still", "but")


def _taken_up(text: str, tag: Tag) -> int:
    """Find where a thought goes on behind what its thinker does (`…, she thought, turning away, it was …`); 0 if it does not."""
    match = _TAKEN_UP.match(text, tag.end)
    return match.end() if match else 0


def _sentences(text: str, start: int, end: int, tag: Tag) -> Iterator[Sentence]:
    """Cut plain text at its stops; the first sentence has the tag before it, if there is one."""
    edges = [start, *(m.end() for m in _STOP.finditer(text, start, end) if not _stands_before_name(text, m)), end]
    lead = ""
    link, own = tag.link, tag.own
    for a, b in pairwise(edges):
        core = text[a:b]
        left = a + len(core) - len(core.lstrip(" —-–)"))
        right = a + len(core.rstrip())
        if right <= left:
            continue
        yield Sentence(((left, right),), link, lead, own)
        link, own = "", False
        lead = text[max(left, right - 80) : right]


def _stands_before_name(text: str, stop: re.Match[str]) -> bool:
    """Tell the point of `Mr.` and of an initial from a full stop."""
    if stop[0][0] != "." or stop[0][1:2] not in (" ", "’"):
        return False
    return bool(_ABOVE_NAMES.search(text, max(0, stop.start() - 6), stop.start())) and text[stop.start() - 2 : stop.start()] != " I"
