"""Other sessions at the same time: of speakers, of the society, of societies it follows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from webinar.db.store import store
from webinar.scheduling.rules.clashes import NOT_OURS, Elsewhere, Talk
from webinar.sessions.models import Answer, Session, Speaker, State
from webinar.societies.queries import followed_ids
from webinar.timekeeping.intervals import Interval

MOST_ROWS = 200


def as_seen_by(society_id: int, session: Session) -> Elsewhere:
    """A session as a society's desk may know it: others' drafts have no title, time of day or name."""
    own = session.society_id == society_id
    title = session.title if own or session.published_at else NOT_OURS
    return Elsewhere(title, "" if own else session.society.name, session.starts_at, session.ends_at)


def other_talks(session: Session, span: Interval) -> Sequence[Talk]:
    """Where a session's speakers also speak during `span`, in any society; not what they declined.

    Somebody is known by their person or their address; called by the name they have here.
    """
    asked = [speaker for speaker in session.speakers if speaker.answer is not Answer.DECLINED]
    if not asked:
        return ()
    names = {speaker.email: speaker.name for speaker in asked}
    by_person = {speaker.person_id: speaker.name for speaker in asked if speaker.person_id}
    rows = store.execute(
        select(Speaker, Session)
        .join(Session, Session.id == Speaker.session_id)
        .where(
            or_(Speaker.email.in_(names), Speaker.person_id.in_(by_person)),
            Speaker.answer != Answer.DECLINED,
            Session.id != session.id,
            *_running(span.start, span.end),
        )
        .options(joinedload(Session.society))
        .order_by(Session.starts_at, Session.id, Speaker.position)
        .limit(MOST_ROWS)
    )
    return [
        Talk(
            by_person.get(speaker.person_id or 0) or names[speaker.email],
            as_seen_by(session.society_id, other),
        )
        for speaker, other in rows
    ]


def same_audience(
    society_id: int, starts_at: datetime, ends_at: datetime, *, besides: Collection[int] = ()
) -> Sequence[Elsewhere]:
    """Sessions between two instants (aware) of the society, its drafts too, and public ones of societies it
    follows; `besides` are ids to leave out."""
    rows = store.scalars(
        select(Session)
        .where(
            or_(
                Session.society_id == society_id,
                and_(Session.society_id.in_(followed_ids(society_id)), Session.published_at.is_not(None)),
            ),
            Session.id.not_in(besides),
            *_running(starts_at, ends_at),
        )
        .options(joinedload(Session.society))
        .order_by(Session.starts_at, Session.id)
        .limit(MOST_ROWS)
    )
    return [as_seen_by(society_id, session) for session in rows]


def _running(starts_at: datetime, ends_at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Session.state != State.CANCELLED,
        Session.starts_at < ends_at,
        Session.ends_at > starts_at,
    )
