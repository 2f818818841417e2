"""Sorts: each word cast once, with the places where a line may break inside it."""

import pytest
from compositor import FONTS, PROSE, SOFT_HYPHEN, design, galley

from pressbook.composition import sorts as sorts_room
from pressbook.composition.breaking import HYPHEN_PENALTY
from pressbook.composition.shaping import shape
from pressbook.composition.sorts import FORCED_PENALTY, ITALIC, NAME_PENALTY, ROMAN, TypeCase

BREAKS = """
Sasuke-|kun            after a typed hyphen, and nowhere else in the word
Kakashi-|sensei
mother-|in-|law
half-|remembered       though both halves could be hyphenated
W-What                 never after a one-letter stutter
I-I-I
W-W-What
“W-Wait
T-shirt
x-ray
B-But—|no
twenty-|one—|perhaps   after a hyphen, after a dash
word—|word
word—|“word            a quotation may begin after a dash
“word”—|word
stop!—|go
well…|maybe            after an ellipsis inside a word
—word                  never between a dash and what it opens or closes
word—
“word—”
‘word—’
—“word
…word
word…
“…word
and/|or
24/7                   figures have no seam of letters
don’t                  an apostrophe is no seam
o’clock
3-4
ma=nip=u=late       between letters, by the dictionary
ma=nip=u=la=tion.”     letters only are looked up, stops are no part of them
“Ex=tra=or=di=nary
some=one’s
table                  fewer than six letters stay whole
WONDERFUL              capitals stay whole
“WONDERFUL!”
EXTRAORDINARY’s
b2b2b2b2               nothing with a figure in it
someone@somewhere
"""
"""A word a line: | where a line may break as typed, = where it may with a hyphen; then why."""


@pytest.fixture
def case():
    """Open an empty type case."""
    return TypeCase(design(), FONTS, 200.0)


def cast(case, *keys):
    """Cast words and return their sorts."""
    case.cast(keys)
    return case.sorts(keys)


def marked(case, word):
    """Write a word with its breaks."""
    (sort,) = cast(case, word)
    made = sort.word.text
    for cut in reversed(case.breaks(sort)):
        made = made[: cut.at] + ("=" if cut.makes_hyphen else "|") + made[cut.at :]
    return made


@pytest.mark.parametrize("shown", [line.split()[0] for line in BREAKS.strip().splitlines()])
def test_a_word_breaks_only_where_it_may(case, shown):
    """Each word of the table breaks at its marks and nowhere else."""
    case.cast(["extraordinary"])
    assert marked(case, shown.replace("|", "").replace("=", "")) == shown


def test_a_word_is_cast_once(case):
    """A word that is asked for again, alone or in another batch, is the one already cast."""
    (first,) = cast(case, "river")
    again, _ = cast(case, "river", "lantern")
    assert again is first


def test_soft_hyphens_are_the_only_breaks_of_their_word(case):
    """A word with soft hyphens breaks there and nowhere else, whatever the dictionary and its own hyphens say."""
    assert marked(case, "extraordinary") == "ex=tra=or=di=nary"
    assert marked(case, "extra\u00adordinary") == "extra=ordinary"
    assert marked(case, "re\u00adspon\u00adsibility-minded") == "re=spon=sibility-minded"


def test_a_soft_hyphen_is_not_a_letter(case):
    """A word cast with soft hyphens is as wide as without, and has none in its text or glyphs."""
    (soft,) = cast(case, "extra\u00adordinary")
    (plain,) = cast(case, "extraordinary")
    assert soft.word.text == plain.word.text == "extraordinary"
    assert soft.word.pieces[0].glyphs == plain.word.pieces[0].glyphs
    assert soft.word.width == plain.word.width


def test_soft_hyphens_alone_set_nothing(case):
    """A word of nothing but a soft hyphen is empty, and stops nobody."""
    (sort,) = cast(case, SOFT_HYPHEN)
    assert (sort.word.text, sort.word.width, case.breaks(sort)) == ("", 0.0, ())


def test_a_name_is_broken_at_a_price(case):
    """A word seen only with a capital pays a name's price for its breaks; one also seen without pays a word's."""
    case.cast(["Extraordinary", "Wonderful", "wonderful"])
    name, word = case.sorts(["Extraordinary", "Wonderful"])
    assert [cut.penalty for cut in case.breaks(name)] == [NAME_PENALTY] * 4
    assert [cut.penalty for cut in case.breaks(word)] == [HYPHEN_PENALTY] * 2


def test_hyphenation_can_be_turned_off():
    """With `type.hyphenate` off no word is hyphenated, but typed hyphens, dashes and soft hyphens still break."""
    case = TypeCase(design("type.hyphenate=false"), FONTS, 200.0)
    shown = ["extraordinary", "Sasuke-|kun", "word—|word"]
    assert [marked(case, word.replace("|", "")) for word in shown] == shown
    assert marked(case, "extra\u00adordinary") == "extra=ordinary"


def test_exceptions_of_the_config_are_honoured():
    """`type.exceptions` gives a word its breaks."""
    case = TypeCase(design('type.exceptions=["extraordi-nary", "wonderful"]'), FONTS, 200.0)
    assert [marked(case, word) for word in ("extraordinary", "wonderful")] == ["extraordi=nary", "wonderful"]


