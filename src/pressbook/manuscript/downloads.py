"""Fan fiction as others than the Archive hand it out: FanFicFare, FicHub, and pages saved from FanFiction.net and Wattpad.

What such a file says of its story is taken out of the tree before that is walked, so that only the story is read as one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pressbook.manuscript.archive import LANGUAGES
from pressbook.manuscript.faircopy import Draft, Piece, same_words, words
from pressbook.manuscript.trees import Element, local
from pressbook.model.finding import Finding
from pressbook.model.story import Found
from pressbook.values import replace

if TYPE_CHECKING:
    from pressbook.manuscript.hypertext import Walked

_FIGURES = words(
    "status published updated packaged completed chapters words publisher reviews favs follows favorites kudos hits comments"
    " bookmarks collections id site stats"
) | {"story url", "author url", "story id", "file created", "word count", "words added", "chapter count", "last checked"}
"""What a download counts: of the file and its readers, not of the story; the Archive calls it its stats."""
_NAMES = {"category": "Fandom", "rated": "Rating", "genres": "Genre"}
"""What a download calls a kind of tag for which the Archive has another word."""
_FEWEST_FIELDS = 3
_LONGEST_PAGE = 600
"""Words: a page with more is no title page, whatever labels it holds."""
_LABEL = re.compile(r"([A-Z][^:\n]{0,38}):")
_FICHUB = re.compile(r"Exported with the assistance of\s+FicHub\.net")
_FICHUB_FIELD = re.compile(r"(Status|Published|Updated|Words|Chapters|Rated|Rating|Language|Genres?|Original source): *(.*)")
_NEW = re.compile(r"^(\s*(?:\d+\. +)?)\(new\) +")
_PAGE_TITLE = re.compile(
    r"(?P<title>.+?)(?: Chapter (?P<number>\d+)(?:: (?P<name>.+))?)?, an? (?P<fandom>.+?) fan ?fic(?:tion)?(?: \| FanFiction.*)?"
)
_GENRES = words(
    "adventure angst crime drama family fantasy friendship general horror humor hurt comfort mystery parody poetry romance sci-fi"
    " spiritual supernatural suspense tragedy western"
)
_FURNITURE = re.compile(
    r"(?i)\+|comments?:? ?\d+|\d+ comments?|continue reading(?: next part)?|part \d+ of \d+|\(?continued in next part\)?"
)
"""What Wattpad writes around a part and between its paragraphs."""
_COUNT = re.compile(r"\d{1,4}|\d{1,3}(?:\.\d)?K")
_COUNT_AT_END = re.compile(r"(?<=[^\d\s][.!?…\"”’*])\d{1,4}\s*$")
_FURNITURE_AT_END = re.compile(r"(?:\s*\bComments? \d{1,4}|(?<=[.!?…\"”’*])\s*\+)\s*$")
_MAYBE_COUNT = re.compile(r"\D[.!?…\"”’*]\s*\d{1,4}\s*$")


class Record(NamedTuple):
    """What a download says of its story."""

    found: Found
    maker: str = ""
    """Who made the file; empty if nobody known, and then nothing is changed."""
    said: tuple[tuple[str, Element], ...] = ()
    """What is quoted before the story: its label, and the element that holds it."""
    heading: str = ""
    """The title of the only chapter, where the page tells it outside the story."""
    main: Element | None = None
    """The element that holds the story, if the page says so."""
    findings: tuple[Finding, ...] = ()


def take_record(bodies: Sequence[Element], found: Found, name: str) -> Record:
    """Read what a download says of its story, and take it out of its pages; `name` is the file's, for findings."""
    pages = [body for body in bodies if _is_title_page(body)]
    if pages or any(_body_class(body).startswith("fff_") for body in bodies):
        return _fanficfare(bodies, pages[:1], found, name)
    for body in bodies:
        ends = [each for each in body.iter() if local(each.tag) == "p" and _FICHUB.search(_line(each))]
        if ends and any(local(each.tag) == "h1" for each in ends[0].itersiblings(preceding=True)):
            return _fichub(ends[0], found)
    if len(bodies) == 1:
        by_id = {each.get("id"): each for each in bodies[0].iter() if each.get("id")}
        title = next((_line(each) for each in bodies[0].iter() if local(each.tag) == "title"), "")
        if {"profile_top", "storytext"} <= by_id.keys() or (_PAGE_TITLE.fullmatch(title) and "| FanFiction" in title):
            return _fanfiction_net(by_id, title, found, name)
        if _is_wattpad(bodies[0], title):
            return _wattpad(bodies[0], found)
    return Record(found)


