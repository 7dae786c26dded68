"""Next: the session after the last of a series, with its time and habits ready."""

from dataclasses import dataclass, replace
from datetime import datetime

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.refusal import Invalid
from webinar.sessions import queries
from webinar.sessions.models import Series, Session
from webinar.sessions.rules.pattern import date_after
from webinar.sessions.rules.question import read_questions
from webinar.sessions.rules.rhythm import MOST_SESSIONS, dates
from webinar.sessions.rules.start import When, pinned
from webinar.sessions.service.change import saved
from webinar.sessions.service.draft import Draft, planned
from webinar.sessions.service.reshape import locked, numbered
from webinar.timekeeping import clock
from webinar.timekeeping.recurrence.rule import parse_rule, rule_text
from webinar.timekeeping.recurrence.values import Kind, Stamp
from webinar.timekeeping.recurrence.walls import rule_dates
from webinar.timekeeping.wall import instant_of


@dataclass(frozen=True)
class Offer:
    """What the next session probably is.

    `starts_at` is aware UTC; `extends` says that it is the very next date of the rule."""

    words: Draft
    when: When
    starts_at: datetime
    extends: bool
    last: Session | None


def next_of(series: Series) -> Offer:
    """The next date of the rhythm after the last that is still to come, and the habits of the last session."""
    sessions = [each for each in queries.of_series(series.id) if not queries.is_given_up(each)]
    last = max(sessions, key=lambda each: each.starts_at, default=None)
    local, extends = _next_local(series)
    words = Draft(
        title=series.title,
        kind=series.kind,
        topic=last.topic if last else "",
        locale=series.locale,
        capacity=last.capacity if last else None,
        questions=read_questions(last.questions) if last else (),
        credit_scheme=series.credit_scheme,
    )
    # In a gap or a fold a series takes RFC 5545's reading, so the form asks nothing.
    starts_at = instant_of(local, series.zone_name)
    when = When(local, series.zone_name, series.minutes, starts_at)
    return Offer(words, when, starts_at, extends, last)


def plan_next(series: Series, actor: Person, words: Draft, when: When) -> Session:
    """A draft at the end of a series. On the next date of the rhythm the rule grows by it; any other start
    is an extra date (RDATE). Raises Invalid, DoubtfulStart."""
    locked(series)
    start = pinned(when)
    if start.starts_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    session = planned(series.society, words, start)
    session.series_id = series.id
    local, extends = _next_local(series)
    if extends and (start.starts_local, start.zone_name) == (local, series.zone_name):
        series.rule, session.series_starts_local = _grown(series, local), local
        series.revision += 1
    saved(session, actor, "session.drafted", series=series.id)
    numbered(series)
    audit.record("series.extended", "series", series.id, actor_id=actor.id, society_id=series.society_id)
    store.flush()
    return session


def _next_local(series: Series) -> tuple[datetime, bool]:
    rule, now = parse_rule(series.rule), clock.now()
    count = len(dates(series.rule, series.starts_local, series.zone_name, series.minutes))
    following = date_after(rule, series.starts_local, count)
    if instant_of(following, series.zone_name) > now:
        return following, count < MOST_SESSIONS
    # The series paused: a date further on would leave dates in its rule that nobody ever planned.
    found = rule_dates(rule, following)
    return next(local for local in found if instant_of(local, series.zone_name) > now), False


def _grown(series: Series, local: datetime) -> str:
    rule = parse_rule(series.rule)
    if rule.count is not None:
        return rule_text(replace(rule, count=rule.count + 1), series.zone_name)
    return rule_text(replace(rule, until=Stamp(local, Kind.WALL)), series.zone_name)
