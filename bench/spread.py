"""Render a spread of the sample zine as the README's picture: `python bench/spread.py [--pages 4-5]`.

The pages are drawn from the finished PDF and laid side by side as an open booklet lies. Nothing is retouched but the paper.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from math import exp
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "dist" / "distinguishing-features.pdf"
PICTURE = ROOT / "docs" / "spread.png"

PAGE_WIDTH = 640
"""Of one page in the picture, in pixels."""
OVERSAMPLING = 3
"""Pages are drawn so many times larger and then reduced: fine type keeps its hairlines."""
MARGIN = 56
"""The table around the booklet, in pixels."""
LEAVES = 3
"""Edges of the leaves below that show on either side."""
TABLE, PAPER, EDGE = 222, 252, 176
"""Greys, from 0 (black) to 255 (white)."""
WARMTH = (1.0, 0.985, 0.955)
"""How much red, green and blue the picture's white has: paper, not screen."""


def main() -> int:
    """Draw the picture and say where it is."""
    parser = argparse.ArgumentParser(description="Render a spread of the sample zine as the README's picture.")
    parser.add_argument("pdf", nargs="?", type=Path, default=SAMPLE, help="any PDF of single pages; default: the sample zine")
    parser.add_argument("--pages", default="4-5", metavar="VERSO-RECTO", help="two facing pages; default: %(default)s")
    parser.add_argument("-o", "--output", type=Path, default=PICTURE, metavar="FILE", help="default: docs/spread.png")
    options = parser.parse_args()
    verso, _, recto = options.pages.partition("-")
    if not (verso.isdigit() and recto.isdigit() and int(recto) == int(verso) + 1 and int(verso) % 2 == 0):
        parser.error("--pages takes an even page and the next, as in 4-5")
    if options.pdf == SAMPLE and not SAMPLE.exists():
        build_sample()
    left, right = (draw_page(options.pdf, int(number)) for number in (verso, recto))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    tint(open_book(left, right)).save(options.output, optimize=True)
    print(f"{options.output}: pages {verso} and {recto} of {options.pdf.name}, {options.output.stat().st_size / 1000:.0f} kB")
    return 0


def build_sample() -> None:
    """Build the sample zine with this clone's pressbook."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "pressbook", "build", str(ROOT), "--quiet"], env=environment, check=True)


def draw_page(pdf: Path, number: int) -> Image.Image:
    """Draw a page, counted from 1, in greys on white."""
    document = pdfium.PdfDocument(pdf)
    if number > len(document):
        raise SystemExit(f"error: {pdf.name} has {len(document)} pages, not {number}")
    page = document[number - 1]
    large = page.render(scale=OVERSAMPLING * PAGE_WIDTH / page.get_width()).to_pil().convert("L")
    return large.resize((PAGE_WIDTH, round(large.height * PAGE_WIDTH / large.width)), Image.Resampling.LANCZOS)


def open_book(left: Image.Image, right: Image.Image) -> Image.Image:
    """Lay two pages on a table, bound at the fold, with light from above left."""
    width, height = left.size
    book = Image.new("L", (2 * width, height))
    book.paste(bend(left, lambda x: light(width - x, from_left=False)), (0, 0))
    book.paste(bend(right, lambda x: light(x + 1, from_left=True)), (width, 0))
    across, up = 2 * width + 2 * MARGIN, height + 2 * MARGIN
    picture = cast_shadow(Image.new("L", (across, up), TABLE), (MARGIN, MARGIN, MARGIN + 2 * width, MARGIN + height))
    pen = ImageDraw.Draw(picture)
    for leaf in range(LEAVES, 0, -1):
        # Each leaf below is a little wider and shows as a hair of white and a hair of grey.
        box = (MARGIN - 2 * leaf, MARGIN + leaf, MARGIN + 2 * width + 2 * leaf - 1, MARGIN + height + leaf - 1)
        pen.rectangle(box, fill=PAPER - 10 - 4 * leaf, outline=EDGE)
    pen.rectangle((MARGIN - 1, MARGIN - 1, MARGIN + 2 * width, MARGIN + height), outline=EDGE)
    picture.paste(book, (MARGIN, MARGIN))
    return picture


def light(distance: float, *, from_left: bool) -> float:
    """Return how bright paper lies so many pixels from the fold: the page dips into it, and the far side catches the light."""
    dip = 0.34 * exp(-distance / 5) + 0.15 * exp(-distance / 34)
    crest = 0.022 * exp(-(((distance - 120) / 70) ** 2)) if from_left else 0.0
    shade = 0.02 * exp(-(((distance - 90) / 80) ** 2)) if not from_left else 0.0
    return min(1.0, PAPER / 255 * (1 - dip - shade) + crest)


def bend(page: Image.Image, brightness: Callable[[int], float]) -> Image.Image:
    """Multiply a page by a brightness that changes from column to column."""
    column = Image.new("L", (page.width, 1))
    column.putdata([round(255 * brightness(x)) for x in range(page.width)])
    return ImageChops.multiply(page, column.resize(page.size))


def cast_shadow(table: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """Darken the table below the booklet, softly and a little downwards."""
    left, top, right, foot = box
    for reach, drop, depth in ((22, 14, 46), (5, 4, 40)):
        shadow = Image.new("L", table.size, 0)
        ImageDraw.Draw(shadow).rectangle((left - 2, top + drop, right + 2, foot + drop), fill=depth)
        table = ImageChops.subtract(table, shadow.filter(ImageFilter.GaussianBlur(reach)))
    return table


def tint(picture: Image.Image) -> Image.Image:
    """Give the greys the warmth of paper: one palette entry a grey, so that the file stays small."""
    warm = Image.new("P", picture.size)
    warm.putpalette([round(grey * share) for grey in range(256) for share in WARMTH])
    warm.frombytes(picture.tobytes())
    return warm


if __name__ == "__main__":
    sys.exit(main())
