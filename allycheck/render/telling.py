"""Actions, trends and risks one by one, in the organisation's own answers and the actor's own words."""

from collections.abc import Sequence
from typing import NamedTuple

from allycheck.language import _
from allycheck.render import priorities, words
from allycheck.render.document.model import Bullets, Entries, Entry, Led, Marked, Note, Part
from allycheck.report import FirstStep, IndicatorReport, Report, RiskReport, TrendReport
from allycheck.text import capitalised, count, label, listing

FIRST = 5
"""Actions of the first part; the agenda has all of them."""


class Extent(NamedTuple):
    """How much is told of one trend and one risk; None is all there is."""

    weaknesses: int | None = None
    strengths: int | None = None
    steps: int | None = None
    signs: int | None = None
    protections: int | None = None


SHORT = Extent(weaknesses=3, strengths=1, steps=3, signs=2, protections=2)
WHOLE = Extent()


def others(found: Sequence[object], shown: int, where: str = "") -> list[Part]:
    """How many entries of a list are not shown, and where they are."""
    left = len(found) - shown
    return [Marked(f"And {count(left, 'other')}{where}.", "faint")] if left > 0 else []


def answer_given(item: IndicatorReport) -> str:
    """The anchor that an organisation has chosen."""
    return "" if item.level is None else item.levels[item.level]


