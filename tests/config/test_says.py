"""The words that pressbook itself puts into a book."""

import re

import pytest

from pressbook.config import BookKeys, colophon, says, volume_title
from pressbook.config.says import _LANGUAGES


@pytest.mark.parametrize("language", sorted(_LANGUAGES))
def test_a_language_says_everything(language):
    """Each language has all the words, and takes the same numbers into them."""
    words = says(language)
    assert all(words[:-1])
    assert words.volume.count("{}") == 1 and words.colophon.count("{}") == 3
    assert words.contents != "Contents" or language == "en"
    told = colophon(BookKeys(), language, "EB Garamond", 10.75, 13.5)
    assert "EB Garamond" in told and "pressbook" in told
    assert re.findall(r"[\d.,]*\d", told) == (["10.75", "13.5"] if language == "en" else ["10,75", "13,5"])


def test_a_language_unknown_is_served_in_english():
    """What a region adds makes no difference; a language that has no words here takes the English ones."""
    assert says("de-AT") is says("de") is says("DE_ch")
    assert says("tlh") is says("en-GB") is says("en")
    assert [volume_title("en", 2), volume_title("en", 13), volume_title("pl", 2)] == ["Volume Two", "Volume 13", "Tom 2"]


def test_a_colophon_may_be_the_authors_own():
    """What the config says stands as it is, and `none` says nothing."""
    assert colophon(BookKeys(colophon="By hand."), "de", "X", 9, 11) == "By hand."
    assert colophon(BookKeys(colophon="none"), "de", "X", 9, 11) == ""
