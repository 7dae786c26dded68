"""A draft whose time is being asked: a poll that runs, with answers from four continents."""

from datetime import datetime, timedelta

from webinar.demo.cast import DISCUSSANT, MODERATOR, PRESENTER
from webinar.demo.stage import Stage
from webinar.scheduling.models.poll import Poll
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.poll import PollChoice, PollKind
from webinar.scheduling.rules.times import Wish
from webinar.scheduling.service import polls, votes
from webinar.scheduling.service.polls import Asked, Plan
from webinar.scheduling.service.votes import Vote
from webinar.sessions.models import Kind, Session
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft, speakers
from webinar.sessions.service.draft import Draft
from webinar.sessions.service.speakers import Invitee
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of

ZONE = "Europe/Berlin"
ASKED = Draft(
    title="Awake surgery: what the patient tells us",
    kind=Kind.WEBINAR,
    topic="Tumour",
    abstract="Three teams, three continents. The time is being asked.",
    objectives=("Choose patients for awake surgery.",),
)
YES, MAYBE, NO = PollChoice.YES, PollChoice.IF_NEED_BE, PollChoice.NO
SAID = (
    (PRESENTER[1], "Europe/Stockholm", (YES, YES, NO, MAYBE), ""),
    (MODERATOR[1], "Asia/Kolkata", (YES, NO, YES, MAYBE), ""),
    ("emily@prairie-medical.example", "America/Chicago", (MAYBE, NO, NO, YES), "Mornings are best."),
)
"""Who has answered: address, zone, what they say to the four times, a word."""


def asking(stage: Stage) -> None:
    """Draft the session, ask four people, and let three of them answer."""
    with stage.at(-timedelta(days=2)):
        session = _drafted(stage)
    with stage.at(-timedelta(days=2, hours=-1)):
        polls.open_poll(session, stage.olga, _plan(stage))
    with stage.at(-timedelta(days=1)):
        _answer(session)


def _drafted(stage: Stage) -> Session:
    starts = _day(stage, 21).replace(hour=15)
    session = draft.draft(stage.society, stage.olga, ASKED, When(starts, ZONE, 60))
    for name, email in (PRESENTER, MODERATOR):
        speakers.add_speaker(session, stage.olga, Invitee(email=email, name=name))
    return session


def _plan(stage: Stage) -> Plan:
    hours = ((21, 15), (22, 9), (23, 12), (24, 18))
    people = (
        Asked(*PRESENTER, required=True),
        Asked(*MODERATOR, required=True),
        Asked("Emily Carter", "emily@prairie-medical.example"),
        Asked(*DISCUSSANT),
    )
    return Plan(
        kind=PollKind.SPEAKERS,
        zone_name=ZONE,
        wishes=[Wish(_day(stage, day).replace(hour=hour)) for day, hour in hours],
        deadline=Wish(_day(stage, 5).replace(hour=18)),
        people=people,
        names_shown=True,
    )


def _answer(session: Session) -> None:
    poll: Poll | None = queries.poll_of(session, PollKind.SPEAKERS)
    if poll is None:
        raise LookupError("the poll was opened a moment ago")
    for email, zone_name, choices, word in SAID:
        voter = next(each for each in poll.voters if each.email == email)
        said = dict(zip([option.id for option in poll.options], choices, strict=True))
        wished = (clock.now() + timedelta(days=23)).replace(hour=14, minute=0) if word else None
        votes.vote(voter, Vote(choices=said, suggestion=word, suggested_at=wished, zone_name=zone_name))


def _day(stage: Stage, days: int) -> datetime:
    return local_of(stage.now + timedelta(days=days), ZONE).replace(minute=0, second=0, microsecond=0)
