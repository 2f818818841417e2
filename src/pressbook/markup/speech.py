"""Speech as state: which marks open, close, or stand for a letter, read as the cheapest story that they all tell together.

Each mark may play a few parts, and each part has a price by what stands beside it: a mark after a full stop is hardly an
apostrophe, one before `tis` hardly anything else. Speech is a stack of what is open, and what goes against its order has a
price as well: a closing mark with nothing open, speech that never closes. The cheapest reading of a paragraph is found
exactly, once backwards over its marks and once forwards; by how much it is cheaper than the next best is its confidence.

The shape of a curly mark only ever adds to the price of parts that it contradicts. So a reading that was written out in curly
marks is again the cheapest reading of itself. Where a mark is turned, those beside it are read anew, since they see another.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import compress, cycle, filterfalse, islice
from typing import Literal, NamedTuple, TypeAlias

from pressbook.markup.languages import Language, language_of
from pressbook.markup.table import Habits
from pressbook.markup.untouched import code_spans, holds_address, replace, untouched_spans
from pressbook.values import Value

Role: TypeAlias = Literal["open", "close", "apostrophe", "prime"]
Choice: TypeAlias = tuple[Role, float]
Choices: TypeAlias = tuple[Choice, ...]
Place: TypeAlias = Literal["opening", "closing", "alone", "between"]

# What every paragraph is searched for begins with the sign itself and looks behind it afterwards: the engine leaps from sign to
# sign, where a pattern that begins with a look behind is tried at each letter.
_INSIDE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")
_FEET = re.compile(r"(\d(?<![\w.]\d)(?<!\.[*_]\d)\d{0,2})['’](?= ?\d{1,2}(?:\"|''|”|\b))(?! ?\d{3})")
_MARKS = "\"'“”‘’„‟‚‛`´«»‹›"
_RUN = re.compile(rf"[{_MARKS}](?:(?<!’)|(?![^\W_])|(?<![^\W_]’))[{_MARKS}*_\\]*")
_DOUBLE = re.compile('["“”]')
_WORD = re.compile(r"[^\W_]{1,24}(?:’[^\W_]{1,8})?")
_LAST_WORD = re.compile(r"(?:[^\W_]{1,24}’)?[^\W_]{1,24}$")
_IN_PASSING = re.compile(r"(?<=[\w*] )['‘’](?=\w)[^.,;:!?]*$")  # behind emphasis, too, whichever sign it is typed with
_LETTER = re.compile(r"[^\W\d_]['’](?![^\W_])")
_LETTERED = re.compile(r"(?<![^\W_])['‘’][^\W\d_]$")
_MAY_HAVE = re.compile(r"(?i)(?:[’']d|n[’']t|\b(?:would|could|should|might|must|may|to|n’t|ought)) ['‘’]$")
_SPEAKS_OF_LETTERS = re.compile(r"(?i)\b(?:an?|the|no|and|or|for|with|letters?|capital|silent|double|extra|missing|word) ['‘’]$")
_JUST_CLOSED = re.compile(r"[.!?…]['’] $")
_DECADE = re.compile(r"\d0s\b")
_YEAR = re.compile(r"\d\d(?!\d)")
_INCHES = re.compile(r"′ ?\d{1,2}(?:[½¼¾]|\.\d)?$")
_DOUBLED_OPENING = re.compile(r"(?<![^\s(\[—-])''([^\W\d_]+)")
_DOUBLED_CLOSING = re.compile(r"(?<=[^\s(\[—-])''(?![^\W_'])")
_SEEN_WHOLE = re.compile(r"\b(?<!['’‘`])[^\W\d_]{2,24}\b(?!['’])")
_SEEN_BEGUN = re.compile(r"\b(?<!['’‘`])[^\W\d_]{2,24}(?=['’])")
_ENDS_AMID = re.compile(r"['’](?<=[^\W\d_].)(?= [^\W\d_A-Z])")
_BEGINS_AMID = re.compile(r"['‘’](?<=[^\W\d_A-Z] .)([^\W\d_A-Z]{2,24})(?!\w)")
_MAY_CLOSE = re.compile(r"[^.,;:!?\"“”'’]*+(?:['’](?<=[^\W_].)(?=[^\W_])[^.,;:!?\"“”'’]*+)*+[.,;:!?…—-]{0,3}['’]")

_FAMILY = {mark: family for family, typed in (("D", '"“”„‟'), ("S", "'‘’‚‛`´"), ("G", "«»"), ("H", "‹›")) for mark in typed}
_EMPHASIS = "*_\\"
_BLANK = frozenset(" \t\n\u00a0\u2002\u2003\u2009\u200a\u202f")
_OPENERS = _BLANK | frozenset("([{</¿¡")
_CLOSERS = _BLANK | frozenset(".,;:!?)]}>…/")
_DASHES = frozenset("—–-")
_STOPS = frozenset(".,!?…;:—–-)]}*_")
_CLUSTERED = frozenset("nlfpc")
"""Letters behind which dialect drops a `d` or a `t`: `islan'`, `worl'`, `lef'`, `kep'`, `objec'`."""
_MOST_IN_A_RUN = 6
"""A longer run of marks is an ornament, not speech."""
_WINDOW = 1024
"""So many marks are read together; beyond them a paragraph is read on from what they left open."""
_DEEPEST = 3
_CLAUSE = 200
"""So far a clause is followed to a mark that may close it."""
_MOST_MARKS = 4
"""So many marks at most are asked whether one may close a clause."""
_MOST_READINGS = 4
"""So often at most a paragraph is read anew."""
PATIENCE = 12
"""Through so many paragraphs without a mark, the lines of a song say, speech may stay open."""

# Prices. A part that costs nothing is what the place suggests; from 4 on something must have been mistyped.
_ASTRAY = 6.0
"""A closing mark with nothing open that it could close."""
_OPEN_AGAIN = 7.0
"""An opening mark inside speech of its own kind: the closing one before it is missing."""
_MISPLACED = 7.5
"""A double mark that opens where the place says it closes, or the other way."""
_LEFT_OPEN = 4.0
"""Speech that never closes, and an inner quotation that its outer one cuts off."""
_LEFT_OPEN_TOO = 1.0
"""An inner quotation at the end of a paragraph whose outer one stays open: a letter read aloud line by line."""
_GOES_ON = 0.6
"""Speech left open where the next paragraph opens with its mark again."""
_UNTOLD = 1.5
"""Speech left open that the next paragraph goes on with, without a mark."""

_AGAINST: dict[str, dict[Role, float]] = {
    "“": {"close": 3.0, "prime": 3.0},
    "”": {"open": 3.0, "prime": 1.0},
    "„": {"close": 6.0, "prime": 6.0},
    "‘": {"close": 3.0, "apostrophe": 0.7, "prime": 3.0},
    "’": {"open": 3.0, "prime": 1.0},
    "‚": {"close": 6.0, "apostrophe": 6.0, "prime": 6.0},
    "`": {"close": 3.0, "apostrophe": 0.7, "prime": 3.0},
    "«": {"close": 6.0},
    "»": {"open": 6.0},
    "‹": {"close": 6.0},
    "›": {"open": 6.0},
}
"""What a mark's own shape adds to the price of the parts it contradicts."""


