"""Inner monologue: tagged thoughts, and the inner voice that needs no tag, in its plainest cases.

Every rule weighs reasons that it can name; where they do not suffice it offers, and the author decides.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pressbook.markup.italics import join_runs, survives
from pressbook.markup.lexicon import COMMANDS, FIRST, LEADS, NOT_PAST, PAST, PRESENT, SECOND, SPEAKING, THIRD, WEAK_COMMANDS, words
from pressbook.markup.table import Habits, Note, Styled, count, shift
from pressbook.model.story import Run

# The verb that tags a thought is found first; its subject is looked for on both sides of it.
_VERB = re.compile(
    r"\b(?:thought|wondered|mused|prayed|thinks|wonders|(?:told|reminded|asked|scolded) (?:him|her|them|my)sel(?:f|ves))\b"
)
_SUBJECT_BEFORE = re.compile(r"(?:^|[\s—(])((?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|(?:[Tt]he \w+)|[A-Z][\w’-]+)(?: had)?(?: \w+ly)? )$")
_SUBJECT_AFTER = re.compile(r" (?:he|she|they|I|we|(?:the \w+)|[A-Z][\w’-]+)\b")
_ADVERB = re.compile(r" (?:\w+ly|again|then|to (?:him|her|my)self)\b")
_REPORTED = re.compile(r" (?:that|if|whether|of|about|he|she|they|it|I)\b")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[”’)]*\s*|[.!?…]+\s*")
_WORD = re.compile(r"[^\W_]+(?:[’-][^\W_]+)*")
_CAPITALISED = re.compile(r"[A-Z][a-z]+")
_SPEECH = re.compile(r"“[^”]*(?:”|$)")
_LONGEST = 400
"""A longer paragraph is no plain case."""
_MOST_WORDS = 60
"""A longer paragraph of address may be a letter."""
_SHORT = 120
"""A refrain is shorter, in characters."""
_FURTHEST = 600
"""How far from its tag a thought may reach, in characters."""
_OPENERS = frozenset(word.capitalize() for word in COMMANDS) | {"Don"}
_NOT_NAMES = words("And But So Then As When While If What How Why Yet Or Perhaps Maybe Because Though Never Once After Before")


class Span(NamedTuple):
    """A stretch of a paragraph that may be thought."""

    start: int
    end: int
    note: Note
    drop: tuple[int, ...] = ()
    """Where single quotation marks stand that a thought in italic does without."""


class Tag(NamedTuple):
    """Who thinks, in so many words: `she thought sadly`."""

    start: int
    end: int


def set_thoughts(runs: tuple[Run, ...], habits: Habits) -> Styled:
    """Set thoughts in italic, as far as the house wants it."""
    level = habits.house.thoughts
    if level in ("off", "marked"):
        return Styled(runs)
    text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
    spans: list[Span] = []
    if "thought" in text or "wonder" in text or "think" in text or "sel" in text or "mused" in text or "prayed" in text:
        spans = _tagged(text, habits)
    if not spans and text[:1] == "‘" and habits.speech == "double":
        spans = _quoted_alone(text)
    if level == "auto" and not spans and len(text) <= _LONGEST and "“" not in text and "‘" not in text and "”" not in text:
        spans = _untagged(text, habits)
    return _apply(runs, spans) if spans else Styled(runs)


# ── tagged ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tagged(text: str, habits: Habits) -> list[Span]:
    """Find the thoughts beside each tag outside speech."""
    tags = [tag for match in _VERB.finditer(text) if (tag := _tag(text, match))]
    if not tags:
        return []
    speech = [match.span() for match in _SPEECH.finditer(text)] if "“" in text else []
    starts = [start for start, _ in speech]
    spans: list[Span] = []
    reached = 0
    for tag in tags:
        for span in _beside(text, tag, habits):
            if span.start >= reached and _outside(span.start, span.end, starts, speech):
                spans.append(span)
                reached = span.end
    if any(span.drop for span in spans):
        spans += _also_quoted(text, spans, starts, speech)
    return sorted(spans)


def _outside(start: int, end: int, starts: list[int], speech: list[tuple[int, int]]) -> bool:
    k = bisect_left(starts, end) - 1
    return k < 0 or speech[k][1] <= start


def _also_quoted(text: str, found: list[Span], starts: list[int], speech: list[tuple[int, int]]) -> Iterator[Span]:
    """Take the other single quotations of a paragraph in which one is a tagged thought (`‘No,’ she thought. ‘Not him.’`)."""
    taken = {span.start for span in found}
    for match in re.finditer(r"(?<!\S)‘[^‘“”]{1,600}?[.!?…—–]’(?=\s|$)", text):
        start, end = match.start(), match.end() - 1
        if start + 1 not in taken and _outside(start, end, starts, speech):
            why = "single quotation marks, in a paragraph where others hold a tagged thought"
            yield Span(start + 1, end, Note("thought", "thought-quoted", 0.9, why, start + 1, end), (start, end))


def _tag(text: str, verb: re.Match[str]) -> Tag | None:
    """Widen a verb of thinking by its subject and adverb; None if it has no subject."""
    start, end = verb.span()
    edge = max(0, start - 48)
    if (before := _SUBJECT_BEFORE.search(text[edge:start])) and before[1].split()[0] not in _NOT_NAMES:
        start = edge + before.start(1)
    elif after := _SUBJECT_AFTER.match(text, end):
        end = after.end()
    else:
        return None
    if adverb := _ADVERB.match(text, end):
        end = adverb.end()
    return Tag(start, end)


def _beside(text: str, tag: Tag, habits: Habits) -> list[Span]:
    """Look for a thought before the tag, then after it."""
    before = text[: tag.start].rstrip() if tag.start < 2 else text[tag.start - 2 : tag.start].rstrip()
    mark = before[-1:]
    if mark == "," and text[tag.start - 3 : tag.start - 2] == "’":
        mark = "’"
    if mark == "’" and habits.speech == "double" and (span := _quoted_before(text, tag)):
        return [span]
    follows = text[tag.end : tag.end + 3]
    if follows[:2] in (", ", ": ") and follows[2:] == "‘" and habits.speech == "double" and (span := _quoted_after(text, tag)):
        return [span]
    if mark and mark in ",?!…" and text[tag.start - 1 : tag.start] == " " and not _REPORTED.match(text, tag.end):
        return _before(text, tag, habits)
    if follows[:2] in (", ", ": ") and follows[2:].isupper():
        start = tag.end + 2
        end = _sentence_end(text, start)
        spans = _judged(text, ((start, end),), "thought-tag-before", "a verb of thinking and a capital", habits)
        return _lengthened(text, spans, end, habits)
    return []


def _quoted_before(text: str, tag: Tag) -> Span | None:
    """Take the single quotation that ends at a tag (`‘Not again,’ she thought`)."""
    end = text.rfind("’", max(0, tag.start - 4), tag.start)
    start = text.rfind("‘", max(0, end - _FURTHEST), end)
    if start < 0 or end - start < 2 or text[end - 1] not in ",.!?…—–" or "“" in text[start:end]:
        return None
    return _quoted(start, end)


def _quoted_after(text: str, tag: Tag) -> Span | None:
    """Take the single quotation that begins at a tag (`She thought, ‘Not again.’`)."""
    start = tag.end + 2
    for match in re.finditer(r"[.!?…—–]’(?=\s|$)", text[start : start + _FURTHEST]):
        return _quoted(start, start + match.end() - 1)
    return None


def _quoted(start: int, end: int) -> Span:
    evidence = "single quotation marks and a verb of thinking beside them"
    return Span(start + 1, end, Note("thought", "thought-quoted", 0.97, evidence, start + 1, end), (start, end))


def _quoted_alone(text: str) -> list[Span]:
    """Offer a whole paragraph in single quotation marks, in a book whose speech has double ones."""
    if text[-1] != "’" or len(text) < 4 or text[-2] not in ".!?…—–," or "‘" in text[1:] or "“" in text:
        return []
    evidence = "a paragraph in single quotation marks, in a book whose speech has double ones"
    return [Span(1, len(text) - 1, Note("thought", "thought-quoted-alone", 0.6, evidence, 1, len(text) - 1, applied=False))]


def _before(text: str, tag: Tag, habits: Habits) -> list[Span]:
    """Take the clause before a tag, with the clause after it if the tag only interrupts (`Why, she wondered, am I here?`)."""
    end = tag.start - 1
    start = _sentence_start(text, end)
    if start >= end:
        return []
    rest = tag.end + 2
    if text[tag.end : rest] == ", " and text[end - 1] == "," and (text[rest : rest + 1].islower() or text[rest : rest + 2] == "I "):
        more = _sentence_end(text, rest)
        if not _goes_on_narrating(text[rest:more]):
            spans = _judged(text, ((start, end), (rest, more)), "thought-tag-between", "a verb of thinking amid it", habits)
            return _lengthened(text, spans, more, habits)
    spans = _judged(text, ((start, end),), "thought-tag-after", "a verb of thinking after it", habits)
    stop = text[tag.end : tag.end + 2] in (". ", "! ", "? ")
    return _lengthened(text, spans, tag.end + 2, habits) if stop else spans


def _lengthened(text: str, spans: list[Span], at: int, habits: Habits) -> list[Span]:
    """Let a thought found go on through the next sentences, as long as they too are told as it is and not as the book."""
    if not spans or not spans[-1].note.applied or habits.told != "third past":
        return spans
    end = start = at + len(text[at : at + 8]) - len(text[at : at + 8].lstrip())
    while end < len(text) and text[end] not in "“‘":
        match = _SENTENCE.match(text, end)
        if not match or not _signs(_words(match[0]), habits) or "“" in match[0] or ": " in match[0]:
            break
        end = match.end()
    while end > start and text[end - 1] == " ":
        end -= 1
    if end <= start:
        return spans
    last = spans[-1]
    if last.end >= start - 1:
        return [*spans[:-1], last._replace(end=end, note=last.note._replace(end=end))]
    why = "goes on from a tagged thought, in its person or tense"
    return [*spans, Span(start, end, Note("thought", "thought-goes-on", 0.85, why, start, end))]


def _goes_on_narrating(clause: str) -> bool:
    """Tell `…, she thought, turning away` from a thought that goes on after its tag."""
    first = clause.split(None, 1)[0] if clause else ""
    return first.endswith("ing") or first in ("and", "as", "with", "his", "her", "while", "then") or "“" in clause


def _judged(text: str, parts: tuple[tuple[int, int], ...], rule: str, tag: str, habits: Habits) -> list[Span]:
    """Weigh a tagged stretch: first or second person, or the present, against the book's own way of telling."""
    clause = _words(" ".join(text[start:end] for start, end in parts))
    if not clause or clause[0] == "as" or (clause[0] in ("so", "what", "than") and len(clause) == 1):
        return []
    signs = _signs(clause, habits)
    past = _in_past(clause)
    if signs:
        confidence, why, applied = 0.93, f"{tag}; {' and '.join(signs)}", True
    elif not past and len(clause) <= 6 and not any(word in THIRD for word in clause):
        confidence, why, applied = 0.85, f"{tag}; a fragment without a verb in the past", True
    else:
        confidence, why, applied = 0.3, f"{tag}, but it may be reported: nothing tells it from narration", False
    if past and applied and not habits.told.startswith("third"):
        confidence, why, applied = 0.5, f"{why}; but the book itself is told so", False
    return [
        Span(start, end, Note("thought", rule, confidence, why, start, end, applied)) for start, end in parts if end - start > 1
    ]


