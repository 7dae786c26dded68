"""What every field shares: required or not, a hint, the browser's autocomplete, a sentence when empty."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import Field
from wtforms.validators import StopValidation


class Asking(Field):  # type: ignore[misc]  # WTForms ships no types
    """Mixin of our fields; stands first among the bases.

    `required` fields refuse emptiness with `empty_sentence`; others take it as None or "".
    `autocomplete` is the HTML token (WCAG 1.3.5), such as "name" or "email".
    """

    empty_sentence = lazy_gettext("Please fill this in.")
    html: dict[str, Any] = {}  # noqa: RUF012  read, never written

    def __init__(
        self,
        label: str = "",
        *,
        required: bool = True,
        hint: str = "",
        autocomplete: str | None = None,
        **kwargs: Any,
    ) -> None:
        attributes = {**self.html, **kwargs.pop("render_kw", {})}
        if autocomplete:
            attributes["autocomplete"] = autocomplete
        super().__init__(label, description=hint, render_kw=attributes, **kwargs)
        self.required = required
        self.flags.required = required

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given."""
        return self.data is None or self.data == "" or self.data == []

    def pre_validate(self, form: Any) -> None:
        """Refuse emptiness where something is required; else let the field `check` its value."""
        if self.process_errors:
            raise StopValidation()
        if self.is_empty:
            if self.required:
                raise StopValidation(str(self.empty_sentence))
            raise StopValidation()
        self.check()

    def check(self) -> None:
        """Raise `wtforms.ValidationError` with a sentence if the value cannot be used."""
