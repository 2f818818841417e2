"""The author overrules: what a rule did is undone, and what it did not do is done, without the rule knowing of it.

Rules change signs and styles, never a letter or digit. So a rule's work on a stretch is undone by taking the signs and styles
between the same letters from before the rule; and rules that come later see only what was left standing.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from pressbook.errors import nearest
from pressbook.markup.binding import plain
from pressbook.markup.italics import join_runs, survives
from pressbook.markup.places import BREAKS, LINES, Place, find, fold, follow, gather, key_of, letters_at, place_of, stretch
from pressbook.markup.table import Edited, Item, Note, Outline, Rule, Styled
from pressbook.model.finding import Finding, Level
from pressbook.model.story import Decision, DecisionKind, Manuscript, Overrule, Overrules, Run, Verdict

OVERRULED = "overruled"
"""The rule that a decision names if its author took it."""

_SIGNS = ("quote", "dash", "ellipsis", "space")


class Ruling(NamedTuple):
    """An overrule, and where it stands in one item."""

    overrule: Overrule
    text: str
    """The item's words, in which the place is counted."""
    place: Place

    @property
    def kind(self) -> DecisionKind:
        """What is overruled."""
        return self.overrule.kind

    @property
    def accepts(self) -> bool:
        """Whether it is to be done, or not."""
        return self.overrule.verdict == "accept"


class Docket(NamedTuple):
    """All that is overruled in a story, ready to be looked up."""

    name: str = ""
    """The file that says so; empty if nothing is overruled."""
    rules: dict[str, Verdict] = {}  # noqa: RUF012 - read, never written
    rulings: dict[int, list[Ruling]] = {}  # noqa: RUF012 - read, never written
    """By the source line of the item in which they stand."""
    found: tuple[tuple[int, ...], ...] = ()
    """For each decision, the source lines on which its sentence stands."""

    def on(self, item: Item) -> list[Ruling]:
        """Return what is ruled on one item's words."""
        if not self.rulings:
            return []
        return [ruling for ruling in self.rulings.get(item.line, ()) if ruling.text == item.text]

    def skips(self, row: Rule[Any]) -> bool:
        """Tell whether a whole row of the table is rejected."""
        return self.rules.get(row.name) == "reject"

    def verdict(self, note: Note, row: str) -> Verdict | None:
        """Return what is said about the rule that wrote a note."""
        return self.rules.get(note.rule) or self.rules.get(row)


def summon(overrules: Overrules, items: Iterable[Item]) -> Docket:
    """Find where in these items each overrule stands; ConfigError if one contradicts itself."""
    if not overrules.name:
        return Docket()
    held = [(item.line, item.text) for item in items if item.kind not in ("break", "pause")]
    texts = [text for _, text in held]
    words = gather(texts if overrules.decisions else [])
    keys = [key_of(overrule, f"{overrules.name}: decision {n}") for n, overrule in enumerate(overrules.decisions, 1)]
    found = [find(key, overrule.kind, words, texts) for key, overrule in zip(keys, overrules.decisions, strict=True)]
    rulings: dict[int, list[Ruling]] = {}
    # The last word on a place is the one that means fewest others.
    for overrule, stretches in sorted(zip(overrules.decisions, found, strict=True), key=lambda pair: -len(pair[1])):
        for k, place in (place for places in stretches for place in places):
            rulings.setdefault(held[k][0], []).append(Ruling(overrule, texts[k], place))
    lines = tuple([tuple([held[places[-1][0]][0] for places in stretches]) for stretches in found])
    return Docket(overrules.name, dict(overrules.rules), rulings, lines)


# ── outline ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def hold(docket: Docket, row: str, before: Outline, after: Outline) -> Outline:
    """Let what is overruled stand: take back the items that a row of the table may not change, and change those that it must."""
    if not docket.name:
        return after
    items = _hold_paragraphs(docket, row, before, after)
    return Outline(tuple(_hold_breaks(docket, row, before, items, after.gap)), after.gap)


