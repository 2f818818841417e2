"""Fan fiction as other hands than the Archive's give it out: what such files say of a story is told, and never set as story."""

import pytest
from formats import epub, html, page, write
from test_archive import seen, understood

from pressbook.manuscript import read

STORY = (
    '<p>"Late," he <i>said</i> - late.</p><hr/><p>Then it was.</p>',
    "<p>The lamp burned until noon.</p>",
)
SET = (["“Late,” he said—late.", "***", "Then it was."], ["The lamp burned until noon."])
SUMMARY = "A boat is <i>late</i>."
FIELDS = {
    "Category": "Boats &amp; Lamps",
    "Genre": "Drama, Mystery",
    "Language": "English",
    "Status": "In-Progress",
    "Published": "2019-05-06",
    "Updated": "2019-08-09",
    "Packaged": "2026-01-02 03:04:05",
    "Rating": "T",
    "Chapters": "2",
    "Words": "9,999",
    "Publisher": "boats.example",
    "Story URL": '<a href="https://boats.example/s/42/1">https://boats.example/s/42/1</a>',
    "Summary": SUMMARY,
}
HEAD = '<a href="https://boats.example/s/42/1">The Lamp by the Sea</a> by <a class="authorlink" href="https://boats.example/u/7">ada_quill</a>'
LIST = "".join(f"\n<b>{kind}:</b> {words}<br/>\n" for kind, words in FIELDS.items())
ROWS = "".join(f"<tr><td><b>{kind}:</b></td><td>{words}</td></tr>\n" for kind, words in FIELDS.items())
WIDE = ROWS.replace(
    f"<tr><td><b>Summary:</b></td><td>{SUMMARY}</td></tr>", f'<tr><td colspan="2"><b>Summary:</b> {SUMMARY}</td></tr>'
)
LOG = page("<h3>Update Log</h3><p class='log_entry'><b>Status:</b> <span id='status'>In-Progress</span></p><hr/>")
TITLES = ("Chapter 1: Out", "Chapter 2: Home")
CHAPTERS = [("chapter", title, said) for title, said in zip(TITLES, SET, strict=True)]
FRONT = ("front", "Summary", ["A boat is late."])


def classed(data: str, name: str) -> str:
    """Put a page's class on its body, as FanFicFare does."""
    return data.replace("<body>", f'<body class="{name}">')


def fanficfare(title_page: str) -> bytes:
    """Bind a story as FanFicFare does, with its title page, its log, and its mark on a chapter that is new."""
    chapters = {
        f"file000{k}": f'<h3 class="fff_chapter_title">{"(new) " if k == 2 else ""}{title}</h3>{words}'
        for k, (title, words) in enumerate(zip(TITLES, STORY, strict=True), 1)
    }
    pages = {"title_page": title_page, "log_page": "", "toc_page": "", **chapters}
    contents = page("<div><h3>Table of Contents</h3><a href='file0001.xhtml'>Chapter 1: Out</a><br/></div>")
    parts = {
        "OEBPS/title_page.xhtml": classed(page(title_page), "fff_titlepage"),
        "OEBPS/log_page.xhtml": classed(LOG, "fff_logpage"),
        "OEBPS/toc_page.xhtml": classed(contents, "fff_tocpage"),
    }
    titles = ("The title", "Update Log", "The list", *TITLES)
    return epub(pages, "The Lamp by the Sea", "ada_quill", titles, **parts)


def whole(rows: str) -> bytes:
    """Write the same story as FanFicFare's HTML."""
    contents = '<a name="TOCTOP"><h2>Table of Contents</h2></a>\n<p>\n<a href="#section0001">Chapter 1: Out</a><br />\n</p>\n'
    chapters = "".join(
        f'\n<a name="section000{k}"><h2>{title}</h2></a>\n<div><h3>{title}</h3>{words}</div>'
        for k, (title, words) in enumerate(zip(TITLES, STORY, strict=True), 1)
    )
    head = '<meta charset="UTF-8"><title>The Lamp by the Sea by ada_quill</title>'
    return html(f'<h1>{HEAD}</h1>\n<table class="full">\n{rows}</table>\n{contents}{chapters}', head)