def with_record(
    record: Record, drafts: list[Draft], walk: Callable[[Element], "Walked"], name: str
) -> tuple[list[Draft], list[Finding]]:
    """Stand what a download says before its story: (drafts, findings); a chapter's title that stands twice is said once."""
    findings = list(record.findings)
    if record.maker == "Wattpad":
        drafts, more = _without_counts(drafts, name)
        findings += more
    if record.heading:
        drafts = [Draft((Piece(record.heading),), 1, "heading", 1), *drafts]
    if record.maker:
        twice = {k for k, (above, draft) in enumerate(pairwise(drafts), 1) if _says_again(above, draft)}
        drafts = [draft for k, draft in enumerate(drafts) if k not in twice]
        if twice:
            message = f"{name}: chapters' titles that stand twice are set once, {len(twice)} in all"
            findings.append(Finding("notice", "left-out", message))
    quoted: list[Draft] = []
    for label, element in record.said:
        inside = [draft for draft in walk(element).drafts if draft.words]
        quoted += [
            replace(draft, kind="quote", label="" if number else label, follows=number > 0, gap=0, level=0)
            for number, draft in enumerate(inside)
        ]
    return [*quoted, *drafts], findings


def _says_again(heading: Draft, draft: Draft) -> bool:
    """Tell a chapter's title below itself; in a line of the text a stop makes it a sentence, which is the story's."""
    if heading.kind != "heading":
        return False
    if draft.kind == "heading":
        return same_words(heading.words, draft.words)
    return draft.kind in ("text", "centred") and heading.words.casefold() == draft.words.casefold()


# --- FanFicFare -------------------------------------------------------------------------------------------------------


def _is_title_page(body: Element) -> bool:
    """Tell FanFicFare's title page, or its HTML: title and author in one heading, and fields with their labels below it."""
    if body_class := _body_class(body):
        return body_class == "fff_titlepage"
    if not any(_is_chapter(each) for each in body.iter()) and (_is_whole(body) or not _holds_only_fields(body)):
        return False
    heading = _heading(body)
    if heading is None or not re.search(r"\S by \S", _line(heading)) or not any(local(each.tag) == "a" for each in heading.iter()):
        return False
    known = {_line(label).rstrip(":").lower() for label in _labels(body)}
    return len(known & (_FIGURES | {"category", "genre", "rating", "summary", "language"})) >= _FEWEST_FIELDS


def _holds_only_fields(page: Element) -> bool:
    """Tell a page that has no paragraph outside its list or table of fields, as an author's own header has the story below it."""
    label = next(_labels(page), None)
    if label is None or len(_line(page).split()) > _LONGEST_PAGE:
        return False
    listed = _listed(label)
    inside = set(listed.iter())
    outside = (each for each in page.iter() if local(each.tag) == "p" and each not in inside)
    return local(listed.tag) != "p" and not any(map(_line, outside))


def _fanficfare(bodies: Sequence[Element], pages: Sequence[Element], found: Found, name: str) -> Record:
    said: list[tuple[str, Element]] = []
    findings: list[Finding] = []
    for page in pages:
        heading = _heading(page)
        alone = not any(_is_chapter(each) for each in page.iter())
        if heading is not None:
            found = _by(heading, found)
            _detach(heading)
        found, said = _with_fields([_field(label) for label in list(_labels(page))], found)
        rest = _taken(page) if alone else _tables_left(page)
        if words := _line(rest):
            said.append(("Notes", rest))
            findings.append(_unsure(name, "FanFicFare's title page", words))
    left = [each for body in bodies for each in _lists(body)]
    for element in left:
        _detach(element)
    for body in bodies:
        if _body_class(body) in ("fff_logpage", "fff_tocpage"):
            left.append(_taken(body))
        for element in [each for each in body.iter() if _is_chapter(each)]:
            for part in element.iter():
                part.text = _NEW.sub(r"\1", part.text) if part.text else part.text
    if left:
        message = f"{name}: left out as no part of the story: FanFicFare's list of chapters or log of updates"
        findings.append(Finding("notice", "left-out", message))
    return Record(found, "FanFicFare", tuple(said), findings=tuple(findings))


def _is_chapter(element: Element) -> bool:
    """Tell the title of a chapter as FanFicFare writes it, in an EPUB or in HTML."""
    if "fff_chapter_title" in (element.get("class") or "").split():
        return True
    return local(element.tag) == "a" and re.fullmatch(r"section\d+", element.get("name") or "") is not None


