"""Files for the preflight tests: a sound one, and ways to spoil it."""

import io
import sys
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

sys.path.append(str(Path(__file__).parents[1] / "pdf"))
from typecase import edition, line, slugs

from pressbook.model import Page
from pressbook.pdf import engrave, pages_pdf
from pressbook.pdf.standards import AT_HOME


def book(pages=24, width=396.0, height=612.0, inner=54.0, outer=50.0, press=AT_HOME, **parts):
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
    return pages_pdf(engrave(edition(*made, width=width, height=height, **parts), press))


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


def inky(pdf):
    """Fill a field with more ink than is wanted, and less than is refused."""
    paint(pdf, 3, "q 0.7 0.7 0.7 0.5 k 100 100 40 40 re f Q")


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


def idle(pdf):
    """Place more pixels than any press shows."""
    paint(pdf, 8, "q 72 0 0 72 100 100 cm /X1 Do Q", XObject_X1=image(pdf, 1300, 1300))


def line_art(pdf):
    """Place black and white of 400 pixels to the inch, which is enough for greys."""
    bits = Stream(pdf, bytes(100 * 800), Type=Name.XObject, Subtype=Name.Image, Width=800, Height=800, BitsPerComponent=1)
    bits.ColorSpace = Name.DeviceGray
    paint(pdf, 8, "q 144 0 0 144 100 100 cm /X1 Do Q", XObject_X1=bits)


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


def _words(pdf, page, before, at="1 0 0 1 100 200", size=11):
    """Set a dozen letters on a page, after some operators."""
    name = next(iter(pdf.pages[page].Resources.Font.keys()))
    return f"q {before} BT {name} {size} Tf {at} Tm <{'000100020003' * 4}> Tj ET Q"


def white_words(pdf):
    """Set words in white on nothing."""
    paint(pdf, 4, _words(pdf, 4, "1 g"))


def white_on_dark(pdf):
    """Set words in white on a dark field, which is as it should be."""
    paint(pdf, 4, "0.2 g 80 180 200 60 re f " + _words(pdf, 4, "1 g"))


def unpainted_words(pdf):
    """Leave words for programs to find."""
    paint(pdf, 4, _words(pdf, 4, "3 Tr"))


def far_words(pdf):
    """Set words beyond the paper."""
    paint(pdf, 4, _words(pdf, 4, "0 g", at="1 0 0 1 500 300"))


def rich_words(pdf):
    """Set words in all four inks."""
    paint(pdf, 4, _words(pdf, 4, "0.6 0.5 0.5 1 k"))


def white_over(pdf):
    """Let white paper print over what lies under it."""
    paint(pdf, 4, "q /G1 gs 0 0 0 0 k 100 100 50 50 re f Q", ExtGState_G1=Dictionary(op=True, OP=True, OPM=1))


def black_over(pdf):
    """Let black print over what lies under it, as printers like it."""
    paint(pdf, 4, "q 1 g 1 1 1 1 re f /G1 gs 0 0 0 1 k 100 100 50 50 re f Q", ExtGState_G1=Dictionary(op=True, OP=True, OPM=1))


def red_inline(pdf):
    """Write a red picture between the operators."""
    paint(pdf, 3, "q 1 0 0 1 100 100 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI Q")


def red_glyphs(pdf):
    """Draw the glyphs of a font in red."""
    glyph = pdf.make_indirect(Stream(pdf, b"500 0 d0 1 0 0 rg 0 0 500 500 re f"))
    face = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0])
    )
    face.FirstChar, face.LastChar, face.Widths, face.CharProcs = 65, 65, Array([500]), Dictionary(a=glyph)
    face.Resources = Dictionary()
    face.Encoding = Dictionary(Differences=Array([65, Name.a]))
    paint(pdf, 3, "BT /H1 12 Tf 100 200 Td (AAA) Tj ET", Font_H1=pdf.make_indirect(face))


def unruly_glyphs(pdf):
    """Draw the glyphs of two fonts of one name as large as they are to be, and set them in a size that says nothing."""
    for page in (3, 5):
        glyph = pdf.make_indirect(Stream(pdf, b"500 0 d0 0 0 500 500 re f"))
        face = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]))
        face.FontMatrix = Array([1, 0, 0, 1, 0, 0])
        face.FirstChar, face.LastChar, face.Widths, face.CharProcs = 65, 65, Array([500]), Dictionary(a=glyph)
        face.Resources = Dictionary()
        face.Encoding = Dictionary(Differences=Array([65, Name.a]))
        paint(pdf, page, "BT /H1 0.024 Tf 100 200 Td (AAA) Tj ET", Font_H1=pdf.make_indirect(face))


