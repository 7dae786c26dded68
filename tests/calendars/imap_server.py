"""A real IMAP server on loopback with one mailbox, for tests; started as a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from imapclient import IMAPClient

USER, PASSWORD = "events", "a password for tests"


@dataclass(frozen=True)
class ImapServer:
    """Where it listens, and what a person with a mail program can do there."""

    port: int

    @contextmanager
    def signed_in(self) -> Iterator[IMAPClient]:
        client = IMAPClient("127.0.0.1", port=self.port, ssl=False, timeout=20)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def deliver(self, *mails: bytes, folder: str = "INBOX") -> None:
        with self.signed_in() as client:
            for raw in mails:
                client.append(folder, raw)

    def subjects_and_flags(self, folder: str = "INBOX") -> list[tuple[str, bool]]:
        """Message-ID's local part and whether the mail is seen, of each mail in a folder."""
        with self.signed_in() as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(["ALL"]), ["FLAGS", "BODY.PEEK[]"])
        return [(_name(row[b"BODY[]"]), b"\\Seen" in row[b"FLAGS"]) for _uid, row in sorted(found.items())]


def _name(raw: bytes) -> str:
    return raw.partition(b"Message-ID: <")[2].partition(b"@")[0].decode()


@contextmanager
def running() -> Iterator[ImapServer]:
    """The server, until the end of the block."""
    port = _free_port()
    command = [
        sys.executable, "-c", "from pymap.main import main; main()",
        "--host", "127.0.0.1", "--port", str(port), "--no-tls",
        "--no-service", "managesieve", "--no-service", "admin",
        "dict", "--demo-user", USER, "--demo-password", PASSWORD,
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_it_listens(port, process)
            yield ImapServer(port)
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_listens(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert process.poll() is None, "the IMAP server ended at once"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the IMAP server does not listen")
