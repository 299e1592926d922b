"""A questionnaire -> SQL that scores a table of organisations and counts them (method 2 to 6 and 12).

The text is DuckDB's; `translating` turns it into that of other engines. Everything is a whole number: publication,
levels and bands are compared by cross-multiplication, points are floored at a millionth. Each relation stands on the
one before: `keyed` (actor, form and group of a row as small numbers), `sums` (packed sums of weights), `parts`
(unpacked, by trend), `wholes` (over all trends), `scored` (one row an organisation), `tallied` (counts).
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import NamedTuple

from allycheck.analysis.cohort.tally import NO_LEVEL, Subject, edges
from allycheck.engine import weights as packed
from allycheck.engine.weights import APPLIES, KNOWN, MILLIONTHS, NOT_APPLICABLE, UNKNOWN, Packing, reached
from allycheck.errors import AllycheckError
from allycheck.questionnaire import TOP, Indicator, Questionnaire, Risk, Trend
from allycheck.scoring import OVERALL, STEP

FORMS = ("full", "quick")
CHUNK = 3
"""Answers that are counted together: 8 states each, so that a count of all three has at most 512 rows a group."""
STATE_COUNT = 8
BUCKET = 10_000
"""Millionths of a point: scores are counted in hundredths first, then only where a quartile lies, one by one."""
ANSWER, LEVEL, BIN, ORDER, SIZE = "answer", "level", "bin", "order", "size"


class Columns(NamedTuple):
    """What a table calls things: its column of each indicator by id, as text in SQL, and of everything else."""

    answers: dict[str, str]
    actor: str
    form: str
    by: tuple[str, ...]


def quoted(name: str) -> str:
    """A name of a column or a table."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"


