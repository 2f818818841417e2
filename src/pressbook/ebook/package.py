"""The package: the leaves with their contents, records and style in one archive; the same book gives the same bytes."""

import io
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import PurePosixPath
from time import gmtime, strftime

from pressbook.config import Config, addresses, says
from pressbook.ebook.leaves import MATTERS, Leaf, leaves_of
from pressbook.ebook.style import sheet_for
from pressbook.model import Book, Illustration, Ornament, Picture

UNDATED = 946_684_800
"""The year 2000: an EPUB must say when it was changed, and what nobody dated is dated alike."""
_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">
<head>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body{matter}>
{body}</body>
</html>
"""
_SUFFIXES = {"png": ".png", "jpeg": ".jpg"}
_ROLES = frozenset(("chapter", "part", *MATTERS.values()))
"""The kinds of leaves that ARIA names as well."""


def epub(
    book: Book, config: Config, ornament: Ornament | str | None, moment: int | None = None, cover: Picture | None = None
) -> bytes:
    """Write a book as an EPUB 3; `ornament` parts its scenes: a drawing, a text, or None for white; `cover` shows it on a shelf.

    `moment` is in seconds since 1970 and dates the file; None gives it no date of its own, so that nothing changed is no
    byte changed.
    """
    language = book.language.replace("_", "-")
    pictures = _pictures(book)
    leaves = leaves_of(book, config, ornament, {data: name for name, data in pictures.items()})
    parts = {f"{leaf.name}.xhtml": _page(_section(leaf), leaf.title, leaf.matter, language) for leaf in leaves}
    parts["nav.xhtml"] = _page(_contents(leaves, language), says(language).contents, "frontmatter", language)
    parts["style.css"] = sheet_for(config)
    covers = {f"cover{_SUFFIXES[cover.kind]}": cover.data} if cover else {}
    whole = {**{name: content.encode() for name, content in parts.items()}, **pictures, **covers}
    date = UNDATED if moment is None else moment
    whole["package.opf"] = _record(book, config, leaves, (*pictures, *covers), language, _identity(whole), date).encode()
    return _packed({"META-INF/container.xml": _CONTAINER.encode(), **{f"EPUB/{name}": data for name, data in whole.items()}})


def _pictures(book: Book) -> dict[str, bytes]:
    """Name the pictures of a book as files of the archive, each once."""
    named: dict[str, bytes] = {}
    for chapter in book.chapters:
        for block in chapter.blocks:
            if isinstance(block, Illustration) and block.picture.data not in named.values():
                suffix = _SUFFIXES[block.picture.kind]
                stem = re.sub(r"[^A-Za-z0-9_-]+", "-", PurePosixPath(block.picture.name).stem).strip("-") or "picture"
                names = (
                    f"pictures/{stem}{number}{suffix}" for number in ("", *(f"-{count}" for count in range(2, len(named) + 3)))
                )
                named[next(name for name in names if name not in named)] = block.picture.data
    return named


def _page(body: str, title: str, matter: str, language: str) -> str:
    return _PAGE.format(language=language, title=escape(title, quote=False), matter=f' epub:type="{matter}"', body=body)


def _section(leaf: Leaf) -> str:
    """Wrap a leaf in its section, which says what it is, and whether it stands apart from the story."""
    said = f' epub:type="{leaf.kind}"' if leaf.kind else ""
    said += f' role="doc-{leaf.kind}"' if leaf.kind in _ROLES else ""
    apart = leaf.matter != "bodymatter" and leaf.kind not in ("titlepage", "copyright-page")
    name = "note" if apart else leaf.kind
    return f'<section class="{name}"{said}>\n{leaf.body}</section>\n'


def _contents(leaves: tuple[Leaf, ...], language: str) -> str:
    """Write the contents, a part's chapters below it, and the landmarks."""
    entries: list[list[Leaf]] = []
    for leaf in leaves:
        if leaf.listed:
            under = leaf.kind != "part" and leaf.matter == "bodymatter" and not leaf.opens
            below = under and entries and entries[-1][0].kind == "part"
            entries[-1].append(leaf) if below else entries.append([leaf])
    lists = "".join(_entry(*entry) for entry in entries)
    places = _landmarks(leaves, language)
    marks = "".join(f'<li><a epub:type="{kind}" href="{link}">{words}</a></li>\n' for kind, link, words in places)
    return (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{says(language).contents}</h1>\n<ol>\n{lists}</ol>\n</nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden">\n<h2>Landmarks</h2>\n<ol>\n{marks}</ol>\n</nav>\n'
    )


def _entry(leaf: Leaf, *below: Leaf) -> str:
    inner = f"\n<ol>\n{''.join(map(_entry, below))}</ol>\n" if below else ""
    return f'<li><a href="{leaf.name}.xhtml">{escape(leaf.title, quote=False)}</a>{inner}</li>\n'