def heavy_image(pdf):
    """Place a picture whose darkest pixels are too dark."""
    pixels = bytes([10] * 400 * 4 * 300) + bytes([217] * 400 * 4 * 100)
    dark = Stream(pdf, pixels, Type=Name.XObject, Subtype=Name.Image, Width=400, Height=400, BitsPerComponent=8)
    dark.ColorSpace = Name.DeviceCMYK
    paint(pdf, 3, "q 72 0 0 72 100 100 cm /X1 Do Q", XObject_X1=dark)


def heavy_blend(pdf):
    """Let a ground run into all four inks."""
    run = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 1, 1, 0.8]), N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 100, 100]), Function=run)
    paint(pdf, 3, "q 100 100 50 50 re W n /S1 sh Q", Shading_S1=shading)


def turn_over(pdf):
    """Show a page head down."""
    pdf.pages[4].Rotate = 180


def turn_aside(pdf):
    """Show a page on its side."""
    pdf.pages[4].Rotate = 90


def untrim_one(pdf):
    """Take the trim box of one page away."""
    del pdf.pages[4].TrimBox


def fill_program(pdf):
    """Put rubbish in the place of a font."""
    for face in pdf.pages[2].Resources.Font.values():
        descriptor = face.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                descriptor[key] = Stream(pdf, b"rubbish")


def launch(pdf):
    """Start a program from a link."""
    action = Dictionary(S=Name.Launch, F="a.exe")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 30, 30]), A=action)
    pdf.pages[2].Annots = Array([pdf.make_indirect(link)])


def chain(pdf):
    """Run a script after going to a page."""
    after = Dictionary(S=Name.JavaScript, JS="app.alert('hello')")
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=after)


def clip_on(pdf):
    """Clip a file to a page."""
    held = Dictionary(Type=Name.Filespec, F="a.txt", EF=Dictionary(F=Stream(pdf, b"hello")))
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([10, 10, 30, 30]), FS=held)
    pdf.pages[2].Annots = Array([pdf.make_indirect(note)])


def _space(pdf, kind, *names):
    """Make a colour space: of a profile with so many channels, or of inks with names."""
    if kind == "ICCBased":
        return Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, b"", N=names[0]))])
    domain = Array([0, 1] * len(names))
    tint = pdf.make_stream(b"{" + b"pop " * len(names) + b"0 0 0 1}", FunctionType=4, Domain=domain, Range=Array([0, 1] * 4))
    inks = [Name(f"/{name}") for name in names]
    return Array([Name(f"/{kind}"), inks[0] if kind == "Separation" else Array(inks), Name.DeviceCMYK, tint])


def _picture(pdf, page, picture, size=72):
    """Place a picture on a page."""
    paint(pdf, page, f"q {size} 0 0 {size} 100 100 cm /X1 Do Q", XObject_X1=picture)


def _jpeg(pdf, tone, *, turned):
    """Make a JPEG in four inks as Photoshop does, of one byte a channel; `turned` says that 255 is paper."""
    packed = io.BytesIO()
    # The library writes what it is given turned round.
    Image.new("CMYK", (400, 400), tuple(255 - part for part in tone)).save(packed, "JPEG", quality=95)
    picture = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=400, Height=400, BitsPerComponent=8)
    picture.ColorSpace = Name.DeviceCMYK
    picture.write(packed.getvalue(), filter=Name.DCTDecode)
    if turned:
        picture.Decode = Array([1, 0] * 4)
    return picture


def red_inline_by_name(pdf):
    """Write a red picture between the operators, its colours by the name of a resource."""
    space = _space(pdf, "ICCBased", 3)
    paint(pdf, 3, "q 1 0 0 1 100 100 cm BI /W 1 /H 1 /CS /C9 /BPC 8 ID abc EI Q", ColorSpace_C9=space)


def red_wavelets(pdf):
    """Pack a red picture in JPEG 2000, which names its colours inside."""
    packed = io.BytesIO()
    Image.new("RGB", (400, 400), (200, 10, 10)).save(packed, "JPEG2000")
    picture = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=400, Height=400)
    picture.write(packed.getvalue(), filter=Name.JPXDecode)
    _picture(pdf, 3, picture)


def heavy_jpeg(pdf):
    """Place a JPEG of too much ink."""
    _picture(pdf, 3, _jpeg(pdf, (230, 230, 230, 200), turned=False))


def heavy_jpeg_turned(pdf):
    """Place a JPEG of too much ink, written as paper."""
    _picture(pdf, 3, _jpeg(pdf, (20, 20, 20, 40), turned=True))


