"""A structural checker of PDF/X, written from the standards' requirements and not from our code."""

import re
from itertools import pairwise
from struct import unpack_from
from xml.etree import ElementTree

import pikepdf

from readback import opened

VERSIONS = {"PDF/X-1a:2003": "1.4", "PDF/X-3:2003": "1.4", "PDF/X-4": "1.6"}
GREY, CMYK = {"g", "G"}, {"k", "K"}
FOREIGN = {"rg", "RG", "sh", "ri", "BI"}
FORBIDDEN = {
    "/AA",
    "/OpenAction",
    "/AcroForm",
    "/JavaScript",
    "/EmbeddedFiles",
    "/TR",
    "/TR2",
    "/HTP",
    "/OPI",
    "/PS",
    "/Alternates",
}
XMP = {
    "Title": "{http://purl.org/dc/elements/1.1/}title",
    "Author": "{http://purl.org/dc/elements/1.1/}creator",
    "Subject": "{http://purl.org/dc/elements/1.1/}description",
    "Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
    "Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "CreationDate": "{http://ns.adobe.com/xap/1.0/}CreateDate",
    "ModDate": "{http://ns.adobe.com/xap/1.0/}ModifyDate",
    "Trapped": "{http://ns.adobe.com/pdf/1.3/}Trapped",
}
VERSION_IN_XMP = ("{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion", "{http://ns.adobe.com/pdfx/1.3/}GTS_PDFXVersion")
NEEDED = {"Title", "Creator", "Producer", "CreationDate", "ModDate", "Trapped", "GTS_PDFXVersion"}


def xmp_of(pdf):
    """Return the packet's properties: name to text."""
    tree = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())  # noqa: S314 - our own file
    (description,) = tree.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    return {child.tag: "".join(child.itertext()) for child in description}


def faults(data, standard):
    """List what keeps a file from being what it should, as words; nothing if it keeps the standard."""
    with opened(data) as pdf:
        return [
            *_file(data, pdf, standard),
            *_told(pdf, standard),
            *_boxes(pdf),
            *_intent(pdf, standard),
            *_fonts(pdf),
            *_objects(pdf, standard),
            *_colours(pdf),
        ]


def _file(data, pdf, standard):
    if pdf.pdf_version != VERSIONS[standard]:
        yield f"version {pdf.pdf_version}"
    if VERSIONS[standard] < "1.5" and (b"/ObjStm" in data or b"/XRef" in data):
        yield "object streams"
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield "no ID"
    if "/Encrypt" in pdf.trailer:
        yield "encrypted"
    if re.search(rb"[^\r\n]endstream", data):
        yield "no line end before endstream"


def _told(pdf, standard):
    told = {name.lstrip("/"): str(value).lstrip("/") for name, value in pdf.docinfo.items()}
    yield from (f"no {name}" for name in sorted(NEEDED - told.keys()))
    if told.get("GTS_PDFXVersion") != standard:
        yield f"says {told.get('GTS_PDFXVersion')}"
    packet = xmp_of(pdf)
    if standard not in [packet.get(name) for name in VERSION_IN_XMP]:
        yield "XMP says another standard"
    for key, name in XMP.items():
        mine, theirs = told.get(key, ""), packet.get(name, "")
        if key.endswith("Date"):
            mine, theirs = (re.sub(r"\D", "", text) for text in (mine, theirs))
        if mine != theirs:
            yield f"{key} {mine!r} is {theirs!r} in XMP"
    if told.get("Trapped") not in ("True", "False"):
        yield "Trapped is open"


def _boxes(pdf):
    for number, page in enumerate(pdf.pages, 1):
        boxes = [[float(at) for at in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")]
        for outer, inner in pairwise(boxes):
            if not (outer[0] <= inner[0] < inner[2] <= outer[2] and outer[1] <= inner[1] < inner[3] <= outer[3]):
                yield f"page {number}: boxes do not nest"
        if "/ArtBox" in page or "/CropBox" in page or "/Annots" in page:
            yield f"page {number}: a box or annotation too many"


def _intent(pdf, standard):
    intents = [each for each in pdf.Root.get("/OutputIntents", ()) if each.S == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
        return
    (intent,) = intents
    if not ({"/OutputConditionIdentifier", "/Info"} <= set(intent.keys())):
        yield "an intent without words"
    profile = intent.get("/DestOutputProfile")
    if profile is None:
        if standard == "PDF/X-4" or str(intent.get("/RegistryName", "")) != "http://www.color.org":
            yield "no profile"
        return
    icc = profile.read_bytes()
    size, major, kind, space = unpack_from(">I4xB3x4s4s", icc)
    if (size, major, kind, icc[36:40]) != (len(icc), 2, b"prtr", b"acsp"):
        yield "a profile that is no output profile"
    if (space, int(profile.N)) not in ((b"GRAY", 1), (b"CMYK", 4)) or (standard == "PDF/X-1a:2003" and space != b"CMYK"):
        yield f"a profile of {space}"


def _fonts(pdf):
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and thing.get("/Subtype") != "/Type0":
            descriptor = thing.get("/FontDescriptor", {})
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"{thing.get('/BaseFont')} is not embedded"


def _objects(pdf, standard):
    flat = standard != "PDF/X-4"
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        yield from (f"{key} is forbidden" for key in sorted(FORBIDDEN & set(thing.keys())))
        if "LZW" in str(thing.get("/Filter", "")):
            yield "LZW"
        if flat and (
            thing.get("/SMask", "/None") != "/None"
            or thing.get("/BM", "/Normal") != "/Normal"
            or min(float(thing.get("/CA", 1)), float(thing.get("/ca", 1))) < 1
            or thing.get("/S") == "/Transparency"
        ):
            yield "transparency"
        if thing.get("/Subtype") == "/Image" and thing.get("/ColorSpace") not in ("/DeviceGray", "/DeviceCMYK"):
            yield f"an image in {thing.get('/ColorSpace')}"


def _colours(pdf):
    """Colours of one ink with an intent of one, black or four with one of four; others by name of an ink."""
    (intent,) = pdf.Root.get("/OutputIntents", [{}])
    inks = int(intent.get("/DestOutputProfile", {}).get("/N", 4))
    known = GREY if inks == 1 else GREY | CMYK
    for number, page in enumerate(pdf.pages, 1):
        spaces = page.get("/Resources", {}).get("/ColorSpace", {})
        for name, space in spaces.items():
            if space[0] != "/Separation" or str(space[2]) != {1: "/DeviceGray", 4: "/DeviceCMYK"}[inks]:
                yield f"page {number}: colour space {name}"
        for painted in (page, *page.get("/Resources", {}).get("/XObject", {}).values()):
            if painted is not page and painted.get("/Subtype") == "/Image":
                continue
            for operands, operator in pikepdf.parse_content_stream(painted):
                paints = str(operator)
                if paints in FOREIGN | GREY | CMYK and paints not in known:
                    yield f"page {number}: {paints}"
                if paints in ("cs", "CS") and str(operands[0]) not in spaces:
                    yield f"page {number}: {operands[0]}"
