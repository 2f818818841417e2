"""What stands before and after the story: title and author lines, labelled openings, notes at the end."""

import re
from itertools import pairwise

from pressbook.markup.apart import FAR, epigraph_at, set_epigraph
from pressbook.markup.contents import is_contents
from pressbook.markup.headings import BOLD, EMPHASIS, is_title_case, read_heading, read_number, undressed
from pressbook.markup.lexicon import NOT_PAST, PAST, words
from pressbook.markup.links import without_links
from pressbook.markup.outline import is_structural
from pressbook.markup.sections import heads_a_section
from pressbook.markup.table import Item, Note, Outline

# Kept as text, compiled by `re` at first use: start-up is quick.
_LABEL = (
    r"(?i)(?P<lead>[*_/]{0,3})(?P<label>(?:fore?wards?|forewords?|preface|introduction|dedication|acknowledge?ments?|a/?n|an"
    r"|author['’]?s?['’]? ?notes?|notes?(?: from the author)?|disclaimers?|claimer|summary|warnings?|content warnings?"
    r"|trigger warnings?|[tc]w|rat(?:ed|ing)|pairings?|genres?|fandoms?|characters?|spoilers?|beta|category|status"
    r"|words?(?: count)?|archive|feedback|timeline|setting|tags?|additional tags|relationships?|copyright|epigraph"
    r"|inspired by|song"
    r"|title|author|parts?|chapters?|classification|keywords|distribution|from|to|date|subject|newsgroups)[ ]?(?:#?\d+)?)"
    r"(?P<mid>[*_/]{0,3})\s*:\s*(?P<tail>[*_/]{0,3})"
)
_LABEL_ALONE = (
    r"(?i)(?P<lead>[*_/]{0,3})(?P<label>a/n|author['’]?s?['’]? notes?|dedication|acknowledge?ments?|disclaimer|copyright)"
    r"(?P<mid>[*_/]{0,3})(?P<tail>)"
)
_SPEAKS = (
    r"(?i)(?:a/?n|author['’]?s?['’]? ?notes?|notes?.*|fore?wards?|forewords?|preface|introduction|dedication|acknowl.*)"
    r"[ ]?(?:#?\d+)?"
)
"""Labels behind which an author speaks, perhaps for more than a paragraph."""
_NOTE_AT_END = r"(?i)(?:a/?n|author['’]?s?['’]? ?notes?|afterword|end ?notes?|disclaimers?|acknowledge?ments?|credits)\b"
_BYLINE = (
    r"(?i)((?:written by|a (?:short )?(?:story|novel|novella|tale|fanfic(?:tion)?) by|story by|by|author|pen ?name)[\s:]+)"
    r"([^\W_].{0,60})"
)
_TITLED = r"(?i)((?:story )?title:)\s*(\S.{0,80})"
_TITLE_BY = r"(.{2,60}?)(,? by) ((?:[A-Z][\w.'’-]*\s?){1,4})"
_LABEL_IN_BOLD = r"^\*\*([^*:]{1,30}(?::\*\*|\*\*:))\s*(?=[^\s*])"
_BARE_NAME = r"[A-Z][\w'’-]*\.?(?: (?:[A-Z][\w'’-]*\.?|de|von|van|der|la|du|le)){1,3}"
_NEVER_NAMES = words(
    "the a an and of in on at to for with from part chapter book volume story tale novel contents prologue day one two"
    " road street avenue lane square bridge city town village county state island bay river lake hill hills mountain mountains"
    " station inn hotel hall school college university hospital church squadron company club department police army"
)
_DEDICATION = (
    r"(?i)(?:for|to|dedicated to|in (?:loving )?memory of|this (?:book|story|one) is (?:for|dedicated to))\s+"
    r"(?:[^\W_][\w'’.,&-]*[ ]?){1,16}"
)
_WHOM = words(
    "the a an my our your his her their all any every everyone everybody anyone anybody those whoever you him them us"
    " no nobody each both mum mom dad mother father"
)
"""Words that begin to say whom a dedication is for, if no name does: not a span of time, nor a verb."""
_RELATIVE = r"\b(?:who|whom|whose|which|because)\b"
_ADDRESS = r"\b(?:I|I['’]\w+|my|me|you|your|review|reviews|chapter|story|fic|read|reading|enjoy|thanks)\b"
_SMALL_WORDS = words("a an and as at but by for from in into of on or the to with nor vs de la")
_PARTICLES = words("de la von van der and")
_SPEECH = frozenset('"“”″')
_MARKS = "\"'“”‘’„‟‚‛`´«»‹›"
_NEVER_FIRST = frozenset(">-–—#~" + _MARKS)
_NEVER_LAST = frozenset(".,;:!?…-—–*_″" + _MARKS)
_MOST_NOTES = 6
_FEWEST_LABELS = 4
"""So many short labels would fill as many pages, each for itself."""
_LONGEST_LABEL = 160
_LONGEST_TITLE = 140
"""So many characters a title may have that the author's line below it proves."""
_STORY = ("text", "plain", "verse", "centred", "signature", "quote")


