"""What a PDF/X file promises, and which of its promises are broken."""

from collections.abc import Iterator

from pressbook.proof.preflight.dossier import Dossier

NEWEST = {"PDF/X-1a": "1.4", "PDF/X-3": "1.4", "PDF/X-4": "1.7"}
"""The version of PDF that each may use; X-4 is based on 1.6, whose readers read a 1.7 header."""


CHANNELS = {"GRAY": 1, "RGB": 3, "CMYK": 4, "Lab": 3}


def broken_promises(dossier: Dossier, standard: str) -> Iterator[str]:
    """Say what a file does that its standard forbids, or leaves out that it demands (ISO 15930-4, -6 and -7)."""
    if standard == "none":
        return
    yield from _told(dossier, standard)
    yield from _intended(dossier, standard)
    yield from _pages(dossier, standard)
    if unembedded := [face.name for face in dossier.faces if not face.embedded]:
        yield f"the font {unembedded[0]} is not embedded"
    if dossier.encrypted:
        yield "it is encrypted"
    extras = {rule for rule, _ in dossier.extras}
    if "javascript" in extras:
        yield "it holds scripts or actions"
    if "form" in extras:
        yield "it holds a form"
    if "attachment" in extras and standard != "PDF/X-4":
        yield "it holds attachments"
    if "layers" in extras and standard != "PDF/X-4":
        yield "it has layers"
    forbidden = {"LZWDecode", "Crypt"} | ({"JPXDecode", "JBIG2Decode"} if standard != "PDF/X-4" else set())
    for name in sorted(forbidden & dossier.filters):
        yield f"a stream is packed by {name.removesuffix('Decode')}"


def _told(dossier: Dossier, standard: str) -> Iterator[str]:
    if tuple(map(int, dossier.version.split("."))) > tuple(map(int, NEWEST[standard].split("."))):
        yield f"it is PDF {dossier.version}, and {NEWEST[standard]} is the newest it may be"
    if not dossier.title:
        yield "it has no title"
    if dossier.trapped not in ("True", "False"):
        yield "it does not say whether it is trapped"
    if not dossier.dated:
        yield "it does not say when it was made and changed"
    if not dossier.named:
        yield "it has no identifier"
    if standard == "PDF/X-4" and not dossier.told:
        yield "it has no XMP metadata"
    elif standard == "PDF/X-4" and not dossier.claimed_in_xmp.startswith(standard):
        yield f"its XMP metadata says {dossier.claimed_in_xmp or 'of no standard'}"
    yield from dossier.disagreements


def _intended(dossier: Dossier, standard: str) -> Iterator[str]:
    intents = [intent for intent in dossier.intents if intent.kind == "GTS_PDFX"]
    if len(intents) != 1:
        yield f"it has {len(intents) or 'no'} output intent{'s' if len(intents) > 1 else ''} for print"
        return
    (intent,) = intents
    if not intent.condition:
        yield "its output intent names no printing condition"
    if len({each.digest for each in dossier.intents if each.digest}) > 1:
        yield "its output intents have different profiles"
    if intent.profile and intent.channels != CHANNELS.get(intent.profile.split()[-1], intent.channels):
        yield f"its output profile is of {intent.profile.split()[-1]}, and it says {intent.channels} channels"
    if intent.profile and not intent.profile.startswith("prtr"):
        yield f"its output profile is of class {intent.profile.split()[0]}, not of a printer"
    if standard == "PDF/X-4" and not intent.profile:
        yield "its output profile is not embedded"


def _pages(dossier: Dossier, standard: str) -> Iterator[str]:
    inks = {ink for leaf in dossier.leaves for ink in leaf.inks}
    plates = {intent.profile.split()[-1] for intent in dossier.intents if intent.profile}
    device = {ink for leaf in dossier.leaves for ink in leaf.device}
    if "rgb" in (inks if standard == "PDF/X-1a" else device):
        yield "it uses RGB colour" if standard == "PDF/X-1a" else "it uses RGB colour without a profile"
    if "calibrated" in inks and standard == "PDF/X-1a":
        yield "it uses colour with a profile"
    if "cmyk" in device and plates == {"GRAY"}:
        yield "it uses CMYK colour, and its output intent has one ink"
    for leaf in dossier.leaves:
        if ("TrimBox" in leaf.given) == ("ArtBox" in leaf.given):
            both = "TrimBox" in leaf.given
            yield f"page {leaf.number} has {'both' if both else 'neither'} a trim box {'and' if both else 'nor'} an art box"
            break
    if standard != "PDF/X-4":
        for leaf in dossier.leaves:
            if leaf.transparent or leaf.group:
                yield f"page {leaf.number} has transparency"
                break
    for leaf in dossier.leaves:
        if leaf.oddities:
            yield f"page {leaf.number} has {leaf.oddities[0]}"
            break
    for leaf in dossier.leaves:
        if leaf.annotations:
            yield f"page {leaf.number} has annotations"
            break
