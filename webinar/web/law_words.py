"""A clock change by law in words: for the subject of a mail, and the sentences that explain it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from webinar.timekeeping.laws import ClockChange
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.zones import shift_label
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, near_day


@dataclass(frozen=True)
class LawWords:
    """A subject that begins with what happened, and the sentences of the mail."""

    subject: str
    news: str


def law_words(change: ClockChange, title: str, release: str) -> LawWords:
    """The words for one reader: still the same on their clock, moved, or another time by their clock alone.

    `release` is the zone data that says so, such as "2026b".
    """
    law = _("The clocks in %(city)s changed by law (zone data %(release)s).", **_law(change, release))
    if not change.is_moved:
        return LawWords(_own_subject(change, title), f"{law} {_own_news(change)}")
    if change.is_still:
        return LawWords(_still_subject(change, title), f"{law} {_still_news(change)}")
    return LawWords(_moved_subject(change, title), f"{law} {_moved_news(change)}")


def _still_subject(change: ClockChange, title: str) -> str:
    return _(
        "Clock change in %(law)s: still %(day)s %(time)s, %(city)s: %(title)s", **_values(change), title=title
    )


def _still_news(change: ClockChange) -> str:
    return _(
        "It is still %(time)s %(city)s for you; in world time it is another moment than before, so your "
        "calendar entry is corrected by this mail.",
        **_values(change),
    )


def _moved_subject(change: ClockChange, title: str) -> str:
    return _(
        "Clock change in %(law)s: now %(day)s %(time)s (was %(was)s), %(city)s: %(title)s",
        **_values(change),
        title=title,
    )


def _moved_news(change: ClockChange) -> str:
    return _(
        "The session keeps its time there (%(host_time)s), so it moves for you. It was: %(was_whole)s.",
        **_values(change),
    )


def _own_subject(change: ClockChange, title: str) -> str:
    return _(
        "Clock change in %(law)s: %(title)s is now at %(time)s for you (was %(was)s)",
        **_values(change),
        title=title,
    )


def _own_news(change: ClockChange) -> str:
    return _(
        "The session has not moved (%(host_time)s %(host)s); your own clock shows another time for it. "
        "It was: %(was_whole)s.",
        **_values(change),
    )


def _law(change: ClockChange, release: str) -> dict[str, str]:
    return {"city": city_name(change.law_zone), "release": release}


def _values(change: ClockChange) -> dict[str, str]:
    """What the sentences name; times on the reader's clock unless said otherwise."""
    now_local, was_local, city = change.now_local, change.was_local, city_name(change.zone_name)
    return {
        "law": city_name(change.law_zone),
        "city": city,
        "day": near_day(now_local),
        "time": clock_time(now_local),
        "was": _was(was_local, now_local),
        "was_whole": _whole(was_local, city, change.was_offset),
        "host": city_name(change.host_zone),
        "host_time": clock_time(local_of(change.starts_at, change.host_zone)),
    }


def _was(was_local: datetime, now_local: datetime) -> str:
    """The clock time, with its day where that is another."""
    day = "" if was_local.date() == now_local.date() else f"{near_day(was_local)} "
    return day + clock_time(was_local)


def _whole(local: datetime, city: str, shift: timedelta) -> str:
    return f"{near_day(local)}, {clock_time(local)} {city} ({shift_label(shift)})"
