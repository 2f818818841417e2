"""Furniture: the book's parts in their order, type on the grid, folios and heads where they belong and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pagemaker import chapters, check_settings, design, display, galley, make_up

from pressbook.config import Counts
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import Book, Chapter, Finding, Passage, White
from pressbook.paging import find_ornament, paginate
from pressbook.paging.furniture import X_HEIGHT, ornament_for
from pressbook.units import mm
from pressbook.values import replace

TRIMS = ("half-letter", "A6", "mini", "A5-landscape")
STORY = "9+ 4 1 2 6 * 8 5! 7 3 1 1 9+! ~ 6 12 4 " * 8


def texts(slugs):
    """Read slugs as a list of lines."""
    return [" ".join(word.text for word in slug.line.words) for slug in slugs]


def grid_row(page, slug):
    """Tell on which grid line a slug stands; None if between two."""
    row = (page.baseline(0) - slug.y) / page.leading
    return round(row) if abs(row - round(row)) < 1e-6 else None


# --- the text ---------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.lists(chapters(most=30), min_size=1, max_size=3), st.sampled_from(TRIMS), st.booleans())
def test_the_edition_holds_every_line_once(shorthands, trim, booklet):
    """The edition holds every title and paragraph of all chapters in order, each once, and an ornament for each scene break."""
    settings = (f"page.trim={trim}", f"outputs.booklet={str(booklet).lower()}")
    galleys = [galley(text, 1, f"Chapter {number}") for number, text in enumerate(shorthands, 1)]
    edition = make_up(*galleys, settings=settings)
    for each in galleys:
        titles = set(each.opener.lines)
        held = {
            *titles,
            *(line for block in each.blocks if isinstance(block, Passage) for way in block.settings for line in way.lines),
        }
        found = [slug.line for page in edition.pages for slug in page.slugs if slug.line in held]
        assert found[: len(titles)] == list(each.opener.lines)
        check_settings(each, found[len(titles) :])
    breaks = sum(isinstance(block, White) and block.ornament for each in galleys for block in each.blocks)
    assert sum(len(page.figures) for page in edition.pages if page.kind in ("text", "opener")) == breaks


@pytest.mark.parametrize("trim", TRIMS)
def test_every_baseline_lies_on_the_grid(trim):
    """On recto and verso alike each line of text stands on a grid line, no two on one, none below the foot but by one line."""
    setting = f"page.trim={trim}"
    page_design = design(setting)
    made = galley(STORY, 2, "One")
    edition = make_up(made, settings=(setting,))
    titles = {id(line) for line in made.opener.lines}
    pages = [page for page in edition.pages if page.kind in ("text", "opener")]
    assert {page.side for page in pages} == {"recto", "verso"}
    for page in pages:
        rows = [grid_row(page_design, slug) for slug in page.slugs if id(slug.line) not in titles]
        assert None not in rows
        assert rows == sorted(set(rows))
        assert rows[-1] <= page_design.lines
        if page.kind == "text":
            assert rows[0] == 0
    assert len(pages) > 5


@pytest.mark.parametrize("trim", TRIMS)
def test_the_type_page_mirrors_over_the_spread(trim):
    """A recto's type begins at the inner margin, a verso's at the outer, so that both keep the same white to the spine."""
    setting = f"page.trim={trim}"
    margins = design(setting).margins
    for page in make_up(galley(STORY), settings=(setting, "outputs.booklet=false")).pages:
        if page.kind == "text":
            left = margins.inner if page.side == "recto" else margins.outer
            assert {slug.x for slug in page.slugs} == {left}
            assert {slug.x for slug in page.furniture} == {left}


@pytest.mark.parametrize("trim", TRIMS)
def test_ornaments_stand_between_lines(trim):
    """Each ornament is centred on the measure, sized to the line, in the middle of its grid line, with text above and below."""
    setting = f"page.trim={trim}"
    made = design(setting)
    found = 0
    for page in make_up(galley(STORY), settings=(setting,)).pages:
        if page.kind not in ("text", "opener"):
            continue
        left = made.margins.inner if page.side == "recto" else made.margins.outer
        for figure in page.figures:
            width = figure.ornament.width * figure.height
            assert figure.x + width / 2 == pytest.approx(left + made.measure / 2)
            if page.kind == "opener" and figure.y > page.slugs[0].y:
                continue
            found += 1
            assert figure.height == pytest.approx(1.15 * made.size)
            middle = figure.y + figure.height / 2 - 0.5 * X_HEIGHT * made.size
            assert (made.baseline(0) - middle) / made.leading == pytest.approx(round((made.baseline(0) - middle) / made.leading))
            assert any(slug.y > figure.y + made.leading for slug in page.slugs)
            assert any(slug.y < figure.y - made.leading for slug in page.slugs)
    assert found > 3


def test_a_wide_ornament_keeps_to_the_measure():
    """An ornament that would be wider than two thirds of the measure is set smaller."""
    settings = ("page.trim=mini", "story.scene-break=rule", "type.size=12pt")
    widest = 0.66 * design(*settings).measure
    widths = [
        figure.ornament.width * figure.height for page in make_up(galley(STORY), settings=settings).pages for figure in page.figures
    ]
    assert max(widths) == pytest.approx(widest)


def test_a_scene_break_may_be_any_text_or_blank():
    """A scene break set as text has the text centred on its row; a blank one has nothing."""
    edition = make_up(galley("9 * 9"), settings=('story.scene-break="* * *"',))
    page = next(page for page in edition.pages if page.kind == "opener")
    (slug,) = [slug for slug in page.slugs if slug.line.words]
    assert texts([slug]) == ["* * *"]
    assert grid_row(design(), slug) is not None
    assert not page.figures
    blank = make_up(galley("9 * 9"), settings=("story.scene-break=blank",))
    assert not [figure for page in blank.pages for figure in page.figures]
    assert not [slug for page in blank.pages if page.kind == "opener" for slug in page.slugs if slug.line.words]


def test_scene_breaks_are_named():
    """A name finds its ornament, any other text is itself, blank is none, and a misspelt name is refused with the right one."""
    assert ornament_for("Wave") is find_ornament("wave")
    assert (ornament_for("* * *"), ornament_for(" ❦ "), ornament_for("blank"), ornament_for("")) == ("* * *", "❦", None, None)
    with pytest.raises(ConfigError, match="'blosom'") as caught:
        ornament_for("blosom")
    assert "did you mean 'blossom'?" in caught.value.hint


# --- the parts --------------------------------------------------------------------------------------------------------


def test_the_parts_stand_in_their_order():
    """Title, imprint, foreword, dedication, epigraph, story, afterword and colophon each have their place in the book."""
    galleys = [galley("5", 1, "Afterword", "back"), galley("5", 1, "One"), galley("5", 1, "Foreword", "front")]
    edition = make_up(
        *galleys,
        settings=('book.copyright="Copy it"', 'book.dedication="To her"', 'book.epigraph="All flows"', "outputs.booklet=false"),
    )
    kinds = [page.kind for page in edition.pages]
    assert kinds == ["title", "front", "front", "blank", "front", "blank", "opener", "front", "colophon"]
    assert [texts(edition.pages[number].slugs)[-1] for number in (1, 2, 4)] == ["Copy it", "To her", "All flows"]
    assert [entry.title for entry in edition.outline] == ["Foreword", "One", "Afterword"]
    assert [entry.page for entry in edition.outline] == [2, 7, 8]


@pytest.mark.parametrize(("rows", "shares"), [("5", True), ("9 9 9 9", False)])
def test_a_short_note_shares_the_imprints_page(rows, shares):
    """A foreword that fits above the imprint stands there; a longer one begins the next page."""
    edition = make_up(galley(rows, 1, "Foreword", "front"), galley("5"), settings=('book.copyright="Copy it"',))
    assert texts(edition.pages[1].slugs)[-1] == "Copy it"
    assert (len(edition.pages[1].slugs) > 1) == shares
    assert edition.outline[0].page == (2 if shares else 3)


@pytest.mark.parametrize(
    "settings",
    [(), ('book.copyright="Copy it"',), ('book.dedication="To her"',), ('book.epigraph="All"', 'book.copyright="Copy it"')],
)
@pytest.mark.parametrize("front", [0, 1, 2])
def test_the_story_opens_on_a_recto(settings, front):
    """Whatever stands before it, the story's first chapter opens on a right-hand page; the next chapter follows where it falls."""
    galleys = [galley("5", 1, "Foreword", "front") for _ in range(front)] + [galley("5", 1, "One"), galley("5", 1, "Two")]
    edition = make_up(*galleys, settings=settings)
    openers = [page for page in edition.pages if page.kind == "opener"]
    assert openers[0].side == "recto"
    assert openers[1].number == openers[0].number + 1


