"""What is usual in this book: the marks around its speech, and the person and tense it is told in."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from pressbook.markup.broken import find_broken
from pressbook.markup.languages import language_of
from pressbook.markup.lexicon import NOT_PAST, PAST, SAYING, TELLING, THINKING, words, words_among
from pressbook.markup.table import Habits, Told

if TYPE_CHECKING:
    from pressbook.config.schema import House

# Patterns begin with the sign that they look for, and look behind it afterwards: so the engine leaps from sign to sign.
_SINGLE_OPENS = re.compile(r"(?:'(?=[A-Z])|‘(?=\w)(?!(?i:t(?:is|was|were)|em|til)\b))(?<![^ \n(—-].)")
_SINGLE_FIRST = re.compile(r"[*_\\]*['‘’`]+([^\W_]*)")
_DOUBLE_OPENS = re.compile(r"[\"“](?=\w)(?<![^ \n(—-].)")
_CURLY_SPEECH = re.compile(r"“[^”\n]*(?:”|$|\n)")
_SINGLE_CURLY_SPEECH = re.compile(r"(?:(?<=[\s—(])|^)‘[^\n‘]*?[,.!?…—]’|“[^”\n]*(?:”|$|\n)")
_FOLLOWS = r" ([^\W_]+)(?: ([^\W_]+))?(?: ([^\W_]+))?"
_AFTER_SINGLE = re.compile(r"['’](?<=[,.!?…-].)" + _FOLLOWS)
_AFTER_DOUBLE = re.compile(r"[\"”](?<=[,.!?…-].)" + _FOLLOWS)
Counts: TypeAlias = list[float]
_COLUMNS = 8
"""First, second, third person in the past; the same in the present; pasts and presents of any subject."""
_SUBJECT_AND_VERB = re.compile(r"\W(i|we|you|he|she|they) ([^\W_]+)")
_PERSON = {"i": 0, "we": 0, "you": 1, "he": 2, "she": 2, "they": 2}
_PASTS = words(
    """
    was were had did said could went came took saw knew thought felt gave made told began stood sat ran turned looked asked seemed
    didn’t wasn’t weren’t hadn’t couldn’t nodded smiled walked kept found got heard
    """
)
_PRESENTS = words(
    """
    is are am has does says can goes comes takes sees knows thinks feels gives makes tells begins stands sits runs turns looks asks
    seems doesn’t isn’t aren’t can’t don’t nods smiles walks keeps finds gets hears
    """
)
_TENSED = _PASTS | _PRESENTS
_BASES = words(
    """
    am are have do say can go come take see know think feel give make tell begin stand sit run turn look ask seem nod smile walk
    keep find get hear can’t don’t want need reach pull push open close
    """
)
_PRACTISED = 3
"""So many tagged thoughts in single marks are a habit."""
_FEW, _SOME = 2, 5
"""So many verbs in the present tell how a chapter is told, or a scene, if they have it to themselves."""
_SILENT = 0.1
"""Of those who do something in a chapter, `I` is so small a share where its teller is silent."""
_MANY_SILENT = 0.4
"""So large a share of a book's chapters without `I` have another teller."""
_PRIOR = 30
"""How many telling words of its own weigh as much as the habit of what stands around it."""


def typed_habits(texts: list[str], house: "House", language: str) -> Habits:
    """Tell how a book is typed: the marks around its speech, and which of its language's ways with them it follows."""
    speech = speech_marks(texts)
    thought, said = _tagged(texts, _AFTER_SINGLE, "'’")
    british = house.quotes == "uk" and not any('"' in text or "“" in text for text in texts)
    if speech == "single" and thought and not said and not british:
        # Nobody says what stands in single marks: they are for thoughts, unless nothing tells most of them from speech.
        openings = sum(len(_SINGLE_OPENS.findall(text)) for text in texts if "'" in text or "‘" in text)
        if 2 * thought >= openings or _tagged(texts, _AFTER_DOUBLE, '"”')[1]:
            speech = "double"
    practised = speech == "double" and thought > said and thought >= _PRACTISED
    broken = find_broken(texts, english=language_of(language).english)
    return Habits(house, language, _practice(texts, language), speech, quotes_thoughts=practised, broken=broken)


def _tagged(texts: list[str], after: re.Pattern[str], marks: str) -> tuple[int, int]:
    """Count the quotations with a verb of thinking behind them, and those with one of saying."""
    thought = said = 0
    straight, curly = (f"{mark} " for mark in marks)
    for text in texts:
        for match in after.finditer(text) if straight in text or curly in text else ():
            follows = match.groups(default="")
            if any(word in THINKING or (word in TELLING and then.endswith("self")) for word, then in pairwise((*follows, ""))):
                thought += 1
            elif not SAYING.keys().isdisjoint(follows):
                said += 1
    return thought, said


