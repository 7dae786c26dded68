"""Where the columns of Teams' numbered sections stand: by name in English, else by position."""

from dataclasses import dataclass

from webinar.attendance.formats.reading.headings import Headings, cell
from webinar.attendance.formats.reading.sighting import email_of
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.attendance.formats.reading.table import Row

PEOPLE = (
    "name",
    "first join",
    "last leave",
    "in-meeting duration",
    "email",
    "participant id (upn)",
    "role",
    "registration first name",
    "registration last name",
    "registration email",
    "registration time",
    "registration status",
)
"""Section 2, in the order that holds in every language."""
ACTIVITIES = ("name", "join time", "leave time", "duration", "email", "role")
"""Section 3, in the order that holds in every language."""
_AT_LEAST = 3  # this many English headings make a heading row English


@dataclass(frozen=True, slots=True)
class SectionColumns:
    """The heading row of section 2 or 3."""

    headings: Headings
    order: tuple[str, ...]

    @property
    def by_name(self) -> bool:
        """Whether the times stand under their English headings, so that names count and places do not."""
        return self.headings.has(*self.order[1:3])

    @property
    def english(self) -> bool:
        """Whether the headings are English."""
        return sum(name in self.headings.names for name in self.order) >= _AT_LEAST

    def text(self, row: Row, name: str) -> str:
        """The value of a column by its English name."""
        if self.by_name:
            return cell(row, self.headings.place(name))
        return cell(row, self.order.index(name))

    def time(self, row: Row, name: str) -> Stamp | None:
        """The time in a column."""
        return stamp(self.text(row, name))

    def email(self, row: Row) -> str | None:
        """The address in the column Email."""
        return email_of(self.text(row, "email"))
