"""Forms of attendance: adding a report, answering what it asks, deciding about one row."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webinar.attendance.format import MAPPED_FIELDS, Answers, DayOrder, NeedsAnswer
from webinar.attendance.models import Unread
from webinar.attendance.service.reports import answers_of
from webinar.config import settings
from webinar.registration.rules import Application
from webinar.web.fields.choice import ChoiceField, RadioChoiceField
from webinar.web.fields.country import CountryField
from webinar.web.fields.email import EmailField
from webinar.web.fields.text import LineField
from webinar.web.fields.upload import UploadField
from webinar.web.fields.zone import ZoneField
from webinar.web.form import Form
from webinar.web.sizes import file_size

DAY_ORDERS = (("dmy", _l("The day: 31/12/2026")), ("mdy", _l("The month: 12/31/2026")))


class ReportForm(Form):
    """Adds one report file."""

    file = UploadField(_l("Attendance report"), max_bytes=0, accept=".csv,.txt,.json,.jsonl")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        most = settings().report_max_bytes
        self.file.max_bytes = most
        self.file.description = _(
            "The CSV that Zoom, Teams or BigBlueButton gives after a meeting, at most %(most)s.",
            most=file_size(most),
        )


class AnswerForm(Form):
    """Answers what one waiting file asks, and nothing else: other fields are taken out."""

    zone = ZoneField(
        _l("Time zone of the times in this file"),
        hint=_l("Zoom writes the zone of the host’s account, Teams that of whoever downloaded the file."),
    )
    day_order = RadioChoiceField(_l("What comes first in its dates?"), choices=DAY_ORDERS)
    name = ChoiceField(_l("Column of the names"), required=False)
    email = ChoiceField(_l("Column of the email addresses"), required=False)
    registrant_id = ChoiceField(_l("Column of registrant numbers"), required=False)
    join = ChoiceField(_l("Column of join times"), required=False)
    leave = ChoiceField(_l("Column of leave times"), required=False)
    minutes = ChoiceField(_l("Column of minutes"), required=False)

    @classmethod
    def of(cls, waiting: Unread, zone_name: str, mapping: Mapping[str, str]) -> "AnswerForm":
        """The form for a waiting file; the session's zone and the society's last mapping stand in it."""
        form = cls(prefix=f"file-{waiting.id}-", zone=zone_name, **mapping)
        form._only(waiting.questions)
        if "columns" in waiting.questions:
            form._offer(waiting.columns)
        form.before = answers_of(waiting.answers)
        return form

    def answers(self) -> Answers:
        """What was answered, now and before."""
        zone = self.zone.data if "zone" in self else self.before.zone
        order = cast(DayOrder, self.day_order.data) if "day_order" in self else self.before.day_order
        columns = self.before.columns
        if "name" in self:
            columns = {field: self[field].data for field in MAPPED_FIELDS if self[field].data}
        return Answers(zone, order, columns)

    def refuse_asked(self, asked: NeedsAnswer) -> None:
        """Show why the answers do not suffice, beside the field asked for where there is one."""
        code = asked.questions[0].code
        if code in self:
            self[code].errors = [*self[code].errors, _(asked.sentence)]
        else:
            self.refuse(asked)

    def _only(self, questions: Sequence[str]) -> None:
        for code in ("zone", "day_order"):
            if code not in questions:
                del self[code]
        if "columns" not in questions:
            for name in MAPPED_FIELDS:
                del self[name]

    def _offer(self, columns: Sequence[str]) -> None:
        for name in MAPPED_FIELDS:
            self[name].prompt = _("Not in this file")
            self[name].offer([(column, column) for column in dict.fromkeys(columns)])


class MatchForm(Form):
    """Says by address whose row it is."""

    email = EmailField(_l("Address they registered with"), autocomplete="off", render_kw={"list": "seats"})


class NewForm(Form):
    """Seats somebody who came without a seat."""

    name = LineField(_l("Name for the certificate"), autocomplete="off")
    email = EmailField(_l("Email"), autocomplete="off", hint=_l("Their certificate goes there."))
    country = CountryField(_l("Country"), required=False, render_kw={"autocomplete": "off"})

    def application(self, locale: str) -> Application:
        """What was typed, for the service."""
        return Application(self.name.data, self.email.data, self.country.data or None, None, locale)
