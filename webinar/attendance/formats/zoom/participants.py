"""The table of Zoom's meeting files that lists people: a row a join, or a row a person with minutes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from webinar.attendance.format import Role
from webinar.attendance.formats.reading.headings import Headings, cell, says_utc
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    Remark,
    Sighting,
    email_of,
    evidence,
    minutes_of,
    name_of,
)
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.attendance.formats.reading.table import Row
from webinar.attendance.formats.zoom.meeting import MeetingTable, is_meeting

NAMES = ("name (original name)", "user name (original name)", "name")
_OWN = ("name (original name)", "user name (original name)", "user email", "guest", "in waiting room")
_MINUTES = ("total duration (minutes)", "duration (minutes)")
_YES = ("yes", "y", "true")


def lists_joins(headings: Headings) -> bool:
    """Whether these are Zoom's headings of a row a join."""
    return headings.has("join time", "leave time") and not headings.has("attended") and _zooms(headings)


def lists_totals(headings: Headings) -> bool:
    """Whether these are Zoom's headings of a row a person with minutes."""
    return headings.has("total duration (minutes)") and not headings.has("join time") and _zooms(headings)


def _zooms(headings: Headings) -> bool:
    # A plain "Name" is anybody's; Zoom's tables have at least one heading of their own.
    return headings.place(*NAMES) is not None and headings.place(*_OWN) is not None


@dataclass(frozen=True, slots=True)
class ParticipantTable:
    """Where the people's columns stand, counted from the name column on."""

    headings: Headings
    start: int

    @classmethod
    def under(cls, headings: Headings) -> "ParticipantTable":
        """The table under these headings."""
        return cls(headings, headings.place(*NAMES) or 0)

    def found(self, row: Row, host: str | None, dates: tuple[Stamp, ...] = ()) -> Iterator[Found]:
        """The person of a row, and a remark where a time cannot be read."""
        join, leave = self._value(row, "join time"), self._value(row, "leave time")
        starts, ends = self._time(row, "join time"), self._time(row, "leave time")
        if (join and not starts) or (leave and not ends):
            yield Remark("unreadable_time", join if join and not starts else leave)
        email = email_of(self._value(row, "user email", "email"))
        waiting = self._value(row, "in waiting room").casefold() in _YES
        yield Sighting(
            row=evidence(row, "participants", self.headings),
            kind=Kind.LOBBY if waiting else Kind.STAY if join or leave else Kind.LISTED,
            name=name_of(self._value(row, *NAMES)),
            email=email,
            role=Role.HOST if email and email == host else None,
            join=starts,
            leave=ends,
            # Minutes are rounded up: they count only where the row has no times at all.
            stated=None if join or leave or waiting else minutes_of(self._value(row, *_MINUTES)),
            dates=dates,
        )

    def _value(self, row: Row, *names: str) -> str:
        return cell(row, self.headings.place(*names, start=self.start))

    def _time(self, row: Row, name: str) -> Stamp | None:
        place = self.headings.place(name, start=self.start)
        return stamp(cell(row, place), utc=place is not None and says_utc(self.headings.cells[place]))


def heading_fields(head: Sequence[Row], lists_people: Callable[[Headings], bool]) -> int:
    """The length of the first row whose headings list people so, 0 where there is none."""
    return next((len(row.cells) for row in head if lists_people(Headings(row.cells))), 0)


def two_tables(rows: Iterable[Row], lists_people: Callable[[Headings], bool]) -> Iterator[Found]:
    """What a meeting's table and the people's table under it say; either may come again."""
    meeting: MeetingTable | None = None
    people: ParticipantTable | None = None
    host: str | None = None
    for row in rows:
        if people and any("@" in value for value in row.cells):  # no heading: spares the comparison
            yield from people.found(row, host)
            continue
        headings = Headings(row.cells)
        if lists_people(headings):
            meeting, people = None, ParticipantTable.under(headings)
        elif is_meeting(headings):
            meeting, people = MeetingTable.under(headings), None
        elif people:
            yield from people.found(row, host)
        elif meeting:
            host = meeting.host(row) or host
            yield meeting.seen(row)
