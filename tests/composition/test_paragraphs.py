"""Paragraphs: every word in its place, every line full, every break where it may be."""

from itertools import pairwise

import pytest
from compositor import (
    FONTS,
    NBSP,
    PROSE,
    SOFT_HYPHEN,
    check_fit,
    check_glyphs,
    check_words,
    design,
    galley,
    paragraph,
    read_line,
    right_edge,
    set_paragraph,
    settings_of,
    spacing,
    type_case,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pressbook.composition import paragraphs as paragraphs_room
from pressbook.composition.paragraphs import PASSES, RAG_ZONE, copy_of
from pressbook.composition.sorts import FORCED_PENALTY, HYPHEN_PENALTY, LEAD_IN, NAME_PENALTY, TypeCase
from pressbook.composition.spacing import RAG

NATURAL = spacing().natural
MEASURES = (90, 120, 160, 200, 240, 280)

ODD_WORDS = """
“W-What?” Sasuke-kun half-remembered—or Kakashi-sensei’s ‘no’ NATO 1984 24/7 don’t (she “Oh—” and/or naïve AVATAR office
officially re\u00adspon\u00adsi\u00adbility extra\u00adordinary Konohagakure office—“affable” wait…what ‘’tis’ … – — \u00adsoft
"""
WORDS = st.one_of(
    st.sampled_from(PROSE.split()),
    st.sampled_from(ODD_WORDS.split()),
    st.text("abcdefghilmnorstuvwAEITÉéñß", min_size=1, max_size=14),
)
GAPS = st.sampled_from([" "] * 12 + [NBSP, "  "])


@st.composite
def marked_texts(draw):
    """Draw a paragraph as marked: words of all kinds, some letters in italic, bold or both, mostly not at word ends."""
    text = draw(WORDS)
    for _ in range(draw(st.integers(0, 45))):
        text += draw(GAPS) + draw(WORDS)
    text = text.replace("*", "")
    for mark in draw(st.lists(st.sampled_from(("*", "**")), max_size=3)):
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, min(len(text), start + 40)))
        if stop > start and "*" not in text[max(0, start - 1) : stop + 1]:
            text = f"{text[:start]}{mark}{text[start:stop]}{mark}{text[stop:]}"
    return text


def plain(text):
    """Take the marks off a text."""
    return text.replace("*", "")


# --- what holds for every paragraph -----------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(marked_texts(), st.sampled_from(MEASURES), st.sampled_from((0.0, 12.0)), st.booleans())
def test_every_word_stands_in_order(text, measure, indent, lead_in):
    """Whatever a paragraph holds, its lines give back its words in order, cut at line ends only, as their glyphs do."""
    lines = set_paragraph(text, measure, indent=indent, lead_in=lead_in, case=type_case(narrowest=78.0))
    check_words(lines, plain(text))
    check_glyphs(lines)


@settings(max_examples=100, deadline=None)
@given(marked_texts(), st.sampled_from(MEASURES), st.sampled_from((0.0, 12.0)), st.sampled_from((0.0, 14.0)))
def test_every_line_but_the_last_is_full(text, measure, indent, offset):
    """Every line of several words fills its measure to a hundredth of a point, what hangs out left aside; no line overruns it."""
    lines = set_paragraph(text, measure, indent=indent, offset=offset, case=type_case("type.justify=true", narrowest=78.0))
    check_fit(lines, measure, NATURAL, indent, offset)
    for line in lines[:-1]:
        if len(line.words) > 1:
            # Words cut out of their surroundings are shaped anew: they may differ by a kern or half a ligature.
            assert line.space > NATURAL * 2 / 3 - 1.0 / (len(line.words) - 1)


@pytest.mark.parametrize("measure", range(100, 300, 7))
def test_prose_is_full_at_any_measure(measure):
    """A paragraph of prose is set at thirty measures with each line full, its words in order, and no three hyphens running."""
    lines = set_paragraph(PROSE, measure, "type.justify=true", indent=12.0)
    check_words(lines, PROSE)
    check_fit(lines, measure, NATURAL, 12.0)
    hyphens = [line.words[-1].text[-1] in "-\u00ad" for line in lines]
    assert not any(all(hyphens[row : row + 3]) for row in range(len(hyphens)))


def test_ratios_tell_how_far_the_spaces_went():
    """A line's ratio is what its spaces took of their stretch or shrink, the last line's is nought."""
    lines = set_paragraph(PROSE, 240.0)
    give = spacing()
    whole = [line for before, line in pairwise(lines[:-1]) if not line.hyphenated and not before.hyphenated]
    assert len(whole) > 5
    for line in whole:
        step = give.stretch if line.ratio > 0 else give.shrink
        assert line.space == pytest.approx(give.natural + line.ratio * step, abs=0.02)
    assert lines[-1].ratio == 0 and lines[-1].space == give.natural


