"""Questionnaires and answers of every form that the method allows, as plain maps and lists, for hypothesis to draw."""

import json
import re
from typing import Any

from hypothesis import strategies as st

Raw = dict[str, Any]
LINKED = 6
STAGES = ("start", "practise", "improve")
LEVELS = ("absent", "adhoc", "defined", "practised", "adaptive")
positive = st.sampled_from([1, 2, 3, 7, "0.5", "1.5", "0.1", "2.25", "33", "0.3333"])
weights = st.one_of(positive, positive, st.sampled_from([0, "0.0"]))


def some(content: Raw) -> st.SearchStrategy[Raw]:
    """A map with any of these keys, so that what is absent is drawn, too."""
    keys = list(content)
    return st.lists(st.sampled_from(keys or [""]), unique=True).map(
        lambda chosen: {key: content[key] for key in keys if key in chosen}
    )


@st.composite
def weight(draw: st.DrawFn, actors: list[str]) -> Any:
    """A number, or a map by actor with or without a default."""
    if not actors or draw(st.integers(0, 2)):
        return draw(weights)
    return {name: draw(weights) for name in draw(st.lists(st.sampled_from([*actors, "default"]), unique=True))}


@st.composite
def efforts(draw: st.DrawFn, words: list[str]) -> Any:
    """One for every climb, or one for each."""
    one = st.one_of(st.sampled_from(words), positive)
    return draw(st.one_of(one, st.lists(one, min_size=4, max_size=4)))


