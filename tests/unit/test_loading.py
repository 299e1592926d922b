"""Files to models; what is refused stands in tests/invalid."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from allycheck.errors import AllycheckError
from allycheck.loading import bundled_questionnaires, check_questionnaire, load_questionnaire, load_sheet, starter

TINY = "id: tiny\nversion: '1'\ntitle: T\n"
TREND = "id: {name}\ntitle: T\nindicators: [{{id: {name}1, ask: '?', levels: [a, b, c, d, e]}}]\n"


def folder_of(path: Path, **trends: str) -> Path:
    """A questionnaire's folder with a file for each trend."""
    (path / "trends").mkdir()
    (path / "questionnaire.yaml").write_text(TINY)
    for name, text in trends.items():
        (path / "trends" / f"{name}.yaml").write_text(text)
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(AllycheckError) as caught:
        check_questionnaire(str(path), strict=True)
    return [str(fault).replace(f"{path}/", "") for fault in caught.value.faults]


def test_the_bundled_one_is_the_default() -> None:
    assert "alliance-readiness" in bundled_questionnaires()
    assert load_questionnaire().id == "alliance-readiness"


def test_the_starter_passes_a_strict_check(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(starter())
    questionnaire, warnings = check_questionnaire(str(tmp_path / "mine.yaml"), strict=True)
    assert (len(questionnaire.indicators), warnings) == (1, [])
    assert len(starter().splitlines()) == 10


def test_a_folder_reads_its_trends_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, b=TREND.format(name="one"), a=TREND.format(name="two"))
    assert [trend.id for trend in load_questionnaire(str(folder)).trends] == ["two", "one"]


def test_faults_of_a_folder_name_the_file_they_stand_in(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=TREND.format(name="one") + "wieght: 2\n", b=TREND.format(name="one"))
    (folder / "scenarios.yaml").write_text("scenarios: [{id: storm, title: S, demands: {on: 1}}]\n")
    assert refused(folder) == [
        "scenarios.yaml:1:45: scenarios.0.demands.on: unknown trend on; did you mean one?",
        "trends/a.yaml:4:1: trends.0.wieght: unknown key; did you mean weight?",
        "trends/b.yaml:1:5: trends.1.id: the id one is used more than once; give each its own",
        "trends/b.yaml:3:19: trends.1.indicators.0.id: the id one1 is used more than once; give each its own",
    ]


def test_while_a_trend_has_no_name_no_other_is_unknown(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a="- x\n")
    (folder / "scenarios.yaml").write_text("scenarios: [{id: storm, title: S, demands: {on: 4}}]\n")
    assert refused(folder) == [
        "scenarios.yaml:1:49: scenarios.0.demands.on: 4 is not a demand; use 0, 1, 2 or 3",
        "trends/a.yaml:1:1: trends.0: must be a map of keys and values",
    ]


def test_what_stands_in_the_main_file_and_in_a_folder_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=TREND.format(name="one"))
    (folder / "questionnaire.yaml").write_text(f"{TINY}trends: []\n")
    assert any("trends: stands here and in" in line for line in refused(folder))


def test_warnings_become_faults_only_when_strict(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        f"{TINY}trends:\n- {{id: t, title: T, indicators: [{{id: a, ask: '?', levels: [a, b, c, d, e], weight: 0}}]}}\n"
    )
    _, warnings = check_questionnaire(str(tmp_path / "a.yaml"), strict=False)
    assert [fault.what for fault in warnings] == ["has no indicator that counts"]
    assert refused(tmp_path / "a.yaml")[0].endswith("a.yaml:5:33: trends.0.indicators: has no indicator that counts")


def test_a_name_that_is_neither_bundled_nor_a_file() -> None:
    with pytest.raises(AllycheckError, match=r"alliance-redness; did you mean alliance-readiness\?"):
        load_questionnaire("alliance-redness")
    with pytest.raises(
        AllycheckError, match="bundled are alliance-readiness and joint-venture; or name a file or folder"
    ):
        load_questionnaire("x")


def test_a_file_wins_where_it_has_a_bundled_looking_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine").write_text(starter())
    assert load_questionnaire("mine").id == "my-questionnaire"


def test_answers_from_standard_input_and_none_where_it_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"questionnaire: alliance-readiness\nactor: state\n"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert load_sheet("-").answers.actor == "state"
    assert load_sheet.__module__ == "allycheck.loading"
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(AllycheckError, match="standard input: this is closed"):
        load_sheet("-")


def test_an_unfinished_file_may_lack_its_actor(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("questionnaire: alliance-readiness\n")
    assert load_sheet(str(tmp_path / "a.yaml"), unfinished=True).answers.actor is None
    with pytest.raises(AllycheckError, match="actor: is missing"):
        load_sheet(str(tmp_path / "a.yaml"))


def test_faults_of_answers_are_told_whatever_is_wrong_with_the_questionnaire_they_name(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("answers: {sunset-exits: 9}\n")
    with pytest.raises(AllycheckError) as caught:
        load_sheet(str(tmp_path / "a.yaml"), load_questionnaire())
    assert [fault.loc for fault in caught.value.faults] == [
        ("questionnaire",), ("actor",), ("answers", "sunset-exits"), ("answers", "sunset-exits"),
    ]  # fmt: skip


def test_warnings_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("questionnaire: alliance-readiness\nactor: state\nversion: '2.9'\n")
    (warning,) = load_sheet(str(tmp_path / "a.yaml")).warnings
    assert warning.endswith("a.yaml: recorded with version 2.9, newer than this questionnaire's 2.0")


def test_the_digest_changes_with_any_content(tmp_path: Path) -> None:
    digests = set()
    for ask in ("?", "!"):
        (tmp_path / "a.yaml").write_text(starter().replace("?", ask))
        digests.add(load_questionnaire(str(tmp_path / "a.yaml")).digest)
    (tmp_path / "a.yaml").write_text("# a comment changes nothing\n" + starter())
    digests.add(load_questionnaire(str(tmp_path / "a.yaml")).digest)
    assert len(digests) == 2


ANSWERED = 'questionnaire: tiny\nanswers:\n  one1: 2\n  "two1": {answer: 3}\n'


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("a.yaml", ANSWERED, {"one1": (3, 3), "two1": (4, 3)}),
        ("a.yaml", "{questionnaire: tiny, answers: {one1: 2,\n two1: dk}}", {"one1": (1, 33), "two1": (2, 2)}),
        (
            "a.json",
            '{"questionnaire": "tiny",\n "answers": {"two1": 3,\n  "one1": 2}}',
            {"two1": (2, 14), "one1": (3, 3)},
        ),
        ("a.yaml", "questionnaire: tiny\n", {}),
    ],
)
def test_each_answer_has_its_line_and_column_for_whoever_asks(
    name: str, text: str, places: dict[str, tuple[int, int]], tmp_path: Path
) -> None:
    questionnaire = load_questionnaire(str(folder_of(tmp_path, a=TREND.format(name="one"), b=TREND.format(name="two"))))
    (tmp_path / name).write_text(text)
    assert load_sheet(str(tmp_path / name), questionnaire, with_lines=True).lines == places
    assert load_sheet(str(tmp_path / name), questionnaire).lines == {}
