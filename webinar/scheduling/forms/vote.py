"""The voter's forms: one choice for each time, or a word on what would suit instead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from webinar.scheduling.rules.poll import PollChoice
from webinar.web.fields.choice import RadioChoiceField, TickField
from webinar.web.fields.email import EmailField
from webinar.web.fields.text import LineField, ProseField
from webinar.web.fields.wall_time import WallTimeField
from webinar.web.form import Form
from webinar.web.public_form import PublicForm

CHOICES = (
    (PollChoice.YES.value, _l("Yes")),
    (PollChoice.IF_NEED_BE.value, _l("If need be")),
    (PollChoice.NO.value, _l("No")),
)


class ChoiceOfTime(RadioChoiceField):
    """Yes, if need be, or no to one time."""

    empty_sentence = _l("Please choose Yes, If need be or No for this time.")


class VoteForm(Form):
    """A voter's answers; `vote_form` adds a field for each option."""

    option_ids: tuple[int, ...] = ()

    none_works = TickField(_l("None of these times works for me"))
    suggest_local = WallTimeField(
        _l("A time that would suit you"), required=False, hint=_l("In the time zone that this page shows.")
    )
    suggestion = ProseField(_l("A word to the organiser"), required=False, max_length=1000, rows=3)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ticking that none works says no to every time left open."""
        if self.none_works.data:
            for field in self.options:
                field.data = field.data or PollChoice.NO.value
        return bool(super().validate(extra_validators))

    def validate_none_works(self, field: Any) -> None:
        """None works, and yet one does: which is it?"""
        if field.data and any(each.data != PollChoice.NO.value for each in self.options):
            raise ValidationError(
                _("You said that a time would do. Please take this tick away, or say No there.")
            )

    @property
    def options(self) -> list[Field]:
        """The fields of the options, in their order."""
        return [self[_name(option_id)] for option_id in self.option_ids]

    @property
    def choices(self) -> dict[int, PollChoice]:
        """What was chosen, by option."""
        return {
            option_id: PollChoice(field.data)
            for option_id, field in zip(self.option_ids, self.options, strict=True)
        }

    def fill(self, choices: dict[int, PollChoice], suggestion: str, suggest_local: datetime | None) -> None:
        """Show what was answered before."""
        for option_id, field in zip(self.option_ids, self.options, strict=True):
            field.data = choices[option_id].value if option_id in choices else None
        self.suggestion.data, self.suggest_local.data = suggestion, suggest_local


class OpenVoteForm(PublicForm, VoteForm):
    """The same for somebody who came by the link for everybody."""

    name = LineField(_l("Your name"), autocomplete="name", max_length=200)
    email = EmailField(_l("Email"), hint=_l("We mail you a link to change your answers."))


def vote_form(base: type[VoteForm], options: Sequence[tuple[int, str]], **known: str | None) -> VoteForm:
    """The form for options given by id and words."""
    fields: dict[str, Any] = {_name(each): ChoiceOfTime(words, choices=CHOICES) for each, words in options}
    own = {"option_ids": tuple(each for each, _words in options)}
    made: type[VoteForm] = type("AnyVoteForm", (base,), {**fields, **own})
    return made(**known)


def _name(option_id: int) -> str:
    return f"option_{option_id}"
