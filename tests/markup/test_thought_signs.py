"""The parts of the thought engine: signs, stretches, the telling of a scene, the author's own italics."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup_support import marks, typed, understood

from pressbook.config.schema import House
from pressbook.markup import mark_up, marked
from pressbook.markup.habits import count_telling, profile
from pressbook.markup.lexicon import verbs
from pressbook.markup.table import Habits
from pressbook.markup.thoughts.runs import OPENING, best_stretches, confidence
from pressbook.markup.thoughts.sentences import cut, outside_speech
from pressbook.markup.thoughts.signs import SIGNS, weigh
from pressbook.markup.thoughts.tags import tags_of
from stopwatch import times_as_long

THIRD = "She went down to the quay. He was there. They walked home, and she said nothing. He looked at her."
FIRST = "I went down to the quay. I was late. We walked home, and I said nothing. She looked at me."
NOW = "She goes down to the quay. He is there. They walk home, and she says nothing. He looks at her."
NOW_FIRST = "I go down to the quay. I am late. We walk home, and I say nothing. She looks at me."
YOU = "You went down to the quay. You were late. You walked home, and you said nothing."

SENTENCES = [
    ("I am tired.", "third past", "first, present"),
    ("I was tired.", "third past", "first, first past"),
    ("I am tired.", "first past", "present"),
    ("You are late.", "third past", "second, present"),
    ("You could see the sea.", "third past", "second, anybody"),
    ("If you have never seen it, you cannot know.", "third past", "anybody"),
    ("He would never know.", "third past", "shifted, third"),
    ("He was tired.", "third past", "past, third"),
    ("She is tired.", "third present", "told now"),
    ("She is armed and scared.", "third past", "present"),
    ("Listen to them.", "third past", "command"),
    ("Don't listen.", "third past", "command"),
    ("Let him sleep.", "third past", "wish"),
    ("A man needs a boat and people are kind.", "third past", "general"),
    ("Now what?", "third past", "question, pointing, fragment"),
    ("My God, the boat!", "third past", "exclamation, fragment"),
    ("Maybe tomorrow.", "third past", "guessing, pointing"),
    ("Reader, I married him.", "third past", "narrator"),
]


@pytest.mark.parametrize(("sentence", "told", "signs"), SENTENCES)
def test_signs(sentence, told, signs):
    """A sentence shows the signs of its person, tense, mood and deixis, against the way its story is told."""
    text = sentence.replace("'", "’")
    (only,) = cut(text, (0, len(text)), [], told)
    shown = weigh(only, text, told)
    assert set(signs.split(", ")) <= set(shown)


def test_every_sign_has_words_a_writer_understands():
    """Each sign says why in words, and weighs something."""
    assert all(sign.says and sign.weight and len(sign.says) > 5 for sign in SIGNS.values())


@given(st.lists(st.integers(-5, 5), max_size=9))
def test_best_stretches_are_the_best(weights):
    """No other choice of stretches sums higher than the one found."""

    def worth(chosen):
        opened = sum(1 for k in chosen if k - 1 not in chosen)
        return sum(weights[k] for k in chosen) - OPENING * opened

    found = {k for stretch in best_stretches([float(w) for w in weights]) for k in range(stretch.first, stretch.last)}
    every = [set(chosen) for size in range(len(weights) + 1) for chosen in combinations(range(len(weights)), size)]
    assert worth(found) == pytest.approx(max(map(worth, every)))


def test_confidence_is_even_at_nothing_and_never_sure():
    """A sum of nothing is one in two, more is more, and no sum is certainty."""
    assert confidence(0) == 0.5
    assert confidence(-50) < confidence(-1) < confidence(1) < confidence(50) < 1


TAGS = [
    ("It is late, she thought.", "after"),
    ("It is late, thought the old captain sadly.", "after"),
    ("It is late, Mr. Ames told himself.", "after"),
    ("She thought, It is late.", "before"),
    ("He stopped, and thought: It is late.", "colon"),
    ("Why, she wondered, am I here?", "between"),
    ("She thought of the lamp.", ""),
    ("When she thought, it hurt.", ""),
    ("The thought was new, and she liked it.", ""),
    ("Don’t think, Ada.", ""),
]


@pytest.mark.parametrize(("text", "link"), TAGS)
def test_tags(text, link):
    """A verb of thinking with its subject is a tag where a thought stands beside it, and nowhere else."""
    found = tags_of(text, outside_speech(text, Habits(House())))
    assert [tag.link for tag in found] == ([link] if link else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [(THIRD, "third past"), (FIRST, "first past"), (NOW, "third present"), (NOW_FIRST, "first present"), (YOU, "second past")],
)
def test_a_story_is_told_in_a_person_and_a_tense(text, told):
    """Person and tense are those of the narration; speech is left out."""
    speech = "“I am here, and I want you to go. You are mine, I say,” she said."
    assert profile([[count_telling([text, speech, text], "double")]], Habits(House()))[0][0].told == told


def test_each_chapter_is_told_in_its_own_way():
    """A chapter in another person is judged by its own habit; a short one by the book's."""
    chapters = [[count_telling(texts, "double")] for texts in ([THIRD] * 18, [FIRST] * 6, ["Rain."])]
    told = profile(chapters, Habits(House()))
    assert [scenes[0].told for scenes in told] == ["third past", "first past", "third past"]


