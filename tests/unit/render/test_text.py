"""The text report: whole pages as they are printed, and what holds for every page."""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from allycheck.analysis.whole_report import whole_report
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.numbers import Number, as_text, exact
from allycheck.questionnaire import Questionnaire
from allycheck.render.document.layout import cells
from allycheck.render.look import Look
from allycheck.report import Contradiction, Draws, GateReport, Reading, Report, Robustness
from allycheck.scoring import score
from tests.reports import ANSWERED, BARE, HARBOUR, printed, report

EXAMPLES = sorted((Path(__file__).parents[3] / "questionnaires").glob("*/examples/*.yaml"))
LOOKS = [
    Look(width, colour=colour, plain=plain)
    for width in (40, 80, 120)
    for colour, plain in ((False, False), (True, False), (False, True))
]
BOTH_PAGES = [(look, short) for look in (Look(), Look(plain=True)) for short in (False, True)]
ESCAPES = re.compile("\x1b\\[[0-9;]*m")


@cache
def _example(path: Path) -> Report:
    sheet = load_sheet(str(path), load_questionnaire(path.parents[1].name))
    return whole_report(score(sheet.questionnaire, sheet.answers), sheet.answers)


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

What keeps Ad hoc away ─────────────────────────────────────────────────

Too little of the weight is at Ad hoc or above (50%, 67% needed). Below
it: Ships.

Holes: critical safeguards that are missing ────────────────────────────

- PO1 Quays (Leaks): Quays: some

Do first ───────────────────────────────────────────────────────────────

 1. PO1 Quays (Ad hoc to Defined)
    Write down how to mend it.
    Within 30 days, effort 3. Closes a hole: Leaks.
The way to Ad hoc begins with finding out how SH2 Crews stands.

Answers to recheck ─────────────────────────────────────────────────────

PO2 Cranes (Practised) and PO1 Quays (Ad hoc): Cranes on what?

What to find out ───────────────────────────────────────────────────────

- SH2 Crews (25.0 points of the range)

Where you stand ────────────────────────────────────────────────────────

Trend                                Score      Range  Level       Known
Ports  ━━━━━━━━━━━━────────────────   41.7                        2 of 2
Ships  ━━━━━━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍╍╍───         37.5–87.5  not known  1 of 3
Heavy line: certain. Broken line: possible, depending on what is not
known.
Too little is known for a score under 67% of what counts.

Risk   Exposure  Band      Holes
Leaks      58.3  moderate  1 hole
An exposure is missing protection, from 0 to 100; it is not a
probability.

Pillar                                      Score
Calm water  ━━━━━━━━━━━━━─────────────────   41.7

Trend by trend, weakest first ──────────────────────────────────────────

Ports                                                               41.7
At stake: At stake for the city.
Weak
- PO1 Quays (Ad hoc): Quays: some
  Comment: "Two of five."
  For you: The city's quay may fail.
Strong
- PO2 Cranes (Practised): Cranes: done
  For you: The city can rely on its crane.
Next steps
- PO1 Quays: see 1 of what to do first

Ships                                                 range 37.5 to 87.5
At stake: At stake for the city.
Too little is known: 50% of what counts, 67% is needed for a score.
Strong
- SH1 Hulls (Practised): Hulls: done
  Evidence: "Dock log"
  For you: The city can rely on its hull.
Not known: SH2 Crews.

Risks at moderate or high ──────────────────────────────────────────────

Leaks                                    exposure 58.3, moderate, 1 hole
How it shows up: Shows up in the city.
Hole: PO1 Quays.
What moderate means: Some.
Warning signs
- Wet feet
Protection not in place yet
- Mend the quay.
What helps
- Bail.

Agenda ─────────────────────────────────────────────────────────────────

Within 30 days
 1. PO1 Quays (Ad hoc to Defined): effort 3

How firm the score is ──────────────────────────────────────────────────

Read another way                             Score
Weak trends pull harder (geometric mean)      51.0
Not applicable counts as zero             no score

All readings lie between 51.0 and 60.0. Unevenness between the trends
hides 7.0 points.

With 1,000 other sets of weights, each up to 25% lower or higher, nine
out of ten scores lie between 50.0 and 62.0. The level is Absent in 25%
and Ad hoc in 75% of them.

Requirements ───────────────────────────────────────────────────────────

