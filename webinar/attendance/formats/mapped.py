"""Any table whose columns a person has named: the way through for layouts nobody knows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from webinar.attendance.format import MAPPED_FIELDS
from webinar.attendance.formats.reading.headings import Headings, cell, normal, says_utc
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    OtherLanguage,
    Remark,
    Sighting,
    email_of,
    evidence,
    minutes_of,
    name_of,
)
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.attendance.formats.reading.table import Row

_ENGLISH = re.compile(
    r"\b(join(ed|ing)?|leav(e|es|ing)|left|enter(ed)?|entry|exit(ed)?|start(ed)?|beg[ai]n|end(ed)?|arriv(al|ed)"
    r"|depart(ure|ed)|log(in|out|ged)?|sign|times?|date|first|last|from|until|(dis)?connected|check)\b",
    re.IGNORECASE,
)


class Mapped:
    """mapped: `columns` names the heading of each field of MAPPED_FIELDS."""

    provider = "other"

    def __init__(self, columns: Mapping[str, str]) -> None:
        self.columns = {name: normal(heading) for name, heading in columns.items() if heading.strip()}

    @property
    def complaint(self) -> str | None:
        """Why this mapping cannot do, in a sentence; None where it can."""
        if unknown := sorted(set(self.columns) - set(MAPPED_FIELDS)):
            return f"“{unknown[0]}” is not a field. Map {', '.join(MAPPED_FIELDS)}."
        if not {"name", "email", "registrant_id"} & set(self.columns):
            return "Map the column that says who it is: name, email or registrant_id."
        if not {"join", "minutes"} & set(self.columns):
            return "Map the columns that say how long: join and leave, or minutes."
        return None

    def fields(self, head: Sequence[Row]) -> int:
        """See TableLayout."""
        return next((len(row.cells) for row in head if self._opens(row)), 0)

    def read(self, rows: Iterable[Row]) -> Iterator[Found]:
        """See TableLayout."""
        headings: Headings | None = None
        for row in rows:
            if self._opens(row):
                headings = Headings(row.cells)
                if self._other_language(headings):
                    yield OtherLanguage()
            elif headings:
                yield from self._found(row, headings)

    def _opens(self, row: Row) -> bool:
        return Headings(row.cells).has(*self.columns.values())

    def _found(self, row: Row, headings: Headings) -> Iterator[Found]:
        join, leave = self._time(row, headings, "join"), self._time(row, headings, "leave")
        for name, found in (("join", join), ("leave", leave)):
            if (text := self._value(row, headings, name)) and not found:
                yield Remark("unreadable_time", text)
        stated = minutes_of(self._value(row, headings, "minutes"))
        yield Sighting(
            row=evidence(row, "rows", headings),
            kind=Kind.STAY if join or leave or stated is not None else Kind.LISTED,
            name=name_of(self._value(row, headings, "name")),
            email=email_of(self._value(row, headings, "email")),
            registrant_id=self._value(row, headings, "registrant_id") or None,
            join=join,
            leave=leave,
            stated=None if join and leave else stated,
        )

    def _value(self, row: Row, headings: Headings, name: str) -> str:
        return cell(row, headings.place(self.columns[name])) if name in self.columns else ""

    def _time(self, row: Row, headings: Headings, name: str) -> Stamp | None:
        text = self._value(row, headings, name)
        place = headings.place(self.columns.get(name, ""))
        return stamp(text, utc=place is not None and says_utc(headings.cells[place])) if text else None

    def _other_language(self, headings: Headings) -> bool:
        said = " ".join(self.columns.get(name, "") for name in ("join", "leave"))
        return re.search(r"[^\W\d_]{3,}", said) is not None and not _ENGLISH.search(said)
