"""Several manuscripts are one book: its chapters or its stories, each with what belongs to it."""

import pytest
from markup_support import typed

from pressbook.config import load
from pressbook.markup import understand
from pressbook.markup.asides import part, settle
from pressbook.model.story import Chapter, Footnote, Found, Overrules, Paragraph, Run, SceneBreak
from pressbook.values import replace

PROSE = (
    "It rained on the harbour all day. Nobody came.\n\nThe lamp was lit at six, as on every evening of that year.\n\nShe waited."
)


def file(path, text=PROSE, **told):
    """Take a file's text for its manuscript."""
    manuscript = typed(text, path.rpartition("/")[2].rpartition(".")[0])
    return replace(manuscript, file=f"/home/ada/Tide Tales/text/{path}", found=Found(**told))


def gathered(*files, **keys):
    """Bind files as the config says."""
    options = tuple(f"book.{key.replace('_', '-')}={value}" for key, value in keys.items())
    config = load(None, options)
    return understand(files, config.book, config.story)


def outline(book):
    """List a book's chapters: kind, title, author under it."""
    return [(chapter.kind, chapter.title, chapter.byline) for chapter in book.chapters]


def words(chapter):
    """Read a chapter's paragraphs, quotations behind `>`."""
    return [
        ("> " if block.kind == "quote" else "") + "".join(run.text for run in block.runs)
        for block in chapter.blocks
        if isinstance(block, Paragraph)
    ]


SIGNED = "The Lamp\n\nby Ada Quill\n\n\n" + PROSE
SALT = "Salt\n\nby Ben Ford\n\n\n" + PROSE

KINDS = [
    ("numbered files", ["ch1.txt", "ch2.txt", "ch10.txt"], [PROSE] * 3, {}, "chapters"),
    ("numbers first, names behind", ["01-rain.txt", "02 snow.txt"], [PROSE] * 2, {}, "chapters"),
    ("a prologue among them", ["prologue.md", "chapter-1.md", "Epilogue.md"], [PROSE] * 3, {}, "chapters"),
    ("one signs for all", ["1.txt", "2.txt"], [SIGNED, PROSE], {}, "chapters"),
    ("numbered, but each signed", ["01.txt", "02.txt"], [SIGNED, SIGNED.replace("Lamp", "Rain")], {}, "stories"),
    ("numbered, two authors", ["01.txt", "02.txt"], [SIGNED, SALT], {}, "stories"),
    ("names", ["lamp.txt", "salt.txt"], [PROSE] * 2, {}, "stories"),
    ("names, one title", ["a.txt", "b.txt"], [PROSE] * 2, {"title": "The Lamp"}, "chapters"),
    ("one title, two authors", ["a.txt", "b.txt"], [SIGNED, SIGNED.replace("Ada", "Eve")], {}, "stories"),
]


