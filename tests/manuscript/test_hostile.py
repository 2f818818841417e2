"""Damaged and hostile files of every format: each is refused in words, quickly, in little memory; nothing is fetched or written."""

import io
import os
import random
import struct
import zipfile

import pytest
from formats import CONTAINER, W, docx, epub, html, odt, page, w, write
from formats import zipped as pack
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from pressbook.cli import main
from pressbook.errors import ManuscriptError
from pressbook.manuscript import read
from stopwatch import soon

NOISE = random.Random(5).randbytes(4000)  # noqa: S311 - noise, not a secret
GOOD_EPUB = epub({"one": "<h1>One</h1><p>Salt &amp; water, and <i>more</i> of it.</p>" * 20}, "Salt", "Ada")
GOOD_DOCX = docx(w("One", style="H1") + w("Salt and water, ", ("more", "<w:i/>"), " of it.") * 20)
GOOD_ODT = odt("<text:p>Salt and water.</text:p>" * 20)
GOOD_RTF = rb"{\rtf1\ansi{\info{\title Salt}}{\b Salt} and \u8212? {\i water}.\par More.{\footnote Note.}\par}"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(k + 1)} "{f"&{chr(k)};" * 10}">' for k in range(98, 107))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
OPF = '<package xmlns="http://www.idpf.org/2007/opf"><manifest>{}</manifest><spine>{}</spine></package>'


def with_flag(data: bytes, flag: int) -> bytes:
    """Set a flag on every part of an archive, in both of its directories."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] |= flag
            place = changed.find(mark, place + 4)
    return bytes(changed)


def claiming(data: bytes, size: int) -> bytes:
    """Let every part of an archive claim to have another size."""
    changed = bytearray(data)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 24 : place + 28] = struct.pack("<I", size)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def book(container: str = CONTAINER, opf: str = "", **pages: str | bytes) -> bytes:
    """Make an EPUB that lacks what it is not given."""
    parts = {"META-INF/container.xml": container, **({"OEBPS/book.opf": opf} if opf else {}), **pages}
    return pack(parts)


def crowded() -> bytes:
    """Make an archive of too many files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(10_002):
            archive.writestr(str(number), b"")
    return file.getvalue()


