"""Inner monologue: tagged thoughts, and the inner voice that needs no tag, in its plainest cases.

Every rule weighs reasons that it can name; where they do not suffice it offers, and the author decides.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pressbook.markup.italics import join_runs
from pressbook.markup.lexicon import (
    COMMANDS,
    FIRST,
    LEADS,
    NOT_PAST,
    PAST,
    PRESENT,
    SECOND,
    THINKING,
    THIRD,
    WEAK_COMMANDS,
)
from pressbook.markup.table import Habits, Note, Styled, count, shift
from pressbook.model.story import Run

_SUBJECT = r"(?:he|she|they|I|we|(?:the )?[A-Z][\w’-]{1,20}(?: [A-Z][\w’-]{1,20})?|the \w{2,15})"
_ADVERB = r"(?: (?:\w{2,15}ly|again|then|to (?:him|her|my)self))?"
_TAG = rf"(?:{_SUBJECT}(?: had)?(?: \w{{2,15}}ly)? (?:{THINKING})|(?:{THINKING}) {_SUBJECT})"
_QUOTED = re.compile(rf"‘([^‘“”\n]{{1,600}}?[,.!?…—–])’(?=,? {_TAG}\b(?! (?:that|if|whether|of|about)\b))")
_QUOTED_AFTER = re.compile(rf"(?:{_TAG}){_ADVERB}[,:] ‘([^‘“”\n]{{1,600}}?[.!?…—–])’(?=[\s]|$)")
_QUOTED_ALONE = re.compile(r"‘([^‘“”\n]{1,600}[.!?…—–])’")
_AFTER = re.compile(
    rf"(?<=[,?!…]) (?={_TAG}\b{_ADVERB}(?:[.,;:!?—–…]|$| (?:as|with|while|when|and|in|at|to)\b)(?! (?:that|if|whether|of|about)\b))"
)
_BEFORE = re.compile(rf"\b{_SUBJECT} (?:{THINKING}){_ADVERB}[,:] (?=[A-Z])")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[”’)]*\s*|[.!?…]+\s*")
_WORD = re.compile(r"[^\W_]+(?:[’-][^\W_]+)*")
_SPEECH = re.compile(r"“[^”]*(?:”|$)")
_LONGEST = 400
"""A longer paragraph is no plain case."""


class Span(NamedTuple):
    """A stretch of a paragraph that may be thought."""

    start: int
    end: int
    note: Note
    drop: tuple[int, ...] = ()
    """Where single quotation marks stand that a thought in italic does without."""


def set_thoughts(runs: tuple[Run, ...], habits: Habits) -> Styled:
    """Set thoughts in italic, as far as the house wants it."""
    level = habits.house.thoughts
    if level in ("off", "marked"):
        return Styled(runs)
    text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
    spans: list[Span] = []
    if habits.speech == "double" and "‘" in text and "’" in text:
        spans += _quoted(text)
    if not spans and (
        "though" in text or "think" in text or "wonder" in text or "mused" in text or "self" in text or "pray" in text
    ):
        spans += _tagged(text, habits)
    if level == "auto" and not spans and len(text) <= _LONGEST and "“" not in text and "‘" not in text and "”" not in text:
        spans += _untagged(text, habits)
    return _apply(runs, spans) if spans else Styled(runs)


# ── tagged ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _quoted(text: str) -> list[Span]:
    """Find thoughts in single quotation marks with a verb of thinking beside them."""
    speech = [match.span() for match in _SPEECH.finditer(text)]
    spans = []
    for pattern in (_QUOTED, _QUOTED_AFTER):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if not any(a < end and start < b for a, b in speech) and not any(s.start < end and start < s.end for s in spans):
                note = Note(
                    "thought", "thought-quoted", 0.97, "single quotation marks and a verb of thinking beside them", start, end
                )
                spans.append(Span(start, end, note, (start - 1, end)))
    if not spans and text[0] == "‘" and text[-1] == "’" and (match := _QUOTED_ALONE.fullmatch(text)):
        evidence = "a paragraph in single quotation marks, in a book whose speech has double ones"
        note = Note("thought", "thought-quoted-alone", 0.6, evidence, 1, len(text) - 1, applied=False)
        spans.append(Span(1, len(text) - 1, note))
    return spans


def _tagged(text: str, habits: Habits) -> list[Span]:
    """Find thoughts without quotation marks whose tag stands after or before them."""
    speech = [match.span() for match in _SPEECH.finditer(text)] if "“" in text else []
    spans: list[Span] = []
    for match in _AFTER.finditer(text):
        end = match.start()
        start = _sentence_start(text, end)
        _judge(text, start, end, "thought-tag-after", "a verb of thinking after it", habits, speech, spans)
    for match in _BEFORE.finditer(text):
        start = match.end()
        end = _sentence_end(text, start)
        _judge(text, start, end, "thought-tag-before", "a verb of thinking and a capital before it", habits, speech, spans)
    return sorted(spans)


def _judge(
    text: str, start: int, end: int, rule: str, tag: str, habits: Habits, speech: list[tuple[int, int]], spans: list[Span]
) -> None:
    """Weigh a tagged stretch: first or second person or the present against the book's past; a past without them is reported."""
    if end - start < 2 or any(a < end and start < b for a, b in speech) or any(s.start < end and start < s.end for s in spans):
        return
    clause = text[start:end]
    words = _words(clause)
    if not words or words[0] in ("as", "so", "when", "while", "if", "because", "though", "what", "but") and words[-1:] == ["he"]:
        return
    signs = _signs(words, habits)
    past = _in_past(words)
    if signs and not (past and signs == ["a question"]):
        confidence, why, applied = 0.93, f"{tag}; {' and '.join(signs)}", True
    elif not past and len(words) <= 6 and not any(word in THIRD for word in words):
        confidence, why, applied = 0.85, f"{tag}; a fragment without a verb in the past", True
    else:
        confidence, why, applied = 0.3, f"{tag}, but it may be reported: it is in the past", False
    if habits.told in ("first", "unknown") and past and applied:
        confidence, why, applied = 0.5, f"{why}; but the book itself is told so", False
    spans.append(Span(start, end, Note("thought", rule, confidence, why, start, end, applied)))


