"""The door to Pillow: the pictures that a manuscript names, looked through within limits; none is ever fetched from the web."""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import unquote

from pressbook.errors import ConfigError, ManuscriptError
from pressbook.manuscript.decode import named_by_magic
from pressbook.model.finding import Finding
from pressbook.model.story import PICTURE, Block, Picture, picture_line
from pressbook.values import replace

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
"""The most pixels that a picture may have: an A4 page of line art, bleed and all, has 37 million."""
LARGEST_FILE = 32 * 1024 * 1024
"""The largest picture that is read, in bytes."""
SPACER = 24
"""Pixels: what is narrower or lower is a spacer or a smiley, not an illustration."""

_TELLS_NOTHING = re.compile(
    r"(?i)[\W\d_]*(?:an? |the )?(?:image|img|picture|photo(?:graph)?|graphic|illustration|figure|cover|untitled)?[\W\d_]*"
    r"|.+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?)|https?://\S+"
)

Fetched: TypeAlias = bytes | str
"""A picture's bytes, or the words that say why there are none."""
Fetch: TypeAlias = Callable[[str, str], Fetched]
"""Reads the picture that a link leads to, from the part of the manuscript in which the link stands."""

_REMOTE = r"(?i)(?:[a-z][a-z0-9+.-]+:)?//|(?:https?|ftp|file|blob|cid):"
_WEB = "on the web, and nothing is fetched: save it beside the manuscript, and name the file"
_GONE = "not there: put the file in its place, or correct its name"
_OUTSIDE = "outside the project: copy it beside the manuscript"
_SMALL = f"smaller than {SPACER} pixels"
_MOST_NAMED = 4
_OTHERS = ((b"RIFF", "WebP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"BM", "BMP"), (b"GIF8", "GIF"), (b"%PDF", "PDF"))


class Gallery:
    """The pictures of one manuscript, each once, and what had to be left out."""

    def __init__(self, manuscript: str, fetch: Fetch) -> None:
        self._manuscript = manuscript
        self._fetch = fetch
        self._named: dict[tuple[str, str], str] = {}
        self._pictures: dict[str, Picture] = {}
        self._left_out: dict[str, list[str]] = {}

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All that were hung, in order."""
        return tuple(self._pictures.values())

    def hang(self, link: str, part: str = "", *, typed: int = 0) -> str:
        """Take in the picture that a link in a part leads to; return its name, or nothing if it is left out.

        `typed`, the line on which an author wrote the link, keeps it for a name. ManuscriptError if the picture is damaged
        or past the limits.
        """
        if (link, part) not in self._named:
            self._named[link, part] = self._hung(link, part, typed)
        return self._named[link, part]

    def _hung(self, link: str, part: str, typed: int) -> str:
        shown = link if len(link) <= 60 else f"{link[:59]}…"
        place = f"{self._manuscript}, line {typed}" if typed else self._manuscript
        found = _embedded(link) if link[:5].lower() == "data:" else _WEB if re.match(_REMOTE, link) else self._fetch(link, part)
        picture = look_through(link, found, f"{place}: the picture {shown}") if isinstance(found, bytes) else found
        if isinstance(picture, str):
            self._left_out.setdefault(picture, []).append(f"{shown}, line {typed}" if typed else shown)
            return ""
        if not typed or link[:5].lower() == "data:":
            if twin := next((name for name, other in self._pictures.items() if other.data == picture.data), ""):
                return twin
            picture = replace(picture, name=self._name(link, picture.kind))
        self._pictures[picture.name] = picture
        return picture.name

    def _name(self, link: str, kind: str) -> str:
        """Name a picture by its file, in letters that any disk takes, and apart from all others."""
        suffix = ".png" if kind == "png" else ".jpg"
        stem = "" if link[:5].lower() == "data:" else PurePosixPath(unquote(re.split("[?#]", link)[0])).stem
        stem = re.sub(r"[^\w-]+", "-", stem).strip("-")[:40] or "picture"
        names = (stem + suffix, *(f"{stem}-{number}{suffix}" for number in range(2, len(self._pictures) + 3)))
        return next(name for name in names if name not in self._pictures)

    def findings(self) -> list[Finding]:
        """Say what was left out, and why."""
        return [
            Finding("notice" if why == _SMALL else "warning", "pictures", self._says(links, why))
            for why, links in self._left_out.items()
        ]

    def _says(self, links: list[str], why: str) -> str:
        named = ", ".join(links[:_MOST_NAMED]) + (" …" if len(links) > _MOST_NAMED else "")
        things = "a picture is" if len(links) == 1 else f"{len(links)} pictures are"
        return f"{self._manuscript}: {things} left out ({named}): {why}"


def alternative(typed: str) -> str:
    """Return what a file tells of a picture to those who do not see it; nothing if it says but a file's name, or `image`."""
    told = " ".join(typed.split())
    return "" if _TELLS_NOTHING.fullmatch(told) else told


def look_through(name: str, data: bytes, said: str) -> Picture | str:
    """Decode a picture once, to be sure of it: the picture, or the words that say why it is none that can be printed.

    `said` names it in errors. ManuscriptError if it is damaged, cut short, or past the limit of pixels.
    """
    kind = _kind_of(data)
    if kind is None:
        other = next((words for magic, words in _OTHERS if data.startswith(magic)), "")
        other = other or ("SVG" if b"<svg" in data[:1024] else named_by_magic(data).removeprefix("a ") or "something else")
        return f"{other}, neither PNG nor JPEG: save it as one of them"
    try:
        size, dpi, line_art = _decoded(data, said)
    except ManuscriptError:
        raise
    except Exception as error:  # a decoder that meets damage may fail in any way
        words = re.sub(r" ?[(<].*", "", str(error).partition("\n")[0])[:80] or type(error).__name__
        raise ManuscriptError(
            f"{said} is damaged or cut short: {words}", "save it again from the program it came from, or take it out"
        ) from None
    if min(size) < SPACER:
        return _SMALL
    return Picture(name, kind, *size, data, dpi, line_art)


def _kind_of(data: bytes) -> Literal["png", "jpeg"] | None:
    return "png" if data.startswith(b"\x89PNG\r\n\x1a\n") else "jpeg" if data.startswith(b"\xff\xd8\xff") else None


def _decoded(data: bytes, said: str) -> tuple[tuple[int, int], float, bool]:
    """Decode to the last pixel: (width and height as seen, dots to the inch, whether it has but two colours)."""
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError:
        raise _too_many(said, "hundreds of millions of") from None
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_many(said, f"{width:,} by {height:,}")
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    image.draft("L", image.size)  # a JPEG's greys are enough to know that it is whole
    image.load()
    # Of sixteen bits a pixel the colours cannot be counted, and nobody draws two with so many.
    line_art = image.format == "PNG" and not image.mode.startswith("I") and image.getcolors(2) is not None
    return ((height, width) if turned else (width, height)), _dots(image), line_art


def _too_many(said: str, pixels: str) -> ManuscriptError:
    return ManuscriptError(
        f"{said} has {pixels} pixels; {MOST_PIXELS // 1_000_000} million are the limit",
        "save it smaller: 300 pixels to the inch are plenty, which is 5 million on a page of 6 by 9 inches",
    )


def _dots(image: "Image") -> float:
    """Return the dots to the inch that a file claims, where that can be true."""
    claimed = image.info.get("dpi", (0, 0))
    across, down = (float(each) for each in claimed)
    return round(across, 1) if 30 <= across <= 4800 and abs(across - down) < 0.02 * across else 0.0


def _embedded(link: str) -> Fetched:
    """Return the bytes that a `data:` address holds."""
    head, comma, body = link.partition(",")
    if not comma or not head.lower().endswith(";base64") or len(body) > 2 * LARGEST_FILE:
        return "written into the text in a way that cannot be read: save it as a file"
    try:
        return b64decode(re.sub(r"\s+|%0A", "", body))
    except (binascii.Error, ValueError):
        return "written into the text in a way that cannot be read: save it as a file"


# --- pictures in files of their own -----------------------------------------------------------------------------------


def beside(source: Path) -> Fetch:
    """Return a function that reads pictures by their paths from a manuscript, inside its project only."""
    folder = source.parent
    above = folder / ".."
    return _within(folder, (above if (above / "pressbook.toml").is_file() else folder).resolve())


def picture_for(key: str, name: str, folder: Path) -> Picture:
    """Read the picture that a key of the config names by its path from the project's folder, and inside it only.

    ConfigError if there is none that can be printed; ManuscriptError if it is damaged or past the limits.
    """
    said = f"{key} = {name!r}"
    found = _WEB if re.match(_REMOTE, name) else _within(folder, folder.resolve())(name, "")
    picture = look_through(name, found, said) if isinstance(found, bytes) else found
    if isinstance(picture, str):
        what, _, remedy = picture.partition(": ")
        raise ConfigError(f"{said} is {what}", remedy or "name a larger one")
    return picture


def _within(folder: Path, root: Path) -> Fetch:
    def fetch(link: str, _: str) -> Fetched:
        plain = re.split("[?#]", link)[0]
        for name in dict.fromkeys((link, unquote(link), plain, unquote(plain))):
            try:
                path = (folder / name).resolve()
                if Path(name).is_absolute() or not path.is_relative_to(root):
                    return _OUTSIDE
                if path.is_file():
                    return _read(path)
            except (OSError, ValueError, RuntimeError):
                continue
        return _GONE

    return fetch


def _read(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise ManuscriptError(
            f"the picture {path.name} has {size / 1048576:.0f} MB; {LARGEST_FILE // 1048576} MB are the limit", "save it smaller"
        )
    return path.read_bytes()


def named_pictures(blocks: Sequence[Block], source: Path) -> tuple[tuple[Block, ...], tuple[Picture, ...], list[Finding]]:
    """Find the pictures that blocks of the notation name: (blocks without those left out, pictures, findings)."""
    gallery = Gallery(source.name, beside(source))
    kept: list[Block] = []
    gap = 0
    for block in blocks:
        match = re.fullmatch(PICTURE, block.text)
        name = gallery.hang(match["name"], typed=block.line) if match else ""
        if match and not name:
            gap = max(gap, block.gap)
            continue
        if match and name != match["name"]:
            line = picture_line(match["caption"], name, match["alt"] or "", match["place"] or "")
            block = replace(block, text=line)  # noqa: PLW2901 - the same block
        kept.append(replace(block, gap=max(gap, block.gap)) if gap and kept else block)
        gap = 0
    return tuple(kept), gallery.pictures, gallery.findings()