def test_glyphs_give_before_spaces_do():
    """A line's glyphs give by at most a fiftieth in width and a hundredth of an em between letters; only then its spaces do."""
    size = design().size
    lines = [line for measure in range(150, 300, 10) for line in set_paragraph(PROSE, float(measure))[:-1]]
    natural = 0
    for line in lines:
        assert abs(line.scale - 1) <= 0.02 + 1e-9 and abs(line.tracking) <= 0.01 * size + 1e-9
        if abs(line.scale - 1) < 0.02 - 1e-9:
            natural += 1
            assert line.space == pytest.approx(NATURAL, abs=0.05)
            assert (line.scale - 1) * line.tracking > -1e-9, "letters never widen where the white between them shrinks"
    assert natural > len(lines) / 2, "most lines of prose have the same word space"


def test_letters_are_scaled_like_those_of_the_lines_about_them():
    """Of the lines whose scale was more, or less, than both their neighbours', each came nearer and kept its width and spaces."""
    size = design().size
    apart = {True: 0.0, False: 0.0}
    for measure in range(150, 300, 10):
        lines = set_paragraph(PROSE, float(measure))[:-1]
        before = []
        for line in lines:
            width = sum(word.width for word in line.words) - line.words[0].hang_left - line.words[-1].hang_right
            seams = sum(word.seams for word in line.words)
            given = width * (line.scale - 1) + seams * line.tracking
            tracked = max(-0.01 * size * seams, min(0.01 * size * seams, given))
            before.append(1 + (given - tracked) / width)
        for scales, evened in ((before, False), ([line.scale for line in lines], True)):
            apart[evened] += sum(abs(upper - lower) for upper, lower in pairwise(scales))
    assert apart[True] < 0.95 * apart[False]


def test_glyphs_keep_their_shape_if_the_config_says_so():
    """With `type.expansion` off neither width nor tracking of any line is touched, and lines are full all the same."""
    made = galley(f"{PROSE}\n\n{PROSE}", "type.expansion=false")
    for block in made.blocks:
        assert {(line.scale, line.tracking) for setting in block.settings for line in setting.lines} == {(1.0, 0.0)}
        check_words(block.settings[0].lines, PROSE)
    check_fit(made.blocks[0].settings[0].lines, design().measure, NATURAL)


def test_other_settings_are_as_good_to_read():
    """A paragraph's other settings are a line longer or shorter, hold the same words, fill their lines, and are never loose."""
    gains = []
    text = " ".join([PROSE] * 4)
    for measure in range(100, 320, 4):
        best, *others = settings_of(text, float(measure))
        assert best.looseness == 0 and best.demerits <= min((other.demerits for other in others), default=best.demerits)
        for other in others:
            assert len(other.lines) - len(best.lines) == other.looseness
            check_words(other.lines, text)
            check_fit(other.lines, measure, NATURAL)
            assert max(line.ratio for line in other.lines) <= 1
            gains.append(other.looseness)
    assert set(gains) == {1, -1}
    assert len(gains) > 10


def test_an_empty_paragraph_has_no_lines():
    """Nothing but spaces makes no line."""
    assert set_paragraph("  ", 200.0) == ()


# --- where lines may not end ------------------------------------------------------------------------------------------


def ends_of_lines(text, measures=range(60, 300, 3)):
    """Set a text at many measures, and gather how lines end and how the next begin."""
    found = set()
    for measure in measures:
        lines = set_paragraph(text, float(measure))
        check_words(lines, plain(text))
        words = [(line.words[-1].text, after.words[0].text) for line, after in pairwise(lines)]
        found.update(words)
    return found


def test_a_name_with_an_honorific_breaks_after_its_hyphen():
    """`Sasuke-kun` is cut after its hyphen and nowhere else, at whatever measure."""
    ends = ends_of_lines("It was always Sasuke-kun here and Sasuke-kun there, and nobody but Sasuke-kun could ever bear it.")
    cut = {end for end, _ in ends if end.startswith("Sas") and end != "Sasuke-kun"}
    assert cut == {"Sasuke-"}
    assert {after for end, after in ends if end == "Sasuke-"} == {"kun"}