def _hold_paragraphs(docket: Docket, row: str, before: Outline, after: Outline) -> list[Item]:
    """Take back what paragraphs were taken for, with the paragraphs that were taken along."""
    typed = {item.line: item for item in before.items if item.kind not in ("break", "pause")}
    items: list[Item] = []
    taking_back = False
    for item in after.items:
        note, was = item.note, typed.get(item.line)
        if item.kind in ("break", "pause") or not (docket.rules or taking_back or item.line in docket.rulings):
            items.append(item)
        elif taking_back and was and item.kind != was.kind and not note:
            items.append(was)
        elif note and note.kind not in BREAKS and item.kind != "text" and _rejected(docket, row, note, item.line):
            taking_back = True
            items.append(_noted(was or item._replace(kind="text", note=None), _refusal(docket, row, note)))
        else:
            taking_back = False
            items.append(_accepted(docket, row, item))
    return items


def _accepted(docket: Docket, row: str, item: Item) -> Item:
    """Make a paragraph a heading if its author says so, and certain what its author confirms."""
    note = item.note
    heads = any(ruling.kind == "chapter" and ruling.accepts for ruling in docket.rulings.get(item.line, ()))
    offered = note and not note.applied and note.kind == "chapter" and docket.verdict(note, row) == "accept"
    if item.kind in ("text", "plain") and (heads or offered):
        note = note if note and note.kind == "chapter" else Note("chapter", OVERRULED, 1.0, "")
        return item._replace(kind="heading", note=_ruled(docket, note, "accept"))
    if note and note.applied and any(ruling.kind == note.kind and ruling.accepts for ruling in docket.rulings.get(item.line, ())):
        return item._replace(note=_ruled(docket, note, "accept"))
    return item


def _hold_breaks(docket: Docket, row: str, before: Outline, items: list[Item], gap: int) -> Iterator[Item]:
    """Decide what stands between two paragraphs: what the rules found, or what is said about the paragraph below."""
    stood = {(item.line, item.text): item for item in before.items if item.kind == "break"}
    between: list[Item] = []
    for item in items:
        if item.kind in ("break", "pause"):
            between.append(item)
            continue
        if not docket.rules and item.line not in docket.rulings:
            yield from between
            yield item
            between = []
            continue
        kept: list[Item] = []
        refusal: Note | None = None
        for mark in between:
            if not mark.note or not _rejected(docket, row, mark.note, item.line):
                kept.append(mark)
                continue
            refusal = _refusal(docket, row, mark.note)
            if mark.kind == "pause" and (was := stood.get((mark.line, ""))) and was.note:
                if not _rejected(docket, row, was.note, item.line):
                    kept.append(was)
            elif any(sign.isalnum() for sign in mark.text):
                kept.append(mark._replace(kind="text", note=None))  # no letter is lost: it was no marker, so it is words
        if wanted := _break_wanted(docket, row, item):
            # A marker of the right kind stays as its author typed it.
            marker = next((mark._replace(note=wanted.note) for mark in between if mark.kind == wanted.kind), wanted)
            kept = [*(mark for mark in kept if mark.kind == "text"), marker]
        yield from kept
        refused = len(kept) < len(between) or _break_refused(docket, item.line)
        yield _noted(item._replace(gap=min(item.gap, gap)) if refused else item, refusal)
        between = []
    yield from between


def _break_wanted(docket: Docket, row: str, item: Item) -> Item | None:
    """Return the break or pause that its author wants above a paragraph."""
    kinds = [ruling.kind for ruling in docket.rulings.get(item.line, ()) if ruling.kind in BREAKS and ruling.accepts]
    if item.note and item.note.kind in BREAKS and not item.note.applied and docket.verdict(item.note, row) == "accept":
        kinds.append(item.note.kind)
    if not kinds:
        return None
    note = _ruled(docket, Note(kinds[-1], OVERRULED, 1.0, ""), "accept")
    return Item("break", "* * *", item.line, note=note) if kinds[-1] == "scene-break" else Item("pause", "~", item.line, note=note)


def _refusal(docket: Docket, row: str, note: Note) -> Note | None:
    """Return what is left of a note whose rule is rejected; of one that is rejected in its place, the ruling itself tells."""
    return _ruled(docket, note, "reject") if docket.verdict(note, row) == "reject" else None


def _noted(item: Item, note: Note | None) -> Item:
    return item._replace(note=note) if note and item.kind == "text" and item.note is None else item


def _break_refused(docket: Docket, line: int) -> bool:
    return any(ruling.kind == "scene-break" and not ruling.accepts for ruling in docket.rulings.get(line, ()))


