"""CSV for spreadsheets, and for tools that stack the rows of many organisations.

RFC 4180: commas, quotes where they are needed, CRLF. UTF-8 with a byte order mark, so that a spreadsheet shows accents.
Numbers are those of the JSON. A text that would start a formula gets an apostrophe in front.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from allycheck.render.document.model import cleaned
from allycheck.render.look import PAGE, Look
from allycheck.render.words import gate_line
from allycheck.report import IndicatorReport, Level, NextStepReport, Report, TrendReport
from allycheck.scoring import OVERALL

if TYPE_CHECKING:
    from allycheck.analysis.cohort.result import Cohort, GroupReport, Measured, Often
    from allycheck.analysis.cohort.roll_up import Member, RollUp
    from allycheck.analysis.evidence import Evidence
    from allycheck.analysis.plan.result import Plan, PlanStep

Cell = str | float | None
Row = dict[str, Cell]
MARK = "\ufeff"
PLAN_COLUMNS = (
    "order", "code", "id", "name", "trend", "from", "to", "effort", "gain", "what to do", "owner", "due",
)  # fmt: skip
COHORT_COLUMNS = (
    "standing", "organisations", "kind", "id", "title", "n", "median", "q1", "q3", "asked", "share",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "trend", "trend_title", "code", "id", "name", "ask", "answer", "level", "level_name", "statement", "weight",
    "evidence", "evidence_wanted", "comment", "organisation", "actor", "form", "date", "questionnaire", "version",
)  # fmt: skip
_FORMULA = re.compile("^(?=\\s*[=+@\uff1d\uff0b\uff20\uff0d-])")
_LATER_CELL = re.compile('(;"*)(?=[=+@-])')
"""Where a country separates cells by semicolons, its spreadsheets cut there even within a text in quotes."""


def render(report: Report, look: Look = PAGE) -> str:
    """One row per indicator or, with rows "trends", one per trend; each row says whose it is."""
    report = cleaned(report)
    about = _about(report) | _gates(report) | _robustness(report) | _benchmark(report, OVERALL)
    table = [row | about for row in (_trends(report) if look.rows == "trends" else _indicators(report))]
    return _written(list(table[0] if table else about), table)


def plan(result: "Plan", _look: Look = PAGE) -> str:
    """One row per step, in the order to do them; whose step it is and when it is due is left to fill in."""
    from allycheck.render.plan import ordered

    return _written(PLAN_COLUMNS, [_step(at, step) for at, step in enumerate(ordered(cleaned(result)), 1)])


def cohort(result: "Cohort", _look: Look = PAGE) -> str:
    """One row per group and trend, pillar or risk, one per level, and one per share of weak and strong answers."""
    return _written(*cohort_table(result))


def cohort_table(result: "Cohort") -> tuple[list[str], list[Row]]:
    """The header and the rows of a cohort."""
    result = cleaned(result)
    rows = [row for group in (result.whole, *result.groups) for row in _of_group(result, group)]
    return [*map(_of_group_by, result.by), *COHORT_COLUMNS], rows


def _of_group_by(name: str) -> str:
    """A column of the group's values: one that is called like another of ours is marked."""
    return f"{name} (group)" if name.lower() in COHORT_COLUMNS else name


def _of_group(result: "Cohort", group: "GroupReport") -> Iterator[Row]:
    key: Row = {_of_group_by(name): group.key.get(name) for name in result.by}
    start = {**key, "standing": group.standing, "organisations": group.n}
    measured = [("readiness", group.overall), *(("trend", one) for one in group.trends)]
    measured += [*(("pillar", one) for one in group.pillars), *(("risk", one) for one in group.risks)]
    rows = [_measured(kind, one) for kind, one in measured if one is not None]
    rows += [_at_levels(result, *one) for one in group.levels or []]
    rows += [_share("weak", one) for one in group.weak] + [_share("strong", one) for one in group.strong]
    for row in rows or [{}]:
        yield {**start, **{name: row.get(name) for name in COHORT_COLUMNS[2:]}}


