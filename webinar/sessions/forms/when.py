"""The form of a start: wall time, zone, length, and which reading of a doubtful time is meant."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webinar.refusal import Invalid
from webinar.sessions.models import Session
from webinar.sessions.rules.start import LEAST_MINUTES, MOST_MINUTES, When, rezoned
from webinar.sessions.rules.window import Window
from webinar.timekeeping.wall import Fold, Gap, instant_of, resolve
from webinar.timekeeping.zones import offset_label
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, near_day
from webinar.web.fields.choice import RadioChoiceField
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
    zone_name = ZoneField(
        _l("Time zone"), hint=_l("A city, such as Kathmandu; a country or Asia/Kathmandu works too.")
    )
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


class KeepField(RadioChoiceField):
    """Whether a session that gets another zone keeps its clock time or its instant.

    A value names the zone it was offered for, so that an answer about another zone does not count.
    """

    def check(self) -> None:
        """Anything goes: what was not offered is asked again."""


class MoveForm(WhenForm):
    """When a session that stands is: as WhenForm, and what another zone is to keep."""

    keep = KeepField(_l("The time zone is another one. What should stay?"), required=False)

    def asks_what_to_keep(self, session: Session) -> bool:
        """Whether the zone alone was changed, and nobody has said yet what that means."""
        zone_name = self.zone_name.data
        if self.starts_local.data != session.starts_local or zone_name == session.zone_name:
            return False
        if self.keep.data in (f"clock:{zone_name}", f"instant:{zone_name}"):
            return False
        ways = rezoned(session.starts_local, session.starts_at, session.minutes, zone_name)
        self.keep.offer(
            [
                (f"clock:{zone_name}", _by_clock(session, ways.by_clock)),
                (f"instant:{zone_name}", _by_instant(session, ways.by_instant)),
            ]
        )
        self.keep.data = f"clock:{zone_name}"
        return True

    def wished(self, session: Session) -> When:
        """What was typed, or, where the instant is to stay, that instant on the other zone's clock."""
        when = self.when()
        if self.keep.data != f"instant:{when.zone_name}" or when.starts_local != session.starts_local:
            return when
        return rezoned(session.starts_local, session.starts_at, when.minutes, when.zone_name).by_instant


class HourForm(MoveForm):
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


def _by_clock(session: Session, when: When) -> str:
    starts_at = instant_of(when.starts_local, when.zone_name)
    return _(
        "Keep the clock time: %(there)s, that is %(utc)s UTC (now %(was)s UTC)",
        there=_there(when, starts_at),
        utc=_near(starts_at.replace(tzinfo=None)),
        was=_near(session.starts_at.replace(tzinfo=None)),
    )


def _by_instant(session: Session, when: When) -> str:
    return _(
        "Keep the instant: %(there)s, still %(utc)s UTC",
        there=_there(when, session.starts_at),
        utc=_near(session.starts_at.replace(tzinfo=None)),
    )


def _there(when: When, starts_at: datetime) -> str:
    place = f"{city_name(when.zone_name)} ({offset_label(starts_at, when.zone_name)})"
    return f"{_near(when.starts_local)} {place}"


def _near(local: datetime) -> str:
    return f"{near_day(local)}, {clock_time(local)}"
