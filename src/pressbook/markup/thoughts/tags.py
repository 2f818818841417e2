"""Who thinks, in so many words: verbs of thinking with their subjects and adverbs, and how the thought stands to them.

A verb of thinking tags a thought by itself; one of telling where its object is the thinker (`told herself`); one of saying
where nobody hears it (`begged silently`, `in his head`) or where what says it is no person (`her brain supplied`).
"""

import re
from typing import Literal, NamedTuple, TypeAlias

from pressbook.markup.lexicon import KNOWING, SAYING, TELLING, THINKING, Form, words
from pressbook.markup.table import Told

Stretch: TypeAlias = tuple[int, int]
Link: TypeAlias = Literal["", "after", "before", "colon", "between", "leading"]


class Tag(NamedTuple):
    """Who thinks, in so many words: `she thought sadly`."""

    start: int
    end: int
    """Past its adverbs, at its punctuation."""
    link: Link
    """How the thought stands that it tags: the tag comes after it, before it (with a colon, even) or between its halves.

    A sentence that only leads up to a tag is `leading`.
    """
    own: bool = False
    """Whether it says that the thought is told to oneself: `told herself`, `begged silently`, `said a small voice`."""


class Verb(NamedTuple):
    """A verb that may tag a thought."""

    start: int
    end: int
    """Past its object and what says that nobody hears it."""
    form: Form
    own: bool = False
    alone: bool = False
    """Whether it holds its own subject: `came the thought`."""
    knows: bool = False
    """Whether it tags only what it follows."""


