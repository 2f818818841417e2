"""Markdown: the light kind that `mark` writes, and CommonMark as others write it.

Both are one language as far as a story goes. A file in which CommonMark would see more than paragraphs, headings, breaks,
quotations and emphasis is read by a CommonMark parser; any other is read as typed text, line by line, by its layout.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pressbook.manuscript.addresses import address_of, linked
from pressbook.manuscript.faircopy import BYLINE, COUNTS, same_words
from pressbook.manuscript.frontmatter import split_front_matter
from pressbook.manuscript.kept import stands_alone
from pressbook.manuscript.layout import lay_out
from pressbook.manuscript.lines import Typed
from pressbook.manuscript.text import accept, pictures_in, read_words, stem_of
from pressbook.model.finding import Finding
from pressbook.model.story import LINE_END, LINK, PICTURE, Block, Found, Manuscript, picture_line
from pressbook.values import replace

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|details|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|s|small|span"
    "|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul"
)
_ESCAPED = "\\\\*_/#>~[<&%="
"""The signs before which a backslash means the sign itself wherever the notation is read."""
# What only a CommonMark parser understands. A backslash before a sign, or at a line's end, is the notation's own.
_SIGNS = re.compile(
    r"(?m)^[ ]*\|.*\n[ ]*\|[ ]*:?-+:?[ ]*(?:\||$)"
    r"|(?<!\\)\[(?!\^)[^\[\]\n]*\](?:\(|\[[^\[\]\n]+\])|^\[(?!\^)[^\]\n]+\]: *\S"
    rf"|(?<!\\)<(?:/?(?:{_TAGS})(?:\s[^<>]*)?/?>|!--|https?://|mailto:)"
    r"|(?<!\\)&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z]\w+);"
    r"|^```"
    r"|^[^\s#>=~*_-].{0,79}[^\s.,;:!?\"”’'…\\—-][ ]*\n(?:=+|-{2,})[ ]*$"
    r"|^(?:[-+*]|\d{1,3}[.)])[ ]{1,4}\S.*[^\\\n]\n(?:[-+*]|\d{1,3}[.)])[ ]{1,4}\S"
    r"|^[ ]*-{2,}(?:[ ]+-{2,})+[ ]*$"
    r"|(?<=[^\n\\])\\[!\"$'()+,.:;?@\]^{|}-]"
)
_RULED = r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*"
_TABLE = re.compile(rf"(?m)^[^|\n]*\|[^\n]*\n{_RULED}(?:\n[^|\n]*\|[^\n]*)*$")
"""A row with upright strokes, a rule of hyphens below it, and the rows below that."""
_COLUMNS = re.compile(r"[ ]*-{2,}(?:[ ]+-{2,})+[ ]*")
"""A rule of hyphens with a gap between its columns, as pandoc writes it below a table's first row."""
_HEADING_ENDS = re.compile(r"(?m)^(#{1,6}[ \t]+\S.{0,400}?)[ \t]{0,9}\{[#.][^{}\n]*\}[ \t]*$")
_SPAN = re.compile(r"(?<!\\)\[([^\[\]]{1,2000})\]\{[#.][^{}\n]*\}")
_FENCE = re.compile(r"(?m)^[ ]{0,3}:{3,}[ \t]*(?P<says>\{[^{}\n]*\}|[\w-]+)?[ \t]*:*[ \t]*$")
_LINE_BLOCK = re.compile(r"(?m)^\| \S.*(?<!\|)(?:\n\| \S.*(?<!\|))+$")
_NAME = re.compile(
    r"(?m)(?:(?<=[.!?…\"”’)*_])[ \t]+|[ \t]{1,9}(?=\^[\w-]*[\d-])|^(?P<alone>)(?=\^[\w-]*[\d-]))\^[A-Za-z\d-]{3,}[ \t]*$"
)
"""The name that Obsidian gives a paragraph, behind it or below it; `^this` alone is what people say in chats."""
_LETTERED = re.compile(r"(?m)^[ ]*(?:[-+*]|\w{1,3}[.)])[ ]+\S[^\n]*(?=\n[ ]{2,}[a-z]{1,4}[.)][ ]{1,4}\S)")
_CALLOUT = re.compile(r"(?m)^(> ?)\[![\w-]+\][+-]?(.*)$(?P<more>\n>)?")
_HEADING = r"(#{1,6})[ \t]+(\S[^\n]*)"
_SAYS_CHAPTER = r"(?i)(?:chapter|part|book|volume|prologue|epilogue|interlude)\b"
CHAPTER_LENGTH = 300
"""Words below headings of the second level, on an average, that make them chapters where they do not say so themselves."""
_PICTURE = re.compile(rf"(?m)^{PICTURE}[ \t]*$")
_UNDERLINE = re.compile(r"(?m)^(?P<line>[^\s#>=~*_-].*)\n(?P<rule>-{2,}|=+)[ ]*$")
_STRUCK = re.compile(r"(?<![\\~])~~(?=[^\s~])([^~\n]{1,2000}?(?:\n[^~\n]{1,2000}?)?)(?<=[^\s~])~~(?!~)")
_TILDES = re.compile(r"(?m)^[ ]{0,3}~{3,}[ ]*$")
_OPEN_END = re.compile(r".{0,79}[^\s.,;:!?\"”’'…\\—-][ ]*")
_NOTE = re.compile(r"(?<!\\)\[\^([^\]\s]{1,60})\]")
_SHIELDED = re.compile("\ue0f2([^\ue0f3]*)\ue0f3")
"""A note's sign, which a CommonMark parser would take for a link."""
_MOST_LINKS = 1000
"""Of a stretch between blank lines."""
_HTML_MARKS = {"i": "*", "em": "*", "cite": "*", "b": "**", "strong": "**"}


