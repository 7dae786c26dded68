"""Teams' report in numbered sections (T2 to T7), in any language: summary, people, activities."""

import re
from collections.abc import Iterable, Iterator, Sequence

from webinar.attendance.formats.reading.headings import Headings, cell, normal
from webinar.attendance.formats.reading.sighting import Found, MeetingSeen, OtherLanguage, name_of
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.attendance.formats.reading.table import Row
from webinar.attendance.formats.teams.columns import ACTIVITIES, PEOPLE, SectionColumns
from webinar.attendance.formats.teams.roster import Roster

_TITLE = re.compile(r"\s*([1-9])\.\s*\S")


class Sections:
    """teams-sections."""

    provider = "teams"

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        numbers = [_section(row) for row in head]
        if not head or numbers[0] not in ("1", "2", "3") or not {"2", "3"} & set(numbers):
            return 0
        after = (below for above, below in zip(numbers, head[1:], strict=False) if above in ("2", "3"))
        return max((len(row.cells) for row in after), default=0)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        section, columns, summary, roster = "", None, _Summary(), Roster()
        for row in rows:
            if number := _section(row):
                section, columns = number, None
            elif section == "1":
                summary.take(row)
            elif section in ("2", "3") and columns is None:
                columns = SectionColumns(Headings(row.cells), PEOPLE if section == "2" else ACTIVITIES)
                if not columns.english:
                    yield OtherLanguage()
            elif section == "2" and columns:
                roster.list(row, columns)
            elif section == "3" and columns:
                yield from roster.found(row, columns)
        yield summary.meeting()
        yield from roster.people()


def _section(row: Row) -> str:
    """The number of the section whose title a row is, empty for every other row."""
    title = _TITLE.match(row.cells[0])
    return title[1] if title and len(row.cells) == 1 else ""


class _Summary:
    """Section 1. In every language its first row is the title, its first two dates are start and end."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, str]] = []

    def take(self, row: Row) -> None:
        self._rows.append((normal(row.cells[0]), cell(row, 1)))

    def meeting(self) -> MeetingSeen:
        named = dict(self._rows)
        title = named.get("meeting title") or next((value for _, value in self._rows[:1]), "")
        dates: list[Stamp] = [found for _, value in self._rows[1:] if (found := stamp(value))]
        start = stamp(named.get("start time", "")) or (dates[0] if dates else None)
        end = stamp(named.get("end time", "")) or (dates[1] if len(dates) > 1 else None)
        return MeetingSeen(name_of(title), start, end, key=f"{title} {start}")
