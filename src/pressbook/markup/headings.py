"""A heading by itself: the word that names it, the number that counts it, and the name it bears."""

import re
from functools import lru_cache
from typing import NamedTuple

from pressbook.markup.abroad import FIRST_WORDS, counted_abroad
from pressbook.model.story import LINE_END

# Patterns that few lines need are kept as text: `re` compiles and caches them at their first use, and start-up is quick.
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_TENS = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_FIRSTS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_COUNTED = rf"(?:(?:one |a )?hundred(?: and)? )?(?:{_TENS}(?:[- ](?:{_UNITS}))?|{_TEENS}|{_UNITS})|(?:one |a )?hundred"
_RANKED = (
    rf"(?:{_TENS}[- ])?(?:{_FIRSTS})|(?:tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth)"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth|last|final"
)
ROMAN = r"(?=[ivxlc])(?:c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
_NUMBER = rf"(?:(?:no\.? ?|#)?\d{{1,4}}(?:\.\d{{1,2}}|[ab])?|{ROMAN}|(?:the )?(?:{_RANKED})|{_COUNTED})"
_PARTS = "part|book|volume|vol|act|teil|partie|parte|deel|część|buch|livre|libro"
_CHAPTERS = (
    "chapter|chapt|chpt|chap|ch|episode|stave|canto|kapitel|chapitre|capítulo|capitulo|capitolo|hoofdstuk|rozdział|kapittel|cap"
)
_SOLE = (
    "prologue|prolog|epilogue|epilog|interlude|intermission|intermezzo|entr[’']acte|prelude|postlude|coda|finale|preface|foreword"
    "|afterword|introduction|prologo|prólogo|epilogo|epílogo|épilogue|proloog|epiloog|vorspiel|zwischenspiel|nachspiel|vorwort"
    "|nachwort|préface|postface|avant-propos|intermède|interludio|interlúdio|prefacio|prefácio|prefazione|voorwoord|nawoord"
    "|przedmowa|posłowie|förord|efterord|mellanspel"
)
_SEPARATOR = r"\s*(?:(?P<colon>[:–—-])|,|\.|\)|--?-?|–|—|/|\||~)\s*"
_HEADED = (
    rf"(?i:(?P<word>{_PARTS}|{_CHAPTERS})\.?\s*[-–—:]?\s*(?P<number>{_NUMBER})\b(?:\s?/\s?(?:\d{{1,3}}|\?+)| of \d{{1,3}}\b)?"
    rf"|(?P<ranked>the )?(?P<rank>{_RANKED})\s+(?P<after>{_PARTS}|chapter)|(?P<sole>{_SOLE})\b)(?P<rest>.*)"
)
_REST = rf"(?:\.?|{_SEPARATOR}(?P<said>\S.*)|\s*\((?P<within>[^()]{{1,60}})\)|\s+(?P<bare>[A-Z“\"'‘À-Þ].*))"
_WORDS = frozenset(f"{_PARTS}|{_CHAPTERS}|{_SOLE}".replace("[’']", "'").split("|"))
_RANKS = re.compile(rf"(?i)(?:the )?(?:{_RANKED})\s+(?:{_PARTS}|chapter)")
_ADORNED = r"(?:[*_~=+<>|•·:#\[\](){}.–—-]+\s*)*"
_BRACKETS = {"[": "]", "(": ")", "{": "}", "<": ">", "»": "«", "«": "»", ">": "<"}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "nor",
        "vs",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "von",
        "der",
        "die",
        "das",
        "und",
        "et",
        "y",
        "e",
    ]
)


class Heading(NamedTuple):
    """A line taken for a chapter's or a part's heading."""

    words: str
    """The line without the ornaments around it."""
    number: str
    """What only counts, such as `Chapter 4`; empty if nothing does."""
    name: str
    part: bool
    """Whether it stands above chapters."""
    sole: bool
    """Whether its word needs no number, as `Prologue`."""
    evidence: str


