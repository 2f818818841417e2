"""A scene read for its thoughts, paragraph by paragraph: what one holds tells how the next is meant."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from pressbook.markup.lexicon import (
    COMMANDS,
    EXCLAIMING,
    FIRST,
    GUESSING,
    MIND,
    POINTING,
    PRESENT,
    SAID,
    SECOND,
    THIRD,
    WEAK_COMMANDS,
    words_among,
)
from pressbook.markup.table import Habits, Note, Styled, shift
from pressbook.markup.thoughts.italic import Cover, Span, cover_of, set_italic
from pressbook.markup.thoughts.quoted import quoted_thoughts
from pressbook.markup.thoughts.runs import OPENING, Best, Weighed, best_stretches, confidence
from pressbook.markup.thoughts.sentences import Sentence, cut, outside_speech
from pressbook.markup.thoughts.signs import SIGNS, weigh
from pressbook.markup.thoughts.tags import CUES, Stretch, tags_of, words_of
from pressbook.markup.untouched import holds_address
from pressbook.model.story import Run

APPLIED = 0.8
"""A thought that sure is set in italic."""
OFFERED = 0.3
"""A thought less sure than this is not even offered."""
_WHOLE = 1.2
"""A paragraph that is all of a piece speaks for a thought, in log-odds."""
_GOING_ON = 1.5
"""So does a thought at the end of the paragraph before."""
_DOUBTFUL = 0.0
"""What a thought weighs at most, in log-odds, where it may as well be something said or written: it is offered, not done."""
_NEAR = 3
"""How many paragraphs on either side tell whether somebody else says `I` here."""
_LETTER = 20
"""The paragraphs that a letter without an end may have at most."""
_MOST_READINGS = 3
"""So often at most a paragraph is read once more."""
_REFRAIN = 4
"""The words that a refrain may have at most."""
_WINDOW = 2048
"""So many sentences are weighed together; a stretch with more is read on from there."""
_LONGEST = 2 * _WINDOW
"""A paragraph of more characters is never all of a piece."""
_BRIEF = 120
"""A paragraph of at most as many characters may be a refrain of fragments, which shows in no single word."""
_CUES = frozenset(
    cased for word in FIRST | SECOND | PRESENT for cased in (word, word.capitalize(), word.replace("i", "I", 1))
) | frozenset(word.capitalize() for word in COMMANDS | WEAK_COMMANDS | EXCLAIMING)
"""Words one of which stands in every thought without a tag but the briefest: what has none of them need not be weighed."""
_ANY_CUES = CUES | _CUES
_TELLING = FIRST | SECOND | THIRD | PRESENT | COMMANDS | WEAK_COMMANDS | EXCLAIMING | POINTING | GUESSING | {"this"}
"""Words one of which, in small letters, stands in every sentence with a sign for a thought, unless its marks or its tag are one."""
_PARTED = re.compile(r"[‘“!?]|[.…][)’]?\s|—[A-Z]|[,:] [A-Z]")
"""What may part two sentences, open a quotation, or tell a cry or a question."""
_SAID = "|".join(sorted(SAID))
_BARE_SPEECH = re.compile(
    rf"[,?!…—] (?:(?:he|she|they|it|I|we|(?:[A-Z][\w’-]+|the \w+)(?: [A-Z]\w+)?) (?:had )?(?:{_SAID})"
    rf"(?! (?:to )?(?:him|her|my|it|them)sel)|(?:{_SAID}) (?:he|she|they|it|I|we|[A-Z][\w’-]+|the \w+))\b"
)
"""A tag of speech where there are no quotation marks."""
_OTHER_MARKS = re.compile(r"::|<[^<>]{1,400}>|\[[^\[\]]{1,400}\]|«")
"""What authors put around speech that is no sound: telepathy, machines, translations."""
_WRITTEN = re.compile(
    r"(?i)P\. ?(?:P\. ?)?S\.|PS\b|[(\[]? ?(?:a/n\b|(?-i:AN):|author[’']?s?[’']? note|note:)"
    r"|([~♪♫|=+/]{1,3}).{2,200}\1$|\(.*\)$"
)
"""What a hand wrote, no mind thought: a postscript, a note, an aside in brackets, a song's line between signs."""
_ADDRESSED = re.compile(r"(?i)[^\n]*(?:\w@\w|://|www\.)")
"""So is an address."""
_LABELLED = re.compile(r"[\[(<]?[^\W_][\w.’ -]{0,23}[\])>]?: ")
"""A message or a line of a play, behind its speaker's name."""
_MOST_LABELS = 2
"""A colon after a few words may be anything; in more paragraphs than so many, and after the same words, it follows names."""
_NARRATOR = re.compile(
    r"I(?<!\wI) (?:was|had|did|went|came|saw|said|told|took|knew|felt|could|turned|looked|asked|walked|stood|\w{2,}ed)\b"
)
_SALUTATION = re.compile(
    r"(?:My |To my )?(?:[Dd]ear(?:est)?|[Bb]eloved)\b[^.!?]{0,50}[,:—!]?$|To (?:the|my|whom|all)\b[^.!?]{0,50}[,:]$"
)
_FAREWELL = re.compile(
    r"(?:Yours|Love|With (?:all )?(?:my )?love|Sincerely|Respectfully|Faithfully|Regards|Best|Kind(?:est)? regards|Affectionately"
    r"|Your (?:\w+ ){1,3}|Signed|P\. ?S\.|PS)\b.{0,60}$"
)
_INITIALS = re.compile(r"(?:[A-Z]\. ?){1,3}$")
"""How a letter may be signed, and nothing else."""
_SIGNATURE = re.compile(r"[—–-] ?[A-Z][^.!?]{1,60}$")


