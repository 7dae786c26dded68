"""Answering a poll: by the personal link, or by name and address through the link for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind, normal_email
from webinar.db.store import insert_once, store
from webinar.outbox import service as outbox
from webinar.plaintext import clean_text, one_line
from webinar.refusal import Invalid, Missing
from webinar.scheduling.models.poll import Poll, PollAnswer, PollVoter
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.poll import PollChoice
from webinar.scheduling.service.change import PollOver, check_open, locked, record
from webinar.sessions.models import State
from webinar.timekeeping import clock

LINKS_AN_HOUR = 5


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What somebody says to each option, by its id.

    `zone_name` (IANA, or None where nobody chose one) and `locale` are how they saw the page.
    `suggested_at` (aware UTC) and `suggestion` say what would suit them instead.
    """

    choices: Mapping[int, PollChoice]
    suggestion: str = ""
    suggested_at: datetime | None = None
    zone_name: str | None = None
    locale: str | None = None


def vote(voter: PollVoter, said: Vote) -> None:
    """Keep a voter's answers; those of before are replaced. Raises Invalid, PollOver."""
    _open_for_votes(voter.poll)
    _put(voter, said)


def vote_openly(poll: Poll, name: str, email: str, said: Vote) -> None:
    """Answer through the link for everybody, and mail the address its personal link.

    An address that is known to the poll keeps its answers: only its owner's link changes them.
    Raises Invalid, PollOver, TooOften.
    """
    _open_for_votes(poll)
    if not one_line(name):
        raise Invalid("Please give your name.", "name")
    accounts.knock("poll-link", normal_email(email), most=LINKS_AN_HOUR, within=timedelta(hours=1))
    is_new = _come(poll, one_line(name), email)
    voter = queries.voter_of_email(poll, normal_email(email))
    if voter is None:
        raise Missing
    if is_new:
        _put(voter, said)
    key = f"mail:poll_link:{voter.id}:{int(clock.now().timestamp() * 1_000_000)}"
    outbox.post("mail.poll_link", key, {"voter_id": voter.id})


def _open_for_votes(poll: Poll) -> None:
    locked(poll)
    check_open(poll)
    if poll.session.state is State.CANCELLED:
        raise PollOver("This session was cancelled, so its time is not asked any more.")


def _come(poll: Poll, name: str, email: str) -> bool:
    nonce, token_hash = accounts.minted(TokenKind.POLL)
    values = {
        "poll_id": poll.id,
        "person_id": accounts.known_person(email, name).id,
        "email": normal_email(email),
        "name": name,
        "required": False,
        "came_open": True,
        "nonce": nonce,
        "token_hash": token_hash,
        "suggestion": "",
        "asked_at": clock.now(),
    }
    return insert_once(PollVoter, values, ["poll_id", "email"])


def _put(voter: PollVoter, said: Vote) -> None:
    # Two answers at once wait for each other at the poll's lock: what was read before it is old.
    store.refresh(voter)
    if said.choices.keys() != {option.id for option in voter.poll.options}:
        raise Invalid("The times of this poll have changed meanwhile. Please look at them again.")
    before = {answer.option_id: answer for answer in voter.answers}
    for option_id, choice in said.choices.items():
        if option_id in before:
            before[option_id].choice = choice
        else:
            voter.answers.append(PollAnswer(option_id=option_id, choice=choice))
    voter.suggestion, voter.suggested_at = clean_text(said.suggestion).strip(), said.suggested_at
    voter.zone_name = said.zone_name or voter.zone_name
    voter.locale = said.locale or voter.locale
    voter.answered_at = clock.now()
    record(voter.poll, "poll.answered", None, voter=voter.id)
