"""What all pages of a report say together, before times are instants."""

from collections.abc import Iterable

from webinar.attendance.format import ReportRow, Unreadable
from webinar.attendance.formats.reading.day_order import DayOrderEvidence
from webinar.attendance.formats.reading.people import Seen, Tally
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    MeetingSeen,
    OtherLanguage,
    Remark,
    Sighting,
)
from webinar.attendance.formats.reading.stamp import Stamp


class Gathering:
    """Collects rows, sightings, the meeting and the evidence about dates; never more than `max_rows` rows."""

    def __init__(self, max_rows: int) -> None:
        self.rows: list[ReportRow] = []
        self.seen: list[Seen] = []
        self.meetings: dict[str, MeetingSeen] = {}
        self.tally = Tally()
        self.examples: dict[str, str] = {}
        self.dates = DayOrderEvidence()
        self.needs_zone = False
        self.minutes_only_times: bool | None = None
        self._max_rows = max_rows
        self._last: ReportRow | None = None
        self._last_place: int | None = None
        self._places: dict[tuple[str, tuple[str, ...]], int] = {}

    def take(self, found: Iterable[Found]) -> None:
        """Take in what a page says. Raises Unreadable beyond the row limit."""
        for each in found:
            if isinstance(each, Sighting):
                self._sighting(each)
            elif isinstance(each, MeetingSeen):
                self._meeting(each)
            elif isinstance(each, Remark):
                self.tally.add(each.code)
                self.examples.setdefault(each.code, each.about)
            elif isinstance(each, OtherLanguage):
                self.dates.other_language = True

    def _meeting(self, meeting: MeetingSeen) -> None:
        known = self.meetings.get(meeting.key, meeting)
        self.meetings[meeting.key] = MeetingSeen(
            title=known.title or meeting.title,
            start=known.start or meeting.start,
            end=known.end or meeting.end,
            lasted=known.lasted or meeting.lasted,
            key=meeting.key,
        )
        self._date(meeting.start)
        self._date(meeting.end)

    def _sighting(self, sighting: Sighting) -> None:
        place = self._place(sighting.row)
        if place is None:
            return
        self.seen.append(Seen(place, sighting))
        self._date(sighting.join)
        self._date(sighting.leave)
        for stamp in sighting.dates:
            self.dates.see(stamp)
        self._precision(sighting)
        if sighting.kind is Kind.LOBBY:
            self.tally.add("lobby_dropped")

    def _place(self, row: ReportRow) -> int | None:
        """Where the row stands among the rows; None for a row that repeats an earlier one."""
        if row is self._last:
            return self._last_place
        self._last, self._last_place = row, self._new_place(row)
        return self._last_place

    def _new_place(self, row: ReportRow) -> int | None:
        key = (row.table, row.values)
        if key in self._places:
            self.tally.add("duplicates_dropped")
            return None
        if len(self.rows) >= self._max_rows:
            raise Unreadable(f"The report has more than {self._max_rows:,} rows.")
        self._places[key] = len(self.rows)
        self.rows.append(row)
        return len(self.rows) - 1

    def _date(self, stamp: Stamp | None) -> None:
        if stamp:
            self.dates.see(stamp)
            self.needs_zone |= stamp.offset is None

    def _precision(self, sighting: Sighting) -> None:
        if sighting.kind in (Kind.STAY, Kind.JOINED, Kind.LEFT):
            for stamp in (sighting.join, sighting.leave):
                if stamp:
                    whole = not stamp.time.seconds % 60 and not stamp.time.microseconds
                    self.minutes_only_times = whole and self.minutes_only_times is not False
