"""One's own portfolio, where everything may be seen: a row for each organisation."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from allycheck.analysis.compare import Verdict, compare
from allycheck.numbers import exact, number
from allycheck.questionnaire import ExposureBand
from allycheck.report import Level, QuestionnaireRef, Tool, head
from allycheck.scored import Scored
from allycheck.scoring import Scores, published


class Changed(NamedTuple):
    """What became of an organisation since its earlier sheet (method 11); the change is null if not comparable."""

    since: str | None
    verdict: Verdict
    real_change: float | None


class MemberRisk(NamedTuple):
    """One risk of one organisation: exposure, band and the codes of its holes."""

    id: str
    exposure: float | None
    band: ExposureBand | None
    holes: list[str]


class MemberTrend(NamedTuple):
    """One trend of one organisation; null where the score is not published."""

    id: str
    score: float | None


class Member(NamedTuple):
    """One organisation of a portfolio. `holes` are the codes of its missing safeguards, each once."""

    organisation: str | None
    file: str
    actor: str | None
    form: str
    date: str | None
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    level: Level | None
    possible_level: Level | None
    holes: list[str]
    trends: list[MemberTrend]
    risks: list[MemberRisk]
    change: Changed | None


class Named(NamedTuple):
    """What a column of trends or risks is called."""

    id: str
    title: str


class RollUp(NamedTuple):
    """A portfolio, those with most holes first, then the lowest score; what is not known comes last.

    With an earlier one, `gone` are the organisations found only there.
    """

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    members: list[Member]
    gone: list[str]
    compared: bool
    trends: list[Named]
    risks: list[Named]
    level_names: list[str]
    score_bands: list[float]
    exposure_bands: list[float]
    set_aside: int
    left_out: int


def roll_up(
    sheets: Sequence[Scored], earlier: Sequence[Scored] | None = None, *, set_aside: int = 0, left_out: int = 0
) -> RollUp:
    """The sheets, one an organisation, side by side; `earlier` are those of before, also one an organisation."""
    questionnaire = sheets[0].questionnaire
    before = {sheet.who: sheet for sheet in earlier or [] if sheet.organisation}
    members = sorted((_member(sheet, before) for sheet in sheets), key=_worst_first)
    now = {sheet.who for sheet in sheets}
    method = questionnaire.method
    return RollUp(
        **head(questionnaire),
        members=members,
        gone=[sheet.organisation or "" for who, sheet in before.items() if who not in now],
        compared=earlier is not None,
        trends=[Named(trend.id, trend.title) for trend in questionnaire.trends],
        risks=[Named(risk.id, risk.title) for risk in questionnaire.risks],
        level_names=[level.name for level in questionnaire.level_names],
        score_bands=[float(limit) for limit in method.score_bands],
        exposure_bands=[float(limit) for limit in method.exposure_bands],
        set_aside=set_aside,
        left_out=left_out,
    )


def _worst_first(member: Member) -> tuple[int, bool, object, str]:
    return -len(member.holes), member.score is None, exact(member.score or 0.0), member.organisation or member.file


def _member(sheet: Scored, before: Mapping[str, Scored]) -> Member:
    scores = sheet.scores
    measure, method = scores.overall.measure, sheet.questionnaire.method
    risks = [
        MemberRisk(
            risk.risk.id,
            number(published(risk.measure)),
            risk.band(method),
            [item.indicator.code for item in risk.holes],
        )
        for risk in scores.risks
    ]
    return Member(
        organisation=sheet.organisation,
        file=sheet.name,
        actor=scores.actor or None,
        form=scores.form,
        date=sheet.answers.date,
        score=number(published(measure)),
        low=number(measure.low),
        high=number(measure.high),
        coverage=number(measure.coverage),
        level=_level(scores, scores.overall.level),
        possible_level=_level(scores, scores.overall.possible_level),
        holes=list(dict.fromkeys(code for risk in risks for code in risk.holes)),
        trends=[MemberTrend(one.trend.id, number(published(one.measure))) for one in scores.trends],
        risks=risks,
        change=_changed(before.get(sheet.who), sheet),
    )


def _level(scores: Scores, level: int | None) -> Level | None:
    return None if level is None else Level(level, scores.questionnaire.level_names[level].name)


def _changed(before: Scored | None, now: Scored) -> Changed | None:
    if before is None or not now.organisation:
        return None
    found = compare(before, now)
    return Changed(before.answers.date, found.verdict, found.real_change)
