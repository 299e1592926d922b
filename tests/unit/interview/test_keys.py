"""What terminals send, as keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allycheck.interview.terminal.keys import MOST_PASTED, RESIZE, Keys, Parser
from allycheck.interview.terminal.terminal import END, Window
from tests.unit.interview.fakes import FakeTerminal

KEYS = {
    b"3": ["3"],
    b"01234": ["0", "1", "2", "3", "4"],  # five quick keys in one read
    b"\r": ["enter"],
    b"\n": ["enter"],
    b"\x7f\b": ["backspace", "backspace"],
    b"\x1b[A\x1b[B\x1b[C\x1b[D": ["up", "down", "right", "left"],
    b"\x1bOA\x1bOD\x1bOF": ["up", "left", "end"],
    b"\x1b[1;5A": ["up"],
    b"\x1b[5~\x1b[6~\x1b[H\x1b[4~\x1b[1;2~": ["page-up", "page-down", "home", "end", "home"],
    b"\x15\x17\x0c": ["clear", "rub-word", RESIZE],
    b"\x9bA\x8fB\xc2\x9bC": ["up", "down", "right"],  # C1 controls, bare and as UTF-8 has them
    "é漢🙂".encode(): ["é", "漢", "🙂"],
    b"\x1b[200~3\n4\x1b[201~": ["paste:3\n4"],
    b"\x1b[200~\x18\x1b[A\x1b[20\x9b1~\xff\x1b[201~": ["paste:\x18\x1b[A\x1b[20\ufffd1~\ufffd"],
    b"\x1b\x1b[A": ["escape", "up"],
    b"\x1b\r": ["escape", "enter"],
    b"\x1b[3\rA": ["enter", "up"],  # a control inside a sequence acts at once
    b"\xe6\xbc3": ["3"],  # half a character
}
NO_KEYS = {
    "controls that mean nothing": b"\x00\x01\x18\x1a\x8d",
    "a function key": b"\x1b[15~\x1b[24;5~\x1bOP\x1bOy",
    "a function key of the Linux console": b"\x1b[[A",
    "two bytes": b"\x1b3\x1bc\x1b\x7f",
    "an intermediate byte": b"\x1b(0\x1b#3\x1b $4",
    "DA1": b"\x1b[?62;1;2;4c",
    "DA2": b"\x1b[>41;330;0c",
    "DA3": b"\x1bP!|7E565445\x1b\\",
    "where the cursor is": b"\x1b[24;80R\x1b[?24;80R",
    "a mode": b"\x1b[?2004;1$y",
    "a private arrow": b"\x1b[?1A\x1b[1$A",
    "OSC to its bell": b"\x1b]11;rgb:1111/2222/3333\x07",
    "OSC to its terminator": b"\x1b]11;rgb:1111/2222/3333\x1b\\",
    "OSC as C1": b"\x9d0;3\x9c",
    "OSC as C1 in UTF-8": b"\xc2\x9d0;3\xc2\x9c",
    "DCS, for which a bell is no end": b"\x1bP1$r0m\x073\x1b\\",
    "a terminator that is half a letter": "\x1b]0;3\u00dc3\u071c3\x07".encode(),
    "APC": b"\x1b_Gi=31;OK\x1b\\",
    "PM": b"\x1b^3\x1b\\",
    "SOS": b"\x1bX3\r\n3\x1b\\",
    "SS2": b"\x1bN3\x8e3",
    "a mouse of X10": b"\x1b[M 3d",
    "a mouse of X10 far out": b"\x1b[M\x20\xc3\xa9\x1b[M\x1b\x18\xff",
    "a mouse of SGR": b"\x1b[<0;33;12M\x1b[<0;33;12m",
    "a mouse of urxvt": b"\x1b[32;33;12M",
    "focus": b"\x1b[I\x1b[O",
    "a paste that ends but never began": b"\x1b[201~",
    "a key that is told with its modifiers": b"\x1b[97;5u\x1b[27;5;51~",
    "sequences that are broken off": b"\x1b[3\x18\x1b]3\x1a\x1b(\x18\x1b[3\x1b[4c\x1b]3\x1b[4c\x1bP3\x1b\x1b\x18",
    "a sequence without end to its parameters": b"\x1b[" + b"3" * 10_000 + b"~",
}
SEQUENCES: dict[bytes, list[str]] = KEYS | {sent: [] for sent in NO_KEYS.values()}


def one_by_one(typed: bytes) -> list[str]:
    parser = Parser()
    return [key for n in range(len(typed)) for key in parser.feed(typed[n : n + 1])]


@pytest.mark.parametrize("sent", KEYS, ids=repr)
def test_keys(sent: bytes) -> None:
    assert Parser().feed(sent) == KEYS[sent]


@pytest.mark.parametrize("name", NO_KEYS)
def test_what_a_terminal_says_of_itself_is_no_answer_and_the_next_key_is_one(name: str) -> None:
    assert Parser().feed(NO_KEYS[name] + b"2") == ["2"]


@pytest.mark.parametrize("sent", [sent for sent in SEQUENCES if len(sent) < 100], ids=repr)
def test_a_sequence_cut_at_any_byte_means_the_same(sent: bytes) -> None:
    for cut in range(len(sent) + 1):
        parser = Parser()
        assert parser.feed(sent[:cut]) + parser.feed(sent[cut:] + b"2") == [*SEQUENCES[sent], "2"]


@pytest.mark.parametrize("sent", [sent for sent in SEQUENCES if len(sent) < 100], ids=repr)
def test_silence_inside_a_sequence_ends_nothing_but_a_lone_escape(sent: bytes) -> None:
    for cut in range(len(sent) + 1):
        parser = Parser()
        before, was_pending = parser.feed(sent[:cut]), parser.pending
        waited = parser.silence()
        assert waited == ["escape"] * was_pending
        if not was_pending:
            assert before + parser.feed(sent[cut:] + b"2") == [*SEQUENCES[sent], "2"]


@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from([*SEQUENCES, b"\x1b", b"\x1b[", b"\x1b]", b"\xe2"])).map(b"".join)
)
def test_any_bytes_are_taken_and_in_any_portions_alike(typed: bytes) -> None:
    keys = Parser().feed(typed)
    assert keys == one_by_one(typed)
    assert all(key.isprintable() or key == END for key in keys if not key.startswith("paste:"))


@given(
    st.lists(st.sampled_from(list(SEQUENCES))).map(b"".join),
    st.text(st.characters(min_codepoint=32, max_codepoint=126)),
)
def test_what_is_typed_after_complete_sequences_comes_through(sent: bytes, typed: str) -> None:
    parser = Parser()
    parser.feed(sent)
    assert not parser.pending
    assert parser.feed(typed.encode()) == list(typed)


@given(
    st.text(st.characters(min_codepoint=0x30, max_codepoint=0x3F)),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2F)),
    st.characters(min_codepoint=0x40, max_codepoint=0x7E),
    st.sampled_from(["\x1b[", "\x9b"]),
)
def test_any_control_sequence_of_the_grammar_is_at_most_one_key(
    parameters: str, between: str, final: str, opening: str
) -> None:
    sent = opening + parameters + between + final
    if (parameters + between, final) in {("", "M"), ("", "["), ("200", "~")}:
        return  # these go on: a mouse of X10, a function key of the Linux console, a paste
    keys = Parser().feed(sent.encode("latin-1") + b"2")
    assert len(keys) in {1, 2}
    assert keys[-1] == "2"


def test_five_escapes_are_five_keys() -> None:
    parser = Parser()
    assert parser.feed(b"\x1b" * 5) + parser.silence() == ["escape"] * 5


def test_of_a_paste_without_end_a_limit_is_kept() -> None:
    parser = Parser()
    assert parser.feed(b"\x1b[200~" + b"x" * (3 * MOST_PASTED)) == []
    assert parser.feed(b"\x1b[201~2") == ["paste:" + "x" * MOST_PASTED, "2"]


class Patient(FakeTerminal):
    """What follows comes at once, however the reads cut it."""

    def read(self, timeout: float | None = None) -> str | None:
        return super().read()


def test_a_sequence_that_comes_in_pieces_is_one_key() -> None:
    keys = Keys(Patient(["4\x1b", "[", "A", "1"]))
    assert [keys.read() for _ in range(3)] == ["4", "up", "1"]


def test_bytes_that_are_no_text_reach_the_parser_as_they_are() -> None:
    keys = Keys(Patient(["\udc9b", "A", "\x1b[M\udcff\udcff", "\udcff3"]))
    assert [keys.read(), keys.read()] == ["up", "3"]


def test_the_escape_key_alone_is_known_by_the_silence_after_it() -> None:
    keys = Keys(FakeTerminal(["\x1b", "2"]))
    assert [keys.read(), keys.read()] == ["escape", "2"]


def test_a_paste_that_pauses_is_whole_when_its_end_comes() -> None:
    keys = Keys(FakeTerminal(["\x1b[200~3\n", "", "4\x1b", "", "[201~2"]))
    assert [keys.read(), keys.read()] == ["paste:3\n4", "2"]


def test_a_change_of_the_window_is_a_key_and_drops_nothing_typed_before_it() -> None:
    keys = Keys(FakeTerminal(["12", Window(50, 20), "3"]))
    assert [keys.read() for _ in range(4)] == ["1", "2", RESIZE, "3"]
