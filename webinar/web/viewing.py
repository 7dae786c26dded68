"""How this visitor sees pages: zone, language, direction, theme and clock (design rules R2, R3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from flask import g, has_app_context
from flask_babel import refresh

from webinar.timekeeping import clock

ZoneSource = Literal["link", "account", "choice", "event"]
Direction = Literal["ltr", "rtl"]
Theme = Literal["auto", "light", "dark"]


@dataclass(frozen=True)
class Viewing:
    """One visitor's view during one request.

    `zone_name` is an IANA name, or None when nobody chose one: pages then show the event's own
    zone, UTC and a table of cities. `zone_source` says who chose it. `locale` is a Babel locale
    such as "en" or "pt_BR". `now` is an aware UTC instant, the same for the whole request.
    """

    zone_name: str | None
    zone_source: ZoneSource
    locale: str
    direction: Direction
    theme: Theme
    hour12: bool
    now: datetime


def see_as(viewing: Viewing) -> None:
    """Show the rest of this request, or of this app context, as `viewing`.

    May be called again, as the worker does for each mail.
    """
    g.viewing = viewing
    refresh()  # flask-babel remembers the locale that it asked for first


@contextmanager
def seen_as(viewing: Viewing) -> Iterator[None]:
    """Show what is written inside as `viewing`, and afterwards as before: for mails and calendars."""
    before = current_viewing()
    g.viewing = viewing
    try:
        yield
    finally:
        g.viewing = before


def current_viewing() -> Viewing:
    """The view of this request; before anything was chosen: no zone, English, automatic theme."""
    if not has_app_context():
        return _unchosen()
    if "viewing" not in g:
        g.viewing = _unchosen()
    return cast(Viewing, g.viewing)


def _unchosen() -> Viewing:
    return Viewing(None, "event", "en", "ltr", "auto", False, clock.now())