def _is_contents(element: Element) -> bool:
    return local(element.tag) == "a" and element.get("name") == "TOCTOP"


def _is_whole(body: Element) -> bool:
    """Tell a file of one page from a page of an EPUB, whose story lies in others."""
    return not str(body.tag).startswith("{")


def _lists(body: Element) -> Iterator[Element]:
    """Find the list of chapters in FanFicFare's HTML: its heading, and the links below it."""
    for element in body.iter():
        if _is_contents(element):
            yield element
            below = element.getnext()
            if below is not None and all((link.get("href") or "").startswith("#") for link in below.iter("a", "{*}a")):
                yield below


def _by(heading: Element, found: Found) -> Found:
    """Read `TITLE by AUTHOR`, whose links lead to the story and to its authors."""
    links = [each for each in heading.iter() if local(each.tag) == "a"]
    title, _, author = _line(heading).rpartition(" by ")
    if links and _line(heading).startswith(_line(links[0]) + " by "):
        title, author = _line(links[0]), _line(heading)[len(_line(links[0])) + 4 :]
    address = next((href for link in links[:1] if (href := link.get("href") or "").startswith("http")), "")
    return replace(found, title=title or found.title, author=author or found.author, address=address or found.address)


def _labels(page: Element) -> Iterator[Element]:
    """Find the labels of fields above the chapters: bold, with a colon, at the beginning of a line of one list or table."""
    first: Element | None = None
    for element in page.iter():
        if _is_chapter(element) or _is_contents(element):
            return
        parent, above = element.getparent(), element.getprevious()
        if parent is None or local(element.tag) not in ("b", "strong") or not _LABEL.fullmatch(_line(element)):
            continue
        before = parent.text if above is None else above.tail
        listed = _listed(element)
        if not (before or "").strip() and (first is None or listed is first):
            first = listed
            yield element


def _listed(label: Element) -> Element:
    """Return the list or the table in which a field stands."""
    parent = label.getparent()
    assert parent is not None, "a label stands in a page"  # noqa: S101 - for the type checker
    return next(parent.iterancestors("{*}table", "table"), parent) if local(parent.tag) == "td" else parent


def _field(label: Element) -> tuple[str, Element]:
    """Take a field out of its page: (its name, an element that holds what it says)."""
    kind = _line(label).rstrip(":")
    cell = label.getparent()
    row = None if cell is None else cell.getparent()
    if cell is not None and row is not None and local(cell.tag) == "td" and local(row.tag) == "tr":
        value = cell.getnext()
        _detach(row)
        if value is None:
            _detach(label)
            value = cell
        return kind, value
    value = label.makeelement("div")
    value.text, label.tail = label.tail, None
    for sibling in list(label.itersiblings()):
        if local(sibling.tag) in ("b", "strong") and _LABEL.fullmatch(_line(sibling)):
            break
        # A summary may hold line ends of its own; any other field ends with its line.
        ends = local(sibling.tag) == "br" and kind.lower() not in ("summary", "description")
        tail = sibling.tail
        if ends:
            sibling.tail = None
        value.append(sibling)
        if ends:
            label.tail = tail
            break
    _detach(label)
    return kind, value


def _with_fields(fields: Sequence[tuple[str, Element]], found: Found) -> tuple[Found, list[tuple[str, Element]]]:
    """Sort fields into what is told of a story and what is quoted before it."""
    said = [("Summary", value) for kind, value in fields if kind.lower() in ("summary", "description") and _line(value)]
    rest = [(kind, _line(value)) for kind, value in fields if kind.lower() not in ("summary", "description")]
    return _with_tags(rest, found), said


def _with_tags(fields: Sequence[tuple[str, str]], found: Found) -> Found:
    """Sort the fields of one line: tags, the archive's figures as its stats, and what has a place of its own."""
    tags = [(_NAMES.get(kind.lower(), kind), words) for kind, words in fields if words]
    told = {kind.lower(): words for kind, words in tags}
    own = {"language", "series", "title", "author", "story", "original source", *_FIGURES}
    figures = ", ".join([f"{kind}: {words}" for kind, words in tags if kind.lower() in _FIGURES])
    kept = [(kind, words) for kind, words in tags if kind.lower() not in own]
    address = told.get("original source", "") or told.get("story url", "")
    return replace(
        found,
        language=LANGUAGES.get(told.get("language", "").split(" ")[0].lower(), "") or found.language,
        address=found.address or (address if address.startswith("http") else ""),
        series=told.get("series", "") or found.series,
        tags=(*kept, *([("Stats", figures)] if figures else [])) or found.tags,
    )


