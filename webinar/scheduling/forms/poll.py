"""The organiser's forms of a poll: a new one, one more person, another deadline, another zone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, ValidationError
from wtforms import Form as PlainForm

from webinar.refusal import Refusal
from webinar.scheduling.rules.poll import PollKind
from webinar.scheduling.rules.times import MOST_TIMES, BadTimes, Keep, Wish
from webinar.scheduling.service.polls import MOST_INVITED, Asked, Plan
from webinar.sessions.rules.start import DoubtfulStart
from webinar.web.fields.choice import RadioChoiceField, TickField
from webinar.web.fields.email import EmailField
from webinar.web.fields.reading import ReadingField
from webinar.web.fields.text import LineField
from webinar.web.fields.wall_time import WallTimeField
from webinar.web.fields.zone import ZoneField
from webinar.web.form import Form

MORE_ROWS = 3


class TimeRow(PlainForm):  # type: ignore[misc]
    """One time to choose; empty means none."""

    starts_local = WallTimeField(_l("Starts"), required=False)
    chosen_at = ReadingField(_l("Which one do you mean?"), required=False)


class PersonRow(PlainForm):  # type: ignore[misc]
    """One person to ask; empty means nobody."""

    name = LineField(_l("Name"), required=False, max_length=200)
    email = EmailField(_l("Email"), required=False, autocomplete="off")
    required = TickField(_l("Required"))

    def validate_email(self, field: Any) -> None:
        """A name alone reaches nobody."""
        if self.name.data and not field.data:
            raise ValidationError(_("Please give an email address."))

    def validate_name(self, field: Any) -> None:
        """An address alone greets nobody."""
        if self.email.data and not field.data:
            raise ValidationError(_("Please give the person's name."))


class DeadlineForm(Form):
    """Until when answers are taken, as a clock in the poll's zone shows it."""

    deadline_local = WallTimeField(_l("Answers until"))
    deadline_chosen_at = ReadingField(_l("Which one do you mean?"), required=False)

    def deadline(self) -> Wish:
        """What was typed, for the service."""
        return Wish(_read(self.deadline_local), self.deadline_chosen_at.instant)

    def refuse(self, refusal: Refusal) -> None:
        """Show a doubtful deadline with both its readings."""
        super().refuse(refusal)
        if isinstance(refusal, DoubtfulStart) and refusal.field == "deadline_local":
            self.deadline_chosen_at.offer_readings(refusal.choices)


class PollForm(DeadlineForm):
    """A new poll: its times, whom it asks, until when."""

    zone_name = ZoneField(
        _l("Time zone"), hint=_l("All times here are those of this zone. A city works too.")
    )
    times = FieldList(FormField(TimeRow), _l("Times"), min_entries=3, max_entries=MOST_TIMES)
    people = FieldList(FormField(PersonRow), _l("People"), min_entries=2, max_entries=MOST_INVITED)
    names_shown = TickField(_l("Voters may see who has answered what"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._number_rows()

    def plan(self, kind: PollKind) -> Plan:
        """What was typed, for the service; empty rows count as not there."""
        return Plan(
            kind=kind,
            zone_name=self.zone_name.data,
            wishes=[Wish(row.starts_local.data, row.chosen_at.instant) for row in self._filled()],
            deadline=self.deadline(),
            people=[
                Asked(row.form.name.data, row.form.email.data, row.form.required.data)
                for row in self.people
                if row.form.email.data
            ],
            names_shown=self.names_shown.data,
        )

    def fill(
        self, zone_name: str, first: datetime, deadline: datetime, people: Iterable[tuple[str, str]]
    ) -> None:
        """Show what suggests itself: the session's own time, its speakers, a deadline (wall times)."""
        self.zone_name.data, self.deadline_local.data = zone_name, deadline
        self.times[0].form.starts_local.data = first
        for place, (name, email) in enumerate(people):
            if place >= len(self.people):
                self.people.append_entry()
            row = self.people[place].form
            row["name"].data, row["email"].data, row["required"].data = name, email, True

    def add_rows(self, which: str) -> bool:
        """Three more empty rows for "times" or "people"; whether that was asked for."""
        rows = {"times": self.times, "people": self.people}.get(which)
        if rows is None:
            return False
        for _number in range(min(MORE_ROWS, rows.max_entries - len(rows))):
            rows.append_entry()
        self._number_rows()
        return True

    def refuse(self, refusal: Refusal) -> None:
        """Show what is wrong with typed times beside each, with both readings of doubtful ones."""
        if not isinstance(refusal, BadTimes):
            super().refuse(refusal)
            return
        rows = self._filled()
        for place, fault in refusal.faults.items():
            field = rows[place].starts_local
            field.errors = [*field.errors, _(fault.words, **fault.values)]
            if isinstance(fault, DoubtfulStart):
                rows[place].chosen_at.offer_readings(fault.choices)

    def _number_rows(self) -> None:
        for number, row in enumerate(self.times, start=1):
            row.form.starts_local.label.text = _("Time %(number)s", number=number)

    def _filled(self) -> list[Any]:
        return [row.form for row in self.times if row.form.starts_local.data is not None]


class AskForm(Form):
    """One more person to ask."""

    name = LineField(_l("Name"), max_length=200)
    email = EmailField(_l("Email"), autocomplete="off")
    required = TickField(_l("Required"))

    def asked(self) -> Asked:
        """What was typed, for the service."""
        return Asked(self.name.data, self.email.data, self.required.data)


class MoreTimeForm(Form):
    """One more time to choose from, in the poll's zone."""

    starts_local = WallTimeField(_l("Another time"))
    chosen_at = ReadingField(_l("Which one do you mean?"), required=False)

    def wish(self) -> Wish:
        """What was typed, for the service."""
        return Wish(_read(self.starts_local), self.chosen_at.instant)

    def refuse(self, refusal: Refusal) -> None:
        """Show what is wrong with the time, with both readings of a doubtful one."""
        fault = refusal.faults[0] if isinstance(refusal, BadTimes) else refusal
        super().refuse(fault)
        if isinstance(fault, DoubtfulStart):
            self.chosen_at.offer_readings(fault.choices)


class PollZoneForm(Form):
    """Another zone for the poll, and what stays: nothing is chosen beforehand."""

    zone_name = ZoneField(_l("New time zone"))
    keep = RadioChoiceField(
        _l("What stays?"),
        choices=(
            (Keep.CLOCK.value, _l("Keep the clock times: the moments move")),
            (Keep.INSTANTS.value, _l("Keep the moments: the clock times are shown anew")),
        ),
        required=False,
    )


def _read(field: WallTimeField) -> datetime:
    if not isinstance(field.data, datetime):
        raise ValueError("only a valid form can be read")
    return field.data
