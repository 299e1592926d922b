"""Write the tables of docs/questionnaire.md from the models of a questionnaire: `python docs/make_reference.py`.

The prose around them is written by hand. A table stands between `<!-- keys: MODEL -->` and `<!-- end -->`.
"""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from allycheck import questionnaire
from allycheck.fields import Model
from allycheck.questionnaire import ONE
from allycheck.text import listing

PAGE = Path(__file__).resolve().parent / "questionnaire.md"
TABLE = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
REPLACED = "replaced"
"""The table of keys of an earlier edition."""
OWNERS = {
    "Questionnaire": "the questionnaire",
    "Indicator": "an indicator",
    "Override": "`overrides` of an indicator",
    "ActorTrend": "an actor's trend",
    "ActorIndicator": "an indicator of an actor's trend",
    "Pillar": "a pillar",
}
"""Where a replaced key stood, by model."""
WIDE = 10_000


def models() -> dict[str, type[Model]]:
    """Every model of a questionnaire by its name."""
    found = vars(questionnaire).values()
    return {one.__name__: one for one in found if isinstance(one, type) and issubclass(one, Model) and one is not Model}


def written(page: str) -> str:
    """The page with its tables made anew."""
    return TABLE.sub(lambda match: f"{match[1]}{table(match[2])}{match[3]}", page)


def table(name: str) -> str:
    """The keys of one model, or the keys that were replaced."""
    if name == REPLACED:
        return _rows(["old key", "of", "now"], _replaced())
    fields = models()[name].model_fields
    return _rows(["key", "what it does", "default", "example"], [_row(key, field) for key, field in fields.items()])


def _rows(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(key: str, field: FieldInfo) -> list[str]:
    [example] = field.examples or [None]
    return [f"`{field.alias or key}`", field.description or "", _default(field), f"`{_flow(example)}`"]


def _default(field: FieldInfo) -> str:
    """The default in words; what is empty is none."""
    factory: Any = field.default_factory
    value = factory() if factory else field.default
    if field.is_required():
        return "*required*"
    if value == ONE:
        return "`1`"
    if isinstance(value, BaseModel):
        return "see there" if any(dict(value).values()) else "none"
    if value in (None, "", [], {}):
        return "none"
    if isinstance(value, list) and len(set(map(str, value))) == 1:
        value = value[0]
    return f"`{_flow(value)}`"


def _flow(value: Any) -> str:
    """A value as YAML on one line."""
    return (
        yaml.safe_dump(_plain(value), default_flow_style=True, width=WIDE, sort_keys=False)
        .removesuffix("\n...\n")
        .strip()
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _plain(dict(value))
    if isinstance(value, dict):
        return {int(key) if key.isdigit() else key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _replaced() -> list[list[str]]:
    """Keys of one model that were replaced by the same thing share a row."""
    rows: dict[tuple[str, str], list[str]] = {}
    for name, model in models().items():
        for key, now in model.replaced.items():
            rows.setdefault((name, now), []).append(f"`{key}`")
    return [[listing(keys), OWNERS[name], f"{now[0].upper()}{now[1:]}."] for (name, now), keys in rows.items()]


def main() -> None:
    """Bring the page up to date."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
