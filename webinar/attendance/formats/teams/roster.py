"""Section 2 lists each person once, section 3 each join: joined by name and e-mail, never added up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from webinar.attendance.formats.reading.people import folded
from webinar.attendance.formats.reading.roles import role_of
from webinar.attendance.formats.reading.sighting import (
    Found,
    Kind,
    Remark,
    Sighting,
    email_of,
    evidence,
    name_of,
)
from webinar.attendance.formats.reading.table import Row
from webinar.attendance.formats.teams.columns import SectionColumns

Key = tuple[str, str | None]
_PART = re.compile(r"(\d+)\s*([^\W\d_]+)")
_UNITS = (("st", "hours"), ("h", "hours"), ("g", "hours"), ("m", "minutes"), ("s", "seconds"))


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row of section 2; `email` is the registration's where there is one."""

    row: Row
    columns: SectionColumns
    key: Key
    email: str | None


class Roster:
    """The people of section 2, and the joins of section 3 given to them."""

    def __init__(self) -> None:
        self._listed: list[_Listed] = []
        self._by_key: dict[Key, set[str | None]] = {}
        self._by_email: dict[str, set[str | None]] = {}
        self._joined: set[Key] = set()

    def list(self, row: Row, columns: SectionColumns) -> None:
        """Take in a row of section 2."""
        email = columns.email(row)
        key = _key(columns.text(row, "name"), email)
        trusted = email_of(columns.text(row, "registration email")) or email
        self._listed.append(_Listed(row, columns, key, trusted))
        self._by_key.setdefault(key, set()).add(trusted)
        if email:
            self._by_email.setdefault(email, set()).add(trusted)

    def found(self, row: Row, columns: SectionColumns) -> Iterator[Found]:
        """What a row of section 3 says."""
        email = columns.email(row)
        key = _key(columns.text(row, "name"), email)
        self._joined.add(key)
        for name in ("join time", "leave time"):
            if columns.text(row, name) and not columns.time(row, name):
                yield Remark("unreadable_time", columns.text(row, name))
        yield from _role_remark(row, columns)
        # Teams writes no join time for people who stayed in the lobby or failed to join.
        lobby = not columns.text(row, "join time")
        yield Sighting(
            row=evidence(row, "3", columns.headings),
            kind=Kind.LOBBY if lobby else Kind.STAY,
            name=name_of(columns.text(row, "name")),
            email=self._trusted(key, email),
            role=role_of(columns.text(row, "role")),
            join=columns.time(row, "join time"),
            leave=columns.time(row, "leave time"),
        )

    def people(self) -> Iterator[Found]:
        """The rows of section 2, after section 3 has been read."""
        for listed in self._listed:
            yield from _role_remark(listed.row, listed.columns)
            yield self._person(listed)

    def _trusted(self, key: Key, email: str | None) -> str | None:
        """The address of the one person of that name and e-mail, else of that e-mail, else as it stands."""
        for known in (self._by_key.get(key), self._by_email.get(email or "")):
            if known and len(known) == 1:
                return next(iter(known))
        return email

    def _person(self, listed: _Listed) -> Sighting:
        row, columns = listed.row, listed.columns
        join, leave = columns.time(row, "first join"), columns.time(row, "last leave")
        length = _length(columns.text(row, "in-meeting duration"))
        # Only where section 3 is silent does section 2 speak of time.
        stated = length if listed.key not in self._joined else None
        registered = columns.text(row, "registration status") or columns.text(row, "registration email")
        absent = registered and not (join or leave or length) and listed.key not in self._joined
        time = columns.time(row, "registration time")
        return Sighting(
            row=evidence(row, "2", columns.headings),
            kind=Kind.ABSENT if absent else Kind.LISTED,
            name=name_of(columns.text(row, "name")) or self._registered_name(listed),
            email=listed.email,
            role=role_of(columns.text(row, "role")),
            join=join,
            leave=leave,
            stated=stated,
            dates=(time,) if time else (),
        )

    def _registered_name(self, listed: _Listed) -> str | None:
        names = ("registration first name", "registration last name")
        return name_of(" ".join(listed.columns.text(listed.row, name) for name in names))


def _key(name: str, email: str | None) -> Key:
    return folded(name), email


def _role_remark(row: Row, columns: SectionColumns) -> Iterator[Remark]:
    word = columns.text(row, "role")
    if word and not role_of(word):
        yield Remark("unknown_role", word)


def _length(text: str) -> timedelta | None:
    """A duration in words ("1h 7m", "1 Std. 2 Min. 3 Sek."), None where it cannot be read."""
    parts = _PART.findall(text)
    length = timedelta()
    for number, unit in parts:
        name = next((name for start, name in _UNITS if unit.casefold().startswith(start)), None)
        if name is None or len(number) > 6:
            return None
        length += timedelta(**{name: int(number)})
    return length if parts else None
