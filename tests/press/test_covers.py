"""Covers: measured by the printer's formula, with type that keeps to its panel, in the inks that were asked for."""

import json
import re
from itertools import pairwise

import pypdfium2
import pytest

from pressbook.config import Config, override
from pressbook.errors import ConfigError
from pressbook.press.covers import colour, spine_width
from pressbook.press.printers import find_printer
from readback import boxes_of, opened, operators_of, pages_of

IN = 72.0
BLURB = "Nobody missed the boat twice.\n\nA story for those who did, and for the ferryman, who never said a word about it."


def keys(**settings):
    """Return a config with keys set, sections and names joined by `__`."""
    import msgspec

    table = {}
    for key, value in settings.items():
        override(table, f"{key.replace('__', '.').replace('_', '-')}={value}")
    return msgspec.convert(table, Config)


@pytest.fixture
def cover(run, story, tmp_path):
    """Return a function that makes the story's cover and gives its bytes."""

    def make(*settings, status=0):
        outcome = run("cover", story, "--quiet", *(part for key in settings for part in ("--set", key)))
        assert outcome.status == status, outcome.err
        return (tmp_path / "dist" / "lamp-cover.pdf").read_bytes()

    return make


@pytest.mark.parametrize(
    ("name", "pages", "paper", "inches"),
    [
        ("kdp", 200, "auto", 200 * 0.0025),
        ("kdp", 200, "white", 200 * 0.002252),
        ("kdp", 776, "auto", 776 * 0.0025),
        ("kdp", 778, "auto", 778 * 0.002252),
        ("ingramspark", 1052, "auto", 1052 / 512),
        ("ingramspark", 300, "white", 300 / 512),
        ("lulu", 444, "auto", 1.06),
        ("mixam", 48, "auto", 0.0),
        ("home", 40, "auto", 0.0),
    ],
)
def test_the_spine_follows_the_printers_formula(name, pages, paper, inches):
    """Pages times the paper's caliper, and what the cover adds; nothing where the sheets are folded."""
    config = keys(cover__paper=paper)
    assert spine_width(pages, config.cover, find_printer(name), config) == pytest.approx(inches * IN, abs=0.05)


def test_a_paper_of_which_too_few_pages_are_bound_is_refused():
    """KDP binds 776 pages of cream: the error says so, and names what it binds more of."""
    config = keys(cover__paper="cream")
    with pytest.raises(ConfigError, match="binds 776 pages of it, and this book has 778") as caught:
        spine_width(778, config.cover, find_printer("kdp"), config)
    assert caught.value.hint == "thinner is white, premium colour"


def test_your_own_paper_makes_your_own_spine():
    """At home a sewn book's back is half its pages times the paper; `cover.spine` has the last word."""
    home = find_printer("home")
    sewn = keys(booklet__scheme="signatures", booklet__caliper="0.1 mm")
    assert spine_width(200, sewn.cover, home, sewn) == pytest.approx(10 / 25.4 * IN, abs=0.01)
    said = keys(cover__spine="12 mm")
    assert spine_width(200, said.cover, home, said) == pytest.approx(12 / 25.4 * IN, abs=0.01)


def test_the_boxes_are_those_of_a_wrap(cover):
    """The trim is two pages and the spine, the bleed lies around it, and the paper ends with the bleed."""
    with opened(cover("press.printer=kdp", "cover.spine=0.5in", status=3)) as pdf:
        (page,) = pdf.pages
        trim = [float(corner) for corner in page.TrimBox]
        assert trim == pytest.approx([9, 9, 9 + 11.5 * IN, 9 + 8.5 * IN])
        assert [float(corner) for corner in page.MediaBox] == pytest.approx([0, 0, 18 + 11.5 * IN, 18 + 8.5 * IN])


def test_one_ink_makes_a_cover_of_one_ink(cover):
    """A ground of black in any tint, white type on it and a bar code use no operator of colour but gray."""
    painted = {name for name, _ in operators_of(opened(cover("cover.ground=k 85", "book.isbn=0-306-40615-2")))}
    assert painted & {"g", "rg", "k", "cs", "scn"} == {"g"}


def test_four_inks_make_a_cover_of_four(cover):
    """A ground in colour is painted in its four inks, and black type in black alone."""
    steps = operators_of(opened(cover("cover.ground=cmyk 20 10 0 0")))
    painted = [[float(part) for part in operands] for name, operands in steps if name == "k"]
    assert [0.2, 0.1, 0.0, 0.0] in painted
    assert [0.0, 0.0, 0.0, 1.0] in painted