class Mark(Value):
    """A mark and the part that it plays."""

    start: int
    end: int
    family: str
    """`D` double, `S` single, `G` and `H` guillemets, double and single."""
    role: Role
    level: int
    """Of the quotation that it opens or closes, from 1; 0 for what is none, and for what closes nothing."""
    margin: float
    """How much dearer any other part would be."""
    why: str = ""


class Strays(NamedTuple):
    """Where marks first go against the order of speech; -1 for nowhere."""

    closes: int = -1
    """A mark closes and nothing is open."""
    opens: int = -1
    """A mark opens and speech of its kind is open."""


class Reading(Value):
    """A paragraph's marks, and what it leaves open."""

    text: str
    """With the apostrophes inside words curled and the feet before inches primed."""
    weighed: tuple[Mark, ...] = ()
    """The marks that had to be weighed one by one; empty where they stand in turn."""
    inside: int = 0
    """How many apostrophes inside words were straight."""
    feet: int = 0
    """How many marks became feet."""
    trimmed: int = 0
    """Whether spaces just inside quotation marks went, and were looked for how often."""
    open: str = ""
    """The families still open at its end, outermost first."""
    carried: bool = False
    """Whether it begins amid speech that the paragraph above left open, without a mark of its own."""
    strays: Strays = Strays()
    in_turn: bool = False
    """Whether its marks are double ones that open and close in turn, each in its place."""
    turned: Mapping[int, str] = {}
    """The marks that were typed the wrong way round, as typed, by their places."""

    @property
    def speaks(self) -> bool:
        """Whether it has marks."""
        return self.in_turn or bool(self.weighed)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks in order; those in turn are listed when asked for, which an English book hardly ever does."""
        return _pairs(self.text) if self.in_turn else self.weighed


class Asked(Value):
    """A mark with the parts that it may play, and their prices."""

    start: int
    end: int
    family: str
    choices: Choices
    why: str = ""


class WordStock:
    """The book's own words, gathered when first asked for: what is seen whole somewhere explains what is clipped here.

    Where the book was read `before`, only what has changed is gathered again: the texts that are not `alike`.
    """

    def __init__(
        self, texts: Sequence[str], language: Language, before: "WordStock | None" = None, alike: Sequence[bool] = ()
    ) -> None:
        self._texts = texts
        self._language = language
        self._before = before
        changed = [not same for same in alike]
        self._gone = list(compress(before._texts, changed)) if before else []
        self._come = list(compress(texts, changed)) if before else texts

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that stand somewhere without a mark before or after them, in small letters."""
        return self._with_come(self._before.words, _whole) if self._before else _whole(self._texts)

    @cached_property
    def _begun(self) -> frozenset[str]:
        """All words that stand somewhere without a mark before them, but with one after them."""
        return self._with_come(self._before._begun, _begun) if self._before else _begun(self._texts)

    def _with_come(self, before: frozenset[str], seen: Callable[[Sequence[str]], frozenset[str]]) -> frozenset[str]:
        """Add what has come to what was seen before, if nothing has gone."""
        come = seen(self._come)
        if not seen(self._gone) <= come:
            return seen(self._texts)
        return before if come <= before else before | come

    @cached_property
    def _ended(self) -> Counter[str]:
        """How often a mark stands after each word amid a clause where none opened."""
        come = _ended_in(self._come)
        return self._before._ended + come - _ended_in(self._gone) if self._before else come

    @cached_property
    def _headed(self) -> Counter[str]:
        """How often a mark stands before each word amid a clause where none may close."""
        come = _headed_in(self._come, self._language)
        return self._before._headed + come - _headed_in(self._gone, self._language) if self._before else come

    @cached_property
    def _tails(self) -> frozenset[str]:
        """What is left of each word without its first letters."""
        if self._before and self._before.words is self.words:
            return self._before._tails
        return frozenset([word[cut:] for word in self.words for cut in range(1, min(6, len(word) - 2))])

    # What takes longest to gather is asked last: few words stand beside such a mark elsewhere, most are seen whole.

    def _unmarked(self, word: str) -> bool:
        """Tell whether a word stands somewhere without a mark before it."""
        return word in self.words or word in self._begun

    def headless(self, word: str) -> bool:
        """Tell whether a word is seen only with its head elsewhere (`scaphe` in a book of bathyscaphes)."""
        return len(word) > 2 and not self._unmarked(word) and word in self._tails

    def beheaded(self, word: str, here: bool) -> bool:
        """Tell whether a word elsewhere begins with a mark that opens nothing, and never without one; `here` it does so too."""
        return self._headed[word] > here and not self._unmarked(word)

    @cached_property
    def unbreathed(self) -> bool:
        """Whether the book drops the `h` of words that are none without it (`'ouse`, `'im`)."""
        lost = self._headed.keys() & self._language.unbreathed
        return sum(self._headed[word] for word in lost if not self._unmarked(word)) > 1

    def clipped(self, word: str, here: bool) -> bool:
        """Tell whether a word elsewhere ends with a mark that closes nothing, and never without one; `here` it does so too."""
        return self._ended[word] > here and word not in self.words

    def gless(self, word: str) -> bool:
        """Tell whether a word lost the last letter of its `-ing`; `again` did not."""
        return len(word) > 3 and word.endswith("in") and (word not in self.words or word + "g" in self.words)

    def tailless(self, word: str) -> bool:
        """Tell whether a word is seen only with its last letters elsewhere (`tol` in a book with `told`)."""
        return (
            len(word) > 1
            and word not in self.words
            and any(word + tail in self.words for tail in ("d", "t", "g", "f", "k", "h", "ve"))
        )


