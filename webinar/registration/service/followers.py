"""Followers: who registered for all of a series is registered for what is split from it, too."""

from collections.abc import Sequence

from webinar.accounts import service as accounts
from webinar.accounts.rules import TokenKind
from webinar.db.store import insert_once, store
from webinar.registration.models import Seat, SeriesSeat, SeriesSeatState
from webinar.registration.queries import series as queries
from webinar.sessions.models import Series
from webinar.timekeeping import clock


def follow(series_id: int) -> None:
    """Let who registered for all of a series be registered for what was split from it; as often as asked."""
    series = store.get(Series, series_id)
    if series is None or series.split_from_id is None:
        return
    follow(series.split_from_id)
    for holder in queries.followers_missing(series.split_from_id, series_id):
        kept = ("person_id", "name", "country", "zone_name", "locale", "answers", "alone", "alarm")
        values = {name: getattr(holder, name) for name in kept}
        insert_once(SeriesSeat, {**blank_series_seat(series_id), **values}, ["series_id", "person_id"])


def holder_of(seat: Seat) -> SeriesSeat | None:
    """The series seat that is held and of which a seat is one date; also right after a split."""
    series_id = seat.session.lead.series_id
    if series_id is None:
        return None
    follow(series_id)
    found = queries.series_seat_of(series_id, seat.person_id)
    return found if found is not None and found.state is SeriesSeatState.HELD else None


def keep_alone(series_seat: SeriesSeat, session_ids: Sequence[int]) -> None:
    """Note that these sessions stand in the person's calendar by themselves from now on."""
    series_seat.alone = sorted({*series_seat.alone, *session_ids})
    store.flush()


def blank_series_seat(series_id: int) -> dict[str, object]:
    """The columns of a series seat that is nobody's yet."""
    nonce, ticket_hash = accounts.minted(TokenKind.SERIES)
    now = clock.now()
    return {
        "series_id": series_id,
        "country": None,
        "zone_name": None,
        "answers": {},
        "state": SeriesSeatState.HELD,
        "version": 1,
        "alone": [],
        "alarm": True,
        "nonce": nonce,
        "ticket_hash": ticket_hash,
        "created_at": now,
        "changed_at": now,
    }
