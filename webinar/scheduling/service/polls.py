"""Opening a poll, asking one more person, another deadline, closing it with a time or without."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind, normal_email
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.plaintext import one_line
from webinar.refusal import Invalid, Refusal
from webinar.scheduling.facts import PollOpened, PollSettled
from webinar.scheduling.models.poll import Poll, PollOption, PollVoter
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.poll import PollChoice, PollKind
from webinar.scheduling.rules.times import Wish, pinned_times
from webinar.scheduling.service.change import PollOver, locked, locked_whole, record
from webinar.sessions.models import Answer, Session
from webinar.sessions.rules.start import LEAST_MINUTES, DoubtfulStart, Start, When, pinned
from webinar.sessions.service import answers, change, timing
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of

MOST_INVITED = 60
POLLS_A_DAY = 20


@dataclass(frozen=True)
class Asked:
    """Somebody to be asked."""

    name: str
    email: str
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A poll as somebody plans it; wall times are those of `zone_name` (IANA)."""

    kind: PollKind
    zone_name: str
    wishes: Sequence[Wish]
    deadline: Wish
    people: Sequence[Asked] = ()
    names_shown: bool = False


@dataclass(frozen=True)
class Opened:
    """A new poll, and how many times and people stood twice in its plan."""

    poll: Poll
    times_merged: int
    people_merged: int


def open_poll(session: Session, actor: Person, plan: Plan) -> Opened:
    """Ask people which time suits them. Raises Invalid, BadTimes, OutOfPlay, TooOften, Refusal."""
    now = clock.now()
    change.opened(session)
    change.in_play(session)
    if plan.kind in queries.kinds_of(session):
        raise Refusal("This session has such a poll already. Open the page again to see it.")
    starts, times_merged = pinned_times(plan.wishes, plan.zone_name, session.minutes, now)
    deadline = _deadline(plan.deadline, plan.zone_name, starts[-1].starts_at)
    people = _merged(plan)
    accounts.knock("open-poll", str(actor.id), most=POLLS_A_DAY, within=timedelta(days=1))
    poll = _poll(session, plan, deadline, starts)
    store.add(poll)
    store.flush()
    poll.voters = [voter_of(asked) for asked in people]
    record(poll, "poll.opened", actor, times=len(starts), people=len(people))
    outbox.tell(PollOpened(poll.id, poll.revision))
    return Opened(poll, times_merged, len(plan.people) - len(people))


def promise_invitation(voter: PollVoter, poll: Poll) -> None:
    """Promise one voter the question, once for each time the poll is opened."""
    key = f"mail:poll_invited:{voter.id}:{poll.revision}"
    outbox.post("mail.poll_invited", key, {"voter_id": voter.id, "revision": poll.revision})


def extend(poll: Poll, actor: Person, wish: Wish, zone_name: str) -> bool:
    """Give a poll another deadline; a closed one asks again. Whether it was opened again.

    Raises Invalid, DoubtfulStart (field "deadline_local"), PollOver, OutOfPlay.
    """
    locked(poll)
    change.in_play(poll.session)
    if not poll.options or poll.options[-1].starts_at <= clock.now():
        raise PollOver("All times of this poll lie in the past.")
    deadline = _deadline(wish, zone_name, max(each.starts_at for each in poll.options))
    _put_deadline(poll, deadline)
    poll.opened_at = clock.now()
    again = poll.closed_at is not None
    if again:
        poll.closed_at = poll.chosen_at = None
        poll.revision += 1
        outbox.tell(PollOpened(poll.id, poll.revision))
    record(poll, "poll.extended", actor, until=poll.deadline_at.isoformat(), again=again)
    return again


def close(poll: Poll, actor: Person) -> None:
    """Close a poll without a time; harmless twice."""
    locked(poll)
    if poll.closed_at is None:
        poll.closed_at = clock.now()
        record(poll, "poll.closed", actor)