def read_markdown(source: Path) -> Manuscript:
    """Read a Markdown file; ManuscriptError if it is missing, empty, too large, or no text that can be set."""
    text, encoding, findings = read_words(source)
    found, notes, body = split_front_matter(text)
    body = _plain_links(_without_attributes(body))
    body, struck = _STRUCK.subn(r"\1", body)
    blocks, layout, says = lay_out(body)
    # A picture alone in its block is of the notation as well, and so is a plain link; what is left decides.
    rest = _PICTURE.sub("", body) if "![" in body else body
    if _SIGNS.search(re.sub(LINK, r"\g<words>", rest) if "](" in rest else rest):
        blocks, more = _common(body, source)
        findings, layout, says = (*findings, *more), "blank lines", "read as CommonMark"
    blocks, found = _under_title(blocks, found)
    front = [Block(f"> {label}: {words}", 2, 0 if k == 0 else 1) for k, (label, words) in enumerate(notes)]
    if front and blocks:
        blocks = (*front, Block(blocks[0].text, blocks[0].line, 1, blocks[0].indent), *blocks[1:])
    blocks, pictures, missing = pictures_in(blocks, source)
    notice = Finding("notice", "layout", f"{source.name}: {says}")
    findings = (*findings, notice, *missing, *_struck(struck))
    return accept(source, Manuscript(blocks, stem_of(source), layout, encoding, findings, found, pictures))


def _under_title(blocks: tuple[Block, ...], found: Found) -> tuple[tuple[Block, ...], Found]:
    """Take the one heading of the first level, where chapters have the second, for the book's title: (the rest, what is told)."""
    heads = [match for block in blocks if (match := re.fullmatch(_HEADING, block.text))]
    if len(heads) < 3 or blocks[0].text != heads[0][0] or [len(head[1]) for head in heads].count(1) != 1 or len(heads[0][1]) != 1:
        return blocks, found
    title, below = heads[0][2].strip(), [head[2] for head in heads[1:] if len(head[1]) == 2]
    words = sum(block.text.count(" ") + 1 for block in blocks)
    chapters = any(re.match(_SAYS_CHAPTER, each) for each in below) or words >= CHAPTER_LENGTH * len(below)
    if len(below) < 2 or not chapters or re.fullmatch(COUNTS, title) or "[^" in title:
        return blocks, found
    if found.title and not same_words(found.title, title):
        return blocks, found
    rest = [replace(block, text=block.text[1:]) if re.match(r"##+[ \t]", block.text) else block for block in blocks[1:]]
    found = replace(found, title=re.sub(r"[*_\\]", "", title))
    byline = re.fullmatch(BYLINE, rest[0].text.strip("*_ "))
    if byline and len(byline[1].split()) <= 6 and (not found.author or same_words(byline[1], found.author)):
        found = replace(found, author=found.author or byline[1])
        rest = rest[1:]
    return (replace(rest[0], gap=0), *rest[1:]), found


