"""The few words that pressbook itself puts into a book, in the book's language."""

from typing import NamedTuple


class Says(NamedTuple):
    """What the parts of a book say."""

    contents: str
    published: str
    """Before the address of what is set."""
    not_for_sale: str
    volume: str
    """Around a volume's number."""
    counts: tuple[str, ...] = ()
    """The numbers of volumes in words, from the first; figures stand for the rest."""


_LANGUAGES = {
    "en": Says(
        "Contents",
        "First published at",
        "Made for its readers, and not for sale.",
        "Volume {}",
        ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
    ),
    "de": Says("Inhalt", "Zuerst erschienen unter", "Nicht für den Verkauf bestimmt.", "Band {}"),
    "fr": Says("Table", "Première parution :", "Ne peut être vendu.", "Tome {}"),
    "es": Says("Índice", "Publicado por primera vez en", "Prohibida su venta.", "Tomo {}"),
    "it": Says("Indice", "Pubblicato per la prima volta su", "Vietata la vendita.", "Volume {}"),
    "pt": Says("Índice", "Publicado pela primeira vez em", "Proibida a venda.", "Volume {}"),
    "nl": Says("Inhoud", "Eerder verschenen op", "Niet voor de verkoop.", "Deel {}"),
    "pl": Says("Spis treści", "Pierwsza publikacja:", "Nie na sprzedaż.", "Tom {}"),
    "sv": Says("Innehåll", "Först publicerad på", "Ej till försäljning.", "Del {}"),
}


def says(language: str) -> Says:
    """Return what stands in a book of that language; English where none of ours is known."""
    return _LANGUAGES.get(language.replace("_", "-").partition("-")[0].lower(), _LANGUAGES["en"])


def volume_title(language: str, number: int) -> str:
    """Name a volume: `Volume Two`, `Band 2`."""
    words = says(language)
    return words.volume.format(words.counts[number - 1] if number <= len(words.counts) else number)
