"""Hours: giving a session a second live hour, and taking it off again (decision 0010)."""

from datetime import datetime

from webinar.accounts.models import Person
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.plaintext import one_line
from webinar.refusal import Invalid, Refusal
from webinar.sessions import queries
from webinar.sessions.facts import SessionCancelled
from webinar.sessions.models import Session, State
from webinar.sessions.rules.hours import FIRST, SECOND, LiveHour, order_fault
from webinar.sessions.rules.slug import slug_of
from webinar.sessions.rules.start import Start, When, pinned
from webinar.sessions.rules.window import Opening, window_fault
from webinar.sessions.service.change import in_play, opened, saved
from webinar.sessions.service.draft import new_uid, start_values
from webinar.sessions.service.speakers import ask_again
from webinar.timekeeping import clock

SHARED = (
    "society_id",
    "kind",
    "title",
    "abstract",
    "objectives",
    "topic",
    "locale",
    "questions",
    "credit_scheme",
)
"""What a twin takes over from the first live hour; capacity, room and seats are its own."""


class TwoAlready(Refusal):
    """A session has at most two live hours."""


def live_hour(session: Session | Start) -> LiveHour:
    """When a session or a wished start runs."""
    return LiveHour(session.starts_at, session.ends_at)


def add_hour(
    session: Session,
    actor: Person,
    when: When,
    *,
    capacity: int | None = None,
    seen_at: datetime | None = None,
) -> Session:
    """Give a session a second live hour with seats of its own; public at once where the session is.

    Speakers are told and asked again. Raises DoubtfulStart, Invalid, TwoAlready, SavedMeanwhile, OutOfPlay.
    """
    start = pinned(when)
    lead = opened(session.lead, seen_at)
    in_play(lead)
    if queries.other_hour(lead):
        raise TwoAlready("This session has two live hours already. Move one of them instead.")
    check_twins(lead, live_hour(lead), live_hour(start))
    twin = _twin(lead, start, capacity)
    lead.hour = FIRST
    saved(lead, actor, "session.hour_added", twin=twin.id)
    saved(twin, actor, "session.drafted", twin_of=lead.id)
    ask_again(twin, None)
    return twin


def remove_hour(twin: Session, actor: Person, because: str) -> None:
    """Take the second live hour off: who registered for it is told why, and can take the first by one press.

    Harmless twice. Raises Invalid without a reason where it is public, OutOfPlay.
    """
    lead = opened(twin.lead)
    opened(twin)
    if twin.hour != SECOND:
        return
    in_play(twin)
    public, reason = twin.state == State.PUBLISHED, one_line(because)
    if public and not reason:
        raise Invalid("Please say why: everybody who registered for this hour will read it.", "because")
    twin.state, twin.cancelled_at, twin.cancelled_because = State.CANCELLED, clock.now(), reason
    twin.hour, lead.hour = None, None
    twin.revision += 1
    saved(twin, actor, "session.cancelled")
    saved(lead, actor, "session.hour_removed", twin=twin.id)
    if public:
        outbox.tell(SessionCancelled(twin.id, twin.revision))


def check_twins(lead: Session, first: LiveHour, second: LiveHour) -> None:
    """Raises Invalid where two live hours do not go together, or the lead's discussion is too short for them."""
    if fault := order_fault(first, second):
        raise Invalid(fault, "starts_local")
    if opening := opening_of(lead):
        check_window(opening, (first, second))


def check_window(opening: Opening, hours: tuple[LiveHour, ...], field: str | None = "starts_local") -> None:
    """Raises Invalid where a discussion does not reach around its live hours; `field` None: the window's own."""
    if fault := window_fault(opening, hours):
        raise Invalid(fault[1], field or fault[0])


def opening_of(session: Session) -> Opening | None:
    """The discussion window of a session as it is stored."""
    stored = (
        session.window_opens_local, session.window_closes_local,
        session.window_opens_at, session.window_closes_at,
    )  # fmt: skip
    opens_local, closes_local, opens_at, closes_at = stored
    if opens_local is None or closes_local is None or opens_at is None or closes_at is None:
        return None
    return Opening(opens_local, closes_local, opens_at, closes_at)


def _twin(lead: Session, start: Start, capacity: int | None) -> Session:
    if start.starts_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    if capacity is not None and capacity < 1:
        raise Invalid("A session has at least one seat. Leave this empty for no limit.", "capacity")
    beginning, now = f"{lead.slug}-b", clock.now()
    twin = Session(
        slug=slug_of(beginning, lead.kind, queries.taken_slugs(beginning)),
        uid=new_uid(),
        hour=SECOND,
        twin_of_id=lead.id,
        capacity=capacity,
        state=lead.state,
        published_at=now if lead.state == State.PUBLISHED else None,
        revision=0,
        created_at=now,
        changed_at=now,
        **{name: getattr(lead, name) for name in SHARED},
        **start_values(start),
    )
    store.add(twin)
    store.flush()
    return twin
