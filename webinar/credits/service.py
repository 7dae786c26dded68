"""Awarding credit: each seat with presence under the rule in force, once per input."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.credits import queries
from webinar.credits.facts import CreditAwarded, CreditSuperseded
from webinar.credits.models import Award
from webinar.credits.queries import Forecast, Outlook
from webinar.credits.rules.change import Change, tally
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Refusal
from webinar.sessions.models import Session, State
from webinar.sessions.queries import hours_of
from webinar.timekeeping import clock


class NotYet(Refusal):
    """Credit cannot be awarded as things stand."""


class LookAgain(Refusal):
    """What would be awarded is no longer what the organiser looked at."""


def award_session(session: Session, actor: Person, *, seen: str | None = None) -> Mapping[Change, int]:
    """Award what `queries.outlook` shows, over all live hours; returns how many awards of each kind that made.

    An award whose rule and input are the same stays untouched, so a second press changes nothing.
    `seen` is the mark of the outlook that the organiser looked at. Raises NotYet, LookAgain.
    """
    # Two organisers pressing at once take turns; the second finds nothing left to do.
    ids = [hour.id for hour in hours_of(session)]
    store.execute(select(Session.id).where(Session.id.in_(ids)).order_by(Session.id).with_for_update())
    outlook = queries.outlook(session)
    _refuse_too_early(session.lead, outlook)
    if seen is not None and seen != outlook.seen and outlook.differs:
        raise LookAgain(
            "Attendance or the rule has changed since you opened this page. Look at the new figures below, "
            "then press again."
        )
    now = clock.now()
    for row in outlook.rows:
        if row.change is not Change.SAME:
            _put_on_record(row.seat.session, row, actor, now)
    return tally(row.change for row in outlook.rows)


def _refuse_too_early(session: Session, outlook: Outlook) -> None:
    if session.state is not State.PUBLISHED:
        raise NotYet("Only a session that took place can be credited; this one is not published.")
    if outlook.scheme is None:
        raise NotYet(outlook.trouble)
    if not outlook.attendance_closed:
        if session.hour:
            raise NotYet(
                "Attendance is still open. Credit counts once over both live hours, so close it for each first."
            )
        raise NotYet("Attendance is still open. Close it first, so that everybody’s minutes are final.")


def _put_on_record(session: Session, row: Forecast, actor: Person, now: datetime) -> None:
    made = Award(
        society_id=session.society_id,
        session_id=session.id,
        seat_id=row.seat.id,
        scheme_id=row.after.scheme_id,
        scheme_version=row.after.scheme_version,
        unit=row.after.unit,
        status=row.after.status,
        credit=row.after.credit,
        seconds=row.after.seconds,
        input=row.after.input,
        input_hash=row.after.input_hash,
        steps=list(row.after.steps),
        awarded_by_id=actor.id,
        awarded_at=now,
    )
    store.add(made)
    store.flush()
    if row.before is not None:
        row.before.superseded_by_id = made.id
        outbox.tell(CreditSuperseded(row.before.id))
    audit.record(
        "credit.awarded",
        "award",
        made.id,
        actor_id=actor.id,
        society_id=session.society_id,
        detail={
            "session_id": session.id,
            "seat_id": row.seat.id,
            "credit": made.credit,
            "scheme": f"{made.scheme_id}@{made.scheme_version}",
            "supersedes": row.before.id if row.before else None,
            "was": row.before.credit if row.before else None,
        },
    )
    outbox.tell(CreditAwarded(made.id))
