"""What tells a thought from the narration around it: a table of signs, each with its weight and its words.

Weights add up; a sum of 0 is even odds. They follow from three facts of grammar. Who thinks says `I`, thinks now, and
speaks to nobody or to himself: so a thought quoted as it is differs from a story told of `her` and in the past in person,
in tense and in mood. Thought that the narrator reports is shifted back (`would`, `had`, `she`), and so it counts against.
"""

import re
from typing import NamedTuple

from pressbook.markup.lexicon import (
    AUXILIARIES,
    COMMANDS,
    EXCLAIMING,
    FIRST,
    GENERAL,
    GUESSING,
    INSULTS,
    LEADS,
    MIND,
    MODALS,
    NOT_PAST,
    PAST,
    POINTING,
    PRESENT,
    SAID,
    SECOND,
    STRICT_PAST,
    THIRD,
    UNCHANGED,
    VOICING,
    WEAK_COMMANDS,
    words,
)
from pressbook.markup.table import Told
from pressbook.markup.thoughts.sentences import Sentence
from pressbook.markup.thoughts.tags import words_of


class Sign(NamedTuple):
    """One reason for or against taking a sentence for thought."""

    weight: float
    """In log-odds: +3 is twenty to one for a thought, -3 as much against."""
    says: str


SIGNS: dict[str, Sign] = {
    "first": Sign(3.0, "first person"),
    "we": Sign(1.8, "“we” or “our”"),
    "second": Sign(1.7, "second person"),
    "present": Sign(1.6, "present tense"),
    "command": Sign(2.2, "an imperative"),
    "weak command": Sign(1.0, "perhaps an imperative"),
    "wish": Sign(1.0, "a wish about somebody else"),
    "refrain": Sign(0.8, "a refrain"),
    "address": Sign(0.5, "“I” speaks to “you”"),
    "names": Sign(2.0, "somebody is called names"),
    "exclamation": Sign(1.0, "an exclamation"),
    "question": Sign(0.5, "a question"),
    "pointing": Sign(0.5, "a word of here and now"),
    "guessing": Sign(0.4, "a word of guessing"),
    "announced": Sign(3.0, "a word of thinking announces it"),
    "spoken of": Sign(0.8, "the sentence before speaks of a thought"),
    "introduced": Sign(1.5, "a colon and a capital introduce it"),
    "tagged": Sign(4.6, "a verb of thinking beside it"),
    "own": Sign(2.4, "told to oneself"),
    "asked": Sign(2.6, "a question that its tag asks"),
    "capital": Sign(4.0, "a capital after the comma opens it"),
    "thought on": Sign(0.3, "the sentence beside it thinks on in the present"),
    "tied": Sign(3.0, "a word of here and now, between two sentences thought in the present"),
    "fragment": Sign(0.1, "no verb that is told"),
    "amid": Sign(-1.8, "no verb that is told, on either side of the tag"),
    "bare link": Sign(-3.0, "only words that link it to the narration"),
    "past": Sign(-3.2, "past tense, as the story is told"),
    "told now": Sign(-3.2, "present tense, as the story is told"),
    "past within": Sign(-1.0, "a past beside it"),
    "first past": Sign(-2.4, "in the past, as the story is told"),
    "your past": Sign(-1.6, "in the past, as the story is told"),
    "our past": Sign(-1.4, "in the past, as the story is told"),
    "must": Sign(-1.6, "“must”, which reported thought keeps"),
    "shifted": Sign(-2.6, "“would”, “could”: reported thought"),
    "third": Sign(-0.8, "“he” or “she”"),
    "general": Sign(-2.0, "a general truth"),
    "anybody": Sign(-2.4, "a “you” that means anybody"),
    "announcing": Sign(-6.0, "it only announces what follows"),
    "verse": Sign(-4.0, "capitals after commas, as in verse"),
    "narrator": Sign(-6.0, "the narrator speaks"),
    "voiced above": Sign(-1.5, "the sentence before speaks of something said or written"),
    "voiced": Sign(-3.0, "said, sung or written rather than thought"),
}

