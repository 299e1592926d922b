"""Annotations as GitHub shows them beside the lines of a change: workflow commands, one a line.

An error for each gate that fails, a warning for each answer that it hangs on, a notice with the headline. They stand at
the lines of the answers file.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import PurePath

from allycheck.errors import Fault
from allycheck.language import _
from allycheck.questionnaire import STRONG
from allycheck.reading import STDIN, name_of
from allycheck.render.document.model import cleaned
from allycheck.render.look import PAGE, Look, Position, Source
from allycheck.render.words import answer_shown, indicators
from allycheck.report import GateReport, IndicatorReport, Report
from allycheck.scoring import OVERALL
from allycheck.text import label, printable

MOST_OF_A_GATE = 3
MOST = 10
"""Annotations of a kind that GitHub shows for one step."""
_PLACE = re.compile(r"(.+):([0-9]+):([0-9]+)")
_IN_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = _IN_DATA | {":": "%3A", ",": "%2C"}
"""What GitHub's own toolkit escapes in a message and in a property."""


def render(report: Report, look: Look = PAGE) -> str:
    """The annotations of a report."""
    report = cleaned(report)
    source, known = look.source, indicators(report)
    failed = [gate for gate in report.gates or [] if not gate.passed]
    concerned = [_concerned(report, gate, source) for gate in failed]
    lines = [_notice(report, source)]
    for gate, names in zip(failed, concerned, strict=True):
        at = source.lines.get(names[0]) if names else None
        lines.append(_command("error", source, at, _("Gate failed: {gate}").format(gate=gate.id), gate.reason))
    for name in list(dict.fromkeys(chain.from_iterable(concerned)))[:MOST]:
        item = known[name]
        lines.append(_command("warning", source, source.lines.get(name), label(item), _told(report, item)))
    return "".join(f"{line}\n" for line in lines)


def faults(found: Iterable[Fault]) -> str:
    """Annotations of what is wrong with files, each at its own place."""
    return "".join(f"{_fault(fault)}\n" for fault in found)


def _notice(report: Report, source: Source) -> str:
    title = report.organisation or report.questionnaire.title
    return _command("notice", source, None, title, report.overall.headline)


def _concerned(report: Report, gate: GateReport, source: Source) -> list[str]:
    """The answers of the file that a failed gate hangs on, what weighs most first."""
    found = [name for name in _behind(report, gate) if name in source.lines or not source.lines]
    return list(dict.fromkeys(found))[:MOST_OF_A_GATE]


def _behind(report: Report, gate: GateReport) -> list[str]:
    risks = [risk for risk in report.risks if gate.subject in {risk.id, OVERALL}]
    if gate.kind == "max-holes":
        return [
            *(name for risk in risks for name in risk.holes),
            *(name for risk in risks for name in risk.possible_holes),
        ]
    if gate.kind == "fail-over":
        return [
            name for risk in risks for name in (*risk.holes, *(driver.id for driver in risk.drivers if driver.share))
        ]
    items = [item for trend in report.trends if gate.subject in {trend.id, OVERALL} for item in trend.indicators]
    if gate.kind == "min-coverage" or gate.actual is None:
        return [item.id for item in items if item.level is None and item.answer != "na"]
    if gate.kind == "no-worse-than":
        return []
    if gate.kind == "min-evidence":
        return [item.id for item in items if (item.level or 0) >= STRONG and not item.evidence]
    lost = [item for item in items if item.lost]
    return [item.id for item in sorted(lost, key=_lost, reverse=True)]


def _lost(item: IndicatorReport) -> float:
    return item.lost or 0


def _told(report: Report, item: IndicatorReport) -> str:
    """The question, its answer with the anchor, and what to do next, on a line each."""
    answer, lines = answer_shown(report, item), [item.ask]
    if item.level is None:
        return "\n".join([*lines, answer])
    lines.append(f"{answer}: {_anchor(item)}")
    if item.next_step:
        lines.append(_("Next: {step}").format(step=item.next_step.texts[0]))
    return "\n".join(lines)


def _anchor(item: IndicatorReport) -> str:
    """What the answer says; the level of a reversed question counts from the other end."""
    return item.levels[item.answer] if isinstance(item.answer, int) else ""


def _fault(fault: Fault) -> str:
    """An error at the place of a fault; without one where it stands in no line of a file, and then in words."""
    path = printable(".".join(str(part) for part in fault.loc))
    placed = _PLACE.fullmatch(fault.where)
    if placed and placed[1] != name_of(STDIN):
        source = Source(file=placed[1])
        return _command("error", source, Position(int(placed[2]), int(placed[3])), path, _without_place(fault))
    return _command("error", Source(), None, path, printable(str(fault)))


def _without_place(fault: Fault) -> str:
    return printable(f"{fault.what}; {fault.hint}" if fault.hint else fault.what)


def _command(kind: str, source: Source, at: Position | None, title: str, message: str) -> str:
    properties: dict[str, object] = {}
    if source.file:
        properties["file"] = PurePath(source.file).as_posix()
        properties |= {"line": at.line, "col": at.column} if at else {}
    if title:
        properties["title"] = title
    shown = ",".join(f"{name}={_escaped(str(value), _IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{kind} {shown}::{_escaped(message, _IN_DATA)}" if shown else f"::{kind}::{_escaped(message, _IN_DATA)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in text)