def light_jpeg(pdf):
    """Place a JPEG of little ink."""
    _picture(pdf, 3, _jpeg(pdf, (30, 30, 30, 10), turned=False))


def light_jpeg_turned(pdf):
    """Place a JPEG of little ink, written as paper."""
    _picture(pdf, 3, _jpeg(pdf, (220, 220, 220, 250), turned=True))


def heavy_index(pdf):
    """Place a picture whose list of colours holds one too dark."""
    space = Array([Name.Indexed, Name.DeviceCMYK, 0, pikepdf.String(bytes([255, 255, 255, 230]))])
    _picture(pdf, 3, image(pdf, 400, 400, space))


def heavy_deep(pdf):
    """Place a picture of two bytes a channel that is too dark."""
    dark = Stream(pdf, bytes([240]) * (400 * 400 * 8), Type=Name.XObject, Subtype=Name.Image, Width=400, Height=400)
    dark.BitsPerComponent, dark.ColorSpace = 16, Name.DeviceCMYK
    _picture(pdf, 3, dark)


def heavy_names(pdf):
    """Mix too much ink from inks by name."""
    space = _space(pdf, "DeviceN", "Cyan", "Magenta", "Yellow", "Black")
    paint(pdf, 3, "q /C1 cs 1 1 1 0.9 scn 100 100 40 40 re f Q", ColorSpace_C1=space)


def registered_words(pdf):
    """Set words in the colour of all plates."""
    paint(pdf, 4, _words(pdf, 4, "/C1 cs 1 scn"), ColorSpace_C1=_space(pdf, "Separation", "All"))


def registered_marks(pdf):
    """Draw marks beside a page in the colour of all plates, as is right."""
    space = _space(pdf, "Separation", "All")
    pdf.pages[4].MediaBox = Array([-36, -36, 432, 648])
    paint(pdf, 4, "q 0.25 w /C1 CS 1 SCN -30 0 m -12 0 l 408 0 m 426 0 l 0 624 m 0 642 l S Q", ColorSpace_C1=space)