def _measured(kind: str, one: "Measured") -> Row:
    told = one.distribution
    return {
        "kind": kind, "id": one.id, "title": one.title, "median": told.median, "q1": told.q1, "q3": told.q3,
    }  # fmt: skip


def _at_levels(result: "Cohort", lowest: int, highest: int, n: int) -> Row:
    names = result.level_names[lowest], result.level_names[highest]
    which, title = (str(lowest), names[0]) if lowest == highest else (f"{lowest}-{highest}", " to ".join(names))
    return {"kind": "level", "id": which, "title": title, "n": n}


def _share(kind: str, one: "Often") -> Row:
    return {
        "kind": kind,
        "id": one.id,
        "title": one.name,
        "n": one.n,
        "asked": one.asked,
        "share": one.share,
    }


def evidence(result: "Evidence", _look: Look = PAGE) -> str:
    """One row per answer at level 3 or 4; each row says whose it is."""
    return _written(*evidence_table(result))


def evidence_table(result: "Evidence") -> tuple[Sequence[str], list[Row]]:
    """The header and the rows of what is claimed."""
    result = cleaned(result)
    titles, source = {trend.id: trend.title for trend in result.trends}, result.questionnaire
    about = (result.organisation, result.actor, result.form, result.date, source.id, source.version)
    cells = [
        (
            claim.trend, titles[claim.trend], claim.code, claim.id, claim.name, claim.ask, claim.answer, claim.level,
            result.level_names[claim.level], claim.statement, claim.weight, claim.evidence, claim.evidence_wanted,
            claim.comment, *about,
        )
        for claim in result.claims
    ]  # fmt: skip
    return EVIDENCE_COLUMNS, [dict(zip(EVIDENCE_COLUMNS, row, strict=True)) for row in cells]


def roll_up(result: "RollUp", _look: Look = PAGE) -> str:
    """One row an organisation."""
    return _written(*roll_up_table(result))


def roll_up_table(result: "RollUp") -> tuple[list[str], list[Row]]:
    """The header and the rows of a portfolio."""
    rows = [_member(one) for one in cleaned(result).members]
    return list(rows[0]) if rows else [], rows


def _member(member: "Member") -> Row:
    change = member.change
    return {
        "organisation": member.organisation,
        "file": member.file,
        "actor": member.actor,
        "form": member.form,
        "date": member.date,
        "score": member.score,
        "low": member.low,
        "high": member.high,
        "coverage": member.coverage,
        **_level("level", member.level),
        **_level("possible_level", member.possible_level),
        "holes": ", ".join(member.holes),
        **{f"score {one.id}": one.score for one in member.trends},
        **{f"exposure {one.id}": one.exposure for one in member.risks},
        "since": change.since if change else None,
        "verdict": change.verdict if change else None,
        "real_change": change.real_change if change else None,
    }


def _step(at: int, step: "PlanStep") -> Row:
    cells = (
        at, step.code, step.id, step.name, step.trend, step.from_, step.to, step.effort, step.gain,
        " ".join(step.texts), None, None,
    )  # fmt: skip
    return dict(zip(PLAN_COLUMNS, cells, strict=True))


def _written(header: Sequence[str], rows: Sequence[Row]) -> str:
    text = io.StringIO()
    text.write(MARK)
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in header])
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row.values()])
    return text.getvalue()


