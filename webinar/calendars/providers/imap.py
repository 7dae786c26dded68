"""A folder on an IMAP server: what arrived since the last look, read without marking it, then settled."""

import imaplib
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError

from webinar.config import Settings

SECONDS = 30
BATCH = 20
FAULTS = (IMAPClientError, imaplib.IMAP4.error, OSError, ValueError, KeyError)
"""What a mail server that is down, refuses us or talks nonsense makes us raise."""


@dataclass(frozen=True)
class Fetched:
    """One mail on the server. `raw` is only its beginning where `size` (octets) is over the limit."""

    uid: int
    size: int
    raw: bytes


@dataclass(frozen=True)
class ImapFolder:
    """A folder that is open for reading and moving."""

    client: IMAPClient
    uidvalidity: int
    messages: int

    def uids_after(self, last_uid: int) -> Sequence[int]:
        """UIDs above `last_uid`, ascending. `n:*` always names the newest mail, so ours are sorted out."""
        found = self.client.search(["UID", f"{last_uid + 1}:*"])
        return sorted(uid for uid in found if uid > last_uid)

    def fetch(self, uids: Sequence[int], limit: int) -> Iterator[Fetched]:
        """The mails of some UIDs, unmarked (BODY.PEEK); of larger ones one octet more than `limit`."""
        for start in range(0, len(uids), BATCH):
            batch = list(uids[start : start + BATCH])
            sizes = self.client.fetch(batch, ["RFC822.SIZE"])
            for uid in batch:
                if uid not in sizes:
                    continue  # somebody moved it meanwhile
                size = int(sizes[uid][b"RFC822.SIZE"])
                part = f"BODY.PEEK[]<0.{limit + 1}>" if size > limit else "BODY.PEEK[]"
                yield from self._one(uid, size, part)

    def settle(self, uids: Collection[int], folder: str) -> None:
        """Move mails into `folder`, made where it is missing; with "" flag them as seen."""
        if not uids:
            return
        if not folder:
            self.client.add_flags(list(uids), [SEEN])
            return
        if not self.client.folder_exists(folder):
            self.client.create_folder(folder)
        if self.client.has_capability("MOVE"):
            self.client.move(list(uids), folder)
        else:
            self._copy_away(list(uids), folder)

    def _one(self, uid: int, size: int, part: str) -> Iterator[Fetched]:
        for answer in self.client.fetch([uid], [part]).values():
            for name, value in answer.items():
                if name.startswith(b"BODY[]") and isinstance(value, bytes):
                    yield Fetched(uid, size, value)

    def _copy_away(self, uids: list[int], folder: str) -> None:
        """Without MOVE (RFC 6851): a copy, then exactly these removed where the server can (UIDPLUS)."""
        self.client.copy(uids, folder)
        self.client.add_flags(uids, [SEEN])
        self.client.delete_messages(uids)
        if self.client.has_capability("UIDPLUS"):
            self.client.uid_expunge(uids)


def folder_name(settings: Settings) -> str:
    """What we call the folder of the settings: user@host/folder."""
    return f"{settings.imap_user}@{settings.imap_host}/{settings.imap_folder}"


@contextmanager
def opened(settings: Settings) -> Iterator[ImapFolder]:
    """The folder of the settings, signed in; closed at the end. Raises one of FAULTS."""
    tls = settings.imap_security == "tls"
    context = ssl.create_default_context()
    client = IMAPClient(
        settings.imap_host,
        port=settings.imap_port,
        ssl=tls,
        ssl_context=context if tls else None,
        timeout=SECONDS,
    )
    with ExitStack() as stack:
        stack.callback(_hang_up, client)
        if settings.imap_security == "starttls":
            client.starttls(context)
        client.login(settings.imap_user, settings.imap_password)
        state = client.select_folder(settings.imap_folder)
        yield ImapFolder(client, int(state[b"UIDVALIDITY"]), int(state[b"EXISTS"]))


def _hang_up(client: IMAPClient) -> None:
    """Leave politely; a server that is gone needs no goodbye."""
    try:
        client.logout()
    except FAULTS:
        with suppress(OSError):
            client.shutdown()
