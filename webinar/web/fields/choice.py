"""Choosing: one of a list, one of a few in view, several, yes or no."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from webinar.web.fields.asking import Asking

Pairs = Iterable[tuple[str, str]]
"""Stored value and words."""
Options = Pairs | Mapping[str, Pairs]
"""Pairs, or a mapping of group label to pairs."""


def select_choices(options: Options, prompt: str | None = None) -> list[SelectChoice]:
    """What WTForms wants for `options`; `prompt` stands first as the empty choice."""
    first = [SelectChoice("", prompt)] if prompt else []
    if isinstance(options, Mapping):
        grouped = ((group, pair) for group, pairs in options.items() for pair in pairs)
        return [*first, *(SelectChoice(value, words, optgroup=group) for group, (value, words) in grouped)]
    return [*first, *(SelectChoice(value, words) for value, words in options)]


class OneOf(Asking, SelectField):  # type: ignore[misc]
    """What a select and radios share: `data` is the value or None, and was on offer."""

    empty_sentence = lazy_gettext("Please choose one.")

    def __init__(
        self, label: str = "", *, choices: Options = (), prompt: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(label, choices=select_choices(choices, prompt), **kwargs)
        self.prompt = prompt

    def offer(self, choices: Options) -> None:
        """Replace the choices, for lists known only at the request."""
        self.choices = select_choices(choices, self.prompt)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the chosen value."""
        if valuelist:
            self.data = valuelist[0] or None

    def check(self) -> None:
        """Refuse what was not offered."""
        if self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(_("Please choose one of the list."))


class ChoiceField(OneOf):
    """A select; with groups its choices stand in optgroups.

    `prompt`, such as "Choose a country", stands first as the empty choice.
    """


class RadioChoiceField(OneOf, RadioField):  # type: ignore[misc]
    """One of a few, all in view."""

    is_group = True
    widget = ListWidget(prefix_label=False)


class ChoicesField(Asking, SelectMultipleField):  # type: ignore[misc]
    """Any number of a list, as boxes; `data` is a list of values, perhaps empty."""

    is_group = True
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    empty_sentence = lazy_gettext("Please choose at least one.")

    def __init__(self, label: str = "", *, choices: Pairs = (), **kwargs: Any) -> None:
        super().__init__(label, choices=select_choices(choices), **kwargs)

    def offer(self, choices: Pairs) -> None:
        """Replace the choices, for lists known only at the request."""
        self.choices = select_choices(choices)

    def check(self) -> None:
        """Refuse what was not offered."""
        if not set(self.data) <= {choice.value for choice in self.choices}:
            raise ValidationError(_("Please choose from the list."))


class TickField(Asking, BooleanField):  # type: ignore[misc]
    """Yes or no as one box; `data` is a bool. A `required` one must be ticked."""

    empty_sentence = lazy_gettext("Please tick this to go on.")

    def __init__(self, label: str = "", *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, required=required, **kwargs)

    @property
    def is_empty(self) -> bool:
        """Whether the box is not ticked."""
        return not self.data