FANFICFARE = {
    "list.epub": fanficfare(f"<h3>{HEAD}</h3><div>{LIST}</div>"),
    "table.epub": fanficfare(f'<h3>{HEAD}</h3><table class="full">{ROWS}</table>'),
    "wide.epub": fanficfare(f'<h3>{HEAD}</h3><table class="full">{WIDE}</table>'),
    "table.html": whole(ROWS),
    "wide.html": whole(WIDE),
}


@pytest.mark.parametrize("name", list(FANFICFARE))
def test_fanficfare(tmp_path, name):
    """Its title page, in each of its shapes, tells title, author, address and tags; its lists and log are left out, and said so."""
    path = write(tmp_path, name, FANFICFARE[name])
    book = understood(tmp_path, FANFICFARE[name], name)
    assert seen(book) == [FRONT, *CHAPTERS]
    found = read(path).found
    assert (found.title, found.author, found.language) == ("The Lamp by the Sea", "ada_quill", "en-US")
    assert found.address == "https://boats.example/s/42/1"
    assert found.tags[:3] == (("Fandom", "Boats & Lamps"), ("Genre", "Drama, Mystery"), ("Rating", "T"))
    ((kind, figures),) = found.tags[3:]
    assert kind == "Stats" and figures.startswith("Status: In-Progress, Published: 2019-05-06") and "Words: 9,999" in figures
    assert "left-out" in [finding.rule for finding in read(path).findings]


def test_what_no_field_names_is_no_story(tmp_path):
    """Words on FanFicFare's title page that belong to no field stand among the notes, and a finding quotes them."""
    title_page = f'<h3>{HEAD}</h3><table class="full">{ROWS}<tr><td colspan="2">Told in two parts.</td></tr></table>'
    for name, data in (("a.epub", fanficfare(title_page)), ("a.html", whole(ROWS + "<tr><td>Told in two parts.</td></tr>"))):
        assert seen(understood(tmp_path, data, name)) == [FRONT, ("front", "Notes", ["Told in two parts."]), *CHAPTERS]
        assert "Told in two parts." in next(each for each in read(tmp_path / name).findings if each.rule == "record").message


def test_an_author_s_own_header_is_no_title_page(tmp_path):
    """A page of an EPUB that has labels below its heading, and its story below them, keeps all, for it is not FanFicFare's."""
    labels = "<p><b>Rating:</b> T<br/><b>Words:</b> 9<br/><b>Summary:</b> A boat.</p>"
    pages = {"a": f"<h2>{HEAD}</h2>{labels}{STORY[1]}", "b": f"<h2>Salt</h2>{STORY[0]}"}
    manuscript = read(write(tmp_path, "a.epub", epub(pages, "Two Tales", "Eve")))
    assert manuscript.found.title == "Two Tales"
    assert "The lamp burned until noon." in [block.text for block in manuscript.blocks]
    assert not manuscript.findings


def test_an_older_title_page(tmp_path):
    """FanFicFare's pages from before it named them are known by what they hold."""
    pages = {"title_page": f"<h3>{HEAD}</h3><div>{LIST}</div>", "file0001": f"<h3>Chapter 1</h3>{STORY[1]}"}
    data = epub(pages, "The Lamp by the Sea", "ada_quill", ("The title", "Chapter 1"))
    assert seen(understood(tmp_path, data, "a.epub")) == [FRONT, ("chapter", "Chapter 1", SET[1])]


FICHUB = (
    f"<h1>The Lamp by the Sea</h1><p><b>By: ada_quill</b></p><p>{SUMMARY}</p><p>Status: complete</p><p>Published: 2020-07-14</p>"
    "<p>Words: 3791</p><p>Chapters: 2</p><p>Rated: Fiction T - Language: English - Genre: Drama</p>"
    '<p>Original source:\n\t\t<a href="https://boats.example/s/42">https://boats.example/s/42</a></p>'
    '<p>Exported with the assistance of\n\t\t<a href="https://fichub.net">FicHub.net</a></p>'
)


