"""Choosing: one of a list, one of a few in view, several, yes or no."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webinar.web.fields.asking import Asking

Options = Iterable[tuple[str, str]]
"""Pairs of stored value and words."""


class ChoiceField(Asking, SelectField):  # type: ignore[misc]
    """A select; `choices` are pairs, or a mapping of group label to pairs. `data` is the value or None.

    `prompt`, such as "Choose a country", stands first as the empty choice.
    """

    empty_sentence = "Please choose one."

    def __init__(
        self,
        label: str = "",
        *,
        choices: Options | Mapping[str, Options] = (),
        prompt: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, choices=None, **kwargs)
        self.prompt = prompt
        self.offer(choices)

    def offer(self, choices: Options | Mapping[str, Options]) -> None:
        """Replace the choices, for lists known only at the request."""
        if isinstance(choices, Mapping):
            grouped = {"": [("", self.prompt)]} if self.prompt else {}
            self.choices: Any = {**grouped, **{group: list(options) for group, options in choices.items()}}
        else:
            self.choices = [*([("", self.prompt)] if self.prompt else []), *choices]

    def process_data(self, value: Any) -> None:
        """Nothing chosen is None, never the word "None"."""
        self.data = None if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the chosen value."""
        self.data = valuelist[0] or None if valuelist else None

    def check(self) -> None:
        """Refuse what was not offered."""
        if self.data not in self.values():
            raise ValidationError(_("Please choose one of the list."))

    def values(self) -> set[str]:
        """The values on offer."""
        groups = self.choices.values() if isinstance(self.choices, dict) else [self.choices]
        return {str(value) for group in groups for value, _words in group}

    def iter_choices(self) -> Any:
        """As WTForms, with nothing selected when nothing was chosen."""
        options: list[tuple[str, str]] = [] if isinstance(self.choices, dict) else self.choices
        return ((value, words, str(value) == (self.data or ""), {}) for value, words in options)

    def iter_groups(self) -> Any:
        """Groups for the select: label and the four values WTForms wants for each option."""
        for group, options in self.choices.items():
            yield group, ((value, words, str(value) == (self.data or ""), {}) for value, words in options)

    def has_groups(self) -> bool:
        """Whether the choices are grouped."""
        return isinstance(self.choices, dict)


class RadioChoiceField(Asking, RadioField):  # type: ignore[misc]
    """One of a few, all in view; `data` is the value or None."""

    is_group = True
    empty_sentence = "Please choose one."

    def __init__(self, label: str = "", *, choices: Options = (), **kwargs: Any) -> None:
        super().__init__(label, choices=list(choices), **kwargs)

    def process_data(self, value: Any) -> None:
        """Nothing chosen is None, never the word "None"."""
        self.data = None if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the chosen value."""
        self.data = valuelist[0] or None if valuelist else None

    def check(self) -> None:
        """Refuse what was not offered."""
        if self.data not in {str(choice[0]) for choice in self.choices}:
            raise ValidationError(_("Please choose one of the list."))


class ChoicesField(Asking, SelectMultipleField):  # type: ignore[misc]
    """Any number of a list, as boxes; `data` is a list of values, perhaps empty."""

    is_group = True
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    empty_sentence = "Please choose at least one."

    def __init__(self, label: str = "", *, choices: Options = (), **kwargs: Any) -> None:
        super().__init__(label, choices=list(choices), **kwargs)

    def check(self) -> None:
        """Refuse what was not offered."""
        if not set(self.data) <= {str(choice[0]) for choice in self.choices}:
            raise ValidationError(_("Please choose from the list."))


class TickField(Asking, BooleanField):  # type: ignore[misc]
    """Yes or no as one box; `data` is a bool. A `required` one must be ticked."""

    empty_sentence = "Please tick this to go on."

    def __init__(self, label: str = "", *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, required=required, **kwargs)

    @property
    def is_empty(self) -> bool:
        """Whether the box is not ticked."""
        return not self.data
