"""Polls for tests: Olga asks Pia (required) and Ada about two evenings in Berlin and one in the morning."""

from datetime import datetime
from typing import Any

from tests.factories.accounts import ada, olga, pia
from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.db.store import store
from webinar.scheduling.models.poll import Poll, PollVoter
from webinar.scheduling.rules.poll import PollChoice, PollKind
from webinar.scheduling.rules.times import Wish
from webinar.scheduling.service import polls, votes
from webinar.scheduling.service.polls import Asked, Plan
from webinar.scheduling.service.votes import Vote
from webinar.sessions.models import Session

YES, MAYBE, NO = PollChoice.YES, PollChoice.IF_NEED_BE, PollChoice.NO


def local(text: str) -> datetime:
    """A wall time."""
    return datetime.fromisoformat(text)


TIMES = ("2026-10-14T18:00", "2026-10-15T18:00", "2026-10-16T09:00")


def plan(**changes: Any) -> Plan:
    """Three times in Berlin; answers until Sunday evening."""
    times = changes.pop("times", TIMES)
    deadline = Wish(local(changes.pop("deadline", "2026-10-11T18:00")))
    people = (Asked(pia().name, pia().email, required=True), Asked(ada().name, ada().email))
    values: dict[str, Any] = {
        "kind": PollKind.SPEAKERS,
        "zone_name": "Europe/Berlin",
        "people": people,
        "wishes": [each if isinstance(each, Wish) else Wish(local(each)) for each in times],
        "deadline": deadline,
    }
    return Plan(**values | changes)


def poll(session: Session, **changes: Any) -> Poll:
    """An open poll."""
    opened = polls.open_poll(session, olga(), plan(**changes))
    store.commit()
    return opened.poll


def voter(poll: Poll, email: str = "pia@clinic.example") -> PollVoter:
    """The voter of an address."""
    return next(each for each in poll.voters if each.email == email)


def said(poll: Poll, *choices: PollChoice, **more: Any) -> Vote:
    """Choices in the order of the times."""
    ids = [option.id for option in poll.options]
    return Vote(choices=dict(zip(ids, choices, strict=True)), **more)


def votes_of(poll: Poll, email: str, *choices: PollChoice, **more: Any) -> None:
    """Somebody answers."""
    votes.vote(voter(poll, email), said(poll, *choices, **more))
    store.commit()


def link(voter: PollVoter) -> str:
    """The path of a voter's page."""
    return f"/p/{token_of(TokenKind.POLL, voter.nonce)}"


def open_link(poll: Poll) -> str:
    """The path for everybody."""
    return f"/p/{token_of(TokenKind.OPEN_POLL, poll.nonce)}"
