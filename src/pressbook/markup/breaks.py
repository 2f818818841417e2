"""Scene breaks and pauses: typed markers, gaps of blank lines, and which of them only hold the breath."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from unicodedata import category

from pressbook.markup.lexicon import words
from pressbook.markup.table import Item, Note, Outline, count

FEW_WORDS = 12
"""As many words between two gaps make the gaps pauses."""

_LETTERED = r"[\W_]*[xXoO0](?:[\W_]*[xXoO0])*[\W_]*"
_SAYS = (
    r"(?:(?:insert )?(?:line|scene|section|page|time|chapter|paragraph|pov|view|story)[ _-]*"
    r"(?:break|change|skip|shift|divider|separator|jump)|horizontal (?:line|rule)|divider|hr ?/?|(?:&?nbsp;?\s*)+)(?: here)?"
)
_SAYS_BREAK = rf"(?i)[\W_]*{_SAYS}[\W_]*|[\W_]*[xo]{{2,}}[\W_]*{_SAYS}[\W_]*[xo]{{2,}}[\W_]*"
_SAYS_BETWEEN_SIGNS = (
    r"(?i)[\W_]+(?:(?:new |next |end )?scene|break|skip|cut|line|divider|separator|change|shift|ornament|asterisks|[slp]b)[\W_]+"
)
_SCISSORS = r"[-–—=~_ ]*(?:(?:8<|>8)[-–—=~_ ]*)+"
_CENTRED_SIGNS = r"(?i)<center>[\W_]+</center>"
_DOTS = r"[.·•](?:\s+[.·•])*|(?=[.·•:\s]*:)[.·•:][.·•:\s]*[.·•:]|\[(?:\.\.\.|…)\]"
_SILENCE = r"([*_/~]{1,3})[.…!?]*(?:[.!?]{2}|…)[.…!?]*\1"
_FACE = r"(?:\^\^[;\"']?|[:;=8][-o'^]?[()DPp/\\|3*]+|\(?[-^>~.][_.][-^<~.]\)?;?|<3)"
_STARE = r"[oOTQuU][_.][oOTQuU]"
# Signs that stand for an oath shout at their end, or are a jumble with a dollar in it.
_CURSE = r"(?=.*[!?]$)[*!?]*[*@#$%&!?]{3,}[!?]+|(?=.*\$)(?=.*[#@])(?=.*[%&!])[*@#$%&!?]{3,}"
_STROKES = r"[\\/]{2,}|(?:\\[*#_~=+-]\s*){2,}"
"""Zigzags, and signs that some program wrote so that Markdown takes them for letters."""
_EMPTY_BRACKETS = r"\[+ ?\]+|\(+ ?\)+|\{+ ?\}+|<\s?>"
_RUNS = r"([;,])(?:\s?\1){2,}"
_DRAWN = (
    "[\u025e\u029a\u02b0-\u02ff\u0a87\u0b13\u0b90\u0c0c\u0c8e\u0e51\u10e6\u196b\u1bd3\u1c14\u1d25\ua565\uaa04"
    "\u309b\u309c\uff9e\uff9f\u30df\u5f61\U00013000-\U0001342f]"
)
"""Letters that those draw with who write in other ones: wings, hearts, flowers, the dots of kana."""
_PUNCTUATION = frozenset("\"'“”‘’«»„‚?!.…,;:()[]{}¿¡\u200c\u200d")
_NOT_MARKS = frozenset('"“”‘«»„\\')
_FIRST_LETTERS = frozenset("xXoOlLsSpPtThHdDvVwWzZiIcChH")
_THREE_WORDS = 5
"""Characters that three words take at least; in fewer, only a frame of signs makes initials of letters."""
_CRIES = words("NO YES RUN GO OH AH HA HEY WHY NOW BOO HO HE I WE YOU OUT OFF DIE THE AND")
"""What is shouted three times may be a refrain."""


@lru_cache(maxsize=4096)
def is_marker(text: str) -> bool:
    """Tell a typed scene break: a line without words, made of signs, or of the letters that serve as signs (`xXx`, `oOo`)."""
    if not text or len(text) > 120:
        return False
    first = text[0]
    if not text.isascii() and any(map(str.isalnum, re.findall(_DRAWN, text))):
        return _is_drawing(text)
    if first.isalpha() and first not in _FIRST_LETTERS:
        return False
    if "\\" in text and re.fullmatch(_STROKES, text):
        return True
    if any(mark in text for mark in _NOT_MARKS):
        return text in ("»»»", "«««")
    if first.isalpha() and first not in "xXoO":
        # Without a sign before it, a letter opens a marker only where it is all there is, or where words say that here is a break.
        return (text.isalnum() and _is_ornamental_letter(text)) or bool(re.fullmatch(_SAYS_BREAK, text))
    if not any(letter.isalnum() for letter in text):
        return _is_sign(text)
    if re.fullmatch(_STARE, text):
        return False
    if re.fullmatch(_LETTERED, text):
        return _letters_serve_as_signs(text)
    if re.fullmatch(rf"(?:<3\s*)+|{_SCISSORS}", text) or _is_ornamental_letter(text) or re.fullmatch(_CENTRED_SIGNS, text):
        return True
    return bool(re.fullmatch(_SAYS_BREAK, text)) or (bool(re.fullmatch(_SAYS_BETWEEN_SIGNS, text)) and text[-1] not in ".!?,")


def _is_sign(text: str) -> bool:
    """Accept a line of signs; refuse silence (`...`, `*…*`), cries (`?!`) and faces (`:-)`)."""
    if re.fullmatch(_DOTS, text):
        return True
    if re.fullmatch(_EMPTY_BRACKETS, text) or re.fullmatch(_RUNS, text):
        return True
    if re.fullmatch(_SILENCE, text) or re.fullmatch(_FACE, text) or re.fullmatch(_CURSE, text):
        return False
    return any(sign not in _PUNCTUATION and not sign.isspace() for sign in text)


def _is_drawing(text: str) -> bool:
    """Accept a drawing with letters in it, one by one between signs that no sentence has, or one again and again: `ʚ♡ɞ`, `~ღ~`."""
    letters = [sign for sign in text if sign.isalnum()]
    if not all(re.match(_DRAWN, letter) for letter in letters) or not _NOT_MARKS.isdisjoint(text):
        return False
    if any(category(sign) in ("So", "Sm", "Sk") or sign in "*-•·･°" for sign in text):
        return all(len(set(word)) == 1 for word in re.findall(r"[^\W_]+", text))
    return text == len(text) * letters[0] and letters[0] in "ღஐꕥ"


def _is_ornamental_letter(text: str) -> bool:
    """Accept one letter, again and again between signs and mirrored: `~s~s~`, `-v-`, `~*S*~`; and `vVv`, whose height sways."""
    letters = [letter for letter in text if letter.isalnum()]
    if len({letter.casefold() for letter in letters}) > 1 or not letters[0].isalpha():
        return False
    if any(sign in _PUNCTUATION and sign not in ".:()" for sign in text) or _mirrored(text) != text:
        return False
    if len(letters) == len(text):
        return len(text) > 2 and len(text) % 2 == 1 and all(a.isupper() != b.isupper() for a, b in pairwise(text))
    return (
        not text[0].isalnum()
        and text[0] not in ".(:"
        and (len(letters) > 1 or (len(text) >= 5 and text.strip(" -–—") not in "aAI"))  # a word between dashes
        and all(not (a.isalnum() and b.isalnum()) for a, b in pairwise(text))
    )


def _mirrored(text: str) -> str:
    return text[::-1].translate(_TURNED)


_TURNED = str.maketrans("<>()[]{}/\\", "><)(][}{\\/")


def _letters_serve_as_signs(text: str) -> bool:
    """Accept `xxx`, `oOo`, `-x-`, `x`; refuse speech (`Ooo!`), kisses (`xoxo`) and chapter numbers (`XX`)."""
    if any(sign in "!?,;'’…" for sign in text):
        return False
    if text[0].isalnum() != text[-1].isalnum():
        return False
    letters = [letter for letter in text if letter.isalnum()]
    word = "".join(letters)
    if word.isdigit():
        return set(word) == {"0"} and (len(word) > 2 or (not text[0].isalnum() and _mirrored(text) == text))
    if (word != word[::-1] and word.casefold() != word[::-1].casefold()) or word in ("X", "XX", "O", "o", "oo"):
        # Where nothing but letters mirrors, the signs between and around them must.
        return len(letters) < len(text.replace(" ", "")) and not text[0].isalnum() and _mirrored(text).casefold() == text.casefold()
    return True


def find_breaks(outline: Outline) -> Outline:
    """Turn typed markers and gaps wider than the book's habit into scene breaks; a gap, a marker and a gap are one break."""
    items: list[Item] = []
    pending: Item | None = None
    normal = usual_gap(outline)
    for k, item in enumerate(outline.items):
        if item.kind == "break":
            if pending is None or (_has_letters(item) and not _has_letters(pending)):
                pending = item  # of two breaks in a row the one whose letters are told
        elif item.kind == "pause":
            if pending is None:
                items.append(item)
        else:
            if pending is not None:
                items.append(pending)
            elif item.gap > normal and items and _parts_scenes(outline.items, k):
                items.append(_gap(item, normal))
            items.append(item)
            pending = None
    if pending is not None:
        items.append(pending)  # it parts nothing, and is told as dropped if it has letters
    return Outline(tuple(items), normal)