def _landmarks(leaves: tuple[Leaf, ...], language: str) -> Iterator[tuple[str, str, str]]:
    """Name the places that every reading system looks for: (what, where, in words)."""
    words = says(language)
    named = {"titlepage": words.title_page, "copyright-page": words.imprint}
    yield from ((leaf.kind, f"{leaf.name}.xhtml", named[leaf.kind]) for leaf in leaves if leaf.kind in named)
    if _shows_contents(leaves):
        yield "toc", "#toc", words.contents
    if story := next((leaf for leaf in leaves if leaf.matter == "bodymatter"), None):
        yield "bodymatter", f"{story.name}.xhtml", words.beginning


def _shows_contents(leaves: tuple[Leaf, ...]) -> bool:
    """Tell whether the contents are worth a page of their own."""
    return sum(leaf.listed for leaf in leaves) > 1


def _record(
    book: Book, config: Config, leaves: tuple[Leaf, ...], pictures: tuple[str, ...], language: str, identity: str, moment: int
) -> str:
    """Write the package document: what the book is, what it holds, in which order."""
    items = "".join(map(_item, leaves)) + "".join([_shown(name, number) for number, name in enumerate(pictures, 1)])
    seen = '<meta property="schema:accessMode">visual</meta>\n' if pictures else ""
    # What reading systems of the second version look for.
    seen += '<meta name="cover" content="cover"/>\n' if pictures and pictures[-1].startswith("cover.") else ""
    order = [leaf.name for leaf in leaves]
    if _shows_contents(leaves):
        order.insert(next(at for at, leaf in enumerate(leaves) if leaf.kind not in ("titlepage", "copyright-page")), "nav")
    spine = "".join(f'<itemref idref="{name}"/>\n' for name in order)
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identity" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="identity">{identity}</dc:identifier>
{"".join(_told(book, config))}<dc:language>{language}</dc:language>
<meta property="dcterms:modified">{strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(moment))}</meta>
<meta property="schema:accessMode">textual</meta>
{seen}<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}<item id="style" href="style.css" media-type="text/css"/>
</manifest>
<spine>
{spine}</spine>
</package>
"""


def _item(leaf: Leaf) -> str:
    drawn = ' properties="svg"' if "<svg" in leaf.body else ""
    return f'<item id="{leaf.name}" href="{leaf.name}.xhtml" media-type="application/xhtml+xml"{drawn}/>\n'


def _shown(name: str, number: int) -> str:
    """List a picture, and say of the one that stands for the book on a shelf that it does."""
    kind = {".png": "image/png", ".jpg": "image/jpeg"}[name[-4:]]
    named, says = ("cover", ' properties="cover-image"') if name.startswith("cover.") else (f"picture-{number}", "")
    return f'<item id="{named}" href="{name}" media-type="{kind}"{says}/>\n'


def _told(book: Book, config: Config) -> Iterator[str]:
    """Write what the book says of itself, as far as it does."""
    keys = config.book
    yield f'<dc:title id="named">{escape(book.title, quote=False)}</dc:title>\n'
    if subtitle := keys.subtitle or book.subtitle:
        yield '<meta refines="#named" property="title-type">main</meta>\n'
        yield f'<dc:title id="named-below">{escape(subtitle, quote=False)}</dc:title>\n'
        yield '<meta refines="#named-below" property="title-type">subtitle</meta>\n'
    if book.author:
        yield f'<dc:creator id="by">{escape(book.author, quote=False)}</dc:creator>\n'
        yield '<meta refines="#by" property="role" scheme="marc:relators">aut</meta>\n'
    if series := keys.series or book.series:
        yield f'<meta property="belongs-to-collection" id="of">{escape(series, quote=False)}</meta>\n'
        yield '<meta refines="#of" property="collection-type">series</meta>\n'
    if keys.copyright:
        yield f"<dc:rights>{escape(keys.copyright, quote=False)}</dc:rights>\n"
    for _, address in addresses(keys, book.title, book.published):
        yield f"<dc:source>{escape(address, quote=False)}</dc:source>\n"


def _identity(parts: Mapping[str, bytes]) -> str:
    """Name a book by its content: a UUID of the eighth version, which leaves to its maker how it is come by (RFC 9562)."""
    digits = sha256(b"\0".join([name.encode() + b"\0" + data for name, data in parts.items()])).hexdigest()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-{'89ab'[int(digits[16], 16) % 4]}{digits[17:20]}-{digits[20:32]}"


def _packed(parts: dict[str, bytes]) -> bytes:
    """Pack an archive whose first part, stored as it is, says what it is; no clock is asked."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in {"mimetype": b"application/epub+zip", **parts}.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            stored = name == "mimetype" or name.endswith((".png", ".jpg"))
            archive.writestr(info, content, ZIP_STORED if stored else ZIP_DEFLATED, 9)
    return file.getvalue()
