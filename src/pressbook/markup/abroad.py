"""Headings in other languages: the words that name a chapter or a part, and those that count it, in full."""

import re
from typing import NamedTuple

from pressbook.markup.lexicon import words


class Abroad(NamedTuple):
    """How one language heads its chapters."""

    chapters: frozenset[str]
    parts: frozenset[str]
    counts: frozenset[str]
    """One to twenty, and the tens."""
    ranks: frozenset[str]
    """The first to the twelfth, some more, and the last, in every gender that a heading takes."""


class Counted(NamedTuple):
    """The head of a line that counts a chapter or a part."""

    end: int
    word: str
    part: bool


_LANGUAGES = (
    Abroad(
        words("kapitel"),
        words("teil buch band"),
        words(
            """
            ein eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
            siebzehn achtzehn neunzehn zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig
            """
        ),
        words(
            """
            erste erster erstes zweite zweiter zweites dritte dritter drittes vierte vierter viertes fünfte fünfter
            fünftes sechste sechster sechstes siebte siebter siebtes siebente siebenter siebentes achte achter
            achtes neunte neunter neuntes zehnte zehnter zehntes elfte elfter elftes zwölfte zwölfter zwölftes
            dreizehntes vierzehntes fünfzehntes sechzehntes siebzehntes achtzehntes neunzehntes zwanzigstes
            dreißigstes letzte letzter letztes
            """
        ),
    ),
    Abroad(
        words("chapitre"),
        words("partie livre tome acte"),
        words(
            """
            un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt
            trente quarante cinquante soixante
            """
        ),
        words(
            """
            premier première second seconde deuxième troisième quatrième cinquième sixième septième huitième
            neuvième dixième onzième douzième treizième quatorzième quinzième seizième vingtième unième dernier
            dernière
            """
        ),
    ),
    Abroad(
        words("capítulo capitulo"),
        words("parte libro tomo acto"),
        words(
            """
            uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
            dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco treinta cuarenta
            cincuenta
            """
        ),
        words(
            """
            primero primera primer segundo segunda tercero tercera tercer cuarto cuarta quinto quinta sexto sexta
            séptimo séptima octavo octava noveno novena décimo décima undécimo duodécimo último última
            """
        ),
    ),
    Abroad(
        words("capitolo"),
        words("parte libro tomo atto"),
        words(
            """
            uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici
            diciassette diciotto diciannove venti ventuno ventidue ventitré ventiquattro venticinque trenta quaranta
            cinquanta
            """
        ),
        words(
            """
            primo prima secondo seconda terzo terza quarto quarta quinto quinta sesto sesta settimo settima ottavo
            ottava nono nona decimo decima undicesimo dodicesimo ultimo ultima
            """
        ),
    ),
    Abroad(
        words("capítulo capitulo"),
        words("parte livro tomo ato"),
        words(
            """
            um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze dezasseis
            dezesseis dezassete dezessete dezoito dezanove dezenove vinte trinta quarenta cinquenta
            """
        ),
        words(
            """
            primeiro primeira segundo segunda terceiro terceira quarto quarta quinto quinta sexto sexta sétimo
            sétima oitavo oitava nono nona décimo décima último última
            """
        ),
    ),
    Abroad(
        words("hoofdstuk"),
        words("deel boek"),
        words(
            """
            een één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
            zeventien achttien negentien twintig dertig veertig vijftig
            """
        ),
        words(
            """
            eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde laatste
            """
        ),
    ),
    Abroad(
        words("rozdział"),
        words("część tom księga akt"),
        words(
            """
            jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście
            czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia trzydzieści
            """
        ),
        words(
            """
            pierwszy pierwsza drugi druga trzeci trzecia czwarty czwarta piąty piąta szósty szósta siódmy siódma
            ósmy ósma dziewiąty dziewiąta dziesiąty dziesiąta jedenasty jedenasta dwunasty dwunasta trzynasty
            czternasty piętnasty szesnasty siedemnasty osiemnasty dziewiętnasty dwudziesty trzydziesty ostatni
            ostatnia
            """
        ),
    ),
    Abroad(
        words("kapitel kapitlet"),
        words("del delen boken akten"),
        words(
            """
            ett en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton
            nitton tjugo trettio fyrtio femtio
            """
        ),
        words(
            """
            första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte sista
            """
        ),
    ),
)
_ARTICLES = words("das der die le la el il lo o a het de det den")
_JOINTS = r"(?<=[^\W_])(?:und(?=\w{4,}ig)|[ -](?:(?:et|y|e) )?|[eë]n(?=\w+tig)|(?<=tjugo)(?=\w)|(?<=trettio)(?=\w))(?=[^\W_])"
"""What parts the words of a number: `einund|zwanzig`, `vingt et un`, `treinta y dos`, `tjugo|ett`."""
_MOST_WORDS = 3
FIRST_WORDS = frozenset().union(_ARTICLES, *(one.chapters | one.parts | one.ranks for one in _LANGUAGES))
"""One of these opens such a heading, in small letters."""


def counted_abroad(line: str) -> Counted | None:
    """Read the head of a line that names and counts a chapter or part in full: `Kapitel zwei`, `Première partie`."""
    at = [match.span() for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", line[:80])]
    said = [line[start:end].casefold() for start, end in at]
    lead = len(said) > 2 and said[0] in _ARTICLES
    for chapters, parts, counts, ranks in _LANGUAGES:
        named = chapters | parts
        if said[0] in named:
            for last in range(min(_MOST_WORDS, len(said) - 1), 0, -1):
                if _counts(line[at[1][0] : at[last][1]].casefold(), counts | ranks):
                    return Counted(at[last][1], line[slice(*at[0])], said[0] in parts)
        elif len(said) > lead + 1 and said[lead + 1] in named and said[lead] in ranks:
            return Counted(at[lead + 1][1], line[slice(*at[lead + 1])], said[lead + 1] in parts)
    return None


def _counts(text: str, numerals: frozenset[str]) -> bool:
    return text in numerals or all(part in numerals for part in re.split(_JOINTS, text))
