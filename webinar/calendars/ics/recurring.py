"""Recurring: a series as calendars can hold it, and what must stand beside it as events of their own."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.instants import in_utc, utc
from webinar.calendars.ics.rule import HORIZON, checked
from webinar.calendars.ics.unwritable import Unwritable
from webinar.timekeeping.recurrence.rule import parse_rule
from webinar.timekeeping.recurrence.series import Occurrence, Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Length
from webinar.timekeeping.wall import instant_of
from webinar.timekeeping.zones import offset, zone


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """A series of sessions.

    `master` is its first session, with a zone and without any recurrence; `rrule` a RECUR value.
    `exdates` are the original starts of dropped sessions. Each of `overrides` is the full event of
    a changed session, `recurs_at` its original start (RECURRENCE-ID). `extras` are sessions that
    the rule does not give (what RDATE would be), each with a UID of its own. `start_local` is the
    first start as naive wall time of the zone; only where the clock skips it is it needed.
    """

    master: CalendarEvent
    rrule: str
    exdates: tuple[datetime, ...] = ()
    overrides: tuple[CalendarEvent, ...] = ()
    extras: tuple[CalendarEvent, ...] = ()
    start_local: datetime | None = None

    def events(self) -> tuple[CalendarEvent, ...]:
        """What to write: the series first (if a session of it is left), then events of their own.

        An override that overtakes a neighbour becomes an EXDATE and an event of its own, because
        Exchange refuses it (MS-OXCICAL 2.1.3.1.1.20.18). Extras never become RDATE, which readers
        lose (docs/decisions). A series that readers do not expand alike is one event a session.
        All of them are RELATED-TO the series' UID. Raises Unwritable, UnknownZone, RecurrenceRefused.
        """
        if self.apart:
            return (*map(self._alone, self._kept), *self._strays, *self._extras)
        moved_out = [o for o in self._kept if self._overtakes(o)]
        gone = {*self._dropped, *(self._original(each) for each in moved_out)}
        kept = tuple(o for o in self.overrides if self._original(o) in self._planned.keys() - gone)
        own = (*map(self._alone, moved_out), *self._strays, *self._extras)
        if len(gone) == len(self._planned):
            return own
        series = replace(self.master, rrule=self.rrule, exdates=tuple(sorted(gone)), overrides=kept)
        return (series, *own)

    @cached_property
    def apart(self) -> str | None:
        """Why the sessions are written one by one, in a sentence; None: they stay one series.

        Readers differ on rules outside the portable subset, on starts that a clock change skips or
        doubles (RFC 5545 3.3.5 or not), and on the end of a session during which the clock changes.
        """
        try:
            checked(self.rrule, in_utc(self.master.start_at).astimezone(zone(self._zone_name)))
        except Unwritable as outside:
            return outside.sentence
        if any(each.doubt for each in self._planned.values()):
            return "A clock change skips or doubles the start of a session."
        if any(self._spans_a_change(each) for each in self._planned.values()):
            return "The clock changes during a session."
        return None

    @property
    def _zone_name(self) -> str:
        if self.master.zone_name is None:
            raise Unwritable("A series needs a zone.")
        return self.master.zone_name

    @property
    def _start_local(self) -> datetime:
        local = in_utc(self.master.start_at).astimezone(zone(self._zone_name)).replace(tzinfo=None)
        found = self.start_local or local
        if instant_of(found, self._zone_name) != in_utc(self.master.start_at):
            raise Unwritable("The first start and its wall time are not the same moment.")
        return found

    def _spans_a_change(self, session: Occurrence) -> bool:
        starts, ends = (offset(at, self._zone_name) for at in (session.start_at, session.end_at))
        return starts != ends

    @cached_property
    def _planned(self) -> dict[datetime, Occurrence]:
        """What the rule gives, by original start (UTC), in order; an endless rule for HORIZON years."""
        rule = parse_rule(self.rrule)
        start_at, end_at = in_utc(self.master.start_at), in_utc(self.master.end_at)
        horizon = None if rule.count or rule.until else start_at + timedelta(days=365 * HORIZON)
        recurrence = Recurrence(
            start_local=self._start_local,
            zone_name=self._zone_name,
            length=Length(exact=end_at - start_at),
            rule=rule,
        )
        expansion = occurrences(recurrence, until_at=horizon)
        if not expansion.complete:
            raise Unwritable("The rule gives too many sessions for a calendar.")
        return {each.original_at: each for each in expansion.occurrences}

    @cached_property
    def _dropped(self) -> frozenset[datetime]:
        return frozenset(map(in_utc, self.exdates)) & self._planned.keys()

    @cached_property
    def _kept(self) -> tuple[CalendarEvent, ...]:
        """Every session of the rule that is not dropped, as an override would say it, by original start."""
        told = {self._original(each): each for each in self.overrides}
        if len(told) < len(self.overrides):
            raise Unwritable("Each override needs an original start of its own.")
        return tuple(
            told.get(at) or replace(self.master, start_at=at, end_at=each.end_at, recurs_at=at)
            for at, each in self._planned.items()
            if at not in self._dropped
        )

    @property
    def _strays(self) -> tuple[CalendarEvent, ...]:
        """Overrides of a session that the rule does not give: sessions of their own."""
        known = self._planned.keys() | set(map(in_utc, self.exdates))
        return tuple(self._alone(each) for each in self.overrides if self._original(each) not in known)

    @property
    def _extras(self) -> tuple[CalendarEvent, ...]:
        return tuple(replace(each, related_to=self.master.uid) for each in self.extras)

    def _overtakes(self, override: CalendarEvent) -> bool:
        """Whether a changed session does not stay between its neighbours' original and new starts."""
        here = in_utc(override.start_at)
        if here == self._original(override):
            return False
        place = self._kept.index(override)
        before = self._kept[place - 1 : place] if place else ()
        after = self._kept[place + 1 : place + 2]
        return any(here <= at for each in before for at in self._bounds(each)) or any(
            here >= at for each in after for at in self._bounds(each)
        )

    def _bounds(self, event: CalendarEvent) -> tuple[datetime, datetime]:
        return self._original(event), in_utc(event.start_at)

    def _alone(self, session: CalendarEvent) -> CalendarEvent:
        """A session as an event of its own, under a UID that follows from the series' and its original start."""
        stem, at_sign, host = self.master.uid.partition("@")
        return replace(
            session,
            uid=f"{stem}-{utc(self._original(session))}{at_sign}{host}",
            sequence=self.master.sequence,
            stamp_at=self.master.stamp_at,
            zone_name=session.zone_name or self.master.zone_name,
            organizer=session.organizer or self.master.organizer,
            attendee=session.attendee or self.master.attendee,
            recurs_at=None,
            related_to=self.master.uid,
        )

    def _original(self, session: CalendarEvent) -> datetime:
        return in_utc(session.recurs_at or session.start_at)