def _plain_links(text: str) -> str:
    """Read what writers of linked notes add to Markdown: remarks are gone, links and highlights are their words.

    Pictures are written as others write them. Line ends stay, so that no line number changes.
    """
    if "[!" in text:
        text = _CALLOUT.sub(_called_out, text)
    if "^" in text:
        text = _NAME.sub(lambda match: "" if match["alone"] is None else "<!---->", text)
    if "[[" not in text and "%%" not in text and "==" not in text:
        return text
    text = re.sub(r"(?s)(?<![\\%])%%.*?(?<!\\)%%", lambda remark: "\n" * remark[0].count("\n"), text)
    text = re.sub(r"(?m)^!\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\][ \t]*$", r"![](\1)", text)
    text = re.sub(r"(?<![!\\])\[\[(?:[^\[\]|\n]+\|)?([^\[\]|\n]+)\]\]", r"\1", text)
    return re.sub(r"(?<![=\w\\])==(?=\S)([^=\n]+?)(?<=\S)==(?![=\w])", r"\1", text)


def _called_out(match: re.Match[str]) -> str:
    """Write what heads a callout as the first line of a quotation; what kind it is only chooses a colour."""
    mark, words, more = match[1], match[2].strip(), match["more"] or ""
    return f"{mark}**{words}**" + ("\\" if more else "") + more if words else f"{mark}<!---->{more}"


def _without_attributes(text: str) -> str:
    """Read what pandoc adds to Markdown: attributes are gone, lines behind strokes are verse. Line ends stay."""
    if "{#" in text or "{." in text or ":::" in text:
        text = _SPAN.sub(r"\1", _HEADING_ENDS.sub(r"\1", text))
        if any(fence["says"] for fence in _FENCE.finditer(text)):
            text = _FENCE.sub("<!---->", text)  # which leaves no gap
    # Letters that count items stand inside others, where only pandoc knows them.
    text = _LETTERED.sub(r"\g<0>\\", text)
    if "\n| " in text or text.startswith("| "):
        text = _LINE_BLOCK.sub(lambda match: "\\\n".join([line[2:] for line in match[0].split("\n")]), text)
    return text


def _common(text: str, source: Path) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Read CommonMark: (blocks in the notation, findings)."""
    from markdown_it import MarkdownIt

    # Indented lines are paragraphs of people who indent; a row of tildes is a scene break, not a fence.
    parser = MarkdownIt("commonmark").disable(["code", "text_join"])
    # No link is followed, so none is dangerous.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    writer = _Writer(source.name, text.split("\n"))
    text, writer.tables = rows_of_tables(text)
    text = _NOTE.sub("\ue0f2\\1\ue0f3", _UNDERLINE.sub(_break_below, _TILDES.sub("* * *", text)))
    writer.all(parser.parse("\n\n".join(map(_few_links, text.split("\n\n")))))
    return tuple(writer.blocks), writer.findings()


def _struck(count: int) -> list[Finding]:
    """Say that words which a writer struck through, to be seen so, are set plain."""
    things = "a stretch of words is" if count == 1 else f"{count} stretches of words are"
    return [Finding("notice", "struck", f"{things} struck through, and set plain")] if count else []


def _few_links(stretch: str) -> str:
    """Take the brackets of a stretch for letters where they are so many that none can be a link: a parser would try them all."""
    return stretch if stretch.count("[") <= _MOST_LINKS else re.sub(r"(?<!\\)\[", r"\\[", stretch)


def rows_of_tables(text: str) -> tuple[str, int]:
    """Write each table's rows as lines, its cells parted by points: (the text, how many tables it has)."""
    ruled = 0
    if "-- -" in text or "--  -" in text:
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if at and _COLUMNS.fullmatch(line) and 0 < len(lines[at - 1].strip()) <= len(line):
                end = next((k for k in range(at, len(lines)) if not lines[k].strip()), len(lines))
                if columns := _columns(lines[at - 1 : end]):
                    ruled += 1
                    lines[at - 1 : end] = columns
        text = "\n".join(lines)
    text, count = _TABLE.subn(lambda match: "\n".join(_cells(match[0].split("\n"))), text)
    return text, count + ruled


def _columns(rows: Sequence[str]) -> list[str]:
    """Part rows where the rule below the first has its gaps; comments stand where a line is gone.

    None where a word stands across a gap: then the rule is no table's.
    """
    starts = [column.start() for column in re.finditer("-+", rows[1])]
    spans = list(zip(starts, [*starts[1:], None], strict=True))
    kept = [row for row in rows if set(row) - set("- ")]
    if any(row[start - 1 : start].strip() for row in kept for start in starts if start):
        return []
    written = [" · ".join([cell for start, end in spans if (cell := row[start:end].strip())]) for row in kept]
    return [*[f"{row}\\" for row in written[:-1]], *written[-1:], *["<!---->"] * (len(rows) - len(kept))]