@pytest.mark.parametrize("name", ["fichub.epub", "fichub.html"])
def test_fichub(tmp_path, name):
    """FicHub's page of what it knows is told and not set, and a chapter's title that it writes twice stands once."""
    chapters = [
        f"<h2>{title}</h2><p/><div> <div> <div>  {title}<p/></div> <div>{words}</div></div></div>"
        for title, words in zip(TITLES, STORY, strict=True)
    ]
    pages = {"introduction": FICHUB, "chap_1": chapters[0], "chap_2": chapters[1]}
    bound = epub(pages, "The Lamp by the Sea", "ada_quill", ("Introduction", *TITLES))
    flat = html(FICHUB + "".join(chapters).replace("<p/>", "<p></p>"), "<title>The Lamp by the Sea</title>")
    data = bound if name.endswith("epub") else flat
    assert seen(understood(tmp_path, data, name)) == [FRONT, *CHAPTERS]
    found = read(tmp_path / name).found
    assert (found.title, found.author, found.address) == ("The Lamp by the Sea", "ada_quill", "https://boats.example/s/42")
    assert found.tags[:2] == (("Rating", "Fiction T"), ("Genre", "Drama"))
    assert "titles that stand twice are set once, 2 in all" in " ".join(each.message for each in read(tmp_path / name).findings)


def test_a_sentence_that_is_the_title_stays(tmp_path):
    """A first sentence that says its chapter's title is the story's own."""
    data = html(f"{FICHUB}<h2>Late</h2><p>Late.</p><p>So he ran.</p>")
    assert seen(understood(tmp_path, data, "a.html")) == [FRONT, ("chapter", "Late", ["Late.", "So he ran."])]


PROFILE = (
    '<div id="pre_story_links"><span><a href="/book/">Books</a> » <a href="/book/Lamps/">Boats &amp; Lamps</a></span></div>'
    '<div id="profile_top"><span><img src="x.png"></span><b class="xcontrast_txt">The Lamp by the Sea</b> <span>By:</span>'
    f'<a class="xcontrast_txt" href="/u/7/ada">ada_quill</a><div class="xcontrast_txt">{SUMMARY}</div>'
    '<span class="xgray xcontrast_txt">Rated: <a>Fiction T</a> - English - Drama/Mystery - Ada Q., Tom - Chapters: 2 - Words: 9,999'
    " - Reviews: <a>3</a> - Status: Complete - id: 42 </span></div>"
)
SITE = "<title>The Lamp by the Sea Chapter {}: {}, a boats and lamps fanfic | FanFiction</title>"


def saved(number: int, top: str = PROFILE, title: str = SITE) -> bytes:
    """Save one chapter's page of FanFiction.net."""
    chapter = TITLES[number - 1].partition(": ")[2]
    options = "".join(
        f"<option value={k} {'selected' if k == number else ''}>{k}. {each.partition(': ')[2]}" for k, each in enumerate(TITLES, 1)
    )
    body = (
        f'<div>Login</div>{top}<select id="chap_select">{options}</select>'
        f'<div role="main"><div class="storytext" id="storytext">{STORY[number - 1]}</div></div><div>Review this chapter</div>'
    )
    head = f'<meta charset="utf-8"><link rel="canonical" href="//boats.example/s/42/{number}">'
    return html(body, head + title.format(number, chapter))