class Compiler:
    """The SQL of one questionnaire for one table.

    `lists` looks answers up in lists, which DuckDB does once for each different answer of a column; CASE otherwise.
    """

    def __init__(self, questionnaire: Questionnaire, columns: Columns, *, lists: bool) -> None:
        self.questionnaire = questionnaire
        self.columns = columns
        self.lists = lists
        self.actors = list(questionnaire.actor_types)
        self.method = questionnaire.method
        self._items = {
            trend.id: self._item_weights(trend) for trend in questionnaire.trends
        }
        found = packed.whole([questionnaire.trend_weight(trend, actor) for actor in self.actors for trend in questionnaire.trends])
        count = len(questionnaire.trends)
        self.trend_weights = [found[at * count : (at + 1) * count] for at in range(len(self.actors))]
        self.denominators = packed.denominators(
            [[list(of.values()) for of in self._items[trend.id]] for trend in questionnaire.trends],
            self.trend_weights,
            self.method.coverage,
        )
        self._check_edges()

    def _item_weights(self, trend: Trend) -> list[dict[str, int]]:
        """By actor: the whole weight of each indicator in scope."""
        pairs = [(at, item) for at, actor in enumerate(self.actors) for item in trend.indicators if item.serves(actor, "full")]
        whole = packed.whole([item.weight_for(self.actors[at]) for at, item in pairs]) if pairs else []
        found: list[dict[str, int]] = [{} for _ in self.actors]
        for (at, item), weight in zip(pairs, whole, strict=True):
            found[at][item.id] = weight
        return found

    def _check_edges(self) -> None:
        limits = [*edges("score", self.method), *edges("exposure", self.method)]
        if any((limit * MILLIONTHS).denominator != 1 for limit in limits):
            raise AllycheckError("the bands of this questionnaire are too fine for the engine", hint="use six decimals")

    @cached_property
    def bucket(self) -> int:
        """The width of a bucket, which every edge of a bin is a multiple of."""
        limits = [*edges("score", self.method), *edges("exposure", self.method)]
        return gcd(BUCKET, *(int(limit * MILLIONTHS) for limit in limits))

    @cached_property
    def subjects(self) -> list[Subject]:
        """Everything that has a score, in the order of the columns `score_0`, `score_1` and so on."""
        questionnaire = self.questionnaire
        return [
            ("score", OVERALL),
            *(("score", trend.id) for trend in questionnaire.trends),
            *(("pillar", pillar.id) for pillar in questionnaire.pillars),
            *(("exposure", risk.id) for risk in questionnaire.risks),
        ]  # fmt: skip

    # --- one answer -----------------------------------------------------------------------------------------------

    def states(self, item: Indicator) -> dict[str, int]:
        """What may stand in the column of an indicator, and which state that is."""
        found = {"": UNKNOWN, **{str(answer): item.maturity(answer) for answer in range(TOP + 1)}, "dk": UNKNOWN}
        return {**found, "na": NOT_APPLICABLE} if item.na else found

    def _looked_up(self, item: Indicator, values: dict[int, int]) -> str:
        """A whole number for the state of an answer; null for what is no answer."""
        column = self.columns.answers.get(item.id)
        if column is None:
            return f"CAST({values[UNKNOWN]} AS BIGINT)"
        states = self.states(item)
        if self.lists:
            words = ", ".join(text(word) for word in states)
            numbers = ", ".join(str(values[state]) for state in states.values())
            return f"list_extract(CAST([{numbers}] AS BIGINT[]), list_position([{words}], concat({column})))"
        branches = " ".join(f"WHEN {text(word)} THEN {values[state]}" for word, state in states.items())
        return f"CAST(CASE COALESCE({column}, '') {branches} END AS BIGINT)"

    # --- keyed, sums ----------------------------------------------------------------------------------------------

    def keyed(self, source: str) -> str:
        """Every actor, form and group that occurs, numbered: `g` for all three, `h` for the group, 0 and up."""
        names = [self.columns.actor, self.columns.form, *self.columns.by]
        by = [f"by_{at}" for at in range(len(self.columns.by))]
        aliases = ["actor", "form", *by]
        what = ", ".join(f"{name} AS {alias}" for name, alias in zip(names, aliases, strict=True))
        actors = " ".join(f"WHEN {text(actor)} THEN {at}" for at, actor in enumerate(self.actors))
        forms = "WHEN 'full' THEN 0" + (" WHEN 'quick' THEN 1" if self.questionnaire.has_quick_form else "")
        group = f"DENSE_RANK() OVER (ORDER BY {', '.join(by)}) - 1" if by else "0"
        return (
            f"SELECT ROW_NUMBER() OVER (ORDER BY {', '.join(aliases)}) AS g, CAST({group} AS INT) AS h, "
            f"CASE actor {actors} END AS a, CASE form {forms} END AS q, {', '.join(aliases)} "
            f"FROM (SELECT DISTINCT {what} FROM {source})"
        )

    def sums(self, source: str, extra: Sequence[str]) -> str:
        """Packed sums of each part of a trend and of each risk, and the states in chunks, null where one is bad."""
        names = [self.columns.actor, self.columns.form, *self.columns.by]
        aliases = ["actor", "form", *(f"by_{at}" for at in range(len(self.columns.by)))]
        joined = " AND ".join(f"{name} = keyed.{alias}" for name, alias in zip(names, aliases, strict=True))
        what = [*extra, "keyed.g", "keyed.h", "keyed.a", "keyed.q", *self._cells(), *self._risk_sums(), *self._chunks()]
        return f"SELECT {', '.join(what)} FROM {source} JOIN keyed ON {joined}"

    def _cells(self) -> Iterator[str]:
        for at, trend in enumerate(self.questionnaire.trends):
            packing = self._packing(trend)
            for part, (_, items) in enumerate(self._parts(trend)):
                weights = [{item.id: of.get(item.id, 0) for item in items} for of in self._items[trend.id]]
                for integer in range(packing.integers):
                    code = [lambda state, weight, n=integer, p=packing: p.code(state, weight, n)][0]
                    yield f"{self._in_scope(items, weights, code)} AS c_{at}_{part}_{integer}"

    def _parts(self, trend: Trend) -> list[tuple[str | None, list[Indicator]]]:
        """The indicators of a trend by pillar."""
        pillars = dict.fromkeys(item.pillar for item in trend.indicators)
        return [(pillar, [item for item in trend.indicators if item.pillar == pillar]) for pillar in pillars]

    def _packing(self, trend: Trend) -> Packing:
        return Packing.of(max(sum(of.values()) for of in self._items[trend.id]))

    def _in_scope(self, items, weights, code) -> str:
        """The sum over those in scope: what all are asked always, the rest by actor and form."""
        groups: dict[tuple[bool, tuple[int, ...]], list[Indicator]] = {}
        for item in items:
            key = item.quick or not self.questionnaire.has_quick_form, tuple(of[item.id] for of in weights)
            groups.setdefault(key, []).append(item)
        terms = []
        for (always, own), members in groups.items():
            if not any(own):
                continue
            by_weight = {weight: self._added(members, weight, code) for weight in dict.fromkeys(own)}
            if len(by_weight) == 1:
                term = next(iter(by_weight.values()))
            else:
                branches = " ".join(f"WHEN {at} THEN {by_weight[weight]}" for at, weight in enumerate(own) if weight)
                term = f"CASE a {branches} ELSE 0 END"
            terms.append(term if always else f"CASE WHEN q = 0 THEN {term} ELSE 0 END")
        return " + ".join(terms) or "CAST(0 AS BIGINT)"

    def _added(self, members: Sequence[Indicator], weight: int, code) -> str:
        states = range(NOT_APPLICABLE + 1)
        return " + ".join(self._looked_up(item, {state: code(state, weight) for state in states}) for item in members)

    def _risk_items(self, risk: Risk) -> list[Indicator]:
        return [item for item in self.questionnaire.indicators.values() if risk.id in item.risks]

    def _loads(self, risk: Risk) -> dict[str, int]:
        items = self._risk_items(risk)
        return dict(zip((item.id for item in items), packed.whole([item.risks[risk.id] for item in items]), strict=True))

    def _risk_sums(self) -> Iterator[str]:
        for at, risk in enumerate(self.questionnaire.risks):
            loads, items = self._loads(risk), self._risk_items(risk)
            scopes = [{item.id: loads[item.id] if item.serves(actor, "full") else 0 for item in items} for actor in self.actors]
            packing = Packing.of(sum(loads.values()))
            for integer in range(packing.integers):
                code = [lambda state, weight, n=integer, p=packing: p.code(state, weight, n)][0]
                yield f"{self._in_scope(items, scopes, code)} AS r_{at}_{integer}"

    def _chunks(self) -> Iterator[str]:
        items = list(self.questionnaire.indicators.values())
        for number, at in enumerate(range(0, len(items), CHUNK)):
            terms = [
                self._looked_up(item, {state: state * STATE_COUNT**place for state in range(NOT_APPLICABLE + 1)})
                for place, item in enumerate(items[at : at + CHUNK])
            ]
            yield f"CAST({' + '.join(terms)} AS SMALLINT) AS s_{number}"

    @property
    def chunk_count(self) -> int:
        """How many chunks there are."""
        return -(-len(self.questionnaire.indicators) // CHUNK)

    @property
    def sound(self) -> str:
        """The condition of a row without a fault, over `sums`."""
        return " AND ".join(["a IS NOT NULL", "q IS NOT NULL", *(f"s_{at} IS NOT NULL" for at in range(self.chunk_count))])

    def _kept(self, extra: Sequence[str]) -> list[str]:
        return [*extra, "g", "h", *(f"s_{at}" for at in range(self.chunk_count))]

    # --- parts, wholes, scored ------------------------------------------------------------------------------------

    def parts(self, extra: Sequence[str]) -> str:
        """The sums of each trend taken out of their integers, its weight, and those of each risk."""
        what = self._kept(extra)
        for at, trend in enumerate(self.questionnaire.trends):
            packing, count = self._packing(trend), len(self._parts(trend))
            what += [f"{self._weight(at)} AS w_{at}"]
            for field, name in self._fields(packing, f"c_{at}", count):
                what.append(f"{field} AS {name}_{at}")
            if self.questionnaire.pillars:
                for part in range(count):
                    what += [
                        f"{packing.field(f'c_{at}_{part}', APPLIES)} AS a_{at}_{part}",
                        f"{packing.field(f'c_{at}_{part}', KNOWN)} AS k_{at}_{part}",
                        f"{_points(packing, f'c_{at}_{part}')} AS p_{at}_{part}",
                    ]
        for at, risk in enumerate(self.questionnaire.risks):
            packing = Packing.of(sum(self._loads(risk).values()))
            what += [
                f"{packing.field(f'r_{at}', APPLIES)} AS ra_{at}",
                f"{packing.field(f'r_{at}', KNOWN)} AS rk_{at}",
                f"{_points(packing, f'r_{at}')} AS rp_{at}",
            ]
        return f"SELECT {', '.join(what)} FROM sums WHERE {self.sound}"

    def _fields(self, packing: Packing, name: str, count: int) -> Iterator[tuple[str, str]]:
        named = {APPLIES: "a", KNOWN: "k"} | {reached(level): f"l{level}" for level in range(1, TOP + 1)}
        for field, short in named.items():
            yield " + ".join(packing.field(f"{name}_{part}", field) for part in range(count)), short

    def _weight(self, trend: int) -> str:
        own = [of[trend] for of in self.trend_weights]
        if len(set(own)) == 1:
            return f"CAST({own[0]} AS BIGINT)"
        return f"CAST(CASE a {' '.join(f'WHEN {at} THEN {weight}' for at, weight in enumerate(own))} END AS BIGINT)"

    def wholes(self, extra: Sequence[str]) -> str:
        """The level of each trend, and what brings trends with different sums over one denominator."""
        method, trends = self.method, range(len(self.questionnaire.trends))
        what = ["*"]
        for at in trends:
            what.append(f"{_level([f'l{level}_{at}' for level in range(1, TOP + 1)], f'a_{at}', method.trend_share, method.trend_gap)} AS level_{at}")
            what += [f"{self._over(at, short)} AS {name}_{at}" for short, name in (("a", "over"), ("k", "known_over"))]
        del extra
        return f"SELECT {', '.join(what)} FROM parts"

    def _over(self, trend: int, short: str) -> str:
        """The weight of a trend over its own sum, times what all sums divide."""
        if self.denominators.common is not None:
            value = f"w_{trend} * ({self.denominators.common} // NULLIF({short}_{trend}, 0))"
            return f"COALESCE({value}, 0)"
        kind = "INT128" if self.denominators.wide else "BIGINT"
        others = [f"CAST(GREATEST({short}_{at}, 1) AS {kind})" for at in range(len(self.questionnaire.trends)) if at != trend]
        return f"CASE WHEN {short}_{trend} = 0 THEN 0 ELSE {' * '.join([f'CAST(w_{trend} AS {kind})', *others])} END"

    def sets(self, extra: Sequence[str]) -> str:
        """The sums over all trends: numerators and denominators of the score, its coverage and the pillars."""
        trends = range(len(self.questionnaire.trends))

        def added(terms: Sequence[str]) -> str:
            return " + ".join(terms) or "0"

        what = [*self._kept(extra)]
        for at in trends:
            what += [f"{name}_{at}" for name in ("a", "k", "level")]
            what.append(f"{added([f'l{level}_{at}' for level in range(1, TOP + 1)])} AS p_{at}")
        what += [f"{name}_{at}" for at in range(len(self.questionnaire.risks)) for name in ("ra", "rk", "rp")]
        points = [added([f"l{level}_{at}" for level in range(1, TOP + 1)]) for at in trends]
        what += [
            f"{added([f'over_{at} * a_{at}' for at in trends])} AS all_a",
            f"{added([f'over_{at} * k_{at}' for at in trends])} AS all_k",
            f"{added([f'known_over_{at} * ({points[at]})' for at in trends])} AS all_p",
            f"{added([f'known_over_{at} * k_{at}' for at in trends])} AS all_pk",
            f"{added([f'CASE WHEN a_{at} > 0 THEN w_{at} ELSE 0 END' for at in trends])} AS counted",
            *(
                f"{added([f'CASE WHEN level_{at} >= {level} THEN w_{at} ELSE 0 END' for at in trends])} AS h{level}"
                for level in range(1, TOP + 1)
            ),
        ]
        for number, pillar in enumerate(self.questionnaire.pillars):
            cells = [
                (at, part)
                for at, trend in enumerate(self.questionnaire.trends)
                for part, (name, _) in enumerate(self._parts(trend))
                if name == pillar.id
            ]
            for short in ("a", "k", "p"):
                what.append(f"{added([f'over_{at} * {short}_{at}_{part}' for at, part in cells])} AS p{short}_{number}")
        return f"SELECT {', '.join(what)} FROM wholes"

    def scored(self, extra: Sequence[str]) -> str:
        """One row an organisation: points in millionths (null where unpublished), levels, coverage, states."""
        method = self.method
        overall_level = _level([f"h{level}" for level in range(1, TOP + 1)], "counted", method.overall_share, method.overall_gap)
        seen = self._published("all_k", "all_a")
        what = [*self._kept(extra)]
        what.append(f"COALESCE(CAST({MILLIONTHS} * all_k // NULLIF(all_a, 0) AS INT), 0) AS coverage")
        what.append(f"CAST(CASE WHEN {seen} THEN {overall_level} ELSE {NO_LEVEL} END AS SMALLINT) AS level_0")
        scores = [self._points("all_p", "all_pk", seen)]
        for at in range(len(self.questionnaire.trends)):
            seen = self._published(f"k_{at}", f"a_{at}")
            what.append(f"CAST(CASE WHEN {seen} THEN level_{at} ELSE {NO_LEVEL} END AS SMALLINT) AS level_{at + 1}")
            scores.append(self._points(f"p_{at}", f"k_{at}", seen))
        scores += [
            self._points(f"pp_{at}", f"pk_{at}", self._published(f"pk_{at}", f"pa_{at}"))
            for at in range(len(self.questionnaire.pillars))
        ]
        scores += [
            self._points(f"({TOP} * rk_{at} - rp_{at})", f"rk_{at}", self._published(f"rk_{at}", f"ra_{at}"))
            for at in range(len(self.questionnaire.risks))
        ]
        what += [f"{score} AS score_{at}" for at, score in enumerate(scores)]
        return f"SELECT {', '.join(what)} FROM sets"

    def _published(self, known: str, applies: str) -> str:
        """Method 3: enough is known, and something is."""
        share = self.method.coverage
        return f"{known} > 0 AND {share.denominator} * {known} >= {share.numerator} * {applies}"

    def _points(self, reached_: str, whole: str, seen: str) -> str:
        return f"CAST(CASE WHEN {seen} THEN {STEP * MILLIONTHS} * {reached_} // NULLIF({whole}, 0) END AS INT)"

    def steps(self, source: str, extra: Sequence[str] = ()) -> list[tuple[str, str]]:
        """The relations up to `scored`, each with its name, without `keyed`."""
        return [
            ("sums", self.sums(source, extra)),
            ("parts", self.parts(extra)),
            ("wholes", self.wholes(extra)),
            ("sets", self.sets(extra)),
            ("scored", self.scored(extra)),
        ]

    # --- counts ---------------------------------------------------------------------------------------------------

    def counts(self) -> list[tuple[str, str]]:
        """The relations from `scored` to `tallied`: kind, subject, group, value, n and how many lie before."""
        width = self.bucket
        levels = range(1 + len(self.questionnaire.trends))
        scores = range(len(self.subjects))
        values = [f"SELECT {at} AS subject, h, score_{at} // {width} AS bucket, COUNT(*) AS n FROM scored GROUP BY h, score_{at} // {width}" for at in scores]
        chunks = [f"SELECT {at} AS chunk, g, s_{at} AS states, COUNT(*) AS n FROM scored GROUP BY g, s_{at}" for at in range(self.chunk_count)]
        fine = [
            f"SELECT {at} AS subject, h, score_{at} AS value, COUNT(*) AS n FROM scored "
            f"WHERE score_{at} // {width} IN (SELECT bucket FROM wanted WHERE subject = {at}) GROUP BY h, score_{at}"
            for at in scores
        ]
        running = "SUM(n) OVER (PARTITION BY subject, h ORDER BY bucket ROWS UNBOUNDED PRECEDING)"
        covers = " OR ".join(f"({rank} >= before AND {rank} < before + n)" for rank in _ranks("known"))
        return [
            ("buckets", " UNION ALL ".join(values)),
            ("every_bucket", "SELECT subject, h, bucket, n FROM buckets UNION ALL "
             "SELECT subject, -1 AS h, bucket, SUM(n) AS n FROM buckets GROUP BY subject, bucket"),
            ("running", f"SELECT subject, h, bucket, n, {running} - n AS before, SUM(n) OVER (PARTITION BY subject, h) AS known "
             "FROM every_bucket WHERE bucket IS NOT NULL"),
            ("wanted", f"SELECT subject, h, bucket, before, known FROM running WHERE {covers}"),
            ("fine", " UNION ALL ".join(fine)),
            ("every_fine", "SELECT subject, h, value, n FROM fine UNION ALL "
             "SELECT subject, -1 AS h, value, SUM(n) AS n FROM fine GROUP BY subject, value"),
            ("ordered", "SELECT every_fine.subject, every_fine.h, every_fine.value, every_fine.n, wanted.known, wanted.before + "
             "SUM(every_fine.n) OVER (PARTITION BY every_fine.subject, every_fine.h, wanted.bucket ORDER BY every_fine.value ROWS UNBOUNDED PRECEDING) "
             "- every_fine.n AS before FROM every_fine JOIN wanted ON wanted.subject = every_fine.subject "
             f"AND wanted.h = every_fine.h AND wanted.bucket = every_fine.value // {width}"),
            ("chunks", " UNION ALL ".join(chunks)),
            ("tallied", " UNION ALL ".join([
                _rows(SIZE, "0", "g", "SUM(coverage)", "COUNT(*)") + " FROM scored GROUP BY g",
                *(_rows(LEVEL, str(at), "h", f"level_{at}", "COUNT(*)") + f" FROM scored GROUP BY h, level_{at}" for at in levels),
                *(_rows(ANSWER, f"chunk * {CHUNK} + {place}", "g", f"(states >> {3 * place}) & 7", "SUM(n)")
                  + f" FROM chunks GROUP BY chunk, g, (states >> {3 * place}) & 7" for place in range(CHUNK)),
                _rows(BIN, "subject", "h", f"bucket * {width}", "n") + " FROM every_bucket",
                _rows(ORDER, "subject", "h", "value", "n", "before") + f" FROM ordered WHERE {covers}",
            ])),
        ]  # fmt: skip


def _rows(kind: str, subject: str, group: str, value: str, n: str, before: str = "0") -> str:
    numbers = zip((subject, group, value, n, before), ("subject", "grp", "value", "n", "before"), strict=True)
    return f"SELECT '{kind}' AS kind, " + ", ".join(f"CAST({what} AS BIGINT) AS {name}" for what, name in numbers)


def _ranks(n: str) -> list[str]:
    """The places of `needed_ranks`, as SQL."""
    return [f"(({n} - 1) * {part} + {more}) // 4" for part in (1, 2, 3) for more in (0, 3)]


def _points(packing: Packing, name: str) -> str:
    """A sum of weights times levels: what has reached 1, and 2, and 3, and 4."""
    return "(" + " + ".join(packing.field(name, reached(level)) for level in range(1, TOP + 1)) + ")"


def _level(at_least: Sequence[str], whole: str, share: Fraction, gap: int) -> str:
    """Method 5: the highest level that enough weight has reached with nothing too far below; null where nothing is."""
    branches = []
    for level in range(TOP, 0, -1):
        lowest = f" AND {at_least[level - gap - 1]} = {whole}" if level > gap else ""
        enough = f"{share.denominator} * {at_least[level - 1]} >= {share.numerator} * {whole}"
        branches.append(f"WHEN {enough}{lowest} THEN {level}")
    return f"CASE WHEN {whole} = 0 THEN NULL {' '.join(branches)} ELSE 0 END"


def with_relations(steps: Sequence[tuple[str, str]], last: str) -> str:
    """One statement: the relations by name, then what is asked of them."""
    return "WITH " + ",\n".join(f"{name} AS (\n{body}\n)" for name, body in steps) + f"\n{last}"

