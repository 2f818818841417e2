"""Headings that tell by recurrence: whose eyes the story sees through, days and dates, bare titles between wide gaps."""

import re
from collections import Counter
from collections.abc import Callable

from pressbook.markup.apart import FAR
from pressbook.markup.chapters import far_apart, heading_of, section_of
from pressbook.markup.headings import BOLD, is_title, is_title_case, unadorned, undressed
from pressbook.markup.lexicon import SPANS
from pressbook.markup.table import Item, Outline

CHAPTER_LENGTH = 1000
"""Words below such headings, on an average, that make them chapters and no sections."""
_MOST_VIEWS = 12
"""A story is seen through so many people's eyes at most."""
STRETCH_BELOW = 300
"""Words below bold or centred lines, on an average, that make them headings: below a sign or a message the story goes on soon."""
_STRETCH = 60
"""Words below such a name, on an average: in a play, where names stand above what they say, there are fewer."""

# Kept as text, compiled by `re` at first use: start-up is quick.
_POV = (
    r"(?i)(?:(?:pov|p\.o\.v\.?|point of view|perspective)\s*(?::|-|–|—|of)?\s+[^\W_][\w .'’&-]{0,30}"
    r"|[^\W_][\w .'’&-]{0,30}?(?:['’]s?)?\s*[-–—:]?\s*\(?(?:pov|p\.o\.v\.?|point of view|perspective)\)?)"
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?"
)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_YEAR = r"(?:,?\s+\d{3,4}(?:\s?(?:ad|bc|ce|bce))?)?"
_RANK = r"(?:st|nd|rd|th)?"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?|hours|hrs)?)?"
_HOUR = r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?|\s?(?:hours|hrs|h|uhr))?|\d{1,2}\s?[ap]\.?m\.?|\d{4}\s?(?:hours|hrs)|noon|midnight"
_PLACE = r"(?-i:[A-ZÀ-Þ])[^\W\d_]+(?:[ -][^\W\d_]+){0,3},\s+"
_DATED = (
    rf"(?i)(?:{_DAYS},?\s+)?(?:{_MONTHS}\s+(?:the\s+)?\d{{1,2}}{_RANK}{_YEAR}|\d{{1,2}}{_RANK}\s+(?:of\s+)?{_MONTHS}{_YEAR}"
    rf"|{_MONTHS},?\s+\d{{4}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d){_CLOCK}\.?|(?i:{_DAYS}){_CLOCK}\.?|{_HOUR}"
)
_PLACED = rf"{_PLACE}(?:\d{{4}}|{_DATED.removeprefix('(?i)')})"
_LATER = (
    r"(?i)(?:about |almost |nearly |some |just )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|twenty|thirty|forty|fifty|(?:a|one) hundred|\d{1,3}|several|many|a few|some)(?: and a half)? (?:more )?"
    r"(?:second|minute|hour|day|night|week|fortnight|month|season|year|decade|centur(?:y|ie))s? "
    r"(?:later|earlier|ago|before|after|on)"
)
_SPAN = (
    rf"(?i)(?:{'|'.join(sorted(SPANS))})\s+"
    r"(?:#|no\.?\s?)?(?:\d{1,4}|[ivxlc]{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty(?:[ -]\w+)?)"
    r"(?:\.?|\s*(?::|-|–|—)\s*(?=[A-Z\d\"“])\S.{0,50})"
)

_LATER_ENDS = ("later", "earlier", "ago", "before", "after", "on")


def find_sections(outline: Outline) -> Outline:
    """Take lines for headings that are of one sort all through the book: chapters if much text stands below each, else sections."""
    items = list(outline.items)
    lone = [k for k in range(len(items) - 1) if _is_lone(items, k)]
    lines = {k: unadorned(items[k].text) for k in lone if len(items[k].text) > 2}
    _set(items, _matching(items, lines, _is_view), "section-view", 0.95, "names whose point of view follows", 1)
    later = _matching(items, lines, _is_later)
    least = 1 if any(_opens(items, k, outline.gap) for k in later) else 2
    _set(items, later, "section-later", 0.85, "how much later it is, alone on its line", least)
    counted, dated = (_matching(items, lines, sort) for sort in (_is_counted, _is_dated))
    dated = [k for k in dated if not _greets(items[k + 1].text)]
    if counted and dated:
        # A day that is counted and an hour beside it are of one sort, as two days are.
        counted, dated = [], sorted({*counted, *dated})
    _set(items, counted, "section-count", 0.9, "days or the like, counted", 2)
    _set(items, dated, "section-date", 0.85, "days, dates or hours alone on their lines", 2)
    _set(items, _loud_names(items, lone), "section-name", 0.8, "a name in capitals that opens stretch after stretch", 3)
    if not any(item.kind == "heading" for item in items):
        # Where chapters are marked otherwise, such a line is a game's message, a sign, a song's title.
        _set(items, _bold_titles(items, lone), "section-bold", 0.8, "short bold lines, each far from the others", 2)
        _set(items, _centred_titles(items, lone), "section-centred", 0.75, "short centred lines, each far from the others", 2)
    # What else opens nothing heads nothing.
    lone = [k for k in lone if _opens(items, k, outline.gap)]
    _set(items, _names(items, lone, outline.gap), "section-name", 0.8, "a name that opens stretch after stretch", 3)
    _set(
        items,
        _bare_titles(items, lone, outline.gap),
        "section-title",
        0.75,
        "short lines without a stop after wide gaps, as elsewhere",
        2,
    )
    return Outline(tuple(items), outline.gap)


