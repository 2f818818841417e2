"""What a language asks of its marks: quotation marks, dashes, spaces, and words that lose a letter or two."""

import re
from functools import cache
from typing import NamedTuple, TypeAlias

from pressbook.markup.lexicon import DIALECT, ELISIONS, TRAILING, UNBREATHED, words

Pair: TypeAlias = tuple[str, str]
"""An opening mark and its closing one."""

THIN = "\u202f"
HARD = "\u00a0"

ENGLISH: tuple[Pair, ...] = (("“", "”"), ("‘", "’"), ("“", "”"))
GUILLEMETS: tuple[Pair, ...] = (("«", "»"), ("‹", "›"), ("«", "»"))
_INWARD: tuple[Pair, ...] = (("»", "«"), ("›", "‹"), ("»", "«"))
_LATIN: tuple[Pair, ...] = (("«", "»"), ("“", "”"), ("‘", "’"))
_LOW: tuple[Pair, ...] = (("„", "“"), ("‚", "‘"), ("„", "“"))
_POLISH: tuple[Pair, ...] = (("„", "”"), ("«", "»"), ("‚", "’"))
_SWEDISH: tuple[Pair, ...] = (("”", "”"), ("’", "’"), ("”", "”"))


class Language(NamedTuple):
    """One language's practice."""

    english: bool = False
    """Whether thoughts can be told by their words."""
    marks: tuple[tuple[Pair, ...], ...] = ()
    """Its quotation marks, level by level; the usual ones first, then others in use. Empty: as the author types, curled."""
    directed: str = "“”‘’«»‹›"
    """Marks whose shape tells whether they open or close."""
    inside: str = ""
    """The space inside guillemets."""
    stops: str = ""
    """The space before a semicolon, an exclamation mark and a question mark."""
    colon: str = ""
    """The space before a colon."""
    opening: str = "“‘«„"
    """Marks that never close."""
    dash: str = " – "
    """A dash amid a sentence; ` —` hugs what stands between two, as in Spanish."""
    omits: bool = False
    """Whether a space before points of ellipsis says that words are missing, and not a part of one."""
    ranges: bool = True
    """Whether a dash stands between the first and last of some numbers."""
    dialogue: str = ""
    """What opens a paragraph of speech that has no quotation marks, with its space."""
    tag: tuple[str, ...] = ()
    """What opens and closes a tag amid such speech; `{}` is the stop after it. Empty: commas do."""
    heads: frozenset[str] = frozenset()
    """Words that lost their head: the mark before them is an apostrophe."""
    doubtful: frozenset[str] = frozenset()
    """Words that may have lost their head."""
    unbreathed: frozenset[str] = frozenset()
    """Words that may have lost an `h`; where they are words by themselves too, only in a book that drops it elsewhere."""
    tails: frozenset[str] = frozenset()
    """Words that lost their tail: the mark after them may be an apostrophe."""
    drops_g: bool = False
    """Whether `goin'` is a word without its tail."""


_FRENCH = Language(
    False,
    (_LATIN,),
    inside=HARD,
    ranges=False,
    stops=THIN,
    colon=HARD,
    dialogue="—" + HARD,
    heads=words("spèce tit tite"),
    tails=words("p m t v"),
)
_GERMAN = Language(
    False,
    (_LOW, _INWARD),
    directed="„‚’",
    opening="„‚",
    omits=True,
    dialogue="– ",
    heads=words("s n ne nem nen ner nes rum rein raus ran rauf runter drauf drin sich isses"),
    tails=words("ich hab werd könnt sollt wollt hätt wär geh komm find glaub"),
)

_LANGUAGES: dict[str, Language] = {
    "en": Language(True, dash="—", heads=ELISIONS, doubtful=DIALECT, unbreathed=UNBREATHED, tails=TRAILING, drops_g=True),
    "fr": _FRENCH,
    "fr-ca": _FRENCH._replace(stops=""),
    "fr-ch": _FRENCH._replace(marks=(GUILLEMETS,), inside=THIN, colon=THIN),
    "de": _GERMAN,
    "de-ch": _GERMAN._replace(marks=(GUILLEMETS, _LOW)),
    "es": Language(False, (_LATIN, ENGLISH), dash=" —", ranges=False, dialogue="—", tag=(" —", "—{} "), tails=words("pa na to")),
    "it": Language(
        False,
        (_LATIN, ENGLISH),
        ranges=False,
        dialogue="— ",
        tag=(" — ", "{} — "),
        heads=words("sta sto sti ste na ndrangheta l"),
        tails=words("po mo di fa va sta be to"),
    ),
    "pt": Language(False, (_LATIN, ENGLISH), dialogue="— ", tag=(" — ", "{} — "), heads=words("tá tava"), tails=words("d n")),
    "pt-br": Language(False, (ENGLISH, _LATIN), dialogue="— ", tag=(" — ", "{} — "), heads=words("tá tava"), tails=words("d n")),
    "nl": Language(False, heads=words("s t n k m r ns er"), doubtful=words("ie")),
    "pl": Language(False, (_POLISH,), directed="„‚’«»", opening="„‚«", dialogue="— ", tag=(" — ", "{} — ")),
    "sv": Language(
        False,
        (_SWEDISH, (("»", "»"), ("’", "’"), ("»", "»"))),
        directed="",
        opening="",
        omits=True,
        dialogue="– ",
        heads=words("sen na nt ke"),
    ),
}
_OTHER = Language()


@cache
def language_of(code: str) -> Language:
    """Return what is known of a language by its code (`fr`, `fr-CA`, `pt_BR`); of an unknown one, only that it is not English."""
    code = code.lower().replace("_", "-")
    return _LANGUAGES.get(code) or _LANGUAGES.get(code.partition("-")[0]) or _OTHER


def spoken(said: str) -> str:
    """Return the language that a file names, as the config writes it; American English where it names none, or none that is one."""
    said = said.replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", said) or said.lower() == "en":
        return "en-US"
    return said
