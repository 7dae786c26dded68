"""The desk of one series: its rhythm, its sessions, and what can be done with each."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.registration.queries.seats import Counts, counts_of
from webinar.sessions import queries
from webinar.sessions.models import Series, Session, State
from webinar.sessions.pages import desk_path, head
from webinar.sessions.rules.pattern import every_of
from webinar.sessions.rules.reshape.exceptions import is_moved
from webinar.sessions.rules.rhythm import Every
from webinar.sessions.service.reshape import shape_of, standing_of
from webinar.timekeeping.recurrence.rule import parse_rule
from webinar.timekeeping.wording import Showing
from webinar.translatable import N_
from webinar.web.city_names import city_name
from webinar.web.clock_words import clock_time, weekday
from webinar.web.moments import shown
from webinar.web.sizes import amount

ORDINALS = {1: N_("first"), 2: N_("second"), 3: N_("third"), 4: N_("fourth"), -1: N_("last")}


@dataclass(frozen=True)
class SeriesRow:
    """One session of the series; the addresses are "" where its time or words are settled."""

    number: int
    title: str
    showing: Showing
    state: str
    state_kind: str
    note: str
    registered: str
    url: str
    time_url: str
    words_url: str
    cancel_url: str


@dataclass(frozen=True)
class SeriesPage:
    """The page. `split_url` leads to the series whose later sessions these were, or is ""."""

    title: str
    rhythm: str
    next_url: str
    public_url: str
    split_title: str
    split_url: str
    rows: tuple[SeriesRow, ...]


def series_page(series: Series, now: datetime) -> SeriesPage:
    """The desk of a series at `now`."""
    sessions = [each for each in queries.of_series(series.id) if not queries.is_given_up(each)]
    counts = counts_of([session.id for session in sessions])
    origin = queries.series_of_id(series.split_from_id) if series.split_from_id else None
    slug = series.society.slug
    return SeriesPage(
        title=series.title,
        rhythm=rhythm_words(series),
        next_url=url_for("sessions.plan_one_more", slug=slug, series=series.slug),
        public_url=f"/{slug}/series/{series.slug}" if any(each.published_at for each in sessions) else "",
        split_title=origin.title if origin else "",
        split_url=url_for("desk.series", slug=slug, series=origin.slug) if origin else "",
        rows=tuple(_row(series, session, counts[session.id], now) for session in sessions),
    )


def rhythm_words(series: Series) -> str:
    """The rhythm in words: "Every month on the second Tuesday, 18:00 Berlin, 60 minutes"."""
    return _(
        "%(every)s, %(time)s %(city)s, %(minutes)s minutes",
        every=_every(series),
        time=clock_time(series.starts_local),
        city=city_name(series.zone_name),
        minutes=series.minutes,
    )


def _every(series: Series) -> str:
    rule, day = parse_rule(series.rule), weekday(series.starts_local)
    if every_of(rule) is Every.WEEK:
        return ngettext("Every week on %(day)s", "Every %(num)s weeks on %(day)s", rule.interval, day=day)
    if every_of(rule) is Every.DAY_OF_MONTH:
        number = rule.by_month_day[0]
        which = _("the last day") if number < 0 else _("day %(number)s", number=number)
    else:
        which = _("the %(nth)s %(day)s", nth=_(ORDINALS[rule.by_day[0].ordinal or 1]), day=day)
    return ngettext(
        "Every month on %(which)s", "Every %(num)s months on %(which)s", rule.interval, which=which
    )


def _row(series: Series, session: Session, counts: Counts, now: datetime) -> SeriesRow:
    slug, top = series.society.slug, head(session, "", now)
    is_open = session.state != State.CANCELLED and session.starts_at > now
    return SeriesRow(
        number=session.series_number or 0,
        title=session.title,
        showing=shown(session.starts_at, session.ends_at, session.zone_name),
        state=top.state,
        state_kind=top.state_kind,
        note=_note(series, session),
        registered=amount(counts.held + counts.waiting),
        url=desk_path(slug, session.slug, "edit"),
        time_url=_place("sessions.retime", series, session) if is_open else "",
        words_url=_place("sessions.reword", series, session) if is_open else "",
        cancel_url=top.cancel_url if is_open else "",
    )


def _place(endpoint: str, series: Series, session: Session) -> str:
    return url_for(endpoint, slug=series.society.slug, series=series.slug, session=session.slug)


def _note(series: Series, session: Session) -> str:
    if session.state == State.CANCELLED:
        return ""
    if session.series_starts_local is None:
        return _("extra date")
    return _("moved by itself") if is_moved(standing_of(session), shape_of(series)) else ""