def test_thoughts_are_judged_by_their_chapter():
    """The same words are a thought in a chapter about her and narration in a chapter by him."""
    third, first = "\n\n".join([THIRD] * 5), "\n\n".join([FIRST] * 5)
    text = marks(
        f"# One\n\n{third}\n\nI have to go. I can't stay.\n\n{third}\n\n# Two\n\n{first}\n\nI have to go. I can't stay.\n\n{first}"
    )
    assert text.count("*I have to go. I can’t stay.*") == 1
    assert text.index("*I have to go") < text.index("# Two")


def scene(*paragraphs: str) -> str:
    """Mark paragraphs amid a story in the third person and the past, and give them back."""
    story = "\n\n".join([THIRD] * 4)
    text = marks("\n\n".join([story, *paragraphs, story]))
    return "\n".join(text.split("\n\n")[4 : 4 + len(paragraphs)])


ROMAN_SCENES = [
    ("a letter", ["Dear Mara,", "I am well, and I think of you.", "I miss the sea.", "Your brother, Tom"]),
    ("a letter without an end", ["My dear Mara,", "I am well, and I think of you. I miss the sea."]),
    ("what a sign says", ["Over the door stood these words:", "You are leaving Harrow. I am watching you."]),
    ("a long announcement", ["He unfolded the note:", "I am in the house.", "I know what you did."]),
    ("an epigraph with its author", ["I am the master of my lamp. I am alone.", "—Ada Quill"]),
    ("dialogue by dashes", ["—I am tired.", "—You are not.", "—I am."]),
    (
        "dialogue without marks",
        ["I am tired, she said.", "You are not, he said.", "I am, she said.", "Then I will carry you.", "You can’t."],
    ),
]


@pytest.mark.parametrize(("says", "paragraphs"), ROMAN_SCENES)
def test_other_voices_stay_roman(says, paragraphs):
    """A voice that may be a letter's, a sign's or a speaker's is left roman."""
    assert "*" not in scene(*paragraphs), says


def test_a_narrator_who_says_i_makes_no_thought():
    """Where a narrator in the first person breaks into the story, nothing without a tag is set in italics."""
    aside = "I knew them both. I had a room above the quay, and I saw them walk home. I was young."
    assert "*" not in scene(aside, aside, aside, "I know better today. I am old, and I tell it as I can.")


def test_a_thought_goes_on_in_the_next_paragraph():
    """What would only be offered alone is done where the paragraph before ends in a thought."""
    alone = scene("He is late again. It is always the same.")
    after = scene("I hate this house, she thought.", "I hate it, and he knows it.", "He is late again. It is always the same!")
    assert "*" not in alone
    assert after.count("*") == 6


def test_evidence_names_its_reasons():
    """A decision says in words what spoke for it."""
    story = "\n\n".join([THIRD] * 4)
    book = understood(f"{story}\n\nI can't stay, she thought.\n\n{story}")
    (thought,) = (decision for decision in book.decisions if decision.kind == "thought")
    assert thought.rule == "thought-tag-after"
    assert "first person" in thought.evidence
    assert "a verb of thinking beside it" in thought.evidence


ITALICS = [
    ("*I can't stay.* She went.", "thought"),
    ("*Not now,* she thought.", "thought"),
    ("She did *not* go.", "stress"),
    ('"It *is* late," he said.', "stress"),
    ("She read the *Evening Post* and slept.", "title"),
    ("He sailed on the *Mary Rose* that night.", "title"),
    ("It was, *señor*, a lie.", "foreign"),
    ("They had the *plat du jour* and left.", "stress"),
    ("He muttered *je ne sais pas* and left.", "foreign"),
]