def half(data: bytes) -> bytes:
    """Cut a file short."""
    return data[: len(data) // 2]


DAMAGED_DOCX = bytearray(GOOD_DOCX)
DAMAGED_DOCX[GOOD_DOCX.index(b"word/document.xml") + 30] ^= 0xFF
ONE = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'

TABLE = {
    # HTML
    "an empty page.html": (b"", "empty|damaged"),
    "only tags.html": (html("<p></p><div><br></div>"), "empty"),
    "only a script.html": (html("<script>document.write('Hello there')</script>"), "empty"),
    "only marks.html": (html("<p>***</p>"), "no words"),
    "not UTF-8 as it says.html": (html("<p>caf\u00e9</p>").decode().encode("latin-1"), "UTF-8, and it is not"),
    "no Shift-JIS as it says.html": (html("<p>x</p>", '<meta charset="shift_jis">') + b"\x81\xff\xfe", "SHIFT_JIS, and it is not"),
    "nested without end.html": (html("<div>" * 100_000 + "words"), "deeper than 256"),
    "noise.html": (NOISE, "not a text file"),
    "a picture.html": (b"\x89PNG\r\n\x1a\n" + NOISE, "a PNG picture"),
    "many attributes.html": ("<p " + " ".join(f'a{k}="x"' for k in range(100_000)) + ">Salt", "a tag of"),
    "a long attribute.html": ('<p title="' + "x" * 11_000_000 + '">Salt', "more than 10 MB in one piece"),
    "a long picture.html": ('<p>Salt<img src="data:image/png;base64,' + "A" * 11_000_000 + '">', "more than 10 MB in one piece"),
    "many tags.html": ("<a>" * 600_000 + "x", "600,000 tags"),
    "misnested.html": ("<b><i>" * 3000 + "x" + "</b></i>" * 3000, "deeper than 256"),
    "open tables.html": ("<table>" * 5000 + "x", "deeper than 256"),
    "open comments.html": ("<!--" * 1000, "empty"),
    "a web archive.html": ('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n\n<p>Salt=20', "web archive"),
    "only a drawing.html": (html("<svg><p>x</p></svg>"), "empty"),
    # plain text
    "a PDF.txt": (b"%PDF-1.7\n" + NOISE, "a PDF"),
    "Cyrillic.txt": (("Соль и вода. " * 40).encode("koi8-r"), "neither UTF-8 nor Western"),
    "Chinese.txt": (("雨落在码头上。" * 40).encode("gb18030"), "neither UTF-8 nor Western"),
    "Japanese.txt": (("雨が港に降った。" * 40).encode("shift-jis"), "not a text file"),
    "of a mainframe.txt": (("Salt and water. " * 40).encode("cp500"), "not a text file"),
    "with zeros.txt": (b"Salt and\0water.\n" * 100, "not a text file"),
    "endless lines.txt": (b"a\n" * 600_000, "600,000 lines"),
    "endless blanks.txt": (b"\n" * 600_000 + b"Salt.", "600,000 lines"),
    "one endless line.txt": (b"salt " * 2_500_000, "12,500,000 letters"),
    "only a mark.txt": (b"\xef\xbb\xbf", "empty"),
    "only white.txt": ("\u00a0\n \t\n\u00a0".encode(), "empty"),
    "only quotes.txt": (b'"' * 90_000, "no words"),
    "an accent without end.txt": ("a" + "\u0301" * 90_000, "goes on for"),
    "half UTF-16.html": (b"\xff\xfe" + b"\x00\xd8" * 900, "no words|not a text|damaged|empty"),
    "one word of 3 MB.html": (html("<p>" + "a" * 3_000_000), "goes on for 3,000,000"),
    "too large.html": (b" " * (65 * 1024 * 1024), "64 MB"),
    # Markdown
    "only a comment.md": (b"<!-- nothing -->\n", "empty"),
    "only front matter.md": (b"---\ntitle: Salt\n---\n", "empty"),
    "only a picture.md": (b"![salt](file:///etc/hostname)\n", "empty"),
    "nested tags.md": (b"<div>" * 5000 + b"\n", "deeper than 256|empty"),
    "open brackets.md": ("[" * 20_000 + "\n\n[a](https://a.example)\n", "goes on for"),
    "open links.md": ("[a](" * 20_000, "goes on for"),
    "open quotations.md": (">" * 90_000 + " x\n", "goes on for"),
    "open code.md": ("`a``b```" * 20_000 + "\n\n[x](y)\n", "goes on for"),
    # archives of any kind
    "nothing in it.epub": (b"", "empty"),
    "nothing in it.docx": (pack({}), "empty archive"),
    "cut short.epub": (half(GOOD_EPUB), "cut short"),
    "cut short.docx": (half(GOOD_DOCX), "cut short"),
    "cut short.odt": (half(GOOD_ODT), "cut short"),
    "noise.epub": (NOISE, "no EPUB"),
    "noise behind the right letters.docx": (b"PK\x03\x04" + NOISE, "damaged"),
    "text.epub": (b"Once upon a time.", "a text file"),
    "a web page.docx": (html("<p>Salt</p>"), "an HTML file"),
    "a PDF.odt": (b"%PDF-1.7\n", "a PDF"),
    "locked, or old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "password"),
    "locked.epub": (with_flag(GOOD_EPUB, 1), "password"),
    "locked.odt": (odt("<text:p>Salt</text:p>", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "password"),
    "packed by no method known.epub": (GOOD_EPUB.replace(b"\x08\x00", b"\x63\x00"), "damaged"),
    "a part that does not unpack.docx": (bytes(DAMAGED_DOCX), "damaged"),
    "too many files.epub": (crowded(), "10,000 are the limit"),
    "a bomb.docx": (docx("", **{"word/document.xml": b" " * 20_000_000}), "200-fold"),
    "a larger bomb.epub": (book(opf="<p>" + " " * 30_000_000), "24 MB are the limit"),
    "a bomb that lies.docx": (claiming(docx(w("Salt") * 99_999), 1000), "damaged|cut short"),
    "claims to be huge.odt": (claiming(GOOD_ODT, 0xF0000000), "24 MB are the limit"),
    # each what another is
    "an EPUB.docx": (GOOD_EPUB, "is an EPUB"),
    "a Word document.epub": (GOOD_DOCX, "is a Word document"),
    "an ODT.docx": (GOOD_ODT, "is an OpenDocument text"),
    "a workbook.docx": (pack({"xl/workbook.xml": "<x/>"}), "a workbook"),
    "any archive.docx": (pack({"a.txt": "Hello"}), "a ZIP archive"),
    "a Kindle book.epub": (b"Salt\0" * 12 + b"BOOKMOBI" + NOISE, "a Kindle book"),
    "another archive.docx": (b"Rar!\x1a\x07\0" + NOISE, "a RAR archive"),
    "one more archive.epub": (b"7z\xbc\xaf\x27\x1c" + NOISE, "a 7z archive"),
    "a story inside an archive.docx": (pack({"story.docx": GOOD_DOCX}), "a ZIP archive"),
    "Word's older XML.docx": (b'<?xml version="1.0"?><w:wordDocument/>', "a text file"),
    # EPUB
    "without a rootfile.epub": (book("<container/>"), "does not say where"),
    "a rootfile outside.epub": (book(CONTAINER.replace("OEBPS/book.opf", "../../../../etc/passwd")), "does not say where"),
    "no spine.epub": (book(opf=OPF.format(ONE, "")), "no pages"),
    "a page that is gone.epub": (book(opf=OPF.format(ONE, '<itemref idref="a"/>')), "lacks its part OEBPS/a.xhtml"),
    "a page outside.epub": (
        book(opf=OPF.format(ONE.replace("a.xhtml", "../../../etc/hostname.html"), '<itemref idref="a"/>')),
        "lacks its part etc/hostname",
    ),
    "a spine of itself.epub": (
        book(opf=OPF.format(ONE.replace("a.xhtml", "book.opf"), '<itemref idref="a"/>' * 9)),
        "empty|no words",
    ),
    "a broken package.epub": (book(opf="<package><manifest>"), "damaged"),
    "a thousand laughs.epub": (
        book(opf=OPF.format(ONE, '<itemref idref="a"/>'), **{"OEBPS/a.xhtml": LAUGHS + page("&k;").partition("?>")[2]}),
        "declares entities|damaged|empty",
    ),
    "laughs in the record.epub": (book(opf=LAUGHS + "<package>&k;</package>"), "entities"),
    "laughs in the container.epub": (book(LAUGHS + "<container>&k;</container>", "<package/>"), "entities"),
    "a page nested without end.epub": (epub({"a": "<div>" * 9000 + "x" + "</div>" * 9000}), "deeper than 256"),
    "an endless spine.epub": (book(opf=OPF.format(ONE, '<itemref idref="a"/>' * 99_999)), "200-fold"),
    "a page that is a PDF.epub": (
        book(opf=OPF.format(ONE.replace("xhtml+xml", "pdf"), '<itemref idref="a"/>')),
        "no pages|lacks its part",
    ),
    "protected.epub": (
        epub({"a": "<p>x</p>"}, **{"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/a.xhtml"/></e>'}),
        "protected against copying",
    ),
    # DOCX, ODT
    "a thousand laughs.docx": (docx("", **{"word/document.xml": f"{LAUGHS}<w:document {W}>&k;</w:document>"}), "entities|damaged"),
    "a file from outside.docx": (docx("", **{"word/document.xml": f"{OUTSIDE}<w:document {W}>&x;</w:document>"}), "entities"),
    "a file from outside.odt": (odt("", **{"content.xml": f"{OUTSIDE}<a>&x;</a>"}), "entities"),
    "broken XML.docx": (docx("<w:p>"), "damaged"),
    "nested without end.docx": (docx("<w:p>" * 9000 + "</w:p>" * 9000), "deeper than 256"),
    "tables in tables.docx": (docx("<w:tbl><w:tr><w:tc>" * 900 + w("x") + "</w:tc></w:tr></w:tbl>" * 900), "deeper than 256"),
    "nested without end.odt": (odt("<text:span>" * 9000 + "x" + "</text:span>" * 9000), "deeper than 256"),
    "laughs in the styles.docx": (docx(w("Salt"), **{"word/styles.xml": f"{LAUGHS}<w:styles {W}>&k;</w:styles>"}), "entities"),
    "laughs in the record.docx": (docx(w("Salt"), **{"docProps/core.xml": f"{LAUGHS}<a>&k;</a>"}), "entities"),
    "one entity very often.docx": (
        docx("", **{"word/document.xml": f'<!DOCTYPE a [<!ENTITY a "{"h" * 50_000}">]><a>{"&a;" * 50_000}</a>'}),
        "entities",
    ),
    "a picture that is the story.docx": (
        docx(
            '<w:p><w:r><w:drawing><a:blip xmlns:a="a" xmlns:r="r" r:embed="r1"/></w:drawing></w:r></w:p>',
            **{"word/_rels/document.xml.rels": '<R xmlns="r"><Relationship Id="r1" Target="document.xml"/></R>'},
        ),
        "empty",
    ),
    "no paragraphs.docx": (docx(""), "empty"),
    "a drawing.odt": (odt("", **{"content.xml": "<a/>"}), "but no text"),
    # RTF
    "text.rtf": (b"Hello there.", "a text file"),
    "nothing in it.rtf": (b"", "empty"),
    "cut short.rtf": (rb"{\rtf1 {\b Hello there, all", "cut short"),
    "nested without end.rtf": (b"{\\rtf1 " + b"{" * 9000, "deeper than 500"),
    "only fonts.rtf": (rb"{\rtf1{\fonttbl{\f0 Times;}}}", "empty"),
    "groups in fields.rtf": (b"{\\rtf1 " + b"{\\field{\\*\\fldinst " * 400 + b"x" + b"}}" * 400 + b"}", "deeper than 500"),
    "raw bytes to the end.rtf": (b"{\\rtf1 {\\pict\\bin999999999 " + NOISE + b"}}", "cut short|empty"),
    "a book.mobi": (b"BOOKMOBI", r"\.mobi file cannot be read"),
    "a story.pdf": (b"%PDF", r"\.pdf file cannot be read"),
    "a script.doc": (b"\xd0\xcf\x11\xe0", r"\.doc file cannot be read"),
    "a story.xyz": (b"Salt", r"\.xyz file cannot be read"),
}  # fmt: skip


def test_there_are_more_than_ninety():
    """The table is long."""
    assert len(TABLE) >= 90


@pytest.mark.parametrize("name", list(TABLE))
def test_refused(tmp_path, name):
    """The message names the file and what is wrong, the hint what to do, within two seconds."""
    data, says = TABLE[name]
    path = write(tmp_path, name, data)

    def reading():
        with pytest.raises(ManuscriptError, match=says) as error:
            read(path)
        assert name in error.value.message
        assert error.value.hint

    assert soon(reading, 2)


SHAPE = "<draw:custom-shape xmlns:draw='urn:d'><text:p>a"
ODD = {
    "an item's number.html": html('<ol start="99999999999"><li value="-1">Salt<li value="9999999">x'),
    "many items.html": html("<ol>" + "<li>a" * 5000),
    "a wide row.html": html("<table><tr>" + "<td>a" * 5000),
    "cells in cells.html": html("<table><tr><td>" * 60 + "<p>a</p>" * 3000),
    "borders.html": html("<p style='" + "border-bottom:1px solid;" * 20_000 + "'></p>Salt"),
    "half a byte of a picture.rtf": b"{\\rtf1 {\\pict\\pngblip abc}Salt\\par}",
    "many pictures.rtf": b"{\\rtf1 Salt " + b"{\\pict\\pngblip 00}" * 20_000 + b"}",
    "many borders.rtf": b"{\\rtf1 " + b"\\brdrb\\brdrs" * 50_000 + b" Salt}",
    "a row without end.rtf": b"{\\rtf1 \\trowd " + b"a\\cell " * 5000 + b"Salt}",
    "a long name of a style.rtf": b"{\\rtf1{\\stylesheet{\\s1 " + b"a b " * 200_000 + b";}}Salt\\par}",
    "numbers too large.rtf": b"{\\rtf1\\s9999999999\\outlinelevel9999999999 \\uc0\\u9999999999 \\u-2147483648 \\u1114112 Salt\\par}",  # noqa: E501
    "boxes in contents.rtf": b"{\\rtf1 {\\field{\\*\\fldinst TOC}{\\fldrslt {\\shp{\\*\\shpinst{\\shptxt a\\par}}}}}Salt\\par}",
    "shapes in shapes.odt": odt("<text:p>Salt" + SHAPE * 60 + "</text:p></draw:custom-shape>" * 60 + "</text:p>"),
    "lists in lists.odt": odt("<text:list><text:list-item>" * 100 + "<text:p>Salt</text:p>" + "</text:list-item></text:list>" * 100),  # noqa: E501
    "a list's number.odt": odt(f'<text:list><text:list-item text:start-value="{"9" * 99}"><text:p>Salt</text:p></text:list-item></text:list>'),  # noqa: E501
    "signs of no font.docx": docx('<w:p><w:r><w:sym w:char="FFFFF"/><w:sym w:char="D800"/><w:sym w:char="zz"/><w:t>Salt</w:t></w:r></w:p>'),  # noqa: E501
    "white in a callout.md": ("> [!note] " + " " * 20_000 + "x\n") * 20 + "\n\nSalt\n",
    "names of nothing.md": "Salt " + " ^" * 20_000 + " " * 50_000 + "^a1b2c3 y\n",
    "rules without rows.md": "Salt\n" + "-- " * 20_000 + "--\ny\n",
    "attributes without end.md": "# Salt" + " {#" * 20_000 + "\n\nx\n",
    "fences.md": ":::{.a}\n" * 5000 + "Salt\n",
    "parts of nothing.md": "# Part 1\n\n## Salt\n\n" * 3000 + "x\n",
}  # fmt: skip


@pytest.mark.parametrize("name", list(ODD))
def test_odd_but_read(tmp_path, name):
    """What programs write, in numbers and depths that none would, is read within two seconds, and nothing of the words is lost."""
    path = write(tmp_path, name, ODD[name])
    blocks = []
    assert soon(lambda: blocks.extend(read(path).blocks), 2)
    assert any("Salt" in block.text or block.text.endswith("a") for block in blocks)


def test_the_command_refuses_them(tmp_path, capsys, monkeypatch):
    """The command says `error:` and `hint:`, exits with 1, and writes nothing."""
    monkeypatch.chdir(tmp_path)
    for name, (data, _) in list(TABLE.items())[::9]:
        write(tmp_path, name, data)
        before = sorted(tmp_path.iterdir())
        assert main(["build", name]) == 1
        assert "error: " in (said := capsys.readouterr().err)
        assert "hint: " in said
        assert sorted(tmp_path.iterdir()) == before


def test_memory(tmp_path, shell):
    """Reading them all, one after another, takes less than 300 MB."""
    for name, (data, _) in TABLE.items():
        write(tmp_path, name, data)
    code = f"""
from pathlib import Path
from pressbook.errors import ManuscriptError
from pressbook.manuscript import read
for path in Path({str(tmp_path)!r}).iterdir():
    try:
        read(path)
    except ManuscriptError:
        pass
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""
    assert int(shell("-c", code).stdout) < 300 * 1024


def test_pipes_and_devices(tmp_path, monkeypatch, capsys):
    """What would never end, a pipe, a device or a link to one, is refused at once, whatever its suffix."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.docx").symlink_to("pipe.txt")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    for name in ("pipe.txt", "link.docx", "zero.md"):
        assert main(["build", name]) == 1
        assert f"{name} is a device or a pipe" in capsys.readouterr().err


def test_a_sparse_file_is_too_large(tmp_path):
    """A file that claims more than the limit is refused before it is read, whatever its suffix."""
    for suffix in (".txt", ".md", ".html", ".docx", ".odt", ".epub", ".rtf"):
        with (tmp_path / f"a{suffix}").open("wb") as file:
            file.truncate(300 * 1024 * 1024)
        with pytest.raises(ManuscriptError, match="64 MB"):
            read(tmp_path / f"a{suffix}")


def test_raw_bytes_in_rtf_are_passed_over(tmp_path):
    """Braces and words among the bytes of a picture change nothing; a typed backslash before `bin` is a letter."""
    data = rb"{\rtf1 Salt C:\\bin9 and\par {\pict\bin12 {{{{\par}}\x} and} water.\par}"
    assert [block.text for block in read(write(tmp_path, "a.rtf", data)).blocks] == ["Salt C:\\bin9 and", "and water."]


def test_a_loop_of_folders(tmp_path, monkeypatch, capsys):
    """A link to the folder above, or to itself, ends in words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "loop").symlink_to("..")
    (tmp_path / "text" / "self.epub").symlink_to("self.epub")
    (tmp_path / "pressbook.toml").write_text('[book]\nstories = ["text/**/*"]\n')

    def building():
        assert main(["build", "."]) == 1
        assert main(["build", "text/self.epub"]) == 1

    assert soon(building, 2)
    assert "hint: " in capsys.readouterr().err


def test_links_and_scripts_are_not_followed(tmp_path):
    """Pictures, styles, frames and scripts that lie elsewhere are neither fetched nor read, and the words stand."""
    secret = write(tmp_path, "secret.txt", "secret words")
    body = (
        f'<p>Salt.</p><img src="{secret}"><iframe src="{secret}">f</iframe><object data="{secret}">o</object>'
        f'<link rel="stylesheet" href="{secret}"><script src="{secret}">s()</script><p>Water.</p>'
    )
    assert [block.text for block in read(write(tmp_path, "a.html", html(body))).blocks] == ["Salt.", "Water."]


GOOD = {
    ".epub": GOOD_EPUB,
    ".docx": GOOD_DOCX,
    ".odt": GOOD_ODT,
    ".rtf": GOOD_RTF,
    ".html": html("<h1>S</h1><p>Salt <i>is</i><br>here."),
}
GOOD[".md"] = (ROOT / "README.md").read_bytes()[:3000]


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_any_change_is_read_or_refused(tmp_path_factory, suffix, data):
    """However the bytes of a good file are changed, cut or repeated, it is read or refused, and nothing else happens."""
    changed = bytearray(GOOD[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(0, len(changed) - 1)))
        match data.draw(st.sampled_from(["set", "cut", "insert", "double"])):
            case "set":
                changed[at : at + 1] = bytes((data.draw(st.integers(0, 255)),))
            case "cut":
                del changed[at : at + data.draw(st.integers(1, 60))]
            case "insert":
                changed[at:at] = data.draw(
                    st.one_of(st.binary(max_size=8), st.sampled_from([b"<", b"&#", b"{", b"\\u-1", b"</p>", b"]]>"]))
                )
            case _:
                changed[at:at] = changed[at : at + 40]
    _try(tmp_path_factory, suffix, bytes(changed))


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode())))
def test_any_bytes_are_read_or_refused(tmp_path_factory, suffix, data):
    """Any bytes under any suffix are read or refused."""
    _try(tmp_path_factory, suffix, data)
    _try(tmp_path_factory, ".rtf", b"{\\rtf1" + data)
    _try(tmp_path_factory, ".docx", docx("", **{"word/document.xml": data}))


MARKS = "[]()<>&;`#-=*_~!:/\\'\"\n \tabX1{}|^.,i"


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(MARKS), max_size=120), st.sampled_from([".md", ".html", ".rtf"]))
def test_any_marks_are_read_or_refused(tmp_path_factory, text, suffix):
    """Any heap of marks is read or refused; so is Markdown made of nothing but its signs."""
    _try(tmp_path_factory, suffix, (b"{\\rtf1 " if suffix == ".rtf" else b"") + text.encode())


def _try(factory, suffix, data):
    path = factory.getbasetemp() / f"fuzz{suffix}"
    path.write_bytes(data)
    try:
        manuscript = read(path)
    except ManuscriptError as error:
        assert error.hint
    else:
        assert manuscript.blocks
        assert all(block.text.strip() and block.line > 0 and block.gap >= 0 for block in manuscript.blocks)