def _set(items: list[Item], places: list[int], rule: str, confidence: float, evidence: str, least: int) -> None:
    if len(places) < least:
        return
    first = next((k for k, item in enumerate(items) if item.kind == "heading"), len(items))
    # What stands above the first chapter is inside none: letters that lead up to it, say.
    leading = [k for k in places if k < first]
    chapters = len(leading) > 1 and far_apart(items[:first], leading, CHAPTER_LENGTH)
    for k in places:
        become = heading_of if chapters and k < first else section_of
        items[k] = become(items[k], unadorned(items[k].text), rule, confidence, evidence)


def heads_a_section(text: str) -> bool:
    """Tell a point of view, a day or a date alone on its line."""
    line = unadorned(text)
    return len(text) <= 70 and (_is_view(line) or _is_counted(line) or _is_dated(line))


def _matching(items: list[Item], lines: dict[int, str], sort: Callable[[str], bool]) -> list[int]:
    sorted_out = {line for line in set(lines.values()) if sort(line)}
    return [k for k, line in lines.items() if line in sorted_out and items[k].kind == "text"] if sorted_out else []


# Most lines lack the word that each sort has: then its pattern is not even compiled.


def _is_view(line: str) -> bool:
    folded = line.casefold()
    may_be = "pov" in folded or "p.o.v" in folded or "point of view" in folded or "perspective" in folded
    return may_be and re.fullmatch(_POV, line) is not None


def _is_counted(line: str) -> bool:
    return line.split(None, 1)[0].casefold() in SPANS and re.fullmatch(_SPAN, line) is not None


def _is_dated(line: str) -> bool:
    folded = line.casefold()
    may_be = "day" in folded or folded in ("noon", "midnight") or any(map(str.isdigit, line))
    return may_be and re.fullmatch(rf"{_DATED}|{_PLACED}|[12]\d{{3}}", line) is not None


def _greets(text: str) -> bool:
    """Tell the line that greets whom a letter is for: the date above it is the letter's."""
    return (len(text) <= 60 and text[-1] in ",:") or text.startswith(("Dear ", "My dear", "Dearest "))


def _is_later(line: str) -> bool:
    return line[0].isupper() and line.casefold().endswith(_LATER_ENDS) and re.fullmatch(_LATER, line) is not None


def _is_lone(items: list[Item], k: int) -> bool:
    """Tell a short line with text below it."""
    item = items[k]
    return item.kind == "text" and len(item.text) <= 70 and k + 1 < len(items) and items[k + 1].kind in ("text", "quote", "verse")


def _opens(items: list[Item], k: int, gap: int) -> bool:
    """Tell a place where something new begins: after a break, a heading or a wide gap."""
    above = items[k - 1].kind if k else "break"
    return items[k].gap > gap or above in ("break", "pause", "heading", "section", "title", "author", "front", "more", "dropped")


def _names(items: list[Item], lone: list[int], gap: int) -> list[int]:
    """Find names alone on lines that open something, where at least one name comes back.

    Those with a wide gap below them too are another sort: one sort proves nothing for the other.
    """
    found = [k for k in lone if _is_lone(items, k) and _is_name(unadorned(items[k].text))]
    near = [k for k in found if items[k + 1].gap <= gap]
    far = [k for k in found if items[k + 1].gap > gap]
    return sorted(k for alike in (near, far) if _come_back(items, alike) for k in alike)


