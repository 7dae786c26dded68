"""The form of a start: wall time, zone, length, and which reading of a doubtful time is meant."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webinar.refusal import Invalid
from webinar.sessions.rules.start import LEAST_MINUTES, MOST_MINUTES, When
from webinar.sessions.rules.window import Window
from webinar.timekeeping.wall import Fold, Gap, resolve
from webinar.web.fields.count import CountField
from webinar.web.fields.minutes import MinutesField
from webinar.web.fields.reading import ReadingField
from webinar.web.fields.wall_time import WallTimeField
from webinar.web.fields.zone import ZoneField
from webinar.web.form import Form


class WhenForm(Form):
    """When a session is: wall time, zone, length, and the reading of a doubtful time."""

    starts_local = WallTimeField(_l("Starts"), hint=_l("What a clock shows in the time zone given here."))
    chosen_at = ReadingField(_l("Which one do you mean?"), required=False)
    zone_name = ZoneField(_l("Time zone"), hint=_l("Such as Asia/Kathmandu; a city works too."))
    minutes = MinutesField(_l("Length in minutes"), least=LEAST_MINUTES, most=MOST_MINUTES)
    seen_at = HiddenField()

    def when(self) -> When:
        """What was typed, for the service."""
        starts_local, length = self.starts_local.data, self.minutes.data
        if starts_local is None or length is None:
            raise ValueError("only a valid form can be read")
        minutes = int(length.total_seconds() // 60)
        return When(starts_local, self.zone_name.data, minutes, self.chosen_at.instant)

    def fill_when(self, when: When) -> None:
        """Show what is saved, with both readings where the time is a doubtful one."""
        self.starts_local.data, self.zone_name.data = when.starts_local, when.zone_name
        self.minutes.data = timedelta(minutes=when.minutes)
        meaning = resolve(when.starts_local, when.zone_name)
        if isinstance(meaning, Fold | Gap):
            self.chosen_at.offer_readings((meaning.earlier, meaning.later), when.chosen_at)


class HourForm(WhenForm):
    """When a second live hour is, and how many seats it has."""

    capacity = CountField(_l("Seats"), required=False, hint=_l("Of this live hour alone. Empty: no limit."))


class WindowForm(Form):
    """From when to when a discussion is open; both empty: during the live hours only."""

    opens_local = WallTimeField(_l("Opens"), required=False, hint=_l("By the clocks of the session’s zone."))
    closes_local = WallTimeField(_l("Closes"), required=False)
    seen_at = HiddenField()

    def window(self) -> Window | None:
        """What was typed, for the service. Raises Invalid where only one of both was given."""
        opens_local, closes_local = self.opens_local.data, self.closes_local.data
        if opens_local and closes_local:
            return Window(opens_local, closes_local)
        if opens_local or closes_local:
            missing = "closes_local" if opens_local else "opens_local"
            raise Invalid("Please give both, or leave both empty for no discussion window.", missing)
        return None
