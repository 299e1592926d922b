"""The text report: whole pages as they are printed, and what holds for every page."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from allycheck.building_report import build_report
from allycheck.loading import load_sheet
from allycheck.numbers import Number, as_text, exact
from allycheck.questionnaire import Questionnaire
from allycheck.render.document.layout import cells
from allycheck.render.look import Look
from allycheck.report import Contradiction, Draws, GateReport, Reading, Report, Robustness
from allycheck.scoring import score
from tests.reports import ANSWERED, BARE, HARBOUR, printed, report

EXAMPLES = sorted((Path(__file__).parents[3] / "questionnaires/alliance-readiness/examples").glob("*.yaml"))
LOOKS = [
    Look(width, colour=colour, plain=plain)
    for width in (40, 80, 120)
    for colour, plain in ((False, False), (True, False), (False, True))
]
BOTH_PAGES = [(look, short) for look in (Look(), Look(plain=True)) for short in (False, True)]
ESCAPES = re.compile("\x1b\\[[0-9;]*m")


def _example(path: Path) -> Report:
    sheet = load_sheet(str(path), None)
    return build_report(score(sheet.questionnaire, sheet.answers), sheet.answers)


def _points(value: int) -> Number:
    return Number(Fraction(value))


def _checked() -> Report:
    """The small report with everything that other parts compute."""
    return report(ANSWERED, organisation="Port of Ix")._replace(
        consistency=[Contradiction("crane", "quay", "Cranes on what?")],
        robustness=Robustness(
            [Reading("geometric", _points(51)), Reading("na_as_zero", None)],
            _points(51), _points(60), _points(7), Draws(_points(50), _points(62), [0.25, 0.75, 0.0, 0.0, 0.0]),
        ),
        gates=[
            GateReport("a", "score", "overall", _points(50), _points(58), passed=True, reason="The score is 58.3, at least 50."),
            GateReport("b", "exposure", "leak", _points(50), _points(58), passed=False, reason="Leaks stands at 58.3, over 50."),
        ],
    )  # fmt: skip


def test_full_page() -> None:
    assert printed(_checked(), Look(72)) == snapshot("""\
Port of Ix
City, full form, Harbour check 2.1
Answers: 3 of 5 questions; 1 don't know, 1 not applicable

Absent: 58.3 of 100, range 39.6 to 64.6, 75% of what counts is known,
self-assessed.
[Absent] > Ad hoc > Defined > Practised > Adaptive

The level could be as high as Ad hoc, depending on what is not known.

Your task: Keep the city afloat.

Trends ─────────────────────────────────────────────────────────────────

Trend                                Score      Range  Level       Known
Ports  ━━━━━━━━━━━━────────────────   41.7             Ad hoc     2 of 2
Ships  ━━━━━━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍╍╍───         37.5–87.5  not known  1 of 3
Heavy line: certain. Broken line: possible, depending on what is not
known.
Too little is known for a score under 67% of what counts.

Pillars ────────────────────────────────────────────────────────────────

Pillar                                      Score
Calm water  ━━━━━━━━━━━━━─────────────────   41.7
  It is calm.

Risks ──────────────────────────────────────────────────────────────────

An exposure is missing protection, from 0 to 100; it is not a
probability.

Risk                                   Exposure  Band
Leaks  ━━━━━━━━━━━━━━━━━━────────────      58.3  moderate
  Shows up in the city.
  Some.
  Warning signs
  - Wet feet
  What helps
  - Bail.
  Driven by: PO1 Quays 50.0; SH1 Hulls 8.3.

Priorities ─────────────────────────────────────────────────────────────

What keeps Ad hoc away
67% of the weight must be at Ad hoc or above; 50% is.

Below it: Ships (at least Absent).

Best value: the most points for the effort
Next step   From                   Points  Effort
SH1 Hulls   Practised to Adaptive   +12.5       1
  What should then be true: Hulls: improved
  Lowers Leaks by 8.3

PO2 Cranes  Practised to Adaptive    +4.2       1
  What should then be true: Cranes: improved

PO1 Quays   Ad hoc to Defined        +8.3       3
  Mend a quay.
  Lowers Leaks by 16.7

Find out: what makes the range wide
Not known  Points of range
SH2 Crews             25.0

Trend by trend, weakest first ──────────────────────────────────────────

