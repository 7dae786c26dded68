"""Who is asking: the login behind the cookie, and the door that only opens to the signed in."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask import Response, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webinar.accounts import queries
from webinar.accounts.models import Login, Person
from webinar.accounts.rules import LOGIN_LIVES, TokenKind, is_kind, login_holds
from webinar.config import settings
from webinar.timekeeping import clock

P = ParamSpec("P")


def cookie_name() -> str:
    """`__Host-` binds the cookie to this origin; browsers refuse it over plain http."""
    return "__Host-login" if settings().base_url.startswith("https://") else "login"


def current_login() -> Login | None:
    """The live login of this request, or None."""
    if "login" not in g:
        g.login = _login_of_cookie()
    return cast(Login | None, g.login)


def current_person() -> Person | None:
    """The signed-in person, or None."""
    login = current_login()
    return login.person if login else None


def signed_in_person() -> Person:
    """The signed-in person, where the guard has made sure of one."""
    person = current_person()
    if person is None:
        raise RuntimeError("this view needs @signed_in")
    return person


def signed_in(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Ask strangers to sign in first; afterwards they come back to where they wanted to go."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if current_person() is None:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
            return redirect(url_for("accounts.sign_in", next=wanted), code=303)
        return view(*args, **kwargs)

    guarded.guarded_by = "signed_in"  # type: ignore[attr-defined]
    return guarded


def keep_login(response: ResponseReturnValue, token: str) -> Response:
    """Hand a fresh login's cookie to the browser."""
    made = make_response(response)
    https = settings().base_url.startswith("https://")
    lives = int(LOGIN_LIVES.total_seconds())
    made.set_cookie(cookie_name(), token, lives, secure=https, httponly=True, samesite="Lax")
    return made


def _login_of_cookie() -> Login | None:
    token = request.cookies.get(cookie_name(), "")
    if not is_kind(token, TokenKind.LOGIN):
        return None
    login = queries.login(token)
    if login is None:
        return None
    holds = login_holds(clock.now(), login.last_seen_at, login.expires_at, login.ended_at)
    return login if holds else None