def _tokens(texts: Sequence[str]) -> set[str]:
    """List what stands between white space, commas and points, once, however often the book repeats it."""
    tokens: set[str] = set()
    for text in texts:
        tokens.update(text.replace(",", " ").replace(".", " ").split())
    return tokens


def _whole(texts: Sequence[str]) -> frozenset[str]:
    words = " ".join(_tokens(texts)).lower().split()
    # Two of three have no sign beside them: only the third is searched.
    plain = [word for word in filter(str.isalpha, words) if 1 < len(word) < 25]
    return frozenset(plain).union(_SEEN_WHOLE.findall(" ".join(filterfalse(str.isalpha, words))))


def _begun(texts: Sequence[str]) -> frozenset[str]:
    marked = [text for text in texts if "'" in text or "’" in text]
    return frozenset(_SEEN_BEGUN.findall(" ".join(_tokens(marked)).lower()))


def _ended_in(texts: Sequence[str]) -> Counter[str]:
    marked = [text for text in texts if "' " in text or "’ " in text]
    return Counter([_ended_amid(text, mark.start()) for text in marked for mark in _ENDS_AMID.finditer(text)])


def _headed_in(texts: Sequence[str], language: Language) -> Counter[str]:
    marked = [text for text in texts if " '" in text or " ’" in text or " ‘" in text]
    marks = ((text, mark) for text in marked for mark in _BEGINS_AMID.finditer(text))
    return Counter([mark[1] for text, mark in marks if not _may_close(text, mark.end(), language)])


def _may_close(text: str, start: int, language: Language) -> bool:
    """Tell whether a mark ends the clause that begins here; one behind a word that dialect clips does not."""
    end = start + _CLAUSE
    for _ in range(_MOST_MARKS):
        match = _MAY_CLOSE.match(text, start, end)
        if not match:
            return False
        start = match.end()
        if text[start - 2] in _BLANK and text[start : start + 1].isalnum():
            continue  # nothing closes before a word
        before = _LAST_WORD.search(text, max(match.start(), start - 40), start - 1)
        word = before[0].lower() if before else ""
        if word not in language.tails and not (language.drops_g and len(word) > 3 and word.endswith("in")):
            return True
    return True


