"""Every number, list and sentence of the results, against the second implementation."""

import json
import random
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from allycheck.cli.app import build
from tests.reference import planner, readings, scorer, several
from tests.reference.do_first import do_first, plan, world
from tests.reference.generated import Raw, answers, as_file, questionnaires
from tests.reference.scorer import EFFORT, Sheet

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
BUNDLED = ["alliance-readiness", "joint-venture"]
EXAMPLES = sorted(QUESTIONNAIRES.glob("**/examples/**/*.yaml"))
# The same draws on every run.
draws = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
few, many = settings(draws, max_examples=25), settings(draws, max_examples=1000)


class AsWritten(yaml.SafeLoader):
    """Decimals stay text, so that a tenth is a tenth."""


AsWritten.add_constructor("tag:yaml.org,2002:float", lambda _, node: node.value)


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), AsWritten)


def bundled(name: str) -> Any:
    """A bundled questionnaire, from one file or a folder of them."""
    folder = QUESTIONNAIRES / name
    if not folder.is_dir():
        return read(QUESTIONNAIRES / f"{name}.yaml")
    parts = {kind: [read(path) for path in sorted((folder / kind).glob("*.yaml"))] for kind in ("trends", "actors")}
    return read(folder / "questionnaire.yaml") | parts | read(folder / "scenarios.yaml")


def result(questionnaire: Raw, sheet: Raw) -> Raw:
    """What the second implementation says of a sheet."""
    scored, found = Sheet(questionnaire, sheet), scorer.score(questionnaire, sheet)
    found["priorities"]["first"] = do_first(scored, plan(scored))
    return found


def printed(*arguments: str) -> Any:
    """What a command prints as JSON; a failed gate is an answer, too."""
    typed = [*arguments, "--format", "json"]
    ran = CliRunner().invoke(build(typed), typed)
    assert ran.exit_code in {0, 4}, (typed, ran.output, ran.exception)
    return json.loads(ran.stdout)


