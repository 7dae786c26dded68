"""Draft: writing down what a session is about, first and later."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webinar.accounts.models import Person
from webinar.config import settings
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.plaintext import clean_text, one_line
from webinar.refusal import Invalid
from webinar.sessions import queries
from webinar.sessions.facts import CapacityRaised, SessionChanged
from webinar.sessions.models import Kind, Session, State
from webinar.sessions.rules.credit_schemes import is_scheme
from webinar.sessions.rules.question import Question, check_questions
from webinar.sessions.rules.slug import slug_of
from webinar.sessions.rules.start import Start, When, pinned
from webinar.sessions.service.change import (
    heard,
    in_play,
    opened,
    opened_hours,
    saved,
    some_in_play,
    version_of,
)
from webinar.societies.models import Society
from webinar.timekeeping import clock

MOST_OBJECTIVES = 8


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a session is about. `abstract` is Markdown, `locale` its language, `capacity` None: no limit,
    `credit_scheme` an id of the credit schemes or None."""

    title: str
    kind: Kind = Kind.WEBINAR
    abstract: str = ""
    objectives: tuple[str, ...] = ()
    topic: str = ""
    locale: str = "en"
    capacity: int | None = None
    questions: tuple[Question, ...] = ()
    credit_scheme: str | None = None


def draft(society: Society, actor: Person, words: Draft, when: When) -> Session:
    """Plan a session, visible to the society's organisers only. Raises Invalid, DoubtfulStart."""
    start = pinned(when)
    if start.starts_at <= clock.now():
        raise Invalid("That time lies in the past. Please choose one to come.", "starts_local")
    session = planned(society, words, start)
    saved(session, actor, "session.drafted")
    return session


def planned(society: Society, words: Draft, start: Start, *, slug: str | None = None) -> Session:
    """A new draft in the store, not yet on record; for `draft` and for series."""
    values = checked(words)
    if not slug:
        beginning = slug_of(words.title, words.kind, frozenset())
        slug = slug_of(words.title, words.kind, queries.taken_slugs(beginning))
    now = clock.now()
    session = Session(
        society_id=society.id,
        slug=slug,
        uid=new_uid(),
        state=State.DRAFT,
        revision=0,
        created_at=now,
        changed_at=now,
        **values,
        **start_values(start),
    )
    store.add(session)
    store.flush()
    return session


def edit(session: Session, actor: Person, words: Draft, *, seen_at: datetime | None = None) -> None:
    """Rewrite what a session is about, for all its live hours; `capacity` is that of the first alone.

    People hear of it only when its title changed (SessionChanged). `seen_at` is the `changed_at` that the
    form was opened with. Raises Invalid, SavedMeanwhile, OutOfPlay.
    """
    values = checked(words)
    hours = opened_hours(session, seen_at)
    some_in_play(hours)
    put_words(hours, actor, values)


def put_words(hours: Sequence[Session], actor: Person, values: dict[str, Any]) -> None:
    """Write checked words into the live hours locked by `opened_hours`; people hear of another title."""
    _rewrite(hours[0], actor, values)
    for twin in hours[1:]:
        _rewrite(twin, actor, {name: value for name, value in values.items() if name != "capacity"})


def seat(session: Session, actor: Person, capacity: int | None) -> None:
    """Give one live hour another number of seats; None: no limit. Raises Invalid, OutOfPlay."""
    _check_capacity(capacity)
    opened(session)
    in_play(session)
    _rewrite(session, actor, {"capacity": capacity})


def _rewrite(session: Session, actor: Person, values: dict[str, Any]) -> None:
    before, capacity = session.title, session.capacity
    changed = sorted(name for name, value in values.items() if getattr(session, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(session, name, values[name])
    public = session.state == State.PUBLISHED
    if public and session.title != before:
        heard(session)
        outbox.tell(SessionChanged(session.id, session.revision))
    saved(session, actor, "session.edited", fields=changed)
    if public and _has_more_room(capacity, session.capacity):
        outbox.tell(CapacityRaised(session.id, version_of(session)))


def new_uid() -> str:
    """The name of an event that calendars know it by for ever (RFC 5545 3.8.4.7)."""
    return f"{uuid.uuid4()}@{settings().mail_domain}"


def start_values(start: Start) -> dict[str, Any]:
    """The columns of a session that hold its start."""
    return {
        "starts_local": start.starts_local,
        "zone_name": start.zone_name,
        "minutes": start.minutes,
        "later_fold": start.later_fold,
        "starts_at": start.starts_at,
        "ends_at": start.ends_at,
        "tzdata_version": start.tzdata_version,
    }


def _has_more_room(before: int | None, after: int | None) -> bool:
    return before is not None and (after is None or after > before)


def _check_capacity(capacity: int | None) -> None:
    if capacity is not None and capacity < 1:
        raise Invalid("A session has at least one seat. Leave this empty for no limit.", "capacity")


def checked(words: Draft) -> dict[str, Any]:
    """The columns of a session that hold its words. Raises Invalid with the field."""
    title = one_line(words.title)
    if not title:
        raise Invalid("Please give the session a title.", "title")
    _check_capacity(words.capacity)
    if words.credit_scheme is not None and not is_scheme(words.credit_scheme):
        raise Invalid("Please choose one of the credit schemes.", "credit_scheme")
    objectives = [line for line in map(one_line, words.objectives) if line]
    if len(objectives) > MOST_OBJECTIVES:
        raise Invalid(f"Please give at most {MOST_OBJECTIVES} objectives.", "objectives")
    check_questions(words.questions)
    return {
        "title": title,
        "kind": words.kind,
        "abstract": clean_text(words.abstract).strip(),
        "objectives": objectives,
        "topic": one_line(words.topic),
        "locale": words.locale,
        "capacity": words.capacity,
        "questions": [question.stored() for question in words.questions],
        "credit_scheme": words.credit_scheme,
    }