def set_thoughts(scene: Sequence[tuple[Run, ...]], habits: Habits) -> list[Styled]:
    """Set the thoughts of consecutive paragraphs in italic, as far as the house wants it."""
    if habits.house.thoughts in ("off", "marked"):
        return [Styled(runs) for runs in scene]
    texts = [runs[0].text if len(runs) == 1 else "".join(run.text for run in runs) for runs in scene]
    doubted = _doubted(texts, habits)
    styled: list[Styled] = []
    known: dict[tuple[int, bool, bool], Styled] = {}
    """What stands there again, in one value, is thought or not as before."""
    going_on = voiced = False
    above = ""
    for runs, text, doubtful in zip(scene, texts, doubted, strict=True):
        voiced = (voiced and _is_voice(styled[-1], above)) or (above[-1:] == ":" and MIND.isdisjoint(words_of(above[-80:])))
        asked = (id(runs), going_on, voiced or doubtful)
        if (found := known.get(asked)) is None:
            # Where a dash opens speech, nothing else tells it from what is told.
            spoken = habits.house.quotes == "dash" and text[:1] in ("—", "–")
            read = text and not spoken
            known[asked] = found = _read(runs, text, habits, going_on, voiced or doubtful) if read else Styled(runs)
        styled.append(found)
        going_on = _ends_in_thought(found.runs)
        above = text
    return styled


def _read(runs: tuple[Run, ...], text: str, habits: Habits, going_on: bool, doubted: bool) -> Styled:
    """Set a paragraph's thoughts in italic; what is so set is read once more, as whoever reads it in italic will."""
    spans = _thoughts_of(runs, text, habits, going_on, doubted)
    styled = set_italic(runs, spans) if spans else Styled(runs)
    for _ in range(_MOST_READINGS):
        if styled.runs is runs:
            break
        runs = styled.runs
        text = "".join([run.text for run in runs])
        more = [span for span in _thoughts_of(runs, text, habits, going_on, doubted) if span.note.applied]
        again = set_italic(runs, more) if more else Styled(runs)
        if again.runs is not runs:
            styled = Styled(again.runs, shift(styled.notes, again.removed) + again.notes, _also(styled.removed, again.removed))
    return styled


def _also(removed: tuple[int, ...], more: tuple[int, ...]) -> tuple[int, ...]:
    """Add to the places where signs went those of signs that went afterwards, by the text before both."""
    gone = list(removed)
    for at in more:
        place = at
        for one in sorted(gone):
            place += one <= place
        gone.append(place)
    return tuple(sorted(gone))


def _is_voice(styled: Styled, text: str) -> bool:
    """Tell whether a paragraph is a voice from its first letter to its last, so that what announced it holds for the next."""
    offered = any(note.kind == "thought" and note.end - note.start >= 0.9 * len(text) for note in styled.notes)
    return offered or 10 * sum(len(run.text) for run in styled.runs if run.italic) >= 9 * len(text)


def _ends_in_thought(runs: tuple[Run, ...]) -> bool:
    """Tell whether a paragraph ends in italics of more than two words."""
    return runs[-1].italic and len(runs[-1].text.split()) > 2


