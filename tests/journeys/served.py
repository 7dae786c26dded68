"""The application as it is run: web server and worker as processes, a real SMTP server, a clock to move."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller

from webinar.db.migrating import upgrade

PATIENCE = 30.0
STARTING = 90.0


@dataclass
class Mailbox:
    """What the SMTP server received, in order."""

    received: list[tuple[str, EmailMessage]] = field(default_factory=list)

    async def handle_DATA(self, _server, _session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.received.extend((recipient, message) for recipient in envelope.rcpt_tos)
        return "250 OK"

    def to(self, address: str, subject: str = "") -> list[EmailMessage]:
        """The mails to an address whose subject begins so, oldest first."""
        return [
            message
            for recipient, message in list(self.received)
            if recipient == address and str(message["Subject"]).startswith(subject)
        ]

    def wait_for(self, address: str, subject: str, *, count: int = 1) -> EmailMessage:
        """The newest of at least `count` mails, waited for."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self.to(address, subject)
            if len(found) >= count:
                return found[-1]
            time.sleep(0.05)
        subjects = [(to, str(message["Subject"])) for to, message in self.received]
        raise AssertionError(f"no mail “{subject}” to {address}; there were: {subjects}")


def text_of(message: EmailMessage) -> str:
    """The text part."""
    return message.get_body(("plain",)).get_content()


def calendar_of(message: EmailMessage) -> bytes:
    """The text/calendar part's bytes."""
    return next(p for p in message.walk() if p.get_content_type() == "text/calendar").get_payload(decode=True)


def link_of(message: EmailMessage, containing: str) -> str:
    """The one address in the text part that contains some words."""
    found = [url for url in re.findall(r"https?://\S+", text_of(message)) if containing in url]
    assert found, f"no link with {containing!r} in:\n{text_of(message)}"
    return found[0]


@dataclass
class Served:
    """A running application at `base`, its mailbox, and its clock."""

    base: str
    mailbox: Mailbox
    clock_file: Path
    data: Path

    def move_clock_to(self, instant: datetime) -> None:
        """Let all its processes believe it is `instant` (aware), from now on ticking."""
        offset = (instant - datetime.now(UTC)).total_seconds()  # noqa: TID251  the real clock, to be moved
        half = self.clock_file.with_suffix(".part")
        half.write_text(str(offset))
        half.replace(self.clock_file)


@contextmanager
def served(folder: Path, *, starting_at: datetime, database_url: str = "") -> Iterator[Served]:
    """Start everything, yield it, stop everything."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    port = free_port()
    clock_file = folder / "clock"
    running = Served(f"http://127.0.0.1:{port}", mailbox, clock_file, folder)
    running.move_clock_to(starting_at)
    environment = os.environ | {
        "WEBINAR_MODE": "test",
        "WEBINAR_BASE_URL": running.base,
        "WEBINAR_SECRET_KEY": "a key for the journey's tests, long enough",
        "WEBINAR_DATA": str(folder),
        "WEBINAR_DATABASE_URL": database_url or f"sqlite:///{folder / 'webinar.sqlite3'}",
        "WEBINAR_MAIL_CARRIER": "smtp",
        "WEBINAR_MAIL_FROM": "events@ens.example",
        "WEBINAR_SMTP_PORT": str(controller.port),
        "WEBINAR_PORT": str(port),
        "WEBINAR_WEB_WORKERS": "1",
        "WEBINAR_TICK_SECONDS": "0.2",
        "WEBINAR_SWEEP_SECONDS": "0.5",
        "WEBINAR_CLOCK_OFFSET_FILE": str(clock_file),
    }
    upgrade(environment["WEBINAR_DATABASE_URL"])
    log = (folder / "log").open("wb")
    processes = [
        subprocess.Popen([sys.executable, "-m", "webinar.cli", name], env=environment, stdout=log, stderr=log)
        for name in ("run", "worker")
    ]
    try:
        _wait(running.base)
        yield running
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(15)
        controller.stop()
        log.close()


def free_port() -> int:
    """A port on loopback that nobody uses this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(base: str) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the application did not answer")
