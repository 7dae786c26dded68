"""A participants report as Zoom exports it (layout Z2), for the demo's past sessions."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from webinar.timekeeping.wall import local_of

HEAD = ("Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants")
COLUMNS = (
    "Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest",
    "Recording Consent", "In Waiting Room",
)  # fmt: skip


@dataclass(frozen=True)
class Stay:
    """One connection of one person; instants aware UTC. An outsider's address is often missing."""

    name: str
    email: str
    joined_at: datetime
    left_at: datetime


def zoom_report(topic: str, host_email: str, zone_name: str, stays: list[Stay]) -> bytes:
    """The file's bytes: byte-order mark, CRLF, wall-clock times of `zone_name`, minutes rounded up."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    first, last = min(stay.joined_at for stay in stays), max(stay.left_at for stay in stays)
    writer.writerow(HEAD)
    times = (_clock(first, zone_name), _clock(last, zone_name))
    writer.writerow(["81234567890", topic, *times, host_email, _minutes(first, last), len(stays)])
    writer.writerow([])
    writer.writerow(COLUMNS)
    for stay in sorted(stays, key=lambda stay: stay.joined_at):
        spent = (_clock(stay.joined_at, zone_name), _clock(stay.left_at, zone_name))
        minutes = _minutes(stay.joined_at, stay.left_at)
        guest = "No" if stay.email == host_email else "Yes"
        writer.writerow([stay.name, stay.email, *spent, minutes, guest, "Y", "No"])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _clock(instant: datetime, zone_name: str) -> str:
    return local_of(instant, zone_name).strftime("%m/%d/%Y %I:%M:%S %p")


def _minutes(start: datetime, end: datetime) -> int:
    return -(-int((end - start).total_seconds()) // 60)
