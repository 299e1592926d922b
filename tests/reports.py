"""A small questionnaire built in code, and reports on it, for the tests of what is printed."""

from typing import Any

from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.questionnaire import Questionnaire
from allycheck.render import brief
from allycheck.render import report as full
from allycheck.render.document.text import text
from allycheck.render.look import Look
from allycheck.report import Contradiction, Draws, GateReport, Reading, Report, Robustness
from allycheck.scoring import score

BARE = {
    "id": "tiny",
    "version": "1",
    "title": "Tiny",
    "trends": [
        {
            "id": "a",
            "title": "A",
            "indicators": [{"id": "a1", "ask": "How?", "levels": ["none", "some", "written", "done", "improved"]}],
        }
    ],
}
"""No actors, risks, pillars or texts: the least that a questionnaire can hold."""


def _indicator(name: str, code: str, title: str, **more: Any) -> dict[str, Any]:
    rungs = [f"{title}: {rung}" for rung in ("none", "some", "written", "done", "improved")]
    return {"id": name, "code": code, "name": title, "ask": f"How is your {name} kept?", "levels": rungs} | more


def _actor(name: str, title: str) -> dict[str, Any]:
    said = {
        item: {"weak": f"The {name}'s {item} may fail.", "strong": f"The {name} can rely on its {item}."}
        for item in ("quay", "crane", "hull", "crew", "flag")
    }
    risk = {"shows_up": f"Shows up in the {name}.", "low": "Little.", "moderate": "Some.", "high": "Much."}
    protections = ["Bail.", {"do": "Caulk the hull.", "for": "hull"}, {"do": "Mend the quay.", "for": "quay"}]
    stakes = dict.fromkeys(("ports", "ships"), f"At stake for the {name}.")
    items = {"ports": ["quay", "crane"], "ships": ["hull", "crew", "flag"]}
    return {
        "id": name,
        "title": title,
        "charge": f"Keep the {name} afloat.",
        "trends": {
            trend: {"stake": stake, "indicators": {item: said[item] for item in items[trend]}}
            for trend, stake in stakes.items()
        },
        "risks": {"leak": risk | {"warning_signs": ["Wet feet"], "mitigations": protections}},
        "overall": {"adhoc": f"The {name} improvises.", "defined": f"The {name} has rules."},
    }


STEPS = {"start": "Write down how to mend it.", "practise": "Mend it every spring.", "improve": "Ask the sailors."}
HARBOUR = Questionnaire.model_validate(
    {
        "id": "harbour",
        "version": "2.1",
        "title": "Harbour check",
        "instructions": "Answer for the harbour.",
        "actors": [_actor("city", "City"), _actor("firm", "Firm")],
        "risks": [{"id": "leak", "title": "Leaks", "meaning": "Water comes in."}],
        "pillars": [{"id": "calm", "title": "Calm water", "meaning": "It is calm."}],
        "trends": [
            {
                "id": "ports",
                "title": "Ports",
                "subject": "Where ships land",
                "implication": "Ships need ports.",
                "indicators": [
                    _indicator("quay", "PO1", "Quays", quick=True, weight=2, risks={"leak": 2}, critical=["leak"],
                               pillar="calm", steps=STEPS, effort="weeks", source="Quay book (2001)"),
                    _indicator("crane", "PO2", "Cranes", na=False, pillar="calm", evidence="A crane that turns."),
                ],
            },
            {
                "id": "ships",
                "title": "Ships",
                "indicators": [
                    _indicator("hull", "SH1", "Hulls", quick=True, risks={"leak": 1}),
                    _indicator("crew", "SH2", "Crews", requires=["hull"]),
                    _indicator("flag", "SH3", "Flags"),
                ],
            },
        ],
    }
)  # fmt: skip
ANSWERED: dict[str, Any] = {
    "quay": {"answer": 1, "comment": "Two of five."},
    "crane": 3,
    "hull": {"answer": 3, "evidence": "Dock log"},
    "crew": "dk",
    "flag": {"answer": "na", "reason": "No flags here"},
}


def report(answers: dict[str, Any], questionnaire: Questionnaire = HARBOUR, **header: Any) -> Report:
    """A report on the answers, without contradictions, robustness and gates."""
    header = {"actor": "city"} | header if questionnaire.actors else header
    content = {"questionnaire": questionnaire.id, "version": questionnaire.version, "answers": answers} | header
    sheet = Answers.model_validate(content)
    return whole_report(score(questionnaire, sheet), sheet)._replace(consistency=None)


GATES = [
    GateReport(
        "fail-under:overall", "fail-under", "overall", 60.0, 58.3333, passed=False, reason="Overall: score 58.3"
    ),
    GateReport("min-level:ports", "min-level", "ports", 1, 1, passed=True, reason="Ports: level Ad hoc"),
]
FIRMNESS = Robustness(
    [Reading("early", 70.0), Reading("geometric", None)],
    40.0,
    70.0,
    1.5,
    Draws(50.0, 60.0, [0.0, 0.25, 0.75, 0.0, 0.0]),
)
CONTRADICTIONS = [Contradiction("crane", "quay", "Cranes without quays.")]


def complete(answers: dict[str, Any] | None = None, **header: Any) -> Report:
    """A report with gates, other readings and a contradiction, made up by hand."""
    made = report(ANSWERED if answers is None else answers, **header)
    return made._replace(gates=GATES, robustness=FIRMNESS, consistency=CONTRADICTIONS)


def printed(result: Report, look: Look, *, short: bool = False) -> str:
    """The report as text: all of it, or its one page."""
    return text(brief.page(result, look) if short else full.page(result, look), look)
