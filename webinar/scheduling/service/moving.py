"""Times of a poll at other instants: by another zone that somebody wished, or by new zone data."""

from collections.abc import Mapping
from datetime import datetime

from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.refusal import Invalid
from webinar.scheduling.facts import PollTimesMoved
from webinar.scheduling.models.poll import Poll, PollOption
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.times import Keep, rezoned
from webinar.scheduling.service.change import check_open, locked_whole, record
from webinar.sessions.rules.start import LEAST_MINUTES, Start, derived
from webinar.timekeeping import clock


def change_zone(poll: Poll, actor: Person, zone_name: str, keep: Keep) -> int:
    """Give a poll another zone; how many of its times moved. The deadline stays as it was promised.

    Answers to a time that moves are void, and their voters are told and asked again. Raises
    DoubtfulStart and Invalid (field "zone_name") where clocks cannot be kept, PollOver.
    """
    locked_whole(poll)
    check_open(poll)
    found = {each.id: _in_zone(each, poll, zone_name, keep) for each in poll.options}
    if len({start.starts_at for start in found.values()}) < len(found):
        raise Invalid("With their clock times kept, two of the times would be one.", "zone_name")
    poll.zone_name = next(iter(found.values())).zone_name
    return _put(poll, found, actor, "poll.zone_changed", zone=poll.zone_name, keep=keep.value)


def follow(now: datetime) -> int:
    """Derive the times of open polls again after `now` (aware UTC), once for new zone data; how many moved."""
    return sum(_follow_one(locked_whole(poll), now) for poll in queries.outdated(now))


def _follow_one(poll: Poll, now: datetime) -> int:
    deadline = derived(
        poll.deadline_local,
        poll.deadline_zone_name,
        LEAST_MINUTES,
        later_fold=poll.deadline_later_fold,
    )
    poll.deadline_at, poll.tzdata_version = deadline.starts_at, deadline.tzdata_version
    minutes = poll.session.minutes
    found = {
        each.id: derived(each.starts_local, poll.zone_name, minutes, later_fold=each.later_fold)
        for each in poll.options
        if each.starts_at > now
    }
    return _put(poll, found, None, "poll.rederived")


def _in_zone(option: PollOption, poll: Poll, zone_name: str, keep: Keep) -> Start:
    try:
        found = rezoned(queries.start_of(option, poll), zone_name, keep)
    except Invalid as refusal:
        refusal.field = "zone_name"
        raise
    if found.starts_at <= clock.now() < option.starts_at:
        raise Invalid("With its clock time kept, a time would lie in the past.", "zone_name")
    return found


def _put(poll: Poll, found: Mapping[int, Start], actor: Person | None, action: str, **detail: str) -> int:
    moved = {each.id for each in poll.options if each.id in found
             and found[each.id].starts_at != each.starts_at}  # fmt: skip
    for option in poll.options:
        if moved:
            option.moved_from_at = option.starts_at if option.id in moved else None
        if option.id in found:
            start = found[option.id]
            option.starts_local, option.later_fold = start.starts_local, start.later_fold
            option.starts_at, option.tzdata_version = start.starts_at, start.tzdata_version
    if moved:
        _void(poll, moved)
        poll.revision += 1
        outbox.tell(PollTimesMoved(poll.id, poll.revision))
    if moved or detail:
        record(poll, action, actor, moved=len(moved), **detail)
    store.flush()
    store.expire(poll, ["options"])
    return len(moved)


def _void(poll: Poll, option_ids: set[int]) -> None:
    """Forget what was said to times that are not those times any more."""
    for voter in poll.voters:
        kept = [answer for answer in voter.answers if answer.option_id not in option_ids]
        if len(kept) != len(voter.answers):
            voter.answers = kept
            voter.answered_at = None
