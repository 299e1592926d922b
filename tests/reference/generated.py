"""Questionnaires and answers of every form that the method allows, as plain maps and lists.

`questionnaire(dice)` and `sheet(dice, questionnaire)` throw dice with a seed, so that a number names a draw;
`questionnaires()` and `answers(questionnaire)` are the same for hypothesis, which can make a case smaller.
"""

import json
import re
from random import Random
from typing import Any

from hypothesis import strategies as st

Raw = dict[str, Any]
LINKED = 6
STAGES = ("start", "practise", "improve")
LEVELS = ("absent", "adhoc", "defined", "practised", "adaptive")
POSITIVE = [1, 2, 3, 7, "0.5", "1.5", "0.1", "2.25", "33", "0.3333"]
WEIGHTS = [*POSITIVE, *POSITIVE, *POSITIVE, 0, "0.0"]
TABLES = [None, {"short": "0.5", "long": 12}, {"weeks": 2, "months": 7, "ever": 40}]
BANDS = [[40, 70], ["33.3", 50], [0, 100], [50, 50], [25, 75]]
METHODS = {
    "coverage": ["0", "0.5", "0.75", 1],
    "trend_share": ["0", "0.5", "0.75", 1],
    "trend_gap": [0, 1, 2, 3, 4],
    "overall_share": ["0.25", "0.5", 1],
    "overall_gap": [0, 1, 2, 3, 4],
    "score_bands": BANDS,
    "exposure_bands": BANDS,
    "lowest_aim": [1, 2, 3, 4],
    "demand_weights": [[0, 1, 3, 9], [0, 1, 2, 3], [0, "0.5", 2, "7.25"]],
}
# Moods of whoever answers: anything, much unknown, good, bad, hardly anything applies, good but for some holes.
MOODS: list[list[Any]] = [
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3, 4, "dk", "na", None],
    [3, 4, "dk"],
    [0, 0, 1, 2, None],
    ["na", 2],
    [4, 4, 4, 3, 3, 1, 0, "dk"],
]


def weight(dice: Random, actors: list[str]) -> Any:
    """A number, or a map by actor with or without a default."""
    if not actors or dice.randrange(3):
        return dice.choice(WEIGHTS)
    return {name: dice.choice(WEIGHTS) for name in some(dice, [*actors, "default"])}


def some(dice: Random, names: list[Any]) -> list[Any]:
    """Some of them, in any order."""
    return dice.sample(names, dice.randint(0, len(names)))


def parts(dice: Random, content: Raw) -> Raw:
    """The map with any of its keys, so that each is sometimes absent."""
    return {key: value for key, value in content.items() if dice.randrange(4)}


def effort(dice: Random, words: list[str]) -> Any:
    """One for every climb, or one for each."""
    return (
        dice.choice([*words, *POSITIVE]) if dice.randrange(2) else [dice.choice([*words, *POSITIVE]) for _ in range(4)]
    )


