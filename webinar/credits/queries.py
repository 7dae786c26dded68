"""Finding awards, and what awarding a session now would give: one reading for preview and service."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webinar.attendance.models import Closing, Presence
from webinar.credits import schemes
from webinar.credits.models import Award
from webinar.credits.rules.activity import CreditInput, PresenceRow, SessionWindow
from webinar.credits.rules.change import Change, change
from webinar.credits.rules.outcome import ATTENDANCE, Outcome, outcome, presence_rows
from webinar.credits.rules.refused import CreditRefused
from webinar.credits.rules.terms import Scheme
from webinar.credits.rules.twice import counted, elsewhere, with_reason
from webinar.db.store import store
from webinar.registration.models import Seat
from webinar.sessions.models import Answer, Session, Speaker, SpeakerRole, State
from webinar.sessions.queries import hours_of
from webinar.sessions.rules.hours import FIRST
from webinar.sessions.rules.slot import slots
from webinar.timekeeping.zones import zone

THE_SESSION = "session"


@dataclass(frozen=True)
class Forecast:
    """One seat: the award that stands (or None), what awarding now gives, and what that changes."""

    seat: Seat
    before: Award | None
    after: Outcome
    change: Change


@dataclass(frozen=True)
class Outlook:
    """What awarding a session now would give, by name. `attendance_closed`: the organiser's word is given.

    `scheme` is None where no version was in force; `trouble` then says so.
    """

    scheme: Scheme | None
    trouble: str
    attendance_closed: bool
    rows: tuple[Forecast, ...]

    @property
    def seen(self) -> str:
        """A mark of everything shown: what is awarded must be what was looked at."""
        marks = sorted(
            (row.seat.id, *row.after.mark, row.before.id if row.before else 0) for row in self.rows
        )
        return hashlib.sha256(repr(marks).encode()).hexdigest()[:32]

    @property
    def differs(self) -> bool:
        """Whether awarding would put anything new on record."""
        return any(row.change is not Change.SAME for row in self.rows)


def award(award_id: int) -> Award | None:
    """The award of an id, with seat, person, session, society and speakers."""
    return store.scalar(
        select(Award)
        .where(Award.id == award_id)
        .options(
            joinedload(Award.seat).joinedload(Seat.person),
            joinedload(Award.session).joinedload(Session.society),
        )
    )


def current_awards(*session_ids: int) -> Sequence[Award]:
    """The awards of a session's live hours that stand, with their seats and people, by name."""
    return store.scalars(
        select(Award)
        .join(Award.seat)
        .where(Award.session_id.in_(session_ids), Award.superseded_by_id.is_(None))
        .options(joinedload(Award.seat).options(joinedload(Seat.person), joinedload(Seat.session)))
        .order_by(Seat.name, Award.id)
    ).all()


def of_person(person_id: int) -> Sequence[Award]:
    """The awards of one person that stand, with session and society, the latest session first."""
    return store.scalars(
        select(Award)
        .join(Award.seat)
        .join(Award.session)
        .where(Seat.person_id == person_id, Award.superseded_by_id.is_(None))
        .options(joinedload(Award.session).joinedload(Session.society), joinedload(Award.seat))
        .order_by(Session.starts_at.desc(), Award.id.desc())
    ).all()


def outlook(session: Session) -> Outlook:
    """What awarding the session now would give, over its live hours; reads, computes and changes nothing."""
    hours = hours_of(session)
    is_closed = _all_closed(hours)
    try:
        scheme = scheme_of(session.lead)
    except CreditRefused as refusal:
        return Outlook(None, refusal.sentence, is_closed, ())
    found = [row for hour in hours for row in _forecasts(hour, scheme)]
    rows = sorted(_counted_once(found, scheme), key=lambda each: (each.seat.name.casefold(), each.seat.id))
    return Outlook(scheme, "", is_closed, tuple(rows))


