"""Headings: their words, numbers and names, and those that tell by recurrence."""

import pytest
from markup_support import marks, understood

from pressbook.markup.headings import counted, read_heading, read_number
from pressbook.model.story import Paragraph

LONG = "The harbour had been empty since the spring, and nobody in the town could say why the boats stayed away so long."
STORY = "\n\n".join([LONG] * 4)


@pytest.mark.parametrize(
    ("title", "number", "name"),
    [
        ("Chapter 4: The Well", "Chapter 4", "The Well"),
        ("Chapter 4—The Well", "Chapter 4", "The Well"),
        ("CHAPTER IV. THE WELL.", "CHAPTER IV", "THE WELL."),
        ("Chapter the First", "Chapter the First", ""),
        ("Part One", "Part One", ""),
        ("The First Chapter", "The First Chapter", ""),
        ("IV", "IV", ""),
        ("4. The Well", "4", "The Well"),
        ("Twenty-One", "Twenty-One", ""),
        ("Prologue", "", "Prologue"),
        ("Prologue: The Fire", "Prologue", "The Fire"),
        ("The Well", "", "The Well"),
        ("X-Ray", "", "X-Ray"),
        ("I, Lamp", "", "I, Lamp"),
    ],
)
def test_number_and_name(title, number, name):
    """A title splits into what only counts and what names it."""
    assert counted(title) == (number, name)


def test_chapters_know_number_and_name():
    """A chapter carries its whole title, its number and its name."""
    (chapter,) = understood(f"# Chapter 4: The Well\n\n{STORY}").chapters
    assert (chapter.title, chapter.number, chapter.name) == ("Chapter 4: The Well", "Chapter 4", "The Well")


@pytest.mark.parametrize(
    ("title", "number", "name"),
    [
        ("Erstes Kapitel", "Erstes Kapitel", ""),
        ("Das zweite Kapitel: Der Brunnen", "Das zweite Kapitel", "Der Brunnen"),
        ("Kapitel einundzwanzig", "Kapitel einundzwanzig", ""),
        ("Chapitre premier", "Chapitre premier", ""),
        ("CHAPITRE VINGT ET UN", "CHAPITRE VINGT ET UN", ""),
        ("Première partie", "Première partie", ""),
        ("Capítulo treinta y dos", "Capítulo treinta y dos", ""),
        ("Parte seconda. Il pozzo", "Parte seconda", "Il pozzo"),
        ("Capítulo três", "Capítulo três", ""),
        ("Eerste hoofdstuk", "Eerste hoofdstuk", ""),
        ("Rozdział pierwszy", "Rozdział pierwszy", ""),
        ("Kapitel tjugoett", "Kapitel tjugoett", ""),
        ("Epiloog", "", "Epiloog"),
        ("Épilogue", "", "Épilogue"),
        ("Epilogo", "", "Epilogo"),
    ],
)
def test_headings_in_other_languages(title, number, name):
    """A chapter's or a part's word heads a chapter with its number or rank in full, in each language that has its own marks."""
    heading = read_heading(title)
    assert heading is not None
    assert counted(title) == (number, name)
    assert heading.part == (title.split()[0] in ("Première", "Parte"))


@pytest.mark.parametrize("line", ["Un livre", "Zwei Teile", "Erste Liebe", "Una parte", "Kapitel ohne Namen", "Prima che venga"])
def test_a_count_without_its_word_heads_nothing(line):
    """What only begins like a heading in another language is a paragraph."""
    assert read_heading(line) is None


@pytest.mark.parametrize("line", ["~ Chapter 4 ~", "[Chapter 4]", "**Chapter 4**", "---Chapter 4---", "Ch. 4", "BOOK THE THIRD"])
def test_ornaments_and_short_forms(line):
    """Ornaments at both ends of a heading are no part of it; words may be short."""
    assert read_heading(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Part of me knew.",
        "Chapter one of her life.",
        "Book two seats for us.",
        "Act now.",
        "The first part was easy.",
        "Tom I know",
    ],
)
def test_sentences_are_no_headings(line):
    """A sentence that begins like a heading is none."""
    assert read_heading(line) is None


@pytest.mark.parametrize(
    ("line", "value"), [("IV", 4), ("- 12 -", 12), ("One", 1), ("twenty", 0), ("CIVIC", 0), ("3.14", 0), ("XC.", 90)]
)
def test_numbers(line, value):
    """A number is read in digits, capital or small Roman numerals, or words."""
    read = read_number(line)
    assert (read.value if read else 0) == value