TITLES = [
    "Up",
    "The Lamp",
    "Distinguishing Features of the Common Ferryman and His Several Boats, Told by His Daughter",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "A Very Long Title " * 6,
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("trim", ["half-letter", "mini", "A5-landscape"])
def test_no_title_runs_off_its_panel(cover, title, trim):
    """However long the title or its words, every glyph stands inside front, back or spine, clear of the knife."""
    data = cover(
        f"book.title={title}", f"page.trim={trim}", f"cover.blurb={BLURB}", "cover.front=A novel", "book.subtitle=For the ferry"
    )
    with opened(data) as pdf:
        left, foot, right, head = (float(corner) for corner in pdf.pages[0].TrimBox)
    middle = (left + right) / 2
    for box in boxes_of(data, 0):
        assert left + 9 <= box[0] and box[2] <= right - 9 and foot + 9 <= box[1] and box[3] <= head - 9
        assert box[2] <= middle - 4 or box[0] >= middle + 4


def test_type_on_the_spine_stands_between_the_folds(run, story, tmp_path):
    """Where the spine is wide enough, title and author run down it, clear of either fold."""
    outcome = run(
        "cover", story, "--quiet", *["--set", "press.printer=kdp", "--set", "press.multiple=100", "--set", "cover.spine=0.4in"]
    )
    assert outcome.status == 3  # the book is shorter than its spine says
    data = (tmp_path / "dist" / "lamp-cover.pdf").read_bytes()
    spine = [box for box in boxes_of(data, 0) if 9 + 5.5 * IN < (box[0] + box[2]) / 2 < 9 + 5.9 * IN]
    assert len(spine) == len("TheLampAdaQuill")
    assert min(box[0] for box in spine) >= 9 + (5.5 + 0.0625) * IN
    assert max(box[2] for box in spine) <= 9 + (5.9 - 0.0625) * IN


def test_a_book_too_thin_has_no_type_on_its_spine(run, story):
    """KDP takes spine type from 79 pages: below, a notice says so."""
    outcome = run("cover", story, "--json", "--set", "press.printer=kdp")
    found = {finding["rule"]: finding["message"] for finding in json.loads(outcome.out)["findings"]}
    assert "79 pages" in found["spine"]


def test_the_cover_passes_its_own_check_and_fails_for_another_thickness(run, story, tmp_path):
    """`check --cover PAGES` accepts the spine of the pages that it was made for, and no other."""
    settings = ("--set", "press.printer=kdp", "--set", "press.multiple=120")
    assert run("cover", story, "--quiet", *settings).status == 0
    path = tmp_path / "dist" / "lamp-cover.pdf"
    assert run("check", path, "--printer", "kdp", "--cover", "120").status == 0
    outcome = run("check", path, "--printer", "kdp", "--cover", "400")
    assert outcome.status == 3
    assert "spine" in outcome.out


@pytest.mark.parametrize("standard", ["PDF/X-1a", "PDF/X-3", "PDF/X-4"])
def test_a_cover_keeps_its_standard(run, story, tmp_path, standard):
    """A cover in colour or in black holds what its standard promises."""
    for ground in ("k 30", "cmyk 60 0 30 10"):
        settings = ("--set", f"press.standard={standard}", "--set", "press.date=2026-11-24", "--set", f"cover.ground={ground}")
        assert run("cover", story, "--quiet", *settings).status == 0
        outcome = run("check", tmp_path / "dist" / "lamp-cover.pdf", "--cover", "4")
        assert (outcome.status, standard in outcome.out) == (0, True), outcome.out


def test_a_cover_around_the_zine_is_its_first_and_last_page(run, story, tmp_path):
    """Around the zine, the front is page 1, the blurb the last page, and a sheet more is folded around the story."""
    settings = ("--set", "outputs.cover=true", "--set", "cover.place=around", "--set", f"cover.blurb={BLURB}")
    report = json.loads(run("build", story, "--json", *settings).out)
    assert (report["pages"], report["sheets"]) == (8, 2)
    texts = [text for text, _ in pages_of((tmp_path / "dist" / "lamp.pdf").read_bytes())]
    assert "The Lamp" in texts[0]
    assert not texts[1].strip() and not texts[6].strip()
    assert "ferryman" in texts[7]
    assert not (tmp_path / "dist" / "lamp-cover.pdf").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("cover.ground=pink", "is not a colour"),
        ("cover.ground=cmyk 1 2 3", "is not a colour"),
        ("cover.paper=vellum", "is no paper"),
        ("cover.flap=wide", "is not a length"),
        ("cover.flap=9in", "cover.flap = '9in' is out of range"),
        ("cover.spine=1000mm", "cover.spine = '1000mm' is out of range"),
        ("cover.bleed=5in", "cover.bleed = '5in' is out of range"),
        ("book.isbn=978-0-306-40615-8", "ask for 7"),
        (f"cover.blurb={'word ' * 790}", "too long"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(run, story, setting, said):
    """Each wrong value of the cover's keys is an error that names it; nothing is written."""
    outcome = run("cover", story, "--trim", "A6", "--set", setting, "--set", "press.printer=kdp")
    assert outcome.status == 1
    assert said in outcome.err
    assert not (story.parent / "dist").exists()


def test_colours_are_amounts_of_ink():
    """`none` is paper, `black` is all, tints and mixtures are in percent."""
    assert [colour(text, "") for text in ("none", "black", "k 40", "cmyk 60 40 0 20", "K(12.5)")] == [
        (0.0,),
        (1.0,),
        (0.4,),
        (0.6, 0.4, 0.0, 0.2),
        (0.125,),
    ]


@pytest.fixture
def front(story):
    """Lay a coloured picture beside the story, dark above and light below."""
    from PIL import Image

    picture = Image.new("RGB", (1200, 1800), (20, 40, 160))
    picture.paste((240, 220, 60), (0, 900, 1200, 1800))
    picture.paste((200, 40, 40), (500, 800, 700, 1000))
    picture.save(story.parent / "front.png")


def pictures_of(data):
    """List the colour spaces of a cover's pictures."""
    with opened(data) as pdf:
        return [str(each["/ColorSpace"]) for each in pdf.pages[0].Resources.get("/XObject", {}).values()]


@pytest.mark.usefixtures("front")
def test_a_picture_fills_the_front_and_bleeds(cover):
    """From the fold to the bleed on the three other sides nothing of the front is left white, where no label is asked for."""
    page = pypdfium2.PdfDocument(cover("cover.image=front.png", "cover.title=false", "cover.bleed=9pt"))[0]
    seen = page.render(scale=1).to_pil().convert("L")
    fold = 9 + 5.5 * IN
    assert max(seen.crop((round(fold) + 2, 1, seen.width - 1, seen.height - 1)).getextrema()) < 250
    assert seen.getpixel((round(fold) - 4, 300)) == 255
    assert not page.get_textpage().get_text_range().strip()


@pytest.mark.usefixtures("front")
@pytest.mark.parametrize("where", ["above", "below"])
@pytest.mark.parametrize("place", ["apart", "around"])
def test_all_words_on_a_picture_stand_in_its_label(run, story, tmp_path, where, place):
    """Behind each letter is paper, however dark the picture; the label stands in the half that was asked for."""
    keys = ["outputs.cover=true", f"cover.place={place}", "cover.image=front.png", f"cover.title={where}", "book.series=One of two"]
    assert run("build", story, "--quiet", *(part for key in keys for part in ("--set", key))).status == 0
    data = (tmp_path / "dist" / ("lamp-cover.pdf" if place == "apart" else "lamp.pdf")).read_bytes()
    seen = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    letters = boxes_of(data, 0)
    assert letters
    for left, bottom, right, top in letters:
        x, y, wide, high = (
            int(2 * left) - 3,
            seen.height - int(2 * top) - 3,
            int(2 * (right - left)) + 6,
            int(2 * (top - bottom)) + 6,
        )
        sides = [(x, y, x + 1, y + high), (x + wide, y, x + wide + 1, y + high), (x, y, x + wide, y + 1)]
        assert all(seen.crop(side).getextrema()[1] == 255 for side in [*sides, (x, y + high, x + wide, y + high + 1)])
    middle = sum(box[1] for box in letters) / len(letters)
    assert (middle > 8.5 * IN / 2) == (where == "above")


@pytest.mark.usefixtures("front")
def test_a_picture_is_grey_where_the_ink_is_black(cover):
    """One ink makes greys of it, four make its colours."""
    assert pictures_of(cover("cover.image=front.png")) == ["/DeviceGray"]
    assert pictures_of(cover("cover.image=front.png", "press.ink=cmyk")) == ["/DeviceCMYK"]


@pytest.mark.usefixtures("front")
def test_a_coarse_picture_on_the_cover_is_reported(run, story):
    """The warning names the picture, what it has and what it should have; so does one for a cover without bleed."""
    from PIL import Image

    Image.open(story.parent / "front.png").resize((400, 600)).save(story.parent / "small.png")
    outcome = run("cover", story, "--set", "cover.image=small.png")
    assert "cover: small.png is printed at 71 pixels to the inch; a picture should have 200" in outcome.out
    assert 'no bleed: a knife\'s error leaves white there (set cover.bleed = "0.125in"' in outcome.out
    sharp = run("cover", story, "--set", "cover.image=front.png", "--set", "cover.bleed=3mm")
    assert "warning" not in sharp.out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nope.png", "is not there"),
        ("../front.png", "is outside the project"),
        ("/front.png", "is outside the project"),
        ("https://example.org/front.png", "is on the web"),
        ("lamp.txt", "neither PNG nor JPEG"),
        ("cut.png", "is damaged or cut short"),
    ],
)
@pytest.mark.usefixtures("front")
def test_a_picture_that_cannot_be_had_is_refused(run, story, name, says):
    """The error names key and value, and the hint what to do."""
    (story.parent / "cut.png").write_bytes((story.parent / "front.png").read_bytes()[:900])
    outcome = run("cover", story, "--set", f"cover.image={name}")
    assert outcome.status == 1
    assert f"cover.image = {name!r} " in outcome.err
    assert says in outcome.err
    assert "hint: " in outcome.err