@pytest.mark.parametrize(
    ("title", "option", "name"),
    [
        ("The Long and Unpardonable Story of the Harbour " * 30, "", "the title page"),
        ("The Lamp", f'book.copyright="{"All rights reserved, and then some. " * 100}"', "book.copyright"),
        ("The Lamp", f'book.dedication="{"To everyone who waited. " * 40}"', "'To everyone who waited.'"),
    ],
)
def test_display_type_that_would_run_off_its_page_is_refused(title, option, name):
    """A title, imprint or dedication too long for its page stops the run, and is named."""
    with pytest.raises(LayoutError, match="does not fit its page of mini") as caught:
        make_up(galley("5"), settings=tuple(filter(None, ("page.trim=mini", option))), title=title)
    assert name in caught.value.message and "shorten" in caught.value.hint


def test_a_title_page_too_full_is_set_smaller():
    """A title page too full for its page is set smaller, all of it alike, and stays on its page; one that fits keeps its size."""
    made = design("page.trim=mini")
    sizes = {}
    for times in (1, 4):
        title = "The Long and Unpardonable Story of the Harbour " * times
        page = make_up(galley("5"), settings=("page.trim=mini", 'book.subtitle="A Tale"'), title=title).pages[0]
        assert all(0.5 * made.margins.foot <= slug.y <= made.trim.height for slug in page.slugs)
        sizes[times] = [slug.line.words[0].pieces[0].style.size / made.size for slug in page.slugs]
    assert (sizes[1][0], sizes[1][-1]) == pytest.approx((2.1, 1.1), abs=0.01)
    assert sizes[4][0] < 2 and sizes[4][-1] / sizes[4][0] == pytest.approx(1.1 / 2.1, abs=0.01)


