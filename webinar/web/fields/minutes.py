"""A length of time, typed in minutes."""

import re
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField, ValidationError

from webinar.web.fields.asking import Asking

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_PLAIN = re.compile(r"(\d{1,5})(?:\s*min(?:utes)?\.?)?", re.IGNORECASE)


class MinutesField(Asking, StringField):  # type: ignore[misc]
    """Whole minutes between `least` and `most`; "60", "60 min" and "1:00" are read. `data` is a timedelta."""

    html = {"inputmode": "numeric", "dir": "ltr"}  # noqa: RUF012
    empty_sentence = lazy_gettext("Please give the length in minutes.")
    typed = ""

    def __init__(self, label: str = "", *, least: int = 1, most: int = 1440, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the typed minutes."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = _read(self.typed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; what cannot be read is not nothing."""
        return not self.typed

    def check(self) -> None:
        """Refuse what is no number of minutes, or out of bounds."""
        if self.data is None:
            raise ValidationError(_("Please write the minutes as a whole number, such as 60."))
        if not timedelta(minutes=self.least) <= self.data <= timedelta(minutes=self.most):
            raise ValidationError(
                _("Please choose between %(least)s and %(most)s minutes.", least=self.least, most=self.most)
            )

    def _value(self) -> str:
        if isinstance(self.data, timedelta):
            return str(int(self.data.total_seconds() // 60))
        return self.typed


def _read(typed: str) -> timedelta | None:
    if clock := _CLOCK.fullmatch(typed):
        return timedelta(hours=int(clock[1]), minutes=int(clock[2]))
    if plain := _PLAIN.fullmatch(typed):
        return timedelta(minutes=int(plain[1]))
    return None
