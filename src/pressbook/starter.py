"""What a new project holds."""

import json
import re
from pathlib import Path

from pressbook.config import House

_CONFIG = """\
# How this book is made. Every key may be left out: pressbook then decides by rule.
# Change one and run `pressbook build`; or try it first, as in `pressbook build --set page.trim=A6`.

[book]
title = {title}
author = {author}
language = {language}        # which words may break where: "auto" is what the manuscript says; `pressbook list languages`
stories = [{story}]

[page]
trim = "half-letter"      # the page after folding; `pressbook list trims`, or a size: "148 x 210 mm"

[type]
font = "EB Garamond"      # a face in fonts/, or one that comes with pressbook: `pressbook list fonts`

[story]
scene-break = "blossom"   # `pressbook list ornaments`, any text, or "blank"
thoughts = "auto"         # inner monologue in italics: "auto", "tagged", "marked" (only as you marked it), "off"

[booklet]
scheme = "saddle"         # `pressbook list schemes`: stapled, sewn, folded from one sheet ...
sheet = "auto"            # the paper in your printer: "letter", "A4" ...

[outputs]
pages = true              # single pages in reading order
booklet = true            # sheets to print on both sides, fold and staple
cover = false             # a cover to wrap around them, its spine as thick as the pages: `pressbook cover`
epub = false              # the same book for reading on a screen
"""

_STORY = """\
Type or paste your story here, one paragraph after another, with a blank line between two.

"Straight quotes will do," said the printer - and so will single hyphens, three dots... and whatever else your keyboard gives you.

'Stars,' she thought, 'where the scene changes.'

***

Stars around words make them *italic*, and two of them **bold**. Run pressbook again. When it looks right, fold it.
"""

_FONTS = """\
# Your faces

Put TrueType or OpenType files (.ttf, .otf) here, roman and italic, and name the family in pressbook.toml under [type] font.
Their licence must allow embedding; `pressbook list fonts` shows what was found.
"""


def starter_files(name: str, manuscript: Path | None) -> dict[str, bytes]:
    """Return a new project's files, path to content; from a manuscript if one is given, else with a page to overwrite."""
    title = re.sub(r"[-_]+", " ", name).strip().capitalize() or "Untitled"
    author, language = "", "auto"
    decisions: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    if manuscript is None:
        story, text = "text/story.txt", _STORY.format(title=title)
    else:
        from pressbook.manuscript import front_matter, marks_beside, read
        from pressbook.markup import mark_up, marked, spoken

        source = read(manuscript)
        language = spoken(source.found.language)
        book = mark_up(source, House(), language=language)
        title, author = book.title, book.author
        story, text = f"text/{manuscript.stem}.md", front_matter(source.found) + marked(book)
        for picture in source.pictures:
            # A path that led out of the story's folder leads nowhere in another.
            called = Path(picture.name).name if ".." in Path(picture.name).parts else picture.name
            for end in (")", ' "'):
                text = text.replace(f"]({picture.name}{end}", f"]({called}{end}")
            pictures[f"text/{called}"] = picture.data
        if (marks := marks_beside(manuscript)).exists():
            decisions = {f"text/{marks.name}": marks.read_text(encoding="utf-8-sig")}
    config = _CONFIG.format(title=_quoted(title), author=_quoted(author), language=_quoted(language), story=_quoted(story))
    texts = {"pressbook.toml": config, story: text, **decisions, "fonts/README.md": _FONTS}
    return {name: words.encode() for name, words in texts.items()} | pictures


def _quoted(text: str) -> str:
    """Quote a text for TOML, whose basic strings are JSON's."""
    return json.dumps(text, ensure_ascii=False)