def _has_letters(item: Item) -> bool:
    return any(sign.isalnum() for sign in item.text)


def find_recurring(outline: Outline) -> Outline:
    """Take lines of a few letters for scene breaks where they come back all through the book."""
    recurring = _recurring_initials(outline.items)
    if not recurring:
        return outline
    return Outline(
        tuple(_recurred(item) if item.kind == "text" and item.text in recurring else item for item in outline.items), outline.gap
    )


def _recurred(item: Item) -> Item:
    evidence = f"a line of its own that comes back all through the book: {item.text}"
    return item._replace(kind="break", note=Note("scene-break", "recurring", 0.85, evidence))


def _recurring_initials(items: tuple[Item, ...]) -> frozenset[str]:
    """Find `~HP~`, `--SS--`, `HP HP HP`, a lone `o`: a few letters that serve as signs, three times or more, text between."""
    at: dict[str, list[int]] = {}
    for k, item in enumerate(items):
        if item.kind == "text" and len(item.text) <= 40:
            if (places := at.get(item.text)) is None:
                at[item.text] = [k]
            else:
                places.append(k)
    often = (text for text, places in at.items() if len(places) > 2 and min(b - a for a, b in pairwise(places)) > 2)
    return frozenset(filter(_may_be_initials, often))


def _may_be_initials(text: str) -> bool:
    if text in ("o", "O", "oo", "x", "X", "0"):
        return True
    if text[-1] in ".,;!?…" or not _NOT_MARKS.isdisjoint(text):
        return False
    if len(text) < _THREE_WORDS and text[0].isalnum():
        return False
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) > 2 and len(set(words)) == 1:
        return len(words[0]) <= 3 and words[0].isupper() and words[0] not in _CRIES
    lead = re.match(r"[\W_]*", text)
    framed = lead is not None and bool(lead[0]) and text.endswith(lead[0][::-1].translate(_TURNED))
    return framed and len(words) == 1 and len(words[0]) <= 3 and words[0].isupper() and words[0] != "I"