@pytest.mark.parametrize(
    "typed",
    [
        *("1|2|3", "I|II|III", "- 1 -|- 2 -|- 3 -", "XI|XII|XIII", "One|Two|Three", "1.|2.|3.", "[1]|[2]|[3]"),
        "1. The Quay|2. The Lamp|3. The Tide",
    ],
)
def test_numbers_in_turn(typed):
    """Numbers that count up, each with text below, head chapters however they are typed."""
    text = "".join(f"{line}\n\n{STORY}\n\n\n" for line in typed.split("|"))
    assert [chapter.title for chapter in understood(text).chapters] == [line.strip("-[] ") for line in typed.split("|")]


def test_numbers_out_of_turn_stay():
    """A typed list and a lone year are no chapters."""
    assert "#" not in marks(f"{STORY}\n\n1. The Quay\n\n2. The Lamp\n\n{STORY}\n\n1914\n\n{STORY}")


def test_numbers_inside_chapters_are_sections():
    """Numbers below a chapter's heading count its sections."""
    text = "".join(f"Chapter {n}\n\n1\n\n{STORY}\n\n2\n\n{STORY}\n\n" for n in (1, 2))
    assert marks(text).count("\n## ") == 4


def test_names_on_the_next_line():
    """A heading that only counts takes its name from the line below it."""
    text = f"CHAPTER I.\n\nTHE QUAY\n\n{STORY}\n\nCHAPTER II.\n\nTHE LAMP\n\n{STORY}"
    assert [(c.title, c.number, c.name) for c in understood(text).chapters] == [
        ("CHAPTER I. THE QUAY", "CHAPTER I", "THE QUAY"),
        ("CHAPTER II. THE LAMP", "CHAPTER II", "THE LAMP"),
    ]
    assert understood(f"Chapter 1\n\nIt rained.\n\n{STORY}").chapters[0].title == "Chapter 1"


def test_parts_stand_above_chapters():
    """A part holds no story of its own; one that does is a chapter."""
    text = f"Part One\n\nChapter 1\n\n{STORY}\n\nPart Two\n\nChapter 2\n\n{STORY}"
    assert [c.kind for c in understood(text).chapters] == ["part", "chapter", "part", "chapter"]
    assert [c.kind for c in understood(f"Part One\n\n{STORY}\n\nPart Two\n\n{STORY}").chapters] == ["chapter", "chapter"]


@pytest.mark.parametrize(
    "heads",
    [
        "Mara|Tom|Mara|Tom",
        "[Mara's POV]|[Tom's POV]",
        "Day 1|Day 2|Day 3",
        "3 May 1944|4 May 1944",
        "Monday, May 5th|Friday, May 9th",
        "12:45 PM|1:30 PM|Midnight",
        "Sunday, midnight|Monday, noon",
        "Day 3|12:45 PM",
        "London, 1888|Paris, 3 May 1889",
        "Six months earlier|Three days later",
    ],
)
def test_headings_that_recur(heads):
    """Points of view, days and dates head sections; what is long enough below them makes them chapters."""
    few = "".join(f"{head}\n\n{STORY}\n\n\n" for head in heads.split("|"))
    assert marks(few).count("## ") == len(heads.split("|"))
    long = "\n\n".join([LONG] * 60)
    many = understood("".join(f"{head}\n\n{long}\n\n\n" for head in heads.split("|")))
    assert [chapter.title for chapter in many.chapters] == [head.strip("[]").replace("'", "’") for head in heads.split("|")]


def test_one_line_says_how_much_later_it_is():
    """Behind a break one line that says how much time went by heads what follows; amid the story it is a paragraph."""
    assert "\n## Two weeks earlier\n" in marks(f"{STORY}\n\n***\n\nTwo weeks earlier\n\n{STORY}")
    assert "#" not in marks(f"{STORY}\n\nTwo weeks earlier\n\n{STORY}")


def test_the_date_of_a_letter_heads_nothing():
    """Dates above the lines that greet somebody are the letters' own."""
    letter = f"{STORY}\n\n{{}}\n\nMy dear Tom,\n\nThe lamp is out.\n\nYours,\nMara\n\n"
    assert "#" not in marks(letter.format("London, 3 May 1914") + letter.format("Paris, 9 May 1914"))


