"""The door to one session's desk: organisers of its own society only, to others it is not there."""

from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from webinar.sessions import queries
from webinar.sessions.models import Series
from webinar.societies.guards import View, current_society, organiser_of


def series_desk(view: View) -> View:
    """Only for organisers of `slug`; the view gets the society's own series of that name as `series`."""

    @organiser_of
    @wraps(view)
    def opened(series: str, **kwargs: Any) -> ResponseReturnValue:
        return view(series=queries.series_by_slug(current_society().id, series), **kwargs)

    return opened


def series_session_desk(view: View) -> View:
    """As `series_desk`, and the view gets the session of that name in the series as `session`."""

    @series_desk
    @wraps(view)
    def opened(series: Series, session: str, **kwargs: Any) -> ResponseReturnValue:
        return view(series=series, session=queries.in_series(series, session), **kwargs)

    return opened


def session_desk(view: View) -> View:
    """Only for organisers of `slug`; the view gets the society's own session of that name as `session`.

    Of a session with two live hours it gets the one that holds the words, whichever hour is named.
    """

    @organiser_of
    @wraps(view)
    def opened(session: str, **kwargs: Any) -> ResponseReturnValue:
        return view(session=queries.of_society(current_society(), session).lead, **kwargs)

    return opened


def hour_desk(view: View) -> View:
    """As `session_desk`, for what each live hour has of its own: time, link, people, mails, attendance."""

    @organiser_of
    @wraps(view)
    def opened(session: str, **kwargs: Any) -> ResponseReturnValue:
        return view(session=queries.of_society(current_society(), session), **kwargs)

    return opened
