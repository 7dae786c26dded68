"""More for a poll that runs: one more person to ask, more times to choose from."""

from collections.abc import Sequence
from datetime import timedelta

from webinar.accounts import service as accounts
from webinar.accounts.models import Person
from webinar.accounts.rules import normal_email
from webinar.outbox import service as outbox
from webinar.refusal import Invalid, Missing
from webinar.scheduling.facts import PollOpened
from webinar.scheduling.models.poll import Poll, PollVoter
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.poll import PollKind
from webinar.scheduling.rules.times import MOST_TIMES, Wish, at_instant, pinned_times
from webinar.scheduling.service.change import check_open, locked_whole, record
from webinar.scheduling.service.polls import MOST_INVITED, Asked, option_of, promise_invitation, voter_of
from webinar.sessions.rules.start import Start
from webinar.timekeeping import clock

MORE_A_DAY = 100


def ask_one(poll: Poll, actor: Person, asked: Asked) -> PollVoter:
    """Ask one more person. Raises Invalid, PollOver, TooOften."""
    locked_whole(poll)
    check_open(poll)
    if queries.voter_of_email(poll, normal_email(asked.email)):
        raise Invalid("This address is asked already.", "email")
    if len(poll.voters) >= MOST_INVITED and poll.kind is PollKind.SPEAKERS:
        raise Invalid("At most %(most)s people can be asked.", "email", most=MOST_INVITED)
    accounts.knock("ask-poll", str(actor.id), most=MORE_A_DAY, within=timedelta(days=1))
    voter = voter_of(asked)
    poll.voters.append(voter)
    record(poll, "poll.asked", actor)
    promise_invitation(voter, poll)
    return voter


def add_time(poll: Poll, actor: Person, wish: Wish) -> None:
    """Ask about one more time, typed in the poll's zone. Raises BadTimes, Invalid, PollOver."""
    starts, _merged = pinned_times([wish], poll.zone_name, poll.session.minutes, clock.now(), least=1)
    _add(poll, actor, starts)


def add_suggested(poll: Poll, actor: Person, voter_id: int) -> None:
    """Ask about the time that a voter suggested. Raises Missing, Invalid, PollOver."""
    voter = queries.voter_of_id(voter_id)
    if voter is None or voter.poll_id != poll.id or voter.suggested_at is None:
        raise Missing
    if voter.suggested_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    _add(poll, actor, [at_instant(voter.suggested_at, poll.zone_name, poll.session.minutes)])


def _add(poll: Poll, actor: Person, starts: Sequence[Start]) -> None:
    """Append new times; who has answered keeps the answers and is asked for the new ones."""
    locked_whole(poll)
    check_open(poll)
    known = {each.starts_at for each in poll.options}
    new = [start for start in starts if start.starts_at not in known]
    if not new:
        raise Invalid("This time is asked about already.", "starts_local")
    if len(known) + len(new) > MOST_TIMES:
        raise Invalid("A poll has at most %(most)s times.", "starts_local", most=MOST_TIMES)
    poll.options.extend(option_of(start) for start in new)
    for voter in poll.voters:
        voter.answered_at = None
    poll.revision += 1
    record(poll, "poll.times_added", actor, times=len(new))
    outbox.tell(PollOpened(poll.id, poll.revision))
    queries.fresh(poll)
