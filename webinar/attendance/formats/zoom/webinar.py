"""Zoom's webinar attendee report (W1, W2, W3): five tables, each under a line of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webinar.attendance.format import Role
from webinar.attendance.formats.reading.headings import Headings, cell, normal, says_utc
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    MeetingSeen,
    Remark,
    Sighting,
    email_of,
    evidence,
    minutes_of,
    name_of,
)
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.attendance.formats.reading.table import Row

_ROLES = {
    "host details": Role.HOST,
    "panelist details": Role.PRESENTER,
    "attendee details": Role.ATTENDEE,
    "other attended": Role.ATTENDEE,
}


class WebinarReport:
    """zoom-webinar."""

    provider = "zoom"

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        if not any(_title(row) in _ROLES for row in head):
            return 0
        return max((len(row.cells) for row in head if _opens(Headings(row.cells))), default=0)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        title = ""
        table: _People | Headings | None = None
        for row in rows:
            headings = Headings(row.cells)
            if _title(row) in (*_ROLES, "attendee report"):
                title, table = _title(row), None
            elif headings.has("join time", "leave time"):
                table = _People(title, headings)
            elif _describes(headings):
                table = headings
            elif isinstance(table, _People):
                yield from table.found(row)
            elif table:
                yield _meeting(row, table)


def _title(row: Row) -> str:
    return normal(row.cells[0]) if not any(value.strip() for value in row.cells[1:]) else ""


def _opens(headings: Headings) -> bool:
    return headings.has("join time", "leave time") or _describes(headings)


def _describes(headings: Headings) -> bool:
    return headings.has("topic") and headings.place("webinar id", "id", "actual start time") is not None


def _meeting(row: Row, headings: Headings) -> MeetingSeen:
    start = _time(row, headings, "actual start time")
    number = cell(row, headings.place("webinar id", "id"))
    return MeetingSeen(
        title=name_of(cell(row, headings.place("topic"))),
        start=start,
        lasted=minutes_of(cell(row, headings.place("actual duration (minutes)"))),
        key=f"{number} {start}",
    )


@dataclass(frozen=True, slots=True)
class _People:
    title: str
    headings: Headings

    def found(self, row: Row) -> Iterator[Found]:
        join, leave = self._value(row, "join time"), self._value(row, "leave time")
        starts, ends = _time(row, self.headings, "join time"), _time(row, self.headings, "leave time")
        if (join and not starts) or (leave and not ends):
            yield Remark("unreadable_time", join if join and not starts else leave)
        registered = _time(row, self.headings, "registration time")
        yield Sighting(
            row=evidence(row, self.title, self.headings),
            kind=self._kind(row, bool(join or leave)),
            name=self._name(row),
            email=email_of(self._value(row, "email", "user email")),
            role=_ROLES.get(self.title, Role.ATTENDEE),
            join=starts,
            leave=ends,
            stated=None if join or leave else minutes_of(self._value(row, "time in session (minutes)")),
            dates=(registered,) if registered else (),
        )

    def _kind(self, row: Row, timed: bool) -> Kind:
        if self._value(row, "attended").casefold() in ("no", "n", "false"):
            return Kind.ABSENT
        return Kind.STAY if timed else Kind.LISTED

    def _name(self, row: Row) -> str | None:
        shown = name_of(self._value(row, "user name (original name)", "user name", "name (original name)"))
        return shown or name_of(f"{self._value(row, 'first name')} {self._value(row, 'last name')}")

    def _value(self, row: Row, *names: str) -> str:
        return cell(row, self.headings.place(*names))


def _time(row: Row, headings: Headings, name: str) -> Stamp | None:
    place = headings.place(name)
    return stamp(cell(row, place), utc=place is not None and says_utc(headings.cells[place]))