Passed: The score is 58.3, at least 50.
FAILED: Leaks stands at 58.3, over 50.

1 of 2 requirements met.

How the numbers are made, and where to read on ─────────────────────────

Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100
points. A trend score is the weighted average of its answered,
applicable indicators; the readiness score is the weighted average of
the trend scores. "Not applicable" leaves the sum. "Don't know" is never
guessed: it widens an exact range around the score. A maturity level is
stricter than the score: good trends cannot buy off a bad one.

Harbour check 2.1, allycheck 0.1.0

- allycheck report FILE --full: every trend and risk
- allycheck plan FILE: the cheapest steps to a target
- allycheck explain FILE: where each number comes from
""")


def test_brief_page() -> None:
    assert printed(_checked(), Look(72), short=True) == snapshot("""\
Port of Ix
City, full form, Harbour check 2.1

Absent: 58.3 of 100, range 39.6 to 64.6, 75% of what counts is known,
self-assessed.
Trends ─────────────────────────────────────────────────────────────────
Ports  ━━━━━━━━━━━━─────────────────  41.7                        2 of 2
Ships  ━━━━━━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍╍╍────        37.5–87.5  not known  1 of 3
Risks: exposure, band and holes ────────────────────────────────────────
Leaks  58.3  moderate  1 hole
What keeps Ad hoc away ─────────────────────────────────────────────────
Too little of the weight is at Ad hoc or above (50%, 67% needed). Below
it: Ships.
Do first ───────────────────────────────────────────────────────────────
PO1 Quays  Ad hoc to Defined  30 days  effort 3
Find out ───────────────────────────────────────────────────────────────
SH2 Crews.

1 of 2 requirements met. Leaks stands at 58.3, over 50.
Next: allycheck report FILE
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

What keeps Ad hoc away.
Too little of the weight is at Ad hoc or above (50%, 67% needed). Below
it: Ships.

Holes: critical safeguards that are missing.
PO1 Quays (Leaks): Quays: some.

Do first.
1. PO1 Quays (Ad hoc to Defined).
Write down how to mend it.
Within 30 days, effort 3. Closes a hole: Leaks.
The way to Ad hoc begins with finding out how SH2 Crews stands.

Answers to recheck.
PO2 Cranes (Practised) and PO1 Quays (Ad hoc): Cranes on what?

What to find out.
SH2 Crews (25.0 points of the range).

Where you stand.
Ports: score 41.7, known 2 of 2.
Ships: range 37.5 to 87.5, level not known, known 1 of 3.
Too little is known for a score under 67% of what counts.
Leaks: exposure 58.3, band moderate, 1 hole.
An exposure is missing protection, from 0 to 100; it is not a
probability.
Calm water: score 41.7.

Trend by trend, weakest first.

Ports: 41.7.
At stake: At stake for the city.
Weak: PO1 Quays (Ad hoc): Quays: some.
Comment: "Two of five."
For you: The city's quay may fail.
Strong: PO2 Cranes (Practised): Cranes: done.
For you: The city can rely on its crane.
Next steps: PO1 Quays: see 1 of what to do first.

Ships: range 37.5 to 87.5.
At stake: At stake for the city.
Too little is known: 50% of what counts, 67% is needed for a score.
Strong: SH1 Hulls (Practised): Hulls: done.
Evidence: "Dock log".
For you: The city can rely on its hull.
Not known: SH2 Crews.

Risks at moderate or high.

Leaks: exposure 58.3, moderate, 1 hole.
How it shows up: Shows up in the city.
Hole: PO1 Quays.
What moderate means: Some.
Warning signs: Wet feet.
Protection not in place yet: Mend the quay.
What helps: Bail.

Agenda.
Within 30 days, 1: PO1 Quays (Ad hoc to Defined): effort 3.

How firm the score is.
Weak trends pull harder (geometric mean): score 51.0.
Not applicable counts as zero: no score.
All readings lie between 51.0 and 60.0. Unevenness between the trends
hides 7.0 points.
With 1,000 other sets of weights, each up to 25% lower or higher, nine
out of ten scores lie between 50.0 and 62.0. The level is Absent in 25%
and Ad hoc in 75% of them.

Requirements.
Passed: The score is 58.3, at least 50.
FAILED: Leaks stands at 58.3, over 50.
1 of 2 requirements met.

