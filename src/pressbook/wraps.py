"""Wraps: the cover of a book that is set, laid out and painted."""

from pathlib import Path

from pressbook.composition import DisplayCase
from pressbook.config import Config, in_four_inks, plan
from pressbook.errors import ConfigError
from pressbook.manuscript.pictures import picture_for
from pressbook.model import Edition, Finding, Font, Ornament, Page, Picture, Printer, Spread
from pressbook.paging import coarse, find_ornament
from pressbook.pdf import cover_pdf
from pressbook.press.covers import panels, wrap
from pressbook.values import replace

LETTERS = 6
"""A word and its space have so many letters, more or less: enough to plan the type that the display sizes go by."""


def cover_of(
    edition: Edition, config: Config, printer: Printer, fonts: tuple[Font, ...], folder: Path, moment: int | None = None
) -> tuple[bytes, tuple[Finding, ...]]:
    """Make the cover of a finished book; return it as a PDF with what should be known of it.

    `folder` is the project's, in which its picture lies. ConfigError and LayoutError as `wrap` raises them, and the errors
    of `picture_for`.
    """
    case = DisplayCase(plan(config, LETTERS * edition.words), fonts)
    cover, findings = wrap(edition, config, printer, case.lines, _ornament(config), cover_picture(config, folder))
    colours = [*(ground.colour for ground in cover.grounds), *(pen.colour for pen in cover.letterings)]
    press = in_four_inks(config.press) if any(len(colour) == 4 for colour in colours) else config.press
    rough = tuple(found for inset in cover.insets if (found := coarse(inset, None)))
    return cover_pdf(cover, edition, press, moment), (*findings, *rough)


def around(edition: Edition, config: Config, fonts: tuple[Font, ...], folder: Path) -> Edition:
    """Put a zine's cover on its own outermost sheet: front and back become its first and last pages, blank inside.

    ConfigError for a ground or a colour, which the pages inside could not match; LayoutError as `wrap` raises it, and the
    errors of `picture_for`.
    """
    keys = config.cover
    if keys.ground != "none" or keys.ink != "auto":
        raise ConfigError(
            "a cover around the zine is printed with it, in black on its paper",
            'leave cover.ground and cover.ink out, or set cover.place = "apart"',
        )
    case = DisplayCase(plan(config, LETTERS * edition.words), fonts)
    front, back = panels(edition, config, case.lines, _ornament(config), cover_picture(config, folder))
    rough = (coarse(inset, None) for inset in front.insets)
    last = len(edition.pages) + 4
    pages = (
        Page(1, "recto", "title", front.slugs, front.figures, insets=front.insets),
        Page(2, "verso", "blank"),
        *(replace(page, number=page.number + 2) for page in edition.pages),
        Page(last - 1, "recto", "blank"),
        Page(last, "verso", "front", back.slugs, back.figures),
    )
    return replace(
        edition,
        spreads=(Spread(None, pages[0]), *(Spread(*pages[at : at + 2]) for at in range(1, last - 1, 2)), Spread(pages[-1], None)),
        outline=tuple(replace(entry, page=entry.page + 2) for entry in edition.outline),
        findings=(
            *(replace(found, page=found.page and found.page + 2) for found in edition.findings),
            *front.findings,
            *filter(None, rough),
        ),
        compromises=tuple(replace(paid, page=paid.page + 2) for paid in edition.compromises),
    )


def cover_picture(config: Config, folder: Path) -> Picture | None:
    """Return what `cover.image` names, if anything; the errors of `picture_for`."""
    return picture_for("cover.image", config.cover.image, folder) if config.cover.image else None


def _ornament(config: Config) -> Ornament | None:
    """Return what `cover.ornament` names; `auto` is the one between the scenes, if that is a drawing."""
    named = config.story.scene_break if config.cover.ornament == "auto" else config.cover.ornament
    return None if named == "none" else find_ornament(named)