@pytest.mark.parametrize(("text", "name"), ITALICS)
def test_the_authors_italics_are_classed(text, name):
    """Each stretch that the author marked is told apart by where it stands and what it holds, and stays as it is."""
    book = understood(f"{THIRD}\n\n{text}\n\n{THIRD}")
    (decision,) = (decision for decision in book.decisions if decision.kind == "italic")
    assert decision.rule == f"italic-{name}"
    assert decision.text == text.split("*")[1].replace("'", "’")
    assert text.split("*")[1].replace("'", "’") in [run.text for run in book.chapters[0].blocks[1].runs if run.italic]


PIECES = """
I am tired. / she thought. / thought Mara, / He was late. / You fool! / Don't look. / "I know," said Tobin. / 'Not here,' / Why, /
she wondered, / *am I here?* / The sign read: / Dear Mara, / It is late / and I / he told himself: / Deeper. And deeper. / -- /
prayed, Please / I was there, / told herself
"""
paragraphs = st.lists(st.sampled_from(PIECES.replace("\n", " ").split(" / ")), min_size=1, max_size=6).map(" ".join)
stories = st.lists(paragraphs, min_size=1, max_size=6).map(
    lambda parts: "\n\n".join([THIRD, *['"Come in," said Tobin. "Sit."'] * 9, *parts, THIRD])
)


@settings(max_examples=100, deadline=None)
@given(stories)
def test_marking_thoughts_is_a_fixed_point(text):
    """Thoughts once marked are marked again without a change, and no letter is lost."""
    once = marked(mark_up(typed(text), House()))
    assert marked(mark_up(typed(once), House())) == once
    assert "".join(filter(str.isalnum, once)) == "".join(filter(str.isalnum, text))


@pytest.mark.parametrize(
    "unit", ["“", ", ", ". ", "he thought: ", "Why, he thought, turning ", "‘a, he thought ", "Stop. ", "<a", "—A"]
)
def test_time_grows_with_the_line_and_no_faster(unit):
    """A line four times as long takes little more than four times as long, however odd."""

    def marking(size):
        text = THIRD + "\n\n" + unit * (size // len(unit))
        return lambda: mark_up(typed(text), House())

    assert times_as_long(marking(80_000), marking(20_000), 12) < 12


def test_verbs_in_every_form():
    """A lexicon of verbs knows each form by the rules of spelling, and irregular ones as they are given."""
    forms = verbs("muse cry pray hiss think/thought beg/begged/begging")
    assert " ".join(word for word, form in forms.items() if form == "present") == "muses cries prays hisses thinks begs"
    assert " ".join(word for word, form in forms.items() if form == "past") == "mused cried prayed hissed thought begged"
    assert " ".join(word for word, form in forms.items() if form == "going") == "musing crying praying hissing thinking begging"


def only_thoughts(speech: str) -> str:
    """Write a story in which all that stands between single marks is thought, but for one paragraph."""
    return f"She went down to the quay.\n\n'No,' she thought. 'Not him.'\n\n'He knows,' she told herself.\n\n{speech}\n\nIt rained."


def test_a_story_whose_only_quotations_are_thoughts():
    """Single marks around thoughts are no speech where nobody says anything in them; one who does makes them speech."""
    assert "*No,* she thought. *Not him.*" in marks(only_thoughts("She ran."))
    assert "‘No,’ she thought." in marks(only_thoughts("'Come here,' he said."))
    assert "*He knows,* she told herself." in marks(only_thoughts('"Come here," he said.'))


def test_single_marks_by_habit():
    """Where thoughts stand in single marks again and again, whole sentences in them are thoughts without a tag, titles not."""
    habit = "\n\n".join(["'Not him,' she thought.", '"Well?" he said.'] * 3)
    assert "*Not here. Not now.*" in marks(f"{habit}\n\nShe froze. 'Not here. Not now.' He nodded.")
    assert "‘Not here. Not now.’" in marks("\"Well?\" he said.\n\nShe froze. 'Not here. Not now.' He nodded.")
    assert "‘Marie.’" in marks(f"{habit}\n\nHer boat was the 'Marie.' He nodded.")
