"""Speaks SMTP; knows which failures are final, which may be tried again and which are in doubt."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from webinar.outbox.port import Ambiguous, Undeliverable

CONNECT_SECONDS = 15.0


class TryLater(OSError):
    """The server asked us to come back (4xx), or could not be reached."""


@dataclass(frozen=True)
class SmtpCarrier:
    """One connection per message; the whole conversation ends within `deadline_seconds`."""

    host: str
    port: int
    security: str = "none"
    user: str = ""
    password: str = ""
    deadline_seconds: float = 60.0

    def send(self, message: bytes, sender: str, recipient: str) -> None:
        try:
            with self._connected() as server, self._deadline(server):
                self._greet(server)
                self._hand_over(server, message, sender, recipient)
        except smtplib.SMTPResponseException as answer:
            raise _verdict(answer.smtp_code, answer.smtp_error) from answer
        except smtplib.SMTPRecipientsRefused as refused:
            raise _verdict(*refused.recipients[recipient]) from refused
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater(f"{type(error).__name__}: {error}") from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        wait = min(CONNECT_SECONDS, self.deadline_seconds)
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=wait, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=wait)
        try:
            yield server
        finally:
            server.close()

    @contextmanager
    def _deadline(self, server: smtplib.SMTP) -> Iterator[None]:
        """smtplib's time-out is per read; a server that drips bytes is cut off here."""
        timer = threading.Timer(self.deadline_seconds, _hang_up, [server])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _greet(self, server: smtplib.SMTP) -> None:
        if self.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        server.ehlo_or_helo_if_needed()

    def _hand_over(self, server: smtplib.SMTP, message: bytes, sender: str, recipient: str) -> None:
        """MAIL, RCPT, DATA; once the message is on its way, silence means doubt."""
        code, answer = server.mail(sender)
        if code != 250:
            raise _verdict(code, answer)
        code, answer = server.rcpt(recipient)
        if code not in (250, 251):
            raise _verdict(code, answer)
        try:
            code, answer = server.data(message)
        except smtplib.SMTPDataError:
            raise
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Ambiguous(f"connection lost after DATA: {type(error).__name__}") from error
        if code != 250:
            raise _verdict(code, answer)


def _hang_up(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        try:
            server.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # already closed: nothing left to cut


def _verdict(code: int, answer: bytes | str) -> Exception:
    """5xx is final, all else may be tried again."""
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    text = f"{code} {words}"[:300]
    return Undeliverable(text) if 500 <= code < 600 else TryLater(text)