def _names_letter(text: str, at: int) -> bool:
    """Tell a letter that is spoken of (`an 'e'`) from a word that lost both ends: `'n'`, `'o'`, `'a'` where `have` may stand."""
    letter = text[at].lower()
    if letter == "a":
        return _MAY_HAVE.search(text, max(0, at - 12), at) is None
    return letter not in "no" or _SPEAKS_OF_LETTERS.search(text, max(0, at - 12), at) is not None


def _ended_amid(text: str, at: int) -> str:
    """Name the word before a mark; none if another mark opened before it in the same clause."""
    if _IN_PASSING.search(text, max(0, at - 40), at):
        return ""
    match = _LAST_WORD.search(text, max(0, at - 40), at)
    return match[0].lower() if match else ""


class Memory:
    """What one reading of a book's speech leaves to the next, which is a reading of what this one made."""

    stock: WordStock | None = None
    sure: Sequence[str] = ()
    """Each paragraph as it was curled, if its double marks stand in turn or it has no marks: it reads alike then; else empty."""


def read_speech(texts: Sequence[str], habits: Habits, memory: Memory | None = None, *, curled: bool = False) -> list[Reading]:
    """Read the marks of a book's paragraphs in order; `curled` if English marks were set in them already."""
    memory = memory or Memory()
    alike = [text == was for text, was in zip(texts, memory.sure, strict=True)] if memory.sure else [False] * len(texts)
    memory.stock = WordStock(texts, language_of(habits.language), memory.stock if 2 * sum(alike) > len(texts) else None, alike)
    reader = _Reader(habits, curled, memory.stock)
    readings: list[Reading] = []
    known: dict[tuple[str, str, str], Reading] = {}
    """What is said again where as much is open reads as before, and is the same value."""
    carried = ""
    patience = PATIENCE
    families = [_first_family(text) for text in texts]
    for text, following, same in zip(texts, [*families, ""][1:], alike, strict=True):
        asked = (text, carried, following)
        if (reading := known.get(asked)) is None:
            known[asked] = reading = Reading(text, in_turn="“" in text) if same and not carried else reader.read(*asked)
        if reading.speaks:
            carried = reading.open if reading.open and reading.open[0] != following else ""
            patience = PATIENCE
        else:
            patience -= 1
            carried = carried if text and patience else ""
        readings.append(reading)
    return readings


def _first_family(text: str) -> str:
    """Name the family of the mark that opens a paragraph; empty if it opens with none."""
    return _FAMILY.get(text[:8].lstrip(_EMPHASIS)[:1], "")


