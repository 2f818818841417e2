"""Makers of small files of each format, from a story given as HTML or as text."""

import io
import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts into a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def html(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    """Put a body into a page."""
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{body}\n</body></html>".encode()


def epub(pages: dict[str, str], title: str = "", author: str = "", titles: tuple[str, ...] = (), **parts: str | bytes) -> bytes:
    """Bind pages, in order, with a navigation if they have titles."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    told = f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>en-GB</dc:language>"
    entries = "".join(f'<li><a href="{name}.xhtml">{words}</a></li>' for name, words in zip(pages, titles, strict=False))
    nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>' if titles else ""
    contents = {"OEBPS/nav.xhtml": page(f"<nav><ol>{entries}</ol></nav>")} if titles else {}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{told}</metadata><manifest>{items}{nav}</manifest><spine>{spine}</spine></package>",
            **{f"OEBPS/{name}.xhtml": page(body) for name, body in pages.items()},
            **contents,
            **parts,
        }
    )


def page(body: str) -> str:
    """Make a page of an EPUB."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def docx(body: str, **parts: str | bytes) -> bytes:
    """Put paragraphs into a Word document with the usual styles."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{says}"/>{more}</w:style>'
        for name, says, more in (
            ("Title", "Title", ""),
            ("H1", "heading 1", ""),
            ("Quote", "Quote", ""),
            ("Thought", "Thought", "<w:rPr><w:i/></w:rPr>"),
        )
    )
    emphasis = '<w:style w:type="character" w:styleId="Em"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{styles}{emphasis}</w:styles>",
            **parts,
        }
    )


def w(*runs: str | tuple[str, str], style: str = "") -> str:
    """Write one paragraph for Word: plain runs, and runs with properties."""
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    written = ""
    for run in runs:
        text, properties = (run, "") if isinstance(run, str) else run
        written += f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p>{said}{written}</w:p>"


def odt(body: str, **parts: str | bytes) -> bytes:
    """Put paragraphs into an OpenDocument text with an italic style `I` and a title's."""
    styles = (
        '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="Title" style:family="paragraph"/>'
    )
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **parts})


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
