"""Makers of small pictures, and of files of each format that hold one."""

import io
import struct
import zlib

from formats import docx, epub, html, odt, page, w
from PIL import Image

WORDS = "So the boat went out before the others did."
AFTER = "Nobody counted it in the evening."


def picture(kind="png", size=(60, 40), mode="RGB", **saved) -> bytes:
    """Make a picture of a slope of greys, tinted where the mode has colours."""
    slope = Image.linear_gradient("L").resize(size)
    image = slope.convert(mode) if mode != "RGB" else Image.merge("RGB", (slope, slope.point(lambda v: v // 2), slope))
    file = io.BytesIO()
    image.save(file, "JPEG" if kind == "jpeg" else "PNG", **saved)
    return file.getvalue()


def bomb(width: int, height: int, body: bytes = b"") -> bytes:
    """Make a PNG that claims to have so many pixels."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def epub_with(data: bytes, link: str = "art/sea.png") -> bytes:
    """Bind an EPUB with a picture that has a caption."""
    figure = f'<figure><img src="{link}" alt=""/><figcaption>The <i>sea</i>.</figcaption></figure>'
    return epub({"one": f"<h1>One</h1><p>{WORDS}</p>{figure}<p>{AFTER}</p>"}, **{"OEBPS/art/sea.png": data})


def html_with(link: str = "sea.png") -> bytes:
    """Write a page with a picture that has a caption."""
    figure = f'<figure><img src="{link}" alt="grey"><figcaption>The <i>sea</i>.</figcaption></figure>'
    return html(f"<h1>One</h1><p>{WORDS}</p>{figure}<p>{AFTER}</p>")


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId7" Type="image" Target="{}"/></Relationships>'
)
BLIP = '<w:drawing><a:blip xmlns:a="a" xmlns:r="r" r:embed="rId7"/></w:drawing>'


def docx_with(data: bytes, link: str = "media/sea.png") -> bytes:
    """Write a Word document with a picture that has a caption."""
    shown = f"<w:p><w:r>{BLIP}</w:r></w:p>"
    caption = w("The ", ("sea", "<w:i/>"), ".", style="Caption")
    styles = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/></w:style>'
    sheet = "".join(styles.format(*pair) for pair in (("H1", "heading 1"), ("Caption", "caption")))
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return docx(
        w("One", style="H1") + w(WORDS) + shown + caption + w(AFTER),
        **{
            "word/styles.xml": f"<w:styles {names}>{sheet}</w:styles>",
            "word/_rels/document.xml.rels": RELS.format(link),
            "word/media/sea.png": data,
        },
    )


def odt_with(data: bytes, link: str = "Pictures/sea.png") -> bytes:
    """Write an OpenDocument text with a picture and its caption in one frame, as LibreOffice does."""
    inner = f'<draw:frame><draw:image xlink:href="{link}"/></draw:frame>'
    box = f'<text:p>{inner}The <text:span text:style-name="I">sea</text:span>.</text:p>'
    names = 'xmlns:draw="draw" xmlns:xlink="http://www.w3.org/1999/xlink"'
    frame = f"<draw:frame {names}><draw:text-box>{box}</draw:text-box></draw:frame>"
    head = '<text:h text:outline-level="1">One</text:h>'
    return odt(f"{head}<text:p>{WORDS}</text:p><text:p>{frame}</text:p><text:p>{AFTER}</text:p>", **{"Pictures/sea.png": data})


def marked_with(name: str = "sea.png") -> str:
    """Write a marked manuscript with a picture that has a caption."""
    return f"# One\n\n{WORDS}\n\n![The *sea*.]({name})\n\n{AFTER}\n"


__all__ = ["AFTER", "WORDS", "bomb", "docx_with", "epub_with", "html_with", "marked_with", "odt_with", "page", "picture"]
