"""Reading a mail that came in: parsed and authenticated outside any transaction, then taken."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from webinar.calendars.formats.mail import InboundMail, read_mail
from webinar.calendars.formats.reply import read_replies
from webinar.calendars.formats.signature import proofs
from webinar.calendars.formats.unreadable import Unreadable
from webinar.calendars.models import Arrival, ArrivalState
from webinar.calendars.port import Records, RecordsSilent
from webinar.calendars.rules.reply import Proof
from webinar.calendars.service import arrivals, replies
from webinar.config import settings
from webinar.db.store import store, transaction
from webinar.outbox.port import Due, Opened, Useless
from webinar.timekeeping import clock

PATIENCE = 3
"""So many times a silent DNS is asked; then a person decides, because an answer grows old."""


def open_arrival(due: Due) -> Opened:
    """A mail that was kept and not yet read."""
    arrival = store.get(Arrival, due.payload["arrival_id"])
    if arrival is None or arrival.state is not ArrivalState.NEW:
        return Useless("the mail was read already")
    return ReadErrand(arrival.id, arrival.raw, due.attempt)


@dataclass(frozen=True)
class ReadErrand:
    """Reads one mail; what cannot be read is set apart for a person, and troubles no other."""

    arrival_id: int
    raw: bytes
    attempt: int

    def run(self) -> None:
        try:
            mail = read_mail(self.raw)
            found = read_replies(mail.calendar, mail.method)
        except Unreadable as reason:
            with transaction():
                arrivals.note_unreadable(self.arrival_id, str(reason))
            return
        shown = self._proofs(mail)
        with transaction():
            replies.take(self.arrival_id, mail, found, shown, clock.now())

    def _proofs(self, mail: InboundMail) -> frozenset[Proof]:
        records = cast(Records, current_app.extensions["webinar.records"])
        try:
            return proofs(mail, self.raw, records, settings().authserv_id)
        except RecordsSilent:
            if self.attempt < PATIENCE:
                raise
            return frozenset()