def _signs(clause: list[str], habits: Habits) -> list[str]:
    """Name what tells a thought from the narration around it."""
    signs = []
    if habits.told.startswith("third") and any(word in FIRST for word in clause):
        signs.append("first person")
    if habits.told != "second" and any(word in SECOND for word in clause):
        signs.append("second person")
    if habits.told != "third present" and any(word in PRESENT for word in clause) and not _in_past(clause):
        perfect = "must" in clause and "have" in clause
        if not perfect:
            signs.append("present tense")
    return signs


def _sentence_start(text: str, end: int) -> int:
    """Go back from a tag to the beginning of its sentence; to `end` if that is too far."""
    edge = max(0, end - _FURTHEST)
    start = edge
    for mark in (". ", "? ", "! ", "… ", "” ", "’ "):
        at = text.rfind(mark, edge, end - 1)
        if at >= 0 and (mark != "’ " or text[at - 1] in ".?!…"):
            start = max(start, at + len(mark))
    return start if start > edge or edge == 0 else end


def _sentence_end(text: str, start: int) -> int:
    match = _SENTENCE.match(text, start)
    return start + len(match[0].rstrip()) if match else start


# ── untagged ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _untagged(text: str, habits: Habits) -> list[Span]:
    """Find a whole paragraph of imperatives or second person in a book told in the third person and the past."""
    if not habits.told.startswith("third"):
        return []
    if not _may_address(text):
        if "I " in text or "I’" in text or " my " in text or " me" in text:
            return _first_person(text, habits)
        return _border(text) if len(text) < _SHORT and (text.count(". ") > 1 or text.startswith("Let ")) else []
    clauses = _sentences(text)
    kinds = [_kind(clause) for clause in clauses]
    commands, addressed = kinds.count("command"), kinds.count("address")
    if commands or addressed:
        addressed += kinds.count("perhaps address")
    weak, fragments = kinds.count("weak"), kinds.count("fragment")
    length = sum(len(clause) for clause in clauses)
    if not commands and not addressed:
        return _first_person(text, habits)
    why = "outside speech, " + ", ".join(_reasons(commands + weak, addressed, fragments))
    plain = len(kinds) == commands + addressed + weak + fragments and length <= _MOST_WORDS
    closing = kinds[-1] in ("command", "address", "perhaps address", "weak")
    if plain and closing and length >= 3 and habits.told == "third past":
        return [Span(0, len(text), Note("thought", "inner-voice", 0.85, f"{why}, in a story told in the past", 0, len(text)))]
    if 2 * (commands + addressed + weak) >= len(kinds) and length <= _MOST_WORDS:
        lacking = "; not all of it" if not plain else "; too little to be sure"
        return [Span(0, len(text), Note("thought", "inner-voice", 0.5, why + lacking, 0, len(text), applied=False))]
    return _first_person(text, habits)