class _Reader:
    """What the paragraphs of one book are read with."""

    def __init__(self, habits: Habits, curled: bool, stock: WordStock) -> None:
        self.language: Language = language_of(habits.language)
        self.stock = stock
        self.single = habits.speech == "single"
        own = self.language.marks and not curled
        # What the house writes is read as what it is, though the language has it not.
        foreign = not curled and not own and habits.house.quotes == "guillemets"
        self.directed = (self.language.directed if own else "“”‘’«»‹›" if foreign else "“”‘’") + "`"
        self.guillemets = bool(own) or foreign
        self.curled = curled
        """Whether every mark keeps its place, for others to write over."""
        self.blanks = frozenset(" \t\u00a0\u2009\u202f" if self.language.inside else " \t")
        """What is no part of a paragraph just inside a quotation mark."""
        self.in_turn = _in_turn("“" in self.directed, "”" in self.directed)

    def read(self, text: str, carried: str, following: str) -> Reading:
        """Read one paragraph, given what the one above left open and the family of the mark that opens the next."""
        inside = feet = 0
        if "'" in text or "’" in text:
            text, feet = _FEET.subn(r"\1′", text)
            text, inside = _INSIDE.subn("’", text) if not holds_address(text) else _curled_inside(text)
        if not carried and ('"' in text or "“" in text) and self.in_turn.fullmatch(text):
            return Reading(text, (), inside, feet, in_turn=True)
        if not _RUN.search(text):
            return Reading(text, (), inside, feet)
        starts = {"": 0.0}
        if carried and _first_family(text) != carried[0]:
            starts[carried] = _UNTOLD
        marks, left, strays, begun = self._resolve(self._ask(text), starts, following)
        trimmed = 0
        turned: dict[int, str] = {}
        # Without its stray spaces a mark may stand in another place, one typed the wrong way round misleads those beside it:
        # both are mended, and all are read anew.
        for _ in range(0 if self.curled else _MOST_READINGS if len(marks) < _WINDOW else 1):
            spaces, wrong = self._stray_spaces(text, marks), {} if self.guillemets else _typed_wrong(text, marks)
            if not spaces and not wrong:
                break
            text = _without(_with(text, {at: _RIGHT[sign] for at, sign in wrong.items()}), spaces)
            turned = {at - _gone(spaces, at): sign for at, sign in {**wrong, **turned}.items()}
            trimmed += bool(spaces)
            marks, left, strays, begun = self._resolve(self._ask(text), starts, following)
        return Reading(text, marks, inside, feet, trimmed, left, begun, strays, turned=turned)

    def _stray_spaces(self, text: str, marks: tuple[Mark, ...]) -> list[tuple[int, int]]:
        """Find the spaces typed just inside quotation marks."""
        spaces: list[tuple[int, int]] = []
        for mark in marks:
            if (
                mark.role == "open"
                and text[mark.end : mark.end + 1] in self.blanks
                and not text[max(0, mark.start - 4) : mark.start].rstrip(_EMPHASIS)[-1:].isalnum()
            ):
                end = mark.end
                while text[end : end + 1] in self.blanks:
                    end += 1
                spaces.append((mark.end, end))
                if text[end : end + 1] == "–" and text[end + 1 : end + 2] == " ":
                    spaces.append((end + 1, end + 2))  # a dash after an opening mark has no space of its own
            elif mark.role == "open" or mark.family == "S" or text[mark.end : mark.end + 4].lstrip(_EMPHASIS)[:1].isalnum():
                continue
            elif mark.role == "close" and text[mark.start - 1 : mark.start] in self.blanks:
                start = mark.start
                while text[start - 1 : start] in self.blanks:
                    start -= 1
                # A hyphen is parted from the mark: beside it, it would be a dash.
                if (not spaces or spaces[-1][1] <= start) and text[start - 1 : start] != "-":
                    spaces.append((start, mark.start))
        return spaces

    def _resolve(
        self, asked: Iterator[Asked], starts: dict[str, float], following: str
    ) -> tuple[tuple[Mark, ...], str, Strays, bool]:
        """Find the cheapest reading: (marks, what is left open, marks out of order, whether it began amid speech)."""
        marks: list[Mark] = []
        stack = ""
        astray = again = -1
        begun = False

        def at_end(left: str) -> float:
            if left and left[0] == following:
                return _GOES_ON + 1.0 * (len(left) - 1)
            return _LEFT_OPEN + _LEFT_OPEN_TOO * (len(left) - 1) if left else 0.0

        window = list(islice(asked, _WINDOW))
        while window:
            after = list(islice(asked, _WINDOW))
            stack, parts = _cheapest(window, starts, _no_end if after else at_end, self.single)
            begun = begun or (not marks and bool(stack))
            for mark, (role, margin) in zip(window, parts, strict=True):
                below, _ = _step(stack, mark.family, role, self.single)
                lost = role == "close" and mark.family not in stack
                if lost and astray < 0:
                    astray = mark.start
                if role == "open" and below == stack and again < 0:
                    again = mark.start
                level = max(1, len(below)) if role == "open" else len(below) + 1 if role == "close" and not lost else 0
                marks.append(Mark(mark.start, mark.end, mark.family, role, level, margin, mark.why))
                stack = below
            starts = {stack: 0.0}
            window = after
        return tuple(marks), stack, Strays(astray, again), begun

    def _ask(self, text: str) -> Iterator[Asked]:
        """Price the parts that each mark may play."""
        code = untouched_spans(text) if holds_address(text) else code_spans(text)
        passed = 0
        latex = "``" in text
        doubled = latex or ("''" in text and self._doubled(text))
        for run in _RUN.finditer(text):
            typed = run[0]
            start, end = run.span()
            while passed < len(code) and code[passed][1] <= start:
                passed += 1
            if passed < len(code) and code[passed][0] <= start:
                continue
            places = [k for k, mark in enumerate(typed) if mark not in _EMPHASIS] if len(typed) > 1 else [0]
            if len(places) > _MOST_IN_A_RUN:
                continue
            edge = start
            while edge and start - edge < 8 and text[edge - 1] in _EMPHASIS:
                edge -= 1
            before = text[edge - 1 : edge]
            place = _place(text, before, end)
            number = 0
            while number < len(places):
                at = start + places[number]
                mark = text[at]
                pair = text[at : at + 2]
                width = 2 if (pair == "``" and latex) or (pair == "''" and doubled) else 1
                first = number == 0
                touching = first if place == "closing" else number + width == len(places)
                number += width
                family = "D" if width == 2 else _FAMILY[mark]
                if family in "GH" and not self.guillemets:
                    continue
                why = ""
                choices: Choices
                if family == "S":
                    choices, why = self._single(text, place, edge, end, touching)
                else:
                    choices = _double(text, place, before, end)
                    if before.isdigit() and first and touching and place != "opening" and family == "D":
                        choices = _inches(choices, _INCHES.search(text, max(0, edge - 6), edge) is not None)
                if width == 1 and mark in self.directed:
                    choices = _directed(choices, mark)
                elif pair == "``" and width == 2:
                    choices = _directed(choices, "“")
                yield Asked(at, at + width, family, choices, why)

    def _doubled(self, text: str) -> bool:
        """Tell whether two single marks are typed for a double one (`''Hello,'' he said`)."""
        openings = [word for word in _DOUBLED_OPENING.findall(text) if word.lower() not in self.language.heads]
        return bool(openings) and '"' not in text and len(openings) == len(_DOUBLED_CLOSING.findall(text))

    def _single(self, text: str, place: Place, edge: int, end: int, touching: bool) -> tuple[Choices, str]:
        """Price the parts of a single mark."""
        before, after = text[edge - 1 : edge] if edge else "", text[end : end + 1]
        if before.isalnum() and after.isalnum():
            return (("apostrophe", 0.0), ("open", 5.0), ("close", 5.0)), "an apostrophe beside a mark of emphasis"
        if place == "opening":
            return self._leading(text, edge, end) if touching else ((("open", 0.0), ("apostrophe", 6.0), ("close", 6.0)), "")
        if place == "closing":
            return self._trailing(text, edge, end) if touching else ((("close", 0.0), ("apostrophe", 5.0), ("open", 5.0)), "")
        if place == "alone":
            opens, closes = (0.5, 6.0) if not before else (6.0, 0.5) if not after else (1.0, 1.0)
            return (("close", closes), ("open", opens), ("apostrophe", 1.5)), "a mark on its own"
        if before in _DASHES and touching:
            leading, why = self._leading(text, edge, end)
            return (*leading, ("close", 1.5)), why
        if before in _STOPS:
            return (("close", 0.3), ("open", 0.6), ("apostrophe", 6.0)), ""
        return (("close", 1.0), ("apostrophe", 1.0), ("open", 1.0)), ""

    def _leading(self, text: str, edge: int, end: int) -> tuple[Choices, str]:
        """Price what stands before a word: an opening mark, or the apostrophe of a word without its head."""
        match = _WORD.match(text, end)
        if not match:
            return (("open", 0.0), ("apostrophe", 5.0)), ""
        if match[0][0].isdigit():
            if _DECADE.match(text, end):
                return (("apostrophe", 0.0), ("open", 4.0)), "a decade without its century"
            # Whoever speaks in single marks opens a letter's date with one: `'24 May`.
            headed = self.single and not edge
            apostrophe, opens = (0.8 + 2.0 * headed, 1.2) if _YEAR.match(text, end) else (4.0, 0.3)
            return (("apostrophe", apostrophe), ("open", opens)), "a year without its century"
        word = match[0].lower()
        stem = word.partition("’")[0]
        if _LETTER.match(text, end):
            if _names_letter(text, end):
                return (("open", 0.0), ("apostrophe", 2.5)), f"“{word}” is a letter that is spoken of"
            if word == "a":
                return (("apostrophe", 0.0), ("open", 4.0)), "“a” is “have” without its head and tail"
        if stem in self.language.heads:
            return (("apostrophe", 0.0), ("open", 4.0)), f"“{word}” is a word without its head"
        lately = text[max(0, edge - 2) : edge].strip()[-1:]
        invites = not lately or not lately.isalnum()
        # Where single marks stand around speech, one that begins a paragraph opens it, though it may close paragraphs later;
        # so does one behind speech that has just closed.
        begins = self.single and (
            not lately or lately in ",.:;!?—" or _JUST_CLOSED.search(text, max(0, edge - 3), edge) is not None
        )
        odd = 3.5 * (self.single and not edge) or 1.0 * begins
        capital = text[end].isupper()
        # Whoever typed a mark that opens meant it so, and what `mark` wrote must stay.
        opened = text[edge] == "‘"
        amid = not (invites or capital or opened or _may_close(text, end, self.language))
        if self.language.heads and not opened and self.stock.beheaded(stem, amid and _BEGINS_AMID.match(text, edge) is not None):
            return (("apostrophe", 0.5), ("open", 1.5 + 1.5 * amid)), f"“{word}” lacks its head elsewhere in the book"
        if stem in self.language.doubtful or self._unbreathed(stem):
            why = f"“{word}” may lack its head"
            return (
                ("apostrophe", 0.8 + 0.3 * invites + 0.6 * (invites and capital) + odd),
                ("open", (0.8 if invites or capital else 1.5) + 1.5 * amid),
            ), why
        if self.stock.headless(stem):
            why = f"“{word}” is seen with its head elsewhere in the book"
            return (("apostrophe", 0.6 + 0.6 * (invites and capital) + odd), ("open", 1.4 + 1.5 * amid)), why
        if stem in self.stock.words or len(stem) < 2:
            apostrophe = 5.5 if begins else 3.0 if invites or capital else 2.4
            return (("open", 0.3 + 1.5 * amid), ("apostrophe", apostrophe)), f"“{word}” is a whole word"
        return (("open", 0.5 + 1.5 * amid), ("apostrophe", 2.0 + odd)), f"“{word}” is seen nowhere else"

    def _unbreathed(self, word: str) -> bool:
        """Tell whether a word may have lost its `h`."""
        return word in self.language.unbreathed and (word not in self.stock.words or self.stock.unbreathed)

    def _tailed(self, word: str) -> bool:
        """Tell whether dialect clips a word; `b'fo'` is clipped as `fo'` is."""
        last = word.rpartition("’")[2]
        tails = self.language.tails
        return word in tails or (len(last) > 1 and last in tails) or (self.language.drops_g and self.stock.gless(word))

    def _trailing(self, text: str, edge: int, end: int) -> tuple[Choices, str]:
        """Price what stands after a word: a closing mark, or the apostrophe of a word without its tail."""
        before = text[edge - 1 : edge]
        if before in _STOPS:
            return (("close", 0.0), ("apostrophe", 6.0), ("open", 5.0)), ""
        if before.isdigit():
            return (("close", 0.6), ("prime", 1.5), ("apostrophe", 2.0)), "a mark after a digit"
        if not before.isalpha():
            return (("close", 0.3), ("apostrophe", 3.0), ("open", 5.0)), ""
        match = _LAST_WORD.search(text, max(0, edge - 40), edge)
        word = match[0].lower() if match else before
        if len(word) == 1 and _LETTERED.search(text, max(0, edge - 3), edge):
            if _names_letter(text, edge - 1):
                return (("close", 0.0), ("apostrophe", 2.5)), f"“{word}” is a letter that is spoken of"
            if word == "a":
                return (("apostrophe", 0.0), ("close", 4.0)), "“a” is “have” without its head and tail"
        # Speech hardly ever closes without a stop; a word or two quoted in passing do, and are seldom clipped.
        passing = _IN_PASSING.search(text, max(0, edge - 40), edge) is not None
        unstopped = 0.0 if passing else 2.0 if self.single else 1.0
        if not self.language.english and text[end : end + 1] in tuple(",.;:!?"):
            unstopped = -1.0  # outside English the stop stands behind the mark, which makes it likelier to close
        if self._tailed(word):
            apostrophe, closes, why = 0.3, 2.5, f"dialect clips “{word}”"
        elif self.stock.clipped(word, not passing and _ENDS_AMID.match(text, edge) is not None):
            apostrophe, closes, why = 0.5, 2.2, f"“{word}” lacks its tail elsewhere in the book"
        elif word[-1] in "sxz":
            stopped = text[end : end + 1] not in _BLANK
            apostrophe, closes = (2.0, 0.5) if stopped else (1.2, 0.7 if passing else 1.0)
            why = f"“{word}” may be an owner"
        elif self.stock.tailless(word):
            apostrophe, closes, why = 0.6, 1.8, f"“{word}” is seen with its tail elsewhere in the book"
        elif self.language.drops_g and word[-1] in _CLUSTERED and len(word) > 2 and word not in self.stock.words:
            apostrophe, closes, why = 1.2, 1.4, f"“{word}” is seen nowhere else, and dialect clips what ends so"
        else:
            apostrophe, closes, why = 3.0, 0.6, f"“{word}” is a whole word"
        # Nothing opens between a letter and a space, whatever else is amiss.
        return (("apostrophe", apostrophe), ("close", closes + unstopped)), why