def test_a_word_too_wide_may_break_anywhere_at_a_price():
    """A word wider than the narrowest line has a break between any two letters, dearest where no rule allows one."""
    case = TypeCase(design(), FONTS, 50.0)
    narrow, wide = cast(case, "wonder", "extraordinary")
    assert narrow.word.width < 50 < wide.word.width
    cuts = case.breaks(wide)
    assert [cut.at for cut in cuts] == list(range(1, 13))
    assert {cut.at for cut in cuts if cut.penalty == HYPHEN_PENALTY} == {2, 5, 7, 9}
    assert {cut.penalty for cut in cuts} == {HYPHEN_PENALTY, FORCED_PENALTY}
    assert case.forced == ["extraordinary"]


def test_a_forced_break_at_a_sign_makes_no_hyphen():
    """A hyphen is made between letters only: a forced break beside a figure or sign, as in an address, adds nothing."""
    case = TypeCase(design(), FONTS, 10.0)
    (sort,) = cast(case, "ab.c4")
    assert [(cut.at, cut.makes_hyphen) for cut in case.breaks(sort)] == [(1, True), (2, False), (3, False), (4, False)]


@pytest.mark.parametrize("word", ["extraordinary", "officially", "Sasuke-kun", "word—word", "affiliation", "“Wonderful"])
def test_a_cut_is_measured_as_it_will_be_set(case, word):
    """The width that a cut promises is the width of the part as set, hyphen and hang counted, to a tenth of an em."""
    (sort,) = cast(case, word)
    assert case.breaks(sort)
    for cut in case.breaks(sort):
        part = case.part(sort, 0, cut.at, cut.makes_hyphen)
        rest = case.part(sort, cut.at, len(word), False)
        assert part.text.removesuffix(SOFT_HYPHEN) + rest.text == word
        assert part.text.endswith(SOFT_HYPHEN) == cut.makes_hyphen
        assert part.width - part.hang_right == pytest.approx(cut.before, abs=0.1 * case.design.size)
        assert sort.word.width - cut.after == pytest.approx(rest.width, abs=0.1 * case.design.size)


def test_a_made_hyphen_is_one_cluster():
    """The hyphen at a line's end is drawn with a glyph of a hyphen's width and extracts as U+00AD by itself."""
    case = TypeCase(design(), FONTS, 200.0)
    (sort,) = cast(case, "extraordinary")
    (piece,) = case.part(sort, 0, 2, True).pieces
    hyphen = shape(case.styles[ROMAN], ["-"])[0]
    assert piece.clusters == ("e", "x", SOFT_HYPHEN)
    assert piece.advances[-1] == hyphen.advances[-1]


def test_a_part_keeps_its_styles(case):
    """A word that is italic up to its hyphen is cut into an italic part and a roman one."""
    (sort,) = cast(case, ((ITALIC, "Sasuke"), (ROMAN, "-kun")))
    assert sort.word.text == "Sasuke-kun"
    (cut,) = case.breaks(sort)
    part, rest = case.part(sort, 0, cut.at, False), case.part(sort, cut.at, 10, False)
    assert [(piece.text, piece.style.font.italic) for piece in part.pieces] == [("Sasuke", True), ("-", False)]
    assert [(piece.text, piece.style.font.italic) for piece in rest.pieces] == [("kun", False)]


def test_stops_hang_out():
    """A full stop stands out to the right by three fifths of its width, an opening quote to the left; letters do not."""
    case = TypeCase(design(), FONTS, 200.0)
    stop, quote, plain = cast(case, "end.", "“end", "end")
    dot = stop.word.width - plain.word.width
    assert stop.word.hang_right == pytest.approx(0.6 * dot, rel=0.05)
    assert quote.word.hang_left > 0.1 * design().size * 0.4 and quote.word.hang_right == 0
    assert (plain.word.hang_left, plain.word.hang_right, stop.word.hang_left) == (0, 0, 0)


def test_nothing_hangs_if_the_config_says_so():
    """With `type.protrusion` off no word hangs out, and a made hyphen takes its whole width."""
    case = TypeCase(design("type.protrusion=false"), FONTS, 200.0)
    quote, stop, long = cast(case, "“end", "end.", "extraordinary")
    assert {sort.word.hang_left for sort in (quote, stop)} | {sort.word.hang_right for sort in (quote, stop)} == {0.0}
    cut = case.breaks(long)[0]
    assert case.part(long, 0, cut.at, True).width == pytest.approx(cut.before, abs=0.2)


def test_each_distinct_word_is_shaped_once(monkeypatch):
    """However often a word stands in a chapter, it is shaped once in each style, and all its places share one word."""
    shaped = []

    def counting(style, texts):
        shaped.extend((style, text) for text in texts)
        return shape(style, texts)

    monkeypatch.setattr(sorts_room, "shape", counting)
    made = galley("\n\n".join(f"{PROSE} *{PROSE}*" for _ in range(5)))
    assert len(shaped) == len(set(shaped))
    words = [word for block in made.blocks for line in block.settings[0].lines for word in line.words]
    assert len(words) > 1200 and len({id(word) for word in words}) < 400
    # A word that the breaks cut is the only one to be shaped again, in its parts.
    assert len(set(shaped)) < 2 * len(set(PROSE.split())) + 3 * sum(word.text.endswith(SOFT_HYPHEN) for word in words) + 20