def test_dedication_and_epigraph_stand_on_rectos():
    """A dedication and an epigraph each have a right-hand page of their own."""
    edition = make_up(galley("5"), settings=('book.dedication="To her"', 'book.epigraph="All flows"'))
    assert [page.side for page in edition.pages if page.kind == "front"] == ["recto", "recto"]


def test_the_title_page_has_all_it_should_and_no_more():
    """Title, subtitle, author and series stand under each other on the first recto, each line centred, an ornament below."""
    edition = make_up(galley("5"), settings=('book.subtitle="A Tale"', 'book.series="Lamps, 2"'))
    page = edition.pages[0]
    made = design()
    assert (page.kind, page.side, page.number) == ("title", "recto", 1)
    assert texts(page.slugs) == ["The Lamp", "A Tale", "Ada Quill", "Lamps, 2"]
    assert [slug.y for slug in page.slugs] == sorted((slug.y for slug in page.slugs), reverse=True)
    for slug in page.slugs:
        width = sum(word.width for word in slug.line.words) + slug.line.space * (len(slug.line.words) - 1)
        assert slug.x + slug.line.indent + width / 2 == pytest.approx(made.margins.inner + made.measure / 2)
    (figure,) = page.figures
    assert figure.y + figure.height < page.slugs[-1].y
    assert page.slugs[0].y > made.trim.height / 2


def test_a_chapter_opens_below_its_sink():
    """A chapter's title stands below the sink, its text three lines lower; a story without one has an ornament there."""
    made = design()
    titled = galley("9", 1, "One")
    page = make_up(titled).pages[2]
    rows = [grid_row(made, slug) for slug in page.slugs]
    assert page.kind == "opener"
    assert rows[:2] == [made.sink, made.sink + 3]
    bare = make_up(galley("9")).pages[2]
    assert next(grid_row(made, slug) for slug in bare.slugs) == made.sink
    assert len(bare.figures) == 1 and bare.figures[0].y > bare.slugs[0].y


