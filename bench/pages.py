"""Fit one story to several numbers of pages and print what was chosen: `python bench/pages.py [--story FILE] [PAGES ...]`."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from pressbook.config import load  # noqa: E402 - this clone's own, installed or not
from pressbook.errors import LayoutError  # noqa: E402
from pressbook.pipeline import typeset  # noqa: E402

PAGES = ("4", "8", "12", "16", "20")


def main() -> int:
    """Print a line for each number of pages."""
    parser = argparse.ArgumentParser(description="Fit one story to several numbers of pages and print what was chosen.")
    parser.add_argument("pages", nargs="*", metavar="PAGES", help='numbers, or "multiple of 4"; default: ' + ", ".join(PAGES))
    parser.add_argument("--story", type=Path, default=ROOT / "text" / "distinguishing-features.txt", help="default: the sample")
    parser.add_argument("--trim", default="half-letter", help="default: half-letter")
    options = parser.parse_args()
    print("pages   type           letters a line   lines a page   begins with    last page full")
    for pages in options.pages or PAGES:
        try:
            edition = typeset((options.story,), load(None, (f'page.trim="{options.trim}"', f'page.pages="{pages}"')), ())
        except LayoutError as error:
            print(f"{pages:<8}cannot be had; {error.hint.partition(';')[0]}")
            continue
        fit = next(fit for fit in edition.menu if fit.chosen)
        kind = f"{fit.size:g}/{fit.leading:g} pt"
        print(f"{fit.pages:<8}{kind:<15}{fit.letters:>8.0f}{fit.lines:>17}         {fit.opening:<15}{100 * fit.fill:>7.0f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
