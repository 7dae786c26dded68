"""Numbers for a monitoring system, in the text format of Prometheus."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from webinar.desk.queries import InboundNumbers
from webinar.timekeeping.zones import TZDATA_VERSION


@dataclass(frozen=True, eq=False)
class _Numbers(Collector):
    """What is counted at this moment, as metric families."""

    letters: Mapping[str, int]
    oldest_due_at: datetime | None
    sessions: Mapping[str, int]
    seats: Mapping[str, int]
    inbound: InboundNumbers
    now: datetime

    def collect(self) -> Iterator[Metric]:
        by_state = {state: number for state, number in self.letters.items() if state != "due"}
        waits = (self.now - self.oldest_due_at).total_seconds() if self.oldest_due_at else 0
        yield _by_state("webinar_letters", "Letters of the outbox by state.", by_state)
        yield GaugeMetricFamily(
            "webinar_letters_due", "Letters that are due and not yet taken.", self.letters["due"]
        )
        yield GaugeMetricFamily(
            "webinar_letters_oldest_due_seconds", "How long the oldest due letter waits.", round(waits)
        )
        yield _by_state("webinar_sessions", "Sessions by stored state.", self.sessions)
        yield _by_state("webinar_seats", "Seats by state.", self.seats)
        yield _by_state("webinar_arrivals", "Mails that came in by state.", self.inbound.arrivals)
        since = self.inbound.failing_since_at
        yield GaugeMetricFamily(
            "webinar_mailbox_failures", "Looks at the mailbox that failed in a row.", self.inbound.failures
        )
        yield GaugeMetricFamily(
            "webinar_mailbox_failing_seconds",
            "How long the mailbox could not be read.",
            round((self.now - since).total_seconds()) if since else 0,
        )
        yield InfoMetricFamily("webinar", "Zone data in use.", {"tzdata": TZDATA_VERSION})


def metrics_text(
    letters: Mapping[str, int],
    oldest_due_at: datetime | None,
    sessions: Mapping[str, int],
    seats: Mapping[str, int],
    inbound: InboundNumbers,
    now: datetime,
) -> str:
    """Letters by state and how long the oldest is due, sessions and seats by state, mails that came in."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Numbers(letters, oldest_due_at, sessions, seats, inbound, now))
    return generate_latest(registry).decode()


def _by_state(name: str, what: str, numbers: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=["state"])
    for state, number in sorted(numbers.items()):
        family.add_metric([state], number)
    return family
