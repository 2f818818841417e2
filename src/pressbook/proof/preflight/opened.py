"""Examining a PDF: opened with care, every page looked at once, nothing judged."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32, decompressobj, error

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from pressbook.errors import DocumentError
from pressbook.proof.preflight.dossier import Box, Dossier, Face, Intent, Leaf
from pressbook.proof.preflight.inks import Palette, inks_of
from pressbook.proof.preflight.objects import Thing, descriptor_of, get, holds_program
from pressbook.proof.preflight.patience import LARGEST_FILE, LARGEST_STREAM, MOST_PAGES, Patience
from pressbook.proof.preflight.placed import Placed, placed_on

TWICE = (
    ("/Title", "dc:title", "title"),
    ("/Author", "dc:creator", "author"),
    ("/Subject", "dc:description", "subject"),
    ("/Keywords", "pdf:Keywords", "keywords"),
    ("/Creator", "xmp:CreatorTool", "creating program"),
    ("/CreationDate", "xmp:CreateDate", "day of making"),
    ("/ModDate", "xmp:ModifyDate", "day of change"),
    ("/Trapped", "pdf:Trapped", "trapping"),
    ("/Producer", "pdf:Producer", "producer"),
)
"""What a file tells in its information dictionary and in its XMP metadata."""
PROGRAMS: dict[str, tuple[bytes, ...]] = {
    "/FontFile": (b"%!", b"\x80\x01"),
    "/FontFile2": (b"\0\1\0\0", b"true", b"OTTO", b"ttcf"),
    "/FontFile3": (b"\1\0", b"OTTO", b"\0\1\0\0", b"true"),
}
"""Where fonts are embedded, and how they begin there."""
ACTIVE = frozenset(
    ("/JavaScript", "/Launch", "/SubmitForm", "/ResetForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/SetOCGState")
)
"""Actions that do something; what leads to a place or an address is harmless, though of no use on paper."""
LETTER = Box(0, 0, 612, 792)
"""What a page without any size is taken for, as readers do."""


def examine(path: Path) -> Dossier:
    """Read a PDF into plain facts; DocumentError if it is no PDF, locked, or damaged beyond reading."""
    patience = Patience(path.name)
    with _open(path) as pdf:
        pages = _pages(pdf, path.name)
        painter = _painter(path)
        leaves: list[Leaf] = []
        faces: dict[object, Face] = {}
        used: set[object] = set()
        filters: set[str] = set()
        try:
            for number, page in enumerate(pages, 1):
                palette = inks_of(pikepdf.Page(page), patience)
                filters |= palette.filters
                used |= palette.used
                for key, font in palette.fonts.items():
                    if key not in faces:
                        faces[key] = _face(font, number)
                leaves.append(_leaf(number, page, palette, _placed(painter, number - 1, patience)))
        finally:
            painter.close()
        told = tuple(face._replace(idle=face.idle and key not in used) for key, face in faces.items())
        return _dossier(path.name, pdf, pages, tuple(leaves), told, frozenset(filters))


def _open(path: Path) -> pikepdf.Pdf:
    if path.is_dir():
        raise DocumentError(f"{path} is a folder", "name the PDF in it")
    if not path.exists():
        raise DocumentError(f"{path} does not exist", "name a PDF, as in `pressbook check dist/story.pdf`")
    if path.stat().st_size > LARGEST_FILE:
        raise DocumentError(f"{path} is larger than {LARGEST_FILE // 10**9} GB", "no printer takes it; make its images smaller")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise DocumentError(f"{path} is not a PDF", "name a PDF, as in `pressbook check dist/story.pdf`")
    try:
        return pikepdf.open(path)
    except pikepdf.PasswordError:
        raise DocumentError(f"{path} is locked with a password", "save it without one: no printer opens a locked file") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError, MemoryError) as error:
        raise _damaged(path.name, error) from None


def _painter(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _damaged(path.name, error) from None


def _damaged(name: str, error: Exception) -> DocumentError:
    reason = (str(error).strip().splitlines() or ["it cannot be read"])[0].removeprefix(name).lstrip(": ")[:120]
    return DocumentError(f"{name} is damaged: {reason}", "write it anew from the program that made it")


def _pages(pdf: pikepdf.Pdf, name: str) -> list[Thing]:
    """List the pages in order, walking the tree by hand: one that shares its branches has more leaves than memory."""
    root = pdf.trailer.get("/Root")
    tree = root.get("/Pages") if isinstance(root, pikepdf.Dictionary) else None
    if not isinstance(tree, pikepdf.Dictionary):
        raise DocumentError(f"{name} has no pages", "write it anew from the program that made it")
    found: list[Thing] = []
    steps = 0
    pending: list[tuple[Thing, frozenset[tuple[int, int]]]] = [(tree, frozenset())]
    while pending:
        node, above = pending.pop()
        steps += 1
        if len(found) > MOST_PAGES or steps > 4 * MOST_PAGES:
            raise DocumentError(
                f"{name} has more than {MOST_PAGES:,} pages", "no book has: the file is damaged, or made to do harm"
            )
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if node.objgen in above or len(above) > 200:
            raise DocumentError(f"{name}: its list of pages runs in a circle", "write it anew from the program that made it")
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array) and _words(node.get("/Type")) != "/Page":
            lineage = above | {node.objgen} if node.is_indirect else above
            if len(kids) > 4 * MOST_PAGES:
                raise DocumentError(f"{name} has more than {MOST_PAGES:,} pages", "the file is damaged, or made to do harm")
            pending += [(kid, lineage) for kid in reversed(list(kids))]
        else:
            found.append(node)
    if not found:
        raise DocumentError(f"{name} has no pages", "write it anew from the program that made it")
    return found


# --- a page ---------------------------------------------------------------------------------------------------------


def _placed(painter: pypdfium2.PdfDocument, at: int, patience: Patience) -> Placed | None:
    """See what stands on a page; None if the painter cannot load it."""
    page = pdfium.FPDF_LoadPage(painter.raw, at)
    if not page:
        return None
    try:
        return placed_on(page, patience)
    finally:
        pdfium.FPDF_ClosePage(page)


def _leaf(number: int, page: Thing, palette: Palette, placed: Placed | None) -> Leaf:
    turn, unit = _turn(page), _unit(page)
    media = _box(page, "/MediaBox") or LETTER
    crop = _box(page, "/CropBox") or media
    trim = _box(page, "/TrimBox") or _box(page, "/ArtBox") or crop
    bleed = _box(page, "/BleedBox") or (crop if "/TrimBox" not in page else trim)
    seen = (placed or Placed()).shown(turn, unit)
    return Leaf(
        number=number,
        media=media.turned(turn),
        crop=crop.turned(turn),
        bleed=bleed.turned(turn),
        trim=trim.turned(turn),
        given=frozenset(name for name in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox") if _box(page, f"/{name}")),
        type=tuple(seen.type),
        pictures=tuple(seen.pictures),
        drawn=tuple(seen.drawn),
        thin=tuple(seen.thin),
        registered=tuple(box.scaled(unit).turned(turn) for box in palette.registered),
        inks=frozenset(palette.inks),
        coverage=palette.coverage,
        device=frozenset(palette.device),
        transparent=tuple(sorted(palette.transparent)),
        group=palette.group or _words(get(page.get("/Group"), "/S")) == "/Transparency",
        rich=palette.rich,
        vanishing=palette.vanishing,
        lacking=palette.lacking,
        oddities=tuple(sorted(palette.oddities)),
        turn=turn,
        annotations=tuple(_annotations(page)),
        unreadable=palette.unreadable or ("" if placed else "no painter can load it"),
    )


def _box(page: Thing, key: str) -> Box | None:
    """Read a box of a page, its media and crop box from the nodes above if need be; corners may come in any order."""
    node = page
    for _ in range(60):
        if key in node or key not in ("/MediaBox", "/CropBox"):
            break
        above = node.get("/Parent")
        if not isinstance(above, pikepdf.Dictionary):
            return None
        node = above
    try:
        x, y, to_x, to_y = (float(corner) for corner in node[key])
    except (KeyError, TypeError, ValueError):
        return None
    if not all(abs(corner) < 1e9 for corner in (x, y, to_x, to_y)):
        return None
    unit = _unit(page)
    return Box(min(x, to_x) * unit, min(y, to_y) * unit, max(x, to_x) * unit, max(y, to_y) * unit)


def _unit(page: Thing) -> float:
    """Return how many points a unit of a page is."""
    with suppress(TypeError, ValueError):
        unit = float(page.get("/UserUnit", 1))
        return unit if 0 < unit < 1e5 else 1.0
    return 1.0


def _turn(page: Thing) -> int:
    """Return by how many degrees a page is shown turned, clockwise."""
    node = page
    for _ in range(60):
        if "/Rotate" in node:
            with suppress(TypeError, ValueError):
                turn = int(node["/Rotate"]) % 360
                return turn if turn % 90 == 0 else 0
            return 0
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return 0
    return 0


def _annotations(page: Thing) -> Iterator[str]:
    notes = page.get("/Annots")
    for note in list(notes)[:1000] if isinstance(notes, pikepdf.Array) else ():
        if isinstance(note, pikepdf.Dictionary) and _words(note.get("/Subtype")) not in ("/TrapNet", "/PrinterMark"):
            yield _words(note.get("/Subtype", "/Unknown")).lstrip("/")


def _face(font: Thing, page: int) -> Face:
    kind = _words(font.get("/Subtype", "")).lstrip("/")
    name = _words(font.get("/BaseFont", font.get("/Name", "unnamed"))).lstrip("/")
    descriptor = descriptor_of(font)
    embedded = kind == "Type3" or any(_is_font(get(descriptor, key), begins) for key, begins in PROGRAMS.items())
    return Face(name, kind, embedded, len(name) > 7 and name[6] == "+" and name[:6].isalpha(), page, not holds_program(font))


def _is_font(program: Thing, begins: tuple[bytes, ...]) -> bool:
    """Tell whether a stream holds a whole font, by how it begins and what it lists; of one that is packed oddly, believe it."""
    if not isinstance(program, pikepdf.Stream):
        return False
    packed = program.get("/Filter")
    if packed is not None and (_words(packed) != "/FlateDecode" or "/DecodeParms" in program):
        return True
    try:
        raw = program.read_raw_bytes()
        data = bytes(raw if packed is None else decompressobj().decompress(raw, LARGEST_STREAM))
    except (pikepdf.PdfError, RuntimeError, error):
        return False
    return data.startswith(begins) and _is_whole(data)


def _is_whole(program: bytes) -> bool:
    """Tell whether the tables that a font lists lie within it; of a font without a list, believe it."""
    if not program.startswith((b"\0\1\0\0", b"true", b"OTTO")):
        return True
    tables = int.from_bytes(program[4:6], "big")
    rows = (program[12 + 16 * at : 28 + 16 * at] for at in range(tables))
    # Tables are filled up to whole words, the last perhaps not.
    return all(int.from_bytes(row[8:12], "big") + int.from_bytes(row[12:16], "big") <= len(program) + 3 for row in rows)


# --- the whole ------------------------------------------------------------------------------------------------------


def _dossier(
    name: str, pdf: pikepdf.Pdf, pages: list[Thing], leaves: tuple[Leaf, ...], faces: tuple[Face, ...], filters: frozenset[str]
) -> Dossier:
    info = pdf.trailer.get("/Info")
    told = pdf.Root.get("/Metadata")
    metadata = _xmp(told)
    identifier = pdf.trailer.get("/ID")
    return Dossier(
        name=name,
        version=str(pdf.pdf_version),
        leaves=leaves,
        faces=faces,
        encrypted=pdf.is_encrypted,
        claims=_claims(info, metadata),
        intents=tuple(_intents(pdf.Root.get("/OutputIntents"))),
        extras=tuple(_extras(pdf, pages)),
        title=_words(get(info, "/Title") or ""),
        trapped=_words(get(info, "/Trapped") or "").lstrip("/"),
        dated=all(get(info, key) is not None for key in ("/CreationDate", "/ModDate")),
        named=isinstance(identifier, pikepdf.Array) and len(identifier) == 2,
        claimed_in_xmp=_claimed_in(metadata),
        told=bool(metadata),
        mended=_mended(pdf, name),
        disagreements=tuple(_disagreements(pdf, info, metadata)),
        filters=filters,
        ours=_words(get(info, "/Producer") or "").startswith("pressbook"),
    )


def _mended(pdf: pikepdf.Pdf, name: str) -> str:
    """Say what the reader had to mend before it could read the file, in its own words."""
    said = [str(warning).partition(name)[2].lstrip(":, ") or str(warning) for warning in pdf.get_warnings()]
    return next((words for words in said if words not in ("file is damaged", "")), said[0] if said else "")[:120]


def _xmp(stream: Thing) -> str:
    if not isinstance(stream, pikepdf.Stream):
        return ""
    try:
        return bytes(stream.read_bytes()[:200_000]).decode("utf-8", "replace")
    except (pikepdf.PdfError, RuntimeError):
        return ""


def _disagreements(pdf: pikepdf.Pdf, info: Thing, metadata: str) -> Iterator[str]:
    """Compare what a file tells of itself in two places."""
    if not metadata or not isinstance(info, pikepdf.Dictionary):
        return
    try:
        xmp = pdf.open_metadata()
        told = {key: _joined(xmp.get(key)) for _, key, _ in TWICE}
    except Exception:
        yield "its XMP metadata cannot be read"
        return
    for key, there, what in TWICE:
        here = _words(info.get(key, "")).lstrip("/" if key == "/Trapped" else "")
        if here and told[there] and (_moment(here) != _moment(told[there]) if key.endswith("Date") else here != told[there]):
            yield f"its {what} is {here!r} in one place and {told[there]!r} in the other"


def _joined(said: object) -> str:
    """Write what XMP says as the information dictionary has it: several authors in one line."""
    return "; ".join(map(str, said)) if isinstance(said, list | set) else str(said or "")


_WHEN = re.compile(r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?(?:\.\d+)?(?:Z|([+-])(\d\d)[:']?(\d\d)?'?)?")


_FIRST = (0, 1, 1, 0, 0, 0)
"""What a part of a moment is that is left out."""


def _moment(text: str) -> object:
    """Read a moment as either place writes it; what is none is left as it is."""
    if not (found := _WHEN.fullmatch(text.strip())):
        return text
    *parts, sign, hours, minutes = found.groups()
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    year, month, day, hour, minute, second = (int(part or least) for part, least in zip(parts, _FIRST, strict=True))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC) - (-away if sign == "-" else away)
    except (ValueError, OverflowError):
        return text


def _claims(info: Thing, metadata: str) -> str:
    """Name the standard that the file says it keeps."""
    said = _words(get(info, "/GTS_PDFXConformance") or get(info, "/GTS_PDFXVersion") or "")
    return said[:40] or _claimed_in(metadata)


def _claimed_in(metadata: str) -> str:
    """Name the standard that XMP metadata says the file keeps."""
    _, _, rest = metadata.partition("GTS_PDFXVersion")
    return rest.lstrip(">=\"'").split("<")[0].split('"')[0].split("'")[0].strip()[:40]


def _intents(intents: Thing) -> Iterator[Intent]:
    for intent in list(intents)[:20] if isinstance(intents, pikepdf.Array) else ():
        if isinstance(intent, pikepdf.Dictionary):
            profile = intent.get("/DestOutputProfile")
            described, channels, digest = "", 0, ""
            if isinstance(profile, pikepdf.Stream):
                try:
                    data = bytes(profile.read_bytes())
                    head, channels, digest = data[:20], int(profile.get("/N", 0)), f"{len(data)} {crc32(data)}"
                    described = f"{head[12:16].decode('latin-1').strip()} {head[16:20].decode('latin-1').strip()}"
                except (pikepdf.PdfError, RuntimeError, TypeError, ValueError):
                    described = "unreadable"
            condition = _words(intent.get("/OutputConditionIdentifier", ""))
            yield Intent(_words(intent.get("/S", "")).lstrip("/"), condition, described, channels, digest)


def _extras(pdf: pikepdf.Pdf, pages: list[Thing]) -> Iterator[tuple[str, str]]:
    """List what a printed page has no use for: (rule, what it is)."""
    root = pdf.Root
    names = root.get("/Names")
    if get(names, "/JavaScript") is not None:
        yield "javascript", "scripts of the document"
    if opening := next((kind for kind in _actions(root.get("/OpenAction"), 0) if kind in ACTIVE | {"/URI"}), ""):
        yield "javascript", f"actions on opening ({opening.lstrip('/')})"
    if "/AA" in root or any("/AA" in page for page in pages):
        yield "javascript", "actions that start by themselves"
    if any(map(_acts, pages)):
        yield "javascript", "scripts or actions behind annotations"
    form = root.get("/AcroForm")
    fields = get(form, "/Fields")
    if (isinstance(fields, pikepdf.Array) and len(fields)) or get(form, "/XFA") is not None:
        yield "form", "fields to fill in"
    attached = any("FileAttachment" in _annotations(page) for page in pages)
    if attached or get(names, "/EmbeddedFiles") is not None or "/AF" in root or "/Collection" in root:
        yield "attachment", "files inside the file"
    if "/OCProperties" in root:
        yield "layers", "layers"
    outline = root.get("/Outlines")
    if get(outline, "/First") is not None:
        yield "outline", "bookmarks"


def _acts(page: Thing) -> bool:
    notes = page.get("/Annots")
    return any(
        any(kind in ACTIVE for kind in _actions(get(note, "/A"), 0)) or get(note, "/AA") is not None
        for note in (list(notes)[:1000] if isinstance(notes, pikepdf.Array) else ())
    )


def _actions(action: Thing, depth: int) -> Iterator[str]:
    """List the kinds of an action and of those that follow it."""
    if isinstance(action, pikepdf.Dictionary) and depth < 20:
        yield _words(action.get("/S"))
        after = action.get("/Next")
        for each in list(after)[:100] if isinstance(after, pikepdf.Array) else [after]:
            yield from _actions(each, depth + 1)


def _words(thing: Thing) -> str:
    """Write a name or a string; what is written in no known code is a question mark."""
    try:
        return str(thing)
    except UnicodeDecodeError:
        return "?"
