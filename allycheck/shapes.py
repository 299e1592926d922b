"""Values -> a model, with every fault of their shape said in words."""

import copy
import itertools
import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from allycheck.errors import Fault, Loc
from allycheck.fields import UNNAMED, Model, Plain
from allycheck.language import _, later, ngettext
from allycheck.text import choices, nearest, printable

M = TypeVar("M", bound=Model)
MOST_FAULTS = 1000
"""More faults than anybody reads at once; finding the nearest legal word for each of them would take long."""
_ROUNDS = 12
"""Each round fills one more layer: a list, its entry, the keys of the entry, what stands under them."""
_WORDS = {
    "model_type": later("must be a map of keys and values"),
    "model_attributes_type": later("must be a map of keys and values"),
    "dict_type": later("must be a map of keys and values"),
    "list_type": later("must be a list"),
    "string_type": later("must be a text"),
}
_ONE = Plain("1")
_QUOTED = re.compile("'[^']*'")
"""One of the words that pydantic lists: 'full' or 'quick'."""


def validated(model: type[M], data: Any) -> tuple[M | None, list[Fault]]:
    """The model of a document, and every fault of its shape.

    Where there are faults the model is built from what is sound, so that checks of meaning can still run and all is
    reported in one go; it is None where too little is sound for that.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    faults = [_fault(model, detail, data) for detail in details[: MOST_FAULTS + 1]]
    # More than are told at once: no fault of meaning would be told, and mending takes minutes.
    mended = _mended(model, data, details) if len(details) <= MOST_FAULTS else None
    return mended, list(dict.fromkeys(faults))


def _fault(model: type[Model], detail: ErrorDetails, data: Any) -> Fault:
    kind, loc = detail["type"], _existing(detail["loc"], data)
    if kind == "extra_forbidden":
        return Fault(_("unknown key"), loc, _instead(_models_at(model, loc[:-1]), str(loc[-1])), at_key=True)
    if kind == "missing":
        return Fault(_("is missing"), (*loc, detail["loc"][-1]))
    if detail["input"] is None:
        return Fault(_("must not be empty"), loc)
    if kind == "literal_error":
        known = _QUOTED.findall(detail["ctx"]["expected"])
        what = _("{word} is not known here").format(word=printable(str(detail["input"]))[:40])
        return Fault(what, loc, choices(known))
    if kind == "too_long":
        number = detail["ctx"]["actual_length"]
        what = ngettext("has {number} entry", "has {number} entries", number).format(number=number)
        return Fault(what, loc, _("at most {most}").format(most=detail["ctx"]["max_length"]))
    what, _and, hint = detail["msg"].removeprefix("Value error, ").partition("; ")
    return Fault(_(_WORDS[kind]) if kind in _WORDS else what, loc, hint)


def _existing(loc: tuple[int | str, ...], data: Any) -> Loc:
    """The part of a path that the document really has."""
    found: list[int | str] = []
    for part in loc:
        if isinstance(data, dict) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            break
        found.append(part)
    return tuple(found)


def _models_at(model: type[Model], loc: Loc) -> list[type[BaseModel]]:
    """The models of the map at a path, found by following the fields' annotations."""
    current: Any = model
    for part in loc:
        models = [found for found in _models_in(current) if isinstance(part, int) or part in found.model_fields]
        if models and isinstance(part, str):
            current = models[0].model_fields[part].annotation
    return list(_models_in(current))


def _instead(models: list[type[BaseModel]], key: str) -> str:
    """What to write instead of an unknown key: what replaced it, or else the nearest legal one."""
    replaced = [model.replaced[key] for model in models if issubclass(model, Model) and key in model.replaced]
    known = [entry.alias or name for model in models for name, entry in model.model_fields.items()]
    return _(replaced[0]) if replaced else nearest(key, known)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {list, dict, Annotated, Union, types.UnionType}:
        for inner in get_args(annotation):
            yield from _models_in(inner)


def _mended(model: type[M], data: Any, details: list[ErrorDetails]) -> M | None:
    data = copy.deepcopy(data)
    names = (f"{UNNAMED}{n}" for n in itertools.count(1))
    for _round in range(_ROUNDS):
        if not all(_mend(data, detail, next(names)) for detail in details):
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            details = error.errors(include_url=False)
    return None


def _mend(data: Any, detail: ErrorDetails, name: str) -> bool:
    """Put the least that fits where something is missing or of the wrong kind. False where nothing would."""
    loc = _existing(detail["loc"], data)
    if detail["type"] == "missing":
        _at(data, loc)[detail["loc"][-1]] = name
        return True
    if not loc:
        return False
    holder, last = _at(data, loc[:-1]), loc[-1]
    stand_in = _stand_in(detail, name)
    if isinstance(holder, dict) and stand_in in (None, holder.get(last)):
        holder.pop(last, None)
    else:
        holder[last] = stand_in
    return True


def _stand_in(detail: ErrorDetails, name: str) -> Any:
    """Something of the right kind; None where only leaving the value out can help."""
    if detail["type"] == "literal_error":
        return detail["ctx"]["expected"].split("'")[1]
    kinds = {"model_type": {}, "list_type": [name], "dict_type": {name: _ONE}, "string_type": name, "value_error": _ONE}
    return kinds.get(detail["type"])


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data