def test_fanfiction_net(tmp_path):
    """A saved page is one chapter under its title, with what the site says of the work; the first one's page quotes the summary."""
    assert seen(understood(tmp_path, saved(1), "one.html")) == [FRONT, CHAPTERS[0]]
    assert seen(understood(tmp_path, saved(2), "two.html")) == [CHAPTERS[1]]
    found = read(tmp_path / "two.html").found
    assert (found.title, found.author, found.language) == ("The Lamp by the Sea", "ada_quill", "en-US")
    assert found.address == "https://boats.example/s/42/2"
    assert found.tags[:4] == (
        ("Fandom", "Boats & Lamps"), ("Rating", "Fiction T"), ("Genre", "Drama/Mystery"), ("Characters", "Ada Q., Tom"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "found", "heading"),
    [
        ("The Lamp Chapter 3: Door, a Key, a boats fanfic | FanFiction", ("The Lamp", "boats"), "Chapter 3: Door, a Key"),
        ("The Lamp Chapter 3, an old boats fanfic | FanFiction", ("The Lamp", "old boats"), "Chapter 3"),
        ("The Lamp Chapter 3: Chapter 3, a boats fanfic | FanFiction", ("The Lamp", "boats"), "Chapter 3"),
        ("The Chapter House, a boats fanfic | FanFiction", ("The Chapter House", "boats"), ""),
    ],
)
def test_a_title_that_holds_chapter_and_fandom(tmp_path, title, found, heading):
    """Where the page says nothing else, its own title is taken apart, with a notice."""
    path = write(tmp_path, "a.html", html(f'<div role="main">{STORY[1]}</div>', f"<title>{title}</title>"))
    manuscript = read(path)
    assert (manuscript.found.title, dict(manuscript.found.tags)["Fandom"]) == found
    assert [block.text for block in manuscript.blocks] == [*([f"# {heading}"] if heading else []), "The lamp burned until noon."]
    assert "record" in [finding.rule for finding in manuscript.findings]


WATTPAD = '<title>The Lamp - Out - Wattpad</title><meta property="og:url" content="https://www.wattpad.com/42-the-lamp-out">'


def test_wattpad(tmp_path):
    """Wattpad's counts of comments and its ways on are no story, and how many went is said."""
    body = (
        "<h1>Out</h1><p>It was late.12</p><p>“So late?”3</p><p>7</p><p>+</p>"
        "<p>Then it was.<span class='num-comment'>5</span></p><p>3</p>"
        "<p>It cost 3.50</p><p>They sang. Comments 4</p><p>See page 12</p><p>PART 1 OF 10</p><p>Continue reading next part</p>"
    )
    manuscript = read(write(tmp_path, "a.html", html(body, WATTPAD)))
    assert manuscript.found.title == "The Lamp"
    assert [block.text for block in manuscript.blocks] == [
        "# Out", "It was late.", "“So late?”", "Then it was.", "It cost 3.50", "They sang.", "See page 12",
    ]  # fmt: skip
    assert [finding.rule for finding in manuscript.findings] == ["left-out"]


def test_numbers_of_scenes_stay(tmp_path):
    """In Wattpad's file numbers that count on are the author's, and one figure behind a stop is kept, with a notice."""
    body = "<p>1</p><p>It was late.</p><p>2</p><p>He was in cell no.12</p><p>3</p><p>It rained.</p>"
    manuscript = read(write(tmp_path, "a.html", html(body, WATTPAD)))
    assert [block.text for block in manuscript.blocks] == ["1", "It was late.", "2", "He was in cell no.12", "3", "It rained."]
    assert [finding.rule for finding in manuscript.findings] == ["record"]


HEADER = '<h3><a href="https://a.example">The Lamp</a> by Ada</h3><p><b>Rating:</b> T<br><b>Genre:</b> Sea<br><b>Words:</b> 9</p>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>It was late.12</p><p>7</p><p>3</p><p>Continue reading next part</p>", "It was late.12|7|3|Continue reading next part"),
        (f"{HEADER}<p>It was late.</p>", "**Rating:** T\u2028**Genre:** Sea\u2028**Words:** 9|It was late."),
        (
            "<h2>Out</h2><p>Late.</p><p>Exported with the assistance of FishHub.net</p>",
            "Late.|Exported with the assistance of FishHub.net",
        ),
    ],
    ids=["no page of Wattpad's", "an author's own header", "another's signature"],
)
def test_other_pages_keep_all(tmp_path, body, said):
    """What only looks like a download keeps every word in its place."""
    manuscript = read(write(tmp_path, "a.html", html(body)))
    assert "|".join(block.text for block in manuscript.blocks).endswith(said)
    assert not [finding for finding in manuscript.findings if finding.rule in ("left-out", "record")]
