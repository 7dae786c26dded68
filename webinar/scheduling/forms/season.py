"""The form of a fair season: which days and hours may be chosen."""

from flask_babel import lazy_gettext as _l
from wtforms import Field

from webinar.scheduling.rules.slots import Wishes
from webinar.web.fields.choice import ChoiceField, ChoicesField, TickField
from webinar.web.form import Form

WEEKDAYS = (
    ("0", _l("Monday")),
    ("1", _l("Tuesday")),
    ("2", _l("Wednesday")),
    ("3", _l("Thursday")),
    ("4", _l("Friday")),
    ("5", _l("Saturday")),
    ("6", _l("Sunday")),
)
CLOCK_HOURS = tuple((str(hour), f"{hour:02}:00") for hour in range(24))
STEPS = (("60", _l("Full hours")), ("30", _l("Half hours")), ("15", _l("Quarter hours")))


class SeasonForm(Form):
    """What an organiser allows, by the clock of the series' city."""

    weekdays = ChoicesField(
        _l("Days"),
        choices=WEEKDAYS,
        required=False,
        hint=_l("In the week of each session. None: each session keeps its day."),
    )
    earliest = ChoiceField(_l("Earliest start"), choices=CLOCK_HOURS, default="0")
    latest = ChoiceField(
        _l("Latest start"),
        choices=CLOCK_HOURS,
        default="23",
        hint=_l("Earlier than the earliest: over midnight."),
    )
    step = ChoiceField(_l("Starts at"), choices=STEPS, default="30")
    spare_speakers = TickField(_l("Only hours that are not at night for the speakers"), default=True)

    def wishes(self) -> Wishes:
        """What was chosen."""
        return Wishes(
            weekdays=tuple(int(day) for day in self.weekdays.data or ()),
            earliest=int(self.earliest.data or 0),
            latest=int(self.latest.data or 0),
            step=int(self.step.data or 30),
            spare_speakers=bool(self.spare_speakers.data),
        )

    def fill(self, wishes: Wishes) -> None:
        """Show what was chosen last."""
        chosen: tuple[tuple[Field, object], ...] = (
            (self.weekdays, [str(day) for day in wishes.weekdays]),
            (self.earliest, str(wishes.earliest)),
            (self.latest, str(wishes.latest)),
            (self.step, str(wishes.step)),
            (self.spare_speakers, wishes.spare_speakers),
        )
        for field, value in chosen:
            field.data = value
