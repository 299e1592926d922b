"""Files -> models, with file, line and column for every fault, all faults of a file at once."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from allycheck.answers import Answers, answer_faults, answer_warnings
from allycheck.bundled import FULL_STARTER, MAIN_FILE, STARTER, bundled_folder, bundled_questionnaires
from allycheck.catalogues import candidates, is_code, languages, same, translation
from allycheck.errors import AllycheckError, Fault, Loc, UsageError
from allycheck.fields import is_id
from allycheck.language import SOURCE, _, later, speak, spoken
from allycheck.questionnaire import LANGUAGE, Questionnaire
from allycheck.reading import (
    STDIN,
    Source,
    decode,
    hidden_characters,
    is_workbook,
    may_wait,
    name_of,
    parse,
    read_bytes,
    read_source,
)
from allycheck.shapes import MOST_FAULTS, validated
from allycheck.text import hint, listing, printable, shown

if TYPE_CHECKING:
    from allycheck.analysis.gates import Gate
    from allycheck.translations import Checked

DEFAULT_QUESTIONNAIRE = "alliance-readiness"
FOLDERS = ("trends", "actors")
_BREAKS = re.compile(r" *[\t\r\n][ \t\r\n]*")
_LINE_OR_ROW = re.compile(r"(?:.*![A-Z]*)?([0-9]+)")
"""A number of a place in text, or the row of a cell."""
_BREAKS_WRITTEN = re.compile(r"\\[trn]")
"""What gives them away in JSON, so that data without them need not be gone through."""


_OTHERS = {
    ".csv": later("exports of survey platforms go to: allycheck import"),
    ".html": later("open it in a browser, download the answers, and name that file"),
}
"""What people take for answers files, by how its name ends, and what to do with it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answers file with the questionnaire that it belongs to."""

    name: str
    answers: Answers
    questionnaire: Questionnaire
    warnings: list[str]
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each answer, where they were asked for and the file has lines."""


def starter(*, full: bool = False) -> str:
    """What an author starts from: ten lines, or an annotated example with everything in it."""
    return (bundled_folder() / (FULL_STARTER if full else STARTER)).read_text(encoding="utf-8")


def load_sheet(
    path: str, questionnaire: Questionnaire | None = None, *, unfinished: bool = False, with_lines: bool = False
) -> Sheet:
    """Read answers from a path or "-" with their questionnaire: the one given, or the bundled one they name.

    `unfinished` accepts a file without its actor, which somebody is about to be asked for. `with_lines` tells where
    each answer stands, for which JSON has to be read a second time.
    Raises AllycheckError with every fault of the answers file.
    """
    source = _read_answers(path)
    if source.data is None:
        raise AllycheckError(
            _("the file is empty"), source.name, _("start one with: allycheck template > answers.yaml")
        )
    answers, faults = validated(Answers, source.data)
    if questionnaire is None:
        questionnaire = _questionnaire_of(answers, faults)
    if answers is not None and questionnaire is not None:
        if any(fault.loc == ("questionnaire",) for fault in faults):
            answers = answers.model_copy(update={"questionnaire": questionnaire.id})
        faults += _beyond(faults, islice(answer_faults(answers, questionnaire), MOST_FAULTS + 1))
        if unfinished and answers.actor is None:
            faults = [fault for fault in faults if fault.loc != ("actor",)]
    _raise_if_any(source, faults)
    assert answers is not None
    assert questionnaire is not None
    warnings = [f"{source.name}: {warning}" for warning in answer_warnings(answers, questionnaire)]
    return Sheet(source.name, answers, questionnaire, warnings, _lines(source, answers) if with_lines else {})


def _lines(source: Source, answers: Answers) -> dict[str, tuple[int, int]]:
    found = {name: source.line_and_column(("answers", name)) for name in answers.answers}
    return {name: place for name, place in found.items() if place is not None}


def _read_answers(path: str) -> Source:
    """YAML, JSON, or a workbook, which its name or its first bytes tell."""
    content, name = read_bytes(path), name_of(path)
    if is_workbook(path, content):
        from allycheck.workbooks import read_workbook

        return read_workbook(content, name)
    if hint_for := next((what for ending, what in _OTHERS.items() if path.lower().endswith(ending)), ""):
        raise AllycheckError(_("no answers file"), name, _(hint_for))
    return parse(decode(content, name), name)


