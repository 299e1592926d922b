"""Translations of a questionnaire's texts: what can be translated, how it is laid over, what is missing or stale.

A text is known by its path: keys and ids joined by dots, such as `trends.choosing.indicators.entry-rule.levels.0`. Each
translation names the digest of the text that it translates; once that text has changed, it counts no more.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from allycheck.errors import Fault, Loc
from allycheck.language import _
from allycheck.text import nearest

TEXT = "text"
"""Marks where a text stands in `SHAPE`."""
ANY = "*"
"""Every key of a map, each with the same in it."""
_STEPS = dict.fromkeys(("start", "practise", "improve"), TEXT)
_INDICATOR = {
    "name": TEXT,
    "ask": TEXT,
    "levels": [TEXT],
    "evidence": TEXT,
    "source": TEXT,
    "steps": _STEPS,
    "overrides": {ANY: {"name": TEXT, "ask": TEXT, "levels": [TEXT], "evidence": TEXT}},
}
_TREND = dict.fromkeys(("title", "subject", "construct", "implication", "why"), TEXT)
_ACTOR_RISK = {
    **dict.fromkeys(("shows_up", "low", "moderate", "high"), TEXT),
    "warning_signs": [TEXT],
    "mitigations": [{"do": TEXT}],
}
_ACTOR = {
    **dict.fromkeys(("title", "who", "charge"), TEXT),
    "overall": {ANY: TEXT},
    "trends": {ANY: {"stake": TEXT, "indicators": {ANY: {"weak": TEXT, "strong": TEXT, **_STEPS}}}},
    "risks": {ANY: _ACTOR_RISK},
}
SHAPE: dict[str, Any] = {
    "title": TEXT,
    "instructions": TEXT,
    "level_names": [{"name": TEXT}],
    "scale": {ANY: TEXT},
    "trends": [{**_TREND, "indicators": [_INDICATOR]}],
    "actors": [_ACTOR],
    "risks": [{"title": TEXT, "meaning": TEXT, "causes": [TEXT], "example": TEXT}],
    "pillars": [{"title": TEXT, "meaning": TEXT}],
    "scenarios": [
        {"title": TEXT, "story": TEXT, "reasons": {ANY: TEXT}, "breaks_first": TEXT, "questions": {ANY: TEXT}}
    ],
    "consistency": [{"text": TEXT}],
}
"""What of a questionnaire is text that people read. Everything else stays as the source has it."""


class Text(NamedTuple):
    """A text of the source: its path, where it stands in the document, and what it says."""

    path: str
    loc: Loc
    text: str

    @property
    def digest(self) -> str:
        """What changes with the text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


class Checked(NamedTuple):
    """A translation held against its source: the translated texts by their place, what is missing, what is stale."""

    texts: dict[Loc, str]
    missing: list[Text]
    stale: list[Text]


def texts(data: Any, shape: Any = SHAPE, path: str = "", loc: Loc = ()) -> Iterator[Text]:
    """Every text of a questionnaire as read, in the order of the document."""
    if isinstance(data, str):
        # A protection may be a text alone.
        if data and shape in (TEXT, {"do": TEXT}):
            yield Text(path, loc, str(data))
    elif isinstance(data, Mapping) and isinstance(shape, dict):
        for key, value in data.items():
            inner = shape.get(key, shape.get(ANY))
            if inner is not None and value is not None:
                yield from texts(value, inner, _joined(path, key), (*loc, key))
    elif isinstance(data, list) and isinstance(shape, list):
        for at, value in enumerate(data):
            yield from texts(value, shape[0], _joined(path, _name(value, at)), (*loc, at))


def _joined(path: str, part: str) -> str:
    return f"{path}.{part}" if path else part


def _name(entry: Any, at: int) -> str:
    """What an entry of a list is called: its id, the two ids of a pair, else its number."""
    if isinstance(entry, Mapping):
        if isinstance(entry.get("id"), str):
            return str(entry["id"])
        if isinstance(entry.get("low"), str) and isinstance(entry.get("high"), str):
            return f"{entry['high']}-{entry['low']}"
    return str(at)


def faults(translation: Any, source: Any) -> Iterator[Fault]:
    """What can't be laid over: unknown texts, and anything beside a text and its digest."""
    if not isinstance(translation, Mapping):
        yield Fault(
            _("must be a map of texts by their path"), hint=_("begin one with: {command}").format(command=_BEGIN)
        )
        return
    known = {one.path for one in texts(source)}
    for path, entry in translation.items():
        if path not in known:
            yield Fault(_("the questionnaire has no such text"), (path,), nearest(path, known), at_key=True)
        elif not isinstance(entry, Mapping):
            yield Fault(_("must be a map of the text and the digest of its source"), (path,), _KEYS)
        else:
            for key, value in entry.items():
                if key not in {"of", "text", "was"}:
                    yield Fault(_("only texts are translated"), (path, key), _KEYS, at_key=True)
                elif value is not None and not isinstance(value, str):
                    yield Fault(_("must be a text"), (path, key))


_BEGIN = "allycheck questionnaire new --language LL"
_KEYS = "{of: DIGEST, text: ...}"


def checked(translation: Mapping[str, Mapping[str, str | None]], source: Any) -> Checked:
    """A translation without faults, held against its source."""
    found: dict[Loc, str] = {}
    missing, stale = [], []
    for one in texts(source):
        entry = translation.get(one.path, {})
        text = entry.get("text")
        if not text:
            missing.append(one)
        elif entry.get("of") != one.digest:
            stale.append(one)
        else:
            found[one.loc] = str(text)
    return Checked(found, missing, stale)


def laid_over(data: Any, found: Mapping[Loc, str], loc: Loc = ()) -> Any:
    """The questionnaire as read, with the translated texts in the place of its own."""
    if loc in found:
        return found[loc]
    if isinstance(data, dict):
        return {key: laid_over(value, found, (*loc, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [laid_over(value, found, (*loc, at)) for at, value in enumerate(data)]
    return data
