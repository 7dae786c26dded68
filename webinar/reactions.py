"""Which room answers which fact, and who opens which letter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webinar.accounts import jobs as accounts_jobs
from webinar.attendance.facts import AttendanceClosed
from webinar.calendars.jobs import answers as calendars_answers
from webinar.calendars.jobs import laws as calendars_laws
from webinar.calendars.jobs import mailbox as calendars_mailbox
from webinar.calendars.jobs import replies as calendars_replies
from webinar.calendars.jobs import seats as calendars_seats
from webinar.calendars.jobs import series as calendars_series
from webinar.calendars.jobs import sessions as calendars_sessions
from webinar.calendars.service import arrivals as calendars_arrivals
from webinar.certificates import jobs as certificates_jobs
from webinar.credits.facts import CreditAwarded, CreditSuperseded
from webinar.materials import jobs as materials_jobs
from webinar.materials.facts import SlidesUploaded, SlidesWithdrawn
from webinar.meetings.facts import RoomChanged
from webinar.outbox import service as outbox
from webinar.outbox.facts import Fact
from webinar.outbox.port import Due, Opened, Opener
from webinar.registration.facts import (
    RegistrationRepeated,
    SeatConfirmed,
    SeatGivenBack,
    SeatOffered,
    SeatWaiting,
    SeriesJoined,
    SeriesLeft,
)
from webinar.registration.service import seats as registration
from webinar.registration.service import series as registration_series
from webinar.reminders import jobs as reminders_jobs
from webinar.reminders import service as reminders
from webinar.scheduling.facts import PollOpened, PollSettled, PollTimesMoved
from webinar.scheduling.jobs import polls as poll_jobs
from webinar.scheduling.jobs import seasons as season_jobs
from webinar.sessions import jobs as sessions_jobs
from webinar.sessions.facts import (
    CapacityRaised,
    ClocksChanged,
    SeriesSplit,
    SessionCancelled,
    SessionChanged,
    SessionMoved,
    SessionPublished,
    SpeakerAnswered,
    SpeakerInvited,
)
from webinar.societies import jobs as societies_jobs
from webinar.societies.facts import MemberInvited, SocietyFounded
from webinar.subscriptions import jobs as subscriptions_jobs
from webinar.subscriptions.service import versions

REACTIONS: Mapping[type[Fact], tuple[Callable[[Any], None], ...]] = {
    SocietyFounded: (),
    MemberInvited: (societies_jobs.mail_invitation,),
    SpeakerInvited: (sessions_jobs.mail_speaker,),
    SpeakerAnswered: (sessions_jobs.mail_confirmed, sessions_jobs.mail_answered),
    SessionPublished: (sessions_jobs.mail_published, registration_series.seat_published),
    SessionMoved: (registration.offer_freed, calendars_sessions.mail_moved),
    ClocksChanged: (calendars_laws.mail_clocks, sessions_jobs.mail_speakers_clocks),
    SessionChanged: (calendars_sessions.mail_changed,),
    SessionCancelled: (calendars_sessions.mail_cancelled,),
    SeriesSplit: (calendars_series.mail_split,),
    PollOpened: (poll_jobs.mail_opened,),
    PollTimesMoved: (poll_jobs.mail_moved,),
    PollSettled: (poll_jobs.mail_settled,),
    CapacityRaised: (registration.offer_freed,),
    RoomChanged: (calendars_sessions.mail_new_room,),
    SeatConfirmed: (calendars_seats.mail_registered,),
    SeatWaiting: (calendars_seats.mail_waiting,),
    SeatOffered: (calendars_seats.mail_seat_offered,),
    SeatGivenBack: (calendars_seats.mail_given_back,),
    RegistrationRepeated: (calendars_seats.mail_again,),
    SeriesJoined: (calendars_series.mail_joined,),
    SeriesLeft: (calendars_series.mail_left,),
    AttendanceClosed: (),  # an organiser looks at the preview and awards
    CreditAwarded: (certificates_jobs.issue_certificate,),
    CreditSuperseded: (),
    SlidesUploaded: (materials_jobs.mail_late_slides,),
    SlidesWithdrawn: (),
}
"""For each fact the functions that answer it, each in a transaction and a letter of its own."""

AT_ONCE: Mapping[Callable[[Sequence[Any]], None], tuple[type[Fact], ...]] = {
    versions.raise_versions: versions.HEARD
}
"""Functions called within the transaction that tells, once, with all facts of these types told in it."""

LETTERS: Mapping[str, Opener] = {
    "mail.sign_in": accounts_jobs.open_sign_in,
    "mail.invitation": societies_jobs.open_invitation,
    "mail.speaker_invited": sessions_jobs.open_speaker_invited,
    "mail.speaker_confirmed": sessions_jobs.open_speaker_confirmed,
    "mail.speaker_moved": sessions_jobs.open_speaker_moved,
    "mail.speaker_clock_change": sessions_jobs.open_speaker_clock_change,
    "mail.speaker_hour": sessions_jobs.open_speaker_hour,
    "mail.speaker_cancelled": sessions_jobs.open_speaker_cancelled,
    "mail.speaker_answered": sessions_jobs.open_speaker_answered,
    "mail.poll_invited": poll_jobs.open_poll_invited,
    "mail.poll_link": poll_jobs.open_poll_link,
    "mail.poll_reminder": poll_jobs.open_poll_reminder,
    "mail.poll_moved": poll_jobs.open_poll_moved,
    "mail.poll_set": poll_jobs.open_poll_set,
    "mail.published": sessions_jobs.open_published,
    "mail.registered": calendars_seats.open_registered,
    "mail.waiting": calendars_seats.open_waiting,
    "mail.seat_offered": calendars_seats.open_seat_offered,
    "mail.given_back": calendars_seats.open_given_back,
    "mail.series_registered": calendars_series.open_series_registered,
    "mail.series_changed": calendars_series.open_series_changed,
    "mail.series_left": calendars_series.open_series_left,
    "mail.moved": calendars_sessions.open_moved,
    "mail.clock_change": calendars_laws.open_clock_change,
    "mail.changed": calendars_sessions.open_changed,
    "mail.cancelled": calendars_sessions.open_cancelled,
    "mail.new_room": calendars_sessions.open_new_room,
    "mail.asked_again": calendars_answers.open_asked_again,
    "mail.counter_declined": calendars_answers.open_counter_declined,
    "mail.seat_again": calendars_answers.open_seat_again,
    "mail.reminder": reminders_jobs.open_reminder,
    "mail.certificate": certificates_jobs.open_certificate,
    "mail.talk_open": materials_jobs.open_talk_open,
    "mail.slides_late": materials_jobs.open_slides_late,
}
"""For each kind of mail the function that composes it when it is due, from the state of that moment."""

ERRANDS: Mapping[str, Opener] = {
    "season.prove": season_jobs.open_proof,
    calendars_arrivals.LETTER: calendars_replies.open_arrival,
}
"""What else a letter can ask of a worker."""

SWEEPS: tuple[Callable[[datetime], None], ...] = (
    sessions_jobs.follow_zone_data,
    poll_jobs.follow_zone_data,
    poll_jobs.remind_voters,
    registration.expire_offers,
    reminders.remind,
    materials_jobs.remind_speakers,
    calendars_arrivals.forget_old,
)
"""The questions asked every minute: who is due and has no letter?"""

TIDIES: tuple[Callable[[], object], ...] = (outbox.tidy, subscriptions_jobs.tidy)
"""What is thrown away every hour."""

LOOKS: tuple[Callable[[datetime], None], ...] = (calendars_mailbox.read_mailbox,)
"""Looks outside for what came in, in no transaction of the worker's."""