def _curled_inside(text: str) -> tuple[str, int]:
    """Curl the apostrophes inside words but those of addresses, where they are letters (`o'brien@…`)."""
    curled = replace(_INSIDE.pattern, "’", text)
    return curled, curled.count("’") - text.count("’")


_RIGHT = {"“": "”", "”": "“", "‘": "’", "’": "‘", "`": "’", "„": "”", "‚": "’"}


def _typed_wrong(text: str, marks: tuple[Mark, ...]) -> dict[int, str]:
    """Find the marks whose shape contradicts their part, by their places."""
    wrong: dict[int, str] = {}
    for mark in marks:
        typed = text[mark.start]
        if mark.end - mark.start == 1 and mark.role != "prime" and typed in ("”’" if mark.role == "open" else _SHAPED_OPEN):
            wrong[mark.start] = typed
    return wrong


_SHAPED_OPEN = frozenset("“‘`„‚")


def _with(text: str, signs: Mapping[int, str]) -> str:
    """Put other signs in some places of a text."""
    letters = list(text)
    for at, sign in signs.items():
        letters[at] = sign
    return "".join(letters)


def _gone(spans: list[tuple[int, int]], at: int) -> int:
    """Count the letters of spans that stand before a place."""
    return sum(end - start for start, end in spans if end <= at)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Leave out some spans of a text."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