def _questionnaire_of(answers: Answers | None, faults: list[Fault]) -> Questionnaire | None:
    if answers is None:
        return None
    known = bundled_questionnaires()
    if answers.questionnaire in known:
        return load_questionnaire(answers.questionnaire)
    if not any(fault.loc == ("questionnaire",) for fault in faults):
        name = answers.questionnaire
        meant = hint(name, known, _("name its file with --questionnaire"))
        faults.append(
            Fault(_("no bundled questionnaire is called {name}").format(name=shown(name)), ("questionnaire",), meant)
        )
    return None


def load_gates(path: str, questionnaire: Questionnaire) -> "list[Gate]":
    """The list of a gates file; a file that it names is looked for beside it.

    Raises AllycheckError with every fault, also where it lists no gate at all: that would let everything pass.
    """
    from allycheck.analysis.gates import Gate, gate_faults

    source = read_source(path, ordinary=True)
    if not source.data:
        raise AllycheckError(_("the file lists no gates"), source.name, _("write one: - {kind: fail-under, limit: 60}"))
    if not isinstance(source.data, list):
        raise AllycheckError(
            [source.place(Fault(_("must be a list of gates"), hint=_("begin each gate with a hyphen")))]
        )
    gates, faults = [], []
    for n, entry in enumerate(source.data):
        gate, found = validated(Gate, entry)
        if gate is not None:
            gates.append(gate)
            complete = all(fault.loc not in {(), ("kind",)} for fault in found)
            found += _beyond(found, gate_faults(gate, questionnaire)) if complete else []
            if gate.kind == "no-worse-than" and may_wait(gate.beside(path).limit):
                found.append(Fault(_("not an ordinary file"), ("limit",), _("name an earlier answers file")))
        faults += [replace(fault, loc=(n, *fault.loc)) for fault in found]
    _raise_if_any(source, faults)
    return [gate.beside(path) for gate in gates]


def load_questionnaire(name: str = DEFAULT_QUESTIONNAIRE) -> Questionnaire:
    """The questionnaire of a bundled id or a path. Raises AllycheckError with every fault.

    A bundled one is checked whole by the tests, so that reading it again at every start needs only its shape.
    """
    return _load(name, trusted=name in bundled_questionnaires())[1]


def check_questionnaire(name: str, *, strict: bool) -> tuple[Questionnaire, list[Fault]]:
    """A questionnaire with its warnings. With `strict`, warnings are faults. Raises AllycheckError with every fault."""
    from allycheck.questionnaire_rules import warnings as questionnaire_warnings

    source, questionnaire = _load(name, trusted=False)
    warnings = [source.place(fault) for fault in questionnaire_warnings(questionnaire)]
    if strict and warnings:
        raise AllycheckError(warnings)
    return questionnaire, warnings


