"""What a visitor chose by the forms of the page frame: zone, language, theme, clock; kept in cookies."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, Response, current_app, has_request_context, request

from webinar.timekeeping.zones import UnknownZone, zone
from webinar.web import languages
from webinar.web.viewing import Theme, Viewing, ZoneSource

YEAR_SECONDS = 365 * 24 * 3600
THEMES = ("auto", "light", "dark")
CLOCKS = ("24", "12")


@dataclass(frozen=True)
class Preferences:
    """Choices read from `?tz= ?lang= ?theme= ?clock=`, else from the cookies of the same names.

    A value that we do not know counts as not chosen.
    """

    zone_name: str | None
    locale: str | None
    theme: Theme
    hour12: bool


def preferences() -> Preferences:
    """The choices of the visitor of this request, without any account."""
    return Preferences(
        zone_name=known_zone(_chosen("tz")),
        locale=languages.known(_chosen("lang")) or languages.best(request.accept_languages.values()),
        theme=cast(Theme, _one_of(_chosen("theme"), THEMES)),
        hour12=_one_of(_chosen("clock"), CLOCKS) == "12",
    )


def viewing_of(
    chosen: Preferences,
    *,
    now: datetime,
    link_zone: str | None = None,
    account_zone: str | None = None,
    account_locale: str | None = None,
) -> Viewing:
    """The view by rule R3: zone of the signed link, else of the account, else chosen, else none.

    The language is what this very address asks for (`?lang=`), else the account's, else chosen.
    """
    candidates: list[tuple[str | None, ZoneSource]] = [
        (link_zone, "link"),
        (account_zone, "account"),
        (chosen.zone_name, "choice"),
    ]
    name, source = next(((n, s) for n, s in candidates if known_zone(n)), (None, "event"))
    asked = languages.known(request.args.get("lang")) if has_request_context() else None
    locale = asked or languages.known(account_locale) or chosen.locale or languages.DEFAULT
    return Viewing(name, source, locale, languages.direction(locale), chosen.theme, chosen.hour12, now)


def known_zone(name: str | None) -> str | None:
    """`name` if it is a zone of the zone data, else None."""
    try:
        return name if name and zone(name) else None
    except UnknownZone:
        return None


def keep_choices(app: Flask) -> None:
    """After each request of `app`, keep what the address chose (`?tz=` …) in a cookie for a year."""
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    allowed = {
        "tz": lambda value: known_zone(value) is not None,
        "lang": lambda value: languages.known(value) is not None,
        "theme": THEMES.__contains__,
        "clock": CLOCKS.__contains__,
    }
    if response.mimetype != "text/html":
        return response  # a feed's parameters are its own, and calendars keep no cookies
    for name, knows in allowed.items():
        value = request.args.get(name, "")
        if value and knows(value):
            secure = current_app.config["SESSION_COOKIE_SECURE"]
            response.set_cookie(name, value, YEAR_SECONDS, secure=secure, httponly=True, samesite="Lax")
    return response


def _chosen(name: str) -> str | None:
    return request.args.get(name) or request.cookies.get(name)


def _one_of(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]
