"""Text of a file to plain values with their places."""

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allycheck.errors import AllycheckError, Fault, Loc
from allycheck.fields import Plain
from allycheck.reading import (
    DEEPEST,
    MOST_VALUES,
    Source,
    decode,
    hidden_characters,
    parse,
    parse_json,
    parse_yaml,
)

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
    assert refused('{"a": "\\ud83d"}') == "f.yaml:1:7: half a character; write both of its escapes"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n "b" 2}', "2:6: not valid JSON: a colon is missing after a key"),
        ('{"a": 1,\n}', "2:1: not valid JSON: a key is missing; write it in double quotes, and no comma before a closing bracket"),
        ('{"a": [1 2]}', "1:10: not valid JSON: a comma or ] is missing"),
        ('{"a": 1', "1:8: not valid JSON: a comma or } is missing"),
        ('{"a": NaN}', "1:7: not valid JSON: a value is missing or not one of JSON; write a number, a text in double quotes, or null"),
        ('{"a": [-Infinity]}', "1:8: not valid JSON: a value is missing or not one of JSON; write a number, a text in double quotes, or null"),
        ('{"a": 010}', "1:7: not valid JSON: a value is missing or not one of JSON; write a number, a text in double quotes, or null"),
        ('{"a": "b}', "1:7: not valid JSON: a text without its closing quote"),
        ('{"a": "b\n"}', ("1:9: not valid JSON: a character or escape that no text may hold; "
                         'write \\n for a line end, \\" for a quote, \\\\ for a backslash')),
        ('{"a": 1} {}', "1:10: not valid JSON: something follows the end; keep one document in a file"),
        ("a: b", "1:1: not valid JSON: a value is missing or not one of JSON; write a number, a text in double quotes, or null"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(AllycheckError) as caught:
        parse(text, "f.JSON")
    assert str(caught.value) == f"f.JSON:{message}"


def test_maps_and_lists_in_brackets_are_yaml_where_no_name_says_json() -> None:
    assert parse("{a: b, 'c': [1,], \"d\": NaN}", "standard input").data == {"a": "b", "c": ["1"], "d": "NaN"}
    assert parse("[a, {b: c}]", "standard input").data == ["a", {"b": "c"}]
    assert parse("{a: 1} # so it is", "f.yaml").data == {"a": "1"}
    assert refused('{"a": [}').startswith("f.yaml:1:8: not valid JSON")
    assert refused("{a: [}").startswith("f.yaml:1:6: not valid YAML")


def test_scalars_of_json_stay_text_too() -> None:
    text = '{"a": 3, "b": "3", "c": 1.0, "d": true, "e": [false, null, -1E5], "f": "", "g": {}}'
    data = parse(text, "f.json").data
    assert data == {"a": "3", "b": "3", "c": "1.0", "d": "true", "e": ["false", None, "-1E5"], "f": "", "g": {}}
    assert [type(data[key]) for key in "abcd"] == [Plain, str, Plain, Plain]
    assert parse("\n", "f.json").data is None


def test_json_is_read_to_the_limit_of_values() -> None:
    assert len(parse(f"[{'1,' * (MOST_VALUES - 2)}1]", "f.json").data) == MOST_VALUES - 1
    with pytest.raises(AllycheckError, match=f"more than {MOST_VALUES} values"):
        parse(f"[{'1,' * (MOST_VALUES - 1)}1]", "f.json")
    assert parse(f'["{"," * MOST_VALUES}"]', "f.json").data == ["," * MOST_VALUES]


def test_repeated_keys_of_json_are_told_as_in_yaml() -> None:
    text = '{"a": {"b": 1, "c": 2, "b": 3}, "d": "x"}'
    for source in (parse_json(text, "f"), parse_yaml(text, "f")):
        assert source.data == {"a": {"b": "1", "c": "2"}, "d": "x"}
        assert faults(source) == ["f:1:24: a.b: this key stands here twice; keep one of them"]
        assert source.place(Fault("x", ("a", "b"))).where == "f:1:13"


# In YAML some characters end a line or are refused; all others stand in both.
TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def places(value: Any, loc: Loc = ()) -> list[Loc]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [loc, *(place for key, entry in entries for place in places(entry, (*loc, key)))]


def typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: typed(entry) for key, entry in value.items()}
    return [typed(entry) for entry in value] if isinstance(value, list) else (type(value), value)


@settings(max_examples=150, deadline=None)
@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_json_reads_as_the_same_text_read_as_yaml(value: Any, indent: int | str | None, escaped: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    # an emoji in two halves is no YAML
    assume(isinstance(value, dict | list) and "\\ud" not in text)
    one, other = parse_json(text, "f"), parse_yaml(text, "f")
    assert typed(one.data) == typed(other.data)
    for loc in places(one.data):
        for at_key in (False, True):
            fault = Fault("x", loc, at_key=at_key)
            assert one.place(fault) == other.place(fault)


@settings(max_examples=200, deadline=None)
@given(VALUES.map(json.dumps), st.text(',:[]{}"\\0.-e1nN \n', max_size=2), st.integers(0, 200), st.integers(0, 2))
def test_what_the_fast_parser_refuses_the_scanner_refuses(text: str, odd: str, at: int, cut: int) -> None:
    text = text[:at] + odd + text[at + cut :]
    assume("\\ud" not in text and text.strip())
    try:
        json.loads(text, parse_constant=lambda word: 1 / 0)
    except (ValueError, ZeroDivisionError):
        with pytest.raises(AllycheckError, match="not valid JSON"):
            parse_json(text, "f.json")
    else:
        source = parse_json(text, "f.json")
        assert all(source.place(Fault("x", loc)).where for loc in places(source.data))


def test_hidden_characters_in_values_and_keys() -> None:
    data = parse('{a: ["x\\u202ey", ok], "b\\ec": d}', "f").data
    assert [fault.loc for fault in hidden_characters(data)] == [("a", 0), ("b\x1bc",)]
    assert [fault.loc for fault in hidden_characters({"a\tb": "c\td"})] == [("a\tb",)]
