"""The commands' arguments and their help."""

import argparse
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

from pressbook import __version__
from pressbook.cli.build import build, cover
from pressbook.cli.check import check
from pressbook.cli.common import USAGE, complain
from pressbook.cli.impose import impose
from pressbook.cli.lists import listing
from pressbook.cli.mark import mark
from pressbook.cli.new import new
from pressbook.cli.proof import proof
from pressbook.project import CONFIG_NAME

LISTS = ("trims", "fonts", "ornaments", "schemes", "printers", "languages")

PROOF_TRIM = "also show the pages as they come out of folding and trimming, and what is left of their margins"


def _some_pages(text: str) -> int:
    """Read a number of pages."""
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of pages")
    return int(text)


class _Parser(argparse.ArgumentParser):
    """Complains about a wrong command line as about everything else."""

    def error(self, message: str) -> NoReturn:
        complain(message, f"`{self.prog} --help` shows how it is meant, with examples")
        sys.exit(USAGE)


_ABOUT = """\
pressbook takes a story as its author typed it and writes a print-ready PDF:
a zine to fold and staple tonight, or a book block that a printer accepts."""

_EXAMPLES = """\
examples:
  pressbook build story.txt               set a lone manuscript, into dist/
  pressbook build                         set the project in this folder
  pressbook build my-chapters             bind ch1.docx, ch2.docx ... as one book
  pressbook build story.txt --trim A6     set it anew for another page
  pressbook mark story.txt                see what was understood: italics,
                                          scene breaks, quotes
  pressbook check dist/story.pdf          will a printer take it?
  pressbook impose dist/story.pdf         lay any PDF on sheets to fold
  pressbook new my-zine --from story.txt  make it a project with a config
  pressbook list trims                    the pages that have names

`pressbook COMMAND --help` tells more about each.
exit status: 0 done; 1 the input is at fault, and nothing was written;
2 the command line is wrong; 3 done, but a finding is an error"""

_BUILD = f"""\
examples:
  pressbook build story.txt                     dist/story.pdf, to read, and
                                                dist/story-booklet.pdf, to print
  pressbook build story.txt --trim "120 x 170 mm" --out proofs
  pressbook build story.txt --trim A6 --proof-trim   see it cut before you cut
  pressbook build --trim A5 --set booklet.sheet=A4 --set type.size=11pt
  pressbook build --set outputs.booklet=false   the pages only
  pressbook build my-chapters --set book.volume-pages=400
                                                a long story in volumes
  pressbook build --trim mini --set booklet.scheme=mini-8

A story needs no config. With a {CONFIG_NAME} in its folder, or in the folder
above its text/, that is heeded, and PDFs go to the dist/ beside it.

keys of {CONFIG_NAME}, all optional, each also for --set:
  [book]    title author language subtitle series opening copyright source
            source-code not-for-sale dedication epigraph contents notes tags
            colophon isbn stories stories-are volume-pages
  [page]    trim bleed margins ("auto", or inner outer head foot) gutter
            safety pages heads folios
  [type]    font fallback size leading justify figures protrusion expansion
            hyphenate exceptions drop-cap initial-quote lead-in
  [story]   scene-break thoughts quotes dashes footnotes links
  [press]   printer (`list printers`) standard ink overprint marks multiple
            date
  [booklet] scheme (`list schemes`) sheet signature cut-first duplex caliper
            creep safety back-offset marks
  [cover]   see `pressbook cover --help`
  [outputs] pages booklet cover howto epub

A fonts/ folder beside the {CONFIG_NAME} is searched before the faces that
come with pressbook."""

_PROOF = """\
examples:
  pressbook proof story.txt             widows, runts, hyphens, loose lines; the worst lines quoted
  pressbook proof --trim A6             the same for another page
  pressbook proof story.txt --json      all figures and decisions, for programs

Nothing is written. A word space is given as a multiple of the book's median.

what it counts:
  loose, tight    lines whose word spaces are far wider or narrower than others
  ladder          three lines running that end in a hyphen
  runt            a paragraph's last line that is hardly a word
  stack           the same word at the start or end of two lines running
  river           white that runs down through the lines
  widow, orphan   a paragraph's last line, or first, alone on its page
  uneven spread   facing pages that do not end on the same line"""

