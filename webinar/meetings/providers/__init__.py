"""The registry of providers: stored name → who runs the room."""

from collections.abc import Mapping

from webinar.meetings.port import Provider
from webinar.meetings.providers.plain_link import PlainLink

PLAIN_LINK = "plain_link"
PROVIDERS: Mapping[str, Provider] = {PLAIN_LINK: PlainLink()}
