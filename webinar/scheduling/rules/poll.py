"""Which time of a poll is best, and the one reason why: ranking with its explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from webinar.timekeeping.wall import local_of
from webinar.timekeeping.wording import Band, judge


class PollKind(StrEnum):
    """Whom a poll asks: the people who make the session, or those who come to it."""

    SPEAKERS = "speakers"
    AUDIENCE = "audience"


class PollChoice(StrEnum):
    """What a voter says to one time."""

    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


class Because(StrEnum):
    """What put the best time before the next one; `NOBODY`: there is no best, as nobody has answered."""

    NOBODY = "nobody"
    ONLY = "only"
    REQUIRED_YES = "required_yes"
    REQUIRED_MAYBE = "required_maybe"
    NIGHT = "night"
    YES = "yes"
    MAYBE = "maybe"
    EARLIER = "earlier"


@dataclass(frozen=True)
class Time:
    """One option of a poll; both instants aware UTC."""

    option_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Ballot:
    """One voter: name, whether needed, IANA zone (None: unknown), and choices by option id."""

    name: str
    required: bool
    zone_name: str | None
    choices: Mapping[int, PollChoice]


@dataclass(frozen=True)
class Standing:
    """How one option stands. `missing` names required people who said no or nothing yet.

    `at_night` counts voters of a known zone (`zones_known` of them) for whom it would be night.
    """

    time: Time
    required_yes: int
    required_maybe: int
    yes: int
    maybe: int
    no: int
    at_night: int
    zones_known: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """All options, best first, and why the first stands before the second.

    `required` counts the people that count first: the required ones, or everybody where none is.
    """

    standings: tuple[Standing, ...]
    because: Because
    required: int
    everybody: bool

    @property
    def best(self) -> Standing | None:
        """The best option; None while nobody has said yes or if need be to anything."""
        return self.standings[0] if self.standings and self.because is not Because.NOBODY else None


_REASONS = (
    Because.REQUIRED_YES,
    Because.REQUIRED_MAYBE,
    Because.NIGHT,
    Because.YES,
    Because.MAYBE,
    Because.EARLIER,
)


def verdict(times: Sequence[Time], ballots: Sequence[Ballot]) -> Verdict:
    """The best time: most Yes among required people, then most If need be among them.

    Ties go to the time at which the fewest of all voters have night, then to most Yes of all, most If
    need be of all, and at last to the earlier one. Where nobody is required, everybody counts as such.
    """
    first = [ballot for ballot in ballots if ballot.required] or list(ballots)
    found = sorted((_standing(time, ballots, first) for time in times), key=_rank)
    return Verdict(tuple(found), _because(found), len(first), not any(each.required for each in ballots))


def is_night(time: Time, zone_name: str) -> bool:
    """Whether any part of a time lies in the night of a zone, judged as the whole session."""
    _part, band = judge(local_of(time.starts_at, zone_name), local_of(time.ends_at, zone_name))
    return band is Band.NIGHT


def _standing(time: Time, ballots: Sequence[Ballot], first: Sequence[Ballot]) -> Standing:
    said = [ballot.choices.get(time.option_id) for ballot in ballots]
    of_first = [ballot.choices.get(time.option_id) for ballot in first]
    zones = [ballot.zone_name for ballot in ballots if ballot.zone_name]
    return Standing(
        time=time,
        required_yes=of_first.count(PollChoice.YES),
        required_maybe=of_first.count(PollChoice.IF_NEED_BE),
        yes=said.count(PollChoice.YES),
        maybe=said.count(PollChoice.IF_NEED_BE),
        no=said.count(PollChoice.NO),
        at_night=sum(is_night(time, zone_name) for zone_name in zones),
        zones_known=len(zones),
        missing=tuple(ballot.name for ballot in ballots if ballot.required and _misses(ballot, time)),
    )


def _misses(ballot: Ballot, time: Time) -> bool:
    return ballot.choices.get(time.option_id) not in {PollChoice.YES, PollChoice.IF_NEED_BE}


def _rank(standing: Standing) -> tuple[float, ...]:
    """Smaller is better; the places are those of `_REASONS`."""
    return (
        -standing.required_yes,
        -standing.required_maybe,
        standing.at_night,
        -standing.yes,
        -standing.maybe,
        standing.time.starts_at.timestamp(),
    )


def _because(found: Sequence[Standing]) -> Because:
    if not any(each.yes or each.maybe for each in found):
        return Because.NOBODY
    if len(found) == 1:
        return Because.ONLY
    pairs = zip(_rank(found[0]), _rank(found[1]), strict=True)
    return next(
        (reason for reason, (one, other) in zip(_REASONS, pairs, strict=True) if one != other),
        Because.EARLIER,
    )
