"""Changed clocks: the one sentence for a reader whose hour is not the usual one of a series."""

from flask_babel import gettext as _

from webinar.calendars.pages.session import zone_of
from webinar.registration.models import Seat
from webinar.scheduling.rules.clock_shifts import unusual_hour
from webinar.sessions.queries import series_starts
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time


def changed_clocks(seat: Seat) -> str:
    """ "Clocks changed: for you in New York this one is at 13:00, not 14:00 as usual."

    "" where clocks stand as usual in the holder's zone, or where there is no series.
    """
    session, zone_name = seat.session, zone_of(seat)
    if session.series_id is None:
        return ""
    starts = [start_at for start_at, host in series_starts(session.series_id) if host == session.zone_name]
    hours = unusual_hour(session.starts_at, starts, session.zone_name, zone_name)
    if hours is None:
        return ""
    local, usual_local = hours
    return _(
        "Clocks changed: for you in %(city)s this one is at %(time)s, not %(usual)s as usual.",
        city=city_name(zone_name),
        time=clock_time(local),
        usual=clock_time(usual_local),
    )
