"""Headers of an export -> what each column holds: the answer to a question, what was noted beside it, who answered."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, cast

from allycheck.columns import LETTERS, UNDERSCORED, UNREAD, columns
from allycheck.errors import AllycheckError, Fault
from allycheck.importing.cells import key
from allycheck.importing.platforms import ELSEWHERE, PLATFORMS, Origin, Platform
from allycheck.importing.tables import Table
from allycheck.language import _
from allycheck.questionnaire import Questionnaire
from allycheck.render.template.surveys import asked_in_words
from allycheck.text import choices, first_of, folded, hint, listing, nearest, shown

Part = Literal["answer", "reason", "evidence", "comment"]
PARTS: tuple[Part, ...] = ("answer", "reason", "evidence", "comment")
IGNORE = "ignore"
FIELDS = ("questionnaire", "version", "organisation", "actor", "form", "respondent", "alliances", "date", "note")
"""The fields of an answers file that a column may hold."""
_ALSO = {
    "organisation": ("yourorganisation", "nameoforganisation", "nameoftheorganisation", "organisationname"),
    "actor": ("actortype", "typeoforganisation", "organisationtype"),
    "respondent": ("yourname", "respondentname", "nameofrespondent", "yournameoroffice"),
    "alliances": ("alliance", *(f"alliance{n}" for n in range(1, 4))),
}
"""What else people call these columns, as `key` and British spelling write it."""
_LEFT_ASIDE = {*UNREAD, *(key(text) for name, text in asked_in_words() if name == "notes")}
_SHOWN_HEADERS = 12
_NOTED = re.compile(r"[\u2013-]?\s*(reason|evidence|comment)s?(?=\W*$|\s*[:(.,?\u2013-])", re.IGNORECASE)
_CODE = re.compile(r"([a-z]{1,4}[0-9]{1,3}[a-z]?)([_.-]?(reason|evidence|comment))?", re.IGNORECASE)


class Meaning(NamedTuple):
    """What a column holds: a part of the answer to an indicator, or, without one, a field of the answers file."""

    part: str
    indicator: str = ""

    def __str__(self) -> str:
        return f"{self.indicator}.{self.part}" if self.part in PARTS[1:] else self.indicator or self.part


class Reading(NamedTuple):
    """The columns of an export by what they hold. Of several columns of a field the first that is filled in counts."""

    parts: dict[str, dict[Part, int]]
    fields: dict[str, list[int]]
    nothing: list[str]
    """Headers that mean nothing here."""
    unknown: list[str]
    """Headers that look like a code, each with what may have been meant."""
    platform: Platform


def questionnaire_named(table: Table) -> str | None:
    """The id of the questionnaire that the responses carry along: the first one there is."""
    for column, header in enumerate(table.headers):
        if any(key(name) == "questionnaire" for name in _names_in(header, ELSEWHERE)):
            return next((row.cells[column].strip() for row in table.rows if row.cells[column].strip()), None)
    return None


def origin_of(table: Table, questionnaire: Questionnaire) -> Origin | None:
    """The platform that an export comes from, as its headers tell; None where none of them does.

    Raises AllycheckError where they tell of two.
    """
    headers = {folded(name) for header in table.headers for name in (header, header.partition(". ")[0])}
    found = [origin for origin, platform in PLATFORMS.items() if not headers.isdisjoint(platform.marks)]
    if len(found) > 1:
        what = _("has columns of {platforms}").format(platforms=listing(found))
        raise AllycheckError(what, table.name, _("tell with --from which it is"))
    if found:
        return found[0]
    words = _Words(questionnaire)
    if any(words.leading(name) for header in table.headers for name in _parts_of(header)):
        return Origin.FORMS
    is_ours = table.is_json or "questionnaire" in headers
    return Origin.SURVEYJS if is_ours and any(map(words.whole, table.headers)) else None


def unknown_origin(table: Table) -> AllycheckError:
    """The refusal of an export that no platform is known to have written."""
    headers = [shown(" ".join(header.split())) for header in table.headers if header.strip()]
    seen = first_of(headers, _SHOWN_HEADERS)
    what = _("can't tell where this export comes from by its columns: {columns}").format(columns=seen)
    meant = _("tell with --from: {platforms}; or what columns mean with --map")
    return AllycheckError(what, table.name, meant.format(platforms=listing(Origin, "or")))


def reading(
    table: Table, questionnaire: Questionnaire, origin: Origin | None, mapped: Mapping[str, Meaning | None]
) -> Reading:
    """What each column holds; `mapped` says it by the header `folded`, None for a column to leave aside.

    Raises AllycheckError where two columns hold the same, or none holds an answer.
    """
    platform = PLATFORMS.get(origin, ELSEWHERE) if origin else ELSEWHERE
    words = _Words(questionnaire)
    result = Reading({}, {}, [], [], platform)
    faults: list[Fault] = []
    given: dict[Meaning, int] = {}
    for column, header in enumerate(table.headers):
        name = folded(header)
        if name in mapped:
            meaning = mapped[name]
        elif not name or _is_own(name, platform, words) or _is_left_aside(header, platform):
            meaning = None
        elif (meaning := words.meaning(header, platform)) is None:
            _note_unknown(header, words, result)
        if meaning is None:
            continue
        if meaning in given and meaning.part != "alliances":
            first = shown(table.headers[given[meaning]])
            what = _("the columns {first} and {second} are both {meaning}").format(
                first=first, second=shown(header), meaning=meaning
            )
            faults.append(Fault(what, hint=_("take one of them away, or ignore it with --map"), where=table.name))
        given.setdefault(meaning, column)
        _note(meaning, column, result)
    _add_own_columns(table, platform, result)
    if not any("answer" in parts for parts in result.parts.values()):
        faults.append(_no_answers(table, questionnaire))
    if faults:
        raise AllycheckError(faults)
    return result


def _note(meaning: Meaning, column: int, result: Reading) -> None:
    if meaning.indicator:
        result.parts.setdefault(meaning.indicator, {}).setdefault(cast("Part", meaning.part), column)
    else:
        result.fields.setdefault(meaning.part, []).append(column)


def _note_unknown(header: str, words: "_Words", result: Reading) -> None:
    code = next(filter(None, (_CODE.fullmatch(_token(name)[0]) for name in _parts_of(header))), None)
    meant = nearest(code[1].upper(), words.codes) if code else ""
    if meant:
        result.unknown.append(
            _("{header}: no question has this code; {meant}").format(header=shown(header), meant=meant)
        )
    else:
        result.nothing.append(shown(header))


def _is_own(name: str, platform: Platform, words: "_Words") -> bool:
    """Whether the platform writes this column by itself; what is called exactly like a question is none of them."""
    last = name.rpartition("/")[2]
    if (meant := words.whole(last)) and meant.indicator:
        return False
    return any(platform.own.fullmatch(one) for one in (name, name.partition(". ")[0], last))


def _is_left_aside(header: str, platform: Platform) -> bool:
    return any(key(name) in _LEFT_ASIDE for name in _names_in(header, platform))


def _add_own_columns(table: Table, platform: Platform, result: Reading) -> None:
    """What the platform noted by itself stands in for what no question asks, or what was left empty."""
    names = {folded(header): column for column, header in reversed(list(enumerate(table.headers)))}
    led = {name.partition(". ")[0]: column for name, column in names.items()}
    for field, stand_ins in (("date", platform.days), ("respondent", platform.people)):
        columns = [(names | led)[name] for name in stand_ins if name in names | led]
        if columns:
            result.fields.setdefault(field, []).extend(columns)


def _no_answers(table: Table, questionnaire: Questionnaire) -> Fault:
    example = next(iter(questionnaire.indicators.values())).code if questionnaire.indicators else ""
    seen = first_of([shown(header) for header in table.headers if header.strip()], _SHOWN_HEADERS)
    what = _("no column holds an answer for {questionnaire}: {seen}").format(questionnaire=questionnaire.id, seen=seen)
    return Fault(
        what,
        hint=_("name columns by code, such as {example}, or tell with --map").format(example=example),
        where=table.name,
    )


def meaning_of(word: str, questionnaire: Questionnaire) -> Meaning | None:
    """What a map's word for a column means; None for ignore. Raises ValueError with what to write instead."""
    if word == IGNORE:
        return None
    if word in FIELDS:
        return Meaning(word)
    name, _dot, part = word.partition(".")
    found = _Words(questionnaire).whole(name)
    if found and found.indicator and found.part == "answer" and part in {"", *PARTS}:
        return Meaning(part or "answer", found.indicator)
    if found and found.indicator:
        raise ValueError(_("there is no part {part}; {hint}").format(part=shown(part), hint=hint(part, PARTS)))
    known = [item.code for item in questionnaire.indicators.values()]
    meant = nearest(word, [*known, *questionnaire.indicators, *FIELDS, IGNORE])
    what = _("{word} means nothing here; {hint}")
    raise ValueError(what.format(word=shown(word), hint=meant or choices([_("a code"), *FIELDS, IGNORE])))


