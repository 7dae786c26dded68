"""The one form of registering, with the questions of its session."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Field, ValidationError

from webinar.registration import rules
from webinar.registration.rules import Application, answer_field, answers_offered
from webinar.sessions.rules.question import Question, QuestionKind, read_questions
from webinar.web.fields.choice import ChoiceField, RadioChoiceField, TickField
from webinar.web.fields.country import CountryField
from webinar.web.fields.email import EmailField
from webinar.web.fields.text import LineField
from webinar.web.public_form import PublicForm
from webinar.web.viewing import current_viewing

MOST_IN_VIEW = 5


class RegisterForm(PublicForm):
    """Name as on the certificate, address, country; `register_form` adds a session's questions."""

    asked: tuple[Question, ...] = ()
    hour: RadioChoiceField | None = None
    dates: RadioChoiceField | None = None

    name = LineField(
        lazy_gettext("Name as it should appear on your certificate"),
        autocomplete="name",
        max_length=rules.NAME_LENGTH,
    )
    email = EmailField(lazy_gettext("Email"))
    country = CountryField(lazy_gettext("Country"))
    alarm = TickField(lazy_gettext("My calendar reminds me 15 minutes before"), default=True)

    def validate_name(self, field: Field) -> None:
        """A name that a certificate can carry, in any script."""
        fault = rules.name_fault(field.data)
        if fault and not field.errors:
            raise ValidationError(_(fault))

    @property
    def questions(self) -> list[Field]:
        """The fields of the session's own questions, in their order."""
        return [self[answer_field(number)] for number in range(len(self.asked))]

    @property
    def application(self) -> Application:
        """What was typed, for the service; the zone is the one this visitor chose, if any."""
        viewing = current_viewing()
        answers = {each.label: field.data for each, field in zip(self.asked, self.questions, strict=True)}
        return Application(
            name=self.name.data,
            email=self.email.data,
            country=self.country.data,
            zone_name=viewing.zone_name,
            locale=viewing.locale,
            answers={label: answer for label, answer in answers.items() if answer},
            alarm=self.alarm.data,
        )


def register_form(
    stored_questions: Sequence[dict[str, Any]],
    hours: Sequence[tuple[str, str]] = (),
    better: str | None = None,
    date_choices: Sequence[tuple[str, str]] = (),
    **known: str | None,
) -> RegisterForm:
    """The form for a session's `questions`; `known` fills name, email and country in.

    Of two `hours` (number and words) one is chosen, `better` from the beginning. `date_choices` are "one" and "all"
    with their words, where the session's series has more than this date to come.
    """
    asked = read_questions(stored_questions)
    fields = {answer_field(number): _field(question) for number, question in enumerate(asked)}
    if len(hours) > 1:
        label = lazy_gettext("Which live hour suits you?")
        hint = lazy_gettext("The same session twice: choose one. You can change it on your ticket.")
        fields["hour"] = RadioChoiceField(label, choices=hours, default=better, hint=hint)
    if date_choices:
        label, hint = lazy_gettext("Which dates?"), lazy_gettext("You can give back single dates later.")
        fields["dates"] = RadioChoiceField(label, choices=date_choices, default="one", hint=hint)
    made: type[RegisterForm] = type("RegisterForm", (RegisterForm,), {**fields, "asked": asked})
    return made(**known)


def _field(question: Question) -> Field:
    if not answers_offered(question):
        return LineField(question.label, required=question.required, max_length=rules.ANSWER_LENGTH)
    choices: list[tuple[str, Any]]
    if question.kind is QuestionKind.YES_NO:
        choices = [("yes", lazy_gettext("Yes")), ("no", lazy_gettext("No"))]
    else:
        choices = [(option, option) for option in question.options]
    if len(choices) <= MOST_IN_VIEW:
        return RadioChoiceField(question.label, required=question.required, choices=choices)
    prompt = lazy_gettext("Choose an answer")
    return ChoiceField(question.label, required=question.required, choices=choices, prompt=prompt)
