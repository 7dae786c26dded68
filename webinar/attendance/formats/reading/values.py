"""Values of JSON documents, whose types nobody promised."""

import json
from collections.abc import Mapping

from webinar.attendance.format import ReportRow
from webinar.attendance.formats.reading.stamp import Stamp, stamp
from webinar.plaintext import clean_text

Value = Mapping[str, object]


def mapping(value: object) -> Value:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[Value]:
    """The objects of a list; what is no object is left out."""
    return [each for each in items(value) if isinstance(each, dict)]


def text(value: Value, *names: str) -> str:
    """The first of the members that is filled text or a number, as text."""
    for name in names:
        found = value.get(name)
        if isinstance(found, str) and found.strip():
            return clean_text(found).strip()
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
    return ""


def time(value: Value, *names: str) -> Stamp | None:
    """The time in the first filled member; interfaces speak UTC where they name no offset."""
    said = text(value, *names)
    found = stamp(said)
    return found if found is None or found.offset is not None else stamp(said, utc=True)


def raw(page: int, number: int, table: str, value: Value) -> ReportRow:
    """An object as a raw row: its members by name, what is not text as JSON."""
    members = sorted(value.items())
    return ReportRow(
        page,
        number,
        table,
        tuple(clean_text(name) for name, _ in members),
        tuple(clean_text(_written(member)) for _, member in members),
    )


def _written(member: object) -> str:
    return member if isinstance(member, str) else json.dumps(member, ensure_ascii=False)
