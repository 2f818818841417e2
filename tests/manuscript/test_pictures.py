"""Pictures: named in any format, looked through within limits, never fetched."""

import base64
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from formats import docx, epub, html, odt, w, write
from pictures import AFTER, BLIP, RELS, WORDS, bomb, docx_with, epub_with, html_with, marked_with, odt_with, picture

from pressbook.config.schema import House
from pressbook.errors import ManuscriptError
from pressbook.manuscript import read
from pressbook.manuscript.pictures import MOST_PIXELS, alternative, look_through
from pressbook.markup import mark_up, marked
from pressbook.model import Illustration, Paragraph, Picture, Run, SceneBreak
from stopwatch import soon

SEA = picture()
CAPTION = (Run("The "), Run("sea", italic=True), Run("."))


def shown(path):
    """List what a chapter's reader sees: words, or (caption, name, stand) of a picture, or a break."""
    (chapter,) = mark_up(read(path), House()).chapters
    return [
        "".join(run.text for run in block.runs)
        if isinstance(block, Paragraph)
        else (block.caption, block.picture.name, block.stand)
        if isinstance(block, Illustration)
        else type(block).__name__
        for block in chapter.blocks
    ]


FILES = {
    "a.md": marked_with(),
    "a.txt": marked_with(),
    "b.md": f"One\n===\n\n{WORDS}\n\n![The *sea*.](sea.png)\n\n{AFTER}\n",
    "a.html": html_with(),
    "b.html": html_with(f"data:image/png;base64,{base64.b64encode(SEA).decode()}"),
    "a.epub": epub_with(SEA),
    "a.docx": docx_with(SEA),
    "a.odt": odt_with(SEA),
}


@pytest.mark.parametrize("name", list(FILES))
def test_every_format_shows_the_same_picture(tmp_path, name):
    """A picture with its caption stands between the same paragraphs, whatever file it came in."""
    write(tmp_path, "sea.png", SEA)
    path = write(tmp_path, name, FILES[name])
    said, (caption, called, stand), after = shown(path)
    assert (said, after, stand) == (WORDS, AFTER, "text")
    assert called == ("picture.png" if name == "b.html" else "sea.png")
    assert caption == CAPTION
    (found,) = read(path).pictures
    assert (found.kind, found.width, found.height, found.data) == ("png", 60, 40, SEA)
    assert not [finding for finding in read(path).findings if finding.rule == "pictures"]


@pytest.mark.parametrize("name", list(FILES))
def test_what_mark_writes_names_it_again(tmp_path, name):
    """The marked manuscript keeps the picture's line, and beside the picture reads back to the same."""
    write(tmp_path, "sea.png", SEA)
    write(tmp_path, "picture.png", SEA)
    path = write(tmp_path, name, FILES[name])
    text = marked(mark_up(read(path), House()))
    assert "\n![The *sea*.](" in text
    again = write(tmp_path, "again.md", text)
    assert shown(again) == shown(path)
    assert marked(mark_up(read(again), House())) == text


DESCRIBED = '<wp:docPr xmlns:wp="wp" id="1" name="Picture 1" descr="A grey sea, rising"/>'
FRAMES = 'xmlns:draw="d" xmlns:xlink="x" xmlns:svg="s"'
TOLD = {
    "a.md": f'{WORDS}\n\n![](sea.png "A grey sea, rising")\n\n{AFTER}\n',
    "b.md": f'One\n===\n\n{WORDS}\n\n![](sea.png "A grey sea, rising")\n\n{AFTER}\n',
    "a.html": html(f'<p>{WORDS}</p><p><img src="sea.png" alt="A grey  sea,\nrising"></p><p>{AFTER}</p>'),
    "a.epub": epub(
        {"one": f'<p>{WORDS}</p><p><img src="sea.png" alt="A grey sea, rising"/></p><p>{AFTER}</p>'},
        **{"OEBPS/sea.png": SEA},
    ),
    "a.docx": docx(
        w(WORDS) + f"<w:p><w:r>{BLIP.replace('<a:', DESCRIBED + '<a:', 1)}</w:r></w:p>" + w(AFTER),
        **{"word/_rels/document.xml.rels": RELS.format("media/sea.png"), "word/media/sea.png": SEA},
    ),
    "a.odt": odt(
        f'<text:p>{WORDS}</text:p><text:p><draw:frame {FRAMES}><draw:image xlink:href="Pictures/sea.png"/>'
        f"<svg:desc>A grey sea, rising</svg:desc></draw:frame></text:p><text:p>{AFTER}</text:p>",
        **{"Pictures/sea.png": SEA},
    ),
}


