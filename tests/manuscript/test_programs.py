"""Files as the programs of this world write them, odd habits and all, come out as the story that was meant."""

import pytest
from formats import W, docx, w, write

from pressbook.config.schema import House
from pressbook.manuscript import read
from pressbook.markup import mark_up, marked

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CONTENTS = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    + w("Contents", style="H1")
    + f"<w:p>{FIELD.format('begin')}<w:r><w:instrText> TOC </w:instrText></w:r>{FIELD.format('separate')}"
    + "<w:r><w:t>Chapter One</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>3</w:t></w:r></w:p>"
    + f"<w:p>{FIELD.format('end')}</w:p></w:sdtContent></w:sdt>"
)
LIST = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr></w:pPr><w:r><w:t>{2}</w:t></w:r></w:p>'
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1">'
    '<w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt '
    'w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6">'
    '<w:abstractNumId w:val="2"/></w:num></w:numbering>'
)
WORD = docx(
    CONTENTS
    + w("Chapter One", style="H1")
    + w('"You are ', ("la", "<w:i/>"), ("te", "<w:i/>"), ',"\u00a0 said the ferry\u00adman.')
    + '<w:p><w:smartTag w:element="place"><w:r><w:t>London</w:t></w:r></w:smartTag><w:del><w:r><w:delText> never</w:delText></w:r>'
    "</w:del><w:ins><w:r><w:t> always</w:t></w:r></w:ins><w:r><w:t> slept</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> not</w:t>"
    '</w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    + "".join(LIST.format(*item) for item in [(5, 0, "boat"), (5, 1, "oar"), (5, 1, "rope"), (5, 0, "lamp"), (5, 1, "oil")])
    + LIST.format(6, 0, "bread")
    + LIST.format(0, 0, "Not of the list.")
    + '<w:p><w:r><w:t>The boat left.</w:t></w:r><w:r><w:br w:type="page"/></w:r><w:r><w:t>It rained.</w:t></w:r></w:p>'
    + '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>* * *</w:t></w:r></w:p>'
    + w("It was over."),
    **{"word/numbering.xml": NUMBERING},
)
GOOGLE = """\
<html><head><meta content="text/html; charset=UTF-8"><style>.c1{font-style:italic}.c2{text-align:center}</style></head>
<body><h1><span>One</span></h1><p><span>&ldquo;You are </span><span class="c1">la</span><span class="c1">te</span><span>,&rdquo;
said he.&nbsp; </span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><p><span>See </span><a
href="https://www.google.com/url?q=https://boats.example/a?b%3D1&amp;sa=D&amp;usg=x">the list</a><sup><a href="#cmnt1"
id="cmnt_ref1">[a]</a></sup><span>.</span></p><p class="c2"><span>***</span></p><hr style="page-break-before:always;display:none;">
<ul><li><span>bread</span></li></ul><h1>Two</h1><p><span>It was over.</span></p><hr>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;A
note.</span></p></div><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this right?</span></p></div></body></html>"""
WORD_PAGE = """\
<html xmlns:o="urn:o"><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><!--[if gte mso 9]>
<xml><o:Author>Ada</o:Author></xml><![endif]--></head><body><div class=WordSection1><h1>One<o:p></o:p></h1><p class=MsoNormal>
\x93You are <i style='mso-bidi-font-style:normal'>la</i><i>te</i>,\x94 said he.<span style='mso-spacerun:yes'>\xa0 </span><a
href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a><o:p></o:p></p>
<p align=center>* *
*<o:p></o:p></p><p><o:p>&nbsp;</o:p></p><p
style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>\xb7
<span>&nbsp;&nbsp; </span></span><![endif]>bread</p><h1>Two</h1>
<p>It was over.</p></div><div style='mso-element:footnote' id=ftn1><p><a
href="#_ftnref1" name="_ftn1"><![if !supportFootnotes]>[1]<![endif]></a> A note.</p></div></body></html>"""
MAC = rb"""{\rtf1\ansi\ansicpg1252\cocoartf2639
{\fonttbl\f0\froman TimesNewRomanPSMT;}{\colortbl;\red255\green255\blue255;}{\*\expandedcolortbl;;}
\pard\qc\f0\fs48 \cf0 {\b\fs28 Chapter One}\
\pard\fi720 \'93You are
\f1\i  late
\f0\i0 ,\'94 said he.\
And {\i he} ran.{\footnote \pard {\super\chftn } A note.}\
\pard\qc # \
\pard\fi720 It was \uc0\u8220 over\u8221 .\
}"""
OBSIDIAN = """---
title: The Salt Road
cssclasses: wide
---

## One

"You are *late*," said [[Tom Hale|Tom]]. %%or Ada?%% He looked at ==the water== and [[The Boat]]; 2 == 2.

***

He ran.

## Two

It was over.
"""
SAVED = """<html><head><title>The Salt Road | Stories Online</title></head>
<body><header>Log in</header>
<div role="main"><h1>One</h1><p>"You are <em>late</em>," said he.</p><p>***</p>
<p>He ran.</p><h1>Two</h1><p>It was over.</p></div><footer>2026</footer></body></html>"""
LATE = "“You are *late*,” said "


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        (
            "word.docx",
            WORD,
            f"# Chapter One\n\n{LATE}the ferry\u00adman.\n\n"
            "London always slept.\n\n1. boat\n\na. oar\n\nb. rope\n\n2. lamp\n\na. oil\n\n"
            "• bread\n\nNot of the list.\n\nThe boat left.\n\n* * *\n\nIt rained.\n\n* * *\n\nIt was over.\n",
        ),
        (
            "google.html",
            GOOGLE,
            f"# One\n\n{LATE}he.[^1]\n\n"
            "See [the list](https://boats.example/a?b=1).\n\n* * *\n\n• bread\n\n[^1]: A note.\n\n# Two\n\nIt was over.\n",
        ),
        (
            "word.html",
            WORD_PAGE.encode("latin-1"),
            f"# One\n\n{LATE}he.[^1]\n\n* * *\n\n• bread\n\n[^1]: A note.\n\n# Two\n\nIt was over.\n",
        ),
        ("mac.rtf", MAC, f"# Chapter One\n\n{LATE}he.\n\nAnd *he* ran.[^1]\n\n* * *\n\nIt was “over”.\n\n[^1]: A note.\n"),
        (
            "obsidian.md",
            OBSIDIAN,
            f"## One\n\n{LATE}Tom. He looked at the water and The Boat; 2 == 2.\n\n* * *\n\nHe ran.\n\n## Two\n\nIt was over.\n",
        ),
        ("saved.html", SAVED, f"# One\n\n{LATE}he.\n\n* * *\n\nHe ran.\n\n# Two\n\nIt was over.\n"),
    ],
)
def test_what_programs_write(tmp_path, name, data, text):
    """The words stand as they were meant, and nothing that the program added for itself stands among them."""
    book = mark_up(read(write(tmp_path, name, data)), House())
    assert marked(book) == text


