"""One person's invitation over a real mail server: registered, moved, cancelled."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from aiosmtpd.controller import Controller

from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.sessions import session
from tests.factories.societies import society
from tests.letters import read
from webinar.db.store import transaction
from webinar.mail.carriers.smtp import SmtpCarrier
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, timing


@dataclass
class Sink:
    """Keeps what it was given, as the bytes that came over the wire."""

    mails: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_DATA(self, _server, _session, envelope):
        self.mails.append((envelope.rcpt_tos[0], envelope.original_content))
        return "250 kept"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def sink(app) -> Iterator[Sink]:
    kept, port = Sink(), _free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port, ready_timeout=30)
    server.start()
    try:
        app.extensions["webinar.carrier"] = SmtpCarrier("127.0.0.1", port)
        yield kept
    finally:
        server.stop()


def test_register_move_cancel_is_one_event_with_rising_sequence(sink, work):
    flow = session(society())
    seat(flow)
    work()
    with transaction():
        timing.move(flow, olga(), When(datetime.fromisoformat("2026-10-26T18:00"), "Europe/Berlin", 60))
    work()
    with transaction():
        publication.cancel(flow, olga(), "Dr Sharma is ill")
    work()
    octets = [octets for to, octets in sink.mails if to == "ada@clinic.example"]
    mails = [read(each) for each in octets]
    assert [mail.method for mail in mails] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(mail.event["UID"]) for mail in mails} == {flow.uid}
    numbers = [int(mail.event["SEQUENCE"]) for mail in mails]
    assert numbers == sorted(set(numbers))
    assert [str(mail.event["DTSTART"].dt) for mail in mails] == [
        "2026-10-14 18:00:00+02:00",
        "2026-10-26 18:00:00+01:00",
        "2026-10-26 18:00:00+01:00",
    ]
    for each, mail in zip(octets, mails, strict=True):
        for text in (each, mail.calendar_bytes):
            assert text.count(b"\n") == text.count(b"\r\n") == text.count(b"\r")
        assert max(len(line) for line in mail.calendar_bytes.split(b"\r\n")) <= 75
        assert mail.types == ["text/plain", "text/html", "text/calendar", "application/ics"]