def find_title(outline: Outline) -> Outline:
    """Take a short title line at the very top, with the author's line under it if there is one."""
    items = outline.items
    at = [k for k, item in enumerate(items[:12]) if item.kind not in ("break", "pause", "picture")]
    if len(at) < 2 or items[at[0]].kind not in ("text", "heading"):
        return outline
    first, under = at[:2]
    title, after = _undressed(items[first]), items[under]
    author = _author(items, under, outline.gap) if under == first + 1 else None
    bold = _undressed(items[first], BOLD)
    if not author or (title != bold and not author[0].label and title.text[-1] in ".,;:"):
        title, author = bold, None  # a slanted line may be a thought
    if labelled := re.fullmatch(_TITLED, title.text):
        title = title._replace(text=labelled[2].strip(), label=labelled[1])
    if title.kind == "heading" and (not author or not author[0].label or title.note is None or read_heading(title.text)):
        return outline
    parted = re.fullmatch(_TITLE_BY, title.text) if not author and title.kind == "text" and after.gap >= outline.gap else None
    if parted and is_title_case(parted[1]) and _named("by", parted[3]):
        author = items[first]._replace(text=parted[3], label="by", gap=0), first + 1
        title = title._replace(text=parted[1])
    words = without_links(title.text)
    evidence = "the first line says so" if labelled else _why_title(words, bool(author), after.gap > outline.gap)
    if not evidence or not (labelled or author or not _recurs(title, items[first:])):
        return outline
    sure = 0.95 if author or labelled else 0.8
    taken = [*items[:first], title._replace(kind="title", note=Note("title", "title", sure, evidence))]
    if author:
        says = "a line that begins with “by” under the title" if author[0].label else "a name alone under the title"
        rule, sure = ("author", 0.97) if author[0].label else ("author-alone", 0.7)
        taken.append(author[0]._replace(kind="author", note=Note("title", rule, sure, says)))
    return Outline((*taken, *items[author[1] if author else first + 1 :]), outline.gap)


def _undressed(item: Item, dress: str = EMPHASIS) -> Item:
    """Take the emphasis from a line that has it from end to end, as titles do, or from the label it begins with."""
    if item.kind != "text" or item.text[:1] not in ("*", "_"):
        return item
    text = undressed(item.text, dress) or item.text
    return item._replace(text=re.sub(_LABEL_IN_BOLD, lambda match: match[1].replace("*", "") + " ", text))


def _recurs(title: Item, items: tuple[Item, ...]) -> bool:
    """Tell whether the title's words come back as a line of the story, and not as a chapter's name."""
    words = _bare(title)
    return any(item.kind == "text" and _bare(item) == words and not _counts(above) for above, item in pairwise(items))