def harmless(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could take it for a formula."""
    return _LATER_CELL.sub(r"\1'", _FORMULA.sub("'", text))


def _indicators(report: Report) -> list[Row]:
    against = _contradictions(report)
    return [
        _indicator(report, trend, item) | {"contradicts": ", ".join(against[item.id]), **_holes(report, item.id)}
        for trend in report.trends
        for item in trend.indicators
    ]


def _indicator(report: Report, trend: TrendReport, item: IndicatorReport) -> Row:
    known = item.level is not None
    return {
        "trend": trend.id,
        "trend_title": trend.title,
        "code": item.code,
        "id": item.id,
        "name": item.name,
        "ask": item.ask,
        "answer": item.answer,
        "level": item.level,
        "level_name": report.level_names[item.level or 0] if known else None,
        "statement": item.levels[item.level or 0] if known else None,
        "weight": item.weight,
        "lost": item.lost,
        "gain": item.gain,
        "reason": item.reason,
        "evidence": item.evidence,
        "comment": item.comment,
        "evidence_wanted": item.evidence_wanted,
        "meaning": item.meaning,
        **_next_step(report, item.next_step),
        "source": item.source,
    }


def _next_step(report: Report, step: NextStepReport | None) -> Row:
    return {
        "next_level": step.to if step else None,
        "next_level_name": report.level_names[step.to] if step else None,
        "next_step": " ".join(step.texts) if step else None,
        "effort": step.effort if step else None,
        "within": step.within if step else None,
    }


def _holes(report: Report, name: str) -> Row:
    """The risks of which an answer is a hole, and of which it could turn out to be one."""
    return {
        "hole_of": ", ".join(risk.id for risk in report.risks if name in risk.holes),
        "possible_hole_of": ", ".join(risk.id for risk in report.risks if name in risk.possible_holes),
    }


def _contradictions(report: Report) -> dict[str, list[str]]:
    """By indicator, the codes of the answers that it contradicts."""
    codes = {item.id: item.code for trend in report.trends for item in trend.indicators}
    found: dict[str, list[str]] = defaultdict(list)
    for pair in report.consistency or []:
        found[pair.high].append(codes[pair.low])
        found[pair.low].append(codes[pair.high])
    return found


def _trends(report: Report) -> list[Row]:
    return [_trend(trend) | _benchmark(report, trend.id, "trend_") for trend in report.trends]


def _trend(trend: TrendReport) -> Row:
    codes = {item.id: item.code for item in trend.indicators}
    return {
        "trend": trend.id,
        "trend_title": trend.title,
        "score": trend.score,
        "low": trend.low,
        "high": trend.high,
        "published": "yes" if trend.published else "no",
        "coverage": trend.coverage,
        **_level("level", trend.level),
        **_level("possible_level", trend.possible_level),
        "band": trend.band,
        "weight": trend.weight,
        "answered": trend.answered,
        "unknown": trend.unknown,
        "unanswered": trend.unanswered,
        "not_applicable": trend.not_applicable,
        "flags": ", ".join(trend.flags),
        "stake": trend.stake,
        "implication": trend.implication,
        **{
            name: ", ".join(codes.get(one, one) for one in ids)
            for name, ids in (("weaknesses", trend.weaknesses), ("strengths", trend.strengths), ("next", trend.next))
        },
    }


def _level(name: str, level: Level | None) -> Row:
    return {name: level.value if level else None, f"{name}_name": level.name if level else None}


def _about(report: Report) -> Row:
    """Whose answers, to which questions: what tells rows apart when files are stacked."""
    return {
        "organisation": report.organisation,
        "actor": report.actor,
        "form": report.form,
        "date": report.date,
        "questionnaire": report.questionnaire.id,
        "version": report.questionnaire.version,
    }


def _gates(report: Report) -> Row:
    """A column for each requirement, the same in every row, where there are any."""
    return {f"gate {gate.id}": gate_line(gate) for gate in report.gates or []}


def _benchmark(report: Report, name: str, kind: str = "") -> Row:
    """Columns for the scores of others, where they were asked for."""
    found = report.benchmark.beside if report.benchmark else []
    return {
        f"{kind}benchmark_{key}": getattr(one, key)
        for one in found
        if one.id == name
        for key in ("n", "median", "q1", "q3", "below", "equal", "rank")
    }


def _robustness(report: Report) -> Row:
    """Columns for the other readings of the overall score, where they were asked for."""
    if report.robustness is None:
        return {}
    robustness, draws = report.robustness, report.robustness.draws
    readings: Row = {f"reading_{reading.id}": reading.score for reading in robustness.readings}
    shares: Row = {f"draws_level_{level}": share for level, share in enumerate(draws.level_share)}
    return readings | {"imbalance": robustness.imbalance, "draws_p05": draws.p05, "draws_p95": draws.p95} | shares
