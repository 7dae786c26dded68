"""Reminders of what speakers owe, and word to organisers of slides that came late."""

from datetime import datetime, timedelta

from webinar.accounts import queries as accounts_queries
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.mail.message import Party
from webinar.materials import queries, rules
from webinar.materials.facts import SlidesUploaded
from webinar.materials.pages.words import item_words, room_address
from webinar.outbox import service as outbox
from webinar.outbox.port import Due, Opened, Useless
from webinar.sessions import queries as sessions
from webinar.sessions.models import Answer, Session, Speaker, State
from webinar.sessions.pages import slot_of
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import showing
from webinar.web.addresses import absolute
from webinar.web.mailing import Envelope, compose

THIS_WEEK = timedelta(days=6)
"""So far ahead a weekday alone names a day; beyond, its date stands beside it."""


def remind_speakers(now: datetime) -> None:
    """Promise who has open items a mail 7 and 2 days before the deadline, each once for one deadline day."""
    for session, speaker in queries.due_for_reminder(now):
        days = rules.reminder_due(now, session.starts_at, speaker.invited_at)
        if days is None or not _left(speaker, session, now):
            continue
        due_day = _due_day(speaker, session)
        key = f"mail:talk_open:{speaker.id}:{due_day}:{days}"
        outbox.post("mail.talk_open", key, {"speaker_id": speaker.id, "due_day": due_day})


def open_talk_open(due: Due) -> Opened:
    """Three things left, due Friday; useless once nothing is left or the day has changed."""
    speaker = sessions.speaker_of_id(due.payload["speaker_id"])
    if speaker is None or speaker.answer == Answer.DECLINED:
        return Useless("they were taken off the list or have declined")
    session = sessions.session_of_id(speaker.session_id)
    if session.state == State.CANCELLED or session.ends_at <= due.now:
        return Useless("the session was cancelled or has been held")
    left = _left(speaker, session, due.now)
    if not left or _due_day(speaker, session) != due.payload["due_day"]:
        return Useless("nothing is left to do, or the session was moved")
    slot, zone_name = slot_of(speaker, session), _zone(speaker.person, session)
    due_at = rules.deadline(session.starts_at, speaker.invited_at)
    return compose(
        "talk_open",
        _envelope(due, Party(speaker.email, speaker.name), speaker.person, session),
        left=left,
        title=session.title,
        speaker_name=speaker.name,
        society=session.society.name,
        slot=showing(slot.starts_at, slot.ends_at, zone_name, now=due.now, reference_zone=session.zone_name),
        host_zone=session.zone_name,
        zone_name=zone_name,
        due_at=due_at,
        due_local=local_of(due_at, zone_name),
        this_week=due_at - due.now <= THIS_WEEK,
        talk_url=absolute("materials.talk", token=token_of(TokenKind.TALK, speaker.nonce)),
    )


def mail_late_slides(fact: SlidesUploaded) -> None:
    """Promise the organisers word of slides that missed the deadline."""
    deck = queries.deck_of_id(fact.deck_id)
    if deck is None or not fact.late:
        return
    for person in sessions.organisers_of(deck.session):
        key = f"mail:slides_late:{deck.id}:{person.id}"
        outbox.post("mail.slides_late", key, {"deck_id": deck.id, "person_id": person.id})


def open_slides_late(due: Due) -> Opened:
    """Slides came after the deadline: whose, how large, where."""
    deck = queries.deck_of_id(due.payload["deck_id"])
    person = accounts_queries.person(due.payload["person_id"])
    if deck is None or deck.withdrawn_at is not None or person is None:
        return Useless("the slides were withdrawn, or the organiser is gone")
    session, zone_name = deck.session, _zone(person, deck.session)
    return compose(
        "slides_late",
        _envelope(due, Party(person.email, person.name), person, session),
        speaker_name=deck.speaker.name,
        title=session.title,
        society=session.society.name,
        seen=showing(
            session.starts_at, session.ends_at, zone_name, now=due.now, reference_zone=session.zone_name
        ),
        host_zone=session.zone_name,
        zone_name=zone_name,
        version=deck.version,
        size=deck.size,
        uploaded_at=deck.uploaded_at,
        desk_url=absolute("materials.overview", slug=session.society.slug, session=session.slug),
    )


def _left(speaker: Speaker, session: Session, now: datetime) -> tuple[str, ...]:
    items = queries.checklist_of(speaker, session, room_address(session), now)
    return tuple(item_words(item) for item in rules.open_items(items))


def _due_day(speaker: Speaker, session: Session) -> str:
    # A start that moves within the day moves no deadline that anybody would mark.
    due_at = rules.deadline(session.starts_at, speaker.invited_at)
    return local_of(due_at, session.zone_name).date().isoformat()


def _zone(person: Person | None, session: Session) -> str:
    return (person.zone_name if person else None) or session.zone_name


def _envelope(due: Due, to: Party, person: Person | None, session: Session) -> Envelope:
    society = session.society
    return Envelope(
        key=due.key,
        to=to,
        sent_at=due.now,
        locale=(person.locale if person else None) or society.locale,
        zone_name=_zone(person, session),
        from_name=society.name,
        reply_to=Party(society.contact_email, society.name),
    )
