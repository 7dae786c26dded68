"""The form of all rooms: CSRF, errors as sentences, refusals of services shown beside their field."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.fields import FileField

from webinar.refusal import Refusal


@dataclass(frozen=True)
class FormError:
    """One line of the error summary: the sentence, and the label and id of the control it is about.

    Both are None where it is about the whole form.
    """

    sentence: str
    label: str | None = None
    anchor: str | None = None


class Form(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Base of every form. What was typed stays in the fields; errors are sentences.

    A route: `form = SessionForm(); if form.validate_on_submit(): …`, and answers 422 otherwise.
    """

    def refuse(self, refusal: Refusal) -> None:
        """Show a service's refusal beside the field it names, else at the top of the form."""
        sentence = _(refusal.words, **refusal.values)
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]

    @property
    def summary(self) -> tuple[FormError, ...]:
        """All errors in the order of the form, those of the whole form first."""
        return tuple(self._all_errors())

    @property
    def takes_files(self) -> bool:
        """Whether the form must be sent as multipart/form-data."""
        return any(isinstance(field, FileField) for field in self)

    def _all_errors(self) -> Iterator[FormError]:
        for sentence in self.form_errors:
            yield FormError(str(sentence))
        for field in self:
            for sentence in _flat(field):
                yield FormError(sentence, str(field.label.text), anchor_of(field))


def anchor_of(field: Field) -> str:
    """The id of the control that an error link leads to: the first box of a group, else the control."""
    return f"{field.id}-0" if getattr(field, "is_group", False) else str(field.id)


def _flat(field: Field) -> list[str]:
    # Errors of nested fields are dicts or lists of their own.
    found: list[str] = []
    pending = list(field.errors.values()) if isinstance(field.errors, dict) else list(field.errors)
    while pending:
        error = pending.pop(0)
        if isinstance(error, dict):
            pending = [*error.values(), *pending]
        elif isinstance(error, list | tuple):
            pending = [*error, *pending]
        else:
            found.append(str(error))
    return found