def test_a_title_with_nothing_under_it_has_its_page():
    """A part's title, with no text of its own, has a page to itself."""
    edition = make_up(galley("", 1, "Part One"), galley("5", 1, "One"))
    assert [page.kind for page in edition.pages[:4]] == ["title", "blank", "opener", "opener"]
    assert len(edition.pages[2].slugs) == 1


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_part_has_a_leaf_of_its_own(before):
    """A part stands on a recto without a folio, its back is blank, and the chapter after it opens on the next recto."""
    chapters = [galley("9", 1, "Before")] * before
    edition = make_up(*chapters, galley("", 1, "Part One", "part"), galley("9", 1, "One"), galley("9", 1, "Two"))
    (place,) = [entry.page for entry in edition.outline if entry.title == "Part One"]
    part, back, after, later = edition.pages[place - 1 : place + 3]
    assert (part.side, part.kind, part.furniture) == ("recto", "opener", ())
    assert (back.kind, back.slugs) == ("blank", ())
    assert (after.side, after.kind, later.kind) == ("recto", "opener", "opener")


@pytest.mark.parametrize("title_lines", [1, 3, 9, 25])
@pytest.mark.parametrize("trim", TRIMS)
def test_a_title_with_its_number_stays_on_its_page(title_lines, trim):
    """However many lines a title has, as long as they fit their page they stand on it, and the text below is on the grid."""
    made = design(f"page.trim={trim}")
    titled = galley("4", title_lines, "One")
    pair = {"leading": made.leading, "number": int(title_lines > 1), "parting": 1.6 * made.leading}
    titled = replace(titled, opener=replace(titled.opener, **pair))
    if titled.opener.rises[0] > made.title_depth:
        return
    page = next(page for page in make_up(titled, settings=(f"page.trim={trim}",)).pages if page.kind == "opener")
    assert all(made.margins.foot - 1 <= slug.y <= made.baseline(0) + 0.5 for slug in page.slugs)
    assert [slug.y for slug in page.slugs[:title_lines]] == pytest.approx(
        [page.slugs[title_lines - 1].y + rise for rise in titled.opener.rises]
    )
    rows = [grid_row(made, slug) for slug in page.slugs[title_lines:]]
    assert None not in rows and rows[0] == grid_row(made, page.slugs[title_lines - 1]) + 3


# --- folios and heads -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trim", TRIMS)
def test_only_text_pages_have_folio_and_head(trim):
    """Title page, blanks, openers, front pages and colophon carry neither folio nor head; every page of text has its folio."""
    galleys = [galley(STORY, 1, "Foreword", "front"), galley(STORY, 1, "One"), galley("9", 1, "Two")]
    edition = make_up(*galleys, settings=(f"page.trim={trim}", 'book.dedication="To her"'))
    assert {page.kind for page in edition.pages} == {"title", "blank", "front", "opener", "text", "colophon"}
    for page in edition.pages:
        if page.kind == "text":
            assert str(page.number) in texts(page.furniture)
        else:
            assert page.furniture == ()
    assert not [page for page in edition.pages if page.kind == "blank" and (page.slugs or page.figures)]


def test_heads_name_author_and_chapter():
    """A verso's head is the author, a recto's the chapter, or the book where the story has no chapters."""
    edition = make_up(galley(STORY, 1, "Low Water"))
    heads = {(page.side, texts(page.furniture)[1]) for page in edition.pages if page.kind == "text"}
    assert heads == {("verso", "Ada Quill"), ("recto", "Low Water")}
    plain = make_up(galley(STORY), author="")
    assert {texts(page.furniture)[1] for page in plain.pages if page.kind == "text"} == {"The Lamp"}


def test_small_pages_have_no_head():
    """A page too small for a running head has its folio only."""
    assert not design("page.trim=mini").heads
    edition = make_up(galley(STORY, 1, "One"), settings=("page.trim=mini",))
    assert {len(page.furniture) for page in edition.pages if page.kind == "text"} == {1}


LONG = "In Which " + "Nobody Comes In and a Door Is Opened " * 3