class Teller:
    """Tells actions, trends and risks; an action that stands in the first part is not told again."""

    def __init__(self, report: Report, extent: Extent) -> None:
        """Look up once what all parts share."""
        self.report, self.extent = report, extent
        self.items = words.indicators(report)
        self.actions = priorities.actions(report)
        self.numbers = {step.id: number for number, step in enumerate(self.actions, 1)}
        self.blockers = words.blockers(report)
        self.left_out = {trend.id: trend.reason for trend in report.out_of_scope}

    def first(self) -> list[Part]:
        """The first actions, each with what to do, and what they lead to."""
        entries = [self.action(step.id) for step in self.actions[:FIRST]]
        note = priorities.plan_note(self.report)
        parts: list[Part] = [Entries(entries)] if entries else []
        return [*parts, *others(self.actions, FIRST, " in the agenda"), *([Marked(note, "faint")] if note else [])]

    def action(self, name: str) -> Entry:
        """One action with what to do for each stage on the way, by when, and what for."""
        step = self.actions[self.numbers[name] - 1]
        notes: list[Note] = [" ".join(step.texts), Marked(priorities.first_step_notes(self.report, step), "faint")]
        return Entry(priorities.climb(self.report, name, step.from_, step.to), notes, number=self.numbers[name])

    def agenda(self) -> list[Part]:
        """Every action by when it is due; where little room is, by name."""
        parts: list[Part] = []
        for within, title in words.WITHIN.items():
            entries = [self._due(step) for step in self.actions if step.within == within]
            parts += [Entries(entries, lead=capitalised(title))] if entries else []
        return parts

    def _due(self, step: FirstStep) -> Entry:
        named = priorities.climb(self.report, step.id, step.from_, step.to)
        effort = f"effort {words.amount(step.effort)}"
        told = f"{' '.join(step.texts)} ({capitalised(effort)}.)" if self.extent == WHOLE else effort
        return Entry(named, aside=told, number=self.numbers[step.id])

    def trend(self, trend: TrendReport) -> list[Part]:
        """The stake, the weak answers, the strong ones, what is not known, and the next steps."""
        if trend.id in self.left_out:
            return [Led(_("Left out of scope"), self.left_out[trend.id])]
        texts = [
            ("At stake", trend.stake),
            ("Implication", trend.implication if self.extent == WHOLE else ""),
            ("Too little is known", _too_little(self.report, trend)),
        ]
        parts: list[Part] = [Led(lead, text) for lead, text in texts if text]
        parts += self._answers("Weak", trend.weaknesses, self.extent.weaknesses)
        parts += self._answers("Strong", trend.strengths, self.extent.strengths)
        parts += [Led(lead, f"{'; '.join(names)}.") for lead, names in self._without_level(trend) if names]
        blocker = self.blockers[trend.id]
        if self.extent == WHOLE and blocker and trend.answered and words.has_level(trend):
            parts.append(Led("Next level", priorities.next_level(self.report, blocker)))
        return [*parts, *self._steps(trend)]

    def _without_level(self, trend: TrendReport) -> list[tuple[str, list[str]]]:
        excluded = words.excluded_items(trend) if self.extent == WHOLE else []
        return [("Not known", words.unknown_items(trend)), ("Not applicable", excluded)]

    def _answers(self, lead: str, ids: Sequence[str], most: int | None) -> list[Part]:
        entries = [self.answer(self.items[name]) for name in ids[:most]]
        return [Entries(entries, lead=f"{lead}{_of(len(ids), len(entries))}")] if entries else []

    def answer(self, item: IndicatorReport) -> Entry:
        """An answer as it was given, with what the organisation noted, and what it means for the actor."""
        quoted = [("Comment", item.comment), ("Evidence", item.evidence)]
        notes: list[Note] = [Led(lead, f'"{text}"') for lead, text in quoted if text]
        if item.meaning:
            notes.append(Led("For you", item.meaning))
        return Entry(f"{label(item)} ({words.levels_reached(self.report)[item.id]})", notes, answer_given(item))

    def _steps(self, trend: TrendReport) -> list[Part]:
        entries = [self.step(self.items[name]) for name in trend.next[: self.extent.steps]]
        return [Entries(entries, lead=f"Next steps{_of(len(trend.next), len(entries))}")] if entries else []

    def step(self, item: IndicatorReport) -> Entry:
        """The next step of an answer, or where it is told already."""
        step = item.next_step
        if step is None:
            return Entry(label(item))
        named = priorities.climb(self.report, item.id, item.level, step.to)
        if self.numbers.get(item.id, FIRST + 1) <= FIRST:
            return Entry(label(item), aside=f"see {self.numbers[item.id]} of what to do first")
        told = f"{' '.join(step.texts)} ({priorities.time_and_effort(step.within, step.effort)}.)"
        return Entry(named, aside=told)

    def risk(self, risk: RiskReport) -> list[Part]:
        """How it shows up here, its holes, what the band means, signs, and the protections that are missing."""
        shows = risk.shows_up or risk.meaning
        parts: list[Part] = [Led("How it shows up", shows)] if shows else []
        parts += self._holes(risk)
        if risk.possible_holes:
            parts.append(Led("Possible hole", f"{listing(label(self.items[name]) for name in risk.possible_holes)}."))
        means = risk.text if risk.published else _unpublished(self.report, risk)
        parts += [Led(f"What {risk.band} means" if risk.published else "Not known", means)] if means else []
        signs = risk.warning_signs[: self.extent.signs]
        shown = risk.mitigations[: self.extent.protections]
        missing, general = [one.do for one in shown if one.for_], [one.do for one in shown if not one.for_]
        parts += [Bullets(signs, lead="Warning signs")] if signs else []
        parts += [Bullets(missing, lead="Protection not in place yet")] if missing else []
        parts += [Bullets(general, lead="What helps")] if general else []
        if self.extent == WHOLE and (drivers := words.main_drivers(self.report, risk)):
            parts.append(Led("Driven by", f"{drivers}."))
        return parts

    def _holes(self, risk: RiskReport) -> list[Part]:
        """Each with its anchor; where little room is, by name, for the first part has the anchors."""
        items = [self.items[name] for name in risk.holes]
        if self.extent == WHOLE:
            return [Led(f"Hole: {label(item)}", answer_given(item)) for item in items]
        return [Led("Hole" if len(items) == 1 else "Holes", f"{listing(map(label, items))}.")] if items else []


def _of(many: int, shown: int) -> str:
    return f" ({shown} of {many})" if shown < many else ""


def _too_little(report: Report, trend: TrendReport) -> str:
    if trend.coverage is None or trend.published:
        return ""
    known, needed = words.percent(trend.coverage, report.coverage_needed), words.percent(report.coverage_needed)
    return f"{known} of what counts, {needed} is needed for a score."


def _unpublished(report: Report, risk: RiskReport) -> str:
    return "" if risk.coverage is None else f"{capitalised(words.too_little(report, risk.coverage))}."
