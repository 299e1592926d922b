"""Questionnaires and answers of every form that the method allows, as plain maps and lists, for hypothesis to draw."""

import json
import re
from typing import Any

from hypothesis import strategies as st

Raw = dict[str, Any]
LINKED = 6
STEPS = [
    {"do": "first", "within": "1y", "effort": "L"},
    {"do": "second", "within": "30d", "effort": "S"},
    {"do": "third", "within": "90d", "effort": "M"},
]
positive = st.sampled_from([1, 2, 3, 7, "0.5", "1.5", "0.1", "2.25", "33", "0.3333"])
weights = st.one_of(positive, positive, st.sampled_from([0, "0.0"]))


@st.composite
def weight(draw: st.DrawFn, actors: list[str]) -> Any:
    """A number, or a map by actor with or without a default."""
    if not actors or draw(st.integers(0, 2)):
        return draw(weights)
    return {name: draw(weights) for name in draw(st.lists(st.sampled_from([*actors, "default"]), unique=True))}


@st.composite
def efforts(draw: st.DrawFn, words: list[str]) -> Any:
    one = st.one_of(st.sampled_from(words), positive)
    return draw(st.one_of(one, st.lists(one, min_size=4, max_size=4)))


@st.composite
def indicators(draw: st.DrawFn, place: int, shared: Raw) -> Raw:
    """One indicator with any of its optional keys; `shared` names what it may refer to."""
    actors, risks = shared["actors"], shared["risks"]
    block = range(place // LINKED * LINKED, place)
    options = {
        "weight": weight(actors),
        "reverse": st.booleans(),
        "na": st.booleans(),
        "rev": st.integers(1, 3),
        "quick": st.booleans(),
        "effort": efforts(shared["words"]),
        "aggregation": st.sampled_from(["weakest-link", "best-shot", "summation"]),
        "requires": st.lists(st.sampled_from([f"i{n}" for n in block] or [""]), unique=True, max_size=2),
        "risks": st.dictionaries(st.sampled_from(risks or [""]), positive),
        "actors": st.lists(st.sampled_from(actors or [""]), unique=True, min_size=1),
        "pillar": st.sampled_from(shared["pillars"] or [""]),
    }
    for key, needed in (("requires", block), ("risks", risks), ("actors", actors), ("pillar", shared["pillars"])):
        if not needed:
            del options[key]
    rare = {"actors", "quick", "na"}
    chosen = {key: draw(value) for key, value in options.items() if not draw(st.integers(0, 2 if key in rare else 1))}
    return {"id": f"i{place}", "ask": "How?", "levels": ["none", "some", "half", "most", "all"]} | chosen


@st.composite
def questionnaires(draw: st.DrawFn) -> Raw:
    """A questionnaire of one to four trends with any of what a questionnaire may hold."""
    ids = {key: [f"{key[0]}{n}" for n in range(draw(st.integers(0, 2)))] for key in ("risks", "pillars")}
    actors = draw(st.sampled_from([[], ["state"], ["state", "firm", "city"]]))
    table = draw(st.sampled_from([None, {"short": "0.5", "long": 12}]))
    shared = ids | {"actors": actors, "words": list(table or ("days", "weeks", "months", "year"))}
    trends: list[Raw] = []
    place = 0
    for n in range(draw(st.integers(1, 4))):
        size = draw(st.integers(1, 4))
        items = [draw(indicators(place + k, shared)) for k in range(size)]
        place += size
        trends.append({"id": f"t{n}", "title": "T", "weight": draw(weight(actors)), "indicators": items})
    pillars = [{"id": p, "title": "P", "meaning": f"{p} means", "strong": f"{p} strong", "weak": f"{p} weak"} for p in ids["pillars"]]  # fmt: skip
    whole = {
        "id": "drawn",
        "version": "1.2",
        "title": "Drawn",
        "trends": trends,
        "actors": [draw(actor(name, [trend["id"] for trend in trends], ids["risks"])) for name in actors],
        "risks": [{"id": risk, "title": "R"} for risk in ids["risks"]],
        "pillars": pillars,
        "retired": [{"id": "gone", "code": "X1", "until": "1.0"}],
        "method": draw(methods),
    }
    return {key: value for key, value in whole.items() if value} | ({"effort": table} if table else {})


@st.composite
def actor(draw: st.DrawFn, name: str, trends: list[str], risks: list[str]) -> Raw:
    """An actor, sometimes with weights of its own and with words for every band."""
    content: Raw = {"id": name, "title": name}
    if draw(st.booleans()):
        content["weights"] = draw(st.dictionaries(st.sampled_from(trends), weights))
    if draw(st.booleans()):
        content["trends"] = {t: {b: {"finding": f"{t} {b}", "steps": STEPS} for b in ("low", "middle", "high")} for t in trends}  # fmt: skip
        content["risks"] = {r: {b: f"{r} {b}" for b in ("low", "moderate", "high")} for r in risks}
    return content


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