def indicator(dice: Random, place: int, shared: Raw) -> Raw:
    """One indicator with any of its optional keys; `shared` names what it may refer to."""
    actors, risks, name = shared["actors"], shared["risks"], f"i{place}"
    block = [f"i{n}" for n in range(place // LINKED * LINKED, place)]
    loads = {risk: dice.choice(POSITIVE) for risk in some(dice, risks)}
    options = {
        "weight": weight(dice, actors),
        "reverse": dice.randrange(4) == 0,
        "rev": dice.randint(1, 3),
        "effort": effort(dice, shared["words"]),
        "steps": parts(dice, {stage: f"{name} {stage}" for stage in STAGES}),
        "aggregation": dice.choice(["weakest-link", "best-shot", "summation"]),
        "requires": some(dice, block)[:2] if dice.randrange(2) else [],
        "risks": loads,
        "pillar": dice.choice([*shared["pillars"], None]),
        "overrides": {one: {"levels": [f"{name} {one} {n}" for n in range(5)]} for one in actors[:1]},
    }
    rare = {"na": dice.randrange(2) == 0, "quick": dice.randrange(2) == 0, "actors": some(dice, actors)}
    chosen = parts(dice, options) | {key: value for key, value in rare.items() if dice.randrange(4) == 0}
    if "risks" in chosen:
        chosen["critical"] = some(dice, list(loads))
    kept = {key: value for key, value in chosen.items() if value not in (None, [], {})}
    return {"id": name, "ask": f"{name}?", "levels": [f"{name} {n}" for n in range(5)]} | kept


def questionnaire(dice: Random) -> Raw:
    """A questionnaire of one to four trends with any of what a questionnaire may hold."""
    ids = {key: [f"{key[0]}{n}" for n in range(dice.choice([0, 1, 2, 2]))] for key in ("risks", "pillars")}
    actors = dice.choice([[], ["state"], ["state", "firm", "city"]])
    table = dice.choice(TABLES)
    shared = ids | {"actors": actors, "words": list(table or ("days", "weeks", "months", "year"))}
    trends: list[Raw] = []
    place = 0
    for n in range(dice.randint(1, 4)):
        size = dice.randint(1, 4)
        items = [indicator(dice, place + k, shared) for k in range(size)]
        place += size
        trends.append({"id": f"t{n}", "title": "T", "weight": weight(dice, actors), "indicators": items})
    whole = {
        "id": "drawn",
        "version": "1.2",
        "title": "Drawn",
        "trends": trends,
        "actors": [actor(dice, name, trends, ids["risks"]) for name in actors],
        "risks": [{"id": risk, "title": "R"} for risk in ids["risks"]],
        "pillars": [{"id": pillar, "title": "P", "meaning": f"{pillar} means"} for pillar in ids["pillars"]],
        "scenarios": scenarios(dice, [trend["id"] for trend in trends]),
        "consistency": contradictions(dice, place),
        "retired": [{"id": "gone", "code": "X1", "until": "1.0"}],
        "method": {key: dice.choice(values) for key, values in METHODS.items() if not dice.randrange(3)},
    }
    return {key: value for key, value in whole.items() if value} | ({"effort": table} if table else {})


def scenarios(dice: Random, trends: list[str]) -> list[Raw]:
    demands = {trend: dice.randint(0, 3) for trend in some(dice, trends)}
    return [{"id": "flood", "title": "F", "demands": demands}] if dice.randrange(2) else []


def contradictions(dice: Random, places: int) -> list[Raw]:
    if places < 2 or not dice.randrange(2):
        return []
    high, low = dice.sample(range(places), 2)
    return [{"high": f"i{high}", "low": f"i{low}", "text": f"i{high} and i{low}"}]


def actor(dice: Random, name: str, trends: list[Raw], risks: list[str]) -> Raw:
    """An actor, often with weights of its own and with words for much that it may have words for."""
    content: Raw = {"id": name, "title": name}
    if dice.randrange(2):
        content["weights"] = {trend["id"]: dice.choice(WEIGHTS) for trend in trends if dice.randrange(2)}
    if dice.randrange(4):
        content["overall"] = {level: f"{name} is {level}" for level in LEVELS}
        content["trends"] = {trend["id"]: stakes(dice, name, trend) for trend in trends}
        content["risks"] = {risk: risk_words(dice, risk, trends) for risk in risks}
    return content


def stakes(dice: Random, actor_id: str, trend: Raw) -> Raw:
    def said(name: str) -> Raw:
        return parts(dice, {key: f"{actor_id} {name} {key}" for key in ("weak", "strong", *STAGES)})

    words = {item["id"]: said(item["id"]) for item in trend["indicators"] if dice.randrange(3)}
    return {"stake": f"{trend['id']} stake", "indicators": words}


def risk_words(dice: Random, risk: str, trends: list[Raw]) -> Raw:
    names = [item["id"] for trend in trends for item in trend["indicators"]]
    protections: list[Any] = [{"do": f"{risk} by {name}", "for": name} for name in some(dice, names)[:4]]
    return {
        "shows_up": f"{risk} shows",
        **{band: f"{risk} {band}" for band in ("low", "moderate", "high")},
        "warning_signs": [f"{risk} sign"],
        "mitigations": [*protections, f"{risk} anyhow"] if dice.randrange(2) else protections,
    }


def sheet(dice: Random, questions: Raw, levels: list[Any] | None = None) -> Raw:
    """Answers to some of the indicators, in any order; each bare or with a comment beside it. Some trends left out."""
    given: Raw = {}
    items = [item for trend in questions["trends"] for item in trend["indicators"]]
    mood = dice.choice([levels, *MOODS[1:]] if levels else MOODS)
    often = dice.choice([2, 10, 40])
    for item in dice.sample(items, len(items)):
        value = dice.choice(mood)
        if value == "na" and not item.get("na", True):
            value = "dk"
        if dice.randrange(often):
            given[item["id"]] = {"answer": value, "comment": "c"} if dice.randrange(2) else value
    found: Raw = {"questionnaire": "drawn", "answers": given | ({"gone": 2} if dice.randrange(2) else {})}
    if questions.get("actors"):
        found["actor"] = dice.choice(questions["actors"])["id"]
    quick = any(item.get("quick") for item in items) and not dice.randrange(3)
    left_out = [trend["id"] for trend in questions["trends"] if not dice.randrange(9)]
    scope = {"scope": {name: f"not {name}" for name in left_out}} if left_out else {}
    return found | {"form": "quick" if quick else "full"} | scope


def drawn(seed: int) -> tuple[Raw, Raw]:
    """The questionnaire and the sheet of this number."""
    dice = Random(seed)
    questions = questionnaire(dice)
    return questions, sheet(dice, questions)


def questionnaires() -> st.SearchStrategy[Raw]:
    return st.randoms(use_true_random=False).map(questionnaire)


def answers(questions: Raw, levels: list[Any] | None = None) -> st.SearchStrategy[Raw]:
    return st.randoms(use_true_random=False).map(lambda dice: sheet(dice, questions, levels))


def as_file(content: Raw) -> str:
    """The content as JSON, decimals without quotes, which is also YAML."""
    return re.sub(r'"([0-9]+\.[0-9]+)"', r"\1", json.dumps(content, indent=1))