@pytest.mark.parametrize("name", ["a.md", "b.md", "a.html", "a.epub", "a.docx", "a.odt"])
def test_what_is_told_of_a_picture_is_kept(run, tmp_path, name):
    """What a file tells of a picture to those who do not see it goes into the marked text, the EPUB and the PDF."""
    write(tmp_path, "sea.png", SEA)
    path = write(tmp_path, name, TOLD[name])
    (figure,) = [block for block in mark_up(read(path), House()).chapters[0].blocks if isinstance(block, Illustration)]
    assert figure.alt == "A grey sea, rising"
    assert '![](sea.png "A grey sea, rising")' in marked(mark_up(read(path), House()))
    assert run("new", tmp_path / "sea", "--from", path, "--quiet").status == 0
    assert run("build", tmp_path / "sea", "--quiet", "--set", "outputs.epub=true", "--set", "outputs.booklet=false").status == 0
    (ebook,) = (tmp_path / "sea" / "dist").glob("*.epub")
    with ZipFile(ebook) as archive:
        pages = "".join(archive.read(part).decode() for part in archive.namelist() if part.endswith(".xhtml"))
    assert 'alt="A grey sea, rising"' in pages and "<figcaption>" not in pages
    (pdf,) = (tmp_path / "sea" / "dist").glob("*.pdf")
    with pikepdf.open(pdf) as document:
        figures = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"]
        assert [str(thing.Alt) for thing in figures] == ["A grey sea, rising"]


@pytest.mark.parametrize("told", ["", "image", "Picture 3", "my sea.png", "https://boats.example/sea", "Cover."])
def test_a_name_tells_nothing_of_a_picture(told):
    """A file's name, an address, and the word that it is a picture, are no description; any other words are."""
    assert alternative(told) == ""
    assert alternative(f"{told} and the sea") == f"{told} and the sea".strip()


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("![](sea.png)", ((Run(""),), "sea.png", "text")),
        ("![Sea](sea.png){full}", ((Run("Sea"),), "sea.png", "full")),
        ("![](sea.png) {bleed}", ((Run(""),), "sea.png", "bleed")),
        ('![The "sea" - all of it](sea.png)', ((Run("The “sea”—all of it"),), "sea.png", "text")),
        ("![One [of] two](art/a sea (1).png)", ((Run("One [of] two"),), "art/a sea (1).png", "text")),
    ],
)
def test_the_notation(tmp_path, line, seen):
    """A picture stands alone in its block, with or without a caption, which is marked up as text is; braces say where it stands."""
    write(tmp_path, "sea.png", SEA)
    (tmp_path / "art").mkdir()
    write(tmp_path / "art", "a sea (1).png", SEA)
    assert shown(write(tmp_path, "a.md", f"{WORDS}\n\n{line}\n\n{AFTER}\n")) == [WORDS, seen, AFTER]


@pytest.mark.parametrize("text", [f"{WORDS} ![The sea](sea.png) {WORDS}", r"\![The sea](sea.png)", "A ! [sea](sea.png)"])
def test_what_only_looks_like_it(tmp_path, text):
    """Amid words a picture stands below its paragraph; an escaped one is words."""
    write(tmp_path, "sea.png", SEA)
    seen = shown(write(tmp_path, "a.md", f"{text}\n\n{AFTER}\n"))
    pictures = [block for block in seen if isinstance(block, tuple)]
    assert len(pictures) == text.startswith(WORDS)
    assert seen.index(pictures[0]) == 1 if pictures else True


def test_a_picture_is_no_scene_break(tmp_path):
    """White above and below a picture parts no scenes; a typed break beside it does."""
    write(tmp_path, "sea.png", SEA)
    text = "\n\n".join([WORDS, WORDS, "\n![](sea.png)\n", AFTER, "***", "![](sea.png)", WORDS])
    kinds = [block if isinstance(block, str) else "picture" for block in shown(write(tmp_path, "a.md", text))]
    assert kinds == [WORDS, WORDS, "picture", AFTER, SceneBreak.__name__, "picture", WORDS]


