"""A questionnaire as one SQL text that somebody runs where the data lies, and whose result speaks for itself."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from allycheck.engine import Dialect, cells
from allycheck.engine.cells import Counted, PortableCompiler, lies_at
from allycheck.engine.compiling import quoted, text, with_relations
from allycheck.engine.dialects import table_name, translated
from allycheck.engine.layout import NAMES, YEAR, Layout, layout_of, read_columns
from allycheck.engine.weights import MILLIONTHS, NOT_APPLICABLE, UNKNOWN
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.questionnaire import Method, Questionnaire
from allycheck.scoring import FULL
from allycheck.text import listing, shown

COLUMNS = ("kind", "subject", "value", "n")
NOT_PUBLISHED, NOT_KNOWN, NOT_APPLIED, NOT_ASKED = "not published", "not known", "not applicable", "not asked"
QUARTILES = ("lower quartile", "median", "upper quartile")
DIGITS = len(str(MILLIONTHS)) - 1


class Wanted(NamedTuple):
    """What is printed: for which engine, from which of its tables, by which of its columns."""

    dialect: Dialect
    table: str
    by: Sequence[str]


def expected_layout(questionnaire: Questionnaire, by: Sequence[str]) -> Layout:
    """The columns of a table that nobody has looked at: the ids, who answered which form, and what is grouped by."""
    own = [name for name in by if name not in {*NAMES, YEAR} and not questionnaire.indicator_named(name)]
    more = [name for name in ("version",) if name in by] + (["date"] if YEAR in by else [])
    who = ["actor"] if questionnaire.actors else []
    return layout_of([*questionnaire.indicators, *who, "form", *more, *own], questionnaire, "")


def printed(questionnaire: Questionnaire, layout: Layout, wanted: Wanted) -> str:
    """The text: a comment, then one statement. Raises UsageError for a column that the result can't have."""
    if taken := [name for name in wanted.by if name in COLUMNS]:
        raise UsageError(
            _("--by {name}: the result has a column of this name").format(name=shown(taken[0])),
            hint=_("give it another name in the table"),
        )
    columns, selected = read_columns(layout, wanted.by, questionnaire)
    compiler = PortableCompiler(questionnaire, columns)
    subjects = cells.counted(compiler)
    answers = [f"CAST({quoted(column)} AS VARCHAR) AS i_{at}" for at, column in enumerate(layout.indicators.values())]
    who = selected[: len(selected) - len(answers)]
    steps = [
        ("source", f"SELECT {', '.join([*who, *answers])} FROM {table_name(wanted.table, wanted.dialect)}"),
        ("keyed", compiler.keyed("source")),
        *compiler.steps("source"),
        *cells.cells(compiler, subjects),
        *cells.ordered(subjects, by_group=bool(wanted.by)),
        *_told(questionnaire, subjects, wanted.by),
    ]
    groups = [f"by_{at} AS {quoted(name)}" for at, name in enumerate(wanted.by)]
    names = ", ".join(["kind", "subject", *groups, "value", "n"])
    places = ", ".join(str(at + 1) for at in range(len(wanted.by) + 3))
    statement = translated(with_relations(steps, f"SELECT {names} FROM told ORDER BY {places}"), wanted.dialect)
    return f"{_comment(questionnaire, layout, wanted)}\n{statement};\n"


def _told(questionnaire: Questionnaire, subjects: Sequence[Counted], by: Sequence[str]) -> list[tuple[str, str]]:
    """The relations from `cells` and `ordered` to `told`, which is the result."""
    names = [f"by_{at}" for at in range(len(by))]
    of_everyone = _each(names, "CASE everyone WHEN 0 THEN keyed.{0} END AS {0}, ")
    grouped = (
        f"SELECT everyone, {of_everyone}kind, subject, cells.number, value, n, "
        f"CASE WHEN {_not_asked(questionnaire, subjects)} THEN 1 ELSE 0 END AS unasked FROM cells "
        "JOIN keyed ON keyed.g = cells.g JOIN subjects ON subjects.number = cells.number CROSS JOIN everybody"
    )
    worded = (
        f"SELECT everyone, {_each(names, '{0}, ')}kind, subject, {_word(questionnaire)} AS value, n "
        "FROM grouped_cells WHERE kind <> 'known'"
    )
    named = [("named", f"SELECT DISTINCT h, {', '.join(names)} FROM keyed WHERE h IS NOT NULL")] if by else []
    told = [_told_counts(names), _told_sizes(names), _told_left_out(names), _told_known(names), _told_quartiles(names)]
    return [
        *named,
        ("grouped_cells", grouped),
        ("worded", worded),
        ("quartiles", _quartiles()),
        ("told", " UNION ALL ".join(told)),
    ]