def _doubted(texts: list[str], habits: Habits) -> list[bool]:
    """Tell in which paragraphs a voice without a tag may be a letter's, a narrator's, a speaker's whose marks are missing."""
    apart = {text: _is_apart(text) for text in dict.fromkeys(texts)}
    doubted = [apart[text] for text in texts]
    names = [match[0].casefold() if ": " in text[:30] and (match := _LABELLED.match(text)) else "" for text in texts]
    if len(texts) - names.count("") > _MOST_LABELS:
        times = Counter(names)
        for k, name in enumerate(names):
            # A sentence begins with a capital and goes on in small letters; a speaker's name has either throughout.
            if name and (times[name] > 1 or texts[k][: len(name)].isupper() or texts[k][0].islower()):
                doubted[k] = True
    bare = sum(1 for text in texts if "“" not in text and "‘" not in text and _BARE_SPEECH.search(text))
    if bare > 2 and bare > sum(1 for text in texts if "“" in text or "‘" in text):
        return [True] * len(texts)
    tell = [habits.told.startswith("third") and "“" not in text and _NARRATOR.search(text) is not None for text in texts]
    crowded = sum(tell) > 2
    for k, text in enumerate(texts):
        if (crowded and sum(tell[max(0, k - _NEAR) : k + _NEAR + 1]) > 2) or (
            k + 1 < len(texts) and _SIGNATURE.match(texts[k + 1])
        ):
            doubted[k] = True
        if len(text) < 80 and _SALUTATION.match(text):
            for n in range(k, min(len(texts), _end_of_letter(texts, k))):
                doubted[n] = True
    return doubted


def _is_apart(text: str) -> bool:
    """Tell by its own signs what was said without a sound, or written."""
    marked = ("::" in text or "<" in text or "[" in text or "«" in text) and _OTHER_MARKS.search(text)
    if marked or text.startswith("—") or _WRITTEN.match(text):
        return True
    return holds_address(text) and _ADDRESSED.match(text) is not None


def _end_of_letter(texts: list[str], start: int) -> int:
    """Find where a letter ends: after its farewell and signature, or where the first speech or narration follows."""
    for k in range(start + 1, min(len(texts), start + _LETTER)):
        if len(texts[k]) < 80 and _FAREWELL.match(texts[k]):
            return k + 2
        if _INITIALS.match(texts[k]):
            return k + 1
    for k in range(start + 1, min(len(texts), start + _LETTER)):
        if "“" in texts[k] or not (" I " in texts[k] or "you" in texts[k]):
            return k
    return start + 2


def _thoughts_of(runs: tuple[Run, ...], text: str, habits: Habits, going_on: bool, doubted: bool) -> list[Span]:
    """Find the thoughts of a paragraph: quoted, tagged, and the voice without a tag."""
    if not going_on and _is_fragment(text):
        return []
    stretches = outside_speech(text, habits)
    used = [words_among(text[start:end]) for start, end in stretches]
    brief = len(text) <= _BRIEF and stretches == [(0, len(text))]
    if not brief and "‘" not in text and all(map(_ANY_CUES.isdisjoint, used)):
        return []
    tags = [] if all(map(CUES.isdisjoint, used)) else tags_of(text, stretches, habits.told)
    places = [tag.start for tag in tags]
    quoted = quoted_thoughts(text, tags, stretches, practised=habits.quotes_thoughts) if habits.speech == "double" else []
    spans = list(quoted)
    whole = stretches == [(0, len(text))] and len(text) <= _LONGEST
    cover: Cover | None = None
    for stretch, some in zip(stretches, used, strict=True):
        tagged = bisect_left(places, stretch[0]) < bisect_left(places, stretch[1])
        if not tagged and not brief and _CUES.isdisjoint(some):
            continue
        cover = cover or cover_of(runs)
        sentences = cut(text, stretch, tags, habits.told)
        opening = OPENING - (_GOING_ON if going_on and stretch[0] == 0 else 0.0)
        while some_sentences := list(islice(sentences, _WINDOW)):
            weighed = _weighed(some_sentences, cover, text, habits)
            weights = [item.weight for item in weighed]
            found = best_stretches(weights, opening)
            if not found and whole:
                found = [Best(0, len(weights), sum(weights))]
            for first, last, weight in found:
                total = weight - (opening if first == 0 else OPENING)
                if whole and last - first == len(weights):
                    total += _WHOLE
                spans += _apart(_decided(text, weighed[first:last], total, stretch, habits, doubted), quoted)
            opening = OPENING
    return sorted(spans)


def _is_fragment(text: str) -> bool:
    """Tell a few words without a single sign of thought: one sentence that weighs no more than a fragment does."""
    return (
        len(text) <= _BRIEF
        and not _PARTED.search(text)
        and CUES.isdisjoint(words_among(text))
        and _TELLING.isdisjoint(words_of(text))
    )


def _apart(spans: list[Span], quoted: list[Span]) -> list[Span]:
    """Leave out what lies in a quoted thought: its sentences are not decided twice."""
    ends = [span.end for span in quoted]
    return [span for span in spans if (k := bisect_right(ends, span.start)) == len(ends) or quoted[k].start >= span.end]


