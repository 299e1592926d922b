"""What a plan changes, as parts of its page: scores and levels, then exposures, the largest change first."""

from collections.abc import Iterator
from fractions import Fraction

from allycheck.analysis.plan.result import Plan, RiskEffect, ScoreEffect
from allycheck.numbers import Number, exact
from allycheck.render.compare import change
from allycheck.render.document.model import Section, Table
from allycheck.render.words import points


def effects(result: Plan) -> Iterator[Section]:
    """Two tables: scores with levels, and risks. What stays the same is left out."""
    if not result.steps:
        return
    ends = result.basis == "guaranteed"
    trends = [effect for effect in result.effects.trends if _moves(effect, ends=ends)]
    ranked = [result.effects.overall, *sorted(trends, key=lambda effect: -_rise(effect, ends=ends))]
    what = "Low end of the score" if ends else "Score"
    rows = [_score_row(result, effect, ends=ends) for effect in ranked]
    why = "Overall first, then the trends by how much they rise; levels are the demonstrated ones."
    yield Section("What it changes", [why, Table([what, "Now", "Then", "Change", "Level"], rows, "LrrrL")])
    yield from _risks(result, ends=ends)


def _ends(effect: ScoreEffect, *, ends: bool) -> tuple[float | None, float | None]:
    return (effect.low_before, effect.low_after) if ends else (effect.before, effect.after)


def _rise(effect: ScoreEffect, *, ends: bool) -> Fraction:
    before, after = _ends(effect, ends=ends)
    return exact(after or 0.0) - exact(before or 0.0)


def _moves(effect: ScoreEffect, *, ends: bool) -> bool:
    return bool(_rise(effect, ends=ends)) or effect.level_before != effect.level_after


def _score_row(result: Plan, effect: ScoreEffect, *, ends: bool) -> list[str]:
    before, after = _ends(effect, ends=ends)
    moved = "" if before is None or after is None else change(Number(_rise(effect, ends=ends)))
    return [effect.title, _shown(before, result.score_bands), _shown(after, result.score_bands), moved, _level(effect)]


def _level(effect: ScoreEffect) -> str:
    before, after = effect.level_before, effect.level_after
    if before is None or after is None:
        return ""
    return after.name if before == after else f"{before.name} to {after.name}"


def _shown(value: float | None, bands: list[float]) -> str:
    return "-" if value is None else points(value, bands)


def _risks(result: Plan, *, ends: bool) -> Iterator[Section]:
    fallen = [effect for effect in result.effects.risks if _fall(effect, ends=ends)]
    if not fallen:
        return
    ranked = sorted(fallen, key=lambda effect: -_fall(effect, ends=ends))
    what = "High end of the exposure" if ends else "Exposure"
    rows = [_risk_row(result, effect, ends=ends) for effect in ranked]
    why = "By how much they fall. An exposure is missing protection, from 0 to 100; it is not a probability."
    yield Section("What it takes off the risks", [why, Table([what, "Now", "Then", "Change", "Band"], rows, "LrrrL")])


def _high(effect: RiskEffect, *, ends: bool) -> tuple[float | None, float | None]:
    return (effect.high_before, effect.high_after) if ends else (effect.before, effect.after)


def _fall(effect: RiskEffect, *, ends: bool) -> Fraction:
    before, after = _high(effect, ends=ends)
    return exact(before or 0.0) - exact(after or 0.0)


def _risk_row(result: Plan, effect: RiskEffect, *, ends: bool) -> list[str]:
    before, after = _high(effect, ends=ends)
    bands = result.exposure_bands
    moved = change(Number(-_fall(effect, ends=ends)))
    was, then = ("", "") if ends else (effect.band_before or "", effect.band_after or "")
    band = then if was == then or not was else f"{was} to {then}"
    return [effect.title, _shown(before, bands), _shown(after, bands), moved, band]