def test_bare_titles_between_wide_gaps():
    """Lines in title case after wide gaps are headings where the book has several, with much text below."""
    text = "".join(f"\n\n\n{head}\n\n{STORY}\n\n{STORY}" for head in ("The Quay", "A Lamp in the Tide", "No Boats"))
    assert marks("The Salt Road\n\nby Ada Quill" + text).count("## ") == 3
    assert "#" not in marks(f"{STORY}\n\n\nHe waited\n\n\n{STORY}")


@pytest.mark.parametrize(
    ("top", "title", "author"),
    [
        ("Title: The Salt Road\nAuthor: Ada Quill", "The Salt Road", "Ada Quill"),
        ("The Salt Road\nWritten by Ada Quill", "The Salt Road", "Ada Quill"),
        ("The Salt Road by Ada Quill", "The Salt Road", "Ada Quill"),
        ("THE SALT ROAD\nAda Quill", "THE SALT ROAD", "Ada Quill"),
        ("The Salt Road\n\nby\n\nAda Quill", "The Salt Road", "Ada Quill"),
    ],
)
def test_title_and_author_lines(top, title, author):
    """Title and author are read however they stand on top, and no letter of their lines is lost."""
    typed = f"{top}\n\n\n{LONG}\n\n{LONG}\n\n{LONG}"
    book = understood(typed)
    assert (book.title, book.author) == (title, author)
    assert [c for c in marks(typed) if c.isalnum()] == [c for c in typed if c.isalnum()]
    assert marks(marks(typed)) == marks(typed)


@pytest.mark.parametrize("marker", ["~HP~", "--SS--", "HP HP HP", "o"])
def test_letters_that_recur_are_scene_breaks(marker):
    """A few letters alone on a line are a scene break where they come back all through the book, and words where they do not."""
    assert marks(f"\n\n{marker}\n\n".join([STORY] * 4)).count("* * *") == 3
    assert "* * *" not in marks(f"{STORY}\n\n{marker}\n\n{STORY}")


@pytest.mark.parametrize("line", ["*...*", ":-)", "^_^", "_?!_", "...", "…"])
def test_silence_and_faces_are_paragraphs(line):
    """Silence and faces are no scene breaks."""
    assert len([b for b in understood(f"{LONG}\n\n{line}\n\n{LONG}").chapters[0].blocks if isinstance(b, Paragraph)]) == 3


def test_gaps_of_a_careless_hand():
    """Where every third gap is wide by habit, only a wider one parts scenes."""
    careless = "".join(LONG + ("\n\n\n" if k % 3 == 0 else "\n\n") for k in range(30))
    assert marks(careless + "\n\n\n" + LONG).count("* * *") == 1


def test_names_in_capitals_head_sections_without_a_gap():
    """Names in capitals that come back head sections where the story tells of such people; shouts and a play's speakers do not."""
    told = f"{LONG} So said Mara, and so said Tobin, though neither knew the other. {LONG}"
    named = "\n\n".join(f"{name}\n\n{told}\n\n{told}" for name in ("MARA", "TOBIN", "MARA"))
    assert marks(named).count("\n## ") == 2
    assert marks(named).startswith("## MARA")
    assert "#" not in marks(named.replace("TOBIN", "BOOM").replace("MARA", "BANG"))
    said = "I never saw Mara there, and Tobin knows it."
    assert "#" not in marks("\n\n".join(f"{name}\n\n{said}" for name in ("MARA", "TOBIN", "MARA", "TOBIN")))


def test_bold_lines_far_apart_are_headings():
    """Short lines that are bold from end to end, a stretch of text below each, are headings; a bold shout or sign is none."""
    story = "\n\n".join([STORY] * 4)
    marked = marks(f"{story}\n\n**The River**\n\n{story}\n\n__Steam__\n\n{story}")
    assert "\n## The River\n" in marked and "\n## Steam\n" in marked
    for lone in (
        ["**Stop!**"],
        ["**No entry.**", "**Mind the dog.**"],
        ["**Ada**", "**Tam**", "**Ada**"],
        ["**Where are you**", "**Here I am**"],
    ):
        assert "## " not in marks("\n\n".join([story, *lone, story]))
    for first, second, below in (
        ("**Level Up!**", "**Level Up!**", ""),
        ("**Quest Done**", "**Item Lost**", "Chapter 1\n\n"),
        ("**Where are you**", "**I miss you**", ""),
    ):
        assert "## " not in marks("\n\n".join([below + story, first, story, second, story]))


