"""Covers: back, spine and front on one sheet, measured by the printer's formula, the type set as large as it may be."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol

from pressbook.config import Config, CoverKeys, length_within, surround
from pressbook.config.surround import LENGTH, SLUG_INDENT, SLUG_SCALE, widest
from pressbook.errors import ConfigError, LayoutError
from pressbook.model import (
    Colour,
    Cover,
    Edition,
    Figure,
    Finding,
    Ground,
    Inset,
    Lettering,
    Line,
    Ornament,
    Picture,
    Printer,
    Role,
    Slug,
    Stock,
)
from pressbook.press.barcodes import GUARD_DROP, HEIGHT, LEAST_SIZE, MODULE, MODULES, QUIET, Bar, bars_of, read_isbn
from pressbook.press.paper import caliper
from pressbook.units import Pt, inch, mm, say
from pressbook.values import Value, replace

FOLDED = ("saddle", "mini-8", "french", "quarto", "octavo", "sextodecimo")
"""Schemes whose sheets are folded into one another, so that the book has no back."""
BLACK: Colour = (1.0,)
PAPER: Colour = (0.0,)
CAPITALS = 0.66
"""Height of capitals, of the type's size."""
DARK = 0.45
"""A ground with more ink than this bears white type."""
SIDE = 0.1
"""White at either side of a panel's type, of the panel's width."""
TITLE_SIZES = (2.3, 2.1, 1.9, 1.7, 1.5, 1.35, 1.2, 1.05, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Sizes of the title, times what it has inside the book: the largest that fits is taken."""
TITLE_LINES = 4
TITLE_DEPTH = 0.34
"""Of the panel's height, at the most."""
LABEL = 0.07
"""White between a label's edges and its type, of the panel's width."""
LABEL_DEPTH = 0.3
"""Of the panel's height, for the title in it: the picture has the better half."""
BLURB_SIZES = (1.15, 1.1, 1.05, 1.0, 0.95, 0.9)
THICKEST: Pt = inch(4)
"""No machine binds a thicker book in paper."""
LEAST_SPINE: Pt = 6.0
"""Smaller type on a spine is not read across a room, nor printed clean."""
SPINE_FILL = 0.86
"""Of the room between a spine's folds, less their clearance: what the type's height from descender to ascender takes."""
DIGITS: Pt = 9.0
"""Size of the digits below the bars at full size."""


class SetLines(Protocol):
    """Sets display type: what the compositor lends to the press."""

    def __call__(
        self, text: str, role: Role, measure: Pt, align: Literal["left", "centre", "right"] = "centre", scale: float = 1.0
    ) -> tuple[Line, ...]:
        """Return the text as lines, ragged, at most `measure` wide, in the role's size or `scale` times it."""


class _Panel(Value):
    """A side of the cover."""

    left: Pt
    width: Pt
    height: Pt
    edge: Pt
    """What type keeps clear of every side."""

    @property
    def measure(self) -> Pt:
        """The width of its type."""
        return self.width - 2 * max(self.edge, SIDE * self.width)

    @property
    def indent(self) -> Pt:
        """Where that begins."""
        return self.left + (self.width - self.measure) / 2


class _Words(NamedTuple):
    """What stands on the cover."""

    title: str
    subtitle: str
    author: str
    series: str
    spine: str
    """The title on the spine, which tells a volume from its neighbours."""


def _words_of(edition: Edition, config: Config) -> _Words:
    """Gather what a cover says; which volume it is stands below the title, as on the title page."""
    keys = config.book
    title = edition.title.removesuffix(f", {edition.volume}") if edition.volume else edition.title
    below = ", ".join(filter(None, (keys.subtitle or edition.book.subtitle, edition.volume)))
    return _Words(title, below, edition.author, keys.series or edition.book.series, edition.title)


def wrap(
    edition: Edition,
    config: Config,
    printer: Printer,
    set_lines: SetLines,
    ornament: Ornament | None,
    picture: Picture | None = None,
) -> tuple[Cover, tuple[Finding, ...]]:
    """Lay out a wrap cover for a finished book, a picture on its front by choice; return it with what should be known of it.

    ConfigError for a value of `[cover]` or an ISBN that cannot be used; LayoutError if a text does not fit its side.
    """
    keys = config.cover
    width, height = edition.width, edition.height
    spine = spine_width(len(edition.pages), keys, printer, config)
    flap = length_within(keys.flap, "cover.flap", 0, width)
    edge = max(printer.wrap.safety, 0.05 * width)
    back = _Panel(flap, width, height, edge)
    front = _Panel(flap + width + spine, width, height, edge)
    whole = 2 * (flap + width) + spine
    bleed = printer.wrap.bleed if keys.bleed == "auto" else length_within(keys.bleed, "cover.bleed", 0, inch(1))
    ground = colour(keys.ground, "cover.ground")
    ink = _type_colour(keys, ground)
    words = _words_of(edition, config)
    pens: list[Lettering] = []
    figures: list[tuple[Figure, Colour]] = []
    findings: list[Finding] = []
    grounds = [Ground(-bleed, -bleed, whole + bleed, height + bleed, ground)] if any(ground) else []
    slugs, drawn, label = _front(front, words, keys, set_lines, ornament, picture)
    insets: tuple[Inset, ...] = ()
    if picture:
        right = front.left + width + (0.0 if flap else bleed)
        insets = (_hung(picture, (front.left, -bleed, right, height + bleed), label, edition.title),)
        if not bleed:
            findings.append(_unbled(picture, "cover.bleed"))
    pens.append(Lettering(tuple(slugs), ink))
    figures += [(figure, ink) for figure in drawn]
    isbn = read_isbn(config.book.isbn) if config.book.isbn else ""
    box = printer.wrap.barcode if isbn else (0.0, 0.0)
    slugs, drawn = _back(back, keys, set_lines, ornament, box[1])
    pens.append(Lettering(tuple(slugs), ink))
    figures += [(figure, ink) for figure in drawn]
    if isbn:
        bars, digits = _barcode(back, isbn, config.book.isbn, box, set_lines)
        grounds += bars
        pens.append(Lettering(tuple(digits), BLACK))
    for panel, text in (
        (replace(back, left=0.0, width=flap), keys.flap_back),
        (replace(front, left=whole - flap, width=flap), keys.flap_front),
    ):
        if text and flap:
            pens.append(Lettering(tuple(_text(panel, text, height - 1.6 * edge, edge, "cover.flap", set_lines)), ink))
    lettering, said = _spine(spine, flap + width, height, words, keys, printer, len(edition.pages), set_lines, ink)
    pens += lettering
    findings += said
    folds = tuple(x for x in (flap, flap + width, flap + width + spine, whole - flap) if 0 < x < whole)
    folds = tuple(dict.fromkeys(folds))
    told = _slug_line(whole, folds, bleed, config, edition.title, set_lines)
    cover = Cover(whole, height, bleed, spine, folds, tuple(grounds), tuple(figures), tuple(pens), insets, told)
    findings.insert(0, Finding("notice", "cover", f"the cover is {say(whole)} by {say(height)}, its spine {say(spine)}"))
    return cover, tuple(findings)


class Panel(NamedTuple):
    """What stands on a side of a cover that is printed with the pages."""

    slugs: tuple[Slug, ...]
    figures: tuple[Figure, ...]
    insets: tuple[Inset, ...] = ()
    findings: tuple[Finding, ...] = ()


def panels(
    edition: Edition, config: Config, set_lines: SetLines, ornament: Ornament | None, picture: Picture | None = None
) -> tuple[Panel, Panel]:
    """Set front and back of a cover that is printed with the pages, in black, a picture on its front by choice."""
    panel = _Panel(0.0, edition.width, edition.height, 0.05 * edition.width)
    words = _words_of(edition, config)
    slugs, figures, label = _front(panel, words, config.cover, set_lines, ornament, picture)
    front = Panel(tuple(slugs), tuple(figures))
    if picture:
        bleed = edition.bleed
        inset = _hung(picture, (-bleed, -bleed, panel.width + bleed, panel.height + bleed), label, edition.title)
        front = front._replace(insets=(inset,), findings=() if bleed else (_unbled(picture, "page.bleed"),))
    slugs, figures = _back(panel, config.cover, set_lines, ornament, 0.0)
    return front, Panel(tuple(slugs), tuple(figures))


def spine_width(pages: int, keys: CoverKeys, printer: Printer, config: Config) -> Pt:
    """Return how thick the book is: as `cover.spine` says, by the printer's stock, or by the caliper of your own paper.

    0 for sheets that are folded and stapled.
    """
    if keys.spine != "auto":
        return length_within(keys.spine, "cover.spine", 0, THICKEST)
    if not printer.wrap.text_from or (printer.at_home and config.booklet.scheme in FOLDED):
        return 0.0
    if (printer.at_home or config.booklet.caliper != "auto") and keys.paper == "auto":
        return pages / 2 * caliper(config.booklet.caliper) + printer.wrap.allowance
    return pages * _stock(pages, keys, printer).caliper + printer.wrap.allowance


def _stock(pages: int, keys: CoverKeys, printer: Printer) -> Stock:
    """Choose the paper: the one that is named, or the first of which the printer binds so many pages."""
    stocks = {stock.name: stock for stock in printer.stocks}
    enough = [stock for stock in printer.stocks if pages <= stock.most]
    if keys.paper == "auto":
        # Of a book too thick for any paper, the check says so.
        return (enough or printer.stocks)[0]
    if keys.paper not in stocks:
        raise ConfigError(f"cover.paper = {keys.paper!r} is no paper of {printer.title}", "it has " + ", ".join(stocks))
    if enough and stocks[keys.paper] not in enough:
        raise ConfigError(
            f"cover.paper = {keys.paper!r}: {printer.title} binds {stocks[keys.paper].most} pages of it, and this book has {pages}",
            "thinner is " + ", ".join(stock.name for stock in enough),
        )
    return stocks[keys.paper]


def colour(text: str, key: str) -> Colour:
    """Read a colour: `none`, `paper`, `black`, `k 40`, or `cmyk 60 40 0 20`, in percent of ink; ConfigError if it is none."""
    said = text.strip().lower()
    if said in ("none", "paper", "white"):
        return PAPER
    if said == "black":
        return BLACK
    numbers = [float(number) / 100 for number in re.findall(r"\d+(?:\.\d+)?", said)]
    kind = re.fullmatch(r"(k|cmyk)[\s(]*[\d.,%\s]+\)?", said)
    if not kind or len(numbers) != len(kind[1]) or max(numbers, default=0) > 1:
        raise ConfigError(
            f"{key} = {text!r} is not a colour", 'write "none", "black", "k 40" or "cmyk 60 40 0 20", in percent of ink'
        )
    return tuple(numbers)


def _type_colour(keys: CoverKeys, ground: Colour) -> Colour:
    """Return the colour of the type: as the config says, or black on a light ground and paper white on a dark one."""
    if keys.ink != "auto":
        return colour(keys.ink, "cover.ink")
    return PAPER if _depth(ground) > DARK else BLACK


def _depth(ink: Colour) -> float:
    """Return how dark a colour is, 0 to 1: yellow hardly darkens."""
    if len(ink) == 1:
        return ink[0]
    cyan, magenta, yellow, black = ink
    return min(1.0, black + (1 - black) * (0.55 * cyan + 0.55 * magenta + 0.1 * yellow))


# --- the front --------------------------------------------------------------------------------------------------------


_Label = tuple[Pt, Pt, Pt, Pt]
"""A rectangle: left, bottom, right, top."""


def _front(
    panel: _Panel, words: _Words, keys: CoverKeys, set_lines: SetLines, ornament: Ornament | None, picture: Picture | None
) -> tuple[list[Slug], list[Figure], _Label | None]:
    """Set the title high, the ornament large below it, the author at the foot; a line of the publisher's above all.

    With a picture all type stands in a label; by choice there is none.
    """
    if not keys.title:
        return [], [] if picture else _ornament(panel, ornament, 0.2 * panel.height, 0.8 * panel.height, 0.17), None
    if picture:
        written, label = _labelled(panel, words, keys, set_lines)
        return written, [], label
    height, measure = panel.height, panel.measure
    slugs: list[Slug] = []
    y = height - max(panel.edge, 0.1 * height)
    if keys.front:
        lines = set_lines(keys.front, "subtitle", measure, scale=0.95)
        slugs += _stack(lines, panel, y, 1.3)
    title = _largest(words.title, measure, TITLE_DEPTH * height, set_lines)
    y = 0.79 * height
    slugs += _stack(title, panel, y, 1.12)
    y = (slugs[-1].y if title else y) - 0.6 * _size(title, 20.0)
    if words.subtitle:
        lines = set_lines(words.subtitle, "subtitle", measure, scale=1.25)
        y -= 1.1 * _size(lines, 12.0)
        slugs += _stack(lines, panel, y, 1.25)
        y = slugs[-1].y - 0.6 * _size(lines, 12.0)
    foot = max(panel.edge, 0.085 * height)
    low = foot
    if words.series:
        lines = set_lines(words.series, "subtitle", measure, scale=0.95)
        slugs += _stack(lines, panel, foot + 1.25 * _size(lines, 10.0) * (len(lines) - 1), 1.25)
        low = slugs[-len(lines)].y + 2.2 * _size(lines, 10.0)
    if words.author:
        lines = set_lines(words.author, "author", measure, scale=1.55)
        low += 1.25 * _size(lines, 12.0) * (len(lines) - 1)
        slugs += _stack(lines, panel, low, 1.25)
        low += 1.3 * _size(lines, 12.0)
    return slugs, _ornament(panel, ornament, low, y, 0.17), None


def _labelled(panel: _Panel, words: _Words, keys: CoverKeys, set_lines: SetLines) -> tuple[list[Slug], _Label]:
    """Set a front's words in a label, high or low on its picture: readable on any, and none of them on the picture itself."""
    pad = LABEL * panel.width
    inner = replace(panel, edge=(panel.width - panel.measure) / 2 + pad)
    title = _largest(words.title, inner.measure, LABEL_DEPTH * panel.height, set_lines)
    rows = [
        set_lines(keys.front, "subtitle", inner.measure, scale=0.95) if keys.front else (),
        title,
        set_lines(words.subtitle, "subtitle", inner.measure, scale=1.15) if words.subtitle else (),
        set_lines(words.author, "author", inner.measure, scale=1.3) if words.author else (),
        set_lines(words.series, "subtitle", inner.measure, scale=0.95) if words.series else (),
    ]
    slugs: list[Slug] = []
    y: Pt = 0.0
    for lines in filter(None, rows):
        size = _size(lines, 0.0)
        # Half a title's size parts it from what follows, a line's own height the rest.
        y -= CAPITALS * size if not slugs else max(1.45 * size, 0.9 * _size(title, 0.0))
        slugs += _stack(lines, inner, y, 1.15)
        y = slugs[-1].y
    depth = pad - y + 0.8 * pad
    edge = max(panel.edge, 0.1 * panel.height)
    if depth > panel.height - 2 * edge:
        raise LayoutError("the label on the cover's picture is too deep", "shorten the subtitle, or set cover.title = false")
    head = panel.height - edge if keys.title != "below" else edge + depth
    left = panel.left + (panel.width - panel.measure) / 2
    return [replace(slug, y=slug.y + head - pad) for slug in slugs], (left, head - depth, left + panel.measure, head)


def _hung(picture: Picture, window: _Label, label: _Label | None, caption: str) -> Inset:
    """Hang a picture over a whole panel and what bleeds; the label is left out of it."""
    left, bottom, right, top = window
    return Inset(picture, left, bottom, right - left, top - bottom, caption, label)


def _unbled(picture: Picture, key: str) -> Finding:
    says = f"cover: {picture.name} runs to the edge of a cover that has no bleed: a knife's error leaves white there"
    return Finding("warning", "no-bleed", says, remedy=f'set {key} = "0.125in", or as your printer asks')


def _largest(text: str, measure: Pt, depth: Pt, set_lines: SetLines) -> tuple[Line, ...]:
    """Set a title in the largest size in which no word is too wide, and all of it keeps to its depth."""
    for scale in TITLE_SIZES:
        lines = set_lines(text, "title", measure, scale=scale)
        plain = set_lines("n", "title", measure, scale=scale)
        # A word wider than the measure was set smaller than asked: try the next size for the whole.
        if lines and (
            _size(lines, 0) < 0.99 * _size(plain, 1) or len(lines) > TITLE_LINES or 1.12 * _size(lines, 0) * len(lines) > depth
        ):
            continue
        return lines
    lines = set_lines(text, "title", measure, scale=TITLE_SIZES[-1])
    if 1.12 * _size(lines, 0) * len(lines) > 1.5 * depth:
        raise LayoutError("the title is too long for the cover", "shorten book.title, or move a part of it to book.subtitle")
    return lines


def _ornament(panel: _Panel, ornament: Ornament | None, low: Pt, high: Pt, share: float) -> list[Figure]:
    """Draw the ornament in the middle of what is left, where that is enough."""
    if ornament is None:
        return []
    room = high - low
    height = min(share * panel.height, 0.42 * room, 0.6 * panel.measure / ornament.width)
    if height < 14:
        return []
    return [Figure(ornament, panel.left + (panel.width - height * ornament.width) / 2, low + 0.54 * room - height / 2, height)]


# --- the back ---------------------------------------------------------------------------------------------------------


def _back(
    panel: _Panel, keys: CoverKeys, set_lines: SetLines, ornament: Ornament | None, box: Pt
) -> tuple[list[Slug], list[Figure]]:
    """Set the blurb from the top, above the bar code; without one, the ornament small in the middle."""
    low = panel.edge + box + (0.03 * panel.height if box else 0)
    if not keys.blurb:
        return [], _ornament(panel, ornament, max(low, 0.2 * panel.height), 0.8 * panel.height, 0.06)
    return _text(panel, keys.blurb, 0.84 * panel.height, low, "cover.blurb", set_lines), []


def _text(panel: _Panel, text: str, high: Pt, low: Pt, key: str, set_lines: SetLines) -> list[Slug]:
    """Set paragraphs ragged from a height down, as large as they fit above another."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\\n", text) if part.strip()]
    for scale in BLURB_SIZES:
        slugs: list[Slug] = []
        y = high
        for paragraph in paragraphs:
            lines = set_lines(paragraph, "folio", panel.measure, "left", scale)
            leading = 1.38 * _size(lines, 10.0)
            for line in lines:
                slugs.append(Slug(line, panel.indent, y))
                y -= leading
            y -= 0.5 * leading
        if not slugs or slugs[-1].y >= low:
            return slugs
    raise LayoutError(f"{key} is too long for its side of the cover", "shorten it by a paragraph or so")


def _barcode(panel: _Panel, isbn: str, typed: str, box: tuple[Pt, Pt], set_lines: SetLines) -> tuple[list[Ground], list[Slug]]:
    """Draw the bars in a white box at the spine's side of the foot, digits below and the number above, all in black."""
    width, height = box
    right, bottom = panel.left + panel.width - max(panel.edge, mm(6.4)), max(panel.edge, mm(6.4))
    left = right - width
    modules = MODULES + sum(QUIET)
    size = min(1.0, width / (modules * MODULE), (height - mm(1)) / (HEIGHT + 2.6 * DIGITS))
    if size < LEAST_SIZE - 0.2:
        raise LayoutError("the bar code finds no room on the cover", "choose a larger trim")
    module, digits = size * MODULE, size * DIGITS
    first = left + (width - modules * module) / 2 + QUIET[0] * module
    foot = bottom + (height - (size * HEIGHT + 2.2 * digits)) / 2 + digits
    head = foot + size * HEIGHT

    def draw(bar: Bar) -> Ground:
        below = GUARD_DROP * module if bar.guard else 0.0
        return Ground(first + bar.start * module, foot - below, first + (bar.start + bar.width) * module, head, BLACK)

    def write(text: str, at: Pt, wide: Pt) -> Slug:
        (line,) = set_lines(text, "digits", wide, "centre", digits / _size(set_lines("0", "digits", 500.0), 1.0))
        return Slug(line, at, foot - 0.92 * digits)

    slugs = [
        write(isbn[0], first - 10 * module, 9 * module),
        write(isbn[1:7], first + 3 * module, 42 * module),
        write(isbn[7:], first + 50 * module, 42 * module),
    ]
    (line, *_) = set_lines(f"ISBN {typed.upper().removeprefix('ISBN').strip(': ')}", "digits", width - 8, "centre", 0.9)
    slugs.append(Slug(line, left + 4, head + 0.45 * digits))
    return [Ground(left, bottom, right, bottom + height, PAPER), *map(draw, bars_of(isbn))], slugs


# --- the spine --------------------------------------------------------------------------------------------------------


def _spine(
    spine: Pt,
    left: Pt,
    height: Pt,
    words: _Words,
    keys: CoverKeys,
    printer: Printer,
    pages: int,
    set_lines: SetLines,
    ink: Colour,
) -> tuple[list[Lettering], list[Finding]]:
    """Set title and author down the spine, in the largest size that both its width and its height allow."""
    wrap = printer.wrap
    room = spine - 2 * wrap.clear
    title = words.spine if keys.spine_text == "auto" else keys.spine_text
    if spine <= 0 or not title:
        return [], []
    if pages < wrap.text_from:
        said = f"no type on the spine: {printer.title} takes it from {wrap.text_from} pages, and this book has {pages}"
        return [], [Finding("notice", "spine", said, value=str(pages), limit=str(wrap.text_from), source=printer.source("cover"))]
    length = height - 2 * max(wrap.safety, 0.06 * height)
    parts: tuple[tuple[str, Role], ...]
    for parts in (((title, "chapter"), (words.author, "author")), ((title, "chapter"),)):
        for size in _sizes(SPINE_FILL * room):
            lines = [_one_line(text, role, size, length, set_lines) for text, role in parts if text]
            runs = [line for line in lines if line]
            if len(runs) == len(lines) and sum(map(_width, runs)) + 1.5 * size * (len(runs) - 1) <= length:
                return [
                    Lettering(
                        tuple(_along(runs, size, length)), ink, left + spine / 2 - 0.31 * size, height - (height - length) / 2, True
                    )
                ], []
    said = f"no type on the spine: its room of {say(max(0.0, room))} is too narrow"
    return [], [
        Finding(
            "notice", "spine", said, remedy="a book of more pages, or a shorter cover.spine-text", source=printer.source("cover")
        )
    ]


def _sizes(largest: Pt) -> Iterator[Pt]:
    size = min(largest, 20.0)
    while size >= LEAST_SPINE:
        yield size
        size -= 0.5


def _one_line(text: str, role: Role, size: Pt, length: Pt, set_lines: SetLines) -> Line | None:
    """Set a text on one line in a size in points; None if it takes more."""
    own = _size(set_lines("n", role, 500.0), 1.0)
    lines = set_lines(text, role, length, "left", (size if role == "chapter" else 0.92 * size) / own)
    return lines[0] if len(lines) == 1 else None


def _along(runs: list[Line], size: Pt, length: Pt) -> list[Slug]:
    """Place the title at the head and the author at the foot; alone, the title stands in the middle of the upper part."""
    if len(runs) == 1:
        return [Slug(runs[0], max(0.0, 0.42 * length - _width(runs[0]) / 2), 0.0)]
    return [Slug(runs[0], 0.0, 0.0), Slug(runs[1], length - _width(runs[1]), 0.0)]


# --- around it --------------------------------------------------------------------------------------------------------


def _slug_line(whole: Pt, folds: tuple[Pt, ...], bleed: Pt, config: Config, title: str, set_lines: SetLines) -> tuple[Slug, ...]:
    """Tell the printer, below the widest panel's left corner, what the sheet is; without the title if that is too long."""
    around = surround(config.press, bleed, folded=True)
    if "slug" not in around.marks:
        return ()
    left, right = widest(whole, folds)
    measure = (right - left) / 2 - LENGTH - SLUG_INDENT  # up to the mark in the middle
    for told in ((title, "cover", config.press.date), ("cover", config.press.date)):
        lines = set_lines(", ".join(filter(None, told)), "small", measure, "left", SLUG_SCALE)
        step = 1.1 * _size(lines, 0.0)
        if len(lines) * step <= LENGTH:
            break
    first = -around.clear - 0.75 * _size(lines, 0.0)
    return tuple(Slug(line, left + SLUG_INDENT, first - row * step) for row, line in enumerate(lines))


# --- helpers ----------------------------------------------------------------------------------------------------------


def _stack(lines: tuple[Line, ...], panel: _Panel, y: Pt, leading: float) -> list[Slug]:
    """Stand lines under each other from a height down."""
    return [Slug(line, panel.indent, y - row * leading * _size(lines, 0.0)) for row, line in enumerate(lines)]


def _size(lines: tuple[Line, ...], otherwise: Pt) -> Pt:
    return lines[0].words[0].pieces[0].style.size if lines else otherwise


def _width(line: Line) -> Pt:
    return sum(word.width for word in line.words) + line.space * (len(line.words) - 1)
