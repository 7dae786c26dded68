"""The columns of a table with one heading row, read by name."""

from collections.abc import Iterator
from dataclasses import dataclass

from webinar.attendance.format import Role
from webinar.attendance.formats.reading.headings import Headings, cell, says_utc
from webinar.attendance.formats.reading.roles import role_of
from webinar.attendance.formats.reading.sighting import Remark
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.attendance.formats.reading.table import Row


@dataclass(frozen=True, slots=True)
class Record:
    """One row under its headings; names count from the place `start` on."""

    row: Row
    headings: Headings
    start: int = 0

    def text(self, *names: str) -> str:
        """The value under the first of the names that is a heading; empty where there is none."""
        return cell(self.row, self.headings.place(*names, start=self.start))

    def time(self, *names: str) -> Stamp | None:
        """The time there, in UTC if the heading says so."""
        place = self.headings.place(*names, start=self.start)
        return stamp(cell(self.row, place), utc=place is not None and says_utc(self.headings.cells[place]))

    def role(self, *names: str) -> Role | None:
        """The role there."""
        return role_of(self.text(*names))

    def remarks(self, times: tuple[str, ...] = (), role: str = "") -> Iterator[Remark]:
        """Remarks on times that cannot be read and a role nobody knows."""
        for name in times:
            if self.text(name) and not self.time(name):
                yield Remark("unreadable_time", self.text(name))
        if role and self.text(role) and not self.role(role):
            yield Remark("unknown_role", self.text(role))
