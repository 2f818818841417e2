"""A painter in words: every page as text that reads well in a diff, for tests and goldens."""

from collections.abc import Iterator

from pressbook.model import Edition, Figure, Inset, Page, Piece, Slug, Style
from pressbook.pdf.fonts import SHY


def transcript(edition: Edition) -> str:
    """Write down what stands where: a header a page, then a line a slug with its baseline and left edge, in points.

    Lines read `y x "words"`, then what differs from the plain: word space, hanging letters, style.
    """
    return "\n".join("\n".join(_page(page)) + "\n" for page in edition.pages)


def _page(page: Page) -> Iterator[str]:
    label = f" label {page.label}" if page.label else ""
    yield f"page {page.number} {page.side} {page.kind}{label}"
    yield from (f"  {_slug(slug)}" for slug in page.slugs)
    yield from (f"  {_figure(figure)}" for figure in page.figures)
    yield from (f"  {_inset(inset)}" for inset in page.insets)
    yield from (f"  {_round(code.y)} {_round(code.x)} code {code.text!r} size={_round(code.size)}" for code in page.codes)
    yield from (f"  furniture {_slug(slug)}" for slug in page.furniture)


def _slug(slug: Slug) -> str:
    line = slug.line
    words = " ".join("".join(map(_letters, word.pieces)) for word in line.words)
    said = [f'{_round(slug.y)} {_round(slug.x + line.indent)} "{words}"', f"space={_round(line.space)}"]
    if line.words and (line.words[0].hang_left or line.words[-1].hang_right):
        said.append(f"hang={_round(line.words[0].hang_left)}/{_round(line.words[-1].hang_right)}")
    styles = list(dict.fromkeys(_style(piece.style) for word in line.words for piece in word.pieces))
    return " ".join([*said, *styles])


def _letters(piece: Piece) -> str:
    return piece.text.replace(SHY, "¬").replace('"', '\\"')


def _style(style: Style) -> str:
    return f"[{style.font.family} {style.font.style} {style.size:g}]"


def _figure(figure: Figure) -> str:
    return f"{_round(figure.y)} {_round(figure.x)} ornament {figure.ornament.name} height={_round(figure.height)}"


def _inset(inset: Inset) -> str:
    size = f"{_round(inset.width)}x{_round(inset.height)}"
    return f"{_round(inset.y)} {_round(inset.x)} picture {inset.picture.name} {size}"


def _round(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"  # adding zero turns -0.0 into 0.0