_SINGULAR = FIRST - words("we us our we’re we’ll we’ve we’d let’s")
_SWEARING = words("god goodness lord word heavens stars gods")
_HE = words("he she they his her their him them")
_ADVERBS = words("never always only just still really also even often hardly almost")
_BASES = (COMMANDS | WEAK_COMMANDS | words("wonder suppose mean owe deserve belong seem hate like")) - PAST
"""What `I`, `we`, `they` do now; `they cut` may be a past."""
_NO_VERBS_IN_S = words("always perhaps his this was is has yes less across towards afterwards sometimes besides thus its as does")
_DETERMINERS = words("a an any every all most the")
_LINKING = words("and or but then so as if also yet still now what that than though because at first too")
_NARRATOR = re.compile(
    r"\b(?:[Rr]eaders?|(?:[Oo]ur|[Mm]y|[Tt]his) (?:hero|heroine|tale|story|narrative|chapter)|you must (?:know|understand)"
    r"|I have (?:\w+ )?(?:said|mentioned|told you)|I (?:need not|must|may|shall) (?:\w+ )?(?:say|add|confess|mention|relate)"
    r"|I am (?:glad|sorry|happy|bound) to say|we (?:shall|have) seen?|if you please)\b"
)
"""How those who tell stories speak of the telling."""
_CONDITIONS = words("if when whenever once unless")
_VERSE = re.compile(r", (?:The|And|For|But|With|Of|To|In|When|Where|While|A) ")


def weigh(sentence: Sentence, text: str, told: Told) -> list[str]:
    """Name the signs of a sentence, against a story told so."""
    clause = text[sentence.start : sentence.end] if len(sentence.parts) == 1 else " ".join(text[a:b] for a, b in sentence.parts)
    said = words_of(clause)
    if not said or said == ["i"]:
        return []
    person = _person(said, told)
    signs = [person] if person else []
    signs += _tense(said, told, person, linked=bool(sentence.link))
    if person == "first" and not SECOND.isdisjoint(said):
        signs.append("address")
    if command := _command(said, signs):
        signs.append(command)
    signs += _frame(sentence, clause, said, signs)
    signs += _tone(clause, said)
    if sentence.link and "narrator" in signs:
        signs.remove("narrator")
    return signs


def _person(said: list[str], told: Told) -> str:
    """Name the person that the story itself is not told in."""
    if not told.startswith("first") and not FIRST.isdisjoint(said):
        for k, word in enumerate(said):
            if word in _SINGULAR and not (word == "my" and said[k + 1 : k + 2] and said[k + 1] in _SWEARING):
                return "first"
        if "my" not in said:
            return "we"
    if not told.startswith("second") and not SECOND.isdisjoint(said):
        return "second"
    return ""


def _tense(said: list[str], told: Told, person: str, *, linked: bool) -> list[str]:
    """Name the tenses, and what they mean in a story told so."""
    present, past = first_present(said), first_past(said, linked=linked)
    shifted = not MODALS.isdisjoint(said) or ("must" in said and "have" in said)
    signs: list[str] = []
    if told.endswith("present"):
        if present < NOWHERE and not person and said[0] != "don’t":
            signs.append("told now")
        elif past < NOWHERE and not person:
            signs.append("past within")
        return signs
    if present < past:
        signs.append("present")
        if past < NOWHERE:
            signs.append("past within")
        elif person not in ("first", "second") and _general(said, present):
            signs.append("general")
    elif past < NOWHERE:
        # Without a tag, `you` beside `he` may be anybody; reported thought has no `you` at all.
        owner = "" if person == "second" and not linked and not (_HE.isdisjoint(said) and SAID.isdisjoint(said)) else person
        signs.append({"first": "first past", "we": "our past", "second": "your past"}.get(owner, "past"))
    if person == "second" and (shifted or (said[0] in _CONDITIONS and said[1:2] == ["you"])):
        signs.append("anybody")  # `you could see the sea`, `if you have never had a brother`
    elif shifted and person not in ("first", "we"):
        signs.append("shifted")
    if ("past" in signs or "shifted" in signs) and not _HE.isdisjoint(said):
        signs.append("third")
    if "must" in said and not signs and not person:
        signs.append("must")
    return signs


def _general(said: list[str], verb: int) -> bool:
    """Tell a truth about a whole kind, or about how things stand, from what somebody sees before him."""
    return POINTING.isdisjoint(said) and (
        said[0] in _DETERMINERS or any(word in GENERAL and (word != "one" or k < verb) for k, word in enumerate(said))
    )


def _command(said: list[str], signs: list[str]) -> str:
    """Tell an imperative, and a word that may be one."""
    if "past" in signs or "shifted" in signs or "first past" in signs:
        return ""
    lead = 2 if said[:2] == ["do", "not"] and len(said) > 2 else 0
    while lead < len(said) - 1 and said[lead] in LEADS:
        lead += 1
    verb = said[lead]
    follows = said[lead + 1] if lead + 1 < len(said) else ""
    forbidding = lead > 0 and said[lead - 1] in ("don’t", "never", "not")
    if follows in ("is", "are"):
        return ""
    if verb == "let" and follows in THIRD:
        return "wish"
    if verb in COMMANDS or (forbidding and (verb in WEAK_COMMANDS or said[0] == "don’t")):
        return "command"
    return "weak command" if verb in WEAK_COMMANDS and THIRD.isdisjoint(said) else ""