def like(actual: Any, expected: Any) -> Any:
    """The actual result with only the keys that are expected, levels as numbers and the minority flag as a truth."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        found = {
            key: actual.get(key)
            if key == "risks" and isinstance(value, dict)
            else like(actual.get(key, "absent"), value)
            for key, value in expected.items()
            if key != "minority"
        }
        return found | ({"minority": bool(actual["flags"])} if "minority" in expected else {})
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [like(one, other) for one, other in zip(actual, expected, strict=True)]
    return actual["value"] if isinstance(actual, dict) and set(actual) == {"value", "name"} else actual


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


def written(folder: Path, questionnaire: Raw, *sheets: Raw) -> list[str]:
    """The files as a command takes them."""
    (folder / "questionnaire.yaml").write_text(as_file(questionnaire))
    for at, sheet in enumerate(sheets):
        (folder / f"answers{at}.yaml").write_text(as_file(sheet))
    names = [str(folder / f"answers{at}.yaml") for at in range(len(sheets))]
    return [*names, "--questionnaire", str(folder / "questionnaire.yaml")]


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Raw, Raw]:
    questionnaire = draw(questionnaires())
    return questionnaire, draw(answers(questionnaire))


@settings(draws, max_examples=100)
@given(drawn())
def test_both_implementations_agree(folder: Path, pair: tuple[Raw, Raw]) -> None:
    expected = result(*pair)
    assert like(printed("report", *written(folder, *pair)), expected) == expected


@pytest.mark.slow
@many
@given(drawn())
def test_both_agree_on_many_more(folder: Path, pair: tuple[Raw, Raw]) -> None:
    expected = result(*pair) | {"robustness": readings.robustness(Sheet(*pair))}
    assert like(printed("report", *written(folder, *pair), "--robustness"), expected) == expected


@few
@given(drawn())
def test_both_agree_on_other_readings(folder: Path, pair: tuple[Raw, Raw]) -> None:
    expected = readings.robustness(Sheet(*pair))
    assert like(printed("report", *written(folder, *pair), "--robustness")["robustness"], expected) == expected


@pytest.mark.slow
@settings(draws, max_examples=10)
@given(drawn())
def test_both_agree_on_other_weights(folder: Path, pair: tuple[Raw, Raw]) -> None:
    expected = readings.draws(Sheet(*pair))
    assert like(printed("report", *written(folder, *pair), "--robustness")["robustness"]["draws"], expected) == expected


@few
@given(drawn())
def test_both_agree_on_scenarios(folder: Path, pair: tuple[Raw, Raw]) -> None:
    assume("scenarios" in pair[0])
    expected = [readings.stress(Sheet(*pair), scenario) for scenario in pair[0]["scenarios"]]
    assert like(printed("stress", *written(folder, *pair))["scenarios"], expected) == expected


@few
@given(drawn(), st.integers(0, 2), st.booleans())
def test_both_agree_on_how_many_holes_are_too_many(
    folder: Path, pair: tuple[Raw, Raw], limit: int, guaranteed: bool
) -> None:
    risks = [None, *(risk["id"] for risk in pair[0].get("risks", []))]
    assume(risks[1:])
    gates = [word for risk in risks for word in ("--max-holes", f"{risk}={limit}" if risk else str(limit))]
    expected = [readings.max_holes(Sheet(*pair), limit, risk, guaranteed=guaranteed) for risk in risks]
    actual = printed("report", *written(folder, *pair), *gates, *(["--guaranteed"] if guaranteed else []))
    assert like(actual["gates"], expected) == expected


@st.composite
def plans(draw: st.DrawFn) -> tuple[Raw, Raw, planner.Ask, list[str]]:
    """A sheet with few enough ways to try them all, what is asked of the plan, and the same as options."""
    questionnaire, sheet = draw(drawn())
    scored = Sheet(questionnaire, sheet)
    assume(prod(5 - (item.level or 0) for item in scored.items.values() if item.applies) <= 2000)
    guaranteed = draw(st.booleans())
    table = questionnaire.get("effort", EFFORT)
    by = draw(st.sampled_from([None, *table]))
    up_to = draw(st.sampled_from([None, *range(scored.lowest_aim, 5)]))
    names = ["overall", *(trend["id"] for trend in questionnaire["trends"])]
    kind = draw(st.sampled_from(["score", "level", "budget", *(["exposure"] if scored.risk_ids else [])]))
    name = draw(st.sampled_from({"exposure": scored.risk_ids, "budget": ["overall"]}.get(kind, names)))
    value = draw(st.integers(1, 4) if kind == "level" else st.integers(0, 100))
    subject = "" if name == "overall" else f"{name}{':' if kind == 'level' else '='}"
    options = {
        "score": ["--target", f"{subject}{value}"],
        "level": ["--target", f"{subject}level={scorer.LEVELS[value % 5]}"],
        "exposure": ["--max-exposure", f"{name}={value}"],
        "budget": ["--budget", str(value)],
    }[kind]
    options += ["--guaranteed"] if guaranteed else []
    options += ["--by", by] if by else []
    options += ["--up-to", str(up_to)] if up_to else []
    largest = Fraction(table[by]) if by else None
    ask = planner.Ask(kind, name, Fraction(value), guaranteed, (), (), largest, up_to or 4)
    return questionnaire, sheet, ask, options


@pytest.mark.slow
@settings(draws, max_examples=300)
@given(plans())
def test_both_agree_on_plans(folder: Path, drawn_plan: tuple[Raw, Raw, planner.Ask, list[str]]) -> None:
    questionnaire, sheet, ask, options = drawn_plan
    scored = Sheet(questionnaire, sheet)
    expected = planner.plan(world(scored), ask, scored.method)
    actual = printed("plan", *written(folder, questionnaire, sheet), *options)
    if expected is None:
        assert actual["steps"] == []
        return
    raised = {name: to for name, to in expected.levels.items() if to > (scored.items[name].level or 0)}
    assert {step["id"]: step["to"] for step in actual["steps"]} == raised
    assert actual["cost"] == scorer.half_up(expected.cost)


@st.composite
def groups(draw: st.DrawFn, largest: int = 4) -> tuple[Raw, list[Raw]]:
    """Two or more sheets of one form and, where a questionnaire names any, of any actors."""
    questionnaire = draw(questionnaires())
    sheets = [draw(answers(questionnaire)) for _ in range(draw(st.integers(2, largest)))]
    return questionnaire, [
        sheet | {"form": sheets[0]["form"], "organisation": f"O{n}"} for n, sheet in enumerate(sheets)
    ]


@few
@given(groups())
def test_both_agree_on_coalitions(folder: Path, group: tuple[Raw, list[Raw]]) -> None:
    questionnaire, sheets = group
    members = [(Sheet(questionnaire, sheet), Fraction(1)) for sheet in sheets]
    assume(all(sum(sheet.trend_weight.values()) and sheet.items for sheet, _ in members))
    expected = several.coalition(members)
    assert like(printed("coalition", *written(folder, questionnaire, *sheets)), expected) == expected


@few
@given(groups(6))
def test_both_agree_on_what_several_people_say(folder: Path, group: tuple[Raw, list[Raw]]) -> None:
    questionnaire, sheets = group
    assume(len(sheets) >= 3)
    actor = {key: value for key, value in sheets[0].items() if key == "actor"}
    sheets = [sheet | actor | {"organisation": "O", "respondent": f"P{n}"} for n, sheet in enumerate(sheets)]
    expected = several.merged([Sheet(questionnaire, sheet) for sheet in sheets])
    assert like(printed("merge", *written(folder, questionnaire, *sheets))["indicators"], expected) == expected


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_both_agree_on_every_example(path: Path) -> None:
    sheet = read(path)
    expected = result(bundled(sheet["questionnaire"]), sheet)
    assert like(printed("report", str(path), "--questionnaire", sheet["questionnaire"]), expected) == expected


@pytest.mark.parametrize("form", ["full", "quick"])
@pytest.mark.parametrize("name", BUNDLED)
def test_both_agree_on_the_bundled_questionnaires(name: str, form: str, tmp_path: Path) -> None:
    """Answers at random, the same on every run, to half of the questions or to nearly all, for every actor."""
    questionnaire = bundled(name)
    for actor in questionnaire["actors"]:
        dice = random.Random(actor["id"] + form)
        for known in (1, 3):
            given_answers = {
                item["id"]: dice.choice([*range(5)] * known + ["dk", "na", None])
                for trend in questionnaire["trends"]
                for item in trend["indicators"]
            }
            sheet = {"questionnaire": name, "actor": actor["id"], "form": form, "answers": given_answers}
            (tmp_path / "answers.json").write_text(json.dumps(sheet))
            options = [str(tmp_path / "answers.json"), "--questionnaire", name]
            expected = result(questionnaire, sheet)
            assert like(printed("report", *options), expected) == expected
            stressed = [readings.stress(Sheet(questionnaire, sheet), one) for one in questionnaire["scenarios"]]
            assert like(printed("stress", *options)["scenarios"], stressed) == stressed
