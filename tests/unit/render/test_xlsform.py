"""The XLSForm: what ODK and KoboToolbox make of it, according to pyxform and ODK Validate."""

import re
import shutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from inline_snapshot import snapshot
from pyxform.xls2xform import convert

from allycheck.errors import AllycheckError
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.template.surveys import as_text
from allycheck.render.template.xlsform import template
from allycheck.spreadsheets import Table, tables
from tests.reports import HARBOUR
from tests.surveyed import NASTY, ODD, TINY

BUNDLED = load_questionnaire()
XFORMS, XHTML = "{http://www.w3.org/2002/xforms}", "{http://www.w3.org/1999/xhtml}"
EXPORTS = Path(__file__).parents[1] / "survey_exports"


class Asked(NamedTuple):
    """A questionnaire, an actor and a form."""

    questionnaire: Questionnaire
    actor: str
    form: Form


CASES = {
    "business": Asked(BUNDLED, "business", "full"),
    "state quick": Asked(BUNDLED, "state", "quick"),
    "joint venture": Asked(load_questionnaire("joint-venture"), "parent", "full"),
    "no actors": Asked(TINY, "", "full"),
    "nothing to ask": Asked(TINY, "", "quick"),
    "odd": Asked(ODD, "", "full"),
}
anything = pytest.mark.parametrize("asked", CASES.values(), ids=CASES)


def _xform(asked: Asked, *, validate: bool = False) -> ET.Element:
    """The form as a platform reads it; nothing is warned of."""
    warnings: list[str] = []
    made = convert(BytesIO(template(*asked)), file_type=".xlsx", validate=validate, warnings=warnings)
    assert warnings == []
    return ET.fromstring(made.xform)


def _data(xform: ET.Element) -> ET.Element:
    """What is sent back before anything is answered."""
    instance = xform.find(f".//{XFORMS}instance")
    assert instance is not None
    return instance[0]


def _fields(xform: ET.Element) -> list[str]:
    """Every field with its groups, as an export names it."""

    def leaves(node: ET.Element, path: str) -> Iterator[str]:
        for child in node:
            name = path + child.tag.partition("}")[2]
            yield from leaves(child, f"{name}/") if len(child) else [name]

    return [name for name in leaves(_data(xform), "") if not name.startswith("meta/")]


def _sheet(asked: Asked, name: str) -> Table:
    return tables(template(*asked), "form.xlsx")[name]


def test_whole_form() -> None:
    sheets = [_sheet(Asked(HARBOUR, "firm", "quick"), name) for name in ("survey", "choices", "settings")]
    shown = ["\n".join(" | ".join(row).rstrip(" |") for row in sheet) for sheet in sheets]
    assert "\n\n".join(shown) == snapshot("""\
type | name | calculation | label::English (en) | appearance | hint::English (en) | relevant
calculate | questionnaire | 'harbour'
calculate | version | '2.1'
calculate | actor | 'firm'
calculate | form | 'quick'
begin_group | about |  | About these answers | field-list
note | instructions |  | Answer for the harbour.
text | organisation |  | Name of your organisation
text | respondent |  | Who answers? |  | A name or a role; it can be left out.
text | alliances |  | The one to three alliances that you answer for |  | Separate them with semicolons.
date | date |  | Date of the answers
select_one notes | notes |  | Do you also want to note evidence and comments? |  | If you do, there is room for both below each question that you answer.
end_group
begin_group | ports |  | Ports: Where ships land | field-list
select_one PO1 | PO1 |  | PO1 How is your quay kept?
text | PO1_reason |  | PO1 reason: why does it not apply? |  |  | ${PO1} = 'na'
text | PO1_evidence |  | PO1 evidence: where can it be seen? | multiline |  | ${notes} = 'yes' and ${PO1} != ''
text | PO1_comment |  | PO1 comment | multiline |  | ${notes} = 'yes' and ${PO1} != ''
end_group
begin_group | ships |  | Ships | field-list
select_one SH1 | SH1 |  | SH1 How is your hull kept?
text | SH1_reason |  | SH1 reason: why does it not apply? |  |  | ${SH1} = 'na'
text | SH1_evidence |  | SH1 evidence: where can it be seen? | multiline |  | ${notes} = 'yes' and ${SH1} != ''
text | SH1_comment |  | SH1 comment | multiline |  | ${notes} = 'yes' and ${SH1} != ''
end_group

list_name | name | label::English (en)
notes | yes | Yes
notes | no | No
PO1 | 0 | 0 Quays: none
PO1 | 1 | 1 Quays: some
PO1 | 2 | 2 Quays: written
PO1 | 3 | 3 Quays: done
PO1 | 4 | 4 Quays: improved
PO1 | dk | Don't know
PO1 | na | Not applicable
SH1 | 0 | 0 Hulls: none
SH1 | 1 | 1 Hulls: some
SH1 | 2 | 2 Hulls: written
SH1 | 3 | 3 Hulls: done
SH1 | 4 | 4 Hulls: improved
SH1 | dk | Don't know
SH1 | na | Not applicable

form_title | form_id | version | default_language | style
Harbour check: Firm, quick form | harbour-firm-quick | 2.1 | English (en) | pages\
""")


