"""Every shipped question in every window: the question and its anchors are readable, and nothing leaves the window."""

import pytest
from inline_snapshot import snapshot

from allycheck.answers import Answers
from allycheck.interview.prompts import Menu, Option
from allycheck.interview.recorder import Sitting
from allycheck.interview.saving import AnswersFile
from allycheck.interview.screen import cards
from allycheck.interview.screen.layout import Card, Frame, laid_out, page, width_of
from allycheck.interview.screen.screen import painted
from allycheck.interview.session import begin
from allycheck.interview.terminal.terminal import Window
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Questionnaire
from allycheck.render.document.layout import Line
from tests.unit.interview.small import TODAY, session

USUAL, SMALL, SMALLEST, WIDE = Window(80, 24), Window(60, 20), Window(40, 12), Window(120, 40)


@pytest.fixture(scope="module")
def shipped() -> Questionnaire:
    return load_questionnaire()


@pytest.fixture(scope="module", params=["alliance-readiness", "joint-venture"])
def bundled(request: pytest.FixtureRequest) -> Questionnaire:
    return load_questionnaire(request.param)


def questions(shipped: Questionnaire) -> list[Card]:
    """Every question as every actor meets it, just after another answer was saved."""
    found = []
    for actor in shipped.actor_types:
        now = begin(shipped, Answers(questionnaire=shipped.id, actor=actor), TODAY)
        for name in now.asked:
            sitting = Sitting(now.jump(name), AnswersFile("answers.yaml"))
            sitting.changed = sitting.given = sitting.session.indicator
            sitting.session = sitting.session.with_answers(
                {name: sitting.session.current.model_copy(update={"answer": 3})}
            )
            found.append(cards.question(sitting))
    return found


def text_of(line: Line) -> str:
    """A line without its styles."""
    return "".join(span.text for span in line)


def flowing(frame: Frame, window: Window) -> str:
    """The text of a frame as one line, without the column of trends."""
    rows = [text_of(line) for line in frame.lines]
    if window.width >= 110:
        rows = [row.split("\u2502", 1)[-1] for row in rows]
    return " ".join(" ".join(rows).split())


@pytest.mark.parametrize("window", [USUAL, Window(80, 25), Window(109, 24), Window(110, 24), WIDE, Window(200, 60)])
def test_every_shipped_question_fits_with_all_its_anchors_for_every_actor(
    bundled: Questionnaire, window: Window
) -> None:
    for card in questions(bundled):
        frame = laid_out(card, window)
        text = flowing(frame, window)
        assert card.question in text
        assert card.said in text
        assert all(option.text in text and option.title in text for option in card.options)
        assert all(name in text for _, name in card.keys)
        assert len(frame.lines) <= window.height
        assert max(map(width_of, frame.lines)) <= window.width


@pytest.mark.parametrize("window", [SMALL, Window(50, 20), Window(60, 14), SMALLEST])
def test_in_small_windows_up_and_down_show_each_anchor_whole_while_the_question_stays(
    shipped: Questionnaire, window: Window
) -> None:
    for card in questions(shipped):
        for number, option in enumerate(card.options):
            frame = laid_out(card, window, number)
            text = flowing(frame, window)
            assert card.question in text
            assert option.text in text
            assert all(f"{other.key} " in text for other in card.options) or text.endswith("0-4:")
            assert len(frame.lines) <= window.height
            assert max(map(width_of, frame.lines)) <= window.width
            assert text_of(frame.lines[frame.row]).startswith(f">{option.key}")


@pytest.mark.parametrize("window", [USUAL, SMALL])
def test_a_key_without_a_meaning_is_told_beside_every_shipped_question(bundled: Questionnaire, window: Window) -> None:
    told = "Page down does nothing here; 0 to 4 answer, ? helps"
    for card in questions(bundled):
        frame = laid_out(card._replace(notice=told, said=""), window)
        text = flowing(frame, window)
        assert told in text
        assert card.question in text
        assert len(frame.lines) <= window.height
        assert window != USUAL or all(option.text in text for option in card.options)


def test_the_bundled_questionnaires_ask_as_many_questions_as_the_pages_say() -> None:
    alliances, venture = load_questionnaire("alliance-readiness"), load_questionnaire("joint-venture")
    assert len(alliances.indicators) == 65
    assert {len(alliances.scope(actor, "quick")) for actor in alliances.actor_types} == {22}
    assert sorted(len(alliances.scope(actor, "full")) for actor in alliances.actor_types) == [62, 63, 64, 64]
    assert {len(venture.scope(actor, "quick")) for actor in venture.actor_types} == {12}
    assert {len(venture.scope(actor, "full")) for actor in venture.actor_types} == {32}


def test_in_small_windows_each_anchor_shows_its_number_and_as_much_as_fits_on_a_line(bundled: Questionnaire) -> None:
    for card in questions(bundled):
        frame = laid_out(card, SMALLEST)
        rows = [text_of(line) for line in frame.lines]
        for option in card.options:
            row = next(row for row in rows if row[1:].startswith(f"{option.key}  "))
            assert option.text.startswith(row[4:].rstrip("\u2026"))
        assert not any(row.startswith(">") for row in rows)
        assert len(rows) <= SMALLEST.height


def test_the_cursor_waits_behind_the_prompt_until_an_anchor_is_highlighted(shipped: Questionnaire) -> None:
    card = questions(shipped)[0]
    frame = laid_out(card, USUAL)
    assert text_of(frame.lines[frame.row])[: frame.column] == " Your answer, 0-4: "
    moved = laid_out(card, USUAL, 2)
    assert text_of(moved.lines[moved.row])[moved.column :].startswith("2  Defined")