def _counts(item: Item) -> bool:
    """Tell a heading that may take its name from the line below it."""
    return read_heading(item.text) is not None or read_number(item.text) is not None


def _bare(item: Item) -> str:
    return item.text.replace("\\", "")


def _author(items: tuple[Item, ...], k: int, gap: int) -> tuple[Item, int] | None:
    """Read the author's line under a title: `by Ada`, `Author: Ada`, `by` above `Ada`, or a name alone above a wide gap."""
    item = _undressed(items[k])
    after = items[k + 1] if k + 1 < len(items) else None
    if item.kind != "text" or len(item.text) > 80 or "\n" in item.text:
        return None
    byline = re.fullmatch(_BYLINE, item.text)
    if byline and byline[2].rstrip(".").count(" ") <= 5 and byline[2][-1] not in ',;:!?"”' and _named(item.text, byline[2]):
        return item._replace(text=byline[2].strip(), label=byline[1].rstrip()), k + 1
    if after is None or after.kind not in ("text", "plain", "heading", "section", "quote", "break") or byline:
        return None
    if (
        re.fullmatch(r"(?i)(?:written )?by:?", item.text)
        and len(after.text) <= 60
        and after.kind == "text"
        and _named("by", after.text)
    ):
        return after._replace(label=item.text), k + 2
    edge = FAR + min(other.indent for other in items[k + 1 : k + 6])
    centred = item.indent >= edge and items[k - 1].indent >= edge  # as the title is
    opens = centred or after.gap > max(item.gap, gap) or read_heading(after.text) is not None or after.kind == "heading"
    bare = re.fullmatch(_BARE_NAME, item.text) and not words(item.text.casefold()) & _NEVER_NAMES
    return (item, k + 1) if opens and bare and not read_heading(item.text) and not read_number(item.text) else None


def _named(line: str, author: str) -> bool:
    """Tell a name from the rest of a sentence: its words begin with capitals, or it is one word, or “by” begins with none."""
    names = re.findall(r"[^\W_]+", author)
    return (
        len(author.split()) == 1
        or (line[0].islower() and author[0].isupper())
        or all(name[:1].isupper() or not name[:1].isalpha() or name in _PARTICLES for name in names)
    )


def _why_title(text: str, byline: bool, wide_gap: bool) -> str:
    """Say why the first line is a title; nothing if it may be a paragraph."""
    line = re.findall(r"[^\W_]+(?:['’′][^\W_]+)*", text)
    if (
        len(text) > (_LONGEST_TITLE if byline else 80)
        or len(line) > (24 if byline else 12)
        or "\n" in text
        or is_contents(text)
        or re.match(_LABEL, text)
        or read_heading(text)
        or read_number(text)
        or (text[0] == "\\" and is_structural(text[1:]))
    ):
        return ""
    if byline:
        return "the first line, with the author's name under it"
    if heads_a_section(text):
        return ""
    first = text.lstrip("\\*_/ ")[:1]
    if text[-1] in _NEVER_LAST or not first or first in _NEVER_FIRST or not any(letter.isalpha() for letter in text):
        return ""
    if text.isupper():
        return "the first line, in capitals"
    if all(word[:1].isupper() or word in _SMALL_WORDS or not word[:1].isalpha() for word in line) and text[0].isupper():
        return "the first line, in title case and without a full stop"
    return "the first line, without a full stop and with a gap below" if wide_gap and len(line) <= 8 else ""