# --- marks ------------------------------------------------------------------------------------------------------------

WRAPPED = ("press.printer=trade", "press.marks=all", "cover.spine=12mm", "cover.flap=2in", "cover.ground=k 85")


def strokes_of(data):
    """List (x, y, to_x, to_y) of a cover's straight marks, measured from the trim's corner."""
    with opened(data) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().decode("latin-1").partition("EMC")[0]
    number = r"(-?[\d.]+)"
    found = re.findall(rf"^{number} {number} m {number} {number} l S$", drawn, re.M)
    return [tuple(map(float, each)) for each in found]


def test_marks_show_where_a_cover_is_cut_and_folded(cover):
    """A stroke in line with each fold and each edge, at head and foot, and none of them in the bleed."""
    data = cover(*WRAPPED)
    with opened(data) as pdf:
        media, bleed, trim = ([float(at) for at in pdf.pages[0][box]] for box in ("/MediaBox", "/BleedBox", "/TrimBox"))
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    assert (width, bleed[0] - media[0]) == (pytest.approx(15 * IN + 12 * IN / 25.4, abs=0.01), pytest.approx(17, abs=0.1))
    upright = [stroke for stroke in strokes_of(data) if stroke[0] == stroke[2]]
    spine = 12 * IN / 25.4
    for x in (0, 2 * IN, 7.5 * IN, 7.5 * IN + spine, 13 * IN + spine, width):
        ends = [sorted((y, to_y)) for at, y, _, to_y in upright if at == pytest.approx(x, abs=0.01)]
        assert sorted(ends) == [pytest.approx([-22.68, -8.5], abs=0.01), pytest.approx([height + 8.5, height + 22.68], abs=0.01)]