def test_the_trends_stand_beside_the_question_from_110_columns(shipped: Questionnaire) -> None:
    card = questions(shipped)[0]
    assert "\u2502" not in "".join(map(text_of, laid_out(card, Window(109, 24)).lines))
    wide = laid_out(card, Window(110, 24))
    assert text_of(wide.lines[2]).startswith("> Flexible coalitions             1/6")
    assert text_of(wide.lines[wide.row])[: wide.column].endswith("Your answer, 0-4: ")


def small_question() -> Card:
    sitting = Sitting(session(), AnswersFile("answers.yaml"))
    sitting.session = sitting.session.comment("Nobody asked before").answer(3).back()
    return cards.question(sitting)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (80, "Saved TI1 = 3, Practised (u undoes; C, E add a comment or evidence to it)"),
        (56, "Saved TI1 = 3, Practised (u undoes; C, E add to it)"),
        (40, "Saved TI1 = 3, Practised (u undoes)"),
        (30, "Saved TI1 = 3, Practised"),
    ],
)
@pytest.mark.parametrize("rows", [12, 24])
def test_the_narrower_the_window_the_less_is_said_of_what_can_be_done_about_an_answer(
    columns: int, expected: str, rows: int
) -> None:
    sitting = Sitting(session(), AnswersFile("answers.yaml"))
    sitting.changed = sitting.given = sitting.session.indicator
    sitting.session = sitting.session.answer(3)
    frame = laid_out(cards.question(sitting), Window(columns, rows))
    assert expected in [text_of(line).strip() for line in frame.lines]


def test_a_question_as_it_looks() -> None:
    rows = [text_of(line).rstrip() for line in laid_out(small_question(), Window(60, 24)).lines]
    assert rows == snapshot(
        [
            " Ties                                  TI1, question 1 of 3",
            " ━━━━━━━━━━━━━━━───────────────────────────────  1 answered",
            "",
            "",
            " How deep?",
            " Your answer: 3, Practised",
            " Comment: Nobody asked before",
            "",
            " 0  none of it",
            " 1  a bit",
            " 2  half",
            "*3  most",
            " 4  all of it",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            " d don't know   n not applicable   s skip   c comment",
            " e evidence   b back   u undo   g go to   t trends",
            " r review   ? help   q save and quit",
            " Your answer, 0-4:",
        ]
    )


@pytest.mark.parametrize("window", [USUAL, SMALL, Window(50, 20), SMALLEST])
def test_menus_keep_their_names_in_every_window(shipped: Questionnaire, window: Window) -> None:
    actors = tuple(Option(str(n), actor.title, actor.who) for n, actor in enumerate(shipped.actors, 1))
    listed = cards.trends(begin(shipped, Answers(questionnaire=shipped.id, actor="state"), TODAY))
    for menu in (Menu("Alliance readiness", "Who are you answering for?", actors), listed):
        for number, option in enumerate(menu.options):
            frame = laid_out(cards.menu(menu), window, number)
            text = flowing(frame, window)
            assert option.title in text
            assert option.text in text
            assert len(frame.lines) <= window.height
            assert max(map(width_of, frame.lines)) <= window.width
    plain = flowing(laid_out(cards.menu(listed), SMALL), SMALL)
    assert all(option.title in plain for option in listed.options)


def test_a_line_to_type_shows_its_end_when_it_grows_longer_than_the_window() -> None:
    card = small_question()._replace(prompt="Comment:", typed="word " * 60 + "end", keys=())
    frame = laid_out(card, Window(60, 24))
    assert text_of(frame.lines[-1]).rstrip().endswith("end")
    assert (frame.row, frame.column) == (len(frame.lines) - 1, len(text_of(frame.lines[-1])))
    assert max(map(width_of, frame.lines)) <= 60


@pytest.mark.parametrize("width", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("height", [1, 2, 5, 24])
@pytest.mark.parametrize("highlighted", [None, 0, 4])
def test_a_window_of_almost_nothing_is_drawn_all_the_same(width: int, height: int, highlighted: int | None) -> None:
    window, card = Window(width, height), small_question()
    listed = cards.menu(cards.trends(session()))
    line = card._replace(prompt="Comment:", typed="\u8054\u76df so", keys=())
    noticed = card._replace(notice="x does nothing here", notes=("Comment: so",))
    for shown in (card, line, noticed, listed):
        painted(
            laid_out(shown, window, min(highlighted, 1) if highlighted and shown is listed else highlighted),
            window,
            colour=True,
        )
    painted(
        page(cards.notice("Long", "Enter"), cards.paragraphs(["A sentence."], width - 2), window, 3)[0],
        window,
        colour=True,
    )


def test_wide_characters_count_double() -> None:
    card = small_question()._replace(question="\u8054\u76df" * 60, notes=("\u8054\u76df" * 60,))
    for window in (USUAL, SMALLEST):
        assert max(map(width_of, laid_out(card, window).lines)) <= window.width


def test_a_question_far_too_long_for_any_window_still_ends_with_its_prompt() -> None:
    frame = laid_out(small_question()._replace(question="long " * 500), SMALLEST)
    assert len(frame.lines) == SMALLEST.height
    assert text_of(frame.lines[-1]).strip() == "Your answer, 0-4:"


def test_a_page_scrolls_to_its_end_and_no_further() -> None:
    lines = cards.paragraphs([f"Sentence {n}." for n in range(20)], 60)
    frame, last = page(cards.notice("Long", "Enter goes on"), lines, Window(60, 12), 1000)
    assert last == len(lines) - 8
    assert "33-40 of 40" in text_of(frame.lines[0])
    assert any("Sentence 19." in text_of(line) for line in frame.lines)
    assert len(frame.lines) <= 12
