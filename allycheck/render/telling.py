"""Actions, trends and risks one by one, in the organisation's own answers and the actor's own words."""

from collections.abc import Sequence
from typing import NamedTuple

from allycheck.language import _, ngettext
from allycheck.priorities import WITHIN
from allycheck.render import priorities, words
from allycheck.render.document.model import Bullets, Entries, Entry, Led, Marked, Note, Part
from allycheck.report import FirstStep, IndicatorReport, Report, RiskReport, TrendReport
from allycheck.text import bracketed, full_stop, label, listing, semicolons, sentences

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


def others(found: Sequence[object], shown: int) -> list[Part]:
    """How many entries of a list are not shown."""
    left = len(found) - shown
    told = ngettext("And {number} other.", "And {number} others.", left)
    return [Marked(told.format(number=left), "faint")] if left > 0 else []


def _others_in_agenda(found: Sequence[object], shown: int) -> list[Part]:
    left = len(found) - shown
    told = ngettext("And {number} other in the agenda.", "And {number} others in the agenda.", left)
    return [Marked(told.format(number=left), "faint")] if left > 0 else []


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
        return [*parts, *_others_in_agenda(self.actions, FIRST), *([Marked(note, "faint")] if note else [])]

    def action(self, name: str) -> Entry:
        """One action with what to do for each stage on the way, by when, and what for."""
        step = self.actions[self.numbers[name] - 1]
        notes: list[Note] = [sentences(step.texts), Marked(priorities.first_step_notes(self.report, step), "faint")]
        return Entry(priorities.climb(self.report, name, step.from_, step.to), notes, number=self.numbers[name])

    def agenda(self) -> list[Part]:
        """Every action by when it is due; where little room is, by name."""
        parts: list[Part] = []
        for within in WITHIN:
            entries = [self._due(step) for step in self.actions if step.within == within]
            parts += [Entries(entries, lead=words.within_title(within))] if entries else []
        return parts

    def _due(self, step: FirstStep) -> Entry:
        named = priorities.climb(self.report, step.id, step.from_, step.to)
        effort = words.amount(step.effort)
        told = (
            _("{texts} (Effort {effort}.)").format(texts=sentences(step.texts), effort=effort)
            if self.extent == WHOLE
            else _("effort {effort}").format(effort=effort)
        )
        return Entry(named, aside=told, number=self.numbers[step.id])

    def trend(self, trend: TrendReport) -> list[Part]:
        """The stake, the weak answers, the strong ones, what is not known, and the next steps."""
        if trend.id in self.left_out:
            return [Led(_("Left out of scope"), self.left_out[trend.id])]
        texts = [
            (_("At stake"), trend.stake),
            (_("Implication"), trend.implication if self.extent == WHOLE else ""),
            (_("Too little is known"), _too_little(self.report, trend)),
        ]
        parts: list[Part] = [Led(lead, text) for lead, text in texts if text]
        parts += self._answers(_("Weak"), trend.weaknesses, self.extent.weaknesses)
        parts += self._answers(_("Strong"), trend.strengths, self.extent.strengths)
        parts += [Led(lead, full_stop(semicolons(names))) for lead, names in self._without_level(trend) if names]
        blocker = self.blockers[trend.id]
        if self.extent == WHOLE and blocker and trend.answered and words.has_level(trend):
            parts.append(Led(_("Next level"), priorities.next_level(self.report, blocker)))
        return [*parts, *self._steps(trend)]

    def _without_level(self, trend: TrendReport) -> list[tuple[str, list[str]]]:
        excluded = words.excluded_items(trend) if self.extent == WHOLE else []
        return [(_("Not known"), words.unknown_items(trend)), (_("Not applicable"), excluded)]

    def _answers(self, lead: str, ids: Sequence[str], most: int | None) -> list[Part]:
        entries = [self.answer(self.items[name]) for name in ids[:most]]
        return [Entries(entries, lead=bracketed(lead, _of(len(ids), len(entries))))] if entries else []

    def answer(self, item: IndicatorReport) -> Entry:
        """An answer as it was given, with what the organisation noted, and what it means for the actor."""
        quoted = [(_("Comment"), item.comment), (_("Evidence"), item.evidence)]
        notes: list[Note] = [Led(lead, words.quoted(text)) for lead, text in quoted if text]
        if item.meaning:
            notes.append(Led(_("For you"), item.meaning))
        return Entry(bracketed(label(item), words.levels_reached(self.report)[item.id]), notes, answer_given(item))

    def _steps(self, trend: TrendReport) -> list[Part]:
        entries = [self.step(self.items[name]) for name in trend.next[: self.extent.steps]]
        lead = bracketed(_("Next steps"), _of(len(trend.next), len(entries)))
        return [Entries(entries, lead=lead)] if entries else []

    def step(self, item: IndicatorReport) -> Entry:
        """The next step of an answer, or where it is told already."""
        step = item.next_step
        if step is None:
            return Entry(label(item))
        named = priorities.climb(self.report, item.id, item.level, step.to)
        if self.numbers.get(item.id, FIRST + 1) <= FIRST:
            see = _("see {number} of what to do first").format(number=self.numbers[item.id])
            return Entry(label(item), aside=see)
        told = bracketed(sentences(step.texts), full_stop(priorities.time_and_effort(step.within, step.effort)))
        return Entry(named, aside=told)

    def risk(self, risk: RiskReport) -> list[Part]:
        """How it shows up here, its holes, what the band means, signs, and the protections that are missing."""
        shows = risk.shows_up or risk.meaning
        parts: list[Part] = [Led(_("How it shows up"), shows)] if shows else []
        parts += self._holes(risk)
        if risk.possible_holes:
            named = listing(label(self.items[name]) for name in risk.possible_holes)
            parts.append(Led(_("Possible hole"), full_stop(named)))
        parts += _band_means(self.report, risk)
        signs = risk.warning_signs[: self.extent.signs]
        shown = risk.mitigations[: self.extent.protections]
        missing, general = [one.do for one in shown if one.for_], [one.do for one in shown if not one.for_]
        parts += [Bullets(signs, lead=_("Warning signs"))] if signs else []
        parts += [Bullets(missing, lead=_("Protection not in place yet"))] if missing else []
        parts += [Bullets(general, lead=_("What helps"))] if general else []
        if self.extent == WHOLE and (drivers := words.main_drivers(self.report, risk)):
            parts.append(Led(_("Driven by"), full_stop(drivers)))
        return parts

    def _holes(self, risk: RiskReport) -> list[Part]:
        """Each with its anchor; where little room is, by name, for the first part has the anchors."""
        items = [self.items[name] for name in risk.holes]
        if self.extent == WHOLE:
            return [Led(_("Hole: {name}").format(name=label(item)), answer_given(item)) for item in items]
        return [Led(ngettext("Hole", "Holes", len(items)), full_stop(listing(map(label, items))))] if items else []


def _of(many: int, shown: int) -> str:
    return _("{shown} of {number}").format(shown=shown, number=many) if shown < many else ""


def _too_little(report: Report, trend: TrendReport) -> str:
    if trend.coverage is None or trend.published:
        return ""
    known, needed = words.percent(trend.coverage, report.coverage_needed), words.percent(report.coverage_needed)
    return _("{share} of what counts, {needed} is needed for a score.").format(share=known, needed=needed)


def _band_means(report: Report, risk: RiskReport) -> list[Part]:
    """What the band of a risk means, or why it has none."""
    if risk.published and risk.band:
        lead = _("What {band} means").format(band=words.band_named(risk.band))
        return [Led(lead, risk.text)] if risk.text else []
    return [] if risk.coverage is None else [Led(_("Not known"), words.too_little_told(report, risk.coverage))]