def test_a_stutter_is_never_cut():
    """No line ends after the letter of a stutter."""
    ends = ends_of_lines("“W-What do you mean,” she said, “w-what could he, I-I-I never, n-no, W-What?” and W-What again.")
    assert len(ends) > 10
    assert not [end for end, _ in ends if end.endswith("-")]


def test_dashes_break_after_and_not_before():
    """A line may end after an em dash between words, and never begins with one."""
    ends = ends_of_lines("The water rose—slowly, as a cat rises from a chair—and nobody—not one—could tell which lights they were.")
    assert {end for end, _ in ends if end.endswith("—")} >= {"rose—", "chair—", "nobody—"}
    assert not [after for _, after in ends if after.startswith("—")]


def test_no_line_begins_with_a_spaced_dash():
    """A spaced dash stays with the word before it, also at a speech's end, and where the style changes between them."""
    for text in (
        "The water rose – slowly, as a cat – the old one – rises",
        "The *water* – slowly – as a *cat *– the *old – one*",
        "“The water –” “It rose – slowly –” “as a cat –” ‘the old –’ “– rises –”",
        "It rose and rose and rose –",
        "and rose –",
    ):
        for dash in "–—":
            ends = ends_of_lines(text.replace("–", dash), range(60, 200, 3))
            assert not [after for _, after in ends if after.startswith(dash) and not after[1:].isalpha()]
            assert [end for end, _ in ends if end.startswith(dash)] or text.endswith("rose –")


def test_no_line_begins_with_an_ellipsis_after_a_word():
    """An ellipsis after a word and a space stays with the word, also where the style changes between them."""
    for text in (
        "She waited … and waited … until … nobody came … at all …",
        "She *waited *… and *waited* … until *nobody *… *came …*",
    ):
        ends = ends_of_lines(text, range(60, 200, 3))
        assert {end for end, _ in ends} >= {"…"}
        assert not [after for _, after in ends if after.startswith("…")]


def test_a_fixed_space_holds():
    """No line ends at a no-break space while any other setting can be had."""
    ends = ends_of_lines(
        f"She paid Mr.{NBSP}Darcy some 10{NBSP}000 pounds for it, and Mr.{NBSP}Darcy said that 10{NBSP}000 was enough."
    )
    assert not {("Mr.", "Darcy"), ("10", "000")} & ends


def test_fixed_spaces_everywhere_stop_nobody():
    """A paragraph pasted with nothing but no-break spaces is set all the same."""
    text = PROSE.replace(" ", NBSP)
    lines = set_paragraph(text, 200.0)
    check_words(lines, text)
    check_fit(lines, 200.0, NATURAL)


def test_long_capitals_stand_alone_in_the_last_resort():
    """Words in capitals, too wide for two to a line, are neither hyphenated nor lost: each takes a line."""
    lines = set_paragraph("WONDERFULLYEXTRAORDINARY INCOMPREHENSIBLENESS", 190.0, case=type_case(narrowest=190.0))
    assert [read_line(line) for line in lines] == ["WONDERFULLYEXTRAORDINARY", "INCOMPREHENSIBLENESS"]


# --- hyphens ----------------------------------------------------------------------------------------------------------


def test_a_line_end_hyphen_extracts_as_a_soft_hyphen():
    """The hyphen that ends a broken line is U+00AD as text and as a cluster of its own, and stands nowhere else."""
    broken = [line for measure in MEASURES for line in set_paragraph(PROSE, measure) if line.hyphenated]
    assert len(broken) > 5
    for line in broken:
        assert line.words[-1].text.endswith(SOFT_HYPHEN)
        assert line.words[-1].pieces[-1].clusters[-1] == SOFT_HYPHEN


def test_a_typed_hyphen_at_a_line_end_stays_a_hyphen():
    """A line that ends at a typed hyphen has that hyphen and no other."""
    text = "It was a half-remembered, half-forgotten and half-believed and never quite half-told story of theirs."
    lines = [line for measure in range(60, 300, 3) for line in set_paragraph(text, float(measure))]
    typed = [line for line in lines if line.words[-1].text.endswith("-")]
    assert len(typed) > 5
    assert not [line for line in typed if line.hyphenated]


def test_soft_hyphens_break_their_word_and_are_gone_elsewhere():
    """A word with soft hyphens is cut at one of them or at none, and none is left inside a line."""
    text = "The ex\u00adtra\u00adordinary boats of an ex\u00adtraordinary river, all extra\u00adordinary from end to end of it."
    ends = {end for end, _ in ends_of_lines(text, range(60, 300)) if end.endswith(SOFT_HYPHEN)}
    assert ends == {"ex\u00ad", "extra\u00ad"}


