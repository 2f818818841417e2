"""Files for the preflight tests: a sound one, and ways to spoil it."""

import io
import sys
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

sys.path.append(str(Path(__file__).parents[1] / "pdf"))
from typecase import edition, line, slugs

from pressbook.model import Page
from pressbook.pdf import engrave, pages_pdf


def book(pages=24, width=396.0, height=612.0, inner=54.0, outer=50.0, **parts):
    """Print so many pages of one line each, the inner margin on the side of the spine."""
    text = line("It rained, and the ferry was late again.")
    made = []
    for number in range(1, pages + 1):
        recto = number % 2 == 1
        measure = sum(word.width for word in text.words) + 2.75 * (len(text.words) - 1)
        left = inner if recto else width - inner - measure
        made.append(
            Page(number, "recto" if recto else "verso", "text", slugs(text, x=max(left, outer if not recto else 0), y=height / 2))
        )
    return pages_pdf(engrave(edition(*made, width=width, height=height, **parts)))


def spoiled(data, spoil):
    """Open a PDF, do something to it, and give it back."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spoil(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def paint(pdf, page, operators, **resources):
    """Add operators to a page, with resources under the names given, as `XObject_X1`."""
    leaf = pdf.pages[page]
    own = Dictionary({key: Dictionary(value) if isinstance(value, Dictionary) else value for key, value in leaf.Resources.items()})
    for key, value in resources.items():
        kind, name = key.split("_")
        if f"/{kind}" not in own:
            own[f"/{kind}"] = Dictionary()
        own[f"/{kind}"][f"/{name}"] = value
    leaf.Resources = own
    leaf.contents_add(pdf.make_stream(operators.encode()))


def image(pdf, wide, high, space=Name.DeviceGray, channels=1, **more):
    """Make an image of one tone."""
    data = bytes([128]) * (wide * high * channels)
    about = {"Type": Name.XObject, "Subtype": Name.Image, "Width": wide, "Height": high, "BitsPerComponent": 8, "ColorSpace": space}
    return Stream(pdf, data, {f"/{key}": value for key, value in (about | more).items()})


def unembed(pdf):
    """Name a face that is not in the file."""
    face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    paint(pdf, 2, "BT /H1 12 Tf 100 200 Td (Hello) Tj ET", Font_H1=pdf.make_indirect(face))


def red(pdf):
    """Set a word in red by light."""
    paint(pdf, 3, "q 1 0 0 rg 100 100 40 40 re f Q")


def heavy(pdf):
    """Fill a field with more ink than dries."""
    paint(pdf, 3, "q 1 1 1 0.9 k 100 100 40 40 re f Q")


def into_gutter(pdf):
    """Put type next to the spine of page 5."""
    name = next(iter(pdf.pages[4].Resources.Font.keys()))
    paint(pdf, 4, f"BT {name} 11 Tf 1 0 0 1 12 300 Tm <00010002> Tj ET")


def over_the_edge(pdf):
    """Let type run to the outer edge of page 5."""
    name = next(iter(pdf.pages[4].Resources.Font.keys()))
    paint(pdf, 4, f"BT {name} 11 Tf 1 0 0 1 385 300 Tm <00010002> Tj ET")


def pale(pdf):
    """Make something half transparent."""
    state = Dictionary(Type=Name.ExtGState, ca=0.5)
    paint(pdf, 6, "q /G1 gs 0 g 100 100 40 40 re f Q", ExtGState_G1=state)


def hair(pdf):
    """Draw a line as thin as can be."""
    paint(pdf, 7, "q 0.05 w 0 G 100 100 m 200 100 l S Q")


def coarse(pdf):
    """Place a small image large."""
    paint(pdf, 8, "q 144 0 0 144 100 100 cm /X1 Do Q", XObject_X1=image(pdf, 100, 100))


def script(pdf):
    """Greet whoever opens the file."""
    action = Dictionary(S=Name.JavaScript, JS="app.alert('hello')")
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["greet", action])))


def drop_one(pdf):
    """Take the last page out."""
    del pdf.pages[-1]


def drop_many(pdf):
    """Leave ten pages."""
    del pdf.pages[10:]


def retrim(pdf):
    """Make every page a size that nobody sells."""
    for leaf in pdf.pages:
        for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
            leaf[key] = Array([0, 0, 250, 400])


def one_larger(pdf):
    """Make one page larger than the others."""
    for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
        pdf.pages[9][key] = Array([0, 0, 432, 648])


def unnest(pdf):
    """Let a trim box lie outside its media box."""
    pdf.pages[1].TrimBox = Array([0, 0, 396, 700])


def short_ground(pdf):
    """Let a ground end at the trim."""
    paint(pdf, 5, "q 0.5 g 200 0 196 612 re f Q")


def note(pdf):
    """Stick a note on a page."""
    pdf.pages[2].Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30])))])


def form(pdf):
    """Ask for a signature."""
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(FT=Name.Tx, T="name"))]))


def layered(pdf):
    """Put the file in layers."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


def attach(pdf):
    """Attach a file."""
    pdf.attachments["notes.txt"] = b"hello"


def blend(pdf):
    """Multiply something onto the page, inside a form."""
    inner = Stream(pdf, b"/B1 gs 0 g 0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
    inner.Resources = Dictionary(ExtGState=Dictionary(B1=Dictionary(BM=Name.Multiply)))
    paint(pdf, 6, "q 1 0 0 1 100 100 cm /X1 Do Q", XObject_X1=inner)


def mark_crops(pdf):
    """Draw crop marks beside a page."""
    leaf = pdf.pages[0]
    leaf.MediaBox = Array([-36, -36, 432, 648])
    leaf.BleedBox = Array([0, 0, 396, 612])
    paint(pdf, 0, "q 1 w 0 G -30 0 m -12 0 l S Q")


def lie(pdf):
    """Claim a standard that the file does not keep."""
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-1a:2003"


def spot(pdf):
    """Ask for gold."""
    tint = pdf.make_stream(b"{0 exch 0.2 mul 0.6 0}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1, 0, 1, 0, 1, 0, 1]))
    space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint])
    paint(pdf, 3, "q /C1 cs 1 scn 100 100 40 40 re f Q", ColorSpace_C1=space)


def whiten(pdf):
    """Leave four pages blank in a row."""
    for leaf in list(pdf.pages)[11:15]:
        leaf.Contents = pdf.make_stream(b"")