@pytest.mark.parametrize(
    "top", ["**The Lamp**\n\n*by Ada Quill*", "***The Lamp***\n\nby Ada Quill", "__The Lamp__\n\n**Ada Quill**\n\n"]
)
def test_title_and_author_in_dress(top):
    """A title in bold, and an author's line in italics below it, are title and author."""
    book = understood(f"{top}\n\n{STORY}\n\n{STORY}")
    assert (book.title, book.author) == ("The Lamp", "Ada Quill")


def test_labels_in_dress():
    """`**Title:** …` says the title as `Title: …` does."""
    book = understood(f"**Title:** The Lamp\n\n**Author:** Ada Quill\n\n{STORY}\n\n{STORY}")
    assert (book.title, book.author) == ("The Lamp", "Ada Quill")


def test_a_slanted_first_line_is_no_title():
    """A first line in italics alone may be a thought: without an author below it, or with a full stop, it is no title."""
    assert understood(f"*He was gone.*\n\nMary Ann Lee\n\nChapter 1\n\n{STORY}").title == "The story"
    assert understood(f"*Nothing Is Lost*\n\n{STORY}\n\n{STORY}").title != "Nothing Is Lost"


def test_a_part_takes_its_name_from_the_line_below():
    """A line between a part's heading and its first chapter's is the part's name."""
    parts = "\n\n".join(
        f"PART {number}\n\n{name}\n\nChapter {chapter}\n\n{STORY}\n\n{STORY}"
        for number, name, chapter in (("ONE", "The Flood", 1), ("TWO", "The Ebb", 2))
    )
    book = understood(f"The Lamp\n\nby Ada Quill\n\n{parts}")
    assert [(chapter.kind, chapter.name) for chapter in book.chapters if chapter.kind == "part"] == [
        ("part", "The Flood"),
        ("part", "The Ebb"),
    ]


def test_centred_lines_far_apart_are_headings():
    """Centred lines in title case, much text below each, are headings; centred signs are none, nor a centred name a chapter."""
    story, far = "\n\n".join([STORY] * 5), " " * 40
    typed = f"{far}The Lamp\n\n{far}Ada Quill\n\n{far}The River\n\n{story}\n\n{far}Steam\n\n{story}"
    marked = marks(typed)
    assert (understood(typed).title, understood(typed).author) == ("The Lamp", "Ada Quill")
    assert "\n## The River\n" in marked and "\n## Steam\n" in marked
    assert "## " not in marks(f"{story}\n\n{far}No Entry\n\n{STORY}\n\n{far}Mind the Dog\n\n{STORY}")


@pytest.mark.parametrize("heads", ["ADVENTURE I|ADVENTURE II", "Fit 1: The Lamp|Fit 2: The Oil|Fit 3: The Wick"])
def test_a_word_of_the_books_own_counts_its_chapters(heads):
    """A word and a number in its turn, far from the next, head chapters; names in the next line join them."""
    top, story = "The Salt Road\n\nby Ada Quill\n\n", "\n\n".join([STORY] * 4)
    marked = marks(top + "\n\n".join(f"{head}\n\n{story}" for head in heads.split("|")))
    assert [line[2:] for line in marked.split("\n") if line.startswith("# ")] == heads.split("|")
    assert "#" not in marks(top + "\n\n".join(f"{head}\n\n{LONG}" for head in heads.split("|")))


def test_sections_below_a_word_of_the_books_own():
    """Numbers below such a heading and its name count sections."""
    story = "\n\n".join([STORY] * 4)
    first = f"ADVENTURE I\n\nTHE LAMP\n\nI\n\n{story}\n\nII\n\n{story}"
    typed = f"The Salt Road\n\nby Ada Quill\n\n{first}\n\nADVENTURE II\n\nTHE OIL\n\n{story}"
    heads = [line for line in marks(typed).split("\n") if line.startswith("#")]
    assert heads == ["# ADVENTURE I: THE LAMP", "## I", "## II", "# ADVENTURE II: THE OIL"]


def test_letters_above_the_first_chapter_are_chapters():
    """What leads up to the first chapter is inside none."""
    story = "\n\n".join([LONG] * 60)
    heads = ("Letter 1", "Letter 2", "Chapter 1", "Chapter 2")
    marked = marks("The Salt Road\n\nby Ada Quill\n\n" + "\n\n".join(f"{head}\n\n{story}" for head in heads))
    assert [line for line in marked.split("\n") if line.startswith("#")] == [f"# {head}" for head in heads]
