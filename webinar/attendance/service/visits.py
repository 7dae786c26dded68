"""Visits: that somebody came in by their own link."""

from datetime import datetime

from sqlalchemy import update

from webinar.attendance.models import Visit
from webinar.db.store import insert_once, store
from webinar.registration.models import Seat


def record_visit(seat: Seat, now: datetime) -> None:
    """Note a press on the join link at `now` (aware UTC): one visit per seat, whatever devices it uses."""
    values = {"seat_id": seat.id, "first_at": now, "last_at": now, "times": 1}
    if not insert_once(Visit, values, ["seat_id"]):
        again = update(Visit).where(Visit.seat_id == seat.id)
        store.execute(again.values(times=Visit.times + 1, last_at=now))
