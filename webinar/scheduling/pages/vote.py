"""What a voter's page shows: the times in the voter's own zone, and until when answers are taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webinar.scheduling.models.poll import Poll, PollVoter
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.asking import takes_answers
from webinar.scheduling.rules.poll import PollChoice
from webinar.sessions.models import State
from webinar.timekeeping.wording import Showing
from webinar.web.moments import showing_text, shown


@dataclass(frozen=True)
class Others:
    """One voter's answers as the other voters see them, in the order of the times."""

    name: str
    said: tuple[PollChoice | None, ...]


@dataclass(frozen=True)
class VotePage:
    """A poll as a voter sees it. `state`: open, over, closed, set, cancelled; `voter_name` "" by open link."""

    title: str
    society: str
    state: str
    voter_name: str
    has_answered: bool
    deadline_at: datetime
    host_zone: str
    times: tuple[Showing, ...]
    chosen: Showing | None
    answered: int
    asked: int
    others: tuple[Others, ...]
    public_url: str


def vote_page(poll: Poll, voter: PollVoter | None, now: datetime) -> VotePage:
    """The page of one voter, or of anybody with the open link, at `now` (aware UTC)."""
    session = poll.session
    length = session.ends_at - session.starts_at
    voters = queries.voters_of(poll)
    return VotePage(
        title=session.title,
        society=session.society.name,
        state=_state(poll, now),
        voter_name=voter.name if voter else "",
        has_answered=voter is not None and voter.answered_at is not None,
        deadline_at=poll.deadline_at,
        host_zone=poll.zone_name,
        times=tuple(times_shown(poll)),
        chosen=shown(poll.chosen_at, poll.chosen_at + length, poll.zone_name) if poll.chosen_at else None,
        answered=sum(each.answered_at is not None for each in voters),
        asked=len(voters),
        others=_others(poll, voters, voter) if poll.names_shown else (),
        public_url=f"/s/{session.slug}" if session.published_at else "",
    )


def times_shown(poll: Poll) -> list[Showing]:
    """The times of a poll in the viewer's zone, else in the poll's own."""
    return [shown(each.starts_at, each.ends_at, poll.zone_name) for each in queries.times_of(poll)]


def options_in_words(poll: Poll) -> list[tuple[int, str]]:
    """Each option's id with its time in words, for labels and error links."""
    times = queries.times_of(poll)
    return [(time.option_id, showing_text(seen)) for time, seen in zip(times, times_shown(poll), strict=True)]


def choices_of(voter: PollVoter) -> dict[int, PollChoice]:
    """What a voter said before, by option."""
    return {answer.option_id: answer.choice for answer in voter.answers}


def _state(poll: Poll, now: datetime) -> str:
    if poll.session.state is State.CANCELLED:
        return "cancelled"
    if poll.chosen_at is not None:
        return "set"
    if poll.closed_at is not None:
        return "closed"
    return "open" if takes_answers(now, poll.deadline_at, poll.closed_at) else "over"


def _others(poll: Poll, voters: Sequence[PollVoter], me: PollVoter | None) -> tuple[Others, ...]:
    answered = [each for each in voters if each.answered_at and (me is None or each.id != me.id)]
    return tuple(
        Others(each.name, tuple(choices_of(each).get(option.id) for option in poll.options))
        for each in answered
    )
