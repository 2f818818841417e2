"""Hyphenation: pyphen's points at a tenth of its price, the author's own words first."""

import random
import re
import this
from functools import cache
from pathlib import Path

import pyphen
import pytest

from pressbook.composition.hyphenation import Hyphenator, _read_exceptions, languages

LANGUAGES = ("en-US", "en-GB", "de-DE", "fr", "es", "it", "nl", "pt-PT", "sv", "pl", "ro", "ca", "ru")
OWN_WORDS = """
typesetter extraordinary lanterns harbourmaster responsibility municipality unreliability characteristic stubbornness
fotosíntesis encyclopédie Donaudampfschifffahrt bibliothèque überraschung programmazione ordbehandling częstochowa
"""


@cache
def hyphenator(language):
    """Open a language once."""
    return Hyphenator(language)


def words_of(language):
    """Gather words: whole words in the language's patterns, letters of its patterns put together, and English prose."""
    code = pyphen.language_fallback(language)
    raw = Path(pyphen.LANGUAGES[code]).read_bytes()
    text = raw.decode(raw.split()[0].decode().lower().replace("microsoft-", ""))
    # A level of two digits is a slip of the dictionary's, which pyphen and we read differently.
    levels = [line.split("/")[0] for line in text.split()[1:] if re.search(r"\d", line) and not re.search(r"\d\d", line)]
    patterns = [re.sub(r"\d", "", line) for line in levels]
    whole = [letters.strip(".") for letters in patterns if re.fullmatch(r"\.[^\W\d_]{5,}\.", letters)]
    parts = [letters.strip(".") for letters in patterns if re.fullmatch(r"\.?[^\W\d_]+\.?", letters)]
    chance = random.Random(language)  # noqa: S311
    made = ["".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(200)]
    zen = "".join(this.d.get(letter, letter) for letter in this.s)
    typed = re.findall(r"[a-z]+", zen.lower()) if language.startswith("en") else []
    return {*chance.sample(whole, min(len(whole), 200)), *made, *typed, *OWN_WORDS.split()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_points_are_pyphens(language):
    """Every word of some hundreds that is not listed breaks where pyphen breaks it, with two letters before and three after."""
    theirs = pyphen.Pyphen(lang=language.replace("-", "_"), left=2, right=3)
    words = [word for word in words_of(language) if word.lower() not in _read_exceptions(language.replace("-", "_"))]
    assert len(words) > 200
    ours = {word: hyphenator(language).points(word) for word in words}
    assert ours == {word: tuple(theirs.positions(word.lower())) for word in words}
    assert sum(map(len, ours.values())) > 200, "the words do break"


@pytest.mark.parametrize("language", ["en-US", "fr", "ru"])
def test_two_letters_before_and_three_after(language):
    """No break leaves fewer than two letters before it or three after."""
    for word in words_of(language):
        assert all(2 <= point <= len(word) - 3 for point in hyphenator(language).points(word))


def test_capitals_break_like_small_letters():
    """A capital changes nothing."""
    for word in OWN_WORDS.split():
        assert hyphenator("en-US").points(word.capitalize()) == hyphenator("en-US").points(word.lower())


def test_the_authors_exceptions_win():
    """A word given with its breaks has those and no others; one given without breaks is never broken."""
    plain = hyphenator("en-US")
    assert [plain.points(word) for word in ("present", "manuscript", "responsibility")] == [(), (3, 4), (2, 6, 8, 11)]
    told = Hyphenator("en-US", ("pres-ent", "manuscript", "responsi-bility"))
    assert told.points("present") == told.points("Present") == (4,)
    assert told.points("manuscript") == told.points("MANUSCRIPT") == ()
    assert told.points("responsibility") == (8,)


def test_words_that_the_patterns_break_wrongly_are_listed():
    """American English has a list of words with their breaks, heeded but for a letter or two parted from either end."""
    words = hyphenator("en-US")
    assert [words.points(word) for word in ("academy", "Academies", "acupuncture")] == [(4,), (4, 5), (3, 7)]
    for listed in _read_exceptions("en_US").values():
        assert set(words.points(listed.replace("-", ""))) <= {
            len(listed[:at].replace("-", "")) for at, c in enumerate(listed) if c == "-"
        }
    assert not _read_exceptions("en_GB")


def test_an_unknown_language_breaks_nothing():
    """A language without patterns has no points, and says so; a region without its own patterns takes its language's."""
    klingon = Hyphenator("tlh-KX")
    assert not klingon.known
    assert klingon.points("responsibility") == ()
    assert Hyphenator("en-AU").known
    assert Hyphenator("en-AU").points("responsibility")


def test_the_language_decides():
    """American and British English break the same word in different places."""
    assert hyphenator("en-US").points("manuscript") != hyphenator("en-GB").points("manuscript")


def test_languages_are_listed_once():
    """The list of languages is sorted, with no code twice, each of which can be opened."""
    listed = languages()
    assert list(listed) == sorted(set(listed))
    assert {"en-US", "de-DE", "fr"} <= set(listed)
    assert all(pyphen.language_fallback(code) for code in listed)
