"""Set one story for several trims and print what follows from each: `python bench/trims.py [--story FILE] [TRIM ...]`."""

import argparse
import sys
from itertools import pairwise
from pathlib import Path
from statistics import mean, mode

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from pressbook.config import load  # noqa: E402 - this clone's own, installed or not
from pressbook.model import Edition, Line  # noqa: E402
from pressbook.pipeline import typeset  # noqa: E402
from pressbook.press import impose  # noqa: E402

TRIMS = ("mini", "A6", "mass-market", "half-letter", "A5-landscape", "square", "us-trade", "A4")


def main() -> int:
    """Print a line for each trim."""
    parser = argparse.ArgumentParser(description="Set one story for several trims and print what follows from each.")
    parser.add_argument("trims", nargs="*", metavar="TRIM", help="names or sizes; default: " + ", ".join(TRIMS))
    parser.add_argument("--story", type=Path, default=ROOT / "text" / "distinguishing-features.txt", help="default: the sample")
    options = parser.parse_args()
    print("trim           type         letters a line   lines a page   pages   sheets")
    for trim in options.trims or TRIMS:
        edition = typeset((options.story,), load(None, (f'page.trim="{trim}"',)), ())
        booklet = impose(len(edition.pages), edition.width, edition.height)
        lines = [slug.line for page in edition.pages if page.kind == "text" for slug in page.slugs]
        size = lines[0].words[-1].pieces[0].style.size
        letters = mean(len(" ".join(word.text for word in line.words)) for line in full(lines))
        depth, leading = grid(edition)
        paper = f"{booklet.sheets} of {booklet.sheet.name}"
        print(f"{trim:<15}{f'{size:g}/{leading:g} pt':<13}{letters:>8.0f}{depth:>17}{len(edition.pages):>13}   {paper}")
    return 0


def full(lines: list[Line]) -> list[Line]:
    """Keep the lines that fill the measure, so that paragraphs' last lines do not count."""
    widths = [
        line.indent
        + sum(word.width * line.scale + word.seams * line.tracking for word in line.words)
        + line.space * (len(line.words) - 1)
        for line in lines
    ]
    measure = sorted(widths)[len(widths) * 3 // 5]
    return [line for line, width in zip(lines, widths, strict=True) if width > measure - 6]


def grid(edition: Edition) -> tuple[int, float]:
    """Return how many grid lines the deepest page has, and their distance in points."""
    pages = [sorted({round(slug.y, 3) for slug in page.slugs}, reverse=True) for page in edition.pages if page.kind == "text"]
    leading = mode(round(upper - lower, 2) for heights in pages for upper, lower in pairwise(heights))
    deepest = max(round((heights[0] - heights[-1]) / leading) + 1 for heights in pages if heights)
    return deepest, round(leading, 2)


if __name__ == "__main__":
    sys.exit(main())