def speech_marks(texts: list[str]) -> Literal["double", "single"]:
    """Tell which marks stand around speech: those that open paragraphs count most, then those that open speech amid them.

    Turning every quotation mark into the other kind turns the answer too.
    """
    heads = language_of("en").heads
    doubles = singles = 0
    for text in texts:
        first = text[:4].lstrip("*_\\")[:1]
        if first and first in "\"“”'‘’`":
            if first in '"“”':
                doubles += 4
            elif (word := _SINGLE_FIRST.match(text)) and word[1].lower() not in heads:
                singles += 4
    # What opens inside speech of the other kind is its inner quotation: it counts where nothing opens a paragraph.
    if doubles != singles and max(doubles, singles) >= 8:
        return "single" if singles > doubles else "double"
    whole = "\n".join(texts)
    singles, doubles = singles + len(_SINGLE_OPENS.findall(whole)), doubles + len(_DOUBLE_OPENS.findall(whole))
    return "single" if singles > doubles else "double"


def _practice(texts: list[str], code: str) -> int:
    """Count the marks of each practice of a language; the usual one, unless the author types another."""
    ways = language_of(code).marks
    counts = [sum(text.count(way[0][0]) + text.count(way[0][1]) for text in texts) for way in ways]
    return counts.index(max(counts)) if counts else 0


def profile(chapters: Sequence[Sequence[Counts]], habits: Habits) -> list[list[Habits]]:
    """Tell the person and tense of each scene of each chapter by what was counted in it.

    A scene is judged with its neighbours; its chapter's habit and the book's count for `_PRIOR` telling words each, so
    that a long scene speaks for itself and a short one is told as those around it. Neither counts for what is in the present
    from end to end, an epilogue say: no story thinks for a whole chapter.
    """
    totals = [_sum(scenes) for scenes in chapters]
    book = _sum(totals)
    usual = _told(book, habits)
    one = usual.told.startswith("first") and not _several_tell(totals)
    told: list[list[Habits]] = []
    for scenes, total in zip(chapters, totals, strict=True):
        now = _all_present(total, _FEW)
        chapter = total if now else _with_prior(total, book)
        judged: list[Habits] = []
        for k, own in enumerate(scenes):
            alone = _all_present(own, _SOME)
            around = own if alone else _with_prior(_sum(scenes[max(0, k - 1) : k + 2]), chapter)
            judged.append(_as_usual(_told(around, habits), usual, habits, now or alone, one))
        told.append(judged)
    return told


def _as_usual(told: Habits, usual: Habits, habits: Habits, few: bool, one: bool) -> Habits:
    """Trust a person that is not the book's only where it can be told.

    A few pages in the present hold little to tell it by. Where `one` tells the book as `I`, he may keep out of sight for
    chapters, and `I` and the present are still his own there.
    """
    person = told.told.partition(" ")[0]
    return habits if person != usual.told.partition(" ")[0] and (few or (one and person == "third")) else told


def _several_tell(chapters: list[Counts]) -> bool:
    """Tell a book that some tell as `I` and some do not from one whose teller is only silent at times."""
    telling = [(counts[0] + counts[3]) / sum(counts[:6]) for counts in chapters if sum(counts[:6]) >= _SOME]
    return sum(share <= _SILENT for share in telling) >= _MANY_SILENT * len(telling)


def _all_present(counts: Counts, least: int) -> bool:
    """Tell whether at least so many verbs stand in the present, and hardly one in the past."""
    past, present = counts[6:]
    # What `I` and `you` do now is spelt as no other present is.
    return present >= least and past * 4 <= present + counts[3] + counts[4]


def _sum(counts: Sequence[Counts]) -> Counts:
    return [sum(column) for column in zip(*counts, strict=True)] if counts else [0] * _COLUMNS


def _with_prior(own: Counts, habit: Counts) -> Counts:
    scale = _PRIOR / max(_PRIOR, sum(habit))
    return [a + scale * b for a, b in zip(own, habit, strict=True)]


def count_telling(texts: Sequence[str], speech: Literal["double", "single"]) -> Counts:
    """Count who does what when in a scene, speech left out: `I went`, `you went`, `she went`, `I go` … and pasts and presents."""
    text = "\n" + "\n".join(texts)
    if "“" in text or "‘" in text:
        text = (_SINGLE_CURLY_SPEECH if speech == "single" else _CURLY_SPEECH).sub(" ", text)
    text = text.lower()
    counts: Counts = [0.0] * _COLUMNS
    for (subject, verb), times in Counter(_SUBJECT_AND_VERB.findall(text)).items():
        if verb in PAST or (verb.endswith("ed") and verb not in NOT_PAST):
            counts[_PERSON[subject]] += times
        elif verb in _PRESENTS or verb in _BASES:
            counts[3 + _PERSON[subject]] += times
    told = [*filter(_TENSED.__contains__, words_among(text))]
    counts[6] = sum(map(_PASTS.__contains__, told))
    counts[7] = len(told) - counts[6]
    return counts


def _told(counts: Counts, habits: Habits) -> Habits:
    past, present = counts[6:]
    # A story told in the past holds presents of its own: thoughts, truths, what still stands.
    tense = "past" if past > 1.5 * present else "present"
    first, second, third = counts[:3] if tense == "past" else counts[3:6]
    if first + second + third < 2 or past + present < 3:
        return habits
    person = "second" if second > first and second > third else "first" if first > third * 0.5 else "third"
    certainty = min(max(first, second, third) / (first + second + third), max(past, present) / (past + present))
    return habits._replace(told=cast(Told, f"{person} {tense}"), certainty=certainty)
