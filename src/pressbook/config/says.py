"""The few words that pressbook itself puts into a book, in the book's language."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from pressbook.config.schema import BookKeys

Published: TypeAlias = tuple[str, str]
"""A story's title, and the address at which it was published."""


class Says(NamedTuple):
    """What the parts of a book say."""

    contents: str
    notes: str
    """Above footnotes that stand at a chapter's end or the book's."""
    published: str
    """Before the address of what is set."""
    not_for_sale: str
    volume: str
    """Around a volume's number."""
    colophon: str
    """Around face, size and leading."""
    title_page: str
    imprint: str
    beginning: str
    decimal: str = ","
    """What parts the figures of a size."""
    counts: tuple[str, ...] = ()
    """The numbers of volumes in words, from the first; figures stand for the rest."""


_LANGUAGES = {
    "en": Says(
        "Contents",
        "Notes",
        "First published at",
        "Made for its readers, and not for sale.",
        "Volume {}",
        "Set in {}, {} on {} points, by pressbook.",
        "Title page",
        "Copyright",
        "Beginning",
        ".",
        ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
    ),
    "de": Says(
        "Inhalt",
        "Anmerkungen",
        "Zuerst erschienen unter",
        "Nicht für den Verkauf bestimmt.",
        "Band {}",
        "Gesetzt aus der {}, {} auf {} Punkt, mit pressbook.",
        "Titelseite",
        "Impressum",
        "Anfang",
    ),
    "fr": Says(
        "Table",
        "Notes",
        "Première parution :",
        "Ne peut être vendu.",
        "Tome {}",
        "Composé en {}, corps {} sur {} points, avec pressbook.",
        "Page de titre",
        "Mentions légales",
        "Début",
    ),
    "es": Says(
        "Índice",
        "Notas",
        "Publicado por primera vez en",
        "Prohibida su venta.",
        "Tomo {}",
        "Compuesto en {}, cuerpo {} sobre {} puntos, con pressbook.",
        "Portada",
        "Créditos",
        "Comienzo",
    ),
    "it": Says(
        "Indice",
        "Note",
        "Pubblicato per la prima volta su",
        "Vietata la vendita.",
        "Volume {}",
        "Composto in {}, corpo {} su {} punti, con pressbook.",
        "Frontespizio",
        "Copyright",
        "Inizio",
    ),
    "pt": Says(
        "Índice",
        "Notas",
        "Publicado pela primeira vez em",
        "Proibida a venda.",
        "Volume {}",
        "Composto em {}, corpo {} sobre {} pontos, com pressbook.",
        "Folha de rosto",
        "Créditos",
        "Início",
    ),
    "nl": Says(
        "Inhoud",
        "Noten",
        "Eerder verschenen op",
        "Niet voor de verkoop.",
        "Deel {}",
        "Gezet uit de {}, {} op {} punten, met pressbook.",
        "Titelpagina",
        "Colofon",
        "Begin",
    ),
    "pl": Says(
        "Spis treści",
        "Przypisy",
        "Pierwsza publikacja:",
        "Nie na sprzedaż.",
        "Tom {}",
        "Złożono krojem {}, {} na {} punktów, programem pressbook.",
        "Strona tytułowa",
        "Strona redakcyjna",
        "Początek",
    ),
    "sv": Says(
        "Innehåll",
        "Noter",
        "Först publicerad på",
        "Ej till försäljning.",
        "Del {}",
        "Satt med {}, {} på {} punkter, med pressbook.",
        "Titelsida",
        "Copyright",
        "Början",
    ),
}


def says(language: str) -> Says:
    """Return what stands in a book of that language; English where none of ours is known."""
    return _LANGUAGES.get(language.replace("_", "-").partition("-")[0].lower(), _LANGUAGES["en"])


def volume_title(language: str, number: int) -> str:
    """Name a volume: `Volume Two`, `Band 2`."""
    words = says(language)
    return words.volume.format(words.counts[number - 1] if number <= len(words.counts) else number)


def colophon(keys: BookKeys, language: str, face: str, size: float, leading: float) -> str:
    """Say what a book is set in, or what the config says instead; empty if it says nothing. Sizes are in points."""
    if keys.colophon != "auto":
        return "" if keys.colophon == "none" else keys.colophon
    words = says(language)
    return words.colophon.format(face, *[f"{length:g}".replace(".", words.decimal) for length in (size, leading)])


def addresses(keys: BookKeys, title: str, told: Sequence[Published]) -> Sequence[Published]:
    """List where the stories were published: at what the config gives, or at what their files have `told`."""
    if keys.source in ("", "none"):
        return ()
    return told if keys.source == "auto" else [(title, keys.source)]


def small_print(keys: BookKeys, language: str, at: Sequence[Published], *, several: bool) -> list[str]:
    """List what an imprint says: the copyright, `at` which addresses the stories were published, that the book is not for sale."""
    words = says(language)
    lines = [keys.copyright] if keys.copyright else []
    if len(at) == 1 and not several:
        lines += [words.published, _bare(at[0][1])]
    else:
        lines += [line for title, address in at for line in (title, _bare(address))]
    from_file = bool(at) and keys.source == "auto"
    if keys.not_for_sale is True or (keys.not_for_sale == "auto" and from_file and not keys.copyright):
        lines.append(words.not_for_sale)
    return lines


def _bare(address: str) -> str:
    """Leave out of an address what nobody types."""
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")
