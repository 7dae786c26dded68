"""Change: how every write to a poll begins and ends; two of them never pass each other unseen."""

from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import store
from webinar.refusal import Refusal
from webinar.scheduling.models.poll import Poll
from webinar.scheduling.queries import polls as queries
from webinar.timekeeping import clock


class PollOver(Refusal):
    """The poll is closed, its deadline has passed, or its session takes place no more."""


def locked(poll: Poll) -> Poll:
    """Lock a poll for writing, and forget what was read of it before."""
    store.refresh(poll, with_for_update=True)
    return poll


def locked_whole(poll: Poll) -> Poll:
    """The same with all voters and answers, as they are once nobody else writes."""
    return queries.fresh(locked(poll))


def check_open(poll: Poll) -> None:
    """Raises PollOver unless answers are taken now."""
    if poll.closed_at is not None:
        raise PollOver("This poll is closed, so answers are not taken any more.")
    if poll.deadline_at <= clock.now():
        raise PollOver("The deadline of this poll has passed, so answers are not taken any more.")


def record(poll: Poll, action: str, actor: Person | None, **detail: str | int | bool) -> None:
    """Close a write to a poll: a line in the audit log, and the store flushed."""
    store.flush()
    audit.record(
        action,
        "poll",
        poll.id,
        actor_id=actor.id if actor else None,
        society_id=poll.session.society_id,
        detail={"session": poll.session_id, **detail},
    )
    store.flush()