def test_a_divider_is_a_scene_break(tmp_path):
    """A low picture without a caption that comes back three times parts scenes; twice, or a higher one, it is a picture."""
    write(tmp_path, "low.png", picture(size=(120, 30)))
    write(tmp_path, "high.png", picture(size=(60, 60)))
    story = [
        WORDS,
        "![](low.png)",
        AFTER,
        "![](low.png)",
        WORDS,
        "![](high.png)",
        AFTER,
        "![](high.png)",
        WORDS,
        "![](high.png)",
        AFTER,
    ]
    path = write(tmp_path, "a.md", "\n\n".join(story))
    assert [block for block in shown(path) if isinstance(block, str)] == [WORDS, AFTER, WORDS, AFTER, WORDS, AFTER]
    path = write(tmp_path, "a.md", "\n\n".join([*story, "![](low.png)", WORDS]))
    assert [block for block in shown(path) if block == "SceneBreak"] == ["SceneBreak"] * 3
    assert [block[1] for block in shown(path) if isinstance(block, tuple)] == ["high.png"] * 3
    assert marked(mark_up(read(path), House())).count("\n* * *\n") == 3


LEFT_OUT = {
    "https://a.example/sea.png": "on the web, and nothing is fetched",
    "//a.example/sea.png": "on the web, and nothing is fetched",
    "file:///etc/hostname": "on the web, and nothing is fetched",
    "gone.png": "not there",
    "../outside.png": "outside the project",
    "/etc/hostname": "outside the project",
    "link.png": "outside the project",
    "dot.png": "smaller than 24 pixels",
    "drawing.svg": "SVG, neither PNG nor JPEG: save it as one of them",
    "moving.gif": "GIF, neither PNG nor JPEG",
    "words.png": "something else, neither PNG nor JPEG",
    "data:image/png,abc": "cannot be read",
    "data:image/png;base64,@@": "neither PNG nor JPEG",
    "folder": "not there",
    "a\0b.png": "not there",
}


