"""The door to one session's desk: organisers of its own society only, to others it is not there."""

from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from webinar.sessions import queries
from webinar.societies.guards import View, current_society, organiser_of


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
