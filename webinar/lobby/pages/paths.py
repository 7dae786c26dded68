"""Paths of other rooms' pages that public pages lead to."""

from dataclasses import dataclass

from webinar.accounts.rules import TokenKind
from webinar.accounts.service import token_of
from webinar.calendars.ics.links import google_subscription
from webinar.sessions.models import Speaker
from webinar.web.addresses import absolute_path


@dataclass(frozen=True)
class Calendar:
    """A calendar to subscribe to: `path` for a download, `webcal` for calendar programs.

    `news` is the beginning of the paths of the same as Atom and JSON; "" where there is none.
    """

    path: str
    news: str = ""

    @property
    def webcal(self) -> str:
        """The address that calendar programs subscribe to."""
        return f"webcal://{absolute_path(self.path).partition('://')[2]}"

    @property
    def url(self) -> str:
        """The whole address, to be pasted where a calendar asks for one."""
        return absolute_path(self.path)

    @property
    def google(self) -> str:
        """Google Calendar's page to subscribe; "" where we are not served by https, which it asks for."""
        return google_subscription(self.url) if self.url.startswith("https:") else ""


def society_calendar(slug: str) -> Calendar:
    """A society's calendar."""
    return Calendar(f"/{slug}/calendar.ics", f"/{slug}/feed")


def series_calendar(slug: str, series_slug: str) -> Calendar:
    """A series' calendar."""
    return Calendar(f"/{slug}/series/{series_slug}.ics", f"/{slug}/series/{series_slug}/feed")


def feed_calendar(nonce: str) -> Calendar:
    """A person's own calendar, at its secret address."""
    return Calendar(f"/calendars/{token_of(TokenKind.FEED, nonce)}.ics")


def talk_path(speaker: Speaker) -> str:
    """A speaker's one page, a secret of theirs."""
    return f"/talk/{token_of(TokenKind.TALK, speaker.nonce)}"


def certificate_path(code: str) -> str:
    """The page that verifies a certificate."""
    return f"/v/{code}"
