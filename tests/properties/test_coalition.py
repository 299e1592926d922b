"""What holds for any coalition, and the pool worked out a second time from the rules alone."""

import statistics
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis.coalition.burdens import _median_without
from allycheck.analysis.coalition.coalition import coalition
from allycheck.analysis.coalition.pooling import joint_weights, members_of, overall_without, pool
from allycheck.numbers import exact
from allycheck.questionnaire import Indicator
from allycheck.report import as_plain
from allycheck.scored import Scored
from tests.alliances import indicator, questionnaire, sheet

QUESTIONS = questionnaire(
    (
        "trust",
        [
            indicator("a", aggregation="weakest-link", weight={"state": 2, "firm": "0.5"}, risks={"harm": 2}),
            indicator("b", aggregation="best-shot", reverse=True, risks={"harm": "1.5"}),
            indicator("c", actors=["firm"], risks={"harm": 1}),
        ],
    ),
    ("pace", [indicator("d", aggregation="weakest-link"), indicator("e")]),
    risks=[{"id": "harm", "title": "Harm"}],
    actors=[
        {"id": "state", "title": "State", "weights": {"trust": 60, "pace": 40}},
        {"id": "firm", "title": "Firm", "weights": {"trust": 25, "pace": 75}},
    ],
)
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys("abcde", st.sampled_from([0, 1, 2, 3, 4, "na", "dk", None])))
SIZE = st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2)])
PARTY = st.lists(st.tuples(ANSWERS, st.sampled_from(["state", "firm"]), SIZE), min_size=1, max_size=4)
Party = list[tuple[dict[str, Any], str, Fraction]]


def sheets_of(party: Party) -> tuple[list[Scored], dict[str, Fraction]]:
    """The sheets of a party, and their sizes by name."""
    sheets = [sheet(QUESTIONS, own, f"{at}.yaml", actor=actor) for at, (own, actor, _) in enumerate(party)]
    return sheets, {f"{at}.yaml": size for at, (_, _, size) in enumerate(party)}


@given(ANSWERS, st.sampled_from(["state", "firm"]), SIZE)
def test_a_coalition_of_one_is_the_member(answers: dict[str, Any], actor: str, size: Fraction) -> None:
    sheets, sizes = sheets_of([(answers, actor, size)])
    members = members_of(sheets, sizes)
    own, joint = sheets[0].scores, pool(members, joint_weights(members))
    assert joint.overall == own.overall.measure
    assert [trend.measure for trend in joint.trends] == [trend.measure for trend in own.trends]
    assert [risk.measure for risk in joint.risks] == [risk.measure for risk in own.risks]


def pooled_by_hand(own: Indicator, party: Party) -> tuple[Fraction, Fraction | None, Fraction] | None:
    """Weight, level and coverage of one indicator; None where it applies to nobody."""
    trend = QUESTIONS.trend_of[own.id]
    weight, levels, heads = Fraction(0), [], 0
    for answers, actor, size in party:
        scope = [other for other in trend.indicators if other.serves(actor, "full")]
        if own in scope:
            weight += size * own.weight_for(actor) / sum(other.weight_for(actor) for other in scope)
            heads += answers.get(own.id) != "na"
            if isinstance(answers.get(own.id), int):
                levels.append((4 - answers[own.id] if own.reverse else answers[own.id], size))
    if not heads:
        return None
    return weight, level_by_hand(own.aggregation, levels), Fraction(len(levels), heads)


def level_by_hand(aggregation: str, levels: list[tuple[int, Fraction]]) -> Fraction | None:
    """The lowest, the highest, or the mean by size."""
    if not levels:
        return None
    if aggregation == "summation":
        return sum((level * size for level, size in levels), Fraction(0)) / sum(size for _, size in levels)
    return Fraction((min if aggregation == "weakest-link" else max)(level for level, _ in levels))


@given(PARTY)
def test_the_pool_is_what_the_rules_say(party: Party) -> None:
    """method 13 worked out again, with plain sums over members and indicators."""
    sheets, sizes = sheets_of(party)
    result = coalition(sheets, sizes=sizes).overall
    scores, covers = [], []
    for trend in QUESTIONS.trends:
        joint = sum(size * QUESTIONS.trend_weight(trend, actor) / 100 for _, actor, size in party)
        parts = [part for own in trend.indicators if (part := pooled_by_hand(own, party))]
        known = [(weight, level) for weight, level, _ in parts if level is not None]
        if parts:
            covers.append((joint, sum(w * cover for w, _, cover in parts) / sum(w for w, _, _ in parts)))
        if known:
            scores.append((joint, 25 * sum(w * level for w, level in known) / sum(w for w, _ in known)))
    if not covers:
        assert result.coverage is None
        return
    coverage = sum(weight * cover for weight, cover in covers) / sum(weight for weight, _ in covers)
    assert exact(result.coverage or 0.0) == coverage
    assert result.published == (coverage >= Fraction(2, 3))
    if result.score is not None:
        expected = sum(weight * score for weight, score in scores) / sum(weight for weight, _ in scores)
        assert exact(result.score) == expected


@given(PARTY)
def test_what_is_without_a_member_is_the_others_pooled(party: Party) -> None:
    """The plain way: the others pooled anew, one member after the other, with the weights of all."""
    members = members_of(*sheets_of(party))
    weights = joint_weights(members)
    whole = pool(members, weights)
    for member in members if len(members) > 1 else []:
        others = [other for other in members if other != member]
        assert overall_without(whole, member) == pool(others, weights).overall


@given(st.lists(st.integers(0, 9).map(Fraction), min_size=2))
def test_who_is_ahead_is_measured_by_the_median_of_the_others(scores: list[Fraction]) -> None:
    for at, own in enumerate(scores):
        assert _median_without(sorted(scores), own) == statistics.median([*scores[:at], *scores[at + 1 :]])


@given(PARTY)
def test_a_score_lies_in_its_range(party: Party) -> None:
    sheets, sizes = sheets_of(party)
    result = coalition(sheets, sizes=sizes)
    ranges = [(own.low, own.score, own.high) for own in result.trends]
    for low, score, high in [*ranges, (result.overall.low, result.overall.score, result.overall.high)]:
        if score is not None:
            assert exact(low or 0.0) <= exact(score) <= exact(high or 0.0)


@given(PARTY)
def test_the_order_of_files_changes_nothing_but_order(party: Party) -> None:
    sheets, sizes = sheets_of(party)
    assert _unordered(as_plain(coalition(sheets, sizes=sizes))) == _unordered(
        as_plain(coalition(sheets[::-1], sizes=sizes))
    )


def _unordered(plain: Any) -> Any:
    """The same with every list of members in one order."""
    if isinstance(plain, dict):
        return {key: _unordered(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return sorted((_unordered(value) for value in plain), key=str)
    return plain


@given(PARTY)
def test_no_single_answer_is_told_without_detail(party: Party) -> None:
    sheets, sizes = sheets_of(party)
    result = coalition(sheets, sizes=sizes)
    assert all((own.value, own.lost, own.answers) == (None, None, None) for own in result.indicators)


@given(PARTY)
def test_the_points_lost_add_up(party: Party) -> None:
    """What every indicator has lost sums to 100 - R."""
    sheets, sizes = sheets_of(party)
    result = coalition(sheets, sizes=sizes, detail=True)
    if result.overall.score is not None:
        assert sum(exact(own.lost or 0.0) for own in result.indicators) == 100 - exact(result.overall.score)
