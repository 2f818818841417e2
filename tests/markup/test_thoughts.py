"""Inner monologue: what becomes italic, what is offered, what stays roman."""

import pytest
from markup_support import marks, table, understood

STORY = """The rain had stopped before Mara came down to the quay. She was tired, and her boots were full of water.

"You took your time," said Tobin. He had kept the lamp burning, and his hands shook when he lifted it.

She did not answer him. They walked along the wall until the houses ended and the road turned inland."""


FIRST = """I was late, and I had my boots in my hand. I went down to the quay, and my lamp was out.

"You took your time," said Tobin. I did not answer him. I walked along the wall until the houses ended."""

PRESENT = """Mara is late, and she has her boots in her hand. She goes down to the quay. Her lamp is out.

"You took your time," says Tobin. She does not answer him. She walks along the wall and looks at the sea."""


def told(paragraph: str, **house: str) -> str:
    """Mark a paragraph amid a story told in the third person and the past."""
    return marks(f"{STORY}\n\n{paragraph}\n\n{STORY}", **house).split("\n\n")[3]


def offered(paragraph: str) -> list[tuple[str, bool]]:
    """List the thoughts decided on in that paragraph, and whether they were applied."""
    decisions = understood(f"{STORY}\n\n{paragraph}\n\n{STORY}").decisions
    return [(decision.text, decision.applied) for decision in decisions if decision.kind == "thought"]


def beside(paragraph: str, story: str) -> str:
    """Mark a paragraph amid a story."""
    return marks("\n\n".join([story, paragraph, story])).split("\n\n")[story.count("\n\n") + 1]


@pytest.mark.parametrize(("says", "before", "after"), table("thoughts"))
def test_thoughts(says, before, after):
    """Each row of the table holds in a story told in the third person and the past."""
    assert beside(before, STORY) == after, says


@pytest.mark.parametrize(("says", "before", "after"), table("thoughts-first"))
def test_thoughts_in_the_first_person(says, before, after):
    """Each row of the table holds in a story told by its hero, in the past."""
    assert beside(before, FIRST) == after, says


@pytest.mark.parametrize(("says", "before", "after"), table("thoughts-present"))
def test_thoughts_in_the_present(says, before, after):
    """Each row of the table holds in a story told in the third person and the present."""
    assert beside(before, PRESENT) == after, says


@pytest.mark.parametrize("name", ["thoughts", "thoughts-first", "thoughts-present"])
def test_thoughts_once_marked_stay_so(name):
    """All rows of a table as one story, marked and marked again, give the same."""
    story = {"thoughts": STORY, "thoughts-first": FIRST, "thoughts-present": PRESENT}[name]
    once = marks("\n\n".join(f"{story}\n\n{before}" for _, before, _ in table(name)))
    assert marks(once) == once


def test_thought_inside_speech_stays_roman():
    """A tag inside speech makes nothing italic."""
    assert told('"This is bad, I thought," said Tobin.') == "“This is bad, I thought,” said Tobin."


VOICES = [
    "Turn around. Warn him before the tide does. You'll be sorry otherwise.",
    "Listen. Listen. Climb.",
    "Higher. And higher. Climb faster, you fool.",
    "Don't look down.",
    "You're a coward. You always were.",
]


@pytest.mark.parametrize("line", VOICES)
def test_untagged_voice(line):
    """A paragraph of imperatives or second person, outside speech, is the inner voice."""
    assert told(line) == f"*{line.replace(chr(39), '’')}*"


ROMAN = [
    "Had it been worth the walk?",
    "Where'd the boat go?",
    "Northward. And northward. Out of the bay.",
    "She's talking to the lamp again.",
    "Let him keep his lamp.",
    "No answer.",
    "Silence.",
    "You could see the town from there.",
    "Doubt set in.",
    "Open doors stood on both sides.",
]


@pytest.mark.parametrize("line", ROMAN)
def test_narration_and_free_indirect_speech_stay_roman(line):
    """Questions, fragments, wishes and narration stay roman."""
    assert told(line) == line.replace("'", "’")


