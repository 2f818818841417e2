"""Footnotes from the typed story to the finished pages."""

import pytest

from pressbook.cli import main
from readback import pages_of

SENTENCE = "The harbour had been empty since the spring, and nobody in the town could say why the boats stayed away so long."
NUMBERS = range(1, 13)
SWUM = {number: number * 5 % 13 for number in NUMBERS}
"""How often each note says the same, so that some are short and some run on."""


def paragraph(number):
    """Write a paragraph that cites a note in its midst."""
    return f"{' '.join([SENTENCE] * 4)} Ref{number}.[^{number}] {SENTENCE}"


def story():
    """Write two chapters of six notes each."""
    parts = [f"# Chapter {part}: Out\n\n" + "\n\n".join(map(paragraph, NUMBERS[6 * part - 6 : 6 * part])) for part in (1, 2)]
    notes = [f"[^{number}]: Note{number} says that {'nobody swam in it, ' * SWUM[number]}then or later." for number in NUMBERS]
    return "\n\n".join(["The Long Ferry\n\nby Ada Merrow", *parts, *notes])


@pytest.mark.parametrize("trim", ["half-letter", "A6"])
@pytest.mark.parametrize("place", ["foot", "chapter", "end"])
def test_every_note_stands_once_and_where_it_should(tmp_path, monkeypatch, trim, place):
    """All words of the notes are in the PDF once; at the foot, each begins on the page that refers to it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(story(), encoding="utf-8")
    assert main(["build", "a.md", "--quiet", "--trim", trim, "--set", f"story.footnotes={place}"]) == 0
    pages = [text for text, _ in pages_of((tmp_path / "dist" / "a.pdf").read_bytes())]
    for number in NUMBERS:
        figure = (number - 1) % 6 + 1
        cited = [at for at, text in enumerate(pages) if f"Ref{number}.{figure}" in text]
        begun = [at for at, text in enumerate(pages) if f"{figure}. Note{number} " in text.replace("\n", " ")]
        assert len(cited) == len(begun) == 1
        assert begun == cited if place == "foot" else begun >= cited
    assert " ".join(pages).count("swam") == sum(SWUM.values())