_LABEL_OF_PART = r"(?i)(?:part|chapter)s?: ?(?:\d+|\?) ?(?:/|of) ?(?:\d+|\?+)"
"""How a posting says which part it is, among its other labels."""


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading | None:
    """Read a line that says by its words that it is a heading: `Chapter IV`, `PART TWO`, `Prologue`; None if it does not.

    Several rules ask the same of each short line, hence the cache.
    """
    if len(text) > 140 or "\n" in text or LINE_END in text:
        return None
    words = unadorned(text)
    first = words.split(None, 1)[0].rstrip(".:-—–0123456789").casefold() if words else ""
    if re.fullmatch(_LABEL_OF_PART, words):
        return None
    heading = _headed(words) if first.replace("’", "'") in _WORDS or _RANKS.match(words) else None
    return heading or (_headed_abroad(words) if first in FIRST_WORDS and words[0].isupper() else None)


def _headed_abroad(words: str) -> Heading | None:
    counted = counted_abroad(words)
    rest = re.fullmatch(_REST, words[counted.end :]) if counted else None
    if not counted or not rest:
        return None
    name = _name_in(rest)
    if name is None:
        return None
    evidence = f"a line with “{counted.word}” and its number"
    return Heading(words, words[: counted.end], name, counted.part, False, evidence)


def _headed(words: str) -> Heading | None:
    match = re.fullmatch(_HEADED, words)
    rest = re.fullmatch(_REST, match["rest"]) if match else None
    if not match or not rest:
        return None
    name = _name_in(rest)
    if name is None:
        return None
    if match["sole"]:
        return Heading(words, match["sole"], name, False, True, f"“{match['sole']}” on its own line")
    word = match["word"] or match["after"]
    if not match["word"] and (name or not words[:1].isupper()):
        return None
    number = words[: match.start("rest")] if match["rest"] else words
    part = word.casefold() in _PARTS.split("|")
    return Heading(words, number, name, part, False, f"a line that begins with “{word}” and its number")


def _name_in(rest: re.Match[str]) -> str | None:
    """Read the name behind a heading's number, empty if there is none; None if what stands there is no name."""
    name = (rest["said"] or rest["within"] or rest["bare"] or "").strip()
    if not name or _may_name(name, bool(rest["said"] or rest["within"])):
        return name
    small = bool(rest["colon"]) and name[0].islower() and len(name.split()) <= _SMALL_NAME
    return name if small and name[-1] not in ".,;:!?\"”’'…-–—" else None


_SMALL_NAME = 8
"""So many words may be a name in small letters, behind a colon or dash."""


def _may_name(name: str, parted: bool) -> bool:
    """Tell a heading's name from the rest of a sentence; a full stop ends a name only in capitals or title case."""
    if name[0].islower() or name[-1] in ",;" or len(name) > (100 if parted else 60):
        return False
    return not name.endswith(".") or name.endswith("...") or (is_title_case(name) and len(name.split()) < 10)


def counted(title: str) -> tuple[str, str]:
    """Split a chapter's title into what only counts and what names it: `Chapter 4: The Well` → (`Chapter 4`, `The Well`)."""
    if heading := read_heading(title):
        whole = heading.words != title or (heading.sole and not heading.name)
        return ("", title) if whole else (heading.number, heading.name)
    numbered = read_number(title)
    return (numbered.number, numbered.name) if numbered and not numbered.adorned else ("", title)


class Numbered(NamedTuple):
    """A line that a number opens, with or without a name behind it."""

    words: str
    number: str
    value: int
    style: str
    """`digits`, `roman`, `Roman` or `words`."""
    name: str
    adorned: bool


_NUMBERED = (
    rf"(?:(?P<digits>(?:§\s*|#\s?|[Nn]o\.\s?)?\d{{1,3}})|(?P<upper>{ROMAN.upper()})|(?P<lower>{ROMAN})|(?P<words>(?i:{_COUNTED})))"
    rf"(?:[.):]?|(?:[.):]\s*|\s*—\s*|\s+(?:--?-?|–|[/|~])\s+|\s*---?\s*)(?=.*[^\W\d_])(?P<name>[^\W_a-z].{{0,80}}|[\"“'‘¡¿].{{0,80}}))"
)
_NUMBER_WORDS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
    ]
)


