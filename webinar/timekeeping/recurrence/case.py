"""An event as a mapping of texts, as time-cases describe it, read into a Recurrence."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from webinar.timekeeping.recurrence.rule import Rule, parse_rule
from webinar.timekeeping.recurrence.series import Override, Recurrence
from webinar.timekeeping.recurrence.values import (
    NO_TIME,
    Kind,
    Length,
    RecurrenceRefused,
    Stamp,
    WallEnd,
    length,
    quoted,
    stamp,
)
from webinar.timekeeping.zones import ZoneName, zone

Fields = Mapping[str, object]


class CaseReader:
    """Reads one event; `notes` collects in sentences what broke RFC 5545 and how it was taken."""

    def __init__(self, case: object) -> None:
        fields = _mapping(case, "case")
        self.fields = _mapping(fields.get("rule"), "field “rule”")
        self.notes: list[str] = []
        self.all_day = self._all_day()
        given_zone = self._zone(fields.get("zone"))
        self.zone_name: ZoneName = "Etc/UTC" if self.all_day else given_zone
        self.start_local: datetime = self._start()

    def recurrence(self) -> Recurrence:
        """The event. Raises RecurrenceRefused, UnknownZone, OutOfYears."""
        return Recurrence(
            start_local=self.start_local,
            zone_name=self.zone_name,
            length=self._length(self.fields, self.start_local, self.zone_name) or self._default_length(),
            rule=self._rule(),
            extra=tuple(self._date(text, "RDATE") for text in _list(self.fields, "rdate")),
            excluded=tuple(self._excluded(text) for text in _list(self.fields, "exdate")),
            overrides=tuple(self._override(each) for each in _list(self.fields, "overrides")),
        )

    def _all_day(self) -> bool:
        value = self.fields.get("value")
        if value not in (None, "DATE", "DATE-TIME"):
            raise RecurrenceRefused(f"The value type {quoted(value)} is not known. Use DATE or leave it out.")
        return value == "DATE"

    def _zone(self, name: object) -> ZoneName:
        if not isinstance(name, str):
            raise RecurrenceRefused("The zone is missing. Use an IANA name such as Asia/Kathmandu.")
        zone(name)
        return name

    def _start(self) -> datetime:
        start = stamp(self.fields.get("dtstart"), "start")
        if self.all_day and start.kind is not Kind.DATE:
            raise RecurrenceRefused("The start of an all-day event is a date. Write it like 2026-10-20.")
        if not self.all_day and start.kind is not Kind.WALL:
            raise RecurrenceRefused(
                "The start is a wall time in its zone. Write it like 2026-10-13T18:00, or set the value type"
                " DATE for an all-day event."
            )
        return start.local

    def _default_length(self) -> Length:
        # 3.6.1: without an end a date lasts its day, a time no time at all.
        return Length(days=1) if self.all_day else NO_TIME

    def _length(self, fields: Fields, start: datetime, zone_name: ZoneName) -> Length | WallEnd | None:
        duration, end = fields.get("duration"), fields.get("dtend")
        if duration is not None and end is not None:
            raise RecurrenceRefused("There is both a length and an end. Keep one of them.")
        if end is not None:
            return self._ends(fields, stamp(end, "end"), start, zone_name)
        if duration is None:
            return None
        found = length(duration)
        return self._whole_days(found) if self.all_day else found

    def _whole_days(self, found: Length) -> Length:
        if not found.exact:
            return found
        if found.exact % timedelta(days=1):
            raise RecurrenceRefused("An all-day event lasts whole days. Write its length like P1D.")
        self.notes.append("A date lasts whole days, so the hours of its length are taken as days.")
        return Length(days=found.days + found.exact // timedelta(days=1))

    def _ends(self, fields: Fields, end: Stamp, start: datetime, zone_name: ZoneName) -> Length | WallEnd:
        if self.all_day:
            if end.kind is not Kind.DATE:
                raise RecurrenceRefused("The end of an all-day event is a date. Write it like 2026-10-21.")
            return self._not_negative(Length(days=(end.local - start).days), end.local < start)
        if end.kind is Kind.DATE:
            raise RecurrenceRefused("The end needs a time. Write it like 2026-10-13T19:00.")
        given = fields.get("dtend_zone")
        end_zone = zone_name if given is None else self._zone(given)
        if end.kind is Kind.UTC:
            end_zone = "Etc/UTC"
        start_at, end_at = Stamp(start, Kind.WALL).at(zone_name), end.at(end_zone)
        early = end.local < start if end_zone == zone_name else end_at < start_at
        return self._not_negative(WallEnd(end.local - start, end_zone), early)

    def _not_negative(self, found: Length | WallEnd, negative: bool) -> Length | WallEnd:
        if negative:
            raise RecurrenceRefused("The end lies before the start. Give a later end.")
        return found

    def _rule(self) -> Rule | None:
        text = self.fields.get("rrule")
        if text is None:
            return None
        rule = parse_rule(text)
        return self._all_day_rule(rule) if self.all_day else self._timed_rule(rule)

    def _timed_rule(self, rule: Rule) -> Rule:
        if rule.until is not None and rule.until.kind is Kind.DATE:
            self.notes.append(
                "UNTIL is a date although DTSTART has a time: it means the end of that local day."
            )
        if rule.until is not None and rule.until.kind is Kind.WALL:
            self.notes.append("UNTIL is not in UTC: it is read as a wall time in the zone of DTSTART.")
        return rule

    def _all_day_rule(self, rule: Rule) -> Rule:
        if rule.freq.name in ("HOURLY", "MINUTELY", "SECONDLY"):
            raise RecurrenceRefused(
                "An all-day event cannot repeat within the day. Use FREQ=DAILY or longer."
            )
        if rule.by_hour or rule.by_minute or rule.by_second:
            self.notes.append("A date has no time, so BYHOUR, BYMINUTE and BYSECOND are left out.")
        until = None if rule.until is None else self._as_date(rule.until, "UNTIL")
        return replace(rule, until=until, by_hour=(), by_minute=(), by_second=())

    def _date(self, text: object, what: str) -> Stamp:
        """An RDATE or RECURRENCE-ID in the value type of the start."""
        found = stamp(text, what)
        if self.all_day:
            return self._as_date(found, what)
        if found.kind is not Kind.DATE:
            return found
        self.notes.append(
            f"{what} is a date although DTSTART has a time: it means DTSTART's time on that day."
        )
        return Stamp(datetime.combine(found.local, self.start_local.time()), Kind.WALL)

    def _excluded(self, text: object) -> Stamp:
        found = stamp(text, "EXDATE")
        if self.all_day:
            return self._as_date(found, "EXDATE")
        if found.kind is Kind.DATE:
            self.notes.append(
                "EXDATE is a date although DTSTART has a time: it takes away all of that local day."
            )
        return found

    def _as_date(self, found: Stamp, what: str) -> Stamp:
        if found.kind is not Kind.DATE:
            self.notes.append(f"{what} has a time although DTSTART is a date: its date counts.")
        return Stamp(datetime.combine(found.local, datetime.min.time()), Kind.DATE)

    def _override(self, each: object) -> Override:
        fields = _mapping(each, "override")
        given = fields.get("zone")
        zone_name = self.zone_name if given is None else self._zone(given)
        zone_name = self.zone_name if self.all_day else zone_name
        start = None if fields.get("dtstart") is None else self._date(fields["dtstart"], "The new start")
        status = fields.get("status")
        return Override(
            original=self._date(fields.get("recurrence_id"), "RECURRENCE-ID"),
            start=start,
            zone_name=zone_name,
            length=self._length(fields, start.local, zone_name) if start else None,
            cancelled=isinstance(status, str) and status.upper() == "CANCELLED",
        )


def _mapping(value: object, what: str) -> Fields:
    if not isinstance(value, Mapping):
        raise RecurrenceRefused(f"The {what} is missing or not an object. Give a JSON object.")
    return value


def _list(fields: Fields, name: str) -> list[object]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise RecurrenceRefused(f"The field “{name}” is not a list. Write it in brackets.")
    return value
