"""Text of a file to plain values with their places."""

import pytest

from allycheck.errors import AllycheckError, Fault
from allycheck.fields import Plain
from allycheck.reading import DEEPEST, Source, decode, hidden_characters, parse

DOCUMENT = """\
title: One
trends:
- id: a
  indicators: [{id: x}, {id: y, "levels": [p, q]}]
- id: b
"""


def refused(text: str) -> str:
    with pytest.raises(AllycheckError) as caught:
        parse(text, "f.yaml")
    return str(caught.value)


def faults(source: Source) -> list[str]:
    return [str(fault) for fault in source.faults]


def test_scalars_stay_text_and_remember_whether_they_stood_in_quotes() -> None:
    data = parse(
        "{a: 3, b: '3', c: no, d: , e: ~, f: null, g: 'null', h: |\n x\n}".replace("h: |\n x\n", "h: 010"), "f"
    ).data
    assert data == {"a": "3", "b": "3", "c": "no", "d": None, "e": None, "f": None, "g": "null", "h": "010"}
    assert isinstance(data["a"], Plain)
    assert not isinstance(data["b"], Plain)


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault("x", ("title",)), "f:1:8"),
        (Fault("x", ("title",), at_key=True), "f:1:1"),
        (Fault("x", ("trends", 0, "indicators", 1, "levels", 1)), "f:4:47"),
        (Fault("x", ("trends", 0, "indicators", 1, "levels"), at_key=True), "f:4:33"),
        (Fault("x", ("trends", 1, "title")), "f:5:3"),  # what is missing stands where it should
        (Fault("x", ("trends", 7)), "f:3:1"),
        (Fault("x"), "f:1:1"),
        (Fault("x", where="g:9:9"), "g:9:9"),
    ],
)
def test_every_place_has_its_line_and_column(fault: Fault, place: str) -> None:
    assert parse(DOCUMENT, "f").place(fault).where == place


def test_of_repeated_keys_the_first_counts_and_the_second_is_a_fault() -> None:
    source = parse("a: 1\nb: 2\na: 3\n", "f")
    assert source.data == {"a": "1", "b": "2"}
    assert faults(source) == ["f:3:1: a: this key stands here twice; keep one of them"]
    assert source.place(Fault("x", ("a",))).where == "f:1:4"


def test_tags_and_keys_that_are_no_words_are_faults() -> None:
    source = parse("a: !!int 3\nb: !own {c: d}\n? [x]\n: y\n", "f")
    assert faults(source) == [
        "f:1:4: a: the tag tag:yaml.org,2002:int is not read here; write the value without it",
        "f:2:4: b: the tag !own is not read here; write the value without it",
        "f:3:3: a key must be a word",
    ]


def test_nesting_is_read_to_its_limit() -> None:
    parse("[" * DEEPEST + "]" * DEEPEST, "f")
    assert refused("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == f"f.yaml:1:{DEEPEST}: nested more than {DEEPEST} deep"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n\t- b", ("f.yaml:2:1: not valid YAML: found character that cannot start any token; indent with spaces, not tabs, "
                      "and quote a text that begins with a special character")),
        ("a: b: c", "f.yaml:1:5: not valid YAML: mapping values are not allowed in this context; quote a text that contains a colon"),
        ("a: b\n---\nc: d", "f.yaml:2:1: not valid YAML: but found another document; keep one document in a file"),
        ("a: \x07", "f.yaml:1:4: a control character; remove it"),
        ("é: 1\nb: \x1b[31m", "f.yaml:2:4: a control character; remove it"),
    ],
)  # fmt: skip
def test_what_is_no_yaml_is_told_with_its_place(text: str, message: str) -> None:
    assert refused(text) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: \xe9\n", "f.yaml:1:4: not UTF-8 text; save it as UTF-8"),
        (b"a: b\nc: \xff", "f.yaml:2:4: not UTF-8 text; save it as UTF-8"),
        ("a: b".encode("utf-16"), "f.yaml: UTF-16 text; save it as UTF-8"),
        (b"\x7fELF\0\xff", "f.yaml: a binary file, not text; name a YAML or JSON file"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(AllycheckError) as caught:
        decode(content, "f.yaml")
    assert str(caught.value) == message


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa: b", "f") == "a: b"


def test_characters_of_json_in_two_halves_become_one() -> None:
    assert parse('{"a": "\\uD83D\\uDE00 \\\\uD83D\\uDE00"}'.replace("\\\\uD83D\\uDE00", "end"), "f").data == {
        "a": "😀 end"
    }
    assert refused('{"a": "\\ud83d"}').startswith("f.yaml:1:10: not valid YAML: found invalid Unicode")


def test_hidden_characters_in_values_and_keys() -> None:
    data = parse('{a: ["x\\u202ey", ok], "b\\ec": d}', "f").data
    assert [fault.loc for fault in hidden_characters(data)] == [("a", 0), ("b\x1bc",)]
