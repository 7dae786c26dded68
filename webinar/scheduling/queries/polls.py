"""Finding polls and voters: by the session's desk, or by a mailed token."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.db.store import store
from webinar.refusal import Missing
from webinar.scheduling.models.poll import Poll, PollOption, PollVoter
from webinar.scheduling.rules.asking import REMINDED_BEFORE
from webinar.scheduling.rules.poll import Ballot, PollKind, Time
from webinar.sessions.models import Session, State
from webinar.sessions.rules.start import Start
from webinar.timekeeping.zones import release

WHOLE = (
    selectinload(Poll.options),
    selectinload(Poll.voters).options(joinedload(PollVoter.person), selectinload(PollVoter.answers)),
)
"""All of a poll in a number of statements that its size does not change."""


def poll_of(session: Session, kind: PollKind) -> Poll | None:
    """The poll of a kind that a session has, with all that hangs on it."""
    return store.scalar(
        select(Poll)
        .where(Poll.session_id == session.id, Poll.kind == kind)
        .options(*WHOLE)
        .execution_options(populate_existing=True)
    )


def kinds_of(session: Session) -> frozenset[PollKind]:
    """Which kinds of poll a session has."""
    return frozenset(store.scalars(select(Poll.kind).where(Poll.session_id == session.id)))


def poll_of_id(poll_id: int) -> Poll | None:
    """The poll of an id that a fact carries, with all that hangs on it."""
    return store.scalar(select(Poll).where(Poll.id == poll_id).options(*WHOLE))


def fresh(poll: Poll) -> Poll:
    """The same poll with all that hangs on it read again."""
    whole = select(Poll).where(Poll.id == poll.id).options(*WHOLE)
    return store.scalars(whole.execution_options(populate_existing=True)).one()


def voter_of_id(voter_id: int) -> PollVoter | None:
    """The voter of an id that a letter carries."""
    return store.get(PollVoter, voter_id)


def voter_by_token(token: str) -> PollVoter:
    """The voter whose personal link holds `token`. Raises Missing."""
    voter = None
    if is_kind(token, TokenKind.POLL):
        voter = store.scalar(select(PollVoter).where(PollVoter.token_hash == fingerprint(token)))
    if voter is None:
        raise Missing
    return voter


def poll_by_token(token: str) -> Poll:
    """The poll whose link for everybody holds `token`; only polls of an audience have one. Raises Missing."""
    poll = None
    if is_kind(token, TokenKind.OPEN_POLL):
        poll = store.scalar(
            select(Poll).where(Poll.token_hash == fingerprint(token), Poll.kind == PollKind.AUDIENCE)
        )
    if poll is None:
        raise Missing
    return poll


def voter_of_email(poll: Poll, email: str) -> PollVoter | None:
    """Who has this normalised address in a poll."""
    return store.scalar(select(PollVoter).where(PollVoter.poll_id == poll.id, PollVoter.email == email))


def voters_of(poll: Poll) -> Sequence[PollVoter]:
    """A poll's voters with their answers, in the order they came."""
    return store.scalars(
        select(PollVoter)
        .where(PollVoter.poll_id == poll.id)
        .options(selectinload(PollVoter.answers))
        .order_by(PollVoter.id)
    ).all()


def option_of(poll: Poll, option_id: int) -> PollOption:
    """An option of this poll and no other. Raises Missing."""
    option = store.get(PollOption, option_id)
    if option is None or option.poll_id != poll.id:
        raise Missing
    return option


def due_for_reminder(now: datetime) -> Sequence[PollVoter]:
    """Who has not answered a poll that ends soon after `now` (aware UTC) and still asks."""
    return store.scalars(
        select(PollVoter)
        .join(Poll, Poll.id == PollVoter.poll_id)
        .join(Session, Session.id == Poll.session_id)
        .where(
            Poll.closed_at.is_(None),
            Poll.deadline_at > now,
            Poll.deadline_at <= now + REMINDED_BEFORE[0],
            Session.state != State.CANCELLED,
            PollVoter.answered_at.is_(None),
        )
        .options(joinedload(PollVoter.poll))
        .order_by(PollVoter.id)
    ).all()


def outdated(now: datetime) -> Sequence[Poll]:
    """Open polls that hold a time to come, or a deadline, derived with other zone data than the present."""
    stale = select(PollOption.poll_id).where(
        PollOption.starts_at > now, PollOption.tzdata_version < release()
    )
    return store.scalars(
        select(Poll)
        .where(Poll.closed_at.is_(None), Poll.id.in_(stale) | (Poll.tzdata_version < release()))
        .options(*WHOLE)
        .order_by(Poll.id)
    ).all()


def zone_of(voter: PollVoter) -> str | None:
    """The zone a voter answered in, else that of their account, else None."""
    return voter.zone_name or (voter.person.zone_name if voter.person else None)


def start_of(option: PollOption, poll: Poll) -> Start:
    """An option as a start of the session's length, as it is stored."""
    minutes = poll.session.minutes
    ends_at = option.starts_at + (poll.session.ends_at - poll.session.starts_at)
    return Start(
        option.starts_local,
        poll.zone_name,
        minutes,
        option.later_fold,
        option.starts_at,
        ends_at,
        option.tzdata_version,
    )


def times_of(poll: Poll) -> tuple[Time, ...]:
    """The options of a poll, each as long as the session is now."""
    length = poll.session.ends_at - poll.session.starts_at
    return tuple(Time(each.id, each.starts_at, each.starts_at + length) for each in poll.options)


def ballots_of(poll: Poll) -> tuple[Ballot, ...]:
    """What each voter said, those who have not answered included."""
    return tuple(
        Ballot(
            voter.name,
            voter.required,
            zone_of(voter),
            {answer.option_id: answer.choice for answer in voter.answers},
        )
        for voter in poll.voters
    )
