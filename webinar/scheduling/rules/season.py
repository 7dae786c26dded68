"""Season: the sessions to come with the starts each may have, and the parties that will carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from webinar.scheduling.rules.burden import burdens
from webinar.scheduling.rules.problem import Problem, Row
from webinar.timekeeping.zones import ZoneName

COUNTED_SHARE = 0.01
"""A party of fewer people than this share of the audience cannot be the worst-off; its burden still adds up."""


@dataclass(frozen=True)
class Party:
    """The people of one region who live by one clock, and the burden they carried in sessions held."""

    zone_name: ZoneName
    region: str
    people: int
    carried: int = 0


@dataclass(frozen=True)
class Meeting:
    """One session to come: the instants (aware UTC) at which it may start, the preferred first."""

    session_id: int
    minutes: int
    starts: tuple[datetime, ...]


@dataclass(frozen=True)
class Season:
    """What is asked. Every meeting has at least one start."""

    meetings: tuple[Meeting, ...]
    parties: tuple[Party, ...]

    @property
    def people(self) -> int:
        """Everybody who counts."""
        return sum(party.people for party in self.parties)

    def counts(self, party: Party) -> bool:
        """Whether a party may be the worst-off."""
        return party.people >= COUNTED_SHARE * self.people

    def problem(self) -> Problem:
        """The season as numbers."""
        zone_names = [party.zone_name for party in self.parties]
        return Problem(
            rows=tuple(Row(party.people, party.carried, self.counts(party)) for party in self.parties),
            weeks=tuple(tuple(burdens(each.starts, each.minutes, zone_names)) for each in self.meetings),
        )

    def loads(self, picks: Sequence[int]) -> tuple[int, ...]:
        """What each party will have carried after these starts."""
        loads = [party.carried for party in self.parties]
        zone_names = [party.zone_name for party in self.parties]
        for meeting, pick in zip(self.meetings, picks, strict=True):
            costs = burdens((meeting.starts[pick],), meeting.minutes, zone_names)[0]
            loads = [load + cost for load, cost in zip(loads, costs, strict=True)]
        return tuple(loads)

    def stored(self) -> dict[str, Any]:
        """The season as JSON; instants as minutes since 1970 in UTC."""
        return {
            "meetings": [
                {
                    "session_id": each.session_id,
                    "minutes": each.minutes,
                    "starts": list(map(_number, each.starts)),
                }
                for each in self.meetings
            ],
            "parties": [asdict(party) for party in self.parties],
        }


def read_season(stored: Mapping[str, Any]) -> Season:
    """What `Season.stored` wrote."""
    return Season(
        meetings=tuple(
            Meeting(each["session_id"], each["minutes"], tuple(map(_instant, each["starts"])))
            for each in stored["meetings"]
        ),
        parties=tuple(Party(**each) for each in stored["parties"]),
    )


def _number(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _instant(minutes: int) -> datetime:
    return datetime.fromtimestamp(minutes * 60, UTC)
