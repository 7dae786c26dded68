"""Why a person has the minutes they have: each stay of each report, and their union in the session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.attendance.models import Presence, Report, ReportPerson
from webinar.attendance.pages.words import EVIDENCE, SpanWords, spans, stay_words
from webinar.attendance.queries import people, reports
from webinar.attendance.rules.presence import Source
from webinar.registration.models import Seat
from webinar.sessions.models import Session
from webinar.sessions.pages import Head, head


@dataclass(frozen=True)
class Bar:
    """One piece of the picture: left edge and width in percent of the session."""

    left: float
    width: float


@dataclass(frozen=True)
class RowWords:
    """What one row of a report tells of the person; `stated` "" unless it states only a total."""

    row_id: int
    report: str
    name: str
    email: str
    evidence: str
    spans: tuple[SpanWords, ...]
    stated: str
    no_show: bool


@dataclass(frozen=True)
class WhyPage:
    """The whole reasoning for one person; `time` "" where no report tells any."""

    head: Head
    seat_id: int
    name: str
    email: str
    time: str
    is_stated: bool
    spans: tuple[SpanWords, ...]
    bars: tuple[Bar, ...]
    rows: tuple[RowWords, ...]
    clicked_at: datetime | None
    clicks: int


def why_page(session: Session, seat: Seat, now: datetime) -> WhyPage:
    """The page for one seat of the session."""
    presence = people.presence_of(seat.id)
    visit = people.visit_of(seat.id)
    rows = reports.rows_of_seat(session.id, seat.id)
    return WhyPage(
        head=head(session, "attendance", now),
        seat_id=seat.id,
        name=seat.name,
        email=seat.person.email,
        time=stay_words(presence.seconds) if presence else "",
        is_stated=presence is not None and presence.source == Source.STATED,
        spans=spans(presence.intervals, session.zone_name) if presence else (),
        bars=_bars(session, presence),
        rows=tuple(_row(row, report, session.zone_name) for row, report in rows),
        clicked_at=visit.first_at if visit else None,
        clicks=visit.times if visit else 0,
    )


def _row(row: ReportPerson, report: Report, zone_name: str) -> RowWords:
    stated = stay_words(row.seconds) if row.seconds is not None and not row.intervals else ""
    return RowWords(
        row_id=row.id,
        report=report.name,
        name=row.name or "",
        email=row.email or "",
        evidence=str(EVIDENCE[row.matched_by]) if row.matched_by else "",
        spans=spans(row.intervals, zone_name),
        stated="" if row.no_show else stated,
        no_show=row.no_show,
    )


def _bars(session: Session, presence: Presence | None) -> tuple[Bar, ...]:
    whole = session.ends_at - session.starts_at
    if presence is None:
        return ()
    stays = [
        (datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in presence.intervals
    ]
    return tuple(
        Bar(_percent(start - session.starts_at, whole), _percent(end - start, whole)) for start, end in stays
    )


def _percent(part: timedelta, whole: timedelta) -> float:
    return round(100 * (part / whole), 2)