def _signs(words: list[str], habits: Habits) -> list[str]:
    """Name what tells a thought from the narration around it."""
    signs = []
    if habits.told.startswith("third") and any(word in FIRST for word in words):
        signs.append("first person")
    if habits.told != "second" and any(word in SECOND for word in words):
        signs.append("second person")
    if habits.told != "third present" and any(word in PRESENT for word in words) and not _in_past(words):
        signs.append("present tense")
    return signs


def _sentence_start(text: str, end: int) -> int:
    """Go back from a tag to the beginning of its sentence."""
    edge = max(0, end - 400)
    start = edge
    for mark in (". ", "? ", "! ", "… ", "” "):
        at = text.rfind(mark, edge, end - 1)
        start = max(start, at + len(mark)) if at >= 0 else start
    return start if start > edge or edge == 0 else end


def _sentence_end(text: str, start: int) -> int:
    match = _SENTENCE.match(text, start)
    return start + len(match[0].rstrip()) if match else start


# ── untagged ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _untagged(text: str, habits: Habits) -> list[Span]:
    """Find a whole paragraph of imperatives or second person in a book told in the third person and the past."""
    if not habits.told.startswith("third") or not _may_address(text):
        return []
    kinds = [_kind(sentence, habits) for sentence in _sentences(text)]
    commands, addressed = kinds.count("command"), kinds.count("address")
    weak, fragments = kinds.count("weak"), kinds.count("fragment")
    reasons = []
    if commands + (weak if commands or weak > 1 else 0):
        reasons.append(count(commands + weak, "imperative"))
    if addressed:
        reasons.append(count(addressed, "sentence") + " in the second person")
    if fragments:
        reasons.append(count(fragments, "fragment"))
    if not commands and not addressed:
        return []
    words = len(text.split())
    why = "outside speech, " + ", ".join(reasons)
    plain = len(kinds) == commands + addressed + weak + fragments and words <= 60
    closing = kinds[-1] in ("command", "address", "weak")
    enough = words >= 3 and (commands + addressed > 1 or words >= 4)
    if plain and closing and enough and habits.told == "third past":
        return [Span(0, len(text), Note("thought", "inner-voice", 0.85, f"{why}, in a story told in the past", 0, len(text)))]
    if commands + addressed + weak >= 0.5 * len(kinds) and words <= 60:
        lacking = "; not all of it" if not plain else "; too little to be sure"
        note = Note("thought", "inner-voice", 0.5, why + lacking, 0, len(text), applied=False)
        return [Span(0, len(text), note)]
    return []