def _loud_names(items: list[Item], lone: list[int]) -> list[int]:
    """Find names in capitals alone on lines, a gap above them or none: people of the story, parted by stretches of it."""
    found = [k for k in lone if items[k].text.isupper() and _is_lone(items, k) and _is_name(unadorned(items[k].text))]
    names = {unadorned(items[k].text).title() for k in found}
    if not 1 < len(names) <= _MOST_VIEWS or not _come_back(items, found) or not far_apart(items, found, _STRETCH):
        return []
    told = "\n".join([item.text for item in items if item.kind == "text"])
    return found if all(re.search(rf"(?<=[^\W\d_A-Z] ){re.escape(name)}\b", told) for name in names) else []


def _come_back(items: list[Item], places: list[int]) -> bool:
    times = Counter(unadorned(items[k].text).casefold() for k in places)
    return any(count > 1 for count in times.values()) and len(times) * 3 <= len(places) * 2


def _is_name(text: str) -> bool:
    """Tell a name, or two of them joined (`Tobin & Mara`)."""
    words = [word for word in text.split() if word not in ("&", "and", "/", "+")]
    return 0 < len(words) <= (3 if len(words) == text.count(" ") + 1 else 5) and all(
        word[0].isupper() and word.replace(".", "").replace("-", "").isalpha() for word in words
    )


def _bare_titles(items: list[Item], lone: list[int], gap: int) -> list[int]:
    """Find lines after one same wide gap that read like titles; in a sentence's case only where no paragraph lacks its stop."""
    likely = [
        k for k in lone if items[k].gap > gap and _is_lone(items, k) and is_title(items[k].text) and _speaks_not(items[k].text)
    ]
    if not likely:
        return []
    titled = [k for k in likely if is_title_case(items[k].text)]
    chosen = likely if len(titled) * 2 < len(likely) and _ends_with_stops(items) and len(likely) > 2 else titled
    widest = Counter(items[k].gap for k in chosen).most_common(1)
    chosen = [k for k in chosen if items[k].gap == widest[0][0]] if widest else []
    first = next((k for k, item in enumerate(items) if item.kind not in ("title", "author", "break", "pause", "dropped")), -1)
    if (
        chosen
        and first not in chosen
        and _is_lone(items, first)
        and is_title(items[first].text)
        and is_title_case(items[first].text)
    ):
        # What stands above the first one is the title's white space, whatever the others have.
        chosen.insert(0, first)
    repeats = len({items[k].text for k in chosen}) < len(chosen)
    return chosen if len(chosen) > 1 and not repeats and far_apart(items, chosen, 100) else []


def _bold_titles(items: list[Item], lone: list[int]) -> list[int]:
    """Find lines that are bold from end to end and read like titles, a stretch of text below each: headings made by hand.

    What comes back is a name, through whose eyes the story sees, or none is a heading.
    """
    said = {k: words for k in lone if (words := undressed(items[k].text, BOLD))}
    bold = [k for k, words in said.items() if is_title(words) and words[0] not in "\"“'‘-–—" and words[-1] != "!"]
    if not all(is_title_case(said[k]) for k in bold):
        return []
    alike = len({said[k] for k in bold}) == len(bold) or (all(_is_name(said[k]) for k in bold) and _come_back(items, bold))
    return bold if bold and alike and far_apart(items, bold, STRETCH_BELOW) else []


def _centred_titles(items: list[Item], lone: list[int]) -> list[int]:
    """Find centred lines in title case, much text below each and none of them twice: headings made by hand, not signs."""
    indented = [k for k in lone if items[k].indent >= FAR]
    if not indented:
        return []
    usual = Counter([item.indent for item in items if item.kind == "text"]).most_common(1)[0][0]
    centred = [k for k in indented if items[k].indent >= usual + FAR and is_title(items[k].text) and _speaks_not(items[k].text)]
    titles = {unadorned(items[k].text) for k in centred}
    alike = len(titles) == len(centred) > 1 and all(map(is_title_case, titles))
    return centred if alike and far_apart(items, centred, STRETCH_BELOW) else []


def _speaks_not(text: str) -> bool:
    """Tell a title from speech: one between quotation marks has many words, all with capitals."""
    return text[0] not in "\"“'‘-–—" or (text.count(" ") > 2 and is_title_case(text))


def _ends_with_stops(items: list[Item]) -> bool:
    """Tell a book in which a long paragraph hardly ever ends without a stop."""
    ends = [item.text.rstrip("\"”'’*_)]")[-1:] in ".!?…-–—:;," for item in items if item.kind == "text" and len(item.text) > 80]
    return ends.count(False) * 50 <= len(ends)