Ports                                                       41.7, Ad hoc
Where ships land
At stake: At stake for the city.
Where you stand: The finding is middle.
Implication: Ships need ports.
Next level: 60% of the weight must be at Defined or above; 33% is. Below
it: PO1 Quays (Ad hoc).
Draws on: Quay book (2001)
Next steps
- Within 30 days, small effort: Do the middle thing.

Ships                                                 range 37.5 to 87.5
At stake: At stake for the city.
Where you stand: Too little is known (50% of what counts, 67% is
needed).
Not known: SH2 Crews
Not applicable: SH3 Flags (No flags here)
Next level: 60% of the weight must be at Ad hoc or above; 50% is. Below
it: SH2 Crews (not known).

Agenda ─────────────────────────────────────────────────────────────────

Within 30 days
- Ports, small effort: Do the middle thing.

Answers that contradict each other ─────────────────────────────────────

PO2 Cranes (Practised), PO1 Quays (Ad hoc): Cranes on what?

How firm the score is ──────────────────────────────────────────────────

Read another way                             Score
Weak trends pull harder (geometric mean)      51.0
Not applicable counts as zero             no score

All readings lie between 51.0 and 60.0. Unevenness between the trends
hides 7.0 points.

With 1,000 other sets of weights, each up to 25% lower or higher, nine
out of ten scores lie between 50.0 and 62.0. The level is Absent in 25%
and Ad hoc in 75% of them.

How the numbers are made ───────────────────────────────────────────────

Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100
points. A trend score is the weighted average of its answered,
applicable indicators; the readiness score is the weighted average of
the trend scores. "Not applicable" leaves the sum. "Don't know" is never
guessed: it widens an exact range around the score. A maturity level is
stricter than the score: good trends cannot buy off a bad one. Weights
are a judgement, so the report can show how far the score moves when
they change.

Every number can be traced to its answers: allycheck explain FILE.

How to answer: Answer for the city.
Harbour check 2.1, allycheck 0.1.0

Requirements ───────────────────────────────────────────────────────────

Passed: The score is 58.3, at least 50.
FAILED: Leaks stands at 58.3, over 50.

1 of 2 requirements met.
""")


def test_brief_page() -> None:
    assert printed(_checked(), Look(72), short=True) == snapshot("""\
Port of Ix
City, full form, Harbour check 2.1

Absent: 58.3 of 100, range 39.6 to 64.6, 75% of what counts is known,
self-assessed.
Trends ─────────────────────────────────────────────────────────────────
Ports  ━━━━━━━━━━━━─────────────────  41.7             Ad hoc     2 of 2
Ships  ━━━━━━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍╍╍────        37.5–87.5  not known  1 of 3
Risks: exposure ────────────────────────────────────────────────────────
Leaks  ━━━━━━━━━━━━━━━━━━────────────  58.3  moderate
What keeps Ad hoc away: 50% of the weight is there, 67% is needed ──────
Ships  at least Absent
Best value: the most points for the effort ─────────────────────────────
SH1 Hulls   Practised to Adaptive  +12.5  effort 1
PO2 Cranes  Practised to Adaptive   +4.2  effort 1
PO1 Quays   Ad hoc to Defined       +8.3  effort 3
Find out: what makes the range wide ────────────────────────────────────
SH2 Crews  25.0 points

1 of 2 requirements met. Leaks stands at 58.3, over 50.
Next: allycheck plan FILE, allycheck stress FILE, allycheck explain FILE
""")


def test_plain_page() -> None:
    assert printed(_checked(), Look(72, plain=True)) == snapshot("""\
Port of Ix.
City, full form, Harbour check 2.1.
Answers: 3 of 5 questions; 1 don't know, 1 not applicable.
Absent: 58.3 of 100, range 39.6 to 64.6, 75% of what counts is known,
self-assessed.
The levels, lowest first: Absent, Ad hoc, Defined, Practised, Adaptive.
The level could be as high as Ad hoc, depending on what is not known.
Your task: Keep the city afloat.

Trends.
Ports: score 41.7, level Ad hoc, known 2 of 2.
Ships: range 37.5 to 87.5, level not known, known 1 of 3.
Too little is known for a score under 67% of what counts.

Pillars.

Calm water: score 41.7.
It is calm.

Risks.
An exposure is missing protection, from 0 to 100; it is not a
probability.

Leaks: exposure 58.3, band moderate.
Shows up in the city.
Some.
Warning signs: Wet feet.
What helps: Bail.
Driven by: PO1 Quays 50.0; SH1 Hulls 8.3.

Priorities.

What keeps Ad hoc away.
67% of the weight must be at Ad hoc or above; 50% is.
Below it: Ships (at least Absent).