def _all_closed(hours: Sequence[Session]) -> bool:
    """Whether attendance is closed for each live hour that took place."""
    ids = {hour.id for hour in hours if hour.state is not State.CANCELLED} or {hours[0].id}
    closed = select(Closing.session_id).where(Closing.session_id.in_(ids), Closing.closed_at.is_not(None))
    return set(store.scalars(closed)) == ids


def _counted_once(found: Sequence[Forecast], scheme: Scheme) -> Iterator[Forecast]:
    """One forecast a person; of the live hour that does not count only what takes its award back."""
    people: dict[int, list[Forecast]] = {}
    for row in found:
        people.setdefault(row.seat.person_id, []).append(row)
    for rows in people.values():
        if len(rows) == 1:
            yield rows[0]
            continue
        kept = rows.pop(counted([row.after for row in rows]))
        hour = kept.seat.session.hour or FIRST
        both = any(row.after.seconds for row in rows)
        yield _forecast(
            kept.seat, kept.before, with_reason(kept.after, hour, rows[0].after) if both else kept.after
        )
        for row in rows:
            if row.before is not None:
                nothing = elsewhere(scheme, activity(row.seat.session, row.seat, ()), hour)
                yield _forecast(row.seat, row.before, nothing)


def scheme_of(session: Session) -> Scheme:
    """The version in force on the session's first day in its own zone, or attendance only.

    Raises CreditRefused.
    """
    if not session.credit_scheme:
        return ATTENDANCE
    return schemes.scheme_for(
        session.credit_scheme, session.starts_at.astimezone(zone(session.zone_name)).date()
    )


def _forecasts(session: Session, scheme: Scheme) -> tuple[Forecast, ...]:
    presences = store.scalars(
        select(Presence)
        .where(Presence.session_id == session.id, Presence.seconds > 0)
        .options(joinedload(Presence.seat).options(joinedload(Seat.person), joinedload(Seat.session)))
    ).all()
    standing = {each.seat_id: each for each in current_awards(session.id)}
    rows = {
        each.seat_id: presence_rows(each.intervals, each.seconds, session.starts_at) for each in presences
    }
    seats = {each.seat_id: each.seat for each in presences} | {
        each.seat_id: each.seat for each in standing.values()
    }
    found = [
        _forecast(
            seat, standing.get(seat_id), outcome(scheme, activity(session, seat, rows.get(seat_id, ())))
        )
        for seat_id, seat in seats.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.seat.name.casefold(), each.seat.id)))


def _forecast(seat: Seat, before: Award | None, after: Outcome) -> Forecast:
    return Forecast(seat, before, after, change(outcome_of(before) if before else None, after))


def outcome_of(award: Award) -> Outcome:
    """What an award keeps, as the rules compare it."""
    return Outcome(
        scheme_id=award.scheme_id,
        scheme_version=award.scheme_version,
        unit=award.unit,
        status=award.status,
        credit=award.credit,
        seconds=award.seconds,
        input=award.input,
        input_hash=award.input_hash,
        steps=tuple(award.steps),
    )


def activity(session: Session, seat: Seat, rows: tuple[PresenceRow, ...]) -> CreditInput:
    """The session as the engine sees it for one seat: own talks apart, for faculty is not also learner."""
    whole = SessionWindow(THE_SESSION, session.starts_at, session.ends_at, session.kind.value)
    own = _own_talks(session, seat)
    return CreditInput(
        sessions=(whole, *own),
        intervals=rows,
        zone=zone(session.zone_name),
        faculty_sessions=tuple(each.id for each in own),
    )


def _own_talks(session: Session, seat: Seat) -> tuple[SessionWindow, ...]:
    talks = [each for each in session.lead.speakers if _speaks(each)]
    spans = slots(session.starts_at, session.ends_at, [each.talk_minutes for each in talks])
    return tuple(
        SessionWindow(f"talk-{talk.id}", span.starts_at, span.ends_at, session.kind.value)
        for talk, span in zip(talks, spans, strict=True)
        if talk.person_id == seat.person_id or talk.email == seat.person.email
    )


def _speaks(speaker: Speaker) -> bool:
    return speaker.role is SpeakerRole.SPEAKER and speaker.answer is not Answer.DECLINED