def _tables_left(page: Element) -> Element:
    """Take out the tables of a page from which fields were taken, with what is left in them."""
    rest = page.makeelement("div")
    for table in [each for each in page.iter() if local(each.tag) == "table" and "full" in (each.get("class") or "").split()]:
        _detach(table)
        rest.append(table)
    return rest


# --- FicHub -----------------------------------------------------------------------------------------------------------


def _fichub(end: Element, found: Found) -> Record:
    """Read what stands above the line that FicHub signs: title, author, a summary, fields."""
    above = [*reversed(list(end.itersiblings(preceding=True))), end]
    fields: list[tuple[str, str]] = []
    summary = end.makeelement("div")
    for element in above:
        line = _line(element)
        _detach(element)
        if element is end:
            continue
        if local(element.tag) == "h1":
            found = replace(found, title=line or found.title)
        elif by := re.fullmatch(r"By: *(.+)", line):
            found = replace(found, author=found.author or by[1])
        elif _FICHUB_FIELD.fullmatch(line):
            parts = re.split(r" - (?=[A-Z][A-Za-z ]{2,20}: )", line)
            fields += [(kind, words.strip()) for kind, _, words in (part.partition(":") for part in parts)]
        elif line:
            summary.append(element)
    found = _with_tags(fields, found)
    return Record(found, "FicHub", (("Summary", summary),) if _line(summary) else ())


# --- FanFiction.net ---------------------------------------------------------------------------------------------------


def _fanfiction_net(by_id: dict[str | None, Element], title: str, found: Found, name: str) -> Record:
    """Read a saved page: what stands above the story, or else the page's title, which holds chapter and fandom too."""
    read = _PAGE_TITLE.fullmatch(title)
    number, chapter = (read["number"] or "", read["name"] or "") if read else ("", "")
    findings: list[Finding] = []
    said: list[tuple[str, Element]] = []
    tags: list[tuple[str, str]] = []
    if read:
        found = replace(found, title=read["title"])
    if found.address.startswith("//"):
        found = replace(found, address=f"https:{found.address}")
    top, chapters = by_id.get("profile_top"), by_id.get("chap_select")
    options = [] if chapters is None else chapters.iter("{*}option", "option")
    if chosen := [_line(each) for each in options if each.get("selected") is not None]:
        number, _, chapter = chosen[0].partition(". ")
    if top is not None:
        found = replace(found, title=next((_line(each) for each in top.iter("{*}b", "b")), "") or found.title)
        writers = [_line(each) for each in top.iter("{*}a", "a") if re.search(r"/u/\d+", each.get("href") or "")]
        found = replace(found, author=writers[0] if writers else found.author)
        if summary := [each for each in top.iter("{*}div", "div") if _line(each) and "xcontrast_txt" in (each.get("class") or "")]:
            said = [("Summary", summary[0])] if number in ("", "1") else []
        line = next((_line(each) for each in top.iter("{*}span", "span") if _line(each).startswith("Rated:")), "")
        tags = list(_rated(line))
    fandom = _fandom(by_id.get("pre_story_links")) or (read["fandom"] if read else "")
    found = _with_tags([*([("Fandom", fandom)] if fandom else []), *tags], found)
    if top is None and read:
        message = f"{name}: title, chapter and fandom are taken from the page's own title, “{title}”"
        findings.append(Finding("notice", "record", message, remedy="set book.title and book.author if they are others"))
    counted = f"Chapter {number}" if number else ""
    named = chapter if chapter and not same_words(chapter, counted) else ""
    heading = f"{counted}: {named}" if counted and named else counted
    return Record(found, "FanFiction.net", tuple(said), heading, by_id.get("storytext"), tuple(findings))


def _rated(line: str) -> Iterator[tuple[str, str]]:
    """Read `Rated: Fiction T - English - Drama/Angst - Ada Q. - Words: 12`, of which the middle has no labels."""
    for number, part in enumerate(re.split(r"\s+-\s+", line)):
        kind, colon, words = part.partition(":")
        if colon and _LABEL.fullmatch(kind[:1].upper() + kind[1:] + ":"):
            yield kind, words.strip()
        elif number == 1:
            yield "Language", part
        elif set(part.lower().split("/")) <= _GENRES:
            yield "Genre", part
        elif part:
            yield "Characters", part