class _Words:
    """The words by which a questionnaire's columns are known: codes and ids, retired ones too, and fields."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.codes = [item.code for item in questionnaire.indicators.values()]
        self.names = dict(_survey_names(questionnaire))
        self.keys = dict(_field_keys())
        asked = [(item.id, item.code) for item in questionnaire.indicators.values()]
        gone = [(entry.id, entry.code or entry.id) for entry in questionnaire.retired]
        for name, meaning in _question_keys([*asked, *gone]):
            self.keys.setdefault(name, meaning)

    def whole(self, name: str) -> Meaning | None:
        """What a name means that is a code, an id or a field, alone or with what it adds to the answer."""
        word = key(name)
        return self.names.get(name.lower()) or self.keys.get(word) or self.keys.get(word.replace("z", "s"))

    def leading(self, name: str) -> Meaning | None:
        """What a question means that begins with its code: "FC1 How do you ...", "[FC1] ...", "FC1. ..."."""
        token, is_marked, rest = _token(name)
        found = self.whole(token) if rest and (is_marked or re.search(r"\d", token)) else None
        if found and found.part == "answer" and (noted := _NOTED.match(rest)):
            return Meaning(noted[1].lower(), found.indicator)
        return found

    def meaning(self, header: str, platform: Platform) -> Meaning | None:
        """What a header means, inside a group or alone."""
        return next(filter(None, map(self.whole, _names_in(header, platform))), None) or next(
            filter(None, map(self.leading, _parts_of(header))), None
        )


def _survey_names(questionnaire: Questionnaire) -> Iterator[tuple[str, Meaning]]:
    """What the surveys that `template` writes call each question and what is noted beside it."""
    for naming in (UNDERSCORED, LETTERS):
        for indicator, names in columns(questionnaire, naming).questions.items():
            for part, name in zip(PARTS, names, strict=True):
                yield name.lower(), Meaning(part, indicator)


def _field_keys() -> Iterator[tuple[str, Meaning]]:
    for field in FIELDS:
        asked = [text for name, text in asked_in_words() if name == field]
        for name in (field, *asked, *_ALSO.get(field, ())):
            yield key(name), Meaning(field)


def _question_keys(asked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Meaning]]:
    """Each name that means one thing, as `key` writes it, with what it means."""
    names: dict[str, set[Meaning]] = {}
    for indicator, code in asked:
        for name in {key(indicator), key(code)}:
            for part in PARTS:
                word = name if part == "answer" else name + part
                names.setdefault(word, set()).add(Meaning(part, indicator))
    return ((word, next(iter(meant))) for word, meant in names.items() if len(meant) == 1)


def _token(name: str) -> tuple[str, bool, str]:
    """The first word, whether punctuation sets it off as a code, and the rest."""
    first, _, rest = name.strip().partition(" ")
    token = first.strip("[]().:\u2013-")
    return token, token != first, rest.strip()


def _parts_of(header: str) -> Sequence[str]:
    """The header whole, without the groups before it, without the text after its code, and what stands in brackets."""
    header = " ".join(header.split())
    cuts = [match.end() for match in re.finditer("/", header)]
    parts = [header, *(header[cut:] for cut in cuts), header.partition(". ")[0]]
    return [*parts, *(inside[1] for part in parts if (inside := re.search(r"\[([^\[\]]+)\]$", part)))]


def _names_in(header: str, platform: Platform) -> Iterator[str]:
    """What may be the name of a question in a header: `trend/FC1`, `trend-FC1`, `G1Q1[FC1]`, `FC1. How ...`."""
    yield from (parts := _parts_of(header))
    if platform.hyphenated and " " not in parts[0]:
        yield from (parts[0][match.end() :] for match in re.finditer("-", parts[0]))
