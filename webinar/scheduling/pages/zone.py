"""Both results of changing a poll's zone, side by side, before anything changes."""

from dataclasses import dataclass

from flask_babel import gettext as _

from webinar.refusal import Refusal
from webinar.scheduling.models.poll import Poll
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.times import Keep, rezoned
from webinar.sessions.rules.start import Start
from webinar.timekeeping.wording import Showing, showing
from webinar.web.viewing import current_viewing


@dataclass(frozen=True)
class ZoneRow:
    """One time: as it is, with its clock kept (None where that is impossible, `fault` says why), its
    moment kept."""

    now_seen: Showing
    clock_kept: Showing | None
    fault: str
    moment_kept: Showing


@dataclass(frozen=True)
class ZonePreview:
    """What each choice would give, for all times."""

    zone_name: str
    rows: tuple[ZoneRow, ...]


def zone_preview(poll: Poll, zone_name: str) -> ZonePreview:
    """Both results for a known zone; changes nothing."""
    return ZonePreview(
        zone_name, tuple(_row(queries.start_of(each, poll), zone_name) for each in poll.options)
    )


def _row(start: Start, zone_name: str) -> ZoneRow:
    clock_kept, fault = None, ""
    try:
        clock_kept = _seen(rezoned(start, zone_name, Keep.CLOCK))
    except Refusal as refusal:
        fault = _(refusal.words, **refusal.values)
    return ZoneRow(_seen(start), clock_kept, fault, _seen(rezoned(start, zone_name, Keep.INSTANTS)))


def _seen(start: Start) -> Showing:
    return showing(start.starts_at, start.ends_at, start.zone_name, now=current_viewing().now)