def schedule(poll: Poll, actor: Person, option_id: int) -> None:
    """Close a poll and move its session to one of its times; harmless twice.

    The time is kept in the session's own zone. Speakers who said yes to it are confirmed, the others
    are asked by sessions. Raises Missing, PollOver, Invalid for a past time, OutOfPlay.
    """
    locked_whole(poll)
    option = queries.option_of(poll, option_id)
    if poll.chosen_at is not None:
        if poll.chosen_at == option.starts_at:
            return
        raise PollOver("This poll was closed with another time meanwhile. Open it again to choose anew.")
    session, starts_at = poll.session, option.starts_at
    if starts_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "option")
    local = local_of(starts_at, session.zone_name)
    timing.move(session, actor, When(local, session.zone_name, session.minutes, starts_at))
    poll.closed_at, poll.chosen_at = poll.closed_at or clock.now(), starts_at
    poll.revision += 1
    _confirm_speakers(poll, option)
    record(poll, "poll.scheduled", actor, starts_at=starts_at.isoformat())
    outbox.tell(PollSettled(poll.id, poll.revision))


def _deadline(wish: Wish, zone_name: str, last_at: datetime) -> Start:
    try:
        deadline = pinned(When(wish.starts_local, zone_name, LEAST_MINUTES, wish.chosen_at))
    except DoubtfulStart as doubt:
        doubt.field = "deadline_local"
        raise
    except Invalid as refusal:
        refusal.field = "deadline_local" if refusal.field == "starts_local" else refusal.field
        raise
    if deadline.starts_at <= clock.now():
        raise Invalid("This deadline lies in the past. Please choose one to come.", "deadline_local")
    if deadline.starts_at >= last_at:
        raise Invalid("The deadline lies after the last of the times. Please choose an earlier one.",
                      "deadline_local")  # fmt: skip
    return deadline


def _put_deadline(poll: Poll, deadline: Start) -> None:
    poll.deadline_local, poll.deadline_zone_name = deadline.starts_local, deadline.zone_name
    poll.deadline_later_fold, poll.deadline_at = deadline.later_fold, deadline.starts_at
    poll.tzdata_version = deadline.tzdata_version


def _merged(plan: Plan) -> list[Asked]:
    """The people of a plan, each address once; needed if any of its lines says so."""
    found: dict[str, Asked] = {}
    for asked in plan.people:
        email = normal_email(asked.email)
        before = found.get(email, asked)
        found[email] = replace(before, required=before.required or asked.required)
    if plan.kind is PollKind.SPEAKERS and not found:
        raise Invalid("Please give at least one person to ask.", "people")
    if len(found) > MOST_INVITED:
        raise Invalid("At most %(most)s people can be asked.", "people", most=MOST_INVITED)
    return list(found.values())


def _poll(session: Session, plan: Plan, deadline: Start, starts: Sequence[Start]) -> Poll:
    nonce, token_hash = accounts.minted(TokenKind.OPEN_POLL)
    poll = Poll(
        session_id=session.id,
        session=session,
        kind=plan.kind,
        zone_name=starts[0].zone_name,
        names_shown=plan.names_shown,
        nonce=nonce,
        token_hash=token_hash,
        revision=1,
        opened_at=clock.now(),
    )
    _put_deadline(poll, deadline)
    poll.options = [option_of(start) for start in starts]
    return poll


def option_of(start: Start) -> PollOption:
    """A new option of a start, not yet in the store."""
    return PollOption(
        starts_local=start.starts_local,
        later_fold=start.later_fold,
        starts_at=start.starts_at,
        tzdata_version=start.tzdata_version,
    )


def voter_of(asked: Asked) -> PollVoter:
    """A new voter of somebody's, not yet in the store. Raises Invalid (field "name")."""
    nonce, token_hash = accounts.minted(TokenKind.POLL)
    name = one_line(asked.name)
    if not name:
        raise Invalid("Please give the person's name.", "name")
    return PollVoter(
        person_id=accounts.known_person(asked.email, name).id,
        email=normal_email(asked.email),
        name=name,
        required=asked.required,
        came_open=False,
        nonce=nonce,
        token_hash=token_hash,
        asked_at=clock.now(),
    )


def _confirm_speakers(poll: Poll, option: PollOption) -> None:
    agreed = {
        voter.email
        for voter in poll.voters
        if any(a.option_id == option.id and a.choice is PollChoice.YES for a in voter.answers)
    }
    for speaker in poll.session.speakers:
        if speaker.email in agreed and speaker.answer is not Answer.DECLINED:
            answers.confirm_by_poll(speaker)
