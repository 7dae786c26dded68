"""The guard of programs: HTTP Basic with an app password, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, cast

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import normal_email
from webinar.caldav.models import AppPassword
from webinar.caldav.queries import passwords as queries
from webinar.caldav.rules.secret import worth_noting
from webinar.caldav.service import passwords as service
from webinar.db.store import transaction
from webinar.timekeeping import clock

P = ParamSpec("P")

QUARTER = timedelta(minutes=15)
PER_ADDRESS, PER_NETWORK = 20, 100


def app_password(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Ask for an app password; a signed-in browser is asked like anybody else. OPTIONS tells no secret.

    Wrong ones are counted by address and by network, and right ones are not: guessing 140 bits is
    hopeless, and no stranger can lock somebody out of their own calendar.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if request.method == "OPTIONS":
            return view(*args, **kwargs)
        shown = request.authorization
        if shown is None or shown.type != "basic":
            return _asks()
        found = queries.opened_by(shown.username or "", shown.password or "")
        if found is None:
            return _refused(shown.username or "")
        _admit(found)
        return view(*args, **kwargs)

    guarded.guarded_by = "app_password"  # type: ignore[attr-defined]
    return guarded


def program_owner() -> Person:
    """The person whose app password was shown, where the guard has made sure of one."""
    return cast(Person, g.program_owner)


def _admit(found: AppPassword) -> None:
    now = clock.now()
    g.program_owner = found.person
    if worth_noting(found.last_used_at, now):
        password_id = found.id
        with transaction():
            service.note_use(password_id, now)


def _asks() -> Response:
    answer = Response("Please give your e-mail address and an app password.\n", 401, mimetype="text/plain")
    answer.headers["WWW-Authenticate"] = 'Basic realm="webinar calendars", charset="UTF-8"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(username: str) -> Response:
    try:
        with transaction():
            accounts.knock("caldav:network", request.remote_addr or "", most=PER_NETWORK, within=QUARTER)
            accounts.knock("caldav", normal_email(username)[:320], most=PER_ADDRESS, within=QUARTER)
    except accounts.TooOften as refusal:
        answer = Response(f"{refusal.sentence}\n", refusal.status, mimetype="text/plain")
        answer.headers["Retry-After"] = str(int(QUARTER.total_seconds()))
        return answer
    return _asks()
