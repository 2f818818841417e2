"""Whatever is done to a file's inside, each reader gives a manuscript or says in words that it cannot; finds are kept."""

import io
import zipfile
from pathlib import Path

import pytest
from formats import zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import bomb, docx_with, epub_with, html_with, marked_with, odt_with, picture
from test_hostile import GOOD_RTF

from pressbook.errors import ManuscriptError
from pressbook.manuscript import read
from pressbook.manuscript.pictures import look_through
from pressbook.model import Manuscript, Picture
from stopwatch import soon

FINDS = Path(__file__).parent / "finds"
"""Files that a reader once failed on, each by the suffix that it came under."""
SEA = picture()
ARCHIVES = {".epub": epub_with(SEA), ".docx": docx_with(SEA), ".odt": odt_with(SEA)}
TEXTS = {".html": html_with(), ".md": marked_with().encode(), ".txt": marked_with().encode(), ".rtf": GOOD_RTF}
PICTURES = (
    SEA,
    picture("jpeg"),
    picture(mode="P", bits=4),
    picture(mode="RGBA"),
    picture("jpeg", progressive=True, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
    bomb(40, 40, bytes(1640)),
)
STUMBLES = (b"<", b"</", b"&#x0;", b"\0", b"{", b"]]>", b"\xff\xfe", b"![](", b'="../..')
SLOWEST = 5.0
"""Seconds that a small file may take at the most."""


def parts_of(data):
    """Unpack an archive: name to content."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def changed(draw, data):
    """Flip bits of bytes, cut them, repeat a stretch, or put in what parsers stumble over."""
    content = bytearray(data)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        match draw(st.sampled_from(["flip", "cut", "end", "double", "insert"])):
            case "flip" if content:
                content[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del content[at : at + draw(st.integers(1, 40))]
            case "end":
                del content[at:]
            case "double":
                content[at:at] = content[at : at + draw(st.integers(1, 400))]
            case _:
                content[at:at] = draw(
                    st.sampled_from((b"<", b"</", b"&#x0;", b"\0", b"{", b"]]>", b"\xff\xfe", b"![](", b'="../..'))
                )
    return bytes(content)


@st.composite
def archives(draw):
    """Draw an archive of one of the formats, its parts changed, swapped, dropped, renamed or packed twice."""
    suffix = draw(st.sampled_from(sorted(ARCHIVES)))
    parts = parts_of(ARCHIVES[suffix])
    for _ in range(draw(st.integers(1, 3))):
        names = sorted(parts)
        one, other = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        match draw(st.sampled_from(["change", "swap", "drop", "rename", "copy"])):
            case "change":
                parts[one] = changed(draw, parts[one])
            case "swap":
                parts[one], parts[other] = parts[other], parts[one]
            case "drop" if len(parts) > 1:
                del parts[one]
            case "rename":
                parts[draw(st.sampled_from((one.upper(), f"../{one}", f"/{one}", one + "/", "a", one[:-1] or "b")))] = parts.pop(
                    one
                )
            case _:
                parts[one] = parts[other]
    data = zipped(parts, draw(st.sampled_from((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))))
    return suffix, changed(draw, data) if draw(st.integers(0, 4)) == 0 else data


@st.composite
def texts(draw):
    """Draw a file of one of the formats that are text, changed."""
    suffix = draw(st.sampled_from(sorted(TEXTS)))
    return suffix, changed(draw, TEXTS[suffix])


@st.composite
def painted(draw):
    """Draw a picture, changed."""
    return changed(draw, draw(st.sampled_from(PICTURES)))


def attempt(folder, suffix, data):
    """Read a file: it is a manuscript, or refused in words, and soon."""
    (folder / "sea.png").write_bytes(SEA)
    path = folder / f"fuzz{suffix}"
    path.write_bytes(data)

    def reading():
        try:
            assert isinstance(read(path), Manuscript)
        except ManuscriptError as error:
            assert error.message
            assert error.hint

    assert soon(reading, SLOWEST)


@settings(max_examples=200, deadline=None)
@given(archives())
def test_any_archive_is_read_or_refused(tmp_path_factory, case):
    """However the parts of an EPUB, a Word document or an ODT are changed and exchanged, nothing else happens."""
    attempt(tmp_path_factory.getbasetemp(), *case)


@settings(max_examples=200, deadline=None)
@given(texts())
def test_any_text_is_read_or_refused(tmp_path_factory, case):
    """However an HTML, Markdown, text or RTF file is changed, nothing else happens."""
    attempt(tmp_path_factory.getbasetemp(), *case)


@settings(max_examples=300, deadline=None)
@given(painted())
def test_any_picture_is_shown_or_refused(data):
    """However a PNG or a JPEG is changed, it is a picture, another thing, or damaged, and soon known to be."""

    def looking():
        try:
            found = look_through("sea", data, "the picture sea")
            assert isinstance(found, Picture | str)
        except ManuscriptError as error:
            assert error.hint

    assert soon(looking, SLOWEST)


@settings(max_examples=60, deadline=None)
@given(painted())
def test_a_picture_taken_in_can_be_printed(data):
    """What was looked through and found whole is printed without another question."""
    from pressbook.pdf.halftones import halftone

    try:
        found = look_through("sea", data, "the picture sea")
    except ManuscriptError:
        return
    if isinstance(found, Picture):
        about, greys = halftone(found)
        assert (about["Width"], about["Height"]) == (found.width, found.height)
        assert greys


@pytest.mark.parametrize("find", sorted(FINDS.glob("*")), ids=lambda path: path.name)
def test_what_was_found_stays_mended(tmp_path, find):
    """Each file that a reader once failed on is read or refused now."""
    attempt(tmp_path, find.suffix, find.read_bytes())
