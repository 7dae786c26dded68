"""One session in a list: its time as the viewer sees it, what it is, what to know before pressing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.lobby import queries
from webinar.registration.queries import seats as registration
from webinar.registration.queries.seats import Counts
from webinar.registration.rules import free_seats, is_few
from webinar.sessions.models import Session, State
from webinar.sessions.rules.hours import FIRST
from webinar.timekeeping.wording import Showing
from webinar.web.clock_words import days_apart
from webinar.web.languages import name_of
from webinar.web.moments import shown, zone_label
from webinar.web.sizes import length


@dataclass(frozen=True)
class Mark:
    """A word with a colour: `kind` is that of a pill."""

    words: str
    kind: str


@dataclass(frozen=True)
class Row:
    """One session in a list whose heading names the zone; `shift` "next day" where it ends past midnight.

    `zone` is "" unless the offset differs from the heading's. `also` is a second live hour to come.
    """

    url: str
    title: str
    kind: str
    series: str
    society: str
    showing: Showing
    shift: str
    zone: str
    also: Showing | None
    facts: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Numbers:
    """Counts that rows need, asked once for all of them."""

    series_lengths: Mapping[int, int]
    counts: Mapping[int, Counts]
    twins: Mapping[int, Session]


def numbers_of(sessions: Sequence[Session]) -> Numbers:
    """The counts for some sessions."""
    return Numbers(
        queries.series_lengths({each.lead.series_id for each in sessions if each.lead.series_id}),
        registration.counts_of([each.id for each in sessions if each.capacity]),
        queries.twins_of([each.id for each in sessions if each.hour == FIRST]),
    )


def rows(
    sessions: Sequence[Session], zone_name: str, now: datetime, *, with_society: bool = False
) -> tuple[Row, ...]:
    """The sessions as a list shows them; without a chosen zone, times are those of `zone_name`."""
    numbers = numbers_of(sessions)
    return tuple(_row(each, zone_name, now, numbers, with_society=with_society) for each in sessions)


def _row(session: Session, zone_name: str, now: datetime, numbers: Numbers, *, with_society: bool) -> Row:
    seen = shown(session.starts_at, session.ends_at, zone_name)
    twin = numbers.twins.get(session.id)
    return Row(
        url=url_for("lobby.session", session=session.lead.slug),
        title=session.title,
        kind=session.kind.value,
        series=series_words(session.lead, numbers.series_lengths),
        society=session.society.name if with_society else "",
        showing=seen,
        shift=days_apart(seen.ends_days_later) if seen.ends_days_later == 1 else "",
        zone=zone_label(seen.start_at, seen.zone_name),
        also=shown(twin.starts_at, twin.ends_at, zone_name) if twin and twin.ends_at > now else None,
        facts=tuple(_facts(session)),
        marks=tuple(_marks(session, now, numbers.counts.get(session.id, Counts()).held, twin)),
    )


def series_words(session: Session, lengths: Mapping[int, int]) -> str:
    """ "Vascular series, 4 of 8", or "" outside a series."""
    if session.series is None:
        return ""
    if session.series_number is None:
        return session.series.title
    return _(
        "%(series)s, %(number)s of %(all)s",
        series=session.series.title,
        number=session.series_number,
        all=max(lengths.get(session.series.id, 0), session.series_number),
    )


def left_words(left: int) -> str:
    """ "3 seats left"."""
    return ngettext("%(num)s seat left", "%(num)s seats left", left)


def is_moved(session: Session) -> bool:
    """Whether people were last told another start."""
    return session.struck_at is not None


def _facts(session: Session) -> list[str]:
    facts = [session.topic] if session.topic else []
    facts += [length(timedelta(minutes=session.minutes)), name_of(session.locale)]
    return [*facts, _("credit")] if session.credit_scheme else facts


def _marks(session: Session, now: datetime, taken: int, twin: Session | None) -> list[Mark]:
    if session.state == State.CANCELLED:
        return [Mark(_("Cancelled"), "live")]
    if session.ends_at <= now:
        return [Mark(_("Recording"), "info")] if session.recording_url else []
    marks = [Mark(_("Live now"), "live")] if session.starts_at <= now else []
    if is_moved(session):
        marks.append(Mark(_("Moved"), "soon"))
    left = free_seats(session.capacity, taken)
    if twin is not None:
        marks.append(Mark(_("Two live hours"), "info"))
    elif left == 0:
        marks.append(Mark(_("Full: waiting list"), "ended"))
    elif left is not None and is_few(left):
        marks.append(Mark(left_words(left), "soon"))
    return marks
