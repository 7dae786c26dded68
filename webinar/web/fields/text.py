"""Typed text: one line, or prose of several; cleaned, and refused where it hides control characters."""

from typing import Any

from flask_babel import gettext as _
from wtforms import StringField, TextAreaField, ValidationError

from webinar.plaintext import clean_text, has_control_characters, one_line
from webinar.web.fields.asking import Asking
from webinar.web.sizes import amount

LINE_LENGTH = 200
PROSE_LENGTH = 10_000


class LineField(Asking, StringField):  # type: ignore[misc]
    """One line of text, at most `max_length` characters; `data` is cleaned and trimmed, "" when empty."""

    html = {"dir": "auto"}  # noqa: RUF012

    def __init__(self, label: str = "", *, max_length: int = LINE_LENGTH, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.max_length = max_length

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the typed text, cleaned; remember whether anything had to be dropped."""
        typed = valuelist[0] if valuelist else ""
        self.had_control_characters = has_control_characters(typed)
        self.data = self.clean(typed)

    def clean(self, typed: str) -> str:
        """How this field cleans its text."""
        return one_line(typed)

    def check(self) -> None:
        """Refuse control characters and too much text."""
        if self.had_control_characters:
            raise ValidationError(
                _("Some characters cannot be shown and were taken out. Please check the text.")
            )
        if len(self.data) > self.max_length:
            raise ValidationError(
                _(
                    "This is %(length)s characters long; please keep it to %(most)s.",
                    length=amount(len(self.data)),
                    most=amount(self.max_length),
                )
            )

    def _value(self) -> str:
        return self.data or ""


class ProseField(LineField, TextAreaField):  # type: ignore[misc]
    """Several lines of text, at most `max_length` characters; line ends become newlines."""

    def __init__(
        self, label: str = "", *, max_length: int = PROSE_LENGTH, rows: int = 6, **kwargs: Any
    ) -> None:
        super().__init__(label, max_length=max_length, render_kw={"rows": rows}, **kwargs)

    def clean(self, typed: str) -> str:
        """Keep line breaks; trim the ends."""
        return clean_text(typed).strip()
