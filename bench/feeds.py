"""Feeds: making them cold, again after one edit, and telling ten thousand that they are old."""

import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from icalendar import Calendar, Event
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import joinedload

from bench.society import HOLDERS, like
from webinar.accounts.models import Person
from webinar.accounts.rules import fingerprint, fresh_nonce
from webinar.calendars.ics.feed import Calendar as Header
from webinar.calendars.pages.session import event_of
from webinar.db.store import store, transaction
from webinar.registration.models import Seat, SeatState
from webinar.sessions.facts import SessionSaved
from webinar.sessions.models import Session
from webinar.subscriptions.models import FeedFragment, ScopeKind
from webinar.subscriptions.pages.ics import calendar_bytes, pieces_of
from webinar.subscriptions.queries import copies
from webinar.subscriptions.queries.events import Owner
from webinar.subscriptions.rules.variant import Variant
from webinar.subscriptions.rules.window import Window, window
from webinar.subscriptions.service import shelf, versions
from webinar.timekeeping import clock

HEADER = Header(name="Bench", zone_name="Europe/Berlin")
ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """One figure beside its goal; `ours` and `floor` in milliseconds of processor time."""

    what: str
    ours: float
    floor: float
    floor_name: str
    goal: str
    reached: bool

    def __str__(self) -> str:
        word = "reached" if self.reached else "not reached"
        ratio = self.ours / self.floor if self.floor else float("inf")
        return (
            f"{self.what:<22} ours {self.ours:8.1f} ms  floor {self.floor:8.1f} ms ({self.floor_name})  "
            f"ratio {ratio:6.2f}  goal {self.goal}  {word}"
        )


def figures(society_id: int, database: str) -> Iterator[Figure]:
    """All figures of one database, in an app's context; adds sessions and seats to it."""
    owner = Owner(ScopeKind.SOCIETY, society_id)
    span = _whole(1_000)
    cold = _each(lambda: _cold(owner, span), before=_forget)
    slow = _each(lambda: _by_icalendar(society_id), rounds=2)
    yield Figure(
        f"{database} cold 1,000",
        cold,
        slow,
        "ORM + icalendar",
        "≤ 0.083 (12 times faster)",
        12 * cold <= slow,
    )
    body = _cold(owner, span)
    _keep(owner, body)
    stored = _each(lambda: _stored(body))
    joined = _each(lambda: _cold(owner, span), before=lambda: _edit(society_id))
    yield Figure(f"{database} after one edit", joined, stored, "stored body", "≤ 4", joined <= 4 * stored)
    yield _invalidated(society_id, database)
    _more(society_id, 10_000)
    idle = _memory()
    large = _each(lambda: gzip.compress(_cold(owner, _whole(10_000)), 6), before=_forget, rounds=1)
    small = _each(lambda: gzip.compress(_cold(owner, span), 6), before=_forget, rounds=3)
    grown = _status("VmHWM") - idle
    goal = f"≤ 11, ≤ 60 MB above idle (now {grown:.0f} MB)"
    yield Figure(
        f"{database} cold 10,000", large, small, "cold 1,000", goal, large <= 11 * small and grown <= 60
    )


def _whole(most: int) -> Window:
    span = window(clock.now(), whole=True)
    return Window(span.day_at, span.first_at, span.last_at, span.cancelled_at, most, 64_000_000)


def _cold(owner: Owner, span: Window) -> bytes:
    """Make the feed as the shelf does, and keep what was written for it."""
    pieces = pieces_of(owner, span, Variant())
    with transaction():
        shelf.keep_fragments(pieces.new)
    return calendar_bytes(HEADER, pieces, span.most_bytes)


def _by_icalendar(society_id: int) -> bytes:
    store.expunge_all()
    found = select(Session).where(Session.society_id == society_id).options(joinedload(Session.society))
    calendar = Calendar()
    for session in store.scalars(found):
        told, event = event_of(session), Event()
        event.add("uid", told.uid)
        event.add("dtstamp", told.stamp_at)
        event.add("created", told.created_at)
        event.add("last-modified", told.modified_at)
        event.add("sequence", told.sequence)
        event.add("dtstart", told.start_at)
        event.add("dtend", told.end_at)
        event.add("summary", told.summary)
        event.add("description", told.notes)
        event.add("location", told.place)
        event.add("url", told.url)
        event.add("status", told.status.value)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def _keep(owner: Owner, body: bytes) -> None:
    marks = {"version": 10**6, "day": "bench", "writer": "bench"}
    kept = {
        "hash": "bench",
        "sealed": False,
        "plain": body,
        "zipped": gzip.compress(body),
        "made_at": clock.now(),
    }
    with transaction():
        shelf.claim(owner, Variant(locale="bench"), clock.now())
        shelf.keep(owner, Variant(locale="bench"), kept, marks)


def _stored(body: bytes) -> None:
    store.expunge_all()
    kept = copies.body_of("bench")
    assert kept is not None
    assert kept.plain == body


def _edit(society_id: int) -> None:
    with transaction():
        session = store.scalars(select(Session).where(Session.society_id == society_id).limit(1)).one()
        session.changed_at += timedelta(microseconds=1)


def _forget() -> None:
    with transaction():
        store.execute(delete(FeedFragment))
    store.expunge_all()


def _invalidated(society_id: int, database: str) -> Figure:
    """Raise the versions of all who hold one session; by the wall clock, as the editor waits."""
    session = store.scalars(select(Session).where(Session.society_id == society_id).limit(1)).one()
    people = store.scalars(select(Person.id).order_by(Person.id).limit(HOLDERS)).all()
    with transaction():
        store.execute(insert(Seat), [_seat(session.id, person) for person in people])
    seconds, touched = [], SessionSaved(session.id)
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with transaction():
            versions.raise_versions([touched])
        seconds.append(1000 * (time.perf_counter() - began))
    took = median(seconds)
    return Figure(f"{database} {len(people):,} told", took, 1000, "one second", "≤ 1", took <= 1000)


def _seat(session_id: int, person_id: int) -> dict[str, object]:
    nonce, now = fresh_nonce(), clock.now()
    return {"session_id": session_id, "person_id": person_id, "name": "Holder", "locale": "en", "answers": {},
            "state": SeatState.CONFIRMED, "version": 1, "nonce": nonce, "ticket_hash": fingerprint(f"t{nonce}"),
            "join_hash": fingerprint(f"j{nonce}"), "created_at": now, "changed_at": now}  # fmt: skip


def _more(society_id: int, wanted: int) -> None:
    first = store.scalars(select(Session).where(Session.society_id == society_id).limit(1)).one()
    row = {column.name: getattr(first, column.name) for column in Session.__table__.columns}
    have = len(store.scalars(select(Session.id).where(Session.society_id == society_id)).all())
    with transaction():
        for begin in range(have, wanted, 1_000):
            store.execute(insert(Session), [like(row, n) for n in range(begin, min(begin + 1_000, wanted))])
    store.expunge_all()


def _each(
    work: Callable[[], object], *, before: Callable[[], object] = lambda: None, rounds: int = ROUNDS
) -> float:
    """The median of the processor time of some rounds, in milliseconds."""
    spent = []
    for _ in range(rounds):
        before()
        began = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - began))
    return median(spent)


def _memory() -> float:
    """What this process holds now, in MB; from here on its peak is counted anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
