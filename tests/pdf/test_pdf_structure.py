"""The structure tree: what of the pages is heading, what paragraph, and what those who hear the book hear."""

import re
import shutil
import subprocess
from itertools import pairwise

import pikepdf
import pytest
from prepress import faults, xmp_of
from typecase import edition, grey_picture, line, page, slugs

from pressbook.config import PressKeys, load
from pressbook.manuscript import read
from pressbook.markup import mark_up
from pressbook.model import Inset, Page, Paragraph
from pressbook.pdf import engrave, flats_pdf, pages_pdf
from pressbook.values import replace
from readback import opened

PAINTING = {"Tj", "TJ", "'", '"', "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do", "sh"}


def told(*pages):
    """Bind pages of (kind, stretches): a paragraph's number and its words, or a role, words, and a number if it has one."""
    made = []
    for number, (kind, stretches) in enumerate(pages, 1):
        lines = []
        for what, words, *rest in stretches:
            role, paragraph = (None, what) if isinstance(what, int) else (what, *rest, -1)[:2]
            (slug,) = slugs(replace(line(words), role=role, tail="last" if role else "space"))
            lines.append(replace(slug, paragraph=paragraph))
        made.append(Page(number, "recto" if number % 2 else "verso", kind, tuple(lines)))
    return edition(*made)


def outline_of(element, depth=0):
    """Write the tree as indented names, holders of content with the numbers of their stretches."""
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    inner = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/MCR"]
    name = str(element.S).lstrip("/")
    held = [kid.MCID if isinstance(kid, pikepdf.Dictionary) else kid for kid in kids if kid not in inner]
    yield "  " * depth + " ".join([name, *map(str, held)])
    for kid in inner:
        yield from outline_of(kid, depth + 1)


def tree(book):
    """Print a book and write its tree down."""
    with opened(pages_pdf(engrave(book))) as pdf:
        return "\n".join(outline_of(pdf.Root.StructTreeRoot.K))


def test_headings_nest():
    """The title is the first heading; parts hold chapters, chapters hold sections, and levels follow without a leap."""
    book = told(
        ("front", [("half-title", "A Story")]),
        ("title", [("title", "A Story"), ("subtitle", "A Tale")]),
        ("opener", [("part", "Part One")]),
        ("opener", [("number", "One"), ("chapter", "The Well"), (0, "First"), (1, "Second")]),
        ("text", [(1, "goes on."), ("subtitle", "A section", 2), (3, "Third")]),
        ("opener", [("chapter", "Two"), (4, "Fourth"), ("break", "* * *"), (6, "Fifth")]),
        ("opener", [("part", "Part Two"), (7, "Sixth")]),
    )
    assert tree(book) == (
        "Document\n"
        "  P 0\n"
        "  H1 0\n"
        "  P 1\n"
        "  Part\n"
        "    H2 0\n"
        "    Sect\n"
        "      H3 0 1\n"
        "      P 2\n"
        "      P 3 0\n"
        "      Sect\n"
        "        H4 1\n"
        "        P 2\n"
        "    Sect\n"
        "      H3 0\n"
        "      P 1\n"
        "      P 2\n"
        "  Part\n"
        "    H2 0\n"
        "    P 1"
    )


def test_a_chapter_without_a_title_stands_apart():
    """An untitled story is no part of the foreword before it, and its sections are headings right under the title."""
    book = told(
        ("opener", [("title", "A Story"), ("author", "by Ada"), (0, "Once")]),
        ("front", [("chapter", "Foreword"), (1, "Dear all")]),
        ("opener", [(2, "It was late."), ("subtitle", "Day 3", 3), (4, "Then rain.")]),
    )
    assert tree(book) == (
        "Document\n  H1 0\n  P 1\n  Sect\n    P 2\n  Sect\n    H2 0\n    P 1\n  Sect\n    P 0\n    Sect\n      H2 1\n      P 2"
    )


def test_one_paragraph_of_display_type_ends_where_its_text_does():
    """Two lines of one text are one paragraph, two texts are two."""
    lines = [replace(line(words), role="small", tail=tail) for words, tail in (("a", "space"), ("b", "last"), ("c", "last"))]
    assert tree(edition(page(1, *lines))) == "Document\n  P 0\n  P 1"


def test_notes_stand_after_their_page():
    """A note is one element, also where it goes on over the page, and the paragraph above it goes on all the same."""

    def noted(number, words, note):
        (slug,) = slugs(line(words))
        return replace(slug, paragraph=number, note=note)

    pages = [
        Page(1, "recto", "opener", (noted(0, "A word", 0), noted(-1, "of note", 1), noted(-1, "and another,", 2))),
        Page(2, "verso", "text", (noted(0, "goes on.", 0), noted(-1, "long.", 2))),
        Page(3, "recto", "opener", (noted(2, "A second chapter", 0), noted(-1, "counts anew.", 2))),
    ]
    book = edition(*pages)
    assert tree(book) == ("Document\n  Sect\n    P 0 0\n    Note 1\n    Note 2 1\n  Sect\n    P 0\n    Note 1")
    with opened(pages_pdf(engrave(book))) as pdf:
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
        assert [str(name) for name in names[::2]] == ["note00001", "note00002", "note00003"]
        assert [(note.S, note.ID) for note in names[1::2]] == [("/Note", name) for name in names[::2]]