def test_marks_of_a_cover_do_not_meet(cover):
    """The target at head and foot stands away from the folds, however thin the spine; the slug line between both."""
    for spine in ("0mm", "2mm", "30mm"):
        data = cover("press.marks=all", f"cover.spine={spine}")
        upright = sorted({stroke[0] for stroke in strokes_of(data) if stroke[0] == stroke[2]})
        assert min(after - before for before, after in pairwise(upright)) > 4
        with opened(data) as pdf:
            left = float(pdf.pages[0].TrimBox[0])
        told = [box for box in boxes_of(data, 0) if box[3] < 20]
        assert "The Lamp, cover" in pages_of(data)[0][0]
        assert upright[0] < min(box[0] for box in told) - left < max(box[2] for box in told) - left < 198 - 7


@pytest.mark.usefixtures("front")
def test_nothing_of_a_cover_stands_among_its_marks(cover):
    """A picture larger than the front is cut off at the bleed, as its ground is."""
    data = cover("cover.image=front.png", "press.marks=crop", "cover.bleed=3mm", "cover.title=false")
    page = pypdfium2.PdfDocument(data)[0]
    width, height = page.get_size()
    bitmap = page.render(scale=1, grayscale=True)
    middle = bytes(bitmap.buffer)[round(height / 2) * bitmap.stride :][: round(width)]
    assert min(middle[-15:]) == 255
    assert max(middle[-24:-20]) < 255


def test_a_cover_with_marks_keeps_its_standard(run, story):
    """The colour of all plates is as good in a cover as on a page."""
    for standard in ("PDF/X-4", "PDF/X-1a"):
        outcome = run("cover", story, "--set", f"press.standard={standard}", "--set", "press.marks=all")
        assert (outcome.status, "error:" in outcome.out) == (0, False), outcome.out


def test_black_type_prints_over_the_ground_by_choice(cover):
    """With `press.overprint`, black type does not knock the ground out; white type, which would vanish, does."""
    for ink, over in (("black", True), ("none", False)):
        data = cover("press.ink=cmyk", "press.overprint=true", "cover.ground=cmyk 0 10 20 0", f"cover.ink={ink}")
        with opened(data) as pdf:
            assert any(operator == "gs" for operator, _ in operators_of(pdf)) == over
