"""Season plans, the sessions they are for, and the sessions that a ledger counts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from webinar.db.store import store
from webinar.refusal import Missing
from webinar.scheduling.models.season import SeasonPlan
from webinar.scheduling.rules.ledger import LOOKED_BACK, Held
from webinar.sessions.models import Answer, Series, Session, Speaker, State
from webinar.sessions.queries import hours_of
from webinar.timekeeping.zones import ZoneName


def latest_plan(series: Series) -> SeasonPlan | None:
    """The plan that was asked for last."""
    return store.scalar(
        select(SeasonPlan).where(SeasonPlan.series_id == series.id).order_by(SeasonPlan.id.desc()).limit(1)
    )


def plan_of(series: Series, plan_id: int) -> SeasonPlan:
    """A plan of this series and no other. Raises Missing."""
    plan = store.get(SeasonPlan, plan_id)
    if plan is None or plan.series_id != series.id:
        raise Missing
    return plan


def plan_of_id(plan_id: int) -> SeasonPlan | None:
    """The plan that a letter is about."""
    return store.get(SeasonPlan, plan_id)


def drafts_of(series: Series, now: datetime) -> Sequence[Session]:
    """The drafts of a series to come after `now`, with speakers, the next first: what a plan may move.

    Those with two live hours are left out, as their hours were chosen together.
    """
    return store.scalars(
        select(Session)
        .where(
            Session.series_id == series.id,
            Session.state == State.DRAFT,
            Session.starts_at > now,
            Session.hour.is_(None),
        )
        .options(selectinload(Session.speakers).joinedload(Speaker.person))
        .order_by(Session.starts_at, Session.id)
    ).all()


def held_of(society_id: int, series_id: int | None, now: datetime) -> tuple[tuple[Held, ...], str]:
    """The latest sessions held before `now`, latest first, and whose they are: "series" or "society".

    Those of the series, or while it has none those of the society.
    """
    held = select(Session).where(
        Session.state == State.PUBLISHED, Session.ends_at <= now, Session.twin_of_id.is_(None)
    )
    latest = held.order_by(Session.starts_at.desc(), Session.id).limit(LOOKED_BACK)
    if series_id is not None:
        own = store.scalars(latest.where(Session.series_id == series_id)).all()
        if own:
            return tuple(map(_held, own)), "series"
    return tuple(map(_held, store.scalars(latest.where(Session.society_id == society_id)).all())), "society"


def zones_of_speakers(session: Session) -> tuple[ZoneName, ...]:
    """The zones of those asked to speak who told theirs and did not decline."""
    return tuple(
        speaker.person.zone_name
        for speaker in session.speakers
        if speaker.answer != Answer.DECLINED and speaker.person and speaker.person.zone_name
    )


def _held(session: Session) -> Held:
    hours = [hour for hour in hours_of(session) if hour.state == State.PUBLISHED]
    return Held(tuple(hour.starts_at for hour in hours), session.minutes)