def _each(names: Sequence[str], form: str) -> str:
    """Something for each column of the group, one after the other."""
    return "".join(form.format(name) for name in names)


def _told_counts(names: Sequence[str]) -> str:
    groups = _each(names, "{0}, ")
    return (
        f"SELECT kind, subject, {groups}value, CAST(SUM(n) AS BIGINT) AS n FROM worded "
        f"GROUP BY everyone, kind, subject, {groups}value"
    )


def _told_sizes(names: Sequence[str]) -> str:
    return (
        f"SELECT 'organisations' AS kind, 'counted' AS subject, {_each(names, '{0}, ')}CAST(NULL AS VARCHAR) AS value, "
        f"CAST(SUM(n) AS BIGINT) AS n FROM grouped_cells WHERE kind = 'known' GROUP BY everyone{_each(names, ', {0}')}"
    )


def _told_left_out(names: Sequence[str]) -> str:
    nobody = _each(names, "CAST(NULL AS VARCHAR) AS {0}, ")
    return (
        f"SELECT 'organisations' AS kind, 'left out' AS subject, {nobody}CAST(NULL AS VARCHAR) AS value, "
        "(SELECT COUNT(*) FROM source) - COALESCE(CAST(SUM(n) AS BIGINT), 0) AS n FROM cells WHERE number = 0"
    )


def _told_known(names: Sequence[str]) -> str:
    share = "CAST(SUM(value * n) AS BIGINT) // CAST(SUM(n) AS BIGINT)"
    return (
        f"SELECT kind, subject, {_each(names, '{0}, ')}{_decimal(share, MILLIONTHS)} AS value, "
        "CAST(SUM(n) AS BIGINT) AS n FROM grouped_cells WHERE kind = 'known' "
        f"GROUP BY everyone, kind, subject{_each(names, ', {0}')}"
    )


def _told_quartiles(names: Sequence[str]) -> str:
    lower, median, upper = map(text, QUARTILES)
    joined = " LEFT JOIN named ON named.h = quartiles.h" if names else ""
    return (
        f"SELECT CASE part WHEN 1 THEN {lower} WHEN 2 THEN {median} ELSE {upper} END AS kind, subject, "
        f"{_each(names, 'named.{0}, ')}{_decimal('points // 4', MILLIONTHS)} AS value, known AS n "
        f"FROM quartiles JOIN subjects ON subjects.number = quartiles.number{joined}"
    )


def _quartiles() -> str:
    """Four times each quartile: type 7 of Hyndman and Fan lies at a quarter of the way, or two, or three."""
    rest = "((known - 1) * part) % 4"
    below = f"CASE WHEN {lies_at('part', 0)} THEN value * (4 - {rest}) ELSE 0 END"
    above = f"CASE WHEN {lies_at('part', 3)} THEN value * ({rest}) ELSE 0 END"
    return (
        f"SELECT h, number, part, known, CAST(SUM({below} + {above}) AS BIGINT) AS points FROM ordered "
        f"CROSS JOIN {cells.rows('quarters', 'part', (1, 2, 3))} GROUP BY h, number, part, known"
    )


def _decimal(whole: str, over: int) -> str:
    """A whole number of millionths as text, with its point."""
    return f"CAST({whole} // {over} AS VARCHAR) || '.' || LPAD(CAST(({whole}) % {over} AS VARCHAR), {DIGITS}, '0')"


def _not_asked(questionnaire: Questionnaire, subjects: Sequence[Counted]) -> str:
    """Whether a number is that of an indicator which the actor is not asked in the form."""
    numbers = {one.id: at for at, one in enumerate(subjects) if one.kind == "answer"}
    items = questionnaire.indicators.values()
    never = [
        f"(actor = {text(actor)} AND cells.number IN ({', '.join(out)}))"
        for actor in questionnaire.actor_types
        if (out := [str(numbers[item.id]) for item in items if not item.serves(actor, "full")])
    ]
    slow = [str(numbers[item.id]) for item in items if questionnaire.has_quick_form and not item.quick]
    quick = [f"(form = 'quick' AND cells.number IN ({', '.join(slow)}))"] if slow else []
    return " OR ".join([*never, *quick]) or "1 = 0"