Best value: the most points for the effort.

SH1 Hulls: from Practised to Adaptive, points +12.5, effort 1.
What should then be true: Hulls: improved.
Lowers Leaks by 8.3.

PO2 Cranes: from Practised to Adaptive, points +4.2, effort 1.
What should then be true: Cranes: improved.

PO1 Quays: from Ad hoc to Defined, points +8.3, effort 3.
Mend a quay.
Lowers Leaks by 16.7.

Find out: what makes the range wide.
SH2 Crews: points of range 25.0.

Trend by trend, weakest first.

Ports: 41.7, Ad hoc.
Where ships land.
At stake: At stake for the city.
Where you stand: The finding is middle.
Implication: Ships need ports.
Next level: 60% of the weight must be at Defined or above; 33% is. Below
it: PO1 Quays (Ad hoc).
Draws on: Quay book (2001).
Next steps: Within 30 days, small effort: Do the middle thing.

Ships: range 37.5 to 87.5.
At stake: At stake for the city.
Where you stand: Too little is known (50% of what counts, 67% is
needed).
Not known: SH2 Crews.
Not applicable: SH3 Flags (No flags here).
Next level: 60% of the weight must be at Ad hoc or above; 50% is. Below
it: SH2 Crews (not known).

Agenda.
Within 30 days: Ports, small effort: Do the middle thing.

Answers that contradict each other.
PO2 Cranes (Practised), PO1 Quays (Ad hoc): Cranes on what?

How firm the score is.
Weak trends pull harder (geometric mean): score 51.0.
Not applicable counts as zero: no score.
All readings lie between 51.0 and 60.0. Unevenness between the trends
hides 7.0 points.
With 1,000 other sets of weights, each up to 25% lower or higher, nine
out of ten scores lie between 50.0 and 62.0. The level is Absent in 25%
and Ad hoc in 75% of them.

How the numbers are made.
Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100
points. A trend score is the weighted average of its answered,
applicable indicators; the readiness score is the weighted average of
the trend scores. "Not applicable" leaves the sum. "Don't know" is never
guessed: it widens an exact range around the score. A maturity level is
stricter than the score: good trends cannot buy off a bad one. Weights
are a judgement, so the report can show how far the score moves when
they change.
Every number can be traced to its answers: allycheck explain FILE.
How to answer: Answer for the city.
Harbour check 2.1, allycheck 0.1.0.

Requirements.
Passed: The score is 58.3, at least 50.
FAILED: Leaks stands at 58.3, over 50.
1 of 2 requirements met.
""")


def test_plain_brief_page() -> None:
    assert printed(_checked(), Look(72, plain=True), short=True) == snapshot("""\
Port of Ix.
City, full form, Harbour check 2.1.
Absent: 58.3 of 100, range 39.6 to 64.6, 75% of what counts is known,
self-assessed.
Trends.
Ports: 41.7, Ad hoc, known 2 of 2.
Ships: range 37.5 to 87.5, not known, known 1 of 3.
Risks: exposure.
Leaks: 58.3, moderate.
What keeps Ad hoc away: 50% of the weight is there, 67% is needed.
Ships: at least Absent.
Best value: the most points for the effort.
SH1 Hulls: Practised to Adaptive, +12.5, effort 1.
PO2 Cranes: Practised to Adaptive, +4.2, effort 1.
PO1 Quays: Ad hoc to Defined, +8.3, effort 3.
Find out: what makes the range wide.
SH2 Crews: 25.0 points.
1 of 2 requirements met. Leaks stands at 58.3, over 50.
Next: allycheck plan FILE, allycheck stress FILE, allycheck explain
FILE.
""")


def test_colour_marks_what_the_words_say() -> None:
    assert printed(
        report({"a1": 1}, Questionnaire.model_validate(BARE)), Look(40, colour=True), short=True
    ) == snapshot("""\