def test_the_border_is_offered():
    """A refrain of fragments and a wish are offered, not done."""
    assert offered("Northward. And northward. Out of the bay.") == [("Northward. And northward. Out of the bay.", False)]
    assert offered("Let him keep his lamp.") == [("Let him keep his lamp.", False)]


def test_first_person_book():
    """Imperatives in a book told in the first person stay roman."""
    story = "I was late, and I had my boots in my hand. I went down to the quay, and my lamp was out. I did not care."
    assert "*" not in marks(f"{story}\n\nDon't ask me why. Listen to the rest.\n\n{story}")


EPILOGUES = [
    "Her name is on the stone. The lamp is sold, and nobody comes here now but the gulls and me.\n\n"
    "I bring the dog. I stand where she stood.",
    "There is a photograph. It hangs in the harbour office, and a woman holds a lamp in it. Nobody knows her name.",
]


@pytest.mark.parametrize("epilogue", EPILOGUES)
def test_a_chapter_told_in_the_present_is_no_thought(epilogue):
    """A chapter that is in the present from end to end is told so, though the book is told in the past."""
    book = marks(f"Chapter One\n\n{STORY}\n\nChapter Two\n\n{STORY}\n\nEpilogue\n\n{epilogue}")
    assert book.endswith(f"# Epilogue\n\n{epilogue}")


ASIDES = [
    "Let us look at the lamp. He who trims it knows its ways; he comes at dusk, he sees to the wick, and you find him there.",
    "Tobin lit the lamp. He had bought the oil himself, and he was proud of it. He stood back and looked at it for an hour.\n\n"
    "Now a lamp is a small thing, and I say so who have trimmed a hundred. Never trust it. Look not too long at it.",
]


@pytest.mark.parametrize("aside", ASIDES)
def test_asides_in_a_story_told_by_its_hero_are_no_thoughts(aside):
    """In a story told by `I`, a chapter that speaks of others, in the present or the past, is still the hero's own."""
    book = marks(f"Chapter One\n\n{FIRST}\n\nChapter Two\n\n{FIRST}\n\nChapter Three\n\n{aside}")
    assert book.endswith(aside)


@pytest.mark.parametrize(("level", "tagged", "voice"), [("auto", True, True), ("tagged", True, False), ("marked", False, False)])
def test_levels(level, tagged, voice):
    """The house decides how far thoughts are looked for; the author's own marks always stand."""
    assert told("'Not the lamp,' she thought.", thoughts=level).startswith("*") == tagged
    assert told("Listen. Listen. Climb.", thoughts=level).startswith("*") == voice
    assert told("*Not the lamp*, she said.", thoughts=level).startswith("*")


def test_place():
    """A decision's letters stand where it says, in the paragraph it names."""
    book = understood(f"{STORY}\n\n\"Well?\" 'Not the lamp,' she thought.\n\n{STORY}")
    thought = next(decision for decision in book.decisions if decision.kind == "thought")
    paragraphs = [block for chapter in book.chapters for block in chapter.blocks]
    plain = "".join(run.text for run in paragraphs[thought.paragraph].runs)
    assert (plain[thought.start : thought.end], thought.text, thought.source_line) == ("Not the lamp,", "Not the lamp,", 7)


def test_single_quoted_speech_is_no_thought():
    """Where single quotes are the speech marks, a tag makes nothing of them."""
    lines = "\n\n".join(
        ["'Come in,' said Ada. 'Sit.'", "'Thank you,' he said, and sat.", "'It was late,' she said. 'So late.'"] * 2
    )
    assert "*" not in marks(f"{lines}\n\n'He was here,' she thought.")


def test_a_letter_signed_with_an_initial_is_no_thought():
    """A letter that somebody's initial closes is written to its last line, whatever is quoted in it."""
    letter = 'Dear Aggie,\n\nI am fat. He asked if you were still "that tall girl."\n\nCome! Come! Come!\n\nE.'
    story = "She put the lamp down and went to the window. He had gone, and the rain had stopped."
    assert "\nCome! Come! Come!\n" in marks(f"{story}\n\n{letter}\n\n{story}")
