"""A printer's table: complete for ours, a few lines for the user's, and clear words where a key is wrong."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

import pressbook.press.printers
from pressbook.config.printers import TOPICS, PrinterTable, parse_table, read_table
from pressbook.errors import ConfigError
from pressbook.press.printers import PRINTERS, find_printer, wishes
from pressbook.units import INCH, mm

TABLES = Path(pressbook.press.printers.__file__).parent
TRADE = tomllib.loads((TABLES / "trade.toml").read_text("utf-8"))

WRONG = """
[margns]                                  | unknown key 'margns'                      | did you mean 'margins'?
[margins] safty = "1in"                   | unknown key 'margins.safty'               | did you mean 'safety'?
[margins] safety = "wide"                 | margins.safety: 'wide' is not a length    | "0.25 in"
[margins] safety = 3                      | margins.safety: 3 is no length            | in quotes
[margins] safety = "9999 in"              | out of range                              | "0.25 in"
[margins] gutter = "-1in"                 | margins.gutter: '-1in' is not a length    | gutter = "0.5 in"
[margins] gutter = [[9, "1in"], [3, "2in"]] | do not climb                            | gutter
[margins] level = "of"                    | margins.level: invalid word 'of'          | 'error'
[margins] source = "y"                    | margins.source = 'y' is not described     | [sources.y]
[trims] sizes = ["5x8in", "large"]        | trims.sizes: 'large' is not a size        | "5 x 8 in"
[trims] width = ["1in"]                   | trims.width                               | width = ["4 in"
[trims] width = ["1in", "2in"]            | needs both                                | height
[trims]                                   | neither sizes nor a range                 | sizes
[pages] least = 10, most = 5              | no multiple of 1 from 10 to 5             | most
[pages] least = "ten"                     | pages.least: expected a whole number      | without quotes
[pages] least = 0                         | pages.least                               | whole number
pages = 3                                 | pages: expected a table of keys           | least
[file] standard = "PDF/X"                 | file.standard: invalid word 'PDF/X'       | 'PDF/X-1a'
[file] accepts = []                       | file.accepts                              | 'PDF/X-4'
[file] inks = {rgbb = "error"}            | file.inks: invalid word 'rgbb'            | 'calibrated'
[file] inks = {rgb = "bad"}               | file.inks: invalid word 'bad'             | 'warning'
[file] refuses = {layer = "error"}        | file.refuses: invalid word 'layer'        | 'layers'
[print] coverage = 1000                   | print.coverage                            | whole number
[print] coverage = 300, heaviest = 250    | heaviest, which is an error               | hairline
[print] hairline = "3pt"                  | thicker than rule                         | hairline
[cover] barcode = "2in"                   | cover.barcode: '2in' is not a size        | "5.5 x 8.5 in"
[cover] flaps = "yes"                     | cover.flaps: expected true or false       | true or false
[[stock]] name = "x"                      | stock lacks 'most'                        | whole number
[[stock]] name = "x", most = 9            | caliper                                   | pages-per-inch
[[stock]] name = "x", most = 9, pages-per-inch = nan | stock.pages-per-inch           | a number
stock = []                                | stock                                     | caliper
verified = 3                              | verified                                  | 2026-11-24
name = "a b"                              | name                                      | "corner-shop"
sources = 3                               | sources: expected a table of keys         | title
[sources.x] titel = "s"                   | unknown key 'sources.titel'               | did you mean 'title'?
like = 3                                  | like = 3 is no name                       | like = "kdp"
like = "kpd"                              | like = 'kpd' is no printer                | kdp
title =                                   | shop.toml is not valid TOML               | in quotes
"""
"""Table and keys | what the message says | what the hint says."""


def rows():
    """Read the table above."""
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in WRONG.strip().splitlines()]


def written(typed):
    """Put each key of a row on a line of its own."""
    head, bracket, keys = re.fullmatch(r"((?:\[\[?[\w.]+\]\]?)?)(\s*)(.*)", typed).groups()
    return head + "\n" + re.sub(r", (?=[\w-]+ =)", "\n", keys) + bracket


@pytest.mark.parametrize(("typed", "message", "hint"), rows())
def test_a_mistake_is_named_with_its_remedy(tmp_path, typed, message, hint):
    """Each wrong key or value of a printer's table is an error that names file and key, and says what may stand there."""
    path = tmp_path / "shop.toml"
    path.write_text(written(typed), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        find_printer(str(path))
    assert "shop.toml" in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_nothing_need_be_said(tmp_path):
    """An empty table is any print shop's, named after its file."""
    (tmp_path / "shop.toml").touch()
    shop, trade = find_printer("shop.toml", tmp_path), find_printer("trade")
    assert (shop.name, shop.title, shop.dated) == ("shop", "shop", "undated table")
    assert all(
        getattr(shop, key) == getattr(trade, key) for key in trade.__struct_fields__ if key not in ("name", "title", "verified")
    )


def test_what_is_said_is_laid_on_another_table(tmp_path):
    """Keys lie on those of the printer that `like` names; sizes and papers replace its own; findings name the file."""
    (tmp_path / "shop.toml").write_text(
        'title = "Shop"\nlike = "kdp"\nverified = 2026-11-30\n[trims]\nsizes = ["A5"]\n[margins]\ngutter = "8 mm"\n'
        '[file]\ninks = {rgb = "error"}\nrefuses = {outline = "off"}\n[[stock]]\nname = "thick"\nmost = 90\npages-per-inch = 300\n',
        encoding="utf-8",
    )
    shop, kdp = find_printer("shop.toml", tmp_path), find_printer("kdp")
    assert (shop.trims, shop.range) == (((mm(148), mm(210)),), None)
    assert (shop.gutter(24), shop.gutter(800), shop.gutter_level) == (mm(8), mm(8), "error")
    assert (shop.safety, shop.least, shop.wrap.barcode) == (kdp.safety, 24, kdp.wrap.barcode)
    assert dict(shop.wrap.inks) == dict(shop.inks)
    assert dict(shop.inks) == {"spot": "warning", "rgb": "error"}
    assert dict(shop.refuses) == {name: level for name, level in kdp.refuses if name != "outline"}
    assert [(stock.name, stock.caliper) for stock in shop.stocks] == [("thick", pytest.approx(INCH / 300))]
    assert shop.source("margins") == "shop.toml, 2026-11-30"
    assert shop.source("bleed") == kdp.source("bleed")


@pytest.mark.parametrize(
    ("typed", "key", "value"),
    [
        ('[file]\nstandard = "PDF/X-1a"', "accepts", ("PDF/X-1a",)),
        ('[file]\naccepts = ["PDF/X-3"]', "standard", "PDF/X-3"),
        ("[print]\nresolution = 100", "coarse", 100),
        ("[print]\nresolution = 2400", "finest", 2400),
        ('like = "kdp"\n[margins]\nsafety = "0.5in"', "safety_bled", 36.0),
        ('like = "ingramspark"\n[print]\ncoverage = 320', "heaviest", 320),
    ],
)
def test_a_limit_that_hangs_on_another_goes_with_it(tmp_path, typed, key, value):
    """What is not said never contradicts what is."""
    (tmp_path / "shop.toml").write_text(typed, encoding="utf-8")
    assert getattr(find_printer("shop.toml", tmp_path), key) == value


@pytest.mark.parametrize("name", PRINTERS)
def test_our_own_tables_are_complete(name):
    """Each of ours says everything itself, and each part has a source with a title and a day."""
    text = (TABLES / f"{name}.toml").read_text("utf-8")
    table = read_table(parse_table(text, f"{name}.toml"), f"{name}.toml")
    assert isinstance(table, PrinterTable)
    for topic in TOPICS:
        source = table.sources[getattr(table, topic).source]
        assert source.title
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", source.date)


def test_every_key_is_in_the_readme():
    """The README's list of a printer's keys names each."""
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    listed = readme.partition("| keys of a printer's table |")[2].partition("\n\n")[0]
    for field in msgspec.structs.fields(PrinterTable):
        inner = field.type if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct) else None
        for key in [field.encode_name, *([each.encode_name for each in msgspec.structs.fields(inner)] if inner else ())]:
            assert re.search(rf"[`\[.]{re.escape(key)}[`\].]", listed), key


@pytest.mark.parametrize(("inner", "wish"), [("true", "page.bleed=0.125in"), ("false", "page.bleed=outer 0.125in")])
def test_bleed_is_set_where_it_is_wanted(tmp_path, inner, wish):
    """A printer that always wants bleed gets it, at the binding only if it wants it there."""
    (tmp_path / "shop.toml").write_text(f'[bleed]\nwidth = "0.125in"\nalways = true\ninner = {inner}\n', "utf-8")
    assert wish in wishes(find_printer("shop.toml", tmp_path), 24)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """A table that is not there, or is no text, is an error."""
    (tmp_path / "shop.toml").write_bytes(b"\xff\xfe\x00")
    for name, said in (("gone.toml", "no file"), ("shop.toml", "no text")):
        with pytest.raises(ConfigError, match=said):
            find_printer(name, tmp_path)


def test_a_book_is_set_and_checked_by_a_table_of_ones_own(run, story, tmp_path):
    """`press.printer` names a table beside the story: what it wants is set, and what it refuses is found."""
    (tmp_path / "shop.toml").write_text('[margins]\nsafety = "0.9in"\n[pages]\nleast = 4\nmost = 6\nmultiple = 2\n', "utf-8")
    assert run("build", story, "--set", "press.printer=shop.toml,kdp", "--quiet").status == 3
    assert (tmp_path / "dist" / "lamp-shop" / "lamp.pdf").is_file()
    assert run("check", "dist/lamp-shop/lamp.pdf", "--printer", "shop.toml").status == 0
    assert run("build", story, "--set", "outputs.booklet=false", "--quiet", "--out", "plain").status == 0
    outcome = run("check", "plain/lamp.pdf", "--printer", "shop.toml")
    assert outcome.status == 3
    assert "    safety: " in outcome.out
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "shop.toml").touch()
    outcome = run("build", story, "--set", "press.printer=shop.toml,other/shop.toml")
    assert (outcome.status, "both called 'shop'" in outcome.err) == (1, True)