\x1b[1mTiny\x1b[0m
\x1b[2mFull form, version 1\x1b[0m

\x1b[1mAd hoc: 25.0 of 100, self-assessed.\x1b[0m
\x1b[1mTrends \x1b[0m\x1b[2m─────────────────────────────────\x1b[0m
A  \x1b[31m━━━━\x1b[0m\x1b[2m───────────\x1b[0m  25.0  Ad hoc  1 of 1
\x1b[1mWhat keeps Defined away: 0% of the\x1b[0m
\x1b[1mweight is there, 67% is needed \x1b[0m\x1b[2m─────────\x1b[0m
A  Ad hoc
\x1b[1mBest value: the most points for the\x1b[0m
\x1b[1meffort \x1b[0m\x1b[2m─────────────────────────────────\x1b[0m
a1  Ad hoc to Defined  +25.0  effort 1

\x1b[2mNext: \x1b[0mallycheck plan FILE, allycheck
stress FILE, allycheck explain FILE
""")


@pytest.mark.parametrize("answers", [{}, {"a1": 2}, {"a1": 4}, {"a1": "na"}, {"a1": "dk"}])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("short", [False, True])
def test_least_questionnaire_has_every_page(answers: dict[str, object], look: Look, *, short: bool) -> None:
    page = printed(report(answers, Questionnaire.model_validate(BARE)), look, short=short)
    page = ESCAPES.sub("", page)
    assert page.startswith("Tiny")
    assert not re.search("Risks|Pillars|Agenda|contradict|Requirements|How firm", page)
    assert ("Strengths" in page) == (answers == {"a1": 4} and not short)


def test_nothing_answered_names_no_level() -> None:
    names = re.compile(r"\b(Absent|Ad hoc|Defined|Practised|Adaptive)\b")
    for look, short in BOTH_PAGES:
        page = printed(report({}), look, short=short)
        assert "Nothing answered yet" in page
        assert not names.search(page)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("short", [False, True])
def test_examples_keep_to_the_width_and_to_printable_text(path: Path, look: Look, *, short: bool) -> None:
    page = printed(_example(path), look, short=short)
    assert ("\x1b" in page) == look.colour
    lines = ESCAPES.sub("", page).split("\n")
    assert all(line.isprintable() and line == line.rstrip() and cells(line) <= look.width for line in lines)
    assert "\n\n\n" not in page


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_brief_fits_one_screen(path: Path) -> None:
    reason = "Fragmentation: exposure 64.5; at most 60 is allowed"
    gates = [GateReport("a", "exposure", "fragmentation", _points(60), _points(64), passed=False, reason=reason)] * 3
    for look in (Look(), Look(plain=True)):
        assert printed(_example(path)._replace(gates=gates), look, short=True).count("\n") <= 40


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_plain_has_no_symbols(path: Path) -> None:
    page = printed(_example(path), Look(plain=True))
    assert not re.search("[\u2500-\u25ff]", page)
    assert not re.search(r"[|*_#<>=\[\]]|--|^- ", page)


def test_every_page_says_the_same() -> None:
    """Plain text and drawn text name the same numbers."""
    for path in EXAMPLES:
        result = _example(path)
        drawn, plain = (printed(result, Look(100, plain=plain)) for plain in (False, True))
        for trend in result.trends:
            if trend.score is not None:
                shown = as_text(exact(trend.score))
                assert re.search(rf"{re.escape(trend.title)} .*{shown}", drawn)
                assert f"{trend.title}: score {shown}," in plain


def test_words_are_those_of_the_actor() -> None:
    for actor, other in (("city", "firm"), ("firm", "city")):
        page = printed(report(ANSWERED, actor=actor), Look())
        assert f"Keep the {actor} afloat." in page
        assert f"At stake for the {actor}." in page
        assert f"Shows up in the {actor}." in page
        assert other not in page.lower()


def test_rounding_never_crosses_a_band() -> None:
    """Weights 3999 and 6001 on 100 and 0 points: 39.99, which is below 40 and must not read as 40.0."""
    ladder = ["none", "some", "written", "done", "improved"]
    indicators = [
        {"id": name, "ask": "?", "levels": ladder, "weight": weight} for name, weight in (("a1", 3999), ("a2", 6001))
    ]
    trend = {"id": "a", "title": "A", "indicators": indicators}
    result = report({"a1": 4, "a2": 0}, Questionnaire.model_validate({**BARE, "trends": [trend]}))
    for look, short in BOTH_PAGES:
        page = printed(result, look, short=short)
        assert "39.99" in page
        assert "40.0" not in page


def test_exposure_is_never_a_probability() -> None:
    for path in EXAMPLES:
        for look in (Look(), Look(plain=True)):
            assert not re.search(r"risk of \d", printed(_example(path), look), re.IGNORECASE)


def test_questionnaire_without_texts_leaves_no_empty_labels() -> None:
    assert HARBOUR.pillars
    page = printed(report({"a1": 2}, Questionnaire.model_validate(BARE)), Look())
    assert not re.search(r":\s*\n\n", page)
