"""The card at the end of an interview: level and score, what blocks, what to do first, and how to go on."""

from collections.abc import Mapping
from typing import Literal

from allycheck.render import words
from allycheck.render.document.layout import cells, wrapped
from allycheck.render.document.model import Bullets, Page, Section, Table
from allycheck.report import BlockerReport, FirstStep, Report
from allycheck.text import first_of

SHOWN = 3
"""Actions, and trends that block."""
LONGEST_NAME, LONGEST_ACTION = 40, 185
"""Columns of what others have written, so that the card keeps to 20 lines at 80 columns."""
_ROOM = 78
"""Columns in which a command and what it shows must fit beside each other; what it shows is left out otherwise."""
_DUE: dict[Literal["30d", "90d", "1y"], str] = {"30d": "within 30 days", "90d": "within 90 days", "1y": "within a year"}


def page(report: Report, file: str, commands: Mapping[str, str]) -> Page:
    """At most 20 lines at 80 columns. `file` holds the answers; `commands` are the next ones with what each shows."""
    opening = [report.overall.headline, *_blocking(report)]
    sections = [*_first(report), Section(f"Your answers are in {file}. Next", [_next(commands)])]
    title = report.questionnaire.title
    return Page(title, _cut(report.organisation or "", LONGEST_NAME), opening, sections, dense=True)


def _blocking(report: Report) -> list[str]:
    """What keeps the next overall level away; nothing while too little is known to name a level."""
    blocker = report.priorities.blockers.overall
    if blocker is None or not report.overall.published:
        return []
    name = report.level_names[blocker.next]
    return [f"What keeps {name} away: {_share(blocker)} {_below(report, blocker)}."]


def _share(blocker: BlockerReport) -> str:
    there, needed = words.percent(blocker.share, blocker.needed), words.percent(blocker.needed)
    if blocker.share < blocker.needed:
        return f"{there} of the weight is there, {needed} is needed;"
    return f"enough of the weight is there ({there}, {needed} needed), but"


def _below(report: Report, blocker: BlockerReport) -> str:
    titles, reached = words.labels(report), words.levels_reached(report)
    names = [(_cut(titles[name], LONGEST_NAME), reached[name]) for name in blocker.below_gap or blocker.short]
    far = [f"{name} ({level})" if level else name for name, level in names]
    verb = "lies" if len(far) == 1 else "lie"
    return f"{first_of(far, SHOWN)} {verb} {'too far below' if blocker.below_gap else 'below'}"


def _first(report: Report) -> list[Section]:
    actions = [_action(report, step) for step in (report.priorities.first or [])[:SHOWN]]
    return [Section("Do first", [Bullets(actions, numbered=True)])] if actions else []


def _action(report: Report, step: FirstStep) -> str:
    """The stage that comes first, with the code of the question that it raises and by when it is due."""
    items = {item.id: item for trend in report.trends for item in trend.indicators}
    text = step.texts[0] if step.texts else "Find out where you stand."
    return f"{_cut(text, LONGEST_ACTION)} ({items[step.id].code}, {_DUE[step.within]})"


def _next(commands: Mapping[str, str]) -> Table:
    longest = max(map(cells, commands), default=0)
    fits = all(longest + cells(what) <= _ROOM for what in commands.values())
    return Table(["Command", ""], [[command, what if fits else ""] for command, what in commands.items()], "ll")


def _cut(text: str, most: int) -> str:
    """The text, or as many of its words as fit into so many columns."""
    return text if cells(text) <= most else f"{wrapped(text, most - 3)[0]}..."
