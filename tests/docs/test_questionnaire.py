"""docs/questionnaire.md is what the models say, and what it promises an author holds."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from allycheck import reading, shapes
from allycheck.cli.app import build
from allycheck.loading import check_questionnaire, load_questionnaire, starter
from allycheck.questionnaire_rules import LARGEST_GROUP, SCREEN_ROWS
from allycheck.schemas import schema

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "questionnaire.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = script()
KEYS = [
    pytest.param(name, key, id=f"{name}.{key}") for name, model in SCRIPT.models().items() for key in model.model_fields
]
SCHEMA = schema("questionnaire")
PLACES = SCHEMA["$defs"] | {
    "Questionnaire": SCHEMA,
    "Mitigation": SCHEMA["$defs"]["ActorRisk"]["properties"]["mitigations"]["items"]["anyOf"][1],
}


def test_the_tables_are_what_the_models_say() -> None:
    assert SCRIPT.written(PAGE) == PAGE, "run docs/make_reference.py"


def test_every_model_has_its_table() -> None:
    tables = re.findall(r"<!-- keys: (\w+) -->", PAGE)
    assert sorted(tables) == sorted([*SCRIPT.models(), "replaced"])
    drawn = MarkdownIt().enable("table").render(PAGE)
    assert drawn.count("<table>") == len(tables) + 1  # and the one of what to add


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_every_key_says_what_it_does_with_an_example_that_is_read(name: str, key: str) -> None:
    field = SCRIPT.models()[name].model_fields[key]
    assert field.description
    assert field.description.endswith(".")
    [example] = field.examples
    own = PLACES[name]["properties"][field.alias or key]
    assert own["description"] == field.description
    assert own["examples"] == [example]
    read = Draft202012Validator(own | {"$defs": SCHEMA["$defs"]})
    assert [fault.message for fault in read.iter_errors(example)] == []


def test_the_least_that_scores_is_the_starter() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert blocks == [starter()]


def test_a_folder_as_the_page_draws_it_is_the_same_questionnaire(tmp_path: Path) -> None:
    content = yaml.load(starter(full=True), Loader=yaml.BaseLoader)
    single, folder = tmp_path / "mine.yaml", tmp_path / "mine"

    def write(path: Path, part: Any) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"'(true|false|\d+)'", r"\1", yaml.safe_dump(part, sort_keys=False)), encoding="utf-8")

    write(single, content)
    for kind in ("trends", "actors"):
        for n, entry in enumerate(content.pop(kind)):
            write(folder / kind / f"0{n}-{entry['id']}.yaml", entry)
    write(folder / "scenarios.yaml", {key: content.pop(key) for key in ("scenarios", "scale")})
    write(folder / "questionnaire.yaml", content)
    assert check_questionnaire(str(folder), strict=True)[1] == []
    assert load_questionnaire(str(folder)).digest == load_questionnaire(str(single)).digest


def test_the_limits_are_those_of_the_code() -> None:
    megabytes, depth, values = reading.LARGEST_FILE // reading.MEGABYTE, reading.DEEPEST, reading.MOST_VALUES
    assert f"at most {megabytes} MB, {depth} levels of nesting and {values:,} values" in WORDS
    assert LARGEST_GROUP == 6
    assert "At most six indicators may hang together" in WORDS
    assert f"up to {shapes.MOST_FAULTS:,} faults" in WORDS
    assert f"{SCREEN_ROWS} lines of 76 characters" in WORDS


def test_the_editors_page_shows_what_list_prints() -> None:
    listed = CliRunner().invoke(build(["questionnaire"]), ["questionnaire", "list"]).stdout
    assert f"```\n{listed}```\n" in (DOCS / "schema.md").read_text(encoding="utf-8")


def test_the_readme_counts_the_questions() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    alliances, venture = load_questionnaire("alliance-readiness"), load_questionnaire("joint-venture")
    asked = [len(alliances.scope(actor, "full")) for actor in alliances.actor_types]
    quick, short = len(alliances.scope("state", "quick")), len(venture.scope("venture", "quick"))
    every = f"{len(alliances.indicators)} questions in all, {min(asked)} to {max(asked)} for an actor, {quick} in the quick form"
    assert f"| {every}; ten trends |" in readme
    assert f"| {len(venture.indicators)} questions, {short} in the quick form; eight trends |" in readme
    assert (len(alliances.trends), len(venture.trends)) == (10, 8)