def _fandom(links: Element | None) -> str:
    """Read the last of the links that lead from the site to the story's fandom."""
    named = [] if links is None else [words for each in links.iter("{*}a", "a") if (words := _line(each))]
    return named[-1].removesuffix(" Crossover") if named else ""


# --- Wattpad ----------------------------------------------------------------------------------------------------------


def _is_wattpad(root: Element, title: str) -> bool:
    """Tell a page of Wattpad's by what it says of itself in its head."""
    if re.search(r"\s[-|]\sWattpad$", title):
        return True
    told = [(each.get("content") or each.get("href") or "") for each in root.iter("{*}meta", "meta", "{*}link", "link")]
    return any(words == "Wattpad" or re.match(r"https?://(?:www\.)?wattpad\.com/\d+", words) for words in told)


def _wattpad(root: Element, found: Found) -> Record:
    marks = [each for each in root.iter() if re.search(r"\b(?:comment-marker|num-comments?)\b", each.get("class") or "")]
    for element in marks:
        _detach(element)
    bare = re.sub(r"\s[-|]\sWattpad$", "", found.title)
    part = _heading(root)
    return Record(replace(found, title=bare if part is None else bare.removesuffix(f" - {_line(part)}")), "Wattpad")


def _without_counts(drafts: Sequence[Draft], name: str) -> tuple[list[Draft], list[Finding]]:
    """Leave out how many comments a paragraph has, and what leads from part to part; numbers that may count scenes stay."""
    numbers = [int(draft.words) for draft in drafts if draft.kind == "text" and re.fullmatch(r"\d{1,4}", draft.words)]
    in_order = len(numbers) < 2 or all(after == before + 1 for before, after in pairwise(numbers))
    # One figure behind a full stop may be the author's; counts stand at many paragraphs.
    often = sum(bool(draft.pieces and _COUNT_AT_END.search(draft.pieces[-1].text)) for draft in drafts) > 1
    kept: list[Draft] = []
    gone = unsure = 0
    for draft in drafts:
        if draft.kind != "heading" and (_FURNITURE.fullmatch(draft.words) or (not in_order and _COUNT.fullmatch(draft.words))):
            gone += 1
            continue
        typed = draft.pieces[-1].text if draft.pieces else ""
        bare = _FURNITURE_AT_END.sub("", _COUNT_AT_END.sub("", typed) if often else typed)
        if bare != typed:
            gone += 1
            draft = replace(draft, pieces=(*draft.pieces[:-1], draft.pieces[-1]._replace(text=bare)))  # noqa: PLW2901 - the same
        unsure += draft.kind != "heading" and bool(_COUNT.fullmatch(draft.words) or _MAYBE_COUNT.search(draft.words))
        kept.append(draft)
    findings: list[Finding] = []
    if gone:
        message = f"{name}: left out as no part of the story: Wattpad's counts of comments and links, {gone} in all"
        findings.append(Finding("notice", "left-out", message))
    if unsure:
        message = f"{name}: numbers that may be Wattpad's counts of comments are kept, {unsure} in all"
        findings.append(Finding("notice", "record", message, remedy="take them out if they are not the story's"))
    return kept, findings


# --- trees ------------------------------------------------------------------------------------------------------------


def _detach(element: Element) -> None:
    """Take an element out of its tree, and leave the text behind it there."""
    parent, above, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail and above is not None:
        above.tail = (above.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _taken(page: Element) -> Element:
    """Take all out of a page: an element that holds it."""
    body = next((each for each in page.iter() if local(each.tag) == "body"), page)
    rest = body.makeelement("div")
    rest.text, body.text = body.text, None
    for child in list(body):
        rest.append(child)
    return rest


def _heading(page: Element) -> Element | None:
    """Find the first heading of a page."""
    return next((each for each in page.iter() if re.fullmatch("h[1-6]", local(each.tag))), None)


def _body_class(page: Element) -> str:
    body = next((each for each in page.iter() if local(each.tag) == "body"), page)
    return next((name for name in (body.get("class") or "").split() if name.startswith("fff_")), "")


def _unsure(name: str, where: str, words: str) -> Finding:
    shown = words if len(words) <= 60 else f"{words[:59]}…"
    message = f"{name}: words on {where} that belong to no field stand among the notes: “{shown}”"
    return Finding("notice", "record", message, remedy="take them out of the text if they are not the story's")


def _line(element: Element) -> str:
    return " ".join("".join([text for text in element.itertext() if isinstance(text, str)]).split())