@st.composite
def indicators(draw: st.DrawFn, place: int, shared: Raw) -> Raw:
    """One indicator with any of its optional keys; `shared` names what it may refer to."""
    actors, risks, name = shared["actors"], shared["risks"], f"i{place}"
    block = range(place // LINKED * LINKED, place)
    options = {
        "weight": weight(actors),
        "reverse": st.booleans(),
        "na": st.booleans(),
        "rev": st.integers(1, 3),
        "quick": st.booleans(),
        "effort": efforts(shared["words"]),
        "steps": some({stage: f"{name} {stage}" for stage in STAGES}),
        "aggregation": st.sampled_from(["weakest-link", "best-shot", "summation"]),
        "requires": st.lists(st.sampled_from([f"i{n}" for n in block] or [""]), unique=True, max_size=2),
        "risks": st.dictionaries(st.sampled_from(risks or [""]), positive),
        "actors": st.lists(st.sampled_from(actors or [""]), unique=True, min_size=1),
        "pillar": st.sampled_from(shared["pillars"] or [""]),
        "overrides": st.just({one: {"levels": [f"{name} {one} {n}" for n in range(5)]} for one in actors[:1]}),
    }
    needs = (
        ("requires", block),
        ("risks", risks),
        ("actors", actors),
        ("overrides", actors),
        ("pillar", shared["pillars"]),
    )
    for key, needed in needs:
        if not needed:
            del options[key]
    rare = {"actors", "quick", "na"}
    chosen = {key: draw(value) for key, value in options.items() if not draw(st.integers(0, 2 if key in rare else 1))}
    if chosen.get("risks") and draw(st.booleans()):
        chosen["critical"] = draw(st.lists(st.sampled_from(list(chosen["risks"])), unique=True, min_size=1))
    return {"id": name, "ask": f"{name}?", "levels": [f"{name} {n}" for n in range(5)]} | chosen


@st.composite
def questionnaires(draw: st.DrawFn) -> Raw:
    """A questionnaire of one to four trends with any of what a questionnaire may hold."""
    ids = {key: [f"{key[0]}{n}" for n in range(draw(st.integers(0, 2)))] for key in ("risks", "pillars")}
    actors = draw(st.sampled_from([[], ["state"], ["state", "firm", "city"]]))
    table = draw(st.sampled_from([None, {"short": "0.5", "long": 12}, {"weeks": 2, "months": 7, "ever": 40}]))
    shared = ids | {"actors": actors, "words": list(table or ("days", "weeks", "months", "year"))}
    trends: list[Raw] = []
    place = 0
    for n in range(draw(st.integers(1, 4))):
        size = draw(st.integers(1, 4))
        items = [draw(indicators(place + k, shared)) for k in range(size)]
        place += size
        trends.append({"id": f"t{n}", "title": "T", "weight": draw(weight(actors)), "indicators": items})
    whole = {
        "id": "drawn",
        "version": "1.2",
        "title": "Drawn",
        "trends": trends,
        "actors": [draw(actor(name, trends, ids["risks"])) for name in actors],
        "risks": [{"id": risk, "title": "R"} for risk in ids["risks"]],
        "pillars": [{"id": pillar, "title": "P", "meaning": f"{pillar} means"} for pillar in ids["pillars"]],
        "scenarios": draw(scenarios([trend["id"] for trend in trends])),
        "consistency": draw(contradictions(place)),
        "retired": [{"id": "gone", "code": "X1", "until": "1.0"}],
        "method": draw(methods),
    }
    return {key: value for key, value in whole.items() if value} | ({"effort": table} if table else {})


@st.composite
def scenarios(draw: st.DrawFn, trends: list[str]) -> list[Raw]:
    if not draw(st.booleans()):
        return []
    return [{"id": "flood", "title": "F", "demands": draw(st.dictionaries(st.sampled_from(trends), st.integers(0, 3)))}]


@st.composite
def contradictions(draw: st.DrawFn, places: int) -> list[Raw]:
    if places < 2 or not draw(st.booleans()):
        return []
    high, low = draw(st.lists(st.integers(0, places - 1), unique=True, min_size=2, max_size=2))
    return [{"high": f"i{high}", "low": f"i{low}", "text": f"i{high} and i{low}"}]


@st.composite
def actor(draw: st.DrawFn, name: str, trends: list[Raw], risks: list[str]) -> Raw:
    """An actor, sometimes with weights of its own and with words for anything that it may have words for."""
    content: Raw = {"id": name, "title": name}
    if draw(st.booleans()):
        content["weights"] = draw(st.dictionaries(st.sampled_from([trend["id"] for trend in trends]), weights))
    if draw(st.booleans()):
        content["overall"] = {level: f"{name} is {level}" for level in LEVELS}
        content["trends"] = {trend["id"]: draw(stakes(name, trend)) for trend in trends}
        content["risks"] = {risk: draw(risk_words(risk, trends)) for risk in risks}
    return content


@st.composite
def stakes(draw: st.DrawFn, actor_id: str, trend: Raw) -> Raw:
    def said(name: str) -> st.SearchStrategy[Raw]:
        return some({key: f"{actor_id} {name} {key}" for key in ("weak", "strong", *STAGES)})

    words = {item["id"]: draw(said(item["id"])) for item in trend["indicators"] if draw(st.booleans())}
    return {"stake": f"{trend['id']} stake", "indicators": words}


@st.composite
def risk_words(draw: st.DrawFn, risk: str, trends: list[Raw]) -> Raw:
    names = [item["id"] for trend in trends for item in trend["indicators"]]
    hung = draw(st.lists(st.sampled_from(names), unique=True, max_size=4))
    protections: list[Any] = [{"do": f"{risk} by {name}", "for": name} for name in hung]
    return {
        "shows_up": f"{risk} shows",
        **{band: f"{risk} {band}" for band in ("low", "moderate", "high")},
        "warning_signs": [f"{risk} sign"],
        "mitigations": [*protections, f"{risk} anyhow"] if draw(st.booleans()) else protections,
    }


bands = st.sampled_from([[40, 70], ["33.3", 50], [0, 100], [50, 50], [25, 75]])
methods = st.fixed_dictionaries(
    {},
    optional={
        "coverage": st.sampled_from(["0", "0.5", "0.75", 1]),
        "trend_share": st.sampled_from(["0", "0.5", "0.75", 1]),
        "trend_gap": st.integers(0, 4),
        "overall_share": st.sampled_from(["0.25", "0.5", 1]),
        "overall_gap": st.integers(0, 4),
        "score_bands": bands,
        "exposure_bands": bands,
        "lowest_aim": st.integers(1, 4),
        "demand_weights": st.sampled_from([[0, 1, 3, 9], [0, 1, 2, 3], [0, "0.5", 2, "7.25"]]),
    },
)


@st.composite
def answers(draw: st.DrawFn, questionnaire: Raw, levels: Any = None) -> Raw:
    """Answers to some of the indicators, in any order; each bare or with a comment beside it."""
    given: Raw = {}
    items = [item for trend in questionnaire["trends"] for item in trend["indicators"]]
    mood = draw(st.sampled_from([levels or list(range(5)), [0, 1, 2, 3, 4, "dk", "na", None], [3, 4, "dk"], ["na", 2]]))
    for item in draw(st.permutations(items)):
        value = draw(st.sampled_from([*mood, "missing"]))
        if value == "na" and not item.get("na", True):
            value = "dk"
        if value != "missing":
            given[item["id"]] = {"answer": value, "comment": "c"} if draw(st.booleans()) else value
    quick = any(item.get("quick") for item in items)
    sheet: Raw = {"questionnaire": "drawn", "answers": given | ({"gone": 2} if draw(st.booleans()) else {})}
    if questionnaire.get("actors"):
        sheet["actor"] = draw(st.sampled_from([one["id"] for one in questionnaire["actors"]]))
    return sheet | {"form": draw(st.sampled_from(["full", "quick"] if quick else ["full"]))}


def as_file(content: Raw) -> str:
    """The content as JSON, decimals without quotes, which is also YAML."""
    return re.sub(r'"([0-9]+\.[0-9]+)"', r"\1", json.dumps(content, indent=1))
