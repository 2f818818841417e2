"""Quotation marks, dashes and spaces as the house and the language want them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import marks, understood

from pressbook.markup.languages import language_of

TALK = [
    "\"I'm goin' to th' quay,\" said Ada. \"He said, 'Come early,' an' I did.\"",
    '"\'Tis late," he said; "the boys\' lamp is out.',
    '"Nobody comes," he went on.',
]
US = ["“I’m goin’ to th’ quay,” said Ada. “He said, ‘Come early,’ an’ I did.”", "“’Tis late,” he said; “the boys’ lamp is out."]
UK = ["‘I’m goin’ to th’ quay,’ said Ada. ‘He said, “Come early,” an’ I did.’", "‘’Tis late,’ he said; ‘the boys’ lamp is out."]
FRENCH = ["«I’m goin’ to th’ quay,» said Ada. «He said, ‹Come early,› an’ I did.»", "«’Tis late,» he said; «the boys’ lamp is out."]


@pytest.mark.parametrize(("quotes", "expected"), [("auto", US), ("us", US), ("uk", UK), ("guillemets", FRENCH)])
def test_house_quotes(quotes, expected):
    """The house turns quotation marks into its own, and no apostrophe with them."""
    assert marks("\n\n".join(TALK), quotes=quotes).split("\n\n")[:2] == expected


def test_there_and_back():
    """Turning American marks into British ones and back loses nothing, and each is a fixed point."""
    american = marks("\n\n".join(TALK))
    british = marks(american, quotes="uk")
    assert british.split("\n\n")[:2] == UK
    assert marks(british, quotes="us") == american
    assert marks(british, quotes="uk") == british
    assert marks(british) == british


def test_thoughts_are_found_before_marks_are_turned():
    """A tagged thought loses its single quotation marks in a house that turns the others."""
    story = 'The rain had stopped. She was tired, and her boots were wet.\n\n"Well?" said Tobin.'
    assert "*Not the lamp,* she thought." in marks(f"{story}\n\n'Not the lamp,' she thought.\n\n{story}", quotes="uk")


ROWS = [
    ("fr", "- Bonjour! dit-il. Ça va ?", "—\u00a0Bonjour\u202f! dit-il. Ça va\u202f?"),
    ("fr", 'Il dit: "Je pars"; puis - seul - il partit.', "Il dit\u00a0: «\u00a0Je pars\u00a0»\u202f; puis – seul – il partit."),
    ("fr", "« Il a dit “non” » à 10:30.", "«\u00a0Il a dit “non”\u00a0» à 10:30."),
    ("fr", "\"Elle a dit 'oui' hier.\"", "«\u00a0Elle a dit “oui” hier.\u00a0»"),
    ("fr-CA", '"Bonjour!" dit-il: "Oui ;"', "«\u00a0Bonjour!\u00a0» dit-il\u00a0: «\u00a0Oui;\u00a0»"),
    ("fr-CH", '"Bonjour!"', "«\u202fBonjour\u202f!\u202f»"),
    ("fr", "De 1914-1918.", "De 1914-1918."),
    ("de", "Von 1914-1918.", "Von 1914–1918."),
    ("fr", "Voir http://a.b/c?d=e:f", "Voir http://a.b/c?d=e:f"),
    ("de", '"Hallo", sagte er. "Sie rief \'nein\' - leider."', "„Hallo“, sagte er. „Sie rief ‚nein‘ – leider.“"),
    ("de", "»Hallo«, sagte er. »Sie rief ›nein‹.«", "»Hallo«, sagte er. »Sie rief ›nein‹.«"),
    ("de", "“Hallo”, sagte er. 's ist so, wie ich's hab'.", "„Hallo“, sagte er. ’s ist so, wie ich’s hab’."),
    ("de", "'Komm', sagte er. 'Sie rief \"nein\".'", "„Komm“, sagte er. „Sie rief ‚nein‘.“"),
    ("de-CH", '"Hallo"', "«Hallo»"),
    ("es", "-Hola -dijo Juan-. ¿Qué tal?", "—Hola —dijo Juan—. ¿Qué tal?"),
    ("es", '"Hola", dijo. "Ella dijo \'no\'."', "«Hola», dijo. «Ella dijo “no”.»"),
    ("es", "El perro - viejo - ladra.", "El perro —viejo— ladra."),
    ("es", "“Hola”, dijo.", "“Hola”, dijo."),
    ("it", '"Ciao", disse. "L\'ho visto un po\' ieri."', "«Ciao», disse. «L’ho visto un po’ ieri.»"),
    ("it", "\"Disse 'No, \"no\" mai'.\" Poi 'no'.", "«Disse “No, ‘no’ mai”.» Poi «no»."),
    ("it", "- Chi è? - chiese. - Io, - disse Ada, - e tu?", "— Chi è? — chiese. — Io, — disse Ada, — e tu?"),
    ("it", "La notte - era fredda - passò.", "La notte – era fredda – passò."),
    ("es", "-¿Eres tú? -preguntó Ana. - ¿Quién, si no?", "—¿Eres tú? —preguntó Ana—. ¿Quién, si no?"),
    ("es", "- No -dijo. -Estoy solo.", "—No —dijo—. Estoy solo."),
    ("de", "Brot von gestern ... und Bu... Butter.", "Brot von gestern\u00a0… und Bu… Butter."),
    ("pt", "- Olá - disse João. - Tudo bem?", "— Olá — disse João. — Tudo bem?"),
    ("pt", "- Olá - disse João -, tudo bem?", "— Olá — disse João —, tudo bem?"),
    ("pt-BR", '"Olá", disse. "Ela disse \'não\'."', "“Olá”, disse. “Ela disse ‘não’.”"),
    ("nl", "'s Avonds zei hij: \"Ik weet 't niet.\"", "’s Avonds zei hij: “Ik weet ’t niet.”"),
    ("nl", "'Ja,' zei ze. 'Nee.'", "‘Ja,’ zei ze. ‘Nee.’"),
    ("pl", '"Cześć", powiedział. "Ona \'nie\' wie."', "„Cześć”, powiedział. „Ona «nie» wie.”"),
    ("pl", "- Cześć - powiedział Jan. - Co?", "— Cześć — powiedział Jan. — Co?"),
    ("sv", '"Hej", sa han. "Hon sa \'nej\'."', "”Hej”, sa han. ”Hon sa ’nej’.”"),
    ("sv", "- Hej, sa hon - tyst.", "– Hej, sa hon – tyst."),
]


@pytest.mark.parametrize(("language", "before", "after"), ROWS)
def test_languages(language, before, after):
    """Each language has its own marks, dashes and spaces; set once they stay."""
    assert marks(before, language) == after
    assert marks(after, language) == after


DIALOGUE = [
    ("es", '"Hola," dijo Juan. "¿Qué tal?"', "—Hola —dijo Juan—. ¿Qué tal?"),
    ("es", '"No", dijo, "no quiero."', "—No —dijo—, no quiero."),
    ("es", "\"Ella dijo 'no'.\"", "—Ella dijo «no»."),
    ("es", 'Dijo "hola" y se fue.', "Dijo «hola» y se fue."),
    ("pl", '"Cześć," powiedział. "Co?"', "— Cześć — powiedział. — Co?"),
    ("fr", '"Bonjour," dit Jean. "Ça va?"', "—\u00a0Bonjour, dit Jean. Ça va\u202f?"),
    ("en-US", '"Hello," said John. "How are you?"', "—Hello, said John. How are you?"),
]


@pytest.mark.parametrize(("language", "before", "after"), DIALOGUE)
def test_speech_opened_by_a_dash(language, before, after):
    """A house that opens speech with a dash drops its marks and sets tags as the language does."""
    assert marks(before, language, quotes="dash") == after
    assert marks(after, language, quotes="dash") == after


def test_thoughts_are_left_to_their_author_outside_english():
    """In another language no thought is looked for, the author's italics stand, and a notice says so."""
    story = "Sie war müde.\n\n'Nicht die Lampe,' she thought.\n\nListen. Listen. Climb.\n\nEr war *nicht* da."
    book = understood(story, "de")
    assert not [decision for decision in book.decisions if decision.kind == "thought"]
    assert [finding.rule for finding in book.findings if finding.level == "notice"] == ["thoughts"]
    assert marks(story, "de").endswith("Er war *nicht* da.")
    assert not [finding for finding in understood(story, "de", thoughts="marked").findings if finding.rule == "thoughts"]


