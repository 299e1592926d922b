"""The worked numbers of docs/method.md are what the program computes, and its sections are those that code cites."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from allycheck.analysis.coalition.pooling import MemberLevel, PooledItem, tally_of
from allycheck.analysis.compare import compare
from allycheck.analysis.merged_answers import responses_to
from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.targets import read_target
from allycheck.analysis.robustness import EARLY, LATE, multiplier, robustness
from allycheck.analysis.stress import readiness
from allycheck.loading import load_sheet
from allycheck.numbers import as_float, as_text, as_text_within, exact
from allycheck.priorities import best_value, contributions, find_out, overall_blocker, risk_falls, trend_blocker
from allycheck.questionnaire import Scenario
from allycheck.report import Robustness
from allycheck.scoring import Measure, Scores, TrendScore, score, share_at
from tests.alliances import indicator, questionnaire, sheet

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/method.md").read_text(encoding="utf-8")
SECTIONS = {
    number: " ".join(body.split())
    for number, body in re.findall(r"^## (\d+) (.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
SHEET = load_sheet(str(ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"))


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(SHEET.questionnaire, SHEET.answers)


@pytest.fixture(scope="module")
def readings(scores: Scores) -> Robustness:
    return robustness(scores)


@pytest.fixture
def trend(scores: Scores) -> TrendScore:
    return next(trend for trend in scores.trends if trend.trend.id == "rapid-response")


def measure(value: int) -> Measure:
    """A trend of which everything is known."""
    return Measure(Fraction(value), Fraction(value), Fraction(value), Fraction(1), published=True)


def test_the_table_shows_the_answers_of_the_example(trend: TrendScore) -> None:
    for item in trend.items:
        product = "not known" if item.level is None else as_text(item.weight * item.level, 0)
        assert f"| {item.indicator.code} | {item.answer} | {as_text(item.weight, 0)} | {product} |" in PAGE


def test_1_numbers() -> None:
    text = SECTIONS["1"]
    assert f"66.65 prints as **{as_text(Fraction('66.65'))}** and -0.04 as **{as_text(Fraction('-0.04'))}**" in text
    assert f"two thirds are **{as_float(Fraction(2, 3))}** in JSON" in text
    assert f"59.97 prints as **{as_text_within(Fraction('59.97'), [Fraction(60)])}**" in text


def test_2_answers(trend: TrendScore) -> None:
    turned = questionnaire(("pace", [indicator("delay", reverse=True)])).indicators["delay"]
    assert f"an answer of 1 on a reversed indicator is level **{turned.maturity(1)}**" in SECTIONS["2"]
    applicable, known = (sum(item.weight for item in items) for items in (trend.applicable, trend.known))
    assert f"all six indicators, **{applicable}** points of weight; K is all but RR4, **{known}**" in SECTIONS["2"]


def test_3_scores(scores: Scores, trend: TrendScore) -> None:
    text = SECTIONS["3"]
    assert f"25 x 11 / 12 = **{as_text(trend.measure.score)}**" in text
    assert f"12 of 13 points of weight are known: **{as_text(100 * trend.measure.coverage, 0)}%**" in text
    assert f"the readiness score is **{as_text(scores.overall.measure.score)}**" in text
    assert f"RR3 weighs 7 x 3 / 13 = **{as_text(Fraction(7 * 3, 13), 2)}**" in text
    assert (trend.weight, trend.items[2].weight, sum(item.weight for item in trend.applicable)) == (7, 3, 13)


def test_4_range(scores: Scores, trend: TrendScore) -> None:
    text, own, whole = SECTIONS["4"], trend.measure, scores.overall.measure
    assert f"25 x 11 / 13 = **{as_text(own.low)}**" in text
    assert f"25 x (11 + 4) / 13 = **{as_text(own.high)}**" in text
    assert own.low == own.coverage * own.score
    assert f"Low is also 12/13 x {as_text(own.score)}, and high is 100 / 13 = **{as_text(own.high - own.low)}**" in text
    assert f"The whole ranges from **{as_text(whole.low)}** to **{as_text(whole.high)}**" in text


def test_5_levels(scores: Scores, trend: TrendScore) -> None:
    text, blocker = SECTIONS["5"], overall_blocker(scores)
    pairs = [(item.weight, item.level or 0) for item in trend.applicable]
    assert trend.level == 1
    assert f"9 of 13 (**{as_text(100 * share_at(pairs, 1), 0)}%**" in text
    needed = as_text(100 * trend_blocker(scores, trend).needed, 0)
    assert f"2 of 13 (**{as_text(100 * share_at(pairs, 2), 0)}%**, {needed}% needed)" in text
    assert f"is at **Defined** ({blocker.level})" in text
    shares = as_text(100 * blocker.needed, 0), as_text(100 * blocker.share, 0)
    assert "it would need {}% of the weight at level 3 and has {}%".format(*shares) in text
    assert len(blocker.below_gap) == 3


def three_feed_a_risk() -> Scores:
    items = [indicator(name, risks={"rift": load}) for name, load in (("first", 3), ("second", 2), ("third", 1))]
    questions = questionnaire(("pace", items), risks=[{"id": "rift", "title": "Rift"}])
    return sheet(questions, {"first": 1, "second": 4, "third": "dk"}).scores


def test_6_risks() -> None:
    [risk], text = three_feed_a_risk().risks, SECTIONS["6"]
    assert f"E = 100 - 25 x (3 + 8) / 5 = **{as_text(risk.measure.score)}**, moderate" in text
    assert f"5 of 6 points of load are known: **{as_text(100 * risk.measure.coverage, 0)}%**" in text
    assert f"100 - 25 x (11 + 4) / 6 = **{as_text(risk.measure.low)}**" in text
    assert f"100 - 25 x 11 / 6 = **{as_text(risk.measure.high)}**" in text
    known = sum(risk.load(item) for item in risk.items if item.known)
    for item in risk.items:
        adds = "" if item.level is None else f" {as_text(25 * risk.load(item) * (4 - item.level) / known)}"
        level, product = ("not known", "") if item.level is None else (item.level, f" {risk.load(item) * item.level}")
        assert f"| {risk.load(item)} | {level} |{product} |{adds} |" in PAGE


def test_7_what_moves_the_score(scores: Scores, trend: TrendScore) -> None:
    text, drill = SECTIONS["7"], trend.items[2]
    own = contributions(scores)[drill.id]
    step = next(step for step in best_value(scores) if step.item.id == drill.id)
    assert f"25 x 7/100 x 3/12 = **{as_text(own.gain, 2)}** points, four levels **{as_text(own.lost, 2)}**" in text
    assert f"takes {step.effort} points of effort, which makes **{as_text(step.value, 2)}** for each" in text
    widths = [(entry.item.indicator.code, as_text(entry.width, 2)) for entry in find_out(scores)]
    assert [name for name, _ in widths] == ["FC3", "CC4", "RR4"]
    first, second, third = (width for _, width in widths)
    assert (
        f"100 x 10/100 x 3/15 = **{first}** points open, CC4 **{second}** and RR4 100 x 7/100 x 1/13 = **{third}**"
        in text
    )
    low, high = scores.overall.measure.low, scores.overall.measure.high
    assert f"together {as_text(high - low, 2)}, the width from {as_text(low, 2)} to {as_text(high, 2)}" in text
    assert f"25 x 3 / 5 = **{as_text(risk_falls(three_feed_a_risk())['first']['rift'])}**" in text


def test_8_other_readings(readings: Robustness, trend: TrendScore) -> None:
    text = SECTIONS["8"]
    for points, terms in (
        (EARLY, "3 x 40 + 2 x 70 + 3 x 0 + 2 x 40 + 2 x 40"),
        (LATE, "3 x 10 + 2 x 30 + 3 x 0 + 2 x 10 + 2 x 10"),
    ):
        assert terms == " + ".join(f"{item.weight} x {points[item.level]}" for item in trend.known)
        value = sum(item.weight * points[item.level] for item in trend.known) / 12
        assert f"({terms}) / 12 = **{as_text(value)}**" in text
    assert f"lie between **{as_text(exact(readings.smallest))}** and **{as_text(exact(readings.largest))}**" in text
    pair = sheet(questionnaire(("one", [indicator("a")]), ("two", [indicator("b")])), {"a": 1, "b": 4}).scores
    own = robustness(pair)
    geometric = next(exact(reading.score) for reading in own.readings if reading.id == "geometric")
    assert f"have R = {as_text(pair.overall.measure.score)}" in text
    assert (
        f"the root of the product is {(Decimal('25.75') * 100).sqrt():.2f}, so G = 49.74 / 0.99 = **{as_text(geometric)}**"
        in text
    )
    assert f"the imbalance **{as_text(exact(own.imbalance))}**" in text


def test_9_other_weights(readings: Robustness) -> None:
    text, start = SECTIONS["9"], sha256(b"allycheck|1|w|joint-exercises").hexdigest()[:16]
    assert f"begins with `{start}`, which leaves {int(start, 16) % 5001} when divided" in text
    assert f"RR3 weighs 3 x **{multiplier(1, 'w', 'joint-exercises')}** / 10000" in text
    low, high = as_text(exact(readings.draws.p05)), as_text(exact(readings.draws.p95))
    assert f"lie between **{low}** and **{high}**" in text


def test_10_several_people() -> None:
    text = SECTIONS["10"]
    two, far, near = (responses_to(levels, None) for levels in ([1, 3], [0, 1, 3], [1, 2, 3]))
    assert f"levels 1 and 3 make **{two.median}**" in text
    assert (
        f"Of 0, 1 and 3 the median is **{far.median}** and AD (1 + 0 + 2) / 3 = **{as_text(far.distance, 2)}**" in text
    )
    assert far.disagree
    assert f"the variance is 7/3, so r_wg is **{as_text(far.within_group, 2)}**" in text
    assert (
        f"Of 1, 2 and 3 the median is **{near.median}**, AD (1 + 0 + 1) / 3 = **{as_text(near.distance, 2)}**" in text
    )
    assert f"r_wg 1 - 1/2 = **{as_text(near.within_group, 2)}**" in text


def test_11_over_time() -> None:
    text = SECTIONS["11"]
    questions = questionnaire(
        ("trust", [indicator("first", weight=2), indicator("second")]),
        ("pace", [indicator("still"), indicator("later")]),
        weights={"trust": 3},
    )
    before, after = (
        {"first": 1, "second": 3, "still": 2, "later": "dk"},
        {"first": 3, "second": 2, "still": 2, "later": 4},
    )
    result = compare(sheet(questions, before), sheet(questions, after))
    trust = result.trends[0]
    assert f"25 x (2 x 1 + 3) / 3 = **{as_text(exact(trust.before))}**" in text
    assert f"25 x (2 x 3 + 2) / 3 = **{as_text(exact(trust.after))}**, up **{as_text(exact(trust.change))}**" in text
    assert f"D = 3/4 x 25.0 = **{as_text(exact(result.real_change))}**" in text
    assert f"(3 x 1 + 1 x 1/2) / 4 = **{as_text(100 * exact(result.linked_coverage), 0)}%**" in text
    assert result.verdict == "mixed"


def test_13_a_coalition() -> None:
    text = SECTIONS["13"]
    questions = questionnaire(("trust", [indicator("fund")]))

    def pooled(rule: str, *stands: tuple[int, int | None]) -> PooledItem:
        members = tuple(MemberLevel(f"m{at}", Fraction(size), level) for at, (size, level) in enumerate(stands))
        return PooledItem(
            questions.indicators["fund"], questions.trends[0], Fraction(1), rule, members, tally_of(members)
        )

    weakest, best, mean = (pooled(rule, (1, 3), (1, 1)).value for rule in ("weakest-link", "best-shot", "summation"))
    assert f"levels 3 and 1 pool to **{weakest}** as a weakest link, to **{best}** as a best shot" in text
    assert f"(3 + 1) / 2 = **{as_text(mean)}** as a summation" in text
    assert f"(3 x 3 + 1 x 1) / 4 = **{as_text(pooled('summation', (3, 3), (1, 1)).value)}**" in text
    half = pooled("summation", (1, 3), (1, None))
    assert f"a range from **{as_text(half.end(0))}** to **{as_text(half.end(4))}**, and half of it is known" in text
    assert (half.value, half.coverage) == (3, Fraction(1, 2))


def test_14_plans(scores: Scores) -> None:
    text, target = SECTIONS["14"], read_target("rapid-response=40", SHEET.questionnaire)
    result = plan(scores, SHEET.answers, target)
    [step] = result.steps
    assert f"lacks {as_text(40 - exact(result.start), 2)} points" in text
    assert (
        f"25 x 3 / 12 = {as_text(exact(step.adds) / 3, 2)} for 3 points of effort; three bring {as_text(exact(step.adds), 2)}"
        in text
    )
    assert f"raises {step.code} from {step.from_} to {step.to} for **{as_text(exact(result.cost), 0)}** points" in text
    assert f"the trend stands at **{as_text(exact(result.reached))}**" in text


def test_16_stress() -> None:
    text = SECTIONS["16"]
    scenario = Scenario.model_validate({"id": "flood", "title": "Flood", "demands": {"one": 3, "two": 1}})
    ready = readiness(scenario, {"one": measure(40), "two": measure(80)})
    assert f"(3 x 40 + 1 x 80) / 4 = **{as_text(ready.score)}**" in text
    assert f"3 x 60 / 4 = **{as_text(ready.shortfalls['one'])}** and gives way first" in text
    assert f"1 x 20 / 4 = **{as_text(ready.shortfalls['two'])}**" in text
    assert ready.first_to_give == ["one"]


def test_every_number_in_bold_is_one_that_a_test_above_computes() -> None:
    """A new worked number has to come with its check: each section says how many it has."""
    worked = {number: len(re.findall(r"\*\*-?[\d.]+%?\*\*", body)) for number, body in SECTIONS.items()}
    assert worked == {
        "1": 4, "2": 3, "3": 4, "4": 5, "5": 2, "6": 4, "7": 7, "8": 6, "9": 3, "10": 7, "11": 5, "12": 0, "13": 6,
        "14": 2, "15": 0, "16": 3,
    }  # fmt: skip


def cited(pattern: str) -> Iterator[tuple[str, str]]:
    """What the package's text matches, each with the file where it stands."""
    for path in sorted((ROOT / "allycheck").rglob("*.py")):
        for found in re.findall(pattern, path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix(), found


def test_every_section_that_code_cites_is_there() -> None:
    citations = list(cited(r"\bmethod ([0-9]+(?:(?:, | and | to )[0-9]+)*)"))
    assert citations
    lost = [(path, found) for path, found in citations if not set(re.findall(r"[0-9]+", found)) <= set(SECTIONS)]
    assert lost == []


def test_every_page_that_code_names_is_there() -> None:
    pages = list(cited(r"\bdocs/[\w/-]+\.\w+"))
    assert pages
    assert [(path, page) for path, page in pages if not (ROOT / page).is_file()] == []
