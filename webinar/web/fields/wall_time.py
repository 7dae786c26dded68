"""A wall time as the browser's datetime-local writes it, forgiving about what people write by hand."""

import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import DateTimeLocalField, ValidationError
from wtforms.widgets import DateTimeLocalInput

from webinar.web.fields.asking import Asking

YEARS = range(1990, 2200)
_SHAPE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ,]+|\s+)(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?", re.ASCII
)


class WallTimeField(Asking, DateTimeLocalField):  # type: ignore[misc]
    """A naive wall time to the minute; its zone stands in another field. Seconds are dropped."""

    widget = DateTimeLocalInput()
    empty_sentence = lazy_gettext("Please give a date and a time.")
    typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read `2026-10-14T18:45`; a blank instead of T, single digits and seconds are fine."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = _read(self.typed) if self.typed else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; what cannot be read is not nothing."""
        return not self.typed

    def check(self) -> None:
        """Refuse what is no date and time."""
        if self.data is None:
            raise ValidationError(_("Please write date and time like 2026-10-14 18:45 (24-hour clock)."))
        if self.data.year not in YEARS:
            raise ValidationError(_("Please check the year."))

    def __call__(self, **kwargs: Any) -> Any:
        """A datetime-local; plain text where it must show what it could not read."""
        if self.data is None and self.typed:
            kwargs.setdefault("type", "text")
        return super().__call__(**kwargs)

    def _value(self) -> str:
        if self.data is not None:
            return self.data.isoformat(timespec="minutes")  # strftime drops the zeros of early years
        return self.typed


def _read(typed: str) -> datetime | None:
    found = _SHAPE.fullmatch(typed)
    try:
        return datetime(*(int(part) for part in found.groups())) if found else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