_SELF = r"(?:(?:him|her|it|my|your|one)self|(?:them|our)selves)"
_WHOSE = r"(?:[Hh]is|[Hh]er|[Mm]y|[Yy]our|[Tt]heir|[Oo]ur|[Ii]ts)"
_UNHEARD = words("silently inwardly mentally internally privately wordlessly")
_SEAT = r"(?:mind|brain|head|skull|heart|thoughts)"
_VOICE = (
    rf"(?:{_WHOSE} (?:\w+ ){{0,2}}?(?:mind|brain|conscience|instincts?|heart|guts?|belly|stomach|subconscious|reason)"
    r"|(?:[Tt]he|[Aa]|[Tt]hat|[Ss]ome|[Aa]nother|" + _WHOSE + r") (?:(?!(?:a|the|some) )\w+ ){0,2}?"
    rf"(?:(?:little|small|tiny|still|inner|nagging|sly|traitorous|treacherous|rational|sensible) (?:\w+ )?voice"
    rf"(?: (?:in|inside|at|from|of|within)\b[^.,:;!?…—“”‘’]{{1,40}})?"
    rf"|voice (?:deep )?(?:in|inside|at the back of|from the back of) {_WHOSE} (?:\w+ )?{_SEAT}|voice (?:inside|within) \w+"
    rf"|part of (?:{_WHOSE} (?:own )?{_SEAT}|him|her|me|you|them|us|{_SELF}))"
    r"|[Ee]very (?:instinct|nerve|fib(?:re|er))(?: (?:in|of) \w+(?: \w+)?)?)"
)
"""A mind, or a voice that is said to be in one: what it says is thought."""
_VOICE_BEFORE = re.compile(rf"(?:^|(?<=[\s—(])){_VOICE}(?: that| had| has| was| is| then| \w+ly)*$")
_VOICE_AFTER = re.compile(rf" {_VOICE}\b(?: (?:that|which) [^.,:;!?…—“”‘’]{{1,90}})?")
_TO_SELF = re.compile(rf" {_SELF}\b")
_OBJECT = re.compile(r" (?:him|her|them|it|you|me)\b")
_INWARD = re.compile(
    rf"(?: (?:him|her|them|it|you|me|(?:the|his|her|my) \w+))?(?: \w+ly)?"
    rf" (?:to {_SELF}|(?:in|inside) {_WHOSE} (?:own )?{_SEAT}|{'|'.join(sorted(_UNHEARD))})\b"
)
_THOUGHT_ITSELF = re.compile(
    rf"(?:came|went|ran) the thought\b|through {_WHOSE.lower()} (?:mind|head|brain)\b"
    rf"|(?:was|were|is) (?:{_WHOSE} (?:\w+ ){{0,2}}thoughts?\b"
    r"|(?:all|the (?:first|only|last) thing)(?: that)? (?:\w+ ){1,2}(?:(?:could|can) think|thought|thinks)\b)"
)
_UNSAID = re.compile(r"\b(?:want(?:ed|s)?|long(?:ed|s)?|ached?|had|have|has|was about|is about) to$")
"""What leads to saying, and says that it was not said: `she wanted to scream`, `he had to admit`."""
_SAID_NOT = re.compile(r"\b(?:did|does|do)(?: not|n’t)$")
"""What stands before the verb where all that was not said is the thought: `You fool, she did not say`."""
_COMING = words("occurred struck dawned came")
_IT_BEFORE = re.compile(r"\b([Ii]t (?:had |then )?)$")
_COMES_TO = re.compile(r"(?: (?:to|on|upon))? (?:him|her|me|you|them|[A-Z]\w+)\b")
_TURNS = words("came went ran through was were is")
_NAME = (
    r"(?:(?:(?:Mr|Mrs|Ms|Dr|St)\. )?[A-Z](?:[\w-]|’(?!t\b))*"
    r"|(?:the|his|her|my|their|[Tt]he|[Hh]is|[Hh]er|[Mm]y) (?:\w+ )?\w+)"
)
_LEAD = (
    r"(?:(?:had|has|have|was|were|is|am|are|then|now|just|only|still|also|could|can|\w+ly) "
    r"|(?:had|has|have|dared|tried|began|wants?|wanted|longed|ached|about)(?: time)? to "
    r"|(?:could|can)(?: ?not|n’t|’t)? help (?:but )?|kept |keeps "
    rf"|(?:let|lets|made|makes|found|finds|caught|catches|heard|hears) {_SELF} |(?:allowed|allows|permitted) {_SELF} to )"
)
_SUBJECT_BEFORE = re.compile(
    rf"(?:^|(?<=[\s—(]))((?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|[Ii]t|[Yy]ou|{_NAME}(?: [A-Z][\w’-]*){{0,2}}) ({_LEAD}*))$"
)
_SUBJECT_AFTER = re.compile(rf" (?:he|she|they|I|we|you|{_NAME}(?: [A-Z][\w’-]*){{0,2}})\b(?!’)")
_TAIL = re.compile(
    rf"(?: (?:(?:quite |rather |almost |very |so |more )?\w+ly|again|then|now|still|too|at last|to (?:{_SELF}|him|her|them|the \w+)"
    r"|to (?:nobody|no one|anyone|anybody|whoever)\b[^.,:;!?…—“”‘’]{0,60}"
    r"|(?:with|in|as|through|from|between|under|amid|after|while|when|before|without|inside|beneath|above|below|across"
    r"|at|back|for|like|over|upon|despite|toward|towards)\b[^.,:;!?…—“”‘’]{0,90})(?=[ .,:;!?…—]|$))*"
)
_ASIDE = re.compile(
    r", (?:(?:half|almost|rather|quite|a little|not) )?(?!need|indeed|speed|hundred|sacred)"
    r"(?:(?:\w{2,}ed|unbidden|aghast|furious|angry|sick|numb|weary|bitter|giddy|desperate|frantic)\b[^.,:;!?…—“”‘’]{0,60}"
    r"|(?!(?:real|final|sure|honest|certain|probab|possib|lucki|hopeful|clear|obvious|actual|on|natural|thankful|definite)ly)\w{3,}ly)"
    r"(?=[.,:;!?…—]|$)"
)
"""How somebody thought it, after a comma: `, amused`, `, surprised at himself`, `, absurdly`."""
_IN_PASSING = re.compile(r", (?:not (?:for|without)|for (?:the|a)|with|without|as|in spite of)\b[^.,:;!?…—“”‘’]{1,60}(?=, )")
"""What stands between a tag and the thought that it leads to: `, not for the first time,`."""
_NO_SUBJECT = words(
    """
    And But So Then As When While If What How Why Yet Or Perhaps Maybe Because Though Never Once After Before That Which Who The A
    An His Her My Their Its This No Some Any Every In On At With Of For
    """
)
_SUBORDINATE = words("as when while until what which that than if because since though where who how why whom")
_PLURAL = words("i you we they")
_HEDGING = words("suppose guess hope reckon imagine believe fear suspect judge expect")
"""What a narrator says of his own words in passing (`It was Tuesday, I suppose`): no thought is quoted there."""
_TRUE_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’-][^\W_]+)*")
_SMALL_WORD = re.compile(r"\b[a-z]+\b")

