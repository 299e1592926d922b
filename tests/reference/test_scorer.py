"""Every number, list and sentence of the results, against the second implementation."""

import json
import random
from fractions import Fraction
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from allycheck.cli.app import build
from tests.reference import planner, readings, scorer, several
from tests.reference.do_first import do_first, plan, world
from tests.reference.generated import Raw, as_file, drawn, questionnaire, sheet
from tests.reference.scorer import EFFORT, Sheet

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
BUNDLED = ["alliance-readiness", "joint-venture"]
EXAMPLES = sorted(QUESTIONNAIRES.glob("**/examples/**/*.yaml"))
MANY = range(100, 1500)
FEW = range(12)


class AsWritten(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Decimals stay text, so that a tenth is a tenth."""


AsWritten.add_constructor("tag:yaml.org,2002:float", lambda _, node: node.value)


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), AsWritten)


@cache
def bundled(name: str) -> Any:
    """A bundled questionnaire, from one file or a folder of them."""
    folder = QUESTIONNAIRES / name
    if not (folder / "questionnaire.yaml").is_file():
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
    for at, one in enumerate(sheets):
        (folder / f"answers{at}.yaml").write_text(as_file(one))
    names = [str(folder / f"answers{at}.yaml") for at in range(len(sheets))]
    return [*names, "--questionnaire", str(folder / "questionnaire.yaml")]


def agree_on(folder: Path, seed: int) -> None:
    pair = drawn(seed)
    expected = result(*pair)
    assert like(printed("report", *written(folder, *pair)), expected) == expected


@pytest.mark.parametrize("seed", range(100))
def test_both_implementations_agree(folder: Path, seed: int) -> None:
    agree_on(folder, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_both_agree_on_many_more(folder: Path, seed: int) -> None:
    agree_on(folder, seed)


@pytest.mark.parametrize("seed", FEW)
def test_both_agree_on_other_readings(folder: Path, seed: int) -> None:
    pair = drawn(seed)
    expected = readings.robustness(Sheet(*pair))
    assert like(printed("report", *written(folder, *pair), "--robustness")["robustness"], expected) == expected


@pytest.mark.slow
@pytest.mark.parametrize("seed", FEW)
def test_both_agree_on_other_weights(folder: Path, seed: int) -> None:
    pair = drawn(seed)
    expected = readings.draws(Sheet(*pair))
    assert like(printed("report", *written(folder, *pair), "--robustness")["robustness"]["draws"], expected) == expected


@pytest.mark.parametrize("seed", [seed for seed in range(50) if "scenarios" in drawn(seed)[0]])
def test_both_agree_on_scenarios(folder: Path, seed: int) -> None:
    pair = drawn(seed)
    expected = [readings.stress(Sheet(*pair), scenario) for scenario in pair[0]["scenarios"]]
    assert like(printed("stress", *written(folder, *pair))["scenarios"], expected) == expected


@pytest.mark.parametrize("guaranteed", [False, True])
@pytest.mark.parametrize("seed", [seed for seed in range(25) if "risks" in drawn(seed)[0]])
def test_both_agree_on_how_many_holes_are_too_many(folder: Path, seed: int, guaranteed: bool) -> None:
    pair, limit = drawn(seed), seed % 3
    risks = [None, *(risk["id"] for risk in pair[0]["risks"])]
    gates = [word for risk in risks for word in ("--max-holes", f"{risk}={limit}" if risk else str(limit))]
    expected = [readings.max_holes(Sheet(*pair), limit, risk, guaranteed=guaranteed) for risk in risks]
    actual = printed("report", *written(folder, *pair), *gates, *(["--guaranteed"] if guaranteed else []))
    assert like(actual["gates"], expected) == expected


def asked(seed: int, questionnaire: Raw, scored: Sheet) -> tuple[planner.Ask, list[str]]:
    """What is asked of a plan, and the same as options."""
    dice = random.Random(seed)
    table = questionnaire.get("effort", EFFORT)
    by = dice.choice([None, None, *table])
    up_to = dice.choice([None, None, *range(scored.lowest_aim, 5)])
    guaranteed = dice.random() < 0.5
    kind = dice.choice(["score", "level", "budget", *(["exposure"] if scored.risk_ids else [])])
    names = ["overall", *(trend["id"] for trend in questionnaire["trends"])]
    name = dice.choice({"exposure": scored.risk_ids, "budget": ["overall"]}.get(kind, names))
    value = dice.randint(1, 4) if kind == "level" else dice.randint(0, 100)
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
    return planner.Ask(kind, name, Fraction(value), guaranteed, (), (), largest, up_to or 4), options


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(600))
def test_both_agree_on_plans(folder: Path, seed: int) -> None:
    questionnaire, sheet = drawn(seed)
    scored = Sheet(questionnaire, sheet)
    if prod(5 - (item.level or 0) for item in scored.items.values() if item.applies) > 3000:
        return  # too many ways to try them all
    ask, options = asked(seed, questionnaire, scored)
    expected = planner.plan(world(scored), ask, scored.method)
    actual = printed("plan", *written(folder, questionnaire, sheet), *options)
    if expected is None:
        assert actual["steps"] == []
        return
    raised = {name: to for name, to in expected.levels.items() if to > (scored.items[name].level or 0)}
    assert {step["id"]: step["to"] for step in actual["steps"]} == raised
    assert actual["cost"] == scorer.half_up(expected.cost)


def group(seed: int, number: int) -> tuple[Raw, list[Raw]]:
    """Sheets of one form and, where a questionnaire names any, of any actors."""
    dice = random.Random(seed)
    questions = questionnaire(dice)
    sheets = [sheet(dice, questions) for _ in range(number)]
    return questions, [one | {"form": sheets[0]["form"], "organisation": f"O{n}"} for n, one in enumerate(sheets)]


@pytest.mark.parametrize("seed", FEW)
def test_both_agree_on_coalitions(folder: Path, seed: int) -> None:
    questions, sheets = group(seed, 2 + seed % 3)
    members = [(Sheet(questions, one), Fraction(1)) for one in sheets]
    if not all(sum(one.trend_weight.values()) and one.items for one, _ in members):
        return  # an organisation to which nothing applies
    expected = several.coalition(members)
    assert like(printed("coalition", *written(folder, questions, *sheets)), expected) == expected


@pytest.mark.parametrize("seed", FEW)
def test_both_agree_on_what_several_people_say(folder: Path, seed: int) -> None:
    questions, sheets = group(seed, 3 + seed % 4)
    actor = {key: value for key, value in sheets[0].items() if key == "actor"}
    sheets = [one | actor | {"organisation": "O", "respondent": f"P{n}"} for n, one in enumerate(sheets)]
    expected = several.merged([Sheet(questions, one) for one in sheets])
    assert like(printed("merge", *written(folder, questions, *sheets))["indicators"], expected) == expected


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_both_agree_on_every_example(path: Path) -> None:
    sheet = read(path)
    expected = result(bundled(sheet["questionnaire"]), sheet)
    assert like(printed("report", str(path), "--questionnaire", sheet["questionnaire"]), expected) == expected


@pytest.mark.slow
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