def _border(text: str) -> list[Span]:
    """Offer what is told as narration is, yet sounds like a voice: a refrain of fragments, a wish."""
    clauses = _sentences(text)
    if len(clauses) > 2 and all(len(clause) <= 5 and not _in_past(clause) and PRESENT.isdisjoint(clause) for clause in clauses):
        why = f"a refrain of {count(len(clauses), 'fragment')}, without address or command"
    elif len(clauses) == 1 and clauses[0][0] == "let" and not _in_past(clauses[0]):
        why = "a wish about somebody else"
    else:
        return []
    return [Span(0, len(text), Note("thought", "inner-voice", 0.3, why, 0, len(text), applied=False))]


def _first_person(text: str, habits: Habits) -> list[Span]:
    """Offer a whole paragraph in the first person and the present, in a book told in the third person and the past."""
    if habits.told != "third past":
        return []
    clauses = _sentences(text)
    if not all(_signs(clause, habits) for clause in clauses) or not any(not FIRST.isdisjoint(clause) for clause in clauses):
        return []
    why = "outside speech, all in the first person or the present, in a story told in the third person and the past"
    return [Span(0, len(text), Note("thought", "inner-person", 0.6, why, 0, len(text), applied=False))]


def _reasons(commands: int, addressed: int, fragments: int) -> Iterator[str]:
    if commands:
        yield count(commands, "imperative")
    if addressed:
        yield count(addressed, "sentence") + " in the second person"
    if fragments:
        yield count(fragments, "fragment")


