"""Time zones by IANA name, from the pinned tzdata package and never from the system's files."""

import zoneinfo

import tzdata

# Debian's system files win over the package unless the search path is emptied first.
zoneinfo.reset_tzpath(to=[])

TZDATA_VERSION: str = tzdata.IANA_VERSION
"""The IANA release in use, such as "2026f"."""

Zone = zoneinfo.ZoneInfo


class UnknownZone(ValueError):
    """No zone of that name is in the zone data; `sentence` says what to do."""

    def __init__(self, name: str) -> None:
        self.sentence = f"“{name}” is not a time zone we know. Use an IANA name such as Asia/Kathmandu."
        super().__init__(self.sentence)


def zone(name: str) -> Zone:
    """The zone of an IANA name, current or legacy. Raises UnknownZone."""
    try:
        return zoneinfo.ZoneInfo(name)  # noqa: TID251  the one place that may
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(name) from None