def rich_by_space(pdf):
    """Set words in all four inks, chosen by the name of their space, before a form that has no colour at all."""
    plain = Stream(pdf, b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    space = _space(pdf, "ICCBased", 4)
    words = _words(pdf, 4, "/C1 cs 0.6 0.5 0.5 1 sc")
    paint(pdf, 4, f"{words} q 1 0 0 1 100 100 cm /X1 Do Q", ColorSpace_C1=space, XObject_X1=plain)


def rich_outlines(pdf):
    """Draw the outlines of words in all four inks."""
    paint(pdf, 4, _words(pdf, 4, "1 Tr 0.6 0.5 0.5 1 K"))


def buried_words(pdf):
    """Lay a white sheet over the words of a page."""
    paint(pdf, 4, "q 1 g 30 250 330 100 re f Q")


def framed_words(pdf):
    """Lay a frame round the words of a page: two rectangles, one cut out of the other."""
    paint(pdf, 4, "q 0 g 30 250 330 100 re 31 251 328 98 re f* Q")


def hair_outlines(pdf):
    """Draw the outlines of words as thin as can be."""
    paint(pdf, 7, _words(pdf, 7, "1 Tr 0.02 w 0 G"))


def hair_marks(pdf):
    """Draw crop marks as thin as they are, beside every page."""
    for number, leaf in enumerate(pdf.pages):
        leaf.MediaBox, leaf.BleedBox = Array([-36, -36, 432, 648]), Array([-9, -9, 405, 621])
        paint(pdf, number, "q 0.05 w 0 G -30 0 m -12 0 l S Q")


def mark_in_one(pdf):
    """Draw the marks at two corners of a page as one path."""
    leaf = pdf.pages[0]
    leaf.MediaBox, leaf.BleedBox = Array([-36, -36, 432, 648]), Array([0, 0, 396, 612])
    paint(pdf, 0, "q 1 w 0 G -30 0 m -12 0 l 408 612 m 426 612 l S Q")


def unembed_by_state(pdf):
    """Choose a face that is not in the file by a graphics state."""
    face = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
    paint(pdf, 2, "BT /G1 gs 100 200 Td (Hello) Tj ET", ExtGState_G1=Dictionary(Font=Array([face, 12])))


def name_idly(pdf):
    """Name a face that is not in the file, and set nothing in it."""
    face = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    paint(pdf, 2, "BT /H1 12 Tf ET", Font_H1=face)


def cut_program(pdf):
    """Cut a font off."""
    for face in pdf.pages[2].Resources.Font.values():
        program = face.DescendantFonts[0].FontDescriptor.FontFile2
        program.write(program.read_bytes()[:2000])


def miss_glyphs(pdf):
    """Ask a face for letters that it has not."""
    name = next(iter(pdf.pages[4].Resources.Font.keys()))
    paint(pdf, 4, f"q BT {name} 11 Tf 100 200 Td [<0001>20<00000000>] TJ ET Q")


def first_larger(pdf):
    """Make the first page larger than the others."""
    for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
        pdf.pages[0][key] = Array([0, 0, 432, 648])


def narrow_bleed_box(pdf):
    """Print far enough past the trim, and tell of less."""
    for leaf in pdf.pages:
        leaf.MediaBox, leaf.BleedBox = Array([-9, -9, 405, 621]), Array([0, 0, 396, 612])
    paint(pdf, 4, "q 0.5 g 200 -9 205 630 re f Q")


def clip_at_the_trim(pdf):
    """Place a picture large enough, and clip it at the trim."""
    clipped = "q 0 0 396 612 re W n 420 0 0 640 -10 -10 cm /X1 Do Q"
    paint(pdf, 5, clipped, XObject_X1=image(pdf, 1800, 2700))


def clip_well_inside(pdf):
    """Place a picture larger than the page, and clip it to a frame well inside."""
    paint(pdf, 5, "q 100 100 100 100 re W n 420 0 0 640 -10 -10 cm /X1 Do Q", XObject_X1=image(pdf, 1800, 2700))


def white_ground(pdf):
    """Paint all pages white first, as browsers do, to the trim and no further."""
    for leaf in pdf.pages:
        leaf.contents_add(pdf.make_stream(b"q 1 g 0 0 396 612 re f Q"), prepend=True)


def whiten_by_ground(pdf):
    """Leave four pages with nothing but a white ground."""
    for leaf in list(pdf.pages)[11:15]:
        leaf.Contents = pdf.make_stream(b"1 g 0 0 396 612 re f")


# --- ways to break a standard -----------------------------------------------------------------------------------------


def retitle(pdf):
    """Call the file one thing here and another there."""
    pdf.docinfo["/Title"] = "Another"


def redate(pdf):
    """Let the file be changed on two days."""
    pdf.docinfo["/ModDate"] = "D:20200101000000Z"


def unintend(pdf):
    """Take the output intent away."""
    del pdf.Root.OutputIntents


def intend_twice(pdf):
    """Give a second output intent."""
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def group_form(pdf):
    """Paint a form that is a transparency group."""
    inner = Stream(pdf, b"0 g 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    inner.Group = Dictionary(S=Name.Transparency)
    paint(pdf, 4, "q 1 0 0 1 100 100 cm /X1 Do Q", XObject_X1=inner)


def red_beside_profile(pdf):
    """Use bare RGB beside colour that has a profile."""
    space = Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, b"", N=1))])
    paint(pdf, 3, "q /C1 cs 0.5 sc 100 100 40 40 re f 1 0 0 rg 100 100 40 40 re f Q", ColorSpace_C1=space)


def new_packing(pdf):
    """Pack an image in JPEG 2000."""
    packed = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=400, Height=400, BitsPerComponent=8)
    packed.ColorSpace = Name.DeviceGray
    packed.write(b"\0\0\0\x0cjP  \r\n\x87\n", filter=Name.JPXDecode)
    paint(pdf, 4, "q 72 0 0 72 100 100 cm /X1 Do Q", XObject_X1=packed)


def transfer(pdf):
    """Bend the press's curve."""
    paint(pdf, 4, "q /G1 gs 0 g 100 100 50 50 re f Q", ExtGState_G1=Dictionary(TR=Name.Identity))


def alternate(pdf):
    """Offer another image in an image's place."""
    one = image(pdf, 300, 300)
    one.Alternates = Array([Dictionary(Image=pdf.make_indirect(image(pdf, 300, 300)))])
    paint(pdf, 4, "q 72 0 0 72 100 100 cm /X1 Do Q", XObject_X1=one)


def rename_author(pdf):
    """Give the file two authors."""
    pdf.docinfo["/Author"] = "Another"


def claim_otherwise(pdf):
    """Claim one standard here and another there."""
    told = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata = Stream(pdf, told.replace(b"PDF/X-4", b"PDF/X-3"))


def intend_for_screens(pdf):
    """Add an output intent of another kind, with a profile of its own."""
    screen = pdf.make_indirect(Stream(pdf, bytes(12) + b"mntrRGB " + bytes(100), N=3))
    pdf.Root.OutputIntents.append(Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier="sRGB", DestOutputProfile=screen))


def unname_condition(pdf):
    """Do not say what press the file is for."""
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


def miscount(pdf):
    """Say that a profile has more channels than it has."""
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3