@cache
def _in_turn(opens: bool, closes: bool) -> re.Pattern[str]:
    """Compile what most paragraphs of speech are: double marks that open and close in turn, each in its place.

    No other reading of them is cheaper. `opens` and `closes` say whether the curly ones do so in the language.
    """
    words = rf"[^{_MARKS}]*+(?:’(?<=[^\W_]’)(?=[^\W_])[^{_MARKS}]*+)*+"
    openers, closers = (re.escape("".join(sorted(signs - {".", "…"}))) for signs in (_OPENERS, _CLOSERS))
    opening = rf'["{"“" * opens}](?<![^{openers}].)(?=[^{closers}.…{_MARKS}*_\\]|…[^\W_]|\.\d)'
    closing = rf'["{"”" * closes}](?<=[^{openers}].)(?=[{closers}]|[.…](?![^\W_])|\Z)'
    return re.compile(f"(?:{words}{opening}{words}{closing})+{words}")


def _pairs(text: str) -> tuple[Mark, ...]:
    """List double marks that open and close in turn."""
    roles: Iterator[Role] = cycle(("open", "close"))
    marks = zip(_DOUBLE.finditer(text), roles, strict=False)
    return tuple([Mark(mark.start(), mark.end(), "D", role, 1, _ASTRAY) for mark, role in marks])


