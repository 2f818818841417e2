"""Where somebody may think: the sentences outside speech, and the tags that say who thinks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from pressbook.markup.lexicon import SAID, TELLING, THINKING, THINKING_ALOUD, words
from pressbook.markup.table import Habits

Stretch: TypeAlias = tuple[int, int]
Link: TypeAlias = Literal["", "after", "before", "colon", "between"]


class Tag(NamedTuple):
    """Who thinks, in so many words: `she thought sadly`."""

    start: int
    end: int
    """Past its adverbs, at its punctuation."""
    link: Link
    """How the thought stands that it tags: the tag comes after it, before it (with a colon, even) or between its halves."""


class Sentence(NamedTuple):
    """A sentence outside speech, tags left out; in two parts where a tag parts it."""

    parts: tuple[Stretch, ...]
    link: Link = ""
    """How a tag stands to it; empty if none touches it."""
    lead: str = ""
    """What stands right before it, a tag left out, up to its stop: it may announce a thought, or speech."""

    @property
    def start(self) -> int:
        """First character."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.parts[-1][1]


_SELF = r"(?:(?:him|her|it|my|your|one)self|(?:them|our)selves)"
_VERB = re.compile(
    rf"\b(?:(?:{'|'.join(sorted(TELLING))}) {_SELF}|(?:{'|'.join(sorted(THINKING_ALOUD))}) to {_SELF}"
    rf"|(?:came|went|ran) the thought|through (?:his|her|my|their) (?:mind|head|brain)"
    rf"|(?:{'|'.join(sorted(THINKING))}))\b"
)
"""The verb that tags a thought is found first; its subject is looked for on both sides of it."""
_NAME = r"(?:(?:(?:Mr|Mrs|Ms|Dr|St)\. )?[A-Z](?:[\w-]|’(?!t\b))*|(?:the|his|her|my|their|[Tt]he|[Hh]is|[Hh]er|[Mm]y) (?:\w+ )?\w+)"
_SUBJECT_BEFORE = re.compile(
    rf"(?:^|(?<=[\s—(]))((?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|[Ii]t|{_NAME}(?: [A-Z][\w’-]*){{0,2}})"
    r" (?:(?:had|has|was|then|now|just|only|still|could only|\w+ly) )*)$"
)
_SUBJECT_AFTER = re.compile(rf" (?:he|she|they|I|we|{_NAME}(?: [A-Z][\w’-]*){{0,2}})\b(?!’)")
_TAIL = re.compile(
    rf"(?: (?:\w+ly|again|then|now|still|too|at last|to {_SELF}"
    r"|(?:with|in|as|through|from|between|under|amid|after|while|when|before|without|inside|beneath|above|below|across)"
    r"\b[^.,:;!?…—“”‘’]{0,90})(?=[ .,:;!?…—]|$))*"
)
_NO_SUBJECT = words(
    """
    And But So Then As When While If What How Why Yet Or Perhaps Maybe Because Though Never Once After Before That Which Who The A
    An His Her My Their Its This No Some Any Every In On At With Of For
    """
)
_SUBORDINATE = words("as when while until what which that than if because since though where who how why whom")
_ABOVE_NAMES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Col|Lt|Sgt|Gen|Mt|Jr|Sr|[A-Z])$")
_OPENERS = "Do Does Is Are Am Can Will What Why How Who Where If It It’s This That There You We They He She No Not Please Oh Don’t"
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]+[)’]?\s+(?=[^a-z\s])|—(?=‘?[A-Z])|: (?=‘?[A-Z])|(?<=thought)—|(?<=mind)—"
    rf"|, (?=‘?(?:{_OPENERS.replace(' ', '|')})\b)"
)
"""Where one sentence ends and the next begins; also where one begins inside another (`she prayed silently, Not him.`)."""
_ADDRESS = re.compile(r"\b(?:I|my|me|you|your)\b")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’-][^\W_]+)*")
_DOUBLE_SPEECH = re.compile(r"“[^”]*(?:”|$)")
_SINGLE_SPEECH = re.compile(r"(?:^|(?<=[\s—(]))‘[^‘]*?(?:[,.!?…—]’(?![^\W_])|$)|“[^”]*(?:”|$)")


def words_of(text: str) -> list[str]:
    """List the words, in lower case."""
    return _WORD.findall(text.lower())


def outside_speech(text: str, habits: Habits) -> list[Stretch]:
    """List the stretches outside speech."""
    single = habits.speech == "single"
    if "“" not in text and not (single and "‘" in text):
        return [(0, len(text))]
    speech = _SINGLE_SPEECH if single else _DOUBLE_SPEECH
    edges = [0, *(edge for match in speech.finditer(text) for edge in match.span()), len(text)]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def tags_of(text: str, stretches: list[Stretch]) -> list[Tag]:
    """Find the tags outside speech that a thought stands beside."""
    tags: list[Tag] = []
    starts = [start for start, _ in stretches]
    reached = 0
    for verb in _VERB.finditer(text):
        k = bisect_right(starts, verb.start()) - 1
        if k >= 0 and verb.end() <= stretches[k][1] and verb.start() >= reached and (tag := _tag(text, verb, stretches[k])):
            tags.append(tag)
            reached = tag.end
    return tags


