"""Mails to speakers and organisers, and the look at new zone data."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from webinar.accounts import queries as accounts_queries
from webinar.accounts.models import Person
from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.mail.message import Party
from webinar.outbox import service as outbox
from webinar.outbox.port import Due, Opened, Useless
from webinar.sessions import queries
from webinar.sessions.facts import ClocksChanged, SessionPublished, SpeakerAnswered, SpeakerInvited
from webinar.sessions.models import Answer, Session, Speaker, State
from webinar.sessions.pages import ANSWER_WORDS, desk_path, slot_of
from webinar.sessions.service import clocks, timing
from webinar.timekeeping.laws import clock_change
from webinar.timekeeping.wording import Showing, showing
from webinar.web.addresses import absolute_path
from webinar.web.law_words import law_words
from webinar.web.mailing import Envelope, compose, in_words_of


def follow_zone_data(now: datetime) -> None:
    """Derive sessions to come again, once, after the zone data was renewed; remember what it says."""
    timing.reinstant(now, only_stale=True)
    clocks.remember(now, only_newer=True)


def mail_speakers_clocks(fact: ClocksChanged) -> None:
    """Tell speakers whose own clocks changed, though the session did not move."""
    was = clocks.zone_release(fact.number - 1).version
    for session, changed in clocks.unmoved(fact.number):
        for speaker in clocks.speakers_in(session, changed):
            mark = f"release:{fact.number}"
            clocks.post_clock_change(speaker, session, session.starts_at, was, mark=mark)


def mail_speaker(fact: SpeakerInvited) -> None:
    """Promise the invitation to speak."""
    key = f"mail:speaker_invited:{fact.speaker_id}:{fact.version}"
    outbox.post("mail.speaker_invited", key, {"speaker_id": fact.speaker_id})


def mail_confirmed(fact: SpeakerAnswered) -> None:
    """Promise who confirmed a mail with their slot."""
    speaker = queries.speaker_of_id(fact.speaker_id)
    if speaker is not None and speaker.answer == Answer.CONFIRMED:
        key = f"mail:speaker_confirmed:{fact.speaker_id}:{fact.version}"
        outbox.post("mail.speaker_confirmed", key, {"speaker_id": fact.speaker_id})


def mail_answered(fact: SpeakerAnswered) -> None:
    """Promise the organisers a mail with the answer."""
    speaker = queries.speaker_of_id(fact.speaker_id)
    if speaker is None:
        return
    for person in queries.organisers_of(queries.session_of_id(speaker.session_id)):
        key = f"mail:speaker_answered:{fact.speaker_id}:{fact.version}:{person.id}"
        outbox.post("mail.speaker_answered", key, {"speaker_id": speaker.id, "person_id": person.id})


def mail_published(fact: SessionPublished) -> None:
    """Promise the organisers a mail with the public address."""
    for person in queries.organisers_of(queries.session_of_id(fact.session_id)):
        key = f"mail:published:{fact.session_id}:{fact.revision}:{person.id}"
        outbox.post("mail.published", key, {"session_id": fact.session_id, "person_id": person.id})


def open_speaker_invited(due: Due) -> Opened:
    """Would you speak? One link for everything."""
    speaker = queries.speaker_of_id(due.payload["speaker_id"])
    if speaker is None or speaker.answer == Answer.DECLINED:
        return Useless("they were taken off the list or have declined")
    session = queries.session_of_id(speaker.session_id)
    if _is_over(session, due):
        return Useless("the session was cancelled or has been held")
    return compose("speaker_invited", _to_speaker(due, speaker, session), **_talk(due, speaker, session))


def open_speaker_confirmed(due: Due) -> Opened:
    """Your slot, in your own time."""
    speaker = queries.speaker_of_id(due.payload["speaker_id"])
    if speaker is None or speaker.answer != Answer.CONFIRMED:
        return Useless("they have not confirmed any more")
    session = queries.session_of_id(speaker.session_id)
    if _is_over(session, due):
        return Useless("the session was cancelled or has been held")
    return compose("speaker_confirmed", _to_speaker(due, speaker, session), **_talk(due, speaker, session))


def open_speaker_hour(due: Due) -> Opened:
    """The session has a second live hour: please answer for both."""
    speaker = queries.speaker_of_id(due.payload["speaker_id"])
    if speaker is None or speaker.answer == Answer.DECLINED:
        return Useless("they were taken off the list or have declined")
    hour = queries.session_of_id(due.payload["session_id"])
    if _is_over(hour, due) or hour.starts_at.isoformat() != due.payload["starts_at"]:
        return Useless("the hour was moved, taken off or has been held")
    return compose("speaker_hour", _to_speaker(due, speaker, hour), **_talk(due, speaker, hour))


def open_speaker_moved(due: Due) -> Opened:
    """The session has another time: please confirm again."""
    speaker = queries.speaker_of_id(due.payload["speaker_id"])
    if speaker is None or speaker.answer in {Answer.DECLINED, Answer.CONFIRMED}:
        return Useless("they were taken off the list, have declined, or confirmed the new time already")
    session = queries.session_of_id(due.payload.get("session_id", speaker.session_id))
    if _is_over(session, due) or session.starts_at.isoformat() != due.payload["starts_at"]:
        return Useless("the session was moved again, cancelled or has been held")
    was_at = datetime.fromisoformat(due.payload["was_at"])
    zone_name = _zone(speaker.person, session)
    was = showing(was_at, was_at + (session.ends_at - session.starts_at), zone_name, now=due.now)
    envelope = _to_speaker(due, speaker, session)
    return compose("speaker_moved", envelope, was=was, **_talk(due, speaker, session))


def open_speaker_clock_change(due: Due) -> Opened:
    """The clocks changed by law: what the start is now on the speaker's own."""
    speaker = queries.speaker_of_id(due.payload["speaker_id"])
    if speaker is None or speaker.answer == Answer.DECLINED:
        return Useless("they were taken off the list or have declined")
    session = queries.session_of_id(due.payload["session_id"])
    if _is_over(session, due) or session.starts_at.isoformat() != due.payload["starts_at"]:
        return Useless("the session was moved again, cancelled or has been held")
    change = clock_change(
        clocks.memory_of(due.payload["was_tzdata"]),
        _zone(speaker.person, session),
        host_zone=session.zone_name,
        starts_local=session.starts_local,
        was_at=datetime.fromisoformat(due.payload["was_at"]),
        starts_at=session.starts_at,
    )
    envelope = _to_speaker(due, speaker, session)
    with in_words_of(envelope):
        words = law_words(change, session.lead.title, session.tzdata_version)
    asks = speaker.answer == Answer.WAITING
    values = _talk(due, speaker, session) | {"words": words, "asks": asks}
    return compose("speaker_clock_change", envelope, **values)


