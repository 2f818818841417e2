"""A small compositor for the tests: words shaped by HarfBuzz, lines set by hand."""

from functools import cache
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from PIL import Image

from pressbook.model import Edition, Font, Line, Page, Picture, Piece, Slug, Spread, Style, Word

FONTS = Path(__file__).parents[2] / "fonts"
REGULAR = Font("EB Garamond", "Regular", 400, False, FONTS / "EBGaramond-Regular.ttf")
ITALIC = Font("EB Garamond", "Italic", 400, True, FONTS / "EBGaramond-Italic.ttf")
ROMAN = Style(REGULAR, 11)
SLOPED = Style(ITALIC, 11)
SMALL_CAPS = Style(REGULAR, 11, ("kern", "liga", "smcp"))
MEASURE = 288.0


@cache
def metrics(path):
    """Open a face once."""
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))


@cache
def piece(text, style=ROMAN):
    """Shape text in a style; a soft hyphen at its end shows as the hyphen."""
    font = metrics(style.font.path)
    buffer = hb.Buffer()
    buffer.add_str(text.replace("\u00ad", "-"))
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {tag.lstrip("-"): not tag.startswith("-") for tag in style.features})
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    upto = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen, clusters = set(), []
    for info in infos:
        clusters.append("" if info.cluster in seen else text[info.cluster : upto[info.cluster]])
        seen.add(info.cluster)
    tracking = round(style.tracking / style.size * font.face.upem)
    advances = tuple(position.x_advance + tracking for position in positions)
    offsets = tuple((position.x_offset, position.y_offset) for position in positions)
    return Piece(
        style,
        text,
        tuple(info.codepoint for info in infos),
        tuple(clusters),
        advances,
        offsets if any(map(any, offsets)) else (),
        sum(advances) * style.size / font.face.upem,
    )


def word(*pieces):
    """Join pieces, or texts in the roman, into a word."""
    parts = tuple(piece(part) if isinstance(part, str) else part for part in pieces)
    return Word("".join(part.text for part in parts), parts, sum(part.width for part in parts))


def line(*words, measure=None, indent=0.0, space=2.75):
    """Set words, or texts of several, on a line; justified if a measure is given."""
    made = [each for item in words for each in (map(word, item.split()) if isinstance(item, str) else [item])]
    if measure is not None:
        space = (measure - indent - sum(each.width for each in made)) / (len(made) - 1)
    last = made[-1].text
    return Line(tuple(made), space, indent, hyphenated=last.endswith("\u00ad"), tail="joined" if last[-1] in "-\u00ad" else "space")


def slugs(*lines, x=54.0, y=500.0, leading=14.0):
    """Stand lines under each other."""
    return tuple(Slug(each, x, y - leading * row) for row, each in enumerate(lines))


def page(number=1, *lines, **parts):
    """Make a page of lines."""
    return Page(number, "recto" if number % 2 else "verso", "text", slugs(*lines), **parts)


def grey_picture():
    """Return a small grey picture."""
    file = BytesIO()
    Image.new("L", (5, 4), 90).save(file, "PNG")
    return Picture("ferry.png", "png", 5, 4, file.getvalue())


def edition(*pages, **parts):
    """Bind pages into an edition of half-letter size."""
    spreads = tuple(Spread(each if each.side == "verso" else None, each if each.side == "recto" else None) for each in pages)
    known = {"title": "A Story", "author": "A. Author", "language": "en-US", "width": 396.0, "height": 612.0, "bleed": 0.0}
    return Edition(**(known | parts), spreads=spreads)