_OPENING = THIRD | words("i you we this that these those there the a an what why how who where when if no not oh so all")
"""Words whose capital after a comma says that a sentence begins."""
_SEATS = words("head skull")
_REPORTED = frozenset({"past", "shifted"})


def _frame(sentence: Sentence, clause: str, said: list[str], signs: list[str]) -> list[str]:
    """Name what stands around a sentence and tells how it is meant: a tag, an announcement."""
    if sentence.link == "leading":
        return ["announcing"]
    frame: list[str] = []
    reported = not _REPORTED.isdisjoint(signs)
    spoken_out = sentence.link == "before" and clause[0].isupper() and said[0] in _OPENING
    asked = "told now" in signs and clause[-1] == "?"
    if not signs:
        link = (said[0] == "then" or (sentence.link and _LINKING.issuperset(said))) and clause[-1] not in "?!"
        frame.append("bare link" if link else "amid" if sentence.link == "between" else "fragment")
    if sentence.link == "colon" or (
        sentence.link
        and (spoken_out or not (reported or "told now" in signs) or (not reported and (asked or sentence.own)))
        and (sentence.link != "before" or signs or clause[0].isupper())
    ):
        frame.append("tagged")
        if sentence.own and not reported:
            frame.append("own")
        if reported and spoken_out:
            frame.append("capital")
        if asked:
            frame.append("asked")
    elif sentence.lead:
        lead = words_of(sentence.lead)
        open_ = sentence.lead[-1] != "."
        if not MIND.isdisjoint(lead) or (sentence.lead[-1] == ":" and not _SEATS.isdisjoint(lead)):
            frame.append("announced" if open_ else "spoken of")
        elif not VOICING.isdisjoint(lead):
            frame.append("voiced" if open_ else "voiced above")
        elif sentence.lead[-1] == ":":
            frame.append("introduced")
    elif reported and not SAID.isdisjoint(said):
        frame.append("voiced")
    if clause.endswith((":", ",")) and not sentence.link:
        frame.append("announcing")
    return frame


def _tone(clause: str, said: list[str]) -> list[str]:
    """Name what a voice has and narration has not."""
    tone: list[str] = []
    if said[0] in EXCLAIMING or "!" in clause:
        tone.append("exclamation")
    if clause.endswith("?"):
        tone.append("question")
    if not POINTING.isdisjoint(said):
        tone.append("pointing")
    if said[0] in GUESSING:
        tone.append("guessing")
    if "you" in said and any(word == "you" and said[k + 1] in INSULTS for k, word in enumerate(said[:-1])):
        tone.append("names")
    if _NARRATOR.search(clause):
        tone.append("narrator")
    if _VERSE.search(clause):
        tone.append("verse")
    return tone


NOWHERE = 1_000_000
"""Where a tense first stands that a sentence has not."""


def first_present(said: list[str]) -> int:
    """Tell at which word a verb first stands in the present or the future."""
    for k, word in enumerate(said):
        if word in PRESENT:
            before = said[k - 1] if k else ""
            if word == "must" or (word in ("have", "has", "do", "may") and (before in MODALS or before in _INFINITIVE)):
                continue
            return k
        if k and said[k - 1] != "to":
            subject = said[k - 1] if said[k - 1] not in _ADVERBS or k < 2 else said[k - 2]
            if subject in ("i", "we", "they", "you") and word in _BASES:
                return k
            if subject in ("he", "she", "it", "this") and word.endswith("s") and len(word) > 3 and word not in _NO_VERBS_IN_S:
                return k
    return NOWHERE


_NO_ACTOR = LEADS | EXCLAIMING | MODALS | PRESENT | _DETERMINERS | FIRST | SECOND | words("to they that those his her its their")
_INFINITIVE = words("to must not did didn’t")


def _acts(said: list[str], k: int) -> bool:
    """Tell that somebody else does what the verb says: `he put`, `Claire put`, but not `to put`, `I put`, `a cut`."""
    before = said[k - 1]
    return before in ("he", "she", "it", "who") or (k == 1 and before not in _NO_ACTOR)


def first_past(said: list[str], *, linked: bool = False) -> int:
    """Tell at which word a verb first stands in the past; a participle after its auxiliary does not.

    Nor does one that opens what a tag names a thought (`Caught, he thought`).
    """
    helped = -9
    for k, word in enumerate(said):
        if word in AUXILIARIES:
            helped = k
        elif word in STRICT_PAST or (word in UNCHANGED and k and _acts(said, k)):
            return k
        elif k - helped <= 4 or (linked and not k) or (word == "left" and k + 1 == len(said)):
            continue
        elif (word in PAST and word not in MODALS and word != "used") or (
            word.endswith("ed") and len(word) > 3 and word not in NOT_PAST
        ):
            return k
    return NOWHERE