CUES = (
    frozenset(THINKING)
    | frozenset(KNOWING)
    | _UNHEARD
    | words("himself herself itself myself yourself oneself themselves ourselves through thought thoughts think")
    | words("not didn’t don’t doesn’t")
    | words("admit concede confess acknowledge want wants wanted longed ached about occurred struck dawned")
    | words("mind brain conscience instinct instincts heart gut guts belly stomach subconscious reason voice part nerve head skull")
)
"""Words one of which stands in every tag."""
_VERBS = _TURNS.union(_COMING, TELLING, THINKING, KNOWING, SAYING)


def words_of(text: str) -> list[str]:
    """List the words, in lower case."""
    return _TRUE_WORD.findall(text.lower())


def tags_of(text: str, stretches: list[Stretch], told: Told = "unknown") -> list[Tag]:
    """Find the tags outside speech that a thought stands beside, in a story told so."""
    tags: list[Tag] = []
    reached = 0
    for start, end in stretches:
        for word in _SMALL_WORD.finditer(text, start, end):
            if word[0] not in _VERBS or word.start() < reached or not (verb := _verb(text, word)):
                continue
            if start <= verb.start and verb.end <= end and (tag := _tag(text, verb, (start, end), told)):
                tags.append(tag)
                reached = tag.end
    return tags


def _verb(text: str, word: re.Match[str]) -> Verb | None:
    """Tell a verb that tags thoughts, with what makes it one."""
    said = word[0]
    start, end = word.span()
    if (form := TELLING.get(said)) and (match := _TO_SELF.match(text, end)):
        return Verb(start, match.end(), form, own=True)
    if form := THINKING.get(said):
        before = text[max(0, start - 90) : start - 1]
        if voice := _VOICE_BEFORE.search(before):
            return Verb(start - 1 - len(before) + voice.start(), end, "past", own=True, alone=True)
        return Verb(start, end, form)
    if form := KNOWING.get(said):
        return Verb(start, end, form, knows=True)
    if said in _COMING and (it := _IT_BEFORE.search(text, max(0, start - 12), start)) and (match := _COMES_TO.match(text, end)):
        return Verb(it.start(1), match.end(), "past", alone=True)
    if said in _TURNS:
        match = _THOUGHT_ITSELF.match(text, start)
        return Verb(start, match.end(), "past", alone=True) if match else None
    return _said(text, word, form) if (form := SAYING.get(said)) else None


