"""A date on somebody's wall."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, ValidationError

from webinar.web.fields.asking import Asking


class DayField(Asking, DateField):  # type: ignore[misc]
    """A date as the browser's date input writes it; `data` is None when empty. What was typed stays."""

    empty_sentence = _l("Please give a date.")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read `2026-12-31`."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = _read(self.typed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; what cannot be read is not nothing."""
        return not getattr(self, "typed", "")

    def check(self) -> None:
        """Refuse what is no date."""
        if self.data is None:
            raise ValidationError(_("Please write the date like 2026-12-31."))

    def _value(self) -> str:
        return self.data.isoformat() if self.data else str(getattr(self, "typed", ""))


def _read(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