def open_speaker_cancelled(due: Due) -> Opened:
    """The session will not take place."""
    speaker = queries.speaker_of_id(due.payload["speaker_id"])
    if speaker is None:
        return Useless("they were taken off the list")
    session = queries.session_of_id(speaker.session_id)
    off = [hour for hour in queries.hours_of(session) if hour.state == State.CANCELLED]
    session = off[0] if off else session
    values = _talk(due, speaker, session) | {"because": session.cancelled_because}
    return compose("speaker_cancelled", _to_speaker(due, speaker, session), **values)


def open_speaker_answered(due: Due) -> Opened:
    """What a speaker said, for an organiser."""
    speaker = queries.speaker_of_id(due.payload["speaker_id"])
    if speaker is None or speaker.answer == Answer.WAITING:
        return Useless("they were taken off the list, or asked anew")
    session = queries.session_of_id(speaker.session_id)
    person = accounts_queries.person(due.payload["person_id"])
    if person is None:
        return Useless("the organiser is gone")
    return compose(
        "speaker_answered",
        _to_organiser(due, person, session),
        speaker_name=speaker.name,
        said=_(ANSWER_WORDS[speaker.answer][1]),
        note=speaker.answer_note,
        title=session.title,
        desk_url=absolute_path(desk_path(session.society.slug, session.slug, "edit")),
        seen=_seen(due, person, session),
        host_zone=session.zone_name,
    )


def open_published(due: Due) -> Opened:
    """The session is public: the address to pass on."""
    session = queries.session_of_id(due.payload["session_id"])
    person = accounts_queries.person(due.payload["person_id"])
    if person is None or _is_over(session, due):
        return Useless("the session was cancelled or has been held")
    return compose(
        "published",
        _to_organiser(due, person, session),
        title=session.title,
        public_url=absolute_path(f"/s/{session.slug}"),
        desk_url=absolute_path(desk_path(session.society.slug, session.slug, "edit")),
        seen=_seen(due, person, session),
        host_zone=session.zone_name,
    )


def _is_over(session: Session, due: Due) -> bool:
    return session.state == State.CANCELLED or session.ends_at <= due.now


def _zone(person: Person | None, session: Session) -> str:
    return (person.zone_name if person else None) or session.zone_name


def _seen(due: Due, person: Person | None, session: Session) -> Showing:
    zone_name = _zone(person, session)
    return showing(
        session.starts_at, session.ends_at, zone_name, now=due.now, reference_zone=session.zone_name
    )


def _talk(due: Due, speaker: Speaker, session: Session) -> dict[str, Any]:
    """What all mails to speakers say."""
    slot, other = slot_of(speaker, session), queries.other_hour(session)
    return {
        "speaker_name": speaker.name,
        "title": session.title,
        "talk_title": speaker.talk_title,
        "society": session.society.name,
        "talk_url": absolute_path(f"/talk/{token_of(TokenKind.TALK, speaker.nonce)}"),
        "seen": _seen(due, speaker.person, session),
        "slot": showing(slot.starts_at, slot.ends_at, _zone(speaker.person, session), now=due.now),
        "host_zone": session.zone_name,
        "other": _seen(due, speaker.person, other) if other else None,
    }


def _to_speaker(due: Due, speaker: Speaker, session: Session) -> Envelope:
    return _envelope(due, Party(speaker.email, speaker.name), speaker.person, session)


def _to_organiser(due: Due, person: Person, session: Session) -> Envelope:
    return _envelope(due, Party(person.email, person.name), person, session)


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