@pytest.mark.parametrize("link", list(LEFT_OUT))
def test_what_cannot_be_shown_is_left_out_with_its_reason(tmp_path, link):
    """A picture elsewhere, of another kind, or gone is left out, in words; the story stands."""
    folder = tmp_path / "story"
    (folder / "folder").mkdir(parents=True)
    write(tmp_path, "outside.png", SEA)
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    write(folder, "dot.png", picture(size=(1, 1)))
    write(folder, "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    write(folder, "moving.gif", b"GIF89a" + bytes(20))
    write(folder, "words.png", "Once.")
    path = write(folder, "a.html", html(f'<p>{WORDS}</p><p><img src="{link.replace(chr(0), "&#0;")}"></p><p>{AFTER}</p>'))
    manuscript = read(path)
    assert [block.text for block in manuscript.blocks] == [WORDS, AFTER]
    assert manuscript.pictures == ()
    (finding,) = [finding for finding in manuscript.findings if finding.rule == "pictures"]
    assert "a.html: a picture is left out (" in finding.message
    assert LEFT_OUT[link].split(":")[0] in finding.message or "\0" in link


def test_a_project_s_own_folder_may_hold_them(tmp_path):
    """From text/, a path may lead to another folder of the same project, and no farther."""
    (tmp_path / "zine" / "text").mkdir(parents=True)
    write(tmp_path / "zine", "pressbook.toml", "")
    write(tmp_path / "zine", "sea.png", SEA)
    write(tmp_path, "far.png", SEA)
    path = write(tmp_path / "zine" / "text", "a.md", f"{WORDS}\n\n![](../sea.png)\n\n![](../../far.png)\n\n{AFTER}\n")
    assert [found.name for found in read(path).pictures] == ["../sea.png"]


def test_several_of_one_reason_are_one_finding(tmp_path):
    """Forty pictures on the web are one warning, which names a few."""
    images = "".join(f'<p><img src="http://a.example/{number}.png"></p>' for number in range(40))
    findings = read(write(tmp_path, "a.html", html(f"<p>{WORDS}</p>{images}"))).findings
    (finding,) = [finding for finding in findings if finding.rule == "pictures"]
    assert "40 pictures are left out (http://a.example/0.png, " in finding.message
    assert finding.level == "warning"


def test_names_are_kept_apart(tmp_path):
    """Two pictures of one name get two; the same bytes under two names are one picture."""
    other = picture(size=(50, 50))
    body = '<p>Words.</p><img src="a/p.png"/><img src="b/p.png"/><img src="c/q.png"/>'
    data = epub({"one": body}, **{"OEBPS/a/p.png": SEA, "OEBPS/b/p.png": other, "OEBPS/c/q.png": SEA})
    manuscript = read(write(tmp_path, "a.epub", data))
    assert [(found.name, found.data) for found in manuscript.pictures] == [("p.png", SEA), ("p-2.png", other)]
    assert [block.text for block in manuscript.blocks] == ["Words.", "![](p.png)", "![](p-2.png)", "![](p.png)"]


@pytest.mark.parametrize(
    ("data", "size", "dpi", "line_art"),
    [
        (picture("jpeg", dpi=(300, 300)), (60, 40), 300, False),
        (picture("png", mode="1"), (60, 40), 0, True),
        (picture("png", mode="P"), (60, 40), 0, False),
        (picture("png", mode="RGBA"), (60, 40), 0, False),
        (picture("jpeg", mode="CMYK"), (60, 40), 0, False),
        (picture("png", mode="I;16"), (60, 40), 0, False),
        (picture("png", dpi=(300, 150)), (60, 40), 0, False),
        (picture("jpeg", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"), (40, 60), 72, False),
    ],
)
def test_what_a_picture_says_of_itself(data, size, dpi, line_art):
    """Size as it should be seen, resolution where it can be true, and whether it has but two colours."""
    found = look_through("a", data, "a")
    assert isinstance(found, Picture)
    assert ((found.width, found.height), round(found.dpi), found.line_art) == (size, dpi, line_art)


PNG, JPEG = picture(size=(300, 300), mode="L"), picture("jpeg", size=(300, 300))
DAMAGED = {
    "cut short.png": (PNG[: len(PNG) // 2], "damaged or cut short"),
    "a header alone.png": (PNG[:20], "damaged or cut short"),
    "a signature alone.png": (PNG[:8], "damaged or cut short"),
    "no pixels.png": (bomb(100, 100), "damaged or cut short"),
    "too few pixels.png": (bomb(100, 100, bytes(500)), "damaged or cut short"),
    "cut short.jpg": (JPEG[: len(JPEG) // 2], "damaged or cut short"),
    "a header alone.jpg": (JPEG[:30], "damaged or cut short"),
    "a signature alone.jpg": (b"\xff\xd8\xff", "damaged or cut short"),
    "too many pixels.png": (bomb(7000, 7000, bytes(10)), "7,000 by 7,000 pixels; 40 million are the limit"),
    "a bomb.png": (bomb(60_000, 60_000, bytes(1_000_000)), "hundreds of millions of pixels; 40 million are the limit"),
    "a bomb of one line.png": (bomb(2_000_000_000, 1), "pixels; 40 million are the limit"),
    "swapped.png": (PNG.replace(b"IDAT", b"IDOT"), "damaged or cut short"),
}


@pytest.mark.parametrize("name", list(DAMAGED))
def test_a_damaged_picture_is_refused(tmp_path, name):
    """The message names the manuscript, the line, the picture and what is wrong, the hint what to do, within two seconds."""
    data, says = DAMAGED[name]
    write(tmp_path, name, data)
    path = write(tmp_path, "a.md", f"{WORDS}\n\n![]({name})\n")
    line = 3 + WORDS.count("\n")

    def reading():
        with pytest.raises(ManuscriptError, match=says) as error:
            read(path)
        assert f"a.md, line {line}: the picture {name}" in error.value.message
        assert error.value.hint

    assert soon(reading, 2)


def test_damage_inside_an_archive_is_refused_alike(tmp_path):
    """A damaged picture of an EPUB, a Word document or an ODT is no lesser fault."""
    for name, data in (("a.epub", epub_with(PNG[:300])), ("a.docx", docx_with(PNG[:300])), ("a.odt", odt_with(PNG[:300]))):
        with pytest.raises(ManuscriptError, match=r"sea\.png is damaged"):
            read(write(tmp_path, name, data))


def test_pictures_in_archives_have_a_limit_of_their_own(tmp_path, monkeypatch):
    """All pictures of one file together may only be so large, and the limit is named."""
    monkeypatch.setattr("pressbook.manuscript.packed.LARGEST_PICTURES", 1000)
    images = {f"OEBPS/{number}.png": picture(size=(60, 60 + number), compress_level=0) for number in range(9)}
    body = "<p>Words.</p>" + "".join(f'<img src="{number}.png"/>' for number in range(9))
    with pytest.raises(ManuscriptError, match=r"its pictures unpacks? to 0 MB; 0 MB are the limit"):
        read(write(tmp_path, "a.epub", epub({"one": body}, **images)))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process alone has taken")
def test_hostile_pictures_take_little_memory(tmp_path, shell):
    """Refusing them all, and reading one at the limit, takes less than 300 MB."""
    for name, (data, _) in DAMAGED.items():
        write(tmp_path, name, data)
        write(tmp_path, f"{name}.md", f"{WORDS}\n\n![]({name})\n")
    side = int(MOST_PIXELS**0.5)
    write(tmp_path, "large.png", bomb(side, side, bytes(side * (side + 1))))
    write(tmp_path, "large.md", f"{WORDS}\n\n![](large.png)\n")
    code = f"""
from pathlib import Path
from pressbook.errors import ManuscriptError
from pressbook.manuscript import read
for path in Path({str(tmp_path)!r}).glob("*.md"):
    try:
        assert read(path).pictures
    except ManuscriptError:
        assert path.name != "large.md"
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""
    assert int(shell("-c", code).stdout) < 300 * 1024


def test_stories_without_pictures_wait_for_no_pillow(tmp_path, shell):
    """Pillow is imported only when there is a picture."""
    path = write(tmp_path, "a.epub", epub({"one": "<p>Words.</p>"}))
    code = f"""
import sys
from pathlib import Path
from pressbook.manuscript import read
read(Path({str(path)!r}))
print('PIL' in sys.modules)
"""
    assert shell("-c", code).stdout.strip() == "False"


def test_word_shows_pictures_once(tmp_path):
    """A picture that Word wrote twice, for newer and older programs, is one; one inside words stands below them."""
    blip = '<a:blip xmlns:a="a" xmlns:r="r" r:embed="rId7"/>'
    copies = f"<m:Choice><w:drawing>{blip}</w:drawing></m:Choice><m:Fallback>{blip}</m:Fallback>"
    both = f'<m:AlternateContent xmlns:m="m">{copies}</m:AlternateContent>'
    body = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r><w:r>{both}</w:r></w:p>" + w(AFTER)
    rels = '<Relationships><Relationship Id="rId7" Target="media/sea.png"/></Relationships>'
    data = docx(body, **{"word/_rels/document.xml.rels": rels, "word/media/sea.png": SEA})
    assert [block.text for block in read(write(tmp_path, "a.docx", data)).blocks] == [WORDS, "![](sea.png)", AFTER]


def test_new_and_mark_write_the_pictures_down(tmp_path, run):
    """`new --from` lays them beside the story, `mark -o` beside what it writes; another picture is never overwritten."""
    write(tmp_path, "a.epub", epub_with(SEA))
    assert run("new", "zine", "--from", "a.epub").status == 0
    assert (tmp_path / "zine" / "text" / "sea.png").read_bytes() == SEA
    assert run("build", "zine").status == 0
    assert run("mark", "a.epub", "-o", "out/a.md").status == 0
    assert (tmp_path / "out" / "sea.png").read_bytes() == SEA
    assert run("mark", "a.epub", "-o", "out/a.md").status == 0
    write(tmp_path / "out", "sea.png", PNG)
    outcome = run("mark", "a.epub", "-o", "out/a.md")
    assert outcome.status == 1
    assert "sea.png is there already, and another picture" in outcome.err
    assert Path("out/sea.png").read_bytes() == PNG