@anything
def test_pyxform_takes_it_without_a_warning(asked: Asked) -> None:
    xform = _xform(asked)
    assert xform.findall(f".//{XFORMS}setvalue") == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java (the Debian package default-jre-headless)")
@anything
def test_odk_validate_takes_it(asked: Asked) -> None:
    _xform(asked, validate=True)


def test_answers_are_those_of_an_answers_file_and_none_is_preselected() -> None:
    asked = CASES["odd"]
    rows = _sheet(asked, "choices")[1:]
    for number, code in ((0, "A1"), (1, "a1_2")):
        offered = [row[1] for row in rows if row[0] == code]
        assert offered == ["0", "1", "2", "3", "4", "dk", *(["na"] if ODD.indicators[f"odd-{number}"].na else [])]
    assert {node.text for node in _data(_xform(asked)).iter() if not len(node)} == {None}


def test_the_form_says_what_its_answers_belong_to() -> None:
    binds = _xform(CASES["state quick"]).iter(f"{XFORMS}bind")
    worked_out = {bind.get("nodeset"): bind.get("calculate") for bind in binds if bind.get("calculate")}
    assert worked_out == {
        "/data/questionnaire": "'alliance-readiness'",
        "/data/version": f"'{BUNDLED.version}'",
        "/data/actor": "'state'",
        "/data/form": "'quick'",
    }


def test_a_reason_is_asked_only_of_what_does_not_apply() -> None:
    xform = _xform(CASES["business"])
    binds = {bind.get("nodeset", "").rpartition("/")[2]: bind for bind in xform.iter(f"{XFORMS}bind")}
    assert (binds["FC1_reason"].get("relevant") or "").split() == ["/data/flexible_coalitions/FC1", "=", "'na'"]
    assert {bind.get("required") for bind in binds.values()} == {None}
    item = HARBOUR.indicators["crane"]
    assert not item.na
    assert not [name for name in _fields(_xform(Asked(HARBOUR, "city", "full"))) if name.endswith("PO2_reason")]


def test_words_stay_words() -> None:
    """No reference, no markup: every label is what was written, on one line, with look-alikes for signs of markup."""
    xform = _xform(CASES["odd"])
    assert list(xform.iter(f"{XFORMS}output")) == []
    labels = {value.text or "" for value in xform.iter(f"{XFORMS}value")}
    assert f"A1 {as_text(NASTY)}" in labels
    assert f"3 {as_text(NASTY)}" in labels
    assert xform.findtext(f".//{XHTML}title") == f"\uff03 {as_text(NASTY)}"
    assert [label for label in labels if re.search(r"[{}<*_`\n\t\x00]|\]\(|^#", label)] == []


def test_the_same_questions_give_the_same_bytes() -> None:
    assert template(*CASES["business"]) == template(*CASES["business"])


def test_samples_of_exports_have_the_columns_of_the_form() -> None:
    fields = [name for name in _fields(_xform(Asked(BUNDLED, "business", "quick"))) if name != "about/instructions"]
    grouped = (EXPORTS / "kobo-groups.csv").read_text("utf-8").splitlines()[0].replace('"', "").split(";")
    plain = (EXPORTS / "kobo.csv").read_text("utf-8").splitlines()[0].replace('"', "").split(";")
    assert grouped[: len(fields)] == fields
    assert plain[: len(fields)] == [name.rpartition("/")[2] for name in fields]
    assert grouped[len(fields)] == "_id"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(AllycheckError, match=r"pip install xlsxwriter python-calamine"):
        template(*CASES["business"])
