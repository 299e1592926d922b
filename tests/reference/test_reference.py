"""The second implementation by itself: cases worked by hand, and what has to add up whatever is drawn."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reference import planner, readings, scorer, several
from tests.reference.do_first import do_first, holes, in_order, plan, world
from tests.reference.generated import Raw, drawn
from tests.reference.scorer import STAGES, STEP, Sheet
from tests.worlds import methods, worlds

draws = settings(derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def indicator(name: str, **more: Any) -> Raw:
    return {"id": name, "ask": f"{name}?", "levels": [f"{name} {n}" for n in range(5)]} | more


def sheet(trends: dict[str, list[Raw]], given_answers: Raw, **more: Any) -> Sheet:
    weights = more.pop("weights", {})
    content = [
        {"id": name, "title": name, "weight": weights.get(name, 1), "indicators": items}
        for name, items in trends.items()
    ]
    return Sheet({"trends": content} | more, {"answers": given_answers, "actor": "firm"})


def risk(of: Sheet, name: str = "rift") -> Raw:
    return of.risk({"id": name})


def first(of: Sheet) -> list[Raw]:
    return do_first(of, plan(of))


# Section 6

LOADED = {
    "trust": [
        indicator("wide", risks={"rift": 6}),
        indicator("narrow", risks={"rift": 1}, critical=["rift"]),
    ]
}
RIFT = [{"id": "rift"}]


def test_an_average_does_not_hide_a_hole() -> None:
    """100 - 25 * (6*4 + 1*1) / 7 = 100 - 625/7 = 10.7143, low by itself; `narrow` at 1 makes it moderate."""
    found = risk(sheet(LOADED, {"wide": 4, "narrow": 1}, risks=RIFT))
    assert (found["exposure"], found["band"], found["possible_bands"]) == (10.7143, "moderate", ["moderate"])
    assert (found["holes"], found["possible_holes"]) == (["narrow"], [])


def test_level_two_is_no_hole() -> None:
    """100 - 25 * (6*4 + 1*2) / 7 = 100 - 650/7 = 7.1429."""
    found = risk(sheet(LOADED, {"wide": 4, "narrow": 2}, risks=RIFT))
    assert (found["exposure"], found["band"], found["holes"]) == (7.1429, "low", [])


def test_what_is_not_known_may_be_a_hole() -> None:
    """Known: 100 - 25*4 = 0. At worst 100 - 25 * 24/7 = 14.2857: low, but `narrow` could be a hole. 6/7 is known."""
    found = risk(sheet(LOADED, {"wide": 4}, risks=RIFT))
    assert (found["exposure"], found["low"], found["high"], found["coverage"]) == (0.0, 0.0, 14.2857, 0.8571)
    assert (found["band"], found["possible_bands"]) == ("low", ["low", "moderate"])
    assert (found["holes"], found["possible_holes"]) == ([], ["narrow"])


def test_an_unpublished_exposure_shows_its_holes() -> None:
    """1/7 is known. At best 100 - 25 * 25/7 = 10.7143, lifted to moderate; at worst 100 - 25 * 1/7 = 96.4286."""
    found = risk(sheet(LOADED, {"narrow": 1}, risks=RIFT))
    assert (found["exposure"], found["band"], found["low"], found["high"]) == (None, None, 10.7143, 96.4286)
    assert (found["holes"], found["possible_bands"]) == (["narrow"], ["moderate", "high"])


def test_a_safeguard_asked_the_other_way_round_is_a_hole_at_its_top_answer() -> None:
    of = sheet(
        {"trust": [indicator("veto", reverse=True, risks={"rift": 1}, critical=["rift"])]}, {"veto": 4}, risks=RIFT
    )
    assert risk(of)["holes"] == ["veto"]


def test_protections_are_shown_only_for_what_is_known_to_lack_them() -> None:
    """`at2` is below 3; `at3`, `na`, `dk` and what is nowhere are not shown, and a plain text always is."""
    names = ["at2", "at3", "na", "dk", "nowhere"]
    items = [indicator(name, risks={"rift": 1}) for name in names[:4]]
    words = {"mitigations": [*({"do": f"do {name}", "for": name} for name in names), "anyhow"]}
    given_answers = {"at2": 2, "at3": 3, "na": "na", "dk": "dk"}
    of = sheet({"trust": items}, given_answers, risks=RIFT, actors=[{"id": "firm", "risks": {"rift": words}}])
    assert risk(of)["mitigations"] == [{"do": "do at2", "for": "at2"}, {"do": "anyhow", "for": None}]


def test_how_many_holes_are_too_many() -> None:
    """`narrow` is a hole; `wide` is not known, so 1/7 of the exposure is: only --guaranteed tells, by what could be."""
    of = sheet(
        {"trust": [LOADED["trust"][1], indicator("wide", risks={"rift": 6}, critical=["rift"])]},
        {"narrow": 0},
        risks=RIFT,
    )
    assert readings.max_holes(of, 1) == {"actual": None, "passed": False}
    assert readings.max_holes(of, 1, guaranteed=True) == {"actual": 2, "passed": False}
    assert readings.max_holes(of, 2, "rift", guaranteed=True) == {"actual": 2, "passed": True}


# Section 7

CLIMBS = [1, 3, 8, 20]


def test_a_step_goes_to_the_lowest_aim_and_costs_every_climb() -> None:
    """Two equal trends; in `trust` weights 2 and 1. phi of `a` is 1/2 * 2/3 = 1/3: from 0 to 2 it is worth
    25 * 1/3 * 2 = 16.6667 for 1 + 3 = 4 points, 4.1667 a point; it has lost 25 * 1/3 * 4 = 33.3333.
    """
    trends = {"trust": [indicator("a", weight=2, effort=CLIMBS), indicator("b")], "pace": [indicator("c")]}
    of = sheet(trends, {"a": 0, "b": 4, "c": 4})
    assert of.best_value() == [
        {
            "id": "a",
            "from": 0,
            "to": 2,
            "gain": 16.6667,
            "effort": 4.0,
            "value": 4.1667,
            "risks": {},
            "blocked_by": [],
        }
    ]
    assert scorer.half_up(of.lost(of.items["a"])) == 33.3333
    assert of.readiness() == 100 - Fraction(100, 3)


@pytest.mark.parametrize(
    ("lowest_aim", "level", "to"), [(1, 0, 1), (2, 0, 2), (2, 1, 2), (2, 2, 3), (4, 0, 4), (4, 2, 4), (4, 3, 4)]
)
def test_where_the_next_step_goes(lowest_aim: int, level: int, to: int) -> None:
    of = sheet({"trust": [indicator("a")]}, {"a": level}, method={"lowest_aim": lowest_aim})
    assert of.aim(of.items["a"]) == to


def test_the_effect_of_a_step_on_a_risk() -> None:
    """25 * (2 - 1) * 1 / (6 + 1) = 3.5714 points less exposure."""
    of = sheet(LOADED, {"wide": 4, "narrow": 1}, risks=RIFT)
    assert of.best_value()[0]["risks"] == {"rift": 3.5714}


def spoken(level: int, lowest_aim: int = 2, **steps: str) -> Raw | None:
    own = {"practise": "the firm's own"}
    actors = [{"id": "firm", "trends": {"trust": {"indicators": {"a": own}}}}]
    item = indicator("a", steps=steps, effort=[1, 3, 8, 20])
    of = sheet({"trust": [item]}, {"a": level}, actors=actors, method={"lowest_aim": lowest_aim})
    return of.indicator(of.items["a"])["next_step"]


def test_a_climb_says_each_stage_that_it_passes() -> None:
    """From 1 to 4: start (up to 2), the actor's own words for practise (to 3), the anchor for improve (to 4).
    3 + 8 + 20 = 31 points; the largest climb, 20, is over 8: a year.
    """
    assert spoken(1, 4, start="go", practise="drill") == {
        "to": 4,
        "texts": ["go", "the firm's own", "What should then be true: a 4"],
        "effort": 31.0,
        "within": "1y",
    }


def test_what_is_said_hangs_on_the_level() -> None:
    assert (spoken(0, start="go") or {})["texts"] == ["go"]
    assert (spoken(2, start="go") or {})["texts"] == ["the firm's own"]
    assert spoken(3, improve="better") == {"to": 4, "texts": ["better"], "effort": 20.0, "within": "1y"}
    assert (spoken(2) or {})["within"] == "90d"
    assert (spoken(0) or {})["within"] == "30d"
    assert (spoken(0, 1) or {})["texts"] == ["What should then be true: a 1"]
    assert spoken(4, improve="better") is None


def test_the_actors_sentence_is_earned_by_the_level() -> None:
    words = {"a": {"weak": "it lacks", "strong": "it holds"}}
    actors = [{"id": "firm", "trends": {"trust": {"indicators": words}}}]
    said = {}
    for answer in (0, 1, 2, 3, 4, "dk", "na"):
        of = sheet({"trust": [indicator("a")]}, {"a": answer}, actors=actors)
        said[answer] = of.meaning(of.items["a"])
    assert said == {0: "it lacks", 1: "it lacks", 2: None, 3: "it holds", 4: "it holds", "dk": None, "na": None}


def test_weaknesses_strengths_and_next_steps_of_a_trend() -> None:
    """Weights 3, 1, 2, 1, 1 at levels 1, 0, 3, 4, 2.
    Lost inside the trend: a 3*3 = 9, b 1*4 = 4. Carried: c 2*3 = 6, d 1*4 = 4.
    Level: 4 of 8 at 2 or above is too little, 7 of 8 at 1 or above and nothing below -1: level 1, the next is 2.
    Below max(2, 2): a, worth 3*1 for 3 points of effort, 1 a point; b, worth 1*2 for 1, 2 a point.
    """
    items = [
        indicator("a", weight=3, effort=3),
        indicator("b", effort="0.5"),
        indicator("c", weight=2),
        indicator("d"),
        indicator("e"),
    ]
    of = sheet({"trust": items}, {"a": 1, "b": 0, "c": 3, "d": 4, "e": 2}, weights={"trust": 0})
    found = of.trend(*of.trends[0])
    assert (found["level"], found["weaknesses"], found["strengths"]) == (1, ["a", "b"], ["c", "d"])
    assert found["next"] == ["b", "a"]
    assert (of.best_value(), of.overall()["score"], of.build_on()) == ([], None, ["c", "d"])


def test_at_the_top_a_trend_has_no_next_step() -> None:
    """3 of 4 at level 4, more than three fifths, and 2 is no more than two below: level 4."""
    of = sheet({"trust": [indicator("a", weight=3), indicator("b")]}, {"a": 4, "b": 2})
    found = of.trend(*of.trends[0])
    assert (found["level"], found["next"], [own["id"] for own in of.best_value()]) == (4, [], ["b"])


def safeguards(**more: Raw) -> dict[str, list[Raw]]:
    """Two safeguards of two risks; what is in `more` is added to each."""
    return {
        "trust": [
            indicator("lock", risks={"rift": 1}, critical=["rift"], **more.get("lock", {})),
            indicator("gate", risks={"rift": 2, "drain": 3}, critical=["rift", "drain"], **more.get("gate", {})),
            indicator("key", **more.get("key", {})),
        ],
        "pace": [indicator("drill")],
    }


BOTH = [{"id": "rift"}, {"id": "drain"}]


def test_holes_come_first_by_their_loads() -> None:
    """`gate` feeds 2 + 3 = 5, `lock` 1. Overall: trust at level 0 (1 of 3 at 1 or above), pace at 4; next is 1.
    Half of the weight is there, two thirds are needed, and 0 is no lower than 1 - 1: trust has to reach 1, with 2 of 3
    at 1. Raising `lock` or `gate` to 2 does it for 2 points; `lock` stays the lower one, it comes first: `gate`.
    Exposures fall by 25 * 2 * 2/3 and 25 * 2 * 3/3 with `gate`, by 25 * 2 * 1/3 with `lock`.
    """
    of = sheet(safeguards(), {"lock": 0, "gate": 0, "key": 4, "drill": 4}, risks=BOTH)
    assert [item.id for item in holes(of)] == ["gate", "lock"]
    assert of.overall_level(0) == 0
    assert plan(of) == {"gate": 2}
    assert [(own["id"], own["to"], own["reasons"], own["risks"]) for own in first(of)] == [
        ("gate", 2, ["hole", "level"], {"rift": 33.3333, "drain": 50.0}),
        ("lock", 2, ["hole"], {"rift": 16.6667}),
    ]


def test_what_a_hole_requires_comes_right_before_it() -> None:
    """`gate` may not rise to 2 before `key` is at 2; `lock` needs nothing and stands after both.
    Trust needs two of its three at 1, and `key` is one: with `lock` or with `gate` for 42 points, and `lock` comes first
    and stays lower.
    """
    of = sheet(
        safeguards(gate={"requires": ["key"], "effort": 1}, key={"effort": 20}),
        {"lock": 0, "gate": 0, "key": 0, "drill": 4},
        risks=BOTH,
    )
    listed = first(of)
    assert [own["id"] for own in listed] == ["key", "gate", "lock"]
    assert [(own["reasons"], own["to"]) for own in listed] == [
        (["level", "required"], 2),
        (["hole", "level"], 2),
        (["hole"], 2),
    ]
    assert [own["blocked_by"] for own in listed] == [[], ["key"], []]


def test_what_is_required_is_never_due_later() -> None:
    """`key` takes 20 a climb, a year by itself; `gate` takes 1 and is due within 30 days, and so is then `key`."""
    of = sheet(
        safeguards(gate={"requires": ["key"], "effort": 1}, key={"effort": 20}),
        {"lock": 3, "gate": 1, "key": 1, "drill": 4},
        risks=BOTH,
    )
    assert [(own["id"], own["within"], own["effort"]) for own in do_first(of, None)] == [
        ("key", "30d", 20.0),
        ("gate", "30d", 1.0),
    ]


def test_what_is_required_and_not_known_is_something_to_find_out() -> None:
    of = sheet(
        safeguards(gate={"requires": ["key"]}),
        {"lock": 3, "gate": 1, "drill": 4},
        risks=BOTH,
        method={"coverage": "0.5"},
    )
    found = do_first(of, None)
    assert found[0] == {
        "id": "key",
        "from": None,
        "to": 2,
        "texts": [],
        "effort": 2.0,
        "within": "30d",
        "blocked_by": [],
        "reasons": ["required"],
        "risks": {},
    }
    assert [own["id"] for own in found] == ["key", "gate"]


def test_the_higher_target_counts() -> None:
    """Trust at level 2 (6 of 8 at 2), pace at 4; for overall 3, trust needs 4.8 of 8 at 3. `lock` (3) and `gate` (2) are
    5, for 1 + 2 climbs of 1 point; `key` takes 20. So `gate`, a hole that would go to 2, goes to 3 at once, before `lock`.
    """
    trends = safeguards(lock={"weight": 3}, gate={"weight": 2}, key={"weight": 3, "effort": 20})
    of = sheet(trends, {"lock": 2, "gate": 1, "key": 2, "drill": 4}, risks=BOTH)
    assert (of.overall_level(0), plan(of)) == (2, {"lock": 3, "gate": 3})
    assert [(own["id"], own["to"], own["reasons"], own["effort"]) for own in first(of)] == [
        ("gate", 3, ["hole", "level"], 2.0),
        ("lock", 3, ["level"], 1.0),
    ]


def test_without_a_published_score_only_holes_remain() -> None:
    """`gate` alone is known: 1/3 of trust and nothing of pace, 1/6 in all."""
    of = sheet(safeguards(), {"gate": 1}, risks=BOTH)
    assert plan(of) is None
    assert [(own["id"], own["reasons"]) for own in first(of)] == [("gate", ["hole"])]


def test_at_the_top_there_is_nothing_but_holes() -> None:
    of = sheet(safeguards(), {"lock": 4, "gate": 1, "key": 4, "drill": 4}, risks=BOTH, method={"trend_gap": 3})
    assert of.overall_level(0) == 4
    assert [own["id"] for own in first(of)] == ["gate"]


def test_steps_of_the_plan_stand_in_the_order_in_which_it_prints_them() -> None:
    """Equal weights: a rise by 2 adds the same to the low end for each. `c` (1 a climb) is worth most but requires `b`
    (8), so `a` (3) goes before both.
    """
    items = [indicator("a", effort=3), indicator("b", effort=8), indicator("c", effort=1, requires=["b"])]
    of = sheet({"trust": items}, {"a": 0, "b": 0, "c": 0})
    assert [item.id for item in in_order(of, {"a": 2, "b": 2, "c": 2})] == ["a", "b", "c"]
    assert [item.id for item in in_order(of, {"a": 2, "c": 2})] == ["c", "a"]


# Section 14


def test_a_plan_jumps_to_the_lowest_aim() -> None:
    """One indicator at 0, 30 wanted: 1 would give 25, 2 gives 50; with the lowest aim at 3 it is 3. Efforts 1, 3, 8."""
    small = [
        {
            "id": "t",
            "weight": 1,
            "items": [{"id": "a", "weight": 1, "effort": CLIMBS, "requires": [], "loads": {}, "level": 0}],
        }
    ]
    ask = planner.Ask("score", "overall", Fraction(20))
    found = [planner.plan(small, ask, planner.METHOD | {"lowest_aim": aim}) for aim in (1, 2, 3)]
    assert [(own.levels, own.cost) for own in found if own] == [({"a": 1}, 1), ({"a": 2}, 4), ({"a": 3}, 12)]
    kept = planner.plan(small, ask._replace(largest=Fraction(1)), planner.METHOD)
    assert kept
    assert (kept.reachable, kept.levels) == (False, {"a": 0})
    low = planner.plan(small, ask._replace(value=Fraction(90), up_to=3), planner.METHOD)
    assert low
    assert (low.reachable, low.levels, low.quantity) == (False, {"a": 3}, 75)


@settings(draws, max_examples=40)
@given(worlds(4), methods(), st.integers(1, 4), st.integers(1, 4))
def test_the_plan_to_the_next_level_is_the_one_that_trying_everything_finds(
    small: planner.World, method: dict[str, Any], lowest_aim: int, target: int
) -> None:
    method = method | {"lowest_aim": lowest_aim}
    found = planner.plan(small, planner.Ask("level", "overall", Fraction(target)), method)
    if found:
        assert found.reachable
        assert planner.next_level(small, target, method) == found.levels


# Stress, sections 10 and 13


def test_what_is_decisive_decides() -> None:
    """S = 25 and 100 with demands 3 and 1, that is 9 and 1: (9*25 + 1*100) / 10 = 32.5; trust costs 9*75/10 = 67.5."""
    of = sheet(
        {"trust": [indicator("a")], "pace": [indicator("b")], "idle": [indicator("c")]}, {"a": 1, "b": 4, "c": 0}
    )
    found = readings.stress(of, {"id": "flood", "demands": {"trust": 3, "pace": 1}})
    assert (found["readiness"], found["first_to_give"]) == (32.5, ["trust"])
    assert [own["shortfall"] for own in found["trends"]] == [67.5, 0.0, 0.0]


@pytest.mark.parametrize(
    ("given_answers", "answer"),
    [
        ([1, 3], 1),
        ([0, 2, 4], 2),
        ([1, 2, 3, 4], 2),
        (["na", "na", 3], "na"),
        (["na", 3], 3),
        (["dk", None], "dk"),
        ([None, None], None),
    ],
)
def test_the_low_median(given_answers: list[Any], answer: Any) -> None:
    sheets = [sheet({"trust": [indicator("a")]}, {"a": one}) for one in given_answers]
    assert several.merged(sheets)[0]["answer"] == answer


def test_holes_of_a_coalition() -> None:
    """Weakest link of 4 and 1 is 1, a hole. Best shot of 1 and one not known: 1 to 4, possibly. Sum of 0 and 3: 1.5."""
    rules = {"chain": "weakest-link", "shot": "best-shot", "sum": "summation"}
    items = [indicator(name, aggregation=rule, risks={"rift": 1}, critical=["rift"]) for name, rule in rules.items()]
    members = [{"chain": 4, "shot": 1, "sum": 0}, {"chain": 1, "shot": "dk", "sum": 3}]
    found = several.coalition([(sheet({"trust": items}, own, risks=RIFT), Fraction(1)) for own in members])
    assert (found["risks"][0]["holes"], found["risks"][0]["possible_holes"]) == (["chain", "sum"], ["shot"])


# Whatever is drawn


@pytest.fixture
def sheets() -> list[Sheet]:
    """The same draws for every test and on every run."""
    return [Sheet(*drawn(seed)) for seed in range(200)]


def test_the_parts_add_up(sheets: list[Sheet]) -> None:
    for of in sheets:
        if of.counted_known:
            known = [item for item in of.items.values() if item.known]
            assert sum(of.lost(item) for item in known) == 100 - of.readiness()
        if of.counted:
            low, high = (of.over(of.counted, lambda group, end=end: getattr(group, end)) for end in ("low", "high"))
            assert sum(width for _, width in of.widths()) == high - low
            assert low <= (of.readiness() if of.counted_known else low) <= high
        for name, group in of.risk_groups.items():
            if group.known:
                parts = [STEP * item.load(name) * (4 - item.level) / group.total_known for item in group.known]
                assert sum(parts) == 100 - group.value


def test_a_low_band_never_stands_beside_a_hole(sheets: list[Sheet]) -> None:
    for of in sheets:
        for name in of.risk_ids:
            found = risk(of, name)
            assert not (found["holes"] and "low" in [found["band"], *found["possible_bands"]])
            assert found["band"] is None or found["band"] in found["possible_bands"]
            assert not set(found["holes"]) & set(found["possible_holes"])


def test_no_step_and_no_sentence_without_the_answer_that_earns_it(sheets: list[Sheet]) -> None:
    for of in sheets:
        begins = {"start": {0, 1}, "practise": {2}, "improve": {3}}
        for item in of.items.values():
            own = of.indicator(item)
            if own["next_step"]:
                first_text = own["next_step"]["texts"][0]
                stages = [stage for stage, _ in STAGES if first_text.endswith(stage)]
                assert all(item.level in begins[stage] for stage in stages)
            else:
                assert not item.known or item.level == 4
            for word, levels in (("weak", {0, 1}), ("strong", {3, 4})):
                assert not (own["meaning"] or "").endswith(word) or item.level in levels


def test_what_to_do_first_leads_to_the_next_level(sheets: list[Sheet]) -> None:
    """Each indicator once; every hole in it; after the steps of the plan the demonstrated level is the next one."""
    for of in sheets:
        levels = plan(of)
        listed = do_first(of, levels)
        names = [own["id"] for own in listed]
        assert len(names) == len(set(names))
        assert {item.id for item in holes(of)} == {own["id"] for own in listed if "hole" in own["reasons"]}
        assert all(own["from"] is None or own["to"] >= max(own["from"] + 1, of.lowest_aim) for own in listed)
        for own in listed:
            for other in own["blocked_by"]:
                assert other in names
        if levels:
            before = of.overall_level(0)
            for name, to in levels.items():
                of.items[name].level = to
            assert of.overall_level(0) > before


def test_a_coalition_of_one_is_the_member(sheets: list[Sheet]) -> None:
    for of in sheets:
        if not sum(of.trend_weight.values()):
            continue
        found = several.coalition([(of, Fraction(2))])
        for own, alone in zip(found["risks"], map(of.risk, of.raw.get("risks", [])), strict=True):
            assert own == {key: alone[key] for key in own}
        assert found["overall"] == {key: of.overall()[key] for key in found["overall"]}


def test_the_world_of_a_sheet_scores_like_the_sheet(sheets: list[Sheet]) -> None:
    """The planner's own account of the low end and the levels is the scorer's."""
    for of in sheets:
        small = world(of)
        if of.counted:
            start = planner.starts(small, 0)
            ask = planner.Ask("score", "overall", Fraction(0), guaranteed=True)
            assert planner.quantity(small, ask, start, of.method) == of.over(of.counted, lambda group: group.low)
            level = of.overall_level(0)
            for target in range(1, 5):
                asked = planner.Ask("level", "overall", Fraction(target))
                assert planner.meets(small, asked, start, of.method) == (target <= level)
