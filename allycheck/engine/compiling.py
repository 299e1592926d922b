"""A questionnaire -> SQL that scores a table of organisations and counts them (method 2 to 6 and 12).

The text is DuckDB's. Everything is a whole number: publication, levels and bands are compared by cross-multiplication,
points are floored at a millionth. Sums are held in DOUBLE, which is exact below 2 to the power of 53 and which engines
add up several times as quickly as whole numbers, whose overflow they check; what would be larger is INT128. Each
relation stands on the one before: `keyed` (form, actor and group of a row as numbers), `sums` (packed sums of weights),
`parts` (unpacked, by trend), `wholes` and `sets` (over all trends), `scored` (one row an organisation), `trend_...`
(each different sum of a trend, scored once), `counted` and `tallied` (one row a count).
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import NamedTuple

from allycheck.analysis.cohort.tally import NO_LEVEL, Kind, Subject, edges
from allycheck.engine import weights as packed
from allycheck.engine.weights import APPLIES, KNOWN, MILLIONTHS, NOT_APPLICABLE, POINTS, UNKNOWN, Packing, reached
from allycheck.errors import AllycheckError
from allycheck.questionnaire import TOP, Indicator, Questionnaire, Risk, Trend
from allycheck.scoring import OVERALL, STEP

FORMS = ("full", "quick")
CHUNK = 3
"""Answers that are counted together: 8 states each, so that a count of all three has at most 512 rows a group."""
STATE_COUNT = 8
BUCKET = 100_000
"""Millionths of a point: scores are counted in tenths first, then only where a quartile lies, one by one."""
ANSWER, LEVEL, BIN, ORDER, ALL, SIZE = "answer", "level", "bin", "order", "order of all", "size"


NAMED = {APPLIES: "a", KNOWN: "k", POINTS: "p"} | {reached(level): f"l{level}" for level in range(1, TOP + 1)}
"""What the fields of a packed integer are called once they are taken out."""


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
    """The SQL of one questionnaire for one table."""

    def __init__(self, questionnaire: Questionnaire, columns: Columns) -> None:
        self.questionnaire = questionnaire
        self.columns = columns
        self.actors = list(questionnaire.actor_types)
        self.method = questionnaire.method
        self._items = {trend.id: self._item_weights(trend) for trend in questionnaire.trends}
        found = packed.whole(
            [questionnaire.trend_weight(trend, actor) for actor in self.actors for trend in questionnaire.trends]
        )
        count = len(questionnaire.trends)
        self.trend_weights = [found[at * count : (at + 1) * count] for at in range(len(self.actors))]
        self.denominators = packed.denominators(
            [[list(of.values()) for of in self._items[trend.id]] for trend in questionnaire.trends],
            self.trend_weights,
            self.method.coverage,
        )
        self._check_edges()
        self._check_shares()

    def _item_weights(self, trend: Trend) -> list[dict[str, int]]:
        """By actor: the whole weight of each indicator in scope."""
        pairs = [
            (at, item)
            for at, actor in enumerate(self.actors)
            for item in trend.indicators
            if item.serves(actor, "full")
        ]
        whole = packed.whole([item.weight_for(self.actors[at]) for at, item in pairs]) if pairs else []
        found: list[dict[str, int]] = [{} for _ in self.actors]
        for (at, item), weight in zip(pairs, whole, strict=True):
            found[at][item.id] = weight
        return found

    def _check_edges(self) -> None:
        limits = [*edges("score", self.method), *edges("exposure", self.method)]
        if any((limit * MILLIONTHS).denominator != 1 for limit in limits):
            raise AllycheckError("the bands of this questionnaire are too fine for the engine", hint="use six decimals")

    def _check_shares(self) -> None:
        """Refuse where a sum times a share, which are compared in DOUBLE, would no longer be exact."""
        method = self.method
        inside = [sum(of.values()) for trend in self._trends for of in self._items[trend.id]]
        inside += [sum(self._loads(risk).values()) for risk in self.questionnaire.risks]
        across = [sum(weights) for weights in self.trend_weights]
        for sums, shares in ((inside, (method.coverage, method.trend_share)), (across, (method.overall_share,))):
            if max(sums) * max(share.denominator for share in shares) > packed.EXACT:
                raise packed.too_fine()

    @property
    def _trends(self) -> Sequence[Trend]:
        return self.questionnaire.trends

    @cached_property
    def bucket(self) -> int:
        """The width of a bucket, which every edge of a bin is a multiple of."""
        limits = [*edges("score", self.method), *edges("exposure", self.method)]
        return gcd(BUCKET, *(int(limit * MILLIONTHS) for limit in limits))

    @cached_property
    def subjects(self) -> list[Subject]:
        """Everything that has a score."""
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
        """A whole number for the state of an answer; null for what is no answer.

        It is looked up in a list, which DuckDB does once for each different answer of a column.
        """
        column = self.columns.answers.get(item.id)
        if column is None:
            return f"CAST({values[UNKNOWN]} AS DOUBLE)"
        states = self.states(item)
        words = ", ".join(text(word) for word in states)
        numbers = ", ".join(str(values[state]) for state in states.values())
        return f"map([{words}], CAST([{numbers}] AS DOUBLE[]))[concat({column})]"

    # --- keyed, sums ----------------------------------------------------------------------------------------------

    def keyed(self, source: str) -> str:
        """Every actor, form and group that occurs, numbered: `g` for all three, `h` for the group, 0 and up.

        `h` is null where there is no such actor or form.
        """
        names = [self.columns.actor, self.columns.form, *self.columns.by]
        by = [f"by_{at}" for at in range(len(self.columns.by))]
        aliases = ["actor", "form", *by]
        what = ", ".join(f"{name} AS {alias}" for name, alias in zip(names, aliases, strict=True))
        known = f"actor IN ({', '.join(map(text, self.actors))}) AND form IN ({', '.join(map(text, self.forms))})"
        forms_full = "WHEN 'full' THEN 1 ELSE 0"
        numbers = [
            f"{self._by_actor([of[at] for of in self.trend_weights])} AS w_{at}" for at in range(len(self._trends))
        ]
        numbers += [
            f"{self._by_actor(own)}{'' if always else f' * CASE form {forms_full} END'} AS f_{at}"
            for at, (always, own) in enumerate(self.factors)
        ]
        group = f"DENSE_RANK() OVER (ORDER BY {', '.join(by)}) - 1" if by else "0"
        return (
            f"SELECT CAST(ROW_NUMBER() OVER (ORDER BY {', '.join(aliases)}) AS INT) AS g, "
            f"CASE WHEN {known} THEN CAST({group} AS INT) END AS h, {', '.join([*aliases, *numbers])} "
            f"FROM (SELECT DISTINCT {what} FROM {source})"
        )

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that can be asked."""
        return FORMS if self.questionnaire.has_quick_form else FORMS[:1]

    def _by_actor(self, own: Sequence[int]) -> str:
        """A number that depends on the actor, from the actor's name."""
        if len(set(own)) == 1:
            return f"CAST({own[0]} AS DOUBLE)"
        branches = " ".join(f"WHEN {text(actor)} THEN {one}" for actor, one in zip(self.actors, own, strict=True))
        return f"CAST(CASE actor {branches} ELSE 0 END AS DOUBLE)"

    @cached_property
    def factors(self) -> list[tuple[bool, tuple[int, ...]]]:
        """What sums are multiplied with by actor and form: whether in every form, and the weight by actor."""
        weighed = [
            (item, tuple(of.get(item.id, 0) for of in self._items[trend.id]))
            for trend in self._trends
            for item in trend.indicators
        ]
        found = [_factor(own, always=self._always(item)) for item, own in weighed]
        found += [
            _factor(self._risk_scope(item), always=self._always(item))
            for item in self.questionnaire.indicators.values()
            if item.risks
        ]
        return [one for one in dict.fromkeys(found) if one != self._everywhere and any(one[1])]

    @property
    def _everywhere(self) -> tuple[bool, tuple[int, ...]]:
        return True, (1,) * len(self.actors)

    def _always(self, item: Indicator) -> bool:
        return item.quick or not self.questionnaire.has_quick_form

    def _risk_scope(self, item: Indicator) -> tuple[int, ...]:
        return tuple(int(item.serves(actor, "full")) for actor in self.actors)

    def sums(self, source: str, extra: Sequence[str]) -> str:
        """Packed sums of each part of a trend and of each risk, and the states in chunks, null where one is bad."""
        names = [self.columns.actor, self.columns.form, *self.columns.by]
        aliases = ["actor", "form", *(f"by_{at}" for at in range(len(self.columns.by)))]
        joined = " AND ".join(f"{name} = keyed.{alias}" for name, alias in zip(names, aliases, strict=True))
        what = [
            *extra,
            "keyed.g",
            "keyed.h",
            *(f"keyed.w_{at}" for at in range(len(self._trends))),
            *self._cells(),
            *self._risk_sums(),
            *self._chunks(),
        ]
        return f"SELECT {', '.join(what)} FROM {source} JOIN keyed ON {joined}"

    def _cells(self) -> Iterator[str]:
        for at, trend in enumerate(self._trends):
            packing = self._packing(trend)
            weights = self._items[trend.id]
            for part, (_, items) in enumerate(self._parts(trend)):
                weighed = [(item, tuple(of.get(item.id, 0) for of in weights)) for item in items]
                for integer in range(packing.integers):
                    yield f"{self._in_scope(weighed, packing, integer)} AS c_{at}_{part}_{integer}"

    def _parts(self, trend: Trend) -> list[tuple[str | None, list[Indicator]]]:
        """The indicators of a trend by pillar."""
        pillars = dict.fromkeys(item.pillar for item in trend.indicators)
        return [(pillar, [item for item in trend.indicators if item.pillar == pillar]) for pillar in pillars]

    def _packing(self, trend: Trend) -> Packing:
        return Packing.of(max(sum(of.values()) for of in self._items[trend.id]))

    def _in_scope(self, weighed: Sequence[tuple[Indicator, tuple[int, ...]]], packing: Packing, integer: int) -> str:
        """The sum over those in scope: by what depends on the actor and the form, one product each."""
        groups: dict[tuple[bool, tuple[int, ...]], list[str]] = {}
        for item, own in weighed:
            if any(own):
                factor = _factor(own, always=self._always(item))
                weight = max(own) if len({*own} - {0}) == 1 else 1
                codes = {state: packing.code(state, weight, integer) for state in range(NOT_APPLICABLE + 1)}
                groups.setdefault(factor, []).append(self._looked_up(item, codes))
        terms = [
            " + ".join(found)
            if factor == self._everywhere
            else f"f_{self.factors.index(factor)} * ({' + '.join(found)})"
            for factor, found in groups.items()
        ]
        return " + ".join(terms) or "CAST(0 AS DOUBLE)"

    def _risk_items(self, risk: Risk) -> list[Indicator]:
        return [item for item in self.questionnaire.indicators.values() if risk.id in item.risks]

    def _loads(self, risk: Risk) -> dict[str, int]:
        items = self._risk_items(risk)
        return dict(
            zip((item.id for item in items), packed.whole([item.risks[risk.id] for item in items]), strict=True)
        )

    def _risk_sums(self) -> Iterator[str]:
        for at, risk in enumerate(self.questionnaire.risks):
            loads = self._loads(risk)
            weighed = [
                (item, tuple(loads[item.id] * one for one in self._risk_scope(item))) for item in self._risk_items(risk)
            ]
            packing = Packing.of(sum(loads.values()))
            for integer in range(packing.integers):
                yield f"{self._in_scope(weighed, packing, integer)} AS r_{at}_{integer}"

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
        """The condition of a row without a fault, over `sums` and `scored`."""
        return " AND ".join(["h IS NOT NULL", *(f"s_{at} IS NOT NULL" for at in range(self.chunk_count))])

    def _kept(self, extra: Sequence[str]) -> list[str]:
        totals = [
            f"t_{at}_{integer}"
            for at, trend in enumerate(self._trends)
            for integer in range(self._packing(trend).integers)
        ]
        return [*extra, "g", "h", *(f"s_{at}" for at in range(self.chunk_count)), *totals]

    # --- parts, wholes, scored ------------------------------------------------------------------------------------

    def parts(self, extra: Sequence[str]) -> str:
        """The sums of each trend and each risk taken out of their integers."""
        what = [*self._kept(extra), *(f"w_{at}" for at in range(len(self._trends)))]
        for at, trend in enumerate(self._trends):
            packing, parts = self._packing(trend), len(self._parts(trend))
            what += self._totals(at, trend)
            if self.questionnaire.pillars:
                what += [
                    f"{self._sum(packing.field(f'c_{at}_{part}', field))} AS {NAMED[field]}_{at}_{part}"
                    for part in range(parts)
                    for field in (APPLIES, KNOWN, POINTS)
                ]
        for at, risk in enumerate(self.questionnaire.risks):
            packing = Packing.of(sum(self._loads(risk).values()))
            what += [f"{packing.field(f'r_{at}', field)} AS r{NAMED[field]}_{at}" for field in (APPLIES, KNOWN, POINTS)]
        return f"SELECT {', '.join(what)} FROM trends"

    def _totals(self, at: int, trend: Trend) -> list[str]:
        return [
            f"{self._sum(self._packing(trend).field(f't_{at}', field))} AS {name}_{at}" for field, name in NAMED.items()
        ]

    def trends(self, extra: Sequence[str]) -> str:
        """The parts of each trend put together, still packed."""
        what = [*extra, "g", "h", *(f"s_{at}" for at in range(self.chunk_count))]
        what += [f"w_{at}" for at in range(len(self._trends))]
        for at, trend in enumerate(self._trends):
            parts = range(len(self._parts(trend)))
            for integer in range(self._packing(trend).integers):
                cells = [f"c_{at}_{part}_{integer}" for part in parts]
                what += [f"CAST({cell} AS BIGINT) AS {cell}" for cell in cells]
                what.append(f"CAST({' + '.join(cells)} AS BIGINT) AS t_{at}_{integer}")
        for at, risk in enumerate(self.questionnaire.risks):
            what += [
                f"CAST(r_{at}_{one} AS BIGINT) AS r_{at}_{one}"
                for one in range(Packing.of(sum(self._loads(risk).values())).integers)
            ]
        return f"SELECT {', '.join(what)} FROM sums"

    def wholes(self) -> str:
        """What each trend counts with at each level, and what brings different sums over one denominator."""
        method, what = self.method, ["*"]
        for at in range(len(self._trends)):
            met = _met(
                [f"l{level}_{at}" for level in range(1, TOP + 1)], f"a_{at}", method.trend_share, method.trend_gap
            )
            what += [
                *(f"{one} AS m{level}_{at}" for level, one in enumerate(met, start=1)),
                f"w_{at} * CAST(a_{at} > 0 AS DOUBLE) AS counted_{at}",
                f"{self._over(at, 'a')} AS over_{at}",
                f"{self._over(at, 'k')} AS known_over_{at}",
            ]
        return f"SELECT {', '.join(what)} FROM parts"

    def _over(self, trend: int, short: str) -> str:
        """The weight of a trend over its own sum, times what all sums divide; where there is no sum, it adds none."""
        if self.denominators.common is not None:
            return f"w_{trend} * ({self.denominators.common} / {_at_least_one(f'{short}_{trend}')})"
        others = [self._sum(_at_least_one(f"{short}_{at}")) for at in range(len(self._trends)) if at != trend]
        return " * ".join([self._sum(f"w_{trend}"), *others])

    def _sum(self, whole: str) -> str:
        """A whole number that is about to be multiplied: where products go beyond 2 to the power of 53, in INT128."""
        return f"CAST({whole} AS INT128)" if self.denominators.wide else whole

    def sets(self, extra: Sequence[str]) -> str:
        """The sums over all trends: numerators and denominators of the score, its coverage and the pillars."""
        trends = range(len(self._trends))
        what = self._kept(extra)
        what += [f"{name}_{at}" for at in range(len(self.questionnaire.risks)) for name in ("ra", "rk", "rp")]
        what += [
            f"{_added(f'over_{at} * a_{at}' for at in trends)} AS all_a",
            f"{_added(f'over_{at} * k_{at}' for at in trends)} AS all_k",
            f"{_added(f'known_over_{at} * p_{at}' for at in trends)} AS all_p",
            f"{_added(f'known_over_{at} * k_{at}' for at in trends)} AS all_pk",
            f"{_added(f'counted_{at}' for at in trends)} AS counted",
            *(f"{_added(f'counted_{at} * m{level}_{at}' for at in trends)} AS h{level}" for level in range(1, TOP + 1)),
        ]
        for number, pillar in enumerate(self.questionnaire.pillars):
            cells = [
                (at, part)
                for at, trend in enumerate(self._trends)
                for part, (name, _) in enumerate(self._parts(trend))
                if name == pillar.id
            ]
            what += [
                f"{_added(f'over_{at} * {short}_{at}_{part}' for at, part in cells)} AS p{short}_{number}"
                for short in ("a", "k", "p")
            ]
        return f"SELECT {', '.join(what)} FROM wholes"

    def scored(self, extra: Sequence[str]) -> str:
        """One row an organisation: points in millionths (null where unpublished), levels, coverage, states."""
        method = self.method
        overall = _met(
            [f"h{level}" for level in range(1, TOP + 1)], "counted", method.overall_share, method.overall_gap
        )
        seen = self._published("all_k", "all_a")
        what = [*self._kept(extra)]
        what.append(f"{self._floored(MILLIONTHS, 'all_k', _at_least_one('all_a'))} AS coverage")
        what.append(f"{_if_seen(seen, ' + '.join(overall))} AS {level_of(OVERALL)}")
        what.append(f"{self._points('all_p', 'all_pk', seen)} AS {score_of(OVERALL)}")
        for at, pillar in enumerate(self.questionnaire.pillars):
            seen = self._published(f"pk_{at}", f"pa_{at}")
            what.append(f"{self._points(f'pp_{at}', f'pk_{at}', seen)} AS {score_of(pillar.id)}")
        for at, risk in enumerate(self.questionnaire.risks):
            points = self._points(f"({TOP} * rk_{at} - rp_{at})", f"rk_{at}", self._published(f"rk_{at}", f"ra_{at}"))
            what.append(f"{points} AS {score_of(risk.id)}")
        return f"SELECT {', '.join(what)} FROM sets"

    def trend(self, at: int, trend: Trend) -> str:
        """One trend, scored once for each different sum that occurs in a group."""
        packed_ = ", ".join(f"t_{at}_{integer}" for integer in range(self._packing(trend).integers))
        counted = f"SELECT h, {packed_}, COUNT(*) AS n FROM scored GROUP BY h, {packed_}"
        totals = f"SELECT h, n, {', '.join(self._totals(at, trend))} FROM ({counted}) AS sums_of_{at}"
        return f"SELECT h, n, {self._told(at, trend)} FROM ({totals}) AS totals_of_{at}"

    def organisations(self, extra: Sequence[str] = ()) -> str:
        """One row an organisation with all its points and levels, over `scored`: for who may see single ones."""
        totals = [one for at, trend in enumerate(self._trends) for one in self._totals(at, trend)]
        own = [*extra, "g", "coverage", level_of(OVERALL)]
        trends = {trend.id for trend in self._trends}
        own += [score_of(name) for _, name in self.subjects if name not in trends]
        told = [self._told(at, trend) for at, trend in enumerate(self._trends)]
        return f"SELECT {', '.join([*own, *told])} FROM (SELECT *, {', '.join(totals)} FROM scored) AS totals"

    def _told(self, at: int, trend: Trend) -> str:
        """The level and the points of a trend, from its sums."""
        method = self.method
        met = _met([f"l{level}_{at}" for level in range(1, TOP + 1)], f"a_{at}", method.trend_share, method.trend_gap)
        seen = self._published(f"k_{at}", f"a_{at}")
        level, points = _if_seen(seen, " + ".join(met)), self._points(f"p_{at}", f"k_{at}", seen)
        return f"{level} AS {level_of(trend.id)}, {points} AS {score_of(trend.id)}"

    def _published(self, known: str, applies: str) -> str:
        """Method 3: enough is known, and something is."""
        share = self.method.coverage
        return f"{known} > 0 AND {share.denominator} * {known} >= {share.numerator} * {applies}"

    def _points(self, reached_: str, whole: str, seen: str) -> str:
        return f"CASE WHEN {seen} THEN {self._floored(STEP * MILLIONTHS, reached_, whole)} END"

    def _floored(self, factor: int, part: str, whole: str) -> str:
        """So many times a part over the whole, as a whole number."""
        kind = "INT128" if self.denominators.wide else "BIGINT"
        return f"CAST({factor} * CAST({part} AS {kind}) // CAST({whole} AS {kind}) AS INT)"

    def steps(self, source: str, extra: Sequence[str] = ()) -> list[tuple[str, str]]:
        """The relations up to `scored`, each with its name, without `keyed`."""
        return [
            ("sums", self.sums(source, extra)),
            ("trends", self.trends(extra)),
            ("parts", self.parts(extra)),
            ("wholes", self.wholes()),
            ("sets", self.sets(extra)),
            ("scored", self.scored(extra)),
        ]

    # --- counts ---------------------------------------------------------------------------------------------------

    def counts(self) -> list[tuple[str, str]]:
        """The relations from `scored` to `tallied`, which has one row a count.

        Its columns are the kind, the subject (`overall` or an id), the actor and the form where it is of those asked,
        the values of the group, the value, n, and for scores in order how many lie before.
        """
        trends = [(quoted(f"trend_{trend.id}"), self.trend(at, trend)) for at, trend in enumerate(self._trends)]
        return [
            *trends,
            *self._in_order(),
            ("indicators", self._places()),
            ("chunks", self._chunk_counts()),
            ("counted", " UNION ALL ".join(self._counted())),
            ("tallied", self._tallied()),
        ]

    def _in_order(self) -> list[tuple[str, str]]:
        """Scores in buckets, then one by one in those buckets that a quartile lies in; group -1 is all of them."""
        buckets = [
            f"SELECT {text(name)} AS subject, h, {score} // {self.bucket} AS bucket, {n} AS n FROM {relation} "
            f"GROUP BY h, {score} // {self.bucket}"
            for name, score, relation, n in self._sources()
        ]
        fine = [
            f"SELECT {text(name)} AS subject, {relation}.h AS h, {score} AS value, {n} AS n FROM {relation} "
            f"JOIN looked_into AS looked ON looked.subject = {text(name)} AND looked.h = {relation}.h "
            f"AND looked.bucket = {score} // {self.bucket} GROUP BY {relation}.h, {score}"
            for name, score, relation, n in self._sources()
        ]
        running = "SUM(n) OVER (PARTITION BY subject, h ORDER BY bucket ROWS UNBOUNDED PRECEDING) - n AS before"
        inside = (
            "SUM(every_fine.n) OVER (PARTITION BY every_fine.subject, every_fine.h, wanted.bucket "
            "ORDER BY every_fine.value ROWS UNBOUNDED PRECEDING) - every_fine.n"
        )
        summed = (
            f"SELECT subject, h, bucket, n, {running}, SUM(n) OVER (PARTITION BY subject, h) AS known "
            "FROM every_bucket WHERE bucket IS NOT NULL"
        )
        ordered = (
            "SELECT every_fine.subject, every_fine.h, every_fine.value, every_fine.n, wanted.known, "
            f"wanted.before + {inside} AS before FROM every_fine JOIN wanted "
            "ON wanted.subject = every_fine.subject AND wanted.h = every_fine.h "
            f"AND wanted.bucket = every_fine.value // {self.bucket}"
        )
        return [
            ("buckets", " UNION ALL ".join(buckets)),
            ("every_bucket", _with_all("bucket", "buckets")),
            ("running", summed),
            ("wanted", f"SELECT subject, h, bucket, before, known FROM running WHERE {_covers()}"),
            (
                "looked_into",
                (
                    "SELECT subject, h, bucket FROM wanted WHERE h >= 0 UNION "
                    "SELECT wanted.subject, held.h, wanted.bucket FROM wanted "
                    "CROSS JOIN (SELECT DISTINCT h FROM keyed WHERE h IS NOT NULL) AS held WHERE wanted.h = -1"
                ),
            ),
            ("fine", " UNION ALL ".join(fine)),
            ("every_fine", _with_all("value", "fine")),
            ("ordered", ordered),
        ]

    def _sources(self) -> Iterator[tuple[str, str, str, str]]:
        """Of each subject its id, the column of its score, the relation that it stands in, and how rows count there."""
        trends = {trend.id for trend in self._trends}
        for _, name in self.subjects:
            of = (quoted(f"trend_{name}"), "SUM(n)") if name in trends else ("scored", "COUNT(*)")
            yield name, score_of(name), *of

    def _places(self) -> str:
        """In which chunk each indicator is counted, and by what its state is multiplied there."""
        places = [
            f"({at // CHUNK}, {STATE_COUNT ** (at % CHUNK)}, {text(name)})"
            for at, name in enumerate(self.questionnaire.indicators)
        ]
        return f"SELECT chunk, place, subject FROM (VALUES {', '.join(places)}) AS named(chunk, place, subject)"

    def _chunk_counts(self) -> str:
        return " UNION ALL ".join(
            f"SELECT {at} AS chunk, g, s_{at} AS states, COUNT(*) AS n FROM scored GROUP BY g, s_{at}"
            for at in range(self.chunk_count)
        )

    def _counted(self) -> Iterator[str]:
        """Counts by `g`, for sizes and answers, or by `h`."""
        yield _rows(SIZE, text(OVERALL), "g", "SUM(coverage)", "COUNT(*)") + " FROM scored GROUP BY g"
        state = f"(chunks.states // indicators.place) % {STATE_COUNT}"
        yield (
            _rows(ANSWER, "indicators.subject", "chunks.g", state, "SUM(chunks.n)")
            + " FROM chunks JOIN indicators ON indicators.chunk = chunks.chunk "
            f"GROUP BY indicators.subject, chunks.g, {state}"
        )
        levels = {OVERALL, *(trend.id for trend in self._trends)}
        for name, _, relation, n in self._sources():
            if name in levels:
                level = level_of(name)
                yield _rows(LEVEL, text(name), "h", level, n) + f" FROM {relation} GROUP BY h, {level}"
        for kind, names in self._kinds().items():
            own, within = self._bin(kind), ", ".join(map(text, names))
            yield _rows(BIN, "subject", "h", own, "SUM(n)") + (
                f" FROM buckets WHERE subject IN ({within}) GROUP BY subject, h, {own}"
            )
        yield _rows(ORDER, "subject", "h", "value", "n", "before") + f" FROM ordered WHERE {_covers()}"

    def _kinds(self) -> dict[Kind, list[str]]:
        """The subjects whose bins have the same edges."""
        found: dict[Kind, list[str]] = {}
        for kind, name in self.subjects:
            found.setdefault("exposure" if kind == "exposure" else "score", []).append(name)
        return found

    def _bin(self, kind: Kind) -> str:
        """The number of the bin of a bucket; the last one where nothing is published."""
        limits = [int(limit * MILLIONTHS) // self.bucket for limit in edges(kind, self.method)]
        met = " + ".join(f"CAST(bucket >= {limit} AS INT)" for limit in limits)
        return f"COALESCE({met}, {len(limits) + 1})"

    def _tallied(self) -> str:
        by = [f"by_{at}" for at in range(len(self.columns.by))]
        of_asked = ", ".join(["kind", "subject", "actor", "form", *by, "value", "n", "before"])
        of_group = ", ".join(["kind", "subject", "NULL AS actor", "NULL AS form", *by, "value", "n", "before"])
        of_all = ", ".join([text(ALL), "subject", *["NULL"] * (2 + len(by)), "value", "n", "before"])
        groups = f"SELECT DISTINCT {', '.join(['h', *by])} FROM keyed WHERE h IS NOT NULL"
        return (
            f"SELECT {of_asked} FROM counted JOIN keyed ON keyed.g = counted.grp WHERE kind IN ('{SIZE}', '{ANSWER}') "
            f"UNION ALL SELECT {of_group} FROM counted JOIN ({groups}) AS held ON held.h = counted.grp "
            f"WHERE kind IN ('{LEVEL}', '{BIN}', '{ORDER}') "
            f"UNION ALL SELECT {of_all} FROM counted WHERE kind = '{ORDER}' AND grp = -1"
        )


def score_of(name: str) -> str:
    """The column with the points of a subject in millionths, null where they are not published."""
    return quoted(f"score_{name}")


def level_of(name: str) -> str:
    """The column with the level of a trend or of all."""
    return quoted(f"level_{name}")


def _with_all(what: str, relation: str) -> str:
    """The counts by group, and the same over all groups."""
    return (
        f"SELECT subject, h, {what}, n FROM {relation} UNION ALL "
        f"SELECT subject, -1 AS h, {what}, SUM(n) AS n FROM {relation} GROUP BY subject, {what}"
    )


def _covers() -> str:
    """Whether one of the needed ranks lies in a row with `before` before it and `n` in it."""
    return " OR ".join(f"({rank} >= before AND {rank} < before + n)" for rank in _ranks("known"))


def _rows(kind: str, subject: str, group: str, value: str, n: str, before: str = "0") -> str:
    numbers = zip((group, value, n, before), ("grp", "value", "n", "before"), strict=True)
    return f"SELECT '{kind}' AS kind, {subject} AS subject, " + ", ".join(
        f"CAST({what} AS BIGINT) AS {name}" for what, name in numbers
    )


def _ranks(n: str) -> list[str]:
    """The places of `needed_ranks`, as SQL."""
    return [f"(({n} - 1) * {part} + {more}) // 4" for part in (1, 2, 3) for more in (0, 3)]


def _added(terms: Iterable[str]) -> str:
    return " + ".join(terms) or "0"


def _factor(own: tuple[int, ...], *, always: bool) -> tuple[bool, tuple[int, ...]]:
    """What one weight by actor is a multiple of: where it is the same for all that are asked, only who is asked."""
    return always, tuple(int(one > 0) for one in own) if len({*own} - {0}) == 1 else own


def _if_seen(seen: str, level: str) -> str:
    return f"CAST({NO_LEVEL} + CAST({seen} AS INT) * ({level} - {NO_LEVEL}) AS SMALLINT)"


def _met(at_least: Sequence[str], whole: str, share: Fraction, gap: int) -> list[str]:
    """Method 5, level by level: 1 where enough weight has reached it with nothing too far below; in all, the level."""
    met = []
    for level in range(1, TOP + 1):
        lowest = f" AND {at_least[level - gap - 1]} = {whole}" if level > gap else ""
        enough = f"{share.denominator} * {at_least[level - 1]} >= {share.numerator} * {whole}"
        met.append(f"CAST({enough}{lowest} AS DOUBLE)")
    return met


def _at_least_one(whole: str) -> str:
    """A sum as a divisor: 1 instead of 0."""
    return f"({whole} + CAST({whole} = 0 AS DOUBLE))"


def with_relations(steps: Sequence[tuple[str, str]], last: str) -> str:
    """One statement: the relations by name, then what is asked of them."""
    return "WITH " + ",\n".join(f"{name} AS (\n{body}\n)" for name, body in steps) + f"\n{last}"
