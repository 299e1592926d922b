"""What holds of any report: its JSON reads back the same, and rounds as school does."""

import json
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allycheck.answers import Answers
from allycheck.building_report import build_report
from allycheck.numbers import Number, as_text, as_text_within, exact
from allycheck.questionnaire import Questionnaire
from allycheck.render.formats import Format, render
from allycheck.report import as_plain
from allycheck.scoring import score
from allycheck.text import printable
from tests.reference.generated import answers, questionnaires

# Ten thousandths and a half are where rounding shows.
HALVES = st.builds(Fraction, st.integers(-2_000_001, 2_000_001), st.sampled_from([1, 2, 3, 7, 20, 200, 20_000]))
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def as_decimal(value: Fraction, places: int) -> Decimal:
    quotient = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return quotient.quantize(Decimal(1).scaleb(-places), context=EXACT)


@given(HALVES, st.integers(0, 4))
def test_text_rounds_half_up_away_from_zero_and_never_says_minus_zero(value: Fraction, places: int) -> None:
    text = as_text(value, places)
    assert Decimal(text) == as_decimal(value, places)
    assert not text.startswith("-") or Decimal(text) != 0


@given(HALVES)
def test_a_number_of_a_result_prints_four_decimals_and_knows_its_exact_value(value: Fraction) -> None:
    number = Number(value)
    assert exact(number) == value
    assert Decimal(repr(float(number))) == as_decimal(value, 4)


@given(HALVES, st.lists(st.integers(0, 100).map(Fraction), max_size=2))
def test_a_printed_number_stays_on_its_side_of_every_limit(value: Fraction, limits: list[Fraction]) -> None:
    printed = Fraction(as_text_within(value, limits))
    assert [printed < limit for limit in limits] == [value < limit for limit in limits]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_json_reads_back_as_the_report_and_is_the_same_every_time(data: st.DataObject) -> None:
    raw = data.draw(questionnaires())
    sheet = Answers.model_validate(data.draw(answers(raw)))
    report = build_report(score(Questionnaire.model_validate(raw), sheet), sheet)
    again = build_report(score(Questionnaire.model_validate(raw), sheet), sheet)
    text = render(report, Format.JSON)
    assert json.loads(text) == as_plain(report)
    assert text == render(again, Format.JSON)
    assert text.endswith("}\n")


@given(st.text())
def test_printable_text_holds_nothing_that_moves_a_terminal(text: str) -> None:
    shown = printable(text)
    assert "\x1b" not in shown
    assert all(char.isprintable() or char in " \u200c\u200d" or char.isspace() for char in shown)
    assert printable(shown) == shown
    assert "\n" not in shown
