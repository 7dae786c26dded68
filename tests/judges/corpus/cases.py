"""The corpus: each golden file by its name, with the described input that it is written from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.factories.calendars import invited, society
from tests.judges.corpus.life import EVENTS as LIFE
from tests.judges.corpus.life import INVITATIONS
from tests.judges.corpus.series import EVENTS as SERIES
from tests.judges.corpus.texts import EVENTS as TEXTS
from tests.judges.corpus.times import EVENTS as TIMES
from tests.judges.expectation import Expectation, expectation
from webinar.calendars.ics.event import CalendarEvent, Status
from webinar.calendars.ics.feed import feed
from webinar.calendars.ics.invite import Method, invitation

GOLDEN = Path(__file__).parents[2] / "golden" / "ics"


@dataclass(frozen=True)
class Case:
    """A calendar file as the product writes it, and what must be seen in it."""

    octets: bytes
    expected: Expectation


def _fed(events: Iterable[CalendarEvent]) -> Case:
    events = tuple(events)
    written = feed(society(), events)
    if written.left_out:
        raise ValueError(written.left_out)
    return Case(written.body, expectation(events))


def _requested(event: CalendarEvent) -> Case:
    event = event if event.organizer else invited(event)
    return Case(invitation(event, Method.REQUEST), expectation([event]))


def _withdrawn(event: CalendarEvent) -> Case:
    """A CANCEL says of the whole series that it is cancelled, whatever was moved or dropped before."""
    whole = replace(event, overrides=(), exdates=(), status=Status.CANCELLED)
    return Case(invitation(event, Method.CANCEL), expectation([whole]))


CASES: dict[str, Case] = {
    **{name: _fed(events) for name, events in {**TEXTS, **TIMES, **SERIES, **LIFE}.items()},
    **{name: _requested(event) for name, event in INVITATIONS.items()},
    "series_withdrawn_from_one_attendee": _withdrawn(
        invited(
            replace(
                INVITATIONS["series_over_the_change_with_a_moved_and_a_dropped_session"], alarm_minutes=None
            )
        )
    ),
}


def write() -> None:
    """Write the whole corpus anew: `python -m tests.judges.corpus.cases`, then read the difference."""
    for stale in GOLDEN.glob("*"):
        stale.unlink()
    for name, case in CASES.items():
        (GOLDEN / f"{name}.ics").write_bytes(case.octets)
        (GOLDEN / f"{name}.json").write_text(case.expected.text(), encoding="utf-8")


if __name__ == "__main__":
    write()
