"""JSON Schema 2020-12 of everything that people and programs exchange with allycheck, derived from the models.

A schema accepts what is read: a scalar of a text field may look like a number, a date or a truth value in YAML or
JSON. Meaning (known ids, actors, references) is checked by reading, not by a schema.
"""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import to_jsonable_python

from allycheck.analysis.coalition.result import Coalition
from allycheck.analysis.cohort.result import Cohort
from allycheck.analysis.cohort.roll_up import RollUp
from allycheck.analysis.compare import Comparison, Course
from allycheck.analysis.evidence import Evidence
from allycheck.analysis.explain.result import Explained
from allycheck.analysis.gates import Gate
from allycheck.analysis.merge import Merged
from allycheck.analysis.plan.result import Plan
from allycheck.analysis.stress import Stress
from allycheck.answers import Answers
from allycheck.fields import DATE_PATTERN, ID_PATTERN
from allycheck.questionnaire import Questionnaire
from allycheck.report import Report

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLES: dict[str, str] = {
    "answers": "allycheck answers: what an organisation answers",
    "result": "allycheck result: what report --format json prints",
    "questionnaire": "allycheck questionnaire: one file with all its lists",
    "gates": "allycheck gates: what a result must meet",
    "plan": "allycheck plan: what plan --format json prints",
    "stress": "allycheck stress: what stress --format json prints",
    "explain": "allycheck explain: what explain --format json prints",
    "evidence": "allycheck evidence: what evidence --format json prints",
    "compare": "allycheck compare: what compare --format json prints, of two files or over more of them",
    "merge": "allycheck merge: what merge --format json prints",
    "coalition": "allycheck coalition: what coalition --format json prints",
    "cohort": "allycheck cohort: what cohort --format json prints",
    "roll-up": "allycheck roll-up: what cohort --roll-up --format json prints",
}
RESULTS: dict[str, Any] = {
    "result": Report,
    "plan": Plan,
    "stress": Stress,
    "explain": Explained,
    "evidence": Evidence,
    "compare": Comparison | Course,
    "merge": Merged,
    "coalition": Coalition,
    "cohort": Cohort,
    "roll-up": RollUp,
}
_SCALAR = ["string", "number", "boolean"]
_ID_OF_DIGITS = {"type": "integer", "minimum": 0}
_LEFT_EMPTY = ("form", "alliances", "scope", "answers")
"""Keys of an answers file that may stand there without a value."""
_DRAWN_ON = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
_GATE_WORDS = {
    "kind": "What is tested.",
    "subject": "The id of a trend, pillar or risk; overall if left out.",
    "limit": "Points, a share of 0 to 1, a level's id or number, a number of holes, or a file, as the kind asks for.",
}


class _WithExactDefaults(GenerateJsonSchema):
    """Writes a default that is a fraction as text, which pydantic itself does only from 2.14 on."""

    def encode_default(self, dft: Any) -> Any:
        """The default as JSON."""
        return to_jsonable_python(dft, fallback=str)


def schema(name: str) -> Schema:
    """The schema of one kind of file or result."""
    match name:
        case "answers":
            body = _answers()
        case "questionnaire":
            body = _of_file(Questionnaire.model_json_schema(schema_generator=_WithExactDefaults))
        case "gates":
            body = _of_file(TypeAdapter(list[Gate]).json_schema()) | {"minItems": 1}
            _describe_gate(body["$defs"]["Gate"])
        case _:
            body = _result(RESULTS[name])
    return {"$schema": DIALECT, "title": TITLES[name]} | body


def _answers() -> Schema:
    body = _of_file(Answers.model_json_schema())
    entry = body["$defs"]["Answer"]
    for key in _LEFT_EMPTY:
        _or_null(body["properties"][key])
    _or_null(body["properties"]["alliances"]["items"])
    body["properties"]["date"]["anyOf"][0]["pattern"] = DATE_PATTERN
    body["properties"]["answers"]["additionalProperties"] = {
        "anyOf": [{"enum": entry["properties"]["answer"]["enum"]}, {"$ref": "#/$defs/Answer"}]
    }
    return body


def _or_null(field: Schema) -> None:
    field["type"] = [*([field["type"]] if isinstance(field["type"], str) else field["type"]), "null"]
    if "enum" in field:
        field["enum"] = [*field["enum"], None]


def _describe_gate(gate: Schema) -> None:
    """An exposure is that of a risk; nothing else of a gate depends on its kind."""
    gate["properties"]["limit"] = {"type": ["string", "number"]}
    for key, field in gate["properties"].items():
        field["description"] = _GATE_WORDS[key]
    gate["if"] = {"properties": {"kind": {"const": "fail-over"}}}
    gate["then"] = {"required": ["subject"]}


def _of_file(body: Schema) -> Schema:
    """A model's schema without the generator's titles, and with scalars as they may stand in a file."""
    return {key: _walked(value) for key, value in body.items() if key != "title"}


def _walked(part: Any) -> Any:
    if isinstance(part, list):
        return [_walked(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    kept = {key: value for key, value in part.items() if not _is_noise(key, value)}
    return _scalars({key: value if _is_given(key, value) else _walked(value) for key, value in kept.items()})


def _is_given(key: str, value: Any) -> bool:
    """Examples are data, and stay as they are."""
    return key == "examples" and isinstance(value, list)


def _is_noise(key: str, value: Any) -> bool:
    """Titles that repeat the key, defaults of nothing, and fractions that no file could hold."""
    return (key == "title" and isinstance(value, str)) or (key == "default" and (value is None or "/" in str(value)))


def _scalars(part: Schema) -> Schema:
    if part.get("type") != "string" or "enum" in part or "format" in part:
        return part
    if "pattern" not in part:
        return part | {"type": _SCALAR}
    if part["pattern"] != ID_PATTERN:
        return part
    told = {key: value for key, value in part.items() if key in {"description", "examples"}}
    own = {key: value for key, value in part.items() if key not in told}
    return {"anyOf": [own, _ID_OF_DIGITS]} | told


def _result(kind: Any) -> Schema:
    """Additional keys are allowed: later versions only add."""
    models: dict[str, Schema] = {}
    body = _of_type(kind, models)
    return {**body, "$defs": models}


def _of_type(kind: Any, models: dict[str, Schema]) -> Schema:
    origin, arguments = get_origin(kind), get_args(kind)
    if hasattr(kind, "_fields"):
        if kind.__name__ not in models:
            models[kind.__name__] = {}
            models[kind.__name__] = _of_model(kind, models)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _of_type(arguments[0], models)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of_type(arguments[1], models)}
    if origin in {Union, UnionType}:
        return {"anyOf": [_of_type(entry, models) for entry in arguments]}
    return {"type": _DRAWN_ON[kind]}


def _of_model(kind: Any, models: dict[str, Schema]) -> Schema:
    """A named tuple as the object that JSON shows; a trailing underscore of a name is dropped there."""
    hints = get_type_hints(kind)
    properties = {name.rstrip("_"): _of_type(hints[name], models) for name in kind._fields}
    described = " ".join((kind.__doc__ or "").split())
    return {"type": "object", "description": described, "properties": properties, "required": list(properties)}
