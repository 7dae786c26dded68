"""The table of Zoom's meeting files that describes the meeting: topic, times, host's address."""

import re
from dataclasses import dataclass

from webinar.attendance.formats.reading.headings import Headings, cell, says_utc
from webinar.attendance.formats.reading.sighting import MeetingSeen, email_of, name_of
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.attendance.formats.reading.table import Row

_ADDRESS = re.compile(r"\(([^()\s]+@[^()\s]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class MeetingTable:
    """Where the meeting's columns stand; `email` is the host's."""

    headings: Headings
    email: int | None

    @classmethod
    def under(cls, headings: Headings) -> "MeetingTable":
        """The table under these headings."""
        return cls(headings, headings.place("user email", "host email"))

    def seen(self, row: Row) -> MeetingSeen:
        """What a row says about the meeting."""
        number = self._value(row, "meeting id", "id")
        start = self._time(row, "start time")
        return MeetingSeen(
            title=name_of(self._value(row, "topic")),
            start=start,
            end=self._time(row, "end time"),
            key=f"{number} {start}",
        )

    def host(self, row: Row) -> str | None:
        """The host's address: a column of its own, or in brackets after the name."""
        bracketed = _ADDRESS.search(self._value(row, "host"))
        return email_of(bracketed[1]) if bracketed else email_of(cell(row, self.email))

    def dates(self, row: Row) -> tuple[Stamp, ...]:
        """Further dates of the row."""
        found = self._time(row, "creation time")
        return (found,) if found else ()

    def _value(self, row: Row, *names: str) -> str:
        return cell(row, self.headings.place(*names))

    def _time(self, row: Row, name: str) -> Stamp | None:
        place = self.headings.place(name)
        return stamp(cell(row, place), utc=place is not None and says_utc(self.headings.cells[place]))


def is_meeting(headings: Headings) -> bool:
    """Whether these headings open the table that describes the meeting."""
    return headings.has("topic") and headings.place("meeting id", "id") is not None