@pytest.mark.parametrize(
    ("title", "number", "name", "head"),
    [
        (f"Chapter 4: {LONG}", "Chapter 4", LONG, "Chapter 4"),
        (f"{LONG}: Rain", "", "Rain", "Rain"),
        (LONG, "", "", "The Lamp"),
        ("IV", "IV", "", "The Lamp"),
        (f"IV. {LONG}", "IV", LONG, "The Lamp"),
        ("12.", "12", "", "The Lamp"),
        ("Chapter 4", "Chapter 4", "", "Chapter 4"),
    ],
)
def test_a_recto_is_headed_by_what_fits(title, number, name, head):
    """A chapter's title too long for its line gives way to its name, its number, or the book's; a bare numeral to the book's."""
    made = design()
    book = Book("The Lamp", "Ada Quill", (Chapter(title, (), number=number, name=name),))
    pages = paginate([galley(STORY, 1, title)], book, made, display(made).lines).pages
    heads = {texts(page.furniture)[1] for page in pages if page.kind == "text" and page.side == "recto"}
    assert heads == {head}


def test_a_head_too_long_for_its_line_is_left_out():
    """Where not even the book's title fits a line, there is no head."""
    edition = make_up(galley(STORY), title=LONG, author="")
    assert {len(page.furniture) for page in edition.pages if page.kind == "text"} == {1}


@pytest.mark.parametrize("trim", TRIMS)
def test_furniture_stands_clear_of_the_text(trim):
    """A folio stands below the lowest line that a page may have, a head above the first, both on the paper."""
    setting = f"page.trim={trim}"
    made = design(setting)
    for page in make_up(galley(STORY, 1, "One"), settings=(setting,)).pages:
        for slug in page.furniture:
            assert 0.2 * 72 < slug.y < made.trim.height - 0.2 * 72
            below = slug.y < made.baseline(made.lines) - 0.9 * made.size
            above = slug.y > made.baseline(0) + 1.2 * made.leading
            assert below or above


def test_pages_are_labelled_by_their_number():
    """Every page has its number as label, printed or not; odd pages are rectos."""
    for page in make_up(galley(STORY, 1, "One")).pages:
        assert page.label == str(page.number)
        assert page.side == ("recto" if page.number % 2 else "verso")


def test_spreads_pair_the_pages_that_face():
    """The first page stands alone on the right; after it each even page faces the next odd one."""
    edition = make_up(galley(STORY, 1, "One"))
    first, *rest = edition.spreads
    assert first.verso is None and first.recto.number == 1
    for number, spread in enumerate(rest, 1):
        assert spread.verso.number == 2 * number
        assert spread.recto is None or spread.recto.number == 2 * number + 1
    assert [page.number for page in edition.pages] == list(range(1, len(edition.pages) + 1))