@pytest.mark.parametrize(("files", "texts", "told", "kind"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_chapters_or_stories(files, texts, told, kind):
    """Files that count, or bear one title, are chapters of one story; signed ones, or those with own names, are stories."""
    book = gathered(*(file(path, text, **told) for path, text in zip(files, texts, strict=True)))
    assert ("stories" if len(book.stories) > 1 else "chapters") == kind


@pytest.mark.parametrize("kind", ["stories", "chapters"])
def test_the_config_decides(kind):
    """`stories-are` decides, whatever the files look like."""
    for names in (("ch1.txt", "ch2.txt"), ("lamp.txt", "salt.txt")):
        book = gathered(*map(file, names), stories_are=kind)
        assert (len(book.stories) > 1) == (kind == "stories")


TITLES = [
    ("ch2.txt", PROSE, "en-US", ("Chapter 2", "Chapter 2", "")),
    ("ch02_the-well.txt", PROSE, "en-US", ("Chapter 2: The well", "Chapter 2", "The well")),
    ("02 - The Well.txt", PROSE, "en-US", ("Chapter 2: The Well", "Chapter 2", "The Well")),
    ("12.txt", PROSE, "de-DE", ("12", "12", "")),
    ("3-regen.txt", PROSE, "de-DE", ("3. Regen", "3", "Regen")),
    ("epilogue.txt", PROSE, "en-US", ("Epilogue", "", "Epilogue")),
    ("ch4.txt", "The Well\n\n\n" + PROSE, "en-US", ("The Well", "", "The Well")),
    ("ch5.txt", "Chapter 5: Snow\n\n" + PROSE, "en-US", ("Chapter 5: Snow", "Chapter 5", "Snow")),
    ("ch6.txt", "The Well\n\n\n# Chapter 6\n\n" + PROSE, "en-US", ("Chapter 6: The Well", "Chapter 6", "The Well")),
]


@pytest.mark.parametrize(("name", "text", "language", "title"), TITLES)
def test_a_chapter_is_named_by_itself_or_its_file(name, text, language, title):
    """A chapter's own heading or first line names it, or else its file's name."""
    book = gathered(file("ch1.txt", SIGNED), file(name, text), language=language, stories_are="chapters")
    last = book.chapters[-1]
    assert (last.title, last.number, last.name) == title
    assert book.title == "The Lamp" and book.author == "Ada Quill"
    assert book.chapters[0].title in ("Chapter 1", "1")


def test_a_files_title_over_chapters_is_a_parts():
    """Where a chapter's file has a title above several headings, that is a part's, and is not lost."""
    text = "The Sea\n\n\n# Out\n\n" + PROSE + "\n\n# Home\n\n" + PROSE
    book = gathered(file("1.txt", SIGNED), file("2.txt", text))
    assert outline(book)[1:] == [("part", "The Sea", ""), ("chapter", "Out", ""), ("chapter", "Home", "")]


def test_the_configs_title_is_set_like_any_other():
    """A collection's title and author from the config have curled apostrophes, as a single story's have."""
    book = gathered(file("a.txt", SIGNED), file("b.txt", SALT), title="Ada's Tides", author="Mo O'Hara")
    assert (book.title, book.author) == ("Ada’s Tides", "Mo O’Hara")


def test_a_title_that_some_chapters_share_is_kept():
    """A title that a few chapters have in common is theirs; only one that most files bear is the book's."""
    texts = ["Interlude\n\n\n" + PROSE if number in (2, 4) else PROSE for number in range(1, 8)]
    book = gathered(*(file(f"ch{number}.txt", text) for number, text in enumerate(texts, 1)))
    assert [chapter.title for chapter in book.chapters if chapter.title == "Interlude"] == ["Interlude", "Interlude"]
    assert book.title == "Tide Tales"


def test_a_collection_opens_each_story_with_its_title():
    """A story without chapters stands under its title and author; one with chapters has a leaf before them."""
    parts = "Salt\n\nby Ben Ford\n\n# Out\n\n" + PROSE + "\n\n# Home\n\n" + PROSE
    book = gathered(file("lamp.txt", SIGNED), file("salt.txt", parts), file("03-last-boat.txt"))
    assert book.title == "Tide Tales"
    assert book.author == "Ada Quill and Ben Ford"
    assert outline(book) == [
        ("chapter", "The Lamp", "Ada Quill"),
        ("part", "Salt", "Ben Ford"),
        ("chapter", "Out", ""),
        ("chapter", "Home", ""),
        ("chapter", "Last boat", ""),
    ]
    assert [chapter.story.title for chapter in book.chapters] == ["The Lamp", "Salt", "Salt", "Salt", "Last boat"]


def test_a_folder_of_chapters_is_one_of_the_stories():
    """In a collection, the numbered files of a folder are the chapters of one story, called by its first lines or the folder."""
    salt = [file(f"salt-road/ch{number}.txt", SALT if number == 1 else PROSE) for number in (1, 2)]
    rain = [file(f"first_rain/{number}.txt") for number in (1, 2)]
    book = gathered(file("lamp.txt", SIGNED), *salt, *rain)
    assert [story.title for story in book.stories] == ["The Lamp", "Salt", "First rain"]
    assert outline(book) == [
        ("chapter", "The Lamp", "Ada Quill"),
        ("part", "Salt", "Ben Ford"), ("chapter", "Chapter 1", ""), ("chapter", "Chapter 2", ""),
        ("part", "First rain", ""), ("chapter", "Chapter 1", ""), ("chapter", "Chapter 2", ""),
    ]  # fmt: skip
    files = [chapter.story.file for chapter in book.chapters]
    assert files[2:4] == ["salt-road/ch1.txt", "salt-road/ch2.txt"]
    assert [chapter.story.title for chapter in book.chapters][4:] == ["First rain"] * 3


def test_one_authors_collection_names_her_once():
    """Where all stories are one author's, her name stands on the title page only."""
    book = gathered(file("a.txt", SIGNED), file("b.txt", SIGNED.replace("Lamp", "Rain")))
    assert book.author == "Ada Quill"
    assert outline(book) == [("chapter", "The Lamp", ""), ("chapter", "The Rain", "")]


def test_notes_stay_with_their_story():
    """What stood before and behind a story as matter of a book stands at its edges in a collection, its label before it."""
    noted = "The Lamp\n\nby Ada Quill\n\nA/N: For Sam.\n\n\n" + PROSE + "\n\nA/N: Thank you for reading."
    book = gathered(file("lamp.txt", noted), file("salt.txt", SALT))
    assert outline(book) == [("chapter", "The Lamp", "Ada Quill"), ("chapter", "Salt", "Ben Ford")]
    assert words(book.chapters[0])[0] == "> A/N: For Sam."
    assert words(book.chapters[0])[-1] == "> A/N: Thank you for reading."


def test_footnotes_count_on():
    """A note lowered into a chapter takes its footnotes along, and the chapter's own count on after them."""
    from pressbook.markup.asides import lowered

    one, two = (Footnote((Paragraph((Run(text),), 1),), 1) for text in ("first", "second"))
    note = Chapter("Notes", (Paragraph((Run("See"), Run("1", note=1)), 1),), "front", notes=(one,))
    chapter = Chapter("One", (Paragraph((Run("Rain"), Run("1", note=1)), 2),), notes=(two,))
    both = lowered([note], chapter, [])
    assert both.notes == (one, two)
    assert [run.note for block in both.blocks for run in block.runs if run.note] == [1, 2]
    assert words(both) == ["> Notes: See1", "Rain2"]


def test_findings_and_decisions_name_their_file():
    """Each decision names its file, each finding too; what is found of several alike is said once."""
    odd = PROSE + '\n\n"Wait, said the keeper.\n\nNobody did.'
    files = [file("lamp.txt", SIGNED), file("deep/salt.txt", SALT + odd), file("rain.txt")]
    book = gathered(*files)
    assert {decision.file for decision in book.decisions} == {"lamp.txt", "deep/salt.txt"}
    troubled = [finding for finding in book.findings if finding.rule == "speech"]
    assert troubled and {finding.file for finding in troubled} == {"deep/salt.txt"}


def test_decisions_of_one_story_do_not_reach_another():
    """A story's decisions are its own, though the same words stand in another."""
    from pressbook.manuscript.marks import parse_marks

    marks = parse_marks('[rules]\nthought-quoted = "reject"\ndouble-quotes = "reject"', "lamp.marks.toml")
    said = '"Wait," said the keeper.\n\n' + PROSE
    first = replace(file("lamp.txt", "The Lamp\n\nby Ada Quill\n\n\n" + said), overrules=marks)
    book = gathered(first, file("salt.txt", "Salt\n\nby Ben Ford\n\n\n" + said))
    assert words(book.chapters[0])[0].startswith('"') and words(book.chapters[1])[0].startswith("“")
    assert isinstance(marks, Overrules)


@pytest.mark.parametrize(
    ("option", "told", "spoken"),
    [("auto", "", "en-US"), ("auto", "de", "de"), ("auto", "en", "en-US"), ("auto", "?!", "en-US"), ("fr-FR", "de", "fr-FR")],
)
def test_a_file_tells_its_language(option, told, spoken):
    """A book is in the language that the config says, or else in the one its file names."""
    assert gathered(file("a.txt", language=told), language=option).language == spoken
    assert gathered(file("a.txt"), file("b.txt", language=told), language=option).language == spoken


def test_a_german_file_has_german_marks():
    """The language that a file names decides on its quotation marks."""
    book = gathered(file("a.txt", '"Warte", sagte er.\n\n' + PROSE, language="de"))
    assert words(book.chapters[0])[0] == "„Warte“, sagte er."


# ── notes and tags by policy ───────────────────────────────────────────────────────────────────────────────────────────


def chapter(*lines, kind="chapter", title="One"):
    """Make a chapter: a line behind `>` is a quotation, stars are a break."""
    blocks = tuple(
        SceneBreak(1) if line == "***" else Paragraph((Run(line.removeprefix("> ")),), 1, "quote" if line[0] == ">" else "body")
        for line in lines
    )
    return Chapter(title, blocks, kind)


NOTED = [
    chapter("A boat is late.", kind="front", title="Summary"),
    chapter("For all.", kind="front", title="Dedication"),
    chapter("> Notes: Hello.", "> And again.", "It rained.", "> Dear Sam, come.", "***", "She came.", "> Notes: More soon."),
    chapter("> Dear Tom, stay.", "He stayed.", title="Two"),
    chapter("Thanks.", kind="back", title="A/N"),
]
FIRST, SECOND = ["It rained.", "> Dear Sam, come.", "She came."], ["> Dear Tom, stay.", "He stayed."]
POLICIES = [
    ("chapter", [("front", "Summary"), ("front", "Dedication"), ("chapter", "One"), ("chapter", "Two"), ("back", "A/N")], 0),
    ("off", [("front", "Dedication"), ("chapter", "One"), ("chapter", "Two")], 4),
    (
        "front",
        [("front", "Summary"), ("front", "One"), ("front", "One"), ("front", "A/N"), ("front", "Dedication"), ("chapter", "One"),
         ("chapter", "Two")],
        0,
    ),
    (
        "back",
        [("front", "Dedication"), ("chapter", "One"), ("chapter", "Two"), ("back", "Summary"), ("back", "One"), ("back", "One"),
         ("back", "A/N")],
        0,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "order", "dropped"), POLICIES)
def test_where_notes_stand(policy, order, dropped):
    """Notes stay, go before the story or behind it, or are left out and counted; letters in the story never move."""
    chapters, count = settle(NOTED, policy)
    assert [(each.kind, each.title) for each in chapters] == order
    assert count == dropped
    told = {each.title: words(each) for each in chapters if each.kind == "chapter"}
    if policy != "chapter":
        assert told == {"One": FIRST, "Two": SECOND}
    if policy in ("front", "back"):
        before, after = (sorted(text.removeprefix("> ") for each in some for text in words(each)) for some in (NOTED, chapters))
        assert before == after


def test_a_note_keeps_what_belongs_to_it():
    """A note at a chapter's edge ends where the story begins, and a break that came to stand at the edge is gone."""
    before, bare, after = part(chapter("> Notes: Hello.", "> Again.", "***", "It rained.", "***", "> A/N: Bye."))
    assert [len(before), len(after)] == [2, 1]
    assert bare.blocks == chapter("It rained.").blocks


@pytest.mark.parametrize(
    ("option", "kinds"), [("off", ["chapter"]), ("front", ["front", "chapter"]), ("back", ["chapter", "back"])]
)
def test_where_tags_stand(option, kinds):
    """An archive's tags are printed where the config wants them, its figures never; where they are not, a notice says so."""
    tags = (("Fandom", "Boats & Lamps"), ("", "Rain"), ("Stats", "Words: 7"))
    book = gathered(file("a.txt", tags=tags), tags=option)
    assert [each.kind for each in book.chapters] == kinds
    said = [words(each)[0] for each in book.chapters if each.kind != "chapter"]
    assert said == ([] if option == "off" else ["Fandom: Boats & Lamps\nRain"])
    assert [finding.rule for finding in book.findings] == (["tags"] if option == "off" else [])
