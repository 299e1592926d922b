"""The card at the end of an interview: what it says, and that it keeps to 20 lines."""

import random

import pytest
from inline_snapshot import snapshot

from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.document.text import text
from allycheck.render.finish import page
from allycheck.render.look import Look
from allycheck.report import Report
from allycheck.scoring import score

COMMANDS = {
    "allycheck report city.yaml": "the whole report",
    "allycheck plan city.yaml": "the cheapest steps to a target",
    "allycheck assess city.yaml --form full": "the other questions",
}
MOST_LINES = 20
WEIGHTS = [(5, 1, 1, 1, 1, 1, 0), (1, 1, 3, 3, 1, 1, 1), (1, 0, 0, 0, 0, 0, 0), (1, 1, 1, 1, 1, 8, 1)]
"""How likely each answer from 0 to 4, dk and na is, in one sort of sheet after the other."""


def report(questionnaire: Questionnaire, actor: str, form: Form, answers: dict[str, int | str], name: str) -> Report:
    """The report of a sheet."""
    content = {"questionnaire": questionnaire.id, "version": questionnaire.version, "actor": actor, "form": form}
    sheet = Answers.model_validate(content | {"organisation": name, "answers": answers})
    return whole_report(score(questionnaire, sheet), sheet)


def drawn(questionnaire: Questionnaire, actor: str, form: Form, number: int) -> Report:
    """The report of a random sheet."""
    chance, weights = random.Random(number), WEIGHTS[number % len(WEIGHTS)]
    given: dict[str, int | str] = {}
    for item in questionnaire.scope(actor, form):
        value = chance.choices([0, 1, 2, 3, 4, "dk", "na"], weights)[0]
        if value != "na" or item.na:
            given[item.id] = value
    return report(questionnaire, actor, form, given, "Port Sarrel Harbour Authority")


@pytest.fixture(scope="module")
def shipped() -> Questionnaire:
    return load_questionnaire()


def test_a_card_word_for_word(shipped: Questionnaire) -> None:
    """Every answer is 1 of 4, so every score is 25, and nothing is at Defined."""
    ones: dict[str, int | str] = {item.id: 1 for item in shipped.scope("civil-society", "full")}
    card = page(report(shipped, "civil-society", "full", ones, "Port Sarrel"), "city.yaml", COMMANDS)
    assert text(card, Look(80)) == snapshot("""\
Alliance readiness: Port Sarrel
Ad hoc: 25.0 of 100, self-assessed.
What keeps Defined away: 0% of the weight is there, 67% is needed; Flexible
coalitions (Ad hoc), Functional alliances (Ad hoc), Private sector as ally (Ad
hoc) and 7 more lie below.
Do first ───────────────────────────────────────────────────────────────────────
 1. Agree in writing with lead partners and funders how money, risk and credit
    follow the work done, with full overheads for local partners. (IN1, within
    90 days)
 2. Ask public and company partners for written rules that give smaller partners
    a vote or agenda right, before you lend them your name. (IN2, within 90
    days)
 3. Put one data-sharing form in force with partners: consent, purpose, access,
    deletion, and who answers a police or donor request. (TG3, within 90 days)
Your answers are in city.yaml. Next ────────────────────────────────────────────
allycheck report city.yaml              the whole report
allycheck plan city.yaml                the cheapest steps to a target
allycheck assess city.yaml --form full  the other questions
""")
    assert text(card, Look(80, plain=True)) == snapshot("""\
Alliance readiness: Port Sarrel.
Ad hoc: 25.0 of 100, self-assessed.
What keeps Defined away: 0% of the weight is there, 67% is needed; Flexible
coalitions (Ad hoc), Functional alliances (Ad hoc), Private sector as ally (Ad
hoc) and 7 more lie below.
Do first.
1. Agree in writing with lead partners and funders how money, risk and credit
follow the work done, with full overheads for local partners. (IN1, within 90
days).
2. Ask public and company partners for written rules that give smaller partners
a vote or agenda right, before you lend them your name. (IN2, within 90 days).
3. Put one data-sharing form in force with partners: consent, purpose, access,
deletion, and who answers a police or donor request. (TG3, within 90 days).
Your answers are in city.yaml. Next.
allycheck report city.yaml: the whole report.
allycheck plan city.yaml: the cheapest steps to a target.
allycheck assess city.yaml --form full: the other questions.
""")


@pytest.mark.parametrize("name", ["alliance-readiness", "joint-venture"])
def test_it_keeps_to_20_lines_of_80_columns_and_tells_three_things_to_do(name: str) -> None:
    questionnaire = load_questionnaire(name)
    for number, actor in enumerate(questionnaire.actor_types):
        for at in range(4):
            result = drawn(questionnaire, actor, "quick" if at % 2 else "full", 10 * number + at)
            card = page(result, "city.yaml", COMMANDS)
            for look in (Look(80), Look(80, plain=True)):
                lines = text(card, look).splitlines()
                assert len(lines) <= MOST_LINES, "\n".join(lines)
                assert max(map(len, lines)) <= 80
                flowing = " ".join(" ".join(lines).split())
                for step in (result.priorities.first or [])[:3]:
                    assert (step.texts[0] if step.texts else "Find out where you stand.") in flowing


def test_what_others_wrote_at_length_is_cut(shipped: Questionnaire) -> None:
    ones: dict[str, int | str] = {item.id: 1 for item in shipped.scope("state", "full")}
    card = page(report(shipped, "state", "full", ones, "Authority " * 100), "city.yaml", COMMANDS)
    assert text(card, Look(80)).startswith("Alliance readiness: Authority Authority Authority...\n")
    assert len(text(card, Look(80)).splitlines()) <= MOST_LINES


def test_a_long_path_leaves_no_room_for_what_a_command_shows(shipped: Questionnaire) -> None:
    path = f"{'folder/' * 9}city.yaml"
    card = page(report(shipped, "state", "full", {}, ""), path, {f"allycheck report {path}": "the whole report"})
    assert text(card, Look(120)).splitlines()[-1] == f"allycheck report {path}"


def test_with_nothing_answered_it_names_no_level(shipped: Questionnaire) -> None:
    said = text(page(report(shipped, "state", "full", {}, ""), "city.yaml", COMMANDS), Look(80))
    assert "Nothing answered yet" in said
    assert "What keeps" not in said