def find_front(outline: Outline) -> Outline:
    """Set labelled openings before the story apart as front matter, and what stands apart without a label above a heading."""
    items = list(outline.items)
    unlabelled: list[tuple[int, int, Note]] = []
    labelled = -1
    k = 0
    while k < len(items):
        item = items[k]
        if item.kind in ("title", "author", "break", "pause", "dropped"):
            k += 1
        elif (end := _end_of_labels(items, k)) - k >= _FEWEST_LABELS:
            note = Note("front", "labels", 0.9, "labels with a few words each, one below another")
            items[k] = item._replace(kind="front", label="", note=note)
            for at in range(k + 1, end):
                items[at] = items[at]._replace(kind="more")
            labelled, k = k, end
        elif opened := _open(item, "front"):
            items[k] = opened
            labelled = k
            end = _after_more(items, k + 1) if item.kind == "quote" else _end_of_note(items, k, outline.gap)
            for at in range(k + 1, end):
                items[at] = items[at]._replace(kind="more")
            k = end
        elif found := _without_label(items, k):
            unlabelled.append((k, *found))
            k = found[0]
        else:
            break
    heads = k < len(items) and items[k].kind in ("heading", "section")
    for start, end, note in reversed(unlabelled):
        if heads or start < labelled:
            items[start] = items[start]._replace(kind="front", label="", note=note)
            for at in range(start + 1, end):
                items[at] = items[at]._replace(kind="more")
        elif items[start].kind == "text" and note.rule == "dedication":
            items[start] = items[start]._replace(kind="quote", note=note)
        elif note.rule == "epigraph":
            set_epigraph(items, start, end)
    return Outline(tuple(items), outline.gap)


def _end_of_labels(items: list[Item], k: int) -> int:
    """Find where the labels end that stand on top of a posting, each with a few words: they are of one piece."""
    kinds = ("text",) if items[k].kind == "text" else ("quote", "more")
    end = k
    while end < len(items) and items[end].kind in kinds and (end == k or items[end].kind == kinds[-1]):
        words = items[end].text
        label = label_of(words)
        if words and (len(words) > _LONGEST_LABEL or not label or re.fullmatch(_SPEAKS, label["label"].strip())):
            break
        end += 1
    return end


def _after_more(items: list[Item], k: int) -> int:
    while k < len(items) and items[k].kind == "more":
        k += 1
    return k


def _without_label(items: list[Item], k: int) -> tuple[int, Note] | None:
    """Find a dedication, an epigraph or a quotation above the story: (one past its end, why)."""
    item = items[k]
    if item.kind == "quote":
        end = _after_more(items, k + 1)
        credited = end < len(items) and items[end].kind == "signature"
        return end + credited, Note("front", "quotation", 0.9, "a quotation above the first heading")
    if item.kind == "text" and _is_dedication(item.text):
        return k + 1, Note("front", "dedication", 0.85, "a line that says for whom, above the story")
    if (end := epigraph_at(items, k)) and not any(label_of(part.text) for part in items[k:end]):
        return end, Note("front", "epigraph", 0.85, "a dash and a name close a quotation above the story")
    if item.kind == "verse":
        return k + 1, Note("front", "verse", 0.8, "lines kept above the first heading")
    return None


def _is_dedication(text: str) -> bool:
    """Tell a line that says for whom from a story's first sentence: it names somebody, and nothing happens in it.

    What those named did (`For Anna, who lit it`) does not count.
    """
    if len(text) > 120 or not re.fullmatch(_DEDICATION, text):
        return False
    opening, _, rest = text.partition(" ")
    if opening.lower() in ("for", "to") and not (rest[:1].isupper() or rest.split(None, 1)[0].lower() in _WHOM):
        return False
    told = re.split(_RELATIVE, rest, maxsplit=1)[0].replace("'", "’")
    verbs = {word.strip(".,&") for word in told.split()} - {"dedicated"}
    return not any(
        word in PAST or (len(word) > 4 and word.endswith("ed") and word.islower() and word not in NOT_PAST) for word in verbs
    )


def find_notes(outline: Outline) -> Outline:
    """Set an author's notes at a chapter's beginning or end apart, inside the book."""
    items = list(outline.items)
    heads = [k for k, item in enumerate(items) if item.kind == "heading"]
    for k in heads:
        at = k + 1
        while at < len(items) and items[at].kind == "text" and _is_note(items[at].text):
            end = _end_of_note(items, at, outline.gap)
            _set_note(items, at, end)
            at = end
        begin = _begin_of_note(items, k)
        if begin > 0 and items[begin - 1].kind != "heading":
            _set_note(items, begin, k)
    return Outline(tuple(items), outline.gap)