def _leads(text: str, at: int) -> bool:
    """Tell an ellipsis or point that leads a word or number (`…and`, `.45`) from one that follows."""
    after = text[at + 1 : at + 2]
    return (text[at] == "…" and after.isalnum()) or (text[at] == "." and after.isdigit())


def _place(text: str, before: str, end: int) -> Place:
    """Say what the letters around a run of marks suggest."""
    after = text[end : end + 1]
    opens = not before or before in _OPENERS
    closes = not after or (after in _CLOSERS and not _leads(text, end))
    if opens != closes:
        return "opening" if opens else "closing"
    if opens or (before in _DASHES and after in _DASHES):
        return "alone"
    return "closing" if after in _DASHES else "between"


def _double(text: str, place: Place, before: str, end: int) -> Choices:
    """Price the parts of a double mark."""
    after = text[end : end + 1]
    if place == "opening":
        return (("open", 0.0), ("close", _MISPLACED))
    if place == "closing":
        return (("close", 0.0), ("open", _MISPLACED))
    if place == "alone":
        opens, closes = (6.0, 0.0) if not after else (0.0, 6.0) if not before else (1.0, 1.0)
        return (("open", opens), ("close", closes))
    if before in _STOPS and before not in _DASHES:
        return (("close", 0.4), ("open", 0.4 if before == ":" else 0.6))
    return (("open", 0.5), ("close", 0.5))


def _inches(choices: Choices, sure: bool) -> Choices:
    """Let a double mark after a digit be inches, for certain where feet stand before them."""
    if sure:
        return (("prime", 0.0), *((role, price + 4.0) for role, price in choices))
    return (*choices, ("prime", 1.5))


@lru_cache(maxsize=4096)
def _directed(choices: Choices, mark: str) -> Choices:
    """Add to the price of the parts that a mark's own shape contradicts."""
    against = _AGAINST[mark]
    return tuple([(role, price + against.get(role, 0.0)) for role, price in choices])


def _no_end(left: str) -> float:
    return 0.0


@cache
def _step(stack: str, family: str, role: Role, single: bool) -> tuple[str, float]:
    """Say what is open after a mark played its part, and what that costs beyond the part's own price."""
    if role == "open":
        if not stack:
            usual = family in "GH" or (family == "S") == single
            return family, 0.0 if usual else 1.0 if family == "S" else 0.6
        if stack[-1] == family:
            return stack, _OPEN_AGAIN
        if len(stack) >= _DEEPEST:
            return stack, _OPEN_AGAIN + 1.0
        return stack + family, 0.2 if len(stack) == 1 else 1.0
    if role == "close":
        at = stack.rfind(family)
        if at < 0:
            return stack, _ASTRAY
        return stack[:at], _LEFT_OPEN * (len(stack) - at - 1)
    return stack, 0.0


_Move: TypeAlias = tuple[Role, float, str]
"""What a mark may do to what is open: its part, the price, what is open then."""


@lru_cache(maxsize=4096)
def _moves(
    stacks: frozenset[str], family: str, choices: Choices, single: bool
) -> tuple[dict[str, tuple[_Move, ...]], frozenset[str]]:
    """List what a mark may do to each stack that may be open, and all that may be open then."""
    moves: dict[str, tuple[_Move, ...]] = {}
    for stack in stacks:
        steps = [(role, price, *_step(stack, family, role, single)) for role, price in choices]
        moves[stack] = tuple([(role, price + extra, after) for role, price, after, extra in steps])
    return moves, frozenset([after for way in moves.values() for _, _, after in way])


def _cheapest(
    asked: list[Asked], starts: dict[str, float], at_end: Callable[[str], float], single: bool
) -> tuple[str, list[tuple[Role, float]]]:
    """Find the cheapest parts for a stretch of marks: (what was open before them, part and margin of each).

    What can be open is followed forwards, prices to go are summed backwards, then the path is walked. Linear.
    """
    ways: list[dict[str, tuple[_Move, ...]]] = []
    stacks = frozenset(starts)
    for mark in asked:
        moves, stacks = _moves(stacks, mark.family, mark.choices, single)
        ways.append(moves)
    to_go = {stack: at_end(stack) for stack in stacks}
    ahead = [to_go]
    for moves in reversed(ways):
        to_go = {stack: min([price + to_go[after] for _, price, after in way]) for stack, way in moves.items()}
        ahead.append(to_go)
    ahead.reverse()
    start = stack = min(starts, key=lambda stack: starts[stack] + to_go[stack])
    parts: list[tuple[Role, float]] = []
    for moves, then in zip(ways, ahead[1:], strict=True):
        way = moves[stack]
        totals = [price + then[after] for _, price, after in way]
        best = min(totals)
        k = totals.index(best)
        totals[k] = 1e9
        parts.append((way[k][0], min(totals) - best))
        stack = way[k][2]
    return start, parts