def _tag(text: str, verb: re.Match[str], stretch: Stretch) -> Tag | None:
    """Widen a verb of thinking by its subject and adverbs; None if it has no subject or tags nothing."""
    start, end = verb.span()
    edge = max(stretch[0], start - 60)
    before = _SUBJECT_BEFORE.search(text, edge, start)
    if text[stretch[0] - 1 : stretch[0]] == "”" and not text[stretch[0] : before.start(1) if before else start].strip():
        return None  # it tags the speech before it
    alone = " the " in verb[0] or verb[0].startswith("through ")
    if before and before[1].split()[0] not in _NO_SUBJECT:
        start = before.start(1)
    elif after := _SUBJECT_AFTER.match(text, end):
        end = after.end()
    elif not alone and text[end : end + 1] != ":":
        return None
    tail = _TAIL.match(text, end)
    end = min(tail.end() if tail else end, stretch[1])
    mark, follows = text[end : end + 1], text[end + 1 : end + 3]
    if mark and mark not in ".,:;!?…—":
        return None
    ahead = text[max(edge, start - 14) : start].rstrip()
    if ahead and words_of(ahead)[-1:] and words_of(ahead)[-1] in _SUBORDINATE and ahead[-1:].isalnum():
        return None
    tagged = ahead[-1:] in (",", "?", "!", "…", "—", "’") and bool(ahead)
    opens = (mark in (",", "—") and follows.strip()[:1].isupper()) or follows == " ‘"
    if tagged and mark == "," and follows[:1] == " " and (follows[1:2].islower() or text[end + 2 : end + 4] in ("I ", "I’")):
        return Tag(start, end, "between")
    if tagged and mark != ":":
        return Tag(start, end, "after")
    if mark == ":":
        return Tag(start, end, "colon")
    return Tag(start, end, "before") if opens or (mark == "," and follows[1:2].islower()) else None


def cut(text: str, stretch: Stretch, tags: list[Tag]) -> Iterator[Sentence]:
    """Cut a stretch outside speech into sentences, and tell which a tag touches; the tags are in order."""
    at, end = stretch
    waiting: Sentence | None = None
    link: Link = ""
    spoken = text[at - 1 : at] == "”"
    first, last = (bisect_left(tags, place, key=lambda tag: tag.start) for place in stretch)
    for tag in [*tags[first:last], Tag(end, end, "")]:
        if tag.start < at:
            continue
        sentences = list(_sentences(text, at, tag.start, link))
        if waiting and sentences:
            sentences[0] = Sentence((*waiting.parts, *sentences[0].parts), "between")
        elif waiting:
            sentences = [waiting]
        if spoken and len(sentences) > 1 and not SAID.isdisjoint(words_of(text[sentences[0].start : sentences[0].end])):
            sentences[1] = sentences[1]._replace(lead="")  # what tags speech announces nothing after it
        waiting, spoken = None, False
        if tag.link in ("after", "between") and sentences:
            sentences[-1] = sentences[-1]._replace(link="after")
            if tag.link == "between" and not _narrates_on(text[tag.end + 2 : tag.end + 62]):
                waiting = sentences.pop()
        yield from sentences
        link = tag.link if tag.link in ("before", "colon") else ""
        at = _past_tag(text, tag, end)


def _past_tag(text: str, tag: Tag, end: int) -> int:
    """Go past a tag and its punctuation, and past what its subject does besides (`, turning away.`)."""
    at = tag.end
    if tag.link == "between" and _narrates_on(text[tag.end + 2 : tag.end + 62]):
        stop = _STOP.search(text, at, end)
        at = stop.start() if stop else end
    while at < end and text[at] in ".,:;!?…—":
        at += 1
    return at


def _narrates_on(clause: str) -> bool:
    """Tell `…, she thought, turning away` from a thought that goes on after its tag."""
    first = clause.split(None, 1)[0].rstrip(",.;:!?…—") if clause.strip() else ""
    if first in ("and", "but", "as", "when") and _ADDRESS.search(_STOP.split(clause, 1)[0]):
        return False
    return first.endswith("ing") or first in ("and", "as", "with", "his", "her", "their", "while", "then", "when", "still", "but")


def _sentences(text: str, start: int, end: int, link: Link) -> Iterator[Sentence]:
    """Cut plain text at its stops; the first sentence has the tag before it, if there is one."""
    edges = [start, *(m.end() for m in _STOP.finditer(text, start, end) if not _stands_before_name(text, m)), end]
    lead = ""
    for a, b in pairwise(edges):
        core = text[a:b]
        left = a + len(core) - len(core.lstrip(" —-–)"))
        right = a + len(core.rstrip())
        if right <= left:
            continue
        yield Sentence(((left, right),), link, lead)
        link = ""
        lead = text[max(left, right - 80) : right]


def _stands_before_name(text: str, stop: re.Match[str]) -> bool:
    """Tell the point of `Mr.` and of an initial from a full stop."""
    if stop[0][0] != "." or stop[0][1:2] not in (" ", "’"):
        return False
    return bool(_ABOVE_NAMES.search(text, max(0, stop.start() - 6), stop.start())) and text[stop.start() - 2 : stop.start()] != " I"
