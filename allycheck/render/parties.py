"""How the members, scores and indicators of a coalition are called on its page."""

from collections.abc import Sequence
from string import ascii_uppercase

from allycheck.analysis.coalition.result import Agreement, Coalition, JointIndicator
from allycheck.render.words import extent, points
from allycheck.text import listing


def key(result: Coalition) -> dict[str, str]:
    """A letter for each member, so that a matrix of many fits a screen."""
    return {member.organisation: _letter(at) for at, member in enumerate(result.members)}


def _letter(at: int) -> str:
    """A, B and so on to Z, then AA."""
    above, last = divmod(at, len(ascii_uppercase))
    return (_letter(above - 1) if above else "") + ascii_uppercase[last]


def together(names: Sequence[str]) -> str:
    """Names in a row; between semicolons where a name has a comma or an "and" of its own."""
    if any("," in name or " and " in name for name in names):
        return "; ".join(names)
    return listing(names)


def whose(result: Coalition, names: Sequence[str]) -> str:
    """Names in a row, or that it is everybody."""
    return "all members" if len(names) == len(result.members) > 1 else together(names)


def score(value: float | None, bands: Sequence[float] = ()) -> str:
    """A score or an exposure; a dash where too little is known of it."""
    return "-" if value is None else points(value, bands)


def span(low: float | None, high: float | None) -> str:
    """A range where it is one."""
    return "" if low is None or high is None or low == high else extent(low, high)


def label(item: JointIndicator | Agreement) -> str:
    """An indicator's code and name; the code alone where it has no other name."""
    return item.code if item.code == item.name else f"{item.code} {item.name}"


def by_id(result: Coalition) -> dict[str, JointIndicator]:
    """Every indicator by its id."""
    return {item.id: item for item in result.indicators}


def cost(lost: float | None) -> str:
    """The points that something costs, where they are told."""
    return f", {points(lost)} points lost" if lost else ""
