"""Numbers for a monitoring system, in the text format of Prometheus."""

from collections.abc import Mapping
from datetime import datetime

from webinar.timekeeping.zones import TZDATA_VERSION


def metrics_text(
    letters: Mapping[str, int],
    oldest_due_at: datetime | None,
    sessions: Mapping[str, int],
    seats: Mapping[str, int],
    now: datetime,
) -> str:
    """Letters by state and how long the oldest is due, sessions and seats by state."""
    by_state = {state: number for state, number in letters.items() if state != "due"}
    waits = (now - oldest_due_at).total_seconds() if oldest_due_at else 0
    lines = [
        *_metric("webinar_letters", "Letters of the outbox by state.", by_state),
        *_single("webinar_letters_due", "Letters that are due and not yet taken.", letters["due"]),
        *_single("webinar_letters_oldest_due_seconds", "How long the oldest due letter waits.", round(waits)),
        *_metric("webinar_sessions", "Sessions by stored state.", sessions),
        *_metric("webinar_seats", "Seats by state.", seats),
        "# HELP webinar_info Zone data in use.",
        "# TYPE webinar_info gauge",
        f'webinar_info{{tzdata="{TZDATA_VERSION}"}} 1',
    ]
    return "\n".join(lines) + "\n"


def _metric(name: str, what: str, numbers: Mapping[str, int]) -> list[str]:
    rows = [f'{name}{{state="{state}"}} {number}' for state, number in sorted(numbers.items())]
    return [f"# HELP {name} {what}", f"# TYPE {name} gauge", *rows]


def _single(name: str, what: str, number: int) -> list[str]:
    return [f"# HELP {name} {what}", f"# TYPE {name} gauge", f"{name} {number}"]