def hyphenated_words(text, measures):
    """Set a text at many measures from a case of its own, and gather the measures at which each word is hyphenated."""
    found = {}
    case = TypeCase(design(), FONTS, float(measures[0]))
    for measure in measures:
        lines = set_paragraph(text, float(measure), case=case)
        for line, after in pairwise(lines):
            if line.hyphenated:
                word = line.words[-1].text.removesuffix(SOFT_HYPHEN) + after.words[0].text
                found.setdefault(word.strip(",."), set()).add(measure)
    return found


NAMED = "They went to {0}, and from {0} to the sea, for whoever had seen {0} once would not rest until {0} had seen him."


def test_a_word_is_hyphenated_where_it_helps():
    """A long word in small letters is hyphenated at many measures."""
    assert len(hyphenated_words(NAMED.format("extraordinary"), range(80, 400, 4))["extraordinary"]) > 8


def test_a_name_is_hyphenated_only_if_the_first_passes_fail(monkeypatch):
    """A word seen only with a capital is cut only where neither of the two first passes, which do without, succeeds."""
    text = NAMED.format("Extraordinary")
    cut = hyphenated_words(text, range(80, 400, 4)).get("Extraordinary", set())
    monkeypatch.setattr(paragraphs_room, "PASSES", PASSES[:2])
    case = TypeCase(design(), FONTS, 80.0)
    tame = []
    for measure in range(80, 400, 4):
        try:
            tame.append((measure, set_paragraph(text, float(measure), case=case)))
        except AssertionError:
            continue
    assert 0 < len(cut) < 40 and len(tame) > 10
    assert not cut & {measure for measure, _ in tame}


def test_the_passes_grow_more_lenient():
    """Each pass admits more than the one before: first no hyphens, then words', then names', then any."""
    assert [attempt.worst for attempt in PASSES[:4]] == [0, HYPHEN_PENALTY, NAME_PENALTY, FORCED_PENALTY]
    assert [attempt.tolerance for attempt in PASSES] == sorted(attempt.tolerance for attempt in PASSES)
    assert not any(attempt.desperate for attempt in PASSES[:3])


def test_capitals_are_never_hyphenated():
    """A word all in capitals is not cut at any measure that it fits."""
    assert not hyphenated_words(NAMED.format("EXTRAORDINARY"), range(100, 300, 4)).get("EXTRAORDINARY")


def test_a_word_wider_than_the_measure_is_broken_by_force():
    """A word that no line can hold is cut at the measure, and no letter is lost."""
    word = "Aa" * 60
    lines = set_paragraph(f"He said {word} and left.", 100.0, case=type_case(narrowest=100.0))
    assert len(lines) > 6
    check_words(lines, f"He said {word} and left.")
    check_fit(lines, 100.0, NATURAL)


# --- the opening words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "capitals"),
    [
        ("The rain had stopped by the time they came", "The rain had stopped"),
        ("The old harbourmaster counted sums", "The old harbourmaster"),
        ("She waited, and waited some more", "She waited,"),
        ("Up, up it went", "Up, up it went"),
        ("No. Not now, not ever", "No. Not now,"),
        ("Rain.", "Rain."),
        ("I do so not do it", "I do so not do"),
    ],
)
def test_the_first_words_lead_in(opening, capitals):
    """The lead-in takes from two to five words, up to the first stop or some eighteen letters."""
    copy = copy_of(paragraph(opening), lead_in=True)
    led = [key for key in copy.keys if not isinstance(key, str)]
    assert all(style == LEAD_IN for key in led for style, _ in key)
    assert " ".join(letters for key in led for _, letters in key) == capitals
    assert all(not isinstance(key, str) for key in copy.keys[: len(led)])


def test_the_lead_in_is_set_in_small_capitals_and_reads_as_typed():
    """The first words are drawn with other glyphs than the same words in the text, and extract as the letters typed."""
    first, *rest = set_paragraph("The rain had stopped, the rain had gone, and the rain would not be back.", 400.0, lead_in=True)[
        0
    ].words
    again = rest[4]
    assert (first.text, rest[0].text, again.text) == ("The", "rain", "rain")
    assert first.pieces[0].clusters == ("T", "h", "e")
    assert "smcp" in rest[0].pieces[0].style.features
    assert "smcp" not in again.pieces[0].style.features
    assert not set(rest[0].pieces[0].glyphs) & set(again.pieces[0].glyphs)
    assert rest[0].pieces[0].clusters == tuple("rain")