def _cells(rows: Sequence[str]) -> list[str]:
    """Write rows as lines whose ends are kept; in the place of the rule stands a comment, so that no line number changes."""
    kept = [row for number, row in enumerate(rows) if number != 1]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] for row in kept]
    written = [" · ".join([cell for cell in row if cell]) for row in cells]
    return [*[f"{row}\\" for row in written[:-1]], *written[-1:], "<!---->"]


def _break_below(match: re.Match[str]) -> str:
    """Keep a line with hyphens under it for a heading only if it may be one: under a sentence they are a scene break."""
    if _OPEN_END.fullmatch(match["line"]) or match["rule"][0] == "=":
        return match[0]
    return f"{match['line']}\n***"


class _Writer:
    """Writes a CommonMark parser's tokens as blocks."""

    def __init__(self, name: str, lines: Sequence[str]) -> None:
        self.name = name
        self.lines = lines
        self.blocks: list[Block] = []
        self.links = self.tables = 0
        self.pictures: list[str] = []
        """Those inside the paragraph that is open, as lines of the notation."""
        self.end = 0
        """The line, from 0, below the last block."""
        self.white = False
        """Whether white stands above the comment that ended there."""
        self.quotes = 0
        self.follows = False
        """Whether a quotation is open and has a paragraph already."""
        self.lists: list[int] = []
        """For each list that is open, its next number, or 0 for bullets."""
        self.bullet = ""
        self.noted = False
        """Whether the last block is a note's, with which an indented one goes on."""

    def all(self, tokens: Sequence["Token"]) -> None:
        """Write every block in turn."""
        heading = 0
        tight = False
        place = (0, 0)
        for token in tokens:
            kind = token.type
            if token.map and kind != "inline":
                place = (token.map[0], token.map[1])
            if kind == "heading_open":
                heading = int(token.tag[1])
            elif kind == "heading_close":
                heading = 0
            elif kind == "paragraph_open":
                tight = token.hidden
            elif kind == "blockquote_open":
                self.quotes, self.follows = self.quotes + 1, False
            elif kind == "blockquote_close":
                self.quotes, self.follows = self.quotes - 1, False
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(int(token.attrs.get("start", 1)) if kind[0] == "o" else 0)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif kind == "list_item_open":
                self.bullet = token.markup
            elif kind == "list_item_close":
                self.item(tight)  # one without words has its number, and leaves no bullet to what follows
            elif kind == "inline":
                words = self.inline(token.children or [])
                if self.pictures and words in ("{full}", "{bleed}"):
                    self.pictures[-1] += words
                    words = ""
                if heading:
                    self.add("#" * min(3, heading) + " " + words.replace(LINE_END, " "), place)
                elif words:
                    self.add(self.item(tight) + words, place)
                self.hang(place, apart=bool(words))
            elif kind == "hr":
                self.add("* * *", place)
            elif kind == "fence":
                self.add(LINE_END.join([_literal(line) for line in token.content.split("\n") if line.strip()]), place)
            elif kind == "html_block":
                self.html(token)

    def hang(self, place: tuple[int, int], *, apart: bool) -> None:
        """Add the pictures of a paragraph as blocks of their own, below its words."""
        pictures, self.pictures = self.pictures, []
        for number, picture in enumerate(pictures):
            gap = 1 if apart or number else max(0, place[0] - self.end) if self.blocks else 0
            self.blocks.append(Block(picture, place[0] + 1, gap))
            self.end = place[1]

    def item(self, tight: bool) -> str:
        """Return what stands before a list's item, once: a bullet; the hyphen as typed where blank lines part the items."""
        if not self.bullet:
            return ""
        mark, self.bullet = self.bullet, ""
        if self.lists[-1]:
            self.lists[-1] += 1
            return f"{self.lists[-1] - 1}{mark} "
        return "• " if tight else f"{mark} "

    def add(self, text: str, place: tuple[int, int]) -> None:
        """Append a block at its place: its first line, from 0, and one past its last."""
        if not text:
            return
        start, end = place
        gap = max(0, start - self.end, self.white) if self.blocks else 0
        self.white = False
        if self.quotes and text != "* * *":
            text = (">> " if self.quotes > 1 else "> ") + text
            gap = 0 if self.follows else max(1, gap)
            self.follows = self.quotes == 1
        typed = self.lines[start] if self.noted and start < len(self.lines) else ""
        indent = len(typed) - len(typed.lstrip(" "))
        self.blocks.append(Block(text, start + 1, gap, indent))
        self.noted = text.startswith("[^") or indent > 1
        self.end = end

    def html(self, token: "Token") -> None:
        """Write a stretch of HTML; a comment says nothing."""
        from pressbook.manuscript.faircopy import fair_copy
        from pressbook.manuscript.hypertext import walk
        from pressbook.manuscript.trees import parse_html

        bare = re.sub(r"(?s)<!--.*?(?:-->|\Z)|<[?!].*?>", "", token.content)
        if not bare.strip():
            if token.map:
                self.white, self.end = token.map[0] > self.end, token.map[1]
            return
        walked = walk(parse_html(f"<body>{bare}</body>", self.name), {}, lambda link: link)
        start = token.map[0] if token.map else self.end
        for block in fair_copy([*walked.drafts, *walked.notes]).blocks:
            gap = block.gap or int(bool(self.blocks))
            self.blocks.append(Block(block.text, start + block.line, gap, block.indent))
        self.end = token.map[1] if token.map else self.end

    def inline(self, tokens: Sequence["Token"]) -> str:
        """Write a paragraph as it was typed, less what only means something on a screen."""
        parts: list[str] = []
        opened = (0, "")
        """Where a link begins that is open, and its address."""
        for number, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                parts.append(token.content)
            elif kind == "text_special":
                first = number == 0 or not any(map(str.strip, parts))
                rest = "".join([after.content for after in tokens[number + 1 :]]) if first else ""
                parts.append(_special(token, rest, first=first))
            elif kind == "softbreak":
                parts.append("\n")
            elif kind == "hardbreak":
                parts.append(LINE_END)
            elif kind == "code_inline":
                # Mark-up knows code by its backticks, and leaves it alone.
                parts.append(f"{token.markup}{token.content}{token.markup}")
            elif kind == "html_inline":
                parts.append(self.tag(token.content))
            elif kind == "image":
                caption = self.inline(token.children or [])
                self.pictures.append(picture_line(caption, unquote(str(token.attrs["src"])), str(token.attrs.get("title") or "")))
            elif kind in ("em_open", "em_close", "strong_open", "strong_close"):
                parts.append(token.markup)
            elif kind == "link_open":
                address = address_of(str(token.attrs["href"])) if token.info != "auto" else ""
                opened = (len(parts), address)
                self.links += token.info != "auto" and not address
            elif kind == "link_close" and opened[1]:
                # Behind an exclamation mark a link would be a picture.
                words = "".join(parts[opened[0] :])
                if not "".join(parts[: opened[0]]).endswith("!"):
                    parts[opened[0] :] = [linked(words, opened[1])]
        text = _SHIELDED.sub(r"[^\1]", "".join(parts))
        return re.sub(rf"[ \t]*{LINE_END}[ \t\n]*", LINE_END, text).strip(" \t\n" + LINE_END)

    def tag(self, typed: str) -> str:
        """Write one tag inside a paragraph: emphasis as marks, a line break as a kept end, what is no tag as it stands."""
        match = re.match(rf"</?({_TAGS})\b", typed, re.IGNORECASE)
        if not match:
            return "" if typed.startswith(("<!", "<?")) else typed
        name = match[1].lower()
        if name == "img" and (src := re.search(r"""(?i)\bsrc\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s>"']+))""", typed)):
            self.pictures.append(f"![]({src[1] or src[2] or src[3]})")
        return LINE_END if name == "br" else _HTML_MARKS.get(name, "")

    def findings(self) -> tuple[Finding, ...]:
        """Say what was left out."""
        from pressbook.manuscript.faircopy import left_out

        found = left_out(self.name, 0, self.tables)
        if self.links:
            things = "a link is" if self.links == 1 else f"{self.links} links are"
            found.append(Finding("notice", "links", f"{self.name}: {things} set as text, without the address"))
        return tuple(found)


def _special(token: "Token", rest: str, *, first: bool) -> str:
    """Write an escape or an entity: with its backslash where the notation needs it, else as the character meant."""
    if token.info == "escape":
        alone = first and stands_alone(Typed(0, 0, (token.content + rest).strip(), 0))
        return token.markup if token.content in _ESCAPED or alone else token.content
    return _literal(token.content)


def _literal(text: str) -> str:
    return re.sub(r"[\\*_/]", r"\\\g<0>", text)
