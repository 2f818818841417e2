"""What a file tells of itself, twice over and alike: the information dictionary and the XMP packet."""

from collections.abc import Iterator
from time import gmtime, strftime
from typing import NamedTuple

from pressbook import __version__
from pressbook.model import Edition
from pressbook.pdf.standards import Standard

IDENTITY = "0" * 32
"""Stands for the file's identity, in hexadecimal digits, until the file is whole and can be digested."""
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


class Facts(NamedTuple):
    """What there is to tell."""

    edition: Edition
    standard: Standard
    moment: int | None
    """In seconds since 1970; None leaves the dates out."""
    tagged: bool = False
    """Whether the file is made for those who hear it, as PDF/UA-1 asks."""


def information(facts: Facts) -> dict[str, str]:
    """Return the information dictionary's texts by their keys."""
    edition, standard = facts.edition, facts.standard
    told = {"Title": _plain(edition.title) or "Untitled", "Author": edition.author, "Subject": edition.subject}
    made = {"Creator": "pressbook", "Producer": f"pressbook {__version__}", "GTS_PDFXVersion": standard.name}
    date = {} if facts.moment is None else dict.fromkeys(("CreationDate", "ModDate"), _date("D:%Y%m%d%H%M%SZ", facts.moment))
    return {key: said for key, text in (told | made | date).items() if (said := _plain(text))}


def packet(facts: Facts) -> bytes:
    """Write the same as XMP, in UTF-8."""
    spaces = "".join(f' xmlns:{name}="{address}"' for name, address in SPACES.items())
    properties = "\n".join(f"<{name}>{value}</{name}>" for name, value in _properties(facts))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{spaces}>\n{properties}\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _properties(facts: Facts) -> Iterator[tuple[str, str]]:
    edition, standard, told = facts.edition, facts.standard, information(facts)
    yield "dc:format", "application/pdf"
    yield "dc:language", f"<rdf:Bag><rdf:li>{_escape(edition.language)}</rdf:li></rdf:Bag>"
    yield "dc:title", _alternatives(told["Title"])
    if "Author" in told:
        yield "dc:creator", f"<rdf:Seq><rdf:li>{_escape(told['Author'])}</rdf:li></rdf:Seq>"
    if "Subject" in told:
        yield "dc:description", _alternatives(told["Subject"])
    yield "xmp:CreatorTool", told["Creator"]
    if facts.moment is not None:
        for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            yield name, _date("%Y-%m-%dT%H:%M:%SZ", facts.moment)
    yield "pdf:Producer", told["Producer"]
    yield "pdf:Trapped", "False"
    yield "xmpMM:DocumentID", f"uuid:{IDENTITY}"
    yield "xmpMM:VersionID", "1"
    yield "xmpMM:RenditionClass", "default"
    if standard.name:
        yield ("pdfxid" if standard.name == "PDF/X-4" else "pdfx") + ":GTS_PDFXVersion", standard.name
    if facts.tagged:
        yield "pdfuaid:part", "1"


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_escape(text)}</rdf:li></rdf:Alt>'


def _plain(text: str) -> str:
    """Leave out control characters, which XML cannot hold."""
    return "".join(letter for letter in text if letter >= " ")


def _date(form: str, moment: int) -> str:
    return strftime(form, gmtime(moment))


def _escape(text: str) -> str:
    """Write text as XML; the standard library's own would bring all of HTML's entities along."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