_MARK = """\
examples:
  pressbook mark story.txt                  print it
  pressbook mark story.txt -o story.md      write it down, to correct and build
  pressbook mark story.txt --set story.thoughts=off
  pressbook mark story.txt --list           what to look at, and why
  pressbook mark story.txt --review         asked about each: y, n, s or q
  pressbook mark story.txt --json           with each decision, its rule and why

in the marked manuscript:
  *italic*   **strong**   a backslash before a mark that is meant literally
  * * *      a scene break
  ~          a pause (a white line)
  # chapter or part   ## section
  > an epigraph, a letter or a note
  > THE END <         a centred line
  >> Yours, Tom       a signature, hung to the right
  ![Words below](map.png)         a picture, PNG or JPEG, alone in its block;
                      {full} behind it: a page of its own; {bleed}: off it
  a line that ends in a backslash keeps its end: verse, or a letter's lines

What is wrong is overruled in story.marks.toml, beside story.txt:

  [rules]
  thought-voice = "reject"        a rule that --list names: "accept", "reject"

  [[decision]]
  kind = "thought"              what it is: a kind that --list names
  text = "Not again."           the words meant
  in = "Not again. She turned"  their sentence, and as many neighbours as
                                it takes to find it
  verdict = "accept"            do it; "reject": leave it

  kind = "scene-break" or "pause" is about the gap above the words quoted,
  "chapter" about their line; "italic" sets them italic, or roman; for
  "quote", "dash", "ellipsis" and "space", "reject" leaves them as typed, and
  set = "’uz" spells the signs out. Quotes and dashes may be typed any way."""

_COVER = f"""\
examples:
  pressbook cover story.txt                   dist/story-cover.pdf
  pressbook cover story.txt --set press.printer=kdp
  pressbook cover story.txt --set "cover.ground=k 85" --set cover.ornament=moon
  pressbook cover story.txt --set book.isbn=978-0-306-40615-7

The story is set to count its pages; only the cover is written. Back, spine
and front stand on one sheet, the spine as thick as the printer's paper makes
it, with type on it where that is wide enough. `build` writes it as well, with
outputs.cover = true in {CONFIG_NAME}.

keys of [cover]: place image title front blurb spine-text ornament ground ink
  paper spine bleed flap flap-front flap-back; and of [book]: title subtitle
  author series isbn

Exit status 3 if the printer would refuse it."""

_CHECK = """\
examples:
  pressbook check dist/story.pdf                     for any print shop
  pressbook check dist/story.pdf --printer home      as that printer would
  pressbook check dist/story.pdf --against story.txt
                                                     is every word there?
  pressbook check dist/story-cover.pdf --cover 200 --printer kdp
                                                     does the spine fit?
  pressbook check dist/story.pdf --printer shop.toml  as your own table says
  pressbook check dist/story.pdf --json              for programs

Any PDF will do, whatever made it. Looked at: page count, trim and boxes,
fonts, inks and their coverage, gutter and safety of type, bleed, lines, size
of type, resolution, transparency, the PDF/X standard that it claims, and what
has no place in print: scripts, forms, annotations, layers, passwords.

Each finding says the page, what is wrong, what to do, and whose limit it is
and when that was read. Exit status 3 if any is an error."""

_IMPOSE = """\
examples:
  pressbook impose dist/story.pdf               a booklet, to fold and staple
  pressbook impose dist/story.pdf --scheme signatures --set booklet.signature=8
  pressbook impose dist/story.pdf --scheme mini-8 --sheet letter
  pressbook impose dist/story.pdf --set booklet.duplex=long-edge --out sheets
  pressbook impose --calibrate                  backs that miss their fronts:
  pressbook impose --calibrate "0.5 -0.3 0.6 0"   print a target, type readings

Any PDF will do. Its pages are as large as their TrimBox says, or else their
CropBox or MediaBox. Pages too large for a sheet that you name are scaled down,
never up; comments and form fields are left out. `list schemes` tells
the schemes, and all keys of [booklet] can be set as for build; those of a
pressbook.toml in this folder are heeded."""

_NEW = """\
examples:
  pressbook new my-zine                     with a page to overwrite
  pressbook new my-zine --from story.txt    with your story, marked up

--from takes .txt .md .html .epub .docx .odt .rtf; title, author and language
are filled in where the file tells them."""

