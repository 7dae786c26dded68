"""Series with a registration for all of it: Rounds, four Wednesdays at 18:00 in Berlin from 14 October 2026."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import recurring_ical_events

from tests.factories.accounts import olga
from tests.factories.registration import application
from tests.factories.sessions import WHEN, WORDS
from tests.factories.societies import ens_with_olga
from webinar.db.store import store
from webinar.registration.models import SeatState, SeriesSeat
from webinar.registration.queries import series as seats
from webinar.registration.service import series as service
from webinar.registration.service.series import SeriesAdmission
from webinar.sessions import queries
from webinar.sessions.models import Series, Session, State
from webinar.sessions.rules.reshape.values import Scope, Wish
from webinar.sessions.rules.rhythm import Every, Rhythm
from webinar.sessions.service import publication, reshape
from webinar.sessions.service.series import SeriesPlan, plan_series


def rounds(count: int = 4, *, published: int | None = None) -> Series:
    """A weekly series of which the first sessions, or all, are published."""
    society, organiser = ens_with_olga()
    plan = SeriesPlan(replace(WORDS, title="Rounds"), WHEN, Rhythm(Every.WEEK, count=count))
    made = plan_series(society, organiser, plan)
    for session in queries.of_series(made.id)[:published]:
        publication.publish(session, organiser)
    store.commit()
    return made


def dates_of(series: Series) -> list[Session]:
    """The sessions of a series, read afresh."""
    store.expire_all()
    return list(queries.of_series(series.id))


def for_all(series: Series, email: str = "ada@clinic.example", name: str = "Ada Attendee") -> SeriesAdmission:
    """Somebody registers for all dates on the form of the first open one."""
    first = next(each for each in dates_of(series) if each.state is State.PUBLISHED)
    found = service.admit_all(first, application(email, name))
    store.commit()
    return found


def follow_on(series: Series, session: Session, starts: str, count: int) -> Series:
    """This and following: from `session` on the series is at another hour."""
    when = replace(WHEN, starts_local=datetime.fromisoformat(starts))
    wish = Wish(Scope.FOLLOWING, session.id, when, Rhythm(Every.WEEK, count=count))
    change = reshape.previewed(series, wish)
    seen = reshape.version_seen(series, change.fingerprint)
    follower = reshape.reshape_series(series, olga(), wish, seen=seen, because="The room is taken.")
    store.commit()
    return follower


def sure_times(*holders: SeriesSeat) -> list[tuple[datetime, datetime]]:
    """When the dates are at which somebody has a place, as the database has it."""
    store.expire_all()
    found = [
        (seat.session.starts_at, seat.session.ends_at)
        for holder in holders
        for seat in seats.seats_in([holder.series_id], holder.person_id)
        if seat.state is SeatState.CONFIRMED and seat.session.state is State.PUBLISHED
    ]
    return sorted(found)


def shown_times(calendar: icalendar.Calendar) -> list[tuple[datetime, datetime]]:
    """When the events of a calendar are, as a reader expands them."""
    if str(calendar.get("METHOD")) == "CANCEL":
        return []
    first = datetime(2026, 1, 1, tzinfo=UTC)
    events = recurring_ical_events.of(calendar).between(first, first + timedelta(days=1500))
    return sorted((each["DTSTART"].dt.astimezone(UTC), each["DTEND"].dt.astimezone(UTC)) for each in events)