def _load(name: str, *, trusted: bool) -> tuple[Source, Questionnaire]:
    source = _read_questionnaire(name)
    canonical = json.dumps(source.data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    data = _on_one_line(source.data) if _BREAKS_WRITTEN.search(canonical) else source.data
    questionnaire, faults = validated(Questionnaire, _in_language(name, data))
    if not trusted:
        faults += _meaning_faults(source, questionnaire, faults)
    _raise_if_any(source, faults)
    assert questionnaire is not None
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
    return source, questionnaire.with_digest(f"sha256:{digest}")


def _in_language(name: str, data: Any) -> Any:
    """The questionnaire in the language that was asked for, which is spoken from here on; else in its own."""
    speech, own = spoken(), _language_of(data)
    wanted = speech.asked or own
    if wanted == speech.code == own:
        return data
    path = None if same(wanted, own) else _translation_path(name, wanted)
    messages = translation(wanted)
    if path is None and messages is None and not same(wanted, own) and not same(wanted, SOURCE):
        if speech.sure:
            known = dict.fromkeys([*languages(), own, *_translated(name)])
            raise UsageError(
                _("nothing here speaks {language}").format(language=wanted), "--language", hint(wanted, list(known))
            )
        wanted, messages = own, translation(own)
    speak(speech._replace(code=wanted, translation=messages))
    if path is None:
        return data
    from allycheck.translations import laid_over

    return laid_over(data, _held_against(data, path)[1].texts)


def _language_of(data: Any) -> str:
    """The language that a questionnaire says it is in."""
    own = data.get("language") if isinstance(data, dict) else None
    return own if isinstance(own, str) and is_code(own) else LANGUAGE


def _translations(name: str) -> Path | None:
    """The folder of a questionnaire's translations: inside its own, or in one that is named like its file."""
    if name == STDIN:
        return None
    path = bundled_questionnaires().get(name) or Path(name)
    return (path if path.is_dir() else path.with_suffix("")) / "languages"


def _translated(name: str) -> list[str]:
    folder = _translations(name)
    return sorted(path.stem for path in folder.glob("*.yaml")) if folder else []


def _translation_path(name: str, code: str) -> Path | None:
    folder = _translations(name)
    paths = [folder / f"{one}.yaml" for one in candidates(code)] if folder else []
    return next((path for path in paths if path.is_file()), None)


def _held_against(data: Any, path: Path) -> "tuple[Source, Checked]":
    """A translation and what of it counts. Raises AllycheckError with every fault."""
    from allycheck.translations import checked
    from allycheck.translations import faults as translation_faults

    source = read_source(str(path), ordinary=True)
    given = _on_one_line(source.data if source.data is not None else {})
    found = [*translation_faults(given, data), *hidden_characters(source.data)]
    _raise_if_any(source, list(islice(found, MOST_FAULTS + 1)))
    return source, checked(given, data)


class TranslationCheck(NamedTuple):
    """How complete a questionnaire is in a language: the texts that it has, and a warning for each that counts not."""

    texts: int
    missing: int
    stale: int
    warnings: list[Fault]


def check_translation(name: str, code: str) -> TranslationCheck:
    """What of a questionnaire is not translated yet, and what has changed since. Raises AllycheckError with faults."""
    data = _on_one_line(_read_questionnaire(name).data)
    path = _translation_path(name, code)
    if path is None:
        begin = f"allycheck questionnaire new {name} --language {code}"
        place = str((_translations(name) or Path()) / f"{code}.yaml")
        hinted = _("begin one with: {command}").format(command=begin)
        raise AllycheckError(_("there is no translation into {language}").format(language=code), place, hinted)
    source, found = _held_against(data, path)
    stale = [
        source.place(Fault(_("its source has changed, so it is not shown"), (one.path,), one.text, at_key=True))
        for one in found.stale
    ]
    missing = [Fault(_("{path} is not translated").format(path=one.path), where=source.name) for one in found.missing]
    many = len(found.texts) + len(found.missing) + len(found.stale)
    return TranslationCheck(many, len(missing), len(stale), [*stale, *missing])


def translation_to_fill_in(name: str, code: str) -> str:
    """Every text of a questionnaire with its digest, and the translation that it has already.

    Above each stands what it says; a translation whose source has changed is kept as `was`, to be written anew.
    """
    from allycheck.translations import texts
    from allycheck.writing import quoted

    data = _on_one_line(_read_questionnaire(name).data)
    path = _translation_path(name, code)
    given: dict[str, Any] = {}
    known: dict[Loc, str] = {}
    if path:
        source, held = _held_against(data, path)
        given, known = _on_one_line(source.data) or {}, held.texts
    lines = []
    for one in texts(data):
        entry = [f"of: {quoted(one.digest)}", f"text: {quoted(known.get(one.loc, ''))}"]
        if one.loc not in known and (was := given.get(one.path, {}).get("text")):
            entry.append(f"was: {quoted(was)}")
        lines += [f"# {printable(one.text)}", f"{one.path}: {{{', '.join(entry)}}}"]
    return "\n".join(lines) + "\n"


def _on_one_line(data: Any) -> Any:
    """The data with every run of line breaks and tabs in a text as one space: they would reach a terminal as they are.

    All other characters that nobody can see are refused.
    """
    if isinstance(data, dict):
        return {key: _on_one_line(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_on_one_line(value) for value in data]
    return _BREAKS.sub(" ", data).strip(" ") if isinstance(data, str) and _BREAKS.search(data) else data


def _meaning_faults(source: Source, questionnaire: Questionnaire | None, known: list[Fault]) -> list[Fault]:
    from allycheck.questionnaire_rules import faults as questionnaire_faults

    faults = list(hidden_characters(source.data))
    if questionnaire is not None:
        faults += _beyond(known, islice(questionnaire_faults(questionnaire), MOST_FAULTS + 1))
    return faults


def _beyond(known: list[Fault], more: Iterable[Fault]) -> list[Fault]:
    """The further faults that are not merely the consequence of one already known."""
    places = {fault.loc for fault in known if fault.loc}
    lists = {place[:-1] for place in places if isinstance(place[-1], int)}
    return [fault for fault in more if fault.loc not in lists and not _stands_in(fault, places)]


def _stands_in(fault: Fault, places: set[Loc]) -> bool:
    """Whether the fault stands at one of the places or inside it; a key is no part of the value under it."""
    longest = len(fault.loc) - fault.at_key
    return any(fault.loc[:n] in places for n in range(1, longest + 1))


def _read_questionnaire(name: str) -> Source:
    known = bundled_questionnaires()
    path = known.get(name) or Path(name)
    if name not in known and is_id(name) and not path.exists():
        meant = hint(name, known, _("bundled are {known}; or name a file or folder").format(known=listing(known)))
        raise AllycheckError(_("no bundled questionnaire is called {name}").format(name=shown(name)), hint=meant)
    source = _read_folder(path) if path.is_dir() else read_source(str(path), ordinary=name != STDIN)
    if source.data is None:
        raise AllycheckError(_("the file is empty"), source.name, _("start one with: allycheck questionnaire new"))
    return source


def _read_folder(folder: Path) -> Source:
    """A folder reads as one file: each trend and actor a file of its own, the scenarios in one beside them."""
    main = folder / MAIN_FILE
    if not main.is_file():
        raise AllycheckError(
            _("no {file} in this folder").format(file=MAIN_FILE),
            name_of(str(folder)),
            _("name a questionnaire's file or folder"),
        )
    whole = read_source(str(main))
    if not isinstance(whole.data, dict):
        return whole
    for kind in FOLDERS:
        parts = [read_source(str(path), ordinary=True) for path in sorted((folder / kind).glob("*.yaml"))]
        if parts:
            _add_list(whole, kind, parts)
    if (scenarios := folder / "scenarios.yaml").is_file():
        _add_map(whole, read_source(str(scenarios)))
    return whole


def _add_list(whole: Source, key: str, parts: list[Source]) -> None:
    _add(whole, key, [part.data for part in parts], yaml.SequenceNode("", [part.node for part in parts]), parts)


def _add_map(whole: Source, part: Source) -> None:
    if not isinstance(part.data, dict) or not isinstance(part.node, yaml.MappingNode):
        whole.faults.append(Fault(_("must be a map with the list scenarios"), where=part.name))
        return
    for key, node in part.node.value:
        _add(whole, key.value, part.data.get(key.value), node, [Source(part.name, None, node)])
    whole.faults += part.faults


def _add(whole: Source, key: str, value: Any, node: yaml.Node, parts: list[Source]) -> None:
    assert isinstance(whole.node, yaml.MappingNode)
    if key in whole.data:
        whole.faults.append(
            Fault(_("stands here and in {file}").format(file=parts[0].name), (key,), _("keep one of them"), at_key=True)
        )
        return
    whole.data[key] = value
    whole.node.value.append((yaml.ScalarNode("", key), node))
    for part in parts:
        whole.names[id(part.node)] = part.name
        whole.faults += part.faults


def _raise_if_any(source: Source, faults: list[Fault]) -> None:
    found = [source.place(fault) for fault in [*source.faults, *faults]]
    if found:
        ordered = sorted(dict.fromkeys(found), key=_reading_order)
        more = [Fault(_("has more faults than these"), where=source.name, hint=_("correct them first"))]
        raise AllycheckError(ordered if len(ordered) <= MOST_FAULTS else ordered[:MOST_FAULTS] + more)


def _reading_order(fault: Fault) -> tuple[str, list[int]]:
    name, *position = fault.where.rsplit(":", 2)
    return name, [int(found[1]) for part in position if (found := _LINE_OR_ROW.fullmatch(part))]
