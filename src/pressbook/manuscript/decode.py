"""From bytes to clean text: encodings, line ends, and the invisible characters that word processors leave behind."""

import re
import unicodedata

from pressbook.model.finding import Finding

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive (perhaps a .docx, .odt or .epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"OTTO", "a font"),
    (b"\x00\x01\x00\x00", "a font"),
)
_SUSPECT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_PLAIN = bytes((9, 10, *range(32, 127)))
"""Characters that mean what they say."""
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\x0b]")
# Joiners shape letters and emoji, so they live where they join something; all else here is invisible debris.
_DEBRIS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
    "|(?<![^\\s!-/])[\u200c\u200d]|[\u200c\u200d](?![^\\s!-/])"
)


def named_by_magic(data: bytes) -> str:
    """Say what kind of binary file these bytes open, or nothing if they may be text."""
    if re.match(rb"(?is)(?:from|mime-version|subject|snapshot-content-location):.{0,600}multipart/related", data[:1000]):
        return "a web archive (MHTML)"
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return "a Kindle book"
    return next((name for magic, name in _MAGIC if data.startswith(magic)), "")


def decode(data: bytes) -> tuple[str, str]:
    """Read bytes as text: (text, encoding); the encoding is empty if they are no text at all."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32")):
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    if b"\x00" in data:
        encoding = _wide(data)
        return (data.decode(encoding, "replace"), encoding) if encoding else ("", "")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace"), "windows-1252"


def _wide(data: bytes) -> str:
    """Name the UTF-16 whose zero bytes stand where Latin letters would put them, or nothing."""
    sample = data[: 1 << 16]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def is_foreign(data: bytes) -> bool:
    """Tell bytes of another script than Latin: of their letters, more are beyond ASCII than within."""
    sample = data[: 1 << 16]
    plain = sum(97 <= code | 32 <= 122 for code in sample)
    return sum(code > 127 for code in sample) > max(9, plain)


def looks_binary(text: str) -> bool:
    """Tell text from noise: more than one control character in twenty is noise."""
    sample = text[: 1 << 16]
    noise = sum(sample.count(chr(code)) for code in (*range(9), *range(14, 32), 127, 0xFFFD))
    return noise > 9 and noise * 20 > len(sample)


def clean(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Make line ends alike, compose accents, and drop what nobody sees, with a notice that counts it."""
    # Of a novel's half a million characters all but a few thousand are plain, and those that are not are alike.
    signs = "".join(set(text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")))
    if _LINE_ENDS.search(signs):
        text = _LINE_ENDS.sub("\n", text)
    if "\u2029" in text:
        text = text.replace("\u2029", "\n\n")
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(signs):
        return text, ()
    text, count = _DEBRIS.subn("", text)
    if not count:
        return text, ()
    # Taking one away can bare another joiner; once more settles it.
    text = _DEBRIS.sub("", text)
    things = "an invisible or control character was" if count == 1 else f"{count} invisible or control characters were"
    return text, (Finding("notice", "control-characters", f"{things} dropped"),)
