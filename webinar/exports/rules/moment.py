"""Instants in tables: ISO 8601 text in UTC, and in the event's own zone with its offset."""

from datetime import UTC, datetime

from webinar.timekeeping.zones import zone


def in_utc(at: datetime | None) -> str:
    """ "2026-10-14T13:00:00Z" for an aware instant; "" for None."""
    return "" if at is None else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def in_zone(at: datetime | None, zone_name: str) -> str:
    """ "2026-10-14T15:00:00+02:00" in an IANA zone; "" for None."""
    return "" if at is None else at.astimezone(zone(zone_name)).isoformat(timespec="seconds")


def day_in_zone(at: datetime, zone_name: str) -> str:
    """The date of an instant in an IANA zone: "2026-10-14"."""
    return at.astimezone(zone(zone_name)).date().isoformat()