How the numbers are made, and where to read on.
Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100
points. A trend score is the weighted average of its answered,
applicable indicators; the readiness score is the weighted average of
the trend scores. "Not applicable" leaves the sum. "Don't know" is never
guessed: it widens an exact range around the score. A maturity level is
stricter than the score: good trends cannot buy off a bad one.
Harbour check 2.1, allycheck 0.1.0.
allycheck report FILE --full: every trend and risk.
allycheck plan FILE: the cheapest steps to a target.
allycheck explain FILE: where each number comes from.
""")


def test_plain_brief_page() -> None:
    assert printed(_checked(), Look(72, plain=True), short=True) == snapshot("""\
Port of Ix.
City, full form, Harbour check 2.1.
Absent: 58.3 of 100, range 39.6 to 64.6, 75% of what counts is known,
self-assessed.
Trends.
Ports: 41.7, known 2 of 2.
Ships: range 37.5 to 87.5, not known, known 1 of 3.
Risks: exposure, band and holes.
Leaks: 58.3, moderate, 1 hole.
What keeps Ad hoc away.
Too little of the weight is at Ad hoc or above (50%, 67% needed). Below
it: Ships.
Do first.
PO1 Quays: Ad hoc to Defined, 30 days, effort 3.
Find out.
SH2 Crews.
1 of 2 requirements met. Leaks stands at 58.3, over 50.
Next: allycheck report FILE.
""")


def test_colour_marks_what_the_words_say() -> None:
    assert printed(
        report({"a1": 1}, Questionnaire.model_validate(BARE)), Look(40, colour=True), short=True
    ) == snapshot("""\
\x1b[1mTiny\x1b[0m
\x1b[2mFull form, version 1\x1b[0m

\x1b[1mAd hoc: 25.0 of 100, self-assessed.\x1b[0m
\x1b[1mTrends \x1b[0m\x1b[2m─────────────────────────────────\x1b[0m
A  \x1b[31m━━━━━━\x1b[0m\x1b[2m─────────────────\x1b[0m  25.0  1 of 1
\x1b[1mWhat keeps Defined away \x1b[0m\x1b[2m────────────────\x1b[0m
Too little of the weight is at Defined
or above (0%, 67% needed). Below it: A.
\x1b[1mDo first \x1b[0m\x1b[2m───────────────────────────────\x1b[0m
a1  Ad hoc to Defined  30 days  effort 1

\x1b[2mNext: \x1b[0mallycheck report FILE
""")


@pytest.mark.parametrize("answers", [{}, {"a1": 2}, {"a1": 4}, {"a1": "na"}, {"a1": "dk"}])
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.width}-{look.colour}-{look.plain}")
@pytest.mark.parametrize("short", [False, True])
def test_least_questionnaire_has_every_page(answers: dict[str, object], look: Look, *, short: bool) -> None:
    page = printed(report(answers, Questionnaire.model_validate(BARE)), look, short=short)
    page = ESCAPES.sub("", page)
    assert page.startswith("Tiny")
    assert not re.search("Risks|Pillar|Holes|recheck|At stake|For you|Requirements|How firm", page)


def test_nothing_answered_names_no_level() -> None:
    names = re.compile(r"\b(Absent|Ad hoc|Defined|Practised|Adaptive)\b")
    for look, short in BOTH_PAGES:
        page = printed(report({}), look, short=short)
        assert "Nothing answered yet" in page
        assert not names.search(page)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.width}-{look.colour}-{look.plain}")
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
def test_the_default_report_of_every_sample_is_under_300_lines(path: Path) -> None:
    assert printed(_example(path), Look()).count("\n") < 300
    assert printed(_example(path), Look(plain=True)).count("\n") < 300


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_plain_has_no_symbols(path: Path) -> None:
    page = printed(_example(path), Look(plain=True)).replace(" --full:", ":")
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
        page = printed(report(ANSWERED, actor=actor), Look(full=True))
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


def test_a_quick_form_is_indicative_and_says_what_its_holes_are_of() -> None:
    page = printed(report({"quay": 1, "hull": 3}, form="quick"), Look())
    assert "The quick form asks 2 questions, so its level is indicative." in page
    assert "Holes are those of what was asked" in page
    assert not re.search(r"^Ports .*Ad hoc", page, re.MULTILINE), "one question makes no level of a trend"
