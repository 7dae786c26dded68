"""A whole number of things: seats, sessions, weeks."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, ValidationError

from webinar.web.fields.asking import Asking
from webinar.web.sizes import amount

_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


class CountField(Asking, IntegerField):  # type: ignore[misc]
    """A whole number from `least` to `most`; `data` is None when empty. What was typed stays."""

    html = {"inputmode": "numeric", "dir": "ltr"}  # noqa: RUF012
    empty_sentence = _l("Please write a number.")

    def __init__(self, label: str = "", *, least: int = 1, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the typed digits."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = int(self.typed) if _DIGITS.fullmatch(self.typed) else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; what cannot be read is not nothing."""
        return not getattr(self, "typed", "")

    def check(self) -> None:
        """Refuse what is no whole number, or out of bounds."""
        if self.data is None or not self.least <= self.data <= self.most:
            raise ValidationError(
                _(
                    "Please write a whole number from %(least)s to %(most)s.",
                    least=amount(self.least),
                    most=amount(self.most),
                )
            )

    def _value(self) -> str:
        return str(getattr(self, "typed", "" if self.data is None else self.data))