def _rejected(docket: Docket, row: str, note: Note, line: int) -> bool:
    if note.rule == OVERRULED:
        return False
    here = [ruling.accepts for ruling in docket.rulings.get(line, ()) if ruling.kind == note.kind]
    # What is said about one place weighs more than what is said about the rule.
    return not here[-1] if here else docket.verdict(note, row) == "reject"


# ── signs ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def settle_signs(docket: Docket, row: str, item: Item, before: str, edited: Edited) -> Edited:
    """Undo what a text rule did to an item's words where it is rejected: (text, notes that stand)."""
    after, notes = edited
    if not notes:
        return edited
    rulings = docket.on(item)
    if not rulings and not docket.rules:
        return edited
    kinds = {note.kind for note in notes}
    spans = [stretch(ruling.place, after) for ruling in rulings if ruling.kind in kinds and not ruling.accepts]
    left: list[Note] = []
    for note in notes:
        start, end = (note.start, note.end) if note.start >= 0 else (0, len(after))
        if _heard(note, rulings, after, start, end):
            continue
        if docket.verdict(note, row) == "reject":
            spans.append((start, end))
            left.append(_ruled(docket, note, "reject"))
        else:
            left.append(note)
    text = _undone(before, after, spans)
    if text == before:  # nothing is left of what the notes tell
        left = [note for note in left if not note.applied]
    return text, moved(left, after, text)


def _heard(note: Note, rulings: list[Ruling], text: str, start: int, end: int) -> bool:
    """Tell whether an author's word on the same letters takes a note's place."""
    for ruling in rulings:
        if ruling.kind == note.kind:
            first, last = stretch(ruling.place, text)
            if note.start < 0 or first == last:
                if first <= start and end <= last:
                    return True
            elif first < end and start < last:
                return True
    return False


def _undone(before: str, after: str, spans: list[tuple[int, int]]) -> str:
    """Put the signs from before back between the letters that the spans of `after` touch."""
    was, now = letters_at(before), letters_at(after)
    if not spans or len(was) != len(now):
        return after
    parts: list[str] = []
    for k in range(len(now) + 1):
        a, b = now[k - 1] + 1 if k else 0, now[k] if k < len(now) else len(after)
        c, d = was[k - 1] + 1 if k else 0, was[k] if k < len(was) else len(before)
        signs, typed = after[a:b], before[c:d]
        if signs == typed:
            parts.append(signs)
        elif len(signs) == len(typed):
            inside = (any(start <= at < end for start, end in spans) for at in range(a, b))
            parts.append("".join([old if hit else new for old, new, hit in zip(typed, signs, inside, strict=True)]))
        else:
            touched = any((start < b and a < end) or a <= start == end <= b or start < a == b < end for start, end in spans)
            parts.append(typed if touched else signs)
        parts.append(after[b : b + 1])
    return "".join(parts)


def spell_out(docket: Docket, item: Item, text: str) -> str:
    """Set the signs that an author spelt out."""
    for ruling in docket.on(item):
        if reads := ruling.overrule.reads:
            start, end = stretch(ruling.place, text)
            text = text[:start] + _with_letters_of(text[start:end], reads) + text[end:]
    return text


def _with_letters_of(text: str, reads: str) -> str:
    """Write signs as `reads` has them between the letters as the manuscript has them."""
    letters = iter([letter for letter in text if letter.isalnum()])
    return "".join([next(letters, sign) if sign.isalnum() else sign for sign in reads])


# ── styles ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Sign(NamedTuple):
    """One character with its style."""

    text: str
    italic: bool
    strong: bool


def settle_style(docket: Docket, row: str, item: Item, before: tuple[Run, ...], after: Styled) -> Styled:
    """Undo what a style rule did to an item's words where it is rejected, and do what it only offers where that is accepted."""
    rulings = docket.on(item)
    if not rulings and not docket.rules:
        return after
    runs = after.runs
    left: list[Note] = []
    places = [ruling.place for ruling in rulings if ruling.kind == "thought" and not ruling.accepts]
    wanted: list[tuple[Place, bool]] = []
    text = plain(runs)
    for note in after.notes:
        start, end = (note.start, note.end) if note.start >= 0 else (0, len(text))
        verdict = docket.verdict(note, row)
        if _heard(note, rulings, text, start, end):
            continue
        if verdict == "reject" and note.applied:
            places.append(place_of(text, start, end))
        elif verdict == "accept" and not note.applied:
            wanted.append((place_of(text, start, end), note.kind == "thought"))
        left.append(_ruled(docket, note, verdict) if verdict else note)
    for place in places:
        runs = _as_before(before, runs, place)
    notes = moved(left, text, plain(runs))
    for place, thought in wanted:
        text = plain(runs)
        runs = _slanted(runs, *stretch(place, text), thought=thought)
        notes = moved(notes, text, plain(runs))
    return Styled(runs, notes, _dropped(plain(before), plain(runs)))