# --- the last page ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paragraphs", range(1, 60, 3))
@pytest.mark.parametrize("trim", ["half-letter", "A6"])
def test_the_colophon_never_adds_a_sheet(paragraphs, trim):
    """A booklet has a multiple of four pages, no more than the story needs; its colophon is on the last page, or nowhere."""
    edition = make_up(galley("7 " * paragraphs, 1, "One"), settings=(f"page.trim={trim}",))
    pages = edition.pages
    needed = max(page.number for page in pages if page.kind in ("text", "opener"))
    assert len(pages) == -(-needed // 4) * 4
    said = [page.number for page in pages if any("pressbook" in text for text in texts(page.slugs))]
    if needed % 4:
        assert pages[-1].kind == "colophon"
        assert [page.kind for page in pages[needed:-1]] == ["blank"] * (len(pages) - needed - 1)
        assert said == [len(pages)]
    else:
        assert said in ([], [len(pages)])


@pytest.mark.parametrize("trim", ["half-letter", "A6"])
def test_a_colophon_under_the_story_keeps_its_distance(trim):
    """Where the story's last page is the sheet's last, the colophon stands at its foot, well below the text, or not at all."""
    setting = f"page.trim={trim}"
    made = design(setting)
    outcomes = set()
    for paragraphs in range(1, 120):
        pages = make_up(galley("1 " * paragraphs, 1, "One"), settings=(setting,)).pages
        last = pages[-1]
        if last.kind == "colophon":
            continue
        colophon = [slug for slug in last.slugs if slug.line.words]
        outcomes.add(bool(colophon))
        if colophon:
            lowest = min(slug.y for slug in last.slugs if not slug.line.words)
            assert lowest - max(slug.y for slug in colophon) > 2 * made.leading
            left = made.margins.inner if last.side == "recto" else made.margins.outer
            assert {round(slug.x - left, 6) for slug in colophon} == {round(0.07 * made.measure, 6)}
    assert outcomes == {True, False}


def test_without_a_booklet_the_colophon_has_a_page():
    """A book that is not folded into a booklet ends with the colophon's page, and is not filled up."""
    for paragraphs in range(1, 30, 4):
        pages = make_up(galley("7 " * paragraphs), settings=("outputs.booklet=false",)).pages
        assert [page.kind for page in pages].count("colophon") == 1
        assert pages[-1].kind == "colophon"
        assert pages[-2].kind in ("text", "opener")


def test_the_colophon_says_what_the_book_is_set_in():
    """The colophon names face, size and leading."""
    page = make_up(galley("5"), settings=("outputs.booklet=false",)).pages[-1]
    made = design()
    assert f"Set in EB Garamond, {made.size:g} on {made.leading:g} points" in " ".join(texts(page.slugs))


def test_the_edition_knows_its_book():
    """Title, author, language, size and bleed of the edition are the book's and the design's."""
    edition = make_up(galley("5"), settings=("book.language=en-GB", "page.trim=A5", "page.bleed=3mm", 'book.subtitle="A Tale"'))
    made = design("page.trim=A5")
    assert (edition.title, edition.author, edition.language, edition.subject) == ("The Lamp", "Ada Quill", "en-GB", "A Tale")
    assert (edition.width, edition.height) == (made.trim.width, made.trim.height)
    assert edition.bleed == pytest.approx(8.504, abs=0.001)


@pytest.mark.parametrize(
    ("trim", "title"), [("half-letter", "The Lamp"), ("mini", "The Lamp"), ("mini", "A Title of Some Words " * 9)]
)
def test_the_slug_line_tells_the_printer(trim, title):
    """Outside the page stand title, page and day, left of the mark in the middle; a title too long is left out."""
    settings = (f"page.trim={trim}", "page.bleed=3mm", "press.marks=slug", "press.date=2026-11-24")
    edition = make_up(galley("5"), settings=settings, title=title)
    count = len(edition.pages)
    for page in edition.pages:
        lead = f"{title}, " if len(title) < 20 else ""
        assert " ".join(texts(page.slug_line)) == f"{lead}page {page.number} of {count}, 2026-11-24"
        for slug in page.slug_line:
            assert -edition.bleed - mm(5) < slug.y < -edition.bleed - 3
            assert slug.x + sum(word.width for word in slug.line.words) < edition.width / 2 - mm(2.5)
    assert make_up(galley("5")).pages[0].slug_line == ()


def test_findings_of_every_room_come_along():
    """What the compositor noticed is handed on with the edition."""
    finding = Finding("notice", "loose-line", "line 3: far apart")
    assert finding in make_up(replace(galley("5"), findings=(finding,))).findings


def test_lines_are_left_as_they_were():
    """Paging moves lines and changes none."""
    made = galley(STORY)
    every = {id(line) for block in made.blocks if isinstance(block, Passage) for way in block.settings for line in way.lines}
    pages = [page for page in make_up(made).pages if page.kind in ("text", "opener")]
    assert {id(slug.line) for page in pages for slug in page.slugs} <= every


# --- how the book begins, where copyfitting chose it ------------------------------------------------------------------


def test_a_heading_stands_over_the_text():
    """Without a title page, title and author stand over the story on page 1, on a type page that has no blank before it."""
    settings = ("book.subtitle=A tale", "book.dedication=For Finn", "book.epigraph=Salt is slow.")
    pages = make_up(galley(STORY), settings=settings, opening="heading").pages
    assert [page.kind for page in pages[:2]] == ["opener", "text"]
    words = [slug for slug in pages[0].slugs if slug.paragraph < 0]
    assert texts(words) == ["The Lamp", "A tale", "Ada Quill", "For Finn", "Salt is slow."]
    story = [slug for slug in pages[0].slugs if slug.paragraph >= 0]
    made = design(*settings)
    assert min(slug.y for slug in words) - max(slug.y for slug in story) > 2 * made.leading
    assert grid_row(made, story[0]) is not None
    assert max(slug.y for slug in words) < made.baseline(1)
    assert not pages[0].furniture


def test_a_chapters_title_follows_the_heading():
    """A first chapter's own title stands below the book's, apart from it and from the text."""
    made = galley(STORY, 2, "One")
    page = make_up(made, opening="heading").pages[0]
    heights = [slug.y for slug in page.slugs if slug.line in made.opener.lines]
    title = min(slug.y for slug in page.slugs if slug.line.words)
    text = max(slug.y for slug in page.slugs if slug.paragraph >= 0)
    assert title - 1.5 * design().leading > max(heights) > min(heights) > text + 1.5 * design().leading


@pytest.mark.parametrize(("title", "headed"), [("The Lamp", 0), ("A Word Before", 1), ("", 0)])
def test_a_note_runs_in_under_the_heading(title, headed):
    """A note before a story without chapters stands on its first page, an ornament between; the book's title is not repeated."""
    note, story = galley("4", bool(title), title, "front"), galley(STORY)
    page = make_up(note, story, opening="heading").pages[0]
    assert page.kind == "opener"
    assert sum(slug.line in note.opener.lines for slug in page.slugs) == headed
    held = [slug.line for slug in page.slugs if slug.paragraph >= 0]
    assert held[:4] == list(note.blocks[0].settings[0].lines)
    assert held[4] is story.blocks[0].settings[0].lines[0]
    (ornament, *_) = page.figures
    rows = [slug.y for slug in page.slugs if slug.paragraph >= 0]
    assert rows[3] > ornament.y > rows[4]


def test_a_note_before_chapters_has_a_page_of_its_own():
    """A note before a titled chapter stays on the heading's page, and the chapter opens the next, with no blank between."""
    pages = make_up(galley("4", 0, "", "front"), galley(STORY, 1, "One"), opening="heading").pages
    assert [page.kind for page in pages[:2]] == ["front", "opener"]
    assert texts(pages[0].slugs)[:2] == ["The Lamp", "Ada Quill"]


def test_a_heading_that_leaves_no_text_is_refused():
    """A title so long that it would fill the page is refused where the text should stand below it."""
    with pytest.raises(LayoutError, match="leaves the text too little"):
        make_up(galley(STORY), title="The Long and Winding Tale of " * 30, opening="heading")


@pytest.mark.parametrize("paragraphs", range(1, 40, 3))
def test_a_heading_keeps_the_imprint(paragraphs):
    """Where no title page takes the copyright notice, the last page does, or one is added: it is never dropped."""
    notice = "Copyright by the keeper of the lamp"
    pages = make_up(galley("4 " * paragraphs), settings=(f"book.copyright={notice}",), opening="heading").pages
    assert notice in " ".join(texts(pages[-1].slugs[-4:]))


def test_a_half_title_goes_before_the_title():
    """A half-title has the title alone, an ornament on its back, and the title page to its right."""
    pages = make_up(galley(STORY), opening="half-title").pages
    assert [page.kind for page in pages[:5]] == ["front", "front", "title", "blank", "opener"]
    assert texts(pages[0].slugs) == ["The Lamp"]
    assert not pages[1].slugs
    assert pages[1].figures[0].height > pages[2].figures[0].height
    bare = make_up(galley(STORY), settings=("story.scene-break=blank",), opening="half-title").pages
    assert bare[1].kind == "blank"


@pytest.mark.parametrize("wanted", [4, 8])
def test_the_colophon_takes_the_page_that_is_wanted(wanted):
    """Where one page more is what was asked for, the colophon has it; where the count is reached, it shares or is dropped."""
    kinds = set()
    for paragraphs in range(1, 80):
        pages = make_up(galley("4 " * paragraphs), counts=Counts(4, wanted), opening="heading").pages
        last = max(page.number for page in pages if page.kind in ("opener", "text"))
        if last == wanted - 1:
            assert [page.kind for page in pages[last:]] == ["colophon"]
            kinds.add("own")
        elif last == wanted:
            assert len(pages) == wanted
            kinds.add("shared")
    assert kinds == {"own", "shared"}
