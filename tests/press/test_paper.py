"""Paper in numbers: how thick it is, and how far it creeps."""

import pytest

from pressbook.config import BookletKeys
from pressbook.errors import ConfigError
from pressbook.press import impose
from pressbook.press.paper import caliper, creep
from pressbook.units import inch, mm


@pytest.mark.parametrize(
    ("text", "thick"),
    [
        ("auto", 0.1),
        ("80 gsm", 0.1),
        ("120gsm", 0.15),
        ("100 g/m2", 0.125),
        ("100 g/m²", 0.125),
        ("20 lb", 0.094),
        ("24lbs", 0.1128),
        ("0.12 mm", 0.12),
        ("0.004in", 0.1016),
    ],
)
def test_paper_is_as_thick_as_its_weight_says(text, thick):
    """A weight gives a thickness by the bulk of office paper; a length is taken as it is."""
    assert caliper(text) == pytest.approx(mm(thick))


@pytest.mark.parametrize("text", ["thick", "80", "0mm", "2mm", "-0.1mm", "gsm", "900 gsm"])
def test_what_is_no_paper_is_refused(text):
    """A thickness that cannot be read, or that no paper has, is refused with two ways to write one."""
    with pytest.raises(ConfigError, match=r"booklet\.caliper"):
        caliper(text)


def test_creep_follows_the_paper():
    """A sheet creeps by 1.3 times its thickness, by what is given, or not at all."""
    assert creep(BookletKeys()) == pytest.approx(mm(0.13))
    assert creep(BookletKeys(caliper="160 gsm")) == pytest.approx(mm(0.26))
    assert creep(BookletKeys(creep="0.2mm")) == pytest.approx(mm(0.2))
    assert creep(BookletKeys(creep="off")) is None
    with pytest.raises(ConfigError, match=r"booklet\.creep = 'lots'"):
        creep(BookletKeys(creep="lots"))


def test_pages_are_not_shifted_where_nothing_is_trimmed():
    """A zine that fills its sheet keeps its margins, as its leaves stand out and are not cut; on larger paper it creeps."""
    assert impose(48, inch(5.5), inch(8.5)).shift == 0
    assert impose(48, inch(5.5), inch(8.5)).creep == 0
    assert impose(48, inch(5.5), inch(8.5), BookletKeys(sheet="tabloid")).shift == pytest.approx(mm(0.13))
    assert impose(48, inch(5.5), inch(8.5), BookletKeys(creep="0.1mm")).shift == pytest.approx(mm(0.1))
    uncorrected = impose(48, inch(5.5), inch(8.5), BookletKeys(sheet="tabloid", creep="off"))
    assert (uncorrected.shift, uncorrected.creep) == (0, pytest.approx(mm(0.13)))