def settle_marks(docket: Docket, item: Item, before: Styled, after: Styled) -> Styled:
    """Give back the quotation marks that an author spelt out, or wants as typed, once the house has written all others."""
    runs = after.runs
    for ruling in docket.on(item):
        if ruling.overrule.reads or (ruling.kind == "quote" and not ruling.accepts):
            runs = _as_before(before.runs, runs, ruling.place)
    if runs is after.runs:
        return after
    return before if runs == before.runs else Styled(runs, moved(after.notes, plain(after.runs), plain(runs)))


def set_as_said(docket: Docket, item: Item, styled: Styled) -> Styled:
    """Set what an author wants italic or roman, and write each of an author's decisions down."""
    rulings = docket.on(item)
    if not rulings:
        return styled
    runs, notes = styled.runs, styled.notes
    for ruling in rulings:
        text = plain(runs)
        start, end = stretch(ruling.place, text)
        if ruling.kind in ("thought", "italic") and ruling.accepts:
            runs = _slanted(runs, start, end, thought=ruling.kind == "thought")
        elif ruling.kind == "italic":
            signs = _signs(runs)
            signs[start:end] = [sign._replace(italic=False) for sign in signs[start:end]]
            runs = _runs(signs) if survives(_runs(signs)) else runs
        notes = moved(notes, text, plain(runs))
    text = plain(runs)
    for ruling in rulings:
        if ruling.kind in ("thought", "italic", *_SIGNS) or not ruling.accepts:
            start, end = stretch(ruling.place, text)
            note = Note(ruling.kind, OVERRULED, 1.0, "", start, end)
            notes = (*notes, _ruled(docket, note, ruling.overrule.verdict))
    return Styled(runs, notes)


def _as_before(before: tuple[Run, ...], after: tuple[Run, ...], place: Place) -> tuple[Run, ...]:
    """Put letters, and the signs on both sides of them, back to what they were."""
    was, now = _signs(before), _signs(after)
    at, here = letters_at(plain(before)), letters_at(plain(after))
    if len(at) != len(here):
        return after

    def edges(letters: list[int], length: int) -> slice:
        start = letters[place.first - 1] + 1 if place.first else 0
        return slice(start, letters[place.last] if place.last < len(letters) else length)

    now[edges(here, len(now))] = was[edges(at, len(was))]
    return _runs(now)


def _slanted(runs: tuple[Run, ...], start: int, end: int, *, thought: bool) -> tuple[Run, ...]:
    """Set a stretch in italic, its own emphasis in roman; a thought loses the single quotation marks around it."""
    signs = _signs(runs)
    dropped: tuple[int, ...] = ()
    if thought:
        start, end, dropped = _unquoted("".join([sign.text for sign in signs]), start, end)
    letters = [sign.italic for sign in signs[start:end] if sign.text.isalnum()]
    if not letters or 2 * sum(letters) > len(letters):
        return runs
    signs[start:end] = [sign._replace(italic=not sign.italic) for sign in signs[start:end]]
    turned = _runs([sign for at, sign in enumerate(signs) if at not in dropped])
    return turned if survives(turned) else runs


def _unquoted(text: str, start: int, end: int) -> tuple[int, int, tuple[int, ...]]:
    """Shrink a stretch to what stands inside its single quotation marks, if it has them: (start, end, where the marks stand)."""
    opener = start if text[start : start + 1] in ("‘", "'") else start - 1
    if opener < 0 or text[opener] not in "‘'":
        return start, end, ()
    closer = end - 1 if text[end - 1] in "’'" else end
    while closer < len(text) and text[closer] in ",.!?…—–":
        closer += 1
    if closer >= len(text) or text[closer] not in "’'" or text[closer + 1 : closer + 2].isalnum():
        return start, end, ()
    return opener + 1, closer, (opener, closer)


def _signs(runs: tuple[Run, ...]) -> list[Sign]:
    return [Sign(sign, run.italic, run.strong) for run in runs for sign in run.text]


