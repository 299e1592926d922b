"""The worked numbers of docs/method.md are what the program computes, and its sections are those that code cites."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from allycheck.analysis.coalition.coalition import coalition
from allycheck.analysis.coalition.pooling import MemberLevel, PooledItem, tally_of
from allycheck.analysis.cohort.cohort import cohort
from allycheck.analysis.cohort.members import records
from allycheck.analysis.cohort.quartiles import quartile
from allycheck.analysis.cohort.tally import tallied
from allycheck.analysis.compare import compare
from allycheck.analysis.first import do_first
from allycheck.analysis.merge import merge
from allycheck.analysis.merged_answers import responses_to
from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.targets import Choices, read_target
from allycheck.analysis.robustness import EARLY, LATE, multiplier, robustness
from allycheck.analysis.stress import readiness
from allycheck.loading import load_sheet
from allycheck.numbers import as_float, as_text, as_text_within, exact, percents
from allycheck.priorities import (
    best_value,
    contributions,
    find_out,
    level_points,
    next_steps,
    overall_blocker,
    steps_of_trend,
    strengths,
    trend_blocker,
    weaknesses,
)
from allycheck.questionnaire import Scenario
from allycheck.render.words import percent
from allycheck.report import Robustness
from allycheck.scoring import Measure, RiskScore, Scores, TrendScore, score, share_at
from allycheck.text import listing
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
    first, second, third = percents([Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)])
    assert f"One sixth, one sixth and two thirds print as **{first}**, **{second}** and **{third}**" in text


def test_2_answers(trend: TrendScore) -> None:
    turned = questionnaire(("pace", [indicator("delay", reverse=True)])).indicators["delay"]
    assert f"an answer of 1 on a reversed indicator is level **{turned.maturity(1)}**" in SECTIONS["2"]
    applicable, known = (sum(item.weight for item in items) for items in (trend.applicable, trend.known))
    assert f"all seven indicators, **{applicable}** points of weight; K is all but RR4, **{known}**" in SECTIONS["2"]


def test_3_scores(scores: Scores, trend: TrendScore) -> None:
    text = SECTIONS["3"]
    assert f"25 x 13 / 14 = **{as_text(trend.measure.score)}**" in text
    left = SHEET.answers.model_copy(update={"scope": {"climate-coalitions": "No climate project"}})
    without = score(SHEET.questionnaire, left).overall.measure.score
    assert f"(100 x 55.4 - 8 x 66.7) / 92 = **{as_text(without)}**" in text
    assert f"14 of 15 points of weight are known: **{as_text(100 * trend.measure.coverage, 0)}%**" in text
    assert f"the readiness score is **{as_text(scores.overall.measure.score)}**" in text
    assert f"RR3 weighs 7 x 3 / 15 = **{as_text(Fraction(7 * 3, 15), 2)}**" in text
    assert (trend.weight, trend.items[2].weight, sum(item.weight for item in trend.applicable)) == (7, 3, 15)


def test_4_range(scores: Scores, trend: TrendScore) -> None:
    text, own, whole = SECTIONS["4"], trend.measure, scores.overall.measure
    assert f"25 x 13 / 15 = **{as_text(own.low)}**" in text
    assert f"25 x (13 + 4) / 15 = **{as_text(own.high)}**" in text
    assert own.low == own.coverage * own.score
    assert f"Low is also 14/15 x {as_text(own.score)}, and high is 100 / 15 = **{as_text(own.high - own.low)}**" in text
    assert f"The whole ranges from **{as_text(whole.low)}** to **{as_text(whole.high)}**" in text


def test_5_levels(scores: Scores, trend: TrendScore) -> None:
    text, blocker = SECTIONS["5"], overall_blocker(scores)
    pairs = [(item.weight, item.level or 0) for item in trend.applicable]
    assert trend.level == 1
    assert f"11 of 15 (**{as_text(100 * share_at(pairs, 1), 0)}%**" in text
    needed = as_text(100 * trend_blocker(scores, trend).needed, 0)
    assert f"2 of 15 (**{as_text(100 * share_at(pairs, 2), 0)}%**, {needed}% needed)" in text
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


def guarded(level: int | str) -> RiskScore:
    """A risk that a critical safeguard feeds with load 1, and something at level 4 with load 4."""
    items = [
        indicator("guard", risks={"rift": 1}, critical=["rift"]),
        indicator("other", risks={"rift": 4}),
    ]
    questions = questionnaire(("pace", items), risks=[{"id": "rift", "title": "Rift"}])
    return sheet(questions, {"guard": level, "other": 4}).scores.risks[0]


def test_6_holes(scores: Scores) -> None:
    text, method = SECTIONS["6"], scores.questionnaire.method
    hole, firm, unknown = guarded(1), guarded(2), guarded("dk")
    assert f"E = 100 - 25 x (1 + 16) / 5 = **{as_text(hole.measure.score)}**. That would be low" in text
    assert (hole.band(method), len(hole.holes)) == ("moderate", 1)
    assert f"at 2 the exposure is **{as_text(firm.measure.score)}**, and low" in text
    assert (firm.band(method), firm.possible_bands(method)) == ("low", ["low"])
    low, high = as_text(unknown.measure.low), as_text(unknown.measure.high)
    assert f"lies between **{low}** and 100 - 25 x 16 / 5 = **{high}**" in text
    assert unknown.measure.coverage == Fraction(4, 5)
    assert (unknown.band(method), unknown.possible_bands(method)) == ("low", ["low", "moderate"])
    assert [item.id for item in unknown.possible_holes] == ["guard"]
    holes = {risk.risk.id: [item.indicator.code for item in risk.holes] for risk in scores.risks if risk.holes}
    assert holes == {"exclusion": ["IN1"], "weaponization": ["MS4"]}
    possible = {risk.risk.id: [item.indicator.code for item in risk.possible_holes] for risk in scores.risks}
    assert {risk: codes for risk, codes in possible.items() if codes} == {"fragmentation": ["FC3"]}
    assert all(code in text for code in ("(IN1)", "(MS4)", "(FC3)"))


def test_7_what_moves_the_score(scores: Scores, trend: TrendScore) -> None:
    text, drill = SECTIONS["7"], trend.items[2]
    step = next(step for step in best_value(scores) if step.item.id == drill.id)
    one = as_text(level_points(scores)[drill.id], 2)
    assert f"25 x 7/100 x 3/14 = **{one}** points, four levels **{as_text(step.lost, 2)}**" in text
    assert f"leads from {step.from_} to {step.to}, is worth **{as_text(step.gain, 2)}** points" in text
    assert f"1 + 3 = **{step.effort}** points of effort, which makes **{as_text(step.value, 2)}** for each" in text
    widths = [(entry.item.indicator.code, as_text(entry.width, 2)) for entry in find_out(scores)]
    assert [name for name, _ in widths] == ["FC3", "CC4", "RR4"]
    first, second, third = (width for _, width in widths)
    assert (
        f"100 x 10/100 x 3/15 = **{first}** points open, CC4 **{second}** and RR4 100 x 7/100 x 1/15 = **{third}**"
        in text
    )
    low, high = scores.overall.measure.low, scores.overall.measure.high
    assert f"together {as_text(high - low, 2)}, the width from {as_text(low, 2)} to {as_text(high, 2)}" in text
    falls = next_steps(three_feed_a_risk())["first"]
    assert (
        f"from {falls.from_} to {falls.to}, lowers the exposure by 25 x 1 x 3 / 5 = **{as_text(falls.risks['rift'])}**"
        in text
    )


def test_7_weaknesses_and_next_steps_of_a_trend(scores: Scores, trend: TrendScore) -> None:
    lost = [(item.indicator.code, item.weight * (4 - item.level)) for item in weaknesses(trend)]
    assert lost == [("RR3", 12), ("RR1", 9), ("RR5", 6), ("RR6", 6), ("RR7", 6)]
    assert "RR3 (3 x 4 = 12), RR1 (9), RR5, RR6 and RR7 (6 each), and no strength" in SECTIONS["7"]
    assert strengths(trend) == []
    rows = []
    for step in steps_of_trend(scores, trend, next_steps(scores)):
        weight, levels = step.item.weight, step.to - step.from_
        name = f"{step.item.indicator.code} from {step.from_} to {step.to}"
        each = as_text(weight * levels / step.effort, 2)
        rows.append(f"| {name} | {weight} x {levels} / {step.effort} | {each} |")
    assert len(rows) == 5
    assert "\n".join(rows) in PAGE


def test_7_do_first(scores: Scores) -> None:
    text, first = SECTIONS["7"], do_first(scores)
    codes = {item.id: item.indicator.code for item in scores.items}
    holes = [codes[step.id] for step in first.steps if "hole" in step.reasons]
    planned = [codes[step.id] for step in first.steps if step.reasons == ["level"]]
    assert holes == [codes[step.id] for step in first.steps][:2] == ["IN1", "MS4"]
    assert {
        scores.questionnaire.indicators[step.id].risks[risk]
        for step, risk in zip(first.steps, ("exclusion", "weaponization"), strict=False)
    } == {3}
    assert first.next_level == (3, "planned")
    lost = {code: contributions(scores)[name].lost for name, code in codes.items()}
    assert lost["IN1"] > lost["MS4"]
    assert "(IN1 has lost more)" in text
    assert f"do first are **{len(first.steps)}** things" in text
    assert (
        f"the **{len(planned)}** steps of the cheapest plan to *Practised*, from {planned[0]} to {planned[-1]}" in text
    )


def test_8_other_readings(readings: Robustness, trend: TrendScore) -> None:
    text = SECTIONS["8"]
    for points, terms in (
        (EARLY, "3 x 40 + 2 x 70 + 3 x 0 + 2 x 40 + 2 x 40 + 2 x 40"),
        (LATE, "3 x 10 + 2 x 30 + 3 x 0 + 2 x 10 + 2 x 10 + 2 x 10"),
    ):
        assert terms == " + ".join(f"{item.weight} x {points[item.level]}" for item in trend.known)
        value = sum(item.weight * points[item.level] for item in trend.known) / 14
        assert f"({terms}) / 14 = **{as_text(value)}**" in text
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


def test_10_a_merged_score_outside_those_of_the_respondents() -> None:
    text = SECTIONS["10"]
    questions = questionnaire(("pace", [indicator(name) for name in "abc"]))
    answers = [dict.fromkeys("abc", 0) | {own: 4} for own in "abc"]
    team = merge([sheet(questions, given, f"{n}.yaml") for n, given in enumerate(answers)])
    assert f"the merged score, **{as_text(exact(team.overall))}**" in text
    assert team.scores.low == team.scores.high
    assert f"each of them scores 25 x 4 / 3 = **{as_text(exact(team.scores.low))}**, which is also the mean" in text


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
    assert half.end(0) < 2 <= half.end(4)
    link, shot = (pooled(rule, (1, 3), (1, None)) for rule in ("weakest-link", "best-shot"))
    assert f"a weakest link, which reaches from **{link.end(0)}** to **{link.end(4)}**, too" in text
    assert f"a best shot is at least **{shot.end(0)}** and is none" in text


def test_13_holes_of_a_coalition() -> None:
    """Under 2 at best is a hole, under 2 at worst a possible one."""
    guard = indicator("guard", risks={"rift": 1}, critical=["rift"], aggregation="summation")
    questions = questionnaire(("pace", [guard]), risks=[{"id": "rift", "title": "Rift"}])

    def found(*levels: int | str) -> tuple[list[str], list[str]]:
        sheets = [
            sheet(questions, {"guard": level}, f"{n}.yaml", organisation=f"O{n}") for n, level in enumerate(levels)
        ]
        [risk] = coalition(sheets).risks
        return risk.holes, risk.possible_holes

    assert found(1, 2) == (["guard"], [])
    assert found(1, 3) == ([], [])
    assert found(3, "dk") == ([], ["guard"])


def test_12_quartiles() -> None:
    ordered = dict(enumerate(map(Fraction, (0, 0, 25, 50, 100))))
    assert f"at place 2, **{quartile(5, 2, ordered)}**" in SECTIONS["12"].replace("\n  ", " ")
    assert f"is at place 3, **{quartile(5, 3, ordered)}**" in SECTIONS["12"]


def test_12_shares() -> None:
    questions = questionnaire(("pace", [indicator("a")]))
    sheets = [sheet(questions, {"a": 1 if n < 6 else 2}, organisation=f"O{n}") for n in range(12)]
    [told] = cohort(tallied(questions, [], records(sheets, []))).whole.weak
    assert f"of {told.asked} with {told.n} at 0 or 1 it is **{percent(told.share)}**" in SECTIONS["12"]


def test_14_plans(scores: Scores, trend: TrendScore) -> None:
    text, target = SECTIONS["14"], read_target("rapid-response=40", SHEET.questionnaire)
    result = plan(scores, SHEET.answers, target)
    assert f"at 40 lacks {as_text(40 - exact(result.start), 2)} points" in text
    inside = {
        item.indicator.code: 25 * item.weight / sum(known.weight for known in trend.known) for item in trend.known
    }
    assert (
        f"25 x 3 / 14 = {as_text(inside['RR1'], 2)} points with weight 3 and 25 x 2 / 14 = {as_text(inside['RR6'], 2)}"
        in text
    )
    adds = {step.code: exact(step.adds) for step in result.steps}
    assert [(step.code, step.from_, step.to) for step in result.steps] == [("RR1", 1, 2), ("RR3", 0, 2), ("RR6", 1, 2)]
    rr1, rr3, rr6 = (as_text(adds[code], 2) for code in ("RR1", "RR3", "RR6"))
    assert f"RR6 ({rr6} for 1 point of effort), RR1 ({rr1} for 3) and RR3 ({rr3} for 1 + 3)" in text
    two, three = as_text(adds["RR1"] + adds["RR3"], 2), as_text(sum(adds.values()), 2)
    assert f"Any two of the three bring {two} at most, all three {three}." in text
    assert f"raises them to 2 for **{as_text(exact(result.cost), 0)}** points" in text
    assert f"the trend stands at **{as_text(exact(result.reached))}**" in text


def test_14_choices(scores: Scores) -> None:
    target = read_target("rapid-response=40", SHEET.questionnaire)
    quick = plan(scores, SHEET.answers, target, Choices(by="days"))
    assert (quick.status, [step.code for step in quick.steps]) == ("infeasible", ["RR6"])
    assert f"the trend gets to **{as_text(exact(quick.best))}** at best" in SECTIONS["14"]


def test_16_stress(scores: Scores) -> None:
    text, weights = SECTIONS["16"], scores.questionnaire.method.demand_weights
    assert f"e = {listing([str(weight) for weight in weights], 'or')}" in text
    scenario = Scenario.model_validate({"id": "flood", "title": "Flood", "demands": {"one": 3, "two": 1}})
    ready = readiness(scenario, {"one": measure(40), "two": measure(80)}, weights)
    assert f"(9 x 40 + 1 x 80) / 10 = **{as_text(ready.score)}**" in text
    assert f"9 x 60 / 10 = **{as_text(ready.shortfalls['one'])}** and gives way first" in text
    assert f"1 x 20 / 10 = **{as_text(ready.shortfalls['two'])}**" in text
    assert ready.first_to_give == ["one"]


def test_every_number_in_bold_is_one_that_a_test_above_computes() -> None:
    """A new worked number has to come with its check: each section says how many it has."""
    worked = {number: len(re.findall(r"\*\*-?[\d.]+%?\*\*", body)) for number, body in SECTIONS.items()}
    assert worked == {
        "1": 7, "2": 3, "3": 5, "4": 5, "5": 2, "6": 8, "7": 11, "8": 6, "9": 3, "10": 9, "11": 5, "12": 3, "13": 9,
        "14": 3, "15": 0, "16": 3,
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