def _decided(text: str, items: list[Weighed], total: float, stretch: Stretch, habits: Habits, doubted: bool) -> list[Span]:
    """Decide on a stretch of sentences: done, offered, or nothing."""
    rule, why = _reasons(items)
    if rule == "thought-voice":
        if habits.house.thoughts == "tagged" or total <= _DOUBTFUL - 1:
            return []
        told = habits.told.startswith("third") or "announced" in items[0].signs
        if doubted or not told or not _VOICED.isdisjoint(items[0].signs) or _BARE_SPEECH.search(text, *stretch):
            total = min(total, _DOUBTFUL)
    sure = confidence(total)
    if sure < OFFERED:
        return []
    spans = _joined(text, [item.sentence for item in items])
    return [Span(a, b, Note("thought", rule, round(sure, 2), why, a, b, sure >= APPLIED)) for a, b in spans]


_VOICED = frozenset({"voiced", "voiced above"})


def _weighed(sentences: list[Sentence], cover: Cover, text: str, habits: Habits) -> list[Weighed]:
    """Weigh each sentence by its signs, and by those that only its neighbours show."""
    weighed: list[Weighed] = []
    sung: set[str] = set()
    for whole in sentences:
        own = tuple(part for part in whole.parts if not _is_marked(cover, text, part))
        if not own:
            weighed.append(Weighed(whole, [], _OPAQUE))
            continue
        sentence = whole._replace(parts=own)
        signs = weigh(sentence, text, habits.told)
        if "fragment" in signs or "command" in signs or "weak command" in signs:
            said = words_of(text[sentence.start : sentence.end])
            if len(said) <= _REFRAIN:
                if sung and sung.issuperset(word for word in said if word not in _JOINING):
                    signs.append("refrain")
                sung.update(said)
        weighed.append(_summed(sentence, signs))
    for k, item in enumerate(weighed[:-1]):
        if "past" in item.signs and (more := _own_past(weighed, k)):
            # Reported thought says `he` of the thinker; here it is somebody else.
            weighed[k] = _summed(item.sentence, [*(sign for sign in item.signs if sign != "third"), *more])
    return weighed


def _summed(sentence: Sentence, signs: list[str]) -> Weighed:
    return Weighed(sentence, signs, sum(SIGNS[sign].weight for sign in signs))


def _own_past(weighed: list[Weighed], k: int) -> list[str]:
    """Tell a past that is the thinker's own by what he goes on to think now, which no narrator says: the signs for it."""
    item, after = weighed[k], weighed[k + 1]
    link = item.sentence.link
    goes_on = after.weight >= OPENING if link == "after" else "present" in after.signs
    if not goes_on or not _TOLD_BACK.isdisjoint(after.signs):
        return []
    if link in ("after", "between"):
        return [] if "shifted" in item.signs else ["tagged", "thought on"]
    before = weighed[k - 1].signs if k else ()
    return ["tied"] if "pointing" in item.signs and "tagged" in before and "present" in before else []


def _is_marked(cover: Cover, text: str, part: Stretch) -> bool:
    """Tell whether the author set marks of his own: quotation marks in a stretch, or italics on much of it."""
    start, end = part
    return _QUOTED.search(text, start, end) is not None or cover.marks(start, end)


_QUOTED = re.compile("[‘“”]")
_TOLD_BACK = frozenset({"past within", "shifted", "general", "anybody", "narrator"})
_JOINING = frozenset({"and", "or", "but", "the", "a"})
_OPAQUE = -9.0
"""What a sentence weighs in which the author set marks of his own: nothing is found in it or across it."""


def _reasons(items: list[Weighed]) -> tuple[str, str]:
    """Name the rule, and say why, strongest reason first."""
    links = [item.sentence.link for item in items if item.sentence.link]
    link = "before" if links[:1] == ["colon"] else links[0] if links else ""
    rule = f"thought-tag-{link}" if link else "thought-voice"
    counts: dict[str, int] = {}
    for item in items:
        for sign in item.signs:
            counts[sign] = counts.get(sign, 0) + 1
    order = sorted(counts, key=lambda sign: -abs(SIGNS[sign].weight) * counts[sign])
    return rule, _says(tuple(order))


@lru_cache(maxsize=1024)
def _says(signs: tuple[str, ...]) -> str:
    """Say what signs mean; those that speak together often are said in one value."""
    return "; ".join([SIGNS[sign].says for sign in signs])


def _joined(text: str, sentences: list[Sentence]) -> list[tuple[int, int]]:
    """Join sentences that only white space parts."""
    joined: list[tuple[int, int]] = []
    for part in (part for sentence in sentences for part in sentence.parts):
        if joined and not text[joined[-1][1] : part[0]].strip(" —–-"):
            joined[-1] = (joined[-1][0], part[1])
        else:
            joined.append(part)
    return joined
