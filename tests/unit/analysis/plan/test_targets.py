"""How targets and pins are written, and what is refused with the nearest legal word."""

from fractions import Fraction

import pytest

from allycheck.analysis.plan.targets import Choices, Target, read_budget, read_choices, read_exposure, read_target
from allycheck.errors import UsageError
from tests.alliances import indicator, questionnaire

SMALL = questionnaire(
    ("trust", [indicator("charter", code="TR1")]),
    ("pace", [indicator("drill")]),
    risks=[{"id": "rift", "title": "Rift"}],
)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("70", Target("score", "overall", Fraction(70))),
        ("66.65", Target("score", "overall", Fraction("66.65"))),
        ("overall=70", Target("score", "overall", Fraction(70))),
        ("trust=60", Target("score", "trust", Fraction(60))),
        (" trust = 60 ", Target("score", "trust", Fraction(60))),
        ("level=defined", Target("level", "overall", Fraction(2))),
        ("level=4", Target("level", "overall", Fraction(4))),
        ("trust:level=practised", Target("level", "trust", Fraction(3))),
        ("overall:level=0", Target("level", "overall", Fraction(0))),
    ],
)
def test_targets_as_they_are_typed(text: str, target: Target) -> None:
    assert read_target(text, SMALL) == target


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "--target : not a plain decimal number such as 2 or 0.5; a target is in points from 0 to 100"),
        ("101", "--target 101: 101 is more than 100"),
        ("-5", "--target -5: must not be negative"),
        ("1e2", "not a plain decimal number"),
        ("NaN", "not a plain decimal number"),
        ("trst=60", "no trend is called trst; did you mean trust?"),
        ("levl=defined", "no trend is called levl; did you mean level?"),
        ("level=definde", "definde is not a level; did you mean defined?"),
        ("level=5", "5 is not a level; use absent, adhoc, defined, practised or adaptive, or 0 to 4"),
        ("trust:band=high", "nothing to aim at is called band; write trust:level=defined"),
        ("trst:level=2", "no trend is called trst; did you mean trust?"),
        ("trust=high", "not a plain decimal number"),
        ("rift=3\x1b[31m5", "no trend is called rift"),
    ],
)
def test_targets_that_make_no_sense(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_target(text, SMALL)
    assert message in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_exposures_and_budgets() -> None:
    assert read_exposure("rift=35", SMALL) == Target("exposure", "rift", Fraction(35))
    assert read_budget("2.5") == Target("budget", "overall", Fraction("2.5"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("35", "--max-exposure 35: name a risk; such as rift=35"),
        ("rft=35", "no risk is called rft; did you mean rift?"),
        ("rift=135", "more than 100"),
        ("rift=", "not a plain decimal"),
    ],
)
def test_exposures_that_make_no_sense(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_exposure(text, SMALL)
    assert message in str(caught.value)


def test_a_questionnaire_without_risks_has_no_exposures() -> None:
    with pytest.raises(UsageError, match="this questionnaire has none"):
        read_exposure("35", questionnaire(("trust", [indicator("charter")])))


@pytest.mark.parametrize("text", ["", "-1", "lots", "1,5"])
def test_budgets_that_make_no_sense(text: str) -> None:
    with pytest.raises(UsageError, match=r"--budget .*give effort points, such as 40"):
        read_budget(text)


def test_pins_go_by_id_or_code_in_any_case() -> None:
    assert read_choices(["tr1", "charter"], ["Drill"], "weeks", SMALL) == Choices(("charter",), ("drill",), "weeks")


def test_the_highest_level_goes_by_id_or_number() -> None:
    assert read_choices([], [], None, SMALL, up_to="practised").up_to == 3
    assert read_choices([], [], None, SMALL, up_to="2").up_to == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("adhoc", "--up-to adhoc: every step aims at defined or above; use defined, practised or adaptive"),
        ("0", "--up-to 0: every step aims at defined or above"),
        ("practiced", "--up-to: practiced is not a level; did you mean practised?"),
        ("5", "--up-to: 5 is not a level"),
    ],
)
def test_a_highest_level_below_the_lowest_aim_makes_no_sense(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_choices([], [], None, SMALL, up_to=text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("keep", "leave", "by", "message"),
    [
        (["chartr"], [], None, "--keep chartr: unknown indicator; did you mean charter?"),
        ([], ["zzz"], None, "--not zzz: unknown indicator; give its id or its code"),
        (["TR1"], ["charter"], None, "--keep and --not both name charter"),
        ([], [], "month", "--by month: unknown effort; did you mean months?"),
        ([], [], "3", "--by 3: unknown effort; use days, weeks, months or year"),
    ],
)
def test_pins_that_make_no_sense(keep: list[str], leave: list[str], by: str | None, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_choices(keep, leave, by, SMALL)
    assert message in str(caught.value)
