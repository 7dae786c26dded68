"""Series: planning many sessions by one rhythm, in wall time."""

from dataclasses import dataclass, replace

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Invalid
from webinar.sessions import queries
from webinar.sessions.facts import SeriesSaved
from webinar.sessions.models import Series, Session
from webinar.sessions.rules.rhythm import Rhythm, dates, rrule
from webinar.sessions.rules.slug import slug_of
from webinar.sessions.rules.start import When, derived
from webinar.sessions.service.change import saved
from webinar.sessions.service.draft import Draft, new_uid, planned
from webinar.societies.models import Society
from webinar.timekeeping import clock
from webinar.timekeeping.recurrence.series import Occurrence
from webinar.timekeeping.zones import UnknownZone, canonical


@dataclass(frozen=True)
class SeriesPlan:
    """What the sessions of a series share: `words.title` names the series, `when` its first start."""

    words: Draft
    when: When
    rhythm: Rhythm


def dates_of(plan: SeriesPlan) -> tuple[str, tuple[Occurrence, ...]]:
    """The RRULE of a plan and its dates; writes nothing. Raises Invalid with the field."""
    try:
        zone_name = canonical(plan.when.zone_name)
    except UnknownZone as unknown:
        raise Invalid(unknown.sentence, "zone_name") from unknown
    starts_local = plan.when.starts_local.replace(second=0, microsecond=0)
    rule = rrule(plan.rhythm, starts_local, zone_name)
    return rule, dates(rule, starts_local, zone_name, plan.when.minutes)


def plan_series(society: Society, actor: Person, plan: SeriesPlan) -> Series:
    """Create a series with its sessions as drafts numbered from 1. Raises Invalid with the field.

    A start that clocks skip or double on some date is read by RFC 5545 3.3.5; `rules.rhythm.notices`
    tells the organiser which.
    """
    rule, found = dates_of(plan)
    if found[0].start_at <= clock.now():
        raise Invalid("The first session lies in the past. Please choose one to come.", "starts_local")
    series = _series(society, plan, rule)
    for number, each in enumerate(found, start=1):
        session = _numbered(society, series, plan, each, number)
        saved(session, actor, "session.drafted", series=series.id)
    audit.record(
        "series.planned",
        "series",
        series.id,
        actor_id=actor.id,
        society_id=society.id,
        detail={"sessions": len(found), "rule": rule},
    )
    store.flush()
    outbox.note(SeriesSaved(series.id))
    return series


def clashes(society: Society, found: tuple[Occurrence, ...]) -> tuple[Session, ...]:
    """Sessions of the society that some of these dates overlap, each once, by time."""
    near = queries.overlapping(society.id, found[0].start_at, max(each.end_at for each in found))
    return tuple(
        session
        for session in near
        if any(session.starts_at < each.end_at and session.ends_at > each.start_at for each in found)
    )


def _series(society: Society, plan: SeriesPlan, rule: str) -> Series:
    series = Series(
        society_id=society.id,
        uid=new_uid(),
        slug=slug_of(plan.words.title, plan.words.kind, queries.taken_series_slugs(society.id)),
        title=plan.words.title,
        about=plan.words.abstract,
        kind=plan.words.kind,
        zone_name=canonical(plan.when.zone_name),
        starts_local=plan.when.starts_local.replace(second=0, microsecond=0),
        minutes=plan.when.minutes,
        rule=rule,
        locale=plan.words.locale,
        credit_scheme=plan.words.credit_scheme,
        created_at=clock.now(),
    )
    store.add(series)
    store.flush()
    return series


def _numbered(society: Society, series: Series, plan: SeriesPlan, each: Occurrence, number: int) -> Session:
    words = replace(plan.words, abstract="")
    start = derived(each.start_local, each.zone_name, plan.when.minutes)
    slug = slug_of(f"{series.slug}-{number}", series.kind, queries.taken_slugs(f"{series.slug}-{number}"))
    session = planned(society, words, start, slug=slug)
    session.series_id, session.series_number = series.id, number
    session.series_starts_local = each.start_local
    return session
