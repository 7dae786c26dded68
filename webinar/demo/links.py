"""The demo's addresses, for a person to press and for a script to read."""

from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind
from webinar.calendars.queries import feeds as calendars
from webinar.calendars.service import feed_keys as feeds
from webinar.certificates import queries as certificates
from webinar.demo.asking import ASKED
from webinar.demo.cast import ADA, ADMIN, ORGANISER, PRESENTER
from webinar.demo.stage import SLUG
from webinar.registration.queries import seats as registration
from webinar.scheduling.queries import polls
from webinar.scheduling.rules.poll import PollKind
from webinar.sessions import queries as sessions
from webinar.sessions.models import Session
from webinar.societies import queries as societies
from webinar.timekeeping import clock
from webinar.web.addresses import absolute, absolute_path


def demo_links() -> dict[str, str]:
    """Absolute addresses by name; sign-in links that open many times. Writes: call in a transaction."""
    society = societies.by_slug(SLUG)
    now = clock.now()
    coming = [session for session in sessions.coming(society.id, now) if session.series_id]
    past = sessions.past(society.id, now)
    ada = accounts.known_person(ADA.email, ADA.name)
    seats = {seat.session_id: seat for seat in registration.of_person(ada.id)}
    next_one = next(session for session in coming if session.id in seats and session.starts_at > now)
    certificate = certificates.of_person(ada.id)[0]
    series = next_one.series
    if series is None:
        raise LookupError("the demo's coming session belongs to a series")
    return {
        "base": absolute("lobby.home"),
        "organiser": _sign_in(ORGANISER[1], f"/{SLUG}/desk"),
        "attendee": _sign_in(ADA.email, "/me"),
        "presenter": _sign_in(PRESENTER[1], "/me"),
        "admin": _sign_in(ADMIN[1], f"/{SLUG}/team"),
        "session": absolute("lobby.session", session=next_one.slug),
        "past_session": absolute("lobby.session", session=past[0].slug),
        "register": absolute("registration.register", session=next_one.slug),
        "join": absolute_path(registration.join_path(seats[next_one.id])),
        "talk": absolute("materials.talk", token=_talk_token(next_one)),
        "poll": absolute("scheduling.answer", token=_poll_token()),
        "personal_feed": absolute_path(_feed_path(ada.id)),
        "society_feed": absolute("feeds.society", slug=SLUG),
        "series_feed": absolute("feeds.series", slug=SLUG, series=series.slug),
        "certificate": absolute("certificates.pdf", code=certificate.code),
        "verify": absolute("certificates.verify", code=certificate.code),
        "export_csv": absolute("exports.download", slug=SLUG, session=past[0].slug, format="csv"),
        "mails": absolute("demo.mails"),
    }


def _talk_token(session: Session) -> str:
    speaker = next(speaker for speaker in session.speakers if speaker.email == PRESENTER[1])
    return accounts.token_of(TokenKind.TALK, speaker.nonce)


def _poll_token() -> str:
    """The link of somebody who has not answered yet."""
    session = next(each for each in sessions.drafts(societies.by_slug(SLUG).id) if each.title == ASKED.title)
    poll = polls.poll_of(session, PollKind.SPEAKERS)
    if poll is None:
        raise LookupError("the demo asks about the time of one draft")
    voter = next(each for each in poll.voters if each.answered_at is None)
    return accounts.token_of(TokenKind.POLL, voter.nonce)


def _feed_path(person_id: int) -> str:
    feeds.give_feed(person_id)
    path = calendars.feed_path(person_id)
    if path is None:
        raise LookupError("the feed was given a moment ago")
    return path


def _sign_in(email: str, next_path: str) -> str:
    return absolute_path(accounts.demo_link(email, next_path=next_path))
