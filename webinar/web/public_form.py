"""Forms that strangers fill in: a honeypot and a signed time, no captcha (product 4.3)."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import HiddenField, StringField, ValidationError

from webinar.timekeeping import clock
from webinar.web.form import Form

OPEN_FOR = timedelta(hours=12)
SKEW = timedelta(minutes=5)  # two machines never agree quite on the time


def signed_now() -> str:
    """The present instant, signed by us."""
    return _signer().dumps(clock.now().isoformat())


class PublicForm(Form):
    """A form without sign-in. Add its two guards to the page by `guards(form)` of components/form.html.

    `opened_for` says how long the form was open: none at all is a machine's pace, for limits to weigh.
    """

    leave_empty = StringField(
        lazy_gettext("Leave this field empty"), render_kw={"autocomplete": "off", "tabindex": "-1"}
    )
    opened = HiddenField(default=signed_now)

    def validate_leave_empty(self, field: Any) -> None:
        """Only machines fill in what nobody sees."""
        if field.data:
            raise ValidationError(_("Please leave this field empty."))

    def validate_opened(self, field: Any) -> None:
        """Refuse a form that we did not hand out, or long ago; offer a fresh one with what was typed."""
        opened_at = _opened_at(field.data)
        field.data = signed_now()
        if opened_at is None or not -SKEW <= clock.now() - opened_at <= OPEN_FOR:
            raise ValidationError(
                _("This page was open for too long. Nothing is lost: please press the button again.")
            )
        self.opened_for = clock.now() - opened_at


def _opened_at(token: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(_signer().loads(token or ""))
    except (BadSignature, ValueError, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="webinar.public-form")