def _may_address(text: str) -> bool:
    """Look quickly for a second person or a sentence that begins with a commanding verb."""
    return "you" in text or "You" in text or not _OPENERS.isdisjoint(_CAPITALISED.findall(text))


def _sentences(text: str) -> list[list[str]]:
    return [clause for match in _SENTENCE.finditer(text) if (clause := _words(match[0]))]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _kind(clause: list[str]) -> str:
    """Class a sentence: command, weak (a command that may be a noun), address, perhaps address, fragment, or narration."""
    # `You have kept him waiting` is told now, though its participle looks like a past.
    past = _in_past(clause) and not (clause[:2] == ["you", "have"] and SPEAKING.isdisjoint(clause))
    third = any(word in THIRD for word in clause)
    second = any(word in SECOND for word in clause)
    lead = 0
    while lead < len(clause) - 1 and clause[lead] in LEADS:
        lead += 1
    verb = clause[lead]
    forbidding = lead > 0 and clause[lead - 1] in ("don’t", "never")
    follows = clause[lead + 1] if lead + 1 < len(clause) else ""
    if verb == "let" and follows in THIRD and not (second or forbidding):
        return "narration"  # a wish about somebody else: free indirect speech
    if past and not second:
        return "narration"
    if not past and (verb in COMMANDS or (forbidding and verb in WEAK_COMMANDS)) and follows not in ("is", "are"):
        return "command"
    if clause[0] == "don’t" and len(clause) > 1:
        return "command"
    if second:
        if not {"could", "would", "might", "can"}.isdisjoint(clause):
            return "narration"  # `you could see the sea`: anybody could
        if past and (third or not SPEAKING.isdisjoint(clause)):
            return "narration"
        return "perhaps address" if past and not _contracted(clause) else "address"
    if not past and verb in WEAK_COMMANDS and not third:
        return "weak"
    if len(clause) <= 4 and not past and not third and PRESENT.isdisjoint(clause):
        return "fragment"
    return "narration"


