"""The style sheet: what print does with white, indents and small capitals, said once; the face is the reader's own."""

from pressbook.config import Config

_SHEET = """\
body { margin: 0 5%; line-height: 1.4; hyphens: auto; -webkit-hyphens: auto; -epub-hyphens: auto; }
p { margin: 0; text-indent: 1.3em; orphans: 2; widows: 2; }
h1 + p, .byline + p, h2 + p, hr + p, .break + p, .verse + .verse { text-indent: 0; }
h1, h2 { font-weight: normal; text-align: center; line-height: 1.2; hyphens: none; -webkit-hyphens: none; -epub-hyphens: none;
  break-after: avoid; page-break-after: avoid; }
h1 { margin: 12% 0 2.5em; font-size: 1.4em; }
h2 { margin: 2em 0 1em; font-size: 1.1em; }
h1 .number { display: block; margin-bottom: .6em; font-size: .75em; font-variant: small-caps; letter-spacing: .08em; }
.byline { margin: -1.8em 0 2.5em; text-indent: 0; text-align: center; font-variant: small-caps; letter-spacing: .06em; }
hr { height: 0; margin: 1.4em 0; border: 0; }
hr.pause { margin: .7em 0; }
.break { margin: 1.4em 0; text-align: center; text-indent: 0; break-inside: avoid; page-break-inside: avoid; }
.break hr { margin: 0; }
blockquote { margin: 1em 1.5em; }
blockquote p:first-child { text-indent: 0; }
.verse { margin: 1em 1.5em; text-indent: 0; text-align: left; }
.centred { margin: 1em 0; text-indent: 0; text-align: center; }
.signature { margin: 0 1.5em 1em; text-indent: 0; text-align: right; }
.line { display: block; }
.verse .line { padding-left: 1.5em; text-indent: -1.5em; }
.line + br { display: none; }
figure { margin: 1.4em 0; text-align: center; break-inside: avoid; page-break-inside: avoid; }
figure.full, figure.bleed { break-before: page; page-break-before: always; break-after: page; page-break-after: always; }
figure img { max-width: 100%; max-height: 90vh; }
figcaption { margin-top: .5em; font-size: .88em; font-style: italic; line-height: 1.25; }
.reference { vertical-align: super; font-size: .7em; line-height: 0; text-decoration: none; }
aside { margin: 1em 0; font-size: .88em; }
aside p { text-indent: 0; }
.part h1 { margin-top: 35%; font-size: 1.8em; }
.titlepage, .display { text-align: center; }
.titlepage h1 { margin: 30% 0 1em; font-size: 2em; font-weight: bold; }
.titlepage p, .imprint, .display { text-indent: 0; }
.titlepage .subtitle { margin-bottom: 1.5em; font-style: italic; }
.titlepage .author { margin-bottom: 2em; font-variant: small-caps; letter-spacing: .06em; }
.imprint { margin-top: 60%; font-size: .85em; text-align: left; }
.display { margin-top: 30%; font-style: italic; }
nav ol { padding-left: 1.3em; list-style: none; }
nav li { margin: .4em 0; }
nav a { color: inherit; text-decoration: none; }
"""
_LEAD_IN = {
    "chapters": "h1 + p:not(.byline)::first-line, .byline + p::first-line { font-variant: small-caps; }\n",
    "scenes": "h1 + p:not(.byline)::first-line, .byline + p::first-line, .break + p::first-line { font-variant: small-caps; }\n",
    "none": "",
}


def sheet_for(config: Config) -> str:
    """Return the style sheet for a book; small capitals lead in where the config has them do so in print."""
    return _SHEET + _LEAD_IN[config.type.lead_in]
