"""The author's own italics, told apart: a thought, stress, a title, a foreign word. Nothing is changed by it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pressbook.markup.lexicon import FOREIGN, words
from pressbook.markup.table import Habits, Note, Styled
from pressbook.markup.thoughts.sentences import outside_speech
from pressbook.markup.thoughts.tags import tags_of, words_of
from pressbook.model.story import Run

_FOREIGN_LETTER = re.compile(r"[À-ÖØ-öø-ÿĀ-ž]")
_SMALL = words("a an the of and or in on at to for from by with de la le du des von van der")
_FEW = 4
"""Words from which on a stretch outside speech is hardly stress."""


def class_italics(scene: Sequence[tuple[Run, ...]], habits: Habits) -> list[Styled]:
    """Say of each stretch that the author set in italics what it seems to be."""
    known: dict[int, Styled] = {}
    """What stands there again, in one value, is of the same class."""
    styled: list[Styled] = []
    for runs in scene:
        if (found := known.get(id(runs))) is None:
            italic = runs[0].italic if len(runs) == 1 else any(run.italic for run in runs)
            known[id(runs)] = found = Styled(runs, tuple(_classed(runs, habits)) if italic else ())
        styled.append(found)
    return styled


def _classed(runs: tuple[Run, ...], habits: Habits) -> Iterator[Note]:
    text = "".join(run.text for run in runs)
    outside = outside_speech(text, habits)
    beside = {edge for tag in tags_of(text, outside) for edge in (tag.start, tag.end)}
    starts = [start for start, _ in outside]
    at = 0
    for run in runs:
        end = at + len(run.text)
        if run.italic and words_of(run.text):
            k = bisect_right(starts, (at + end) // 2) - 1
            spoken = k < 0 or outside[k][1] <= (at + end) // 2
            tagged = any(edge in beside for edge in (at - 1, at - 2, end, end + 1, end + 2))
            name, sure, why = _class(text[max(0, at - 3) : at], run.text, text[end : end + 2], spoken, tagged)
            yield Note("italic", f"italic-{name}", sure, f"the author marked it; {why}", at, end)
        at = end


def _class(before: str, text: str, after: str, spoken: bool, tagged: bool) -> tuple[str, float, str]:
    """Name the class, how sure it is, and why."""
    said = words_of(text)
    if tagged and not spoken:
        return "thought", 0.97, "a verb of thinking beside it"
    foreign = sum(1 for word in said if word in FOREIGN or _FOREIGN_LETTER.search(word))
    if 2 * foreign >= len(said) and (len(said) > 1 or _FOREIGN_LETTER.search(text)):
        return "foreign", 0.8, "words of another language"
    opens = not before.strip() or before.rstrip()[-1] in ".!?…:—”’"
    closes = text.rstrip()[-1] in ".!?…—" or after[:1] in ("", "—")
    big = [word for word in re.findall(r"[^\W\d_][\w’-]*", text) if word.lower() not in _SMALL]
    named = bool(big) and all(word[0].isupper() for word in big) and not (opens and len(big) == 1)
    if named and not (opens and closes) and said != ["i"]:
        return "title", 0.85, "capitals, as a title or a ship's name has them"
    if spoken:
        return "stress", 0.9 if len(said) < _FEW else 0.6, "inside speech"
    if opens and (closes or len(said) >= _FEW):
        return "thought", 0.9 if len(said) >= _FEW else 0.7, "a sentence of its own outside speech"
    if len(said) >= _FEW:
        return "thought", 0.6, "many words outside speech"
    return "stress", 0.85, "a few words amid a sentence"
