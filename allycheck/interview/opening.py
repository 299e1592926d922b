"""Before the first question: who answers, in which form, about which alliances, and how the scale works."""

from collections.abc import Callable
from typing import NamedTuple

from allycheck.answers import MOST_ALLIANCES, Answers
from allycheck.interview.keymap import OPTION_KEYS
from allycheck.interview.prompts import Entry, Face, Introduction, Menu, Option
from allycheck.interview.recorder import usual_minutes
from allycheck.language import _, ngettext
from allycheck.questionnaire import Form, Questionnaire


class Start(NamedTuple):
    """What is known before the first question. `form_known` is False while the form is only the default."""

    questionnaire: Questionnaire
    answers: Answers
    file: str
    form_known: bool = False

    @property
    def is_new(self) -> bool:
        """Whether nothing is answered yet."""
        return all(entry.answer is None for entry in self.answers.answers.values())

    def having(self, **changes: object) -> "Start":
        """The same with something more known."""
        return self._replace(answers=self.answers.model_copy(update=changes))


Step = Callable[[Start, Face], Start | None]


def prepare(start: Start, face: Face) -> Answers:
    """Ask what is not known yet, one step back wherever the person wants. Raises Left."""
    steps = _steps(start)
    known = [start]
    while len(known) <= len(steps):
        after = steps[len(known) - 1](known[-1], face)
        if after is not None:
            known.append(after)
        elif len(known) > 1:
            known.pop()
    return known[-1].answers


def _steps(start: Start) -> list[Step]:
    questionnaire, answers = start.questionnaire, start.answers
    wanted: list[tuple[bool, Step]] = [
        (bool(questionnaire.actors) and answers.actor is None, _ask_actor),
        (questionnaire.has_quick_form and not start.form_known, _ask_form),
        (start.is_new and answers.organisation is None, _ask_organisation),
        (start.is_new and not answers.alliances, _ask_alliances),
        (start.is_new, _show_scale),
    ]
    return [step for is_wanted, step in wanted if is_wanted]


def _ask_actor(start: Start, face: Face) -> Start | None:
    actors = start.questionnaire.actors
    options = tuple(Option(key, actor.title, actor.who) for key, actor in zip(OPTION_KEYS, actors, strict=False))
    key = face.choose(Menu(start.questionnaire.title, _("Who are you answering for?"), options))
    return start.having(actor=actors[OPTION_KEYS.index(key)].id) if key else None


def _ask_form(start: Start, face: Face) -> Start | None:
    options = (_form_option(start, "quick", "1", _("Quick")), _form_option(start, "full", "2", _("Full")))
    key = face.choose(Menu(start.questionnaire.title, _("How much time do you have?"), options))
    form: Form = "quick" if key == "1" else "full"
    return start.having(form=form) if key else None


def _form_option(start: Start, form: Form, key: str, title: str) -> Option:
    actor = start.answers.actor or next(iter(start.questionnaire.actor_types))
    questions = len(start.questionnaire.scope(actor, form))
    minutes = usual_minutes(questions, quick=form == "quick")
    words = (
        _("{questions}, {minutes}. You can go on to the full form later; your answers stay.")
        if form == "quick"
        else _("{questions}, {minutes}.")
    )
    text = words.format(
        questions=ngettext("{number} question", "{number} questions", questions).format(number=questions),
        minutes=ngettext("about {number} minute", "about {number} minutes", minutes).format(number=minutes),
    )
    return Option(key, title, text)


def _ask_organisation(start: Start, face: Face) -> Start | None:
    question = _("What is your organisation called?")
    name = face.enter(Entry(start.questionnaire.title, question, _("Name"), *_leaves_empty()))
    return None if name is None else start.having(organisation=name or None)


def _leaves_empty() -> tuple[str, str]:
    return _("Enter leaves it empty"), _("leaves it empty")


def _ask_alliances(start: Start, face: Face) -> Start | None:
    names: list[str] = []
    which = (_("First alliance"), _("Second alliance"), _("Third alliance"))
    while len(names) < MOST_ALLIANCES:
        hints = (_("Enter if that is all"), _("if that is all")) if names else _leaves_empty()
        question = _("Which one to three alliances are your answers about?")
        name = face.enter(Entry(start.questionnaire.title, question, which[len(names)], *hints))
        if name is None and not names:
            return None
        if name == "":
            break
        names = [*names, name] if name else names[:-1]
    return start.having(alliances=names)


def _show_scale(start: Start, face: Face) -> Start | None:
    questionnaire = start.questionnaire
    introduction = Introduction(
        _("How to answer"),
        (questionnaire.instructions,) if questionnaire.instructions else (),
        tuple(Option(str(level), name.name) for level, name in enumerate(questionnaire.level_names)),
        (
            _(
                "Each question offers one sentence for each level. Press the number of yours: that answers and moves "
                "on."
            ),
            _("d says you don't know, n that it does not apply to you: neither counts as a low answer."),
            _("u takes the last answer back. Every answer is saved at once in {file}.").format(file=start.file),
        ),
    )
    return start if face.read(introduction) else None
