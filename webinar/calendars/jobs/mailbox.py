"""The mailbox for answers, looked at by the worker: kept first, settled on the server afterwards."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from webinar.calendars.formats.mail import may_hold_calendar
from webinar.calendars.models import Source
from webinar.calendars.providers.imap import FAULTS, Fetched, ImapFolder, folder_name, opened
from webinar.calendars.service import arrivals, mailboxes
from webinar.calendars.service.arrivals import Place
from webinar.calendars.service.mailboxes import Turn
from webinar.config import settings
from webinar.db.store import transaction
from webinar.timekeeping import clock

log = structlog.get_logger()
MOST_IN_A_TURN = 500


def read_mailbox(now: datetime) -> None:
    """Look for answers once; nothing happens without a mailbox in the settings. `now` is aware UTC.

    A mailbox that cannot be read is on record, for `webinar check` and the monitoring, and is tried again.
    """
    known = settings()
    if not known.imap_host:
        return
    with transaction():
        turn = mailboxes.claim(folder_name(known))
    if turn is None:
        return
    try:
        with opened(known) as folder:
            _read(turn, folder, now)
            _settle(turn, folder)
    except FAULTS as error:
        log.error("mailbox cannot be read", error=repr(error)[:300])
        with transaction():
            mailboxes.fail(turn, clock.now(), f"{type(error).__name__}: {error}")
    else:
        with transaction():
            mailboxes.finish(turn, clock.now())


@dataclass(frozen=True)
class MailboxHealth:
    """Whether the mailbox of the settings can be read, in words."""

    is_well: bool
    words: str


def mailbox_health() -> MailboxHealth:
    """Open the mailbox of the settings now, and say how it went; nothing in it is touched."""
    known = settings()
    if not known.imap_host:
        ways = "by /calendars/inbound" if known.inbound_secret else "only by `webinar calendars receive`"
        return MailboxHealth(True, f"none is read (WEBINAR_IMAP_HOST is empty); answers come {ways}")
    try:
        with opened(known) as folder:
            return MailboxHealth(True, f"ok ({folder_name(known)}, {folder.messages} mails)")
    except FAULTS as error:
        return MailboxHealth(False, f"{folder_name(known)} cannot be read: {type(error).__name__}: {error}")


def _read(turn: Turn, folder: ImapFolder, now: datetime) -> None:
    """Keep what arrived, each mail in a transaction of its own, and remember how far we came."""
    same = folder.uidvalidity == turn.uidvalidity
    uids = folder.uids_after(turn.last_uid if same else 0)[:MOST_IN_A_TURN]
    for fetched in folder.fetch(uids, settings().inbound_max_bytes):
        with transaction():
            if not mailboxes.looked_at(turn, folder.uidvalidity, fetched.uid):
                return  # another worker took over
            _keep(turn, folder.uidvalidity, fetched, now)


def _keep(turn: Turn, uidvalidity: int, fetched: Fetched, now: datetime) -> None:
    """People write to this mailbox too: a mail without a calendar stays as it is, and is not kept."""
    if may_hold_calendar(fetched.raw):
        place = Place(turn.mailbox_id, uidvalidity, fetched.uid)
        limit = settings().inbound_max_bytes
        arrivals.keep(fetched.raw, Source.IMAP, now, limit=limit, place=place)


def _settle(turn: Turn, folder: ImapFolder) -> None:
    """Move or flag what was kept, in this turn or in one that was cut short."""
    with transaction():
        waiting = mailboxes.to_settle(turn, folder.uidvalidity)
    folder.settle(list(waiting), settings().imap_handled)
    with transaction():
        mailboxes.settled(list(waiting.values()), clock.now())