def openers() -> dict[str, Opener]:
    """Everything the worker can open: facts, their reactions, mails and errands."""
    found: dict[str, Opener] = {**LETTERS, **ERRANDS}
    for fact, reactions in REACTIONS.items():
        found[outbox.FACT + fact.__name__] = FactOpener(
            tuple(_name(fact, reaction) for reaction in reactions)
        )
        for reaction in reactions:
            found[_name(fact, reaction)] = ReactionOpener(fact, reaction)
    return found


def _name(fact: type[Fact], reaction: Callable[[Any], None]) -> str:
    # One function may answer several facts, each of which reads its own fields.
    return f"reaction.{fact.__name__}.{reaction.__module__.removeprefix('webinar.')}.{reaction.__name__}"


@dataclass(frozen=True)
class FactOpener:
    """Turns a fact into one letter per reaction, so that a retry of one never repeats a neighbour."""

    names: tuple[str, ...]

    def __call__(self, due: Due) -> Opened:
        for name in self.names:
            outbox.post(name, f"{name}:{due.key}", due.payload)
        return None


@dataclass(frozen=True)
class ReactionOpener:
    """Lets one room answer one fact."""

    fact: type[Fact]
    reaction: Callable[[Any], None]

    def __call__(self, due: Due) -> Opened:
        self.reaction(self.fact(**due.payload))
        return None
