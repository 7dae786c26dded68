"""Paths of other rooms' pages that public pages lead to."""

from dataclasses import dataclass

from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.sessions.models import Speaker
from webinar.web.addresses import absolute_path


@dataclass(frozen=True)
class Calendar:
    """A calendar to subscribe to: `path` for a download, `webcal` for calendar programs."""

    path: str

    @property
    def webcal(self) -> str:
        """The address that calendar programs subscribe to."""
        return f"webcal://{absolute_path(self.path).partition('://')[2]}"


def society_calendar(slug: str) -> Calendar:
    """A society's calendar."""
    return Calendar(f"/{slug}/calendar.ics")


def series_calendar(slug: str, series_slug: str) -> Calendar:
    """A series' calendar."""
    return Calendar(f"/{slug}/series/{series_slug}.ics")


def feed_calendar(nonce: str) -> Calendar:
    """A person's own calendar, at its secret address."""
    return Calendar(f"/calendars/{token_of(TokenKind.FEED, nonce)}.ics")


def talk_path(speaker: Speaker) -> str:
    """A speaker's one page, a secret of theirs."""
    return f"/talk/{token_of(TokenKind.TALK, speaker.nonce)}"


def certificate_path(code: str) -> str:
    """The page that verifies a certificate."""
    return f"/v/{code}"