def test_pictures_are_told_in_words():
    """A picture is a figure on its page, told by its caption, or else by its name, and the text goes on around it."""
    inset = Inset(grey_picture(), 100, 200, 50, 40, "A ferry — at “noon”")
    (begun,), (goes_on,) = slugs(line("It was")), slugs(line("late."))
    pages = [
        Page(1, "recto", "text", (replace(begun, paragraph=0),), insets=(inset, replace(inset, caption=""))),
        Page(2, "verso", "text", (replace(goes_on, paragraph=0),)),
    ]
    book = edition(*pages, bleed=9.0)
    assert tree(book) == "Document\n  P 0 0\n  Figure 1\n  Figure 2"
    with opened(pages_pdf(engrave(book))) as pdf:
        figures = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["A ferry — at “noon”", "ferry"]
        assert [float(at) for at in figures[0].A.BBox] == [109, 209, 159, 249]
        assert list(unmarked(pdf)) == []


def test_every_stretch_has_its_element():
    """From a page's stretch the tree of parents leads to the element that holds it, and to its page."""
    book = told(("opener", [("chapter", "One"), (0, "First")]), ("text", [(0, "goes on"), (1, "Second")]), ("blank", []))
    with opened(pages_pdf(engrave(book))) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert [int(at) for at in list(parents)[::2]] == [0, 1, 2]
        assert [int(each.StructParents) for each in pdf.pages] == [0, 1, 2]
        for each, owners in zip(pdf.pages, list(parents)[1::2], strict=True):
            for number, owner in enumerate(owners):
                kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
                marks = [kid if isinstance(kid, pikepdf.Dictionary) else {"/Pg": owner.Pg, "/MCID": kid} for kid in kids]
                held = [(mark["/Pg"].objgen, int(mark["/MCID"])) for mark in marks]
                assert (each.objgen, number) in held
            assert each.Tabs == "/S"


def unmarked(pdf):
    """List what is painted outside of any marked content, and stretches that overlap."""
    for number, each in enumerate(pdf.pages, 1):
        depth: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(each):
            name = str(operator)
            if name in ("BDC", "BMC"):
                tag = str(operands[0])
                if depth and not (tag == "/Span" and depth == ["/P"]):
                    yield f"page {number}: {tag} in {depth}"
                depth.append(tag)
            elif name == "EMC":
                depth.pop()
            elif name in PAINTING and not depth:
                yield f"page {number}: {name}"
        if depth:
            yield f"page {number}: {depth} is left open"


@pytest.mark.parametrize(
    "options",
    [(), ("press.marks=all", "page.bleed=3mm"), ("type.drop-cap=3", "story.scene-break=* * *"), ("press.standard=PDF/X-4",)],
)
def test_the_zine_can_be_heard(run, sample, options):
    """The sample says that it is tagged, in which language and what it is called; all that is painted is text or artifact."""
    assert run("build", sample, "--quiet", *(part for option in options for part in ("--set", option))).status == 0
    data = (sample.parent / "dist" / f"{sample.stem}.pdf").read_bytes()
    with opened(data) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        packet = xmp_of(pdf)
        assert packet["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert packet["{http://purl.org/dc/elements/1.1/}title"] == "Distinguishing Features"
        assert list(unmarked(pdf)) == []
        for font in pdf.pages[0].Resources.Font.values():
            assert "/ToUnicode" in font
        levels = [int(level) for level in re.findall(r"^ *H(\d)", "\n".join(outline_of(pdf.Root.StructTreeRoot.K)), re.M)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
    if options == ("press.standard=PDF/X-4",):
        assert faults(data, "PDF/X-4") == []


def test_the_old_standards_are_not_tagged():
    """PDF/X-3 and X-1a are of PDF 1.4, in which there is neither PDF/UA nor a packed object; booklets are for the press."""
    book = told(("opener", [("chapter", "One"), (0, "First")]))
    plain = [pages_pdf(engrave(book, PressKeys(standard=standard))) for standard in ("PDF/X-3", "PDF/X-1a")]
    for data in (*plain, flats_pdf(engrave(book), ())):
        assert b"/ObjStm" not in data
        with opened(data) as pdf:
            assert not {"/StructTreeRoot", "/MarkInfo"} & set(pdf.Root.keys())
            assert "{http://www.aiim.org/pdfua/ns/id/}part" not in xmp_of(pdf)


def heard(path):
    """Read a file aloud with poppler: a list of (element, words)."""
    said = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    found: list[tuple[str, str]] = []
    for row in said.splitlines():
        if words := re.fullmatch(r' *"(.*)"', row):
            found[-1] = (found[-1][0], found[-1][1] + words[1])
        else:
            found.append((row.split()[0], ""))
    return [(name, words.replace("\u00ad", "")) for name, words in found if words]


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler is not installed")
@pytest.mark.parametrize("options", [(), ("page.trim=A6", "type.lead-in=scenes"), ("page.trim=mini", "type.justify=false")])
def test_what_is_heard_is_what_was_written(run, sample, options):
    """Each paragraph of the story is one element, in order, with all its words and spaces, however lines and pages break it."""
    assert run("build", sample, "--quiet", *(part for option in options for part in ("--set", option))).status == 0
    config = load(None)
    book = mark_up(read(sample), config.story)
    written = [
        "".join(run.text for run in block.runs).replace("\u00a0", " ")
        for chapter in book.chapters
        for block in chapter.blocks
        if isinstance(block, Paragraph)
    ]
    elements = [words for name, words in heard(sample.parent / "dist" / f"{sample.stem}.pdf") if name == "P"]
    assert [words for words in elements if words in written] == written
