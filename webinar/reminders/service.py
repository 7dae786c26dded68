"""Reminding: ask who is due, note it, promise the letters; three statements, however many people."""

from datetime import datetime

from sqlalchemy import literal

from webinar.db.store import insert_selected
from webinar.outbox import service as outbox
from webinar.reminders import queries
from webinar.reminders.models import Reminder

AT_ONCE = 2000
"""Sessions in one pair of statements: databases take a bounded number of values."""


def remind(now: datetime) -> None:
    """Sweep: promise each confirmed seat the reminder that is due at `now` (aware UTC) and not noted yet.

    Two workers may ask at once: a reminder is unique by seat, start and offset, its letter by key.
    """
    due = queries.rounds(now)
    for first in range(0, len(due), AT_ONCE):
        _remind(due[first : first + AT_ONCE], now)


def _remind(due: list[queries.Round], now: datetime) -> None:
    row = queries.unreminded(due).subquery("row")
    seat_id, starts_at, offset = row.c
    noted = {
        "seat_id": seat_id,
        "starts_at": starts_at,
        "offset_minutes": offset,
        "posted_at": literal(now, Reminder.posted_at.type),
    }
    if insert_selected(Reminder, noted, ["seat_id", "starts_at", "offset_minutes"]):
        outbox.post_each("mail.reminder", queries.letters(due, now))