def _said(text: str, word: re.Match[str], form: Form) -> Verb | None:
    """Tell a verb of saying that tags a thought: a mind or its voice says it, nobody hears it, or it is not said at all."""
    start, end = word.span()
    before = text[max(0, start - 90) : start - 1]
    object_ = _OBJECT.match(text, end)
    done = object_.end() if object_ else end
    if voice := _VOICE_BEFORE.search(before):
        return Verb(start - 1 - len(before) + voice.start(), done, "past", own=True, alone=True)
    if match := _VOICE_AFTER.match(text, done):
        return Verb(start, match.end(), "past", own=True, alone=True)
    if match := _INWARD.match(text, end):
        return Verb(start, match.end(), form, own=True)
    if before[before.rfind(" ") + 1 :] in _UNHEARD:
        return Verb(start, end, form, own=True)
    if form == "base" and (unsaid := _SAID_NOT.search(before)):
        return Verb(start - 1 - len(before) + unsaid.start(), end, "past", knows=True)
    return Verb(start, end, form) if form == "base" and _UNSAID.search(before) else None


def _tag(text: str, verb: Verb, stretch: Stretch, told: Told) -> Tag | None:
    """Widen a verb of thinking by its subject and adverbs; None if it has no subject or tags nothing."""
    start, end = verb.start, verb.end
    edge = max(stretch[0], start - 80)
    before = None if verb.alone else _SUBJECT_BEFORE.search(text, edge, start)
    if text[stretch[0] - 1 : stretch[0]] == "”" and not text[stretch[0] : before.start(1) if before else start].strip():
        return None  # it tags the speech before it
    if before and before[1].split()[0] not in _NO_SUBJECT:
        if not _finite(text[verb.start : verb.end], verb.form, before[1], before[2], told):
            return None
        start = before.start(1)
    elif not verb.alone and verb.form in ("past", "present") and (after := _SUBJECT_AFTER.match(text, end)):
        end = after.end()
    elif not verb.alone and text[end : end + 1] != ":" and not _goes_on(text, verb):
        return None
    tail = _TAIL.match(text, end)
    end = min(tail.end() if tail else end, stretch[1])
    ahead = text[max(edge, start - 14) : start].rstrip()
    tagged = ahead[-1:] in (",", "?", "!", "…", "—", "’") and bool(ahead)
    if aside := (_ASIDE if tagged else _IN_PASSING).match(text, end, stretch[1]):
        end = aside.end()
    mark, follows = text[end : end + 1], text[end + 1 : end + 3]
    if mark and mark not in ".,:;!?…—":
        return None
    if ahead and words_of(ahead)[-1:] and words_of(ahead)[-1] in _SUBORDINATE and ahead[-1:].isalnum():
        return None
    opens = (mark in (",", "—") and follows.strip()[:1].isupper()) or follows == " ‘"
    if tagged and mark == "," and follows[:1] == " " and (follows[1:2].islower() or text[end + 2 : end + 4] in ("I ", "I’")):
        return Tag(start, end, "between", verb.own)
    if tagged and mark != ":":
        return Tag(start, end, "after", verb.own)
    if verb.knows:
        return None
    if mark == ":":
        return Tag(start, end, "colon", verb.own)
    return Tag(start, end, "before", verb.own) if opens or (mark == "," and follows[1:2].islower()) else None


def _goes_on(text: str, verb: Verb) -> bool:
    """Tell a verb that shares its subject with the one before it, and has its thought after it: `and thought, She …`."""
    return verb.form in ("past", "present") and text.endswith((" and ", " but ", " then "), 0, verb.start)


def _finite(verb: str, form: Form, subject: str, lead: str, told: Told) -> bool:
    """Tell whether a verb's form goes with its subject and what stands between: `you think`, `had to admit`, `was thinking`."""
    led = lead.split()
    if form == "base":
        if not led and verb in _HEDGING and subject.strip() == "I":
            return False
        plain = told.endswith("present") and subject.split(maxsplit=1)[0].lower() in _PLURAL
        return plain or led[-1:] in (["to"], ["but"]) or "self" in lead
    if form == "going":
        return led[-1:] in (["was"], ["were"], ["is"], ["am"], ["are"], ["help"], ["kept"], ["keeps"]) or "self" in lead
    return True