def _word(questionnaire: Questionnaire) -> str:
    """What a value of `grouped_cells` is called."""
    levels = " ".join(f"WHEN {at} THEN {text(level.id)}" for at, level in enumerate(questionnaire.level_names))
    answers = (
        f"WHEN unasked = 1 THEN {text(NOT_ASKED)} WHEN value = {UNKNOWN} THEN {text(NOT_KNOWN)} "
        f"WHEN value = {NOT_APPLICABLE} THEN {text(NOT_APPLIED)}"
    )
    return (
        f"CASE kind WHEN 'level' THEN CASE value {levels} ELSE {text(NOT_PUBLISHED)} END "
        f"WHEN 'answer' THEN CASE {answers} ELSE CAST(value AS VARCHAR) END "
        f"WHEN 'exposure' THEN {_bin('exposure', questionnaire.method)} "
        f"ELSE {_bin('score', questionnaire.method)} END"
    )


def _bin(kind: cells.Kind, method: Method) -> str:
    limits = [Fraction(0), *cells.limits_of(kind, method), Fraction(FULL)]
    words = [f"{_points(low)} to {_points(high)}" for low, high in pairwise(limits)]
    below = " ".join(
        f"WHEN value < {int(high * MILLIONTHS)} THEN {text(word)}"
        for high, word in zip(limits[1:-1], words[:-1], strict=True)
    )
    return f"CASE WHEN value IS NULL THEN {text(NOT_PUBLISHED)} {below} ELSE {text(words[-1])} END"


def _points(points: Fraction) -> str:
    return f"{(Decimal(points.numerator) / points.denominator).normalize():f}"


def _comment(questionnaire: Questionnaire, layout: Layout, wanted: Wanted) -> str:
    lines = [
        _("Questionnaire {id}, version {version}, scored by allycheck for {dialect}.").format(
            id=questionnaire.id, version=questionnaire.version, dialect=wanted.dialect
        ),
        "",
        _("The table {table} has one row an organisation, its latest, and these columns, named exactly so:").format(
            table=wanted.table
        ),
        _("- of each indicator {first} to {last}, {number} in all: 0 to 4, na or dk, as text or whole number; empty or "
          "missing is not answered").format(
            first=next(iter(layout.indicators.values())),
            last=list(layout.indicators.values())[-1],
            number=len(layout.indicators),
        ),
    ]  # fmt: skip
    if questionnaire.actors:
        lines.append(_("- actor: {actors}").format(actors=", ".join(questionnaire.actor_types)))
    forms = "full, quick" if questionnaire.has_quick_form else "full"
    if "form" in layout.names:
        lines.append(_("- form: {forms}; empty is full").format(forms=forms))
    if own := [name for name in wanted.by if name not in {"actor", "form", YEAR}]:
        lines.append(_("- {names}: what is grouped by").format(names=listing(own)))
    if YEAR in wanted.by:
        lines.append(_("- date: YYYY-MM-DD, whose year is grouped by"))
    lines += ["", *_meaning(wanted.by)]
    return "\n".join(f"-- {line}".rstrip() for line in lines)


def _meaning(by: Sequence[str]) -> list[str]:
    """What the columns of the result are."""
    groups = (
        [_("{names}: the group; all of them NULL: all organisations together").format(names=listing(by))] if by else []
    )
    return [
        _("The result has one row a count. Its columns:"),
        _("- kind, subject: what is counted"),
        _("    organisations: counted, or left out because of an unknown actor, form or answer"),
        _("    known: value is the mean share of the weight that is known, 0 to 1"),
        _("    level: value is the maturity level, overall or of a trend"),
        _("    score, pillar, exposure: value is from how many points to below how many (the last: to 100)"),
        _("    lower quartile, median, upper quartile of a score, pillar or exposure: value is in points"),
        _("    answer: value is the level of an indicator, 0 the weakest, also where a question is worded in reverse"),
        *(f"- {line}" for line in groups),
        _("- value: a word or a number, as text"),
        _("- n: how many organisations"),
        "",
        _("Counts under 5 are NOT withheld here. Whoever passes the result on sees to it that nobody is given away."),
    ]
