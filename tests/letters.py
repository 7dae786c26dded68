"""Mails as their receivers see them: parsed from the bytes that were sent, the calendar by icalendar."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import icalendar

from webinar.mail.carriers.memory import MemoryCarrier


@dataclass(frozen=True)
class ReadMail:
    """One received mail."""

    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        return self.message["To"].addresses[0].addr_spec

    @property
    def text(self) -> str:
        return self._part("text/plain").get_content().replace("\r\n", "\n")

    @property
    def html(self) -> str:
        return self._part("text/html").get_content()

    @property
    def types(self) -> list[str]:
        """Content types of the leaves, in order."""
        return [part.get_content_type() for part in self.message.walk() if not part.is_multipart()]

    @property
    def has_calendar(self) -> bool:
        return "text/calendar" in self.types

    @property
    def calendar_bytes(self) -> bytes:
        return self._part("text/calendar").get_payload(decode=True)

    @property
    def calendar(self) -> icalendar.Calendar:
        return icalendar.Calendar.from_ical(self.calendar_bytes)

    @property
    def event(self) -> icalendar.Event:
        [event] = self.calendar.walk("VEVENT")
        return event

    @property
    def method(self) -> str:
        """METHOD, which the part's parameter and the attachment must repeat."""
        part = self._part("text/calendar")
        method = str(self.calendar["METHOD"])
        assert part.get_param("method") == method
        [attached] = [p for p in self.message.walk() if p.get_content_type() == "application/ics"]
        assert attached.get_payload(decode=True) == self.calendar_bytes
        return method

    def _part(self, kind: str) -> EmailMessage:
        [part] = [part for part in self.message.walk() if part.get_content_type() == kind]
        return part


def read(octets: bytes) -> ReadMail:
    return ReadMail(message_from_bytes(octets, policy=policy.default))


def received(carrier: MemoryCarrier, address: str | None = None) -> list[ReadMail]:
    """What was sent, to one address or to all."""
    return [read(octets) for to, octets in carrier.sent if address in (None, to)]


def taken(carrier: MemoryCarrier, address: str | None = None) -> list[ReadMail]:
    """What was sent since the last look; the carrier is emptied."""
    found = received(carrier, address)
    carrier.sent.clear()
    return found