_LIST = """\
examples:
  pressbook list trims        for --trim and page.trim
  pressbook list fonts        for type.font: those in ./fonts, then our own
  pressbook list ornaments    for story.scene-break
  pressbook list schemes      for booklet.scheme
  pressbook list printers     for press.printer and check --printer
  pressbook list languages    for book.language: those that can be hyphenated"""


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    # All is as wide as the examples, which are laid out for 80 columns; to ask the terminal takes a third of making the parser.
    raw = partial(argparse.RawDescriptionHelpFormatter, width=78)
    parser = _Parser(prog="pressbook", description=_ABOUT, epilog=_EXAMPLES, formatter_class=raw, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"pressbook {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str, more: str) -> argparse.ArgumentParser:
        says = f"{about[0].upper()}{about[1:]}."
        sub = commands.add_parser(name, help=about, description=says, epilog=more, formatter_class=raw, allow_abbrev=False)
        sub.set_defaults(command=run)
        return sub

    def source(sub: argparse.ArgumentParser) -> None:
        kinds = ".txt .md .html .epub .docx .odt .rtf"
        where = f"a manuscript ({kinds}), or a folder with a story, its chapters or a {CONFIG_NAME}; default: this folder"
        sub.add_argument("source", metavar="SOURCE", nargs="?", type=Path, help=where)
        config = f"overrule a key of {CONFIG_NAME}; may be repeated"
        sub.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help=config)

    sub = command("build", build, "set a story: pages, and a booklet to fold", _BUILD)
    source(sub)
    sub.add_argument("--trim", metavar="T", help='the page after cutting: a name from `list trims`, or a size such as "5.5x8.5in"')
    sub.add_argument("--out", metavar="DIR", type=Path, help="where the PDFs go; default: dist/")
    sub.add_argument("--proof-trim", action="store_true", help=PROOF_TRIM)
    sub.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("cover", cover, "make the wrap cover of a story, its spine as thick as its pages", _COVER)
    source(sub)
    sub.add_argument("--trim", metavar="T", help="the page after cutting, as for build")
    sub.add_argument("--out", metavar="DIR", type=Path, help="where the PDF goes; default: dist/")
    sub.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("mark", mark, "print the manuscript as understood, as light Markdown", _MARK)
    source(sub)
    sub.add_argument("-o", "--output", metavar="FILE", type=Path, help="write it to a file instead")
    instead = sub.add_mutually_exclusive_group()
    instead.add_argument(
        "--list", action="store_true", help="print what was decided: the uncertain one by one, the rest in figures"
    )
    instead.add_argument("--review", action="store_true", help="ask about the uncertain one by one, and write the answers down")
    instead.add_argument("--json", action="store_true", help="print the text with every decision, as one JSON object")

    sub = command("proof", proof, "report on a story: how even its lines are, how level its pages", _PROOF)
    source(sub)
    sub.add_argument("--trim", metavar="T", help="the page after cutting, as for build")
    sub.add_argument("--json", action="store_true", help="print the report with every decision, as one JSON object")

    sub = command("check", check, "preflight any PDF for a printer; prove that no word was lost", _CHECK)
    sub.add_argument("file", metavar="FILE.pdf", type=Path, help="the PDF; it is read, not changed")
    sub.add_argument("--printer", metavar="P", help="a name of `list printers`, or your own table.toml; default: any print shop")
    of_pages = "it is the cover of a book of so many pages: are spine, bleed and type as they should be?"
    sub.add_argument("--cover", metavar="PAGES", type=_some_pages, help=of_pages)
    sub.add_argument("--trim", metavar="T", help="the page after cutting, where it could be several: only that is right")
    sub.add_argument("--against", metavar="MANUSCRIPT", type=Path, help="prove that each of its words is there, in order, once")
    built = f"with --against: a key of {CONFIG_NAME}, as the PDF was built; may be repeated"
    sub.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help=built)
    sub.add_argument("--json", action="store_true", help="print the findings as one JSON object")

    sub = command("impose", impose, "lay the pages of any PDF on sheets to fold", _IMPOSE)
    sub.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the PDF")
    sub.add_argument("--scheme", metavar="S", help="how: a name from `list schemes`; default: saddle")
    sub.add_argument("--sheet", metavar="SIZE", help='the paper: letter, A4 …, or a size such as "12x18in"')
    sub.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="set a key of [booklet]; may be repeated")
    sub.add_argument("--out", metavar="DIR", type=Path, help="where the sheets go; default: dist/")
    target = "print a target for backs that miss their fronts; with what was read off it, say what to write into the config"
    sub.add_argument("--calibrate", metavar="READINGS", nargs="?", const="", help=target)
    sub.add_argument("--howto", action="store_true", help="also write a leaflet with drawings: how to print, fold and bind")
    sub.add_argument("--proof-trim", action="store_true", help=PROOF_TRIM)
    sub.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("new", new, f"start a project: {CONFIG_NAME}, text/ and fonts/", _NEW)
    sub.add_argument("folder", metavar="DIR", type=Path, help="the folder to make")
    story = "a story to start from; it is read, not changed"
    sub.add_argument("--from", metavar="MANUSCRIPT", dest="manuscript", type=Path, help=story)
    sub.add_argument("--quiet", action="store_true", help="print errors only")

    sub = command("list", listing, "list what has a name: " + ", ".join(LISTS), _LIST)
    sub.add_argument("what", metavar="WHAT", choices=LISTS, help=", ".join(LISTS))
    return parser