@lru_cache(maxsize=4096)
def read_number(text: str) -> Numbered | None:
    """Read a line that is a number, or a number, a stop and a name: `IV`, `- 1 -`, `1. The Well`; None if it is neither."""
    if len(text) > 90 or "\n" in text or LINE_END in text:
        return None
    words = unadorned(text)
    lead = words[:1]
    if lead in "ivxlcIVXLC":
        if words.lstrip("ivxlcIVXLC")[:1].isalpha():
            return None  # it goes on with other letters
    elif not (lead.isdigit() and lead.isascii()) and lead not in "§#" and words[:3] not in ("No.", "no."):
        head = words[:12].replace("-", " ").split(None, 1)
        if not head or head[0].rstrip(".:)").casefold() not in _NUMBER_WORDS:
            return None
    match = re.fullmatch(_NUMBERED, words)
    if not match:
        return None
    name = (match["name"] or "").strip()
    if name and (not is_title(name) or name[-1] in ",;:."):
        return None
    if digits := match["digits"]:
        value = int(re.sub(r"\D", "", digits))
        return Numbered(words, digits, value, "digits", name, words != text) if digits != "0" else None
    if roman := match["upper"] or match["lower"]:
        return Numbered(words, roman, _roman(roman.upper()), "Roman" if match["upper"] else "roman", name, words != text)
    value = _in_words(match["words"])
    return Numbered(words, match["words"], value, "words", name, words != text) if value and words[0].isupper() else None


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(-value if value < max(values[k:]) else value for k, value in enumerate(values))


def _in_words(words: str) -> int:
    """Read a number in words, up to a hundred and ninety-nine."""
    units = _UNITS.split("|")
    teens = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    parts = words.casefold().replace("-", " ").split()
    total = 0
    for k, part in enumerate(parts):
        if part in units:
            total += 0 if "hundred" in parts[k + 1 :] else 1 + units.index(part)
        elif part in teens:
            total += 10 + teens.index(part)
        elif part in tens:
            total += 20 + 10 * tens.index(part)
        elif part == "hundred":
            total += 100
    return total


def unadorned(text: str) -> str:
    """Take away ornaments that stand at both ends of a line, as in `~ 4 ~`, `[Chapter 4]`, `**IV**`."""
    return text if text[:1].isalnum() else _bared(text)


@lru_cache(maxsize=4096)
def _bared(text: str) -> str:
    lead = re.match(_ADORNED, text[:40])
    if not lead or not lead[0]:
        return text
    signs = [sign for sign in lead[0] if not sign.isspace()]
    end = len(text)
    for sign in signs:
        while end > lead.end() and text[end - 1].isspace():
            end -= 1
        if end <= lead.end() or text[end - 1] not in (sign, _BRACKETS.get(sign, sign)):
            return text
        end -= 1
    return text[lead.end() : end].strip() or text


BOLD = r"\*{2,3}|_{2}"
EMPHASIS = rf"{BOLD}|[*_]"


def undressed(text: str, dress: str = EMPHASIS) -> str:
    """Take away the emphasis of a line that has it from end to end; nothing if it has none, or in part only."""
    match = re.fullmatch(rf"({dress})([^\s*_][^*_]*?)\1", text) if text[:1] in ("*", "_") else None
    return match[2] if match else ""


def is_title(text: str) -> bool:
    """Tell words that may be a title: short, opened by a capital or a figure, and without a stop at their end."""
    if not 0 < len(text) <= 80 or text.count(" ") > 11 or "\n" in text:
        return False
    first = text.lstrip("\"“'‘¡¿*_")[:1]
    return (first.isupper() or first.isdigit()) and text.rstrip("\"”’'*_")[-1:] not in ".,;:—–-…"


def is_title_case(text: str) -> bool:
    """Tell words that all begin with a capital, small words apart; or a line in capitals."""
    line = re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", text)
    return bool(line) and all(word[0].isupper() or word in _SMALL_WORDS or word[0].isdigit() for word in line)