def test_an_italic_opening_does_not_lead_in():
    """A story that opens in italic opens in italic."""
    copy = copy_of(paragraph("*Not again*, she thought, and opened the door."), lead_in=True)
    assert not [key for key in copy.keys if not isinstance(key, str) and any(style == LEAD_IN for style, _ in key)]


def test_styles_change_inside_a_word():
    """A word of which some letters are italic is one word of two pieces, with no space or break between them."""
    (line,) = set_paragraph("an *un*likely story", 200.0)
    word = line.words[1]
    assert word.text == "unlikely"
    assert [(piece.text, piece.style.font.italic) for piece in word.pieces] == [("un", True), ("likely", False)]
    assert copy_of(paragraph("an *un*likely story"), lead_in=False).keys[0::2] == ["an", "story"]


# --- ragged right -----------------------------------------------------------------------------------------------------

RAGGED = "type.justify=false"


def ragged(text, *options):
    """Set a text ragged, and return its lines and how far each falls short of the measure, in em."""
    made = galley(text, RAGGED, *options)
    page = design(RAGGED, *options)
    lines = made.blocks[0].settings[0].lines
    return lines, [(page.measure - right_edge(line)) / page.size for line in lines]


@settings(max_examples=60, deadline=None)
@given(marked_texts(), st.sampled_from(("2x2in", "mini", "half-letter")))
def test_ragged_lines_are_natural(text, trim):
    """Whatever a ragged paragraph holds, its words stand in order with natural spaces and glyphs, and no line overruns."""
    lines, short = ragged(text.replace("\n", " "), f"page.trim={trim}")
    check_words(lines, plain(text))
    check_glyphs(lines)
    natural = spacing(f"page.trim={trim}").natural
    assert {(line.space, line.scale, line.tracking) for line in lines} <= {(natural, 1.0, 0.0)}
    assert min(short, default=0.0) > -0.05


@pytest.mark.parametrize("trim", ["2x3in", "mini", "A6", "half-letter", "A5-landscape"])
def test_a_rag_is_bounded_and_not_hyphenated(trim):
    """Prose is set ragged with no line but the last short by more than the zone, no runt, and hardly a hyphen."""
    text = " ".join([PROSE] * 3)
    page = design(f"page.trim={trim}")
    lines, short = ragged(text, f"page.trim={trim}")
    assert max(short[:-1]) <= RAG_ZONE * min(RAG, page.measure / page.size / 5) + 0.05
    assert page.measure / page.size - short[-1] > 2.5
    assert sum(line.hyphenated for line in lines) <= len(lines) / 15


@pytest.mark.parametrize("trim", ["mini", "A6", "half-letter"])
def test_a_rag_is_evener_than_one_filled_line_by_line(trim):
    """The squares of what lines fall short by add up to less than if each line took all the words that fit."""
    option = f"page.trim={trim}"
    page, space = design(option), spacing(option).natural
    lines, short = ragged(" ".join([PROSE] * 2), option)
    widths = [word.width for line in lines for word in line.words]
    greedy, room = [], page.measure
    for width in widths:
        if width > room:
            greedy.append((room + space) / page.size)
            room = page.measure
        room -= width + space
    assert sum(gap**2 for gap in short[:-1]) / len(short[:-1]) < sum(gap**2 for gap in greedy) / len(greedy)


def test_a_ragged_paragraph_can_give_the_page_a_line():
    """Long ragged paragraphs have settings a line longer as well, none short by more than the zone."""
    made = galley("\n\n".join(" ".join(PROSE.split()[start:]) for start in range(0, 60, 4)), RAGGED)
    others = [setting for block in made.blocks for setting in block.settings[1:]]
    assert others
    page = design(RAGGED)
    for setting in others:
        assert abs(setting.looseness) == 1
        assert all(page.measure - right_edge(line) <= RAG_ZONE * RAG * page.size + 0.5 for line in setting.lines[:-1])


def test_a_line_that_nothing_can_fill_is_left_short():
    """Where word spaces would gape, a justified paragraph's line is left short, unless the config insists."""
    text = "She said WONDERFULLYLONG and then UNCHARACTERISTIC and left for the river."
    measure = 120.0
    free = set_paragraph(text, measure, case=type_case(narrowest=180.0))
    assert any(right_edge(line) < measure - 12 and line.space == NATURAL for line in free[:-1])
    forced = set_paragraph(text, measure, case=type_case("type.justify=true", narrowest=180.0))
    assert all(right_edge(line) == pytest.approx(measure, abs=0.01) for line in forced[:-1] if len(line.words) > 1)
    assert [read_line(line) for line in free] == [read_line(line) for line in forced]
