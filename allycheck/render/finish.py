"""The card at the end of an interview: level and score, what blocks, what to do first, and how to go on."""

from collections.abc import Mapping

from allycheck.language import _, ngettext
from allycheck.render import words
from allycheck.render.document.layout import cells, wrapped
from allycheck.render.document.model import Bullets, Page, Section, Table
from allycheck.report import BlockerReport, FirstStep, Report
from allycheck.text import bracketed, commas, first_of

SHOWN = 3
"""Actions, and trends that block."""
LONGEST_NAME, LONGEST_ACTION = 40, 185
"""Columns of what others have written, so that the card keeps to 20 lines at 80 columns."""
_ROOM = 78
"""Columns in which a command and what it shows must fit beside each other; what it shows is left out otherwise."""


def page(report: Report, file: str, commands: Mapping[str, str]) -> Page:
    """At most 20 lines at 80 columns. `file` holds the answers; `commands` are the next ones with what each shows."""
    opening = [report.overall.headline, *_blocking(report)]
    sections = [*_first(report), Section(_("Your answers are in {file}. Next").format(file=file), [_next(commands)])]
    title = report.questionnaire.title
    return Page(title, _cut(report.organisation or "", LONGEST_NAME), opening, sections, dense=True)


def _blocking(report: Report) -> list[str]:
    """What keeps the next overall level away; nothing while too little is known to name a level."""
    blocker = report.priorities.blockers.overall
    if blocker is None or not report.overall.published:
        return []
    names = _below(report, blocker)
    return [
        _blocked(blocker, len(names)).format(
            level=report.level_names[blocker.next],
            share=words.percent(blocker.share, blocker.needed),
            needed=words.percent(blocker.needed),
            names=first_of(names, SHOWN),
        )
    ]


def _blocked(blocker: BlockerReport, names: int) -> str:
    """The sentence for too little weight, or something too far below although the weight is enough."""
    if blocker.share < blocker.needed and blocker.below_gap:
        return ngettext(
            "What keeps {level} away: {share} of the weight is there, {needed} is needed; {names} lies too far below.",
            "What keeps {level} away: {share} of the weight is there, {needed} is needed; {names} lie too far below.",
            names,
        )
    if blocker.share < blocker.needed:
        return ngettext(
            "What keeps {level} away: {share} of the weight is there, {needed} is needed; {names} lies below.",
            "What keeps {level} away: {share} of the weight is there, {needed} is needed; {names} lie below.",
            names,
        )
    return ngettext(
        "What keeps {level} away: enough of the weight is there ({share}, {needed} needed), but {names} lies too far "
        "below.",
        "What keeps {level} away: enough of the weight is there ({share}, {needed} needed), but {names} lie too far "
        "below.",
        names,
    )


def _below(report: Report, blocker: BlockerReport) -> list[str]:
    titles, reached = words.labels(report), words.levels_reached(report)
    names = [(_cut(titles[name], LONGEST_NAME), reached[name]) for name in blocker.below_gap or blocker.short]
    return [bracketed(name, level) for name, level in names]


def _first(report: Report) -> list[Section]:
    actions = [_action(report, step) for step in (report.priorities.first or [])[:SHOWN]]
    return [Section(_("Do first"), [Bullets(actions, numbered=True)])] if actions else []


def _action(report: Report, step: FirstStep) -> str:
    """The stage that comes first, with the code of the question that it raises and by when it is due."""
    items = {item.id: item for trend in report.trends for item in trend.indicators}
    text = step.texts[0] if step.texts else _("Find out where you stand.")
    return bracketed(_cut(text, LONGEST_ACTION), commas([items[step.id].code, words.within(step.within)]))


def _next(commands: Mapping[str, str]) -> Table:
    longest = max(map(cells, commands), default=0)
    fits = all(longest + cells(what) <= _ROOM for what in commands.values())
    return Table([_("Command"), ""], [[command, what if fits else ""] for command, what in commands.items()], "ll")


def _cut(text: str, most: int) -> str:
    """The text, or as many of its words as fit into so many columns."""
    return text if cells(text) <= most else f"{wrapped(text, most - 3)[0]}..."