def _is_note(text: str) -> bool:
    return label_of(text) is not None and re.match(_NOTE_AT_END, text.lstrip("*_(["), re.IGNORECASE) is not None


def _begin_of_note(items: list[Item], end: int) -> int:
    """Find where the note begins that a heading at `end` closes; -1 if nothing above it may be one."""
    for at in range(end - 1, max(-1, end - 1 - _MOST_NOTES), -1):
        if not _may_be_note(items[at]):
            break
        if items[at].kind == "text" and _is_note(items[at].text):
            return at
    return -1


def _may_be_note(item: Item) -> bool:
    return item.kind in ("text", "break", "pause") and _SPEECH.isdisjoint(item.text)


def _set_note(items: list[Item], start: int, end: int) -> None:
    note = Note("front", "note", 0.9, "an author's note at a chapter's edge")
    for at in range(start, end):
        if items[at].kind == "text":
            items[at] = items[at]._replace(kind="quote", note=note if at == start else None)


def find_back(outline: Outline) -> Outline:
    """Set the author's notes after the story apart as back matter."""
    items = list(outline.items)
    start = len(items)
    passed = 0
    """Paragraphs without a label, below."""
    for k in range(len(items) - 1, max(-1, len(items) - 1 - 4 * _MOST_NOTES), -1):
        item = items[k]
        if item.kind in ("title", "author", "front", "heading", "section", "plain", "picture"):
            break
        if item.kind == "more" or item.kind in ("break", "pause"):
            continue
        label = label_of(item.text)
        if item.kind == "quote":
            if not label or passed:
                break
            start = k
        elif label and re.match(_NOTE_AT_END, label["label"]) and start - k <= _MOST_NOTES:
            start, passed = k, 0
        elif start - k > _MOST_NOTES or not _SPEECH.isdisjoint(item.text):
            break
        else:
            passed += 1
    if start == len(items) or not any(item.kind in _STORY for item in items[:start]):
        return outline
    tail = [_back(item) for item in items[start:] if item.kind not in ("break", "pause")]
    return Outline((*items[:start], *tail), outline.gap)


def _back(item: Item) -> Item:
    return _open(item, "back") or item._replace(kind="more")


def label_of(text: str) -> re.Match[str] | None:
    """Find the label that opens a note, such as `A/N:`; None if there is none."""
    if ":" in text[:40]:
        return re.match(_LABEL, text)
    return re.fullmatch(_LABEL_ALONE, text) if len(text) < 40 else None


def _open(item: Item, kind: str) -> Item | None:
    """Open front or back matter with a labelled paragraph; None if it has no label."""
    if item.kind not in ("text", "verse", "quote") or not (match := label_of(item.text)):
        return None
    rest = item.text[match.end() :]
    closed = match["mid"] or match["tail"]
    if match["lead"] and not closed:
        rest = match["lead"] + rest
    elif not match["lead"] and closed:
        rest = match["tail"] + rest if match["tail"] else rest
    note = Note("front", "label", 0.95, f"opens with “{match['label']}:”")
    return item._replace(kind="front" if kind == "front" else "back", text=rest, label=match["label"].strip(), note=note)


def _end_of_note(items: list[Item], k: int, gap: int) -> int:
    """Find where a typed note ends: after one paragraph, or at the next gap if all before it speaks to the reader."""
    alone = not items[k].text.strip()
    for end in range(k + 1, min(len(items), k + 2 + _MOST_NOTES)):
        item = items[end]
        if item.kind != "text" or item.gap > gap or label_of(item.text):
            return end
        if alone and end == k + 1:
            continue
        if not _SPEECH.isdisjoint(item.text) or not re.search(_ADDRESS, item.text):
            break
    return min(len(items), k + 2) if alone else k + 1