def _contracted(clause: list[str]) -> bool:
    return any(word.startswith("you’") for word in clause)


def _in_past(clause: list[str]) -> bool:
    return any(word in PAST or (word.endswith("ed") and len(word) > 3 and word not in NOT_PAST) for word in clause)


# ── acting ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _apply(runs: tuple[Run, ...], spans: list[Span]) -> Styled:
    """Set the spans in italic, emphasis inside them in roman, and take away their quotation marks."""
    wanted = [span for span in sorted(spans) if not _already(runs, span)]
    done = [span for span in wanted if span.note.applied]
    notes = tuple(span.note for span in wanted)
    if not done:
        return Styled(runs, notes)
    dropped = sorted(at for span in done for at in span.drop)
    edges = sorted({edge for span in done for edge in (span.start, span.end, *span.drop, *(at + 1 for at in span.drop))})
    turned = join_runs(list(_turned(runs, done, edges, set(dropped))))
    if not survives(turned):
        return Styled(runs)
    return Styled(turned, shift(notes, dropped))


def _turned(runs: tuple[Run, ...], done: list[Span], edges: list[int], dropped: set[int]) -> Iterator[Run]:
    """Cut the runs at the edges, and turn italic to roman and roman to italic inside the spans."""
    starts = [span.start for span in done]
    at = 0
    for run in runs:
        end = at + len(run.text)
        for a, b in pairwise([at, *edges[bisect_right(edges, at) : bisect_left(edges, end)], end]):
            if a not in dropped:
                k = bisect_right(starts, a) - 1
                inside = k >= 0 and a < done[k].end
                yield Run(run.text[a - at : b - at], run.italic != inside, run.strong)
        at = end


def _already(runs: tuple[Run, ...], span: Span) -> bool:
    """Tell whether the author marked a good part of the stretch."""
    if len(runs) == 1:
        return runs[0].italic
    at = marked = 0
    for run in runs:
        end = at + len(run.text)
        if run.italic:
            marked += max(0, min(end, span.end) - max(at, span.start))
        at = end
    return marked > 0.4 * (span.end - span.start)
