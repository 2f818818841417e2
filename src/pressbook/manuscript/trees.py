"""The door to lxml: marked text in, a tree of elements out; nothing is fetched, no entity is expanded."""

import re
from typing import TYPE_CHECKING

from pressbook.errors import ManuscriptError
from pressbook.manuscript.decode import decode, looks_binary, named_by_magic

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = object

__all__ = ["Element", "decode_markup", "local", "parse_html", "parse_xhtml", "parse_xml"]

_META = rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})"
_DECLARATION = rb"(?i)^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})"
# What calls itself so is Windows-1252 in practice, and ever since browsers read it as that.
_LATIN = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
MOST_TAGS = 500_000
"""A page of so many tags is no story: a novel has some tens of thousands."""
_LARGE = 20_000
_LARGE_TAG = re.compile(rf"(?is)<script\b.*?(?:</script|\Z)|<!--.*?(?:-->|\Z)|(?P<tag><[a-z][^<>]{{{_LARGE},}})")
"""A tag of very many letters, which stand neither in a script nor in a comment."""
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))


def local(name: object) -> str:
    """Return an element's or attribute's name without its namespace; nothing for comments and the like."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML from a stranger; ManuscriptError if it is damaged or declares entities of its own."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _damaged(name, str(error)) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _declares(name)
    return root


def parse_html(text: str, name: str) -> Element:
    """Parse HTML of any quality, as a browser would; ManuscriptError if it holds no element or nests too deeply."""
    from lxml import etree

    _refuse_masses(text, name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(name, str(error)) from None
    # Past its limit of depth the parser drops what follows: better no book than half a book.
    limits = [entry.message for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if limits and "depth" not in limits[0].lower():
        raise ManuscriptError(
            f"{name} holds a text, an address or a picture of more than 10 MB in one piece", "save its pictures as files beside it"
        )
    if limits:
        raise ManuscriptError(
            f"{name} nests its elements deeper than 256 levels", "save it again as plain HTML, or as text, from a browser"
        )
    if root is None:
        raise ManuscriptError(f"{name} is empty", "write the story into it, or name another file")
    return root


def _refuse_masses(text: str, name: str) -> None:
    """Refuse what would keep a parser busy for minutes; ManuscriptError names it."""
    if (tags := text.count("<")) > MOST_TAGS:
        raise ManuscriptError(f"{name} has {tags:,} tags; {MOST_TAGS:,} are the limit", "split it into several stories")
    for match in _LARGE_TAG.finditer(text):
        if match["tag"] and len(re.sub(r"\"[^\"]*\"|'[^']*'", "", match[0])) > _LARGE:
            raise ManuscriptError(f"{name} has a tag of {len(match[0]):,} letters", "save it again as plain HTML from a browser")


def parse_xhtml(data: bytes, name: str) -> Element:
    """Parse a page of an EPUB: as XML, which it should be, or else as HTML."""
    from html.entities import html5

    text, _ = decode_markup(data, name)

    def spelt_out(match: re.Match[str]) -> str:
        return match[0] if match[1] in _XML_OWN else html5.get(match[1] + ";", match[0])

    if "<!ENTITY" in text:
        raise _declares(name)
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.removeprefix("\ufeff"))
    try:
        return parse_xml(re.sub(r"&(\w{2,31});", spelt_out, body).encode("utf-8", "replace"), name)
    except ManuscriptError:
        return parse_html(body, name)


def decode_markup(data: bytes, name: str) -> tuple[str, str]:
    """Read bytes as the encoding that they declare, else as any text file: (text, encoding).

    ManuscriptError if they are not in the encoding that they name, or no text.
    """
    if kind := named_by_magic(data):
        raise ManuscriptError(
            f"{name} is {kind}, no web page", "open it where it came from and save it as HTML, or as plain text (.txt)"
        )
    head = data[:4096]
    found = (
        None
        if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:64]
        else re.search(_DECLARATION, head)
    )
    found = found or (None if b"\x00" in head[:64] else re.search(_META, head))
    said = found[1].decode("ascii").lower() if found else ""
    said = "windows-1252" if said in _LATIN else said
    if said and not said.startswith("utf-16") and not said.startswith("utf-32") and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(said).removeprefix("\ufeff"), said
        except LookupError:
            pass
        except UnicodeError:
            raise ManuscriptError(
                f"{name} says that it is in {said.upper()}, and it is not", "save it again as UTF-8, or as plain text (.txt)"
            ) from None
    text, encoding = decode(data)
    if data and (not encoding or looks_binary(text)):
        raise ManuscriptError(f"{name} is not a text file", "save the story as plain text (.txt, UTF-8)")
    return text, encoding


def _declares(name: str) -> ManuscriptError:
    return ManuscriptError(
        f"{name} declares entities of its own, which no story needs", "save it again from the program it came from"
    )


def _damaged(name: str, says: str) -> ManuscriptError:
    if "Excessive depth" in says:
        return ManuscriptError(
            f"{name} nests its elements deeper than 256 levels",
            "save it again from the program it came from, or as plain text (.txt)",
        )
    if "amplification" in says:
        return _declares(name)
    says = re.sub(r",? ?(?:line \d+, column \d+)? ?\(<string>.*", "", says)
    return ManuscriptError(f"{name} is damaged: {says[:120]}", "save it again from the program it came from, or fetch it anew")