def _runs(signs: list[Sign]) -> tuple[Run, ...]:
    styles = groupby(signs, key=lambda sign: sign[1:])
    return join_runs([Run("".join([sign.text for sign in alike]), *style) for style, alike in styles])


# ── notes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def moved(notes: Iterable[Note], before: str, after: str) -> tuple[Note, ...]:
    """Move notes to where their letters stand now."""
    notes = tuple(notes)
    if before == after or all(note.start < 0 for note in notes):
        return notes
    was, now = letters_at(before), letters_at(after)
    if len(was) != len(now):
        return notes
    return tuple(
        note
        if note.start < 0
        else note._replace(start=follow(note.start, was, now, len(after)), end=follow(note.end, was, now, len(after)))
        for note in notes
    )


def _dropped(before: str, after: str) -> tuple[int, ...]:
    """Say which signs of a text are gone from it."""
    if before == after:
        return ()
    gone: list[int] = []
    at = 0
    for k, sign in enumerate(before):
        if after[at : at + 1] == sign:
            at += 1
        else:
            gone.append(k)
    return tuple(gone)


def _ruled(docket: Docket, note: Note, verdict: Verdict) -> Note:
    """Make a note certain, and say who decided."""
    if note.evidence.startswith(f"{docket.name} "):
        return note
    evidence = f"{docket.name} {verdict}s it" + (f": {note.evidence}" if note.evidence else "")
    return note._replace(applied=verdict == "accept", confidence=1.0, evidence=evidence)


# ── findings ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def report(
    docket: Docket, manuscript: Manuscript, rows: Iterable[Rule[Any]], decisions: tuple[Decision, ...]
) -> tuple[Finding, ...]:
    """Report each overrule that finds nothing to rule on, more than one place, or a place where it cannot be done."""
    if not docket.name:
        return ()
    known = {*(row.name for row in rows), *(decision.rule for decision in decisions)} - {OVERRULED}
    done = {(one.kind, one.source_line) for one in decisions if one.evidence.startswith(f"{docket.name} accepts")}
    return (*_idle_rules(manuscript.overrules, sorted(known)), *_idle_decisions(docket, manuscript, done))


def _idle_rules(overrules: Overrules, known: list[str]) -> Iterator[Finding]:
    for rule, _ in overrules.rules:
        if rule not in known:
            near = nearest(rule, known)
            remedy = f"did you mean {near!r}?" if near else "`pressbook mark --list` names the rules that decide in this story"
            # A rule may well have nothing left to decide; one that is nearly another's name is misspelt.
            level: Level = "warning" if near else "notice"
            yield Finding(level, "stale-rule", f"{overrules.name}: no rule {rule!r} decides anything here", remedy=remedy)


def _idle_decisions(docket: Docket, manuscript: Manuscript, done: set[tuple[DecisionKind, int]]) -> Iterator[Finding]:
    for number, (overrule, found) in enumerate(zip(manuscript.overrules.decisions, docket.found, strict=True), 1):
        where, quoted = f"{docket.name}: decision {number}", f"“{_short(overrule.within)}”"
        lines = sorted(set(found))
        if not found:
            yield Finding("warning", "stale-decision", f"{where}: the story has no {quoted}", remedy=_nearest(overrule, manuscript))
        elif len(found) > 1:
            places = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines[:6]))}"
            message = f"{where}: {quoted} stands {len(found)} times, on {places}; it is decided for each"
            yield Finding("notice", "repeated-decision", message, remedy="quote more of what stands around it to mean one")
        if overrule.verdict == "accept" and overrule.kind in (*BREAKS, *LINES):
            for line in lines:
                if (overrule.kind, line) not in done:
                    message = f"{where}: no {overrule.kind} can stand at {quoted} on line {line}"
                    yield Finding("warning", "idle-decision", message, remedy="take the decision out, or move it")


def _nearest(overrule: Overrule, manuscript: Manuscript) -> str:
    """Say which paragraph is most like the sentence that was not found."""
    wanted = set(fold(overrule.within).split())
    best = max(manuscript.blocks, key=lambda block: len(wanted & set(fold(block.text).split())), default=None)
    if best is None or 2 * len(wanted & set(fold(best.text).split())) < len(wanted):
        return "correct `in`, or take the decision out"
    return f"is it line {best.line} now, “{_short(best.text)}”? Correct `in`, or take the decision out"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:60].rsplit(" ", 1)[0] + " …"