def usual_gap(outline: Outline) -> int:
    """Count the blank lines that part paragraphs by habit: where every fourth gap is wider, the wider one is a habit too."""
    gaps = Counter(item.gap for above, item in pairwise(outline.items) if above.kind == item.kind == "text")
    total, wider = gaps.total(), sum(times for gap, times in gaps.items() if gap > outline.gap)
    habit = outline.gap
    for gap in sorted(gap for gap in gaps if gap > outline.gap):
        if total < 12 or 4 * wider <= total:
            break
        habit, wider = gap, wider - gaps[gap]
    return habit


def _parts_scenes(items: tuple[Item, ...], k: int) -> bool:
    """Tell whether a wide gap above an item parts scenes; what stands apart has white space around it anyway."""
    item = items[k]
    if item.kind == "text" or item.kind == "quote":
        above = items[k - 1]
        if above.kind == "section" or (above.kind in (*_APART, "picture") and above.gap >= item.gap):
            return False
    if item.kind in _APART:
        return k + 1 < len(items) and item.kind != "centred" and items[k + 1].gap < item.gap
    return item.kind == "text"


_APART = ("verse", "centred", "signature", "quote")


def _gap(item: Item, normal: int) -> Item:
    evidence = f"{count(item.gap, 'blank line')} where the book has {normal}"
    return Item("break", "", item.line, item.gap, note=Note("scene-break", "gap", 0.9, evidence))


def tell_pauses(outline: Outline) -> Outline:
    """Make gaps pauses where one closes on another after a few words, so that no ornament crowds a single line."""
    items = list(outline.items)
    last = -1
    words = 0
    for k, item in enumerate(outline.items):
        if item.kind == "break" and not item.text:
            if last >= 0 and k - last <= 3 and 0 < words <= FEW_WORDS:
                for at in (last, k):
                    note = Note("pause", "closing-gaps", 0.9, f"a gap that closes on another after {count(words, 'word')}")
                    items[at] = Item("pause", "", items[at].line, items[at].gap, note=note)
            last, words = k, 0
        elif item.kind == "text" and last >= 0:
            words += len(item.text.split()) if len(item.text) < 200 else 1000
        else:
            last = -1
    return Outline(tuple(items), outline.gap)


def without_idle(items: Iterable[Item]) -> list[Item]:
    """Leave out the breaks and pauses at the edges of chapters, which part nothing; one that letters stand for keeps them."""
    left: list[Item] = []
    waiting: list[Item] = []
    begun = front = False
    for item in items:
        if item.kind in ("break", "pause"):
            if begun or any(map(str.isalnum, item.text)):
                waiting.append(item)
            continue
        if item.kind in ("heading", "front", "back") or (front and item.kind != "more"):
            waiting = [mark for mark in waiting if any(map(str.isalnum, mark.text))]
            front = item.kind == "front"
            begun = item.kind != "heading" and bool(item.text.strip())
        elif item.kind not in ("title", "author", "dropped"):
            begun = True
        left += [*waiting, item]
        waiting = []
    return left + [mark for mark in waiting if any(map(str.isalnum, mark.text))]