def test_what_stands_around_a_page_is_told(tmp_path):
    """A page that says which of its parts is the main one is read so, with a notice; its title loses the site's name."""
    manuscript = read(write(tmp_path, "a.html", SAVED))
    assert [finding.rule for finding in manuscript.findings] == ["around"]
    assert manuscript.found.title == "The Salt Road"


def test_words_that_only_look_linked_stay(tmp_path):
    """Percent signs, equal signs and brackets that a story types for itself stay letters."""
    text = "It was 5%, then 6 %, a == b.\n\nHe typed [x] and [y][z].\n"
    assert [block.text for block in read(write(tmp_path, "a.md", text)).blocks] == text.strip().split("\n\n")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        # Obsidian
        ("He sat. ^abc12f\n\n^37066d\n\nIt rained.", "He sat.|It rained."),
        ("They typed ^this\n\n^this\n\nHe grinned ^_^", "They typed ^this|^this|He grinned ^_^"),
        (
            "> [!note] A warning\n> The lamp is out.\n\n> [!quote]-\n> Only this.",
            "> **A warning**\u2028The lamp is out.|> Only this.",
        ),
        ("She ~~ran~~ walked ~~to the quay~~, ~~~ and ~~ so ~~.", "She ran walked to the quay, ~~~ and ~~ so ~~."),
        # pandoc
        ("# One {#one .part}\n\n[A CO.]{.smallcaps} it was.", "# One|A CO. it was."),
        ("He said:\n\n::: {.letter}\nDear Mara,\n:::\n\nIt rained.", "He said:|Dear Mara,|It rained."),
        (":::\n\nIt rained.\n\n:::", ":::|It rained.|:::"),
        ("He sang:\n\n| The lamp is *out*,\n| and cold.\n\nIt rained.", "He sang:|The lamp is *out*,\u2028and cold.|It rained."),
        (
            "1.  a coat\n2.  a rope\n    a.  of hemp\n    b.  of wire\n3.  bread",
            "1. a coat|2. a rope\u2028a.  of hemp\u2028b.  of wire|3. bread",
        ),
        (
            "Here:\n\n  Boat     Berth\n  -------- -------\n  Heron    4\n\nIt rained.\n\n- -- -\n\nIt was over. See [a](https://b.example).",
            "Here:|Boat · Berth\u2028Heron · 4|It rained.|* * *|It was over. See [a](https://b.example).",
        ),
    ],
)
def test_what_writers_of_markdown_add(tmp_path, typed, says):
    """Names of paragraphs, attributes and fences are gone, callouts are quotations, what is struck through is set plain."""
    manuscript = read(write(tmp_path, "a.md", typed))
    assert [block.text for block in manuscript.blocks] == says.split("|")
    assert max(block.gap for block in manuscript.blocks) <= 1
    assert ("struck" in [finding.rule for finding in manuscript.findings]) == ("~~ran" in typed)
