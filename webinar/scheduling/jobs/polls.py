"""Mails to voters, each in the voter's own zone, and the questions asked every minute."""

from datetime import datetime
from typing import Any

from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.mail.message import Party
from webinar.outbox import service as outbox
from webinar.outbox.port import Due, Opened, Useless
from webinar.scheduling.facts import PollOpened, PollSettled, PollTimesMoved
from webinar.scheduling.models.poll import Poll, PollVoter
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.asking import reminder_due, takes_answers
from webinar.scheduling.service import moving
from webinar.scheduling.service.polls import promise_invitation
from webinar.sessions.models import State
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Showing, showing
from webinar.web.addresses import absolute
from webinar.web.mailing import Envelope, compose


def remind_voters(now: datetime) -> None:
    """Promise who has not answered a mail two days and six hours before the deadline, each once."""
    for voter in queries.due_for_reminder(now):
        deadline_at = voter.poll.deadline_at
        hours = reminder_due(now, max(voter.asked_at, voter.poll.opened_at), deadline_at)
        if hours is not None:
            due = deadline_at.isoformat()
            key = f"mail:poll_reminder:{voter.id}:{due}:{hours}"
            outbox.post("mail.poll_reminder", key, {"voter_id": voter.id, "deadline_at": due})


def follow_zone_data(now: datetime) -> None:
    """Derive the times of open polls again, once, after the zone data was renewed."""
    moving.follow(now)


def mail_opened(fact: PollOpened) -> None:
    """Promise each voter the question."""
    poll = queries.poll_of_id(fact.poll_id)
    if poll is not None and poll.revision == fact.revision:
        for voter in poll.voters:
            promise_invitation(voter, poll)


def mail_moved(fact: PollTimesMoved) -> None:
    """Promise each voter the moved times."""
    _promise("mail.poll_moved", fact.poll_id, fact.revision)


def mail_settled(fact: PollSettled) -> None:
    """Promise each voter the time that was chosen."""
    _promise("mail.poll_set", fact.poll_id, fact.revision)


def open_poll_invited(due: Due) -> Opened:
    """Which time suits you? Every option in the voter's own zone, and one link."""
    voter = queries.voter_of_id(due.payload["voter_id"])
    if voter is None or not _asks(voter.poll, due.now):
        return Useless("the poll is closed, or its session takes place no more")
    return compose(
        "poll_invited",
        _envelope(due, voter),
        **_words(due, voter),
        seen=_seen(due, voter),
        news=_news(voter),
    )


def open_poll_link(due: Due) -> Opened:
    """The personal link of somebody who came by the link for everybody."""
    voter = queries.voter_of_id(due.payload["voter_id"])
    if voter is None or not _asks(voter.poll, due.now):
        return Useless("the poll is closed, or its session takes place no more")
    return compose("poll_link", _envelope(due, voter), **_words(due, voter))


def open_poll_reminder(due: Due) -> Opened:
    """Please answer: how many have; useless once they have, or the deadline is another."""
    voter = queries.voter_of_id(due.payload["voter_id"])
    if voter is None or voter.answered_at is not None or not _asks(voter.poll, due.now):
        return Useless("they have answered, or the poll is closed")
    poll = voter.poll
    if poll.deadline_at.isoformat() != due.payload["deadline_at"]:
        return Useless("the deadline is another now")
    return compose(
        "poll_reminder",
        _envelope(due, voter),
        **_words(due, voter),
        seen=_seen(due, voter),
        have=sum(each.answered_at is not None for each in poll.voters),
        asked=len(poll.voters),
        due_local=local_of(poll.deadline_at, _zone(voter)),
    )


def open_poll_moved(due: Due) -> Opened:
    """Some times lie at another moment; useless once they moved again or nothing is asked any more."""
    voter = queries.voter_of_id(due.payload["voter_id"])
    if voter is None or not _asks(voter.poll, due.now):
        return Useless("the poll is closed, or its session takes place no more")
    if voter.poll.revision != due.payload["revision"]:
        return Useless("a newer mail about this poll is under way")
    length = voter.poll.session.ends_at - voter.poll.session.starts_at
    was = [
        each.moved_from_at and _shown(due, voter, each.moved_from_at, each.moved_from_at + length)
        for each in voter.poll.options
    ]
    rows = list(zip(_seen(due, voter), was, strict=True))
    return compose("poll_moved", _envelope(due, voter), **_words(due, voter), rows=rows)


def open_poll_set(due: Due) -> Opened:
    """The time that was chosen, in the voter's own zone."""
    voter = queries.voter_of_id(due.payload["voter_id"])
    if voter is None or voter.poll.revision != due.payload["revision"]:
        return Useless("they are asked no more, or the poll was opened again")
    poll, session = voter.poll, voter.poll.session
    if session.state is State.CANCELLED or session.ends_at <= due.now or poll.chosen_at != session.starts_at:
        return Useless("the session was moved again, cancelled or held")
    set_at = _shown(due, voter, session.starts_at, session.ends_at)
    return compose(
        "poll_set",
        _envelope(due, voter),
        **_words(due, voter),
        chosen=set_at,
        public_url=absolute("lobby.session", session=session.slug) if session.published_at else "",
    )


def _news(voter: PollVoter) -> str:
    """Why a voter is asked: for the first time, for times that were added, or as the poll opened again."""
    if not voter.answers:
        return "first"
    return "again" if len(voter.answers) == len(voter.poll.options) else "added"


def _promise(kind: str, poll_id: int, revision: int) -> None:
    poll = queries.poll_of_id(poll_id)
    for voter in poll.voters if poll is not None and poll.revision == revision else ():
        outbox.post(kind, f"{kind.replace('.', ':')}:{voter.id}:{revision}",
                    {"voter_id": voter.id, "revision": revision})  # fmt: skip


def _asks(poll: Poll, now: datetime) -> bool:
    if poll.session.state is State.CANCELLED:
        return False
    return takes_answers(now, poll.deadline_at, poll.closed_at)


def _zone(voter: PollVoter) -> str:
    return queries.zone_of(voter) or voter.poll.zone_name


def _seen(due: Due, voter: PollVoter) -> list[Showing]:
    return [_shown(due, voter, each.starts_at, each.ends_at) for each in queries.times_of(voter.poll)]


def _shown(due: Due, voter: PollVoter, starts_at: datetime, ends_at: datetime) -> Showing:
    return showing(starts_at, ends_at, _zone(voter), now=due.now, reference_zone=voter.poll.zone_name)


def _words(due: Due, voter: PollVoter) -> dict[str, Any]:
    """What all mails to voters say."""
    poll = voter.poll
    return {
        "voter_name": voter.name,
        "title": poll.session.title,
        "society": poll.session.society.name,
        "zone_name": _zone(voter),
        "host_zone": poll.zone_name,
        "deadline_at": poll.deadline_at,
        "poll_url": absolute("scheduling.answer", token=token_of(TokenKind.POLL, voter.nonce)),
    }


def _envelope(due: Due, voter: PollVoter) -> Envelope:
    society = voter.poll.session.society
    known = voter.person.locale if voter.person else None
    return Envelope(
        key=due.key,
        to=Party(voter.email, voter.name),
        sent_at=due.now,
        locale=voter.locale or known or society.locale,
        zone_name=_zone(voter),
        from_name=society.name,
        reply_to=Party(society.contact_email, society.name),
    )