def _may_address(text: str) -> bool:
    """Look quickly for a second person or a sentence that begins with a commanding verb."""
    if "you" in text or "You" in text or "’t " in text:
        return True
    return any(first.strip(" .,!?…—").lower() in COMMANDS for first in _first_words(text))


def _first_words(text: str) -> Iterator[str]:
    yield text.split(None, 1)[0] if text.strip() else ""
    for part in text.replace("! ", ". ").replace("? ", ". ").replace("… ", ". ").split(". ")[1:]:
        words = part.split(None, 1)
        if words:
            yield words[0]


def _sentences(text: str) -> list[list[str]]:
    return [words for match in _SENTENCE.finditer(text) if (words := _words(match[0], keep_case=True))]


def _words(text: str, keep_case: bool = False) -> list[str]:
    words = _WORD.findall(text)
    return words if keep_case else [word.lower() for word in words]


def _kind(sentence: list[str], habits: Habits) -> str:
    """Class a sentence: command, weak (a command that may be a noun), address, fragment, or narration."""
    words = [word.lower() for word in sentence]
    past = _in_past(words)
    third = any(word in THIRD for word in words)
    second = any(word in SECOND for word in words)
    lead = 0
    while lead < len(words) - 1 and words[lead] in LEADS:
        lead += 1
    verb = words[lead]
    forbidding = lead > 0 and words[lead - 1] in ("don’t", "never")
    follows = words[lead + 1] if lead + 1 < len(words) else ""
    if verb == "let" and follows in THIRD and not (second or forbidding):
        return "narration"
    if past and not second:
        return "narration"
    if not past and (verb in COMMANDS or (forbidding and verb in WEAK_COMMANDS)) and follows not in ("is", "was", "are", "were"):
        return "command"
    if words[0] == "don’t" and len(words) > 1:
        return "command"
    if second:
        generic = "could" in words or "would" in words or "might" in words or "can" in words or (past and not _contracted(words))
        return "narration" if generic else "address"
    if not past and verb in WEAK_COMMANDS and not third:
        return "weak"
    if len(words) <= 4 and not past and not third and not any(word in PRESENT for word in words):
        return "fragment"
    return "narration"


def _contracted(words: list[str]) -> bool:
    return any(word.startswith("you’") for word in words)


def _in_past(words: list[str]) -> bool:
    return any(word in PAST or (word.endswith("ed") and len(word) > 3 and word not in NOT_PAST) for word in words)


# ── acting ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _apply(runs: tuple[Run, ...], spans: list[Span]) -> Styled:
    """Set the spans in italic, emphasis inside them in roman, and take away their quotation marks."""
    wanted = [span for span in sorted(spans) if not _already(runs, span)]
    done = [span for span in wanted if span.note.applied]
    notes = tuple(span.note for span in wanted)
    if not done:
        return Styled(runs, notes)
    cuts = sorted(
        {0, *(edge for span in done for edge in (span.start, span.end)), *(at + k for s in done for at in s.drop for k in (0, 1))}
    )
    dropped = sorted(at for span in done for at in span.drop)
    gone = set(dropped)
    parts: list[Run] = []
    at = 0
    for run in runs:
        end = at + len(run.text)
        edges = [at, *(cut for cut in cuts if at < cut < end), end]
        for a, b in zip(edges, edges[1:], strict=False):
            if a in gone:
                continue
            inside = any(span.start <= a < span.end for span in done)
            parts.append(Run(run.text[a - at : b - at], run.italic != inside, run.strong))
        at = end
    return Styled(join_runs(parts), shift(notes, dropped))


def _already(runs: tuple[Run, ...], span: Span) -> bool:
    """Tell whether the author marked most of the stretch."""
    if len(runs) == 1:
        return runs[0].italic
    at = marked = 0
    for run in runs:
        end = at + len(run.text)
        if run.italic:
            marked += max(0, min(end, span.end) - max(at, span.start))
        at = end
    return marked > 0.3 * (span.end - span.start)