def test_codes():
    """A language is known by its code in any spelling; an unknown one is not taken for English."""
    assert language_of("en_GB").english
    assert language_of("pt_br") == language_of("pt-BR") != language_of("pt-PT")
    assert not language_of("tlh").english


def test_speech_that_goes_on_over_silent_paragraphs():
    """What opens speech that closes paragraphs below, none between with a mark, is written as what closes it."""
    typed = "« Monsieur! Le train!\n\n– Quel train?\n\n– Celui de six heures! »"
    assert marks(typed, "fr").split("\n\n")[0] == "«\u00a0Monsieur\u202f! Le train\u202f!"


WORDS = """
Hola "Hallo" 'nein' l'eau "oui?" - -- — « » „ “ ” ‚ ‘ ’ mot! so: 's -Bonjour 1914-18 *ja* "No," Ça... ¿Qué? d'ici "Ach,"
(»so«) ‹a› 6'2" http://a.b/c--d :-) snake_case ja-" "ja
"""
texts = st.lists(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=10).map(" ".join), min_size=1, max_size=4).map(
    "\n\n".join
)


@settings(max_examples=100, deadline=None)
@given(
    texts,
    st.sampled_from(["en-US", "fr", "de", "es", "it", "pt", "nl", "pl", "sv", "fr-CH"]),
    st.sampled_from(["auto", "us", "uk", "guillemets", "dash", "keep"]),
    st.sampled_from(["auto", "em", "en"]),
)
def test_no_letter_is_changed_in_any_language(text, language, quotes, dashes):
    """Whatever the house and the language, letters and digits come out as they went in."""
    left = marks(text, language, quotes=quotes, dashes=dashes)
    assert [sign for sign in left if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
